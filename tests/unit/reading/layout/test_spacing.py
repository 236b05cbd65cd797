"""Leaders are no words; codes that a reader took apart are whole again; everything else stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.reading.geometry import Seen
from docscan.reading.layout.spacing import mended


def line(text: str, *, gap: float = 3.0, sure: float | None = 0.9) -> list[Seen]:
    """Words ten high, as far apart as `gap` says; a bar stands for a gap of thirty."""
    words = []
    x = 0.0
    for part in text.split():
        if part == "|":
            x += 30
            continue
        words.append(Seen(part, x, 0, x + 5 * len(part), 10, sure, 0))
        x += 5 * len(part) + gap
    return words


@pytest.mark.parametrize(
    ("seen", "kept"),
    [
        ("Total ............ 125.00", "Total 125.00"),
        ("Total............125.00", "Total 125.00"),
        ("Office visit....... $95.00", "Office visit $95.00"),
        ("Balance: ..........$0.00", "Balance: $0.00"),
        ("Subtotal . . . . . . . 40.00", "Subtotal 40.00"),
        ("Name ..............", "Name"),
        ("Sales tax ……… 7.15", "Sales tax 7.15"),
        ("ICD M54 . 50 low", "ICD M54.50 low"),
        ("ICD E11 .9 and", "ICD E11.9 and"),
        ("S83 . 511A, knee", "S83.511A, knee"),
    ],
)
def test_it_is_mended(seen: str, kept: str) -> None:
    assert " ".join(word.text for word in mended(line(seen))) == kept


@pytest.mark.parametrize(
    "text",
    [
        "She rested... and then left.",
        "treated for M54. 50 minutes of massage",
        "Plan A12 | .50 each",
        "A . B . C",
        "www.example.org 12.50 1.5",
        "____ blank ____",
        "Grade B12 . The next",
        "M54 .",
    ],
)
def test_it_stays(text: str) -> None:
    words = line(text)
    assert mended(words) == words


def test_parts_of_a_code_that_stand_far_apart_stay_apart() -> None:
    words = line("M54 . 50", gap=9.0)
    assert mended(words) == words


def test_the_file_s_own_words_are_not_joined() -> None:
    words = line("M54 . 50", sure=None)
    assert mended(words) == words


def test_a_joined_code_is_as_sure_as_its_weakest_part_and_spans_all() -> None:
    first, point, rest = line("M54 . 50")
    whole = mended([first, Seen(".", point.left, 7, point.right, 9, 0.4, 0), rest])
    assert whole == [Seen("M54.50", first.left, 0, rest.right, 10, 0.4, 0)]


def test_what_a_leader_ran_into_keeps_its_place() -> None:
    what, amount = mended([Seen("Total.....12.00", 0, 0, 150, 10, 0.9, 3)])
    assert (what.left, what.right, amount.left, amount.right) == (0, 50, 100, 150)
    assert what.strand == amount.strand == 3


@given(st.lists(st.text(st.sampled_from("M54.0 aB$,…"), min_size=1, max_size=8).filter(str.strip), max_size=12))
def test_no_letter_or_figure_is_ever_lost(texts: list[str]) -> None:
    words = [Seen(text, 12.0 * n, 0, 12.0 * n + 10, 10, 0.5, 0) for n, text in enumerate(texts)]
    told = "".join(character for word in mended(words) for character in word.text if character.isalnum())
    assert told == "".join(character for text in texts for character in text if character.isalnum())
