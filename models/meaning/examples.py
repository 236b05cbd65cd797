"""The examples that the reader of meaning learns from: `sentences.tsv`, `lines.tsv`, `pairs.tsv`, one a row.

All are invented. To teach it something, add rows in a wording that no row has yet. Beside them stand the sentences of
open golden letters of which it is known what they do not do.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from docscan.neural.meaning import LABELS, Task

HERE: Final = Path(__file__).parent
BLOCK: Final = 25
"""So many rows that follow each other are of one kind of paper: they are learned from, or examined on, together."""
LEFT_OUT, OF = 0, 6
"""Of every `OF` blocks of examples the one of this number is kept for examining what ships."""
_SHORTEST = 8  # signs of a sentence
_MISTAKEN = dict(zip("olisembgnta", ("0", "1", "l", "5", "c", "rn", "h", "q", "u", "f", "o"), strict=True))


class Example(NamedTuple):
    """`labels` of one of the three tasks, those that are right; `second` of a pair alone; `known`: the labels of which
    it is known whether they are, None for all."""

    task: Task
    labels: frozenset[str]
    first: str
    second: str
    block: int
    known: frozenset[str] | None = None


def examples() -> Iterator[Example]:
    """Every row; refuses one that is not whole."""
    for task, names in LABELS.items():
        rows = (HERE / f"{task}.tsv").read_text("utf-8").splitlines()
        for number, row in enumerate(rows):
            told, *texts = row.split("\t")
            labels = frozenset(told.split(","))
            if len(texts) != (2 if task == "pairs" else 1) or not labels <= set(names) or not all(texts):
                raise SystemExit(f"{task}.tsv, row {number + 1}: not a row of this table")
            yield Example(task, labels, texts[0], texts[1] if task == "pairs" else "", number // BLOCK)


def elsewhere() -> Iterator[Example]:
    """The sentences of open golden letters that say nowhere how the treatment helps, or praise no general health."""
    from docscan.document import Document
    from docscan.extraction.text.annotated import AnnotatedText
    from tests.golden.measure import read_goldens

    denied = {"link_stated": "link", "general_health": "general"}
    for number, golden in enumerate(read_goldens("open")):
        never = frozenset(label for asked, label in denied.items() if golden.decisions.get(asked) is False)
        if "link" not in never:
            continue
        text = AnnotatedText(Document.from_text(golden.text))
        for sentence in text.sentences:
            words = " ".join(text.flat[sentence.start : sentence.end].split())
            if len(words) > _SHORTEST and len(words.split()) > 2:
                yield Example("sentences", frozenset(), words, "", number, never)


def worn(text: str, dice: Random, how: dict[str, float]) -> str:
    """A text as it might also be printed, or read."""
    drawn = dice.random()
    if drawn < how["capitals"]:
        text = text.upper()
    elif drawn < how["capitals"] + how["lower"]:
        text = text.lower()
    if dice.random() < how["misread"]:
        text = "".join(_misread(sign, dice) if dice.random() < how["rate"] else sign for sign in text)
    words = text.split(" ")
    if len(words) > 8 and dice.random() < how["cut"]:
        text = " ".join(words[: dice.randint(6, len(words))])
    return text


def _misread(sign: str, dice: Random) -> str:
    drawn = dice.random()
    if drawn < 0.6:
        return _MISTAKEN.get(sign.lower(), sign)
    return "" if drawn < 0.8 else f"{sign} "
