"""Sheets of paper are told from what lies around them, and from what is only drawn on paper."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from docscan.reading import geometry
from docscan.reading.geometry import Grey
from docscan.reading.pictures import repair

LINES = ("KNEE BRACE      31.20", "GAUZE PADS       4.75", "SUBTOTAL        35.95", "TOTAL           38.46")


def slip(lines: int = 12, *, paper: int = 245) -> Grey:
    image = Image.new("L", (520, 80 + 52 * lines), paper)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(34)
    for row in range(lines):
        draw.text((40, 40 + 52 * row), LINES[row % 4], font=font, fill=25)
    return np.asarray(image)


def laid(slips: list[tuple[Grey, float, float, float]], ground: Grey) -> Grey:
    """Each slip put down on the ground: middle x, y, degrees counter-clockwise. A camera's grain over all."""
    scene = np.array(ground)
    for grey, x, y, degrees in slips:
        turn = cv2.getRotationMatrix2D((grey.shape[1] / 2, grey.shape[0] / 2), degrees, 1.0)
        turn[:, 2] += (x - grey.shape[1] / 2, y - grey.shape[0] / 2)
        size = scene.shape[::-1]
        covered = cv2.warpAffine(np.full(grey.shape, 255, np.uint8), turn, size) > 127
        scene = np.where(covered, cv2.warpAffine(grey, turn, size, borderValue=240), scene)
    grain = np.random.default_rng(1).normal(0, 3, scene.shape)
    return np.clip(cv2.GaussianBlur(scene, (0, 0), 0.7) + grain, 0, 255).astype(np.uint8)


def plain(value: int) -> Grey:
    return np.full((1500, 2000), value, np.uint8)


def chequered() -> Grey:
    rows, columns = np.mgrid[0:1500, 0:2000] // 50
    return np.where((rows + columns) % 2, 60, 150).astype(np.uint8)


def shaded(grey: Grey) -> Grey:
    return (grey * np.linspace(1, 0.5, grey.shape[1])).astype(np.uint8)


THREE = [(slip(), 380.0, 450.0, 4.0), (slip(9, paper=225), 980.0, 400.0, -3.0), (slip(14), 1660.0, 900.0, 7.0)]


@pytest.mark.parametrize(
    "picture",
    [laid(THREE, plain(60)), laid(THREE, chequered()), shaded(laid(THREE, plain(130))), laid(THREE, plain(185))],
    ids=["dark", "chequered", "shadow", "pale"],
)
def test_each_of_several_receipts_is_found(picture: Grey) -> None:
    found = repair.sheets(repair.sheet_of(picture))
    assert len(found) == 3
    for part, (grey, x, y, _) in zip(found, THREE, strict=True):
        assert part.grey.shape == pytest.approx(grey.shape, abs=14)
        box = geometry.box(part.to_page, 0, 0, *part.grey.shape[::-1])
        assert ((box.left + box.right) / 2, (box.top + box.bottom) / 2) == pytest.approx((x / 2000, y / 1500), abs=0.01)


def test_a_receipt_that_would_be_lost_keeps_the_picture_whole() -> None:
    """The third one lies on a round tray as bright as itself: its edges cannot be seen."""
    tray = np.asarray(cv2.circle(np.array(plain(60)), (1500, 1000), 480, 245, -1), dtype=np.uint8)
    (whole,) = repair.sheets(repair.sheet_of(laid([*THREE[:2], (slip(10), 1500.0, 1000.0, 7.0)], tray)))
    assert whole.grey.shape == (1500, 2000)


def form() -> Grey:
    """Two boxes, a dark heading and a grey panel on one sheet."""
    grey = np.full((1500, 2000), 245, np.uint8)
    grey[:120] = 40
    grey[900:1400, 100:900] = 190
    for left in (100, 1050):
        cv2.rectangle(grey, (left, 200), (left + 800, 850), 20, 4)
        grey[230:830, left + 30 : left + 550] = slip(10)[:600]
    grey[950:1350, 1100:1620] = slip(10)[:400]
    return laid([], grey)


def cards() -> Grey:
    """A printed page of white panels on a dark ground."""
    grey = plain(90)
    for left in (150, 800):
        for top in (80, 780):
            grey[top : top + 648, left : left + 520] = slip(11)[:648]
    return laid([], grey)


@pytest.mark.parametrize("picture", [form(), cards(), shaded(form())], ids=["form", "cards", "shaded form"])
def test_what_is_drawn_on_paper_is_no_sheet(picture: Grey) -> None:
    for seen in (picture, np.ascontiguousarray(np.rot90(picture))):
        sheet = repair.sheet_of(seen)
        (whole,) = repair.sheets(sheet)
        assert whole.grey is sheet.grey


def test_sheets_of_a_copied_page_are_not_looked_for() -> None:
    black_and_white = np.where(laid(THREE, plain(60)) < 128, 0, 255).astype(np.uint8)
    assert len(repair.sheets(repair.sheet_of(black_and_white))) == 1


def test_a_sheet_found_once_is_not_looked_for_again() -> None:
    for part in repair.sheets(repair.sheet_of(laid(THREE, plain(60)))):
        assert repair.cropped(part) is part
