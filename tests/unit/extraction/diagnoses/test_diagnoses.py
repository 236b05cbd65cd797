"""Diagnoses and their codes, and all that looks like one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docscan.extraction.diagnoses.diagnoses import diagnoses
from docscan.extraction.text.annotated import AnnotatedText

Told = Callable[..., list[Any]]
DATED = "March 3, 2026\n\n"

CODES = [
    ("Diagnosis: Type 2 diabetes mellitus (E11.9)", ["E11.9"]),
    ("Dx: E11.9/I10", ["E11.9", "I10"]),
    ("ICD-10: E11.9, I10 and M54.50", ["E11.9", "I10", "M54.50"]),
    ("ICD-10-CM Code(s)\nE66.811", ["E66.811"]),
    ("ICD-10 codes: M5450, E66811", ["M54.50", "E66.811"]),
    ("Diagnosis code      I10", ["I10"]),
    ("1. Osteoarthritis, left knee  M17.12\n2. Obesity E66.9", ["M17.12", "E66.9"]),
    ("E11.9 - Type 2 diabetes mellitus without complications", ["E11.9"]),
    ("She has hypertension (I10).", ["I10"]),
    ("Post COVID-19 condition U09.9", ["U09.9"]),
    ("Dx: S83.511A", ["S83.511A"]),
    ("Dx: QA0.0109", ["QA0.0109"]),
    ("dx e11.9", ["E11.9"]),
    ("dx: f41.1 generalized anxiety disorder, g47.00", ["F41.1", "G47.00"]),
    ("I find that she has hypertension\n(icd-10 i10) and mixed hyperlipidemia (icd-10 e78.2).", ["I10", "E78.2"]),
    ("Active dx:  T2DM, HTN", []),
    ("ICD-10: E11 . 9", ["E11.9"]),
]


@pytest.mark.parametrize(("printed", "codes"), CODES)
def test_codes_are_found_in_every_print_form(told: Told, printed: str, codes: list[str]) -> None:
    assert told(diagnoses, DATED + printed, "diagnosis_code") == codes


TRAPS = [
    "She trains at F45 three times a week.",
    "He does P90X at home.",
    "Her A1C was 8.1 %.",
    "Vitamin B12 and vitamin D3 were low.",
    "Disc bulge at L4-L5 and L5-S1.",
    "A T12 fracture was seen.",
    "Portland, OR 97110",
    "Suite F32, Room B20",
    "Phone 330-555-0199 ext. B20",
    "HCPCS H0015 was billed.",
    "Invoice Z00123",
    "C5-C6 fusion in 2018",
    "Gym: F45 Training Akron",
    "CPT 97110, G0270",
    "Wear an N95 mask.",
]


@pytest.mark.parametrize("printed", TRAPS)
def test_lookalikes_are_no_codes(told: Told, printed: str) -> None:
    assert told(diagnoses, DATED + printed, "diagnosis_code", None) == []


@pytest.mark.parametrize(
    ("printed", "code"), [("Dx: E1l.9", "E11.9"), ("ICD-10: I1O", "I10"), ("ICD-10 code: M54.5O", "M54.50")]
)
def test_a_misread_code_is_repaired_where_a_code_is_expected(
    typed: Callable[..., AnnotatedText], printed: str, code: str
) -> None:
    (found,) = (e for e in diagnoses(typed(DATED + printed)) if e.name == "diagnosis_code")
    assert found.value == code
    assert found.resolved is not None and found.resolved["repaired"] is True
    assert found.raw in printed


def test_nothing_is_repaired_without_a_label(told: Told) -> None:
    assert told(diagnoses, DATED + "The part number is I1O.", "diagnosis_code") == []


@pytest.mark.parametrize(
    ("day", "code", "status"),
    [
        ("March 3, 2020", "M54.5", "billable"),
        ("March 3, 2026", "M54.5", "header"),
        ("March 3, 2024", "E66.811", "not_yet"),
        ("March 3, 2026", "E66.811", "billable"),
        ("March 3, 2026", "E11.999", "unknown"),
    ],
)
def test_a_code_is_judged_on_the_documents_date(
    typed: Callable[..., AnnotatedText], day: str, code: str, status: str
) -> None:
    (found,) = (e for e in diagnoses(typed(f"{day}\n\nDx: {code}")) if e.name == "diagnosis_code")
    assert found.resolved is not None and found.resolved["status"] == status


def test_icd9_before_october_2015(told: Told) -> None:
    printed = "March 3, 2014\n\nDiagnosis: Hypertension 401.9, diabetes (ICD-9 250.00)"
    assert told(diagnoses, printed, "diagnosis_code_icd9") == ["401.9", "250.00"]
    assert told(diagnoses, printed.replace("2014", "2026"), "diagnosis_code_icd9") == []


WORDS = [
    ("Diagnosis: Type 2 diabetes mellitus (E11.9)", ["Type 2 diabetes mellitus"]),
    (
        "Diagnosis: Hypertension, obesity, and chronic low back pain",
        ["Hypertension", "obesity", "chronic low back pain"],
    ),
    (
        "Diagnosis\n1. Osteoarthritis, left knee  M17.12\n2. Obesity, class 2 - E66.812",
        ["Osteoarthritis, left knee", "Obesity, class 2"],
    ),
    ("Medical condition: lumbar radiculopathy", ["lumbar radiculopathy"]),
    ("She suffers from severe obesity and essential hypertension.", ["severe obesity", "essential hypertension"]),
    ("Diagnosis: get fit", ["get fit"]),
    (
        "I have followed him for a number of years because of a right total\nknee replacement.",
        ["right total knee replacement"],
    ),
    ("She has type 2 diabetes mellitus. Her diabetes is treated with diet.", ["type 2 diabetes mellitus"]),
    ("Please describe the diagnosis: lumbar radiculopathy", ["lumbar radiculopathy"]),
    ("What is the patient's diagnosis?  Lumbar radiculopathy", ["Lumbar radiculopathy"]),
    ("Diagnosis: back pain", ["back pain"]),
    ("Diagnosis: Ehlers-Danlos syndrome", ["Ehlers-Danlos syndrome"]),
    ("Diagnosis: see attached", []),
    ("Diagnosis: ____________", []),
    ("The American Diabetes Association publishes guidelines.", []),
]


@pytest.mark.parametrize(("printed", "words"), WORDS)
def test_diagnoses_in_words(told: Told, printed: str, words: list[str]) -> None:
    assert told(diagnoses, DATED + printed, "diagnosis") == words


@pytest.mark.parametrize(
    ("printed", "assertion"),
    [
        ("She denies diabetes.", "negated"),
        ("Her mother, Mrs. Lee, had diabetes.", "other_person"),
        ("History of breast cancer in 2009.", "historical"),
        ("She is at risk for diabetes.", "hypothetical"),
    ],
)
def test_what_is_not_stated_is_told_as_such(typed: Callable[..., AnnotatedText], printed: str, assertion: str) -> None:
    (found,) = (e for e in diagnoses(typed(DATED + printed)) if e.name == "diagnosis")
    assert found.assertion == assertion


@pytest.mark.parametrize(
    ("printed", "specificity", "codes"),
    [
        ("Diagnosis: Essential hypertension (I10)", "coded", ["I10"]),
        ("Diagnosis: lumbar radiculopathy", "named", None),
        ("Diagnosis: back pain", "vague", None),
        ("Diagnosis: get fit and healthy", "goal", None),
    ],
)
def test_how_specific_a_diagnosis_is(
    typed: Callable[..., AnnotatedText], printed: str, specificity: str, codes: list[str] | None
) -> None:
    (found,) = (e for e in diagnoses(typed(DATED + printed)) if e.name == "diagnosis")
    assert found.resolved is not None and found.resolved["specificity"] == specificity
    assert codes is None or found.resolved["codes"] == codes
