"""What a model changes on documents that it did not learn from: docscan without it and with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from docscan.document import Document
from docscan.extraction import extract
from tests.benchmark.reading.chances import auroc, calibration
from tests.benchmark.score import Counts
from tests.benchmark.tables import write_between_marks
from tests.benchmark.understanding.comparing import Compared, compared
from tests.benchmark.understanding.groups import GROUPS
from tests.golden.measure import Golden, read_goldens

CARD = Path(__file__).parent / "README.md"
_NO_FILE = "none"


class Model(NamedTuple):
    """The name of the module whose `FILE` names the model's, and of its function that remembers it."""

    module: str
    remembered: str


TAGGER = Model("docscan.extraction.tagger", "tagger")


class Figures(NamedTuple):
    """F1 of the values, and of their confidence the calibration error and the area under the ROC curve."""

    f1: float | None
    error: float | None
    ranked: float | None


def difference(model: Model, split: str, shown: Sequence[str], *, card: str | None = None) -> str:
    """A table of what is right without the model and with it, in Markdown; `card`: the marks that it is put between."""
    goldens = read_goldens(split)
    with ProcessPoolExecutor() as pool:
        without = list(pool.map(partial(_compared, model, there=False), goldens, chunksize=8))
        with_it = list(pool.map(partial(_compared, model, there=True), goldens, chunksize=8))
    rows = ["| | F1 | calibration error | AUROC |", "| --- | --- | --- | --- |"]
    for title in shown:
        fields, _ = GROUPS[title]
        before, after = figures(without, fields), figures(with_it, fields)
        cells = (f"{_said(a)} → {_said(b)}" for a, b in zip(before, after, strict=True))
        rows.append(f"| {title} | {' | '.join(cells)} |")
    kinds = " → ".join(_said(kinds_right(told)) for told in (without, with_it))
    rows.append(f"| kind of document, right | {kinds} | | |")
    table = "\n".join(rows) + f"\n\n{len(goldens)} documents of the split “{split}”, as text: without it → with it."
    if card:
        write_between_marks(CARD, card, table)
    return table


def _compared(model: Model, golden: Golden, *, there: bool) -> Compared:
    with nullcontext() if there else left_out(model):
        return compared(golden, extract(Document.from_text(golden.text)))


@contextmanager
def left_out(model: Model) -> Iterator[None]:
    """As where its file is not there."""
    module = import_module(model.module)
    remembered, file = getattr(module, model.remembered), module.FILE
    vars(module)["FILE"] = _NO_FILE
    remembered.cache_clear()
    try:
        yield
    finally:
        vars(module)["FILE"] = file
        remembered.cache_clear()


def figures(told: Sequence[Compared], fields: Sequence[str]) -> Figures:
    counts = Counts()
    for one in told:
        for name in fields:
            counts += one.counts.get(name, Counts())
    judged = [j for one in told for j in one.judged if j.name in fields and j.right is not None]
    sure, right = [j.confidence or 0.0 for j in judged], [bool(j.right) for j in judged]
    found = calibration(sure, [float(one) for one in right])
    return Figures(counts.f1, found.error if found else None, auroc(sure, right))


def kinds_right(told: Sequence[Compared]) -> float:
    return sum(one.kind[0] == one.kind[1] for one in told) / len(told)


def _said(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"
