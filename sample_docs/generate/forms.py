"""Two administrators' forms filled in on a computer: one with real form fields, one with text laid over it.

Chromium prints neither form fields nor annotations, so these two are drawn directly. Each gives its PDF and its words.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.lib.pagesizes import letter
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObjectReference, PDFString
from reportlab.pdfgen.canvas import Canvas

from sample_docs.generate import ink

_TOP = letter[1]


class _Sheet:
    """A canvas on which places are told in points from the top left corner, and which remembers what it printed."""

    def __init__(self) -> None:
        self.data = io.BytesIO()
        self.canvas = Canvas(self.data, pagesize=letter, invariant=True)
        self.lines: list[str] = []

    def print(self, x: float, y: float, text: str, font: str = "Helvetica", size: float = 9) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, _TOP - y, text)
        self.lines.append(text)

    def flow(self, x: float, y: float, width: float, text: str, font: str = "Helvetica", size: float = 8.4) -> float:
        """Print a paragraph; gives the place below it."""
        for line in simpleSplit(text, font, size, width):
            self.print(x, y, line, font, size)
            y += size * 1.3
        return y

    def box(self, x: float, y: float, width: float, height: float, *, fill: Color | None = None) -> None:
        self.canvas.setFillColor(fill or white)
        self.canvas.rect(x, _TOP - y - height, width, height, stroke=1, fill=1 if fill else 0)
        self.canvas.setFillColor(black)

    def finished(self) -> tuple[bytes, str]:
        self.canvas.showPage()
        self.canvas.save()
        return self.data.getvalue(), "\n".join(self.lines)


def with_form_fields() -> tuple[bytes, str]:
    """Label before field, all values in an AcroForm; the signature is a typed name in a field."""
    sheet = _Sheet()
    green, pale = HexColor("#2f5d50"), HexColor("#eef4f1")
    sheet.box(36, 34, 540, 40, fill=green)
    sheet.canvas.setFillColor(white)
    sheet.print(48, 52, "PRAIRIE STATES BENEFIT SERVICES", "Helvetica-Bold", 12)
    sheet.print(48, 67, "Statement of Medical Necessity  -  Health Care Flexible Spending Account", "Helvetica", 9.5)
    sheet.canvas.setFillColor(black)
    y = sheet.flow(
        40, 92, 530, "Complete every section. Keep a copy for your records and send the form with your claim. A new "
        "statement is needed each year and whenever the treatment changes."
    )  # fmt: skip

    def field(x: float, y: float, width: float, label: str, value: str, gap: float, tall: float = 17) -> None:
        sheet.print(x, y + 12, label, "Helvetica", 8.6)
        lines = simpleSplit(value, "Helvetica", 9.5, width - gap - 6)
        sheet.canvas.acroForm.textfield(
            name=f"{label.rstrip(':')} {x:.0f} {y:.0f}", value="\n".join(lines), x=x + gap, y=_TOP - y - tall,
            width=width - gap, height=tall, fontName="Helvetica", fontSize=9.5, borderWidth=0.5,
            borderColor=HexColor("#889"),
            fillColor=pale, textColor=HexColor("#0b2370"), forceBorder=True,
            fieldFlags="multiline" if tall > 20 else "",
        )  # fmt: skip
        if value:
            sheet.lines[-1] += f" {value}"

    def section(y: float, title: str) -> float:
        sheet.canvas.setFillColor(green)
        sheet.print(40, y + 10, title, "Helvetica-Bold", 10)
        sheet.canvas.setStrokeColor(green)
        sheet.canvas.line(40, _TOP - y - 14, 574, _TOP - y - 14)
        sheet.canvas.setFillColor(black)
        return y + 20

    def boxes(y: float, label: str, choices: Sequence[tuple[str, bool]]) -> None:
        sheet.print(40, y + 11, label, "Helvetica", 8.6)
        x = 212.0
        for choice, ticked in choices:
            sheet.canvas.acroForm.checkbox(
                name=f"{label} {choice}", checked=ticked, x=x, y=_TOP - y - 13, size=12, buttonStyle="cross",
                borderWidth=0.8, borderColor=black, fillColor=white, textColor=HexColor("#0b2370"), forceBorder=True,
            )  # fmt: skip
            sheet.print(x + 17, y + 11, choice, "Helvetica", 8.6)
            x += 34 + 5 * len(choice)

    y = section(y + 8, "1  Participant and patient")
    field(40, y, 330, "Participant name:", "Lionel Baptiste", 92)
    field(384, y, 190, "Employer:", "Calloway Seed Co.", 50)
    field(40, y + 23, 330, "Patient name:", "Odette Baptiste", 92)
    field(384, y + 23, 190, "Birth date:", "12/05/1979", 50)
    boxes(y + 46, "Patient is the participant's", [("self", False), ("spouse", True), ("dependent", False)])

    y = section(y + 72, "2  To be completed by the treating provider")
    field(40, y, 534, "Diagnosis:", "Polycystic ovarian syndrome with insulin resistance", 92)
    field(40, y + 23, 240, "ICD-10 code:", "E28.2", 92)
    field(296, y + 23, 278, "Date of last visit:", "02/18/2026", 84)
    field(
        40, y + 46, 534, "Treatment or item:",
        "Individual nutrition counseling with a registered dietitian and a 12-visit medical weight management program",
        92, 34,
    )  # fmt: skip
    field(40, y + 86, 240, "How often:", "every 2 weeks", 92)
    field(296, y + 86, 278, "For how long:", "6 months", 84)
    field(40, y + 109, 240, "Start date:", "03/02/2026", 92)
    field(296, y + 109, 278, "End date:", "09/01/2026", 84)
    field(
        40, y + 132, 534, "How will it help?",
        "Weight loss of 5-10 % restores ovulation and lowers insulin levels in PCOS. Dietary treatment is first-line "
        "therapy for this patient's polycystic ovarian syndrome; metformin alone was not enough.", 92, 48,
    )  # fmt: skip
    boxes(y + 186, "Is the treatment medically necessary?", [("Yes", True), ("No", False)])
    boxes(y + 206, "Is it for general health or appearance?", [("Yes", False), ("No", True)])

    y = section(y + 234, "3  Provider")
    field(40, y, 330, "Provider name:", "Karina Velikova, MD", 92)
    field(384, y, 190, "NPI:", "1001575244", 50)
    field(40, y + 23, 330, "Specialty:", "Endocrinology", 92)
    field(384, y + 23, 190, "License:", "NE 28815", 50)
    field(40, y + 46, 330, "Practice:", "Sandhill Endocrine Clinic", 92)
    field(384, y + 46, 190, "Phone:", "308-555-0150", 50)
    field(40, y + 69, 534, "Address:", "615 Cottonwood Ave, Minden Ferry, NE 68959", 92)
    y = sheet.flow(
        40, y + 106, 530, "I certify that I am treating this patient for the diagnosis above and that the treatment "
        "is medically necessary for it."
    )  # fmt: skip
    field(40, y + 6, 330, "Signature:", "Karina Velikova", 92)
    field(384, y + 6, 190, "Date:", "02/20/2026", 50)
    sheet.print(40, y + 44, "PSBS-114 (rev. 11/2024)", "Helvetica", 7)
    sheet.print(530, y + 44, "Page 1 of 1", "Helvetica", 7)
    return sheet.finished()


def with_annotations() -> tuple[bytes, str]:
    """Ruled cells with the label above the value; the values are FreeText annotations over the empty form."""
    sheet = _Sheet()
    notes: list[PDFObjectReference] = []

    def note(x: float, y: float, width: float, text: str, size: float = 10.5) -> None:
        notes.append(_free_text(sheet.canvas, f"note{len(notes)}", (x, y, width), text, size))
        sheet.lines += simpleSplit(text, "Courier", size, width - 4)

    def cell(x: float, y: float, width: float, height: float, label: str, value: str) -> None:
        sheet.box(x, y, width, height)
        sheet.print(x + 4, y + 9, label, "Times-Roman", 7.6)
        if value:
            note(x + 4, y + 11, width - 8, value)

    sheet.canvas.setLineWidth(0.7)
    sheet.print(50, 58, "Letter of Medical Necessity", "Times-Bold", 18)
    sheet.print(50, 75, "Cobalt Harbor Trust  |  HRA and FSA claims unit", "Times-Italic", 10)
    sheet.print(434, 58, "Mail: P.O. Box 2216", "Times-Roman", 8)
    sheet.print(434, 68, "Skerry Point, ME 04699", "Times-Roman", 8)
    sheet.print(434, 78, "Fax: 207-555-0190", "Times-Roman", 8)
    cell(50, 92, 300, 34, "PATIENT (LAST, FIRST)", "Ostrander, Philippa")
    cell(350, 92, 112, 34, "DATE OF BIRTH", "03/27/1990")
    cell(462, 92, 100, 34, "MEMBER ID", "CH-7729-04")
    cell(50, 126, 412, 34, "DIAGNOSIS (be specific; do not give only a symptom)", "Moderate persistent asthma")
    cell(462, 126, 100, 34, "ICD-10-CM", "J45.40")
    cell(50, 160, 512, 48, "PRODUCT OR SERVICE THAT YOU RECOMMEND",
         "Portable HEPA air purifier for the bedroom, with replacement filters")  # fmt: skip
    cell(50, 208, 256, 34, "FREQUENCY OR QUANTITY OF USE", "1 unit, run nightly")
    cell(306, 208, 256, 34, "LENGTH OF TREATMENT", "24 months")
    cell(50, 242, 512, 62, "HOW DOES THIS TREAT THE DIAGNOSIS?",
         "Removing dust mite and mold particles from the air she sleeps in reduces airway inflammation and night "
         "symptoms of asthma. She needed oral steroids twice last winter.")  # fmt: skip
    sheet.box(50, 304, 512, 46)
    sheet.print(54, 316, "CHECK ALL THAT APPLY", "Times-Roman", 7.6)
    for x, label, ticked in (
        (62, "Medically necessary", True), (196, "For general health", False), (316, "Cosmetic", False),
        (410, "Experimental", False),
    ):  # fmt: skip
        sheet.canvas.rect(x, _TOP - 340, 10, 10)
        if ticked:
            notes.append(_free_text(sheet.canvas, f"tick{x}", (x, 328, 14), "X", 12))
        sheet.print(x + 15, 338, label, "Times-Roman", 10)
    cell(50, 366, 330, 34, "PROVIDER'S NAME AND DEGREE", "Desmond Achebe, PA-C")
    cell(380, 366, 182, 34, "NPI", "1000862528")
    cell(50, 400, 330, 34, "PRACTICE", "Saltmarsh Allergy and Asthma")
    cell(380, 400, 182, 34, "TELEPHONE", "207-555-0161")
    cell(50, 434, 330, 34, "ADDRESS", "40 Wharf Rd, Skerry Point, ME 04699")
    cell(380, 434, 182, 34, "STATE LICENSE", "ME PA1473")
    sheet.box(50, 468, 330, 52)
    sheet.print(54, 477, "PROVIDER'S SIGNATURE", "Times-Roman", 7.6)
    picture = ink.signature("Desmond Achebe", seed=11, ink="black")
    sheet.canvas.drawImage(ImageReader(picture), 66, _TOP - 522, 190, 190 * picture.height / picture.width, mask="auto")
    cell(380, 468, 182, 52, "DATE SIGNED", "08/05/2026")
    sheet.flow(
        50, 540, 510, "A letter is accepted for at most twelve months from the date signed. Cobalt Harbor Trust may "
        "ask the provider for more information.", "Times-Roman", 8.5,
    )  # fmt: skip
    sheet.canvas._annotationrefs = notes
    return sheet.finished()


def _free_text(
    canvas: Canvas, name: str, place: tuple[float, float, float], text: str, size: float
) -> PDFObjectReference:
    """A FreeText annotation with its own appearance, as a PDF viewer's "add text" tool leaves it."""
    x, y, width = place
    lines = simpleSplit(text, "Courier", size, width - 4)
    height = len(lines) * size * 1.15 + 5
    canvas.beginForm(name, 0, 0, width, height)
    canvas.setFont("Courier", size)
    canvas.setFillColor(HexColor("#1414a0"))
    for number, line in enumerate(lines):
        canvas.drawString(2, height - 2 - size * (0.85 + 1.15 * number), line)
    canvas.endForm()
    appearance = PDFObjectReference(f"FormXob.{name}")
    annotation = PDFDictionary(
        {
            "Type": PDFName("Annot"), "Subtype": PDFName("FreeText"), "F": 4, "Contents": PDFString(text),
            "Rect": PDFArray([x, _TOP - y - height, x + width, _TOP - y]), "DA": PDFString(f"/Cour {size} Tf 0 0 1 rg"),
            "AP": PDFDictionary({"N": appearance}),
        }
    )  # fmt: skip
    reference: PDFObjectReference = canvas._doc.Reference(annotation, f"annotation.{name}")
    return reference


Drawing: TypeAlias = Callable[[], tuple[bytes, str]]
DRAWN: Mapping[str, Drawing] = {"form-acroform": with_form_fields, "form-annotations": with_annotations}
