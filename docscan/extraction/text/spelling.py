"""What a misread word most likely was, among the words that matter here.

OCR turns "TOTAL" into "T0TAL" and "prescription" into "prescriptlon". A label is worth recognising all the same, so
words that are no known label are set to the one known label that is nearest. Only words are touched, never numbers,
and what the document says stays as printed: this is for finding, not for quoting.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

_WORD = re.compile(r"\S+")
_EDGES = re.compile(r"^[^0-9A-Za-z$|]+|[^0-9A-Za-z$|]+$")
# Shapes that OCR takes for one another; only inside a word that has letters too.
_AS_LETTERS = str.maketrans({"0": "o", "1": "l", "5": "s", "8": "b", "|": "l", "$": "s", "@": "a", "6": "g", "4": "a"})
_TYPOGRAPHIC = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "ﬁ": "fi", "ﬂ": "fl"})


@dataclass(frozen=True, slots=True)
class Respelt:
    """A text in lower case with its misread labels mended, and the way back to the text as printed."""

    text: str
    _starts: tuple[int, ...]
    _places: tuple[tuple[int, int, int, int], ...]  # start and end here, start and end as printed

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of `text` stands in the text as printed; whole words where they were mended."""
        return self._place(start, opening=True), self._place(max(start, end - 1), opening=False)

    def _place(self, offset: int, *, opening: bool) -> int:
        index = max(0, bisect_right(self._starts, offset) - 1)
        if index >= len(self._places):
            return 0
        here, end, there, printed_end = self._places[index]
        offset = min(max(offset, here), end if opening else end - 1)
        if end - here == printed_end - there:  # same length: same letters at the same places
            return min(printed_end, there + (offset - here) + (0 if opening else 1))
        return there if opening else printed_end


def respell(text: str, vocabulary: frozenset[str], *, shortest: int = 6) -> Respelt:
    """The text in lower case; tabs and newlines stay, other white space is one space.

    `shortest`: words of fewer letters are only mended where their shapes are alike ("T0TAL").
    """
    pieces: list[str] = []
    places: list[tuple[int, int, int, int]] = []
    length = previous = 0
    for match in _WORD.finditer(text):
        gap = text[previous : match.start()]
        if gap:
            gap = (
                "\n\n" if gap.count("\n") > 1 or "\f" in gap else "\n" if "\n" in gap else "\t" if "\t" in gap else " "
            )
        word = spelt(match.group(), vocabulary, shortest)
        pieces += (gap, word)
        length += len(gap)
        places.append((length, length + len(word), match.start(), match.end()))
        length += len(word)
        previous = match.end()
    return Respelt("".join(pieces), tuple(place[0] for place in places), tuple(places))


@lru_cache(maxsize=20_000)
def spelt(word: str, vocabulary: frozenset[str], shortest: int = 6) -> str:
    """The word in lower case, or the known word that it most likely is; signs at its ends stay."""
    lower = word.translate(_TYPOGRAPHIC).lower()
    core = _EDGES.sub("", lower)
    if len(core) < 4 or core in vocabulary or not any(letter.isalpha() for letter in core):
        return lower
    letters = sum(letter.isalpha() for letter in core)
    as_letters = core.translate(_AS_LETTERS) if letters * 2 >= len(core) else core
    if as_letters != core and as_letters in vocabulary:
        return lower.replace(core, as_letters)
    for seen, meant in (("i", "l"), ("l", "i"), ("rn", "m"), ("vv", "w")):
        if seen in as_letters and (other := as_letters.replace(seen, meant)) in vocabulary:
            return lower.replace(core, other)
    if as_letters.isalpha() and len(as_letters) >= shortest:
        far = 2 if len(as_letters) >= 9 else 1
        near = process.extractOne(
            as_letters, _of_about(vocabulary, len(as_letters)), scorer=Levenshtein.distance, score_cutoff=far
        )
        if near is not None and (near[1] < 2 or near[0][0] == as_letters[0]) and not _inflection(as_letters, near[0]):
            return lower.replace(core, near[0])
    return lower


def words_of(patterns: Iterable[str]) -> frozenset[str]:
    """The plain words that occur in patterns: what `respell` should know."""
    return frozenset(word for pattern in patterns for word in re.findall(r"(?<![\\a-z])[a-z]{5,}", pattern))


@lru_cache(maxsize=2_000)
def _of_about(vocabulary: frozenset[str], length: int) -> tuple[str, ...]:
    return tuple(sorted(word for word in vocabulary if abs(len(word) - length) <= 2 and len(word) >= 5))


def _inflection(word: str, known: str) -> bool:
    """ "required" and "requires" are both good English: leave a word that ends as words end."""
    stem = next((i for i, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), min(len(word), len(known)))
    return stem >= 4 and word[stem:] in _ENDINGS


_ENDINGS = frozenset(("", "s", "d", "r", "e", "y", "es", "ed", "er", "or", "al", "ly", "ing", "ion", "ions", "ies"))
