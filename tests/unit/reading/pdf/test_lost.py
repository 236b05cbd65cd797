"""A page whose contents are damaged is told from an empty one."""

import io
import re

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from docscan import intake, reading

STREAM = re.compile(rb"(?<!end)stream\r?\n")


def scanned(kind: str) -> bytes:
    picture, out = io.BytesIO(), io.BytesIO()
    page = Image.new("L", (800, 1000), 255)
    for row in range(10):
        ImageDraw.Draw(page).text((80, 80 + 60 * row), "This letter was on paper", fill=0, font_size=36)
    page.save(picture, kind)
    picture.seek(0)
    sheet = canvas.Canvas(out, invariant=1)
    sheet.drawImage(ImageReader(picture), 0, 0, 595, 842)
    sheet.save()
    return out.getvalue()


def problems(data: bytes) -> list[str | None]:
    return [page.problem.category if page.problem else None for page in reading.read(*intake.take(data)).pages]


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("stream", ["image", "contents"])
def test_a_page_with_damaged_contents_is_not_empty(kind: str, stream: str) -> None:
    data = bytearray(scanned(kind))
    starts = [match.end() for match in STREAM.finditer(data)]
    at = starts[0] if stream == "image" else starts[-1]
    data[at : at + 60] = b"\x07" * 60
    assert problems(bytes(data)) == ["page_failed"]


def test_an_empty_page_is_empty() -> None:
    out = io.BytesIO()
    sheet = canvas.Canvas(out)
    sheet.showPage()
    sheet.saveState()
    sheet.restoreState()
    sheet.showPage()
    for mode, kind in (("1", "PNG"), ("L", "JPEG"), ("RGB", "PNG")):
        picture = io.BytesIO()
        Image.new(mode, (400, 500), "white").save(picture, kind)
        picture.seek(0)
        sheet.drawImage(ImageReader(picture), 0, 0, 595, 842)
        sheet.showPage()
    sheet.setFillColorRGB(1, 1, 1)
    sheet.rect(0, 0, 100, 100, fill=1, stroke=0)
    sheet.save()
    assert problems(out.getvalue()) == ["page_blank"] * 6


def test_a_page_on_which_only_another_reader_finds_something_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    sheet = canvas.Canvas(out)
    sheet.setFillColorRGB(1, 1, 1)
    sheet.rect(0, 0, 100, 100, fill=1, stroke=0)
    sheet.save()
    monkeypatch.setattr("docscan.reading.pdf.lost._objects", lambda page: [])

    assert problems(out.getvalue()) == ["page_failed"]
