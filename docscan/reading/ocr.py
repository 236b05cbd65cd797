"""A picture of a page becomes words: repaired as far as it needs, read, and read again where that went badly."""

from __future__ import annotations

import time
from dataclasses import dataclass

from docscan.reading.engines import Engine, TimedOut
from docscan.reading.geometry import Grey, Map, Seen, scaling


@dataclass(frozen=True)
class Sheet:
    """An upright picture of a page, or of a part of it, and where its pixels stand on the page as uploaded."""

    grey: Grey
    to_page: Map
    turned: int = 0


@dataclass(frozen=True)
class Result:
    """What was read: words in the sheet's pixels."""

    sheet: Sheet
    words: tuple[Seen, ...]
    quality: float


def whole(grey: Grey) -> Sheet:
    height, width = grey.shape
    return Sheet(grey, scaling(1 / width, 1 / height))


def recognise(sheet: Sheet, engine: Engine, deadline: float) -> Result:
    """Raises `TimedOut` where nothing was read by the deadline (of `time.monotonic`)."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimedOut
    words = engine.read(sheet.grey, left)
    quality = sum(w.confidence or 0 for w in words) / len(words) if words else 0.0
    return Result(sheet, words, quality)
