"""What a digital page's drawings are, told from their outlines: lines, rectangles, check boxes, strokes of a pen.

Straight lines and rectangles need no picture to be understood; strokes do, and so do pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from docscan.reading.geometry import Map, Seen
from docscan.reading.marks.check_boxes import Square
from docscan.reading.pdf import objects
from docscan.reading.pdf.objects import PATH, PICTURE, Objects, Points

_THIN = 2.0  # points: a thinner shape with straight sides is a line
_PAPER = 0.96  # of white: what is filled so lightly cannot be told from paper
_SIMPLE = 5  # segments of a path: a line or a rectangle has no more
_MOST = 4000  # segments of a path that are looked at; a drawing has more
_CROWD = 1500  # paths of a page; more are a map or a chart
_FRAME = 40.0  # points: the shorter side of a frame whose corners are round
_CORNER = 0.3, 14.0  # of a frame's shorter side, and points: how far its round corners reach in
_SIDES = (5.0, 30.0)  # points: of a check box
_SQUARE = 0.28  # by how much the sides of a box may differ
_OFF_EDGE = 0.3  # points by which a rectangle's sides may be off
_LEAST_PICTURE = 12.0  # points


Side: TypeAlias = npt.NDArray[np.float64]
Kind: TypeAlias = Literal["line", "rectangle", "ring", "stroke", "picture"]


class Shape(NamedTuple):
    """A thing that is drawn, in points of the page turned upright. `dark`: filled, and not as light as paper.

    A ring is small, and round at its corners or altogether.
    """

    kind: Kind
    left: float
    top: float
    right: float
    bottom: float
    dark: bool
    stroked: bool

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Drawn:
    """A page's check boxes, the shapes that only a picture can explain, and its straight lines and rectangles."""

    boxes: tuple[Square, ...]
    unclear: tuple[Shape, ...]
    straight: tuple[Shape, ...] = ()


def drawn(told: Objects, words: Sequence[Seen], to_frame: Map, letter: float) -> Drawn:
    """What is drawn. `to_frame`: from fractions of the page as shown to points of the page turned upright, in which
    `words` are told; `letter`: height of a small letter there."""
    shapes = _shapes(told, to_frame)
    straight = [shape for shape in shapes if shape.kind in ("line", "rectangle")]
    unclear = [shape for shape in shapes if shape.kind not in ("line", "rectangle")]
    rings = [shape for shape in unclear if shape.kind == "ring" and _boxlike(shape, letter)]
    rings = [ring for ring in rings if not _in_a_row(ring, unclear)] if len(rings) <= _MOST_BOXES else []
    boxes = _boxes([*straight, *rings], words, letter)
    unclear = [s for s in unclear if s.kind != "ring" or not any(_same(s, box) for box in boxes)]
    found = []
    small = [shape for shape in straight if max(shape.width, shape.height) <= 1.3 * _SIDES[1]]  # may lie in a box
    typed = [word for word in words if len(word.text) <= 2 and not word.text.isdecimal()] if boxes else []
    for box in boxes:
        inside = [shape for shape in unclear if _in(box, shape)]
        if any(shape.kind == "picture" for shape in inside):
            unclear.append(Shape("stroke", box.left, box.top, box.right, box.bottom, False, True))
            continue
        ticked = (
            box.state == "ticked"
            or bool(inside)
            or any(_fills(box, shape) for shape in small)
            or any(box.holds(word) for word in typed)
        )
        found.append(Square(box.left, box.top, box.right, box.bottom, "ticked" if ticked else "empty"))
        unclear = [shape for shape in unclear if shape not in inside]
    return Drawn(tuple(found), tuple(unclear), tuple(straight))


# --- shapes ------------------------------------------------------------------------------------------------------


def _shapes(told: Objects, to_frame: Map) -> list[Shape]:
    found: list[Shape] = []
    spots = objects.hulls(to_frame, told.boxes)
    inside = (told.boxes[:, 2:] > 0).all(axis=1) & (told.boxes[:, :2] < 1).all(axis=1)
    dark = told.filled & ~(told.lights > _PAPER)
    plain = objects.rectangles(told)
    marks = np.flatnonzero(inside & ((told.kinds == PICTURE) | ((told.kinds == PATH) & (dark | told.stroked))))
    looked_at: list[tuple[int, int]] = []  # numbers of paths, and of shapes that come before theirs
    for n in marks.tolist():
        left, top, right, bottom = spots[n].tolist()
        short, long = sorted((right - left, bottom - top))
        filled, stroked = bool(dark[n]), bool(told.stroked[n])
        if told.kinds[n] == PICTURE:
            if long >= _LEAST_PICTURE:
                found.append(Shape("picture", left, top, right, bottom, True, False))
        elif told.segments[n] <= _SIMPLE and short < _THIN:
            found.append(Shape("line", left, top, right, bottom, filled, stroked))
        elif plain[n] and long > _SIDES[1] + 2:  # of a smaller one the sides are told exactly, without their width
            found.append(Shape("rectangle", left, top, right, bottom, filled, stroked))
        elif told.segments[n] > _MOST or len(marks) > _CROWD:
            found.append(Shape("stroke", left, top, right, bottom, filled, stroked))
        else:
            looked_at.append((n, len(found)))
    lines = objects.lines(told, [n for n, _ in looked_at], to_frame)
    parts: dict[int, list[Points]] = {}
    for part, n in zip(np.split(lines.points, lines.starts[1:]), lines.of.tolist(), strict=True) if looked_at else ():
        parts.setdefault(n, []).append(part)
    for n, place in reversed(looked_at):
        found[place:place] = _parts(parts.get(n, []), bool(dark[n]), bool(told.stroked[n]))
    return found


def _parts(lines: Sequence[Points], filled: bool, stroked: bool) -> list[Shape]:
    """The shapes of a path, one for each of its lines; two of them with paint between are an outline."""
    found: list[Shape] = []
    for part in lines:
        (left, top), (right, bottom) = part.min(axis=0).tolist(), part.max(axis=0).tolist()
        short, long = sorted((right - left, bottom - top))
        if long < 0.5:
            continue
        kind: Kind = "stroke"
        if short < _THIN:
            kind = "line"
        elif _rectangular(part) or (short >= _FRAME and _edged(part, min(_CORNER[0] * short, _CORNER[1]))):
            kind = "rectangle"
        elif long <= _SIDES[1] and len(part) > _SIMPLE and _edged(part, 0.3 * short):
            kind = "ring"
        shape = Shape(kind, left, top, right, bottom, filled, stroked)
        around = found[-1] if found else shape
        if (
            filled
            and kind == around.kind in ("rectangle", "ring")
            and shape.width < around.width
            and _nested(around, shape)
        ):
            found[-1] = around._replace(dark=False, stroked=True)
        else:
            found.append(shape)
    return found


def _nested(outer: Shape, inner: Shape) -> bool:
    """Whether one shape lies in another and fills most of it."""
    within = inner.left >= outer.left and inner.right <= outer.right and inner.top >= outer.top
    return within and inner.bottom <= outer.bottom and inner.width > 0.6 * outer.width


def _rectangular(points: Points) -> bool:
    """Whether straight lines, each level or upright, run along the edges of the box around them."""
    if len(points) < 4:
        return False
    if len(points) > _SIMPLE:
        level = np.abs(np.diff(points, axis=0)).min(axis=1) < _OFF_EDGE
        return bool(level.all()) and _edged(points, _OFF_EDGE)
    corners = points.tolist()  # plain numbers: arrays take long for so few
    (left, top), (right, bottom) = map(min, zip(*corners, strict=True)), map(max, zip(*corners, strict=True))
    between = []
    for (x0, y0), (x1, y1) in pairwise(corners):
        if min(abs(x1 - x0), abs(y1 - y0)) >= _OFF_EDGE:
            return False
        between.append(((x0 + x1) / 2, (y0 + y1) / 2))
    return all(min(x - left, right - x, y - top, bottom - y) <= _OFF_EDGE for x, y in (*corners, *between))


def _edged(points: Points, reach: float) -> bool:
    """Whether a line through these points stays near the edges of the box around them."""
    points = np.concatenate([points, (points[1:] + points[:-1]) / 2])
    near = np.minimum(points - points.min(axis=0), points.max(axis=0) - points)
    return bool((near.min(axis=1) <= reach).all())


# --- check boxes -------------------------------------------------------------------------------------------------

_SMALLEST, _LARGEST = 1.15, 3.8  # side, in small letters' heights
_MOST_BOXES = 300  # of a page: more are a pattern
_OFF = 1.2  # points by which a line may miss a box' corner


def _boxes(straight: Sequence[Shape], words: Sequence[Seen], letter: float) -> list[Square]:
    """Squares that stand by themselves and hold no word, or part of one."""
    lines = [shape for shape in straight if shape.kind == "line"]
    squares = [s for s in straight if s.kind != "line" and not s.dark and _boxlike(s, letter)]
    squares += [s for s in _closed_by(lines, letter) if not any(_same(s, other) for other in squares)]
    if len(squares) > _MOST_BOXES:
        return []
    kept: list[Square] = []
    spots = np.array([(word.left, word.top, word.right, word.bottom) for word in words]).reshape(-1, 4)
    sides = np.array([line[1:5] for line in lines]).reshape(-1, 4)
    cells = _touching(squares)
    near_lines, near_words = _meeting(squares, sides), _meeting(squares, spots)
    for number, square in enumerate(squares):
        box = Square(square.left, square.top, square.right, square.bottom, "empty")
        if any(_same(box, other) for other in kept):
            continue
        if number in cells:
            continue
        if any(_runs_on(square, lines[n]) for n in near_lines[number]):
            continue
        if not _of_a_word(box, [words[n] for n in near_words[number]]):
            kept.append(box)
    side = float(np.median([box.side for box in kept])) if kept else 0.0
    for shape in straight:  # blackened all over, as large as the others
        box = Square(shape.left, shape.top, shape.right, shape.bottom, "ticked")
        alike = (
            shape.kind == "rectangle" and shape.dark and abs(box.side - side) <= 0.2 * side and _boxlike(shape, letter)
        )
        if kept and alike and not any(_meets(box, other) for other in kept) and not _of_a_word(box, words):
            kept.append(box)
    return kept


def _meeting(squares: Sequence[Shape], spots: Points) -> list[list[int]]:
    """For each square the numbers of the boxes that meet it, or nearly."""
    found: list[list[int]] = [[] for _ in squares]
    if found:
        edges = np.array([square[1:5] for square in squares])
        low, high = edges[:, None, :2] - _OFF, edges[:, None, 2:] + _OFF
        near = (spots[:, :2] <= high).all(axis=2) & (spots[:, 2:] >= low).all(axis=2)
        for number, other in np.argwhere(near).tolist():
            found[number].append(other)
    return found


def _in_a_row(ring: Shape, others: Sequence[Shape]) -> bool:
    """Whether strokes as tall stand close by on its side: then it is a drawn letter."""
    for other in others:
        level = other.top < ring.bottom and other.bottom > ring.top and 0.5 < other.height / ring.height < 2
        gap = max(other.left - ring.right, ring.left - other.right)
        if other is not ring and level and 0 <= gap < 0.5 * ring.width:
            return True
    return False


def _boxlike(shape: Shape, letter: float) -> bool:
    short, long = sorted((shape.width, shape.height))
    return (
        _SIDES[0] <= short
        and long <= _SIDES[1]
        and long - short <= _SQUARE * long
        and _SMALLEST * letter <= long <= _LARGEST * letter
    )


def _closed_by(lines: Sequence[Shape], letter: float) -> list[Shape]:
    """Squares that four lines of their length make."""
    upright = [s for s in lines if s.height > s.width and _SIDES[0] - 1 <= s.height <= _SIDES[1] + 1]
    across = [s for s in lines if s.width > s.height and _SIDES[0] - 1 <= s.width <= _SIDES[1] + 1]
    if len(upright) < 2 or len(across) < 2 or len(upright) * len(across) > 40_000:
        return []
    flat = np.array([[s.left, s.middle[1], s.right] for s in across])
    found = []
    for side in upright:
        x = side.middle[0]
        ends = np.abs(flat[:, 0] - x) < _OFF + 0.5
        tops = flat[ends & (np.abs(flat[:, 1] - side.top) < _OFF + 0.5)]
        feet = flat[ends & (np.abs(flat[:, 1] - side.bottom) < _OFF + 0.5)]
        for right in {round(float(top[2]), 1) for top in tops for foot in feet if abs(top[2] - foot[2]) < _OFF}:
            last = any(
                abs(other.middle[0] - right) < _OFF + 0.5 and abs(other.top - side.top) < _OFF + 0.5
                and abs(other.bottom - side.bottom) < _OFF + 0.5 for other in upright
            )  # fmt: skip
            square = Shape("rectangle", x, side.top, right, side.bottom, False, True)
            if last and _boxlike(square, letter):
                found.append(square)
    return found


def _same(one: Shape | Square, other: Shape | Square) -> bool:
    return max(abs(one.left - other.left), abs(one.top - other.top), abs(one.right - other.right),
               abs(one.bottom - other.bottom)) < 0.25 * (one.right - one.left)  # fmt: skip


def _touching(squares: Sequence[Shape]) -> set[int]:
    """The numbers of the squares that share a side with another one, as cells do."""
    left, top, right, bottom = np.array([square[1:5] for square in squares]).reshape(-1, 4).T

    def near(one: Side, other: Side) -> npt.NDArray[np.bool_]:
        return np.abs(one[:, None] - other) < _OFF

    beside, over = near(left, right) | near(right, left), near(top, bottom) | near(bottom, top)
    touch = (beside & near(top, top)) | (over & near(left, left))
    off = [np.abs(one[:, None] - one) for one in (left, top, right, bottom)]
    touch &= np.maximum.reduce(off) >= 0.25 * (right - left)[:, None]  # the same drawn twice
    return set(np.flatnonzero(touch.any(axis=1)).tolist())


def _runs_on(square: Shape, line: Shape) -> bool:
    """Whether a line along one of the box' sides goes on past a corner, as a table's do."""
    reach = 0.5 * square.width
    if line.width > line.height:
        along = min(abs(line.middle[1] - square.top), abs(line.middle[1] - square.bottom)) < _OFF
        meets = line.left < square.right + _OFF and line.right > square.left - _OFF
        return along and meets and (line.left < square.left - reach or line.right > square.right + reach)
    along = min(abs(line.middle[0] - square.left), abs(line.middle[0] - square.right)) < _OFF
    meets = line.top < square.bottom + _OFF and line.bottom > square.top - _OFF
    return along and meets and (line.top < square.top - reach or line.bottom > square.bottom + reach)


def _of_a_word(box: Square, words: Sequence[Seen]) -> bool:
    """Whether a word of two characters and more, or a figure, stands in the box: it is a frame, or a code's place."""
    return any(
        box.lies_on(word) and (sum(c.isalnum() for c in word.text) >= 2 or word.text.isdecimal()) for word in words
    )


def _meets(one: Shape | Square, other: Shape | Square) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


def _in(box: Square, shape: Shape) -> bool:
    """Whether a stroke stands for this box: a tick may reach out of it, but a scrawl that passes is none."""
    x, y = shape.middle
    grow = 0.6 * box.side
    near = box.left - grow < x < box.right + grow and box.top - grow < y < box.bottom + grow
    enough = max(shape.width, shape.height) >= 0.3 * box.side
    return _meets(box, shape) and enough and (
        shape.kind == "picture" or (near and max(shape.width, shape.height) <= 3.5 * box.side)
    )  # fmt: skip


def _fills(box: Square, shape: Shape) -> bool:
    """Whether a dark piece, or a line, stands inside the box."""
    inner = box.side * 0.12
    within = (
        shape.left > box.left - inner
        and shape.right < box.right + inner
        and shape.top > box.top - inner
        and shape.bottom < box.bottom + inner
    )
    if not within:
        return False
    if shape.kind == "line":  # a dash in the middle; the box' own sides lie at its edges
        x, y = shape.middle
        far = min(x - box.left, box.right - x, y - box.top, box.bottom - y)
        return far > 0.2 * box.side and max(shape.width, shape.height) >= 0.4 * box.side
    return shape.dark and min(shape.width, shape.height) >= 0.3 * box.side
