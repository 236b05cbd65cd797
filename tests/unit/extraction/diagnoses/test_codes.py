"""Diagnosis codes in every print form, told apart from all that looks like one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docscan.document import Extraction
from docscan.extraction.diagnoses.diagnoses import diagnoses
from docscan.extraction.text.annotated import AnnotatedText

Told = Callable[..., list[Any]]
Typed = Callable[..., AnnotatedText]
DATED = "March 3, 2026\n\n"

PRINTED = [
    ("Dx E11.9-I10", ["E11.9", "I10"]),
    (
        "M54.41, F41.1 / G47.33\nN39.3\n\nIn short: G35 (MS), more later.",
        ["M54.41", "F41.1", "G47.33", "N39.3", "G35"],
    ),
    ("ICD-10: M17.11; M17.12; E66.9", ["M17.11", "M17.12", "E66.9"]),
    ("Diagnosis codes: J45.40 + J30.1 & K21.9", ["J45.40", "J30.1", "K21.9"]),
    ("ICD-10 code 2: g47.33", ["G47.33"]),
    ("She has sleep apnea (g47.33).", ["G47.33"]),
    ("quadriplegia, incomplete ( G82 .54 )", ["G82.54"]),
    ("Dx: E 11.9", ["E11.9"]),
    ("ICD-10   M 1 7 . 1 2", ["M17.12"]),
    ("A. M17.11   B. E66.9   C. I10", ["M17.11", "E66.9", "I10"]),
    ("A. M1711   B. E669   C. I10\nD. Z96651", ["M17.11", "E66.9", "I10", "Z96.651"]),
    ("21. Nature of illness   ICD Ind. 0\nA. K58.0    B. G43709   C. S93401D", ["K58.0", "G43.709", "S93.401D"]),
    ("A/P\n1. Gout, R foot: M10.071\n2. Asthma / J45.40\n3) J302 hay fever", ["M10.071", "J45.40", "J30.2"]),
    ("[x] M54.41   lumbago with sciatica   [ ] M54.2   neck pain", ["M54.41"]),
    ("M54.41 sciatica [x]   M54.2 neck pain [ ]", ["M54.41"]),
    ("_x_ F41.1 anxiety     ___ F32.9 depression", ["F41.1"]),
    ("☒ N39.3\n☐ N39.41\n☑ N81.4", ["N39.3", "N81.4"]),
    ("Codes sent: L40.0, L405, K50.10 and R5383", ["L40.0", "L40.5", "K50.10", "R53.83"]),
    ("Type 2 diabetes mellitus w/o complications E119", ["E11.9"]),
    ("prostate cancer, C61", ["C61"]),
    ("Billed under M79.7 (fibromyalgia).", ["M79.7"]),
    ("Dx: E99.999", ["E99.999"]),
    ("Obesity (E66.99)", ["E66.99"]),
]


@pytest.mark.parametrize(("printed", "codes"), PRINTED)
def test_codes_stand_in_many_forms(told: Told, printed: str, codes: list[str]) -> None:
    assert told(diagnoses, DATED + printed, "diagnosis_code") == codes


TABLE = """March 3, 2026

Ln    ICD-10      Wording                           Status
1     M17.31      Post-traumatic OA, right knee     Active
2     J449        COPD                              Active
3     F32.2       Major depression, severe          Ruled out
4     M54.14      -                                 Resolved
5     C50.911     breast cancer                     Fam (sister)
6     G35         multiple sclerosis                Suspected
"""


def test_a_status_column_says_how_each_row_is_meant(typed: Typed) -> None:
    found = {e.value: e.assertion for e in diagnoses(typed(TABLE)) if e.name == "diagnosis_code"}
    assert found == {
        "M17.31": "stated",
        "J44.9": "stated",
        "F32.2": "negated",
        "M54.14": "historical",
        "C50.911": "other_person",
        "G35": "hypothetical",
    }


DENSE = """June 2, 2025

Active problems
1. K58.0
2. Thoracic disc degeneration [M51.34]. Heat only.
3. Abscess, tendon sheath, R shoulder: M65011
4. G62.81, B12 412, A1c 6.1
5. M77.40

Ruled out this year
6. Sleep phase disorder G47.23
7. M72.8

Past problems, no longer active
8. K25.9, M10.19

Family history
9. Maternal aunt: G30.9

Visits 99213, 99214-25, J1030, G0439. Walker E0143. Room B20, ext. F32, ZIP 97110. Form E1140-B. Chart R52104.
Neck pain at C5-C6. Disc bulge L4-L5. Insulin glargine 22 units. Vitamin D3 1000 IU.
"""


def test_a_paper_full_of_codes_gives_all_and_only_them(typed: Typed) -> None:
    found = [(e.value, e.assertion) for e in diagnoses(typed(DENSE)) if e.name == "diagnosis_code"]
    assert sorted(found) == sorted(
        [(code, "stated") for code in ("K58.0", "M51.34", "M65.011", "G62.81", "M77.40")]
        + [("G47.23", "negated"), ("M72.8", "negated"), ("K25.9", "historical"), ("M10.19", "historical")]
        + [("G30.9", "other_person")]
    )


TRAPS = [
    "The bike is model M17, lot I10.",
    "Take exit I10 and park on level C61.",
    "License A69.2 pending renewal as A692445.",
    "CPT/HCPCS   Charge\nH0015       90.00\nG0439       80.00",
    "D1110   cleaning   90.00\nD2330   filling   120.00\nD4342   scaling   130.00",
    "Nurse line x4512, fax F32.",
    "Paid $120.00 with check E11",
    "T7 and T8 are tender; C2/C3 healed.",
    "Lot S93, till R32, register K21",
    "Order no. B02.21-7 shipped.",
    "Batch 24-0604-B, Doc ID CCS-220918-22, MRN V20-77813",
    "The G7 sensor and the K95 mask are covered.",
    "Software v10.2, form M10.1 rev 03/18",
]


@pytest.mark.parametrize("printed", TRAPS)
def test_what_only_looks_like_a_code_is_none(told: Told, printed: str) -> None:
    assert told(diagnoses, DATED + printed, "diagnosis_code", None) == []


MISREAD = [
    ("Dx: M54.5O", "M54.50"),
    ("Right artificial knee joint (296.651)", "Z96.651"),
    ("Post-mastectomy lymphedema syndrome {197.2}", "I97.2"),
    ("ICD-10: E11.9, M17.l2", "M17.12"),
    ("Essential hypertension (110)", "I10"),
    ("Stress incontinence, N39.3 and cystocele (N8l.10)", "N81.10"),
]


@pytest.mark.parametrize(("printed", "code"), MISREAD)
def test_a_misread_code_is_mended_where_an_anchor_and_one_reading_agree(typed: Typed, printed: str, code: str) -> None:
    found = [e for e in diagnoses(typed(DATED + printed)) if e.name == "diagnosis_code" and e.value == code]
    assert [(e.resolved or {})["repaired"] for e in found] == [True]


@pytest.mark.parametrize(
    "printed",
    [
        "The pump costs 197.20 and weighs 110 pounds.",
        "In 2025 she walked 10 miles.",
        "The room (110) is upstairs.",
        "She has hypertension, 110 over 70 today.",
        "part 296.651 of the brace",
    ],
)
def test_numbers_stay_numbers_without_an_anchor(told: Told, printed: str) -> None:
    assert told(diagnoses, DATED + printed, "diagnosis_code", None) == []


def test_a_code_that_does_not_exist_is_told_as_printed(typed: Typed) -> None:
    (found,) = (e for e in diagnoses(typed(DATED + "Dx: M54.599")) if e.name == "diagnosis_code")
    assert found.value == "M54.599"
    assert found.resolved is not None
    assert (found.resolved["status"], found.resolved["repaired"]) == ("unknown", False)


def test_a_letter_of_the_change_carries_both_kinds(typed: Typed) -> None:
    printed = "September 3, 2014\n\nDx: hypertension, ICD-9 401.9 (ICD-10 from next year: I10)"
    found = {(e.name, e.value) for e in diagnoses(typed(printed)) if e.name != "diagnosis"}
    assert found == {("diagnosis_code_icd9", "401.9"), ("diagnosis_code", "I10")}


def test_a_code_for_a_lasting_state_is_stated_though_its_cause_is_past(typed: Typed) -> None:
    def said(printed: str) -> Extraction:
        return next(e for e in diagnoses(typed(DATED + printed)) if e.name == "diagnosis_code")

    assert said("s/p right total knee replacement (Z96.651)").assertion == "stated"
    assert said("PMH, resolved: stomach ulcer (K25.9)").assertion == "historical"
