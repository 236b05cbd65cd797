"""Where things are: maps between a frame that is read and the page as a person sees it.

A frame is any upright picture or page that words were found on, in its own unit (pixels, points), origin at the top
left. A map is a 3 x 3 matrix on (x, y, 1) columns, so that turning, straightening, scaling and the perspective of a
photo are one thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from docscan.document import Box

Map: TypeAlias = npt.NDArray[np.float64]
Grey: TypeAlias = npt.NDArray[np.uint8]
"""A picture as rows of grey values, 0 black."""
Rect: TypeAlias = tuple[float, float, float, float]
"""left, top, right, bottom in a frame"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A word where it was seen, in a frame's unit.

    `strand` numbers the piece of a line that its reader saw it in; words of one strand are in order and belong
    together, but two strands may well be one printed line.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float | None
    strand: int

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


def scaling(x: float, y: float) -> Map:
    return np.diag([x, y, 1.0])


def shift(x: float, y: float) -> Map:
    return np.array([[1.0, 0, x], [0, 1.0, y], [0, 0, 1.0]])


def quarter_turns(degrees: int) -> Map:
    """The map of fractions of a page to fractions of that page turned clockwise by 0, 90, 180 or 270 degrees."""
    return {
        0: np.eye(3),
        90: np.array([[0, -1.0, 1], [1, 0, 0], [0, 0, 1]]),
        180: np.array([[-1.0, 0, 1], [0, -1, 1], [0, 0, 1]]),
        270: np.array([[0, 1.0, 0], [-1, 0, 1], [0, 0, 1]]),
    }[degrees % 360]


def rectangle(to: Map, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
    """The upright rectangle that holds a mapped rectangle, wherever its corners come to lie."""
    corners = to @ np.array([[left, right, right, left], [top, top, bottom, bottom], [1.0, 1, 1, 1]])
    x, y = corners[0] / corners[2], corners[1] / corners[2]
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def box(to_page: Map, left: float, top: float, right: float, bottom: float) -> Box:
    """The box on the page of a frame's rectangle; `to_page` maps to fractions of the page."""
    return Box.of(*rectangle(to_page, left, top, right, bottom))


def boxes(to_page: Map, sides: Sequence[tuple[float, float, float, float]]) -> list[Box]:
    """The boxes on the page of many of a frame's rectangles, as `box` gives each of them."""
    if not sides:
        return []
    edges = np.array(sides)
    corners = np.stack([edges[:, [0, 2, 2, 0]], edges[:, [1, 1, 3, 3]], np.ones((len(edges), 4))])
    x, y, w = np.tensordot(to_page, corners, axes=1)
    x, y = x / w, y / w
    found = np.stack([x.min(axis=1), y.min(axis=1), x.max(axis=1), y.max(axis=1)], axis=1)
    return [Box(*row) for row in np.round(found.clip(0, 1), 5).tolist()]
