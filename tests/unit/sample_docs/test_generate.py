"""The generator gives the same document twice, and its damage keeps what it promises."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from sample_docs.generate import damage, make, pages

FOLDER = Path(__file__).parents[3] / "sample_docs"


@pytest.fixture
def page() -> Image.Image:
    sheet = Image.new("RGB", (425, 550), "white")
    draw = ImageDraw.Draw(sheet)
    for row in range(50, 450, 20):
        draw.rectangle((50, row, 350, row + 6), fill="black")
    return sheet


@pytest.mark.parametrize("treat", [damage.scan, damage.copy, damage.fax, partial(damage.photo, width=500)])
def test_the_same_seed_gives_the_same_pixels_and_another_seed_others(treat: object, page: Image.Image) -> None:
    assert callable(treat)
    once, twice, other = treat(page, 3), treat(page, 3), treat(page, 4)
    assert once.tobytes() == twice.tobytes()
    assert once.tobytes() != other.tobytes()


def test_a_scan_keeps_the_size_of_the_page(page: Image.Image) -> None:
    assert damage.scan(page, 1).size == page.size


@pytest.mark.parametrize(("fine", "lines"), [(True, 196), (False, 98)])
def test_a_fax_is_one_bit_1728_dots_wide_and_says_its_resolution(page: Image.Image, fine: bool, lines: int) -> None:
    try:
        ImageFont.truetype(damage.HEADER_FONT)
    except OSError:
        pytest.skip(f"the font of a fax' header, {damage.HEADER_FONT}, is not installed (see sample_docs/README.md)")
    received = damage.fax(page, 1, fine=fine, header="JAN-05-2026 10:00  FAX")
    assert (received.mode, received.width, received.info["dpi"]) == ("1", 1728, (204, lines))


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_turning_clockwise_moves_the_top_left_corner_as_a_sheet_moves(degrees: int) -> None:
    sheet = Image.new("L", (40, 60), 255)
    sheet.putpixel((0, 0), 0)
    turned = damage.rotated(sheet, degrees)
    corner = {90: (turned.width - 1, 0), 180: (turned.width - 1, turned.height - 1), 270: (0, turned.height - 1)}
    assert turned.getpixel(corner[degrees]) == 0


def test_a_photo_leaves_ink_darker_than_paper(page: Image.Image) -> None:
    grey = np.asarray(damage.photo(page, 2, shadow=0.2, width=500).convert("L"), dtype=float)
    assert grey.max() - grey.min() > 120


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>One<br>two</p><table><tr><td>a</td><td>b</td></tr></table>", "One\ntwo\na\tb"),
        ("<style>p{}</style><h1>Head</h1><div data-silent>no</div><p>body</p>", "Head\nbody"),
        ("<div><span>TOTAL</span><span>9.00</span></div><p>R<b>x</b></p>", "TOTAL\t9.00\nRx"),
        ('<p>Signed <sign name="A B" seed="1"/></p><p><hand seed="2">5/6</hand></p>', "Signed\n5/6"),
    ],
)
def test_the_words_are_those_that_a_person_sees(source: str, text: str) -> None:
    assert pages.words(source) == text


@pytest.mark.slow
@pytest.mark.skipif(not Path(pages.CHROMIUM).exists(), reason="no Chromium")
@pytest.mark.parametrize("name", ["card-slip", "receipt-personal-trainer"])
def test_a_document_is_made_twice_alike(name: str) -> None:
    with pages.printer() as print_page:
        once = make.make(name, print_page)
    with pages.printer() as print_page:
        assert make.make(name, print_page) == once
