"""Reports made by hand, as the extraction stage would give them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from docscan.checking.facts import Facts
from docscan.document import (
    Claim,
    DocumentSummary,
    Evidence,
    Extraction,
    Kind,
    LawDate,
    PageSummary,
    Part,
    Problem,
    Report,
)

AS_OF = date(2026, 11, 21)


def _extraction(name: str, value: Any, **more: Any) -> Extraction:
    page = more.pop("page", 1)
    raw, section = more.pop("raw", value if isinstance(value, str) else name), more.pop("section", "")
    place = Evidence(page, (), raw, 0, len(raw), section)
    return Extraction(name=name, value=value, raw=raw, evidence=(place,), **more)


def _report(
    *fields: Extraction,
    kind: Kind = "lmn",
    qualities: tuple[float | None, ...] = (None,),
    problems: tuple[Problem, ...] = (),
    page_problem: Problem | None = None,
) -> Report:
    pages = tuple(
        PageSummary(n, 612.0, 792.0, "ocr", None, 0, quality, page_problem) for n, quality in enumerate(qualities, 1)
    )
    return Report(
        document=DocumentSummary(
            "0" * 64, "application/pdf", kind, 1.0, (), pages, Part(tuple(p.number for p in pages))
        ),
        administrator="",
        as_of=AS_OF,
        law_date=LawDate(AS_OF, "not judged yet"),
        claim=Claim(),
        rulebooks=(),
        fields=fields,
        findings=(),
        score=None,
        verdict="needs_review",
        problems=problems,
    )


@pytest.fixture
def extraction() -> Callable[..., Extraction]:
    return _extraction


@pytest.fixture
def report() -> Callable[..., Report]:
    return _report


@pytest.fixture
def facts() -> Callable[..., Facts]:
    def make(*fields: Extraction, claim: Claim = Claim(), as_of: date = AS_OF, **more: Any) -> Facts:  # noqa: B008
        return Facts.of(_report(*fields, **more), as_of=as_of, claim=claim)

    return make


@pytest.fixture
def good_letter() -> Report:
    x = _extraction
    return _report(
        x("patient_name", "Marisol Vance"),
        x("diagnosis", "type 2 diabetes", resolved={"specificity": "named"}),
        x("diagnosis_code", "E11.9"),
        x("treatment", "personal training sessions", resolved={"specific": True, "class": "training"}),
        x("frequency", {"frequency": 3, "period": 1, "period_unit": "wk"}),
        x("duration", {"value": 6, "unit": "mo"}),
        x("letter_date", "2026-09-03"),
        x("treatment_link", {"treatment": "personal training", "condition": "diabetes", "verb": "treat"}),
        x("necessity_statement", True, raw="medically necessary"),
        x("provider_name", "Jonathan P. Reyes"),
        x("provider_credential", "MD"),
        x("signature", {"present": True, "form": "ink"}),
    )
