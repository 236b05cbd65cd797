"""How well was a page read? Asked of the picture, not of the reader alone.

An OCR engine's own confidence speaks only of what it saw: a page of which it saw a quarter can score .9. So each
letter on the picture counts: with the confidence of the word it is part of, or with nothing where no word lies on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from docscan.document import READ_WELL, Box, Mark, Problem, Word
from docscan.reading.geometry import Grey, Seen, Way, steps
from docscan.reading.pictures.repair import Print

_BY_HAND = 3  # pieces of handwriting; one or two are a tick, an initial or a note in the margin
_PRINT = 30  # letters; fewer are specks
_NO_INK = 18  # grey values: what differs less from the paper is the paper's own grain
_GLANCE, _MUCH = 250, 0.02  # pixels of the longer side; share of them
_TINY = 9.0  # pixels of a small letter's height: 11 points at 120 dpi
_SHADED = 0.55  # the darkest paper's brightness for the brightest's
_CUT = 3  # words at one edge of the picture; fewer are specks, or stand there by chance
_AT_EDGE = 0.003  # of the page's width or height: half a letter's width
_PROBABLE = 0.3
_FAINT = 0.42  # of the paper's brightness, by which the print is darker
_PRINTED = 0.25  # of the darkest print's; what stands out of the paper by less is grain
_BLURRED = 42  # grey values that the sharpest edges of print change by from one pixel to the next


@dataclass(frozen=True)
class Judged:
    """`coverage`: share of the picture's letters that lie in a word. `legible`: letters weighed by their word's
    confidence, 0..1: an estimate of the share of the text that was read rightly."""

    coverage: float
    legible: float
    unread: tuple[int, ...]
    """Numbers of the letters (rows of `Print.boxes`) in no word."""


def judged(seen: Print, words: Sequence[Seen]) -> Judged:
    """Weigh words against the letters of the same picture."""
    if not seen.count:
        confidences = [word.confidence or 0.0 for word in words]
        return Judged(1.0 if words else 0.0, float(np.mean(confidences)) if words else 0.0, ())
    left, top, width, height = seen.boxes.T
    x, y = left + width / 2, top + height / 2
    best = np.zeros(seen.count)
    covered = np.zeros(seen.count, dtype=bool)
    order = np.argsort(y)
    sorted_y = y[order]
    for word in words:
        slack = 0.15 * word.height
        first, last = np.searchsorted(sorted_y, (word.top - slack, word.bottom + slack))
        among = order[first:last]
        inside = among[(x[among] >= word.left - slack) & (x[among] <= word.right + slack)]
        covered[inside] = True
        best[inside] = np.maximum(best[inside], word.confidence or 0.0)
    return Judged(float(covered.mean()), float(best.mean()), tuple(int(n) for n in np.flatnonzero(~covered)))


def together(parts: Iterable[tuple[Judged, int]]) -> float:
    """How legible several sheets are, each weighed by its number of letters."""
    legible, letters = zip(*((judged.legible, count) for judged, count in parts), strict=True)
    return float(np.average(legible, weights=letters if sum(letters) else None))


def blank(grey: Grey) -> bool:
    """Whether nothing at all is on a picture: grain and slow shading are nothing, the faintest pencil is something."""
    if _plainly_printed(grey):
        return False
    shrink = min(1.0, 1000 / max(grey.shape))
    small = cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    if min(small.shape) < 16:
        return float(np.ptp(small)) < _NO_INK
    paper = cv2.medianBlur(cv2.dilate(cv2.blur(small, (3, 3)), np.ones((9, 9), np.uint8)), 15)
    below = paper.astype(np.int16) - cv2.blur(small, (3, 3))
    return float(np.percentile(below[4:-4, 4:-4], 99.98)) < _NO_INK


def _plainly_printed(grey: Grey) -> bool:
    """Whether a glance tells that something is on a picture: much that is darker than what is close by."""
    step = max(1, max(grey.shape) // _GLANCE)
    size = (grey.shape[1] // step, grey.shape[0] // step)
    if min(size) < 16:
        return False
    small = cv2.resize(grey[: size[1] * step, : size[0] * step], size, interpolation=cv2.INTER_AREA)
    below = cv2.subtract(cv2.dilate(small, np.ones((5, 5), np.uint8)), small)
    return float(np.count_nonzero(below > 2 * _NO_INK)) > _MUCH * below.size


def unread(number: int, letters: int) -> Problem:
    """The problem of a page without a word, on which there are so many shapes as large as letters."""
    if letters < _PRINT:
        return Problem(
            "page_blank", number, "The page is empty.", "If something should be on it, scan its other side, or darker."
        )
    return Problem(
        "page_unreadable",
        number,
        "Something is on the page, but not one word of it could be read.",
        "Scan it again at 300 dpi, flat and the right way up. Handwriting cannot be read: ask for a typed copy.",
    )


def doubted(number: int, legible: float, uploaded: Grey, upright: Grey, letter: float) -> Problem | None:
    """The problem of a page that was read badly, with its likely cause; None where it was read well.

    `uploaded`, `upright`: the picture before and after repair. `letter`: height of a small letter on the uploaded one.
    """
    if legible >= READ_WELL:
        return None
    cause, remedy = _cause(uploaded, upright, letter)
    return Problem("low_quality", number, f"The page could be read only in part: {cause}.", remedy)


def cut_off(number: int, words: Iterable[Word]) -> Problem | None:
    """The problem of a page on which lines run into the picture's edge, all others as they may; words as on the page
    as uploaded."""
    edges = Counter(edge for word in words if _is_print(word) for edge in _edges(word.box))
    if max(edges.values(), default=0) < _CUT:
        return None
    return Problem(
        "cut_off",
        number,
        "Lines run into the edge of the picture: a part of the page is not on it.",
        "Scan or photograph the whole page, with a margin around it.",
    )


def _is_print(word: Word) -> bool:
    return sum(map(str.isalnum, word.text)) > 1 and (word.confidence or 0) > _PROBABLE


def _edges(box: Box) -> Iterator[str]:
    sides = (("left", box.left), ("right", 1 - box.right), ("top", box.top), ("bottom", 1 - box.bottom))
    return (name for name, white in sides if white < _AT_EDGE)


def by_hand(number: int, marks: Iterable[Mark]) -> Problem | None:
    """The problem of a page with several pieces of handwriting beside the signature: seen, but not read."""
    if sum(mark.kind == "handwriting" for mark in marks) < _BY_HAND:
        return None
    return Problem(
        "handwriting",
        number,
        "Parts of the page are written by hand. They were seen, but they cannot be read reliably.",
        "Check these parts yourself, or ask for them to be typed.",
    )


def _cause(uploaded: Grey, upright: Grey, letter: float) -> tuple[str, str]:
    shrink = min(1.0, 600 / max(uploaded.shape))
    small = cv2.resize(uploaded, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    inner = small[
        small.shape[0] // 10 : -max(1, small.shape[0] // 10), small.shape[1] // 10 : -max(1, small.shape[1] // 10)
    ]
    paper = cv2.dilate(inner if inner.size else small, np.ones((11, 11), np.uint8))
    dark, bright = np.percentile(paper, (3, 97))
    edges = np.abs(cv2.Sobel(upright, cv2.CV_32F, 1, 0, ksize=3)) / 8
    if 0 < letter < _TINY:
        return (
            f"the letters are only about {letter:.0f} pixels high",
            "Scan it at 300 dpi, or take the photo closer, so that the page fills the picture.",
        )
    if dark < _SHADED * bright:
        return (
            "light falls unevenly on it",
            "Take the photo in daylight or under even light, without a shadow or flash.",
        )
    if _contrast(uploaded) < _FAINT:
        return "the print is faint", "Scan it with more contrast, or ask for a fresh print."
    if float(np.percentile(edges, 99)) < _BLURRED:
        return "the picture is blurred", "Hold the camera still and tap the print to focus, or scan it at 300 dpi."
    return (
        "print is broken, covered or by hand in places",
        "Scan the original at 300 dpi rather than a copy or a fax, and ask for handwritten parts to be typed.",
    )


def _contrast(uploaded: Grey) -> float:
    """By how much of the paper's brightness the print is darker than the paper around it."""
    shrink = min(1.0, 1600 / max(uploaded.shape))
    small = cv2.resize(uploaded, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    margin = max(1, min(small.shape) // 20)
    small = small[margin:-margin, margin:-margin]
    below = cv2.subtract(cv2.dilate(small, np.ones((15, 15), np.uint8)), small)
    printed = below[below > _PRINTED * float(np.percentile(below, 99.9))]
    return float(np.percentile(printed, 80) / np.percentile(small, 90)) if printed.size else 0.0


def letter_uploaded(height: float, to_page: Way, sheet: Grey, uploaded: Grey) -> float:
    """A small letter's height on the uploaded picture, from its height on the repaired sheet."""
    area = abs(float(np.linalg.det(steps(to_page, sheet.shape) * uploaded.shape[1::-1])))
    return height * float(np.sqrt(area))
