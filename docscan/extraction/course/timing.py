"""How often, how long, how many: the times that a text tells, as FHIR's Timing.repeat would.

One grammar over typed tokens (`tokens`): a number, a range and a hedge make a quantity; a quantity and a unit make a
span; a quantity, what is counted and a period make a rate. Where a time begins, the longest production wins; between
times any words may stand. Whether a time belongs to the prescribed course is `course`'s question.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from docscan.document import Json
from docscan.extraction.course.ends import condition_at, named_end, open_end_at
from docscan.extraction.course.tokens import SESSIONS, Token, tokens

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


class _Quantity(NamedTuple):
    """`bound`: "max" or "min" where only one bound is told."""

    low: float
    high: float | None
    end: int
    times: bool = False


class _Span(NamedTuple):
    value: float
    high: float | None
    unit: str
    end: int


class _Found(NamedTuple):
    """What a production made of the tokens up to `end`."""

    times: tuple[Time, ...]
    end: int


def times(text: str, *, written: date | None = None) -> list[Time]:
    """Every time in a text, in order. `written`: when, so that "through Labor Day" is a day."""
    return _Grammar(text, written).all()


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


def plain(value: float) -> int | float:
    """Whole numbers as such."""
    return int(value) if value == int(value) else round(value, 2)


def lasting(value: float, unit: str, high: float | None = None) -> dict[str, Json]:
    """A span in the shape of the field `duration`."""
    found: dict[str, Json] = {"value": plain(value), "unit": unit}
    if high is not None and high > value:
        found["value_max"] = plain(high)
    return found


_Production: TypeAlias = Callable[[int], "_Found | None"]
_CLOCK_UNITS = frozenset(("min", "h"))
_NO_FILLER = frozenset(
    "is are was were be been has have had will would should can may must for by until till because since if but who"
    " which that when while she he they it i we you then not no to from than before after mg mcg lb lbs pounds pound"
    " kg g ml units iu percent degrees feet miles mile steps calories grams tablet tablets capsule capsules tabs tab"
    " puffs puff drops drop sprays spray pills pill cm inches oz ounces liters litres reps laps points do does"
    " seen takes take on at about as each".split()
)
"""Words that never stand between a number and what is done so often."""
_MOST_OFTEN = 60
_LONGEST_SESSION = 300  # minutes
_POINTS = frozenset("by at within after since ago before in during week weeks month months day days".split())


class _Grammar:
    """The productions, each from a token's index to what it makes; None where it does not apply."""

    def __init__(self, text: str, written: date | None) -> None:
        self.text = text
        self.written = written
        self.tokens: Sequence[Token] = tokens(text)
        self.kinds = [token.kind for token in self.tokens]
        self._length = len(self.kinds)
        self._starting = self._productions()

    def _productions(self) -> Mapping[str, Sequence[_Production]]:
        """By the kind of the token that a production can start with."""
        found: defaultdict[str, list[_Production]] = defaultdict(list)
        hedges = "min max about between"
        for production, kinds in (
            (self._rate, f"number often article dozen couple half {hedges}"),
            (self._every, "every q per other"),
            (self._adverb, "adverb"),
            (self._latin, "latin"),
            (self._weekdays, "weekday word unit"),
            (self._needed, "needed"),
            (self._noun_per, "session times unit word"),
            (self._per_first, "per"),
            (self._unit_first, "unit"),
            (self._days_of_month, "ordinal"),
            (self._amount, f"number article half quarter unit dozen couple {hedges}"),
            (self._lapse, f"number article half couple dozen the opening full {hedges}"),
            (self._count, f"number article half couple dozen inall {hedges}"),
            (self._phase, "unit opening ordinal"),
            (self._end, "word for through until the long opening full max to ordinal inall then between"),
        ):
            for kind in kinds.split():
                found[kind].append(production)
        return found

    # -- all times --------------------------------------------------------------------------------------------------

    def all(self) -> list[Time]:
        found: list[Time] = []
        index = 0
        while index < len(self.tokens):
            best = max(self._at(index), key=lambda f: f.end, default=None)
            if best is None or best.end <= index:
                index += 1
                continue
            best = self._with_other_weeks(best)
            before = self._before(index)
            limit = self.kind(index) == "max" and self.word(index) not in {"max", "maximum"}
            found += (replace(time, before=time.before or before, at_most=limit) for time in best.times)
            index = best.end
            found += self._after_rate(found, index)
        return _settled(self.text, found)

    def _at(self, index: int) -> Iterator[_Found]:
        for production in self._starting[self.kind(index)]:
            found = production(index)
            if found is not None:
                yield found

    def _before(self, index: int) -> str:
        """The preposition before a time, hedges and articles left out."""
        at = index - 1
        while at >= 0 and (
            self.kind(at) in {"about", "min", "max", "the", "article", "(", "full", "between", "inall"}
            or (self.word(at) == "of" and self.kind(at - 1) == "inall")
        ):
            if self.word(at) in {"up to", "from", "about", "around"} and self.kind(at) != "about":
                return self.word(at)
            at -= 1
        if at < 0:
            return ""
        token = self.tokens[at]
        if token.kind in {"times", "for", "to", "through", "until", "then", "every"}:
            return token.word
        return token.word if token.kind in {"word", ":", ",", "(", "other", "opening"} else ""

    # -- reading tokens ---------------------------------------------------------------------------------------------

    def kind(self, index: int) -> str:
        return self.kinds[index] if 0 <= index < self._length else ""

    def word(self, index: int) -> str:
        return self.tokens[index].word if 0 <= index < len(self.tokens) else ""

    def _made(self, kind: TimeKind, value: Json, first: int, end: int, sure: float = 1.0, **more: object) -> Time:
        start, stop = self.tokens[first].start, self.tokens[end - 1].end
        return Time(kind, value, start, stop, sure, **more)  # type: ignore[arg-type]

    def _number(self, index: int) -> tuple[float, int] | None:
        """ "3", "three", "a dozen", "two and a half", "half a dozen"."""
        kind = self.kind(index)
        if kind == "number":
            value, end = float(self.tokens[index].value), index + 1
            if self.kind(end) == "dozen":
                return 12 * value, end + 1
            if self.kind(end) == "and":
                after = end + 1 + (self.kind(end + 1) == "article")
                if self.kind(after) == "half":
                    return value + 0.5, after + 1
            return value, end
        if kind == "article" and self.kind(index + 1) in {"dozen", "couple"}:
            index, kind = index + 1, self.kind(index + 1)
        if kind == "half" and self.kind(index + 1) == "article" and self.kind(index + 2) == "dozen":
            return 6.0, index + 3
        if kind == "half" and self.kind(index + 1) == "dozen":
            return 6.0, index + 2
        if kind == "dozen":
            return 12.0, index + 1
        if kind == "couple":
            return 2.0, index + 1 + (self.word(index + 1) == "of")
        return None

    def _quantity(self, index: int) -> _Quantity | None:
        """A number with its hedges and its range: "2-3", "two or three", "no fewer than two nor more than three"."""
        at, between, times = index, False, False
        while self.kind(at) in {"about", "min", "max", "between"} or (self.word(at) in {"of", "the"} and at > index):
            between = between or self.kind(at) == "between"
            at += 1
        first = self._one(at)
        if first is None:
            return None
        low, end, times = first
        joint = end
        if self.kind(joint) == "times" and self.kind(joint + 1) in {"dash", "to", "or"}:
            joint += 1  # "2x - 3x a week"
        if (self.kind(joint) == "," and self.kind(joint + 1) in {"and", "max"}) or self.word(joint) in {"nor", "but"}:
            joint += 1
        step = joint
        if (
            self.kind(joint) in {"dash", "to", "or"}
            or (between and self.kind(joint) in {"and", "through"})
            or (self.kind(joint) == "and" and self.kind(joint + 1) == "max")
        ):
            step = joint + 1
        hedged = step
        while self.kind(hedged) in {"max", "about"} or (hedged > step and self.word(hedged) == "of"):
            hedged += 1
        if step > joint or hedged > step:
            second = self._one(hedged)
            if second is not None and second[0] > low:
                return _Quantity(low, second[0], second[1], times or second[2])
        return _Quantity(low, None, end, times)

    def _one(self, index: int) -> tuple[float, int, bool] | None:
        if self.kind(index) == "often":
            return float(self.tokens[index].value), index + 1, True
        found = self._number(index)
        return (*found, False) if found else None

    def _unit(self, index: int) -> tuple[str, float, int] | None:
        """A unit of time and how many of it: a fortnight is two weeks."""
        kind, token = self.kind(index), self.tokens[index] if index < len(self.tokens) else None
        if token is None:
            return None
        if kind == "unit":
            if len(token.word) == 1 and not (token.tight or self.kind(index - 1) in {"slash", "q", "per"}):
                return None
            return token.value, 1, index + 1 + (self.kind(index + 1) == "." and self._abbreviated(index))
        if kind == "fortnight":
            return "wk", 2, index + 1
        return None

    def _abbreviated(self, index: int) -> bool:
        """ "12 wks. of": the point belongs to the word, where a word in lower case or a number follows."""
        after = self.tokens[index + 2] if index + 2 < len(self.tokens) else None
        return len(self.word(index)) <= 4 and after is not None and not self.text[after.start].isupper()

    # -- spans ------------------------------------------------------------------------------------------------------

    def _span(self, index: int) -> _Span | None:
        """A length of time: "6 to 8 weeks", "an hour and a half", "a year", "1 hr 30 min"."""
        found = self._half_unit(index) or self._counted_unit(index)
        if found is None:
            return None
        return self._longer(found)

    def _half_unit(self, index: int) -> _Span | None:
        """ "Half an hour", "a half-hour", "three quarters of an hour", "half a year"."""
        at = index + (self.kind(index) == "article" and self.kind(index + 1) in {"half", "quarter"})
        share = 1.0
        if self.kind(at) == "number" and self.kind(at + 1) in {"half", "quarter"}:
            share, at = float(self.tokens[at].value), at + 1
        if self.kind(at) not in {"half", "quarter"} or share > 3:
            return None
        share *= self.tokens[at].value
        quartered = self.kind(at) == "quarter"
        at += 1
        at += self.word(at) == "of"
        at += self.kind(at) == "article"
        unit = self._unit(at)
        if unit is None or (quartered and unit[0] != "h"):
            return None
        if unit[0] == "a":
            return _Span(12 * share, None, "mo", unit[2])
        return _Span(share * unit[1], None, unit[0], unit[2])

    def _counted_unit(self, index: int) -> _Span | None:
        quantity = self._quantity(index)
        if quantity is not None and not quantity.times:
            at = quantity.end
            at += self.kind(at) == "full" or self.word(at) == "additional"
            unit = self._unit(at)
            if unit is None or not quantity.low:
                return None
            name, factor, end = unit
            high = None if quantity.high is None else quantity.high * factor
            return _Span(quantity.low * factor, high, name, end)
        at = index
        while self.kind(at) in {"about", "min", "max"}:
            at += 1
        article = at
        at += self.kind(at) in {"article", "the"}
        one = at > article and self.kind(article) == "article"
        if self.kind(at) == "opening" and self.word(at) in {"next", "following", "additional", "another"}:
            one = one or at > article or self.kind(index - 1) == "for" or self.kind(at - 1) == "for"
            at += 1
        if self.kind(at) == "full" and (one or self.word(at) in {"full", "whole", "entire"}):
            one, at = True, at + 1
        unit = self._unit(at) if one else None
        if unit is None or (self.word(at).endswith("s") and unit[0] not in {"h"} and self.kind(at) != "fortnight"):
            return None
        return _Span(unit[1], None, unit[0], unit[2])

    def _longer(self, span: _Span) -> _Span:
        """ "... and a half", "... and three months", "... to 8 weeks"."""
        value, high, unit, end = span
        at = end + (self.kind(end) in {"and", ","})
        half = at + (self.kind(at) == "article")
        if at > end and self.kind(half) == "half" and self._unit(half + 1 + (self.kind(half + 1) == "article")) is None:
            return _Span(value + 0.5, high, unit, half + 1)
        if unit == "h" and self.kind(half) == "quarter" and half > at > end:
            return _Span(value + 0.25, high, unit, half + 1)
        second = self._number(at) if high is None else None
        smaller = {"h": ("min", 60), "a": ("mo", 12)}.get(unit)
        inner = self._unit(second[1]) if second else None
        if second and inner and smaller and inner[0] == smaller[0] and second[0] < smaller[1]:
            return _Span(value * smaller[1] + second[0], None, smaller[0], inner[2])
        if high is None and self.kind(end) in {"dash", "to", "or"}:
            after = self._quantity(end + 1)
            other = self._unit(after.end) if after and not after.times else None
            if after and other and other[0] == unit and after.high is None and after.low > value:
                return _Span(value, after.low * other[1], unit, other[2])
        return span

    # -- rates ------------------------------------------------------------------------------------------------------

    def _rate(self, index: int) -> _Found | None:
        """So many of something in a period: "2-3 sessions of 45 min per week", "once a month", "a visit every 2 wk"."""
        quantity = self._quantity(index)
        article = False
        if quantity is None:
            if self.kind(index) != "article":
                return None
            quantity, article = _Quantity(1, None, index + 1), True
        if quantity.low > _MOST_OFTEN or quantity.low != int(quantity.low) or quantity.low < 1:
            return None
        inner: list[Time] = []
        at, what, times = quantity.end, "", quantity.times
        if self.kind(at) == "times":
            crossed = self._crossed(index, quantity, at + 1)
            if crossed is not None:
                return crossed
            if self.word(at) == "x" and self._unit(at + 1) and self._rate_unit(at + 1):  # "3 x week"
                return self._crossed_unit(index, quantity, at + 1)
            at, times = at + 1, True
            at += self.kind(at) == "times"
        at = self._past_brackets(at, inner)
        for step in range(9):
            found = self._period(at, True)
            if found is not None and step == 0 and not times and not article and self.kind(at) == "adverb":
                return self._bare_number(index, quantity, at)
            if found is not None and not (article and step == 0):
                period, period_max, unit, end = found
                if what and self._is_span_before(at, unit):
                    return None
                value = frequency_of(quantity.low, period, unit, quantity.high, period_max)
                return _Found((self._made("frequency", value, index, end, what=what), *inner), end)
            after = self._filler(at, inner)
            if after is None or (article and step == 0 and self.kind(at) not in {"word", "session", "number", "unit"}):
                return None
            if self.kind(at) in {"word", "session", "unit", "of"} or self.kind(at) == "daypart":
                what = self.word(after - 1)
            at = after
        return None

    def _bare_number(self, index: int, quantity: _Quantity, at: int) -> _Found | None:
        """ "2 weekly": two a week, or every two weeks."""
        often, period, unit = self.tokens[at].value[0]
        if self.kind(at + 1) in {"session", "word"} and self._filler(at + 1, []) is not None:
            return None  # "3 weekly sessions"
        if quantity.low == 1:
            value = frequency_of(often, period, unit, quantity.high)  # "1-2 weekly"
            return _Found((self._made("frequency", value, index, at + 1, 0.9),), at + 1)
        readings = (
            frequency_of(quantity.low, period, unit, quantity.high),
            frequency_of(1, quantity.low * period, unit),
        )
        return _Found((self._made("frequency", None, index, at + 1, 0.8, readings=readings),), at + 1)

    def _is_span_before(self, at: int, unit: str) -> bool:
        """ "6 weeks per month" is no rate of anything, "3 days per week" is."""
        if self.kind(at - 1) != "unit":
            return False
        counted = self.tokens[at - 1].value
        return counted != "d" or unit == "d"

    def _crossed(self, index: int, quantity: _Quantity, at: int) -> _Found | None:
        """ "2 x 60 min per week"."""
        span = self._span(at)
        if span is None or span.unit not in _CLOCK_UNITS:
            return None
        period = self._period(span.end, True)
        if period is None:
            return None
        length = self._made("length", lasting(span.value, span.unit, span.high), at, span.end)
        value = frequency_of(quantity.low, period[0], period[2], quantity.high, period[1])
        return _Found((self._made("frequency", value, index, period[3]), length), period[3])

    def _rate_unit(self, index: int) -> bool:
        return self.kind(index) == "unit" and self.tokens[index].value in {"d", "wk", "mo", "a"}

    def _crossed_unit(self, index: int, quantity: _Quantity, at: int) -> _Found | None:
        """ "3 x week"; "3 x weeks" is nothing."""
        unit = self._unit(at)
        if unit is None or (self.word(at).endswith("s") and len(self.word(at)) > 3):
            return None
        value = frequency_of(quantity.low, unit[1], unit[0], quantity.high)
        return _Found((self._made("frequency", value, index, unit[2]),), unit[2])

    def _period(self, index: int, counted: bool) -> tuple[float, float | None, str, int] | None:
        """ "/wk", "per 2 weeks", "a week", "each month", "in any week", "weekly", "every other week", "out of 7"."""
        at = index
        while self.kind(at) in {"("} and self.kind(at + 1) in {"slash", "per", "every"}:
            at += 1
        kind = self.kind(at)
        if kind == "adverb" and counted and len(self.tokens[at].value) == 1:
            often, period, unit = self.tokens[at].value[0]
            return (period, None, unit, self._closed(at + 1)) if often == 1 else None
        seven = self.word(at) == "in" and self.kind(at + 1) == "number"
        if self.kind(at) in {"word", "for"} and self.word(at) in {"in", "during", "within", "over", "on"} and not seven:
            if self.kind(at + 1) not in {"every", "article", "the"}:
                return None
            at, kind = at + 1, self.kind(at + 1)
            if kind == "the" and self.word(index) not in {"in", "during"}:
                return None
        elif kind == "out" or self.word(at) == "of" or seven:
            return self._of_seven(at)
        if kind == "slash" and self.kind(at + 1) == "number" and self.tokens[at + 1].value == 7:
            end = at + 2
            days = self._unit(end)
            return 1, None, "wk", days[2] if days and days[0] == "d" else end
        if kind not in {"slash", "per", "article", "every", "the"}:
            return None
        at += 1
        at += self.kind(at - 1) == "slash" and self.kind(at) == "article"
        if kind == "every" and self.kind(at) in {"other", "ordinal"}:
            period = 2.0 if self.kind(at) == "other" else float(self.tokens[at].value)
            unit = self._unit(at + 1)
            return (period, None, unit[0], unit[2]) if unit and self._rate_unit(at + 1) else None
        if kind in {"every", "per", "slash"}:
            quantity = self._quantity(at)
            if quantity is not None and not quantity.times:
                unit = self._unit(quantity.end)
                if unit and unit[0] not in _CLOCK_UNITS:
                    high = quantity.high * unit[1] if quantity.high else None
                    return quantity.low * unit[1], high, unit[0], self._closed(unit[2])
                return None
        if self.kind(at) == "daypart" and kind == "every":
            return 1, None, "d", at + 1
        unit = self._unit(at)
        if unit is None or unit[0] in _CLOCK_UNITS:
            return None
        if kind != "slash" and self.word(at).endswith("s") and self.kind(at) != "fortnight" and len(self.word(at)) > 3:
            return None
        return unit[1], None, unit[0], self._closed(unit[2])

    def _of_seven(self, at: int) -> tuple[float, float | None, str, int] | None:
        """ "5 days out of 7", "3 days of the week"."""
        after = at + 1
        if self.kind(at) == "out" and self._rate_unit(after):
            unit = self._unit(after)
            return (1, None, unit[0], unit[2]) if unit else None
        if self.kind(after) in {"the", "every"}:
            after += 1
            if self._rate_unit(after) and not self.word(after).endswith("s"):
                unit = self._unit(after)
                return (1, None, unit[0], unit[2]) if unit else None
        counted = self.kind(at - 1) in {"unit", "daypart", "number"}
        if self.kind(after) == "number" and self.tokens[after].value == 7 and counted:
            days = self._unit(after + 1)
            return 1, None, "wk", days[2] if days and days[0] == "d" else after + 1
        return None

    def _closed(self, end: int) -> int:
        return end + 1 if self.kind(end) == ")" and self._opened(end) else end

    def _opened(self, index: int) -> bool:
        near = self.kinds[max(0, index - 4) : index]
        return "(" in near and ")" not in near

    def _past_brackets(self, at: int, inner: list[Time]) -> int:
        """ "three (3x) per week", "2 (45 min) sessions"."""
        if self.kind(at) != "(":
            return at
        span = self._span(at + 1)
        if span and span.unit in _CLOCK_UNITS and self.kind(span.end) == ")":
            inner.append(self._made("length", lasting(span.value, span.unit, span.high), at + 1, span.end))
            return span.end + 1
        if self.kind(at + 1) == "number" and self.kind(at + 2) == "times" and self.kind(at + 3) == ")":
            return at + 4
        return at

    def _filler(self, at: int, inner: list[Time]) -> int | None:
        """One word, or one length, between a number and its period; None where the phrase ends."""
        span = self._span(at) if self.kind(at) in {"number", "article", "half"} else None
        if self.kind(at) == "unit" and self.tokens[at].value == "h" and self.kind(at + 1) == "long":
            span = _Span(1, None, "h", at + 2)
        if span is not None and span.unit in _CLOCK_UNITS:
            inner.append(self._made("length", lasting(span.value, span.unit, span.high), at, span.end))
            return span.end + (self.kind(span.end) == "long")
        if self.kind(at) == "(":
            after = self._past_brackets(at, inner)
            return after if after > at else None
        if self.kind(at) == "," and self.kind(at + 1) in {"number", "article", "half"}:
            span = self._span(at + 1)
            if span and span.unit in _CLOCK_UNITS:
                inner.append(self._made("length", lasting(span.value, span.unit, span.high), at + 1, span.end))
                after = span.end + (self.kind(span.end) == "every" and self.word(span.end) in {"each", "ea"})
                return after + (self.kind(after) == ",")
            return None
        if self.kind(at) in {"session", "daypart", "full", "couple", "and", "or", "long", "opening", "slash"}:
            return at + 1
        if self.kind(at) == "unit":
            return at + 1 if self.tokens[at].value == "d" else None
        if self.kind(at) == "adverb" and self.kind(at + 1) in {"session", "word"}:
            return None
        word = self.word(at)
        if self.kind(at) == "word" and word.isalpha() and word not in _NO_FILLER and not word.endswith("ly"):
            return at + 1
        return None

    def _every(self, index: int) -> _Found | None:
        """ "Every other day", "each week", "q 2-3 wks", "every Monday and Thursday", "alternate days"."""
        kind = self.kind(index)
        if kind == "other" and self.word(index) != "other":  # "on alternate days"
            unit = self._unit(index + 1)
            if unit and self._rate_unit(index + 1):
                return self._often(index, unit[2], 1, 2, unit[0])
            return None
        if kind not in {"every", "q", "per"} or self.word(index) in {"any", "ea"}:
            return None
        at = index + 1
        if kind == "per":
            return None
        if self.kind(at) in {"other", "ordinal"}:
            period = 2.0 if self.kind(at) == "other" else float(self.tokens[at].value)
            unit = self._unit(at + 1)
            if unit and self._rate_unit(at + 1):
                return self._often(index, unit[2], 1, period, unit[0])
            if self.kind(at + 1) == "weekday":
                days = self._weekday_list(at + 1)
                return self._often(index, days[1], len(days[0]), period, "wk") if days else None
            return None
        if self.kind(at) == "daypart":
            often = 5.0 if self.word(at).startswith("weekday") else 1.0
            return self._often(index, at + 1, often, 1, "wk" if often > 1 else "d")
        if self.kind(at) == "weekday":
            days = self._weekday_list(at)
            return self._often(index, days[1], len(days[0]), 1, "wk") if days else None
        quantity = self._quantity(at)
        if quantity is not None and not quantity.times:
            unit = self._unit(quantity.end) if self._rate_unit(quantity.end) or kind != "q" else None
            if unit is None or unit[0] in _CLOCK_UNITS:
                return None
            high = None if quantity.high is None else quantity.high * unit[1]
            return self._often(index, unit[2], 1, quantity.low * unit[1], unit[0], period_max=high)
        unit = self._unit(at)
        if unit is None or unit[0] in _CLOCK_UNITS:
            return None
        if self.word(at).endswith("s") and len(self.word(at)) > 3:
            return None
        if unit[0] == "d" and self.word(unit[2]) in {"but", "except"} and self.kind(unit[2] + 1) == "weekday":
            free = self._weekday_list(unit[2] + 1)
            return self._often(index, free[1], 7 - len(free[0]), 1, "wk") if free else None
        return self._often(index, unit[2], 1, unit[1], unit[0])

    def _often(
        self, index: int, end: int, often: float, period: float, unit: str, *, period_max: float | None = None,
        sure: float = 0.9,
    ) -> _Found:  # fmt: skip
        value = frequency_of(often, period, unit, None, period_max)
        times = [self._made("frequency", value, index, end, sure)]
        return _Found(tuple(times), end)

    def _adverb(self, index: int) -> _Found | None:
        """ "Weekly", "bi-weekly" (two readings), "on a monthly basis", "daily 30-minute sessions"."""
        if self.kind(index) != "adverb":
            return None
        if re.match(r"(?:living|activit|function|goal|value|life|routine)", self.word(index + 1)):
            return None
        readings = tuple(frequency_of(*rate) for rate in self.tokens[index].value)
        if len(readings) > 1:
            made = self._made("frequency", None, index, index + 1, 0.8, readings=readings)
        else:
            made = self._made("frequency", readings[0], index, index + 1, 0.8)
        return _Found((made,), index + 1)

    def _latin(self, index: int) -> _Found | None:
        """ "BIW", "q.o.d."; a name in title case ("Tid") is none."""
        if self.kind(index) != "latin":
            return None
        token = self.tokens[index]
        printed = self.text[token.start : token.end]
        if printed.istitle() and "." not in printed and not printed.lower().startswith("q"):
            return None
        often, period, unit = token.value
        return self._often(index, index + 1, often, period, unit, sure=1.0)

    def _weekday_list(self, index: int) -> tuple[frozenset[int], int] | None:
        """ "Mon, Wed & Fri", "Monday through Friday"."""
        first = self.tokens[index]
        days = [first.value]
        at = index + 1
        at += self.kind(at) == "." and self.kind(at + 1) in {"weekday", "and", "slash", ",", "dash"}
        if self.kind(at) in {"dash", "through", "to"} and self.kind(at + 1) == "weekday":
            last = self.tokens[at + 1].value
            return frozenset((first.value + step) % 7 for step in range((last - first.value) % 7 + 1)), at + 2
        while True:
            joint = at
            while self.kind(joint) in {",", "and", "or", "slash", "dash"} and joint - at < 2:
                joint += 1
            listed = joint > at or self.word(at - 1).endswith("days")
            if not listed or self.kind(joint) != "weekday":
                return frozenset(days), at
            days.append(self.tokens[joint].value)
            at = joint + 1
            at += self.kind(at) == "." and self.kind(at + 1) in {"weekday", "and", "slash", ","}

    def _weekdays(self, index: int) -> _Found | None:
        """Days of the week on which something happens each week; "on Monday" is one day, opening hours are none."""
        letters = self._letters(index)
        if letters is not None:
            return letters
        if self.kind(index) != "weekday":
            return None
        days = self._weekday_list(index)
        if days is None:
            return None
        several = len(days[0]) > 1
        plural = self.word(index).endswith("days") and self.word(index) not in {"days"}
        if not several and not plural:
            return None
        near = self.text[max(0, self.tokens[index].start - 30) : self.tokens[days[1] - 1].end + 30]
        if re.search(
            r"\d\s?(?:am|pm|a\.m|p\.m)\b|\bat\s\d|\d\s?(?:to|-|–)\s?\d|\d:\d\d|\b(?:hours|open|closed|hrs|noon|"
            r"shut|office|lunch|desk|welcome)\b",
            near,
            re.I,
        ):
            return None
        if self.kind(index) == "weekday" and len(self.word(index)) <= 2 and not several:
            return None
        return self._often(index, days[1], len(days[0]), 1, "wk")

    def _letters(self, index: int) -> _Found | None:
        """ "M/W/F", "MWF", "T-Th"."""
        first = self.tokens[index]
        if first.kind not in {"word", "weekday", "unit"}:
            return None
        match = _DAY_LETTERS.match(self.text, first.start)
        if match is None or (first.start and self.text[first.start - 1] in "/-"):
            return None
        near = self.text[match.end() : match.end() + 12]
        if re.match(r"\s*,?\s*\d{1,2}(?::\d|\s?[ap]\.?m|\s?(?:-|–|to)\s?\d{1,2}(?!\s?x))", near, re.I):
            return None  # opening hours
        end = next((i for i in range(index, len(self.tokens)) if self.tokens[i].start >= match.end()), len(self.tokens))
        return self._often(index, end, len(re.findall(r"Th|Tu|Sa|Su|[MTWRF]", match.group())), 1, "wk")

    def _needed(self, index: int) -> _Found | None:
        if self.kind(index) != "needed":
            return None
        return _Found((self._made("frequency", {"as_needed": True}, index, index + 1, 0.9),), index + 1)

    def _noun_per(self, index: int) -> _Found | None:
        """ "Sessions per week: 3", "visits/wk = 2-3", "times a month: 2"."""
        if self.kind(index) not in {"session", "times", "unit", "word"}:
            return None
        if self.kind(index) == "unit" and self.tokens[index].value != "d":
            return None
        period = (
            self._period(index + 1, False) if self.kind(index + 1) in {"slash", "per", "every", "article"} else None
        )
        if period is None:
            return None
        at = period[3]
        at += self.kind(at) == "?"
        while self.kind(at) in {":", "=", "#", "mark", "break", "word"} and at - period[3] < 4:
            if self.kind(at) == "word" and self.word(at).strip("_"):
                return None
            at += 1
        if at == period[3]:
            return None
        quantity = self._quantity(at)
        after = self.kind(quantity.end) if quantity else ""
        if quantity is None or quantity.low > _MOST_OFTEN or after in {"slash", "unit", "per"}:
            return None
        value = frequency_of(quantity.low, period[0], period[2], quantity.high, period[1])
        return _Found((self._made("frequency", value, index, quantity.end, what=self.word(index)),), quantity.end)

    def _per_first(self, index: int) -> _Found | None:
        """ "Per week: 2 to 3 times"."""
        period = self._period(index, False)
        if period is None or self.kind(period[3]) not in {":", "="}:
            return None
        quantity = self._quantity(period[3] + 1)
        if quantity is None or quantity.low > _MOST_OFTEN or self._unit(quantity.end) is not None:
            return None
        end = quantity.end + (self.kind(quantity.end) in {"times", "session"})
        value = frequency_of(quantity.low, period[0], period[2], quantity.high, period[1])
        return _Found((self._made("frequency", value, index, end),), end)

    def _unit_first(self, index: int) -> _Found | None:
        """ "Weeks altogether: 12", "Months: 6"."""
        if len(self.word(index)) < 5 or not self.word(index).endswith("s") or self.tokens[index].value == "d":
            return None
        at = index + 1 + (self.kind(index + 1) == "inall")
        if self.kind(at) not in {":", "="}:
            return None
        quantity = self._quantity(at + 1)
        unit = str(self.tokens[index].value)
        if quantity is None or quantity.times or unit == "h" or self.kind(quantity.end) in {"slash", "unit", "times"}:
            return None
        kind: TimeKind = "length" if unit == "min" else "duration"
        made = self._made(kind, lasting(quantity.low, unit, quantity.high), index, quantity.end, 0.9, before="for")
        return _Found((made,), quantity.end)

    def _days_of_month(self, index: int) -> _Found | None:
        """ "The 1st and the 15th of every month", "the first Monday of each month"."""
        at, days = index, 0
        while self.kind(at) == "ordinal":
            days += 1
            at += 1 + (self.kind(at + 1) == "weekday")
            while self.kind(at) in {",", "and", "the"} and self.kind(at) != "ordinal":
                at += 1
        if self.word(at) != "of" or self.kind(at + 1) not in {"every", "the"}:
            if self.kind(at) != "out":  # "of each", "of every", "of the" are one token
                return None
            unit = self._unit(at + 1)
        else:
            unit = self._unit(at + 2)
        if unit is None or unit[0] != "mo" or self.word(unit[2] - 1).endswith("s"):
            return None
        return self._often(index, unit[2], days, 1, "mo")

    def _amount(self, index: int) -> _Found | None:
        """A length with its period: "30 minutes a day", "one hour weekly", "45 min per session"."""
        span = self._span(index)
        hour_long = False
        if span is None and self._unit(index) and self.kind(index + 1) == "long" and self.tokens[index].value == "h":
            span, hour_long = _Span(1, None, "h", index + 2), True
        if span is None or span.unit not in _CLOCK_UNITS:
            return None
        minutes = span.value * (60 if span.unit == "h" else 1)
        if not 5 <= minutes <= _LONGEST_SESSION:
            return None
        end = span.end + (self.kind(span.end) == "long" and self.word(span.end + 1) != "term" and not hour_long)
        length = self._made("length", lasting(span.value, span.unit, span.high), index, span.end, 0.8)
        at = end
        if self.word(at) == "of":
            at += 1
            for _ in range(4):
                if self.kind(at) == "word" and self.word(at) not in _NO_FILLER:
                    at += 1
        if self.kind(at) == "times" and self.word(at) == "x":  # "60 min x 2/wk" is read from the number on
            return _Found((length,), end)
        if self.kind(at) in {"per", "slash", "every", "article"} and (
            self.kind(at + 1) in {"session", "times"} or self.word(at + 1) in {"ride", "swim", "massage", "sitting"}
        ):
            return _Found((replace(length, sure=1.0),), at + 2)
        if self.kind(end) == "every" and self._period(end, True) is None:
            return _Found((replace(length, sure=1.0),), end + 1)
        period = self._period(at, True)
        if period is None or (period[0] != 1 and period[2] == "d" and period[0] != 2):
            return _Found((length,), end)
        if period[2] in {"wk", "mo", "a"} and minutes > 120:
            return self._spread(index, period) or _Found((), period[3])  # spread, and nobody says how
        once = frequency_of(1, period[0], period[2], None, period[1])
        return _Found((length, self._made("frequency", once, index, period[3], 0.8, what="amount")), period[3])

    def _spread(self, index: int, period: tuple[float, float | None, str, int]) -> _Found | None:
        """ "150 minutes a week, divided over 3 sessions": three a week."""
        at = period[3] + (self.kind(period[3]) == ",")
        if not re.match(r"(?:divid|spread|split|spaced|distribut|broken|in$|as$|over$|across$)", self.word(at)):
            return None
        quantity = next((q for step in range(1, 4) if (q := self._quantity(at + step)) and not q.times), None)
        if quantity is None or not (self.kind(quantity.end) == "session" or self._rate_unit(quantity.end)):
            return None
        value = frequency_of(quantity.low, period[0], period[2], quantity.high)
        return _Found((self._made("frequency", value, index, quantity.end + 1, what="sessions"),), quantity.end + 1)

    # -- durations and counts ---------------------------------------------------------------------------------------

    def _lapse(self, index: int) -> _Found | None:
        """Days, weeks, months or years: "6 months", "a 12-week", "one year"."""
        slashed = self._slashed(index)
        if slashed is not None:
            return slashed
        span = self._span(index)
        if span is None or span.unit in _CLOCK_UNITS:
            return None
        if self.kind(span.end) == "apart" or (self.kind(index - 1) != "apart" and self._after_intervals(index)):
            end = span.end + (self.kind(span.end) == "apart")
            return self._often(index, end, 1, span.value, span.unit, period_max=span.high)
        value, high, unit, end = span
        if value > {"d": 1100, "wk": 160, "mo": 120, "a": 20}[unit] or value <= 0:
            return None
        if re.match(r"['’-]?s?[- ]?(?:old\b|of age\b|y/?o\b)", self.text[self.tokens[end - 1].end :], re.I):
            return None
        printed = self.text[self.tokens[index].start : self.tokens[end - 1].end]
        if end - index == 2 and len(self.word(end - 1)) == 1:
            if printed[-1:].isupper() and self._before(index) not in {"for", "x", "over"}:
                return None  # "129D" is part of a code
            if self.kind(end) == "slash":
                return None
        return _Found((self._made("duration", lasting(value, unit, high), index, end, 0.9),), end)

    def _after_intervals(self, index: int) -> bool:
        """ "At intervals of two weeks"."""
        return self.word(index - 1) == "of" and self.kind(index - 2) == "apart"

    def _slashed(self, index: int) -> _Found | None:
        """ "For 6/52": weeks as some write them; "x 3/12" months."""
        number, slash, under = (self.kind(index + step) for step in range(3))
        if (number, slash, under) != ("number", "slash", "number") or self._before(index) not in {"for", "x", "over"}:
            return None
        unit = {52: "wk", 12: "mo"}.get(self.tokens[index + 2].value)
        if unit is None:
            return None
        return _Found(
            (self._made("duration", lasting(self.tokens[index].value, unit), index, index + 3, 0.7),), index + 3
        )

    def _count(self, index: int) -> _Found | None:
        """A number of sessions: "12 sessions", "a total of 24 visits", "a dozen in all", "a 10-session package"."""
        at, total = index, False
        if self.kind(at) == "inall" and self.kind(at + 1) in {"word", ":", "number", "session"}:  # "total of 24"
            total, at = True, at + 1
            while self.word(at) in {"of", "number", ":"} or (
                self.kind(at) in {"session", ":", "break"} and at - index < 5
            ):
                at += 1
        quantity = self._quantity(at)
        if quantity is None or quantity.times or quantity.low != int(quantity.low):
            return None
        if quantity.low < 1 or (quantity.low < 2 and quantity.high is None):
            return None
        if quantity.low > 400:
            return None
        inner: list[Time] = []
        at, noun = quantity.end, ""
        at = self._past_brackets(at, inner)
        if self.kind(at) == "times":  # "12 x 45-minute sessions"
            span = self._span(at + 1)
            at = at + 1 if span and span.unit in _CLOCK_UNITS else at
        for _ in range(6):
            if self.kind(at) == "session":
                noun, at = self.word(at), at + 1
                break
            if self.kind(at) == "inall":
                break
            if self.kind(at) == "adverb" and len(self.tokens[at].value) == 1:
                return self._counted_rate(index, quantity, at, inner)
            after = self._filler(at, inner)
            if after is None or self.kind(at) in {"and", "or", "slash"}:
                break
            at = after
        if self.kind(at) == "times" and self.kind(at + 1) == "inall":  # "twenty-four times in all"
            at += 1
        in_all = self.kind(at) == "inall"
        if self._unit(at) is not None:
            return None  # "a total of eighteen months"
        if not noun and not in_all and not (total and at == quantity.end):
            return None
        single = noun in {"session", "visit", "class", "treatment", "appointment", "lesson", "workout", "meeting"}
        if single and self.kind(quantity.end) != "session" and not total:
            return None
        if (
            single
            and not re.match(
                r"\s*-?\s*(?:package|series|course|program|plan|block|pack|bundle|limit|regimen)",
                self.text[self.tokens[at - 1].end :],
                re.I,
            )
            and not total
        ):
            return None
        if self._period(at, True) is not None:
            return None  # "12 sessions a month" is a rate
        value: dict[str, Json] = {"count": int(quantity.low)}
        if quantity.high is not None:
            value["count_max"] = int(quantity.high)
        end = at + in_all
        sure = 1.0 if total or in_all else 0.9
        return _Found((self._made("frequency", value, index, end, sure, what=noun or "sessions"), *inner), end)

    def _counted_rate(self, index: int, quantity: _Quantity, at: int, inner: list[Time]) -> _Found | None:
        """ "3 weekly sessions"."""
        after, noun = at + 1, ""
        for _ in range(5):
            if self.kind(after) == "session":
                noun, after = self.word(after), after + 1
                break
            step = self._filler(after, inner)
            if step is None:
                break
            noun, after = self.word(after), step
        if not noun.endswith("s"):
            return None
        often, period, unit = self.tokens[at].value[0]
        value = frequency_of(quantity.low * often, period, unit, quantity.high)
        return _Found((self._made("frequency", value, index, after, what=noun), *inner), after)

    def _after_rate(self, found: list[Time], index: int) -> list[Time]:
        """ "3x/wk x 12": twelve of the rate's own unit, moved past by the next step."""
        if not found or found[-1].kind not in {"frequency", "length"} or self.kind(index) != "times":
            return []
        rate = next((t for t in reversed(found) if t.kind == "frequency" and isinstance(t.value, dict)), None)
        lone = self.kind(index + 1) == "number" and self._span(index + 1) is None
        if rate is None or not lone or self.word(index) != "x" or "period_unit" not in rate.value:
            return []
        counted = self.word(index + 2) in {"reps", "rep", "sets", "set", "laps", "min"}
        if (
            counted
            or self.kind(index + 2) in {"times", "slash", "session", "dash"}
            or self.tokens[index].start - rate.end > 4
        ):
            return []
        value = lasting(self.tokens[index + 1].value, rate.value["period_unit"])
        return [self._made("duration", value, index, index + 2, 0.6)]

    def _with_other_weeks(self, found: _Found) -> _Found:
        """ "Once a week, or twice in a bad week", "one a month, and in hard months two": the range of both."""
        rates = [t for t in found.times if t.kind == "frequency" and isinstance(t.value, dict) and "period" in t.value]
        if len(rates) != 1 or rates[0].value["frequency_max"] or rates[0].value["period"] != 1:
            return found
        rate, at = rates[0].value, found.end
        while self.kind(at) == "word" and at - found.end < 5 and self.word(at) not in _NO_FILLER:
            at += 1
        at += self.kind(at) == ","
        at += self.kind(at) in {"and", "or"} or self.word(at) in {"but", "perhaps", "even"}
        first = self._quantity(at)
        weeks = self._some_weeks(first.end + (self.kind(first.end) in {"times", "session"}) if first else at, rate)
        other = first or (self._quantity(weeks + (self.kind(weeks) == ",")) if weeks else None)
        if not weeks or other is None or other.high is not None:
            return found
        end = weeks if first else other.end + (self.kind(other.end) in {"times", "session"})
        low, high = sorted((float(rate["frequency"]), other.low))
        value = frequency_of(low, 1, str(rate["period_unit"]), high)
        stop = self.tokens[end - 1].end
        return (
            _Found(tuple(replace(t, value=value, end=stop) if t is rates[0] else t for t in found.times), end)
            if low < high
            else found
        )

    def _some_weeks(self, at: int, rate: Json) -> int | None:
        """The end of "in a bad week", "in weeks of flare": periods that are not as usual."""
        if self.word(at) not in {"in", "on", "during", "for"}:
            return None
        at += 1
        at += self.kind(at) in {"article", "the", "every"}
        adjectives = 0
        while self.kind(at) == "word" and adjectives < 3:
            adjectives, at = adjectives + 1, at + 1
        if self.kind(at) != "unit" or self.tokens[at].value != rate["period_unit"]:
            return None
        at += 1
        if self.word(at) in {"of", "when", "with"}:
            return at + 2
        return at if adjectives else None

    def _phase(self, index: int) -> _Found | None:
        """A part of the course: "weeks 1-4", "the first two months", "from week 7"."""
        kind = self.kind(index)
        if kind == "unit" and self.tokens[index].value in {"wk", "mo", "d"} and self.kind(index + 1) in {"number", "#"}:
            at = index + 1 + (self.kind(index + 1) == "#")
            if self.kind(at) != "number":
                return None
            quantity = self._quantity(at)
            if quantity is None:
                return None
            low, high, end = quantity.low, quantity.high, quantity.end
            if high is None and self.kind(end) in {"through", "and"}:
                last = self._number(end + 1)
                if last and last[0] > low:
                    high, end = last[0], last[1]
            if high is None and self.kind(end) in {"dash", "through", "to"}:
                unit = self._unit(end + 1)
                last = self._number(unit[2]) if unit and unit[0] == self.tokens[index].value else None
                if last and last[0] > low:
                    high, end = last[0], last[1]
            onwards = self.word(end) in {"on", "onward", "onwards", "forward", "and", "+"} or self._before(index) in {
                "from",
                "after",
            }
            before = self._before(index)
            if high is None and not onwards and (before in _POINTS or (low != 1 and before not in {"", ":", ","})):
                return None
            value = None if high is None else lasting(high - low + 1, self.tokens[index].value)
            if value is None and not onwards:
                value = lasting(1, self.tokens[index].value)
            return _Found((self._made("phase", value, index, end, 0.9),), end)
        if kind in {"opening", "ordinal"} and self.word(index) not in {"another", "additional", "subsequent"}:
            at = index + 1
            quantity = self._quantity(at)
            if quantity is not None and not quantity.times:
                unit = self._unit(quantity.end)
                if unit is None or unit[0] in _CLOCK_UNITS:
                    return None
                value = lasting(quantity.low * unit[1], unit[0], quantity.high)
                whole = self.word(index) in {"next", "following"}
                made = self._made(
                    "duration" if whole else "phase",
                    value,
                    index,
                    unit[2],
                    0.9,
                    before="" if not whole else self._before(index),
                )
                return _Found((made,), unit[2])
            unit = self._unit(at)
            if (
                unit
                and unit[0] in {"wk", "mo"}
                and not self.word(at).endswith("s")
                and self.word(index) in {"first", "opening", "initial", "second", "third", "last", "final"}
            ):
                return _Found((self._made("phase", lasting(unit[1], unit[0]), index, unit[2], 0.8),), unit[2])
        return None

    def _end(self, index: int) -> _Found | None:
        """Until when: a named day, a condition, or without end."""
        token = self.tokens[index]
        ended = named_end(self.text, token.start, self.written)
        if ended is not None:
            end = self._token_at(ended.end)
            made = Time(
                "duration", ended.value, token.start, ended.end, 0.85, ended.readings, needs_label=ended.needs_label
            )
            return _Found((made,), max(end, index + 1))
        opened = open_end_at(self.text, token.start)
        if opened is not None:
            made = Time("duration", {"indefinite": True}, token.start, opened[0], 0.95, needs_label=opened[1])
            return _Found((made,), max(self._token_at(opened[0]), index + 1))
        condition = condition_at(self.text, token.start)
        if condition is not None:
            value, end_at = condition
            made = Time("duration", {"until_condition": value}, token.start, end_at, 0.85)
            return _Found((made,), max(self._token_at(end_at), index + 1))
        return None

    def _token_at(self, offset: int) -> int:
        return next((i for i, t in enumerate(self.tokens) if t.start >= offset), len(self.tokens))


_DAY_LETTERS = re.compile(
    r"(?:M\s?/\s?W\s?/\s?F|MWF|M,\s?W,?\s?(?:&|and)?\s?F|M-W-F|T/Th|T,\s?Th|TTh|Tu/Th|Tu-Th|T-Th|T/R|M/W|W/F|M/Th|T/F|"
    r"M/F|M\s?&\s?W|M\s?&\s?Th|T\s?&\s?Th)(?![\w/])"
)


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
        place = rates.index(time)
        before, after = (rates[at] if 0 <= at < len(rates) else None for at in (place - 1, place + 1))
        if time.value is None and time.readings:
            beside = (o for o in rates if o.value in time.readings and _near(text, time, o))
            if any(beside):
                continue
            fits = [r for r in time.readings if before and after and _much(before) >= _often(r) >= _much(after) > 0]
            kept.append(replace(time, value=fits[0], readings=()) if len(fits) == 1 else time)
        elif time.at_most and any(_much(other) and not other.at_most for other in rates):
            continue
        elif after is None or not _SAME_AGAIN.search(text, time.end, after.start):
            kept.append(time)
    return kept


def _near(text: str, one: Time, other: Time) -> bool:
    return len(text[min(one.end, other.end) : max(one.start, other.start)].split()) <= 3


def _much(time: Time) -> float:
    return _often(time.value) if isinstance(time.value, dict) else 0.0


def _often(value: Json) -> float:
    """How often a day; 0 where the value is no rate."""
    if not isinstance(value, dict) or "period" not in value:
        return 0.0
    days = {"d": 1, "wk": 7, "mo": 30.4, "a": 365}[value["period_unit"]]
    return float(value["frequency"]) / (float(value["period"]) * days)


__all__ = ["SESSIONS", "Time", "TimeKind", "frequency_of", "lasting", "plain", "times"]
