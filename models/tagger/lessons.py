"""What the tagger learns from: the papers of `models/hands`, and the open documents of `tests/golden`.

The papers say where everything stands. The documents tell values alone: where a value stands is what the rules found it
by, or the only place that bears it. What a document does not tell, or tells without its place, is not known there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, Final, NamedTuple, TypeAlias

from docscan.document import Document, Extraction
from docscan.extraction import extract
from docscan.extraction.learned import days, times
from docscan.extraction.text.annotated import AnnotatedText
from models.difference import TAGGER, left_out
from models.hands import LABELS as TAGS
from models.hands import Paper, papers
from tests.benchmark import score
from tests.benchmark.truth import TrueField
from tests.golden.measure import Golden, read_goldens

LABELS: Final = tuple(TAGS.values())
PEOPLE: Final = ("patient", "participant", "provider", "signer", "other_person")
NAMED: Final = (*PEOPLE, "practice", "merchant")
COURSE: Final = ("frequency", "count", "session_length", "duration", "start_date", "end_date", "letter_validity")
_BILLED: Final = ("item", "service_date", "merchant", "total")
_BILLS: Final = frozenset(("receipt", "superbill", "statement", "eob", "card_slip"))
_LETTERS: Final = frozenset(("lmn", "prescription", "referral", "recommendation"))
_OF_TIMES: Final = {
    "frequency": ("frequency", "count"),
    "duration": ("duration", "end_date"),
    "session_length": ("session_length",),
}

Place: TypeAlias = tuple[int, int]
Same: TypeAlias = Callable[[Any], bool]


class Span(NamedTuple):
    start: int
    end: int
    label: str


class Lesson(NamedTuple):
    """A text and what stands where in it; `known`: the labels of which it tells every place; `unknown`: places of
    which it is not known whether they are of a label; `kinds`: its kind, or several of which each is fair."""

    name: str
    text: str
    spans: tuple[Span, ...]
    known: frozenset[str]
    unknown: tuple[Span, ...] = ()
    kinds: tuple[str, ...] = ()


def lessons() -> list[Lesson]:
    """All of them, in the order of their names."""
    with ProcessPoolExecutor() as pool:
        found = list(pool.map(of_golden, read_goldens("open"), chunksize=8))
    return sorted([*found, *map(of_paper, papers())])


def of_paper(paper: Paper) -> Lesson:
    return Lesson(paper.name, paper.text, tuple(Span(*one) for one in paper.labelled), frozenset(LABELS),
                  kinds=(paper.kind,))  # fmt: skip


def of_golden(golden: Golden) -> Lesson:
    """What an open document tells."""
    document = Document.from_text(golden.text)
    with left_out(TAGGER):  # what it has learned is no lesson
        found = extract(document).fields
    told = _Told(golden, AnnotatedText(document), found)
    told.names()
    told.course()
    told.dates()
    told.worded("treatment", "treatment")
    told.worded("diagnosis", "diagnosis", otherwise="other_diagnosis")
    told.bill()
    kind = str(golden.truth.kind)
    told.known |= set(COURSE if kind in _BILLS else _BILLED if kind in _LETTERS else ())
    spans, unknown = tuple(sorted(set(told.spans))), tuple(sorted(set(told.unknown)))
    return Lesson(golden.truth.path.stem, told.text.text, spans, frozenset(told.known), unknown, golden.kinds)


class _Told:
    """Gathers where the values of a document stand."""

    def __init__(self, golden: Golden, text: AnnotatedText, found: Sequence[Extraction]) -> None:
        self.text, self._found = text, found
        self._listed = golden.truth.complete | golden.truth.absent
        self._true = tuple(zip(golden.truth.fields, golden.also, strict=True))
        self.spans: list[Span] = []
        self.unknown: list[Span] = []
        self.known: set[str] = set()

    def _values(self, name: str) -> Iterator[tuple[TrueField, tuple[Any, ...]]]:
        yield from ((true, (true.value, *also)) for true, also in self._true if true.name == name)

    def names(self) -> None:
        """Names wherever they stand whole; where a part of one stands alone it is not known whose it is."""
        parts: set[str] = set()
        for label in (one for one in NAMED if one != "other_person"):
            name, whole = f"{label}_name", True
            for _, wordings in self._values(name):
                places = _apart([place for wording in wordings for place in self._places(wording)])
                words = str(wordings[0]).split()
                if label in PEOPLE and len(words) > 1:
                    places = _apart([*places, *self._places(" ".join((words[-1], *words[:-1])))])
                    parts |= {word for word in words if len(word) > len("Al.")}
                whole = whole and bool(places)
                self.spans += (Span(*place, label) for place in places)
            if whole and name in self._listed:
                self.known.add(label)
        for part in sorted(parts):
            for start, end in self._places(part):
                if not any(one.start <= start and end <= one.end for one in self.spans if one.label in NAMED):
                    self.unknown += (Span(start, end, label) for label in NAMED)

    def course(self) -> None:
        seen = times.seen(self.text)
        for name, labels in _OF_TIMES.items():
            places = [(one.time.start, one.time.end, one.time.value) for one in seen if one.field == name]
            whole = name in self._listed
            for true, wordings in self._values(name):
                value = true.value if isinstance(true.value, dict) else {}
                if true.assertion != "stated" or "phases" in value:
                    whole = whole and "phases" not in value
                    continue
                label = labels[-1] if {"count", "until", "end"} & value.keys() else labels[0]
                here, perhaps = self._where(name, _any_of(name, wordings), places)
                whole = whole and bool(here)
                self.spans += (Span(*place, label) for place in here)
                self.unknown += (Span(*place, one) for place in perhaps for one in labels)
            if whole:
                self.known |= {*labels} - {"end_date"}

    def dates(self) -> None:
        places = [(one.mention.start, one.mention.end, one.mention.iso) for one in days.seen(self.text)]
        for name in ("start_date", "end_date", "service_date"):
            whole = name in self._listed and (name != "end_date" or "duration" in self._listed)
            for _, wordings in self._values(name):
                here, perhaps = self._where(name, _any_of(name, wordings), places)
                if name == "service_date" and not here:
                    here, perhaps = perhaps, []  # a day of service is printed beside each line
                whole = whole and bool(here)
                self.spans += (Span(*place, name) for place in here)
                self.unknown += (Span(*place, name) for place in perhaps)
            if whole:
                self.known.add(name)

    def worded(self, name: str, label: str, otherwise: str | None = None) -> None:
        """What is told in the text's words; `otherwise`: what it is called where it is not stated."""
        whole = name in self._listed
        for true, wordings in self._values(name):
            called = label if true.assertion == "stated" else otherwise
            places = next(filter(None, map(self._places, wordings)), []) if called else []
            whole = whole and bool(places or not called)
            self.spans += (Span(*place, str(called)) for place in places)
        if whole:
            self.known |= {label, *((otherwise,) if otherwise else ())}

    def bill(self) -> None:
        whole = "item" in self._listed
        for true, _ in self._values("item"):
            places = self._places(true.value.get("description") or "")
            whole = whole and bool(places)
            self.spans += (Span(*place, "item") for place in places)
        totals = [self._where("total", _any_of("total", wordings), ())[0] for _, wordings in self._values("total")]
        self.spans += (Span(*place, "total") for places in totals for place in places)
        self.known |= {
            name for name, sure in (("item", whole), ("total", "total" in self._listed and all(totals))) if sure
        }

    def _places(self, wording: Any) -> list[Place]:
        """Where words stand, whatever stands between them and however they are cased."""
        words = re.findall(r"\w+", str(wording))
        pattern = r"[\W_]{1,4}".join(map(re.escape, words))
        return [m.span() for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", self.text.text, re.I)] if words else []

    def _where(self, name: str, same: Same, places: Sequence[tuple[int, int, Any]]) -> tuple[list[Place], list[Place]]:
        """Where a value stands, and where it may stand."""
        sure = [
            (e.start, e.end)
            for one in self._found
            if one.name == name and one.assertion == "stated" and one.value is not None and same(one.value)
            for e in one.evidence
            if e.start is not None and e.end is not None
        ]
        alike = [(start, end) for start, end, value in places if value is not None and same(value)]
        if sure:
            return sure, [one for one in alike if not any(one[0] < end and start < one[1] for start, end in sure)]
        return (alike, []) if len(alike) == 1 else ([], alike)


def _any_of(name: str, wordings: Sequence[Any]) -> Same:
    return lambda value: any(score.same(name, wording, value) for wording in wordings)


def _apart(places: Sequence[Place]) -> list[Place]:
    """Without what lies over a longer one."""
    kept: list[Place] = []
    for start, end in sorted(set(places), key=lambda place: place[0] - place[1]):
        if not any(start < last and first < end for first, last in kept):
            kept.append((start, end))
    return kept
