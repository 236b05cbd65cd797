"""One document, one administrator's rules: which rules apply, what each finds, and what follows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.metadata import version
from itertools import product
from math import prod
from typing import Any

from docscan.checking import wording
from docscan.checking.advising import about, advised
from docscan.checking.checks import CHECKS
from docscan.checking.facts import Facts, Result
from docscan.checking.rulebook.rules import Rule, Ruleset
from docscan.checking.score import Judged, score, verdict, worst
from docscan.document import Claim, Finding, LawDate, Purpose, Report
from docscan.reference import icd10cm

_NOTHING_KNOWN: Mapping[str, str] = {}
UNDECIDED = "This could not be decided."


def judge(report: Report, rules: Ruleset, *, as_of: date, claim: Claim) -> Report:
    """The same document, its findings, score and verdict made anew. Pure: nothing but the arguments is looked at.

    A file of several documents has the worst verdict of them, and the score of all their rules together.
    """
    return _judged(report, rules, as_of, claim)[0]


def _judged(report: Report, rules: Ruleset, as_of: date, claim: Claim) -> tuple[Report, list[Judged]]:
    facts = Facts.of(report, as_of=as_of, claim=claim)
    told = [_judged(part, rules, as_of, claim) for part in report.parts]
    parts = tuple(part for part, _ in told)
    judged = [] if parts else [(rule, decide(rule, facts)) for rule in applicable(rules.rules, facts, rules)]
    judged.sort(key=lambda one: not one[0].first or one[1].absent)  # what it is, if it is told, before what it lacks
    known = about(facts, rules.rules) if judged else {}
    weighed = [weigh(rule, result) for rule, result in judged] + [one for _, inner in told for one in inner]
    whole = replace(
        report,
        administrator=rules.administrator,
        as_of=as_of,
        law_date=LawDate(as_of, _EACH_ITS_OWN) if parts else facts.law_date,
        claim=claim,
        rulebooks=rules.rulebooks,
        findings=tuple(finding(rule, result, known) for rule, result in judged),
        score=score(weighed),
        verdict=worst(part.verdict for part in parts)
        if parts
        else verdict(weighed, kind=facts.kind, pages=report.document.pages),
        parts=parts,
        versions={**report.versions, **_versions()},
    )
    return whole, weighed


@cache
def _versions() -> dict[str, str]:
    """By what was judged, which may be newer than what read the document."""
    return {"judging": version("docscan"), "judging_icd10cm": icd10cm.newest_release().isoformat()}


_EACH_ITS_OWN = "the day of the check; each document of the file has its own"


def applicable(candidates: Iterable[Rule], facts: Facts, rules: Ruleset) -> list[Rule]:
    """The rules made for this kind of document and this purpose; of several dated forms, the one in force."""
    purposes = purposes_of(facts.claim, rules)
    chosen: dict[str, Rule] = {}
    for rule in candidates:
        asked = facts.kind in rule.applies_to and not CHECKS[rule.check].packet
        if asked and purposes & set(rule.purpose):
            known = chosen.get(rule.id)
            if known is None or rule.in_force_on(facts.law_date.date):
                chosen[rule.id] = rule
    return list(chosen.values())


_LIMITED = re.compile(r"\b(?:limited|lp-?fsa|lpf)\b", re.IGNORECASE)


def purposes_of(claim: Claim, rules: Ruleset) -> set[Purpose]:
    """What the money is asked from: as the claim says, else what the administrator's rules are for; rules for a
    limited-purpose account too where the claim calls the account so."""
    told: set[Purpose] = {claim.purpose} if claim.purpose else set(rules.purpose)
    return told | {"limited_purpose_fsa"} if _LIMITED.search(claim.account or "") else told


def decide(rule: Rule, facts: Facts) -> Result:
    """What one rule finds."""
    if len({rule.in_force_on(day) for day in facts.law_days}) > 1:
        return Result("uncertain", why=f"Whether this rule was in force is not clear: {_said(facts.law_date)}.")
    if not rule.in_force_on(facts.law_date.date):
        return Result("not_applicable", why=f"This rule was not in force on {_said(facts.law_date)}.")
    if rule.when_class and not (about := facts.about(rule.when_class)):
        hidden = facts.hidden("treatment", "item") if about is None else None
        return hidden or Result("not_applicable", why="The document is not about anything this rule is for.")
    result = CHECKS[rule.check].decide(facts, rule.parameters)
    if result.outcome == "uncertain":
        result = _whichever_reading(rule, facts) or result
    excused = rule.unless_class and facts.classes and facts.classes <= set(rule.unless_class)
    unasked = rule.asked_of_class and facts.about(rule.asked_of_class) is False
    if (excused or unasked) and result.outcome in ("not_met", "uncertain"):
        return Result("not_applicable", why="What the document is about does not need it.")
    return result


def _said(law: LawDate) -> str:
    return f"{wording.day(law.date)}, {law.reason}"


def _whichever_reading(rule: Rule, facts: Facts) -> Result | None:
    """What the check says however an ambiguous value ("03/04/2026") is read; None where that makes a difference.

    A single reading is a guess: what it may be otherwise is not known.
    """
    open_ = [e for e in facts.fields if e.value is None and len(e.readings) > 1 and e.assertion == "stated"]
    if not open_ or prod(len(e.readings) for e in open_) > _MOST_READINGS:
        return None
    decided = [e for e in facts.fields if e not in open_]
    results = []
    for choice in product(*(e.readings for e in open_)):
        taken = [replace(e, value=value, readings=()) for e, value in zip(open_, choice, strict=True)]
        supposed = replace(facts, fields=(*decided, *taken))
        results.append(CHECKS[rule.check].decide(supposed, rule.parameters))
    if results[0].outcome == "uncertain" or len({result.outcome for result in results}) > 1:
        return None
    told = wording.unsure(*(e for e in open_ if set(e.evidence) & set(results[0].evidence)))
    return replace(results[0], why=" ".join(filter(None, (results[0].why, told))))


_MOST_READINGS = 16


def weigh(rule: Rule, result: Result) -> Judged:
    """What the score and the verdict need to know."""
    return Judged(result.outcome, rule.severity, rule.weight, rule.about, result.absent)


def finding(rule: Rule, result: Result, known: Mapping[str, str] = _NOTHING_KNOWN) -> Finding:
    """A result in words. `known`: what advice may name of the document (`docscan.checking.advising.about`)."""
    advice = advised(rule, result, known) if result.outcome in ("not_met", "uncertain") else None
    return Finding(
        rule=rule.id,
        title=rule.title,
        outcome=result.outcome,
        severity=rule.severity,
        message=message(rule, result),
        advice=advice,
        citation=rule.citation,
        evidence=result.evidence,
    )


def message(rule: Rule, result: Result) -> str:
    """The rule's words for the outcome, with what was found in place, then why."""
    words = rule.messages.get(result.outcome, "")
    if words and result.outcome in ("met", "not_met"):
        filled: dict[str, Any] = dict.fromkeys(CHECKS[rule.check].variables, "") | dict(result.variables)
        words = words.format_map(filled).strip()
    if not words and result.outcome == "uncertain" and not result.clearer_copy:
        words = UNDECIDED
    return " ".join(filter(None, (words, result.why))) or _NOTHING


_NOTHING = "This rule does not apply here."
