"""Grain is smoothed away, whatever made it; print and points stay, and a page without grain is left as it is."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from PIL import Image

from docscan.reading.geometry import Grey
from docscan.reading.pictures import grain, repair

TEXT = "Diagnosis E11.9, three times"


def page(paper: int = 200, print_: int = 30) -> Grey:
    sheet: Grey = np.full((900, 1000), paper, np.uint8)
    for top in range(80, 860, 60):
        cv2.putText(sheet, TEXT, (60, top), cv2.FONT_HERSHEY_SIMPLEX, 1.1, print_, 4)
    return sheet


def dithered(sheet: Grey) -> Grey:
    return np.asarray(Image.fromarray(sheet).convert("1").convert("L"), np.uint8)


def screened(sheet: Grey) -> Grey:
    order = (np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]) + 0.5) * 16
    return np.where(sheet > np.tile(order, (225, 250)), 255, 0).astype(np.uint8)


def dark(sheet: Grey) -> Grey:
    noise = np.random.default_rng(1).normal(0, 28, sheet.shape)
    return (sheet + noise).clip(0, 255).astype(np.uint8)


def cut_at_a_level(sheet: Grey) -> Grey:
    noise = np.random.default_rng(2).normal(0, 20, sheet.shape)
    return np.where(sheet + noise < np.asarray(cv2.blur(sheet, (51, 51)), float) - 16, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("spoilt", [dithered, screened, dark, cut_at_a_level])
def test_grain_goes_and_print_stays(spoilt: Callable[[Grey], Grey]) -> None:
    clean = page(255, 0)
    grainy = spoilt(page())
    smooth = grain.smoothed(repair.sheet_of(grainy))
    found = repair.evened(smooth).grey
    inked, expected = repair.ink(found) > 0, repair.ink(clean) > 0
    paper = cv2.dilate(expected.astype(np.uint8), np.ones((5, 5), np.uint8)) == 0
    core = cv2.erode(expected.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    assert smooth.grey[paper].std() < 0.4 * grainy[paper].std()
    assert inked[paper].mean() < 0.002
    assert inked[core].mean() > 0.97


def test_the_point_of_a_code_is_no_speck() -> None:
    sheet = page()
    end = 60 + cv2.getTextSize(TEXT, cv2.FONT_HERSHEY_SIMPLEX, 1.1, 4)[0][0]
    cv2.circle(sheet, (end + 8, 378), 2, 30, -1)
    found = grain.smoothed(repair.sheet_of(cut_at_a_level(sheet))).grey
    assert found[376:381, end + 6 : end + 11].min() < 100


@pytest.mark.parametrize("sheet", [page(), page(255, 0), dark(page())[:40], np.full((900, 1000), 255, np.uint8)])
def test_a_page_without_grain_is_the_same(sheet: Grey) -> None:
    before = repair.sheet_of(sheet)
    assert grain.smoothed(before) is before


def test_a_picture_that_is_dithered_leaves_the_text_around_it_alone() -> None:
    sheet = page(255, 0)
    sheet[500:700, 600:800] = dithered(np.full((200, 200), 150, np.uint8))
    found = grain.smoothed(repair.sheet_of(sheet)).grey
    assert (found[:420] == sheet[:420]).all()
    assert int(found[560:640, 660:740].min()) > 90
