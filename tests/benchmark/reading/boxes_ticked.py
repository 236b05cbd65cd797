"""Was each check box of a form found, and is its state right? Pure functions on a document that was read.

A box is looked for by its label, not by the text that docscan gives its mark: the label's words are found among the
page's words, and the nearest check box left of the first of them on its line is taken for the label's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rapidfuzz import fuzz

from docscan.document import Box, Document, Page
from tests.benchmark.reading.exactness import plain
from tests.benchmark.reading.manifest import CheckBox

State: TypeAlias = Literal["right", "wrong", "no box found", "label not read"]

_LIKE = 80  # of 100: a label with a letter or two misread is still found
_LEVEL = 0.8  # of a word's height: what is no farther up or down stands on its line
_NEAR = 4.0  # of a word's height: a box farther left belongs to something else


@dataclass(frozen=True, slots=True)
class Boxes:
    """What became of each listed check box. `extra`: boxes found that belong to no listed label."""

    states: tuple[State, ...]
    extra: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a label starts: its first word, on the page turned upright, sizes in the page's unit."""

    page: int
    left: float
    middle: float
    height: float
    like: float


def check_boxes(wanted: Sequence[CheckBox], document: Document) -> Boxes:
    """Compare the listed boxes with the document's. Labels that stand several times are taken in reading order."""
    marks = [
        (page.number, _sized(page, mark.box), mark.state)
        for page in document.pages
        for mark in page.marks
        if mark.kind == "check_box"
    ]
    same_label = Counter(box.label for box in wanted)
    places = {label: _places(label, document, count) for label, count in same_label.items()}
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


def _sized(page: Page, box: Box) -> Box:
    wide, tall = page.upright_size
    left, top, right, bottom = page.upright(box)
    return Box(left * wide, top * tall, right * wide, bottom * tall)


def _places(label: str, document: Document, count: int) -> list[_Place]:
    """The places of a label that are most like it, as many as there are boxes of that label, in reading order."""
    words = [word for word in map(plain, label.split()) if word]
    if not words:
        return []
    found: list[_Place] = []
    for page in document.pages:
        texts = [plain(word.text) for word in page.words]
        for first, text in enumerate(texts):
            # One letter of the label's first word may be misread, but it must be there: the box stands left of it.
            if not text or fuzz.ratio(text.casefold(), words[0].casefold()) < _LIKE * 0.75:
                continue
            said = [t for t in texts[first : first + 2 * len(words)] if t][: len(words)]
            like = fuzz.ratio(" ".join(said).casefold(), " ".join(words).casefold())
            if like >= _LIKE:
                box = _sized(page, page.words[first].box)
                found.append(_Place(page.number, box.left, (box.top + box.bottom) / 2, box.height, like))
    best = sorted(range(len(found)), key=lambda n: -found[n].like)[:count]
    return [found[n] for n in sorted(best)]


def _left_of(place: _Place, marks: Sequence[tuple[int, Box, str | None]], used: set[int]) -> int | None:
    near: list[tuple[float, int]] = []
    for n, (page, box, _) in enumerate(marks):
        away = place.left - box.right
        level = abs((box.top + box.bottom) / 2 - place.middle) <= _LEVEL * place.height
        if n not in used and page == place.page and level and -0.5 * place.height <= away <= _NEAR * place.height:
            near.append((away, n))
    return min(near)[1] if near else None
