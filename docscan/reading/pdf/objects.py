"""What a PDF page paints, and in which order, as PDFium's page objects tell it: no picture of the page is made.

A page has thousands of characters and objects, so PDFium is called with plain addresses and many times in one go: that
takes half as long as calls through pypdfium2's own types.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from docscan.reading.geometry import Map, quarter_turns, scaling, shift

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

Points: TypeAlias = npt.NDArray[np.float64]
"""Boxes, one a row: left, top, right, bottom."""
Flags: TypeAlias = npt.NDArray[np.bool_]
Address: TypeAlias = int
"""Of an object of PDFium's; 0 where there is none."""

TEXT, PATH, PICTURE, SHADING, FORM = 1, 2, 3, 4, 5  # kinds of page objects, as PDFium numbers them
_DEEPEST = 5  # forms within forms
_CLEAR = 12  # of 255: what is painted less than this is not seen
_CURVE, _MOVE = 1, 2  # a path's segments; a move draws nothing
_CORNERS = 5  # of a path that is a rectangle, the first one told again
_ON, _NUMBER = ctypes.c_void_p, ctypes.c_int


@cache
def call(name: str, *arguments: Any, result: Any = _NUMBER) -> Callable[..., Any]:
    """PDFium's function of this name, for plain numbers. Nobody else may run meanwhile: each call is too short."""
    from pypdfium2 import raw

    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0)


def address(handle: Any) -> Address:
    """Of a handle of pypdfium2's."""
    return ctypes.addressof(handle.contents)


def rows(array: npt.NDArray[Any]) -> list[range]:
    """For each column the addresses of its cells: where a function called for each row puts what it tells."""
    start, wide, each = array.ctypes.data, array.strides[0], array.strides[1]
    return [range(start + n * each, start + n * each + len(array) * wide, wide) for n in range(array.shape[1])]


def page_map(page: PdfPage) -> Map:
    """From PDF user space (origin bottom left) to fractions of the page as shown, with CropBox and /Rotate applied."""
    left, bottom, right, top = page.get_bbox()
    upright = scaling(1 / (right - left), -1 / (top - bottom)) @ shift(-left, -top)
    return quarter_turns(page.get_rotation()) @ upright


def mapped(to: Map, boxes: Points) -> Points:
    """Boxes through a map made of quarter turns, scalings and shifts: two corners say all."""
    if not (to[0, 1] or to[1, 0]):
        first, last = boxes[:, :2], boxes[:, 2:]
        scale, move = (to[0, 0], to[1, 1]), (to[0, 2], to[1, 2])
    else:
        first, last = boxes[:, 1::-1], boxes[:, :1:-1]
        scale, move = (to[0, 1], to[1, 0]), (to[0, 2], to[1, 2])
    first, last = first * scale + move, last * scale + move
    found = np.empty((len(boxes), 4))
    np.minimum(first, last, out=found[:, :2])
    np.maximum(first, last, out=found[:, 2:])
    return found


def hulls(to: Map, boxes: Points) -> Points:
    """The upright boxes around boxes that any map may have turned."""
    if (to[0, 1] == 0 and to[1, 0] == 0) or (to[0, 0] == 0 and to[1, 1] == 0):
        return mapped(to, boxes)
    corners = np.stack([boxes[:, [0, 1]], boxes[:, [2, 1]], boxes[:, [2, 3]], boxes[:, [0, 3]]], axis=1)
    moved = corners @ to[:2, :2].T + to[:2, 2]
    return np.concatenate([moved.min(axis=1), moved.max(axis=1)], axis=1)


@dataclass(frozen=True, slots=True)
class Frame:
    """What objects stand in: the page, or a form drawn on it. `plain`: nothing hides or cuts all that is in it."""

    to_page: Map
    plain: bool


@dataclass(frozen=True)
class Objects:
    """A page's objects in the order of painting. Of those that are not text, one entry each in the arrays.

    Addresses hold for as long as the page does.

    `texts`: each text object's place in that order and its frame; `whole`: none is left out, however deep in forms.
    `boxes`: in fractions of the page as shown; they may reach beyond it. `segments`: of a path; 0 for what is none.
    `lights`: of a path's filling, 0..1 of white; NaN where it has none, or a pattern. `solid`: whatever was painted
    before cannot be seen through it.
    """

    texts: dict[Address, tuple[int, Frame]]
    whole: bool
    things: tuple[Address, ...]
    frames: tuple[Frame, ...]
    kinds: npt.NDArray[np.int32]
    orders: npt.NDArray[np.int32]
    boxes: Points
    segments: npt.NDArray[np.int32]
    filled: Flags
    stroked: Flags
    lights: npt.NDArray[np.float64]
    solid: Flags


def objects(page: PdfPage) -> Objects:
    """All that the page paints, forms taken apart."""
    texts: dict[Address, tuple[int, Frame]] = {}
    groups: list[tuple[Frame, list[int], list[Address], list[int]]] = []
    kind_of, matrix = call("FPDFPageObj_GetType", _ON), (ctypes.c_float * 6)()
    matrix_of = call("FPDFPageObj_GetMatrix", _ON, _ON)
    count_in, take_in = call("FPDFFormObj_CountObjects", _ON), call("FPDFFormObj_GetObject", _ON, _NUMBER, result=_ON)
    count_on, take_on = call("FPDFPage_CountObjects", _ON), call("FPDFPage_GetObject", _ON, _NUMBER, result=_ON)
    seen, whole = 0, True

    def walk(things: list[Address], frame: Frame, depth: int) -> None:
        nonlocal seen, whole
        kinds = list(map(kind_of, things))
        others = [n for n, kind in enumerate(kinds) if kind != TEXT]
        start, at = seen, 0
        for n in [*others, len(kinds)]:  # text objects come in long runs
            for place in range(at, n):
                texts[things[place]] = (start + place, frame)
            at = n + 1
        seen = start + len(kinds)
        painted = [n for n in others if kinds[n] in (PATH, PICTURE, SHADING)]
        if painted:
            groups.append(
                (frame, [kinds[n] for n in painted], [things[n] for n in painted], [start + n for n in painted])
            )
        for n in others:
            if kinds[n] != FORM:
                continue
            if depth == _DEEPEST or not matrix_of(things[n], ctypes.addressof(matrix)):
                whole = False
                continue
            a, b, c, d, e, f = matrix
            own = frame.to_page @ np.array([[a, c, e], [b, d, f], [0, 0, 1.0]])
            # What is in a form is painted where the form is; it may have a switch of its own that no object tells.
            walk(list(map(take_in, repeat(things[n]), range(count_in(things[n])))), Frame(own, False), depth + 1)

    handle = address(page.raw)
    walk(list(map(take_on, repeat(handle), range(count_on(handle)))), Frame(page_map(page), True), 0)
    return _told(texts, groups, whole)


def _told(
    texts: dict[Address, tuple[int, Frame]],
    groups: Sequence[tuple[Frame, list[int], list[Address], list[int]]],
    whole: bool,
) -> Objects:
    things = [thing for _, _, found, _ in groups for thing in found]
    count = len(things)
    kinds = np.array([kind for _, found, _, _ in groups for kind in found], np.int32)
    orders = np.array([order for _, _, _, found in groups for order in found], np.int32)
    sides, modes = np.zeros((count, 4), np.float32), np.zeros((count, 2), np.int32)
    colours = np.zeros((count, 4), np.uint32)
    segments, solid, coloured = np.zeros(count, np.int32), np.zeros(count, bool), np.zeros(count, bool)
    if count:
        list(map(call("FPDFPageObj_GetBounds", _ON, _ON, _ON, _ON, _ON), things, *rows(sides)))
        list(map(call("FPDFPath_GetDrawMode", _ON, _ON, _ON), things, *rows(modes)))
        coloured[:] = list(map(call("FPDFPageObj_GetFillColor", _ON, _ON, _ON, _ON, _ON), things, *rows(colours)))
        segments[:] = list(map(call("FPDFPath_CountSegments", _ON), things))
        solid[:] = np.equal(list(map(call("FPDFPageObj_HasTransparency", _ON), things)), 0)
    boxes = np.zeros((count, 4))
    at = 0
    for frame, _, found, _ in groups:
        boxes[at : at + len(found)] = hulls(frame.to_page, sides[at : at + len(found)].astype(np.float64))
        at += len(found)
    path = kinds == PATH
    filled = path & (modes[:, 0] != 0) & (~coloured | (colours[:, 3] > _CLEAR))
    lights = np.where(filled & coloured, lightness(colours), np.nan)
    solid &= ~path | (filled & (colours[:, 3] > 255 - _CLEAR))
    frames = tuple(frame for frame, _, found, _ in groups for _ in found)
    stroked = path & (modes[:, 1] != 0)
    return Objects(
        texts, whole, tuple(things), frames, kinds, orders, boxes, np.maximum(segments, 0), filled, stroked, lights,
        solid,
    )  # fmt: skip


def lightness(colours: npt.NDArray[np.uint32]) -> npt.NDArray[np.float64]:
    """Of rows of red, green, blue and more: 0..1 of white."""
    light: npt.NDArray[np.float64] = colours[:, :3] @ np.array([0.299, 0.587, 0.114]) / 255
    return light


def rectangles(told: Objects) -> Flags:
    """For each object whether it is a path of four straight sides, level and upright on the page.

    All are asked in one go: a form or a table has hundreds.
    """
    found: Flags = (told.kinds == PATH) & (told.segments == _CORNERS)
    places = np.flatnonzero(found)
    if not len(places):
        return found
    things = [told.things[n] for n in places.tolist()]
    matrices, points = np.zeros((len(things), 6), np.float32), np.zeros((len(things) * _CORNERS, 2), np.float32)
    list(map(call("FPDFPageObj_GetMatrix", _ON, _ON), things, rows(matrices)[0]))
    each = [thing for thing in things for _ in range(_CORNERS)]
    parts = list(
        map(call("FPDFPath_GetPathSegment", _ON, _NUMBER, result=_ON), each, list(range(_CORNERS)) * len(things))
    )
    list(map(call("FPDFPathSegment_GetPoint", _ON, _ON, _ON), parts, *rows(points)))
    kinds = np.array(list(map(call("FPDFPathSegment_GetType", _ON), parts))).reshape(-1, _CORNERS)
    linear = matrices[:, [0, 2, 1, 3]].reshape(-1, 2, 2)
    for n, place in enumerate(places.tolist()):
        frame = told.frames[place].to_page
        if frame[0, 1] or frame[1, 0]:
            linear[n] = frame[:2, :2] @ linear[n]
    steps = np.diff(points.reshape(-1, _CORNERS, 2), axis=1) @ linear.swapaxes(1, 2)
    size = np.abs(steps).max(axis=(1, 2), initial=1e-9)
    level = (np.abs(steps).min(axis=2) <= 0.02 * size[:, None]).all(axis=1)
    closed = np.abs(steps.sum(axis=1)).max(axis=1) <= 0.02 * size
    turns = np.abs(steps[:, 0]).argmax(axis=1) != np.abs(steps[:, 1]).argmax(axis=1)
    found[places] = level & closed & turns & (kinds[:, 1:] != _CURVE).all(axis=1)
    return found


@dataclass(frozen=True)
class Lines:
    """The lines that paths are made of. `points` of all of them; where each line `starts` among these; the number of
    the path that it is `of`."""

    points: Points
    starts: npt.NDArray[np.int64]
    of: npt.NDArray[np.int64]


def lines(told: Objects, paths: Sequence[int], to_frame: Map) -> Lines:
    """The lines of these paths, told by their numbers, in the frame that fractions of the page are mapped to.

    All are asked in one go: a form has hundreds.
    """
    things = [told.things[n] for n in paths]
    matrices = np.zeros((len(things), 6), np.float32)
    known = list(map(call("FPDFPageObj_GetMatrix", _ON, _ON), things, rows(matrices)[0])) if things else []
    kept = [n for n, (path, good) in enumerate(zip(paths, known, strict=True)) if good and told.segments[path] > 0]
    if not kept:
        return Lines(np.zeros((0, 2)), np.zeros(0, np.int64), np.zeros(0, np.int64))
    counts = told.segments[[paths[n] for n in kept]]
    each = [things[n] for n, count in zip(kept, counts.tolist(), strict=True) for _ in range(count)]
    numbers = [number for count in counts.tolist() for number in range(count)]
    found = list(map(call("FPDFPath_GetPathSegment", _ON, _NUMBER, result=_ON), each, numbers))
    points = np.zeros((len(found), 2), np.float32)
    list(map(call("FPDFPathSegment_GetPoint", _ON, _ON, _ON), found, *rows(points)))
    begins = np.array(list(map(call("FPDFPathSegment_GetType", _ON), found))) == _MOVE
    begins |= np.array(numbers) == 0
    own = np.zeros((len(kept), 3, 3))
    own[:, :2] = matrices[kept].astype(np.float64).reshape(-1, 3, 2).swapaxes(1, 2)
    own[:, 2, 2] = 1
    whole = np.repeat(to_frame @ np.array([told.frames[paths[n]].to_page for n in kept]) @ own, counts, axis=0)
    moved: Points = (whole[:, :2, :2] @ points[:, :, None].astype(np.float64))[:, :, 0] + whole[:, :2, 2]
    starts = np.flatnonzero(begins)
    return Lines(moved, starts, np.repeat(np.array([paths[n] for n in kept]), counts)[starts])


# --- how text is painted ----------------------------------------------------------------------------------------


_TRACELESS, _OUTLINED = (3, 7), (1, 5)  # text rendering modes, ISO 32000-1 table 106
_LEVEL = 0.01  # radians


@dataclass(frozen=True)
class Inks:
    """How text objects are painted, one entry each.

    `painted`: not with an invisible mode or full transparency. `lights`: 0..1 of white; NaN where it is a pattern.
    `plain`: nothing that is told here keeps it from being seen: no clipping, no transparency, no layer or form that may
    be switched off. `fonts`: equal numbers for the same font.
    """

    painted: Flags
    lights: npt.NDArray[np.float64]
    plain: Flags
    fonts: list[Address]


def all_level(told: Objects, page_frame: Map) -> bool:
    """Whether each piece of the page's text surely runs from left to right along its x axis. One call each tells
    that, where a question for each character takes far longer."""
    if not (told.whole and told.texts):
        return told.whole
    matrices = np.zeros((len(told.texts), 6), np.float32)
    known = list(map(call("FPDFPageObj_GetMatrix", _ON, _ON), told.texts, rows(matrices)[0]))
    if not all(known) or not (np.abs(matrices[:, 2]) < _LEVEL * matrices[:, 0]).all():
        return False
    forms = {id(frame): frame for _, frame in told.texts.values() if not frame.plain}
    own = [np.linalg.inv(page_frame) @ form.to_page for form in forms.values()]
    return all(abs(form[0, 1]) < 1e-6 * form[0, 0] for form in own)


def inks(owners: Sequence[Address], frames: Sequence[Frame], boxes: Points) -> Inks:
    """How the text objects at these addresses are painted. `boxes`: of the words, in fractions of the page."""
    each = list(dict.fromkeys(owners))  # a text object holds many words
    at = {owner: n for n, owner in enumerate(each)}
    back = np.array([at[owner] for owner in owners], np.int64)
    colours = np.zeros((len(each), 4), np.uint32)
    coloured = np.array(
        list(map(call("FPDFPageObj_GetFillColor", _ON, _ON, _ON, _ON, _ON), each, *rows(colours))), bool
    )
    modes = np.array(list(map(call("FPDFTextObj_GetTextRenderMode", _ON), each)))
    for n in np.flatnonzero((modes == _OUTLINED[0]) | (modes == _OUTLINED[1])).tolist():
        places = [column[n] for column in rows(colours)]
        coloured[n] = call("FPDFPageObj_GetStrokeColor", _ON, _ON, _ON, _ON, _ON)(each[n], *places)
    painted = (modes != _TRACELESS[0]) & (modes != _TRACELESS[1]) & (~coloured | (colours[:, 3] > _CLEAR))
    plain = np.equal(list(map(call("FPDFPageObj_HasTransparency", _ON), each)), 0)
    marks = np.array(list(map(call("FPDFPageObj_CountMarks", _ON), each)))
    for n in np.flatnonzero(marks > 0).tolist():
        plain[n] &= not _on_a_layer(each[n], int(marks[n]))
    seen = plain[back] & np.array([frame.plain for frame in frames], bool)
    clips = list(map(call("FPDFPageObj_GetClipPath", _ON, result=_ON), each))
    paths = np.array(list(map(call("FPDFClipPath_CountPaths", _ON), clips)))[back]
    for n in np.flatnonzero(paths > 0).tolist():
        seen[n] &= _within(clips[back[n]], int(paths[n]), frames[n].to_page, boxes[n])
    fonts = [font or 0 for font in map(call("FPDFTextObj_GetFont", _ON, result=_ON), each)]
    lights = np.where(coloured, lightness(colours), np.nan)
    return Inks(painted[back], lights[back], seen, [fonts[n] for n in back.tolist()])


def _within(clip: Address, paths: int, to_page: Map, box: npt.NDArray[np.float64]) -> bool:
    """Whether a box lies within rectangles that all else is cut off at."""
    segment_of = call("FPDFClipPath_GetPathSegment", _ON, _NUMBER, _NUMBER, result=_ON)
    point_of, point = call("FPDFPathSegment_GetPoint", _ON, _ON, _ON), (ctypes.c_float * 2)()
    x, y = ctypes.addressof(point), ctypes.addressof(point) + 4
    for path in range(paths):
        count = call("FPDFClipPath_CountPathSegments", _ON, _NUMBER)(clip, path)
        if not 3 < count <= _CORNERS:
            return False
        sides = []
        for corner in (0, 2):
            if not point_of(segment_of(clip, path, corner), x, y):
                return False
            sides += list(point)
        left, top, right, bottom = mapped(to_page, np.array([sides]))[0]
        slack = 0.1 * (box[3] - box[1])
        if box[0] < left - slack or box[1] < top - slack or box[2] > right + slack or box[3] > bottom + slack:
            return False
    return True


def _on_a_layer(owner: Address, marks: int) -> bool:
    """Whether a piece of text is marked as optional content (ISO 32000-1, 8.11.3)."""
    mark_of = call("FPDFPageObj_GetMark", _ON, ctypes.c_ulong, result=_ON)
    name_of = call("FPDFPageObjMark_GetName", _ON, _ON, ctypes.c_ulong, _ON)
    name, length = ctypes.create_string_buffer(16), ctypes.c_ulong()
    for index in range(marks):
        told = name_of(mark_of(owner, index), ctypes.addressof(name), len(name), ctypes.addressof(length))
        if told and name.raw[: length.value].decode("utf-16-le", "replace").rstrip("\0") == "OC":
            return True
    return False


def font_name(font: Address) -> str:
    """A font's name, without the letters that tell parts of a font apart."""
    name_of = call("FPDFFont_GetBaseFontName", _ON, _ON, ctypes.c_size_t, result=ctypes.c_size_t)
    name = ctypes.create_string_buffer(128)
    told = name_of(font, ctypes.addressof(name), len(name)) if font else 0
    return name.raw[:told].split(b"\0")[0].decode("latin-1").rpartition("+")[2] if told <= len(name) else ""
