"""What a table of questions answers: a mark in its column "Yes" or in its column "No"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from docscan.document import Page
    from docscan.extraction.text.annotated import AnnotatedText

_YES = re.compile(r"(?:y|yes|s[ií])\W*", re.IGNORECASE)
_NO = re.compile(r"(?:n|no)\W*", re.IGNORECASE)
_MARK = re.compile(r"[\[(][ ]?[xX✓✔*][ ]?[\])]|[☒☑✓✔]|(?<![\w.])[xX](?!\w)")
_ROWS = 16  # below such a head


class _Head(NamedTuple):
    line: int
    page: Page
    yes: float  # the middle of its column, of the page's width
    no: float


def answered(text: AnnotatedText, start: int) -> bool | None:
    """Whether the row of an offset is marked in the column "Yes"; None where no such columns stand over it, or where
    the row is marked in neither or in both."""
    index = text.line_index(start)
    line = text.lines[index]
    heads = text.once("columns of answers", lambda: list(_heads(text)))
    head = next((h for h in reversed(heads) if h.line < index <= h.line + _ROWS and h.page is line.page), None)
    if head is None:
        return None
    boxes = (text.box_of(*mark.span()) for mark in _MARK.finditer(text.text, line.start, line.end))
    middles = [(box.left + box.right) / 2 for box in boxes if box is not None]
    said = {abs(middle - head.yes) < abs(middle - head.no) for middle in middles}
    near = all(min(abs(m - head.yes), abs(m - head.no)) < abs(head.yes - head.no) / 2 for m in middles)
    return said.pop() if len(said) == 1 and near else None


def _heads(text: AnnotatedText) -> list[_Head]:
    found = []
    for index, line in enumerate(text.lines):
        yes = [cell for cell in line.cells if _YES.fullmatch(cell.text)]
        no = [cell for cell in line.cells if _NO.fullmatch(cell.text)]
        if len(yes) == len(no) == 1 and len(line.cells) <= len(("question", "yes", "no", "remarks")):
            middles = ((cell.box.left + cell.box.right) / 2 for cell in (*yes, *no))
            found.append(_Head(index, line.page, *middles))
    return found
