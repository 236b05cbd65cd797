"""A picture of a page becomes words: repaired as far as it needs, read, and read again where that may have gone badly.

The first reader (Tesseract) reads the whole page. The second, which is better at letters and costs more, is then asked
about places: words that are not certain enough, sooner about figures than about others (a wrong digit is worse than a
gap), and print that lies in no word; on a page that went badly, about every line. How much of this is done is
`settings().effort`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
import numpy.typing as npt

from docscan.reading.geometry import Grey, Seen
from docscan.reading.pictures import repair
from docscan.reading.pictures.repair import Sheet
from docscan.reading.recognition import belief, fusion, mending, quality
from docscan.reading.recognition.engines import Engine, Layout, TimedOut
from docscan.reading.recognition.engines.rapid import Quad, Rapidocr

_DOUBTFUL = 0.72  # legibility below which the page may stand on its head; upright pages that are hard to read may too
_COVERED = 0.75  # share of the letters in words below which another division of the page is tried
_SURE = 1.0  # of a turn, on the engine's scale
_WEAK = 0.6  # confidence below which a word is read again by itself
_GOOD = 0.8  # share of a line that is known; less may be read better
_BETTER = 0.1  # share by which another reading of a line must know more to be taken
_SHORT = 8  # letters: codes are, and amounts
_SAME_LINE = 0.4  # of a height that words share which stand on one line; tails and margins reach into the next
_FIGURES = re.compile(r"\d.*[^\W_]|[^\W_].*\d")
_BESIDE = 0.3  # of a word's height: white between letters, narrower than that after a check box
_BESIDE_FIGURES = 0.5  # of it: a point has white around it
_LETTER = re.compile(r"[^\W_]|[()\[\]{}/$#%&@|!?+]")
_JUNK = 0.3  # confidence below which what has no letter or figure is not a word


@dataclass(frozen=True, slots=True)
class Effort:
    """When the second reader is asked. Thresholds are shares, 0..1."""

    doubted: float
    """Words of lower probability are read again."""
    figures: float
    """And words with figures of lower probability than this."""
    every_figure: float
    """All words with figures on pages where the first reader was less sure of its letters."""
    every_line: float
    """Pages of lower legibility are read again line by line."""
    unread: bool
    """Print in no word is read."""
    searched: float
    """Pages of lower legibility after all that are searched for lines."""
    checked: float
    """Words with figures of lower probability are looked at once more, each by itself."""


EFFORTS = (
    Effort(doubted=0.0, figures=0.0, every_figure=0.0, every_line=0.0, unread=False, searched=0.0, checked=0.0),
    Effort(doubted=0.8, figures=0.9, every_figure=0.0, every_line=0.7, unread=True, searched=0.7, checked=0.7),
    Effort(doubted=0.85, figures=0.95, every_figure=0.0, every_line=0.82, unread=True, searched=0.82, checked=0.9),
    Effort(doubted=0.9, figures=0.97, every_figure=0.93, every_line=0.92, unread=True, searched=0.92, checked=0.95),
    Effort(doubted=1.0, figures=1.0, every_figure=1.0, every_line=1.0, unread=True, searched=1.0, checked=1.01),
)
"""By `settings().effort`, each costlier than the one before."""


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
    engines: tuple[str, ...] = ()
    """Names of the readers that took part."""


def recognise(sheet: Sheet, engine: Engine, second: Rapidocr | None, effort: Effort, deadline: float) -> Result:
    """Read an uploaded picture. Raises `TimedOut` where nothing was read by the deadline (of `time.monotonic`).

    The cheap way first; each further attempt needs evidence that the one before went badly.
    """
    sheet = repair.levelled(repair.evened(repair.cropped(sheet)))
    best = _attempt(sheet, engine, deadline, "block")
    try:
        if best.judged.legible < _DOUBTFUL:
            best = _other_way_up(best, engine, deadline)
        if best.judged.coverage < _COVERED:
            best = _together(best, _read(best, engine, deadline, "page"))
    except TimedOut:  # what was read is better than nothing
        pass
    try:
        best = _again(best, second, effort, deadline) if second is not None else _by_the_first_alone(best)
    except TimedOut:
        best = _by_the_first_alone(best)
    words = tuple(mending.mended(best.words, best.drawn))
    judged = quality.judged(best.print, words)
    right = belief.share_right([(word.text, word.confidence or 0) for word in words], judged.coverage)
    return replace(best, words=words, judged=replace(judged, legible=right))


def _attempt(sheet: Sheet, engine: Engine, deadline: float, layout: Layout) -> Result:
    height = sheet.print.letter()[1]
    drawn, ruled = sheet.grey, None
    if height:
        ruled = repair.rulings(drawn, height)
        clean = repair.despeckled(repair.without(drawn, ruled), height)
        sheet = sheet if clean is drawn else replace(sheet, grey=clean)
    before = Result(sheet, (), quality.Judged(0.0, 0.0, ()), sheet.print, drawn, ruled, height, (engine.name,))
    return _read(before, engine, deadline, layout)


def _read(before: Result, engine: Engine, deadline: float, layout: Layout) -> Result:
    words = tuple(_mended(engine.read(before.sheet.grey, _left(deadline), layout)))
    return replace(before, words=words, judged=quality.judged(before.print, words))


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimedOut
    return left


# --- the second reader -------------------------------------------------------------------------------------------


def _again(before: Result, second: Rapidocr, effort: Effort, deadline: float) -> Result:
    """The words, read by two readers where the effort asks for it."""
    every = before.judged.legible < effort.every_line
    words, asked = _by_strands(before, replace(effort, doubted=1.0, figures=1.0) if every else effort, second, deadline)
    judged = quality.judged(before.print, words)
    if judged.legible < effort.searched:
        words, asked = _searched(before, words, second, deadline), True
        judged = quality.judged(before.print, words)
    if effort.unread and judged.unread:
        words, asked = _unread(before, words, judged.unread, second, deadline), True
    words, looked = _checked(before, words, effort.checked, second, deadline)
    engines = (*before.engines, second.name) if asked or looked else before.engines
    return replace(before, words=tuple(words), engines=engines)


def _by_the_first_alone(before: Result) -> Result:
    """The words with the probability that they have where nobody else was asked."""
    page = _page_sure(before.words)
    return replace(before, words=tuple(fusion.unasked(word, page) for word in before.words))


def _page_sure(words: Sequence[Seen]) -> float:
    return belief.mean_sure([(word.confidence or 0, len(word.text)) for word in words])


def _by_strands(before: Result, effort: Effort, second: Rapidocr, deadline: float) -> tuple[list[Seen], bool]:
    """Line by line as the first reader saw them; and whether the second was asked."""
    page = _page_sure(before.words)
    if page < effort.every_figure:
        effort = replace(effort, figures=1.0)
    kept: list[Seen] = []
    anything = False
    for _, strand in groupby(before.words, key=lambda word: word.strand):
        line = list(strand)
        asked = [_asked(word, page, effort) for word in line]
        at = 0
        for again, part in _parts(line, asked):
            anything |= again
            for piece in fusion.pieces(part) if again else [part]:
                beside = (line[at - 1] if at else None, line[at + len(piece)] if at + len(piece) < len(line) else None)
                at += len(piece)
                if again:
                    quad = fusion.quad_of(piece, *beside)
                    kept += _settled(before.drawn, piece, quad, second, page=page, deadline=deadline)
                else:
                    kept += [fusion.unasked(word, page) for word in piece]
    return kept, anything


def _checked(
    before: Result, words: Sequence[Seen], below: float, second: Rapidocr, deadline: float
) -> tuple[list[Seen], bool]:
    """The words; those with figures looked at once more, without what stands beside them, where their probability is
    lower, there is no such code or day, only longer codes begin like that, or more letters stand there than were read.
    And whether any was.

    Between other words, or beside a check box, a letter gets lost now and then, or a stroke is taken for one: a wrong
    figure is worse than a wrong word, and no other word tells.
    """
    page = _page_sure(before.words)
    found: list[Seen] = []
    looked = False
    for n, word in enumerate(words):
        doubtful = below and _FIGURES.search(word.text)
        told = belief.sound(word.text) >= 0 and not belief.is_beginning(word.text)
        if doubtful and told and (word.confidence or 0) >= below:
            doubtful = _letters_in(word, before.print) > len(_LETTER.findall(word.text))
        if not doubtful or time.monotonic() > deadline:
            found.append(word)
            continue
        looked = True
        left, right = (words[m] if 0 <= m < len(words) else None for m in (n - 1, n + 1))
        quad = fusion.quad_by_itself(word, left, right)
        line = next(iter(second.lines(before.drawn, [quad], deadline)))
        found += fusion.checked(word, fusion.letters_of(line, quad), page)
    return found, looked


def _letters_in(word: Seen, seen: repair.Print) -> int:
    """How many shapes as large as letters stand where a word is."""
    left, top, wide, tall = seen.boxes.T
    x, y = left + wide / 2, top + tall / 2
    inside = (x > word.left) & (x < word.right) & (y > word.top) & (y < word.bottom)
    return int((inside & (tall > 0.6 * word.height)).sum())


def _asked(word: Seen, page: float, effort: Effort) -> bool:
    figures = any(character.isdigit() for character in word.text)
    return (fusion.unasked(word, page).confidence or 0) < (effort.figures if figures else effort.doubted)


def _parts(line: Sequence[Seen], asked: Sequence[bool]) -> list[tuple[bool, list[Seen]]]:
    """Runs of words that are read again, short ones with their neighbours (a reader knows them by those), and runs that
    are not."""
    short = [ask and len(word.text) < _SHORT for word, ask in zip(line, asked, strict=True)]
    near = [ask or any(short[max(0, n - 1) : n + 2]) for n, ask in enumerate(asked)]
    return [
        (again, [word for word, _ in run])
        for again, run in groupby(zip(line, near, strict=True), key=lambda pair: pair[1])
    ]


def _settled(
    grey: Grey, words: Sequence[Seen], quad: Quad, second: Rapidocr, *, page: float, deadline: float
) -> list[Seen]:
    """The words of a piece of a line, as the two readers together tell them."""
    line = next(iter(second.lines(grey, [quad], deadline)))
    return [word for pair in fusion.paired(words, fusion.letters_of(line, quad)) for word in fusion.settled(pair, page)]


def _searched(before: Result, words: Sequence[Seen], second: Rapidocr, deadline: float) -> list[Seen]:
    """The words; and on lines that the second reader finds and reads better than what is known there, its own."""
    left = list(words)
    found: list[Seen] = []
    strand = 1 + max((word.strand for word in words), default=0)
    for quad in second.find(before.drawn):
        inside = [word for word in left if _within(word, quad)]
        known = _known(inside, quad)
        if known >= _GOOD:
            continue
        line = next(iter(second.lines(before.drawn, [quad], deadline)))
        own = fusion.alone(line, quad, _WEAK)
        if _known(own, quad) > known + _BETTER:
            left = [word for word in left if word not in inside and not any(_overlap(word, there) for there in own)]
            found += [replace(word, strand=strand) for word in own]
            strand += 1
    return [*left, *found]


def _known(words: Sequence[Seen], quad: Quad) -> float:
    """How much of a line is known: its words' confidence, weighed by their width, over the line's length."""
    length = max(1.0, float(quad[:, 0].max() - quad[:, 0].min()))
    return sum((word.confidence or 0) * word.width for word in words) / length


def _within(word: Seen, quad: Quad) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    if not quad[:, 0].min() <= x <= quad[:, 0].max():
        return False
    share = (x - quad[0, 0]) / max(1.0, quad[1, 0] - quad[0, 0])
    top = quad[0, 1] + share * (quad[1, 1] - quad[0, 1])
    bottom = quad[3, 1] + share * (quad[2, 1] - quad[3, 1])
    return bool(top <= y <= bottom)


def _unread(
    before: Result, words: Sequence[Seen], unread: Sequence[int], second: Rapidocr, deadline: float
) -> list[Seen]:
    """The words with what the second reader sees where print is and no word."""
    page = _page_sure(before.words)
    boxes = before.print.boxes[list(unread)]
    found, lone = _widened(before.drawn, words, boxes, second, page=page, deadline=deadline)
    strand = 1 + max((word.strand for word in words), default=0)
    for quad in fusion.rows(lone):
        line = next(iter(second.lines(before.drawn, [quad], deadline)))
        alone = fusion.alone(line, quad, margin=fusion.ROW_MARGIN)
        seen = [word for word in alone if not any(_overlap(word, there) for there in words)]
        found += [replace(word, strand=strand) for word in seen]
        strand += bool(seen)
    return found


def _widened(
    grey: Grey, words: Sequence[Seen], boxes: npt.NDArray[np.float64], second: Rapidocr, *, page: float, deadline: float
) -> tuple[list[Seen], npt.NDArray[np.float64]]:
    """The words; those with a letter beside them that is in no word, read again with it. And the letters that stand
    beside no word."""
    found: list[Seen] = []
    left = np.ones(len(boxes), dtype=bool)
    for word in words:
        wider, near = _with_letters(word, boxes[left])
        if wider is word:
            found.append(word)
            continue
        quad = fusion.quad_by_itself(wider, None, None)
        line = next(iter(second.lines(grey, [quad], deadline)))
        again = fusion.checked(wider, fusion.letters_of(line, quad), page)
        if len("".join(one.text for one in again)) > len(word.text):
            found += again
            left[np.flatnonzero(left)[near]] = False
        else:
            found.append(word)
    return found, boxes[left]


def _with_letters(word: Seen, boxes: npt.NDArray[np.float64]) -> tuple[Seen, npt.NDArray[np.bool_]]:
    """A word made as wide as it is with the letters right beside it, and which they are."""
    x1, y1, wide, tall = boxes.T
    middle = y1 + tall / 2
    level = (middle > word.top) & (middle < word.bottom) & (tall > 0.5 * word.height) & (wide < 1.2 * word.height)
    gap = (_BESIDE_FIGURES if _FIGURES.search(word.text) else _BESIDE) * word.height
    before = level & (x1 < word.left) & (x1 + wide > word.left - gap)
    after = level & (x1 + wide > word.right) & (x1 < word.right + gap)
    near = before | after
    if not near.any():
        return word, near
    left, right = min(word.left, float(x1[near].min())), max(word.right, float((x1 + wide)[near].max()))
    return replace(word, left=left, right=right), near


# --- the first reader --------------------------------------------------------------------------------------------


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
    return across > 0.15 * min(one.width, other.width) and down > _SAME_LINE * min(one.height, other.height)


def _other_way_up(before: Result, engine: Engine, deadline: float) -> Result:
    """The page turned as the engine thinks it must be, or on its head where it cannot tell."""
    told = engine.turned(before.sheet.grey, _left(deadline))
    quarter = told[0] if told is not None and told[1] >= _SURE else 180
    if quarter == 0:
        return before
    other = _attempt(repair.turned(before.sheet, quarter), engine, deadline, "block")
    return other if other.judged.legible > before.judged.legible else before


def _mended(words: Iterable[Seen]) -> Iterable[Seen]:
    """What an engine says, without what is no word, and with amounts whole that it took apart ("34. 46")."""
    kept: list[Seen] = []
    for word in words:
        if (word.confidence or 0) < _JUNK and not re.search(r"[^\W_]", word.text):
            continue
        kept.append(fusion.union([kept.pop(), word]) if kept and _one_amount(kept[-1], word) else word)
    return kept


def _one_amount(before: Seen, after: Seen) -> bool:
    if before.strand != after.strand or not re.fullmatch(r"[$(-]*\d[\d,]*\.", before.text):
        return False
    return re.fullmatch(r"\d\d[)-]?", after.text) is not None and after.left - before.right < after.height
