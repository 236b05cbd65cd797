"""Which heading a stretch of text stands under."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Line

_NUMBER = re.compile(r"^(?:(?:section|part|step)\s+)?(?:[0-9IVX]{1,4}|[A-H])[.):]\s+", re.IGNORECASE)
_WORDS = re.compile(r"[A-Za-z][A-Za-z'’/&-]*")
_SALUTATION = re.compile(r"\s*(?:dear|to whom|sincerely|regards|respectfully|re\b|cc\b|yours)", re.IGNORECASE)


_USUAL = re.compile(
    r"(?:assessment(?:\s*(?:and|&|/)\s*plan)?|plan(?: of care)?|diagnos[ie]s|treatment(?: plan)?|recommendations?|"
    r"medications?|"
    r"allergies|(?:past |family |social |surgical |medical )*history|history of present illness|subjective|objective|"
    r"physical exam(?:ination)?|review of systems|goals|impression|orders?|problem list|vital signs|results)\s*:?",
    re.IGNORECASE,
)


_MARKS_ONLY = re.compile(r"(?:(?:@[^@\s]+@|\{[^{}]*\}|<<?[^<>]*>?>|\[[^\[\]]*\]|\*{2,}|%[^%\s]+%)\s*)+")
"""A line of nothing but marks that a template left: "@PMH@ @ALLERGIES@"."""


def headings(text: AnnotatedText) -> list[tuple[int, str]]:
    """Offsets and names of headings, in order; each page starts under the heading of the page before."""
    found = []
    for index, line in enumerate(text.lines):
        name = _heading(text, index, line)
        if name:
            found.append((line.start, name))
    return found


def _heading(text: AnnotatedText, index: int, line: Line) -> str | None:
    if len(line.cells) > 1:
        return None
    printed = line.cells[0].text.strip()
    words = _WORDS.findall(_NUMBER.sub("", printed))
    if _USUAL.fullmatch(printed):
        return printed.rstrip(": ")
    if not 1 <= len(words) <= 9 or len(printed) > 80 or _SALUTATION.match(printed) or _MARKS_ONLY.fullmatch(printed):
        return None
    letters = [sign for sign in printed if sign.isalpha()]
    if printed.endswith((".", ",", ";", "?")) or len(letters) < 4 or sum(s.isdigit() for s in printed) > 3:
        return None
    capitals = all(sign.isupper() for sign in letters)
    numbered = bool(_NUMBER.match(printed)) and words[0][0].isupper()
    set_apart = (index == 0 or text.text[text.lines[index - 1].end : line.start] != "\n") and index + 1 < len(
        text.lines
    )
    titled = set_apart and all(w[0].isupper() or len(w) <= 3 for w in words)
    if not (printed.endswith(":") or capitals or (numbered and titled) or (titled and _larger(text, index, line))):
        return None
    return _NUMBER.sub("", printed).rstrip(": ").strip() or None


def _larger(text: AnnotatedText, index: int, line: Line) -> bool:
    after = text.lines[index + 1] if index + 1 < len(text.lines) else None
    return after is not None and after.page is line.page and line.box.height > 1.2 * after.box.height
