"""Seen words become lines in reading order.

A label and its value stay on one line, however wide the gap: rows of a table, a form or a receipt are read across.
Only columns of prose are read one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from statistics import median

from docscan.reading.geometry import Seen

_RISING = re.compile(r"[A-Z0-9bdfhklt()\[\]/|!?&%$#@\"'“”‘’]")
_FALLING = re.compile(r"[gjpqy()\[\]/|,;$Q@]")
_X, _RISE, _FALL = 0.50, 0.24, 0.24  # of the font's size: height of x, how far h rises above it, how far p falls below
_SAME_LINE = 0.5  # share of the lower piece's height that must lie beside the other's
_PIECE_GAP = 1.5  # of the line's height: a wider gap parts two pieces of a line
_GUTTER = 0.9  # of the line's height: the least white between two columns of prose
_PROSE_WORDS = 3.5  # words in a piece, on average: tables and forms stay below
_PROSE_ROWS = 4


@dataclass(frozen=True)
class Column:
    """A part of the page that is read on its own, as numbers of its first and last line."""

    first_line: int
    last_line: int


@dataclass(frozen=True)
class Arranged:
    """Words in reading order, each with its line's number from 0 and a box as tall as its line's print."""

    words: tuple[tuple[Seen, int], ...]
    columns: tuple[Column, ...]


def arrange(words: Iterable[Seen]) -> Arranged:
    """Put an upright frame's words in reading order."""
    pieces = _pieces(words)
    order: list[list[_Piece]] = []
    columns: list[Column] = []
    _read(pieces, order, columns, depth=0)
    placed = tuple((word, number) for number, row in enumerate(order) for piece in row for word in piece.words)
    return Arranged(placed, tuple(columns))


@dataclass(frozen=True)
class _Piece:
    """Words in a row without a wide gap."""

    words: tuple[Seen, ...]

    # Asked for again and again while pieces are compared.

    @cached_property
    def left(self) -> float:
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        return self.words[-1].right

    @cached_property
    def height(self) -> float:
        return median([word.bottom - word.top for word in self.words])

    @cached_property
    def top(self) -> float:
        """Of its ends; a piece may slope."""
        return min(self.words[0].top, self.words[-1].top)

    @cached_property
    def bottom(self) -> float:
        return max(self.words[0].bottom, self.words[-1].bottom)

    @cached_property
    def middle(self) -> float:
        return (self.words[0].top + self.words[0].bottom + self.words[-1].top + self.words[-1].bottom) / 4


def _pieces(words: Iterable[Seen]) -> list[_Piece]:
    found: list[_Piece] = []
    for _, strand in groupby(sorted(words, key=lambda word: (word.strand, word.left)), key=lambda word: word.strand):
        run: list[Seen] = []
        banded = _banded(list(strand))
        for word in banded:
            if run and word.left - run[-1].right > _PIECE_GAP * max(word.height, run[-1].height):
                found.append(_Piece(tuple(run)))
                run = []
            run.append(word)
        if run:
            found.append(_Piece(tuple(run)))
    return found


def _banded(strand: Sequence[Seen]) -> list[Seen]:
    """Give each word the height of the print it belongs to: ink alone makes "ago" and "The" differ by a half.

    A box never gets smaller, and never grows by more than what letters that the word lacks would need.
    """
    shapes = []
    sizes = []
    for word in strand:
        lettered = any(map(str.isalnum, word.text))
        rise, fall = bool(_RISING.search(word.text)), bool(_FALLING.search(word.text))
        shapes.append((lettered, rise, fall))
        if lettered:
            sizes.append(word.height / (_X + _RISE * rise + _FALL * fall))
    if not sizes:
        return list(strand)
    size = median(sizes)
    banded = []
    for word, (lettered, rise, fall) in zip(strand, shapes, strict=True):
        top, bottom = word.top, word.bottom
        if bottom - top < 1.3 * size:
            if not lettered:
                spare = max(0.0, (_X + _RISE + _FALL) * size - (bottom - top)) / 2
                top, bottom = top - spare, bottom + spare
            else:
                top -= 0 if rise else _RISE * size
                bottom += 0 if fall else _FALL * size
        banded.append(Seen(word.text, word.left, top, word.right, bottom, word.confidence, word.strand))
    return banded


def _read(pieces: Sequence[_Piece], order: list[list[_Piece]], columns: list[Column], *, depth: int) -> None:
    rows = _rows(pieces)
    start = 0
    while start < len(rows):
        found = _columns_from(rows, start) if depth < 3 else None
        if found is None:
            order.append(rows[start])
            start += 1
            continue
        end, edge = found
        for side in _sides(rows[start:end], edge):
            first = len(order)
            _read([piece for row in side for piece in row], order, columns, depth=depth + 1)
            columns.append(Column(first, len(order) - 1))
        start = end


def _rows(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Pieces that stand side by side, from left to right; rows from top to bottom.

    A piece is compared with its nearest neighbour of a row, so that a slight slope or bend does no harm.
    """
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        best: tuple[float, list[_Piece]] | None = None
        for row in rows[-8:]:
            if not any(piece.top < other.bottom and other.top < piece.bottom for other in row):
                continue
            share = _beside(piece, row)
            if share >= _SAME_LINE and (best is None or share > best[0]):
                best = (share, row)
        if best is None:
            rows.append([piece])
        else:
            best[1].append(piece)
    for row in rows:
        row.sort(key=lambda piece: piece.left)
    return sorted(rows, key=lambda row: median(piece.middle for piece in row))


def _beside(piece: _Piece, row: Sequence[_Piece]) -> float:
    """The share of the lower one's height that a piece and its nearest neighbour in the row have in common.

    0 where one stands over the other.
    """
    near = min(row, key=lambda other: max(other.left - piece.right, piece.left - other.right))
    slack = 0.3 * min(piece.height, near.height)
    if any(min(piece.right, other.right) - max(piece.left, other.left) > slack for other in row):
        return 0.0
    mine, other = (piece.words[0], near.words[-1]) if near.left < piece.left else (piece.words[-1], near.words[0])
    common = min(mine.bottom, other.bottom) - max(mine.top, other.top)
    return common / max(1e-6, min(mine.height, other.height))


def _columns_from(rows: Sequence[Sequence[_Piece]], start: int) -> tuple[int, float] | None:
    """Where columns of prose begin at this row: the row after their last, and an x between them."""
    best: tuple[int, float] | None = None
    for left, right in _gaps(rows[start]):
        end, low, high = start + 1, left, right
        while end < len(rows):
            narrower = _narrowed(rows[end], low, high)
            if narrower is None:
                break
            low, high = narrower
            end += 1
        edge = (low + high) / 2
        if all(_prose(side) for side in _sides(rows[start:end], edge)) and (best is None or end > best[0]):
            best = (end, edge)
    return best


def _gaps(row: Sequence[_Piece]) -> list[tuple[float, float]]:
    return [(a.right, b.left) for a, b in pairwise(row)]


def _narrowed(row: Sequence[_Piece], low: float, high: float) -> tuple[float, float] | None:
    """What is left of the white between `low` and `high` beside this row; None where the row crosses it."""
    height = median(piece.height for piece in row)
    for piece in row:
        if piece.right <= (low + high) / 2:
            low = max(low, piece.right)
        elif piece.left >= (low + high) / 2:
            high = min(high, piece.left)
        else:
            return None
    return (low, high) if high - low >= _GUTTER * height else None


def _sides(rows: Sequence[Sequence[_Piece]], edge: float) -> list[list[list[_Piece]]]:
    left = [[piece for piece in row if piece.left < edge] for row in rows]
    right = [[piece for piece in row if piece.left >= edge] for row in rows]
    return [[row for row in side if row] for side in (left, right)]


def _prose(rows: Sequence[Sequence[_Piece]]) -> bool:
    if len(rows) < _PROSE_ROWS:
        return False
    pieces = [piece for row in rows for piece in row]
    words = sum(len(piece.words) for piece in pieces)
    return words >= _PROSE_WORDS * len(pieces)
