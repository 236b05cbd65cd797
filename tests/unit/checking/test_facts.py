"""Unreadable is never missing; a guess is never a fact; only what is stated counts."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from docscan.checking.facts import SURE, Facts
from docscan.document import READ_WELL, Extraction, Problem, ProblemCategory

NOT_READ = Problem("page_unreadable", 2, "No word could be read.", "Send a clearer copy.")


def test_what_is_not_there_is_missing_on_legible_pages(facts: Callable[..., Facts]) -> None:
    assert facts(qualities=(0.98, None)).missing("patient_name").outcome == "not_met"


@pytest.mark.parametrize(
    "made",
    [
        {"qualities": (0.99, READ_WELL - 0.01)},
        {"qualities": (0.99, 0.99), "problems": (NOT_READ,)},
        {"qualities": (0.99, 0.99), "problems": (Problem("low_quality", 2, "Blurred.", "Send a clearer copy."),)},
        {"qualities": (0.99, 0.99), "problems": (Problem("cut_off", 2, "Cut off.", "Send the whole page."),)},
        {"qualities": (0.99, 0.99), "problems": (Problem("handwriting", 2, "Handwriting.", "Type it."),)},
    ],
)
def test_on_a_page_that_cannot_be_read_it_is_uncertain_and_the_page_is_named(
    facts: Callable[..., Facts], made: Any
) -> None:
    result = facts(**made).missing("patient_name")
    assert result.outcome == "uncertain"
    assert "Page 2 could not be read well enough" in result.why
    assert result.clearer_copy


@pytest.mark.parametrize("category", ["page_blank", "text_layer_ignored", "metadata"])
def test_problems_that_hide_nothing_do_not_excuse(facts: Callable[..., Facts], category: ProblemCategory) -> None:
    problem = Problem(category, 1, "Something.", "Nothing.")
    assert facts(problems=(problem,)).missing("patient_name").outcome == "not_met"


def test_a_failed_extractor_makes_everything_it_may_have_missed_uncertain(facts: Callable[..., Facts]) -> None:
    problem = Problem("extractor_failed", None, "Dates could not be looked for.", "Tell us.")
    assert facts(problems=(problem,)).missing("letter_date").outcome == "uncertain"


def test_a_field_that_is_filled_by_hand_is_uncertain_and_others_are_not(
    facts: Callable[..., Facts], extraction: Callable[..., Extraction]
) -> None:
    made = facts(
        extraction("handwritten", "letter_date"), problems=(Problem("handwriting", 1, "Handwriting.", "Type it."),)
    )
    assert made.missing("letter_date").outcome == "uncertain"
    assert made.missing("patient_name").outcome == "not_met"


@pytest.mark.parametrize(
    ("value", "more"),
    [
        ("Marisol Vance", {"confidence": SURE - 0.01}),
        (None, {"readings": ("2026-03-04", "2026-04-03"), "raw": "03/04/2026"}),
        (None, {"raw": "smudge"}),
    ],
)
def test_a_value_that_is_not_sure_neither_meets_nor_fails(
    facts: Callable[..., Facts], extraction: Callable[..., Extraction], value: Any, more: Any
) -> None:
    made = facts(extraction("letter_date", value, **more))
    assert made.stated("letter_date") == ()
    assert made.missing("letter_date").outcome == "uncertain"


def test_both_readings_of_a_date_are_told(facts: Callable[..., Facts], extraction: Callable[..., Extraction]) -> None:
    why = facts(
        extraction("letter_date", None, readings=("2026-03-04", "2026-04-03"), raw="03/04/2026")
    ).missing("letter_date").why  # fmt: skip
    assert "March 4, 2026 or April 3, 2026" in why


@pytest.mark.parametrize(
    ("assertion", "word"),
    [("negated", "not so"), ("hypothetical", "may be"), ("historical", "past"), ("other_person", "another person")],
)
def test_only_what_is_stated_counts_and_the_message_tells_what_else_was_found(
    facts: Callable[..., Facts], extraction: Callable[..., Extraction], assertion: str, word: str
) -> None:
    result = facts(extraction("diagnosis", "hypertension", assertion=assertion)).missing("diagnosis")
    assert result.outcome == "not_met"
    assert word in result.why
    assert "hypertension" in result.why
    assert result.evidence


@pytest.mark.parametrize(
    ("fields", "day", "reason"),
    [
        ({"service_date": "2020-05-01", "letter_date": "2021-01-01"}, date(2020, 5, 1), "service"),
        ({"letter_date": "2021-01-01"}, date(2021, 1, 1), "letter"),
        ({"signature_date": "2021-01-02"}, date(2021, 1, 2), "letter"),
        ({"item": {"service_date": "2019-05-01"}}, date(2019, 5, 1), "service"),
        ({"service_period": {"start": "2019-04-01", "end": "2019-05-01"}}, date(2019, 4, 1), "service"),
        ({}, date(2026, 11, 21), "check"),
        ({"letter_date": "0001-01-01"}, date(2026, 11, 21), "check"),
    ],
)
def test_the_law_date_is_the_services_else_the_letters_else_the_days(
    facts: Callable[..., Facts], extraction: Callable[..., Extraction], fields: Any, day: date, reason: str
) -> None:
    found = facts(*(extraction(name, value) for name, value in fields.items())).law_date
    assert found.date == day
    assert reason in found.reason


def test_a_guess_at_a_birth_does_not_take_a_letters_date_away(
    facts: Callable[..., Facts], extraction: Callable[..., Extraction]
) -> None:
    letter = extraction("letter_date", "2026-02-27")
    guess = extraction("date_of_birth", None, raw="02/27/2026", readings=("2026-02-27",))
    assert facts(letter, guess).dates("letter_date")
    assert not facts(letter, extraction("date_of_birth", "2026-02-27")).dates("letter_date")
