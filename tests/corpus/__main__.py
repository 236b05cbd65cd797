"""Makes the damaged corpus: `python -m tests.corpus FOLDER [--split tune ...] [--damages a,b]`. See README.md."""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from pathlib import Path

from tests.corpus import fonts
from tests.corpus.damages import BY_NAME, DAMAGES, OneOf
from tests.corpus.documents import SPLITS, documents, packet_documents
from tests.corpus.making import write


def table() -> str:
    """The kinds of damage and the ranges of their strengths, for README.md."""
    rows = ["| damage | column | strengths | by |", "| --- | --- | --- | --- |"]
    for damage in DAMAGES:
        spans = []
        for name, span in damage.ranges.items():
            values = (
                "/".join(f"{value:g}" for value in sorted(set(span.values)))
                if isinstance(span, OneOf)
                else f"{span.least:g} to {span.most:g}"
            )
            spans.append(f"{name} {values} ({span.meaning})")
        rows.append(f"| {damage.name} | {damage.group} | {'; '.join(spans) or 'none'} | {damage.by} |")
    return "\n".join(rows) + "\n"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--ranges", action="store_true", help="print the table of README.md and stop")
    parser.add_argument("--packets", action="store_true", help="the documents of the labelled packets, instead")
    parser.add_argument("--split", nargs="+", choices=SPLITS, default=["tune"])
    parser.add_argument(
        "--documents", type=int, help="how many of each split, taken evenly over the kinds; default all"
    )
    parser.add_argument("--only", help="documents by name, with commas between")
    parser.add_argument("--damages", help="kinds of damage by name, with commas between; default all")
    parser.add_argument("--missing", action="store_true", help="make only what the manifest does not have yet")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    if options.ranges:
        sys.stdout.write(table())
        return 0
    if options.folder is None:
        parser.error("a folder is needed")
    names = options.damages.split(",") if options.damages else [damage.name for damage in DAMAGES]
    if unknown := [name for name in names if name not in BY_NAME]:
        parser.error(f"no such damage: {', '.join(unknown)}; there are {', '.join(BY_NAME)}")
    try:
        fonts.check()
    except fonts.FontMissing as missing:
        parser.error(str(missing))
    chosen = []
    for split in options.split:
        everything = packet_documents() if options.packets else documents()
        own = [document for document in everything if document.split == split]
        step = len(own) / min(options.documents or len(own), len(own))
        chosen += [own[int(i * step)] for i in range(round(len(own) / step))]
    chosen.sort(key=lambda document: hashlib.sha256(document.name.encode()).digest())  # all kinds from the start
    if options.only:
        chosen = [document for document in chosen if document.name in options.only.split(",")]
    started, cpu = time.monotonic(), time.process_time()
    many = 0
    damages = [BY_NAME[name] for name in names]
    files = write(options.folder, chosen, damages, seed=options.seed, missing=options.missing)
    for many, file in enumerate(files, 1):
        sys.stderr.write(f"\r{many} of {len(chosen) * len(names)}: {file:<70.70}")
    spent = (time.process_time() - cpu) / max(1, many)
    sys.stderr.write(f"\n{many} pictures, {time.monotonic() - started:.0f} s, {spent:.2f} CPU s a picture\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
