"""A picture of a page becomes one that can be read: each step is taken only where the page shows that it needs it.

Steps: find the sheet in a photo, undo a fax machine's stretched dots, even out light and paper, turn and unbend the
lines, bring the print to the size the OCR model was trained on, take out ruling lines. Every step carries the map back
to the page as uploaded, so that each word's box lands where a person sees the word.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from docscan.reading.geometry import Grey, quarter_turns, scaling, shift
from docscan.reading.pictures import leaders, shapes
from docscan.reading.pictures.bars import unreversed
from docscan.reading.pictures.bends import straightened
from docscan.reading.pictures.frames import Sheet, sheet_of, warped
from docscan.reading.pictures.prints import FEW, Print, ink, print_on
from docscan.reading.pictures.sheets import cropped, sheets

__all__ = ["Print", "Rulings", "Sheet", "cropped", "despeckled", "evened", "ink", "levelled", "print_on", "rulings",
           "sheet_of", "sheets", "turned", "warped", "without"]  # fmt: skip

# One process reads one page on one core: OpenCV's own threads would take the cores of other processes.
cv2.setNumThreads(1)

_GOAL = 24.0  # pixels of a small letter's height at which Tesseract's English model reads best (300 dpi, 11 points)
_MOST_PIXELS = 24_000_000  # of a picture handed to OCR
_SQUAT = 1.3  # letters wider than this for their height were stretched, as a standard fax does
_FAX_STRETCH = 204 / 98  # dots an inch of a standard fax, ITU-T T.4: 8 by 3.85 dots a millimetre
_STEEPEST = 24.0  # degrees
_DOT, _MADE_OF_DOTS = 10.0, 2.0  # pixels; and how much taller letters are than the dots that they are made of
_LEVEL = 0.12  # degrees below which lines are level enough
_CLEARLY = 1.2
_FEET = 2.2  # small letters' heights; lines on which strokes stand closer than this are letters' feet
_UPSIDE_DOWN = 0.85  # letters' feet pile up less sharply than their heads


# --- light and paper ---------------------------------------------------------------------------------------------


_NEIGHBOURHOOD = 13  # pixels of a page made 640 tall: wider than a stroke, narrower than a shadow
_DARK_GROUND = 0.3  # of the paper's brightness: a scanner's lid, a dark table; a shadow on paper is brighter
_DARK = 110  # grey value of the typical pixel of a page on which print may be light
_WIDE = 31  # pixels of a page made 640 tall: wider than a word's letters, so that its ground prevails
_REVERSED = 2.0  # how much more light shapes stand out of it than dark ones
_BLOCK = 48  # pixels: two or three lines of print
_FOURTH = 4 * ((_BLOCK // 2) ** 2 - 1) // 100  # of a block's pixels at half the size: the 4th percentile
_INKED = 215  # after division by the paper; darker places in a block are print
_ALL_OVER = 0.6  # of the page's blocks; print leaves more of a page white
_UNPRINTED, _ALIKE = 0.1, 30.0  # share of them that show the pattern alone, and grey values by which those differ
_PALE, _PALER = 130.0, 60.0  # grey value of such a pattern at least, and by how much it is paler than the print
_STRONG = 215.0  # grey values by which good print is darker than paper
_MOST_GAIN = 3.5


def evened(sheet: Sheet) -> Sheet:
    """Light, paper and print made even: what lies around the sheet white, paper white, faint print dark.

    Print fades, and thermal paper darkens, from one end of a receipt to the other, so both are measured locally. Light
    print on a dark ground, as a screen in dark mode shows it, becomes dark print on a light one.
    """
    grey = sheet.grey
    shrink = min(1.0, 640 / max(grey.shape))
    small = cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    if _light_on_dark(small):
        grey, small = cast(Grey, cv2.bitwise_not(grey)), cv2.bitwise_not(small)
    grey, small = unreversed(grey, small)
    widened = cv2.dilate(small, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_NEIGHBOURHOOD, _NEIGHBOURHOOD)))
    paper = cv2.medianBlur(widened, 17)
    bright = float(np.percentile(paper, 90))
    ground = _ground(small, _DARK_GROUND * bright)
    paper[ground > 0] = bright
    full = cv2.resize(np.maximum(paper, 12), grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    flat = cv2.divide(grey, full, scale=250)
    if ground.any():
        flat[cv2.resize(ground, grey.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0] = 255
    return replace(sheet, grey=_strengthened(cast(Grey, flat)))


def _light_on_dark(small: MatLike) -> bool:
    """Whether a picture is dark, and what stands out of its ground is lighter: a dark photo has dark print."""
    if float(np.median(small)) >= _DARK:
        return False
    ground = cv2.medianBlur(small, _WIDE)
    return float(cv2.subtract(small, ground).mean()) > _REVERSED * float(cv2.subtract(ground, small).mean())


def _ground(small: MatLike, below: float) -> Grey:
    """Large dark areas at the picture's edge: not paper, so nothing to read."""
    dark = (cv2.dilate(small, np.ones((5, 5), np.uint8)) < below).astype(np.uint8)
    seen = shapes.connected(dark)
    height, width = dark.shape
    ground = np.zeros_like(dark)
    for number in range(1, seen.count):
        left, top, wide, tall, area = seen.stats[number]
        at_edge = left == 0 or top == 0 or left + wide == width or top + tall == height
        if at_edge and area > 0.002 * width * height:
            ground[seen.labels == number] = 1
    return cast(Grey, cv2.dilate(ground, np.ones((9, 9), np.uint8)))


def _strengthened(flat: Grey) -> Grey:
    """Print made as dark as good print, block by block; blocks without print stay as they are."""
    half = cv2.resize(flat, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    size = _BLOCK // 2
    rows, columns = half.shape[0] // size, half.shape[1] // size
    if not rows or not columns:
        return flat
    blocks = half[: rows * size, : columns * size].reshape(rows, size, columns, size).swapaxes(1, 2)
    dark = np.partition(blocks.reshape(rows, columns, -1), _FOURTH, axis=2)[:, :, _FOURTH].astype(np.float32)
    if white := _pattern(dark):
        flat = cast(Grey, cv2.convertScaleAbs(flat, alpha=255 / white))
        dark = np.minimum(dark * (255 / white), 255)
    darkest = cv2.erode(np.where(dark < _INKED, dark, 255).astype(np.float32), np.ones((3, 3), np.uint8))
    gain = np.where(darkest < _INKED, np.clip(_STRONG / np.maximum(1, 255 - darkest), 1, _MOST_GAIN), 1)
    if gain.max() < 1.1:
        return flat
    full = cv2.resize(cv2.blur(gain.astype(np.float32), (3, 3)), flat.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return cast(Grey, cv2.bitwise_not(cv2.multiply(cv2.bitwise_not(flat), full, dtype=cv2.CV_8U)))


def _pattern(dark: npt.NDArray[np.float32]) -> float | None:
    """The grey value of a pattern that is printed all over the paper, to be taken for white: waves and lines against
    copying, the lines of a notepad. None where there is none, or it is nearly as dark as the print.

    `dark`: the darkest of each block of the page.
    """
    inked = dark < _INKED
    if inked.mean() < _ALL_OVER:
        return None
    print_, palest = np.percentile(dark[inked], (10, 90))
    unprinted = dark[inked & (dark > palest - _ALIKE)]
    level = float(np.percentile(unprinted, 5))
    alone = unprinted.size > _UNPRINTED * dark.size
    return level if alone and level > _PALE and level - print_ > _PALER else None


# --- turning, straightening, size --------------------------------------------------------------------------------


def levelled(sheet: Sheet) -> Sheet:
    """Lines of print made level and upright, print brought to the size that OCR reads best, in one turn of the picture.

    Where letters cannot tell up from down (capitals, figures) the page is left as it is.
    """
    seen = sheet.print
    if seen.count < FEW:
        return sheet
    if seen.letter()[1] <= _DOT:  # very small print, or the dots of a matrix printer
        whole = print_on(sheet.grey, joined=True)
        if whole.count >= FEW and whole.letter()[1] > _MADE_OF_DOTS * seen.letter()[1]:
            seen = whole
            sheet = replace(sheet, grey=cast(Grey, cv2.GaussianBlur(sheet.grey, (0, 0), 0.05 * whole.letter()[1])))
    level, upright = _slope(seen), _slope(seen, sideways=True)
    sideways = upright.sharp > _CLEARLY * level.sharp
    found = upright if sideways else level
    quarter = (90 if sideways else 0) + (180 if found.up < _UPSIDE_DOWN else 0)
    width, height = seen.letter(sideways=sideways)
    squat = _FAX_STRETCH if sheet.two_tone and _SQUAT * height < width < 3 * height else 1.0
    degrees = found.degrees if abs(found.degrees) >= _LEVEL else 0.0
    size = _GOAL / (height * squat) if height else 1.0
    size = 1.0 if 0.8 < size < 1.25 and not degrees else float(np.clip(size, 0.3, 4.0))
    stretched = (squat, 1.0) if sideways else (1.0, squat)
    level_sheet = turned(sheet, quarter % 360, degrees, (size * stretched[0], size * stretched[1]))
    if sheet.two_tone:  # machines that give black and white draw the paper in flat
        return level_sheet
    seen = level_sheet.print
    return straightened(level_sheet, seen.boxes, seen.letter()[1])


def turned(sheet: Sheet, quarter: int, degrees: float = 0.0, size: tuple[float, float] = (1.0, 1.0)) -> Sheet:
    """The picture turned clockwise by quarter turns and then by `degrees`, scaled by `size` (before turning)."""
    if quarter == 0 and degrees == 0 and size == (1.0, 1.0):
        return sheet
    tall, wide = sheet.grey.shape
    across, down = size
    most = np.sqrt(_MOST_PIXELS / max(1.0, wide * tall * across * down))
    if most < 1:
        across, down = across * most, down * most
    width, height = wide * across, tall * down
    forward = scaling(across, down)
    if quarter:
        sides = (height, width) if quarter % 180 == 90 else (width, height)
        forward = scaling(*sides) @ quarter_turns(quarter) @ scaling(1 / width, 1 / height) @ forward
        width, height = sides
    if degrees:
        radians = np.deg2rad(degrees)
        cosine, sine = float(np.cos(radians)), float(np.sin(radians))
        turn = np.array([[cosine, -sine, 0], [sine, cosine, 0], [0, 0, 1.0]])
        new_width, new_height = width * cosine + height * abs(sine), width * abs(sine) + height * cosine
        forward = shift(new_width / 2, new_height / 2) @ turn @ shift(-width / 2, -height / 2) @ forward
        width, height = new_width, new_height
    if not degrees and quarter and abs(across - 1) < 1e-9 and abs(down - 1) < 1e-9:
        plain = np.ascontiguousarray(np.rot90(sheet.grey, -quarter // 90))
        to_page = sheet.to_page @ np.linalg.inv(forward).astype(np.float64)
        return replace(sheet, grey=plain, to_page=to_page, turned=(sheet.turned + quarter) % 360)
    return warped(sheet, forward, (max(1, round(width)), max(1, round(height))), turned=quarter)


@dataclass(frozen=True)
class _Slope:
    """How lines run: `degrees` by which to turn the picture clockwise, `sharp` how clearly, `up` how much more sharply
    letters stand on their lines than hang from them (above 1: upright; near 1: unknown)."""

    degrees: float
    sharp: float
    up: float


def _slope(seen: Print, *, sideways: bool = False) -> _Slope:
    """The slope of the lines, from letters' feet and heads: seen along the lines, they pile up at the same places.

    More of them share a foot than a head, since more letters rise above x than fall below it.
    """
    left, top, width, tall = seen.boxes.T
    if sideways:  # as after a quarter turn clockwise
        x, feet, heads = -(top + tall / 2), left + width, left
    else:
        x, feet, heads = left + width / 2, top + tall, top
    middle = (feet + heads) / 2
    bin_size = max(1.0, seen.letter(sideways=sideways)[1] / 5)

    def piled(values: npt.NDArray[np.float64], degrees: float) -> float:
        radians = np.deg2rad(degrees)
        down = values * np.cos(radians) + x * np.sin(radians)
        counts = np.bincount(((down - down.min()) / bin_size).astype(np.int64)).astype(np.float64)
        counts = counts[:-1] + counts[1:] if len(counts) > 1 else counts
        return float((counts**2).sum()) / len(values)

    def both(degrees: float) -> float:
        return max(piled(feet, degrees), piled(heads, degrees), piled(middle, degrees))

    rough = max(np.arange(-_STEEPEST, _STEEPEST + 0.1, 0.5), key=both)
    fine = float(max(np.arange(rough - 0.5, rough + 0.55, 0.05), key=both))
    return _Slope(fine, both(fine), piled(feet, fine) / piled(heads, fine))


# --- specks ------------------------------------------------------------------------------------------------------


def despeckled(grey: Grey, height: float) -> Grey:
    """The picture without specks that stand by themselves, and without dot leaders; dots beside letters of this small
    height stay."""
    grey = leaders.without(grey, ink(grey), height)
    half = cv2.erode(grey, np.ones((2, 2), np.uint8), anchor=(0, 0))[::2, ::2]  # a speck of one pixel still counts
    size = height / 2
    seen = shapes.connected(ink(cast(Grey, half)))
    found = seen.stats
    longest = found[:, 2:4].max(axis=1)
    letters = found[1:][longest[1:] >= 0.5 * size]
    specks = longest < 0.32 * size
    specks[0] = False
    if not specks.any() or specks.sum() < 0.1 * len(letters):
        return grey
    near = np.zeros(half.shape, np.uint8)
    for left, top, width, tall, _ in letters:
        above, aside = round(0.5 * size), round(0.9 * size)  # a dot over an i; a point between figures of fixed pitch
        near[max(0, top - above) : top + tall + above // 2, max(0, left - aside) : left + width + aside] = 1
    x, y = seen.middles.astype(np.int64).T
    specks &= near[np.clip(y, 0, half.shape[0] - 1), np.clip(x, 0, half.shape[1] - 1)] == 0
    mask = cv2.dilate(specks[seen.labels].astype(np.uint8), np.ones((3, 3), np.uint8))
    clean = grey.copy()
    whole = cv2.resize(mask, None, fx=2, fy=2, interpolation=cv2.INTER_NEAREST)
    clean[whole[: grey.shape[0], : grey.shape[1]] > 0] = 255
    return clean


# --- ruling lines ------------------------------------------------------------------------------------------------


_LONG = 4.2  # small letters' heights: shorter pieces are none
_DRAWN = 0.55  # share of a line that is ink: of a dashed one; the row through the heads of letters has less
_SOLID, _STROKE = 0.6, 1.5  # share of a line that is ink without a break for so many small letters' heights
_TALL, _OF_LETTERS = 0.7, 0.2  # of that height; share of a broken line that runs through ink which is so tall
_INK_BESIDE = 0.3  # share of what lies along a ruling line that may be ink: print that stands on it or crosses it


@dataclass(frozen=True)
class Rulings:
    """Masks of straight lines on a picture: 255 where one runs."""

    across: Grey
    down: Grey


def rulings(grey: Grey, height: float) -> Rulings:
    """Straight lines longer than any stroke of a letter of this small height, thinner than one, and with paper along
    both sides: the heads of touching letters make a line too, but with letters below it."""
    binary = ink(grey)
    down = cast(Grey, cv2.transpose(binary))
    return Rulings(_lines(binary, height), cast(Grey, cv2.transpose(_lines(down, height))))


def _lines(binary: Grey, height: float) -> Grey:
    """Lines that run across."""
    run, thick = max(30, round(2.5 * height)), max(3, round(0.5 * height))
    dashes = cv2.morphologyEx(binary, cv2.MORPH_CLOSE, np.ones((1, max(3, round(0.6 * height))), np.uint8))
    found = cv2.morphologyEx(dashes, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
    found = cv2.subtract(found, cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones((thick, 1), np.uint8)))
    if not cv2.countNonZero(found):
        return cast(Grey, found)
    # Pieces of a worn or slightly sloping line belong together.
    joined = cv2.dilate(found, np.ones((3, round(height) | 1), np.uint8))
    pieces, boxes = shapes.outlines(joined)
    cv2.drawContours(
        found, [piece for piece, box in zip(pieces, boxes, strict=True) if box[2] < _LONG * height], -1, 0, -1
    )
    for piece, (left, top, width, tall) in zip(pieces, boxes.tolist(), strict=True):
        if width < _LONG * height:
            continue
        above, below = max(0, top - 4), top + tall + 4
        part = (slice(above, below), slice(left, left + width))
        own = np.zeros_like(found[part])
        cv2.drawContours(own, [piece], -1, 255, -1, offset=(-left, -above))
        line = cast(Grey, cv2.bitwise_and(own, found[part]))
        core = cv2.dilate(line, np.ones((3, 1), np.uint8))
        beside = cv2.subtract(cv2.dilate(core, np.ones((7, 1), np.uint8)), core)
        drawn = cv2.mean(binary[part], line)[0] / 255
        if (
            drawn < _DRAWN
            or cv2.mean(binary[part], beside)[0] > _INK_BESIDE * 255 * drawn**3
            or _stems(binary, line > 0, left, above, height) > width / (_FEET * height)
            or _print(binary, line, left, above, height)
        ):
            cv2.drawContours(found, [piece], -1, 0, -1)
    return cast(Grey, found)


def _print(binary: Grey, line: Grey, left: int, top: int, height: float) -> bool:
    """Whether a line is made of letters: the serifs and bars of typewriter print nearly meet, all over a word. No pen
    drew it without a break, and most of it runs through ink that is as tall as a letter; a dash is not.

    `line`: where it lies in the part of the picture that starts at `left`, `top`."""
    rows, columns = line.shape
    length = max(1, int(line.any(axis=0).sum()))
    part = binary[top : top + rows, left : left + columns]
    stroke = cv2.morphologyEx(part, cv2.MORPH_OPEN, np.ones((1, round(_STROKE * height)), np.uint8))
    if int(cv2.bitwise_and(stroke, line).any(axis=0).sum()) >= _SOLID * length:
        return False
    over = min(top, round(height))
    around = binary[top - over : top + rows + round(height), left : left + columns]
    joined = cv2.morphologyEx(around, cv2.MORPH_CLOSE, np.ones((max(3, round(0.35 * height)), 1), np.uint8))
    tall = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((round(_TALL * height), 1), np.uint8))
    through = cv2.bitwise_and(tall[over : over + rows], line)
    return int(through.any(axis=0).sum()) >= _OF_LETTERS * length


def _stems(binary: Grey, line: npt.NDArray[np.bool_], left: int, top: int, height: float) -> int:
    """How many strokes stand on a line or hang from it, whichever is more: the feet of letters ("E11") make a line,
    too. `line`: where it lies in the part of the picture that starts at `left`, `top`."""
    columns = np.flatnonzero(line.any(axis=0))
    over = top + line.argmax(axis=0)[columns]
    under = top + line.shape[0] - 1 - line[::-1].argmax(axis=0)[columns]
    away = max(3, round(0.25 * height))
    most = 0
    for rows in (over - away, under + away):
        inside = (rows >= 0) & (rows < binary.shape[0])
        inked = binary[rows[inside], left + columns[inside]] > 0
        most = max(most, int(np.count_nonzero(np.diff(inked.astype(np.int8)) == 1)) + int(inked[:1].any()))
    return most


def without(grey: Grey, lines: Rulings) -> Grey:
    """The picture without these lines. Where print crosses a line, the print stays."""
    drawn = [
        (cv2.dilate(mask, np.ones((5, 5), np.uint8)), reach)
        for mask, reach in ((lines.across, (9, 1)), (lines.down, (1, 9)))
        if cv2.countNonZero(mask)
    ]
    if not drawn:
        return grey
    print_only: MatLike = ink(grey)
    for mask, _ in drawn:
        print_only = cv2.subtract(print_only, mask)
    clean: MatLike = grey
    for mask, reach in drawn:
        crossing = cv2.morphologyEx(print_only, cv2.MORPH_CLOSE, np.ones(reach, np.uint8))
        clean = cv2.max(clean, cv2.subtract(mask, crossing))
    return cast(Grey, clean)
