"""Services that an account tells one by one, each with several amounts that words beside them name.

An insurer's account seldom fits a table with one price a row: "Jun 2  acupuncture  billed $95  our price $60  you pay
$20", the same over two lines, or a block for each claim ("Line 1", "Date of service", "Amount billed"). Or the days
stand over columns, and each row says of every day what was billed, saved, paid. An entry opens with its number or its
day; of its amounts the one that is called billed or charged counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from docscan.extraction.bills.date_words import served
from docscan.extraction.bills.descriptions import NOT_DESCRIPTION, cleaned, letters
from docscan.extraction.bills.figures import Sheet
from docscan.extraction.bills.line_codes import written_code
from docscan.extraction.bills.lines import PricedLine
from docscan.extraction.bills.money import Amount
from docscan.extraction.bills.products import product_in
from docscan.extraction.bills.rows import Row
from docscan.extraction.dates.dates import DateMention

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_SURE: Final = 0.7
_TALLEST: Final = 12  # rows of an entry
_NUMBERED = re.compile(
    r"\W*(?P<what>claim|line|service|visit|item|charge|entry)s?(?: ?(?:#|no\.?|number))?\W{0,2}\d+[\w-]*", _I
)
_DAY_LABEL = re.compile(
    r"(?:\b(?:dates?|days?) of (?:service|visit|care)|\b(?:service|visit|treatment) (?:dates?|days?)|\bD\.?O\.?S|"
    r"\bdates?|"
    r"(?:\b(?:visits?|services?|sessions?|treatments?|care|charges?|seen|given)\s+)?\b(?:on|of)|\bseen)\W*$",
    _I,
)
_FOR_WHAT = (
    r"\W*(?:types? of (?:service|care)|services?(?: (?:description|provided|rendered|type))?|"
    r"descriptions?(?: of services?)?|procedures?|treatments?|what(?: was done| for| happened)?)(?: code)?"
)
_SAID = re.compile(rf"{_FOR_WHAT}\s*:\s*(?P<what>\S.*?)\s*$", _I)
_SAID_OVER = re.compile(rf"{_FOR_WHAT}\W*", _I)
_MONEY = (
    r"bill(?:ed)?|charges?|charged|submitted|submits?|allow(?:ed|ance|able)|approved|covered|excluded|savings?|saved|"
    r"discount(?:ed|s)?|deduct(?:ible|\.)?|co-?ins(?:urance|\.)?|co-?pay(?:ment)?|price[ds]?|costs?|fees?|paid|pays?|owed?|"
    r"share|part|respons(?:ibility|\.)?|resp|portion|benefits?|balance|rate|write-?off|adjust(?:ed|ment)?|negotiated"
)
_WITH = (
    r"amounts?|amt|total|your|our|you|we|us|the|by|of|to|plan|plan['’]s|member|patient|network|provider|provider['’]s|"
    r"insurance|insurer|may|be|is|was|not|what|in|for|applied|full|eligible|contract(?:ed)?"
)
_LABEL = re.compile(rf"(?:(?:\b(?:{_MONEY}|{_WITH})\b[\s'’./]*)*\b(?:{_MONEY}|you|your|plan|us|we)\b)[\s:.=–—-]*$", _I)
_ONLY_MONEY = re.compile(rf"\W*(?:(?:{_MONEY}|{_WITH})\b\W*|\d+\W*x?\W*)*", _I)
_CHARGE = re.compile(r"\b(?:bill(?:ed)?|charges?|charged|submitted|fees?|cost)\b", _I)
_NOT_CHARGE = re.compile(r"\b(?:not|over|above|paid|pays?|you|your|allowed|covered|excluded|negotiated)\b", _I)
_CODE_OPENS = re.compile(r"(?:\d{5}|[A-V]\d{4}|\d{4}[FT])(?![\w.])")
_OTHER_FACT = re.compile(
    r"(?:claim|provider|doctor|seen by|who|where|for|patient|member|facility|status|name|group|plan|network|place|"
    r"performed by|rendered by|treated by|office|clinic|practice|location|received|processed)\b[^:\d]{0,20}:",
    _I,
)
"""A fact of a claim, under its name, that is not what was done."""
_SUMS = re.compile(r"\W*(?:(?:claims?|grand|sub|statement)[ -]?)?totals?\b|\W*(?:your )?summary\b", _I)
_BRACKETS = re.compile(r"\([^)]*\)\s*:?\s*$")
"""What "Charges (4 x $65.00):" says beside "Charges"."""
_LAST_WORDS = re.compile(r"[^\d|.;:,\t$€£]*[:.]?\s*$")
_BESIDE: Final = " $€£-–(._…"
"""What may stand between a label and its amount."""
_STRUCK: Final = "\0"


class _Entry(NamedTuple):
    rows: tuple[int, ...]
    days: tuple[DateMention, ...]


def told_by_entry(text: AnnotatedText, sheet: Sheet) -> tuple[PricedLine, ...]:
    """The services of an account whose amounts are named one by one, in order; nothing where they are not."""
    found = [line for entry in _entries(text, sheet) if (line := _line(text, sheet, entry)) is not None]
    return tuple(found) or _by_columns_of_days(text, sheet)


def _entries(text: AnnotatedText, sheet: Sheet) -> Iterator[_Entry]:
    days = served(text)
    opening = _numbered(sheet) or _dated(sheet, days) or _only_one(sheet, days)
    for first, after in pairwise((*opening, len(sheet.rows))):
        rows = [first]
        for index in range(first + 1, min(after, first + _TALLEST)):
            if _SUMS.match(sheet.rows[index].text) or sheet.rows[index].page is not sheet.rows[first].page:
                break
            rows.append(index)
        start, end = sheet.rows[first].start, sheet.rows[rows[-1]].end
        yield _Entry(tuple(rows), tuple(d for d in days if start <= d.start < end))


def _numbered(sheet: Sheet) -> list[int]:
    """Rows that open with the same word and their number, where there are several."""
    opening = {i: match["what"].lower() for i, row in enumerate(sheet.rows) if (match := _NUMBERED.match(row.text))}
    word, count = next(iter(Counter(opening.values()).most_common(1)), ("", 0))
    return [i for i, what in opening.items() if what == word] if count > 1 else []


def _dated(sheet: Sheet, days: Sequence[DateMention]) -> list[int]:
    """Rows that open with a day of service and go on with words, or have their words and amounts below them."""
    found = []
    for index, row in enumerate(sheet.rows):
        first = next((d for d in days if row.start <= d.start < row.end), None)
        before = row.text[: first.start - row.start] if first else ""
        if first is not None and letters(_DAY_LABEL.sub("", before)) < 2:
            found.append(index)
    return found


def _only_one(sheet: Sheet, days: Sequence[DateMention]) -> list[int]:
    """Where the only entry begins: at the row that names the service, where days stand below it."""
    named = [i for i, row in enumerate(sheet.rows) if any(_said_in(row))]
    if len(named) != 1 or not days:
        return []
    dated = next(i for i, row in enumerate(sheet.rows) if row.start <= days[0].start < row.end)
    return [min(named[0], dated)] if abs(named[0] - dated) < _TALLEST else []


def _said_in(row: Row) -> Iterator[tuple[str, int, int]]:
    """What a row says behind a label for what was done: the words, where the label and where they end."""
    for number, cell in enumerate(row.cells):
        if (match := _SAID.match(cell.text)) is not None:
            yield match["what"], cell.start, cell.end
        elif _SAID_OVER.fullmatch(cell.text) and number == 0 and len(row.cells) == 2:
            yield row.cells[1].text, cell.start, row.cells[1].end


def _line(text: AnnotatedText, sheet: Sheet, entry: _Entry) -> PricedLine | None:
    charges = [a for index in entry.rows for a, label in _labelled(sheet, index) if _is_charge(label)]
    said = _description(text, sheet, entry)
    if not entry.days or not charges or said is None:
        return None
    amount = charges[-1] if len({a.cents for a in charges}) == 1 else max(charges, key=lambda a: a.cents)
    words, where = said
    start, end = sheet.rows[entry.rows[0]].start, sheet.rows[entry.rows[-1]].end
    code = written_code(text, min(start, where[0]), end)
    only = entry.days[0] if len({d.iso for d in entry.days}) == 1 else None
    product = product_in(text.text[start:end], amount.value) if only is None else None
    many, each = (product.quantity, product.price) if product is not None else (None, None)
    return PricedLine(
        words, amount, many, each, only, code.code if code else None, code.span if code else None,
        (where, (amount.start, amount.end)), entry.rows[0], _SURE, own_marks=True,
    )  # fmt: skip


def _is_charge(label: str) -> bool:
    return bool(_CHARGE.search(label)) and not _NOT_CHARGE.search(label)


def _labelled(sheet: Sheet, index: int) -> Iterator[tuple[Amount, str]]:
    """The amounts of a row, each with the words right before it."""
    row = sheet.rows[index]
    for amount in sheet.amounts[index]:
        before = _BRACKETS.sub("", row.text[: amount.start - row.start].rstrip(_BESIDE))
        label = _LABEL.search(before) or _LAST_WORDS.search(before)
        yield amount, label[0] if label else ""


def _description(text: AnnotatedText, sheet: Sheet, entry: _Entry) -> tuple[str, tuple[int, int]] | None:
    """What was done, and where that stands: behind its label, else behind the code that opens a row, else what an
    entry's first rows say beside their day, their code and their amounts."""
    for index in (*entry.rows, max(entry.rows[0] - 1, 0)):
        row = sheet.rows[index]
        for what, start, end in _said_in(row):
            words = _bare(text, row, what, end - len(what), entry)
            if letters(words) >= 4:
                return words, (start, end)
    for row in (sheet.rows[index] for index in entry.rows if not sheet.amounts[index]):
        code = written_code(text, row.start, row.end) if _CODE_OPENS.match(row.text) else None
        words = _bare(text, row, row.text, row.start, entry) if code is not None and code.span[0] == row.start else ""
        if letters(words) >= 4:
            return words, (row.start, row.end)
    for index in entry.rows[:2]:
        row = sheet.rows[index]
        head = _NUMBERED.match(row.text) if index == entry.rows[0] else None
        skipped = head.end() if head else 0
        upto = sheet.amounts[index][0].start if sheet.amounts[index] else row.end
        words = _bare(text, row, row.text[skipped : upto - row.start], row.start + skipped, entry)
        if letters(words) < 4 or _ONLY_MONEY.fullmatch(words) or NOT_DESCRIPTION.search(words):
            continue
        if not _OTHER_FACT.match(words):
            return words, (row.start, upto)
    return None


def _bare(text: AnnotatedText, row: Row, words: str, start: int, entry: _Entry) -> str:
    """The words without days, codes and the words of the first amount."""
    end = start + len(words)
    signs = list(words)
    for day in entry.days:
        if start <= day.start < end:
            before = _DAY_LABEL.search(words[: day.start - start])
            first = before.start() if before else day.start - start
            signs[first : day.end - start] = _STRUCK * (day.end - start - first)
    code = written_code(text, start, end)
    if code is not None:
        first, last = code.cover
        signs[first - start : last - start] = _STRUCK * (last - first)
    bare = "".join(signs).rstrip(_BESIDE)
    if len(bare) < len(words) or end < row.end:
        bare = _LABEL.sub("", bare)
    pieces = [cleaned(piece.strip(" ()[],;-–—|")) for piece in bare.split(_STRUCK)]
    return max(pieces, key=letters, default="")


def _by_columns_of_days(text: AnnotatedText, sheet: Sheet) -> tuple[PricedLine, ...]:
    """Days over columns, and in the first row below them that names no sum what was charged on each."""
    days = served(text)
    for index, row in enumerate(sheet.rows):
        heads = [d for d in days if row.start <= d.start < row.end]
        rest = "".join(c for c in _without(row, heads).lower() if c.isalpha())
        if len(heads) < 2 or rest not in ("", "total", "totals", "sum", "all"):
            continue
        for below in range(index + 1, min(index + 4, len(sheet.rows))):
            amounts = sheet.amounts[below]
            if len(amounts) not in (len(heads), len(heads) + 1):
                continue
            own = amounts[: len(heads)]
            label = cleaned(sheet.rows[below].text[: own[0].start - sheet.rows[below].start].rstrip(" $€£"))
            summed = len(amounts) == len(heads) or sum(a.cents for a in own) == amounts[-1].cents
            if letters(label) < 4 or NOT_DESCRIPTION.search(label) or not summed:
                continue
            where = (sheet.rows[below].start, own[0].start)
            return tuple(
                PricedLine(label, amount, None, None, day, None, None, (where, (amount.start, amount.end)), below,
                           _SURE, own_marks=True)
                for day, amount in zip(heads, own, strict=True)
            )  # fmt: skip
    return ()


def _without(row: Row, days: Sequence[DateMention]) -> str:
    signs = list(row.text)
    for day in days:
        signs[day.start - row.start : day.end - row.start] = " " * (day.end - day.start)
    return "".join(signs)
