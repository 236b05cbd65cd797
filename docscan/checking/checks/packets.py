"""Do a letter and its receipts belong together?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic.dataclasses import dataclass

from docscan.checking import names, wording
from docscan.checking.checks.registry import STRICT, ItemClasses, check
from docscan.checking.facts import Facts, Result, evidence_of
from docscan.checking.packets.documents import NO_LETTER, NO_RECEIPT, letters, receipts
from docscan.checking.packets.matching import Terms, time_of
from docscan.checking.period import start_of
from docscan.document import Extraction


def services(packet: Sequence[Facts]) -> list[tuple[int, date, Extraction]]:
    """Every service day of every receipt, in order."""
    found = [(r.place, day, e) for r in receipts(packet) for day, e in r.facts.services]
    return sorted(found, key=lambda s: (s[1], s[0]))


@dataclass(frozen=True, config=STRICT)
class InTime:
    """`months_without_time`: how long a letter counts that states no time; none: that is left open."""

    months_without_time: int | None = None


@dataclass(frozen=True, config=STRICT)
class Goods:
    """`goods`: classes of lines for which a shop asks nobody's name; a receipt of nothing else need not name one."""

    goods: ItemClasses = ()


@check("value", "other", packet=True)
def same_patient(packet: Sequence[Facts], parameters: Goods) -> Result:
    """Letter and receipts name one patient. {value}: the letter's; {other}: the one that differs."""
    told = letters(packet)
    if not told or not receipts(packet):
        return Result("not_applicable", why=NO_LETTER if not told else NO_RECEIPT)
    first = next((e for letter in told for e in letter.facts.stated("patient_name")), None)
    if first is None:
        return told[0].facts.missing("patient_name")
    doubt: Result | None = None
    compared = [first]
    for facts in (r.facts for r in receipts(packet)):
        theirs = facts.stated("patient_name")
        if not theirs and facts.classes and facts.classes <= set(parameters.goods):
            continue
        if not theirs:
            missing = facts.hidden("patient_name")
            why = missing.why if missing else "A receipt does not name the patient."
            doubt = doubt or Result("uncertain", evidence_of([first]), {}, why)
            continue
        likeness = [names.compare(str(first.value), str(e.value)) for e in theirs]
        variables = {"value": str(first.value), "other": str(theirs[0].value)}
        if "same" in likeness:
            compared.append(theirs[likeness.index("same")])
        elif "possible" in likeness:
            why = f"“{first.value}” and “{theirs[0].value}” may be one person."
            doubt = doubt or Result("uncertain", evidence_of([first, *theirs]), variables, why)
        else:
            return Result("not_met", evidence_of([first, *theirs]), variables)
    return doubt or Result("met", evidence_of(compared), {"value": str(first.value), "other": ""})


@check("value", "other", packet=True)
def service_in_letters_time(packet: Sequence[Facts], parameters: InTime) -> Result:
    """Every service day lies in a letter's time. {value}: the days that do not, or all; {other}: the letter's time."""
    told = letters(packet)
    if not told or not receipts(packet):
        return Result("not_applicable", why=NO_LETTER if not told else NO_RECEIPT)
    days = services(packet)
    if not days:
        facts = receipts(packet)[0].facts
        return facts.hidden("service_date") or Result("not_applicable", why="No receipt states a service date.")
    terms = Terms(months_without_time=parameters.months_without_time)
    times = [period for letter in told if (period := time_of(letter, terms))]
    if not times:
        facts = told[0].facts
        return facts.hidden("duration", "end_date") or Result("not_applicable", why="The letter states no time.")
    outside = [(day, e) for _, day, e in days if all(p.holds_on(day) is False for p in times)]
    open_ = [(day, e) for _, day, e in days if not any(p.holds_on(day) for p in times) and (day, e) not in outside]
    shown = outside or open_ or [(day, e) for _, day, e in days]
    variables = {
        "value": wording.listed(wording.day(d) for d, _ in shown),
        "other": wording.listed(p.said for p in times),
    }
    evidence = evidence_of([*(e for _, e in shown), *(s for p in times for s in p.sources)])
    if open_ and not outside:
        why = "The letter does not say enough about when it starts or ends."
        return Result("uncertain", evidence, variables, why)
    return Result("not_met" if outside else "met", evidence, variables)


@dataclass(frozen=True, config=STRICT)
class Before:
    """`compare`: the letter's day may be the day of service ("on_or_before"), or must lie before it ("before").
    `day`: which day of the letter counts; the days it was received and approved come with the claim."""

    compare: Literal["on_or_before", "before"] = "on_or_before"
    day: Literal["written", "approved"] = "written"


@check("value", "other", packet=True)
def letter_before_service(packet: Sequence[Facts], parameters: Before) -> Result:
    """The letter came before the first service. {value}: the letter's day; {other}: the service's."""
    told, days = letters(packet), services(packet)
    if not told or not receipts(packet):
        return Result("not_applicable", why=NO_LETTER if not told else NO_RECEIPT)
    if not days:
        facts = receipts(packet)[0].facts
        return facts.hidden("service_date") or Result("not_applicable", why="No receipt states a service date.")
    claim = told[0].facts.claim
    if parameters.day == "approved":
        approved = claim.letter_approved_on or claim.letter_received_on
        if approved is None:
            return Result("not_applicable", why="The claim does not give the day on which the letter was accepted.")
        dated: list[tuple[date, Extraction | None]] = [(approved, None)]
    else:
        # A letter counts from the day it was written, even where it names an earlier start: that would be backdating.
        written = [d for letter in told for d in letter.facts.dates("letter_date", "signature_date")[:1]]
        starts = [(day, e) for letter in told for day, _, e in [start_of(letter.facts)] if day]
        dated = [*written] or [*starts]
    if not dated:
        return told[0].facts.missing("letter_date", "signature_date")
    first, source = min(dated, key=lambda d: d[0])
    service, receipt = days[0][1], days[0][2]
    good = first < service or (first == service and parameters.compare == "on_or_before")
    variables = {"value": wording.day(first), "other": wording.day(service)}
    return Result("met" if good else "not_met", evidence_of(filter(None, (source, receipt))), variables)
