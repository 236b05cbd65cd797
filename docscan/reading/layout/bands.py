"""Dark bars and shaded bands across a page: their edges part and close what stands there, as ruling lines do."""

from __future__ import annotations

import cv2
import numpy as np
from cv2.typing import MatLike

from docscan.reading.geometry import Grey
from docscan.reading.pictures import shapes

_LETTER = 8.0  # pixels of a small letter's height at which bands are looked for: they are far larger
_WIDE, _TALL = 2.5, 0.3  # of that height: ink without paper in so large a rectangle is part of no letter, nor of a line
_SHADE = 12  # grey values by which a band is darker than paper
_LENGTH, _LOWEST, _HIGHEST = 6.0, 0.9, 12.0  # of that height
_FULL = 0.85  # share of the rectangle around a band that it fills: others are shadows, pictures, pens


def outlined(grey: Grey, height: float, shape: tuple[int, int]) -> Grey:
    """The outlines of bands on an evened, level picture with small letters of this height, drawn on a picture of
    another `shape` (rows, columns)."""
    drawn = np.zeros(shape, np.uint8)
    shrink = min(1.0, _LETTER / height)
    small = cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    letter = shrink * height
    # What remains dark where print and lines have gone is ground; letters in a band leave holes in it.
    kernel = np.ones((max(2, round(_TALL * letter)), round(_WIDE * letter)), np.uint8)
    ground = cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel, borderType=cv2.BORDER_REPLICATE)
    paper = float(np.median(ground))
    shaded = cv2.threshold(ground, paper - _SHADE, 255, cv2.THRESH_BINARY_INV)[1]
    found, boxes = shapes.outlines(shaded)
    scale = np.array([shape[1] / small.shape[1], shape[0] / small.shape[0]])
    for outline, (_, _, width, tall) in zip(found, boxes.tolist(), strict=True):
        if width < _LENGTH * letter or not _LOWEST * letter <= tall <= _HIGHEST * letter:
            continue
        if cv2.contourArea(outline) >= _FULL * (width - 1) * (tall - 1):
            cv2.drawContours(drawn, [_scaled(outline, scale)], -1, 255, 2)
    return drawn


def _scaled(outline: MatLike, scale: MatLike) -> MatLike:
    return np.rint((outline + 0.5) * scale).astype(np.int32)
