"""What PDF pages hold besides text: form fields with their state, and ink however it was put there."""

from __future__ import annotations

import io
import math
from typing import Any

import pypdfium2 as pdfium
import pytest
from pypdfium2 import raw
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


def _pen(left: float, base: float) -> list[tuple[float, float]]:
    """A name in one go, with a level stroke at its end."""
    waves = [(left + 0.5 * n, base + (16 - n / 20) * abs(math.sin(n / 9))) for n in range(200)]
    return [*waves, (left + 105, base + 1), (left + 138, base + 2)]


def _drawn(pdf: Any, points: list[tuple[float, float]]) -> None:
    path = pdf.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    pdf.drawPath(path)


@pytest.mark.parametrize("how", ["ink", "stamp"])
def test_a_signature_put_on_the_page_as_an_annotation_is_seen(how: str) -> None:
    out = io.BytesIO()
    pdf = canvas.Canvas(out, pagesize=(612, 792))
    for row in range(5):
        pdf.drawString(72, 690 - 15 * row, PROSE[:80])
    pdf.drawString(72, 590, "Sincerely,")
    pdf.drawString(72, 530, "Mira Tolland, MD")
    pdf.save()
    document = pdfium.PdfDocument(out.getvalue())
    page, points = document[0], _pen(80, 555)
    kind = raw.FPDF_ANNOT_INK if how == "ink" else raw.FPDF_ANNOT_STAMP
    annotation = raw.FPDFPage_CreateAnnot(page.raw, kind)
    raw.FPDFAnnot_SetRect(annotation, raw.FS_RECTF(72, 580, 240, 548))
    raw.FPDFAnnot_SetFlags(annotation, 4)
    if how == "ink":  # lines alone, without a look
        line = (raw.FS_POINTF * len(points))(*(raw.FS_POINTF(x, y) for x, y in points))
        raw.FPDFAnnot_AddInkStroke(annotation, line, len(points))
    else:
        shape = raw.FPDFPageObj_CreateNewPath(*points[0])
        for x, y in points[1:]:
            raw.FPDFPath_LineTo(shape, x, y)
        raw.FPDFPath_SetDrawMode(shape, raw.FPDF_FILLMODE_NONE, True)
        raw.FPDFAnnot_AppendObject(annotation, shape)
    raw.FPDFPage_CloseAnnot(annotation)
    saved = io.BytesIO()
    document.save(saved)
    (read,) = docscan.read(saved.getvalue()).pages
    assert [mark.kind for mark in read.marks] == ["signature_ink"]


def test_level_strokes_of_a_pen_are_not_taken_for_ruling_lines() -> None:
    def signed(pdf: Any) -> None:
        pdf.drawString(72, 450, "Provider signature:")
        pdf.line(170, 447, 400, 447)
        _drawn(pdf, _pen(180, 452))

    (mark,) = _page(signed, signed=False).marks
    assert mark.kind == "signature_ink"
    assert mark.box.right * 612 > 310  # with its tail


@pytest.mark.parametrize("signed", [True, False])
def test_a_signature_on_a_digital_bill_needs_no_label(signed: bool) -> None:
    def bill(pdf: Any) -> None:
        pdf.drawString(72, 760, "Cedar Hollow Spine")
        pdf.drawString(72, 400, "Treating provider")
        pdf.drawString(72, 386, "Mira Tolland, DPT")
        pdf.line(250, 384, 430, 384)
        if signed:
            _drawn(pdf, _pen(260, 386))

    kinds = [mark.kind for mark in _page(bill, signed=False).marks]
    assert kinds == (["signature_ink"] if signed else [])


@pytest.mark.parametrize(("value", "state"), [(b"/V 6 0 R", "signed"), (b"", "empty")])
def test_a_signature_field_tells_whether_it_was_signed(value: bytes, state: str) -> None:
    text = b"BT /F1 11 Tf 72 450 Td (Provider signature: the plan asks for it) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] /SigFlags 3 >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Annots [4 0 R] /Contents 5 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (Provider) /F 4 /Rect [180 440 400 470] " + value + b" >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Sig /Filter /Adobe.PPKLite /Name (Mira Tolland) /Contents <00> >>",
    ]
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 7\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Root 1 0 R /Size 7 >>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    (page,) = docscan.read(data + table + end).pages
    assert [mark.state for mark in page.marks if mark.kind == "form_field"] == [state]
