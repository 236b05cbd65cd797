# ruff: noqa: E501 - a case is a line
"""A rulebook that does not follow the format is refused, by file and key, with what to do."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.checking.rulebook.administrator import administrator_names, read_administrator
from docscan.checking.rulebook.book import read_rulebook, rules_of
from docscan.checking.rulebook.format import RulebookFile
from docscan.errors import RulebookError, UnknownName

HEAD = 'id = "mine"\ntitle = "Mine"\nversion = "1"\npurpose = ["fsa"]\n'
RULE = """
[[rule]]
id = "MY-01"
title = "The letter names the patient"
applies_to = ["lmn"]
check = "present"
field = "patient_name"
severity = "fatal"
message.met = "The patient is {value}."
message.not_met = "No patient was found."
advice = "Write the patient's name."
citation = { title = "My plan", locator = "page 4", url = "https://example.org/plan", kind = "plan practice", retrieved = 2026-11-21 }
example = [
  { outcome = "met", fields = { patient_name = "Marisol Vance" } },
  { outcome = "met", text = "Patient: Marisol Vance" },
  { outcome = "not_met", fields = {} },
  { outcome = "not_met", fields = { provider_name = "Anna Brandt" } },
]
"""
GOOD = HEAD + RULE


def replaced(old: str, new: str) -> str:
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)


CASES = {
    "not TOML": ("= = =", "mine.toml", "not TOML"),
    "no id of the file": (GOOD.replace('id = "mine"\n', "", 1), "mine.toml: id", "missing"),
    "no version": (replaced('version = "1"\n', ""), "version", "missing"),
    "unknown key of the file": (replaced('version = "1"', 'version = "1"\nverison = "1"'), "verison", "not a key"),
    "unknown subject of the file": (replaced('version = "1"', 'version = "1"\nabout = "money"'), "about", ""),
    "no rule": (HEAD, "mine.toml", "no [[rule]]"),
    "rule is no table": (HEAD + 'rule = ["MY-01"]', "rule number 1", "not a table"),
    "no id": (replaced('id = "MY-01"\n', ""), "rule number 1: id", "missing"),
    "id of another form": (replaced('"MY-01"', '"my first"'), "rule my first: id", ""),
    "unknown key": (replaced("severity =", "severty ="), "rule MY-01: severty", "not a key"),
    "no title": (replaced('title = "The letter names the patient"\n', ""), "rule MY-01: title", "missing"),
    "title is a number": (replaced('"The letter names the patient"', "7"), "rule MY-01: title", ""),
    "no check": (replaced('check = "present"\n', ""), "rule MY-01: check", "missing"),
    "unknown check": (replaced('"present"', '"presnt"'), "rule MY-01: check", "not a check"),
    "no parameter": (replaced('field = "patient_name"\n', ""), "rule MY-01", "exactly one of"),
    "unknown parameter": (replaced('field = "patient_name"', 'feild = "patient_name"'), "rule MY-01: feild", "not a key"),
    "unknown field": (replaced('field = "patient_name"', 'field = "patient"'), "rule MY-01: field", "not a field"),
    "part of a field without parts": (
        replaced('field = "patient_name"', 'field = "patient_name.first"'), "rule MY-01: field", "no parts"),
    "parameter of a wrong type": (replaced('field = "patient_name"', "field = 3"), "rule MY-01: field", ""),
    "two ways of naming fields": (
        replaced('field = "patient_name"', 'field = "patient_name"\nany_of = ["diagnosis"]'), "rule MY-01", "exactly one"),
    "misspelt field": (
        replaced('field = "patient_name"', 'field = "patient_nam"'), "rule MY-01: field", "Did you mean patient_name?"),
    "misspelt class": (
        replaced('severity = "fatal"', 'severity = "fatal"\nwhen_class = ["masage"]'), "when_class", "Did you mean massage?"),
    "misspelt kind": (replaced('["lmn"]', '["reciept"]'), "rule MY-01: applies_to", "Did you mean receipt?"),
    "place in a title that is never filled": (
        replaced("The letter names the patient", "The letter names {value}"), "rule MY-01: title", "not filled"),
    "bad severity": (replaced('"fatal"', '"deadly"'), "rule MY-01: severity", "fatal"),
    "bad kind": (replaced('["lmn"]', '["letter"]'), "rule MY-01: applies_to", "lmn"),
    "no kind": (replaced('["lmn"]', "[]"), "rule MY-01: applies_to", ""),
    "bad purpose": (replaced('["fsa"]', '["fun"]'), "purpose", "fsa"),
    "no purpose": (replaced('purpose = ["fsa"]\n', ""), "rule MY-01: purpose", ""),
    "no advice": (replaced('advice = "Write the patient\'s name."\n', ""), "rule MY-01: advice", "missing"),
    "unknown place in advice": (replaced("Write the patient's name.", "Write {vaule}."), "rule MY-01: advice", "not filled"),
    "unknown place in the exact advice": (
        replaced('"Write the patient\'s name."', '["Not {vaule}.", "Write it."]'), "rule MY-01: advice", "not filled"),
    "advice that may lack what it tells": (
        replaced("Write the patient's name.", "Write {missing}."), "rule MY-01: advice", "not always known"),
    "last advice that may lack what it tells": (
        replaced('"Write the patient\'s name."', '["Write it.", "Write {missing}."]'), "rule MY-01: advice", "the last one without"),
    "no advice in the list": (replaced('"Write the patient\'s name."', "[]"), "rule MY-01: advice", ""),
    "advice of another type": (replaced('"Write the patient\'s name."', "3"), "rule MY-01: advice", ""),
    "no message for not_met": (replaced('message.not_met = "No patient was found."\n', ""), "message.not_met", "missing"),
    "unknown outcome of a message": (replaced("message.not_met", "message.notmet"), "message.notmet", "not a key"),
    "unknown place in a message": (replaced("{value}", "{vaule}"), "rule MY-01: message.met", "not filled"),
    "broken braces in a message": (replaced("{value}", "{value"), "rule MY-01: message.met", "braces"),
    "place in a message that is never filled": (
        replaced("No patient was found.", 'No."\nmessage.uncertain = "Page {page}.'), "message.uncertain", "not filled"),
    "no citation": (GOOD[: GOOD.index("citation =")] + GOOD[GOOD.index("example = ["):], "rule MY-01: citation", "missing"),
    "citation by an unknown name": (
        GOOD[: GOOD.index("citation =")] + 'citation = "plan: page 4"\n' + GOOD[GOOD.index("example = ["):], "citation", "plan"),
    "citation without a title": (replaced('title = "My plan", ', ""), "rule MY-01: citation.title", "missing"),
    "citation of an unknown kind": (replaced('"plan practice"', '"rumor"'), "rule MY-01: citation.kind", "law"),
    "citation with a wrong address": (replaced("https://example.org/plan", "example"), "citation.url", ""),
    "citation with a wrong date": (replaced("2026-11-21 }", '"yesterday" }'), "citation.retrieved", ""),
    "citation without a date": (replaced(", retrieved = 2026-11-21", ""), "citation.retrieved", "missing"),
    "no examples": (GOOD[: GOOD.index("example = [")], "rule MY-01: example", "fewer than two"),
    "one example that is met": (
        replaced('  { outcome = "met", text = "Patient: Marisol Vance" },\n', ""), "rule MY-01: example", "outcome met"),
    "one example that is not met": (
        replaced('  { outcome = "not_met", fields = {} },\n', ""), "rule MY-01: example", "outcome not_met"),
    "example with an unknown outcome": (replaced('"not_met", fields = {}', '"wrong", fields = {}'), "example 3: outcome", ""),
    "example with an unknown field": (replaced("provider_name", "provider"), "rule MY-01: example 4", "not a field"),
    "example with an unknown key": (replaced("text = ", "txt = "), "example 2: txt", "not a key"),
    "example that says nothing": (
        replaced('{ outcome = "not_met", fields = {} }', '{ outcome = "not_met" }'), "rule MY-01: example 3", "needs"),
    "example with text and fields": (
        replaced('text = "Patient: Marisol Vance"', 'text = "x", fields = {}'), "rule MY-01: example 2", "needs"),
    "weight below zero": (replaced('severity = "fatal"', 'severity = "fatal"\nweight = -1'), "rule MY-01: weight", ""),
    "unknown class of items": (
        replaced('severity = "fatal"', 'severity = "fatal"\nwhen_class = ["gym"]'), "rule MY-01: when_class", "not a class"),
    "wrong date in force": (
        replaced('severity = "fatal"', 'severity = "fatal"\neffective_from = "soon"'), "rule MY-01: effective_from", ""),
    "ends before it starts": (
        replaced('severity = "fatal"', 'severity = "fatal"\neffective_from = 2026-01-01\neffective_until = 2025-01-01'),
        "rule MY-01: effective_until", "before"),
    "one id twice at a time": (GOOD + RULE, "rule MY-01: id", "Choose another id, for example MY-02"),
    "overlapping dates of one id": (
        replaced('severity = "fatal"', 'severity = "fatal"\neffective_until = 2020-01-01')
        + RULE.replace('severity = "fatal"', 'severity = "fatal"\neffective_from = 2020-01-01'),
        "rule MY-01: effective_from", "same day"),
    "regular expression that is none": (
        GOOD.replace('check = "present"', 'check = "matches"\npattern = "["'), "rule MY-01: pattern", "regular expression"),
    "check of packets for letters": (
        GOOD.replace('check = "present"\nfield = "patient_name"', 'check = "same_patient"'), "rule MY-01", ""),
}  # fmt: skip


def test_the_rule_that_the_cases_break_is_good() -> None:
    book = read_rulebook("mine.toml", GOOD)
    assert [rule.id for rule in book.rules] == ["MY-01"]
    assert book.rules[0].weight == 3
    assert book.rules[0].purpose == ("fsa",)


@pytest.mark.parametrize("case", CASES)
def test_a_broken_rulebook_is_refused_by_file_and_key(case: str) -> None:
    text, key, problem = CASES[case]
    with pytest.raises(RulebookError) as refused:
        read_rulebook("mine.toml", text)
    assert re.match(r"mine\.toml(, line \d+)?: ", str(refused.value))
    assert key in str(refused.value)
    assert problem in str(refused.value)
    assert str(refused.value).endswith(refused.value.remedy)
    assert refused.value.remedy
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_a_wrong_rule_is_named_by_the_line_it_starts_on() -> None:
    text = GOOD + RULE.replace("MY-01", "MY-02").replace('"fatal"', '"deadly"')
    with pytest.raises(RulebookError, match=r"^mine\.toml, line 24: rule MY-02: severity"):
        read_rulebook("mine.toml", text)
    assert text.splitlines()[23] == "[[rule]]"


def test_there_are_at_least_thirty_ways_to_break_one() -> None:
    assert len(CASES) >= 30


def test_one_id_may_have_two_forms_after_each_other() -> None:
    text = GOOD.replace('severity = "fatal"', 'severity = "fatal"\neffective_until = 2019-12-31') + RULE.replace(
        'severity = "fatal"', 'severity = "info"\neffective_from = 2020-01-01'
    )
    assert [rule.severity for rule in read_rulebook("mine.toml", text).rules] == ["fatal", "info"]


ADMINISTRATOR = """
id = "my-plan"
title = "My plan"
version = "1"
checked = 2026-11-21
purpose = ["fsa"]
extends = "generic-fsa"

[[change]]
rule = "LMN-11"
months = 6
severity = "required"
citation = { title = "My plan", locator = "page 4", kind = "plan practice", retrieved = 2026-11-21 }
example = [
  { outcome = "met", fields = { duration = { value = 6, unit = "mo" } } },
  { outcome = "not_met", fields = { duration = { value = 7, unit = "mo" } } },
]

[[change]]
rule = "LMN-03"
off = true
citation = { title = "My plan", locator = "page 4", kind = "plan practice", retrieved = 2026-11-21 }
"""

BROKEN = {
    "another id than the file's": ('id = "my-plan"', 'id = "our-plan"', "id"),
    "extends nobody": ('"generic-fsa"', '"generic"', "extends"),
    "extends itself": ('"generic-fsa"', '"my-plan"', "extends"),
    "builds on nothing": ('extends = "generic-fsa"\n', "", "extends"),
    "builds on two things": ('extends = "generic-fsa"', 'extends = "generic-fsa"\nrulebooks = ["lmn"]', "extends"),
    "builds on an unknown rulebook": ('extends = "generic-fsa"', 'rulebooks = ["letters"]', "rulebooks"),
    "changes an unknown rule": ('"LMN-11"', '"LMN-99"', "rule"),
    "changes without a source": (
        'off = true\ncitation = { title = "My plan", locator = "page 4", kind = "plan practice", retrieved = 2026-11-21 }',
        "off = true", "citation"),
    "changes an unknown key": ("months = 6", "month = 6", "month"),
    "changes to an impossible value": ("months = 6", "months = 0", "months"),
    "changes how a rule decides without examples": (
        ADMINISTRATOR[ADMINISTRATOR.index("example = ["):ADMINISTRATOR.index("]\n\n[[change]]") + 2], "", "example"),
    "no day of the last look": ("checked = 2026-11-21\n", "", "checked"),
}  # fmt: skip


def written(folder: Path, text: str, name: str = "my-plan") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(text)
    return folder


def test_an_administrator_of_ones_own_is_loaded_beside_the_built_in_ones(tmp_path: Path) -> None:
    folder = written(tmp_path / "mine", ADMINISTRATOR)
    assert {"my-plan", "generic-fsa"} <= set(administrator_names(folder))
    mine, generic = read_administrator("my-plan", folder), read_administrator("generic-fsa", folder)
    assert mine.rule("LMN-11").parameters.months == 6
    assert mine.rule("LMN-11").severity == "required"
    assert mine.rule("LMN-11").weight == 2
    assert mine.rule("LMN-11").citation.title == "My plan"
    assert mine.rule("LMN-11").changed_by == "my-plan"
    assert generic.rule("LMN-11").parameters.months == 12
    assert "LMN-03" not in {rule.id for rule in mine.rules}
    assert mine.rulebooks[-1].id == "my-plan"


def test_a_changed_parameter_changes_the_words_of_its_rule(tmp_path: Path) -> None:
    rule = read_administrator("my-plan", written(tmp_path / "mine", ADMINISTRATOR)).rule("LMN-11")
    told = " ".join((rule.title, *rule.messages.values(), rule.advice))
    assert "longer than 6 months" in rule.title
    assert "no later than 6 months" in rule.advice
    assert "12" not in told
    one = written(tmp_path / "one", ADMINISTRATOR.replace("months = 6", "months = 1"))
    assert "no later than 1 month after" in read_administrator("my-plan", one).rule("LMN-11").advice


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("End it after 12 months.", "12 months"),
        ("End it after twelve months.", "twelve months"),
        ("Ask for a letter each year.", "each year"),
        ("It counts for a 3-month course.", "3-month"),
        ("End it after 6 months.", None),
        ("End it after {months} months.", None),
        ("End it after half a year, that is {months} months.", None),
        ('Ask for words such as "for 3 months".', None),
    ],
)
def test_words_at_odds_with_a_parameter_are_refused(tmp_path: Path, text: str, refused: str | None) -> None:
    entry = ADMINISTRATOR.replace("months = 6", f"months = 6\nadvice = '{text}'")
    folder = written(tmp_path / "mine", entry)
    if refused is None:
        assert "6 months" in read_administrator("my-plan", folder).rule("LMN-11").advice or '"' in text
        return
    with pytest.raises(RulebookError, match=f"change of LMN-11: advice: says “{refused}”, but `months` is 6"):
        read_administrator("my-plan", folder)


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_administrator_is_refused_by_file_and_key(tmp_path: Path, case: str) -> None:
    old, new, key = BROKEN[case]
    assert ADMINISTRATOR.count(old) == 1
    folder = written(tmp_path / "mine", ADMINISTRATOR.replace(old, new))
    with pytest.raises(RulebookError) as refused:
        read_administrator("my-plan", folder)
    assert "my-plan.toml" in str(refused.value)
    assert key in str(refused.value)


def test_nobody_can_take_a_built_in_administrators_name(tmp_path: Path) -> None:
    folder = written(tmp_path / "mine", ADMINISTRATOR.replace("my-plan", "generic-fsa"), "generic-fsa")
    with pytest.raises(RulebookError, match="built-in"):
        read_administrator("generic-fsa", folder)


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="does not exist"):
        read_administrator("generic-fsa", tmp_path / "nowhere")


def test_unknown_names_are_told_with_the_nearest_known_one() -> None:
    with pytest.raises(UnknownName) as administrator:
        read_administrator("generic-fas")
    assert "generic-fsa" in administrator.value.remedy
    with pytest.raises(UnknownName) as rule:
        read_administrator("generic-fsa").rule("LNM-10")
    assert "LMN-10" in rule.value.remedy


@given(st.dictionaries(st.text(max_size=12), st.one_of(st.integers(), st.text(max_size=12), st.booleans(), st.none())))
def test_no_table_whatever_breaks_the_loader_otherwise(table: Any) -> None:
    entry = {**tomllib.loads(RULE)["rule"][0], **table}
    book = RulebookFile(**tomllib.loads(HEAD), rule=(entry,))
    try:
        rules_of(book, "mine.toml", RULE)
    except RulebookError as refused:
        assert str(refused).startswith("mine.toml, line 2: ")


def test_a_pattern_never_stands_in_a_text_for_people() -> None:
    rule = read_administrator("generic-fsa").rule("COD-08")
    assert rule.messages["not_met"] == "{value} leaves the side of the body open: {description}."
    for name in administrator_names():
        for one in read_administrator(name).rules:
            assert not any(
                "(?i)" in text for text in (*one.messages.values(), *one.exact_advice, one.advice, one.title)
            )


def test_a_change_of_how_a_dated_rule_decides_is_one_of_the_form_in_force_today() -> None:
    generic, plan = (
        {rule.effective_until: rule for rule in read_administrator(name).rules if rule.id == "LMN-06"}
        for name in ("generic-fsa", "take-command-hra")
    )
    old = next(day for day in generic if day is not None)
    assert plan[None].parameters.field == "diagnosis_code"
    assert plan[old].parameters == generic[old].parameters
    assert plan[old].examples == generic[old].examples
    assert plan[old].severity == plan[None].severity == "required"
