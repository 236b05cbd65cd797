"""What a bill sold or did: its priced lines, and where it has none, what it names beside its sum.

Totals, taxes, payments and balances are no items (`foot.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from docscan.document import Evidence, Extraction
from docscan.extraction.bills.acknowledged import acknowledged
from docscan.extraction.bills.billing import is_billed, is_clinical, is_mere_slip
from docscan.extraction.bills.blocks import told_in_blocks
from docscan.extraction.bills.date_words import is_order, role_of
from docscan.extraction.bills.days import bill_days, listed_days
from docscan.extraction.bills.descriptions import NOT_DESCRIPTION, cleaned, letters
from docscan.extraction.bills.entries import told_by_entry
from docscan.extraction.bills.figures import STRONG, Sheet, sheet_of
from docscan.extraction.bills.foot import foot_of
from docscan.extraction.bills.headed import told_above, without_what_follows
from docscan.extraction.bills.labels import Role, hinted
from docscan.extraction.bills.line_codes import written_code
from docscan.extraction.bills.line_words import number_of
from docscan.extraction.bills.lines import PricedLine
from docscan.extraction.bills.money import Amount, other_readings, said
from docscan.extraction.bills.paid_days import in_paid_column
from docscan.extraction.bills.plain import names_somebody, plain_items, with_all_days
from docscan.extraction.bills.prose import told_items
from docscan.extraction.bills.statements import to_come
from docscan.extraction.bills.transposed import transposed
from docscan.extraction.bills.visits import visits_below
from docscan.reference import item_classes, procedure_codes

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_BY_SERVICE: Final[dict[str, str]] = {
    **dict.fromkeys(("exercise", "manual_therapy", "therapy_other", "therapy_evaluation"), "physical_therapy"),
    **{name: name for name in ("massage", "nutrition", "acupuncture", "chiropractic", "exercise_class", "weight_loss")},
    "mental_health": "mental_health",
    "office_visit": "medical_visit",
}
_GOODS: Final = ("supplement", "food", "cosmetic")
"""What no procedure code stands for: "Vitamin D, 25-hydroxy" with one is a test."""
_PHARMACY = re.compile(r"\bRx ?(?:#|no|number|:|\d{4})|\bpharmacy\b|\bprescriber\b|\bNDC\b", re.IGNORECASE)
_STRENGTH = re.compile(r"[A-Za-z]{4}.*\b\d[\d,.]*\s?(?:mg|mcg|ml|g|units?|iu|%)(?:/\w+)?(?!\w)", re.IGNORECASE)
_MOVES: Final = frozenset(("insurance_paid", "adjustment", "amount_paid", "card", "discount", "tendered"))
_PAYS = re.compile(r"\b(?:insurance|insurer|medicare|medicaid|payer|payments?|pmts?)\b", re.IGNORECASE)
_SHARE = re.compile(
    r"\b(?:co-?pay(?:ment)?s?|co-?insurance|deductible|allowed|"
    r"(?:patient|member|plan|secondary|primary) (?:share|part))\b",
    re.IGNORECASE,
)
_TALLEST: Final = 6  # rows of a line with all that describes it
_SERVICE = re.compile(
    r"(?<!of )\b(?:(?:type of )?services?(?: (?:rendered|provided|performed|description))?|procedures?(?: performed)?|"
    r"(?:CPT|HCPCS|procedure|service)(?:/HCPCS)? codes?|treatment(?: provided)?|description(?: of services?)?)(?=\s*:)",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\b(?:for|services?(?: rendered| provided)?|description(?: of service)?|items?|treatment|payment for|memo|purpose)"
    r"(?=\s*:|\s+[a-z0-9])",
    re.IGNORECASE,
)


def items_of(text: AnnotatedText) -> tuple[PricedLine, ...]:
    """The items of a document in order."""
    return text.once("items_of", lambda: _items_of(text))


def _items_of(text: AnnotatedText) -> tuple[PricedLine, ...]:
    return _on_the_only_day(text, _told_items(text))


def _on_the_only_day(text: AnnotatedText, items: tuple[PricedLine, ...]) -> tuple[PricedLine, ...]:
    """Lines without a day on a paper of an office, an insurer or a pharmacy that names one day of service for all of
    it: "Date of visit  January 17"."""
    if text.kind[0] not in _OF_ONE_VISIT or not items or any(item.day for item in items) or any(to_come(text)):
        return items
    if text.kind[0] == "receipt" and not (is_clinical(text) or _PHARMACY.search(text.text)):
        return items
    named = [day for day in bill_days(text) if day.value and role_of(text, day) == "service_date"]
    named = [day for day in named if not is_order(text, day)]
    if not named and text.kind[0] == "superbill":  # "DATE  9/17/26" on a fee slip
        named = [day for day in bill_days(text) if day.value and role_of(text, day) == "plain"]
    if len({day.iso for day in named}) != 1 or any(_TO_A_DAY.match(text.text, day.end) for day in named):
        return items
    return tuple(item if item.is_fee or item.cents < 0 else replace(item, day=named[0]) for item in items)


_TO_A_DAY = re.compile(r"\s*(?:-|–|—|to|through|thru)\s*\d", re.IGNORECASE)
_OF_ONE_VISIT: Final = ("superbill", "eob", "receipt")


def _told_items(text: AnnotatedText) -> tuple[PricedLine, ...]:
    sheet = sheet_of(text)
    if on_its_side := transposed(text, sheet):
        return on_its_side
    lines = [line for line in foot_of(text).lines if not _is_ageing(sheet, line.row)]
    found = _priced_by_one(sheet, _without_headline(sheet, lines))
    found = _of_the_summed_column(text, sheet, _told_once(sheet, found))
    found = [item if item.description else replace(item, description=_remarked(sheet, item)) for item in found]
    found = with_all_days(text, sheet, _on_each_day(text, sheet, found or _at_a_rate(text, sheet)))
    found = _without_shares([item for item in _mended(text, sheet, found) if not _takes_away(item)])
    found = told_above(sheet, without_what_follows(sheet, found))
    if text.kind[0] == "eob" and (entries := told_by_entry(text, sheet)) and len(entries) >= len(found):
        return entries
    in_blocks = text.kind[0] == "eob" and not any(_in_table(sheet, item) for item in found)
    if in_blocks and (blocks := told_in_blocks(text, sheet)):
        return blocks
    if text.kind[0] == "statement":
        itemises = any(item.own_marks or _is_charged(item) for item in found)
        return tuple(found) if itemises else _of_one_service(text, sheet)
    told = tuple(found) or told_items(text) or _dispensed(text, sheet) or _named(text, sheet)
    told = told or _described(text, sheet) or acknowledged(text, sheet) or _of_one_service(text, sheet)
    told = told or told_by_entry(text, sheet)
    return told or (plain_items(text, sheet) if text.kind[0] == "receipt" else ())


_DAYS_OPEN = r"\b(?:(?:0|1|30|31|60|61|90|91) ?[-–] ?(?:30|60|90|120)\b|(?:30|60|90|120) ?(?:\+|days?\b))"
_AGEING = re.compile(rf"{_DAYS_OPEN}[^\n]*?[\s:]{_DAYS_OPEN}", re.IGNORECASE)
"""For how long a debt has stood open: "Current  30 days  60 days  90 days"."""


def _is_ageing(sheet: Sheet, row: int) -> bool:
    over = sheet.rows[row - 1].text if row and not any(c.isalpha() for c in sheet.rows[row].text) else ""
    return _AGEING.search(f"{over} {sheet.rows[row].text}") is not None


def _is_charged(item: PricedLine) -> bool:
    """Whether a line of an account has its day and moves no money only: "08/19  Outpatient MRI", no "Payment"."""
    return item.day is not None and item.cents > 0 and not _MOVED.search(item.description)


_MOVED = re.compile(
    r"\b(?:payments?|paid|pmt|transfer|deposit|credit|adjust\w*|balance|forward|interest|late|finance|insurance|refund|"
    r"write-?offs?)\b",
    re.IGNORECASE,
)


def _in_table(sheet: Sheet, item: PricedLine) -> bool:
    header = sheet.header_above(item.row)
    return header is not None and item.own_marks and len(header.columns) > 3


def _of_the_summed_column(text: AnnotatedText, sheet: Sheet, items: list[PricedLine]) -> list[PricedLine]:
    """The items with the amounts that the total adds up, where it adds up another column than the one that was read:
    "Price  Same with gluten  Excess"."""
    figures = (*sheet.figures, *foot_of(text).figures)
    totals = {f.cents for f in figures if f.role == "total" and f.sure >= STRONG}
    if len(items) > 2 and len(sheet.amounts[items[-1].row]) == 1 and not items[-1].own_marks:
        last, above = items[-1], [sheet.amounts[item.row] for item in items[:-1]]
        widths = {len(row) for row in above}
        sums = [sum(a.cents for a in column) for column in zip(*above, strict=True)] if len(widths) == 1 else []
        if widths != {1} and last.cents in sums and last.cents != sum(item.cents for item in items[:-1]):
            totals, items = {last.cents}, items[:-1]  # "Excess cost  52.40" below the column that it sums up
    columns = {len(sheet.amounts[item.row]) for item in items}
    if len(items) < 2 or sum(item.cents for item in items) in totals or len(columns) != 1 or columns == {1}:
        return items
    rows = [sheet.amounts[item.row] for item in items]
    summed = [place for place, column in enumerate(zip(*rows, strict=True)) if sum(a.cents for a in column) in totals]
    if len(summed) != 1:
        return items
    place = _price_before(items, rows, summed[0])
    return [
        _with_amount(i, row[summed[0]], row[place] if place is not None else None)
        for i, row in zip(items, rows, strict=True)
    ]


def _price_before(items: list[PricedLine], rows: list[tuple[Amount, ...]], summed: int) -> int | None:
    """The column with the price of one before what is taken off it line by line: "Price  Disc.  Qty  You pay"."""
    for place in range(summed):
        whole = [
            int(i.quantity or 1) * row[place].cents - row[summed].cents for i, row in zip(items, rows, strict=True)
        ]
        if min(whole) == 0 and all(item.quantity for item in items):
            return place
    return None


def _with_amount(item: PricedLine, amount: Amount, price: Amount | None = None) -> PricedLine:
    """The item at this amount, its price of one what its column or the quantity says."""
    if price is not None:
        return replace(item, amount=amount, unit_price=price.value)
    each = amount.value / Decimal(str(item.quantity)) if item.quantity else None
    fits = item.unit_price is None or item.unit_price * Decimal(str(item.quantity or 1)) == amount.value
    whole = each is not None and each == each.quantize(Decimal("0.01"))
    return replace(item, amount=amount, unit_price=item.unit_price if fits else each if whole else None)


def _remarked(sheet: Sheet, item: PricedLine) -> str:
    """What a plan's notice says of a line without words, under the mark that the line bears: "A1  Hair prosthesis
    services are paid at 60%"; "Service" where it says nothing."""
    mark = sheet.rows[item.row].cells[-1].text
    for row in sheet.rows[item.row + 1 :] if _MARK.fullmatch(mark) else ():
        told = _REMARK.match(row.text[len(mark) :]) if row.text.startswith(mark) else None
        if told is not None and item_classes.classify(told["what"]) not in (None, "unspecific"):
            return cleaned(told["what"])
    return "Service"


_MARK = re.compile(r"\(?(?:[A-Z]{0,3}\d{0,3}|[*†‡#]+)\)?")
_REMARK = re.compile(r"[\s:.=–—-]+(?P<what>[A-Z][^.;:]{3,50}?)\s(?:is|are|was|were|has|have|paid|covered|at)\b")


def _on_each_day(text: AnnotatedText, sheet: Sheet, items: list[PricedLine]) -> list[PricedLine]:
    """A price that is printed once for the visits of several days, where the bill's sum says that it is that of one."""
    if len(items) != 1 or items[0].cents <= 0 or (items[0].quantity or 1) != 1:
        return items
    days = {day.iso for day in bill_days(text) if day.start in visits_below(text) or day.start in listed_days(text)}
    days |= {items[0].day.iso} if items[0].day else set()
    item, count = items[0], len(days)
    sums = {a.cents for row in sheet.amounts for a in row if a.start > item.amount.start}
    if (
        count < 2
        or item.cents * count not in sums
        or item.cents in {f.cents for f in sheet.figures if f.role == "total"}
    ):
        return items
    whole = replace(item.amount, value=item.amount.value * count)
    return [replace(item, amount=whole, quantity=count, unit_price=item.amount.value, own_marks=True)]


def _at_a_rate(text: AnnotatedText, sheet: Sheet) -> list[PricedLine]:
    """ "Cardiac rehab, $30.00 a visit": what one visit costs, over their days."""
    rated: list[PricedLine] = []
    for index, (row, amounts) in enumerate(zip(sheet.rows, sheet.amounts, strict=True)):
        behind = text.text[amounts[-1].end : row.end] if len(amounts) == 1 else ""
        words = cleaned(_AT.sub("", text.text[row.start : amounts[0].start])) if _EACH.fullmatch(behind) else ""
        if letters(words) >= 4 and not NOT_DESCRIPTION.search(words):
            spans = ((row.start, row.end),)
            rated.append(PricedLine(words, amounts[0], None, None, None, None, None, spans, index, 0.75))
    return rated if len(rated) == 1 and visits_below(text) else []


_EACH = re.compile(
    r"\s?(?:(?:a|an|per|each|every|/) ?(?:visit|session|class|lesson|hour|hr|time|treatment|"
    r"appointment|meeting|one)|each|ea\.?)\W*",
    re.IGNORECASE,
)
_AT = re.compile(r"[\s,:@–—-]*(?:\bat|@)?\s*$", re.IGNORECASE)


def _told_once(sheet: Sheet, items: list[PricedLine]) -> list[PricedLine]:
    """A claim form's line that the account below it enters again, with its words: once, where the total says so."""
    sums = {f.cents for f in sheet.figures if f.role in ("total", "subtotal")}
    for form in (item for item in items if item.code and item.day):
        again = [i for i in items if i.code == form.code and i.cents == form.cents and not i.day and i.row > form.row]
        whole = sum(item.cents for item in items)
        if len(again) == 1 and whole not in sums and whole - form.cents in sums:
            worded = replace(form, description=again[0].description)
            items = [worded if item is form else item for item in items if item is not again[0]]
    return items


def _takes_away(item: PricedLine) -> bool:
    """What somebody paid or took off: "Est. insurance -204.00"."""
    if item.cents >= 0 or item.gives_back:
        return False
    meaning = hinted(item.description)
    return bool(_PAYS.search(item.description)) or (meaning is not None and meaning.role in _MOVES)


def _without_shares(items: list[PricedLine]) -> list[PricedLine]:
    """What the patient or a plan bears of what was billed is no item beside what was ("Insurance copay  35.00"), nor
    is what some of the lines before it come to ("SUPPLEMENTS (self-pay)  105.00")."""
    coded = any(item.code for item in items)
    billed: list[PricedLine] = []
    for item in items:
        share = _SHARE.search(item.description) and item.code is None
        if not (coded and (share or _sums_up(item, billed))):
            billed.append(item)
    return billed


def _sums_up(item: PricedLine, before: list[PricedLine]) -> bool:
    """A line in capitals, without marks of its own, that comes to the last lines before it which have no code."""
    if item.own_marks or not re.match(r"[A-Z]{4}", item.description):
        return False
    run = 0
    for number, line in enumerate(reversed(before), start=1):
        run += line.cents
        if number > 1 and run == item.cents:
            return True
    return False


def _mended(text: AnnotatedText, sheet: Sheet, items: list[PricedLine]) -> list[PricedLine]:
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


def _named(text: AnnotatedText, sheet: Sheet) -> tuple[PricedLine, ...]:
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
        and not NOT_DESCRIPTION.search(row.text)
        and ":" not in row.text
        and not row.text.rstrip().endswith((".", "!", "?"))
        and item_classes.classify(row.text) not in (None, "unspecific")
    ]
    if len(lines) != 1:
        return ()
    row = lines[0]
    spans = ((row.start, row.end), (price.amount.start, price.amount.end))
    return (
        PricedLine(
            _OPENS_FOR.sub("", cleaned(row.text)),
            price.amount,
            None,
            None,
            None,
            None,
            None,
            spans,
            sheet.rows.index(row),
            0.6,
        ),
    )


_OPENS_FOR = re.compile(r"^for\s+(?=\S)", re.IGNORECASE)


def _without_headline(sheet: Sheet, items: list[PricedLine]) -> list[PricedLine]:
    """The sum at the head of an app's receipt, under the merchant's name, is no item."""
    totals = {f.cents for f in sheet.figures if f.role == "total"}
    if len(items) > 1 and len(items[0].spans) == 2 and items[0].row < 4 and items[0].cents in totals:
        return items[1:]
    return items


def _priced_by_one(sheet: Sheet, items: list[PricedLine]) -> list[PricedLine]:
    """ "2 of: Bands  $27.99": where only that adds up, the price printed is that of one."""
    if not any(item.quantity and item.quantity > 1 and item.unit_price is None for item in items):
        return items
    sums = {f.cents for f in sheet.figures if f.role in ("subtotal", "total")}
    if all(_RATED.search(_words_before(sheet, item)) for item in items if item.quantity and item.quantity > 1):
        sums |= {a.cents for row in sheet.amounts for a in row} - {item.cents for item in items}
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


def _words_before(sheet: Sheet, item: PricedLine) -> str:
    row = sheet.rows[item.row]
    return row.text[: max(0, item.amount.start - row.start)]


_RATED = re.compile(r"(?:@|\bat)\s*$", re.IGNORECASE)
"""What stands before the price of one."""


def _described(text: AnnotatedText, sheet: Sheet) -> tuple[PricedLine, ...]:
    """A receipt filled in by hand says "For ..." on one line and the amount on another."""
    roles: tuple[Role, ...] = ("total", "amount_paid", "balance_due")
    if text.kind[0] != "receipt":
        return ()
    sums = [f for role in roles for f in sheet.figures if f.role == role and f.cents]
    label = next((found.value for found in text.labelled(_FOR, bare=True) if found.value is not None), None)
    place = _beside_its_label(sheet) or label
    if not sums or place is None:
        return ()
    start, end = place
    end = min(end, start + 120, start + len(text.text[start:end].split("\n")[0].rstrip()))
    description = cleaned(re.split(r"\s(?:\$|RM)\s?\d", text.text[start:end])[0])
    if letters(description) < 4 or names_somebody(description) or _OF_THE_ITEM.match(description):
        return ()
    spans = ((start, end), (sums[0].amount.start, sums[0].amount.end))
    one = PricedLine(description, sums[0].amount, None, None, None, None, None, spans, sums[0].row, 0.65)
    return (_at_its_rate(text, sheet, one),)


_OF_THE_ITEM = re.compile(r"(?:price|cost|total|amount|no|number|code|count|id)\b", re.IGNORECASE)
"""What follows "item" in the label of something else."""


def _beside_its_label(sheet: Sheet) -> tuple[int, int] | None:
    """ "Service    Adult private lesson" in two cells of a row without a price."""
    for row, amounts in zip(sheet.rows, sheet.amounts, strict=True):
        aged = _AGED.sub("", row.cells[-1].text)
        if len(row.cells) == 2 and not amounts and _WHAT.fullmatch(row.cells[0].text) and not names_somebody(aged):
            return row.cells[1].start, row.cells[1].end
    return None


_AGED = re.compile(r",? (?:age|aged)\b.*")
_WHAT = re.compile(
    r"(?:services?|program(?:me)?|sessions?|treatment|appointment|visit type|type of (?:visit|service)|class|lesson|"
    r"item|product|description|activity|what|for)\W*",
    re.IGNORECASE,
)


def _at_its_rate(text: AnnotatedText, sheet: Sheet, item: PricedLine) -> PricedLine:
    """The item with how many and at how much each, where that is written beside it: "6 @ 75". As many days as that
    are worth so much, whatever sum is written below."""
    found = [match for row in sheet.rows for match in _COUNT_AT.finditer(row.text)]
    if len(found) != 1 or item.quantity is not None:
        return item
    count, price = int(found[0]["count"]), Decimal(found[0]["price"])
    whole = count * price
    days = {day.iso for day in bill_days(text) if day.start in listed_days(text)}
    if whole != item.amount.value and count != len(days):
        return item
    amount = replace(item.amount, value=whole)
    return replace(item, amount=amount, quantity=count, unit_price=price, sure=0.9, own_marks=True)


_COUNT_AT = re.compile(
    r"(?<![\d/.$:-])(?P<count>\d{1,2})(?:\s(?:[a-z-]+\s){0,2}(?:sessions?|visits?|classes|lessons?|treatments?))?\s?"
    r"(?:@|[x×](?=\s?\$)|\bat\b)\s?\$?(?P<price>\d{1,4}(?:\.\d\d)?)(?![\d/:]|\s?(?:min|hr|am|pm)\b)",
    re.IGNORECASE,
)


def _of_one_service(text: AnnotatedText, sheet: Sheet) -> tuple[PricedLine, ...]:
    """A bill whose labels name one service and what it came to: "CPT code: 90837 - Therapy", "Total charges: ..."."""
    price = next((f for f in sheet.figures if f.role == "total" and f.sure >= STRONG and f.cents), None)
    named = [one.value for one in text.labelled(_SERVICE) if one.value is not None]
    said_once = {text.text[slice(*span)].split("\n")[0].strip().lower() for span in named}
    if price is None or len(said_once) != 1 or len({f.cents for f in sheet.figures if f.role == "total"}) != 1:
        return ()
    start, end = named[0]
    end = start + len(text.text[start:end].split("\n")[0].rstrip())
    written = written_code(text, start, end)
    first, last = written.cover if written is not None else (start, start)
    description = cleaned(f"{text.text[start:first]} {text.text[last:end]}")
    if letters(description) < 3 or NOT_DESCRIPTION.search(description):
        description = written.code if written is not None else ""
    if not description:
        return ()
    spans = ((start, end), (price.amount.start, price.amount.end))
    code, place = (written.code, written.span) if written is not None else (None, None)
    return (PricedLine(description, price.amount, None, None, None, code, place, spans, price.row, 0.65),)


def _dispensed(text: AnnotatedText, sheet: Sheet) -> tuple[PricedLine, ...]:
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
        PricedLine(
            description=cleaned(re.split(r"\b(?:QTY|Qty|Quantity|QUANTITY|#)\b", drug.text)[0]),
            amount=paid.amount,
            quantity=number_of(count.group(1)) if count else None,
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
    if not is_billed(text) or is_mere_slip(text):
        return
    for item in items_of(text):
        evidence = _evidence(text, item)
        sure = item.sure * min(text.certainty(start, end) for start, end in item.spans)
        day = item.day.iso if item.day and item.day.start not in in_paid_column(text) else None
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
            evidence=evidence,
        )


def _evidence(text: AnnotatedText, item: PricedLine) -> tuple[Evidence, ...]:
    """One for each line, so that lines alike in everything still count after they were merged.

    From where the line begins to where it ends; where what is sold and its price stand far apart, what is sold.
    """
    start, end = item.spans[0][0], item.spans[-1][1]
    if end < start or text.text.count("\n", start, end) > _TALLEST:
        start, end = item.spans[0]
    return text.document.evidence(start, end, section=text.section_at(start), found_by="items")[:1]


def _class_of(item: PricedLine) -> str | None:
    """By its words, else by its procedure code."""
    named = item_classes.classify(item.description)
    if item.code and named in (None, "unspecific", *_GOODS):
        return _BY_SERVICE.get(procedure_codes.service_class(item.code) or "", "medical_service")
    return named
