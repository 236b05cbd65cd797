"""Are there more sessions than the letter orders, week by week and in all?"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeAlias

from dateutil.relativedelta import relativedelta

from docscan.checking import wording
from docscan.checking.period import Period, length_of
from docscan.document import Json
from docscan.reference.in_words import amount

_DAY = timedelta(days=1)
_DAYS = {"d": 1, "wk": 7, "mo": 30.4375, "a": 365.25}
_SLACK = 0.05  # of a unit: 92 days are three months


class Overrun(NamedTuple):
    """More sessions from `first` to `last` than ordered for that time; both days None where it is all of them."""

    claimed: int
    ordered: int
    first: date | None
    last: date | None
    unit: str

    def holds(self, day: date | None) -> bool:
        """Whether a day is one of its."""
        return self.first is None or self.last is None or (day is not None and self.first <= day <= self.last)

    @property
    def said(self) -> str:
        """ "4 sessions in the week of March 9, 2026, where the letter orders 3"."""
        claimed = amount(self.claimed, "session")
        if self.first is None or self.last is None:
            return f"{claimed} in all, where the letter orders {self.ordered}"
        if self.unit == "wk" and self.last - self.first == 6 * _DAY:
            when = f"in the week of {wording.day(self.first)}"
        elif self.first == self.last:
            when = f"on {wording.day(self.first)}"
        else:
            when = f"from {wording.day(self.first)} to {wording.day(self.last)}"
        return f"{claimed} {when}, where the letter orders {self.ordered}"


@dataclass(frozen=True, slots=True)
class Rate:
    """So many sessions at most in each `period` units, or `count` in all; `days`: the time for which that holds."""

    most: int | None
    period: int
    unit: str
    count: int | None
    start: date | None = None
    end: date | None = None

    @property
    def by_week(self) -> float:
        return (self.most or 0) * 7 / (self.period * _DAYS[self.unit])


Course: TypeAlias = tuple[Rate, ...]
"""What is ordered: one rate, or one for each phase."""


def course_of(frequency: Mapping[str, Json]) -> Course | None:
    """What a frequency orders, phases without their days; None where it orders no number ("as needed", hours)."""
    phases = frequency.get("phases")
    if phases:
        rates = [_rate(phase.get("frequency") or {}) for phase in phases]
        return tuple(r for r in rates if r) if all(rates) else None
    rate = _rate(frequency)
    return (rate,) if rate else None


def _rate(frequency: Mapping[str, Any]) -> Rate | None:
    count = frequency.get("count_max") or frequency.get("count")
    most = frequency.get("frequency_max") or frequency.get("frequency")
    unit, period = (
        str(frequency.get("period_unit") or "wk"),
        frequency.get("period_max") or frequency.get("period") or 1,
    )
    if not isinstance(most, int | float) or isinstance(most, bool) or unit not in _DAYS:
        most = None
    if not isinstance(count, int | float) or isinstance(count, bool):
        count = None
    if most is None and count is None:
        return None
    if not isinstance(period, int) or not 0 < period < 100:
        period = 1
    return Rate(math.ceil(most) if most is not None else None, period, unit, int(count) if count is not None else None)


def overruns(
    frequency: Mapping[str, Json], period: Period | None, days: Sequence[date], more: int = 0
) -> list[Overrun] | None:
    """Where sessions on these days are more than ordered; None where the frequency orders no number.

    A week may begin on Sunday or on Monday, a month on its first or on the day on which the letter's time starts, a
    phase with the letter's time or with the first session: too many is only what is too many by each of these.
    `more`: sessions of packages, whose days are not known; they count in all.
    """
    course = course_of(frequency)
    if course is None:
        return None
    ordered = sorted(days)
    starts = [d for d in ((period.start if period else None), (ordered[0] if ordered else None)) if d]
    told: list[list[Overrun]] = []
    for start in dict.fromkeys(starts):
        placed = _placed(course, frequency, start, period)
        told.append([over for rate in placed for over in _over(rate, ordered)])
    found = [] if not told or not all(told) else min(told, key=len)
    whole = None if found else _in_all(course, frequency, period, len(ordered) + more)
    return [*found, *([whole] if whole else [])]


def _placed(course: Course, frequency: Mapping[str, Json], start: date, period: Period | None) -> Iterator[Rate]:
    """The rates with their days."""
    if len(course) == 1:
        rate = course[0]
        yield Rate(rate.most, rate.period, rate.unit, None, start, period.end if period else None)
        return
    first = start
    for rate, phase in zip(course, frequency["phases"], strict=True):
        length = length_of(phase.get("duration") or {})
        end = first + length - _DAY if length else None
        yield Rate(rate.most, rate.period, rate.unit, rate.count, first, end)
        if end is None:
            return
        first = end + _DAY


def _over(rate: Rate, ordered: Sequence[date]) -> list[Overrun]:
    mine = [d for d in ordered if (rate.start is None or d >= rate.start) and (rate.end is None or d <= rate.end)]
    if not mine:
        return []
    if rate.count is not None and rate.most is None:
        return [Overrun(len(mine), rate.count, mine[0], mine[-1], "")] if len(mine) > rate.count else []
    if rate.most is None:
        return []
    by_anchor = [_by_window(mine, rate, window) for window in _windows(rate, rate.start or mine[0], mine[0])]
    return by_anchor[0] if by_anchor and all(by_anchor) else []


_Window: TypeAlias = Callable[[date], tuple[date, date]]


def _by_window(days: Sequence[date], rate: Rate, window: _Window) -> list[Overrun]:
    counts = Counter(window(day) for day in days)
    return [
        Overrun(number, rate.most or 0, first, last, rate.unit)
        for (first, last), number in sorted(counts.items())
        if number > (rate.most or 0)
    ]


def _windows(rate: Rate, start: date, first: date) -> list[_Window]:
    """The ways in which people count "a week", "two weeks", "a month"; the first is the one to be told."""
    if rate.unit == "mo":
        if rate.period == 1:
            return [_calendar_month, lambda day: _month_from(start, day)]
        return [lambda day: _every(start, day, round(rate.period * 30.4375))]
    if rate.unit == "wk" and rate.period == 1:
        return [lambda day: _every(day - _DAY * day.weekday(), day, 7),
                lambda day: _every(day - _DAY * ((day.weekday() + 1) % 7), day, 7)]  # fmt: skip
    length = max(1, round(rate.period * _DAYS[rate.unit]))
    return [lambda day: _every(start, day, length), lambda day: _every(first, day, length)]


def _every(start: date, day: date, length: int) -> tuple[date, date]:
    first = start + _DAY * ((day - start).days // length * length)
    return first, first + _DAY * (length - 1)


def _calendar_month(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, first + relativedelta(months=1) - _DAY


def _month_from(start: date, day: date) -> tuple[date, date]:
    months = (day.year - start.year) * 12 + day.month - start.month
    first = start + relativedelta(months=months)
    if first > day:
        months -= 1
        first = start + relativedelta(months=months)
    return first, start + relativedelta(months=months + 1) - _DAY


def _in_all(course: Course, frequency: Mapping[str, Json], period: Period | None, claimed: int) -> Overrun | None:
    allowed = ordered_in_all(course, frequency, period)
    return Overrun(claimed, allowed, None, None, "") if allowed is not None and claimed > allowed else None


def ordered_in_all(course: Course, frequency: Mapping[str, Json], period: Period | None) -> int | None:
    """How many sessions the letter orders in all; None where it gives no end to count to."""
    if len(course) > 1 or frequency.get("phases"):
        total = 0
        for rate, phase in zip(course, frequency["phases"], strict=True):
            here = _in_span(rate, length_of(phase.get("duration") or {}), None)
            if here is None:
                return None
            total += here
        return total
    rate = course[0]
    span = (period.end - period.start).days if period and period.start and period.end else None
    by_time = _in_span(rate, period.length if period else None, span)
    known = [n for n in (rate.count, by_time) if n is not None]
    return min(known) if known else None


def _in_span(rate: Rate, length: relativedelta | None, days: int | None) -> int | None:
    if rate.most is None:
        return rate.count
    if days is None:
        if length is None:
            return None
        first = date(2001, 1, 1)
        days = (first + length - first).days
    return math.ceil(days / (rate.period * _DAYS[rate.unit]) - _SLACK) * rate.most
