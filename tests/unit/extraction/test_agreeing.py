"""Values speak for each other where sums hold and days stand in their order, and against where they do not."""

from __future__ import annotations

from typing import Any

import pytest

from docscan.document import Evidence, Extraction
from docscan.extraction.agreeing import Others


def _one(name: str, value: Any, at: int = 0) -> Extraction:
    evidence = Evidence(page=1, text="", boxes=(), start=at, end=at + 5, found_by="test")
    return Extraction(name, value, raw="", confidence=0.9, evidence=(evidence,))


def _item(amount: str, **more: str) -> Extraction:
    return _one("item", {"description": "session", "amount": amount, **more})


SUMS: list[tuple[list[Extraction], float]] = [
    ([_one("total", "108.00"), _one("subtotal", "100.00"), _one("tax", "8.00")], 1.0),
    ([_one("total", "109.00"), _one("subtotal", "100.00"), _one("tax", "8.00")], -1.0),
    ([_one("total", "100.00"), _item("60.00"), _item("40.00")], 1.0),
    ([_one("total", "100.00")], 0.0),
    ([_one("balance_due", "25.00"), _one("total", "100.00"), _one("amount_paid", "75.00")], 1.0),
    ([_one("balance_due", "20.00"), _one("total", "100.00"), _one("amount_paid", "75.00")], -1.0),
]


@pytest.mark.parametrize(("found", "agrees"), SUMS)
def test_a_sum_is_confirmed_by_what_it_is_made_of(found: list[Extraction], agrees: float) -> None:
    assert Others(found).agree(found[0]) == agrees


LINES: list[tuple[list[Extraction], float]] = [
    ([_item("60.00"), _item("40.00"), _one("subtotal", "100.00"), _one("total", "108.00")], 1.0),
    ([_item("60.00"), _item("40.00"), _one("total", "108.00"), _one("tax", "8.00")], 1.0),
    ([_item("60.00"), _item("40.00"), _one("total", "90.00")], -1.0),
    ([_item("60.00", quantity="2", unit_price="30.00")], 0.0),
    ([_item("60.00", quantity="2", unit_price="35.00")], -1.0),
]


@pytest.mark.parametrize(("found", "agrees"), LINES)
def test_a_line_is_confirmed_by_the_sum_of_all(found: list[Extraction], agrees: float) -> None:
    assert Others(found).agree(found[0]) == agrees


DAYS: list[tuple[list[Extraction], float]] = [
    ([_one("start_date", "2026-01-05"), _one("end_date", "2026-06-05", at=40)], 0.0),
    ([_one("start_date", "2026-07-05"), _one("end_date", "2026-06-05", at=40)], -1.0),
    ([_one("visit_date", "2026-05-02"), _one("letter_date", "2026-05-01", at=40)], -1.0),
    ([_one("statement_date", "2026-05-02"), _one("service_date", "2026-05-02")], -0.5),
]


@pytest.mark.parametrize(("found", "agrees"), DAYS)
def test_a_day_is_doubted_out_of_its_order_and_in_two_roles(found: list[Extraction], agrees: float) -> None:
    assert Others(found).agree(found[0]) == agrees


def test_what_is_denied_speaks_for_nothing() -> None:
    denied = Extraction("total", "108.00", raw="", confidence=0.9, assertion="negated")
    assert Others([denied, _one("subtotal", "100.00"), _one("tax", "8.00")]).agree(denied) == 0
