"""Values are told so that a person cannot misread them, whatever a document holds."""

from __future__ import annotations

import typing
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan import document
from docscan.document import Extraction, Score
from docscan.presenting import wording
from docscan.reference.fields import FIELDS


@pytest.mark.parametrize(
    ("table", "literal"),
    [
        (wording.KIND, document.Kind),
        (wording.VERDICT, document.Verdict),
        (wording.VERDICT_MEANS, document.Verdict),
        (wording.OUTCOME, document.Outcome),
        (wording.SEVERITY, document.Severity),
        (wording.PROBLEM, document.ProblemCategory),
        (wording.PAGE_SOURCE, document.PageSource),
        (wording.ASSERTION, document.Assertion),
        (wording.PURPOSE, document.Purpose),
    ],
)
def test_there_is_a_word_for_everything(table: dict[str, str], literal: Any) -> None:
    assert set(table) == set(typing.get_args(literal))


def test_every_group_of_fields_has_a_heading() -> None:
    assert {field.group for field in FIELDS.values()} <= set(wording.GROUP)


def test_the_product_never_says_that_it_approves() -> None:
    for table in (wording.VERDICT, wording.VERDICT_MEANS, wording.OUTCOME):
        assert not [said for said in table.values() if "approv" in said.lower() or "deductible" in said.lower()]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("letter_date", "2026-03-04", "March 4, 2026"),
        ("total", "1250.00", "$1,250.00"),
        ("refund", "-12.50", "-$12.50"),
        ("provider_phone", "+16145550142", "(614) 555-0142"),
        ("patient_name", "Marisol T. Vance", "Marisol T. Vance"),
        ("necessity_statement", True, "yes"),
        ("frequency", {"frequency": 3, "period": 1, "period_unit": "wk"}, "3 times a week"),
        ("frequency", {"frequency": 2, "frequency_max": 3, "period": 1, "period_unit": "wk"}, "2 to 3 times a week"),
        ("frequency", {"frequency": 1, "frequency_max": None, "period": 2, "period_unit": "wk"}, "once in 2 weeks"),
        (
            "frequency",
            {"duration": 25, "duration_max": 30, "duration_unit": "h", "period": 1, "period_unit": "wk"},
            "25 to 30 hours a week",
        ),
        ("frequency", {"count": 12}, "12 sessions"),
        ("frequency", {"count": 1, "as_needed": True}, "1 session, as needed"),
        (
            "frequency",
            {
                "phases": [
                    {
                        "frequency": {"frequency": 3, "period": 1, "period_unit": "wk"},
                        "duration": {"value": 4, "unit": "wk"},
                    },
                    {
                        "frequency": {"frequency": 1, "period": 1, "period_unit": "wk"},
                        "duration": {"until": "2026-12-01"},
                    },
                ]
            },
            "3 times a week, 4 weeks; then once a week, until December 1, 2026",
        ),
        ("duration", {"value": 1, "unit": "a"}, "1 year"),
        ("duration", {"start": "2026-03-03", "end": "2027-03-02"}, "March 3, 2026 to March 2, 2027"),
        ("duration", {"value": 6, "unit": "mo", "relative_to": "first_session"}, "6 months, from the first session"),
        ("duration", {"indefinite": True}, "without an end"),
        ("session_length", {"value": 45, "unit": "min"}, "45 minutes"),
        ("signature", {"present": True, "form": "ink"}, "by hand"),
        ("signature", {"present": True, "form": "typed"}, "typed name only"),
        ("signature", {"present": False, "form": None}, "none seen"),
        ("service_period", {"start": "2026-03-01", "end": "2026-03-31"}, "March 1, 2026 to March 31, 2026"),
        ("page_of", {"page": 1, "of": 2}, "page 1 of 2"),
        (
            "item",
            {"description": "Training", "quantity": 4, "unit_price": "75.00", "amount": "300.00", "code": "97110",
             "service_date": "2026-03-09", "class": "training"},
            "Training [97110], March 9, 2026, 4 × $75.00: $300.00",
        ),
        ("treatment_link", {"treatment": "yoga", "condition": "E11.9", "verb": "treat"}, "yoga → treat → E11.9"),
    ],
)  # fmt: skip
def test_tells_a_value(name: str, value: Any, said: str) -> None:
    assert wording.value(Extraction(name, value, "raw")) == said


def test_two_readings_are_both_told() -> None:
    two = Extraction("service_date", None, "03/04/26", readings=("2026-03-04", "2026-04-03"))
    assert wording.value(two) == "March 4, 2026 or April 3, 2026"


def test_a_value_that_nobody_can_tell_is_not_called_missing() -> None:
    assert wording.value(Extraction("total", None, "1?5.00")) == "not sure: “1?5.00”"


def test_notes_tell_what_a_code_means_and_what_is_wrong_with_it() -> None:
    code = Extraction("diagnosis_code", "E66.8", "E66.8", assertion="historical", readings=("E66.9",),
                      resolved={"description": "Other obesity", "status": "header"})  # fmt: skip
    assert wording.note(code) == "of the past; Other obesity; more characters are needed; may also be E66.9"


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("provider_npi", "Provider NPI"),
        ("patient_name", "Patient name"),
        ("diagnosis_code_icd9", "Diagnosis code (ICD-9)"),
        ("tax_id", "Tax ID"),
    ],
)
def test_labels_a_field(name: str, label: str) -> None:
    assert wording.field_label(name) == label


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (None, "no score"),
        (Score(80.0, 80.0), "80 of 100"),
        (Score(55.0, 82.5), "55 to 82.5 of 100"),
        (Score(0, 100), "0 to 100 of 100"),
    ],
)
def test_tells_a_score(score: Score | None, said: str) -> None:
    assert wording.score(score) == said


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((), ""),
        ((3,), "page 3"),
        ((3, 1), "pages 1 and 3"),
        ((2, 3, 4, 5), "pages 2 to 5"),
        ((1, 3, 4), "pages 1, 3 and 4"),
    ],
)
def test_names_pages(numbers: tuple[int, ...], said: str) -> None:
    assert wording.pages(numbers) == said


def test_a_day_cannot_be_taken_for_a_month() -> None:
    assert wording.day(date(2026, 4, 3)) == "April 3, 2026"


@given(st.text())
def test_clean_text_is_one_line_that_a_terminal_only_shows(text: str) -> None:
    cleaned = wording.clean(text)
    assert "\n" not in cleaned
    assert "\x1b" not in cleaned
    assert "\u202e" not in cleaned
    assert all(c.isprintable() or c in " \ufffd" for c in cleaned)


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)


@given(
    name=st.sampled_from(sorted(FIELDS)),
    value=json.filter(lambda v: not isinstance(v, dict)) | st.dictionaries(st.text(), json),
    readings=st.lists(json),
)
def test_a_value_of_any_shape_is_told_without_an_error(name: str, value: Any, readings: list[Any]) -> None:
    extraction = Extraction(name, value, "raw", readings=tuple(readings))
    assert "\x1b" not in wording.value(extraction) + wording.note(extraction)
