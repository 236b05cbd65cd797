"""The one answer about a packet: is it complete, do its documents fit together, is each in order by itself?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docscan.document import PacketReport, Report
from docscan.presenting import wording
from docscan.presenting.outline import Outline, outline


@dataclass(frozen=True, slots=True)
class Answer:
    """The one answer: what to do in a line; what the documents lack together; what they lack by themselves."""

    todo: str
    together: str
    alone: str


def answer(packet: PacketReport) -> Answer:
    """What is said first: documents that are each in order may still not fit together."""
    together = outline(packet.findings)
    alone = [outline(report.findings) for report in packet.reports]
    fix = len(together.mend) + sum(len(one.mend) for one in alone)
    check = together.checks + sum(one.checks for one in alone)
    return Answer(wording.to_do(packet.verdict, fix=fix, check=check), _fit(packet, together), _alone(packet.reports))


def _fit(packet: PacketReport, told: Outline) -> str:
    if told.mend:
        return f"They do not fit together: {wording.count(len(told.mend), 'thing')} to fix."
    if told.checks:
        return f"Whether they fit together is not clear: {wording.count(told.checks, 'thing')} to check."
    if told.met:
        return "They fit together."
    return (
        "There was nothing to compare."
        if len(packet.reports) > 1
        else "It is one document: there was nothing to compare."
    )


def _alone(reports: Sequence[Report]) -> str:
    wanting = sum(report.verdict != "complete" for report in reports)
    if not wanting:
        those = "The document" if len(reports) == 1 else f"Each of the {len(reports)} documents"
        return f"{those} is in order by itself."
    return (
        f"By itself, {wanting} of {wording.count(len(reports), 'document')} is not in order yet."
        if wanting == 1
        else (f"By themselves, {wanting} of {len(reports)} documents are not in order yet.")
    )


def document_todo(report: Report) -> tuple[Outline, str]:
    """A document's findings in order, and what is to be done about it in a line."""
    told = outline(report.findings)
    return told, wording.to_do(report.verdict, fix=len(told.mend), check=told.checks)
