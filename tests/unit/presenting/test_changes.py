# ruff: noqa: E501 - a case is a line
"""The smallest set of changes: made, it completes the document; without any one of them, it does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan import checking
from docscan.document import (
    Claim,
    DateRange,
    DocumentSummary,
    Evidence,
    Extraction,
    Kind,
    LawDate,
    PageSummary,
    Part,
    Report,
)
from docscan.presenting.changes import Change, by_who, changes, smallest

AS_OF = date(2026, 11, 21)
CLAIM = Claim(plan_year=DateRange(date(2026, 1, 1), date(2026, 12, 31)))

LETTER: Mapping[str, Any] = {
    "patient_name": "Marisol Vance",
    "diagnosis": "type 2 diabetes",
    "diagnosis_code": "E11.9",
    "treatment": "personal training sessions",
    "frequency": {"frequency": 3, "period": 1, "period_unit": "wk"},
    "duration": {"value": 6, "unit": "mo"},
    "letter_date": "2026-09-03",
    "treatment_link": {"treatment": "personal training", "condition": "diabetes", "verb": "treat"},
    "necessity_statement": True,
    "provider_name": "Jonathan P. Reyes",
    "provider_credential": "MD",
    "signature": {"present": True, "form": "ink"},
}
RECEIPT: Mapping[str, Any] = {
    "merchant_name": "Summit Strength Studio",
    "patient_name": "Marisol Vance",
    "service_date": "2026-10-02",
    "item": {"description": "Personal training, 60 minutes", "amount": "85.00", "class": "training"},
    "total": "85.00",
}
NEW_LETTER = {"letter_date": AS_OF.isoformat(), "signature_date": None, "start_date": None, "end_date": None}
MADE: Mapping[str, Mapping[str, Any]] = {
    "new_letter": NEW_LETTER | {"duration": {"value": 6, "unit": "mo"}},
    "duration": {"duration": {"start": "2026-09-03", "end": "2027-03-03"}, "end_date": None, "start_date": None},
    "treatment": {"treatment": "massage therapy"},
    "frequency": {"frequency": {"frequency": 2, "period": 1, "period_unit": "wk"}},
    "no placeholder": {"placeholder": None},
    "no see_attached": {"see_attached": None},
    "claim": {"service_date": "2026-10-02", "service_period": None, "refund": None},
    "total": {"total": "85.00"},
    "amount": {"item": RECEIPT["item"]},
    "member_id": {"member_id": "4821"},
    "participant_name": {"participant_name": "Marisol Vance"},
    "employer_name": {"employer_name": "City of Dayton"},
    "provider_address": {"provider_address": "1204 Elm Street, Columbus, OH 43215"},
    "provider_phone": {"provider_phone": "+16145550142"},
    "rx_number": {"rx_number": "7731822"},
    "letterhead": {"letterhead": True},
    "provider_license": {"provider_license": "OH 35.108842"},
    "provider_npi": {"provider_npi": "1093817462"},
    "procedure_code": {"procedure_code": "97110"},
    "trainer_credential": {"trainer_credential": "ACSM-CEP"},
    "not_already_member": {"not_already_member": True},
    "goal": {"goal": "lower A1C below 7.0"},
    "specialty": {"specialty": "internal medicine"},
}
"""What stands in a document once a change is made; other changes put in what the complete document says."""

CASES: list[tuple[str, Kind, Mapping[str, Any], set[str]]] = [
    ("a complete letter", "lmn", {}, set()),
    ("no duration", "lmn", {"duration": None}, {"duration"}),
    ("no diagnosis and no code", "lmn", {"diagnosis": None, "diagnosis_code": None}, {"diagnosis"}),
    ("a goal for a diagnosis", "lmn", {"diagnosis": "get fit", "diagnosis_code": None}, {"diagnosis"}),
    ("a vague diagnosis for weight loss", "lmn", {"diagnosis": "overweight", "diagnosis_code": None, "treatment": "weight loss program"}, {"diagnosis"}),
    ("unsigned and undated", "lmn", {"signature": None, "letter_date": None}, {"signature", "letter_date"}),
    ("wrong code", "lmn", {"diagnosis_code": "I10.9", "diagnosis": "hypertension"}, {"diagnosis_code"}),
    ("code of another illness", "lmn", {"diagnosis_code": "I10"}, {"diagnosis_code"}),
    ("a circumstance for a code", "lmn", {"diagnosis_code": "Z71.82"}, {"diagnosis_code"}),
    ("general health only", "lmn", {"treatment_link": None, "necessity_statement": None, "general_health_statement": True, "diagnosis": None, "diagnosis_code": None}, {"treatment_link", "necessity_statement", "diagnosis", "no general_health_statement"}),
    ("prevention only", "lmn", {"prevention_statement": True, "diagnosis": None, "diagnosis_code": None}, {"diagnosis"}),
    ("no treatment", "lmn", {"treatment": "wellness products"}, {"treatment"}),
    ("too long", "lmn", {"duration": {"value": 2, "unit": "a"}}, {"duration"}),
    ("without end", "lmn", {"duration": {"indefinite": True}}, {"duration"}),
    ("expired and old", "lmn", {"letter_date": "2025-03-03"}, {"new_letter"}),
    ("dated in the future", "lmn", {"letter_date": "2027-03-03"}, {"letter_date"}),
    ("blanks", "lmn", {"placeholder": "____", "frequency": None}, {"no placeholder", "frequency"}),
    ("nobody who may diagnose", "lmn", {"provider_credential": "CPT"}, {"provider_credential"}),
    ("signed by the patient", "lmn", {"provider_name": "Marisol Vance"}, {"provider_name"}),
    ("a supplement without illness and dose", "lmn", {"treatment": "magnesium", "diagnosis": None, "diagnosis_code": None, "frequency": None}, {"diagnosis", "frequency"}),
    ("a wrong NPI", "lmn", {"provider_npi": "1234567890"}, {"provider_npi"}),
    ("a prescription", "prescription", {"necessity_statement": None, "duration": None}, {"kind", "duration", "necessity_statement"}),
    ("nothing but a name", "lmn", {name: None for name in LETTER if name != "patient_name"}, {
        "diagnosis", "treatment", "frequency", "duration", "treatment_link", "necessity_statement", "provider_name",
        "signature", "letter_date", "provider_credential"}),
    ("a complete receipt", "receipt", {}, set()),
    ("a receipt without patient and day", "receipt", {"patient_name": None, "service_date": None}, {"patient_name", "service_date"}),
    ("a receipt for services", "receipt", {"item": {"description": "Services", "amount": "85.00", "class": "unspecific"}}, {"item"}),
    ("a card slip", "card_slip", {"item": None, "service_date": None, "patient_name": None}, {"kind", "item", "service_date", "patient_name"}),
    ("paid ahead", "receipt", {"service_date": "2026-12-05"}, {"claim"}),
    ("outside the plan year", "receipt", {"service_date": "2025-12-05"}, {"claim"}),
    ("sums that differ", "receipt", {"total": "99.00"}, {"total"}),
]  # fmt: skip


def fields_of(told: Mapping[str, Any]) -> tuple[Extraction, ...]:
    stated = [(n, one) for n, value in told.items() for one in (value if isinstance(value, list) else [value])]
    return tuple(
        Extraction(
            name=name, value=one, raw=one if isinstance(one, str) else name,
            evidence=(Evidence(1, (), "", place, place + 1),),
        )
        for place, (name, one) in enumerate(stated)
        if one is not None
    )  # fmt: skip


def judged(kind: Kind, told: Mapping[str, Any], administrator: str = "generic-fsa") -> Report:
    page = PageSummary(1, 612.0, 792.0, "text_layer", None, 0, 1.0, None)
    return checking.judge(
        Report(
            document=DocumentSummary("0" * 64, "application/pdf", kind, 1.0, (), (page,), Part((1,))),
            administrator="", as_of=AS_OF, law_date=LawDate(AS_OF, ""), claim=CLAIM, rulebooks=(),
            fields=fields_of(told), findings=(), score=None, verdict="needs_review",
        ),
        checking.load(administrator), as_of=AS_OF, claim=CLAIM,
    )  # fmt: skip


def good(kind: Kind) -> Mapping[str, Any]:
    return LETTER if kind in ("lmn", "prescription", "referral", "recommendation") else RECEIPT


def subjects_of(made: Sequence[Change]) -> list[str]:
    return [subject for change in made for subject in change.subjects]


def mended(kind: Kind, told: Mapping[str, Any], subjects: Sequence[str], administrator: str = "generic-fsa") -> Report:
    """The document once these changes are made."""
    made = dict(told)
    for subject in subjects:
        if subject == "kind":
            kind = "lmn" if good(kind) is LETTER else "receipt"
        elif subject.startswith("no "):
            made[subject.removeprefix("no ")] = None
        else:
            made |= MADE.get(subject) or {subject: good(kind).get(subject)}
            if subject == "diagnosis_code":
                made["diagnosis_code"] = {"type 2 diabetes": "E11.9", "hypertension": "I10"}[made["diagnosis"]]
    return judged(kind, made, administrator)


@pytest.mark.parametrize(("name", "kind", "told", "subjects"), CASES, ids=[case[0] for case in CASES])
def test_the_changes_complete_the_document_and_none_is_too_many(
    name: str, kind: Kind, told: Mapping[str, Any], subjects: set[str]
) -> None:
    said = {**good(kind), **told}
    report = judged(kind, said)
    made = changes(report)
    assert (report.verdict == "complete") is (not made)
    asked = [one for one in subjects_of(made) if not one.startswith("INT-")]
    assert set(asked) <= subjects
    assert len(asked) == len(set(asked))
    if any(change.who == "reviewer" for change in made):
        asked += [one for one in subjects if one.startswith("no ")]
    assert mended(kind, said, asked).verdict == "complete"
    for left_out in asked:
        assert mended(kind, said, [one for one in asked if one != left_out]).verdict != "complete", left_out


def test_one_change_answers_every_rule_that_asks_for_it() -> None:
    (change,) = changes(
        judged("lmn", {**LETTER, "diagnosis": "overweight", "diagnosis_code": None, "treatment": "weight loss program"})
    )
    assert change.who == "provider"
    assert change.subjects == ("diagnosis",)
    assert {"LMN-05", "IRS-10"} <= set(change.rules)
    assert "overweight" in change.say


# A limited-purpose account pays for teeth and eyes: no change makes it take personal training.
@pytest.mark.parametrize("administrator", sorted({*checking.administrators()} - {"limited-purpose-fsa"}))
def test_under_every_administrator_the_changes_of_an_empty_letter_complete_it(administrator: str) -> None:
    told: dict[str, Any] = dict.fromkeys(LETTER)
    made = changes(judged("lmn", told, administrator))
    assert made
    whole = mended("lmn", told, subjects_of(made), administrator)
    assert [
        f for f in whole.findings if f.outcome in ("not_met", "uncertain") and f.severity in ("fatal", "required")
    ] == []
    assert whole.verdict == "complete"


def test_who_can_do_it_is_said_of_each_change() -> None:
    letter = judged("lmn", {**LETTER, "duration": None}, "fsafeds")
    assert {who: subjects_of(those) for who, those in by_who(changes(letter)).items()} == {
        "provider": ["duration"],
        "patient": ["participant_name", "employer_name", "member_id"],
    }
    receipt = judged("receipt", {**RECEIPT, "patient_name": None, "service_date": ["2026-10-02", "2026-12-24"]})
    assert list(by_who(changes(receipt))) == ["seller", "patient"]


def test_what_waits_for_a_page_is_one_clearer_copy() -> None:
    report = judged("lmn", {})
    page = replace(report.document.pages[0], quality=0.3)
    blurred = replace(report, document=replace(report.document, pages=(page,)))
    found = checking.judge(blurred, checking.load("generic-fsa"), as_of=AS_OF, claim=CLAIM)
    (copy,) = changes(found)
    assert copy.who == "copy"
    assert copy.say == "Send a clearer copy or scan of page 1, or the original file."
    assert "LMN-10" in copy.rules


def test_what_only_a_person_can_tell_is_for_the_person_who_reviews() -> None:
    doubtful = judged("lmn", {**LETTER, "signature": {"present": True, "form": "typed"}})
    (look,) = changes(doubtful)
    assert (look.who, look.rules) == ("reviewer", ("LMN-16",))
    flagged = judged("lmn", {**LETTER, "self_report_disclaimer": True})
    assert [(change.who, change.rules) for change in changes(flagged)] == [("reviewer", ("INT-01",))]
    other = judged("other", {})
    assert [change.who for change in changes(other)] == ["reviewer"]


def test_another_document_comes_before_what_it_must_say() -> None:
    made = changes(judged("prescription", {"patient_name": "Marisol Vance", "treatment": "massage therapy"}))
    assert made[0].subjects == ("kind",)


def test_a_packet_is_told_by_document_and_what_only_its_documents_together_lack() -> None:
    letter, receipt = judged("lmn", LETTER), judged("receipt", {**RECEIPT, "service_date": "2026-08-01"})
    packet = checking.judge_packet([letter, receipt], checking.load("generic-fsa"), as_of=AS_OF, claim=CLAIM)
    assert packet.verdict != "complete"
    made = changes(packet)
    assert made
    assert {change.document for change in made} == {None}
    assert {change.who for change in made} == {"patient"}
    good_packet = checking.judge_packet(
        [letter, judged("receipt", RECEIPT)], checking.load("generic-fsa"), as_of=AS_OF, claim=CLAIM
    )
    assert [c for c in changes(good_packet) if c.document is not None] == []


def test_a_name_that_was_merely_not_found_is_asked_for_once_in_a_packet() -> None:
    letter, receipt = judged("lmn", {**LETTER, "patient_name": None}), judged("receipt", RECEIPT)
    packet = checking.judge_packet([letter, receipt], checking.load("generic-fsa"), as_of=AS_OF, claim=CLAIM)
    asked = [change for change in changes(packet) if "patient_name" in change.subjects]
    assert len(asked) == 1
    assert asked[0].document == 0


_GROUPS = st.lists(st.lists(st.sampled_from("abcde"), min_size=1, max_size=3, unique=True).map(tuple), max_size=6)


@given(_GROUPS)
def test_the_smallest_set_meets_every_group_and_no_smaller_one_does(groups: list[tuple[str, ...]]) -> None:
    chosen = smallest(groups)
    assert all(set(group) & set(chosen) for group in groups)
    assert len(set(chosen)) == len(chosen)
    from itertools import combinations

    letters = sorted({letter for group in groups for letter in group})
    for size in range(len(chosen)):
        assert not any(all(set(group) & set(few) for group in groups) for few in combinations(letters, size))
