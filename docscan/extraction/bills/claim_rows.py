"""Which rows are the service lines of a claim form: box 24 of the CMS-1500, as typed or as OCR reads it?

Day, place, code with modifiers, pointers, dollars and cents (parted by a rule on the form), units: NUCC, "1500 Claim
Form Reference Instruction Manual", item 24. The order is the form's, so that no headings are needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from docscan.extraction.bills.money import Amount
from docscan.extraction.bills.rows import Row
from docscan.extraction.dates.dates import DateMention

_DAY = r"\d{2}[ /.-]{1,2}\d{2}[ /.-]{1,2}(?:20)?\d{2}"
_ROW = re.compile(
    rf"^\W*(?:24\W{{0,2}}\s?)?(?:[A-J1-6]\W{{0,3}}\s*)?(?P<day>{_DAY})(?:\s+(?:(?:to|thru)\s+|[-–]\s?)?{_DAY})?\s+"
    r"(?:(?:POS|B\.?)\W{0,2})?\d{2}\s+(?:[YN]\s+)?(?:(?:CPT|HCPCS)\W{0,2})?"
    r"(?P<code>\d{5}|[A-CEGHJ-MP-V]\d{4}|\d{4}[FTU])(?P<modifiers>(?:[\s-]+(?:[A-Z]{2}|\d{2}|X[EPSU])(?!\w))*)"
    r"(?:\s+(?:[A-L]{1,4}|[1-4](?:,[1-4])*))?\s+(?P<amount>\$?\s?(?P<dollars>\d{1,5})[\s.,]{1,2}(?P<cents>\d{2}))"
    r"\s+(?P<units>\d{1,3})(?:\s.*)?$"
)


class ClaimRow(NamedTuple):
    """A service line: its code and where that stands, the charge, how many units."""

    code: str
    span: tuple[int, int]
    amount: Amount
    units: int
    row: int
    day: DateMention | None


def claim_rows(rows: tuple[Row, ...]) -> Iterator[ClaimRow]:
    """The service lines among the rows, in order."""
    for index, row in enumerate(rows):
        match = _ROW.match(row.text)
        if match is None:
            continue
        first, last = match.span("amount")
        value = Decimal(f"{match['dollars']}.{match['cents']}")
        amount = Amount(row.start + first, row.start + last, value)
        span = (row.start + match.start("code"), row.start + match.end("code"))
        yield ClaimRow(match["code"], span, amount, int(match["units"]), index, _day(row, match))


def _day(row: Row, match: re.Match[str]) -> DateMention | None:
    """The first day, month before day as the form asks; None where no calendar has it."""
    month, day, year = (int(part) for part in re.findall(r"\d+", match["day"]))
    try:
        value = date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None
    start, end = match.span("day")
    return DateMention(row.start + start, row.start + end, value, (value,), explicit=False, short_year=year < 100)
