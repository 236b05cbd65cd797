"""Dates as printed, what they can mean, and what they are the date of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.extraction.dates.dates import dates_in, parse_date
from docscan.extraction.dates.roles import letter_dates
from docscan.extraction.text.annotated import AnnotatedText

Told = Callable[..., list[Any]]


@pytest.mark.parametrize(
    ("printed", "iso", "readings"),
    [
        ("March 3, 2026", "2026-03-03", 0),
        ("Mar. 3rd 2026", "2026-03-03", 0),
        ("3 March 2026", "2026-03-03", 0),
        ("15-MAR-2026", "2026-03-15", 0),
        ("3rd day of March, 2026", "2026-03-03", 0),
        ("2026-03-03", "2026-03-03", 0),
        ("12/25/2025", "2025-12-25", 0),
        ("25.12.2025", "2025-12-25", 0),
        ("DOS 07MAY2025", "2025-05-07", 0),
        ("03DEC24", "2024-12-03", 0),
        ("03 / 15 / 26", "2026-03-15", 0),
        ("03/04/2026", None, 2),
        ("03/04/2026 in Akron, OH 44301", "2026-03-04", 0),
        ("03/04/2026 call (330) 555-0199", "2026-03-04", 0),
        ("03/04/2026 call +44 20 7946 0958", "2026-04-03", 0),
        ("25/12/2025 then 03/04/2026", "2025-12-25", 0),
        ("Wednesday, 03/04/2026", "2026-03-04", 0),
        ("05/05/2026", "2026-05-05", 0),
        ("02/31/2026", None, 0),
        ("13/13/2026", None, 0),
    ],
)
def test_a_date_is_decided_by_its_document(
    typed: Callable[..., AnnotatedText], printed: str, iso: str | None, readings: int
) -> None:
    first = dates_in(typed(printed))[0]
    assert (first.iso, len(first.readings)) == (iso, readings)


@pytest.mark.parametrize(
    "printed", ["330-555-0199", "35.108842", "120/80", "1.5.20", "L4-5", "3-5 days", "44301-1234", "F33.1"]
)
def test_other_numbers_are_no_dates(typed: Callable[..., AnnotatedText], printed: str) -> None:
    assert dates_in(typed(printed)) == ()


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_every_day_survives_the_ways_of_writing_it(day: date) -> None:
    for pattern in ("%Y-%m-%d", "%B %d, %Y", "%d %B %Y", "%m/%d/%Y", "%m/%d/%y" if day.year >= 2000 else "%Y/%m/%d"):
        assert parse_date(day.strftime(pattern)) == day
    assert parse_date(day.strftime("%d/%m/%Y"), day_first=True) == day


LETTER = """Lakeside Clinic
12 Main St, Akron, OH 44301

03/03/2026

Re: Ann Lee, DOB 04/05/1980

Dear Plan Administrator:

I last saw Ms. Lee on 02/20/2026. She was diagnosed on 01/10/2019.
Her A1c on 02/18/2026 was 8.1.

Sincerely,
Jane Roe, MD
03/04/2026
"""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("letter_date", ["2026-03-03"]),
        ("date_of_birth", ["1980-04-05"]),
        ("visit_date", ["2026-02-20"]),
        ("signature_date", ["2026-03-04"]),
    ],
)
def test_a_date_keeps_its_role(told: Told, name: str, value: list[str]) -> None:
    assert told(letter_dates, LETTER, name) == value


@pytest.mark.parametrize(
    ("printed", "name", "value"),
    [
        ("Date: March 3, 2026", "letter_date", "2026-03-03"),
        ("Today's Date\t\tMarch 3, 2026", "letter_date", "2026-03-03"),
        ("Date of Birth\nApril 5, 1980", "date_of_birth", "1980-04-05"),
        ("Provider Signature: ____________   Date: 3/13/2026", "signature_date", "2026-03-13"),
        ("Date Signed: 3/13/2026", "signature_date", "2026-03-13"),
        ("Electronically signed by Jane Roe, MD on 3/13/2026 10:12 AM", "signature_date", "2026-03-13"),
        ("Printed on 3/13/2026", "print_date", "2026-03-13"),
        ("03/13/2026 10:22 FROM: LAKESIDE FAX 330-555-0100  P. 1/2", "fax_date", "2026-03-13"),
        ("Date of visit: 3/13/2026", "visit_date", "2026-03-13"),
        ("I examined Ms. Lee in my office on 3/13/2026.", "visit_date", "2026-03-13"),
        ("At her visit of March 13, 2026 her weight was 210 lb.", "visit_date", "2026-03-13"),
        ("Mr. Lee presented to our clinic on March 13, 2026.", "visit_date", "2026-03-13"),
    ],
)
def test_labels_and_places_give_the_role(told: Told, printed: str, name: str, value: str) -> None:
    assert told(letter_dates, printed, name) == [value]


def test_an_impossible_date_is_kept_without_a_value(typed: Callable[..., AnnotatedText]) -> None:
    (found,) = letter_dates(typed("Date: 02/31/2026"))
    assert (found.value, found.raw, found.readings) == (None, "02/31/2026", ())


def test_an_undecided_date_gives_its_readings(typed: Callable[..., AnnotatedText]) -> None:
    (found,) = letter_dates(typed("Date: 03/04/2026"))
    assert (found.value, found.readings) == (None, ("2026-03-04", "2026-04-03"))


def test_treatment_dates_are_not_the_letters_date(told: Told) -> None:
    assert told(letter_dates, "Start date: 3/13/2026\nEnd date: 9/13/2026", "letter_date") == []
