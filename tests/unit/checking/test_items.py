"""What the rules make of the thing itself: by the lists of Publication 502, not by classes alone."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from docscan import checking
from docscan.checking import judging
from docscan.checking.facts import Facts, Result
from docscan.document import Claim, Extraction, Kind, Problem, Report
from docscan.reference import publication_502


@pytest.fixture(scope="module")
def decide() -> Callable[..., Result]:
    rules = checking.load("generic-fsa")
    return lambda rule, facts: judging.decide(rules.rule(rule), facts)


Make = Callable[..., Extraction]


def line(words: str, amount: str = "50.00", **more: Any) -> dict[str, Any]:
    return {"description": words, "amount": amount, **more}


NEVER = (
    "Teeth whitening", "Maternity clothes", "Funeral service", "Medical marijuana", "Housekeeping", "Botox",
    "Protein bars", "T-shirt", "Toothpaste", "Laser hair removal", "Hair transplant", "Groceries",
)  # fmt: skip
GOOD = ("Office visit", "Acupuncture", "Massage 60 min", "Personal training", "X-ray", "CPAP machine", "Eye exam",
        "Ibuprofen 200 mg", "HEPA air purifier", "Physical therapy", "Vitamin D3")  # fmt: skip


@pytest.mark.parametrize("words", NEVER)
def test_what_never_counts_is_refused_alone(
    facts: Callable[..., Facts], extraction: Make, decide: Callable[..., Result], words: str
) -> None:
    assert decide("IRS-04", facts(extraction("item", line(words)), kind="receipt")).outcome == "not_met"


@pytest.mark.parametrize("words", GOOD)
def test_what_counts_or_may_is_not(
    facts: Callable[..., Facts], extraction: Make, decide: Callable[..., Result], words: str
) -> None:
    assert decide("IRS-04", facts(extraction("item", line(words)), kind="receipt")).outcome == "met"


@pytest.mark.parametrize("words", NEVER)
def test_one_such_line_among_good_ones_is_named_and_condemns_nothing(
    facts: Callable[..., Facts], extraction: Make, decide: Callable[..., Result], words: str
) -> None:
    lines = [extraction("item", line(each)) for each in ("Office visit", words)]
    found = decide("IRS-04", facts(*lines, kind="receipt"))
    assert found.outcome == "met"
    assert words in found.why and "Office visit" not in found.why


MENDED = (
    ("breast cancer", None), ("burn scars of the neck", None), ("cleft lip", None), ("facial trauma", None),
    ("after the fall", "S02.2XXA"), ("nose", "Q30.1"),
)  # fmt: skip


@pytest.mark.parametrize(("words", "code"), MENDED)
def test_looks_may_be_mended_after_illness_accident_or_birth(
    facts: Callable[..., Facts], extraction: Make, decide: Callable[..., Result], words: str, code: str | None
) -> None:
    told = [extraction("treatment", "rhinoplasty"), extraction("diagnosis", words)]
    told += [extraction("diagnosis_code", code)] if code else []
    assert decide("IRS-04", facts(*told)).outcome == "met"


@pytest.mark.parametrize("words", ["low self-esteem", "wrinkles", "aging skin", "obesity"])
def test_and_for_nothing_else(
    facts: Callable[..., Facts], extraction: Make, decide: Callable[..., Result], words: str
) -> None:
    told = facts(extraction("treatment", "liposuction"), extraction("diagnosis", words))
    assert decide("IRS-04", told).outcome == "not_met"


def test_no_deformity_makes_teeth_whitening_count(
    facts: Callable[..., Facts], extraction: Make, decide: Callable[..., Result]
) -> None:
    told = facts(extraction("treatment", "teeth whitening"), extraction("diagnosis", "congenital deformity of teeth"))
    assert decide("IRS-04", told).outcome == "not_met"


LETTER_LINES: tuple[tuple[str, list[tuple[str, Any]], str], ...] = (
    ("what always counts needs no illness", [("treatment", "acupuncture")], "met"),
    ("what may count needs one", [("treatment", "massage therapy")], "not_met"),
    ("and a sentence that ties it to it", [("treatment", "massage therapy"), ("diagnosis", "fibromyalgia")], "not_met"),
    ("with both it is judged as care", [("treatment", "massage therapy"), ("diagnosis", "fibromyalgia"),
                                       ("necessity_statement", True)], "met"),
    ("a goal is no illness", [("treatment", "massage therapy"), ("diagnosis", "relaxation"),
                             ("necessity_statement", True)], "not_met"),
    ("a thing on no list needs the same", [("treatment", "float tank")], "not_met"),
    ("no treatment at all is another rule's affair", [("diagnosis", "fibromyalgia")], "not_applicable"),
)  # fmt: skip


@pytest.mark.parametrize(("case", "told", "outcome"), LETTER_LINES, ids=[case for case, _, _ in LETTER_LINES])
def test_medical_care_is_shown_by_the_list_or_by_the_illness(
    facts: Callable[..., Facts], extraction: Make, decide: Callable[..., Result],
    case: str, told: list[tuple[str, Any]], outcome: str,
) -> None:  # fmt: skip
    assert decide("IRS-21", facts(*(extraction(name, value) for name, value in told))).outcome == outcome


def test_an_order_for_a_diagnosis_says_that_it_is_for_it(
    facts: Callable[..., Facts], extraction: Make, decide: Callable[..., Result]
) -> None:
    told = extraction("treatment", "air purifier"), extraction("diagnosis", "asthma")
    assert decide("IRS-21", facts(*told, kind="prescription")).outcome == "met"
    assert decide("IRS-21", facts(*told, kind="lmn")).outcome == "not_met"


def test_what_only_a_letter_can_decide_is_not_decided_on_a_receipt(
    facts: Callable[..., Facts], extraction: Make, decide: Callable[..., Result]
) -> None:
    told = facts(*(extraction("item", line(w)) for w in ("Office visit", "Massage 60 min")), kind="receipt")
    found = decide("IRS-21", told)
    assert found.outcome == "not_applicable" and "Massage" in found.why and "Office" not in found.why


@pytest.mark.parametrize("rule", ["IRS-21", "IRS-05", "IRS-08", "IRS-12"])
def test_what_may_stand_on_a_page_that_cannot_be_read_is_not_missing(
    report: Callable[..., Report], extraction: Make, decide: Callable[..., Result], rule: str
) -> None:
    thing = {"IRS-05": "gluten-free food", "IRS-08": "gym membership"}.get(rule, "HEPA air purifier")
    problem = Problem("page_unreadable", 2, "No word could be read.", "Send a clearer copy.")
    lost = report(extraction("treatment", thing), problems=(problem,), qualities=(None, None))
    found = decide(rule, Facts.of(lost, as_of=date(2026, 11, 21), claim=Claim()))
    assert found.outcome == "uncertain"


DRUGS = (
    (date(2010, 12, 31), "not_applicable"), (date(2011, 1, 1), "not_met"), (date(2019, 12, 31), "not_met"),
    (date(2020, 1, 1), "not_applicable"), (date(2026, 4, 2), "not_applicable"),
)  # fmt: skip


@pytest.mark.parametrize(("day", "outcome"), DRUGS)
def test_drugs_from_the_shelf_needed_a_prescription_for_nine_years(
    facts: Callable[..., Facts], extraction: Make, decide: Callable[..., Result], day: date, outcome: str
) -> None:
    told = [extraction("item", line("Ibuprofen 200 mg")), extraction("service_date", day.isoformat())]
    assert decide("IRS-17", facts(*told, kind="receipt")).outcome == outcome


ACCOUNTS: tuple[tuple[Claim, bool], ...] = (
    (Claim(purpose="limited_purpose_fsa"), True), (Claim(account="Limited Purpose FSA 2026"), True),
    (Claim(account="LPFSA"), True), (Claim(account="Health FSA"), False), (Claim(), False),
)  # fmt: skip


@pytest.mark.parametrize(("claim", "asked"), ACCOUNTS)
def test_a_limited_account_is_known_by_the_claim(
    report: Callable[..., Report], extraction: Make, claim: Claim, asked: bool
) -> None:
    bill = report(extraction("item", line("Massage 60 min")), kind="receipt")
    judged = checking.judge(bill, checking.load("generic-fsa"), as_of=date(2026, 11, 21), claim=claim)
    outcomes = {f.rule: f.outcome for f in judged.findings}
    assert outcomes.get("IRS-16") == ("not_met" if asked else None)


def test_a_visit_to_an_optician_is_care_of_eyes(
    facts: Callable[..., Facts], extraction: Make, decide: Callable[..., Result]
) -> None:
    visit = extraction("item", line("Office visit"))
    shop = extraction("merchant_name", "Cedar Family Eyeglasses")
    assert decide("IRS-16", facts(visit, shop, kind="receipt")).outcome == "met"
    assert decide("IRS-16", facts(visit, kind="receipt")).outcome == "not_met"


@pytest.mark.parametrize(("kind", "words", "outcome"), [
    ("receipt", ("Massage 60 min",), "not_met"), ("receipt", ("Office visit", "Gym membership"), "not_met"),
    ("receipt", ("Office visit", "X-ray"), "met"), ("estimate", ("Treadmill",), "not_met"),
    ("receipt", ("Zorblat",), "not_applicable"),
])  # fmt: skip
def test_a_patient_learns_from_the_receipt_what_usually_needs_a_letter(
    facts: Callable[..., Facts], extraction: Make, decide: Callable[..., Result],
    kind: Kind, words: tuple[str, ...], outcome: str,
) -> None:  # fmt: skip
    assert decide("RCT-31", facts(*(extraction("item", line(w)) for w in words), kind=kind)).outcome == outcome


def test_every_entry_that_a_rule_names_is_there() -> None:
    with pytest.raises(ValueError, match="not an entry"):
        from docscan.checking.checks.items import NotEntries

        NotEntries(entries=("no-such-entry",), classes=("dental",))
    assert publication_502.entry("marital-counseling").counts == "never"


RELATED = (
    ("Marisol Vance", None, "met"), ("M. Vance", None, "met"), ("Theo Vance", None, "uncertain"),
    ("Theo Vance", "son", "met"), ("Theo Vance", "Spouse", "met"), ("Theo Vance", "stepson", "met"),
    ("Theo Vance", "ex-husband", "not_met"), ("Theo Vance", "former spouse", "not_met"),
    ("Theo Vance", "father", "uncertain"), ("Biscuit", "dog", "not_met"),
)  # fmt: skip


@pytest.mark.parametrize(("patient", "relationship", "outcome"), RELATED)
def test_who_may_be_treated_is_asked_where_it_is_not_told(
    facts: Callable[..., Facts], extraction: Make, decide: Callable[..., Result],
    patient: str, relationship: str | None, outcome: str,
) -> None:  # fmt: skip
    claim = Claim(participant_name="Marisol Vance", relationship=relationship)
    assert decide("IRS-15", facts(extraction("patient_name", patient), claim=claim)).outcome == outcome


def test_each_sign_of_medical_care_is_told_with_its_words(
    facts: Callable[..., Facts], extraction: Make, decide: Callable[..., Result]
) -> None:
    told = facts(
        extraction("treatment", "massage therapy"),
        extraction("diagnosis", "cervical radiculopathy"),
        extraction("provider_credential", "MD"),
        extraction("necessity_statement", True, raw="Massage is medically necessary for her."),
        extraction("treatment_link", {"treatment": "massage", "condition": "it", "verb": "treat"}, raw="to treat it"),
        extraction("letter_date", "2026-03-03"),
        extraction("visit_date", "2026-02-24"),
    )  # fmt: skip
    found = decide("IRS-03", told)
    assert found.outcome == "met" and found.variables["count"] == "4"
    assert "“Massage is medically necessary for her.”" in found.variables["value"]
    assert "how it will work" in found.variables["missing"]
