"""The readers may add a value or doubt one; they never overrule what is surer, and a guess of theirs is a reading."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docscan.document import Document, Evidence, Extraction
from docscan.extraction.learned import proposing
from docscan.extraction.text.annotated import AnnotatedText

BILL = (
    "Cedar Lane Fitness\n14 Cedar Lane\n\nInvoice 2044      March 4, 2026\nClient: Mara Vance\n\n"
    "Training session, 60 min   2   60.00   120.00\nSales tax   5.00\nTotal   125.00\nVisa   125.00\n"
)


def found(name: str, value: object, confidence: float, by: str = "rules") -> Extraction:
    place = Evidence(1, (), str(value), 0, 1, "", by)
    return Extraction(name, value, str(value), "stated", confidence, (place,), (), None)


def test_what_is_labelled_total_is_likelier_the_total_than_the_line_above_it() -> None:
    said = proposing.opinions(AnnotatedText(Document.from_text(BILL)))["total"]
    assert max(said.values(), key=lambda one: one.odds).value == "125.00"
    assert said['"125.00"'].odds > said['"120.00"'].odds > said['"5.00"'].odds - 3


def test_what_the_rules_know_is_not_proposed_again() -> None:
    text = AnnotatedText(Document.from_text(BILL))
    everything = {(p.name, p.value) for p in proposing.proposals(text, [])}
    assert ("total", "125.00") in everything
    rest = {(p.name, p.value) for p in proposing.proposals(text, [found("total", "125.00", 0.9)])}
    assert rest == everything - {("total", "125.00")}


@pytest.mark.parametrize(
    ("rules", "learned", "value", "readings"),
    [
        (0.9, 0.3, "1.00", ("1.00", "2.00")),
        (0.9, 0.1, "1.00", ()),
        (0.3, 0.8, "2.00", ("2.00", "1.00")),
        (0.1, 0.8, "2.00", ()),
        (0.3, 0.4, None, ("2.00", "1.00")),
        (None, 0.8, "2.00", ()),
        (None, 0.3, None, ("2.00",)),
    ],
)
def test_the_likelier_of_two_totals_stands_and_the_other_is_a_reading(
    rules: float | None, learned: float, value: str | None, readings: tuple[str, ...]
) -> None:
    both = [found("total", "2.00", learned, by="learned")]
    both += [] if rules is None else [found("total", "1.00", rules)]
    (one,) = proposing.chosen(both)
    assert (one.value, one.readings) == (value, readings)


def test_a_proposal_that_is_hardly_likely_is_dropped() -> None:
    assert proposing.chosen([found("total", "2.00", 0.1, by="learned")]) == ()
    assert proposing.chosen([found("service_date", "2026-03-04", 0.4, by="learned")]) == ()


def test_of_a_field_with_several_values_each_likely_one_stands() -> None:
    days = [found("service_date", "2026-03-04", 0.9), found("service_date", "2026-03-11", 0.8, by="learned")]
    assert proposing.chosen(days) == tuple(days)


def test_what_is_denied_is_not_weighed() -> None:
    text = AnnotatedText(Document.from_text(BILL))
    total = found("total", "125.00", 0.9)
    assert proposing.odds_of(text, total) > 0
    assert proposing.odds_of(text, replace(total, assertion="negated")) == 0
