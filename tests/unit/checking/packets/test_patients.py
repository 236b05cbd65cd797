"""One patient or two?"""

from collections.abc import Callable

import pytest

from docscan.checking.facts import Facts
from docscan.checking.packets.patients import held
from docscan.document import Extraction

CASES: list[tuple[dict[str, str], dict[str, str], str]] = [
    ({"patient_name": "Robert Vance"}, {"patient_name": "Vance, Bob"}, "same"),
    ({"patient_name": "Wladyslaw Vance"}, {"patient_name": "Wlady Vance"}, "same"),
    ({"patient_name": "Michelle Vance"}, {"patient_name": "Michel Vance"}, "other"),
    ({"patient_name": "Guadalupe Ortiz"}, {"patient_name": "Lupe Ortiz"}, "same"),
    ({"patient_name": "Katherine Lee"}, {"patient_name": "Kathryn Lee"}, "same"),
    ({"patient_name": "William Burns"}, {"patient_name": "Wi1liam Burns"}, "same"),
    ({"patient_name": "Ana Ruiz Lopez"}, {"patient_name": "Ana Ruiz"}, "same"),
    ({"patient_name": "Robert Vance"}, {"patient_name": "Robert Vance Jr."}, "same"),
    ({"patient_name": "Robert Vance"}, {"patient_name": "Robert"}, "same"),
    ({"patient_name": "Robert Vance"}, {"patient_name": "Vance"}, "open"),
    ({"patient_name": "Robert Vance", "date_of_birth": "1970-01-02"},
     {"patient_name": "Vance", "date_of_birth": "1970-01-02"}, "same"),
    ({"patient_name": "Erin Vance"}, {"patient_name": "Erma Vance"}, "other"),
    ({"patient_name": "Lena Ortiz"}, {"patient_name": "Lana Ortiz"}, "open"),
    ({"patient_name": "Lena Ortiz", "patient_address": "12 Pine Ct, Denver CO 80202"},
     {"patient_name": "Lana Ortiz", "patient_address": "12 Pine Ct., Denver, CO 80202"}, "same"),
    ({"patient_name": "John A. Vance"}, {"patient_name": "John B. Vance"}, "open"),
    ({"patient_name": "Anna Smith"}, {"patient_name": "Anna Jones"}, "other"),
    ({"patient_name": "Anna Smith", "member_id": "X-100"},
     {"patient_name": "Anna Jones", "member_id": "X 100"}, "same"),
    ({"patient_name": "Leo Vance", "participant_name": "Marisol Vance"}, {"patient_name": "Marisol Vance"}, "other"),
    ({"patient_name": "Marisol Vance"}, {"patient_name": "self", "participant_name": "Marisol Vance"}, "same"),
    ({"patient_name": "Marisol Vance"}, {"participant_name": "Peter Vance"}, "unnamed"),
    ({"patient_name": "Marisol Vance"}, {"participant_name": "M. Vance"}, "same"),
    ({"patient_name": "Marisol T. Vance"}, {"patient_name": "VANCE M"}, "same"),
    ({"patient_name": "Marisol Vance"}, {"patient_name": "VANCE MARISOL T"}, "same"),
    ({"patient_name": "Marisol Vance"}, {"patient_name": "VANCE PETER"}, "other"),
    ({"patient_name": "Marisol Vance", "date_of_birth": "1970-01-02"},
     {"patient_name": "Marisol Vance", "date_of_birth": "1999-05-06"}, "other"),
]  # fmt: skip


@pytest.mark.parametrize(("mine", "theirs", "answer"), CASES)
def test_names_are_decided_with_the_other_facts(
    mine: dict[str, str],
    theirs: dict[str, str],
    answer: str,
    facts: Callable[..., Facts],
    extraction: Callable[..., Extraction],
) -> None:
    letter = facts(*(extraction(*pair) for pair in mine.items()))
    receipt = facts(*(extraction(*pair) for pair in theirs.items()), kind="receipt")
    assert held(letter, receipt, [letter, receipt]).answer == answer
