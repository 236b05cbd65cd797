"""Learns and judges the readers of kinds, amounts, dates and times.

python -m models.readers train                              # writes models/readers.npz; needs the group "training"
python -m models.readers evaluate --split held_out --card   # with and without them, into README.md
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

SHOWN = ("frequency, duration, session length", "dates of letters", "other dates", "total, service date, merchant",
         "line items", "other money")  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m models.readers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    steps = parser.add_subparsers(dest="step", required=True)
    steps.add_parser("train", help="learn from the open documents")
    evaluate = steps.add_parser("evaluate", help="compare what docscan says with them and without")
    evaluate.add_argument(
        "--split", choices=["open", "calibration", "held_out"], default="held_out", help="of tests/golden (held_out)"
    )
    evaluate.add_argument("--card", action="store_true", help="write the figures into models/README.md")
    given = parser.parse_args(arguments)
    if given.step == "train":
        from models.readers.train import train

        print(train())
    else:
        from models.difference import Model, difference

        model = Model("docscan.extraction.linear", "readers")
        print(difference(model, given.split, SHOWN, card="readers" if given.card else None))
    return 0


if __name__ == "__main__":
    sys.exit(main())
