"""Dates as printed, and which days they can mean.

A date whose day and month could be swapped is decided by the document itself: a printed weekday, another date that can
be read one way only, what a form asks for ("mm/dd/yyyy"), an American or a foreign address, phone number or word. Where
nothing decides, there is no value, only readings. What no calendar has ("02/31/2026") is kept as it stands, without
value or reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from docscan.extraction.dates.in_words import days_in_words
from docscan.extraction.text.month_names import MONTH_OR_SHORT, MONTHS, MONTHS_SHORT, WEEKDAYS_SHORT

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_MONTH = rf"(?P<month>{MONTH_OR_SHORT})\b\.?"
_MONTH_GLUED = rf"(?P<month4>{MONTH_OR_SHORT})(?:\b|(?=(?:19|20)?\d\d\b))\.?"  # "07MAY2025"
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(WEEKDAYS_SHORT)})(?:(?:s|nes|rs?|ur)?day|s|nes|rs?)?\b\.?,?[ \t]*\n?[ \t]*)?"
_WRAP = r"[ \t]*\n?[ \t]*"
_DATE = re.compile(
    rf"""(?<![\w/.-]){_WEEKDAY}(?:
      (?P<iso>(?P<y1>(?:19|20)\d\d)\s?(?P<s1>[-/.])\s?(?P<m1>\d\d?)\s?(?P=s1)\s?(?P<d1>\d\d?))
    | (?P<numeric>(?P<a>\d\d?)\s?(?P<s2>[-/.])\s?(?P<b>\d\d?)\s?(?P=s2)\s?(?P<y2>(?:19|20)\d\d|'?\d\d))
    | (?P<month_first>{_MONTH}[ \t./-]*,?{_WRAP}(?P<d3>[0-3]?\d)(?:\s?(?:st|nd|rd|th))?[ \t./-]*[,.]?{_WRAP}
       (?P<year>(?:19|20)\d\d|'\d\d))
    | (?P<day_first>(?P<d4>[0-3]?\d)(?:\s?(?:st|nd|rd|th))?(?:\s+day)?(?:\s+of)?[\ \t./-]*{_WRAP}
       {_MONTH_GLUED}
       (?:[ \t,./-]*{_WRAP}(?P<y4>(?:19|20)\d\d)|[ \t,./-]*(?P<y6>'?\d\d)\b(?!,?\s(?:19|20)\d\d\b)))
    | (?P<spaced>(?P<m5>0[1-9]|1[0-2])[ ](?P<d5>[0-2]\d|3[01])[ ](?P<y5>(?:19|20)\d\d)(?![ ]?\d))
    )(?=T\d\d:|(?![\w/]|[-.]\d))""",
    re.IGNORECASE | re.VERBOSE,
)
_US_PLACE = re.compile(
    r"\b(?:A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|"
    r"W[AVIY]),?\s+\d{5}(?:-\d{4})?\b"
)
_US_PHONE = re.compile(
    r"(?<![\d.+-])(?:\+?1[\s.-])?(?:\([2-9]\d\d\)\s?|[2-9]\d\d(?:[\s.·-]|\s?[/·]\s?))[2-9]\d\d(?:[\s.·-]|\s?[/·]\s?)\d{4}(?!\d)"
)
_ELSEWHERE = re.compile(
    r"\+(?!1[\s.(-])[2-9]\d{1,2}[\s(]?\d|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|£|€|\bRM\s?\d|\b(?:SDN\s?BHD|MALAYSIA|"
    r"GST|"
    r"VAT|United Kingdom|Deutschland|Australia|ABN|Ontario|India)\b"
)
# Plans, papers, professions and clocks that only the United States know by these letters.
_US_WORDS = re.compile(
    r"\b(?:NPI|FSA|HSA|HRA|IRS|HIPAA|USD|EIN|DOS|CPT|HCPCS|ICD-10-CM|Medicare|Medicaid|sales tax|"
    r"copay|[Mm]edical [Nn]ecessity|"
    r"PA-C|[AF]?NP-(?:C|BC)|APRN|CRNP|ARNP|LMT|LCSW|DPT|L\.?Ac|OTR/L|FACP|E[SD]T|C[SD]T|M[SD]T|P[SD]T)\b|"
    r"(?<=, )(?:M\.D\.|MD|D\.O\.|DO|D\.C\.|DC|DDS|DMD|DPM|ND|PsyD|Pharm\.?D)(?!\w)"
)


# Procedures of American bills, each with its words behind it.
_US_CODES = re.compile(r"(?<![\d.,$-])(?:9[789]\d{3}|[A-V]\d{4})(?=[ \t]+[A-Z][A-Za-z])")
_ORDER_ASKED = re.compile(
    r"\b(?:(?P<first>[dm])(?P=first)?\s?[-/.]\s?(?:dd?|mm?)\s?[-/.]\s?yy(?:yy)?)\b", re.IGNORECASE
)


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
    return text.once("dates printed", lambda: tuple(_dates_in(text.text)))


def _dates_in(text: str) -> Iterator[DateMention]:
    order = day_comes_first(text)
    found = [m for match in _DATE.finditer(text) if (m := _mention(match, order)) is not None]
    taken = [(m.start, m.end) for m in found]
    for other in (*_in_words(text), *_in_combs(text, order), *_misread(text, order)):
        if not any(start < other.end and other.start < end for start, end in taken):
            taken.append((other.start, other.end))
            found.append(other)
    yield from sorted(found, key=lambda m: m.start)


def _in_words(text: str) -> Iterator[DateMention]:
    for one in days_in_words(text):
        yield DateMention(one.start, one.end, _day(one.year, one.month, one.day), (), explicit=True, short_year=False)


_COMB = re.compile(
    r"(?<![\w|/.-])(?P<a>\d[ ]?\d)(?P<s>[ ]?[|/–-][ ]?|[ ]{1,3})(?P<b>\d[ ]?\d)(?P=s)"
    r"(?P<y>(?:1[ ]?9|2[ ]?0)[ ]?\d[ ]?\d)(?![ ]?[|/.-]?[ ]?\w)"
)
"""A day of which each part, or each figure, has a box of its own: "11 | 09 | 1962", "0 9 2 3 2 0 0 9"."""


def _in_combs(text: str, order: bool | None) -> Iterator[DateMention]:
    for match in _COMB.finditer(text):
        if not ("|" in match["s"] or " " in match["a"]):
            continue
        parts = (re.sub(r"[ ]", "", match[name]) for name in ("a", "b", "y"))
        whole = _DATE.fullmatch("/".join(parts))
        mention = _mention(whole, order) if whole else None
        if mention is not None and (mention.value or mention.readings):
            yield replace(mention, start=match.start(), end=match.end())


_LOOSE_NUMERIC = re.compile(
    r"(?<![\w/.-])(?=[\dOoIl|]*[OoIl|]|[\dOoIl|]+[-/][\dOoIl|]*[OoIl|]|[\d/-]+[OoIl|])"
    r"[\dOoIl|]{1,2}(?P<s>[-/])[\dOoIl|]{1,2}(?P=s)(?:[12][\dOoIl|]{3}|[\dOoIl|]{2})(?![\w/|]|[-.]\d)"
)
_MIXED = re.compile(
    r"(?<![\w/.,-])(?P<a>\d{1,2})(?P<s>[ /.,-])(?P<b>\d{1,2})(?!(?P=s))(?P<t>[ /.,-])(?P<y>(?:19|20)\d\d)"
    r"(?![\w/]|[-.]\d)"
)
_AS_DIGITS = str.maketrans("OoIl|", "00111")
_LOOSE_MONTH = re.compile(
    r"(?<![\w/.-])(?P<month>[A-Za-z0-9]{3,10})\.?\s?(?P<day>[0-3]?\d)(?:\s?(?:st|nd|rd|"
    r"th))?\s?[,.]?\s?(?P<year>(?:19|20)\d\d)"
    r"(?![\w/]|[-.]\d)"
)
_DIGITS_READ = 4  # of a date: fewer are hardly one
_ALL_BOXES = re.compile(r"[\dOIl]{2}/[\dOIl]{2}/\d\d")
"""Every figure of a date in its place, "O3/ll/25": one read right fewer is enough."""
_WORDS_ALIKE = 2  # letters of a month's name that may be misread, of one with seven letters and more; else one


def _misread(text: str, order: bool | None) -> Iterator[DateMention]:
    """Dates of which a reader took digits for letters ("O3/l4/2026") or misread the month ("Marcb 14, 2026")."""
    for match in _LOOSE_NUMERIC.finditer(text):
        digits = sum(sign.isdigit() for sign in match.group())
        if digits < _DIGITS_READ and not (digits == _DIGITS_READ - 1 and _ALL_BOXES.fullmatch(match.group())):
            continue
        mended = _DATE.fullmatch(match.group().translate(_AS_DIGITS))
        mention = _mention(mended, order) if mended else None
        if mention is not None and (mention.value or mention.readings):
            yield replace(mention, start=match.start(), end=match.end())
    for match in _MIXED.finditer(text):  # "05 12/2026"
        whole = (
            _DATE.fullmatch(f"{match['a']}/{match['b']}/{match['y']}")
            if set(match["s"] + match["t"]) & {"/", "-"}
            else None
        )
        mention = _mention(whole, order) if whole else None
        if mention is not None and (mention.value or mention.readings):
            yield replace(mention, start=match.start(), end=match.end())
    for match in _LOOSE_MONTH.finditer(text):
        word = match["month"].lower()
        if len(word) < 4 or not sum(sign.isalpha() for sign in word) >= 3:
            continue
        most = _WORDS_ALIKE if len(word) >= 7 else 1
        near = [m for m in (*MONTHS, "sept") if len(m) > 3 and Levenshtein.distance(word, m, score_cutoff=most) <= most]
        day = _day(int(match["year"]), _month(near[0]), int(match["day"])) if len(near) == 1 else None
        if day is not None:
            yield DateMention(match.start(), match.end(), day, (), explicit=True, short_year=False)


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
    asked = {match["first"].lower() for match in _ORDER_ASKED.finditer(text)}
    if len(asked) == 1:
        return asked == {"d"}
    here = int(len({match.group() for match in _US_CODES.finditer(text)}) > 1)
    here += len(_US_PLACE.findall(text)) + len(_US_PHONE.findall(text)) + len(_US_WORDS.findall(text))
    elsewhere = len(_ELSEWHERE.findall(text))
    if bool(here) != bool(elsewhere):
        return bool(elsewhere)
    if not elsewhere and any(match["month_first"] for match in _DATE.finditer(text)):
        return False  # who writes "March 14, 2026" writes 3/14/2026
    return None


def _fits(match: re.Match[str], day: int, month: int) -> bool:
    on = _day(_full_year(match["y2"]), month, day)
    return on is not None and WEEKDAYS_SHORT[on.weekday()] == match["weekday"].lower()


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
    elif match["spaced"]:
        year, month, day = match["y5"], int(match["m5"]), match["d5"]
    elif match["month_first"]:
        year, month, day = match["year"], _month(match["month"]), match["d3"]
    elif match["y6"] and "\n" in match.group():
        return None  # a price over a day of the next line: "22 / June 11"
    else:
        year, month, day = match["y4"] or match["y6"], _month(match["month4"]), match["d4"]
    return DateMention(
        start, end, _day(_full_year(year), month, int(day)), (), True, short_year=len(year.lstrip("'")) < 4
    )


def _month(word: str) -> int:
    return MONTHS_SHORT.index(word[:3].lower()) + 1


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
        fitting = tuple(d for d in possible if WEEKDAYS_SHORT[d.weekday()] == match["weekday"].lower())
        possible = fitting or possible
    if len(possible) == 2 and day_first is not None:
        possible = (by_day if day_first else by_month,)  # type: ignore[assignment]
    if len(possible) == 2:
        return DateMention(start, match.end(), None, possible, False, short)
    return DateMention(start, match.end(), possible[0] if possible else None, (), False, short)
