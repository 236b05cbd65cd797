"""Treatments that a letter directs, renews, or names twice over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docscan.extraction.treatment.treatment import treatment

Told = Callable[..., list[Any]]


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("I have directed that she undertake supervised strength training weekly.", "supervised strength training"),
        ("I have directed that she undertake massage therapy, that is to say bodywork, weekly.", "massage therapy"),
        ("Continue cholecalciferol, i.e. vitamin D3, at 2,000 IU by mouth daily.", "cholecalciferol"),
        ("Renew massage therapy, twice a month.", "massage therapy"),
        ("He is directed to wear custom orthotics every day.", "custom orthotics"),
        ("She has been instructed to attend acupuncture weekly.", "acupuncture"),
        ("I request that Ms. Lee obtain a HEPA air purifier for her bedroom.", "HEPA air purifier"),
    ],
)
def test_what_is_directed_or_renewed_is_a_treatment(told: Told, said: str, what: str) -> None:
    assert what in told(treatment, f"She has knee osteoarthritis (M17.11). {said}", "treatment")


@pytest.mark.parametrize(
    "said",
    [
        "She was asked to attend a hearing.",
        "I have asked that she have a look at the form.",
        "She has been told to use caution.",
        "I have asked that he get an MRI.",
        "I told him to get some rest and a second opinion.",
        "Records were ordered today, and work cannot be skipped.",
        "I have not directed that she undertake massage therapy.",
    ],
)
def test_an_errand_that_is_directed_is_none(told: Told, said: str) -> None:
    assert told(treatment, f"She has knee osteoarthritis (M17.11). {said}", "treatment") == []
