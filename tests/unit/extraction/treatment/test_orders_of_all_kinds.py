"""What is ordered in lists with colons, tables with codes, boxes of kinds, and lessons by an instructor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docscan.extraction.treatment.treatment import treatment

Told = Callable[..., list[Any]]

LETTER = "Elm Clinic\n\nRe: Ms. Ada Vance\n\nDiagnosis: scoliosis (M41.9)\n\n{said}\n\nSincerely,\nT. Vogel, MD"
ORDERS = [
    ("TREATMENT\n• Nutritional supplements: magnesium and fish oil\n• Swim lessons", "Nutritional supplements"),
    ("This year's prescription is for Pilates instruction, private, with a teacher.", "Pilates instruction, private"),
    ("This year's order is for voice instruction, individual, with a speech coach.", "voice instruction"),
    ("5. What I ask for. A smoking cessation program: four sessions, eight weeks.", "smoking cessation program"),
    ("It is my judgment that a course of Pilates instruction cannot be dispensed with.", "Pilates instruction"),
    ("Home narrowband UVB phototherapy has been ordered, to be used weekly.", "Home narrowband UVB phototherapy"),
    ("Custom foot orthotics were prescribed at today's visit.", "Custom foot orthotics"),
    ("She has been prescribed structured reading tutoring with a trained teacher.", "structured reading tutoring"),
    ("She has been directed by me to join a water aerobics class.", "water aerobics class"),
    ("I told him to get a vertical mouse and a night wrist splint.", "vertical mouse"),
    ("I told him to get a vertical mouse and a night wrist splint.", "night wrist splint"),
    ("Please allow the following:\n\n   Dust-mite-proof encasing\n   Whole-house water softener", "Whole-house water"),
    ("Approved interventions\n   1) Infrared sauna sessions\n   2) Stationary bike", "Stationary bike"),
    ("I am prescribing dietitian visits (monthly) and a low-sodium meal service.", "low-sodium meal service"),
    ("3. What is ordered\n   [ ] Equipment    [x] Exercise    [ ] Drug or supplement", "Exercise"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "expected"), ORDERS)
def test_what_is_ordered_is_found(told: Told, said: str, expected: str) -> None:
    assert any(value.startswith(expected) for value in told(treatment, LETTER.format(said=said), "treatment"))


def test_an_order_of_equipment_names_what_stands_past_its_quantities(told: Told) -> None:
    order = """STANDARD WRITTEN ORDER
NPI 1486175635   ordering desk ext. 4523
Patient   Kim Roe      DOB   05/26/1964

HCPCS     Qty   Description                    Length of need
E0277     1     powered air mattress           13 mo
E2624     1     positioning cushion            99
A7003     2     neb set, disposable            99

ICD-10   G82.50 quadriplegia
Signed  T. Vogel, MD  04/05/24"""
    found = told(treatment, order, "treatment")
    assert {"powered air mattress", "positioning cushion", "neb set, disposable"} <= set(found)
    assert "desk ext" not in found
