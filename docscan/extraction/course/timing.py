"""How often, how long, how many: the times that a text tells, as FHIR's Timing.repeat would.

A grammar over words alone. Whether a time belongs to the prescribed course is `course`'s question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from docscan.document import Json

TimeKind: TypeAlias = Literal["frequency", "duration", "length"]


@dataclass(frozen=True, slots=True)
class Time:
    """One time in a text. `value` is None where `readings` are equally likely. `sure`: how telling the wording is."""

    kind: TimeKind
    value: Json
    start: int
    end: int
    sure: float = 1.0
    readings: tuple[Json, ...] = ()


_WORDS = {
    "a": 1, "an": 1, "one": 1, "once": 1, "two": 2, "twice": 2, "three": 3, "thrice": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_SPELT = rf"(?:(?:{_TENS})(?:[- ](?:{_ONES}))?|{_TEENS}|{_ONES}|a couple(?: of)?|couple of)"
_N = rf"(?:\d{{1,3}}(?:\.\d{{1,2}})?(?!\d)|{_SPELT}\b)(?:\s*\(\s*(?:\d{{1,3}}|{_SPELT})\s*\))?"
_COMPOUND = rf"(?:{_TENS})-(?:{_ONES})\b(?!\s*(?:-|–|—|to\b|or\b))"  # "fifty-two" is one number
_RANGE = rf"(?:(?!{_COMPOUND})(?P<low>{_N})\s*(?:-|–|—|\bto\b|\bor\b)\s*(?P<high>{_N})|(?P<only>{_N}))"
_HEDGE = r"(?:(?:up to|at least|a minimum of|minimum|min\.|approximately|about|approx\.?|around|~|≥)\s*)?"
_UNITS = {"d": "d", "w": "wk", "m": "mo", "y": "a", "a": "a"}
_UNIT = r"(?P<unit>days?|d|weeks?|wks?|w|months?|mos?|mths?|years?|yrs?|annum)\b(?!-)\.?"
_ADVERB = r"(?P<adverb>daily|weekly|monthly|yearly|annually)\b"
_NOUN = (
    r"(?:times?|sessions?|visits?|days?|nights?|treatments?|class(?:es)?|appointments?|workouts?|meetings?|lessons?|"
    r"occasions?|bouts?|consultations?|consults?|applications?|doses?)"
)
_FILL = (
    r"(?:(?:\d{1,3}|one|half|two)(?:-|\s)?(?:minutes?|mins?|hours?|hrs?)\s+|"
    r"(?!(?:minutes?|mins?|hours?|hrs?|weeks?|months?|years?|mg|mcg|lbs?|pounds?|per|a|each|every|for|and|or|to|"
    r"if)\b)"
    r"[a-z][\w’'-]*\s+){0,4}?"
)
_BEFORE = r"(?<![\w$.,/-])"
_I = re.IGNORECASE

_PER = re.compile(
    rf"{_BEFORE}{_HEDGE}{_RANGE}\s*(?:[x×*]\s*|{_FILL}{_NOUN}\s*|[x×]\s+)?"
    rf"(?:\(\s*)?(?:(?:/|\ba\b|\ban\b|\bper\b|\beach\b|\bevery\b|\bin (?:a|each)\b|\bout of (?:the|each)\b|"
    rf"(?<=[\d\s)][x×])\s?)\s*"
    rf"(?P<every>{_N}\s+)?{_UNIT}|{_ADVERB})",
    _I,
)
_ONCE = re.compile(
    rf"\b(?P<times>once|twice|thrice)(?:\s*(?:-|–|to|or)\s*(?P<more>twice|thrice|{_N})(?:\s+times)?)?\s*"
    rf"(?:(?:/|a|per|each|every|in a)\s*(?P<every>(?:{_N}|other)\s+)?{_UNIT}|{_ADVERB})",
    _I,
)
_EVERY = re.compile(
    rf"\b(?:every|each|per)\s+(?:(?P<other>other|second|alternate)\s+|{_RANGE}\s*)?"
    r"(?P<unit>days?|nights?|mornings?|evenings?|weeks?|wks?|months?|mos?|years?|yrs?)\b",
    _I,
)
_ADVERBS = {
    "daily": (1, 1, "d"), "nightly": (1, 1, "d"), "weekly": (1, 1, "wk"), "monthly": (1, 1, "mo"),
    "fortnightly": (1, 2, "wk"), "quarterly": (1, 3, "mo"), "annually": (1, 1, "a"), "yearly": (1, 1, "a"),
    "semiweekly": (2, 1, "wk"), "semimonthly": (2, 1, "mo"), "semiannually": (2, 1, "a"),
}  # fmt: skip
_ADVERB_ALONE = re.compile(
    r"\b(?P<word>daily|nightly|weekly|monthly|fortnightly|quarterly|annually|yearly|semi-?weekly|semi-?monthly|"
    r"semi-?annually|bi-?weekly|bi-?monthly)\b(?![- ](?:living|activit|function|goal|value|life|basis of))",
    _I,
)
_LATIN = re.compile(
    r"(?<![\w.])(?P<word>b\.?i\.?w|t\.?i\.?w|q\.?i\.?w|b\.?i\.?d|t\.?i\.?d|q\.?i\.?d|q\.?o\.?d|q\.?o\.?w|q\.?d|"
    r"q\.?h\.?s|"
    r"q\.?\s?(?:(?P<low>\d{1,2})(?:\s?[-–]\s?(?P<high>\d{1,2}))?\s?)?(?P<unit>days?|d|weeks?|wks?|wk|w|months?|"
    r"mos?|mo))\b"
    r"\.?(?![\w])",
    _I,
)
_LATIN_VALUES = {
    "biw": (2, 1, "wk"), "tiw": (3, 1, "wk"), "qiw": (4, 1, "wk"), "bid": (2, 1, "d"), "tid": (3, 1, "d"),
    "qid": (4, 1, "d"), "qod": (1, 2, "d"), "qow": (1, 2, "wk"), "qd": (1, 1, "d"), "qhs": (1, 1, "d"),
}  # fmt: skip
_DAY = (
    r"(?:mon(?:day)?s?|tue(?:s(?:day)?s?)?|wed(?:nesday)?s?|thu(?:rs?(?:day)?s?)?|"
    r"fri(?:day)?s?|sat(?:urday)?s?|sun(?:day)?s?)"
)
_DAYS = re.compile(
    rf"\b(?:(?P<span>{_DAY}\.?\s*(?:-|–|through|thru|to)\s*{_DAY})|(?:(?:every|each|"
    rf"on)\s+)?(?P<list>{_DAY}\.?(?:\s*(?:,|/|&|and|"
    rf",\s*and)\s*{_DAY}\.?)+)|"
    rf"(?:every|each|on)\s+(?P<single>{_DAY}))\b",
    _I,
)
_DAY_LETTERS = re.compile(
    r"(?<![\w/])(?:M/W/F|MWF|M,\s?W,\s?F|M-W-F|T/Th|T,\s?Th|TTh|Tu/Th|T/R|M/W|W/F|M/Th|T/F|M/F)(?![\w/])"
)
_DAY_ORDER = ("mo", "tu", "we", "th", "fr", "sa", "su")
_COUNT = re.compile(
    rf"{_BEFORE}(?:(?:a |for a )?total (?:of )?|series of |package of |course of |block of )?{_HEDGE}{_RANGE}[\s-]*"
    rf"(?:{_FILL})(?P<noun>sessions?|visits?|treatments?|appointments?|class(?:es)?|workouts?|lessons?|meetings?)\b"
    r"(?!\s*(?:/|per|a|each|every|weekly|daily|monthly)\b)(?P<total>\s*(?:in )?total)?",
    _I,
)
_AS_NEEDED = re.compile(
    r"\b(?:as|when|if|whenever)\s+(?:clinically |medically )?(?:needed|necessary|required)\b|\bp\.?r\.?n\b\.?", _I
)
_MINUTES = r"(?P<minutes>minutes?|mins?\b\.?|hours?|hrs?\b\.?|h\b)"
_AMOUNT = re.compile(
    rf"{_BEFORE}{_HEDGE}(?:(?P<half>(?:a |one[- ]?)?half(?:[- ]an?)?[- ])|"
    rf"{_RANGE}(?P<andhalf>\s+and\s+a\s+half)?[\s-]*|"
    rf"(?P<article>an?)\s+){_MINUTES}"
    rf"(?:\s+(?:and\s+)?(?P<plus>\d{{1,2}}|{_SPELT})\s*(?:minutes?|mins?)|(?P<halfmore>\s+and\s+(?:a\s+)?half\b))?"
    rf"(?P<per>\s*(?:(?:of\s+)?(?!(?:[\w-]+\s+){{0,3}}{_NOUN}){_FILL})?(?:/|\bper\b|\ba\b|\beach\b|\bevery\b)\s*"
    r"(?P<unit>session|visit|treatment|class|appointment|time|days?|d\b|weeks?|wks?|months?|mos?)"
    rf"|\s*(?:of\s+{_FILL}[a-z]+\s+)?{_ADVERB})?",
    _I,
)
_HOUR_LONG = re.compile(r"\b(?:(?P<n>half|one|two|1|2)[- ])?(?:an )?hour[- ]?long\b", _I)
_LAPSE_UNIT = r"(?P<unit>days?|weeks?|wks?\b\.?|months?|mos?\b\.?|mths?\b\.?|years?|yrs?\b\.?)"
_LAPSE = re.compile(
    rf"(?:(?<![\w$.,/])|(?<=\b[xX]))(?:{_RANGE}(?P<half>\s+and\s+a\s+half|½)?(?:\s+(?:full|consecutive|calendar|"
    rf"additional|more))?[\s-]*"
    rf"{_LAPSE_UNIT}(?P<yearhalf>\s+and\s+a\s+half)?"
    rf"|(?P<article>an?|one|the (?:next|coming|following))\s+(?:full\s+|entire\s+|whole\s+|"
    rf"calendar\s+)?(?P<single>week|month|year)(?P<more>\s+and\s+a\s+half)?"
    r"|(?P<halfyear>(?:a )?half(?:\s+an?)?[- ]year))(?!\w)(?!['’-]?s?[- ]?(?:old|of\s+age)\b)",
    _I,
)
_AND_MONTHS = re.compile(rf"\s*,?\s*(?:and\s+)?(?P<n>{_N})\s*(?:months?|mos?\b)", _I)
_TIMES_OF_UNIT = re.compile(
    r"(?<=[\s/wkymo.)])[x×]\s?(?P<n>\d{1,2})(?![\d/x×.-])(?!\s*(?:/|per|a|times|day|week|min|reps?|sets?))", _I
)
_INDEFINITE = re.compile(
    r"\b(?:indefinite(?:ly)?|life-?\s?time|life-?long|for (?:the (?:rest|remainder) of )?(?:her |his |their |"
    r"the patient'?s )?"
    r"life(?! ?(?:time|style))\b|until further notice|(?:for the )?foreseeable future|(?:on an? )?(?:ongoing|"
    r"permanent|continuous|"
    r"continuing|long[- ]term) basis|no (?:\w+ )?(?:end|expiration|stop) date|without (?:an )?end date|open-?ended|"
    r"in perpetuity|"
    r"perpetual|permanently)\b",
    _I,
)
INDEFINITE_IN_A_DURATION_BOX = re.compile(
    r"\b(?:ongoing|on-going|continuous(?:ly)?|continuing|chronic|permanent|long[- ]?term|unknown|life|forever|"
    r"n/?a)\b",
    _I,
)
_ONGOING = re.compile(
    r"\b(?:(?:is|are|be|remain|duration|treatment|therapy|need|use|program|sessions)\s+(?:an?\s+)?ongoing\b(?!\s+\w)|"
    r"ongoing (?:duration|as needed|indefinitely)|, ongoing\b(?=[.;,\n]|$))",
    _I,
)
_CONDITION = re.compile(
    r"\b(?:until|till|as long as|"
    r"so long as)\s+(?!\w*\s*\d)(?!further notice)(?P<what>[a-z][^.;\n()]{3,90}?)(?=\s*(?:[.;()\n]|,\s|$))",
    _I,
)


def number(printed: str) -> float:
    """ "three (3)", "twenty-four", "2.5" as a number."""
    text = re.sub(r"\(.*?\)", "", printed).strip().lower()
    if re.fullmatch(r"[\d.]+", text):
        return float(text)
    if "couple" in text:
        return 2.0
    return float(sum(_WORDS.get(part, 0) for part in re.split(r"[- ]", text)))


def _plain(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _unit(printed: str) -> str:
    word = printed.lower()
    return "d" if word.startswith(("night", "evening", "morning")) else _UNITS[word[0]]


def _bounds(match: re.Match[str]) -> tuple[int | float, int | float | None]:
    if match["low"]:
        low, high = number(match["low"]), number(match["high"])
        return (_plain(low), _plain(high)) if high > low else (_plain(low), None)
    return _plain(number(match["only"])), None


def _frequency(
    often: float, period: float, unit: str, often_max: float | None = None, period_max: float | None = None
) -> dict[str, Json]:
    value: dict[str, Json] = {
        "frequency": _plain(often),
        "frequency_max": None if often_max is None else _plain(often_max),
        "period": _plain(period),
        "period_unit": unit,
    }
    if period_max is not None:
        value["period_max"] = _plain(period_max)
    return value


def times(text: str) -> list[Time]:
    """Every time in a text, in order; where two overlap, the longer one."""
    found = [time for reader in _READERS for time in reader(text)]
    kept: list[Time] = []
    for time in sorted(found, key=lambda t: (t.start - t.end, t.start)):
        if not any(time.start < other.end and other.start < time.end and not _both(time, other) for other in kept):
            kept.append(time)
    return sorted(kept, key=lambda t: (t.start, t.kind))


def _both(one: Time, other: Time) -> bool:
    """ "Thirty minutes a day" is a length and a frequency; "12 sessions over six weeks" shares nothing."""
    return (
        one.kind != other.kind
        and "length" in (one.kind, other.kind)
        and (one.start, one.end) != (0, 0)
        and (max(one.start, other.start), min(one.end, other.end)) in {(one.start, one.end), (other.start, other.end)}
    )


def _read_per(text: str) -> Iterator[Time]:
    for match in _PER.finditer(text):
        low, high = _bounds(match)
        words = match.group().lower()
        if low > 60 or low != int(low):
            continue
        if match["adverb"]:
            _, period, unit = _ADVERBS[match["adverb"].lower()]
            bare = not re.search(rf"(?:{_NOUN}|[x×])\s*(?:\(\s*)?{match['adverb']}$", words, _I)
            if bare and not re.match(rf"\s+(?:[\w-]+\s+){{0,2}}{_NOUN}", text[match.end() :], _I):
                continue
        else:
            period = int(number(match["every"])) if match["every"] else 1
            unit = _unit(match["unit"])
            if match["unit"].lower() in {"w", "d"} and "/" not in words and not re.search(r"[x×]\s*\w$", words):
                continue
        if re.search(r"\bdays?\b", words) and unit == "d" and not re.search(r"times|[x×]|sessions", words):
            continue  # "3 days a day" is nothing
        yield Time("frequency", _frequency(low, period, unit, high), match.start(), match.end())


def _read_once(text: str) -> Iterator[Time]:
    for match in _ONCE.finditer(text):
        low = _WORDS[match["times"].lower()]
        more = match["more"]
        high = None if not more else number(more) if more.lower() not in _WORDS else float(_WORDS[more.lower()])
        every = (match["every"] or "").strip().lower()
        if match["adverb"]:
            _, period, unit = _ADVERBS[match["adverb"].lower()]
        else:
            period = 2 if every == "other" else int(number(every)) if every else 1
            unit = _unit(match["unit"])
        yield Time("frequency", _frequency(low, period, unit, high), match.start(), match.end())


def _read_every(text: str) -> Iterator[Time]:
    for match in _EVERY.finditer(text):
        if match["other"]:
            period, period_max = 2, None
        elif match["low"] or match["only"]:
            period, period_max = _bounds(match)  # type: ignore[assignment]
        else:
            period, period_max = 1, None
            if match.group().lower().startswith("per"):
                continue  # "45 minutes per day" is read as a whole
        yield Time(
            "frequency", _frequency(1, period, _unit(match["unit"]), None, period_max), match.start(), match.end(), 0.9
        )


def _read_adverb(text: str) -> Iterator[Time]:
    for match in _ADVERB_ALONE.finditer(text):
        word = match["word"].lower().replace("-", "")
        if word in {"biweekly", "bimonthly"}:  # twice in one, or once in two: English has both
            unit = "wk" if word == "biweekly" else "mo"
            readings = (_frequency(2, 1, unit), _frequency(1, 2, unit))
            yield Time("frequency", None, match.start(), match.end(), 0.8, readings)
        else:
            yield Time("frequency", _frequency(*_ADVERBS[word]), match.start(), match.end(), 0.8)


def _read_latin(text: str) -> Iterator[Time]:
    for match in _LATIN.finditer(text):
        word = re.sub(r"[.\s]", "", match["word"].lower())
        if word in _LATIN_VALUES:
            if word in {"bid", "qd", "tid", "qid"} and match["word"].istitle() and "." not in match["word"]:
                continue
            yield Time("frequency", _frequency(*_LATIN_VALUES[word]), match.start(), match.end())
        elif match["unit"]:
            low = float(match["low"] or 1)
            high = float(match["high"]) if match["high"] else None
            yield Time("frequency", _frequency(1, low, _unit(match["unit"]), None, high), match.start(), match.end())


def _read_days(text: str) -> Iterator[Time]:
    for match in _DAYS.finditer(text):
        near = text[max(0, match.start() - 25) : match.end() + 25]
        if re.search(r"\d\s?(?:am|pm|a\.m|p\.m)\b|\b(?:hours|open|closed)\b", near, _I):
            continue  # opening hours
        names = [d[:2].lower() for d in re.findall(_DAY, match.group(), _I)]
        if match["span"]:
            first, last = (_DAY_ORDER.index(n) for n in names[:2])
            count = (last - first) % 7 + 1
        else:
            count = len(set(names))
        if match["single"] and match.group().lower().startswith("on") and not match["single"].lower().endswith("s"):
            continue  # "on Monday" is one day
        yield Time("frequency", _frequency(count, 1, "wk"), match.start(), match.end(), 0.9)
    for match in _DAY_LETTERS.finditer(text):
        count = len(re.findall(r"Th|Tu|[MTWRF]", match.group()))
        yield Time("frequency", _frequency(count, 1, "wk"), match.start(), match.end(), 0.9)


def _read_count(text: str) -> Iterator[Time]:
    for match in _COUNT.finditer(text):
        low, high = _bounds(match)
        single = match["noun"].lower() in {"session", "visit", "class", "treatment"} and "-" not in match.group()
        if low != int(low) or low < 2 or single:
            continue
        often = re.search(r"\b(daily|weekly|monthly)\b", match.group(), _I)
        if often:  # "3 weekly sessions"
            _, period, unit = _ADVERBS[often[1].lower()]
            yield Time("frequency", _frequency(low, period, unit, high), match.start(), match.end())
            continue
        value: dict[str, Json] = {"count": int(low)}
        if high is not None:
            value["count_max"] = int(high)
        yield Time("frequency", value, match.start(), match.end(), 1.0 if match["total"] else 0.9)


def _read_as_needed(text: str) -> Iterator[Time]:
    for match in _AS_NEEDED.finditer(text):
        yield Time("frequency", {"as_needed": True}, match.start(), match.end(), 0.9)


def _read_amount(text: str) -> Iterator[Time]:
    for match in _AMOUNT.finditer(text):
        hours = match["minutes"].lower().startswith("h")
        low: float
        high: float | None
        if match["half"]:
            low, high = 0.5, None
        elif match["article"]:
            low, high = 1.0, None
        else:
            low, high = _bounds(match)
            low += 0.5 if match["andhalf"] else 0
        factor = 60 if hours else 1
        minutes = low * factor + (number(match["plus"]) if match["plus"] else 0) + (30 if match["halfmore"] else 0)
        value: dict[str, Json] = {"value": _plain(minutes), "unit": "min"}
        if high is not None:
            value["value_max"] = _plain(high * factor)
        per = (match["unit"] or match["adverb"] or "").lower()
        if hours and minutes <= 90 and per[:2] in {"we", "wk"}:  # "1 hour weekly" is one session
            yield Time("frequency", _frequency(1, 1, "wk"), match.start(), match.end(), 0.8)
            per = ""
        if per[:2] in {"we", "wk", "mo"}:
            amount = {"amount": value, "period": 1, "period_unit": "wk" if per[0] == "w" else "mo"}
            yield Time("frequency", amount, match.start(), match.end(), 0.8)
            continue
        if per[:1] == "d":
            yield Time("frequency", _frequency(1, 1, "d"), match.start(), match.end(), 0.8)
        if 5 <= minutes <= 240:
            yield Time("length", value, match.start(), match.end(), 1.0 if per else 0.8)


def _read_hour_long(text: str) -> Iterator[Time]:
    for match in _HOUR_LONG.finditer(text):
        minutes = {"half": 30, "two": 120, "2": 120}.get((match["n"] or "").lower(), 60)
        yield Time("length", {"value": minutes, "unit": "min"}, match.start(), match.end(), 0.9)


def _read_lapse(text: str) -> Iterator[Time]:
    for match in _LAPSE.finditer(text):
        if match["halfyear"]:
            value: dict[str, Json] = {"value": 6, "unit": "mo"}
        elif match["single"]:
            half = match["more"] is not None
            value = {"value": 1.5 if half else 1, "unit": _unit(match["single"])}
        else:
            low, high = _bounds(match)
            extra = 0.5 if match["half"] or match["yearhalf"] else 0
            value = {"value": _plain(low + extra), "unit": _unit(match["unit"])}
            if high is not None:
                value["value_max"] = high
            if low == 0 or (low > 120 and value["unit"] != "d"):
                continue
        more = _AND_MONTHS.match(text, match.end()) if value["unit"] == "a" else None
        if more and "value_max" not in value:
            value = {"value": _plain(12 * value["value"] + number(more["n"])), "unit": "mo"}
        yield Time("duration", value, match.start(), more.end() if more else match.end(), 0.9)


def _read_times_of_unit(text: str) -> Iterator[Time]:
    """ "3x/wk x 12": twelve of the frequency's own unit."""
    for match in _TIMES_OF_UNIT.finditer(text):
        unit = next(
            (
                _unit_of(found.group())
                for pattern in (_PER, _ADVERB_ALONE, _LATIN)
                for found in pattern.finditer(text, max(0, match.start() - 30), match.start())
                if not text[found.end() : match.start()].strip(" ,.")
            ),
            None,
        )
        if unit:
            yield Time("duration", {"value": int(match["n"]), "unit": unit}, match.start(), match.end(), 0.6)


def _unit_of(printed: str) -> str | None:
    """The unit of a frequency as printed: "3x/wk", "monthly", "BIW"."""
    word = printed.lower().replace(".", "")
    found = re.search(r"day|dail|wk|week|mo\b|month|year|annual|iw\b|id\b|qd\b", word)
    if found is None:
        return None
    return {"d": "d", "w": "wk", "m": "mo", "y": "a", "a": "a"}.get(found[0][0], "wk" if found[0] == "iw" else "d")


def _read_indefinite(text: str) -> Iterator[Time]:
    for pattern in (_INDEFINITE, _ONGOING):
        for match in pattern.finditer(text):
            yield Time("duration", {"indefinite": True}, match.start(), match.end(), 0.95)


def _read_condition(text: str) -> Iterator[Time]:
    for match in _CONDITION.finditer(text):
        words = match["what"].split()
        if len(words) >= 2 and not re.match(
            r"(?:today|now|then|recently|this|last|she was|he was|age)\b", match["what"], _I
        ):
            yield Time("duration", {"until_condition": " ".join(words)}, match.start(), match.end("what"), 0.85)


_READERS = (
    _read_per, _read_once, _read_every, _read_adverb, _read_latin, _read_days, _read_count, _read_as_needed,
    _read_amount, _read_hour_long,
    _read_lapse, _read_times_of_unit, _read_indefinite, _read_condition,
)  # fmt: skip
