"""A second reader: a small neural tagger that says of each word what it names, and its spaCy component.

It reads the same text as the rules and nothing else, so that the two can be compared. The model is one file,
`tagger.onnx` in `models/`: an int8 encoder whose properties hold its wordpieces and its labels. Without that file
everything else works, and `versions` says so. How it was made and how far it can be trusted: `models/README.md`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc

from docscan.neural.sessions import opened
from docscan.neural.wordpieces import WORD, Wordpieces, models

TAGGED = "docscan_tagged"
"""Key in `Doc.user_data`: what the tagger found, `Tags`; None where it failed."""

FILE = "tagger.onnx"
PIECES, OVERLAP = 448, 64
_WORD_PIECES = 12  # of one word; a longer one is a line that was not parted
_LONGEST = 20_000  # words; longer texts are looked at as far as this
_SURE = 0.5

_SHAPES = 6
TYPES = _SHAPES * 5
"""So many kinds of word are told to the model beside its letters: `word_type`."""

Array = npt.NDArray[Any]


class Tagged(NamedTuple):
    """A stretch of the text and what the tagger takes it for; `sure` from 0.5 to 1, not calibrated."""

    label: str
    start: int
    end: int
    sure: float


@dataclass(frozen=True)
class Tags:
    """What the tagger says of a text: stretches that it takes for something, in the order of the labels and of the
    text, those of one label apart from each other; how likely each word is of each label; and how likely each kind of
    document is, as logarithms."""

    spans: tuple[Tagged, ...] = ()
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()
    chances: Mapping[str, Array] = field(default_factory=dict)
    kinds: Mapping[str, float] = field(default_factory=dict)

    def of(self, label: str, start: int, end: int) -> Array:
        """How likely the words of a stretch are of a label, 0..1 each; none where the tagger does not know it."""
        known = self.chances.get(label)
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        return np.zeros(0) if known is None else known[first:last]


class Token(NamedTuple):
    """A word or a sign: where it stands, and its kind (`word_type`)."""

    start: int
    end: int
    type: int


def tokens(text: str) -> Iterator[Token]:
    """The words and signs of a text."""
    before = 0
    for match in WORD.finditer(text):
        yield Token(match.start(), match.end(), word_type(match.group(), text[before : match.start()], before == 0))
        before = match.end()


def word_type(word: str, gap: str, first: bool = False) -> int:
    """How a word is written and what parts it from the one before, as one number: an uncased encoder sees neither."""
    if not word[0].isalnum():
        shape = 5
    elif any(sign.isdigit() for sign in word):
        shape = 4
    elif word.isupper():
        shape = 3 if len(word) == 1 else 2
    else:
        shape = int(word[0].isupper())
    if first or "\f" in gap or gap.count("\n") > 1:
        place = 4
    else:
        place = 3 if "\t" in gap else 2 if "\n" in gap else int(bool(gap))
    return place * _SHAPES + shape


class Tagger:
    """The model of this process."""

    def __init__(self, path: Path) -> None:
        self._session = opened(path)
        told = self._session.get_modelmeta().custom_metadata_map
        self.version: str = told["version"]
        self.labels: tuple[str, ...] = tuple(told["labels"].split())
        self.kinds: tuple[str, ...] = tuple(told["kinds"].split())
        self._wordpieces = Wordpieces(told["vocabulary"].split("\n"))

    def __call__(self, text: str) -> Tags:
        """What stands where."""
        words = [word for word, _ in zip(tokens(text), range(_LONGEST), strict=False)]
        if not words:
            return Tags()
        answers, kinds = self._answers(words, text)
        chances = 1 / (1 + np.exp(-answers))
        found: list[Tagged] = []
        for index, label in enumerate(self.labels):
            found += _spans(label, words, chances[:, index], chances[:, len(self.labels) + index])
        inside = {label: chances[:, index] for index, label in enumerate(self.labels)}
        told = dict(zip(self.kinds, kinds.tolist(), strict=True))
        return Tags(tuple(found), [word.start for word in words], [word.end for word in words], inside, told)

    def _answers(self, words: Sequence[Token], text: str) -> tuple[Array, Array]:
        """For each word and label how likely it is inside and opens a span, as logits; and how likely each kind is, as
        logarithms: what each window says counts by how much of the text it has."""
        pieces = [self._wordpieces.of(text[word.start : word.end])[:_WORD_PIECES] for word in words]
        ends = np.cumsum([len(its) for its in pieces])
        answers = np.zeros((len(words), 2 * len(self.labels)), np.float32)
        kinds = np.zeros(len(self.kinds))
        for first, last in _windows(ends):
            window, told = self._window(words[first:last], pieces[first:last])
            kinds += (told - np.logaddexp.reduce(told)) * (last - first)
            # where two windows overlap the later counts, but for its first words, which it sees nothing before
            kept = int(np.searchsorted(ends, ends[first] + OVERLAP // 2)) - first if first else 0
            answers[first + kept : last] = window[kept:]
        kinds /= len(words)
        return answers, kinds - np.logaddexp.reduce(kinds)

    def _window(self, words: Sequence[Token], pieces: Sequence[tuple[int, ...]]) -> tuple[Array, Array]:
        cut = self._wordpieces
        numbers = [cut.opening, *(piece for word in pieces for piece in word), cut.closing]
        types = [0, *(word.type for word, its in zip(words, pieces, strict=True) for _ in its), 0]
        told = {"pieces": np.array([numbers], np.int64), "types": np.array([types], np.int64)}
        logits, kinds = self._session.run(["answers", "kinds"], told)
        starts = np.cumsum([1, *(len(its) for its in pieces[:-1])])
        sums: Array = np.add.reduceat(logits[0, :-1], starts, axis=0)
        return sums / np.array([[len(its)] for its in pieces], np.float32), kinds[0].astype(np.float64)


def _windows(ends: Array) -> Iterator[tuple[int, int]]:
    """Stretches of words, as long as each other, of at most `PIECES` pieces with what frames them; `ends`: where the
    pieces of each word end. Each begins `OVERLAP` pieces before the one before it ends."""
    total, room = int(ends[-1]), PIECES - 2
    count = 1 if total <= room else -(-(total - OVERLAP) // (room - OVERLAP - _WORD_PIECES))
    size = min(room, -(-(total + OVERLAP * (count - 1)) // count) + _WORD_PIECES)
    first = 0
    while True:
        before = int(ends[first - 1]) if first else 0
        last = int(np.searchsorted(ends, before + size, side="right"))
        yield first, last
        if last >= len(ends):
            return
        first = int(np.searchsorted(ends, ends[last - 1] - OVERLAP, side="right")) + 1


def _spans(label: str, words: Sequence[Token], inside: Array, opens: Array) -> Iterator[Tagged]:
    run: list[int] = []
    for index in [*np.flatnonzero(inside >= _SURE).tolist(), -1]:
        if run and (index != run[-1] + 1 or opens[index] >= _SURE):
            yield Tagged(label, words[run[0]].start, words[run[-1]].end, round(float(inside[run].mean()), 3))
            run = []
        run.append(index)


@cache
def tagger() -> Tagger | None:
    """The model of this process; None where its file is not there."""
    path = models() / FILE
    return Tagger(path) if path.is_file() else None


@Language.component("docscan_tagger")
def tag(doc: Doc) -> Doc:
    """Put what the tagger finds into `doc.user_data[TAGGED]`: nothing where there is no model, None where it failed."""
    try:
        known = tagger()
        doc.user_data[TAGGED] = known(doc.text) if known else Tags()
    except Exception:  # the rules need it not
        doc.user_data[TAGGED] = None
    return doc


def version() -> str:
    """The model's version; "none" where its file is not there."""
    known = tagger()
    return known.version if known else "none"
