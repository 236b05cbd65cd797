"""What was measured of each picture, scored, and summed up over any of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import mean
from typing import Any

from docscan.document import Document, SourceFile
from tests.benchmark.reading import chances
from tests.benchmark.reading.boxes_ticked import Boxes, check_boxes
from tests.benchmark.reading.chances import Calibration, Interval, Part
from tests.benchmark.reading.exactness import KeyRead, Words, keys, plain, words
from tests.benchmark.reading.manifest import Picture
from tests.benchmark.reading.measuring import Measured
from tests.benchmark.reading.steps import Spent, group


@dataclass(frozen=True)
class Figure:
    """A share with its 95 % interval."""

    value: float | None
    interval: Interval | None = None

    def as_json(self) -> dict[str, float | None]:
        low, high = self.interval or (None, None)
        return {"value": self.value, "low": low, "high": high}


@dataclass(frozen=True)
class Scored:
    """One picture. `said`: whether docscan says that it is signed; None where it leaves that open."""

    picture: Picture
    measured: Measured
    words: Words
    keys: tuple[KeyRead, ...]
    bare_words: Words
    bare_keys: tuple[KeyRead, ...]
    boxes: Boxes | None
    said: bool | None

    @property
    def wrong_key(self) -> bool:
        """Whether some key token was not read exactly."""
        return any(key.outcome != "right" for key in self.keys)

    @property
    def recall(self) -> float:
        return self.words.both / self.words.true if self.words.true else 1.0

    @property
    def precision(self) -> float:
        return self.words.both / self.words.read if self.words.read else 0.0

    @property
    def cpu_ratio(self) -> float | None:
        return self.measured.read.seconds / self.measured.beside.seconds if self.measured.beside.seconds else None


def scored(picture: Picture, measured: Measured) -> Scored:
    document, said = measured.read.document, measured.beside.signature
    read = _texts(document)
    return Scored(
        picture,
        measured,
        words(picture.words, read, picture.added),
        keys(picture.keys, picture.words, read),
        words(picture.words, measured.beside.words, picture.added),
        keys(picture.keys, picture.words, measured.beside.words),
        check_boxes(picture.check_boxes, document or _NOTHING) if picture.check_boxes else None,
        None if document is None or said == "open" else isinstance(said, Mapping) and signed(said),
    )


def signed(value: Mapping[str, Any]) -> bool:
    """Whether a value of the field `signature` tells of one in ink or an electronic one; a typed name is none."""
    return bool(value.get("present")) and value.get("form") in ("ink", "electronic")


def differing(one: Scored) -> tuple[list[str], list[str]]:
    """The true words that were not read, and the words that were read and are no true ones."""
    read = _texts(one.measured.read.document)
    left = Counter(map(plain, one.picture.words)) - Counter(map(plain, read))
    unread = []
    for word in one.picture.words:
        if left[plain(word)] > 0:
            left[plain(word)] -= 1
            unread.append(word)
    return [w for w in unread if plain(w)], [w for w, r in zip(read, one.words.right, strict=True) if r is False]


def _texts(document: Document | None) -> list[str]:
    return [word.text for page in document.pages for word in page.words] if document else []


_NOTHING = Document(SourceFile("", "", 0, 0), ())


# --- estimates of quality ----------------------------------------------------------------------------------------


def page_estimates(document: Document | None) -> dict[str, float]:
    """By name, what a page tells of its own reading, higher is better; nothing where it has no estimate.

    Of several pages, the mean by their words for `quality`, the lowest for the rest. A page that failed has nought.
    """
    if document is None:
        return {}
    told = [p for p in document.pages if p.quality is not None or p.problem is not None or _confidences(p.words)]
    if not told:
        return {}
    weights = [max(1, len(page.words)) for page in told]
    quality = [page.quality if page.quality is not None else 0.0 for page in told]
    found = {"page.quality": sum(q * w for q, w in zip(quality, weights, strict=True)) / sum(weights)}
    confidences = sorted(c for page in told for c in _confidences(page.words))
    found["lowest word confidence"] = confidences[0] if confidences else 0.0
    found["5th percentile of word confidence"] = confidences[len(confidences) // 20] if confidences else 0.0
    found["mean word confidence"] = mean(confidences) if confidences else 0.0
    figures = [w.confidence for p in told for w in p.words if w.confidence is not None and _has_figure(w.text)]
    found["lowest confidence of a word with figures"] = min(figures, default=0.0)
    return found


def _confidences(words: Iterable[Any]) -> list[float]:
    return [word.confidence for word in words if word.confidence is not None]


def _has_figure(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


@dataclass(frozen=True)
class Estimate:
    """How well an estimate ranks the pages with a wrong key token below the others."""

    name: str
    pictures: int
    auroc: Figure


@dataclass(frozen=True)
class Quality:
    """`by_recall`: page.quality against the share of the true words that were read. `by_precision`: against the share
    of the read words that are true. `of_words`: word.confidence against whether the word is a true one."""

    ranking: tuple[Estimate, ...]
    without: int
    wrong: int
    by_recall: Calibration | None
    by_precision: Calibration | None
    of_words: Calibration | None
    words_auroc: float | None


def quality(pictures: Sequence[Scored]) -> Quality:
    """How honest the estimates are. Pictures without one, as a rule digital pages, are only counted."""
    told = [(one, page_estimates(one.measured.read.document)) for one in pictures]
    told = [(one, estimates) for one, estimates in told if estimates]
    with_keys = [(one, estimates) for one, estimates in told if one.keys]
    bad = [one.wrong_key for one, _ in with_keys]
    names = list(dict.fromkeys(name for _, estimates in with_keys for name in estimates))
    ranking = []
    for name in names:
        scores = [-estimates[name] for _, estimates in with_keys]
        interval = chances.auroc_by_document([one.picture.document for one, _ in with_keys], scores, bad)
        ranking.append(Estimate(name, len(bad), Figure(chances.auroc(scores, bad), interval)))
    said = [estimates["page.quality"] for _, estimates in told]
    confidences, right = [], []
    for one in pictures:
        document = one.measured.read.document
        all_words = [word for page in document.pages for word in page.words] if document else []
        for word, is_right in zip(all_words, one.words.right, strict=True):
            if word.confidence is not None and is_right is not None:
                confidences.append(word.confidence)
                right.append(is_right)
    return Quality(
        tuple(ranking),
        len(pictures) - len(told),
        sum(bad),
        chances.calibration(said, [one.recall for one, _ in told]),
        chances.calibration(said, [one.precision for one, _ in told]),
        chances.calibration(confidences, [float(r) for r in right]),
        chances.auroc(confidences, right),
    )


def quality_as_json(found: Quality) -> dict[str, Any]:
    return {
        "auroc": {estimate.name: estimate.auroc.as_json() for estimate in found.ranking},
        "pictures": found.ranking[0].pictures if found.ranking else 0,
        "pictures_with_a_wrong_key_token": found.wrong,
        "without_estimate": found.without,
        "calibration": {
            "page.quality against word recall": _calibration_as_json(found.by_recall),
            "page.quality against word precision": _calibration_as_json(found.by_precision),
            "word.confidence": _calibration_as_json(found.of_words),
        },
        "word_confidence_auroc": found.words_auroc,
    }


def _calibration_as_json(found: Calibration | None) -> dict[str, Any] | None:
    return None if found is None else asdict(found)


def words_as_json(one: Scored) -> dict[str, Any]:
    """What was read of a picture, how sure that is said to be, and what is true: to fit estimates without reading."""
    document, picture = one.measured.read.document, one.picture
    right = iter(one.words.right)
    pages = []
    for page in document.pages if document else ():
        read = [
            {"text": w.text, "box": list(w.box), "line": w.line, "confidence": w.confidence, "right": next(right)}
            for w in page.words
        ]
        problem = page.problem.category if page.problem else None
        pages.append(
            {"number": page.number, "width": page.width, "height": page.height, "source": page.source,
             "engine": page.engine, "rotation": page.rotation, "quality": page.quality, "problem": problem,
             "words": read}
        )  # fmt: skip
    return {
        "file": picture.path.name, "document": picture.document, "split": picture.split, "kind": picture.kind,
        "damage": picture.damage, "group": picture.group, "strengths": dict(picture.strengths), "pages": pages,
        "true_words": list(picture.words), "word_recall": one.recall, "word_precision": one.precision,
        "keys": [{"kind": k.key.kind, "text": k.key.text, "outcome": k.outcome, "instead": k.instead}
                 for k in one.keys],
        "wrong_key": one.wrong_key, "cpu_seconds": one.measured.read.seconds,
        "steps": {name: list(spent) for name, spent in one.measured.read.steps.items()},
    }  # fmt: skip


# --- sums --------------------------------------------------------------------------------------------------------


_SIGNED = {True: "signed", False: "not signed", None: "open"}


class Sum:
    """Everything that is counted over some pictures."""

    def __init__(self, pictures: Sequence[Scored]) -> None:
        self.pictures = tuple(pictures)
        self.documents = len({one.picture.document for one in pictures})
        self.failures = Counter(one.measured.read.failure for one in pictures if one.measured.read.failure)
        self.keys = Counter(key.outcome for one in pictures for key in one.keys)
        self.word_recall = self._figure(lambda one: (one.words.both, one.words.true))
        self.word_precision = self._figure(lambda one: (one.words.both, one.words.read))
        self.key_recall = self._figure(lambda one: (_right(one.keys), len(one.keys)))
        self.bare_word_recall = self._figure(lambda one: (one.bare_words.both, one.bare_words.true))
        self.bare_key_recall = self._figure(lambda one: (_right(one.bare_keys), len(one.bare_keys)))
        # Digital pages are compared with another engine: they count by themselves only.
        costly = [one for one in pictures if one.picture.group != "digital"] or list(pictures)
        ratios = [one.cpu_ratio for one in costly if one.cpu_ratio is not None]
        self.mean_cpu_ratio = mean(ratios) if ratios else None
        beside = sum(one.measured.beside.seconds for one in costly)
        self.seconds = sum(one.measured.read.seconds for one in costly)
        self.cpu_ratio = self.seconds / beside if beside else None
        self.peak = max((one.measured.read.peak for one in pictures), default=0)
        asked = [one for one in pictures if one.picture.signed is not None]
        self.signatures = Counter(
            "open" if one.said is None else "right" if one.said == one.picture.signed else "wrong" for one in asked
        )
        self.signature_mistakes = Counter(
            f"{one.picture.signature} taken for {_SIGNED[one.said]}" for one in asked if one.said != one.picture.signed
        )
        self.boxes = Counter(state for one in pictures if one.boxes for state in one.boxes.states)
        self.extra_boxes = sum(one.boxes.extra for one in pictures if one.boxes)
        self.problems = Counter(
            page.problem.category
            for one in pictures
            if one.measured.read.document
            for page in one.measured.read.document.pages
            if page.problem
        )

    def _figure(self, of: Callable[[Scored], tuple[int, int]]) -> Figure:
        parts = [Part(one.picture.document, *of(one)) for one in self.pictures]
        return Figure(chances.share(parts), chances.by_document(parts))

    @property
    def signature_right(self) -> Figure:
        of = self.signatures.total()
        right = self.signatures["right"]
        return Figure(right / of if of else None, chances.wilson(right, of))

    @property
    def boxes_right(self) -> Figure:
        of = self.boxes.total()
        right = self.boxes["right"]
        return Figure(right / of if of else None, chances.wilson(right, of))

    def as_json(self) -> dict[str, Any]:
        return {
            "pictures": len(self.pictures),
            "documents": self.documents,
            "failures": dict(self.failures),
            "word_recall": self.word_recall.as_json(),
            "word_precision": self.word_precision.as_json(),
            "key_recall": self.key_recall.as_json(),
            "keys": dict(self.keys),
            "bare_word_recall": self.bare_word_recall.as_json(),
            "bare_key_recall": self.bare_key_recall.as_json(),
            "cpu_seconds": self.seconds,
            "cpu_ratio": self.cpu_ratio,
            "mean_cpu_ratio": self.mean_cpu_ratio,
            "peak_bytes": self.peak,
            "signatures": dict(self.signatures),
            "signature_mistakes": dict(self.signature_mistakes),
            "check_boxes": {**self.boxes, "extra": self.extra_boxes},
            "problems": dict(self.problems),
        }


def _right(found: Sequence[KeyRead]) -> int:
    return sum(key.outcome == "right" for key in found)


def by(pictures: Sequence[Scored], name: Callable[[Picture], str], order: Sequence[str] = ()) -> dict[str, Sum]:
    """A sum for each name that pictures have, in this order, then by name."""
    parts: dict[str, list[Scored]] = {}
    for one in pictures:
        parts.setdefault(name(one.picture), []).append(one)
    ordered = sorted(parts, key=lambda part: (order.index(part) if part in order else len(order), part))
    return {part: Sum(parts[part]) for part in ordered}


def said(signed_or_open: bool | None) -> str:
    """What docscan says of a signature, in words."""
    return _SIGNED[signed_or_open]


@dataclass(frozen=True)
class Step:
    """A step's own CPU time over all pictures, as a multiple of the bare engine's, and how often a picture needs it."""

    name: str
    calls: float
    share: float
    ratio: float | None

    def as_json(self) -> dict[str, Any]:
        return {"step": self.name, "calls": self.calls, "share": self.share, "cpu_ratio": self.ratio}


def spent_on(pictures: Sequence[Scored], *, grouped: bool) -> list[Step]:
    """Where the CPU time of pictures went, the most first; what no step accounts for is the rest."""
    total = sum(sum(s.seconds for s in one.measured.read.steps.values()) for one in pictures)
    whole = max(total, sum(one.measured.read.seconds for one in pictures))
    beside = sum(one.measured.beside.seconds for one in pictures)
    sums: dict[str, Spent] = {"the rest": Spent(0, max(0.0, whole - total))}
    for one in pictures:
        for name, spent in one.measured.read.steps.items():
            key = group(name) if grouped else name
            sums[key] = sums.get(key, Spent(0, 0.0)) + spent
    found = [
        Step(name, s.calls / len(pictures), s.seconds / whole, s.seconds / beside if beside else None)
        for name, s in sums.items()
    ] if whole else []  # fmt: skip
    return sorted(found, key=lambda step: -step.share)
