"""Dates on letters by many hands, each with its role."""

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
Typed = Callable[..., AnnotatedText]

ROLES = ("letter_date", "signature_date", "visit_date", "date_of_birth", "fax_date", "print_date")
LETTERS: list[tuple[str, dict[str, list[str | None]]]] = [
    (
        "Akron, Ohio, March 3, 2026\n\nDear Sir:\n\nI examined Ms. Lee on February 2, 2026 and again on "
        "February 20, 2026.\n\nSincerely,\nJane Roe, MD",
        {"letter_date": ["2026-03-03"], "visit_date": ["2026-02-02", "2026-02-20"]},
    ),
    (
        "Date of eval: 4/14/2026\nNext appointment: 6/1/2026\nDOS: 4/14/2026",
        {"visit_date": ["2026-04-14"]},
    ),
    (
        "She had surgery on 3/15/2025. An MRI from 4/20/2025 showed a tear. Her A1c on 5/21/2025 was 8.",
        {},
    ),
    (
        "On March 14, 2026 I saw Ms. Lee for back pain.",
        {"visit_date": ["2026-03-14"]},
    ),
    (
        "Dated this 3rd day of May, 2025\n\nSincerely,\nJane Roe, MD",
        {"letter_date": ["2025-05-03"]},
    ),
    (
        "Provider Signature: Jane Roe, MD     Date: 05/13/2025",
        {"signature_date": ["2025-05-13"]},
    ),
    (
        "Letter date: 31 Feb 2026",
        {"letter_date": [None]},
    ),
    (
        "Her last appointment with me was 14 April 2026.",
        {"visit_date": ["2026-04-14"]},
    ),
    (
        "When she came in on April 14, 2026 she limped.",
        {"visit_date": ["2026-04-14"]},
    ),
    (
        "Follow-up visit scheduled for June 14, 2026.",
        {},
    ),
    (
        "He will be seen again June 14, 2026.",
        {},
    ),
    (
        "She was diagnosed on 1/14/2020 and has been my patient since 2/14/2020.",
        {},
    ),
    (
        "Printed: 5/14/2026 10:22 AM    Page 1 of 1\n\nMay 13, 2026\n\nTo whom it may concern:\n\nMs. Lee "
        "needs a brace.",
        {"print_date": ["2026-05-14"], "letter_date": ["2026-05-13"]},
    ),
    (
        "Electronically signed by Jane Roe, DO on 05/14/2026 at 3:12 PM EST",
        {"signature_date": ["2026-05-14"]},
    ),
    (
        "05/14/2026 08:12 FROM: CLINIC 330-555-0100   TO: 18005550100   P. 02/03",
        {"fax_date": ["2026-05-14"]},
    ),
    (
        "Re: Ann Lee (b. 5/14/1980)\n\nMs. Lee was examined in my office today.\n\nSincerely,\nJane Roe, "
        "MD\nMay 20, 2026",
        {"date_of_birth": ["1980-05-14"], "signature_date": ["2026-05-20"], "visit_date": ["2026-05-20"]},
    ),
    (
        "Patient: Ann Lee   Birthdate: 5/14/80",
        {"date_of_birth": ["1980-05-14"]},
    ),
    (
        "Order date  5/14/2026\nStart date  5/20/2026\nEnd date  11/20/2026",
        {"letter_date": ["2026-05-14"]},
    ),
    (
        "Encounter date: 5/14/2026\nDate of injury: 3/3/2026",
        {"visit_date": ["2026-05-14"]},
    ),
    (
        "Signed and dated this fourteenth day of May, 2026",
        {"signature_date": ["2026-05-14"]},
    ),
    (
        "Prescription written 5/14/2026. Expires 5/14/2027.",
        {"letter_date": ["2026-05-14"]},
    ),
    (
        "Based on my evaluation of 14-May-2026, I recommend a walker.",
        {"visit_date": ["2026-05-14"]},
    ),
    (
        "Telehealth visit 2026-05-14",
        {"visit_date": ["2026-05-14"]},
    ),
    (
        "Ann Lee has been under my care since May 14, 2020.",
        {},
    ),
    (
        "The hearing test of May 14, 2026 was normal. I reviewed the X-ray dated May 10, 2026.",
        {},
    ),
    (
        "Most recent visit (5/14/2026): pain 6/10.",
        {"visit_date": ["2026-05-14"]},
    ),
    (
        "DATE: 5/14/2026\nPATIENT: Ann Lee\nDOB: 1/31/1970",
        {"letter_date": ["2026-05-14"], "date_of_birth": ["1970-01-31"]},
    ),
    (
        "Sincerely,\n\nJane Roe, MD\n\nDate: 5/14/2026",
        {"signature_date": ["2026-05-14"]},
    ),
    (
        "X ____________________   5/14/2026\nJane Roe, MD",
        {"signature_date": ["2026-05-14"]},
    ),
    (
        "Last physical exam: 5/14/2026. Last colonoscopy: 4/14/2024.",
        {"visit_date": ["2026-05-14"]},
    ),
    (
        "LMP 3/14/2026. EDD 12/19/2026.",
        {},
    ),
    (
        "I have followed Ms. Lee since 2018 and saw her most recently on May 14th, 2026.",
        {"visit_date": ["2026-05-14"]},
    ),
    (
        "Valid from 5/14/2026 through 5/13/2027",
        {},
    ),
    (
        "Seen in clinic: 14.05.2026",
        {"visit_date": ["2026-05-14"]},
    ),
]


@pytest.mark.parametrize(("printed", "roles"), LETTERS)
def test_every_date_has_its_role_and_no_other(told: Told, printed: str, roles: dict[str, list[str | None]]) -> None:
    assert {name: told(letter_dates, printed, name) for name in ROLES} == {name: roles.get(name, []) for name in ROLES}


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("the fourteenth of March, two thousand twenty-four", "2024-03-14"),
        ("this third day of May in the year 2025", "2025-05-03"),
        ("March the twenty-first, twenty twenty-four", "2024-03-21"),
        ("May first, nineteen hundred and eighty-four", "1984-05-01"),
        ("Marcb 14, 2026", "2026-03-14"),
        ("0ctober 3, 2024", "2024-10-03"),
        ("O3/l4/2026", "2026-03-14"),
        ("08 14 1969", "1969-08-14"),
        ("05 31/2026", "2026-05-31"),
        ("14/Mar/2024", "2024-03-14"),
        ("2024-03-14T10:22:00Z", "2024-03-14"),
        ("Mar 3, '24", "2024-03-03"),
        ("February 31, 2025", None),
    ],
)
def test_dates_in_words_misread_and_of_other_shapes(typed: Typed, printed: str, iso: str | None) -> None:
    (found,) = dates_in(typed(printed))
    assert found.iso == iso


@pytest.mark.parametrize(
    "printed", ["Suite 12, 2024", "Room 3 2025", "Montana", "03 16 2026 1107540183", "phone 330 555 2024", "1/2/3"]
)
def test_numbers_beside_words_are_no_dates(typed: Typed, printed: str) -> None:
    assert [m.iso for m in dates_in(typed(printed))] == []


_UNITS = "one two three four five six seven eight nine".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth".split()


@given(st.integers(2021, 2029), st.integers(1, 12), st.integers(21, 28))
def test_a_day_written_in_words_is_the_day(year: int, month: int, day: int) -> None:
    written = date(year, month, day)
    name = written.strftime("%B")
    words = f"the twenty-{_ORDINALS[day - 21]} of {name}, two thousand twenty-{_UNITS[year - 2021]}"
    assert [m.value for m in dates_in(_typed(words))] == [written]


@given(
    st.dates(date(1950, 1, 1), date(2049, 12, 31)),
    st.sampled_from(["%d %b %Y", "%d-%b-%Y", "%b. %d %Y", "%A, %B %d, %Y"]),
)
def test_every_day_survives_other_ways_of_writing_it(day: date, way: str) -> None:
    assert parse_date(day.strftime(way)) == day


@given(st.dates(date(1930, 1, 1), date(1999, 12, 31)))
def test_a_short_year_of_birth_lies_before_the_letter(born: date) -> None:
    printed = f"March 3, 2026\n\nPatient: Ann Lee   DOB: {born.strftime('%m/%d/%y')}\n"
    found = [e for e in letter_dates(_typed(printed)) if e.name == "date_of_birth"]
    (one,) = found
    assert one.value == born.isoformat()


def _typed(printed: str) -> AnnotatedText:
    from docscan.document import Document

    return AnnotatedText(Document.from_text(printed))
