"""Lines that were bent are read as straight ones, and their words are found where they bend on the page."""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw, ImageFont

from docscan.reading import geometry
from docscan.reading.geometry import Bent, Grey, Heights
from docscan.reading.pictures import repair

LINE = "The patient was seen again for the same pain in the back, and rest gave no relief"


def page() -> Grey:
    image = Image.new("L", (1300, 1100), 245)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(30)
    for row in range(13):
        draw.text((60, 130 + 65 * row), LINE[row : row + 70], font=font, fill=20)
    return np.asarray(image)


BOWS: dict[str, Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]] = {
    "bulge": lambda x: 60 * np.sin(np.pi * x),
    "wave": lambda x: 25 * np.sin(2.2 * np.pi * x),
    "spine": lambda x: 70 * np.exp(-5 * x),
    "fold": lambda x: 90 * np.abs(x - 0.45),
}


def bent(grey: Grey, how: str) -> Grey:
    rows, columns = np.mgrid[0 : grey.shape[0], 0 : grey.shape[1]].astype(np.float32)
    rows = rows + BOWS[how](columns / grey.shape[1]).astype(np.float32) - 30
    return np.asarray(cv2.remap(grey, columns, rows, cv2.INTER_LINEAR, borderValue=245), dtype=np.uint8)


def unevenness(grey: Grey) -> float:
    """How unlike the rows of a picture are: high where rows are lines of print or the white between them."""
    return float((grey < 128).mean(axis=1).std() / (grey < 128).mean())


@pytest.mark.parametrize("how", BOWS)
def test_bent_lines_become_straight(how: str) -> None:
    straight, sheet = page(), repair.levelled(repair.sheet_of(bent(page(), how)))
    assert isinstance(sheet.to_page, Bent)
    assert unevenness(sheet.grey) > 0.85 * unevenness(repair.levelled(repair.sheet_of(straight)).grey)


@pytest.mark.parametrize("how", ["bulge", "spine", "fold"])
def test_words_are_found_where_they_bend_on_the_page(how: str) -> None:
    uploaded = np.array(page())
    uploaded[1040:1060, 200:260] = 0  # a bar, the only one
    uploaded = np.array(bent(uploaded, how))
    sheet = repair.levelled(repair.sheet_of(uploaded))
    _, _, found, _ = cv2.connectedComponentsWithStats(repair.ink(sheet.grey))
    left, top, width, height, _ = max(found[1:].tolist(), key=lambda row: row[4])
    (box,) = geometry.boxes(sheet.to_page, [(left, top, left + width, top + height)])
    assert box == pytest.approx(geometry.box(sheet.to_page, left, top, left + width, top + height), abs=1e-4)
    rows, columns = uploaded.shape
    inside = uploaded[
        int(box.top * rows) : int(box.bottom * rows) + 1, int(box.left * columns) : int(box.right * columns) + 1
    ]
    assert (inside < 128).sum() == pytest.approx(20 * 60, rel=0.12)


@pytest.mark.parametrize("degrees", [0.0, 3.0])
def test_straight_lines_are_left_alone(degrees: float) -> None:
    turned = np.asarray(Image.fromarray(page()).rotate(degrees, expand=True, fillcolor=245))
    assert not isinstance(repair.levelled(repair.sheet_of(turned)).to_page, Bent)


def test_a_bent_sheet_can_be_turned_and_scaled() -> None:
    bend = Heights(np.tile(np.linspace(0, 12, 13), (6, 1)), 100, 50)
    way = Bent(geometry.scaling(1 / 100, 1 / 50), bend, np.eye(3))
    x, y = geometry.points(way @ geometry.scaling(2, 2), np.array([25.0]), np.array([10.0]))
    assert (x[0], y[0]) == pytest.approx((0.5, 26 / 50))
