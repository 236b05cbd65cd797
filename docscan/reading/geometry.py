"""Where things are: maps between a frame that is read and the page as a person sees it.

A frame is any upright picture or page that words were found on, in its own unit (pixels, points), origin at the top
left. A map is a 3 x 3 matrix on (x, y, 1) columns, so that turning, straightening, scaling and the perspective of a
photo are one thing. Where lines of print were bent, the way back to the page is a map, the bend, and another map.
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


@dataclass(frozen=True)
class Heights:
    """A field of heights in pixels, at nodes laid evenly over a picture of `width` by `height` pixels: what is at
    (x, y) of the straightened picture was at (x, y + height there)."""

    nodes: npt.NDArray[np.float64]
    width: float
    height: float

    def at(self, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        weights, numbers = around(self.nodes.shape, x / self.width, y / self.height)
        return np.asarray((self.nodes.ravel()[numbers] * weights).sum(axis=0), dtype=np.float64)


def around(
    shape: tuple[int, ...], across: npt.NDArray[np.float64], down: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """The four nodes around each point of a field of this shape, as numbers in row order, and how much each counts.

    Points are given as shares of the field's width and height.
    """
    rows, columns = shape
    column, row = np.clip(across, 0, 1) * (columns - 1), np.clip(down, 0, 1) * (rows - 1)
    left, top = np.minimum(column.astype(np.int64), columns - 2), np.minimum(row.astype(np.int64), rows - 2)
    a, b = column - left, row - top
    first = top * columns + left
    weights = np.stack([(1 - a) * (1 - b), a * (1 - b), (1 - a) * b, a * b])
    return weights, np.stack([first, first + 1, first + columns, first + columns + 1])


@dataclass(frozen=True)
class Bent:
    """The way of a straightened picture's pixels to the page: `inner` first, then the bend, then `outer`."""

    outer: Map
    bend: Heights
    inner: Map

    def __matmul__(self, before: Map) -> Bent:
        return Bent(self.outer, self.bend, self.inner @ before)


Way: TypeAlias = Map | Bent


def points(
    way: Way, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Where points of a frame come to lie."""
    if isinstance(way, Bent):
        x, y = points(way.inner, x, y)
        return points(way.outer, x, y + way.bend.at(x, y))
    (a, b, c), (d, e, f), (g, h, i) = way.tolist()
    across, down = a * x + b * y + c, d * x + e * y + f
    if g == 0 and h == 0 and i == 1:  # all but the perspective of a photo
        return across, down
    far = g * x + h * y + i
    return across / far, down / far


def steps(way: Way, shape: tuple[int, ...]) -> npt.NDArray[np.float64]:
    """What one pixel to the right and one pixel down, in the middle of a picture of this shape, are in fractions of
    the page: rows of (x, y)."""
    x, y = shape[1] / 2, shape[0] / 2
    there = np.stack(points(way, np.array([x, x + 1, x]), np.array([y, y, y + 1])), axis=1)
    return np.asarray(there[1:] - there[:1], dtype=np.float64)


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
    return np.array([[x, 0, 0], [0, y, 0], [0, 0, 1.0]])


def shift(x: float, y: float) -> Map:
    return np.array([[1.0, 0, x], [0, 1.0, y], [0, 0, 1.0]])


_TURNS = {
    0: np.eye(3),
    90: np.array([[0, -1.0, 1], [1, 0, 0], [0, 0, 1]]),
    180: np.array([[-1.0, 0, 1], [0, -1, 1], [0, 0, 1]]),
    270: np.array([[0, 1.0, 0], [-1, 0, 1], [0, 0, 1]]),
}


def quarter_turns(degrees: int) -> Map:
    """The map of fractions of a page to fractions of that page turned clockwise by 0, 90, 180 or 270 degrees."""
    return _TURNS[degrees % 360]


def rectangle(to: Way, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
    """The upright rectangle that holds a mapped rectangle, wherever its corners come to lie."""
    if isinstance(to, Bent):
        x, y = points(to, *_outlines(to, np.array([[left, top, right, bottom]], dtype=np.float64)))
        return float(x.min()), float(y.min()), float(x.max()), float(y.max())
    (a, b, c), (d, e, f), (g, h, i) = to.tolist()  # plain numbers: arrays take long for four corners
    corners = [(x, y, g * x + h * y + i) for x in (left, right) for y in (top, bottom)]
    across = [(a * x + b * y + c) / far for x, y, far in corners]
    down = [(d * x + e * y + f) / far for x, y, far in corners]
    return min(across), min(down), max(across), max(down)


def box(to_page: Way, left: float, top: float, right: float, bottom: float) -> Box:
    """The box on the page of a frame's rectangle; `to_page` maps to fractions of the page."""
    return Box.of(*rectangle(to_page, left, top, right, bottom))


def boxes(to_page: Way, sides: Sequence[tuple[float, float, float, float]]) -> list[Box]:
    """The boxes on the page of many of a frame's rectangles, as `box` gives each of them."""
    if not sides:
        return []
    if not isinstance(to_page, Bent) and not (to_page[[0, 1, 2, 2], [1, 0, 0, 1]].any() or to_page[2, 2] != 1):
        scale, move = np.diag(to_page)[[0, 1, 0, 1]], to_page[[0, 1, 0, 1], 2]
        ends = np.array(sides, dtype=np.float64) * scale + move
        found = np.concatenate([np.minimum(ends[:, :2], ends[:, 2:]), np.maximum(ends[:, :2], ends[:, 2:])], axis=1)
        return [Box(*row) for row in np.round(found.clip(0, 1), 5).tolist()]
    x, y = points(to_page, *_outlines(to_page, np.array(sides, dtype=np.float64)))
    found = np.stack([x.min(axis=1), y.min(axis=1), x.max(axis=1), y.max(axis=1)], axis=1)
    return [Box(*row) for row in np.round(found.clip(0, 1), 5).tolist()]


def _outlines(way: Way, edges: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Points on each rectangle's outline that tell where it comes to lie: its corners, more along a bend."""
    share = np.linspace(0, 1, 5) if isinstance(way, Bent) else np.array([0.0, 1.0])
    left, top, right, bottom = edges.T[:, :, None]
    along = left + share * (right - left)
    return np.hstack([along, along]), np.hstack([top + 0 * along, bottom + 0 * along])
