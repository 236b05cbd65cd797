"""Administrators' forms, filled in by an office: whose is what they ask?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from docscan.document import Extraction
from docscan.extraction.dates.roles import letter_dates
from docscan.extraction.people.identifiers import identifiers
from docscan.extraction.people.people import people
from docscan.extraction.text.blanks import set_apart
from docscan.extraction.text.captions import is_printed_label

Told: TypeAlias = Callable[..., list[Any]]

MASTHEAD = (
    "NORTHSTAR FLEX     Member Services 402-555-0110     Claims Fax 402-555-0112\n\nEMPLOYEE SECTION\n"
    "Employee Name: Ramona Quill     Daytime Phone: (402) 555-0171\nPatient Name: Curtis Quill\n\nPROVIDER SECTION\n"
    "Provider Name: Helmut Brand, MD     Phone: (402) 555-0182\nFax: (402) 555-0183     NPI: 1457382910\n"
    "Signature: /s/ Helmut Brand     Date: 04/02/2026\n\nQuestions? 402-555-0110"
)
CAPTIONS = (
    "Tobi Kessler                 Beaumont Chemical Partners\nEmployee Name                Employer\n\n"
    "Nora Kessler                 02/19/2011\nPatient Name                 Patient Date of Birth\n\n"
    "Imelda Sark, PsyD            (409) 555-0161\nProvider's Name (print)      Provider's Telephone\n\n"
    "Imelda Sark, PsyD            05/05/2026\nProvider Signature           Date"
)
PARTS = (
    "ACCOUNT OWNER\nFirst name      Middle initial     Last name\nGuin            P                  Castell\n\n"
    "PATIENT (if not the account owner)\nFirst name      Middle initial     Last name     Birth date\n"
    "Leif                               Castell       07/14/2013\n\n"
    "PROVIDER\nProvider name   Ana Mulvane, MD     Phone / NPI   515-555-0129 / 1028463754\n"
    "Signature       /s/ Ana Mulvane, MD     Date          01 | 15 | 2026"
)
COLUMNS = (
    "EMPLOYEE                          HEALTH CARE PROVIDER\nName: Jasper Wick                 Name: Oda Pember, NP\n"
    "Phone: 970-555-0102               Phone: 970-555-0148\nEmail: jw@mail.example            Fax: 970-555-0149\n\n"
    "Patient is: [x] Employee  [ ] Spouse      Patient name, if not employee: N/A\n"
    "Provider signature: /s/ Oda Pember NP     Date: 3/17/2026"
)
FORMS: list[tuple[str, dict[str, list[str]]]] = [
    (MASTHEAD, {"participant_name": ["Ramona Quill"], "patient_name": ["Curtis Quill"],
                "provider_phone": ["+14025550182"], "provider_fax": ["+14025550183"]}),
    (CAPTIONS, {"participant_name": ["Tobi Kessler"], "employer_name": ["Beaumont Chemical Partners"],
                "patient_name": ["Nora Kessler"], "date_of_birth": ["2011-02-19"], "provider_phone": ["+14095550161"],
                "signature_date": ["2026-05-05"]}),
    (PARTS, {"participant_name": ["Guin P Castell"], "patient_name": ["Leif Castell"],
             "provider_phone": ["+15155550129"], "provider_npi": ["1028463754"], "signature_date": ["2026-01-15"]}),
    (COLUMNS, {"participant_name": ["Jasper Wick"], "patient_name": ["Jasper Wick"], "provider_name": ["Oda Pember"],
               "provider_phone": ["+19705550148"], "provider_fax": ["+19705550149"]}),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "values"), FORMS)
def test_a_forms_answers_are_whose_part_they_stand_in(told: Told, printed: str, values: dict[str, list[str]]) -> None:
    def everything(text: Any) -> list[Extraction]:
        return [*people(text), *identifiers(text), *letter_dates(text)]

    assert {name: sorted({*told(everything, printed, name)}) for name in values} == values


@pytest.mark.parametrize(
    ("printed", "apart"),
    [
        ("Patient ___Ana Roe___ of ___Acme___, here", "Patient _  Ana Roe  _ of _  Acme __, here"),
        ("Yes _X_  No ___", "Yes _X_  No ___"),
        ("Date: __/__/____", "Date: __/__/____"),
    ],
)
def test_answers_stand_apart_from_their_lines(printed: str, apart: str) -> None:
    assert set_apart(printed) == apart


@pytest.mark.parametrize("printed", ["Provider's telephone", "5. Date of birth", "Employee Name (Last, First)", "NPI"])
def test_what_asks_is_a_label(printed: str) -> None:
    assert is_printed_label(printed)


@pytest.mark.parametrize("printed", ["Ana Roe, MD", "Self", "05/06/2026", "Hollow Creek Clinic", "Massage therapy"])
def test_an_answer_is_no_label(printed: str) -> None:
    assert not is_printed_label(printed)
