"""What is on a page besides words and ruling lines: signatures and other handwriting, check boxes, stamps.

The picture of the page is looked at once more, half as fine as OCR does, for ink that its words do not explain. A
signature is ink where somebody would sign; ink elsewhere is handwriting or just ink, never a signature.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import cv2
import numpy as np
from rapidfuzz import fuzz

from docscan.document import Mark, MarkKind
from docscan.reading import geometry
from docscan.reading.geometry import Grey, Seen, Way, scaling
from docscan.reading.marks import check_boxes, choices, ink, not_words, siblings, signing, stamps
from docscan.reading.pictures import shapes

_NARROWEST, _FLATTEST = 4.5, 1.3  # of a signature, in small letters' heights
_BAD_PRINT, _LETTER = 0.4, 2.6  # print that was read badly lies on words, and its pieces are letters
_FEW_BOXES = 3  # do not prove that what looks like one more in a stamp is none of its letters
_FAINT = 0.35  # of the way from paper to ink: what is darker is ink
_TURNS = 1.2  # of its strokes; a stain's edge has less
_FLAT, _WAVES = 4.0, 0.85  # times as wide as tall, it may be a mere wave
_LARGE = 3.0, 4.0, 15.0  # height of strokes, their largest piece and their length, from which they are no print
_READ_SURELY = 0.9  # confidence of print where large strokes are
_INITIALS = 2.5, 3.5, 1.3  # width, height and turns of initials
_STRONG = 6.0, 4.0, 12.0, 1.3  # width, largest piece, length and turns of what signs where little else says so
_FLOWS = 5, 0.95, 0.4  # waves and turns of a name in one go, and the part of its width that its largest piece takes
_RING = 3  # waves: a ring has no more, and goes around as far as a name does
_SAME_NAME, _CLOSE, _FITS = 84.0, 14.0, 0.7  # likeness, of 100; small letters' heights; share
_THROUGH = 45.0, 14.0  # small letters' heights: wider or taller is a drawing
_MANY, _PART = 20, 0.25  # so many pieces, all of them less than this part of the whole, are print
_STROKE, _PIECE = 8.0, 2.4  # its strokes' length, and the longer side of its largest piece


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen on a picture. `words`: without those that are boxes, signatures or stamps, not print."""

    marks: tuple[Mark, ...]
    words: tuple[Seen, ...]


def look(
    plain: Grey,
    drawn: Grey,
    to_page: Way,
    words: Sequence[Seen],
    *,
    letter: float | None = None,
    printed: bool = True,
    in_order: Sequence[tuple[Seen, int]] | None = None,
) -> Looked:
    """Marks of an upright picture. `plain`: without ruling lines; `drawn`: with them; `words` in pixels of both;
    `letter`: height of a small letter in pixels, measured from the words where it is not given; `printed`: whether the
    print of words of a file's own text is in the picture; `in_order`: the words in reading order, each with its line,
    where that is known and all are surely print."""
    height = letter or _small_letter(words)
    if height is None:
        return Looked((), tuple(words))
    times = max(1, round(height / ink.STEP))  # whole, which is a good deal faster
    height /= times
    seen = _scaled(words, 1 / times)
    to_page = to_page @ scaling(times, times)
    grey = _smaller(drawn, times)
    outlines = _ink(grey, times)
    binary = _ink(_smaller(plain, times), times) if plain is not drawn else outlines.copy()
    lines = _lines(outlines, binary, height)
    stamped = stamps.stamps(outlines, lines, seen, height)
    unruled = check_boxes.unruled(outlines, height)
    near = _on(outlines, seen)
    boxes = check_boxes.squares(outlines, unruled, near, height)
    boxes += choices.choices(unruled, near, height, boxes)
    boxes = [box for box in boxes if not any(_within(box, stamp) for stamp in stamped)]
    sure = len(boxes) > _FEW_BOXES
    boxes = siblings.completed(siblings.Pictures(grey, outlines, unruled), boxes, near)
    boxes = [box for box in boxes if sure or not any(_within(box, stamp) for stamp in stamped)]
    boxes = [_typed_in(box, seen) for box in boxes]
    for box in boxes:
        _erase(binary, box, 0.3 * box.side)
    for stamp in stamped:
        _erase(binary, stamp, 0.3 * height)
    lines += ink.crossed_lines(binary, height)
    in_picture = seen if printed else [word for word in seen if word.confidence is not None]
    if in_order is not None:
        placed = _scaled([word for word, _ in in_order], 1 / times)
        in_order = list(zip(placed, (line for _, line in in_order), strict=True))
    written = _written(binary, seen, in_picture, height, lines, in_order=in_order)
    of_stamps = {number for stamp in stamped for number in stamp.words}
    print_only = not_words.without(
        [word for number, word in enumerate(seen) if number not in of_stamps],
        boxes,
        [group for kind, group in written if kind == "signature_ink"],
    )
    found = (
        *(
            _mark("check_box", to_page, box, box.state, label)
            for box, label in zip(boxes, check_boxes.labels(boxes, seen), strict=True)
        ),
        *(_mark("stamp", to_page, s, None, " ".join(seen[number].text for number in s.words)) for s in stamped),
        *(_mark(kind, to_page, group) for kind, group in written),
    )
    return Looked(found, tuple(_scaled(print_only, times)))


def _scaled(words: Sequence[Seen], by: float) -> Sequence[Seen]:
    if by == 1:
        return words
    return [Seen(w.text, w.left * by, w.top * by, w.right * by, w.bottom * by, w.confidence, w.strand) for w in words]


def _on(picture: Grey, words: Sequence[Seen]) -> list[Seen]:
    """The words that stand on a picture; it may be of a part of their page."""
    tall, wide = picture.shape
    return [word for word in words if word.left < wide and word.right > 0 and word.top < tall and word.bottom > 0]


def _within(box: check_boxes.Square, stamp: stamps.Stamp) -> bool:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return stamp.left < x < stamp.right and stamp.top < y < stamp.bottom


def _erase(binary: Grey, thing: check_boxes.Square | stamps.Stamp, grow: float) -> None:
    left, top = max(0, round(thing.left - grow)), max(0, round(thing.top - grow))
    binary[top : round(thing.bottom + grow), left : round(thing.right + grow)] = 0


def _mark(
    kind: MarkKind,
    to_page: Way,
    box: check_boxes.Square | ink.Scrawl | stamps.Stamp,
    state: str | None = None,
    text: str | None = None,
) -> Mark:
    return Mark(kind, geometry.box(to_page, box.left, box.top, box.right, box.bottom), state, text or None)


def _typed_in(box: check_boxes.Square, words: Sequence[Seen]) -> check_boxes.Square:
    """A box with a letter or a sign typed in it is ticked, though its picture be empty."""
    typed = box.state == "empty" and any(word.confidence is None and len(word.text) <= 2 and box.holds(word)
                                         and not word.text.isdecimal() for word in words)  # fmt: skip
    return replace(box, state="ticked") if typed else box


def _small_letter(words: Sequence[Seen]) -> float | None:
    """Words are as tall as their letters: on average 1.4 times a small one."""
    heights = [w.height for w in ink.trusted(words) if sum(c.isalpha() for c in w.text) >= 3]
    if len(heights) < 3:
        heights = [w.height for w in words]
    return float(np.median(heights)) / 1.4 if heights else None


def _smaller(grey: Grey, times: int) -> Grey:
    if times == 1:
        return grey
    size = (grey.shape[1] // times, grey.shape[0] // times)
    return cast(Grey, cv2.resize(grey[: size[1] * times, : size[0] * times], size, interpolation=cv2.INTER_AREA))


def _ink(grey: Grey, times: int) -> Grey:
    """255 where there is ink, on a picture that was made so many times smaller: a stroke thinner than a pixel is
    kept."""
    level, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    if times > 1:
        counts = cv2.calcHist([grey], [0], None, [256], [0, 256]).ravel()
        values, dark = np.arange(256), np.arange(256) <= level
        ink, paper = (float((values * counts)[part].sum() / max(1.0, counts[part].sum())) for part in (dark, ~dark))
        level = paper - _FAINT * (paper - ink)
    return cast(Grey, cv2.threshold(grey, level, 255, cv2.THRESH_BINARY_INV)[1])


def _lines(outlines: Grey, plain: Grey, height: float) -> list[tuple[float, float, float]]:
    """Left, right and y of the level lines that are on one picture and not on the other."""
    half = (outlines.shape[1] // 2, outlines.shape[0] // 2)
    gone = cv2.resize(cv2.subtract(outlines, plain), half, interpolation=cv2.INTER_AREA)
    found = 2 * shapes.connected(gone).stats[1:]
    flat = sorted(found[(found[:, 2] >= 2 * height) & (found[:, 3] <= height)].tolist(), key=lambda part: part[0])
    lines: list[tuple[float, float, float]] = []
    for left, top, wide, tall, _ in flat:
        y = top + tall / 2
        for n, (start, end, level) in enumerate(lines):
            if left - end < 3 * height and abs(level - y) < 0.5 * height:
                lines[n] = (start, max(end, left + wide), y)
                break
        else:
            lines.append((left, left + wide, y))
    return lines


def _written(
    binary: Grey,
    words: Sequence[Seen],
    in_picture: Sequence[Seen],
    height: float,
    lines: Sequence[tuple[float, float, float]],
    *,
    in_order: Sequence[tuple[Seen, int]] | None,
) -> list[tuple[MarkKind, ink.Scrawl]]:
    groups = ink.scrawls(binary, in_picture, height)
    if not groups:
        return []
    if in_order is None:
        large = [group for group in groups if _writes_large(group, height)]
        believed = ink.not_scribbled(words)
        cells = signing.cells([w for w in believed if not any(_read_from(group, w) for group in large)])
        read = signing.cells(words)
    else:
        cells = read = signing.in_lines(in_order)
    places = [
        *signing.places(cells, height, read),
        *signing.on_lines(lines, cells, height),
        *signing.beside_names(cells, height),
        *signing.at_the_foot(cells, height),
    ]
    found: list[tuple[MarkKind, ink.Scrawl]] = []
    for group in groups:
        if _set_in_script(group, read, height):
            continue
        if _signs(group, cells, places, height):
            found.append(("signature_ink", group))
        elif kind := _other(group, cells, height):
            found.append((kind, group))
    return found


def _writes_large(group: ink.Scrawl, height: float) -> bool:
    tall = (group.bottom - group.top) / height
    return tall >= _LARGE[0] and group.largest >= _LARGE[1] and group.stroke >= _LARGE[2] and group.turns >= _TURNS


def _read_from(group: ink.Scrawl, word: Seen) -> bool:
    """Whether a word was read, not too surely, where these strokes are."""
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    inside = group.left < x < group.right and group.top < y < group.bottom
    return inside and word.confidence is not None and word.confidence < _READ_SURELY


def _signs(group: ink.Scrawl, cells: Sequence[signing.Cell], places: Sequence[signing.Place], height: float) -> bool:
    wide, tall = (group.right - group.left) / height, (group.bottom - group.top) / height
    if not _may_sign(group, wide, tall):
        return False
    if signing.between_words(cells, group.left, group.right, group.middle[1], height):
        return False
    held = [place for place in places if place.holds(*group.middle)]
    if any(place.likely for place in held):
        return True
    sides = group.left, group.top, group.right, group.bottom
    told_else = all(place.free for place in held) and signing.spoken_for(cells, sides, height)
    return bool(held) and not told_else and _strong(group, wide, tall)


def _may_sign(group: ink.Scrawl, wide: float, tall: float) -> bool:
    """Whether strokes may be a signature by their looks, where words say that one signs."""
    if wide < _NARROWEST and (wide < _INITIALS[0] or tall < _INITIALS[1] or group.turns < _INITIALS[2]):
        return False
    if tall < _FLATTEST or group.stroke < _STROKE or group.largest < _PIECE:
        return False
    if group.turns < (_TURNS if wide < _FLAT * tall and group.waves < _FLOWS[0] else _WAVES):
        return False
    return not group.hollow and not (group.pieces > _MANY and group.largest < _PART * wide)


def _set_in_script(group: ink.Scrawl, cells: Sequence[signing.Cell], height: float) -> bool:
    """Whether the strokes were read as the very name that is printed close by: a name in a typeface that looks written.

    A pen's own name is hardly ever read letter by letter; where it is, a person must say what it is. `cells`: of all
    words, those read badly too.
    """
    x, y = group.middle
    for read in cells:
        name = read.text.lower()
        if not (read.left - height < x < read.right + height and read.top < y < read.bottom and len(read.words) <= 5):
            continue
        over = min(group.bottom, read.bottom) - max(group.top, read.top)
        fits = over >= _FITS * (group.bottom - group.top) and group.right < read.right + 2 * height
        if not fits or not signing.may_be_a_name(read) or group.left < read.left - 2 * height:
            continue
        for other in cells:
            near = other is not read and abs(other.top - group.bottom) < _CLOSE * height and other.sure
            if (
                near
                and len(other.text) > 0.8 * len(name)
                and fuzz.partial_ratio(name, other.text.lower(), score_cutoff=_SAME_NAME)
            ):
                return True
    return False


def _strong(group: ink.Scrawl, wide: float, tall: float) -> bool:
    """Whether strokes look like a name written in one go wherever they stand: long, and going up and down many times.

    Notes and printed letters are of many small pieces; an arrow, a tick, an underline or a swoosh goes one way.
    """
    if wide < _STRONG[0] or group.largest < _STRONG[1] or group.stroke < _STRONG[2]:
        return False
    if wide > _THROUGH[0] or tall > _THROUGH[1] or group.largest < _FLOWS[2] * wide:
        return False
    if group.waves <= _RING:
        return False
    return group.turns >= _STRONG[3] or (group.waves >= _FLOWS[0] and group.turns >= _FLOWS[1])


def _other(group: ink.Scrawl, cells: Sequence[signing.Cell], height: float) -> MarkKind | None:
    wide, tall = (group.right - group.left) / height, (group.bottom - group.top) / height
    if wide < 2 or tall < 0.9 or group.stroke < 4 or group.hollow:
        return None
    if group.doubted > _BAD_PRINT and group.largest < _LETTER:
        return None
    if group.pieces >= 2 and tall < 6 and group.largest < 8:
        x, y = group.left, group.middle[1]
        labelled = any(
            c.top - height < y < c.bottom + height and 0 < x - c.right + 2 * height < 25 * height and ":" in c.text[-2:]
            for c in cells
        )
        if labelled or wide >= 4:
            return "handwriting"
    return "ink"
