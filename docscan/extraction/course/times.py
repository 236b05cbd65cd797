"""What a time is: how often, how long, how many, in the shapes of the fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from docscan.document import Json

TimeKind: TypeAlias = Literal["frequency", "duration", "length", "phase"]


@dataclass(frozen=True, slots=True)
class Time:
    """One time in a text. `value` is None where `readings` are equally likely.

    A "phase" is a part of the course: "the first 4 weeks", "weeks 5-8"; its value is that part's duration, or None.
    `sure`: how telling the wording is. `before`: the preposition that leads to it ("for", "by", "x"), "" where none.
    `what`: what a rate or a count counts, in the text's words ("sessions"). `needs_label`: too little to stand alone.
    `at_most`: only a limit is told ("not to exceed 48 sessions").
    """

    kind: TimeKind
    value: Json
    start: int
    end: int
    sure: float = 1.0
    readings: tuple[Json, ...] = ()
    before: str = ""
    what: str = ""
    needs_label: bool = False
    at_most: bool = False


def frequency_of(
    often: float, period: float, unit: str, often_max: float | None = None, period_max: float | None = None
) -> dict[str, Json]:
    """A rate in the shape of the field `frequency`."""
    value: dict[str, Json] = {
        "frequency": plain(often),
        "frequency_max": None if often_max is None else plain(often_max),
        "period": plain(period),
        "period_unit": unit,
    }
    if period_max is not None:
        value["period_max"] = plain(period_max)
    return value


def hours_of(low: float, high: float | None, period: float, unit: str) -> dict[str, Json]:
    """So many hours in a period, of which nobody says into how many sessions they are parted."""
    return {
        "duration": plain(low), "duration_max": plain(high) if high else None, "duration_unit": "h",
        "period": plain(period), "period_unit": unit,
    }  # fmt: skip


def plain(value: float) -> int | float:
    """Whole numbers as such."""
    return int(value) if value == int(value) else round(value, 2)


def lasting(value: float, unit: str, high: float | None = None) -> dict[str, Json]:
    """A span in the shape of the field `duration`."""
    found: dict[str, Json] = {"value": plain(value), "unit": unit}
    if high is not None and high > value:
        found["value_max"] = plain(high)
    return found
