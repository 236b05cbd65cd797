"""Stamps on a picture: text in a frame that lies askew on the page, as a hand sets it down.

Level frames are taken for the page's own print: on a grey picture a stamp set down straight cannot be told from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from docscan.reading.geometry import Grey, Seen
from docscan.reading.pictures.shapes import connected

_WIDE, _TALL = (8.0, 70.0), (3.0, 30.0)  # of the frame, in small letters' heights
_LONG = 25.0  # a longer line is no part of a frame
_MOST = 0.5  # of the page's width
_ASKEW = 2.0  # degrees
_RECTANGLE, _ELLIPSE = 0.86, (0.72, 0.82)  # share that the frame encloses of the smallest rectangle around it
_DRAWN = 0.78  # share of the frame that is drawn
_HOLLOW = 0.6  # share of what it encloses that the frame's own ink takes at most
_INK = (0.04, 0.6)  # share of its inside that is inked


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp in the picture's pixels. `words` are its own, by their numbers; print that it lies on is not."""

    left: float
    top: float
    right: float
    bottom: float
    words: tuple[int, ...]


def stamps(
    binary: Grey, lines: Sequence[tuple[float, float, float]], words: Sequence[Seen], height: float
) -> list[Stamp]:
    """`binary`: 255 where there is ink; `lines`: left, right and y of ruling lines; `height`: of a small letter."""
    size = (max(1, binary.shape[1] // 2), max(1, binary.shape[0] // 2))
    half = np.greater(cv2.resize(binary, size, interpolation=cv2.INTER_AREA), 60).astype(np.uint8)
    for left, right, y in lines:
        if right - left > _LONG * height:
            half[max(0, round(y / 2) - 1) : round(y / 2) + 2] = 0  # it may go on where the frame crosses it
    healed = cv2.dilate(half, np.ones((3, 3), np.uint8)).astype(np.uint8)  # frames that a line crossed
    found = connected(healed).stats
    least = (_WIDE[0] * height / 2, _TALL[0] * height / 2)
    most = (min(_WIDE[1] * height / 2, _MOST * size[0]), _TALL[1] * height / 2)
    kept: list[Stamp] = []
    for left, top, wide, tall, area in found[1:].tolist():
        if not (least[0] <= wide <= most[0] and least[1] <= tall <= most[1]) or area > _HOLLOW * wide * tall:
            continue
        if not _is_frame(healed[top : top + tall, left : left + wide]):
            continue
        box = (2.0 * left, 2.0 * top, 2.0 * (left + wide), 2.0 * (top + tall))
        if any(box[0] < s.right and s.left < box[2] and box[1] < s.bottom and s.top < box[3] for s in kept):
            continue
        kept.append(Stamp(*box, tuple(_own(box, words))))
    return kept


def _is_frame(crop: npt.NDArray[np.uint8]) -> bool:
    points = cv2.findNonZero(crop)
    outline = cv2.convexHull(points)
    enclosed = cv2.contourArea(outline)
    (_, _), sides, angle = cv2.minAreaRect(points)
    around = sides[0] * sides[1]
    if enclosed <= 0 or around <= 0:
        return False
    share = enclosed / around
    askew = min(angle % 90, 90 - angle % 90) > _ASKEW
    if not ((share >= _RECTANGLE and askew) or _ELLIPSE[0] <= share <= _ELLIPSE[1]):
        return False
    edge = np.zeros(crop.shape, np.uint8)
    cv2.polylines(edge, [outline], True, 1, 1)
    if float(np.mean(cv2.dilate(crop, np.ones((3, 3), np.uint8))[edge > 0])) < _DRAWN:
        return False
    inside = np.zeros(crop.shape, np.uint8)
    cv2.drawContours(inside, [outline], -1, 1, -1)
    reach = max(3, round(0.16 * min(sides)))
    inside = cv2.erode(inside, np.ones((reach, reach), np.uint8)).astype(bool)
    return bool(inside.any()) and _INK[0] <= float(np.mean(crop[inside])) <= _INK[1]


def _own(box: tuple[float, float, float, float], words: Sequence[Seen]) -> list[int]:
    """The words in a stamp but for those that go on with words beside it, in their line."""
    own = []
    for number, word in enumerate(words):
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        if word.confidence is None or not (box[0] < x < box[2] and box[1] < y < box[3]):
            continue
        beside = any(
            other is not word
            and not box[0] < (other.left + other.right) / 2 < box[2]
            and other.top < y < other.bottom
            and max(other.left - word.right, word.left - other.right) < word.height
            for other in words
        )
        if not beside:
            own.append(number)
    return own
