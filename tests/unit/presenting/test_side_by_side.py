"""What makes a difference between administrators is shown, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from docscan.document import PacketReport, Report
from docscan.presenting.side_by_side import side_by_side


def test_the_same_report_twice_has_no_difference(report: Report) -> None:
    told = side_by_side([report, replace(report, administrator="fsafeds")])
    assert told.differing == ()
    assert told.alike == len(report.findings)
    assert [column.administrator for column in told.columns] == ["generic-fsa", "fsafeds"]
    assert [(column.mend, column.check) for column in told.columns] == [(1, 1), (1, 1)]


def test_a_rule_that_is_met_asks_for_no_more_than_one_that_is_not_there(report: Report) -> None:
    without = replace(report, findings=tuple(f for f in report.findings if f.outcome != "met"))
    assert side_by_side([report, without]).differing == ()
    assert side_by_side([report, without]).rows != (), "it is still told with the others"


def test_an_outcome_or_a_weight_that_differs_makes_a_row(report: Report) -> None:
    first, *rest = report.findings
    harder = replace(report, findings=(replace(first, severity="fatal"), *rest))
    turned = replace(report, findings=(*report.findings[:1], replace(report.findings[1], outcome="not_met"), *rest[1:]))
    assert [row.rule for row in side_by_side([report, harder]).differing] == ["LMN-21"]
    (row,) = side_by_side([report, turned]).differing
    assert [cell.outcome if cell else None for cell in row.cells] == ["met", "not_met"]


def test_a_rule_that_one_does_not_have_and_the_other_does_not_apply_is_none(report: Report) -> None:
    without = replace(report, findings=tuple(f for f in report.findings if f.outcome != "not_applicable"))
    assert side_by_side([report, without]).differing == ()
    less = replace(report, findings=report.findings[1:])
    (row,) = side_by_side([report, less]).differing
    assert row.cells[1] is None


def test_how_much_a_met_rule_weighs_makes_no_difference(report: Report) -> None:
    lighter = tuple(replace(f, severity="info") if f.outcome == "met" else f for f in report.findings)
    assert side_by_side([report, replace(report, findings=lighter)]).differing == ()


def test_the_same_rule_of_two_documents_is_two_rows_and_the_packets_own_come_first(packet: PacketReport) -> None:
    again = replace(packet, reports=(packet.reports[0], packet.reports[0]))
    rows = side_by_side([again]).rows
    assert [row.rule for row in rows[:2]] == ["PKT-01", "PKT-04"]
    assert [row.document for row in rows if row.rule == "LMN-10"] == [0, 1]
    assert len(rows) == 2 + 2 * len(packet.reports[0].findings)
