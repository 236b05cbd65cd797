"""Fields of light colour become paper where dark print stands on them; coloured print, dark bars and paper stay."""

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from docscan.reading.pictures import colours

Pixels = npt.NDArray[np.uint8]
PINK, GREEN, ORANGE, YELLOW = (255, 120, 190), (90, 230, 120), (255, 150, 40), (255, 245, 60)


def page(ink: tuple[int, int, int] = (25, 25, 25), paper: tuple[int, int, int] = (250, 250, 250)) -> Pixels:
    sheet: Pixels = np.full((1400, 1100, 3), paper, np.uint8)
    for top in range(120, 1300, 60):
        cv2.putText(sheet, "ICD-10 code E11.9 for 6 months", (90, top), cv2.FONT_HERSHEY_SIMPLEX, 1.3, ink, 4)
    return sheet


def marked(sheet: Pixels, colour: tuple[int, int, int], rows: slice = slice(385, 435)) -> Pixels:
    found = sheet.copy()
    part = found[rows, 200:700].astype(float)
    found[rows, 200:700] = (part * np.array(colour) / 255).astype(np.uint8)
    return found


@pytest.mark.parametrize("colour", [PINK, GREEN, ORANGE, YELLOW])
def test_print_that_was_marked_is_as_before(colour: tuple[int, int, int]) -> None:
    plain, found = (colours.grey(Image.fromarray(one)).astype(int) for one in (page(), marked(page(), colour)))
    inside = (slice(388, 432), slice(205, 695))
    print_ = plain[inside] < 60
    assert np.median(plain[inside][~print_] - found[inside][~print_]) < 30
    assert found[inside][print_].max() < 90
    outside = np.ones(plain.shape, bool)
    outside[375:445, 190:710] = False
    assert (plain == found)[outside].all()


@pytest.mark.parametrize("ink", [(90, 140, 215), (225, 90, 80), (70, 160, 90)])
def test_coloured_print_stays(ink: tuple[int, int, int]) -> None:
    sheet = Image.fromarray(page(ink))
    assert (colours.grey(sheet) == np.asarray(sheet.convert("L"))).all()


@pytest.mark.parametrize("paper", [(246, 196, 208), (250, 240, 180), (200, 235, 205)])
def test_coloured_paper_stays(paper: tuple[int, int, int]) -> None:
    sheet = Image.fromarray(page(paper=paper))
    assert (colours.grey(sheet) == np.asarray(sheet.convert("L"))).all()


def test_light_print_on_a_coloured_bar_stays() -> None:
    sheet = page()
    sheet[380:440, 60:1040] = (80, 150, 235)
    cv2.putText(sheet, "Diagnosis and treatment", (90, 425), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (255, 255, 255), 4)
    picture = Image.fromarray(sheet)
    assert (colours.grey(picture) == np.asarray(picture.convert("L"))).all()


def test_a_grey_picture_is_itself() -> None:
    picture = Image.fromarray(page()).convert("L")
    assert (colours.grey(picture) == np.asarray(picture)).all()
