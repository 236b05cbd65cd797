"""Dates under the headings of their columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docscan.extraction.dates.columns import heading_of
from docscan.extraction.dates.roles import letter_dates
from docscan.extraction.text.annotated import AnnotatedText

TABLES: list[tuple[str, dict[str, list[str]]]] = [
    (
        "Patient     Chart     DOB     Sex\nAda Quill-Marsh          A-7731          02/11/1958          F",
        {"date_of_birth": ["1958-02-11"], "letter_date": []},
    ),
    (
        "Name          Date of birth          Gender\nTomas Orrin     14 May 1971     M",
        {"date_of_birth": ["1971-05-14"]},
    ),
    (
        "ID #     Born     Allergies\n55-1903               1966-08-30               sulfa",
        {"date_of_birth": ["1966-08-30"]},
    ),
    (
        "Birthdate     Last name     First name\n07-04-1980          Ferro          Ilse",
        {"date_of_birth": ["1980-07-04"]},
    ),
    (
        "MEMBER          D.O.B.          GROUP          PLAN\nIlse Ferro     07/04/1980     88-A     Gold",
        {"date_of_birth": ["1980-07-04"]},
    ),
    ("Admit     Discharge     LOS\n03/02/2025          03/07/2025          5 d", {"letter_date": [], "visit_date": []}),
    ("Admission date   Discharge date   Ward\n03/02/2025     03/07/2025     4 West", {"letter_date": []}),
    (
        "Date of visit     Seen by     Reason\n04/09/2024          K. Orr, NP          knee\n"
        "05/21/2024          K. Orr, NP          knee, re-check",
        {"visit_date": ["2024-04-09", "2024-05-21"], "letter_date": []},
    ),
    ("Specimen     Collected     Reported\nserum          01/05/2026          01/06/2026", {"letter_date": []}),
    ("Drug     Start     Stop\nprednisone          02/02/2025          02/12/2025", {"letter_date": []}),
    (
        "Date of service     Provider     Account\n06/18/2025          R. Amadi, PT          4410",
        {"visit_date": ["2025-06-18"]},
    ),
    (
        "Signed by          Date signed\nRuth Amadi, MD               12/01/2024",
        {"signature_date": ["2024-12-01"]},
    ),
    ("Printed by          Printed on\nfront desk               09/09/2023", {"print_date": ["2023-09-09"]}),
    ("Problem     Onset     Status\nlow back pain          11/30/2022          active", {"letter_date": []}),
    ("Who     When     Phone\nHeart clinic          09/10/2026          ext. 12", {"letter_date": []}),
    (
        "Code     What     Date\n93306     echo          08/30/2026\n71046     chest film     08/29/2026",
        {"letter_date": []},
    ),
    ("Date     Patient     Chart\n08/30/2026          Ilse Ferro          71-22", {"letter_date": ["2026-08-30"]}),
    (
        "PATIENT   |   DOB   |   VISIT DATE\nIlse Ferro   |   7/4/1980   |   05/30/2025",
        {"date_of_birth": ["1980-07-04"], "visit_date": ["2025-05-30"]},
    ),
    (
        "Date of Birth      Patient      Date\n07/04/1980         Ilse Ferro          06/02/2025",
        {"date_of_birth": ["1980-07-04"], "letter_date": ["2025-06-02"]},
    ),
    ("Immunization     Given     Next due\nFlu          10/01/2024          10/01/2025", {"letter_date": []}),
    ("Next appointment     With\n10/14/2026          Dr. Orr", {"visit_date": [], "letter_date": []}),
    (
        "Patient     DOB     Spouse     Spouse DOB\nIlse Ferro     07/04/1980     Jon Ferro     01/09/1979",
        {"date_of_birth": ["1980-07-04"]},
    ),
]


@pytest.mark.parametrize(("printed", "roles"), TABLES)
def test_a_date_hears_the_heading_of_its_column(
    told: Callable[..., list[Any]], printed: str, roles: dict[str, list[str]]
) -> None:
    page = f"ELM HOSPITAL\n\n{printed}\n\nThe knee has been sore for weeks and she limps.\n\nRuth Amadi, MD"
    assert {name: told(letter_dates, page, name) for name in roles} == roles


@pytest.mark.parametrize(
    "printed",
    [
        "Patient: Ilse Ferro          Clinic: Elm\nDate:          07/04/2025",
        "Ilse Ferro          Jon Ferro\nseen          07/04/2025",
        "She came in and we talked.\n4 visits          07/04/2025",
    ],
)
def test_what_stands_above_and_names_no_column_is_no_heading(typed: Callable[..., AnnotatedText], printed: str) -> None:
    text = typed(printed)
    assert heading_of(text, text.cells[-1]) == ""
