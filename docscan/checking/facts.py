"""What a check may look at, and how far it can be trusted: one document's extractions, its pages, the caller's claim.

Unreadable is never missing. `Facts.missing` is the only place that decides what follows from something not found.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, get_args

from dateutil.relativedelta import relativedelta

from docscan.checking import wording
from docscan.document import (
    READ_WELL,
    Assertion,
    Claim,
    Evidence,
    Extraction,
    Json,
    Kind,
    LawDate,
    Outcome,
    Problem,
    ProblemCategory,
    Report,
)
from docscan.reference import item_classes

HARDLY_LEGIBLE = 0.6
"""Pages of lower quality are too poor whatever was found on them."""

SURE = 0.4
"""Values of lower confidence neither meet nor fail a rule; a person looks at them."""

OPTIONAL: frozenset[str] = frozenset({
    "provider_npi", "provider_dea", "provider_license", "diagnosis_code", "diagnosis_code_icd9", "procedure_code",
    "service_period", "insurance_paid", "currency",
})  # fmt: skip
"""Fields that a document need not hold. A rule about their form has nothing to judge where none was read; whether one
must be there is another rule's question."""

LONG_AGO = relativedelta(years=20)
"""A letter that is said to be older was dated by some other date, such as the patient's birth."""

_HIDING: frozenset[ProblemCategory] = frozenset(
    {"page_failed", "page_unreadable", "low_quality", "cut_off", "extractor_failed", "handwriting"}
)
_MOST_EVIDENCE = 8
_WRITTEN = ("letter_date", "signature_date")
_LAW_BY = (
    (_WRITTEN, "the date of the letter"),
    (("statement_date",), "the date of the bill"),
    (("payment_date",), "the date of the payment"),
)
"""What decides, where no service or sale is dated, whose law applies."""
_WRITTEN_BY = (
    (("letter_date",), "the letter's date"),
    (("signature_date",), "the date of the signature"),
    (("statement_date",), "the date of the bill"),
    (("service_date", "item", "service_period"), "the date of service"),
    (("payment_date", "visit_date", "print_date", "fax_date"), "the only date that was found"),
)
"""What tells when a document was written."""

LETTERS: frozenset[Kind] = frozenset({"lmn", "prescription", "referral", "recommendation"})


@dataclass(frozen=True, slots=True)
class Result:
    """What a check found. `variables` fill the rule's message; `why` is a sentence that follows it."""

    outcome: Outcome
    evidence: tuple[Evidence, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    clearer_copy: bool = False
    """The only thing that would help is a clearer copy."""
    absent: bool = False
    """Nothing was found: what the rule asks for may only have been left out."""


@dataclass(frozen=True)
class Facts:
    """One document on one day."""

    kind: Kind
    kind_confidence: float
    kind_evidence: tuple[Evidence, ...]
    fields: tuple[Extraction, ...]
    illegible: tuple[int, ...]
    """Pages that may hide something."""
    lost: tuple[int, ...]
    """Pages of which a clearer copy is needed in any case."""
    page_count: int
    problems: tuple[Problem, ...]
    claim: Claim
    as_of: date
    scanned: bool = False
    """Some page is a picture, whose ink may not have been seen."""
    typed: bool = False
    """It is text and nothing else, so that there is no more on it than its words."""
    file: str = ""
    """Equal for the same pages of the same file; "" where there is no file."""

    @staticmethod
    def of(report: Report, *, as_of: date, claim: Claim) -> Facts:
        pages = {p.number for p in report.document.pages if _hides(p.problem) or _below(p.quality, READ_WELL)}
        lost = {p.number for p in report.document.pages if _hides(p.problem) or _below(p.quality, HARDLY_LEGIBLE)}
        by_hand = {e.page for f in report.fields if f.name == "handwritten" for e in f.evidence}
        problems = tuple(
            # Where it is known which fields are filled by hand, handwriting hides those and nothing else.
            p for p in report.problems
            if _hides(p) and not (p.category == "handwriting" and (p.page in by_hand or (p.page is None and by_hand)))
        )  # fmt: skip
        named = {p.page for p in problems if p.page is not None}
        document = report.document
        return Facts(
            kind=document.kind,
            kind_confidence=document.kind_confidence,
            kind_evidence=document.kind_evidence,
            fields=report.fields,
            illegible=tuple(sorted(pages | named)),
            lost=tuple(sorted(lost | named)),
            page_count=len(report.document.pages),
            problems=problems,
            claim=claim,
            as_of=as_of,
            scanned=any(page.source != "text_layer" for page in document.pages),
            typed=document.media_type == "text/plain",
            file=f"{document.sha256} {document.part}" if document.sha256.strip("0") else "",
        )

    # What is there

    def stated(self, *names: str) -> tuple[Extraction, ...]:
        """What the document states of these fields and was read surely enough to decide on, the surest first."""
        if names not in self._stated:  # some fifty rules ask for the same few fields
            found = [e for name in dict.fromkeys(names) for e in self._named.get(name, ())]
            found = [e for e in found if e.assertion == "stated" and self._sure(e)]
            self._stated[names] = tuple(sorted(found, key=lambda e: (names.index(e.name), -(e.confidence or 0.0))))
        return self._stated[names]

    @cached_property
    def _stated(self) -> dict[tuple[str, ...], tuple[Extraction, ...]]:
        return {}

    @cached_property
    def _named(self) -> Mapping[str, Sequence[Extraction]]:
        """The fields by their name, in the document's order."""
        named: dict[str, list[Extraction]] = {}
        for extraction in self.fields:
            named.setdefault(extraction.name, []).append(extraction)
        return named

    def mentioned(self, *names: str) -> tuple[Extraction, ...]:
        """Every mention, of whatever assertion and confidence."""
        if len(names) == 1:
            return tuple(self._named.get(names[0], ()))
        return tuple(e for e in self.fields if e.name in names)

    def doubtful(self, *names: str) -> tuple[Extraction, ...]:
        """What may state these fields, but was not read surely enough."""
        return tuple(e for e in self.mentioned(*names) if e.assertion == "stated" and not self._sure(e))

    def _sure(self, extraction: Extraction) -> bool:
        sure = extraction.confidence is None or extraction.confidence >= SURE
        return sure and extraction.value is not None and not self.impossible(extraction)

    def impossible(self, extraction: Extraction) -> str:
        """Why a value cannot be what it was taken for; "" where it can."""
        day = as_date(extraction.value) if extraction.name in _WRITTEN else None
        if day is None:
            return ""
        said = f"{wording.day(day)} was read as the {wording.name(extraction.name)}, but"
        if day in self._births:
            return f"{said} it is the date of birth."
        return f"{said} it lies more than 20 years back." if day < self.as_of - LONG_AGO else ""

    @cached_property
    def _births(self) -> frozenset[date]:
        """Every day on which somebody may be said to be born; a single reading without a value is only a guess."""
        named = [e for e in self._named.get("date_of_birth", ()) if e.value is not None or len(e.readings) > 1]
        return frozenset(day for e in named for value in (e.value, *e.readings) if (day := as_date(value)))

    def dates(self, *names: str) -> list[tuple[date, Extraction]]:
        """Stated dates, the surest first."""
        return [(day, e) for e in self.stated(*names) if (day := as_date(e.value))]

    def by_hand(self, *names: str) -> tuple[Extraction, ...]:
        """Marks that a person must read one of these fields."""
        return tuple(e for e in self.mentioned("handwritten") if e.value in names)

    @cached_property
    def classes(self) -> frozenset[str]:
        """The classes of all treatments and lines."""
        return frozenset(filter(None, map(class_of, self.stated("treatment", "item"))))

    def about(self, classes: Collection[str]) -> bool | None:
        """Whether a treatment or line is of one of these classes; None where that cannot be told."""
        stated, unsure = self.stated("treatment", "item"), self.doubtful("treatment", "item")
        possible = [class_of(e) for e in (*stated, *unsure) if e.value is not None]
        if any(c in classes for c in possible):
            return True
        if stated or (possible and None not in possible):
            return False
        return None if self.hidden("treatment", "item") else False

    # What is not there

    def missing(self, *names: str) -> Result:
        """The result for a rule that looked for these fields and found none: not met on legible pages only."""
        others = _evidence(self._others(names))
        return self.hidden(*names) or Result("not_met", others, why=self._told_otherwise(names), absent=True)

    def unsure(self, *names: str) -> Result | None:
        """What may be one of these fields, but was not read surely; None where there is nothing of the kind."""
        unsure = self.doubtful(*names)
        if unsure:
            odd = [why for e in unsure if (why := self.impossible(e))]
            rest = [e for e in unsure if not self.impossible(e)]
            why = " ".join([*odd, *([wording.unsure(*rest)] if rest else [])])
            return Result("uncertain", _evidence(unsure), why=why)
        written = self.by_hand(*names)
        if written:
            return Result("uncertain", _evidence(written), why="It is filled in by hand; a person must read it.")
        return None

    def hidden(self, *names: str) -> Result | None:
        """Why it cannot be told whether one of these fields is there; None where it can."""
        unsure = self.unsure(*names)
        if unsure:
            return unsure
        if self.illegible:
            return Result("uncertain", why=wording.unread(self.illegible), clearer_copy=True)
        if self.problems:
            return Result("uncertain", why="It could not be looked for: one part of the analysis failed.")
        return None

    def _others(self, names: tuple[str, ...]) -> tuple[Extraction, ...]:
        return tuple(e for e in self.mentioned(*names) if e.assertion != "stated")

    def _told_otherwise(self, names: tuple[str, ...]) -> str:
        others = self._others(names)
        if not others:
            return ""
        said = dict.fromkeys(_ASSERTED[e.assertion].format(wording.quote(e)) for e in others[:2])
        return " ".join(said)

    @cached_property
    def of_packets(self) -> dict[tuple[Any, ...], tuple[tuple[Facts, ...], Any]]:
        """What `once_a_packet` keeps of the packets that begin with this document."""
        return {}

    # Which day counts

    @cached_property
    def law_date(self) -> LawDate:
        """The day whose law applies: of the service or sale, else of the letter or bill, else of the check.

        Where that date can be read in several ways, the earliest; `law_days` has all of them.
        """
        return LawDate(self.law_days[0], self._law[1])

    @property
    def law_days(self) -> tuple[date, ...]:
        """Every day that the law date may be, the earliest first; more than one where its reading is open."""
        return self._law[0]

    @cached_property
    def _law(self) -> tuple[tuple[date, ...], str]:
        if self.service_days:
            more = "first service date" if len(self.service_days) > 1 else "service date"
            return (self.service_days[0],), f"the {more} on the document"
        for names, said in _LAW_BY:
            days, open_ = self._day_of(names)
            if open_:
                return days, f"{said}; {wording.unsure(*open_).rstrip('.')}"
            if days:
                return days, said
        return (self.as_of,), f"the day of the check, as {self._undated}"

    def _day_of(self, names: tuple[str, ...]) -> tuple[tuple[date, ...], tuple[Extraction, ...]]:
        """The surest of these dates; where none is sure, all that an open one may be, with what is open."""
        if sure := self.dates(*names):
            return (sure[0][0],), ()
        open_ = tuple(e for e in self.doubtful(*names) if e.value is None and e.readings)
        days = {day for e in open_ for reading in e.readings if (day := as_date(reading))}
        return tuple(sorted(days)), open_ if days else ()

    @property
    def _undated(self) -> str:
        dates = ("service_date", *(name for names, _ in _LAW_BY for name in names))
        return "no date could be read surely" if self.hidden(*dates) else "the document bears no date"

    @cached_property
    def service_days(self) -> list[date]:
        """Every day on which the document says that a service was given or a thing sold, first and last of a range."""
        return sorted({day for day, _ in self.services})

    @cached_property
    def services(self) -> list[tuple[date, Extraction]]:
        found = self.dates("service_date")
        for extraction in self.stated("service_period", "item"):
            values = extraction.value if isinstance(extraction.value, Mapping) else {}
            days = [as_date(values.get(key)) for key in ("service_date", "start", "end")]
            found += [(day, extraction) for day in days if day]
        return found

    @cached_property
    def document_date(self) -> tuple[date, str]:
        """The day the document was written, by which its codes are judged, and what that day is. The earliest, where it
        can be read in several ways; `document_date_open` then says so."""
        return self._written[0], self._written[1]

    @property
    def document_date_open(self) -> Result | None:
        """Why the day the document was written is not sure; None where it is, or where the document bears none."""
        return self._written[2]

    @cached_property
    def _written(self) -> tuple[date, str, Result | None]:
        for names, said in _WRITTEN_BY:
            if "item" in names:
                if self.service_days:
                    return self.service_days[-1], said, None
                names = ("service_date",)  # noqa: PLW2901 - lines and periods have no readings
            days, open_ = self._day_of(names)
            if open_ and "letter_date" in names and self.dates("signature_date"):
                continue  # it was signed on a day that is clear
            if days:
                why = f"The date of the document is not clear. {wording.unsure(*open_)}"
                return days[0], said, Result("uncertain", _evidence(open_), why=why) if open_ else None
        hidden = self.hidden(*(name for names, _ in _WRITTEN_BY for name in names))
        return self.as_of, f"the day of the check, as {self._undated}", hidden


def law_date_of(packet: Sequence[Facts]) -> LawDate:
    """The day whose law applies to documents together: of the first service or sale that any of them tells, else the
    earliest of their own. At least one document is needed."""
    days = [day for facts in packet for day in facts.service_days[:1]]
    if days:
        return LawDate(min(days), "the first service date of the documents")
    first = min((facts.law_date for facts in packet), key=lambda law: law.date)
    return first if len(packet) == 1 else LawDate(first.date, f"{first.reason}, the first of the documents' dates")


_Worked = TypeVar("_Worked")
_More = ParamSpec("_More")


def once_a_packet(
    work: Callable[Concatenate[Sequence[Facts], _More], _Worked],
) -> Callable[Concatenate[Sequence[Facts], _More], _Worked]:
    """What is worked out of a packet, worked out once: every rule about packets asks for it again. What else it is
    worked out by must be hashable."""

    @wraps(work)
    def known(packet: Sequence[Facts], /, *more: _More.args, **named: _More.kwargs) -> _Worked:
        if not packet:
            return work(packet, *more, **named)
        kept, key = packet[0].of_packets, (work, *map(id, packet), more, *sorted(named.items()))
        if key not in kept:  # the packet is kept too, so that no other has its documents' ids
            kept[key] = (tuple(packet), work(packet, *more, **named))
        worked: _Worked = kept[key][1]
        return worked

    return known


def as_date(value: Json) -> date | None:
    """ISO text as a date; None for anything else, and for years in which nobody can have written."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return day if day and 1900 <= day.year <= 2200 else None


def class_of(extraction: Extraction) -> str | None:
    """The class of a treatment or line; as extracted, else by its words; None where they are not known."""
    value = extraction.value
    if isinstance(value, Mapping):
        return value.get("class") or item_classes.classify(str(value.get("description") or ""))
    return (extraction.resolved or {}).get("class") or item_classes.classify(str(value))


def evidence_of(extractions: Iterable[Extraction]) -> tuple[Evidence, ...]:
    """Where they stand: one place of each first, then further mentions; few enough to look at."""
    return _evidence(extractions)


def _evidence(extractions: Iterable[Extraction]) -> tuple[Evidence, ...]:
    found = list(extractions)
    first = [e.evidence[0] for e in found if e.evidence]
    more = [place for e in found for place in e.evidence[1:]]
    return tuple(dict.fromkeys(first + more))[:_MOST_EVIDENCE]


def _below(quality: float | None, limit: float) -> bool:
    return quality is not None and quality < limit


def _hides(problem: Problem | None) -> bool:
    return problem is not None and problem.category in _HIDING


_ASSERTED: Mapping[Assertion, str] = {
    "negated": "The only mention says that it is not so: {}.",
    "hypothetical": "It is mentioned only as something that may be: {}.",
    "historical": "It is mentioned only as something in the past: {}.",
    "other_person": "It is mentioned only for another person: {}.",
}
assert set(_ASSERTED) | {"stated"} == set(get_args(Assertion))  # noqa: S101 - a new assertion needs its sentence
