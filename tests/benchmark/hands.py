"""Measure understanding on papers of hands that nothing was learned from, whose tags say what stands where.

    python -m tests.benchmark.hands                        # a table
    python -m tests.benchmark.hands --readme README.md     # into the page

The papers are those of `tests/golden/hands`: nobody who writes rules reads them. A name, an amount or a day is right
where its value is that of a tag; a time, which may be said in many ways, where it was read from a tag's place; a line
where it stands on a tag and says its words.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final

from docscan.document import Document, Extraction, Extractions
from docscan.extraction import extract
from docscan.extraction.learned import amounts, days
from docscan.extraction.text.annotated import AnnotatedText
from models.hands import Paper, papers
from tests.benchmark import score
from tests.benchmark.score import Counts
from tests.benchmark.tables import write_between_marks

FOLDER: Final = Path(__file__).parents[1] / "golden" / "hands"
_LETTERS = frozenset(("lmn", "prescription", "referral", "recommendation"))
_BILLS = frozenset(("receipt", "superbill", "statement", "eob"))
_NAMES = {
    "patient_name": ("patient", _LETTERS | _BILLS),
    "provider_name": ("provider", _LETTERS),
    "signer_name": ("signer", _LETTERS),
    "practice_name": ("practice", _LETTERS),
    "merchant_name": ("merchant", _BILLS - {"eob"}),  # an insurer's account is of two firms
}
_TIMES = {
    "frequency": ("frequency", "count"),
    "session_length": ("session_length",),
    "duration": ("duration", "start_date", "end_date"),
}
_WITHIN = frozenset(("duration", "frequency"))  # a plan that tapers tells both in one value


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.hands", description=__doc__.split("\n")[0])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--readme", type=Path, help="a page to write the table into")
    given = parser.parse_args(arguments)
    found = list(papers(FOLDER))
    with ProcessPoolExecutor(given.workers) as pool:
        told = list(pool.map(compared, found, chunksize=8))
    page = _table(found, told)
    print(page)
    if given.readme:
        write_between_marks(given.readme, "hands", page)
    return 0


def compared(paper: Paper) -> tuple[bool, dict[str, Counts]]:
    """Whether a paper's kind is right, and by field how right the values are."""
    text = AnnotatedText(Document.from_text(paper.text))
    said = extract(text.document)
    counts: dict[str, Counts] = {}
    for name, (label, kinds) in _NAMES.items():
        if paper.kind in kinds:
            counts[name] = _names(paper, said, name, label)
    if paper.kind in _LETTERS:
        counts |= {name: _times(paper, said, name) for name in _TIMES}
    if paper.kind in _BILLS:
        counts["total"] = _values(said, "total", _amounts(paper, text))
        counts["service_date"] = _values(said, "service_date", _days(paper, text))
        counts["item"] = _lines(paper, said)
    return said.kind == paper.kind, counts


def _stated(said: Extractions, name: str) -> list[Extraction]:
    return [one for one in said.named(name) if one.assertion == "stated" and one.value is not None]


def _tags(paper: Paper, *labels: str) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in paper.labelled if one.label in labels]


def _names(paper: Paper, said: Extractions, name: str, label: str) -> Counts:
    """One of the names by which a tag calls somebody is the right value; each other value is wrong."""
    true = [" ".join(paper.text[start:end].split()) for start, end in _tags(paper, label)]
    right = [one for one in _stated(said, name) if any(score.same(name, wording, one.value) for wording in true)]
    wrong = len(_stated(said, name)) - len(right)
    return Counts(right=len(right), wrong=wrong, missed=int(bool(true) and not right))


def _times(paper: Paper, said: Extractions, name: str) -> Counts:
    tags, found = _tags(paper, *_TIMES[name]), [list(_places([one])) for one in _stated(said, name)]
    others = [place for other in _WITHIN for place in _places(_stated(said, other))] if name in _WITHIN else []
    wrong = sum(not any(_meet(place, tag) for place in places for tag in tags) for places in found)
    own = _tags(paper, *(label for label in _TIMES[name] if not label.endswith("_date")))
    seen = [*others, *(place for places in found for place in places)]
    right = sum(any(_meet(place, tag) for place in seen) for tag in own)
    return Counts(right=right, wrong=wrong, missed=len(own) - right)


def _values(said: Extractions, name: str, true: set[str] | None) -> Counts:
    if true is None:
        return Counts()
    found = {str(one.value) for one in _stated(said, name)}
    if name == "total":  # one amount, each time that it is printed
        right = int(bool(found & true))
        return Counts(right=right, wrong=len(found - true), missed=int(bool(true)) - right)
    return Counts(right=len(found & true), wrong=len(found - true), missed=len(true - found))


def _amounts(paper: Paper, text: AnnotatedText) -> set[str] | None:
    """The amounts at the tags; None where one of them is none that can be read."""
    seen = [(one.amount.start, one.amount.end, f"{one.cents / 100:.2f}") for one in amounts.seen(text)]
    return _at(seen, _tags(paper, "total"))


def _days(paper: Paper, text: AnnotatedText) -> set[str] | None:
    seen = [(one.mention.start, one.mention.end, one.mention.iso) for one in days.seen(text) if one.mention.iso]
    return _at(seen, _tags(paper, "service_date"))


def _at(seen: Sequence[tuple[int, int, str]], tags: Sequence[tuple[int, int]]) -> set[str] | None:
    values = [{value for start, end, value in seen if _meet((start, end), tag)} for tag in tags]
    return set().union(*values) if all(values) else None


def _lines(paper: Paper, said: Extractions) -> Counts:
    tags = _tags(paper, "item")
    right = wrong = 0
    for one in _stated(said, "item"):
        tag = next((tag for tag in tags if any(_meet(place, tag) for place in _places([one]))), None)
        words = " ".join(paper.text[slice(*tag)].split()) if tag else ""
        if tag is None or not score.same("item", {"description": words}, one.value):
            wrong += 1
        else:
            tags.remove(tag)
            right += 1
    return Counts(right=right, wrong=wrong, missed=len(tags))


def _places(found: Iterable[Extraction]) -> Iterator[tuple[int, int]]:
    for one in found:
        yield from ((e.start, e.end) for e in one.evidence if e.start is not None and e.end is not None)


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _table(found: Sequence[Paper], told: Sequence[tuple[bool, dict[str, Counts]]]) -> str:
    sums: dict[str, Counts] = {}
    for _, counts in told:
        for name, one in counts.items():
            sums[name] = sums.get(name, Counts()) + one
    hands = len({paper.name.rsplit(" ", 1)[0] for paper in found})
    rows = ["| | right | wrong | missed | precision | recall | F1 |", "| --- | --- | --- | --- | --- | --- | --- |"]
    for name, one in sums.items():
        shares = (one.precision, one.recall, one.f1)
        cells = [str(one.right), str(one.wrong), str(one.missed), *("–" if s is None else f"{s:.3f}" for s in shares)]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    right = Counter(is_right for is_right, _ in told)[True]
    rows.append(f"\n{len(found)} papers by {hands} hands; kind right {right / len(told):.3f}.")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
