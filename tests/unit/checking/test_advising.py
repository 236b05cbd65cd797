# ruff: noqa: E501 - a case is a line
"""Advice says what would change the finding: the day, the code, the page, as far as the document gives it."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from string import Formatter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docscan import checking
from docscan.checking.rulebook.texts import ABOUT
from docscan.document import Claim, DateRange, Extraction, Finding, Kind, Report

AS_OF = date(2026, 11, 21)
Make = Callable[..., Report]
Field = Callable[..., Extraction]

YEARS = {"duration": {"value": 2, "unit": "a"}}
BACK_PAIN = {"diagnosis": "back pain"}
SHOP = {"item": {"description": "Services", "amount": "95.00", "class": "unspecific"}}
MIXED = {
    "item": [
        {"description": "Massage", "amount": "95.00", "class": "massage"},
        {"description": "Gratuity", "amount": "15.00", "class": "tip"},
    ]
}
DUES = {"item": {"description": "Monthly dues", "amount": "49.00", "class": "membership_dues"}}
SESSION = {"item": {"description": "Personal training", "amount": "85.00", "class": "training"}}
SUMS = {
    "item": [{"description": "Massage", "amount": "95.00"}, {"description": "Massage", "amount": "95.00"}],
    "total": "200.00",
}

CASES: list[tuple[str, Kind, Mapping[str, Any], str]] = [
    ("LMN-34", "lmn", {"placeholder": "[DATE]"}, "Ask the provider to fill in, or take out, what was left open: “[DATE]”."),
    ("LMN-05", "lmn", BACK_PAIN, "Ask the provider to write beside “back pain” the illness that was diagnosed, for example"),
    ("LMN-05", "lmn", {}, "Ask the provider to name the illness in words, for example"),
    ("LMN-07", "lmn", {"diagnosis": "hypertension", "diagnosis_code": "E11.9"}, "Ask the provider which of the two is right, “hypertension” or E11.9, and to correct the other."),
    ("LMN-08", "lmn", {"treatment": "wellness products"}, "Ask the provider to write what “wellness products” is to be"),
    ("LMN-08", "lmn", {}, "Ask the provider to name it"),
    ("LMN-09", "lmn", {"treatment": "massage therapy"}, "Ask the provider to write how often massage therapy is needed, or how much"),
    ("LMN-09", "lmn", {"treatment": ["massage therapy", "acupuncture"]}, "Ask the provider to add the number of sessions or the dose"),
    ("LMN-10", "lmn", {"letter_date": "2026-03-03"}, "Ask the provider to write when the treatment starts and ends, with an end date no later than March 3, 2027."),
    ("LMN-10", "lmn", {"letter_date": "2026-02-20", "start_date": "2026-03-03"}, "no later than March 3, 2027."),
    ("LMN-10", "lmn", {"letter_date": "2024-02-29"}, "Ask the provider to add the time, for example"),  # that year is over
    ("LMN-10", "lmn", {}, "Ask the provider to add the time, for example"),
    ("LMN-11", "lmn", {**YEARS, "letter_date": "2026-03-03"}, "Ask the provider for an end date no later than March 3, 2027, 12 months after the start."),
    ("LMN-11", "lmn", {"duration": {"start": "2026-04-01", "end": "2028-04-01"}, "letter_date": "2026-03-03"}, "no later than April 1, 2027, 12 months"),
    ("LMN-11", "lmn", {**YEARS, "letter_date": "2024-03-03"}, "Ask the provider to end the treatment no later than 12 months after it starts."),
    ("LMN-12", "lmn", {"duration": {"indefinite": True}, "letter_date": "2026-03-03"}, "Ask the provider to write an end date, no later than March 3, 2027, instead of"),
    ("LMN-12", "lmn", {"duration": {"indefinite": True}}, "Ask the provider to write an end date instead of"),
    ("LMN-13", "lmn", {"treatment": "massage therapy", "diagnosis": "fibromyalgia"}, "Ask the provider for one sentence on how massage therapy will help with fibromyalgia."),
    ("LMN-13", "lmn", {"treatment": "massage therapy", **BACK_PAIN}, "Ask the provider for one sentence that ties the two"),
    ("LMN-17", "lmn", {"letter_date": "2027-03-03"}, "Ask the provider to correct March 3, 2027: it should be the day on which the letter was signed."),
    ("LMN-17", "lmn", {}, "Ask the provider to write the day on which the letter was signed."),
    ("LMN-20", "lmn", {"provider_address": "1204 Elm Street, Columbus, OH 43215"}, "Ask for a letter that shows the provider phone, so that it can be checked."),
    ("LMN-27", "lmn", {"duration": {"value": 6, "unit": "mo"}, "letter_date": "2026-03-03"}, "up to September 3, 2026. For later ones, ask the provider for a new letter."),
    ("LMN-28", "lmn", {"letter_date": "2025-03-03"}, "Ask the provider for a new letter for services after March 3, 2026."),
    ("LMN-29", "lmn", {"treatment": ["HEPA air purifier", "wellness products"]}, "Ask the provider to write the name of each product that “wellness products” stands for."),
    ("LMN-30", "lmn", {"see_attached": "see attached"}, "Ask the provider to write the treatment on the letter itself instead of “see attached”."),
    ("LMN-35", "lmn", {"page_of": {"page": 1, "of": 2}}, "Send page 2 of the letter too."),
    ("PRV-01", "lmn", {"provider_npi": "1234567890"}, "Ask the provider to check the NPI 1234567890."),
    ("PRV-02", "lmn", {"provider_npi": "1234567893"}, "Ask the provider for the real NPI instead of 1234567893."),
    ("PRV-04", "lmn", {"provider_license": "35.108842"}, "Ask for the state with the license number 35.108842"),
    ("COD-02", "lmn", {"letter_date": "2024-06-01", "diagnosis_code": "M54.5"}, "Ask the provider for M54.50, M54.51 or M54.59 instead of M54.5."),
    ("COD-02", "lmn", {"letter_date": "2024-06-01", "diagnosis_code": "E11"}, "Ask the provider for a longer code that starts with E11."),
    ("COD-02", "lmn", {"letter_date": "2024-06-01", "diagnosis_code": ["M54.5", "I10.9"]}, "Ask the provider for M54.50, M54.51 or M54.59 instead of M54.5; another code instead of I10.9."),
    ("COD-03", "lmn", {"letter_date": "2024-06-01", "diagnosis_code": "M54.5"}, "Ask the provider for M54.50, M54.51 or M54.59 instead of M54.5."),
    ("COD-04", "lmn", {"diagnosis_code": "Z71.82"}, "Ask the provider to add the code of the illness that is treated. Z71.82 alone does not name one."),
    ("COD-05", "lmn", {"diagnosis_code": "R52"}, "If an illness behind R52 was diagnosed, ask the provider to add its code."),
    ("COD-01", "lmn", {"diagnosis_code": "11.9E"}, "Ask the provider to correct the diagnosis code 11.9E."),
    ("COD-06", "lmn", {"diagnosis_code": "Z96.651"}, "Ask the provider to add the code of the illness beside Z96.651"),
    ("COD-08", "lmn", {"diagnosis_code": "M25.569"}, "Ask the provider for the code of the left or the right side instead of M25.569."),
    ("COD-09", "receipt", {"procedure_code": "9711"}, "Ask for a corrected bill: 9711 has a wrong form."),
    ("COD-10", "receipt", {"procedure_code": "F1234"}, "Ask for a corrected bill: F1234 has a wrong form."),
    ("COD-11", "receipt", {"procedure_code": "98940", "diagnosis_code": "E11.9"}, "Ask the provider whether 98940 and E11.9 are both right."),
    ("COD-13", "lmn", {"diagnosis_code_icd9": "250.00", "letter_date": "2026-03-03"}, "Ask the provider for the ICD-10-CM code instead of 250.00."),
    ("COD-14", "lmn", {"procedure_code": "97110"}, "Ask the provider for the diagnosis code (ICD-10-CM) in the place of 97110."),
    ("RCT-04", "receipt", SHOP, "Ask for a receipt that says what “Services $95.00” was"),
    ("RCT-04", "receipt", {}, "Ask for an itemized receipt"),
    ("RCT-10", "receipt", {"service_date": ["2026-12-05", "2026-12-12"]}, "Claim it after December 12, 2026, when it was given."),
    ("RCT-11", "receipt", {"service_date": "2025-12-05"}, "Claim only services given from January 1, 2026 to December 31, 2026, or ask"),
    ("RCT-13", "receipt", {"service_period": {"start": "2026-04-01", "end": "2026-04-30"}}, "each week, of April 1, 2026 to April 30, 2026."),
    ("RCT-18", "eob", {"patient_name": "Marisol Vance", "provider_name": "Anna Brandt", "service_date": "2026-04-02", "procedure_code": "97110"}, "so that it shows the patient responsibility."),
    ("RCT-19", "receipt", SUMS, "its lines and its total must come to the same, $190.00 or $200.00."),
    ("RCT-20", "receipt", MIXED, "Leave out of the claim: Gratuity $15.00."),
    ("RCT-21", "receipt", {"refund": "20.00"}, "Claim only what is left after $20.00 was given back."),
    ("RCT-22", "receipt", DUES, "apart from the $49.00 of dues."),
    ("RCT-24", "receipt", {**DUES, "service_period": {"start": "2026-11-01", "end": "2026-11-30"}}, "Claim it after November 30, 2026, when the time billed has ended."),
    ("RCT-25", "receipt", SESSION, "Ask for a receipt that shows the service date and trainer name of each session, and its length."),
]  # fmt: skip
CLAIM = Claim(plan_year=DateRange(date(2026, 1, 1), date(2026, 12, 31)))


def judged(make: Make, field: Field, kind: Kind, told: Mapping[str, Any], rule: str) -> Finding:
    fields = [
        field(
            name,
            True if name == "see_attached" else one,
            raw=one if isinstance(one, str) else name,
            section="Diagnosis",
        )
        for name, value in told.items()
        for one in (value if isinstance(value, list) else [value])
    ]
    found = checking.judge(make(*fields, kind=kind), checking.load("generic-fsa"), as_of=AS_OF, claim=CLAIM)
    return next(finding for finding in found.findings if finding.rule == rule)


@pytest.mark.parametrize(("rule", "kind", "told", "advice"), CASES)
def test_advice_is_as_exact_as_the_document_allows(
    report: Make, extraction: Field, rule: str, kind: Kind, told: Mapping[str, Any], advice: str
) -> None:
    finding = judged(report, extraction, kind, told, rule)
    assert finding.outcome == "not_met"
    assert advice in (finding.advice or "")


@pytest.mark.parametrize("book", ["lmn", "codes", "receipts"])
def test_every_exact_advice_is_told_by_some_case(report: Make, extraction: Field, book: str) -> None:
    told = {(rule, judged(report, extraction, kind, fields, rule).advice or "") for rule, kind, fields, _ in CASES}
    silent = [
        (rule.id, words)
        for rule in checking.load("generic-fsa").rules
        for words in rule.exact_advice
        if rule.rulebook == book and not any(id_ == rule.id and _filled(words, advice) for id_, advice in told)
    ]
    assert silent == []


def _filled(words: str, advice: str) -> bool:
    """Whether an advice is these words with their places filled."""
    pattern = "".join(re.escape(literal) + (".+" if name else "") for literal, name, _, _ in Formatter().parse(words))
    return re.fullmatch(pattern, advice) is not None


def test_a_clearer_copy_is_asked_for_by_its_page(report: Make) -> None:
    found = checking.judge(report(qualities=(1.0, 0.3)), checking.load("generic-fsa"), as_of=AS_OF, claim=CLAIM)
    told = {finding.advice for finding in found.findings if finding.rule in ("LMN-01", "LMN-10", "LMN-17")}
    assert told == {"Send a clearer copy or scan of page 2, or the original file."}


def test_what_advice_may_name_of_a_document_is_what_is_known_of_it(report: Make, extraction: Field) -> None:
    letter = report(
        extraction("diagnosis", "fibromyalgia"), extraction("treatment", "massage therapy"),
        extraction("letter_date", "2026-03-03"), qualities=(0.3,),
    )  # fmt: skip
    from docscan.checking.advising import about
    from docscan.checking.facts import Facts

    known = about(Facts.of(letter, as_of=AS_OF, claim=CLAIM), checking.load("generic-fsa").rules)
    assert set(known) == ABOUT


_DAYS = st.dates(date(2024, 1, 1), date(2027, 6, 30))
_LENGTHS = st.one_of(
    st.none(),
    st.builds(lambda n, unit: {"value": n, "unit": unit}, st.integers(1, 40), st.sampled_from(["wk", "mo", "a"])),
    st.builds(
        lambda day, days: {"start": day.isoformat(), "end": (day + timedelta(days=days)).isoformat()},
        _DAYS,
        st.integers(1, 900),
    ),
    st.just({"indefinite": True}),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(letter=_DAYS, start=st.none() | _DAYS, length=_LENGTHS)
def test_the_day_that_advice_names_would_answer_it(
    report: Make, extraction: Field, letter: date, start: date | None, length: Any
) -> None:
    told = {"letter_date": letter.isoformat(), "start_date": start and start.isoformat(), "duration": length}
    fields = [extraction(name, value) for name, value in told.items() if value is not None]
    rules = checking.load("generic-fsa")
    found = checking.judge(report(*fields), rules, as_of=AS_OF, claim=CLAIM)
    advice = " ".join(f.advice or "" for f in found.findings if f.rule in ("LMN-10", "LMN-11", "LMN-12"))
    for said in re.findall(r"no later than ([A-Z][a-z]+ [0-9]+, [0-9]{4})", advice):
        day = datetime.strptime(said, "%B %d, %Y").date()
        assert day >= AS_OF
        first = (length or {}).get("start") or (start or letter).isoformat()
        mended = [e for e in fields if e.name != "duration"] + [
            extraction("duration", {"start": first, "end": day.isoformat()})
        ]
        again = checking.judge(report(*mended), rules, as_of=AS_OF, claim=CLAIM)
        outcomes = {f.rule: f.outcome for f in again.findings}
        assert {outcomes[rule] for rule in ("LMN-10", "LMN-11", "LMN-12", "LMN-27")} == {"met"}
