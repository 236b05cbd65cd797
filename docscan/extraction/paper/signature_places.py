"""What stands at the place where somebody signs, as seen from its label or the closing above it?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docscan.document import Box, Mark, Page

if TYPE_CHECKING:
    from docscan.extraction.paper.signature_blocks import SignatureBlock
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE


def nearest_block(
    text: AnnotatedText, blocks: tuple[SignatureBlock, ...], thing: Box, page: Page
) -> SignatureBlock | None:
    """Of these blocks the one that something stands at, the nearest of several; None where it stands at none."""
    nearest: tuple[float, SignatureBlock] | None = None
    for block in blocks:
        where = text.document.page_of(block.opens)
        if where is None or where.number != page.number or (block.electronic and block.label is None):
            continue
        label = text.box_of(*(block.label or (block.opens, block.opens + 1)))
        if label is None:
            continue
        away = _away(label, thing, page, closing=block.label is None)
        if away is not None and not _apart(text, block, label, thing) and (nearest is None or away < nearest[0]):
            nearest = (away, block)
    return nearest[1] if nearest else None


def _apart(text: AnnotatedText, block: SignatureBlock, label: Box, thing: Box) -> bool:
    """Whether print stands between a label and what lies over or under it: that belongs to the other side then."""
    upper, lower = sorted((label, thing), key=lambda box: box.top)
    return block.label is not None and any(
        upper.bottom < (cell.box.top + cell.box.bottom) / 2 < lower.top
        and cell.box.left < label.right and cell.box.right > label.left
        for line in text.lines for cell in line.cells if cell.page is text.document.page_of(block.opens)
    )  # fmt: skip


_OVER, _BELOW_CLOSING = 3.5, 9.0  # lines between what is signed and a label below it, and a closing above it
_REACH = 7.0  # lines from a label to what still stands at it


def _away(label: Box, thing: Box, page: Page, *, closing: bool) -> float | None:
    """How far a thing stands from a label, in lines of print; None where it does not stand at it."""
    line = max(label.height, 0.008)
    across = page.width / max(page.height, 1.0)  # of what is measured by the width, in parts of the height
    middle = (thing.top + thing.bottom) / 2
    found = []
    if not closing and thing.right > label.right and label.top - 2.5 * line < middle < label.bottom + line:
        gap = max(0.0, thing.left - label.right) * across / line
        found.append(0.1 * gap + abs(thing.bottom - label.bottom) / line * (0.5 if thing.top < label.bottom else 1.0))
    beside = label.left - 4 * line < thing.right and thing.left < label.left + max(0.45, label.width)
    gap = (label.top - thing.bottom) / line
    if beside and not closing and -1.0 < gap < _OVER and middle < label.top:
        found.append(1.0 + max(0.0, gap))
    if beside and thing.top > label.top - line and middle > label.bottom:
        found.append((0.5 if closing else 2.0) + max(0.0, thing.top - label.bottom) / line)
    cells = [
        mark.box for mark in page.marks
        if mark.kind == "cell" and _within(mark.box, label) and mark.box.height < _REACH * line
    ]  # fmt: skip
    shared = any(_within(cell, thing) for cell in cells)
    away = min(found, default=None)
    return None if away is None or away > (_BELOW_CLOSING if closing else _REACH) else away - 3.0 * shared


def _within(cell: Box, thing: Box) -> bool:
    x, y = (thing.left + thing.right) / 2, (thing.top + thing.bottom) / 2
    return cell.left <= x <= cell.right and cell.top <= y <= cell.bottom


_FARTHEST = 0.22  # of the page's width, from a label to where a signature begins
_OTHER_LABEL = re.compile(r"date|title|phone|npi|licen[sc]e|(?:print(?:ed)? )?name", _I)


def ink_at(text: AnnotatedText, block: SignatureBlock) -> Iterator[tuple[Mark, Page]]:
    """Ink or handwriting in the place of a signature: right of or above its label, or between closing and name."""
    anchor = text.box_of(*(block.label or (block.opens, block.opens + 1)))
    page = text.document.page_of(block.opens)
    if anchor is None or page is None:
        return
    if block.label:
        area = Box(anchor.left, max(0.0, anchor.top - 0.05), min(1.0, anchor.right + 0.45), anchor.bottom + 0.012)
        area = area._replace(right=_next_label(text, page, anchor, area.right))
    else:
        below = text.box_of(block.person.start, block.person.end) if block.person else None
        bottom = below.top if below and below.top > anchor.bottom else anchor.bottom + 0.1
        area = Box(max(0.0, anchor.left - 0.1), anchor.bottom, min(1.0, anchor.left + 0.5), bottom)
    for mark in text.marks_in(area, page, "ink", "handwriting", "signature_ink"):
        if mark.box.width > 0.03 and mark.box.left < anchor.right + _FARTHEST:
            yield mark, page


def _next_label(text: AnnotatedText, page: Page, anchor: Box, most: float) -> float:
    """Where the next label begins in a label's row: what stands behind it belongs there, as a date does."""
    return min(
        (
            cell.box.left
            for line in text.lines
            if line.page is page and line.box.top < anchor.bottom and line.box.bottom > anchor.top
            for cell in line.cells
            if cell.box.left > anchor.right and _OTHER_LABEL.match(cell.text)
        ),
        default=most,
    )  # fmt: skip
