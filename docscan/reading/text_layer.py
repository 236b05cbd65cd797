"""The text that a PDF page itself carries: its words with their boxes, through PDFium.

Says what is there; whether it can be believed, and whether a person sees it, is `trust`'s question.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from docscan.document import Box
from docscan.reading import geometry
from docscan.reading.geometry import Map, Seen, quarter_turns, scaling, shift

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_HYPHEN_AT_LINE_END = 0x02  # PDFium's own mark
_WITHOUT_WIDTH = frozenset([0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF])
_WORD_GAP = 0.25  # of the letters' height: the widest gap that letters of one word may usually have
_LEAST_GAP, _MORE = 0.13, 0.6  # of the letters' height, of the usual gap: by this much wider ends a word
_BACK = 0.25  # of the letters' height: a larger step back starts another line
_FAR = 0.9  # of the letters' height: single characters farther apart are columns of a table
_BESIDE_POINT = 0.7  # of the letters' height
_TYPED_APART = 4  # single letters with typed spaces between them that make a word: "A B C" is a list
_LINE_STEP = 0.5  # of the letters' height: a larger step down or up ends a line
_PAINTED = frozenset([-1, 0, 1, 2, 4, 5, 6])  # text rendering modes, ISO 32000-1 table 106; 3 and 7 leave no trace
_LEVEL = 10  # degrees: text that is turned by less is read with the level text

_BODY = 0.2  # of the page's area
_DEEPEST = 5  # forms within forms

Points: TypeAlias = npt.NDArray[np.float64]
_Sides: TypeAlias = tuple[float, float, float, float]


class Ink(NamedTuple):
    """How a piece of text is painted. `order`: its place in the order of painting; None where that is not known.

    `painted`: not with an invisible mode or full transparency. `light`: 0..1 of white; None where it is a pattern.
    """

    painted: bool
    light: float | None
    order: int | None


@dataclass(frozen=True, slots=True)
class Written:
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
    """A page's own words, in the file's order, within its visible part, and the pictures among them.

    `turned`: degrees clockwise by which the page as shown must be turned so that most words are upright.
    """

    words: tuple[Written, ...] = ()
    pictures: tuple[Placed, ...] = ()
    turned: int = 0


def page_map(page: PdfPage) -> Map:
    """From PDF user space (origin bottom left) to fractions of the page as shown, with CropBox and /Rotate applied."""
    left, bottom, right, top = page.get_bbox()
    upright = scaling(1 / (right - left), -1 / (top - bottom)) @ shift(-left, -top)
    return quarter_turns(page.get_rotation()) @ upright


def text_layer(page: PdfPage) -> TextLayer:
    """Everything the page says as text within its visible part."""
    to_page = page_map(page)
    width, height = page.get_size()
    pictures, orders = _pictures(page, to_page)
    textpage = page.get_textpage()
    try:
        found = _characters(textpage, page.get_rotation())
    finally:
        textpage.close()
    if not found.texts:
        return TextLayer((), pictures)
    shown = _mapped(to_page, found.loose)
    middles = (shown[:, :2] + shown[:, 2:]) / 2
    inside = np.all((middles > 0) & (middles < 1), axis=1)
    if not inside.any():
        return TextLayer((), pictures)
    by_turn = Counter(turn for turn, is_in in zip(found.turns, inside.tolist(), strict=True) if is_in)
    level = Counter({turn: count for turn, count in by_turn.items() if turn % 90 == 0})
    main = (level or by_turn).most_common(1)[0][0]
    turned = -main % 360 if main % 90 == 0 else 0
    tight = _mapped(to_page, found.tight)
    to_frame = _turning(width, height, turned)
    words: list[Written] = []
    strand = 0
    for turn in sorted(by_turn, key=lambda turn: turn != main):
        own = _turning(width, height, -turn % 360 if turn % 90 == 0 else 0)
        chosen = [n for n in np.flatnonzero(inside).tolist() if found.turns[n] == turn]
        loose = _mapped(own, shown)
        runs = list(_runs(found, loose, chosen, strand, level=turn % 90 == 0))
        # As wide as the letters reach, as tall as they are printed: `lines` adds what a line's print lacks.
        outer, boxes = _around(loose, runs), _around(_mapped(own, tight), runs)
        boxes[:, ::2] = outer[:, ::2]
        back = _mapped(np.linalg.inv(own).astype(np.float64), boxes)
        framed = boxes if turn == main else _mapped(to_frame, back)
        sizes = (outer[:, 3] - outer[:, 1]).tolist()
        inks = _inks((found.owners[run[0]] for run, _ in runs), orders)
        places = zip(framed.tolist(), back.tolist(), sizes, inks, strict=True)
        for (run, number), ((left, top, right, bottom), spot, size, ink) in zip(runs, places, strict=True):
            seen = Seen("".join([found.texts[n] for n in run]), left, top, right, bottom, None, number)
            unmapped = sum([found.unmapped[n] for n in run])
            words.append(Written(seen, Box.of(*spot), size, unmapped, ink))
        strand = runs[-1][1] + 1 if runs else strand
    return TextLayer(tuple(words), pictures, turned)


# --- what PDFium says --------------------------------------------------------------------------------------------


@dataclass
class _Characters:
    """Parallel lists, one entry a character that is not white space; boxes in user space, (x0, y0, x1, y1)."""

    texts: list[str]
    loose: Points
    tight: Points
    turns: list[int]
    spaced: list[int]  # what stands before it: nothing, a gap that PDFium took for a space, a space of the file
    unmapped: list[bool]
    owners: list[Any]  # the text objects that they are part of


_TOGETHER, _APART, _SPACE = 0, 1, 2


def _characters(textpage: PdfTextPage, rotation: int) -> _Characters:
    """Every character. Calls PDFium directly, and as seldom as can be: a page has thousands."""
    from pypdfium2 import raw

    handle = textpage.raw
    outer, (x0, x1, y0, y1) = raw.FS_RECTF(), [ctypes.c_double() for _ in range(4)]
    outer_at, inner_at = ctypes.byref(outer), [ctypes.byref(side) for side in (x0, x1, y0, y1)]
    unicode_of, loose_of, tight_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharBox
    object_of, failed, angle_of = raw.FPDFText_GetTextObject, raw.FPDFText_HasUnicodeMapError, raw.FPDFText_GetCharAngle
    found: list[tuple[str, _Sides, _Sides, int, int, bool, Any]] = []
    before = _SPACE
    for index in range(textpage.count_chars()):
        code = unicode_of(handle, index)
        text = chr(code) if code < 0x110000 else "\ufffd"
        if text.isspace():
            generated = code != 0xA0 and raw.FPDFText_IsGenerated(handle, index) == 1
            before = max(before, _APART if generated else _SPACE)
            continue
        if code in _WITHOUT_WIDTH or not tight_of(handle, index, *inner_at):
            continue
        tight = (x0.value, y0.value, x1.value, y1.value)
        loose = tight
        if loose_of(handle, index, outer_at) and outer.top > outer.bottom and outer.right > outer.left:
            loose = (outer.left, outer.bottom, outer.right, outer.top)
        if tight[2] <= tight[0] or tight[3] <= tight[1]:
            tight = loose
        angle = angle_of(handle, index)
        turn = rotation if angle == 0 else _turn(rotation + math.degrees(angle))  # PDFium counts clockwise
        strange = (code < 32 and code != _HYPHEN_AT_LINE_END) or code == 0xFFFD or 0xE000 <= code <= 0xF8FF
        strange = strange or failed(handle, index) == 1
        text = "-" if code == _HYPHEN_AT_LINE_END else _LIGATURES.get(code, text)
        found.append((text, loose, tight, turn, before, strange, object_of(handle, index)))
        before = _TOGETHER
    if not found:
        return _Characters([], np.zeros((0, 4)), np.zeros((0, 4)), [], [], [], [])
    texts, looses, tights, turns, spaced, unmapped, owners = (list(part) for part in zip(*found, strict=True))
    return _Characters(texts, np.array(looses), np.array(tights), turns, spaced, unmapped, owners)


def _turn(degrees: float) -> int:
    """Degrees clockwise, as shown, by which a character is turned: whole quarters where it is nearly level."""
    turn = degrees % 360
    quarter = round(turn / 90) * 90
    return quarter % 360 if abs(turn - quarter) < _LEVEL else round(turn / 15) * 15


def _address(owner: Any) -> int:
    return ctypes.addressof(owner.contents) if owner else 0


def _inks(owners: Iterable[Any], orders: dict[int, int]) -> list[Ink]:
    """How text objects are painted."""
    from pypdfium2 import raw

    channels = [ctypes.c_uint() for _ in range(4)]
    places = [ctypes.byref(channel) for channel in channels]
    inks = []
    for owner in owners:
        order = orders.get(_address(owner)) if orders else None
        if not owner:
            inks.append(Ink(True, None, order))
            continue
        mode = raw.FPDFTextObj_GetTextRenderMode(owner)
        colour_of = raw.FPDFPageObj_GetStrokeColor if mode in (1, 5) else raw.FPDFPageObj_GetFillColor
        if colour_of(owner, *places):
            red, green, blue, alpha = (channel.value for channel in channels)
            light = (0.299 * red + 0.587 * green + 0.114 * blue) / 255
            inks.append(Ink(mode in _PAINTED and alpha > 12, light, order))
        else:
            inks.append(Ink(mode in _PAINTED, None, order))
    return inks


def _pictures(page: PdfPage, to_page: Map) -> tuple[tuple[Placed, ...], dict[int, int]]:
    """The page's pictures and, where one may be the page itself, its text objects' order of painting, by address."""
    from pypdfium2 import raw

    placed: list[Placed] = []
    texts: list[tuple[Any, int]] = []
    matrix = raw.FS_MATRIX()
    type_of, is_text = raw.FPDFPageObj_GetType, raw.FPDF_PAGEOBJ_TEXT
    seen = 0

    def walk(count: int, take: Callable[[int], Any], to_user: Map, depth: int) -> None:
        nonlocal seen
        for index in range(count):
            thing = take(index)
            kind = type_of(thing)
            seen += 1
            if kind == is_text:
                texts.append((thing, seen))
            elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM) and raw.FPDFPageObj_GetMatrix(thing, matrix):
                own = to_user @ np.array([[matrix.a, matrix.c, matrix.e], [matrix.b, matrix.d, matrix.f], [0, 0, 1.0]])
                if kind == raw.FPDF_PAGEOBJ_FORM:
                    if depth < _DEEPEST:
                        inner = partial(raw.FPDFFormObj_GetObject, thing)
                        walk(raw.FPDFFormObj_CountObjects(thing), inner, own, depth + 1)
                    continue
                box = Box.of(*geometry.rectangle(to_page @ own, 0, 0, 1, 1))
                if box.width > 0 and box.height > 0:
                    placed.append(Placed(box, seen, not raw.FPDFPageObj_HasTransparency(thing)))

    walk(raw.FPDFPage_CountObjects(page.raw), partial(raw.FPDFPage_GetObject, page.raw), np.eye(3), 0)
    return tuple(placed), {_address(thing): order for thing, order in texts} if any(p.body for p in placed) else {}


# --- characters become words -------------------------------------------------------------------------------------


def _mapped(to: Map, boxes: Points) -> Points:
    """Boxes through a map made of quarter turns, scalings and shifts: two corners say all."""
    ends = np.empty_like(boxes)
    for first in (0, 2):
        x, y = boxes[:, first], boxes[:, first + 1]
        ends[:, first] = to[0, 0] * x + to[0, 1] * y + to[0, 2]
        ends[:, first + 1] = to[1, 0] * x + to[1, 1] * y + to[1, 2]
    return np.concatenate([np.minimum(ends[:, :2], ends[:, 2:]), np.maximum(ends[:, :2], ends[:, 2:])], axis=1)


def _turning(width: float, height: float, degrees: int) -> Map:
    """From fractions of the page as shown to points of the page turned clockwise."""
    sideways = degrees % 180 == 90
    return (scaling(height, width) if sideways else scaling(width, height)) @ quarter_turns(degrees)


def _around(boxes: Points, runs: Sequence[tuple[Sequence[int], int]]) -> Points:
    """The box around each run of characters."""
    order = [n for run, _ in runs for n in run]
    starts = np.cumsum([0, *(len(run) for run, _ in runs[:-1])])
    low = np.minimum.reduceat(boxes[order, :2], starts, axis=0)
    high = np.maximum.reduceat(boxes[order, 2:], starts, axis=0)
    return np.concatenate([low, high], axis=1)


def _runs(
    found: _Characters, boxes: Points, chosen: Sequence[int], strand: int, *, level: bool
) -> Iterator[tuple[list[int], int]]:
    """Characters in the file's order become words; a step to another line, or back, starts another strand."""
    sides = boxes.tolist()
    line: list[int] = []
    for index in chosen:
        if line:
            left, top, right, bottom = sides[index]
            last_left, last_top, last_right, last_bottom = sides[line[-1]]
            size = max(bottom - top, last_bottom - last_top)
            down = abs((top + bottom) - (last_top + last_bottom)) / 2
            if level:
                leap = down > _LINE_STEP * size or left < last_left - _BACK * size
            else:  # letters of text that runs aslant go up or down like steps
                leap = max(down, abs((left + right) - (last_left + last_right)) / 2) > 2 * size
            if leap:
                yield from ((run, strand) for run in _line_words(found, sides, line, level=level))
                strand += 1
                line = []
        line.append(index)
    if line:
        yield from ((run, strand) for run in _line_words(found, sides, line, level=level))


def _line_words(
    found: _Characters, sides: Sequence[Sequence[float]], line: list[int], *, level: bool
) -> list[list[int]]:
    """Where words end: at a space of the file, or where a gap is wider than those between the line's letters."""
    pairs = list(pairwise(line))
    if not level:
        return _split(line, [found.spaced[after] != _TOGETHER for _, after in pairs])
    gaps = [
        (sides[b][0] - sides[a][2]) / max(sides[a][3] - sides[a][1], sides[b][3] - sides[b][1], 1e-6) for a, b in pairs
    ]
    within = [gap for gap, (_, after) in zip(gaps, pairs, strict=True) if found.spaced[after] == _TOGETHER]
    usual = min(max(0.0, median(within)) if within else 0.0, _WORD_GAP)
    widest = usual + max(_LEAST_GAP, _MORE * usual)
    ends = [
        found.spaced[after] == _SPACE
        or gap > widest
        or (found.spaced[after] == _APART and gap > usual + _LEAST_GAP / 2)
        for gap, (_, after) in zip(gaps, pairs, strict=True)
    ]
    _join_spaced_out(found, line, gaps, ends)
    _join_at_points(found, line, gaps, ends)
    return _split(line, ends)


def _split(line: Sequence[int], ends: Sequence[bool]) -> list[list[int]]:
    words = [[line[0]]]
    for index, ended in zip(line[1:], ends, strict=True):
        if ended:
            words.append([])
        words[-1].append(index)
    return words


def _join_spaced_out(found: _Characters, line: Sequence[int], gaps: Sequence[float], ends: list[bool]) -> None:
    """Letters set apart ("R E C E I P T") are one word: their gaps are alike, and those between words are wider."""
    start = 0
    while start < len(line):
        end = start  # the run of single characters from start to end, both included
        while end < len(gaps) and ends[end] and gaps[end] < _FAR and (end + 1 >= len(gaps) or ends[end + 1]):
            end += 1
        if (start == 0 or ends[start - 1]) and (start >= len(gaps) or ends[start]) and end - start >= 2:
            inner = gaps[start:end]
            usual = sorted(inner)[len(inner) // 3]
            typed = any(found.spaced[line[n + 1]] == _SPACE and gaps[n] <= 1.5 * usual for n in range(start, end))
            letters = [found.texts[n] for n in line[start : end + 1]]
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


def _join_at_points(found: _Characters, line: Sequence[int], gaps: Sequence[float], ends: list[bool]) -> None:
    """A point that stands by itself between two figures parts no words: a form prints it between a code's boxes."""
    for n in range(1, len(gaps)):
        alone = found.texts[line[n]] == "." and ends[n - 1] and ends[n] and max(gaps[n - 1], gaps[n]) < _BESIDE_POINT
        if alone and found.texts[line[n - 1]].isdigit() and found.texts[line[n + 1]].isdigit():
            ends[n - 1] = ends[n] = False
