"""From when to when does a letter hold?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from docscan.checking import wording
from docscan.checking.facts import Facts, as_date
from docscan.document import Extraction, Json

_DAY = timedelta(days=1)
_UNITS = {"d": "days", "wk": "weeks", "mo": "months", "a": "years"}
_DAYS = {"days": 1, "weeks": 7, "months": 30, "years": 365}


@dataclass(frozen=True, slots=True)
class Period:
    """`start` None: the letter gives no day to count from. `end` None: no end, or none that can be counted.

    Both days are included; "12 months from March 3" lasts to March 3, as people count it. `length` is what the letter
    states; `endless`: it says that there is no end. `counted_from`: what `start` is.
    """

    start: date | None
    end: date | None
    length: relativedelta | None
    endless: bool
    counted_from: str
    sources: tuple[Extraction, ...]

    @property
    def said(self) -> str:
        """ "6 months, from March 3, 2026 to September 3, 2026"."""
        length = wording.said(e for e in self.sources if e.name in ("duration", "frequency"))
        span = f"from {wording.day(self.start)} to {wording.day(self.end)}" if self.start and self.end else ""
        return ", ".join(filter(None, (length if not span or " to " not in length else "", span)))

    def longer_than(self, months: int) -> bool | None:
        """Whether the letter runs longer than so many months; None where that cannot be counted."""
        limit = relativedelta(months=months)
        if self.start and self.end:
            return self.end > self.start + limit
        if self.length is not None:
            first = self.start or date(2001, 1, 1)  # any day after which no leap day follows within a year
            return first + self.length > first + limit
        return None

    def holds_on(self, day: date) -> bool | None:
        """Whether the letter covers that day; None where it does not say enough."""
        if (self.start and day < self.start) or (self.end and day > self.end):
            return False
        return True if self.start and self.end else None


def period(facts: Facts) -> Period | None:
    """The time for which a letter counts; None where it states none. What it states of the treatment, but never longer
    than the letter says that it may be used; the last day of that alone, where nothing else is stated."""
    told = stated(facts)
    found = [_of(facts, e, e.value) for e in facts.stated("letter_validity") if isinstance(e.value, Mapping)]
    limits = [(limit.end, limit) for limit in found if limit is not None and limit.end is not None]
    if told is None:
        limits = [(end, limit) for end, limit in limits if limit.length is None]
    if not limits:
        return told
    last, limit = min(limits, key=lambda pair: pair[0])
    if told is None:
        return limit
    if (told.start and told.start > last) or (told.end is not None and told.end <= last):
        return told
    return Period(told.start or limit.start, last, None, False, told.counted_from, (*told.sources, *limit.sources))


def stated(facts: Facts) -> Period | None:
    """The time that a letter states for the treatment; None where it states none. Where it states several, the
    longest."""
    found = [_of(facts, e, e.value) for e in facts.stated("duration") if isinstance(e.value, Mapping)]
    found += [_of_phases(facts, e) for e in facts.stated("frequency") if e.value.get("phases")] if not found else []
    known = [p for p in found if p is not None]
    if not known:
        return _of_dates(facts)
    far = date(2001, 1, 1)
    longest = max(known, key=lambda p: (p.endless, far + p.length if p.length else p.end or date.min))
    return _with_the_time_before(longest, known)


def _with_the_time_before(last: Period, known: Sequence[Period]) -> Period:
    """From the start of an earlier time that the last one goes on from: a letter and its renewal."""
    if last.start is None or last.endless:
        return last
    before = [
        p for p in known
        if p.start and p.end and p.start < last.start <= p.end + _DAY and (last.end is None or p.end <= last.end)
    ]  # fmt: skip
    if not before:
        return last
    first = min(before, key=lambda p: p.start or date.max)
    return Period(first.start, last.end, None, False, first.counted_from, (*first.sources, *last.sources))


def start_of(facts: Facts) -> tuple[date | None, str, Extraction | None]:
    """The day from which a letter counts: its start date, else its own date."""
    for names, said in (
        (("start_date",), "the start date"),
        (("letter_date",), "the letter's date"),
        (("signature_date",), "the date of the signature"),
    ):
        if days := facts.dates(*names):
            return days[0][0], said, days[0][1]
    return None, "", None


def _of(facts: Facts, source: Extraction, value: Mapping[str, Json]) -> Period | None:
    if value.get("indefinite"):
        return Period(start_of(facts)[0], None, None, True, "", (source,))
    first, last = as_date(value.get("start")), as_date(value.get("end") or value.get("until"))
    counted_from, dated = "the start that the letter states", None
    if first is None and value.get("relative_to") is None:
        first, counted_from, dated = start_of(facts)
    length = length_of(value)
    if last is None and length is not None and first is not None:
        last = first + length
    if last is None and length is None:
        return None
    return Period(first, last, length, False, counted_from, (source, dated) if dated else (source,))


def _of_phases(facts: Facts, source: Extraction) -> Period | None:
    lengths = [length_of(phase.get("duration") or {}) for phase in source.value["phases"]]
    if not lengths or None in lengths:
        return None
    total = sum((length for length in lengths if length), relativedelta())
    first, counted_from, dated = start_of(facts)
    return Period(
        first, first + total if first else None, total, False, counted_from, tuple(filter(None, (source, dated)))
    )


def _of_dates(facts: Facts) -> Period | None:
    ends = facts.dates("end_date")
    if not ends:
        return None
    first, counted_from, dated = start_of(facts)
    return Period(first, ends[0][0], None, False, counted_from, tuple(filter(None, (ends[0][1], dated))))


def length_of(value: Mapping[str, Json]) -> relativedelta | None:
    """How long a duration is; None where it is no length. Of "6 to 12 months" the longest: the letter allows it."""
    number, unit = value.get("value_max") or value.get("value"), _UNITS.get(str(value.get("unit")))
    if unit is None or not isinstance(number, int | float) or isinstance(number, bool) or not 0 < number < 1000:
        return None
    whole: dict[str, Any] = {unit: int(number)}
    return relativedelta(**whole) + relativedelta(days=round(number % 1 * _DAYS[unit]))
