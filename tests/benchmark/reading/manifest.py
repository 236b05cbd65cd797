"""The pictures of a damaged corpus with their truth, and which of them are measured.

`FOLDER/manifest.jsonl` has one line a picture:

    {"file": "tune/letter-01.fax.tif", "document": "letter-01", "split": "tune", "kind": "letter", "damage": "fax",
     "group": "fax", "strengths": {"skew": 1.3}, "words": ["Letter", "of"], "added": ["11/05/2026", "FROM:"],
     "key": [{"kind": "code", "text": "E11.9"}], "signature": "ink",
     "check_boxes": [{"label": "Initial request", "state": "ticked"}]}

`words` are in reading order as printed. `added`: what a fax machine or a stamp may have printed beside them: reading it
is neither right nor wrong. `key`: the tokens among them of which a wrong character does harm: codes,
dates, amounts, NPIs. `signature` is null where the document has no place for one. A check box' label stands right of
it. Documents of one split share neither text nor writer with another's.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

Split: TypeAlias = Literal["tune", "report", "sealed"]
SPLITS: tuple[Split, ...] = get_args(Split)
GROUPS = ("digital", "scan", "fax", "photo", "rotated", "other")
"""The columns of the tables, in their order."""


@dataclass(frozen=True, slots=True)
class Key:
    """A token that must be read exactly. `kind`: code, date, amount or npi."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class CheckBox:
    label: str
    state: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One file and what it shows. `damage` is the kind of damage, `group` the family that it belongs to."""

    path: Path
    document: str
    split: Split
    kind: str
    damage: str
    group: str
    words: tuple[str, ...]
    keys: tuple[Key, ...]
    signature: str | None
    check_boxes: tuple[CheckBox, ...]
    strengths: Mapping[str, Any]
    added: tuple[str, ...] = ()

    @property
    def signed(self) -> bool | None:
        """Whether somebody signed, in ink or electronically; None where there is no place for a signature."""
        return None if self.signature is None else self.signature in ("ink", "electronic")


def read_manifest(folder: Path) -> list[Picture]:
    """Every picture, in the manifest's order. Raises ValueError, naming the line that does not follow the format."""
    path = folder / "manifest.jsonl"
    if not path.is_file():
        raise ValueError(f"{path} does not exist")
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.strip():
            try:
                found.append(_picture(folder, json.loads(line)))
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{path}, line {number}: {type(error).__name__}: {error}") from None
    _refuse_shared_documents(found)
    return found


def _picture(folder: Path, row: Mapping[str, Any]) -> Picture:
    if row["split"] not in SPLITS:
        raise ValueError(f"no such split: {row['split']}")
    if row["group"] not in GROUPS:
        raise ValueError(f"no such group: {row['group']}")
    path = folder / row["file"]
    if not path.is_file():
        raise ValueError(f"there is no {row['file']}")
    return Picture(
        path, row["document"], row["split"], row["kind"], row["damage"], row["group"], tuple(row["words"]),
        tuple(Key(key["kind"], key["text"]) for key in row["key"]), row.get("signature"),
        tuple(CheckBox(box["label"], box["state"]) for box in row.get("check_boxes", ())), row.get("strengths", {}),
        tuple(row.get("added", ())),
    )  # fmt: skip


def _refuse_shared_documents(pictures: Sequence[Picture]) -> None:
    splits = defaultdict[str, set[str]](set)
    for picture in pictures:
        splits[picture.document].add(picture.split)
    if shared := sorted(document for document, where in splits.items() if len(where) > 1):
        raise ValueError(f"in more than one split: {', '.join(shared)}")


def chosen(
    pictures: Sequence[Picture],
    *,
    split: Split,
    documents: int | None = None,
    damages: Collection[str] = (),
    sample: int | None = None,
    seed: int = 0,
) -> list[Picture]:
    """The pictures of one split: of its first `documents`, with these kinds of damage, and `sample` of them at random.

    A sample takes turns among the kinds of damage, so that each has as many pictures as any other, or one less.
    """
    own = [picture for picture in pictures if picture.split == split]
    if documents is not None:
        first = set(list(dict.fromkeys(picture.document for picture in own))[:documents])
        own = [picture for picture in own if picture.document in first]
    if damages:
        own = [picture for picture in own if picture.damage in damages]
    if sample is None or sample >= len(own):
        return own
    draw = random.Random(seed)  # noqa: S311 - which pictures are looked at is no secret
    by_damage = defaultdict[str, list[Picture]](list)
    for picture in own:
        by_damage[picture.damage].append(picture)
    turns = [draw.sample(of_one, len(of_one)) for _, of_one in sorted(by_damage.items())]
    draw.shuffle(turns)
    taken = []
    for turn in range(max(map(len, turns))):
        taken += [of_one[turn] for of_one in turns if turn < len(of_one)]
    wanted = set(map(id, taken[:sample]))
    return [picture for picture in own if id(picture) in wanted]
