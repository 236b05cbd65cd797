"""Which rows are two rows of one list, printed in two halves side by side under a heading that repeats itself?

"CODE  DESCRIPTION  FEE   CODE  DESCRIPTION  FEE": fee slips and price lists save paper so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from docscan.document import Box
from docscan.extraction.bills.labels import meaning_of
from docscan.extraction.bills.rows import Piece, Row

_ALIKE = 80  # of 100: headings of which OCR misread a letter
_SURE = 0.6  # of a label
_FEWEST = 4  # headings of both halves


def parted(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows, those of a list in two halves parted: first all of the left half, then all of the right."""
    found: list[Row] = []
    right: list[Row] = []
    border: float | None = None
    for before, row in zip((None, *rows), rows, strict=False):
        here = border_of(row)
        ends = border is not None and (here is not None or before is None or before.page is not row.page)
        halves = _halves(row, here or border) if not ends or here else None
        if halves is None or ends:
            found, right, border = [*found, *right], [], None
        if here is not None:
            border = here
        if border is None or halves is None:
            found.append(row)
        else:
            found += [half for half in halves[:1] if half is not None]
            right += [half for half in halves[1:] if half is not None]
    return (*found, *right)


def border_of(row: Row) -> float | None:
    """Where the right half begins, as a fraction of the page's width, if the row's headings stand there twice."""
    count = len(row.cells)
    if count < _FEWEST or count % 2 or any(c.isdigit() for c in row.text):
        return None
    left, right = row.cells[: count // 2], row.cells[count // 2 :]
    same = all(fuzz.ratio(one.text.lower(), two.text.lower()) >= _ALIKE for one, two in zip(left, right, strict=True))
    return (left[-1].box.right + right[0].box.left) / 2 if same and len({c.text for c in left}) > 1 else None


def _halves(row: Row, border: float | None) -> tuple[Row | None, Row | None] | None:
    """A row's two halves, either of which may be empty; None where words stand across the border."""
    if border is None or _closes(row, border) or any(cell.box.left < border < cell.box.right for cell in row.cells):
        return None
    left = [cell for cell in row.cells if cell.box.right <= border]
    right = [cell for cell in row.cells if cell.box.left >= border]
    return _of_cells(row, left), _of_cells(row, right)


def _closes(row: Row, border: float) -> bool:
    """A sum below both halves, printed under the left one."""
    meaning = meaning_of(re.sub(r"[\d.,]{3,}", "", row.text)) if row.box.right <= border else None
    return meaning is not None and meaning.sure >= _SURE


def _of_cells(row: Row, cells: Sequence[Piece]) -> Row | None:
    if not cells:
        return None
    start, end = cells[0].start, cells[-1].end
    words = row.text[start - row.start : end - row.start]
    return replace(row, cells=tuple(cells), text=words, start=start, end=end, box=Box.around([c.box for c in cells]))
