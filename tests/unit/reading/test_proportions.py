"""A fax has fewer dots an inch down than across: how tall its page must be drawn is measured, or told by the file."""

from __future__ import annotations

import numpy as np
import pytest

from docscan.reading.pages import _stretch
from docscan.reading.pictures import repair

WIDE, TALL = 1728, 1092


def paper(*, two_tone: bool = True) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    grey = np.full((TALL, WIDE), 255, np.uint8)
    grey[100:110, 100:900] = 0
    if not two_tone:
        grey[200:700] = 128
    return grey


@pytest.mark.parametrize("quarter", [0, 90, 180, 270])
def test_letters_that_were_made_taller_make_the_page_taller(quarter: int) -> None:
    sheet = repair.sheet_of(paper())
    down = (2.08, 1.0) if quarter in (90, 270) else (1.0, 2.08)
    size = (1.5 * down[0], 1.5 * down[1])
    across = repair.turned(sheet, quarter, size=size)
    found = _stretch(across, WIDE, TALL)
    assert found == pytest.approx(1 / 2.08 if quarter in (90, 270) else 2.08, abs=0.02)


@pytest.mark.parametrize(
    ("dpi", "stretch"), [((204, 98), 2.08), ((204, 196), 1.0), ((98, 204), 0.48), ((300, 300), 1.0), (None, 1.0)]
)
def test_the_resolution_that_a_file_tells_is_believed(dpi: tuple[float, float] | None, stretch: float) -> None:
    assert _stretch(repair.sheet_of(paper(two_tone=False), dpi), WIDE, TALL) == stretch


def test_a_page_that_is_a_little_skewed_keeps_its_proportions() -> None:
    skewed = repair.turned(repair.sheet_of(paper()), 0, 4.0, (1.1, 1.1))
    assert _stretch(skewed, WIDE, TALL) == 1.0
