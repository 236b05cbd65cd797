"""Is what is claimed what the receipts show, once, and no more than the letter orders?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from pydantic.dataclasses import dataclass

from docscan.checking import wording
from docscan.checking.checks.receipts import as_money
from docscan.checking.checks.registry import STRICT, check
from docscan.checking.facts import Facts, Result, class_of, evidence_of
from docscan.checking.packets.documents import (
    NO_RECEIPT,
    Letter,
    bills,
    for_a_person,
    letters,
    nothing_to_hold,
)
from docscan.checking.packets.matching import Matched, matched
from docscan.checking.packets.naming import GOODS, tells_what
from docscan.checking.packets.repeats import pairs
from docscan.checking.packets.services import SESSIONS, Service, expenses, services, shown
from docscan.checking.packets.sessions import Overrun, course_of, overruns
from docscan.document import Extraction, Purpose
from docscan.reference.short_forms import in_full

_CENT = Decimal("0.01")
_MOST_SUMS = 4096
_MOST_SAID = 3


# Sessions (PKT-05)


@check("value", "other", packet=True)
def sessions_within_order(packet: Sequence[Facts]) -> Result:
    """Not more sessions than the letter orders, week by week and in all.

    {value}: where there are too many, or how many sessions there are; {other}: what the letter orders.
    """
    told = letters(packet)
    if nothing := nothing_to_hold(packet):
        return nothing
    by_letter: dict[int, list[Matched]] = defaultdict(list)
    outside: dict[int, list[Matched]] = defaultdict(list)
    twice = _repeated(packet)
    for one in matched(packet):
        best = one.best
        theirs = best and (best.named.holds is not False or not tells_what(best.letter))
        if best and theirs and one.service not in twice and _is_counted(one):
            (by_letter if best.timely.holds is not False else outside)[best.letter.place].append(one)
    for place, found in outside.items():
        if not packet[place].lost:  # that they are too late is another rule's; how often, still this one's
            by_letter.setdefault(place, found)
    if not by_letter:
        return Result("not_applicable", why="No receipt shows sessions that the letter could order.")
    results = [_of_letter(letter, by_letter[letter.place]) for letter in told if letter.place in by_letter]
    for outcome in ("not_met", "uncertain", "met"):
        for result in results:
            if result.outcome == outcome:
                return for_a_person(result, told)
    return results[0]


def _is_counted(one: Matched) -> bool:
    """Whether a line is of what the letter orders so and so often: a session by its kind or its words, or a purchase
    where it orders purchases. Of what does not say what it is, only what cannot be goods."""
    service = one.service
    if service.kind in SESSIONS or _is_bought(one):
        return True
    if one.best is None:
        return False
    letter, words = one.best.letter, service.description or ""
    if _GIVEN.search(words) and _by_the_week(letter):
        return True  # a dose under observation, whatever it is a dose of
    asked = {class_of(e) for e in letter.treatments}
    ordered = bool(asked & SESSIONS) or any(_SESSIONS.search(e.raw) for e in letter.facts.mentioned("frequency"))
    ordered = ordered or (_by_the_week(letter) and asked <= _OPEN)
    if _SESSIONS.search(in_full(words)) or (service.record and service.kind not in GOODS):
        return ordered
    bare = not words or service.kind in ("unspecific", "medical_visit")
    return ordered and service.kind in _OPEN and (bare or bool(one.best.named.holds and asked & SESSIONS))


def _is_bought(one: Matched) -> bool:
    """Whether it is a purchase of what the letter orders by the purchase: "one grocery order every other week"."""
    if one.best is None or one.service.kind in SESSIONS or not one.best.named.holds:
        return False
    return any(_PURCHASES.search(e.raw) for e in one.best.letter.facts.mentioned("frequency"))


_SESSIONS = re.compile(
    r"\b(?:sessions?|visits?|app(?:oin)?t(?:ment)?s?|class(?:es)?|lessons?|treatments?|consult\w*|fittings?|adjustments?"
    r"|therapy|coaching|training|supervised|observed|administered"
    r"|(?:\d+|half|one|an)[ -]?(?:hours?|hrs?|min(?:ute)?s?))\b",
    re.IGNORECASE,
)
_GIVEN = re.compile(r"\b(?:observed|administered|given|supervised|sessions?|visits?|fittings?)\b", re.IGNORECASE)
_PURCHASES = re.compile(
    r"\b(?:purchases?|orders?|deliver(?:y|ies)|shipments?|box(?:es)?|refills?|shopping(?: trips?)?|shops?|grocer\w*"
    r"|trips? to the (?:store|shop|market)|haul|baskets?)\b",
    re.IGNORECASE,
)
_OPEN = frozenset({None, "unspecific", "other", "medical_visit"})


def _by_the_week(letter: Letter) -> bool:
    """Whether it orders by the week or the month, or a number in all, as sessions are; no medicine or thing is."""
    told = [course_of(e.value) for e in letter.facts.stated("frequency") if isinstance(e.value, dict)]
    return any(course and all(rate.unit in ("wk", "mo") for rate in course) for course in told)


def _of_letter(letter: Letter, found: Sequence[Matched]) -> Result:
    frequencies = [e for e in letter.facts.stated("frequency") if isinstance(e.value, dict)]
    if not frequencies:
        hidden = letter.facts.hidden("frequency")
        return hidden or Result("not_applicable", why="The letter does not say how often.")
    by_kind: dict[str, list[Matched]] = defaultdict(list)
    ordered_kinds = {kind for e in letter.treatments if (kind := class_of(e)) in SESSIONS}
    only = next(iter(ordered_kinds)) if len(ordered_kinds) == 1 else ""
    for one in found:  # what a line does not say of itself is what the letter orders
        kind = one.service.kind if one.service.kind in SESSIONS else _BOUGHT if _is_bought(one) else only or ""
        by_kind[kind or ""].append(one)
    meant = _treatment_of(letter, frequencies)
    worst: list[tuple[list[Overrun], list[Matched], Extraction]] = []
    counted = 0
    for kind, group in by_kind.items():
        days, more = (sorted({m.day for m in group if m.day}), 0) if kind == _BOUGHT else _sessions_of(group)
        counted += len(days) + more
        time = group[0].best.time if group[0].best and group[0].best.timely.holds is not False else None
        mine = [e for e in frequencies if meant[id(e)] == kind] or [
            e for e in frequencies if meant[id(e)] in (None, kind)
        ]
        told = [(over, e) for e in mine or frequencies if (over := overruns(e.value, time, days, more)) is not None]
        if not told:
            return Result("not_applicable", why="The letter gives no number of sessions to count by.")
        # Which of several frequencies is for which treatment is not known: the most generous one counts.
        least, source = min(told, key=lambda one: (len(one[0]), sum(o.claimed - o.ordered for o in one[0])))
        worst.append((least, group, source))
    many = [(one, group, source) for least, group, source in worst for one in least]
    ordered = wording.listed((wording.said([source]) for _, _, source in worst), join="or")
    if not many:
        variables = {"value": "1 session" if counted == 1 else f"{counted} sessions", "other": ordered}
        return Result("met", evidence_of([source for _, _, source in worst]), variables)
    first, group, source = many[0]
    days_over = [m for m in group if first.holds(m.day)]
    variables = {"value": wording.listed((one.said for one, _, _ in many), most=_MOST_SAID), "other": ordered}
    evidence = evidence_of([source, *(e for m in days_over[:6] for e in m.service.sources[:1])])
    return Result("not_met", evidence, variables)


_BOUGHT = "bought"
"""Stands for a kind: what is counted by the day on which it was bought, however many pieces."""


def _treatment_of(letter: Letter, frequencies: Sequence[Extraction]) -> dict[int, str | None]:
    """For which class of treatment each frequency is said: the one named last before it; None where none is."""
    named = sorted(
        (place.start, class_of(e)) for e in letter.treatments for place in e.evidence if place.start is not None
    )
    told: dict[int, str | None] = {}
    for frequency in frequencies:
        at = next((place.start for place in frequency.evidence if place.start is not None), None)
        before = [kind for start, kind in named if at is not None and start < at]
        told[id(frequency)] = before[-1] if before else None
    return told


def _repeated(packet: Sequence[Facts]) -> list[Service]:
    """Services that another receipt claims again: the later of each two."""
    found = shown(packet)
    return [found[pair.second] for pair in pairs(expenses(packet, found)) if pair.relation == "repeat"]


def _sessions_of(group: Iterable[Matched]) -> tuple[list[date], int]:
    """The days of single sessions, and how many more there are in packages or on days that are not told."""
    days: list[date] = []
    more = 0
    counted: set[tuple[int, int]] = set()
    recorded = 0
    for one in group:
        service = one.service
        recorded += service.record
        key = (service.report, service.line)
        single = service.sessions == max(1, len(service.days)) and service.span is None
        if single and one.day:
            if service.code is None or one.day not in days:  # several codes of a day are one visit
                days.append(one.day)
        elif key not in counted:
            counted.add(key)
            more += service.sessions
    return days, max(0, more - recorded)  # a trainer's record tells the days of what a bill only counts


# Amounts (PKT-06)


@check("value", "other", packet=True)
def amount_claimed(packet: Sequence[Facts]) -> Result:
    """The amount claimed is what the receipts show. {value}: the amount claimed; {other}: what the receipts show."""
    there = bills(packet)
    claimed = as_money(packet[0].claim.amount) if packet else None
    if claimed is None:
        return Result("not_applicable", why="The claim does not give its amount.")
    if not there:
        return Result("not_applicable", why=NO_RECEIPT)
    found = [s for s in services(packet) if not s.record and s.amount is not None and not s.extra]
    lines = [s.amount for s in found if s.amount is not None]
    sums = {sum(lines, Decimal(0))} if lines else set()
    sums |= _printed(packet, found)
    if not sums:
        hidden = next((h for r in there if (h := r.facts.hidden("item", "total", "amount_paid"))), None)
        return hidden or Result("not_applicable", why="No receipt states an amount.")
    variables = {"value": wording.money(claimed), "other": wording.money(max(sums))}
    sources = evidence_of(
        [*(e for s in found[:6] for e in s.sources[:1]), *(e for r in there for e in r.facts.stated("total"))]
    )
    if any(abs(claimed - each) <= _CENT for each in sums) or _is_sum_of_some(claimed, lines):
        return Result("met", sources, variables | {"other": wording.money(claimed)})
    hidden = next((h for r in there if (h := r.facts.hidden("item", "total"))), None)
    return Result("uncertain", sources, variables, hidden.why) if hidden else Result("not_met", sources, variables)


def _printed(packet: Sequence[Facts], found: Sequence[Service]) -> set[Decimal]:
    """The sums over all receipts of what each prints as its own: the total, what was paid, the patient's share."""
    places = dict.fromkeys(s.report for s in found) or {r.place: None for r in bills(packet)}
    sums: set[Decimal] = set()
    for names in (("total",), ("amount_paid",), ("patient_responsibility",), ("subtotal",),
                  ("patient_responsibility", "amount_paid", "total")):  # fmt: skip
        amounts = [
            next((a for name in names for e in packet[p].stated(name) if (a := as_money(e.value)) is not None), None)
            for p in places
        ]
        known = [a for a in amounts if a is not None]
        if known and len(known) == len(amounts):
            sums.add(sum(known, Decimal(0)))
    return sums


def _is_sum_of_some(claimed: Decimal, lines: Sequence[Decimal]) -> bool:
    """Whether some of the lines, with or without the rest, come to the amount: only a part may be claimed."""
    reached = {Decimal(0)}
    for amount in lines:
        reached |= {each + amount for each in reached}
        if len(reached) > _MOST_SUMS:
            return any(abs(claimed - each) <= _CENT for each in reached)
    return any(abs(claimed - each) <= _CENT for each in reached if each)


# Twice (PKT-07)


@check("value", "other", packet=True)
def no_repeats(packet: Sequence[Facts]) -> Result:
    """Nothing is claimed twice. {value}: what is; {other}: why that is one expense."""
    if not bills(packet):
        return Result("not_applicable", why=NO_RECEIPT)
    found = [s for s in shown(packet) if not s.record and not s.extra and not s.refund]
    if not found:
        hidden = next((h for r in bills(packet) if (h := r.facts.hidden("item", "service_date"))), None)
        return hidden or Result("not_applicable", why="No receipt says what was done or sold.")
    pairs_ = pairs(expenses(packet, found))
    repeats = [pair for pair in pairs_ if pair.relation == "repeat"]
    copies = [pair for pair in pairs_ if pair.relation == "copy"]
    told = repeats or copies
    variables = {
        "value": wording.listed((_said(found[pair.first]) for pair in told), most=_MOST_SAID),
        "other": wording.listed(pair.why for pair in told),
    }
    evidence = evidence_of([e for p in told[:4] for s in (found[p.first], found[p.second]) for e in s.sources[:1]])
    if repeats:
        return Result("not_met", evidence, variables)
    why = f"{variables['value']} is on two documents, but counts once: {variables['other']}." if copies else ""
    return Result("met", evidence, variables, why)


def _said(service: Service) -> str:
    words = [f"“{wording.one_line(service.description)}”" if service.description else "a service"]
    words += [f"of {wording.day(service.day)}"] if service.day else []
    words += [f"for {wording.money(service.amount)}"] if service.amount is not None else []
    return " ".join(words)


# Plan habit (PKT-14)


@dataclass(frozen=True, config=STRICT)
class Requests:
    """`most`: how many receipts one request may hold; `account`: only for claims that say that they are for it."""

    most: int
    account: Purpose


@check("count", packet=True)
def one_request(packet: Sequence[Facts], parameters: Requests) -> Result:
    """A request holds no more receipts than the plan takes at once. {count}: how many there are."""
    there = bills(packet)
    if not there:
        return Result("not_applicable", why=NO_RECEIPT)
    if packet[0].claim.purpose != parameters.account:
        return Result("not_applicable", why="The claim does not say that it goes to such a plan.")
    return Result("not_met" if len(there) > parameters.most else "met", variables={"count": str(len(there))})
