"""A report with one of everything, made by hand: what is said of it does not depend on how it came to be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from docscan.document import (
    Citation,
    Claim,
    Coverage,
    Document,
    DocumentSummary,
    Evidence,
    Extraction,
    Finding,
    LawDate,
    Outcome,
    PacketEvidence,
    PacketFinding,
    PacketReport,
    PageSummary,
    Part,
    Problem,
    Report,
    RulebookVersion,
    Score,
    Severity,
)

LETTER = """Hillside Family Medicine
12 Example Street, Columbus, OH 43004

March 3, 2026

Re: Marisol T. Vance

Ms. Vance has type 2 diabetes (E11.9). I prescribe supervised strength training
three times a week.

Dana R. Okafor, MD\f(a second page)"""

LAW = Citation("Publication 502", "Weight-Loss Program", "https://www.irs.gov/publications/p502", "law")


def place(document: Document, text: str) -> tuple[Evidence, ...]:
    start = document.text.index(text)
    return document.evidence(start, start + len(text), found_by="by hand")


def finding(
    rule: str,
    outcome: Outcome,
    severity: Severity = "required",
    *,
    title: str = "The letter says something",
    message: str = "It was looked for.",
    advice: str | None = "Ask the provider to add it.",
    evidence: tuple[Evidence, ...] = (),
    citation: Citation = LAW,
) -> Finding:
    return Finding(rule, title, outcome, severity, message, advice, citation, evidence)


@pytest.fixture
def document() -> Document:
    return Document.from_text(LETTER)


@pytest.fixture
def report(document: Document) -> Report:
    diagnosis = place(document, "type 2 diabetes")
    code = place(document, "E11.9")
    unread = Problem("page_unreadable", 2, "No word on page 2 could be read.", "Scan it again at 300 dpi.")
    pages = [PageSummary.of(page) for page in document.pages]
    pages[1] = replace(pages[1], source="ocr", engine="tesseract", quality=0.4, problem=unread)
    return Report(
        document=DocumentSummary("a" * 64, "application/pdf", "lmn", 0.97, (), tuple(pages), Part((1, 2))),
        administrator="generic-fsa",
        as_of=date(2026, 3, 20),
        law_date=LawDate(date(2026, 3, 3), "the letter's date"),
        claim=Claim(),
        rulebooks=(RulebookVersion("lmn", "2026.1"),),
        fields=(
            Extraction("patient_name", "Marisol T. Vance", "Marisol T. Vance",
                       evidence=place(document, "Marisol T. Vance")),
            Extraction("diagnosis", "type 2 diabetes", "type 2 diabetes", confidence=0.93, evidence=diagnosis),
            Extraction(
                "diagnosis_code", "E11.9", "E11.9", confidence=0.99, evidence=code,
                resolved={"description": "Type 2 diabetes mellitus without complications", "status": "billable"},
            ),
            Extraction("frequency", {"frequency": 3, "period": 1, "period_unit": "wk"}, "three times a week",
                       evidence=place(document, "three times a week")),
            Extraction("letter_date", "2026-03-03", "March 3, 2026", evidence=place(document, "March 3, 2026")),
            Extraction("service_date", None, "03/04/26", readings=("2026-03-04", "2026-04-03")),
        ),
        findings=(
            finding("LMN-21", "not_met", "recommended", title="The letter is on letterhead"),
            finding("LMN-05", "met", "fatal", title="The diagnosis is named", evidence=diagnosis + code),
            finding("LMN-10", "not_met", "fatal", title="The letter says how long the treatment lasts",
                    message="No duration of treatment was found.",
                    advice='Ask for "for 12 months from March 3, 2026".'),
            finding("LMN-16", "uncertain", "fatal", title="The letter is signed",
                    message="Page 2 could not be read well enough to tell."),
            finding("LMN-26", "not_applicable", title="The patient was not a member before"),
            finding("PRV-03", "not_met", "info", title="The number is a person's"),
        ),
        score=Score(55.0, 82.5),
        verdict="incomplete",
        problems=(unread,),
        timings={"reading": 0.41},
        versions={"docscan": "0.1.0"},
    )  # fmt: skip


@pytest.fixture
def legible(report: Report) -> Report:
    """The report, of its first page alone, of which everything was read."""
    return replace(
        report,
        document=replace(report.document, pages=report.document.pages[:1], part=Part((1,))),
        findings=tuple(one for one in report.findings if one.rule != "LMN-16"),
        problems=(),
    )


@pytest.fixture
def waiting(report: Report) -> Report:
    """The report, with three rules that could not be decided for nothing but page 2."""
    why = "This could not be decided. It may stand on page 2, which could not be read well enough to tell."
    more = (finding(rule, "uncertain", title=f"Something of {rule[-2:]}", message=why) for rule in ("LMN-17", "LMN-18"))
    return replace(report, findings=(*report.findings, *more))


RECEIPT = """Summit Strength Studio
Client: Peter Vance

03/09/2026   Personal training   $85.00"""


@pytest.fixture
def receipt(legible: Report) -> Report:
    """A receipt with nothing to mend."""
    document = Document.from_text(RECEIPT)
    return replace(
        legible,
        document=replace(legible.document, kind="receipt", sha256="b" * 64, pages=(PageSummary.of(document.pages[0]),)),
        fields=(
            Extraction("patient_name", "Peter Vance", "Peter Vance", evidence=place(document, "Peter Vance")),
            Extraction("service_date", "2026-03-09", "03/09/2026", evidence=place(document, "03/09/2026")),
        ),
        findings=(finding("RCT-01", "met", title="The receipt names the shop"),),
        verdict="complete",
    )


@pytest.fixture
def packet(report: Report, receipt: Report) -> PacketReport:
    """A letter and a receipt for another patient: one day covered, one not, one not clear, and some money."""

    def of(report: Report, number: int) -> list[PacketEvidence]:
        return [PacketEvidence.of(e, number) for f in report.named("patient_name") for e in f.evidence]

    mismatch = finding(
        "PKT-01", "not_met", "fatal", title="Letter and receipts name one patient",
        message="The letter is for Marisol T. Vance, but a receipt is for Peter Vance.",
        advice="Send receipts for the patient that the letter names.",
    )  # fmt: skip
    first = finding("PKT-04", "met", "fatal", title="The letter came first", message="The letter came first.")
    line = {"report": 1, "amount": "85.00", "service_date": "2026-03-09", "entry": None, "letter": 0}
    return PacketReport(
        reports=(report, receipt),
        administrator="generic-fsa",
        as_of=date(2026, 3, 20),
        findings=(
            PacketFinding.of(mismatch, [*of(report, 0), *of(receipt, 1)]),
            PacketFinding.of(first, ()),
        ),
        coverage=(
            Coverage(date(2026, 3, 9), 1, True, 0, "The day lies in the letter's time."),
            Coverage(date(2026, 2, 9), 1, False, None, "The day lies before the letter's time."),
            Coverage(date(2026, 4, 6), 1, None, None, "The letter's time is not fully stated."),
        ),
        money={
            "currency": "USD", "supported": "360.00", "conditional": "0.00", "unsupported": "45.00", "unclear": "0.00",
            "lines": [
                line | {"description": "Personal training", "standing": "supported", "reason": "The day is covered."},
                line | {"description": "Membership dues", "standing": "unsupported", "reason": "Dues do not count."},
            ],
            "excess_cost": [], "deduction": None,
        },
        score=Score(50, 60),
        verdict="incomplete",
    )  # fmt: skip
