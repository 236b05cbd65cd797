"""The rows of a page's print, upright, as cells from left to right: how bills and tables are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from docscan.document import Box, Page, PlacedWord
from docscan.extraction.text.lines import framed_cells, is_sign

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_ROOM = 1.1  # of the line's height: a wider gap parts two cells; narrower than that, columns of a receipt run together


@dataclass(frozen=True)
class Piece:
    """Words side by side. `box`: on the page turned upright, in fractions. `text` is the document's, to the letter."""

    text: str
    start: int
    end: int
    box: Box

    @property
    def middle(self) -> float:
        return (self.box.left + self.box.right) / 2


@dataclass(frozen=True)
class Row:
    """One printed line: its cells, and where it stands in the document's text."""

    cells: tuple[Piece, ...]
    text: str
    start: int
    end: int
    box: Box
    page: Page

    @property
    def height(self) -> float:
        return self.box.height


def rows_of(text: AnnotatedText) -> tuple[Row, ...]:
    """All printed lines of a document in reading order; of a list in halves or columns each entry is one."""
    from docscan.extraction.bills.halves import parted
    from docscan.extraction.bills.tick_lists import entries_apart

    return text.once("rows_of", lambda: parted(entries_apart(text, _rows_of(text))))


def _rows_of(text: AnnotatedText) -> tuple[Row, ...]:
    rows: list[Row] = []
    run: list[PlacedWord] = []
    for placed in text.document.placed_words:
        if run and (placed.page is not run[-1].page or placed.word.line != run[-1].word.line):
            rows += _framed(text.text, run)
            run = []
        run.append(placed)
    if run:
        rows += _framed(text.text, run)
    return tuple(rows)


def _framed(text: str, words: Sequence[PlacedWord]) -> Iterable[Row]:
    """One row, its cells what stands between the bars of a typed frame; none of the frame's own ruling."""
    framed = framed_cells(text, words)
    if framed is None:
        return [row_of(text, words)]
    if not framed:
        return []
    row = row_of(text, [word for cell in framed for word in cell])
    return [replace(row, cells=tuple(piece(text, cell) for cell in framed))]


def piece(text: str, words: Sequence[PlacedWord]) -> Piece:
    """Words as one piece."""
    start, end = words[0].start, words[-1].end
    return Piece(text[start:end], start, end, Box.around(_upright(words)))


def span_box(text: AnnotatedText, start: int, end: int) -> Box:
    """The upright box around the words of a span on one page."""
    words = text.document.words_between(start, end)
    return Box.around(_upright([word for word in words if word.page is words[0].page]))


def row_of(text: str, words: Sequence[PlacedWord]) -> Row:
    """Words side by side as one line."""
    page = words[0].page
    wide, tall = page.upright_size
    boxes = list(_upright(words))
    room = _ROOM * median(box.height for box in boxes) * tall
    cells: list[Piece] = []
    run = [words[0]]
    signed = False  # the run ends with a colon set apart: "Client        : Ana Roe"
    for index in range(1, len(words)):
        gap = (boxes[index].left - boxes[index - 1].right) * wide
        apart = gap > room or "\t" in text[words[index - 1].end : words[index].start]
        closes = apart and is_sign(text, words[index])
        if (apart and not closes) or signed:
            cells.append(piece(text, run))
            run = []
        run.append(words[index])
        signed = closes
    cells.append(piece(text, run))
    start, end = words[0].start, words[-1].end
    return Row(tuple(cells), text[start:end], start, end, Box.around(boxes), page)


def _upright(words: Iterable[PlacedWord]) -> list[Box]:
    return [placed.page.upright(placed.word.box) for placed in words]


def row_at(text: AnnotatedText, offset: int) -> Row | None:
    """The row that holds an offset."""
    return next((row for row in rows_of(text) if row.start <= offset < row.end), None)


def opens_row(text: AnnotatedText, offset: int) -> bool:
    """Whether a row begins at an offset."""
    return any(row.start == offset for row in rows_of(text))
