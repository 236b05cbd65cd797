"""How grave is it? One answer for every page, as a word that the style knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, Protocol, TypeAlias

from docscan.document import Outcome, Severity, Verdict

Tone: TypeAlias = Literal["bad", "open", "good", "plain"]

VERDICT_TONE: Final[Mapping[Verdict, Tone]] = {
    "complete": "good",
    "needs_review": "open",
    "incomplete": "bad",
    "ineligible": "bad",
    "unreadable": "plain",
}
_OUTCOME_TONE: Final[Mapping[Outcome, Tone]] = {
    "met": "good",
    "not_met": "bad",
    "uncertain": "open",
    "not_applicable": "plain",
}


class Judged(Protocol):
    """How a rule turned out, and how much depends on it."""

    @property
    def outcome(self) -> Outcome: ...
    @property
    def severity(self) -> Severity: ...


def tone_of(judged: Judged) -> Tone:
    """What is not met is bad where it counts; where it is only recommended it is open, for information plain."""
    if judged.outcome == "not_met" and judged.severity in ("recommended", "info"):
        return "open" if judged.severity == "recommended" else "plain"
    return _OUTCOME_TONE[judged.outcome]
