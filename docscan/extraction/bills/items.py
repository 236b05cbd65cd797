"""The lines of a bill that say what was sold or done, when, how many and for how much.

Read by columns where the table has headings, by the order of things on the line where it has none. A description may
stand on the line above its amounts or go on below. Totals, taxes, payments and balances are no items.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from docscan.document import Evidence, Extraction, Kind
from docscan.extraction.bills.dates import bill_days, role_of
from docscan.extraction.bills.figures import STRONG, Figure, Sheet, sheet_of
from docscan.extraction.bills.labels import Role
from docscan.extraction.bills.money import Amount, amounts_in, other_readings, said
from docscan.extraction.bills.rows import Row, span_box
from docscan.extraction.bills.tables import Header
from docscan.extraction.dates.dates import DateMention
from docscan.reference import item_classes, procedure_codes

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

BILLS: Final[frozenset[Kind]] = frozenset(("receipt", "superbill", "eob", "estimate", "statement", "card_slip"))
"""Kinds of document that are about money."""

ITEMISED: Final[frozenset[Kind]] = frozenset(("receipt", "superbill", "eob", "estimate"))

_BY_SERVICE: Final[dict[str, str]] = {
    **dict.fromkeys(("exercise", "manual_therapy", "therapy_other", "therapy_evaluation"), "physical_therapy"),
    **{name: name for name in ("massage", "nutrition", "acupuncture", "chiropractic", "exercise_class", "weight_loss")},
    "mental_health": "mental_health",
    "office_visit": "medical_visit",
}
_ENDS_ITEMS = frozenset(("subtotal", "total", "balance_due", "tendered", "change", "card"))
_CODE = re.compile(
    r"(?<![\w.$#/-])(?P<code>\d{5}|\d{4}[AFMTU]|[A-CE-HJ-MP-V]\d{4}|D\d{4})"
    r"(?:[-–: ]?(?P<mod>[A-Z]{2}|\d{2}|X[EPSU]))?(?![\w/]|[.,]\d)"
)
_TIMES = re.compile(
    r"(?<![\w.])(?P<count>\d{1,3})\s?(?:x|X|×|@|\*)\s?(?=[$€£RU\d]|$)"
    r"|(?<![\w.])(?P<each>\d{1,3})\s?(?:ea|EA|pcs|PCS|unit|UNIT|UNITS|units)\b"
)
_LEADING = re.compile(r"^\s*(?P<count>\d{1,3})\s*(?:x|X|×|\))?\s+(?=[A-Za-z(\"'*&])")
_DIAGNOSIS = re.compile(r"[A-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}")
_COUNTED = re.compile(r"\s*(?:[A-Za-z-]+\s){0,2}(?:sessions?|visits?|classes|lessons?|pack)\b", re.IGNORECASE)
_TIME_LONG = re.compile(r"[\s-]*(?:minutes?|mins?|hours?|hrs?|months?|weeks?|days?|years?)\b", re.IGNORECASE)
_PRINTED_CODE = re.compile(r"\((?:CPT[:# ]*)?(?P<code>\d{5})\)|\bCPT[:# ]*(?P<said>\d{5})\b")
_TRAILING = re.compile(r"(?<![\w.$-])(?P<count>\d{1,3})\s*$")
_QUANTITY_SAID = re.compile(r"\b(?:qty|quantity)\b\.?:?\s*(?P<count>\d{1,3})\b", re.IGNORECASE)
_PHARMACY = re.compile(r"\bRx ?(?:#|no|number|:|\d{4})|\bpharmacy\b|\bprescriber\b|\bNDC\b", re.IGNORECASE)
_STRENGTH = re.compile(r"[A-Za-z]{4}.*\b\d[\d,.]*\s?(?:mg|mcg|ml|g|units?|iu|%)(?:/\w+)?(?!\w)", re.IGNORECASE)
_FOR = re.compile(
    r"\b(?:for|services?(?: rendered| provided)?|description(?: of service)?|items?|treatment|payment for|memo|purpose)"
    r"(?=\s*:|\s+[a-z0-9])",
    re.IGNORECASE,
)
_FEE = re.compile(
    r"^\W*refund(?:ed)?\b|\b(?:missed|no[- ]?show|(?:late )?cancel\w*)\b.{0,30}\b(?:fee|charge)|"
    r"\bfee\b.{0,12}\b(?:no[- ]?show|missed)",
    re.IGNORECASE,
)
_SAYS_NOTHING = frozenset(("amount", "sum", "price", "charge", "charges", "total", "cost", "usd", "rm"))
_LABELLED = re.compile(r"\s*[\w /#.]{2,25}:\s")
_NOT_DESCRIPTION = re.compile(
    r"\b(?:tel|phone|fax|gst (?:id|no|reg)|reg(?:istration)? no|invoice (?:no|date|#)|receipt (?:no|#)|cashier|date|"
    r"time|table|www\.|http|thank you|approval|auth(?:orization)? code|terminal|merchant id|member id|"
    r"account (?:no|number|#)|ref(?:erence)? (?:no|#))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a bill. `spans`: where it stands, in order; `sure`: how surely it is an item, 0..1."""

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

    @property
    def cents(self) -> int:
        return self.amount.cents

    @property
    def is_fee(self) -> bool:
        """Charged for a session that did not take place, or given back: its date is no day of service."""
        return bool(_FEE.search(self.description))


def items_of(text: AnnotatedText) -> tuple[Item, ...]:
    """The items of a document in order."""
    return text.once("items_of", lambda: _items_of(text))


def _items_of(text: AnnotatedText) -> tuple[Item, ...]:
    sheet = sheet_of(text)
    days = bill_days(text)
    found: list[Item] = []
    for zone in _zones(sheet):
        found += _in_zone(text, sheet, days, zone)
    found = _priced_by_one(sheet, _without_headline(sheet, found))
    found = _mended(text, sheet, found)
    return tuple(found) or _dispensed(text, sheet) or _named(text, sheet) or _described(text, sheet)


def _mended(text: AnnotatedText, sheet: Sheet, items: list[Item]) -> list[Item]:
    """A misread amount that the price, the quantity and the bill's sum all contradict alike is what these say."""
    off = [
        item
        for item in items
        if item.unit_price is not None
        and item.quantity
        and (right := item.unit_price * int(item.quantity)) != item.amount.value
        and item.quantity == int(item.quantity)
        and right in other_readings(item.amount)
        and text.certainty(item.amount.start, item.amount.end) < 1.0
    ]
    if len(off) != 1 or off[0].amount.value < 0:
        return items
    taken = {0, *(f.cents for f in sheet.figures if f.role == "discount")}
    sums = {f.cents + less for f in sheet.figures if f.role in ("subtotal", "total") for less in taken}
    one = off[0]
    value = (one.unit_price or Decimal(0)) * int(one.quantity or 0)
    changed = [replace(i, amount=replace(i.amount, value=value, mended=True)) if i is one else i for i in items]
    printed = sum(i.cents for i in items)
    return changed if printed not in sums and sum(i.cents for i in changed) in sums else items


def _named(text: AnnotatedText, sheet: Sheet) -> tuple[Item, ...]:
    """A receipt that names the service on a line of its own and gives one price for all: "8 training sessions"."""
    roles: tuple[Role, ...] = ("subtotal", "total")
    price = next((f for role in roles for f in sheet.figures if f.role == role and f.sure >= STRONG and f.cents), None)
    if text.kind[0] != "receipt" or price is None:
        return ()
    lines = [
        row
        for row in sheet.rows[3 : price.row]
        if row.page is sheet.rows[price.row].page
        and len(row.text.split()) >= 4
        and not _NOT_DESCRIPTION.search(row.text)
        and ":" not in row.text
        and not row.text.rstrip().endswith((".", "!", "?"))
        and item_classes.classify(row.text) not in (None, "unspecific")
    ]
    if len(lines) != 1:
        return ()
    row = lines[0]
    spans = ((row.start, row.end), (price.amount.start, price.amount.end))
    return (Item(_clean(row.text), price.amount, None, None, None, None, None, spans, sheet.rows.index(row), 0.6),)


def _without_headline(sheet: Sheet, items: list[Item]) -> list[Item]:
    """The sum at the head of an app's receipt, under the merchant's name, is no item."""
    totals = {f.cents for f in sheet.figures if f.role == "total"}
    if len(items) > 1 and len(items[0].spans) == 2 and items[0].row < 4 and items[0].cents in totals:
        return items[1:]
    return items


def _priced_by_one(sheet: Sheet, items: list[Item]) -> list[Item]:
    """ "2 of: Bands  $27.99": where only that adds up, the price printed is that of one."""
    if not any(item.quantity and item.quantity > 1 and item.unit_price is None for item in items):
        return items
    sums = {f.cents for f in sheet.figures if f.role in ("subtotal", "total")}
    multiplied = [
        replace(
            item,
            unit_price=item.amount.value,
            amount=replace(item.amount, value=item.amount.value * int(item.quantity)),
        )
        if item.quantity and item.quantity > 1 and item.quantity == int(item.quantity) and item.unit_price is None
        else item
        for item in items
    ]
    if sum(i.cents for i in items) not in sums and sum(i.cents for i in multiplied) in sums:
        return multiplied
    return items


def _described(text: AnnotatedText, sheet: Sheet) -> tuple[Item, ...]:
    """A receipt filled in by hand says "For ..." on one line and the amount on another."""
    roles: tuple[Role, ...] = ("total", "amount_paid", "balance_due")
    if text.kind[0] != "receipt":
        return ()
    sums = [f for role in roles for f in sheet.figures if f.role == role and f.cents]
    label = next((found for found in text.labelled(_FOR, bare=True) if found.value is not None), None)
    if not sums or label is None or label.value is None:
        return ()
    start, end = label.value
    end = min(end, start + 120, start + len(text.text[start:end].split("\n")[0].rstrip()))
    description = _clean(re.split(r"\s(?:\$|RM)\s?\d", text.text[start:end])[0])
    if _letters(description) < 4:
        return ()
    spans = ((start, end), (sums[0].amount.start, sums[0].amount.end))
    return (Item(description, sums[0].amount, None, None, None, None, None, spans, sums[0].row, 0.65),)


def _dispensed(text: AnnotatedText, sheet: Sheet) -> tuple[Item, ...]:
    """A pharmacy label names the drug on one line and what the patient pays on another."""
    if not _PHARMACY.search(text.text):
        return ()
    roles: tuple[Role, ...] = ("patient_responsibility", "total", "amount_paid")
    paid = next((f for role in roles for f in sheet.figures if f.role == role and f.sure >= STRONG), None)
    filled = [day for day in bill_days(text) if role_of(text, day) == "service_date"]
    drug = next((cell for row in sheet.rows for cell in row.cells if _STRENGTH.search(cell.text)), None)
    if paid is None or drug is None:
        return ()
    count = re.search(r"\b(?:qty|quantity)\b\.?\s*(?:dispensed)?:?\s*#?(\d{1,4})\b", text.text, re.IGNORECASE)
    return (
        Item(
            description=_clean(re.split(r"\b(?:QTY|Qty|Quantity|QUANTITY|#)\b", drug.text)[0]),
            amount=paid.amount,
            quantity=_number(count.group(1)) if count else None,
            unit_price=None,
            day=filled[0] if len(filled) == 1 else None,
            code=None,
            code_span=None,
            spans=((drug.start, drug.end), (paid.amount.start, paid.amount.end)),
            row=paid.row,
            sure=0.75,
        ),
    )


def line_items(text: AnnotatedText) -> Iterator[Extraction]:
    """The items of receipts, invoices, superbills, EOBs and estimates."""
    kind = text.kind[0]
    if kind not in ITEMISED:
        return
    for item in items_of(text):
        evidence: list[Evidence] = []
        for start, end in item.spans:
            evidence += text.document.evidence(start, end, section=text.section_at(start), found_by="items")
        sure = item.sure * min(text.certainty(start, end) for start, end in item.spans)
        day = item.day.iso if item.day else None
        yield Extraction(
            "item",
            {
                "description": item.description,
                "quantity": item.quantity,
                "unit_price": said(item.unit_price) if item.unit_price is not None else None,
                "amount": said(item.amount.value),
                "service_date": None if item.is_fee else day,
                "code": item.code,
                "class": _class_of(item),
            },
            raw=text.text[item.spans[0][0] : item.spans[0][1]],
            confidence=round(sure, 3),
            evidence=tuple(evidence),
        )


def _class_of(item: Item) -> str | None:
    """By its words, else by its procedure code."""
    named = item_classes.classify(item.description)
    if item.code and named in (None, "unspecific"):
        return _BY_SERVICE.get(procedure_codes.service_class(item.code) or "", "medical_service")
    return named


def procedure_codes_printed(text: AnnotatedText) -> Iterator[Extraction]:
    """CPT and HCPCS codes of bills: in a column headed so, beside the words "CPT" or "HCPCS", or on a billed line."""
    if text.kind[0] not in BILLS:
        return
    seen: set[int] = set()
    for item in items_of(text):
        if item.code and item.code_span:
            seen.add(item.code_span[0])
            yield _code(text, item.code, *item.code_span, 0.9)
    for label in re.finditer(r"\b(?:CPT|HCPCS)(?:/HCPCS)?(?:\s+codes?)?\b[:#\s]*", text.text, re.IGNORECASE):
        for match in _CODE.finditer(text.text, label.end(), min(len(text.text), label.end() + 60)):
            if "\n" in text.text[label.end() : match.start()]:
                break
            if match.start() not in seen:
                seen.add(match.start())
                yield _code(text, match["code"], match.start(), match.end(), 0.9)


def _code(text: AnnotatedText, code: str, start: int, end: int, strength: float) -> Extraction:
    resolved = {"system": procedure_codes.system(code), "class": procedure_codes.service_class(code)}
    return text.extraction(
        "procedure_code", code, start, end, found_by="procedure_codes", strength=strength, resolved=resolved
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


def _in_zone(text: AnnotatedText, sheet: Sheet, days: Sequence[DateMention], zone: _Zone) -> list[Item]:
    first, last, header = zone
    found: list[Item] = []
    roles = {
        f.row: f
        for f in sheet.figures
        if (f.sure >= STRONG or _says_total(text, f)) and not _QUANTITY_SAID.search(text.text[slice(*f.label)])
    }
    pending: int | None = None
    opened = False  # what is pending is the first line of the next item's description
    for index in range(first, last):
        row, amounts = sheet.rows[index], sheet.amounts[index]
        figure = roles.get(index)
        if figure is not None:
            in_ledger = header is not None and header.has("balance", "paid") and _dated(row, days)
            if figure.role in _ENDS_ITEMS and found and not in_ledger:
                break
            pending = None
            continue
        if header and not amounts:
            amounts = _under_amount(text, row, header)
        if not amounts:
            if header and _opens_next(sheet, index, header):
                pending, opened = index, True
            elif header and found and _goes_on(found[-1], sheet, index, header):
                found[-1] = _longer(found[-1], row)
            elif _may_describe(row) and not _only_days(row, days):
                pending = index
            continue
        above = sheet.rows[pending] if pending is not None and index - pending <= 3 else None
        item = _item(text, sheet, days, _Line(index, amounts, header, above, opened))
        pending, opened = None, False
        if item is not None:
            found.append(item)
    return found


def _says_total(text: AnnotatedText, figure: Figure) -> bool:
    """ "Total Facture": no known label, but no item either."""
    return text.text[slice(*figure.label)].lower().startswith("total")


def _dated(row: Row, days: Sequence[DateMention]) -> bool:
    """A row that opens with a date: an entry of a ledger, though it be a payment."""
    return any(day.start == row.start for day in days)


class _Line(NamedTuple):
    row: int
    amounts: Sequence[Amount]
    header: Header | None
    above: Row | None  # a row without amounts that may describe what this one prices
    opened: bool  # and whose description goes on beside the amounts


def _item(text: AnnotatedText, sheet: Sheet, days: Sequence[DateMention], line: _Line) -> Item | None:
    index, amounts, header, above, opened = line
    row = sheet.rows[index]
    if header is None and _letters(text.text[amounts[-1].end : row.end]) > 4:
        return None
    columns = header.of_amounts(sheet.edges(text, amounts)) if header else [None] * len(amounts)
    amount, unit = _price(amounts, columns)
    if amount is None:
        return None
    day = next((d for d in days if row.start <= d.start < row.end), None)
    parts = _Parts(text, row, amounts, day, header)
    description, spans = parts.description, [(row.start, row.end)]
    if opened and above is not None and _letters(description) >= 3:
        description = _clean(f"{above.text} {description}")
        spans.insert(0, (above.start, above.end))
    elif _letters(description) < 3:
        if above is None or above.page is not row.page:
            if not (parts.code or (header and day)):
                return None
            description = parts.code or ""
        else:
            description = _clean(above.text)
            spans = [(above.start, above.end), (row.start, row.end)]
            day = day or next((d for d in days if above.start <= d.start < above.end), None)
    if amount.whole and description.lower().startswith("total"):
        return None
    if (_NOT_DESCRIPTION.search(description) and not header) or description.lower().strip(" :") in _SAYS_NOTHING:
        return None
    quantity = parts.quantity
    if unit is None and quantity and len(amounts) > 1:
        first = amounts[0]
        unit = next((a for a in amounts if a is not amount and a.cents * quantity == amount.cents), None)
        if unit is None and first is not amount and first.value * int(quantity) in other_readings(amount):
            unit = first
    return Item(
        description=description,
        amount=amount,
        quantity=quantity,
        unit_price=abs(unit.value) if unit is not None else None,
        day=day,
        code=parts.code,
        code_span=parts.code_span,
        spans=tuple(spans),
        row=index,
        sure=_sureness(header, amount, unit, quantity, description),
    )


def _sureness(
    header: Header | None, amount: Amount, unit: Amount | None, quantity: float | None, description: str
) -> float:
    sure = 0.9 if header else 0.8
    if unit is not None and quantity and unit.cents * quantity != abs(amount.cents):
        sure -= 0.15
    if unit is not None and quantity and unit.cents * quantity == abs(amount.cents):
        sure += 0.05
    if amount.mended or _letters(description) < 3:
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
    """The words of an item's row: description, quantity, code."""

    def __init__(
        self, text: AnnotatedText, row: Row, amounts: Sequence[Amount], day: DateMention | None, header: Header | None
    ) -> None:
        self.code: str | None = None
        self.code_span: tuple[int, int] | None = None
        self.quantity: float | None = None
        holes = [(a.start, a.end) for a in amounts]
        here = [d for d in bill_days(text) if row.start <= d.start < row.end]
        holes += [(d.start, d.end) for d in here if not _amid_words(text, row, d)] if day is not None else []
        if len(here) > 1 and re.fullmatch(r"\W*(?:to|through|thru)?\W*", text.text[here[0].end : here[1].start]):
            holes.append((here[0].end, here[1].start))
        last = row.end if header is not None else max(amount.end for amount in amounts)
        words = [w for w in text.document.words_between(row.start, last) if not _inside(w.start, w.end, holes)]
        coded = (header is not None and header.has("code")) or text.kind[0] in ("superbill", "eob")
        kept: list[tuple[int, int]] = []
        for word in words:
            printed = text.text[word.start : word.end]
            box = span_box(text, word.start, word.end)
            column = None
            if header is not None:
                number = re.fullmatch(r"\d{1,4}(?:\.\d)?", printed)
                column = header.of_number(box.left, box.right) if number else header.of_word(box.left)
                if number and column == "quantity" and self.quantity is None:
                    self.quantity = _number(printed)
                    continue
                if number and column in ("aside", "duration", "diagnosis", "unit_price", "amount", "code"):
                    continue
            match = _CODE.fullmatch(printed.strip(",;:()"))
            if match and self.code is None and (column == "code" or coded) and not self._is_zip(text, word.start):
                self.code, self.code_span = match["code"], (word.start, word.end)
                continue
            if column in ("provider", "aside", "diagnosis", "code", "duration"):
                continue
            if column == "date" and not re.search(r"[A-Za-z]{3}", printed):
                continue
            if coded and _DIAGNOSIS.fullmatch(printed.strip(",;:()")):
                continue
            kept.append((word.start, word.end))
        if header is None and self.quantity is None and len(kept) > 1:
            start, end = kept[-1]
            alone = any(cell.start == start and cell.end == end for cell in row.cells)
            if alone and re.fullmatch(r"\d{1,2}", text.text[start:end]):
                self.quantity = _number(text.text[start:end])
                kept.pop()
        description = " ".join(text.text[start:end] for start, end in kept)
        if self.code is None:
            self._code_in_words(row)
        self.description = self._counted(description, amounts)

    def _code_in_words(self, row: Row) -> None:
        """ "Follow-up (97811)": brackets alone say little, so only codes whose use is known count."""
        match = _PRINTED_CODE.search(row.text)
        name = "code" if match and match["code"] else "said"
        if match and (name == "said" or procedure_codes.service_class(match[name]) is not None):
            self.code = match[name]
            self.code_span = (row.start + match.start(name), row.start + match.end(name))

    @staticmethod
    def _is_zip(text: AnnotatedText, start: int) -> bool:
        return bool(re.search(r"\b[A-Z]{2}\s?$", text.text[max(0, start - 4) : start]))

    def _counted(self, description: str, amounts: Sequence[Amount]) -> str:
        """Take the quantity out of a description."""
        for pattern in (_QUANTITY_SAID, _TIMES, _LEADING, _TRAILING):
            match = pattern.search(description)
            if match is None or self.quantity is not None:
                continue
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
        return _clean(description)


def _amid_words(text: AnnotatedText, row: Row, day: DateMention) -> bool:
    """ "Late cancellation fee, 5/14/2026 appointment": the date belongs to the description."""
    cell = next((c for c in row.cells if c.start <= day.start and day.end <= c.end), None)
    if cell is None:
        return False
    before, after = text.text[cell.start : day.start], text.text[day.end : cell.end]
    return _letters(before) >= 3 and bool(re.match(r"\s[A-Za-z]{4}", after)) and not amounts_in(after)


def _number(printed: str) -> float | None:
    """A quantity: a whole number where it is one, None for nought."""
    value = float(printed)
    return int(value) if value == int(value) and value else value or None


def _inside(start: int, end: int, holes: Iterable[tuple[int, int]]) -> bool:
    return any(first < end and start < last for first, last in holes)


def _clean(description: str) -> str:
    text = re.sub(r"^(?:of:|[A-Z](?=\s+[A-Z]{3})|(?:[I|l!¦]\s+)+)", "", " ".join(description.split()))  # a sheet's edge
    text = re.sub(r"^[\s\-–—•*·:.,;|#@=]+|[\s\-–—•*·:;|@=.,_$]+$", "", text)
    return re.sub(r"\.{3,}|_{2,}|\s(?:RM|USD|EUR|at|of|for|each|@|x)$", "", text).strip()


def _letters(text: str) -> int:
    return sum(c.isalpha() for c in text)


def _may_describe(row: Row) -> bool:
    return _letters(row.text) >= 3 and not _NOT_DESCRIPTION.search(row.text) and not _LABELLED.match(row.text)


def _only_days(row: Row, days: Sequence[DateMention]) -> bool:
    words = re.sub(r"[A-Z][a-z]{2,8}\.? \d{1,2}\b|\bto\b|\bthrough\b", "", row.text)
    for day in days:
        if row.start <= day.start < row.end:
            words = words.replace(row.text[day.start - row.start : day.end - row.start], "")
    return _letters(words) < 3


def _under_amount(text: AnnotatedText, row: Row, header: Header) -> tuple[Amount, ...]:
    """Amounts without decimals: bare numbers that stand under a heading for money."""
    bare = amounts_in(row.text, row.start, whole=True)
    found = []
    for amount in bare:
        box = span_box(text, amount.start, amount.end)
        if row.end - amount.end < 3 and header.of_number(box.left, box.right) in ("amount", "unit_price"):
            found.append(amount)
    return tuple(found) if _letters(row.text) >= 3 else ()


def _goes_on(item: Item, sheet: Sheet, index: int, header: Header) -> bool:
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
    if len(row.cells) > 1 or _letters(row.text) < 3 or _NOT_DESCRIPTION.search(row.text):
        return False
    left = [c for c in header.columns if c.holds == "description" and c.left - 0.02 <= row.box.left]
    column = left[-1] if left else None
    if column is None or ":" in row.text:
        return False
    right = min((c.left for c in header.columns if c.left > column.left), default=1.0)
    return row.box.left < right and row.box.right < right + 0.02


def _longer(item: Item, row: Row) -> Item:
    return replace(
        item,
        description=_clean(f"{item.description} {row.text}"),
        spans=(*item.spans, (row.start, row.end)),
    )
