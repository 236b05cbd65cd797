"""Sums of a bill by kind, which are no lines: "Services 225.00" and "Products 64.50" under what they add up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from docscan.extraction.bills.lines import PricedLine

if TYPE_CHECKING:
    from docscan.extraction.bills.figures import Sheet

_FEWEST: Final = 2
_MOST: Final = 5  # kinds that a bill is parted by
_WORDS: Final = 4  # of what a kind is called


def parts_of_the_sum(lines: Sequence[PricedLine], sheet: Sheet) -> tuple[PricedLine, ...]:
    """Lines under the others that together come to just as much, each to what some of the others come to.

    They have no day, code or count of their own, are fewer and called otherwise, and no total of the bill counts them
    in.
    """
    totals = {figure.cents for figure in sheet.figures if figure.role in ("total", "subtotal")}
    for first in range(_FEWEST, len(lines) - _FEWEST + 1):
        above = [line.cents for line in lines[:first]]
        called = {line.description.casefold() for line in lines[:first]}
        for last in range(first + _FEWEST, min(len(lines), first + _MOST, 2 * first - 1) + 1):
            parts = lines[first:last]
            if called & {part.description.casefold() for part in parts}:
                continue
            if sum(part.cents for part in parts) != sum(above) or not all(_may_be_part(part) for part in parts):
                continue
            if 2 * sum(above) not in totals and all(_is_sum_of_some(part.cents, above) for part in parts):
                return tuple(parts)
    return ()


def _may_be_part(line: PricedLine) -> bool:
    return not line.own_marks and line.cents > 0 and len(line.spans) == 1 and len(line.description.split()) <= _WORDS


def _is_sum_of_some(cents: int, lines: Sequence[int]) -> bool:
    reached = {0}
    for one in lines[:_LONGEST]:
        reached |= {sum_ + one for sum_ in reached if sum_ + one <= cents}
    return cents in reached


_LONGEST: Final = 14  # lines of which each may be in a part or not
