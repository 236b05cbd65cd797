"""How many at which price, as the words of a line say it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.extraction.bills.products import product_in


@pytest.mark.parametrize(
    ("words", "amount", "rest"),
    [
        ("hands-on, 2 @ 25", "50", "hands-on, "),
        ("Table time x 3 ($13.35 ea.)", "40.05", "Table time "),
        ("BAND 1@14.99", "14.99", "BAND "),
        ("Coaching $40/session x 6", "240", "Coaching "),
        ("12 PT sessions @ 65", "780", "12 PT sessions"),
        ("Stretch class 4 at $20.00 each", "80", "Stretch class "),
        ("Mat 25.00 x 2 units", "50", "Mat "),
    ],
)
def test_a_product_is_found_and_its_words_are_left_out(words: str, amount: str, rest: str) -> None:
    product = product_in(words, Decimal(amount))
    assert product is not None
    assert words[: product.cover[0]] + words[product.cover[1] :] == rest


@pytest.mark.parametrize(("words", "amount"), [("Wrap 4 x 5 yd", "18.00"), ("3 @ 4/10.00", "29.50"), ("2 @ 25", "51")])
def test_what_does_not_multiply_is_no_product(words: str, amount: str) -> None:
    assert product_in(words, Decimal(amount)) is None


@given(st.integers(1, 99), st.decimals("0.01", "999.99", places=2))
def test_any_product_is_found(count: int, price: Decimal) -> None:
    product = product_in(f"Thing {count} x {price}", count * price)
    assert product is not None
    assert Decimal(str(product.quantity)) * product.price == count * price
