"""How does a comparison of administrators look in a terminal? One table, however many documents and administrators."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from docscan.presenting import wording
from docscan.presenting.side_by_side import Cell, Column, Row, SideBySide
from docscan.presenting.terminal import SIGN, TONE

_RULE = 30
_CELL = 14
_EDGE = 4  # of the panel


def comparison_panel(
    told: SideBySide, *, name: str, width: int, called: Sequence[str] = (), every: bool | None = None
) -> RenderableType:
    """What several administrators' rules say of the same documents: the rules on which they differ, those first that
    somebody finds not met. `every`: whether the others are shown too; None where they cannot be asked for.

    A column for each where `width` has room for them, else a line for each answer with those who give it. `called`: the
    names of several documents.
    """
    rows = sorted(told.rows if every else told.differing, key=lambda row: not _open(row))
    roomy = _RULE + (_CELL + 2) * len(told.columns) + _EDGE <= width
    inner: list[RenderableType] = [_table(told, rows, called)] if roomy else [*_lines(told, rows, called)]
    inner += [Text(), Text(_alike(told, every), style="dim")]
    inner.append(Text("With one --administrator, each finding is told with its advice and source.", style="dim"))
    return Panel(
        Group(*inner),
        title=Text(wording.clean(name), style="bold", overflow="ellipsis"),
        title_align="left",
        subtitle=Text(f"by the rules of {len(told.columns)} administrators", style="dim"),
        subtitle_align="right",
        padding=(0, 1),
    )


def _open(row: Row) -> bool:
    return any(cell and cell.outcome in ("not_met", "uncertain") for cell in row.cells)


def _alike(told: SideBySide, every: bool | None) -> str:
    if not told.differing:
        return f"They agree on every rule ({wording.count(told.alike, 'rule')})."
    return f"On {wording.count(told.alike, 'more rule')} they say the same." + (
        " --all shows them." if every is False else ""
    )


def _table(told: SideBySide, rows: Iterable[Row], called: Sequence[str]) -> RenderableType:
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("", min_width=_RULE - 2, overflow="fold", ratio=2)
    for column in told.columns:
        table.add_column(wording.clean(column.administrator), min_width=_CELL, overflow="fold", ratio=1)
    table.add_row(Text("Result", style="bold"), *(_result(column) for column in told.columns), end_section=True)
    for row in rows:
        table.add_row(_rule(row, called), *(_cell(cell) for cell in row.cells))
    return table


def _lines(told: SideBySide, rows: Iterable[Row], called: Sequence[str]) -> Iterable[RenderableType]:
    yield Text("Result", style="bold")
    yield from _by_answer((_result(column), column) for column in told.columns)
    for row in rows:
        yield Text()
        yield _rule(row, called)
        yield from _by_answer(
            (_cell(cell), column) for cell, column in zip(row.cells, told.columns, strict=True)
        )  # fmt: skip


def _by_answer(answers: Iterable[tuple[Text, Column]]) -> Iterable[RenderableType]:
    said: dict[str, tuple[Text, list[str]]] = {}
    for text, column in answers:
        said.setdefault(text.plain, (text, []))[1].append(column.administrator)
    for text, who in said.values():
        yield Padding(Text.assemble(text, f": {wording.clean(', '.join(who))}"), (0, 0, 0, 2))


def _result(column: Column) -> Text:
    score = column.score if column.score.startswith("no") else f"score {column.score}"
    return Text.assemble((wording.VERDICT[column.verdict], TONE[column.verdict]), (f", {score}", "dim"))


def _rule(row: Row, called: Sequence[str]) -> Text:
    about = ""
    if len(called) > 1:
        about = " (all together)" if row.document is None else f" ({wording.clean(called[row.document])})"
    return Text.assemble((row.rule, "bold"), f" {wording.clean(row.title)}", (about, "dim"))


def _cell(cell: Cell | None) -> Text:
    if cell is None or cell.outcome == "not_applicable":
        return Text("– not asked", style="dim")
    sign, style = SIGN[cell.outcome]
    weight = "" if cell.outcome == "met" else f" ({wording.SEVERITY[cell.severity]})"
    said = "not clear" if cell.outcome == "uncertain" else wording.OUTCOME[cell.outcome].lower()
    return Text.assemble((f"{sign} {said}", style), (weight, "dim"))
