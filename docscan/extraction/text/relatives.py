"""Who is whose: words for relatives, and for others close to a patient, in groups that patterns are made of.

A text says "her mother" where it speaks of somebody else. Which groups mean that depends on the place: a son or
daughter may be the patient of whom somebody writes to a parent, so `CHILDREN` and `MINORS` can be left out.
"""

from __future__ import annotations

from itertools import chain

PARENTS = ("mother", "father", "mom", "dad", "mum", "mommy", "daddy", "mama", "papa", "parent")
SIBLINGS = ("sister", "brother", "sibling", "twin")
SPOUSES = ("wife", "husband", "spouse", "fiance", "fiancee", "fiancé", "fiancée", "widow", "widower")
CHILDREN = ("son", "daughter")
KINSFOLK = ("aunt", "uncle", "cousin", "niece", "nephew")
MINORS = ("child", "boy", "girl")
"""As often the patient as somebody's child."""
COMPANIONS = (
    "partner", "guardian", "caregiver", "carer", "friend", "boyfriend", "girlfriend", "neighbor", "neighbour",
    "roommate", "coworker", "co-worker", "colleague",
)  # fmt: skip
"""Who is no kin, but somebody else."""

_IRREGULAR = {"wife": "wives", "child": "children"}
_DEGREE = r"(?:(?:step|half|grand|great|foster|twin|ex|god)[- ]?)*"
_BY_LAW = r"(?:[- ]in[- ]law)?"

FAMILY = (PARENTS, SIBLINGS, SPOUSES, CHILDREN, KINSFOLK)
"""The groups of relatives, of any generation."""


def any_of(*groups: tuple[str, ...]) -> str:
    """A pattern for one word of these groups, whole, in lower case: "mother", "step-sons", "great-grandmother"."""
    words = sorted({*chain(*groups), *map(_plural, chain(*groups))}, key=len, reverse=True)
    return rf"\b{_DEGREE}(?:{'|'.join(words)}){_BY_LAW}\b"


def words() -> frozenset[str]:
    """Every word, and its plural."""
    every = tuple(chain(*FAMILY, MINORS, COMPANIONS))
    grand = ("grandmother", "grandfather", "grandparent", "grandson", "granddaughter", "grandchild")
    return frozenset((*every, *grand, *map(_plural, every), *map(_plural, grand)))


def _plural(word: str) -> str:
    for single, several in _IRREGULAR.items():
        if word.endswith(single):
            return word.removesuffix(single) + several
    return word + "s"


ELDERS = any_of(PARENTS, SIBLINGS, SPOUSES, KINSFOLK)
"""Relatives who are not the patient, whoever writes to whom."""
RELATIVE = any_of(*FAMILY)
"""A relative of any generation."""
