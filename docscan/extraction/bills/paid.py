"""What was paid where a bill says that it was paid, but no label names the sum.

A word of payment behind an amount ("4 x 60 = 240 pd check", "$150 paid 3/2/26") says it of that amount. A way of
payment without an amount ("Paid with Visa ending 5521", "[x] Check") or a word that all was paid says it of the total,
unless anything of it is still asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from docscan.extraction.bills.figures import Figure, Sheet, sheet_of
from docscan.extraction.bills.payments import payments
from docscan.extraction.bills.plain import product_of

if TYPE_CHECKING:
    from docscan.document import Extraction
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_MEANS = (
    r"(?:cash|che(?:ck|que)|ck|venmo|zelle|paypal|cash ?app|apple pay|google pay|visa|mc|master ?card|amex|discover|"
    r"(?:debit|credit|hsa|fsa)(?: card)?|card|ach|eft)"
)
_PAID_BEHIND = re.compile(
    rf"[\s,;:=()–-]*(?:all |was |is |it's |has been |in full,? )*(?:pa?i?d|rec'?v?'?d|received|collected)\b"
    rf"(?! (?:by|from) (?:your |the )?(?:ins|plan|medicare|carrier))"
    rf"(?![^.\n]{{0,12}}\b(?:later|next|monthly|when|until)\b)"
    rf"|[\s,;:()–-]*(?:(?:by|in|with|w/|via|thru|on) ?)?{_MEANS}\b[\s.:]*"
    rf"(?:(?:ending|no\.?|number|#|[x*.•]+)\s*)*\d{{0,5}}"
    r"[\s).!,]*(?:\d{1,2}/\d{1,2}(?:/\d{2,4})?|thanks?(?: you)?)?[\s.!,)]*$",
    _I,
)
_ALL_PAID = re.compile(
    r"\b(?:pa?i?d|settled|paid up) (?:in full|up\b)|\b(?:all|fully) (?:paid|pd|settled|paid up)\b|^\W*(?:paid|pd)\W*$|"
    r"^\W*(?:received|rec'?v?'?d) (?:from|of)\b|\bthank(?:s| you) for (?:your )?payment\b|"
    r"\bpayment (?:received|complete|completed|confirmed|successful|(?:was )?sent)\b|"
    r"\b(?:payment |transaction )?status\W{1,4}(?:complete|completed|paid|successful|succeeded)\b|"
    rf"\b(?:paid|pd)\b[^.\n$]{{0,30}}?\b{_MEANS}\b|"
    r"\b(?:card|visa|master ?card|amex|discover)\b[^.\n$]{0,24}\b(?:was|has been) (?:charged|billed|debited)\b",
    _I | re.MULTILINE,
)
_ASKED: Final = re.compile(
    r"\b(?:(?:amount|payment|balance|total|now) (?:is )?(?:now )?due\b(?!\W{0,12}\$?\s?0?[.,]00)|"
    r"due (?:by|date|on|upon|\d)|on your tab\b|we(?:'|’)?ll (?:tap|charge|run|bill)|"
    r"(?:please|kindly) (?:pay|remit|send|make)|pay (?:this amount|by|within|now)|net \d\d|remit\b|past due|unpaid|"
    r"not (?:yet )?(?:been )?paid|declined|void(?:ed)?\b|refund(?:ed)? to|"
    r"(?:will|shall|to) be (?:charged|billed|drawn|debited|collected|paid)|(?:card|auto-?pay)[^.\n]{0,30}\bwill\b|"
    r"(?:pending|authorized|authorised) only|pre-?auth)",
    _I,
)
"""Words that ask for money, or say that none has moved yet."""
_OWED: Final = frozenset(("balance_due", "previous_balance"))
_CHANGED: Final = frozenset(("refund", "insurance_paid", "adjustment", "patient_responsibility"))
_KINDS: Final = frozenset(("receipt", "superbill", "card_slip"))


class Paid(NamedTuple):
    """An amount that was paid, in cents, and where it stands."""

    cents: int
    start: int
    end: int
    sure: float


def paid_without_label(text: AnnotatedText, figures: Sequence[Figure], total: Paid | None) -> Iterator[Paid]:
    """What was paid by the words behind an amount; else the total, where a way of payment or a word says so."""
    sheet = sheet_of(text)
    beside = list(_beside(sheet)) or list(_in_message(text, sheet))
    if beside:
        yield from beside
        return
    product = product_of(sheet)
    if total is None and product is not None and product[0].cents:  # "5 x $60 = $300", and "Paid in full" below it
        total = Paid(product[0].cents, product[0].start, product[0].end, 0.8)
    if text.kind[0] not in _KINDS or total is None or not total.cents:
        return
    if any(f.cents for f in figures if f.role in _OWED) or any(f.role in _CHANGED for f in figures):
        return
    if _ASKED.search(text.text):
        return
    if _ALL_PAID.search(text.text) or any(True for _ in payments(text)):
        yield total._replace(sure=min(total.sure, 0.8))


def _in_message(text: AnnotatedText, sheet: Sheet) -> Iterator[Paid]:
    """ "got your 75 for today's session": the only sum of a message that names one, without currency or cents."""
    if any(sheet.amounts) or len(sheet.rows) > _FEW_ROWS:
        return
    for match in _GOT.finditer(text.text):
        start, end = match.span("sum")
        yield Paid(int(match["sum"]) * 100, start, end, 0.7)
        return


_FEW_ROWS: Final = 12
_GOT = re.compile(
    r"\b(?:got|received|rec'?d|collected|paid(?: me| us)?|thanks for(?: the)?|thank you for(?: the)?)(?: your| the)? "
    r"(?P<sum>\d{2,4})\b(?! ?(?:min|lbs?|hrs?|%|sessions?|visits?|class|[ap]\.?m\b)|[/:.-]\d)"
    r"(?= (?:for|from|today|cash|che(?:ck|que)|venmo|zelle|via|by|in)\b|[.,!]|$)",
    _I | re.MULTILINE,
)


def _beside(sheet: Sheet) -> Iterator[Paid]:
    product = product_of(sheet)
    seen: set[int] = set()
    for row, amounts in zip(sheet.rows, sheet.amounts, strict=True):
        here = list(amounts)
        if product is not None and row.start <= product[0].start < row.end:
            here = [product[0]]
        for amount in here:
            cents = abs(amount.cents)  # a dash may stand before it
            if cents and cents not in seen and _PAID_BEHIND.match(row.text, amount.end - row.start):
                seen.add(cents)
                yield Paid(cents, amount.start, amount.end, 0.8)


def nothing_paid(text: AnnotatedText, found: Sequence[Extraction]) -> bool:
    """Whether all of the total is still owed, or money is asked for and no word tells of a payment."""
    owed = {str(one.value) for one in found if one.name == "balance_due" and one.value}
    whole = {str(one.value) for one in found if one.name == "total" and one.value}
    if owed & whole:
        return True
    return bool(_ASKED.search(text.text)) and not (
        _MOVED.search(text.text) or any(one.name in ("amount_paid", "payment_method") for one in found)
    )


_MOVED = re.compile(r"\b(?:pa?i?d|rec'?v?'?d|received|charged|collected|tendered|cash|deposit|payments?(?! due))\b", _I)
