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
_GRAINY = 9.0  # grey values on white paper; scans and photos of good paper have 1 to 5
_SOME = 0.004  # share of the page; less is a picture on it
_MOST = 0.25  # where it is more, the rest only seems to be fine
_SMOOTHED = 1.0, 1.25, 1.5, 2.0  # pixels; by the least that suffices, since more would join letters
_EVEN = 4.5  # grey values on white paper of a deviation that remains: paper is even
_LEVELLED = 1.0, 1.5  # pixels
_BY_CHANCE = 0.45  # of a deviation at the first that remains at the second; of a screen's it is a quarter
_DARK, _SOLID = 150, 70  # grey values of specks and letters, once smoothed; and of letters alone
_SPECK, _LETTER = 30, 9  # pixels that a speck is smaller than; length of a letter
_BESIDE = (15, 27)  # pixels, down and across, around a letter that are near it
_EDGES = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
_OF_NOISE = 4.79  # mean response of `_EDGES` to noise of deviation 1 (Immerkaer, Fast Noise Variance Estimation, 1996)


def smoothed(sheet: Sheet) -> Sheet:
    """The picture without grain; the same one where there is none. Print stays, a little softer."""
    grey = sheet.grey
    if min(grey.shape) < 2 * _CELL * _AROUND:
        return sheet
    light = float(np.percentile(grey[::_CELL, ::_CELL], 90)) / 255  # in the dark, noise is less, but so is all else
    grainy = (_grain(grey) > _GRAINY * light).astype(np.uint8)
    share = cv2.countNonZero(grainy) / grainy.size
    if share < _SOME:
        return sheet
    clean = _of_two_tones(grey) if sheet.two_tone else _evened(grey, _EVEN * light)
    if share < _MOST:
        where = cv2.dilate(grainy, np.ones((_AROUND, _AROUND), np.uint8))
        full = cv2.resize(where, grey.shape[::-1], interpolation=cv2.INTER_NEAREST)
        clean = np.where(full > 0, clean, grey)
    return replace(sheet, grey=clean, two_tone=False)


def _of_two_tones(grey: Grey) -> Grey:
    """Dots of a screen lie evenly, so that more smoothing levels them; specks lie here and there by chance."""
    little, more = (_soft(grey, by) for by in _LEVELLED)
    return little if _uneven(more) < _BY_CHANCE * _uneven(little) else _unspecked(little)


def _evened(grey: Grey, even: float) -> Grey:
    """Smoothed by the least that leaves paper so even."""
    for by in _SMOOTHED:
        soft = _soft(grey, by)
        if _uneven(soft) < even:
            break
    return soft


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
    """White wherever no print is near. There are fewer specks near print, since a level that follows the light falls
    with ink; and points and hyphens are no larger than specks."""
    seen = shapes.connected((soft < _DARK).astype(np.uint8))
    letters = (seen.stats[:, 4] >= _SPECK) & (seen.stats[:, 2:4].max(axis=1) >= _LETTER)
    solid = np.zeros(seen.count, bool)
    solid[np.unique(seen.labels[soft < _SOLID])] = True
    letters &= solid
    letters[0] = False
    near = cv2.dilate(letters[seen.labels].astype(np.uint8), np.ones(_BESIDE, np.uint8))
    return np.where(near > 0, soft, np.uint8(255))
