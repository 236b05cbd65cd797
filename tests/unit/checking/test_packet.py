"""A letter and its receipts, judged together."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from docscan import checking
from docscan.checking import Ruleset
from docscan.document import Claim, Extraction, PacketReport, Report

AS_OF = date(2026, 11, 21)
FATAL = ("PKT-01", "PKT-02", "PKT-03", "PKT-04", "PKT-07")


@pytest.fixture(scope="module")
def rules() -> Ruleset:
    return checking.load("generic-fsa")


def receipt_of(
    report: Callable[..., Report], extraction: Callable[..., Extraction], *days: str, patient: str = "Marisol Vance"
) -> Report:
    return report(
        extraction("merchant_name", "Summit Strength Studio"),
        extraction("patient_name", patient),
        *(
            extraction(
                "item",
                {"description": "Personal training", "amount": "85.00", "class": "training", "service_date": day},
            )
            for day in days
        ),
        kind="receipt",
    )


def packet(reports: Sequence[Report], rules: Ruleset, claim: Claim = Claim()) -> PacketReport:  # noqa: B008
    return checking.judge_packet(reports, rules, as_of=AS_OF, claim=claim)


def outcomes(found: PacketReport) -> dict[str, str]:
    return {f.rule: f.outcome for f in found.findings if f.rule.startswith("PKT")}


def test_a_letter_and_its_receipt_fit(
    good_letter: Report, report: Callable[..., Report], extraction: Callable[..., Extraction], rules: Ruleset
) -> None:
    found = packet([good_letter, receipt_of(report, extraction, "2026-09-10", "2026-10-01")], rules)
    told = outcomes(found)
    assert {rule: told[rule] for rule in FATAL} == dict.fromkeys(FATAL, "met")
    assert "uncertain" not in told.values()
    assert [(c.service_date, c.covered, c.letter, c.report) for c in found.coverage] == [
        (date(2026, 9, 10), True, 0, 1),
        (date(2026, 10, 1), True, 0, 1),
    ]
    assert found.verdict == "complete"


def test_each_service_day_outside_is_told(
    good_letter: Report, report: Callable[..., Report], extraction: Callable[..., Extraction], rules: Ruleset
) -> None:
    found = packet([good_letter, receipt_of(report, extraction, "2026-09-01", "2026-09-10")], rules)
    told = outcomes(found)
    assert {rule: told[rule] for rule in FATAL} == {
        "PKT-01": "met", "PKT-02": "met", "PKT-03": "not_met", "PKT-04": "not_met", "PKT-07": "met",
    }  # fmt: skip
    assert [c.covered for c in found.coverage] == [False, True]
    assert "September 1, 2026" in next(f.message for f in found.findings if f.rule == "PKT-03")
    assert found.verdict == "incomplete"


def test_another_patients_receipt_is_told(
    good_letter: Report, report: Callable[..., Report], extraction: Callable[..., Extraction], rules: Ruleset
) -> None:
    found = packet([good_letter, receipt_of(report, extraction, "2026-09-10", patient="Dana Okafor")], rules)
    assert outcomes(found)["PKT-01"] == "not_met"


def test_a_receipt_without_a_letter_is_not_covered(
    report: Callable[..., Report], extraction: Callable[..., Extraction], rules: Ruleset
) -> None:
    found = packet([receipt_of(report, extraction, "2026-09-10")], rules)
    told = outcomes(found)
    assert told["PKT-10"] == "not_met"
    assert {told[rule] for rule in ("PKT-01", "PKT-02", "PKT-03", "PKT-04")} == {"not_applicable"}
    assert [c.covered for c in found.coverage] == [False]


def test_what_a_finding_points_to_is_in_the_document_it_names(
    good_letter: Report, report: Callable[..., Report], extraction: Callable[..., Extraction], rules: Ruleset
) -> None:
    same = [receipt_of(report, extraction, "2026-09-10", patient="Marisol Vance") for _ in range(2)]
    other = receipt_of(report, extraction, "2026-09-10", patient="Peter Vance")
    documents = [good_letter, *same, other]
    for finding in packet(documents, rules).findings:
        for place in finding.evidence:
            there = [e for field in documents[place.report].fields for e in field.evidence]
            assert place.text in {e.text for e in there}
    named = next(f for f in packet(documents[:3], rules).findings if f.rule == "PKT-01")
    assert {place.report for place in named.evidence} == {0, 1, 2}, "the same place in two files is two places"


def test_no_documents_need_a_person(rules: Ruleset) -> None:
    assert packet([], rules).verdict == "needs_review"


def test_the_packets_report_survives_being_stored(
    good_letter: Report, report: Callable[..., Report], extraction: Callable[..., Extraction], rules: Ruleset
) -> None:
    found = packet([good_letter, receipt_of(report, extraction, "2026-09-10")], rules)
    assert PacketReport.from_dict(found.to_dict()) == found


def test_a_day_that_a_receipt_tells_twice_is_covered_once(
    report: Callable[..., Report], extraction: Callable[..., Extraction], rules: Ruleset
) -> None:
    line = extraction("item", {"description": "Massage", "amount": "95.00", "service_date": "2026-04-02"})
    receipt = report(extraction("service_date", "2026-04-02"), line, kind="receipt")
    found = checking.judge_packet([receipt], rules, as_of=date(2026, 11, 21), claim=Claim())
    assert [c.service_date for c in found.coverage] == [date(2026, 4, 2)]


def test_nothing_is_held_against_a_letter_that_cannot_be_read(
    good_letter: Report, report: Callable[..., Report], extraction: Callable[..., Extraction], rules: Ruleset
) -> None:
    faint = report(*good_letter.fields, qualities=(0.3,))
    unread = report(kind="other", qualities=(0.1,))
    receipt = receipt_of(report, extraction, "2026-01-10", patient="Dana Okafor")
    for letter in (faint, unread):
        told = outcomes(packet([letter, receipt], rules))
        assert {told[rule] for rule in ("PKT-01", "PKT-03", "PKT-04", "PKT-05")} <= {"uncertain", "not_applicable"}
        assert told["PKT-03"] == "uncertain"


def test_a_file_of_two_receipts_counts_as_two_documents(
    good_letter: Report, report: Callable[..., Report], extraction: Callable[..., Extraction], rules: Ruleset
) -> None:
    two = (receipt_of(report, extraction, "2026-09-10"), receipt_of(report, extraction, "2026-09-17"))
    photo = replace(report(kind="packet"), parts=two)
    found = packet([good_letter, photo], rules)
    assert [(c.report, c.covered, c.description, c.amount) for c in found.coverage] == [
        (1, True, "Personal training", "85.00"),
        (2, True, "Personal training", "85.00"),
    ]
    assert outcomes(found)["PKT-07"] == "met"
