"""How far the words of a diagnosis and an official description say the same.

Words count by how rare they are in the descriptions. Two words are the same where they are equal, share their stem
("diabetic", "diabetes"), or are words of one meaning (`same_words.txt`: "kidney", "renal"). Sides, order, and words
that leave something open ("other", "unspecified") count little or nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from docscan.reference import icd10cm
from docscan.reference.wording import tokens

_OPEN = frozenset(
    "unspecified other specified unsp unspec nos mellitus encounter initial subsequent sequela elsewhere classified "
    "not without mention disease disorder condition type site part side given left right bilateral unilateral "
    "both no spec traum present w d o dz late effect".split()
)
_STEM = 0.7  # share of the shorter word that two words of one stem have in common
_SHORTEST = 5


class Likeness(NamedTuple):
    """`told`: the share of the diagnosis' words that the description holds. `covered`: the share of the description's
    words that the diagnosis holds. `known`: the share of its words that are in any description. All are weighed."""

    told: float
    covered: float
    known: float


@lru_cache(maxsize=4096)
def likeness(text: str, description: str) -> Likeness:
    """How alike the words of a diagnosis and a description are."""
    ours, theirs = _words(text), _words(description)
    if not ours or not theirs:
        return Likeness(0.0, 0.0, 0.0)
    mine = {word: _meant(word) for word in ours}
    for word, meant in _phrases(text):
        mine.setdefault(word, set()).update(meant)
    other = {word: {word} for word in theirs}
    told = sum(_weight(w) for w, meant in mine.items() if any(_same(a, b) for a in meant for b in other))
    covered = sum(_weight(w) for w in other if any(_same(a, w) for meant in mine.values() for a in meant))
    total = sum(_weight(w) for w in mine) or 1.0
    known = sum(_weight(w) for w in mine if icd10cm.is_word(w)) / total
    return Likeness(told / total, covered / (sum(_weight(w) for w in other) or 1.0), known)


def _words(text: str) -> tuple[str, ...]:
    plain = (token.plain for token in tokens(text.replace("w/", " ").replace("-", " ")))
    return tuple(dict.fromkeys(word for word in plain if word not in _OPEN and (len(word) > 1 or word.isdigit())))


@cache
def _table() -> tuple[dict[str, frozenset[str]], tuple[tuple[tuple[str, ...], frozenset[str]], ...]]:
    words: dict[str, set[str]] = defaultdict(set)
    phrases = []
    for line in files(__package__).joinpath("same_words.txt").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        said, sign, meant = line.partition(" = ")
        if sign:
            phrases.append((tuple(t.plain for t in tokens(said)), frozenset(t.plain for t in tokens(meant))))
            continue
        group = {token.plain for token in tokens(line)}
        for word in group:
            words[word] |= group
    return {word: frozenset(group) for word, group in words.items()}, tuple(phrases)


def _meant(word: str) -> set[str]:
    return {word, *_table()[0].get(word, ())}


def _phrases(text: str) -> list[tuple[str, frozenset[str]]]:
    """Words that belong to a phrase of another meaning: "high", "blood" and "pressure" are hypertension."""
    plain = [token.plain for token in tokens(text.replace("-", " "))]
    found = []
    for phrase, meant in _table()[1]:
        for at in range(len(plain) - len(phrase) + 1):
            if tuple(plain[at : at + len(phrase)]) == phrase:
                found += [(word, meant) for word in phrase if word not in _OPEN]
    return found


@lru_cache(maxsize=16384)
def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if shorter < _SHORTEST or one.isdigit() or other.isdigit():
        return False
    common = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), shorter)
    return common >= max(_SHORTEST, _STEM * shorter)


@lru_cache(maxsize=16384)
def _weight(word: str) -> float:
    return min(icd10cm.rarity(word), _MOST) if not re.fullmatch(r"\d+[a-z]?", word) else 2.0


_MOST = 8.0  # the weight of a word that is in few descriptions or none: a lay word weighs no more than a rare one
