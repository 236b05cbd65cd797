"""Makes, trains and judges the tagger.

python -m models.tagger show --seed 1 --documents 3         # what it learns from, with its labels
python -m models.tagger train                               # writes models/tagger.onnx; needs the group "training"
python -m models.tagger evaluate --card                     # against the rules, into README.md
python -m models.tagger evaluate --pictures FOLDER --card   # and on pictures, as tests.corpus makes them
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m models.tagger", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    steps = parser.add_subparsers(dest="step", required=True)
    show = steps.add_parser("show", help="print training documents")
    show.add_argument("--seed", type=int, default=1)
    show.add_argument("--documents", type=int, default=3)
    train = steps.add_parser("train", help="train and export")
    train.add_argument("--documents", type=int, help="fewer than settings.toml says, to try")
    train.add_argument("--to", type=Path, help="another file than models/tagger.onnx")
    evaluate = steps.add_parser("evaluate", help="compare rules, tagger and both")
    evaluate.add_argument("--pictures", type=Path, help="pictures of the documents, as made by tests.corpus")
    evaluate.add_argument(
        "--split", choices=["open", "calibration", "held_out"], default="calibration", help="of tests/golden"
    )
    evaluate.add_argument("--card", action="store_true", help="write the figures into models/README.md")
    given = parser.parse_args(arguments)
    if given.step == "show":
        from models.tagger.write import documents, marked

        for document in documents(given.seed, given.documents):
            print(marked(document), end="\n" + "=" * 80 + "\n")
    elif given.step == "train":
        from models.tagger.train import TARGET
        from models.tagger.train import train as run

        run(given.documents, given.to or TARGET)
    else:
        from models.tagger.evaluate import run as judge

        print(judge(given.pictures, card=given.card, split=given.split))
    return 0


if __name__ == "__main__":
    sys.exit(main())
