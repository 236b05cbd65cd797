"""Does a letter cover what the receipts show: by name, in time, and beforehand?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass as plain_dataclass
from datetime import date, timedelta
from typing import Literal

from pydantic.dataclasses import dataclass

from docscan.checking import wording
from docscan.checking.checks.registry import STRICT, ItemClasses, check
from docscan.checking.facts import Facts, Result, evidence_of
from docscan.checking.packets.documents import (
    NO_LETTER,
    Letter,
    for_a_person,
    letters,
    nothing_to_hold,
    receipts,
)
from docscan.checking.packets.matching import (
    Match,
    Matched,
    Terms,
    accepted_on,
    matched,
    said,
    time_of,
)
from docscan.checking.packets.services import Service, services
from docscan.checking.packets.things import Thing, key, things
from docscan.document import Extraction

_MOST_DAYS_SAID = 5


@plain_dataclass(frozen=True, slots=True)
class _Held:
    """A packet that has letters and dated services, each held against each; or why it has not."""

    letters: list[Letter]
    services: tuple[Matched, ...]
    none: Result | None


def _held(packet: Sequence[Facts], terms: Terms) -> _Held:
    told, there = letters(packet), receipts(packet)
    if nothing := nothing_to_hold(packet):
        return _Held(told, (), nothing)
    found = tuple(m for m in matched(packet, terms) if m.day is not None)
    if found:
        return _Held(told, found, None)
    hidden = next((h for r in there if (h := r.facts.hidden("service_date", "item"))), None)
    return _Held(told, (), hidden or Result("not_applicable", why="No receipt states a service date."))


def _unread_days(packet: Sequence[Facts]) -> Result | None:
    """Where a receipt has no day that could be read surely, the others do not decide."""
    bare = {s.report for s in services(packet) if s.day is None and s.span is None}
    return next((hidden for place in sorted(bare) if (hidden := packet[place].hidden("service_date"))), None)


def _could_be(one: Matched) -> list[Match]:
    """The letters that name the service, or may, for its patient; all where none does, as another rule tells that."""
    theirs = [m for m in one.matches if m.whose.holds] or list(one.matches)
    named = [m for m in theirs if m.named.holds is True] or [m for m in theirs if m.named.holds is None]
    return named or theirs


def _days(found: Sequence[Matched]) -> str:
    return wording.listed((wording.day(m.day) for m in found if m.day), most=_MOST_DAYS_SAID)


def _sources(
    found: Sequence[Matched], told: Sequence[Letter], extra: Sequence[Extraction | None] = ()
) -> list[Extraction]:
    stated = [s for letter in told if letter.period for s in letter.period.sources]
    return [*(e for m in found[:_MOST_DAYS_SAID] for e in m.service.sources[:1]), *filter(None, extra), *stated]


# Named (PKT-02)


@dataclass(frozen=True, config=STRICT)
class Named:
    """`without_letter`: classes of lines for which no plan asks for a letter, so that none need name them."""

    without_letter: ItemClasses = ()


@check("value", "other", packet=True)
def item_named(packet: Sequence[Facts], parameters: Named) -> Result:
    """What the receipts show is what a letter names. {value}: what is not, or all; {other}: what the letters name."""
    told, there = letters(packet), receipts(packet)
    if nothing := nothing_to_hold(packet):
        return nothing
    treatments = [e for letter in told for e in letter.treatments]
    if not treatments:
        facts = told[0].facts
        return facts.hidden("treatment") or Result("not_applicable", why="The letter does not name a treatment.")
    found = [s for s in services(packet) if not s.extra and not s.refund and (s.description or s.kind) and not s.record]
    if not found:
        hidden = next((h for r in there if (h := r.facts.hidden("item"))), None)
        return hidden or Result("not_applicable", why="No receipt says what was done or sold.")
    known = things(packet)
    answers = {id(s): known[key(s)].named_by_any for s in found}
    named = [s for s in found if answers[id(s)] is True]
    others = [s for s in found if answers[id(s)] is False]
    free = [s for s in others if not known[key(s)].needs_letter(parameters.without_letter)]
    baskets = {s.report for s in named}
    unclear = [s for s in found if answers[id(s)] is None and not (s.report in baskets and s.kind is None)]
    beside = [s for s in others if s in free or (s.report in baskets and _groceries(known[key(s)]))]
    wrong = [s for s in others if s not in beside] or (others if not named and not unclear else [])
    shown = wrong or unclear or named
    variables = {
        "value": _lines(shown),
        "other": wording.listed(f"“{wording.one_line(str(e.value))}”" for e in treatments),
    }
    evidence = evidence_of([*(e for s in shown[:_MOST_DAYS_SAID] for e in s.sources[:1]), *treatments])
    if wrong:
        hidden = next((h for letter in told if (h := letter.facts.hidden("treatment"))), None)
        return (
            Result("uncertain", evidence, variables, hidden.why) if hidden else Result("not_met", evidence, variables)
        )
    if unclear:
        why = f"It is not clear that {_lines(unclear)} is what the letter names: {variables['other']}."
        return Result("uncertain", evidence, variables, why)
    why = (
        f"The letter does not name {_lines(beside)}; leave that out of the claim, or claim it by itself."
        if beside
        else ""
    )
    return Result("met", evidence, variables, why)


def _lines(found: Sequence[Service]) -> str:
    return wording.listed(f"“{wording.one_line(s.description or (s.kind or '').replace('_', ' '))}”" for s in found)


def _groceries(thing: Thing) -> bool:
    """What else lay in the basket, and nobody would ask a letter for."""
    return thing.never or thing.item_class in (None, "other", "unspecific", "food", "clothing", "cosmetic")


# In time (PKT-03, PKT-11, PKT-12, PKT-17)


@dataclass(frozen=True, config=STRICT)
class InTime:
    """`months_without_time`: how long a letter counts that states no time, or no end; none: that is left open.
    `most_months`: how long it counts at most, whatever it states."""

    months_without_time: int | None = None
    most_months: int | None = None

    @property
    def terms(self) -> Terms:
        return Terms(months_without_time=self.months_without_time, most_months=self.most_months)


@check("value", "other", "latest_end", packet=True)
def service_in_letters_time(packet: Sequence[Facts], parameters: InTime) -> Result:
    """Every service day lies in the time of a letter that names the service.

    {value}: the days that do not, or all; {other}: the letters' times; {latest_end}: the last day that a letter covers.
    """
    held = _held(packet, parameters.terms)
    if held.none:
        return held.none
    outside = [m for m in held.services if all(o.timely.holds is False for o in _could_be(m))]
    open_ = [m for m in held.services if m not in outside and not any(o.timely.holds for o in _could_be(m))]
    shown = outside or open_ or list(held.services)
    firsts = {o.letter.place: o.time for m in held.services for o in m.matches}
    times = [t for t in firsts.values() if t is not None]
    ends = [t.end for t in times if t.end]
    variables = {
        "value": _days(shown),
        "other": wording.listed(said(t) for t in times if t.start or t.end),
        "latest_end": wording.day(max(ends)) if ends else "",
    }
    evidence = evidence_of(_sources(shown, held.letters))
    if outside:
        return for_a_person(Result("not_met", evidence, variables), held.letters)
    if unread := _unread_days(packet):
        return unread
    if open_:
        reasons = [o.timely.reason for m in open_ for o in _could_be(m) if o.timely.holds is None]
        if all(letter.period is None for letter in held.letters) and not any(
            letter.facts.hidden("duration", "end_date") for letter in held.letters
        ):
            return Result("not_applicable", why="The letter states no time.")
        return Result("uncertain", evidence, variables, reasons[0])
    return Result("met", evidence, variables)


@check("value", "other", packet=True)
def each_day_has_a_letter(packet: Sequence[Facts], parameters: InTime) -> Result:
    """Where there are several letters, each service day lies in one of them.

    {value}: the days in a gap, or all; {other}: the letters' times.
    """
    if len(letters(packet)) < 2:
        return Result("not_applicable", why="There is only one letter, or none.")
    held = _held(packet, parameters.terms)
    if held.none:
        return held.none
    halves = {id(m): _both(m) for m in held.services}
    gaps = [m for m in held.services if halves[id(m)] is False]
    open_ = [m for m in held.services if halves[id(m)] is None]
    shown = gaps or open_ or list(held.services)
    times = [t for letter in held.letters if (t := time_of(letter, parameters.terms))]
    variables = {"value": _days(shown), "other": wording.listed(said(t) for t in times if t.start or t.end)}
    evidence = evidence_of(_sources(shown, held.letters))
    if gaps:
        return for_a_person(Result("not_met", evidence, variables), held.letters)
    return Result("uncertain", evidence, variables, open_[0].reason) if open_ else Result("met", evidence, variables)


def _both(one: Matched) -> bool | None:
    """Whether some letter both names it and covers the day."""
    told = [None if None in (m.named.holds, m.timely.holds) else True
            for m in one.matches if False not in (m.named.holds, m.timely.holds)]  # fmt: skip
    return True if True in told else None if told else False


@dataclass(frozen=True, config=STRICT)
class Near:
    """`days`: the longest time from the letter to the first service that raises no question."""

    days: int

    def __post_init__(self) -> None:
        if not 0 < self.days <= 3660:
            raise ValueError("`days` must lie between 1 and 3660")


@check("value", "other", "count", packet=True)
def near_in_time(packet: Sequence[Facts], parameters: Near) -> Result:
    """The first service follows the letter soon.

    {value}: the letter's day; {other}: the service's; {count}: the days between.
    """
    held = _held(packet, Terms())
    if held.none:
        return held.none
    written = [letter.written for letter in held.letters if letter.written]
    if not written:
        return Result("not_applicable", why="The letter bears no date.")
    day, source = min(written, key=lambda w: w[0])
    after = [m for m in held.services if m.day and m.day >= day]
    if not after or after[0].day is None:
        return Result("not_applicable", why="No service follows the letter.")
    gap = (after[0].day - day).days
    variables = {"value": wording.day(day), "other": wording.day(after[0].day), "count": str(gap)}
    evidence = evidence_of([source, *after[0].service.sources[:1]])
    return Result("not_met" if gap > parameters.days else "met", evidence, variables)


@dataclass(frozen=True, config=STRICT)
class Soon:
    """`days`: how long before its end a letter is to be renewed; `months_without_time`: how long a letter counts that
    states no time; `most_months`: how long it counts at most."""

    days: int
    months_without_time: int | None = None
    most_months: int | None = None


@check("value", "end", "renew_by", packet=True)
def not_expiring(packet: Sequence[Facts], parameters: Soon) -> Result:
    """The newest letter does not end within days of the check, while what it names goes on.

    {value}: its time; {end}: its last day; {renew_by}: the last day on which a new letter leaves no gap.
    """
    told = letters(packet)
    if not told:
        return Result("not_applicable", why=NO_LETTER)
    terms = Terms(months_without_time=parameters.months_without_time, most_months=parameters.most_months)
    times = [(t.end, letter, t) for letter in told if (t := time_of(letter, terms)) and t.end]
    if not times:
        return Result("not_applicable", why="The letter states no end that could be counted.")
    end, letter, period = max(times, key=lambda t: t[0])
    as_of = letter.facts.as_of
    variables = {"value": said(period), "end": wording.day(end), "renew_by": wording.day(end + timedelta(days=1))}
    if end < as_of:
        return Result("not_applicable", why=f"The letter's time ended on {wording.day(end)}.")
    left = (end - as_of).days
    why = f"It ends in {left} days." if left != 1 else "It ends tomorrow."
    soon = left <= parameters.days
    return Result("not_met" if soon else "met", evidence_of(period.sources), variables, why if soon else "")


# Beforehand (PKT-04, PKT-13)


@dataclass(frozen=True, config=STRICT)
class Before:
    """`compare`: the letter's day may be the day of service ("on_or_before"), or must lie before it ("before").
    `day`: which day of the letter counts: when it was written, when the treatment starts by it, or when it was received
    and approved, which comes with the claim."""

    compare: Literal["on_or_before", "before"] = "on_or_before"
    day: Literal["written", "started", "approved"] = "written"

    @property
    def terms(self) -> Terms:
        return Terms(same_day=self.compare == "on_or_before", counts_from=self.day)


@check("value", "other", packet=True)
def letter_before_service(packet: Sequence[Facts], parameters: Before) -> Result:
    """For each service there is a letter that came before it. {value}: the letter's day; {other}: the days of services
    that came too early, or the first."""
    held = _held(packet, parameters.terms)
    if held.none:
        return held.none
    if parameters.day == "approved" and accepted_on(held.letters[0].facts.claim) is None:
        return Result("not_applicable", why="The claim does not give the day on which the letter was accepted.")
    early = [m for m in held.services if all(o.before.holds is False for o in _could_be(m))]
    open_ = [m for m in held.services if m not in early and not any(o.before.holds for o in _could_be(m))]
    first = held.services[0]
    shown = early or open_ or [first]
    dated, sources = _dated(shown, parameters)
    variables = {"value": wording.listed(wording.day(d) for d in dated), "other": _days(shown)}
    evidence = evidence_of(_sources(shown, (), sources))
    if early:
        fine = len({m.day for m in held.services} - {m.day for m in early})
        why = f"The letter came in time for the other {fine} days." if fine > 1 else (
            "The letter came in time for the other day." if fine else ""
        )  # fmt: skip
        return for_a_person(Result("not_met", evidence, variables, why), held.letters)
    if unread := _unread_days(packet):
        return unread
    if open_:
        undated = [o for m in open_ for o in _could_be(m) if o.before.holds is None]
        hidden = undated[0].letter.facts.hidden("letter_date", "signature_date")
        return hidden or Result("uncertain", evidence, variables, undated[0].before.reason)
    return Result("met", evidence, variables)


def _dated(shown: Sequence[Matched], parameters: Before) -> tuple[list[date], list[Extraction]]:
    """The days of the letters that could stand for these services, the earliest first."""
    told = {o.letter.place: o.letter for m in shown for o in _could_be(m)}.values()
    if parameters.day == "approved":
        days = [day for letter in told if (day := accepted_on(letter.facts.claim))]
        return sorted(set(days)), []
    if parameters.day == "started":
        starts = sorted(((d, e) for letter in told for d, _, e in [letter.starts] if d), key=lambda s: s[0])
        return [day for day, _ in starts[:1]], [source for _, source in starts[:1] if source]
    written = sorted((w for letter in told if (w := letter.written)), key=lambda w: w[0])
    first = written[:1]
    return [day for day, _ in first], [source for _, source in first]


@check("value", "other", "count", packet=True)
def not_bought_before(packet: Sequence[Facts]) -> Result:
    """What the letter names was not bought already before the letter, again and again.

    {value}: the earlier days; {other}: the letter's day; {count}: how many there are.
    """
    held = _held(packet, Terms())
    if held.none:
        return held.none
    written = [letter.written for letter in held.letters if letter.written]
    if not written:
        return Result("not_applicable", why="The letter bears no date.")
    day, source = min(written, key=lambda w: w[0])
    theirs = [m for m in held.services if any(o.named.holds is not False for o in m.matches)]
    earlier = [m for m in theirs if m.day and m.day < day]
    later = [m for m in theirs if m.day and m.day >= day]
    variables = {"value": _days(earlier), "other": wording.day(day), "count": str(len(earlier))}
    evidence = evidence_of([source, *(e for m in earlier[:_MOST_DAYS_SAID] for e in m.service.sources[:1])])
    going_on = bool(earlier) and (bool(later) or len({m.day for m in earlier}) > 1)
    return Result("not_met" if going_on else "met", evidence, variables)
