"""What somebody acknowledges in one sentence to have been paid: "Received of Ana Roe $70 cash for one hour massage".

Asked where no line of a receipt and no sentence names what was sold beside its price. One sum must be the greatest of
all amounts, and any other must be the price of one that so many come to.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from docscan.extraction.bills.days import bill_days
from docscan.extraction.bills.descriptions import cleaned, letters
from docscan.extraction.bills.figures import Sheet
from docscan.extraction.bills.lines import PricedLine
from docscan.extraction.bills.money import Amount
from docscan.extraction.text.month_names import MONTH_OR_SHORT
from docscan.extraction.text.numerals import NUMBER_WORD, number_of

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_LONGEST: Final = 16  # rows of such a paper
_SURE: Final = 0.6
_GOT = r"(?:rec(?:eived|'?d)\.?|got|paid|gave|collected|sent|payment|transfer|deposit|check|cash)\b"
_PAID = re.compile(rf"\b{_GOT}[^.;!?$]{{0,70}}(?:\$ ?)?$", _I)
"""What stands before the sum."""
_FOR = re.compile(r"[^.;!?$]{0,50}?\bfor\s+(?!(?:your|his|her|my|our) (?:records?|taxes|fsa|hsa)\b)", _I)
_PAID_FOR = re.compile(
    r"\b(?:paid|payment|paying|charged?|bill(?:ed)?|received)(?: (?:me|us|in full|cash))? for\s+", _I
)
_THING_ENDS = re.compile(
    rf"[.;!?$(]|,(?! \w+ (?:and|&) )|\s(?:(?:given|provided|done|held|attended|taken|performed|rendered|"
    rf"delivered|to|on|from|"
    rf"at|in|by|with|during|dated|through|as|which|that|who|is|was|were|paid)\b|{MONTH_OR_SHORT}\b|\d{{1,2}}/\d)|"
    r"\s[-–—]\s|\n\s*\n",
    _I,
)
_COUNT = re.compile(
    rf"(?:(?:the|an?|your|his|her)\s+)?(?:(?P<count>\d{{1,2}}|{NUMBER_WORD})\s+(?!hours?\b|hrs?\b|min)|)", _I
)
_NO_THING = re.compile(
    r"^(?:you|me|us|it|this|that|them|services?|payment|all|everything|the|a|an|january|february|march|april|may|june|"
    r"july|august|september|october|november|december|professional services)$|\b(?:reimburs|records?|taxes)\w*",
    _I,
)


class _Thing(NamedTuple):
    words: str
    number: int | None
    span: tuple[int, int]


def acknowledged(text: AnnotatedText, sheet: Sheet) -> tuple[PricedLine, ...]:
    """What was paid for and the sum; nothing where the sentence does not part cleanly."""
    amounts = [amount for row in sheet.amounts for amount in row if amount.cents > 0]
    if text.kind[0] not in ("receipt", "statement") or len(sheet.rows) > _LONGEST or not amounts:
        return ()
    whole = max(amounts, key=lambda amount: amount.value)
    thing = _after(text, whole) or _before(text, whole)
    if thing is None:
        return ()
    days = _days(text, thing, whole)
    rates = {amount.value for amount in amounts} - {whole.value}
    count = next((n for n in (thing.number, len(days)) if n and rates == {whole.value / n}), None)
    if rates and count is None:
        return ()
    spans = (thing.span, (whole.start, whole.end))
    row = next(n for n, here in enumerate(sheet.amounts) if whole in here)
    unit = Decimal(rates.pop()) if rates else None
    day = next((d for d in bill_days(text) if d.start in days), None) if len(days) == 1 else None
    quantity = thing.number or count
    return (
        PricedLine(thing.words, whole, quantity, unit, day, None, None, spans, row, _SURE, own_marks=unit is not None),
    )


def _after(text: AnnotatedText, whole: Amount) -> _Thing | None:
    """ "received $120 for the massage on 3/3", "paid me $400 for a month of coaching"."""
    if not _PAID.search(text.flat[max(0, whole.start - 110) : whole.start].rsplit(". ", 1)[-1]):
        return None
    purpose = _FOR.match(text.flat, whole.end)
    return _thing(text, purpose.end()) if purpose is not None else None


def _before(text: AnnotatedText, whole: Amount) -> _Thing | None:
    """ "paid for four lessons on ..., in all $180"."""
    sentence = text.sentence_at(whole.start)
    purpose = _PAID_FOR.search(text.flat, sentence.start, whole.start)
    return _thing(text, purpose.end()) if purpose is not None else None


def _thing(text: AnnotatedText, start: int) -> _Thing | None:
    ends = _THING_ENDS.search(text.flat, start)
    last = ends.start() if ends is not None else len(text.flat)
    counted = _COUNT.match(text.flat, start, last)
    printed = counted["count"] if counted is not None else None
    begin = counted.end() if counted is not None else start
    words = cleaned(text.flat[begin:last])
    if letters(words) < 4 or len(words.split()) > 9 or _NO_THING.search(words):
        return None
    return _Thing(words, number_of(printed.lower()) if printed else None, (begin, last))


def _days(text: AnnotatedText, thing: _Thing, whole: Amount) -> list[int]:
    """Where the days stand that the same sentence names behind what was done."""
    end = text.sentence_at(thing.span[1] - 1).end
    return [day.start for day in bill_days(text) if thing.span[0] <= day.start < end and day.start != whole.start]
