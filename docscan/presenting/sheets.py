"""Where does something lie on a page as it is shown? Pages are shown upright and in their true proportions, however
they were uploaded; a report's boxes stay on the page as uploaded.

Units: a page as shown is `ACROSS` wide and `tall` high. A rectangle is x, y, width, height.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from docscan.document import Box, PageSummary

Rect: TypeAlias = tuple[float, float, float, float]

ACROSS: Final = 1000.0
_AIR = 2.0  # around words
_LETTER = 11 / 8.5  # of a page whose size is not known
_TALLEST_CUTTING = 150.0  # six lines of print on a letter page
_NARROWEST_CUTTING = 340.0
_AROUND = (16.0, 9.0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it is shown. `rotation`: degrees clockwise by which its picture is turned."""

    tall: float
    rotation: int

    @property
    def picture(self) -> tuple[float, float]:
        """Width and height of the page's picture before it is turned."""
        return (self.tall, ACROSS) if self.rotation % 180 == 90 else (ACROSS, self.tall)

    @property
    def transform(self) -> str:
        """How the picture is turned to fill the sheet, as SVG says it; "" where it is upright."""
        match self.rotation:
            case 90:
                return f"translate({ACROSS:g} 0) rotate(90)"
            case 180:
                return f"translate({ACROSS:g} {self.tall:g}) rotate(180)"
            case 270:
                return f"translate(0 {self.tall:g}) rotate(270)"
        return ""

    def rects(self, boxes: Iterable[Box]) -> tuple[Rect, ...]:
        """Where boxes of the page as uploaded lie, each once, with a little air around the words."""
        return tuple(self._rect(box.turned(self.rotation)) for box in dict.fromkeys(boxes))

    def _rect(self, box: Box) -> Rect:
        return (
            round(box.left * ACROSS - _AIR, 1),
            round(box.top * self.tall - _AIR, 1),
            round(box.width * ACROSS + 2 * _AIR, 1),
            round(box.height * self.tall + 2 * _AIR, 1),
        )

    def cutting(self, rects: Sequence[Rect]) -> Rect:
        """The part of the page around the first of these places and all that lie close to it, with what stands beside
        them: enough to read them in their line."""
        kept = [rects[0]]
        for rect in rects[1:]:
            if _around([*kept, rect])[3] <= _TALLEST_CUTTING:
                kept.append(rect)
        x, y, wide, high = _around(kept)
        beside = max(_AROUND[0], (_NARROWEST_CUTTING - wide) / 2)
        left, right = max(0.0, x - beside), min(ACROSS, x + wide + beside)
        top, bottom = max(0.0, y - _AROUND[1]), min(self.tall, y + high + _AROUND[1])
        return round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1)


def sheet_of(page: PageSummary) -> Sheet:
    """How a page is shown."""
    rotation = page.rotation % 360
    if not (page.width and page.height):
        return Sheet(round(ACROSS * _LETTER, 2), 0)
    width, height = page.width, page.height * page.stretch
    if rotation % 180 == 90:
        width, height = height, width
    return Sheet(round(ACROSS * height / width, 2), rotation)


def _around(rects: Sequence[Rect]) -> Rect:
    left, top = min(x for x, _, _, _ in rects), min(y for _, y, _, _ in rects)
    right, bottom = max(x + wide for x, _, wide, _ in rects), max(y + high for _, y, _, high in rects)
    return left, top, right - left, bottom - top
