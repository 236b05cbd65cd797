"""Which thing is it that a letter calls "air cleaner" and a receipt "Levoit HEPA Air Purifier" (`same_goods.txt`)?"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from docscan.reference.wording import Lexicon, tokens


@lru_cache(maxsize=4096)
def things(text: str) -> frozenset[str]:
    """The things that a text names, each by the first of the names that it has; empty where none is known."""
    return frozenset(match.entry for match in _lexicon().matches(tokens(text)))


@cache
def _lexicon() -> Lexicon[str]:
    lines = files(__package__).joinpath("same_goods.txt").read_text("utf-8").splitlines()
    groups = [[name.strip() for name in line.split("|")] for line in lines if line and not line.startswith("#")]
    return Lexicon((name, names[0]) for names in groups for name in names)
