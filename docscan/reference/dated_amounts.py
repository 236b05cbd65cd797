"""Amounts of the law that change with the years (`dated_amounts.toml`): rates, limits, the deduction's floor.

A day for which no amount is known has none: nothing is guessed from the years around it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from docscan.document import Citation


@dataclass(frozen=True, slots=True)
class Amount:
    """`first` and `last`: the days from and to which it holds, both included; None where no bound is known."""

    id: str
    value: Decimal
    unit: str
    first: date | None
    last: date | None
    citation: Citation

    def holds_on(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def amount(id: str, on: date) -> Amount | None:
    """The amount of that id in force on a day; None where none is known."""
    return next((one for one in amounts() if one.id == id and one.holds_on(on)), None)


def deduction_floor(tax_year: int, *, from_65: bool = False) -> Amount | None:
    """The percentage of the income below which medical expenses do not count for the itemized deduction.

    `from_65`: the taxpayer or spouse was 65 or older, which made a difference in some years.
    """
    last = date(tax_year, 12, 31)
    return (amount("deduction_floor_from_65", last) if from_65 else None) or amount("deduction_floor", last)


@cache
def amounts() -> tuple[Amount, ...]:
    """Every amount, in the order of the file."""
    data = tomllib.loads(files(__package__).joinpath("dated_amounts.toml").read_text("utf-8"))
    cited = {
        name: Citation(told["title"], told["locator"], told.get("url"), told["kind"], told.get("verified", True))
        for name, told in data["citations"].items()
    }
    return tuple(
        Amount(
            told["id"], Decimal(told["value"]), told["unit"], told.get("first"), told.get("last"),
            cited[told["source"]],
        )
        for told in data["amount"]
    )  # fmt: skip
