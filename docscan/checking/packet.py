"""Documents that belong to one claim, judged together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from docscan.checking.checks import CHECKS
from docscan.checking.checks.packets import NO_LETTER, Letter, letters, services
from docscan.checking.facts import Facts, Result
from docscan.checking.judging import finding, judge, weigh
from docscan.checking.rulebook import Rule, Ruleset
from docscan.checking.score import score, verdict, worst
from docscan.document import Claim, Coverage, Evidence, PacketEvidence, PacketFinding, PacketReport, Report


def judge_packet(reports: Sequence[Report], rules: Ruleset, *, as_of: date, claim: Claim) -> PacketReport:
    """Each report judged by itself, then what only all of them together can show. A file of several documents counts as
    its parts. Evidence names pages of the file it stands in; `coverage` counts documents from 0."""
    single = tuple(judge(part, rules, as_of=as_of, claim=claim) for report in reports for part in report.documents())
    packet = [Facts.of(_numbered(report, n), as_of=as_of, claim=claim) for n, report in enumerate(single)]
    judged = [(rule, decide(rule, packet)) for rule in _applicable(rules, packet)]
    weighed = [weigh(rule, result) for rule, result in judged]
    # The packet's kind is known and its pages were read, or the single verdicts say otherwise.
    together = (
        [verdict(weighed, kind="packet", pages=())] if any(r.outcome != "not_applicable" for _, r in judged) else []
    )
    return PacketReport(
        reports=single,
        administrator=rules.administrator,
        as_of=as_of,
        findings=tuple(_finding(rule, result) for rule, result in judged),
        coverage=tuple(_coverage(packet)),
        money={},
        score=score(weighed),
        verdict=worst([*(report.verdict for report in single), *together]),
    )


def decide(rule: Rule, packet: Sequence[Facts]) -> Result:
    """What one rule about packets finds."""
    return CHECKS[rule.check].decide(packet, rule.parameters)


def _numbered(report: Report, number: int) -> Report:
    """The report, each of its places marked with its number in the packet."""

    def marked(places: Iterable[Evidence]) -> tuple[PacketEvidence, ...]:
        return tuple(PacketEvidence.of(place, number) for place in places)

    document = replace(report.document, kind_evidence=marked(report.document.kind_evidence))
    return replace(
        report, document=document, fields=tuple(replace(f, evidence=marked(f.evidence)) for f in report.fields)
    )


def _finding(rule: Rule, result: Result) -> PacketFinding:
    places = (place for place in result.evidence if isinstance(place, PacketEvidence))
    return PacketFinding.of(finding(rule, result), places)


def _applicable(rules: Ruleset, packet: Sequence[Facts]) -> list[Rule]:
    if not packet:
        return []
    day = min(facts.law_date.date for facts in packet)
    claim = packet[0].claim
    purposes = {claim.purpose} if claim.purpose else set(rules.purpose)
    return [r for r in rules.rules if "packet" in r.applies_to and purposes & set(r.purpose) and r.in_force_on(day)]


def _coverage(packet: Sequence[Facts]) -> list[Coverage]:
    """For each service day, whether a letter covers it, and which."""
    told = letters(packet)
    days = dict.fromkeys((number, day) for number, day, _ in services(packet))
    return [_covered(day, number, told) for number, day in days]


def _covered(day: date, number: int, told: Sequence[Letter]) -> Coverage:
    if not told:
        return Coverage(day, number, False, None, NO_LETTER)
    answers = [(letter.period.holds_on(day) if letter.period else None, letter) for letter in told]
    for answer, reason in (
        (True, "The day lies in the letter's time"),
        (None, "The letter's time is not fully stated"),
    ):
        for covered, letter in answers:
            if covered is answer:
                said = f": {letter.period.said}." if letter.period and letter.period.said else "."
                return Coverage(day, number, answer, letter.place, reason + said)
    letter = answers[0][1]
    said = f": {letter.period.said}." if letter.period else "."
    return Coverage(day, number, False, None, f"The day lies outside the letter's time{said}")
