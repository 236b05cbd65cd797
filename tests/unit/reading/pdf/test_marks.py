"""What PDF pages hold besides text: form fields with their state, and ink however it was put there."""

from __future__ import annotations

import io
from typing import Any

import pytest
from reportlab.pdfgen import canvas

import docscan
from docscan.document import Page

PROSE = "These sessions are ordered as care for the disease that is named in this letter and nothing else."


def _page(draw: Any, *, signed: bool) -> Page:
    out = io.BytesIO()
    pdf = canvas.Canvas(out, pagesize=(612, 792))
    pdf.setFont("Times-Roman", 11)
    for row in range(5):
        pdf.drawString(72, 690 - 15 * row, PROSE)
    pdf.drawString(72, 590, "Sincerely,")
    pdf.drawString(72, 530, "Mira Tolland, MD")
    if signed:
        path = pdf.beginPath()
        path.moveTo(80, 555)
        for step in range(6):
            path.curveTo(85 + 20 * step, 585, 95 + 20 * step, 548, 100 + 20 * step, 560)
        pdf.drawPath(path)
    draw(pdf)
    pdf.save()
    (page,) = docscan.read(out.getvalue()).pages
    return page


@pytest.mark.parametrize("signed", [True, False])
def test_a_signature_drawn_on_a_digital_letter_is_seen_and_none_is_made_up(signed: bool) -> None:
    page = _page(lambda pdf: pdf.circle(90, 740, 15, fill=1), signed=signed)
    assert page.source == "text_layer"
    assert [mark.kind for mark in page.marks] == (["signature_ink"] if signed else [])


def test_form_fields_tell_their_state_and_their_value() -> None:
    def fields(pdf: Any) -> None:
        for left, label, ticked in ((72, "Renewal", True), (200, "First request", False)):
            pdf.acroForm.checkbox(name=label, x=left, y=450, size=12, checked=ticked)
            pdf.drawString(left + 18, 452, label)
        pdf.acroForm.textfield(name="weeks", x=72, y=400, width=120, height=18, value="12 weeks")

    marks = _page(fields, signed=False).marks
    assert {(mark.text, mark.state) for mark in marks if mark.kind == "check_box"} == {
        ("Renewal", "ticked"),
        ("First request", "empty"),
    }
    assert [mark.text for mark in marks if mark.kind == "form_field"] == ["12 weeks"]


def test_squares_with_a_sign_typed_in_them_are_ticked() -> None:
    def boxes(pdf: Any) -> None:
        for left, label in ((72, "Yes"), (172, "No")):
            pdf.rect(left, 450, 9, 9)
            pdf.drawString(left + 15, 451, label)
        pdf.setFont("ZapfDingbats", 11)
        pdf.drawString(73, 451, "4")

    marks = _page(boxes, signed=False).marks
    assert [(mark.text, mark.state) for mark in marks if mark.kind == "check_box"] == [
        ("Yes", "ticked"),
        ("No", "empty"),
    ]
