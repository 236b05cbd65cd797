"""The rows that the reader of meaning learns from are whole, and no label is without examples."""

from __future__ import annotations

from collections import Counter
from random import Random

from docscan.neural.meaning import LABELS
from models.meaning.examples import LEFT_OUT, OF, examples, worn
from models.meaning.settings import settings


def test_every_label_has_examples_to_learn_from_and_to_be_examined_on() -> None:
    counts = Counter((one.task, label, one.block % OF == LEFT_OUT) for one in examples() for label in one.labels)
    assert all(
        counts[task, label, kept] for task, labels in LABELS.items() for label in labels for kept in (True, False)
    )


def test_a_worn_text_is_still_there() -> None:
    dice = Random(3)  # noqa: S311 - dice
    assert all(worn("massage of the neck, 60 minutes", dice, settings()["wear"]) for _ in range(200))
