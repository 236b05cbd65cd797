"""What the words beside an amount say that it is; a description is no label."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.extraction.bills.labels import meaning_of


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("TOTAL", "total"),
        ("T0TAL:", "total"),
        ("NETTOTAL:", "total"),
        ("Grand Total (RM)", "total"),
        ("Total Sales (Inclusive of GST)", "total"),
        ("Total. Sales (Inclusive GST)", "total"),
        ("Total for January", "total"),
        ("Invoice total", "total"),
        ("Summe", "total"),
        ("SUBT0TAL", "subtotal"),
        ("Total Excluding GST", "subtotal"),
        ("GST @ 6%", "tax"),
        ("Sales Tax (8.25%)", "tax"),
        ("TOTAL INCLUDES 6% GST", "tax"),
        ("GST @6% included in total", "tax"),
        ("Gratuity 18%", "tip"),
        ("Tip (coach)", "tip"),
        ("Gratuity (never covered)", "tip"),
        ("Total (3 sessions)", "total"),
        ("pls pay", "balance_due"),
        ("Ship (ground)", "shipping"),
        ("SUBTL", "subtotal"),
        ("Seguro pagó", "insurance_paid"),
        ("Less insurance", "insurance_paid"),
        ("Plan discount", "discount"),
        ("Coupon SAVE10", "discount"),
        ("Shipping & handling", "shipping"),
        ("Insurance paid", "insurance_paid"),
        ("Contractual adjustment", "adjustment"),
        ("Patient Responsibility", "patient_responsibility"),
        ("YOU PAY", "patient_responsibility"),
        ("Copay", "patient_responsibility"),
        ("Balance Due", "balance_due"),
        ("Amount Due", "balance_due"),
        ("Paid - Visa ending 4242", "amount_paid"),
        ("Received with thanks by Zelle", "amount_paid"),
        ("VISA ************1881", "card"),
        ("CASH", "tendered"),
        ("Change Due", "change"),
        ("ROUNDING ADJ :", "rounding"),
        ("Balance forward", "previous_balance"),
        ("Previous balance", "previous_balance"),
        ("Refund", "refund"),
        ("Total Qty", "aside"),
        ("Item count", "aside"),
        ("Reward points earned", "aside"),
        ("You saved", "aside"),
        ("Running balance", "aside"),
        ("Suggested tip 20%", "aside"),
        ("Coinsurance", "aside"),
        ("Allowed amount", "aside"),
        ("Amount billed", "total"),
    ],
)
def test_labels(label: str, role: str) -> None:
    meaning = meaning_of(label)
    assert meaning is not None
    assert meaning.role == role
    assert meaning.sure >= 0.6


@pytest.mark.parametrize(
    "words",
    [
        "Personal training, 60 min",
        "TOTAL BODY WORKOUT",
        "Total Gym XLS",
        "Cash's mustard",
        "Towel service",
        "Massage 60 minutes",
        "Late fee",
        "Membership dues",
        "Change of program fee",
        "Package of 10 sessions",
        "",
        "12345",
    ],
)
def test_descriptions_are_no_sure_labels(words: str) -> None:
    meaning = meaning_of(words)
    assert meaning is None or meaning.sure < 0.6


@given(st.text(max_size=60))
def test_any_words_are_survived(words: str) -> None:
    meaning_of(words)
