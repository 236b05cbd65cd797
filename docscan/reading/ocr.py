"""A picture of a page becomes words: repaired as far as it needs, read, and read again where that went badly."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import cast

import cv2
from cv2.typing import MatLike

from docscan.reading import quality, repair
from docscan.reading.engines import Engine, Layout, TimedOut
from docscan.reading.geometry import Grey, Seen
from docscan.reading.repair import Sheet

_DOUBTFUL = 0.72  # legibility below which the page may stand on its head; upright pages that are hard to read may too
_FAIR = 0.86  # legibility below which the picture is read again, made a little smaller, and softer
_COVERED = 0.75  # share of the letters in words below which another division of the page is tried
_AGAIN = ((0.75, 0.0), (1.0, 1.2))  # scale, and pixels of blur: rough print and JPEG grain vanish, other errors appear
_SURE = 1.0  # of a turn, on the engine's scale
_WEAK = 0.6  # confidence below which a word is read again by itself
_JUNK = 0.3  # confidence below which what has no letter or figure is not a word


@dataclass(frozen=True)
class Result:
    """What was read: words in the sheet's pixels, and how far they can be trusted."""

    sheet: Sheet
    words: tuple[Seen, ...]
    judged: quality.Judged
    print: repair.Print
    drawn: Grey
    """The sheet with its ruling lines, specks and boxes still on it."""
    rulings: repair.Rulings | None
    height: float
    """Of a small letter, in pixels; 0 where there is too little print to tell."""


def recognise(sheet: Sheet, engine: Engine, deadline: float) -> Result:
    """Read an uploaded picture. Raises `TimedOut` where nothing was read by the deadline (of `time.monotonic`).

    The cheap way first; each further attempt needs evidence that the one before went badly, and the better one stays.
    """
    sheet = repair.levelled(repair.evened(repair.cropped(sheet)))
    best = _attempt(sheet, engine, deadline, "block")
    try:
        if best.judged.legible < _DOUBTFUL:
            best = _other_way_up(best, engine, deadline)
        for scale, soft in _AGAIN:
            if best.judged.legible < _FAIR:
                best = _word_by_word(best, _seen_otherwise(best, scale, soft, engine, deadline))
        if best.judged.coverage < _COVERED:
            best = _together(best, _read(best, engine, deadline, "page"))
    except TimedOut:  # what was read is better than nothing
        pass
    return best


def _attempt(sheet: Sheet, engine: Engine, deadline: float, layout: Layout) -> Result:
    height = repair.print_on(sheet.grey).letter()[1]
    drawn, ruled = sheet.grey, None
    if height:
        ruled = repair.rulings(sheet.grey, height)
        sheet = replace(sheet, grey=repair.despeckled(repair.without(sheet.grey, ruled), height))
    seen = repair.print_on(sheet.grey)
    before = Result(sheet, (), quality.Judged(0.0, 0.0, ()), seen, drawn, ruled, height)
    return _read(before, engine, deadline, layout)


def _read(before: Result, engine: Engine, deadline: float, layout: Layout) -> Result:
    words = tuple(_mended(engine.read(before.sheet.grey, _left(deadline), layout)))
    return replace(before, words=words, judged=quality.judged(before.print, words))


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimedOut
    return left


def _better(one: Result, other: Result) -> Result:
    return other if other.judged.legible > one.judged.legible else one


def _seen_otherwise(before: Result, scale: float, soft: float, engine: Engine, deadline: float) -> Result:
    """The same sheet read from a smaller or softer picture; words in the sheet's own pixels."""
    grey: MatLike = before.sheet.grey
    if scale != 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if soft:
        grey = cv2.GaussianBlur(grey, (0, 0), soft)
    words = tuple(
        replace(w, left=w.left / scale, top=w.top / scale, right=w.right / scale, bottom=w.bottom / scale)
        for w in _mended(engine.read(cast(Grey, grey), _left(deadline), "block"))
    )
    return replace(before, words=words, judged=quality.judged(before.print, words))


def _word_by_word(one: Result, other: Result) -> Result:
    """Of each word the reading that is surer of it; words that only one saw are kept where it is sure."""
    kept: list[Seen] = []
    taken: set[int] = set()
    for word in one.words:
        over = [n for n, there in enumerate(other.words) if _overlap(word, there)]
        taken.update(over)
        there = other.words[over[0]] if len(over) == 1 else None
        if (
            there is not None
            and abs(there.left - word.left) < 0.5 * word.height
            and abs(there.right - word.right) < 0.5 * word.height
            and (there.confidence or 0) > (word.confidence or 0)
        ):
            word = replace(word, text=there.text, confidence=there.confidence)  # noqa: PLW2901
        kept.append(word)
    strand = 1 + max((word.strand for word in one.words), default=0)
    kept += [
        replace(word, strand=word.strand + strand)
        for n, word in enumerate(other.words)
        if n not in taken and (word.confidence or 0) >= _WEAK
    ]
    return replace(one, words=tuple(kept), judged=quality.judged(one.print, kept))


def _together(one: Result, other: Result) -> Result:
    """The better of two readings of one picture, and what only the other one saw."""
    better, worse = (other, one) if other.judged.legible > one.judged.legible else (one, other)
    strand = 1 + max((word.strand for word in better.words), default=0)
    added = [
        replace(word, strand=word.strand + strand)
        for word in worse.words
        if (word.confidence or 0) >= _WEAK and not any(_overlap(word, there) for there in better.words)
    ]
    words = (*better.words, *added)
    return replace(better, words=words, judged=quality.judged(better.print, words))


def _overlap(one: Seen, other: Seen) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 0.15 * min(one.width, other.width) and down > 0.15 * min(one.height, other.height)


def _other_way_up(before: Result, engine: Engine, deadline: float) -> Result:
    """The page turned as the engine thinks it must be, or on its head where it cannot tell."""
    told = engine.turned(before.sheet.grey, _left(deadline))
    quarter = told[0] if told is not None and told[1] >= _SURE else 180
    if quarter == 0:
        return before
    return _better(before, _attempt(repair.turned(before.sheet, quarter), engine, deadline, "block"))


def _mended(words: Iterable[Seen]) -> Iterable[Seen]:
    """What an engine says, without what is no word, and with amounts whole that it took apart ("34. 46")."""
    kept: list[Seen] = []
    for word in words:
        if (word.confidence or 0) < _JUNK and not re.search(r"[^\W_]", word.text):
            continue
        here = replace(word, text="I") if word.text == "|" else word  # ruling lines are gone: it is the letter
        if kept and _one_amount(kept[-1], here):
            last = kept.pop()
            here = Seen(last.text + here.text, last.left, min(last.top, here.top), here.right,
                        max(last.bottom, here.bottom), min(last.confidence or 0, here.confidence or 0),
                        last.strand)  # fmt: skip
        kept.append(here)
    return kept


def _one_amount(before: Seen, after: Seen) -> bool:
    if before.strand != after.strand or not re.fullmatch(r"[$(-]*\d[\d,]*\.", before.text):
        return False
    return re.fullmatch(r"\d\d[)-]?", after.text) is not None and after.left - before.right < after.height
