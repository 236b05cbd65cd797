"""The text that a PDF page itself carries: its words with their boxes, through PDFium.

Says what is there; whether it can be believed is another question.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from docscan.reading.geometry import Map, Seen, quarter_turns, rectangle, scaling, shift

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_HYPHEN_AT_LINE_END = 0x02  # PDFium's own mark
_WORD_GAP = 0.25  # of the letters' height: wider ends a word even where the file has no space
_LINE_STEP = 0.5  # of the letters' height: a larger step down or up ends a line
_INVISIBLE = 3  # text rendering mode, ISO 32000-1 table 106
_OVER = 7  # clip only: not painted either


@dataclass(frozen=True)
class TextLayer:
    """A page's own words in points of the upright page, and what speaks for or against them.

    `aside`: words that run in another direction than most (a watermark, a note up the margin), boxes in the same frame.
    `turned`: degrees clockwise by which the page as shown must be turned so that most words are upright.
    `unmapped`: share of the characters that have no meaning as text. `invisible`: share that is not painted.
    """

    words: tuple[Seen, ...] = ()
    aside: tuple[Seen, ...] = ()
    turned: int = 0
    characters: int = 0
    unmapped: float = 0.0
    invisible: float = 0.0


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    left: float
    top: float
    right: float
    bottom: float
    turn: int  # degrees clockwise, as shown
    ends_word: bool  # white space stands before it


_Thing = TypeVar("_Thing", Seen, _Character)


def page_map(page: PdfPage) -> Map:
    """From PDF user space (origin bottom left) to fractions of the page as shown, with CropBox and /Rotate applied."""
    left, bottom, right, top = page.get_bbox()
    upright = scaling(1 / (right - left), -1 / (top - bottom)) @ shift(-left, -top)
    return quarter_turns(page.get_rotation()) @ upright


def text_layer(page: PdfPage) -> TextLayer:
    """Everything the page says as text within its visible part."""
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        marked = _Marked()
        characters = list(_characters(textpage, scaling(width, height) @ page_map(page), page.get_rotation(), marked))
    finally:
        textpage.close()
    inside = [c for c in characters if 0 < c.left + c.right < 2 * width and 0 < c.top + c.bottom < 2 * height]
    if not marked.count:
        return TextLayer()
    facts = TextLayer(
        characters=marked.count, unmapped=marked.unmapped / marked.count, invisible=marked.invisible / marked.count
    )
    if not inside:
        return facts
    by_turn = Counter(c.turn for c in inside if c.turn % 90 == 0) or Counter(c.turn for c in inside)
    main = by_turn.most_common(1)[0][0]
    turned = -main % 360 if main % 90 == 0 else 0
    to_frame = _turning(width, height, turned)
    words = tuple(_words([_moved(c, to_frame) for c in inside if c.turn == main], 0))
    aside: list[Seen] = []
    for turn in sorted({c.turn for c in inside} - {main}):
        own = _turning(width, height, -turn if turn % 90 == 0 else 0)
        back = to_frame @ np.linalg.inv(own)
        found = _words([_moved(c, own) for c in inside if c.turn == turn], len(words) + len(aside))
        aside += [_placed(w, rectangle(back, w.left, w.top, w.right, w.bottom)) for w in found]
    return replace(facts, words=words, aside=tuple(aside), turned=turned)


@dataclass
class _Marked:
    count: int = 0
    unmapped: int = 0
    invisible: int = 0


def _characters(textpage: PdfTextPage, to_page: Map, rotation: int, marked: _Marked) -> Iterator[_Character]:
    """Every character with its box in points of the page as shown. Calls PDFium directly: a page has thousands."""
    from pypdfium2 import raw

    handle = textpage.raw
    loose, sides = raw.FS_RECTF(), [ctypes.c_double() for _ in range(4)]
    by_reference = ctypes.byref(loose)
    left, right, bottom, top = (ctypes.byref(side) for side in sides)
    modes: dict[int, int] = {}
    (a, b, c), (d, e, f), _ = to_page.tolist()
    ends_word = True
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, index)
        if code < 0x10000 and chr(code).isspace():
            ends_word = True
            continue
        marked.count += 1
        if code in (0, 0xFFFD) or 0xE000 <= code <= 0xF8FF or raw.FPDFText_HasUnicodeMapError(handle, index) == 1:
            marked.unmapped += 1
        owner = raw.FPDFText_GetTextObject(handle, index)
        address = ctypes.cast(owner, ctypes.c_void_p).value or 0
        if address not in modes:
            modes[address] = raw.FPDFTextObj_GetTextRenderMode(owner) if owner else 0
        if modes[address] in (_INVISIBLE, _OVER):
            marked.invisible += 1
        if raw.FPDFText_GetLooseCharBox(handle, index, by_reference) and loose.top > loose.bottom:
            x0, x1, y0, y1 = loose.left, loose.right, loose.bottom, loose.top
        elif raw.FPDFText_GetCharBox(handle, index, left, right, bottom, top):
            x0, x1, y0, y1 = (side.value for side in sides)
        else:
            continue
        # A quarter turn maps a rectangle to a rectangle, so two corners say all.
        u0, v0, u1, v1 = a * x0 + b * y0 + c, d * x0 + e * y0 + f, a * x1 + b * y1 + c, d * x1 + e * y1 + f
        turn = (rotation + math.degrees(raw.FPDFText_GetCharAngle(handle, index))) % 360  # PDFium counts clockwise
        quarter = round(turn / 90) * 90
        turn = quarter % 360 if abs(turn - quarter) < 10 else round(turn / 15) * 15
        text = "-" if code == _HYPHEN_AT_LINE_END else _LIGATURES.get(code, chr(code))
        yield _Character(text, min(u0, u1), min(v0, v1), max(u0, u1), max(v0, v1), int(turn), ends_word)
        ends_word = False


def _turning(width: float, height: float, degrees: int) -> Map:
    """From points of the page as shown to points of the page turned clockwise."""
    sideways = degrees % 180 == 90
    to_size = scaling(height, width) if sideways else scaling(width, height)
    return to_size @ quarter_turns(degrees) @ scaling(1 / width, 1 / height)


def _moved(character: _Character, to_frame: Map) -> _Character:
    return _placed(character, rectangle(to_frame, character.left, character.top, character.right, character.bottom))


def _placed(thing: _Thing, sides: tuple[float, float, float, float]) -> _Thing:
    left, top, right, bottom = sides
    return replace(thing, left=left, top=top, right=right, bottom=bottom)


def _words(characters: Sequence[_Character], strand: int) -> Iterator[Seen]:
    """Characters in the file's order become words; a step to another line, or back, starts another strand."""
    run: list[_Character] = []
    for character in characters:
        if run:
            last = run[-1]
            size = max(character.bottom - character.top, last.bottom - last.top)
            step = abs((character.top + character.bottom) - (last.top + last.bottom)) / 2
            new_line = step > _LINE_STEP * size or character.left < last.left - _WORD_GAP * size
            if new_line or character.ends_word or character.left - last.right > _WORD_GAP * size:
                yield _word(run, strand)
                run = []
                strand += new_line
        run.append(character)
    if run:
        yield _word(run, strand)


def _word(run: Sequence[_Character], strand: int) -> Seen:
    return Seen(
        "".join(c.text for c in run),
        min(c.left for c in run),
        min(c.top for c in run),
        max(c.right for c in run),
        max(c.bottom for c in run),
        None,
        strand,
    )
