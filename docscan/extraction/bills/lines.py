"""The priced lines of a bill: what their rows say was sold or done, when, how many and for how much.

Read by columns where the table has headings, by the order of things on the line where it has none. A description may
stand on the line above its amounts or go on below. Which of the lines are sums of the others is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from docscan.document import Page
from docscan.extraction.bills.billing import is_clinical
from docscan.extraction.bills.dates import bill_days, role_of
from docscan.extraction.bills.figures import STRONG, Figure, Sheet, sheet_of
from docscan.extraction.bills.money import Amount, amounts_in, other_readings
from docscan.extraction.bills.rows import Piece, Row, span_box
from docscan.extraction.bills.tables import Column, Header
from docscan.extraction.dates.dates import DateMention
from docscan.extraction.text.month_names import MONTH_BEGUN
from docscan.reference import procedure_codes

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

CODE = re.compile(
    r"(?<![\w.$#/-])(?P<code>\d{5}|\d{4}[AFMTU]|[A-CE-HJ-MP-V]\d{4}|D\d{4})"
    r"(?:[-–: ](?P<mod>[A-Z]{2}|\d{2}|X[EPSU])|[A-Z]{2})?(?![\w/]|[.,]\d)"
)
_TIMES = re.compile(
    r"(?<=[a-z)])\s[x×]\s?(?P<after>\d{1,2})$|"
    r"(?<![\w.])(?P<count>\d{1,3})\s?(?:x|X|×|@|\*)[.,]?\s?(?=[$€£RU\d]|$)"
    r"|(?<![\w.])(?P<each>\d{1,3})\s?(?:ea|EA|pcs|PCS|unit|UNIT|UNITS|units)\b"
)
_LEADING = re.compile(r"^\s*(?P<count>\d{1,3})\s*(?:x|X|×|\))?\s+(?=[A-Za-z(\"'*&])")
_DIAGNOSIS = re.compile(r"[A-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}")
_COUNTED = re.compile(r"\s*(?:[A-Za-z-]+\s){0,2}(?:sessions?|visits?|classes|lessons?|pack)\b", re.IGNORECASE)
_TIME_LONG = re.compile(r"[\s-]*(?:minutes?|mins?|hours?|hrs?|months?|weeks?|days?|years?)\b", re.IGNORECASE)
_PRINTED_CODE = re.compile(
    r"\((?:CPT[:# ]*)?(?P<code>\d{5})(?: ?[x×] ?\d{1,2})?\)|\b(?:CPT|HCPCS)[:# ]*(?P<said>\d{5}|[A-Z]\d{4})\b"
)
_TIME_OF_DAY = re.compile(
    r"^\W*\d{1,2}(?::\d\d\s?(?:[ap]\.?m\b\.?|[ap]\b)?|\s?[ap]\.?m\b\.?)"
    r"(?:\s?[-–]\s?\d{1,2}:\d\d\s?(?:[ap]\.?m\b\.?)?)?\s*",
    re.IGNORECASE,
)
_PRODUCT = re.compile(r"\d\s?[x×@]\s?[$£€]?\d")
_NUMBER = re.compile(r"\d{1,4}(?:\.\d)?")
_ONE = re.compile(r"[Il|!i]")
"""How OCR sees a 1 that stands alone."""
_FLAG = re.compile(r"[A-Z]{1,2}|[*.·]")
"""A till's mark of what is taxed or eligible, or what OCR saw where a number stood, in a cell of its own."""
_NOT_DESCRIBING = frozenset(("provider", "aside", "diagnosis", "code", "duration", "date"))
_TRAILING = re.compile(r"(?<![\w.$-])(?P<count>\d{1,3})\s*$")
_QUANTITY_SAID = re.compile(r"\b(?:qty|quantity)\b\.?:?\s*(?P<count>\d{1,3})\b", re.IGNORECASE)
_FEE = re.compile(
    r"\b(?:missed|no[- ]?show|(?:late )?cancel\w*)\b.{0,30}\b(?:fee|charge)|"
    r"\bfee\b.{0,12}\b(?:no[- ]?show|missed)",
    re.IGNORECASE,
)
_GIVES_BACK = re.compile(
    r"\b(?:refund\w*|return(?:ed|s)?|reversal|reversed|credit(?:ed)?|void(?:ed)?)\b", re.IGNORECASE
)
_SAYS_NOTHING = frozenset(("amount", "sum", "price", "charge", "charges", "total", "cost", "usd", "rm"))
_LABELLED = re.compile(r"(?!\s*\d+ of:)\s*[\w /#.]{2,25}:\s")
NOT_DESCRIPTION = re.compile(
    r"\b(?:gst (?:id|no|reg)|reg(?:istration)? no|invoice (?:no|date|#)|receipt (?:no|#)|cashier|www\.|http|thank you|"
    r"approval|auth(?:orization)? code|terminal|merchant id|member id|account (?:no|number|#)|"
    r"ref(?:erence)? (?:no|#))\b|"
    r"\b(?:tel|phone|fax|date|time|table)\b(?=\W*(?:[:#]|\d|$))",
    re.IGNORECASE,
)


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
    for zone in _zones(sheet):
        yield from _in_zone(text, sheet, days, zone)


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


def _in_zone(text: AnnotatedText, sheet: Sheet, days: Sequence[DateMention], zone: _Zone) -> Iterator[PricedLine]:
    first, last, header = zone
    found: PricedLine | None = None
    roles = {
        f.row: f
        for f in sheet.figures
        if (f.sure >= STRONG or _says_total(text, f)) and not _QUANTITY_SAID.search(text.text[slice(*f.label)])
    }
    pending: int | None = None
    begun: int | None = None  # the row on which the words of what is pending begin
    opened = False  # what is pending is the first line of the next line's description
    day: DateMention | None = None  # a row that is only a date heads the lines below
    for index in range(first, last):
        row, amounts = sheet.rows[index], sheet.amounts[index]
        if index in roles:
            pending = None
            if found is not None and not (header is not None and _dated(row, days)):
                day = None
            continue
        if header and not amounts:
            amounts = _under_amount(text, row, header)
        if not amounts:
            if header and _opens_next(sheet, index, header):
                pending, opened = index, True
            elif header and found and _goes_on(found, sheet, index, header):
                found = _longer(found, row)
            elif _only_days(row, days):
                day = _heading_day(text, row, days) or day
            elif _may_describe(row):
                begun = begun if pending is not None and _indented(sheet, pending, index) else index
                pending = index
            continue
        above = _joined(sheet, begun, pending) if pending is not None and index - pending <= 3 else None
        line = _line(text, sheet, days, _Priced(index, amounts, header, above, opened))
        pending, opened = None, False
        if line is not None:
            if found is not None:
                yield found
            found = line if line.day or day is None else replace(line, day=day)
    if found is not None:
        yield found


def _heading_day(text: AnnotatedText, row: Row, days: Sequence[DateMention]) -> DateMention | None:
    """The only date of a row, if no label beside or above it says that it is another day than that of a service."""
    here = [day for day in days if row.start <= day.start < row.end]
    if len(here) != 1 or role_of(text, here[0]) not in (None, "plain", "service_date"):
        return None
    return here[0]


def _says_total(text: AnnotatedText, figure: Figure) -> bool:
    """ "Total Facture": no known label, but no item either."""
    return text.text[slice(*figure.label)].lower().startswith("total")


def _dated(row: Row, days: Sequence[DateMention]) -> bool:
    """A row that opens with a date: an entry of a ledger, though it be a payment."""
    return any(day.start == row.start for day in days)


class Above(NamedTuple):
    """Rows without amounts that may describe what stands below them."""

    text: str
    start: int
    end: int
    page: Page


def _continued(text: AnnotatedText, sheet: Sheet, index: int) -> Above | None:
    """The words over a row's first cell, right above and starting where it starts, if nothing is priced there."""
    if (
        not index
        or sheet.amounts[index - 1]
        or any(h.first < index <= h.last + 1 for h in sheet.headers)
        or sheet.rows[index - 1].page is not sheet.rows[index].page
    ):
        return None
    row, upper = sheet.rows[index], sheet.rows[index - 1]
    if row.box.top - upper.box.top > 2.2 * max(row.height, upper.height):
        return None
    for cell in upper.cells:
        if (
            abs(cell.box.left - row.cells[0].box.left) < 0.01
            and letters(cell.text) >= 3
            and cell.text[-1] not in ":.!?"
        ):
            return Above(text.text[cell.start : upper.end], cell.start, upper.end, upper.page)
    return None


def _day_in(days: Sequence[DateMention], row: Row) -> DateMention | None:
    return next((day for day in days if row.start <= day.start < row.end), None)


def _joined(sheet: Sheet, begun: int | None, last: int) -> Above:
    rows = sheet.rows[last if begun is None else begun : last + 1]
    return Above(" ".join(row.text for row in rows), rows[0].start, rows[-1].end, rows[-1].page)


def _indented(sheet: Sheet, above: int, index: int) -> bool:
    """The next row of a description: right below and set in from it."""
    upper, row = sheet.rows[above], sheet.rows[index]
    return (
        index == above + 1
        and upper.page is row.page
        and row.box.left > upper.box.left + 0.01
        and row.box.top - upper.box.top < 2.2 * max(row.height, upper.height)
        and len(row.cells) == len(upper.cells) == 1
    )


class _Priced(NamedTuple):
    row: int
    amounts: Sequence[Amount]
    header: Header | None
    above: Above | None  # a row without amounts that may describe what this one prices
    opened: bool  # and whose description goes on beside the amounts


def _line(text: AnnotatedText, sheet: Sheet, days: Sequence[DateMention], priced: _Priced) -> PricedLine | None:
    index, amounts, header, _, _ = priced
    row = sheet.rows[index]
    if header is None and letters(text.text[amounts[-1].end : row.end]) > 4:
        return None
    amount, unit = _price(amounts, _columns_of(text, sheet, header, index, amounts))
    if amount is None:
        return None
    if header is not None and len(header.columns) > 3 and len(row.cells) == 2 and len(amounts) == 1:
        header = None  # words and one amount: whatever stands above the words does not head them
    day = next((d for d in days if row.start <= d.start < row.end), None)
    upper = _continued(text, sheet, index) if priced.header is not None else None
    parts = _Parts(text, row, amounts, day, header, coded=priced.header is not None and priced.header.has("code"))
    if upper is not None and parts.description[:1].islower() and day is None and parts.code is None:
        priced, day = priced._replace(above=upper, opened=True), day or _day_in(days, sheet.rows[index - 1])
    worded = _worded(parts, row, days, day, priced)
    if worded is None:
        return None
    description, spans, day = worded
    if amount.whole and description.lower().startswith("total"):
        return None
    if (NOT_DESCRIPTION.search(description) and not header) or description.lower().strip(" :") in _SAYS_NOTHING:
        return None
    quantity = parts.quantity or _times(text, row, amounts[0])
    unit = unit or _unit(amounts, amount, quantity)
    if quantity is None and unit is not None:
        quantity = _by_division(row, amounts, amount, unit, counted=header is not None and header.has("quantity"))
    return PricedLine(
        description=description,
        amount=amount,
        quantity=quantity,
        unit_price=abs(unit.value) if unit is not None else None,
        day=day,
        code=parts.code,
        code_span=parts.code_span,
        spans=spans,
        row=index,
        sure=_sureness(header, amount, unit, quantity, description),
        person=parts.person,
        leading=parts.leading,
        own_marks=bool(parts.code or unit is not None or (day is not None and day.start == row.start)),
    )


def _worded(
    parts: _Parts, row: Row, days: Sequence[DateMention], day: DateMention | None, priced: _Priced
) -> tuple[str, tuple[tuple[int, int], ...], DateMention | None] | None:
    """The description of a row with a price, where it stands and its day; None where nothing describes it."""
    above, here = priced.above, (row.start, row.end)
    if above is not None and priced.opened and letters(parts.description) >= 3:
        return cleaned(f"{above.text} {parts.description}"), ((above.start, above.end), here), day
    if letters(parts.description) >= 3:
        return parts.description, (here,), day
    if above is not None and parts.code and (above.text.isupper() or above.text.lower().strip(" :") in _SAYS_NOTHING):
        above = None  # "CHARGES" heads a list of codes
    if above is not None and above.page is row.page:
        if parts.quantity is None and (counted := _COUNT_OF.match(above.text)):
            parts.quantity = number_of(counted["count"])
        day = day or next((d for d in days if above.start <= d.start < above.end), None)
        return cleaned(_COUNT_OF.sub("", above.text)), ((above.start, above.end), here), day
    if parts.code or (day is not None and (priced.header is not None or parts.quantity or _PRODUCT.search(row.text))):
        return parts.code or "", (here,), day
    return None


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


class _Parts:
    """The words of a line's row: description, quantity, code, whom it is for."""

    def __init__(
        self,
        text: AnnotatedText,
        row: Row,
        amounts: Sequence[Amount],
        day: DateMention | None,
        header: Header | None,
        *,
        coded: bool,
    ) -> None:
        self.code: str | None = None
        self.code_span: tuple[int, int] | None = None
        self.quantity: float | None = None
        self.person: tuple[int, int] | None = None
        self.leading: int | None = None
        self._text, self._row, self._header = text, row, header
        self._order = header.by_order(row, amounts) if header is not None else None
        holes = [(a.start, a.end) for a in amounts]
        here = [d for d in bill_days(text) if row.start <= d.start < row.end]
        holes += [(d.start, d.end) for d in here if not _amid_words(text, row, d)] if day is not None else []
        if len(here) > 1 and re.fullmatch(r"\W*(?:to|through|thru)?\W*", text.text[here[0].end : here[1].start]):
            holes.append((here[0].end, here[1].start))
        last = row.end if header is not None else max(amount.end for amount in amounts)
        words = [w for w in text.document.words_between(row.start, last) if not _inside(w.start, w.end, holes)]
        coded = coded or text.kind[0] in ("superbill", "eob")
        clinical = is_clinical(text)
        kept: list[tuple[int, int]] = []
        elsewhere: list[tuple[int, int]] = []
        askew: list[tuple[int, int]] = []  # words under the heading of another column, which holds codes
        for word in words:
            column = self._column(word.start, word.end)
            opens = clinical and (column == "aside" or _TIME_OF_DAY.fullmatch(self._said(kept) or "0:00"))
            if not self._taken(word.start, word.end, column, coded=bool(coded or opens)):
                (elsewhere if column in _NOT_DESCRIBING else kept).append((word.start, word.end))
                askew += [(word.start, word.end)] if column == "code" else []
        described = [cell for cell in row.cells if any(cell.start <= start < cell.end for start, _ in kept)]
        kept = sorted({*kept, *(s for s in askew if any(cell.start <= s[0] < cell.end for cell in described))})
        elsewhere = [span for span in elsewhere if span not in kept]
        if not (header is not None and header.has("description") and letters(self._said(kept)) >= 3):
            kept = sorted(elsewhere + kept)
        if header is None and self.quantity is None and len(kept) > 1:
            start, end = kept[-1]
            alone = any(cell.start == start and cell.end == end for cell in row.cells)
            if alone and re.fullmatch(r"\d{1,2}", text.text[start:end]):
                self.quantity = number_of(text.text[start:end])
                kept.pop()
        if self.quantity is None and header is not None and header.counts_before_money():
            kept = self._counted_beside(kept, amounts[0])
        if self.code is None:
            self._code_in_words(row, amounts[0].start)
            kept = [span for span in kept if span != self.code_span]
        kept = self._without_flag(kept)
        description = self._said(kept)
        if day is not None or (header is not None and header.has("date")):
            description = _TIME_OF_DAY.sub("", description)
        self.description = self._counted(description, amounts)

    def _taken(self, start: int, end: int, column: Column | None, *, coded: bool) -> bool:
        """Whether a word is a quantity, a code, a name or nothing rather than a part of the description."""
        printed = self._text.text[start:end]
        number = bool(_NUMBER.fullmatch(printed))
        if column == "quantity" and self.quantity is None and (number or _ONE.fullmatch(printed)):
            self.quantity = number_of(printed) if number else 1
            return True
        if number and column in ("aside", "duration", "diagnosis", "unit_price", "amount", "code"):
            return True
        match = CODE.fullmatch(_as_code(printed.strip(",;:()")))
        if match and self.code is None and not self._is_zip(self._text, start):
            own = any(cell.start == start and cell.end == end for cell in self._row.cells)
            if column == "code" or coded or (own and procedure_codes.service_class(match["code"]) is not None):
                self.code, self.code_span = match["code"], (start, end)
                return True
        if column == "person":
            self.person = (self.person[0] if self.person else start, end)
            return True
        if column in _NOT_DESCRIBING:
            return not re.search(r"[A-Za-z]{3}", printed)
        return coded and bool(_DIAGNOSIS.fullmatch(printed.strip(",;:()")))

    def _counted_beside(self, kept: list[tuple[int, int]], first: Amount) -> list[tuple[int, int]]:
        """The words but for the bare number in the cell left of the amounts, which counts, though it stand askew."""
        cells = [cell for cell in self._row.cells if cell.end <= first.start]
        if len(cells) > 1 and re.fullmatch(r"\d{1,2}", cells[-1].text):
            self.quantity = number_of(cells[-1].text)
            return [span for span in kept if span[0] != cells[-1].start]
        return kept

    def _without_flag(self, kept: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The words but for a mark that stands in a cell of its own behind them."""
        while len(kept) > 1 and letters(self._said(kept[:-1])) >= 3:
            start, end = kept[-1]
            alone = any(cell.start == start and cell.end == end for cell in self._row.cells)
            if not alone or not _FLAG.fullmatch(self._text.text[start:end]):
                break
            kept = kept[:-1]
        return kept

    def _said(self, spans: Iterable[tuple[int, int]]) -> str:
        return " ".join(self._text.text[start:end] for start, end in spans)

    def _column(self, start: int, end: int) -> Column | None:
        """The column that a word stands in. A number amid words is one of them, whatever stands above it."""
        if self._header is None:
            return None
        box = span_box(self._text, start, end)
        cell = next((c for c in self._row.cells if c.start <= start < c.end), None)
        if cell is None:
            return None
        if self._order is not None:
            return self._order[self._row.cells.index(cell)]
        if _NUMBER.fullmatch(self._text.text[start:end]):
            near = self._header.of_number(box.left, box.right)
            at_edge = start == cell.start or end == cell.end
            if (start, end) == (cell.start, cell.end) or (near is not None and at_edge and not self._described(cell)):
                return near
            if at_edge and near is not None and self._header.stands_under(near, box.left, box.right):
                return near
        return self._header.of_word(box.left, cell.box)

    @staticmethod
    def _described(cell: Piece) -> bool:
        return letters(cell.text) >= 3

    def _code_in_words(self, row: Row, first: int) -> None:
        """ "Follow-up (97811)": brackets alone say little, so only codes whose use is known count."""
        match = _PRINTED_CODE.search(row.text)
        name = "code" if match and match["code"] else "said"
        if match and (name == "said" or procedure_codes.service_class(match[name]) is not None):
            self.code = match[name]
            self.code_span = (row.start + match.start(name), row.start + match.end(name))
            return
        for cell in row.cells:  # "PT evaluation 97161", "97161 PT evaluation"
            words = self._text.text[cell.start : max(cell.start, min(cell.end, first))].rstrip(" ._$-")
            ends = _CODE_AT_END.search(words) or _CODE_AT_HEAD.match(words)
            if ends is not None and procedure_codes.service_class(ends["code"]) is not None:
                start = cell.start + ends.start("code")
                if not self._is_zip(self._text, start):
                    self.code, self.code_span = ends["code"], (start, start + len(ends["code"]))
                    return

    @staticmethod
    def _is_zip(text: AnnotatedText, start: int) -> bool:
        return bool(re.search(r"(?<![A-Za-z])[A-Z]{2},?[ ]{1,2}$", text.text[max(0, start - 8) : start]))

    def _counted(self, description: str, amounts: Sequence[Amount]) -> str:
        """Take the quantity out of a description."""
        for pattern in (_QUANTITY_SAID, _TIMES, _LEADING, _TRAILING):
            match = pattern.search(description)
            if match is None or self.quantity is not None:
                continue
            if pattern is _LEADING:
                self.leading = int(match["count"])
            if pattern is _LEADING and _TIME_LONG.match(description[match.end("count") :]):
                continue
            count = int(next(value for value in match.groupdict().values() if value))
            if not 0 < count < 500:
                continue
            rest = description[: match.start()] + " " + description[match.end() :]
            if pattern is _TRAILING and not any(abs(a.cents) * count == abs(amounts[-1].cents) for a in amounts[:-1]):
                continue
            self.quantity = count
            if not (pattern is _LEADING and _COUNTED.match(rest)):
                description = rest
        return cleaned(description)


def _as_code(printed: str) -> str:
    """A procedure's code whose digits were read as letters: "9711O", "GO283"."""
    head, rest = printed[:1], printed[1:5]
    if len(printed) < 5 or sum(c.isdigit() for c in printed[:5]) < 3:
        return printed
    head = head if head in "ABCDEGHJKLMPQRSTV" else head.translate(_DIGITS)
    return (
        head
        + rest[:3].translate(_DIGITS)
        + (rest[3] if rest[3] in "FTMU" else rest[3].translate(_DIGITS))
        + printed[5:]
    )


_DIGITS = str.maketrans({"O": "0", "o": "0", "Q": "0", "I": "1", "l": "1", "|": "1", "S": "5", "B": "8", "Z": "2"})
_COUNT_OF = re.compile(r"\s*(?P<count>\d{1,3})\s?(?:of:|[x×](?=\s))\s*", re.IGNORECASE)
_CODE_AT_END = re.compile(r"[A-Za-z)].*\s(?P<code>\d{5}|G\d{4})$")
_CODE_AT_HEAD = re.compile(r"(?P<code>\d{5}|G\d{4})\s+(?=[A-Za-z])")


def _amid_words(text: AnnotatedText, row: Row, day: DateMention) -> bool:
    """ "Late cancellation fee, 5/14/2026 appointment": the date belongs to the description."""
    cell = next((c for c in row.cells if c.start <= day.start and day.end <= c.end), None)
    if cell is None:
        return False
    before, after = text.text[cell.start : day.start], text.text[day.end : cell.end]
    return letters(before) >= 3 and bool(re.match(r"\s[A-Za-z]{4}", after)) and not amounts_in(after)


def number_of(printed: str) -> float | None:
    """A quantity: a whole number where it is one, None for nought."""
    value = float(printed)
    return int(value) if value == int(value) and value else value or None


def _inside(start: int, end: int, holes: Iterable[tuple[int, int]]) -> bool:
    return any(first < end and start < last for first, last in holes)


def cleaned(description: str) -> str:
    """A description without what a sheet's edge, leaders and counts leave at its ends."""
    text = re.sub(r"^(?:of:|[A-Z](?=\s+[A-Z]{3})|(?:[I|l!¦]\s+)+)", "", " ".join(description.split()))  # a sheet's edge
    text = re.sub(r"^[\s\-–—•*·:.,;|#@=]+|[\s\-–—•*·:;|@=.,_$]+$", "", text)
    return re.sub(r"\.{3,}|_{2,}|\s(?:RM|USD|EUR|at|of|for|each|@|x)$", "", text).strip()


def letters(text: str) -> int:
    """How many letters it has."""
    return sum(c.isalpha() for c in text)


def _may_describe(row: Row) -> bool:
    return letters(row.text) >= 3 and not NOT_DESCRIPTION.search(row.text) and not _LABELLED.match(row.text)


def _only_days(row: Row, days: Sequence[DateMention]) -> bool:
    words = re.sub(rf"\b(?i:{MONTH_BEGUN}) \d{{1,2}}\b|\bto\b|\bthrough\b", "", row.text)
    for day in days:
        if row.start <= day.start < row.end:
            words = words.replace(row.text[day.start - row.start : day.end - row.start], "")
    return letters(words) < 3


def _under_amount(text: AnnotatedText, row: Row, header: Header) -> tuple[Amount, ...]:
    """Amounts without decimals: bare numbers that stand under a heading for money."""
    bare = amounts_in(row.text, row.start, whole=True)
    found = []
    for amount in bare:
        box = span_box(text, amount.start, amount.end)
        if row.end - amount.end < 3 and header.of_number(box.left, box.right) in ("amount", "unit_price"):
            found.append(amount)
    return tuple(found) if letters(row.text) >= 3 else ()


def _goes_on(item: PricedLine, sheet: Sheet, index: int, header: Header) -> bool:
    """A row without amounts right under an item, starting where its description starts."""
    row, above = sheet.rows[index], sheet.rows[index - 1]
    if (
        row.page is not above.page
        or index - item.row > 3
        or row.box.top - above.box.top > 1.6 * max(row.height, above.height)
    ):
        return False
    return bool(item.description) and _describes_only(row, header)


def _opens_next(sheet: Sheet, index: int, header: Header) -> bool:
    """Amounts may stand beside a description's last line; its first is then nearer to them than to what is above."""
    if index + 1 >= len(sheet.rows) or not sheet.amounts[index + 1] or any(f.row == index + 1 for f in sheet.figures):
        return False
    before, row, after = sheet.rows[index - 1 : index + 2]
    if after.page is not row.page or not _describes_only(row, header):
        return False
    down = after.box.top - row.box.top
    up = row.box.top - before.box.top if before.page is row.page else 1.0
    return 0 < down < 1.6 * max(row.height, after.height) and down < 0.85 * up


def _describes_only(row: Row, header: Header) -> bool:
    """A row with words in the column of descriptions and nothing else."""
    if len(row.cells) > 1 or letters(row.text) < 3 or NOT_DESCRIPTION.search(row.text):
        return False
    left = [c for c in header.columns if c.holds == "description" and c.left - 0.02 <= row.box.left]
    column = left[-1] if left else None
    if column is None or ":" in row.text:
        return False
    right = min((c.left for c in header.columns if c.left > column.left), default=1.0)
    return row.box.left < right and row.box.right < right + 0.02


def _longer(item: PricedLine, row: Row) -> PricedLine:
    return replace(
        item,
        description=cleaned(f"{item.description} {row.text}"),
        spans=(*item.spans, (row.start, row.end)),
    )
