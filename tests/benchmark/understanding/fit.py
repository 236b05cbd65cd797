"""Fit `docscan/extraction/confidence.py` to documents that nobody wrote a rule for, and write its coefficients.

    python -m tests.benchmark.understanding.fit [--pictures CORPUS]

Every value that is found in the text of each document of the split `calibration`, and in CORPUS' pictures of it, is a
case, right or wrong by its label. Rules are written with open documents in sight, so that they understand those too
well to tell what they are worth. Documents take turns to be left out for the errors that are shown.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from docscan.document import Document, Extraction
from docscan.extraction import confidence
from docscan.extraction.agreeing import Others
from docscan.extraction.confidence import FEATURES, GROUPS
from docscan.extraction.learned import proposing
from docscan.extraction.text.annotated import AnnotatedText
from tests.benchmark.reading.chances import auroc, calibration
from tests.benchmark.reading.manifest import read_manifest
from tests.benchmark.understanding.comparing import compared
from tests.golden.measure import Golden, picture_name, read_goldens

_TARGET = Path(confidence.__file__).with_name("confidence.toml")
_RIDGE = 4.0
_EXPECTED = {"reasoning": 0.5, "checked": 0.5, "agrees": 0.5, "learned": 0.5, "proposed": -0.5, "tagged": 0.5}
"""What to expect of the features before any case is seen: that reasoning and check digits are worth something."""
_FOLDS = 8
_LEGIBLE = 0.97
Floats = npt.NDArray[np.float64]


class Case(NamedTuple):
    """A value that was found: its field, what was looked at, how likely its words were read rightly, whether it is
    right, and whose document it is of."""

    name: str
    looked_at: list[float]
    read: float
    right: bool
    document: str


class Job(NamedTuple):
    golden: Golden
    picture: Path | None


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.understanding.fit")
    parser.add_argument("--pictures", type=Path, metavar="CORPUS")
    parser.add_argument("--damages", nargs="+", default=())
    given = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    goldens = read_goldens("calibration")
    jobs = [Job(golden, None) for golden in goldens]
    if given.pictures:
        named = {picture_name(golden): golden for golden in goldens}
        jobs += [
            Job(named[p.document], p.path)
            for p in read_manifest(given.pictures)
            if p.document in named and (not given.damages or p.damage in given.damages)
        ]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        cases = [case for found in pool.map(cases_of, jobs, chunksize=4) for case in found]
    write(cases, f"{len(goldens)} documents, as text and in {len(jobs) - len(goldens)} pictures")
    return 0


def write(cases: Sequence[Case], fitted_to: str) -> None:
    """Fit every group's model to these cases, and write them all."""
    lines = [
        "# Written by `python -m tests.benchmark.understanding.fit`: edit nothing here.",
        f'fitted_to = "{fitted_to}"',
    ]
    for group in (*GROUPS, "rest"):
        own = [case for case in cases if confidence.group_of(case.name) == group]
        lines += ["", *_lines(group, cases if group == "rest" else own)]  # what nobody labels wrong: as all that is
    _TARGET.write_text("\n".join(lines) + "\n", "utf-8")


def cases_of(job: Job) -> list[Case]:
    """Every value that was found in one document and is right or wrong by its label."""
    from docscan import extraction, pipeline

    looked: dict[tuple[str, str, str], tuple[list[float], float]] = {}
    really_features = confidence.features

    def features(text: AnnotatedText, kind_sure: float, one: Extraction, others: Others) -> list[float]:
        row = really_features(text, kind_sure, one, others)
        looked[one.name, repr(one.value), one.assertion] = row, confidence.read(text, one)
        return row

    kept = confidence.GUESS, confidence.NO_LINE
    confidence.features, confidence.GUESS, confidence.NO_LINE = features, 0.0, 0.0  # guesses are cases like all others
    proposing.chosen, chosen = tuple, proposing.chosen  # type: ignore[assignment] # and so is what is not chosen
    try:
        document = Document.from_text(job.golden.text) if job.picture is None else pipeline.read(job.picture)
        said = extraction.extract(document)
    finally:
        confidence.features, proposing.chosen = really_features, chosen
        confidence.GUESS, confidence.NO_LINE = kept
    stem = job.golden.truth.path.stem
    return [
        Case(j.name, *looked[j.name, repr(j.extraction.value), j.extraction.assertion], j.right, stem)
        for j in compared(job.golden, said).judged
        if j.right is not None
    ]


def _lines(group: str, cases: Sequence[Case]) -> list[str]:
    names = sorted({case.name for case in cases}) if group != "rest" else []
    x = np.array([[1.0, *case.looked_at, *(float(case.name == name) for name in names)] for case in cases])
    y = np.array([float(case.right) for case in cases])
    read = np.array([case.read for case in cases])
    alike = Counter((case.document, case.name) for case in cases)
    weight = np.array(
        [alike[case.document, case.name] ** -0.5 for case in cases]
    )  # what one table gives is one mistake
    legible = read > _LEGIBLE  # what was misread tells nothing of the reasoning
    towards = np.array([0.0, *(_EXPECTED.get(feature, 0.0) for feature in FEATURES), *(0.0 for _ in names)])
    folds = np.array([hashlib.sha256(case.document.encode()).digest()[0] % _FOLDS for case in cases])
    apart = np.empty(len(y))
    for fold in range(_FOLDS):
        those = legible & (folds != fold)
        apart[folds == fold] = _said(x[folds == fold], fitted(x[those], y[those], weight[those], towards))
    apart *= read
    found, ranked = calibration(apart.tolist(), y.tolist()), auroc(apart.tolist(), (y > 0).tolist())
    told = f"{len(y)} values, {y.mean():.3f} right; each document left out in its turn: calibration error"
    told += f" {found.error if found else 0:.3f}, AUROC {ranked or 0:.3f}"
    sys.stdout.write(f"{group}: {told}\n")
    weights = fitted(x[legible], y[legible], weight[legible], towards)
    titles = ("constant", *FEATURES, *(f"is_{name}" for name in names))
    return [f"# {told}", f"[weights.{group}]", *(f"{t} = {w:.4f}" for t, w in zip(titles, weights, strict=True))]


def fitted(x: Floats, y: Floats, weight: Floats, towards: Floats) -> Floats:
    """Coefficients of a logistic model of weighted cases by Newton's method, drawn towards those expected."""
    weights = towards.copy()
    drawn = np.full(x.shape[1], _RIDGE)
    drawn[0] = 0.05
    for _ in range(50):
        p = _said(x, weights)
        hessian = (x.T * (weight * p * (1 - p))) @ x + np.diag(drawn)
        step = np.linalg.solve(hessian, x.T @ (weight * (y - p)) - drawn * (weights - towards))
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def _said(x: Floats, weights: Floats) -> Floats:
    said: Floats = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
    return said


if __name__ == "__main__":
    sys.exit(main())
