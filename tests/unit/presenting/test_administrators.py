"""What is said of an administrator and of its differences is plain, and all rules stand in one table."""

import re

import pytest

from docscan import checking
from docscan.presenting.administrators import administrator, administrators
from docscan.presenting.rule_table import USUAL, severity_table

NAMES = checking.administrators()


@pytest.mark.parametrize("name", NAMES)
def test_each_difference_is_told_in_plain_sentences_with_its_source(name: str) -> None:
    told = administrator(name)
    assert len(told.changes) == len(checking.load(name).changes)
    for change in told.changes:
        for sentence in change.says:
            assert sentence.endswith(".")
            assert not re.search(r"None|[{}]|\(\)", sentence), sentence
        assert not re.search(r"_|\b(approved|eligible|deductible)\b", change.reason + change.counts), change.reason
        assert change.source.title
        assert change.title


def test_the_usual_rules_come_first_and_differ_in_nothing() -> None:
    first = administrators()[0]
    assert (first.id, first.differs, first.changes) == (USUAL, 0, ())


def test_every_rule_of_every_administrator_is_a_row() -> None:
    table = severity_table()
    assert {row.rule for row in table.rows} == {rule.id for name in NAMES for rule in checking.load(name).rules}
    assert table.administrators[0][0] == USUAL
    assert all(len(row.cells) == len(NAMES) for row in table.rows)


@pytest.mark.parametrize("name", NAMES)
def test_a_cell_says_what_the_rules_say(name: str) -> None:
    rules = checking.load(name)
    here = {rule.id: rule for rule in rules.rules if set(rule.purpose) & set(rules.purpose)}
    off = {change.rule for change in rules.changes if change.off}
    changed = {change.rule for change in rules.changes if change.decides}
    for row in severity_table().rows:
        (cell,) = (cell for cell in row.cells if cell.administrator == name)
        assert cell.severity == (here[row.rule].severity if row.rule in here else None)
        assert cell.off is (row.rule in off)
        assert cell.changed is (row.rule in changed)
        assert row.by_administrator()[name] == ("off" if cell.off else cell.severity)
