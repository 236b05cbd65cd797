"""Sentences and sections by layout."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from docscan.extraction.text.annotated import AnnotatedText

Typed = Callable[..., AnnotatedText]


@pytest.mark.parametrize(
    ("printed", "sentences"),
    [
        ("I saw Dr. Lee. She agrees.", ["I saw Dr. Lee.", "She agrees."]),
        ("Pt. has pain. Jane Roe, M.D. signed.", ["Pt. has pain.", "Jane Roe, M.D. signed."]),
        ("needs 3x/wk. She agrees", ["needs 3x/wk.", "She agrees"]),
        ("a goal of 7.5 % is set", ["a goal of 7.5 % is set"]),
        ("one two three four\nfive six", ["one two three four\nfive six"]),
        ("Diagnosis:\nHypertension", ["Diagnosis:", "Hypertension"]),
        ("- first\n- second", ["- first", "- second"]),
        ("Heading\n\nA sentence.", ["Heading", "A sentence."]),
    ],
)
def test_sentences_follow_the_layout(typed: Typed, printed: str, sentences: list[str]) -> None:
    text = typed(printed)
    assert [text[sentence] for sentence in text.sentences] == sentences


def test_sections_are_headings(typed: Typed) -> None:
    text = typed("PROVIDER INFORMATION\nName: Jane Roe\n\nTREATMENT PLAN:\nMassage")
    assert text.section_at(text.text.index("Jane")) == "PROVIDER INFORMATION"
    assert text.section_at(text.text.index("Massage")) == "TREATMENT PLAN"
