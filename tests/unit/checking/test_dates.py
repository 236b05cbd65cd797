"""Three dates, never mixed: the day of the check, the day whose law applies, the day a code was printed on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from docscan import checking
from docscan.checking.facts import Facts
from docscan.document import Claim, Extraction, Report

AS_OF = date(2026, 11, 21)
TWO_WAYS = {"readings": ("2021-09-10", "2021-10-09"), "raw": "09/10/2021"}
"""A date on both sides of the day on which M54.5 went out of use."""


@pytest.mark.parametrize(
    ("fields", "day", "reason"),
    [
        ([("service_date", "2020-05-01"), ("letter_date", "2021-01-01")], date(2020, 5, 1), "the service date"),
        ([("service_date", "2020-05-01"), ("service_date", "2020-04-01")], date(2020, 4, 1), "the first service date"),
        ([("item", {"service_date": "2019-05-01"}), ("payment_date", "2020-01-02")], date(2019, 5, 1), "service date"),
        ([("letter_date", "2021-01-01"), ("visit_date", "2020-12-01")], date(2021, 1, 1), "the date of the letter"),
        ([("signature_date", "2021-01-02")], date(2021, 1, 2), "the date of the letter"),
        ([("statement_date", "2019-06-01"), ("payment_date", "2020-01-02")], date(2019, 6, 1), "the date of the bill"),
        ([("payment_date", "2019-06-01")], date(2019, 6, 1), "the date of the payment"),
        ([("due_date", "2019-06-01")], AS_OF, "the day of the check, as the document bears no date"),
        ([], AS_OF, "the day of the check, as the document bears no date"),
    ],
)  # fmt: skip
def test_the_law_date_says_which_date_decided(
    facts: Callable[..., Facts], extraction: Callable[..., Extraction], fields: Any, day: date, reason: str
) -> None:
    law = facts(*(extraction(name, value) for name, value in fields)).law_date
    assert law.date == day
    assert reason in law.reason


def test_a_date_that_can_be_read_in_two_ways_is_told_as_such(
    facts: Callable[..., Facts], extraction: Callable[..., Extraction]
) -> None:
    found = facts(extraction("letter_date", None, **TWO_WAYS))
    assert found.law_days == (date(2021, 9, 10), date(2021, 10, 9))
    assert found.law_date.reason == (
        "the date of the letter; “09/10/2021” can be read as September 10, 2021 or October 9, 2021"
    )
    signed = facts(extraction("letter_date", None, **TWO_WAYS), extraction("signature_date", "2021-09-10"))
    assert signed.law_days == (date(2021, 9, 10),)
    assert signed.document_date == (date(2021, 9, 10), "the date of the signature")


def test_an_illegible_page_may_bear_the_date(facts: Callable[..., Facts]) -> None:
    assert "no date could be read surely" in facts(qualities=(0.5,)).law_date.reason


def outcome(report: Report, rule: str) -> tuple[str, str]:
    told = checking.judge(report, checking.load("generic-fsa"), as_of=AS_OF, claim=report.claim)
    return next((f.outcome, f.message) for f in told.findings if f.rule == rule)


CODES = [
    ("M54.5", "2021-09-30", "met", "September 30, 2021 (the letter's date)"),
    ("M54.5", "2021-10-01", "not_met", "M54.50"),
    ("M54.50", "2021-09-30", "not_met", "came into use only on October 1, 2021"),
    ("M54.50", "2021-10-01", "met", "October 1, 2021"),
    ("F32.A", "2021-09-30", "not_met", "October 1, 2021"),
    ("F32.A", "2021-10-01", "met", "October 1, 2021"),
    ("E66.8", "2024-09-30", "met", "September 30, 2024"),
    ("E66.8", "2024-10-01", "not_met", "is a heading"),
    ("E66.811", "2024-09-30", "not_met", "October 1, 2024"),
    ("E66.811", "2024-10-01", "met", "October 1, 2024"),
    ("QA0.0109", "2025-09-30", "not_met", "October 1, 2025"),
    ("QA0.0109", "2025-10-01", "met", "October 1, 2025"),
    ("E11.9", "2015-09-30", "not_met", "October 1, 2015"),
    ("E11.9", "2015-10-01", "met", "October 1, 2015"),
]


@pytest.mark.parametrize(("code", "day", "expected", "said"), CODES)
def test_a_code_is_judged_by_the_day_of_the_document_that_prints_it(
    good_letter: Report, extraction: Callable[..., Extraction], code: str, day: str, expected: str, said: str
) -> None:
    others = tuple(e for e in good_letter.fields if e.name not in ("diagnosis_code", "letter_date"))
    letter = replace(good_letter, fields=(*others, extraction("diagnosis_code", code), extraction("letter_date", day)))
    found, message = outcome(letter, "COD-02")
    assert found == expected
    assert said in message


@pytest.mark.parametrize(
    ("code", "expected"),
    [("M54.5", "uncertain"), ("M54.50", "uncertain"), ("E11.9", "met"), ("I10.9", "not_met"), ("U07.1", "met")],
)
def test_where_the_documents_date_is_open_only_codes_that_hang_on_it_are(
    good_letter: Report, extraction: Callable[..., Extraction], code: str, expected: str
) -> None:
    others = tuple(e for e in good_letter.fields if e.name not in ("diagnosis_code", "letter_date"))
    letter = replace(
        good_letter, fields=(*others, extraction("diagnosis_code", code), extraction("letter_date", None, **TWO_WAYS))
    )
    assert outcome(letter, "COD-02")[0] == expected


@pytest.mark.parametrize(("code", "expected"), [("M54.5", "uncertain"), ("E11.9", "met"), ("I10", "met")])
def test_where_the_documents_date_could_not_be_read_only_codes_that_hang_on_it_are_open(
    good_letter: Report, extraction: Callable[..., Extraction], code: str, expected: str
) -> None:
    page = replace(good_letter.document.pages[0], quality=0.7)
    letter = replace(
        good_letter,
        document=replace(good_letter.document, pages=(page,)),
        fields=(extraction("diagnosis", "low back pain"), extraction("diagnosis_code", code)),
    )
    assert outcome(letter, "COD-02")[0] == expected


@pytest.mark.parametrize(("day", "expected"), [("2015-09-30", "met"), ("2015-10-01", "not_met")])
def test_icd_9_was_right_until_october_2015(
    good_letter: Report, extraction: Callable[..., Extraction], day: str, expected: str
) -> None:
    others = tuple(e for e in good_letter.fields if e.name not in ("diagnosis_code", "letter_date"))
    fields = (*others, extraction("diagnosis_code_icd9", "250.00"), extraction("letter_date", day))
    found, message = outcome(replace(good_letter, fields=fields), "COD-13")
    assert found == expected
    assert "the letter's date" in message


def judged(report: Report, rule: str, *, administrator: str = "generic-fsa") -> list[str]:
    told = checking.judge(report, checking.load(administrator), as_of=AS_OF, claim=report.claim)
    return [f.outcome for f in told.findings if f.rule == rule]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2010-12-31", "not_applicable"), ("2011-01-01", "not_met"), ("2019-12-31", "not_met"),
        ("2020-01-01", "not_applicable"),
    ],
)  # fmt: skip
def test_medicine_from_the_shelf_needed_a_prescription_in_between(
    report: Callable[..., Report], extraction: Callable[..., Extraction], day: str, expected: str
) -> None:
    item = extraction("item", {"description": "Ibuprofen 200 mg", "amount": "8.99", "class": "drug"})
    assert judged(report(item, extraction("service_date", day), kind="receipt"), "IRS-17") == [expected]


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        ("diagnosis_code_icd9", "2015-09-30", "met"), ("diagnosis_code_icd9", "2015-10-01", "not_met"),
        ("diagnosis_code", "2015-10-01", "met"),
    ],
)  # fmt: skip
def test_the_diagnosis_code_of_a_letter_is_of_the_system_of_its_day(
    good_letter: Report, extraction: Callable[..., Extraction], code: str, day: str, expected: str
) -> None:
    others = tuple(e for e in good_letter.fields if e.name not in ("diagnosis_code", "letter_date"))
    value = "250.00" if code.endswith("icd9") else "E11.9"
    letter = replace(good_letter, fields=(*others, extraction(code, value), extraction("letter_date", day)))
    assert judged(letter, "LMN-06") == [expected]


@pytest.mark.parametrize(
    ("day", "percent"), [("2012-12-31", None), ("2013-01-01", "10"), ("2016-12-31", "10"), ("2017-01-01", "7.5")]
)
def test_the_floor_of_the_deduction_is_that_of_the_services_year(
    report: Callable[..., Report], extraction: Callable[..., Extraction], day: str, percent: str | None
) -> None:
    item = extraction("item", {"description": "Surgery", "amount": "9000.00", "service_date": day})
    claim = Claim(purpose="deduction", income="60000.00")
    packet = checking.judge_packet(
        [report(item, kind="receipt")], checking.load("generic-fsa"), as_of=AS_OF,
        claim=claim,
    )  # fmt: skip
    told = [f.message for f in packet.findings if f.rule == "IRS-13"]
    assert len(told) == 1
    assert (f"({percent} percent of" in told[0]) if percent else "percent" not in told[0]


def test_the_law_of_a_packet_is_that_of_its_first_service(
    report: Callable[..., Report], extraction: Callable[..., Extraction], good_letter: Report
) -> None:
    receipts = [report(extraction("service_date", day), kind="receipt") for day in ("2026-09-20", "2026-09-10")]
    rules = checking.load("generic-fsa")
    whole = checking.judge_packet([good_letter, *receipts], rules, as_of=AS_OF, claim=Claim())
    assert whole.law_date is not None
    assert whole.law_date.date == date(2026, 9, 10)
    assert whole.law_date.reason == "the first service date of the documents"
    assert [one.law_date.date for one in whole.reports] == [date(2026, 9, 3), date(2026, 9, 20), date(2026, 9, 10)]
    alone = checking.judge_packet([good_letter], rules, as_of=AS_OF, claim=Claim())
    assert alone.law_date is not None
    assert (alone.law_date.date, alone.law_date.reason) == (date(2026, 9, 3), "the date of the letter")


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (Claim(), "met"), (Claim(submitted_on=date(2026, 11, 9)), "not_met"),
        (Claim(submitted_on=date(2026, 11, 10)), "met"), (Claim(submitted_on=date(2026, 12, 1)), "met"),
    ],
)  # fmt: skip
def test_a_service_must_have_been_given_by_the_day_it_is_claimed(
    report: Callable[..., Report], extraction: Callable[..., Extraction], claim: Claim, expected: str
) -> None:
    receipt = replace(report(extraction("service_date", "2026-11-10"), kind="receipt"), claim=claim)
    assert judged(receipt, "RCT-10") == [expected]
