"""Measure how files of several documents are told apart, with files joined from single documents.

    python -m tests.benchmark.understanding.packets                    # the open goldens
    python -m tests.benchmark.understanding.packets --split held_out   # figures alone
    python -m tests.benchmark.understanding.packets --texts FOLDER     # documents of one's own, *.txt
    python -m tests.benchmark.understanding.packets --mistakes

Each file holds 2 to 6 documents of 1 to 3 pages in any order, now and then with a fax cover or a blank page, and in
three of ten files with two documents of one issuer, one after the other, that differ in days and numbers alone.
A document of one page that is long enough is set on more pages, as a printer would: at any line,
with or without page numbers, a running head or "continued". What is counted:

* boundaries: between two pages, another document begins. Precision, recall, F1.
* files: every document of the file has exactly its pages.
* whole: a document by itself stays one.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from docscan.document import Document
from docscan.extraction.kinds.packets import parts_of

_COVERS = (
    "FAX COVER SHEET\n\nTo: Benefits Department      Fax: 555-0100\nFrom: front desk\n"
    "Number of pages including cover: {}\nComments: please see attached",
    "FACSIMILE TRANSMITTAL\n\nTO   Claims\nFROM   Office manager\nDATE   03/02/2026\nPAGES   {}\n\n"
    "[ ] urgent   [x] for review",
)
_ONE_PAGE = re.compile(r"\b0*1\s?(?:of|/)\s?0*1\b", re.IGNORECASE)  # a document that says so is not set on two pages
_SISTERS = 0.3  # of the files hold two documents of one kind by one issuer
_FEWEST_LINES = 26  # of a document that is set on several pages


@dataclass(frozen=True, slots=True)
class Joined:
    """A file of several documents. `begins`: the index of each document's first page, covers included."""

    pages: tuple[str, ...]
    begins: frozenset[int]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """What was found in many files."""

    files: int
    exact: int
    right: int
    found: int
    there: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.there if self.there else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def paginated(text: str, chance: random.Random) -> tuple[str, ...]:
    """A document on the pages that it has, or on up to three where it is long."""
    pages = text.strip("\n").split("\f")
    lines = pages[0].split("\n")
    if len(pages) > 1 or _ONE_PAGE.search(text) or len(lines) < _FEWEST_LINES or chance.random() < 0.5:
        return tuple(pages)
    count = 3 if len(lines) > 2 * _FEWEST_LINES and chance.random() < 0.5 else 2
    cuts = [0, *(len(lines) * k // count + chance.randint(-4, 4) for k in range(1, count)), len(lines)]
    parts = ["\n".join(lines[a:b]).strip("\n") for a, b in pairwise(cuts)]
    head = lines[0].strip()[:40]
    match chance.choice(("none", "none", "foot", "head", "continued")):
        case "foot":
            parts = [f"{part}\n\n{' ' * 30}Page {n} of {count}" for n, part in enumerate(parts, 1)]
        case "head":
            parts = [parts[0], *(f"{head}      page {n}\n\n{part}" for n, part in enumerate(parts[1:], 2))]
        case "continued":
            parts = [*(f"{part}\n\n(continued)" for part in parts[:-1]), parts[-1]]
    return tuple(parts)


def sister(text: str, chance: random.Random) -> str:
    """The same issuer's next document of the kind: the same words on other days, perhaps with another number."""
    shift = chance.randint(1, 9)

    def later(found: re.Match[str]) -> str:
        day = (int(found["day"]) + shift - 1) % 27 + 1
        return f"{found['before']}{day:0{len(found['day'])}d}{found['after']}"

    text = _DAY.sub(later, text)
    if chance.random() < 0.5:
        return text
    return _NUMBERED.sub(lambda found: found["label"] + str(chance.randint(10**3, 10**4)), text)


_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = re.compile(
    rf"(?P<before>\b\d{{1,2}}[/.-]|\b{_MONTH} |\b\d{{4}}-\d\d-)(?P<day>\d{{1,2}})"
    r"(?P<after>[/.-]\d{2,4}\b|,? ?(?:\d{4})?\b)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?P<label>\b(?:invoice|receipt|claim|statement|inv|no)\b\.?\s*(?:no\.?|number|#)?:?\s*)\d{3,}", re.IGNORECASE
)


def joined(documents: Sequence[tuple[str, str]], chance: random.Random) -> Joined:
    """2 to 6 of the documents as one file."""
    chosen = list(chance.sample(documents, chance.randint(2, 6)))
    if chance.random() < _SISTERS:
        place = chance.randrange(len(chosen))
        name, text = chosen[place]
        chosen.insert(place + 1, (f"{name} again", sister(text, chance)))
    pages: list[str] = []
    begins: list[int] = []
    for number, (_, text) in enumerate(chosen):
        begins.append(len(pages))
        if chance.random() < (0.25 if number == 0 else 0.05):
            pages.append(chance.choice(_COVERS).format(chance.randint(2, 9)))
        pages += paginated(text, chance)
        if chance.random() < 0.07:
            pages.append("")
    return Joined(tuple(pages), frozenset(begins), tuple(name for name, _ in chosen))


def begins_of(pages: Sequence[str]) -> frozenset[int]:
    """Where documents begin, as docscan finds them."""
    return frozenset(part.pages[0] - 1 for part in parts_of(Document.from_text("\f".join(pages))))


def measure(documents: Sequence[tuple[str, str]], *, files: int, seed: int, mistakes: bool = False) -> Counted:
    """Join the documents in many ways and count what is found. The same seed joins the same files."""
    chance = random.Random(seed)  # noqa: S311 - no secrets
    exact = right = found = there = 0
    for _ in range(files):
        file = joined(documents, chance)
        seen = begins_of(file.pages) - {0}
        meant = file.begins - {0}
        exact += seen == meant
        right, found, there = right + len(seen & meant), found + len(seen), there + len(meant)
        if mistakes and seen != meant:
            sys.stdout.write(f"{file.names}: begins {sorted(meant)}, found {sorted(seen)}\n")
    return Counted(files, exact, right, found, there)


def falsely_split(documents: Sequence[tuple[str, str]], *, times: int, seed: int) -> Iterator[str]:
    """The documents that are not left whole, as they are or set on several pages."""
    chance = random.Random(seed)  # noqa: S311 - no secrets
    for name, text in documents:
        for _ in range(times):
            if len(begins_of(paginated(text, chance))) > 1:
                yield name


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--split", choices=("open", "held_out"), default="open")
    parser.add_argument("--texts", type=Path, help="a folder of *.txt files, instead of the goldens")
    parser.add_argument("--pattern", default="*.txt")
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mistakes", action="store_true")
    given = parser.parse_args(arguments)
    if given.mistakes and given.split != "open":
        sys.stderr.write("--mistakes shows the open half alone\n")
        return 2
    documents = _texts(given.texts, given.pattern) if given.texts else _goldens(given.split)
    counted = measure(documents, files=given.files, seed=given.seed, mistakes=given.mistakes)
    split = list(falsely_split(documents, times=4, seed=given.seed))
    if given.mistakes:
        sys.stdout.write(f"falsely split: {sorted(set(split))}\n")
    sys.stdout.write(
        f"{len(documents)} documents in {counted.files} files\n"
        f"boundaries: precision {counted.precision:.3f}, recall {counted.recall:.3f}, F1 {counted.f1:.3f}"
        f" ({counted.there})\n"
        f"files exactly right: {counted.exact / counted.files:.3f}\n"
        f"single documents split: {len(split)} of {4 * len(documents)}\n"
    )
    return 0


def _goldens(split: str) -> list[tuple[str, str]]:
    from tests.golden.measure import read_goldens

    return [(golden.truth.path.stem, golden.text) for golden in read_goldens(split)]


def _texts(folder: Path, pattern: str) -> list[tuple[str, str]]:
    return [(path.stem, path.read_text("utf-8")) for path in sorted(folder.glob(pattern))]


if __name__ == "__main__":
    sys.exit(main())
