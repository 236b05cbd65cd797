"""The numbers that a pharmacy gives to its prescriptions: behind "Rx", or in the column that "Rx #" heads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docscan.document import Extraction
from docscan.extraction.bills.figures import Sheet, sheet_of
from docscan.extraction.bills.ordered import laid_along
from docscan.extraction.bills.rows import Piece
from docscan.extraction.bills.tables import Header, Heading

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_FOUND_BY = "rx_numbers"
_NUMBER = r"[A-Z]?\d{4,10}(?:-\d{4,10}(?:-\d{2})?|[- ]\d{2,5})?"
_SAID = re.compile(
    r"\b(?:R[xX]|(?i:prescription|script))(?:\s?(?:#|(?i:no|number|num|nbr)\b\.?|:)|"
    r"[ \t]+(?=\d{6,10}\b|\d{4}-\d{5,8}\b))"
    rf"\s?[:#.]?\s*(?:[A-Z] )?(?P<number>{_NUMBER})(?![\w/]|-\d)",
)
_HEADED = re.compile(r"(?:r\s?x|prescription|script)(?: ?(?:#|no\.?|number|num|nbr|id))?\W*", re.IGNORECASE)
_IN_CELL = re.compile(rf"(?:[A-Z]{{1,2}} )?(?P<number>{_NUMBER})(?:-?[A-Z])?")


def rx_numbers(text: AnnotatedText) -> Iterator[Extraction]:
    """Each number, as often as it is printed."""
    for match in _SAID.finditer(text.text):
        yield _number(text, *match.span("number"), 0.92)
    sheet = sheet_of(text)
    for header in sheet.headers:
        column = next((c for c in header.columns if _HEADED.fullmatch(text.text[c.start : c.end])), None)
        for cell in _below(sheet, header, column) if column is not None else ():
            if (found := _IN_CELL.fullmatch(cell.text)) is not None:
                start, end = found.span("number")
                yield _number(text, cell.start + start, cell.start + end, 0.85)


def _number(text: AnnotatedText, start: int, end: int, strength: float) -> Extraction:
    return text.extraction("rx_number", text.text[start:end], start, end, found_by=_FOUND_BY, strength=strength)


def _below(sheet: Sheet, header: Header, column: Heading) -> Iterator[Piece]:
    """The cells of priced rows that stand under a heading."""
    place = header.columns.index(column)
    for index in range(header.last + 1, len(sheet.rows)):
        row = sheet.rows[index]
        if sheet.header_above(index) is not header or not sheet.amounts[index]:
            continue
        laid = laid_along(header.columns, row) if header.askew else None
        if laid is None and len(row.cells) == len(header.columns):
            laid = tuple(range(len(row.cells)))
        for n, cell in enumerate(row.cells):
            here = cell.box.left < column.right and column.left < cell.box.right if laid is None else laid[n] == place
            if here:
                yield cell
