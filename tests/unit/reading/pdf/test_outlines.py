"""Check boxes of a digital page are told from its drawings; tables, combs and letters are none."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pypdfium2
import pytest
from reportlab.pdfgen import canvas

from docscan.document import Box, Mark
from docscan.reading.pdf import marks as pdf_marks
from docscan.reading.pdf import mixed, outlines
from docscan.reading.pdf.text_layer import text_layer

Draw = Callable[[Any], None]
LETTER = 5.3  # points: a small letter of eleven-point print


def drawn(draw: Draw) -> outlines.Drawn:
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(612, 792))
    sheet.setFont("Helvetica", 11)
    sheet.drawString(72, 700, "The patient was seen at this office and will be seen again")
    draw(sheet)
    sheet.save()
    with pypdfium2.PdfDocument(out.getvalue()) as pdf:
        page = pdf[0]
        layer = text_layer(page)
        to_frame = np.linalg.inv(mixed.frame(612, 792, 0)).astype(np.float64)
        return outlines.drawn(layer.objects, [word.seen for word in layer.words], to_frame, LETTER)


def square(sheet: Any, left: float = 100, bottom: float = 600, side: float = 10) -> None:
    sheet.rect(left, bottom, side, side)


def by_lines(sheet: Any) -> None:
    for ends in ((100, 600, 110, 600), (110, 600, 110, 610), (110, 610, 100, 610), (100, 610, 100, 600)):
        sheet.line(*ends)


def outlined_by_paint(sheet: Any) -> None:
    path = sheet.beginPath()
    path.rect(100, 600, 10, 10)
    path.rect(101, 601, 8, 8)
    sheet.drawPath(path, stroke=0, fill=1, fillMode=0)


def many_in_one_path(sheet: Any) -> None:
    path = sheet.beginPath()
    for left in (100, 200, 300):
        path.rect(left, 600, 10, 10)
    sheet.drawPath(path)


def ticked(sheet: Any) -> None:
    square(sheet)
    path = sheet.beginPath()
    path.moveTo(101, 605)
    path.lineTo(104, 601)
    path.lineTo(113, 614)
    sheet.drawPath(path)


def crossed(sheet: Any) -> None:
    square(sheet)
    sheet.line(101, 601, 109, 609)
    sheet.line(101, 609, 109, 601)


def typed_in(sheet: Any) -> None:
    square(sheet)
    sheet.drawString(101.5, 601, "X")


def blot(sheet: Any) -> None:
    square(sheet)
    sheet.rect(102, 602, 6, 6, stroke=0, fill=1)


def blackened(sheet: Any) -> None:
    square(sheet, 200)
    sheet.rect(100, 600, 10, 10, fill=1)


def dot(sheet: Any) -> None:
    sheet.circle(105, 605, 5)
    sheet.circle(105, 605, 2.5, fill=1)


@pytest.mark.parametrize(
    ("draw", "states"),
    [
        (square, "empty"),
        (by_lines, "empty"),
        (outlined_by_paint, "empty"),
        (many_in_one_path, "empty empty empty"),
        (lambda sheet: sheet.roundRect(100, 600, 10, 10, 2), "empty"),
        (lambda sheet: sheet.circle(105, 605, 5), "empty"),
        (ticked, "ticked"),
        (crossed, "ticked"),
        (typed_in, "ticked"),
        (blot, "ticked"),
        (blackened, "empty ticked"),
        (dot, "ticked"),
    ],
)
def test_boxes_and_their_state_need_no_picture(draw: Draw, states: str) -> None:
    found = drawn(draw)

    assert sorted(box.state for box in found.boxes) == states.split()
    assert not found.unclear


def table(sheet: Any) -> None:
    sheet.grid([100, 118, 136, 154], [600, 618, 636])


def cells(sheet: Any) -> None:
    for column in range(4):
        square(sheet, 100 + 12 * column, side=12)


def figure(sheet: Any) -> None:
    square(sheet, side=14)
    sheet.drawString(104, 603, "7")


def around_a_word(sheet: Any) -> None:
    square(sheet, side=20)
    sheet.drawString(102, 605, "Yes")


def bullet(sheet: Any) -> None:
    sheet.rect(100, 600, 6, 6, stroke=0, fill=1)


def on_paper(sheet: Any) -> None:
    sheet.setFillColorRGB(1, 1, 1)
    sheet.rect(100, 600, 10, 10, stroke=0, fill=1)


@pytest.mark.parametrize(
    "draw",
    [
        table,
        cells,
        figure,
        around_a_word,
        bullet,
        on_paper,
        lambda sheet: sheet.rect(100, 600, 300, 80),
        lambda sheet: sheet.roundRect(60, 500, 400, 120, 9),
        lambda sheet: sheet.line(100, 600, 400, 600),
        lambda sheet: square(sheet, side=3),
    ],
)
def test_tables_frames_and_bullets_are_no_boxes_and_nothing_to_look_at(draw: Draw) -> None:
    found = drawn(draw)

    assert not found.boxes
    assert not found.unclear


def scrawl(sheet: Any) -> None:
    path = sheet.beginPath()
    path.moveTo(100, 600)
    for step in range(6):
        path.curveTo(105 + 20 * step, 630, 115 + 20 * step, 590, 120 + 20 * step, 605)
    sheet.drawPath(path)


def letter_o(sheet: Any) -> None:
    sheet.ellipse(100, 600, 108, 610)
    sheet.ellipse(109, 600, 117, 610)


@pytest.mark.parametrize("draw", [scrawl, letter_o])
def test_strokes_are_left_for_a_picture_to_explain(draw: Draw) -> None:
    found = drawn(draw)

    assert not found.boxes
    assert found.unclear


def test_a_scrawl_across_a_box_does_not_tick_it() -> None:
    def draw(sheet: Any) -> None:
        square(sheet, 140)
        scrawl(sheet)

    assert [box.state for box in drawn(draw).boxes] == ["empty"]


def test_a_box_that_two_ways_of_looking_find_is_told_once() -> None:
    box = Box(0.1, 0.1, 0.12, 0.12)
    marks = [Mark("check_box", box, "empty"), Mark("check_box", box, "ticked")]

    assert pdf_marks._distinct(marks) == marks[:1]
