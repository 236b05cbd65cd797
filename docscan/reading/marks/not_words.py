"""Words that are none: a box, a tick or a signature that OCR took for letters. What may be print always stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from docscan.reading.geometry import Seen
from docscan.reading.marks.check_boxes import Square
from docscan.reading.marks.ink import Scrawl

_SURE = 0.6  # confidence from which a word is believed
_AS_TALL = 1.4  # times the page's letters: print that a pen crossed is not taller
_SPELLED = re.compile(r"\W?(?:[A-Z]?[a-z]{3,}|[A-Z]{4,}|[\d/.-]{5,})\W?")  # what is no scrawl, though it was read badly
_READ, _A_WORD = 0.85, re.compile(r"[A-Z][a-z]{2,}\W?")  # read surely, and spelled as words are
_FROM_A_BOX = 3  # signs at the beginning of a word that may be its box
_BOX_LETTERS = frozenset("O0oQCDJLUXxVvZ7I1l_")
_BEGINS = re.compile(r"[A-Z(]?[a-z]{2}|[A-Z]{3}|No\b")


def without(words: Sequence[Seen], boxes: Sequence[Square], signed: Iterable[Scrawl]) -> list[Seen]:
    """The words without what is in check boxes and in signatures; a box at a word's beginning is taken off it."""
    by_hand = {id(word) for scrawl in signed for word in _read_into(scrawl, words)}
    kept = []
    for word in words:
        if id(word) in by_hand:
            continue
        box = next((box for box in boxes if word.confidence is not None and _touches(box, word)), None)
        left = word if box is None else _beside(box, word)
        if left is not None:
            kept.append(left)
    return kept


def _touches(box: Square, word: Seen) -> bool:
    middle = (box.top + box.bottom) / 2
    x = (word.left + word.right) / 2
    within = box.left - 0.25 * box.side < x < box.right + 0.25 * box.side
    begins = word.left < box.right - 0.3 * box.side and word.left > box.left - box.side and word.right > box.right
    return word.top - 0.3 * box.side < middle < word.bottom + 0.3 * box.side and (within or begins)


def _beside(box: Square, word: Seen) -> Seen | None:
    """What is left of a word that a box is part of; None where it is nothing but the box."""
    if sum(c.isalpha() for c in word.text) >= 3 and box.right < word.right:
        most = max(1, round((box.right - word.left) / word.width * len(word.text)))
        end = next((n for n in range(min(most, _FROM_A_BOX), 0, -1) if _is_box(word.text[:n])), 0)
        if _A_WORD.fullmatch(word.text) and (word.confidence or 0) >= _READ:  # "Check", whose place takes in its box
            end = 0
        if end and _BEGINS.match(word.text, end):
            return replace(word, text=word.text[end:], left=max(word.left, box.right))
    inside = box.left - 0.25 * box.side < word.left and word.right < box.right + 0.4 * box.side
    return None if inside and sum(c.isalnum() for c in word.text) <= 3 else word


def _is_box(text: str) -> bool:
    return all(not c.isalnum() or c in _BOX_LETTERS for c in text)


def _read_into(scrawl: Scrawl, words: Sequence[Seen]) -> list[Seen]:
    typical = float(np.median([word.height for word in words])) if words else 0.0
    found = []
    for word in words:
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        if word.confidence is None or word.confidence >= _SURE:
            continue
        if not (scrawl.left <= x <= scrawl.right and scrawl.top <= y <= scrawl.bottom):
            continue
        if (_SPELLED.fullmatch(word.text) and word.height < _AS_TALL * typical) or _in_a_line(word, words):
            continue
        found.append(word)
    return found


def _in_a_line(word: Seen, words: Sequence[Seen]) -> bool:
    """Whether a word that was surely read stands right beside it: then this may be print that the pen crossed."""
    y = (word.top + word.bottom) / 2
    return any(
        other is not word
        and (other.confidence is None or other.confidence >= _SURE)
        and sum(c.isalpha() for c in other.text) >= 2
        and other.top < y < other.bottom
        and abs(other.height - word.height) < 0.5 * other.height
        and max(other.left - word.right, word.left - other.right) < 0.8 * other.height
        for other in words
    )
