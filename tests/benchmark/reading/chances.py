"""How sure figures are, and how honest estimates: intervals, AUROC, calibration. Pure functions on numbers."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

_Z = 1.959964  # standard deviations of a 95 % interval
_RESAMPLES = 1000
_SEED = 20260301
BINS = 12
_LEAST_IN_BIN = 5


class Interval(NamedTuple):
    low: float
    high: float


def wilson(right: int, of: int) -> Interval | None:
    """The 95 % interval of a share of independent cases (Wilson, 1927); None of nothing."""
    if not of:
        return None
    share = right / of
    middle = share + _Z * _Z / (2 * of)
    spread = _Z * math.sqrt(share * (1 - share) / of + _Z * _Z / (4 * of * of))
    scale = 1 + _Z * _Z / of
    return Interval(max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale))


class Part(NamedTuple):
    """One picture's share of a figure: so many right of so many, and the document that it shows."""

    document: str
    right: float
    of: float


def share(parts: Sequence[Part]) -> float | None:
    """All that is right of all there is; None of nothing."""
    of = sum(part.of for part in parts)
    return sum(part.right for part in parts) / of if of else None


def by_document(parts: Sequence[Part]) -> Interval | None:
    """The 95 % interval of `share`, by drawing whole documents anew; None of fewer than two documents.

    Pictures of one document, and words of one picture, are misread together and not independent.
    """
    sums = defaultdict[str, list[float]](lambda: [0.0, 0.0])
    for part in parts:
        sums[part.document][0] += part.right
        sums[part.document][1] += part.of
    table = np.array(list(sums.values()))
    if len(table) < 2 or not table[:, 1].sum():
        return None
    draws = np.random.default_rng(_SEED).integers(0, len(table), (_RESAMPLES, len(table)))
    right, of = table[draws, 0].sum(axis=1), table[draws, 1].sum(axis=1)
    shares = right[of > 0] / of[of > 0]
    low, high = np.percentile(shares, (2.5, 97.5))
    return Interval(float(low), float(high))


def auroc(scores: Sequence[float], positive: Sequence[bool]) -> float | None:
    """The chance that a positive case has a higher score than a negative one, ties half; None without both."""
    truth = np.asarray(positive, dtype=bool)
    ones, noughts = int(truth.sum()), int((~truth).sum())
    if not ones or not noughts:
        return None
    _, places, counts = np.unique(np.asarray(scores, dtype=float), return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    return float((ranks[truth].sum() - ones * (ones + 1) / 2) / (ones * noughts))


def auroc_by_document(documents: Sequence[str], scores: Sequence[float], positive: Sequence[bool]) -> Interval | None:
    """The 95 % interval of `auroc`, by drawing whole documents anew; None without both kinds or of one document."""
    cases = defaultdict[str, list[int]](list)
    for n, document in enumerate(documents):
        cases[document].append(n)
    groups = [np.array(case) for case in cases.values()]
    if len(groups) < 2 or auroc(scores, positive) is None:
        return None
    said, was = np.asarray(scores, dtype=float), np.asarray(positive, dtype=bool)
    draw = np.random.default_rng(_SEED)
    found = []
    for _ in range(_RESAMPLES // 4):
        drawn = np.concatenate([groups[n] for n in draw.integers(0, len(groups), len(groups))])
        one = auroc(said[drawn].tolist(), was[drawn].tolist())
        if one is not None:
            found.append(one)
    low, high = np.percentile(found, (2.5, 97.5))
    return Interval(float(low), float(high))


@dataclass(frozen=True, slots=True)
class Bin:
    """Estimates of one range: how many, their mean, and the mean of what was true."""

    low: float
    high: float
    count: int
    estimated: float
    true: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """`error`: the expected calibration error, the mean distance of estimate and truth over the bins."""

    error: float
    bins: tuple[Bin, ...]


def calibration(estimated: Sequence[float], true: Sequence[float], *, bins: int = BINS) -> Calibration | None:
    """Estimates against the truth (0..1 each) in bins that hold equally many; fewer bins where there are few cases."""
    if not estimated:
        return None
    count = max(1, min(bins, len(estimated) // _LEAST_IN_BIN))
    order = np.argsort(np.asarray(estimated, dtype=float), kind="stable")
    said, was = np.asarray(estimated, dtype=float)[order], np.asarray(true, dtype=float)[order]
    made = []
    for here, there in zip(np.array_split(said, count), np.array_split(was, count), strict=True):
        made.append(Bin(float(here[0]), float(here[-1]), len(here), float(here.mean()), float(there.mean())))
    error = sum(b.count * abs(b.estimated - b.true) for b in made) / len(said)
    return Calibration(float(error), tuple(made))
