"""A thread of messages: which of them is the letter? What the others say is of their own senders and days."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docscan.extraction.text.spans import Span

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_HEAD = re.compile(
    r"[>|\s*]*(?:from|to|sent|date|received|subject|cc|re)[ \t]*:|-{3,} ?(?:original|forwarded) message", _I
)
_FROM = re.compile(r"[>|\s*]*from[ \t]*:", _I)
_FEWEST = 2  # lines of a head
_OF_A_LETTER = re.compile(
    r"medical(?:ly)? necess|\bprescrib|\bdiagnos|\brecommend|\bicd\b|\b(?:my|our) care\b|\b[A-Z]\d[0-9A-Z]\.\d|"
    r"\bto treat\b|\bnpi\b|\bmy patient\b|\bletter of\b",
    _I,
)


def letter_message(text: AnnotatedText) -> Span | None:
    """Where the message that is the letter stands, with its head; None where the paper is no thread."""
    return text.once("letter message", lambda: _found(text))


def of_another_message(text: AnnotatedText, offset: int) -> bool:
    """Whether something stands in a message of the thread that is not the letter."""
    own = letter_message(text)
    return own is not None and not own.start <= offset < own.end


def _found(text: AnnotatedText) -> Span | None:
    starts: list[int] = []
    index = 0
    while index < len(text.lines):
        last = index
        while last < len(text.lines) and _HEAD.match(text.text, text.lines[last].start, text.lines[last].end):
            last += 1
        head = text.lines[index:last]
        if len(head) >= _FEWEST and any(_FROM.match(text.text, line.start, line.end) for line in head):
            starts.append(head[0].start)
        index = max(last, index + 1)
    if len(starts) < _FEWEST:
        return None
    messages = [Span(start, end) for start, end in zip(starts, [*starts[1:], len(text.text)], strict=True)]
    told = [sum(1 for _ in _OF_A_LETTER.finditer(text.text, *one)) for one in messages]
    most = max(told)
    return messages[told.index(most)] if most >= _FEWEST and told.count(most) == 1 else None
