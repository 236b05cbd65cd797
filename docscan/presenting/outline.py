"""In which order should a person read a report? What must be mended first, then what is open, then what is in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from docscan.document import Box, Evidence, Extraction, Finding, PageSummary, Part, Report
from docscan.presenting.wording import Todo
from docscan.reference.fields import FIELDS

_UNREAD = re.compile(
    r"\b(pages? [1-9]\d*(?:, [1-9]\d*)*(?: and [1-9]\d*(?: more)?)?)(?:, which)? could not be read well enough", re.I
)
_FEWEST_WAITING = 2
_FULLY_READ = 0.005
"""Share of a page, at most, that was not read reliably where the page counts as read completely."""
_RANK = {"fatal": 0, "required": 1, "recommended": 2, "info": 3}


@dataclass(frozen=True, slots=True)
class Outline:
    """A report's findings, each in exactly one place, the gravest first.

    `mend`: not met, fatal or required. `improve`: not met, recommended. `notice`: not met, for information only.
    What is undecided is `waiting` where several rules wait for a clearer copy of the same page, else `unclear`.
    """

    mend: tuple[Finding, ...]
    waiting: tuple[Waiting, ...]
    unclear: tuple[Finding, ...]
    improve: tuple[Finding, ...]
    notice: tuple[Finding, ...]
    met: tuple[Finding, ...]
    not_applicable: tuple[Finding, ...]

    @property
    def undecided(self) -> tuple[Finding, ...]:
        """Every rule that could not be decided."""
        return (*(finding for one in self.waiting for finding in one.findings), *self.unclear)

    @property
    def checks(self) -> int:
        """How many things a person has to look at; a page that could not be read is one."""
        return len(self.waiting) + len(self.unclear)

    def by_todo(self) -> Iterator[tuple[Todo, tuple[Finding, ...]]]:
        """The findings by what is to be done about them; those that wait for a page are left out."""
        yield "fix", self.mend
        yield "check", self.unclear
        yield "improve", self.improve
        yield "notice", self.notice
        yield "fine", self.met
        yield "rest", self.not_applicable


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rules that could not be decided for nothing but pages ("page 1") that could not be read."""

    pages: str
    findings: tuple[Finding, ...]


def outline(findings: Iterable[Finding]) -> Outline:
    """Sort findings by what a person has to do about them; what weighs the same stays in the rulebooks' order."""
    ordered = sorted(findings, key=lambda finding: _RANK[finding.severity])

    def where(outcome: str, *severities: str) -> tuple[Finding, ...]:
        return tuple(f for f in ordered if f.outcome == outcome and (not severities or f.severity in severities))

    waiting: dict[str, list[Finding]] = {}
    for finding in where("uncertain"):
        if pages := unread_pages(finding):
            waiting.setdefault(pages, []).append(finding)
    folded = tuple(Waiting(pages, tuple(of)) for pages, of in waiting.items() if len(of) >= _FEWEST_WAITING)
    put_away = {id(finding) for one in folded for finding in one.findings}
    return Outline(
        mend=where("not_met", "fatal", "required"),
        waiting=folded,
        unclear=tuple(finding for finding in where("uncertain") if id(finding) not in put_away),
        improve=where("not_met", "recommended"),
        notice=where("not_met", "info"),
        met=where("met"),
        not_applicable=where("not_applicable"),
    )


def unread_pages(finding: Finding) -> str:
    """The pages ("page 1", "pages 1 and 2") that alone left a rule undecided; "" where there is more to it."""
    found = _UNREAD.search(finding.message)
    return found[1].lower() if found and finding.outcome == "uncertain" and not finding.evidence else ""


def not_found(finding: Finding) -> bool:
    """Whether a rule is not met only because nothing was found: there is no place that shows it."""
    return finding.outcome == "not_met" and not finding.evidence


@dataclass(frozen=True, slots=True)
class NotRead:
    """What of a document may hold what was not found: `places` by page, and the `share` (0..1) of the worst read page
    that was not read reliably, with that page's number."""

    places: Mapping[int, tuple[Box, ...]]
    share: float
    page: int

    def __bool__(self) -> bool:
        return bool(self.places) or self.share > _FULLY_READ


def not_read(report: Report) -> NotRead:
    """What was not read of a document. False where all of it was read. Ink that was understood, such as a signature, is
    not among its places."""
    shares = {page.number: 1.0 - _read_share(page) for page in report.document.pages}
    worst = max(shares, key=lambda number: shares[number], default=0)
    taken = {(e.page, box) for f in report.fields for e in f.evidence if e.start is None for box in e.boxes}
    places = {
        page.number: left
        for page in report.document.pages
        if (left := tuple(box for box in page.unread if (page.number, box) not in taken))
    }
    return NotRead(places, shares.get(worst, 0.0), worst)


def _read_share(page: PageSummary) -> float:
    if page.problem and page.problem.category in ("page_failed", "page_unreadable"):
        return 0.0
    return 1.0 if page.quality is None else page.quality


def perhaps_there(report: Report) -> bool:
    """Whether all that is to be mended was merely not found, in documents that were not read completely."""
    told = [(not_read(single), outline(single.findings).mend) for single in report.documents()]
    mend = [(unread, finding) for unread, findings in told for finding in findings]
    return bool(mend) and all(unread and not_found(finding) for unread, finding in mend)


def first_to_mend(report: Report) -> Finding | None:
    """The gravest rule that is not met in the report or its parts; else the gravest undecided one."""
    told = outline(finding for single in report.documents() for finding in single.findings)
    for group in (told.mend, told.undecided, told.improve):
        if group:
            return group[0]
    return None


def files_of(reports: Sequence[Report]) -> list[int]:
    """Of which file each report of a packet is, from 0: the documents of one file follow one another."""
    files: list[int] = []
    seen: set[Part] = set()
    for before, report in zip((None, *reports), reports, strict=False):
        part = report.document.part
        same = before is not None and before.document.sha256 == report.document.sha256
        if not (same and part not in seen and before and part.pages[:1] >= before.document.part.pages[-1:]):
            files.append(files[-1] + 1 if files else 0)
            seen = {part}
        else:
            files.append(files[-1])
            seen.add(part)
    return files


def grouped_fields(fields: Iterable[Extraction]) -> dict[str, tuple[Extraction, ...]]:
    """Fields by group, in the order of the field table; names that it does not know come last under "other"."""
    place = {name: index for index, name in enumerate(FIELDS)}
    groups: dict[str, list[Extraction]] = {}
    for extraction in sorted(fields, key=lambda e: place.get(e.name, len(place))):
        known = FIELDS.get(extraction.name)
        groups.setdefault(known.group if known else "other", []).append(extraction)
    return {group: tuple(members) for group, members in groups.items()}


def pages_of(evidence: Iterable[Evidence]) -> tuple[int, ...]:
    """The numbers of the pages that the evidence stands on, ascending."""
    return tuple(sorted({one.page for one in evidence}))
