"""Which check boxes are there, drawn or typed, and which words belong to each?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docscan.document import Box, Mark, Page
from docscan.extraction.text.labels import LABEL_AHEAD, trimmed
from docscan.extraction.text.lines import Line
from docscan.extraction.text.nearby import meet
from docscan.extraction.text.spans import Span

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_TYPED_BOX = re.compile(
    r"(?P<ticked>[☐□❏❑▢◻⬜]\s?[xX✓✔√✗✘×](?=\s|$)|[☑☒🗹🗷✓✔✗✘⊠\uf0fe\uf0fd\uf078]|\[\s{0,2}[xX✓✔√*×]\s{0,2}\]|"
    r"\(\s?[xX✓✔√]\s?\))|(?P<empty>[☐□❏❑▢◻⬜\uf06f\uf0a8]|\[\s{0,2}_{0,3}\s{0,2}\]|\(\s{1,3}\)|\(_{1,3}\))"
)
_FULL, _HOLLOW = re.compile(r"[■⬛◼]"), re.compile(r"[☐□❏❑▢◻⬜]")
_DOT, _RING = re.compile(r"[●◉⦿⚫]"), re.compile(r"[○◯⚪]|(?<![^\s])O(?=\s[A-Z0-9])")
_WRITTEN = re.compile(
    r"(?<![^\s])(?:(?P<ticked>_{1,6}\s?[xX✓✔√*]\s?_{0,6}|[xX✓✔√](?=\s))|(?P<empty>_{1,8}))"
    r"(?=\s?\(?[A-Za-z0-9])(?!\s?(?:Date|Initials?|Signature|Name)\b)"
)
_FEW = 3  # blanks before words that make a list to tick, though none of them holds a mark
_CODE = r"(?:[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?|\d{3}(?:\.\d{1,2})?|\d{5}|[A-V]\d{4})"
_NAMED = r"(?:(?:icd(?:[ -]?(?:9|10))?(?:[ -]?cm)?|dx|diagnosis|cpt|hcpcs|code)(?: codes?)?\s?[:#.=-]?\s*)?"
_CODES = re.compile(rf"(?i:{_NAMED})[(\[]?{_CODE}(?:\s*[,;/&-]\s*{_CODE})*[)\]]?[*†]{{0,2}}")

_NO_CODE = re.compile(r"(?:none|other|n/?a|not applicable|unknown|yes|no)\b", re.IGNORECASE)
"""Options that are no entry of a list of codes."""


@dataclass(frozen=True)
class CheckBox:
    """A check box, drawn or typed, and the words that belong to it (None where none do).

    `beside`: codes of the option that stand in columns of their own. `at`: where a typed box stands.
    """

    ticked: bool
    page: Page
    box: Box
    label: Span | None
    mark: Mark | None
    beside: tuple[Span, ...] = ()
    at: Span | None = None

    def holds(self, offset: int) -> bool:
        """Whether an offset lies in the box' own signs, words or codes."""
        return any(span is not None and span.start <= offset < span.end for span in (self.label, *self.beside, self.at))


def check_boxes_of(text: AnnotatedText) -> tuple[CheckBox, ...]:
    """Drawn boxes (from the page's marks) and typed ones ("[x]", "☐"), with their words."""
    drawn = [
        CheckBox(mark.state == "ticked", page, mark.box, _box_label(text, mark, page), mark)
        for page in text.document.pages
        for mark in drawn_boxes(text, page)
    ]
    typed = []
    for at, ticked in typed_boxes(text):
        box = text.box_of(*at)
        page_ = text.document.page_of(at.start)
        if box and page_ and not any(c.page is page_ and meet(c.box, box) for c in drawn):
            typed.append(CheckBox(ticked, page_, box, _after_box(text, at.end), None, at=at))
    return tuple(replace(box, beside=_codes_of(text, box)) for box in (*drawn, *typed))


def drawn_boxes(text: AnnotatedText, page: Page) -> tuple[Mark, ...]:
    """The check boxes drawn on a page, without those that are a letter: the "D" of a "Dx:" that was read surely."""
    boxes = (m for m in page.marks if m.kind == "check_box")
    return text.once(
        f"boxes drawn on page {page.number}",
        lambda: tuple(m for m in boxes if not (m.state == "empty" and _is_a_letter(page, m))),
    )


def _is_a_letter(page: Page, mark: Mark) -> bool:
    return any(
        _LETTER_OF_WORD.match(word.text)
        and (word.confidence or 0.0) >= _SURE_OF_WORD
        and _share_inside(mark.box, word.box) > _MOST
        for word in page.words
    )


_LETTER_OF_WORD = re.compile(r"[DOQCGUB0][a-z.:]*[a-z:]")
_SURE_OF_WORD, _MOST = 0.9, 0.8


def _share_inside(box: Box, other: Box) -> float:
    """The share of a box that lies in another."""
    width = min(box.right, other.right) - max(box.left, other.left)
    height = min(box.bottom, other.bottom) - max(box.top, other.top)
    return max(0.0, width) * max(0.0, height) / max(1e-9, box.width * box.height)


def typed_boxes(text: AnnotatedText) -> tuple[tuple[Span, bool], ...]:
    """Boxes written with signs, in the order of the text, and whether each is ticked.

    A full square or a dot is a tick only where hollow ones stand beside it: elsewhere it is a bullet. A short blank
    before words is a box where some of its kind hold an x, or several open the entries of a list.
    """
    return text.once("typed boxes", lambda: tuple(sorted(_typed_boxes(text))))


def _typed_boxes(text: AnnotatedText) -> Iterator[tuple[Span, bool]]:
    printed = text.text
    for match in _TYPED_BOX.finditer(printed):
        yield Span(*match.span()), match["ticked"] is not None
    if _FULL.search(printed) and _HOLLOW.search(printed):
        yield from ((Span(*match.span()), True) for match in _FULL.finditer(printed))
    dots, rings = list(_DOT.finditer(printed)), list(_RING.finditer(printed))
    if (dots and rings) or _side_by_side(text, rings):
        yield from ((Span(*match.span()), True) for match in dots)
        yield from ((Span(*match.span()), False) for match in rings)
    written = [match for match in _WRITTEN.finditer(printed) if _opens_entry(text, match)]
    if not any("_" in match.group() for match in written):
        return  # "X" alone may be a bullet
    if len(written) >= _FEW or (len(written) > 1 and any(match["ticked"] for match in written)):
        yield from ((Span(*match.span()), match["ticked"] is not None) for match in written)


def _side_by_side(text: AnnotatedText, rings: list[re.Match[str]]) -> bool:
    """Whether two rings stand on one line: bullets never do. A capital O is no sign by itself."""
    lines = [text.line_index(match.start()) for match in rings if match.group() != "O"]
    return len(lines) > len(set(lines))


def _opens_entry(text: AnnotatedText, blank: re.Match[str]) -> bool:
    """Whether a blank opens a cell, or stands behind another one that opens it or, where one of them holds a mark,
    behind the list's name: no blank of a sentence."""
    line = text.lines[text.line_index(blank.start())]
    cell = text.cell_at(blank.start())
    if cell is None:
        return False
    marked = any(match["ticked"] for match in _WRITTEN.finditer(text.text, line.start, line.end))
    if re.match(r"\s?\(?[a-z]", text.text[blank.end() : blank.end() + 3]) and not marked:
        return False
    if cell.start == blank.start():
        return True
    if "_" not in blank.group():
        return False
    if _WRITTEN.match(text.text, cell.start) is not None:
        return True
    first = _WRITTEN.search(text.text, cell.start, line.end)
    return marked and first is not None and text.text[cell.start : first.start()].rstrip().endswith(":")


def _codes_of(text: AnnotatedText, box: CheckBox) -> tuple[Span, ...]:
    """Codes in columns of their own, before or behind the option's words on their line, up to the next box."""
    if box.label is None:
        return ()
    line = text.lines[text.line_index(box.label.start)]
    others = [at.start for at, _ in typed_boxes(text) if line.start <= at.start < line.end]
    middle = (line.box.top + line.box.bottom) / 2
    drawn = [
        m.box.left for m in drawn_boxes(text, line.page)
        if m is not box.mark and m.box.top <= middle <= m.box.bottom
    ]  # fmt: skip
    found = []
    for cell in line.cells:
        if cell.start < box.label.end:
            continue
        if any(box.label.end <= at < cell.end for at in others) or any(
            box.box.right < left <= cell.box.left for left in drawn
        ):
            break
        if not _CODES.fullmatch(cell.text.strip()):
            break
        found.append(Span(cell.start, cell.end))
    before = [cell for cell in line.cells if cell.box.right <= box.box.left]
    first = not any(left < box.box.left for left in drawn) and not any(
        at < (box.at or box.label).start for at in others
    )
    if first and len(before) == 1 and not _NO_CODE.match(text[box.label]) and _CODES.fullmatch(before[0].text.strip()):
        found.append(Span(before[0].start, before[0].end))
    return tuple(found)


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
        m.box.left for m in drawn_boxes(text, page)
        if m.box.left > mark.box.right and m.box.top <= middle <= m.box.bottom
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
    another = next((at.start for at, _ in typed_boxes(text) if start < at.start < end), None)
    if another is not None:
        return trimmed(text, start, another)
    index, left = text.line_index(start), words[0].word.box.left
    while end == text.lines[index].end and index + 1 < len(text.lines):
        before, after = text.lines[index], text.lines[index + 1]
        first = after.cells[0]
        if (
            text.text[before.end : after.start] != "\n"
            or len(after.cells) > 1
            or first.box.left < left - 0.012
            or any(at.start == first.start for at, _ in typed_boxes(text))
            or before.end in text.line_ends
            or _has_drawn_box(text, after)
            or LABEL_AHEAD.match(first.text)
            or _begins_anew(text.text[before.start : before.end], before, first.text)
        ):
            break
        end, index = after.end, index + 1
    return Span(start, end)


_UNFINISHED = re.compile(
    r"(?:[,/&:;–—-]|\b(?:and|or|of|for|with|by|in|the|a|an|to|from|at|on|due|per))\s*$", re.IGNORECASE
)
_WIDE = 0.7  # of the page: where a line may have been broken


def _begins_anew(printed: str, line: Line, below: str) -> bool:
    """Whether the words below an option's line are an entry of their own, whose box was not seen: nothing broke the
    line above, and they begin like one, or both have a code."""
    if not re.match(r"[A-Z0-9(]", below) or _UNFINISHED.search(printed):
        return False
    return line.box.right < _WIDE or bool(_CODE_AT.search(printed) and _CODE_AT.search(below))


_CODE_AT = re.compile(rf"(?<![\w.]){_CODE}(?![\w.])")


def _has_drawn_box(text: AnnotatedText, line: Line) -> bool:
    middle = (line.box.top + line.box.bottom) / 2
    return any(m.box.top <= middle <= m.box.bottom for m in drawn_boxes(text, line.page))
