"""Connected shapes on a two-tone picture: the one place that asks OpenCV for them, in the way that costs least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, cast

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

Boxes: TypeAlias = npt.NDArray[np.int32]
"""left, top, width, height of each shape, one a row, in pixels."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """Shapes with their numbers, which begin with 0 for what is no shape.

    `labels`: the number of each pixel's shape. `stats`: left, top, width, height and area, `middles`: x and y of the
    middle, of each number.
    """

    count: int
    labels: npt.NDArray[np.uint16] | npt.NDArray[np.int32]
    stats: npt.NDArray[np.int32]
    middles: npt.NDArray[np.float64]


def connected(binary: MatLike, *, connectivity: int = 8) -> Shapes:
    """The shapes of what is not 0."""
    try:  # small numbers take a third of the time; a page of letters has far fewer shapes than they can tell
        found = cv2.connectedComponentsWithStats(binary, connectivity=connectivity, ltype=cv2.CV_16U)
    except cv2.error:  # more shapes than that: specks
        found = cv2.connectedComponentsWithStats(binary, connectivity=connectivity)
    count, labels, stats, middles = found
    return Shapes(
        count, cast("npt.NDArray[np.int32]", labels), cast(Boxes, stats), cast("npt.NDArray[np.float64]", middles)
    )


def outlines(binary: MatLike) -> tuple[list[MatLike], Boxes]:
    """The outer outline of each shape, and the boxes around them: far cheaper than `connected` where shapes are few."""
    found, tree = cv2.findContours(binary, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    outer = (
        [outline for outline, above in zip(found, tree[0, :, 3].tolist(), strict=True) if above < 0] if found else []
    )
    return outer, np.array([cv2.boundingRect(outline) for outline in outer], np.int32).reshape(-1, 4)


def enclosed(walls: MatLike) -> list[tuple[int, int, int, int, int]]:
    """Left, top, width, height and area of what shapes close off, in pixels that are 0, from top to bottom.

    Two pixels are of one area where they share a side. What lies around all shapes is none.
    """
    found, tree = cv2.findContours(walls, cv2.RETR_TREE, cv2.CHAIN_APPROX_SIMPLE)
    if not found:
        return []
    above = tree[0, :, 3].tolist()
    holes: dict[int, int] = {}
    for number, (outline, parent) in enumerate(zip(found, above, strict=True)):
        if parent >= 0 and parent not in holes:  # what lies in no hole is a shape, and so is what lies in one
            holes[number] = _within(outline, edge=False)
        elif parent >= 0:
            holes[parent] -= _within(outline, edge=True)
    areas = []
    for number, area in holes.items():
        left, top, width, height = cv2.boundingRect(found[number])
        areas.append((left + 1, top + 1, width - 2, height - 2, area))
    return sorted(areas, key=lambda area: (area[1], area[0]))


def _within(outline: MatLike, *, edge: bool) -> int:
    """How many pixels an outline encloses, with those on it or without (Pick's theorem)."""
    points = outline[:, 0].tolist()  # plain numbers: most outlines have few points
    steps: int = sum(
        max(abs(x - u), abs(y - v)) for (x, y), (u, v) in zip(points, [points[-1], *points[:-1]], strict=True)
    )
    return round(cv2.contourArea(outline) + 1 + (steps / 2 if edge else -steps / 2))
