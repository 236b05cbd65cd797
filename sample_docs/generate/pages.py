"""From a document's HTML to its pages: printed by Chromium, drawn as pictures, and as the words in reading order."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import TypeAlias

import pypdfium2
from PIL import Image
from playwright.sync_api import sync_playwright

from sample_docs.generate import ink

CHROMIUM = "/usr/bin/chromium"

Printer: TypeAlias = Callable[[str, str], bytes]
"""Prints HTML as a PDF that bears the given time (YYYYMMDDhhmmss)."""

_BASE = """
*{box-sizing:border-box;margin:0;padding:0}
body{-webkit-print-color-adjust:exact;color:#111}
.page{position:relative;overflow:hidden;break-after:page}
.page:last-child{break-after:auto}
table{border-collapse:collapse}
.signature{display:block}
.box{position:relative;display:inline-block;width:11px;height:11px;border:1px solid #222;vertical-align:-1px}
"""
_BLOCKS = frozenset(
    "address article div dd dl dt footer form h1 h2 h3 h4 h5 header hr li main ol p pre section table tr tt ul".split()
)
_PEN = re.compile(r"<(sign|hand|tick)\b([^>]*?)(?:/>|>(.*?)</\1>)", re.DOTALL)
_ATTRIBUTE = re.compile(r"(\w+)=\"([^\"]*)\"")


@contextmanager
def printer() -> Iterator[Printer]:
    """A Chromium that prints; started once for all documents."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--font-render-hinting=none"]
        )
        page = browser.new_page()

        def print_page(source: str, created: str) -> bytes:
            page.set_content(source)
            page.evaluate("document.fonts.ready")
            return _dated(page.pdf(prefer_css_page_size=True, print_background=True), created)

        yield print_page
        browser.close()


def _dated(pdf: bytes, created: str) -> bytes:
    """The same file with the document's own time instead of this moment's; nothing moves, lengths are kept."""
    stamp = f"D:{created}+00'00'".encode()
    return re.sub(rb"D:\d{14}\+00'00'", lambda found: stamp.ljust(len(found.group())), pdf)


def complete(source: str, width: float, height: float) -> str:
    """The whole HTML: base style, page size in inches, and everything a pen wrote drawn in."""
    drawn = _PEN.sub(_pen, source)
    size = f"@page{{size:{width}in {height}in;margin:0}} .page{{width:{width}in;height:{height - 0.01}in}}"
    return f'<!doctype html><meta charset="utf-8"><style>{_BASE}{size}</style>{drawn}'


def sideways(source: str, width: float, height: float) -> str:
    """The same page lying on its left side, to be put upright again by the PDF's /Rotate 90."""
    lying = (
        f"@page{{size:{height}in {width}in}}"
        f".lying{{position:relative;contain:strict;width:{height}in;height:{width - 0.01}in}}"
        f".lying .page{{position:absolute;left:0;top:{width}in;transform:rotate(-90deg);transform-origin:0 0}}"
    )
    styled = source.replace("</style>", lying + "</style>", 1)
    return styled.replace("<section", '<div class="lying"><section').replace("</section>", "</section></div>")


def _pen(found: re.Match[str]) -> str:
    kind, given, text = found.group(1), dict(_ATTRIBUTE.findall(found.group(2))), found.group(3) or ""
    seed, colour = int(given.get("seed", "1")), given.get("ink", "blue")
    if kind == "sign":
        return ink.signature_html(given["name"], seed=seed, ink=colour, width=given.get("width", "200px"))
    if kind == "hand":
        size = given.get("size", "20px")
        return ink.handwriting_html(text, seed=seed, hand=given.get("hand", "print"), ink=colour, size=size)
    return ink.tick_html(seed=seed, ink=colour, kind=given.get("kind", "tick"))


class _Words(HTMLParser):
    """Collects the text: a line for each block, a tab between cells, without what is marked data-silent."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.silent = 0
        self.ended = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if (
            tag in {"style", "svg", "title", "head"}
            or (self.silent and tag not in _VOID)
            or any(name == "data-silent" for name, _ in attrs)
        ):
            self.silent += 1
        elif tag in {"td", "th"}:
            self.pieces.append("\t")
        elif tag == "br" or tag in _BLOCKS:
            self.pieces.append("\n")
        elif self.ended:  # a box beside a box, with nothing between them in the HTML
            self.pieces.append("\t")

    def handle_endtag(self, tag: str) -> None:
        if self.silent and tag not in _VOID:
            self.silent -= 1
        elif tag in _BLOCKS:
            self.pieces.append("\n")
        else:
            self.ended = True

    def handle_data(self, data: str) -> None:
        self.ended = False
        if not self.silent:
            self.pieces.append(re.sub(r"\s+", " ", data))


_VOID = frozenset({"br", "hr", "img", "meta", "input", "link"})


def words(source: str) -> str:
    """What a person reads on the pages, line by line, in the order in which the HTML was written."""
    collector = _Words()
    collector.feed(_PEN.sub(lambda found: found.group(3) or "", source))
    lines = ("\t".join(cell for part in line.split("\t") if (cell := " ".join(part.split())))
             for line in "".join(collector.pieces).split("\n"))  # fmt: skip
    return "\n".join(line for line in lines if line.strip())


def pictures(pdf: bytes, dpi: int) -> list[Image.Image]:
    """Each page as RGB at `dpi` dots an inch, form fields and annotations included."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    return [document[number].render(scale=dpi / 72).to_pil().convert("RGB") for number in range(len(document))]


def with_rotate_flag(pdf: bytes, degrees: int) -> bytes:
    """The same PDF, each page bearing /Rotate."""
    document = pypdfium2.PdfDocument(pdf)
    for number in range(len(document)):
        document[number].set_rotation(degrees)
    turned = io.BytesIO()
    document.save(turned)
    return re.sub(rb"/ID\s*\[.*?\]", lambda found: b" " * len(found.group()), turned.getvalue(), flags=re.DOTALL)
