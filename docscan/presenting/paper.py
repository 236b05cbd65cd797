"""How does a letter that docscan drafts look: as text, as a page, as a PDF? What it says is decided elsewhere.

A run of underscores in a text is a blank, to be filled by hand. Values of documents come cleaned of what a screen would
obey; the page escapes them, the PDF too.
"""

from __future__ import annotations

import base64
import hashlib
import io
import math
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Final, Literal, TypeAlias, get_args

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from docscan.errors import UsageError
from docscan.presenting import wording

Format: TypeAlias = Literal["html", "pdf", "text"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
MEDIA_TYPE: Final[Mapping[Format, str]] = {"html": "text/html", "pdf": "application/pdf", "text": "text/plain"}
SUFFIX: Final[Mapping[Format, str]] = {"html": "html", "pdf": "pdf", "text": "txt"}

_BLANK = re.compile("_{4,}")
_WIDTH = 78


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What it is about: labels and values, one a line."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One point: `ask`, with blanks, and `why` in a line or two; `source`: who asks for it, and `link`, its address."""

    ask: str
    why: str
    source: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """Numbered points under a heading."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """Words to copy and adapt, set apart."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Signing:
    """Lines to write on, side by side."""

    labels: tuple[str, ...]


Block: TypeAlias = Words | Facts | Items | Template | Signing


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter. `mark`: what stands beside its title, such as "Draft"; `one_page`: it must be no longer, whatever it
    says."""

    title: str
    blocks: tuple[Block, ...]
    foot: str
    mark: str = ""
    one_page: bool = False


def rendered(paper: Paper, form: str) -> bytes:
    """The letter in one of `FORMATS`, text in UTF-8. Raises `UsageError` for another form."""
    match form:
        case "html":
            return as_html(paper).encode()
        case "text":
            return as_text(paper).encode()
        case "pdf":
            return as_pdf(paper)
    raise UsageError(f"There is no format {wording.clean(form)[:20]}.", f"Choose one of {', '.join(FORMATS)}.")


# Text


def as_text(paper: Paper) -> str:
    """Plain text of lines no longer than 78 characters, blanks and all."""
    mark = f"[{paper.mark.upper()}]\n\n" if paper.mark else ""
    body = "\n\n".join("\n".join(_text_of(block)) for block in paper.blocks)
    return f"{mark}{paper.title}\n{'=' * min(len(paper.title), _WIDTH)}\n\n{body}\n\n{_wrapped(paper.foot)}\n"


def _text_of(block: Block) -> Iterator[str]:
    match block:
        case Words(text):
            yield _wrapped(text)
        case Facts(rows):
            wide = max((len(label) for label, _ in rows), default=0) + 2
            for label, value in rows:
                yield _wrapped(value, first=f"{label + ':':<{wide}}", later=" " * wide)
        case Items(heading, items):
            yield heading
            for number, item in enumerate(items, start=1):
                yield ""
                yield _wrapped(item.ask, first=f"{number:>2}. ", later="    ")
                yield _wrapped(item.why, first="    ", later="    ")
                yield _wrapped(f"[{item.source}]", first="    ", later="    ")
        case Template(heading, text):
            yield heading
            yield ""
            yield _wrapped(text, first="    ", later="    ")
        case Signing(labels):
            for label in labels:
                yield f"{label}: {'_' * (60 - len(label))}"


def _wrapped(text: str, *, first: str = "", later: str = "") -> str:
    return textwrap.fill(
        text, _WIDTH, initial_indent=first, subsequent_indent=later, break_long_words=True, break_on_hyphens=False
    )


# Page


def as_html(paper: Paper) -> str:
    """One file that needs nothing else, made for printing on letter paper."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    return (
        _templates()
        .get_template("paper.html")
        .render(
            paper=paper,
            blocks=[(type(block).__name__.lower(), block) for block in paper.blocks],
            style=Markup(style),  # noqa: S704 - our own file
            policy=f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{digest}'",
            density=_density(paper) if paper.one_page else "",
        )
    )


def _density(paper: Paper) -> str:
    """How small the letters must be for one page: as in the PDF, and somewhat smaller, as a browser's are broader."""
    scale = _fitting(paper)
    return "" if scale >= _ROOMY else f"scale-{max(40, int(100 * scale * 0.9 // 5 * 5))}"


def _with_blanks(text: str) -> Markup:
    """Text with a line to write on for each run of underscores, about as long."""

    def line(found: re.Match[str]) -> str:
        size = next(name for name, most in (("short", 8), ("middle", 20), ("long", 10_000)) if len(found[0]) <= most)
        return f'<span class="blank {size}" role="img" aria-label="blank"></span>'

    return Markup(_BLANK.sub(line, str(escape(text))))  # noqa: S704 - escaped before the lines go in


@cache
def _style() -> str:
    return files(__package__).joinpath("templates", "paper.css").read_text("utf-8")


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("docscan.presenting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["blanks"] = _with_blanks
    return made


# PDF

_ROOMY = 0.999
_MARGIN = 54.0  # points: three quarters of an inch
_BROAD, _TALL = 612.0, 792.0
_INK, _SOFT, _LINE, _WASH, _TINT = "#1d2126", "#555c66", "#c9c5bc", "#f4f2ed", "#17568f"
_SMALLEST, _STEP = 0.4, 0.03


def as_pdf(paper: Paper) -> bytes:
    """A PDF on letter paper; on one page, its letters as small as that takes, where the paper must be on one."""
    from reportlab.platypus import SimpleDocTemplate

    out = io.BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=(_BROAD, _TALL), leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_MARGIN * 0.85,
        bottomMargin=_MARGIN * 0.75, title=_printable(paper.title), author="docscan", invariant=True,
    )  # fmt: skip
    document.build(_flowables(paper, _fitting(paper) if paper.one_page else 1.0))
    return out.getvalue()


def _fitting(paper: Paper) -> float:
    """The largest scale of the letters at which the paper fits on one page."""
    room = _TALL - _MARGIN * 1.6 - 14  # the frame's own padding
    tall = _height(_flowables(paper, 1.0))
    if tall <= room:
        return 1.0
    scale = min(1.0, math.sqrt(room / tall) + 2 * _STEP)  # smaller letters make fewer lines, too
    while scale > _SMALLEST and _height(_flowables(paper, scale)) > room:
        scale -= _STEP
    return scale


def _height(flowables: Sequence[Any]) -> float:
    wide = _BROAD - 2 * _MARGIN - 12
    gaps = [max(a.getSpaceAfter(), b.getSpaceBefore()) for a, b in pairwise(flowables)]
    return float(sum(one.wrap(wide, _TALL * 10)[1] for one in flowables) + sum(gaps))


def _flowables(paper: Paper, scale: float) -> list[Any]:
    from reportlab.platypus import Paragraph

    styles = _pdf_styles(scale)
    title = f"{_pdf_text(paper.title)}"
    if paper.mark:
        title += f'  <font size="{10 * scale:.1f}" color="#b3261e">{_pdf_text(paper.mark.upper())}</font>'
    told: list[Any] = [Paragraph(title, styles["title"])]
    for block in paper.blocks:
        told += _pdf_block(block, styles, scale)
    return [*told, Paragraph(_pdf_text(paper.foot), styles["foot"])]


def _pdf_block(block: Block, styles: Mapping[str, Any], scale: float) -> Iterable[Any]:
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Paragraph, Spacer, Table

    def table(rows: list[list[Any]], widths: list[float], *commands: tuple[Any, ...], after: float = 0) -> Any:
        made = Table(rows, colWidths=widths, spaceAfter=after * scale, hAlign="LEFT")
        plain = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0),
                 ("RIGHTPADDING", (0, 0), (-1, -1), 4), ("TOPPADDING", (0, 0), (-1, -1), 1.5 * scale),
                 ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5 * scale)]  # fmt: skip
        made.setStyle([*plain, *commands])
        return made

    wide = _BROAD - 2 * _MARGIN - 12
    match block:
        case Words(text, small):
            yield Paragraph(_pdf_text(text), styles["small" if small else "body"])
        case Facts(rows):
            cells = [
                [Paragraph(_pdf_text(a), styles["label"]), Paragraph(_pdf_text(b), styles["cell"])] for a, b in rows
            ]
            rule = ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor(_LINE))
            if cells:
                yield table(cells, [96.0, wide - 96.0], rule, after=8)
        case Items(heading, items):
            yield Paragraph(_pdf_text(heading), styles["heading"])
            for number, item in enumerate(items, start=1):
                source = _pdf_text(item.source)
                if item.link:
                    source = f'<a href="{escape(item.link)}" color="{_SOFT}">{source}</a>'
                told = [
                    Paragraph(_pdf_text(item.ask), styles["ask"]),
                    Paragraph(_pdf_text(item.why), styles["why"]),
                    Paragraph(source, styles["source"]),
                ]
                yield table([[Paragraph(f"{number}", styles["number"]), told]], [20.0, wide - 20.0], after=2)
        case Template(heading, text):
            inner = [Paragraph(_pdf_text(heading), styles["boxed"]), Paragraph(_pdf_text(text), styles["template"])]
            wash = ("BACKGROUND", (0, 0), (-1, -1), HexColor(_WASH))
            room = [(f"{side}PADDING", (0, 0), (-1, -1), 8 * scale) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
            yield table([[inner]], [wide], wash, *room, after=8)
        case Signing(labels):
            gap = 18.0
            share = (wide - gap * (len(labels) - 1)) / len(labels)
            cells = [Paragraph(_pdf_text(label), styles["source"]) for label in labels]
            row = [one for cell in cells for one in (cell, "")][:-1]
            ruled = [("LINEABOVE", (n, 0), (n, 0), 0.7, HexColor(_INK)) for n in range(0, len(row), 2)]
            yield Spacer(1, 30 * scale)
            yield table([row], [share if not n % 2 else gap for n in range(len(row))], *ruled, after=4)


def _pdf_styles(scale: float) -> Mapping[str, Any]:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle

    def style(
        name: str, size: float, *, ink: str = _INK, bold: bool = False, after: float = 0, before: float = 0
    ) -> Any:
        font = "Helvetica-Bold" if bold else "Helvetica"
        return ParagraphStyle(
            name, fontName=font, fontSize=size * scale, leading=size * scale * 1.32, textColor=HexColor(ink),
            spaceAfter=after * scale, spaceBefore=before * scale, splitLongWords=1,
        )  # fmt: skip

    return {
        "title": style("title", 17, bold=True, after=9),
        "body": style("body", 10.5, after=7),
        "small": style("small", 9, ink=_SOFT, after=6),
        "label": style("label", 9.5, ink=_SOFT),
        "cell": style("cell", 10.5),
        "heading": style("heading", 11.5, bold=True, ink=_TINT, before=3, after=3),
        "number": style("number", 11, bold=True, ink=_TINT),
        "ask": style("ask", 10.5, bold=True),
        "why": style("why", 9.5),
        "source": style("source", 8, ink=_SOFT),
        "boxed": style("boxed", 9.5, bold=True, ink=_TINT, after=3),
        "template": style("template", 10.5),
        "foot": style("foot", 8, ink=_SOFT, before=4),
    }


def _pdf_text(text: str) -> str:
    """Text for a PDF paragraph: escaped, in letters that its font has, blanks as lines."""
    safe = str(escape(_printable(text)))
    return _BLANK.sub(lambda found: f"<u>{'&nbsp;' * round(len(found[0]) * 1.8)}</u>", safe)


def _printable(text: str) -> str:
    """The text in letters of the fonts that every PDF reader has; a word that cannot be written so is a blank, as a
    wrong name would be worse."""

    def word(given: str) -> str:
        told = "".join(_plain(letter) for letter in unicodedata.normalize("NFC", given))
        return told if told.isspace() or not given.strip() or "\0" not in told else "_" * 12

    return "".join(word(part) for part in re.split(r"(\s+)", text))


def _plain(letter: str) -> str:
    for form in (letter, _LETTERS.get(letter, ""), unicodedata.normalize("NFKD", letter)[:1]):
        if form and _has(form):
            return form
    return "\0"


def _has(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


_LETTERS: Final = {
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T", "−": "-",
    "→": "to", "‑": "-", "\N{THIN SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ",
}  # fmt: skip
"""Letters that are no letter with a mark, and signs of our own."""
