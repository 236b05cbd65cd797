"""Illnesses of which a letter says that they are not its reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from docscan.extraction.text.annotated import AnnotatedText
from docscan.extraction.text.not_the_reason import is_not_the_reason

Typed = Callable[..., AnnotatedText]


def _said(typed: Typed, printed: str, name: str = "asthma") -> bool:
    start = printed.index(name)
    return is_not_the_reason(typed(printed), start, start + len(name))


@pytest.mark.parametrize(
    "printed",
    [
        "Her old asthma is not the reason for this letter.",
        "An outside office wrote asthma (J45.909) on his list. It is not the reason for what follows.",
        "She has asthma, which has nothing to do with this request.",
        "He has asthma. That is not why I am writing.",
        "The chart shows asthma; it plays no part in this request.",
        "She has asthma (J45.909). I mention it only for completeness.",
        "His asthma is unrelated to this order.",
        "She has mild asthma. It does not enter into my recommendation.",
        "There is asthma on the list. It is not being treated here.",
        "She carries a label of asthma, but it isn't what this letter is about.",
    ],
)
def test_what_a_letter_sets_aside_is_not_its_reason(typed: Typed, printed: str) -> None:
    assert _said(typed, printed)


@pytest.mark.parametrize(
    "printed",
    [
        "She has asthma. Comfort is not the reason for this letter.",
        "Her asthma is not the only reason for this letter.",
        "She has asthma. General health is not what I am writing about.",
        "The reason is asthma. It is not a question of comfort.",
        "She has asthma. It is not well controlled by medicine.",
        "She has asthma. Her eczema is not the reason for this letter.",
        "She has asthma. It is not the main reason that she misses work.",
    ],
)
def test_what_is_said_of_something_else_leaves_an_illness_the_reason(typed: Typed, printed: str) -> None:
    assert not _said(typed, printed)


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("He was told of prediabetes. His sugars have been normal at every check since.", "historical"),
        ("He has prediabetes. On metformin his sugars have been normal ever since.", "stated"),
        ("She has hypertension. Her pressure has been normal since we started lisinopril.", "stated"),
    ],
)
def test_what_was_normal_ever_since_is_over_unless_treatment_keeps_it_so(typed: Typed, printed: str, said: str) -> None:
    name = "prediabetes" if "prediabetes" in printed else "hypertension"
    start = printed.index(name)
    assert typed(printed).assertion_at(start, start + len(name)) == said
