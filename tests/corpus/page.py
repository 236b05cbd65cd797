"""A typeset page: words with places, lines, boxes and pen strokes; as a picture and as a PDF. In points, from top left.

The page is the truth of the corpus: what stands in `words` is printed there and nothing else is, so the manifest is
written from it and never from what was meant to be printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np
from PIL import Image, ImageDraw

from tests.corpus import fonts
from tests.corpus.fonts import Face

Colour: TypeAlias = tuple[int, int, int]
Signature: TypeAlias = Literal["ink", "electronic", "typed", "none"]

BLACK: Colour = (16, 16, 18)
WHITE: Colour = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Word:
    """One printed word; `x` its left edge and `y` its base line."""

    text: str
    x: float
    y: float
    face: Face
    size: float
    colour: Colour = BLACK

    @property
    def right(self) -> float:
        return self.x + fonts.width(self.text, self.face, self.size)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom, with room for tall and deep letters."""
        return self.x, self.y - 0.78 * self.size, self.right, self.y + 0.24 * self.size


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: filled, outlined or both. `line` in points."""

    left: float
    top: float
    right: float
    bottom: float
    fill: Colour | None = None
    outline: Colour | None = None
    line: float = 0.7


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points: a rule, or what a pen leaves. `line` in points."""

    points: tuple[tuple[float, float], ...]
    line: float = 0.7
    colour: Colour = BLACK


@dataclass(frozen=True, slots=True)
class Ink:
    """A signature over the page: a picture with a transparent ground, its left top corner and its height."""

    picture: Image.Image
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class CheckBox:
    label: str
    ticked: bool


@dataclass(slots=True)
class Page:
    """What stands on one sheet. Filled by the typesetter, then only read."""

    width: float = 612.0
    height: float = 792.0
    words: list[Word] = field(default_factory=list)
    shapes: list[Box | Stroke] = field(default_factory=list)
    ink: list[Ink] = field(default_factory=list)
    check_boxes: list[CheckBox] = field(default_factory=list)
    signature: Signature | None = None
    dots: bool = False  # printed by needles: letters of dots

    @property
    def true_words(self) -> list[str]:
        """The printed words in reading order; what has no letter and no digit (bullets, leaders) is not one."""
        return [word.text for word in self.words if any(char.isalnum() for char in word.text)]

    def picture(self, dpi: float) -> Image.Image:
        """The page as it leaves the printer, in colour."""
        scale = dpi / 72
        image = Image.new("RGB", (round(self.width * scale), round(self.height * scale)), WHITE)
        draw = ImageDraw.Draw(image)
        for shape in self.shapes:
            _draw_shape(draw, shape, scale)
        target = Image.new("RGB", image.size, WHITE) if self.dots else image
        needles = ImageDraw.Draw(target)
        for word in self.words:
            pen = draw if word.colour == WHITE else needles  # no needle prints white
            font = fonts.pixels(word.face, round(word.size * scale, 2))
            pen.text((word.x * scale, word.y * scale), word.text, font=font, fill=word.colour, anchor="ls")
        if self.dots:
            image = Image.fromarray(np.minimum(np.asarray(image), np.asarray(_as_dots(target, scale))))
        for ink in self.ink:
            height = round(ink.height * scale)
            drawn = ink.picture.resize(
                (round(ink.picture.width * height / ink.picture.height), height), Image.Resampling.LANCZOS
            )
            image.paste(drawn, (round(ink.x * scale), round(ink.y * scale)), drawn)
        return image

    def write_pdf(self, path: Path) -> None:
        """The page as a digital PDF with its text layer, the same bytes each time."""
        from reportlab.pdfgen.canvas import Canvas

        canvas = Canvas(str(path), pagesize=(self.width, self.height), invariant=True)
        for shape in self.shapes:
            _write_shape(canvas, shape, self.height)
        for word in self.words:
            _write_word(canvas, word, self.height)
        for ink in self.ink:
            from reportlab.lib.utils import ImageReader

            wide = ink.height * ink.picture.width / ink.picture.height
            place = (ink.x, self.height - ink.y - ink.height, wide, ink.height)
            canvas.drawImage(ImageReader(ink.picture), *place, mask="auto")
        canvas.showPage()
        canvas.save()


def _draw_shape(draw: ImageDraw.ImageDraw, shape: Box | Stroke, scale: float) -> None:
    if isinstance(shape, Box):
        corners = [round(edge * scale) for edge in (shape.left, shape.top, shape.right, shape.bottom)]
        line = max(1, round(shape.line * scale)) if shape.outline else 0
        draw.rectangle(corners, fill=shape.fill, outline=shape.outline, width=line)
        return
    line = max(1, round(shape.line * scale))
    points = [(x * scale, y * scale) for x, y in shape.points]
    draw.line(points, fill=shape.colour, width=line, joint="curve")
    if len(points) > 2:
        for x, y in (points[0], points[-1]):
            draw.ellipse((x - line / 2, y - line / 2, x + line / 2, y + line / 2), fill=shape.colour)


def _as_dots(printed: Image.Image, scale: float) -> Image.Image:
    """Letters as a needle printer sets them: dots of one size on a grid of about 130 an inch, overlapping a little."""
    pitch = 72 / 130 * scale
    small = printed.convert("L").resize(
        (round(printed.width / pitch), round(printed.height / pitch)), Image.Resampling.BOX
    )
    struck = np.asarray(small) < 150
    rows, columns = np.nonzero(struck)
    paper = np.full((printed.height, printed.width), 255, np.uint8)
    sheet = Image.fromarray(paper)
    draw = ImageDraw.Draw(sheet)
    radius = 0.6 * pitch
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        x, y = (column + 0.5) * pitch, (row + 0.5) * pitch
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=40)
    return sheet.convert("RGB")


def _share(colour: Colour) -> tuple[float, float, float]:
    red, green, blue = colour
    return red / 255, green / 255, blue / 255


def _write_shape(canvas: object, shape: Box | Stroke, height: float) -> None:
    from reportlab.pdfgen.canvas import Canvas

    assert isinstance(canvas, Canvas)
    canvas.setLineWidth(shape.line)
    if isinstance(shape, Box):
        if shape.fill:
            canvas.setFillColorRGB(*_share(shape.fill))
        if shape.outline:
            canvas.setStrokeColorRGB(*_share(shape.outline))
        size = (shape.right - shape.left, shape.bottom - shape.top)
        canvas.rect(
            shape.left, height - shape.bottom, *size, stroke=int(bool(shape.outline)), fill=int(bool(shape.fill))
        )
        return
    canvas.setStrokeColorRGB(*_share(shape.colour))
    path = canvas.beginPath()
    path.moveTo(shape.points[0][0], height - shape.points[0][1])
    for x, y in shape.points[1:]:
        path.lineTo(x, height - y)
    canvas.drawPath(path)


# reportlab embeds TrueType alone: a face with other outlines is printed in the nearest, at its own widths.
_NEAREST = {"serif": "Liberation Serif", "sans": "Liberation Sans", "narrow": "Liberation Sans Narrow"}


def _write_word(canvas: object, word: Word, height: float) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    assert isinstance(canvas, Canvas)
    face = word.face
    if not face.file.endswith(".ttf"):
        face = Face(_NEAREST.get(fonts.FAMILIES[face.family].sort, "Liberation Mono"), face.bold, face.italic)
    if face.file not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(face.file, fonts.pixels(face, 20).path))
    own = fonts.width(word.text, face, word.size)
    text = canvas.beginText(word.x, height - word.y)
    text.setFont(face.file, word.size)
    text.setFillColorRGB(*_share(word.colour))
    text.setHorizScale(100 * (word.right - word.x) / own if own else 100)
    text.textOut(word.text + " ")
    canvas.drawText(text)
