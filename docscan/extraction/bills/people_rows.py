"""Rows that say whom each was for, under no headings: "Beth Lindqvist    adjustment    $55.00".

A cell is somebody's name where it is so in two rows or more, always in the same place, beside words that say what was
done and before the only amount of the row.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

from docscan.extraction.bills.money import Amount
from docscan.extraction.bills.rows import Piece, Row

_LONGEST: Final = 40  # rows of a bill that needs no headings
_NAME = re.compile(r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,3}")
_LABEL = re.compile(
    r"\b(?:total|subtotal|tax|paid|payment|balance|due|visa|master ?card|cash|check|discount|tip|change)\b",
    re.IGNORECASE,
)


class PersonRow(NamedTuple):
    """Where the name of a row stands, and what was done for the named one."""

    row: int
    name: Piece
    words: Piece
    amount: Amount


def people_rows(rows: Sequence[Row], amounts: Sequence[Sequence[Amount]]) -> tuple[PersonRow, ...]:
    """The rows of a family's bill, each with its own name; none where fewer than two people are named."""
    if len(rows) > _LONGEST:
        return ()
    places: defaultdict[int, list[PersonRow]] = defaultdict(list)
    for index, (row, here) in enumerate(zip(rows, amounts, strict=True)):
        if len(here) != 1 or len(row.cells) < 3 or here[0].value <= 0 or row.cells[-1].start > here[0].start:
            continue
        cells = row.cells[:-1]
        for place, cell in enumerate(cells):
            words = next(
                (c for c in cells if c is not cell and _letters(c.text) > 3 and not _LABEL.search(c.text)), None
            )
            if words is not None and _NAME.fullmatch(cell.text.strip()):
                places[place].append(PersonRow(index, cell, words, here[0]))
    for found in places.values():
        different = {one.name.text.strip() for one in found}
        if len(different) > 1 and len({one.words.text.strip() for one in found}) <= len(found):
            named = [one for one in found if _is_somebody(one.name.text.strip())]
            if len({one.name.text.strip() for one in named}) > 1 and len(named) == len(found):
                return tuple(named)
    return ()


def _letters(said: str) -> int:
    return sum(c.isalpha() for c in said)


def _is_somebody(name: str) -> bool:
    from docscan.extraction.bills.merchant import reads_like_a_firm
    from docscan.extraction.bills.plain import names_somebody

    return not reads_like_a_firm(name) and names_somebody(name)
