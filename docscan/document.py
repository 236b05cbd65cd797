"""The types that every stage speaks: pages, words, evidence, extractions, findings, reports.

Frozen, standard library only. A spaCy Doc, a picture or a database row never crosses a stage's border; these do.

Units: a `Box` is in fractions of the page as a person sees it uploaded (EXIF orientation, /Rotate and CropBox applied),
origin at the top left. Values of extractions are plain JSON (text, numbers, booleans, lists, objects, null); dates in
them are ISO text. `docscan.reference.fields` documents each field's shape.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar

Kind: TypeAlias = Literal[
    "lmn", "prescription", "referral", "recommendation", "receipt", "superbill", "eob", "estimate", "card_slip",
    "statement", "trainer_documentation", "lab_report", "other", "packet",
]  # fmt: skip
Assertion: TypeAlias = Literal["stated", "negated", "hypothetical", "historical", "other_person"]
Outcome: TypeAlias = Literal["met", "not_met", "uncertain", "not_applicable"]
Severity: TypeAlias = Literal["fatal", "required", "recommended", "info"]
Verdict: TypeAlias = Literal["unreadable", "ineligible", "incomplete", "needs_review", "complete"]
Purpose: TypeAlias = Literal["fsa", "hsa", "hra", "limited_purpose_fsa", "deduction", "insurer_claim"]
PageSource: TypeAlias = Literal["text_layer", "ocr", "mixed"]
MarkKind: TypeAlias = Literal[
    "ruling", "cell", "check_box", "ink", "signature_ink", "handwriting", "stamp", "form_field"
]  # fmt: skip
ProblemCategory: TypeAlias = Literal[
    "page_failed",  # an error or time-out while reading the page; it has no words
    "page_unreadable",  # something is on the page, but no word could be read
    "page_blank",
    "low_quality",  # words were read, but not reliably
    "cut_off",
    "handwriting",
    "text_layer_ignored",  # the file's own text was not believed; the page was read by OCR
    "extractor_failed",  # one kind of fact could not be looked for
    "metadata",
]
Json: TypeAlias = Any
"""A value that JSON can hold."""


class Box(NamedTuple):
    """A rectangle in fractions 0..1 of the page; left < right, top < bottom."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, left: float, top: float, right: float, bottom: float) -> Box:
        """Clip to the page and round to what a page picture can show, so that JSON stays short and exact."""
        left, top, right, bottom = (round(min(1.0, max(0.0, edge)), 5) for edge in (left, top, right, bottom))
        return cls(left, top, right, bottom)

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def turned(self, degrees: int) -> Box:
        """The box as it lies once its page is turned clockwise by quarter turns, in fractions of the turned page."""
        left, top, right, bottom = self
        match degrees % 360:
            case 90:
                return Box(1 - bottom, left, 1 - top, right)
            case 180:
                return Box(1 - right, 1 - bottom, 1 - left, 1 - top)
            case 270:
                return Box(top, 1 - right, bottom, 1 - left)
        return self

    @staticmethod
    def around(boxes: Iterable[Box]) -> Box:
        """The smallest box that holds all of them; at least one is needed."""
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return Box(min(lefts), min(tops), max(rights), max(bottoms))


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as received. A name that a user gave it is not kept: it may hold personal data."""

    sha256: str
    media_type: str
    size: int
    page_count: int


@dataclass(frozen=True, slots=True)
class Word:
    """One printed word. `line` counts lines in reading order on its page, from 0.

    `confidence` is the estimated chance that the text is right, 0..1; None where nothing is known about it.
    """

    text: str
    box: Box
    line: int
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What is on a page besides words.

    `state`: "ticked" or "empty" for a check box, else None. `text`: a form field's value or a check box' label.
    """

    kind: MarkKind
    box: Box
    state: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the page that is read on its own: a column, a table, a box of a form; one of several sheets of paper on
    a photo, which may hold such parts. Both lines are included."""

    kind: Literal["text", "table", "form", "sheet"]
    box: Box
    first_line: int
    last_line: int


READ_WELL = 0.95
"""Pages of lower quality, on which more than one word in twenty was probably misread, are told to a person, and what
was not found on them is not called missing."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `width` and `height` are in the file's own unit (points of a PDF, pixels of a picture).

    `rotation`: degrees clockwise by which the content was turned to be upright when it was read.
    `quality`: estimated share of the page's text that was read rightly, 0..1; None where nothing is known.
    `problem`: why the page could not be read; it then has no words.
    `stretch`: how many times as tall the page as uploaded must be drawn to have true proportions; 1 but for faxes,
    whose dots are not square (204 by 98 an inch: 2.08).
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    marks: tuple[Mark, ...] = ()
    regions: tuple[Region, ...] = ()
    source: PageSource = "text_layer"
    engine: str | None = None
    rotation: int = 0
    quality: float | None = None
    problem: Problem | None = None
    stretch: float = 1.0

    def upright(self, box: Box) -> Box:
        """The box as it lies once the page is turned by `rotation`, in fractions of the turned page.

        Only then does "left of" mean before and "above" mean an earlier line: a page may be uploaded sideways.
        """
        return box.turned(self.rotation)

    @property
    def upright_size(self) -> tuple[float, float]:
        """Width and height of the page once it is turned by `rotation`."""
        return (self.height, self.width) if self.rotation % 180 == 90 else (self.width, self.height)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a person should know about the reading, in words for a person. Never document content."""

    category: ProblemCategory
    page: int | None
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where something stands. `text` is the document's text from `start` to `end`, to the letter.

    `start` and `end` are None for what is not text (ink, a ticked box); `boxes` has one box a line, or several where
    the line slopes or bends so much that one would lie over other lines too.
    `section`: the heading it stands under, "" where there is none. `found_by`: the extractor's name.
    """

    page: int
    boxes: tuple[Box, ...]
    text: str
    start: int | None
    end: int | None
    section: str = ""
    found_by: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """One fact, with every place where the document says it: one for each distinct (name, value, assertion).

    `raw`: the text of the first mention. `confidence`: estimated chance that the value is right, 0..1.
    `readings`: other values that it may be; where nothing decides between them, `value` is None.
    `resolved`: what a look-up added, for example a code's description.
    """

    name: str
    value: Json
    raw: str
    assertion: Assertion = "stated"
    confidence: float | None = None
    evidence: tuple[Evidence, ...] = ()
    readings: tuple[Json, ...] = ()
    resolved: Mapping[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class Extractions:
    """All that was understood of one document."""

    kind: Kind
    kind_confidence: float
    kind_evidence: tuple[Evidence, ...] = ()
    fields: tuple[Extraction, ...] = ()
    problems: tuple[Problem, ...] = ()

    def named(self, *names: str, assertion: Assertion | None = "stated") -> tuple[Extraction, ...]:
        """The extractions of these names; of any assertion where it is None."""
        return tuple(e for e in self.fields if e.name in names and assertion in (None, e.assertion))


class PlacedWord(NamedTuple):
    """A word, the page it stands on, and its place in `Document.text`."""

    word: Word
    page: Page
    start: int
    end: int


@dataclass(frozen=True)
class Document:
    """A file that was read. Pages that failed are there, with their problem and without words."""

    file: SourceFile
    pages: tuple[Page, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def placed_words(self) -> tuple[PlacedWord, ...]:
        """Every word in reading order with its place in the text."""
        return self._built[1]

    @cached_property
    def text(self) -> str:
        """All words. Between them: space; tab (a wide gap on a line); newline; two newlines (a gap between lines, or
        another region); form feed (another page, one for each page, so that pages without words count)."""
        return self._built[0]

    @cached_property
    def _built(self) -> tuple[str, tuple[PlacedWord, ...]]:
        pieces: list[str] = []
        placed: list[PlacedWord] = []
        length = 0
        for index, page in enumerate(self.pages):
            if index:
                pieces.append("\f")
                length += 1
            line: list[Word] = []
            for word in page.words:
                if line:
                    gap = _separator(page, line, word)
                    pieces.append(gap)
                    if word.line != line[-1].line:
                        line.clear()
                    length += len(gap)
                placed.append(PlacedWord(word, page, length, length + len(word.text)))
                pieces.append(word.text)
                length += len(word.text)
                line.append(word)
        return "".join(pieces), tuple(placed)

    @cached_property
    def _starts(self) -> list[int]:
        return [placed.start for placed in self.placed_words]

    def words_between(self, start: int, end: int) -> tuple[PlacedWord, ...]:
        """The words that the text from `start` to `end` touches."""
        words = self.placed_words
        first = max(0, bisect_right(self._starts, start) - 1)
        found = []
        for placed in words[first:]:
            if placed.start >= end:
                break
            if placed.end > start:
                found.append(placed)
        return tuple(found)

    def page_of(self, offset: int) -> Page | None:
        """The page on which the text's character `offset` stands."""
        words = self.words_between(offset, offset + 1)
        if words:
            return words[0].page
        number = self.text.count("\f", 0, offset)
        return self.pages[number] if number < len(self.pages) else None

    def evidence(self, start: int, end: int, *, section: str = "", found_by: str = "") -> tuple[Evidence, ...]:
        """The places of a stretch of text, one for each page it touches, white space at its ends left out."""
        found: list[Evidence] = []
        placed = self.words_between(start, end)
        for page in dict.fromkeys(p.page.number for p in placed):
            here = [p for p in placed if p.page.number == page]
            first, last = max(start, here[0].start), min(end, here[-1].end)
            boxes = tuple(
                box
                for line in dict.fromkeys(p.word.line for p in here)
                for box in _boxes_of([p for p in here if p.word.line == line])
            )
            found.append(Evidence(page, boxes, self.text[first:last], first, last, section, found_by))
        return tuple(found)

    @staticmethod
    def from_text(text: str) -> Document:
        """A document as if `text` had been typed on pages of fixed pitch: for examples, tests and trying out.

        A form feed starts a page; a tab, or three spaces and more, is a wide gap; an empty line is a gap.
        """
        pages = tuple(_typed_page(number, part) for number, part in enumerate(text.split("\f"), start=1))
        return Document(SourceFile("0" * 64, "text/plain", len(text.encode()), len(pages)), pages)


_STEP = 1.4  # of the tallest word's height: letters with and without tails on one level stay below


def _boxes_of(line: Sequence[PlacedWord]) -> Iterator[Box]:
    """Boxes around words of one line, few, but none much taller than its words: an upright box around a line that
    slopes or bends would lie over the lines above and below."""
    run: list[Box] = []
    for placed in line:
        page, box = placed.page, placed.word.box
        upright = [page.upright(one) for one in (*run, box)]
        if run and Box.around(upright).height > _STEP * max(one.height for one in upright):
            yield Box.around(run)
            run = []
        run.append(box)
    if run:
        yield Box.around(run)


_WIDE_GAP = 1.5  # of the line's height: justified print stays below, columns of a table and label | value stay above
_LINE_GAP = 1.9  # of the line's height, from top to top: single and one-and-a-half spacing stay below


def _separator(page: Page, line: Sequence[Word], after: Word) -> str:
    before, second = line[-1], page.upright(after.box)
    wide, tall = page.upright_size
    if after.line == before.line:
        first = page.upright(before.box)
        height = max(first.height, second.height) * tall or 1.0
        return "\t" if (second.left - first.right) * wide > _WIDE_GAP * height else " "
    # Lines may slope: what counts is the step down from what stands right above.
    first = min((page.upright(word.box) for word in line), key=lambda box: abs(box.left - second.left))
    height = max(first.height, second.height) * tall or 1.0
    down = (second.top - first.top) * tall
    other_region = any((r.first_line <= before.line <= r.last_line) != (r.first_line <= after.line <= r.last_line)
                       for r in page.regions)  # fmt: skip
    return "\n\n" if other_region or down < 0 or down > _LINE_GAP * height else "\n"


def _typed_page(number: int, text: str) -> Page:
    pitch, leading, height = 6.0, 12.0, 10.0  # points: ten characters and six lines an inch
    lines = [line.replace("\t", "   \t").expandtabs(8) for line in text.split("\n")]
    width = max([612.0, *(72 + pitch * len(line) for line in lines)])
    tall = max(792.0, 72 + leading * len(lines))
    words = []
    printed = 0
    for row, line in enumerate(lines):
        tops = 36 + leading * row
        found = list(re.finditer(r"\S+", line))
        for match in found:
            left, right = 36 + pitch * match.start(), 36 + pitch * match.end()
            words.append(
                Word(match.group(), Box.of(left / width, tops / tall, right / width, (tops + height) / tall), printed)
            )
        printed += bool(found)
    return Page(number, width, tall, tuple(words))


@dataclass(frozen=True, slots=True)
class DateRange:
    """Both days included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Claim:
    """What only the caller knows. All optional; a rule that needs an absent one is not applicable and says so.

    Money is text ("1250.00", US dollars). `plan_year` is the period in which an expense must be incurred.
    `ordinary_cost`: what the ordinary kind of the special things claimed would have cost, all together; only what is
    above it may count. `value_increase`: by how much a home improvement raised the home's value. `from_65`: the
    taxpayer or spouse was 65 or older at the end of the year, for the itemized deduction.
    `not_reimbursed_elsewhere`: the participant has certified that nobody else pays it back and that it is not deducted.
    """

    purpose: Purpose | None = None
    account: str | None = None
    plan_year: DateRange | None = None
    submitted_on: date | None = None
    letter_received_on: date | None = None
    letter_approved_on: date | None = None
    hsa_opened_on: date | None = None
    participant_name: str | None = None
    patient_name: str | None = None
    relationship: str | None = None
    amount: str | None = None
    income: str | None = None
    ordinary_cost: str | None = None
    value_increase: str | None = None
    from_65: bool | None = None
    not_reimbursed_elsewhere: bool | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A rule's source. `verified` is False where the wording could not be confirmed against a copy of the source."""

    title: str
    locator: str
    url: str | None
    kind: Literal["law", "guidance", "plan practice"]
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says of the document."""

    rule: str
    title: str
    outcome: Outcome
    severity: Severity
    message: str
    advice: str | None
    citation: Citation
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """Weighted share of the applicable rules met, 0..100: `low` counts uncertain rules as not met, `high` as met."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class LawDate:
    """The day whose law applied, and why that day."""

    date: date
    reason: str


@dataclass(frozen=True, slots=True)
class RulebookVersion:
    id: str
    version: str


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of the file a report is about: its page numbers, and the region of a photo with several documents.

    `region` is None where the part is all of its pages.
    """

    pages: tuple[int, ...]
    region: Box | None = None


_HARDLY_READ = 0.4  # a word of lower confidence is more likely wrong than right


@dataclass(frozen=True, slots=True)
class PageSummary:
    """A page as a report keeps it: everything but its words. Meanings as in `Page`.

    `unread`: places where something is written that was not read: ink, handwriting, words that are probably misread.
    What was not found may stand there.
    """

    number: int
    width: float
    height: float
    source: PageSource
    engine: str | None
    rotation: int
    quality: float | None
    problem: Problem | None
    stretch: float = 1.0
    unread: tuple[Box, ...] = ()

    @staticmethod
    def of(page: Page) -> PageSummary:
        return PageSummary(
            number=page.number,
            width=page.width,
            height=page.height,
            source=page.source,
            engine=page.engine,
            rotation=page.rotation,
            quality=page.quality,
            problem=page.problem,
            stretch=page.stretch,
            unread=tuple(_unread(page)),
        )


def _unread(page: Page) -> Iterator[Box]:
    ink = [mark.box for mark in page.marks if mark.kind in ("ink", "handwriting")]
    yield from ink
    run: list[PlacedWord] = []
    for word in page.words:
        if run and run[-1].word.line != word.line:
            yield from _boxes_of(run)
            run = []
        if _hardly_read(word) and not any(_within(word.box, box) for box in ink):
            run.append(PlacedWord(word, page, 0, 0))
        elif run:
            yield from _boxes_of(run)
            run = []
    yield from _boxes_of(run)


def _hardly_read(word: Word) -> bool:
    return word.confidence is not None and word.confidence < _HARDLY_READ and any(map(str.isalnum, word.text))


def _within(inner: Box, outer: Box) -> bool:
    """Whether the middle of a box lies in another."""
    x, y = (inner.left + inner.right) / 2, (inner.top + inner.bottom) / 2
    return outer.left <= x <= outer.right and outer.top <= y <= outer.bottom


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """What a report says of the document itself."""

    sha256: str
    media_type: str
    kind: Kind
    kind_confidence: float
    kind_evidence: tuple[Evidence, ...]
    pages: tuple[PageSummary, ...]
    part: Part


@dataclass(frozen=True, slots=True)
class Report:
    """One document judged by one administrator's rules.

    A file of several documents has kind `packet`, and one report for each of them in `parts`: with its own kind, pages,
    fields, findings and score. Of the file itself are its pages with their problems, the worst verdict of its documents
    and the score of all their rules together; its `fields` and `findings` are empty. Evidence counts pages and offsets
    in the file.
    """

    document: DocumentSummary
    administrator: str
    as_of: date
    law_date: LawDate
    claim: Claim
    rulebooks: tuple[RulebookVersion, ...]
    fields: tuple[Extraction, ...]
    findings: tuple[Finding, ...]
    score: Score | None
    verdict: Verdict
    problems: tuple[Problem, ...] = ()
    parts: tuple[Report, ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)

    SCHEMA: typing.ClassVar[str] = "docscan.report/1"

    def named(self, *names: str, assertion: Assertion | None = "stated") -> tuple[Extraction, ...]:
        """The fields of these names; of any assertion where it is None."""
        return tuple(e for e in self.fields if e.name in names and assertion in (None, e.assertion))

    def documents(self) -> tuple[Report, ...]:
        """The documents of the file: the report itself, or its parts where the file holds several."""
        return tuple(one for part in self.parts for one in part.documents()) if self.parts else (self,)

    def to_dict(self) -> dict[str, Json]:
        """The public JSON of a report. `Report.from_dict` gives back an equal report."""
        return {"schema": self.SCHEMA, **_plain(self)}

    @staticmethod
    def from_dict(data: Mapping[str, Json]) -> Report:
        """Read a report's JSON. Raises ValueError where it is not one."""
        return _read_schema(Report, Report.SCHEMA, data)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Whether a letter covers one session or sale. `report` and `letter` count the packet's reports from 0.

    `service_date` is None where the receipt states none; `amount` is text, US dollars.
    """

    service_date: date | None
    report: int
    covered: bool | None
    letter: int | None
    reason: str
    description: str | None = None
    amount: str | None = None


@dataclass(frozen=True, slots=True)
class PacketEvidence(Evidence):
    """Where something stands in a packet. `report` counts the packet's reports from 0: pages have the same numbers in
    each of its files."""

    report: int = 0

    @staticmethod
    def of(evidence: Evidence, report: int) -> PacketEvidence:
        """The same place, in the packet's document `report`."""
        return PacketEvidence(**dict(_fields(evidence)) | {"report": report})


@dataclass(frozen=True, slots=True)
class PacketFinding(Finding):
    """What a rule says of documents together. Its evidence says in which document it stands."""

    evidence: tuple[PacketEvidence, ...] = ()

    @staticmethod
    def of(finding: Finding, evidence: Iterable[PacketEvidence]) -> PacketFinding:
        """The same said of a packet, with these places."""
        return PacketFinding(**dict(_fields(finding)) | {"evidence": tuple(evidence)})


@dataclass(frozen=True, slots=True)
class PacketReport:
    """Several documents judged together."""

    reports: tuple[Report, ...]
    administrator: str
    as_of: date
    findings: tuple[PacketFinding, ...]
    coverage: tuple[Coverage, ...]
    money: Mapping[str, Json]
    score: Score | None
    verdict: Verdict
    law_date: LawDate | None = None
    """Whose law the rules about all of them together are of; each report has its own. None where there are none."""

    SCHEMA: typing.ClassVar[str] = "docscan.packet/1"

    def to_dict(self) -> dict[str, Json]:
        """The public JSON of a packet's report."""
        return {"schema": self.SCHEMA, **_plain(self)} | {"reports": [report.to_dict() for report in self.reports]}

    @staticmethod
    def from_dict(data: Mapping[str, Json]) -> PacketReport:
        """Read a packet report's JSON. Raises ValueError where it is not one."""
        return _read_schema(PacketReport, PacketReport.SCHEMA, data)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a rule says something else than before, in a sentence for a person."""

    kind: Literal["administrator", "rules", "codes", "day", "claim", "program"]
    said: str


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that differs between two judgements: `what` by its name in a report's JSON ("as_of",
    "claim.plan_year", "rulebooks.lmn"), and what it was and is, as there; None where it was or is not there."""

    what: str
    before: Json
    after: Json


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that comes out otherwise, or weighs otherwise, than before.

    `document` counts the documents from 0; None where the rule is about all of them together. An outcome and its
    severity are None where the rule was, or is, not asked. `message`: what the rule says now, or said last.
    """

    document: int | None
    rule: str
    title: str
    before: Outcome | None
    after: Outcome | None
    severity_before: Severity | None
    severity_after: Severity | None
    message: str
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two judgements of the same documents.

    `by`: what they were judged by. `came_out`: verdict and score of the whole, and law date, verdict and score of each
    document ("reports.0.verdict") where there are several.
    """

    by: tuple[Turn, ...]
    came_out: tuple[Turn, ...]
    rules: tuple[RuleChange, ...]

    SCHEMA: typing.ClassVar[str] = "docscan.changes/1"

    def __bool__(self) -> bool:
        """Whether anything came out otherwise."""
        return bool(self.came_out or self.rules)

    def to_dict(self) -> dict[str, Json]:
        """The public JSON of the changes."""
        return {"schema": self.SCHEMA, **_plain(self)}

    @staticmethod
    def from_dict(data: Mapping[str, Json]) -> Changes:
        """Read the JSON of changes. Raises ValueError where it is none."""
        return _read_schema(Changes, Changes.SCHEMA, data)


# The JSON of these types: one rule for all of them, so that names in memory and in JSON cannot drift apart.

_T = TypeVar("_T")

_ADDED: Mapping[str, frozenset[str]] = {
    "PageSummary": frozenset({"stretch", "unread"}),
    "Coverage": frozenset({"description", "amount"}),
    "PacketEvidence": frozenset({"report"}),
    "PacketReport": frozenset({"law_date"}),
    "Claim": frozenset({"ordinary_cost", "value_increase", "from_65", "not_reimbursed_elsewhere"}),
}
"""Keys that reports written before these were thought of lack; they then have their defaults."""


def _fields(value: Any) -> Iterator[tuple[str, Any]]:
    return ((f.name, getattr(value, f.name)) for f in dataclasses.fields(value))


def _plain(value: Any) -> Json:
    if isinstance(value, Report | PacketReport):
        return {name: [r.to_dict() for r in inner] if name in ("parts", "reports") else _plain(inner)
                for name, inner in _fields(value)}  # fmt: skip
    if dataclasses.is_dataclass(value):
        return {name: _plain(inner) for name, inner in _fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


def _read_schema(cls: type[_T], schema: str, data: Mapping[str, Json]) -> _T:
    if not isinstance(data, Mapping) or data.get("schema") != schema:
        raise ValueError(f"not a {schema}")
    value: _T = _read(cls, data)
    return value


@cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _read(hint: Any, data: Json) -> Any:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        inner = next(a for a in arguments if a is not type(None))
        return None if data is None else _read(inner, data)
    if origin is Literal and data not in arguments:
        raise ValueError(f"{data!r} is none of {arguments}")
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        if not isinstance(data, Mapping):
            raise ValueError(f"not a {hint.__name__}")
        names = {f.name for f in dataclasses.fields(hint)}
        if missing := names - data.keys() - _ADDED.get(hint.__name__, frozenset()):
            raise ValueError(f"{hint.__name__} lacks {', '.join(sorted(missing))}")
        return hint(**{name: _read(_hints(hint)[name], data[name]) for name in names & data.keys()})
    if hint is Box:
        return Box(*data)
    if hint is date:
        return date.fromisoformat(data)
    if origin is tuple:
        return tuple(_read(arguments[0], inner) for inner in data)
    return data
