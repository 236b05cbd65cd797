"""Trains and examines the reader of meaning.

python -m models.meaning train               # writes models/meaning.onnx; needs the group "training"
python -m models.meaning evaluate --card     # cross-examined, into README.md
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m models.meaning", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    steps = parser.add_subparsers(dest="step", required=True)
    train = steps.add_parser("train", help="train and export")
    train.add_argument("--to", type=Path, help="another file than models/meaning.onnx")
    evaluate = steps.add_parser("evaluate", help="ask what ships about the rows it was not shown")
    evaluate.add_argument("--model", type=Path, help="another file than models/meaning.onnx")
    evaluate.add_argument("--card", action="store_true", help="write the figures into models/README.md")
    given = parser.parse_args(arguments)
    from docscan.neural.meaning import FILE

    shipped = Path(__file__).parents[1] / FILE
    if given.step == "train":
        from models.meaning.train import train as run

        run(given.to or shipped)
    else:
        from models.meaning.evaluate import evaluated

        print(evaluated(given.model or shipped, card=given.card))
    return 0


if __name__ == "__main__":
    sys.exit(main())
