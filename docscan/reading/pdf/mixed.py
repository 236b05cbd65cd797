"""A page that is partly text and partly picture: a typed header over a scan, an address in a letterhead's picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from docscan.document import Box
from docscan.reading import geometry
from docscan.reading.geometry import Map, Seen
from docscan.reading.pdf.text_layer import Placed, Written
from docscan.reading.recognition.ocr import Result

_SURE = 0.6  # confidence from which a word counts that stands on drawings or small pictures


@dataclass(frozen=True)
class Mixed:
    """Words of both kinds in one upright frame, and its map to fractions of the page as shown.

    `quality`: the share of the text that was read rightly; None where nothing was added to the file's own words.
    """

    words: tuple[Seen, ...]
    to_page: Map
    turned: int
    quality: float | None


def frame(width: float, height: float, turned: int) -> Map:
    """From points of the page turned clockwise by `turned` to fractions of the page as shown."""
    upright = turned % 180 == 0
    return geometry.quarter_turns(-turned) @ geometry.scaling(
        1 / (width if upright else height), 1 / (height if upright else width)
    )


def joined(
    own: Sequence[Written], turned: int, placed: Sequence[Placed], result: Result, size: tuple[float, float]
) -> Mixed:
    """The file's own words, and those that were read on the rest of the page (where the own ones were blanked)."""
    bodies = [picture.box for picture in placed if picture.body]
    read = [(word, geometry.box(result.sheet.to_page, *_sides(word))) for word in result.words]
    read = [(word, box) for word, box in read if _counts(word, box, bodies)]
    if not read:
        return Mixed(tuple(word.seen for word in own), frame(*size, turned), turned, None)
    if len(read) > len(own):
        turned = result.sheet.turned
    to_page = frame(*size, turned)
    to_frame = np.linalg.inv(to_page).astype(np.float64)
    words = [_put(word.seen, to_frame, word.box) for word in own]
    strand = 1 + max((word.strand for word in words), default=0)
    words += [replace(_put(word, to_frame, box), strand=word.strand + strand) for word, box in read]
    typed, seen = (sum(len(word.text) for word in part) for part in ([w.seen for w in own], [w for w, _ in read]))
    return Mixed(tuple(words), to_page, turned, (typed + seen * result.judged.legible) / (typed + seen))


def _sides(word: Seen) -> tuple[float, float, float, float]:
    return word.left, word.top, word.right, word.bottom


def _put(word: Seen, to_frame: Map, box: Box) -> Seen:
    left, top, right, bottom = geometry.rectangle(to_frame, *box)
    return replace(word, left=left, top=top, right=right, bottom=bottom)


def _counts(word: Seen, box: Box, bodies: Sequence[Box]) -> bool:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    if any(body.left <= x <= body.right and body.top <= y <= body.bottom for body in bodies):
        return True
    return (word.confidence or 0) >= _SURE and sum(c.isalnum() for c in word.text) >= 2
