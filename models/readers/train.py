"""Learn the readers of `docscan/extraction/learned` from the open documents of `tests/golden` and the papers of
`models/hands`, invented all of them.

A case is a whole document (its kind), or an amount, date or time in it (every field whose true value it is). A document
tells of a field only where its labels list all values of it, or say that there is none. Where several places bear its
value ("Total 125.00", "Paid by card 125.00"), those that the first round takes for something else are left out of
the second.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from docscan.document import Document
from docscan.extraction.kinds import all_words
from docscan.extraction.learned import amounts, days, times
from docscan.extraction.linear import BUCKETS, FILE, Features, buckets_of
from docscan.extraction.text.annotated import AnnotatedText
from docscan.neural.wordpieces import models
from models.hands import Paper, papers
from tests.benchmark import score
from tests.golden.measure import Golden, read_goldens

VERSION = "1"
_LOOSE: dict[str, float] = {all_words.NAME: 10.0, amounts.NAME: 30.0, days.NAME: 30.0, times.NAME: 30.0}
"""How far the weights may go: sklearn's C."""
_SHORT = Path(__file__).parents[2] / "tests" / "unit" / "extraction" / "kinds" / "kind_cases.toml"
_SEEN = 2
"""In so many cases must a bucket be to count."""
_UNLIKELY = 2.0  # log-odds below its document's likeliest place at which a place is none of the role

Floats = npt.NDArray[np.float32]


class Case(NamedTuple):
    """A place: its document, what is seen of it, what it is, and the roles that its document tells of."""

    document: str
    features: Features
    roles: frozenset[str]
    told: frozenset[str]


class Cases(NamedTuple):
    kind: tuple[Case, ...]
    amounts: tuple[Case, ...]
    days: tuple[Case, ...]
    times: tuple[Case, ...]


def cases_of(golden: Golden) -> Cases:
    """The cases of one document."""
    text = AnnotatedText(Document.from_text(golden.text))
    told = golden.truth.complete | golden.truth.absent
    true = [field for field in golden.truth.fields if field.assertion == "stated"]
    name = golden.truth.path.stem

    def case(features: Features, is_it: Callable[[str, Any], bool]) -> Case:
        return Case(name, features, frozenset(f.name for f in true if is_it(f.name, f.value)), told)

    return Cases(
        (Case(name, all_words.features(text.text), frozenset((str(golden.truth.kind),)), frozenset()),),
        tuple(case(one.features, partial(_is_amount, f"{one.cents / 100:.2f}")) for one in amounts.seen(text)),
        tuple(case(one.features, partial(_is_day, one.mention.iso)) for one in days.seen(text)),
        tuple(case(one.features, partial(_is_time, one)) for one in times.seen(text)),
    )


_SAME_AS = {"frequency": ("frequency", "count"), "duration": ("duration", "start_date", "end_date")}
"""What a time of this field may be labelled as."""


def cases_of_paper(paper: Paper) -> Cases:
    """The cases of a paper whose labels say where everything stands: its kind, times and days, and which is a total."""
    text = AnnotatedText(Document.from_text(paper.text))

    def roles_at(start: int, end: int, names: Iterable[str]) -> frozenset[str]:
        here = {one.label for one in paper.labelled if one.start < end and start < one.end}
        return frozenset(name for name in names if here & {*_SAME_AS.get(name, (name,))})

    days_told, times_told = frozenset(("start_date", "end_date", "service_date")), frozenset(times.ROLES)
    return Cases(
        (Case(paper.name, all_words.features(paper.text), frozenset((paper.kind,)), frozenset()),),
        tuple(
            Case(
                paper.name, one.features, roles_at(one.amount.start, one.amount.end, ("total",)), frozenset(("total",))
            )
            for one in amounts.seen(text)
        ),
        tuple(
            Case(paper.name, one.features, roles_at(one.mention.start, one.mention.end, days_told), days_told)
            for one in days.seen(text)
        ),
        tuple(
            Case(paper.name, one.features, roles_at(one.time.start, one.time.end, (one.field,)), times_told)
            for one in times.seen(text)
        ),
    )


def _is_amount(printed: str, field: str, value: Any) -> bool:
    return bool(printed == (value.get("amount") if field == "item" else value))


def _is_day(day: str | None, _: str, value: Any) -> bool:
    return day is not None and bool(value == day)


def _is_time(one: times.Seen, field: str, value: Any) -> bool:
    return field == one.field and score.same(field, value, one.time.value)


def train() -> str:
    """Learn all readers and write their file. What was learned from, in a line."""
    told = [*(cases_of(golden) for golden in read_goldens("open")), *(cases_of_paper(paper) for paper in papers())]
    kinds_, amounts_, days_, times_ = (tuple(case for cases in told for case in cases[n]) for n in range(4))
    cases = Cases((*kinds_, *short_documents()), amounts_, days_, times_)
    path = models() / FILE
    write(learn(cases), path)
    return (f"{path.name}: {path.stat().st_size / 1e6:.2f} MB from {len(cases.kind)} documents, "
            f"{len(amounts_)} amounts, {len(days_)} dates and {len(times_)} times")  # fmt: skip


def rarity(found: Sequence[Sequence[int]]) -> Floats:
    """How rare each bucket is: the logarithm of how many cases there are for one that has it; 0 for one seen once."""
    often = np.bincount(np.concatenate([np.unique(row) for row in found]), minlength=BUCKETS)
    rare = np.log((1 + len(found)) / (1 + often)).astype(np.float32) + 1
    return np.where(often < _SEEN, 0, rare)


def matrix(cases: Sequence[Case]) -> tuple[csr_matrix, Floats]:
    """One row a case, its buckets worth how rare they are, of length one; and how rare each bucket is."""
    found = [list(buckets_of(case.features)) for case in cases]
    rare = rarity(found)
    starts = np.cumsum([0, *(len(row) for row in found)])
    values = np.concatenate([rare[row] / max(1e-6, float(np.sqrt((rare[row] ** 2).sum()))) for row in found])
    return csr_matrix((values, np.concatenate(found), starts), shape=(len(cases), BUCKETS)), rare


class Learned(NamedTuple):
    labels: tuple[str, ...]
    weights: Floats
    constant: Floats
    rare: Floats


def kinds(cases: Sequence[Case], loose: float) -> Learned:
    """One model that shares out what is likely among all kinds."""
    x, rare = matrix(cases)
    model = LogisticRegression(C=loose, max_iter=4000).fit(x, [min(case.roles) for case in cases])
    return Learned(tuple(model.classes_), model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32), rare)


def roles(cases: Sequence[Case], names: Iterable[str], loose: float) -> Learned:
    """One model a role: is it this or not?"""
    x, rare = matrix(cases)
    documents = np.array([case.document for case in cases])
    told: list[tuple[str, Floats, float]] = []
    for name in names:
        there = np.array([name in case.told or name in case.roles for case in cases])
        is_it = np.array([name in case.roles for case in cases])
        if is_it.sum() < 8:
            continue
        model = LogisticRegression(C=loose, max_iter=4000).fit(x[there], is_it[there])
        odds = model.decision_function(x)
        best: dict[str, float] = {}
        for document, value in zip(documents[is_it], odds[is_it], strict=True):
            best[document] = max(value, best.get(document, value))
        kept = there & ~(is_it & (odds < np.array([best.get(d, np.inf) for d in documents]) - _UNLIKELY))
        model = LogisticRegression(C=loose, max_iter=4000).fit(x[kept], is_it[kept])
        told.append((name, model.coef_[0].astype(np.float32), float(model.intercept_[0])))
    return Learned(
        tuple(n for n, _, _ in told),
        np.stack([w for _, w, _ in told], axis=1),
        np.array([c for _, _, c in told], np.float32),
        rare,
    )


def learn(cases: Cases) -> dict[str, Learned]:
    return {
        all_words.NAME: kinds(cases.kind, _LOOSE[all_words.NAME]),
        amounts.NAME: roles(cases.amounts, amounts.ROLES, _LOOSE[amounts.NAME]),
        days.NAME: roles(cases.days, days.ROLES, _LOOSE[days.NAME]),
        times.NAME: roles(cases.times, times.ROLES, _LOOSE[times.NAME]),
    }


def write(learned: dict[str, Learned], path: Path) -> None:
    """Weights as 8-bit numbers, a scale for each label."""
    stored: dict[str, Any] = {"names": np.array(list(learned)), "version": np.array(VERSION)}
    for name, one in learned.items():
        scale = np.maximum(np.abs(one.weights).max(axis=0), 1e-6) / 127
        stored |= {
            f"{name}.labels": np.array(one.labels),
            f"{name}.scale": scale,
            f"{name}.constant": one.constant,
            f"{name}.rare": one.rare.astype(np.float16),
            f"{name}.weights": np.round(one.weights / scale).astype(np.int8),
        }
    np.savez_compressed(path, **stored)


def short_documents() -> Iterator[Case]:
    """The short documents by which the rules of kinds are tested: there are kinds of which the others have few."""
    for case in tomllib.loads(_SHORT.read_text("utf-8"))["case"]:
        text = Document.from_text(case["text"].strip("\n")).text
        yield Case("", all_words.features(text), frozenset((case["kind"],)), frozenset())
