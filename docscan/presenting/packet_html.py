"""How does a packet's report look on a page? The answer, the calendar, the money, then each document with its pages.

One self-contained file as in `docscan.presenting.html`; the web pages show the same body with pictures by address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from docscan.document import Finding, PacketEvidence, PacketReport, Report
from docscan.presenting import administrators, wording
from docscan.presenting.comparison import comparison_view
from docscan.presenting.document_view import FindingView, document_view, source_of
from docscan.presenting.html import data_uri, templates, whole_page
from docscan.presenting.laying import Laid, cutting_of, lay, places_on
from docscan.presenting.outline import outline
from docscan.presenting.packets.answer import answer, document_todo
from docscan.presenting.packets.coverage import (
    STANDING,
    Day,
    Gap,
    Month,
    Standing,
    coverage_said,
    covers_said,
    gaps,
    letter_uses,
    months,
)
from docscan.presenting.packets.many_days import days_said
from docscan.presenting.packets.money import (
    MONEY,
    MONEY_IN_A_WORD,
    MoneyLine,
    MoneyStanding,
    counted,
    money_of,
    money_said,
)
from docscan.presenting.packets.steps import steps
from docscan.presenting.packets.titles import Titled, places_of, titles
from docscan.presenting.side_by_side import side_by_side
from docscan.presenting.tones import VERDICT_TONE, Tone, tone_of

OF_DAY: Final[Mapping[Standing, tuple[Tone, str]]] = {
    "covered": ("good", "✓"),
    "not_covered": ("bad", "✕"),
    "unclear": ("open", "?"),
}
_OF_MONEY: Final[Mapping[MoneyStanding, Tone]] = {
    "supported": "good",
    "conditional": "open",
    "unsupported": "bad",
    "unclear": "open",
}
_MOST_CUTTINGS = 4


def packet_html(
    packet: PacketReport,
    pictures: Sequence[Mapping[int, bytes]],
    *,
    names: Sequence[str] = (),
    others: Sequence[PacketReport] = (),
) -> str:
    """The packet's report as one HTML file that needs nothing else.

    `pictures`: of each document by page number, as for a report. `names`: of each document's file, shown as they are.
    `others`: the packet by other administrators' rules, to stand beside it.
    """
    addresses = [{number: data_uri(picture) for number, picture in one.items()} for one in pictures]
    title = f"Packet of {wording.count(len(packet.reports), 'document')}"
    return whole_page(title, packet_body(packet, addresses, names=names, others=others))


def packet_body(
    packet: PacketReport,
    pictures: Sequence[Mapping[int, str]],
    *,
    names: Sequence[str] = (),
    others: Sequence[PacketReport] = (),
    own_pages: Sequence[str] = (),
    administrator_pages: Mapping[str, str] | None = None,
    rule_pages: str = "",
) -> Markup:
    """The packet's part of a page. `pictures`: addresses by document and page number. `own_pages`: of each document's
    own report; `administrator_pages`: of the packet by each administrator; `rule_pages`: of rules, "/rules/{}"."""
    called = titles(packet.reports, names)
    laid = [
        lay(f"d{one.number}", report, pictures[one.number - 1])
        for one, report in zip(called, packet.reports, strict=True)
    ]
    groups = _groups(packet, called, laid)
    documents = [
        document_view(
            pages, report, file=one.short if one.file else f"Document {one.number}",
            address=own_pages[one.number - 1] if own_pages else "",
        )
        for pages, report, one in zip(laid, packet.reports, called, strict=True)
    ]  # fmt: skip
    wanting = gaps(packet.coverage)
    return Markup(  # noqa: S704 - the template escapes every value
        templates()
        .get_template("packet.html")
        .render(
            packet=packet,
            answer=answer(packet),
            tone=VERDICT_TONE[packet.verdict],
            verdict=wording.VERDICT[packet.verdict],
            means=wording.VERDICT_MEANS[packet.verdict],
            told_score=wording.told_score(packet.score),
            patients=wording.patients(packet.reports),
            administrator=administrators.called(packet.administrator),
            as_of=wording.day(packet.as_of),
            called=called,
            rows=[_row(report, one, address) for report, one, address in zip(
                packet.reports, called, own_pages or [""] * len(called), strict=True)],
            groups=groups,
            documents=documents,
            coverage_said=coverage_said(packet),
            months=[_month(month, wanting) for month in months(packet.coverage)],
            gaps=[_gap(number, gap) for number, gap in enumerate(wanting)],
            letters=[
                (called[use.report], covers_said(use) if use.days else "", use)
                for use in letter_uses(packet)
            ],
            money=_money(packet, called),
            steps=steps(packet),
            comparison=comparison_view(
                side_by_side([packet, *others]), [one.short for one in called], administrator_pages
            )
            if others
            else None,
            advisory=wording.ADVISORY,
            rule_pages=rule_pages,
            texts=wording,
            standings=[(OF_DAY[how], said) for how, said in STANDING.items()],
        )
    )  # fmt: skip


def _row(report: Report, called: Titled, address: str) -> Mapping[str, object]:
    return {
        "id": f"d{called.number}", "number": called.number, "name": called.short if called.file else called.kind,
        "kind": called.kind if called.file else "", "tone": VERDICT_TONE[report.verdict],
        "verdict": wording.VERDICT[report.verdict], "todo": document_todo(report)[1], "address": address,
        "patient": wording.patients([report]),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Group:
    title: str
    key: wording.Todo
    findings: tuple[FindingView, ...]


def _groups(packet: PacketReport, called: Sequence[Titled], laid: Sequence[Laid]) -> list[_Group]:
    """The findings about all documents together, their places laid on each document's pages."""
    told = outline(packet.findings)
    waiting = [finding for one in told.waiting for finding in one.findings]
    return [
        _Group(wording.TODO[todo], todo, tuple(
            _finding(f"p-f{todo}{index}", finding, todo, called, laid) for index, finding in enumerate(inner)
        ))
        for todo, findings in told.by_todo()
        if (inner := [*(waiting if todo == "check" else ()), *findings])
    ]  # fmt: skip


def _finding(
    item: str, finding: Finding, todo: wording.Todo, called: Sequence[Titled], laid: Sequence[Laid]
) -> FindingView:
    tone = tone_of(finding)
    by_document: dict[int, list[PacketEvidence]] = {}
    for one in places_of(finding):
        by_document.setdefault(one.report, []).append(one)
    names = {number: called[number].before_page for number in by_document}
    places = [
        place
        for number, evidence in sorted(by_document.items())
        for place in places_on(laid[number], item, finding.message, tone, evidence, document=names[number])
    ]
    cuttings = [
        cutting_of(laid[number], item, evidence, document=names[number])
        for number, evidence in sorted(by_document.items())[:_MOST_CUTTINGS]
    ]
    shown = todo in ("fix", "check", "improve")
    return FindingView(
        id=item,
        rule=finding.rule,
        title=finding.title,
        message=finding.message,
        advice=finding.advice if finding.advice and finding.outcome in ("not_met", "uncertain") else None,
        lead=wording.ADVICE_LEAD[finding.outcome],
        severity=wording.SEVERITY[finding.severity],
        tone=tone,
        source=source_of(finding.citation),
        places=tuple(places),
        nowhere="",
        cuttings=tuple(filter(None, cuttings)) if shown else (),
    )


@dataclass(frozen=True, slots=True)
class _DayView:
    number: int
    tone: Tone | None
    sign: str
    said: str
    gap: str  # id of what is said of it, "" where there is nothing


def _month(month: Month, gaps: Sequence[Gap]) -> tuple[str, list[list[_DayView | None]]]:
    def view(day: Day) -> _DayView:
        if day.standing is None:
            return _DayView(day.day.day, None, "", "", "")
        tone, sign = OF_DAY[day.standing]
        gap = next((n for n, one in enumerate(gaps) if one.standing == day.standing and day.day in one.days), None)
        about = "; ".join(dict.fromkeys(wording.clean(one.description) for one in day.services if one.description))
        said = ": ".join(filter(None, (STANDING[day.standing], about)))
        return _DayView(day.day.day, tone, sign, said, "" if gap is None else f"g{gap}")

    return month.title, [[view(day) if day else None for day in week] for week in month.weeks]


def _gap(number: int, gap: Gap) -> Mapping[str, object]:
    return {
        "id": f"g{number}", "tone": OF_DAY[gap.standing][0], "days": days_said(gap.days) or "No day is named",
        "standing": STANDING[gap.standing], "reason": gap.reason, "about": "; ".join(gap.descriptions[:3]),
        "amount": gap.amount, "reports": gap.reports,
    }  # fmt: skip


def _money(packet: PacketReport, called: Sequence[Titled]) -> Mapping[str, object] | None:
    money = money_of(packet)
    if money is None:
        return None

    def line(one: MoneyLine) -> Mapping[str, object]:
        return {
            "description": one.description, "amount": one.amount, "day": one.days, "entry": one.entry,
            "counted": counted(one),
            "document": called[one.report] if one.report is not None else None, "tone": _OF_MONEY[one.standing],
            "standing": MONEY_IN_A_WORD[one.standing], "reason": one.reason,
        }  # fmt: skip

    return {
        "said": money_said(money),
        "totals": [
            (MONEY[how], amount, _OF_MONEY[how] if is_some else "none") for how, amount, is_some in money.totals
        ],
        "lines": list(map(line, money.lines)),
        "excess": money.excess,
        "deduction": money.deduction,
        "deduction_reason": money.deduction_reason,
    }
