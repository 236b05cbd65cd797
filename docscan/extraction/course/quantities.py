"""Quantities and stretches of time among tokens: a number with its range and hedge; with a unit, a stretch."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from docscan.document import Json
from docscan.extraction.course.times import Time, TimeKind, frequency_of
from docscan.extraction.course.tokens import Token, tokens


class Quantity(NamedTuple):
    """`bound`: "max" or "min" where only one bound is told."""

    low: float
    high: float | None
    end: int
    times: bool = False


class Stretch(NamedTuple):
    value: float
    high: float | None
    unit: str
    end: int


class Made(NamedTuple):
    """What a production made of the tokens up to `end`."""

    times: tuple[Time, ...]
    end: int


CLOCK_UNITS = frozenset(("min", "h"))
NO_FILLER = frozenset(
    "is are was were be been has have had will would should can may must for by until till because since if but who"
    " which that when while she he they it i we you then not no to from than before after mg mcg lb lbs pounds pound"
    " kg g ml units iu percent degrees feet miles mile steps calories grams tablet tablets capsule capsules tabs tab"
    " puffs puff drops drop sprays spray pills pill cm inches oz ounces liters litres reps laps points do does"
    " seen takes take on at about as each mmhg mmol bpm lux watts watt hz khz nm joules volts psi rpm mph kcal cal"
    " floz oz fl ounce cups cup servings fluid".split()
)
"""Words that never stand between a number and what is done so often."""
DOES = frozenset("should will to must shall may can would could might not sessions visits they".split())
"""Words after which "last" is a verb."""
MOST_OFTEN = 60
_ONE_OF = frozenset("hour day week month year".split())
_IN_SMALLER: Mapping[tuple[str, str], tuple[str, float, float]] = {
    ("min", "h"): ("min", 1, 60), ("h", "min"): ("min", 60, 1), ("d", "wk"): ("d", 1, 7), ("wk", "d"): ("d", 7, 1),
    ("mo", "a"): ("mo", 1, 12), ("a", "mo"): ("mo", 12, 1),
}  # fmt: skip
"""The unit in which two units are told together, and how many of it each is."""


class Quantities:
    """The tokens of a text, and the quantities and stretches of time among them, each from the index of its first."""

    def __init__(self, text: str, written: date | None) -> None:
        self.text = text
        self.written = written
        self.tokens: Sequence[Token] = tokens(text)
        self.kinds = [token.kind for token in self.tokens]
        self._length = len(self.kinds)

    def kind(self, index: int) -> str:
        return self.kinds[index] if 0 <= index < self._length else ""

    def word(self, index: int) -> str:
        return self.tokens[index].word if 0 <= index < len(self.tokens) else ""

    def _made(self, kind: TimeKind, value: Json, first: int, end: int, sure: float = 1.0, **more: object) -> Time:
        start, stop = self.tokens[first].start, self.tokens[end - 1].end
        return Time(kind, value, start, stop, sure, **more)  # type: ignore[arg-type]

    def _often(
        self, index: int, end: int, often: float, period: float, unit: str, *, period_max: float | None = None,
        sure: float = 0.9,
    ) -> Made:  # fmt: skip
        value = frequency_of(often, period, unit, None, period_max)
        times = [self._made("frequency", value, index, end, sure)]
        return Made(tuple(times), end)

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
        if token.word == "last" and at and self.word(at - 1) in DOES:
            return "lasts"
        if token.kind in {"times", "for", "to", "through", "until", "then", "every"}:
            return token.word
        return token.word if token.kind in {"word", ":", ",", "(", "other", "opening", "dash"} else ""

    def _token_at(self, offset: int) -> int:
        return next((i for i, t in enumerate(self.tokens) if t.start >= offset), len(self.tokens))

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
            more = [self.kind(index + step) for step in (1, 2, 3)] == ["and", "article", "half"]
            return (18.0, index + 4) if more else (12.0, index + 1)
        if kind == "couple":
            return 2.0, index + 1 + (self.word(index + 1) == "of")
        return None

    def _quantity(self, index: int) -> Quantity | None:
        """A number with its hedges and its range: "2-3", "two or three", "no fewer than two nor more than three"."""
        at, between, times = index, False, False
        while self.kind(at) in {"about", "min", "max", "between"} or (self.word(at) in {"of", "the"} and at > index):
            between = between or self.kind(at) == "between"
            at += 1 + (self.kind(at + 1) == "." and self.word(at) in {"max", "min", "approx"})
        first = self._one(at)
        if first is None:
            return None
        low, end, times = first
        joint = end
        if self.kind(joint) == "times" and self.kind(joint + 1) in {"dash", "to", "or"}:
            joint += 1  # "2x - 3x a week"
        if (self.kind(joint) == "," and self.kind(joint + 1) in {"and", "max", "hoped"}) or self.word(joint) in {
            "nor",
            "but",
        }:
            joint += 1
        step = joint
        if (
            self.kind(joint) in {"dash", "to", "or"}
            or (between and self.kind(joint) in {"and", "through"})
            or (self.kind(joint) == "and" and self.kind(joint + 1) in {"max", "hoped"})
        ):
            step = joint + 1
        hedged = step
        while self.kind(hedged) in {"max", "about", "hoped"} or (hedged > step and self.word(hedged) == "of"):
            hedged += 1
        if step > joint or hedged > step:
            second = self._one(hedged)
            if second is not None and second[0] > low:
                return Quantity(low, second[0], second[1], times or second[2])
        return Quantity(low, None, end, times)

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
            if self.text[token.end : token.end + 1] == "+" and self.text[token.start].isupper():
                return None  # "Stage 3 HR+"
            if len(token.word) == 1 and not (token.tight or self._letter_of_unit(index)):
                return None
            return token.value, 1, index + 1 + (self.kind(index + 1) == "." and self._abbreviated(index))
        if kind == "fortnight":
            return "wk", 2, index + 1
        if kind == "quarter" and self.kind(index - 1) == "number":
            told = self.kind(index - 2) == "for" or self.kind(index + 1) in {"", ".", ",", ";", ")", "break"}
            return None if not told or self.word(index + 1) in {"of", "hour", "hours"} else ("mo", 3, index + 1)
        if token.word in {"quarter", "qtr"} and self.kind(index - 1) in {"slash", "per", "every", "article", "the"}:
            hourly = self.word(index + 1) in {"of", "hour", "hr"} or self.kind(index - 2) in {"and", "number"}
            return None if hourly else ("mo", 3, index + 1)
        return None

    def _letter_of_unit(self, index: int) -> bool:
        """ "x 90 d.", "1 h, then": a lone letter after a number, in lower case and with nothing that it could name."""
        if self.kind(index - 1) in {"slash", "q", "per"} or (self.kind(index - 1), self.kind(index - 2)) == (
            "number",
            "q",
        ):
            return True
        token = self.tokens[index]
        closed = re.match(r"\s*(?:[.,;)]|$)|\s+(?:[x/]|per|each)\b", self.text[token.end :])
        return self.kind(index - 1) == "number" and self.text[token.start].islower() and closed is not None

    def _abbreviated(self, index: int) -> bool:
        """ "12 wks. of": the point belongs to the word, where a word in lower case or a number follows."""
        after = self.tokens[index + 2] if index + 2 < len(self.tokens) else None
        return len(self.word(index)) <= 4 and after is not None and not self.text[after.start].isupper()

    def _rate_unit(self, index: int) -> bool:
        return self.kind(index) == "unit" and self.tokens[index].value in {"d", "wk", "mo", "a"}

    def _span(self, index: int) -> Stretch | None:
        """A length of time: "6 to 8 weeks", "an hour and a half", "a year", "1 hr 30 min"."""
        found = self._half_unit(index) or self._counted_unit(index)
        if found is None:
            return None
        return self._ranged(self._longer(found), between=self.kind(index) == "between")

    def _half_unit(self, index: int) -> Stretch | None:
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
        if unit is None or (quartered and unit[0] not in {"h", "a"}):
            return None
        if unit[0] == "a":
            return Stretch(12 * share, None, "mo", unit[2])
        return Stretch(share * unit[1], None, unit[0], unit[2])

    def _counted_unit(self, index: int) -> Stretch | None:
        quantity = self._quantity(index)
        if quantity is not None and not quantity.times:
            at = quantity.end
            at += self.kind(at) == "," and quantity.high is not None
            at += self.kind(at) == "full" or self.word(at) == "additional"
            unit = self._unit(at)
            if unit is None or not quantity.low:
                return None
            name, factor, end = unit
            high = None if quantity.high is None else quantity.high * factor
            return Stretch(quantity.low * factor, high, name, end)
        at = index
        while self.kind(at) in {"about", "min", "max"}:
            at += 1
        article = at
        at += self.kind(at) in {"article", "the"}
        one = at > article and self.kind(article) == "article"
        if self.kind(at) == "opening" and self.word(at) in {"next", "following", "additional", "another", "coming"}:
            one = one or at > article or self.kind(index - 1) == "for" or self.kind(at - 1) == "for"
            at += 1
        if self.kind(at) == "full" and (one or self.word(at) in {"full", "whole", "entire"}):
            one, at = True, at + 1
        unit = self._unit(at) if one else None
        if unit is None or (self.word(at).endswith("s") and unit[0] not in {"h"} and self.kind(at) != "fortnight"):
            return None
        return Stretch(unit[1], None, unit[0], unit[2])

    def _longer(self, span: Stretch) -> Stretch:
        """ "... and a half", "... and three months", "... to 8 weeks"."""
        value, high, unit, end = span
        at = end + (self.kind(end) in {"and", ","})
        half = at + (self.kind(at) == "article")
        if at > end and self.kind(half) == "half" and self._unit(half + 1 + (self.kind(half + 1) == "article")) is None:
            return Stretch(value + 0.5, high, unit, half + 1)
        if unit == "h" and self.kind(half) == "quarter" and half > at > end:
            return Stretch(value + 0.25, high, unit, half + 1)
        second = self._number(at) if high is None else None
        smaller = {"h": ("min", 60), "a": ("mo", 12)}.get(unit)
        inner = self._unit(second[1]) if second else None
        if second and inner and smaller and inner[0] == smaller[0] and second[0] < smaller[1]:
            return Stretch(value * smaller[1] + second[0], None, smaller[0], inner[2])
        return span

    def _ranged(self, span: Stretch, *, between: bool) -> Stretch:
        """ "Between 45 minutes and an hour", "a week or two", "6 months to a year": in the smaller of two units."""
        value, high, unit, end = span
        if high is None and (wider := self._at_most_after(span)) is not None:
            return wider
        joined = self.kind(end) in {"dash", "to", "or"} or (between and self.kind(end) == "and")
        if high is not None or not joined:
            return span
        other = self._half_unit(end + 1) or self._counted_unit(end + 1)
        if other is None:
            bare = self._number(end + 1)
            counted = bare is not None and bare[0] == 2 and value == 1 and self.word(end - 1) in _ONE_OF  # "or two"
            return Stretch(1, 2, unit, bare[1]) if bare and counted and self.kind(bare[1]) != "times" else span
        other = self._longer(other)
        smaller, first, second = _IN_SMALLER.get((unit, other.unit), (unit, 1, 1 if unit == other.unit else 0))
        low, top = value * first, (other.high or other.value) * second
        return Stretch(low, top, smaller, other.end) if top > low else span

    def _at_most_after(self, span: Stretch) -> Stretch | None:
        """ "45 min minimum, 60 max", "at least 30 minutes, at most 45": the range of both."""
        at = span.end
        at += self.kind(at) == "min"
        if at == span.end and self.kind(at) != ",":
            return None
        at += self.kind(at) == ","
        at += self.kind(at) == "and" or self.word(at) == "but"
        leading = self.kind(at) == "max"
        most = self._number(at + leading)
        unit = self._unit(most[1]) if most else None
        end = unit[2] if unit else most[1] if most else at
        closed = leading or self.kind(end) == "max"
        if most is None or not closed or (unit and unit[0] != span.unit) or most[0] <= span.value:
            return None
        if leading and unit is None and self.kind(end) not in {"", ".", ",", ";", ")", "break"}:
            return None  # "12 weeks, at most 20 sessions"
        return Stretch(span.value, most[0], span.unit, end + (not leading))
