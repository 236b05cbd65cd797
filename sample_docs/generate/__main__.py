"""python -m sample_docs.generate [--only NAME ...] [--into FOLDER]"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sample_docs.generate import make, pages, table


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m sample_docs.generate", description="Make the sample documents.")
    parser.add_argument("--only", nargs="+", metavar="NAME", choices=make.names(), help="only these documents")
    parser.add_argument("--into", type=Path, default=Path(__file__).parents[1], help="folder (default: sample_docs)")
    chosen = parser.parse_args()
    with pages.printer() as print_page:
        for name in chosen.only or make.names():
            made = make.make(name, print_page)
            (chosen.into / made.file).write_bytes(made.data)
            (chosen.into / f"{name}.toml").write_text(made.truth)
            sys.stdout.write(f"{made.file}  {len(made.data) // 1024} kB\n")
    if chosen.only is None:
        table.write(chosen.into)
    return 0


if __name__ == "__main__":
    sys.exit(main())
