"""A proper name that fills two of the places in which letters speak of what they ask is what is asked."""

from __future__ import annotations

import pytest

from docscan.document import Document
from docscan.extraction import extract

CASES = [
    (
        "Re: Letter of Medical Necessity for Veltora 10 mg\n\nDear Dr. Howard,\n\nI write on behalf of my patient, Ann "
        "Ito, who has primary myelofibrosis (D47.1). Veltora is indicated for myelofibrosis, and the plan is to start "
        "the patient on Veltora 10 mg twice daily.",
        "Veltora 10 mg",
    ),
    (
        "To whom it may concern:\n\nAnn Ito, DOB 3/4/1970, cannot sit without help because of quadriplegia. We ask for "
        "coverage of the KinderStand Pro. The KinderStand Pro is medically necessary for her.",
        "KinderStand Pro",
    ),
]


@pytest.mark.parametrize(("letter", "name"), CASES)
def test_a_product_that_no_list_knows_is_named(letter: str, name: str) -> None:
    told = extract(Document.from_text(f"{letter}\n\nSincerely,\nJane Roe, MD"))
    assert name in [e.value for e in told.named("treatment")]


@pytest.mark.parametrize(
    "said",
    [
        "We ask for coverage of Ann Ito. Ann Ito is approved by the plan.",
        "Medicare is required to pay. Coverage of Medicare is needed.",
        "The use of Ohio law is prescribed. I request Akron.",
    ],
)
def test_people_plans_and_what_is_said_once_are_no_treatments(said: str) -> None:
    letter = f"Re: Ann Ito\n\nShe has low back pain (M54.50). {said}\n\nSincerely,\nJane Roe, MD"
    assert [e.value for e in extract(Document.from_text(letter)).fields if e.name == "treatment"] == []
