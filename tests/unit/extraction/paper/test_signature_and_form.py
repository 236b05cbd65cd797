"""The signature and the paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from docscan.document import Box, Mark
from docscan.extraction.paper.form import form
from docscan.extraction.paper.signature import signature
from docscan.extraction.text.annotated import AnnotatedText

Typed = Callable[..., AnnotatedText]
Told = Callable[..., list[Any]]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("Sincerely,\n\nJane Roe, MD", {"present": True, "form": "typed"}),
        ("Electronically signed by Jane Roe, MD on 3/3/2026", {"present": True, "form": "electronic"}),
        ("Sincerely,\n/s/ Jane Roe, MD", {"present": True, "form": "electronic"}),
        ("Provider Signature: ____________   Date: ________", {"present": False, "form": None}),
        ("Physician's Signature", {"present": False, "form": None}),
    ],
)
def test_a_signature_has_a_form(told: Told, printed: str, value: dict[str, Any]) -> None:
    assert told(signature, printed, "signature") == [value]


@pytest.mark.parametrize("printed", ["She needs massage.", "Patient Signature: ________", "Participant's signature:"])
def test_no_place_for_the_providers_signature_is_no_signature(told: Told, printed: str) -> None:
    assert told(signature, printed, "signature") == []


def test_ink_on_the_line_is_a_signature(typed: Typed) -> None:
    text = "Provider Signature: ____________________"
    ink = Mark("signature_ink", Box(0.3, 0.035, 0.5, 0.06))
    (found,) = signature(typed(text, (ink,)))
    assert found.value == {"present": True, "form": "ink"}
    assert found.evidence[0].boxes == (ink.box,)
    assert found.evidence[0].start is None


def test_ink_on_the_participants_line_is_not_the_providers(typed: Typed) -> None:
    text = "Participant Signature: ____________________\n\n\n\n\n\n\n\n\n\nProvider Signature: ____________________"
    (found,) = signature(typed(text, (Mark("signature_ink", Box(0.3, 0.035, 0.5, 0.06)),)))
    assert found.value == {"present": False, "form": None}


def test_ink_that_no_words_ask_for_is_told_with_less_confidence(typed: Typed) -> None:
    (alone,) = signature(
        typed("Massage 97124\n\nMira Tolland, LMT", (Mark("signature_ink", Box(0.3, 0.4, 0.5, 0.44)),))
    )
    (asked,) = signature(typed("Provider signature: ____", (Mark("signature_ink", Box(0.3, 0.035, 0.5, 0.06)),)))
    assert alone.value == asked.value == {"present": True, "form": "ink"}
    assert (alone.confidence or 0) < (asked.confidence or 0)


BOTH = "{} Signature: ____________________\n\n\n\n\n\n\n\n\n{} Signature: ____________________"
PARTS = (
    "Participant certification\nI authorize my plan to look at this.\nSignature: __________________\n\n\n\n\n\n"
    "Provider certification\nSignature: __________________"
)


@pytest.mark.parametrize(
    ("printed", "first", "signed"),
    [
        (BOTH.format("Patient", "Provider"), True, False),
        (BOTH.format("Patient", "Provider"), False, True),
        (BOTH.format("Provider", "Account holder"), True, True),
        (BOTH.format("Provider", "Account holder"), False, False),
        (BOTH.format("Trainer", "Physician"), True, False),
        (PARTS, True, False),
        (PARTS, False, True),
    ],
)
def test_ink_is_that_of_the_person_at_whose_place_it_stands(
    typed: Typed, printed: str, first: bool, signed: bool
) -> None:
    text = typed(printed)
    at = [match.start() for match in re.finditer(r"(?i)signature:", text.text)][0 if first else -1]
    label = text.box_of(at, at + 9)
    assert label is not None
    ink = Mark("signature_ink", Box(label.right + 0.05, label.top - 0.02, label.right + 0.25, label.bottom + 0.003))
    (found,) = signature(typed(printed, (ink,)))
    assert found.value == {"present": signed, "form": "ink" if signed else None}


@pytest.mark.parametrize(
    "printed",
    [
        "Provider's signature\nJane Roe, MD\n\n\n",
        "Signature of clinician\nJane Roe, DO",
        "Provider signature: Jane Roe",
        "Provider signature   Jane Roe, MD   Date   03/03/2026",
    ],
)
def test_a_typed_name_in_the_place_of_a_signature_is_told_as_such(told: Told, printed: str) -> None:
    assert told(signature, printed, "signature") == [{"present": True, "form": "typed"}]


def test_a_name_further_down_than_the_next_words_is_not_under_the_caption(told: Told) -> None:
    printed = "and is needed for twelve months.\nProvider signature\n\nPrinted name: Jane Roe, MD"
    assert told(signature, printed, "signature") == [{"present": False, "form": None}]


def test_a_signed_field_of_a_form_is_an_electronic_signature(typed: Typed) -> None:
    text = "Provider Signature: ____________________"
    field = Mark("form_field", Box(0.3, 0.035, 0.5, 0.06), "signed")
    (found,) = signature(typed(text, (field,)))
    assert found.value == {"present": True, "form": "electronic"}
    assert found.evidence[0].boxes == (field.box,)
    (found,) = signature(typed(text, (Mark("form_field", field.box, "empty"),)))
    assert found.value == {"present": False, "form": None}


def test_a_field_that_the_participant_signed_is_not_the_providers(typed: Typed) -> None:
    text = "Participant Signature: ____________________\n\n\n\n\n\n\n\n\n\nProvider Signature: ____________________"
    (found,) = signature(typed(text, (Mark("form_field", Box(0.3, 0.035, 0.5, 0.06), "signed"),)))
    assert found.value == {"present": False, "form": None}


def test_a_date_by_hand_beside_an_empty_line_is_no_signature(typed: Typed) -> None:
    text = "Provider Signature: ____________________   Date: ____________"
    (found,) = signature(typed(text, (Mark("handwriting", Box(0.56, 0.04, 0.68, 0.06)),)))
    assert found.value == {"present": False, "form": None}


@pytest.mark.parametrize(
    ("badly", "form"), [({"Roe,"}, "typed"), ({"Jane", "Roe,"}, "ink"), (set(), "typed")], ids=["one", "all", "none"]
)
def test_a_name_at_a_label_is_ink_only_where_no_word_of_it_is_print(typed: Typed, badly: set[str], form: str) -> None:
    text = typed("Dear plan,\n\nShe needs massage for her back.\n\nSigned: Jane Roe, MD")
    page = text.document.pages[0]
    words = tuple(
        replace(word, confidence=0.1 if word.text in badly or (badly > {"Roe,"} and word.text == "MD") else 0.97)
        for word in page.words
    )
    (found,) = signature(AnnotatedText(replace(text.document, pages=(replace(page, words=words),))))
    assert found.value == {"present": True, "form": form}


@pytest.mark.parametrize(("confidence", "told"), [(0.2, ["diagnosis"]), (0.95, [])])
def test_a_value_read_badly_from_handwriting_is_told_as_handwritten(
    typed: Typed, confidence: float, told: list[str]
) -> None:
    text = typed("Diagnosis: lqw bacK\n\n\n\nFrequency: weekly", (Mark("handwriting", Box(0.16, 0.04, 0.26, 0.06)),))
    page = text.document.pages[0]
    words = tuple(replace(w, confidence=confidence if w.text in ("lqw", "bacK") else 0.97) for w in page.words)
    read = AnnotatedText(replace(text.document, pages=(replace(page, words=words),)))
    assert [e.value for e in form(read) if e.name == "handwritten"] == told


def test_a_field_filled_by_hand_is_told_by_its_name(typed: Typed) -> None:
    text = "Diagnosis: ______________________\n\n\n\nFrequency: ______________________"
    found = [
        e for e in form(typed(text, (Mark("handwriting", Box(0.25, 0.04, 0.5, 0.058)),))) if e.name == "handwritten"
    ]
    assert [e.value for e in found] == ["diagnosis"]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("Dear [PATIENT NAME],", "[PATIENT NAME]"),
        ("The patient <<name>> needs care.", "<<name>>"),
        ("Date: XX/XX/XXXX", "XX/XX/XXXX"),
        ("{{diagnosis}}", "{{diagnosis}}"),
    ],
)
def test_marks_of_a_template_are_placeholders(told: Told, printed: str, value: str) -> None:
    assert told(form, printed, "placeholder") == [value]


@pytest.mark.parametrize(
    "printed",
    ["[x] yes [ ] no", "Signature: ________", "Date: ________", "See [1] and [sic]", "[Electronically signed]"],
)
def test_boxes_and_signature_lines_are_not_placeholders(told: Told, printed: str) -> None:
    assert told(form, printed, "placeholder") == []


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("@NAME@ is a 39 y.o. male with asthma.", "@NAME@"),
        ("Pain score: %PAIN_SCORE%", "%PAIN_SCORE%"),
        ("«PatientName» has asthma.", "«PatientName»"),
        ("Surgical history: ***.", "***"),
        ("He has had symptoms for XX months.", "XX"),
        ('{Sensory profile:24510::"definite difference in 4 of 6 sections"}.',
         '{Sensory profile:24510::"definite difference in 4 of 6 sections"}'),
    ],
)  # fmt: skip
def test_what_a_chart_puts_where_a_value_is_to_come_is_a_placeholder(told: Told, printed: str, value: str) -> None:
    assert told(form, printed, "placeholder") == [value]


@pytest.mark.parametrize(
    "printed",
    [
        "*** CONFIDENTIAL: if received in error, shred ***",
        "He cannot walk far. * * * He cannot stand long.",
        "Karyotype 46,XX is not relevant; he wears size XXL.",
        "For plan use only     Rec'd ________     Reviewer ________     [ ] Approve  [ ] Deny",
        "FOR ADMINISTRATOR USE ONLY\nClaim came on ________ and went to ________ by ________",
    ],
)
def test_ornament_and_the_part_of_the_plan_are_no_placeholders(told: Told, printed: str) -> None:
    assert told(form, printed, "placeholder") == []


def test_a_blank_in_a_sentence_is_a_placeholder(told: Told) -> None:
    assert told(form, "The patient requires ______ sessions per week.", "placeholder") == [
        "The patient requires ______ sessions per week."
    ]


@pytest.mark.parametrize(
    "printed",
    [
        "ICD-10 code: ____________",
        "Treatment recommended: ________",
        "Member ID: ______________",
        "How often? ________",
    ],
)
def test_a_label_whose_line_holds_nothing_is_a_placeholder(told: Told, printed: str) -> None:
    assert told(form, printed, "placeholder") == [printed]


@pytest.mark.parametrize(
    "printed",
    [
        "Diagnosis: ____Gout____",
        "Patient name (if different): ____________",
        "[ ] Other treatment: ____________",
        "NPI (optional): ____________",
        "( ) ____ months    (x) lifelong",
        "Provider signature: ____________",
    ],
)
def test_what_may_stay_blank_is_no_placeholder(told: Told, printed: str) -> None:
    assert told(form, printed, "placeholder") == []


@pytest.mark.parametrize(
    ("printed", "value"),
    [("Page 1 of 2", {"page": 1, "of": 2}), ("Pg. 2/3", {"page": 2, "of": 3}), ("P. 1/2", {"page": 1, "of": 2})],
)
def test_pages_say_their_number(told: Told, printed: str, value: dict[str, int]) -> None:
    assert told(form, printed, "page_of") == [value]
