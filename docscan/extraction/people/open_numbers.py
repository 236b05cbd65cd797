"""Can a full card or bank account number be seen?

Such a number is personal data: its last four digits are all that the evidence shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docscan.document import Extraction

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "open_numbers"

_CARD = re.compile(
    r"(?<![\w.*•#-])(?:(?=[2-6])(?:\d{4}[ -]?){3}(?P<last>\d{4})|3[47]\d{2}[ -]?\d{6}[ -]?\d(?P<amex>\d{4}))(?![\w-])"
)
"""Sixteen digits as issuers of payment cards group them (ISO/IEC 7812: major industry 2 to 6), or fifteen of Amex."""
_BANK = re.compile(
    r"\b(?:bank|checking|savings|deposit|routing|aba|iban)\b[^\n\d]{0,40}?"
    r"(?P<number>(?<![*xX•#\d])\d[\d -]{5,18}\d)(?![\w*•-])",
    _I,
)
_FOR_CARDS = re.compile(r"\b(?:card|visa|master ?card|amex|american express|discover|debit|credit|pan)\b", _I)
_OTHERS = re.compile(
    r"\b(?:npi|tracking|barcode|upc|order|invoice|receipt|ref\w*|auth\w*|trans\w*|rx|phone|fax|tel)\b", _I
)
_FEWEST_DIGITS = 7


def open_numbers(text: AnnotatedText) -> Iterator[Extraction]:
    """account_number_visible."""
    for match in text.find(_CARD):
        name = "last" if match["last"] else "amex"
        line = text.lines[text.line_index(match.start())]
        before = text.text[line.start : match.start()]
        if not check_digit_holds(match.group()):
            continue
        if _FOR_CARDS.search(text.text[line.start : line.end]) or not _OTHERS.search(before):
            labelled = _FOR_CARDS.search(text.text[line.start : line.end]) is not None
            yield text.extraction(
                "account_number_visible", True, *match.span(name), found_by=_FOUND_BY,
                strength=0.95 if labelled else 0.6,
            )  # fmt: skip
    for match in text.find(_BANK):
        digits = re.sub(r"\D", "", match["number"])
        if len(digits) >= _FEWEST_DIGITS and not _OTHERS.search(match.group()):
            yield text.extraction(
                "account_number_visible", True, match.end("number") - 4, match.end("number"), found_by=_FOUND_BY,
                strength=0.85,
            )  # fmt: skip


def check_digit_holds(number: str) -> bool:
    """Whether a card number's check digit is right (ISO/IEC 7812-1, annex B: Luhn)."""
    digits = [int(sign) for sign in reversed(number) if sign.isdigit()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[0::2]) + sum(doubled)) % 10 == 0
