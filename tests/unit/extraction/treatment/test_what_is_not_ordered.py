"""What stands at words of ordering and is not ordered: what orders do, what is spared, headings, quotes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docscan.extraction.text.annotated import AnnotatedText
from docscan.extraction.treatment.treatment import treatment

CASES = (
    ("I prescribe strength training, three a week. The order holds through the end of the year.", "strength training"),
    ("I am ordering water therapy. I would like the order to stand for two years.", "water therapy"),
    ("I order massage therapy twice monthly. It should delay the need for insulin.", "massage therapy"),
    ("I recommend yoga weekly. This may spare her the need for surgery.", "yoga"),
    ('You say: "The requested expense, personal training, is a whim." I disagree.', "personal training"),
    ("Treatment: yoga\n\nAcetaminophen three times a day as needed; swims on Saturdays.", "yoga"),
    ("EQUIPMENT ORDER AND SUPPORTING DIAGNOSES\n\nRecommended treatment: folding walker", "folding walker"),
    ("Recommended treatment:\n   Yoga\n\nExpected duration of treatment:\n   12 weeks", "Yoga"),
    ("It is my prescription that she exercise upon a rowing machine, daily.", "exercise upon a rowing machine"),
    ("Dx: wrist pain M25.531.\n\nProgram: 1 session every 10 days. It relieves her wrist.", "Program"),
)


@pytest.mark.parametrize(("printed", "name"), CASES)
def test_only_what_is_ordered_is_the_treatment(told: Callable[..., list[Any]], printed: str, name: str) -> None:
    assert told(treatment, printed, "treatment") == [name]


@pytest.mark.parametrize(
    ("printed", "specific"),
    [
        ("ITEM ORDERED: Home equipment as discussed", False),
        ("Recommended treatment: the gear, see quote attached", False),
        ("ITEM ORDERED: Air purifier as discussed", True),
    ],
)
def test_what_was_named_elsewhere_is_not_named_here(
    typed: Callable[..., AnnotatedText], printed: str, specific: bool
) -> None:
    found = [one for one in treatment(typed(printed)) if one.name == "treatment" and one.assertion == "stated"]
    assert any((one.resolved or {}).get("specific") for one in found) is specific
