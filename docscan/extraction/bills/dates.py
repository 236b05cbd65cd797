"""The dates of a bill, each with its role: when a service was given, paid, due, billed.

A date takes its role from the words before it, the cell left of it or above it, or the column it stands in. A till
slip's only date is the date of sale. An invoice whose lines bear dates has those as service dates and its own date
apart. Whether 03/04 is March or April is settled by what the page shows (see `dates.py`), by the currency, and by a
series of sessions that makes sense one way only; where nothing settles it, both readings are given and no value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from docscan.document import Extraction
from docscan.extraction.bills.money import LOOK_ALIKE, amounts_in, currency_of
from docscan.extraction.bills.rows import Row, rows_of
from docscan.extraction.dates.dates import DateMention, dates_in, parse_date
from docscan.extraction.text.month_names import MONTH_BEGUN

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "bill_dates"

_WORDS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("date_of_birth", (r"d\.?o\.?b\.?", "date of birth", "birth ?date", "born", r"geb\.?")),
    ("none", ("(?:valid|good) (?:until|through|thru|for)", r"expir\w*(?: date)?", r"exp\.?(?: date)?", "before",
              "since", r"refills?\W{0,2} (?:\d+ )?(?:before|until|left|by)",
              r"return\w* .{0,30}(?:by|within|thru|through|until|before)",
              r"orig(?:inal(?:ly)?)?\.?(?: written| fill| rx)?(?: date)?",
              r"(?:specimen |sample )?(?:collected|reported)(?: date)?",
              "shipped(?: date)?", "deliver(?:y|ed)(?: date)?", r"arriv\w+", r"renew\w*(?: date)?",
              r"next \w+",
              "(?:established|licen[cs]e).{0,12}")),
    ("written", ("written(?: date)?", "date written")),
    ("print_date", ("(?:re)?print(?:ed)?(?: date| on)?", "date printed", "run date", "generated", "downloaded")),
    ("due_date", ("due(?: date| by| on)?", "(?:please )?pay(?:able|ment)? by", "(?<!paid )(?<!received )(?<!posted )by",
                  "payment due", "zahlbar bis")),
    ("payment_date", ("(?:date )?paid(?: date)?", "payment(?: received| made| posted)?(?: date)?", "date of payment",
                      "posted", "post(?:ing)? date", r"received(?: with thanks)?(?: by \w+)?", r"paid\b.{1,36} on",
                      r"paid(?: \w+){1,3}",
                      "date received", r"received from\b.{1,60} on", "charged", "settled",
                      "auto-?pay(?:ment)?", r"(?:payment|pmt|deposit|check|cheque)\b[^.:;]{0,24}[,-]", "fecha de pago",
                      r"(?:returned|refunded)\b.{0,36} on",
                      r"\$[\d.,]+ by \w+ on")),
    ("service_date", ("(?:dates? )?of (?:service|purchase|sale|visit|session|treatment)s?", r"d\.?o\.?s\.?",
                      r"services? (?:provided|rendered|received).{0,40} on",
                      r"(?:service|purchase|sales?|visit|session|transaction|trans\.?|treatment|appointment|fill|"
                      "filled|dispensed?|rx|appt) dates?", "date (?:filled|dispensed|of fill|purchased|sold|"
                                                           "performed|rendered)",
                      r"(?:date |last |first )?seen", "purchased?", r"(?:for )?visits?(?: of| on)?", "for",
                      r"goods (?:went out|sent|sold|supplied)(?: on)?",
                      "(?:your )?visit (?:day|date)",
                      "attended", "your (?:session|appointment|visit)", "fecha (?:de|del) (?:servicio|visita|consulta)",
                      "filled", "dispensed", "order(?:ed)?(?: date)?", "order placed",
                      "admi(?:t|ssion)(?: date)?", "discharged?")),
    ("statement_date", ("(?:statement|billing|bill|issued?|issue|notice|claim|doc|quote|estimated?|report) ?dates?",
                        "date (?:of )?(?:this )?(?:statement|bill|billed|notice|issued?|issue|processed|prepared)",
                        "date (?:of )?(?:this )?(?:estimate|quote)",
                        "processed", "prepared", "issued", "billed", "as of")),
    ("invoice_date", (r"(?:invoice|inv\.?|receipt) ?(?:date|dt|dated)", "date of (?:invoice|receipt)",
                      "rechnungsdatum")),
    ("plain", ("date", "dt", "datum", "fecha", "le", "tarikh", "date ?/ ?time", "time", "day")),
)  # fmt: skip
_ROLES: Final = tuple(
    (role, re.compile(rf"\b(?:{'|'.join(words)})(?: on| at| by| of)?(?: ?\([^)]*\))?[\s:.#=-]*$", _I))
    for role, words in _WORDS
)
_NO_SERVICE = ("none", "statement_date", "date_of_birth")
_RANGE = re.compile(r"\s*(?:-|–|—|to|through|thru|until)\s*$", _I)
_TILL = re.compile(
    r"\b(?:cashier|change|cash|table|pax|register|reg|till|pos|server|gst|tendered|chip|sdn bhd|items? sold|"
    r"drawer)\b",
    _I,
)
_BILLED = re.compile(r"\b(?:bill(?:ed)? to|invoice (?:to|for)|terms|net \d\d|due date|remit|payable to)\b", _I)
_DIGITS = str.maketrans({"O": "0", "o": "0", "Q": "0", "I": "1", "l": "1", "|": "1", "S": "5", "B": "8", "Z": "2"})
_GARBLED = re.compile(
    r"(?<![\w/.-])(?P<date>[0-9OolI|SBQZ]{1,2}\s?[/.\-]\s?[0-9OolI|SBQZ]{1,2}\s?[/.\-]\s?"
    r"(?:[12Z][0O][0-9OolI|SBQZ]{2}|[0-9OolI|SBQZ]{2}))(?![\d/-])"
)
_NO_YEAR = re.compile(
    rf"(?<![\w/.-])(?:(?P<month>{MONTH_BEGUN}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?|(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}}))"
    r"(?!\s?,?\s?(?:19|20)\d\d|[\w/.:%-])",
    _I,
)
_DAY_LIST = re.compile(
    rf"\b(?P<month>{MONTH_BEGUN})\s(?P<days>\d{{1,2}}(?!\d)(?:\s?(?:,|&|and)\s?\d{{1,2}}(?![\d:/.])){{1,11}})", _I
)
_SLASHED_LIST = re.compile(
    r"(?<![\w/.-])(?P<days>\d{1,2}/\d{1,2}(?![/\d])(?:\s?(?:,|&|and)\s?\d{1,2}/\d{1,2}(?![/\d])){1,11})", _I
)
_LIST_PART: Final = {_DAY_LIST: re.compile(r"\d+"), _SLASHED_LIST: re.compile(r"\d+/\d+")}
_LISTED_MONTH = re.compile(rf"(?P<month>{MONTH_BEGUN})\s(?:\d{{1,2}}|\s|,|&|and)*$", _I)
_LISTED_BEFORE = re.compile(
    rf"(?:{MONTH_BEGUN}\s|\d{{1,2}}/\d{{1,2}}\s?(?:,|&|and)\s?)(?:\d{{1,2}}(?:/\d{{1,2}})?|\s|,|"
    rf"&|and)*$",
    _I,
)
_DATES_BEFORE = re.compile(r"(?:\d{1,2}/\d{1,2}/\d{2,4}\s?(?:,|&|and)\s?)+$")
_GLUED = re.compile(r"(?<!\d)(?P<date>\d{1,2}[/-]\d{1,2}[/-](?:19|20)\d\d)(?=\d\d?:\d\d)")
_PACKAGE = re.compile(
    r"\b(?:\d+[- ](?:sessions?|class(?:es)?|visits?|lessons?)\b.{0,40}\b(?:package|pack|bundle|plan|card)|"
    r"(?:package|pack|bundle|block|series) of \d+|pre-?paid|punch ?card)\b",
    _I,
)
_TO_COME = re.compile(
    r"\b(?:(?:sessions?|classes|visits|lessons) (?:used|taken|redeemed|attended)(?: so far| to date)?\s*[:=]?\s*"
    r"(?:0|none)\b|"
    r"(?:0|none) (?:of (?:\d+|the|your) .{0,20})?(?:used|redeemed|taken|booked)|none (?:have|has) been (?:used|taken)|"
    r"(?:sessions?|classes|visits|lessons|credits?) (?:may|can|must|to) be (?:booked|used|redeemed|scheduled|taken)|"
    r"(?:sessions?|classes|visits|lessons|credits?|package) "
    r"(?:expires?|(?:are |is )?(?:valid|good) (?:for|until|through|from))|"
    r"to be (?:used|scheduled|redeemed) (?:by|before|within))",
    _I,
)
_PRESCRIBED = re.compile(r"\bRx\b|\bpharmacy\b|\brefills?\b|\bprescri", _I)
_FAR = 2050
_LONGEST_SERIES = 62  # days that sessions on one bill usually span


def bill_days(text: AnnotatedText) -> tuple[DateMention, ...]:
    """Every date of a bill in order, swapped ones settled where the page settles them."""
    return text.once("bill days", lambda: _bill_days(text))


def bill_dates(text: AnnotatedText) -> Iterator[Extraction]:
    """service_date, service_period, payment_date, due_date, statement_date of documents about money."""
    from docscan.extraction.bills.billing import is_billed

    if text.kind[0] == "trainer_documentation":
        yield from _logged(text)
    if not is_billed(text):
        return
    for found in _with_roles(text):
        if found.role == "service_period":
            yield text.extraction(
                "service_period",
                {"start": found.mention.iso, "end": found.until.iso if found.until else None},
                found.mention.start,
                found.until.end if found.until else found.mention.end,
                found_by=_FOUND_BY,
                strength=found.sure,
            )
            continue
        yield text.extraction(
            found.role, found.mention.iso, found.mention.start, found.mention.end, found_by=_FOUND_BY,
            strength=found.sure, readings=[day.isoformat() for day in found.mention.readings],
        )  # fmt: skip


def _logged(text: AnnotatedText) -> Iterator[Extraction]:
    """The days of a trainer's log: dates that open two rows or more, with what was done beside them."""
    days = [m for m in bill_days(text) if m.value and (row := _row_of(text, m)) is not None and row.start == m.start
            and sum(c.isalpha() for c in text.text[m.end : row.end]) >= 3]  # fmt: skip
    if len(days) < 2:
        return
    for day in days:
        yield text.extraction("service_date", day.iso, day.start, day.end, found_by=_FOUND_BY, strength=0.85)


def _row_of(text: AnnotatedText, mention: DateMention) -> Row | None:
    return next((row for row in rows_of(text) if row.start <= mention.start < row.end), None)


class _Found(NamedTuple):
    role: str
    mention: DateMention
    sure: float
    until: DateMention | None = None


def _with_roles(text: AnnotatedText) -> Iterator[_Found]:
    from docscan.extraction.bills.items import items_of

    mentions = [m for m in bill_days(text) if m.value or m.readings]
    kind = text.kind[0]
    ranges = _ranges(text, mentions)
    in_range = {m.start for pair in ranges for m in pair}
    of_items = {item.day.start for item in items_of(text) if item.day}
    of_fees = [span for item in items_of(text) if item.is_fee or item.gives_back for span in item.spans]
    said = {m.start: role_of(text, m) for m in mentions}
    prepaid = kind == "receipt" and not of_items and prepaid_at(text) is not None
    billed_lines = bool(of_items) or any(role == "service_date" for role in said.values())
    for first, last in ranges:
        served = kind in ("receipt", "superbill", "eob") and said[first.start] not in _NO_SERVICE
        if served and first.value and last.value and first.value <= last.value:
            billed_lines = True
            yield _Found("service_period", first, 0.85, last)
    open_ones: list[tuple[DateMention, str]] = []
    for mention in mentions:
        role = said[mention.start]
        if mention.start in in_range or role in ("date_of_birth", "print_date"):
            continue
        if role == "none" and mention.start not in of_items:
            continue
        if any(start <= mention.start < end for start, end in of_fees):
            continue  # no service was given on the day of a session that was missed
        if mention.start in of_items:
            yield _Found("service_date" if kind != "card_slip" else "payment_date", mention, 0.93)
        elif (
            role == "service_date"
            and prepaid
            and not re.search(
                r"service|session|visit|treatment", text.text[max(0, mention.start - 40) : mention.start], _I
            )
        ):
            yield _Found("payment_date", mention, 0.85)  # "Order date": sessions that are paid for, not yet given
        elif role in ("due_date", "payment_date", "statement_date", "service_date"):
            yield _Found(role, mention, 0.93)
        else:
            open_ones.append((mention, role or ""))
    yield from _unlabelled(text, open_ones, billed_lines=billed_lines)


def _unlabelled(
    text: AnnotatedText, dates: Sequence[tuple[DateMention, str]], *, billed_lines: bool
) -> Iterator[_Found]:
    """Dates that say "Date", "Invoice date" or nothing: what they are follows from the kind of bill."""
    kind = text.kind[0]
    prepaid = prepaid_at(text) if kind == "receipt" else None
    body = _body(text)
    till = len(_TILL.findall(text.text)) >= 2 and not _BILLED.search(text.text)
    timed = [m for m, _ in dates if re.match(r"[\s,@|-]*(?:at )?\d{1,2}[:.]\d\d", text.text[m.end : m.end + 10])]
    for mention, role in dates:
        if kind == "card_slip" or (role in ("", "plain") and _pays(text, mention)):
            yield _Found("payment_date", mention, 0.85)
        elif role == "" and _is_furniture(text, mention):
            yield _Found("print_date", mention, 0.7)
        elif (
            kind == "statement" and role in ("", "plain") and _opens_row(text, mention.start) and _priced(text, mention)
        ):
            continue  # an entry of the account
        elif kind in ("statement", "estimate", "eob"):
            yield _Found("statement_date", mention, 0.85 if role else 0.6)
        elif role == "invoice_date" and not till:
            yield _Found("statement_date", mention, 0.9)
        elif billed_lines and not role and _opens_row(text, mention.start) and _priced(text, mention):
            continue  # an entry of the account: a balance brought forward, what insurance paid
        elif billed_lines:
            if role or mention.start < body:  # what stands below the first line is more likely about something else
                yield _Found("statement_date", mention, 0.75 if role else 0.5)
        elif prepaid is not None:
            if role or mention.start < body:
                yield _Found("payment_date", mention, 0.75)
        else:
            sure = 0.88 if role or mention in timed else 0.75
            yield _Found("service_date", mention, sure if till or role or len(dates) == 1 else 0.65)


def _priced(text: AnnotatedText, mention: DateMention) -> bool:
    row = _row_of(text, mention)
    return row is not None and bool(amounts_in(row.text))


def prepaid_at(text: AnnotatedText) -> tuple[int, int] | None:
    """Where a receipt says that what it sells is still to come: a package of which nothing was used yet."""
    if not _PACKAGE.search(text.text):
        return None
    match = _TO_COME.search(text.text)
    return match.span() if match else None


def _body(text: AnnotatedText) -> int:
    """Where the lines of a bill begin: at its first amount."""
    return next((row.start for row in rows_of(text) if amounts_in(row.text)), len(text.text))


def _pays(text: AnnotatedText, mention: DateMention) -> bool:
    """An entry of a ledger, "10/16/2026  Payment - check 2204", or the date that a check bears."""
    rest = text.text[mention.end : mention.end + 40].split("\n")[0]
    if _opens_row(text, mention.start) and re.match(r"\W*(?:payment|paid|received|credit|pmt)\b", rest, _I):
        return True
    row = _row_of(text, mention)
    if row is None:
        return False
    paid = text.once("rows of payments", lambda: _paid_rows(text))
    index = rows_of(text).index(row)
    return (
        index in paid
        or bool(_TERMINAL.search(row.text))
        or any(re.match(r"\W*(?:pay to the )?order of\b", other.text, _I) for other in rows_of(text)[index : index + 6])
    )


_TERMINAL = re.compile(r"\b(?:term(?:inal)?|batch|appr(?:oved)?|auth|chip)\b.*\d", _I)


def _paid_rows(text: AnnotatedText) -> frozenset[int]:
    from docscan.extraction.bills.foot import foot_of

    return frozenset(f.row for f in foot_of(text).figures if f.role in ("amount_paid", "card", "tendered"))


def _is_furniture(text: AnnotatedText, mention: DateMention) -> bool:
    """In a corner of what a browser printed: beside the page's title, address or number, in its first or last row."""
    row = _row_of(text, mention)
    if row is None or row.page.number != 1:
        return False
    rows = [r for r in rows_of(text) if r.page is row.page]
    beside = row.text.replace(text.text[mention.start : mention.end], "")
    return row in (rows[0], rows[-1]) and bool(_BROWSER.search(beside))


_BROWSER = re.compile(r"\bportal\b|https?://|www\.|\.(?:com|example|org|net)\b|\b\d ?/ ?\d\b|\bpage \d", _I)


def _ranges(text: AnnotatedText, mentions: Sequence[DateMention]) -> list[tuple[DateMention, DateMention]]:
    found = []
    for first, last in pairwise(mentions):
        if _RANGE.fullmatch(text.text[first.end : last.start]):
            found.append((first, last))
    return found


def role_of(text: AnnotatedText, mention: DateMention) -> str | None:
    """What the words beside or over a date say that it is; "plain" for "Date" alone."""
    row = _row_of(text, mention)
    if row is None:
        return None
    before = re.sub(r"\s+", " ", text.text[row.start : mention.start])
    before = _DATES_BEFORE.sub("", before)
    listed = _LISTED_BEFORE.search(before)
    role = _said((before[: listed.start()] if listed else before)[-60:])
    if role == "written":
        return "none" if _PRESCRIBED.search(text.text) else "statement_date"
    if mention.start in _listed(text) and role in (None, "plain"):
        return "service_date"  # several days in a row are the days of sessions
    if role is not None and role != "plain":
        return role
    above = _above(text, row, mention)
    return (_said(above) if above else None) or role


def _said(words: str) -> str | None:
    for role, pattern in _ROLES:
        if pattern.search(words):
            return role
    return None


def _above(text: AnnotatedText, row: Row, mention: DateMention) -> str | None:
    """The words over a date that stands alone in its cell."""
    cell = next((c for c in row.cells if c.start <= mention.start < c.end), None)
    if cell is None or mention.start - cell.start > 2:
        return None
    rows = [r for r in rows_of(text) if r.page is row.page and r.start < row.start]
    for upper in reversed(rows[-3:]):
        if row.box.top - upper.box.top > 3 * max(row.height, upper.height):
            break
        for over in upper.cells:
            if over.box.left < cell.box.right and cell.box.left < over.box.right:
                return over.text
    return None


def _bill_days(text: AnnotatedText) -> tuple[DateMention, ...]:
    found = list(dates_in(text))
    found += [
        DateMention(*match.span(), day, (), explicit=True, short_year=False)
        for match in _IN_WORDS.finditer(text.text)
        if (day := _abroad(match)) is not None
        and not any(m.start < match.end() and match.start() < m.end for m in found)
    ]
    for pattern in (_GLUED, _GARBLED):
        for match in pattern.finditer(text.text):
            start, end = match.span("date")
            if any(m.start < end and start < m.end for m in found):
                continue
            mention = _repaired(text.text[start:end], start, end)
            if mention is not None:
                found.append(mention)
    found += [m for m in _boxed(text) if not any(n.start < m.end and m.start < n.end for n in found)]
    found = sorted((_possible(text, m) for m in found), key=lambda m: m.start)
    settled = _settled(text, found)
    return tuple(sorted((*settled, *_without_year(text, settled)), key=lambda m: m.start))


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
}
_IN_WORDS = re.compile(
    rf"(?<![\w/.-])(?P<day>\d{{1,2}})(?:er|\.|º)?(?: de)? (?P<month>{'|'.join(_MONTHS_ABROAD)})"
    r"(?: del?|,)? (?P<year>20\d\d)\b",
    _I,
)


def _abroad(match: re.Match[str]) -> date | None:
    """ "9 de abril de 2026", "1er mars 2026", "12. Mai 2026"."""
    try:
        return date(int(match["year"]), _MONTHS_ABROAD[match["month"].lower()], int(match["day"]))
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
    known = [m.value for m in mentions if m.value is not None]
    spans = [_spread([*known, *(m.readings[order] for m in open_ones)]) for order in (0, 1)]
    if len({m.readings for m in open_ones}) + len(known) > 1:
        if spans[0] <= _LONGEST_SERIES < spans[1]:
            return 0
        if spans[1] <= _LONGEST_SERIES < spans[0]:
            return 1
    return None


def _spread(days: Sequence[date]) -> int:
    return (max(days) - min(days)).days


def _without_year(text: AnnotatedText, mentions: Sequence[DateMention]) -> Iterator[DateMention]:
    """ "Jan 5" on a line of a bill: of the year that brings it nearest to the bill's other dates."""
    known = [m.value for m in mentions if m.value is not None]
    if not known:
        return
    listed = _listed(text)
    for start, end in listed.items():
        if not any(m.start < end and start < m.end for m in mentions):
            month = _LISTED_MONTH.search(text.text[max(0, start - 60) : start])
            printed = text.text[start:end]
            printed = f"{printed}/" if "/" in printed else f"{month['month']} {printed}, " if month else ""
            nearest = _nearest(printed, known)
            if nearest is not None:
                yield DateMention(start, end, nearest, (), explicit=month is not None, short_year=True)
    for match in _NO_YEAR.finditer(text.text):
        if any(m.start < match.end() and match.start() < m.end for m in mentions):
            continue
        if any(start < match.end() and match.start() < end for start, end in listed.items()):
            continue
        if match["m"] and not _opens_row(text, match.start()):
            continue
        printed = f"{match['month']} {match['day']}, " if match["month"] else f"{match['m']}/{match['d']}/"
        nearest = _nearest(printed, known)
        if nearest is not None:
            yield DateMention(match.start(), match.end(), nearest, (), explicit=bool(match["month"]), short_year=True)


def _nearest(without_year: str, known: Sequence[date]) -> date | None:
    """The day, of the year that brings it nearest to the known ones."""
    years = range(min(known).year - 1, max(known).year + 2)
    days = [day for year in years if (day := parse_date(f"{without_year}{year}")) is not None]
    return min(days, key=lambda day: min(abs((day - other).days) for other in known), default=None)


def _listed(text: AnnotatedText) -> dict[int, int]:
    """Days in lists without a year, "Feb 2, 9 and 16" or "2/2, 2/9": start and end of each."""

    def find() -> dict[int, int]:
        found: dict[int, int] = {}
        for pattern in (_DAY_LIST, _SLASHED_LIST):
            for match in pattern.finditer(text.text):
                for day in _LIST_PART[pattern].finditer(text.text, match.start("days"), match.end("days")):
                    found[day.start()] = day.end()
        return found

    return text.once("listed days", find)


def _opens_row(text: AnnotatedText, start: int) -> bool:
    return any(row.start == start for row in rows_of(text))
