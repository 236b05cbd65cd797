"""Procedure codes in letters, orders and notes: which numbers are codes, and how they are meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from docscan.extraction.bills.codes import procedure_codes_printed
from docscan.extraction.text.annotated import AnnotatedText

CASES = [
    ("Therapist visits use 97110, 97112 and 97140.", {"97110": "stated", "97112": "stated", "97140": "stated"}),
    ("Please note we do not bill 97110 or 97530 for these visits.", {"97110": "negated", "97530": "negated"}),
    ("PT visit done, they billed 97110. S9451 not ordered.", {"97110": "stated", "S9451": "negated"}),
    (
        "You suggest our patient's claim belongs under 97110 or S9451. Neither code was ever used here.",
        {"97110": "negated", "S9451": "negated"},
    ),
    ("The patient cannot self-propel a K0005 more than 10 ft.", {"K0005": "stated"}),
    (
        "Rx\n1. K0861 power wheelchair, qty 1\n2. E2607 seat cushion, qty 1\n3. E0951 heel loops, qty 2\nDx: G80.1",
        {"K0861": "stated", "E2607": "stated", "E0951": "stated"},
    ),
    ("Clinic of Dr. Low, Tillamook, OR 97124", {}),
    ("Patient chart 97110, order no. 97530, policy E0601", {}),
    ("Patient with diabetes, E1165", {}),
    ("Rx: [ ] 97124 massage   [x] 97110 exercise", {"97110": "stated"}),
]


@pytest.mark.parametrize(("printed", "meant"), CASES)
def test_a_code_is_told_from_other_numbers_and_as_it_is_meant(
    typed: Callable[..., AnnotatedText], printed: str, meant: dict[str, str]
) -> None:
    assert {str(e.value): e.assertion for e in procedure_codes_printed(typed(printed))} == meant
