"""Courses as busy hands tell them: who gives them, trials that are meant, days counted up, pads, headed lines."""

from __future__ import annotations

from typing import Any

import pytest

from docscan.document import Document
from docscan.extraction.extractors import rules
from docscan.extraction.text.annotated import AnnotatedText

LETTER = (
    "March 3, 2024\n\nRe: Jane Roe, DOB 1/2/1970\n\nTo whom it may concern:\n\nMs. Roe has low back pain (M54.50). "
    "{said}\n\nSincerely,\nAnn Poe, MD"
)


def told(printed: str, name: str) -> list[Any]:
    found = rules(AnnotatedText(Document.from_text(printed))).fields
    return [e.value for e in found if e.name == name and e.assertion == "stated" and e.value is not None]


def every(often: float, unit: str = "wk", *, period: float = 1) -> dict[str, Any]:
    return {"frequency": often, "frequency_max": None, "period": period, "period_unit": unit}


def lasting(value: float, unit: str, **more: Any) -> dict[str, Any]:
    return {"value": value, "unit": unit, **more}


SAID: list[tuple[str, str, list[Any]]] = [
    ("I order water exercise. A trial of twelve weeks is reasonable and I so order.", "duration", [lasting(12, "wk")]),
    ("I order balance classes. A course of ten weeks seems justified.", "duration", [lasting(10, "wk")]),
    ("My recommendation is a three-month trial of warm-water therapy.", "duration", [lasting(3, "mo")]),
    ("I recommend a trial of eight weeks of acupuncture.", "duration", [lasting(8, "wk")]),
    ("I order balance classes. A trial of acupuncture for six weeks did nothing.", "duration", []),
    ("I order Pilates. A trial of gabapentin for six weeks failed.", "duration", []),
    ("I order lessons, one lesson on Monday and a second on Friday.", "frequency", [every(2)]),
    ("I order yoga: one visit Monday, a second Wednesday and a third Friday.", "frequency", [every(3)]),
    ("I order a class every Tuesday and one more on Saturday.", "frequency", [every(2)]),
    ("I order massage. Ida Stark, LMT, has agreed to see her half an hour each time, for six weeks.",
     "session_length", [lasting(0.5, "h")]),
    ("I order counseling. Dana Frost, RD, will see him fortnightly.", "frequency", [every(1, period=2)]),
    ("I order Pilates for a year. I will see her in three months.", "duration", [lasting(1, "a")]),
    ("In 2019 she followed a diet plan for five months. I now order dietitian visits monthly.", "duration", []),
    ("In 2011 he did a point-counting plan for four months. I order a program weekly.", "duration", []),
    ("I order massage. 12 sessions over 6 weeks.", "duration", [lasting(6, "wk")]),
    ("I order massage weekly. Visits over 30 a year are not covered.", "frequency", [every(1)]),
    ("I order Pilates, ten sessions spread over ten weeks, the need for which is lifelong.",
     "duration", [{"indefinite": True}]),
]  # fmt: skip


@pytest.mark.parametrize(("said", "name", "expected"), SAID)
def test_a_sentence_tells_the_course_that_is_meant(said: str, name: str, expected: list[Any]) -> None:
    assert told(LETTER.format(said=said), name) == expected


CLIPPED = """Elm Clinic
Kim Roe  2/2/1980

Dx M54.50 chronic low back pain
Hx fell in 2019
Tried PT 2x/wk x 6 wks, ibuprofen
Now walks 30 min daily
Plan reformer Pilates 2x/wk x 12 wks, 55 min
Why strengthens the deep trunk

T. Vogel, MD
NPI 1553281936"""
CAPITALS = """Elm Clinic
PATIENT Kim Roe  born 2/2/1980
CONDITION Knee osteoarthritis, M17.11, both sides and worse on stairs
TRIED ALREADY Gait training twice a week for 6 weeks, home exercises daily
ORDERED NOW Aquatic exercise class, 3 times a week for 10 weeks, 45 minutes
WHY NEEDED Unloads the joint while the thigh gets stronger

T. Vogel, MD
NPI 1553281936"""
PAD = """NORTH PAD CLINIC
Kim Roe  b. 2/2/1980   May 3, 2024

Rx

Dx: M54.50 low back pain

Reformer Pilates with Ivy

3 a wk x 4 wks, then 1 a wk
for life

Refill 0 1 2 prn

T. Vogel, MD"""
QUESTIONS = """Patient: Kim Roe
Diagnosis: M79.7 fibromyalgia
What do you recommend?
Warm-water exercise
How often?
Twice weekly
Until when?
Until goals are met
Is it necessary?
It is, in my view.
T. Vogel, MD"""
PAGES: list[tuple[str, str, list[Any]]] = [
    (CLIPPED, "frequency", [every(2)]),
    (CLIPPED, "duration", [lasting(12, "wk")]),
    (CLIPPED, "session_length", [lasting(55, "min")]),
    (CAPITALS, "frequency", [every(3)]),
    (CAPITALS, "duration", [lasting(10, "wk")]),
    (PAD, "frequency", [{"phases": [
        {"frequency": every(3), "duration": lasting(4, "wk")}, {"frequency": every(1), "duration": None},
    ]}]),
    (PAD, "duration", [{"indefinite": True}]),
    (PAD, "treatment", ["Reformer Pilates"]),
    (QUESTIONS, "duration", [{"until_condition": "goals are met"}]),
    (QUESTIONS, "necessity_statement", [True]),
]  # fmt: skip


@pytest.mark.parametrize(("page", "name", "expected"), PAGES)
def test_a_page_without_colons_tells_its_course(page: str, name: str, expected: list[Any]) -> None:
    assert told(page, name) == expected
