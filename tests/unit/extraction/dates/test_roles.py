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
        "From: Ada Vance\nTo: claims@example.org\nSent: March 9, 2026\nSubject: Fwd: letter\n\nMarch 2, 2026\n\n"
        "To whom it may concern,\n\nShe is ill and needs massage every week.\n\nSincerely,\nB. Quill, M.D.",
        {"letter_date": ["2026-03-02"], "fax_date": ["2026-03-09"]},
    ),
    (
        "B. Quill, M.D.\nSunday evening, July 3, 2022\n\nFriends,\n\nI prescribe an air purifier for her asthma.",
        {"letter_date": ["2022-07-03"]},
    ),
    (
        "My patient is ill and needs massage every week.\n\n"
        "Electronically signed by Lachlan B. Roe, MD on 1 May 2019 11:07",
        {"letter_date": ["2019-05-01"], "signature_date": ["2019-05-01"]},
    ),
    (
        "Norfolk, 05.01.2021\n\nConcerning Mr. Roe, born 23.03.1975\n\nDear Sir:\n\nHe is ill.",
        {"letter_date": ["2021-01-05"], "date_of_birth": ["1975-03-23"]},
    ),
    (
        "August 10, 2023\n\nRE: Ada Vance, DOB 02/03/1970\n\nShe is ill.\n\nAda Vance  08/10/2023  page 2\n\nIt helps.",
        {"letter_date": ["2023-08-10"], "date_of_birth": ["1970-02-03"]},
    ),
    (
        "August 10, 2023\n\nRE: Ada Vance, DOB 02/03/1970\n\nShe is ill.\n\nAda Vance\n08/10/2023\n\nShe needs it.",
        {"letter_date": ["2023-08-10"], "date_of_birth": ["1970-02-03"]},
    ),
    (
        "Dear Reviewer:\n\nShe needs a program.\n\nDate completed:       June 8, 2026\n\n"
        "Electronically signed by Jane Roe, DPT on June 11, 2026 3:52 PM",
        {"letter_date": ["2026-06-08"], "signature_date": ["2026-06-11"]},
    ),
    (
        "01/24/13\n\nRE: Ann Lee, DOB 07/25/92\n\nDear Sir:\n\nAt that visit she was ill.\n\n"
        "Lee, Ann       Page 2 of 2\n07/25/92\n\nSincerely,",
        {"letter_date": ["2013-01-24"], "date_of_birth": ["1992-07-25"]},
    ),
    (
        "Re: appeal\nMember: Otto K. Poe (17 August 1948)\n\nDear Reviewer:\n\nHe needs training.",
        {"date_of_birth": ["1948-08-17"]},
    ),
    (
        "Elm Clinic\n\n2-Apr-2026\n\nSeen 5-Mar-2026. Goal: grip.\n\n_____________________   4-Apr-2026\nOtto Poe, DO",
        {"letter_date": ["2026-04-02"], "visit_date": ["2026-03-05"], "signature_date": ["2026-04-04"]},
    ),
    (
        "FAX  to: claims desk   from: Elm Neurology   pages incl. this: 2\n\fElm Neurology\n\n2023-12-29\n\n"
        "Pt: Ann Lee\n\nShe is ill and needs a coach at once.\n\nSincerely,\n\nOtto Poe, MD\nsigned 2023-12-30",
        {"letter_date": ["2023-12-29"], "signature_date": ["2023-12-30"]},
    ),
    ("LOV 05/14/25, doing well. She was here on Jan 5, 2025 too.", {"visit_date": ["2025-05-14", "2025-01-05"]}),
    (
        "LAKEVIEW SLEEP CENTER\nAccredited overnight and home testing since the year of its founding\n\n"
        "October 29, 2013\n\nTo the reimbursement reviewer:\n\nShe needs coaching for her insomnia.\n\n"
        "Electronically signed by Jane Roe, MD on November 1, 2013 4:52 PM",
        {"letter_date": ["2013-10-29"], "signature_date": ["2013-11-01"]},
    ),
    (
        "Signed: Petra Olin, PhD      Dated: 06/17/2025",
        {"letter_date": ["2025-06-17"], "signature_date": ["2025-06-17"]},
    ),
    (
        "Date of Service: 2022-07-27\nEncounter type: Letter (Outgoing)\n\nRe: Ann Lee",
        {"letter_date": ["2022-07-27"], "visit_date": ["2022-07-27"]},
    ),
    (
        "Akron, Ohio, March 3, 2026\n\nDear Sir:\n\nI examined Ms. Lee on February 2, 2026 and again on "
        "February 20, 2026.\n\nSincerely,\nJane Roe, MD",
        {"letter_date": ["2026-03-03"], "visit_date": ["2026-02-02", "2026-02-20"]},
    ),
    ("the 14th of September, 2026\n\nDear Reviewer:\n\nHe is ill.\n\nSincerely,", {"letter_date": ["2026-09-14"]}),
    (
        "Granite Ridge Health Partners     Longfellow, Quentin L.\n\nJuly 30, 2026\n\nDear Reviewer:",
        {"letter_date": ["2026-07-30"]},
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
    assert {name: told(letter_dates, printed, name) for name in ROLES} == _dated(roles)


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


def _dated(roles: dict[str, list[str | None]]) -> dict[str, list[str | None]]:
    """All roles: a letter without another date is of the day on which it was signed."""
    signed = [day for day in roles.get("signature_date", []) if day]
    alone: list[str | None] = [*signed[:1]] if len(set(signed)) == 1 else []
    return {name: roles.get(name, alone if name == "letter_date" else []) for name in ROLES}


def test_a_letter_is_of_the_day_on_which_it_was_signed(told: Told) -> None:
    assert told(letter_dates, "Sincerely,\n\nJane Roe, MD\n\nDate: 5/14/2026", "letter_date") == ["2026-05-14"]
    assert told(letter_dates, "May 2, 2026\n\nDear Sirs,\n\nSigned 5/14/2026", "letter_date") == ["2026-05-02"]


def _typed(printed: str) -> AnnotatedText:
    from docscan.document import Document

    return AnnotatedText(Document.from_text(printed))


OTHER_HANDS: list[tuple[str, dict[str, list[str | None]]]] = [
    (
        "Form Approved OMB No. 0938-1197. Expires 12/31/2027\nForm rev. 08/15/2023\n\nDate: 1/9/2026\nPatient "
        "name: Ana Lopez\n\nDear Reviewer,\n\nThis letter supports my patient's claim for the treatment that is "
        "described below in some detail.\n\nSincerely,\nJane Roe, MD\n",
        {"letter_date": ["2026-01-09"]},
    ),
    (
        "RECEIVED\nMAR 12 2026\nCLAIMS DEPT\n\nMarch 5, 2026\n\nDear Reviewer,\n\nThis letter supports my "
        "patient's claim for the treatment that is described below in some detail.\n\nSincerely,\nJane Roe, MD\n",
        {"letter_date": ["2026-03-05"]},
    ),
    (
        "March 5, 2026\n\nRE: Your letter dated February 20, 2026\nMember: Ana Lopez\n\nDear Reviewer,\n\nThis "
        "letter supports my patient's claim for the treatment that is described below in some detail.\n\n"
        "Sincerely,\nJane Roe, MD\n",
        {"letter_date": ["2026-03-05"]},
    ),
    (
        "March 5, 2026\n\nDear Ms. Lopez:\n\nThank you for your letter of February 20, 2026 about the denial "
        "dated February 2, 2026.\n\nSincerely,\nJane Roe, MD",
        {"letter_date": ["2026-03-05"]},
    ),
    (
        "March 5, 2026\n\nDear Sir,\n\nAna Lopez has been my patient since June 1, 2019. Last office visit: "
        "2/27/2026. Next visit 5/27/2026.\n\nSincerely,\nJane Roe, MD",
        {"letter_date": ["2026-03-05"], "visit_date": ["2026-02-27"]},
    ),
    (
        "I certify that the above is correct.\n\nJane Roe, MD        4/2/2026\nProvider name        Date",
        {"signature_date": ["2026-04-02"]},
    ),
    (
        "Date of Service: 4/2/2026\nDate of Birth: 11/30/1968\nToday's Date: 4/5/2026\nPatient: Ana Lopez",
        {"visit_date": ["2026-04-02"], "date_of_birth": ["1968-11-30"], "letter_date": ["2026-04-05"]},
    ),
    (
        "Friday 6 March 2026\n\nTo whom it may concern\n\nI reviewed Mrs Lopez in clinic on 4 March.\n\nYours "
        "faithfully\nJane Roe, MD",
        {"letter_date": ["2026-03-06"], "visit_date": ["2026-03-04"]},
    ),
    (
        "January 4, 2026\n\nDear Sir,\n\nI saw Ana on Dec 29 and again Jan 2.\n\nSincerely,\nJane Roe, MD",
        {"letter_date": ["2026-01-04"], "visit_date": ["2025-12-29", "2026-01-02"]},
    ),
    (
        "Re: Ana Lopez (5-6-1971)\n\nDear Reader,\n\nThe patient was examined in our office this morning, March "
        "5, 2026, and she limps.\n\nRegards,\nJane Roe, MD\n3-5-2026",
        {"visit_date": ["2026-03-05"], "signature_date": ["2026-03-05"], "date_of_birth": ["1971-05-06"]},
    ),
    (
        "Date treatment begins: 04/01/2026\nDate treatment ends: 09/30/2026\nDate patient was last seen: "
        "03/15/2026\nDate: 03/20/2026",
        {"visit_date": ["2026-03-15"], "letter_date": ["2026-03-20"]},
    ),
    (
        "Service start date 04/01/2026   Service end date 09/30/2026\nDate of injury 01/12/2026   Date of "
        "surgery 02/02/2026\nDate last worked 01/11/2026",
        {},
    ),
    (
        "Plan Year: 01/01/2026 - 12/31/2026\nHire Date: 06/15/2014\nEnrollment date: 11/15/2025\nDate completed: "
        "02/11/2026\nPatient: Ana Lopez",
        {"letter_date": ["2026-02-11"]},
    ),
    (
        "Electronically signed by Jane Roe, MD on 2/11/2026 at 4:05 PM EST\nLast edited 2/12/2026",
        {"signature_date": ["2026-02-11"]},
    ),
    ("/es/ JANE ROE, MD\nSTAFF PHYSICIAN\nSigned: 02/11/2026 16:05", {"signature_date": ["2026-02-11"]}),
    ("Given under my hand this 11th day of February 2026.\n\nJane Roe, MD", {"signature_date": ["2026-02-11"]}),
    (
        "Feb. 11th, '26\n\nDear benefits office,\n\nMy patient Ana Lopez (b. 1971) needs a lift chair for her "
        "knees.\n\nThanks,\nJane Roe MD",
        {"letter_date": ["2026-02-11"]},
    ),
    (
        "Patient seen by me: 1-20-26, 1-27-26 & 2-3-26.\nLetter written 2-4-26.\nPhone 216-555-0123",
        {"visit_date": ["2026-01-20", "2026-01-27", "2026-02-03"], "letter_date": ["2026-02-04"]},
    ),
    ("Letter expires one year after 02/11/2026.\nPatient: Ana Lopez", {}),
    (
        "Signature of Physician\n____________________\nJane Roe, MD\nDate signed\n02/11/2026",
        {"signature_date": ["2026-02-11"]},
    ),
    ("X ______________________ 02/11/2026\nJane Roe, MD, NPI 1972606207", {"signature_date": ["2026-02-11"]}),
    ("Signed at Akron, Ohio on February 11, 2026\nJane Roe, MD", {"signature_date": ["2026-02-11"]}),
    (
        "Q: When did you last see the patient?\nA: 1/20/2026\nQ: Today's date?\nA: 2/11/2026",
        {"visit_date": ["2026-01-20"], "letter_date": ["2026-02-11"]},
    ),
    (
        "Most recent appointment with me: Jan 20, 2026. She last came by on January 20th.\nDate of this form: 11 "
        "February 2026",
        {"visit_date": ["2026-01-20"], "letter_date": ["2026-02-11"]},
    ),
    (
        "I last laid eyes on Ana on 1/20/2026; before that we spoke by video 12/2/2025.\n\nJane Roe, MD",
        {"visit_date": ["2026-01-20", "2025-12-02"]},
    ),
    (
        "February 11, 2026\n\nDear Sir,\n\nHer visits will run weekly, the first of them 2/25/2026 and the last "
        "5/13/2026.\n\nSincerely,\nJane Roe, MD",
        {"letter_date": ["2026-02-11"]},
    ),
    (
        "Prior auth approved 01/15/2026. Authorization valid 01/15/2026-07/15/2026.\nSigned 02/11/2026, Jane Roe, MD",
        {"signature_date": ["2026-02-11"]},
    ),
    (
        "Statement of Medical Necessity\nSubmitted 02/11/2026      Visits 02/01/2026 and 02/08/2026\nPatient: "
        "Ana Lopez",
        {"letter_date": ["2026-02-11"], "visit_date": ["2026-02-01", "2026-02-08"]},
    ),
    (
        "License expires: 06/30/2027\nMember since 03/01/2015\nCoverage effective: 01/01/2026\nDate 2/11/26",
        {"letter_date": ["2026-02-11"]},
    ),
    (
        "Jane Roe, MD\nBoard certified 06/30/2007, recertified 06/30/2017\n\nFebruary 11, 2026\n\nTo whom it may "
        "concern:\n\nMy patient needs a brace.",
        {"letter_date": ["2026-02-11"]},
    ),
    ("Date (dd/mm/yyyy): 03/04/2026\nPatient: Ana Lopez", {"letter_date": ["2026-04-03"]}),
    ("Subscriber DOB 02/13/1970\nPatient DOB 05/16/1971", {"date_of_birth": ["1971-05-16"]}),
    ("Subscriber DOB 02/13/1970", {"date_of_birth": ["1970-02-13"]}),
    ("Spouse date of birth 02/13/1970", {}),
]


@pytest.mark.parametrize(("printed", "roles"), OTHER_HANDS)
def test_stamps_cited_letters_planned_visits_and_other_peoples_births_are_not_mistaken(
    told: Told, printed: str, roles: dict[str, list[str | None]]
) -> None:
    found = {name: set(told(letter_dates, printed, name)) for name in ROLES}
    assert found == {name: set(days) for name, days in _dated(roles).items()}


PLACES_AND_WORDS: list[tuple[str, dict[str, list[str | None]]]] = [
    ("Subject: note\nFrom: Una Ash, DO\nTo: Tom Baker\nSent: March 18th, 2020 at 9:26 PM\n\nWhen we met on "
     "February 7th, 2020 we spoke.", {"letter_date": ["2020-03-18"], "visit_date": ["2020-02-07"]}),
    ("3. Date of birth\n1960-10-22", {"date_of_birth": ["1960-10-22"]}),
    ("RENEWAL FORM\n\nFrom     02/01/2026\nTo     01/31/2027\n\nSignature:     /s/ Ann Ash, MD     "
     "Date:     01/20/2026", {"letter_date": ["2026-01-20"], "signature_date": ["2026-01-20"]}),
    ("Visit: Aug 25 2024\nReprinted: Sep 3 2024", {"print_date": ["2024-09-03"]}),
    ("17.05.2020\n\nDear Colleague,\n\nI reviewed her most recently on 15.04.2020 and all was well.",
     {"letter_date": ["2020-05-17"], "visit_date": ["2020-04-15"], "signature_date": []}),
    ("FAX to claims desk. 1 page incl. this line. Call if illegible, I pick up my own phone.\n\n2026-09-15\n\n"
     "Pt: Nik Bale", {"letter_date": ["2026-09-15"]}),
    ("To: WageWorks    From: Pinecrest    Pages: 2   Date: 03/03/2025\nPINECREST CLINIC, Reno, NV 89501\n"
     "28 Feb 2025\n\nTo whom it may concern", {"letter_date": ["2025-02-28"], "fax_date": ["2025-03-03"]}),
    ("Admission Date: 20 May 2026\nDischarge Date: 24 May 2026\nCollection Date: 12 May 2026\nReport Date: 25 May 2026",
     {"letter_date": ["2026-05-25"], "visit_date": []}),
    ("She came to see me on January 20th 2025. I wrote this on January 22nd 2025.",
     {"letter_date": ["2025-01-22"], "visit_date": ["2025-01-20"]}),
    ("My doctor wrote on February 11, 2025 that I need it.", {"visit_date": []}),
    ("DATE OF SERVICE: 5/6/2025\n97124   Massage   38.00\n97014   Electric Stim   25.00",
     {"visit_date": []}),  # a bill: its day is one of service
]  # fmt: skip


@pytest.mark.parametrize(("printed", "roles"), PLACES_AND_WORDS)
def test_heads_of_messages_covers_and_numbered_questions_date_a_letter(
    told: Told, printed: str, roles: dict[str, list[str | None]]
) -> None:
    found = {name: list(dict.fromkeys(told(letter_dates, printed, name))) for name in roles}
    assert found == roles


STRANGE_HANDS: list[tuple[str, dict[str, list[str]]]] = [
    (
        "FAX TRANSMITTAL\nDate\t9/8/2025\nTo\tFlex Claims\nFax\t410-555-0190\nFrom\tDana\nPages\t2\n"
        "Message\tLetter for the air cleaner is attached per the patient's request.\n\f"
        "September 5, 2025\n\nDear Sir,\n\nAna has gout.\n\nJane Roe, MD",
        {"letter_date": ["2025-09-05"], "fax_date": ["2025-09-08"]},
    ),
    (
        "Ana Roe, whom I last had the pleasure of examining on June 19, 2025, has gout.",
        {"visit_date": ["2025-06-19"]},
    ),
    ("Ana Roe, who last sat with me on 26 January 2026, has gout.", {"visit_date": ["2026-01-26"]}),
    ("She had physical therapy once weekly for nine weeks, concluded 9/30/2022.", {"visit_date": []}),
    (
        "Author: Jane Roe, MD\tDate: 18 March 2024\n\nDear Sir,\n\nAna has gout.\n\nJane Roe, MD",
        {"letter_date": ["2024-03-18"], "signature_date": []},
    ),
    (
        "FAX to: desk / re: A. Roe\n\n9/21/2019\n\nPT: Ana Roe  DOB 6/21/1963\n\nAna has gout.",
        {"letter_date": ["2019-09-21"], "date_of_birth": ["1963-06-21"]},
    ),
    ("1/14/23, 8:06 PM\tWebmail - Your letter\n\nDear Ana,\n\nPlease keep this.", {"print_date": ["2023-01-14"]}),
    ("Date: March 3, 2026\n\nAna has gout.\n\nJane Roe, MD\n\nprt March 9, 2026", {"print_date": ["2026-03-09"]}),
]


@pytest.mark.parametrize(("printed", "roles"), STRANGE_HANDS)
def test_dates_of_seeing_ending_and_printing_are_told_apart(
    told: Told, printed: str, roles: dict[str, list[str | None]]
) -> None:
    assert {name: told(letter_dates, printed, name) for name in roles} == roles


CALLED_BEHIND_AND_AT_THE_FOOT: list[tuple[str, dict[str, list[str | None]]]] = [
    ("Prepared 10/21/2024; released 10/23/2024 (date of provider sign-off).", {"signature_date": ["2024-10-23"]}),
    ("Faxed to us 10/23/2024 (date of birth), Ana Roe", {"date_of_birth": ["2024-10-23"]}),
    (
        "August 26, 2020\n\nI check Mr. Ashe's retinal vessels, most recently on August 2, 2020.\n\nJane Roe, OD",
        {"visit_date": ["2020-08-02"], "letter_date": ["2020-08-26"]},
    ),
    (
        "August 26, 2020\n\nOur clinic follows Ana for gout (last on August 2, 2020).\n\nJane Roe, MD",
        {"visit_date": ["2020-08-02"]},
    ),
    (
        "CERTIFICATE OF NEED          Completed: August 29, 2025\n\nName: Ana Roe          Birth date: 12/02/1985\n\n"
        "She has tendinitis and needs a trainer for the calf.\n\n"
        "Provider:  Jane Doe, MD, orthopaedics\nLicense:   ND N400353\nDate:      1 Sep 2025",
        {"signature_date": ["2025-09-01"], "letter_date": ["2025-08-29"]},
    ),
]


@pytest.mark.parametrize(("printed", "roles"), CALLED_BEHIND_AND_AT_THE_FOOT)
def test_brackets_behind_a_date_and_the_foot_of_a_form_say_what_it_is(
    told: Told, printed: str, roles: dict[str, list[str | None]]
) -> None:
    assert {name: told(letter_dates, printed, name) for name in roles} == roles


def _after(sentence: str) -> str:
    return f"Elm Clinic, Reno, NV 89501\n\n03/20/2026\n\nDear Sirs,\n\n{sentence}\n\nSincerely,\n\nJane Roe, MD"


SEEN: list[tuple[str, list[str]]] = [
    ("We were glad to welcome Mr. Poe back on 02-11-2026 and to hear of his progress.", ["2026-02-11"]),
    ("Our nurse welcomed her on 02/11/2026 and took her weight.", ["2026-02-11"]),
    ("Seen 01/14/2026, re-seen 02/11/2026.", ["2026-01-14", "2026-02-11"]),
    ("Examined 01/14/2026; re-examined 02/11/2026 with his wife present.", ["2026-01-14", "2026-02-11"]),
    ("I saw him 01/14/2026, then again 02/11/2026.", ["2026-01-14", "2026-02-11"]),
    ("On 02/11/2026 last time she came.", ["2026-02-11"]),
    ("On 02/11/2026, for the third time, he came to my office with the same pain.", ["2026-02-11"]),
    ("02/11/2026 was her most recent visit here.", ["2026-02-11"]),
    ("02/11/2026 is when I last saw the knee.", ["2026-02-11"]),
    ("Labs were drawn 02/11/2026 at her visit.", ["2026-02-11"]),
    ("Brace ordered 02/11/2026 during the office visit.", ["2026-02-11"]),
    ("Findings, exam of 02.11.2026: grip weak on the left, film clear.", ["2026-02-11"]),
    ("He returned to the clinic on 02/11/2026 with more pain.", ["2026-02-11"]),
    ("She was back in my office on 02/11/2026 because the pain had grown.", ["2026-02-11"]),
    ("He sat in my exam room on 02/11/2026 and could not lift the arm.", ["2026-02-11"]),
    ("Mrs. Poe turned up on 02/11/2026 without her cane.", ["2026-02-11"]),
    ("My last look at the knee was 02/11/2026.", ["2026-02-11"]),
    ("I made a house call on 02/11/2026.", ["2026-02-11"]),
    ("He was in on 02/11/2026 and is doing better.", ["2026-02-11"]),
    ("It was 02/11/2026 when he hobbled into my office.", ["2026-02-11"]),
    ("My notes from 02/11/2026, when she sat before me, show weakness.", ["2026-02-11"]),
    ("She was glad to be back with us 02/11/2026. Last labs 01/02/2026.", ["2026-02-11"]),
    ("Cane ordered 02/11/2026 in the course of an office visit.", ["2026-02-11"]),
    ("We talked by video 02/11/2026 about her walking.", ["2026-02-11"]),
    ("She will come back to see me on 05/17/2026.", []),
    ("She returned to work on 02/11/2026.", []),
    ("He is welcome to call.  Records go back to 02/11/2026.", []),
    ("Labs will be drawn 06/11/2026 at her next visit.", []),
    ("The MRI was done 02/11/2026 at Elm Imaging.", []),
    ("He came down with the flu on 02/11/2026.", []),
    ("His MRI was done 02/11/2026 and he came home the same day.", []),
    ("The first session is 04/11/2026 at the gym's welcome visit.", []),
]


@pytest.mark.parametrize(("sentence", "days"), SEEN)
def test_a_visit_is_told_in_many_words(told: Told, sentence: str, days: list[str]) -> None:
    assert told(letter_dates, _after(sentence), "visit_date") == days


@pytest.mark.parametrize(
    ("head", "days"),
    [
        ("ANNUAL VISIT     03/20/2026     prev. 03/11/2025", {"2026-03-20", "2025-03-11"}),
        ("Office visit 03/20/2026   last: 03/11/2025", {"2026-03-20", "2025-03-11"}),
        ("Exam 03/20/2026 (previous 03/11/2025)", {"2026-03-20", "2025-03-11"}),
        ("Well exam: 03/20/2026     Prior: 03/11/2025", {"2026-03-20", "2025-03-11"}),
        ("Invoice 03/20/2026     prev. 03/11/2025", set[str]()),
    ],
)
def test_a_visit_before_this_one_is_told_beside_it(told: Told, head: str, days: set[str]) -> None:
    page = f"ELM CLINIC\n\n{head}\n\nPt: Ann Lee     DOB 03/28/1939\n\nThe knee is sore and she limps on most days."
    assert set(told(letter_dates, page, "visit_date")) == days


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("11.02.2021  17:38     ELM BENCH OCC MED     801.555.0104     #0417     1/1", "2021-11-02"),
        ("2021-11-02 17:38   ELM BENCH   8015550104   001/002", "2021-11-02"),
        ("11/02/2021 05:38PM   801-555-0104   ELM BENCH   PAGE 1/3", "2021-11-02"),
        ("NOV-02-2021 TUE 05:38 PM  ELM BENCH OCC MED  FAX 801 555 0104  P. 1", "2021-11-02"),
        ("11/02/2021  5:38 PM  ELM BENCH -> 18015550199   pg 1 of 1", "2021-11-02"),
        ("Nov 2 2021 17:38   801 555 0104   Elm Bench   1/4", "2021-11-02"),
        ("Received: 11/02/2021 17:38 from 801-555-0104", "2021-11-02"),
        ("2 Nov 2021  17:38  ELM BENCH OCC MED  801.555.0104  No. 417  2/2", "2021-11-02"),
    ],
)
def test_a_fax_machines_line_bears_the_day_of_the_fax(told: Told, line: str, day: str) -> None:
    page = (
        f"{line}\n\nElm Bench Occupational Medicine, Ogden, UT 84401\n\n11.01.2021\n\nHe needs training, twice a week."
    )
    assert told(letter_dates, page, "fax_date") == [day]
    assert told(letter_dates, page, "letter_date") == ["2021-11-01"]


@pytest.mark.parametrize(
    "line",
    ["11/02/2021  BP 120/80 at 9:15, pulse 70", "Elm Clinic, seen 11/02/2021 at 9:15, pain 4/10"],
)
def test_a_reading_is_no_page_of_a_fax(told: Told, line: str) -> None:
    assert told(letter_dates, f"{line}\n\nHe needs training, twice a week.", "fax_date") == []


@pytest.mark.parametrize(
    "told_of",
    [
        "Poe, Otto. *09.06.2003. Chart 5520",
        "Pt POE, OTTO, M, 09/06/2003, MRN 0047716, zip 79901.",
        "Req no. 77. Ordered today. Pt Poe, Otto, male, 09/06/2003, MRN 4.",
        "Patient POE, OTTO (M) 09/06/2003",
        "Otto Poe, M, 09/06/2003",
        "Otto Poe - 09/06/2003 - male",
        "Pt: Otto Poe; 09/06/2003; M",
        "Client Poe, Otto / M / 09/06/2003",
        "Patient: Poe, Otto   * 09/06/2003",
        "Otto Poe (*09/06/2003), chart 5520",
        "Otto Poe, 22 M, b. 09/06/2003",
        "POE, OTTO  22M  09/06/2003",
    ],
)
def test_a_day_behind_the_patients_name_is_that_of_birth(told: Told, told_of: str) -> None:
    page = f"ELM CLINIC, Reno, NV 89501\n\n03/20/2026\n{told_of}\n\nHe needs training, twice a week."
    assert told(letter_dates, page, "date_of_birth") in (["2003-09-06"], ["2003-06-09"])
