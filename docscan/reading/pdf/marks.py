"""What a PDF page holds besides text, from the file itself: fields of its form, and what is drawn on the page.

Form fields are asked for their values. Check boxes are told from their outlines. What else is drawn (a signature as
picture, as strokes or as annotation) is looked at in a small picture of its part of the page, made without the text, so
that any way of drawing it counts; a page on which nothing such is drawn needs no picture.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from docscan.document import Box, Mark
from docscan.reading import geometry
from docscan.reading.geometry import Grey, Map, Seen
from docscan.reading.layout.lines import Arranged
from docscan.reading.marks import check_boxes, looking
from docscan.reading.marks.check_boxes import Square
from docscan.reading.pdf import outlines, typed_boxes
from docscan.reading.pdf.mixed import Mixed
from docscan.reading.pdf.objects import Objects, call, hulls, page_map
from docscan.reading.pdf.outlines import Shape
from docscan.reading.pictures import rendering, repair

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_STEP = 8.0  # pixels of a small letter's height in a picture: clean strokes need no more
_WORD = 1.4  # small letters' heights: of a word's print, in the middle of all words
_HIDDEN = 1 << 1  # annotation flag, ISO 32000-1 table 165
_INVISIBLE = 3  # text rendering mode, ISO 32000-1 table 106
_ACROSS, _DOWN = 2.2, 1.1  # small letters' heights between strokes that are looked at together
_WIDEST, _TALLEST = 0.6, 0.2  # of the page: what is larger is looked at with the whole page
_ROOM = 1.4, 4.2  # width and height of the part that is looked at, by those of what is drawn in it
_LEAST = 2.0, 0.9  # small letters' heights: smaller groups of strokes are bullets, dots and specks
_EDGE = 0.012  # of the page: strokes so near its edge belong to no pen
_CROWD = 400  # shapes: a drawing
_DARK, _INKED = 160, 0.6  # grey of ink; share of the words on ink from which the picture has their print
_OF_A_PAGE = 0.15  # of the page: a larger picture may be the scan of one, with its lines
_WORN = 3  # pixels around a known line that are its own
_BROADEST, _MOST_STROKES, _MOST_POINTS = 6.0, 300, 20_000  # points of a pen's width; strokes, and points of one
_MANY = 6  # groups: more are looked at with the whole page

_COARSEST = 110  # dots an inch: ten-point letters are seven pixels tall
_ON = ctypes.c_void_p

Area: TypeAlias = tuple[float, float, float, float]


def fields(pdf: PdfDocument, page: PdfPage) -> tuple[Mark, ...]:
    """The form fields of a page: check boxes and radio buttons with their state, other fields with
    their value ("" where empty), signature fields as "signed" or "empty". To be asked before the page is flattened.

    Strokes of a pen that the file does not say how to draw get their look here, as viewers give them one.
    """
    _draw_strokes(page)
    if pdf.formenv is None:
        return ()
    return tuple(_widgets(page, pdf.formenv.raw, page_map(page)))


def _draw_strokes(page: PdfPage) -> None:
    """Gives ink annotations without an appearance (ISO 32000-1, 12.5.6.13) that of their lines: PDFium leaves them
    out when it makes annotations part of the page, but a person sees them."""
    from pypdfium2 import raw

    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        drawn = raw.FPDFAnnot_HasKey(annotation, b"AP") or raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN
        if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_INK and not drawn:
            strokes = " ".join(_strokes(annotation))
            if strokes:
                across, down, wide = ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
                told = raw.FPDFAnnot_GetBorder(annotation, across, down, wide)
                width = min(max(wide.value, 0.5), _BROADEST) if told else 1.0
                look = f"{width:.2f} w {strokes}"
                text = (ctypes.c_ushort * (len(look) + 1))(*look.encode("ascii"))
                raw.FPDFAnnot_SetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, text)
        raw.FPDFPage_CloseAnnot(annotation)


def _strokes(annotation: object) -> Iterator[str]:
    """The lines of an ink annotation, as a content stream draws them; those of a drawing too large are left out."""
    from pypdfium2 import raw

    count = raw.FPDFAnnot_GetInkListCount(annotation)
    for index in range(min(count, _MOST_STROKES)):
        length = raw.FPDFAnnot_GetInkListPath(annotation, index, None, 0)
        if not 2 <= length <= _MOST_POINTS:
            continue
        points = (raw.FS_POINTF * length)()
        raw.FPDFAnnot_GetInkListPath(annotation, index, points, length)
        line = [(point.x, point.y) for point in points]
        if all(math.isfinite(x) and math.isfinite(y) for x, y in line):
            yield " ".join(f"{x:.2f} {y:.2f} {'l' if n else 'm'}" for n, (x, y) in enumerate(line)) + " S"


def _widgets(page: PdfPage, form: object, to_page: Map) -> Iterator[Mark]:
    from pypdfium2 import raw

    rect = raw.FS_RECTF()
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            if raw.FPDFAnnot_GetSubtype(annotation) != raw.FPDF_ANNOT_WIDGET:
                continue
            if raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN or not raw.FPDFAnnot_GetRect(annotation, rect):
                continue
            box = geometry.box(
                to_page, min(rect.left, rect.right), min(rect.bottom, rect.top), max(rect.left, rect.right),
                max(rect.bottom, rect.top),
            )  # fmt: skip
            if box.width <= 0 or box.height <= 0:
                continue
            kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
            if kind in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
                ticked = raw.FPDFAnnot_IsChecked(form, annotation)
                said = _text(raw.FPDFAnnot_GetFormFieldAlternateName, form, annotation)
                yield Mark("check_box", box, "ticked" if ticked else "empty", said or None)
            elif kind == raw.FPDF_FORMFIELD_SIGNATURE:
                signed = raw.FPDFAnnot_HasKey(annotation, b"V")
                yield Mark("form_field", box, "signed" if signed else "empty")
            elif kind in (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
                yield Mark("form_field", box, None, _text(raw.FPDFAnnot_GetFormFieldValue, form, annotation))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _text(ask: object, form: object, annotation: object) -> str:
    length = ask(form, annotation, None, 0)  # type: ignore[operator]
    if length <= 2:
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    ask(form, annotation, buffer, length)  # type: ignore[operator]
    return bytes(buffer)[: length - 2].decode("utf-16-le", "replace").strip()


@dataclass(frozen=True)
class Part:
    """A picture of a part of the page without its text, turned upright; `to_picture` maps the page to it."""

    grey: Grey
    to_picture: Map


@dataclass(frozen=True)
class Look:
    """What is drawn on a page: check boxes, and pictures of the parts in which something else is drawn.

    `boxes` and `ruled`, where lines are known or may be, in points of the page turned upright. `tall`: pixels of the
    whole page's height, `small`: of a small letter.
    """

    boxes: tuple[Square, ...] = ()
    ruled: tuple[Area, ...] = ()
    parts: tuple[Part, ...] = ()
    tall: float = 0.0
    small: float = 0.0


def look(page: PdfPage, told: Objects, read: Mixed, known: Sequence[Mark]) -> Look:
    """Look at what is drawn on a flattened page. `read`: its words, in points of the page turned upright; `known`: the
    fields of its form."""
    if not read.words or not len(told.kinds):
        return Look()
    letter = float(np.median([word.height for word in read.words])) / _WORD
    if not 1 < letter < 72:
        return Look()
    to_frame = np.linalg.inv(read.to_page).astype(np.float64)
    seen = outlines.drawn(told, read.words, to_frame, letter)
    fields = [geometry.rectangle(to_frame, *mark.box) for mark in known if mark.kind == "check_box"]
    unclear = [shape for shape in seen.unclear if not any(_holds(area, shape) for area in fields)]
    wide, tall = page.get_size() if read.turned % 180 == 0 else page.get_size()[::-1]
    scale = min(max(_STEP / letter, _COARSEST / 72), rendering.DPI / 72)
    areas = _areas(unclear, letter, wide, tall)
    parts = _pictures(page, told, read, scale, areas) if areas else []
    return Look(seen.boxes, _ruled(seen, wide * tall) if parts else (), tuple(parts), tall * scale, letter * scale)


def drawn(seen: Look, read: Mixed, known: Sequence[Mark], arranged: Arranged) -> tuple[Mark, ...]:
    """`known` (the page's form fields), check boxes with their words, and what else is drawn; `read` as for `look`,
    `arranged`: the same words in reading order."""
    to_page = read.to_page
    found = [Mark("check_box", geometry.box(to_page, b.left, b.top, b.right, b.bottom), b.state) for b in seen.boxes]
    for part in seen.parts:
        found += _looked_at(part, read, arranged, seen)
    typed, words = typed_boxes.boxes(read.words)
    found += [Mark("check_box", geometry.box(to_page, b.left, b.top, b.right, b.bottom), b.state) for b in typed]
    boxes = _distinct([mark for mark in found if mark.kind == "check_box"])
    rest = [mark for mark in found if mark.kind != "check_box"]
    return together(_labelled(known, read.words, to_page), (*_labelled(boxes, words, to_page), *rest))


def _holds(area: Area, shape: Shape) -> bool:
    x, y = shape.middle
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]


def _distinct(found: Sequence[Mark]) -> list[Mark]:
    """Check boxes, each once: the earlier one is the more certain."""
    kept: list[Mark] = []
    for mark in found:
        if not any(_meet(mark.box, other.box) for other in kept):
            kept.append(mark)
    return kept


def _areas(shapes: Sequence[Shape], letter: float, wide: float, tall: float) -> list[Area]:
    """The parts of the page that must be looked at: one for each group of shapes that lie close together."""
    if len(shapes) > _CROWD:
        return [(0.0, 0.0, wide, tall)]
    groups: list[Area] = []
    for shape in shapes:
        left, top, right, bottom = shape.left, shape.top, shape.right, shape.bottom
        apart = []
        for group in groups:
            near = left - group[2] < _ACROSS * letter and group[0] - right < _ACROSS * letter
            if near and top - group[3] < _DOWN * letter and group[1] - bottom < _DOWN * letter:
                left, top = min(left, group[0]), min(top, group[1])
                right, bottom = max(right, group[2]), max(bottom, group[3])
            else:
                apart.append(group)
        groups = [*apart, (left, top, right, bottom)]
    # Small ones on their own are bullets; those as tall as a box may be one that was drawn in an odd way.
    groups = [g for g in groups if g[3] - g[1] >= _LEAST[1] * letter and g[2] - g[0] >= min(_LEAST) * letter]
    if any(g[2] - g[0] > _WIDEST * wide or g[3] - g[1] > _TALLEST * tall for g in groups) or len(groups) > _MANY:
        return [(0.0, 0.0, wide, tall)]
    return [_with_room(group, letter, wide, tall) for group in groups]


def _with_room(group: Area, letter: float, wide: float, tall: float) -> Area:
    """The group with so much of the page around it that it looks no larger there than a signature does on a page."""
    x, y = (group[0] + group[2]) / 2, (group[1] + group[3]) / 2
    across = max(_ROOM[0] * (group[2] - group[0]), group[2] - group[0] + 8 * letter) / 2
    down = max(_ROOM[1] * (group[3] - group[1]), group[3] - group[1] + 8 * letter) / 2
    return max(0.0, x - across), max(0.0, y - down), min(wide, x + across), min(tall, y + down)


def _pictures(page: PdfPage, told: Objects, read: Mixed, scale: float, areas: Sequence[Area]) -> list[Part]:
    """Pictures of areas, told in the words' unit."""
    texts = list(told.texts)
    modes = list(map(call("FPDFTextObj_GetTextRenderMode", _ON), texts))
    paint = call("FPDFTextObj_SetTextRenderMode", _ON, ctypes.c_int)
    list(map(paint, texts, repeat(_INVISIBLE)))
    try:
        found = [_picture(page, read, scale, area) for area in areas]
    finally:
        list(map(paint, texts, modes))
    return [part for part in found if part is not None]


def _picture(page: PdfPage, read: Mixed, scale: float, area: Area) -> Part | None:
    width, height = (max(1, math.ceil(side * scale)) for side in page.get_size())
    left, top, right, bottom = geometry.rectangle(read.to_page, *area)
    part = (
        max(0, math.floor(left * width)), max(0, math.floor(top * height)),
        min(width, math.ceil(right * width)), min(height, math.ceil(bottom * height)),
    )  # fmt: skip
    if part[2] - part[0] < 4 or part[3] - part[1] < 4:
        return None
    image = rendering.part_of_pdf(page, scale, part, (width, height))
    grey = np.rot90(image, -(read.turned // 90) % 4).copy()
    share = geometry.scaling(width / (part[2] - part[0]), height / (part[3] - part[1]))
    to_part = share @ geometry.shift(-part[0] / width, -part[1] / height)
    return Part(grey, geometry.scaling(*grey.shape[::-1]) @ geometry.quarter_turns(read.turned) @ to_part)


def _ruled(seen: outlines.Drawn, whole: float) -> tuple[Area, ...]:
    """Where ruling lines are: along the sides of what is straight, and anywhere in a picture that may be of a page."""
    found: list[Area] = []
    for kind, left, top, right, bottom, *_ in seen.straight:
        if kind == "line":
            found.append((left, top, right, bottom))
        else:
            found += [(left, y, right, y) for y in (top, bottom)] + [(x, top, x, bottom) for x in (left, right)]
    pictures = [shape for shape in seen.unclear if shape.kind == "picture"]
    large = [shape for shape in pictures if shape.width * shape.height > _OF_A_PAGE * whole]
    return (*found, *((shape.left, shape.top, shape.right, shape.bottom) for shape in large))


def _looked_at(part: Part, read: Mixed, arranged: Arranged, seen_page: Look) -> list[Mark]:
    """What a picture without text shows, known check boxes left out."""
    boxes, small = seen_page.boxes, seen_page.small
    grey, to_picture = part.grey, part.to_picture
    to_pixels = to_picture @ read.to_page
    placed = _through(to_pixels, read.words)
    for box in boxes:
        sides = geometry.rectangle(to_pixels, box.left, box.top, box.right, box.bottom)
        left, top, right, bottom = (max(0, round(side)) for side in sides)
        grow = round(0.3 * (bottom - top))
        grey[max(0, top - grow) : bottom + grow, max(0, left - grow) : right + grow] = 255
    plain = _without_lines(grey, small, seen_page.ruled, to_pixels)
    printed = _printed(plain, placed)
    in_order = None  # where a word was read off the picture, some may be a scrawl, and are left out before arranging
    if read.quality is None:
        words = _through(to_pixels, [word for word, _ in arranged.words])
        in_order = list(zip(words, (line for _, line in arranged.words), strict=True))
    seen = looking.look(
        plain, grey, np.linalg.inv(to_picture).astype(np.float64), placed, letter=small, printed=printed,
        in_order=in_order,
    ).marks  # fmt: skip
    kept = [mark for mark in seen if mark.kind == "check_box" or _away_from_edges(mark.box)]
    # What was cut off a signature as if it were a ruling line is part of it.
    signed = [mark.box for mark in kept if mark.kind == "signature_ink"]
    return [m for m in kept if m.kind not in ("ink", "handwriting") or not any(_meet(m.box, box) for box in signed)]


def _through(to: Map, words: Sequence[Seen]) -> list[Seen]:
    sides = hulls(to, np.array([(word.left, word.top, word.right, word.bottom) for word in words]))
    return [
        Seen(word.text, left, top, right, bottom, word.confidence, word.strand)
        for word, (left, top, right, bottom) in zip(words, sides.tolist(), strict=True)
    ]


def _without_lines(grey: Grey, small: float, ruled: Sequence[Area], to_pixels: Map) -> Grey:
    """The picture without its ruling lines; a pen's long level strokes, which are where no line is known, stay."""
    plain = repair.without(grey, repair.rulings(grey, small))
    if plain is grey or not ruled:
        return grey
    known = np.zeros(grey.shape, bool)
    for left, top, right, bottom in hulls(to_pixels, np.array(ruled)).tolist():
        rows = slice(max(0, math.floor(top) - _WORN), max(0, math.ceil(bottom) + _WORN))
        known[rows, max(0, math.floor(left) - _WORN) : max(0, math.ceil(right) + _WORN)] = True
    return np.where(known, plain, grey).astype(np.uint8)


def _printed(grey: Grey, words: Sequence[Seen]) -> bool:
    """Whether the words' print is in a picture without text: it is where the text lies unseen over a scan."""
    inked = []
    tall, wide = grey.shape
    for word in words:
        if word.right < 0 or word.bottom < 0 or word.left > wide or word.top > tall:
            continue
        left, top, right, bottom = (round(side) for side in (word.left, word.top, word.right, word.bottom))
        if left >= 0 and top >= 0 and right <= wide and bottom <= tall and right > left:
            inked.append(bool((grey[top:bottom, left:right] < _DARK).any()))
    return not inked or sum(inked) > _INKED * len(inked)


def _away_from_edges(box: Box) -> bool:
    return min(box.left, box.top) > _EDGE and max(box.right, box.bottom) < 1 - _EDGE


def together(known: Sequence[Mark], seen: Sequence[Mark]) -> tuple[Mark, ...]:
    """Form fields and what was seen on the page; a check box that is both is told by the form."""
    boxes = [mark.box for mark in known if mark.kind == "check_box"]
    return (*known, *(m for m in seen if m.kind != "check_box" or not any(_meet(m.box, box) for box in boxes)))


def _labelled(known: Sequence[Mark], words: Sequence[Seen], to_page: Map) -> tuple[Mark, ...]:
    """Check boxes of a form with the words that are printed beside them."""
    boxes = [mark for mark in known if mark.kind == "check_box"]
    if not boxes or not words:
        return tuple(known)
    back = np.linalg.inv(to_page).astype(np.float64)
    squares = [check_boxes.Square(*geometry.rectangle(back, *box.box), "empty") for box in boxes]
    told = {id(mark): label for mark, label in zip(boxes, check_boxes.labels(squares, words), strict=True)}
    return tuple(replace(mark, text=told[id(mark)] or mark.text) if id(mark) in told else mark for mark in known)


def _meet(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom
