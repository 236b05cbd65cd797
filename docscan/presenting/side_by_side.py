"""How do administrators differ over one document, or one packet? One table: a column each, a row for each rule on which
they do not agree. Pure; the same for terminal, HTML and web pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docscan.document import Finding, Outcome, PacketReport, Report, Severity, Verdict
from docscan.presenting import administrators, wording


@dataclass(frozen=True, slots=True)
class Column:
    """What one administrator's rules say in all."""

    administrator: str
    title: str
    verdict: Verdict
    score: str
    mend: int
    check: int


@dataclass(frozen=True, slots=True)
class Cell:
    """What one administrator's rule says."""

    outcome: Outcome
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class Row:
    """A rule, with a cell for each column; None where that administrator does not ask. `document`: which of the
    documents it is about, from 0; None where it is about all of them together."""

    rule: str
    title: str
    document: int | None
    cells: tuple[Cell | None, ...]

    @property
    def differs(self) -> bool:
        """Whether it makes a difference for these documents whose rules apply. A rule that is met, one that does not
        apply and one that an administrator does not have ask for the same: nothing more."""
        return len({_asks(cell) for cell in self.cells}) > 1


@dataclass(frozen=True, slots=True)
class SideBySide:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def differing(self) -> tuple[Row, ...]:
        """The rows that tell the columns apart."""
        return tuple(row for row in self.rows if row.differs)

    @property
    def alike(self) -> int:
        """On how many rules it makes no difference."""
        return len(self.rows) - len(self.differing)


def side_by_side(reports: Sequence[Report | PacketReport]) -> SideBySide:
    """Reports of one document, or of one packet, by several administrators, in the order given."""
    told = [dict(_findings(report)) for report in reports]
    keys = dict.fromkeys(key for findings in told for key in findings)
    ordered = sorted(keys, key=lambda key: (-1 if key[0] is None else key[0], key[1]))
    rows = []
    for key in ordered:
        found = [findings.get(key) for findings in told]
        title = next(one.title for one in found if one)
        cells = tuple(Cell(one.outcome, one.severity, wording.clean(one.message)) if one else None for one in found)
        rows.append(Row(key[1], title, key[0], cells))
    return SideBySide(tuple(map(_column, reports)), tuple(rows))


def _findings(report: Report | PacketReport) -> Iterator[tuple[tuple[int | None, str], Finding]]:
    if isinstance(report, PacketReport):
        yield from (((None, finding.rule), finding) for finding in report.findings)
    singles = report.reports if isinstance(report, PacketReport) else report.documents()
    for number, single in enumerate(singles):
        yield from (((number, finding.rule), finding) for finding in single.findings)


def _column(report: Report | PacketReport) -> Column:
    found = [finding for _, finding in _findings(report) if finding.severity in ("fatal", "required")]
    return Column(
        administrator=report.administrator,
        title=administrators.called(report.administrator),
        verdict=report.verdict,
        score=wording.score(report.score).removesuffix(" of 100"),
        mend=sum(finding.outcome == "not_met" for finding in found),
        check=sum(finding.outcome == "uncertain" for finding in found),
    )


def _asks(cell: Cell | None) -> tuple[str, str] | None:
    """What of a cell asks for something, and how much depends on it; None where nothing is asked."""
    if cell is None or cell.outcome in ("met", "not_applicable"):
        return None
    return (cell.outcome, cell.severity)
