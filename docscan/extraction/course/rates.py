"""So many of something in a period: "2-3 sessions of 45 min per week", "visits/wk: 2", "30 minutes a day"."""

from __future__ import annotations

import re
from dataclasses import replace

from docscan.document import Json
from docscan.extraction.course.quantities import CLOCK_UNITS, MOST_OFTEN, NO_FILLER, Made, Quantities, Quantity, Stretch
from docscan.extraction.course.times import Time, frequency_of, hours_of, lasting, plain

_MORE_IF = re.compile(
    r"(?:\s+(?:as (?:the |a )?(?:floor|minimum|base(?:line)?|start)|at (?:the )?(?:minimum|least|first)|minimum|"
    r"to start(?: with)?))?"
    r"\s*[,;:(–—-]*\s*(?:(?:and|or|but|perhaps|maybe|even|then|up to|moving to|rising to|going to)\s+)*"
    r"(?P<cap>(?<=and )(?:no|not|never) more than\s+|(?<=but )(?:no|not|never) more than\s+|(?<=and )at "
    r"most\s+)?(?P<hoped>(?:ideally|preferably|optimally|better)\s+)?(?P<often>\w+)(?:\s*(?:x|times|sessions|visits|"
    r"days|"
    r"classes))?"
    r"(?:\s+(?:a|per|each)\s+week)?"
    r"(?P<if>\s+(?:if|when|where|whenever|as|should|provided|once|wherever)\s+(?!needed|necessary|required|well\b|"
    r"part\b|a\b|an\b|of\b|"
    r"follows|described|outlined|above|soon)[^.;,)\n]{3,40})?\)?",
    re.IGNORECASE,
)
_BEST_WOULD_BE = re.compile(
    r"(?:\s+(?:at (?:the )?(?:minimum|least|first)|minimum|as (?:the |a )?(?:floor|minimum|base(?:line)?)|"
    r"to start(?: with)?))?"
    r"\s*[,;:(–—-]*\s*(?:(?:and|or|but|though|although|while)\s+)*(?:(?:with|aiming (?:for|at)|working (?:up )?to|"
    r"building (?:up )?to|hoping for)\s+)?(?P<often>\w+)(?:\s*(?:x|times|sessions|visits|days|classes))?"
    r"(?:\s+(?:a|per|each)\s+week)?\s+(?:(?:being|is|are|as|would be|will be|to be)\s+)?"
    r"(?:(?:the|our|my|an?|even|far|still|her|his)\s+)*"
    r"(?:ideal|goal|better|best|preferable|preferred|optimal|optimum|target|aim|hope|wish|perfect)\b(?!\s+(?:of|for|to)\b)",
    re.IGNORECASE,
)
"""Of "at least twice a week, three times being the ideal": what is hoped for, told behind."""
_AT_MOST = re.compile(
    r"\s*,\s*(?:(?:and|but)\s+)?(?:a\s+)?(?:max(?:imum)?\.?|at (?:the )?most)(?:\s+of)?\s+(?P<often>\w+)"
    r"(?:\s+times)?(?=\s*(?:[.;)\n]|$))",
    re.IGNORECASE,
)
"""Of "minimum 2 per week, maximum 4"."""
_DAYS_OF_WEEK = 7
_COUNTED = re.compile(
    r"\b(?:sessions|visits|classes|treatments|appointments|lessons|workouts|meetings)"
    r"(?:\s+(?:in all|in total|total|altogether))?\s*[,;:(–—/-]?\s*"
    r"(?:(?:to be |being |which are |are )?(?:held|given|taken|scheduled|delivered|spaced|attended|provided|done|"
    r"run|used|booked|"
    r"planned)\s+)?(?:at|of|at (?:a|the) (?:rate|pace) of)?\s*\Z",
    re.IGNORECASE,
)
"""Of "36 sessions, 3 weekly": what is so many a week is counted just before."""
_CLOSES = re.compile(r"\s*(?:[.,;)\n]|$)")
_LONGEST_SESSION = 300  # minutes
_HOURS_OF_A_DAY = 24
_MOST_HOURS = 60
"""So many hours a week at most are an amount of treatment."""


class Rates(Quantities):
    """Productions that count something in a period."""

    def _rate(self, index: int) -> Made | None:
        """So many of something in a period: "2-3 sessions of 45 min per week", "once a month", "a visit every 2 wk"."""
        quantity = self._quantity(index)
        article = False
        if quantity is None:
            if self.kind(index) != "article":
                return None
            quantity, article = Quantity(1, None, index + 1), True
        if quantity.low > MOST_OFTEN or quantity.low != int(quantity.low) or quantity.low < 1:
            return None
        inner: list[Time] = []
        at, what, times = quantity.end, "", quantity.times
        at += quantity.high is not None and self.kind(at) == "," and self.kind(at + 1) in {"word", "session", "times"}
        if times and self.word(at) == "in" and (spread := self._in_so_long(index, quantity, at + 1)) is not None:
            return spread
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
                return Made((self._made("frequency", value, index, end, what=what), *inner), end)
            after = self._filler(at, inner)
            if after is None or (article and step == 0 and self.kind(at) not in {"word", "session", "number", "unit"}):
                return None
            if self.kind(at) in {"word", "session", "unit", "of"} or self.kind(at) == "daypart":
                what = self.word(after - 1)
            at = after
        return None

    def _in_so_long(self, index: int, quantity: Quantity, at: int) -> Made | None:
        """ "Once in ten days"; twelve sessions in six weeks are a number of them."""
        number = self._number(at)
        unit = self._unit(number[1]) if number else None
        if number is None or unit is None or unit[0] in CLOCK_UNITS:
            return None
        value = frequency_of(quantity.low, number[0] * unit[1], unit[0], quantity.high)
        return Made((self._made("frequency", value, index, unit[2]),), unit[2])

    def _bare_number(self, index: int, quantity: Quantity, at: int) -> Made | None:
        """ "2 weekly": two a week, or every two weeks."""
        often, period, unit = self.tokens[at].value[0]
        if self.kind(at + 1) in {"session", "word"} and self._filler(at + 1, []) is not None:
            return None  # "3 weekly sessions"
        if quantity.low == 1:
            value = frequency_of(often, period, unit, quantity.high)  # "1-2 weekly"
            return Made((self._made("frequency", value, index, at + 1, 0.9),), at + 1)
        if self.kind(index) in {"min", "max", "hoped"} or (
            self.kind(index - 1) == "times" and self.tokens[index].tight
        ):
            value = frequency_of(quantity.low, period, unit, quantity.high)  # "minimum two, ideally three weekly"
            return Made((self._made("frequency", value, index, at + 1, 0.9),), at + 1)
        readings = (
            frequency_of(quantity.low, period, unit, quantity.high),
            frequency_of(1, quantity.low * period, unit),
        )
        if _COUNTED.search(self.text[: self.tokens[index].start]):
            return Made((self._made("frequency", readings[0], index, at + 1, 0.9),), at + 1)
        return Made((self._made("frequency", None, index, at + 1, 0.8, readings=readings),), at + 1)

    def _is_span_before(self, at: int, unit: str) -> bool:
        """ "6 weeks per month" is no rate of anything, "3 days per week" is."""
        if self.kind(at - 1) != "unit":
            return False
        counted = self.tokens[at - 1].value
        return counted != "d" or unit == "d"

    def _crossed(self, index: int, quantity: Quantity, at: int) -> Made | None:
        """ "2 x 60 min per week"."""
        span = self._span(at)
        if span is None or span.unit not in CLOCK_UNITS:
            return None
        period = self._period(span.end, True)
        if period is None:
            return None
        length = self._made("length", lasting(span.value, span.unit, span.high), at, span.end)
        value = frequency_of(quantity.low, period[0], period[2], quantity.high, period[1])
        return Made((self._made("frequency", value, index, period[3]), length), period[3])

    def _crossed_unit(self, index: int, quantity: Quantity, at: int) -> Made | None:
        """ "3 x week"; "3 x weeks" is nothing."""
        unit = self._unit(at)
        if unit is None or (self.word(at).endswith("s") and len(self.word(at)) > 3):
            return None
        value = frequency_of(quantity.low, unit[1], unit[0], quantity.high)
        return Made((self._made("frequency", value, index, unit[2]),), unit[2])

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
        if kind not in {"slash", "per", "article", "every", "the"} or self.word(at) in {"this", "these"}:
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
                if unit and unit[0] not in CLOCK_UNITS:
                    high = quantity.high * unit[1] if quantity.high else None
                    return quantity.low * unit[1], high, unit[0], self._closed(unit[2])
                return None
        if self.kind(at) == "daypart" and kind == "every" and not self.word(at).startswith("weekday"):
            return 1, None, "d", at + 1
        unit = self._unit(at)
        if unit is None or unit[0] in CLOCK_UNITS:
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
            if self._rate_unit(after) and self.kind(at - 1) != "number" and not self.word(after).endswith("s"):
                unit = self._unit(after)
                return (1, None, unit[0], unit[2]) if unit else None
        counted = self.kind(at - 1) in {"unit", "daypart", "number"}
        number = self.tokens[after].value if self.kind(at) == "out" and self.kind(after) == "number" else 0
        if number in {10, 14, 28, 30} and counted:
            days = self._unit(after + 1)
            if days is None or days[0] == "d":
                period = (number // 7, None, "wk") if number % 7 == 0 else (number, None, "d")
                return (*period, days[2] if days else after + 1)
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
        if span and span.unit in CLOCK_UNITS and self.kind(span.end) == ")":
            inner.append(self._made("length", lasting(span.value, span.unit, span.high), at + 1, span.end))
            return span.end + 1
        if self.kind(at + 1) == "number" and self.kind(at + 2) == "times" and self.kind(at + 3) == ")":
            return at + 4
        return at

    def _filler(self, at: int, inner: list[Time]) -> int | None:
        """One word, or one length, between a number and its period; None where the phrase ends."""
        span = self._span(at) if self.kind(at) in {"number", "article", "half"} else None
        if self.kind(at) == "unit" and self.tokens[at].value == "h" and self.kind(at + 1) == "long":
            span = Stretch(1, None, "h", at + 2)
        if span is not None and span.unit in CLOCK_UNITS:
            inner.append(self._made("length", lasting(span.value, span.unit, span.high), at, span.end))
            return span.end + (self.kind(span.end) == "long")
        if self.kind(at) == "(":
            after = self._past_brackets(at, inner)
            return after if after > at else None
        if self.kind(at) == "," and self.kind(at + 1) in {"number", "article", "half"}:
            span = self._span(at + 1)
            if span and span.unit in CLOCK_UNITS:
                inner.append(self._made("length", lasting(span.value, span.unit, span.high), at + 1, span.end))
                after = span.end + (self.kind(span.end) == "every" and self.word(span.end) in {"each", "ea"})
                return after + (self.kind(after) == ",")
            return None
        if self.kind(at) in {"session", "daypart", "full", "couple", "and", "or", "long", "opening", "slash"}:
            return at + 1
        if self.kind(at) in {"the", "article"} and self.word(at - 1) in {"with", "by", "from"}:
            return at + 1  # "two sessions with the coach every week"
        if self.kind(at) == "unit":
            return at + 1 if self.tokens[at].value == "d" else None
        if self.kind(at) == "adverb" and self.kind(at + 1) in {"session", "word"}:
            return None
        word = self.word(at)
        if self.kind(at) == "word" and word.isalpha() and word not in NO_FILLER and not word.endswith("ly"):
            return at + 1
        return None

    def _noun_per(self, index: int) -> Made | None:
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
        if at == period[3] and not self._labels(index):
            return None
        quantity = self._quantity(at)
        after = self.kind(quantity.end) if quantity else ""
        if quantity is None or quantity.low > MOST_OFTEN or after in {"slash", "unit", "per"}:
            return None
        value = frequency_of(quantity.low, period[0], period[2], quantity.high, period[1])
        return Made((self._made("frequency", value, index, quantity.end, what=self.word(index)),), quantity.end)

    def _labels(self, index: int) -> bool:
        """Whether "times per week 2" opens with its noun: nothing counted stands before it."""
        noun = self.kind(index) in {"session", "times"} or self.word(index) == "days"
        return (
            noun and self.word(index).endswith("s") and self.kind(index - 1) in {"", "break", ",", ".", ";", ":", "("}
        )

    def _per_first(self, index: int) -> Made | None:
        """ "Per week: 2 to 3 times"."""
        period = self._period(index, False)
        if period is None or self.kind(period[3]) not in {":", "="}:
            return None
        quantity = self._quantity(period[3] + 1)
        if quantity is None or quantity.low > MOST_OFTEN or self._unit(quantity.end) is not None:
            return None
        end = quantity.end + (self.kind(quantity.end) in {"times", "session"})
        value = frequency_of(quantity.low, period[0], period[2], quantity.high, period[1])
        return Made((self._made("frequency", value, index, end),), end)

    def _amount(self, index: int) -> Made | None:
        """A length with its period: "30 minutes a day", "one hour weekly", "45 min per session"."""
        span = self._span(index)
        hour_long = False
        if span is None and self._unit(index) and self.kind(index + 1) == "long" and self.tokens[index].value == "h":
            span, hour_long = Stretch(1, None, "h", index + 2), True
        if span is None or span.unit not in CLOCK_UNITS:
            return None
        minutes = span.value * (60 if span.unit == "h" else 1)
        if not 5 <= minutes <= _LONGEST_SESSION and not (span.unit == "h" and span.value <= _MOST_HOURS):
            return None
        end = span.end + (self.kind(span.end) == "long" and self.word(span.end + 1) != "term" and not hour_long)
        length = self._made("length", lasting(span.value, span.unit, span.high), index, span.end, 0.8)
        at = end
        if self.word(at) == "of":
            at += 1
            for _ in range(4):
                if self.kind(at) == "word" and self.word(at) not in NO_FILLER:
                    at += 1
        if self.kind(at) == "times" and self.word(at) == "x":  # "60 min x 2/wk" is read from the number on
            return Made((length,), end)
        if self.kind(at) in {"per", "slash", "every", "article"} and (
            self.kind(at + 1) in {"session", "times"} or self.word(at + 1) in {"ride", "swim", "massage", "sitting"}
        ):
            return Made((replace(length, sure=1.0),), at + 2)
        if self.kind(end) == "every" and self._period(end, True) is None:
            return Made((replace(length, sure=1.0),), end + 1)
        period = self._period(at, True)
        if (
            minutes > _LONGEST_SESSION
            and span.value <= _HOURS_OF_A_DAY
            and period
            and period[0] == 1
            and period[2] == "d"
        ):
            return self._hours(index, span, period)
        if minutes > _LONGEST_SESSION and (period is None or period[2] == "d" or self.kind(index - 1) == "slash"):
            return None
        if period is None or (period[0] != 1 and period[2] == "d" and period[0] != 2):
            return Made((length,), end)
        if period[2] in {"wk", "mo", "a"} and (spread := self._spread(index, period)) is not None:
            return spread
        if period[2] in {"wk", "mo", "a"} and minutes > 120:
            return self._hours(index, span, period)
        once = frequency_of(1, period[0], period[2], None, period[1])
        return Made((length, self._made("frequency", once, index, period[3], 0.8, what="amount")), period[3])

    def _hours(self, index: int, span: Stretch, period: tuple[float, float | None, str, int]) -> Made:
        """ "25-30 hours a week": an amount, of which nobody says into how many sessions it is parted."""
        if span.unit != "h":
            return Made((), period[3])
        value = hours_of(span.value, span.high, period[0], period[2])
        return Made((self._made("frequency", value, index, period[3], 0.9, what="hours"),), period[3])

    def _spread(self, index: int, period: tuple[float, float | None, str, int]) -> Made | None:
        """ "150 minutes a week, divided over 3 sessions": three a week."""
        at = period[3] + (self.kind(period[3]) == ",")
        if not re.match(
            r"(?:divid|spread|split|spaced|distribut|broken|shared|parted|in$|as$|over$|across$)", self.word(at)
        ):
            return None
        quantity = next((q for step in range(1, 4) if (q := self._quantity(at + step)) and not q.times), None)
        if quantity is None or not (self.kind(quantity.end) == "session" or self._rate_unit(quantity.end)):
            return None
        value = frequency_of(quantity.low, period[0], period[2], quantity.high)
        return Made((self._made("frequency", value, index, quantity.end + 1, what="sessions"),), quantity.end + 1)

    def _with_more_if(self, found: Made) -> Made:
        """ "Two a week, three if she can manage": the range of both."""
        rates = [
            t for t in found.times if t.kind == "frequency" and isinstance(t.value, dict) and "frequency" in t.value
        ]
        if len(rates) != 1 or rates[0].value["frequency_max"]:
            return found
        behind = self.tokens[found.end - 1].end
        at_most, best = _AT_MOST.match(self.text, behind), _BEST_WOULD_BE.match(self.text, behind)
        tail = at_most or best or _MORE_IF.match(self.text, behind)
        if tail is None or not (at_most or best or tail["hoped"] or tail["if"] or tail["cap"]):
            return found
        if not at_most and not best and tail["cap"] and not _CLOSES.match(self.text, tail.end()):
            return found
        first = self._token_at(tail.start("often"))
        more = self._one(first)
        if more is None or more[0] <= rates[0].value["frequency"] or (at_most and more[0] > _DAYS_OF_WEEK):
            return found
        value = {**rates[0].value, "frequency_max": plain(more[0])}
        stop = tail.end()
        times = tuple(replace(t, value=value, end=stop) if t is rates[0] else t for t in found.times)
        return Made(times, self._token_at(stop))

    def _with_other_weeks(self, found: Made) -> Made:
        """ "Once a week, or twice in a bad week", "one a month, and in hard months two": the range of both."""
        rates = [
            t for t in found.times if t.kind == "frequency" and isinstance(t.value, dict) and "frequency" in t.value
        ]
        if len(rates) != 1 or rates[0].value["frequency_max"] or rates[0].value["period"] != 1:
            return found
        rate, at = rates[0].value, found.end
        while self.kind(at) == "word" and at - found.end < 5 and self.word(at) not in NO_FILLER:
            at += 1
        at += self.kind(at) == ","
        at += self.kind(at) in {"and", "or"} or self.word(at) in {"but", "perhaps", "even"}
        first = self._quantity(at)
        weeks = self._some_weeks(first.end + (self.kind(first.end) in {"times", "session"}) if first else at, rate)
        other = first or (self._quantity(weeks + (self.kind(weeks) == ",")) if weeks else None)
        if not weeks or other is None or other.high is not None or self._unit(other.end) is not None:
            return found
        end = weeks if first else other.end + (self.kind(other.end) in {"times", "session"})
        low, high = sorted((float(rate["frequency"]), other.low))
        value = frequency_of(low, 1, str(rate["period_unit"]), high)
        stop = self.tokens[end - 1].end
        return (
            Made(tuple(replace(t, value=value, end=stop) if t is rates[0] else t for t in found.times), end)
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
