"""What are the lines of a document, and the cells of which they are made?

A cell ends at a wide gap (a tab in the text) and at a vertical ruling, drawn or typed: "| Patient | DOB |".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
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
            lines += _line(text, row, uprights)
            row = []
        row.append(placed)
    if row:
        lines += _line(text, row, uprights)
    return tuple(lines)


def _line(text: str, row: list[PlacedWord], uprights: _Uprights) -> Iterable[Line]:
    """One line, or none where the row is but a typed frame's ruling."""
    if (framed := framed_cells(text, row)) is not None:
        return [Line(tuple(_cell(text, words) for words in framed))] if framed else []
    cells: list[Cell] = []
    run = [row[0]]
    for before, after in pairwise(row):
        if "\t" in text[before.end : after.start] or _ruled_apart(uprights, before, after):
            if is_sign(text, after):  # "Client        : Ana Roe"
                run.append(after)
                continue
            cells.append(_cell(text, run))
            run = []
        elif is_sign(text, before) and len(run) > 1 and run[-1] is before and "\t" in text[run[-2].end : before.start]:
            cells.append(_cell(text, run))
            run = []
        run.append(after)
    return [Line((*cells, _cell(text, run)))]


_FRAME = re.compile(r"\+[-=+]{2,}\+|-+(?:\+-+)+")


def framed_cells(text: str, row: Sequence[PlacedWord]) -> list[list[PlacedWord]] | None:
    """The words between the bars of a line of a typed table, "| Ana Roe | 08/17/1989 |": none of "+-----+----+"; None
    of a line in no frame."""
    printed = [text[placed.start : placed.end] for placed in row]
    if _FRAME.fullmatch("".join(printed)):
        return []
    framed = printed[0] == "|" and printed[-1] == "|"
    if len(row) < _LEAST or not (framed or printed.count("|") >= _BARS):
        return None
    cells: list[list[PlacedWord]] = [[]]
    for placed, word in zip(row, printed, strict=True):
        if word == "|":
            cells.append([])
        else:
            cells[-1].append(placed)
    return [words for words in cells if words]


_LEAST = 4  # words: two bars and what stands between
_BARS = 3  # that part the columns of a table without a frame around it


def is_sign(text: str, placed: PlacedWord) -> bool:
    """Whether a word is the colon alone that closes a label, set apart from it in a column of colons."""
    return text[placed.start : placed.end] == ":"


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
