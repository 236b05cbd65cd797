"""Sums that a bill tells in sentences."""

from __future__ import annotations

import pytest

from docscan.document import Document
from docscan.extraction.bills.figures import sheet_of
from docscan.extraction.bills.told import settled, told_sums
from docscan.extraction.text.annotated import AnnotatedText


def _told(text: str) -> list[tuple[str, int]]:
    annotated = AnnotatedText(Document.from_text(text))
    sheet = sheet_of(annotated)
    return [(one.role, abs(one.amount.cents)) for one in told_sums(annotated, sheet.rows, sheet.amounts)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The three lessons and the mat came to $210.00 altogether. We knocked off $21.00 because your sister\n"
            "sent you, leaving $189.00, and you paid $100.00 of it in cash, so $89.00 is still owing.",
            [("subtotal", 21000), ("discount", 2100), ("total", 18900), ("amount_paid", 10000), ("balance_due", 8900)],
            id="down to what is owed",
        ),
        pytest.param(
            "This is to confirm that we received $85.00 from you on March 3 for the session that day.",
            [("amount_paid", 8500)],
            id="received",
        ),
        pytest.param(
            "Your insurance paid $120.00 of the fee and you gave us $40.00 by check at the front desk that morning.",
            [("insurance_paid", 12000), ("amount_paid", 4000)],
            id="the insurer and you",
        ),
        pytest.param(
            "You handed me $60.00 on Monday and sent me $40.00 on Friday, so $100.00 is in and nothing is open.",
            [("amount_paid", 10000)],
            id="payments and their sum",
        ),
        pytest.param(
            "If you cancel with less than a day of notice, you would owe $45.00 for the hour that was kept for you.",
            [],
            id="only possible",
        ),
        pytest.param(
            "He took three jars at $12.00 each and two blocks of soap at $4.00 apiece, and a comb besides.",
            [],
            id="prices of one",
        ),
        pytest.param(
            "Together the goods are $122.00. I am knocking off ten percent, that is $12.20, which leaves $109.80 for\n"
            "the lot. You also asked us to add a gratuity of $8.00 for the movers. The full amount is then $117.80.",
            [("subtotal", 12200), ("discount", 1220), ("total", 10980), ("tip", 800), ("total", 11780)],
            id="taken off in other words",
        ),
        pytest.param(
            "We met four times, $640.00 in all. Your plan sent me $256.00 and I wrote off $64.00 as agreed with them.\n"
            "That leaves $320.00. Your HSA card ending 5512 was charged $320.00 on the last day of the month.",
            [("total", 64000), ("insurance_paid", 25600), ("adjustment", 6400), ("amount_paid", 32000)],
            id="what was left was paid",
        ),
        pytest.param("TOTAL  $45.00\nCASH  $50.00\nCHANGE  $5.00", [], id="no sentence"),
    ],
)
def test_a_sentence_says_what_its_amounts_are(text: str, expected: list[tuple[str, int]]) -> None:
    assert _told(text) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Thank you, nothing is owing.", True),
        ("With that you owe us nothing.", True),
        ("Nothing is due until the second visit.", False),
        ("Nothing beats a good stretch.", False),
    ],
)
def test_what_says_that_nothing_is_owed(text: str, said: bool) -> None:
    assert (settled(AnnotatedText(Document.from_text(text))) is not None) is said
