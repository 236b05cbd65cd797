"""What comes round by itself: "every other day", "weekly", "BIW", "Mondays and Thursdays", "as needed"."""

from __future__ import annotations

import re

from docscan.extraction.course.quantities import CLOCK_UNITS, Made, Quantities
from docscan.extraction.course.times import frequency_of, hours_of

_DAY_LETTERS = re.compile(
    r"(?:M\s?/\s?W\s?/\s?F|MWF|M,\s?W,?\s?(?:&|and)?\s?F|M-W-F|T/Th|T,\s?Th|TTh|Tu/Th|Tu-Th|T-Th|T/R|M/W|W/F|M/Th|T/F|"
    r"M/F|M\s?&\s?W|M\s?&\s?Th|T\s?&\s?Th)(?![\w/])"
)

_WORKING_DAYS = re.compile(
    r"\s*,?\s*(?:on (?:all )?(?:weekdays|(?:school|work|working|week|business)[ -]?days)|"
    r"(?:Monday|Mon)\.?\s*(?:through|thru|to|-|–)\s*Fri(?:day)?)\b",
    re.IGNORECASE,
)
_WORKING = frozenset("school work working business class".split())
"""Of "every school day"."""
_ONE_MORE = frozenset("another one again on a an the second other third more also each every then".split())
"""Between the days of "one on Monday and a second one on Friday"."""
MOMENT = "moment"
"""What a time is that says when on a day, not how often: beside a rate it is none."""
_MEETS = frozenset("meets meet meeting held".split())
"""Of "meets Mon 6 pm": what follows are no opening hours."""
_FOUND_SO = frozenset({"as necessary", "as required", "as medically necessary", "as medically needed"})
_FINDS = re.compile(
    r"\b(?:regard|consider|deem|view|certif|classif|qualif|rate|judge|describe|justif|recognize|accept|approve|"
    r"submit|attest|support)\w*\s[^.;:]{0,60}\Z",
    re.IGNORECASE,
)
"""Of "I regard the foregoing as necessary", which is no "whenever necessary"."""


class Recurring(Quantities):
    """Productions of intervals, adverbs, Latin and days of the week."""

    def _every(self, index: int) -> Made | None:
        """ "Every other day", "each week", "q 2-3 wks", "every Monday and Thursday", "alternate days"."""
        kind = self.kind(index)
        if kind == "other" and self.word(index) != "other":  # "on alternate days"
            unit = self._unit(index + 1)
            if unit and self._rate_unit(index + 1):
                return self._often(index, unit[2], 1, 2, unit[0])
            if self.kind(index + 1) == "weekday":
                days = self._weekday_list(index + 1)
                return self._often(index, days[1], len(days[0]), 2, "wk") if days else None
            return self._often(index, index + 2, 1, 2, "d") if self.kind(index + 1) == "daypart" else None
        if kind not in {"every", "q", "per"} or self.word(index) in {"any", "ea"}:
            return None
        at = index + 1
        if kind == "per":
            return None
        at += self.word(at) == "single"
        if self.kind(at) in {"other", "ordinal"}:
            period = 2.0 if self.kind(at) == "other" else float(self.tokens[at].value)
            unit = self._unit(at + 1)
            if unit and self._rate_unit(at + 1):
                return self._often(index, unit[2], 1, period, unit[0])
            if self.kind(at + 1) == "daypart":
                return self._often(index, at + 2, 1, period, "d")
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
        if kind == "q" and self.word(at) in {"am", "pm", "hs", "noon", "noc", "shift"}:
            return self._often(index, at + 1, 1, 1, "d")
        quantity = self._quantity(at)
        if quantity is not None and not quantity.times:
            unit = self._unit(quantity.end) if self._rate_unit(quantity.end) or kind != "q" else None
            if unit is None or unit[0] in CLOCK_UNITS:
                return None
            high = None if quantity.high is None else quantity.high * unit[1]
            return self._often(index, unit[2], 1, quantity.low * unit[1], unit[0], period_max=high)
        if self.word(at) in _WORKING and self.word(at + 1) == "day":
            return self._often(index, at + 2, 5, 1, "wk")
        unit = self._unit(at)
        if unit is None or unit[0] in CLOCK_UNITS:
            return None
        if self.word(at).endswith("s") and len(self.word(at)) > 3:
            return None
        if unit[0] == "d" and self.word(unit[2]) in {"but", "except"} and self.kind(unit[2] + 1) == "weekday":
            free = self._weekday_list(unit[2] + 1)
            return self._often(index, free[1], 7 - len(free[0]), 1, "wk") if free else None
        return self._often(index, unit[2], 1, unit[1], unit[0])

    def _adverb(self, index: int) -> Made | None:
        """ "Weekly", "bi-weekly" (two readings), "on a monthly basis", "daily 30-minute sessions"."""
        if self.kind(index) != "adverb":
            return None
        if re.match(r"(?:living|activit|function|goal|value|life|routine)", self.word(index + 1)):
            return None
        working = _WORKING_DAYS.match(self.text, self.tokens[index].end) if self.word(index) == "daily" else None
        if working:
            return self._often(index, self._token_at(working.end()), 5, 1, "wk")
        readings = tuple(frequency_of(*rate) for rate in self.tokens[index].value)
        if len(readings) > 1:
            made = self._made("frequency", None, index, index + 1, 0.8, readings=readings)
        else:
            made = self._made("frequency", readings[0], index, index + 1, 0.8)
        return Made((made,), index + 1)

    def _moment(self, index: int) -> Made | None:
        """ "At bedtime", "before meals": as often a day as that comes; "take off at bedtime" is no use."""
        if self.word(index - 1) in {"off", "remove", "removed", "except", "not"}:
            return None
        return Made((self._made("frequency", frequency_of(self.tokens[index].value, 1, "d"), index, index + 1, 0.8,
                                what=MOMENT),), index + 1)  # fmt: skip

    def _clock(self, index: int) -> Made | None:
        """ "24/7"."""
        return Made((self._made("frequency", hours_of(24, None, 1, "d"), index, index + 1, 0.9, what="hours"),),
                    index + 1)  # fmt: skip

    def _latin(self, index: int) -> Made | None:
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
        at += self.kind(at) == "." and self.kind(at + 1) in {"weekday", "and", "slash", ",", "dash", "+"}
        at += self.kind(at) == "daypart"
        if self.kind(at) in {"dash", "through", "to"} and self.kind(at + 1) == "weekday":
            last = self.tokens[at + 1].value
            return frozenset((first.value + step) % 7 for step in range((last - first.value) % 7 + 1)), at + 2
        while True:
            joint = at
            while self.kind(joint) in {",", "and", "or", "slash", "dash", "+"} and joint - at < 2:
                joint += 1
            while joint > at and self.word(joint) in _ONE_MORE and joint - at < 6:
                joint += 1
            listed = joint > at or self.word(at - 1).endswith("days")
            if not listed or self.kind(joint) != "weekday":
                return frozenset(days), at
            days.append(self.tokens[joint].value)
            at = joint + 1
            at += self.kind(at) == "daypart"
            at += self.kind(at) == "." and self.kind(at + 1) in {"weekday", "and", "slash", ",", "+"}

    def _weekdays(self, index: int) -> Made | None:
        """Days of the week on which something happens each week; "on Monday" is one day, opening hours are none."""
        letters = self._letters(index)
        if letters is not None:
            return letters
        if self.word(index) in {"weekdays", "weekends"} and (
            self.word(index - 1) == "on" or self.kind(index - 1) == ","
        ):
            near = self.text[self.tokens[index].end :][:24]
            hours = re.search(r"\d\s?(?:am|pm|a\.m|p\.m|to|-|–)|\d:\d\d|\bat\s\d|open|closed", near, re.I)
            often = 5 if self.word(index) == "weekdays" else 2
            return None if hours else self._often(index, index + 1, often, 1, "wk", sure=0.8)
        if self.kind(index) != "weekday":
            return None
        days = self._weekday_list(index)
        if days is None:
            return None
        several = len(days[0]) > 1
        plural = self.word(days[1] - 1).endswith("s") and self.word(index) not in {"days", "tues", "weds", "thurs"}
        meets = self.word(index - 1) in _MEETS and self.kind(index + 1) != "."
        if not several and not plural and not meets:
            return None
        near = self.text[max(0, self.tokens[index].start - 30) : self.tokens[days[1] - 1].end + 30]
        if not meets and re.search(
            r"\d\s?(?:am|pm|a\.m|p\.m)\b|\bat\s\d|\d\s?(?:to|-|–)\s?\d|\d:\d\d|\b(?:hours|open|closed|hrs|noon|"
            r"shut|office|lunch|desk|welcome)\b",
            near,
            re.I,
        ):
            return None
        if self.kind(index) == "weekday" and len(self.word(index)) <= 2 and not several:
            return None
        return self._often(index, days[1], len(days[0]), 1, "wk")

    def _letters(self, index: int) -> Made | None:
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

    def _needed(self, index: int) -> Made | None:
        if self.kind(index) != "needed":
            return None
        if self.word(index) in _FOUND_SO and _FINDS.search(self.text[: self.tokens[index].start]):
            return None
        return Made((self._made("frequency", {"as_needed": True}, index, index + 1, 0.9),), index + 1)

    def _days_of_month(self, index: int) -> Made | None:
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
