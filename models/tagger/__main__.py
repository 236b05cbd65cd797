"""Makes, trains and judges the tagger.

python -m models.tagger show --number 3                     # some of what it learns from, with its labels
python -m models.tagger train                               # writes models/tagger.onnx; needs the group "training"
python -m models.tagger evaluate --split held_out --card    # docscan without it and with it, into README.md
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

SHOWN = ("patient, provider, credential, NPI", "other people", "frequency, duration, session length",
         "total, service date, merchant", "line items", "diagnoses in words")  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m models.tagger", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    steps = parser.add_subparsers(dest="step", required=True)
    show = steps.add_parser("show", help="print lessons, worn by the dice")
    show.add_argument("--seed", type=int, default=1)
    show.add_argument("--number", type=int, default=3)
    train = steps.add_parser("train", help="train and export")
    train.add_argument("--rounds", type=int, help="fewer than settings.toml says, to try")
    train.add_argument("--to", type=Path, help="another file than models/tagger.onnx")
    evaluate = steps.add_parser("evaluate", help="compare what docscan says with it and without")
    evaluate.add_argument(
        "--split", choices=["open", "calibration", "held_out"], default="held_out", help="of tests/golden (held_out)"
    )
    evaluate.add_argument("--card", action="store_true", help="write the figures into models/README.md")
    given = parser.parse_args(arguments)
    if given.step == "show":
        from models.tagger.lessons import lessons
        from models.tagger.wear import marked, worn

        dice = Random(given.seed)
        for lesson in dice.sample(lessons(), given.number):
            print(marked(worn(lesson, dice)), end="\n" + "=" * 80 + "\n")
    elif given.step == "train":
        from models.tagger.train import TARGET
        from models.tagger.train import train as run

        run(given.rounds, given.to or TARGET)
    else:
        from models.difference import TAGGER, difference

        print(difference(TAGGER, given.split, SHOWN, card="tagger" if given.card else None))
    return 0


if __name__ == "__main__":
    sys.exit(main())
