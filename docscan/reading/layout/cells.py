"""Ruling lines and the cells that they make, on a picture of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

import cv2
import numpy as np
from cv2.typing import MatLike

from docscan.reading.geometry import Grey, Rect
from docscan.reading.layout import bands
from docscan.reading.pictures import repair, shapes

_WHOLE, _OFF = 0.8, 0.03  # of the page's length: that a streak runs at least; that it ends from the edge at most
_LARGE, _HALVED = 1600, 2  # pixels of a sheet's longer side above which lines are told as well at half the size
_MOST = 400  # of a kind on a page: beyond it is a pattern, not a form


@dataclass(frozen=True)
class Found:
    """A line or a cell in the pixels of the sheet."""

    kind: Literal["ruling", "cell"]
    rect: Rect


def ruled(lines: repair.Rulings, height: float, drawn: Grey) -> list[Found]:
    """Ruling lines and the cells that they make, with the bars and shaded bands of the picture `drawn`."""
    if not (lines.across.any() or lines.down.any()):
        return []
    step = _HALVED if max(lines.across.shape) > _LARGE else 1
    kept = [_without_streaks(_coarser(lines.across, step)), _without_streaks(_coarser(lines.down, step).T).T]
    found: list[Found] = []
    for mask in kept:
        joined = cv2.dilate(mask, np.ones((3, 3), np.uint8))
        for left, top, width, tall in _boxes(joined)[: _MOST - 1]:
            found.append(Found("ruling", _finer((left, top, left + width, top + tall), step)))
    walls = cv2.bitwise_or(*kept)
    if cv2.countNonZero(kept[1]):  # without walls down, no band closes a cell
        walls = cv2.bitwise_or(walls, bands.outlined(drawn, height, walls.shape))
    closed = cells(cast(Grey, walls), height / step)
    return [*found, *(Found("cell", _finer(rect, step)) for rect in closed)]


def _boxes(mask: MatLike) -> list[tuple[int, int, int, int]]:
    """Left, top, width and height of each shape, from top to bottom."""
    _, boxes = shapes.outlines(mask)
    return sorted(map(tuple, boxes.tolist()), key=lambda box: (box[1], box[0]))


def _coarser(mask: Grey, step: int) -> Grey:
    """Every so many pixels one, set where any of them was."""
    if step == 1:
        return mask
    grown = cv2.dilate(mask, np.ones((step, step), np.uint8), anchor=(0, 0))
    return cast(Grey, np.ascontiguousarray(grown[::step, ::step]))


def _finer(rect: Rect, step: int) -> Rect:
    left, top, right, bottom = rect
    return left * step, top * step, right * step, bottom * step


def _without_streaks(mask: Grey) -> Grey:
    """Lines across without those that run the whole page and off its edge: dirt on a scanner's or fax machine's glass
    draws them, nobody rules them, and they would part names and cells."""
    wide = mask.shape[1]
    if not mask.any():
        return mask
    rows = cv2.dilate(mask, np.ones((9, max(3, wide // 40)), np.uint8))
    outer, boxes = shapes.outlines(rows)
    streaks = [
        outline
        for outline, (left, _, width, _) in zip(outer, boxes.tolist(), strict=True)
        if width > _WHOLE * wide and (left <= _OFF * wide or left + width >= (1 - _OFF) * wide)
    ]
    kept = np.array(mask, order="C") if streaks else np.ascontiguousarray(mask)
    cv2.drawContours(kept, streaks, -1, 0, -1)
    return kept


def cells(grid: Grey, height: float) -> list[Rect]:
    """Rectangles that lines close off, each tall enough for a line of print. Small gaps at corners are closed."""
    if not grid.any():
        return []
    reach = max(3, round(0.4 * height)) | 1
    walls = cv2.morphologyEx(grid, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    page = grid.shape[0] * grid.shape[1]
    found: list[Rect] = []
    for left, top, width, tall, area in shapes.enclosed(walls):
        if width >= 2 * height and tall >= 1.1 * height and area >= 0.85 * width * tall and width * tall < 0.6 * page:
            found.append((float(left), float(top), float(left + width), float(top + tall)))
    return found[:_MOST]
