"""What a person sees counts: not hidden words, not garbage, and no less than the whole page."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

import docscan
from docscan.document import Document, Problem
from docscan.reading.pdf.trust import _wordlike, ignored, with_ignored

LETTER = """Harbour Street Family Practice
To whom it may concern
This letter concerns my patient Alice Example who has been under my care since last spring for chronic
low back pain with radiculopathy of the left leg. I recommend massage therapy two times a week for six
months. The treatment is medically necessary and is not for general health or for her appearance.
Physical therapy and medication were tried without lasting relief, and surgery is not wanted at present.
Please call the office with any question about this plan of treatment.
Sincerely yours,
Robert Sample, MD"""
OTHER = """Riverside Garden Centre
Invoice for the delivery of twelve rose bushes and one wheelbarrow to the address of the customer named
below, payable within thirty days of the date on which the goods were handed over to the carrier. Plants
that fail to grow within the first summer are replaced free of charge when they were watered each day.
Tools carry the guarantee of their maker, which does not cover rust that comes from being left outside.
The customer may return unused goods within fourteen days in the boxes in which they were delivered.
Thank you for shopping with us, and come again
Your gardeners"""
SIZE = (612.0, 792.0)
READ = 0.9  # of the letter's words; how well OCR reads is asked elsewhere


def pdf(draw: Callable[[canvas.Canvas], None], *, compressed: bool = True) -> bytes:
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=SIZE, pageCompression=int(compressed), invariant=1)
    draw(sheet)
    sheet.save()
    return out.getvalue()


def typed(sheet: canvas.Canvas, text: str, *, mode: int = 0, top: float = 640, left: float = 60) -> None:
    sheet.saveState()
    block = sheet.beginText(left, top)
    block.setFont("Times-Roman", 11)
    block.setLeading(18)
    block.setTextRenderMode(mode)
    for line in text.splitlines():
        block.textLine(line)
    sheet.drawText(block)
    sheet.restoreState()


@pytest.fixture(scope="session")
def scan() -> ImageReader:
    """A picture of the letter as a scanner makes it: 200 dpi, grey paper, a little noise."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf(lambda sheet: typed(sheet, LETTER))) as letter:
        picture = letter[0].render(scale=200 / 72, grayscale=True).to_pil()
    noise = random.Random(7)  # noqa: S311
    pixels = picture.point(lambda value: 20 + value * 225 // 255)
    for _ in range(400):
        pixels.putpixel((noise.randrange(pixels.width), noise.randrange(pixels.height)), noise.randrange(256))
    return ImageReader(pixels)


def whole_page(sheet: canvas.Canvas, picture: ImageReader) -> None:
    sheet.drawImage(picture, 0, 0, *SIZE)


def found(text: str, document: Document) -> float:
    """The share of the words of a text that the document has."""
    words = text.split()
    read = [word.text for page in document.pages for word in page.words]
    return sum(word in read for word in words) / len(words)


def test_a_hidden_layer_that_says_what_the_page_shows_is_believed(scan: ImageReader) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        whole_page(sheet, scan)
        typed(sheet, LETTER, mode=3)

    document = docscan.read(pdf(draw))
    page = document.pages[0]

    assert (page.source, page.problem) == ("text_layer", None)
    assert page.quality is not None and page.quality >= 0.9
    assert found(LETTER, document) == 1


@pytest.mark.slow
def test_text_under_a_scan_is_hidden_however_it_is_painted(scan: ImageReader) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        typed(sheet, OTHER)
        whole_page(sheet, scan)

    document = docscan.read(pdf(draw))

    assert document.pages[0].source == "ocr"
    assert "wheelbarrow" not in document.text


def _garbage(text: str) -> str:
    letters = random.Random(3)  # noqa: S311
    return "\n".join("".join(letters.choice("lI1|!vxqzjt;:~' ") for _ in line) for line in text.splitlines())


@pytest.mark.slow
@pytest.mark.parametrize(
    "layer", [OTHER, _garbage(LETTER), LETTER.swapcase()[::-1]], ids=["stale", "noise", "reversed"]
)
def test_a_hidden_layer_that_says_something_else_is_not_believed(scan: ImageReader, layer: str) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        whole_page(sheet, scan)
        typed(sheet, layer, mode=3)

    document = docscan.read(pdf(draw))
    page = document.pages[0]

    assert page.source == "ocr"
    assert page.problem is not None
    assert found(LETTER, document) > READ
    assert "wheelbarrow" not in document.text


def test_a_typed_header_over_a_scan_leaves_the_scan_to_be_read(scan: ImageReader) -> None:
    header = "03/14/2026 09:12 FROM: 6145550142 TO: 6145550199 PAGE 01/01"

    def draw(sheet: canvas.Canvas) -> None:
        whole_page(sheet, scan)
        sheet.setFont("Courier", 9)
        sheet.drawString(40, 775, header)
        sheet.drawString(480, 12, "CLAIM000123")

    document = docscan.read(pdf(draw))
    page = document.pages[0]

    assert (page.source, page.engine is not None) == ("mixed", True)
    assert document.text.startswith(header)
    assert found(LETTER, document) > READ
    assert found(header + " CLAIM000123", document) == 1
    assert [word.text for word in page.words].count("CLAIM000123") == 1


@pytest.mark.slow
def test_a_header_over_a_scan_with_a_stale_layer_is_kept(scan: ImageReader) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        whole_page(sheet, scan)
        typed(sheet, OTHER, mode=3)
        sheet.setFont("Courier", 9)
        sheet.drawString(40, 775, "RECEIVED 03/14/2026")

    document = docscan.read(pdf(draw))
    page = document.pages[0]

    assert page.source == "mixed"
    assert page.problem is not None and page.problem.category == "text_layer_ignored"
    assert found("RECEIVED 03/14/2026", document) == 1
    assert found(LETTER, document) > READ
    assert "wheelbarrow" not in document.text


def test_a_letterhead_that_is_a_picture_is_read_too() -> None:
    logo = Image.new("RGB", (1500, 260), "white")
    pen = ImageDraw.Draw(logo)
    pen.text((20, 20), "Lakeside Orthopedic Clinic", "navy", ImageFont.load_default(90))
    pen.text((20, 150), "4410 Harbor Road, Toledo OH 43604", "navy", ImageFont.load_default(60))

    def draw(sheet: canvas.Canvas) -> None:
        sheet.drawImage(ImageReader(logo), 60, 700, 360, 62)
        typed(sheet, LETTER)

    document = docscan.read(pdf(draw))

    assert document.pages[0].source == "mixed"
    assert found("Lakeside Orthopedic Clinic 4410 Harbor Road, Toledo OH 43604 " + LETTER, document) == 1


def test_a_plain_letter_needs_no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> None:
        raise AssertionError("an engine was asked for")

    monkeypatch.setattr("docscan.reading.recognition.engines.chosen", none)

    def draw(sheet: canvas.Canvas) -> None:
        typed(sheet, LETTER)
        sheet.rect(50, 440, 500, 230)
        for x in range(60, 500, 40):
            sheet.line(x, 100, x, 300)
        sheet.bezier(80, 400, 120, 460, 160, 340, 260, 420)
        sheet.setFillColorRGB(0.1, 0.2, 0.5)
        sheet.rect(0, 740, 612, 52, fill=1)
        sheet.setFillColorRGB(1, 1, 1)
        sheet.drawString(60, 760, "White on a dark band")

    document = docscan.read(pdf(draw))

    assert document.pages[0].source == "text_layer"
    assert document.pages[0].quality is None
    assert document.text.startswith("White on a dark band")


@pytest.fixture(scope="session")
def named() -> str:
    """The name of a font of which a file says what each letter means."""
    path = next(iter(sorted(Path("/usr/share/fonts").rglob("*Sans*-Regular.ttf"))), None)
    if path is None:
        pytest.skip("no TrueType font is installed")
    pdfmetrics.registerFont(TTFont("Named", str(path)))
    return "Named"


def renamed(data: bytes, name: Callable[[int], bytes]) -> bytes:
    """A file whose font of that name gives its letters other meanings: `name` tells each code's, in hexadecimal."""
    start, end = data.index(b"beginbfchar"), data.index(b"endbfchar")
    codes = re.compile(rb"<(00[0-9A-Fa-f]{2})>")
    return data[:start] + codes.sub(lambda match: b"<%b>" % name(int(match[1], 16)), data[start:end]) + data[end:]


@pytest.mark.slow
@pytest.mark.usefixtures("named")
def test_a_font_whose_letters_are_named_wrongly_is_not_believed() -> None:
    """The page shows one thing and copies as another: each letter's name is that of the third after it."""

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont("Named", 11)
        for row, line in enumerate(LETTER.splitlines()):
            sheet.drawString(40, 640 - 18 * row, line)

    data = pdf(draw, compressed=False)
    wrong = renamed(data, lambda code: b"%04X" % (code + 3 if chr(code).isalpha() else code))
    document = docscan.read(wrong)
    page = document.pages[0]

    assert docscan.read(data).pages[0].source == "text_layer"
    assert page.source == "ocr"
    assert page.problem is not None
    assert found(LETTER, document) > READ


@pytest.mark.parametrize(("letter", "meaning"), [("i", "6900"), ("t", "7400")])
def test_letters_whose_bytes_were_swapped_are_put_right(named: str, letter: str, meaning: str) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(named, 11)
        for row, line in enumerate(LETTER.splitlines()):
            sheet.drawString(40, 640 - 18 * row, line)

    data = renamed(
        pdf(draw, compressed=False), lambda code: (meaning if code == ord(letter) else f"{code:04X}").encode()
    )

    assert [word.text for word in docscan.read(data).pages[0].words] == LETTER.split()


@pytest.mark.slow
@pytest.mark.parametrize("meaning", ["E123", "0001", "third after"])
def test_a_line_in_a_font_without_meaning_is_read_from_its_picture(named: str, meaning: str) -> None:
    """All else on the page is in order, so nothing but the missing words would tell."""
    line = "Provider number 1023456787 for the treatment named above in this letter"

    def draw(sheet: canvas.Canvas) -> None:
        typed(sheet, LETTER)
        sheet.setFont(named, 11)
        sheet.drawString(60, 400, line)

    def name(code: int) -> bytes:
        if meaning == "third after":
            return b"%04X" % (code + 3 if chr(code).isalpha() else code)
        return meaning.encode() if chr(code).isalnum() else b"%04X" % code

    document = docscan.read(renamed(pdf(draw, compressed=False), name))

    assert document.pages[0].source == "mixed"
    assert found(LETTER, document) == 1
    assert found(line, document) > READ


def _white(sheet: canvas.Canvas) -> None:
    sheet.setFillColorRGB(1, 1, 1)
    sheet.drawString(60, 300, "Secret words")


def _white_over_print(sheet: canvas.Canvas) -> None:
    sheet.setFillColorRGB(1, 1, 1)
    sheet.drawString(60, 641, "Secret words")


def _invisible(sheet: canvas.Canvas) -> None:
    typed(sheet, "Secret words", mode=3, top=300)


def _transparent(sheet: canvas.Canvas) -> None:
    sheet.setFillAlpha(0)
    sheet.drawString(60, 300, "Secret words")


def _clipped(sheet: canvas.Canvas) -> None:
    path = sheet.beginPath()
    path.rect(300, 100, 50, 50)
    sheet.clipPath(path, stroke=0)
    sheet.drawString(60, 300, "Secret words")


def _beside_the_page(sheet: canvas.Canvas) -> None:
    sheet.drawString(-200, 300, "Secret words")


def _outside_the_crop(sheet: canvas.Canvas) -> None:
    sheet.setCropBox((0, 200, 612, 792))
    sheet.drawString(60, 100, "Secret words")


def _tiny(sheet: canvas.Canvas) -> None:
    sheet.setFont("Helvetica", 1)
    sheet.drawString(60, 300, "Secret words")


def _covered(sheet: canvas.Canvas) -> None:
    sheet.drawString(60, 300, "Secret words")
    sheet.setFillColorRGB(1, 1, 1)
    sheet.rect(50, 290, 200, 30, stroke=0, fill=1)


def _dark_on_dark(sheet: canvas.Canvas) -> None:
    sheet.rect(50, 290, 200, 30, stroke=0, fill=1)
    sheet.setFillColorRGB(0.05, 0.05, 0.05)
    sheet.drawString(60, 300, "Secret words")


def _red_on_red(sheet: canvas.Canvas) -> None:
    sheet.setFillColorRGB(0.8, 0.2, 0.2)
    sheet.rect(50, 290, 200, 30, stroke=0, fill=1)
    sheet.drawString(60, 300, "Secret words")


def _blackened(sheet: canvas.Canvas) -> None:
    sheet.drawString(60, 300, "Secret words")
    sheet.rect(50, 290, 200, 30, stroke=0, fill=1)


def _under_a_picture(sheet: canvas.Canvas) -> None:
    sheet.drawString(60, 300, "Secret words")
    sheet.drawImage(ImageReader(Image.new("RGB", (20, 20), "white")), 50, 290, 200, 30)


def _under_a_form(sheet: canvas.Canvas) -> None:
    sheet.drawString(60, 300, "Secret words")
    sheet.beginForm("patch")
    sheet.setFillColorRGB(1, 1, 1)
    sheet.rect(50, 290, 200, 30, stroke=0, fill=1)
    sheet.endForm()
    sheet.doForm("patch")


def _outside_its_form(sheet: canvas.Canvas) -> None:
    sheet.beginForm("small", 0, 0, 100, 100)
    sheet.drawString(60, 300, "Secret words")
    sheet.endForm()
    sheet.doForm("small")


def _cut_off_aslant(sheet: canvas.Canvas) -> None:
    path = sheet.beginPath()
    path.moveTo(300, 100)
    path.lineTo(350, 150)
    path.lineTo(300, 200)
    path.close()
    sheet.clipPath(path, stroke=0)
    sheet.drawString(60, 300, "Secret words")


def _cut_off_after_a_letter(sheet: canvas.Canvas) -> None:
    path = sheet.beginPath()
    path.rect(55, 290, 9, 30)
    sheet.clipPath(path, stroke=0)
    sheet.drawString(60, 300, "Secret words")


@pytest.mark.parametrize(
    "hide",
    [
        _dark_on_dark,
        _red_on_red,
        _blackened,
        _under_a_picture,
        _under_a_form,
        _outside_its_form,
        _cut_off_aslant,
        _cut_off_after_a_letter,
        _white,
        _white_over_print,
        _invisible,
        _transparent,
        _clipped,
        _beside_the_page,
        _outside_the_crop,
        _tiny,
        _covered,
    ],
)
def test_words_that_nobody_sees_do_not_count(hide: Callable[[canvas.Canvas], None]) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        typed(sheet, LETTER)
        sheet.setFont("Helvetica", 10)
        hide(sheet)

    document = docscan.read(pdf(draw))

    assert "Secret" not in document.text
    assert found(LETTER, document) == 1


def _on_a_dark_band(sheet: canvas.Canvas) -> None:
    sheet.setFillColorRGB(0.1, 0.1, 0.5)
    sheet.rect(50, 290, 200, 30, stroke=0, fill=1)
    sheet.setFillColorRGB(1, 1, 1)
    sheet.drawString(60, 300, "Visible words")


def _within_its_cell(sheet: canvas.Canvas) -> None:
    path = sheet.beginPath()
    path.rect(50, 290, 200, 30)
    sheet.clipPath(path, stroke=0)
    sheet.drawString(60, 300, "Visible words")


def _outlined(sheet: canvas.Canvas) -> None:
    text = sheet.beginText(60, 300)
    text.setTextRenderMode(1)
    text.textLine("Visible words")
    sheet.drawText(text)


def _in_the_margin(sheet: canvas.Canvas) -> None:
    sheet.translate(30, 200)
    sheet.rotate(90)
    sheet.drawString(0, 0, "Visible words")


def _marked(sheet: canvas.Canvas) -> None:
    sheet.setFillColorRGB(1, 1, 0.4)
    sheet.rect(50, 290, 200, 30, stroke=0, fill=1)
    sheet.setFillColorRGB(0, 0, 0)
    sheet.drawString(60, 300, "Visible words")


def _struck_out(sheet: canvas.Canvas) -> None:
    sheet.drawString(60, 300, "Visible words")
    sheet.line(55, 303, 130, 303)


def _under_glass(sheet: canvas.Canvas) -> None:
    sheet.drawString(60, 300, "Visible words")
    sheet.setFillColorRGB(1, 1, 0)
    sheet.setFillAlpha(0.3)
    sheet.rect(50, 290, 200, 30, stroke=0, fill=1)


def _over_a_watermark(sheet: canvas.Canvas) -> None:
    sheet.saveState()
    sheet.setFillAlpha(0.15)
    sheet.setFont("Helvetica-Bold", 60)
    sheet.drawString(60, 290, "COPY")
    sheet.restoreState()
    sheet.drawString(60, 300, "Visible words")


def _half_grey(sheet: canvas.Canvas) -> None:
    sheet.setFillColorRGB(0.6, 0.6, 0.6)
    sheet.drawString(60, 300, "Visible words")


PLAINLY_SEEN = (_on_a_dark_band, _within_its_cell, _outlined, _in_the_margin, _marked, _struck_out, _half_grey)


@pytest.mark.parametrize("show", [*PLAINLY_SEEN, _under_glass, _over_a_watermark])
def test_words_that_a_person_sees_count_and_mostly_need_no_picture(
    show: Callable[[canvas.Canvas], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object, **__: object) -> None:
        raise AssertionError("a picture was made")

    def draw(sheet: canvas.Canvas) -> None:
        typed(sheet, LETTER)
        sheet.setFont("Helvetica", 10)
        show(sheet)

    if show in PLAINLY_SEEN:
        monkeypatch.setattr("docscan.reading.pictures.rendering.of_pdf", none)
        monkeypatch.setattr("docscan.reading.pictures.rendering.part_of_pdf", none)
    document = docscan.read(pdf(draw))

    assert document.pages[0].source == "text_layer"
    assert found(LETTER + " Visible words", document) == 1


def written_by_hand(contents: bytes, *objects: bytes, resources: bytes = b"") -> bytes:
    """A file of one page; the first of `objects` has number 5."""
    page = b"/Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources"
    fonts = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> /F2 5 0 R >> " + resources + b" >>"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [5 0 R] /D << /OFF [5 0 R] >> >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< " + page + fonts + b" >>",
        b"<< /Length %d >> stream\n%s\nendstream" % (len(contents), contents),
        *objects,
    ]
    body = b"%PDF-1.7\n"
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(parts) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\n" % (count, table, count)
    return body + end + b"startxref\n%d\n%%%%EOF" % len(body)


def test_words_on_a_layer_that_is_switched_off_do_not_count() -> None:
    shown = b"BT /F1 12 Tf 60 700 Td (Visible words of a letter) Tj ET "
    hidden = b"/OC /L1 BDC BT /F1 12 Tf 60 600 Td (Secret words) Tj ET EMC"
    layer = b"<< /Type /OCG /Name (Notes) >>"
    document = docscan.read(written_by_hand(shown + hidden, layer, resources=b"/Properties << /L1 5 0 R >>"))

    assert document.text == "Visible words of a letter"


def test_letters_that_are_drawings_are_read_where_they_are_named() -> None:
    """A font of type 3 draws each letter by itself; these are bars, so nothing but the names can tell them."""
    bar = b"500 0 0 0 400 700 d1 0 0 400 700 re f"
    glyph = b"<< /Length %d >> stream\n%s\nendstream" % (len(bar), bar)
    names = (
        b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfchar <41> <0061> <42> <0062> endbfchar "
        b"endcmap"
    )
    meanings = b"<< /Length %d >> stream\n%s\nendstream" % (len(names), names)
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 700] /FontMatrix [.001 0 0 .001 0 0] /FirstChar 65 "
        b"/LastChar 66 /Widths [500 500] /CharProcs << /A 6 0 R /B 6 0 R >> /ToUnicode 7 0 R "
        b"/Encoding << /Type /Encoding /Differences [65 /A /B] >> /Resources << >> >>"
    )
    document = docscan.read(written_by_hand(b"BT /F2 12 Tf 60 700 Td (ABBA) Tj ET", font, glyph, meanings))

    assert document.text == "abba"


def test_words_printed_twice_for_boldness_count_once() -> None:
    def draw(sheet: canvas.Canvas) -> None:
        typed(sheet, LETTER)
        typed(sheet, LETTER, left=60.4)

    document = docscan.read(pdf(draw))

    assert [word.text for word in document.pages[0].words] == LETTER.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("necessary", True), ("M54.50", True), ("(614)", True), ("$1,250.00", True), ("03/14/2026", True),
        ("McDonald", True), ("PA-C", True), ("O'Brien", True), ("b.i.d.", True), ("https://example.org/x", True),
        ("S83.511D", True), ("7th", True), ("e-mail", True), ("strengths", True), ("LLC", True), ("60min", True),
        ("lxx", False), ("wzx~|;", False), ("~i;r", False), ("jqzk", False), ("aBcD", False),
    ],
)  # fmt: skip
def test_words_are_told_from_noise(text: str, expected: bool) -> None:
    assert _wordlike(text) is expected


def test_a_page_with_two_problems_tells_both() -> None:
    other = Problem("low_quality", 3, "The page could be read only in part.", "Scan it again.")
    both = with_ignored(other, 3)

    assert with_ignored(None, 3) == ignored(3)
    assert (both.category, both.page, both.remedy) == ("low_quality", 3, "Scan it again.")
    assert both.message.startswith(other.message)
    assert both.message.endswith(ignored(3).message)
