"""Runs every extractor over a document and merges what they found."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias

from docscan.document import Document, Evidence, Extraction, Extractions, Kind, Problem
from docscan.extraction import confidence
from docscan.extraction.bills.codes import procedure_codes_printed
from docscan.extraction.bills.coherence import coherent
from docscan.extraction.bills.dates import bill_dates
from docscan.extraction.bills.items import line_items
from docscan.extraction.bills.merchant import issuers
from docscan.extraction.bills.paid import nothing_paid
from docscan.extraction.bills.parties import parties
from docscan.extraction.bills.payments import bill_numbers, payments
from docscan.extraction.bills.statements import bill_statements
from docscan.extraction.bills.totals import sums
from docscan.extraction.course.course import course
from docscan.extraction.dates.roles import letter_dates
from docscan.extraction.diagnoses.diagnoses import diagnoses
from docscan.extraction.kinds.of_money import BILLS
from docscan.extraction.learned import proposing
from docscan.extraction.paper.form import form
from docscan.extraction.paper.signature import signature
from docscan.extraction.people.addresses import addresses
from docscan.extraction.people.identifiers import identifiers
from docscan.extraction.people.open_numbers import open_numbers
from docscan.extraction.people.people import people
from docscan.extraction.second_opinion import second_opinion
from docscan.extraction.text import turning
from docscan.extraction.text.annotated import AnnotatedText
from docscan.extraction.text.speaking import said
from docscan.extraction.treatment.alternatives import alternatives
from docscan.extraction.treatment.further_statements import further_statements
from docscan.extraction.treatment.goals import goals
from docscan.extraction.treatment.programs import programs
from docscan.extraction.treatment.sellers import sellers
from docscan.extraction.treatment.statements import statements
from docscan.extraction.treatment.trainers import trainers
from docscan.extraction.treatment.treatment import treatment
from docscan.reference.fields import FIELDS

Extractor: TypeAlias = Callable[[AnnotatedText], Iterable[Extraction]]

EXTRACTORS: tuple[Extractor, ...] = (
    people,
    diagnoses,
    course,
    letter_dates,
    identifiers,
    signature,
    treatment,
    goals,
    programs,
    trainers,
    alternatives,
    sellers,
    statements,
    further_statements,
    open_numbers,
    form,
    addresses,
    issuers,
    parties,
    bill_dates,
    line_items,
    procedure_codes_printed,
    sums,
    payments,
    bill_numbers,
    bill_statements,
)
"""Every extractor, in no particular order. To add a kind of fact: write a function, name it here."""


_OF_LETTERS = frozenset(("letter_date", "visit_date", "goal", "alternatives_tried", "treatment_link"))
"""What a bill does not say, whatever its words look like: its dates are of services, payments and the bill itself."""


def extract(document: Document) -> Extractions:
    """All facts of a document, each with where it stands. An extractor that fails becomes a problem, never silence."""
    text = AnnotatedText(turning.upright(document))
    return turning.as_uploaded(second_opinion(text, rules(text)), document)


def rules(text: AnnotatedText) -> Extractions:
    """What the rules alone find."""
    problems: list[Problem] = []
    kind: Kind = "other"
    sure: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    try:
        kind, sure, evidence = text.kind
    except Exception:
        problems.append(_failed("document_kind"))
        text.kind = (kind, sure, evidence)
    found: list[Extraction] = []
    foreign = _OF_LETTERS if kind in BILLS else frozenset[str]()
    for extractor in EXTRACTORS:
        try:
            found += (one for one in said(text, extractor(text)) if one.name not in foreign)
        except Exception:
            problems.append(_failed(extractor.__name__))
    if kind in BILLS:
        found = list(coherent(text, found))
    try:
        more = [one for one in said(text, proposing.proposals(text, found)) if one.name not in foreign]
        if any(one.name == "amount_paid" for one in more) and nothing_paid(text, found):
            more = [one for one in more if one.name != "amount_paid"]
        found += more
    except Exception:
        problems.append(_failed("learned"))
    fields = in_order(proposing.chosen(confidence.judged(text, sure, merged(found))))
    return Extractions(kind, sure, evidence, fields, tuple(problems))


def merged(found: Iterable[Extraction]) -> tuple[Extraction, ...]:
    """One extraction for each distinct (name, value, assertion), with all its mentions in the order of the text.

    What could not be decided (value None) is one for each distinct raw text. Sorted by field, then by place.
    """
    by_fact: dict[tuple[str, str, str, str], Extraction] = {}
    for extraction in sorted(found, key=_place):
        undecided = extraction.raw if extraction.value is None else ""
        value = json.dumps(extraction.value, sort_keys=True)
        key = (extraction.name, value, extraction.assertion, undecided)
        known = by_fact.get(key)
        by_fact[key] = extraction if known is None else _joined(known, extraction)
    return in_order(by_fact.values())


def in_order(found: Iterable[Extraction]) -> tuple[Extraction, ...]:
    """Sorted by field, then by place."""
    order = {name: index for index, name in enumerate(FIELDS)}
    return tuple(sorted(found, key=lambda e: (order.get(e.name, len(order)), _place(e))))


def _place(extraction: Extraction) -> tuple[int, int]:
    first = extraction.evidence[0] if extraction.evidence else None
    if first is None:
        return (1 << 30, 0)
    return (first.page, first.start if first.start is not None else 1 << 30)


def _joined(one: Extraction, other: Extraction) -> Extraction:
    seen = {(e.page, e.start, e.end, e.boxes) for e in one.evidence}
    evidence = one.evidence + tuple(e for e in other.evidence if (e.page, e.start, e.end, e.boxes) not in seen)
    confidence = max((c for c in (one.confidence, other.confidence) if c is not None), default=None)
    readings = one.readings + tuple(r for r in other.readings if r not in one.readings)
    return replace(
        one,
        evidence=evidence,
        confidence=confidence,
        readings=readings,
        resolved=one.resolved if one.resolved is not None else other.resolved,
    )


def _failed(name: str) -> Problem:
    return Problem(
        "extractor_failed",
        None,
        f"One kind of fact could not be looked for ({name}).",
        "Please report this. Every rule that rests on it is uncertain.",
    )
