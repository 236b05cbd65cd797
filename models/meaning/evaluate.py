"""How well what ships answers rows that it was not shown: whole blocks of `sentences.tsv`, `lines.tsv`, `pairs.tsv`.

A block is of one writer and one kind of paper, but its writer has other blocks among what was learned: writers that it
never saw are asked by `tests/golden`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from docscan.neural.meaning import LABELS, Chances, Meaning, Task
from models.meaning.examples import LEFT_OUT, OF, Example, examples
from tests.benchmark.reading.chances import auroc, calibration
from tests.benchmark.tables import write_between_marks

CARD = Path(__file__).parents[1] / "README.md"
_LIKELY = (0.8, 0.9, 0.95)


def evaluated(model: Path, *, card: bool = False) -> str:
    """The figures of a model file as Markdown; into the card, too."""
    known = Meaning(model)
    kept = [one for one in examples() if one.block % OF == LEFT_OUT]
    said: dict[Task, list[tuple[Example, Chances]]] = {}
    for task in LABELS:
        own = [one for one in kept if one.task == task]
        said[task] = list(zip(own, known(task, [(one.first, one.second) for one in own]), strict=True))
    page = "\n".join([*_pairs(said["pairs"]), "", *_labels("sentences", said["sentences"]), "",
                      *_labels("lines", said["lines"])])  # fmt: skip
    if card:
        write_between_marks(CARD, "meaning", page)
    return page


def _pairs(said: Sequence[tuple[Example, Chances]]) -> Iterator[str]:
    likeliest = [max(chances, key=chances.__getitem__) in one.labels for one, chances in said]
    yield f"Of {len(said)} pairs {sum(likeliest) / len(said):.3f} get the right label of three."
    yield ""
    yield "| said with at least | " + " | ".join(f"{least:g}" for least in _LIKELY) + " |"
    yield "| --- |" + " --- |" * len(_LIKELY)
    for label in LABELS["pairs"]:
        cells = []
        for least in _LIKELY:
            met = Counter(label in one.labels for one, chances in said if chances[label] >= least)
            cells.append(f"{met[True]} of {met.total()} right")
        yield f"| {label} | " + " | ".join(cells) + " |"


def _labels(task: Task, said: Sequence[tuple[Example, Chances]]) -> Iterator[str]:
    yield f"| {task} ({len(said)}) | there | precision | recall | AUROC | calibration error |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for label in LABELS[task]:
        true = [label in one.labels for one, _ in said]
        chances = [told[label] for _, told in said]
        both = sum(t and c >= 0.5 for t, c in zip(true, chances, strict=True))
        found, there = sum(c >= 0.5 for c in chances), sum(true)
        off = calibration(chances, [float(t) for t in true])
        ranked = auroc(chances, true)
        figures = [both / found if found else None, both / there if there else None, ranked, off.error if off else None]
        yield f"| {label} | {there} | " + " | ".join("" if f is None else f"{f:.3f}" for f in figures) + " |"
