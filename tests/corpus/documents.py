"""Which documents the corpus has, to which split each belongs, and its typeset page."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast, get_args

from tests.corpus import forms, typeset
from tests.corpus.page import Page

GOLDEN = Path(__file__).parents[1] / "golden"

Split: TypeAlias = Literal["tune", "report", "sealed"]
Kind: TypeAlias = Literal["letter", "form", "superbill", "receipt", "table"]
SPLITS: tuple[Split, ...] = get_args(Split)

_KINDS: dict[str, Kind] = {
    "lmn": "letter",
    "other": "letter",
    "prescription": "form",
    "referral": "form",
    "superbill": "superbill",
    "receipt": "receipt",
    "card_slip": "receipt",
}
_STRIP = 44  # characters: a bill no wider than this is a till's strip, a card slip up to 60


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its name, split and kind, and how to set it."""

    name: str
    split: Split
    kind: Kind
    set: Callable[[], Page]


def split_of(name: str, golden_split: str) -> Split:
    """What is open is for tuning; of what is held out every name has its place by its own hash, for good."""
    if golden_split == "open":
        return "tune"
    return "sealed" if hashlib.sha256(f"lot/{name}".encode()).digest()[0] % 2 else "report"


@cache
def documents() -> tuple[Document, ...]:
    """All documents in the order of their names: the golden texts, then the drawn forms."""
    found = []
    for path in sorted([*GOLDEN.glob("letters/*.toml"), *GOLDEN.glob("bills/*.toml")]):
        golden = tomllib.loads(path.read_text(encoding="utf-8"))
        name = f"{path.parent.name.removesuffix('s')}-{path.stem.replace('_', '-')}"
        text = cast(str, golden["text"]).lstrip("\n")
        letter = golden["kind"] in ("lmn", "prescription")
        kind = _kind_of(text, golden["kind"])
        found.append(Document(name, split_of(name, golden["split"]), kind, _setter(text, name, golden["kind"], letter)))
    found += [Document(form.name, form.split, form.kind, form.set) for form in forms.FORMS]
    return tuple(found)


@cache
def packet_documents() -> tuple[Document, ...]:
    """The documents of the labelled packets, in the order of their names; all of a packet are in one split.

    A letter that its labels call signed is signed by hand where its text has a place for it; others are printed as
    they are written, so that a picture shows a signature where the labels see one and nowhere else.
    """
    found = []
    for path in sorted(GOLDEN.glob("packets/*.toml")):
        packet = tomllib.loads(path.read_text(encoding="utf-8"))
        split = split_of(path.stem, packet["split"])
        for number, paper in enumerate(packet["documents"], 1):
            name, text, kind = packet_name(path.stem, number), cast(str, paper["text"]).strip("\n"), paper["kinds"][0]
            signed = _labelled(paper, "LMN-16") == "met"
            found.append(Document(name, split, _kind_of(text, kind), _setter(text, name, kind, signed, 1.0)))
    return tuple(found)


def packet_name(packet: str, number: int) -> str:
    """The name that pictures of a packet's document bear; `number` counts from 1."""
    return f"packet-{packet.replace('_', '-')}-{number}"


def _labelled(paper: dict[str, Any], rule: str) -> str | None:
    return cast("dict[str, str]", paper.get("outcomes", {})).get(rule)


def _kind_of(text: str, kind: str) -> Kind:
    known = _KINDS.get(kind, "table")
    return "form" if known == "letter" and re.search(r"\[[xX ]\]", text) else known


def _setter(text: str, name: str, kind: str, letter: bool, ink: float | None = None) -> Callable[[], Page]:
    widest = max(map(len, text.splitlines()))
    if widest <= _STRIP or (kind in ("card_slip", "receipt") and widest <= 60 and len(name) % 2 == 0):
        return lambda: typeset.strip(text, seed=name)
    return lambda: typeset.sheet(text, seed=name, letter=letter, ink=ink)
