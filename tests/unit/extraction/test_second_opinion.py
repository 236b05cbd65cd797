"""What agreement and disagreement of the tagger do to the names that the rules found."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from docscan.document import Document, Extraction, Extractions
from docscan.extraction import extractors, tagger
from docscan.extraction.learned import tags
from docscan.extraction.learned.tagger_alone import found_alone
from docscan.extraction.second_opinion import Opinion, same_name, says, second_opinion
from docscan.extraction.tagger import Tagged, Tags, tokens
from docscan.extraction.text.annotated import AnnotatedText

TEXT = """RE: Marisol T. Vance

I treat Marisol T. Vance, whose husband Peter Lindqvist holds the account. Ms. Vance needs massage.

Anil Deshmukh, MD
"""


LABELS = ("patient", "participant", "provider", "signer", "other_person", "practice", "merchant", "treatment")


class Says:
    """A tagger that takes each name for what it is told."""

    version = "of a test"

    def __init__(self, roles: Mapping[str, str]) -> None:
        self._roles = roles

    def __call__(self, text: str) -> Tags:
        spans = tuple(
            Tagged(role, place, place + len(name), 0.98)
            for name, role in self._roles.items()
            for place in range(len(text))
            if text.startswith(name, place)
        )
        words = list(tokens(text))
        chances = {label: np.full(len(words), 0.02) for label in LABELS}
        for span in spans:
            for index, word in enumerate(words):
                if span.start <= word.start < span.end:
                    chances[span.label][index] = 0.98
        return Tags(spans, [word.start for word in words], [word.end for word in words], chances)


def looked_at(monkeypatch: pytest.MonkeyPatch, roles: Mapping[str, str] | None) -> AnnotatedText:
    model = Says(roles) if roles is not None else None
    monkeypatch.setattr(tagger, "tagger", lambda: model)
    return AnnotatedText(Document.from_text(TEXT))


def found(text: AnnotatedText, name: str, value: str, confidence: float = 0.9) -> Extractions:
    start = text.text.index(value)
    one = text.extraction(name, value, start, start + len(value), found_by="test", strength=confidence)
    return Extractions("lmn", 1.0, (), (one,))


def after(text: AnnotatedText, given: Extractions) -> Extraction:
    (one,) = second_opinion(text, given).fields
    return one


def test_where_both_find_the_same_name_nothing_is_added(monkeypatch: pytest.MonkeyPatch) -> None:
    text = looked_at(monkeypatch, {"Marisol T. Vance": "patient"})
    given = found(text, "patient_name", "Marisol T. Vance")
    assert second_opinion(text, given) == given


def test_where_the_tagger_names_another_the_value_stays_and_the_other_is_a_reading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = looked_at(monkeypatch, {"Marisol T. Vance": "patient"})
    one = after(text, found(text, "patient_name", "Peter Lindqvist"))
    assert one.value == "Peter Lindqvist"
    assert one.readings == ("Marisol T. Vance",)


def sure_of_the_patient(monkeypatch: pytest.MonkeyPatch, roles: Mapping[str, str] | None) -> float:
    looked_at(monkeypatch, roles)
    (one,) = extractors.extract(Document.from_text(TEXT)).named("patient_name")
    assert one.value == "Marisol T. Vance"
    return one.confidence or 0.0


def test_a_name_is_surer_where_the_tagger_agrees_than_where_it_is_silent_or_takes_it_for_somebody_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    agreed = sure_of_the_patient(monkeypatch, {"Marisol T. Vance": "patient"})
    silent = sure_of_the_patient(monkeypatch, {"Anil Deshmukh": "signer"})
    disputed = sure_of_the_patient(monkeypatch, {"Marisol T. Vance": "other_person"})
    assert agreed > sure_of_the_patient(monkeypatch, None) > silent
    assert agreed > disputed


def test_who_the_rules_do_not_find_is_said_by_the_tagger_alone_where_that_is_likely_right(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paper = "Northbrook Clinic\n\nOsei Tandoh was here on 3/4/2025 and is to have massage weekly for his back pain.\n"
    monkeypatch.setattr(tagger, "tagger", lambda: Says({"Osei Tandoh": "patient"}))
    (one,) = extractors.extract(Document.from_text(paper)).named("patient_name")
    assert one.value == "Osei Tandoh"


def test_a_tagger_that_fails_is_a_problem_and_names_stay_as_the_rules_found_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken() -> None:
        raise RuntimeError("no such operator")

    monkeypatch.setattr(tagger, "tagger", broken)
    said = extractors.extract(Document.from_text(TEXT))
    assert [problem.category for problem in said.problems] == ["extractor_failed"]
    assert said.named("patient_name") == extractors.rules(AnnotatedText(Document.from_text(TEXT))).named("patient_name")


def test_it_adds_no_value_of_its_own_and_touches_no_other_field(monkeypatch: pytest.MonkeyPatch) -> None:
    text = looked_at(monkeypatch, {"Anil Deshmukh": "provider", "Peter Lindqvist": "participant"})
    given = found(text, "treatment", "massage")
    assert second_opinion(text, given) == given


def test_without_a_tagger_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    text = looked_at(monkeypatch, None)
    given = found(text, "patient_name", "Peter Lindqvist")
    assert second_opinion(text, given) == given
    plain = extractors.rules(text).named("patient_name")
    assert extractors.extract(Document.from_text(TEXT)).named("patient_name") == plain


def test_a_person_is_one_opinion_however_short_the_mention(monkeypatch: pytest.MonkeyPatch) -> None:
    text = looked_at(monkeypatch, {"Marisol T. Vance": "patient", "Vance needs": "patient", "Ms": "patient"})
    assert says(text)["patient_name"] == (Opinion("Marisol T. Vance", 0.98), Opinion("Vance needs", 0.98))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Marisol T. Vance", "Marisol Vance", True),
        ("VANCE, MARISOL", "Marisol Vance", True),
        ("José Núñez", "Jose Nunez", True),
        ("Marisol Vance", "Peter Vance", False),
        ("Cedar Physical Therapy, PLLC", "CEDAR PHYSICAL THERAPY", True),
        ("", "Marisol Vance", False),
    ],
)
def test_two_names_are_one_where_one_is_short_for_the_other(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


def alone(text: AnnotatedText, *known: Extraction) -> list[tuple[str, object]]:
    return [(one.field, one.value) for one in found_alone(text, known)]


def test_it_names_whom_the_rules_did_not_find(monkeypatch: pytest.MonkeyPatch) -> None:
    text = looked_at(monkeypatch, {"Marisol T. Vance": "patient", "massage": "treatment"})
    assert alone(text) == [("patient_name", "Marisol T. Vance"), ("treatment", "massage")]


@pytest.mark.parametrize(
    ("known", "said"),
    [("Marisol T. Vance", []), ("Peter Lindqvist", [("patient_name", "Marisol T. Vance")])],
)
def test_it_names_another_only_where_it_believes_none_of_the_rules(
    monkeypatch: pytest.MonkeyPatch, known: str, said: list[tuple[str, str]]
) -> None:
    text = looked_at(monkeypatch, {"Marisol T. Vance": "patient"})
    assert alone(text, *found(text, "patient_name", known).fields) == said


def test_who_signs_a_letter_and_sells_what_it_is_for_is_not_doubted(monkeypatch: pytest.MonkeyPatch) -> None:
    text = looked_at(monkeypatch, {"Marisol T. Vance": "patient"})
    (signer,) = found(text, "signer_name", "Anil Deshmukh").fields
    (merchant,) = found(text, "merchant_name", "Anil Deshmukh").fields
    assert tags.odds_of(text, merchant) == 0 > tags.odds_of(text, signer)
