"""What Publication 502 says of an item."""

from __future__ import annotations

from datetime import date

import pytest

from docscan.document import Purpose
from docscan.reference import publication_502
from docscan.reference.fields import ITEM_CLASSES


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("HEPA purifier", "air-cleaner"),
        ("PT sessions", None),
        ("Ozempic coaching", "weight-loss-program"),
        ("infrared sauna", None),
        ("gym bag", None),
        ("Tip", None),
    ],
)
def test_words_name_an_entry_or_none(words: str, expected: str | None) -> None:
    found = publication_502.find(words)
    assert (found.id if found else None) == expected


def test_what_pt_is_short_for_is_told_by_what_stands_around_it() -> None:
    gym, clinic = (
        publication_502.find("PT session", context=c) for c in ("Ironside Gym", "Lakeshore Physical Therapy")
    )
    assert gym and gym.id == "personal-trainer"
    assert clinic and clinic.id == "therapy"


@pytest.mark.parametrize(
    ("purpose", "day", "counts", "prescription"),
    [
        ("fsa", date(2010, 12, 31), "always", False),
        ("fsa", date(2011, 1, 1), "conditional", True),
        ("hsa", date(2019, 12, 31), "conditional", True),
        ("hra", date(2020, 1, 1), "always", False),
        ("deduction", date(2024, 5, 1), "never", False),
        ("deduction", date(2015, 5, 1), "never", False),
    ],
)
def test_a_drug_without_prescription_counts_by_day_and_purpose(
    purpose: Purpose, day: date, counts: str, prescription: bool
) -> None:
    drug = publication_502.find("ibuprofen 200 mg", purpose=purpose, on=day)
    assert drug is not None
    assert (drug.counts, drug.prescription) == (counts, prescription)


def test_each_entry_is_of_a_known_class_and_cites_its_source() -> None:
    for one in publication_502.entries():
        assert one.item_class in ITEM_CLASSES
        assert one.citation.title and one.citation.locator
        assert one.citation.url or not one.verified
        assert one.heading or one.note
