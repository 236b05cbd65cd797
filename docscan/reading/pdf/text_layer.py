"""The text that a PDF page itself carries: its words with their boxes, through PDFium.

Says what is there; whether it can be believed, and whether a person sees it, is `trust`'s question.
"""

from __future__ import annotations

import ctypes
import math
import re
import string
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, repeat
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from docscan.document import Box
from docscan.reading.geometry import Map, Seen, quarter_turns, scaling
from docscan.reading.pdf import objects
from docscan.reading.pdf.objects import PICTURE, Address, Objects, Points, call, mapped, page_map

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

_SPELT = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
_SPELT |= {"\x02": "-", "\ufffe": "-"}  # PDFium's own marks for a hyphen at a line's end
# Joined letters that fonts like Calibri have no character for: programs give them these instead, some with the bytes of
# "t" and "i" swapped. They mean letters where they stand among letters.
_SWAPPED = {chr(ord(letter) << 8): letter for letter in string.ascii_letters}
_FT = "\u014c"
_CALIBRI = {"\u019f": "ti", "\u01a9": "tt", "\u01ab": "tti", _FT: "ft"}
_JOINED = _SWAPPED | _CALIBRI | {chr(0x100000 + ord(key)): value for key, value in _CALIBRI.items()}
_LETTER = re.compile("[A-Za-z]")
_WINGDINGS = {
    0x6E: "■", 0x6F: "☐", 0x71: "❑", 0x72: "❒", 0xA7: "▪", 0xA8: "☐", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WITHOUT_WIDTH = frozenset(
    map(chr, [0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF])
)
_HARD_SPACE = 0xA0
_WORD_GAP = 0.25  # of the letters' height: the widest gap that letters of one word may usually have
_LEAST_GAP, _MORE = 0.13, 0.6  # of the letters' height, of the usual gap: by this much wider ends a word
_BACK = 0.25  # of the letters' height: a larger step back starts another line
_FAR = 0.9  # of the letters' height: single characters farther apart are columns of a table
_BESIDE_POINT = 0.7  # of the letters' height
_TYPED_APART = 4  # single letters with typed spaces between them that make a word: "A B C" is a list
_LINE_STEP = 0.5  # of the letters' height: a larger step down or up ends a line
_LEVEL = 10  # degrees: text that is turned by less is read with the level text

_BODY = 0.2  # of the page's area


class Ink(NamedTuple):
    """How a piece of text is painted. `order`: its place in the order of painting; None where that is not known.

    `painted`: not with an invisible mode or full transparency. `light`: 0..1 of white; None where it is a pattern.
    `plain`: nothing but what else is painted there can keep it from being seen. `font`: equal for the same font.
    """

    painted: bool
    light: float | None
    order: int | None
    plain: bool = True
    font: int = 0


class Written(NamedTuple):
    """A word of the layer. `seen`: in points of the page turned upright. `box`: on the page as shown.

    `size`: height of its letters in points. `unmapped`: how many of its characters have no meaning as text.
    """

    seen: Seen
    box: Box
    size: float
    unmapped: int
    ink: Ink


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture on the page as shown; `covers`: whatever was painted before it cannot be seen through it."""

    box: Box
    order: int
    covers: bool

    @property
    def body(self) -> bool:
        """Whether it is so large that it may be the page itself."""
        return self.box.width * self.box.height >= _BODY


@dataclass(frozen=True)
class TextLayer:
    """A page's own words, in the file's order, within its visible part, and what else is painted on it.

    `turned`: degrees clockwise by which the page as shown must be turned so that most words are upright.
    """

    words: tuple[Written, ...]
    objects: Objects
    turned: int = 0

    @property
    def pictures(self) -> tuple[Placed, ...]:
        """The pictures on the page."""
        told = self.objects
        found = []
        for n in np.flatnonzero(told.kinds == PICTURE).tolist():
            box = Box.of(*told.boxes[n].tolist())
            if box.width > 0 and box.height > 0:
                found.append(Placed(box, int(told.orders[n]), bool(told.solid[n])))
        return tuple(found)


def text_layer(page: PdfPage) -> TextLayer:
    """Everything the page says as text within its visible part."""
    painted = objects.objects(page)
    textpage = page.get_textpage()
    try:
        return _layer(textpage, page, painted)
    finally:
        textpage.close()


def _layer(textpage: PdfTextPage, page: PdfPage, painted: Objects) -> TextLayer:
    to_page = page_map(page)
    width, height = page.get_size()
    rotation = page.get_rotation()
    found = _characters(textpage, rotation, level=objects.all_level(painted, to_page))
    if not len(found.texts):
        return TextLayer((), painted)
    shown = mapped(to_page, found.loose)
    twice = shown[:, :2] + shown[:, 2:]  # the middles
    inside = ((twice > 0) & (twice < 2)).all(axis=1)
    if not inside.any():
        return TextLayer((), painted)
    turns, varied = found.turns, found.turned
    by_turn = Counter(turns[inside].tolist() if varied else [int(turns[0])])
    level = Counter({turn: count for turn, count in by_turn.items() if turn % 90 == 0})
    main = (level or by_turn).most_common(1)[0][0]
    turned = -main % 360 if main % 90 == 0 else 0
    to_frame = _turning(width, height, turned)
    words: list[Written] = []
    strand = 0
    for turn in sorted(by_turn, key=lambda turn: turn != main):
        own = _turning(width, height, -turn % 360 if turn % 90 == 0 else 0)
        chosen = np.flatnonzero(inside & (turns == turn) if varied else inside)
        part = found.only(chosen)
        loose = mapped(own, shown[chosen])
        starts, strands = _words(part, loose, level=turn % 90 == 0)
        # As wide as the letters reach, as tall as they are printed: `lines` adds what a line's print lacks.
        ends = [*starts[1:], len(loose)]
        outer, boxes = _around(loose, starts), mapped(own, mapped(to_page, _printed(textpage, part, starts, ends)))
        boxes[:, ::2] = outer[:, ::2]
        back = mapped(np.linalg.inv(own).astype(np.float64), boxes)
        framed = boxes if turn == main else mapped(to_frame, back)
        sizes = (outer[:, 3] - outer[:, 1]).tolist()
        inks = _inks(_owners(textpage, part.indexes, starts), painted, back, page_frame=to_page)
        spots = np.round(back.clip(0, 1), 5).tolist()
        texts = [_text(part, start, end) for start, end in zip(starts, ends, strict=True)]
        texts = _signs(texts, inks)
        told = zip(texts, framed.tolist(), strands, map(Box._make, spots), sizes, inks, strict=True)
        words += [
            Written(Seen(text, left, top, right, bottom, None, strand + number), spot, size, strange, ink)
            for (text, strange), (left, top, right, bottom), number, spot, size, ink in told
        ]
        strand += strands[-1] + 1
    return TextLayer(tuple(words), painted, turned)


def _text(part: _Characters, start: int, end: int) -> tuple[str, int]:
    """A word's text, and how many of its characters have no meaning."""
    if not part.odd or part.odd.isdisjoint(part.texts[start:end]):
        return "".join(part.texts[start:end]), 0
    texts = list(part.texts[start:end])
    strange = part.unmapped[start:end].tolist()
    if any(map(_LETTER.fullmatch, texts)):
        for n, text in enumerate(texts):
            if text in _JOINED and not (n == 0 and text == _FT):  # a name may begin so, no English word with "ft"
                texts[n], strange[n] = _JOINED[text], 0
    return "".join(texts), sum(strange)


def _signs(texts: list[tuple[str, int]], inks: Sequence[Ink]) -> list[tuple[str, int]]:
    """The words, with boxes and ticks of Wingdings as such: the font has no meanings, only places for letters."""
    fonts = {font for font in {ink.font for ink in inks} if "wingdings" in objects.font_name(font).lower()}
    if not fonts:
        return texts
    told = []
    for (text, strange), ink in zip(texts, inks, strict=True):
        code = ord(text) - 0xF000 * (text >= "\uf000") if len(text) == 1 else 0
        sign = _WINGDINGS.get(code) if ink.font in fonts else None
        told.append((text, strange) if sign is None else (sign, 0))
    return told


# --- what PDFium says --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Characters:
    """One entry a character that is not white space; boxes in user space, (x0, y0, x1, y1)."""

    texts: Sequence[str]
    loose: Points
    turns: npt.NDArray[np.int64]
    spaced: list[int]  # what stands before it: nothing, a gap that PDFium took for a space, a space of the file
    unmapped: npt.NDArray[np.int64]
    indexes: list[int]  # PDFium's numbers of them
    odd: frozenset[str]  # those that have no meaning, or stand for others

    @property
    def turned(self) -> bool:
        """Whether some are turned otherwise than others."""
        return bool((self.turns != self.turns[0]).any())

    def only(self, chosen: npt.NDArray[np.int64]) -> _Characters:
        """These characters."""
        if len(chosen) == len(self.texts):
            return self
        picked = chosen.tolist()
        return _Characters(
            [self.texts[n] for n in picked], self.loose[chosen], self.turns[chosen],
            [self.spaced[n] for n in picked], self.unmapped[chosen], [self.indexes[n] for n in picked], self.odd,
        )  # fmt: skip


_TOGETHER, _APART, _SPACE = 0, 1, 2
_ON, _NUMBER = ctypes.c_void_p, ctypes.c_int


def _characters(textpage: PdfTextPage, rotation: int, *, level: bool) -> _Characters:
    """Every character that leaves ink; `level`: all text is known to run along the x axis."""
    handle = objects.address(textpage.raw)
    texts: Sequence[str]
    texts, spaced, indexes = _inked(_codes(textpage, handle), handle)
    count = len(texts)
    if not count:
        return _Characters([], np.zeros((0, 4)), np.zeros(0, np.int64), [], np.zeros(0, np.int64), [], frozenset())
    wide = np.zeros((count, 4), np.float32)
    loose_of = call("FPDFText_GetLooseCharBox", _ON, _NUMBER, _ON)
    here = repeat(handle)
    known = list(map(loose_of, here, indexes, objects.rows(wide)[0]))
    failed = list(map(call("FPDFText_HasUnicodeMapError", _ON, _NUMBER), here, indexes))
    loose = wide[:, [0, 3, 2, 1]].astype(np.float64)  # told as left, top, right, bottom
    empty = np.flatnonzero(_empty(loose))
    if len(empty):
        loose[empty] = _tight(textpage, [indexes[n] for n in empty.tolist()])
    turns = np.full(count, rotation % 360)
    if not level:
        angles = _angles(textpage, indexes)
        turns = turns if not angles.any() else _turns(rotation + np.degrees(angles))
    each = set(texts)
    strange = {text for text in each if _strange(text)}
    unmapped = np.array(failed) == 1 if 1 in failed else np.zeros(count, bool)
    if strange:
        unmapped |= np.array([text in strange for text in texts])
    odd = strange | (each & _JOINED.keys())
    if not _SPELT.keys().isdisjoint(each):
        texts = [_SPELT.get(text, text) for text in texts]
    odd |= {texts[n] for n in np.flatnonzero(unmapped).tolist()}
    told = _Characters(texts, loose, turns, spaced, unmapped.astype(np.int64), indexes, frozenset(odd))
    return told if all(known) else told.only(np.flatnonzero(known))


def _empty(boxes: Points) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = (boxes[:, 2] <= boxes[:, 0]) | (boxes[:, 3] <= boxes[:, 1])
    return found


def _tight(textpage: PdfTextPage, indexes: Sequence[int]) -> Points:
    """Boxes around the print of these characters."""
    found = np.zeros((len(indexes), 4))
    tight_of = call("FPDFText_GetCharBox", _ON, _NUMBER, _ON, _ON, _ON, _ON)
    list(map(tight_of, repeat(objects.address(textpage.raw)), indexes, *objects.rows(found)))
    return found[:, [0, 2, 1, 3]]  # told as left, right, bottom, top


def _printed(textpage: PdfTextPage, part: _Characters, starts: Sequence[int], ends: Sequence[int]) -> Points:
    """Boxes around the print of words, in user space; `starts` and `ends`: of each among the characters.

    PDFium puts a word's together where all of it is one piece of text: characters are asked one by one elsewhere, as
    where some leave no print that it could tell.
    """
    handle, indexes = objects.address(textpage.raw), part.indexes
    count_of = call("FPDFText_CountRects", _ON, _NUMBER, _NUMBER)
    tell = call("FPDFText_GetRect", _ON, _NUMBER, _ON, _ON, _ON, _ON)
    told = np.zeros((len(starts), 4))
    apart = []
    for n, (start, end, *sides) in enumerate(zip(starts, ends, *objects.rows(told), strict=True)):
        first, count = indexes[start], end - start
        whole = indexes[end - 1] - first == count - 1
        if not (whole and count_of(handle, first, count) == 1 and tell(handle, 0, *sides)):
            apart.append(n)
    found = told[:, [0, 3, 2, 1]]  # told as left, top, right, bottom
    for n in apart:
        own = slice(starts[n], ends[n])
        each = _tight(textpage, indexes[own])
        empty = _empty(each)
        each[empty] = part.loose[own][empty]
        found[n, :2], found[n, 2:] = each[:, :2].min(axis=0), each[:, 2:].max(axis=0)
    return found


def _inked(codes: Sequence[str], handle: Address) -> tuple[str, list[int], list[int]]:
    """The characters that leave ink, what stands before each (`_Characters.spaced`), and their numbers."""
    if not codes:
        return "", [], []
    points = np.frombuffer("".join(codes).encode("utf-32-le", "surrogatepass"), np.uint32)
    spaces, hidden = _inkless()
    near = np.minimum(points, len(spaces) - 1)
    space = spaces[near]
    inked = np.flatnonzero(~(space | hidden[near]))
    blank = np.flatnonzero(space & (points != _HARD_SPACE)).tolist()
    generated = call("FPDFText_IsGenerated", _ON, _NUMBER)
    how = np.where(space, _SPACE, _TOGETHER)
    how[[index for index in blank if generated(handle, index) == 1]] = _APART
    before = np.full(len(inked), _SPACE)
    if len(inked) > 1:  # from each character that leaves ink up to the next
        before[1:] = np.maximum.reduceat(how[: inked[-1]], inked[:-1])
    texts = points[inked].tobytes().decode("utf-32-le", "surrogatepass")
    return texts, before.tolist(), inked.tolist()


@cache
def _inkless() -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """For each character of the basic plane whether it is white space, and whether it has no width."""
    plane = list(map(chr, range(0x10000)))
    return np.array([text.isspace() for text in plane]), np.array([text in _WITHOUT_WIDTH for text in plane])


def _owners(textpage: PdfTextPage, indexes: Sequence[int], numbers: Iterable[int]) -> list[Address]:
    """The text objects that some of the characters are part of."""
    owner_of = call("FPDFText_GetTextObject", _ON, _NUMBER, result=ctypes.c_size_t)
    return list(map(owner_of, repeat(objects.address(textpage.raw)), [indexes[n] for n in numbers]))


def _angles(textpage: PdfTextPage, indexes: Sequence[int]) -> npt.NDArray[np.float64]:
    """Each character's angle: that of its text object, so the first of a run is asked."""
    written = np.array(_owners(textpage, indexes, range(len(indexes))), np.uint64)
    runs = np.concatenate(([0], np.flatnonzero(written[1:] != written[:-1]) + 1))
    angle_of = call("FPDFText_GetCharAngle", _ON, _NUMBER, result=ctypes.c_float)
    asked = [indexes[n] for n in runs.tolist()]
    found = np.array(list(map(angle_of, repeat(objects.address(textpage.raw)), asked)))
    return np.repeat(found, np.diff(runs, append=len(indexes)))


def _codes(textpage: PdfTextPage, handle: Address) -> Sequence[str]:
    """Each character's text, as many as PDFium counts."""
    count = textpage.count_chars()
    unit_of = call("FPDFText_GetText", _ON, _NUMBER, _NUMBER, _ON)
    units = np.zeros(2 * count + 1, np.uint16)
    told = unit_of(handle, 0, count, units.ctypes.data) if count else 0
    text = units[: max(0, told - 1)].tobytes().decode("utf-16-le", "replace")
    if len(text) == count and told == count + 1:
        return text
    # Control characters are left out of a page's text, and some take two of its units.
    codes = map(call("FPDFText_GetUnicode", _ON, _NUMBER, result=ctypes.c_uint), repeat(handle), range(count))
    return [chr(code) if code < 0x110000 else "\ufffd" for code in codes]


def _strange(text: str) -> bool:
    """Whether a character has no meaning as text."""
    if text <= "\u1fff":
        return text < " " and text not in _SPELT
    private = "\ue000" <= text <= "\uf8ff" or text >= "\U000f0000"
    return private or text == "\ufffd" or "\ud800" <= text <= "\udfff"


def _turns(degrees: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Degrees clockwise, as shown, by which characters are turned: whole quarters where they are nearly level."""
    turn = degrees % 360  # PDFium counts clockwise
    quarter = np.round(turn / 90) * 90
    found: npt.NDArray[np.int64] = np.where(
        np.abs(turn - quarter) < _LEVEL, quarter % 360, np.round(turn / 15) * 15
    ).astype(np.int64)
    return found


def _inks(owners: Sequence[Address], painted: Objects, boxes: Points, *, page_frame: Map) -> list[Ink]:
    """How the text objects of words are painted; `boxes` of the words, in fractions of the page as shown."""
    unknown = (-1, objects.Frame(page_frame, False))
    places = [painted.texts.get(owner, unknown) for owner in owners]
    told = objects.inks(owners, [frame for _, frame in places], boxes)
    lights = [None if math.isnan(light) else light for light in told.lights.tolist()]
    orders = [None if order < 0 else order for order, _ in places]
    return list(map(Ink, told.painted.tolist(), lights, orders, told.plain.tolist(), told.fonts))


# --- characters become words -------------------------------------------------------------------------------------


def _turning(width: float, height: float, degrees: int) -> Map:
    """From fractions of the page as shown to points of the page turned clockwise."""
    sideways = degrees % 180 == 90
    return (scaling(height, width) if sideways else scaling(width, height)) @ quarter_turns(degrees)


def _around(boxes: Points, starts: Sequence[int]) -> Points:
    """The box around each run of characters, up to the start of the next."""
    low = np.minimum.reduceat(boxes[:, :2], starts, axis=0)
    high = np.maximum.reduceat(boxes[:, 2:], starts, axis=0)
    return np.concatenate([low, high], axis=1)


def _words(found: _Characters, boxes: Points, *, level: bool) -> tuple[list[int], list[int]]:
    """Characters in the file's order become words: where each starts, and the number of its strand.

    A step to another line, or back, starts another strand.
    """
    before, after = boxes[:-1], boxes[1:]
    tall = boxes[:, 3] - boxes[:, 1]
    size = np.maximum(tall[:-1], tall[1:])
    down = np.abs(after[:, 1] + after[:, 3] - before[:, 1] - before[:, 3]) / 2
    if level:
        leaps = (down > _LINE_STEP * size) | (after[:, 0] < before[:, 0] - _BACK * size)
    else:  # letters of text that runs aslant go up or down like steps
        across = np.abs(after[:, 0] + after[:, 2] - before[:, 0] - before[:, 2]) / 2
        leaps = np.maximum(down, across) > 2 * size
    gaps = ((after[:, 0] - before[:, 2]) / np.maximum(size, 1e-6)).tolist()
    starts: list[int] = []
    strands: list[int] = []
    lines = [0, *(np.flatnonzero(leaps) + 1).tolist(), len(boxes)]
    for strand, (first, last) in enumerate(pairwise(lines)):
        spaced = found.spaced[first + 1 : last]
        if level:
            ends = _word_ends(found.texts[first:last], gaps[first : last - 1], spaced)
        else:
            ends = [how != _TOGETHER for how in spaced]
        begun = [first, *(first + 1 + n for n, ended in enumerate(ends) if ended)]
        starts += begun
        strands += [strand] * len(begun)
    return starts, strands


def _word_ends(texts: Sequence[str], gaps: Sequence[float], spaced: Sequence[int]) -> list[bool]:
    """For each gap of a line whether a word ends there: at a space of the file, or where the gap is wider than those
    between the line's letters."""
    within = [gap for gap, how in zip(gaps, spaced, strict=True) if how == _TOGETHER]
    usual = min(max(0.0, median(within)) if within else 0.0, _WORD_GAP)
    widest, apart = usual + max(_LEAST_GAP, _MORE * usual), usual + _LEAST_GAP / 2
    ends = [
        how == _SPACE or gap > widest or (how == _APART and gap > apart) for gap, how in zip(gaps, spaced, strict=True)
    ]
    if any(one and other for one, other in pairwise(ends)):  # a character stands by itself
        _join_spaced_out(texts, spaced, gaps, ends)
        _join_at_points(texts, gaps, ends)
    return ends


def _join_spaced_out(texts: Sequence[str], spaced: Sequence[int], gaps: Sequence[float], ends: list[bool]) -> None:
    """Letters set apart ("R E C E I P T") are one word: their gaps are alike, and those between words are wider."""
    start = 0
    while start < len(texts):
        end = start  # the run of single characters from start to end, both included
        while end < len(gaps) and ends[end] and gaps[end] < _FAR and (end + 1 >= len(gaps) or ends[end + 1]):
            end += 1
        if (start == 0 or ends[start - 1]) and (start >= len(gaps) or ends[start]) and end - start >= 2:
            inner = gaps[start:end]
            usual = sorted(inner)[len(inner) // 3]
            typed = any(spaced[n] == _SPACE and gaps[n] <= 1.5 * usual for n in range(start, end))
            letters = texts[start : end + 1]
            between = [gap for gap in inner if gap <= 1.5 * usual + 0.03]
            alike = max(between) - min(between) <= max(0.12, 0.5 * usual)
            enough = len(letters) >= (_TYPED_APART if typed else 3) and len(between) >= 0.6 * len(inner)
            spelt = (
                all(letter.isalpha() for letter in letters) if typed else any(letter.isalnum() for letter in letters)
            )
            if alike and enough and spelt and len(set(letters)) > 1:
                for n in range(start, end):
                    ends[n] = gaps[n] > 1.5 * usual + 0.03
        start = end + 1


def _join_at_points(texts: Sequence[str], gaps: Sequence[float], ends: list[bool]) -> None:
    """A point that stands by itself between two figures parts no words: a form prints it between a code's boxes."""
    for n in range(1, len(gaps)):
        alone = texts[n] == "." and ends[n - 1] and ends[n] and max(gaps[n - 1], gaps[n]) < _BESIDE_POINT
        if alone and texts[n - 1].isdigit() and texts[n + 1].isdigit():
            ends[n - 1] = ends[n] = False
