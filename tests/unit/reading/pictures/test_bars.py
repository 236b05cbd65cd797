"""Light print on dark bars becomes dark print; nothing else changes."""

import cv2
import numpy as np
import pytest

from docscan.reading.geometry import Grey
from docscan.reading.pictures import bars

BAR = (slice(300, 360), slice(200, 1500))  # rows and columns of the page


def page(*, ground: int = 40, print_: int = 245, text: str = "1. Person and provider", grid: bool = False) -> Grey:
    paper: Grey = np.full((2200, 1700), 245, np.uint8)
    cv2.putText(paper, "Letter of Medical Necessity", (200, 200), cv2.FONT_HERSHEY_SIMPLEX, 1.6, 20, 4)
    paper[BAR] = ground
    cv2.putText(paper, text, (220, 342), cv2.FONT_HERSHEY_SIMPLEX, 1.1, print_, 3)
    if grid:
        cv2.rectangle(paper, (200, 300), (1499, 520), 20, 3)
        cv2.line(paper, (700, 360), (700, 520), 20, 3)
    return paper


def unreversed(paper: Grey) -> Grey:
    small = cv2.resize(paper, None, fx=640 / 2200, fy=640 / 2200, interpolation=cv2.INTER_AREA)
    return bars.unreversed(paper, small)[0]


@pytest.mark.parametrize("grid", [False, True])
@pytest.mark.parametrize("degrees", [0.0, 1.5])
@pytest.mark.parametrize("ground", [20, 90, 140])
def test_light_print_on_a_bar_becomes_dark_print_in_a_frame(ground: int, degrees: float, grid: bool) -> None:
    turn = cv2.getRotationMatrix2D((850, 1100), degrees, 1)
    paper: Grey = np.asarray(
        cv2.warpAffine(page(ground=ground, grid=grid), turn, (1700, 2200), borderValue=245), np.uint8
    )
    expected = cv2.warpAffine(page(ground=245, print_=20, grid=grid), turn, (1700, 2200), borderValue=245)
    inside = cv2.warpAffine(_mask(), turn, (1700, 2200)) > 0
    found = unreversed(paper)
    assert np.abs(found[inside].astype(int) - expected[inside]).mean() < 12
    level = cv2.warpAffine(found, turn, (1700, 2200), flags=cv2.WARP_INVERSE_MAP)
    for edge in (level[294:308, 210:1490], level[352:366, 210:1490]):  # the frame
        assert (edge.min(axis=0) < 150).mean() > 0.97
    outside = cv2.warpAffine(_mask(-8), turn, (1700, 2200)) == 0
    assert (found[outside] == paper[outside]).all()


def _mask(margin: int = 8) -> Grey:
    mask: Grey = np.zeros((2200, 1700), np.uint8)
    mask[300 + margin : 360 - margin, 200 + margin : 1500 - margin] = 255
    return mask


@pytest.mark.parametrize(
    "paper",
    [
        page(ground=180, print_=20),  # dark print on a shaded band
        page(text=""),  # blacked out
        page(ground=245, print_=20),
        np.full((2200, 1700), 245, np.uint8),
        np.full((2200, 1700), 20, np.uint8),
    ],
)
def test_other_pages_stay(paper: Grey) -> None:
    assert (unreversed(paper) == paper).all()


def test_a_dark_table_around_the_sheet_stays() -> None:
    paper = page(ground=245, print_=20)
    paper[:, :150] = 30
    assert (unreversed(paper) == paper).all()
