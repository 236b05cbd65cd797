"""Which value does the layout give a label? Beside it, below it, over it; and how far the value goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from docscan.document import Box, Page
from docscan.extraction.text import captions
from docscan.extraction.text.form_rows import is_question, numbers
from docscan.extraction.text.known_labels import KNOWN_LABEL, NEXT_LABEL
from docscan.extraction.text.lines import Cell
from docscan.extraction.text.nearby import covers
from docscan.extraction.text.spans import Span

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

LABEL_AHEAD = re.compile(r"[\s•*-]*[A-Z][\w/#&'’()., -]{0,38}?:(?=\s|$)")
"""A label with its colon, at the beginning of a cell."""
_CLOSING = re.compile(
    r"(?:\s*\((?:[^()\n]|\([^()\n]*\)){0,80}\))?\s*(?P<sign>[:#=?]|\](?!\w):?|\.{3,}|…|(?=_{3,}|_[ ]))[\s.:#?_]*"
)
_COUNTER = re.compile(r"(?:[•●▪■◦·*>«»|☐☑☒□[-]|\(?[0-9]{1,2}[a-z]?[.)]|\(?[a-zA-Z][.)])?\s*")
_ALIGNED = 0.02  # of the page's width
_FILLER = re.compile(r"[\s_.…:|-]*")


@dataclass(frozen=True)
class Labelled:
    """A label and the value that the layout gives it. `value` is None where nothing is printed in its place.

    `place`: where the value stands as seen from the label, "captioned" over a label of a line of such. `area`: where
    the value stands or should stand.
    `sign`: what closed the label (":" or "#"), "" where nothing did, so that it may be mere prose.
    """

    label: Span
    value: Span | None
    place: Literal["inline", "right", "below", "above", "captioned", "nowhere"]
    sign: str
    area: Box
    page: Page


def is_label(cell: Cell) -> bool:
    """Whether a cell is (or ends with) a label of its own rather than a value."""
    text = cell.text.strip()
    return bool(text.endswith(":") or KNOWN_LABEL.fullmatch(_COUNTER.sub("", text, count=1)))


def labelled(
    text: AnnotatedText, label: re.Pattern[str], *, bare: bool = False, above: bool = False, opening: bool = False
) -> Iterator[Labelled]:
    """Every place where a label stands, with the value that the layout gives it.

    A label opens a cell, or is closed by ":" or "#" inside one. The value is sought in this order: after it in its
    cell, in the next cell of the line, in the cell below; with `above`, over a ruled line above it. `bare`: a label
    that nothing closes and that words follow in the same cell counts too. `opening`: only what opens a cell.
    """
    for match in label.finditer(text.text):
        cell = text.cell_at(match.start())
        if cell is None or match.end() > cell.end:
            continue
        opens = _opens(text, cell, match.start())
        closing = _CLOSING.match(text.text, match.end(), cell.end)
        sign = closing["sign"] or "_" if closing else ""
        rest = text.text[match.end() : cell.end]
        alone = not _FILLER.sub("", re.sub(r"\([^)]*\)", "", rest))
        if match.group().rstrip().endswith((":", "#", "?")):
            sign = sign or ":"
        inside = sign and not opening and _free(text, match.start())
        if not (opens and (sign or alone or bare)) and not inside:
            continue
        after = closing.end() if closing else match.end()
        yield _value(text, Span(match.start(), match.end()), after, cell, sign, above=above)


def _opens(text: AnnotatedText, cell: Cell, offset: int) -> bool:
    """Whether nothing but an entry's number stands before an offset in its cell."""
    if _COUNTER.fullmatch(text.text, cell.start, offset) is not None:
        return True
    return cell.start in numbers(text) and re.fullmatch(r"\d{1,2}\s+", text.text[cell.start : offset]) is not None


def _free(text: AnnotatedText, offset: int) -> bool:
    """Whether the character before an offset can stand before a label."""
    return offset == 0 or text.text[offset - 1] in " \t\n\f|;,(/_."


def _value(text: AnnotatedText, label: Span, after: int, cell: Cell, sign: str, *, above: bool) -> Labelled:
    page = cell.page
    words = [w for w in cell.words if w.end > label.start]
    own = Box.around(w.word.box for w in words if w.start < label.end)
    hint = re.compile(r"\s*\([^()]*\)\s*").fullmatch(text.text, after, cell.end)
    end = _cut(text, after, cell.end)
    line_ends = _LINE_ENDS.search(text.text, after, end) if sign == "_" else None
    inline = None if hint else trimmed(text, after, line_ends.start() if line_ends else end)
    if inline:
        return Labelled(label, inline, "inline", sign, text.box_of(*inline) or own, page)
    if captions.is_caption(text, cell):
        return _captioned(text, label, cell, sign, own)
    right, under = text.right_of(cell.box, page), text.below(own, page)
    number = right is not None and re.match(r"\W*\d", right.text) is not None  # heads no column
    paired = right and under and not is_question(right.text) and (is_question(under.text) or number)
    heads = right and under and not sign and not _asks(under) and not paired
    if (right and under and heads and _head_a_row(text, own, right, under)) or (
        right and above and not sign and _foot_a_row(text, own, right, page)
    ):
        right = None
    if right and under and _in_one_cell(own, under.box, right.box, page):
        right = None
    right = right if right and not is_label(right) and _starts_value(right) else None
    if right and under and not sign and captions.is_printed_label(right.text) and not _asks(under):
        right = None  # the head of the next column
    listed = under is not None and _is_entry(under) and not _is_entry(cell)
    under = under if under and not _asks(under) and (_starts_value(under) or listed) else None
    over = text.above(own, page) if above else None
    set_above = over is not None and (
        _lined(over.box, own, page) or not (sign or right or under or abs(over.box.left - own.left) > _ALIGNED)
    )
    if over and set_above and not is_label(over) and _starts_value(over):
        return Labelled(label, Span(over.start, over.end), "above", sign, over.box, page)
    if right:
        end = _cut(text, right.start, right.end)
        value = trimmed(text, right.start, end)
        if value:
            return Labelled(label, value, "right", sign, right.box, page)
    if under and not (right is None and _belongs_elsewhere(text, under, page)):
        value = trimmed(text, under.start, _cut(text, under.start, under.end))
        if value:
            return Labelled(label, value, "below", sign, under.box, page)
    following = text.right_of(cell.box, page)
    edge = following.box.left if following else max(0.95, own.right)
    area = Box(own.right, own.top - 0.4 * own.height, max(edge, own.right + 0.01), own.bottom + 0.3 * own.height)
    return Labelled(label, None, "nowhere", sign, area, page)


def _captioned(text: AnnotatedText, label: Span, cell: Cell, sign: str, own: Box) -> Labelled:
    answer = captions.answer_over(text, cell)
    if answer is None:
        return Labelled(label, None, "nowhere", sign, own, cell.page)
    return Labelled(label, Span(answer.start, answer.end), "captioned", sign, answer.box, cell.page)


def _asks(cell: Cell) -> bool:
    """Whether a cell is no answer, but what asks for the next one."""
    return is_label(cell) or captions.is_printed_label(cell.text) or _PART.fullmatch(cell.text) is not None


_PART = re.compile(r"(?:section|part|step)\s+\w{1,3}\W*", re.IGNORECASE)
_LINE_ENDS = re.compile(r"(?<=[^\s_])[ ]+_")
"""Where the line ends on which an answer was typed: "___Ana Roe___ of ___Acme___"."""


def _head_a_row(text: AnnotatedText, label: Box, right: Cell, under: Cell) -> bool:
    """Whether a label and the cell to its right are the heads of columns: each has a cell right below it."""
    beside = text.below(right.box, right.page)
    return (
        beside is not None
        and abs(under.box.left - label.left) < _ALIGNED
        and abs(beside.box.left - right.box.left) < _ALIGNED
        and abs(beside.box.top - under.box.top) < under.box.height
        and beside.start != under.start
    )


def _in_one_cell(label: Box, value: Box, other: Box, page: Page) -> bool:
    """Whether a ruled cell holds a label and a value, and not the other one."""
    return any(
        mark.kind == "cell" and covers(mark.box, label) and covers(mark.box, value) and not covers(mark.box, other)
        for mark in page.marks
    )


def _foot_a_row(text: AnnotatedText, label: Box, right: Cell, page: Page) -> bool:
    """Whether a label and the cell to its right stand each under a value of its own, as under ruled lines."""
    over, beside = text.above(label, page), text.above(right.box, page)
    return (
        over is not None
        and beside is not None
        and abs(over.box.left - label.left) < _ALIGNED
        and abs(beside.box.left - right.box.left) < _ALIGNED
        and over.start != beside.start
        and over.line == beside.line
    )


def _starts_value(cell: Cell) -> bool:
    """Whether there is something in a cell, and no label with a value of its own."""
    return bool(_FILLER.sub("", cell.text)) and not LABEL_AHEAD.match(cell.text) and not _DOTTED.match(cell.text)


_DOTTED = re.compile(r"[A-Z][\w/#&'’(), -]{1,38}?\s?(?:\.{4,}|…+)\s")
"""A label with dots up to its value, at the beginning of a cell."""


_BULLET = re.compile(r"[•●▪■◦·*]\s+")


def _is_entry(cell: Cell) -> bool:
    """Whether a cell is an entry of a list, whose colon is no label's: "• Supplements: magnesium and fish oil"."""
    bullet = _BULLET.match(cell.text)
    head = LABEL_AHEAD.match(cell.text)
    known = head is not None and KNOWN_LABEL.fullmatch(head.group().strip(" •●▪■◦·*:")) is not None
    return bullet is not None and not known


def _belongs_elsewhere(text: AnnotatedText, cell: Cell, page: Page) -> bool:
    """A cell below whose own line opens with a label further left is that label's value."""
    index = text.line_index(cell.start)
    line = text.lines[index]
    return line.page is page and any(c.end <= cell.start and is_label(c) for c in line.cells)


def _lined(value: Box, label: Box, page: Page) -> bool:
    """Whether a ruled line to write on lies between a value and the label under it: the wall of a cell in which the
    label stands, and the value does not, is none."""
    walled = any(
        mark.kind == "cell" and covers(mark.box, label) and (value.top + value.bottom) / 2 < mark.box.top
        for mark in page.marks
    )
    return not walled and any(
        mark.kind == "ruling"
        and mark.box.width * page.width > mark.box.height * page.height
        and value.top < mark.box.top <= label.top + 0.5 * label.height
        and mark.box.left < label.right
        and mark.box.right > label.left
        for mark in page.marks
    )


def _cut(text: AnnotatedText, start: int, end: int) -> int:
    """Where the next label inside a cell begins: "John Smith DOB: 1/2/1970" ends after "Smith"."""
    for match in NEXT_LABEL.finditer(text.text, start, end):
        if match.start() > start:
            return match.start()
    return end


def trimmed(text: AnnotatedText, start: int, end: int) -> Span | None:
    """A stretch without white space, lines to write on and colons at its ends; None where nothing is left."""
    while start < end and text.text[start] in " \t\n\f_:.…|":
        start += 1
    while end > start and text.text[end - 1] in " \t\n\f_|":
        end -= 1
    return Span(start, end) if start < end else None


def block_below(text: AnnotatedText, value: Span, *, lines: int = 6) -> Span:
    """The value and the lines that go on from it: aligned with it, no gap, no label of their own."""
    cell = text.cell_at(value.start)
    index = text.line_index(value.start)
    end = value.end
    if cell is None or text.text[end : cell.end].strip():
        return value
    while lines > 1 and index + 1 < len(text.lines):
        line, after = text.lines[index], text.lines[index + 1]
        first = after.cells[0]
        if end != line.end or text.text[line.end : after.start] != "\n" or len(after.cells) > 1:
            break
        goes_on = value.start == cell.start and _is_entry(cell) and _is_entry(first)
        if is_label(first) or (LABEL_AHEAD.match(first.text) and not goes_on) or first.box.left < cell.box.left - 0.03:
            break
        if text.is_heading(first.start) or first.text.endswith("?"):
            break
        end, index, lines = after.end, index + 1, lines - 1
    return Span(value.start, end)
