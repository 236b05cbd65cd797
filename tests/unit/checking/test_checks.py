"""What the checks make of hard cases: the rules' own examples show the plain ones."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from docscan import checking
from docscan.checking import judging
from docscan.checking.checks import CHECKS
from docscan.checking.facts import Facts, Result
from docscan.document import Evidence, Extraction


@pytest.fixture(scope="module")
def decide() -> Callable[..., Result]:
    rules = checking.load("generic-fsa")
    return lambda rule, facts: judging.decide(rules.rule(rule), facts)


def item(amount: str | None, **more: Any) -> dict[str, Any]:
    return {"description": "Session", "amount": amount, **more}


SUMS: list[tuple[str, dict[str, Any], str]] = [
    ("tax is in the lines already", {"item": [item("107.00")], "tax": ["7.00"], "total": ["107.00"]}, "met"),
    ("tax comes on top", {"item": [item("100.00")], "tax": ["7.00"], "total": ["107.00"]}, "met"),
    ("the tip is a line and a sum", {"item": [item("95.00"), item("15.00")], "tip": ["15.00"], "total": ["110.00"]},
     "met"),
    ("the discount is a negative line", {"item": [item("95.00"), item("-5.00")], "total": ["90.00"]}, "met"),
    ("the discount is subtracted", {"item": [item("95.00")], "discount": ["5.00"], "total": ["90.00"]}, "met"),
    ("insurance took its share", {"item": [item("120.00")], "insurance_paid": ["80.00"], "total": ["40.00"]}, "met"),
    ("a cent of rounding", {"item": [item("33.33")] * 3, "total": ["100.00"]}, "met"),
    ("a line given back after the total", {"item": [item("95.00"), item("60.00"), item("-60.00")], "refund": ["60.00"],
                                           "total": ["155.00"]}, "met"),
    ("two digits swapped", {"item": [item("95.00"), item("95.00")], "total": ["109.00"]}, "not_met"),
    ("lines against the subtotal", {"item": [item("95.00")], "subtotal": ["59.00"], "total": ["95.00"]}, "not_met"),
    ("subtotal after the discount", {"item": [item("100.00")], "discount": ["10.00"], "subtotal": ["90.00"],
                                     "total": ["90.00"]}, "met"),
    ("a line without an amount", {"item": [item("95.00"), item(None)], "total": ["190.00"]}, "not_applicable"),
    ("no total", {"item": [item("95.00")]}, "not_applicable"),
    ("an amount that is none", {"item": [item("95.0O")], "total": ["95.00"]}, "not_applicable"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "fields", "expected"), SUMS, ids=[s[0] for s in SUMS])
def test_sums_are_checked_as_people_print_them(
    facts: Callable[..., Facts], extraction: Callable[..., Extraction], decide: Callable[..., Result],
    case: str, fields: dict[str, Any], expected: str,
) -> None:  # fmt: skip
    made = facts(*(extraction(name, value) for name, values in fields.items() for value in values), kind="receipt")
    assert decide("RCT-19", made).outcome == expected


def test_a_wrong_sum_is_written_out(
    facts: Callable[..., Facts], extraction: Callable[..., Extraction], decide: Callable[..., Result]
) -> None:
    made = facts(
        *(extraction("item", item("95.00", service_date=day)) for day in ("2026-04-02", "2026-04-09")),
        extraction("tax", "5.00"), extraction("total", "290.00"), kind="receipt",
    )  # fmt: skip
    told = decide("RCT-19", made).variables
    assert told == {"value": "$290.00", "computed": "$195.00", "parts": "$95.00 + $95.00 + tax $5.00"}


def test_on_a_page_that_is_hard_to_read_a_wrong_sum_is_uncertain(
    facts: Callable[..., Facts], extraction: Callable[..., Extraction], decide: Callable[..., Result]
) -> None:
    made = facts(extraction("item", item("95.00")), extraction("total", "290.00"), kind="receipt", qualities=(0.5,))
    assert decide("RCT-19", made).outcome == "uncertain"


@pytest.mark.parametrize(
    ("code", "written", "outcome", "word"),
    [
        ("M54.5", "2020-06-01", "met", ""),
        ("M54.5", "2024-06-01", "not_met", "M54.50, M54.51 or M54.59"),
        ("U07.1", "2022-06-01", "met", ""),
        ("QA0.0109", "2026-03-01", "met", ""),
        ("I10.9", "2026-03-01", "not_met", "not an ICD-10-CM code"),
        ("E66.811", "2024-09-30", "not_met", "October 1, 2024"),
        ("E66.811", "2024-10-01", "met", ""),
    ],
)
def test_codes_are_judged_on_the_date_of_the_document(
    facts: Callable[..., Facts], extraction: Callable[..., Extraction], decide: Callable[..., Result],
    code: str, written: str, outcome: str, word: str,
) -> None:  # fmt: skip
    result = decide("COD-02", facts(extraction("diagnosis_code", code), extraction("letter_date", written)))
    assert result.outcome == outcome
    assert word in result.variables["problem"]


@pytest.mark.parametrize(
    ("readings", "as_of", "expected"),
    [
        (("2026-04-03", "2026-03-04"), date(2026, 11, 21), "met"),
        (("2026-12-11", "2026-11-12"), date(2026, 11, 21), "uncertain"),
        (("2027-04-03", "2027-03-04"), date(2026, 11, 21), "not_met"),
        (("2027-04-03",), date(2026, 11, 21), "uncertain"),  # a guess may be none
    ],
)
def test_an_ambiguous_date_is_decided_where_either_reading_says_the_same(
    facts: Callable[..., Facts], extraction: Callable[..., Extraction], decide: Callable[..., Result],
    readings: tuple[str, ...], as_of: date, expected: str,
) -> None:  # fmt: skip
    made = facts(extraction("letter_date", None, readings=readings, raw="03/04/26"), as_of=as_of)
    result = decide("LMN-17", made)
    assert result.outcome == expected
    assert "can be read as" in result.why or len(readings) == 1


def test_words_of_wellness_are_excused_only_in_the_sentence_that_names_the_disease(
    facts: Callable[..., Facts], decide: Callable[..., Result]
) -> None:
    def said(name: str, value: Any, start: int, end: int) -> Extraction:
        return Extraction(name, value, "words", evidence=(Evidence(1, (), "words", start, end),))

    link = said("treatment_link", {"treatment": "exercise", "condition": "diabetes", "verb": "treat"}, 0, 50)
    assert decide("INT-03", facts(said("general_health_statement", True, 20, 40), link)).outcome == "met"
    assert decide("INT-03", facts(said("general_health_statement", True, 60, 80), link)).outcome == "not_met"


def test_a_dea_number_is_never_repeated(facts: Callable[..., Facts], extraction: Callable[..., Extraction]) -> None:
    rule = checking.load("generic-fsa").rule("PRV-09")
    result = judging.decide(rule, facts(extraction("provider_dea", "AP5836728")))
    assert "AP5836728" not in judging.message(rule, result)


@pytest.mark.parametrize(
    ("credentials", "outcome"),
    [
        (["MD"], "met"), (["FNP-C"], "met"), (["PA-C", "MPAS"], "met"), (["DPT"], "met"), (["RD", "MD"], "met"),
        (["RD"], "not_met"), (["NASM-CPT"], "not_met"), (["LMT"], "not_met"), (["XYZQ"], "uncertain"), ([], "not_met"),
    ],
)  # fmt: skip
def test_who_may_sign(
    facts: Callable[..., Facts], extraction: Callable[..., Extraction], decide: Callable[..., Result],
    credentials: list[str], outcome: str,
) -> None:  # fmt: skip
    made = facts(*(extraction("provider_credential", credential) for credential in credentials))
    assert decide("LMN-18", made).outcome == outcome


def test_every_check_says_what_it_asks_and_what_it_fills() -> None:
    for check in CHECKS.values():
        assert check.meaning, check.name
        for variable in check.variables:
            assert f"{{{variable}}}" in check.meaning, f"{check.name} does not tell of {variable}"


def test_every_check_is_used_by_a_rule() -> None:
    used = {rule.check for name in checking.administrators() for rule in checking.load(name).rules}
    assert used == set(CHECKS)


@pytest.mark.parametrize(
    ("pages", "printed", "outcome"),
    [
        (2, [(1, 2), (2, 2)], "met"),
        (2, [(2, 2)], "met"),  # the other page's number was not read; the page is there
        (1, [(1, 2)], "not_met"),
        (2, [(1, 3), (3, 3)], "not_met"),
        (1, [(1, 1)], "met"),
        (2, [], "not_applicable"),
    ],
)
def test_missing_pages_are_counted_against_the_pages_that_are_there(
    facts: Callable[..., Facts], extraction: Callable[..., Extraction], decide: Callable[..., Result],
    pages: int, printed: list[tuple[int, int]], outcome: str,
) -> None:  # fmt: skip
    numbers = (extraction("page_of", {"page": page, "of": of}) for page, of in printed)
    assert decide("LMN-35", facts(*numbers, qualities=(0.99,) * pages)).outcome == outcome


@pytest.mark.parametrize(("quality", "outcome"), [(0.0, "not_met"), (0.7, "uncertain"), (0.95, "met"), (None, "met")])
def test_a_poor_page_is_told_apart_from_a_lost_one(
    facts: Callable[..., Facts], decide: Callable[..., Result], quality: float | None, outcome: str
) -> None:
    assert decide("RCT-16", facts(kind="receipt", qualities=(quality,))).outcome == outcome
