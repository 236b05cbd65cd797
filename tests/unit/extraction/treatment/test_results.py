"""Links told by results, by what depends on the treatment, and by verbs that no list of healing has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docscan.extraction.treatment.treatment import treatment

Told = Callable[..., list[Any]]


@pytest.mark.parametrize(
    ("ill", "ordered", "said"),
    [
        ("sleep apnea", "an adjustable bed base", "When the base was out of service the oximeter showed more events."),
        ("sleep apnea", "an adjustable bed base", "Nights are calm, so the benefit plainly depends upon the base."),
        ("plantar fasciitis", "custom orthotics", "On the days she went without the orthotics her pain was back at 8."),
        ("type 2 diabetes", "nutrition counseling", "With these visits her A1c went from 8.9 to 7.4."),
        ("lumbar radiculopathy", "massage therapy", "With it he sleeps through; without it his leg is worse."),
        ("major depression", "a light box", "Morning light resets the clock that her illness has shifted."),
        ("sleep apnea", "a foam wedge pillow", "Raising the head cut her events by roughly three quarters."),
        ("hypertension", "personal training", "Resistance exercise lowers pressure by improving arterial function."),
        ("knee osteoarthritis", "strength training", "It is needed because a stronger thigh takes load off the joint."),
        ("osteoporosis", "vitamin D3", "It keeps calcium going into bone and keeps the fracture odds falling."),
        ("low back pain", "massage therapy", "I expect it to loosen the muscle spasm that keeps him from bending."),
        ("vitamin D deficiency", "vitamin D3", "Without a prescribed supplement her level would slide back."),
    ],
)
def test_results_tie_a_treatment_to_an_illness(told: Told, ill: str, ordered: str, said: str) -> None:
    printed = f"Diagnosis: {ill}\n\nI am prescribing {ordered} for twelve months. {said}\n"
    assert told(treatment, printed, "treatment_link")


@pytest.mark.parametrize(
    ("ill", "ordered", "said"),
    [
        ("type 2 diabetes", "a gym membership", "Her A1c was 8.1 in March and 7.9 in June."),
        ("sleep apnea", "an adjustable bed base", "CPAP cut her events from 40 to 5 but she gave it up."),
        ("lumbar radiculopathy", "massage therapy", "Ibuprofen eased the pain. Physical therapy ended in May."),
        ("hypertension", "personal training", "She enjoys the gym and feels better about herself."),
        ("shingles", "massage therapy", "The ear side of that same shingles episode is still with her."),
        ("knee osteoarthritis", "massage therapy", "With massage there was no change in her knee pain."),
        ("asthma", "a HEPA air purifier", "She asked for this letter in May."),
        ("knee osteoarthritis", "massage therapy", "No one is treating it, and her heart and lungs clear, A1c 5.4."),
    ],
)
def test_what_tells_of_no_result_of_the_treatment_ties_nothing(told: Told, ill: str, ordered: str, said: str) -> None:
    printed = f"Diagnosis: {ill}\n\nI am prescribing {ordered} for twelve months. {said}\n"
    assert not told(treatment, printed, "treatment_link")
