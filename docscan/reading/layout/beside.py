"""Tables that stand side by side are read one after the other.

A row that runs on through both would give one table's amounts to the other's services. What tells two tables from one
with many columns is that the headings repeat ("Code, Fee, Code, Fee"), or that the last one does ("Test, Fee, Therapy,
Units, Fee") while both begin with codes or dates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docscan.reading.layout.columns import Columns
from docscan.reading.layout.rows import Piece, Rows, middle

_FEWEST = 2  # rows that both tables have below their headings; columns of each
_MOSTLY = 0.5  # share of the first column's entries that are codes or dates
_AMOUNT = re.compile(r"[$(-]*(?:\d{1,4}|[\d,]+\.\d*|\d{1,3}(?:,\d{3})+)[)%-]?")  # or a quantity
_LETTERS = 2  # that a heading has at least
_APART = 4.0  # of the line's height from middle to middle: farther apart, a table does not go on


def parted_at(headings: Sequence[str], entries: tuple[Sequence[str], Sequence[str]] | None = None) -> int:
    """Which of the headings begins a second table; 0 where none does.

    `entries`: what stands in the first columns of both, once it is known where they would part.
    """
    names = [re.sub(r"[\W_]+", "", text).casefold() for text in headings]
    half, odd = divmod(len(names), 2)
    if not odd and half >= _FEWEST and names[:half] == names[half:] and all(map(_named, names)):
        return half
    at = names.index(names[-1]) + 1 if names else 0
    if not (_named(names[-1] if names else "") and _FEWEST <= at <= len(names) - _FEWEST):
        return 0
    if entries is not None and not all(map(_of_codes, entries)):
        return 0
    return at


def _named(heading: str) -> bool:
    return sum(map(str.isalpha, heading)) >= _LETTERS


def _of_codes(entries: Sequence[str]) -> bool:
    told = [entry.split()[0] for entry in entries if entry.split()]
    codes = [text for text in told if any(map(str.isdigit, text)) and not _AMOUNT.fullmatch(text)]
    return len(told) >= _FEWEST and len(codes) >= _MOSTLY * len(told)


def find(page: Rows) -> Columns | None:
    """The first tables side by side among rows without ruled cells; None where there are none."""
    for number, row in enumerate(page):
        if len(row) < 2 * _FEWEST or row[0].grid:
            continue
        at = parted_at([_text(piece) for piece in row])
        if at:
            found = _tables(page, number, row[at - 1], row[at])
            if found and parted_at([_text(piece) for piece in row], _first_entries(found)) == at:
                return found
    return None


def _tables(page: Rows, number: int, before: Piece, after: Piece) -> Columns | None:
    """The rows from this one on that leave white between these two of its pieces."""
    white = (before.right, after.left)
    end = number
    for row in page[number:]:
        step = middle(row) - middle(page[end - 1]) if end > number else 0.0
        low, high = _white(row, white)
        if row[0].grid or step > _APART * row[0].height or high - low < 0.5 * row[0].height:
            break
        white = low, high
        end += 1
    edge = sum(white) / 2
    sides = tuple(tuple(p for row in page[number:end] for p in row if (p.left < edge) == on_left)
                  for on_left in (True, False))  # fmt: skip
    rows_on = [
        sum(any((p.left < edge) == on_left for p in row) for row in page[number:end]) for on_left in (True, False)
    ]
    return Columns(number, end, (sides[0], sides[1])) if min(rows_on) > _FEWEST else None


def _white(row: Sequence[Piece], white: tuple[float, float]) -> tuple[float, float]:
    """What of the white the row leaves."""
    low, high = white
    for piece in row:
        if piece.left + piece.right < low + high:
            low = max(low, piece.right)
        else:
            high = min(high, piece.left)
    return low, high


def _first_entries(found: Columns) -> tuple[list[str], list[str]]:
    left, right = found.sides
    return _leftmost(left), _leftmost(right)


def _leftmost(side: Sequence[Piece]) -> list[str]:
    """The entries of a side's first column, below its heading."""
    begin = side[0]
    return [_text(piece) for piece in side[1:] if piece.left < begin.right and piece.middle > begin.bottom]


def _text(piece: Piece) -> str:
    return " ".join(word.text for word in piece.words)
