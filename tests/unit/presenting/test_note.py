# ruff: noqa: E501 - a case is a line
"""The note for the doctor: exactly what to add, on one page, without a medical fact that the letter does not state."""

from __future__ import annotations

import importlib.util
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from docscan import checking
from docscan.document import Claim, Extraction, Report
from docscan.errors import UsageError
from docscan.presenting.note import has_note, note
from docscan.presenting.paper import Items, Paper, Template, as_html, as_pdf, as_text

_SPEC = importlib.util.spec_from_file_location("made_by_hand", Path(__file__).with_name("test_changes.py"))
assert _SPEC and _SPEC.loader
made = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(made)
LETTER, RECEIPT = made.LETTER, made.RECEIPT
judged: Callable[..., Report] = made.judged

CASES: list[tuple[str, Mapping[str, Any], list[str]]] = [
    ("no duration", {"duration": None}, ["How long: from ________________ to ________________ (no later than September 3, 2027)"]),
    ("vague diagnosis", {"diagnosis": "back pain", "diagnosis_code": None}, ["The illness that was diagnosed, in words: "]),
    ("unsigned and undated", {"signature": None, "letter_date": None}, ["Your signature, by hand or electronic", "The day on which you sign: "]),
    ("unsure signature", {"signature": {"present": True, "form": "typed"}}, ["Your signature, by hand or electronic"]),
    ("wrong code", {"diagnosis_code": "M54.5", "diagnosis": "low back pain"}, ["The diagnosis code (ICD-10-CM) that fits: "]),
    ("not linked, general health only", {"treatment_link": None, "necessity_statement": None, "general_health_statement": True, "diagnosis": "get fit", "diagnosis_code": None}, [
        "The illness that was diagnosed, in words: ", "How the treatment helps with the illness: ", "If you judge so: that the treatment is medically necessary"]),
    ("expired", {"letter_date": "2025-03-03"}, ["A new letter, dated on the day you sign it and not before, for the time from ________________ to ________________ (at most 12 months)"]),
    ("expired and without end", {"letter_date": "2025-03-03", "duration": {"indefinite": True}}, ["A new letter, dated on the day you sign it and not before"]),
    ("blanks", {"placeholder": "____"}, ["Every blank filled in, and template text taken out"]),
    ("wrong number", {"provider_npi": "1234567890"}, ["Your NPI: "]),
    ("nobody who may diagnose", {"provider_credential": "CPT"}, ["The credential of the licensed provider who signs"]),
]  # fmt: skip


def items(paper: Paper) -> list[str]:
    return [item.ask for block in paper.blocks if isinstance(block, Items) for item in block.items]


def template(paper: Paper) -> str:
    return next(block.text for block in paper.blocks if isinstance(block, Template))


def pages(pdf: bytes) -> list[str]:
    opened = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in opened]


def test_of_a_thing_that_is_bought_once_nobody_asks_how_often() -> None:
    air = Extraction(
        name="treatment", value="HEPA air purifier", raw="HEPA air purifier",
        resolved={"specific": True, "class": "air_treatment"},
    )  # fmt: skip
    found = judged("lmn", {**LETTER, "treatment": None, "frequency": None, "signature": None, "treatment_link": None})
    rules = checking.load("generic-fsa")
    thing = checking.judge(replace(found, fields=(*found.fields, air)), rules, as_of=found.as_of, claim=found.claim)
    assert "HEPA air purifier, for " in template(note(thing))
    assert "times a" in template(note(found))


@pytest.mark.parametrize(("name", "changed", "asked"), CASES, ids=[case[0] for case in CASES])
def test_it_asks_for_exactly_what_is_wrong(name: str, changed: Mapping[str, Any], asked: list[str]) -> None:
    told = items(note(judged("lmn", {**LETTER, **changed})))
    assert len(told) == len(asked)
    for each in asked:
        assert any(one.startswith(each) for one in told), each


def test_it_says_for_whom_about_whom_and_which_letter() -> None:
    text = " ".join(as_text(note(judged("lmn", {**LETTER, "duration": None}))).split())
    for said in (
        "To: Jonathan P. Reyes, MD", "Patient: Marisol Vance", "About: Letter of Medical Necessity of September 3, 2026",
        "Rules of: Most FSA and HRA administrators, as of November 21, 2026", "Dear Jonathan P. Reyes, MD,",
        "The letter does not say how long the treatment lasts. [LMN-10: ",
    ):  # fmt: skip
        assert said in text, said


def test_every_point_tells_why_and_whose_rule_it_is() -> None:
    for block in note(judged("lmn", dict.fromkeys(LETTER))).blocks:
        for item in block.items if isinstance(block, Items) else ():
            assert item.why
            assert re.match(r"[A-Z]{3}-\d\d: \w", item.source)
            assert item.link is None or item.link.startswith("http")


def test_the_words_to_adapt_hold_what_the_letter_states_and_blanks_for_the_rest() -> None:
    whole = template(note(judged("lmn", {**LETTER, "provider_npi": "1234567890"})))
    for said in (
        "Marisol Vance",
        "type 2 diabetes",
        "(ICD-10-CM E11.9)",
        "personal training sessions",
        "3 times a week",
        "for 6 months",
    ):
        assert said in whole
    assert "____" not in whole
    bare = template(note(judged("lmn", dict.fromkeys(LETTER))))
    assert bare.count("____") >= 8
    fixed = set(re.findall(r"[a-z-]+", bare.lower()))
    stated = set(re.findall(r"[a-z-]+", " ".join(str(value) for value in LETTER.values()).lower())) | {
        "times",
        "a",
        "week",
        "for",
        "months",
    }
    assert set(re.findall(r"[a-z-]+", whole.lower())) <= fixed | stated


@pytest.mark.parametrize(
    "changed",
    [
        {"diagnosis": "back pain", "diagnosis_code": None},
        {"diagnosis": ["asthma", "gout", "psoriasis", "migraine"], "duration": None},
    ],
)
def test_what_is_to_change_and_what_is_not_one_thing_is_blank(changed: Mapping[str, Any]) -> None:
    words = template(note(judged("lmn", {**LETTER, **changed})))
    assert "The diagnosis is ______________________________" in words
    assert "back pain" not in words


@pytest.mark.parametrize(("changed", "said"), [
    ({"treatment": ["massage therapy", "acupuncture"]}, "I recommend ____"),
    ({"diagnosis": ["asthma", "moderate persistent asthma"]}, "The diagnosis is moderate persistent asthma ("),
    ({"diagnosis": ["hypertension", "high blood pressure"]}, "The diagnosis is ____"),
    ({"duration": {"start": "2026-09-03", "end": "2027-03-03"}}, "from September 3, 2026 to March 3, 2027"),
    ({"duration": {"until": "2027-03-03"}}, "until March 3, 2027"),
])  # fmt: skip
def test_only_what_is_one_thing_stands_in_the_words_to_adapt(changed: Mapping[str, Any], said: str) -> None:
    assert said in template(note(judged("lmn", {**LETTER, "provider_npi": "1234567890", **changed})))


def test_what_only_the_reading_left_open_is_no_matter_for_the_provider() -> None:
    report = judged("lmn", {**LETTER, "duration": None})
    doubt = tuple(replace(e, confidence=0.2) if e.name in ("patient_name", "treatment") else e for e in report.fields)
    again = checking.judge(replace(report, fields=doubt), checking.load("generic-fsa"), as_of=made.AS_OF, claim=Claim())
    assert {f.rule for f in again.findings if f.outcome == "uncertain"} >= {"LMN-01", "LMN-08"}
    assert [ask[:9] for ask in items(note(again))] == ["How long:"]


def test_what_was_read_unsurely_is_no_fact_in_a_letter() -> None:
    report = judged("lmn", {**LETTER, "duration": None})
    doubt = tuple(
        replace(e, confidence=0.5) if e.name in ("patient_name", "diagnosis", "provider_name") else e
        for e in report.fields
    )
    paper = note(
        checking.judge(replace(report, fields=doubt), checking.load("generic-fsa"), as_of=made.AS_OF, claim=Claim())
    )
    text = as_text(paper)
    assert "Marisol" not in text
    assert "diabetes" not in template(paper)
    assert "Dear provider," in text


def test_a_signer_who_may_not_sign_is_not_the_one_to_ask() -> None:
    text = as_text(note(judged("lmn", {**LETTER, "provider_credential": "CPT"})))
    assert "Dear provider," in text
    assert "To:       the provider who treats the patient, ____" in text


def hostile(administrator: str) -> Report:
    """A letter with everything wrong that can be, in long words."""
    told = {
        **dict.fromkeys(LETTER), "patient_name": "Maximiliana Theodora " * 12, "provider_name": "Bartholomew " * 20, "provider_credential": "CPT",
        "diagnosis": "get fit and feel better " * 30, "treatment": "wellness products of every kind " * 20, "placeholder": ["[DATE] " * 30, "____"],
        "see_attached": True, "general_health_statement": True, "prevention_statement": True, "diagnosis_code": ["M54.5", "I10.9", "Z71.82"],
        "duration": {"indefinite": True}, "letter_date": "2024-03-03", "provider_npi": "1234567890", "provider_license": "12", "provider_dea": "AP5836728",
    }  # fmt: skip
    return judged("lmn", told, administrator)


@pytest.mark.slow
@pytest.mark.parametrize(
    "administrator",
    [pytest.param(name, marks=[pytest.mark.slow] if n % 6 else []) for n, name in enumerate(checking.administrators())],
)
def test_it_is_one_page_for_the_worst_letter_too(administrator: str) -> None:
    for report in (hostile(administrator), judged("lmn", dict.fromkeys(LETTER), administrator)):
        paper = note(report)
        assert len(items(paper)) >= 2
        (page,) = pages(as_pdf(paper))
        assert "Made with docscan." in page
        assert paper.blocks[0].rows[1][0] == "Patient"  # type: ignore[union-attr]


def test_a_packets_note_tells_which_services_the_letter_does_not_reach() -> None:
    letter = judged("lmn", {**LETTER, "letter_date": "2026-03-03"})
    receipts = [judged("receipt", {**RECEIPT, "service_date": day}) for day in ("2026-02-20", "2026-10-02")]
    packet = checking.judge_packet([letter, *receipts], checking.load("generic-fsa"), as_of=made.AS_OF, claim=Claim())
    paper = note(packet)
    assert [ask[:12] for ask in items(paper)] == ["A new letter"]
    text = " ".join(as_text(paper).split())
    assert "October 2, 2026" in text
    assert "February 20, 2026" in text
    assert "not before" in text  # nobody is asked to date a letter back


def test_only_letters_and_only_what_a_provider_can_change() -> None:
    for report in (judged("receipt", {**RECEIPT, "patient_name": None}), judged("lmn", LETTER)):
        assert not has_note(report)
        with pytest.raises(UsageError):
            note(report)
    fsafeds = items(note(judged("lmn", {**LETTER, "duration": None}, "fsafeds")))
    assert not any("employer" in ask.lower() or "account holder" in ask for ask in fsafeds)


def test_a_hostile_letter_cannot_steer_the_page_or_the_pdf() -> None:
    name = "<script>alert(1)</script> & <b>Ana\x1b[31m\u202e"
    paper = note(judged("lmn", {**LETTER, "patient_name": name, "duration": None}))
    page = as_html(paper)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "\x1b" not in as_text(paper)
    assert "\u202e" not in page
    assert "script" in pages(as_pdf(paper))[0]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("José Nuñez", "José Nuñez"),
        ("Łukasz Żak", "Lukasz Zak"),
        ("Nguyễn Văn An", "Nguyen Van An"),
        ("李 Ming", "Ming"),
    ],
)
def test_names_in_other_letters_are_written_or_left_to_the_pen(name: str, shown: str) -> None:
    (page,) = pages(as_pdf(note(judged("lmn", {**LETTER, "patient_name": name, "duration": None}))))
    assert shown in page
    assert name in as_html(note(judged("lmn", {**LETTER, "patient_name": name, "duration": None})))


def test_the_same_note_is_the_same_file() -> None:
    report = judged("lmn", {**LETTER, "duration": None})
    assert as_pdf(note(report)) == as_pdf(note(report))
    assert date.today().isoformat() not in as_text(note(report))


def test_a_stored_report_gives_the_same_note() -> None:
    report = judged("lmn", {**LETTER, "duration": None})
    assert as_text(note(Report.from_dict(report.to_dict()))) == as_text(note(report))
    assert isinstance(report.fields[0], Extraction)
