"""Draw what was read over a page, for people to look at: does each word stand where it is printed, and say the same?

    python -m tests.benchmark.overlay FILE OUT.png [--page N] [--side 1600]

Left the page as uploaded with the words' boxes, green where they are sure, red where not, and the marks with what they
are; right the words' texts where they stand. A page that was turned to be read is shown turned.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

import docscan
from docscan.document import Box, Page

_MARKS = {"check_box": "#0060ff", "signature_ink": "#b000b0", "handwriting": "#d06000", "ink": "#907000",
          "stamp": "#008080", "form_field": "#0090d0", "ruling": "#bbbbbb", "cell": "#cccccc"}  # fmt: skip
_QUIET = ("ruling", "cell")
_HEAD = 34  # pixels for the line above the page


def overlay(source: bytes, number: int, *, side: int = 1600) -> Image.Image:
    """Page `number` with what was read of it."""
    document = docscan.read(source)
    page = document.pages[number - 1]
    picture = Image.open(io.BytesIO(docscan.page_picture(source, number, max_side=side))).convert("RGB")
    if page.rotation % 360:
        picture = picture.rotate(-page.rotation, expand=True)
    wide, tall = picture.size
    drawn = Image.new("RGB", (2 * wide, tall + _HEAD), "white")
    drawn.paste(picture, (0, _HEAD))
    pen = ImageDraw.Draw(drawn)
    pen.text((6, 8), _head(page), fill="black", font=ImageFont.load_default(16))
    for mark in page.marks:
        box = _place(page, mark.box, wide, tall)
        colour = _MARKS.get(mark.kind, "black")
        for across in (0, wide):
            pen.rectangle([box[0] + across, box[1], box[2] + across, box[3]], outline=colour, width=1)
        if mark.kind not in _QUIET:
            name = " ".join(filter(None, (mark.kind, mark.state)))
            pen.text((box[0] + wide, box[1] - 11), name, fill=colour, font=ImageFont.load_default(10))
    for word in page.words:
        left, top, right, bottom = _place(page, word.box, wide, tall)
        colour = _colour(word.confidence)
        pen.rectangle([left, top, right, bottom], outline=colour, width=1)
        size = min(0.95 * (bottom - top), 60)
        length = ImageFont.load_default(max(7, size)).getlength(word.text)
        font = ImageFont.load_default(max(7, size * min(1, (right - left + 2) / length)))
        pen.text((left + wide, (top + bottom) / 2), word.text, fill=colour, font=font, anchor="lm")
    return drawn


def _place(page: Page, box: Box, wide: int, tall: int) -> tuple[float, float, float, float]:
    left, top, right, bottom = page.upright(box)
    return left * wide, top * tall + _HEAD, right * wide, bottom * tall + _HEAD


def _colour(confidence: float | None) -> str:
    if confidence is None:
        return "#204090"
    sure = min(1.0, max(0.0, (confidence - 0.4) / 0.6))
    return f"#{int(220 * (1 - sure)):02x}{int(150 * sure):02x}00"


def _head(page: Page) -> str:
    quality = "no estimate" if page.quality is None else f"{page.quality:.3f}"
    problem = f", {page.problem.category}: {page.problem.message}" if page.problem else ""
    turned = f", turned by {page.rotation} degrees" if page.rotation else ""
    return f"{len(page.words)} words by {page.engine or page.source}, quality {quality}{turned}{problem}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.overlay", description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--page", type=int, default=1, help="from 1 (1)")
    parser.add_argument("--side", type=int, default=1600, help="pixels of the page's longer side (1600)")
    given = parser.parse_args(arguments)
    overlay(given.file.read_bytes(), given.page, side=given.side).save(given.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
