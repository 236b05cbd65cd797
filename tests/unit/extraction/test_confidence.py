"""A confidence is a probability: between 0 and 1, lower where the words were read less surely."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.document import Document
from docscan.extraction import confidence, extract
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


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_every_field_has_its_model(name: str) -> None:
    assert 0 < confidence.likely(name, [0.0] * len(confidence.FEATURES)) < 1


@given(st.lists(st.floats(-5, 5), min_size=len(confidence.FEATURES), max_size=len(confidence.FEATURES)))
def test_a_probability_lies_between_nothing_and_certainty(looked_at: list[float]) -> None:
    assert 0 <= confidence.likely("total", looked_at) <= 1


def test_a_field_stands_in_one_group_alone() -> None:
    named = [name for names in confidence.GROUPS.values() for name in names]
    assert len(named) == len(set(named)) and set(named) <= FIELDS.keys()
