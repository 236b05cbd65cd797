"""What a PDF page holds besides text, from the file itself: fields of its form, and what is drawn on the page.

Form fields are asked for their values. What is drawn (a signature as picture, as strokes or as annotation; check boxes)
is looked at in a small picture of the page without its text, so that any way of drawing it counts.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from docscan.document import Box, Mark
from docscan.reading import check_boxes, geometry, ink, marks, pictures, repair
from docscan.reading.geometry import Map, Seen
from docscan.reading.objects import page_map

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_SMALL_LETTER = 0.43  # of a box that a font gives its letters: x is half an em tall, the box some 1.15 em
_HIDDEN = 1 << 1  # annotation flag, ISO 32000-1 table 165
_INVISIBLE = 3  # text rendering mode, ISO 32000-1 table 106
_DEEP = 5  # forms within forms that are looked into
_FEW_SEGMENTS = 5  # of a path: a line or a rectangle has no more
_BOX = (5.0, 30.0)  # points: sides of a path that may be a check box
_LEAST_PICTURE = 12.0  # points


def fields(pdf: PdfDocument, page: PdfPage) -> tuple[Mark, ...]:
    """The form fields of a page: check boxes and radio buttons with their state, other fields with
    their value ("" where empty), signature fields as "signed" or "empty". To be asked before the page is flattened."""
    if pdf.formenv is None:
        return ()
    return tuple(_widgets(page, pdf.formenv.raw, page_map(page)))


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


def drawn(page: PdfPage, words: Sequence[Seen], to_page: Map, turned: int, known: Sequence[Mark]) -> tuple[Mark, ...]:
    """`known` (the page's form fields), check boxes with their words, and what else is drawn on a flattened page.

    `words` in a frame that `to_page` maps to the page; `turned` as in `Page.rotation`.
    """
    found = _labelled(known, words, to_page)
    if not words or not _may_be_drawn_on(page):
        return found
    letter = _letter(words)
    points = page.get_size()
    # The frame's unit need not be points: a small letter is as tall in the picture as `ink` looks at it.
    _, top, _, bottom = geometry.rectangle(to_page, 0, 0, letter, letter)
    tall = (bottom - top) * points[1]  # points; the frame is not stretched
    if not 1 < tall < 72:
        return found
    _hide_text(page)
    image = pictures.of_pdf(page, scale=min(ink.STEP / tall, pictures.DPI / 72))
    grey = np.ascontiguousarray(np.rot90(pictures.grey(image), -(turned // 90) % 4))
    high, wide = grey.shape
    to_picture = geometry.scaling(wide, high) @ geometry.quarter_turns(turned)
    sides = ((word, geometry.rectangle(to_picture @ to_page, word.left, word.top, word.right, word.bottom))
             for word in words)  # fmt: skip
    placed = [_tightened(replace(w, left=s[0], top=s[1], right=s[2], bottom=s[3])) for w, s in sides]
    height = tall * high / (points[1] if turned % 180 == 0 else points[0])
    ruled = repair.rulings(grey, height)
    plain = repair.without(grey, ruled)
    seen = marks.marks(plain, grey, np.linalg.inv(to_picture).astype(np.float64), placed, letter=height)
    return together(found, seen)


def together(known: Sequence[Mark], seen: Sequence[Mark]) -> tuple[Mark, ...]:
    """Form fields and what was seen on the page; a check box that is both is told by the form."""
    boxes = [mark.box for mark in known if mark.kind == "check_box"]
    return (*known, *(m for m in seen if m.kind != "check_box" or not any(_meet(m.box, box) for box in boxes)))


def _tightened(word: Seen) -> Seen:
    """The word with its letters' own height: a font's box is taller."""
    if word.confidence is not None:
        return word
    return replace(word, top=word.top + 0.18 * word.height, bottom=word.bottom - 0.12 * word.height)


def _letter(words: Sequence[Seen]) -> float:
    """Height of a small letter in the words' unit."""
    own = [word.height for word in words if word.confidence is None]
    return _SMALL_LETTER * float(np.median(own)) if own else float(np.median([w.height for w in words])) / 1.4


def _may_be_drawn_on(page: PdfPage) -> bool:
    """Whether anything but text, straight lines and large rectangles is on the page."""
    from pypdfium2 import raw

    for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE), max_depth=_DEEP):
        left, bottom, right, top = thing.get_bounds()
        wide, tall = right - left, top - bottom
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            if max(wide, tall) >= _LEAST_PICTURE:
                return True
        elif raw.FPDFPath_CountSegments(thing.raw) > _FEW_SEGMENTS or (
            _BOX[0] <= wide <= _BOX[1] and _BOX[0] <= tall <= _BOX[1]
        ):
            return True
    return False


def _hide_text(page: PdfPage) -> None:
    from pypdfium2 import raw

    for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,), max_depth=_DEEP):
        raw.FPDFTextObj_SetTextRenderMode(thing.raw, _INVISIBLE)


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
