"""A picture of a page becomes words: repaired as far as it needs, read, and read again where that went badly."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from docscan.reading import repair
from docscan.reading.engines import Engine, TimedOut
from docscan.reading.geometry import Seen
from docscan.reading.repair import Sheet


@dataclass(frozen=True)
class Result:
    """What was read: words in the sheet's pixels."""

    sheet: Sheet
    words: tuple[Seen, ...]
    quality: float


def recognise(sheet: Sheet, engine: Engine, deadline: float) -> Result:
    """Raises `TimedOut` where nothing was read by the deadline (of `time.monotonic`)."""
    sheet = repair.levelled(repair.evened(repair.cropped(sheet)))
    height = repair.print_on(sheet.grey).letter()[1]
    if height:
        clean = repair.without(sheet.grey, repair.rulings(sheet.grey, height))
        sheet = replace(sheet, grey=repair.despeckled(clean, height))
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimedOut
    words = engine.read(sheet.grey, left, "block")
    quality = sum(w.confidence or 0 for w in words) / len(words) if words else 0.0
    return Result(sheet, words, quality)
