"""Which line ends are meant? The others only wrap, and a sentence goes on over them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docscan.extraction.text.labels import LABEL_AHEAD
from docscan.extraction.text.line_heads import line_heads

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Line

_CONTINUES = frozenset(
    "and or of for the to with a an in by from on at as that which is are was be has have his her their my our this who"
    " due per every each from than not no x including until till through over during between about least".split()
)
_OPENS_ENTRY = re.compile(r"[•●▪■◦·*☐☑☒□]|[-–—]\s|\(?\d{1,2}[.)]\s|\[[ xX]?\]|\([ xX]?\)")


def meant_line_ends(text: AnnotatedText) -> frozenset[int]:
    """Offsets of single newlines that the layout shows to be meant: the next word would still have fitted."""
    meant = set()
    widest: dict[int, float] = {}
    block = 0
    for index, line in enumerate(text.lines):
        if index and text.text[text.lines[index - 1].end : line.start] != "\n":
            block = index
        widest[block] = max(widest.get(block, 0.0), line.box.right)
    right = max(widest.values(), default=1.0)
    # an address, a signature's block: nothing wraps in it
    widest = {block: right if edge < 0.6 * right else edge for block, edge in widest.items()}
    block = 0
    heads = line_heads(text)
    for index in range(1, len(text.lines)):
        before, after = text.lines[index - 1], text.lines[index]
        if text.text[before.end : after.start] != "\n":
            block = index
        elif after.start in heads or _meant(before, after, widest[block]):
            meant.add(before.end)
    return frozenset(meant)


def _meant(before: Line, after: Line, right_edge: float) -> bool:
    last, first = before.cells[-1].text, after.cells[0].text
    if _OPENS_ENTRY.match(first) or len(after.cells) > 1 or len(before.cells) > 1:
        return True
    if before.box.height > 1.3 * after.box.height and not first[:1].islower():
        return True
    last_word = last.split()[-1].lower()
    if first[0].islower() or last_word in _CONTINUES or last.endswith((",", "-", "/", "&", "(")):
        return False
    if last.endswith(":") or LABEL_AHEAD.match(first):
        return True
    next_word = after.cells[0].words[0].word.box.width
    return before.box.right + next_word + 0.04 < right_edge
