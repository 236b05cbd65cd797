"""How long and how many: durations, numbers of sessions, parts of a course, ends."""

from __future__ import annotations

import re

from docscan.document import Json
from docscan.extraction.course.ends import condition_at, event_at, named_end, open_end_at
from docscan.extraction.course.quantities import CLOCK_UNITS, DOES, Made, Quantity, Stretch
from docscan.extraction.course.rates import Rates
from docscan.extraction.course.times import Time, TimeKind, frequency_of, lasting

MOST_SESSIONS = 400
_MOST_BY_ONE = 5
"""More "weekly sessions" than these are a number of them, one a week."""
_POINTS = frozenset("by at within after since ago before in during week weeks month months day days".split())


class Spans(Rates):
    """Productions of what a course lasts and what it counts."""

    def _lapse(self, index: int) -> Made | None:
        """Days, weeks, months or years: "6 months", "a 12-week", "one year"."""
        slashed = self._slashed(index)
        if slashed is not None:
            return slashed
        span = self._span(index)
        if span is None or span.unit in CLOCK_UNITS:
            return None
        if self.kind(span.end) == "apart" or (self.kind(index - 1) != "apart" and self._after_intervals(index)):
            end = span.end + (self.kind(span.end) == "apart")
            return self._often(index, end, 1, span.value, span.unit, period_max=span.high)
        open_ = self._unlike(index, span)
        if open_ is not None:
            return open_
        value, high, unit, end = span
        if value * 2 % 1 or (high or 0) * 2 % 1:
            return None  # "24.8 months" is a measured time
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
        return Made((self._made("duration", lasting(value, unit, high), index, end, 0.9),), end)

    def _unlike(self, index: int, span: Stretch) -> Made | None:
        """ "Six weeks to three months": no unit holds both, so either end is a reading."""
        if span.high is not None or self.kind(span.end) not in {"dash", "to", "or"}:
            return None
        other = self._counted_unit(span.end + 1)
        if other is None or (span.unit, other.unit) not in {("wk", "mo"), ("d", "mo"), ("wk", "a"), ("mo", "wk")}:
            return None
        readings = (lasting(span.value, span.unit), lasting(other.value, other.unit, other.high))
        return Made((self._made("duration", None, index, other.end, 0.8, readings=readings),), other.end)

    def _after_intervals(self, index: int) -> bool:
        """ "At intervals of two weeks"."""
        return self.word(index - 1) == "of" and self.kind(index - 2) == "apart"

    def _slashed(self, index: int) -> Made | None:
        """ "For 6/52": weeks as some write them; "x 3/12" months."""
        number, slash, under = (self.kind(index + step) for step in range(3))
        if (number, slash, under) != ("number", "slash", "number") or self._before(index) not in {"for", "x", "over"}:
            return None
        unit = {52: "wk", 12: "mo"}.get(self.tokens[index + 2].value)
        if unit is None:
            return None
        return Made(
            (self._made("duration", lasting(self.tokens[index].value, unit), index, index + 3, 0.7),), index + 3
        )

    def _unit_first(self, index: int) -> Made | None:
        """ "Weeks altogether: 12", "Months: 6"."""
        if len(self.word(index)) < 5 or not self.word(index).endswith("s") or self.tokens[index].value == "d":
            return None
        at = (
            index
            + 1
            + (self.kind(index + 1) == "inall" or self.word(index + 1) in {"each", "apiece", "needed", "ordered"})
        )
        filled = self.kind(at) == "number" and self.text[self.tokens[at].start - 1] == "_"  # "Months _3_"
        if self.kind(at) not in {":", "="} and not filled:
            return None
        quantity = self._quantity(at + (not filled))
        unit = str(self.tokens[index].value)
        if quantity is None or quantity.times or unit == "h" or self.kind(quantity.end) in {"slash", "unit", "times"}:
            return None
        kind: TimeKind = "length" if unit == "min" else "duration"
        made = self._made(kind, lasting(quantity.low, unit, quantity.high), index, quantity.end, 0.9, before="for")
        return Made((made,), quantity.end)

    def _count(self, index: int) -> Made | None:
        """A number of sessions: "12 sessions", "a total of 24 visits", "a dozen in all", "a 10-session package"."""
        at, total = index, False
        if self.kind(at) == "inall" and self.kind(at + 1) in {"word", ":", "number", "session"}:  # "total of 24"
            total, at = True, at + 1
            while self.word(at) in {"of", "number", ":"} or (
                self.kind(at) in {"session", ":", "break"} and at - index < 5
            ):
                at += 1
        if (
            self.kind(at) == "session"
            and self._is_plural(at)
            and (self.kind(at + 1) in {":", "="} or (self.kind(at + 1) == "dash" and self.word(at - 1) == "of"))
        ):
            return self._listed_count(at)
        more = self.kind(at) == "opening" and self.word(at) in {"another", "additional", "further"}
        quantity = self._quantity(at + more)
        if more and quantity is not None and self.kind(quantity.end) != "session":
            return self._so_many_more(index, quantity)
        if quantity is None or quantity.times or quantity.low != int(quantity.low):
            return None
        if not more and (pointed := self._of_them(index, quantity)) is not None:
            return pointed
        if quantity.low < 1 or (quantity.low < 2 and quantity.high is None):
            return None
        if quantity.low > MOST_SESSIONS:
            return None
        inner: list[Time] = []
        at, noun = quantity.end, ""
        at = self._past_brackets(at, inner)
        if self.kind(at) == "times":  # "12 x 45-minute sessions"
            span = self._span(at + 1)
            at = at + 1 if span and span.unit in CLOCK_UNITS else at
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
        value = _counted(quantity)
        end = at + in_all
        sure = 1.0 if total or in_all else 0.9
        return Made((self._made("frequency", value, index, end, sure, what=noun or "sessions"), *inner), end)

    def _is_plural(self, index: int) -> bool:
        return self.word(index).endswith("s") and not self.word(index).endswith("ss")

    def _of_them(self, index: int, quantity: Quantity) -> Made | None:
        """ "Twelve of them": so many of what was named before; "each of them" and "one of them" count nothing."""
        at = quantity.end
        if (
            self.word(at) != "of"
            or self.word(at + 1) not in {"them", "these", "those"}
            or quantity.low < 2
            or self.word(index - 1) == "on"
        ):
            return None
        if self.kind(at + 2) not in {"", ",", ".", ";", ")", "for", "word", "and", "through", "until", "inall"}:
            return None
        return Made((self._made("frequency", _counted(quantity), index, at + 2, 0.75, what="sessions"),), at + 2)

    def _so_many_more(self, index: int, quantity: Quantity) -> Made | None:
        """ "Needs another 10": of the sessions that were told before."""
        if quantity.times or not 2 <= quantity.low <= MOST_SESSIONS or quantity.low % 1:
            return None
        end = quantity.end + 2 * (self.word(quantity.end) == "of" and self.word(quantity.end + 1) in {"them", "these"})
        if self.kind(end) not in {"", ",", ".", ";", ")", "break"}:
            return None
        return Made((self._made("frequency", _counted(quantity), index, end, 0.7, what="sessions"),), end)

    def _home_visits(self, index: int) -> Made | None:
        """ "3w2, 2w4": three a week for two weeks, as home care writes its orders."""
        number, unit, lasts = index, index + 1, index + 2
        if [self.kind(i) for i in (number, unit, lasts)] != ["number", "unit", "number"]:
            return None
        if not (self.tokens[unit].tight and self.tokens[lasts].tight) or self.word(unit) not in {"w", "wk", "m", "mo"}:
            return None
        if self.tokens[number].tight or self.kind(index - 1) == "slash" or self.kind(lasts + 1) in {"unit", "slash"}:
            return None
        often, long, name = self.tokens[number].value, self.tokens[lasts].value, str(self.tokens[unit].value)
        if not (1 <= often <= 14 and 1 <= long <= 60):
            return None
        rate = self._made("frequency", frequency_of(often, 1, name), number, unit + 1, 0.9)
        return Made((rate, self._made("duration", lasting(long, name), lasts, lasts + 1, 0.9, before="for")), lasts + 1)

    def _listed_count(self, index: int) -> Made | None:
        """ "Sessions: 24"."""
        quantity = self._quantity(index + 2)
        if quantity is None or quantity.times or not 2 <= quantity.low <= MOST_SESSIONS or quantity.low % 1:
            return None
        after = quantity.end
        if self.kind(after) in {"times", "slash", "adverb", "unit", "per", "every", "article", "latin", "hoped", ","}:
            return None
        if self.word(after) in {"of", "out of"}:
            return None  # "Visits: 3 of 20 authorized" counts what is used up
        value = _counted(quantity)
        return Made((self._made("frequency", value, index, after, 0.9, what=self.word(index)),), after)

    def _counted_rate(self, index: int, quantity: Quantity, at: int, inner: list[Time]) -> Made | None:
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
        if quantity.low > _MOST_BY_ONE and unit != "a":  # "twelve weekly sessions": so many in all
            count = self._made("frequency", _counted(quantity), index, at, what=noun)
            rate = self._made("frequency", frequency_of(often, period, unit), at, after, 0.9, what=noun)
            return Made((count, rate, *inner), after)
        value = frequency_of(quantity.low * often, period, unit, quantity.high)
        return Made((self._made("frequency", value, index, after, what=noun), *inner), after)

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

    def _phase(self, index: int) -> Made | None:
        """A part of the course: "weeks 1-4", "the first two months", "from week 7"."""
        kind = self.kind(index)
        if kind == "the" and (self.kind(index + 2) == "then" or self.word(index + 2) in {"after", "following"}):
            unit = self._unit(index + 1)
            if unit and unit[0] in {"wk", "mo"} and unit[2] == index + 2:  # "the month after that"
                return Made((self._made("phase", lasting(unit[1], unit[0]), index, index + 3, 0.8),), index + 3)
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
            if high is None and not onwards and (before in _POINTS or (low != 1 and before not in {"", ":", ",", "-"})):
                return None
            value = None if high is None else lasting(high - low + 1, self.tokens[index].value)
            if value is None and not onwards:
                value = lasting(1, self.tokens[index].value)
            return Made((self._made("phase", value, index, end, 0.9),), end)
        lasts = self.word(index) == "last" and self.word(index - 1) in DOES  # a verb: "should last 16 weeks"
        if (
            kind in {"opening", "ordinal"}
            and self.word(index) not in {"another", "additional", "subsequent"}
            and not lasts
        ):
            at = index + 1
            quantity = self._quantity(at)
            if quantity is not None and not quantity.times:
                unit = self._unit(quantity.end)
                if unit is None or unit[0] in CLOCK_UNITS:
                    return None
                value = lasting(quantity.low * unit[1], unit[0], quantity.high)
                whole = self.word(index) in {"next", "following", "coming"}
                made = self._made(
                    "duration" if whole else "phase",
                    value,
                    index,
                    unit[2],
                    0.9,
                    before="" if not whole else self._before(index),
                )
                return Made((made,), unit[2])
            ordinals = 1
            while kind == "ordinal" and self.kind(at) in {"and", ",", "dash", "to"} and self.kind(at + 1) == "ordinal":
                first, last = self.tokens[index].value, self.tokens[at + 1].value
                ordinals, at = (last - first + 1 if self.kind(at) in {"dash", "to"} else ordinals + 1), at + 2
            unit = self._unit(at)
            if ordinals > 1 and unit and unit[0] in {"wk", "mo"}:
                made = self._made("phase", lasting(ordinals * unit[1], unit[0]), index, unit[2], 0.8)
                return Made((made,), unit[2])
            if (
                unit
                and unit[0] in {"wk", "mo"}
                and not self.word(at).endswith("s")
                and self.word(index) in {"first", "opening", "initial", "second", "third", "last", "final"}
            ):
                return Made((self._made("phase", lasting(unit[1], unit[0]), index, unit[2], 0.8),), unit[2])
        return None

    def _end(self, index: int) -> Made | None:
        """Until when: a named day, a condition, or without end."""
        token = self.tokens[index]
        ended = named_end(self.text, token.start, self.written)
        event = event_at(self.text, token.start)
        if event is not None and (ended is None or ended.end < event[1]):
            day, end_at = event
            return Made((Time("duration", {"until": day}, token.start, end_at, 0.85),), self._token_at(end_at))
        if ended is not None:
            end = self._token_at(ended.end)
            made = Time(
                "duration", ended.value, token.start, ended.end, 0.85, ended.readings, needs_label=ended.needs_label
            )
            return Made((made,), max(end, index + 1))
        opened = open_end_at(self.text, token.start)
        if opened is not None:
            made = Time("duration", {"indefinite": True}, token.start, opened[0], 0.95, needs_label=opened[1])
            return Made((made,), max(self._token_at(opened[0]), index + 1))
        condition = condition_at(self.text, token.start)
        if condition is not None:
            value, end_at = condition
            made = Time("duration", {"until_condition": value}, token.start, end_at, 0.85)
            return Made((made,), max(self._token_at(end_at), index + 1))
        return None


def _counted(quantity: Quantity) -> dict[str, Json]:
    value: dict[str, Json] = {"count": int(quantity.low)}
    if quantity.high is not None:
        value["count_max"] = int(quantity.high)
    return value
