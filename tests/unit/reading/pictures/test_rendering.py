"""Pages as a person sees them: orientation, transparency, colour and depth are part of the picture."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from docscan import intake, reading
from docscan.document import Document
from docscan.errors import UnknownName
from docscan.reading.geometry import Grey

pytestmark = pytest.mark.slow  # pages are drawn

LINES = ("Letter of Medical Necessity", "for massage of the lower back", "twice a week until October")


def letter(mode: str = "RGB") -> Image.Image:
    image = Image.new("L", (900, 500), 255)
    for row, line in enumerate(LINES):
        ImageDraw.Draw(image).text((80, 80 + 90 * row), line, fill=0, font_size=44)
    if mode == "RGBA":  # black print on nothing: the trap that turns a page black
        clear = Image.new("RGBA", image.size, (0, 0, 0, 0))
        clear.putalpha(Image.fromarray(255 - np.asarray(image)))
        return clear
    if mode == "LA":
        return letter("RGBA").convert("LA")
    if mode == "I;16":
        return Image.fromarray(np.asarray(image).astype(np.uint16) * 257)
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def read(data: bytes) -> Document:
    return reading.read(*intake.take(data))


def seen(data: bytes, number: int = 1) -> Grey:
    return np.asarray(Image.open(io.BytesIO(reading.picture(*intake.take(data), number, max_side=900))).convert("L"))


@pytest.mark.parametrize(
    ("mode", "kind", "how"),
    [
        ("RGBA", "PNG", {}),
        ("LA", "PNG", {}),
        ("P", "PNG", {}),
        ("1", "PNG", {}),
        ("I;16", "PNG", {}),
        ("I;16", "TIFF", {}),
        ("CMYK", "JPEG", {"quality": 90}),
        ("CMYK", "TIFF", {}),
        ("1", "TIFF", {"compression": "group4"}),
        ("1", "TIFF", {"compression": "group3"}),
        ("RGB", "WEBP", {"quality": 80}),
    ],
)
def test_every_kind_of_picture_shows_black_print_on_white(mode: str, kind: str, how: dict[str, object]) -> None:
    picture = seen(saved(letter(mode), kind, **how))
    expected = np.asarray(letter("L"))
    assert picture.shape == expected.shape
    assert np.mean(np.abs(picture.astype(int) - expected.astype(int)) > 60) < 0.01


def test_a_transparent_page_can_be_read() -> None:
    assert read(saved(letter("RGBA"), "PNG")).text.split() == " ".join(LINES).split()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_what_a_person_sees(orientation: int) -> None:
    stored = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    image = letter()
    if orientation in stored:
        image = image.transpose(stored[orientation])
    exif = Image.Exif()
    exif[274] = orientation
    data = saved(image, "JPEG", exif=exif, quality=95)
    assert np.mean(np.abs(seen(data).astype(int) - np.asarray(letter("L")).astype(int)) > 90) < 0.01
    page = read(data).pages[0]
    assert (page.width, page.height, page.rotation) == (900, 500, 0)


def test_each_page_of_a_tiff_is_its_own() -> None:
    other = Image.new("RGB", (900, 500), "white")
    ImageDraw.Draw(other).text((80, 80), "The second page", fill="black", font_size=44)
    ImageDraw.Draw(other).text((80, 180), "says something else", fill="black", font_size=44)
    document = read(saved(letter(), "TIFF", save_all=True, append_images=[other]))
    first, second = document.text.split("\f")
    assert "massage" in first and "massage" not in second
    assert "second page" in second


def test_a_damaged_page_is_told_of_and_the_others_are_read() -> None:
    data = bytearray(saved(letter(), "TIFF", save_all=True, append_images=[letter()], compression="tiff_lzw"))
    with Image.open(io.BytesIO(data)) as image:
        image.seek(1)
        start, length = image.tag_v2[273][0], image.tag_v2[279][0]  # type: ignore[attr-defined]
    data[start : start + length] = b"\xff" * length
    first, second = read(bytes(data)).pages
    assert first.words and first.problem is None
    assert second.number == 2 and second.words == ()
    assert second.problem is not None and second.problem.category == "page_failed"


def test_an_empty_page_is_told_of() -> None:
    page = read(saved(Image.new("L", (600, 800), 250), "PNG")).pages[0]
    assert page.problem is not None and page.problem.category == "page_blank"


def test_a_page_that_is_not_there_is_unknown() -> None:
    file, data = intake.take(saved(letter(), "PNG"))
    for number in (0, 2, -1):
        with pytest.raises(UnknownName):
            reading.picture(file, data, number, max_side=100)


def test_a_page_picture_fits() -> None:
    file, data = intake.take(saved(letter(), "PNG"))
    for side, expected in ((90, (90, 50)), (5000, (900, 500)), (1, (1, 1))):
        assert Image.open(io.BytesIO(reading.picture(file, data, 1, max_side=side))).size == expected


def test_a_heic_shows_what_it_holds() -> None:
    sample = next((Path(__file__).parents[4] / "sample_docs").glob("letter*.heic"))
    document = read(sample.read_bytes())
    assert len(document.pages[0].words) > 60
    picture = Image.open(io.BytesIO(reading.picture(document.file, sample.read_bytes(), 1, max_side=800)))
    assert picture.size[0] / picture.size[1] == pytest.approx(
        document.pages[0].width / document.pages[0].height, rel=0.01
    )


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_and_its_boxes_lie_on_the_words(turn: int) -> None:
    tall = Image.new("L", (900, 1000), 255)
    for row, line in enumerate(LINES * 3):
        ImageDraw.Draw(tall).text((80, 80 + 64 * row), line, fill=0, font_size=40)
    data = saved(tall.rotate(turn, expand=True), "PNG")
    document = read(data)
    page = document.pages[0]
    assert page.rotation == turn
    assert document.text.split() == " ".join(LINES * 3).split()
    assert document.text.count("\n") == 8, "every line is a line, on a turned page too"
    grey = np.asarray(tall.rotate(turn, expand=True))
    height, width = grey.shape
    for word in page.words:
        box = word.box
        inside = grey[
            round(box.top * height) : round(box.bottom * height), round(box.left * width) : round(box.right * width)
        ]
        assert inside.min() < 60
        assert page.upright(box).width * page.upright_size[0] > 12
