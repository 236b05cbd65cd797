"""Several administrators' rules beside each other: only what differs, in words, at any width."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from docscan.document import Report
from docscan.presenting.comparison_terminal import comparison_panel
from docscan.presenting.side_by_side import side_by_side


def shown(*reports: Report, width: int = 120, called: tuple[str, ...] = (), every: bool = False) -> str:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    told = side_by_side(reports)
    console.print(comparison_panel(told, name="letter.pdf", width=width, called=called, every=every))
    assert isinstance(console.file, io.StringIO)
    text = console.file.getvalue()
    assert max(map(len, text.splitlines())) <= width
    return " ".join(text.replace("│", " ").split())


@pytest.fixture
def harder(report: Report) -> Report:
    first, *rest = report.findings
    return replace(report, administrator="fsafeds", findings=(replace(first, severity="fatal"), *rest))


@pytest.mark.parametrize("width", [200, 120, 80, 40])
def test_the_rule_that_differs_is_told_with_what_each_says(report: Report, harder: Report, width: int) -> None:
    text = shown(report, harder, width=width)
    assert "LMN-21" in text
    assert "must have" in text
    assert "LMN-10" not in text
    assert "they say the same" in text


def test_where_there_is_no_room_for_columns_each_answer_names_who_gives_it(report: Report, harder: Report) -> None:
    text = shown(report, harder, replace(harder, administrator="wex"), width=60)
    assert "must have): fsafeds, wex" in text


def test_all_rules_are_told_where_asked(report: Report, harder: Report) -> None:
    text = shown(report, harder, every=True, width=160)
    assert all(finding.rule in text for finding in report.findings)


def test_rules_that_agree_are_counted(report: Report) -> None:
    text = shown(report, replace(report, administrator="fsafeds"))
    assert f"They agree on every rule ({len(report.findings)} rules)." in text


def test_of_several_documents_each_is_named(report: Report, harder: Report) -> None:
    several = [replace(one, parts=(one, one)) for one in (report, harder)]
    assert "(the receipt)" in shown(*several, called=("the letter", "the receipt"), width=160)
