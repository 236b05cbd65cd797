"""How words of documents are made comparable: the same tokens for "Osteoarthritis, L. knee" and "left knee OA".

Serves the lexicons beside it. Tokens are lower case, without plural s; American spelling; Roman numerals after "type",
"class", "stage", "phase" and "grade" as digits; words that say nothing left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Generic, NamedTuple, TypeVar

from docscan.reference import icd10cm

_SILENT = frozenset("a an and at by due for from his her in is my nos of on or our s the their to with your".split())
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_COUNTED = frozenset({"type", "class", "stage", "phase", "grade", "level"})
_BRITISH = (
    ("haem", "hem"), ("anaem", "anem"), ("oedema", "edema"), ("oesoph", "esoph"), ("rrhoea", "rrhea"),
    ("apnoea", "apnea"),
    ("coeliac", "celiac"), ("paed", "ped"), ("orthopaed", "orthoped"), ("tumour", "tumor"), ("behaviour", "behavior"),
    ("ischaem", "ischem"), ("glycaem", "glycem"), ("lipidaem", "lipidem"), ("faecal", "fecal"), ("gynaec", "gynec"),
)  # fmt: skip


class Token(NamedTuple):
    """A comparable word, the word as printed, its place (places jump where a clause ends), and where it stands."""

    plain: str
    printed: str
    place: int
    start: int
    end: int


_CLAUSE = 12  # how far a place jumps where a clause ends: farther than any phrase reaches
_PIECES = re.compile(
    r"(?P<possessive>['’]s(?![^\W_]))|(?P<word>\d+(?:\.\d+)?|[^\W_]+)|(?P<gap>\s*\n\s*\n\s*|[;:()\[\]|•\f]+|\.(?=\s))"
)


def tokens(text: str) -> tuple[Token, ...]:
    """The comparable words of a text. A line's end is a space; an empty line ends a clause."""
    found: list[Token] = []
    place = 0
    before = ""
    for match in _PIECES.finditer(text):
        if match["gap"]:
            place += _CLAUSE
        if not match["word"]:
            continue
        word = match["word"].lower()
        if before in _COUNTED and word in _ROMAN:
            word = _ROMAN[word]
        before = word
        if word not in _SILENT:
            found.append(Token(_plain(word), match["word"], place, match.start(), match.end()))
            place += 1
    return tuple(found)


def _plain(word: str) -> str:
    for british, american in _BRITISH:
        if british in word:
            word = word.replace(british, american)
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] not in "siu" else word


_Entry = TypeVar("_Entry")


@dataclass(frozen=True, slots=True)
class Phrase(Generic[_Entry]):
    """`words`: all must be near each other, in any order. `capitals`: an abbreviation that counts only in capitals.

    `alone`: an abbreviation of so many things that it counts only where the text is hardly more than it.
    """

    words: frozenset[str]
    entry: _Entry
    capitals: bool
    alone: bool


class Match(NamedTuple, Generic[_Entry]):
    """An entry that a text names, and the places of its words among the text's tokens."""

    entry: _Entry
    indices: tuple[int, ...]


class Lexicon(Generic[_Entry]):
    """Phrases and what they name. A text names an entry where all words of a phrase stand near each other; of two that
    overlap, the longer holds. Words of six letters and more may have an OCR slip."""

    def __init__(self, phrases: Iterable[tuple[str, _Entry]], *, words_of_english: Collection[str] = ()) -> None:
        self._english = frozenset(words_of_english)
        self._by_word: dict[str, list[Phrase[_Entry]]] = defaultdict(list)
        for text, entry in phrases:
            self._add(text, entry)

    def _add(self, text: str, entry: _Entry) -> None:
        bare, _, note = text.partition("(")
        words = frozenset(t.plain for t in tokens(bare))
        letters = bare.strip()
        short = letters.isupper() and len(letters) <= 5
        capitals = short and (len(letters) <= 2 or letters.lower() in self._english)
        if words:
            phrase = Phrase(words, entry, capitals or bool(note), bool(note))
            self._by_word[min(words, key=lambda w: (-len(w), w))].append(phrase)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(w for phrases in self._by_word.values() for p in phrases for w in p.words)

    def matches(self, text: tuple[Token, ...]) -> list[Match[_Entry]]:
        """The entries named, in the order of the text, of overlapping ones the longest only."""
        found = sorted(self._all(text), key=lambda m: (-len(m.indices), m.indices[-1] - m.indices[0], m.indices))
        kept: list[Match[_Entry]] = []
        taken: set[int] = set()
        for match in found:
            if taken.isdisjoint(match.indices):
                kept.append(match)
                taken.update(match.indices)
        return sorted(kept, key=lambda m: m.indices)

    def _all(self, text: tuple[Token, ...]) -> Iterator[Match[_Entry]]:
        plain = [self.mend(token.plain) for token in text]
        places: Mapping[str, list[int]] = _places(plain)
        for word in places:
            for phrase in self._by_word.get(word, ()):
                if not all(w in places for w in phrase.words):
                    continue
                for index in places[word]:
                    indices = _near(index, phrase.words - {word}, places, text)
                    if indices and self._counts(phrase, text, indices):
                        yield Match(phrase.entry, indices)

    def _counts(self, phrase: Phrase[_Entry], text: tuple[Token, ...], indices: tuple[int, ...]) -> bool:
        if phrase.alone and len(text) > 3:
            return False
        return not phrase.capitals or text[indices[0]].printed.isupper()

    def mend(self, word: str) -> str:
        """The word of the vocabulary that OCR turned into `word`; `word` itself where that is not clear."""
        if len(word) < 6 or word in self.vocabulary:
            return word
        return self._mended(word)

    def _mended(self, word: str) -> str:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        if (known := self._slips.get(word)) is None and (word in _words_of_their_own() or icd10cm.is_word(word)):
            known = self._slips[word] = word  # a word of its own ("change"), not a slip for "charge"
        if known is None:
            near = process.extract(
                word.translate(_DIGITS),
                self._long_words,
                scorer=OSA.distance,
                score_cutoff=1 + (len(word) >= _VERY_LONG),
                limit=2,
            )
            clear = near and near[0][0][0] == word[0] and (len(near) == 1 or near[0][1] < near[1][1])
            known = self._slips[word] = near[0][0] if clear else word
        return known

    @cached_property
    def _slips(self) -> dict[str, str]:
        return {}

    @cached_property
    def _long_words(self) -> list[str]:
        return sorted(w for w in self.vocabulary if len(w) >= 6)


@cache
def _words_of_their_own() -> frozenset[str]:
    """English words that are one letter away from a word of a lexicon, and no slip for it: "message", "denial".

    From the frequent ones of the word list of pyspellchecker 0.9.1 (MIT).
    """
    return frozenset(files(__package__).joinpath("words_of_their_own.txt").read_text("utf-8").split())


_VERY_LONG = 13  # letters of a word that may have two slips; of a shorter one, two make another English word
_DIGITS = str.maketrans("01358", "oless")
_SLACK = 3  # words that may stand between those of a phrase


def _places(words: list[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for index, word in enumerate(words):
        places[word].append(index)
    return places


def _near(
    start: int, others: frozenset[str], places: Mapping[str, list[int]], text: tuple[Token, ...]
) -> tuple[int, ...] | None:
    reach = len(others) + _SLACK
    chosen = [start]
    for word in others:
        near = min((i for i in places[word] if i not in chosen), key=lambda i: abs(i - start), default=None)
        if near is None or abs(text[near].place - text[start].place) > reach:
            return None
        chosen.append(near)
    chosen.sort()
    return tuple(chosen) if text[chosen[-1]].place - text[chosen[0]].place <= reach else None
