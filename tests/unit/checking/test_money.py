"""How much of a packet's charges do the documents support?"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docscan import checking
from docscan.checking import Ruleset
from docscan.checking.packets.charges import parts_of
from docscan.document import Claim, DateRange, Extraction, Report

AS_OF = date(2026, 11, 21)
NO_CLAIM = Claim()
STANDINGS = ("supported", "conditional", "unsupported", "unclear")
Make = Callable[..., Any]


@pytest.fixture(scope="module")
def rules() -> Ruleset:
    return checking.load("generic-fsa")


@pytest.fixture
def bill(report: Make, extraction: Make) -> Make:
    """A receipt: lines as (words, amount), sums by name."""

    def make(
        *lines: tuple[str, str], day: str | None = "2026-09-10", patient: str | None = "Marisol Vance",
        seller: str = "Summit Strength Studio", kind: str = "receipt", number: str | None = None, **sums: str,
    ) -> Report:  # fmt: skip
        fields = [extraction("merchant_name", seller)]
        fields += [extraction("patient_name", patient)] if patient else []
        fields += [extraction("service_date", day)] if day else []
        fields += [extraction("invoice_number", number)] if number else []
        fields += [extraction("item", {"description": words, "amount": amount}, raw=words) for words, amount in lines]
        fields += [extraction(name, value) for name, value in sums.items()]
        made: Report = report(*fields, kind=kind)
        return made

    return make


def money_of(
    *reports: Report,
    rules: Ruleset,
    claim: Claim = NO_CLAIM,
    as_of: date = AS_OF,
) -> dict[str, Any]:
    found = dict(checking.judge_packet(reports, rules, as_of=as_of, claim=claim).money)
    together = sum((Decimal(found[s]) for s in STANDINGS), Decimal(0))
    assert together == sum((Decimal(line["amount"]) for line in found["lines"] if line["amount"]), Decimal(0))
    return found


def sums(money: dict[str, Any]) -> dict[str, str]:
    """The sums that are not nought."""
    return {standing: money[standing] for standing in STANDINGS if money[standing] != "0.00"}


def with_treatment(letter: Report, extraction: Make, words: str, item_class: str) -> Report:
    kept = tuple(f for f in letter.fields if f.name != "treatment")
    told = extraction("treatment", words, resolved={"specific": True, "class": item_class})
    return dataclasses.replace(letter, fields=(*kept, told))


def without(letter: Report, *names: str) -> Report:
    return dataclasses.replace(letter, fields=tuple(f for f in letter.fields if f.name not in names))


def test_training_that_the_letter_names_is_supported_and_dues_are_not_yet(
    good_letter: Report, bill: Make, rules: Ruleset
) -> None:
    money = money_of(
        good_letter, bill(("Personal training session", "85.00"), ("Monthly membership dues", "45.00"), total="130.00"),
        rules=rules,
    )  # fmt: skip
    assert sums(money) == {"supported": "85.00", "conditional": "45.00"}
    training, dues = money["lines"]
    assert (training["entry"], training["letter"], training["standing"]) == ("personal-trainer", 0, "supported")
    assert (dues["entry"], dues["letter"]) == ("health-club-dues", None)
    assert "names" in dues["reason"]


@pytest.mark.parametrize(
    ("words", "standing"),
    [
        ("Tip", "unsupported"),
        ("Late cancellation fee", "unsupported"),
        ("Enrollment fee", "unsupported"),
        ("Shipping", "unsupported"),
        ("Extended warranty", "unsupported"),
        ("Previous balance", "unsupported"),
        ("Teeth whitening", "unsupported"),
        ("Protein bar", "unsupported"),
        ("Gym bag", "unsupported"),
        ("Botox 20 units", "unsupported"),
        ("Office visit", "supported"),
        ("Acupuncture", "supported"),
        ("Lisinopril 10 mg", "supported"),
        ("Ibuprofen 200 mg", "supported"),
        ("Deep tissue massage 60", "conditional"),
        ("HEPA air purifier", "conditional"),
        ("Gym membership", "conditional"),
        ("Vitamin D3", "conditional"),
        ("Services rendered", "unclear"),
        ("Infrared sauna", "unclear"),
        ("PT session", "unclear"),
    ],
)
def test_without_a_letter_each_line_stands_by_what_it_is(words: str, standing: str, bill: Make, rules: Ruleset) -> None:
    money = money_of(bill((words, "40.00"), total="40.00", seller="Oak & Main"), rules=rules)
    assert sums(money) == {standing: "40.00"}
    assert money["lines"][0]["reason"]


def test_a_day_before_the_letter_is_not_supported(good_letter: Report, bill: Make, rules: Ruleset) -> None:
    early, late = bill(("Personal training", "85.00"), day="2026-09-01"), bill(("Personal training", "90.00"))
    money = money_of(good_letter, early, late, rules=rules)
    assert sums(money) == {"supported": "90.00", "unsupported": "85.00"}


def test_a_letter_for_somebody_else_supports_nothing(good_letter: Report, bill: Make, rules: Ruleset) -> None:
    money = money_of(good_letter, bill(("Personal training", "85.00"), patient="Peter Ortega"), rules=rules)
    assert "supported" not in sums(money)


@pytest.mark.parametrize(
    ("lacking", "standing", "said"),
    [
        ("provider_name", "conditional", "not in order yet"),
        ("signature", "unclear", "not clear"),  # on a scan, ink may not have been seen
    ],
)
def test_a_letter_that_lacks_something_supports_nothing_yet(
    lacking: str, standing: str, said: str, good_letter: Report, bill: Make, rules: Ruleset
) -> None:
    money = money_of(without(good_letter, lacking), bill(("Personal training", "85.00")), rules=rules)
    assert sums(money) == {standing: "85.00"}
    assert said in money["lines"][0]["reason"]


def test_a_letter_without_a_disease_supports_nothing_yet(
    good_letter: Report, extraction: Make, bill: Make, rules: Ruleset
) -> None:
    goal = extraction("diagnosis", "get fit", resolved={"specificity": "goal"})
    bare = without(good_letter, "diagnosis", "diagnosis_code")
    letter = dataclasses.replace(bare, fields=(*bare.fields, goal))
    assert sums(money_of(letter, bill(("Personal training", "85.00")), rules=rules)) == {"conditional": "85.00"}


def test_a_receipt_without_a_day_is_not_supported(good_letter: Report, bill: Make, rules: Ruleset) -> None:
    money = money_of(good_letter, bill(("Personal training", "85.00"), day=None), rules=rules)
    assert "supported" not in sums(money)


def test_pt_means_what_the_seller_or_the_letter_says(good_letter: Report, bill: Make, rules: Ruleset) -> None:
    clinic = bill(("PT session", "120.00"), seller="Lakeshore Physical Therapy")
    assert sums(money_of(clinic, rules=rules)) == {"supported": "120.00"}
    unsaid = bill(("PT session", "85.00"), seller="Oak & Main")
    assert sums(money_of(good_letter, unsaid, rules=rules)) == {"supported": "85.00"}


# Sharing out


def amounts(money: dict[str, Any]) -> list[tuple[str | None, str]]:
    return [(line["description"], line["amount"]) for line in money["lines"]]


@pytest.mark.parametrize(
    ("lines", "printed", "expected"),
    [
        ([("Acupuncture", "100.00"), ("Tip", "15.00")], {"tip": "15.00", "total": "115.00"},
         [("Acupuncture", "100.00"), ("Tip", "15.00")]),
        ([("Acupuncture", "100.00")], {"tip": "15.00", "total": "115.00"},
         [("Acupuncture", "100.00"), ("Tip", "15.00")]),
        ([("Acupuncture", "100.00")], {"tip": "15.00", "total": "100.00", "amount_paid": "115.00"},
         [("Acupuncture", "100.00"), ("Tip", "15.00")]),
        ([("Ibuprofen", "10.00"), ("Shampoo", "5.00")], {"tax": "1.20", "total": "16.20"},
         [("Ibuprofen", "10.80"), ("Shampoo", "5.40")]),
        ([("Acupuncture", "90.00"), ("Shampoo", "10.00")], {"tax": "0.80", "total": "100.80"},
         [("Acupuncture", "90.00"), ("Shampoo", "10.80")]),
        ([("Ibuprofen", "10.00"), ("Shampoo", "5.00")], {"discount": "3.00", "total": "12.00"},
         [("Ibuprofen", "8.00"), ("Shampoo", "4.00")]),
        ([("Ibuprofen", "10.00")], {"shipping": "4.00", "total": "14.00"},
         [("Ibuprofen", "10.00"), ("Shipping", "4.00")]),
        ([("Office visit", "200.00")], {"insurance_paid": "150.00", "total": "200.00"}, [("Office visit", "50.00")]),
        ([("Office visit", "200.00")], {"insurance_paid": "150.00", "total": "50.00"}, [("Office visit", "50.00")]),
        ([("Office visit", "200.00"), ("Strep test", "40.00")],
         {"insurance_paid": "180.00", "patient_responsibility": "60.00", "total": "240.00"},
         [("Office visit", "50.00"), ("Strep test", "10.00")]),
        ([("Ibuprofen", "10.00"), ("Shampoo", "5.00"), ("Shampoo refund", "-5.00")], {"total": "10.00"},
         [("Ibuprofen", "10.00"), ("Shampoo", "0.00")]),
        ([("Massage", "95.00"), ("Oil", "10.00"), ("Refund massage", "-95.00")], {"refund": "95.00", "total": "10.00"},
         [("Massage", "0.00"), ("Oil", "10.00")]),
        ([("Dental crown", "1000.00"), ("Teeth whitening", "350.00")],
         {"insurance_paid": "700.00", "patient_responsibility": "650.00", "total": "1350.00"},
         [("Dental crown", "300.00"), ("Teeth whitening", "350.00")]),
        ([("Massage", "100.00")], {"refund": "100.00", "total": "100.00"}, [("Massage", "0.00")]),
        ([("A", "1.00"), ("B", "1.00"), ("C", "1.00")], {"tax": "0.10", "total": "3.10"},
         [("A", "1.04"), ("B", "1.03"), ("C", "1.03")]),
        ([("Acupuncture", "80.00")], {"total": "100.00"}, [("Acupuncture", "80.00"), (None, "20.00")]),
        ([("Acupuncture", "8000.00")], {"total": "80.00"}, [("Acupuncture", "80.00")]),
        ([], {"total": "75.00"}, [(None, "75.00")]),
    ],
)  # fmt: skip
def test_what_is_printed_beside_the_lines_is_shared_out(
    lines: list[tuple[str, str]],
    printed: dict[str, str],
    expected: list[tuple[str | None, str]],
    bill: Make,
    rules: Ruleset,
) -> None:
    assert amounts(money_of(bill(*lines, **printed), rules=rules)) == expected


def test_a_total_below_the_lines_that_nothing_explains_leaves_them_unclear(bill: Make, rules: Ruleset) -> None:
    money = money_of(bill(("Acupuncture", "8000.00"), total="80.00"), rules=rules)
    assert sums(money) == {"unclear": "80.00"}


def test_another_currency_is_not_added_up(bill: Make, rules: Ruleset) -> None:
    money = money_of(bill(("Acupuncture", "80.00"), currency="EUR"), rules=rules)
    assert sums(money) == {} and money["lines"][0]["amount"] is None


# Each thing once


def test_the_same_receipt_twice_is_counted_once(bill: Make, rules: Ruleset) -> None:
    one = bill(("Acupuncture", "80.00"), total="80.00")
    money = money_of(one, one, rules=rules)
    assert sums(money) == {"supported": "80.00"}
    assert "Document 1" in money["lines"][1]["reason"]


def test_two_receipts_of_other_numbers_or_days_are_two(bill: Make, rules: Ruleset) -> None:
    bills = [
        bill(("Acupuncture", "80.00"), number="1001"),
        bill(("Acupuncture", "80.00"), number="1002"),
        bill(("Acupuncture", "80.00"), day="2026-09-17"),
    ]
    assert sums(money_of(*bills, rules=rules)) == {"supported": "240.00"}


@pytest.mark.parametrize("first", ["bill", "eob"])
def test_of_a_bill_and_the_insurers_account_of_it_the_patients_share_counts(
    first: str, bill: Make, rules: Ruleset
) -> None:
    billed = bill(("Office visit", "200.00"), total="200.00", kind="superbill", seller="Lakeshore Clinic")
    account = bill(
        ("Office visit", "200.00"), total="200.00", insurance_paid="160.00", patient_responsibility="40.00",
        kind="eob", seller="Blue Plan",
    )  # fmt: skip
    money = money_of(*((billed, account) if first == "bill" else (account, billed)), rules=rules)
    assert sum(Decimal(money[s]) for s in STANDINGS) == Decimal("40.00")


def test_a_card_slip_for_a_receipt_is_not_counted_again_and_alone_supports_nothing(bill: Make, rules: Ruleset) -> None:
    slip = bill(kind="card_slip", total="80.00")
    receipt = bill(("Acupuncture", "80.00"), total="80.00")
    assert sums(money_of(receipt, slip, rules=rules)) == {"supported": "80.00"}
    assert sums(money_of(slip, rules=rules)) == {"unsupported": "80.00"}


# Time, account, purpose


def test_what_lies_outside_the_plan_year_is_not_supported(bill: Make, rules: Ruleset) -> None:
    claim = Claim(plan_year=DateRange(date(2026, 1, 1), date(2026, 8, 31)))
    assert sums(money_of(bill(("Acupuncture", "80.00")), rules=rules, claim=claim)) == {"unsupported": "80.00"}


def test_a_limited_purpose_account_takes_dental_and_vision_only(bill: Make, rules: Ruleset) -> None:
    claim = Claim(purpose="limited_purpose_fsa")
    money = money_of(bill(("Root canal", "300.00"), ("Acupuncture", "80.00")), rules=rules, claim=claim)
    assert sums(money) == {"supported": "300.00", "unsupported": "80.00"}


@pytest.mark.parametrize(("day", "standing"), [("2019-12-31", "conditional"), ("2020-01-01", "supported")])
def test_the_law_of_the_day_of_sale_holds_for_drugs_without_prescription(
    day: str, standing: str, bill: Make, rules: Ruleset
) -> None:
    assert sums(money_of(bill(("Ibuprofen", "9.00"), day=day), rules=rules)) == {standing: "9.00"}


def test_sessions_beyond_what_the_letter_orders_are_not_supported(
    good_letter: Report, report: Make, extraction: Make, rules: Ruleset
) -> None:
    week = ["2026-09-07", "2026-09-08", "2026-09-09", "2026-09-10", "2026-09-11"]
    lines = [
        extraction("item", {"description": "Personal training", "amount": "50.00", "service_date": day}) for day in week
    ]
    name, seller = extraction("patient_name", "Marisol Vance"), extraction("merchant_name", "Iron Grove")
    money = money_of(good_letter, report(name, seller, *lines, kind="receipt"), rules=rules)
    assert sums(money) == {"supported": "150.00", "unsupported": "100.00"}
    assert [line["standing"] for line in money["lines"]] == ["supported"] * 3 + ["unsupported"] * 2


def test_a_plan_that_refuses_a_class_of_things_is_heeded(good_letter: Report, extraction: Make, bill: Make) -> None:
    letter = with_treatment(good_letter, extraction, "HEPA air purifier", "air_treatment")
    receipt = bill(("HEPA purifier", "199.99"), ("Acupuncture", "80.00"))
    money = money_of(letter, receipt, rules=checking.load("american-fidelity"))
    assert money["lines"][0]["standing"] == "unsupported"
    assert "plan" in money["lines"][0]["reason"]


# A part of the price


def mattress_letter(good_letter: Report, extraction: Make) -> Report:
    return with_treatment(good_letter, extraction, "orthopedic mattress", "furniture")


def test_of_a_special_form_only_the_excess_is_supported(
    good_letter: Report, extraction: Make, bill: Make, rules: Ruleset
) -> None:
    letter = mattress_letter(good_letter, extraction)
    receipt = bill(("Orthopedic mattress", "1500.00"), total="1500.00")
    unknown = money_of(letter, receipt, rules=rules)
    assert sums(unknown) == {"unclear": "1500.00"}
    assert unknown["excess_cost"][0]["ordinary_cost"] is None
    known = money_of(letter, receipt, rules=rules, claim=Claim(ordinary_cost="900.00"))
    assert sums(known) == {"supported": "600.00", "unsupported": "900.00"}
    excess = known["excess_cost"][0]
    assert (excess["line"], excess["price"], excess["ordinary_cost"], excess["excess"]) == (
        0, "1500.00", "900.00", "600.00",
    )  # fmt: skip


def test_of_a_home_improvement_the_rise_in_value_is_taken_off(
    good_letter: Report, extraction: Make, bill: Make, rules: Ruleset
) -> None:
    letter = with_treatment(good_letter, extraction, "stair lift", "furniture")
    claim = Claim(value_increase="2000.00", ordinary_cost="1.00")
    money = money_of(letter, bill(("Stair lift, installed", "5000.00")), rules=rules, claim=claim)
    assert sums(money) == {"supported": "3000.00", "unsupported": "2000.00"}


def test_an_air_cleaner_counts_whole(good_letter: Report, extraction: Make, bill: Make, rules: Ruleset) -> None:
    letter = with_treatment(good_letter, extraction, "HEPA air purifier", "air_treatment")
    assert sums(money_of(letter, bill(("HEPA purifier", "199.99")), rules=rules)) == {"supported": "199.99"}


# The itemized deduction


@pytest.mark.parametrize(
    ("day", "income", "from_65", "percent", "floor", "above"),
    [
        ("2026-09-10", "50000.00", None, "7.5", "3750.00", "1250.00"),
        ("2014-09-10", "50000.00", None, "10", "5000.00", "0.00"),
        ("2014-09-10", "50000.00", True, "7.5", "3750.00", "1250.00"),
        ("2026-09-10", None, None, "7.5", None, None),
        ("2008-09-10", "50000.00", None, None, None, None),
    ],
)
def test_the_deduction_counts_above_its_floor(
    day: str,
    income: str | None,
    from_65: bool | None,
    percent: str | None,
    floor: str | None,
    above: str | None,
    bill: Make,
) -> None:
    rules = checking.load("irs-core")
    claim = Claim(purpose="deduction", income=income, from_65=from_65)
    found = money_of(bill(("Hospital stay", "5000.00"), day=day), rules=rules, claim=claim)["deduction"]
    assert (found["percent"], found["floor"], found["above_floor"], found["expenses"]) == (
        percent, floor, above, "5000.00",
    )  # fmt: skip
    assert found["tax_year"] == int(day[:4]) and found["reason"]


def test_the_floor_is_never_mixed_with_reimbursement(bill: Make, rules: Ruleset) -> None:
    claim = Claim(purpose="fsa", income="50000.00")
    assert money_of(bill(("Acupuncture", "80.00")), rules=rules, claim=claim)["deduction"] is None


def test_no_reason_says_that_something_is_approved_or_deductible(
    good_letter: Report, bill: Make, rules: Ruleset
) -> None:
    words = ("Personal training", "Massage", "Botox", "Ibuprofen", "Gym dues", "Sauna", "Mattress", "Tip")
    money = money_of(good_letter, bill(*((word, "10.00") for word in words)), rules=rules)
    for line in money["lines"]:
        assert not any(word in line["reason"].lower() for word in ("deductible", "approved", "eligible", "reimburs"))


# What always holds

CENTS = st.integers(1, 100_000).map(lambda cents: Decimal(cents) / 100)
WORDS = st.sampled_from(
    ["Personal training", "Gym dues", "Massage 60", "Tip", "Ibuprofen", "Shampoo", "Late fee", "Sauna", "Mattress"]
)


@given(
    lines=st.lists(st.tuples(WORDS, CENTS), min_size=1, max_size=5),
    tax=st.none() | CENTS,
    tip=st.none() | CENTS,
    off=st.none() | CENTS,
    total=st.booleans(),
    ordinary=st.none() | CENTS,
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_standings_come_to_what_was_charged(
    good_letter: Report,
    bill: Make,
    rules: Ruleset,
    lines: Sequence[tuple[str, Decimal]],
    tax: Decimal | None,
    tip: Decimal | None,
    off: Decimal | None,
    total: bool,
    ordinary: Decimal | None,
) -> None:
    base = sum(amount for _, amount in lines)
    tip = None if any(words == "Tip" for words, _ in lines) else tip
    off = off if off is not None and off < base else None
    charged = base + (tax or 0) + (tip or 0) - (off or 0)
    printed = {"tax": tax, "tip": tip, "discount": off, "total": charged if total else None}
    receipt = bill(
        *((words, f"{amount:.2f}") for words, amount in lines),
        **{name: f"{amount:.2f}" for name, amount in printed.items() if amount is not None},
    )
    claim = Claim(ordinary_cost=f"{ordinary:.2f}" if ordinary else None)
    money = money_of(good_letter, receipt, receipt, rules=rules, claim=claim)
    assert sum(Decimal(money[s]) for s in STANDINGS) == charged
    assert all(Decimal(line["amount"]) >= 0 for line in money["lines"])


@given(whole=st.integers(0, 10_000_000), weights=st.lists(st.integers(0, 10_000), min_size=1, max_size=12))
def test_parts_come_to_the_whole_and_differ_from_their_share_by_less_than_a_cent(
    whole: int, weights: list[int]
) -> None:
    amount = Decimal(whole) / 100
    parts = parts_of(amount, [Decimal(w) for w in weights])
    assert sum(parts) == amount
    if total := sum(weights):
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part - amount * weight / total) < Decimal("0.01")


def test_extractions_are_not_changed(good_letter: Report, bill: Make, rules: Ruleset) -> None:
    receipt = bill(("Personal training", "85.00"), total="85.00")
    before: tuple[Extraction, ...] = receipt.fields
    money_of(good_letter, receipt, rules=rules)
    assert receipt.fields == before
