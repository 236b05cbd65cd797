"""Truth files: what a document really says, beside it in TOML with the same stem (`docscan.truth/1`).

    schema = "docscan.truth/1"
    file = "letter.tif"             # beside the truth file
    kind = "lmn"                    # optional, as everything below
    as_of = 2026-11-21              # the day of the check; today if not given
    administrator = "generic-fsa"
    damage = "fax"                  # digital, scan, fax, photo, rotated, heic, ...: the table has a row for each
    text = "the words in reading order"
    absent = ["duration"]           # fields that the document does not have
    complete_fields = ["item"]      # fields of which every value, of whatever assertion, is listed below

    [[fields]]
    name = "diagnosis_code"
    value = "E11.9"
    assertion = "stated"            # the default

    [outcomes]
    LMN-10 = "met"

Only what the truth speaks of is measured, so a truth file need not list everything.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from docscan.reference.fields import FIELDS

SCHEMA = "docscan.truth/1"


@dataclass(frozen=True, slots=True)
class TrueField:
    name: str
    value: Any
    assertion: str = "stated"


@dataclass(frozen=True, slots=True)
class Truth:
    """One document's truth. `complete`: fields whose every value is listed; those that are absent are among them."""

    path: Path
    damage: str
    kind: str | None
    as_of: date | None
    administrator: str | None
    text: str | None
    fields: tuple[TrueField, ...]
    absent: frozenset[str]
    complete: frozenset[str]
    outcomes: dict[str, str]

    @property
    def scored(self) -> frozenset[str]:
        """The fields that this truth speaks of."""
        return frozenset(f.name for f in self.fields) | self.absent | self.complete


_KEYS = {"schema", "file", "kind", "as_of", "administrator", "damage", "text", "absent", "complete_fields", "fields",
         "outcomes", "origin", "licence", "story", "pair", "note"}  # fmt: skip


def read_truth(path: Path) -> Truth:
    """One truth file. Raises ValueError, naming the file, where it does not follow the format."""
    data = tomllib.loads(path.read_text("utf-8"))
    if data.get("schema") != SCHEMA:
        raise ValueError(f"{path}: schema is not {SCHEMA}")
    if unknown := data.keys() - _KEYS:
        raise ValueError(f"{path}: unknown keys: {', '.join(sorted(unknown))}")
    document = path.parent / data["file"]
    if not document.is_file():
        raise ValueError(f"{path}: there is no {data['file']} beside it")
    truth = Truth(
        path=document,
        damage=data.get("damage", "unknown"),
        kind=data.get("kind"),
        as_of=data.get("as_of"),
        administrator=data.get("administrator"),
        text=data.get("text"),
        fields=tuple(TrueField(f["name"], f["value"], f.get("assertion", "stated")) for f in data.get("fields", ())),
        absent=frozenset(data.get("absent", ())),
        complete=frozenset(data.get("complete_fields", ())),
        outcomes=dict(data.get("outcomes", {})),
    )
    if unnamed := truth.scored - FIELDS.keys():
        raise ValueError(f"{path}: no such fields: {', '.join(sorted(unnamed))}")
    if both := truth.absent & {f.name for f in truth.fields if f.assertion == "stated"}:
        raise ValueError(f"{path}: absent and listed: {', '.join(sorted(both))}")
    return truth


def read_folder(folder: Path) -> list[Truth]:
    """Every truth file of a folder and the folders in it, by name. Other TOML files are passed over."""
    found = []
    for path in sorted(folder.rglob("*.toml")):
        if f'"{SCHEMA}"' in path.read_text("utf-8"):
            found.append(read_truth(path))
    return found
