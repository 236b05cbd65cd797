"""Was each check box of a form found, and is its state right? Pure functions on a document that was read.

A box is looked for by its label, not by the text that docscan gives its mark: the label's words are found among the
page's words, and the nearest check box left of the first of them on its line is taken for the label's.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal, TypeAlias

from rapidfuzz import fuzz

from docscan.document import Box, Document, Page
from tests.benchmark.reading.manifest import CheckBox

State: TypeAlias = Literal["right", "wrong", "no box found", "label not read"]

_LIKE = 60  # of 100: a label with letters misread is still found, where no other label is more like it
_FIRST_LIKE = 50  # of its first word: the box stands left of that
_LEVEL = 0.8  # of a word's height: what is no farther up or down stands on its line
_LEVEL_WEIGHS = 4.0  # so much more than as far away to the left: rows of boxes stand close together
_NEAR = 4.0  # of a word's height: a box farther left belongs to something else
_INTO = 0.6  # of a word's height: so far behind the word's beginning may a box begin that was read as part of it
_BROAD = 1.1  # of a word's height: letters wider than this are of a picture whose dots are twice as tall as wide
_FAX = 204 / 98  # a standard fax' dots an inch, across and down


@dataclass(frozen=True, slots=True)
class Boxes:
    """What became of each listed check box. `extra`: boxes found that belong to no listed label."""

    states: tuple[State, ...]
    extra: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a label may stand: its words' numbers, and its first word's place on the page turned upright, in the
    page's unit. `like`: of 100."""

    page: int
    words: tuple[int, ...]
    left: float
    middle: float
    height: float
    like: float


def check_boxes(wanted: Sequence[CheckBox], document: Document) -> Boxes:
    """Compare the listed boxes with the document's. Labels that stand several times are taken in reading order."""
    marks = [
        (page.number, _sized(page, mark.box, dots), mark.state)
        for page, dots in ((page, _dots(page)) for page in document.pages)
        for mark in page.marks
        if mark.kind == "check_box"
    ]
    places = _places(Counter(box.label for box in wanted), document, marks)
    turn = defaultdict[str, int](int)
    states: list[State] = []
    used: set[int] = set()
    for box in wanted:
        number = turn[box.label]
        turn[box.label] += 1
        if number >= len(places[box.label]):
            states.append("label not read")
            continue
        place = places[box.label][number]
        mark = _left_of(place, marks, used)
        if mark is None:
            states.append("no box found")
            continue
        used.add(mark)
        states.append("right" if marks[mark][2] == box.state else "wrong")
    return Boxes(tuple(states), len(marks) - len(used))


def _sized(page: Page, box: Box, dots: float = 1.0) -> Box:
    wide, tall = page.upright_size
    left, top, right, bottom = page.upright(box)
    return Box(left * wide, top * tall * dots, right * wide, bottom * tall * dots)


def _dots(page: Page) -> float:
    """How much taller than wide the dots of a page are, as its letters show it: distances are to be as a person sees
    them."""
    sized = [(_sized(page, word.box), len(word.text)) for word in page.words if len(word.text) > 2]
    shapes = [(box.right - box.left) / count / box.height for box, count in sized if box.height > 0]
    return _FAX if shapes and median(shapes) > _BROAD else 1.0


def _places(
    labels: Mapping[str, int], document: Document, marks: Sequence[tuple[int, Box, str | None]]
) -> dict[str, list[_Place]]:
    """Each label's places, as many as there are boxes of that label, in reading order; a word is of one label only.

    A form may print a label's words elsewhere, too: of places alike, those behind a box come first.
    """
    found = [(place, label) for label in labels for place in _candidates(label, document)]
    places: dict[str, list[_Place]] = {label: [] for label in labels}
    taken: set[tuple[int, int]] = set()
    boxed = {id(place): _left_of(place, marks, set()) is not None for place, _ in found}
    for place, label in sorted(found, key=lambda pair: (-pair[0].like, -len(pair[0].words), not boxed[id(pair[0])])):
        words = {(place.page, word) for word in place.words}
        if not words & taken and len(places[label]) < labels[label]:
            taken |= words
            places[label].append(place)
    return {label: sorted(own, key=lambda place: (place.page, place.words)) for label, own in places.items()}


def _candidates(label: str, document: Document) -> Iterator[_Place]:
    words = [word for word in map(_letters, label.split()) if word]
    for page in document.pages:
        dots = _dots(page)
        texts = [(n, _letters(word.text)) for n, word in enumerate(page.words)]
        texts = [(n, text) for n, text in texts if text]
        for first, (number, text) in enumerate(texts):
            if not words or fuzz.ratio(text, words[0]) < _FIRST_LIKE:
                continue
            said = texts[first : first + len(words)]
            like = fuzz.ratio(" ".join(text for _, text in said), " ".join(words))
            if like >= _LIKE:
                box = _sized(page, page.words[number].box, dots)
                middle, height = (box.top + box.bottom) / 2, box.height
                yield _Place(page.number, tuple(n for n, _ in said), box.left, middle, height, like)


def _letters(word: str) -> str:
    """Letters and figures alone: a box may be read as a sign before them."""
    return re.sub(r"[\W_]", "", word).casefold()


def _left_of(place: _Place, marks: Sequence[tuple[int, Box, str | None]], used: set[int]) -> int | None:
    near: list[tuple[float, int]] = []
    for n, (page, box, _) in enumerate(marks):
        away, off = place.left - box.right, abs((box.top + box.bottom) / 2 - place.middle)
        level = off <= _LEVEL * place.height and away <= _NEAR * place.height
        level = level and box.left <= place.left + _INTO * place.height
        if n not in used and page == place.page and level:
            near.append((abs(away) + _LEVEL_WEIGHS * off, n))
    return min(near)[1] if near else None
