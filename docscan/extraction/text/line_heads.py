"""Which lines are headed by a word or two that nothing closes: "Plan  enroll in ...", "TRIED ALREADY gait training"?

One such line may be prose that happens to begin so ("MRI of the knee", "Now she walks"); where most lines of a block
are headed so, they are entries, and the heads are their labels.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Line

_CAPITALS = re.compile(
    r"(?=(?:[^a-z\n]*[A-Z]){4})(?P<head>[A-Z][A-Z/&'’-]+(?: [A-Z&/][A-Z/&'’-]*){0,4})\s+(?=\d|[A-Z]?[a-z(])"
)
_USUAL = (
    "Dx Hx PMH PMHx FH FHx SH SHx HPI CC ROS PE Rx Tx Sx Tried Failed Before Past Prior Now Today Currently Plan Order "
    "Why Because Goal Goals Aim Aims Reason Lab Labs Meds Exam Family Freq Course Need Needs RTC F/U Next Duration "
    "Patient Pt Name Born DOB Date Seen Condition Problem Treatment Ask Request Each Length For From"
).split()
_WORDS = re.compile(rf"(?P<head>{'|'.join(word for usual in _USUAL for word in (usual, usual.upper()))})\s+(?=[\w(])")
_FEWEST = 3
_SHARE = 0.5


def line_heads(text: AnnotatedText) -> dict[int, str]:
    """The heads by the start of their line."""
    return text.once("line heads", lambda: _found(text))


def _found(text: AnnotatedText) -> dict[int, str]:
    heads: dict[int, str] = {}
    block: list[Line] = []
    for index, line in enumerate(text.lines):
        if index and text.text[text.lines[index - 1].end : line.start] != "\n":
            heads |= _of_block(text, block)
            block = []
        block.append(line)
    return heads | _of_block(text, block)


def _of_block(text: AnnotatedText, block: list[Line]) -> dict[int, str]:
    for shape in (_CAPITALS, _WORDS):
        found = {
            line.start: match["head"]
            for line in block
            if len(line.cells) == 1 and (match := shape.match(text.text, line.start, line.end))
        }
        if len(set(found.values())) >= _FEWEST and len(found) >= _SHARE * len(block):
            return found
    return {}
