"""Which check boxes are there, drawn or typed, and which words belong to each?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docscan.document import Box, Mark, Page
from docscan.extraction.text.labels import LABEL_AHEAD, trimmed
from docscan.extraction.text.lines import Line
from docscan.extraction.text.nearby import meet
from docscan.extraction.text.spans import Span

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_TYPED_BOX = re.compile(
    r"(?P<ticked>[☑☒🗹🗷✓✔✗✘]|\[\s?[xX✓✔*]\s?\]|\(\s?[xX✓✔]\s?\))|(?P<empty>[☐□❏❑▢]|\[\s?_?\s?\]|\(\s{1,3}\))"
)


@dataclass(frozen=True)
class CheckBox:
    """A check box, drawn or typed, and the words that belong to it (None where none do)."""

    ticked: bool
    page: Page
    box: Box
    label: Span | None
    mark: Mark | None


def check_boxes_of(text: AnnotatedText) -> tuple[CheckBox, ...]:
    """Drawn boxes (from the page's marks) and typed ones ("[x]", "☐"), with their words."""
    drawn = [
        CheckBox(mark.state == "ticked", page, mark.box, _box_label(text, mark, page), mark)
        for page in text.document.pages
        for mark in page.marks
        if mark.kind == "check_box"
    ]
    typed = []
    for match in _TYPED_BOX.finditer(text.text):
        box = text.box_of(match.start(), match.end())
        page_ = text.document.page_of(match.start())
        if box and page_ and not any(c.page is page_ and meet(c.box, box) for c in drawn):
            span = _after_box(text, match.end())
            typed.append(CheckBox(match["ticked"] is not None, page_, box, span, None))
    return (*drawn, *typed)


def _box_label(text: AnnotatedText, mark: Mark, page: Page) -> Span | None:
    reach = Box(mark.box.left, mark.box.top, mark.box.right, mark.box.bottom)
    middle = (reach.top + reach.bottom) / 2
    right = [
        word
        for cell in text.cells_on(page)
        for word in cell.words
        if word.word.box.left >= reach.right - 0.3 * reach.width
        and word.word.box.top - 0.3 * reach.height <= middle <= word.word.box.bottom + 0.3 * reach.height
    ]
    if not right:
        return None
    first = min(right, key=lambda word: word.word.box.left)
    others = [
        m.box.left for m in page.marks
        if m.kind == "check_box" and m.box.left > mark.box.right and m.box.top <= middle <= m.box.bottom
    ]  # fmt: skip
    if others and min(others) <= first.word.box.left:
        return None
    return _after_box(text, first.start, min(others, default=1.0))


def _after_box(text: AnnotatedText, start: int, right_edge: float = 1.0) -> Span | None:
    """The words from an offset to the next box, wide gap or line of its own."""
    while start < len(text.text) and text.text[start] in " \t":
        start += 1
    cell = text.cell_at(start)
    if cell is None:
        return None
    words = [w for w in cell.words if w.end > start and w.word.box.left < right_edge]
    if not words:
        return None
    end = words[-1].end
    another = _TYPED_BOX.search(text.text, start, end)
    if another and another.start() > start:
        return trimmed(text, start, another.start())
    index, left = text.line_index(start), words[0].word.box.left
    while end == text.lines[index].end and index + 1 < len(text.lines):
        before, after = text.lines[index], text.lines[index + 1]
        first = after.cells[0]
        if (
            text.text[before.end : after.start] != "\n"
            or len(after.cells) > 1
            or first.box.left < left - 0.012
            or _TYPED_BOX.match(first.text)
            or _has_drawn_box(after)
            or LABEL_AHEAD.match(first.text)
        ):
            break
        end, index = after.end, index + 1
    return Span(start, end)


def _has_drawn_box(line: Line) -> bool:
    middle = (line.box.top + line.box.bottom) / 2
    return any(m.kind == "check_box" and m.box.top <= middle <= m.box.bottom for m in line.page.marks)
