"""Amounts are found where a person sees an amount, and nowhere else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.extraction.bills.money import amounts_in, currency_of, loose_amount, other_readings, said

MONEY = st.decimals(min_value=0, max_value=99999, places=2, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("printed", "values"),
    [
        ("$125.00", ["125.00"]),
        ("$1,234.56", ["1234.56"]),
        ("1.234,56 EUR", ["1234.56"]),
        ("1 234,56 €", ["1234.56"]),
        ("39,90", ["39.90"]),
        ("RM 5", ["5"]),
        ("RM57.80", ["57.80"]),
        ("TOTAL:RM12.30", ["12.30"]),
        ("(12.00)", ["-12.00"]),
        ("12.00-", ["-12.00"]),
        ("-$12.00", ["-12.00"]),
        ("$-12.00", ["-12.00"]),
        ("12.00 CR", ["-12.00"]),
        ("- $300.00", ["-300.00"]),
        ("CHANGE .20", ["0.20"]),
        ("8 $75.00 $600.00", ["75.00", "600.00"]),
        ("3 @ 2.10 6.30", ["2.10", "6.30"]),
        ("2 x5.00", ["5.00"]),
        ("8.99T", ["8.99"]),
        ("$1,920.00.", ["1920.00"]),
        ("Adjustment  45.-", ["45"]),
        ("USD 125", ["125"]),
        ("(incl. 5.00 tip)", ["5.00"]),
    ],
)
def test_amounts(printed: str, values: list[str]) -> None:
    assert [a.value for a in amounts_in(printed)] == [Decimal(v) for v in values]


@pytest.mark.parametrize(
    "printed",
    [
        "Tel 03-8079 0255",
        "(937) 555-0112",
        "GST ID 000136577024",
        "GST REG NO: 0016 6993 5104",
        "VISA XXXX4242",
        "************1881",
        "Room 204",
        "10:30 am",
        "10.30 pm",
        "10/03/2018",
        "10.03.2018",
        "2018-03-10",
        "6.00%",
        "GST @6%",
        "0.50 kg",
        "12.50 lbs",
        "60 min",
        "BP 138/86",
        "ver 1.2.3",
        "Lot 38, 39 101 Boulevard",
        "Points 1200",
        "90837",
        "#12.00",
        "E11.65x",
        "ICD M54.50",
        "NPI 1457389023",
    ],
)
def test_traps_are_no_amounts(printed: str) -> None:
    assert [printed[a.start : a.end] for a in amounts_in(printed)] == []


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("$1O.OO", "10.00"),
        ("l2.50", "12.50"),
        ("12. 50", "12.50"),
        ("S125.00", "125.00"),
        ("RMS. OO", "5.00"),
        ("RH23.60", "23.60"),
    ],
)
def test_misread_amounts_are_mended_and_say_so(printed: str, value: str) -> None:
    (amount,) = amounts_in(printed)
    assert (amount.value, amount.mended or amount.currency == "MYR") == (Decimal(value), True)


@pytest.mark.parametrize(
    ("printed", "value"), [("Total 28 50", "28.50"), ("Grand Total 29, 30", "29.30"), ("Cash 50:00", "50.00")]
)
def test_beside_a_label_a_lost_point_is_allowed(printed: str, value: str) -> None:
    amount = loose_amount(printed)
    assert amount is not None
    assert amount.value == Decimal(value)


@given(MONEY)
def test_what_is_printed_is_read_back(value: Decimal) -> None:
    (amount,) = amounts_in(f"Total ${value:,.2f}")
    assert amount.value == value.quantize(Decimal("0.01"))
    assert said(amount.value) == f"{value:.2f}"


@given(MONEY)
def test_comma_decimals_are_read_back(value: Decimal) -> None:
    printed = f"{value:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".") + " EUR"
    (amount,) = amounts_in(printed)
    assert (amount.value, amount.currency) == (value.quantize(Decimal("0.01")), "EUR")


@given(st.text(max_size=120), st.integers(0, 50))
def test_any_text_is_survived_and_places_are_its_own(text: str, offset: int) -> None:
    for amount in amounts_in(text, offset, whole=True):
        assert offset <= amount.start < amount.end <= offset + len(text)
    loose_amount(text)


@given(MONEY)
def test_other_readings_differ_in_one_place(value: Decimal) -> None:
    (amount,) = amounts_in(f"${value:.2f}")
    readings = set(other_readings(amount))
    assert amount.value not in readings
    assert all(len(f"{r:.2f}") <= len(f"{value:.2f}") for r in readings)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Dayton, OH 45402  $5.00", "USD"),
        ("Toronto ON M5V 2T6 HST $5.00", "CAD"),
        ("ABN 12 345 $5.00", "AUD"),
        ("RM 5.00 RM 4.00 $1.00", "MYR"),
        ("39,90 EUR", "EUR"),
    ],
)
def test_currency(text: str, code: str) -> None:
    found = currency_of(text, amounts_in(text))
    assert found is not None
    assert found[0] == code


def test_no_sign_no_currency() -> None:
    assert currency_of("12.00", amounts_in("12.00")) is None
