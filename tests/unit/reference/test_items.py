"""What receipts and letters name, and procedure codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.reference import item_classes, procedure_codes
from docscan.reference.fields import ITEM_CLASSES
from docscan.reference.item_classes import classify, specific


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PT sessions", "training"),
        ("Personal Training - 10 x 60 min", "training"),
        ("1:1 Training w/ Jake (12 pk)", "training"),
        ("Physica1 Therapy Eval", "physical_therapy"),
        ("97110 Ther Ex 15 min x2", "physical_therapy"),
        ("HEPA purifier", "air_treatment"),
        ("Deep tissue 60 min", "massage"),
        ("Theraputic Massage 90", "massage"),
        ("massage package", "massage"),
        ("No show fee - massage 60", "cancellation_fee"),
        ("Gym monthly dues", "membership_dues"),
        ("BASIC MBRSHP", "membership_dues"),
        ("Initiation fee", "sign_up_fee"),
        ("Ozempic coaching", "weight_loss"),
        ("Wegovy 2.4 mg/0.75 mL pen", "drug"),
        ("Vit D3 5000IU", "supplement"),
        ("Omron BP monitor 5 series", "medical_supply"),
        ("Queen mattress, memory foam", "furniture"),
        ("infrared sauna", "other"),
        ("protein bar", "food"),
        ("Tip", "tip"),
        ("Balance forward", "prior_balance"),
        ("Summer Six Pack", "unspecific"),
        ("Misc", "unspecific"),
        ("services rendered", "unspecific"),
        ("12345", "unspecific"),
        ("exercise", "unspecific"),
        ("non-contact boxing classes", "exercise_class"),
        ("10,000-lux light therapy box", "medical_supply"),
        ("swim therapy, 1 hr", "physical_therapy"),
        ("paraffin therapy", None),
        ("treatment of her hypertension", "unspecific"),
        ("exercise for knee osteoarthritis", "unspecific"),
        ("Kumquat grafting", None),
    ],
)
def test_a_line_has_its_class(text: str, expected: str | None) -> None:
    assert classify(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("personal training twice a week", True),
        ("supervised treadmill walking", True),
        ("vestibular desensitisation", True),
        ("HEPA air purifier", True),
        ("paraffin therapy", True),
        ("exercise", False),
        ("exercise to help her diabetes", False),
        ("regular exercise program", False),
        ("wellness products", False),
        ("see attached", False),
        ("as needed therapy", False),
        ("medically necessary treatment", False),
        ("", False),
    ],
)
def test_a_treatment_is_specific_or_not(text: str, expected: bool) -> None:
    assert specific(text) is expected


def test_mentions_stand_where_they_are_said_to() -> None:
    text = "We recommend personal training and a HEPA\nair purifier, not a program."
    assert [(text[m.start : m.end], m.item_class) for m in item_classes.mentions(text)] == [
        ("personal training", "training"),
        ("HEPA\nair purifier", "air_treatment"),
        ("program", "unspecific"),
    ]


def test_every_class_is_known_and_every_phrase_gives_its_own() -> None:
    phrases = {p.text: p.item_class for p in item_classes.phrases()}
    assert set(phrases.values()) | {"other"} == set(ITEM_CLASSES)
    assert {(p, c, classify(p)) for p, c in phrases.items() if classify(p) != c} <= {("TENS", "medical_supply", None)}


@given(st.text(max_size=80))
def test_any_text_has_an_answer(text: str) -> None:
    assert classify(text) in (*ITEM_CLASSES, None)
    assert specific(text) in (True, False)


@pytest.mark.parametrize(
    ("text", "code", "system"),
    [
        ("97110", "97110", "cpt"),
        ("97110-GP", "97110", "cpt"),
        ("97530 59, GP", "97530", "cpt"),
        ("0001F", "0001F", "cpt_category_2"),
        ("0101T", "0101T", "cpt_category_3"),
        ("s9451", "S9451", "hcpcs"),
        ("E0601", "E0601", "hcpcs"),
        ("9711", None, None),
        ("W9999", None, None),
        ("D0120", None, None),
        ("hello", None, None),
    ],
)
def test_shapes_of_procedure_codes(text: str, code: str | None, system: str | None) -> None:
    assert procedure_codes.normalise(text) == code
    assert code is None or procedure_codes.system(code) == system


def test_services_fit_diagnoses_loosely() -> None:
    assert procedure_codes.fits("97110", "E11.9") is True
    assert procedure_codes.fits("97110", "H52.4") is False
    assert procedure_codes.fits("12345", "E11.9") is None
    assert procedure_codes.service_class("97802") == "nutrition"


@pytest.mark.parametrize(
    ("before", "code", "after", "is_zip"),
    [
        ("Seaside, OR ", "97110", "", True),
        ("Portland, Oregon ", "97124", "\n", True),
        ("", "97530", "-1234", True),
        ("CPT ", "97110", " x2", False),
        ("therapy or ", "97110", "", False),
        ("Columbus, OH ", "97110", "", False),
        ("", "97110", "-GP", False),
    ],
)
def test_an_oregon_zip_code_is_no_procedure(before: str, code: str, after: str, is_zip: bool) -> None:
    assert procedure_codes.looks_like_zip(code, before, after) is is_zip
