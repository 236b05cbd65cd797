"""Is it there, is it not, and is it written as it should be?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated

from pydantic import AfterValidator
from pydantic.dataclasses import dataclass

from docscan.checking import wording
from docscan.checking.checks.registry import STRICT, FieldName, FieldNames, Many, check
from docscan.checking.facts import OPTIONAL, SURE, Facts, Result, evidence_of
from docscan.document import Evidence, Extraction, Kind, Outcome
from docscan.reference import dea, npi


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"`{text}` is not a regular expression: {error}") from None
    return text


Pattern = Annotated[str, AfterValidator(_pattern)]


def found(facts: Facts, paths: Iterable[str]) -> tuple[Extraction, ...]:
    """What is stated of these fields, or of a part of one ("item.amount"). A flag that is false states nothing."""
    here = []
    for path in paths:
        name, _, part = path.partition(".")
        for extraction in facts.stated(name):
            value = extraction.value
            if part:
                value = value.get(part) if isinstance(value, Mapping) else None
            if value is not False and value not in (None, ""):
                here.append(extraction)
    return tuple(here)


def told_illnesses(facts: Facts) -> tuple[tuple[Extraction, ...], tuple[Extraction, ...]]:
    """The diagnoses and the codes that a letter may rest on: those of which it does not say that they are not the
    reason for it."""
    told = facts.stated("diagnosis")
    there = tuple(e for e in told if (e.resolved or {}).get("reason") is not False)
    kept = {str(code) for e in there for code in (e.resolved or {}).get("codes") or ()}
    aside = {str(code) for e in told if e not in there for code in (e.resolved or {}).get("codes") or ()} - kept
    return there, tuple(e for e in facts.stated("diagnosis_code") if str(e.value) not in aside)


@dataclass(frozen=True, config=STRICT)
class Present:
    """One of `field`, `any_of`, `all_of` (groups, each of which needs one). `denied`: fields that count where the
    document says the opposite. `instead`: fields to tell of where only they were found."""

    field: FieldName | None = None
    any_of: FieldNames = ()
    all_of: Many[FieldNames] = ()
    denied: FieldNames = ()
    instead: FieldNames = ()

    def __post_init__(self) -> None:
        if sum(map(bool, (self.field, self.any_of, self.all_of))) != 1:
            raise ValueError("give exactly one of `field`, `any_of`, `all_of`")

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        return self.all_of or (self.any_of or (str(self.field),),)


@check("value", "missing")
def present(facts: Facts, parameters: Present) -> Result:
    """Something is stated: one field, any of several, or one of each group.

    {value}: what was found; {missing}: what was not.
    """
    denied = tuple(e for e in facts.mentioned(*parameters.denied) if e.assertion == "negated")
    by_group = [(group, found(facts, group) or denied) for group in parameters.groups]
    there = [e for _, here in by_group for e in here]
    lacking = [group for group, here in by_group if not here]
    missing = wording.listed(wording.name(group[0].replace(".", " ")) for group in lacking)
    variables = {"value": wording.said(there), "missing": missing}
    if not lacking:
        return Result("met", evidence_of(there), variables)
    result = facts.missing(*dict.fromkeys(path.partition(".")[0] for group in lacking for path in group))
    why, others = result.why, facts.stated(*parameters.instead)
    if others and result.outcome == "not_met":
        shown = wording.listed(f"{wording.name(e.name)} {wording.value(e.name, e.value)}".strip() for e in others)
        why = f"{why} Only this was found: {shown}.".strip()
    return replace(result, evidence=result.evidence or evidence_of(others), variables=variables, why=why)


@dataclass(frozen=True, config=STRICT)
class Absent:
    """`fields`: none of which may be stated. `unless_beside`: fields that excuse one in whose sentence they stand."""

    fields: FieldNames
    unless_beside: FieldNames = ()


@check("value")
def absent(facts: Facts, parameters: Absent) -> Result:
    """None of the fields is stated. {value}: what was found."""
    excuses = [place for e in facts.stated(*parameters.unless_beside) for place in e.evidence]
    there = [e for e in found(facts, parameters.fields) if not _excused(e.evidence, excuses)]
    if there:
        return Result("not_met", evidence_of(there), {"value": wording.listed(map(wording.quote, there))})
    return facts.hidden(*parameters.fields) or Result("met")


def same_sentence(a: Evidence, b: Evidence) -> bool:
    """Whether two places share words."""
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return False
    return a.page == b.page and a.start < b.end and b.start < a.end


def _excused(places: tuple[Evidence, ...], excuses: list[Evidence]) -> bool:
    return bool(places) and all(any(same_sentence(place, excuse) for excuse in excuses) for place in places)


@dataclass(frozen=True, config=STRICT)
class KindOf:
    """`kinds`: what the document may be, or `not_kinds`: what it may not. `marks`: fields that tell of what it may
    not be, whatever its kind. `merely`: a flag that makes it no such thing where it names no illness as its reason and
    nothing of `unless` is stated."""

    kinds: Many[Kind] = ()
    not_kinds: Many[Kind] = ()
    marks: FieldNames = ()
    merely: FieldName | None = None
    unless: FieldNames = ()

    def __post_init__(self) -> None:
        if bool(self.kinds) == bool(self.not_kinds):
            raise ValueError("give either `kinds` or `not_kinds`")


@check("value")
def kind(facts: Facts, parameters: KindOf) -> Result:
    """The document is, or is not, of a kind. {value}: what it looks like."""
    variables = {"value": wording.KIND[facts.kind]}
    marks = found(facts, parameters.marks)
    allowed = facts.kind in parameters.kinds if parameters.kinds else facts.kind not in parameters.not_kinds
    if facts.kind_confidence < SURE:
        why = f"It looks most like {wording.KIND[facts.kind]}, but not clearly."
        return Result("uncertain", facts.kind_evidence, variables, why)
    if not allowed or marks:
        return Result("not_met", evidence_of(marks) or facts.kind_evidence, variables)
    weak = found(facts, (parameters.merely,)) if parameters.merely else ()
    if weak and not any(told_illnesses(facts)) and not found(facts, parameters.unless):
        why = "It names no illness as its reason, and speaks of general health or looks only."
        said = {"value": wording.KIND["recommendation"]}
        return facts.hidden("diagnosis") or Result("not_met", evidence_of(weak), said, why)
    hidden = facts.hidden(*parameters.marks) if parameters.marks and facts.lost else None  # the kind itself is clear
    return hidden or Result("met", facts.kind_evidence, variables)


@dataclass(frozen=True, config=STRICT)
class Matches:
    """`pattern`: a regular expression for the whole value. `only`: values it does not apply to are left alone."""

    field: FieldName
    pattern: Pattern
    only: Pattern = ""


@check("value")
def matches(facts: Facts, parameters: Matches) -> Result:
    """Every stated value has the shape that it should have. {value}: the wrong ones, or all."""
    there = [
        e for e in facts.stated(parameters.field)
        if isinstance(e.value, str) and (not parameters.only or re.match(parameters.only, e.value))
    ]  # fmt: skip
    if not there:
        return nothing_to_judge(facts, parameters.field)
    wrong = [e for e in there if not re.fullmatch(parameters.pattern, e.value)]
    shown = wrong or there
    return Result("not_met" if wrong else "met", evidence_of(shown), {"value": wording.said(shown)})


@dataclass(frozen=True, config=STRICT)
class OneOf:
    """`values`: the accepted ones."""

    field: FieldName
    values: Many[str]


@check("value")
def one_of(facts: Facts, parameters: OneOf) -> Result:
    """Every stated value is one of a list. {value}: the others, or all."""
    there = facts.stated(parameters.field)
    if not there:
        return nothing_to_judge(facts, parameters.field)
    shown = [e for e in there if e.value not in parameters.values] or there
    outcome: Outcome = "met" if shown is there else "not_met"
    return Result(outcome, evidence_of(shown), {"value": wording.said(shown)})


@dataclass(frozen=True, config=STRICT)
class NumberField:
    """`field`: provider_npi or provider_dea."""

    field: FieldName

    def __post_init__(self) -> None:
        if self.field not in _CHECK_DIGIT:
            raise ValueError(f"`{self.field}` has no check digit that docscan knows")


_CHECK_DIGIT = {"provider_npi": npi.check_digit_holds, "provider_dea": dea.check_digit_holds}


@check("value")
def check_digit(facts: Facts, parameters: NumberField) -> Result:
    """The number's check digit is right. {value}: the wrong numbers, or all; a DEA number is never shown."""
    there = facts.stated(parameters.field)
    if not there:
        return nothing_to_judge(facts, parameters.field)
    wrong = [e for e in there if not _CHECK_DIGIT[parameters.field](str(e.value))]
    shown = "" if parameters.field == "provider_dea" else wording.said(wrong or there)
    return Result("not_met" if wrong else "met", evidence_of(wrong or there), {"value": shown})


@check("value")
def no_sample_number(facts: Facts) -> Result:
    """The NPI is none of those printed in manuals as examples. {value}: the number."""
    there = facts.stated("provider_npi")
    if not there:
        return nothing_to_judge(facts, "provider_npi")
    samples = [e for e in there if npi.is_sample(str(e.value))]
    return Result(
        "not_met" if samples else "met", evidence_of(samples or there), {"value": wording.said(samples or there)}
    )


@dataclass(frozen=True, config=STRICT)
class DatedBefore:
    field: FieldName
    before: date


@check("value", "document_date", "limit")
def dated_before(facts: Facts, parameters: DatedBefore) -> Result:
    """What is stated may only stand on documents written before a day.

    {value}: what is stated; {document_date} and {limit}: the two days.
    """
    there = facts.stated(parameters.field)
    if not there:
        return nothing_to_judge(facts, parameters.field)
    written, said = facts.document_date
    if facts.document_date_open:
        return facts.document_date_open
    variables = {
        "value": wording.said(there),
        "document_date": f"{wording.day(written)} ({said})",
        "limit": wording.day(parameters.before),
    }
    return Result("met" if written < parameters.before else "not_met", evidence_of(there), variables)


@dataclass(frozen=True, config=STRICT)
class NotUnder:
    """`section`: a regular expression for the headings under which the field is wrong."""

    field: FieldName
    section: Pattern


@check("value")
def not_under(facts: Facts, parameters: NotUnder) -> Result:
    """A field does not stand under another field's heading. {value}: what does, or all."""
    there = facts.stated(parameters.field)
    if not there:
        return nothing_to_judge(facts, parameters.field)
    wrong = [e for e in there if any(re.search(parameters.section, p.section) for p in e.evidence)]
    return Result("not_met" if wrong else "met", evidence_of(wrong or there), {"value": wording.said(wrong or there)})


@check("value", "missing")
def pages_complete(facts: Facts) -> Result:
    """Every page that the document counts is there. {value}: how many it counts; {missing}: those that are not."""
    there = [e for e in facts.stated("page_of") if isinstance(e.value, Mapping)]
    counts = [e.value.get("of") for e in there]
    if not there or not all(isinstance(count, int) for count in counts):
        return Result("not_applicable", why="The document does not number its pages.")
    printed = {e.value.get("page") for e in there}
    gone = [number for number in range(1, max(counts) + 1) if number not in printed]
    variables = {"value": str(max(counts)), "missing": wording.pages(gone) if gone else ""}
    unnumbered = facts.page_count - len(printed)  # a page whose number was not read is a page all the same
    return Result("not_met" if len(gone) > max(0, unnumbered) else "met", evidence_of(there), variables)


def nothing_to_judge(facts: Facts, *names: str) -> Result:
    """For a rule about what only some documents say: uncertain where it may be hidden, else not applicable.

    What no document need hold is not taken to be hidden by a bad page.
    """
    told = wording.listed((wording.name(name) for name in names), join="or")
    if OPTIONAL.issuperset(names):
        said = f"No {told} was read." if facts.illegible else f"The document states no {told}."
        return facts.unsure(*names) or Result("not_applicable", why=said)
    return facts.hidden(*names) or Result("not_applicable", why=f"The document states no {told}.")
