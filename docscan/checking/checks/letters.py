"""Does the letter say what a letter must: what is treated, with what, for how long, signed by whom?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta
from pydantic.dataclasses import dataclass

from docscan.checking import wording
from docscan.checking.checks.presence import found, nothing_to_judge, same_sentence, told_illnesses
from docscan.checking.checks.registry import STRICT, FieldName, FieldNames, Many, check
from docscan.checking.facts import Facts, Result, as_date, evidence_of
from docscan.checking.period import Period, period, start_of, stated
from docscan.document import Extraction, Outcome
from docscan.reference import conditions, credentials, icd10cm, item_classes, us_states
from docscan.reference.code_nature import Nature, code_nature
from docscan.reference.conditions import Specificity

_SPECIFICITY: tuple[Specificity, ...] = ("goal", "vague", "named", "coded")

EXPIRES_SOON = timedelta(days=30)


# The illness


@dataclass(frozen=True, config=STRICT)
class HowSpecific:
    """`least`: goal ("get fit"), vague ("back pain"), named ("hypertension"), coded (with a code). `code_natures`:
    natures of a printed code that make up for vague words. `code_alone`: such a code needs no words beside it.
    `when_flag`: only where the document states that flag."""

    least: Specificity
    code_natures: Many[Nature] = ("disease", "prediabetes")
    code_alone: bool = False
    when_flag: FieldName | None = None


@check("value", "found")
def specific_diagnosis(facts: Facts, parameters: HowSpecific) -> Result:  # noqa: PLR0911 - one for each way it is told
    """The diagnosis is at least so specific, in words or by its code.

    {value}: the diagnosis; {found}: a sentence that quotes it, empty where there is none.
    """
    if parameters.when_flag and not found(facts, (parameters.when_flag,)):
        return nothing_to_judge(facts, parameters.when_flag)
    there, codes = told_illnesses(facts)
    coded = [e for e in codes if code_nature(str(e.value)) in parameters.code_natures]
    if not there and not coded and (aside := facts.stated("diagnosis")):
        why = f"The letter says that “{wording.said(aside)}” is not the reason for it."
        return Result("not_met", evidence_of(aside), {"value": wording.said(aside), "found": _found(aside)}, why)
    if not there:
        alone = coded and parameters.code_alone
        return (
            Result("met", evidence_of(coded), {"value": wording.said(coded)}) if alone else facts.missing("diagnosis")
        )
    variables = {"value": wording.said(there), "found": _found(there)}
    enough = [e for e in there if at_least(specificity(e), parameters.least)]
    if enough or coded:
        return Result("met", evidence_of([*enough, *coded]), {"value": wording.said(enough or there)})
    unknown = [e for e in there if specificity(e) is None]
    if unknown:
        why = f"docscan does not know “{wording.said(unknown)}”; a person must say whether it names an illness."
        return Result("uncertain", evidence_of(unknown), variables, why)
    hidden = facts.hidden("diagnosis", "diagnosis_code")
    if hidden:
        return Result("uncertain", evidence_of(there), variables, hidden.why, hidden.clearer_copy)
    return Result("not_met", evidence_of(there), variables, _WHY_WEAK[specificity(there[0]) or "named"])


def specificity(diagnosis: Extraction) -> Specificity | None:
    """How specific the words of a diagnosis are: as extracted, else looked up; None where they are not known."""
    told = (diagnosis.resolved or {}).get("specificity")
    return told if told in _SPECIFICITY else conditions.classify(str(diagnosis.value)).specificity


def at_least(told: Specificity | None, least: Specificity) -> bool:
    return told is not None and _SPECIFICITY.index(told) >= _SPECIFICITY.index(least)


_WHY_WEAK: Mapping[Specificity, str] = {
    "goal": "That is a goal, not an illness.",
    "vague": "That is a complaint or a finding, not the name of an illness.",
    "named": "",
    "coded": "",
}


@check("value", "code", "description")
def code_agrees(facts: Facts) -> Result:
    """The diagnosis in words and each diagnosis code speak of the same illness. {value}: the words; {code} and
    {description}: the code that does not fit, or all."""
    words = [e for e in facts.stated("diagnosis") if isinstance(e.value, str)]
    codes = [e for e in facts.stated("diagnosis_code") if isinstance(e.value, str)]
    if not words or not codes:
        return nothing_to_judge(facts, *(["diagnosis_code"] if not codes else ["diagnosis"]))
    day, _ = facts.document_date
    opinions = [(code, {conditions.agrees(word.value, code.value, day) for word in words}) for code in codes]
    fitting = any(True in told for _, told in opinions)
    opinions = [
        # A code for an implant or a history goes with the illness beside it, which alone need be named in words.
        (code, told) for code, told in opinions
        if not (fitting and True not in told and code_nature(str(code.value)) == "status")
    ]  # fmt: skip
    odd = [code for code, told in opinions if told == {False}]
    unsure = [code for code, told in opinions if True not in told and None in told]
    shown = odd or unsure or codes
    variables = {
        "value": wording.said(words),
        "code": wording.said(shown),
        "description": wording.listed(f"“{_described(code, day)}”" for code in shown),
    }
    evidence = evidence_of([*shown, *words])
    if odd:
        return Result("not_met", evidence, variables)
    if unsure:
        why = f"docscan cannot tell whether {variables['code']} stands for “{variables['value']}”."
        return Result("uncertain", evidence, variables, why)
    return Result("met", evidence, variables)


def _described(code: Extraction, day: date) -> str:
    told = (code.resolved or {}).get("description") or icd10cm.look_up(str(code.value), day).description
    return str(told or code.value)


# The treatment


@dataclass(frozen=True, config=STRICT)
class Treatments:
    """`every`: each of several treatments, not only one of them."""

    every: bool = False


@check("value", "found")
def specific_treatment(facts: Facts, parameters: Treatments) -> Result:
    """The treatment is named so that it could be told from others.

    {value}: the ones found; {found}: a sentence that quotes them, empty where there is none.
    """
    there = facts.stated("treatment")
    named = [e for e in there if is_specific(e)]
    vague = [e for e in there if e not in named]
    if parameters.every and len(there) < 2:
        return Result("not_applicable", why="The document names no list of products.")
    if named and not (parameters.every and vague):
        return Result("met", evidence_of(named), {"value": wording.said(named)})
    if vague:
        return Result("not_met", evidence_of(vague), {"value": wording.said(vague), "found": _found(vague)})
    return facts.missing("treatment")


def _found(there: Iterable[Extraction]) -> str:
    return f"Found: “{wording.said(there)}”."


def is_specific(treatment: Extraction) -> bool:
    told = (treatment.resolved or {}).get("specific")
    return told if isinstance(told, bool) else item_classes.specific(str(treatment.value))


# How long


@dataclass(frozen=True, config=STRICT)
class Duration:
    """`first_and_last`: it must say on which day the treatment starts, and when it ends."""

    first_and_last: bool = False


@check("value")
def duration_stated(facts: Facts, parameters: Duration) -> Result:
    """The letter says how long the treatment lasts, or when it starts and ends. {value}: what it says."""
    told = period(facts)
    conditional = found(facts, ("duration",))
    if parameters.first_and_last and (told is not None or conditional):
        return _first_and_last(facts, told, conditional)
    if told is not None:
        return Result("met", evidence_of(told.sources), {"value": told.said})
    if conditional:
        return Result("met", evidence_of(conditional), {"value": wording.said(conditional)})
    return facts.missing("duration", "end_date")


def _first_and_last(facts: Facts, told: Period | None, conditional: Sequence[Extraction]) -> Result:
    sources = list(told.sources if told else conditional)
    said = (told.said if told else "") or wording.listed(map(wording.quote, sources))
    starts = [e for _, e in facts.dates("start_date")] + [e for e in conditional if as_date(e.value.get("start"))]
    ends = told is not None and (told.end is not None or told.length is not None)
    if starts and ends:
        return Result("met", evidence_of([*sources, *starts]), {"value": said})
    lacking = wording.listed([*([] if starts else ["when it starts"]), *([] if ends else ["when it ends"])], join="or")
    hidden = facts.hidden("duration" if ends else "end_date", *([] if starts else ["start_date"]))
    printed = wording.listed(wording.quote(e) for e in sources if e.name in _TELLS_TIME) or said
    return hidden or Result("not_met", evidence_of(sources), {"value": said}, f"It says {printed}, but not {lacking}.")


_TELLS_TIME = ("duration", "start_date", "end_date")
"""Where a letter's own words for its time stand; its date, from which that is counted, is none of them."""


@dataclass(frozen=True, config=STRICT)
class Months:
    months: int

    def __post_init__(self) -> None:
        if not 0 < self.months <= 120:
            raise ValueError("`months` must lie between 1 and 120")


@check("value", "months", "latest")
def duration_within(facts: Facts, parameters: Months) -> Result:
    """The stated time is not longer than so many months.

    {value}: the time; {months}: the limit; {latest}: the last day it may have.
    """
    told = stated(facts) or period(facts)
    if told is None or told.endless:
        hidden = facts.hidden("duration", "end_date") if told is None else None
        return hidden or Result("not_applicable", why="The letter states no end that could be counted.")
    start = told.start or start_of(facts)[0]
    latest = wording.day(start + relativedelta(months=parameters.months)) if start else ""
    variables = {"value": told.said, "months": str(parameters.months), "latest": latest}
    longer = told.longer_than(parameters.months)
    if longer is None:
        why = f"The letter runs {told.said or 'to a day'}, but the day it starts was not found."
        return facts.hidden("start_date", "letter_date") or Result(
            "uncertain", evidence_of(told.sources), variables, why
        )
    return Result("not_met" if longer else "met", evidence_of(told.sources), variables)


@check("value")
def duration_ends(facts: Facts) -> Result:
    """The time is not without end: lifetime, ongoing, until something happens, as needed. {value}: what it says."""
    told = period(facts)
    open_ended = [e for e in facts.stated("duration") if isinstance(e.value, Mapping) and _open_ended(e.value)]
    open_ended += [e for e in facts.stated("frequency") if isinstance(e.value, Mapping) and e.value.get("as_needed")]
    if told is not None and not told.endless:
        return Result("met", evidence_of(told.sources), {"value": told.said})
    if told is not None or open_ended:
        shown = told.sources if told and not open_ended else open_ended
        return Result("not_met", evidence_of(shown), {"value": wording.listed(map(wording.quote, shown))})
    return nothing_to_judge(facts, "duration")


def _open_ended(value: Mapping[str, object]) -> bool:
    return bool(value.get("indefinite") or value.get("until_condition"))


@dataclass(frozen=True, config=STRICT)
class Expiry:
    """`months`: how long a letter counts from its date; none: only the end that it states. `dated_by`: which of its
    dates that is, the first that is there. `each_plan_year`: one from before the claim's plan year counts no more."""

    months: int | None = None
    dated_by: FieldNames = ("letter_date", "signature_date")
    each_plan_year: bool = False


@check("value", "end", "start", "as_of")
def not_expired(facts: Facts, parameters: Expiry) -> Result:
    """On the day of the check the letter's time is not over.

    {value}: the time; {start} and {end}: its first and last day; {as_of}: the day of the check.
    """
    if parameters.months is None:
        told = period(facts)
        hidden = facts.hidden("duration", "end_date") if told is None else None
        if told is None or told.end is None:
            return hidden or Result("not_applicable", why="The letter states no end that could be counted.")
        return _expiry(facts, told)
    written = facts.dates(*parameters.dated_by)
    if not written:
        return facts.hidden(*parameters.dated_by) or Result("not_applicable", why="The letter bears no date.")
    day, source = written[0]
    end = day + relativedelta(months=parameters.months)
    year = facts.claim.plan_year if parameters.each_plan_year else None
    if year is not None and day < year.start:
        end = min(end, year.start - timedelta(days=1))
    return _expiry(facts, Period(day, end, None, False, "the letter's date", (source,)))


def _expiry(facts: Facts, told: Period) -> Result:
    assert told.end is not None  # noqa: S101 - both callers looked
    variables = {
        "value": told.said,
        "start": wording.day(told.start) if told.start else "",
        "end": wording.day(told.end),
        "as_of": wording.day(facts.as_of),
    }
    if told.end < facts.as_of:
        return Result("not_met", evidence_of(told.sources), variables)
    soon = told.end - facts.as_of <= EXPIRES_SOON
    why = f"It ends in {_days(told.end - facts.as_of)}: ask for a new letter now." if soon else ""
    return Result("met", evidence_of(told.sources), variables, why)


def _days(span: timedelta) -> str:
    return "1 day" if span.days == 1 else f"{span.days} days"


# Who signed, and when


@dataclass(frozen=True, config=STRICT)
class Signed:
    """`forms`: how it may be signed. `uncertain`: forms that a person must look at."""

    forms: Many[Literal["ink", "electronic", "typed"]] = ("ink", "electronic")
    uncertain: Many[Literal["ink", "electronic", "typed"]] = ("typed",)


_FORM = {"ink": "signed by hand", "electronic": "signed electronically", "typed": "a typed name only"}


@check("value")
def signed(facts: Facts, parameters: Signed) -> Result:
    """The document is signed. {value}: how."""
    there = [e for e in facts.stated("signature") if isinstance(e.value, Mapping)]
    present = [e for e in there if e.value.get("present")]
    if not present:
        result = facts.missing("signature")
        closing = facts.stated("signer_name", "signature_date")
        ink_possible = facts.scanned or (closing and not facts.typed)
        if result.outcome == "not_met" and not facts.mentioned("signature") and ink_possible:
            why = "No signature was read. A person must look whether the page bears one."
            return Result("uncertain", evidence_of(closing), why=why)
        return replace(result, evidence=result.evidence or evidence_of(there))
    good = [e for e in present if e.value.get("form") in parameters.forms or _completed(e)]
    shown = good or present
    variables = {
        "value": wording.listed(
            "signed by name" if _completed(e) else _FORM.get(str(e.value.get("form")), "signed") for e in shown
        )
    }
    if good:
        return Result("met", evidence_of(good), variables)
    if any(e.value.get("form") in (*parameters.uncertain, None) for e in present):
        why = f"Found: {variables['value']}. A person must say whether that is a signature."
        return Result("uncertain", evidence_of(present), variables, why)
    return Result("not_met", evidence_of(present), variables)


def _completed(signature: Extraction) -> bool:
    """Whether a typed name completes a line to sign on, so that it is no mere print."""
    return (signature.resolved or {}).get("line") == "completed"


@dataclass(frozen=True, config=STRICT)
class Dates:
    fields: FieldNames


@check("value", "as_of")
def dated(facts: Facts, parameters: Dates) -> Result:
    """The document bears one of these dates, and none of them lies after the day of the check.

    {value}: the date; {as_of}: the day of the check.
    """
    there = facts.dates(*parameters.fields)
    if not there:
        return facts.missing(*parameters.fields)
    late = [(day, e) for day, e in there if day > facts.as_of]
    shown = late or there[:1]
    variables = {"value": wording.listed(wording.day(day) for day, _ in shown), "as_of": wording.day(facts.as_of)}
    if late:
        why = f"{variables['value']} lies after the day of the check, {variables['as_of']}."
        return Result("not_met", evidence_of(e for _, e in late), variables, why)
    return Result("met", evidence_of(e for _, e in shown), variables)


@dataclass(frozen=True, config=STRICT)
class Qualified:
    """`tiers` that are accepted (T1 physicians, T2 others who may diagnose, T3 licensed to treat, T0 no licence), and
    `also` single credentials. `fields`: where they are looked for."""

    tiers: Many[Literal["T1", "T2", "T3", "T0"]]
    also: Many[str] = ()
    fields: FieldNames = ("provider_credential",)


@check("value", "found")
def qualified(facts: Facts, parameters: Qualified) -> Result:
    """Somebody with an accepted credential stands behind the document.

    {value}: the credentials found; {found}: a sentence that quotes them, empty where there are none.
    """
    there = facts.stated(*parameters.fields)
    good = [e for e in there if _accepted(str(e.value), parameters)]
    if good:
        return Result("met", evidence_of(good), {"value": wording.said(good)})
    if there:
        unknown = not any(c.tier for e in there for c in credentials.split(str(e.value)))
        outcome: Outcome = "uncertain" if unknown else "not_met"
        why = f"docscan does not know what {wording.said(there)} stands for." if unknown else ""
        return Result(outcome, evidence_of(there), {"value": wording.said(there), "found": _found(there)}, why)
    return facts.missing(*parameters.fields)


def _accepted(text: str, parameters: Qualified) -> bool:
    return any(c.tier in parameters.tiers or c.code in parameters.also for c in credentials.split(text))


@dataclass(frozen=True, config=STRICT)
class InStates:
    """`credentials` that are said not to be enough in `states`."""

    credentials: Many[str]
    states: Many[str]

    def __post_init__(self) -> None:
        unknown = [state for state in self.states if state not in us_states.NAMES]
        if unknown:
            raise ValueError(f"`{unknown[0]}` is not a state")


@check("value", "state")
def not_in_states(facts: Facts, parameters: InStates) -> Result:
    """A signer with one of these credentials does not practise in one of these states.

    {value}: the credentials; {state}: where.
    """
    there = facts.stated("provider_credential")
    families = [e for e in there if any(c.code in parameters.credentials for c in credentials.split(str(e.value)))]
    higher = [e for e in there if any(c.tier == "T1" for c in credentials.split(str(e.value)))]
    if not families or higher:
        return Result("not_applicable", why="The signer holds none of these credentials.")
    placed = state_of(facts, "provider")
    if placed is None:
        return facts.hidden("provider_address") or Result("not_applicable", why="The provider's state was not found.")
    state, source = placed
    variables = {"value": wording.said(families), "state": us_states.NAMES[state]}
    return Result("not_met" if state in parameters.states else "met", evidence_of([*families, source]), variables)


@check("value", "other")
def same_state(facts: Facts) -> Result:
    """Provider and patient live in one state. {value}: the provider's; {other}: the patient's."""
    provider, patient = state_of(facts, "provider"), state_of(facts, "patient")
    if provider is None or patient is None:
        return Result("not_applicable", why="The document does not give both addresses with their states.")
    variables = {"value": us_states.NAMES[provider[0]], "other": us_states.NAMES[patient[0]]}
    outcome: Outcome = "met" if provider[0] == patient[0] else "not_met"
    return Result(outcome, evidence_of([provider[1], patient[1]]), variables)


def state_of(facts: Facts, who: Literal["provider", "patient"]) -> tuple[str, Extraction] | None:
    """The state of an address: its letters before the ZIP code, else what the ZIP code lies in."""
    for extraction in facts.stated(f"{who}_address"):
        words = str(extraction.value).replace(",", " ").split()
        for place in range(len(words) - 1, -1, -1):
            state = us_states.of_zip(words[place])
            if state:
                named = us_states.normalise(words[place - 1]) if place else None
                return named or state, extraction
        named = us_states.normalise(words[-1]) if words else None
        if named:
            return named, extraction
    return None


# What the letter is for


@dataclass(frozen=True, config=STRICT)
class NotMerely:
    """`flag`: the weak purpose. `unless`: fields any of which, stated, gives a better one; `beside_illness`: those that
    do where an illness or a code is named. `least`: a diagnosis at
    least so specific, or the code of an illness, gives a better one too. `verbs`: where given, nothing of this does,
    but a sentence that ties the treatment to the illness by another verb than these, or by a `neutral` one in another
    sentence than the flag's."""

    flag: FieldName
    unless: FieldNames = ()
    beside_illness: FieldNames = ()
    least: Specificity | None = None
    verbs: Many[str] = ()
    neutral: Many[str] = ()


_OF_ILLNESS: tuple[Nature, ...] = ("disease", "unspecified", "prediabetes")


@check("value", "better")
def not_merely(facts: Facts, parameters: NotMerely) -> Result:
    """A weak purpose is not the only one. {value}: the words for it; {better}: what outweighs it."""
    weak = found(facts, (parameters.flag,))
    better = list(found(facts, parameters.unless))
    if parameters.beside_illness:
        ill = bool(facts.stated("diagnosis_code")) or any(_may_be_illness(e) for e in facts.stated("diagnosis"))
        better = [*better, *found(facts, parameters.beside_illness)] if ill else list(filter(_ties_to_illness, better))
    if parameters.verbs:
        better = [e for e in facts.stated("treatment_link") if _treats(e, weak, parameters)]
    elif parameters.least:
        better += [e for e in facts.stated("diagnosis") if at_least(specificity(e), parameters.least)]
        better += [e for e in facts.stated("diagnosis_code") if code_nature(str(e.value)) in _OF_ILLNESS]
        if not weak and not better:  # what only relatives have can at most be kept from coming
            weak = tuple(e for e in facts.mentioned("diagnosis") if e.assertion == "other_person")
    variables = {
        "value": wording.listed(map(wording.quote, weak)),
        "better": wording.listed(map(wording.quote, better)),
    }
    if weak and not better:
        wanted = ("treatment_link",) if parameters.verbs else parameters.unless
        hidden = facts.hidden(*wanted, *(["diagnosis"] if parameters.least or parameters.beside_illness else []))
        return hidden or Result("not_met", evidence_of(weak), variables)
    denied = [e for e in facts.mentioned(parameters.flag) if e.assertion == "negated"]
    if weak or denied or better:
        return Result("met", evidence_of([*denied, *better]), variables)
    if parameters.unless and facts.stated("treatment") and not facts.stated("diagnosis", "diagnosis_code"):
        why = "The letter names no illness; a person must say what the treatment is for."
        return facts.hidden("diagnosis") or Result("uncertain", evidence_of(facts.stated("treatment")), variables, why)
    return facts.hidden(parameters.flag) or Result("met", (), variables)


def _may_be_illness(diagnosis: Extraction) -> bool:
    """Whether what is given as the diagnosis is one, or words that nobody knows as a mere wish."""
    return specificity(diagnosis) != "goal"


def _ties_to_illness(link: Extraction) -> bool:
    """Whether a sentence ties the treatment to something known as an illness: not "raises muscle mass"."""
    tied = str(link.value.get("condition") or "") if isinstance(link.value, Mapping) else ""
    return link.name != "treatment_link" or conditions.classify(tied).specificity not in (None, "goal")


def _treats(link: Extraction, weak: Sequence[Extraction], parameters: NotMerely) -> bool:
    """Whether a sentence says that the treatment does more than the weak purpose."""
    verb = str(link.value.get("verb") or "") if isinstance(link.value, Mapping) else ""
    if verb in parameters.verbs:
        return False
    beside = any(same_sentence(a, b) for a in link.evidence for e in weak for b in e.evidence)
    return not (verb in parameters.neutral and beside)
