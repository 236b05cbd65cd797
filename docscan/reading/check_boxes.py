"""Check boxes on a picture: small ruled squares, what stands in them, and their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from docscan.reading.geometry import Grey, Seen

_SMALLEST, _LARGEST = 1.15, 3.8  # side, in small letters' heights
_SQUARE = 0.28  # by how much the sides may differ
_SIDE = 0.86  # share of each side that must be drawn, corners included: round letters have none
_BESIDE = 0.45  # share of a box' height beside which other ink may stand close by
_TICKED, _EMPTY = 0.07, 0.045  # share of the inside that is ink
_NEAR = 3.0  # box sides between a box and its words


@dataclass(frozen=True, slots=True)
class Square:
    """A check box in the picture's pixels. `ink`: share of its inside that is drawn on."""

    left: float
    top: float
    right: float
    bottom: float
    ink: float
    state: Literal["ticked", "empty"]

    @property
    def side(self) -> float:
        return max(self.right - self.left, self.bottom - self.top)

    def holds(self, word: Seen) -> bool:
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def squares(binary: Grey, height: float) -> list[Square]:
    """Check boxes. `binary`: 255 where there is ink, ruling lines included; `height`: of a small letter, in pixels."""
    shortest = max(6, round(0.85 * _SMALLEST * height))
    upright = cv2.morphologyEx(
        cv2.dilate(binary, np.ones((1, 2), np.uint8)), cv2.MORPH_OPEN, np.ones((shortest, 1), np.uint8)
    )
    count, _, found, _ = cv2.connectedComponentsWithStats(upright, connectivity=8)
    if count < 3:
        return []
    thin = found[1:]
    # A tick that crosses a side makes it no wider than half the box; a table's line is longer than any box.
    thin = thin[(thin[:, 3] <= 1.5 * _LARGEST * height) & (thin[:, 2] <= 1.2 * height)]
    thin = thin[np.argsort(thin[:, 0])]
    kept: list[Square] = []
    for index, (left, top, width, tall, _) in enumerate(thin):
        others = thin[index + 1 :]
        across = others[:, 0] + others[:, 2] - left
        fits = (across >= _SMALLEST * height) & (across <= _LARGEST * height)
        fits &= np.abs(others[:, 1] - top) < 0.35 * across
        fits &= np.abs(others[:, 1] + others[:, 3] - top - tall) < 0.35 * across
        for other in others[fits]:
            square = _checked(binary, (int(left), int(top), int(width), int(tall)), other[:4].tolist(), height)
            if square is not None and not any(_overlap(square, there) for there in kept):
                kept.append(square)
                break
    return kept


def _checked(binary: Grey, one: Sequence[int], other: Sequence[int], height: float) -> Square | None:
    left, right = one[0], other[0] + other[2]
    top, bottom = min(one[1], other[1]), max(one[1] + one[3], other[1] + other[3])
    width, tall = right - left, bottom - top
    if not (_SMALLEST * height <= tall <= _LARGEST * height) or abs(width - tall) > _SQUARE * max(width, tall):
        return None
    band = max(2, round(0.16 * tall))
    y0, y1, x0, x1 = max(0, top - 2), bottom + 2, max(0, left - 2), right + 2
    crop = np.greater(binary[y0:y1, x0:x1], 0)
    # A side is a line, not the upper ends of letters: within a few pixels' depth nearly all of it is ink.
    sides = (crop, crop[::-1], crop.T, crop.T[::-1])
    if min(_drawn(side, band) for side in sides) < _SIDE or _crowded(binary, left, top, right, bottom):
        return None
    if _goes_on(binary, left, top, right, bottom):
        return None
    line = _thickness(crop)
    inset = max(2, line + 1, round(0.16 * tall))
    inside: npt.NDArray[np.bool_] = np.asarray(binary[top + inset : bottom - inset, left + inset : right - inset]) > 0
    if inside.size < 9:
        return None
    share = float(inside.mean())
    state = _state(inside, share)
    if state is None:
        return None
    return Square(left, top, right, bottom, round(share, 3), state)


def _drawn(crop: npt.NDArray[np.bool_], band: int) -> float:
    """Share of the upper side that is drawn."""
    return max(float(np.mean(np.any(crop[n : n + 3, 2:-2], axis=0))) for n in range(band + 1))


def _crowded(binary: Grey, left: int, top: int, right: int, bottom: int) -> bool:
    """Whether ink stands close by on the left or the right, as letters of a word do; a tick may cross."""
    reach = max(3, round(0.25 * (right - left)))
    beside = (
        binary[top:bottom, max(0, left - reach) : max(0, left - 1)],
        binary[top:bottom, right + 1 : right + reach],
    )
    return any(side.size and float(np.mean(np.any(side, axis=1))) > _BESIDE for side in beside)


def _thickness(crop: npt.NDArray[np.bool_]) -> int:
    """Of the outline: the median run of ink inwards from the top and the left."""
    runs = []
    for side in (crop[:, :].T, crop):
        for line in side[len(side) // 4 : 3 * len(side) // 4]:
            inked = np.flatnonzero(line[: len(line) // 2])
            if len(inked):
                gaps = np.flatnonzero(np.diff(inked) > 1)
                runs.append(int(inked[gaps[0]] if len(gaps) else inked[-1]) - 1)
    return int(np.percentile(runs, 30)) if runs else 2


def _state(inside: npt.NDArray[np.bool_], share: float) -> Literal["ticked", "empty"] | None:
    if share <= _EMPTY:
        return "empty"
    _, _, found, _ = cv2.connectedComponentsWithStats(inside.astype(np.uint8), connectivity=8)
    largest = float(found[1:, 2:4].max()) / max(inside.shape)
    return "ticked" if share >= _TICKED and largest >= 0.4 else "empty"


def _goes_on(binary: Grey, left: int, top: int, right: int, bottom: int) -> bool:
    """Whether the outline's lines run on past its corners, as a table's do."""
    reach = max(4, round(0.5 * (bottom - top)))
    tall, wide = binary.shape
    if top < reach + 2 or left < reach + 2 or bottom + reach + 2 > tall or right + reach + 2 > wide:
        return True
    past = 0
    for y in (top, bottom):
        rows = slice(max(0, y - 3), y + 3)
        past += binary[rows, left - reach - 1 : left - 1].any(axis=0).mean() > 0.9
        past += binary[rows, right + 1 : right + reach + 1].any(axis=0).mean() > 0.9
    for x in (left, right):
        columns = slice(max(0, x - 3), x + 3)
        past += binary[top - reach - 1 : top - 1, columns].any(axis=1).mean() > 0.9
        past += binary[bottom + 1 : bottom + reach + 1, columns].any(axis=1).mean() > 0.9
    return past >= 3


def _overlap(one: Square, other: Square) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


def labels(boxes: Sequence[Square], words: Sequence[Seen]) -> list[str]:
    """For each box the words beside it up to the next box or wide gap: to the right, or to the left where the form
    sets most boxes behind their words."""
    outside = [w for w in words if not any(box.holds(w) for box in boxes) and any(c.isalnum() for c in w.text)]
    right = [_beside(box, boxes, outside, 1) for box in boxes]
    left = [_beside(box, boxes, outside, -1) for box in boxes]
    behind = 2 * sum(_close(box, found, -1) for box, found in zip(boxes, left, strict=True)) > len(boxes) and sum(
        _close(box, found, 1) for box, found in zip(boxes, right, strict=True)
    ) < sum(_close(box, found, -1) for box, found in zip(boxes, left, strict=True))
    chosen = []
    for on_right, on_left in zip(right, left, strict=True):
        found = (on_left or on_right) if behind else (on_right or on_left)
        chosen.append(" ".join(word.text for word in found))
    return chosen


def _close(box: Square, found: Sequence[Seen], side: int) -> bool:
    if not found:
        return False
    gap = found[0].left - box.right if side > 0 else box.left - found[-1].right
    return gap < 1.5 * box.side


def _beside(box: Square, boxes: Sequence[Square], words: Sequence[Seen], side: int) -> list[Seen]:
    """The words on one side of a box, from left to right."""
    middle = (box.top + box.bottom) / 2
    row = sorted((w for w in words if w.top <= middle <= w.bottom), key=lambda w: w.left)
    others = [b for b in boxes if b is not box and b.top <= middle <= b.bottom]
    found: list[Seen] = []
    at = box.right if side > 0 else box.left
    for word in row if side > 0 else row[::-1]:
        if side > 0:
            gap = word.left - at
            beyond = any(box.right <= b.left < word.left for b in others)
            before = (word.left + word.right) / 2 < box.right
        else:
            gap = at - word.right
            beyond = any(word.right < b.right <= box.left for b in others)
            before = (word.left + word.right) / 2 > box.left
        if before:
            continue
        if beyond or gap > (_NEAR * box.side if not found else 1.6 * word.height):
            break
        found.append(word)
        at = word.right if side > 0 else word.left
    return found if side > 0 else found[::-1]
