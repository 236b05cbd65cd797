# ruff: noqa: E501 - a case is a line
"""Whatever its author did wrong, a file of rules is refused in one sentence, by file, line and key, with a remedy."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from docscan.checking.rulebook.administrator import administrator_names, read_administrator, read_file
from docscan.checking.rulebook.refusing import MOST_BYTES
from docscan.errors import RulebookError

CITED = 'citation = { title = "My plan", locator = "page 4", kind = "plan practice", retrieved = 2026-11-21 }'
EXAMPLES = """example = [
  { outcome = "met", fields = { duration = { value = 6, unit = "mo" } } },
  { outcome = "not_met", fields = { duration = { value = 7, unit = "mo" } } },
]
"""
PLAN = f"""id = "my-plan"
title = "My plan"
version = "1"
checked = 2026-11-21
purpose = ["fsa"]
extends = "generic-fsa"

[[change]]
rule = "LMN-11"
months = 6
severity = "required"
{CITED}
{EXAMPLES}
[[rule]]
id = "MINE-01"
title = "The letter names the patient"
applies_to = ["lmn"]
check = "present"
field = "patient_name"
severity = "fatal"
message.met = "The patient is {{value}}."
message.not_met = "No patient was found."
advice = "Write the patient's name."
{CITED}
example = [
  {{ outcome = "met", fields = {{ patient_name = "Marisol Vance" }} }},
  {{ outcome = "met", text = "Patient: Marisol Vance" }},
  {{ outcome = "not_met", fields = {{}}, claim = {{ purpose = "fsa" }} }},
  {{ outcome = "not_met", fields = {{ provider_name = "Anna Brandt" }} }},
]
"""
CHANGE, RULE = "my-plan.toml, line 8: change of LMN-11", "my-plan.toml, line 18: rule MINE-01"


def plan(*changes: tuple[str, str]) -> str:
    text = PLAN
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


PACKET = """check = "same_patient"
severity = "fatal"
message.met = "The patient is the same."
message.not_met = "The patients differ."
advice = "Look at the names."
"""
NEW_RULE = PLAN[PLAN.index("[[rule]]") :]
LETTER = NEW_RULE[NEW_RULE.index('check = "present"') : NEW_RULE.index("citation =")]

CASES: dict[str, tuple[str | bytes, str, str]] = {
    # The file
    "empty": ("", "my-plan.toml: is empty", "docscan rules new"),
    "nothing but remarks": ("# my plan\n\n  # soon\n", "my-plan.toml: is empty", "docscan rules new"),
    "Latin-1": (plan(('"My plan"\nversion', '"Mein Plän"\nversion')).encode("latin-1"), "my-plan.toml: is not written in UTF-8", "plain text in UTF-8"),
    "UTF-16": (PLAN.encode("utf-16"), "my-plan.toml: is not written in UTF-8", "plain text in UTF-8"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\xff", "my-plan.toml: is not written in UTF-8", "plain text in UTF-8"),
    "huge": (PLAN + "#" * MOST_BYTES, "my-plan.toml: is larger than a million bytes", "split it"),
    "nested without end": ("a = " + "[" * 100_000, "my-plan.toml: is nested too deeply", "README.md"),
    "nothing but noughts": ("\x00" * 20, "my-plan.toml, line 1: is not TOML", "Correct that place"),
    # Its form
    "JSON": ('{"id": "my-plan"}', "my-plan.toml, line 1: is not TOML", "Correct that place"),
    "YAML": ("id: my-plan\n", "my-plan.toml, line 1: is not TOML: expected '=' after a key", 'key = "value"'),
    "quotes of a word processor": (plan(('"My plan"\nversion', "“My plan”\nversion")), "my-plan.toml, line 2: is not TOML", "straight quotes"),
    "text without its last quote": (plan(('"My plan"\nversion', '"My plan\nversion')), "my-plan.toml, line 2: is not TOML", "its quote"),
    "a backslash in double quotes": (plan(('field = "patient_name"', 'pattern = "\\d"')), "my-plan.toml, line 23: is not TOML: unescaped", "single quotes"),
    "a day that is not in the calendar": (plan(("checked = 2026-11-21", "checked = 2026-02-30")), "my-plan.toml, line 4: is not TOML: invalid date", "no such day"),
    "a day with one digit": (plan(("checked = 2026-11-21", "checked = 2026-3-5")), "my-plan.toml, line 4: is not TOML", "two digits"),
    "a key twice": (plan(('version = "1"', 'version = "1"\nversion = "2"')), "my-plan.toml, line", "each key once"),
    "a list without its end": (plan(('["fsa"]', '["fsa"')), "my-plan.toml, line", "list"),
    "True for true": (plan(('severity = "required"', "off = True")), "my-plan.toml, line 11: is not TOML", "small letters"),
    "an example on two lines": (plan(('met", fields = { patient_name', 'met",\n fields = { patient_name')), "my-plan.toml, line 30: is not TOML", "one line"),
    "one bracket for two": (plan(("[[rule]]", "[rule]")), "my-plan.toml: rule: is not a list", "[[rule]]"),
    "a table that does not end": (plan(("[[rule]]", "[[rule")), "my-plan.toml, line 18: is not TOML", "two brackets"),
    # The head
    "no id": (plan(('id = "my-plan"\n', "")), "my-plan.toml: id: is missing", "Add it"),
    "another id than the file's": (plan(('id = "my-plan"', 'id = "our-plan"')), "my-plan.toml: id: is `our-plan`", 'Write id = "my-plan"'),
    "an id with a space": (plan(('id = "my-plan"', 'id = "My plan"')), "my-plan.toml: id: does not have the right form", "small letters and dashes"),
    "no title": (plan(('title = "My plan"\nversion', "version")), "my-plan.toml: title: is missing", "Add it"),
    "no version": (plan(('version = "1"\n', "")), "my-plan.toml: version: is missing", "Add it"),
    "a version without quotes": (plan(('version = "1"', "version = 1")), "my-plan.toml: version: is not a text", "in quotes"),
    "no day of the last look": (plan(("checked = 2026-11-21\n", "")), "my-plan.toml: checked: is missing", "checked = 2026-03-31"),
    "a day in quotes": (plan(("checked = 2026-11-21", 'checked = "2026-11-21"')), "my-plan.toml: checked: is not a day", "without quotes"),
    "a day with a time": (plan(("checked = 2026-11-21", "checked = 2026-11-21T10:00:00")), "my-plan.toml: checked: is not a day", "without a time"),
    "no purpose": (plan(('purpose = ["fsa"]\n', "")), "my-plan.toml: purpose: is missing", "Add it"),
    "a purpose without brackets": (plan(('purpose = ["fsa"]', 'purpose = "fsa"')), "my-plan.toml: purpose: is not a list", "brackets"),
    "unknown purpose": (plan(('purpose = ["fsa"]', 'purpose = ["dcfsa"]')), "my-plan.toml: purpose: `dcfsa` is not possible", "Did you mean fsa?"),
    "a table that nobody reads": (PLAN + '\n[[changes]]\nrule = "LMN-10"\n', "my-plan.toml: changes: is not a key", "Did you mean change?"),
    "extends nobody": (plan(('"generic-fsa"', '"generic"')), "my-plan.toml: extends: `generic` is not an administrator", "Did you mean generic-fsa?"),
    "extends itself": (plan(('"generic-fsa"', '"my-plan"')), "my-plan.toml: extends: goes in a circle: `my-plan` extends `my-plan`", "built-in"),
    "builds on nothing": (plan(('extends = "generic-fsa"\n', "")), "my-plan.toml: extends: is missing", 'extends = "generic-fsa"'),
    "builds on two things": (plan(('extends = "generic-fsa"', 'extends = "generic-fsa"\nrulebooks = ["lmn"]')), "my-plan.toml: extends: there are both", "Write one of them"),
    "builds on an unknown rulebook": (plan(('extends = "generic-fsa"', 'rulebooks = ["letters"]')), "my-plan.toml: rulebooks: `letters` is not a rulebook", "Known are"),
    # Changes
    "changes an unknown rule": (plan(('"LMN-11"', '"LMN-99"')), "change of LMN-99: rule: `LMN-99` is not a rule", "Did you mean LMN-"),
    "changes a rule in small letters": (plan(('"LMN-11"', '"lmn-11"')), "change of lmn-11: rule: `lmn-11` is not a rule", "Did you mean LMN-11?"),
    "changes no rule": (plan(('rule = "LMN-11"\n', "")), "my-plan.toml, line 8: change 1: rule: is missing", "which rule it changes"),
    "changes without a source": (PLAN.replace(CITED + "\n", "", 1), f"{CHANGE}: citation: is missing", "citation = {"),
    "changes an unknown key": (plan(("months = 6", "month = 6")), f"{CHANGE}: month: is not a key", "Did you mean months?"),
    "changes what a rule asks": (plan(("months = 6", 'check = "present"')), f"{CHANGE}: check: is not a key", "README.md"),
    "changes a number into text": (plan(("months = 6", 'months = "6"')), f"{CHANGE}: months: is not a whole number", "without quotes"),
    "changes to an impossible value": (plan(("months = 6", "months = 0")), f"{CHANGE}: `months` must lie between 1 and 120", "README.md"),
    "changes without examples": (plan((EXAMPLES, "")), f"{CHANGE}: example: needs one met and one not_met", 'example = [{ outcome = "met"'),
    "changes nothing": (plan(('months = 6\nseverity = "required"\n', "")), f"{CHANGE}: changes nothing", "what differs"),
    "changes and switches off": (plan(("months = 6", "off = true")), f"{CHANGE}: off: switches the rule off and changes it", "one of both"),
    "changes one rule twice": (plan(("[[rule]]", f'[[change]]\nrule = "LMN-11"\nseverity = "fatal"\n{CITED}\n\n[[rule]]')), "my-plan.toml, line 18: change of LMN-11: is the second", "one [[change]]"),
    "words at odds with the number": (plan(("months = 6", 'months = 6\nadvice = "End it after 12 months."')), f"{CHANGE}: advice: says “12 months”, but `months` is 6", "{months} months"),
    # Rules
    "a rule that is there already": (plan(("MINE-01", "LMN-10")), "my-plan.toml, line 18: rule LMN-10: id: is the id of 2 rules", "[[change]]"),
    "id of another form": (plan(("MINE-01", "Mine-1")), "line 18: rule Mine-1: id: does not have the right form", "LMN-36"),
    "unknown key": (plan(('severity = "fatal"', 'severty = "fatal"')), f"{RULE}: severty: is not a key", "Did you mean severity?"),
    "unknown check": (plan(('"present"', '"exists"')), f"{RULE}: check: `exists` is not a check", "docscan rules --checks"),
    "no check": (plan(('check = "present"\n', "")), f"{RULE}: check: is missing", "docscan rules --checks"),
    "a list of checks": (plan(('"present"', '["present"]')), f"{RULE}: check: `['present']` is not a check", ""),
    "unknown field": (plan(('"patient_name"\n', '"patient"\n')), f"{RULE}: field: `patient` is not a field", "Did you mean patient_name?"),
    "unknown kind": (plan(('["lmn"]', '["letter"]')), f"{RULE}: applies_to: `letter` is not possible", "Write lmn,"),
    "kinds without brackets": (plan(('["lmn"]', '"lmn"')), f"{RULE}: applies_to: is not a list", "brackets"),
    "unknown severity": (plan(('"fatal"', '"mandatory"')), f"{RULE}: severity: `mandatory` is not possible", "fatal, required, recommended or info"),
    "unknown class": (plan(('severity = "fatal"', 'severity = "fatal"\nwhen_class = ["gym"]')), f"{RULE}: when_class: `gym` is not a class", "Known are training"),
    "a place that nothing fills": (plan(("No patient was found.", "No {patient} was found.")), f"{RULE}: message.not_met: {{patient}} is not filled", "It fills"),
    "a promise": (plan(("No patient was found.", "It cannot be approved.")), f"{RULE}: message.not_met: says “approved”", "never promises"),
    "an address without https": (PLAN.replace('locator = "page 4",', 'locator = "page 4", url = "www.example.org",'), "citation.url: does not have the right form", "https://"),
    "a source of another kind": (PLAN.replace("plan practice", "handbook"), "citation.kind: `handbook` is not possible", "plan practice"),
    "dates the wrong way round": (plan(('severity = "fatal"', 'severity = "fatal"\neffective_from = 2026-01-01\neffective_until = 2025-12-31')), f"{RULE}: effective_until: is before effective_from", "first day"),
    "two forms at one time": (PLAN.replace('severity = "fatal"', 'severity = "fatal"\neffective_until = 2026-01-01') + "\n" + NEW_RULE.replace('severity = "fatal"', 'severity = "fatal"\neffective_from = 2026-01-01'), "rule MINE-01: effective_from: two rules of this id are in force", "its own time"),
    "a check of packets for letters": (plan((LETTER, PACKET)), f"{RULE}: applies_to: `same_patient` looks at a whole packet", 'applies_to = ["packet"]'),
    "a check of letters for packets": (plan(('["lmn"]', '["packet"]')), f"{RULE}: applies_to: `present` looks at one document", "kinds of documents"),
    "one example too few": (plan(('  { outcome = "met", text = "Patient: Marisol Vance" },\n', "")), f"{RULE}: example: has fewer than two with outcome met", 'outcome = "met", text'),
    "an example of an unknown claim": (plan(('claim = { purpose = "fsa" }', "claim = { plan = 2026 }")), f"{RULE}: example 3: claim.plan: is not a key", ""),
    "an example with a wrong day": (plan(('claim = { purpose = "fsa" }', 'claim = { submitted_on = "soon" }')), f"{RULE}: example 3: claim.submitted_on: is not a day", "2026-03-31"),
    "an example of another outcome": (plan(('"met", text', '"yes", text')), f"{RULE}: example 2: outcome: `yes` is not possible", "met, not_met"),
    "an example with a misspelt key": (plan(("text = ", "txt = ")), f"{RULE}: example 2: txt: is not a key", "Did you mean text?"),
    "an example of an unknown field": (plan(("provider_name", "doctor")), f"{RULE}: example 4: `doctor` is not a field", "docscan rules --fields"),
    "an example that says nothing": (plan((', fields = {}, claim = { purpose = "fsa" }', "")), f"{RULE}: example 3: needs either `text`", "what the document says"),
}  # fmt: skip


def refused(folder: Path, text: str | bytes, name: str = "my-plan") -> RulebookError:
    path = folder / f"{name}.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(RulebookError) as by_name:
        read_administrator(name, folder)
    with pytest.raises(RulebookError) as by_path:
        read_file(path)
    if "extends" in str(text) and by_name.value.message != by_path.value.message:
        raise AssertionError(f"{by_name.value.message} but {by_path.value.message}")
    return by_name.value


def test_the_plan_that_the_cases_break_is_good(tmp_path: Path) -> None:
    (tmp_path / "my-plan.toml").write_text(PLAN)
    rules = read_file(tmp_path / "my-plan.toml")
    assert rules.rule("MINE-01").place == "my-plan.toml, line 18"
    assert rules.rule("LMN-11").place == "my-plan.toml, line 8"
    assert rules == read_administrator("my-plan", tmp_path)


@pytest.mark.parametrize("case", CASES)
def test_a_broken_file_is_refused_by_file_line_and_key_with_a_remedy(tmp_path: Path, case: str) -> None:
    text, told, remedy = CASES[case]
    wrong = refused(tmp_path, text)
    for one in (wrong, *wrong.more):
        assert one.message.startswith("my-plan.toml")
        assert one.message.endswith(".")
        assert "\n" not in one.message + one.remedy
        assert re.match(r"[A-Z`].*[.?]$", one.remedy), one.remedy
    assert told in wrong.message
    assert remedy in wrong.remedy


def test_there_are_more_than_the_thirty_five_ways_that_authors_find() -> None:
    assert len(CASES) >= 60


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    wrong = refused(tmp_path, plan(("months = 6", "month = 6"), ('"fatal"', '"deadly"'), ('["lmn"]', '["letter"]')))
    assert [one.message.split(" is ")[0] for one in (wrong, *wrong.more)] == [
        f"{RULE}: applies_to: `letter`",
        f"{RULE}: severity: `deadly`",
        f"{CHANGE}: month:",
    ]


@pytest.mark.parametrize(
    "made",
    [
        b"\xef\xbb\xbf" + PLAN.encode(),
        PLAN.replace("\n", "\r\n").encode(),
        PLAN.replace("  {", "\t{").replace(" = ", "\t=\t").encode(),
        (PLAN + "\n\n# the end").encode(),
    ],
    ids=["byte order mark", "CRLF", "tabs", "no line end"],
)
def test_what_editors_do_to_a_file_does_not_matter(tmp_path: Path, made: bytes) -> None:
    (tmp_path / "my-plan.toml").write_bytes(made)
    rules = read_administrator("my-plan", tmp_path)
    assert rules.rule("LMN-11").parameters.months == 6
    assert rules.rule("MINE-01").place == "my-plan.toml, line 18"


def test_a_circle_of_two_is_told_as_one(tmp_path: Path) -> None:
    (tmp_path / "theirs.toml").write_text(
        plan(('id = "my-plan"', 'id = "theirs"'), ('"generic-fsa"', '"my-plan"')).replace("MINE", "THEIRS")
    )
    wrong = refused(tmp_path, plan(('"generic-fsa"', '"theirs"')))
    assert wrong.message == (
        "theirs.toml: extends: goes in a circle: `my-plan` extends `theirs` extends `my-plan`."
    )  # fmt: skip


def test_what_is_wrong_below_is_told_by_the_file_it_is_in(tmp_path: Path) -> None:
    (tmp_path / "theirs.toml").write_text(plan(('id = "my-plan"', 'id = "theirs"'), ("months = 6", "month = 6")))
    mine = plan(('"generic-fsa"', '"theirs"'), ("MINE-01", "MINE-02"))
    assert refused(tmp_path, mine).message.startswith("theirs.toml, line 8: change of LMN-11: month")


def test_a_file_beside_it_that_nobody_asked_for_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "notes.toml").write_bytes(b"\xff\xfe\x00 = = =")
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "my-plan.toml").write_text(PLAN)
    assert read_administrator("my-plan", tmp_path).title == "My plan"
    assert "my-plan" in administrator_names(tmp_path)
    with pytest.raises(RulebookError, match=r"folder\.toml: cannot be read"):
        read_administrator("folder", tmp_path)


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "my-plan.toml").write_text(PLAN)
    (tmp_path / "my-plan.toml").chmod(0)
    with pytest.raises(RulebookError, match="cannot be read"):
        read_administrator("my-plan", tmp_path)


@pytest.mark.parametrize("name", ["My Plan", "plan_2026", "2026"])
def test_a_file_whose_name_cannot_be_an_id_is_told(tmp_path: Path, name: str) -> None:
    wrong = refused(tmp_path, PLAN, name)
    assert wrong.message == f"{name}.toml: id: is `my-plan`, but the file is called {name}.toml."
    assert wrong.remedy == "Call the file my-plan.toml."


def test_nobody_takes_a_built_in_name(tmp_path: Path) -> None:
    wrong = refused(tmp_path, plan(('id = "my-plan"', 'id = "healthequity"')), "healthequity")
    assert wrong.message == "healthequity.toml: id: `healthequity` is the name of a built-in administrator."
    assert wrong.remedy == "Choose another name."


@pytest.mark.parametrize("made", ["nowhere", "a-file"])
def test_a_folder_that_is_none_is_told(tmp_path: Path, made: str) -> None:
    (tmp_path / "a-file").write_text("")
    with pytest.raises(RulebookError, match=r"does not exist\. Correct or unset DOCSCAN_RULEBOOKS\."):
        read_administrator("generic-fsa", tmp_path / made)


@pytest.mark.parametrize("made", ["nowhere.toml", "letter.pdf", "."])
def test_what_is_no_rulebook_is_told(tmp_path: Path, made: str) -> None:
    (tmp_path / "letter.pdf").write_text("%PDF")
    with pytest.raises(RulebookError, match=r"is not a rulebook\. Name a file that ends in \.toml\."):
        read_file(tmp_path / made)


def test_a_file_of_rules_alone_can_be_read_too(tmp_path: Path) -> None:
    text = 'id = "mine"\ntitle = "Mine"\nversion = "1"\npurpose = ["fsa"]\n\n' + NEW_RULE
    (tmp_path / "mine.toml").write_text(text)
    assert [rule.id for rule in read_file(tmp_path / "mine.toml").rules] == ["MINE-01"]
