"""Whose words are these: the writer's, or only the paper's?

A form prints much that nobody says of this patient: choices that nobody ticked, guidance and terms, blanks of a
template. Every extractor's finds pass here once; what the paper alone says is no fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from docscan.document import Extraction, Json
from docscan.extraction.text.guidance import is_guidance
from docscan.extraction.text.menus import option_at
from docscan.extraction.text.templates import is_unfilled, touches_template, unfilled_row
from docscan.extraction.text.ticking import is_left_blank

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

Speaker: TypeAlias = Literal["writer", "form", "untaken", "offered", "template"]
"""The writer; the form's guidance and terms; an option passed over; one of which no choice can be seen; a blank."""

_OF_THE_PAPER = frozenset((
    "placeholder", "page_of", "letterhead", "handwritten", "estimate_statement", "card_slip_statement",
    "practice_disclaimer", "self_report_disclaimer", "necessity_statement", "see_attached", "signature", "print_date",
    "fax_date", "currency", "ssn_visible", "account_number_visible", "not_reimbursed_statement",
    "electronic_signature", "letter_validity",
))  # fmt: skip
"""What is asked of the paper itself, or has its own mind about forms."""
_CLINICAL = frozenset((
    "diagnosis", "diagnosis_code", "diagnosis_code_icd9", "procedure_code", "treatment", "goal", "program", "specialty",
    "practice_name",
))  # fmt: skip
_SENTENCES = frozenset((
    "alternatives_tried", "medical_history", "treatment_link", "continuation_of_care", "trainer_communication", "goal",
    "prevention_statement", "not_already_member",
))  # fmt: skip
_MONEY = frozenset((
    "item", "total", "subtotal", "tax", "tip", "discount", "insurance_paid", "patient_responsibility", "amount_paid",
    "balance_due", "refund", "payment_method", "merchant_name", "merchant_address", "merchant_phone", "service_date",
    "payment_date", "due_date", "statement_date", "invoice_number", "rx_number", "prior_balance", "estimate_statement",
))  # fmt: skip
_NAMES = frozenset((
    "patient_name", "participant_name", "provider_name", "signer_name", "trainer_name", "supervisor_name",
))  # fmt: skip
_SIGN = re.compile(
    r"^(?:[☐□❏❑▢◻⬜☑☒✓✔✗✘■⬛◼○◯●◉\uf06f\uf0a8\uf0fe]|\[\s*[xX✓_]?\s*\]|\(\s*[xX✓]?\s*\)|_{1,6}\s?[xX✓]\s?_{0,6}(?=\s?\w)|_{2,8}(?=\s\w))"
    r"(?:\s*[xX✓](?=\s))?\s*"
)
_INVENTED = re.compile(r"(?:^|\s)(?:sample|specimen|example)$|^(?:sample|specimen|example)\s", re.IGNORECASE)
_ENCLOSED = re.compile(r"(?:enclosures?|encl?|attachments?|attached)\s*(?:\(\d+\))?\s*[:.]?\s*(?=\n|$)|"
                       r"(?:enclosures?|encl|attachments?)\s*:", re.IGNORECASE)  # fmt: skip
_PERSON_MARK = re.compile(
    r"\[[^\]]*\b(?:name|patient|him|her|his|he|she|child|client|age|male|gender|date|physician|m/f)\b[^\]]*\]|"
    r"<[^>]*(?:name|date)[^>]*>",
    re.IGNORECASE,
)


def said(text: AnnotatedText, found: Iterable[Extraction]) -> Iterator[Extraction]:
    """What the writer says of all that was found, without the signs of boxes; a choice that nobody can see on a page
    read by OCR, where a faint tick gets lost, stays as a reading, never as a value."""
    for each in found:
        one = _filled_part(text, each)
        who = speaker(text, one)
        if who == "writer":
            yield one if one.name in _OF_THE_PAPER else _bare(one)
        elif who == "offered" and _may_hide_a_tick(text, one):
            bare = _bare(one)
            readings = bare.readings or (() if bare.value is None else (bare.value,))
            yield replace(bare, value=None, readings=readings, confidence=min(bare.confidence or 0.4, 0.4))


def _filled_part(text: AnnotatedText, one: Extraction) -> Extraction:
    """What was written before a template's mark: "aquatic therapy [number] times a week"."""
    if one.name not in {"treatment", "diagnosis"} or "[" not in one.raw or not isinstance(one.value, str):
        return one
    head = one.raw.split("[")[0].rstrip(" ,")
    place = one.evidence[0] if one.evidence else None
    if place is None or place.start is None or not _NAMES_SOMETHING.search(head):
        return one
    return replace(
        one, value=" ".join(head.split()), raw=head, evidence=text.document.evidence(
            place.start, place.start + len(head), section=place.section, found_by=place.found_by
        )
    )  # fmt: skip


_NAMES_SOMETHING = re.compile(r"\w+ (?!(?:with|of|for|by|on|in|and|or|the|a|an|to|is|has)$)\w{3,}$", re.IGNORECASE)


def speaker(text: AnnotatedText, one: Extraction) -> Speaker:
    """Who says what was found, by its first evidence."""
    evidence = one.evidence[0] if one.evidence else None
    if evidence is None or evidence.start is None or evidence.end is None:
        return "writer"
    start, end = evidence.start, evidence.end
    if one.name in _NAMES | {"signature"} and _among_enclosures(text, start):
        return "form"
    if one.name in _OF_THE_PAPER:
        return "writer"
    if _on_template(text, one, start, end) or (one.name in _NAMES and _INVENTED.search(str(one.value))):
        return "template"
    return "writer" if one.name in _MONEY else _by_place(text, one, start, end)


def _by_place(text: AnnotatedText, one: Extraction, start: int, end: int) -> Speaker:
    untaken = text.box_state(start) is False or text.box_state(_first_letter(text, start, end)) is False
    option = option_at(text, start)
    if untaken or (one.name in _CLINICAL and is_left_blank(text, start, end)) or (option and option.choice == "left"):
        return "untaken"
    named_by_plan = one.name in _NAMES and text.kind[0] == "eob"  # "a claim for Ana Roe, who is covered as ..."
    if is_guidance(text, start) and not named_by_plan:
        return "form"
    return "offered" if option and option.choice != "chosen" else "writer"


def _first_letter(text: AnnotatedText, start: int, end: int) -> int:
    match = _SIGN.match(text.text[start:end])
    return start + match.end() if match and start + match.end() < end else start


def _on_template(text: AnnotatedText, one: Extraction, start: int, end: int) -> bool:
    if one.name in {"treatment", "specialty", "practice_name"} and unfilled_row(text, start):
        return True
    if one.name == "treatment_link" and isinstance(one.value, dict):
        return any(is_unfilled(str(part)) for part in one.value.values())
    if not touches_template(text, start, end):
        return False
    if one.name in _SENTENCES:
        return touches_what(text, start, end)
    return True


def touches_what(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether what a sentence tells was never filled in; a name that is missing leaves the rest told."""
    bare = _PERSON_MARK.sub("", text.flat[start:end])
    return is_unfilled(bare.replace("___", "")) or re.search(r"\bX{3,}\b", bare) is not None


def _among_enclosures(text: AnnotatedText, offset: int) -> bool:
    """Whether a line stands in the list of what is enclosed, under the letter's end."""
    index = text.line_index(offset)
    for above in range(index, max(-1, index - 5), -1):
        line = text.lines[above]
        if _ENCLOSED.match(text.text, line.start, line.end):
            return True
        if above < index and text.text[line.end : line.end + 2] == "\n\n":
            return False
    return False


def _may_hide_a_tick(text: AnnotatedText, one: Extraction) -> bool:
    start = one.evidence[0].start or 0
    page = text.document.page_of(start)
    option = option_at(text, start)
    return (option is not None and option.choice == "either") or (page is not None and page.source != "text_layer")


def _bare(one: Extraction) -> Extraction:
    """Without the sign of the box before a name: the tick says it, it is no part of it."""
    value = _without_sign(one.value)
    if value == one.value:
        return one
    return replace(one, value=value, raw=_SIGN.sub("", one.raw))


def _without_sign(value: Json) -> Json:
    if isinstance(value, str):
        return _without_brackets(_SIGN.sub("", value)) or value
    if isinstance(value, dict):
        return {key: _without_sign(part) for key, part in value.items()}
    return value


def _without_brackets(printed: str) -> str:
    """What was written into a template's brackets, without them."""
    if printed.startswith("[") and printed.find("]") in (-1, len(printed) - 1):
        return printed.strip("[] ")
    return printed
