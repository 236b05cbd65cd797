"""A confidence is a probability: between 0 and 1, lower where the words were read less surely."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.document import Document
from docscan.extraction import confidence, extract
from docscan.extraction.text.annotated import AnnotatedText
from docscan.reference.fields import FIELDS

LETTER = """LETTER OF MEDICAL NECESSITY

Date: 03/14/2026
Patient: Marisol Vance
Diagnosis: type 2 diabetes (E11.9)

I prescribe supervised exercise 3 times per week for 6 months to treat her type 2 diabetes.

Jane Roe, MD
NPI 1234567893
"""


def _confidences(document: Document) -> dict[str, float | None]:
    return {e.name: e.confidence for e in extract(document).fields}


def test_every_value_has_a_probability() -> None:
    found = _confidences(Document.from_text(LETTER))
    assert {"letter_date", "patient_name", "diagnosis_code", "frequency", "provider_npi"} <= found.keys()
    assert all(sure is not None and 0 < sure < 1 for sure in found.values())


def test_what_was_read_less_surely_is_less_likely_right() -> None:
    document = Document.from_text(LETTER)
    page = document.pages[0]
    doubtful = tuple(replace(word, confidence=0.5) for word in page.words)
    sure, unsure = _confidences(document), _confidences(replace(document, pages=(replace(page, words=doubtful),)))
    for name in ("letter_date", "diagnosis_code"):
        assert (unsure[name] or 0) < (sure[name] or 0)


@pytest.mark.parametrize(("word", "sure"), [("Bldg", True), ("Elm", True), ("43215", False), ("1204", False)])
def test_one_hardly_read_word_makes_an_address_unsure_only_where_it_is_a_figure(word: str, sure: bool) -> None:
    document = Document.from_text(f"Riverbend Clinic\n1204 Elm Street, Bldg B, Columbus, OH 43215\n\n{LETTER}")
    page = document.pages[0]
    words = tuple(replace(w, confidence=0.1 if w.text.strip(",") == word else 0.99) for w in page.words)
    found = _confidences(replace(document, pages=(replace(page, words=words),)))
    assert ((found["provider_address"] or 0) > 0.5) == sure


BILL = "Cedar Lane Fitness\n\nMarch 4, 2026   Personal training, 60 min   120.00\nGuest towel   5.00\nTotal   120.00\n"


@pytest.mark.parametrize(("of_the_second", "left"), [(0.1, ["120.00"]), (0.35, ["120.00", "5.00"])])
def test_a_line_that_no_voice_takes_for_one_is_left_out_beside_a_likely_one(
    monkeypatch: pytest.MonkeyPatch, of_the_second: float, left: list[str]
) -> None:
    sure = iter((0.9, of_the_second))
    monkeypatch.setattr(confidence, "likely", lambda *_: next(sure))
    text = AnnotatedText(Document.from_text(BILL))
    lines = [
        text.extraction("item", {"description": words, "amount": amount}, at, at + 8, found_by="test", strength=0.9)
        for words, amount in (("Personal training, 60 min", "120.00"), ("Guest towel", "5.00"))
        if (at := text.text.index(words)) is not None
    ]
    assert [one.value["amount"] for one in confidence.judged(text, 0.9, lines)] == left


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_every_field_has_its_model(name: str) -> None:
    assert 0 < confidence.likely(name, [0.0] * len(confidence.FEATURES)) < 1


@given(st.lists(st.floats(-5, 5), min_size=len(confidence.FEATURES), max_size=len(confidence.FEATURES)))
def test_a_probability_lies_between_nothing_and_certainty(looked_at: list[float]) -> None:
    assert 0 <= confidence.likely("total", looked_at) <= 1


def test_a_field_stands_in_one_group_alone() -> None:
    named = [name for names in confidence.GROUPS.values() for name in names]
    assert len(named) == len(set(named)) and set(named) <= FIELDS.keys()


def test_a_guess_is_a_reading_and_none_where_a_surer_value_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document.from_text(LETTER)
    really = confidence.likely
    monkeypatch.setattr(confidence, "likely", lambda name, seen: 0.2 if name == "frequency" else really(name, seen))
    guessed = [e for e in extract(document).fields if e.name == "frequency"]
    assert [e.value for e in guessed] == [None] and guessed[0].readings[0]["frequency"] == 3
    text = AnnotatedText(document)
    spot = LETTER.index("6 months")
    sure, guess = (
        text.extraction("duration", {"value": n, "unit": "mo"}, spot, spot + 8, found_by="test", strength=strength)
        for n, strength in ((6, 0.99), (9, 0.01))
    )
    monkeypatch.setattr(confidence, "likely", lambda _, seen: 0.9 if seen[0] > 0 else 0.1)
    assert [e.value for e in confidence.judged(text, 0.9, [sure, guess])] == [{"value": 6, "unit": "mo"}]
