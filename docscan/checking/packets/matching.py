"""For each service: which letter could stand for it, and if none, why?

A letter stands for a service on a day where it names the service, its time covers the day, and it was written on or
before it. Each half is answered by itself, with a sentence where it fails.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from dateutil.relativedelta import relativedelta

from docscan.checking import wording
from docscan.checking.facts import Facts, once_a_packet
from docscan.checking.packets import patients
from docscan.checking.packets.documents import NO_LETTER, NOTE_ALONE, Letter, letters
from docscan.checking.packets.services import Service, services
from docscan.checking.packets.things import Answer, Key, Thing, key, things
from docscan.checking.period import Period
from docscan.document import Claim


@dataclass(frozen=True, slots=True)
class Terms:
    """What an administrator's rules say of letters in time.

    `months_without_time`: how long a letter counts that states no time, or no end; None: its time is open.
    `most_months`: how long it counts at most, whatever it states. `same_day`: a letter may be of the day of service.
    `counts_from`: the day that must come before the service: the one on which the letter was written, on which the
    treatment starts by it, or on which it was approved (as the claim says). `without_letter`: classes for
    which no plan asks for a letter.
    """

    months_without_time: int | None = None
    most_months: int | None = None
    same_day: bool = True
    counts_from: Literal["written", "started", "approved"] = "written"
    without_letter: tuple[str, ...] = ()


PLAIN = Terms()

FREE = "Plans usually ask for no letter for this."


@dataclass(frozen=True, slots=True)
class Match:
    """One letter held against one service on one day; `day` None where the receipt states none."""

    letter: Letter
    service: Service
    day: date | None
    named: Answer
    timely: Answer
    before: Answer
    time: Period | None
    """The time for which the letter counts."""
    whose: Answer
    """Whether it may be for the patient of the letter: False only where the receipt names another."""

    @property
    def covers(self) -> bool | None:
        """Whether the letter covers the service; None where that cannot be told."""
        told = [answer.holds for answer in (self.whose, self.named, self.timely, self.before)]
        if False in told:
            return False
        return None if None in told else True

    @property
    def reason(self) -> str:
        """Why it does not, or why it cannot be told; else what it covers by."""
        covers = self.covers
        told = (self.whose, self.named, self.timely, self.before)
        said = [a.reason for a in told if a.holds is covers and a.reason]
        noted = [NOTE_ALONE] if self.letter.only_a_note and covers is not False else []
        return " ".join(dict.fromkeys([*(said[:1] if covers is not True else said), *noted]))


def match(letter: Letter, service: Service, day: date | None, terms: Terms = PLAIN, *,
          named: Answer, whose: Answer, first_session: date | None = None) -> Match:  # fmt: skip
    """Hold a letter against a service. `named`: whether the letter names it. `first_session`: the first that the packet
    shows, for letters that count from it. `whose`: whether the receipt is for the letter's patient."""
    return Match(
        letter,
        service,
        day,
        named=named,
        timely=covers_day(letter, day, terms, first_session),
        before=written_before(letter, day, terms),
        time=time_of(letter, terms, first_session),
        whose=whose,
    )


@dataclass(frozen=True, slots=True)
class Matched:
    """A service on one of its days, with every letter held against it, the best first."""

    service: Service
    thing: Thing
    day: date | None
    matches: tuple[Match, ...]
    free: bool = False
    """Plans usually ask for no letter for it, and none names it."""
    ahead: str = ""
    """A sentence where it was still to come on the day of the check."""

    @property
    def best(self) -> Match | None:
        """The letter that covers it; else the one that comes nearest; None where there is no letter."""
        return self.matches[0] if self.matches else None

    @property
    def covered(self) -> bool | None:
        """Whether a letter covers it; nothing covers what was not given yet."""
        if self.ahead:
            return False
        covered = self.matches[0].covers if self.matches else False
        return None if not covered and (self.free or self.day is None) else covered

    @property
    def reason(self) -> str:
        """A sentence for a person."""
        if self.ahead and (not self.matches or self.matches[0].covers is not False):
            return self.ahead
        if self.free and not self.covered:
            return FREE
        return self.matches[0].reason if self.matches else NO_LETTER


def matched(
    packet: Sequence[Facts], terms: Terms = PLAIN, found_services: Sequence[Service] | None = None
) -> tuple[Matched, ...]:
    """Every service that is not an extra or a refund, on each of its days, held against every letter; in order.

    `found_services`: the packet's, if not each once.
    """
    return _matched(packet, terms) if found_services is None else _held_against(packet, terms, found_services)


@once_a_packet
def _matched(packet: Sequence[Facts], terms: Terms) -> tuple[Matched, ...]:
    return _held_against(packet, terms, services(packet))


def _held_against(packet: Sequence[Facts], terms: Terms, shown: Sequence[Service]) -> tuple[Matched, ...]:
    told, known = letters(packet), things(packet)
    wanted = [s for s in shown if not s.extra and not s.refund]
    firsts = {letter.place: first_session(letter, wanted, known) for letter in told}
    whose = {
        (letter.place, place): is_for(letter, packet[place], packet)
        for place in {s.report for s in wanted}
        for letter in told
    }
    found = []
    for service in wanted:
        thing = known[key(service)]
        free = not thing.needs_letter(terms.without_letter)
        for day in days_of(service):
            held = [
                match(
                    letter,
                    service,
                    day,
                    terms,
                    named=thing.named[letter.place],
                    whose=whose[letter.place, service.report],
                    first_session=firsts[letter.place],
                )
                for letter in told
            ]
            held.sort(key=_worth, reverse=True)
            named = any(m.named.holds for m in held)
            ahead = _ahead(day, packet[service.report])
            found.append(Matched(service, thing, day, tuple(held), free and not named, ahead))
    return tuple(sorted(found, key=lambda m: (m.day or date.max, m.service.report, m.service.line)))


def _ahead(day: date | None, facts: Facts) -> str:
    late = day is not None and day > facts.as_of
    return f"{wording.day(day)} is after the day of the check, {wording.day(facts.as_of)}." if day and late else ""


def is_for(letter: Letter, receipt: Facts, packet: Sequence[Facts]) -> Answer:
    """Whether a receipt may be for the letter's patient; no only where it names another."""
    likeness = patients.held(letter.facts, receipt, packet)
    if likeness.answer != "other" or likeness.mine is None or likeness.theirs is None:
        return Answer(True)
    return Answer(
        False,
        f"The receipt is for {likeness.theirs.value}, the letter for {likeness.mine.value}. {likeness.why}".strip(),
    )


def days_of(service: Service) -> tuple[date | None, ...]:
    """The days on which a service is judged: its own, first and last of a range, or None."""
    return service.days or (tuple(dict.fromkeys(service.span)) if service.span else (None,))


_RANK = {True: 2, None: 1, False: 0}


def _worth(one: Match) -> tuple[int, int, int, int, int, int]:
    """The better, the greater: covering first, then being for the patient, then naming it, then nearness in time, then
    the newest letter."""
    period = one.letter.period
    away = 0
    if one.day and period and one.timely.holds is False:
        away = min(abs((one.day - end).days) for end in (period.start, period.end) if end) if (
            period.start or period.end
        ) else 0  # fmt: skip
    written = one.letter.written
    return (
        _RANK[one.covers],
        _RANK[one.whose.holds],
        _RANK[one.named.holds],
        _RANK[one.timely.holds] + _RANK[one.before.holds],
        -away,
        written[0].toordinal() if written else 0,
    )


def first_session(letter: Letter, wanted: Sequence[Service], known: Mapping[Key, Thing]) -> date | None:
    """The first day on or after the letter's own on which the packet shows what the letter names."""
    since = letter.written[0] if letter.written else date.min
    theirs = [s for s in wanted if known[key(s)].named[letter.place].holds is not False]
    days = [day for s in theirs for day in s.days if day >= since]
    return min(days, default=None)


# Is it in time?


def covers_day(letter: Letter, day: date | None, terms: Terms = PLAIN, first: date | None = None) -> Answer:
    """Whether the letter's time covers a day."""
    if day is None:
        return Answer(None, "The receipt does not say on which day this was.")
    period = time_of(letter, terms, first)
    if period is None:
        hidden = letter.facts.hidden("duration", "end_date")
        return Answer(None, hidden.why if hidden else "The letter does not say how long it counts.")
    if period.start and day < period.start:
        return Answer(False, f"{wording.day(day)} is before {period.counted_from}, {wording.day(period.start)}.")
    if period.end and day > period.end:
        return Answer(False, f"{wording.day(day)} is after the end of the letter's time, {wording.day(period.end)}.")
    return _open(letter, period) or Answer(True, f"The day lies in the letter's time: {said(period)}.")


def _open(letter: Letter, period: Period) -> Answer | None:
    """Why an end of the letter's time is not known; None where both are."""
    if period.start is None:
        hidden = letter.facts.hidden("start_date", "letter_date", "signature_date")
        return Answer(None, hidden.why if hidden else "The letter gives no day from which its time counts.")
    if period.end is None and not period.endless:
        return Answer(None, "The letter does not say when its time ends.")
    return None


def time_of(letter: Letter, terms: Terms = PLAIN, first: date | None = None) -> Period | None:
    """The time for which the letter counts under these terms; None where nothing says."""
    period = _time_of(letter, terms, first)
    if terms.most_months is None or period is None or period.start is None or period.end is None:
        return period
    last = period.start + relativedelta(months=terms.most_months)
    return replace(period, end=last) if last < period.end else period


def _time_of(letter: Letter, terms: Terms, first: date | None) -> Period | None:
    stated = letter.period
    if stated is not None and stated.start is None and first is not None and stated.length and _from_first(stated):
        counted = "the first session on the receipts"
        return Period(first, first + stated.length, stated.length, False, counted, stated.sources)
    if stated is not None and not stated.endless:
        return stated
    start, said, source = letter.starts
    if start is None or (stated is None and terms.months_without_time is None):
        return stated
    if stated is None and letter.facts.hidden("duration", "end_date"):
        return None
    if terms.months_without_time is None:
        return stated
    length = relativedelta(months=terms.months_without_time)
    sources = (*(stated.sources if stated else ()), *([source] if source else []))
    return Period(start, start + length, length, False, said, sources)


def _from_first(period: Period) -> bool:
    return any(isinstance(e.value, Mapping) and e.value.get("relative_to") == "first_session" for e in period.sources)


def said(period: Period) -> str:
    """From when to when, in words."""
    if period.start and period.end:
        return f"{wording.day(period.start)} to {wording.day(period.end)}"
    return f"from {wording.day(period.start)}, without an end" if period.start else period.said


# Was it written before?


def written_before(letter: Letter, day: date | None, terms: Terms = PLAIN) -> Answer:
    """Whether the letter came no later than a day, as the terms want it."""
    if day is None:
        return Answer(None, "The receipt does not say on which day this was.")
    if terms.counts_from == "approved":
        approved = accepted_on(letter.facts.claim)
        good = approved is None or approved < day or (terms.same_day and approved == day)
        late = (
            f"The letter was accepted only on {wording.day(approved)}; this was on {wording.day(day)}."
            if approved
            else ""
        )
        return Answer(good, "" if good else late)
    start, said_, _ = letter.starts
    if terms.counts_from == "started" and start is not None:
        good = start < day or (terms.same_day and start == day)
        return Answer(good, "" if good else f"{wording.day(day)} is before {said_}, {wording.day(start)}.")
    if letter.written is None:
        hidden = letter.facts.hidden("letter_date", "signature_date")
        why = "The letter bears no date, so nobody can tell whether it came before the service."
        return Answer(None, hidden.why if hidden else why)
    written = letter.written[0]
    if written < day or (terms.same_day and written == day):
        return Answer(True)
    late = "on the same day, not before it" if written == day else f"only on {wording.day(written)}"
    return Answer(False, f"The letter was written {late}; this was on {wording.day(day)}.")


def accepted_on(claim: Claim) -> date | None:
    """The day on which the administrator accepted the letter, as the claim says."""
    return claim.letter_approved_on or claim.letter_received_on
