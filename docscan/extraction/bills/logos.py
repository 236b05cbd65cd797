"""Names set with room between their letters, as logos are: "P O R T A G E   L A K E".

The letters are joined again; how the name is written where it is written plainly on the same document, its words and
its capitals, comes before what the letters alone give.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docscan.extraction.bills.rows import Row

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_SPACED = re.compile(r"(?:[^\W_][&'’.]? ){1,}[^\W_][.!]?|&")
_FEWEST = 4  # letters; fewer are initials
_NO_LETTERS = re.compile(r"[\W_]*")


def is_set_apart(words: str) -> bool:
    """Whether every letter of some words stands by itself."""
    return bool(_SPACED.fullmatch(words)) and sum(c.isalnum() for c in words) >= _FEWEST


def logo_of(text: AnnotatedText, row: Row) -> str | None:
    """The name that a row of letters set apart spells; None where it is no such row."""
    cells = [cell.text.strip(" *~-–—=|•·.") for cell in row.cells]
    cells = [cell for cell in cells if not _NO_LETTERS.fullmatch(cell) or cell == "&"]
    if not cells or not all(_SPACED.fullmatch(cell) or len(cell) == 1 for cell in cells):
        return None
    words = [cell.replace(" ", "") for cell in cells]
    letters = [c for word in words for c in word if c.isalnum()]
    if len(letters) < _FEWEST:
        return None
    return _plainly_written(text, row, letters) or " ".join(words)


def _plainly_written(text: AnnotatedText, row: Row, letters: list[str]) -> str | None:
    spelt = r"[^\w\n]{0,3}".join(map(re.escape, letters))
    plain = re.compile(rf"(?<!\w){spelt}(?![\w@]|\.\w)", re.IGNORECASE)
    for match in plain.finditer(text.text):
        apart = match.start() < row.end and row.start < match.end()
        if not apart and not is_set_apart(match.group()) and match.group()[0].isupper():
            return " ".join(match.group().split())
    return None
