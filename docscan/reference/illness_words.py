"""Which words names of illnesses are made of: what the official descriptions are made of, everyday words left out.

Data: `illness_words.txt`, drawn by `build_illness_words`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, TypeAlias

Part: TypeAlias = Literal["disease", "general", "describes"]
"""disease: names an illness by itself. general: needs a word beside it ("disorder", "pain"). describes: stands beside
one: a part of the body, a cause, a course, a side."""


@cache
def _words() -> dict[str, Part]:
    found: dict[str, Part] = {}
    for line in files(__package__).joinpath("illness_words.txt").read_text("utf-8").splitlines():
        kind, *words = line.split(" ")
        found.update(dict.fromkeys(words, kind))  # type: ignore[arg-type]
    return found


@lru_cache(maxsize=8192)
def part(word: str) -> Part | None:
    """What a word is in the name of an illness; None for a word that is in none. A plural counts as its singular, a
    compound as its last part where all its parts are such words."""
    plain = word.lower().removesuffix("'s").removesuffix("’s")
    plain = _PLURALS.get(plain, plain)
    words = _words()
    if plain in words:
        return words[plain]
    for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
        if len(plain) > 4 and plain.endswith(ending) and plain[: -len(ending)] + instead in words:
            return words[plain[: -len(ending)] + instead]
    parts = plain.split("-")
    if len(parts) > 1 and all(part(one) or one in _JOINERS for one in parts):
        return part(parts[-1])
    return None


_PLURALS = {"feet": "foot", "teeth": "tooth"}
_JOINERS = frozenset("non post pre anti sub inter intra peri poly end to of and semi micro".split())
