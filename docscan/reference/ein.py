"""Employer identification numbers (tax IDs): two digits for the issuing campus, a dash, seven; no check digit."""

from __future__ import annotations

import re

UNUSED_PREFIXES = frozenset("00 07 08 09 17 18 19 28 29 49 69 70 78 79 89 96 97".split())
"""Reported as never given out; lists differ by a few, so this is a reason to look, never to refuse."""


def normalise(text: str) -> str | None:
    """ "12-3456789"; None where there are not nine digits, or they are grouped like a social security number."""
    match = re.fullmatch(r"\s*([0-9]{2})[\s\-–]?([0-9]{7})\s*", text)
    return f"{match[1]}-{match[2]}" if match else None


def plausible(ein: str) -> bool:
    """The shape holds and the prefix is in use."""
    written = normalise(ein)
    return written is not None and written[:2] not in UNUSED_PREFIXES
