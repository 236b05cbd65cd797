"""How often and how long: what belongs to the prescribed course, and what does not."""

from __future__ import annotations

from typing import Any

import pytest

from docscan.document import Document
from docscan.extraction.course.course import course
from docscan.extraction.extractors import merged
from docscan.extraction.text.annotated import AnnotatedText


def told(printed: str, name: str) -> list[Any]:
    return [e.value for e in merged(course(AnnotatedText(Document.from_text(printed)))) if e.name == name]


def every(
    often: float, unit: str = "wk", *, period: float = 1, at_most: float | None = None, **more: Any
) -> dict[str, Any]:
    return {"frequency": often, "frequency_max": at_most, "period": period, "period_unit": unit, **more}


def lasting(value: float, unit: str, **more: Any) -> dict[str, Any]:
    return {"value": value, "unit": unit, **more}


FREQUENCIES = [
    ("I recommend personal training 3 times per week for 6 months.", every(3)),
    ("I am prescribing three (3) sessions a week of supervised exercise.", every(3)),
    ("She should attend strength training twice weekly.", every(2)),
    ("Rx: massage therapy 2x/mo x 6 mo", every(2, "mo")),
    ("He finished 24 sessions of Phase II. I order Phase III rehabilitation 2 days per week.", every(2)),
    ("Item ..... Night splint\nUse ...... worn nightly", every(1, "d")),
    ("ITEM   USE   TERM\nHand bath   once daily, 15 min   12 months", every(1, "d")),
    ("Plan: aquatic therapy BIW", every(2)),
    ("He requires therapeutic exercise T.I.W.", every(3)),
    ("Recommend acupuncture q2wk.", every(1, period=2)),
    ("Treatment frequency: QOD", every(1, "d", period=2)),
    ("I prescribe supervised exercise on M/W/F.", every(3)),
    ("She needs sessions on Tuesdays and Thursdays.", every(2)),
    ("I recommend exercise 3–5 days per week.", every(3, at_most=5)),
    ("Frequency: 2–3 times weekly", every(2, at_most=3)),
    ("Frequency of treatment\n2 to 3 visits per week", every(2, at_most=3)),
    ("Sessions per week: 3", every(3)),
    ("Number of sessions: 24", {"count": 24}),
    ("I am ordering a total of 12 sessions.", {"count": 12}),
    ("A course of 12 sessions of massage therapy is medically necessary.", {"count": 12}),
    ("Massage as needed is recommended.", {"as_needed": True}),
    ("Frequency: PRN", {"as_needed": True}),
    ("I recommend massage twice a month as needed.", every(2, "mo", as_needed=True)),
    ("Frequency: every other week", every(1, period=2)),
    ("He will participate in 30 minutes of training a day, 5 days a week.", every(5)),
    ("Personal training 3x/wk x 12 wks", every(3)),
    ("It is my recommendation that he\nexercise with a certified trainer three\ntimes per week.", every(3)),
    ("I recommend vitamin D3 2000 IU once daily.", every(1, "d")),
    ("He is to take a vitamin D3 supplement, 25,000 IU per dose, on two days of each week.", every(2)),
    ("Continue cholecalciferol, i.e. vitamin D3, at 2,000 IU by mouth daily.", every(1, "d")),
    ("Three one-hour sessions per week are medically necessary.", every(3)),
]


@pytest.mark.parametrize(("printed", "value"), FREQUENCIES)
def test_a_prescribed_frequency_is_told(printed: str, value: Any) -> None:
    assert told(printed, "frequency") == [value]


DURATIONS = [
    ("I prescribe boxing classes for fifty-two weeks.", lasting(52, "wk")),
    ("I recommend personal training 3 times per week for 6 months.", lasting(6, "mo")),
    ("She requires treatment for a period of twelve (12) months.", lasting(12, "mo")),
    ("Duration of treatment: one year", lasting(1, "a")),
    ("Duration:\t12 months", lasting(12, "mo")),
    ("Length of treatment\n6 months", lasting(6, "mo")),
    ("Duration (months): 12", lasting(12, "mo")),
    ("Personal training 3x/wk x 12 wks", lasting(12, "wk")),
    ("Recommend PT 3x/wk x 12", lasting(12, "wk")),
    ("I recommend a 12-week supervised exercise program.", lasting(12, "wk")),
    ("Treatment should continue for 6 to 12 months.", lasting(6, "mo", value_max=12)),
    ("Treatment should continue for a year and a half.", lasting(1.5, "a")),
    (
        "I prescribe a gym membership for one year from the date of first session.",
        lasting(1, "a", relative_to="first_session"),
    ),
    ("Duration: Lifetime", {"indefinite": True}),
    ("Duration of therapy: ongoing", {"indefinite": True}),
    ("She will need this treatment indefinitely.", {"indefinite": True}),
    ("I recommend training from 3/3/2026 to 3/3/2027. NPI 1", {"start": "2026-03-03", "end": "2027-03-03"}),
    ("Dates of treatment: January 5, 2026 through July 5, 2026", {"start": "2026-01-05", "end": "2026-07-05"}),
    ("Start date: March 3, 2026     End date: March 3, 2027", {"start": "2026-03-03", "end": "2027-03-03"}),
    ("He should continue this program until December 31, 2026.", {"until": "2026-12-31"}),
    ("She should continue until her goals are met.", {"until_condition": "her goals are met"}),
    ("She should continue weekly until her re-evaluation on September 5, 2026.", {"until": "2026-09-05"}),
    ("She is to have 24 sessions of massage therapy in the coming six months.", {"value": 6, "unit": "mo"}),
    ("I recommend massage weekly; the treatment should take about 12 weeks.", {"value": 12, "unit": "wk"}),
    ("This letter is valid for 12 months.", lasting(12, "mo")),
    ("She needs training through the end of September 2026.", {"until": "2026-09-30"}),
    ("Acupuncture BIW x 8 is recommended.", lasting(8, "wk")),
    ("Over what period?\n3 months", lasting(3, "mo")),
    ("The recommended treatment plan spans eighteen months.", lasting(18, "mo")),
    ("I recommend that the program run for the next 90 days.", lasting(90, "d")),
    ("He completed 6 weeks of physical therapy, and I now recommend personal training for 6 months.", lasting(6, "mo")),
    ("Because he has had back pain for 3 years, I recommend massage for 4 months.", lasting(4, "mo")),
    ("[ ] 3 months   [x] 6 months   [ ] 12 months of treatment are recommended", lasting(6, "mo")),
    ("Expected duration:  ☐ 3 months  ☒ 12 months  ☐ other", lasting(12, "mo")),
    ("Supervised exercise for calendar year 2026 is recommended.", {"start": "2026-01-01", "end": "2026-12-31"}),
]


@pytest.mark.parametrize(("printed", "value"), DURATIONS)
def test_a_prescribed_duration_is_told(printed: str, value: Any) -> None:
    assert told(printed, "duration") == [value]


LENGTHS = [
    ("I recommend three 60-minute sessions per week.", 60),
    ("Session length: 45 min", 45),
    ("Personal training 3x/week, 45 minutes each, is recommended.", 45),
    ("Treatment: massage, 90 min/session", 90),
]


@pytest.mark.parametrize(("printed", "minutes"), LENGTHS)
def test_a_session_length_is_told(printed: str, minutes: int) -> None:
    assert told(printed, "session_length") == [{"value": minutes, "unit": "min"}]


NOT_THE_COURSE = [
    "He completed 6 weeks of physical therapy.",
    "She walks daily and swims twice a week.",
    "Follow up in 6 weeks.",
    "I will see her again in three months.",
    "She has had low back pain for 3 years.",
    "Mr. Roe is a 45-year-old man with hypertension.",
    "She has been under my care for 5 years.",
    "Metformin 500 mg twice daily.",
    "He takes lisinopril 10 mg once a day.",
    "Low back pain x 6 months.",
    "Her A1c was 8.1 three months ago.",
    "The goal is to lose 20 pounds in 6 months.",
    "Over the past 12 months her weight rose by 20 lb.",
    "Office hours Mon-Fri 9am-5pm",
    "Letters of medical necessity must be renewed every 12 months.",
    "Please state the duration of treatment (for example, 6 months).",
    "Letter must not exceed 12 months",
    "[ ] 3 months of treatment",
    "Return to clinic every 3 months for reassessment.",
    "I spent 45 minutes with the patient.",
    "I have 20 years of experience.",
    "The patient smokes one pack a day and drinks twice a week.",
    "Migraines occur 3 times per week.",
    "He was hospitalized from 1/2/2026 to 1/9/2026.",
    "He lost 12 pounds in two months.",
]


@pytest.mark.parametrize("printed", NOT_THE_COURSE)
def test_other_times_are_not_the_course(printed: str) -> None:
    assert told(printed, "frequency") + told(printed, "duration") + told(printed, "session_length") == []


def test_a_taper_is_one_frequency_with_phases() -> None:
    printed = "I recommend sessions 3x/wk for 4 weeks, then 2x/wk for 8 weeks."
    assert told(printed, "frequency") == [
        {
            "phases": [
                {"frequency": every(3), "duration": lasting(4, "wk")},
                {"frequency": every(2), "duration": lasting(8, "wk")},
            ]
        }
    ]
    assert told(printed, "duration") == []  # the phases say it; no sum is stated


def test_biweekly_is_not_decided() -> None:
    (found,) = course(AnnotatedText(Document.from_text("I recommend massage bi-weekly.")))
    assert found.value is None
    assert list(found.readings) == [every(2), every(1, period=2)]


def test_no_indefinite_duration_is_negated() -> None:
    printed = "This is not an indefinite recommendation; treatment is needed for 6 months."
    found = list(course(AnnotatedText(Document.from_text(printed))))
    assert [(e.value, e.assertion) for e in found if e.value == {"indefinite": True}] in (
        [],
        [({"indefinite": True}, "negated")],
    )
    assert [e.value for e in found if e.assertion == "stated"] == [lasting(6, "mo")]


def test_start_and_end_have_their_own_fields() -> None:
    printed = "Treatment Start Date: 3/3/2026\nTreatment End Date: 9/3/2026\nNPI 1234567893"
    assert told(printed, "start_date") == ["2026-03-03"]
    assert told(printed, "end_date") == ["2026-09-03"]


LETTER = """Harbor Medical Clinic

March 2, 2026

To Whom It May Concern:

I am treating Jane Roe for chronic low back pain.

{}

Sincerely,

John Doe, MD"""


@pytest.mark.parametrize(
    ("printed", "start", "end"),
    [
        ("I order 24 visits of needling with a licensed acupuncturist, the first on 3/9/2026 and the last no later "
         "than June 5, 2026.", ["2026-03-09"], ["2026-06-05"]),
        ("I prescribe massage therapy weekly, her first on 9 March 2026.", ["2026-03-09"], []),
        ("She is to begin the program we discussed on April 6, 2026.", ["2026-04-06"], []),
        ("She is to follow the program we discussed on February 20, 2026.", [], []),
        ("When does it begin?\n04-06-2026", ["2026-04-06"], []),
        ("When should the treatment start?\nApril 6, 2026\n\nWhen will it end?\nJuly 6, 2026",
         ["2026-04-06"], ["2026-07-06"]),
        ("Rx massage 1x/wk x 8 wks, start 9-Mar-2026", ["2026-03-09"], []),
        ("On what day does the course begin?   April 6, 2026", ["2026-04-06"], []),
        ("When did the pain begin?\n01-06-2025", [], []),
        ("When did her symptoms start?\nJanuary 6, 2025", [], []),
    ],
    ids=lambda told: told[:50] if isinstance(told, str) else "",
)  # fmt: skip
def test_a_course_starts_and_ends_where_somebody_says_so(printed: str, start: list[str], end: list[str]) -> None:
    assert told(LETTER.format(printed), "start_date") == start
    assert told(LETTER.format(printed), "end_date") == end
