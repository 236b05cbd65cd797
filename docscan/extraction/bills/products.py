"""Which words of a priced row say how many at which price: "2 @ 25", "x 3 ($13.35 ea.)", "$40/session x 6"?

Signs alone may mean a size or a dose: the words count where quantity times price is the row's amount, to the cent.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

_QUANTITY = r"(?P<quantity>\d{1,3}(?:\.(?:25|50?|75))?)"
_PRICE = r"[$€£]?\s?(?P<price>\d{1,5}(?:[.,]\d\d)?)(?![\d.,]*\d)"
_EACH = r"(?:\s?(?:ea\b\.?|each|apiece|per [a-z]+|/\s?[a-z]+))?"
_SIGN = r"(?:x|X|×|@|\*|\bat\b)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\w.,$])\(?(?:[Qq][Tt][Yy]\.?:?\s?|[xX×]\s?)?{_QUANTITY}(?:\s?(?:units?|ea|pcs?))?\s?{_SIGN}\s?{_PRICE}{_EACH}\)?",
        rf"(?<!\w)[xX×]\s?{_QUANTITY}\s?[(@,]\s?(?:at )?{_PRICE}{_EACH}\)?",
        rf"(?<![\w.,])\(?{_PRICE}{_EACH}\s?[xX×*]\s?{_QUANTITY}(?![\w.]\w)(?:\s?(?:units?|sessions?|visits?)\b)?\)?",
        rf"(?<![\w.,$]){_QUANTITY}(?=\s+[A-Za-z])(?P<kept>(?:\s+[A-Za-z][\w'’-]*){{1,5}}),?\s+{_SIGN}\s?{_PRICE}{_EACH}",
    )
)
"""The quantity in the last stands before what it counts, which stays in the description."""


class Product(NamedTuple):
    """How many at which price, and where the words stand that say so."""

    quantity: float
    price: Decimal
    cover: tuple[int, int]


def product_in(words: str, amount: Decimal, offset: int = 0) -> Product | None:
    """What multiplies to `amount` among the words; places are counted from `offset`."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(words):
            quantity, price = Decimal(match["quantity"]), Decimal(match["price"].replace(",", "."))
            if not quantity or quantity * price != abs(amount):
                continue
            start = match.end("kept") if "kept" in pattern.groupindex else match.start()
            whole = int(quantity) if quantity == int(quantity) else float(quantity)
            return Product(whole, price, (offset + start, offset + match.end()))
    return None
