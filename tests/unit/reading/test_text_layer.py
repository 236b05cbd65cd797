"""A PDF page's own words stand where a person sees them, whichever way the page or its text is turned."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image
from reportlab.pdfgen import canvas

import docscan
from docscan.document import Document
from docscan.reading import picture

LINES = (
    "Letter of Medical Necessity for Alice Example",
    "She has low back pain (M54.50) and needs",
    "massage twice a week, 60 minutes each.",
)


def pdf(draw: Callable[[canvas.Canvas], None], *, size: tuple[float, float] = (612, 792)) -> bytes:
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=size, invariant=1)
    draw(sheet)
    sheet.save()
    return out.getvalue()


def letter(turn: int, rotate: int, crop: tuple[float, float, float, float] | None) -> bytes:
    """Three lines, turned counter-clockwise by `turn` in the file, on a page that a viewer turns by `rotate`."""

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setPageRotation(rotate)
        if crop:
            sheet.setCropBox(crop)
        sheet.translate(306, 396)
        sheet.rotate(turn)
        sheet.setFont("Helvetica", 11)
        for row, line in enumerate(LINES):
            sheet.drawString(-150, 40 - 20 * row, line)

    return pdf(draw)


def ink(data: bytes, document: Document) -> list[float]:
    """For each word of the first page, the share of its box that is dark on the page's picture."""
    seen = np.asarray(Image.open(io.BytesIO(picture(document.file, data, 1, max_side=1600))).convert("L"))
    height, width = seen.shape
    shares = []
    for word in document.pages[0].words:
        left, top, right, bottom = word.box
        inside = seen[int(top * height) : int(bottom * height) + 1, int(left * width) : int(right * width) + 1]
        shares.append(float((inside < 128).mean()))
    return shares


@pytest.mark.parametrize("crop", [None, (60, 90, 580, 700)], ids=["whole", "cropped"])
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_upright(turn: int, rotate: int, crop: tuple[float, float, float, float] | None) -> None:
    data = letter(turn, rotate, crop)
    document = docscan.read(data)
    page = document.pages[0]

    assert document.text == "\n".join(LINES)
    assert page.source == "text_layer"
    assert page.rotation == (turn - rotate) % 360
    assert min(ink(data, document)) > 0.03


def test_slightly_sloping_text_keeps_its_lines() -> None:
    document = docscan.read(letter(7, 0, None))

    assert document.text == "\n".join(LINES)
    assert document.pages[0].rotation == 0
