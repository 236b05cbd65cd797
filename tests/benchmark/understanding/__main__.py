"""Measure understanding: what docscan finds in documents by many hands, against their labels.

    python -m tests.benchmark.understanding                             # the open documents, from true text
    python -m tests.benchmark.understanding --mistakes --fields frequency duration
    python -m tests.benchmark.understanding --split held_out --readme README.md
    python -m tests.benchmark.understanding --pictures CORPUS --damages scan_300 fax_fine

The documents are those of `tests/golden`; CORPUS is what `python -m tests.corpus` makes of them. Of the splits
that are not open only figures are shown: who has seen a mistake there can no longer be examined by them.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from tests.benchmark.reading import tables
from tests.benchmark.reading.chances import Part, auroc, auroc_by_document, by_document, calibration
from tests.benchmark.reading.manifest import read_manifest
from tests.benchmark.reading.tables import Table
from tests.benchmark.score import Counts
from tests.benchmark.tables import write_between_marks
from tests.benchmark.understanding import groups, measuring
from tests.benchmark.understanding.comparing import Compared, compared
from tests.benchmark.understanding.groups import GROUPS
from tests.benchmark.understanding.measuring import Job, Understood
from tests.golden.measure import Golden, picture_name, read_goldens

_FILE_WIDTH = 180  # columns, where the tables go to a file


@dataclass(frozen=True, slots=True)
class Scored:
    """A document (or a picture of it) with what was understood and how right that is. `of`: "text" or the damage."""

    golden: Golden
    of: str
    understood: Understood
    compared: Compared | None


def main(arguments: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    if given.mistakes and given.split != "open":
        sys.stderr.write(
            "--mistakes shows open documents alone: who has seen the others can no longer be examined by them\n"
        )
        return 2
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    scored = measured(given)
    if not scored:
        sys.stderr.write("no document is asked for\n")
        return 2
    if given.keep:
        given.keep.write_bytes(pickle.dumps(scored))
    out = Console(width=None if sys.stdout.isatty() else _FILE_WIDTH)
    told = [_by_group(scored, bool(given.pictures)), _decisions(scored), _confidence(scored)]
    notes = _notes(scored, given)
    tables.show([*told, _by_field(scored)], notes, out)
    if given.mistakes:
        _show_mistakes(scored, given.fields or (), Console(soft_wrap=True))
    if given.readme:
        name = "understanding-pictures" if given.pictures else "understanding"
        write_between_marks(given.readme, name, tables.page(told, notes))
    if given.json:
        given.json.write_text(json.dumps(_as_json(scored), indent=1, ensure_ascii=False), "utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmark.understanding", description="Measure what docscan understands of documents."
    )
    parser.add_argument("--split", choices=["open", "calibration", "held_out"], default="open", help="which (open)")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="documents by the names of their files")
    parser.add_argument("--pictures", type=Path, metavar="CORPUS", help="pictures of them, in place of their text")
    parser.add_argument("--damages", nargs="+", default=(), metavar="DAMAGE", help="only these kinds of damage")
    parser.add_argument("--workers", type=int, default=2, help="documents at once (2)")
    parser.add_argument("--mistakes", action="store_true", help="list every mistake; of the open documents alone")
    parser.add_argument("--fields", nargs="+", metavar="FIELD", help="list the mistakes in these alone")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="keep what was found there, for fitting")
    parser.add_argument("--readme", type=Path, help="write the tables between the marks of this file")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything that was measured to this file")
    return parser


def measured(given: argparse.Namespace) -> list[Scored]:
    """Every document that is asked for, understood and compared with its label."""
    goldens = {
        picture_name(golden): golden
        for golden in read_goldens(given.split)
        if not given.only or golden.truth.path.stem in given.only
    }
    jobs: list[tuple[Golden, str, Job]] = []
    if given.pictures:
        for picture in read_manifest(given.pictures):
            if picture.document in goldens and (not given.damages or picture.damage in given.damages):
                jobs.append((goldens[picture.document], picture.damage, Job(None, picture.path)))
    else:
        jobs = [(golden, "text", Job(golden.text)) for golden in goldens.values()]
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("understanding", total=len(jobs))
        answers = measuring.measure(
            [job for _, _, job in jobs], workers=given.workers, tick=lambda: progress.advance(task)
        )
    return [
        Scored(golden, of, one, compared(golden, one.said) if one.said else None)
        for (golden, of, _), one in zip(jobs, answers, strict=True)
    ]


def _counts(scored: Sequence[Scored], names: Sequence[str]) -> Counts:
    return sum((s.compared.counts.get(n, Counts()) for s in scored if s.compared for n in names), Counts())


def _interval(scored: Sequence[Scored], names: Sequence[str]) -> str:
    """The 95 % interval of F1, by drawing whole documents anew: F1 is 2 right of 2 right + wrong + missed."""
    parts = []
    for s in scored:
        c = _counts([s], names)
        parts.append(Part(s.golden.truth.path.stem, 2 * c.right, 2 * c.right + c.wrong + c.missed))
    found = by_document(parts)
    return f"{found.low:.3f} to {found.high:.3f}" if found else "–"


def _by_group(scored: Sequence[Scored], pictures: bool) -> Table:
    rows = []
    for title, (names, aim) in GROUPS.items():
        c = _counts(scored, names)
        wanted = "–" if aim is None else f"{aim.pictures if pictures else aim.text:.2f}"
        rows.append([title, str(c.right + c.missed), tables.rate(c.precision), tables.rate(c.recall),
                     tables.rate(c.f1), _interval(scored, names), wanted, str(c.offered)])  # fmt: skip
    return Table("Fields", ["fields", "true values", "precision", "recall", "F1", "95 % interval", "aim",
                            "only offered"], rows)  # fmt: skip


def _by_field(scored: Sequence[Scored]) -> Table:
    names = sorted({n for s in scored if s.compared for n in s.compared.counts})
    rows = []
    for name in names:
        c = _counts(scored, [name])
        if c.right or c.wrong or c.missed:
            rows.append([name, str(c.right), str(c.wrong), str(c.missed), str(c.offered), tables.rate(c.f1)])
    return Table("By field", ["field", "right", "wrong", "missed", "offered", "F1"], rows)


def _decisions(scored: Sequence[Scored]) -> Table:
    cases: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for s in scored:
        if s.compared is None:
            continue
        stem = s.golden.truth.path.stem
        for name, (true, said) in s.compared.decisions.items():
            cases[name.replace("_", " ")].append((stem, true == said))
        cases["assertion of diagnoses"] += [(stem, set(said) == {true}) for _, true, said in s.compared.assertions]
        cases["kind of document"].append((stem, s.compared.kind[0] == s.compared.kind[1]))
    rows = []
    for name, answers in sorted(cases.items()):
        aim = {"assertion of diagnoses": groups.ASSERTION_AIM, "kind of document": groups.KIND_AIM}
        right = sum(ok for _, ok in answers)
        interval = by_document([Part(stem, ok, 1) for stem, ok in answers])
        rows.append([name, str(len(answers)), f"{right / len(answers):.3f}",
                     f"{interval.low:.3f} to {interval.high:.3f}" if interval else "–",
                     f"{aim.get(name, groups.DECISION_AIM):.2f}"])  # fmt: skip
    return Table("Decisions", ["decision", "cases", "right", "95 % interval", "aim"], rows)


def _confidence(scored: Sequence[Scored]) -> Table:
    rows = []
    for title, (names, _) in GROUPS.items():
        said: list[float] = []
        right: list[bool] = []
        stems: list[str] = []
        for s in scored:
            for j in s.compared.judged if s.compared else ():
                if j.name in names and j.right is not None and j.confidence is not None:
                    said.append(j.confidence)
                    right.append(j.right)
                    stems.append(s.golden.truth.path.stem)
        error = calibration(said, [float(r) for r in right])
        ranked, interval = auroc(said, right), auroc_by_document(stems, said, right)
        spread = f"{interval.low:.2f} to {interval.high:.2f}" if interval else "–"
        wrong, missed_by = len(said) - sum(right), error.error if error else None
        rows.append([title, str(len(said)), str(wrong), tables.rate(missed_by), tables.rate(ranked), spread])
    return Table(
        f"Confidence (aims: error at most {groups.CALIBRATION_AIM}, AUROC {groups.RANKING_AIM})",
        ["fields", "values", "of them wrong", "calibration error", "AUROC", "95 % interval"], rows,
    )  # fmt: skip


def _notes(scored: Sequence[Scored], given: argparse.Namespace) -> list[str]:
    documents = {s.golden.truth.path.stem for s in scored}
    what = f"{len(scored)} pictures of {len(documents)} documents" if given.pictures else f"{len(documents)} documents"
    notes = [
        f"{what} of the split “{given.split}”. Values are compared exactly after normalisation, names without "
        "regard to case and marks, diagnoses in words and descriptions of items loosely; the intervals draw "
        "whole documents anew."
    ]
    extraction = sum(s.understood.extraction for s in scored) / len(scored)
    reading = sum(s.understood.reading for s in scored) / len(scored)
    told = f"Text to fields costs {1000 * extraction:.0f} ms of CPU a document"
    notes.append(told + (f", {extraction / reading:.2f} of reading it." if reading else "."))
    if failures := [s.understood.failure for s in scored if s.understood.failure]:
        notes.append(f"{len(failures)} failed: {', '.join(sorted(set(failures)))}")
    return notes


def _show_mistakes(scored: Sequence[Scored], fields: Sequence[str], out: Console) -> None:
    for s in scored:
        if s.compared is None:
            out.print(f"{s.golden.truth.path.stem} ({s.of}): {s.understood.failure}", markup=False)
            continue
        lines = []
        true, said = s.compared.kind
        if true != said and (not fields or "kind" in fields):
            lines.append(f"kind {true} taken for {said}")
        lines += [f"{n}: true {t}, said {a}" for n, (t, a) in s.compared.decisions.items()
                  if t != a and (not fields or n in fields)]  # fmt: skip
        lines += [f"assertion of {v}: {t}, said {', '.join(a)}" for v, t, a in s.compared.assertions
                  if set(a) != {t} and (not fields or "assertion" in fields)]  # fmt: skip
        lines += [f"{m.name} missed: {m.value} {'' if m.assertion == 'stated' else m.assertion}"
                  for m in s.compared.missed if not fields or m.name in fields]  # fmt: skip
        lines += [f"{j.name} wrong: {j.extraction.value} ({j.confidence}, from {j.extraction.raw[:60]!r})"
                  for j in s.compared.judged if j.right is False and (not fields or j.name in fields)]  # fmt: skip
        if lines:
            out.print(f"{s.golden.truth.path.stem} ({s.of})", style="bold", markup=False)
            out.print(*(f"  {line}" for line in lines), sep="\n", markup=False)


def _as_json(scored: Sequence[Scored]) -> dict[str, Any]:
    names = sorted({n for s in scored if s.compared for n in s.compared.counts})
    return {
        "schema": "docscan.understanding-benchmark/1",
        "documents": len(scored),
        "fields": {n: {"right": c.right, "wrong": c.wrong, "missed": c.missed, "offered": c.offered, "f1": c.f1}
                   for n in names for c in [_counts(scored, [n])]},
        "groups": {g: _counts(scored, n).f1 for g, (n, _) in GROUPS.items()},
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
