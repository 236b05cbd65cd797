"""Bars and shaded bands close the cells that hang from them, as ruling lines do."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from docscan.reading.geometry import Grey, Rect
from docscan.reading.layout import bands, cells
from docscan.reading.pictures import repair

HEIGHT = 22.0  # of a small letter, in pixels
FONT = ImageFont.load_default(40)


def form(*, shade: int, tall: int, left: int = 100, right: int = 1100, ink: int = 0, slope: float = 0.0) -> Grey:
    """Three columns of a label above its value in two rows; the first row's only wall above is a band."""
    image = Image.new("L", (1200, 800), 252)
    draw = ImageDraw.Draw(image)
    draw.text((100, 60), "Request for a letter of medical need", font=FONT, fill=0)
    bottom = 200 + tall
    draw.rectangle((left, 200, right, bottom), fill=shade)
    if tall > 45:
        draw.text((left + 14, 200 + (tall - 46) // 2), "1. Person", font=FONT, fill=252 if shade < 128 else ink)
    for x in (100, 420, 760, 1100):
        draw.line((x, bottom, x, bottom + 280), fill=0, width=3)
    for y in (140, 280):
        draw.line((100, bottom + y, 1100, bottom + y), fill=0, width=3)
    for x in (112, 432, 772):
        for y in (10, 70, 150, 210):
            draw.text((x, bottom + y), "Label and" if y % 140 == 10 else "value", font=FONT, fill=0)
    grey = np.asarray(image)
    turn = np.array([[1, 0, 0], [slope, 1, -600 * slope]], np.float32)
    return np.asarray(cv2.warpAffine(grey, turn, (1200, 800), borderValue=252, flags=cv2.INTER_LINEAR), np.uint8)


def closed(grey: Grey) -> list[Rect]:
    """Cells as tall as those of the form."""
    found = cells.ruled(repair.rulings(grey, HEIGHT), HEIGHT, grey)
    return [one.rect for one in found if one.kind == "cell" and 110 < one.rect[3] - one.rect[1] < 160]


@pytest.mark.parametrize("shade", [0, 60, 120, 200, 228])
@pytest.mark.parametrize("tall", [30, 48, 64, 110])
def test_the_first_row_under_a_band_has_closed_cells(shade: int, tall: int) -> None:
    assert len(closed(form(shade=shade, tall=tall))) == 6


@pytest.mark.parametrize(("left", "right", "count"), [(100, 420, 4), (420, 1100, 5), (760, 1100, 4), (60, 1160, 6)])
def test_a_band_across_part_of_the_width_closes_what_is_under_it(left: int, right: int, count: int) -> None:
    assert len(closed(form(shade=40, tall=60, left=left, right=right))) == count


@pytest.mark.parametrize("slope", [-0.006, 0.006])
def test_a_sloping_band_closes_its_cells(slope: float) -> None:
    assert len(closed(form(shade=40, tall=60, slope=slope))) == 6


def test_grain_of_the_paper_is_no_band() -> None:
    rng = np.random.default_rng(4)
    grainy = np.clip(form(shade=225, tall=60).astype(float) + rng.normal(0, 10, (800, 1200)), 0, 255).astype(np.uint8)
    assert len(closed(grainy)) == 6
    assert not bands.outlined(grainy[280:], HEIGHT, (520, 1200)).any()


@pytest.mark.parametrize("size", [24, 40, 70])
def test_print_rulings_and_shadows_are_no_bands(size: int) -> None:
    image = Image.new("L", (1200, 900), 250)
    draw = ImageDraw.Draw(image)
    for row in range(4):
        draw.text((60, 60 + 2 * size * row), "MMMM HHHH necessity, 97110", font=ImageFont.load_default(size), fill=0)
    for y, thick in ((700, 2), (720, 6)):
        draw.line((40, y, 1160, y), fill=0, width=thick)
    shadow = np.asarray(image) * np.linspace(1, 0.85, 1200)
    assert not bands.outlined(np.asarray(image), HEIGHT, (900, 1200)).any()
    assert not bands.outlined(shadow.astype(np.uint8), HEIGHT, (900, 1200)).any()


def test_a_page_without_walls_down_has_no_cells() -> None:
    grey = np.full((800, 1200), 250, np.uint8)
    for top in (100, 260, 420):
        grey[top : top + 80, 100:1100] = 205
    assert closed(grey) == []
