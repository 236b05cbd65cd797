"""Sets a plain text on a page in a layout drawn from its name: letterheads, tables, boxes, receipts, signatures.

The text's form is that of `tests/golden`: tabs or three spaces and more between columns, blank lines between blocks.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest
from typing import NamedTuple

from tests.corpus import fonts, marks
from tests.corpus.fonts import Face
from tests.corpus.page import BLACK, WHITE, Box, CheckBox, Colour, Page, Stroke, Word

_LEGAL, _LEDGER = 1008.0, 1224.0  # points
EMPTY, TICKED = "\u2610", "\u2612"  # a check box, as one character

_ACCENTS: tuple[Colour, ...] = ((20, 60, 120), (110, 24, 36), (16, 96, 84), (70, 40, 110), (40, 40, 44), (150, 70, 10))
_NOT_PRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\u017f\u2013\u2014\u2018-\u201d\u2022\u2026\u20ac\u2122\u2610\u2612]")
_SPACED = re.compile(r"(?<!\S)(?:[A-Z] ){3,}[A-Z](?!\S)")
_MONEY = re.compile(r"\(?[-+]?[$€£]?[-+]?[\d,]*\d(?:\.\d+)?%?\)?(?: [A-Z])?")
_CLOSING = re.compile(
    r"(?:\w+ ){0,3}(?:sincerely|regards|respectfully|yours|signed|thank you|thanks|compliments|health|cordially|wishes)"
    r"(?: \w+){0,2},?",
    re.IGNORECASE,
)
_ELECTRONIC = re.compile(
    r"(?:electronically|digitally) (?:signed|authenticated)|signed electronically|e-signed|/s/", re.IGNORECASE
)
_CREDENTIAL = re.compile(
    r"\b(?:M\.?D\.?|D\.?O\.?|N\.?P\.?|PA-C|APRN|DDS|DPM|DC|RD|RDN|LCSW|PhD|PsyD|ND|CNM|FNP\S*)(?:\b|$)"
)
_SIGNATURE_LABEL = re.compile(r"(?:\w+ )?signature:?", re.IGNORECASE)
_BLANKS = re.compile(r"_{3,}")


class Cell(NamedTuple):
    at: int  # the column of characters in which it begins
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of cells between blank lines; `gap` is how many blank lines stood before it."""

    lines: tuple[tuple[Cell, ...], ...]
    gap: int


@dataclass(frozen=True, slots=True)
class Style:
    """What was drawn for a document: its typeface, sizes and habits."""

    family: str
    size: float
    leading: float
    left: float
    right: float
    top: float
    head: str  # plain | centred | ruled | band | boxed | right
    heading: str  # bold | reversed | coloured | underlined | grey
    table: str  # plain | grid | shaded | rules | zebra
    pairs: str  # plain | boxes | grey | grid
    accent: Colour
    columns: int
    box: float  # points
    box_line: float
    tick: str
    ink: float  # how likely a letter is signed by hand


_LONGEST_RULER = 72  # characters that fit a line in every typeface
_RULER = re.compile(rf"([-_=*~.])\1{{{_LONGEST_RULER},}}")


def printable(text: str) -> str:
    """The text in characters that office fonts have, letter-spaced words closed up, rulers cut to a line, all on one
    page."""
    text = _NOT_PRINTABLE.sub("", text.replace("\f", "\n\n"))
    text = _RULER.sub(lambda found: found.group()[:_LONGEST_RULER], text)
    return _SPACED.sub(lambda found: found.group().replace(" ", ""), text)


def parse(text: str) -> list[Block]:
    """Blocks of lines of cells; a check box becomes one character."""
    text = re.sub(r"\[ ?\]", EMPTY, re.sub(r"\[[xX]\]", TICKED, printable(text)))
    blocks: list[Block] = []
    lines: list[tuple[Cell, ...]] = []
    gap = blanks = 0
    for line in [*_without_tabs(text.split("\n")), ""]:
        cells = _cells(line)
        if cells:
            gap = gap if lines else blanks
            lines.append(cells)
            blanks = 0
        else:
            if lines:
                blocks.append(Block(tuple(lines), gap))
                lines = []
            blanks += 1
    return blocks


def _without_tabs(lines: Sequence[str]) -> list[str]:
    """The lines with blanks for tabs, so that the columns of lines below one another stand below one another."""
    found: list[str] = []
    for tabbed, group in groupby(lines, key=lambda line: "\t" in line):
        if not tabbed:
            found += group
            continue
        rows = [[part.strip() for part in line.split("\t")] for line in group]
        wide = [max(map(len, column)) + 3 for column in zip_longest(*rows, fillvalue="")]
        found += ["".join(part.ljust(width) for part, width in zip(row, wide, strict=False)).rstrip() for row in rows]
    return found


def _cells(line: str) -> tuple[Cell, ...]:
    return tuple(Cell(found.start(), found.group()) for found in re.finditer(r"\S+(?: {1,2}\S+)*", line))


def draw_style(rng: random.Random) -> Style:
    family = rng.choice(fonts.names(rng.choices(("serif", "sans", "narrow", "mono"), (4, 4, 1.5, 1.2))))
    return Style(
        family=family,
        size=rng.choice((9.5, 10, 10, 10.5, 11, 11, 12)),
        leading=rng.uniform(1.2, 1.45),
        left=rng.uniform(48, 84),
        right=rng.uniform(46, 76),
        top=rng.uniform(40, 66),
        head=rng.choice(("plain", "centred", "ruled", "band", "boxed", "right")),
        heading=rng.choice(("bold", "reversed", "coloured", "underlined", "grey")),
        table=rng.choice(("plain", "grid", "grid", "shaded", "rules", "zebra")),
        pairs=rng.choice(("plain", "boxes", "boxes", "grey", "grid")),
        accent=rng.choice(_ACCENTS),
        columns=2 if rng.random() < 0.15 else 1,
        box=rng.uniform(8, 11),
        box_line=rng.choice((0.7, 0.9, 1.3)),
        tick=rng.choice(marks.TICKS),
        ink=0.55,
    )


def sheet(text: str, *, seed: str, letter: bool, ink: float | None = None) -> Page:
    """A letter-size page of `text`; smaller type is taken until it fits, then, from 9 points on, a longer page.

    `letter` says that the text is one that somebody signs; `ink`, how likely by hand (drawn where not given).
    """
    rng = random.Random(seed)
    style = draw_style(rng)
    style = style if ink is None else replace(style, ink=ink)
    dice = rng.randrange(1 << 30)
    blocks = parse(text)
    longer = [_LEGAL, _LEDGER]
    height = Page().height
    while True:
        setter = Setter(style, random.Random(dice), signed=letter, page=Page(height=height))
        setter.page.dots = fonts.FAMILIES[style.family].sort == "mono" and _by_needles(seed)
        if setter.set(blocks) or (style.size <= 9 and not longer):
            return setter.page
        if style.size <= 9:
            height = longer.pop(0)
            continue
        style = replace(style, size=max(9.0, style.size - 0.5), leading=max(1.16, style.leading - 0.06), top=40.0)


class Setter:
    """Fills one page from the top. `set` says whether everything found room."""

    def __init__(self, style: Style, rng: random.Random, *, signed: bool, page: Page | None = None) -> None:
        self.style = style
        self.rng = rng
        self.signed = signed
        self.page = page or Page()
        self.left, self.right = style.left, self.page.width - style.right
        self.y = style.top
        self.bottom = self.page.height - 34
        self.face = Face(style.family)
        self.bold = Face(style.family, bold=True)
        self.seed = rng.randrange(1 << 30)

    def set(self, blocks: Sequence[Block]) -> bool:
        whole = " ".join(cell.text for block in blocks for line in block.lines for cell in line)
        if self.signed and _ELECTRONIC.search(whole):
            self.page.signature = "electronic"
        self._head(blocks[0])
        rest = list(blocks[1:])
        closing = False
        while rest:
            block = rest.pop(0)
            if self.style.columns == 2 and self._is_prose(block):
                prose = [block]
                while rest and self._is_prose(rest[0]):
                    prose.append(rest.pop(0))
                if len(prose) > 1 and not self._in_columns(prose):
                    return False
                if len(prose) > 1:
                    continue
            if self._may_sign and (closing or (block.gap >= 2 and self._names_a_signer(block.lines[0]))):
                self._signature_place(block.lines[0])
            self.y += self._gap(block)
            if self.y + self.style.size > self.bottom or not self._block(block):
                return False
            closing = len(block.lines) <= 2 and _is_closing(block.lines[-1])
        if self._may_sign and any(
            self._names_a_signer(line) for block in blocks[len(blocks) // 2 :] for line in block.lines
        ):
            self.page.signature = "typed"
        return True

    # -- places

    @property
    def step(self) -> float:
        return self.style.size * self.style.leading

    def _gap(self, block: Block) -> float:
        return self.step * (0.55 + 0.15 * min(block.gap, 3))

    @property
    def _may_sign(self) -> bool:
        return self.signed and self.page.signature is None

    def _names_a_signer(self, line: Sequence[Cell]) -> bool:
        return bool(_CREDENTIAL.search(line[0].text)) and len(line[0].text) < 60

    def _signature_place(self, line: Sequence[Cell]) -> None:
        """Room above a signer's name, with ink in it or without."""
        name = re.split(r",| {2}|\(", line[0].text)[0].strip(" .")
        x = self._place_of(line[0])
        if self.rng.random() < self.style.ink and re.fullmatch(r"[A-Za-z.'\- ]{4,40}", name):
            height = self.rng.uniform(34, 48)
            self.y += height * 0.72
            marks.sign(self.page, x, self.y + 4, name.removeprefix("Dr. "), height=height, most=210, seed=self.seed)
            if self.rng.random() < 0.5:
                marks.rule(self.page, x, x + 200, self.y + 3)
            self.page.signature = "ink"
        elif self.rng.random() < 0.35:
            self.y += 26
            marks.rule(self.page, x, x + 200, self.y + 3)
            self.page.signature = "none"
        else:
            self.page.signature = "typed"
            self.y += self.rng.uniform(0, 22)

    def _place_of(self, cell: Cell) -> float:
        """The x of a cell by its column of characters; small indents stay small."""
        if cell.at < 16:
            return self.left + 0.45 * self.style.size * cell.at
        return self.left + (self.right - self.left) * min(cell.at / 92, 0.72)

    # -- blocks

    def _is_prose(self, block: Block) -> bool:
        return all(len(line) == 1 for line in block.lines) and any(len(line[0].text) > 110 for line in block.lines)

    def _block(self, block: Block) -> bool:
        several = [line for line in block.lines if len(line) > 1]
        boxes = any(mark in cell.text for line in block.lines for cell in line for mark in (EMPTY, TICKED))
        if not boxes and len(several) >= 2 and max(map(len, several)) >= 3:
            return self._table(block.lines)
        if not boxes and len(several) >= 2 and len(several) >= len(block.lines) - 1 and self.style.pairs != "plain":
            pairs = _as_pairs(block.lines)
            if pairs and self.style.pairs in ("boxes", "grid"):
                return self._label_boxes(pairs)
            return self._on_grey(block) if pairs else self._table(block.lines)
        for index, line in enumerate(block.lines):
            if index and self._may_sign and _is_closing(block.lines[index - 1]) and self._names_a_signer(line):
                self._signature_place(line)
            heading = (
                len(line) == 1
                and line[0].at < 16
                and self._is_heading(line[0].text, alone=len(block.lines) == 1, first=index == 0)
            )
            if not (self._heading(line[0].text) if heading else self._line(line)):
                return False
        return True

    def _is_heading(self, text: str, *, alone: bool, first: bool) -> bool:
        if len(text) > 64 or not text[0].isalpha():
            return False
        capitals = text.upper() == text and sum(char.isalpha() for char in text) > 5 and not re.search(r"\d", text)
        return (capitals and (alone or first)) or (
            alone and len(text) < 44 and not text.endswith((",", ".", ":")) and " " in text
        )

    def _heading(self, text: str) -> bool:
        size = self.style.size * self.rng.choice((1.0, 1.1, 1.25))
        wide = fonts.width(text, self.bold, size)
        if wide > self.right - self.left:
            size *= (self.right - self.left) / wide * 0.98
            wide = fonts.width(text, self.bold, size)
        self.y += size * self.style.leading
        if self.y > self.bottom:
            return False
        colour, style = BLACK, self.style.heading
        top, base = self.y - size * 0.98, self.y + size * 0.38
        if style == "reversed":
            self.page.shapes.append(Box(self.left - 4, top, self.right, base, fill=self.style.accent))
            colour = WHITE
        elif style == "grey":
            self.page.shapes.append(Box(self.left - 4, top, self.right, base, fill=(222, 222, 222)))
        elif style == "coloured":
            colour = self.style.accent
        elif style == "underlined":
            marks.rule(self.page, self.left, self.left + wide, self.y + 0.26 * size)
        self._words(self.left, text, self.bold, size, colour)
        self.y += 0.25 * size
        return True

    def _head(self, block: Block) -> None:
        """The letterhead: the first block, its first line larger."""
        style, start = self.style, self.y
        several = any(len(line) > 1 for line in block.lines)
        kind = "ruled" if several and style.head in ("centred", "right", "band") else style.head
        for index, line in enumerate(block.lines):
            size = style.size * (self.rng.choice((1.25, 1.5, 1.7)) if index == 0 else 0.94)
            face = self.bold if index == 0 else self.face
            colour = style.accent if index == 0 and kind in ("ruled", "plain") else BLACK
            if kind == "band" and index == 0:
                colour = WHITE
            if several:
                self.y += size * 1.3
                self._row(line, face, min(size, style.size * 1.15), colour)
                continue
            text = line[0].text.strip("~ ")
            size = min(size, size * (self.right - self.left - 12) / fonts.width(text, face, size))
            if size < 8.5:
                self._wrapped(text, self.left, self.right, face, 9.0, colour)
                continue
            self.y += size * 1.34
            if kind == "band" and index == 0:
                self.page.shapes.append(
                    Box(self.left - 8, self.y - size * 1.05, self.right + 8, self.y + size * 0.42, fill=style.accent)
                )
                self.y += size * 0.06
            deep = size * 0.5 if kind == "band" and index == 0 and len(block.lines) > 1 else 0.0
            wide = fonts.width(text, face, size)
            x = {"centred": (self.left + self.right - wide) / 2, "right": self.right - wide}.get(kind, self.left)
            self._words(x, text, face, size, colour)
            self.y += deep
        self.y += 5
        if kind == "ruled":
            marks.rule(self.page, self.left, self.right, self.y + 2, self.rng.choice((0.6, 1.2, 2.2)), style.accent)
        if kind == "boxed":
            self.page.shapes.append(
                Box(self.left - 8, start, self.right + 8, self.y + 2, outline=BLACK, line=self.rng.choice((0.6, 1.4)))
            )
        self.y += 5

    def _on_grey(self, block: Block) -> bool:
        top = self.y + 2
        for line in block.lines:
            if not self._line(line):
                return False
        marks.panel(self.page, (self.left - 5, top, self.right + 5, self.y + 0.4 * self.style.size), (228, 228, 226))
        self.y += 3
        return True

    def _line(self, line: Sequence[Cell]) -> bool:
        """One line of the text: wrapped where it is alone, in its columns where it has several cells."""
        if len(line) == 1:
            cell = line[0]
            x = self._place_of(cell)
            if x + fonts.width(cell.text, self.face, self.style.size) > self.right and cell.at >= 16:
                x = max(self.left, self.right - fonts.width(cell.text, self.face, self.style.size))
            hanging = x + 14 if re.match(r"(?:[-*•]|\(?(?:\d{1,2}|[a-z])[.)])\s", cell.text) else x
            return self._wrapped(cell.text, x, self.right, self.face, self.style.size, BLACK, hanging)
        self.y += self.step
        if self.y > self.bottom:
            return False
        signed = self._signature_field(line)
        return self._row(signed or line, self.face, self.style.size, BLACK) if signed != () else True

    def _signature_field(self, line: Sequence[Cell]) -> Sequence[Cell] | None:
        """`Signature:   A Name`: a form that is signed; by hand, the name is ink and no print."""
        if not self._may_sign or not _SIGNATURE_LABEL.fullmatch(line[0].text):
            return None
        name = line[1].text
        if _BLANKS.search(name):
            self.page.signature = "none"
            return None
        typed = self.rng.random() < 0.4 and self.style.ink < 1
        if typed or not re.match(r"[A-Za-z.'\- ,]{4,40}$", name):
            self.page.signature = "typed"
            return None
        self.page.signature = "ink"
        self.y += 12
        x = max(self._place_of(line[1]), self.left + fonts.width(line[0].text, self.face, self.style.size) + 10)
        marks.sign(self.page, x, self.y + 3, name.split(",")[0], height=36, most=150, seed=self.seed)
        marks.rule(self.page, x - 4, x + 150, self.y + 2.5)
        return [line[0], *[cell._replace(at=max(cell.at, 62)) for cell in line[2:]]]

    def _row(self, line: Sequence[Cell], face: Face, size: float, colour: Colour) -> bool:
        """Cells on one line at their columns, pushed right where one reaches into the next, wrapped where need be."""
        x = self.left
        for index, cell in enumerate(line):
            place = max(self._place_of(cell), x) if index else self._place_of(cell)
            wide = self._wide(cell.text, face, size)
            if place + wide > self.right:
                place = max(x, self.right - wide)
            if place + wide > self.right + 1 and index:
                self.y += size * self.style.leading
                place = self.left + 12
            if place + wide > self.right + 1:
                self.y -= size * self.style.leading
                self._wrapped(cell.text, place, self.right, face, size, colour, place)
                x = self.left
                continue
            self._words(place, cell.text, face, size, colour)
            x = place + wide + size
        return self.y <= self.bottom

    # -- tables

    def _table(self, lines: Sequence[Sequence[Cell]]) -> bool:
        spans = _columns(lines)
        size, style = self.style.size, self.style.table
        rows = [_in_columns(line, spans) for line in lines]
        pad = 0.42 * size
        natural = [
            max(self._wide(row[i], self.bold if r == 0 else self.face, size) for r, row in enumerate(rows)) + 2 * pad
            for i in range(len(spans))
        ]
        room = self.right - self.left
        if sum(natural) > room:
            size = max(9.0 if size > 9 else size, size * 0.9)
            natural = [n * size / self.style.size for n in natural]
        if sum(natural) > room:
            widest = max(range(len(natural)), key=natural.__getitem__)
            natural[widest] -= sum(natural) - room
            if natural[widest] < 60:
                return all(self._line(line) for line in lines)
        else:
            spare = (room - sum(natural)) * (1.0 if style != "plain" else 0.7) / len(natural)
            natural = [n + spare for n in natural]
        numeric = [
            sum(bool(_MONEY.fullmatch(row[i])) for row in rows[1:] if row[i]) * 2
            > sum(bool(row[i]) for row in rows[1:])
            and i > 0
            for i in range(len(spans))
        ]
        edges = [self.left]
        for wide in natural:
            edges.append(edges[-1] + wide)
        top = self.y + 0.5 * size
        self.y = top
        headed = not any(re.search(r"\d\d", cell) for cell in rows[0])
        step = size * max(1.24, self.style.leading)
        for index, row in enumerate(rows):
            head = headed and index == 0
            face = self.bold if head or (style != "grid" and self.rng.random() < 0.06) else self.face
            parts = [self._broken(text, face, size, natural[i] - 2 * pad) for i, text in enumerate(row)]
            deep = max(len(part) for part in parts) * step + 0.3 * size
            if self.y + deep > self.bottom:
                return False
            colour = BLACK
            if head and style in ("shaded", "grid") and self.style.heading == "reversed":
                self.page.shapes.append(Box(edges[0], self.y, edges[-1], self.y + deep, fill=self.style.accent))
                colour = WHITE
            elif head and style in ("shaded", "grid"):
                self.page.shapes.append(Box(edges[0], self.y, edges[-1], self.y + deep, fill=(220, 220, 222)))
            elif style == "zebra" and index % 2:
                self.page.shapes.append(Box(edges[0], self.y, edges[-1], self.y + deep, fill=(236, 238, 242)))
            start = self.y
            for i, part in enumerate(parts):
                for number, text in enumerate(part):
                    self.y = start + step * (number + 1) - 0.28 * (step - size) - 0.1 * size
                    x = edges[i] + pad
                    if numeric[i]:
                        x = edges[i + 1] - pad - self._wide(text, face, size)
                    self._words(x, text, face, size, colour)
            self.y = start + deep
            if style == "grid" or (style == "rules" and (head or index == len(rows) - 1)):
                marks.rule(self.page, edges[0], edges[-1], self.y, 0.7)
        if style == "grid":
            line = self.rng.choice((0.5, 0.8, 1.2))
            marks.rule(self.page, edges[0], edges[-1], top, line)
            for x in edges:
                self.page.shapes.append(Stroke(((x, top), (x, self.y)), line))
        self.y += 0.2 * size
        return True

    def _label_boxes(self, pairs: Sequence[tuple[str, str]]) -> bool:
        """Boxes with the label small above its value, two or three in a row."""
        across = 3 if len(pairs) >= 5 and self.rng.random() < 0.5 else 2
        small, size = max(8.0, self.style.size * 0.78), self.style.size
        wide = (self.right - self.left) / across
        line = self.rng.choice((0.5, 0.8, 1.2))
        fill = (240, 240, 238) if self.style.pairs == "grid" else None
        self.y += 4
        for start in range(0, len(pairs), across):
            group = pairs[start : start + across]
            broken = [self._broken(value, self.face, size, wide - 10) for _, value in group]
            labels = [self._broken(label, self.face, small, wide - 10) for label, _ in group]
            lead = max(map(len, labels))
            deep = small * 1.3 * lead + size * 1.26 * max(map(len, broken)) + 5
            top = self.y
            if top + deep > self.bottom:
                return False
            for i, (label, value) in enumerate(zip(labels, broken, strict=True)):
                left = self.left + i * wide
                self.page.shapes.append(Box(left, top, left + wide, top + deep, fill=fill, outline=BLACK, line=line))
                for n, text in enumerate(label):
                    self.y = top + small * 1.25 * (n + 1)
                    self._words(left + 5, text, self.face, small, BLACK)
                name = " ".join(value)
                if self._may_sign and _SIGNATURE_LABEL.fullmatch(" ".join(label)) and not _BLANKS.search(name):
                    by_hand = self.rng.random() < 0.7 or self.style.ink >= 1
                    self.page.signature = "ink" if by_hand else "typed"
                    if self.page.signature == "ink":
                        base = top + deep - 5
                        marks.sign(self.page, left + 8, base, name, height=34, most=wide - 30, seed=self.seed)
                        continue
                for n, text in enumerate(value):
                    self.y = top + small * 1.3 * lead + size * 1.24 * (n + 1)
                    self._words(left + 5, text, self.bold if self.style.heading == "bold" else self.face, size, BLACK)
            self.y = top + deep
        self.y += 4
        return True

    # -- words

    def _in_columns(self, prose: Sequence[Block]) -> bool:
        """Paragraphs in two columns side by side."""
        gutter = 22.0
        wide = (self.right - self.left - gutter) / 2
        lines: list[str] = []
        for block in prose:
            lines += [
                part for line in block.lines for part in self._broken(line[0].text, self.face, self.style.size, wide)
            ]
            lines.append("")
        lines.pop()
        half = (len(lines) + 1) // 2
        top = self.y + self.step * 0.6
        for column, part in enumerate((lines[:half], lines[half:])):
            self.y = top
            for text in part:
                self.y += self.step
                if self.y > self.bottom:
                    return False
                self._words(self.left + column * (wide + gutter), text, self.face, self.style.size, BLACK)
        self.y = top + half * self.step
        return True

    def _wide(self, text: str, face: Face, size: float) -> float:
        boxes = text.count(EMPTY) + text.count(TICKED)
        return fonts.width(text.replace(EMPTY, "").replace(TICKED, ""), face, size) + boxes * (self.style.box + 2)

    def _broken(self, text: str, face: Face, size: float, room: float) -> list[str]:
        lines = [""]
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}" if lines[-1] else word
            if lines[-1] and self._wide(longer, face, size) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def _wrapped(
        self, text: str, x: float, right: float, face: Face, size: float, colour: Colour, hanging: float | None = None
    ) -> bool:
        hanging = x if hanging is None else hanging
        lines = self._broken(text, face, size, right - max(x, hanging))
        for index, line in enumerate(lines):
            self.y += size * self.style.leading
            if self.y > self.bottom:
                return False
            self._words(hanging if index else x, line, face, size, colour)
        return True

    def _words(self, x: float, text: str, face: Face, size: float, colour: Colour) -> None:
        """The words of `text` from `x` on the present line; blanks of underscores become rules, boxes are drawn."""
        space = fonts.width(" ", face, size)
        label: list[str] | None = None
        ticked = False
        for token in [*text.split(" "), None]:
            if token is None or token in (EMPTY, TICKED):
                if label:
                    self.page.check_boxes.append(CheckBox(" ".join(label), ticked))
                if token is None:
                    return
                label, ticked = [], token == TICKED
                self.seed += 1
                marks.check_box(
                    self.page, x, self.y, self.style.box, line=self.style.box_line,
                    tick=self.style.tick if ticked else None, seed=self.seed,
                )  # fmt: skip
                x += self.style.box + 1.5 + space
                continue
            if not token:
                if label:
                    self.page.check_boxes.append(CheckBox(" ".join(label), ticked))
                    label = None
                x += space
                continue
            for part in re.split(r"(_{3,})", token):
                if part.startswith("___"):
                    wide = len(part) * 0.5 * size
                    marks.rule(self.page, x, min(x + wide, self.right), self.y + 1.5)
                    x += wide
                elif part:
                    word = Word(part, x, self.y, face, size, colour)
                    self.page.words.append(word)
                    x = word.right
                    if label is not None:
                        label.append(part)
            x += space


def _is_closing(line: Sequence[Cell]) -> bool:
    return len(line) == 1 and bool(_CLOSING.fullmatch(line[0].text.strip()))


def _columns(lines: Sequence[Sequence[Cell]]) -> list[tuple[int, int]]:
    """The spans of characters that cells of one column share."""
    spans = sorted((cell.at, cell.at + len(cell.text)) for line in lines if len(line) > 1 for cell in line)
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _in_columns(line: Sequence[Cell], spans: Sequence[tuple[int, int]]) -> list[str]:
    row = [""] * len(spans)
    for cell in line:
        at = max((i for i, (start, _) in enumerate(spans) if start <= cell.at), default=0)
        row[at] = f"{row[at]}   {cell.text}" if row[at] else cell.text
    return row


def _as_pairs(lines: Sequence[Sequence[Cell]]) -> list[tuple[str, str]] | None:
    """Labels with their values, where every cell is `Label: value` or a label with its value in the next cell."""
    pairs: list[tuple[str, str]] = []
    for line in lines:
        cells = [cell.text for cell in line]
        while cells:
            first = cells.pop(0)
            label, colon, value = first.partition(":")
            if not colon or len(label) > 34 or _BLANKS.search(first):
                return None
            if not value.strip():
                if not cells:
                    return None
                value = cells.pop(0)
            pairs.append((label + ":", value.strip()))
    return pairs


def strip(text: str, *, seed: str) -> Page:
    """A till's receipt: a narrow strip in a monospaced face, as long as it needs to be."""
    rng = random.Random(seed)
    lines = [line.rstrip() for line in printable(text).strip("\n").split("\n")]
    lines = [_narrowed(line) for line in lines]
    most = max(map(len, lines))
    family = rng.choice(("Liberation Mono", "DejaVu Sans Mono", "Nimbus Mono", "Inconsolata"))
    face = Face(family)
    size = rng.uniform(9.2, 10.4)
    page = Page(width=fonts.width("0" * most, face, size) + 26, dots=_by_needles(seed))
    y = 16.0
    for line in lines:
        y += size * 1.28
        bold = bool(re.match(r"\s*TOTAL\b", line, re.IGNORECASE)) and rng.random() < 0.6
        for found in re.finditer(r"\S+", line):
            x = 13 + fonts.width("0" * found.start(), face, size)
            page.words.append(Word(found.group(), x, y, Face(family, bold=bold), size))
    page.height = max(y + 28, page.width * 1.1)
    return page


def _by_needles(seed: str) -> bool:
    """Whether a page in monospaced type comes from a needle printer."""
    return random.Random(f"{seed}/needles").random() < 0.5


def _narrowed(line: str, most: int = 42) -> str:
    """The line with its widest gaps cut until it is `most` characters long, where that can be."""
    over = max(0, len(line) - most)
    return re.sub(r"(?<=\S) {9,}(?=\S)", lambda gap: " " * max(3, len(gap.group()) - over), line)
