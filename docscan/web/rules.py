"""Whose rules are there, and what are they?"""

from __future__ import annotations

from docscan import checking
from docscan.checking import Ruleset


def load(administrator: str) -> Ruleset:
    """An administrator's rules. Raises `UnknownName`."""
    return checking.load(administrator)


def titles() -> dict[str, str]:
    """What each administrator is called, by its name."""
    return {name: checking.load(name).title for name in checking.administrators()}
