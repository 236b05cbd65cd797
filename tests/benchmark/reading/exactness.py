"""Which words and which key tokens were read exactly. Pure functions on lists of words.

Words are the same where every character is, case included, with punctuation at a word's ends left out and the ways in
which one sign may be drawn (’ and ', – and -, ligatures) taken for one. Signs without letter or figure (•, =) are no
words. Of a word that stands three times on the page
and was read twice, two are right. Key tokens are compared likewise, currency signs at their ends left out too.

A key token that was not read exactly is *wrong* where another token of its kind was read in its stead: another code,
date, amount or NPI that a reader would take for true, much like it, nowhere on the page, and near a word that the token
stands near (the header that a fax machine prints has a date, too). Else it is *missing*.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rapidfuzz.distance import LCSseq, Levenshtein

from tests.benchmark.reading.manifest import Key

Outcome: TypeAlias = Literal["right", "wrong", "missing"]

_ONE_SIGN = str.maketrans({"’": "'", "‘": "'", "′": "'", "“": '"', "”": '"', "„": '"', "″": '"', "–": "-", "—": "-",
                           "‐": "-", "‑": "-", "‒": "-", "−": "-", "\u00ad": None, "\u200b": None})  # fmt: skip


def plain(word: str) -> str:
    """A word as it is compared; "" where it has neither letter nor figure."""
    stripped = _stripped(word, lambda category: category.startswith("P"))
    return stripped if any(map(str.isalnum, stripped)) else ""


def plain_key(word: str) -> str:
    """A key token, or a word that may be one, as it is compared."""
    return _stripped(word, lambda category: category.startswith("P") or category == "Sc")


def _stripped(word: str, goes: Callable[[str], bool]) -> str:
    text = unicodedata.normalize("NFKC", word).translate(_ONE_SIGN)
    start, end = 0, len(text)
    while start < end and goes(unicodedata.category(text[start])):
        start += 1
    while end > start and goes(unicodedata.category(text[end - 1])):
        end -= 1
    return text[start:end]


@dataclass(frozen=True, slots=True)
class Words:
    """`true` words on the page, `read` words, and how many are in both. `right`: for each word that was read, whether
    it is one of the true ones; None for what has neither letter nor figure and counts neither way."""

    true: int
    read: int
    both: int
    right: tuple[bool | None, ...]


def words(true: Sequence[str], read: Sequence[str], added: Collection[str] = ()) -> Words:
    """Compare all words. `added`: what may stand there beside the true ones. Order decides which of several equal words
    that were read are the true ones."""
    wanted = [word for word in map(plain, true) if word]
    got = list(map(plain, read))
    numbers = [n for n, word in enumerate(got) if word]
    right: list[bool | None] = [False if word else None for word in got]
    left = Counter(wanted)
    for block in LCSseq.opcodes([got[n] for n in numbers], wanted):
        if block.tag == "equal":
            for n in numbers[block.src_start : block.src_end]:
                right[n] = True
                left[got[n]] -= 1
    for n in numbers:  # what stands elsewhere in the order
        if not right[n] and left[got[n]] > 0:
            right[n] = True
            left[got[n]] -= 1
    beside = set(map(plain, added))
    for n in numbers:
        if not right[n] and got[n] in beside:
            right[n] = None
    return Words(len(wanted), sum(r is not None for r in right), sum(r is True for r in right), tuple(right))


@dataclass(frozen=True, slots=True)
class KeyRead:
    """What became of a key token; `instead`: what was read in its stead."""

    key: Key
    outcome: Outcome
    instead: str | None = None


def keys(wanted: Sequence[Key], true: Sequence[str], read: Sequence[str]) -> tuple[KeyRead, ...]:
    """What became of each key token of a page whose true words and read words are given, both in reading order."""
    printed = [word for word in map(plain_key, true) if word]
    got = [word for word in map(plain_key, read) if word]
    left, results = Counter(got), list[KeyRead | None]()
    for key in wanted:
        parts = [plain_key(part) for part in plain_key(key.text).split()]
        found = left[parts[0]] > 0 if len(parts) == 1 else _in_a_row(parts, got)
        if found and len(parts) == 1:
            left[parts[0]] -= 1
        results.append(KeyRead(key, "right") if found else None)
    more = Counter(got) - Counter(printed)
    spare = [n for n, word in enumerate(got) if more[word] > 0]
    for number, key in enumerate(wanted):
        if results[number] is None:
            instead = _instead(key, spare, got, printed)
            if instead is not None:
                spare.remove(instead)
            results[number] = KeyRead(key, "missing") if instead is None else KeyRead(key, "wrong", got[instead])
    return tuple(result for result in results if result is not None)


def _in_a_row(parts: Sequence[str], got: Sequence[str]) -> bool:
    """Whether a token that is printed with spaces, "March 3, 2026", stands among the words."""
    return any(got[n : n + len(parts)] == parts for n in range(len(got) - len(parts) + 1))


_SHAPES: dict[str, tuple[re.Pattern[str], ...]] = {
    "code": (
        re.compile(r"[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?"),  # ICD-10-CM
        re.compile(r"\d{3}\.\d{1,2}"),  # ICD-9-CM
        re.compile(r"(?:\d{5}|[A-V]\d{4}|\d{4}[FT])(?:-[A-Z0-9]{2})?"),  # CPT, HCPCS
    ),
    "date": (
        re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d\d)"),
        re.compile(r"\d{4}[/.-]\d{1,2}[/.-]\d{1,2}"),
        re.compile(r"\d{1,2}-[A-Za-z]{3}-\d{2,4}"),
    ),
    "amount": (re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d\d"), re.compile(r"\d{1,3}(?:,\d{3})*")),
    "npi": (re.compile(r"\d{10}"),),
}
_ALIKE = 0.5  # share of a token's characters that may differ: two tokens that share less are not one misread
_NEAR = 4  # words before and after


def _instead(key: Key, spare: Sequence[int], got: Sequence[str], printed: Sequence[str]) -> int | None:
    """Which of the spare words is most like the token, could be taken for it, says something else, and is near."""
    text = plain_key(key.text)
    beside = {word for n, there in enumerate(printed) if there == text for word in _neighbours(printed, n)}
    close = [
        (Levenshtein.distance(text, got[n]), n)
        for n in spare
        if _takes_for(key.kind, text, got[n])
        and _said(got[n]) != _said(text)
        and not beside.isdisjoint(_neighbours(got, n))
    ]
    best = min(close, default=None)
    return best[1] if best is not None and best[0] <= _ALIKE * max(len(text), len(got[best[1]])) else None


def _neighbours(words: Sequence[str], place: int) -> list[str]:
    return [*words[max(0, place - _NEAR) : place], *words[place + 1 : place + 1 + _NEAR]]


def _takes_for(kind: str, text: str, word: str) -> bool:
    shape = next((shape for shape in _SHAPES.get(kind, ()) if shape.fullmatch(text)), None)
    if shape is not None:
        return shape.fullmatch(word) is not None
    return _pattern(word) == _pattern(text)


def _pattern(text: str) -> str:
    """The token with a 9 for each digit and an A for each letter, for kinds without a shape of their own."""
    return re.sub(r"[^\W\d_]", "A", re.sub(r"\d", "9", text))


def _said(text: str) -> str:
    """The letters and figures: a token that lost its point or comma is mangled, but no other token."""
    return re.sub(r"[\W_]", "", text)
