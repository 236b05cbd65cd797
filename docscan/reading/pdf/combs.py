"""Characters written one to a box, as forms ask for numbers and codes, are one word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from docscan.document import Box
from docscan.reading.pdf.text_layer import Written

_REACH = 2.0  # of the letters' height: the widest gap between two boxes' characters
_LEAST = 3  # characters; two figures in neighbouring cells may be two numbers


def joined(words: Sequence[Written], lined: Callable[[Box], bool]) -> list[Written]:
    """The words, with single characters of one line made one where an upright line stands between each two.

    For a page that is shown upright; `lined` tells whether a line runs down through a part of it.
    """
    found: list[Written] = []
    run: list[Written] = []
    for word in words:
        if run and not (_single(word) and _next_box(run[-1], word, lined)):
            found += _one(run)
            run = []
        run.append(word)
    return found + _one(run) if run else found


def _single(word: Written) -> bool:
    return len(word.seen.text) == 1


def _next_box(before: Written, after: Written, lined: Callable[[Box], bool]) -> bool:
    gap = after.seen.left - before.seen.right
    if not _single(before) or before.seen.strand != after.seen.strand or not 0 < gap < _REACH * before.size:
        return False
    top, bottom = min(before.box.top, after.box.top), max(before.box.bottom, after.box.bottom)
    return lined(Box(before.box.right, top, after.box.left, bottom))


def _one(run: Sequence[Written]) -> list[Written]:
    if len(run) < _LEAST or not any(word.seen.text.isalnum() for word in run):
        return list(run)
    first, last = run[0], run[-1]
    text = "".join(word.seen.text for word in run)
    top, bottom = min(word.seen.top for word in run), max(word.seen.bottom for word in run)
    seen = replace(first.seen, text=text, top=top, right=last.seen.right, bottom=bottom)
    unmapped = sum(word.unmapped for word in run)
    return [first._replace(seen=seen, box=Box.around(word.box for word in run), unmapped=unmapped)]
