"""Measure judging on the packets of this folder: what the rules say of each document and of all together.

    python -m tests.golden.judging                      # the open packets
    python -m tests.golden.judging --mistakes           # and every rule that came out otherwise
    python -m tests.golden.judging --split held_out     # the examination: figures alone
    python -m tests.golden.judging --pictures CORPUS --damages scan_300 fax_fine --documents KEPT

A finding counts as agreed where its outcome is the label's. Labels say what a careful examiner says who reads the true
text, so "uncertain" is a disagreement. A defect passes where a rule that is fatal was labelled not met and says met.

CORPUS is what `python -m tests.corpus CORPUS --packets` makes: pictures of the packets' documents. Whether a letter is
signed is asked of those alone that show what the label says. KEPT keeps what was read of them for the next time; empty
it when reading changed.
"""

from __future__ import annotations

import argparse
import os
import pickle
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from docscan import checking, pipeline
from docscan.checking.packets.matching import FREE
from docscan.document import Claim, Document, Finding, PacketReport, Report
from tests.benchmark.reading import tables
from tests.benchmark.reading.manifest import Picture, read_manifest
from tests.benchmark.tables import write_between_marks
from tests.corpus.documents import packet_name

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


def judged(packet: Packet, reports: Sequence[Report] | None = None) -> PacketReport:
    """What docscan says of a packet's true text, or of `reports` of its documents."""
    if reports is None:
        reports = [pipeline.understand_text(paper.text) for paper in packet.papers]
    return checking.judge_packet(reports, checking.load(packet.administrator), as_of=packet.as_of, claim=Claim())


@dataclass(frozen=True, slots=True)
class Pictured:
    """A packet in pictures of one kind of damage, in the order of its documents."""

    packet: Packet
    damage: str
    pictures: tuple[Picture, ...]


def pictured(packets: Sequence[Packet], pictures: Sequence[Picture], damages: Sequence[str]) -> Iterator[Pictured]:
    """Every packet in each damage in which all of its documents are there, asked for what the pictures show."""
    there = {(picture.damage, picture.document): picture for picture in pictures}
    for damage in damages or sorted({picture.damage for picture in pictures}):
        for packet in packets:
            names = [packet_name(packet.name, number) for number in range(1, len(packet.papers) + 1)]
            own = tuple(there[damage, name] for name in names if (damage, name) in there)
            if len(own) == len(names):
                papers = tuple(map(_as_shown, packet.papers, own))
                yield Pictured(replace(packet, papers=papers), damage, own)


def _as_shown(paper: Paper, picture: Picture) -> Paper:
    """The labels without the signature, where the letter is called signed and its picture had no place for one."""
    if paper.outcomes.get("LMN-16") != "met" or picture.signed:
        return paper
    return replace(paper, outcomes={rule: said for rule, said in paper.outcomes.items() if rule != "LMN-16"})


def document_of(picture: Picture, kept: Path | None) -> Document:
    """What is read of a picture, or was read of it before."""
    place = kept / f"{picture.path.stem}.pkl" if kept else None
    if place and place.is_file():
        known: Document = pickle.loads(place.read_bytes())  # noqa: S301 - written below
        return known
    document = pipeline.read(picture.path)
    if place:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(pickle.dumps(document))
    return document


def answers(packet: Packet, said: PacketReport) -> Iterator[Answer]:
    """Every question of a packet's labels with docscan's answer."""
    for number, (paper, report) in enumerate(zip(packet.papers, said.reports, strict=True)):
        where = f"{packet.name} document {number + 1}"
        yield Answer("kind", where, " or ".join(paper.kinds), report.document.kind, "")
        yield from _answered(paper.outcomes, report.findings, where)
    yield from _answered(packet.outcomes, [*said.findings, *_of_each(said)], packet.name)
    # Of several lines of a day the label means the one that the letter names. What two documents show is told of one.
    days = {(c.report, c.service_date): c for c in sorted(said.coverage, key=lambda c: _COVERED.index(c.covered))}
    for (number, day), covered in packet.covered.items():
        found = days.get((number, day)) or next((c for (_, other), c in days.items() if other == day), None)
        told = "missing" if found is None else {True: "yes", False: "no", None: "open"}[found.covered]
        told = "no" if found is not None and found.reason.startswith(FREE) else told  # no letter names it, nor needs to
        yield Answer("coverage", f"{packet.name} document {number + 1} {day}", "yes" if covered else "no", told, "",
                     found.reason if found else "")  # fmt: skip


_COVERED = (False, None, True)
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


def _counted(told: Iterable[Answer]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {}
    for answer in told:
        kept = counts.setdefault(answer.asked, Counter())
        kept["asked"] += 1
        kept["agreed"] += answer.agreed
        kept["uncertain"] += answer.said in ("uncertain", "open")
        kept["passed"] += answer.passed
    return counts


def by_rule(told: Mapping[str, Sequence[Answer]]) -> tables.Table:
    """Each rule from the true text and from the kinds of pictures, by the share agreed in the last of them."""
    counts = {of: _counted(own) for of, own in told.items()}
    last = counts[list(counts)[-1]]
    head = ["rule", "labels"]
    for of in counts:
        begin = f"{of}: " if len(counts) > 1 else ""
        head += [f"{begin}agreed", "uncertain", "fatal defects passed" if len(counts) == 1 else "passed"]
    rows = []
    for rule, c in sorted(last.items(), key=lambda pair: (pair[1]["agreed"] / pair[1]["asked"], pair[0])):
        row = [rule, str(c["asked"])]
        for own in (one[rule] for one in counts.values()):
            row += [f"{own['agreed'] / own['asked']:.2f}", str(own["uncertain"]), str(own["passed"])]
        rows.append(row)
    return tables.Table("By rule", head, rows)


def everything_told(
    packets: Sequence[Packet], shown: Sequence[Pictured], kept: Path | None
) -> Iterator[tuple[str, Packet, list[Answer]]]:
    """Of the true text ("text") and of each kind of damage: a packet with its answers."""
    for packet in packets:
        yield "text", packet, list(answers(packet, judged(packet)))
    for one in shown:
        reports = [pipeline.understand(document_of(picture, kept)) for picture in one.pictures]
        yield one.damage, one.packet, list(answers(one.packet, judged(one.packet, reports)))


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
    parser.add_argument("--pictures", type=Path, metavar="CORPUS", help="pictures of them beside their text")
    parser.add_argument("--damages", nargs="+", default=(), metavar="DAMAGE", help="only these kinds of damage")
    parser.add_argument(
        "--documents", type=Path, metavar="KEPT", help="keep what was read there, and read it from there"
    )
    parser.add_argument("--readme", type=Path, metavar="FILE", help="write the figures between its marks `judging`")
    given = parser.parse_args(arguments)
    if given.mistakes and given.split != "open":
        sys.stderr.write("--mistakes shows open packets alone: who has seen the others can no longer be examined\n")
        return 2
    packets = read_packets(given.split)
    shown: list[Pictured] = []
    if given.pictures:
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        shown = list(pictured(packets, read_manifest(given.pictures), given.damages))
        if not shown:
            sys.stderr.write("no packet has a picture of each of its documents there\n")
            return 2
    told: dict[str, list[Answer]] = {}
    of_each: dict[str, list[Packet]] = {}
    for of, packet, own in everything_told(packets, shown, given.documents):
        told.setdefault(of, []).extend(own)
        of_each.setdefault(of, []).append(packet)
    lines = {of: in_all(own, of_each[of]) for of, own in told.items()}
    out = Console(width=None if sys.stdout.isatty() else 160, soft_wrap=True)
    tables.show([by_rule(told)], [f"{of}: {line}" if shown else line for of, line in lines.items()], out)
    if given.mistakes:
        _show_mistakes(told, out)
    if given.readme and shown:
        page = "\n".join(f"* {of}: {line}" for of, line in lines.items())
        write_between_marks(given.readme, "judging-pictures", page)
    elif given.readme:
        write_between_marks(given.readme, "judging", lines["text"])
    return 0


def _show_mistakes(told: Mapping[str, Sequence[Answer]], out: Console) -> None:
    """Every disagreement; of pictures those that the true text does not have."""
    known = {(a.where, a.asked, a.said) for a in told["text"] if not a.agreed}
    for of, own in told.items():
        for a in own:
            if a.agreed or (of != "text" and (a.where, a.asked, a.said) in known):
                continue
            begin, end = (f"{of}  " if len(told) > 1 else ""), "  (a fatal defect passed)" if a.passed else ""
            line = f"{begin}{a.where}  {a.asked}: {a.true}, said {a.said}{end}  {a.message}"
            out.print(line, markup=False, highlight=False)


if __name__ == "__main__":
    sys.exit(main())
