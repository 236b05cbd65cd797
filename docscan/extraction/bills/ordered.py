"""Which column each cell of a row stands in, where the print does not line up with the headings.

Text that was taken out of a table keeps the order of its cells, and a wider gap where one was empty, but nothing stands
right under its heading. There a row is laid along the headings so that each cell can be what its heading says and that
as many columns are skipped as the gaps say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Protocol

from docscan.extraction.bills.money import amounts_in
from docscan.extraction.bills.rows import Piece, Row
from docscan.extraction.text.month_names import MONTH_BEGUN

if TYPE_CHECKING:
    from docscan.extraction.bills.tables import Column, Heading

_LEAST: Final = 4  # headings, below which the order of cells says little
_EVEN: Final = 0.35  # by which share of their width the gaps between headings that stand in no columns may differ
_ASKEW: Final = 0.4  # of the rows, that stand under headings which they cannot belong to
_UNDER: Final = 0.75  # of the cells of a row
_FLUSH: Final = 0.9
_NEAR: Final = 0.006  # of the page's width
_WORST: Final = 4.0  # what a row may cost to be read so
_IMPOSSIBLE: Final = 6.0
_MONEY: Final = frozenset(("unit_price", "amount", "tax", "discount", "paid", "insurance", "patient", "balance"))
_DAY = rf"(?:\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\d{{1,2}}/\d{{1,2}}|{MONTH_BEGUN} \d{{1,2}}(?:, \d{{4}})?)"
_DATE = re.compile(rf"\W*{_DAY}(?:\s?(?:[-–]|to|thru)\s?{_DAY})?\W*", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}(?:\.\d)?")
_EMPTY = re.compile(r"[-–—.*]+|n/?a", re.IGNORECASE)
_PERCENT = re.compile(r"\d{1,3}(?:\.\d+)?\s?%")
_CODED = re.compile(r"(?=\S*\d)[\w.-]+(?:[ -][A-Z0-9]{1,2}){0,3}|[A-Z]{1,2} \d{4,}|[A-Z][A-Z0-9-]{1,7}")
_POINTERS = re.compile(
    r"[A-L1-9]{1,4}(?:, ?[A-L1-9])*|[A-Z]\d[\dA-Z](?:\.\w{1,4})?(?:, ?[A-Z]\d[\dA-Z](?:\.\w{1,4})?)*"
)


class _Placed(Protocol):
    @property
    def left(self) -> float: ...

    @property
    def right(self) -> float: ...


def is_set_off(pieces: Sequence[_Placed]) -> bool:
    """Whether pieces of a row are set off from each other alike, however long they are."""
    gaps = [after.left - before.right for before, after in pairwise(pieces)]
    return len(pieces) >= _LEAST and min(gaps) > 0 and max(gaps) <= (1 + _EVEN) * min(gaps)


def is_askew(columns: Sequence[Heading], below: Sequence[Row]) -> bool:
    """Whether the rows below headings stand in no columns: the headings are set off from each other alike, however
    long they are, and rows that can be laid along them stand under others."""
    if not is_set_off(columns):
        return False
    rows = [row for row in below if len(row.cells) >= 3 and any(amounts_in(cell.text) for cell in row.cells)]
    laid = [(row, places) for row in rows if (places := laid_along(columns, row)) is not None]
    askew = [row for row, places in laid if _is_off(columns, row, places)]
    return bool(askew) and len(askew) >= _ASKEW * len(laid)


def _is_off(columns: Sequence[Heading], row: Row, laid: Sequence[int]) -> bool:
    """Whether the cells of a row stand neither under the headings that their order gives them nor flush with others."""
    under = [_stands_under(columns[place], cell) for cell, place in zip(row.cells, laid, strict=True)]
    flush = [any(_is_flush(column, cell) for column in columns) for cell in row.cells]
    return sum(under) < _UNDER * len(under) and sum(flush) < _FLUSH * len(flush)


def _stands_under(column: Heading, cell: Piece) -> bool:
    return column.left < cell.box.right and cell.box.left < column.right


def _is_flush(column: Heading, cell: Piece) -> bool:
    edges = (column.left - cell.box.left, column.right - cell.box.right, column.middle - cell.middle)
    return any(abs(off) < _NEAR for off in edges)


def laid_along(columns: Sequence[Heading], row: Row, sums: Mapping[int, int] | None = None) -> tuple[int, ...] | None:
    """The heading of each cell of a row, by their order; None where they cannot all be what it says.

    `sums`: what the rows above come to under each heading, in cents, where this row sums them up.
    """
    cells = row.cells
    if len(cells) > len(columns) or len(cells) < (3 if sums is None else 2):
        return None
    unit = min(after.left - before.right for before, after in pairwise(columns))
    if unit <= 0:
        return None

    def cost_of(cell: Piece, place: int) -> float:
        if sums is None:
            return _cost(cell, columns[place].holds)
        return _cost_of_sum(cell, columns[place].holds, sums.get(place))

    set_in = round((row.box.left - columns[0].left) / unit)
    best: dict[int, tuple[float, tuple[int, ...]]] = {}
    for place in range(len(columns)):
        best[place] = cost_of(cells[0], place) + 0.5 * abs(place - set_in), (place,)
    for before, cell in pairwise(cells):
        skipped = round((cell.box.left - before.box.right) / unit) - 1
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for place in range(len(columns)):
            costs = [
                (cost + abs(place - last - 1 - skipped), path) for last, (cost, path) in best.items() if last < place
            ]
            if costs:
                cost, path = min(costs)
                following[place] = cost + cost_of(cell, place), (*path, place)
        best = following
    if not best:
        return None
    cost, path = min(best.values())
    return path if cost < _WORST else None


def totals_along(columns: Sequence[Heading], below: Sequence[Row]) -> dict[int, tuple[int, ...]]:
    """The headings of the cells of rows that sum up the rows above them, by where such a row begins: an amount that a
    column comes to belongs to it."""
    found: dict[int, tuple[int, ...]] = {}
    every: Counter[int] = Counter()
    group: Counter[int] = Counter()
    for row in below:
        if any(_TOTAL.match(cell.text) for cell in row.cells[:2]):
            laid = [one for sums in (group, every) if (one := laid_along(columns, row, sums)) is not None]
            if laid and group:
                found[row.start] = laid[0]
            group = Counter()
            continue
        for cell, place in zip(row.cells, laid_along(columns, row) or (), strict=False):
            if len(amounts := amounts_in(cell.text)) == 1:
                every[place] += amounts[0].cents
                group[place] += amounts[0].cents
    return found


_TOTAL = re.compile(r"\W*(?:[A-Za-z]+ ){0,2}(?:sub-?)?totals?\b", re.IGNORECASE)


def _cost_of_sum(cell: Piece, holds: Column, summed: int | None) -> float:
    """How ill a cell of a row of sums fits a column that comes to so much."""
    amounts = amounts_in(cell.text)
    if not amounts:
        return _IMPOSSIBLE if holds in _MONEY and sum(c.isalpha() for c in cell.text) >= 3 else 0.3
    if summed is None:
        return 0.5 if holds in _MONEY else 1.0 if holds in ("aside", "unknown") else _IMPOSSIBLE
    return 0.0 if summed == amounts[0].cents else 1.0


def _cost(cell: Piece, holds: Column) -> float:  # noqa: PLR0911 - one kind of cell after the other
    """How ill a cell fits what a heading says, 0 where it fits."""
    said = cell.text.strip()
    if holds == "unknown":
        return 0.3
    if _EMPTY.fullmatch(said):
        return 1.0 if holds in ("description", "date") else 0.0
    if _DATE.fullmatch(said):
        return 0.0 if holds == "date" else 4.0
    if _PERCENT.fullmatch(said):
        return 0.0 if holds == "aside" else 0.5 if holds in ("discount", "tax", "insurance", "paid") else _IMPOSSIBLE
    if amounts_in(cell.text) and sum(c.isalpha() for c in said) < 3:
        return 0.0 if holds in _MONEY else 0.3 if holds == "aside" else 2.0 if holds == "quantity" else _IMPOSSIBLE
    if holds in _MONEY:
        return 3.0 if _NUMBER.fullmatch(said) else _IMPOSSIBLE
    if _NUMBER.fullmatch(said):
        return 0.0 if holds in ("quantity", "duration") else 0.3 if holds in ("aside", "diagnosis", "code") else 4.0
    return _of_words(said, holds)


def _of_words(said: str, holds: Column) -> float:
    if holds == "description":
        return 0.0 if re.search(r"[A-Za-z]{3}", said) else 1.0
    if holds in ("provider", "person", "aside"):
        return 0.3
    if holds == "code":
        return 0.0 if _CODED.fullmatch(said) else 3.0
    if holds == "diagnosis":
        return 0.0 if _POINTERS.fullmatch(said) else 3.0
    return 1.5 if re.match(r"(?:\w+ ){0,2}(?:sub)?totals?\b", said, re.IGNORECASE) else _IMPOSSIBLE
