"""What do a few words mean? A small network that was shown what letters and receipts say in many wordings.

It answers three questions: what a sentence of a letter does, what a line of a bill does, and whether such a line is
what a letter names. It sees the words alone. Rules ask it where their own words end, or to be doubted; how it was made
and how far it can be trusted: `models/README.md`. Without its file, `meaning.onnx` in `models/`, nobody answers,
everything else works, and `versions` says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from docscan.neural.sessions import opened
from docscan.neural.wordpieces import WORD, Wordpieces, models

FILE: Final = "meaning.onnx"

Task: TypeAlias = Literal["sentences", "lines", "pairs"]
Chances: TypeAlias = Mapping[str, float]
"""How likely each label is, from 0 to 1. Of a pair one label is right; of the others any number."""

LABELS: Final[Mapping[Task, tuple[str, ...]]] = {
    "sentences": (
        "link", "tried", "diagnosis", "risk", "past", "none", "general", "notgeneral", "necessity", "notnecessary",
        "order", "goal", "printed", "other",
    ),
    "lines": (
        "service", "good", "prepaid", "future", "dues", "fee", "tip", "tax", "discount", "refund", "payment", "balance",
        "total", "covered", "person", "note", "detail", "heading",
    ),
    "pairs": ("same", "other", "unclear"),
}  # fmt: skip
"""What it can answer; what each label stands for is in `models/README.md`."""

LONGEST: Final = 96
"""Wordpieces of a text; of a pair together."""
_KEPT = 4096

Array = npt.NDArray[Any]


class Meaning:
    """The network of this process."""

    def __init__(self, path: Path) -> None:
        self._session = opened(path)
        told = self._session.get_modelmeta().custom_metadata_map
        self.version: str = told["version"]
        self._wordpieces = Wordpieces(told["vocabulary"].split("\n"))
        self._known: dict[tuple[Task, str, str], Chances] = {}

    def __call__(self, task: Task, texts: Sequence[tuple[str, str]]) -> list[Chances]:
        """The answer to each text, or pair of texts; the second is "" but for pairs. Remembers the last ones.

        Each is asked by itself: 8-bit numbers take their range from all that is asked at once, and what a line means
        must not depend on its neighbours.
        """
        if len(self._known) > _KEPT:
            self._known.clear()
        found: list[Chances] = []
        for text in texts:
            told = self._known.get((task, *text))
            if told is None:
                told = dict(zip(LABELS[task], self._answer(task, text).tolist(), strict=True))
                self._known[task, *text] = told
            found.append(told)  # not looked up again: another thread may have forgotten it
        return found

    def _answer(self, task: Task, text: tuple[str, str]) -> Array:
        pieces, types, mask = as_arrays([cut(self._wordpieces, *text)])
        (logits,) = self._session.run([task], {"pieces": pieces, "types": types, "mask": mask})
        if task == "pairs":
            raised = np.exp(logits[0] - logits[0].max())
            return np.asarray(raised / raised.sum())
        return np.asarray(1 / (1 + np.exp(-logits[0])))


def cut(wordpieces: Wordpieces, first: str, second: str = "") -> tuple[list[int], list[int]]:
    """The wordpieces of a text or pair, and which of the two each is of."""
    kept = LONGEST - 3 if not second else (LONGEST - 3) // 2
    own = _pieces(wordpieces, first)[:kept]
    other = _pieces(wordpieces, second)[:kept]
    numbers = [wordpieces.opening, *own, wordpieces.closing, *([*other, wordpieces.closing] if other else ())]
    return numbers, [0] * (len(own) + 2) + [1] * (len(numbers) - len(own) - 2)


def _pieces(wordpieces: Wordpieces, text: str) -> list[int]:
    return list(chain.from_iterable(wordpieces.of(word)[:12] for word in WORD.findall(text)))


def as_arrays(texts: Iterable[tuple[Sequence[int], Sequence[int]]]) -> tuple[Array, Array, Array]:
    """Pieces, types and what of both is there: one row a text, as long as the longest."""
    found = list(texts)
    shape = (len(found), max(len(numbers) for numbers, _ in found))
    pieces, types, mask = (np.zeros(shape, np.int64) for _ in range(3))
    for row, (numbers, kinds) in enumerate(found):
        pieces[row, : len(numbers)], types[row, : len(kinds)], mask[row, : len(numbers)] = numbers, kinds, 1
    return pieces, types, mask


@cache
def meaning() -> Meaning | None:
    """The network of this process; None where its file is not there."""
    path = models() / FILE
    return Meaning(path) if path.is_file() else None


def version() -> str:
    """The network's version; "none" where its file is not there."""
    known = meaning()
    return known.version if known else "none"


def of_sentences(texts: Sequence[str]) -> list[Chances]:
    """What each sentence of a letter does; an empty mapping each where nobody answers."""
    return _asked("sentences", [(text, "") for text in texts])


def of_lines(texts: Sequence[str]) -> list[Chances]:
    """What each line of a bill does; an empty mapping each where nobody answers."""
    return _asked("lines", [(text, "") for text in texts])


def of_pairs(pairs: Sequence[tuple[str, str]]) -> list[Chances]:
    """Whether a line of a receipt, the second, is what a letter names, the first; an empty mapping each where nobody
    answers."""
    return _asked("pairs", pairs)


def _asked(task: Task, texts: Sequence[tuple[str, str]]) -> list[Chances]:
    known = meaning()
    return known(task, texts) if known and texts else [{} for _ in texts]
