"""Whose rules are there, what are they, and what do they say of a stored report?"""

from __future__ import annotations

from datetime import date

from docscan import checking
from docscan.checking import Ruleset
from docscan.document import Changes, Claim, Report
from docscan.errors import UnknownName


def load(administrator: str) -> Ruleset:
    """An administrator's rules. Raises `UnknownName`."""
    return checking.load(administrator)


def judge_again(report: Report, administrator: str, as_of: date | None, claim: Claim | None) -> tuple[Report, Changes]:
    """A report judged by an administrator's rules, and what that changes; what is not given stays as it was."""
    told = load(administrator)
    after = checking.judge(report, told, as_of=as_of or report.as_of, claim=claim or report.claim)
    try:
        before = load(report.administrator)
    except UnknownName:  # the rules by which it was judged may be gone
        before = None
    return after, checking.changes_between(report, after, (before, told))


def titles() -> dict[str, str]:
    """What each administrator is called, by its name."""
    return {name: checking.load(name).title for name in checking.administrators()}
