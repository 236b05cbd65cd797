"""What shows that a line is a fax machine's own, printed over what was sent?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_COUNT = re.compile(r"(?<![\d/.-])0{0,2}(?P<page>\d{1,2})\s?/\s?0{0,2}(?P<of>\d{1,2})(?![\d/.%-])\W*$")
_NUMBER = re.compile(
    r"(?<![\d.-])\+?(?:1[ .-]?)?\(?[2-9]\d\d\)?[ .-]{0,2}\d{3}[ .-]?\d{4}(?!\d)|(?:->|>>)|"
    r"(?:#|\bno\.?|\bjob)\s?\d{2,5}\b",
    re.IGNORECASE,
)
_FROM_A_NUMBER = re.compile(r"\b(?:from|fm)\b[ :]{1,3}\+?(?:1[ .-]?)?\(?[2-9]\d\d\)?[ .-]{0,2}\d{3}[ .-]?\d{4}", re.I)


_CLOCK = re.compile(r"\b\d{1,2}:\d\d\b")
_SENT = re.compile(r"\b(?:from|to)\s?:|\bfax\b", re.IGNORECASE)
_PAGE_OF = re.compile(r"\bp(?:a?ge?|g)?s?[.,:]{0,2}\s?\d{1,3}\s?(?:/|of)\s?\d{1,3}\W*$", re.IGNORECASE)


def is_header(printed: str) -> bool:
    """ "11/28/2026 09:43 FROM: SUITE 210  555-0178  P. 001/001": when it was sent, by whom, and which page; not what a
    till or a practice prints above its own bill."""
    if _CLOCK.search(printed) is None:
        return False
    paged = _PAGE_OF.search(printed) is not None and _SENT.search(printed) is not None
    return paged or counts_pages_or_names_the_sender(printed)


def in_a_header(text: AnnotatedText, start: int) -> bool:
    """Whether what begins at `start` stands in a fax machine's line above or below all else of its page."""
    index = text.line_index(start)
    line = text.lines[index]
    near = [other for other in text.lines[max(0, index - 1) : index + 2] if other.page is line.page]
    return (line is near[0] or line is near[-1]) and is_header(text.text[line.start : line.end])


def counts_pages_or_names_the_sender(printed: str) -> bool:
    """ "ELM CLINIC  801.555.0104  #0417  1/2": a number or a job, and which of how many pages at the end; or the number
    from which it was received."""
    count = _COUNT.search(printed)
    told = count is not None and 1 <= int(count["page"]) <= int(count["of"])
    return (told and _NUMBER.search(printed) is not None) or _FROM_A_NUMBER.search(printed) is not None
