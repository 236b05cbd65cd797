"""Short bills, as a trainer or a small clinic writes them: what was done stands on one line, what it cost on another.

"Personal training 60.00 per session", "Dates: 3/4, 3/6, 3/11", "Total due 180.00". Asked where no line of the bill
was read as an item. The line that names what was done is told by its words; where the lists of words know none of it,
by what `docscan.neural.meaning` makes of each line. Its price must be borne out: a sum of the bill, or the only amount.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from docscan.extraction.bills.date_words import served
from docscan.extraction.bills.days import bill_days
from docscan.extraction.bills.descriptions import NOT_DESCRIPTION, cleaned, letters
from docscan.extraction.bills.figures import Sheet
from docscan.extraction.bills.labels import meaning_of
from docscan.extraction.bills.lines import PricedLine
from docscan.extraction.bills.money import Amount, amounts_in
from docscan.extraction.bills.rows import Row
from docscan.extraction.text.month_names import MONTH_BEGUN
from docscan.neural import meaning
from docscan.reference import item_classes

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_LONGEST: Final = 30  # rows of a short bill
_SURE: Final = 0.6  # the network's chance from which a line names what was done
_MONEY = r"(?:[$€£]\s?)?\d{1,4}(?:\.\d\d)?"
_ONE = (
    r"(?:sessions?|visits?|class(?:es)?|lessons?|hours?|hrs?|treatments?|appointments?|appts?|meetings?|times?|one|"
    r"workouts?|trainings?|consults?|days?)"
)
_RATE = re.compile(
    rf"(?:(?:\brate|\bprice|\bfee|\beach|\bat|@|\bx|[×*])\s*:?\s*(?P<after>{_MONEY})(?![\d/.-]*\d|\s?(?:min|hrs?|:))"
    rf"|(?<![\d/.#-])(?P<before>{_MONEY})\s?(?:/\s?|a |an |per |each |every )(?:{_ONE}\b|ea\b|each\b)"
    rf"|(?<![\d/.#-])(?P<each>{_MONEY})\s?(?:each|ea|apiece|per)\b)",
    _I,
)
_COUNT = re.compile(rf"(?<![\d/.$:-])(?P<count>\d{{1,2}})\s?(?:(?:[a-z-]+\s){{0,3}}{_ONE}\b|x\b|[×*@])", _I)
_PRODUCT = re.compile(
    rf"(?<![\d/.$:-])(?P<count>\d{{1,2}})\s?(?:(?:[a-z-]+\s){{0,3}}{_ONE}\s?)?(?:@|x|×|\*|\bat\b)\s?(?P<rate>{_MONEY})"
    rf"(?:\s?(?:/|per |each|ea\b)[a-z. ]{{0,12}})?\s?=\s?(?P<whole>{_MONEY})(?![\d/])",
    _I,
)
_NAMES = re.compile(
    r"^\W*(?:for (?:professional )?services?(?: rendered)?|services?(?: rendered| provided)?|description|treatment|"
    r"procedures?|items?|session|visit(?: type)?|for|re|memo|product|type|what|plan|package|program|subscription|"
    r"membership)\s*:\s*",
    _I,
)
_FOR_WHOM = re.compile(
    r"\s+(?:for|with|by|to)\s+(?:Dr\.? |Coach )?[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)*(?:, [A-Z.]{2,8})?\W*$"
)
_LIST = re.compile(r"\(?\b(?:dates?|days|on|held|sessions? on)?\s*:?\s*(?:[,;&()+]|\band\b|\s)*$", _I)
_EMPTY = re.compile(
    rf"\W*(?:(?:{_ONE}|dates?|on|of|held|attended|and|the|for|total|due|per|each|at|rate|paid|in|mon|tues?|wed|thu(?:rs?)?|"
    rf"{MONTH_BEGUN}|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|price|fee|minutes?|mins?|x|\d+)\b\W*)*",
    _I,
)


class _Said(NamedTuple):
    description: str
    row: int
    sure: float


def plain_items(text: AnnotatedText, sheet: Sheet) -> tuple[PricedLine, ...]:
    """What a short bill charges for: one line, with the days' price and count where they are told."""
    if len(sheet.rows) > _LONGEST or sheet.headers:
        return ()
    price = _price(text, sheet)
    said = what_was_done(text, sheet) if price is not None else None
    if price is None or said is None:
        return ()
    amount, quantity, unit = price
    row = sheet.rows[said.row]
    own = {a.value for a in sheet.amounts[said.row]}
    if own - {amount.value, unit}:
        return ()  # it has a price of its own, which is not that of all
    spans = ((row.start, row.end), (amount.start, amount.end))
    days = {d.iso for d in served(text)}
    day = next((d for d in bill_days(text) if d.iso in days and d.value), None) if len(days) == 1 else None
    return (
        PricedLine(
            said.description, amount, quantity, unit, day, None, None, spans, said.row, said.sure,
            own_marks=quantity is not None,
        ),
    )  # fmt: skip


def product_of(sheet: Sheet) -> tuple[Amount, int, Decimal] | None:
    """ "4 x 60 = 240": what it comes to, how many and what one costs."""
    for row in sheet.rows:
        for match in _PRODUCT.finditer(row.text):
            count, rate, whole = int(match["count"]), _value(match["rate"]), _value(match["whole"])
            if count and rate * count == whole and whole:
                start = row.start + match.start("whole")
                return Amount(start, start + len(match["whole"]), whole, whole="." not in match["whole"]), count, rate
    return None


def _value(printed: str) -> Decimal:
    return Decimal(re.sub(r"[^\d.]", "", printed))


def _price(text: AnnotatedText, sheet: Sheet) -> tuple[Amount, int | None, Decimal | None] | None:
    """The price of all that was done; how many times and for how much each, where that is told."""
    product = product_of(sheet)
    if product is not None:
        return product
    worth = [a for row in sheet.amounts for a in row if a.cents > 0]
    sums = [f.amount for f in sheet.figures if f.role in ("total", "subtotal", "amount_paid", "balance_due", "card")]
    sums = [a for a in sums if a.cents > 0]
    rates = [
        (_value(said), match.end())
        for row in sheet.rows
        for match in _RATE.finditer(row.text)
        if (said := match["after"] or match["before"] or match["each"])
    ]
    counts = [int(match["count"]) for row in sheet.rows for match in _COUNT.finditer(row.text)]
    visits = len({d.iso for d in served(text)})
    for rate, _ in rates:
        for count in dict.fromkeys((*counts, visits, visits - 1)):
            whole = next(
                (a for a in (*sums, *worth) if count > 1 and a.value == rate * count and a.value != rate), None
            )
            if whole is not None:
                return whole, count, rate
    changed = {f.role for f in sheet.figures if f.cents} & _CHANGES
    if sums and not changed and len({a.cents for a in sums}) == 1:
        return sums[0], None, None
    if len({a.cents for a in worth}) == 1 and not changed:
        return worth[0], None, None
    return None


_CHANGES: Final = frozenset(
    (
        "tax",
        "tip",
        "discount",
        "shipping",
        "service_charge",
        "insurance_paid",
        "adjustment",
        "previous_balance",
        "refund",
    )
)


def what_was_done(text: AnnotatedText, sheet: Sheet) -> _Said | None:
    """The line that names the service or the thing, and the words of it that do."""
    found: list[_Said] = []
    for index, row in enumerate(sheet.rows):
        words = _words(text, row)
        if letters(words) < 4 or len(words.split()) > 12 or NOT_DESCRIPTION.search(words) or _EMPTY.fullmatch(words):
            continue
        known = meaning_of(words)
        if (known is not None and known.sure > 0.7) or _PARTY.match(row.text):
            continue
        kind = item_classes.classify(words)
        named = kind not in (None, "unspecific")
        if index == 0 and not _NAMES.match(row.text):
            continue  # who bills
        if _PERSON.fullmatch(row.text.strip()) and not named:
            continue
        (chances,) = meaning.of_lines([row.text])
        chance = max((chances.get(label, 0.0) for label in ("service", "good", "prepaid")), default=0.0)
        person = chances.get("person", 0.0)
        if _NAMES.match(row.text) and person < 0.5:
            found.append(_Said(words, index, 0.72))
        elif named and not (person > _SURE and index < 3 and not _FOR_WHOM.search(row.text)):
            found.append(_Said(words, index, 0.62 + 0.1 * chance))
        elif chance > _SURE and chance > person:
            found.append(_Said(words, index, 0.55))
        elif kind == "unspecific" and _WORK.search(words) and (person < _SURE or _FOR_WHOM.search(row.text)):
            found.append(_Said(words, index, 0.5))
    return max(found, key=lambda one: one.sure, default=None)


_WORK = re.compile(
    r"\b(?:training|sessions?|lessons?|class(?:es)?|therapy|treatments?|coaching|consult\w*|workouts?|tutoring)\b", _I
)


def names_somebody(description: str) -> bool:
    """Whether a description is but the name of a person, as where the patient's name stands over the price."""
    if not _PERSON.fullmatch(description) or item_classes.classify(description) is not None:
        return False
    (chances,) = meaning.of_lines([description])
    return chances.get("person", 0.0) > _NAME


_NAME: Final = 0.85
_PARTY = re.compile(
    r"\W*(?:(?:patient|client|student|child|customer|bill(?:ed)? to|invoice (?:to|for)|sold to|swimmer|name|to|"
    r"from|pt|member|received (?:from|by)|paid|payment|parent|dr|thank\w*|hello|hi|dear|statement|receipt|invoice|"
    r"order|date)\b)",
    _I,
)
_PERSON = re.compile(r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,2}(?:, ?[A-Z][A-Za-z.-]{1,7})*")


def _words(text: AnnotatedText, row: Row) -> str:
    """A row's words without its days, its amounts, its counts and for whom or by whom it was done."""
    printed = list(row.text)
    holes = [(a.start - row.start, a.end - row.start) for a in amounts_in(row.text, row.start)]
    holes += [(d.start - row.start, d.end - row.start) for d in bill_days(text) if row.start <= d.start < row.end]
    holes += [m.span() for pattern in (_PRODUCT, _RATE) for m in pattern.finditer(row.text)]
    for first, last in holes:
        printed[first:last] = " " * (last - first)
    words = _NAMES.sub("", "".join(printed))
    words = _FOR_WHOM.sub("", words.rstrip(" .,;:-"))
    words = re.sub(r"[(\s,;:&+@=–-]*$", "", _LIST.sub("", words))
    words = re.sub(r"\(\W*(?:and\W*)*\)", "", words)
    return cleaned(words).strip(" ,;:-–=")


def with_all_days(text: AnnotatedText, sheet: Sheet, items: list[PricedLine]) -> list[PricedLine]:
    """The only item at the price of all: "3 sessions (5/2, 5/9, 5/16) @ $65", and "$195.00" below it; and with the
    words of the line over it where its own only count."""
    if len(items) != 1 or items[0].cents <= 0 or sheet.headers or len(sheet.rows) > _LONGEST:
        return items
    item = items[0]
    sums = [a for row in sheet.amounts for a in row if a.start > item.amount.start]
    counts = (
        [int(item.quantity)]
        if item.quantity and item.unit_price is None and item.quantity == int(item.quantity)
        else []
    )
    counts += (
        [int(match["count"]) for match in _COUNT.finditer(sheet.rows[item.row].text)] if item.unit_price is None else []
    )
    for count in counts:
        whole = next((a for a in sums if count > 1 and a.cents == item.cents * count), None)
        if whole is not None:
            unit = item.amount.value
            item = replace(item, amount=whole, quantity=count, unit_price=unit, own_marks=True)
            item = replace(item, spans=(*item.spans, (whole.start, whole.end)))
            break
    if (_EMPTY.fullmatch(item.description) or names_somebody(item.description)) and (
        said := what_was_done(text, sheet)
    ) is not None:
        item = replace(item, description=said.description)
    return [item]
