"""What are the lines of a document, and the cells of which they are made?

A cell ends at a wide gap (a tab in the text) and at a vertical ruling.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

from docscan.document import Box, Document, Page, PlacedWord

_Uprights: TypeAlias = dict[int, list[Box]]


@dataclass(frozen=True)
class Cell:
    """Words on one line without a wide gap or a vertical ruling between them."""

    words: tuple[PlacedWord, ...]
    text: str
    box: Box

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end

    @property
    def page(self) -> Page:
        return self.words[0].page

    @property
    def line(self) -> int:
        return self.words[0].word.line


@dataclass(frozen=True)
class Line:
    """One line in reading order, as its cells from left to right."""

    cells: tuple[Cell, ...]

    @property
    def start(self) -> int:
        return self.cells[0].start

    @property
    def end(self) -> int:
        return self.cells[-1].end

    @property
    def page(self) -> Page:
        return self.cells[0].page

    @cached_property
    def box(self) -> Box:
        return Box.around(cell.box for cell in self.cells)


def lines_of(document: Document, text: str) -> tuple[Line, ...]:
    """All lines in reading order. `text`: the document's, with the same offsets."""
    uprights = _uprights(document)
    lines: list[Line] = []
    row: list[PlacedWord] = []
    for placed in document.placed_words:
        if row and (placed.page is not row[-1].page or placed.word.line != row[-1].word.line):
            lines.append(_line(text, row, uprights))
            row = []
        row.append(placed)
    if row:
        lines.append(_line(text, row, uprights))
    return tuple(lines)


def _line(text: str, row: list[PlacedWord], uprights: _Uprights) -> Line:
    cells: list[Cell] = []
    run = [row[0]]
    for before, after in pairwise(row):
        if "\t" in text[before.end : after.start] or _ruled_apart(uprights, before, after):
            cells.append(_cell(text, run))
            run = []
        run.append(after)
    return Line((*cells, _cell(text, run)))


def _cell(text: str, words: list[PlacedWord]) -> Cell:
    return Cell(tuple(words), text[words[0].start : words[-1].end], Box.around(w.word.box for w in words))


def _uprights(document: Document) -> _Uprights:
    """By page: vertical rulings and the sides of ruled cells."""
    found: dict[int, list[Box]] = {}
    for page in document.pages:
        sides = []
        for mark in page.marks:
            box = mark.box
            if mark.kind == "ruling" and box.height * page.height > 2 * box.width * page.width:
                sides.append(box)
            elif mark.kind == "cell":
                sides += [box._replace(right=box.left), box._replace(left=box.right)]
        found[page.number] = sides
    return found


def _ruled_apart(uprights: _Uprights, before: PlacedWord, after: PlacedWord) -> bool:
    left, right = before.word.box.right, after.word.box.left
    middle = (before.word.box.top + before.word.box.bottom) / 2
    return any(
        left <= (side.left + side.right) / 2 <= right and side.top <= middle <= side.bottom
        for side in uprights[before.page.number]
    )
