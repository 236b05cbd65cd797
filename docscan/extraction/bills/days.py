"""Which days does a bill name? Its dates with misread digits mended, in lists without a year, and in one order.

Whether 03/04 is March or April is settled by what the page shows (`docscan.extraction.dates`), by the currency, and by
a series of sessions that makes sense one way only; where nothing settles it, both readings are given and no value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from docscan.extraction.bills.money import LOOK_ALIKE, amounts_in, currency_of
from docscan.extraction.bills.rows import opens_row, row_at, rows_of
from docscan.extraction.dates.dates import DateMention, dates_in, parse_date
from docscan.extraction.paper.fax_lines import in_a_header
from docscan.extraction.text.month_names import MONTH_BEGUN, MONTH_OR_SHORT

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_DIGITS = str.maketrans({"O": "0", "o": "0", "Q": "0", "I": "1", "l": "1", "|": "1", "S": "5", "B": "8", "Z": "2"})
_GARBLED = re.compile(
    r"(?<![\w/.-])(?P<date>[0-9OolI|SBQZ]{1,2}\s?[/.\-]\s?[0-9OolI|SBQZ]{1,2}\s?[/.\-]\s?"
    r"(?:[12Z][0O][0-9OolI|SBQZ]{2}|[0-9OolI|SBQZ]{2}))(?![\d/-])"
)
_NO_YEAR = re.compile(
    rf"(?<![\w/.-])(?:(?P<month>{MONTH_BEGUN}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?|(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})|"
    rf"(?<![$€£])(?P<before>\d{{1,2}})(?:st|nd|rd|th)? (?-i:(?=[A-Z]))(?P<named>{MONTH_OR_SHORT})\b)"
    r"(?!\s?,?\s?(?:19|20)\d\d|[\w/.%-]|:\d)",
    _I,
)
_AND = r"\s?(?:,|&|\+|and)(?:\s?(?:and|&))?(?:\sthe)?\s?"
_DAY_LIST = re.compile(
    rf"\b(?P<month>{MONTH_BEGUN})(?:,? 20\d\d)?,?(?:\s|[ ]{{0,2}}[-–—:=][ ]{{0,3}})(?:on )?(?:the )?"
    rf"(?P<days>\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:{_AND}\d{{1,2}}(?:st|nd|rd|th)?(?!\d|[:/.]\d)){{1,24}})",
    _I,
)
_SHORT: Final = {"/": r"\d{1,2}/\d{1,2}(?![/\d])", "-": r"(?:0?[1-9]|1[0-2])-[0-3]?\d(?![-/\d]|\s?(?:min|hrs?|reps)\b)"}
"""A day without its year: "3/4", "11-12"."""
_LAST: Final = {"/": r"\d{1,2}/\d{1,2}/(?:20)?\d\d(?!\d)", "-": r"\d{1,2}-\d{1,2}-(?:20)?\d\d(?!\d)"}
"""The last day of a list, which says the year for all of them."""


def _days_in_short(sign: str, shortest: int = 1) -> re.Pattern[str]:
    day, last = _SHORT[sign], _LAST[sign]
    parted = r"(?:\s?(?:,|;|&|\+|\||and|then)(?:\s?(?:and|&))?\s?)"
    loose = rf"(?:(?:[ \t]{{1,4}}|\s[-–—]\s){day}){{2,30}}" if sign == "/" else "(?!)"
    return re.compile(
        rf"(?<![\w/.-])(?P<days>{day}(?:(?:{parted}(?:{day}(?!{parted}?{last}))){{{shortest},30}}"
        rf"|(?:{parted}{day}){{0,30}}{parted}{last}|{loose}))",
        _I,
    )


_SLASHED_LIST = _days_in_short("/")
_DASHED_LIST = _days_in_short("-")
_BEFORE_AMOUNT = re.compile(r"(?<=[\w)\]])[ \t]+(?P<day>\d{1,2}/\d{1,2})(?=(?:\t|[ ]{2,})[ \t]*\$?\s?\d[\d,]*\.\d\d\b)")
_OWN_CELL = re.compile(r"(?<=\t)(?P<day>(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01]))(?=\t)")
_LIST_BEFORE = re.compile(
    rf"(?<![\w/.,$-])(?P<days>\d{{1,2}}(?:st|nd|rd|th)?(?:{_AND}\d{{1,2}}(?:st|nd|rd|th)?){{1,11}})"
    rf"(?: of)?\s(?={MONTH_BEGUN})",
    _I,
)
_LIST_PART: Final = {
    _LIST_BEFORE: re.compile(r"\d+"),
    _DAY_LIST: re.compile(r"\d+"),
    _SLASHED_LIST: re.compile(r"\d+/\d+(?:/\d+)?"),
    _DASHED_LIST: re.compile(r"\d+-\d+(?:-\d+)?"),
}
_LISTED = r"(?:\d{1,2}(?!\d)|(?<=\d)(?:st|nd|rd|th)\b|\s|,|&|\+|\band\b|\bthe\b|\bon\b)*"
_LISTED_MONTH = re.compile(rf"(?P<month>{MONTH_BEGUN})(?:,? (?P<year>20\d\d))?,?(?:\s|\s{{0,2}}[-–—:=]){_LISTED}$", _I)
_MONTH_BEHIND = re.compile(rf"{_LISTED}(?: of)?\s(?P<month>{MONTH_BEGUN})(?:,? (?P<year>20\d\d))?", _I)
_GLUED = re.compile(r"(?<!\d)(?P<date>\d{1,2}[/-]\d{1,2}[/-](?:19|20)\d\d)(?=\d\d?:\d\d)")
_FROM = re.compile(r"(?<![\d/])(?P<date>\d{1,2}/\d{1,2}/(?:20)?\d\d)(?=[-–]\d{1,2}/\d{1,2}/\d\d)")
_TO = re.compile(r"(?<=/\d\d[-–])(?P<date>\d{1,2}/\d{1,2}/(?:20)?\d\d)(?![\d/-])")
_MONTH_AND_YEAR = re.compile(rf"\b(?P<month>{MONTH_BEGUN}) (?P<year>20\d\d)\b", _I)
_FAR = 2050
_LAST_DAY: Final = 31
_LONGEST_SERIES = 62  # days that sessions on one bill usually span


def bill_days(text: AnnotatedText) -> tuple[DateMention, ...]:
    """Every date of a bill in order, swapped ones settled where the page settles them."""
    return text.once("bill days", lambda: _bill_days(text))


def _bill_days(text: AnnotatedText) -> tuple[DateMention, ...]:
    found = [m for m in dates_in(text) if not _is_cut(text, m)]
    found += [
        DateMention(*match.span(), day, (), explicit=True, short_year=False)
        for match in _IN_WORDS.finditer(text.text)
        if (day := _abroad(match)) is not None
        and not any(m.start < match.end() and match.start() < m.end for m in found)
    ]
    for pattern in (_GLUED, _FROM, _TO, _GARBLED):
        for match in pattern.finditer(text.text):
            start, end = match.span("date")
            if any(m.start < end and start < m.end for m in found):
                continue
            mention = _repaired(text.text[start:end], start, end)
            if mention is not None:
                found.append(mention)
    found += [m for m in _boxed(text) if not any(n.start < m.end and m.start < n.end for n in found)]
    found = [m for m in found if not in_a_header(text, m.start)]
    found = sorted((_possible(text, m) for m in found), key=lambda m: m.start)
    settled = _settled(text, found)
    return tuple(sorted((*settled, *_without_year(text, settled)), key=lambda m: m.start))


def _is_cut(text: AnnotatedText, mention: DateMention) -> bool:
    """ "1 Sep - 30" of "1 Sep - 30 Sep": two days of a month, not one of the year 2030; nor is "12 / June 17" of a
    column of days, "June 12" over "June 17", one of the year 2017."""
    printed = text.text[mention.start : mention.end]
    if _NEXT_LINE.match(printed) and _MONTH_LAST.search(text.text[max(0, mention.start - 12) : mention.start]):
        return True
    return bool(_DAY_AFTER.search(printed)) and bool(_MONTH_NEXT.match(text.text, mention.end))


_DAY_AFTER = re.compile(r"[A-Za-z]\.?\s?[-–—]\s?\d\d$")
_MONTH_NEXT = re.compile(rf"\s{MONTH_BEGUN}\b", _I)
_NEXT_LINE = re.compile(r"\d{1,2}(?:st|nd|rd|th)?[ \t]*\n[ \t]*[A-Z]", _I)
_MONTH_LAST = re.compile(rf"\b{MONTH_BEGUN} $", _I)
_BOXED = re.compile(r"(?P<month>\d\d)(?P<gap> ?)(?P<day>\d\d)(?P=gap)(?P<year>(?:20)?\d\d)")


def _boxed(text: AnnotatedText) -> Iterator[DateMention]:
    """ "04 02 26", "040226": dates as claim forms print them, in cells of their own under a heading for dates."""
    from docscan.extraction.bills.figures import sheet_of

    sheet = sheet_of(text)
    for index, row in enumerate(sheet.rows if sheet.headers else ()):
        header = sheet.header_above(index) if sheet.amounts[index] else None
        if header is None or not header.has("date"):
            continue
        for cell in row.cells:
            match = _BOXED.fullmatch(cell.text)
            if match is None:
                continue
            try:
                day = date(int(match["year"][-2:]) + 2000, int(match["month"]), int(match["day"]))
            except ValueError:
                continue
            yield DateMention(cell.start, cell.end, day, (), explicit=True, short_year=False)


_MONTHS_ABROAD: Final = {
    month: number
    for names in (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "januar februar märz april mai juni juli august september oktober november dezember",
    )
    for number, month in enumerate(names.split(), start=1)
} | {
    short: number
    for names in (
        "ene feb mar abr may jun jul ago sep oct nov dic",
        "janv févr mars avr mai juin juil août sept oct nov déc",
        "jan feb mär apr mai jun jul aug sep okt nov dez",
        "enero fevr mrz abril mayo junio julio aout set oct nov dec",
    )
    for number, short in enumerate(names.split(), start=1)
}
_ABROAD: Final = "|".join(sorted(_MONTHS_ABROAD, key=len, reverse=True))
_IN_WORDS = re.compile(
    rf"(?<![\w/.-])(?:(?P<day>\d{{1,2}})(?:er|\.|º)?(?: de)?[ /-](?P<month>{_ABROAD})\b\.?(?:(?: del?|,)? |[/-])"
    rf"|(?P<named>{_ABROAD})\b\.? (?P<of>\d{{1,2}})(?:,| del?|, de)? )(?P<year>20\d\d)\b",
    _I,
)


def _abroad(match: re.Match[str]) -> date | None:
    """ "9 de abril de 2026", "1er mars 2026", "12. Mai 2026", "2 dic. 2025", "marzo 14, 2026"."""
    month, day = match["month"] or match["named"], match["day"] or match["of"]
    try:
        return date(int(match["year"]), _MONTHS_ABROAD[month.lower()], int(day))
    except ValueError:
        return None


def _repaired(printed: str, start: int, end: int) -> DateMention | None:
    """A date with letters for digits, spaces in it, or dots before two digits of a year."""
    plain = re.sub(r"\s", "", printed.translate(_DIGITS)).replace(".", "/")
    if sum(c.isdigit() for c in printed) < 4 or not re.fullmatch(r"\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2})", plain):
        return None
    if "." in printed and not 1 <= int(re.split(r"[/-]", plain)[1]) <= 12:
        return None  # "11.14.00" is a time
    readings = tuple(
        dict.fromkeys(d for order in (False, True) if (d := parse_date(plain, day_first=order)) is not None)
    )
    readings = tuple(d for d in readings if 1990 <= d.year <= 2060)
    if not readings:
        return None
    short = not re.search(r"\d{4}$", plain)
    return DateMention(start, end, readings[0] if len(readings) == 1 else None, readings if len(readings) > 1 else (),
                       explicit=False, short_year=short)  # fmt: skip


def _possible(text: AnnotatedText, mention: DateMention) -> DateMention:
    """A date that no calendar has, or far in the future, with the days that it may be if one digit was misread."""
    far = mention.value is not None and mention.value.year >= _FAR
    if (mention.value is not None and not far) or mention.readings:
        return mention
    printed = text.text[mention.start : mention.end]
    found: list[date] = []
    for index, sign in enumerate(printed if far else printed[:-4]):
        for alike in LOOK_ALIKE.get(sign, ""):
            other = printed[:index] + alike + printed[index + 1 :]
            found += [d for order in (False, True) if (d := parse_date(other, day_first=order)) is not None]
    readings = tuple(dict.fromkeys(day for day in found if day.year < _FAR))
    return replace(mention, value=None, readings=readings) if 1 <= len(readings) <= 4 else mention


def _settled(text: AnnotatedText, mentions: Sequence[DateMention]) -> list[DateMention]:
    """Dates with two readings, decided together: a page writes all its dates in one order."""
    open_ones = [m for m in mentions if _swapped(m)]
    if not open_ones:
        return list(mentions)
    order = _order(text, mentions, open_ones)
    if order is None:
        return list(mentions)
    return [replace(m, value=m.readings[order], readings=()) if _swapped(m) else m for m in mentions]


def _swapped(mention: DateMention) -> bool:
    """Day and month could be each other."""
    if mention.value is not None or len(mention.readings) != 2:
        return False
    one, other = mention.readings
    return (one.year, one.month, one.day) == (other.year, other.day, other.month)


def _order(text: AnnotatedText, mentions: Sequence[DateMention], open_ones: Sequence[DateMention]) -> int | None:
    """0 where the month comes first, 1 where the day does, None where the page does not tell."""
    currency = currency_of(text.text, tuple(a for row in rows_of(text) for a in amounts_in(row.text, row.start)))
    if currency is not None:
        return 0 if currency[0] == "USD" else 1
    if _AMERICAN.search(text.text):
        return 0
    named = {day.month for m in _DAY_LIST.finditer(text.text) if (day := parse_date(f"{m['month']} 1, 2025"))}
    fits = [order for order in (0, 1) if named and all(m.readings[order].month in named for m in open_ones)]
    if len(fits) == 1:
        return fits[0]
    known = [m.value for m in mentions if m.value is not None]
    spans = [_spread([*known, *(m.readings[order] for m in open_ones)]) for order in (0, 1)]
    if len({m.readings for m in open_ones}) + len(known) > 1:
        if spans[0] <= _LONGEST_SERIES < spans[1]:
            return 0
        if spans[1] <= _LONGEST_SERIES < spans[0]:
            return 1
    return _order_of_short_days(text)


def _order_of_short_days(text: AnnotatedText) -> int | None:
    """The order of the days without a year that open the rows: "6/03" over "6/17"."""
    short = [m for m in _NO_YEAR.finditer(text.text) if m["m"] and opens_row(text, m.start())]
    late = {order for m in short for order, one in ((1, m["m"]), (0, m["d"])) if 12 < int(one) <= _LAST_DAY}
    return late.pop() if len(late) == 1 and len(short) > 1 else None


_AMERICAN = re.compile(
    r"\b(?:LLC|PLLC|HSA|FSA|(?i:venmo|zelle)|LMT|CPT|LCSW|L\.?Ac|[A-Z]{2},? \d{5})\b|\(\d{3}\) ?\d{3}-\d{4}|"
    r"\b\d{3}[-.]\d{3}[-.]\d{4}\b"
)
"""What only papers of the United States bear, where the month stands first."""


def _spread(days: Sequence[date]) -> int:
    return (max(days) - min(days)).days


def _months_named(text: AnnotatedText) -> list[date]:
    """The middles of the months that a bill without a full date names with their year: "Feb 2026 invoice"."""
    named = (parse_date(f"{m['month']} 15, {m['year']}") for m in _MONTH_AND_YEAR.finditer(text.text))
    return [day for day in named if isinstance(day, date)]


def _year_named(text: AnnotatedText) -> list[date]:
    """The middle of the only year that is told beside a list of days, "10/1, 10/8, 10/15 (2025)", or of all of them:
    "Summer 2022", "all dates are in 2025", a file's name."""
    years = {match["year"] for match in _YEAR_BEHIND.finditer(text.text)}
    years = years or {match["year"] for match in _YEAR_TOLD.finditer(text.text) if not _OLD.search(match["before"])}
    return [date(int(years.pop()), 7, 1)] if len(years) == 1 else []


_YEAR_BEHIND = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?[),]?(?: of)? \(?(?P<year>20[0-4]\d)(?![\d/.-])")
_YEAR_TOLD = re.compile(
    r"^(?P<before>.*?)(?:\b(?:in|of|for|year|spring|summer|fall|autumn|winter|season|term|dates?|days|visits|sessions|"
    r"calendar|account|statement|invoice)\W{1,2}(?:are |were )?|_)(?P<year>20[0-4]\d)(?![\d/]|[.-]\d)",
    _I | re.MULTILINE,
)
_OLD = re.compile(r"\b(?:since|est\.?|established|founded|serving|copyright|rev\w*|edition|license\w*|rules)\b|©", _I)


def _without_year(text: AnnotatedText, mentions: Sequence[DateMention]) -> Iterator[DateMention]:
    """ "Jan 5" on a line of a bill: of the year that brings it nearest to the bill's other dates."""
    known = [m.value for m in mentions if m.value is not None and not _BIRTH.search(text.text[: m.start][-30:])]
    known = known or _months_named(text) or _year_named(text)
    if not known:
        return
    listed = {**listed_days(text), **_alone_under_heading(text)}
    for start, end in listed.items():
        if not any(m.start < end and start < m.end for m in mentions):
            month = _LISTED_MONTH.search(text.text[max(0, start - 90) : start])
            month = month or _MONTH_BEHIND.match(text.text, end)
            printed = text.text[start:end]
            short = _SHORT_DAY.fullmatch(printed)
            printed = f"{short[1]}/{short[2]}/" if short else f"{month['month']} {printed}, " if month else ""
            named = month["year"] if month and not short else None
            nearest = parse_date(f"{printed}{named}") if named else _nearest(printed, known)
            if nearest is not None:
                yield DateMention(start, end, nearest, (), explicit=month is not None, short_year=True)
    before_amounts = _before_amounts(text)
    for match in _NO_YEAR.finditer(text.text):
        if any(m.start < match.end() and match.start() < m.end for m in mentions):
            continue
        if any(start < match.end() and match.start() < end for start, end in listed.items()):
            continue
        if _STAMPED.match(text.text, match.end()):
            continue
        row = row_at(text, match.start())
        noted = row is not None and MEMO_OF_SERVICE.fullmatch(text.text[row.start : match.start()])
        noted = noted or _PAID_ON.search(text.text[max(0, match.start() - 12) : match.start()])
        if match["m"] and not opens_row(text, match.start()) and match.start() not in before_amounts and not noted:
            continue
        named, day = match["month"] or match["named"], match["day"] or match["before"]
        printed = f"{named} {day}, " if named else f"{match['m']}/{match['d']}/"
        nearest = _nearest(printed, known)
        if nearest is not None:
            yield DateMention(match.start(), match.end(), nearest, (), explicit=bool(named), short_year=True)


_STAMPED = re.compile(r"[ ]+\d{1,2}[/-]\d{1,2}[/-](?:20)?\d\d[ ]+\d{1,2}:\d\d")
"""The day and time that a till prints behind its own number: "11/07  02/14/26 13:40"."""
MEMO_OF_SERVICE = re.compile(
    r"\W*(?:(?:memo|note|message|for|what for|re)\b\W*|[\"“'‘])(?:[a-z][a-z/&-]*\W+){0,4}?"
    r"(?:sessions?|training|massages?|therapy|yoga|pilates|class(?:es)?|lessons?|visits?|appointments?|appts?|pt|acupuncture|"
    r"coaching|workouts?|adjustments?|treatments?|counsel\w+)\W+(?:(?:on|of|from)\W+|\d{1,2}/\d{1,2}\W+)*",
    _I,
)
"""What a memo says before a day: "Memo: massage 8/25"."""
_PAID_ON = re.compile(r"\b(?:pa?i?d|pymt|pmt|rec'?d)(?: on)?[ :]$", _I)
_SHORT_DAY = re.compile(r"(\d{1,2})[/-](\d{1,2})")
_BIRTH = re.compile(r"\b(?:d\.?o\.?b\.?|births?(?: ?date)?|born(?: on)?)\W*$", _I)


def _alone_under_heading(text: AnnotatedText) -> dict[int, int]:
    """ "01-29" alone in its cell under a heading for dates."""
    from docscan.extraction.bills.figures import sheet_of

    sheet = sheet_of(text)
    found: dict[int, int] = {}
    for index, row in enumerate(sheet.rows if sheet.headers else ()):
        header = sheet.header_above(index)
        dates = [c for c in header.columns if c.holds == "date"] if header is not None else []
        for cell in row.cells if dates else ():
            under = any(c.left - _ASKEW < cell.box.right and cell.box.left < c.right + _ASKEW for c in dates)
            if under and _SHORT_DAY.fullmatch(cell.text):
                found[cell.start] = cell.end
    return found


_ASKEW: Final = 0.02  # of the page's width


def _before_amounts(text: AnnotatedText) -> frozenset[int]:
    """Where "3/27" ends the words of a priced line, or is all that they differ in, in two lines or more; in one it may
    be three parts of 27."""
    found = list(_BEFORE_AMOUNT.finditer(text.text))
    found += [m for m in _OWN_CELL.finditer(text.text) if (row := row_at(text, m.start())) and amounts_in(row.text)]
    places = [match.start("day") for match in found if len({other["day"] for other in found}) > 1]
    return frozenset((*places, *_in_series(text)))


def _in_series(text: AnnotatedText) -> Iterator[int]:
    """ "Training session 5/5, 50 min", "Training session 5/12, 50 min": where priced lines differ in nothing else."""
    series: dict[str, list[tuple[str, int]]] = {}
    for row in rows_of(text):
        amounts = amounts_in(row.text)
        days = list(_SLASHED_DAY.finditer(row.text[: amounts[0].start])) if amounts else []
        if len(days) == 1:
            first, last = days[0].span()
            words = re.sub(r"\d+", "#", row.text[:first]) + "/" + re.sub(r"\d+", "#", row.text[last : amounts[0].start])
            series.setdefault(words, []).append((days[0].group(), row.start + first))
    for alike in series.values():
        if len({day for day, _ in alike}) > 1:
            yield from (start for _, start in alike)


_SLASHED_DAY = re.compile(
    r"(?<=[a-z(,] )(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])(?![\w/.%\"”″-]|\s?(?:in|mg|ml|oz|lb)\b)"
)


def _nearest(without_year: str, known: Sequence[date]) -> date | None:
    """The day, of the year that brings it nearest to the known ones."""
    years = range(min(known).year - 1, max(known).year + 2)
    days = [day for year in years if (day := parse_date(f"{without_year}{year}")) is not None]
    return min(days, key=lambda day: min(abs((day - other).days) for other in known), default=None)


def listed_days(text: AnnotatedText) -> dict[int, int]:
    """Days in lists without a year, "Feb 2, 9 and 16" or "2/2, 2/9": start and end of each."""
    return {start: end for days in day_lists(text) for start, end in days}


_OF_THE_CLOCK = re.compile(r"(?::[0-5]\d)?\s?(?:[-–]\s?\d{1,2}(?::[0-5]\d)?\s?)?[ap]\.?m\b\.?", _I)
"""Behind a number that is an hour: "Sept 23, 2-5 pm"."""


def day_lists(text: AnnotatedText) -> tuple[tuple[tuple[int, int], ...], ...]:
    """The lists of days without a year: start and end of each day of each list."""

    def find() -> Iterator[tuple[tuple[int, int], ...]]:
        for pattern, part in _LIST_PART.items():
            for match in pattern.finditer(text.text):
                days = [day.span() for day in part.finditer(text.text, *match.span("days"))]
                kept = tuple(span for span in days if not _OF_THE_CLOCK.match(text.text, span[1]))
                if len(kept) > 1 or len(kept) == len(days):
                    yield kept

    return text.once("day lists", lambda: tuple(find()))
