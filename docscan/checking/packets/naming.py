"""Does a letter name what a receipt shows?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from docscan.checking import wording
from docscan.checking.facts import class_of
from docscan.checking.packets.documents import Letter
from docscan.checking.packets.services import Service
from docscan.reference import item_classes
from docscan.reference.wording import tokens

GOODS = frozenset({
    "exercise_equipment", "drug", "supplement", "medical_supply", "air_treatment", "furniture", "food",
})  # fmt: skip
"""Classes of things to buy: a letter for one of them is not a letter for another."""

_OPEN = frozenset({None, "unspecific", "other"})


def names(letter: Letter, service: Service) -> tuple[bool | None, str]:
    """Whether the letter names the service, and a sentence on it; None where that cannot be told."""
    wanted = [str(e.value) for e in letter.treatments if isinstance(e.value, str)]
    if not wanted:
        hidden = letter.facts.hidden("treatment")
        return None, hidden.why if hidden else "The letter does not name a treatment."
    sold = service.description or ""
    shown = f"“{wording.one_line(sold)}”" if sold else "The receipt"
    classes = {c for e in letter.treatments for c in (class_of(e), *classes_of(str(e.value)))} - _OPEN
    same_class = service.item_class in classes
    goods = service.item_class in GOODS and all(_core(text) for text in wanted)
    if (sold and any(share_words(text, sold) for text in wanted)) or (same_class and not goods):
        return True, ""
    if service.item_class in _OPEN or not classes:
        return None, _open(service, shown, wanted)
    return False, f"{shown} is not what the letter names: {wording.listed(wanted)}."


def _open(service: Service, shown: str, wanted: list[str]) -> str:
    if service.item_class not in _OPEN:
        return f"docscan does not know whether {shown} is “{wording.listed(wanted)}”."
    if not service.description or service.item_class == "unspecific":
        return f"{shown} does not say what was done or sold."
    return f"docscan does not know whether {shown} is what the letter names: {wording.listed(wanted)}."


@lru_cache(maxsize=512)
def classes_of(treatment: str) -> frozenset[str]:
    """The classes of the parts of a treatment: "massage therapy and acupuncture"."""
    parts = re.split(r",|;|\band\b|\bor\b|/|\+|&", treatment)
    return frozenset(c for part in (treatment, *parts) if (c := item_classes.classify(part)) not in _OPEN and c)


@lru_cache(maxsize=2048)
def share_words(treatment: str, sold: str) -> bool:
    """Whether the words that say which thing is meant stand in both."""
    return bool(_core(treatment) & _core(sold))


@lru_cache(maxsize=2048)
def _core(text: str) -> frozenset[str]:
    return frozenset(w for w in _words(text) if len(w) > 3 and w.isalpha() and w not in _COMMON)


def _words(text: str) -> Iterable[str]:
    return (token.plain for token in tokens(text))


_COMMON = frozenset(
    """
    session sessions visit visits week weekly month monthly daily day year hour minute minutes time program programme
    plan service treatment therapy care individual private group package home portable medical medically necessary
    prescribed recommended certified licensed supervised with from health unit pack count each equipment device system
    """.split()
)
