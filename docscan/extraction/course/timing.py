"""How often, how long, how many: the times that a text tells, as FHIR's Timing.repeat would.

One grammar over typed tokens (`tokens`): a number, a range and a hedge make a quantity; a quantity and a unit make a
span; a quantity, what is counted and a period make a rate. Where a time begins, the longest production wins; between
times any words may stand. Whether a time belongs to the prescribed course is `course`'s question.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from docscan.document import Json
from docscan.extraction.course.quantities import Made
from docscan.extraction.course.recurring import MOMENT, Recurring
from docscan.extraction.course.spans import Spans
from docscan.extraction.course.times import Time, frequency_of

_Production: TypeAlias = Callable[["_Grammar", int], Made | None]


def times(text: str, *, written: date | None = None) -> list[Time]:
    """Every time in a text, in order. `written`: when, so that "through Labor Day" is a day."""
    return _Grammar(text, written).all()


class _Grammar(Spans, Recurring):
    """The productions, each from a token's index to what it makes; None where it does not apply."""

    def __init__(self, text: str, written: date | None) -> None:
        super().__init__(text, written)
        self._starting = _productions()

    def all(self) -> list[Time]:
        found: list[Time] = []
        index = 0
        while index < len(self.tokens):
            best = max(self._at(index), key=lambda f: f.end, default=None)
            if best is None or best.end <= index:
                index += 1
                continue
            best = self._with_more_if(self._with_other_weeks(best))
            before = self._before(index)
            limit = self.kind(index) == "max"
            found += (replace(time, before=time.before or before, at_most=limit) for time in best.times)
            index = best.end
            found += self._after_rate(found, index)
        return _settled(self.text, found)

    def _at(self, index: int) -> Iterator[Made]:
        for production in self._starting.get(self.kind(index), ()):
            found = production(self, index)
            if found is not None:
                yield found


@lru_cache(maxsize=1)
def _productions() -> Mapping[str, Sequence[_Production]]:
    """By the kind of the token that a production can start with."""
    found: defaultdict[str, list[_Production]] = defaultdict(list)
    hedges = "min max about between"
    for production, kinds in (
        (_Grammar._rate, f"number often article dozen couple half {hedges}"),
        (_Grammar._every, "every q per other"),
        (_Grammar._adverb, "adverb"),
        (_Grammar._moment, "moment"),
        (_Grammar._clock, "clock"),
        (_Grammar._latin, "latin"),
        (_Grammar._weekdays, "weekday word unit daypart"),
        (_Grammar._needed, "needed"),
        (_Grammar._noun_per, "session times unit word"),
        (_Grammar._per_first, "per"),
        (_Grammar._unit_first, "unit"),
        (_Grammar._days_of_month, "ordinal"),
        (_Grammar._amount, f"number article half quarter unit dozen couple {hedges}"),
        (_Grammar._lapse, f"number article half couple dozen the opening full {hedges}"),
        (_Grammar._count, f"session number article half couple dozen inall opening {hedges}"),
        (_Grammar._home_visits, "number"),
        (_Grammar._phase, "unit opening ordinal the"),
        (_Grammar._end, "word q number for through until the long opening full max to ordinal inall then between"),
    ):
        for kind in kinds.split():
            found[kind].append(production)
    return found


_OR_RATHER = re.compile(
    r"\s*[,;(–—-]*\s*(?:(?:or|and|but|if not)\b,?\s*)?(?:at any rate|at (?:the )?(?:very )?least|failing (?:that|"
    r"which)|"
    r"if not|(?:at )?(?:a )?minimum(?: of)?|ideally|preferably|better(?: yet)?|no (?:less|fewer) than)\b,?\s*",
    re.IGNORECASE,
)
"""Between two rates of which either is meant: "every day, or at any rate five of seven"."""
_SAME_AGAIN = re.compile(
    r"[\s,;(–—-]\s?(?:i\.\s?e\.,?|that is(?: to say)?,|meaning|in other words,?)\s*\(?\Z", re.IGNORECASE
)


def _settled(text: str, found: list[Time]) -> list[Time]:
    """In order; what was open is decided by what stands beside it: "biweekly (every two weeks)".

    What is said again in other words counts as said last, and a limit beside a rate is no rate of its own.
    """
    found = sorted(found, key=lambda t: (t.start, t.kind, t.end))
    rates = [t for t in found if t.kind == "frequency"]
    kept: list[Time] = []
    for time in found:
        if time.kind != "frequency":
            kept.append(time)
            continue
        if kept and (both := _either(text, kept[-1], time)) is not None:
            kept[-1] = both
            continue
        place = rates.index(time)
        before, after = (rates[at] if 0 <= at < len(rates) else None for at in (place - 1, place + 1))
        if time.value is None and time.readings:
            beside = (o for o in rates if o.value in time.readings and _near(text, time, o))
            if any(beside):
                continue
            fits = [r for r in time.readings if before and after and _much(before) >= _often(r) >= _much(after) > 0]
            kept.append(replace(time, value=fits[0], readings=()) if len(fits) == 1 else time)
        elif _is_beside_a_rate(time, rates):
            continue
        elif after is None or not _SAME_AGAIN.search(text, time.end, after.start):
            kept.append(time)
    return kept


def _is_beside_a_rate(time: Time, rates: Sequence[Time]) -> bool:
    """Whether a limit or a moment of the day only goes along with a rate."""
    by_moment = time.what == MOMENT and any(_much(other) and other.what != MOMENT for other in rates)
    return by_moment or (time.at_most and any(_much(other) and not other.at_most for other in rates))


def _either(text: str, one: Time, other: Time) -> Time | None:
    """The range of two rates of which the second is hoped for or the least that will do."""
    if not (_much(one) and _much(other)) or not _OR_RATHER.match(text, one.end) or other.start - one.end > _APART:
        return None
    low, high = sorted((one.value, other.value), key=_often)
    unit = other.value["period_unit"] if other.value["period"] == 1 else low["period_unit"]
    least, most = (_in_unit(value, unit) for value in (low, high))
    if least is None or most is None or most <= least:
        return None
    return replace(one, value=frequency_of(least, 1, unit, most), end=other.end)


_APART = 24  # characters


def _in_unit(value: Json, unit: str) -> float | None:
    """How often in one of a unit, where that is a whole number."""
    days = {"d": 1, "wk": 7}
    if value["period_unit"] == unit and value["period"] == 1:
        return float(value["frequency_max"] or value["frequency"])
    if value["period"] != 1 or value["period_unit"] not in days or unit not in days:
        return None
    often = value["frequency"] * days[unit] / days[value["period_unit"]]
    return float(often) if often >= 1 else None


def _near(text: str, one: Time, other: Time) -> bool:
    return len(text[min(one.end, other.end) : max(one.start, other.start)].split()) <= 3


def _much(time: Time) -> float:
    return _often(time.value) if isinstance(time.value, dict) else 0.0


def _often(value: Json) -> float:
    """How often a day; 0 where the value is no rate."""
    if not isinstance(value, dict) or "frequency" not in value:
        return 0.0
    days = {"d": 1, "wk": 7, "mo": 30.4, "a": 365}[value["period_unit"]]
    return float(value["frequency"]) / (float(value["period"]) * days)
