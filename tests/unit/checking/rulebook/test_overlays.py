"""What an administrator says of the rules it builds on: change them, leave some out, cite its own words."""

import re
from pathlib import Path

import pytest

from docscan.checking.rulebook.administrator import administrator_names, read_administrator
from docscan.checking.rulebook.rules import Ruleset
from docscan.errors import RulebookError

HEAD = """
id = "my-plan"
title = "My plan"
version = "1"
checked = 2026-11-21
purpose = ["fsa"]
extends = "generic-fsa"
{more}

[citations.handbook]
title = "My plan, handbook"
locator = "letters"
kind = "plan practice"
retrieved = 2026-11-20
verified = false
"""
RETAIL = """
[[change]]
rule = "RCT-02"
unless_class = []
citation = "handbook: page 9"
"""
EXAMPLES = """
example = [
  { outcome = "met", fields = { patient_name = "Marisol Vance" } },
  { outcome = "not_met", fields = { item = { description = "Ibuprofen", amount = "8.99", class = "drug" } } },
]
"""


def plan(folder: Path, text: str, more: str = "") -> Ruleset:
    (folder / "my-plan.toml").write_text(HEAD.replace("{more}", more) + text)
    return read_administrator("my-plan", folder)


def test_a_plans_own_words_take_the_place_of_the_rulebooks_source_and_change_nothing_else(tmp_path: Path) -> None:
    mine = plan(tmp_path, '[cited]\nLMN-10 = "handbook: page 5"\n').rule("LMN-10")
    usual = read_administrator("generic-fsa").rule("LMN-10")
    assert (mine.citation.title, mine.citation.locator) == ("My plan, handbook", "page 5")
    assert mine.changed_by is None
    assert (mine.severity, mine.parameters, mine.messages) == (usual.severity, usual.parameters, usual.messages)


def test_classes_that_excuse_a_rule_can_be_changed(tmp_path: Path) -> None:
    rules = plan(tmp_path, RETAIL + EXAMPLES)
    assert rules.rule("RCT-02").unless_class == ()
    assert rules.rule("RCT-02").changed == ("unless_class",)
    assert [(change.rule, change.by, change.keys, change.decides) for change in rules.changes] == [
        ("RCT-02", "my-plan", ("unless_class",), True)
    ]


def test_only_the_rules_named_are_taken(tmp_path: Path) -> None:
    rules = plan(tmp_path, "", 'only = ["LMN-10", "RCT-03"]')
    assert {rule.id for rule in rules.rules} == {"LMN-10", "RCT-03"}


def test_a_rule_that_is_off_is_a_change_too(tmp_path: Path) -> None:
    rules = plan(tmp_path, '[[change]]\nrule = "LMN-03"\noff = true\ncitation = "handbook"\n')
    assert "LMN-03" not in {rule.id for rule in rules.rules}
    assert [(change.rule, change.off, change.decides) for change in rules.changes] == [("LMN-03", True, True)]


def test_other_words_alone_decide_nothing(tmp_path: Path) -> None:
    text = '[[change]]\nrule = "LMN-03"\nadvice = "Ask your employer for its name."\ncitation = "handbook"\n'
    assert [change.decides for change in plan(tmp_path, text).changes] == [False]


@pytest.mark.parametrize(
    ("text", "more", "place", "problem", "remedy"),
    [
        ('[cited]\nLNM-10 = "handbook"\n', "", "cited: LNM-10", "not a rule", "LMN-10"),
        ('[cited]\nLMN-10 = "handbok"\n', "", "cited: LMN-10", "not under [citations]", "handbook"),
        ("[cited]\nLMN-10 = 7\n", "", "cited: LMN-10", "not a citation", "[citations]"),
        ('[cited]\nLMN-10 = { title = "My plan" }\n', "", "cited: LMN-10: ", "missing", "Add it"),
        ("", 'only = ["LMN-10", "RCT-3"]', "only", "not a rule", "RCT-"),
        ('[[change]]\nrule = "LMN-10"\ncitation = "handbook"\n', "", "change of LMN-10", "changes nothing", "[cited]"),
        (RETAIL, "", "change of RCT-02: example", "needs one met and one not_met", "example"),
        (RETAIL.replace("[]", '["drugs"]') + EXAMPLES, "", "unless_class", "not a class", "drug"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_its_place(
    tmp_path: Path, text: str, more: str, place: str, problem: str, remedy: str
) -> None:
    with pytest.raises(RulebookError) as refused:
        plan(tmp_path, text, more)
    assert "my-plan.toml" in str(refused.value)
    assert place in str(refused.value)
    assert problem in str(refused.value)
    assert remedy in refused.value.remedy


@pytest.mark.parametrize("name", administrator_names())
def test_no_plan_that_asks_for_a_thing_says_that_few_plans_do(name: str) -> None:
    weighs = [rule for rule in read_administrator(name).rules if rule.severity != "info" and rule.changed_by == name]
    told = [rule.id for rule in weighs if re.search(r"[Ff]ew plans|Most plans take", rule.messages.get("not_met", ""))]
    assert told == []
