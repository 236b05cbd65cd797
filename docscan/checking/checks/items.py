"""What does tax law say of the thing itself, and of what it is for?

Each treatment and line is mapped to an entry of Publication 502 (`docscan.reference.publication_502`), or to none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, NamedTuple

from pydantic import Field
from pydantic.dataclasses import dataclass

from docscan.checking import names, wording
from docscan.checking.checks.letters import at_least, specificity
from docscan.checking.checks.presence import Pattern, found, nothing_to_judge, told_illnesses
from docscan.checking.checks.receipts import amount_of, as_money, cost_of
from docscan.checking.checks.registry import STRICT, FieldName, FieldNames, ItemClasses, Many, check
from docscan.checking.facts import LETTERS, Facts, Result, class_of, evidence_of
from docscan.checking.packets.documents import NO_LETTER, NO_RECEIPT, letters
from docscan.checking.packets.matching import matched
from docscan.checking.packets.naming import GOODS
from docscan.checking.packets.services import SESSIONS, Service, services
from docscan.checking.packets.things import Thing, everything_of, things_of
from docscan.document import Evidence, Extraction, Outcome
from docscan.reference import credentials, dated_amounts, item_classes, publication_502
from docscan.reference.code_nature import Nature, code_nature
from docscan.reference.conditions import Specificity
from docscan.reference.publication_502 import Entry


def _listed(some: Iterable[Thing]) -> str:
    return wording.listed(thing.said for thing in some)


def _sources(some: Iterable[Thing]) -> list[Extraction]:
    return [thing.source for thing in some]


# The illness behind it


class Illness(NamedTuple):
    """Whether a specific illness is named, and said to be what is treated. `lacking`: why not; None where it is."""

    named: list[Extraction]
    linked: list[Extraction]
    lacking: Result | None

    @property
    def said(self) -> str:
        """The illness in words, by its code where it has none."""
        return wording.said([e for e in self.named if e.name == "diagnosis"] or self.named)


LINKS = ("treatment_link", "necessity_statement")
"""Fields whose sentence ties a treatment to an illness."""


@dataclass(frozen=True, config=STRICT)
class TreatsDisease:
    """`least`: how specific the diagnosis must be in words; `code_natures`: natures of a code that make up for less.
    `weak`: a flag for purposes that are none, where nothing ties the treatment to the illness. `linked`: a sentence
    must tie the treatment to the illness, or call it necessary, even where no weak purpose is told."""

    least: Specificity = "named"
    code_natures: Many[Nature] = ("disease", "unspecified", "prediabetes")
    weak: FieldName = "general_health_statement"
    linked: bool = True


def illness(facts: Facts, parameters: TreatsDisease) -> Illness:
    """What the letter says of the illness that is treated."""
    there, codes = told_illnesses(facts)
    coded = [e for e in codes if code_nature(str(e.value)) in parameters.code_natures]
    enough = [*(e for e in there if at_least(specificity(e), parameters.least)), *coded]
    linked = [*found(facts, LINKS)]
    ordered = facts.kind == "prescription"  # an order for a diagnosis says that it is for it
    if not enough:
        return Illness([], linked, _no_illness(facts, there))
    if taken_back := _taken_back(facts):
        return Illness(enough, [], taken_back)
    if linked:
        return Illness(enough, linked, None)
    weak = found(facts, (parameters.weak,))
    if weak:
        said = f"It is said to be for {wording.listed(map(wording.quote, weak))}, and nothing ties it to the illness."
        return Illness(enough, [], Result("not_met", evidence_of(weak), why=said))
    if ordered or not parameters.linked:
        return Illness(enough, [], None)
    said = f"No sentence says that it treats {wording.said(enough)}."
    return Illness(enough, [], facts.hidden(*LINKS) or Result("not_met", evidence_of(enough), why=said, absent=True))


def _taken_back(facts: Facts) -> Result | None:
    """Where the letter says that what it asks for is not necessary, or that it cannot say so, and never that it is."""
    told = [e for e in facts.mentioned("necessity_statement") if e.assertion in ("stated", "negated")]
    denied = [e for e in told if e.assertion == "negated" or (e.evidence and all(map(_is_denied, e.evidence)))]
    if not denied or len(denied) < len(told):
        return None
    why = f"The letter takes itself back: {wording.listed(map(wording.quote, denied))}."
    return Result("not_met", evidence_of(denied), why=why)


def _is_denied(place: Evidence) -> bool:
    return bool(_DENIED.search(place.text))


_DENIED = re.compile(
    r"\b(?:cannot|can not|can['’]t|could not|couldn['’]t|unable to|would not|not (?:able|prepared|willing) to"
    r"|do(?:es)? not|don['’]t|doesn['’]t)\s+(?:\w+\s+){0,2}?"
    r"(?:say|state|claim|call|certify|attest|consider|believe|regard|think|find|feel)\b[^.;]{0,40}\bnecess"
    r"|\b(?:is|are|was)(?:n['’]t| not)\s+(?:\w+\s+)?(?:medically\s+necessary|a medical necessity)",
    re.IGNORECASE,
)


def _no_illness(facts: Facts, there: Sequence[Extraction]) -> Result:
    if not there and (aside := facts.stated("diagnosis")):
        return Result("not_met", evidence_of(aside), why=f"It says that “{wording.said(aside)}” is not its reason.")
    if not there:
        missing = facts.missing("diagnosis")
        why = missing.why if missing.outcome == "uncertain" else f"No illness is named. {missing.why}".strip()
        return Result(missing.outcome, missing.evidence, {}, why, missing.clearer_copy, missing.absent)
    unknown = [e for e in there if specificity(e) is None]
    if unknown:
        why = f"docscan does not know “{wording.said(unknown)}”; a person must say whether it names an illness."
        return Result("uncertain", evidence_of(unknown), why=why)
    hidden = facts.hidden("diagnosis", "diagnosis_code")
    if hidden:
        return Result("uncertain", evidence_of(there), why=hidden.why, clearer_copy=hidden.clearer_copy)
    why = f"“{wording.said(there)}” is no specific illness."
    return Result("not_met", evidence_of(there), why=why, absent=True)


@check("value", "other")
def treats_disease(facts: Facts, parameters: TreatsDisease) -> Result:
    """What is asked for treats a specific, diagnosed illness. {value}: the illness; {other}: what is asked for."""
    asked = _listed(things_of(facts)) or "it"
    told = illness(facts, parameters)
    if told.lacking is not None:
        variables = {"value": told.said, "other": asked}
        return Result(
            told.lacking.outcome, told.lacking.evidence, variables, told.lacking.why, told.lacking.clearer_copy,
            told.lacking.absent,
        )  # fmt: skip
    variables = {"value": told.said, "other": asked}
    certified = [e for e in facts.mentioned("general_health_statement") if e.assertion == "negated"]
    return Result("met", evidence_of([*told.named, *told.linked, *certified]), variables)


@check("value", "other")
def lasting_things(facts: Facts, parameters: TreatsDisease) -> Result:
    """A thing that lasts, or a change of the home, mainly treats an illness.

    {value}: the illness; {other}: the things.
    """
    lasting = [
        thing for thing in things_of(facts)
        if thing.entry and thing.entry.capital and class_of(thing.source) not in SESSIONS
    ]  # fmt: skip
    if not lasting:
        return facts.unsure("treatment") or Result("not_applicable", why="No lasting thing is asked for.")
    told = illness(facts, parameters)
    variables = {"value": told.said, "other": _listed(lasting)}
    if told.lacking is not None:
        lacking = told.lacking
        return Result(
            lacking.outcome, lacking.evidence, variables, lacking.why, lacking.clearer_copy, lacking.absent
        )  # fmt: skip
    improvements = [thing for thing in lasting if thing.entry and thing.entry.capital == "improvement"]
    excess = [thing for thing in lasting if thing.entry and thing.entry.excess]
    why = ""
    if improvements:
        why = "It changes the home: only what it costs above what it adds to the home's value counts. Add an appraisal."
    elif excess:
        why = f"Of {_listed(excess)}, often only the cost above the ordinary kind's counts."
    return Result("met", evidence_of([*_sources(lasting), *told.named, *told.linked]), variables, why)


# What it is


@dataclass(frozen=True, config=STRICT)
class Fits:
    """`least`: how specific the illness must be behind what counts only for an illness. `mends`, `mends_codes`: as in
    `NeverCounts`."""

    least: Specificity = "vague"
    mends: Pattern = ""
    mends_codes: Pattern = ""


@check("value", "other")
def fits_definition(facts: Facts, parameters: Fits) -> Result:
    """What is asked for or sold is medical care by the lists: always, or for the illness that the letter ties it to.

    {value}: the things; {other}: the entries that they are mapped to.
    """
    there = things_of(facts)
    if not there:
        return nothing_to_judge(facts, "treatment" if facts.kind in LETTERS else "item")
    variables = {"value": _listed(there), "other": _entries(there)}
    evidence = evidence_of(_sources(there))
    never = [thing for thing in there if thing.never]
    if facts.kind in LETTERS and any(map(_for_looks, never)) and _mended(facts, parameters):
        never = [thing for thing in never if not _for_looks(thing)]
    if len(never) == len(there):
        doubt = _other_illness(facts) if all(map(_for_looks, never)) else None
        return doubt or Result("not_met", evidence, variables, _which(never))
    open_ = [thing for thing in there if thing not in never and not thing.always]
    if not open_:
        return Result("met", evidence, variables, _which(never))
    if facts.kind in LETTERS:
        return _by_illness(facts, parameters, open_, variables, _which(never))
    why = f"Whether {_listed(open_)} counts depends on the illness that a letter names."
    if not any(thing.entry for thing in open_):
        why = f"docscan has no entry for {_listed(open_)}; a person must say what it is."
    return Result("not_applicable", evidence, variables, why)


def _by_illness(
    facts: Facts, parameters: Fits, open_: Sequence[Thing], variables: Mapping[str, str], besides: str
) -> Result:
    """What a letter says of the illness decides where the lists leave it open, or have no entry."""
    told = illness(facts, TreatsDisease(least=parameters.least))
    unknown = [thing for thing in open_ if thing.entry is None]
    no_entry = f"The lists have no entry for {_listed(unknown)}" if unknown else ""
    lacking, evidence = told.lacking, evidence_of(_sources(open_))
    if lacking is None:
        why = f"{no_entry}; the illness that it treats decides." if unknown else ""
        why = " ".join(filter(None, (why, besides)))
        return Result("met", evidence_of([*_sources(open_), *told.named, *told.linked]), variables, why)
    if told.named and len(unknown) == len(open_) and lacking.absent:
        why = f"{no_entry}, and no sentence says that it treats {told.said}; a person must decide."
        return Result("uncertain", evidence, variables, why)
    why = f"The lists ask for an illness that it treats: {_listed(open_)}. {lacking.why}"
    return Result(lacking.outcome, lacking.evidence or evidence, variables, why, lacking.clearer_copy, lacking.absent)


@check("value", "other", packet=True)
def expenses_fit_definition(packet: Sequence[Facts], parameters: Fits) -> Result:
    """What the receipts show is medical care by the lists: always, or for the illness that a letter names.

    {value}: the lines that are not shown to be, or all; {other}: the entries that the lines are mapped to.
    """
    told = letters(packet)
    judged = [_Judged(thing, *_expense(thing, named, parameters)) for thing, named in _expenses(packet)]
    if not judged:
        return Result("not_applicable", why=NO_RECEIPT if told else NO_LETTER)
    failing = [one for one in judged if one.outcome != "met"]
    receipts_of = [{id(one.thing) for one in judged if one.receipt == n} for n in range(len(packet))]
    grave = [
        one for one in failing
        if {id(other.thing) for other in failing if other.receipt == one.receipt} == receipts_of[one.receipt]
        or not one.never
    ]  # fmt: skip
    shown = grave or judged
    variables = {
        "value": _listed(one.thing for one in shown),
        "other": _entries(one.thing for one in shown),
    }
    evidence = evidence_of([*_sources(one.thing for one in shown), *(e for one in grave for e in one.sources)])
    if grave:
        worst = next((one for one in grave if one.outcome == "not_met"), grave[0])
        return Result(worst.outcome, evidence, variables, worst.why, absent=not worst.never)
    return Result("met", evidence, variables, _which([one.thing for one in failing]))


class _Judged(NamedTuple):
    thing: Thing
    receipt: int
    outcome: Outcome
    never: bool
    why: str
    sources: tuple[Extraction, ...]


def _expenses(packet: Sequence[Facts]) -> list[tuple[Thing, tuple[int, list[Facts]]]]:
    """Each line of the receipts once, with its receipt's place and the letters that name it; where none does, those
    that may."""
    found_: dict[tuple[int, int], tuple[Thing, tuple[int, list[Facts]]]] = {}
    for one in matched(packet):
        service = one.service
        if service.record or not service.sources:
            continue
        open_ = [match.letter.facts for match in one.matches if match.named.holds is None]
        named = [match.letter.facts for match in one.matches if match.named.holds] or open_
        found_.setdefault((service.report, service.line), (one.thing, (service.report, named)))
    return list(found_.values())


def _expense(
    thing: Thing, place: tuple[int, list[Facts]], parameters: Fits
) -> tuple[int, Outcome, bool, str, tuple[Extraction, ...]]:
    """What one line is: outcome, whether it never counts, why, and what shows it."""
    receipt, named = place
    mended = _for_looks(thing) and any(_mended(facts, parameters) for facts in named)
    if thing.never and not mended:
        return receipt, "not_met", True, _which([thing]), ()
    if thing.always and not (thing.named_by_any and all(map(_for_no_illness, named))):
        return receipt, "met", False, "", ()
    if thing.entry is None and thing.item_class in (None, "unspecific") and not named:
        return receipt, "uncertain", False, f"docscan has no entry for {thing.said}; a person must say what it is.", ()
    return receipt, *_by_letters(thing, named, parameters)


def _for_no_illness(letter: Facts) -> bool:
    """Whether a letter speaks of illnesses, and of none that the patient has: it wants to prevent what others had."""
    there, codes = told_illnesses(letter)
    return not there and not codes and bool(letter.mentioned("diagnosis", "diagnosis_code"))


def _by_letters(
    thing: Thing, named: Sequence[Facts], parameters: Fits
) -> tuple[Outcome, bool, str, tuple[Extraction, ...]]:
    """What the illness of the letters that name a line, or may, makes of it."""
    least: Specificity = "named" if thing.item_class == "supplement" else parameters.least  # many are for one's vigor
    told = [illness(facts, TreatsDisease(least=least)) for facts in named]
    good = next((one for one in told if one.lacking is None), None)
    if good and not thing.named_by_any and (thing.entry is None or thing.item_class in GOODS):
        why = f"It is not clear whether a letter names {thing.said}."
        if thing.entry is None:
            why = f"docscan has no entry for {thing.said}, and it is not clear whether a letter names it."
        return "uncertain", False, why, tuple(good.named)
    if good:
        return "met", False, "", tuple(good.named)
    if told and (lacking := told[0].lacking):
        return lacking.outcome, False, f"The lists ask for an illness that it treats. {lacking.why}", ()
    return "not_met", False, f"No letter names an illness that it treats: {thing.said}.", ()


def _entries(some: Iterable[Thing]) -> str:
    return wording.listed(_entry(thing.entry) for thing in some if thing.entry) or "no entry"


def _entry(entry: Entry) -> str:
    return f"“{entry.heading or entry.title}”"


def _which(some: Sequence[Thing]) -> str:
    return f"Never counts by the IRS lists: {_listed(some)}." if some else ""


@dataclass(frozen=True, config=STRICT)
class NeverCounts:
    """`classes` that a plan refuses beside what the lists say never counts. `mends`: words for what makes looks
    medical (a deformity from birth, an accident, a disease that disfigures), `mends_codes` such diagnosis codes; they
    excuse what is of the class "cosmetic"."""

    classes: ItemClasses = ()
    mends: Pattern = ""
    mends_codes: Pattern = ""


@check("value", "amount", "other")
def never_listed(facts: Facts, parameters: NeverCounts) -> Result:
    """Not everything is of what never counts, letter or not. {value}: what never counts; {amount}: its cost; {other}:
    the entries."""
    there = things_of(facts)
    if not there:
        return nothing_to_judge(facts, "item", "treatment")
    odd = [t for t in there if t.never or (t.item_class in parameters.classes and not t.always)]
    looks = [thing for thing in odd if _for_looks(thing)]
    excuse = _mended(facts, parameters) if looks else []
    if excuse:
        odd = [t for t in odd if t not in looks]
    total = cost_of(_sources(odd))
    variables = {
        "value": _listed(odd),
        "amount": wording.money(total) if total else "an amount that is not stated",
        "other": wording.listed(_entry(t.entry) for t in odd if t.entry),
    }
    if odd and len(odd) == len(there):
        doubt = _other_illness(facts) if odd == looks else None
        return facts.hidden("item", "treatment") or doubt or Result("not_met", evidence_of(_sources(odd)), variables)
    why = f"But this never counts by the IRS lists: {variables['value']}." if odd else ""
    if excuse:
        why = f"Care for looks counts only for a deformity; the letter tells of one: {wording.quote(excuse[0])}. {why}"
    hidden = facts.hidden("item" if facts.kind not in LETTERS else "treatment")
    return hidden or Result("met", evidence_of([*_sources(odd or there), *excuse]), variables, why.strip())


def _for_looks(thing: Thing) -> bool:
    """Whether it is care for looks, which counts where it mends a deformity."""
    return thing.item_class == "cosmetic" and (thing.entry is None or thing.entry.letter != "refused")


def _mended(facts: Facts, parameters: NeverCounts | Fits) -> list[Extraction]:
    """What tells of a deformity that is mended."""
    told = facts.stated("treatment", "diagnosis", *LINKS, "medical_history")
    words = [
        e for e in told
        if parameters.mends and any(re.search(parameters.mends, text, re.IGNORECASE) for text in (e.raw, str(e.value)))
    ]  # fmt: skip
    codes = facts.stated("diagnosis_code") if parameters.mends_codes else ()
    return [*words, *(e for e in codes if re.match(parameters.mends_codes, str(e.value)))]


def _other_illness(facts: Facts) -> Result | None:
    """Where a disease is treated, and only the means is one that is used for looks too ("Botox for migraine")."""
    told = illness(facts, TreatsDisease())
    links = facts.stated("treatment_link")
    if told.lacking is not None or not links:
        return None
    why = f"It is often used for looks; a person must say whether it treats {told.said}."
    return Result("uncertain", evidence_of([*links, *told.named]), why=why)


# What does not belong


@dataclass(frozen=True, config=STRICT)
class LinesAvoid:
    """`classes` of lines, and money `fields`, that are not to be claimed. `only`: not met only where there is nothing
    else; treatments count too then."""

    classes: ItemClasses
    fields: FieldNames = ()
    only: bool = False


@check("value", "amount")
def lines_avoid(facts: Facts, parameters: LinesAvoid) -> Result:
    """The lines are no fees, extras or things that never count. {value}: those that are; {amount}: what they cost."""
    there = [t for t in everything_of(facts) if parameters.only or t.source.name == "item"]
    everything = _sources(there)
    odd = _sources(t for t in there if t.ordinary(parameters.classes) and amount_of(t.source) != 0)  # "Delivery $0.00"
    money = [e for e in facts.stated(*parameters.fields) if as_money(e.value)]
    if not everything and not money:
        return nothing_to_judge(facts, "item")
    kinds = {class_of(e) for e in odd}
    extra = [e for e in money if e.name not in kinds]  # a tip may stand both as a line and as a sum
    shown = [*odd, *extra]
    total = cost_of(odd) + sum((as_money(e.value) or Decimal(0) for e in extra), Decimal(0))
    variables = {
        "value": wording.listed(_line(e) for e in shown),
        "amount": wording.money(total) if total else "an amount that is not stated",
    }
    if shown and parameters.only and len(odd) == len(everything):
        return facts.hidden("item", "treatment") or Result("not_met", evidence_of(shown), variables)
    if shown and not parameters.only:
        return Result("not_met", evidence_of(shown), variables)
    return facts.hidden("item") or Result("met", evidence_of(everything), variables)


def _line(extraction: Extraction) -> str:
    if extraction.name in ("item", "treatment"):
        return wording.value(extraction.name, extraction.value)
    return f"{wording.name(extraction.name)} {wording.value(extraction.name, extraction.value)}"


@dataclass(frozen=True, config=STRICT)
class DuesApart:
    """`dues`: classes of membership fees; `programme`: classes of what is given there."""

    dues: ItemClasses
    programme: ItemClasses


@check("value", "amount", "other")
def dues_apart(facts: Facts, parameters: DuesApart) -> Result:
    """Training or programme fees stand apart from membership dues. {value}: the dues; {amount}: what they cost;
    {other}: what the programme costs."""
    there = [t for t in things_of(facts) if t.source.name == "item"]
    dues = _sources(t for t in there if t.item_class in parameters.dues)
    programme = _sources(
        t for t in there
        if t.item_class in parameters.programme or (dues and t.item_class in (None, "other") and t.words)
    )  # fmt: skip
    if not dues and not programme:
        return nothing_to_judge(facts, "item")
    variables = {
        "value": wording.said(dues) or "none",
        "amount": wording.money(cost_of(dues)),
        "other": wording.money(cost_of(programme)),
    }
    if programme:
        why = ""
        if dues:
            why = f"Membership dues are {variables['amount']}, training and programs {variables['other']}."
        return Result("met", evidence_of([*programme, *dues]), variables, why)
    return facts.hidden("item") or Result("not_met", evidence_of(dues), variables)


@dataclass(frozen=True, config=STRICT)
class SpecialFood:
    """`flag`: the field that says that the food is none of an ordinary diet."""

    flag: FieldName
    least: Specificity = "named"


@check("value", "missing", "other")
def special_food(facts: Facts, parameters: SpecialFood) -> Result:
    """Food is shown to be more than food. {value}: the illness; {missing}: what is not shown; {other}: the food."""
    food = [t for t in things_of(facts) if t.item_class == "food" or (t.entry and t.entry.food)]
    told = illness(facts, TreatsDisease(least=parameters.least))
    beyond = found(facts, (parameters.flag,))
    missing = [
        said for said, lacks in (
            ("an illness that it treats", not told.named),
            ("a sentence that says so", bool(told.named) and not told.linked),
            ("that it is more than normal food", not beyond),
        ) if lacks
    ]  # fmt: skip
    variables = {
        "value": told.said,
        "missing": wording.listed(missing),
        "other": _listed(food) or "food",
    }
    if not missing:
        return Result("met", evidence_of([*_sources(food), *told.named, *told.linked, *beyond]), variables)
    hidden = facts.hidden("diagnosis", *LINKS, parameters.flag)
    return hidden or Result("not_met", evidence_of([*_sources(food), *told.named]), variables, absent=True)


@dataclass(frozen=True, config=STRICT)
class OfTheKind:
    """`classes` of things that an account pays, and `credentials` of providers who give nothing else."""

    classes: ItemClasses
    credentials: Many[str] = ()


@check("value", "other")
def only_of_classes(facts: Facts, parameters: OfTheKind) -> Result:
    """Everything is of what the account pays. {value}: what is not, or all; {other}: what is, beside it."""
    there = things_of(facts)
    if not there:
        return nothing_to_judge(facts, "treatment" if facts.kind in LETTERS else "item")
    house = _house(facts, parameters)
    good, odd, unknown = [], [], []
    for thing in there:
        own = (thing.entry.limited_purpose if thing.entry else None) or thing.item_class
        vague = own in (None, "unspecific", "medical_visit", "other") or thing.entry is None
        if own in parameters.classes or (vague and house):
            good.append(thing)
        elif own in (None, "unspecific"):
            unknown.append(thing)
        else:
            odd.append(thing)
    variables = {"value": _listed(odd or unknown or good), "other": _listed(good)}
    if odd:
        why = f"Beside it, {_listed(good)} is of the kind that it pays." if good else ""
        return Result("not_met", evidence_of(_sources(odd)), variables, why)
    if unknown:
        why = f"Nothing says whether {_listed(unknown)} is care of teeth or eyes."
        return facts.hidden("item") or Result("uncertain", evidence_of(_sources(unknown)), variables, why)
    return Result("met", evidence_of([*_sources(good), *house]), variables)


def _house(facts: Facts, parameters: OfTheKind) -> list[Extraction]:
    """What tells that whoever gives it gives nothing else: a dentist, an optician."""
    told = facts.stated("merchant_name", "practice_name", "specialty")
    named = [e for e in told if item_classes.classify(str(e.value)) in parameters.classes]
    held = [
        e for e in facts.stated("provider_credential")
        if any(c.code in parameters.credentials for c in credentials.split(str(e.value)))
    ]  # fmt: skip
    return [*named, *held]


@dataclass(frozen=True, config=STRICT)
class NotEntries:
    """`entries` of Publication 502 that may not be there; `classes`: the rule is asked only where one is."""

    entries: Many[str]
    classes: ItemClasses

    def __post_init__(self) -> None:
        known = {entry.id for entry in publication_502.entries()}
        unknown = sorted(set(self.entries) - known)
        if unknown:
            raise ValueError(f"`{unknown[0]}` is not an entry of docscan.reference.publication_502")


@check("value")
def not_entries(facts: Facts, parameters: NotEntries) -> Result:
    """None of the things is one of some entries. {value}: those that are, or all of the class."""
    there = [t for t in things_of(facts) if t.item_class in parameters.classes]
    if not there:
        return Result("not_applicable", why="The document is not about anything this rule is for.")
    odd = [t for t in there if t.entry and t.entry.id in parameters.entries]
    return Result("not_met" if odd else "met", evidence_of(_sources(odd or there)), {"value": _listed(odd or there)})


@dataclass(frozen=True, config=STRICT)
class Prescribed:
    """`entries` that need a prescription. `any_of`: fields that show one."""

    entries: Many[str]
    any_of: FieldNames


@check("value")
def prescription_shown(facts: Facts, parameters: Prescribed) -> Result:
    """A drug for which one is needed comes with a prescription. {value}: the drugs, or what shows it."""
    there = [t for t in things_of(facts) if t.entry and t.entry.id in parameters.entries]
    if not there:
        return Result("not_applicable", why="No such drug is on the document.")
    shown = found(facts, parameters.any_of)
    if shown:
        return Result("met", evidence_of([*shown, *_sources(there)]), {"value": wording.said(shown)})
    return facts.hidden(*parameters.any_of) or Result(
        "not_met", evidence_of(_sources(there)), {"value": _listed(there)}
    )


@check("value")
def letter_seldom_needed(facts: Facts) -> Result:
    """Nothing on it is of what plans usually want a letter for. {value}: what is, or all."""
    there = [t for t in things_of(facts) if t.entry]
    if not there:
        return facts.unsure("item") or Result("not_applicable", why="docscan knows none of its lines.")
    needy = [t for t in there if t.entry and t.entry.letter == "usual"]
    sometimes = [t for t in there if t.entry and t.entry.letter == "sometimes"]
    why = f"Some plans want one for {_listed(sometimes)}." if sometimes else ""
    shown = needy or there
    return Result("not_met" if needy else "met", evidence_of(_sources(shown)), {"value": _listed(shown)}, why)


# The person, the account and the tax


@dataclass(frozen=True, config=STRICT)
class WhoIsTreated:
    """`accepted`: relationships whose care the account pays; `refused`: those that it never does. Both are regular
    expressions for whole words."""

    accepted: Many[Pattern]
    refused: Many[Pattern]


@check("value", "other")
def person_covered(facts: Facts, parameters: WhoIsTreated) -> Result:
    """The person treated is the account holder, a spouse or a dependent. {value}: the patient; {other}: the holder, or
    how they are related."""
    claim = facts.claim
    patients = facts.stated("patient_name")
    holders = [claim.participant_name] if claim.participant_name else []
    holders += [str(e.value) for e in facts.stated("participant_name")] if not holders else []
    related = (claim.relationship or "").strip().casefold()
    if related and any(re.search(rf"\b{word}\b", related) for word in parameters.refused):
        variables = {"value": wording.said(patients), "other": claim.relationship or ""}
        return Result("not_met", evidence_of(patients), variables)
    if not patients or not holders:
        return Result("not_applicable", why="The patient's or the account holder's name is not known.")
    variables = {"value": wording.said(patients), "other": holders[0]}
    alike = {names.compare(str(e.value), holder) for e in patients for holder in holders}
    if "same" in alike or "possible" in alike:
        return Result("met", evidence_of(patients), variables)
    if related and any(re.search(rf"\b{word}\b", related) for word in parameters.accepted):
        return Result("met", evidence_of(patients), {**variables, "other": f"{holders[0]} ({claim.relationship})"})
    if not related and not claim.participant_name:
        why = f"The document names {holders[0]} as account holder; the claim does not say how they are related."
        return Result("not_applicable", evidence_of(patients), variables, why)
    why = f"The patient, {variables['value']}, is not the account holder, {holders[0]}. "
    why += (
        f"docscan does not know the relationship “{claim.relationship}”."
        if related
        else "How they are related was not given."
    )
    return Result("uncertain", evidence_of([*patients, *facts.stated("participant_name")]), variables, why)


@check("value", packet=True)
def nobody_else_pays(packet: Sequence[Facts]) -> Result:
    """The participant has certified that nobody else pays the expense back. {value}: the words."""
    if not packet:
        return Result("not_applicable")
    told = packet[0].claim.not_reimbursed_elsewhere
    if told is not None:
        return Result("met" if told else "not_met", variables={"value": "The claim says so."})
    for facts in packet:
        words = facts.stated("not_reimbursed_statement")
        signed = [e for e in facts.stated("signature") if isinstance(e.value, dict) and e.value.get("present")]
        if words and signed:
            return Result("met", evidence_of([*words, *signed]), {"value": wording.quote(words[0])})
    return Result("not_applicable", why="Nothing in the packet says whether somebody else pays, nor does the claim.")


@check("value", "limit", "income", "percent", "year", packet=True)
def above_floor(packet: Sequence[Facts]) -> Result:
    """For the deduction: the expenses of a year come to more than the part of the income that does not count.

    {value}: what they come to; {year}: in which year; {limit}: that part; {percent}: how much it is of {income}.
    """
    income = as_money(packet[0].claim.income) if packet else None
    if income is None or income <= 0:
        return Result("not_applicable", why="The claim does not give the income.")
    by_year: dict[int, list[Service]] = {}
    for service in services(packet):
        if service.day and service.amount is not None and not service.extra:
            by_year.setdefault(service.day.year, []).append(service)
    if not by_year:
        return Result("not_applicable", why="No receipt shows an amount and a day.")
    year, paid = max(by_year.items(), key=lambda one: (_sum(one[1]), one[0]))
    floor = dated_amounts.deduction_floor(year, from_65=bool(packet[0].claim.from_65))
    if floor is None:
        return Result("not_applicable", why=f"docscan does not know the part of the income for {year}.")
    total, limit = _sum(paid), income * floor.value / 100
    variables = {
        "value": wording.money(total),
        "limit": wording.money(limit),
        "income": wording.money(income),
        "percent": str(floor.value),
        "year": str(year),
    }
    evidence = evidence_of(source for s in paid for source in s.sources)
    return Result("met" if total > limit else "not_met", evidence, variables)


def _sum(paid: Iterable[Service]) -> Decimal:
    return sum((s.amount for s in paid if s.amount is not None), Decimal(0))


# How strong the case is


@dataclass(frozen=True, config=STRICT)
class Strength:
    """`least`: how many of the six signs a letter should show. `tiers` of signers who may diagnose. `days`: how long
    before the letter a visit is near."""

    least: Annotated[int, Field(ge=1, le=6)]
    days: Annotated[int, Field(ge=1)] = 365
    tiers: Many[str] = ("T1", "T2")


@check("count", "value", "missing")
def objective_factors(facts: Facts, parameters: Strength) -> Result:
    """The letter shows the signs that tell medical care from a personal expense: a medical purpose, a diagnosis with a
    recommendation, the link between both, how it will work, nearness in time, and that nobody would buy it otherwise.

    {count}: how many; {value}: which, with the words that show them; {missing}: which not.
    """
    shown = [(sign, sources) for sign, sources in _signs(facts, parameters) if sources]
    missing = [sign for sign, sources in _signs(facts, parameters) if not sources]
    variables = {
        "count": str(len(shown)),
        "value": wording.listed((f"{sign}{_words(sources[0])}" for sign, sources in shown), most=6),
        "missing": wording.listed(missing, most=6),
    }
    evidence = evidence_of(e for _, sources in shown for e in sources[:2])
    if len(shown) >= parameters.least:
        return Result("met", evidence, variables)
    hidden = facts.hidden(*LINKS, "diagnosis")
    return hidden or Result("not_met", evidence, variables, absent=True)


def _words(source: Extraction) -> str:
    said = wording.one_line(source.raw)
    short = said if len(said) <= _LONGEST_SIGN else said[: _LONGEST_SIGN - 1].rstrip() + "…"
    return f" (“{short}”)" if short else ""


_LONGEST_SIGN = 60


def _signs(facts: Facts, parameters: Strength) -> list[tuple[str, list[Extraction]]]:
    certified = [e for e in facts.mentioned("general_health_statement") if e.assertion == "negated"]
    named = [e for e in facts.stated("diagnosis") if at_least(specificity(e), "named")]
    signers = [
        e for e in facts.stated("provider_credential")
        if any(c.tier in parameters.tiers for c in credentials.split(str(e.value)))
    ]  # fmt: skip
    written = facts.dates("letter_date", "signature_date")
    visits = [
        e for day, e in facts.dates("visit_date")
        if written and 0 <= (written[0][0] - day).days <= parameters.days
    ]  # fmt: skip
    return [
        ("a medical purpose", [*facts.stated("necessity_statement"), *certified]),
        ("a diagnosis by somebody who may make one", [*named, *signers] if named and signers else []),
        ("the link between illness and treatment", [*facts.stated("treatment_link")]),
        ("how it will work", [*facts.stated("goal", "continuation_of_care", "alternatives_tried")]),
        ("nearness in time", visits),
        ("that it would not be bought otherwise", [*facts.stated("not_already_member")]),
    ]
