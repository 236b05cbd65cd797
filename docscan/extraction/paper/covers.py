"""On which page does a letter begin? Before it may lie the cover of a fax, which says only who sends what to whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docscan.extraction.paper.closings import is_prose

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_SENDING = re.compile(r"\bfax\b|\bfacsimile\b|\bcover\b|\bpa?ge?s\b.{0,24}\d", re.IGNORECASE)
_OF_CONFIDENCE = re.compile(r"\b(?:confidential\w*|intended|recipient|addressee|error|privileged)\b", re.IGNORECASE)
_MOST_LINES = 18  # of a cover


def first_page(text: AnnotatedText) -> int:
    """The number of the page behind the covers; 1 where there is none."""
    return text.once("first page of the letter", lambda: _first_page(text))


def _first_page(text: AnnotatedText) -> int:
    pages = text.document.pages
    for page in pages[:-1]:
        lines = [text.text[line.start : line.end] for line in text.lines if line.page is page]
        told = any(is_prose(line) and not _SENDING.search(line) and not _OF_CONFIDENCE.search(line) for line in lines)
        if told or not lines or len(lines) > _MOST_LINES or not any(_SENDING.search(line) for line in lines):
            return page.number
    return pages[-1].number if pages else 1
