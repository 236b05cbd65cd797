"""Headings in light print on a dark bar become dark print on paper.

OCR engines find the lines of such a bar or not; evening out the light takes a wide bar for the paper and wipes its
print out. The bar's rim stays as a frame: what stands in it is a cell of its own.
"""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from docscan.reading.geometry import Grey
from docscan.reading.pictures import shapes

_DARK = 0.62  # of the paper's brightness: the lightest ground that white print is put on
_WIDE, _TALL = 24, 6  # pixels of a page made 640 tall, at least
_ASPECT = 1.6  # width for height, at least; what is narrower is a picture
_OUTLINE = 0.85  # share of its rectangle that a bar fills with its print counted in
_SHORT, _OPEN = 60, 0.5  # of that page; a bar that is shorter has its print enclosed, or it is a bold word
_PRINT = (0.006, 0.5)  # share of a bar that is print
_LIGHTER = 60  # grey values by which its print is lighter than the bar
_NO_LINE = np.ones((3, 3), np.uint8)
_BLACK = 20  # grey value of the print afterwards


def unreversed(grey: Grey, small: MatLike) -> tuple[Grey, Grey]:
    """The picture, and the same made small, with the insides of dark bars turned into dark print on paper."""
    bright = float(np.percentile(small, 90))
    dark = (small < _DARK * bright).astype(np.uint8)
    seen = shapes.connected(cv2.morphologyEx(dark, cv2.MORPH_OPEN, _NO_LINE))  # a table's lines join on to its bar
    height, width = dark.shape
    shrink = height / grey.shape[0]
    for number in range(1, seen.count):
        left, top, wide, tall, area = (int(value) for value in seen.stats[number])
        at_edge = left == 0 or top == 0 or left + wide == width or top + tall == height
        if at_edge or wide < _WIDE or tall < _TALL or wide < _ASPECT * tall or area < 0.4 * wide * tall:
            continue
        shape = (seen.labels[top : top + tall, left : left + wide] == number).astype(np.uint8)
        areas = _areas(shape)
        if areas is None or (wide < _SHORT and _open(shape, areas == _INSIDE) > _OPEN):
            continue
        table = _table(small[top : top + tall, left : left + wide], shape, areas == _INSIDE, bright)
        if table is not None:
            grey, small = (
                _turned(picture, table, areas, (left, top), scale) for picture, scale in ((grey, shrink), (small, 1.0))
            )
    return grey, cast(Grey, small)


_RIM, _INSIDE = 1, 2


def _areas(shape: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8] | None:
    """`_RIM` and `_INSIDE` of a bar; None where the shape is none. Letters that reach the bar's edge take bites out of
    it: the hull is whole."""
    outlines, _ = cv2.findContours(shape, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    hull = cv2.convexHull(np.concatenate(outlines))
    _, (wide, tall), _ = cv2.minAreaRect(hull)
    if cv2.contourArea(hull) < _OUTLINE * max(1.0, wide * tall):
        return None
    filled = cv2.drawContours(np.zeros_like(shape), [hull], -1, _RIM, cv2.FILLED)
    inside = cv2.erode(filled, _NO_LINE, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    return np.asarray(filled + inside, np.uint8) if inside.any() else None


def _open(shape: npt.NDArray[np.uint8], inside: npt.NDArray[np.bool_]) -> float:
    """The share of what is light inside that reaches the outside: all of it between bold letters that touch."""
    walls = np.pad(shape, 1)
    _, areas = cv2.connectedComponents((walls == 0).astype(np.uint8), connectivity=4)
    light = inside & (shape == 0)
    return float((areas == areas[0, 0])[1:-1, 1:-1][light].mean()) if light.any() else 0.0


def _table(
    cut: MatLike, shape: npt.NDArray[np.uint8], inside: npt.NDArray[np.bool_], bright: float
) -> npt.NDArray[np.uint8] | None:
    """The new grey value for each old one; None where there is no print on the bar, or more of it than of bar."""
    ground = float(np.median(cut[shape > 0]))
    values = cut[inside].astype(np.float32)
    light = float(np.percentile(values, 99))  # of small print, mixed with its ground
    share = float(np.clip((values - ground) / max(1.0, bright - ground), 0, 1).mean())
    if light - ground < _LIGHTER or not _PRINT[0] <= share <= _PRINT[1]:
        return None
    lighter = (np.arange(256) - ground) / (light - ground)
    return np.asarray(np.clip(bright - lighter * (bright - _BLACK), 0, bright), np.uint8)


def _turned(
    picture: MatLike, table: npt.NDArray[np.uint8], areas: npt.NDArray[np.uint8], at: tuple[int, int], shrink: float
) -> Grey:
    """A picture with new grey values inside a bar, which is known, with its left and top, on one made smaller."""
    (left, top), (tall, wide) = at, areas.shape
    y1, y2, x1, x2 = (round(value / shrink) for value in (top, top + tall, left, left + wide))
    new = picture.copy()
    cut = new[y1:y2, x1:x2]
    where = cv2.resize(areas, (x2 - x1, y2 - y1), interpolation=cv2.INTER_NEAREST)[: cut.shape[0], : cut.shape[1]]
    cut[where == _INSIDE] = table[cut[where == _INSIDE]]
    cut[where == _RIM] = _BLACK
    return cast(Grey, new)
