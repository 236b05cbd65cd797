"""Values that a PDF holds for a page without saying how they look: viewers draw them, so a person sees them.

PDFium draws form fields that lack an appearance; left are fields with an empty one, and free-text notes without any.
"""

from __future__ import annotations

import ctypes
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from docscan.document import Box, Mark
from docscan.reading import geometry
from docscan.reading.geometry import Seen
from docscan.reading.pdf.objects import page_map
from docscan.reading.pdf.text_layer import Ink, Written

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_HIDDEN = 1 << 1 | 1 << 5  # annotation flags "hidden" and "no view", ISO 32000-1 table 165
_LINE = 12.0  # points: what viewers take where nothing is said
_WIDE = 0.5  # of the letters' height: a letter's usual width


def notes(page: PdfPage) -> tuple[tuple[Box, str], ...]:
    """The free-text notes of a page that have no appearance. To be asked before it is flattened."""
    from pypdfium2 import raw

    count = raw.FPDFPage_GetAnnotCount(page.raw)
    if not count:
        return ()
    to_page = page_map(page)
    found = []
    rect = raw.FS_RECTF()
    for index in range(count):
        note = raw.FPDFPage_GetAnnot(page.raw, index)
        if not note:
            continue
        free = raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_FREETEXT and not raw.FPDFAnnot_HasKey(note, b"AP")
        if free and not raw.FPDFAnnot_GetFlags(note) & _HIDDEN and raw.FPDFAnnot_GetRect(note, rect):
            size = raw.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
            text = (ctypes.c_ushort * (size // 2))()
            raw.FPDFAnnot_GetStringValue(note, b"Contents", text, size)
            box = Box.of(*geometry.rectangle(to_page, rect.left, rect.bottom, rect.right, rect.top))
            found.append((box, bytes(text).decode("utf-16-le", "replace").rstrip("\0")))
        raw.FPDFPage_CloseAnnot(note)
    return tuple((box, text) for box, text in found if text.strip() and box.width > 0 and box.height > 0)


def words(
    told: Sequence[tuple[Box, str]],
    fields: Sequence[Mark],
    drawn: Sequence[Written],
    size: tuple[float, float],
    turned: int,
) -> tuple[Written, ...]:
    """Words for the notes, and for the values of fields in which no word is drawn, laid out as a viewer would.

    `size`: of the page in points. `turned`: as of the text layer, whose frame the words get.
    """
    if not told and not any(field.kind == "form_field" for field in fields):
        return ()
    middles = [((w.box.left + w.box.right) / 2, (w.box.top + w.box.bottom) / 2) for w in drawn]
    empty = [
        (field.box, field.text)
        for field in fields
        if field.kind == "form_field" and field.state is None and field.text and field.text.strip()
        if not any(
            field.box.left <= x <= field.box.right and field.box.top <= y <= field.box.bottom for x, y in middles
        )
    ]
    width, height = size
    frame = geometry.scaling(*((width, height) if turned % 180 == 0 else (height, width)))
    to_frame = (frame @ geometry.quarter_turns(turned)).astype(np.float64)
    strand = 1 + max((word.seen.strand for word in drawn), default=0)
    found: list[Written] = []
    for box, text in (*told, *empty):
        for line in _lines(text, box.width * width, box.height * height):
            for word, (left, top, right, bottom) in line:
                spot = Box.of(
                    box.left + left / width, box.top + top / height, box.left + right / width, box.top + bottom / height
                )
                x0, y0, x1, y1 = geometry.rectangle(to_frame, *spot)
                seen = Seen(word, x0, y0, x1, y1, None, strand)
                found.append(Written(seen, spot, bottom - top, 0, Ink(True, None, None)))
            strand += 1
    return tuple(found)


def _lines(text: str, width: float, height: float) -> Iterator[list[tuple[str, tuple[float, float, float, float]]]]:
    """Words with their places (left, top, right, bottom) from a field's corner; every line stays within the field."""
    fits = max(8, int(width / (_WIDE * _LINE)))
    rows = [row for part in text.splitlines() for row in (textwrap.wrap(part, fits) if height > 2 * _LINE else [part])]
    tall = min(_LINE * 1.2, height / max(1, len(rows)))
    for number, row in enumerate(rows):
        pitch = min(_WIDE * tall, width / max(1, len(row)))
        place, line = 0, []
        for word in row.split():
            place = row.index(word, place)
            line.append((word, (place * pitch, number * tall, (place + len(word)) * pitch, (number + 1) * tall)))
            place += len(word)
        yield line
