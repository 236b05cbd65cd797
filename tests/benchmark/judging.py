"""What does judging cost beside extracting the same documents? One by one, and as packets of a letter and its bills.

    python -m tests.benchmark.judging                     # the open goldens, all rules of generic-fsa
    python -m tests.benchmark.judging --sample 40 --administrator wex --json judging.json

CPU seconds of this process; each judgement is timed several times over and the middle one counts, because it takes
milliseconds. The aim is a twentieth of extracting at most.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from docscan import checking, extraction
from docscan.document import Claim, Document, Extractions, Report
from docscan.pipeline import understand_text
from tests.benchmark.workers import cpu
from tests.golden.measure import Golden, read_goldens

AIM = 20
"""How many times as much as judging extracting is to cost at least."""
BILLS = (1, 3, 6, 12)
"""How many bills stand beside the letter in the packets that are timed."""

_AS_OF = date(2026, 11, 21)
_BILLS = frozenset({"receipt", "superbill", "eob", "statement", "estimate", "card_slip"})
_TIMES = 5


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds of some documents together, and the share of judging in the worst of them."""

    name: str
    documents: int
    extracting: float
    judging: float
    worst: float

    @property
    def ratio(self) -> float:
        """How many times as much as judging extracting costs."""
        return self.extracting / self.judging if self.judging else float("inf")


@dataclass(frozen=True, slots=True)
class _Read:
    golden: Golden
    report: Report
    extracting: float


def measure(goldens: Sequence[Golden], rules: checking.Ruleset) -> Iterator[Cost]:
    """What each kind of document costs, all of them, and packets of them."""
    _warm_up(rules)
    read = [_read(golden) for golden in goldens]
    alone = [(one, _judging(one.report, rules)) for one in read]
    kinds = {one.golden.truth.kind or "" for one in read}
    for kind in sorted(kinds - {""}):
        yield _sum(kind, [(one.extracting, cost) for one, cost in alone if one.golden.truth.kind == kind])
    yield _sum("all documents", [(one.extracting, cost) for one, cost in alone])
    letters = [one for one in read if one.golden.truth.kind == "lmn"]
    bills = [one for one in read if one.golden.truth.kind in _BILLS]
    for number in BILLS:
        packets = [[letter, *_some(bills, place * number, number)] for place, letter in enumerate(letters)]
        if bills:
            timed = [(sum(one.extracting for one in packet), _together(packet, rules)) for packet in packets]
            yield _sum(f"packets of a letter and {number} bills", timed, each=number + 1)


def _warm_up(rules: checking.Ruleset) -> None:
    report = understand_text("Letter of Medical Necessity\n\nDiagnosis: type 2 diabetes (E11.9)\n\nJane Roe, MD")
    checking.judge(report, rules, as_of=_AS_OF, claim=Claim())


def _read(golden: Golden) -> _Read:
    document = Document.from_text(golden.text)
    found: list[Extractions] = []
    seconds = _timed(lambda: found.append(extraction.extract(document)), times=1)
    return _Read(golden, understand_text(golden.text), seconds)


def _judging(report: Report, rules: checking.Ruleset) -> float:
    return _timed(lambda: checking.judge(report, rules, as_of=_AS_OF, claim=Claim()))


def _together(packet: Sequence[_Read], rules: checking.Ruleset) -> float:
    reports = [one.report for one in packet]
    return _timed(lambda: checking.judge_packet(reports, rules, as_of=_AS_OF, claim=Claim()), times=3)


def _timed(run: Callable[[], object], *, times: int = _TIMES) -> float:
    taken = []
    for _ in range(times):
        start = cpu()
        run()
        taken.append(cpu() - start)
    return median(taken)


def _some(bills: Sequence[_Read], first: int, number: int) -> list[_Read]:
    return [bills[(first + place) % len(bills)] for place in range(number)]


def _sum(name: str, timed: Sequence[tuple[float, float]], *, each: int = 1) -> Cost:
    extracting, judging = (sum(column) for column in zip(*timed, strict=True))
    return Cost(name, each * len(timed), extracting, judging, max(cost / taken for taken, cost in timed))


def table(costs: Sequence[Cost]) -> Table:
    """The costs for a person: milliseconds a document, and how many times as much extracting takes."""
    shown = Table("of", "documents", "extracting, ms each", "judging, ms each", "extracting / judging", "worst")
    for one in costs:
        shown.add_row(
            one.name, str(one.documents), f"{1000 * one.extracting / one.documents:.1f}",
            f"{1000 * one.judging / one.documents:.2f}", f"{one.ratio:.0f}", f"{1 / one.worst:.0f}",
        )  # fmt: skip
    return shown


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmark.judging", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--administrator", default="generic-fsa")
    parser.add_argument("--sample", type=int, metavar="N", help="about so many documents instead of all")
    parser.add_argument("--json", type=Path, help="write what was measured to this file")
    given = parser.parse_args(arguments)
    goldens = read_goldens("open")
    if given.sample:
        goldens = goldens[:: max(1, len(goldens) // given.sample)]
    costs = list(measure(goldens, checking.load(given.administrator)))
    Console().print(table(costs))
    if given.json:
        given.json.write_text(json.dumps([asdict(one) | {"ratio": one.ratio} for one in costs], indent=1), "utf-8")
    missed = [one.name for one in costs if one.ratio < AIM]
    if missed:
        Console(stderr=True).print(f"Judging costs more than 1/{AIM} of extracting: {', '.join(missed)}.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
