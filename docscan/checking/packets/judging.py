"""Documents that belong to one claim, judged together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from docscan.checking.checks import CHECKS
from docscan.checking.facts import Facts, Result, law_date_of
from docscan.checking.judging import finding, judge, purposes_of, weigh
from docscan.checking.packets.coverage import coverage
from docscan.checking.packets.matching import Terms
from docscan.checking.packets.money import money
from docscan.checking.rulebook.rules import Rule, Ruleset
from docscan.checking.score import score, verdict, worst
from docscan.document import Claim, Evidence, PacketEvidence, PacketFinding, PacketReport, Report


def judge_packet(reports: Sequence[Report], rules: Ruleset, *, as_of: date, claim: Claim) -> PacketReport:
    """Each report judged by itself, then what only all of them together can show. A file of several documents counts as
    its parts. Evidence names pages of the file it stands in; `coverage` counts documents from 0."""
    single = tuple(judge(part, rules, as_of=as_of, claim=claim) for report in reports for part in report.documents())
    packet = [Facts.of(_numbered(report, n), as_of=as_of, claim=claim) for n, report in enumerate(single)]
    judged = [(rule, decide(rule, packet)) for rule in applicable(rules, packet)]
    weighed = [weigh(rule, result) for rule, result in judged]
    terms = terms_of(rules)
    # The packet's kind is known and its pages were read, or the single verdicts say otherwise.
    together = (
        [verdict(weighed, kind="packet", pages=())] if any(r.outcome != "not_applicable" for _, r in judged) else []
    )
    return PacketReport(
        reports=single,
        administrator=rules.administrator,
        as_of=as_of,
        findings=tuple(_finding(rule, result) for rule, result in judged),
        coverage=coverage(packet, terms),
        money=money(packet, single, rules, terms, claim),
        score=score(weighed),
        verdict=worst([*(report.verdict for report in single), *together]),
        law_date=law_date_of(packet) if packet else None,
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


def applicable(rules: Ruleset, packet: Sequence[Facts]) -> list[Rule]:
    """The rules about packets for this purpose, in force on the day of the first service."""
    if not packet:
        return []
    day = law_date_of(packet).date
    claim = packet[0].claim
    purposes = purposes_of(claim, rules)
    return [r for r in rules.rules if "packet" in r.applies_to and purposes & set(r.purpose) and r.in_force_on(day)]


def terms_of(rules: Ruleset) -> Terms:
    """What the administrator's rules say of letters in time: the calendar follows the rules it stands beside."""
    parameters = {rule.check: rule.parameters for rule in rules.rules}
    in_time, before = parameters.get("service_in_letters_time"), parameters.get("letter_before_service")
    attached = parameters.get("letter_attached")
    return Terms(
        months_without_time=in_time.months_without_time if in_time else None,
        most_months=in_time.most_months if in_time else None,
        same_day=before is None or before.compare == "on_or_before",
        counts_from=before.day if before else "written",
        without_letter=attached.without_letter if attached else (),
    )
