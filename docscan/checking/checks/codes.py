"""Were the codes real on the document's own date, and do they name a disease?"""

from __future__ import annotations

import re
from dataclasses import dataclass as plain_dataclass
from datetime import date
from typing import Literal

from pydantic.dataclasses import dataclass

from docscan.checking import wording
from docscan.checking.checks.presence import Pattern, nothing_to_judge
from docscan.checking.checks.registry import STRICT, FieldNames, Many, check
from docscan.checking.facts import Facts, Result, evidence_of
from docscan.document import Extraction
from docscan.reference import credentials, icd10cm, procedure_codes
from docscan.reference.code_nature import Nature, code_nature

_MOST_SUCCESSORS = 5


@plain_dataclass(frozen=True, slots=True)
class Judged:
    """A printed diagnosis code and what it was on the document's day."""

    extraction: Extraction
    status: icd10cm.CodeStatus

    @property
    def code(self) -> str:
        return self.status.code


def diagnosis_codes(facts: Facts) -> list[Judged]:
    """The stated ICD-10-CM codes, looked up for the day on which the document was written."""
    day, _ = facts.document_date
    return [Judged(e, icd10cm.look_up(str(e.value), day)) for e in facts.stated("diagnosis_code")]


@dataclass(frozen=True, config=STRICT)
class Refused:
    """`refuse`: what a code may not have been on the document's day."""

    refuse: Many[Literal["header", "unknown", "not_yet", "retired"]]


@check("value", "problem", "document_date", "instead")
def codes_valid(facts: Facts, parameters: Refused) -> Result:
    """Every diagnosis code was in force on the document's day.

    {value}: the wrong codes, or all; {problem}: what is wrong with them and what to use instead; {instead}: only the
    latter; {document_date}: the day and what it is.
    """
    codes = diagnosis_codes(facts)
    if not codes:
        return nothing_to_judge(facts, "diagnosis_code")
    day, said = facts.document_date
    open_ = facts.document_date_open
    if open_ and any(_depends_on_the_day(c.code, parameters, facts.as_of) for c in codes):
        return open_
    wrong = [c for c in codes if c.status.status in parameters.refuse]
    newer = [c for c in wrong if c.status.status == "unknown" and c.status.after_newest_release]
    shown = [c for c in wrong if c not in newer] or newer or codes
    variables = {
        "value": wording.listed(c.code for c in shown),
        "problem": " ".join(_problem(c.status) for c in shown if c in wrong),
        "document_date": f"{wording.day(day)} ({said})",
        "instead": "; ".join(_instead(c.status, day) for c in wrong if c not in newer),
    }
    evidence = evidence_of(c.extraction for c in shown)
    if shown is newer:
        why = (
            f"{variables['value']} is not among the codes that docscan knows, the newest of "
            f"{wording.day(newer[0].status.newest_release)}. It may be newer."
        )
        return Result("uncertain", evidence, variables, why)
    if wrong:
        return Result("not_met", evidence, variables)
    repaired = [c for c in codes if (c.extraction.resolved or {}).get("repaired")]
    why = " ".join(f"{c.code} was read from {wording.quote(c.extraction)}." for c in repaired)
    return Result("met", evidence, variables, why)


def _depends_on_the_day(code: str, parameters: Refused, last: date) -> bool:
    """Whether a code is refused on some days up to the last one and not on others. What bears it is no older than these
    codes are."""
    past = icd10cm.history(code)
    turns = [day for status in past for day in (status.valid_from, status.valid_to) if day is not None]
    days = {icd10cm.FIRST_RELEASE, last, *(day for day in turns if icd10cm.FIRST_RELEASE <= day <= last)}
    return len({icd10cm.look_up(code, day).status in parameters.refuse for day in days}) > 1


def _problem(status: icd10cm.CodeStatus) -> str:
    instead = wording.listed(status.successors, most=_MOST_SUCCESSORS, join="or")
    use = f" Codes that can be used: {instead}." if instead else ""
    if status.status == "header":
        return f"{status.code} is a heading; a longer code is needed.{use}"
    if status.status == "retired" and status.valid_to:
        return f"{status.code} was taken out of use on {wording.day(status.valid_to)}.{use}"
    if status.status == "not_yet" and status.valid_from:
        return f"{status.code} came into use only on {wording.day(status.valid_from)}."
    return f"{status.code} is not an ICD-10-CM code."


def _instead(status: icd10cm.CodeStatus, day: date) -> str:
    """Codes that were valid on that day; where those are many, how they begin."""
    usable = [code for code in status.successors if icd10cm.look_up(code, day).status == "billable"]
    if usable and len(usable) == len(status.successors) <= _MOST_SUCCESSORS:
        return f"{wording.listed(usable, most=_MOST_SUCCESSORS, join='or')} instead of {status.code}"
    if status.status == "header":
        return f"a longer code that starts with {status.code}"
    return f"another code instead of {status.code}"


@dataclass(frozen=True, config=STRICT)
class NotOnly:
    """Either `natures` of codes, or `prefixes`, that need another code beside them; `but`: codes that are excused.
    `when_there`: not applicable where there is no such code. `note`: a sentence for where all that is left is of the
    `noted` natures."""

    natures: Many[Nature] = ()
    prefixes: Many[str] = ()
    but: Many[str] = ()
    when_there: bool = False
    noted: Many[Nature] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if bool(self.natures) == bool(self.prefixes):
            raise ValueError("give either `natures` or `prefixes`")


@check("value", "description")
def not_only_codes(facts: Facts, parameters: NotOnly) -> Result:
    """Not all diagnosis codes are of a weak sort.

    {value}: the weak codes, or the others; {description}: what they are.
    """
    codes = diagnosis_codes(facts)
    if not codes:
        return nothing_to_judge(facts, "diagnosis_code")
    weak = [c for c in codes if c.code not in parameters.but and _is_weak(c.code, parameters)]
    if parameters.when_there and not weak:
        return Result("not_applicable", why="The document states no such code.")
    strong = [c for c in codes if c not in weak]
    shown = strong or weak
    variables = {
        "value": wording.listed(c.code for c in shown),
        "description": wording.listed(c.status.description for c in shown if c.status.description),
    }
    evidence = evidence_of(c.extraction for c in shown)
    if strong:
        noted = all(code_nature(c.code) in parameters.noted for c in strong)
        return Result("met", evidence, variables, parameters.note if noted else "")
    unread = facts.hidden("diagnosis_code")
    return Result("uncertain", evidence, variables, unread.why) if unread else Result("not_met", evidence, variables)


def _is_weak(code: str, parameters: NotOnly) -> bool:
    return code.startswith(parameters.prefixes) if parameters.prefixes else code_nature(code) in parameters.natures


@dataclass(frozen=True, config=STRICT)
class Avoid:
    """`code`: a regular expression for codes, `description` one for their official descriptions."""

    code: Pattern = ""
    description: Pattern = ""


@check("value", "description")
def codes_avoid(facts: Facts, parameters: Avoid) -> Result:
    """No diagnosis code, or its official description, is of a kind.

    {value}: those that are, or all; {description}: what they stand for.
    """
    codes = diagnosis_codes(facts)
    if not codes:
        return nothing_to_judge(facts, "diagnosis_code")
    odd = [
        c for c in codes
        if (parameters.code and re.search(parameters.code, c.code))
        or (parameters.description and re.search(parameters.description, c.status.description or ""))
    ]  # fmt: skip
    shown = odd or codes
    variables = {
        "value": wording.listed(c.code for c in shown),
        "description": wording.listed(c.status.description for c in shown if c.status.description),
    }
    return Result("not_met" if odd else "met", evidence_of(c.extraction for c in shown), variables)


@check("value", "other")
def codes_align(facts: Facts) -> Result:
    """Each procedure code has a diagnosis code that it is commonly given for, as far as docscan's small map knows.

    {value}: the procedures; {other}: the diagnosis codes.
    """
    codes = diagnosis_codes(facts)
    opinions = [
        (e, {procedure_codes.fits(str(e.value), c.code) for c in codes}) for e in facts.stated("procedure_code")
    ]
    known = [e for e, told in opinions if told - {None}]
    if not known:
        return Result("not_applicable", why="There is no procedure code and diagnosis code that docscan could compare.")
    odd = [e for e, told in opinions if told - {None} and True not in told]
    shown = odd or known
    variables = {"value": wording.said(shown), "other": wording.listed(c.code for c in codes)}
    evidence = evidence_of([*shown, *(c.extraction for c in codes)])
    return Result("not_met" if odd else "met", evidence, variables)


@dataclass(frozen=True, config=STRICT)
class Skilled:
    """`codes` of services that only licensed people give; `supervised_by`: fields that name a supervisor."""

    codes: Many[str]
    supervised_by: FieldNames = ()


@check("value", "other")
def skilled_service(facts: Facts, parameters: Skilled) -> Result:
    """Behind these procedure codes stands a licensed person. {value}: the codes; {other}: the credentials found."""
    there = [e for e in facts.stated("procedure_code") if e.value in parameters.codes]
    if not there:
        return nothing_to_judge(facts, "procedure_code")
    holders = facts.stated("provider_credential", "trainer_credential")
    licensed = [e for e in holders if any(c.tier in ("T1", "T2", "T3") for c in credentials.split(str(e.value)))]
    licensed += facts.stated(*parameters.supervised_by)
    variables = {"value": wording.said(there), "other": wording.said(licensed or holders) or "no credential"}
    if licensed:
        return Result("met", evidence_of([*there, *licensed]), variables)
    hidden = facts.hidden("provider_credential")
    return hidden or Result("not_met", evidence_of([*there, *holders]), variables)
