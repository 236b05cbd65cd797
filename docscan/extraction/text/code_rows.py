"""Rows of a list of codes: what one row says ("Z80.3 - Family history of ...") is not said of the next."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from docscan.extraction.text.spans import Span

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_OPENS = re.compile(
    r"[\s•●▪◦*·–—-]*(?:\d{1,2}[.):]?\s+|\(?[a-z][.)]\s+)?[(\[]?[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?[)\]]?"
    r"(?:\s*[:–—-]\s*|\s{1,3}|\t)(?=[A-Z][A-Za-z]|[a-z]{3,} |[A-Z0-9]+ )"
)


def row_of_codes(text: AnnotatedText, offset: int) -> Span:
    """The row that an offset stands in, a wrapped line included; the whole text where it stands in no such list."""
    starts = text.once("rows of codes", lambda: _row_starts(text))
    index = bisect_right(starts, offset) - 1
    following = starts[index + 1] if index + 1 < len(starts) else len(text.text)
    return Span(starts[index] if index >= 0 else 0, following)


def _row_starts(text: AnnotatedText) -> list[int]:
    """Starts of the lines that a code opens, where another such line stands right above or below."""
    opening = [bool(_OPENS.match(text.text, line.start, line.end)) for line in text.lines]
    return [
        line.start
        for index, line in enumerate(text.lines)
        if opening[index] and any(opening[i] for i in (index - 1, index + 1) if 0 <= i < len(opening))
    ]
