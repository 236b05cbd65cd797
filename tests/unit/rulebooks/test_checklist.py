"""Each point that patients are told to mind has a rule, with examples, or a reason why it has none."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from docscan import checking

PAGE = (files("docscan") / "rulebooks" / "CHECKLIST.md").read_text("utf-8")
RULES, REASONS = (
    {int(number): last for number, last in re.findall(r"^\| (\d+) \|.*\| (.+) \|$", part, re.MULTILINE)}
    for part in PAGE.split("# Points without a rule")
)


def test_each_of_the_24_points_is_there_once() -> None:
    assert sorted((*RULES, *REASONS)) == list(range(1, 25))


@pytest.mark.parametrize("number", RULES)
def test_a_points_rules_are_loaded_and_have_examples(number: int) -> None:
    known = {rule.id: rule for name in checking.administrators() for rule in checking.load(name).rules}
    for rule in RULES[number].split(", "):
        outcomes = [example.outcome for example in known[rule].examples]
        assert outcomes.count("met") >= 1
        assert outcomes.count("not_met") >= 1


def test_a_point_without_a_rule_has_a_reason() -> None:
    assert all(len(reason) > 30 for reason in REASONS.values())


@pytest.mark.parametrize("administrator", ["generic-fsa", "insurer-claim"])
def test_most_points_are_looked_after_whoever_administers(administrator: str) -> None:
    known = {rule.id for rule in checking.load(administrator).rules}
    assert sum(any(rule in known for rule in rules.split(", ")) for rules in RULES.values()) >= 20
