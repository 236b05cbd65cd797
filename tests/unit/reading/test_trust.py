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
from docscan.document import Document
from docscan.reading.trust import _wordlike

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

    monkeypatch.setattr("docscan.reading.engines.chosen", none)

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


@pytest.mark.slow
def test_a_font_whose_letters_are_named_wrongly_is_not_believed() -> None:
    """The page shows one thing and copies as another: each letter's name is that of the third after it."""
    path = next(iter(sorted(Path("/usr/share/fonts").rglob("*Sans*-Regular.ttf"))), None)
    if path is None:
        pytest.skip("no TrueType font is installed")
    pdfmetrics.registerFont(TTFont("Named", str(path)))

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont("Named", 11)
        for row, line in enumerate(LETTER.splitlines()):
            sheet.drawString(40, 640 - 18 * row, line)

    def third_after(named: re.Match[bytes]) -> bytes:
        code = int(named[1], 16)
        return b"<%04X>" % (code + 3 if chr(code).isalpha() else code)

    data = pdf(draw, compressed=False)
    start, end = data.index(b"beginbfchar"), data.index(b"endbfchar")
    wrong = data[:start] + re.sub(rb"<(00[0-9A-Fa-f]{2})>", third_after, data[start:end]) + data[end:]
    document = docscan.read(wrong)
    page = document.pages[0]

    assert docscan.read(data).pages[0].source == "text_layer"
    assert page.source == "ocr"
    assert page.problem is not None
    assert found(LETTER, document) > READ


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


@pytest.mark.parametrize(
    "hide",
    [
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
