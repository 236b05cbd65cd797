"""In which order should a person read a report? What must be mended first, then what is open, then what is in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docscan.document import Evidence, Extraction, Finding, Report
from docscan.reference.fields import FIELDS

_RANK = {"fatal": 0, "required": 1, "recommended": 2, "info": 3}


@dataclass(frozen=True, slots=True)
class Outline:
    """A report's findings, each in exactly one place, the gravest first.

    `mend`: not met, fatal or required. `improve`: not met, recommended. `notice`: not met, for information only.
    """

    mend: tuple[Finding, ...]
    undecided: tuple[Finding, ...]
    improve: tuple[Finding, ...]
    notice: tuple[Finding, ...]
    met: tuple[Finding, ...]
    not_applicable: tuple[Finding, ...]


def outline(findings: Iterable[Finding]) -> Outline:
    """Sort findings by what a person has to do about them; what weighs the same stays in the rulebooks' order."""
    ordered = sorted(findings, key=lambda finding: _RANK[finding.severity])

    def where(outcome: str, *severities: str) -> tuple[Finding, ...]:
        return tuple(f for f in ordered if f.outcome == outcome and (not severities or f.severity in severities))

    return Outline(
        mend=where("not_met", "fatal", "required"),
        undecided=where("uncertain"),
        improve=where("not_met", "recommended"),
        notice=where("not_met", "info"),
        met=where("met"),
        not_applicable=where("not_applicable"),
    )


def first_to_mend(report: Report) -> Finding | None:
    """The gravest rule that is not met in the report or its parts; else the gravest undecided one."""
    told = outline(finding for single in documents(report) for finding in single.findings)
    for group in (told.mend, told.undecided, told.improve):
        if group:
            return group[0]
    return None


def documents(report: Report) -> Iterator[Report]:
    """The documents of a file: the report itself, or its parts where the file holds several."""
    if report.parts:
        for part in report.parts:
            yield from documents(part)
    else:
        yield report


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
