"""Which words stand on one printed line: words become pieces without a wide gap, and pieces become rows."""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import Literal, TypeAlias

from docscan.reading.geometry import Seen

_RISING = frozenset(f"{string.ascii_uppercase}{string.digits}bdfhklt()[]/|!?&%$#@\"'“”‘’")
_FALLING = frozenset("gjpqy()[]/|,;$Q@")
_X, _RISE, _FALL = 0.50, 0.24, 0.24  # of the font's size: height of x, how far h rises above it, how far p falls below
_SAME_LINE = 0.5  # share of the lower piece's height that must lie beside the other's
_PIECE_GAP = 1.5  # of the line's height: a wider gap parts two pieces of a line


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row without a wide gap; or ruled cells, which stand in a row of their own.

    `height` is that of the usual word; `top`, `bottom` and `middle` are those of the ends: a piece may slope.
    """

    words: tuple[Seen, ...]
    left: float
    top: float
    right: float
    bottom: float
    height: float
    middle: float
    grid: Grid | None = None

    @staticmethod
    def of(words: Sequence[Seen]) -> Piece:
        first, last = words[0], words[-1]
        heights = sorted([word.bottom - word.top for word in words])
        top, bottom = min(first.top, last.top), max(first.bottom, last.bottom)
        middle = (first.top + first.bottom + last.top + last.bottom) / 4
        return Piece(tuple(words), first.left, top, last.right, bottom, heights[len(heights) // 2], middle)


Line: TypeAlias = tuple[Piece, ...]
Rows: TypeAlias = Sequence[Sequence[Piece]]


@dataclass(frozen=True, slots=True)
class Grid:
    """Ruled cells that share walls, as lines in reading order."""

    kind: Literal["table", "form"]
    lines: tuple[Line, ...]


def banded(words: Iterable[Seen]) -> list[Seen]:
    """The words by strand, from left to right, each with the height of the print it belongs to.

    Ink alone makes "ago" and "The" differ by a half. A box never gets smaller, and never grows by more than what
    letters that the word lacks would need.
    """
    found: list[Seen] = []
    for _, strand in groupby(sorted(words, key=lambda word: (word.strand, word.left)), key=lambda word: word.strand):
        found += _banded(list(strand))
    return found


def _banded(strand: Sequence[Seen]) -> list[Seen]:
    shapes: list[tuple[bool, bool, bool]] = []
    sizes: list[float] = []
    for word in strand:
        text = word.text
        lettered = text.isalnum() or any(map(str.isalnum, text))
        rise, fall = not _RISING.isdisjoint(text), not _FALLING.isdisjoint(text)
        shapes.append((lettered, rise, fall))
        if lettered:
            sizes.append((word.bottom - word.top) / (_X + _RISE * rise + _FALL * fall))
    if not sizes:
        return list(strand)
    size = median(sizes)
    grown = []
    for word, (lettered, rise, fall) in zip(strand, shapes, strict=True):
        if rise and fall and lettered:
            grown.append(word)
            continue
        top, bottom = word.top, word.bottom
        if bottom - top < 1.3 * size:
            if not lettered:
                spare = max(0.0, (_X + _RISE + _FALL) * size - (bottom - top)) / 2
                top, bottom = top - spare, bottom + spare
            else:
                top -= 0 if rise else _RISE * size
                bottom += 0 if fall else _FALL * size
        grown.append(Seen(word.text, word.left, top, word.right, bottom, word.confidence, word.strand))
    return grown


def pieces(words: Iterable[Seen]) -> list[Piece]:
    """Banded words of each strand, parted at wide gaps."""
    found: list[Piece] = []
    run: list[Seen] = []
    last = None
    for word in words:
        if last is not None and (
            word.strand != last.strand
            or word.left - last.right > _PIECE_GAP * max(word.bottom - word.top, last.bottom - last.top)
        ):
            found.append(Piece.of(run))
            run = []
        run.append(word)
        last = word
    if run:
        found.append(Piece.of(run))
    return found


def rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces that stand side by side, from left to right; rows from top to bottom.

    A piece is compared with its nearest neighbour of a row, so that a slight slope or bend does no harm.
    """
    found: list[list[Piece]] = []
    spans: list[tuple[float, float]] = []  # from top to bottom
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        best, most = -1, 0.0
        for number in range(max(0, len(found) - 8), len(found)):
            top, bottom = spans[number]
            if piece.top < bottom and top < piece.bottom and piece.grid is None:
                share = _beside(piece, found[number])
                if share >= _SAME_LINE and share > most:
                    best, most = number, share
        if best < 0:
            found.append([piece])
            spans.append((piece.top, piece.bottom))
        else:
            found[best].append(piece)
            spans[best] = min(spans[best][0], piece.top), max(spans[best][1], piece.bottom)
    for row in found:
        if len(row) > 1:
            row.sort(key=lambda piece: piece.left)
    return sorted(found, key=middle)


def middle(row: Sequence[Piece]) -> float:
    """Of a row, from top to bottom."""
    return row[0].middle if len(row) == 1 else median([piece.middle for piece in row])


def _beside(piece: Piece, row: Sequence[Piece]) -> float:
    """The share of the lower one's height that a piece and its nearest neighbour in the row have in common.

    0 where one stands over the other.
    """
    if row[0].grid:
        return 0.0
    near = min(row, key=lambda other: max(other.left - piece.right, piece.left - other.right))
    slack = 0.3 * min(piece.height, near.height)
    if any(min(piece.right, other.right) - max(piece.left, other.left) > slack for other in row):
        return 0.0
    mine, other = (piece.words[0], near.words[-1]) if near.left < piece.left else (piece.words[-1], near.words[0])
    common = min(mine.bottom, other.bottom) - max(mine.top, other.top)
    return common / max(1e-6, min(mine.height, other.height))
