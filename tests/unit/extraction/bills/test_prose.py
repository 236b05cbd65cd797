"""What the sentences of a bill say was sold."""

from __future__ import annotations

import pytest

from docscan.document import Document
from docscan.extraction.bills.money import said
from docscan.extraction.bills.paragraphs import paragraphs_of
from docscan.extraction.bills.prose import told_items
from docscan.extraction.text.annotated import AnnotatedText


def _told(text: str) -> list[tuple[str, float | None, str | None, str]]:
    items = told_items(AnnotatedText(Document.from_text(text)))
    return [
        (i.description, i.quantity, said(i.unit_price) if i.unit_price else None, said(i.amount.value)) for i in items
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "She took two jars of almond butter at $9.00 the jar, making $18.00, and the rye loaf was $6.50.",
            [("jars of almond butter", 2, "9.00", "18.00"), ("rye loaf", None, None, "6.50")],
            id="a price of one and what it makes",
        ),
        pytest.param(
            "You had four private mat sessions at $85 each ($340) and one duet for $50. The total is $390.",
            [("private mat sessions", 4, "85.00", "340.00"), ("duet", 1, None, "50.00")],
            id="what it comes to in brackets, the sum is no thing",
        ),
        pytest.param(
            "I charged $90 for the deep tissue massage and $20 for the arnica oil. You paid me $110 in cash.",
            [("deep tissue massage", None, None, "90.00"), ("arnica oil", None, None, "20.00")],
            id="amounts before what they are for",
        ),
        pytest.param(
            "The knee brace cost $64.50; the two ice packs were $9.00 each; shipping was $6.00.",
            [("knee brace", None, None, "64.50"), ("ice packs", 2, "9.00", "18.00")],
            id="a price of one alone",
        ),
        pytest.param(
            "This is to say that Ms. Vale bought six needle treatments from me at $70.00 per treatment for $420.00.",
            [("needle treatments", 6, "70.00", "420.00")],
            id="somebody bought",
        ),
        pytest.param(
            "You had the diet talk (97802) for $65.00, and orthotics (HCPCS L3000), two pairs at $30.00, $60.00.",
            [("diet talk", None, None, "65.00"), ("orthotics", 2, "30.00", "60.00")],
            id="codes and counts behind the names",
        ),
        pytest.param(
            "You booked three of our row classes (two for Bo). Each is $28.00, so 3 x $28.00 makes $84.00.",
            [("row classes", 3, "28.00", "84.00")],
            id="what the sentence before named",
        ),
        pytest.param(
            "They are $20.00 each and it is $40.00 in all, as you know from the last time we saw you.",
            [],
            id="nothing was named before",
        ),
        pytest.param(
            "We provided joint work, two units at $45.00 per unit, for $90.00. The sleeve he took home was $24.00.",
            [("joint work", 2, "45.00", "90.00"), ("sleeve", None, None, "24.00")],
            id="clauses and units",
        ),
        pytest.param("Five lessons with Noel R. Ash, PT at $20.00 each add $100.00 and we were glad to see you.",
            [("lessons", 5, "20.00", "100.00")], id="whoever gave them is no part of it"),
        pytest.param(
            "You picked 2 loop bands at $11.85 each, which makes $23.70, plus 1 ball at $12.49, so the basket came to\n"
            "$36.19 and we thank you.",
            [("loop bands", 2, "11.85", "23.70"), ("ball", 1, "12.49", "12.49")],
            id="what the things come to together is none of them",
        ),
        pytest.param(
            "The claim covers the injection (20550), which came in at $80.00, with the ultrasound (97035) at $65.00.\n"
            "Last on the list is a finger splint, billed under L3923, $85.00. The other tenth, $23.00, is your share.",
            [("ultrasound", None, None, "65.00"), ("finger splint", None, None, "85.00")],
            id="codes behind things in other words",
        ),
        pytest.param(
            "The six hours (90832, talking session) were on 5/2 and 5/9/2024 and cost 6 x $50.00 = $300.00. You\n"
            "brought $50.00 over from April, and have paid $20.00 toward the $350.00.",
            [("hours, talking session", 6, "50.00", "300.00")],
            id="counts before a price, words in brackets",
        ),
        pytest.param(
            "He was seen for an evaluation (97161), for which we charge $165.00, and for gait work (97116) at $58.00\n"
            "a visit, $116.00 for the two.",
            [("evaluation", None, None, "165.00"), ("gait work", 2, "58.00", "116.00")],
            id="how many, told by what they come to",
        ),
        pytest.param("Please find the receipt here. The total was $55.00 and you gave us a $5 tip.", [], id="sums"),
        pytest.param("We billed your plan $200 and they paid $150, so you owe $50 to the office.", [], id="payments"),
        pytest.param("If you cancel late the fee is $25 and the class is lost to you.", [], id="what may be"),
        pytest.param("You put $300 on the card and gave us a check for $150, so $215.52 is open.", [], id="cards"),
    ],
)  # fmt: skip
def test_things_sold(text: str, expected: list[tuple[str, float | None, str | None, str]]) -> None:
    assert _told(text) == expected


def test_a_day_named_beside_a_service_is_its_own() -> None:
    bill = "For services to you: a consultation on March 3, 2025 ($210.00) and a visit on March 17, 2025 ($120.00)."
    items = told_items(AnnotatedText(Document.from_text(bill)))
    assert [(i.description, i.day.iso if i.day else None) for i in items] == [
        ("consultation", "2025-03-03"),
        ("visit", "2025-03-17"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Thank you for coming in. You had a massage for $80 and we were glad of it.", True),
        ("Massage 60 min   80.00\nTotal   80.00", False),
        ("Swedish massage, sixty minutes, with hot stones and aroma oil at the Elm Street studio 80.00", False),
    ],
)
def test_sentences_are_told_apart_from_lines(text: str, told: bool) -> None:
    assert bool(paragraphs_of(AnnotatedText(Document.from_text(text)))) is told
