"""How a text is cut for a network: words and signs, and the wordpieces of each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

WORD: Final = re.compile(r"[^\W_]+|[^\w\s]|_")


class Wordpieces:
    """Greedy longest match against a vocabulary, as uncased BERT cuts its words."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._known = {piece: number for number, piece in enumerate(vocabulary)}
        self.unknown, self.opening, self.closing = (self._known[one] for one in ("[UNK]", "[CLS]", "[SEP]"))
        self.of = lru_cache(maxsize=8192)(self._of)

    def _of(self, word: str) -> tuple[int, ...]:
        """The pieces of one word."""
        plain = "".join(s for s in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(s) != "Mn")
        found: list[int] = []
        start = 0
        while start < len(plain):
            lead = "##" if start else ""
            for end in range(len(plain), start, -1):
                number = self._known.get(lead + plain[start:end])
                if number is not None:
                    break
            else:
                return (self.unknown,)
            found.append(number)
            start = end
        return tuple(found) or (self.unknown,)


def models() -> Path:
    """The folder of what ships: beside the package, or in it once installed."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "_models"
    return shipped if shipped.is_dir() else package.parent / "models"
