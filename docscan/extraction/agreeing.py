"""What the other values of a document say for or against one: sums that hold, days in their order, counts that fit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any, Final

from docscan.document import Extraction

_CENT: Final = Decimal("0.01")
_ORDER: Final = (
    ("date_of_birth", "visit_date"), ("date_of_birth", "letter_date"), ("date_of_birth", "service_date"),
    ("visit_date", "letter_date"), ("visit_date", "signature_date"), ("letter_date", "end_date"),
    ("letter_date", "fax_date"), ("letter_date", "print_date"), ("start_date", "end_date"),
    ("service_date", "statement_date"), ("service_date", "print_date"), ("service_date", "due_date"),
    ("statement_date", "due_date"), ("statement_date", "print_date"),
)  # fmt: skip
"""Which day comes before which, or is the same, on nearly every letter and bill."""
_ROLES: Final = frozenset(name for pair in _ORDER for name in pair) | {"payment_date"}
_MONEY: Final = frozenset(
    ("subtotal", "tax", "tip", "discount", "shipping", "insurance_paid", "patient_responsibility", "total",
     "amount_paid", "balance_due", "refund")
)  # fmt: skip


class Others:
    """The values that were found in one document, to ask what they say of each other.

    `many`: how many stated values a field has.
    """

    def __init__(self, found: Sequence[Extraction]) -> None:
        self._stated = [one for one in found if one.assertion == "stated" and one.value is not None]
        self.many = Counter(one.name for one in self._stated)

    def agree(self, one: Extraction) -> float:
        """1 where the others speak for a value, -1 where they speak against it, 0 where they say nothing."""
        if one.value is None or one.assertion != "stated":
            return 0.0
        if one.name == "item":
            return self._item(one.value)
        if one.name in _MONEY:
            return self._amount(one.name, str(one.value))
        if one.name in _ROLES:
            return self._day(one)
        return 0.0

    # -- amounts ------------------------------------------------------------------------------------------------------

    def _item(self, item: Mapping[str, Any]) -> float:
        """Whether its own figures multiply, and whether all lines together come to a sum that is printed."""
        amount, price, quantity = (_figure(item.get(key)) for key in ("amount", "unit_price", "quantity"))
        if amount is None:
            return -0.5
        if price is not None and quantity is not None and abs(price * quantity - amount) > _CENT:
            return -1.0
        return self._lines_sum

    def _amount(self, name: str, value: str) -> float:
        figure = _figure(value)
        if figure is None:
            return 0.0
        if name in ("subtotal", "total") and self._items is not None and figure == self._items:
            return 1.0
        held = [holds for names, holds in self._sums if name in names]
        return 0.0 if not held else 1.0 if any(held) else -1.0

    @cached_property
    def _items(self) -> Decimal | None:
        amounts = [_figure(one.value.get("amount")) for one in self._stated if one.name == "item"]
        known = [amount for amount in amounts if amount is not None]
        return sum(known, Decimal(0)) if known and len(known) == len(amounts) else None

    @cached_property
    def _lines_sum(self) -> float:
        """1 where the lines come to the subtotal, the total or the total before what is added; 0 without a sum."""
        sums = [figure for name in ("subtotal", "total") for figure in self._figures(name)]
        if self._items is None or not sums:
            return 0.0
        added = sum((self._first(name) for name in ("tax", "tip", "shipping")), Decimal(0)) - self._first("discount")
        return 1.0 if any(figure in (self._items, self._items + added) for figure in sums) else -1.0

    @cached_property
    def _sums(self) -> list[tuple[tuple[str, ...], bool]]:
        """The sums that a bill's foot makes, as far as it prints them: their fields, and whether they hold."""
        found = []
        for names, holds in _EQUATIONS:
            needed = [name for name in names if self.many[name]]
            if len(needed) >= 3 and names[0] in needed and names[1] in needed:
                found.append((tuple(needed), holds([self._first(name) for name in names])))
        return found

    def _figures(self, name: str) -> list[Decimal]:
        return [f for one in self._stated if one.name == name and (f := _figure(one.value)) is not None]

    def _first(self, name: str) -> Decimal:
        return next(iter(self._figures(name)), Decimal(0))

    # -- days ---------------------------------------------------------------------------------------------------------

    def _day(self, one: Extraction) -> float:
        """-1 where a day stands before one that it follows, -.5 where its mention is taken for another day as well."""
        day = _day_of(one.value)
        if day is None:
            return 0.0
        for earlier, later in _ORDER:
            if (one.name == earlier and any(day > other for other in self._days[later])) or (
                one.name == later and any(day < other for other in self._days[earlier])
            ):
                return -1.0
        spans = {(e.start, e.end) for e in one.evidence}
        shared = any(
            other.name != one.name and other.name in _ROLES and spans & {(e.start, e.end) for e in other.evidence}
            for other in self._stated
        )
        return -0.5 if shared else 0.0

    @cached_property
    def _days(self) -> Mapping[str, list[date]]:
        days: dict[str, list[date]] = defaultdict(list)
        for one in self._stated:
            if one.name in _ROLES and (day := _day_of(one.value)) is not None:
                days[one.name].append(day)
        return days


def _total(figures: Sequence[Decimal]) -> bool:
    total, subtotal, tax, tip, shipping, discount = figures
    return total == subtotal + tax + tip + shipping - discount


def _balance(figures: Sequence[Decimal]) -> bool:
    balance, total, paid, insurance, refund = figures
    return balance == total - paid - insurance + refund


def _share(figures: Sequence[Decimal]) -> bool:
    share, total, insurance, discount = figures
    return share in (total - insurance, total - insurance - discount)


_EQUATIONS: Final[tuple[tuple[tuple[str, ...], Callable[[Sequence[Decimal]], bool]], ...]] = (
    (("total", "subtotal", "tax", "tip", "shipping", "discount"), _total),
    (("balance_due", "total", "amount_paid", "insurance_paid", "refund"), _balance),
    (("patient_responsibility", "total", "insurance_paid", "discount"), _share),
)


def _figure(value: object) -> Decimal | None:
    try:
        return Decimal(str(value)) if value is not None else None
    except InvalidOperation:
        return None


def _day_of(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
