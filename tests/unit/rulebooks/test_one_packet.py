"""One packet under every administrator: what comes out differs just where an overlay says so, and says why."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, TypeAlias

import pytest

from docscan.checking import judge_packet, load
from docscan.checking.examples import report_of
from docscan.checking.rulebook.administrator import administrator_names, read_administrator
from docscan.checking.rulebook.rules import Change, Example
from docscan.document import Claim, DateRange, Finding, Kind, PacketReport, Report

pytestmark = pytest.mark.slow  # packets under all administrators

AS_OF = date(2027, 1, 20)
PLAN_YEAR = DateRange(date(2026, 7, 1), date(2027, 6, 30))
BASE = "generic-fsa"
OTHERS = sorted(set(administrator_names()) - {BASE})


def document(kind: Kind, **fields: Any) -> Report:
    """A document that says these fields, a list where one has several values; `resolved` by field."""
    resolved: Mapping[str, Any] = fields.pop("resolved", {})
    given = tuple(
        {"name": name, "value": value, **({"resolved": resolved[name]} if name in resolved else {})}
        for name, values in fields.items()
        for value in (values if isinstance(values, list) else [values])
    )
    rule = read_administrator(BASE).rule("LMN-01")
    return report_of(Example("met", fields=given, kind=kind, as_of=AS_OF), rule)


PEOPLE = {
    "patient_name": "Marisol Vance",
    "signer_name": "Anna Brandt",
    "provider_credential": "FNP-C",
    "provider_address": "1204 Elm Street, Columbus, OH 43215",
    "signature": {"present": True, "form": "ink"},
}
MASSAGE = document(
    "lmn",
    **PEOPLE,
    letter_date="2025-12-15",
    diagnosis="back pain",
    diagnosis_code="M54.50",
    treatment="massage therapy",
    frequency={"frequency": 2, "period": 1, "period_unit": "wk"},
    duration={"value": 24, "unit": "mo"},
    treatment_link={"treatment": "massage therapy", "condition": "back pain", "verb": "treat"},
    necessity_statement=True,
    self_report_disclaimer=True,
    resolved={"treatment": {"specific": True, "class": "massage"}},
)
TRAINING = document(
    "lmn",
    **PEOPLE,
    letter_date="2026-02-01",
    signature_date="2026-02-01",
    diagnosis="osteoporosis",
    treatment="personal training",
    duration={"value": 12, "unit": "mo"},
    treatment_link={"treatment": "personal training", "condition": "osteoporosis", "verb": "prevent"},
    prevention_statement=True,
    necessity_statement=True,
    resolved={"treatment": {"specific": True, "class": "training"}},
)
SLIP = document("prescription", **PEOPLE, letter_date="2026-02-01", diagnosis="osteoporosis", treatment="vitamin D3")
MASSAGES = document(
    "receipt",
    merchant_name="Lake Avenue Massage",
    patient_name="Marisol Vance",
    item=[
        {"description": "Massage therapy, 60 min", "amount": "95.00", "class": "massage", "service_date": "2026-08-10"},
        {"description": "Massage therapy, 60 min", "amount": "95.00", "class": "massage", "service_date": "2027-01-11"},
    ],
    total="190.00",
)
PURIFIER = document(
    "receipt",
    merchant_name="Corner Store",
    service_date="2026-08-12",
    item={"description": "HEPA air purifier", "class": "air_treatment"},
    amount_paid="199.99",
)
BREAD = document(
    "receipt",
    merchant_name="Corner Store",
    service_date="2026-08-12",
    item={"description": "Gluten-free bread", "amount": "12.00", "class": "food"},
    total="12.00",
)
CLAIM = Claim(
    plan_year=PLAN_YEAR, letter_received_on=date(2026, 8, 3), letter_approved_on=date(2026, 8, 10), amount="190.00"
)
EARLY = document(
    "receipt",
    merchant_name="Summit Strength",
    patient_name="Marisol Vance",
    item={"description": "Personal training", "amount": "85.00", "class": "training", "service_date": "2026-01-28"},
    total="85.00",
)
STARTED = document(
    "lmn",
    **PEOPLE,
    letter_date="2026-02-01",
    start_date="2026-01-15",
    diagnosis="osteoporosis",
    treatment="personal training",
    duration={"value": 12, "unit": "mo"},
    resolved={"treatment": {"specific": True, "class": "training"}},
)
SAME_DAY = document(
    "receipt",
    merchant_name="Summit Strength",
    patient_name="Marisol Vance",
    item={"description": "Personal training", "amount": "85.00", "class": "training", "service_date": "2026-02-01"},
    total="85.00",
)

PACKETS: dict[str, tuple[list[Report], Claim]] = {
    "letters and receipts": ([MASSAGE, TRAINING, SLIP, MASSAGES, PURIFIER, BREAD], CLAIM),
    "one letter for the shop's receipt": ([MASSAGE, PURIFIER], CLAIM),
    "two letters": ([MASSAGE, TRAINING, MASSAGES], CLAIM),
    "no letter": ([MASSAGES], CLAIM),
    "a letter that names an earlier start": ([STARTED, EARLY], CLAIM),
    "a session on the day of the letter": ([TRAINING, SAME_DAY], Claim(plan_year=PLAN_YEAR)),
}


@cache
def judged(packet: str, administrator: str) -> PacketReport:
    reports, claim = PACKETS[packet]
    return judge_packet(reports, load(administrator), as_of=AS_OF, claim=claim)


Outcomes: TypeAlias = dict[tuple[int | None, str], tuple[str, str]]
"""Outcome and severity, by document (None: all together) and rule."""


def outcomes(packet: str, administrator: str) -> Outcomes:
    """What every rule finds."""
    whole = judged(packet, administrator)
    told: list[tuple[int | None, Finding]] = [(None, finding) for finding in whole.findings]
    told += [(place, finding) for place, report in enumerate(whole.reports) for finding in report.findings]
    return {(place, finding.rule): (finding.outcome, finding.severity) for place, finding in told}


def differing(packet: str, administrator: str) -> set[str]:
    usual, here = outcomes(packet, BASE), outcomes(packet, administrator)
    return {rule for place, rule in usual.keys() | here.keys() if usual.get((place, rule)) != here.get((place, rule))}


def changes(administrator: str) -> dict[str, Change]:
    return {change.rule: change for change in read_administrator(administrator).changes if change.decides}


def for_other_accounts(administrator: str) -> set[str]:
    """Rules that only one of the two asks, as they are made for other accounts or not among those that it takes."""
    asked = []
    for name in (BASE, administrator):
        rules = read_administrator(name)
        asked.append({rule.id for rule in rules.rules if set(rule.purpose) & set(rules.purpose)})
    return asked[0] ^ asked[1]


@pytest.mark.parametrize("administrator", OTHERS)
@pytest.mark.parametrize("packet", PACKETS)
def test_every_difference_is_a_change_that_the_administrator_states(packet: str, administrator: str) -> None:
    unexplained = differing(packet, administrator) - set(changes(administrator)) - for_other_accounts(administrator)
    assert unexplained == set()


@pytest.mark.parametrize("administrator", OTHERS)
def test_every_change_makes_the_difference_that_it_is_for(administrator: str) -> None:
    seen = set().union(*(differing(packet, administrator) for packet in PACKETS))
    assert set(changes(administrator)) - seen == set()


@pytest.mark.parametrize("administrator", OTHERS)
@pytest.mark.parametrize("packet", PACKETS)
def test_a_finding_that_differs_names_the_source_of_the_change(packet: str, administrator: str) -> None:
    here, told = differing(packet, administrator), changes(administrator)
    whole = judged(packet, administrator)
    for finding in (*whole.findings, *(f for report in whole.reports for f in report.findings)):
        if finding.rule in here and finding.rule in told:
            assert finding.citation == told[finding.rule].citation


def test_the_table_of_one_packet() -> None:
    """A few lines of it, written out: the outcome on the document, or on all together, by administrator."""
    packet = "letters and receipts"
    usual = outcomes(packet, BASE)
    lines: Outcomes = {
        (0, "LMN-05"): ("met", "fatal"),  # back pain with M54.50
        (0, "LMN-11"): ("not_met", "fatal"),  # 24 months
        (2, "LMN-31"): ("not_met", "fatal"),  # a prescription slip
        (4, "RCT-02"): ("not_applicable", "fatal"),  # an air purifier without the patient's name
        (4, "RCT-05"): ("met", "fatal"),  # only what was paid
        (5, "IRS-04"): ("met", "fatal"),  # food
        (None, "PKT-03"): ("met", "fatal"),  # a massage in the 13th month of 24
    }
    assert {place: usual[place] for place in lines} == lines
    others: dict[str, Outcomes] = {
        "fsafeds": {(0, "LMN-05"): ("not_met", "fatal")},
        "healthequity": {
            (0, "LMN-11"): ("not_met", "recommended"),
            (2, "LMN-31"): ("met", "fatal"),
            (None, "PKT-03"): ("not_met", "fatal"),
        },
        "optum": {(4, "RCT-02"): ("not_met", "fatal"), (4, "RCT-05"): ("not_met", "fatal")},
        "probenefits": {(5, "IRS-04"): ("not_met", "fatal"), (None, "PKT-03"): ("not_met", "fatal")},
        "american-fidelity": {(4, "RCT-02"): ("not_met", "fatal"), (4, "IRS-04"): ("not_met", "fatal")},
        "wex": {(1, "IRS-07"): ("not_met", "required")},
        "forma": {place: lines[place] for place in lines},
    }
    for administrator, expected in others.items():
        here = outcomes(packet, administrator)
        assert {place: here[place] for place in expected} == expected, administrator
