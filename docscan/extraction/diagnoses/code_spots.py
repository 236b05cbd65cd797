"""Where something stands that has the shape of an ICD-10-CM code, and what stands in one list.

Shape is not meaning: a spot may be a gym (F45), a vertebra (L4) or an order number. `codes` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

from docscan.reference import icd10cm

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

Form: TypeAlias = Literal["dotted", "bare", "spaced"]
"""With its dot; without; with spaces inside, as forms with a box for each character give."""

_TIGHT = re.compile(
    r"(?<![^\W_])(?<![.$@])(?<![^\W_]_)(?P<code>(?:[A-Za-z]\d[0-9A-Za-z]|QA\d)(?:\.[0-9A-Za-z]{1,4}|[0-9A-Za-z]{0,4}))"
    r"(?![^\W_]|_[^\W_]|\.\w|['’])"
)
_SPACED = re.compile(
    r"(?<![\w.$@])(?P<code>"
    r"(?:[A-Z]\d[0-9A-Z]|QA\d)[ ]?\.[ ]?\d[0-9A-Z]{0,3}"  # G82 .52
    r"|[A-Z][ ]\d[0-9A-Z][ ]?\.[ ]?\d[0-9A-Z]{0,3}"  # E 11.9
    r"|[A-Z][ ]\d[ ][0-9A-Z](?:[ ]?[.][ ]?[0-9A-Z](?:[ ][0-9A-Z]){0,3}|(?:[ ][0-9A-Z]){2,4})"  # E 1 1 . 9
    r")(?!\w|\.\d|[ ]\w\b)"
)
_BETWEEN = re.compile(
    r"(?:[\s,;:/&|+()\[\]–—-]|\b(?:and|or|plus)\b|(?<![^\s])(?:\(?\d{1,2}|[A-La-l])[.):](?=\s))*", re.IGNORECASE
)
_WIDEST = 14  # characters between two entries of one list


@dataclass(frozen=True, slots=True)
class Spot:
    """`code`: as it is written, upper case, with its dot."""

    start: int
    end: int
    printed: str
    code: str
    form: Form

    @property
    def capital(self) -> bool:
        return self.printed[0].isupper()

    @property
    def like_a_procedure(self) -> bool:
        """A letter and four digits: HCPCS level II has the same shape."""
        return re.fullmatch(r"[A-Za-z]\d{4}", self.printed) is not None


def spots(text: AnnotatedText) -> tuple[Spot, ...]:
    """Every place of that shape, in order, none overlapping another."""
    return text.once("code spots", lambda: tuple(_without_overlap(text.text)))


def _without_overlap(printed: str) -> Iterator[Spot]:
    spaced = [spot for spot in _spaced(printed) if icd10cm.history(spot.code)]
    end = -1
    for spot in sorted((*_tight(printed), *spaced), key=lambda s: (s.start, -s.end)):
        if spot.start >= end:
            end = spot.end
            yield spot


def _tight(printed: str) -> Iterator[Spot]:
    for match in _TIGHT.finditer(printed):
        code = icd10cm.normalise(match["code"])
        if code is not None and _free(printed, *match.span("code")):
            yield Spot(*match.span("code"), match["code"], code, "dotted" if "." in match["code"] else "bare")


def _spaced(printed: str) -> Iterator[Spot]:
    for match in _SPACED.finditer(printed):
        code = icd10cm.normalise(re.sub(r"\s", "", match["code"]))
        if code is not None and " " in match["code"]:
            yield Spot(*match.span("code"), match["code"], code, "spaced")


_HYPHENS = "-–#"


def _free(printed: str, start: int, end: int) -> bool:
    """Not part of a longer number: "E1140-B", "V20-77813"; but "E11.9-I10" is two codes."""
    before, after = printed[max(0, start - 9) : start], printed[end : end + 9]
    if after[:1] in _HYPHENS and after[1:2].isalnum():
        return re.match(r"[-–][A-Z]\d[0-9A-Z](?!\d*-)", after) is not None and not re.match(r"[-–][A-Z]\d\b", after)
    if before[-1:] in _HYPHENS and before[-2:-1].isalnum():
        return re.search(r"(?:\b[A-Z]\d[0-9A-Z][0-9A-Z.]*|ICD-?10|\b(?i:dx|code))[-–]$", before) is not None
    return before[-1:] != "#" or "." in printed[start:end]


def listed(printed: str, one: Spot, other: Spot) -> bool:
    """Whether nothing but what parts the entries of a list stands between two spots."""
    between = printed[one.end : other.start]
    return len(between) <= _WIDEST and between.count("\n") < 2 and _BETWEEN.fullmatch(between) is not None


def lists(text: AnnotatedText) -> tuple[tuple[Spot, ...], ...]:
    """The spots, those of one list together."""
    found = spots(text)
    groups: list[list[Spot]] = [[found[0]]] if found else []
    for before, after in pairwise(found):
        if listed(text.text, before, after):
            groups[-1].append(after)
        else:
            groups.append([after])
    return tuple(map(tuple, groups))
