"""Points of evidence for a kind of document, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from docscan.document import Kind

Place: TypeAlias = tuple[int, int]
"""Start and end of a stretch of text."""


class Point(NamedTuple):
    """So much evidence for a kind (or against it, below 0). `place` is None for what has no place of its own."""

    kind: Kind
    points: float
    place: Place | None


def points_of(*weights: tuple[object, Kind, float, Place | None]) -> Iterator[Point]:
    """The points of those weights whose first element, what they rest on, is there."""
    return (Point(kind, points, place) for present, kind, points, place in weights if present)


def place_of(pattern: re.Pattern[str], text: str) -> Place | None:
    """Where a pattern is first found."""
    found = pattern.search(text)
    return found.span() if found else None


def spaced(pattern: str) -> str:
    """A pattern of `kind_cues.toml`, in which a space stands for any white space."""
    return re.sub(r"(?<!\\) (?![?*+{])", r"\\s+", pattern)
