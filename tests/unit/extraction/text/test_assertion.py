"""Stated, negated, hypothetical, historical, about another person."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from docscan.extraction.text.annotated import AnnotatedText

CASES = [
    ("She has <hypertension>.", "stated"),
    ("She denies <diabetes>.", "negated"),
    ("No evidence of <diabetes>.", "negated"),
    ("<Diabetes> was ruled out.", "negated"),
    ("Negative for <diabetes>, but has obesity.", "negated"),
    ("Negative for diabetes, but has <obesity>.", "stated"),
    ("She has no history of <diabetes>.", "negated"),
    ("History of <breast cancer>.", "historical"),
    ("He has a long history of <hypertension>.", "stated"),
    ("His <depression> resolved in 2019.", "historical"),
    ("Her mother had <diabetes>.", "other_person"),
    ("Family history of <heart disease>.", "other_person"),
    ("FAMILY HISTORY\nDiabetes and <stroke>", "other_person"),
    ("She is at risk for <stroke>.", "hypothetical"),
    ("to prevent <diabetes>", "hypothetical"),
    ("If <hypertension> develops, call.", "hypothetical"),
    ("Possible <fibromyalgia>.", "hypothetical"),
    ("She has not only <hypertension> but also obesity.", "stated"),
    ("Her <hypertension> is not well controlled.", "stated"),
    ("No relief from massage for her <back pain>.", "stated"),
    ("This is not for <general health>.", "negated"),
    ("She does not smoke; she has <asthma>.", "stated"),
    ("Ulcer of the stomach without bleeding (<K25.9>)", "stated"),
    ("The patient is without angina (<I20.9>)", "negated"),
    ("I would not ask for it if she did not have <arthritis>.", "stated"),
    ("Criteria for <fibromyalgia> were not met.", "negated"),
    ("<Gout> (M10.9) was considered and ruled out.", "negated"),
    ("I considered <F43.10> but the criteria were not met.", "negated"),
    ("Her mother had gout, and she has <asthma>.", "stated"),
    ("She was diagnosed with <obesity> and denies smoking.", "stated"),
]


@pytest.mark.parametrize(("printed", "assertion"), CASES)
def test_the_words_around_decide(typed: Callable[..., AnnotatedText], printed: str, assertion: str) -> None:
    marked = printed.index("<"), printed.index(">") - 1
    text = typed(printed.replace("<", "").replace(">", ""))
    assert text.assertion_at(*marked) == assertion
