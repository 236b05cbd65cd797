"""Letters after a name: what they stand for, and whether their holder may diagnose (`credentials.toml`).

Tiers: T1 physicians; T2 other practitioners who may diagnose; T3 licensed to treat, seldom to diagnose; T0 without a
licence (trainers, coaches); None where the letters say nothing of a licence (degrees, fellowships).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias

Tier: TypeAlias = Literal["T1", "T2", "T3", "T0"]


@dataclass(frozen=True, slots=True)
class Credential:
    """`code`: as values write it ("MD", "PA-C", "ACSM-CEP"). `may_diagnose`: tiers T1 and T2.

    `clinical`: a trainer's certificate for work with the ill. `doubtful`: the letters are also a word, a state or a
    common abbreviation ("DO", "PA", "PT", "CPT"), so that they count only in capitals beside a name.
    """

    code: str
    meaning: str
    tier: Tier | None
    clinical: bool
    doubtful: bool

    @property
    def may_diagnose(self) -> bool:
        return self.tier in ("T1", "T2")

    @property
    def trainer(self) -> bool:
        return self.tier == "T0"


def look_up(text: str) -> Credential | None:
    """The credential that `text` writes, with or without dots ("M.D.", "PA - C", "Fnp-bc"); None if it is none."""
    plain = _plain(text)
    found = _by_writing().get(plain)
    if found is None and plain.startswith(("BOARD CERTIFIED ", "CERTIFIED ")):
        found = _by_writing().get(plain.partition("CERTIFIED ")[2])
    return found


def normalise(text: str) -> str | None:
    """The way values write it: "M.D." → "MD", "Physician Assistant" → "PA", "FNP-C" → "FNP-C"; None if unknown.

    Upper case, no dots. A variant keeps its own letters ("FNP-BC"): the look-up knows what it is a variant of.
    """
    found = look_up(text)
    if found is None:
        return None
    plain = _plain(text)
    letters = len(plain) <= _LONGEST_LETTERS and " " not in plain and plain not in _SPELT and plain != "PAC"
    return plain if letters else found.code.upper()


def split(text: str) -> tuple[Credential, ...]:
    """The credentials of a list ("MD, FACC"; "PT DPT OCS"; "M.D./Ph.D."), in its order, unknown pieces left out."""
    found: list[Credential] = []
    for piece in re.split(r"[,;]", text):
        whole = look_up(piece)
        parts = [whole] if whole else [look_up(p) for p in re.split(r"\s+|/|&|(?<!\w)and(?!\w)", piece.strip())]
        found += [part for part in parts if part is not None and part not in found]
    return tuple(found)


def highest(credentials: tuple[Credential, ...]) -> Credential | None:
    """The one that says most about who may sign: T1 before T2, T3, T0; None where none speaks of a licence."""
    ranked = [c for tier in ("T1", "T2", "T3", "T0") for c in credentials if c.tier == tier]
    return ranked[0] if ranked else None


def codes() -> tuple[str, ...]:
    """Every way of writing a credential, the longest first: for building a matcher. Without dots."""
    return tuple(sorted(_by_writing(), key=lambda w: (-len(w), w)))


_LONGEST_LETTERS = 9

_SPELT = {
    "PHYSICIAN": "MD", "MEDICAL DOCTOR": "MD", "DOCTOR OF MEDICINE": "MD", "OSTEOPATH": "DO",
    "DOCTOR OF OSTEOPATHY": "DO", "CHIROPRACTOR": "DC", "PODIATRIST": "DPM", "DENTIST": "DDS", "OPTOMETRIST": "OD",
    "PSYCHOLOGIST": "LP", "LICENSED PSYCHOLOGIST": "LP", "PHYSICIAN ASSISTANT": "PA", "PHYSICIAN ASSOCIATE": "PA",
    "ACUPUNCTURIST": "LAc", "DIETITIAN": "RD", "DIETICIAN": "RD", "REGISTERED DIETICIAN": "RD",
    "MASSAGE THERAPIST": "LMT", "PERSONAL TRAINER": "CPT", "NATUROPATH": "ND", "NATUROPATHIC PHYSICIAN": "ND",
    "ATHLETIC TRAINER": "LAT", "OSTEOPATHIC PHYSICIAN": "DO", "DOCTOR OF OSTEOPATHIC MEDICINE": "DO",
    "CHIROPRACTIC PHYSICIAN": "DC", "PODIATRIC PHYSICIAN": "DPM", "MIDWIFE": "CNM", "NURSE MIDWIFE": "CNM",
    "FAMILY NURSE PRACTITIONER": "FNP", "ADVANCED PRACTICE NURSE": "APRN", "ADVANCED REGISTERED NURSE "
        "PRACTITIONER": "NP",
    "CERTIFIED REGISTERED NURSE PRACTITIONER": "NP", "LICENSED PHYSICAL THERAPIST": "PT",
    "LICENSED CHIROPRACTOR": "DC", "DOCTOR OF DENTAL MEDICINE": "DMD", "DOCTOR OF PODIATRY": "DPM",
    "LICENSED CLINICAL PSYCHOLOGIST": "LP", "CLINICAL PSYCHOLOGIST": "LP", "DOCTOR OF ACUPUNCTURE": "LAc",
    "REGISTERED DIETITIAN NUTRITIONIST": "RDN", "LICENSED DIETITIAN": "LD",
}  # fmt: skip
"""Spelt-out professions that are not the `meaning` of an entry."""


def _plain(text: str) -> str:
    text = re.sub(r"[®™©*]", "", text).replace("–", "-")
    text = re.sub(r"\s*([-/])\s*", r"\1", re.sub(r"[().]", " ", text) if len(text) > _LONGEST_LETTERS + 9 else text)
    text = text.replace(".", "").strip(" ,;:()")
    return re.sub(r"\s+", " ", text).upper()


_TIERS: dict[str, Tier | None] = {"T1": "T1", "T2": "T2", "T3": "T3", "T0": "T0", "degree": None}


@cache
def _by_writing() -> dict[str, Credential]:
    data = tomllib.loads(files(__package__).joinpath("credentials.toml").read_text("utf-8"))
    found: dict[str, Credential] = {}
    entries: dict[str, Credential] = {}
    for tier, group in data.items():
        for code, entry in group.items():
            credential = Credential(
                code,
                entry["meaning"],
                _TIERS[tier],
                entry.get("clinical", False),
                entry.get("word", False),
            )
            entries[code] = credential
            for writing in (code, *entry.get("also", ()), entry["meaning"]):
                plain = _plain(writing)
                for variant in {plain, plain.replace("-", " "), plain.replace("-", ", "), plain.replace(" ", "-")}:
                    found.setdefault(variant, credential)
    return found | {spelt: entries[code] for spelt, code in _SPELT.items()}
