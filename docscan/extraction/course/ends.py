"""When a course ends where no number says so: a named day, the end of a year or month, a condition, or never.

"Through Labor Day" is a day once it is known when that was written: the next Labor Day. "For the plan year" is a year,
though the letter does not say which; "until goals are met" is a condition, and "lifelong" has no end.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil import parser
from dateutil.easter import easter

from docscan.document import Json
from docscan.extraction.text.month_names import MONTHS_SHORT
from docscan.extraction.text.numerals import ORDINALS


@dataclass(frozen=True, slots=True)
class NamedEnd:
    """`end`: the offset after it. `needs_label`: the name alone, which is an end only where a label asks for one."""

    end: int
    value: Json
    readings: tuple[Json, ...] = ()
    needs_label: bool = False


def _nth(month: int, weekday: int, which: int) -> Callable[[int], date]:
    """The n-th (from 1; -1 is the last) such day of a month."""

    def day(year: int) -> date:
        if which > 0:
            first = date(year, month, 1)
            return first + timedelta((weekday - first.weekday()) % 7 + 7 * (which - 1))
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta((last.weekday() - weekday) % 7)

    return day


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


_HOLIDAYS: tuple[tuple[str, Callable[[int], date]], ...] = (
    (r"new year['’]?s eve", _fixed(12, 31)),
    (r"new year(?:['’]?s)?(?: day)?", _fixed(1, 1)),
    (r"(?:martin luther king|mlk)(?:,? jr\.?)?(?:['’]s)?(?: birthday| day)", _nth(1, 0, 3)),
    (r"valentine['’]?s(?: day)?", _fixed(2, 14)),
    (r"president['’]?s['’]? day", _nth(2, 0, 3)),
    (r"st\.? patrick['’]?s day", _fixed(3, 17)),
    (r"easter(?: sunday)?", easter),
    (r"tax day", _fixed(4, 15)),
    (r"mother['’]?s day", _nth(5, 6, 2)),
    (r"memorial day", _nth(5, 0, -1)),
    (r"juneteenth", _fixed(6, 19)),
    (r"father['’]?s day", _nth(6, 6, 3)),
    (r"independence day|(?:the )?fourth of july|july (?:4th|fourth)|(?:the )?4th of july", _fixed(7, 4)),
    (r"labou?r day", _nth(9, 0, 1)),
    (r"columbus day|indigenous peoples['’]? day", _nth(10, 0, 2)),
    (r"halloween", _fixed(10, 31)),
    (r"veterans?['’]?s?['’]? day", _fixed(11, 11)),
    (r"thanksgiving(?: day)?", _nth(11, 3, 4)),
    (r"christmas eve", _fixed(12, 24)),
    (r"christmas(?: day)?|xmas", _fixed(12, 25)),
)  # holidays of the United States: 5 U.S.C. 6103 and custom
_MONTH = (
    r"(?-i:[Jj]an(?:uary)?|[Ff]eb(?:ruary)?|Mar(?:ch)?|[Aa]pr(?:il)?|May|[Jj]une?|[Jj]uly?|[Aa]ug(?:ust)?|"
    r"[Ss]ept?(?:ember)?|[Oo]ct(?:ober)?|[Nn]ov(?:ember)?|[Dd]ec(?:ember)?|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|"
    r"APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)\b\.?"
)
_SPECIAL_YEAR = r"plan|benefits?|policy|coverage|fsa|hsa|hra|enrollment|contract|insurance"
_UNTIL = (
    r"between\s+now\s+and|(?:from\s+)?now\s+(?:to|untill?|till|through)|to(?=\s+(?:the\s+end\s+of|labou?r\s|thanksgiving|christmas|easter|memorial\s|halloween))|(?:up\s+)?(?:untill?|till|'?til|through|"
    r"thru)(?:\s+(?:to|and\s+including))?|before|"
    r"(?:ending|ends?|stops?|stopping|finish(?:es|ing)?|expir(?:es|ing)|runs?\s+out|lapses?|conclud(?:es|ing)|"
    r"clos(?:es|ing))"
    r"(?:\s+(?:on|at|by|with))?|(?:not|never|no\s+later\s+than|not\s+later\s+than)(?:\s+(?:beyond|past|after))?|"
    r"(?:complet\w+|finished|done|taken|over|ended|concluded|used(?:\s+up)?|attended|given|delivered)\s+(?:by|before)"
)
_REST = r"(?:(?:for|through(?:out)?|during|over)\s+|(?<=,\s))(?:the\s+)?(?:rest|remainder|balance|duration)\s+of"
_FOR = (
    r"(?:for|during|throughout|over|within|per)(?:\s+(?:all|the\s+(?:whole|entirety|length|full\s+length)|"
    r"the\s+course)\s+of)?"
)
_OF_YEAR = (
    r"(?:,?\s+(?:of\s+)?(?P<said>this(?:\s+same)?\s+year|next\s+year|the\s+(?:current|coming|following)\s+year|"
    r"20\d\d))?"
)
_RUNS_OUT = r"(?:\s+(?:runs\s+out|is\s+out|is\s+over|ends|expires|closes|is\s+up|is\s+through))?"
_FROM_TO = re.compile(
    rf"(?:from\s+)?(?P<first>{_MONTH})(?:,?\s+(?P<first_year>20\d\d))?\s*(?:through|thru|to|untill?|till|-|–|—)\s*"
    rf"(?:the\s+end\s+of\s+)?(?P<last>{_MONTH})(?!\s*(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\b(?!\d))(?:,?\s+(?P<last_year>20\d\d))?",
    re.IGNORECASE,
)
_ORDINALS = (*ORDINALS, *(f"twenty-{word}" for word in ORDINALS[:9]), "thirtieth", "thirty-first")
_NTH = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
_DAY = re.compile(
    rf"(?:(?P<until>{_UNTIL})\s+)?(?:the\s+)?(?:(?P<month>{_MONTH})\s+(?:the\s+)?(?P<day>{_NTH})"
    rf"|(?P<day2>{_NTH})[\s-]+(?:of\s+)?(?P<month2>{_MONTH}))\b"
    r"(?:,?\s+(?:of\s+)?(?P<said>(?:this|next|the\s+(?:current|present|same|coming|"
    r"following))(?:\s+calendar)?\s+year))?"
    r"(?!\s*,?\s*(?:of\s+)?['’]?\d)(?![-/.]?\d)",
    re.IGNORECASE,
)
"""A day without the number of its year."""
_SPAN_OF_DAYS = re.compile(
    rf"(?:(?:from|between)\s+)?(?:(?P<month>{_MONTH})\s+(?P<day>{_NTH})|"
    rf"(?:the\s+)?(?P<day2>{_NTH})[\s-]+(?:of\s+)?(?P<month2>{_MONTH}))\s*"
    r"(?:through|thru|to|untill?|till|and|-|–|—)\s*"
    rf"(?:(?P<last>{_MONTH})\s+(?P<end>{_NTH})|"
    rf"(?:the\s+)?(?P<end2>{_NTH})[\s-]+(?:of\s+)?(?P<last2>{_MONTH}))\b"
    r"(?:,?\s+(?:of\s+)?(?P<year>20\d\d))?"
    r"(?!\s*,?\s*['’]?\d)",
    re.IGNORECASE,
)
"""From a day to a day, of which the first at least bears no year."""
_THROUGH_YEAR = re.compile(
    r"(?:(?:through|thru)\s+(?:the\s+end\s+of\s+)?|(?:(?:untill?|till|to)\s+)?(?:the\s+)?end\s+of\s+)(?P<year>20\d\d)\b"
    r"(?![-/.]\d|\s*[-–]\s*\d)",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\b(?:from|start(?:ing|s)?|begin(?:ning|s)?|commenc(?:ing|es)|effective)(?:\s+on)?\s*\Z", re.IGNORECASE
)
"""Before a day on which a course begins rather than ends."""
_REST_OF_YEAR = re.compile(
    r"(?:for|through(?:out)?|until|during)\s+(?:the\s+)?(?:rest|remainder|balance|end)\s+of\s+(?P<year>20\d\d)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"""(?:(?P<until>{_UNTIL})|(?P<rest>{_REST})|(?P<for>{_FOR}))?\s*(?P<what>
       (?:the\s+)?(?:(?P<end>(?:very\s+)?end|close|last\s+day)\s+of\s+)?
       (?:the\s+|this\s+|each\s+|our\s+|your\s+|her\s+|his\s+|their\s+)?
       (?:20\d\d\s?[-–/]\s?(?:20)?\d\d\s+(?=school|academic|plan|benefit|fiscal))?
       (?:(?:current|present|running|ongoing|whole|entire|full|coming|upcoming|following|next|
          (?:one|an?)(?=\s+(?:\w+\s+)?(?:semester|term)\b))\s+)*
       (?:(?:fall|spring|summer|winter)\s+(?=semester|term))?(?:
          (?P<holiday>{"|".join(f"(?:{words})" for words, _ in _HOLIDAYS).replace(" ", "[ ]")})\b{_OF_YEAR}
        | (?:(?P<sort>calendar|{_SPECIAL_YEAR}|school|academic|fiscal)[ -])?y(?:ea)?r\b
          (?!\s*(?:(?:and|or)\s+(?:an?|one|two|\d)|to)\b)
          (?:['’]?s[ -]?(?P<ends>end)|[- ](?P<ends2>end)\b|\b){_RUNS_OUT}(?:,?\s+(?:of\s+)?(?P<year>20\d\d))?
        | (?P<month>{_MONTH})(?!\s*(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\b(?!\d))
          (?:,?\s+(?:of\s+)?(?P<month_year>20\d\d|this\s+year|next\s+year))?
        | (?P<season>spring|summer|fall|autumn|winter|semester|term|school\s+term|holidays|season)\b
       ))""",
    re.IGNORECASE | re.VERBOSE,
)  # fmt: skip
_ALL_YEAR = re.compile(
    r"(?:for|during|over|throughout)\s+(?:all|the\s+(?:whole|entirety|length))\s+of\s+(?P<year>20\d\d)\b|"
    r"throughout\s+(?P<year2>20\d\d)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"(?:up\s|between\s+now|not\s|never\s|no\s+later|runs?\s+out|laps|conclud|from\b|now\b|to\s|untill?|till|'?til\b|through|thru|"
    r"before|ending|ends?\b|stop|finish|expir|for\b|"
    r"during|over|within|per\b|rest\b|remainder\b|Q[1-4]|(?:first|second|third|fourth|last|1st|2nd|3rd|4th)\s|\d{1,2}(?:st|nd|rd|"
    r"th)?[\s-]+(?:of\s+)?(?-i:[JFMASOND])|[a-z-]+(?:st|nd|rd|th)\s+of\b|"
    r"the\b|end\b|close|this|each|calendar|plan\b|benefit|policy|coverage|fsa|hsa|hra|school|academic|fiscal|year|"
    r"new|martin|mlk|valentine|president|st\b|easter|tax|mother|memorial|june|father|independence|fourth|july|4th|"
    r"labo|columbus|indigenous|halloween|veteran|thanksgiving|christmas|xmas|(?-i:[JFMASOND]))",
    re.IGNORECASE,
)


_QUARTER = re.compile(
    rf"(?:(?P<until>{_UNTIL})\s+|(?P<for>for|during|over|throughout)\s+)?(?:the\s+)?(?P<end>(?:end|"
    rf"close)\s+of\s+(?:the\s+)?)?"
    r"(?:Q(?P<first>[1-4])(?:\s*(?:-|–|to|through|and|&)\s*Q?(?P<last>[1-4]))?|"
    r"(?P<word>first|second|third|fourth|last|1st|2nd|3rd|4th)\s+(?:calendar\s+)?quarter)"
    r"(?:\s*(?:,|of|/|-)?\s*['’]?(?P<year>20\d\d|(?<=['’])\d\d))(?!\d)",
    re.IGNORECASE,
)
"""Quarters of a calendar year: "through Q3 2026", "the fourth quarter of 2026"."""
_WHICH_ENDS = re.compile(
    r"\s*,?\s*\(?(?:which\s+|that\s+)?(?:ending|ends|runs?\s+to|closes)\s+(?:on\s+)?(?=[A-Z\d])|"
    r"\s*\(\s*(?:from\s+)?(?=[A-Z][a-z]{2,8}\.? \d|\d{1,2}/)"
)
"""What tells the day itself: "through the school year ending June 12, 2026"."""
_SOMEWHERE_IN = re.compile(r"\b(?:mid|early|late|middle of)[\s-]*\Z", re.IGNORECASE)
"""A part of a month, of which nobody knows the first day."""


def named_end(text: str, start: int, written: date | None) -> NamedEnd | None:
    """The named end that a text gives from `start` on; with `written` it is a day, without it stays words."""
    if not _OPENS.match(text, start) or (start and text[start - 1].isalnum()):
        return None
    quarter = _QUARTER.match(text, start)
    if quarter:
        return _quarter(quarter)
    months = _FROM_TO.match(text, start)
    if months and not _SOMEWHERE_IN.search(text[max(0, start - 8) : start]):
        return _months(months, written)
    rest = _REST_OF_YEAR.match(text, start)
    if rest:
        return NamedEnd(rest.end(), {"until": f"{rest['year']}-12-31"})
    through = _THROUGH_YEAR.match(text, start)
    if through and (written is None or int(through["year"]) >= written.year):
        return NamedEnd(through.end(), {"until": f"{through['year']}-12-31"})
    whole = _ALL_YEAR.match(text, start)
    if whole:
        year = whole["year"] or whole["year2"]
        return NamedEnd(whole.end(), {"start": f"{year}-01-01", "end": f"{year}-12-31"})
    days = _SPAN_OF_DAYS.match(text, start)
    if days and written:
        return _days(days, written)
    unyeared = _DAY.match(text, start)
    if unyeared and not unyeared["until"] and _BEGINS.search(text[max(0, start - 16) : start]):
        return None
    if unyeared and written:
        return _day(unyeared, written)
    match = _NAMED.match(text, start)
    if match and match["month"] and re.search(r"\d(?:st|nd|rd|th)?[\s-]+(?:of\s+)?\Z", text[max(0, start - 9) : start]):
        return None
    if match is None or not match["what"].strip() or _WHICH_ENDS.match(text, match.end()):
        return None
    bare = not (match["until"] or match["rest"] or match["for"])
    words = " ".join(match["what"].split())
    if match["rest"]:
        words = f"the end of {words}"
    if match["holiday"]:
        if match["for"]:
            return None
        day = _holiday(match["holiday"], match["said"], written)
        return NamedEnd(match.end(), _until(day, words), needs_label=bare)
    if match["month"]:
        return _month(match, words, written, bare)
    if match["season"]:
        counted = re.match(r"\s*(?:of|,|\()\s*(?:\w+\s+){0,2}(?:weeks|months)\b", text[match.end() :])
        term = match["for"] and not counted and re.search(r"\w (?:semester|term)$", words, re.IGNORECASE)
        if bare or not (match["until"] or match["end"] or match["rest"] or term):
            return None
        return NamedEnd(match.end(), {"until_condition": words})
    return _year(match, words, written, bare)


def _quarter(match: re.Match[str]) -> NamedEnd:
    """The last day of a quarter, or from its first day to its last."""
    words = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
    word = (match["word"] or "").lower()
    first = int(match["first"] or 0) or words.get(word) or int(word[0])
    last = int(match["last"] or first)
    year = int(match["year"]) % 100 + 2000
    end = date(year, 3 * last, monthrange(year, 3 * last)[1]).isoformat()
    if match["until"] or match["end"]:
        return NamedEnd(match.end(), {"until": end})
    return NamedEnd(
        match.end(), {"start": date(year, 3 * first - 2, 1).isoformat(), "end": end}, needs_label=not match["for"]
    )


def _day(match: re.Match[str], written: date) -> NamedEnd | None:
    """ "Through December 31st of this year", "until the 15th of June": the next such day after the writing."""
    month = MONTHS_SHORT.index((match["month"] or match["month2"])[:3].lower()) + 1
    said = _said_year(match["said"], written)
    years = [said] if said else [written.year, written.year + 1]
    days = [_date(year, month, _nth_day(match["day"] or match["day2"])) for year in years]
    day = next((d for d in days if d and (said or d >= written)), None)
    return None if day is None else NamedEnd(match.end(), _until(day, ""), needs_label=not match["until"])


def _days(match: re.Match[str], written: date) -> NamedEnd | None:
    """ "From 1 June to 31 August": the days that end next after the letter was written, or end in the year it says."""
    first, last = (
        (
            MONTHS_SHORT.index((match[month] or match[f"{month}2"])[:3].lower()) + 1,
            _nth_day(match[day] or match[f"{day}2"]),
        )
        for month, day in (("month", "day"), ("last", "end"))
    )
    years = [int(match["year"])] if match["year"] else [written.year, written.year + 1]
    end = next((d for y in years if (d := _date(y, *last)) and (match["year"] or d >= written)), None)
    start = _date(end.year - (first > last), *first) if end else None
    if end is None or start is None:
        return None
    return NamedEnd(match.end(), {"start": start.isoformat(), "end": end.isoformat()})


def _nth_day(printed: str) -> int:
    """The day of the month that "15th" or "fifteenth" is."""
    digits = re.match(r"\d+", printed)
    return int(digits.group()) if digits else _ORDINALS.index(printed.lower()) + 1


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months(match: re.Match[str], written: date | None) -> NamedEnd | None:
    """ "April through September 2026": the first day of the one to the last of the other."""
    first, last = (MONTHS_SHORT.index(match[name][:3].lower()) + 1 for name in ("first", "last"))
    year = int(match["last_year"]) if match["last_year"] else None
    begins = int(match["first_year"]) if match["first_year"] else None
    if year is None and begins is None:
        if written is None:
            return NamedEnd(match.end(), {"until_condition": f"the end of {match['last']}"})
        begins = written.year + (first < written.month)
    if begins is None and year is not None:
        begins = year - (first > last)
    if year is None and begins is not None:
        year = begins + (last < first)
    if begins is None or year is None or (begins, first) > (year, last):
        return None
    end = date(year, last, monthrange(year, last)[1])
    return NamedEnd(match.end(), {"start": date(begins, first, 1).isoformat(), "end": end.isoformat()})


def _until(day: date | None, words: str) -> Json:
    return {"until": day.isoformat()} if day else {"until_condition": words}


def _said_year(said: str | None, written: date | None) -> int | None:
    if said and said[:2] == "20":
        return int(said)
    if said and written:
        return written.year + ("next" in said.lower() or "following" in said.lower() or "coming" in said.lower())
    return None


def _holiday(printed: str, said: str | None, written: date | None) -> date | None:
    on = next(day for words, day in _HOLIDAYS if re.fullmatch(words, printed, re.IGNORECASE))
    year = _said_year(said, written)
    if year is not None:
        return on(year)
    if written is None:
        return None
    return on(written.year) if on(written.year) >= written else on(written.year + 1)


def _month(match: re.Match[str], words: str, written: date | None, bare: bool) -> NamedEnd | None:
    if match["for"] or match["rest"] or (bare and not match["end"] and not match["month_year"]):
        return None
    month = MONTHS_SHORT.index(match["month"][:3].lower()) + 1
    year = _said_year(match["month_year"], written)
    if year is None and written is not None:
        year = written.year + (month < written.month)
    if year is None:
        return NamedEnd(match.end(), {"until_condition": words}, needs_label=bare) if match["end"] else None
    last = date(year, month, monthrange(year, month)[1])
    return NamedEnd(match.end(), {"until": last.isoformat()}, needs_label=bare)


def _year(match: re.Match[str], words: str, written: date | None, bare: bool) -> NamedEnd | None:
    sort = (match["sort"] or "").lower()
    ended = match["end"] or match["ends"] or match["ends2"]
    year = int(match["year"]) if match["year"] else None
    to_the_end = bool(ended or match["until"] or match["rest"])
    if (match["for"] or "").lower() == "per":
        return None
    if (
        not sort
        and not ended
        and not (match["until"] and re.search(r"the\s+year|this\s+year", words, re.IGNORECASE))
        and not match["rest"]
    ):
        return None
    if sort in {"calendar", ""} and year and not to_the_end:
        return NamedEnd(match.end(), {"start": f"{year}-01-01", "end": f"{year}-12-31"}, needs_label=bare)
    whose = re.search(r"\bthis\s+year|\bcurrent\s+year", words, re.IGNORECASE)
    if not (sort or ended or whose or match["rest"]):  # "until the year is out": the treatment's, or the calendar's?
        return NamedEnd(match.end(), {"until_condition": words}, needs_label=bare)
    if sort in {"calendar", ""}:
        later = (
            re.search(r"\b(?:next|following|coming|upcoming)\s+(?:calendar[ -])?year", words, re.IGNORECASE) is not None
        )
        known = year or (written.year + later if written else None)
        if known is None:
            return NamedEnd(match.end(), {"until_condition": words}, needs_label=bare)
        return NamedEnd(match.end(), {"until": f"{known}-12-31"}, needs_label=bare)
    if to_the_end or sort in {"school", "academic"} or year:
        return NamedEnd(match.end(), {"until_condition": words}, needs_label=bare)
    return NamedEnd(match.end(), {"value": 1, "unit": "a"}, ({"until_condition": words},), needs_label=bare)


_NO_END = re.compile(
    r"(?:indefinite(?:ly)?|life[- ]?time|life[- ]?long|(?:for (?:the (?:rest|remainder) of )?(?:her |his |their |the "
    r"patient['’]?s |natural )*|throughout (?:her |his |their )?)life(?![- ]?(?:style|threat))|"
    r"until further notice|(?:for the )?foreseeable "
    r"future|(?:on an? )?(?:ongoing|permanent|continuous|continuing|long[- ]?term|open-?ended|indefinite) basis|"
    r"(?:there is |with |has |have |see |sees )?(?:no|not an?y?) (?:(?:fixed|set|planned|definite|foreseeable|"
    r"anticipated|known|specific|particular|scheduled) )*"
    r"(?:end|expiration|expiry|stop|stopping|termination)(?:ing)?[- ]?(?:date|point)|without (?:an? )?(?:end|stop|"
    r"expiration)(?:ing)?[- ]?(?:date|point)?\b|"
    r"open[- ]?ended|in perpetuity|perpetual(?:ly)?|permanently|forever|for good(?=\s*[.,;)]|\s*$)|"
    r"(?:for )?as long as (?:he|she|they|"
    r"the patient) (?:lives?(?! (?:in|at|there|alone|on|near|here)\b)|is alive|shall live)(?: with [\w' "
    r"]{3,30}(?=[.,;)]|$))?|"
    r"(?:can(?:not|['’]t)|could not|am unable to|is not possible to) (?:yet |now )?(?:offer|give|name|set|state|"
    r"provide|foresee|predict|tell)(?: you| the plan)? (?:an?|any|the) (?:\w+ )?"
    r"(?:end|stop|expiration)(?:ing)?(?:[- ]?(?:date|point))?|"
    r"(?:there is |with |has |have )?no (?:fixed|set|planned|definite|foreseeable|anticipated|known|specific|"
    r"particular|"
    r"scheduled) (?:end|limit|term)|no end in sight|"
    r"from (?:here|now) on(?:ward|wards| out)?\b|chronic(?:ally)? and ongoing|"
    r"perman[ea]nt need|(?:all )?year[- ]?round(?=\s*(?:[.,;)\n]|$)))(?!\w)",
    re.IGNORECASE,
)
_ONGOING = re.compile(
    r"(?:as an? (?:long[- ]?term|permanent|lasting|continuing|standing|open-ended) (?:arrangement|measure|need|"
    r"commitment|order|treatment|requirement|provision)\b|"
    r"(?:is|are|be|remains?|duration|treatment|therapy|need|use|program|sessions)\s+(?:an?\s+)?ongoing\b(?!\s+\w)|"
    r"ongoing\s+(?:duration|as needed|indefinitely))",
    re.IGNORECASE,
)
_IS_SAID = re.compile(
    r"\b(?:need|treatment|therapy|arrangement|program(?:me)?|use|requirement|course|order|this|it) "
    r"(?:is|will be|remains|must be|should be|to be|be) (?:(?:a|both|likely|expected to be|for the) )?\Z",
    re.IGNORECASE,
)
"""What makes "long term" an end of what is prescribed, with no label that asks for one."""
_NO_END_BOX = re.compile(
    r"(?:on-?go ?ing|continuous(?:ly)?|continuing|chronic|perman[ea]nt|long[- ]?term|life|forever)\b"
    r"(?![ \t]+[a-z]|\s+(?-i:[a-z]))",
    re.IGNORECASE,
)


_OF_A_DISEASE = re.compile(
    r"(?<!y)(?:,?\s+(?!(?:for|due|because|given|to|of|in|with|as|since|on|and|by|until|the|this|her|his)\b)[\w-]+){0,2}?"
    r"\s+(?:disease|disorder|condition|illness|disability|diagnosis|impairment|history|ailment|"
    r"deficiency|syndrome|struggle|problem|consequences|complications|damage|maximum|limit)s?\b",
    re.IGNORECASE,
)
"""Of "a lifelong metabolic disease"."""


def open_end_at(text: str, start: int) -> tuple[int, bool] | None:
    """Where an end "never" that starts here ends, and whether it means that only in answer to a label."""
    if start and (text[start - 1].isalnum() or text[start - 1] in "'’"):
        return None
    match = _NO_END.match(text, start)
    if match and _OF_A_DISEASE.match(text, match.end()):
        return None
    if match:
        return match.end(), False
    match = _ONGOING.match(text, start)
    if match:
        return match.end(), False
    match = _NO_END_BOX.match(text, start)
    if match is None or _OF_A_DISEASE.match(text, match.end()):
        return None
    entry = re.search(r"[.,;(]\s*$", text[max(0, start - 3) : start]) and re.match(
        r"\s*(?:[.,;)\n]|$)", text[match.end() :]
    )
    return match.end(), not entry and _IS_SAID.search(text[max(0, start - 60) : start]) is None


_CONDITION = re.compile(
    r"(?:(?P<until>untill?|till|'til|"
    r"(?:stop|end|finish|conclude|cease|done|discontinue)(?:s|ed|d)? (?:only )?(?:when|once|as soon as))|"
    r"(?P<while>(?:for )?(?:as|so) long as))\s+(?!(?:[a-z]+\s+)?\d|[a-z]+\d+\b)(?!further notice)"
    r"(?P<what>[a-z](?:[^.:;\n\t()]|\.(?=\d)){3,90}?)(?=\s*(?:\.(?!\d)|[:;()\n\t]|,\s|\s[–—-]\s|$|\b(?:and|but) "
    r"(?:then|thereafter|not|"
    r"no)\b))",
    re.IGNORECASE,
)
_NO_CONDITION = re.compile(
    r"(?:today|now|then|recently|this|last|next|she was|he was|they were|we (?:are|were)|age|noon|midnight|about|after|"
    r"approximately|yesterday|early|late|mid|the age|birth|bed ?time)\b",
    re.IGNORECASE,
)


_FULL_DATE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d|\b[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|"
    r"th)?,? 20\d\d"
)
_UNTIL_EVENT = re.compile(
    r"(?:up\s+)?(?:untill?|till|'til|through|thru|up\s+to)\s+(?=(?-i:[a-z]))(?:we\s+meet|(?:s?he|they)\s+(?:is|are)\s+"
    r"(?:seen|re-?evaluated|re-?assessed)|(?:the|her|his|their|my|our|your|an?)\b)?",
    re.IGNORECASE,
)
_DAY_OF_EVENT = re.compile(
    r"\b(?:\d{1,2}/\d{1,2}/(?:20)?\d\d|20\d\d-\d\d-\d\d|[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+20\d\d)\b"
)
_ON_A_DAY = re.compile(
    r"(?:\b(?:on|of|dated|due|(?:scheduled|set|planned|expected|booked|anticipated|projected|slated)(?:\s+(?:for|on))?)|"
    r"[,(–—-]\s*(?:(?:which|that|this|now|currently|tentatively|is|has|been|falls|est(?:imated)?\.?|ends|scheduled|set|"
    r"planned|expected|booked|anticipated|projected|slated|due|for|on|to|be)\s+)*)"
    r"\s*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s*)?\Z",
    re.IGNORECASE,
)
"""What leads from an event to its day, at the end of the words between: "(scheduled for"."""
_EVENTS_NAME = re.compile(r"\s*(?:[A-Za-z][\w'’/-]*(?:\s+|\Z)){0,7}")
_FAR = 100  # characters


def event_at(text: str, start: int) -> tuple[str, int] | None:
    """The day of what ends a course, and where its words end: "until her re-evaluation on September 5, 2024", "through
    the end of the plan year, December 31, 2025"."""
    opens = _UNTIL_EVENT.match(text, start)
    if opens is None or (start and text[start - 1].isalnum()):
        return None
    day = _DAY_OF_EVENT.search(text, opens.end(), opens.end() + _FAR)
    link = _ON_A_DAY.search(text[opens.end() : day.start()]) if day else None
    if day is None or link is None or not _EVENTS_NAME.fullmatch(text, opens.end(), opens.end() + link.start()):
        return None
    try:
        return parser.parse(day.group()).date().isoformat(), day.end()
    except ValueError:
        return None


_LEADS = re.compile(r"(?:^|[.;:,]|\band|\bbut)\s*\Z", re.IGNORECASE)
_RUNS_ON = re.compile(
    r"\b(?:i|we|he|she|they|it|you)\s+(?:would|will|shall|can(?:not)?|could|should|must|may|do(?:es)?|am|is|are|"
    r"have|has)\b",
    re.IGNORECASE,
)
"""Of "until it is read I would not call it that": the condition opens its sentence, which then runs on."""


_AGE = r"(?:\d{1,2}|[a-z]+(?:-[a-z]+)?)"
_UNTIL_AGE = re.compile(
    r"(?:untill?|till|'til|through|up to|to)\s+(?P<what>(?:(?:the\s+)?age\s+(?:of\s+)?|(?:s?he|they|the (?:child|"
    r"patient|"
    rf"infant|baby)|[A-Z]\w+)\s+(?:is|turns?|reach(?:es)?)\s+(?:the\s+)?(?:age\s+(?:of\s+)?)?)?{_AGE}[ -]"
    r"(?:months?|years?)(?:\s+of\s+age|[ -]old|['’]s? corrected age)\b)|"
    rf"(?:untill?|till|through|up to)\s+(?P<what2>(?:the\s+)?age\s+(?:of\s+)?{_AGE}\b|"
    rf"(?:s?he|they|the (?:child|patient|infant|baby))\s+(?:turns?|reach(?:es)?(?:\s+(?:the\s+)?age(?:\s+of)?)?)\s+"
    r"(?:\d{1,2}|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty)(?:-\w+)?)\b|"
    r"(?:his|her|their|the|a)\s+(?:\d{1,2}(?:st|nd|rd|th)|[a-z]+(?:-[a-z]+)?)\s+birthday\b)",
    re.IGNORECASE,
)
"""Until somebody is so old."""
_CONDITION_OPENS = frozenset("uUtTfFaAsSeEcCdD'")
"""First letters of "until", "for as long as" and what else leads to a condition."""
_UNTIL_ONE_WORD = re.compile(
    r"(?:(?:untill?|till|'til)|(?:through|thru)(?=\s+(?:(?:skeletal|bone)\s+maturity|menopause|delivery|graduation)))\s+"
    r"(?P<what>(?:skeletal|bone)\s+maturity|out-?grown|weaned|healed|heals|resolved|resolution|recovered|recovery|replaced|"
    r"discharged?|delivery|birth|term|menopause|puberty|maturity|adulthood|remission|stable|stabili[sz]ed|ambulatory|"
    r"asymptomatic|pain-?free|symptom-?free|independent|goals? met|graduation|surgery|retirement|death|worn out|"
    r"re-?evaluated|re-?assessed)(?=\s*(?:[./;,()\n\t]|$|\s(?:and|or|but|at)\b))",
    re.IGNORECASE,
)


_LIFE_OF = re.compile(
    r"for\s+(?P<what>the\s+(?:[a-z]+\s+)?life(?:time|span)?\s+of\s+(?:the|this|that|his|her|their)\s+(?!patient|child)[a-z-]+)\b",
    re.IGNORECASE,
)
_WE_STOP = re.compile(
    r"\b(?:we|i|(?:the |this |her |his )?(?:treatments?|therapy|sessions|visits|classes|training|coaching|"
    r"program(?:me)?|course|order|prescription|need))"
    r"(?:['’]ll| will| shall| should| can| may| is to| are to)?(?: be)? \Z",
    re.IGNORECASE,
)
"""Who or what stops, that it is the course: "we stop when"."""
_NO_SOONER = re.compile(r",?\s*(?:and|but) (?:not (?:before|sooner|until then)|no (?:sooner|earlier))\b", re.IGNORECASE)


def condition_at(text: str, start: int) -> tuple[str, int] | None:
    """The words of a condition that ends a course, and where they end: "goals are met"."""
    if text[start] not in _CONDITION_OPENS or (start and text[start - 1].isalnum()):
        return None
    aged = _UNTIL_AGE.match(text, start)
    if aged:
        name = "what" if aged["what"] else "what2"
        return " ".join(aged[name].split()), aged.end(name)
    one_word = _UNTIL_ONE_WORD.match(text, start) or _LIFE_OF.match(text, start)
    if one_word:
        return one_word["what"].lower(), one_word.end("what")
    match = _CONDITION.match(text, start)
    if match is None:
        return None
    words = match["what"].split()
    if match["until"] and match["until"][0] not in "uUtT'" and not _WE_STOP.search(text[max(0, start - 60) : start]):
        return None
    if _LEADS.search(text[max(0, start - 12) : start]) and _RUNS_ON.search(match["what"]):
        return None
    if _FULL_DATE.search(match["what"]):
        return None
    if len(words) < 2 or _NO_CONDITION.match(match["what"]):
        return None
    sooner = _NO_SOONER.match(text, match.end("what"))
    end = sooner.end() if sooner else match.end("what")
    return " ".join(match.group().split() if match["while"] else words), end
