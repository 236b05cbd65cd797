"""Fit the models of `docscan/reading/recognition/belief.py` to pages of known text, and write their coefficients.

    python -m tests.benchmark.reading.fit CORPUS [--pictures 10] [--pairs FILE]

Every line of so many pictures of each damage of the split `tune` is read by both readers; what each said at each place
is compared with the true words of the page. Documents take turns to be left out, so that the errors shown are those on
documents not fitted to. `--pairs`: keep what was said there, and fit again without reading again.
"""

from __future__ import annotations

import argparse
import os
import pickle
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from docscan.reading.recognition import fusion
from docscan.reading.recognition.belief import FEATURES, PAGE_FEATURES, Case, Said, features, mean_sure, page_features
from tests.benchmark.reading.manifest import Picture, read_manifest

_TARGET = Path(__file__).parents[3] / "docscan/reading/recognition/belief.toml"
_RIDGE = 1.0
Floats = npt.NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmark.reading.fit", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--pictures", type=int, default=10, help="of each damage")
    parser.add_argument("--pairs", type=Path)
    given = parser.parse_args()
    if given.pairs and given.pairs.exists():
        pages = pickle.loads(given.pairs.read_bytes())  # noqa: S301 - written by this program
    else:
        pages = list(_read_all(_some(read_manifest(given.corpus), given.pictures)))
        if given.pairs:
            given.pairs.write_bytes(pickle.dumps(pages))
    samples = _samples(pages)
    lines = [
        "# Written by `python -m tests.benchmark.reading.fit`: edit nothing here.",
        f'fitted_to = "{len(pages)} pictures of {len({page.document for page in pages})} documents of the damaged'
        ' corpus, split tune"',
    ]
    for case in FEATURES:
        rows = samples[case]
        x, y = np.array([row for row, _, _ in rows]), np.array([right for _, right, _ in rows], float)
        weights = _fitted(x, y)
        _tell(case, x, y, [document for _, _, document in rows])
        lines += ["", f"[weights.{case}]  # {len(y)} places, {y.mean():.3f} right"]
        names = ("constant", *FEATURES[case])
        lines += [f"{name} = {weight:.4f}" for name, weight in zip(names, weights, strict=True)]
    shares = [_share(page) for page in pages]
    x, y = np.array([page_features(page.settled, page.covered) for page in pages]), np.array(shares)
    _tell("page", x, y, [page.document for page in pages])
    lines += ["", f"[weights.page]  # {len(y)} pages, {y.mean():.3f} of their words right"]
    lines += [f"{name} = {w:.4f}" for name, w in zip(("constant", *PAGE_FEATURES), _fitted(x, y, 0.01), strict=True)]
    _TARGET.write_text("\n".join(lines) + "\n", "utf-8")


def _some(pictures: Iterable[Picture], each: int) -> list[Picture]:
    found = [one for one in pictures if one.split == "tune" and one.group != "digital"]
    random.Random(5).shuffle(found)  # noqa: S311
    taken: Counter[str] = Counter()
    kept = []
    for one in found:
        if taken[one.damage] < each:
            taken[one.damage] += 1
            kept.append(one)
    return kept


def _read_all(pictures: list[Picture]) -> Iterator[_Read]:
    os.environ |= {"DOCSCAN_EFFORT": "4", "OMP_THREAD_LIMIT": "1"}
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        yield from pool.map(_said, pictures)


@dataclass(frozen=True)
class _Read:
    """A page: its document, its true words and those added to it; what was said at each place (first, how sure, second,
    how sure) and of each word that was checked (as settled on before, its probability, when looked at by itself, how
    sure); the words that were settled on with their probabilities, and the share of the print in them."""

    document: str
    words: list[str]
    added: list[str]
    said: list[tuple[str, float, str, float]]
    checked: list[tuple[str, float, str, float]]
    settled: list[tuple[str, float]]
    covered: float


def _said(picture: Picture) -> _Read:
    from docscan import pipeline
    from docscan.reading.recognition import belief

    settled_on: list[Any] = [[], 0.0]

    def share_right(words: Any, covered: float) -> float:
        settled_on[:] = [*settled_on[0], *words], covered
        return 1.0

    really_share_right, belief.share_right = belief.share_right, share_right
    said: list[tuple[str, float, str, float]] = []
    really_settled = fusion.settled

    def settled(pair: fusion.Pair, page: float) -> Any:
        said.append((pair.first, pair.place.confidence or 0.0, pair.spaced(), pair.sure))
        return really_settled(pair, page)

    looked: list[tuple[str, float, str, float]] = []
    really_checked = fusion.checked

    def checked(word: Any, letters: Any, page: float) -> Any:
        pair = fusion.Pair(word, word.text, "".join(letter.text for letter in letters), tuple(letters))
        looked.append((word.text, word.confidence or 0.0, pair.spaced(), pair.sure))
        return really_checked(word, letters, page)

    fusion.settled, fusion.checked = settled, checked
    try:
        pipeline.read(picture.path)
    finally:
        fusion.settled, fusion.checked, belief.share_right = really_settled, really_checked, really_share_right
    return _Read(picture.document, list(picture.words), list(picture.added), said, looked, settled_on[0], settled_on[1])


def _samples(pages: Iterable[_Read]) -> dict[Case, list[tuple[list[float], bool, str]]]:
    found: dict[Case, list[tuple[list[float], bool, str]]] = defaultdict(list)
    for read in pages:
        true = {form for word in read.words for form in _forms(_bare(word))} - {""}
        added = {_bare(word) for word in read.added} - true
        page = mean_sure([(sure, len(first)) for first, sure, _, _ in read.said if first])
        for places, cases in ((read.said, _cases), (read.checked, _checked)):
            for first, first_sure, second, second_sure in places:
                if added.intersection(map(_bare, (first, *second.split()))):
                    continue
                what = Said(first, first_sure, second, second_sure, page)
                one = _bare(first) in true
                other = bool(second) and all(_bare(part) in true for part in second.split())
                for case, right in cases(first, second, one, other):
                    found[case].append((features(case, what), right, read.document))
    return found


def _forms(word: str) -> Iterator[str]:
    """A true word, and as a reader may say it without harm: the shape of the print tells the I from the 1 later."""
    yield word
    yield re.sub(r"^I(?=\d\d)", "1", word)
    yield re.sub(r"^((?:Hb)?A)1(?=c\b)", r"\1l", word)


def _share(page: _Read) -> float:
    """The share of the true words that were read exactly."""
    true = Counter(filter(None, map(_bare, page.words)))
    read = Counter(_bare(text) for text, _ in page.settled)
    return (true & read).total() / max(1, true.total())


def _cases(first: str, second: str, one: bool, other: bool) -> Iterator[tuple[Case, bool]]:
    if first and _bare(first):
        yield "unasked", one
    if first == second and _bare(first):
        yield "agree", one
    elif first and second:
        yield "differ_first", one
        yield "differ_second", other
    elif first:
        yield "first_only", one
    elif second:
        yield "second_only", other


def _checked(first: str, second: str, one: bool, other: bool) -> Iterator[tuple[Case, bool]]:
    if fusion.same(first, second):
        yield "checked_agree", one
    elif second:
        yield "checked_first", one
        yield "checked_second", other


def _bare(word: str) -> str:
    return re.sub(r"^\W+|\W+$", "", word)


def _fitted(x: Floats, y: Floats, ridge: float = _RIDGE) -> Floats:
    weights = np.zeros(x.shape[1])
    for _ in range(100):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (chance - y) + ridge * weights
        curve = (x * (chance * (1 - chance))[:, None]).T @ x + ridge * np.eye(len(weights))
        weights = weights - np.linalg.solve(curve, slope)
    return weights


def _tell(case: str, x: Floats, y: Floats, documents: list[str]) -> None:
    held = np.zeros(len(y))
    names = np.array(documents)
    for name in set(documents):
        held[names == name] = x[names == name] @ _fitted(x[names != name], y[names != name])
    chance = 1 / (1 + np.exp(-held))
    order = np.array_split(np.argsort(chance), 10)
    error = sum(len(part) * abs(chance[part].mean() - y[part].mean()) for part in order if len(part)) / len(y)
    print(f"{case}: {len(y)} places, {y.mean():.3f} right; left out: {((chance > 0.5) == (y > 0.5)).mean():.3f} told, "
          f"calibration error {error:.3f}")  # fmt: skip


if __name__ == "__main__":
    main()
