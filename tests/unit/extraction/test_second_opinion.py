"""What agreement and disagreement of the tagger do to the names that the rules found."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from docscan.document import Document, Extraction, Extractions
from docscan.extraction import extractors, tagger
from docscan.extraction.second_opinion import Opinion, same_name, says, second_opinion
from docscan.extraction.tagger import Tagged
from docscan.extraction.text.annotated import AnnotatedText

TEXT = """RE: Marisol T. Vance

I treat Marisol T. Vance, whose husband Peter Lindqvist holds the account. Ms. Vance needs massage.

Anil Deshmukh, MD
"""


class Says:
    """A tagger that takes each name for what it is told."""

    version = "of a test"

    def __init__(self, roles: Mapping[str, str]) -> None:
        self._roles = roles

    def __call__(self, text: str) -> tuple[Tagged, ...]:
        return tuple(
            Tagged(role, place, place + len(name), 0.9)
            for name, role in self._roles.items()
            for place in range(len(text))
            if text.startswith(name, place)
        )


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


def test_where_both_find_the_same_name_it_is_surer(monkeypatch: pytest.MonkeyPatch) -> None:
    text = looked_at(monkeypatch, {"Marisol T. Vance": "patient"})
    one = after(text, found(text, "patient_name", "Marisol T. Vance"))
    assert one.value == "Marisol T. Vance"
    assert one.confidence is not None
    assert one.confidence > 0.9
    assert one.readings == ()


def test_where_the_tagger_names_another_the_value_stays_is_less_sure_and_the_other_is_a_reading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = looked_at(monkeypatch, {"Marisol T. Vance": "patient"})
    one = after(text, found(text, "patient_name", "Peter Lindqvist"))
    assert one.value == "Peter Lindqvist"
    assert one.confidence is not None
    assert one.confidence < 0.7
    assert one.readings == ("Marisol T. Vance",)


def test_a_name_that_the_tagger_takes_for_somebody_else_is_less_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    text = looked_at(monkeypatch, {"Peter Lindqvist": "other_person"})
    one = after(text, found(text, "patient_name", "Peter Lindqvist"))
    assert one.confidence is not None
    assert one.confidence < 0.7
    assert one.readings == ()


def test_a_name_of_which_the_tagger_says_nothing_is_less_sure_than_it_was_and_surer_than_a_disputed_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    silent = looked_at(monkeypatch, {"Anil Deshmukh": "signer"})
    one = after(silent, found(silent, "patient_name", "Marisol T. Vance"))
    disputed = looked_at(monkeypatch, {"Marisol T. Vance": "other_person"})
    other = after(disputed, found(disputed, "patient_name", "Marisol T. Vance"))
    assert one.confidence is not None
    assert other.confidence is not None
    assert other.confidence < one.confidence < 0.9
    assert one.readings == ()


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
    assert says(text)["patient_name"] == (Opinion("Marisol T. Vance", 0.9), Opinion("Vance needs", 0.9))


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
