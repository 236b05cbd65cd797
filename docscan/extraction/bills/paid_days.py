"""Days on which something was paid, told by where they stand rather than by the words right before them.

A column headed "Paid on"; the record that a payment app, a bank or a booking service makes of one payment; the line of
a card's terminal; a list of what a card was charged. None of them says when a service was given.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docscan.extraction.bills.days import bill_days
from docscan.extraction.bills.money import amounts_in
from docscan.extraction.bills.rows import Piece, Row, rows_of
from docscan.extraction.kinds.of_money import is_account_list
from docscan.extraction.text.month_names import MONTH_BEGUN

if TYPE_CHECKING:
    from docscan.extraction.dates.dates import DateMention
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_PAID_ON = re.compile(
    r"\W*(?:(?:date |when |last )?(?:paid|charged|settled|received)(?: ?on| ?date)?|"
    r"(?:payment|pmt|pymt|charge|pay) ?date|date of (?:payment|charge)|payment (?:made|received|posted)(?: on)?)\W*",
    _I,
)
_DATE_HEADING = re.compile(r"\bdates?\b|\bon\b|\bdue\b|\bwhen\b|\bday\b|\bmonth\b|\bperiod\b", _I)
_FEWEST: Final = 3  # cells of a row of headings
_LONGEST: Final = 60  # rows of a table


def in_paid_column(text: AnnotatedText) -> frozenset[int]:
    """Where the dates begin that stand in a column of a table which is headed as that of payments."""
    return text.once("days in a paid column", lambda: frozenset(_in_paid_column(text)))


def _in_paid_column(text: AnnotatedText) -> list[int]:
    rows = rows_of(text)
    found: list[int] = []
    for index, heads in enumerate(rows):
        if len(heads.cells) < _FEWEST or re.search(r"\d", heads.text):
            continue
        paid = [n for n, cell in enumerate(heads.cells) if _PAID_ON.fullmatch(cell.text)]
        if not paid:
            continue
        for row in rows[index + 1 : index + 1 + _LONGEST]:
            if row.page is not heads.page or (len(row.cells) == len(heads.cells) and not re.search(r"\d", row.text)):
                break
            found += [
                day.start
                for day in bill_days(text)
                if row.start <= day.start < row.end and _column(heads, row, day) in paid
            ]
    return found


def _column(heads: Row, row: Row, day: DateMention) -> int | None:
    """Under which heading a date stands: by order where the row has a cell for each, else the nearest of dates."""
    place = next((n for n, cell in enumerate(row.cells) if cell.start <= day.start < cell.end), None)
    if place is None or day.start - row.cells[place].start > 1:
        return None
    if len(row.cells) == len(heads.cells):
        return place
    cell = row.cells[place]
    if not amounts_in(row.text):
        return None  # a line of the page's foot
    near = [
        n for n, head in enumerate(heads.cells)
        if (_PAID_ON.fullmatch(head.text) or _DATE_HEADING.search(head.text)) and _apart(head, cell) < _BESIDE
    ]  # fmt: skip
    return min(near, key=lambda n: _apart(heads.cells[n], cell), default=None)


_BESIDE: Final = 0.12  # of the page's width: what stands further from a heading is of another column


def _apart(head: Piece, cell: Piece) -> float:
    return min(abs(head.box.left - cell.box.left), abs(head.box.right - cell.box.right), abs(head.middle - cell.middle))


def records_payment(text: AnnotatedText) -> bool:
    """Whether it is a page about one payment: to whom or that it was made on top, and its number or that it went
    through."""

    def told() -> bool:
        head = "\n".join(row.text for row in rows_of(text)[:_HEAD])
        if _PAYMENT_TO.search(head) and _WENT_THROUGH.search(text.text):
            return True
        return bool(_YOU_PAID.search(head) or _PAYMENT_TITLE.search(head)) and not _PRICED.search(text.text)

    return text.once("records a payment", told)


_HEAD: Final = 8  # rows
_PAYMENT_TO = re.compile(r"^\W*(?:you (?:sent|made) a )?payment (?:of [^\n]{1,16} )?to [A-Z0-9]", _I | re.MULTILINE)
_WENT_THROUGH = re.compile(
    r"\btransaction id\b|\bpayment status\b|^\W*completed?\W*$|\b(?:confirmation|reference) (?:number|no|code|#)",
    _I | re.MULTILINE,
)
_YOU_PAID = re.compile(
    r"^\W*(?:(?-i:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){0,3}),? )?(?:you|(?-i:[A-Z][a-z]+ [A-Z][\w.'’-]+)) (?:paid|sent) "
    r"(?:\$|(?-i:[A-Z]))",
    _I | re.MULTILINE,
)
_PAYMENT_TITLE = re.compile(
    r"^\W*(?:payment|transfer|money) (?:receipt|confirmation|sent|complete[d]?|successful|details?|record)\W*$|"
    r"^\W*(?:receipt (?:of|for) (?:your )?payment|proof of payment|payment acknowledge?ment)\W*$",
    _I | re.MULTILINE,
)
"""What a record of a payment is called."""
_PRICED = re.compile(r"\b(?:qty|quantity|unit price|CPT|date of service|service date|session date)\b", _I)
"""What stands on a bill that lists what was done."""


def beside_terminal(text: AnnotatedText, row: Row) -> bool:
    """Whether a row is one of those that a card's terminal or reader writes: it, or a row right beside it, names the
    card and how it was read."""
    rows = rows_of(text)
    index = rows.index(row)
    near = rows[max(0, index - 1) : index + 2]
    return any(_CARD_READ.search(other.text) for other in near)


_CARD_READ = re.compile(
    r"\b(?:visa|master ?card|amex|american express|discover|debit|card)\b[^\n]{0,24}"
    r"(?:\((?:chip|contactless|tap|tapped|swiped?|keyed|inserted|manual)[^)]*\)|"
    r"\b(?:contactless|chip read|swiped|keyed|tapped|inserted)\b)",
    _I,
)


def lists_charges(text: AnnotatedText) -> bool:
    """Whether it is a bank's or a card issuer's list of an account's entries, which bills nothing itself."""
    return text.once("lists an account's charges", lambda: is_account_list(text.text))


def of_mail_head(text: AnnotatedText, day: DateMention) -> bool:
    """Whether a day tells when a message was sent: "Date:" or "Sent:" beside "From:", "To:" or "Subject:"."""
    rows = rows_of(text)
    index = next((n for n, row in enumerate(rows) if row.start <= day.start < row.end), None)
    if index is None or not _SENT.match(text.text[rows[index].start : day.start]):
        return False
    near = rows[max(0, index - 3) : index + 4]
    return sum(bool(_MAIL_HEAD.match(row.text)) for row in near) > 1


_SENT = re.compile(r"[>\s*]*(?:sent|date)(?: on)?\s*:\s*", _I)
_MAIL_HEAD = re.compile(r"[>\s*]*(?:from|to|subject|cc)\s*:", _I)


def tells_for_what(row: Row) -> bool:
    """Whether a row of a receipt book tells what the money was for."""
    return bool(_FOR.match(row.text))


def of_receipt_book(text: AnnotatedText) -> bool | None:
    """Whether it is a page of a receipt book, "Received from ... for ...", whose day is that of the payment: True where
    what it was for was done on other days, or more than once, False where nothing says so, None where it is none."""
    rows = rows_of(text)
    if len(rows) > _PAGE or not any(_RECEIVED.match(row.text) for row in rows):
        return None
    told = next((match["what"] for row in rows if (match := _FOR.match(row.text))), None)
    if told is None or _PRICED.search(text.text):
        return None
    return bool(_OFTEN.search(told))


_PAGE: Final = 26  # rows
_RECEIVED = re.compile(r"\W*rec(?:eived|['’]?d|vd)\.? (?:from|of)\b", _I)
_FOR = re.compile(
    r"\W*(?:[x✓]\W+)?(?:for|for (?:payment )?of|in payment (?:of|for)|being)\b(?! rent\b)[\s:_]*"
    r"(?P<what>[^\n]*[a-z]{3}[^\n]*)",
    _I,
)
_OFTEN = re.compile(
    rf"\b(?:[2-9]|\d\d|two|three|four|five|six|eight|ten|twelve) (?:[\w-]+ ){{0,3}}(?:sessions|visits|lessons|"
    rf"class(?:es)?|treatments|massages|appointments|weeks|hours|packs?)\b|\b{MONTH_BEGUN}\b|\d{{1,2}}/\d{{1,2}}|"
    r"\b(?:sessions|visits|lessons|classes|"
    r"treatments|dues|membership|package|series|month(?:ly)?|deposit|balance)\b",
    _I,
)
"""What was given more than once, or over some time."""
