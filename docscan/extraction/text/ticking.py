"""Whether a form's entry is ticked: what stands beside an empty box is printed there, but nobody said it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docscan.extraction.text.answer_columns import answered

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.check_boxes import CheckBox

_BLANK = re.compile(r"(?:^|[\s|])(?P<blank>_{1,5}\s?(?P<tick>[xX✓✔*])?\s?_{0,5})\s{0,3}\(?$")


def is_left_blank(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether the box of an entry is empty: a drawn or typed box, or "___" where others have "_x_"."""
    if answered(text, start) is not None:
        return False
    behind = _box_behind(text, start, end)
    if behind is not None:
        return not behind
    state = text.box_state(start)
    if state is None:
        state = _box_touching(text, start, end)
    return not state if state is not None else _written_blank(text, start)


def _box_touching(text: AnnotatedText, start: int, end: int) -> bool | None:
    """The state of a drawn box that the reading took into the word's own box, or that stands right before it."""
    own = text.box_of(start, end)
    if own is None:
        return None
    page = text.lines[text.line_index(start)].page
    near = [
        box
        for box in text.check_boxes
        if box.mark is not None
        and box.page is page
        and _on(box, own.top, own.bottom)
        and box.box.left <= own.left + 0.3 * own.width
        and own.left - box.box.right < box.box.width
    ]
    return max(near, key=lambda box: box.box.left).ticked if near else None


def _box_behind(text: AnnotatedText, start: int, end: int) -> bool | None:
    """The state of the box behind an entry, on lines that begin with words and end with a box."""
    line = text.lines[text.line_index(start)]
    boxes = sorted(
        (b for b in text.check_boxes if b.page is line.page and _on(b, line.box.top, line.box.bottom)),
        key=lambda b: b.box.left,
    )
    own = text.box_of(start, end)
    if not boxes or own is None:
        return None
    words = [cell.words for cell in line.cells]
    first, last = words[0][0].word.box, words[-1][-1].word.box
    if boxes[0].box.left <= first.left + 0.5 * first.width or boxes[-1].box.right < last.right - 0.5 * last.width:
        return None
    following = [b for b in boxes if b.box.left >= own.right]
    return following[0].ticked if following else None


def _on(box: CheckBox, top: float, bottom: float) -> bool:
    return top <= (box.box.top + box.box.bottom) / 2 <= bottom


def _written_blank(text: AnnotatedText, start: int) -> bool:
    line = text.lines[text.line_index(start)]
    match = _BLANK.search(text.text[line.start : start])
    if match is None or match["tick"]:
        return False
    return text.once("ticked blanks", lambda: re.search(r"_[xX✓✔*]_", text.text) is not None)
