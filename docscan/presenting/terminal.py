"""How does a report look in a terminal? It fits any width and says with words what colour says too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from docscan.document import Document, Finding, Report, Score, Verdict
from docscan.presenting import administrators, wording
from docscan.presenting.changes import WHO, Change, by_who, changes
from docscan.presenting.outline import (
    Outline,
    Waiting,
    first_to_mend,
    grouped_fields,
    outline,
    pages_of,
    unread_pages,
)

_ROOM_FOR_FIVE_COLUMNS = 130
_LONGEST_NAME = 38

TONE = {
    "complete": "green",
    "needs_review": "yellow",
    "incomplete": "red",
    "ineligible": "red",
    "unreadable": "magenta",
}
SIGN = {"not_met": ("✗", "red"), "uncertain": ("?", "yellow"), "met": ("✓", "green"), "not_applicable": ("–", "dim")}


def report_panel(report: Report, *, name: str, fields: bool = False) -> RenderableType:
    """A report as a panel: what to do, verdict, score, what to fix with advice and source, what to check, what is fine.

    `fields` adds what was read. A file of several documents has one section for each.
    """
    parts = report.documents()
    inner: list[RenderableType] = []
    if len(parts) > 1:
        told = [outline(single.findings) for single in parts]
        inner.append(Text(f"{wording.KIND[report.document.kind]} in one file: {len(parts)}", style="bold"))
        to_do = wording.to_do(report.verdict, fix=sum(len(o.mend) for o in told), check=sum(o.checks for o in told))
        inner += [Text(to_do, style=f"bold {TONE[report.verdict]}"), Text(wording.ALSO_A_PACKET, style="dim"), Text()]
    for number, single in enumerate(parts, start=1):
        if len(parts) > 1:
            inner.append(Text(f"Document {number} of {len(parts)}, {wording.part(single)}", style="bold underline"))
        inner.extend(_told(single, fields=fields))
        if number < len(parts):
            inner.append(Text())
    return Panel(
        Group(*inner),
        title=panel_title(name, report.administrator),
        title_align="left",
        subtitle=Text(f"{report.administrator}, as of {report.as_of.isoformat()}", style="dim"),
        subtitle_align="right",
        border_style=TONE[report.verdict],
        padding=(0, 1),
    )


def summary_table(rows: Iterable[tuple[str, Report | str]], *, width: int) -> RenderableType:
    """What was found of each file: kind, verdict, score, first thing to fix; text stands for what went wrong.

    Where `width` has no room for a column of each, kind and score stand below the name and the verdict.
    """
    roomy = width >= _ROOM_FOR_FIVE_COLUMNS
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("File", overflow="ellipsis", no_wrap=True, max_width=36 if roomy else max(16, width * 2 // 5))
    if roomy:
        table.add_column("Kind", max_width=28)
    table.add_column("Verdict", no_wrap=True)
    if roomy:
        table.add_column("Score", justify="right", no_wrap=True)
    table.add_column("First thing to fix", overflow="fold", ratio=1)
    for name, told in rows:
        file, kind, verdict, score, worst = _summed_up(name, told)
        if roomy:
            table.add_row(file, kind, verdict, score, worst)
        else:
            table.add_row(Group(file, Text(kind, style="dim")), Group(verdict, Text(score, style="dim")), worst)
    return table


def _summed_up(name: str, told: Report | str) -> tuple[Text, str, Text, str, Text]:
    file = Text(wording.clean(name))
    if isinstance(told, str):
        return file, "", Text("not checked", style="magenta"), "", Text(wording.clean(told))
    worst = first_to_mend(told)
    said = Text(wording.nothing_to_fix(told.verdict), style="dim")
    if worst:
        optional = ("optional: ", "dim") if worst.severity in ("recommended", "info") else ""
        said = Text.assemble((f"{worst.rule} ", "bold"), optional, wording.clean(worst.message))
    return (
        file,
        wording.KIND[told.document.kind],
        Text(wording.VERDICT[told.verdict], style=TONE[told.verdict]),
        wording.score(told.score).removesuffix(" of 100"),
        said,
    )


def document_text(document: Document) -> Iterable[Text]:
    """What was read, page by page, as plain lines."""
    texts = document.text.split("\f")
    for page, text in zip(document.pages, texts, strict=True):
        said = f"Page {page.number} of {len(document.pages)}: {wording.PAGE_SOURCE[page.source]}"
        if page.engine:
            said += f" ({page.engine})"
        if page.rotation:
            said += f", turned by {page.rotation}°"
        yield Text(f"── {said} ──", style="bold")
        if page.problem:
            yield Text(f"{page.problem.message} {page.problem.remedy}", style="yellow")
        for line in text.split("\n"):
            yield Text("  ".join(wording.clean(cell) for cell in line.split("\t")))


def _told(report: Report, *, fields: bool) -> Iterable[RenderableType]:
    kind = wording.KIND[report.document.kind]
    told = outline(report.findings)
    yield from told_verdict(kind, report.verdict, report.score, told)
    for problem in report.problems:
        where = f" ({wording.pages([problem.page])})" if problem.page else ""
        yield Text()
        yield Text.assemble(
            (f"{wording.PROBLEM[problem.category]}{where}. ", "bold yellow"),
            wording.clean(f"{problem.message} {problem.remedy}"),
        )
    yield from told_changes(changes(report))
    yield from told_findings(told, lambda finding: wording.pages(pages_of(finding.evidence)))
    if fields:
        yield Text()
        yield _fields(report)


def panel_title(name: str, administrator: str) -> Text:
    """The file, shortened at its front where it is long, and by whose rules it is judged."""
    shown = wording.clean(name)
    if len(shown) > _LONGEST_NAME:
        shown = f"…{shown[1 - _LONGEST_NAME :]}"
    return Text.assemble(
        (shown, "bold"), f" · {wording.clean(administrators.called(administrator))}", overflow="ellipsis"
    )


def told_verdict(kind: str, verdict: Verdict, score: Score | None, told: Outline) -> Iterable[RenderableType]:
    yield Text(kind, style="bold")
    yield Text(wording.to_do(verdict, fix=len(told.mend), check=told.checks), style=f"bold {TONE[verdict]}")
    yield Text(f"{wording.VERDICT[verdict]}: {wording.VERDICT_MEANS[verdict]}")
    yield Text(wording.told_score(score), style="dim")


def told_changes(made: Sequence[Change]) -> Iterable[RenderableType]:
    """The least that would complete it, by who can do it; nothing where it is complete."""
    if not made:
        return
    yield Text()
    yield Text(wording.least(len(made)), style="bold underline")
    for who, those in by_who(made).items():
        yield Padding(Text(f"{WHO[who]}:", style="dim"), (0, 0, 0, 1))
        for change in those:
            rules = (f" ({', '.join(change.rules)})", "dim") if change.rules and who != "copy" else ""
            yield signed("☐", "bold", [Text.assemble(wording.clean(change.say), rules)])


def told_findings(told: Outline, where: Callable[[Finding], str]) -> Iterable[RenderableType]:
    """What to fix, to check, to improve and to know, then how many rules are met. `where`: the places of a finding."""
    for todo, group in told.by_todo():
        waiting = told.waiting if todo == "check" else ()
        if todo in ("fix", "check", "improve") and (group or waiting):
            yield Text()
            yield Text(wording.TODO[todo], style="bold underline")
            for one in waiting:
                yield _waiting(one)
            for finding in group:
                yield _finding(finding, where(finding))
    if told.notice:  # what was found only; `docscan rules ID` tells the rest
        yield Text()
        yield Text(wording.TODO["notice"], style="bold underline")
        for finding in told.notice:
            yield Text(f"  {wording.clean(finding.message)} ({finding.rule})", style="dim")
    if told.met or told.not_applicable:
        yield Text()
        line = Text.assemble(("✓ ", "green"), f"{wording.count(len(told.met), 'rule')} met")
        if told.not_applicable:
            number = len(told.not_applicable)
            line.append(f", {number} {'does' if number == 1 else 'do'} not apply", style="dim")
        yield line


def _finding(finding: Finding, where: str) -> RenderableType:
    sign, style = SIGN[finding.outcome]
    if finding.outcome == "not_met" and finding.severity == "recommended":
        style = "yellow"
    lines = [
        Text(wording.clean(finding.message), style="bold"),
        Text(
            f"Rule {finding.rule}: {wording.clean(finding.title)}"
            f" ({', '.join(filter(None, (wording.SEVERITY[finding.severity], where)))})",
            style="dim",
        ),
    ]
    if finding.advice:
        doubt = finding.outcome == "uncertain" and not unread_pages(finding)
        lead = f"{wording.ADVICE_LEAD[finding.outcome]} " if doubt else ""
        lines.append(Text.assemble(("→ ", style), lead, wording.clean(finding.advice)))
    source = ", ".join(filter(None, (finding.citation.title, finding.citation.locator)))
    unsure = "" if finding.citation.verified else f" ({wording.UNCONFIRMED})"
    lines.append(Text(f"{wording.CITATION_KIND[finding.citation.kind].capitalize()}: {source}{unsure}", style="dim"))
    return signed(sign, style, lines)


def _waiting(waiting: Waiting) -> RenderableType:
    found, remedy = wording.unread(waiting.pages, len(waiting.findings))
    sign, style = SIGN["uncertain"]
    rules = Text(", ".join(finding.rule for finding in waiting.findings), style="dim")
    return signed(sign, style, [Text(found, style="bold"), Text.assemble(("→ ", style), remedy), rules])


def signed(sign: str, style: str, lines: Iterable[RenderableType]) -> RenderableType:
    """Lines beside a sign."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(overflow="fold")
    grid.add_row(Text(sign, style=style), Group(*lines))
    return Padding(grid, (0, 0, 0, 1))


def _fields(report: Report) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(overflow="fold", style="dim", max_width=26)
    grid.add_column(overflow="fold")
    for group, extractions in grouped_fields(report.fields).items():
        grid.add_row(Text(wording.GROUP.get(group, "Other"), style="bold not dim"), "")
        for extraction in extractions:
            shown = Text(wording.value(extraction), style="" if extraction.value is not None else "yellow")
            if note := wording.note(extraction):
                shown.append(f"  ({note})", style="dim")
            grid.add_row(Text(wording.field_label(extraction.name)), shown)
    return grid
