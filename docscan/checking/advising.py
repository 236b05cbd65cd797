"""What would change a finding? The rule's advice, as exact as what was read of the document allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from string import Formatter

from dateutil.relativedelta import relativedelta

from docscan.checking import wording
from docscan.checking.checks.letters import at_least, is_specific, specificity
from docscan.checking.facts import Facts, Result
from docscan.checking.period import period, start_of
from docscan.checking.rulebook.rules import Rule

_LIMITS_DURATION = "duration_within"
_LONGEST = 90
"""What is longer makes a sentence that nobody reads; the message quotes it."""
_CLEARER = "Send a clearer copy or scan of {pages}, or the original file."


def advised(rule: Rule, result: Result, known: Mapping[str, str]) -> str:
    """The most exact of the rule's advice whose places can all be filled, by its check or by what is `known` of the
    document (`about`); where nothing but a clearer copy would help, which pages to copy."""
    if result.clearer_copy:
        return _CLEARER.format(pages=known.get("pages") or "the page")
    filled = {**known, **{name: said for name, said in result.variables.items() if said}}
    for words in rule.exact_advice:
        names = [name for _, name, _, _ in Formatter().parse(words) if name is not None]
        if all(0 < len(filled.get(name, "")) <= _LONGEST for name in names):
            return words.format_map(filled)
    return rule.advice


def about(facts: Facts, rules: Iterable[Rule]) -> Mapping[str, str]:
    """What any rule's advice may name of a document (`ABOUT` of the rulebook's texts); what is not known is left out.

    {illness} and {treatment}: as the letter names them, where it names one of each well enough; {latest_end}: the last
    day that the letter may run to, where these rules limit that, and not where that day has gone by; {pages}: those
    of which a clearer copy would help.
    """
    latest = latest_end(facts, rules)
    illnesses = [e for e in facts.stated("diagnosis") if at_least(specificity(e), "named")]
    treatments = [e for e in facts.stated("treatment") if is_specific(e)]
    found = {
        "illness": wording.said(illnesses[:1]),
        "treatment": wording.said(treatments[:1]) if len(treatments) == 1 else "",
        "latest_end": wording.day(latest) if latest else "",
        "pages": wording.pages(facts.lost or facts.illegible) if facts.illegible else "",
    }
    return {name: said for name, said in found.items() if said}


def longest(rules: Iterable[Rule]) -> int | None:
    """How many months a letter may run under these rules, at most; None where they do not limit it."""
    limits = [r.parameters.months for r in rules if r.check == _LIMITS_DURATION and r.severity in ("fatal", "required")]
    return min(limits, default=None)


def latest_end(facts: Facts, rules: Iterable[Rule]) -> date | None:
    """The last day that the letter may run to under these rules; None where no start is known, or that day is over."""
    limit, told = longest(rules), period(facts)
    start = (told.start if told else None) or start_of(facts)[0]
    if limit is None or start is None:
        return None
    latest: date = start + relativedelta(months=limit)
    return latest if latest >= facts.as_of else None
