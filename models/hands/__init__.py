"""Papers written by many hands to learn from, with what stands where in them.

One file a hand: `=== kind`, then the paper as OCR would give it, tags around what they name,
`<freq>twice a week</freq>`. Each hand had a person or a program to be and its own words and layout; nobody in them
exists. What the tags mean: `models/README.md`. To teach docscan something, add papers in a hand that is not there yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from docscan.document import Document

HERE: Final = Path(__file__).parent
LABELS: Final[Mapping[str, str]] = {
    "patient": "patient",
    "participant": "participant",
    "provider": "provider",
    "signer": "signer",
    "other": "other_person",
    "practice": "practice",
    "merchant": "merchant",
    "treatment": "treatment",
    "diagnosis": "diagnosis",
    "notdx": "other_diagnosis",
    "freq": "frequency",
    "count": "count",
    "len": "session_length",
    "dur": "duration",
    "start": "start_date",
    "end": "end_date",
    "validity": "letter_validity",
    "item": "item",
    "served": "service_date",
    "total": "total",
}
"""The tags, and what each is called elsewhere."""

_HEAD = re.compile(r"^=== (\w+)[^\n]*\n", re.MULTILINE)
_TAG = re.compile(r"<(/?)([a-z]+)>")
_MARKS = 0xE000  # where characters begin that no paper has: a pair of them for each label


class Labelled(NamedTuple):
    """What stands from `start` to `end`."""

    start: int
    end: int
    label: str


class Paper(NamedTuple):
    """A paper's text as docscan reads it, its kind, what stands where."""

    name: str
    kind: str
    text: str
    labelled: tuple[Labelled, ...]


def papers(where: Path = HERE) -> Iterator[Paper]:
    """Every paper of a folder, by file; refuses one whose tags are not whole."""
    for path in sorted(where.glob("*/*.txt")):
        _, *parts = _HEAD.split(path.read_text("utf-8"))
        for number, (kind, body) in enumerate(zip(parts[::2], parts[1::2], strict=True), start=1):
            name = f"{path.parent.name}/{path.stem} {number}"
            yield Paper(name, kind, *_read(_marked(body.strip("\n"), name)))


def _marked(body: str, name: str) -> str:
    """The paper with a character where a tag stands, so that the tags keep their places when it is laid out."""
    open_: list[str] = []

    def mark(tag: re.Match[str]) -> str:
        if tag[2] not in LABELS or (tag[1] and (not open_ or open_.pop() != tag[2])):
            raise SystemExit(f"{name}: {tag[0]} is no tag or closes none")
        if not tag[1]:
            open_.append(tag[2])
        return chr(_MARKS + 2 * list(LABELS).index(tag[2]) + bool(tag[1]))

    marked = _TAG.sub(mark, body)
    if open_:
        raise SystemExit(f"{name}: <{open_[-1]}> is never closed")
    return marked


def _read(marked: str) -> tuple[str, tuple[Labelled, ...]]:
    names = list(LABELS.values())
    letters: list[str] = []
    begun: dict[str, int] = {}
    found: list[Labelled] = []
    for letter in Document.from_text(marked).text:
        number = ord(letter) - _MARKS
        if not 0 <= number < 2 * len(names):
            letters.append(letter)
        elif number % 2:
            found.append(Labelled(begun.pop(names[number // 2]), len(letters), names[number // 2]))
        else:
            begun[names[number // 2]] = len(letters)
    return "".join(letters), tuple(sorted(found))
