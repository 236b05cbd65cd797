"""Which rows of a fee slip are several entries side by side, each with a box to be ticked and a price of its own?

Preprinted slips list all that an office does in two or three columns: "[ ] 99202 brief  95.00    [X] 98941  65.00". A
heading may stand where an entry could: "THERAPIES    [ ] 97012 traction  28.00". So are days of a week.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from docscan.extraction.bills.money import amounts_in
from docscan.extraction.bills.rows import Row, row_of

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_LEAST: Final = 2  # rows of several entries: one alone is no list


def entries_apart(text: AnnotatedText, rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows, those of a list of several columns as a row for each entry."""
    rows = [part for row in rows for part in _days_apart(text, row)]
    boxes = sorted(place.start for box in text.check_boxes if (place := box.at or box.label) is not None)
    if len(boxes) <= _LEAST:
        return tuple(rows)
    within = [[box for box in boxes if row.start <= box < row.end] for row in rows]
    priced = [_all_priced(text, row, here) for row, here in zip(rows, within, strict=True)]
    if sum(fits and len(here) > 1 for fits, here in zip(priced, within, strict=True)) < _LEAST:
        return tuple(rows)
    found: list[Row] = []
    for row, here, fits in zip(rows, within, priced, strict=True):
        found += _cut(text, row, here) if fits else [row]
    return tuple(found)


def _days_apart(text: AnnotatedText, row: Row) -> Iterator[Row]:
    """The cells of a week's row, each with its day and what was done on it: "3/2 lesson 40   3/4 lesson 40"."""
    dated = [_DAY_AND_WORDS.match(cell.text) is not None for cell in row.cells]
    if len(dated) < _LEAST or not all(dated):
        yield row
        return
    for cell in row.cells:
        yield row_of(text.text, text.document.words_between(cell.start, cell.end))


_DAY_AND_WORDS = re.compile(r"(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])(?:/(?:20)?\d\d)?[ :–-]+[A-Za-z]{2}")


def _all_priced(text: AnnotatedText, row: Row, boxes: Sequence[int]) -> bool:
    """Whether each box of a row has words and one price behind it: "[ ] cash  [ ] check" has none."""
    entries = [text.text[start:end] for start, end in pairwise((*boxes, row.end))]
    return bool(entries) and all(
        len(amounts_in(entry)) == 1 and any(c.isalpha() for c in entry.lstrip("[(xX✓ ")) for entry in entries
    )


def _cut(text: AnnotatedText, row: Row, boxes: Sequence[int]) -> Iterator[Row]:
    """What stands before the first box, where that is no mere sign, each entry, and the heading behind its price."""
    opens = any(c.isalnum() for c in text.text[row.start : boxes[0]])
    borders = {row.start, *(boxes if opens else boxes[1:]), row.end}
    for start, end in pairwise((*boxes, row.end)):
        priced = amounts_in(text.text[start:end], start)[0].end
        borders |= {cell.start for cell in row.cells if priced <= cell.start < end}
    for start, end in pairwise(sorted(borders)):
        words = [w for w in text.document.words_between(start, end) if start <= w.start < end]
        if words:
            yield row_of(text.text, words)
