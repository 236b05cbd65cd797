"""The ruled cells of a PDF page, from the straight lines and rectangles that it draws: no picture of it is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import cast

import numpy as np

from docscan.reading import geometry
from docscan.reading.geometry import Map, Rect, Seen
from docscan.reading.layout import cells
from docscan.reading.pdf import objects
from docscan.reading.pdf.objects import PATH, Objects

_THIN = 3.0  # points: a line is no thicker
_PAPER = 0.96  # of white: what is filled so lightly cannot be told from paper
_SIMPLE = 5  # segments of a path that may be a line by itself
_SEGMENTS, _CROWD = 1000, 1500  # of a path, paths of a page: beyond it is a drawing, not a form
_STRAIGHT = 0.5  # points
_LEAST = 5  # lines: two cells have no fewer
_LARGEST = 20_000  # points: a side of a page
_STEP = 1.5  # points: lines that are nearer are one
_SMALL_LETTER = 0.5  # of a line's height


def ruled(told: Objects, words: Sequence[Seen], to_page: Map) -> list[Rect]:
    """Rectangles that lines close off, in the words' frame (points), which `to_page` maps to fractions of the page."""
    if not words:
        return []
    to_frame = np.linalg.inv(to_page).astype(np.float64)
    left, top, right, bottom = geometry.rectangle(to_frame, 0, 0, 1, 1)
    across, down = [], []
    for x0, y0, x1, y1 in _lines(told, to_frame):
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        if x1 - x0 > y1 - y0:
            across.append((x0, y, x1, y))
        else:
            down.append((x, y0, x, y1))
    if len(across) < 2 or len(down) < 2 or len(across) + len(down) < _LEAST:
        return []
    if not (1 < right - left < _LARGEST and 1 < bottom - top < _LARGEST):
        return []
    grid = np.zeros((round((bottom - top) / _STEP) + 1, round((right - left) / _STEP) + 1), np.uint8)
    for line in (*across, *down):
        x0, y0, x1, y1 = (max(0, round(end / _STEP)) for end in _from(left, top, line))
        grid[y0 : y1 + 1, x0 : x1 + 1] = 255
    height = _SMALL_LETTER * median([word.height for word in words]) / _STEP
    return [_from(-left, -top, cast(Rect, tuple(_STEP * end for end in rect))) for rect in cells.cells(grid, height)]


def _from(left: float, top: float, rect: Rect) -> Rect:
    x0, y0, x1, y1 = rect
    return x0 - left, y0 - top, x1 - left, y1 - top


def _lines(told: Objects, to_frame: Map) -> Iterator[Rect]:
    """Lines across and down, in the frame."""
    drawn = (told.kinds == PATH) & (told.stroked | (told.filled & ~(told.lights > _PAPER)))
    if not 0 < drawn.sum() <= _CROWD:
        return
    boxes = objects.hulls(to_frame, told.boxes)
    thin = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) <= _THIN
    yield from boxes[drawn & thin & (told.segments <= _SIMPLE)].tolist()
    paths = np.flatnonzero(drawn & told.stroked & (told.segments <= _SEGMENTS) & ~(thin & (told.segments <= _SIMPLE)))
    found = objects.lines(told, paths.tolist(), to_frame)
    if not len(found.starts):
        return
    lengths = np.diff(found.starts, append=len(found.points))
    after, last = np.arange(1, len(found.points) + 1), found.starts + lengths - 1
    after[last] = found.starts  # a line is closed
    one, other = found.points, found.points[after]
    sides = np.concatenate([np.minimum(one, other), np.maximum(one, other)], axis=1)
    upright = np.minimum(sides[:, 2] - sides[:, 0], sides[:, 3] - sides[:, 1]) <= _STRAIGHT
    upright[last[lengths <= 2]] = False
    yield from sides[upright].tolist()
