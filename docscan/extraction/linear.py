"""Readers that weigh words: what is seen of a place, hashed, times weights learned from documents of known truth.

All are in one file, `readers.npz` in `models/`, written by `python -m models.readers train`. Without it nothing is
weighed, everything else works, and `versions` says so. How far each can be trusted: `models/README.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt

from docscan.neural.wordpieces import models

FILE = "readers.npz"
BUCKETS = 1 << 15
"""Features share so many weights by their hash."""

Features: TypeAlias = Sequence[str]
Floats: TypeAlias = npt.NDArray[np.float32]

_BEFORE, _AFTER = 12, 8  # words
_FAR = 160  # characters
_WORD = re.compile(r"[^\W\d_]+|\d+|[^\s\w]")


class Reader(NamedTuple):
    """`weights`: one row a bucket, one column a label; `constant`: one a label; `rare`: how rare each bucket is."""

    labels: tuple[str, ...]
    weights: Floats
    constant: Floats
    rare: Floats

    def __call__(self, features: Features) -> Floats:
        """How much the features speak for each label: log-odds, not calibrated."""
        buckets = np.fromiter(buckets_of(features), np.intp)
        worth = self.rare[buckets]
        length = max(1e-6, float(np.sqrt((worth * worth).sum())))
        said: Floats = worth @ self.weights[buckets] / length + self.constant
        return said


def buckets_of(features: Iterable[str]) -> Iterator[int]:
    """The buckets of the features, each once."""
    return iter(dict.fromkeys(map(_bucket, features)))


@lru_cache(maxsize=1 << 16)
def _bucket(feature: str) -> int:
    return crc32(feature.encode()) % BUCKETS


def words(text: str) -> list[str]:
    """Words in lower case and signs; of a number how many digits it has, not which."""
    return ["9" * len(word) if word[0].isdigit() else word for word in _WORD.findall(text.lower())]


def pairs(found: Sequence[str]) -> Iterator[str]:
    """Each two words that follow each other."""
    return (f"{one} {other}" for one, other in pairwise(found))


def around(text: str, start: int, end: int) -> Iterator[str]:
    """Features of a place: the words before and behind it, those of its line, and where in the text it is."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_before = words(text[line_start:start])
    line_after = words(text[end : len(text) if line_end < 0 else line_end])
    before = words(text[max(0, start - _FAR) : start])[-_BEFORE:]
    after = words(text[end : end + _FAR])[:_AFTER]
    yield from (f"before {min((len(before) - n) // 3, 3)} {word}" for n, word in enumerate(before))
    yield from (f"before {pair}" for pair in pairs(before))
    yield from (f"after {min(n // 3, 2)} {word}" for n, word in enumerate(after))
    yield from (f"after {pair}" for pair in pairs(after[:5]))
    yield from (f"line before {word}" for word in line_before)
    yield from (f"line after {word}" for word in line_after)
    yield "label " + " ".join(word for word in line_before[-4:] if word.isalpha())
    yield f"alone {not line_before} {not line_after}"
    yield from (f"above {word}" for word in words(text[:line_start].rstrip().rpartition("\n")[2])[-_AFTER:])
    yield f"at {int(6 * start / max(1, len(text)))}"


@cache
def readers() -> dict[str, Reader]:
    """The readers of this process by name; none where their file is not there."""
    path = models() / FILE
    if not path.is_file():
        return {}
    with np.load(path, allow_pickle=False) as stored:
        names = [str(name) for name in stored["names"]]
        return {
            name: Reader(
                tuple(str(label) for label in stored[f"{name}.labels"]),
                stored[f"{name}.weights"].astype(np.float32) * stored[f"{name}.scale"],
                stored[f"{name}.constant"].astype(np.float32),
                stored[f"{name}.rare"].astype(np.float32),
            )
            for name in names
        }


def version() -> str:
    """The readers' version; "none" where their file is not there."""
    path = models() / FILE
    if not path.is_file():
        return "none"
    with np.load(path, allow_pickle=False) as stored:
        return str(stored["version"])
