"""Grain on a page: dots by which a black-and-white scan stands for grey, noise of a camera in the dark, specks of paper
that a scanner could not tell from ink. It is smoothed away before anything is looked for, or each grain would be print.
"""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from docscan.reading.geometry import Grey
from docscan.reading.pictures import shapes
from docscan.reading.pictures.frames import Sheet

_CELL = 8  # pixels of a side
_AROUND = 6  # cells: wider than a line of print, so that one of them shows the paper alone
_GRAINY = 9.0  # grey values; scans and photos of good paper have 1 to 5
_SOME, _MOST = (
    0.004,
    0.25,
)  # shares of the page: less is a picture on it; where it is more, the rest only seems to be fine
_SMOOTHED = 1.0, 1.25, 1.5  # pixels; by the least that suffices, since more would join letters
_EVEN = 4.5  # grey values of a deviation that remains: paper is even
_DARK = 110  # grey value of specks and letters, once smoothed
_SPECK, _SOLID = 30, 45  # pixels of a speck; darker than that grey value it is no speck but a point
_LETTER, _BESIDE, _POINT = 9, 15, 6  # pixels: length of a letter, a side around it, and least area of a point
_EDGES = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
_OF_NOISE = 4.79  # mean response of `_EDGES` to noise of deviation 1 (Immerkaer, Fast Noise Variance Estimation, 1996)


def smoothed(sheet: Sheet) -> Sheet:
    """The picture without grain; the same one where there is none. Print stays, a little softer."""
    grey = sheet.grey
    if min(grey.shape) < 2 * _CELL * _AROUND:
        return sheet
    grainy = (_grain(grey) > _GRAINY).astype(np.uint8)
    share = cv2.countNonZero(grainy) / grainy.size
    if share < _SOME:
        return sheet
    soft = next((soft for soft in (_soft(grey, by) for by in _SMOOTHED) if _uneven(soft) < _EVEN), None)
    soft = _unspecked(_soft(grey, _SMOOTHED[0])) if soft is None else soft
    if share < _MOST:
        where = cv2.dilate(grainy, np.ones((_AROUND, _AROUND), np.uint8))
        full = cv2.resize(where, grey.shape[::-1], interpolation=cv2.INTER_NEAREST)
        soft = np.where(full > 0, soft, grey)
    return replace(sheet, grey=soft)


def _grain(grey: Grey) -> npt.NDArray[np.float32]:
    """By how many grey values paper is uneven from pixel to pixel, for each cell: the least of the cells around it, so
    that print does not count."""
    rows, columns = (side // _CELL for side in grey.shape)
    edges = np.abs(cv2.filter2D(grey, cv2.CV_16S, _EDGES)[: rows * _CELL, : columns * _CELL])
    means = cv2.resize(edges.astype(np.float32), (columns, rows), interpolation=cv2.INTER_AREA)
    return _least_near(means) / np.float32(_OF_NOISE)


def _least_near(values: MatLike) -> npt.NDArray[np.float32]:
    return cast(npt.NDArray[np.float32], cv2.erode(values, np.ones((_AROUND, _AROUND), np.uint8)))


def _soft(grey: Grey, by: float) -> Grey:
    return cast(Grey, cv2.GaussianBlur(grey, (0, 0), by))


def _uneven(soft: Grey) -> float:
    """By how much paper is uneven within a cell, in grey values."""
    rows, columns = (side // _CELL for side in soft.shape)
    part = soft[: rows * _CELL, : columns * _CELL].astype(np.float32)
    means, squares = (cv2.resize(of, (columns, rows), interpolation=cv2.INTER_AREA) for of in (part, part * part))
    return float(np.sqrt(max(0.0, float(np.median(_least_near(cv2.subtract(squares, cv2.multiply(means, means))))))))


def _unspecked(soft: Grey) -> Grey:
    """Print alone, on white: without specks that stay dark when smoothed. What is as dark as print, or stands close by
    a letter, is a point or a hyphen: paper is not so rough there, since a level that follows the light falls with ink.
    """
    seen = shapes.connected((soft < _DARK).astype(np.uint8))
    area = seen.stats[:, 4]
    kept = area >= _SPECK
    kept[np.unique(seen.labels[soft < _SOLID])] = True
    kept[0] = False
    letters = (seen.stats[:, 2:4].max(axis=1) >= _LETTER) & kept
    near = cv2.dilate(letters[seen.labels].astype(np.uint8), np.ones((_BESIDE, _BESIDE), np.uint8)) > 0
    outside = np.zeros(seen.count, bool)
    outside[np.unique(seen.labels[~near])] = True
    kept |= ~outside & (area >= _POINT)
    kept[0] = False
    return _soft(np.where(kept[seen.labels], np.uint8(0), np.uint8(255)), 0.8)
