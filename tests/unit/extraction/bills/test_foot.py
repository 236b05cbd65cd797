"""Sums are told from lines by arithmetic, in anybody's words."""

from __future__ import annotations

import pytest

from docscan.document import Document
from docscan.extraction.bills.foot import foot_of
from docscan.extraction.bills.labels import meaning_of
from docscan.extraction.text.annotated import AnnotatedText

_LINES = "Posture class     40.00\nFoam roller       25.00\n"


def _foot(text: str) -> tuple[list[int], dict[str, int]]:
    foot = foot_of(AnnotatedText(Document.from_text(text)))
    return [line.cents for line in foot.lines], {figure.role: figure.cents for figure in foot.figures}


@pytest.mark.parametrize("word", ["Tally", "this visit", "Everything", "2 things, all in"])
def test_an_amount_that_the_lines_come_to_is_their_sum_however_it_is_called(word: str) -> None:
    assert _foot(f"{_LINES}{word}     65.00\n") == ([4000, 2500], {"total": 6500})


def test_what_two_sums_differ_by_was_taken_off_in_between() -> None:
    lines, figures = _foot(f"{_LINES}Subtotal     65.00\nOld friends     -6.50\nTotal     58.50\n")
    assert lines == [4000, 2500]
    assert figures["discount"] == 650


def test_a_line_that_costs_as_much_as_those_above_it_is_a_line_where_the_total_counts_it_in() -> None:
    assert _foot("Class     10.00\nMat     10.00\nBlock     20.00\nTotal     40.00\n")[0] == [1000, 1000, 2000]


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Insurer settled direct", "insurance_paid"),
        ("Still owes", "balance_due"),
        ("Old bal. fwd", "previous_balance"),
        ("Sibling courtesy discount", "discount"),
        ("Balance training", None),
        ("Insurance form fee", None),
    ],
)
def test_single_words_of_a_label_compose_what_it_means(label: str, role: str | None) -> None:
    meaning = meaning_of(label)
    assert (meaning.role if meaning else None) == role
