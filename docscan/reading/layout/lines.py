"""Seen words become lines in reading order.

A label and its value stay on one line, however wide the gap: rows of a table, a form or a receipt are read across.
Columns of prose, rails beside a letter and blocks of a letterhead are read one after the other (`columns`), ruled cells
as their walls say (`grids`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from docscan.reading.geometry import Rect, Seen
from docscan.reading.layout import beside, columns, grids, rows
from docscan.reading.layout.rows import Line, Piece

_DEEPEST = 4  # columns within columns


@dataclass(frozen=True)
class Part:
    """A part of the page that is read on its own, as numbers of its first and last line."""

    kind: Literal["text", "table", "form"]
    first_line: int
    last_line: int


@dataclass(frozen=True)
class Arranged:
    """Words in reading order, each with its line's number from 0 and a box as tall as its line's print."""

    words: tuple[tuple[Seen, int], ...]
    parts: tuple[Part, ...]


def arrange(words: Iterable[Seen], cells: Sequence[Rect] = ()) -> Arranged:
    """Put an upright frame's words in reading order. `cells`: the frame's ruled cells, where they are known."""
    found, loose = grids.grids(rows.banded(words), cells, lambda pieces: _Order().read(pieces).lines)
    order = _Order().read([*rows.pieces(loose), *found])
    placed = tuple((word, number) for number, line in enumerate(order.lines) for piece in line for word in piece.words)
    return Arranged(placed, tuple(order.parts))


@dataclass
class _Order:
    """The lines of a page in reading order, as far as they are known."""

    lines: list[Line] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def read(self, pieces: Sequence[Piece], depth: int = 0) -> _Order:
        page = rows.rows(pieces)
        found = (columns.find(page) or beside.find(page)) if depth < _DEEPEST else None
        if found is None:
            self._across(page)
            return self
        self.read([piece for row in page[: found.first] for piece in row], depth)
        for side in found.sides:
            first = len(self.lines)
            self.read(side, depth + 1)
            self.parts.append(Part("text", first, len(self.lines) - 1))
        return self.read([piece for row in page[found.last :] for piece in row], depth)

    def _across(self, page: rows.Rows) -> None:
        for row in page:
            grid = row[0].grid
            if grid is None:
                self.lines.append(tuple(row))
            else:
                first = len(self.lines)
                self.lines += grid.lines
                self.parts.append(Part(grid.kind, first, len(self.lines) - 1))
