"""The one place that opens PDF files, so that intake and reading never run PDFium at the same time.

PDFium keeps global state and is not thread-safe: two threads that use it at once, even on two files, can crash the
process. Everyone holds `opened` for as long as anything of the file is in use.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_ONE_AT_A_TIME = threading.RLock()


class CannotOpen(Exception):
    """PDFium refuses the file. `locked`: it needs a password or a security handler that PDFium does not have."""

    def __init__(self, *, locked: bool) -> None:
        super().__init__("locked" if locked else "not a PDF that can be opened")
        self.locked = locked


@contextmanager
def opened(data: bytes) -> Iterator[PdfDocument]:
    """A PDF's pages; nobody else in this process uses PDFium meanwhile. Raises `CannotOpen`."""
    import pypdfium2
    from pypdfium2 import raw

    with _ONE_AT_A_TIME:
        try:
            pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            # PDFium's error code may be left over from an earlier file, so the file itself is asked too.
            locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY) and b"/Encrypt" in data
            raise CannotOpen(locked=locked) from None
        try:
            yield pdf
        finally:
            pdf.close()
