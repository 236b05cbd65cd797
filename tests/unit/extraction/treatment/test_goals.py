"""What is to be reached, in whatever words, and whether a number says when it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docscan.extraction.text.annotated import AnnotatedText
from docscan.extraction.treatment.goals import goals, measurable

Told = Callable[..., list[Any]]

GOALS = [
    ("Treatment goals: reduce A1c to below 7.0%", ["reduce A1c to below 7.0%"]),
    ("I would like to see a loss of 12 pounds by May.", ["a loss of 12 pounds by May"]),
    ("We recheck in June; target ferritin above 50 ng/mL.", ["target ferritin above 50 ng/mL"]),
    ("Walking distance should rise from 100 to 300 feet.", ["Walking distance should rise from 100 to 300 feet"]),
    ("The goal is to improve mobility.", ["improve mobility"]),
    ("I recommend this with the goal of lowering pressure below 130/80.", ["lowering pressure below 130/80"]),
    ("The goal is to lose 20 lbs\nin six months.", ["lose 20 lbs in six months"]),
    ("Goals:\n1. Grip from 10 to 20 kg\n2. Pain under 3 of 10", ["Grip from 10 to 20 kg", "Pain under 3 of 10"]),
    ("Objectives: (a) walk 500 m; (b) climb two flights", ["walk 500 m", "climb two flights"]),
    ("What do you hope to achieve?\nSleep through five nights of seven.", ["Sleep through five nights of seven"]),
    ("What result do you expect, and by when?\nKnee to 120 degrees by June.", ["Knee to 120 degrees by June"]),
    ("What we hope for: fewer attacks at work.", ["fewer attacks at work"]),
    ("Hoped for: less pain, more reach", ["less pain, more reach"]),
    ("Expected outcome: peak flow over 400", ["peak flow over 400"]),
    ("Success will be judged by two measures: (i) stance of 20 seconds; (ii) no falls in a month.",
     ["stance of 20 seconds", "no falls in a month"]),
    ("We are aiming for a systolic under 130.", ["a systolic under 130"]),
    ("My aim is that she is at her desk four hours a day.", ["she is at her desk four hours a day"]),
    ("Outcome measures to be charted:\n\n  1) nights slept\n  2) steps a day over 4000",
     ["nights slept", "steps a day over 4000"]),
    ("It is hoped that he will walk unaided.", ["he will walk unaided"]),
    ("We expect to see her weight under 200 lb at Christmas.", ["her weight under 200 lb at Christmas"]),
    ("Target: Berg balance score of 50", ["Berg balance score of 50"]),
    ("TARGETS\nulcer under 1 cm2 at 8 weeks", ["ulcer under 1 cm2 at 8 weeks"]),
    ("The measure of success is a Schober gain of 2 cm.", ["a Schober gain of 2 cm"]),
    ("Anticipated benefits are fewer night wakings.", ["fewer night wakings"]),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "values"), GOALS)
def test_goals_are_told_as_printed(told: Told, printed: str, values: list[str]) -> None:
    assert told(goals, printed, "goal") == values


@pytest.mark.parametrize(
    "printed",
    [
        "I hope to hear from you soon.",
        "Treatment goals were met last year.",
        "She walks for 20 minutes.",
        "Please describe the goals of treatment.",
        "Goals: see attached",
        "Goals: none",
        "SUBJECTIVE\nTired.\n\nOBJECTIVE\nLungs clear.\n\nASSESSMENT\nCOPD.",
        "We expect your prompt reply.",
        "Her target heart rate was reached.",
        "Weight 210 lb, height 66 in.",
    ],
)
def test_what_is_no_goal(told: Told, printed: str) -> None:
    assert told(goals, printed, "goal") == []


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        ("A1c below 7.0%", True),
        ("zero cigarettes by week twelve", True),
        ("walk half a mile", True),
        ("stand on foam for thirty seconds", True),
        ("no falls over three months", True),
        ("quadriceps girth within 1.0 cm of the other side", True),
        ("pain at 3 of 10 or less by June", True),
        ("get up from a chair five times", True),
        ("feel better by six months", False),
        ("improve mobility", False),
        ("back to work within 12 weeks", False),
        ("more energy", False),
        ("be well by March 3, 2026", False),
        ("no longer depend on pills", False),
    ],
)
def test_a_number_that_is_not_the_time_makes_a_goal_measurable(goal: str, expected: bool) -> None:
    assert measurable(goal) is expected


def test_a_goal_says_whether_it_is_measurable(typed: Callable[..., AnnotatedText]) -> None:
    (found,) = goals(typed("Goal: lose 20 lbs by June"))
    assert found.resolved == {"measurable": True}
