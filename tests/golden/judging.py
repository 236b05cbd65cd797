"""Measure judging on the packets of this folder: what the rules say of each document and of all together.

    python -m tests.golden.judging                      # the open packets
    python -m tests.golden.judging --mistakes           # and every rule that came out otherwise
    python -m tests.golden.judging --split held_out     # the examination: figures alone

A finding counts as agreed where its outcome is the label's. Labels say what a careful examiner says who reads the true
text, so "uncertain" is a disagreement. A defect passes where a rule that is fatal was labelled not met and says met.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from docscan import checking, pipeline
from docscan.document import Claim, Finding, PacketReport
from tests.benchmark.reading import tables
from tests.benchmark.tables import write_between_marks

FOLDER = Path(__file__).parent / "packets"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of a packet: its text, the kinds that are right, and what each rule should say."""

    text: str
    kinds: tuple[str, ...]
    outcomes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Packet:
    """`covered`: by document (from 0) and day, whether a letter of the packet covers it."""

    name: str
    split: str
    as_of: date
    administrator: str
    papers: tuple[Paper, ...]
    outcomes: Mapping[str, str]
    covered: Mapping[tuple[int, date], bool]


class Answer(NamedTuple):
    """What was asked (a rule, "kind" or "coverage"), where, what is true and what was said; `severity` of the rule."""

    asked: str
    where: str
    true: str
    said: str
    severity: str
    message: str = ""

    @property
    def agreed(self) -> bool:
        return self.said in self.true.split(" or ")

    @property
    def passed(self) -> bool:
        """A fatal defect that passed as met."""
        return self.severity == "fatal" and self.true == "not_met" and self.said == "met"


def read_packet(path: Path) -> Packet:
    data = tomllib.loads(path.read_text("utf-8"))
    return Packet(
        name=path.stem,
        split=data["split"],
        as_of=data["as_of"],
        administrator=data["administrator"],
        papers=tuple(Paper(d["text"], tuple(d["kinds"]), d.get("outcomes", {})) for d in data["documents"]),
        outcomes=data["outcomes"],
        covered={(c["document"] - 1, c["service_date"]): c["covered"] for c in data.get("coverage", ())},
    )


def read_packets(split: str) -> list[Packet]:
    everything = map(read_packet, sorted(FOLDER.glob("*.toml")))
    return [packet for packet in everything if split in ("all", packet.split)]


def judged(packet: Packet) -> PacketReport:
    """What docscan says of a packet's true text."""
    reports = [pipeline.understand_text(paper.text) for paper in packet.papers]
    return checking.judge_packet(reports, checking.load(packet.administrator), as_of=packet.as_of, claim=Claim())


def answers(packet: Packet, said: PacketReport) -> Iterator[Answer]:
    """Every question of a packet's labels with docscan's answer."""
    for number, (paper, report) in enumerate(zip(packet.papers, said.reports, strict=True)):
        where = f"{packet.name} document {number + 1}"
        yield Answer("kind", where, " or ".join(paper.kinds), report.document.kind, "")
        yield from _answered(paper.outcomes, report.findings, where)
    yield from _answered(packet.outcomes, [*said.findings, *_of_each(said)], packet.name)
    days = {(c.report, c.service_date): c for c in said.coverage}
    for (number, day), covered in packet.covered.items():
        found = days.get((number, day))
        told = "missing" if found is None else {True: "yes", False: "no", None: "open"}[found.covered]
        yield Answer("coverage", f"{packet.name} document {number + 1} {day}", "yes" if covered else "no", told, "",
                     found.reason if found else "")  # fmt: skip


_WORST = ("not_met", "uncertain", "met", "not_applicable")


def _of_each(said: PacketReport) -> Iterator[Finding]:
    """What a rule about single documents says of the packet: the worst of what it says of each."""
    found: dict[str, Finding] = {}
    for finding in (finding for report in said.reports for finding in report.findings):
        known = found.get(finding.rule)
        if known is None or _WORST.index(finding.outcome) < _WORST.index(known.outcome):
            found[finding.rule] = finding
    asked_together = {finding.rule for finding in said.findings}
    return (finding for rule, finding in found.items() if rule not in asked_together)


def _answered(outcomes: Mapping[str, str], findings: Sequence[Finding], where: str) -> Iterator[Answer]:
    by_rule = {finding.rule: finding for finding in findings}
    for rule, true in outcomes.items():
        found = by_rule.get(rule)
        if found is None:
            yield Answer(rule, where, true, "not_applicable", "")
        else:
            yield Answer(rule, where, true, found.outcome, found.severity, found.message)


def by_rule(told: Iterable[Answer]) -> tables.Table:
    counts: dict[str, Counter[str]] = {}
    for answer in told:
        kept = counts.setdefault(answer.asked, Counter())
        kept["asked"] += 1
        kept["agreed"] += answer.agreed
        kept["uncertain"] += answer.said in ("uncertain", "open")
        kept["passed"] += answer.passed
    rows = [
        [rule, str(c["asked"]), f"{c['agreed'] / c['asked']:.2f}", str(c["uncertain"]), str(c["passed"])]
        for rule, c in sorted(counts.items(), key=lambda pair: (pair[1]["agreed"] / pair[1]["asked"], pair[0]))
    ]
    return tables.Table("By rule", ["rule", "labels", "agreed", "uncertain", "fatal defects passed"], rows)


def in_all(told: Sequence[Answer], packets: Sequence[Packet]) -> str:
    rules = [a for a in told if a.asked not in ("kind", "coverage")]
    parts = {
        "documents": [a for a in rules if " document " in a.where],
        "packets": [a for a in rules if " document " not in a.where],
        "coverage": [a for a in told if a.asked == "coverage"],
        "kinds": [a for a in told if a.asked == "kind"],
    }
    shares = ", ".join(
        f"{name} {sum(a.agreed for a in own) / len(own):.3f} of {len(own)}" for name, own in parts.items() if own
    )
    both = f"{sum(a.agreed for a in rules) / len(rules):.3f} of {len(rules)}"
    return (
        f"{len(packets)} packets, {sum(len(p.papers) for p in packets)} documents. Rules agreed: {both} ({shares}). "
        f"Uncertain: {sum(a.said == 'uncertain' for a in rules)}. Fatal defects that passed as met: "
        f"{sum(a.passed for a in rules)} of {sum(a.true == 'not_met' and a.severity == 'fatal' for a in rules)}."
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.golden.judging", description="Measure judging of packets.")
    parser.add_argument("--split", choices=["open", "held_out"], default="open")
    parser.add_argument("--mistakes", action="store_true", help="list every disagreement; of the open packets alone")
    parser.add_argument("--readme", type=Path, metavar="FILE", help="write the figures between its marks `judging`")
    given = parser.parse_args(arguments)
    if given.mistakes and given.split != "open":
        sys.stderr.write("--mistakes shows open packets alone: who has seen the others can no longer be examined\n")
        return 2
    packets = read_packets(given.split)
    told = [answer for packet in packets for answer in answers(packet, judged(packet))]
    out = Console(width=None if sys.stdout.isatty() else 160, soft_wrap=True)
    tables.show([by_rule(told)], [in_all(told, packets)], out)
    if given.mistakes:
        for a in told:
            if not a.agreed:
                out.print(f"{a.where}  {a.asked}: {a.true}, said {a.said}  {a.message}", markup=False, highlight=False)
    if given.readme:
        write_between_marks(given.readme, "judging", in_all(told, packets))
    return 0


if __name__ == "__main__":
    sys.exit(main())
