"""Check boxes on a picture: small ruled squares, what stands in them, and their words.

Worn squares, circles, brackets and blanks that serve as boxes are found in `choices`, by the words behind them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from docscan.reading.geometry import Grey, Seen

_SMALLEST, _LARGEST = 1.1, 3.8  # side, in small letters' heights
_SQUARE = 0.28  # by how much the sides may differ
_SIDE = 0.86  # share of each side that must be drawn, corners included: round letters have none
_BESIDE = 0.45  # share of a box' height beside which other ink may stand close by
_PAPER, _DOOR = 2, 0.8  # pixels between a box and its words; share of a box' height that the next box' side has
_LONELY = 2.8  # small letters' heights that a box' side has at most where the page has no other such box
_TICKED, _EMPTY = 0.07, 0.035  # share of the inside that is ink
_SPECK = 2  # pixels
_RULING = 8.0  # small letters' heights from which a line is no box' side and no blank to tick
_SURE = 0.6  # confidence from which a word is believed
_READ, _LONG = 0.88, 3  # confidence and letters of words whose strokes are no boxes' sides
LIKE_A_BOX = "O0oDQCUJLIl1[](){}|/\\□☐☑☒■xX&@©®MNWBEFHK"  # what OCR makes of boxes
_ROUND = ("D", "O", "0", "Q", "B", "8", "G")
_NEAR = 3.0  # box sides between a box and its words


@dataclass(frozen=True, slots=True)
class Square:
    """A check box in the picture's pixels."""

    left: float
    top: float
    right: float
    bottom: float
    state: Literal["ticked", "empty"]

    @property
    def side(self) -> float:
        return max(self.right - self.left, self.bottom - self.top)

    def lies_on(self, word: Seen) -> bool:
        """Whether the box' own middle lies on a word."""
        x, y = (self.left + self.right) / 2, (self.top + self.bottom) / 2
        return word.left <= x <= word.right and word.top <= y <= word.bottom

    def holds(self, word: Seen) -> bool:
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def unruled(binary: Grey, height: float) -> Grey:
    """Ink without the lines that are far longer than a box: boxes in a table's cells stand close to its ruling."""
    most, long = 2 + max(3, round(0.5 * height)), round(_RULING * height)
    rulings: MatLike = np.zeros_like(binary)
    for run, thick in (((1, long), (3, 1)), ((long, 1), (1, 3))):
        # A line that slopes a little is one of many short runs, each a pixel higher than the last.
        lines = cv2.morphologyEx(cv2.dilate(binary, np.ones(thick, np.uint8)), cv2.MORPH_OPEN, np.ones(run, np.uint8))
        solid = np.ones((most if run[0] == 1 else 1, most if run[1] == 1 else 1), np.uint8)
        rulings = cv2.bitwise_or(rulings, cv2.subtract(lines, cv2.morphologyEx(lines, cv2.MORPH_OPEN, solid)))
    return cast(Grey, cv2.subtract(binary, rulings))


def squares(outlines: Grey, binary: Grey, words: Sequence[Seen], height: float) -> list[Square]:
    """Check boxes. `outlines`: 255 where there is ink, ruling lines included; `binary`: the same `unruled`; `height`:
    of a small letter, in pixels."""
    least = max(6, round(0.85 * _SMALLEST * height))
    upright = cv2.morphologyEx(
        cv2.dilate(binary, np.ones((1, 2), np.uint8)), cv2.MORPH_OPEN, np.ones((least, 1), np.uint8)
    )
    _leave_out(upright, words, height)
    found, _ = cv2.findContours(upright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    shapes = np.array(sorted(tuple(cv2.boundingRect(outline)) for outline in found), np.int32).reshape(-1, 4)
    # A tick that crosses a side makes it no wider than half the box; a table's line is longer than any box.
    sides = shapes[(shapes[:, 3] <= 1.5 * _LARGEST * height) & (shapes[:, 2] <= 1.2 * height)]
    kept: list[Square] = []
    for index, (left, top, _width, tall) in enumerate(sides.tolist()):
        others = sides[index + 1 :]
        others = others[: np.searchsorted(others[:, 0], left + _LARGEST * height)]
        across = others[:, 0] + others[:, 2] - left
        fits = (across >= _SMALLEST * height) & (across <= _LARGEST * height)
        longest, shortest = np.maximum(others[:, 3], tall), np.minimum(others[:, 3], tall)
        fits &= (across >= 0.7 * shortest) & (across <= 1.4 * longest)
        fits &= np.abs(others[:, 1] - top) < 0.35 * across
        fits &= np.abs(others[:, 1] + others[:, 3] - top - tall) < 0.35 * across
        for other in others[fits].tolist():
            tops, feet = (top, other[1]), (top + tall, other[1] + other[3])
            right = other[0] + other[2]
            # A pen that crosses a side may lengthen it: then the other one tells where the box ends.
            square = _ruled(outlines, binary, (left, min(tops), right, max(feet)), height) or _ruled(
                outlines, binary, (left, max(tops), right, min(feet)), height
            )
            if square is None or any(overlap(square, there) for there in kept):
                continue
            if not of_a_word(square, words, binary) and not _round_letter(square, words, outlines):
                kept.append(square)
                break
    kept = [box for box in _supported(kept, words) if _stands_free(box, kept, binary, height)]
    return [*kept, *_filled(binary, shapes, kept, words)] if kept else []


def _leave_out(upright: MatLike, words: Sequence[Seen], height: float) -> None:
    """Take out the strokes of letters: what stands in words that were read very surely.

    The beginning of a word may be a box that OCR took for its first letter.
    """
    for word in words:
        if (word.confidence or 0) < _READ or sum(c.isalpha() for c in word.text) < _LONG:
            continue
        first = _LARGEST * height if word.text[0] in LIKE_A_BOX else 0
        left, right = max(0, round(word.left + first)), round(word.right) + 1
        if left < right:
            upright[max(0, round(word.top)) : round(word.bottom) + 1, left:right] = 0


def _supported(found: Sequence[Square], words: Sequence[Seen]) -> list[Square]:
    """Without those that OCR read as part of a word, unless another box as large stands free of words."""
    inside = [any(box.lies_on(word) for word in words if believed(word)) for box in found]
    free = [box.side for box, within in zip(found, inside, strict=True) if not within]
    return [
        box
        for box, within in zip(found, inside, strict=True)
        if not within or any(abs(side - box.side) <= 0.2 * side for side in free)
    ]


def _stands_free(box: Square, found: Sequence[Square], binary: Grey, height: float) -> bool:
    """Whether a box is like another one, or has paper around it: parts of a logo have neither."""
    if any(other is not box and abs(other.side - box.side) <= 0.15 * box.side for other in found):
        return True
    if box.side > _LONELY * height:
        return False
    left, top, right, bottom = (round(side) for side in (box.left, box.top, box.right, box.bottom))
    reach = round(0.6 * box.side)
    around = (
        binary[max(0, top - reach) : max(0, top - 3), left:right].T, binary[bottom + 3 : bottom + reach, left:right].T,
        binary[top:bottom, max(0, left - reach) : max(0, left - 3)], binary[top:bottom, right + 3 : right + reach],
    )  # fmt: skip
    return sum(side.size > 0 and float(np.mean(np.any(side, axis=1))) > _BESIDE for side in around) < 2


def believed(word: Seen) -> bool:
    return (word.confidence is None or word.confidence >= _SURE) and sum(c.isalnum() for c in word.text) >= 2


def _ruled(outlines: Grey, binary: Grey, rect: tuple[int, int, int, int], height: float) -> Square | None:
    left, top, right, bottom = rect
    width, tall = right - left, bottom - top
    if not (_SMALLEST * height <= tall <= _LARGEST * height) or abs(width - tall) > _SQUARE * max(width, tall):
        return None
    band = max(2, round(0.16 * tall))
    for x in (left + width // 4, left + width // 2, right - width // 4):  # cheap, and enough for most pairs of letters
        if not (outlines[top : top + band + 1, x].any() and outlines[bottom - band - 1 : bottom, x].any()):
            return None
    around = (slice(max(0, top - 2), bottom + 2), slice(max(0, left - 2), right + 2))
    crop, own = np.greater(outlines[around], 0), np.greater(binary[around], 0)
    # A side is a line, not the upper ends of letters: within a few pixels' depth nearly all of it is ink.
    sides = (crop, crop[::-1], crop.T, crop.T[::-1])
    if min(_drawn(side, band) for side in sides) < _SIDE or _crowded(binary, left, top, right, bottom):
        return None
    # One side may lie in a table's line; a cell has none of its own.
    sides = (own, own[::-1], own.T, own.T[::-1])
    if sorted(_drawn(side, band) for side in sides)[1] < _SIDE or goes_on(binary, left, top, right, bottom):
        return None
    above, below, before, behind = (_depth(side) for side in sides)
    inside = own[above : own.shape[0] - below, before : own.shape[1] - behind]
    if min(inside.shape) < 0.3 * tall:  # ink up to the middle: filled
        return Square(left, top, right, bottom, "ticked")
    return Square(left, top, right, bottom, state(inside, tall))


def _depth(crop: npt.NDArray[np.bool_]) -> int:
    """How many rows from above belong to the outline's upper side, and one more for its soft edge."""
    share = np.mean(crop[: len(crop) // 2], axis=1)
    first = int(np.argmax(share > 0.5))
    after = np.flatnonzero(share[first:] <= 0.5)
    return first + (int(after[0]) if len(after) else len(share)) + 1


def state(inside: npt.NDArray[np.bool_], side: float) -> Literal["ticked", "empty"]:
    """Whether a pen's stroke is inside a box: ink enough, and not only specks. A thin one may be broken."""
    if inside.size == 0 or float(np.mean(inside)) <= _EMPTY:
        return "empty"
    found = np.asarray(cv2.connectedComponentsWithStats(inside.astype(np.uint8), connectivity=8)[2], np.int32)[1:]
    found = found[found[:, 4] > _SPECK]
    if not len(found):
        return "empty"
    if float(np.mean(inside)) >= _TICKED and found[:, 2:4].max() >= 0.3 * side:
        return "ticked"
    across = int((found[:, 0] + found[:, 2]).max() - found[:, 0].min())
    down = int((found[:, 1] + found[:, 3]).max() - found[:, 1].min())
    return "ticked" if min(across, down) >= 0.4 * side else "empty"


def _filled(
    binary: Grey, shapes: npt.NDArray[np.int32], ruled: Sequence[Square], words: Sequence[Seen]
) -> list[Square]:
    """Boxes that are blackened all over: solid squares as large as the page's other boxes."""
    side = float(np.median([box.side for box in ruled]))
    found: list[Square] = []
    for left, top, width, tall in shapes.tolist():
        if abs(width - side) > 0.2 * side or abs(tall - side) > 0.2 * side:
            continue
        square = Square(left, top, left + width, top + tall, "ticked")
        if np.mean(binary[top : top + tall, left : left + width]) < 0.85 * 255 or any(
            overlap(square, there) for there in (*ruled, *found)
        ):
            continue
        if not _crowded(binary, left, top, left + width, top + tall) and not of_a_word(square, words, binary):
            found.append(square)
    return found


def of_a_word(square: Square, words: Sequence[Seen], binary: Grey) -> bool:
    """Whether what looks like a box is letters, or a figure's place in a row of them.

    OCR may read a box as a letter of the word behind it ("OYes"), or read over it within the word's place: then paper
    lies between them.
    """
    for word in words:
        if not square.lies_on(word) or (word.confidence is not None and word.confidence < _SURE):
            continue
        if sum(c.isalnum() for c in word.text) < 2:
            if word.text.isdecimal() and word.width < 0.8 * square.side:
                return True
            continue
        left, right, top, bottom = (round(n) for n in (square.left, square.right, square.top, square.bottom))
        if (
            square.left > word.left + 0.4 * square.side
            and binary[top:bottom, max(0, round(word.left)) : left - 1].any()
        ):
            return True
        behind = np.max(binary[top:bottom, right : right + 1 + round(0.6 * square.side)], axis=0, initial=0) == 0
        gap = max(3, round(0.15 * square.side))  # letters stand closer than a box and its words
        parted = np.convolve(behind, np.ones(gap), "valid").max(initial=0) >= gap if len(behind) >= gap else False
        alone = sum(c.isalnum() for c in word.text[1:]) < 2  # "of": nothing that could be a box' words is left
        if alone or not parted:
            return True
    return False


def _round_letter(square: Square, words: Sequence[Seen], outlines: Grey) -> bool:
    """Whether a box was read as one letter with an arc and lacks a corner, as the D of "vitamin D" does."""
    if not any(
        square.lies_on(word) and word.text.strip(".,;:()") in _ROUND and (word.confidence or 0) >= _READ
        for word in words
    ):
        return False
    left, top, right, bottom = (round(n) for n in (square.left, square.top, square.right, square.bottom))
    near = max(2, round(0.1 * square.side))
    corners = [outlines[y, x] for y in (slice(top, top + near), slice(bottom - near, bottom))
               for x in (slice(left, left + near), slice(right - near, right))]  # fmt: skip
    return not all(corner.any() for corner in corners)


def _drawn(crop: npt.NDArray[np.bool_], band: int) -> float:
    """Share of the upper side that is drawn."""
    return max(float(np.mean(np.any(crop[n : n + 3, 2:-2], axis=0))) for n in range(band + 1))


def _crowded(binary: Grey, left: int, top: int, right: int, bottom: int) -> bool:
    """Whether ink stands close by on the left or the right, as letters of a word do; a tick may cross.

    Behind a strip of paper on the right a box' words may begin, if it is not the next one of a row of boxes.
    """
    reach = max(3, round(0.25 * (right - left)))
    beside = (
        binary[top:bottom, max(0, left - reach) : max(0, left - 1)],
        binary[top:bottom, right + 1 : right + reach],
    )
    crowded = [bool(side.size) and float(np.mean(np.any(side, axis=1))) > _BESIDE for side in beside]
    if crowded[1] and not np.any(beside[1][:, :_PAPER]):
        crowded[1] = float(np.mean(binary[top:bottom, right + 1 : right + 2 * reach] > 0, axis=0).max()) > _DOOR
    return any(crowded)


def goes_on(binary: Grey, left: int, top: int, right: int, bottom: int) -> bool:
    """Whether the outline's lines run on past its corners, as a table's do."""
    reach = max(4, round(0.5 * (bottom - top)))
    tall, wide = binary.shape
    if top < reach + 2 or left < reach + 2 or bottom + reach + 2 > tall or right + reach + 2 > wide:
        return True
    past = 0
    for y in (top, bottom):
        rows = slice(max(0, y - 3), y + 3)
        past += binary[rows, left - reach - 1 : left - 1].any(axis=0).mean() > 0.9
        past += binary[rows, right + 1 : right + reach + 1].any(axis=0).mean() > 0.9
    for x in (left, right):
        columns = slice(max(0, x - 3), x + 3)
        past += binary[top - reach - 1 : top - 1, columns].any(axis=1).mean() > 0.9
        past += binary[bottom + 1 : bottom + reach + 1, columns].any(axis=1).mean() > 0.9
    return past >= 2


def overlap(one: Square, other: Square) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


def labels(boxes: Sequence[Square], words: Sequence[Seen]) -> list[str]:
    """For each box the words beside it up to the next box or wide gap: to the right, or to the left where the form
    sets most boxes behind their words."""
    if not boxes:
        return []
    levels = np.array([(box.top + box.bottom) / 2 for box in boxes])[:, None]
    edges = np.array([(word.top, word.bottom) for word in words]).reshape(-1, 2)
    level = np.flatnonzero(((edges[:, 0] <= levels) & (levels <= edges[:, 1])).any(axis=0)).tolist()
    outside = [
        w for w in map(words.__getitem__, level)
        if any(c.isalnum() for c in w.text) and not any(box.holds(w) for box in boxes)
    ]  # fmt: skip
    right = [_beside(box, boxes, outside, 1) for box in boxes]
    left = [_beside(box, boxes, outside, -1) for box in boxes]
    behind = 2 * sum(_close(box, found, -1) for box, found in zip(boxes, left, strict=True)) > len(boxes) and sum(
        _close(box, found, 1) for box, found in zip(boxes, right, strict=True)
    ) < sum(_close(box, found, -1) for box, found in zip(boxes, left, strict=True))
    chosen = []
    for on_right, on_left in zip(right, left, strict=True):
        found = (on_left or on_right) if behind else (on_right or on_left)
        chosen.append(" ".join(word.text for word in found))
    return chosen


def _close(box: Square, found: Sequence[Seen], side: int) -> bool:
    if not found:
        return False
    gap = found[0].left - box.right if side > 0 else box.left - found[-1].right
    return gap < 1.5 * box.side


def _beside(box: Square, boxes: Sequence[Square], words: Sequence[Seen], side: int) -> list[Seen]:
    """The words on one side of a box, from left to right."""
    middle = (box.top + box.bottom) / 2
    row = sorted((w for w in words if w.top <= middle <= w.bottom), key=lambda w: w.left)
    others = [b for b in boxes if b is not box and b.top <= middle <= b.bottom]
    found: list[Seen] = []
    at = box.right if side > 0 else box.left
    for word in row if side > 0 else row[::-1]:
        if side > 0:
            gap = word.left - at
            beyond = any(box.right <= b.left < word.left for b in others)
            before = (word.left + word.right) / 2 < box.right
        else:
            gap = at - word.right
            beyond = any(word.right < b.right <= box.left for b in others)
            before = (word.left + word.right) / 2 > box.left
        if before:
            continue
        if beyond or gap > (_NEAR * box.side if not found else 1.6 * word.height):
            break
        found.append(word)
        at = word.right if side > 0 else word.left
    return found if side > 0 else found[::-1]
