"""Dots that lead to an amount go; dots that mean something stay."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from docscan import pdfium
from docscan.reading.geometry import Grey
from docscan.reading.pictures import leaders, rendering, repair
from tests.unit.reading.layouts import Sheet

DPI = 200


def picture(*lines: tuple[str, str, str]) -> Grey:
    """Lines of a left text, what stands between, and a right text."""
    sheet = Sheet()
    for n, (left, between, right) in enumerate(lines):
        y = 80 + 24 * n
        sheet.put(60, y, left, size=11)
        sheet.put(200, y, between, size=11)
        sheet.put(540, y, right, size=11, right=True)
    with pdfium.opened(sheet.pdf()) as pdf:
        return rendering.grey(rendering.of_pdf(pdf[0], scale=DPI / 72))


def cleaned(grey: Grey) -> Grey:
    return leaders.without(grey, repair.ink(grey), repair.print_on(grey).letter()[1])


def inked(grey: Grey, left: float, right: float) -> int:
    """Dark pixels between two x in points."""
    return int((grey[:, round(left * DPI / 72) : round(right * DPI / 72)] < 128).sum())


@pytest.mark.parametrize("dots", ["." * 60, ". " * 40, " . " * 30, "·" * 50], ids=["close", "apart", "wide", "raised"])
def test_leaders_go_and_amounts_stay(dots: str) -> None:
    grey = picture(("Initial evaluation", dots, "$185.00"), ("Sales tax, if any", dots, "7.15"))
    clean = cleaned(grey)
    assert inked(grey, 200, 400) > 300
    assert inked(clean, 200, 400) == 0
    assert inked(clean, 505, 545) >= inked(grey, 505, 545) - 4
    assert inked(clean, 55, 180) == inked(grey, 55, 180)


def sentences() -> Iterator[tuple[str, str, str]]:
    yield "e.g. i.e. a.m. p.m.", "ICD: M54.50, E11.9; Z79.4", "1.5 x 2.0"
    yield "initial minimal", "She tried... and then rested.", "j. i. l. i."
    yield "1. 2. 3. 4. 5. 6. 7.", "a: b; c: d. e, f. g, h'", "www.a.b.c.org"


def test_dots_of_words_figures_and_sentences_stay() -> None:
    grey = picture(*sentences())
    assert np.array_equal(cleaned(grey), grey)


def test_an_empty_page_is_left_alone() -> None:
    white = np.full((300, 200), 255, np.uint8)
    assert leaders.without(white, repair.ink(white), 0) is white
    assert np.array_equal(leaders.without(white, repair.ink(white), 20), white)
