"""The only module that knows all stages: read, check, judge, check_packet."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TypeAlias, overload

from docscan import checking, extraction, intake, reading
from docscan.document import (
    Changes,
    Claim,
    Document,
    DocumentSummary,
    Evidence,
    Extraction,
    Extractions,
    LawDate,
    PacketReport,
    PageSummary,
    Part,
    Report,
)
from docscan.errors import UnknownName
from docscan.settings import settings

Source: TypeAlias = str | Path | bytes
"""A path, or the bytes of a file."""


def read(source: Source) -> Document:
    """Read a file's pages. Raises `docscan.errors.InputError` where it cannot be taken.

    A page that cannot be read stays in the document with its problem.
    """
    return reading.read(*intake.take(source))


def check(
    source: Source, *, as_of: date | None = None, administrator: str | None = None, claim: Claim | None = None
) -> Report:
    """Read a file and judge it by an administrator's rules, as on the day `as_of` (today if not given)."""
    rules = checking.load(administrator or settings().administrator)  # a wrong name is told before minutes of reading
    timings: dict[str, float] = {}
    with _timed(timings, "intake"):
        file, data = intake.take(source)
    with _timed(timings, "reading"):
        document = reading.read(file, data)
    return _report(document, rules, as_of or date.today(), claim or Claim(), timings)


def check_text(
    text: str, *, as_of: date | None = None, administrator: str | None = None, claim: Claim | None = None
) -> Report:
    """Judge a typed text as if it had been printed (see `Document.from_text`): for examples and for trying out."""
    rules = checking.load(administrator or settings().administrator)
    return _report(Document.from_text(text), rules, as_of or date.today(), claim or Claim(), {})


def understand_text(text: str) -> Report:
    """What a typed text says, not judged yet: for the examples of rules (`checking.run_examples`)."""
    return understand(Document.from_text(text))


def understand(document: Document) -> Report:
    """What a document that was read says, taken as one document and not judged yet."""
    return _unjudged(document, extraction.extract(document), date.today())


@overload
def judge(
    report: Report, *, administrator: str | None = None, as_of: date | None = None, claim: Claim | None = None
) -> Report: ...
@overload
def judge(
    report: PacketReport, *, administrator: str | None = None, as_of: date | None = None, claim: Claim | None = None
) -> PacketReport: ...
def judge(
    report: Report | PacketReport,
    *,
    administrator: str | None = None,
    as_of: date | None = None,
    claim: Claim | None = None,
) -> Report | PacketReport:
    """Judge what a report found under other rules, on another day or with other facts, without reading again.

    What is not given stays as it was in the report, but for the rules, which are those of today.
    """
    rules = checking.load(administrator or report.administrator)
    day = as_of or report.as_of
    if isinstance(report, Report):
        return checking.judge(report, rules, as_of=day, claim=claim or report.claim)
    stored = report.reports[0].claim if report.reports else Claim()
    return checking.judge_packet(report.reports, rules, as_of=day, claim=claim or stored)


def changes_between(before: Report | PacketReport, after: Report | PacketReport) -> Changes:
    """What differs between two judgements of the same documents, rule by rule, and why."""
    return checking.changes_between(before, after, (_rules_of(before), _rules_of(after)))


def _rules_of(report: Report | PacketReport) -> checking.Ruleset | None:
    try:
        return checking.load(report.administrator)
    except UnknownName:  # a stored report may be by rules that are not here
        return None


def check_packet(
    sources: Sequence[Source],
    *,
    as_of: date | None = None,
    administrator: str | None = None,
    claim: Claim | None = None,
) -> PacketReport:
    """Judge several files that belong to one claim, each by itself and all together."""
    day = as_of or date.today()
    reports = [check(source, as_of=day, administrator=administrator, claim=claim) for source in sources]
    return judge_packet(reports, administrator=administrator, as_of=day, claim=claim)


def judge_packet(
    reports: Sequence[Report],
    *,
    administrator: str | None = None,
    as_of: date | None = None,
    claim: Claim | None = None,
) -> PacketReport:
    """Judge reports that belong to one claim, each by itself and all together, without reading again.

    A report of several documents counts as these.
    """
    rules = checking.load(administrator or settings().administrator)
    return checking.judge_packet(reports, rules, as_of=as_of or date.today(), claim=claim or Claim())


def page_picture(source: Source, number: int, *, max_side: int = 1600) -> bytes:
    """Page `number` (from 1) as a person sees it, as PNG, its longer side at most `max_side` pixels."""
    return reading.picture(*intake.take(source), number, max_side=max_side)


def _with_file(report: Report, document: Document) -> Report:
    """The report of a file's only document, with what the file says of its own making. Of a file with several
    documents nobody knows when and with what each of them was made."""
    return replace(report, fields=(*report.fields, *_of_the_file(document)))


def _of_the_file(document: Document) -> Iterator[Extraction]:
    """On no page, so without evidence."""
    created = document.metadata.get("creation_date", "")[:10]
    if created:
        yield Extraction("file_created", created, created)
    programs = (document.metadata.get(key, "") for key in ("creator", "producer"))
    for program in dict.fromkeys(filter(None, programs)):
        yield Extraction("file_program", program, program)


_TOLD_APART = 0.95
"""How sure it is that a file found to hold several documents does: `tests/benchmark/understanding/packets.py`."""


def _report(
    document: Document, rules: checking.Ruleset, as_of: date, claim: Claim, timings: dict[str, float]
) -> Report:
    with _timed(timings, "extraction"):
        told = [(part, one, extraction.extract(one)) for part, one in extraction.documents(document)]
    with _timed(timings, "checking"):
        singles = tuple(
            _unjudged(one, _in_file(understood, one, document), as_of, part) for part, one, understood in told
        )
        found = _with_file(singles[0], document) if len(singles) == 1 else _several(document, singles)
        judged = checking.judge(found, rules, as_of=as_of, claim=claim)
    return replace(judged, timings=timings)


def _unjudged(document: Document, understood: Extractions, as_of: date, part: Part | None = None) -> Report:
    pages = tuple(PageSummary.of(page) for page in document.pages)
    return Report(
        document=DocumentSummary(
            sha256=document.file.sha256,
            media_type=document.file.media_type,
            kind=understood.kind,
            kind_confidence=understood.kind_confidence,
            kind_evidence=understood.kind_evidence,
            pages=pages,
            part=part or Part(tuple(page.number for page in pages)),
        ),
        administrator="",
        as_of=as_of,
        law_date=LawDate(as_of, "not judged yet"),
        claim=Claim(),
        rulebooks=(),
        fields=understood.fields,
        findings=(),
        score=None,
        verdict="needs_review",
        problems=tuple(page.problem for page in document.pages if page.problem) + understood.problems,
        timings={},
        versions={"docscan": version("docscan"), **reading.versions(document), **extraction.versions()},
    )


def _several(document: Document, singles: tuple[Report, ...]) -> Report:
    """The report of a file that holds several documents: what is of none of them alone."""
    nothing = Extractions("packet", _TOLD_APART)
    return replace(_unjudged(document, nothing, singles[0].as_of), parts=singles)


def _in_file(understood: Extractions, one: Document, file: Document) -> Extractions:
    """What was understood of a part of a file, with offsets that count in the file's text."""
    if one is file or not one.placed_words:
        return understood
    first = one.placed_words[0].word
    page = one.pages[one.text.count("\f", 0, one.placed_words[0].start)].number
    offset = (
        next(p.start for p in file.placed_words if p.page.number == page and p.word is first)
        - one.placed_words[0].start
    )
    if not offset or file.text[offset : offset + len(one.text)] != one.text:
        return understood

    def moved(evidence: Evidence) -> Evidence:
        if evidence.start is None or evidence.end is None:
            return evidence
        return replace(evidence, start=evidence.start + offset, end=evidence.end + offset)

    return replace(
        understood,
        kind_evidence=tuple(map(moved, understood.kind_evidence)),
        fields=tuple(replace(e, evidence=tuple(map(moved, e.evidence))) for e in understood.fields),
    )


@contextmanager
def _timed(timings: dict[str, float], step: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    timings[step] = round(time.perf_counter() - start, 4)
