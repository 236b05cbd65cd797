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
        if _is_form_of_sending(lines):
            continue
        told = any(is_prose(line) and not _SENDING.search(line) and not _OF_CONFIDENCE.search(line) for line in lines)
        if told or not lines or len(lines) > _MOST_LINES or not any(_SENDING.search(line) for line in lines):
            return page.number
    return pages[-1].number if pages else 1


_LABEL = re.compile(
    r"(?:^|\t)\W*(?P<label>to|from|fax(?: (?:no\.?|number|#))?|phone|tel|(?:no\.? of |number of |total )?pages?|date|"
    r"re|subject|message|comments?|notes?|remarks|attn|cc)(?=\s*[:#\t]|\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_FEWEST_LABELS = 4
_REMARKS = 2  # sentences of a cover that say what is sent, and why
_GREETS = re.compile(r"\W*(?:dear|to whom)\b|\W*(?:sincerely|respectfully|regards|yours)\b", re.IGNORECASE)


def _is_form_of_sending(lines: list[str]) -> bool:
    """Whether a page is a fax cover that is filled in: who sends how many pages to whom, and hardly a sentence more."""
    labels = {found["label"].lower() for line in lines for found in _LABEL.finditer(line)}
    if not (
        {"to", "from"} <= labels and len(labels) >= _FEWEST_LABELS and any(_SENDING.search(line) for line in lines)
    ):
        return False
    told = [cell for line in lines for cell in line.split("\t") if is_prose(cell) and not _OF_CONFIDENCE.search(line)]
    return len(told) <= _REMARKS and not any(_GREETS.match(line) for line in lines)
