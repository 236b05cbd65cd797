"""What are the dates of a bill: when was a service given, paid, due, billed?

A date takes its role from the words beside it or the column it stands in. A till slip's only date is the date of sale.
An invoice whose lines bear dates has those as service dates and its own date apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from docscan.document import Extraction
from docscan.extraction.bills.date_words import closes_an_account, is_order, role_of
from docscan.extraction.bills.days import MEMO_OF_SERVICE, bill_days, day_lists, listed_days
from docscan.extraction.bills.figures import sheet_of
from docscan.extraction.bills.money import amounts_in
from docscan.extraction.bills.paid_days import (
    beside_terminal,
    in_paid_column,
    lists_charges,
    of_mail_head,
    of_receipt_book,
    records_payment,
    tells_for_what,
)
from docscan.extraction.bills.rows import Row, opens_row, row_at, rows_of
from docscan.extraction.bills.statements import to_come
from docscan.extraction.bills.visits import visits_below
from docscan.extraction.dates.dates import DateMention

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "bill_dates"
_NO_SERVICE = ("none", "statement_date", "date_of_birth")
_RANGE = re.compile(r"\s*(?:-|–|—|to|through|thru|until)\s*$", _I)
_TILL = re.compile(
    r"\b(?:cashier|change|cash|table|pax|register|reg|till|pos|server|gst|tendered|chip|sdn bhd|items? sold|"
    r"drawer)\b",
    _I,
)
_BILLED = re.compile(r"\b(?:bill(?:ed)? to|invoice (?:to|for)|terms|net \d\d|due date|remit|payable to)\b", _I)


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
    days = [
        m
        for m in bill_days(text)
        if m.value
        and (row := row_at(text, m.start)) is not None
        and (row.start == m.start or _NUMBERED.fullmatch(text.text[row.start : m.start]))
        and sum(c.isalpha() for c in text.text[m.end : row.end]) >= 3
        and not _NOT_HELD.search(text.text[m.end : row.end])
    ]
    if len(days) < 2:
        return
    for day in days:
        yield text.extraction("service_date", day.iso, day.start, day.end, found_by=_FOUND_BY, strength=0.85)


_NUMBERED = re.compile(r"\W*#?\d{1,3}[.):]?\s+")
_NOT_HELD = re.compile(
    r"\bcancel\w*|\bno[- ]?show\b|\bn/s\b|\bmissed\b|\brescheduled?\b|\bdid not (?:come|attend)\b|\babsent\b|"
    r"\b(?:upcoming|scheduled|booked)\b",
    _I,
)
"""What a log says of a session that was not held."""


_PROCESSED = re.compile(r"\b(?:processed|prepared|paid|as of|completed)(?: on| date)?[\s:]*$", _I)


class _Found(NamedTuple):
    role: str
    mention: DateMention
    sure: float
    until: DateMention | None = None


def _with_roles(text: AnnotatedText) -> Iterator[_Found]:  # noqa: PLR0912 - one role after the other
    from docscan.extraction.bills.items import items_of

    mentions = [m for m in bill_days(text) if m.value or m.readings]
    kind = text.kind[0]
    ranges = _ranges(text, mentions)
    in_range = {m.start for pair in ranges for m in pair}
    of_items = {item.day.start for item in items_of(text) if item.day}
    of_items |= {start for days in day_lists(text) if of_items & {start for start, _ in days} for start, _ in days}
    of_fees = [span for item in items_of(text) if item.is_fee or item.gives_back for span in item.spans]
    beside = {*_beside_days(text, mentions), *(m.start for m in mentions if _not_held(text, m))}
    said = _roles_said(text, mentions)
    prepaid = kind == "receipt" and not of_items and bool(to_come(text))
    billed_lines = bool(of_items) or any(role == "service_date" for role in said.values())
    for first, last in ranges:
        served = kind in ("receipt", "superbill", "eob") and said[first.start] not in _NO_SERVICE
        if served and first.value and last.value and first.value <= last.value:
            billed_lines = True
            yield _Found("service_period", first, 0.85, last)
    known = {mention.start for mention in mentions}
    for day in {i.day.start: i.day for i in items_of(text) if i.day and i.day.start not in known}.values():
        yield _Found("service_date", day, 0.93)  # of a claim form: "04 02 26"
    open_ones: list[tuple[DateMention, str]] = []
    for mention in mentions:
        role = said[mention.start]
        if mention.start in in_range or role in ("date_of_birth", "print_date") or mention.start in beside:
            continue
        if role == "none" and mention.start not in of_items:
            continue
        if any(start <= mention.start < end for start, end in of_fees):
            continue  # no service was given on the day of a session that was missed
        if mention.start in of_items:
            yield from _of_item(text, mention)
        elif (
            role == "service_date"
            and prepaid
            and mention.start not in visits_below(text)
            and not re.search(
                r"service|session|visit|treatment|\b(?:used|attended|redeemed|taken)\b",
                text.text[max(0, mention.start - 40) : mention.start],
                _I,
            )
        ):
            yield _Found("payment_date", mention, 0.85)  # "Order date": sessions that are paid for, not yet given
        elif role == "service_date" and is_order(text, mention) and _days_of_items(text) - {mention.iso}:
            yield from _ordered(text, mention)
        elif role in ("due_date", "payment_date", "statement_date", "service_date"):
            yield _Found(role, mention, 0.99 if _surely_paid(text, mention) else 0.93)
        else:
            open_ones.append((mention, role or ""))
    told = not billed_lines and "payment_date" in said.values()  # the mail's own day says when the receipt was sent
    open_ones = [(m, role) for m, role in open_ones if not (told and of_mail_head(text, m))]
    yield from _unlabelled(text, open_ones, billed_lines=billed_lines)
    if kind in ("receipt", "superbill", "statement") and "payment_date" not in said.values():
        yield from _paid_today(text, mentions, said)


def _surely_paid(text: AnnotatedText, mention: DateMention) -> bool:
    """In a column of payments, or right behind a word that can only label one."""
    before = text.text[max(0, mention.start - 24) : mention.start]
    return mention.start in in_paid_column(text) or bool(_PAID_LABEL.search(before))


_PAID_LABEL = re.compile(
    r"(?:^|[\n\t.;|(]|\s{2})[ ]*(?:(?:date )?(?:paid|pd)(?: on)?|charged on|payment date|date of payment)[ \t:]*$", _I
)


def _not_held(text: AnnotatedText, mention: DateMention) -> bool:
    """An entry of a log of visits, without a price, which says that this one did not take place."""
    row = row_at(text, mention.start)
    if row is None or amounts_in(row.text) or not _NOT_HELD.search(text.text[mention.end : row.end]):
        return False
    return len(row.cells) > 1 and bool(_OPENS.fullmatch(text.text[row.start : mention.start]))


_OPENS = re.compile(r"\W*(?:#?\d{1,3}[.):]?\s+)?")


def _roles_said(text: AnnotatedText, mentions: Sequence[DateMention]) -> dict[int, str | None]:
    """What the words beside each date say that it is."""
    from docscan.extraction.bills.billing import is_mere_slip

    said = {m.start: role_of(text, m) for m in mentions}
    said |= dict.fromkeys(visits_below(text), "service_date")
    if text.kind[0] == "eob":
        named = [m.start for m in mentions if said[m.start] == "statement_date"]
        done = [start for start in named if _PROCESSED.search(text.text[max(0, start - 30) : start])]
        said |= dict.fromkeys(done if len(done) < len(named) else (), "none")  # beside the day of the notice
    said |= {m.start: "service_date" for m in mentions if _in_memo(text, m)}
    said |= dict.fromkeys(in_paid_column(text), "payment_date")
    if records_payment(text) or is_mere_slip(text):
        said |= {m.start: "payment_date" for m in mentions if _OF_TRANSACTION.search(text.text[: m.start][-24:])}
    return said


def _of_item(text: AnnotatedText, mention: DateMention) -> Iterator[_Found]:
    """The day of a line: of its service, but on a slip, and on a card whose visits stand below, of its payment."""
    from docscan.extraction.bills.billing import is_mere_slip

    visits, row = visits_below(text), row_at(text, mention.start)
    if lists_charges(text) and len(_days_of_items(text)) > _FEW_ENTRIES:
        return  # what is claimed of them, the list does not tell
    if lists_charges(text) or mention.start in in_paid_column(text):
        yield _Found("payment_date", mention, 0.99 if mention.start in in_paid_column(text) else 0.85)
        return
    if visits and mention.start not in visits and row is not None and _BOUGHT.search(row.text):
        yield _Found("payment_date", mention, 0.8)
        return
    slip = is_mere_slip(text) and not _in_memo(text, mention)
    yield _Found("payment_date" if slip else "service_date", mention, 0.93)
    if records_payment(text) and not _priced(text, mention) and not _in_memo(text, mention):
        yield _Found("payment_date", mention, 0.85)


_FEW_ENTRIES = 3
_BOUGHT = re.compile(r"\b(?:(?:punch|class|visit) ?card|pass|packa?ge?|series|bundle|pa?i?d|bought|purchased)\b", _I)


def _days_of_items(text: AnnotatedText) -> set[str | None]:
    from docscan.extraction.bills.items import items_of

    return {item.day.iso for item in items_of(text) if item.day}


def _ordered(text: AnnotatedText, mention: DateMention) -> Iterator[_Found]:
    """The day of an order whose sessions have days of their own; for goods in it, it is that of their sale."""
    from docscan.extraction.bills.items import items_of

    yield _Found("statement_date", mention, 0.99)
    if any(item.day is None and item.cents > 0 for item in items_of(text)):
        yield _Found("service_date", mention, 0.85)


def _beside_days(text: AnnotatedText, mentions: Sequence[DateMention]) -> Iterator[int]:
    """Where on the line of an item another date stands beside its day: the day on which it was entered."""
    from docscan.extraction.bills.items import items_of

    rows, listed = rows_of(text), listed_days(text)
    for item in items_of(text):
        row = rows[item.row]
        if item.day is not None and row.start <= item.day.start < row.end and len(row.cells) > 3:
            others = (m.start for m in mentions if row.start <= m.start < row.end and m.start != item.day.start)
            yield from (start for start in others if start not in listed and start not in in_paid_column(text))


def _paid_today(
    text: AnnotatedText, mentions: Sequence[DateMention], said: Mapping[int, str | None]
) -> Iterator[_Found]:
    """ "Paid today": on the day that the bill bears, where it bears but one."""
    told = next(text.find(_TODAY), None)
    own = [m for m in mentions if m.value and said[m.start] not in ("date_of_birth", "due_date", "none")]
    if told is not None and own and len({m.iso for m in own}) == 1 and _paid_rows(text):
        yield _Found("payment_date", own[0], 0.8)


_TODAY = re.compile(
    r"\b(?:paid|payments?|collected|received|pmt|charged)\b[^.\n]{0,20}\b(?:today|this (?:date|day)|at (?:the )?"
    r"(?:time of (?:service|visit|sale)|visit|check-?out|desk|counter|register))\b",
    _I,
)


def _unlabelled(
    text: AnnotatedText, dates: Sequence[tuple[DateMention, str]], *, billed_lines: bool
) -> Iterator[_Found]:
    """Dates that say "Date", "Invoice date" or nothing: what they are follows from the kind of bill."""
    kind = text.kind[0]
    prepaid = kind == "receipt" and bool(to_come(text))
    body = _body(text)
    till = len(_TILL.findall(text.text)) >= 2 and not _BILLED.search(text.text)
    timed = [m for m, _ in dates if re.match(r"[\s,@|-]*(?:at )?\d{1,2}[:.]\d\d", text.text[m.end : m.end + 10])]
    of_payment = list(_of_payment(text, dates, timed, billed_lines=billed_lines))
    yield from of_payment
    taken = {found.mention.start for found in of_payment}
    of_account = closes_an_account(text)
    for mention, role in (one for one in dates if one[0].start not in taken):
        if kind == "statement" and role in ("", "plain") and opens_row(text, mention.start) and _priced(text, mention):
            continue  # an entry of the account
        elif kind in ("statement", "estimate", "eob"):
            yield _Found("statement_date", mention, 0.85 if role else 0.6)
        elif role == "invoice_date" and not till:
            yield _Found("statement_date", mention, 0.9)
        elif billed_lines and not role and opens_row(text, mention.start) and _priced(text, mention):
            continue  # an entry of the account: a balance brought forward, what insurance paid
        elif billed_lines:
            if role or mention.start < body:  # what stands below the first line is more likely about something else
                yield _Found("statement_date", mention, 0.75 if role else 0.5)
        elif prepaid:
            if role or mention.start < body:
                yield _Found("payment_date", mention, 0.75)
        elif mention.start in of_account:
            yield _Found("statement_date", mention, 0.75)
        else:
            sure = 0.88 if role or mention in timed else 0.75
            yield _Found("service_date", mention, sure if till or role or len(dates) == 1 else 0.65)


def _of_payment(
    text: AnnotatedText, dates: Sequence[tuple[DateMention, str]], timed: Sequence[DateMention], *, billed_lines: bool
) -> Iterator[_Found]:
    """Of dates without a label, those that stand where a payment is told, and what a browser printed."""
    from docscan.extraction.bills.billing import is_mere_slip

    printed = {m.start for m, role in dates if role == "" and _is_furniture(text, m)}
    one_day = len({m.iso for m, _ in dates if m.value and m.start not in printed}) == 1
    book = of_receipt_book(text) if text.kind[0] == "receipt" else None
    for mention, role in dates:
        row, loose = row_at(text, mention.start), role in ("", "plain")
        if mention.start in printed:
            yield _Found("print_date", mention, 0.7)
        elif loose and _enters_payment(text, mention):
            yield _Found("payment_date", mention, 0.98)
        elif is_mere_slip(text) or (loose and (_pays(text, mention) or is_transfer(text) or records_payment(text))):
            yield _Found("payment_date", mention, 0.99 if one_day or role else 0.85)
        elif book is not None and loose and row is not None and not tells_for_what(row):
            yield _Found("payment_date", mention, 0.99)
            if not book and not billed_lines:
                yield _Found("service_date", mention, 0.8)
        elif role == "" and mention in timed and not billed_lines and row is not None and beside_terminal(text, row):
            yield _Found("payment_date", mention, 0.95)
            if _days_are_of_sale(text) and not to_come(text):
                yield _Found("service_date", mention, 0.88)


def _days_are_of_sale(text: AnnotatedText) -> bool:
    """Whether something is named that was sold or done when the card was read."""
    from docscan.extraction.bills.items import items_of

    return any(item.cents > 0 and item.day is None for item in items_of(text))


def is_transfer(text: AnnotatedText) -> bool:
    """Whether it shows money going from one to another, as a payment app does: "Paid", "To: ...", "From: ..."."""
    head = [row for row in rows_of(text)[:16] if not _MAILED.search(row.text)]
    to, from_ = (any(side.match(row.text) for row in head) for side in (_SENT_TO, _SENT_FROM))
    done = any(_SENT.match(row.text) for row in head)
    return done and to and from_ and not any(re.match(r"\W*subject\s*:", row.text, _I) for row in head)


_MAILED = re.compile(r"\w@\w+\.")
_FULL_NAME = r"(?-i: [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,3}\s*$)"
_SENT_TO = re.compile(
    r"\W*(?:(?:sent |paid )?to|recipient|payee)(?:\s*(?::|\t|[ ]{2})\s*[A-Z@]|" + _FULL_NAME + ")", _I
)
_SENT_FROM = re.compile(r"\W*(?:(?:sent |paid )?from|sender)(?:\s*(?::|\t|[ ]{2})\s*[A-Z@]|" + _FULL_NAME + ")", _I)
_SENT = re.compile(
    r"\W*(?:you )?(?:paid|sent|transferred|(?:bill|online|electronic) payment\W*$|"
    r"(?:payment|transfer|money|amount|funds) (?:was )?(?:sent|completed?|"
    r"successful|transferred))\b",
    _I,
)


_OF_TRANSACTION = re.compile(r"\btransaction date\W*$", _I)


def _in_memo(text: AnnotatedText, mention: DateMention) -> bool:
    """ "Memo: massage 8/25": what somebody wrote of a payment names the day of the service."""
    row = row_at(text, mention.start)
    return row is not None and bool(MEMO_OF_SERVICE.fullmatch(text.text[row.start : mention.start]))


def _priced(text: AnnotatedText, mention: DateMention) -> bool:
    row = row_at(text, mention.start)
    return row is not None and bool(amounts_in(row.text))


def _body(text: AnnotatedText) -> int:
    """Where the lines of a bill begin: at its first amount."""
    return next((row.start for row in rows_of(text) if amounts_in(row.text)), len(text.text))


def _pays(text: AnnotatedText, mention: DateMention) -> bool:
    """An entry of a ledger, "10/16/2026  Payment - check 2204", or the date that a check bears."""
    rest = text.text[mention.end : mention.end + 40].split("\n")[0]
    if opens_row(text, mention.start) and re.match(r"\W*(?:payment|paid|received|credit|pmt)\b", rest, _I):
        return True
    row = row_at(text, mention.start)
    if row is None:
        return False
    paid = text.once("rows of payments", lambda: _paid_rows(text))
    index = rows_of(text).index(row)
    told = len(row.cells) == 1 and len(row.text.split()) > _PROSE
    return (
        any(
            not told or text.sentence_at(place).start <= mention.start < text.sentence_at(place).end
            for place in paid.get(index, ())
        )
        or (bool(_TERMINAL.search(row.text)) and not _REGISTER.search(row.text))
        or is_check(rows_of(text)[index : index + 6], rows_of(text)[max(0, index - 4) : index + 3])
    )


def _enters_payment(text: AnnotatedText, mention: DateMention) -> bool:
    """An entry of a ledger, under headings, that opens with its day and says that somebody paid."""
    row = row_at(text, mention.start)
    if row is None or row.start != mention.start or len(row.cells) < 3 or not amounts_in(row.text):
        return False
    index = rows_of(text).index(row)
    header = sheet_of(text).header_above(index)
    if header is None or not header.has("date"):
        return False
    return any(_PAYMENT.match(cell.text) for cell in row.cells[1:4])


_PAYMENT = re.compile(
    r"\W*(?:(?:patient|client|pt|self|web|online|visa|master ?card|amex|discover|card|credit card|debit card|check|"
    r"cash|hsa|fsa|co-?pay)\W+)*(?:payments?|pmts?|pymts?|paid)\b(?! (?:plan|due|options?)\b)",
    _I,
)


def is_check(to: Sequence[Row], head: Sequence[Row]) -> bool:
    """Whether rows are those of a check: made out to somebody's order, or paid to one under the word and a number."""
    if any(re.match(r"\W*(?:pay to the )?order of\b", row.text, _I) for row in to):
        return True
    payee = any(re.match(r"\W*pay(?:able)? to\b(?!\s+(?:the )?(?:amount|balance))", row.text, _I) for row in to)
    return payee and any(re.match(r"\W*che(?:ck|que)\b.{0,24}\d{3}", row.text, _I) for row in head)


_REGISTER = re.compile(r"\b(?:reg(?:ister)?|oper(?:ator)?|clerk|cashier|cshr|tran|store|assoc(?:iate)?|till|pos)\b", _I)
"""A shop's register, whose line tells the day of the sale."""
_TERMINAL = re.compile(r"\b(?:term(?:inal)?|batch|appr(?:oved)?|auth|chip)\b.*\d", _I)


_PROSE = 14  # words, from which on a row is a paragraph: what one of its sentences says is not said of the others


def _paid_rows(text: AnnotatedText) -> dict[int, list[int]]:
    """Where payments stand, by their rows."""
    from docscan.extraction.bills.foot import foot_of

    found: dict[int, list[int]] = {}
    for figure in foot_of(text).figures:
        if figure.role in ("amount_paid", "card", "tendered"):
            found.setdefault(figure.row, []).append(figure.amount.start)
    return found


def _is_furniture(text: AnnotatedText, mention: DateMention) -> bool:
    """In a corner of what a browser printed: beside the page's title, address or number, in its first or last row."""
    row = row_at(text, mention.start)
    if row is None or row.page.number != 1:
        return False
    rows = [r for r in rows_of(text) if r.page is row.page]
    beside = row.text.replace(text.text[mention.start : mention.end], "")
    return row in (rows[0], rows[-1]) and bool(_BROWSER.search(beside))


_BROWSER = re.compile(
    r"\bportal\b|\b(?:web|e-?|g|hot)?mail\b|\b(?:inbox|outlook|message center|my account)\b|"
    r"https?://|www\.|\.(?:com|example|org|net)\b|\b\d ?/ ?\d\b|\bpage \d",
    _I,
)


def _ranges(text: AnnotatedText, mentions: Sequence[DateMention]) -> list[tuple[DateMention, DateMention]]:
    found = []
    listed = listed_days(text)
    for first, last in pairwise(mentions):
        if first.iso != last.iso and first.start not in listed and _RANGE.fullmatch(text.text[first.end : last.start]):
            found.append((first, last))
    return found
