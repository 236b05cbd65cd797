"""What Publication 502 says of an item."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from docscan.document import Purpose
from docscan.reference import publication_502
from docscan.reference.fields import ITEM_CLASSES

WORDINGS = tomllib.loads(Path(__file__).with_name("wordings.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [(words, expected) for half in WORDINGS.values() for hand in half.values() for words, expected in hand.items()],
)
def test_words_name_an_entry_or_none(words: str, expected: str) -> None:
    found = publication_502.find(words)
    assert (found.id if found else "") == expected


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


def test_only_entries_that_exist_are_named() -> None:
    known = {one.id for one in publication_502.entries()}
    assert set(publication_502._data()["classes"].values()) <= known
    assert {section[2] for section in publication_502._SECTIONS} <= known


def test_the_class_decides_where_words_are_not_known() -> None:
    unknown = publication_502.find("Zorbing unlimited", "exercise_class")
    assert unknown is not None and unknown.id == "exercise"
    assert publication_502.find("Frobnicator 9", "medical_supply") is None


@pytest.mark.parametrize(
    ("words", "item_class", "expected"),
    [
        ("97110 GP x2", "physical_therapy", "therapy"),
        ("99214-25", "medical_visit", "doctor-visit"),
        ("D9975", None, "teeth-whitening"),
        ("70250 grey rug", None, None),
        ("V2100 sphere", "vision", "eyeglasses"),
    ],
)
def test_a_procedure_code_tells_where_words_do_not(words: str, item_class: str | None, expected: str | None) -> None:
    found = publication_502.find(words, item_class)
    assert (found.id if found else None) == expected


@pytest.mark.parametrize(
    ("id", "purpose", "before", "after"),
    [
        ("menstrual-products", "hsa", ("never", date(2019, 12, 31)), ("always", date(2020, 1, 1))),
        ("condoms", "fsa", ("conditional", date(2024, 10, 16)), ("always", date(2024, 10, 17))),
        ("smoking-cessation", "deduction", ("never", date(1998, 12, 31)), ("always", date(1999, 1, 1))),
    ],
)
def test_an_entry_changes_on_its_day(
    id: str, purpose: Purpose, before: tuple[str, date], after: tuple[str, date]
) -> None:
    for counts, day in (before, after):
        assert publication_502.entry(id, purpose=purpose, on=day).counts == counts


def test_dental_and_vision_entries_say_so_for_limited_purpose_accounts() -> None:
    limited = {one.id: one.limited_purpose for one in publication_502.entries() if one.limited_purpose}
    assert limited["dental-treatment"] == "dental"
    assert limited["eyeglasses"] == "vision"
    assert "massage" not in limited


def test_no_sentence_says_that_an_expense_is_approved_or_can_be_deducted() -> None:
    for one in publication_502.entries():
        for said in (one.condition, one.limit, one.note):
            assert not any(
                word in said.lower() for word in ("eligible", "deductible", "approved", "covered", "qualified")
            )
            assert not said or said.endswith(".")
