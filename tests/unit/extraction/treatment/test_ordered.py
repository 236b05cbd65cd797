"""Telegraphic notes name what they order by the course behind it, without a verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docscan.extraction.treatment.short_forms import class_of
from docscan.extraction.treatment.treatment import treatment

Told = Callable[..., list[Any]]

HEAD = "Lakeside Family Medicine\nKim Aster  2/2/80\n"
TAIL = "\nT. Vogel, MD\nNPI 1553281936"

ORDERED = [
    ("Dx: M54.2 cervicalgia\nRx: massage, 1 hr, q2wk x 6 mo", ["massage"]),
    ("S: knees sore\nA: OA knees M17.0\nP: Aquatic PT 2x/wk x 8 wks. Cont naproxen 500 bid.", ["Aquatic PT"]),
    ("Chronic LBP (M54.50).\nReformer Pilates w/ instructor - 2/wk, 50 min, 12 mos.", ["Reformer Pilates"]),
    ("Condition: chronic migraine G43.709\nAcupuncture, weekly, 16 sessions.", ["Acupuncture"]),
    ("Gym membership\n30 min / visit, 4 sessions a month x two years\nFor: E66.01 obesity", ["Gym membership"]),
    ("A: E66.01 obesity\nP: Wt loss programme w/ coach. 8 visits, 60 min ea, x12 wks.", ["Wt loss programme"]),
    ("TMJ disorder M26.60\nP) Myofascial release wkly x12, ibuprofen prn", ["Myofascial release"]),
    ("Orders Placed This Encounter\n  Strength training\n  Freq: 5 days/wk\n  Length: 45-60 min\nOsteoporosis M81.0",
     ["Strength training"]),
    ("Insomnia F51.01. Naproxen x 6 wks: no help. Smoking cessation program, every day, 12 weeks.",
     ["Smoking cessation program"]),
]  # fmt: skip

NOT_ORDERED = [
    "Depression F32.1. Yoga 2x/wk currently, walks 30 min daily. Sertraline 50 mg daily.",
    "Tried: acupuncture weekly x 8, no relief. OA knees M17.0.",
    "Migraine G43.709. Home treadmill 5 d/wk x 1 mo, quit.",
    "Migraine G43.709. Husband: massage 1x/wk.",
    "Exercise: swimming 3x/wk. Hypertension I10.",
]


@pytest.mark.parametrize(("note", "expected"), ORDERED)
def test_a_course_tells_what_is_ordered(told: Told, note: str, expected: list[str]) -> None:
    found = told(treatment, HEAD + note + TAIL, "treatment")
    assert [name for name in expected if any(name in value for value in found)] == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize("note", NOT_ORDERED)
def test_past_courses_habits_and_others_order_nothing(told: Told, note: str) -> None:
    assert not told(treatment, HEAD + note + TAIL, "treatment")


@pytest.mark.parametrize(
    ("short", "full"),
    [("Wt loss programme", "weight_loss"), ("massage tx", "massage"), ("PT", "physical_therapy"), ("pt", "unspecific")],
)
def test_short_forms_name_what_they_stand_for(short: str, full: str) -> None:
    assert class_of(short) == full
