"""Supervised programmes, and exercise that goes on from therapy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docscan.extraction.treatment.programs import programs

Told = Callable[..., list[Any]]


@pytest.mark.parametrize(
    ("printed", "values"),
    [
        ("Phase III cardiac rehabilitation is recommended.", ["Phase III cardiac rehabilitation"]),
        ("She attends pulmonary rehab twice a week.", ["pulmonary rehab"]),
        ("He is enrolled in a physician-supervised weight-loss program.", ["physician-supervised weight-loss program"]),
        ("Sessions take place at a medical fitness center.", ["medical fitness center"]),
        ("The gym is an Exercise is Medicine partner.", ["Exercise is Medicine"]),
        ("He goes to \"Steady Steps\", a supervised group at the senior center.", ["Steady Steps"]),
        ("I put her on a vestibular exercise program.", ["vestibular exercise program"]),
        ("She continues with the Hill Striders, a supervised walking club.", ["Hill Striders"]),
        ("Join our wellness program!", []),
        ("She does a home exercise program.", []),
        ("The plan's rewards program pays for it.", []),
    ],
)  # fmt: skip
def test_programmes_that_someone_watches_over(told: Told, printed: str, values: list[str]) -> None:
    assert told(programs, printed, "program") == values


@pytest.mark.parametrize(
    "printed",
    [
        "Following completion of physical therapy he continues with a trainer.",
        "PT ended in March; she keeps up the exercises with a group.",
        "Physical therapy is over. She still goes to the pool twice a week.",
        "He was discharged from cardiac rehab and carries on at the gym under supervision.",
        "The training is comparable to the therapeutic exercise of formal therapy.",
        "This is a continuation of her physical therapy.",
        "Her rehab benefits ran out, so she moves on to a trainer to keep the gains.",
        "The trainer takes over where the physical therapist left off.",
        "She has finished physio and goes on with the same drills at home.",
        "We use the same strengthening exercises as in physical therapy.",
        "To maintain the gains made in physical therapy she trains weekly.",
        "Formal knee PT came to a close in June. She still does her routine.",
        "When outpatient rehab winds down she'll keep doing the moves on her own.",
    ],
)
def test_exercise_goes_on_from_therapy(told: Told, printed: str) -> None:
    assert len(told(programs, printed, "continuation_of_care")) == 1


@pytest.mark.parametrize(
    "printed",
    [
        "She had physical therapy last year.",
        "Physical therapy is prescribed for six weeks.",
        "After physical therapy she continued to have pain.",
        "He continues his medication.",
        "Therapy starts on May 3.",
        "Has physical therapy been completed?",
    ],
)
def test_nothing_goes_on(told: Told, printed: str) -> None:
    assert told(programs, printed, "continuation_of_care") == []
