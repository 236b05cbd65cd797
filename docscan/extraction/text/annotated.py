"""A document as extractors see it: text, sentences, and where things stand on the page.

Everything is addressed by offsets into `Document.text`; layout (cells, label and value, check boxes) is found by
geometry, so that it holds wherever the reading order put a word. Nothing here decides what a value means.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from docscan.document import Assertion, Box, Document, Evidence, Extraction, Json, Kind, Mark, Page, PlacedWord

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc


_Found = TypeVar("_Found")


class Span(NamedTuple):
    """A stretch of the document's text; the end is excluded."""

    start: int
    end: int


@dataclass(frozen=True)
class Cell:
    """Words on one line without a wide gap or a vertical ruling between them."""

    words: tuple[PlacedWord, ...]
    text: str
    box: Box

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end

    @property
    def page(self) -> Page:
        return self.words[0].page

    @property
    def line(self) -> int:
        return self.words[0].word.line


@dataclass(frozen=True)
class Line:
    """One line in reading order, as its cells from left to right."""

    cells: tuple[Cell, ...]

    @property
    def start(self) -> int:
        return self.cells[0].start

    @property
    def end(self) -> int:
        return self.cells[-1].end

    @property
    def page(self) -> Page:
        return self.cells[0].page

    @cached_property
    def box(self) -> Box:
        return Box.around(cell.box for cell in self.cells)


@dataclass(frozen=True)
class Labelled:
    """A label and the value that the layout gives it. `value` is None where nothing is printed in its place.

    `place`: where the value stands as seen from the label. `area`: where the value stands or should stand.
    `sign`: what closed the label (":" or "#"), "" where nothing did, so that it may be mere prose.
    """

    label: Span
    value: Span | None
    place: Literal["inline", "right", "below", "above", "nowhere"]
    sign: str
    area: Box
    page: Page


@dataclass(frozen=True)
class CheckBox:
    """A check box, drawn or typed, and the words that belong to it (None where none do)."""

    ticked: bool
    page: Page
    box: Box
    label: Span | None
    mark: Mark | None


_TYPED_BOX = re.compile(
    r"(?P<ticked>[☑☒🗹🗷✓✔✗✘]|\[\s?[xX✓✔*]\s?\]|\(\s?[xX✓✔]\s?\))|(?P<empty>[☐□❏❑▢]|\[\s?_?\s?\]|\(\s{1,3}\))"
)
_CLOSING = re.compile(r"(?:\s*\((?:[^()\n]|\([^()\n]*\)){0,80}\))?\s*(?P<sign>[:#=?]|\.{3,}|…|(?=_{3,}))[\s.:#?_]*")
_COUNTER = re.compile(r"(?:[•●▪■◦·*>«»|☐☑☒□-]|\(?[0-9]{1,2}[.)]|\(?[a-zA-Z][.)])?\s*")
_ALIGNED = 0.02  # of the page's width
_FILLER = re.compile(r"[\s_.…:|-]*")
_CONTINUES = frozenset(
    "and or of for the to with a an in by from on at as that which is are was be has have his her their my our this who"
    " due per every each from than not no x including until till through over during between about least".split()
)
_LABEL_AHEAD = re.compile(r"[\s•*-]*[A-Z][\w/#&'’()., -]{0,38}?:(?=\s|$)")
_OPENS_ENTRY = re.compile(r"[•●▪■◦·*☐☑☒□]|[-–—]\s|\(?\d{1,2}[.)]\s|\[[ xX]?\]|\([ xX]?\)")

# Headings and labels as printed on letters and forms. What looks like one of these is never another label's value.
_KNOWN_LABEL = re.compile(
    r"(?:(?:patient|participant|employee|subscriber|member|insured|client|guardian|account\s?holder|provider|"
    r"physician|"
    r"doctor|practitioner|clinician|prescriber|practice|clinic|facility|employer|company|trainer|dependent|spouse|"
    r"responsible party|guarantor|treating|attending|referring|ordering|rendering|supervising|licensed|health\s?care|"
    r"medical|provider'?s|physician'?s|doctor'?s|patient'?s|participant'?s|employee'?s|practitioner'?s|printed?|"
    r"legal|"
    r"full|first|last|middle|street|mailing|office|home|work|cell|daytime|e-?mail|billing|primary|secondary|of|the|"
    r"or|"
    r"and|/|&)\s*)*"
    r"(?:names?|dob|d\.o\.b\.?|date of birth|birth\s?date|birthday|age|sex|gender|address|city|state|zip(?: code)?|"
    r"phone|telephone|tel|fax|mobile|e-?mail|ssn|social security(?: number| no\.?)?|last (?:4|four)[\w ]*|id|"
    r"(?:member|user|employee|account|group|policy|claim|chart|patient|license|licence|npi|dea|tax|medical record)"
    r"\s?(?:name|id|number|no\.?|#)|username|mrn|npi|dea|license|licence|credentials?|title|specialty|"
    r"relationship(?: to [\w ]+)?|"
    r"(?:recommended |length of |frequency of |duration of |start of |expected |proposed )?(?:treatment|therapy|"
    r"services?|"
    r"products?)(?:(?:,| or| and|/)\s?(?:treatments?|services?|products?|items?|equipment|medical condition))*"
    r"(?: recommended| prescribed| start date| end date| name| description)?|number of (?:sessions|visits)|"
    r"session length|"
    r"diagnos[ie]s|dx|icd(?:-?\s?10)?(?:-cm)?(?: codes?)?|condition|medical condition|treatment|frequency|duration|"
    r"date|date of (?:service|letter|visit|signature)|date signed|today'?s date|start date|end date|signature|signed|"
    r"employer|practice|patient|provider|physician|participant|employee|re|from|to|subject|cc|signature of [\w ]+)"
    r"\s*(?:\([^)]*\))?\s*[:#]?",
    re.IGNORECASE,
)


class AnnotatedText:
    """A document with its sentences, lines, cells, labels, check boxes, sections and assertions.

    Made once for each document and read only; everything that costs something is worked out when first asked for.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self._once: dict[str, Any] = {}

    # -- kind -------------------------------------------------------------------------------------------------------

    @cached_property
    def kind(self) -> tuple[Kind, float, tuple[Evidence, ...]]:
        """What the document is, how surely, and what says so."""
        from docscan.extraction.kinds.kinds import document_kind

        return document_kind(self)

    def once(self, name: str, work: Callable[[], _Found]) -> _Found:
        """What `work` gives, worked out once for this document."""
        if name in self._once:
            known: _Found = self._once[name]
            return known
        found = self._once[name] = work()
        return found

    # -- text -------------------------------------------------------------------------------------------------------

    @cached_property
    def doc(self) -> Doc:
        """spaCy's tokens and sentences over exactly the document's text."""
        from docscan.extraction.text.language import annotate

        return annotate(self.text, self.line_ends)

    @cached_property
    def flat(self) -> str:
        """The text with a space for every newline inside a sentence, offsets unchanged: for wording that may wrap."""
        letters = list(self.text)
        for before, after in pairwise(self.lines):
            if self.text[before.end : after.start] == "\n" and before.end not in self.line_ends:
                letters[before.end] = " "
        return "".join(letters)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences, entries of lists and cells of forms, without white space at their ends."""
        found = []
        for sentence in self.doc.sents:
            text = self.text[sentence.start_char : sentence.end_char]
            kept = text.strip()
            if kept:
                start = sentence.start_char + text.index(kept)
                found.append(Span(start, start + len(kept)))
        return tuple(found)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence_at(self, offset: int) -> Span:
        """The sentence around an offset; an empty span where there is none."""
        index = bisect_right(self._sentence_starts, offset) - 1
        if index >= 0 and offset < self.sentences[index].end:
            return self.sentences[index]
        return Span(offset, offset)

    def __getitem__(self, span: tuple[int, int] | Span) -> str:
        return self.text[span[0] : span[1]]

    def find(self, pattern: re.Pattern[str], start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Matches of a pattern in the text or a part of it, whether or not a line ends within them."""
        yield from pattern.finditer(self.flat, start, len(self.text) if end is None else end)

    # -- layout -----------------------------------------------------------------------------------------------------

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines in reading order."""
        lines: list[Line] = []
        row: list[PlacedWord] = []
        for placed in self.document.placed_words:
            if row and (placed.page is not row[-1].page or placed.word.line != row[-1].word.line):
                lines.append(self._line(row))
                row = []
            row.append(placed)
        if row:
            lines.append(self._line(row))
        return tuple(lines)

    def _line(self, row: list[PlacedWord]) -> Line:
        cells: list[Cell] = []
        run = [row[0]]
        for before, after in pairwise(row):
            if "\t" in self.text[before.end : after.start] or self._ruled_apart(before, after):
                cells.append(self._cell(run))
                run = []
            run.append(after)
        return Line((*cells, self._cell(run)))

    def _cell(self, words: list[PlacedWord]) -> Cell:
        return Cell(tuple(words), self.text[words[0].start : words[-1].end], Box.around(w.word.box for w in words))

    @cached_property
    def _uprights(self) -> dict[int, list[Box]]:
        """By page: vertical rulings and the sides of ruled cells."""
        found: dict[int, list[Box]] = {}
        for page in self.document.pages:
            sides = []
            for mark in page.marks:
                box = mark.box
                if mark.kind == "ruling" and box.height * page.height > 2 * box.width * page.width:
                    sides.append(box)
                elif mark.kind == "cell":
                    sides += [box._replace(right=box.left), box._replace(left=box.right)]
            found[page.number] = sides
        return found

    def _ruled_apart(self, before: PlacedWord, after: PlacedWord) -> bool:
        left, right = before.word.box.right, after.word.box.left
        middle = (before.word.box.top + before.word.box.bottom) / 2
        return any(
            left <= (side.left + side.right) / 2 <= right and side.top <= middle <= side.bottom
            for side in self._uprights[before.page.number]
        )

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """All cells in reading order."""
        return tuple(cell for line in self.lines for cell in line.cells)

    @cached_property
    def _cell_starts(self) -> list[int]:
        return [cell.start for cell in self.cells]

    def cell_at(self, offset: int) -> Cell | None:
        """The cell that holds an offset."""
        index = bisect_right(self._cell_starts, offset) - 1
        return self.cells[index] if index >= 0 and offset < self.cells[index].end else None

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_index(self, offset: int) -> int:
        """The index in `lines` of the line that holds an offset or ends before it; -1 where there is none."""
        return bisect_right(self._line_starts, offset) - 1

    def box_of(self, start: int, end: int) -> Box | None:
        """The box around the words of a span that stand on its first page."""
        words = self.document.words_between(start, end)
        return Box.around(w.word.box for w in words if w.page is words[0].page) if words else None

    @cached_property
    def _cells_by_page(self) -> dict[int, list[Cell]]:
        found: dict[int, list[Cell]] = {page.number: [] for page in self.document.pages}
        for cell in self.cells:
            found[cell.page.number].append(cell)
        return found

    def right_of(self, box: Box, page: Page) -> Cell | None:
        """The nearest cell to the right on the same printed line."""
        middle = (box.top + box.bottom) / 2
        near = [
            cell
            for cell in self._cells_by_page[page.number]
            if cell.box.left >= box.right - 0.002 and cell.box.top <= middle <= cell.box.bottom
        ]
        return min(near, key=lambda cell: cell.box.left, default=None)

    def below(self, box: Box, page: Page, *, lines: float = 2.2) -> Cell | None:
        """The nearest cell under a box, at most `lines` heights away, that shares some of its width."""
        reach = box.bottom + lines * max(box.height, 0.008)
        near = [
            cell
            for cell in self._cells_by_page[page.number]
            if box.top + 0.6 * box.height < cell.box.top <= reach
            and cell.box.left < max(box.right, box.left + 0.05)
            and (cell.box.right > box.left)
            and cell.box.left > box.left - 0.12
        ]
        return min(near, key=lambda cell: (round(cell.box.top, 2), abs(cell.box.left - box.left)), default=None)

    def above(self, box: Box, page: Page, *, lines: float = 2.2) -> Cell | None:
        """The nearest cell over a box, at most `lines` heights away, that shares some of its width."""
        reach = box.top - lines * max(box.height, 0.008)
        near = [
            cell
            for cell in self._cells_by_page[page.number]
            if reach <= cell.box.bottom < box.top + 0.4 * box.height
            and cell.box.left < box.right + 0.05
            and cell.box.right > box.left
        ]
        return max(near, key=lambda cell: (round(cell.box.bottom, 2), -abs(cell.box.left - box.left)), default=None)

    def marks_in(self, box: Box, page: Page, *kinds: str) -> tuple[Mark, ...]:
        """Marks of these kinds whose middle lies in a box, or whose box covers the box' middle."""
        return tuple(mark for mark in page.marks if mark.kind in kinds and _meet(mark.box, box))

    @cached_property
    def line_ends(self) -> frozenset[int]:
        """Offsets of single newlines that the layout shows to be meant: the next word would still have fitted."""
        meant = set()
        widest: dict[int, float] = {}
        block = 0
        for index, line in enumerate(self.lines):
            if index and self.text[self.lines[index - 1].end : line.start] != "\n":
                block = index
            widest[block] = max(widest.get(block, 0.0), line.box.right)
        right = max(widest.values(), default=1.0)
        # an address, a signature's block: nothing wraps in it
        widest = {block: right if edge < 0.6 * right else edge for block, edge in widest.items()}
        block = 0
        for index in range(1, len(self.lines)):
            before, after = self.lines[index - 1], self.lines[index]
            if self.text[before.end : after.start] != "\n":
                block = index
            elif self._meant(before, after, widest[block]):
                meant.add(before.end)
        return frozenset(meant)

    def _meant(self, before: Line, after: Line, right_edge: float) -> bool:
        last, first = before.cells[-1].text, after.cells[0].text
        if _OPENS_ENTRY.match(first) or len(after.cells) > 1 or len(before.cells) > 1:
            return True
        if before.box.height > 1.3 * after.box.height and not first[:1].islower():
            return True
        last_word = last.split()[-1].lower()
        if first[0].islower() or last_word in _CONTINUES or last.endswith((",", "-", "/", "&", "(")):
            return False
        if last.endswith(":") or _LABEL_AHEAD.match(first):
            return True
        next_word = after.cells[0].words[0].word.box.width
        return before.box.right + next_word + 0.04 < right_edge

    # -- labels and values ------------------------------------------------------------------------------------------

    def is_label(self, cell: Cell) -> bool:
        """Whether a cell is (or ends with) a label of its own rather than a value."""
        text = cell.text.strip()
        return bool(text.endswith(":") or _KNOWN_LABEL.fullmatch(_COUNTER.sub("", text, count=1)))

    def labelled(
        self, label: re.Pattern[str], *, bare: bool = False, above: bool = False, opening: bool = False
    ) -> Iterator[Labelled]:
        """Every place where a label stands, with the value that the layout gives it.

        A label opens a cell, or is closed by ":" or "#" inside one. The value is sought in this order: after it in its
        cell, in the next cell of the line, in the cell below; with `above`, over a ruled line above it. `bare`: a label
        that nothing closes and that words follow in the same cell counts too. `opening`: only what opens a cell.
        """
        for match in label.finditer(self.text):
            cell = self.cell_at(match.start())
            if cell is None or match.end() > cell.end:
                continue
            opens = _COUNTER.fullmatch(self.text, cell.start, match.start()) is not None
            closing = _CLOSING.match(self.text, match.end(), cell.end)
            sign = closing["sign"] or "_" if closing else ""
            rest = self.text[match.end() : cell.end]
            alone = not _FILLER.sub("", re.sub(r"\([^)]*\)", "", rest))
            if match.group().rstrip().endswith((":", "#", "?")):
                sign = sign or ":"
            inside = sign and not opening and self._free(match.start())
            if not (opens and (sign or alone or bare)) and not inside:
                continue
            after = closing.end() if closing else match.end()
            yield self._value(Span(match.start(), match.end()), after, cell, sign, above=above)

    def _free(self, offset: int) -> bool:
        """Whether the character before an offset can stand before a label."""
        return offset == 0 or self.text[offset - 1] in " \t\n\f|;,(/_."

    def _value(self, label: Span, after: int, cell: Cell, sign: str, *, above: bool) -> Labelled:
        page = cell.page
        words = [w for w in cell.words if w.end > label.start]
        own = Box.around(w.word.box for w in words if w.start < label.end)
        hint = re.compile(r"\s*\([^()]*\)\s*").fullmatch(self.text, after, cell.end)
        inline = None if hint else self._trimmed(after, self._cut(after, cell.end))
        if inline:
            return Labelled(label, inline, "inline", sign, self.box_of(*inline) or own, page)
        right, under = self.right_of(cell.box, page), self.below(own, page)
        heads = right and under and not sign and not self.is_label(under)
        if (right and under and heads and self._head_a_row(own, right, under)) or (
            right and above and not sign and self._foot_a_row(own, right, page)
        ):
            right = None
        if right and under and self._in_one_cell(own, under.box, right.box, page):
            right = None
        right = right if right and not self.is_label(right) and self._starts_value(right) else None
        under = under if under and not self.is_label(under) and self._starts_value(under) else None
        over = self.above(own, page) if above else None
        set_above = over is not None and (
            self._lined(over.box, own, page) or not (sign or right or under or abs(over.box.left - own.left) > _ALIGNED)
        )
        if over and set_above and not self.is_label(over) and self._starts_value(over):
            return Labelled(label, Span(over.start, over.end), "above", sign, over.box, page)
        if right:
            end = self._cut(right.start, right.end)
            value = self._trimmed(right.start, end)
            if value:
                return Labelled(label, value, "right", sign, right.box, page)
        if under and not (right is None and self._belongs_elsewhere(under, page)):
            value = self._trimmed(under.start, self._cut(under.start, under.end))
            if value:
                return Labelled(label, value, "below", sign, under.box, page)
        following = self.right_of(cell.box, page)
        edge = following.box.left if following else max(0.95, own.right)
        area = Box(own.right, own.top - 0.4 * own.height, max(edge, own.right + 0.01), own.bottom + 0.3 * own.height)
        return Labelled(label, None, "nowhere", sign, area, page)

    def _head_a_row(self, label: Box, right: Cell, under: Cell) -> bool:
        """Whether a label and the cell to its right are the heads of columns: each has a cell right below it."""
        beside = self.below(right.box, right.page)
        return (
            beside is not None
            and abs(under.box.left - label.left) < _ALIGNED
            and abs(beside.box.left - right.box.left) < _ALIGNED
            and abs(beside.box.top - under.box.top) < under.box.height
            and beside.start != under.start
        )

    def _in_one_cell(self, label: Box, value: Box, other: Box, page: Page) -> bool:
        """Whether a ruled cell holds a label and a value, and not the other one."""
        return any(
            mark.kind == "cell"
            and _covers(mark.box, label)
            and _covers(mark.box, value)
            and not _covers(mark.box, other)
            for mark in page.marks
        )

    def _foot_a_row(self, label: Box, right: Cell, page: Page) -> bool:
        """Whether a label and the cell to its right stand each under a value of its own, as under ruled lines."""
        over, beside = self.above(label, page), self.above(right.box, page)
        return (
            over is not None
            and beside is not None
            and abs(over.box.left - label.left) < _ALIGNED
            and abs(beside.box.left - right.box.left) < _ALIGNED
            and over.start != beside.start
            and over.line == beside.line
        )

    def _starts_value(self, cell: Cell) -> bool:
        """Whether there is something in a cell, and no label with a value of its own."""
        return bool(_FILLER.sub("", cell.text)) and not _LABEL_AHEAD.match(cell.text)

    def _belongs_elsewhere(self, cell: Cell, page: Page) -> bool:
        """A cell below whose own line opens with a label further left is that label's value."""
        index = self.line_index(cell.start)
        line = self.lines[index]
        return line.page is page and any(c.end <= cell.start and self.is_label(c) for c in line.cells)

    def _lined(self, value: Box, label: Box, page: Page) -> bool:
        """Whether a ruled line to write on lies between a value and the label under it: the wall of a cell in which the
        label stands, and the value does not, is none."""
        walled = any(
            mark.kind == "cell" and _covers(mark.box, label) and (value.top + value.bottom) / 2 < mark.box.top
            for mark in page.marks
        )
        return not walled and any(
            mark.kind == "ruling"
            and mark.box.width * page.width > mark.box.height * page.height
            and value.top < mark.box.top <= label.top + 0.5 * label.height
            and mark.box.left < label.right
            and mark.box.right > label.left
            for mark in page.marks
        )

    def _cut(self, start: int, end: int) -> int:
        """Where the next label inside a cell begins: "John Smith DOB: 1/2/1970" ends after "Smith"."""
        for match in _NEXT_LABEL.finditer(self.text, start, end):
            if match.start() > start:
                return match.start()
        return end

    def _trimmed(self, start: int, end: int) -> Span | None:
        while start < end and self.text[start] in " \t\n\f_:.…|":
            start += 1
        while end > start and self.text[end - 1] in " \t\n\f_|":
            end -= 1
        return Span(start, end) if start < end else None

    def block_below(self, value: Span, *, lines: int = 6) -> Span:
        """The value and the lines that go on from it: aligned with it, no gap, no label of their own."""
        cell = self.cell_at(value.start)
        index = self.line_index(value.start)
        end = value.end
        if cell is None or self.text[end : cell.end].strip():
            return value
        while lines > 1 and index + 1 < len(self.lines):
            line, after = self.lines[index], self.lines[index + 1]
            first = after.cells[0]
            if end != line.end or self.text[line.end : after.start] != "\n" or len(after.cells) > 1:
                break
            if self.is_label(first) or _LABEL_AHEAD.match(first.text) or first.box.left < cell.box.left - 0.03:
                break
            if first.start in self._headings[0] or first.text.endswith("?"):
                break
            end, index, lines = after.end, index + 1, lines - 1
        return Span(value.start, end)

    # -- check boxes ------------------------------------------------------------------------------------------------

    @cached_property
    def check_boxes(self) -> tuple[CheckBox, ...]:
        """Drawn boxes (from the page's marks) and typed ones ("[x]", "☐"), with their words."""
        drawn = [
            CheckBox(mark.state == "ticked", page, mark.box, self._box_label(mark, page), mark)
            for page in self.document.pages
            for mark in page.marks
            if mark.kind == "check_box"
        ]
        typed = []
        for match in _TYPED_BOX.finditer(self.text):
            box = self.box_of(match.start(), match.end())
            page_ = self.document.page_of(match.start())
            if box and page_ and not any(c.page is page_ and _meet(c.box, box) for c in drawn):
                span = self._after_box(match.end())
                typed.append(CheckBox(match["ticked"] is not None, page_, box, span, None))
        return (*drawn, *typed)

    def _box_label(self, mark: Mark, page: Page) -> Span | None:
        reach = Box(mark.box.left, mark.box.top, mark.box.right, mark.box.bottom)
        middle = (reach.top + reach.bottom) / 2
        right = [
            word
            for cell in self._cells_by_page[page.number]
            for word in cell.words
            if word.word.box.left >= reach.right - 0.3 * reach.width
            and word.word.box.top - 0.3 * reach.height <= middle <= word.word.box.bottom + 0.3 * reach.height
        ]
        if not right:
            return None
        first = min(right, key=lambda word: word.word.box.left)
        others = [
            m.box.left for m in page.marks
            if m.kind == "check_box" and m.box.left > mark.box.right and m.box.top <= middle <= m.box.bottom
        ]  # fmt: skip
        if others and min(others) <= first.word.box.left:
            return None
        return self._after_box(first.start, min(others, default=1.0))

    def _after_box(self, start: int, right_edge: float = 1.0) -> Span | None:
        """The words from an offset to the next box, wide gap or line of its own."""
        while start < len(self.text) and self.text[start] in " \t":
            start += 1
        cell = self.cell_at(start)
        if cell is None:
            return None
        words = [w for w in cell.words if w.end > start and w.word.box.left < right_edge]
        if not words:
            return None
        end = words[-1].end
        another = _TYPED_BOX.search(self.text, start, end)
        if another and another.start() > start:
            return self._trimmed(start, another.start())
        index, left = self.line_index(start), words[0].word.box.left
        while end == self.lines[index].end and index + 1 < len(self.lines):
            before, after = self.lines[index], self.lines[index + 1]
            first = after.cells[0]
            if (
                self.text[before.end : after.start] != "\n"
                or len(after.cells) > 1
                or first.box.left < left - 0.012
                or _TYPED_BOX.match(first.text)
                or self._has_drawn_box(after)
                or _LABEL_AHEAD.match(first.text)
            ):
                break
            end, index = after.end, index + 1
        return Span(start, end)

    def _has_drawn_box(self, line: Line) -> bool:
        middle = (line.box.top + line.box.bottom) / 2
        return any(m.kind == "check_box" and m.box.top <= middle <= m.box.bottom for m in line.page.marks)

    def box_state(self, offset: int) -> bool | None:
        """Whether the check box that an offset belongs to is ticked; None where it belongs to none."""
        for box in self.check_boxes:
            if box.label and box.label.start <= offset < box.label.end:
                return box.ticked
        return None

    # -- meaning ----------------------------------------------------------------------------------------------------

    @cached_property
    def _headings(self) -> tuple[list[int], list[str]]:
        from docscan.extraction.text.sections import headings

        found = headings(self)
        return [start for start, _ in found], [name for _, name in found]

    def section_at(self, offset: int) -> str:
        """The heading that an offset stands under, "" where there is none."""
        starts, names = self._headings
        index = bisect_right(starts, offset) - 1
        return names[index] if index >= 0 else ""

    def assertion_at(self, start: int, end: int) -> Assertion:
        """Whether what stands there is stated, negated, hypothetical, historical, or about another person."""
        from docscan.extraction.text.assertion import assertion

        return assertion(self, start, end)

    def is_stated_by_form_only(self, offset: int) -> bool:
        """Whether words belong to a check box that nobody ticked: printed there, but not said."""
        return self.box_state(offset) is False

    # -- making extractions -----------------------------------------------------------------------------------------

    def certainty(self, start: int, end: int) -> float:
        """How surely the words of a span were read, 0..1: the least sure of them; 1 where nothing is known."""
        known = [w.word.confidence for w in self.document.words_between(start, end) if w.word.confidence is not None]
        return min(known, default=1.0)

    def extraction(
        self,
        name: str,
        value: Json,
        start: int,
        end: int,
        *,
        found_by: str,
        strength: float = 0.9,
        assertion: Assertion = "stated",
        readings: Iterable[Json] = (),
        resolved: Mapping[str, Json] | None = None,
        certainty: float | None = None,
    ) -> Extraction:
        """One mention of a fact, its evidence the text from `start` to `end`.

        `strength`: how sure the reasoning is (label, shape, look-up); the confidence is that times the reading's
        certainty, which is the span's unless the fact rests on a part of it.
        """
        if certainty is None:
            certainty = self.certainty(start, end)
        evidence = self.document.evidence(start, end, section=self.section_at(start), found_by=found_by)
        return Extraction(
            name=name,
            value=value,
            raw=self.text[start:end],
            assertion=assertion,
            confidence=round(strength * certainty, 3),
            evidence=evidence,
            readings=tuple(readings),
            resolved=resolved,
        )


def _covers(area: Box, box: Box) -> bool:
    """Whether an area covers a box' middle."""
    across, down = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return area.left <= across <= area.right and area.top <= down <= area.bottom


def _meet(one: Box, other: Box) -> bool:
    across, down = (one.left + one.right) / 2, (one.top + one.bottom) / 2
    if other.left <= across <= other.right and other.top <= down <= other.bottom:
        return True
    across, down = (other.left + other.right) / 2, (other.top + other.bottom) / 2
    return one.left <= across <= one.right and one.top <= down <= one.bottom


_NEXT_LABEL = re.compile(
    r"(?:(?<=[\s,;|/(])|(?<=_))(?:"
    r"(?:patient|participant|provider|physician|member|employee|practice|clinic|office|license|licence|date|start|"
    r"end)"
    r"(?:'s|’s)?\s?(?:name|id|dob|phone|fax|address|number|no\.?|signature|date|of birth|signed|of service)"
    r"|d\.?o\.?b\.?|date of birth|birth\s?date|age|sex|gender|mrn|ssn|npi|dea|phone|telephone|tel|fax|e-?mail|"
    r"address|city|state|zip|dx|icd-?10(?:-cm)?(?: codes?)?|diagnosis|duration|frequency|date|signature|licen[sc]e|"
    r"lic|employer|relationship|specialty|credentials?|title|(?:member|account|group|policy|claim|chart|user)\s?"
    r"(?:id|no\.?|number|name)|cc|re|patient|treatment"
    r")\s?(?:\([^)]*\))?\.?\s?(?::|#:?|_{3,})",
    re.IGNORECASE,
)
