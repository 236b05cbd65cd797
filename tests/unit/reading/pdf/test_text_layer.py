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
from docscan.reading.pdf import text_layer

LINES = (
    "Letter of Medical Necessity for Alice Example",
    "She has low back pain (M54.50) and needs",
    "massage twice a week, 60 minutes each.",
)


def pdf(draw: Callable[[canvas.Canvas], None], *, compressed: bool = True) -> bytes:
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(612, 792), pageCompression=int(compressed), invariant=1)
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


def spaced(text: str, *, gap: float, size: float = 11) -> Callable[[canvas.Canvas], None]:
    def draw(sheet: canvas.Canvas) -> None:
        line = sheet.beginText(60, 700)
        line.setFont("Helvetica", size)
        line.setCharSpace(gap)
        line.textOut(text)
        sheet.drawText(line)

    return draw


def boxed(text: str, *, pitch: float, ruled: bool = True) -> Callable[[canvas.Canvas], None]:
    """One character to a box."""

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont("Courier", 11)
        for place, character in enumerate(text):
            if ruled:
                sheet.rect(60 + place * pitch, 696, pitch, 16)
            sheet.drawCentredString(60 + (place + 0.5) * pitch, 700, character)

    return draw


def pieces(*placed: tuple[float, str]) -> Callable[[canvas.Canvas], None]:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont("Helvetica", 10)
        for left, text in placed:
            sheet.drawString(left, 700, text)

    return draw


@pytest.mark.parametrize(
    ("draw", "expected"),
    [
        (spaced("L E T T E R   O F   N E E D", gap=0), "LETTER OF NEED"),
        (spaced("LETTER OF NEED", gap=5), "LETTER OF NEED"),
        (spaced("Wide lower case heading", gap=2), "Wide lower case heading"),
        (spaced("slightly loose running text", gap=0.6), "slightly loose running text"),
        (spaced("Vitamins A B C and D, plan B or C", gap=0), "Vitamins A B C and D, plan B or C"),
        (spaced("low\u00a0back pain", gap=0), "low back pain"),
        (boxed("1023456787", pitch=14), "1023456787"),
        (boxed("M5450", pitch=18), "M5450"),
        (boxed("012345", pitch=20, ruled=False), "0 1 2 3 4 5"),
        (pieces((60, "R11"), (82, "."), (88, "0")), "R11.0"),
        (pieces(*((60 + 30 * day, name) for day, name in enumerate("SMTWTFS"))), "S M T W T F S"),
        (pieces((60, "knee,"), (86.2, "subsequent")), "knee, subsequent"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_words_are_parted_where_a_reader_parts_them(draw: Callable[[canvas.Canvas], None], expected: str) -> None:
    document = docscan.read(pdf(draw))

    assert [word.text for word in document.pages[0].words] == expected.split()


@pytest.mark.parametrize(("turn", "deep"), [(0, 1), (90, 1), (270, 2), (180, 7)])
def test_text_that_a_drawn_form_turns_is_read_upright(turn: int, deep: int) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.beginForm("form1", -300, -300, 300, 300)
        sheet.setFont("Helvetica", 11)
        for row, line in enumerate(LINES):
            sheet.drawString(-150, 40 - 20 * row, line)
        sheet.endForm()
        for depth in range(2, deep + 1):
            sheet.beginForm(f"form{depth}", -300, -300, 300, 300)
            sheet.doForm(f"form{depth - 1}")
            sheet.endForm()
        sheet.translate(306, 396)
        sheet.rotate(turn)
        sheet.doForm(f"form{deep}")

    page = docscan.read(pdf(draw)).pages[0]
    assert [word.text for word in page.words] == " ".join(LINES).split()
    assert page.rotation == turn
    assert page.source == "text_layer"


def filled_form(sheet: canvas.Canvas) -> None:
    form = sheet.acroForm
    sheet.drawString(60, 700, "Patient name")
    form.textfield(name="n", x=160, y=690, width=200, height=22, value="Alice Example")
    sheet.drawString(60, 660, "NPI")
    form.textfield(name="c", x=160, y=650, width=200, height=22, value="1023456787", maxlen=10, fieldFlags="comb")
    sheet.drawString(60, 620, "Duration")
    form.choice(name="d", x=160, y=610, width=120, height=20, value="12 months", options=["6 months", "12 months"])


@pytest.mark.parametrize("appearance", [b"/AP", b"/XX"], ids=["drawn", "not drawn"])
def test_values_of_a_form_are_words_of_the_page(appearance: bytes) -> None:
    data = pdf(filled_form).replace(b"/AP", appearance)
    document = docscan.read(data)

    assert document.text.split("\n\n") == ["Patient name\tAlice Example", "NPI\t1023456787", "Duration\t12 months"]
    boxes = {word.text: word.box for word in document.pages[0].words}
    assert 160 / 612 < boxes["Alice"].left < 0.35
    assert boxes["1023456787"].right < 361 / 612


def test_a_field_with_a_value_but_an_empty_drawing_is_read() -> None:
    data = pdf(filled_form, compressed=False)
    document = docscan.read(data.replace(b"(Alice Example) Tj", b"                  "))

    assert document.text.startswith("Patient name\tAlice Example\n")


def test_a_note_that_viewers_draw_is_read() -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.drawString(60, 700, "Typed words on the page")
        sheet.freeTextAnnotation("Massage twice a week", DA="/Helv 10 Tf 0 g", Rect=(60, 600, 300, 620))

    document = docscan.read(pdf(draw))
    note = document.pages[0].words[-1]

    assert document.text == "Typed words on the page\n\nMassage twice a week"
    assert 60 / 612 < note.box.left < note.box.right < 300 / 612
    assert 1 - 621 / 792 < note.box.top < note.box.bottom < 1 - 599 / 792


def test_joined_letters_and_hyphens_at_line_ends_are_spelt_out() -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont("Helvetica", 11)
        sheet.drawString(60, 700, "This is a treat-")
        sheet.drawString(60, 686, "ment for back pain")

    assert docscan.read(pdf(draw)).text == "This is a treat-\nment for back pain"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["\u7400", "\u6900", "m", "e"], ("time", 0)),
        (["i", "n", "\u019f", "l"], ("intil", 0)),
        (["a", "\U001001a9", "e", "n", "d"], ("attend", 0)),
        (["o", "\u014c", "e", "n"], ("often", 0)),
        (["\u014c", "t", "a"], ("\u014cta", 0)),
        (["\u7400", "\u6900"], ("\u7400\u6900", 0)),
        (["a", "\ue001"], ("a\ue001", 1)),
    ],
)
def test_joined_letters_that_programs_name_wrongly_are_put_right_among_letters(
    texts: list[str], expected: tuple[str, int]
) -> None:
    odd = frozenset(text for text in texts if text_layer._strange(text) or text in text_layer._JOINED)
    unmapped = np.array([int(text_layer._strange(text)) for text in texts])
    boxes = np.zeros((len(texts), 4))
    part = text_layer._Characters(texts, boxes, unmapped, [0] * len(texts), unmapped, [0] * len(texts), odd)

    assert text_layer._text(part, 0, len(texts)) == expected


@pytest.mark.parametrize("start", [0, 0xF000])
def test_boxes_and_ticks_of_a_font_of_signs_are_told_as_such(start: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "docscan.reading.pdf.objects.font_name", lambda font: {1: "Wingdings-Regular", 2: "Arial"}[font]
    )
    signs, letters = (text_layer.Ink(True, 0.0, 0, True, font) for font in (1, 2))
    texts = [(chr(start + 0xFE), 1), (chr(start + 0x6F), 1), ("o", 0), ("\u00fe", 0)]

    assert text_layer._signs(texts, [signs, signs, letters, letters]) == [("☑", 0), ("☐", 0), ("o", 0), ("\u00fe", 0)]
