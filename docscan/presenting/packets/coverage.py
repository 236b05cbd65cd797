"""Which service days does a letter cover, which not, and why?"""

from __future__ import annotations

from calendar import SUNDAY, Calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from docscan.checking.facts import LETTERS
from docscan.document import Coverage, PacketReport
from docscan.presenting import wording
from docscan.presenting.packets.many_days import days_said, of_each, total, without_day
from docscan.reference import in_words

Standing: TypeAlias = Literal["covered", "not_covered", "unclear"]

STANDING: Final[Mapping[Standing, str]] = {
    "covered": "covered by a letter",
    "not_covered": "not covered",
    "unclear": "not clear",
}
_GRAVEST: Final[tuple[Standing, ...]] = ("not_covered", "unclear", "covered")
_SUNDAY_FIRST = Calendar(SUNDAY)
_FEW_DAYS = 12


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month. `standing` is None where no service was given; of several services the worst counts."""

    day: date
    standing: Standing | None
    services: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month with service days, in weeks from Sunday to Saturday; None where a day is of another month."""

    title: str
    weeks: tuple[tuple[Day | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Service days that no letter covers, or of which it is not clear, for one reason."""

    standing: Standing
    days: tuple[date, ...]
    reports: tuple[int, ...]
    descriptions: tuple[str, ...]
    amount: str
    reason: str


@dataclass(frozen=True, slots=True)
class LetterUse:
    """What one letter of the packet covers; no days where it covers none. `partly`: those of the days on which there
    was something that no letter covers, too."""

    report: int
    days: tuple[date, ...]
    partly: tuple[date, ...]
    reports: tuple[int, ...]


def standing(covered: bool | None) -> Standing:
    """What `Coverage.covered` means."""
    return "unclear" if covered is None else "covered" if covered else "not_covered"


def months(coverage: Iterable[Coverage]) -> tuple[Month, ...]:
    """The months in which a service was given, oldest first. Those between without any are left out."""
    by_day: dict[date, list[Coverage]] = {}
    for one in coverage:
        if one.service_date:
            by_day.setdefault(one.service_date, []).append(one)
    told = []
    for year, month in sorted({(day.year, day.month) for day in by_day}):
        weeks = tuple(
            tuple(_day(day, by_day.get(day, ())) if day.month == month else None for day in week)
            for week in _SUNDAY_FIRST.monthdatescalendar(year, month)
        )
        told.append(Month(f"{date(year, month, 1):%B %Y}", weeks))
    return tuple(told)


def _day(day: date, services: Iterable[Coverage]) -> Day:
    found = tuple(services)
    worst = min((standing(one.covered) for one in found), key=_GRAVEST.index, default=None)
    return Day(day, worst, found)


def covered_days(coverage: Iterable[Coverage]) -> tuple[int, int]:
    """How many service days are covered by a letter, and how many there are."""
    days = [day for month in months(coverage) for week in month.weeks for day in week if day and day.standing]
    return sum(day.standing == "covered" for day in days), len(days)


def coverage_said(packet: PacketReport) -> str:
    """ "12 of 14 service days are covered by a letter."; "" where no service is known."""
    covered, days = covered_days(packet.coverage)
    undated = sum(one.service_date is None for one in packet.coverage)
    said = []
    if days == 1:
        of_day = {standing(one.covered) for one in packet.coverage if one.service_date}
        partly = "covered by a letter only in part" if len(of_day) > 1 and "covered" in of_day else None
        said.append(f"The one service day is {partly or STANDING[min(of_day, key=_GRAVEST.index)]}.")
    elif days:
        some = "All" if covered == days else covered or "None"
        said.append(f"{some} of {days} service days {'is' if covered == 1 else 'are'} covered by a letter.")
    if undated:
        said.append(f"{wording.count(undated, 'service')} {'has' if undated == 1 else 'have'} no day.")
    return " ".join(said)


def gaps(coverage: Iterable[Coverage]) -> tuple[Gap, ...]:
    """The services that are not covered, then those that are not clear, together where the reason is one; what has no
    day comes last."""
    found: dict[tuple[Standing, str], list[Coverage]] = {}
    for one in sorted(coverage, key=_by_day):
        if one.covered is not True:
            found.setdefault((standing(one.covered), without_day(one.reason, one.service_date)), []).append(one)
    ordered = sorted(found.items(), key=lambda item: (_GRAVEST.index(item[0][0]), _by_day(item[1][0])))
    return tuple(
        Gap(
            standing=how,
            days=tuple(dict.fromkeys(c.service_date for c in ones if c.service_date)),
            reports=tuple(sorted({c.report for c in ones})),
            descriptions=tuple(dict.fromkeys(wording.clean(c.description) for c in ones if c.description)),
            amount=total(c.amount for c in ones if c.amount),
            reason=wording.clean(ones[0].reason) if len(ones) == 1 else of_each(reason),
        )
        for (how, reason), ones in ordered
    )


def _by_day(one: Coverage) -> tuple[date, int]:
    return one.service_date or date.max, one.report


def letter_uses(packet: PacketReport) -> tuple[LetterUse, ...]:
    """Each letter with the days it covers."""
    used = {n for n, report in enumerate(packet.reports) if report.document.kind in LETTERS}
    used |= {one.letter for one in packet.coverage if one.letter is not None}
    wanting = {one.service_date for one in packet.coverage if not one.covered}
    told = []
    for number in sorted(used):
        ones = [one for one in packet.coverage if one.letter == number and one.covered]
        days = tuple(sorted({one.service_date for one in ones if one.service_date}))
        partly = tuple(day for day in days if day in wanting)
        told.append(LetterUse(number, days, partly, tuple(sorted({one.report for one in ones}))))
    return tuple(told)


def covers_said(use: LetterUse) -> str:
    """ "3 service days: April 2, 7 and 9, 2026"; of many days the first and the last."""
    counted = wording.count(len(use.days), "service day")
    part = f"; {days_said(use.partly)} only in part" if use.partly else ""
    if len(use.days) > _FEW_DAYS:
        return f"{counted}, the first on {in_words.day(use.days[0])}, the last on {in_words.day(use.days[-1])}{part}"
    if use.partly == use.days:
        return f"{counted} only in part: {days_said(use.days)}"
    return f"{counted}: {days_said(use.days)}{part}"
