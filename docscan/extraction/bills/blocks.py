"""Services that a page tells in blocks: each fact under its name, or behind it, down the page.

An insurer's page about a claim ("Amount billed", and "$95.00" below it) prints one fact a row. What was charged is the
amount whose name says so; the day and the words of the service stand near it under names of their own, or open the
block with their number ("Visit 1: Talk therapy").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from docscan.extraction.bills.date_words import role_of, served
from docscan.extraction.bills.descriptions import NOT_DESCRIPTION, cleaned, letters
from docscan.extraction.bills.figures import Sheet
from docscan.extraction.bills.line_codes import written_code
from docscan.extraction.bills.lines import PricedLine
from docscan.extraction.bills.money import Amount
from docscan.extraction.dates.dates import DateMention
from docscan.reference import item_classes

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_SURE: Final = 0.72
_FEWEST: Final = 3  # amounts of a block: what was charged, and what became of it
_FAR: Final = 16  # rows from what was charged to what tells of it
_CHARGE = re.compile(
    r"\b(?:bill(?:ed|s)?|charges?|charged|submitted|asked(?: for)?|requested|invoiced)\b|"
    r"\b(?:provider|doctor|retail|full) (?:fee|price|rate)\b",
    _I,
)
_NOT_CHARGE = re.compile(
    r"\b(?:not|over|above|non|un|paid|pays?|allowed|covered|excluded|negotiated|discount\w*|sav\w+|total charges? to|"
    r"your (?:share|part|cost)|owe|finance|late|service charge)\b",
    _I,
)
_BORNE = re.compile(
    r"\b(?:allowed|discount\w*|sav(?:ed|ings)|deductible|co-?pay\w*|co-?ins\w*|paid|pays|owe|share|responsib\w+|covered|"
    r"rate|adjust\w*)\b",
    _I,
)
_SERVICE = re.compile(
    r"\W*(?:(?:type of |kind of )?(?:services?|procedures?|treatments?|visits?|care)(?: (?:provided|received|performed|"
    r"rendered|type|name|description|was for))?|descriptions?(?: of services?)?|what (?:was done|it was for|for|"
    r"happened|you had|was it)|service details?|reason for visit)\W*",
    _I,
)
_NUMBERED = re.compile(r"\W*(?:visit|service|line|item|procedure)\s*#?\d{1,2}\s*[:.–-]\s*(?P<what>[A-Za-z].*)", _I)
_CODE_NAME = re.compile(r"\W*(?:(?:procedure|service|billing|cpt|hcpcs|cdt)\W?)*codes?\W*|cpt\W*|hcpcs\W*", _I)
_CODE = re.compile(r"(?P<code>\d{5}|[A-V]\d{4}|\d{4}[FT])\b")
_PAIR = re.compile(r"(?P<name>[A-Za-z][^:]{2,50}?)\s*:\s*(?P<value>\S.*)")


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what stands below or behind it. `start`, `end`: of the value."""

    name: str
    value: str
    start: int
    end: int
    row: int
    amount: Amount | None


def facts_of(sheet: Sheet) -> Iterator[Fact]:
    """The facts of a page that names each: rows of a name and its value, and names that stand over their values."""
    for index, row in enumerate(sheet.rows):
        amounts = sheet.amounts[index]
        if len(row.cells) == 2 and len(amounts) <= 1:
            name, value = row.cells
            if letters(name.text) >= 3 and not any(name.start <= a.start < name.end for a in amounts):
                yield Fact(name.text.strip(" :"), value.text, value.start, value.end, index, *(amounts or (None,)))
        elif len(row.cells) == 1 and (pair := _PAIR.fullmatch(row.text)) is not None and len(amounts) <= 1:
            start = row.start + pair.start("value")
            yield Fact(pair["name"], pair["value"], start, row.end, index, *(amounts or (None,)))
        elif len(row.cells) == 1 and index and not sheet.amounts[index - 1] and len(sheet.rows[index - 1].cells) == 1:
            above = sheet.rows[index - 1]
            bare = len(amounts) == 1 and letters(row.text) < 3
            if letters(above.text) >= 3 and (bare or not amounts) and above.page is row.page:
                yield Fact(above.text.strip(" :"), row.text, row.start, row.end, index, amounts[0] if bare else None)


def told_in_blocks(text: AnnotatedText, sheet: Sheet) -> tuple[PricedLine, ...]:
    """The services of an account that names its facts one by one; nothing where it does not."""
    facts = list(facts_of(sheet))
    priced = [fact for fact in facts if fact.amount is not None]
    charges = [f for f in priced if _CHARGE.search(f.name) and not _NOT_CHARGE.search(f.name)]
    charges = [f for n, f in enumerate(charges) if not _sums_up(f, charges[:n] + charges[n + 1 :])]
    found: list[PricedLine] = []
    for before, charge, after in zip([None, *charges], charges, [*charges[1:], None], strict=False):
        last = after.row if after is not None else len(sheet.rows)
        borne = [f for f in priced if charge.row < f.row < last and f.row - charge.row < _FAR and _BORNE.search(f.name)]
        if len(borne) + 1 < _FEWEST:
            continue
        first = max(before.row + 1 if before is not None else 0, charge.row - _FAR)
        upto = min(last, charge.row + _FAR)
        line = _line(text, sheet, charge, [f for f in facts if first <= f.row < upto], range(first, upto))
        if line is not None:
            found.append(line)
    return tuple(found)


def _sums_up(charge: Fact, others: Sequence[Fact]) -> bool:
    """The total of what else was charged."""
    rest = [one.amount.cents for one in others if one.amount is not None]
    return len(rest) > 1 and charge.amount is not None and charge.amount.cents == sum(rest)


def _line(text: AnnotatedText, sheet: Sheet, charge: Fact, facts: Sequence[Fact], rows: range) -> PricedLine | None:
    day = _day(text, sheet, rows)
    said = _said(text, sheet, facts, rows)
    if charge.amount is None or said is None:
        return None
    start, end = said
    labelled = next((f for f in facts if _CODE_NAME.fullmatch(f.name) and _CODE.match(f.value)), None)
    code = written_code(text, start, end) or written_code(text, sheet.rows[rows[0]].start, sheet.rows[rows[-1]].end)
    words = text.text[start:end]
    if code is not None and start <= code.cover[0] < end:
        words = f"{text.text[start : code.cover[0]]} {text.text[code.cover[1] : end]}"
    words = cleaned(words) or (code.code if code is not None else "")
    if not words:
        return None
    spans = ((start, end), (charge.amount.start, charge.amount.end))
    number, span = (code.code, code.span) if code is not None else (None, None)
    if labelled is not None and (match := _CODE.match(labelled.value)) is not None:
        number, span = match["code"], (labelled.start, labelled.start + match.end("code"))
    return PricedLine(words, charge.amount, None, None, day, number, span, spans, charge.row, _SURE, own_marks=True)


def _day(text: AnnotatedText, sheet: Sheet, rows: range) -> DateMention | None:
    """The day of service in the block; the only one of the paper where the block has none."""
    days = served(text)
    start, end = sheet.rows[rows[0]].start, sheet.rows[rows[-1]].end
    for within in ([d for d in days if start <= d.start < end], days):
        named = [d for d in within if role_of(text, d) == "service_date"] or within
        if len({d.iso for d in named}) == 1:
            return named[0]
    return None


def _said(text: AnnotatedText, sheet: Sheet, facts: Sequence[Fact], rows: range) -> tuple[int, int] | None:
    """Where the block says what was done: under its name, behind a number, else on the only row that names a service
    or a procedure's code."""
    for fact in facts:
        if _SERVICE.fullmatch(fact.name) and fact.amount is None and letters(fact.value) >= 4:
            return fact.start, fact.end
    for index in rows:
        if (match := _NUMBERED.match(sheet.rows[index].text)) is not None and not sheet.amounts[index]:
            return sheet.rows[index].start + match.start("what"), sheet.rows[index].end
    for row in (sheet.rows[index] for index in rows if not sheet.amounts[index]):
        short = len(row.cells) == 1 and len(row.text.split()) < 10 and ":" not in row.text
        if short and not NOT_DESCRIPTION.search(row.text):
            coded = written_code(text, row.start, row.end) is not None and letters(row.text) >= 4
            if coded or item_classes.classify(row.text) not in (None, "unspecific"):
                return row.start, row.end
    return None
