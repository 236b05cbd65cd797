"""Codes from the text of a letter to the finding: read as printed, judged on the letter's own day."""

from datetime import date
from functools import cache

import pytest

from docscan import pipeline
from docscan.document import Finding, Report

LETTER = """Cedar Internal Medicine
1204 Elm Street, Columbus, OH 43215

{day}

Re: Marisol Vance

{diagnosis}
I prescribe supervised exercise three times a week for six months. It is medically necessary to treat this condition.

Sincerely,
Jonathan P. Reyes, MD
"""


@cache
def judged(diagnosis: str, day: str = "March 3, 2026") -> Report:
    return pipeline.check_text(LETTER.format(day=day, diagnosis=diagnosis), as_of=date(2026, 4, 1))


def finding(rule: str, diagnosis: str, day: str = "March 3, 2026") -> Finding:
    return next(f for f in judged(diagnosis, day).findings if f.rule == rule)


def codes(report: Report) -> list[str]:
    return [field.value for field in report.named("diagnosis_code")]


CASES: tuple[tuple[str, str, str, str, str], ...] = (
    ("counseling is no illness", "Diagnosis code: Z71.82", "March 3, 2026", "COD-04", "not_met"),
    ("nor is it for tax law", "Diagnosis code: Z71.82", "March 3, 2026", "IRS-02", "not_met"),
    ("beside an illness it does no harm", "Dx: essential hypertension I10, Z71.82", "March 3, 2026", "COD-04", "met"),
    ("prediabetes is more than a symptom", "Diagnosis: prediabetes (R73.03)", "March 3, 2026", "COD-05", "met"),
    ("raised sugar is not", "Diagnosis: high blood sugar (R73.9)", "March 3, 2026", "COD-05", "not_met"),
    ("a code of another illness", "She has hypertension (ICD-10: E11.9).", "March 3, 2026", "LMN-07", "not_met"),
    ("the code of the illness", "She has type 2 diabetes (ICD-10: E11.9).", "March 3, 2026", "LMN-07", "met"),
    ("a code that there never was", "Essential hypertension (ICD-10: I10.9)", "March 3, 2026", "COD-02", "not_met"),
    ("the code that is meant", "Essential hypertension (ICD-10: I10)", "March 3, 2026", "COD-02", "met"),
    ("in use on its day", "Diagnosis: low back pain, M54.5", "June 1, 2020", "COD-02", "met"),
    ("on its last day", "Diagnosis: low back pain, M54.5", "September 30, 2021", "COD-02", "met"),
    ("and a day too late", "Diagnosis: low back pain, M54.5", "October 1, 2021", "COD-02", "not_met"),
    ("out of use", "Diagnosis: low back pain, M54.5", "June 1, 2024", "COD-02", "not_met"),
    ("a code of the chapter for special purposes", "COVID-19 (ICD-10-CM U07.1)", "March 3, 2026", "COD-02", "met"),
    ("before there was one", "COVID-19 (ICD-10-CM U07.1)", "March 3, 2019", "COD-02", "not_met"),
    ("a letter in the second place", "Dx: QA0.0109", "March 3, 2026", "COD-01", "met"),
    ("which tax law takes for an illness", "Dx: QA0.0109", "March 3, 2026", "IRS-02", "met"),
    ("and which was new in 2025", "Dx: QA0.0109", "March 3, 2024", "COD-02", "not_met"),
)


@pytest.mark.parametrize(("case", "diagnosis", "day", "rule", "outcome"), CASES, ids=[case[0] for case in CASES])
def test_a_code_is_judged_by_what_it_stands_for_on_the_letters_day(
    case: str, diagnosis: str, day: str, rule: str, outcome: str
) -> None:
    assert finding(rule, diagnosis, day).outcome == outcome


@pytest.mark.parametrize(("diagnosis", "read"), [
    ("COVID-19 (ICD-10-CM U07.1)", ["U07.1"]), ("Dx: QA0.0109", ["QA0.0109"]),
    ("Diagnosis codes: QA0.0109, U07.1, E11.9", ["E11.9", "QA0.0109", "U07.1"]),
])  # fmt: skip
def test_codes_of_every_shape_are_read(diagnosis: str, read: list[str]) -> None:
    assert sorted(codes(judged(diagnosis))) == read


def test_what_replaced_a_code_is_named() -> None:
    told = finding("COD-02", "Diagnosis: low back pain, M54.5", "June 1, 2024")
    said = f"{told.message} {told.advice}"
    assert all(code in said for code in ("M54.50", "M54.51", "M54.59")) and "June 1, 2024" in said


def test_a_code_that_there_never_was_is_said_to_be_none() -> None:
    assert "I10.9 is not an ICD-10-CM code" in finding("COD-02", "Essential hypertension (ICD-10: I10.9)").message


def test_prediabetes_passes_with_a_note() -> None:
    assert "some do not" in finding("COD-05", "Diagnosis: prediabetes (R73.03)").message
    assert "some do not" not in finding("COD-05", "Dx: type 2 diabetes E11.9, prediabetes R73.03").message
