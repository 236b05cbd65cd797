"""How a form sets its questions beside their answers, and what it prints only to show how they are to be answered."""

from __future__ import annotations

import pytest

from docscan.document import Document
from docscan.extraction.text.annotated import AnnotatedText
from docscan.extraction.text.captions import answer_over, is_caption
from docscan.extraction.text.form_rows import is_question, numbers
from docscan.extraction.text.hints import hints


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("How often used", True),
        ("4 Visits per month", True),
        ("Number of times per week / month / year", True),
        ("Begins (MM/DD/YYYY)", True),
        ("Massage therapy", False),
        ("Lumbar traction inversion table", False),
        ("12 months", False),
    ],
)
def test_words_that_ask_are_no_answer(words: str, asks: bool) -> None:
    assert is_question(words) is asks


def test_numbers_without_a_point_are_seen_where_they_count_up() -> None:
    text = AnnotatedText(Document.from_text("1 Diagnosis    Gout\n2 ICD-10    M10.9\n3 Treatment    Cherry extract"))
    assert len(numbers(text)) == 3
    assert not numbers(AnnotatedText(Document.from_text("2 Sessions a week\n45 Minutes each")))


def test_labels_printed_under_their_lines() -> None:
    form = "Gout               M10.9\nDiagnosis          ICD-10 code\n\nDaily              6 months\n"
    text = AnnotatedText(Document.from_text(form + "How often          How long\n"))
    label = text.cell_at(text.text.index("Diagnosis"))
    assert label is not None
    assert is_caption(text, label)
    above = answer_over(text, label)
    assert above is not None and above.text == "Gout"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Diagnosis (e.g., hypertension): Gout", ["(e.g., hypertension)"]),
        ("How long? (not to exceed 12 months)   6 months", ["(not to exceed 12 months)"]),
        ("Give how often (for instance, two visits a month).", ["(for instance, two visits a month)"]),
        ("Massage therapy (up to 60 minutes) relieves the pain.", []),
    ],
)
def test_hints_show_how_to_answer(line: str, shown: list[str]) -> None:
    text = AnnotatedText(Document.from_text(line))
    assert [text[span] for span in hints(text)] == shown
