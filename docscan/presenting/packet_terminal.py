"""How does a packet's report look in a terminal? One answer first, then why, which days, how much, what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from docscan.document import Finding, PacketReport
from docscan.presenting import wording
from docscan.presenting.outline import outline
from docscan.presenting.packets.answer import answer, document_todo
from docscan.presenting.packets.coverage import (
    STANDING,
    Day,
    Gap,
    LetterUse,
    Month,
    Standing,
    coverage_said,
    covers_said,
    gaps,
    letter_uses,
    months,
)
from docscan.presenting.packets.many_days import days_said
from docscan.presenting.packets.money import MONEY, Money, MoneyStanding, counted, money_of, money_said
from docscan.presenting.packets.steps import steps
from docscan.presenting.packets.titles import Titled, places, places_of, titles
from docscan.presenting.terminal import TONE, panel_title, signed, told_findings

_OF_DAY: dict[Standing, tuple[str, str]] = {
    "covered": ("✓", "green"),
    "not_covered": ("✗", "red"),
    "unclear": ("?", "yellow"),
}
_OF_MONEY: dict[MoneyStanding, tuple[str, str]] = {
    "supported": ("✓", "green"),
    "conditional": ("?", "yellow"),
    "unsupported": ("✗", "red"),
    "unclear": ("?", "yellow"),
}
_OF_VERDICT = {"complete": "✓", "needs_review": "?", "incomplete": "✗", "ineligible": "✗", "unreadable": "?"}
_WEEK = " Su  Mo  Tu  We  Th  Fr  Sa"


def packet_panel(packet: PacketReport, names: Sequence[str]) -> RenderableType:
    """A packet as a panel. `names`: of each document's file. Each one's own report is another panel."""
    called = titles(packet.reports, names)
    told = outline(packet.findings)
    money = money_of(packet)
    inner: list[RenderableType] = [*_answer(packet, money), *_documents(packet, called)]

    def where(finding: Finding) -> str:
        return places(places_of(finding), called)

    if packet.findings:
        inner += [Text(), _heading("The documents together"), *told_findings(told, where)]
    if packet.coverage:
        inner += [Text(), *_calendar(packet)]
    inner += _gaps(gaps(packet.coverage), called)
    inner += _letters(letter_uses(packet), called)
    if money:
        inner += [Text(), *_money(money, called)]
    inner += _steps(packet, called)
    return Panel(
        Group(*inner),
        title=panel_title(f"Packet of {wording.count(len(called), 'document')}", packet.administrator),
        title_align="left",
        subtitle=Text(f"{packet.administrator}, as of {packet.as_of.isoformat()}", style="dim"),
        subtitle_align="right",
        border_style=TONE[packet.verdict],
        padding=(0, 1),
    )


def _answer(packet: PacketReport, money: Money | None) -> Iterable[RenderableType]:
    said = answer(packet)
    yield Text(said.todo, style=f"bold {TONE[packet.verdict]}")
    yield Text(f"{wording.VERDICT[packet.verdict]}: {wording.VERDICT_MEANS[packet.verdict]}")
    yield Text(f"{said.together} {said.alone}")
    for sentence in filter(None, (coverage_said(packet), money_said(money) if money else "")):
        yield Text(sentence)
    yield Text(wording.told_score(packet.score), style="dim")


def _documents(packet: PacketReport, called: Sequence[Titled]) -> Iterable[RenderableType]:
    yield Text()
    yield _heading("Documents")
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold", ratio=1)
    grid.add_column(overflow="fold", ratio=1)
    for report, one in zip(packet.reports, called, strict=True):
        _, todo = document_todo(report)
        style = TONE[report.verdict]
        name = Text(one.short if one.file else one.kind, style="bold")
        if one.file:
            name.append(f"\n{one.kind}", style="not bold dim")
        grid.add_row(
            f" {one.number}",
            Text(_OF_VERDICT[report.verdict], style=style),
            name,
            Text.assemble((wording.VERDICT[report.verdict], style), f": {todo[:1].lower()}{todo[1:]}"),
        )
    yield grid


def _calendar(packet: PacketReport) -> Iterable[RenderableType]:
    yield _heading("Which service days a letter covers")
    shown = months(packet.coverage)
    if not shown:
        yield Text("The receipts name no service day.")
        return
    yield Columns([_month(month) for month in shown], padding=(0, 4, 0, 0))
    legend = [f"{sign} {STANDING[how]}" for how, (sign, _) in _OF_DAY.items()]
    yield Text("   ".join([*legend, "· no service"]), style="dim")


def _month(month: Month) -> Text:
    text = Text(f"{month.title:<27}\n", style="bold", no_wrap=True)
    text.append(f"{_WEEK:<27}\n", style="not bold dim")
    for number, week in enumerate(month.weeks):
        text.append("\n" if number else "")
        for at, day in enumerate(week):
            text.append(" " if at else "")
            _add_day(text, day)
    return text.append("\n")


def _add_day(text: Text, day: Day | None) -> None:
    if day is None:
        text.append("   ")
    elif day.standing is None:
        text.append(" · ", style="not bold dim")
    else:
        sign, style = _OF_DAY[day.standing]
        text.append(f"{day.day.day:>2}{sign}", style=style)


def _gaps(gaps: Sequence[Gap], called: Sequence[Titled]) -> Iterable[RenderableType]:
    for how, heading in (("not_covered", "Not covered by a letter"), ("unclear", "Not clear")):
        those = [gap for gap in gaps if gap.standing == how]
        if those:
            yield Text()
            yield _heading(heading)
        for gap in those:
            sign, style = _OF_DAY[gap.standing]
            about = ", ".join(filter(None, ("; ".join(gap.descriptions[:3]), gap.amount, _named(gap.reports, called))))
            lines = [
                Text(days_said(gap.days) or "No day is named", style="bold"),
                Text(gap.reason),
                Text(about, style="dim"),
            ]
            yield signed(sign, style, lines)


def _letters(uses: Sequence[LetterUse], called: Sequence[Titled]) -> Iterable[RenderableType]:
    if uses:
        yield Text()
        yield _heading("Which letter covers what")
    for use in uses:
        name = called[use.report]
        if use.days:
            said = f"covers {covers_said(use)}"
            yield signed(
                "✓", "green", [Text(name.short, style="bold"), Text(f"{said} ({_named(use.reports, called)})")]
            )
        else:
            yield signed("–", "dim", [Text(name.short, style="bold"), Text("covers no service day of this packet")])


def _money(money: Money, called: Sequence[Titled]) -> Iterable[RenderableType]:
    yield _heading("Money")
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column()
    grid.add_column(justify="right")
    for how, amount, is_some in money.totals:
        sign, style = _OF_MONEY[how] if is_some else (" ", "dim")
        grid.add_row(Text.assemble((f" {sign} ", style), MONEY[how]), Text(amount, style=style if is_some else "dim"))
    yield grid
    for line in money.lines:
        sign, style = _OF_MONEY[line.standing]
        document = called[line.report].short if line.report is not None else ""
        about = [line.days, document, line.entry and f"looked up as “{line.entry}”"]
        yield signed(
            sign,
            style,
            [
                Text.assemble((line.description, "bold"), f"  {line.amount}", (counted(line), "dim")),
                Text(", ".join(filter(None, about)), style="dim"),
                *([Text(line.reason)] if line.reason else []),
            ],
        )
    for cost in money.excess:
        lines = [
            Text(f"Only the extra cost may count: {cost.description}", style="bold"),
            Text(f"Price {cost.price}, ordinary kind {cost.ordinary}, extra {cost.excess}. {cost.reason}"),
        ]
        yield signed("?", "yellow", lines)
    if money.deduction:
        told = "; ".join(f"{label}: {amount}" for label, amount in money.deduction)
        yield signed(
            "–", "dim", [Text("For the itemized deduction", style="bold"), Text(f"{told}. {money.deduction_reason}")]
        )


def _steps(packet: PacketReport, called: Sequence[Titled]) -> Iterable[RenderableType]:
    found = steps(packet)
    if found:
        yield Text()
        yield _heading("What to do next")
    for number, step in enumerate(found, start=1):
        yield Text(f" {number}. {step.title}:", style="bold")
        for point in step.points:
            about = " · ".join(filter(None, (_named(point.reports, called), ", ".join(point.rules))))
            yield Padding(
                signed("☐", "bold", [Text(point.say), *([Text(about, style="dim")] if about else [])]), (0, 0, 0, 3)
            )


def _named(reports: Sequence[int], called: Sequence[Titled]) -> str:
    names = [called[number].short for number in reports]
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")


def _heading(text: str) -> Text:
    return Text(text, style="bold underline")
