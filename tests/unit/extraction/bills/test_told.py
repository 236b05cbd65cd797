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
            [("subtotal", 12200), ("discount", 1220), ("tip", 800), ("total", 11780)],
            id="taken off in other words",
        ),
        pytest.param(
            "We met four times, $640.00 in all. Your plan sent me $256.00 and I wrote off $64.00 as agreed with them.\n"
            "That leaves $320.00. Your HSA card ending 5512 was charged $320.00 on the last day of the month.",
            [
                ("total", 64000),
                ("insurance_paid", 25600),
                ("adjustment", 6400),
                ("patient_responsibility", 32000),
                ("amount_paid", 32000),
            ],
            id="what a plan left was the patient's, and was paid",
        ),
        pytest.param(
            "Of the remaining $80.00 your plan pays three quarters, so your plan paid $60.00. The last\n"
            "quarter, $20.00, is your share. According to the office it was charged to your Visa that day.",
            [("insurance_paid", 6000), ("patient_responsibility", 2000), ("amount_paid", 2000)],
            id="what a part is taken of is no balance, and it was paid",
        ),
        pytest.param(
            "The month is $390.00. You had $50.00 left over from April, which makes $440.00, and this was taken from\n"
            "your card on the last day of the month.",
            [("total", 39000), ("previous_balance", 5000), ("total", 44000), ("amount_paid", 44000)],
            id="an old balance and what it makes",
        ),
        pytest.param(
            "The basket came to $36.20, your code took off $3.62, leaving $32.58. Sales tax came to $1.95, and you\n"
            "left a $3.00 tip for Ana. We have your check no. 88 for $37.53.",
            [("subtotal", 3620), ("discount", 362), ("total", 3258), ("tax", 195), ("tip", 300), ("amount_paid", 3753)],
            id="words behind an amount",
        ),
        pytest.param(
            "The injections came in at $160.00 and Blue Ridge Mutual settled $100.00 of it; $60.00 was put on a card.",
            [("insurance_paid", 10000), ("amount_paid", 6000)],
            id="an insurer by its name",
        ),
        pytest.param(
            "The gel was, in all, $86.60, with 10% off the gel, or $8.66. The two added up to $171.20; less the\n"
            "discount you paid $162.54 at the desk.",
            [("discount", 866), ("subtotal", 17120), ("amount_paid", 16254)],
            id="a sum of one thing is none of the bill",
        ),
        pytest.param(
            "The fee was $85.00 for each hour, $340.00 for the month, and was paid in full by check no. 512 that day.",
            [("total", 34000), ("amount_paid", 34000)],
            id="for each and for all",
        ),
        pytest.param(
            "We were billed $310.00. Our agreed rate is lower, so $70.00 comes off. We paid $192.00 of that. Your\n"
            "part is $48.00.",
            [("subtotal", 31000), ("discount", 7000), ("amount_paid", 19200), ("patient_responsibility", 4800)],
            id="an insurer that writes we",
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
