"""What is the same of many days is told once: the days in few words, the reason of each, the amounts together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import groupby

from docscan.checking.wording import listed
from docscan.presenting import wording
from docscan.reference import in_words

_DAY = "\0"


def days_said(days: Iterable[date]) -> str:
    """ "March 5, 12 and 19, and April 2, 2026": few words for many days."""
    years = []
    for year, of_year in groupby(sorted(set(days)), key=lambda day: day.year):
        by_month = [
            f"{month:%B} {listed((str(day.day) for day in inner), most=31)}"
            for month, inner in (
                (date(year, number, 1), list(ones)) for number, ones in groupby(of_year, key=lambda day: day.month)
            )
        ]
        years.append(f"{'; '.join(by_month)}, {year}")
    return "; ".join(years)


def without_day(reason: str, day: date | None) -> str:
    """The reason with a mark where it begins with the day, so that many days of one reason are told once."""
    said = in_words.day(day) if day else ""
    return f"{_DAY}{reason.removeprefix(said)}" if said and reason.startswith(said) else reason


def of_each(reason: str) -> str:
    return wording.clean(reason.replace(_DAY, "Each of these days"))


def total(amounts: Iterable[str]) -> str:
    """Their sum for a person; "" where none is known."""
    known = []
    for amount in filter(None, amounts):
        try:
            known.append(Decimal(amount))
        except InvalidOperation:
            continue
    return in_words.money(f"{sum(known, Decimal()):.2f}") if known else ""
