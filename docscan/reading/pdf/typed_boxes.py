"""Check boxes of a digital page that are characters: ☐ and ☒ of a font, or brackets with a cross or nothing in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docscan.reading.geometry import Seen
from docscan.reading.marks.check_boxes import Square

_EMPTY, _TICKED = "☐□❏❐❑❒◻▢⬜", "☑☒🗹🗷"
_MAYBE = "✓✔✗✘■◼⬛"  # bullets of a list, unless empty boxes stand on the page too
_OPEN, _SHUT = "[(", "])"
_WHOLE = re.compile(r"(?P<open>[\[(])(?P<inside>[xX✓✔✗✘•*]|_*)[\])]")
_CROSS = re.compile(r"[xX✓✔✗✘•*]")
_WIDEST = 2.5  # of a word's height: between two brackets


def boxes(words: Sequence[Seen]) -> tuple[list[Square], list[Seen]]:
    """The boxes, and the page's words without them. Words of a strand are in order."""
    found: list[tuple[Square, str]] = []
    rest: list[Seen] = []
    empty = any(word.text[0] in _EMPTY for word in words)
    n = 0
    while n < len(words):
        word = words[n]
        sign = word.text[0]
        if sign in _EMPTY or sign in _TICKED or (empty and sign in _MAYBE):
            right = min(word.right, word.left + 1.2 * word.height) if len(word.text) > 1 else word.right
            square = Square(word.left, word.top, right, word.bottom, "empty" if sign in _EMPTY else "ticked")
            found.append((square, sign))
            if len(word.text) > 1:
                rest.append(Seen(word.text[1:], right, word.top, word.right, word.bottom, None, word.strand))
            n += 1
        elif run := next(_brackets(words[n : n + 3]), None):
            square, count = run
            found.append((square, sign))
            n += count
        else:
            rest.append(word)
            n += 1
    # Round brackets hold other things too; choices come in company.
    lone = sum(sign == "(" for _, sign in found) < 2
    if lone and any(sign == "(" for _, sign in found):
        return [square for square, sign in found if sign != "("], list(words)
    return [square for square, _ in found], rest


def _brackets(words: Sequence[Seen]) -> Iterator[tuple[Square, int]]:
    """The box that starts with the first of these words, and how many of them it takes."""
    first = words[0]
    if first.text[0] not in _OPEN:
        return
    if whole := _WHOLE.fullmatch(first.text):
        crossed = bool(_CROSS.fullmatch(whole["inside"]))
        yield Square(first.left, first.top, first.right, first.bottom, "ticked" if crossed else "empty"), 1
        return
    if len(first.text) > 1:
        return
    shut = _SHUT[_OPEN.index(first.text)]
    for count, last in enumerate(words[1:], start=2):
        if last.strand != first.strand or last.left - first.right > _WIDEST * first.height:
            return
        if last.text == shut:
            yield Square(first.left, first.top, last.right, last.bottom, "empty" if count == 2 else "ticked"), count
            return
        if not _CROSS.fullmatch(last.text):
            return
