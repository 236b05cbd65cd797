"""Measure docscan on any folder of documents with truth files (their format: `truth.py`).

    python -m tests.benchmark sample_docs
    python -m tests.benchmark sample_docs ~/my-documents --json measured.json
    python -m tests.benchmark sample_docs --readme README.md        # writes the summary between its marks

Prints, by kind of damage: precision, recall and F1 of the fields, agreement of the rules, how often the kind of
document is right, the share of the words that were read, pages a CPU second against bare OCR of the same pages, and
the most memory that a worker took. How values are compared: `score.py`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from tests.benchmark import measure, tables
from tests.benchmark.truth import read_folder

_FILE_WIDTH = 160  # columns, where the tables go to a file


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmark", description="Measure docscan on folders with truth files."
    )
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--readme", type=Path, help="write the table by damage between its marks in this file")
    parser.add_argument("--name", default="benchmark", help="of those marks: <!-- NAME:start --> (benchmark)")
    parser.add_argument("--fields", nargs="*", default=(), metavar="FIELD", help="fields whose rows go there as well")
    parser.add_argument("--details", type=Path, help="write the tables by field and by rule to this file")
    parser.add_argument("--json", type=Path, help="write everything that was measured to this file")
    parser.add_argument("--workers", type=int, default=2, help="processes (2)")
    parser.add_argument("--no-bare", action="store_true", help="do not measure bare OCR beside it")
    parser.add_argument("--mistakes", action="store_true", help="list every value that was wrong or missed")
    given = parser.parse_args(arguments)
    notes = Console(stderr=True)
    try:
        truths = [truth for folder in given.folders for truth in read_folder(folder)]
    except ValueError as error:
        notes.print(str(error), style="red")
        return 2
    if not truths:
        notes.print("No truth files there: see tests/benchmark/truth.py for what they look like.", style="red")
        return 2
    bare = not given.no_bare
    with Progress(console=notes, transient=True) as progress:
        task = progress.add_task("measuring", total=len(truths) * (1 + bare))
        results = measure.run(truths, workers=given.workers, bare=bare, tick=lambda: progress.advance(task))
    everything, by_damage = tables.sums(truths, results)
    engine = measure.engine() if bare else None
    out = Console(width=None if sys.stdout.isatty() else _FILE_WIDTH)
    tables.show(everything, by_damage, out, bare_engine=engine)
    if given.mistakes:
        tables.show_mistakes(truths, results, Console(soft_wrap=True))
    if given.json:
        given.json.write_text(json.dumps(tables.as_json(everything, by_damage), indent=1, ensure_ascii=False), "utf-8")
    of = " and ".join(folder.name for folder in given.folders)
    if given.details:
        given.details.write_text(f"# Measured on {of}\n\n{tables.details(everything, by_damage)}\n", "utf-8")
    if given.readme:
        try:
            tables.write_between_marks(
                given.readme,
                given.name,
                tables.summary(everything, by_damage, bare_engine=engine, fields=given.fields),
            )
        except ValueError as error:
            notes.print(str(error), style="red")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
