"""Where sheets of paper lie in a picture: one letter on a desk, several receipts side by side.

A sheet is four-sided, has print on it, and something else lies around it: a darker ground along all of its sides, or
one of another tone. A table's border, a box on a form or a dark heading has paper on both sides, so it is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from docscan.reading.geometry import Grey
from docscan.reading.pictures.frames import Sheet, warped

_Points: TypeAlias = npt.NDArray[np.float64]

_SEARCHED = 900  # pixels of the longer side at which edges of paper are looked for
_LEAST_ALONE, _LEAST_BESIDE, _MOST = 0.2, 0.012, 0.97  # share of the picture: a sheet by itself, one of several
_LEVELS = 14  # brightnesses at which ground and paper may part: under a shadow no single one is right
_EDGE = 18  # grey values by which paper must be brighter than what lies around it
_EDGE_BESIDE = 14  # the same where several sheets, each with print on it, confirm each other
_TONE = 3  # grey values by which it must differ all along from what lies around it, where that is no darker
_CROOKED = 1.0  # degrees that lie between sheets laid down by hand; boxes on a page are parallel
_RUNS_ON = 5.0  # pixels of the searched picture by which two sides of printed panels may be out of line
_LETTERS = 12  # on each of several sheets, at the least
_MISSED = 0.03  # share of the print that may lie outside; more, and a sheet was overlooked
_ALONG = np.linspace(0.08, 0.92, 40)  # of a side: where it is looked at
_ONE_TONE = 0.3  # share of a picture that has one and the same grey value: a program drew it


def sheets(sheet: Sheet) -> tuple[Sheet, ...]:
    """Each sheet of paper in a picture, its perspective undone, in reading order.

    One sheet, which may be the whole picture, where not at least two are beyond doubt, and where parting them would
    lose print.
    """
    search = _searched(sheet.grey)
    found = [] if sheet.two_tone else _several(search)
    if not found:
        return (replace(_alone(sheet, search), alone=True),)
    return tuple(_cut(sheet, quad.corners / search.shrink) for quad in _in_reading_order(found))


def cropped(sheet: Sheet) -> Sheet:
    """The sheet of paper alone, its perspective undone; the picture as it is where none lies on something darker."""
    return sheet if sheet.alone else _alone(sheet, _searched(sheet.grey))


@dataclass(frozen=True)
class _Quad:
    """Four corners, clockwise from the top left, in pixels of the searched picture. `area`: share of that picture.
    `step`: by how much it is brighter inside, on the weakest side; `toned`: it differs all along, or not."""

    corners: _Points
    area: float
    step: float
    toned: bool

    @property
    def clear(self) -> float:
        return min(self.step, 60.0) * self.area

    def holds(self, points: _Points) -> npt.NDArray[np.bool_]:
        inside = np.ones(len(points), dtype=bool)
        for start, end in zip(self.corners, np.roll(self.corners, -1, axis=0), strict=True):
            along, to = end - start, points - start
            inside &= along[0] * to[:, 1] - along[1] * to[:, 0] > 0
        return inside

    def over(self, other: _Quad) -> float:
        """Share of the smaller one that lies on the other."""
        ours, theirs = (quad.corners.astype(np.float32) for quad in (self, other))
        common, _ = cv2.intersectConvexConvex(ours, theirs)
        return common / max(1.0, min(cv2.contourArea(ours), cv2.contourArea(theirs)))

    def slope(self) -> float:
        """Degrees by which its sides lie off the picture's, -45 to 45."""
        sides = np.roll(self.corners, -1, axis=0) - self.corners
        angles = np.arctan2(sides[:, 1], sides[:, 0])
        mean = (np.exp(4j * angles) * np.linalg.norm(sides, axis=1)).sum()
        return float(np.rad2deg(np.angle(mean))) / 4


@dataclass(frozen=True)
class _Search:
    small: Grey
    shrink: float
    quads: tuple[_Quad, ...]


def _searched(grey: Grey) -> _Search:
    shrink = min(1.0, _SEARCHED / max(grey.shape))
    small = cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (3, 3), 0)
    thin = cv2.morphologyEx(soft, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    paper = cv2.morphologyEx(soft, cv2.MORPH_CLOSE, np.ones((11, 11), np.uint8))  # print gone
    low, high = np.percentile(paper, (2, 98))
    masks: list[MatLike] = [(thin > level).astype(np.uint8) for level in np.linspace(low, high, _LEVELS)[1:-1]]
    for edge in (20, 45):
        masks.append(cv2.bitwise_not(cv2.dilate(cv2.Canny(paper, edge, 2.5 * edge), np.ones((3, 3), np.uint8))))
    quads = [quad for mask in masks for quad in _quads(mask, paper)]
    return _Search(np.asarray(small, dtype=np.uint8), shrink, tuple(quads))


def _quads(mask: MatLike, paper: MatLike) -> list[_Quad]:
    outlines, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for outline in sorted(outlines, key=cv2.contourArea, reverse=True)[:12]:
        hull = cv2.convexHull(outline)
        area = cv2.contourArea(hull)
        if not _LEAST_BESIDE * paper.size < area < _MOST * paper.size or cv2.contourArea(outline) < 0.6 * area:
            continue
        corners = _four_corners(hull)
        if corners is None or cv2.contourArea(corners.astype(np.float32)) < 0.85 * area:
            continue
        near, far = _steps(paper, corners, 7), _steps(paper, corners, 11)
        if not near or not far:
            continue
        toned = all(low >= _TONE for low, _ in far) or all(high <= -_TONE for _, high in far)
        found.append(_Quad(corners, area / paper.size, min(low for low, _ in near), toned))
    return found


def _four_corners(hull: MatLike) -> _Points | None:
    length = cv2.arcLength(hull, True)
    for share in (0.01, 0.02, 0.03, 0.05, 0.08):
        found = cv2.approxPolyDP(hull, share * length, True)
        if len(found) == 4:
            points = found.reshape(4, 2).astype(np.float64)
            away = points - points.mean(axis=0)
            points = points[np.argsort(np.arctan2(away[:, 1], away[:, 0]))]
            return np.roll(points, -int(points.sum(axis=1).argmin()), axis=0)
        if len(found) < 4:
            return None
    return None


def _steps(paper: MatLike, corners: _Points, reach: int) -> list[tuple[float, float]]:
    """By how much it is brighter just inside a quadrangle than just outside: for each of its sides the value that
    four fifths of the side surpass, and the one that one fifth does. For a side on the picture's own edge, what is
    inside counts against what lies outside the others. Nothing where fewer than two sides can be seen."""
    height, width = paper.shape
    ends = np.roll(corners, -1, axis=0)
    along = corners[:, None] + _ALONG[None, :, None] * (ends - corners)[:, None]
    normal = np.stack([ends[:, 1] - corners[:, 1], corners[:, 0] - ends[:, 0]], axis=1)
    normal /= np.linalg.norm(ends - corners, axis=1)[:, None] + 1e-9
    outwards = ((along.mean(axis=1) - corners.mean(axis=0)) * normal).sum(axis=1) > 0
    away = reach * np.where(outwards[:, None], normal, -normal)[:, None]
    points = np.stack([along - away, along + away])
    out = points[1]
    on_picture = (out >= 0).all(axis=2) & (out[:, :, 0] < width) & (out[:, :, 1] < height)
    x, y = points[..., 0].astype(int).clip(0, width - 1), points[..., 1].astype(int).clip(0, height - 1)
    inner, outer = paper[y, x].astype(float)
    steps, grounds, cut = [], [], []
    for within, around, on in zip(inner, outer, on_picture, strict=True):
        if on.sum() < 0.5 * len(on):
            cut.append(within)
            continue
        steps.append(_fifths((within - around)[on]))
        grounds.append(around[on])
    if len(steps) < 2:
        return []
    ground = float(np.median(np.concatenate(grounds)))
    return steps + [(low - ground, high - ground) for low, high in map(_fifths, cut)]


def _fifths(values: npt.NDArray[np.float64]) -> tuple[float, float]:
    """What one fifth of the values lie below, and four fifths (`np.percentile`, which takes far longer for so few)."""
    in_order = np.sort(values).tolist()
    found = []
    for share in (0.2, 0.8):
        place = share * (len(in_order) - 1)
        first = int(place)
        one, other, part = in_order[first], in_order[min(first + 1, len(in_order) - 1)], place - first
        found.append(one + (other - one) * part if part < 0.5 else other - (other - one) * (1 - part))
    return found[0], found[1]


def _several(search: _Search) -> list[_Quad]:
    """At least two sheets that do not lie on each other and hold the print; else none."""
    if len([quad for quad in search.quads if quad.area < 0.7]) < 2:
        return []
    letters = _letters(search.small)
    if len(letters) < 2 * _LETTERS:
        return []
    likely = [quad for quad in search.quads if quad.step >= _EDGE_BESIDE or quad.toned]
    likely.sort(key=lambda quad: (quad.step >= _EDGE_BESIDE, quad.clear, quad.area), reverse=True)
    kept: list[_Quad] = []
    held = np.zeros(len(letters), dtype=bool)
    for quad in likely:
        inside = quad.holds(letters[:, :2])
        if inside.sum() >= _LETTERS and all(quad.over(other) < 0.1 for other in kept):
            kept.append(quad)
            held |= inside
    if len(kept) < 2 or _in_line(letters[~held]) > _MISSED * _in_line(letters):
        return []
    slopes = [quad.slope() for quad in kept]
    crooked = max(slopes) - min(slopes) >= _CROOKED
    on_dark = sum(quad.step >= _EDGE_BESIDE for quad in kept) >= 2
    by_hand = crooked or (on_dark and not _even(search.small))
    return kept if by_hand and not _in_a_grid(kept) else []


def _in_a_grid(quads: Sequence[_Quad]) -> bool:
    """Whether two sides of each run on in a side of another: panels that were printed so, in whatever perspective."""
    for quad in quads:
        shared = 0
        for n in range(4):
            start, end = quad.corners[n], quad.corners[(n + 1) % 4]
            along = (end - start) / (np.linalg.norm(end - start) + 1e-9)
            sides = [
                np.array([other.corners[n], other.corners[(n + 1) % 4]]) - start for other in quads if other is not quad
            ]
            shared += any(np.abs(along[0] * side[:, 1] - along[1] * side[:, 0]).max() < _RUNS_ON for side in sides)
        if shared < 2:
            return False
    return True


def _even(small: Grey) -> bool:
    """Whether much of the picture has one single brightness, as no camera sees it: a program drew it."""
    return float(np.bincount(small.ravel(), minlength=256).max()) > _ONE_TONE * small.size


def _letters(small: Grey) -> _Points:
    """What may be letters: small, darker than the paper right around. Rows of x and y of the middle, width, height."""
    below = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, np.ones((9, 9), np.uint8))
    paper = cv2.dilate(small, np.ones((9, 9), np.uint8))
    dark = ((below > 20) & (below > 0.15 * paper)).astype(np.uint8)
    _, _, found, middles = cv2.connectedComponentsWithStats(dark, connectivity=8)
    width, height, area = found[:, 2], found[:, 3], found[:, 4]
    letter = (height >= 3) & (height < 60) & (width < 80) & (area >= 4) & (width <= 8 * height)
    letter[0] = False
    return np.hstack([middles, found[:, 2:4]])[letter].astype(np.float64)


def _in_line(letters: _Points) -> int:
    """How many letters stand close beside another as tall, as print does and the texture of a ground seldom."""
    some = letters[:1500]
    x, y, width, height = some.T
    tall = np.minimum(height[:, None], height)
    gap = np.abs(x[:, None] - x) - (width[:, None] + width) / 2
    near = (np.abs(y[:, None] - y) < 0.4 * tall) & (gap < 0.8 * tall) & (np.maximum(height[:, None], height) < 2 * tall)
    sideways = np.minimum(width[:, None], width)
    below = np.abs(y[:, None] - y) - (height[:, None] + height) / 2
    near |= (np.abs(x[:, None] - x) < 0.4 * sideways) & (below < 0.8 * sideways) & (
        np.maximum(width[:, None], width) < 2 * sideways)  # fmt: skip
    return int((near.sum(axis=1) >= 3).sum())  # itself, and one on each side


def _in_reading_order(found: Sequence[_Quad]) -> list[_Quad]:
    """Rows from top to bottom; sheets stand in one row where the middle of one is beside the other."""
    rows: list[list[_Quad]] = []
    for quad in sorted(found, key=lambda quad: float(quad.corners[:, 1].mean())):
        middle = quad.corners[:, 1].mean()
        if rows and rows[-1][0].corners[:, 1].min() <= middle <= rows[-1][0].corners[:, 1].max():
            rows[-1].append(quad)
        else:
            rows.append([quad])
    return [quad for row in rows for quad in sorted(row, key=lambda quad: float(quad.corners[:, 0].mean()))]


def _alone(sheet: Sheet, search: _Search) -> Sheet:
    likely = [quad for quad in search.quads if quad.step >= _EDGE and quad.area >= _LEAST_ALONE]
    if not likely:
        return sheet
    return _cut(sheet, max(likely, key=lambda quad: quad.step * quad.area).corners / search.shrink)


def _cut(sheet: Sheet, corners: _Points) -> Sheet:
    top, right, bottom, left = (float(np.linalg.norm(corners[i] - corners[(i + 1) % 4])) for i in range(4))
    width, height = round(max(top, bottom)), round(max(left, right))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    forward = cv2.getPerspectiveTransform(corners.astype(np.float32), target).astype(np.float64)
    return replace(warped(sheet, forward, (width, height)), alone=True)
