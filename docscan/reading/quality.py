"""How well was a page read? Asked of the picture, not of the reader alone.

An OCR engine's own confidence speaks only of what it saw: a page of which it saw a quarter can score .9. So each
letter on the picture counts: with the confidence of the word it is part of, or with nothing where no word lies on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from docscan.reading.geometry import Seen
from docscan.reading.repair import Print


@dataclass(frozen=True)
class Judged:
    """`coverage`: share of the picture's letters that lie in a word. `legible`: letters weighed by their word's
    confidence, 0..1: an estimate of the share of the text that was read rightly."""

    coverage: float
    legible: float
    unread: tuple[int, ...]
    """Numbers of the letters (rows of `Print.boxes`) in no word."""


def judged(seen: Print, words: Sequence[Seen]) -> Judged:
    """Weigh words against the letters of the same picture."""
    if not seen.count:
        confidences = [word.confidence or 0.0 for word in words]
        return Judged(1.0 if words else 0.0, float(np.mean(confidences)) if words else 0.0, ())
    left, top, width, height = seen.boxes.T
    x, y = left + width / 2, top + height / 2
    best = np.zeros(seen.count)
    covered = np.zeros(seen.count, dtype=bool)
    order = np.argsort(y)
    sorted_y = y[order]
    for word in words:
        slack = 0.15 * word.height
        first, last = np.searchsorted(sorted_y, (word.top - slack, word.bottom + slack))
        among = order[first:last]
        inside = among[(x[among] >= word.left - slack) & (x[among] <= word.right + slack)]
        covered[inside] = True
        best[inside] = np.maximum(best[inside], word.confidence or 0.0)
    return Judged(float(covered.mean()), float(best.mean()), tuple(int(n) for n in np.flatnonzero(~covered)))
