"""The kind of a document follows from titles, structure and wording, also where letters were misread."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.document import Document
from docscan.extraction.kinds.kinds import DECIDED, kind_of

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "kind_cases.toml").read_text("utf-8"))["case"]

_ALIKE = {"o": "0", "l": "1", "i": "l", "e": "c", "s": "5", "a": "o", "t": "f", "n": "m", "O": "0", "I": "l", "S": "5"}


def _misread(text: str, share: float, seed: int) -> str:
    chance = random.Random(seed)  # noqa: S311
    return "".join(_ALIKE[c] if c in _ALIKE and chance.random() < share else c for c in text)


@pytest.mark.parametrize("case", CASES, ids=[f"{case['kind']}: {case['why']}" for case in CASES])
def test_a_document_is_filed_where_a_careful_person_files_it(case: dict[str, Any]) -> None:
    found = kind_of(Document.from_text(case["text"].strip("\n")))
    assert found.kind == case["kind"], sorted(found.scores.items(), key=lambda pair: -pair[1])[:3]


def test_every_kind_has_cases() -> None:
    assert {case["kind"] for case in CASES} == set(DECIDED)


@pytest.mark.slow
@pytest.mark.parametrize(("share", "least"), [(0.05, 0.93), (0.1, 0.87)])
def test_most_kinds_survive_misread_letters(share: float, least: float) -> None:
    right = [
        kind_of(Document.from_text(_misread(case["text"], share, seed))).kind == case["kind"]
        for seed, case in enumerate(CASES)
    ]
    assert sum(right) / len(right) >= least


@pytest.mark.parametrize("case", CASES[:20], ids=lambda case: case["why"])
def test_the_evidence_is_the_documents_own_text(case: dict[str, Any]) -> None:
    document = Document.from_text(case["text"].strip("\n"))
    found = kind_of(document)
    assert found.evidence
    for evidence in found.evidence:
        assert evidence.text == document.text[evidence.start : evidence.end]
        assert evidence.boxes


def test_the_evidence_of_a_titled_letter_holds_its_title() -> None:
    case = next(case for case in CASES if case["why"] == "letter, titled")
    assert any("MEDICAL NECESSITY" in e.text for e in kind_of(Document.from_text(case["text"])).evidence)


@pytest.mark.parametrize("text", ["", " \n ", "\f\f"])
def test_a_document_without_words_is_other_and_nothing_is_known_of_it(text: str) -> None:
    found = kind_of(Document.from_text(text))
    assert (found.kind, found.confidence) == ("other", 0.0)


def test_two_kinds_that_speak_equally_leave_little_confidence() -> None:
    clear = kind_of(
        Document.from_text("EXPLANATION OF BENEFITS\nTHIS IS NOT A BILL\nPlan paid 10.00\nYou may owe 5.00")
    )
    torn = kind_of(Document.from_text("RECEIPT\n\nREFERRAL\nRefer to: Dr. Bloom"))
    assert clear.confidence > 0.9
    assert torn.confidence < clear.confidence


def test_a_mention_of_a_letter_in_a_denial_is_not_a_letter() -> None:
    text = "Your claim could not be approved. A letter of medical necessity is missing. Ask your doctor for it."
    assert kind_of(Document.from_text(text)).kind == "other"


@given(st.text(max_size=400))
def test_any_text_has_a_kind(text: str) -> None:
    found = kind_of(Document.from_text(text))
    assert found.kind in DECIDED
    assert 0.0 <= found.confidence <= 1.0
