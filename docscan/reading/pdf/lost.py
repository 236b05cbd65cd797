"""Is a page of a PDF empty, or is what stood on it lost? PDFium shows a page with damaged contents as a blank one."""

from __future__ import annotations

import ctypes
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from docscan.document import Page, Problem

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_MOST_OBJECTS = 50


def told(pdf: PdfDocument, data: bytes, page: Page) -> Page:
    """The page; where it is only seemingly empty, with the problem that it really has."""
    if page.problem is None or page.problem.category != "page_blank":
        return page
    shown = pdf[page.number - 1]  # its objects live no longer than it does
    objects = _objects(shown)
    lost = any(map(_image_lost, objects[:_MOST_OBJECTS])) if objects else _contents_lost(data, page.number)
    shown.close()
    if not lost:
        return page
    problem = Problem(
        "page_failed",
        page.number,
        "The page looks empty because its part of the file is damaged.",
        "Check that the page opens on your device, then save or scan it again and upload that.",
    )
    return replace(page, problem=problem)


def _objects(page: PdfPage) -> list[Any]:
    from pypdfium2 import raw

    return [raw.FPDFPage_GetObject(page, index) for index in range(raw.FPDFPage_CountObjects(page))]


def _image_lost(thing: Any) -> bool:
    """Whether this is an image that cannot be unpacked, or not as far as its size says."""
    from pypdfium2 import raw

    if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_IMAGE:
        return False
    bitmap = raw.FPDFImageObj_GetBitmap(thing)
    if not bitmap:
        return True
    raw.FPDFBitmap_Destroy(bitmap)
    filters = [_filter(thing, index) for index in range(raw.FPDFImageObj_GetImageFilterCount(thing))]
    if not _PLAIN.issuperset(filters):  # a picture that stays packed, as JPEG does: the bitmap was the answer
        return False
    wide, tall = ctypes.c_uint(), ctypes.c_uint()
    raw.FPDFImageObj_GetImagePixelSize(thing, ctypes.byref(wide), ctypes.byref(tall))
    one_bit_each = wide.value * tall.value // 8
    return int(raw.FPDFImageObj_GetImageDataDecoded(thing, None, 0)) < one_bit_each


_PLAIN = frozenset({"FlateDecode", "LZWDecode", "RunLengthDecode", "ASCII85Decode", "ASCIIHexDecode"})


def _filter(image: Any, index: int) -> str:
    from pypdfium2 import raw

    size = raw.FPDFImageObj_GetImageFilter(image, index, None, 0)
    name = ctypes.create_string_buffer(size)
    raw.FPDFImageObj_GetImageFilter(image, index, name, size)
    return name.value.decode("ascii", "replace")


def _contents_lost(data: bytes, number: int) -> bool:
    """Whether a page on which PDFium finds nothing has contents that cannot be unpacked, or that pdfplumber, which
    reads them in its own way, finds something in."""
    import pdfplumber
    from pdfminer import settings
    from pdfminer.pdftypes import resolve1

    before, settings.STRICT = settings.STRICT, True
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            page = pdf.pages[number - 1]
            for stream in page.page_obj.contents:
                resolve1(stream).get_data()
            return any(page.objects.values())
    except Exception:  # whatever a second reader stumbles over here is damage
        return True
    finally:
        settings.STRICT = before
