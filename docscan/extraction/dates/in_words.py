"""Dates written out: "the fourteenth of March, two thousand twenty-four", "this 3rd day of May, in the year 2025"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from docscan.extraction.text.month_names import MONTH, MONTHS
from docscan.extraction.text.numerals import ORDINALS, VALUES

_DAYS = {word: day for day, word in enumerate(ORDINALS, start=1)} | {
    f"{tens}{sign}{word}": value + unit
    for tens, value in (("twenty", 20), ("thirty", 30))
    for unit, word in enumerate(ORDINALS[:9], start=1)
    for sign in ("-", " ", "")
    if value + unit <= 31
} | {"thirtieth": 30}  # fmt: skip
_CARDINALS = {"zero": 0, **VALUES}
_DAY = r"(?P<{0}>" + "|".join(sorted(_DAYS, key=len, reverse=True)) + r"|\d\d?(?:st|nd|rd|th)?)"
_MONTH = rf"(?P<{{0}}>{MONTH})"
_NUMBER = "|".join(sorted(_CARDINALS, key=len, reverse=True))
_YEAR = (
    rf"(?P<{{0}}>(?:19|20)\d\d|two thousand(?:[ ]and)?(?:[ -](?:{_NUMBER})){{{{0,2}}}}|"
    rf"(?:nineteen|twenty)(?:[ ]hundred(?:[ ]and)?)?(?:[ -](?:{_NUMBER})){{{{1,2}}}})"
)
_BETWEEN = r"[\s,]+(?:in the year(?: of our lord)?|of the year)?[\s,]*"
_WRITTEN = re.compile(
    rf"\b(?:(?:the |this )?{_DAY.format('d1')}(?: day)?(?: of|,)? {_MONTH.format('m1')}{_BETWEEN}{_YEAR.format('y1')}|"
    rf"{_MONTH.format('m2')} (?:the )?{_DAY.format('d2')}{_BETWEEN}{_YEAR.format('y2')})(?![\w-])",
    re.IGNORECASE,
)


class DayInWords(NamedTuple):
    """Where a date stands, and what it says; no calendar need have it."""

    start: int
    end: int
    year: int
    month: int
    day: int


def days_in_words(text: str) -> Iterator[DayInWords]:
    """Dates of which the day or the year is written in words, or with "of" and "the year" between."""
    if not re.search(r"\b(?:two thousand|nineteen|twenty|first|second|third|\w+th|in the year)\b", text, re.IGNORECASE):
        return
    for match in _WRITTEN.finditer(text.replace("\n", " ")):
        which = "1" if match["d1"] else "2"
        year = _year(match["y" + which].lower())
        if year is not None:
            day = match["d" + which].lower()
            month = MONTHS.index(match["m" + which].lower()) + 1
            yield DayInWords(match.start(), match.end(), year, month, _DAYS.get(day) or int(re.sub(r"\D", "", day)))


def _year(printed: str) -> int | None:
    if printed.isdigit():
        return int(printed)
    words = re.findall(r"[a-z]+", printed.replace(" and", ""))
    if words[:2] == ["two", "thousand"]:
        return 2000 + sum(_CARDINALS[word] for word in words[2:])
    century = {"nineteen": 1900, "twenty": 2000}[words[0]]
    rest = sum(_CARDINALS[word] for word in words[1:] if word != "hundred")
    return century + rest if 10 <= rest <= 99 or "hundred" in words else None
