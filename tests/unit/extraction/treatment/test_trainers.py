"""What qualifies a trainer, and that the trainer reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docscan.extraction.treatment.trainers import trainers

Told = Callable[..., list[Any]]


@pytest.mark.parametrize(
    ("printed", "values"),
    [
        ("Sessions are led by Ann Lee, ACSM-CEP, at the gym.", ["ACSM-CEP"]),
        ("He trains with Bo Roe, NASM-CPT.", ["NASM-CPT"]),
        ("The work is given by Cy Fox, MES, twice a week.", ["MES"]),
        ("Massage is done by Di Orr, LMT, in our office.", ["LMT"]),
        ("Her coach holds the CSCS.", ["CSCS"]),
        ("Training with a medical exercise specialist is ordered.", ["medical exercise specialist"]),
        ("She sees a registered dietitian every month.", ["registered dietitian"]),
        ("A licensed massage therapist will give the sessions.", ["licensed massage therapist"]),
        ("The gym's certified personal trainer supervises her.", ["certified personal trainer"]),
        ("I am a licensed physical therapist in Ohio.", []),
        ("Board certified in family medicine since 1999, I see him yearly.", []),
        ("Please state the trainer's certification, e.g. ACSM-CEP.", []),
    ],
)
def test_credentials_of_who_gives_the_sessions(told: Told, printed: str, values: list[str]) -> None:
    assert told(trainers, printed, "trainer_credential") == values


@pytest.mark.parametrize(
    ("printed", "count"),
    [
        ("The trainer will send monthly progress reports to my office.", 1),
        ("Her coach faxes session logs to us.", 1),
        ("I review the progress notes of the trainer each month.", 1),
        ("The exercise physiologist is in regular contact with the physician.", 1),
        ("Session notes are sent to my office.", 1),
        ("The trainer is friendly.", 0),
        ("Please call our office.", 0),
        ("I reviewed the MRI with her.", 0),
    ],
)
def test_the_trainer_reports(told: Told, printed: str, count: int) -> None:
    assert len(told(trainers, printed, "trainer_communication")) == count
