"""What do the words beside a date, or over it, say that it is?

"date_of_birth", "due_date", "payment_date", "service_date", "statement_date", "invoice_date", "print_date"; "none" for
a date that tells nothing of a bill's, and "plain" for "Date" alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from docscan.extraction.bills.days import bill_days, listed_days
from docscan.extraction.bills.money import amounts_in
from docscan.extraction.bills.paid_days import of_mail_head
from docscan.extraction.bills.rows import Row, row_at, rows_of
from docscan.extraction.dates.dates import DateMention
from docscan.extraction.text.month_names import MONTH_BEGUN, WEEKDAY_BEGUN

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_WORDS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("date_of_birth", (r"d\.?o\.?b\.?", "date of birth", "birth ?date", "born", r"geb\.?")),
    ("none", ("(?:valid|good)(?: (?:until|through|thru|for|up ?to|till|from|between|dates?|only|starting|beginning))?",
              r"expir\w*(?: date)?", r"exp\.?(?: date)?", "before",
              r"(?:policy|coverage|plan|benefits?) (?:effective|start|begins?|end|term\w*)(?: date)?",
              "effective(?: date)?",
              r"(?:claim |bill |eob |form )?(?:date )?received by (?:us|plan|payer|insurer)",
              "(?:results? )?(?:expected|pending|anticipated)", "reported(?: date)?",
              r"(?:expected|planned|anticipated|scheduled|proposed|tentative|if scheduled,?) "
              r"(?:start|dates?|begin\w*|first)(?: [a-z]+){0,3}",
              "since", r"refills?\W{0,2} (?:\d+ )?(?:before|until|left|by)",
              r"return\w* .{0,30}(?:by|within|thru|through|until|before)",
              r"orig(?:inal(?:ly)?)?\.?(?: written| fill| rx)?(?: date)?",
              r"orig(?:inal)?\.? (?:trans?|transaction|sale|receipt|rcpt|purchase|order|invoice|ticket)\b"
              r"[^\n]*\d[^\n]*",
              "deliver(?:y|ed)(?: date)?", r"arriv\w+",
              r"refund\w* (?:issued|sent|made|posted|processed|given)",
              r"renew\w*(?: (?:date|posted|billed|charged))?",
              r"next \w+",
              "(?:established|licen[cs]e).{0,12}")),
    ("shipped", (r"(?:date )?shipped(?: date| out)?", r"ship(?:ping|ment)? date", "dispatched",
                 "sent out", "went out", r"left (?:our|the) \w+",
                 "(?:specimen |sample |blood )?(?:collected|drawn|collection|specimen)(?: date)?")),
    ("written", ("written(?: date)?", "date written")),
    ("invoice_date", (r"(?:invoice|inv\.?|receipt|bill|order) (?:was )?"
                      "(?:created|generated|raised|made|prepared|dated)",)),
    ("print_date", ("(?:re)?print(?:ed)?(?: date| on)?", "date printed", "run date", "generated", "downloaded")),
    ("due_date", ("(?:payment |amount |balance |bill )?(?:was|is|were|comes?|came|falls?) due",
                  "due(?: date| by| on| was| is)?",
                  "(?:please )?pay(?:able|ment)? by", "(?<!paid )(?<!received )(?<!posted )by",
                  "payment due", "zahlbar bis")),
    ("payment_date", ("(?:date )?paid(?: date)?", "payment(?: received| made| posted)?(?: date)?", "date of payment",
                      "posted", "post(?:ing)? date",
                      r"(?<!services )(?<!care )(?<!supplies )received(?: with thanks)?(?: by \w+)?",
                      r"paid\b.{1,36} on",
                      r"paid(?: (?!for\b|visits?\b|sessions?\b|services?\b)\w+){1,3}",
                      "date received", r"received from\b.{1,60} on", "charged", "settled",
                      "auto-?pay(?:ment)?", r"(?:payment|pmt|deposit|check|cheque)\b[^.:;]{0,24}[,-]", "fecha de pago",
                      r"(?:card|visa|master ?card|amex|discover|check|cheque)(?: (?:ending|ends)(?: in)?| no\.?)?"
                      r"[ #x*•]*\d{0,5},? on",
                      r"(?:returned|refunded)\b.{0,36} on",
                      r"\$[\d.,]+ by \w+ on")),
    ("service_date", ("(?:dates? )?of (?:service|purchase|sale|visit|session|treatment|call|transport|encounter|"
                      "care|exam|appointment|fill)s?", r"d\.?o\.?s\.?(?: ?/ ?[a-z]+)?",
                      r"(?:svc|serv|srv)\.? (?:dates?|dt|day)",
                      r"services?(?: (?:provided|rendered|received).{0,40})? on",
                      r"(?:service|purchase|sales?|visit|session|transaction|trans\.?|treatment|appointment|encounter|exam|fill|class|lesson|"
                      "filled|dispensed?|rx|appt) dates?", "date (?:filled|dispensed|of fill|purchased|sold|"
                                                           "collected|drawn|"
                                                           "performed|rendered)",
                      r"(?:date |last |first )?seen", "purchased?", r"(?:for )?visits?(?: of| on)?",
                      r"(?:sessions?|appointments?|treatments?|class(?:es)?|lessons?) (?:of|on|from)", "for",
                      r"goods (?:went out|sent|sold|supplied)(?: on)?",
                      "(?:your )?visit (?:day|date)",
                      "attended", "(?:done|performed|rendered|provided|took place|treated|used|redeemed)",
                      "your (?:session|appointment|visit)", "fecha (?:de|del) (?:servicio|visita|consulta)",
                      "filled", "dispensed", "order(?:ed)?(?: date)?", "(?:order )?placed",
                      r"(?:ordered|bought|purchased|booked) (?:online|in[- ]store|here|by (?:phone|mail)|at the \w+)",
                      r"(?:all|everything|both|each)(?: (?:of (?:it|these|them)|lines?|items?|services?|visits?|done|"
                      r"same day))?(?: on)?",
                      "admi(?:t|ssion|tted)(?: date)?", "discharged?(?: date)?")),
    ("statement_date", ("(?:statement|billing|bill|issued?|issue|notice|summary|claim|doc|quote|estimated?|report|"
                        "closing|close|booking|reservation|registration|enrol?lment) ?dates?",
                      "(?:billing )?(?:period|cycle|month) (?:closes?|ends?|ended|ending|through|thru)",
                      "(?:booked|reserved|registered|enrolled|signed up)(?: on| online)?", "date booked",
                        "made out", "drawn up", "written up", r"(?:copied|typed|written) (?:out|up)(?: by hand)?",
                        "date (?:of )?(?:this )?(?:statement|bill|billed|notice|issued?|issue|processed|prepared)",
                        "date (?:of )?(?:this |the )?(?:good faith )?(?:estimate|quote|notice|summary|explanation)",
                        "(?:statement|summary|notice|letter|explanation)(?: was)? (?:created|made|mailed|"
                        "prepared|issued)",
                        "processed", "prepared", "issued", "billed", "as of")),
    ("invoice_date", (r"(?:invoice|inv\.?|receipt) ?(?:date|dt|dated)", "date of (?:invoice|receipt)",
                      "rechnungsdatum")),
    ("plain", ("date", "dt", "datum", "fecha", "le", "tarikh", "date ?/ ?time", "time", "day")),
)  # fmt: skip
_ROLES: Final = tuple(
    (
        role,
        re.compile(
            rf"\b(?:{'|'.join(words)})(?: on| at| by| of)?(?: ?\([^)]*\))?[\s:.#=-]*"
            rf"(?:\b{WEEKDAY_BEGUN}[,.]? )?$",
            _I,
        ),
    )
    for role, words in _WORDS
)
_HEADED = re.compile(
    r"(?:^|\t)\W*(?:[a-z'’]+ ){0,3}(?:statement|stmt|account (?:summary|activity|history)|payment history|"
    r"(?:balance|payment|account) (?:notice|reminder))(?: (?:no|number|nr)?[.#: ]*[\w-]*\d[\w-]*)?"
    r"(?: (?:of|dated|as (?:of|at)|made|prepared))?[\s:,|–—-]*$",
    _I,
)
"""A statement's title with nothing but its number before the date."""
_PAYS = re.compile(
    r"(?:^|[.;!\t|]|\s[-–—]|\bwas|\bis|\bbeen)\W*(?:(?:we|i|fully|all|the|this|bill|invoice|inv|account|acct|amount|"
    r"thank you|thanks|balance|total|card|e-?check|check|ach|auto-?pay|visa|master ?card|amex|discover|was|is|now|"
    r"has|been|and|have|\d+|\$?[\d,]+\.\d\d)\W+){0,5}"
    r"(?:paid|pd|settled|cleared|received|rec['’]?d|rcvd|charged|debited|remitted|tendered|transferred|payment|pmt|"
    r"pymt|auto-?pay|ran)\b(?P<more>[^.;\t]{0,48})$",
    _I,
)
"""A clause that says that something was paid before it names a day: "PAID with thanks, June 6"."""
_SERVES = re.compile(
    r"\b(?:for|from|of|visits?|sessions?|services?|treat\w*|class(?:es)?|lessons?|appointments?|appts?|seen|given|"
    r"d\.?o\.?s|dates?|through|thru|due|until|between|order\w*|bought|sold)\b",
    _I,
)
_LISTED_BEFORE = re.compile(
    rf"(?:{MONTH_BEGUN}\s|\d{{1,2}}/\d{{1,2}}\s?(?:,|&|and)\s?)(?:\d{{1,2}}(?:/\d{{1,2}})?|\s|,|"
    rf"&|and)*$",
    _I,
)
_DATES_BEFORE = re.compile(r"(?:\d{1,2}/\d{1,2}/\d{2,4}\s?(?:,|&|and)\s?)+$")
_ADDRESS = re.compile(r"\S*(?:://|www\.|\.(?:com|org|net|example|gov|io|app)\b)\S*\s*$", _I)
"""A page's address, whose words say nothing of the date beside it: "portal.example/billing/visits  3/20/25"."""
_PRESCRIBED = re.compile(r"\bRx\b|\bpharmacy\b|\brefills?\b|\bprescri", _I)


def served(text: AnnotatedText) -> list[DateMention]:
    """The days that nothing says to be others than those of the service."""
    days = [d for d in bill_days(text) if d.value and role_of(text, d) in (None, "plain", "service_date")]
    days = [d for d in days if d.start not in closes_an_account(text)]
    told = [d for d in days if not of_mail_head(text, d)]
    paid = any(role_of(text, d) == "payment_date" for d in bill_days(text)) if not told else False
    return told if told or paid else days


def closes_an_account(text: AnnotatedText) -> frozenset[int]:
    """Where a day stands alone in its row on which a letter tells of payments, two or more, that were made before."""
    return text.once("closes an account", lambda: frozenset(_closing_days(text)))


def _closing_days(text: AnnotatedText) -> Iterator[int]:
    entered = [m for m in bill_days(text) if m.value and _enters_an_amount(text, m)]
    paid = {m.value for m in entered if m.value and role_of(text, entered[0]) == "payment_date"}
    for mention in bill_days(text) if len(paid) > 1 else ():
        row = row_at(text, mention.start)
        alone = row is not None and (row.start, row.end) == (mention.start, mention.end)
        if alone and mention.value and mention.value > max(paid) and not role_of(text, mention):
            yield mention.start


def _enters_an_amount(text: AnnotatedText, mention: DateMention) -> bool:
    """Whether a row is a day and an amount, and says nothing else."""
    row = row_at(text, mention.start)
    rest = text.text[mention.end : row.end] if row is not None and row.start == mention.start else ""
    return bool(amounts_in(rest)) and not any(c.isalpha() for c in rest)


def role_of(text: AnnotatedText, mention: DateMention) -> str | None:  # noqa: PLR0911 - one voice after the other
    """What the words beside or over a date say that it is; "plain" for "Date" alone."""
    row = row_at(text, mention.start)
    if row is None:
        return None
    before = re.sub(r"\s+", " ", text.text[row.start : mention.start])
    before = _ADDRESS.sub("", _DATES_BEFORE.sub("", before))
    if (first := _first_of_list(text, row, mention)) is not None:
        before = re.sub(r"\s+", " ", text.text[row.start : first.start])
    listed = _LISTED_BEFORE.search(before)
    role = _said((before[: listed.start()] if listed else before)[-60:])
    if text.kind[0] == "eob" and _OF_CLAIM.search(text.text[row.start : mention.start]):
        return "none"  # when the plan received the claim, and was done with it
    if role in ("written", "shipped"):
        return _by_the_rest(text, role, before)
    if role in (None, "plain") and (
        mention.start in listed_days(text)
        or (first is not None and first.start in listed_days(text))
        or _listed_with(text, row, mention) >= _MANY
    ):
        return "service_date"  # several days in a row are the days of sessions
    if role is not None and role != "plain":
        return role
    if role == "plain" and _among_numbers(text, row, mention):
        return "invoice_date"
    above = _above(text, row, mention)
    return (_said(above) if above else None) or role or _by_the_clause(text, row, mention)


_OF_CLAIM = re.compile(
    r"(?:^|[\t|;,.]|\s{2}|\d )\W*(?:claim |date )?(?:received|finali[sz]ed|entered|adjudicated|closed|"
    r"completed)(?: on| date)?[\s:]*$",
    _I,
)


def _by_the_clause(text: AnnotatedText, row: Row, mention: DateMention) -> str | None:
    """What a day is that no label names, by what its clause tells before it."""
    beside = text.text[max(row.start, mention.start - 90) : mention.start]
    if (pays := _PAYS.search(beside)) and not _SERVES.search(pays["more"]):
        return "payment_date"
    return "statement_date" if _HEADED.search(beside) else None


def is_order(text: AnnotatedText, mention: DateMention) -> bool:
    """Whether the words before a date say that something was ordered or booked on it, which may be given later."""
    row = row_at(text, mention.start)
    return (
        row is not None and _ORDERED.search(text.text[max(row.start, mention.start - 60) : mention.start]) is not None
    )


_ORDERED = re.compile(
    rf"\b(?:order(?:ed)?|placed|purchased?|bought|booked)(?: (?:date|on|at|online|placed))*[\s:.,#=-]*"
    rf"(?:\b{WEEKDAY_BEGUN}[,.]? )?$",
    _I,
)


def _by_the_rest(text: AnnotatedText, role: str, before: str) -> str:
    """What a day on which something was written, sent out or collected is on this bill."""
    if role == "written":
        return "none" if _PRESCRIBED.search(text.text) else "statement_date"
    return "service_date" if not _TAKEN_IN.search(before) and _only_shipped(text) else "none"


def _only_shipped(text: AnnotatedText) -> bool:
    """Whether nothing but the day on which the goods went out says when they were sold."""
    return not any(True for _ in text.find(_SOLD_ON))


_TAKEN_IN = re.compile(r"\b(?:paid|pay(?:ment)?s?|pmts?|co-?pays?|cash|fees?|balance|deposit)\b|\d\.\d\d", _I)
"""What is collected besides blood."""
_SOLD_ON = re.compile(
    r"\b(?:order(?:ed)?|placed|purchased?|sold|sales?|service|dispensed?|filled|fitted|visit|session)"
    r"(?: (?:date|placed|on|online|of))*[\s:.#-]*(?=\d{1,4}[/.-]\d(?!\d\d[ .-]\d{4})|"
    + MONTH_BEGUN
    + r")|\bdates? of (?:service|purchase|sale)|\bD\.?O\.?S\b",
    _I,
)


def _first_of_list(text: AnnotatedText, row: Row, mention: DateMention) -> DateMention | None:
    """The date that opens the list in which this one stands further on: "Seen 2019-05-28 and 2019-05-30"."""
    first, after = None, mention
    for day in reversed([d for d in bill_days(text) if row.start <= d.start < mention.start]):
        if not _LISTS.fullmatch(text.text[day.end : after.start]):
            break
        first = after = day
    return first


def _listed_with(text: AnnotatedText, row: Row, mention: DateMention) -> int:
    """How many days the list has in which this one stands: "6/2/25, 6/5/25, 6/9/25"; 1 where it stands alone."""
    days = [d for d in bill_days(text) if row.start <= d.start < row.end]
    run: list[DateMention] = []
    for day in days:
        if run and not _LISTS.fullmatch(text.text[run[-1].end : day.start]):
            if mention in run:
                break
            run = []
        run.append(day)
    return len(run) if mention in run else 1


_MANY = 3  # days of a list, from which on nothing else is meant than days of sessions
_LISTS = re.compile(r" ?(?:,|&|\+|;|and|then|also|y|et|und)(?: and)? ?", _I)
_FEW_LETTERS = 8


def _said(words: str) -> str | None:
    for role, pattern in _ROLES:
        if pattern.search(words):
            return role
    return None


def _among_numbers(text: AnnotatedText, row: Row, mention: DateMention) -> bool:
    """ "Date" in a block whose next label is the bill's number, terms or due date."""
    rows = rows_of(text)
    index = rows.index(row)
    label = next(
        (c for c in reversed(row.cells) if c.start <= mention.start and re.match(r"\W*date\b", c.text, _I)), None
    )
    if label is None:
        return False
    beside = [c for near in rows[max(0, index - 1) : index + 2] if near is not row for c in near.cells]
    return any(abs(c.box.left - label.box.left) < 0.02 and _OF_BILL.match(c.text) for c in beside)


_OF_BILL = re.compile(r"\W*(?:(?:invoice|bill|statement|terms|due)\b|receipt (?=\W*(?:no|#|num|nr|id|\d)))", _I)


def _above(text: AnnotatedText, row: Row, mention: DateMention) -> str | None:
    """The words over a date that stands alone in its cell."""
    cell = next((c for c in row.cells if c.start <= mention.start < c.end), None)
    if cell is None or mention.start - cell.start > 2:
        return None
    if sum(c.isalpha() for c in text.text[mention.end : cell.end]) > _FEW_LETTERS:
        return None  # a sentence that opens with a day
    rows = [r for r in rows_of(text) if r.page is row.page and r.start < row.start]
    for upper in reversed(rows[-3:]):
        if row.box.top - upper.box.top > 3 * max(row.height, upper.height):
            break
        for over in upper.cells:
            if over.box.left < cell.box.right and cell.box.left < over.box.right:
                return over.text
    return None
