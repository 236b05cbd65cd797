"""A document as extractors see it: text, sentences, and where things stand on the page.

Everything is addressed by offsets into `Document.text`; layout (cells, label and value, check boxes) is found by
geometry, so that it holds wherever the reading order put a word. Nothing here decides what a value means.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from docscan.document import Assertion, Box, Document, Evidence, Extraction, Json, Kind, Mark, Page
from docscan.extraction.text import blanks, check_boxes, labels, line_ends, lines, nearby
from docscan.extraction.text.check_boxes import CheckBox
from docscan.extraction.text.labels import Labelled
from docscan.extraction.text.lines import Cell, Line
from docscan.extraction.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc


_Found = TypeVar("_Found")
_END_OF_A_LINE_TO_WRITE_ON = re.compile(r"(?<=[ ])_(?=[ ])")
_MANY_WORDS = frozenset({"provider_address", "merchant_address", "treatment_link"})


class AnnotatedText:
    """A document with its sentences, lines, cells, labels, check boxes, sections and assertions.

    Made once for each document and read only; everything that costs something is worked out when first asked for.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = blanks.set_apart(document.text)
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
        letters = list(_END_OF_A_LINE_TO_WRITE_ON.sub(" ", self.text))
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
        return lines.lines_of(self.document, self.text)

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

    def cells_on(self, page: Page) -> list[Cell]:
        """The cells of a page in reading order."""
        return self._cells_by_page[page.number]

    def right_of(self, box: Box, page: Page) -> Cell | None:
        """The nearest cell to the right on the same printed line."""
        return nearby.right_of(self, box, page)

    def below(self, box: Box, page: Page, *, lines: float = 2.2) -> Cell | None:
        """The nearest cell under a box, at most `lines` heights away, that shares some of its width."""
        return nearby.below(self, box, page, lines=lines)

    def above(self, box: Box, page: Page, *, lines: float = 2.2) -> Cell | None:
        """The nearest cell over a box, at most `lines` heights away, that shares some of its width."""
        return nearby.above(self, box, page, lines=lines)

    def marks_in(self, box: Box, page: Page, *kinds: str) -> tuple[Mark, ...]:
        """Marks of these kinds whose middle lies in a box, or whose box covers the box' middle."""
        return tuple(mark for mark in page.marks if mark.kind in kinds and nearby.meet(mark.box, box))

    @cached_property
    def line_ends(self) -> frozenset[int]:
        """Offsets of single newlines that the layout shows to be meant: the next word would still have fitted."""
        return line_ends.meant_line_ends(self)

    # -- labels and values ------------------------------------------------------------------------------------------

    def is_label(self, cell: Cell) -> bool:
        """Whether a cell is (or ends with) a label of its own rather than a value."""
        return labels.is_label(cell)

    def labelled(
        self, label: re.Pattern[str], *, bare: bool = False, above: bool = False, opening: bool = False
    ) -> Iterator[Labelled]:
        """Every place where a label stands, with the value that the layout gives it.

        A label opens a cell, or is closed by ":" or "#" inside one. The value is sought in this order: after it in its
        cell, in the next cell of the line, in the cell below; with `above`, over a ruled line above it. `bare`: a label
        that nothing closes and that words follow in the same cell counts too. `opening`: only what opens a cell.
        """
        yield from labels.labelled(self, label, bare=bare, above=above, opening=opening)

    def block_below(self, value: Span, *, lines: int = 6) -> Span:
        """The value and the lines that go on from it: aligned with it, no gap, no label of their own."""
        return labels.block_below(self, value, lines=lines)

    # -- check boxes ------------------------------------------------------------------------------------------------

    @cached_property
    def check_boxes(self) -> tuple[CheckBox, ...]:
        """Drawn boxes (from the page's marks) and typed ones ("[x]", "☐"), with their words."""
        return check_boxes.check_boxes_of(self)

    def box_state(self, offset: int) -> bool | None:
        """Whether the check box that an offset belongs to is ticked; None where it belongs to none."""
        for box in self.check_boxes:
            if box.holds(offset):
                return box.ticked
        return None

    # -- meaning ----------------------------------------------------------------------------------------------------

    @cached_property
    def _headings(self) -> tuple[list[int], list[str]]:
        from docscan.extraction.text.sections import headings

        found = headings(self)
        return [start for start, _ in found], [name for _, name in found]

    def is_heading(self, offset: int) -> bool:
        """Whether a section's heading begins at an offset."""
        return offset in self._headings[0]

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

    def certainty(self, start: int, end: int, name: str = "") -> float:
        """How surely the words of a span were read, 0..1: the least sure of them; 1 where nothing is known.

        `name`: of which field. An address or a whole sentence is there and means the same though one of its many words
        is hardly read: of these all words count, by their geometric mean, but each of their figures must be read.
        """
        known = [w.word for w in self.document.words_between(start, end) if w.word.confidence is not None]
        exact = [w for w in known if name not in _MANY_WORDS or any(map(str.isdigit, w.text))]
        least = min((w.confidence or 0.0 for w in exact), default=1.0)
        if len(exact) == len(known):
            return least
        mean = math.exp(sum(math.log(max(w.confidence or 0.0, 0.01)) for w in known) / len(known))
        return min(mean, least)

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
            certainty = self.certainty(start, end, name)
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
