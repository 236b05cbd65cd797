"""Pages become words with boxes, and what else is seen on them."""

from __future__ import annotations

from docscan.document import Document, SourceFile


def read(file: SourceFile, data: bytes) -> Document:
    """Read every page. A page that fails stays, with its problem."""
    raise NotImplementedError


def picture(file: SourceFile, data: bytes, number: int, *, max_side: int) -> bytes:
    """Page `number` (from 1) as a person sees it uploaded, as PNG. Raises `UnknownName` where there is no such page."""
    raise NotImplementedError


def versions(document: Document) -> dict[str, str]:
    """The programs that took part in reading this document, by name."""
    raise NotImplementedError
