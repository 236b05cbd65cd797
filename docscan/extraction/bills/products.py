"""Which words of a priced row say how many at which price: "2 @ 25", "x 3 ($13.35 ea.)", "$40/session x 6"?

Signs alone may mean a size or a dose: the words count where quantity times price is the row's amount, to the cent; of
what was weighed to the cent that a till rounds to. Such words may have a row to themselves, above or below the row
that they count: "3 EA @ 2.50" beside "HAND SANITIZER  7.50".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from docscan.extraction.bills.labels import meaning_of

if TYPE_CHECKING:
    from docscan.extraction.bills.money import Amount
    from docscan.extraction.bills.rows import Row

_QUANTITY = r"(?P<quantity>\d{1,3}(?:\.(?:25|50?|75))?)"
_PRICE = r"[$€£]?\s?(?P<price>\d{1,5}(?:[.,]\d\d)?)(?![\d.,]*\d)"
_EACH = r"(?i:\s?(?:ea\b\.?|each|apiece|per [a-z]+|/\s?[a-z]+))?"
_SIGN = r"(?:x|X|×|@|\*|\bat\b)"
_MEASURE = (
    r"(?:lbs?|LBS?|Lbs?|kgs?|KGS?|Kgs?|oz|OZ|gms?|GMS?|g|G|gal|GAL|ft|FT|yds?|YDS?|m|M|hrs?|HRS?|hours?|h|H)\b\.?"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\w.,$])\(?(?:[Qq][Tt][Yy]\.?:?\s?|[xX×]\s?)?{_QUANTITY}(?i:\s?(?:units?|ea|pcs?)\b\.?)?\s?{_SIGN}\s?{_PRICE}{_EACH}\)?",
        rf"(?<!\w)[xX×]\s?{_QUANTITY}\s?[(@,]\s?(?:at )?{_PRICE}{_EACH}\)?",
        rf"(?<![\w.,])\(?{_PRICE}{_EACH}\s?[xX×*]\s?{_QUANTITY}(?![\w.]\w)(?:\s?(?:units?|sessions?|visits?)\b)?\)?",
        rf"(?<![\w.,$])(?P<quantity>\d{{0,3}}\.\d{{1,3}}|\d{{1,3}})\s?{_MEASURE}(?:\s?(?:net|NET))?\s?{_SIGN}\s?{_PRICE}"
        rf"(?:\s?(?:/|per)\s?(?:{_MEASURE}|[a-z]+)|\s(?:ea|EA|each)\b|\s?{_MEASURE})?",
        rf"(?<![\w.,$])(?P<quantity>\d{{1,3}})\s?@\s?(?P<lot>[2-9]|1\d)\s?(?:/|[Ff][Oo][Rr])\s?{_PRICE}",
        rf"(?<![\w.,$]){_QUANTITY}(?=\s+[A-Za-z])(?P<kept>(?:\s+[A-Za-z][\w'’-]*){{1,5}}),?\s+{_SIGN}\s?{_PRICE}{_EACH}",
    )
)
"""The quantity in the last stands before what it counts, which stays in the description; `lot`: so many at a price."""
_FLAG = re.compile(r"(?:\s(?:[A-Z]{1,2}|EACH|Each|each)[*]?|[\s.:)*=]+)*")
_OPENS = re.compile(r"[\s(*-]*(?:(?:QTY|Qty|qty)\b\.?:?\s*)?")


class Product(NamedTuple):
    """How many at which price, and where the words stand that say so."""

    quantity: float
    price: Decimal
    cover: tuple[int, int]


def product_in(words: str, amount: Decimal, offset: int = 0) -> Product | None:
    """What multiplies to `amount` among the words; places are counted from `offset`."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(words):
            quantity, price = _said(match)
            if not quantity or not _comes_to(quantity, price, abs(amount)):
                continue
            start = match.end("kept") if "kept" in pattern.groupindex else match.start()
            whole = int(quantity) if quantity == int(quantity) else float(quantity)
            return Product(whole, price, (offset + start, offset + match.end()))
    return None


def _said(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    lot = Decimal(match.groupdict().get("lot") or 1)
    return Decimal(match["quantity"]), Decimal(match["price"].replace(",", ".")) / lot


def _comes_to(quantity: Decimal, price: Decimal, amount: Decimal) -> bool:
    """Whether so many at that price are the amount; a weight's is cut or rounded to a cent."""
    whole = quantity == int(quantity) and price == price.quantize(Decimal("0.01"))
    return abs(quantity * price - amount) < (_LEAST if whole else _CENT)


_CENT = Decimal("0.01")
_LEAST = Decimal("0.001")


class Counted(NamedTuple):
    """The row that a row of nothing but a count and a price belongs to, and what it says of it."""

    row: int
    quantity: float
    price: Decimal


def counting_rows(rows: Sequence[Row], amounts: Sequence[Sequence[Amount]]) -> Mapping[int, Counted]:
    """The rows that say nothing but how many at which price of what the row above or below names with its amount.

    Where either could be meant, it is the one on the side on which such rows of this bill stand elsewhere.
    """
    sides: dict[int, dict[int, Counted]] = {}
    for index, row in enumerate(rows):
        opened = _OPENS.match(row.text)
        here = row.text[opened.end() :] if opened is not None else row.text
        for beside in (index - 1, index + 1):
            if 0 <= beside < len(rows) and rows[beside].page is row.page and _is_named(rows[beside], amounts[beside]):
                amount = amounts[beside][-1].value
                product = product_in(here, amount)
                if product is None or product.cover[0] or not _FLAG.fullmatch(here[product.cover[1] :]):
                    continue
                sides.setdefault(index, {})[beside - index] = Counted(beside, product.quantity, product.price)
    above = sum(-1 in one and 1 not in one for one in sides.values())
    below = sum(1 in one and -1 not in one for one in sides.values())
    side = 1 if below > above else -1
    found: dict[int, Counted] = {}
    for index, one in sides.items():
        counted = one.get(side) or next(iter(one.values()))
        if counted.row not in {other.row for other in found.values()}:
            found[index] = counted
    return found


def _is_named(row: Row, amounts: Sequence[Amount]) -> bool:
    """Whether a row has words of its own before its amount, and no count."""
    if not amounts or amounts[-1].value <= 0:
        return False
    words = row.text[: amounts[0].start - row.start]
    meaning = meaning_of(words)
    named = sum(c.isalpha() for c in words) >= _WORDED and (meaning is None or meaning.sure < _LABEL)
    return named and product_in(row.text[: amounts[-1].start - row.start], amounts[-1].value) is None


_WORDED = 3  # letters
_LABEL = 0.6
"""From here on words are the label of a sum."""
