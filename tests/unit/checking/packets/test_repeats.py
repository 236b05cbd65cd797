"""One expense, or the same twice?"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from time import perf_counter
from typing import Any

import pytest

from docscan.checking.packets.repeats import Expense, copied, pairs

ONE = Expense(
    document=1, kind="receipt", provider="Summit Strength", day=date(2026, 4, 2), amount=Decimal("85.00"),
    item="Personal training", number="2041", file=None, paid=True, patient="Marisol Vance",
)  # fmt: skip

CASES: list[tuple[str, dict[str, Any], str | None]] = [
    ("the same receipt again", {}, "repeat"),
    ("in other letters", {"provider": "SUMMIT STRENGTH STUDIO LLC", "number": "No. 2041"}, "repeat"),
    ("without a number", {"number": None}, "repeat"),
    ("a week later", {"day": date(2026, 4, 9), "number": "2055"}, None),
    ("two purchases of one day", {"number": "2042"}, None),
    ("another line of a longer bill", {"number": "2099", "alone": False}, "repeat"),
    ("another price", {"amount": Decimal("90.00"), "number": "2042"}, None),
    ("another provider", {"provider": "Lakeside Massage", "number": None}, None),
    ("another thing", {"item": "Protein bar", "number": "2042"}, None),
    ("another child's", {"patient": "Peter Okafor", "number": None}, None),
    ("the bill before it was paid", {"paid": False}, "copy"),
    ("the superbill", {"kind": "superbill"}, "copy"),
    ("the insurer's statement", {"kind": "eob", "amount": Decimal("120.00"), "item": "Office visit"}, "copy"),
    ("the insurer's statement under the insurer's name",
     {"kind": "eob", "provider": "Blue Prairie Plan", "amount": Decimal("120.00"), "share": Decimal("85.00")}, "copy"),
    ("the insurer's statement on another day", {"kind": "eob", "day": date(2026, 5, 2)}, None),
    ("one number, no day", {"day": None}, "repeat"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "other", "relation"), CASES, ids=[c[0] for c in CASES])
def test_two_documents_show_one_expense_or_two(what: str, other: dict[str, Any], relation: str | None) -> None:
    found = pairs([ONE, replace(ONE, document=2, **other)])
    assert [pair.relation for pair in found] == ([relation] if relation else [])


def test_the_same_file_is_a_repeat_whatever_was_read() -> None:
    one = replace(ONE, file="a", day=None, amount=None, provider=None, number=None)
    assert [p.relation for p in pairs([one, replace(one, document=2)])] == ["repeat"]


def test_lines_of_one_receipt_are_never_each_others_repeat() -> None:
    assert pairs([ONE, ONE]) == []


def test_of_a_bill_and_its_payment_the_payment_is_kept() -> None:
    assert copied([replace(ONE, document=2, paid=False), ONE]) == {0}
    assert copied([ONE, replace(ONE, document=2, kind="eob")]) == {1}


def test_an_archive_of_a_year_is_compared_at_once() -> None:
    days = [date.fromordinal(date(2026, 1, 1).toordinal() + n % 360) for n in range(20_000)]
    rows = [
        replace(ONE, document=n, day=day, amount=Decimal(n % 997), number=str(n), provider=f"Studio {n % 50}")
        for n, day in enumerate(days)
    ]
    start = perf_counter()
    assert pairs([*rows, replace(rows[7], document="again")])[0][:2] == (7, 20_000)
    assert perf_counter() - start < 20
