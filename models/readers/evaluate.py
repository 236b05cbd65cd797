"""What the readers change on documents that they did not learn from: docscan without them and with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from docscan.document import Document
from docscan.extraction import extract, linear
from tests.benchmark.reading.chances import auroc, calibration
from tests.benchmark.score import Counts
from tests.benchmark.tables import write_between_marks
from tests.benchmark.understanding.comparing import Compared, compared
from tests.benchmark.understanding.groups import GROUPS
from tests.golden.measure import Golden, read_goldens

CARD = Path(__file__).parents[1] / "README.md"
_SHOWN = ("frequency, duration, session length", "dates of letters", "other dates", "total, service date, merchant",
          "line items", "other money")  # fmt: skip


class Figures(NamedTuple):
    """F1 of the values, and of their confidence the calibration error and the area under the ROC curve."""

    f1: float | None
    error: float | None
    ranked: float | None


def evaluated(split: str, *, card: bool) -> str:
    """A table of what is right without the readers and with them, as Markdown."""
    goldens = read_goldens(split)
    with _no_readers():
        without = _all_compared(goldens)
    with_them = _all_compared(goldens)
    rows = ["| | F1 | calibration error | AUROC |", "| --- | --- | --- | --- |"]
    for title in _SHOWN:
        fields, _ = GROUPS[title]
        before, after = figures(without, fields), figures(with_them, fields)
        cells = (f"{_said(a)} → {_said(b)}" for a, b in zip(before, after, strict=True))
        rows.append(f"| {title} | {' | '.join(cells)} |")
    kinds = " → ".join(_said(kinds_right(told)) for told in (without, with_them))
    rows.append(f"| kind of document, right | {kinds} | | |")
    table = (
        "\n".join(rows) + f"\n\n{len(goldens)} documents of the split “{split}”, as text: without the readers → with."
    )
    if card:
        write_between_marks(CARD, "readers", table)
    return table


@contextmanager
def _no_readers() -> Iterator[None]:
    """As where their file is not there."""
    file, linear.FILE = linear.FILE, "none"
    linear.readers.cache_clear()
    try:
        yield
    finally:
        linear.FILE = file
        linear.readers.cache_clear()


def _all_compared(goldens: Sequence[Golden]) -> list[Compared]:
    return [compared(golden, extract(Document.from_text(golden.text))) for golden in goldens]


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
