"""Dates as printed, and which days they can mean.

A date whose day and month could be swapped is decided by the document itself: a printed weekday, another date that can
be read one way only, an American or a foreign address or phone number. Where nothing decides, there is no value, only
readings. What no calendar has ("02/31/2026") is kept as it stands, without value or reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = r"(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
_WEEKDAYS = "mon tue wed thu fri sat sun".split()
_DATE = re.compile(
    rf"""(?<![\w/.-]){_WEEKDAY}(?:
      (?P<iso>(?P<y1>(?:19|20)\d\d)\s?(?P<s1>[-/.])\s?(?P<m1>\d\d?)\s?(?P=s1)\s?(?P<d1>\d\d?))
    | (?P<numeric>(?P<a>\d\d?)\s?(?P<s2>[-/.])\s?(?P<b>\d\d?)\s?(?P=s2)\s?(?P<y2>(?:19|20)\d\d|'?\d\d))
    | (?P<month_first>{_MONTH}\s*,?\s*(?P<d3>\d\d?)(?:\s?(?:st|nd|rd|th))?\s*[,.]?\s*{_YEAR})
    | (?P<day_first>(?P<d4>\d\d?)(?:\s?(?:st|nd|rd|th))?(?:\s+day)?(?:\s+of)?[\s-]*{_MONTH.replace("month", "month4")}
       [\s,-]*(?P<y4>(?:19|20)\d\d|'?\d\d\b))
    )(?![\w/]|[-.]\d)""",
    re.IGNORECASE | re.VERBOSE,
)
_US_PLACE = re.compile(
    r"\b(?:A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|"
    r"W[AVIY]),?\s+\d{5}(?:-\d{4})?\b"
)
_US_PHONE = re.compile(r"(?<![\d.+-])(?:\+?1[\s.-])?(?:\([2-9]\d\d\)\s?|[2-9]\d\d[\s.-])[2-9]\d\d[\s.-]\d{4}(?!\d)")
_ELSEWHERE = re.compile(
    r"\+(?!1[\s.(-])[2-9]\d{1,2}[\s(]?\d|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|£|€|\bRM\s?\d|\b(?:SDN\s?BHD|MALAYSIA|"
    r"GST|"
    r"VAT|United Kingdom|Deutschland|Australia|ABN|Ontario|India)\b"
)
_US_WORDS = re.compile(r"\b(?:NPI|FSA|HSA|IRS|HIPAA|USD|sales tax)\b")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in the text. `value` where only one day is meant, `readings` where nothing decides between several.

    Neither where no calendar has it. `explicit`: the month is a word or the year comes first.
    """

    start: int
    end: int
    value: date | None
    readings: tuple[date, ...]
    explicit: bool
    short_year: bool

    @property
    def iso(self) -> str | None:
        return self.value.isoformat() if self.value else None


def dates_in(text: AnnotatedText) -> tuple[DateMention, ...]:
    """Every date of a document, in order."""
    order = day_comes_first(text.text)
    return tuple(m for match in _DATE.finditer(text.text) if (m := _mention(match, order)) is not None)


def parse_date(printed: str, *, day_first: bool | None = False) -> date | None:
    """The day that a printed date means; None where it is no date, impossible or undecided."""
    match = _DATE.fullmatch(printed.strip())
    mention = _mention(match, day_first) if match else None
    return mention.value if mention else None


@lru_cache(maxsize=8)
def day_comes_first(text: str) -> bool | None:
    """Whether numeric dates of this text put the day first; None where the text does not tell."""
    first = second = 0
    for match in _DATE.finditer(text):
        if match["numeric"]:
            a, b = int(match["a"]), int(match["b"])
            if match["weekday"] and max(a, b) <= 12 and a != b:
                fits = [_fits(match, day, month) for day, month in ((a, b), (b, a))]
                first, second = first + (fits == [True, False]), second + (fits == [False, True])
            first += 12 < a <= 31 and b <= 12
            second += 12 < b <= 31 and a <= 12
    if bool(first) != bool(second):
        return bool(first)
    here = len(_US_PLACE.findall(text)) + len(_US_PHONE.findall(text)) + len(_US_WORDS.findall(text))
    elsewhere = len(_ELSEWHERE.findall(text))
    if bool(here) != bool(elsewhere):
        return bool(elsewhere)
    return None


def _fits(match: re.Match[str], day: int, month: int) -> bool:
    on = _day(_full_year(match["y2"]), month, day)
    return on is not None and _WEEKDAYS[on.weekday()] == match["weekday"].lower()


def _full_year(printed: str) -> int:
    digits = printed.lstrip("'")
    if len(digits) == 4:
        return int(digits)
    return 2000 + int(digits) if int(digits) < 50 else 1900 + int(digits)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _mention(match: re.Match[str], day_first: bool | None) -> DateMention | None:
    start, end = match.span()
    if match["weekday"] and match.group()[0].islower():  # "she sat 3/4/26": no Saturday
        start = match.end("weekday")
        start = next(at for at in range(start, end) if match.string[at].isdigit() or match.string[at].isupper())
    if match["numeric"]:
        return _numeric(match, start, day_first)
    if match["iso"]:
        year, month, day = match["y1"], int(match["m1"]), match["d1"]
    elif match["month_first"]:
        year, month, day = match["year"], _month(match["month"]), match["d3"]
    else:
        year, month, day = match["y4"], _month(match["month4"]), match["d4"]
    return DateMention(start, end, _day(_full_year(year), month, int(day)), (), True, short_year=len(year) < 4)


def _month(word: str) -> int:
    return _MONTHS.index(word[:3].lower()) + 1


def _numeric(match: re.Match[str], start: int, day_first: bool | None) -> DateMention | None:
    a, b, year = int(match["a"]), int(match["b"]), _full_year(match["y2"])
    short = len(match["y2"]) < 4
    if short and (match["s2"] == "." or a == 0 or b == 0):
        return None  # "1.5.20" is as likely a section or a version
    by_month, by_day = _day(year, a, b), _day(year, b, a)
    possible = tuple(dict.fromkeys(day for day in (by_month, by_day) if day))
    if short and not possible:
        return None
    if match["weekday"] and len(possible) > 1:
        fitting = tuple(d for d in possible if _WEEKDAYS[d.weekday()] == match["weekday"].lower())
        possible = fitting or possible
    if len(possible) == 2 and day_first is not None:
        possible = (by_day if day_first else by_month,)  # type: ignore[assignment]
    if len(possible) == 2:
        return DateMention(start, match.end(), None, possible, False, short)
    return DateMention(start, match.end(), possible[0] if possible else None, (), False, short)
