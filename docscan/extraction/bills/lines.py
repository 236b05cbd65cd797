"""The priced lines of a bill: what their rows say was sold or done, when, how many and for how much.

Read by columns where the table has headings, by the order of things on the line where it has none. A description may
stand on the line above its amounts or go on below. Which of the lines are sums of the others is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from docscan.extraction.bills.claim_rows import ClaimRow, claim_rows
from docscan.extraction.bills.date_words import role_of
from docscan.extraction.bills.days import bill_days
from docscan.extraction.bills.descriptions import (
    NOT_DESCRIPTION,
    Above,
    cleaned,
    describes_only,
    is_only_days,
    is_set_in,
    is_stock_number,
    joined,
    letters,
    may_describe,
    opens_next,
    tells_of_goods,
    without_thanks,
    words_over,
)
from docscan.extraction.bills.figures import STRONG, Figure, Sheet, charges_of_a_day, sheet_of
from docscan.extraction.bills.labels import hinted, meaning_of, without_words_of_money
from docscan.extraction.bills.line_codes import written_code
from docscan.extraction.bills.line_words import QUANTITY_SAID, LineWords, number_of
from docscan.extraction.bills.money import Amount, amounts_in, other_readings
from docscan.extraction.bills.paragraphs import told_rows
from docscan.extraction.bills.people_rows import PersonRow, people_rows
from docscan.extraction.bills.rows import Row, span_box
from docscan.extraction.bills.tables import Column, Header
from docscan.extraction.bills.ticked import not_ticked
from docscan.extraction.dates.dates import DateMention
from docscan.extraction.text.month_names import MONTH_BEGUN, WEEKDAY_BEGUN

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText


_PRODUCT = re.compile(r"\d\s?[x×@]\s?[$£€]?\d")
_FEE = re.compile(
    r"\b(?:missed|no[- ]?show|(?:late )?cancel\w*)\b.{0,30}\b(?:fee|charge)|"
    r"\bfee\b.{0,12}\b(?:no[- ]?show|missed)",
    re.IGNORECASE,
)
_GIVES_BACK = re.compile(
    r"\b(?:refund\w*|return(?:ed|s)?|reversal|reversed|credit(?:ed)?|void(?:ed)?)\b", re.IGNORECASE
)
_SAYS_NOTHING = re.compile(
    r"(?:(?:(?:every|each|all|any) (?:items?|things?|products?|lines?|loa(?:f|ves)|bags?|box(?:es)?|packs?|units?|"
    r"pieces?|sessions?|visits?|class(?:es)?|lessons?)\b|"
    r"the|items? (?=price|cost|total)|amounts?|amt|sum|prices?|fees?|charges?|charged|billed|"
    r"total|cost|due|usd|rm)[\s:.]*)+",
    re.IGNORECASE,
)


def says_nothing(description: str) -> bool:
    """Nothing but an amount is said: "Amount charged", "Amount  One hundred thirty-five and no/100"."""
    rest = without_words_of_money(description)
    return not rest or bool(_SAYS_NOTHING.fullmatch(rest) or _OPEN_INVOICE.fullmatch(rest))


_OPEN_INVOICE = re.compile(
    r"\W*(?:open |unpaid |your |our )?(?:invoice|inv|bill|statement|stmt)\b[\s#:.no-]*[a-z]{0,4}-?\d[\d-]*\W*"
    r"(?:(?:open|unpaid|due|overdue|past due|outstanding|of|dated|\d[\d/.-]*)\W*)*",
    re.IGNORECASE,
)
"""A line of a reminder, which names no more than the invoice that is open."""


@dataclass(frozen=True, slots=True)
class PricedLine:
    """One priced line. `spans`: where it stands, in order; `sure`: how surely it was read rightly, 0..1.

    `person`: where the name of whom it is for stands. `leading`: the number that opens it, which may only count the
    lines. `own_marks`: it has a code, a day or a count of its own, so that it is no mere sum.
    """

    description: str
    amount: Amount
    quantity: float | None
    unit_price: Decimal | None
    day: DateMention | None
    code: str | None
    code_span: tuple[int, int] | None
    spans: tuple[tuple[int, int], ...]
    row: int
    sure: float
    person: tuple[int, int] | None = None
    leading: int | None = None
    own_marks: bool = False

    @property
    def cents(self) -> int:
        return self.amount.cents

    @property
    def is_fee(self) -> bool:
        """Charged for a session that did not take place: its date is no day of service."""
        return bool(_FEE.search(self.description))

    @property
    def gives_back(self) -> bool:
        """A refund of something that was billed."""
        return self.cents < 0 and bool(_GIVES_BACK.search(self.description))


def lines_of(text: AnnotatedText) -> tuple[PricedLine, ...]:
    """Everything that is printed as a line with an amount and is not labelled as a sum, a tax or a payment."""
    return text.once("priced lines", lambda: tuple(_lines_of(text)))


def _lines_of(text: AnnotatedText) -> Iterator[PricedLine]:
    sheet = sheet_of(text)
    days = bill_days(text)
    claimed = {one.row: _claimed(sheet.rows[one.row], days, one) for one in claim_rows(sheet.rows)}
    if not claimed and not sheet.headers:
        named = people_rows(sheet.rows, sheet.amounts)
        claimed = {one.row: _for_somebody(sheet.rows[one.row], days, one) for one in named}
    found = [line for zone in _zones(sheet) for line in _in_zone(text, sheet, days, zone) if line.row not in claimed]
    if not found and not claimed and sheet.headers:  # what looked like headings heads no lines
        found = list(_in_zone(text, sheet, days, _Zone(0, len(sheet.rows), None)))
    empty = not_ticked(text, sheet)
    beside = {counted.row: counted for counted in sheet.counting.values()}
    for line in sorted((*found, *claimed.values()), key=lambda line: line.row):
        if line.row in empty:
            continue
        if (counted := beside.get(line.row)) is not None and line.unit_price is None:
            line = replace(line, quantity=counted.quantity, unit_price=counted.price, own_marks=True)  # noqa: PLW2901
        yield _told_below(line, sheet.rows[line.row + 1]) if line.row + 1 < len(sheet.rows) else line


def _for_somebody(row: Row, days: Sequence[DateMention], one: PersonRow) -> PricedLine:
    """A row of a family's bill: who, what, how much."""
    return PricedLine(
        description=cleaned(one.words.text),
        amount=one.amount,
        quantity=None,
        unit_price=None,
        day=_day_in(days, row),
        code=None,
        code_span=None,
        spans=((one.words.start, one.words.end), (one.amount.start, one.amount.end)),
        row=one.row,
        sure=0.8,
        person=(one.name.start, one.name.end),
        own_marks=True,
    )


def _claimed(row: Row, days: Sequence[DateMention], one: ClaimRow) -> PricedLine:
    """A service line of a claim form: nothing but its code says what it was."""
    return PricedLine(
        description=one.code,
        amount=one.amount,
        quantity=one.units or None,
        unit_price=None,
        day=_day_in(days, row) or one.day,
        code=one.code,
        code_span=one.span,
        spans=((row.start, row.end),),
        row=one.row,
        sure=0.85,
        own_marks=True,
    )


class _Zone(NamedTuple):
    first: int
    last: int  # excluded
    header: Header | None


def _zones(sheet: Sheet) -> Iterator[_Zone]:
    """Stretches of rows that may hold items: under each heading; all of a page's rows where none has a heading."""
    if not sheet.headers:
        yield _Zone(0, len(sheet.rows), None)
        return
    for header, following in zip(sheet.headers, (*sheet.headers[1:], None), strict=True):
        yield _Zone(header.last + 1, following.first if following else len(sheet.rows), header)


def _in_zone(  # noqa: PLR0912 - one row after the other
    text: AnnotatedText, sheet: Sheet, days: Sequence[DateMention], zone: _Zone
) -> Iterator[PricedLine]:
    first, last, header = zone
    found: PricedLine | None = None
    roles = {
        f.row: f
        for f in sheet.figures
        if not charges_of_a_day(sheet.rows[f.row], f)
        and (f.sure >= STRONG or _says_total(text, f))
        and not QUANTITY_SAID.search(text.text[slice(*f.label)])
    }
    told = told_rows(text)
    pending: int | None = None
    begun: int | None = None  # the row on which the words of what is pending begin
    opened = False  # what is pending is the first line of the next line's description
    column: PricedLine | None = None  # the first of rows that say no more than a day and a price, below what it was for
    # a row that is only a date heads the lines below, or the whole table
    over = text.once("days over tables", lambda: _days_over_tables(text, sheet, days))
    day = over.get(header.first) if header else None
    for index in (n for n in range(first, last) if n not in sheet.counting):
        row, amounts = sheet.rows[index], sheet.amounts[index]
        if not amounts and _names_days(row):
            continue
        if index in roles or index in told:
            pending = None
            if found is not None and not (header is not None and _dated(row, days)):
                day = None
            continue
        if header and not amounts:
            amounts = _under_amount(text, row, header)
        if not amounts:
            if header and opens_next(sheet, index, header):
                pending, opened = index, True
            elif header and found and _goes_on(found, sheet, index, header):
                found = _longer(found, row)
            elif is_only_days(row, days) or _VISIT.match(row.text):
                day = _heading_day(text, row, days) or day
            elif may_describe(row) and not (pending is not None and _tells_more(row)):
                day = _day_over(text, sheet, pending, days) or day
                begun = begun if pending is not None and is_set_in(sheet, pending, index) else index
                pending = index
            continue
        above = joined(sheet, begun, pending) if pending is not None and index - pending <= 3 else None
        bare = header is None and _is_bare(text, row, amounts, days)
        again = found if _said_again(text, row, amounts) else column if bare and above is None else None
        if bare and above is not None and index + 1 < last and _is_bare(text, *_row_of(sheet, index + 1), days):
            above = above._replace(text=_COUNT_OF.sub("", above.text))  # "6 x training" over each of six days
        priced = _Priced(index, amounts, header, above if again is None else _as_above(again, row), opened)
        line = _again(again, _line(text, sheet, days, priced), row)
        pending, opened = None, False
        column = (column or line) if bare and line is not None else column if _dated_within(days, row) else None
        if line is not None:
            if found is not None:
                yield found
            found = line if line.day or day is None else replace(line, day=day)
    if found is not None:
        yield found


_DITTO = re.compile(
    r"[\W_]*(?:(?:\"|”|“|″|''|’’|〃|,,|do\.?|ditto|same|idem|as above|same as above|the same|"
    r"same service|same thing|same again|again|repeat)[\W_]*)+",
    re.IGNORECASE,
)
"""What stands on a line in place of what the line above says."""


def _said_again(text: AnnotatedText, row: Row, amounts: Sequence[Amount]) -> bool:
    """Whether a row's words only say that it is what the row above is."""
    words = row.text[: amounts[0].start - row.start]
    for day in bill_days(text):
        if row.start <= day.start < amounts[0].start:
            words = words.replace(text.text[day.start : day.end], " ", 1)
    rest = _COUNTED_AGAIN.sub(" ", words).strip()
    return bool(_DITTO.fullmatch(rest)) or (
        not rest and bool(_PRODUCT.search(row.text)) and _dated(row, bill_days(text))
    )  # "Nov 2 2023   1 x 95.00" below a line that says what it was


_COUNTED_AGAIN = re.compile(r"(?<!\S)\d{1,2}(?:\s?[x×])?(?!\S)|[$€£]|@")
_SPAN_OF_TIME = r"(?:wks?|weeks?|mos?|mths?|months?|days?|nights?|hours?|hrs?|yrs?|years?|min(?:ute)?s?)"
_BARE = re.compile(
    rf"[\W_]*(?:(?:(?:at )?\d{{1,2}}(?:[:.]\d\d)?\s?[ap]\.?m\b\.?|\d{{1,2}}[:.]\d\d|"
    rf"\d{{1,3}}\s?(?:[x×]|{_SPAN_OF_TIME}\b)?|{WEEKDAY_BEGUN}\b)[\W_]*)*",
    re.IGNORECASE,
)


def _row_of(sheet: Sheet, index: int) -> tuple[Row, Sequence[Amount]]:
    return sheet.rows[index], sheet.amounts[index]


def _is_bare(text: AnnotatedText, row: Row, amounts: Sequence[Amount], days: Sequence[DateMention]) -> bool:
    """Whether a row says no more than a day of service, perhaps the time and how long, and a price: one of a column of
    days below what they were for."""
    day = _day_in(days, row)
    if len(amounts) != 1 or day is None or day.start > amounts[0].start:
        return False
    rest = text.text[row.start : day.start] + " " + text.text[day.end : amounts[0].start]
    behind = text.text[amounts[0].end : row.end]
    return bool(_BARE.fullmatch(rest)) and not letters(behind) and role_of(text, day) in (None, "plain", "service_date")


def _dated_within(days: Sequence[DateMention], row: Row) -> bool:
    return _day_in(days, row) is not None


def _as_above(item: PricedLine, row: Row) -> Above:
    start, end = item.spans[0]
    return Above(item.description, start, end, row.page, row.box.left)


def _again(item: PricedLine | None, line: PricedLine | None, row: Row) -> PricedLine | None:
    """A line with the words and the code of the one above, where it only says that it is the same."""
    if line is None or item is None:
        return line
    here = ((row.start, row.end),)
    return replace(
        line,
        description=item.description,
        code=line.code or item.code,
        code_span=line.code_span or item.code_span,
        spans=here,
        own_marks=line.own_marks or item.own_marks,
    )


def _told_below(item: PricedLine, row: Row) -> PricedLine:
    """The item with what the row below adds: its code ("CPT: 99214"), or its price of one.

    "$18.00 each" is one where quantity times that is the item's amount.
    """
    coded = _ONLY_CODE.fullmatch(row.text)
    if coded is not None and item.code is None:
        span = (row.start + coded.start("code"), row.start + coded.end("code"))
        return replace(item, code=coded["code"], code_span=span, own_marks=True)
    if _ONLY_RX.fullmatch(item.description) and may_describe(row) and not amounts_in(row.text):
        return replace(item, description=cleaned(row.text), spans=(*item.spans, (row.start, row.end)))
    match = _ONE_COSTS.fullmatch(row.text)
    if match is None or not item.quantity or item.unit_price is not None:
        return item
    price = Decimal(match["price"])
    return replace(item, unit_price=price) if price * int(item.quantity) == item.amount.value else item


def _heading_day(text: AnnotatedText, row: Row, days: Sequence[DateMention]) -> DateMention | None:
    """The only date of a row, if no label beside or above it says that it is another day than that of a service."""
    here = [day for day in days if row.start <= day.start < row.end]
    if len(here) != 1 or role_of(text, here[0]) not in (None, "plain", "service_date"):
        return None
    return here[0]


def _days_over_tables(text: AnnotatedText, sheet: Sheet, days: Sequence[DateMention]) -> Mapping[int, DateMention]:
    """The day that stands alone over each of several tables which have no column of days, by the row of its heading:
    a notice that tells claim after claim."""
    found: dict[int, DateMention] = {}
    if len(sheet.headers) < _TABLES or any(header.has("date") for header in sheet.headers):
        return found
    for header in sheet.headers:
        for index in range(header.first - 1, max(-1, header.first - 1 - _HEAD_OF_A_CLAIM), -1):
            row = sheet.rows[index]
            if sheet.amounts[index] or row.page is not sheet.rows[header.first].page:
                break
            if (day := _day_of_a_claim(text, row, days)) is not None:
                found[header.first] = day
                break
    return found if len(found) == len(sheet.headers) else {}


def _day_of_a_claim(text: AnnotatedText, row: Row, days: Sequence[DateMention]) -> DateMention | None:
    """The day alone on a row, or the one of a row that is said to be that of the service, from it to the same day."""
    if is_only_days(row, days):
        return _heading_day(text, row, days)
    served = [d for d in days if row.start <= d.start < row.end and role_of(text, d) == "service_date"]
    return served[0] if len({day.iso for day in served}) == 1 else None


_TABLES: Final = 2
_HEAD_OF_A_CLAIM: Final = 6  # rows from its day to its heading


def _day_over(text: AnnotatedText, sheet: Sheet, index: int | None, days: Sequence[DateMention]) -> DateMention | None:
    """The day, and whose it was, that a row over the words of a line opens with: "01/22/24  KIERAN NAIDOO"."""
    row = sheet.rows[index] if index is not None else None
    return _heading_day(text, row, days) if row is not None and _dated(row, days) else None


def _says_total(text: AnnotatedText, figure: Figure) -> bool:
    """ "Total Facture": no known label, but no item either."""
    return text.text[slice(*figure.label)].lower().startswith("total")


def _dated(row: Row, days: Sequence[DateMention]) -> bool:
    """A row that opens with a date: an entry of a ledger, though it be a payment."""
    return any(day.start == row.start for day in days)


def _day_in(days: Sequence[DateMention], row: Row) -> DateMention | None:
    return next((day for day in days if row.start <= day.start < row.end), None)


class _Priced(NamedTuple):
    row: int
    amounts: Sequence[Amount]
    header: Header | None
    above: Above | None  # a row without amounts that may describe what this one prices
    opened: bool  # and whose description goes on beside the amounts


def _tells_more(row: Row) -> bool:
    """Whether a row has no name of its own: a stock number, a make, who sells it."""
    return is_stock_number(row.text) or tells_of_goods(row.text)


_TOOK_PLACE = re.compile(
    r"\A\s*\t\W*(?:attended|checked[ -]?in|completed?|present|confirmed|done|held|kept|showed|arrived|seen|fulfilled|"
    r"used|redeemed|paid(?: in full)?|settled|posted|approved|active|delivered|shipped|picked up|in[ -]person|virtual|"
    r"online|on[ -]site)\W*\Z",
    re.IGNORECASE,
)
"""How a line stands, in a cell of its own behind its price: that the session was held, or paid."""


def _tells_prices(row: Row, amounts: Sequence[Amount]) -> bool:
    """Words before, between and behind all amounts: "Drop-in $22 - New student month $59 - ask us!" below a table."""
    ends = [row.start, *(amount.end for amount in amounts)]
    starts = [*(amount.start for amount in amounts), row.end]
    return all(letters(row.text[a - row.start : b - row.start]) > 4 for a, b in zip(ends, starts, strict=True))


def _line(text: AnnotatedText, sheet: Sheet, days: Sequence[DateMention], priced: _Priced) -> PricedLine | None:
    index, amounts, header, _, _ = priced
    row = sheet.rows[index]
    behind = letters(_TOOK_PLACE.sub("", text.text[amounts[-1].end : row.end]))
    if behind > 4 and (header is None or (behind > 12 and len(row.cells) == 1)):
        return None
    if header is not None and len(row.cells) == 1 and len(amounts) > 1 and _tells_prices(row, amounts):
        return None
    amount, unit = _price(amounts, _columns_of(text, sheet, header, index, amounts))
    if amount is None:
        return None
    undescribed = header is not None and len(header.columns) > 2 and not header.has("description")
    if header is not None and (len(header.columns) > 3 or undescribed) and len(row.cells) <= 2 and len(amounts) == 1:
        header = None  # words and one amount: whatever stands above the words does not head them
    amount = _dashed(text, row, amount)
    day = _own_day(text, days, row, priced.header)
    upper = words_over(text, sheet, index) if priced.header is not None else None
    coded = priced.header is not None and priced.header.has("code")
    parts = LineWords(text, row, amounts, day, header, coded=coded, amount=amount)
    if upper is not None and parts.description[:1].islower() and day is None and parts.code is None:
        priced, day = priced._replace(above=upper, opened=True), day or _day_in(days, sheet.rows[index - 1])
        if (written := written_code(text, sheet.rows[index - 1].start, upper.start)) is not None:
            parts.code, parts.code_span = written.code, written.span
    more = priced.above is not None and tells_of_goods(text.text[row.start : amounts[0].start])
    if _DITTO.fullmatch(parts.description) or more:
        parts.description = ""
    worded = _worded(parts, row, day, priced)
    if worded is None:
        return None
    description, spans, day = worded
    description = without_thanks(description)
    called_total = amount.whole and re.match(r"(?:\d{1,2}\W+)?total\b", description, re.IGNORECASE)
    if (
        called_total
        or (NOT_DESCRIPTION.search(description) and not header)
        or (says_nothing(description) and not (_is_of_notice(text, row, day) and not description))
    ):
        return None
    quantity = parts.quantity or _times(text, row, amounts[0])
    if unit is None and quantity and quantity > 1 and amounts[-1].cents == amount.cents * quantity:
        amount, unit = amounts[-1], amount  # whatever heads the last column: so many at that price come to it
    unit = unit or _unit(amounts, amount, quantity)
    if quantity is None and unit is not None:
        quantity = _part_of_one(amounts, amount, unit) or _by_division(
            row, amounts, amount, unit, counted=header is not None and header.has("quantity")
        )
    price = abs(unit.value) if unit is not None else parts.unit_price
    if price is None and quantity == 1 and _times(text, row, amount):
        price = abs(amount.value)  # "1 x 138.60"
    return PricedLine(
        description=description,
        amount=amount,
        quantity=quantity,
        unit_price=price,
        day=day,
        code=parts.code,
        code_span=parts.code_span,
        spans=spans,
        row=index,
        sure=_sureness(header, amount, unit, quantity, description),
        person=parts.person,
        leading=parts.leading,
        own_marks=bool(parts.code or price is not None or (day is not None and day.start == row.start)),
    )


def _is_of_notice(text: AnnotatedText, row: Row, day: DateMention | None) -> bool:
    """Of a plan's notice a day and its sums are a line, though nothing says what was done."""
    return text.kind[0] == "eob" and day is not None and day.start == row.start


def _own_day(text: AnnotatedText, days: Sequence[DateMention], row: Row, header: Header | None) -> DateMention | None:
    """The day of a row: where it has several, that under the heading of services, not that of posting."""
    here = [d for d in days if row.start <= d.start < row.end]
    served = [c for c in header.columns if _SERVED.search(text.text[c.start : c.end])] if header and here[1:] else []
    dated = [c for c in header.columns if c.holds == "date"] if header and served else []
    if len(dated) == len(here) and sum(c in served for c in dated) == 1:
        return next(day for day, column in zip(here, dated, strict=True) if column in served)
    for day in here if served else ():
        box = span_box(text, day.start, day.end)
        if any(abs(c.left - box.left) < _ASKEW for c in served):
            return day
    return here[0] if here else None


_SERVED = re.compile(r"\b(?:services?|svc|visit|session|treat\w*|perform\w*|given|seen)\b|\bd\.?o\.?s\b", re.IGNORECASE)
_ASKEW: Final = 0.02  # of the page's width


def _dashed(text: AnnotatedText, row: Row, amount: Amount) -> Amount:
    """ "Jan 6: training - $75": a dash with room on both sides parts words from their price, and takes nothing away."""
    dash = re.match(r"[-–—] ", text.text[amount.start : amount.end])
    words = text.text[row.start : amount.start]
    if dash is None or not re.search(r"[\w).] $", words) or _GIVES_BACK.search(words) or hinted(words) is not None:
        return amount
    return replace(amount, start=amount.start + dash.end(), value=abs(amount.value))


def _worded(
    parts: LineWords, row: Row, day: DateMention | None, priced: _Priced
) -> tuple[str, tuple[tuple[int, int], ...], DateMention | None] | None:
    """The description of a row with a price, where it stands and its day; None where nothing describes it."""
    above, here = priced.above, (row.start, row.end)
    if above is not None and letters(parts.description) >= 3:
        begun = _begun(parts, priced, day, above)
        if begun is not None or priced.opened:
            words, first = begun or (above.text, day)
            return cleaned(f"{words} {parts.description}"), ((above.start, above.end), here), first
    dated = day is not None and day.start == row.start  # "Feb 3   PT 60", "83036 A1c"
    least = 2 if dated or (parts.code and re.search(r"[A-Za-z]\d", parts.description)) else 3
    rest = _MONTHS.sub(" ", parts.description) if day is not None else parts.description
    counts = above is not None and parts.quantity and _ONLY_COUNTS.fullmatch(" ".join(rest.split()))
    if (
        letters(parts.description) >= least
        and not counts
        and not (parts.code and _POINTERS.fullmatch(parts.description))
    ):
        return parts.description, (here,), day
    if above is not None and parts.code and (above.text.isupper() or _SAYS_NOTHING.fullmatch(above.text)):
        above = None  # "CHARGES" heads a list of codes
    if above is not None and above.page is row.page:
        if parts.quantity is None and (counted := _COUNT_OF.match(above.text)):
            parts.quantity = number_of(counted["count"])
        if parts.quantity is None and (counted := _COUNT_BEHIND.search(above.text)):
            parts.quantity = number_of(counted["count"])
            above = above._replace(text=above.text[: counted.start()])  # "Seat cushion x 2" over "Graphite  $68.00"
        meaning = meaning_of(above.text)
        if meaning is not None and meaning.sure >= STRONG and not meaning.composed:
            return None  # "Deposit received" over its day and its amount
        day = day or next((d for d in bill_days(parts.text) if above.start <= d.start < above.end), None)
        return cleaned(_COUNT_OF.sub("", _without_code(parts, above))), ((above.start, above.end), here), day
    if parts.code or (day is not None and (priced.header is not None or parts.quantity or _PRODUCT.search(row.text))):
        return parts.code or "", (here,), day
    return None


def _begun(
    parts: LineWords, priced: _Priced, day: DateMention | None, above: Above
) -> tuple[str, DateMention | None] | None:
    """What the row above says of a line that it begins: with a day, a count or a code, which the row set in below it
    lacks, or with words that are not at their end."""
    rows = sheet_of(parts.text).rows
    row = rows[priced.row]
    if above.page is not row.page or day is not None or parts.code is not None or rows[priced.row - 1].end != above.end:
        return None
    counted = _COUNTS.match(above.text) if parts.quantity is None else None
    if counted is not None:
        above = above._replace(text=above.text[counted.end() :], start=above.start + counted.end())
    words = above.text
    first = next((d for d in bill_days(parts.text) if d.start == above.start), None)
    written = written_code(parts.text, above.start, above.end)
    coded = written is not None and written.cover[0] == above.start
    set_in = row.box.left >= above.left + 0.01
    unfinished = _UNFINISHED.search(words) or words.count("(") > words.count(")")
    goes_on = bool(unfinished) and (set_in or parts.description[:1].islower())
    opens = set_in and (first is not None or coded)
    meaning = meaning_of(words)
    if not opens and (not goes_on or (meaning is not None and not meaning.composed)):
        return None
    words = _without_code(parts, above)
    parts.quantity = number_of(counted["count"]) if counted is not None else parts.quantity
    return (words.replace(parts.text.text[first.start : first.end], "", 1) if first else words), first


_UNFINISHED = re.compile(
    r"(?:[,&+/–—]|[a-z]-|\s-|\b(?:and|with|for|of|w/|or|plus|incl\.?|including|per|to|the|a|an|y|con|de|para))\s*$",
    re.IGNORECASE,
)
"""Words after which more must come."""
_COUNTS = re.compile(r"\s*(?P<count>\d{1,2})(?:\s?(?:[x×]|ea\.?|pcs?\.?|pr\.?)(?=\s)|(?=\s))\s+(?=[A-Z\d])")


def _without_code(parts: LineWords, above: Above) -> str:
    """The words above a price but for the code that they write, which is the line's."""
    written = written_code(parts.text, above.start, above.end) if parts.code is None else None
    if written is None:
        return above.text
    parts.code, parts.code_span = written.code, written.span
    first, last = (place - above.start for place in written.cover)
    return f"{above.text[:first]} {above.text[last:]}"


def _unit(amounts: Sequence[Amount], amount: Amount, quantity: float | None) -> Amount | None:
    """The amount beside that the quantity multiplies to a line's amount, one misread digit aside."""
    if not quantity or len(amounts) < 2:
        return None
    for other in amounts:
        if other is not amount and other.cents * quantity == amount.cents:
            return other
    first = amounts[0]
    return first if first is not amount and first.value * int(quantity) in other_readings(amount) else None


def _columns_of(
    text: AnnotatedText, sheet: Sheet, header: Header | None, index: int, amounts: Sequence[Amount]
) -> list[Column | None]:
    if header is None:
        return [None] * len(amounts)
    columns = sheet.columns_of(text, header, index, amounts)
    if columns == ["aside"] and len(sheet.rows[index].cells) <= 2:
        return ["amount"]  # words and one amount: no row of the table, whatever stands above it
    return columns


def _by_division(row: Row, amounts: Sequence[Amount], amount: Amount, unit: Amount, *, counted: bool) -> float | None:
    """How many go into a line's amount at the price of one, where that number is printed, if only run together with an
    amount ("1 120.00"), or where the table counts and the number was lost ("T" for 1)."""
    if unit.cents <= 0 or amount.cents % unit.cents:
        return None
    count = abs(amount.cents) // unit.cents
    if not 0 < count < 100:
        return None
    words = [row.text[max(0, a.start - row.start - 5) : a.start - row.start] for a in amounts]
    beside = any(re.search(rf"(?:^|\s){count}\s*$", before) for before in words)
    return count if counted or beside else None


def _part_of_one(amounts: Sequence[Amount], amount: Amount, unit: Amount) -> float | None:
    """ "0.75   80.00   60.00": a quantity with two decimals looks like money, but multiplies."""
    parts = (a for a in amounts if a is not amount and a is not unit and a.currency is None)
    return next((number_of(str(a.value)) for a in parts if a.value > 0 and a.value * unit.value == amount.value), None)


def _times(text: AnnotatedText, row: Row, first: Amount) -> float | None:
    """ "2 @ 34.75": the number right before a price."""
    match = re.search(r"(?<![\w.,])(\d{1,3})\s?(?:x|X|×|@|\*)[.,]?\s*$", text.text[row.start : first.start])
    return number_of(match.group(1)) if match else None


def _sureness(
    header: Header | None, amount: Amount, unit: Amount | None, quantity: float | None, description: str
) -> float:
    sure = 0.9 if header else 0.8
    if unit is not None and quantity and unit.cents * quantity != abs(amount.cents):
        sure -= 0.15
    if unit is not None and quantity and unit.cents * quantity == abs(amount.cents):
        sure += 0.05
    if amount.mended or letters(description) < 3:
        sure -= 0.15
    return sure


def _price(amounts: Sequence[Amount], columns: Sequence[str | None]) -> tuple[Amount | None, Amount | None]:
    """The amount of a line and the price of one, by their columns, else the last and, if it fits, the one before."""
    by = dict(zip(columns, amounts, strict=True))
    if "amount" in by:
        return by["amount"], by.get("unit_price")
    if "unit_price" in by:
        return by["unit_price"], None
    for column in ("patient", "paid", "insurance", "balance"):
        if column in by and len(amounts) == 1:
            return (by[column], None) if column != "insurance" else (None, None)
    return (amounts[-1], None) if None in columns else (None, None)


_MONTHS = re.compile(rf"\b{MONTH_BEGUN}\b|[&,+]|\band\b", re.IGNORECASE)
_ONLY_COUNTS = re.compile(
    r"(?:(?:at|for|of|x)\W+)?\(?\d{1,3}\)? (?:spots?|places?|seats?|people|persons?|heads|kids|tickets?|units?|"
    r"pieces?|pcs|sessions?|visits?|lessons?|class(?:es)?|times|days|weeks|months|hours|hrs|pairs?|box(?:es)?|bottles?|packs?|ea|each|"
    r"rolls?|sets?|bags?|tubes?|count)|qty|quantity|count|how many|units?|pieces?|pcs|"
    r"wks?|weeks?|mos?|mths?|months?|days?|nights?|hours?|hrs?|yrs?|years?",
    re.IGNORECASE,
)
"""How many of what the row above names: "3 spots @ 12.45", "Quantity 4 x $11.50"."""
_ONLY_CODE = re.compile(
    r"\W*(?:(?:CPT|HCPCS|CDT|procedure)(?:[ /]\w+)?(?: code)?|code)\W+(?P<code>\d{5}|[A-V]\d{4})"
    r"(?:[- ]\w\d|[- ][A-Z]{2})?\W*",
    re.IGNORECASE,
)
_ONLY_RX = re.compile(r"\W*Rx\W*(?:no\W*)?\d[\d-]+(?:\W+[A-Z]{1,2})?\W*", re.IGNORECASE)
"""A prescription's number, where the drug stands on the next line."""
_ONE_COSTS = re.compile(r"\W*(?P<price>\d{1,5}(?:\.\d\d)?) ?(?:each|ea\.?|apiece|per [a-z]+|/ ?[a-z]+)\W*", re.I)
_VISIT = re.compile(r"\W*(?:visit|session|appointment|seen|all|everything|each)(?: on| of)? \d", re.I)
"""What heads the lines of one day with more than its date: "Visit 04/02/2025 - Dr. Amy Sloan"."""
_POINTERS = re.compile(r"[A-L]{1,4}(?:[ ,]+[A-L])*")
"""To the diagnoses of a claim: "ABD"."""
_COUNT_BEHIND = re.compile(r"[\s,;:–—-]+(?:[x×]\s?|(?:qty|quantity)\W{1,3})(?P<count>\d{1,2})\W*$", re.IGNORECASE)
_COUNT_OF = re.compile(r"\s*(?P<count>\d{1,3})\s?(?:of:|[x×](?=\s))\s*", re.IGNORECASE)


def _under_amount(text: AnnotatedText, row: Row, header: Header) -> tuple[Amount, ...]:
    """Amounts without decimals: bare numbers that stand under a heading for money."""
    if _PAGE_MARK.search(row.text):
        return ()
    bare = amounts_in(row.text, row.start, whole=True)
    found = []
    for amount in bare:
        box = span_box(text, amount.start, amount.end)
        if row.end - amount.end < 3 and header.of_number(box.left, box.right) in ("amount", "unit_price"):
            found.append(amount)
    return tuple(found) if letters(row.text) >= 3 else ()


_PAGE_MARK = re.compile(
    r"\b(?:page|pg|sheet|seite)\b\W{0,3}(?:no\W{1,2})?\d{1,3}(?:\W{0,2}(?:of|/)?\W{0,2}\d{1,3})?\W*$", re.I
)


def _goes_on(item: PricedLine, sheet: Sheet, index: int, header: Header) -> bool:
    """A row without amounts right under an item, starting where its description starts."""
    row, above = sheet.rows[index], sheet.rows[index - 1]
    if (
        row.page is not above.page
        or index - item.row > 3
        or row.box.top - above.box.top > 1.6 * max(row.height, above.height)
    ):
        return False
    return bool(item.description) and describes_only(row, header) and not _ONLY_CODE.fullmatch(row.text)


def _names_days(row: Row) -> bool:
    """A row that only tells on which days the line above was given: "(held May 22, 24, 28 and 30)"."""
    return bool(_DAYS_TOLD.fullmatch(row.text)) and len(_DAY_TOLD.findall(row.text)) > 1


_DAYS_TOLD = re.compile(
    rf"\W*(?:(?:held|given|done|seen|visits?|sessions?|dates?|days|attended|used|taken|classes|services?|treatments?|"
    rf"delivered|completed|for|on|of|dos|the|were|was)\W+)+(?:(?:{MONTH_BEGUN}|and|to|thru|through)\W*|"
    rf"(?<!\d)\d{{1,4}}(?:st|nd|rd|th)?(?!\d)\W*)+",
    re.IGNORECASE,
)
_DAY_TOLD = re.compile(r"(?<![\d/.-])\d{1,2}(?:st|nd|rd|th)?(?:[/.-]\d{1,4}){0,2}(?![\d/.-])")


def _longer(item: PricedLine, row: Row) -> PricedLine:
    return replace(
        item,
        description=cleaned(f"{item.description} {row.text}"),
        spans=(*item.spans, (row.start, row.end)),
    )
