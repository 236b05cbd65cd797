"""Words and code, for any code of the table."""

from __future__ import annotations

from datetime import date

import pytest

from docscan.reference.conditions import agrees, lasts
from docscan.reference.illness_words import part

DAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("muscle separation, upper arm, non-injury", "M62.029", True),
        ("inflammation of both tear glands", "H04.023", True),
        ("high-arched foot from birth, side not given", "Q66.70", True),
        ("present left artificial knee", "Z96.652", True),
        ("slipped disc, neck", "M50.20", True),
        ("hives", "L50.9", True),
        ("broken left collarbone, healing", "S42.002D", True),
        ("cat and dog allergy, nose", "J30.81", True),
        ("kidney stone", "N20.0", True),
        ("sudden loss of sight, left eye", "H53.132", True),
        ("inflammation of both tear glands", "M76.892", None),
        ("chronic canaliculitis", "K76.82", False),
        ("enthesopathy of the left hip", "M76.891", False),
        ("hepatic encephalopathy", "J30.81", False),
        ("kind regards", "J30.81", None),
    ],
)
def test_agreement_is_decided_for_any_code(text: str, code: str, expected: bool | None) -> None:
    assert agrees(text, code, DAY) is expected


def test_an_illness_that_lasts_is_told_from_one_that_passes() -> None:
    assert lasts("type 2 diabetes")
    assert lasts("M06.9")
    assert not lasts("pneumonia")
    assert not lasts("J18.9")


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("enthesopathy", "disease"), ("enthesopathies", "disease"), ("disorder", "general"),
        ("idiopathic", "describes"), ("knees", "describes"), ("Crohn's", "describes"), ("patient", None),
        ("weekly", None), ("", None),
    ],
)  # fmt: skip
def test_words_have_their_part_in_a_name(word: str, kind: str | None) -> None:
    assert part(word) == kind
