"""Ink on a picture that no word explains: what a pen left, told from print, ruling lines, specks, logos and edges."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from docscan.reading.geometry import Grey, Seen
from docscan.reading.pictures.shapes import connected

STEP = 12.0  # pixels of a small letter's height in the picture that is looked at: a pen's stroke is still two wide

_TRUSTED = 0.6  # confidence from which a word explains its ink
_TALL = 1.9  # of the typical word's height: a taller "word" is print and scrawl together, unless it is surely a heading
_SURE = 0.85
_LOOPS = re.compile(r"\W*[mnuvwilMNUVWIL1|/\\]{2,}\W*|.*([A-Za-z])\1\1.*")  # nothing but ups and downs
_LOOPS_TALL = 1.3  # of the typical word's height: such a word is a scrawl, however surely it was read
_EDGE = 0.012  # of the page: what reaches so near its edge is a shadow, a staple, the table's rest
_STRAIGHT = 9.0  # small letters' heights over which no stroke of a pen is level and straight
_MOSTLY = 140  # of 255: four pixels in a row of which more than half are inked
_RING, _EMPTY = 5.0, 0.06  # small letters' heights; share of the ink in the middle half, a quarter in writing
_CUT = 3.0, 2.2  # small letters' heights: width and height of strokes that words may have cut
_OUTSIDE = 0.25  # share of such strokes that lies outside the words
_NAME = 30.0, 9.0  # small letters' heights: as wide and tall a name may be written on a picture of any size
_SOLID = 0.2  # share of a shape that is thicker than any pen's stroke


@dataclass(frozen=True, slots=True)
class Scrawl:
    """A group of strokes. Lengths in small letters' heights but for the sides and that height, which are pixels.

    `pieces`: connected strokes. `largest`: the longer side of the largest of them. `stroke`: length of all strokes.
    `doubted`: share that lies on words that were read, but badly. `waves`: how often a level way across meets a stroke.
    `hollow`: whether most of it is a ring or a frame with next to nothing in its middle.
    """

    left: float
    top: float
    right: float
    bottom: float
    pieces: int
    largest: float
    stroke: float
    doubted: float
    waves: int
    hollow: bool
    height: float

    @property
    def turns(self) -> float:
        """How often a straight way from end to end its strokes would go: an arc goes once, a name many times."""
        return self.stroke / max(0.1, math.hypot(self.right - self.left, self.bottom - self.top) / self.height)

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def trusted(words: Sequence[Seen]) -> list[Seen]:
    """The words that were surely read where they stand."""
    if not words:
        return []
    typical = float(np.median([word.height for word in words]))
    return [
        word
        for word in words
        if (word.confidence is None or word.confidence >= _TRUSTED or _between(word, words))
        and any(c.isalnum() for c in word.text)
        and not _scribbled(word, typical)
        and (
            word.height <= _TALL * typical
            or (word.confidence is None)
            or (word.confidence >= _SURE and sum(c.isalpha() for c in word.text) >= 3)
        )
    ]


def not_scribbled(words: Sequence[Seen]) -> list[Seen]:
    """The words but for those that are a scrawl, however surely they were read."""
    typical = float(np.median([word.height for word in words])) if words else 0.0
    return [word for word in words if not _scribbled(word, typical)]


def _scribbled(word: Seen, typical: float) -> bool:
    return (
        word.confidence is not None and word.height > _LOOPS_TALL * typical and _LOOPS.fullmatch(word.text) is not None
    )


def _between(word: Seen, words: Sequence[Seen]) -> bool:
    """Whether a word that was read badly stands between two sure ones as tall, a space from each: print, crossed out
    by a stain, a stamp or a line of a fax."""
    middle = (word.top + word.bottom) / 2
    row = [
        other
        for other in words
        if other is not word
        and (other.confidence is None or other.confidence >= _SURE)
        and other.top < middle < other.bottom
        and abs(other.height - word.height) < 0.3 * other.height
        and sum(c.isalnum() for c in other.text) >= 2
    ]
    before = any(-0.3 * other.height < word.left - other.right < other.height for other in row)
    return before and any(-0.3 * other.height < other.left - word.right < other.height for other in row)


def crossed_lines(binary: Grey, height: float) -> list[tuple[float, float, float]]:
    """Takes those ruling lines out of `binary` that a pen crossed so often that they were taken for print: level and
    straight for longer than any stroke is. What crosses them stays. Gives left, right and y of each."""
    run, thick = round(_STRAIGHT * height), max(4, round(0.4 * height))
    if run >= binary.shape[1]:
        return []
    # A quarter as wide will do to find them, and takes a small part of the time.
    narrow = cv2.resize(binary, (max(1, binary.shape[1] // 4), binary.shape[0]), interpolation=cv2.INTER_AREA)
    inked = np.where(narrow > _MOSTLY, np.uint8(255), np.uint8(0))
    runs = cv2.morphologyEx(inked, cv2.MORPH_OPEN, np.ones((1, max(3, run // 4)), np.uint8))
    if not runs.any():
        return []
    runs = cv2.subtract(runs, cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((thick, 1), np.uint8)))
    lines: list[tuple[float, float, float]] = []
    for left, top, wide, tall, _ in connected(cv2.dilate(runs, np.ones((3, 3), np.uint8))).stats[1:].tolist():
        if tall > thick + 4:
            continue
        lines.append((4.0 * left, 4.0 * (left + wide), top + tall / 2))
        above = max(0, top - thick - 4)
        part = (slice(above, top + tall + thick + 4), slice(4 * left, 4 * (left + wide)))
        line = np.repeat(runs[part[0], left : left + wide], 4, axis=1)
        line = cv2.dilate(line, np.ones((3, 5), np.uint8))[:, : binary[part].shape[1]]
        rest = cv2.subtract(binary[part], line)
        crossing = cv2.morphologyEx(rest, cv2.MORPH_CLOSE, np.ones((thick + 5, 1), np.uint8))
        binary[part][(line > 0) & (crossing == 0)] = 0
    return lines


def scrawls(binary: Grey, words: Sequence[Seen], height: float) -> list[Scrawl]:
    """Groups of pen strokes. `binary`: 255 where there is ink, ruling lines and check boxes taken out; `height`: of a
    small letter, both in this picture's pixels, as the words are, whose print is in it."""
    left_over = binary.copy()
    grow = round(0.25 * height)
    for word in trusted(words):
        top, bottom = round(word.top) - grow, round(word.bottom) + grow
        left_over[max(0, top) : max(0, bottom), max(0, round(word.left) - grow) : max(0, round(word.right) + grow)] = 0
    _restore(left_over, binary, height)
    found = connected(left_over)
    if found.count < 2:
        return []
    shapes = _Shapes(found.labels, found.stats)
    pens = _by_a_pen(left_over, shapes, height)
    return _grouped(shapes, pens, words, height) if pens.any() else []


def _restore(left_over: Grey, binary: Grey, height: float) -> None:
    """Puts back what words cut off strokes: a pen that crosses a name or a stamp reaches far beyond their letters."""
    found = connected(binary)
    numbered, stats = found.labels, found.stats
    wide, tall, area = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_AREA]
    large = (wide >= _CUT[0] * height) & (tall >= _CUT[1] * height) & (wide <= 60 * height) & (tall <= 14 * height)
    large[0] = False
    if not large.any():
        return
    outside = np.bincount(numbered[left_over > 0], minlength=len(stats))
    for number in np.flatnonzero(large & (outside >= _OUTSIDE * area) & (outside < area)).tolist():
        left, top, across, down, _ = stats[number].tolist()
        part = (slice(top, top + down), slice(left, left + across))
        left_over[part][numbered[part] == number] = 255


def _hollow(drawn: npt.NDArray[np.bool_], height: float) -> bool:
    """Whether a shape, told with some room around it, is large, about as wide as tall, and has an empty middle."""
    rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
    drawn = drawn[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    tall, wide = drawn.shape
    if min(tall, wide) < _RING * height or wide > 2.5 * tall:
        return False
    middle = drawn[tall // 4 : tall - tall // 4, wide // 4 : wide - wide // 4]
    return bool(middle.sum() < _EMPTY * drawn.sum())


def _waves(drawn: npt.NDArray[np.bool_]) -> int:
    """How many strokes the level ways across a shape meet, but for the few that meet most: an arrow two, a name six."""
    met = np.sort(np.count_nonzero(np.diff(drawn, axis=1, prepend=False) & drawn, axis=1))
    return int(met[max(0, len(met) - 1 - len(met) // 10)])


@dataclass(frozen=True, slots=True)
class _Shapes:
    """Connected shapes: the number of each pixel's, and left, top, width, height, area of each."""

    numbered: npt.NDArray[np.uint16] | npt.NDArray[np.int32]
    stats: npt.NDArray[np.int32]


def _by_a_pen(binary: Grey, shapes: _Shapes, height: float) -> npt.NDArray[np.bool_]:
    """For each connected shape whether a pen may have drawn it."""
    found = shapes.stats
    tall, wide = binary.shape
    left, top, width, high, area = (found[:, n].astype(np.float64) for n in range(5))
    longer, shorter = np.maximum(width, high), np.minimum(width, high)
    pens = longer >= 0.7 * height
    pens &= ~((longer > 3 * height) & (shorter < 0.45 * height))  # what is left of a ruling line
    pens &= longer < 15 * shorter
    margin_x, margin_y = _EDGE * wide, _EDGE * tall
    pens &= (left > margin_x) & (top > margin_y) & (left + width < wide - margin_x) & (top + high < tall - margin_y)
    # The picture may be of a part of the page, and hardly larger than what is drawn there.
    pens &= (width < max(0.75 * wide, _NAME[0] * height)) & (high < max(0.25 * tall, _NAME[1] * height))
    pens[0] = False
    if not pens.any():
        return pens
    size = max(3, round(0.8 * height)) | 1
    thick = cv2.morphologyEx(binary, cv2.MORPH_OPEN, np.ones((size, size), np.uint8))
    if thick.any():
        solid = np.bincount(shapes.numbered[thick > 0], minlength=len(found)).astype(np.float64)
        pens &= solid < _SOLID * area
    return pens


def _grouped(shapes: _Shapes, pens: npt.NDArray[np.bool_], words: Sequence[Seen], height: float) -> list[Scrawl]:
    labels, found = shapes.numbered, shapes.stats
    numbers = np.flatnonzero(pens)
    tops, lefts = found[numbers, 1], found[numbers, 0]
    # Only the part of the page on which there are strokes; whether two are close is seen on half as fine a picture.
    y0, x0 = int(tops.min()) // 2 * 2, int(lefts.min()) // 2 * 2
    y1, x1 = int((tops + found[numbers, 3]).max()) + 1, int((lefts + found[numbers, 2]).max()) + 1
    strokes = np.zeros((y1 - y0, x1 - x0), np.uint8)
    for number in numbers:
        left, top, width, high, _ = found[number]
        part = (slice(top - y0, top + high - y0), slice(left - x0, left + width - x0))
        strokes[part] |= np.where(labels[top : top + high, left : left + width] == number, 255, 0).astype(np.uint8)
    size = (max(1, (x1 - x0) // 2), max(1, (y1 - y0) // 2))
    half = np.greater(cv2.resize(strokes, size, interpolation=cv2.INTER_AREA), 0).astype(np.uint8)
    reach = (round(1.1 * height) | 1, round(0.55 * height) | 1)
    joined = cv2.dilate(half, np.ones((reach[1], reach[0]), np.uint8))
    count, groups = cv2.connectedComponents(joined, connectivity=8)
    group_of = np.zeros(len(found), np.int64)
    for number in numbers:
        left, top, width, high, _ = found[number]
        own = groups[(top - y0) // 2 : (top + high - y0 + 1) // 2, (left - x0) // 2 : (left + width - x0 + 1) // 2]
        mask = labels[top : top + high : 2, left : left + width : 2][: own.shape[0], : own.shape[1]] == number
        inside = own[: mask.shape[0], : mask.shape[1]][mask]
        inside = inside[inside > 0]
        group_of[number] = np.bincount(inside).argmax() if len(inside) else 0
    doubted = [word for word in words if word.confidence is not None and word.confidence < _TRUSTED]
    scrawled = []
    for group in range(1, count):
        members = numbers[group_of[numbers] == group]
        if not len(members):
            continue
        boxes = found[members]
        left, top = int(boxes[:, 0].min()), int(boxes[:, 1].min())
        right, bottom = int((boxes[:, 0] + boxes[:, 2]).max()), int((boxes[:, 1] + boxes[:, 3]).max())
        drawn = np.isin(labels[top:bottom, left:right], members)
        area = float(drawn.sum())
        depth = cv2.distanceTransform(np.pad(drawn, 1).astype(np.uint8), cv2.DIST_L2, 3)[1:-1, 1:-1]
        width = max(1.0, 4 * float(depth[drawn].mean()) - 1)  # of a stroke, from its mean depth
        under = np.zeros(drawn.shape, bool)
        for word in doubted:
            y, x = max(0, round(word.top) - top), max(0, round(word.left) - left)
            under[y : max(0, round(word.bottom) - top), x : max(0, round(word.right) - left)] = True
        main = labels[top:bottom, left:right] == members[np.argmax(boxes[:, 4])]
        scrawled.append(
            Scrawl(
                left, top, right, bottom, len(members), float(boxes[:, 2:4].max()) / height, area / width / height,
                float((drawn & under).sum()) / max(1.0, area), _waves(drawn), _hollow(main, height), height,
            )
        )  # fmt: skip
    return scrawled
