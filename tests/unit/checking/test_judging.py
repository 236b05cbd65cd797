"""A report and rules give findings: pure, fast, the same from a stored report, and without ever promising anything."""

import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docscan import checking
from docscan.checking import Ruleset
from docscan.document import Assertion, Claim, DateRange, Extraction, Kind, Problem, Report
from docscan.reference.fields import FIELDS

AS_OF = date(2026, 11, 21)


@pytest.fixture(scope="module")
def rules() -> Ruleset:
    return checking.load("generic-fsa")


def judged(report: Report, rules: Ruleset, *, as_of: date = AS_OF, claim: Claim = Claim()) -> Report:  # noqa: B008
    return checking.judge(report, rules, as_of=as_of, claim=claim)


def outcome(report: Report, rule: str) -> str | None:
    return next((f.outcome for f in report.findings if f.rule == rule), None)


def test_a_complete_letter_is_complete(good_letter: Report, rules: Ruleset) -> None:
    found = judged(good_letter, rules)
    assert found.verdict == "complete"
    assert [
        f.rule for f in found.findings if f.outcome in ("not_met", "uncertain") and f.severity in ("fatal", "required")
    ] == []
    assert found.score is not None
    assert found.score.low > 80
    assert found.administrator == "generic-fsa"
    assert found.law_date.date == date(2026, 9, 3)


@pytest.mark.parametrize(
    ("field", "rule"),
    [
        ("patient_name", "LMN-01"), ("diagnosis", "LMN-05"), ("treatment", "LMN-08"), ("frequency", "LMN-09"),
        ("duration", "LMN-10"), ("treatment_link", "LMN-13"), ("necessity_statement", "LMN-14"),
        ("provider_name", "LMN-15"), ("letter_date", "LMN-17"), ("provider_credential", "LMN-18"),
    ],
)  # fmt: skip
def test_what_is_left_out_is_not_met_and_makes_the_letter_incomplete(
    good_letter: Report, rules: Ruleset, field: str, rule: str
) -> None:
    without = replace(good_letter, fields=tuple(e for e in good_letter.fields if e.name != field))
    found = judged(without, rules)
    assert outcome(found, rule) == "not_met"
    assert found.verdict == "incomplete"
    lost = Problem("page_unreadable", 1, "No word could be read.", "Send a clearer copy.")
    pages = replace(good_letter.document, pages=(replace(good_letter.document.pages[0], quality=0.4),))
    unclear = judged(replace(without, document=pages, problems=(lost,)), rules)
    assert outcome(unclear, rule) == "uncertain"
    assert unclear.verdict == "needs_review"


@pytest.mark.parametrize(("diagnosis", "verdict"), [(None, "incomplete"), ("general fitness", "ineligible")])
def test_a_goal_in_place_of_a_disease_is_hopeless_and_a_blank_is_not(
    good_letter: Report, extraction: Callable[..., Extraction], rules: Ruleset, diagnosis: str | None, verdict: str
) -> None:
    others = tuple(e for e in good_letter.fields if e.name not in ("diagnosis", "diagnosis_code"))
    stated = (extraction("diagnosis", diagnosis, resolved={"specificity": "goal"}),) if diagnosis else ()
    found = judged(replace(good_letter, fields=others + stated), rules)
    assert outcome(found, "IRS-02") == "not_met"
    assert found.verdict == verdict


def test_on_another_day_the_same_letter_is_over(good_letter: Report, rules: Ruleset) -> None:
    found = judged(good_letter, rules, as_of=date(2027, 3, 4))
    assert outcome(found, "LMN-27") == "not_met"
    assert outcome(judged(good_letter, rules, as_of=date(2027, 3, 3)), "LMN-27") == "met"
    assert outcome(judged(good_letter, rules, as_of=date(2026, 9, 2)), "LMN-17") == "not_met"


def test_a_letter_that_ends_soon_says_in_how_many_days(good_letter: Report, rules: Ruleset) -> None:
    found = judged(good_letter, rules, as_of=date(2027, 2, 20))
    assert "11 days" in next(f.message for f in found.findings if f.rule == "LMN-27")


@pytest.mark.parametrize("kind", ["prescription", "referral", "recommendation"])
def test_a_look_alike_of_a_letter_fails_the_rule_that_says_so(good_letter: Report, rules: Ruleset, kind: Kind) -> None:
    found = judged(replace(good_letter, document=replace(good_letter.document, kind=kind)), rules)
    assert [f.rule for f in found.findings if f.outcome == "not_met" and f.severity in ("fatal", "required")] == [
        "LMN-31"
    ]
    assert found.verdict == "incomplete"


@pytest.mark.parametrize(("kind", "rule"), [("card_slip", "RCT-07"), ("statement", "RCT-08"), ("estimate", "RCT-09")])
def test_a_look_alike_of_a_receipt_fails_the_rule_that_says_so(
    report: Callable[..., Report], extraction: Callable[..., Extraction], rules: Ruleset, kind: Kind, rule: str
) -> None:
    found = judged(report(extraction("merchant_name", "Summit Strength Studio"), kind=kind), rules)
    assert outcome(found, rule) == "not_met"
    others = {"RCT-07", "RCT-08", "RCT-09"} - {rule}
    assert not [f for f in found.findings if f.rule in others and f.outcome == "not_met"]


@pytest.mark.parametrize("kind", ["other", "lab_report", "trainer_documentation"])
def test_what_no_rule_judges_is_for_a_person(report: Callable[..., Report], rules: Ruleset, kind: Kind) -> None:
    found = judged(report(kind=kind), rules)
    assert found.verdict == "needs_review"


def test_rules_of_letters_are_not_asked_of_receipts(report: Callable[..., Report], rules: Ruleset) -> None:
    assert not [f for f in judged(report(kind="receipt"), rules).findings if f.rule.startswith("LMN")]


def test_a_rule_that_needs_a_fact_of_the_claim_says_that_it_is_absent(
    report: Callable[..., Report], extraction: Callable[..., Extraction], rules: Ruleset
) -> None:
    receipt = report(extraction("service_date", "2026-04-02"), kind="receipt")
    absent = next(f for f in judged(receipt, rules).findings if f.rule == "RCT-11")
    assert absent.outcome == "not_applicable"
    assert "plan year" in absent.message
    claim = Claim(plan_year=DateRange(date(2025, 1, 1), date(2025, 12, 31)))
    assert outcome(judged(receipt, rules, claim=claim), "RCT-11") == "not_met"


@pytest.mark.parametrize(
    ("fields", "advice"),
    [
        ([("letter_date", "2026-03-03")], "no later than March 3, 2027, 12 months after the start"),
        ([("letter_date", "2026-03-03"), ("start_date", "2026-04-01")], "no later than April 1, 2027"),
        ([], "no later than 12 months after it starts"),
    ],
)
def test_advice_names_the_day_where_the_document_gives_one(
    report: Callable[..., Report], extraction: Callable[..., Extraction], rules: Ruleset,
    fields: list[tuple[str, str]], advice: str,
) -> None:  # fmt: skip
    long = extraction("duration", {"value": 2, "unit": "a"})
    found = judged(report(long, *(extraction(name, value) for name, value in fields)), rules)
    finding = next(f for f in found.findings if f.rule == "LMN-11")
    assert finding.outcome == "not_met"
    assert advice in (finding.advice or "")


def test_a_start_that_is_asked_for_is_not_told_as_if_the_letter_gave_it(
    report: Callable[..., Report], extraction: Callable[..., Extraction]
) -> None:
    year = extraction("duration", {"value": 12, "unit": "mo"}, raw="12 months")
    found = judged(report(year, extraction("letter_date", "2026-02-03")), checking.load("take-command-hra"))
    finding = next(f for f in found.findings if f.rule == "LMN-10")
    assert finding.outcome == "not_met"
    assert finding.message.endswith("It says “12 months”, but not when it starts.")


def test_rules_for_another_purpose_are_left_out(
    report: Callable[..., Report], extraction: Callable[..., Extraction], rules: Ruleset
) -> None:
    receipt = report(extraction("service_date", "2026-04-02"), kind="receipt")
    assert outcome(judged(receipt, rules), "IRS-18") is None
    assert (
        outcome(judged(receipt, rules, claim=Claim(purpose="hsa", hsa_opened_on=date(2026, 5, 1))), "IRS-18")
        == "not_met"
    )


def test_advice_for_what_could_not_be_read_is_a_clearer_copy(report: Callable[..., Report], rules: Ruleset) -> None:
    finding = next(f for f in judged(report(qualities=(0.3,)), rules).findings if f.rule == "LMN-01")
    assert finding.advice is not None
    assert "clearer copy" in finding.advice
    assert finding.message == "Page 1 could not be read well enough to tell."
    assert finding.evidence == ()


@pytest.mark.parametrize(
    ("source", "media_type", "signature", "signer", "expected"),
    [
        ("ocr", "application/pdf", None, None, "uncertain"),
        ("ocr", "image/png", {"present": False}, None, "not_met"),
        ("text_layer", "application/pdf", None, "Jonathan P. Reyes", "uncertain"),
        ("text_layer", "application/pdf", {"present": False}, "Jonathan P. Reyes", "not_met"),
        ("text_layer", "application/pdf", None, None, "not_met"),
        ("text_layer", "text/plain", None, "Jonathan P. Reyes", "not_met"),
    ],
)
def test_a_signature_is_missing_only_where_nobody_can_have_overlooked_it(
    report: Callable[..., Report], extraction: Callable[..., Extraction], rules: Ruleset,
    source: Any, media_type: str, signature: Any, signer: str | None, expected: str,
) -> None:  # fmt: skip
    fields = [extraction("signature", signature)] if signature else []
    fields += [extraction("signer_name", signer)] if signer else []
    made = report(*fields)
    pages = (replace(made.document.pages[0], source=source),)
    seen = replace(made, document=replace(made.document, pages=pages, media_type=media_type))
    assert outcome(judged(seen, rules), "LMN-16") == expected


@pytest.mark.parametrize("born", ["1979-04-12", "2026-03-03"])
def test_a_birth_date_is_never_taken_for_the_letters_date(
    report: Callable[..., Report], extraction: Callable[..., Extraction], rules: Ruleset, born: str
) -> None:
    found = judged(report(extraction("letter_date", born), extraction("date_of_birth", born)), rules)
    dated = next(f for f in found.findings if f.rule == "LMN-17")
    assert dated.outcome == "uncertain"
    assert "but it is the date of birth" in dated.message
    assert found.law_date.date == AS_OF
    assert outcome(found, "LMN-28") == "uncertain"


def test_a_letter_from_decades_ago_has_another_date_taken_for_its_own(
    report: Callable[..., Report], extraction: Callable[..., Extraction], rules: Ruleset
) -> None:
    found = judged(report(extraction("letter_date", "1986-05-02")), rules)
    dated = next(f for f in found.findings if f.rule == "LMN-17")
    assert dated.outcome == "uncertain"
    assert "May 2, 1986 was read as the letter date, but it lies more than 20 years back" in dated.message


@pytest.mark.parametrize(("kind", "fields", "first"), [
    ("card_slip", {"amount_paid": "95.00"}, "RCT-07"),
    ("statement", {"balance_due": "95.00"}, "RCT-08"),
    ("estimate", {"total": "95.00"}, "RCT-09"),
    ("prescription", {"treatment": "physical therapy"}, "LMN-31"),
    ("referral", {}, "LMN-31"),
    ("recommendation", {"provider_credential": "NASM-CPT"}, "LMN-31"),
    ("lmn", {"provider_credential": "NASM-CPT"}, "LMN-18"),
    ("lmn", {"placeholder": "[PATIENT NAME]"}, "LMN-34"),
    ("lmn", {}, "LMN-01"),
])  # fmt: skip
def test_what_a_document_is_comes_before_what_it_lacks(
    report: Callable[..., Report], extraction: Callable[..., Extraction], rules: Ruleset,
    kind: Kind, fields: dict[str, Any], first: str,
) -> None:  # fmt: skip
    found = judged(report(*(extraction(name, value) for name, value in fields.items()), kind=kind), rules)
    not_met = [f for f in found.findings if f.outcome == "not_met"]
    assert not_met[0].rule == first
    assert not_met[0].severity == "fatal"


def test_a_bad_page_leaves_rules_about_what_need_not_be_there_alone(
    report: Callable[..., Report], extraction: Callable[..., Extraction], rules: Ruleset
) -> None:
    massage = extraction("item", {"description": "Massage therapy", "amount": "95.00", "class": "massage"})
    found = judged(report(massage, kind="receipt", qualities=(0.5,)), rules)
    told = {f.rule: f for f in found.findings}
    for rule in ("PRV-01", "PRV-02", "COD-01", "COD-09", "RCT-13"):
        assert told[rule].outcome == "not_applicable"
        assert told[rule].message.endswith(" was read.")
    assert told["RCT-02"].outcome == told["RCT-03"].outcome == "uncertain"


def test_a_file_of_several_documents_is_as_good_as_its_worst(
    good_letter: Report, report: Callable[..., Report], rules: Ruleset
) -> None:
    whole = replace(report(kind="packet"), parts=(good_letter, report(kind="receipt")))
    found = judged(whole, rules)
    assert [part.verdict for part in found.parts] == ["complete", "incomplete"]
    assert found.verdict == "incomplete"
    assert found.findings == ()


def test_judging_a_stored_report_gives_the_same(good_letter: Report, rules: Ruleset) -> None:
    first = judged(good_letter, rules)
    stored = Report.from_dict(first.to_dict())
    assert stored == first
    assert judged(stored, rules) == first


def test_judging_changes_nothing_and_is_repeatable(good_letter: Report, rules: Ruleset) -> None:
    before = good_letter.to_dict()
    assert judged(good_letter, rules) == judged(good_letter, rules)
    assert good_letter.to_dict() == before


def test_judging_is_quick(good_letter: Report, rules: Ruleset) -> None:
    judged(good_letter, rules)
    start = time.process_time()
    for _ in range(10):
        judged(good_letter, rules)
    assert (time.process_time() - start) / 10 < 0.05  # usually a tenth of that


# Whatever extraction may give, judging ends with a report

_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "date": st.sampled_from(["2026-03-03", "9999-12-31", "0001-01-01", "2026-02-30", ""]),
    "money": st.sampled_from(["125.00", "0.00", "-3.00", "1e9", "12,50"]),
    "flag": st.booleans(),
    "period": st.fixed_dictionaries(
        {}, optional={"start": st.sampled_from(["2026-03-03", None]), "end": st.just("2026-02-01")}
    ),
    "duration": st.fixed_dictionaries(
        {},
        optional={
            "value": st.one_of(st.integers(-5, 10_000), st.floats(0.1, 99), st.none()),
            "unit": st.sampled_from(["d", "wk", "mo", "a", "fortnight", None]),
            "start": st.sampled_from(["2026-03-03", "9999-12-31"]),
            "end": st.sampled_from(["2026-03-03", "2199-12-31"]),
            "until": st.just("2026-12-31"),
            "until_condition": st.just("until better"),
            "indefinite": st.booleans(),
            "relative_to": st.sampled_from(["first_session", None]),
        },
    ),
    "frequency": st.fixed_dictionaries(
        {},
        optional={
            "frequency": st.integers(0, 9), "period": st.integers(1, 4),
            "period_unit": st.sampled_from(["d", "wk", None]),
            "count": st.integers(0, 99), "as_needed": st.booleans(),
            "phases": st.just([{"frequency": {"frequency": 3}, "duration": {"value": 2, "unit": "wk"}}, {}]),
        },
    ),
    "object": st.one_of(
        st.fixed_dictionaries(
            {},
            optional={
                "description": st.sampled_from(["Massage", "", None]), "amount": st.sampled_from(["95.00", "x", None]),
                "class": st.sampled_from(["massage", "training", "membership_dues", None]),
                "service_date": st.sampled_from(["2026-04-02", None]), "present": st.booleans(),
                "form": st.sampled_from(["ink", "typed", None]), "page": st.integers(0, 3), "of": st.integers(0, 3),
            },
        ),
    ),
    "text": st.sampled_from(["Marisol Vance", "MD", "x", "{value}", "type 2 diabetes", "massage therapy", ""]),
    "code": st.sampled_from(["E11.9", "M54.5", "97110", "1234567893", "OH 35.108842", "Z71.82", "", "💥"]),
}  # fmt: skip


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    name = draw(st.sampled_from(sorted(FIELDS)))
    value = draw(st.one_of(_VALUES[FIELDS[name].shape], st.none()))
    assertion: Assertion = draw(st.sampled_from(["stated", *get_args(Assertion)]))
    return Extraction(name, value, "as printed", assertion, draw(st.sampled_from([None, 0.2, 0.9])))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(extractions(), max_size=25),
    st.sampled_from(["lmn", "prescription", "receipt", "eob", "card_slip", "statement", "other"]),
    st.sampled_from([None, 0.3, 0.99]),
)
def test_whatever_was_extracted_a_report_comes_out(fields: Any, kind: Kind, quality: Any) -> None:
    from docscan.checking.examples import report_of
    from docscan.checking.rulebook.rules import Example

    rules = checking.load("generic-fsa")
    made = report_of(Example("met", kind=kind, quality=quality), rules.rules[0])
    found = judged(replace(made, fields=tuple(fields)), rules)
    assert all(f.message and not re.search(r"\{\w*\}", f.message.replace("{value}", "")) for f in found.findings)
    assert Report.from_dict(found.to_dict()) == found
    if quality == 0.3:
        lost = [f for f in found.findings if f.outcome == "not_met" and not f.evidence and f.rule != "RCT-16"]
        assert not [f for f in lost if f.rule in ("LMN-01", "LMN-10", "RCT-01", "RCT-03")]
