"""Amounts of the law by day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from docscan.reference.dated_amounts import amount, amounts, deduction_floor


@pytest.mark.parametrize(
    ("year", "from_65", "percent"),
    [
        (2012, False, None),
        (2013, False, "10"),
        (2013, True, "7.5"),
        (2016, False, "10"),
        (2016, True, "7.5"),
        (2017, False, "7.5"),
        (2026, True, "7.5"),
    ],
)
def test_the_floor_of_the_deduction_by_year(year: int, from_65: bool, percent: str | None) -> None:
    floor = deduction_floor(year, from_65=from_65)
    assert (floor.value if floor else None) == (Decimal(percent) if percent else None)


@pytest.mark.parametrize(("year", "rate"), [(2025, "0.21"), (2026, "0.205"), (2024, None), (2027, None)])
def test_the_rate_for_a_mile_is_known_for_its_year_only(year: int, rate: str | None) -> None:
    found = amount("medical_mileage", date(year, 6, 1))
    assert (found.value if found else None) == (Decimal(rate) if rate else None)


def test_no_two_amounts_of_one_id_hold_on_one_day() -> None:
    for one in amounts():
        for day in filter(None, (one.first, one.last)):
            assert [a for a in amounts() if a.id == one.id and a.holds_on(day)] == [one]


def test_what_is_not_verified_says_so() -> None:
    verified = {(one.id, one.value): one.citation.verified for one in amounts()}
    assert verified["deduction_floor", Decimal(10)]
    assert not verified["deduction_floor", Decimal("7.5")]
