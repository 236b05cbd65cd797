"""What stands before the words of a choice and serves as its box: a worn square, a circle, brackets, a blank to tick.

Looked for only in front of words, where a person would look for it too. One alone proves little on a bad copy: the
page's boxes are alike in form and size, so the clear ones speak for the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, cast

import cv2
import numpy as np
import numpy.typing as npt

from docscan.reading.geometry import Grey, Seen
from docscan.reading.marks.check_boxes import Square, overlap, state

Form: TypeAlias = Literal["square", "circle", "brackets", "blank"]
Shape: TypeAlias = npt.NDArray[np.bool_]

_REACH = 5.5  # small letters' heights that are looked at in front of a word
_FREE = 1.1  # of them that must be free of other words there
_SIDES = (1.25, 3.6)  # of a box, in them
_CLEAR = {"square": 0.93, "circle": 0.97, "brackets": 1.0, "blank": 0.85}
"""Share of the outline that is drawn, by form, from which a box speaks for others."""
_PAIR = 1.01  # outline of a pair of brackets: what they enclose may look like a circle
_WORN = 0.75  # from which it is believed beside a clear one in line with it
_LOST = 0.4  # and where a box must be
_WORST = 0.25  # share of its worst side
_ROUND = 0.88  # share of a circle
_ALIKE = 0.18  # by how much boxes of one page may differ in size
_LEVEL = 0.9  # small letters' heights between the middles of a box and of its words
_SURE = 0.6  # confidence from which a word is believed
_MOST_LETTERS = 3  # that OCR makes of a box
_SURER = 0.85
_MADE_OF_BOXES = frozenset("O0oQCDJLUXxVvZ7[](){}|/\\_-=.,:;'‘’“”\"©®@□☐☑☒■✓✔*<>~^°«»")
_BLANK = (2.1, 6.0)  # length of a blank to tick


@dataclass(frozen=True, slots=True)
class Choice:
    """A box before a word. `outline`: share of it that is drawn. `gap`: from it to the word, in pixels."""

    box: Square
    form: Form
    outline: float
    gap: float

    @property
    def size(self) -> float:
        return self.box.side


@dataclass(frozen=True, slots=True)
class _Place:
    """The room before a word. `ink`: what stands there; `left`, `top` of it, `middle` of the word's line and `end` of
    the room in pixels of the page."""

    ink: Shape
    left: int
    top: int
    middle: float
    end: float
    word: Seen


def choices(binary: Grey, words: Sequence[Seen], height: float, known: Sequence[Square]) -> list[Square]:
    """Boxes beside the `known` ones. `binary`: 255 where there is ink; `height`: of a small letter, in pixels."""
    free = [place for place in _places(binary, words, height) if not any(_near(box, place, height) for box in known)]
    if not free:
        return []
    first = [(place, found) for place in free if (found := _best(place, height)) is not None]
    unread = [word for word in words if sum(c.isalnum() for c in word.text) > _MOST_LETTERS]
    first = [(place, one) for place, one in first if not any(one.box.lies_on(word) for word in unread)]
    drawn = [Choice(box, "square", 1.0, _NO_GAP) for box in known]
    every = (*drawn, *(one for _, one in first))
    kept = [one for _, one in first if _has_another(one, every, height)]
    done = {id(place) for place, one in first if one in kept}
    rest = [place for place in free if id(place) not in done]
    kept += [one for one in _worn(rest, [*drawn, *kept], height) if not any(one.box.lies_on(word) for word in unread)]
    boxes: list[Square] = []
    for one in sorted(kept, key=lambda choice: -choice.outline):
        if not any(overlap(one.box, there) for there in (*known, *boxes)):
            boxes.append(one.box)
    return boxes


def _has_another(one: Choice, every: Iterable[Choice], height: float) -> bool:
    """Whether another box of this form and size stands in line with it; one of the two must be clear."""
    return any(
        other is not one
        and other.form == one.form
        and _alike(one, other)
        and max(one.outline, other.outline) >= _CLEAR[one.form]
        and (one.form == "brackets" or _in_line(one.box, other.box, height))
        for other in every
    )


def _in_line(one: Square, other: Square, height: float) -> bool:
    """Whether two boxes stand side by side or one below the other."""
    return abs(one.left - other.left) < 0.6 * height or abs(one.top + one.bottom - other.top - other.bottom) < height


_NO_GAP = -1.0


def _alike(one: Choice, other: Choice) -> bool:
    return abs(one.size - other.size) <= _ALIKE * max(one.size, other.size)


def _near(box: Square, place: _Place, height: float) -> bool:
    middle = (box.top + box.bottom) / 2
    return abs(middle - place.middle) < 1.5 * height and place.left - height < box.right <= place.end + height


# --- where to look -----------------------------------------------------------------------------------------------


def _places(binary: Grey, words: Sequence[Seen], height: float) -> Iterator[_Place]:
    spelled = [word for word in words if sum(c.isalnum() for c in word.text) >= 2 and any(map(str.isalpha, word.text))]
    if not spelled:
        return
    printed = [word for word in words if _is_print(word)]
    edges = np.array([(w.left, w.right, w.top, w.bottom) for w in printed]).reshape(-1, 4)
    for word in spelled:
        middle = (word.top + word.bottom) / 2
        row = edges[(edges[:, 2] < middle) & (edges[:, 3] > middle) & (edges[:, 1] <= word.left + 0.3 * height)]
        free_from = max(float(row[:, 1].max(initial=0.0)) + 0.2 * height, word.left - _REACH * height, 0.0)
        for end in (word.left - 0.1 * height, *_ends_within(binary, word, height)):
            if place := _place(binary, word, free_from, end, height):
                yield place


def _place(binary: Grey, word: Seen, free_from: float, end: float, height: float) -> _Place | None:
    if end - free_from < _FREE * height:
        return None
    middle = (word.top + word.bottom) / 2
    left, right = round(free_from), round(end)
    top, bottom = max(0, round(middle - 2.4 * height)), round(middle + 2.2 * height)
    ink = binary[top:bottom, left:right] > 0
    core = ink[max(0, round(middle - height) - top) : round(middle + 1.2 * height) - top]
    if np.count_nonzero(core) < height:  # less than one stroke
        return None
    return _Place(ink, left, top, middle, end, word)


def _ends_within(binary: Grey, word: Seen, height: float) -> Iterator[float]:
    """Where a box may end that OCR read as the first letter of the word behind it: "OYes", "()No"."""
    if word.confidence is None or word.text[0] not in _MADE_OF_BOXES:
        return
    if word.confidence >= _SURER and word.text.isalnum():
        return
    left, most = round(word.left), round(_SIDES[1] * height)
    if word.right - word.left < most:
        most = round(word.right - word.left)
    gap = max(3, round(0.4 * height))  # letters of a word stand closer
    empty = ~np.any(binary[round(word.top) : round(word.bottom), left : left + most], axis=0)
    for x in range(round(_SIDES[0] * height * 0.8), most - gap):
        if empty[x : x + gap].all() and not empty[x - 1]:
            yield float(left + x + gap)


def _is_print(word: Seen) -> bool:
    """Whether a word is surely none that OCR made of a box, a tick or brackets."""
    if word.confidence is not None and word.confidence < (_SURE if len(word.text) > 2 else _SURER):
        return False
    return len(word.text) > 3 or not _MADE_OF_BOXES.issuperset(word.text)


# --- what stands there -------------------------------------------------------------------------------------------


def _best(place: _Place, height: float) -> Choice | None:
    """The clearest box of any form before a word."""
    parts = _parts(place.ink)
    found = [
        *_outlined(place, height, _sizes(parts, height)),
        *_bracketed(place, height, parts),
        *_blank(place, height),
    ]
    return max(found, key=lambda choice: choice.outline, default=None)


def _parts(ink: Shape) -> npt.NDArray[np.int32]:
    """Left, top, width, height and area of each connected shape."""
    return np.asarray(cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)[2], np.int32)[1:]


def _sizes(parts: npt.NDArray[np.int32], height: float) -> list[int]:
    least, most = _SIDES[0] * height, _SIDES[1] * height
    lengths = {int(side) for part in parts for side in part[2:4] if least <= side <= most}
    return sorted({length + n for length in lengths for n in (-1, 0)})


def _outlined(place: _Place, height: float, sizes: Iterable[int]) -> Iterator[Choice]:
    thick = cv2.dilate(place.ink.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(np.int32)
    along = np.pad(np.cumsum(thick, axis=1), ((0, 0), (1, 0)))
    down = np.pad(np.cumsum(thick, axis=0), ((1, 0), (0, 0)))
    for size in sizes:
        if size > min(thick.shape):
            continue
        square = _square(along, down, size, _WORST)
        for form, share in (("square", square), ("circle", _circle(thick, size, _ROUND))):
            rows = np.arange(share.shape[0]) + place.top + size / 2 - place.middle
            level = np.where(np.abs(rows)[:, None] <= _LEVEL * height, share, 0)
            y, x = np.unravel_index(int(np.argmax(level)), level.shape)
            if level[y, x] < _WORN:
                continue
            left, top = place.left + int(x), place.top + int(y)
            box = Square(left, top, left + size, top + size, "empty")
            if _beside_it(place, int(x), int(y), size):
                continue
            inside = place.ink[int(y) : int(y) + size, int(x) : int(x) + size]
            margin = max(2, round((0.2 if form == "square" else 0.25) * size))
            box = replace(box, state=state(inside[margin:-margin, margin:-margin], size))
            yield Choice(box, cast(Form, form), float(level[y, x]), place.end - box.right)


def _square(
    along: npt.NDArray[np.int32], down: npt.NDArray[np.int32], size: int, worst: float
) -> npt.NDArray[np.float64]:
    """For each place of its corner the share of a square's outline that is drawn; 0 where a side has less than
    `worst`."""
    across = (along[:, size:] - along[:, :-size]) / size
    upright = (down[size:] - down[:-size]) / size
    sides = (
        across[: upright.shape[0]], across[size - 1 :], upright[:, : across.shape[1]], upright[:, size - 1 :]
    )  # fmt: skip
    share: npt.NDArray[np.float64] = (sides[0] + sides[1] + sides[2] + sides[3]) / 4
    least = np.minimum(np.minimum(sides[0], sides[1]), np.minimum(sides[2], sides[3]))
    return np.where(least >= worst, share, 0)


def _circle(thick: npt.NDArray[np.int32], size: int, least: float) -> npt.NDArray[np.float64]:
    """For each place of its corner the share of a circle that is drawn; 0 where it is drawn as far as its corners."""
    points = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    x = np.rint((size - 1) / 2 * (1 + np.cos(points))).astype(int)
    y = np.rint((size - 1) / 2 * (1 + np.sin(points))).astype(int)
    tall, wide = thick.shape[0] - size + 1, thick.shape[1] - size + 1
    share = np.zeros((tall, wide))
    for a, b in zip(x, y, strict=True):
        share += thick[b : b + tall, a : a + wide]
    corners = sum(thick[b : b + tall, a : a + wide] for a in (0, size - 1) for b in (0, size - 1))
    return np.where(corners <= 1, np.where(share >= least * 24, share / 24, 0), 0)


def _beside_it(place: _Place, x: int, y: int, size: int) -> bool:
    """Whether the outline is part of something larger: a logo, a table, a word that was not read."""
    reach = max(3, size // 3)
    tall, wide = place.ink.shape
    rows = slice(max(0, y), min(tall, y + size))
    before = place.ink[rows, max(0, x - reach) : max(0, x - 2)]
    behind = place.ink[rows, x + size + 2 : min(wide, x + size + reach)]
    return any(part.size and np.mean(np.any(part, axis=1)) > 0.5 for part in (before, behind))


def _worn(places: Iterable[_Place], agreed: Sequence[Choice], height: float) -> Iterator[Choice]:
    """Boxes of the page's size that lost much of their outline, and ticks and fillings where a box must be.

    Where one must be: in the column of a clear one, or as far before its words as those are.
    """
    boxes = [one for one in agreed if one.form in ("square", "circle")]
    if not boxes:
        return
    gaps = [one.gap for one in boxes if one.gap >= 0]
    gap = float(np.median(gaps)) if gaps else 0.0
    for place in places:
        row = [one for one in boxes if abs((one.box.top + one.box.bottom) / 2 - place.middle) < 0.8 * height]
        column = [
            one for one in boxes
            if place.left - 0.3 * height <= one.box.left and one.box.right <= place.end + 0.3 * height
        ]  # fmt: skip
        if not column and not gaps:
            continue
        model = max(column or row or boxes, key=lambda one: one.outline)
        size = round(model.size)
        if size > min(place.ink.shape):
            continue
        thick = cv2.dilate(place.ink.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(np.int32)
        along = np.pad(np.cumsum(thick, axis=1), ((0, 0), (1, 0)))
        down = np.pad(np.cumsum(thick, axis=0), ((1, 0), (0, 0)))
        share = _square(along, down, size, 0.0) if model.form == "square" else _circle(thick, size, 0.4)
        rows = np.abs(np.arange(share.shape[0]) + place.top + size / 2 - place.middle) <= 0.7 * height
        if column:
            columns = np.abs(np.arange(share.shape[1]) + place.left - model.box.left) <= 0.5 * height
        else:
            ends = np.arange(share.shape[1]) + place.left + size
            columns = np.abs(place.end - ends - gap) <= (0.7 if row else 0.4) * height
        share = np.where(rows[:, None] & columns, share, 0)
        y, x = (int(n) for n in np.unravel_index(int(np.argmax(share)), share.shape))
        if share[y, x] < (_LOST if column or row else _WORN) or _beside_it(place, x, y, size):
            continue
        inside = place.ink[y : y + size, x : x + size]
        margin = max(2, round(0.2 * size))
        left, top = place.left + x, place.top + y
        box = Square(left, top, left + size, top + size, state(inside[margin:-margin, margin:-margin], size))
        yield Choice(box, model.form, float(share[y, x]), place.end - box.right)


def _bracketed(place: _Place, height: float, parts: npt.NDArray[np.int32]) -> Iterator[Choice]:
    """Brackets or parentheses with nothing or one sign between them."""
    tall = [part for part in parts.tolist() if 1.2 * height <= part[3] <= 2.9 * height and part[2] <= 0.9 * height
            and part[3] >= 1.9 * part[2]]  # fmt: skip
    tall.sort()
    for one in tall:
        if _bend(place.ink, one) <= 0.08 * height:
            continue
        for other in tall:
            between = other[0] - one[0] - one[2]
            if not 0.2 * height <= between <= 2.4 * height or _bend(place.ink, other) >= -0.08 * height:
                continue
            if abs(other[1] - one[1]) > 0.4 * height or abs(other[3] - one[3]) > 0.4 * height:
                continue
            top, bottom = min(one[1], other[1]), max(one[1] + one[3], other[1] + other[3])
            inside = place.ink[top + 1 : bottom - 1, one[0] + one[2] : other[0]]
            box = Square(place.left + one[0], place.top + top, place.left + other[0] + other[2], place.top + bottom,
                         state(inside, bottom - top))  # fmt: skip
            if abs((box.top + box.bottom) / 2 - place.middle) < _LEVEL * height:
                yield Choice(box, "brackets", _PAIR, place.end - box.right)
            break


def _bend(ink: Shape, part: Sequence[int]) -> float:
    """By how many pixels a shape's ends lie further right than its middle."""
    left, top, wide, tall, _ = part
    crop = ink[top : top + tall, left : left + wide]
    x = np.arange(wide)
    counts = crop.sum(axis=1)
    middles = (crop * x).sum(axis=1) / np.maximum(1, counts)
    end = max(1, tall // 6)
    ends = np.r_[middles[:end], middles[-end:]]
    return float(ends.mean() - middles[tall // 3 : tall - tall // 3].mean())


def _blank(place: _Place, height: float) -> Iterator[Choice]:
    """A short line to be ticked, on the line of the words behind it."""
    flat = cv2.morphologyEx(
        place.ink.astype(np.uint8), cv2.MORPH_OPEN, np.ones((1, round(_BLANK[0] * height)), np.uint8)
    )
    for left, top, wide, tall, _ in _parts(flat > 0).tolist():
        y = place.top + top + tall / 2
        if wide > _BLANK[1] * height or tall > 0.45 * height or left <= 1 or abs(y - place.word.bottom) > 0.7 * height:
            continue
        above = place.ink[max(0, top - round(2 * height)) : max(0, top - 1), left : left + wide]
        ticked: Literal["ticked", "empty"] = "ticked" if _stroke(above, height) else "empty"
        box = Square(place.left + left, y - 1.5 * height, place.left + left + wide, y + 0.2 * height, ticked)
        yield Choice(box, "blank", 0.85, place.end - box.right)


def _stroke(ink: Shape, height: float) -> bool:
    """Whether a pen's stroke is there, not only specks."""
    return ink.size > 0 and bool((_parts(ink)[:, 3] >= 0.6 * height).any())
