"""Prices without cents in a short bill: "3/4 training 60", "total 180 pd venmo".

A bare number is a price only where others bear it out: it ends a row of words, and a number on a row of a sum, or
alone, is what the rows above it come to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from docscan.extraction.bills.money import Amount
from docscan.extraction.bills.rows import Row
from docscan.extraction.text.month_names import MONTH_BEGUN

_LONGEST: Final = 30  # rows of a bill that is written so
_PAID = (
    r"(?:(?:was |is |in |all |and )?(?:pa?i?d|cash|venmo|zelle|check|ck|card|visa|mc|master ?card|amex|discover|debit|"
    r"credit|hsa|fsa|paypal|pp|due|full|owed|total|received|rec'?d|thanks?|thank you|by|with|via|from|on account|"
    r"\d{1,2}/\d{1,2}(?:/\d\d(?:\d\d)?)?|#?\d{3,5}|[.,!()-])\s*)*"
)
_ENDS = re.compile(
    r"(?P<said>.*?(?:[a-z]{3}|\d/\d).*?)"
    r"(?:(?<![\d#/:.-])\s|(?<= 20\d\d)\s|(?<=/\d\d)\s|(?<=\d/\d)\s|[=:–-]\s?|\.{2,}\s?)"
    rf"(?P<number>\d{{1,4}})(?:\s+{_PAID})?\W*",
    re.IGNORECASE,
)
_CELL = re.compile(r"(?P<said>.*[A-Za-z]{3}.*)\t\s*(?P<number>\d{1,4})\W*")
"""A number in a cell of its own that ends a row: "Mon 2 Feb  swim lesson  2 h @ 40  80"."""
_ALONE = re.compile(rf"\W*(?P<number>\d{{1,4}})(?:\s+{_PAID})?\W*", re.IGNORECASE)
_SUM = re.compile(
    r"\b(?:total|sum|due|owed?|owes|amount|amt|balance|paid|pd|pay|together|in all|comes to|charged?|received|rec'd|"
    r"payment|cash|check|card|visa|mc|amex|venmo|zelle)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    rf"(?:\b(?:no|number|#|invoice|receipt|inv|order|rx|suite|ste|unit|apt|room|box|acct|account|page|qty|quantity|age|"
    rf"ext|id|npi|ein|license|lic|refills?|week|day|level|phase|of|auth|code|ref|route|"
    rf"hwy|{MONTH_BEGUN})\.?\s?[:#]?)\s*$",
    re.IGNORECASE,
)
"""Words before a number that is none of money."""
_NUMBERED = re.compile(r"\b(?:session|visit|class|lesson|treatment)\s*$", re.IGNORECASE)
_FEW: Final = 20  # "Visit 3"


def whole_amounts(rows: Sequence[Row], amounts: Sequence[Sequence[Amount]]) -> Mapping[int, Amount]:
    """The bare numbers that are amounts, by their rows; none where any amount but a sum has cents or a currency."""
    if len(rows) > _LONGEST or not all(_is_sum(row, here) for row, here in zip(rows, amounts, strict=True) if here):
        return {}
    found: dict[int, Amount] = {}
    priced = 0
    since: list[int] = []
    pending: dict[int, Amount] = {}
    for index, row in enumerate(rows):
        if amounts[index]:
            if pending and amounts[index][0].value in (priced, sum(since)):
                found |= pending
                since = []
            continue
        match = _ALONE.fullmatch(row.text) or _CELL.fullmatch(row.text) or _ENDS.fullmatch(row.text)
        if match is None or not (value := int(match["number"])):
            continue
        said = match.groupdict().get("said") or ""
        before = row.text[: match.start("number")]
        if _OTHER.search(before) or (1900 <= value < 2100) or (value <= _FEW and _NUMBERED.search(before)):
            continue
        place = row.start + match.start("number")
        amount = Amount(place, place + len(match["number"]), Decimal(value), whole=True)
        sums = not said or _SUM.search(said) or (_SUM.search(row.text[match.end("number") :]) and value == priced)
        if sums:
            if value == priced or value == sum(since):
                found |= {**pending, index: amount}
                since = []
            elif not since and _SUM.search(row.text) and not found:
                pending[index] = amount
            elif found and _SUM.search(row.text):
                found[index] = amount
        else:
            pending[index] = amount
            since.append(value)
            priced += value
    if (
        not found and not priced and len(pending) == 1 and not any(amounts)
    ):  # "110 paid venmo", and nothing else that could be money
        found = pending if _PAID_NUMBER.match(rows[next(iter(pending))].text) else found
    return found


def _is_sum(row: Row, amounts: Sequence[Amount]) -> bool:
    """Whether a row names a sum that has a currency but no cents: "Total 2024  $465"."""
    return len(amounts) == 1 and amounts[0].whole and bool(_SUM.search(row.text))


_PAID_NUMBER = re.compile(
    r"\W*(?:\d{1,4} (?:pa?i?d|cash|total|due|received)\b|(?:pa?i?d|total|received) \d)", re.IGNORECASE
)
