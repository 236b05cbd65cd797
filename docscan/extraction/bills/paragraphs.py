"""Which rows of a bill are running text: sentences of a letter or of a policy, not lines of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from docscan.extraction.bills.rows import Row, rows_of

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_SPEAKS: Final = re.compile(
    r"\b(?:you|we|i|he|she|it|they|is|are|was|were|has|have|had|comes?|came|makes?|paid|owe|put|took|gave|thank)\b",
    re.IGNORECASE,
)
_JOINS: Final = re.compile(
    r"\b(?:the|that|which|your|our|my|this|for|and|at|with|a|an|of|to|in|on|as|by|from)\b", re.IGNORECASE
)
_ENDS: Final = re.compile(r"[a-z0-9)%][.!?][\"”')]*(?=\s+[A-Z\"“]|\s*$)")
_LEAST_WORDS: Final = 8
_APART: Final = 1.9  # of a row's height, from top to top: further down begins another paragraph


class Paragraph(NamedTuple):
    """Rows `first` to `last`, both included, and where they stand in the text."""

    first: int
    last: int
    start: int
    end: int


def paragraphs_of(text: AnnotatedText) -> tuple[Paragraph, ...]:
    """The paragraphs of sentences, in order."""
    return text.once("bill paragraphs", lambda: tuple(_paragraphs(rows_of(text))))


def told_rows(text: AnnotatedText) -> frozenset[int]:
    """The rows that belong to paragraphs."""
    return text.once(
        "told rows", lambda: frozenset(row for p in paragraphs_of(text) for row in range(p.first, p.last + 1))
    )


def _paragraphs(rows: tuple[Row, ...]) -> Iterator[Paragraph]:
    first = 0
    for index in range(1, len(rows) + 1):
        if index < len(rows) and _goes_on(rows[index - 1], rows[index]):
            continue
        run = rows[first:index]
        if _is_told(" ".join(row.text for row in run)) and all(len(row.cells) == 1 for row in run):
            yield Paragraph(first, index - 1, run[0].start, run[-1].end)
        first = index


def _goes_on(above: Row, row: Row) -> bool:
    return (
        above.page is row.page
        and len(above.cells) == len(row.cells) == 1
        and row.box.top - above.box.top < _APART * max(row.height, above.height)
        and row.box.left < above.box.left + 0.02
        and len(above.text) > 30
    )


def _is_told(words: str) -> bool:
    """Sentences: they end, somebody does or is something in them, and little words join the others."""
    count = len(words.split())
    return (
        count >= _LEAST_WORDS
        and bool(_ENDS.search(words))
        and bool(_SPEAKS.search(words))
        and len(_JOINS.findall(words)) * 9 >= count
    )
