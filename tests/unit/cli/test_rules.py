"""Whoever writes rules sees what they are made of, and whether they do what they should."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from docscan.checking import administrators, load, load_file
from docscan.checking.checks import CHECKS
from docscan.cli import main
from docscan.reference.fields import FIELDS
from docscan.settings import settings

pytestmark = pytest.mark.slow  # every rule in every form

PLAN = """
id = "my-plan"
title = "My plan"
version = "1"
checked = 2026-11-21
purpose = ["fsa"]
rulebooks = ["packets"]

[[rule]]
id = "MINE-01"
title = "The letter names an illness"
applies_to = ["lmn"]
check = "present"
field = "diagnosis"
severity = "required"
message.met = "The diagnosis is {value}."
message.not_met = "No diagnosis was found."
advice = "Ask the provider to add it."
citation = { title = "My plan", locator = "page 1", kind = "plan practice", retrieved = 2026-11-21 }
example = [
  { outcome = "met", fields = { diagnosis = "hypertension" } },
  { outcome = "met", EXAMPLE },
  { outcome = "not_met", fields = { duration = { indefinite = true } } },
  { outcome = "not_met", fields = {} },
]
"""


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("DOCSCAN_RULEBOOKS", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    settings.cache_clear()
    yield tmp_path / "my-plan.toml"
    monkeypatch.undo()
    settings.cache_clear()


def write(plan: Path, example: str) -> None:
    plan.write_text(PLAN.replace("EXAMPLE", example))


def test_examples_that_come_out_as_expected_are_counted(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(plan, 'text = "Diagnosis: Essential hypertension"')
    assert main(["rules", "test", "-a", "my-plan"]) == 0
    assert re.search(r"All \d+ examples of \d+ rules of my-plan came out as expected\.", capsys.readouterr().out)


def test_an_example_that_comes_out_otherwise_is_told_with_what_was_read(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(plan, 'text = "Massage therapy is needed once a week for 6 months."')
    assert main(["rules", "test", "-a", "my-plan"]) == 2
    told = " ".join(capsys.readouterr().out.split())
    assert "my-plan.toml, line 9: rule MINE-01: example 2: expected met, came out not_met; read: " in told
    assert "frequency=once a week" in told
    assert "duration=6 months" in told
    assert re.search(r" 1 of \d+ examples of \d+ rules of my-plan came out otherwise\.", told)


def test_tested_examples_are_lines_of_json_for_programs(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(plan, 'fields = { treatment = "massage" }')
    assert main(["rules", "test", "-a", "my-plan", "--json"]) == 2
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    mine = [line for line in lines if line["rule"] == "MINE-01"]
    assert [line["expected"] == line["outcome"] for line in mine] == [True, False, True, True]


def test_a_wrong_rulebook_is_told_in_one_line_with_what_was_probably_meant(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(plan, 'text = "x"')
    plan.write_text(plan.read_text().replace('field = "diagnosis"', 'field = "diagnossis"'))
    assert main(["rules", "test", "-a", "my-plan"]) == 2
    told = " ".join(capsys.readouterr().err.split())
    assert "my-plan.toml, line 9: rule MINE-01: field: `diagnossis` is not a field. Did you mean diagnosis?" in told
    assert "Traceback" not in told


def test_a_rule_is_told_with_its_check_and_parameters(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(plan, 'fields = { diagnosis = "asthma" }')
    assert main(["rules", "mine-01", "-a", "my-plan"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Check present: Something is stated" in told
    assert "field diagnosis" in told
    assert "Duration: without an end" in told
    assert main(["rules", "LMN-11", "--json"]) == 0
    rule = json.loads(capsys.readouterr().out)
    assert (rule["check"], rule["parameters"]) == ("duration_within", {"months": 12})


@pytest.mark.parametrize("arguments", [[], ["--administrator", "healthequity"]])
def test_no_rule_is_told_in_the_words_of_a_program(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    from docscan import checking
    from docscan.cli.console import out
    from docscan.presenting.rules import rule_in_full

    for rule in checking.load("healthequity" if arguments else "generic-fsa").rules:
        out().print(rule_in_full(rule))
    told = capsys.readouterr().out
    assert "{'" not in told
    assert not re.search(r"\bNone\b(?! of)", told)


def test_every_check_and_every_field_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--checks"]) == 0
    told = capsys.readouterr().out
    assert [name for name in CHECKS if f"{name}  " not in told] == []
    assert "months  a number" in told
    assert "Annotated" not in told
    assert main(["rules", "--checks", "--json"]) == 0
    checks = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {check["name"] for check in checks} == set(CHECKS)
    assert all(check["meaning"].endswith(".") for check in checks)
    assert main(["rules", "--fields"]) == 0
    told = capsys.readouterr().out
    assert [name for name in FIELDS if name not in told] == []


def test_all_administrators_stand_side_by_side(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["rules", "--table", "--json"]) == 0
    rows = {row["rule"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert rows["LMN-12"]["by_administrator"]["fsafeds"] == "fatal"
    assert rows["LMN-12"]["by_administrator"]["irs-core"] is None
    assert rows["RCT-11"]["by_administrator"]["hsa-owner"] == "off"
    assert {"fsafeds", "healthequity"} <= set(rows["LMN-12"]["changed_by"])
    assert "wex" not in rows["LMN-12"]["changed_by"]

    monkeypatch.setenv("COLUMNS", "100")
    assert main(["rules", "--table"]) == 0
    told = capsys.readouterr().out.splitlines()
    number = next(line.split()[0] for line in told if line.rstrip().endswith(" fsafeds"))
    heads = next(line for line in told if line.split()[:3] == ["1", "2", "3"])
    line = next(line for line in told if line.startswith("LMN-12"))
    assert line[heads.index(f" {number} ") + 1 :].startswith("M*")


def test_a_list_says_what_the_administrator_changed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    assert main(["rules", "-a", "take-command-hra"]) == 0
    told = capsys.readouterr().out
    lines = {line.split()[0]: line.rstrip() for line in told.splitlines() if line.strip()}
    assert lines["LMN-12"].endswith("The time has an end  (changed)")
    assert not lines["LMN-01"].endswith("(changed)")
    assert "Not asked here: COD-14." in told


def test_a_rule_says_under_whose_rules_it_counts_how_much(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "LMN-12"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "must have: FSAFEDS*, Take Command HRA*" in told
    assert main(["rules", "LMN-12", "--json"]) == 0
    rule = json.loads(capsys.readouterr().out)
    assert rule["by_administrator"]["take-command-hra"] == "fatal"
    assert {"outcome": "not_met", "shown": "“Duration of treatment: lifetime”"} in rule["examples"]


def test_only_one_thing_is_asked_for_at_a_time(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--checks", "--fields"]) == 2
    assert "Only one of" in capsys.readouterr().err


def test_a_file_anywhere_is_tested_by_what_it_brings_and_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    path = tmp_path / "my-plan.toml"
    write(path, 'text = "Diagnosis: Essential hypertension"')
    assert main(["rules", "test", str(path)]) == 0
    assert "All 4 examples of 1 rule that it brings or changes came out as expected." in capsys.readouterr().out
    write(path, 'text = "Massage therapy is needed once a week."')
    assert main(["rules", "test", str(path), "--json"]) == 2
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    failed = [line for line in lines if line["expected"] != line["outcome"]]
    assert [(line["file"], line["line"], line["rule"], line["example"]) for line in failed] == [
        ("my-plan.toml", 9, "MINE-01", 2)
    ]


def test_everything_that_is_wrong_with_a_file_is_told_line_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    path = tmp_path / "my-plan.toml"
    write(path, 'text = "x"')
    path.write_text(path.read_text().replace('"diagnosis"', '"diagnossis"').replace('"required"', '"mandatory"'))
    assert main(["rules", "test", str(path)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert " ".join(told.err.split()).removeprefix("Error: ").split(" Error: ") == [
        "my-plan.toml, line 9: rule MINE-01: severity: `mandatory` is not possible here. "
        "Write fatal, required, recommended or info.",
        "my-plan.toml, line 9: rule MINE-01: field: `diagnossis` is not a field. Did you mean diagnosis?",
    ]
    assert main(["rules", "test", str(path), "--json"]) == 2
    wrong = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["error"]["code"] for one in wrong] == ["rulebook", "rulebook"]


@pytest.mark.parametrize("extends", administrators())
def test_a_new_rulebook_loads_and_its_examples_come_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], extends: str
) -> None:
    assert main(["rules", "new", "our-plan", "--extends", extends, "--folder", str(tmp_path / "rules")]) == 0
    path = tmp_path / "rules" / "our-plan.toml"
    said = capsys.readouterr().out
    assert f"docscan rules test {path}" in said
    assert f"DOCSCAN_RULEBOOKS={path.parent.resolve()} docscan check --administrator our-plan FILE" in said
    assert main(["rules", "test", str(path)]) == 0
    capsys.readouterr()
    mine, base = load_file(path), load(extends)
    assert [rule.severity for rule in mine.rules] == [rule.severity for rule in base.rules]
    assert [rule.parameters for rule in mine.rules] == [rule.parameters for rule in base.rules]


@pytest.mark.parametrize("extends", administrators())
def test_what_stands_in_its_remarks_is_right_too(tmp_path: Path, extends: str) -> None:
    assert main(["rules", "new", "our-plan", "--extends", extends, "--folder", str(tmp_path)]) == 0
    path = tmp_path / "our-plan.toml"
    before, mark, remarks = path.read_text().partition("# More that plans differ in.")
    assert mark
    path.write_text(before + re.sub(r"^# ?", "", remarks.partition("\n")[2], flags=re.MULTILINE))
    rules = load_file(path)
    assert rules.rule("OWN-01").severity == "required"
    assert [change.off for change in rules.changes if change.by == "our-plan"][-2:] == [False, True]
    assert main(["rules", "test", str(path)]) == 0


def test_a_name_that_is_not_known_is_told_with_where_to_look(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--administrator", "our-plan"]) == 2
    assert "DOCSCAN_RULEBOOKS names a folder of your own." in " ".join(capsys.readouterr().err.split())
    assert main(["rules", "list"]) == 2
    assert "docscan rules lists them." in " ".join(capsys.readouterr().err.split())


def test_a_new_rulebook_overwrites_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["rules", "new", "our-plan", "--folder", str(tmp_path)]
    assert main(asked) == 0
    (tmp_path / "our-plan.toml").write_text("mine")
    assert main(asked) == 2
    assert "is there already" in " ".join(capsys.readouterr().err.split())
    assert (tmp_path / "our-plan.toml").read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["My Plan"], "cannot be the name"),
        (["wex"], "already"),
        (["our-plan", "--extends", "genric-fsa"], "Did you mean generic-fsa?"),
    ],
)
def test_a_rulebook_that_cannot_be_begun_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert main(["rules", "new", *arguments, "--folder", str(tmp_path)]) == 2
    assert told in " ".join(capsys.readouterr().err.split())
    assert not any(tmp_path.iterdir())


def test_a_new_rulebook_goes_where_rulebooks_are_looked_for(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "new", "our-plan"]) == 0
    assert (plan.parent / "our-plan.toml").is_file()
    assert main(["rules", "LMN-11", "-a", "our-plan"]) == 0


def test_the_word_show_can_be_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for arguments in (["show", "LMN-10"], ["LMN-10"], ["-a", "generic-fsa", "lmn-10"]):
        assert main(["rules", *arguments]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1] == told[2]
    assert main(["rules", "--help"]) == 0
    assert "new" in capsys.readouterr().out
