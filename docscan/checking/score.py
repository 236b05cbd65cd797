"""How much of what the rules ask for is there, and what follows from that?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, TypeAlias

from docscan.document import Kind, Outcome, PageSummary, Score, Severity, Verdict

About: TypeAlias = Literal["eligibility", "completeness", "integrity"]
"""What a rule speaks of. Integrity sends to a person; eligibility, where it is fatal, makes a document hopeless."""

WEIGHT: dict[Severity, float] = {"fatal": 3.0, "required": 2.0, "recommended": 1.0, "info": 0.0}


class Judged(NamedTuple):
    """What the score and the verdict need to know of a finding. `absent`: not met only as nothing was found."""

    outcome: Outcome
    severity: Severity
    weight: float
    about: About
    absent: bool = False


def score(findings: Iterable[Judged]) -> Score | None:
    """Share of the applicable rules' weight that is met, 0..100; None where no rule with a weight applies."""
    counted = [f for f in findings if f.outcome != "not_applicable" and f.weight > 0]
    total = sum(f.weight for f in counted)
    if not total:
        return None
    met = sum(f.weight for f in counted if f.outcome == "met")
    open_ = sum(f.weight for f in counted if f.outcome == "uncertain")
    return Score(round(100 * met / total, 1), round(100 * (met + open_) / total, 1))


def verdict(findings: Sequence[Judged], *, kind: Kind, pages: Sequence[PageSummary]) -> Verdict:
    """The first that fits: unreadable, ineligible, incomplete, needs_review, complete.

    What a document says can make it ineligible; what it leaves out makes it incomplete, as it can be added. Where no
    rule applies but those that look for signs, nothing was judged, so a person must.
    """
    if pages and all(p.problem is not None and p.problem.category in _WORDLESS for p in pages):
        return "unreadable"
    grave = [f for f in findings if f.severity in ("fatal", "required")]
    hopeless = (f for f in grave if f.severity == "fatal" and f.about == "eligibility" and not f.absent)
    if any(f.outcome == "not_met" for f in hopeless):
        return "ineligible"
    if any(f.outcome == "not_met" for f in grave):
        return "incomplete"
    flag = any(f.outcome == "not_met" and f.about == "integrity" for f in findings)
    judged = any(f.outcome != "not_applicable" and f.about != "integrity" for f in findings)
    if flag or kind == "other" or not judged or any(f.outcome == "uncertain" for f in grave):
        return "needs_review"
    return "complete"


_WORDLESS = ("page_failed", "page_unreadable", "page_blank")
_WORST: tuple[Verdict, ...] = ("ineligible", "incomplete", "unreadable", "needs_review", "complete")


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Of several documents' verdicts, the one that the whole has: unreadable only where nothing could be read."""
    given = set(verdicts)
    if not given:
        return "needs_review"
    if given == {"unreadable"}:
        return "unreadable"
    return next(v for v in _WORST if v in given).replace("unreadable", "needs_review")  # type: ignore[return-value]
