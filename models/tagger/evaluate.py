"""Compares the rules, the tagger and both on documents by other hands, and writes the model card's figures.

The tagger never saw any of these documents, nor did who wrote its wording read those by the newer hands. A value counts
as in `tests/benchmark/score.py`; names of people count as one where one of them is short for the other.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from docscan.document import Document, Extraction, Extractions
from docscan.extraction.extractors import rules
from docscan.extraction.second_opinion import FIELDS, SILENT, same_name, says, second_opinion, shifted, tagged_in
from docscan.extraction.tagger import tag
from docscan.extraction.text.annotated import AnnotatedText
from tests.benchmark import score

CARD = Path(__file__).parents[1] / "README.md"


_MET = ("both", "rules alone", "rules, disputed")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document and what is true of it: by field the wordings of each value. `closed`: fields that list all."""

    name: str
    document: Document
    true: Mapping[str, Sequence[Sequence[Any]]]
    closed: frozenset[str]
    decisions: Mapping[str, bool] = field(default_factory=dict)


@dataclass
class Compared:
    """By field: counts of rules alone, tagger alone, both together; and of names by who found them."""

    rules: dict[str, score.Counts] = field(default_factory=lambda: defaultdict(score.Counts))
    tagger: dict[str, score.Counts] = field(default_factory=lambda: defaultdict(score.Counts))
    both: dict[str, score.Counts] = field(default_factory=lambda: defaultdict(score.Counts))
    found_by: dict[str, Counter[tuple[str, bool]]] = field(default_factory=lambda: defaultdict(Counter))
    confidence: dict[str, list[tuple[float, float, bool]]] = field(default_factory=lambda: defaultdict(list))
    decisions: dict[str, Counter[tuple[str, bool]]] = field(default_factory=lambda: defaultdict(Counter))
    seconds: float = 0.0
    documents: int = 0


def goldens(split: str = "open") -> Iterator[Paper]:
    """One half of `tests/golden`, as text."""
    from tests.golden.measure import read_goldens

    for golden in read_goldens(split):
        true: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for one, others in zip(golden.truth.fields, golden.also, strict=True):
            if one.assertion == "stated":
                true[one.name].append((one.value, *others))
        closed = golden.truth.complete | golden.truth.absent
        yield Paper(golden.truth.path.stem, Document.from_text(golden.text), true, closed, golden.decisions)


def pictured(papers: Iterable[Paper], folder: Path) -> Iterator[Paper]:
    """Those of them that the folder has pictures of (its manifest says which), as docscan reads them."""
    import docscan
    from tests.benchmark.reading.manifest import read_manifest

    by_name = {paper.name.replace("_", "-"): paper for paper in papers}
    for picture in read_manifest(folder):
        paper = by_name.get(picture.document.partition("-")[2])
        if paper is not None:
            yield replace(paper, name=picture.path.name, document=docscan.read(picture.path))


def compare(papers: Iterable[Paper]) -> Compared:
    out = Compared()
    for paper in papers:
        text = AnnotatedText(paper.document)
        doc = text.doc
        begun = time.process_time()
        tag(doc)  # once more, to time it
        out.documents += 1
        out.seconds += time.process_time() - begun
        found = rules(text)
        opinion = says(text)
        both = second_opinion(text, found)
        for name, true_ in paper.decisions.items():
            rule, guess = _decided(name, found), _decided_by_tagger(name, text)
            if guess is not None:
                out.decisions[name]["rules", rule == true_] += 1
                out.decisions[name]["tagger", guess == true_] += 1
                out.decisions[name]["agreed" if rule == guess else "rules where they differ", rule == true_] += 1
        for name in FIELDS:
            if name not in paper.closed:
                continue
            true = paper.true.get(name, ())
            ours, theirs = _values(found, name), [one.value for one in opinion.get(name, ())]
            out.rules[name] += _counts(name, true, ours)
            out.tagger[name] += _counts(name, true, theirs)
            out.both[name] += _counts(name, true, _values(both, name))
            later = {str(e.value): e for e in both.named(name)}
            for one in found.named(name):
                if one.value is not None:
                    after, right = later[str(one.value)], _true(name, true, one.value)
                    out.found_by[name][_by(text, one, after), right] += 1
                    out.confidence[name].append((one.confidence or 0.0, after.confidence or 0.0, right))
            for value in theirs:
                if not any(same_name(str(one), value) for one in ours):
                    out.found_by[name][
                        "tagger, rules another" if ours else "tagger alone", _true(name, true, value)
                    ] += 1
    return out


def _by(text: AnnotatedText, before: Extraction, after: Extraction) -> str:
    """Whether the tagger agreed, said nothing, or disputed a value of the rules."""
    if (after.confidence or 0.0) > (before.confidence or 0.0):
        return "both"
    silent = after.confidence == shifted(text, before, SILENT) and after.readings == before.readings
    return "rules alone" if silent else "rules, disputed"


def _decided(name: str, found: Extractions) -> bool:
    field_ = {"link_stated": "treatment_link", "treatment_named": "treatment"}.get(name, name)
    return any(e.value is not None and (e.resolved or {}).get("specific", True) for e in found.named(field_))


def _decided_by_tagger(name: str, text: AnnotatedText) -> bool | None:
    tagged = tagged_in(text) or ()
    if name == "treatment_named":
        return any(one.label == "treatment" for one in tagged)
    if name == "link_stated":
        ends = [{text.sentence_at(one.start) for one in tagged if one.label == label}
                for label in ("link_treatment", "link_condition")]  # fmt: skip
        return bool(ends[0] & ends[1])
    return None


def _values(found: Extractions, name: str) -> list[Any]:
    return [one.value for one in found.named(name) if one.value is not None]


def _any(name: str, values: Iterable[Any], value: Any) -> bool:
    return any(score.same(name, one, value) for one in values)


def _true(name: str, true: Sequence[Sequence[Any]], value: Any) -> bool:
    return any(_any(name, wordings, value) for wordings in true)


def _counts(name: str, true: Sequence[Sequence[Any]], values: Sequence[Any]) -> score.Counts:
    right = sum(any(_any(name, wordings, value) for value in values) for wordings in true)
    return score.Counts(right, sum(not _true(name, true, value) for value in values), len(true) - right)


def shown(compared: Compared) -> list[str]:
    """As tables in Markdown."""
    lines = ["| field | rules: P, R, F1 | tagger: P, R, F1 | together: P, R, F1 |", "| --- | --- | --- | --- |"]
    for name in FIELDS:
        if name in compared.rules:
            cells = (compared.rules[name], compared.tagger[name], compared.both[name])
            lines.append(f"| {name} | " + " | ".join(_three(one) for one in cells) + " |")
    kinds = ("both", "rules alone", "rules, disputed", "tagger alone", "tagger, rules another")
    lines += ["", "| right of those found by | " + " | ".join(kinds) + " |", "| --- |" + " --- |" * len(kinds)]
    for name, counts in compared.found_by.items():
        cells_ = [f"{counts[kind, True]} of {counts[kind, True] + counts[kind, False]}" for kind in kinds]
        lines.append(f"| {name} | " + " | ".join(cells_) + " |")
    lines += ["", *_of_confidence(compared)]
    for name, counts_ in compared.decisions.items():
        told = (f"{by} {counts_[by, True]} of {counts_[by, True] + counts_[by, False]}"
                for by in ("rules", "tagger", "agreed", "rules where they differ"))  # fmt: skip
        lines += ["", f"decision {name} right: " + ", ".join(told)]
    return lines


def _of_confidence(compared: Compared) -> Iterator[str]:
    """How often a right value meets each answer of the tagger for once that a wrong one does; what that gains."""
    total: Counter[tuple[str, bool]] = sum(compared.found_by.values(), Counter())
    right, wrong = (sum(total[kind, which] for kind in _MET) for which in (True, False))
    ratios = (f"{kind} {(total[kind, True] + 0.5) / (right + 1) / ((total[kind, False] + 0.5) / (wrong + 1)):.2f}"
              for kind in _MET)  # fmt: skip
    yield (
        f"Right to wrong, all names, of {right} right and {wrong} wrong values of the rules: " + ", ".join(ratios) + "."
    )
    every = [one for found in compared.confidence.values() for one in found]
    before, after = (_area([(one[n], one[2]) for one in every]) for n in (0, 1))
    brier = [sum((one[n] - one[2]) ** 2 for one in every) / max(1, len(every)) for n in (0, 1)]
    yield (
        f"AUROC of the confidence of names: rules alone {before:.3f}, with the tagger {after:.3f}; "
        f"Brier score {brier[0]:.4f}, {brier[1]:.4f}."
    )


def _area(judged: Sequence[tuple[float, bool]]) -> float:
    right, wrong = ([sure for sure, is_right in judged if is_right is which] for which in (True, False))
    pairs = [(one > other) + 0.5 * (one == other) for one in right for other in wrong]
    return sum(pairs) / len(pairs) if pairs else float("nan")


def _three(counts: score.Counts) -> str:
    return ", ".join("–" if one is None else f"{one:.3f}" for one in (counts.precision, counts.recall, counts.f1))


def run(pictures: Path | None, *, card: bool, split: str) -> str:
    """The comparison as text; with `card`, also between the marks of the model card."""
    papers = list(goldens(split))
    parts = [(f"From the true text of {len(papers)} documents of the split “{split}”", compare(papers))]
    if pictures is not None:
        read = list(pictured(papers, pictures))
        parts.append((f"From {len(read)} pictures of them, as docscan reads them", compare(read)))
    lines = []
    for title, compared in parts:
        lines += [
            f"{title} (CPU of the tagger {1000 * compared.seconds / max(1, compared.documents):.0f} ms each):",
            "",
        ]
        lines += [*shown(compared), ""]
    text = "\n".join(lines).rstrip()
    if card:
        from tests.benchmark.tables import write_between_marks

        write_between_marks(CARD, "tagger", text)
    return text
