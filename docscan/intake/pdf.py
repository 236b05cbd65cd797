"""How many pages a PDF has, and whether it can be opened at all."""

from __future__ import annotations

import io
import re

from docscan import pdfium
from docscan.errors import Damaged, Encrypted, NoPages, TooLarge

_OBJECT = re.compile(rb"\d\s+\d+\s+obj\b")
_END = re.compile(rb"startxref\s+\d+")


def page_count(data: bytes, *, max_pages: int) -> int:
    """The number of pages. Raises `Damaged`, `Encrypted`, `NoPages` or `TooLarge`.

    A PDF that ends in the middle is refused: readers can rebuild something from the rest, but nothing tells what is
    missing, and a missing page must never look like a missing fact.
    """
    if _cut_off(data):
        raise Damaged(
            "The PDF is incomplete: it ends in the middle.",
            "It was probably cut off while it was copied or downloaded. Fetch it again and upload the whole file.",
        )
    try:
        with pdfium.opened(data) as pdf:
            pages = len(pdf)
    except pdfium.CannotOpen as error:
        if error.locked:
            raise Encrypted(
                "The PDF is locked with a password.",
                "Open it with its password, save or print it to a new PDF without one, and upload that.",
            ) from None
        if _empty(data):
            raise _no_pages() from None
        raise Damaged(
            "The PDF is damaged and cannot be opened.",
            "Check that it opens on your device, then save it to a new PDF or send a scan or photo instead.",
        ) from None
    if pages < 1:
        raise _no_pages()
    if pages > max_pages:
        raise TooLarge(
            f"The PDF has {pages} pages; at most {max_pages} are taken.",
            "Upload only the pages that belong to this letter or receipt.",
        )
    return pages


def _no_pages() -> NoPages:
    return NoPages("The PDF has no pages.", "Save the document to a PDF again and upload that.")


def _empty(data: bytes) -> bool:
    """Whether a PDF that PDFium refuses is sound but lists no pages: PDFium does not tell that from damage."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser
    from pdfminer.pdftypes import resolve1

    try:
        pages = resolve1(PDFDocument(PDFParser(io.BytesIO(data))).catalog["Pages"])
        return not resolve1(pages["Kids"])
    except Exception:  # whatever is wrong with it, it is not a sound PDF
        return False


def _cut_off(data: bytes) -> bool:
    """Whether objects stand after the last end mark. Junk after it is common and harmless; an object is not."""
    ends = [match.end() for match in _END.finditer(data)]
    return not ends or _OBJECT.search(data, ends[-1]) is not None
