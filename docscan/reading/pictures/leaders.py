"""Dot leaders: rows of dots that lead the eye from a description to its amount.

A reader of letters takes them for letters ("SSS ee tee"), and often the amount at their end with them; so they are
taken off the picture before it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, cast

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from docscan.reading.geometry import Grey
from docscan.reading.pictures import shapes

_DOT = 0.45  # of a small letter's height: a dot is no taller
_RUN = 1.6  # of it: dots that touch are no wider
_STEP = 0.2, 2.6  # of it: from dot to dot
_LEVEL = 0.2  # of it: dots of a row differ in height by less
_EVEN = 0.65, 1.5  # times the usual step of the row
_AROUND = 0.8  # of a small letter's height: so far above and below there is paper
_FEWEST = 6  # dots
_MOST = 5000  # dots on a page: beyond it, it is dirt or a raster

_Places: TypeAlias = npt.NDArray[np.float64]


def without(grey: Grey, binary: Grey, height: float) -> Grey:
    """The picture without its dot leaders. `binary`: its ink as 255; `height`: of a small letter, in pixels."""
    if not height:
        return grey
    outer, boxes = shapes.outlines(binary)
    low = (boxes[:, 3] <= _DOT * height) & (boxes[:, 2] <= _RUN * height)
    dots = np.flatnonzero(low)
    if not _FEWEST <= len(dots) <= _MOST:
        return grey
    x, y = (boxes[dots, :2] + (boxes[dots, 2:] - 1) / 2).T
    order = np.argsort(x)
    dots, x, y = dots[order], x[order], y[order]
    rows = list(_rows(x, y, height))
    if not rows:
        return grey
    other = binary.copy()
    cv2.drawContours(other, [outer[n] for n in dots.tolist()], -1, 0, -1)
    sums = cv2.integral((other > 0).astype(np.uint8))
    led = [n for row in rows for n in _even(row, x, y, sums, height)]
    if not led:
        return grey
    chosen = np.zeros_like(binary)
    cv2.drawContours(chosen, [outer[n] for n in dots[led].tolist()], -1, 255, -1)
    return cast(Grey, cv2.max(grey, cv2.dilate(chosen, np.ones((3, 3), np.uint8))))


def _rows(x: _Places, y: _Places, height: float) -> Iterator[list[int]]:
    """Dots of one height, from left to right. `x` ascends."""
    following = {}
    ends = np.searchsorted(x, x + _STEP[1] * height)
    for n, end in enumerate(ends.tolist()):
        ahead = np.arange(n + 1, end)
        level = ahead[(np.abs(y[ahead] - y[n]) <= _LEVEL * height) & (x[ahead] - x[n] >= _STEP[0] * height)]
        if len(level):
            following[n] = int(level[0])
    for start in sorted(set(following) - set(following.values())):
        row = [start]
        while row[-1] in following:
            row.append(following[row[-1]])
        if len(row) >= _FEWEST:
            yield row


def _even(row: list[int], x: _Places, y: _Places, other: MatLike, height: float) -> Iterator[int]:
    """Those dots of a row that follow each other in even steps with nothing but paper between and around them."""
    steps = np.diff(x[row])
    usual = float(np.median(steps))
    good = (steps >= _EVEN[0] * usual) & (steps <= _EVEN[1] * usual)
    for n in np.flatnonzero(good).tolist():
        left, right = int(x[row[n]]), int(x[row[n + 1]]) + 1
        top, bottom = max(0, int(y[row[n]] - _AROUND * height)), min(len(other) - 1, int(y[row[n]] + _AROUND * height))
        good[n] = other[bottom, right] - other[top, right] - other[bottom, left] + other[top, left] == 0
    start = 0
    for end in range(len(row)):
        if end == len(steps) or not good[end]:
            if end - start + 1 >= _FEWEST:
                yield from row[start : end + 1]
            start = end + 1
