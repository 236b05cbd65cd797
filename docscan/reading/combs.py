"""Characters written one to a box, as forms ask for numbers and codes, are one word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from docscan.document import Box
from docscan.reading.geometry import Grey
from docscan.reading.text_layer import Written

_REACH = 2.0  # of the letters' height: the widest gap between two boxes' characters
_LEAST = 3  # characters; two figures in neighbouring cells may be two numbers
_DARK = 190  # of 255: a thin line on a small picture is grey


def joined(words: Sequence[Written], picture: Grey) -> list[Written]:
    """The words, with single characters of one line made one where an upright line stands between each two.

    For a page that is shown upright; `picture` shows it.
    """
    found: list[Written] = []
    run: list[Written] = []
    for word in words:
        if run and not (_single(word) and _next_box(run[-1], word, picture)):
            found += _one(run)
            run = []
        run.append(word)
    return found + _one(run) if run else found


def _single(word: Written) -> bool:
    return len(word.seen.text) == 1


def _next_box(before: Written, after: Written, picture: Grey) -> bool:
    gap = after.seen.left - before.seen.right
    if not _single(before) or before.seen.strand != after.seen.strand or not 0 < gap < _REACH * before.size:
        return False
    height, width = picture.shape
    tops, bottoms = (before.box.top, after.box.top), (before.box.bottom, after.box.bottom)
    between = picture[
        int(min(tops) * height) : int(np.ceil(max(bottoms) * height)),
        int(before.box.right * width) : int(np.ceil(after.box.left * width)) + 1,
    ]
    return between.size > 0 and bool((between < _DARK).all(axis=0).any())


def _one(run: Sequence[Written]) -> list[Written]:
    if len(run) < _LEAST or not any(word.seen.text.isalnum() for word in run):
        return list(run)
    first, last = run[0], run[-1]
    text = "".join(word.seen.text for word in run)
    top, bottom = min(word.seen.top for word in run), max(word.seen.bottom for word in run)
    seen = replace(first.seen, text=text, top=top, right=last.seen.right, bottom=bottom)
    unmapped = sum(word.unmapped for word in run)
    return [replace(first, seen=seen, box=Box.around(word.box for word in run), unmapped=unmapped)]
