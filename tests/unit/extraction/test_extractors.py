"""All extractors together: what they promise whatever the text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docscan.document import Document, Extraction, Page, SourceFile
from docscan.extraction import extract, extractors
from docscan.extraction.text.annotated import AnnotatedText
from docscan.reference.fields import FIELDS

LETTER = """Lakeside Family Medicine
123 Main Street, Suite 4, Akron, OH 44301    Phone: (330) 555-0199   Fax: (330) 555-0100

March 3, 2026

RE: Marisol T. Vance, DOB: 04/05/1980

To Whom It May Concern:

Ms. Vance has type 2 diabetes mellitus (E11.9). I recommend supervised strength training three times per week, 60
minutes each, for 12 months. It is medically necessary to treat her diabetes and is not for general health.

Sincerely,

Jonathan Q. Roe, M.D.
NPI: 1234567893
"""
PIECES = st.sampled_from(
    (
        "Patient Name: Diagnosis: E11.9 I10 03/04/2026 March 3, 2026 3x/wk for 6 months x 12 [x] [ ] ____ "
        "Dr. Jane Roe, MD Sincerely, not for general health medically necessary NPI: 1234567893 License OH 35.1 "
        "(614) 555-0142 Re: DOB: see attached \n \n\n \t \f personal training to treat hypertension 123-45-6789 "
        "$45.00 until then Page 1 of 2 signature: é ß 漢字 \u202e ☐ ☒ q2wk M/W/F"
    ).split(" ")
)


def shaped(extraction: Extraction) -> bool:
    """Whether a value has the shape that fields.toml promises."""
    shape, value = FIELDS[extraction.name].shape, extraction.value
    if value is None:
        return True
    kinds = {
        "text": str,
        "flag": bool,
        "date": str,
        "code": str,
        "money": str,
        "period": dict,
        "frequency": dict,
        "duration": dict,
        "object": dict,
    }
    return isinstance(value, kinds[shape]) and (shape != "date" or len(str(value)) == 10)


def check_promises(document: Document) -> None:
    understood = extract(document)
    assert understood.problems == ()
    for found in understood.fields:
        assert shaped(found), found.name
        assert found.confidence is not None and 0 <= found.confidence <= 1
        assert json.loads(json.dumps(found.value)) == found.value
        for evidence in found.evidence:
            if evidence.start is not None:
                assert evidence.text == document.text[evidence.start : evidence.end]
                assert evidence.boxes
    facts = [
        (f.name, json.dumps(f.value, sort_keys=True), f.assertion, f.raw if f.value is None else "")
        for f in understood.fields
    ]
    assert len(facts) == len(set(facts))


def test_a_letter_keeps_the_promises() -> None:
    check_promises(Document.from_text(LETTER))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=60).map(" ".join))
def test_any_text_made_of_such_pieces_keeps_the_promises(printed: str) -> None:
    check_promises(Document.from_text(printed))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200))
def test_any_text_keeps_the_promises(printed: str) -> None:
    check_promises(Document.from_text(printed))


def test_a_page_without_words_says_nothing() -> None:
    assert extract(Document(SourceFile("0" * 64, "application/pdf", 1, 1), (Page(1, 612, 792),))).fields == ()


def test_mentions_of_one_fact_are_one_extraction_with_several_evidences() -> None:
    understood = extract(Document.from_text(LETTER + "\f\nPatient: Marisol T. Vance\nDOB: 04/05/1980\n"))
    (born,) = understood.named("date_of_birth")
    assert [evidence.page for evidence in born.evidence] == [1, 2]


def test_an_extractor_that_fails_becomes_a_problem_and_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: AnnotatedText) -> Iterable[Extraction]:
        raise ValueError(text.text)

    monkeypatch.setattr(extractors, "EXTRACTORS", (broken, *extractors.EXTRACTORS))
    understood = extract(Document.from_text(LETTER))
    assert [problem.category for problem in understood.problems] == ["extractor_failed"]
    assert "broken" in understood.problems[0].message
    assert "Vance" not in understood.problems[0].message
    assert understood.named("patient_name")


def test_words_read_badly_make_their_facts_less_sure(typed: Callable[..., AnnotatedText]) -> None:
    document = Document.from_text("Patient Name: Marisol Vance")
    page = document.pages[0]
    doubtful = replace(document, pages=(replace(page, words=tuple(replace(w, confidence=0.5) for w in page.words)),))
    (clear,), (poor,) = extract(document).named("patient_name"), extract(doubtful).named("patient_name")
    assert clear.confidence is not None and poor.confidence is not None
    assert poor.confidence == pytest.approx(clear.confidence / 2, abs=0.01)


@pytest.mark.parametrize(
    ("printed", "name", "values"),
    [
        (
            "INVOICE 12\nRidge Supply LLC\nDiabetic shoes, pair   $120.00\nTotal   $120.00\nPaid by Visa",
            "diagnosis",
            [],
        ),
        (
            "INVOICE 12\nRidge Supply LLC\nShoes for type 2 diabetes mellitus   $120.00\nTotal   $120.00\nPaid by Visa",
            "diagnosis",
            ["type 2 diabetes mellitus"],
        ),
        (
            "Explanation of Benefits\nThis is not a bill\nClaim number: 2026-118-77\nPatient: Nora Bell\n"
            "Provider: Cedar Physical Therapy\nPlan paid   $60.00\nYou owe   $20.00",
            "provider_name",
            [],
        ),
        (
            "Explanation of Benefits\nThis is not a bill\nMember: Nora Bell\nClaim number: 2026-118-77\n"
            "Plan paid   $60.00\nYou owe   $20.00",
            "member_id",
            [],
        ),
        ("INVOICE 12\nRidge Supply LLC\nInvoice date: March 3, 2026\nBand   $12.00\nTotal   $12.00", "letter_date", []),
    ],
)
def test_bills_do_not_speak_as_letters_do(printed: str, name: str, values: list[str]) -> None:
    assert [e.value for e in extract(Document.from_text(printed)).named(name)] == values
