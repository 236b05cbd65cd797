"""Pages become words with boxes, and what else is seen on them.

`read`, `picture` and `versions` are the stage's only doors. Threads of one process take turns: neither PDFium nor
Tesseract stands two at once.
"""

from __future__ import annotations

import os
import threading

from docscan.document import Document, SourceFile

# One process reads one page on one core. Threads of Tesseract and of NumPy would cost twice the CPU and save no
# time. Read by these libraries when they are loaded, so it is set before any of them is.
for _name in ("OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

_ONE_AT_A_TIME = threading.RLock()


def read(file: SourceFile, data: bytes) -> Document:
    """Read every page. A page that fails stays, with its problem.

    Raises `MissingDependency` where a page needs OCR and no engine is installed.
    """
    from docscan.reading import pages

    with _ONE_AT_A_TIME:
        return pages.read(file, data)


def picture(file: SourceFile, data: bytes, number: int, *, max_side: int) -> bytes:
    """Page `number` (from 1) as a person sees it uploaded, as PNG. Raises `UnknownName` where there is no such page."""
    from docscan.reading import pages

    with _ONE_AT_A_TIME:
        return pages.picture(file, data, number, max_side=max_side)


def versions(document: Document) -> dict[str, str]:
    """The programs that took part in reading this document, by name."""
    from docscan.reading import pages

    with _ONE_AT_A_TIME:
        return pages.versions(document)
