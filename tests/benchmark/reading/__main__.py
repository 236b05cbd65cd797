"""Measure reading alone: on a damaged corpus with known text, and on real receipts.

    python -m tests.benchmark.reading CORPUS                                  # the split that may be looked at
    python -m tests.benchmark.reading CORPUS --split report --readme README.md --json measured.json
    python -m tests.benchmark.reading CORPUS --sample 60 --damages phone_shadow --mistakes
    python -m tests.benchmark.reading CORPUS --sample 60 --curve DOCSCAN_EFFORT=0,1,2,3,4
    python -m tests.benchmark.reading --receipts RECEIPTS --split report

CORPUS: a folder with `manifest.jsonl` (`manifest.py`). RECEIPTS: one with `truth.jsonl` (`receipts.py`). What is
compared how: `exactness.py`, `boxes_ticked.py`. What the cost is compared with: `measuring.py`.

Of the split `tune` anything may be looked at; of `report` and `sealed` only figures are shown.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from docscan.errors import SettingsError
from docscan.settings import read_settings
from tests.benchmark.reading import measuring, sums, tables
from tests.benchmark.reading.chances import wilson
from tests.benchmark.reading.manifest import GROUPS, SPLITS, Picture, chosen, read_manifest
from tests.benchmark.reading.receipts import read_receipts, stands, stands_within
from tests.benchmark.reading.sums import Figure, Scored, Sum, by
from tests.benchmark.reading.tables import CurvePoint, Table
from tests.benchmark.tables import write_between_marks

_FILE_WIDTH = 200  # columns, where the tables go to a file
_SCHEMA = "docscan.reading-benchmark/1"


def main(arguments: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    told = Console(stderr=True)
    if refusal := _refusal(given):
        told.print(refusal, style="red", markup=False)
        return 2
    try:
        for name, value in _settings(given):
            os.environ[name] = value
            read_settings()
    except SettingsError as error:
        told.print(str(error), style="red", markup=False)
        return 2
    os.environ.update(given.setting)
    out = Console(width=None if sys.stdout.isatty() else _FILE_WIDTH)
    everything: dict[str, Any] = {"schema": _SCHEMA, "split": given.split, "settings": dict(given.setting)}
    try:
        if given.folder:
            pictures = chosen(
                read_manifest(given.folder), split=given.split, documents=given.documents,
                damages=given.damages, sample=given.sample, seed=given.seed,
            )  # fmt: skip
            if not pictures:
                raise ValueError("no picture of the manifest is asked for")
            everything |= _curve(pictures, given, out) if given.curve else _corpus(pictures, given, out)
        if given.receipts:
            everything["receipts"] = _receipts(given, out)
    except ValueError as error:
        told.print(str(error), style="red", markup=False)
        return 2
    if given.json:
        given.json.write_text(json.dumps(everything, indent=1, ensure_ascii=False), "utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmark.reading", description="Measure reading on a damaged corpus and on receipts."
    )
    parser.add_argument("folder", nargs="?", type=Path, metavar="CORPUS", help="a folder with manifest.jsonl")
    parser.add_argument("--receipts", type=Path, metavar="FOLDER", help="a folder of receipts with truth.jsonl")
    parser.add_argument("--split", choices=SPLITS, default="tune", help="which part of the documents (tune)")
    parser.add_argument("--documents", type=int, metavar="N", help="only the first N documents")
    parser.add_argument("--damages", nargs="+", default=(), metavar="DAMAGE", help="only these kinds of damage")
    parser.add_argument("--sample", type=int, metavar="K", help="K pictures at random, all kinds of damage alike")
    parser.add_argument("--seed", type=int, default=0, help="of that choice (0)")
    parser.add_argument("--workers", type=int, default=2, help="documents read at once (2)")
    parser.add_argument(
        "--setting", type=_setting, action="append", default=[], metavar="NAME=VALUE", help="for the workers"
    )
    parser.add_argument(
        "--curve",
        type=_setting,
        metavar="NAME=A,B,C",
        nargs="?",
        const=("DOCSCAN_EFFORT", "0,1,2,3,4"),
        help="accuracy against cost over these values of a setting (DOCSCAN_EFFORT=0,1,2,3,4)",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything that was measured to this file")
    parser.add_argument(
        "--readme", type=Path, metavar="FILE",
        help="write the tables between the marks reading, reading-curve or reading-receipts of this file",
    )  # fmt: skip
    parser.add_argument("--mistakes", action="store_true", help="list what was misread; refused unless tune")
    parser.add_argument("--save-words", type=Path, metavar="DIR", help="write each picture's words; not of sealed")
    return parser


def _setting(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not (name and sign and value):
        raise argparse.ArgumentTypeError(f"{text} is not NAME=VALUE")
    return name, value


def _settings(given: argparse.Namespace) -> list[tuple[str, str]]:
    """Every setting with every value that it is to have."""
    curve = [(given.curve[0], value) for value in given.curve[1].split(",")] if given.curve else []
    return [*given.setting, *curve]


def _refusal(given: argparse.Namespace) -> str | None:
    if not (given.folder or given.receipts):
        return "Name a corpus, or receipts by --receipts."
    if given.mistakes and given.split != "tune":
        return f"--mistakes is refused: the documents of the split {given.split} may not be looked at, only tune's."
    if given.save_words and given.split == "sealed":
        return "--save-words is refused: nothing may be fitted to the split sealed."
    return None


def _measured(jobs: Sequence[measuring.Job], given: argparse.Namespace) -> list[measuring.Measured]:
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=len(jobs))
        return measuring.measure(jobs, workers=given.workers, tick=lambda: progress.advance(task))


def _scored(pictures: Sequence[Picture], given: argparse.Namespace) -> list[Scored]:
    measured = _measured([measuring.job_of(picture) for picture in pictures], given)
    return [sums.scored(picture, one) for picture, one in zip(pictures, measured, strict=True)]


def _corpus(pictures: Sequence[Picture], given: argparse.Namespace, out: Console) -> dict[str, Any]:
    found = _scored(pictures, given)
    if given.save_words:
        _save_words(found, given.save_words)
    groups = {**by(found, lambda p: p.group, GROUPS), "all": Sum(found)}
    damages = by(found, lambda p: p.damage)
    kinds = by(found, lambda p: p.kind)
    quality = sums.quality(found)
    costly = [one for one in found if one.picture.group != "digital"]
    digital = [one for one in found if one.picture.group == "digital"]
    by_group, by_damage = tables.accuracy("group", groups), tables.accuracy("damage", damages)
    notes = [
        *tables.notes(groups["all"], measuring.bare_name(), given.split), *tables.quality_notes(quality)
    ]  # fmt: skip
    tables.show(
        [
            by_group, by_damage, tables.accuracy("kind", kinds), tables.problems(damages), tables.ranking(quality),
            tables.reliability("Reliability of page.quality", quality.by_recall, "page.quality"),
            tables.reliability("Reliability of word.confidence", quality.of_words, "word.confidence"),
            tables.steps("pictures", costly, grouped=True), tables.steps("pictures", costly, grouped=False),
            tables.steps("digital pages", digital, grouped=False),
        ],
        notes, out,
    )  # fmt: skip
    if given.mistakes:
        _show_mistakes(found, Console(soft_wrap=True))
    if given.readme:
        short = tables.brief(by_damage)
        write_between_marks(given.readme, "reading", tables.page([by_group, short], notes))
    return {
        "groups": {name: one.as_json() for name, one in groups.items()},
        "damages": {name: one.as_json() for name, one in damages.items()},
        "kinds": {name: one.as_json() for name, one in kinds.items()},
        "quality": sums.quality_as_json(quality),
        "steps": [step.as_json() for step in sums.spent_on(costly, grouped=False)],
        "digital_steps": [step.as_json() for step in sums.spent_on(digital, grouped=False)],
    }


def _curve(pictures: Sequence[Picture], given: argparse.Namespace, out: Console) -> dict[str, Any]:
    name, values = given.curve
    points = []
    for value in values.split(","):
        os.environ[name] = value
        found = _scored(pictures, given)
        points.append(CurvePoint(f"{name}={value}", Sum(found), by(found, lambda p: p.group, GROUPS)))
    table = tables.curve(points)
    told = tables.curve_notes(points, measuring.bare_name(), given.split)
    tables.show([table], told, out)
    if given.readme:
        write_between_marks(given.readme, "reading-curve", tables.page([table], told))
    return {
        "curve": [
            {"setting": p.setting, "all": p.everything.as_json(),
             "groups": {group: one.as_json() for group, one in p.groups.items()}}
            for p in points
        ]
    }  # fmt: skip


def _receipts(given: argparse.Namespace, out: Console) -> dict[str, Any]:
    receipts = [receipt for receipt in read_receipts(given.receipts) if receipt.split == given.split]
    measured = _measured([measuring.Job(receipt.path) for receipt in receipts], given)
    read = [[w.text for p in m.read.document.pages for w in p.words] if m.read.document else [] for m in measured]
    rows: list[list[str]] = []
    figures: dict[str, Any] = {"receipts": len(receipts), "shops": len({receipt.shop for receipt in receipts})}
    for what in ("total", "date"):
        wanted = [receipt.totals if what == "total" else receipt.dates for receipt in receipts]
        known = [n for n, ways in enumerate(wanted) if ways]
        right = [n for n in known if stands(wanted[n], read[n])]
        within = [n for n in known if n in right or stands_within(wanted[n], read[n])]
        bare = [n for n in known if stands(wanted[n], measured[n].beside.words)]
        share = Figure(len(right) / len(known) if known else None, wilson(len(right), len(known)))
        loose, plain = (len(some) / len(known) if known else None for some in (within, bare))
        rows.append([what, str(len(known)), tables.figure(share), tables.rate(loose), tables.rate(plain)])
        figures[what] = {**share.as_json(), "within_words": loose, "bare": plain, "known": len(known)}
        if given.mistakes:
            for n in set(known) - set(right):
                ways = " or ".join(" ".join(way) for way in sorted(wanted[n]))
                print(f"{receipts[n].path.name}: {what} {ways} was not read exactly")
    seconds = sum(m.read.seconds for m in measured)
    beside = sum(m.beside.seconds for m in measured)
    ratio = seconds / beside if beside else None
    figures |= {"cpu_ratio": ratio, "peak_bytes": max((m.read.peak for m in measured), default=0)}
    table = Table(
        "Real receipts", ["token", "receipts", "stands exactly among the words", "or within a word", "bare: exactly"],
        rows,
    )  # fmt: skip
    notes = [
        f"{len(receipts)} receipts of {figures['shops']} shops: the split “{given.split}”, in which no shop of another "
        "split is; in brackets the 95 % interval (Wilson).",
        f"CPU × bare ({measuring.bare_name()}): {tables.times(ratio)}. Most memory of a worker: "
        f"{figures['peak_bytes'] / 2**20:.0f} MiB.",
    ]
    tables.show([table], notes, out)
    if given.readme:
        write_between_marks(given.readme, "reading-receipts", tables.page([table], notes))
    return figures


def _show_mistakes(found: Sequence[Scored], out: Console) -> None:
    """What the documents say: keep it as carefully as the documents."""
    for one in found:
        lines = [f"{k.key.kind} {k.key.text}: {k.outcome}" + (f", read {k.instead}" if k.instead else "")
                 for k in one.keys if k.outcome != "right"]  # fmt: skip
        unread, strange = sums.differing(one)
        if unread:
            lines.append(f"not read: {' '.join(unread)}")
        if strange:
            lines.append(f"read, but not there: {' '.join(strange)}")
        if one.boxes:
            lines += [f"check box “{box.label}” ({box.state}): {state}"
                      for box, state in zip(one.picture.check_boxes, one.boxes.states, strict=True)
                      if state != "right"]  # fmt: skip
        if one.said != one.picture.signed and one.picture.signed is not None:
            lines.append(f"signature {one.picture.signature}: {sums.said(one.said)}")
        if one.measured.read.failure:
            lines.append(f"failed: {one.measured.read.failure}")
        if one.measured.beside.failure:
            lines.append(f"beside: {one.measured.beside.failure}")
        if lines:
            estimate = sums.page_estimates(one.measured.read.document).get("page.quality")
            head = f"{one.picture.path.name}: word recall {one.recall:.3f}, page.quality {tables.rate(estimate)}"
            out.print(head, style="bold", markup=False)
            for line in lines:
                out.print("  " + line, markup=False, highlight=False)


def _save_words(found: Sequence[Scored], folder: Path) -> None:
    """One JSON file a picture: what was read, how sure, and what is true."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(found):
        path = folder / f"{number:05d}-{one.picture.path.stem}.json"
        path.write_text(json.dumps(sums.words_as_json(one), ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
