"""A table that lies on its side: each service is a column, each row a fact of all of them.

    Service date    04/17/2025    04/24/2025
    Procedure       97110         97110
    Charge          $90.00        $90.00
    Allowed         $52.00        $52.00

The row of days says that the columns are services; what was charged is the row whose name says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from docscan.extraction.bills.descriptions import cleaned
from docscan.extraction.bills.figures import Sheet
from docscan.extraction.bills.line_codes import written_code
from docscan.extraction.bills.lines import PricedLine
from docscan.extraction.bills.rows import Row
from docscan.extraction.dates.dates import DateMention, dates_in

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_DAY_NAME = re.compile(
    r"\W*(?:(?:service|visit|session|treatment)?\s*(?:date|day)s?|dates? of (?:service|visit)|dos)\W*",
    _I,
)
_WHAT = re.compile(
    r"\W*(?:services?|procedures?|treatments?|descriptions?|visits?|type|what|care|items?)(?: (?:code|provided|type|"
    r"name|description|received))?\W*|\W*(?:cpt|hcpcs)(?: code)?\W*",
    _I,
)
_CHARGE = re.compile(
    r"\W*(?:(?:provider|total|amount|full|doctor'?s?) )?(?:charged?|charges|fees?|billed|submitted|price|cost)"
    r"(?: (?:amount|charges?|by provider))?\W*",
    _I,
)
_TWO: Final = 2  # services: one alone is a page of labels and values
_ROWS: Final = 14  # rows of one such table at most
_SURE: Final = 0.8


def transposed(text: AnnotatedText, sheet: Sheet) -> tuple[PricedLine, ...]:
    """The services of such tables, by column; nothing where there is none."""
    return tuple(line for index in range(len(sheet.rows)) for line in _of_table(text, sheet, index))


def _of_table(text: AnnotatedText, sheet: Sheet, index: int) -> Iterator[PricedLine]:
    head = sheet.rows[index]
    if not _DAY_NAME.fullmatch(head.cells[0].text) or len(days := _days(text, head)) < _TWO:
        return
    rows = [(n, row) for n, row in enumerate(sheet.rows[index + 1 : index + _ROWS], index + 1)]
    rows = [(n, row) for n, row in rows if len(row.cells) == len(days) + 1]
    charges = next((found for n, row in rows if _CHARGE.fullmatch(row.cells[0].text)
                    and len(found := sheet.amounts[n]) == len(days)), None)  # fmt: skip
    named = next(((n, row) for n, row in rows if _WHAT.fullmatch(row.cells[0].text)), None)
    if charges is None or named is None:
        return
    place, what = named
    for day, amount, cell in zip(days, charges, what.cells[1:], strict=True):
        start, end = cell.start, cell.start + len(cell.text)
        code = written_code(text, start, end)
        words = cell.text if code is None else f"{text.text[start : code.cover[0]]} {text.text[code.cover[1] : end]}"
        said = cleaned(words) or (code.code if code is not None else "")
        if said:
            spans = ((start, end), (amount.start, amount.end))
            number, span = (code.code, code.span) if code is not None else (None, None)
            yield PricedLine(said, amount, None, None, day, number, span, spans, place, _SURE, own_marks=True)


def _days(text: AnnotatedText, row: Row) -> list[DateMention]:
    """The days of a row that has nothing else behind its name."""
    inside = [day for day in dates_in(text) if row.start <= day.start < row.end and day.value is not None]
    return inside if len(inside) == len(row.cells) - 1 else []
