"""What stands beside a place on the page: right of it, under it, over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docscan.document import Box, Page

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Cell


def right_of(text: AnnotatedText, box: Box, page: Page) -> Cell | None:
    """The nearest cell to the right on the same printed line."""
    middle = (box.top + box.bottom) / 2
    near = [
        cell
        for cell in text.cells_on(page)
        if cell.box.left >= box.right - 0.002 and cell.box.top <= middle <= cell.box.bottom
    ]
    return min(near, key=lambda cell: cell.box.left, default=None)


def below(text: AnnotatedText, box: Box, page: Page, *, lines: float = 2.2) -> Cell | None:
    """The nearest cell under a box, at most `lines` heights away, that shares some of its width."""
    reach = box.bottom + lines * max(box.height, 0.008)
    near = [
        cell
        for cell in text.cells_on(page)
        if box.top + 0.6 * box.height < cell.box.top <= reach
        and cell.box.left < max(box.right, box.left + 0.05)
        and (cell.box.right > box.left)
        and cell.box.left > box.left - 0.12
    ]
    return min(near, key=lambda cell: (round(cell.box.top, 2), abs(cell.box.left - box.left)), default=None)


def above(text: AnnotatedText, box: Box, page: Page, *, lines: float = 2.2) -> Cell | None:
    """The nearest cell over a box, at most `lines` heights away, that shares some of its width."""
    reach = box.top - lines * max(box.height, 0.008)
    near = [
        cell
        for cell in text.cells_on(page)
        if reach <= cell.box.bottom < box.top + 0.4 * box.height
        and cell.box.left < box.right + 0.05
        and cell.box.right > box.left
    ]
    return max(near, key=lambda cell: (round(cell.box.bottom, 2), -abs(cell.box.left - box.left)), default=None)


def covers(area: Box, box: Box) -> bool:
    """Whether an area covers a box' middle."""
    across, down = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return area.left <= across <= area.right and area.top <= down <= area.bottom


def meet(one: Box, other: Box) -> bool:
    """Whether one of two boxes covers the other's middle."""
    across, down = (one.left + one.right) / 2, (one.top + one.bottom) / 2
    if other.left <= across <= other.right and other.top <= down <= other.bottom:
        return True
    across, down = (other.left + other.right) / 2, (other.top + other.bottom) / 2
    return one.left <= across <= one.right and one.top <= down <= one.bottom
