"""Measure understanding and judging, without reading, on the letters and bills of this folder (format: README.md).

    python -m tests.golden.measure                       # the open documents
    python -m tests.golden.measure --split all          # everything, figures only
    python -m tests.golden.measure --verbose             # every mistake; the open documents alone

Values are compared and counted as in `tests/benchmark/score.py`, with two differences that these truth files ask for:
another wording that the truth allows (`also`) counts as the value itself, and a value beyond those listed is wrong only
in a field that the truth lists completely (`complete`) or says is not there (`absent`).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path
from typing import Any

from rich.console import Console

import docscan
from docscan.document import Extraction
from tests.benchmark import score, tables
from tests.benchmark.measure import Answer
from tests.benchmark.score import Found
from tests.benchmark.truth import TrueField, Truth
from tests.benchmark.workers import peak

FOLDER = Path(__file__).parent
_FILE_WIDTH = 160  # columns, where the tables go to a file


@dataclass(frozen=True, slots=True)
class Golden:
    """A document as text, its truth, the other wordings of each true value in the truth's order, what a reader
    would decide (a treatment is named, a sentence links it, general health is a purpose), and the kinds that are
    right."""

    truth: Truth
    text: str
    split: str
    also: tuple[tuple[Any, ...], ...]
    decisions: Mapping[str, bool]
    kinds: tuple[str, ...]


def read_golden(path: Path) -> Golden:
    data = tomllib.loads(path.read_text("utf-8"))
    truth = Truth(
        path=path,
        damage=data["split"],
        kind=data["kind"],
        as_of=data["as_of"],
        administrator=data["administrator"],
        text=None,  # nothing is read here
        fields=tuple(TrueField(f["name"], f["value"], f.get("assertion", "stated")) for f in data["fields"]),
        absent=frozenset(data["absent"]),
        complete=frozenset(data["complete"]),
        outcomes=dict(data["outcomes"]),
    )
    also = tuple(tuple(f.get("also", ())) for f in data["fields"])
    return Golden(truth, data["text"], data["split"], also, data.get("decisions", {}),
                  (data["kind"], *data.get("kind_also", ())))  # fmt: skip


def read_goldens(split: str = "all") -> list[Golden]:
    """The documents of one split, or of all, letters and bills, by name."""
    everything = [read_golden(path) for path in sorted(FOLDER.glob("[bl]*/*.toml"))]  # bills and letters
    return [golden for golden in everything if split in ("all", golden.split)]


def picture_name(golden: Golden) -> str:
    """The name that pictures of a document bear (`tests/corpus`)."""
    path = golden.truth.path
    return f"{path.parent.name.removesuffix('s')}-{path.stem.replace('_', '-')}"


def answer(golden: Golden) -> Answer:
    """What docscan says of one document. A defect is an answer too: it has nothing right."""
    start = time.process_time()
    try:
        report = docscan.check_text(golden.text, as_of=golden.truth.as_of, administrator=golden.truth.administrator)
    except Exception as error:
        return Answer(failure=type(error).__name__)
    outcomes: dict[str, list[str]] = {}
    for finding in report.findings:
        outcomes.setdefault(finding.rule, []).append(finding.outcome)
    found = [Found(e.name, e.value, e.assertion, e.readings) for e in each_line(report.fields)]
    kind = report.document.kind
    return Answer(
        kind=golden.truth.kind if kind in golden.kinds else kind,
        found=tuple(as_the_truth_counts(golden, found)),
        outcomes=outcomes,
        pages=len(report.document.pages),
        seconds=time.process_time() - start,
        peak=peak(),
    )


def each_line(found: Iterable[Extraction]) -> Iterator[Extraction]:
    """What was found, but of billed lines that are alike in everything each by itself."""
    for one in found:
        yield from repeat(one, len(one.evidence) if one.name == "item" else 1)


def as_the_truth_counts(golden: Golden, found: Sequence[Found]) -> Iterator[Found]:
    """What was found, each in the truth's wording, once; without values that the truth leaves open."""
    given: set[str] = set()
    for one in found:
        match = _match(golden, one)
        closed = one.name in golden.truth.complete | golden.truth.absent
        if match is None and one.value is not None and not closed:
            continue
        as_listed = match is None or (one.name == "item" and score.same("item", match.value, one.value))
        counted = one if match is None or as_listed else replace(one, value=match.value)  # alike lines stay apart
        key = json.dumps([counted.name, counted.value, counted.assertion, counted.readings], default=str)
        if one.name == "item" or key not in given:
            given.add(key)
            yield counted


def _match(golden: Golden, found: Found) -> TrueField | None:
    """The true value that was found: one that is worded just so before one that is alike."""
    alike = [
        true
        for true, others in zip(golden.truth.fields, golden.also, strict=True)
        if (true.name, true.assertion) == (found.name, found.assertion)
        and any(_same(true, wording, found.value) for wording in (true.value, *others))
    ]
    return next((true for true in alike if true.value == found.value), alike[0] if alike else None)


def _same(true: TrueField, wording: Any, found: Any) -> bool:
    if true.name == "item" and isinstance(true.value, Mapping) and not isinstance(wording, Mapping):
        wording = {**true.value, "description": wording}
    return score.same(true.name, wording, found)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.golden.measure", description="Measure docscan on documents given as text."
    )
    parser.add_argument("--split", choices=["open", "held_out", "all"], default="open", help="which split (open)")
    parser.add_argument("--verbose", action="store_true", help="list every mistake; for the open documents alone")
    parser.add_argument("--readme", type=Path, help="write the table between the marks <!-- golden:start/end --> here")
    parser.add_argument("--json", type=Path, help="write everything that was measured to this file")
    given = parser.parse_args(arguments)
    if given.verbose and given.split != "open":
        parser.error(
            "--verbose shows the open documents alone: who has seen the others can no longer be examined by them"
        )
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    goldens = read_goldens(given.split)
    truths = [golden.truth for golden in goldens]
    results = [(answer(golden), None) for golden in goldens]
    everything, by_split = tables.sums(truths, results)
    out = Console(width=None if sys.stdout.isatty() else _FILE_WIDTH)
    tables.show(everything, by_split, out, bare_engine=None, by="split")
    if given.verbose:
        tables.show_mistakes(truths, results, Console(soft_wrap=True))
    if given.readme:
        tables.write_between_marks(
            given.readme, "golden", tables.summary(everything, by_split, bare_engine=None, by="split")
        )
    if given.json:
        given.json.write_text(json.dumps(tables.as_json(everything, by_split), indent=1, ensure_ascii=False), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
