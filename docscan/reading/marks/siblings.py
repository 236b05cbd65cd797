"""A page's check boxes are siblings: as large and as empty as one another, so the clear ones tell where the others are
and what a mark in them is.

A copy breaks outlines, a pen or a ruling line crosses them, strokes run: one box by itself may then look like a letter,
or its empty inside like a tick. Its size is known from the others, and so is what an empty one looks like here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, cast

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from docscan.reading.geometry import Grey, Seen
from docscan.reading.marks.check_boxes import Square, goes_on, of_a_word, state
from docscan.reading.pictures import shapes

Whole: TypeAlias = npt.NDArray[np.int64]

_AS_LARGE = 0.13  # by how much siblings differ in size
_CORNER = 0.5  # share of the corners of a group's boxes that are drawn; circles have none
_LIKELY, _WORST = 0.78, 0.4  # share of an outline that is drawn, and of its worst side, in line with other boxes
_CLEAR, _CLEAR_WORST = 0.9, 0.75  # and anywhere else beside a word
_GROUPS = 3  # sizes of boxes on one page
_SOME = 3  # boxes that prove one that is not clear
_PAPER = 0.35  # share of a strip beside a box that may be ink
_STRIP = 6  # pixels beside a box within which there is a strip of paper
_GAP = 0.5  # sides by which boxes may stand nearer to their words than their siblings, or farther
_LINE = 0.15  # of a side: by how much boxes in line may be off it
_NEAR = 2.5  # sides between a box and its words
_PRINT = 0.6  # confidence of words whose ink is theirs
_READ, _ON = 0.4, 0.3  # confidence of words that are letters, and share of a box' side by which they lie on it
_READ_AS = "O0oDCQUIl1"  # letters as which OCR reads an empty box
_STRONG = 0.5  # of an outline's darkness: what is less dark may shine through, or be a stamp or a note
_AS_DARK, _MANY = 0.75, 3  # of the usual mark's darkness, where so many boxes are marked
_BEYOND, _TOO_LONG = 2.0, 2.4  # sides about a box that are looked at, and length of what is no mark
_LONG, _OVER, _OUTSIDE = 1.3, 0.25, 0.35  # or length, share of a side by which marks run over, and of ink beyond that
_THIN = 2  # pixels of an outline of which nothing can be told
_OFF = 2  # pixels by which a box' outline may be off its place or thicker than its siblings'
_SHIFT = 3  # pixels by which a box may lie beside where it was found


@dataclass(frozen=True, slots=True)
class Kin:
    """Boxes that are alike. Lengths in pixels; `lines`: how thick the upper, the lower, the left and the right side of
    their outline are: some cast a shadow. `dark`: by how many grey values it is darker than paper."""

    wide: int
    tall: int
    lines: tuple[int, int, int, int]
    dark: float
    round: bool
    boxes: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class Pictures:
    """One page, three times: in grey, 255 white; its ink as 255, ruling lines included; and without those."""

    grey: Grey
    ink: Grey
    unruled: Grey


def completed(page: Pictures, known: Sequence[Square], words: Sequence[Seen]) -> list[Square]:
    """The known boxes with their siblings, each with its state as its siblings show it. Brackets, blanks and circles
    stay as they are."""
    found = list(known)
    for group in _groups(known)[:_GROUPS]:
        kin = _kin(page, group)
        drawn, worst = _outlines(page, kin)
        if kin.round or sum(_outlined(box, worst) for box in group) < 0.5 * len(group):
            continue
        more = _missed(page, kin, _places(page, kin, drawn, worst), found, words)
        found = [box for box in found if box not in group]
        found += _judged(page, kin, (*group, *more), words)
    return found


def _outlined(box: Square, worst: Grey) -> bool:
    left, top = max(0, round(box.left) - _SHIFT), max(0, round(box.top) - _SHIFT)
    return bool(np.any(worst[top : top + 2 * _SHIFT, left : left + 2 * _SHIFT] >= 255 * _WORST))


def _judged(page: Pictures, kin: Kin, boxes: Iterable[Square], words: Sequence[Seen]) -> list[Square]:
    """The boxes where their outlines lie best, each with its state."""
    places = (((box.left + box.right - kin.wide) / 2, (box.top + box.bottom - kin.tall) / 2) for box in boxes)
    settled = [_settled(page.unruled, kin, round(left), round(top)) for left, top in places]
    inside = [_inside(page.unruled, kin, box) for box in settled]
    told = [state(ink, box.side) for ink, box in zip(inside, settled, strict=True)]
    dark = [_darkness(page, kin, box, ink) for ink, box in zip(inside, settled, strict=True)]
    ticks = [shade for one, shade in zip(told, dark, strict=True) if one == "ticked"]
    usual = kin.dark * _STRONG
    if len(ticks) >= _MANY:
        usual = max(usual, _AS_DARK * float(np.median(ticks)))
    return [
        replace(box, state="empty" if shade < usual and _runs_through(page, kin, box, words, usual) else one)
        for box, one, shade in zip(settled, told, dark, strict=True)
    ]


def _darkness(page: Pictures, kin: Kin, box: Square, inside: npt.NDArray[np.bool_]) -> float:
    """By how many grey values what is in a box is darker than paper."""
    above, before = (1 + kin.lines[n] // 2 for n in (0, 2))
    top, left = round(box.top) + above, round(box.left) + before
    shades = page.grey[top : top + inside.shape[0], left : left + inside.shape[1]][inside]
    return 255 - float(np.percentile(shades, 25)) if len(shades) else 0.0


def _runs_through(page: Pictures, kin: Kin, box: Square, words: Sequence[Seen], usual: float) -> bool:
    """Whether strokes fainter than the `usual` ones that are in a box belong to something larger: a stamp, a note, the
    other side's print."""
    reach = round(_BEYOND * box.side)
    left, top = max(0, round(box.left) - reach), max(0, round(box.top) - reach)
    rows, columns = slice(top, round(box.bottom) + reach), slice(left, round(box.right) + reach)
    strong = np.where(page.grey[rows, columns] < 255 - usual, page.unruled[rows, columns], 0)
    faint = cv2.subtract(page.unruled[rows, columns], cv2.dilate(strong, np.ones((3, 3), np.uint8)))
    for word in words:
        own = word.left < box.right and box.left < word.right and word.top < box.bottom and box.top < word.bottom
        if (word.confidence is None or word.confidence >= _PRINT) and not own:
            x, y = max(0, round(word.left) - left - 1), max(0, round(word.top) - top - 1)
            faint[y : max(0, round(word.bottom) - top + 1), x : max(0, round(word.right) - left + 1)] = 0
    bridge = max(kin.lines) + 5  # across the outline and its soft edges
    joined = cv2.morphologyEx(faint, cv2.MORPH_CLOSE, np.ones((bridge, bridge), np.uint8))
    parts = shapes.connected(joined)

    def about(more: float) -> tuple[slice, slice]:
        return (slice(max(0, round(box.top - more) - top), round(box.bottom + more) - top),
                slice(max(0, round(box.left - more) - left), round(box.right + more) - left))  # fmt: skip

    here = np.setdiff1d(parts.labels[about(-2)], [0])
    long = int(parts.stats[here, 2:4].max(initial=0)) / box.side
    strokes = (faint > 0) & np.isin(parts.labels, here)
    within, whole = int(np.count_nonzero(strokes[about(_OVER * box.side)])), int(np.count_nonzero(strokes))
    outside = 1 - within / max(1, whole)
    return bool(long >= _TOO_LONG or (long >= _LONG and outside >= _OUTSIDE))


def _inside(ink: Grey, kin: Kin, box: Square) -> npt.NDArray[np.bool_]:
    """The ink in a box without its outline, which is peeled off row by row and column by column: it may be ragged, or
    slope by some pixels."""
    left, top, right, bottom = (round(side) for side in (box.left, box.top, box.right, box.bottom))
    most = min(_OFF, left, top)
    crop = ink[top - most : bottom + most, left - most : right + most] > 0
    for side, line in zip((crop, crop[::-1], crop.T, crop.T[::-1]), kin.lines, strict=True):
        _peel(side, most + line + _OFF, line + _OFF)
    above, below, before, behind = (most + 1 + line // 2 for line in kin.lines)
    return crop[above : len(crop) - below, before : crop.shape[1] - behind]


def _peel(crop: npt.NDArray[np.bool_], within: int, thick: int) -> None:
    """Take out of each column the first ink from above: where it begins `within` so many rows, and so many of it."""
    row = np.argmax(crop[:within], axis=0)
    still = crop[row, np.arange(crop.shape[1])]
    for _ in range(thick):
        column = np.flatnonzero(still)
        crop[row[column], column] = False
        row[column] += 1
        column = column[row[column] < len(crop)]
        still = np.zeros_like(still)
        still[column] = crop[row[column], column]


def _groups(known: Sequence[Square]) -> list[list[Square]]:
    """Boxes as large as one another, the most first; two at least."""
    left = sorted(known, key=lambda box: box.side)
    groups: list[list[Square]] = []
    while len(left) > 1:
        alike = max(
            ([other for other in left if abs(other.side - box.side) <= _AS_LARGE * box.side] for box in left), key=len
        )
        if len(alike) < 2:
            break
        groups.append(alike)
        left = [box for box in left if box not in alike]
    return groups


def _kin(page: Pictures, group: Sequence[Square]) -> Kin:
    wide = round(float(np.median([box.right - box.left for box in group])))
    tall = round(float(np.median([box.bottom - box.top for box in group])))
    corners, lines, dark = [], [], []
    for box in group:
        left, top, right, bottom = (round(side) for side in (box.left, box.top, box.right, box.bottom))
        for y in (slice(top, top + 3), slice(bottom - 3, bottom)):
            corners += [bool(page.ink[y, x].any()) for x in (slice(left, left + 3), slice(right - 3, right))]
        crop = page.unruled[top:bottom, left:right] > 0
        lines.append([_thickness(side) for side in (crop, crop[::-1], crop.T, crop.T[::-1])])
        shades = page.grey[top:bottom, left:right]
        dark += [float(side.min(axis=0).mean()) for side in (shades[:4], shades[-4:], shades.T[:4], shades.T[-4:])]
    above, below, before, behind = (_typical([line[n] for line in lines]) for n in range(4))
    round_ = float(np.mean(corners)) < _CORNER
    return Kin(wide, tall, (above, below, before, behind), 255 - float(np.median(dark)), round_, tuple(group))


def _thickness(crop: npt.NDArray[np.bool_]) -> int | None:
    """Of the upper side's line, in pixels; None where it cannot be told from what is below it."""
    share = np.mean(crop[: len(crop) // 2, 3:-3], axis=1) > 0.5
    first = int(np.argmax(share))
    after = np.flatnonzero(~share[first:])
    return int(after[0]) if share.any() and len(after) else None


def _typical(lines: Sequence[int | None]) -> int:
    told = [line for line in lines if line is not None]
    return max(1, int(np.median(told))) if told else _THIN


# --- where the others are ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a box' upper left corner may be, the likeliest first, and whether its outline is clear there."""

    x: Whole
    y: Whole
    clear: npt.NDArray[np.bool_]


def _places(page: Pictures, kin: Kin, drawn: Grey, worst: Grey) -> _Places:
    y, x = np.nonzero((drawn >= 255 * _LIKELY) & (worst >= 255 * _WORST))
    ground = cv2.morphologyEx(page.ink, cv2.MORPH_OPEN, np.ones((max(1, kin.tall // 2), 2 * kin.wide), np.uint8))
    white = [ground[y + quarter * kin.tall // 4, x + kin.wide // 2] == 0 for quarter in (1, 3)]
    kept = _on_paper(page.ink, kin, y, x) & white[0] & white[1]
    y, x = y[kept], x[kept]
    score = drawn[y, x].astype(np.int64) + worst[y, x]
    order = np.argsort(-score, kind="stable")
    y, x = y[order], x[order]
    return _Places(x, y, (drawn[y, x] >= 255 * _CLEAR) & (worst[y, x] >= 255 * _CLEAR_WORST))


def _missed(page: Pictures, kin: Kin, places: _Places, known: Sequence[Square], words: Sequence[Seen]) -> list[Square]:
    x, y = places.x, places.y
    free = np.ones(len(y), np.bool_)
    for box in known:
        free &= ~((x < box.right - _OFF) & (x + kin.wide > box.left + _OFF)
                  & (y < box.bottom - _OFF) & (y + kin.tall > box.top + _OFF))  # fmt: skip
    gap = float(np.median([_gap(box, words) for box in kin.boxes]))
    found: list[Square] = []
    while free.any():
        n = int(np.argmax(free))
        box = _settled(page.ink, kin, int(x[n]), int(y[n]))
        if good := _is_one(page, kin, box, gap, words, clear=bool(places.clear[n])):
            found.append(box)
        away_x, away_y = (kin.wide, kin.tall) if good else (_SHIFT + 1, _SHIFT + 1)
        free &= (np.abs(x - x[n]) >= away_x) | (np.abs(y - y[n]) >= away_y)
    return found


def _is_one(page: Pictures, kin: Kin, box: Square, gap: float, words: Sequence[Seen], *, clear: bool) -> bool:
    """Whether what looks like a box stands where a box may stand: one that is not clear must stand as others do."""
    in_line = _in_line(box, kin.boxes)
    like_others = in_line and len(kin.boxes) >= _SOME and abs(_gap(box, words) - gap) <= _GAP * box.side
    if not like_others and not (clear and (in_line or _by_words(box, words))):
        return False
    if _read_as_print(box, words, page.unruled, in_line=in_line, clear=clear):
        return False
    return not goes_on(page.unruled, round(box.left), round(box.top), round(box.right), round(box.bottom))


def _settled(ink: Grey, kin: Kin, left: int, top: int) -> Square:
    """A box where its outline lies best. The outline of a box is found a few pixels about its place, too."""
    most = _SHIFT
    x, y = max(0, left - most), max(0, top - most)
    crop = (ink[y : top + kin.tall + most, x : left + kin.wide + most] > 0).astype(np.float32)
    if crop.shape[0] < kin.tall or crop.shape[1] < kin.wide:
        return Square(left, top, left + kin.wide, top + kin.tall, "empty")
    ring = _ring(kin)
    fits = cv2.matchTemplate(crop, ring, cv2.TM_CCORR)
    down, across = (int(n) for n in np.unravel_index(int(np.argmax(fits)), fits.shape))
    left, top = x + across, y + down
    return Square(left, top, left + kin.wide, top + kin.tall, "empty")


def _ring(kin: Kin) -> npt.NDArray[np.float32]:
    """The outline of an empty box: its ink counts for it, ink just inside it a little against it."""
    ring = np.ones((kin.tall, kin.wide), np.float32)
    above, below, before, behind = kin.lines
    ring[above:-below, before:-behind] = -0.3
    ring[above + 1 : -below - 1, before + 1 : -behind - 1] = 0
    return ring


def _outlines(page: Pictures, kin: Kin) -> tuple[Grey, Grey]:
    """For each place of its upper left corner the share of an outline of this size that is drawn, and of its worst
    side; of 255. One side may lie in a table's line, no more."""
    above, below, before, behind = _sides(page.ink, kin)
    level, upright = cv2.addWeighted(above, 0.5, below, 0.5, 0), cv2.addWeighted(before, 0.5, behind, 0.5, 0)
    worst = cv2.min(cv2.min(above, below), cv2.min(before, behind))
    above, below, before, behind = _sides(page.unruled, kin)
    own = cv2.min(
        cv2.min(cv2.max(above, below), cv2.max(before, behind)),
        cv2.max(cv2.min(above, below), cv2.min(before, behind)),
    )
    return cast(Grey, cv2.addWeighted(level, 0.5, upright, 0.5, 0)), cast(Grey, cv2.min(worst, own))


def _sides(ink: Grey, kin: Kin) -> tuple[MatLike, MatLike, MatLike, MatLike]:
    across = cv2.boxFilter(cv2.dilate(ink, np.ones((3, 1), np.uint8)), -1, (kin.wide, 1), anchor=(0, 0))
    down = cv2.boxFilter(cv2.dilate(ink, np.ones((1, 3), np.uint8)), -1, (1, kin.tall), anchor=(0, 0))
    rows, columns = ink.shape[0] - kin.tall + 1, ink.shape[1] - kin.wide + 1
    return across[:rows, :columns], across[kin.tall - 1 :, :columns], down[:rows, :columns], down[:rows, kin.wide - 1 :]


def _on_paper(ink: Grey, kin: Kin, y: Whole, x: Whole) -> npt.NDArray[np.bool_]:
    """Whether a strip of paper runs above or below each box and another beside it: boxes share sides with tables, but
    on a black ground they have no paper about them."""
    total = cv2.integral(ink // 255)
    tall, wide = ink.shape
    free = []
    for one_way in (True, False):
        beside = np.ones(len(y))
        along = np.ones(len(y))
        for away in range(2, _STRIP + 1):
            row = (y - away if one_way else y + kin.tall - 1 + away).clip(0, tall - 1)
            n = total[row + 1, x + kin.wide] - total[row + 1, x] - total[row, x + kin.wide] + total[row, x]
            along = np.minimum(along, n / kin.wide)
            column = (x - away if one_way else x + kin.wide - 1 + away).clip(0, wide - 1)
            n = total[y + kin.tall, column + 1] - total[y, column + 1] - total[y + kin.tall, column] + total[y, column]
            beside = np.minimum(beside, n / kin.tall)
        free.append((along <= _PAPER, beside <= _PAPER))
    (above, before), (below, behind) = free
    return np.asarray((above | below) & (before | behind))


def _in_line(box: Square, others: Sequence[Square]) -> bool:
    """Whether boxes stand exactly below, above or beside it."""
    off = _LINE * box.side
    column = sum(abs(other.left - box.left) < off or abs(other.right - box.right) < off for other in others)
    row = any(abs(other.top + other.bottom - box.top - box.bottom) < 2 * off for other in others)
    return row or column >= min(2, len(others) - 1)


def _gap(box: Square, words: Iterable[Seen]) -> float:
    """Pixels from a box to the word behind it; below nought where it was read as part of the word."""
    middle = (box.top + box.bottom) / 2
    after = [w.left for w in words if w.top <= middle <= w.bottom and w.right > box.right and w.left >= box.left - _OFF]
    return min(after, default=np.inf) - box.right


def _read_as_print(box: Square, words: Sequence[Seen], unruled: Grey, *, in_line: bool, clear: bool) -> bool:
    """Whether what looks like a box was read as letters, other than a word's first ones: those a box is read as."""
    if clear and in_line:
        words = [word for word in words if not _covers(box, word)]
    if of_a_word(box, words, unruled):
        return True
    for word in words:
        if sum(c.isalnum() for c in word.text) < 2:
            continue
        across = min(box.right, word.right) - max(box.left, word.left)
        down = min(box.bottom, word.bottom) - max(box.top, word.top)
        if across < _ON * box.side or down < _ON * box.side:
            continue
        sure = 1.0 if word.confidence is None else word.confidence
        inside = box.left > word.left + 0.4 * box.side or word.right < box.right
        if inside and (not clear or sure >= _READ):
            return True
        if not inside and sure >= _READ and not in_line and word.text[0].isalnum() and word.text[0] not in _READ_AS:
            return True
    return False


def _covers(box: Square, word: Seen) -> bool:
    """Whether a word is nothing but the box: "fm]"."""
    over = _OVER * box.side
    return box.left - over <= word.left and word.right <= box.right + over


def _by_words(box: Square, words: Iterable[Seen]) -> bool:
    """Whether words stand close by on its line."""
    middle, reach = (box.top + box.bottom) / 2, _NEAR * box.side
    return any(
        word.top <= middle <= word.bottom
        and (word.confidence is None or word.confidence >= _READ)
        and any(c.isalnum() for c in word.text)
        and word.left <= box.right + reach
        and word.right >= box.left - reach
        for word in words
    )
