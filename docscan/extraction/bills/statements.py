"""What a bill says of itself: it carries an old balance, is an estimate, only proves a payment, or was paid ahead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docscan.document import Extraction, Kind
from docscan.extraction.bills.billing import is_billed
from docscan.extraction.bills.figures import sheet_of

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "bill_statements"

_ON_ACCOUNT = re.compile(
    r"\b(?:(?:paid|payment|received|credit)s? on account|on account payment|balance (?:brought |carried )?forward|"
    r"(?:previous|prior) balance|account balance (?:is|of)|past due balance|old bal(?:ance)?|balance on account|"
    r"bal(?:ance)?\.? (?:brought |carried )?(?:fwd|forward|over)|account payment|open balance|arrears|"
    r"(?:what )?(?:you|he|she|they|we|was|were) owed\b(?! (?:to )?you)|"
    r"(?:applied|payment|paid|amt|amount)(?: applied)? (?:to|towards?|on)[: ]+(?:your |the )?"
    r"(?:account|balance|acct|invoice|inv|statement|bill)(?: balance)?|"
    r"(?:payments?|paid|pmt) (?:towards?|on|to|against) (?:your |the |an? )?(?:open |outstanding |account |acct )?"
    r"(?:balance|bal|account|acct)|(?:outstanding|owed|owing|balance|due|carried over) from "
    r"(?:last|previous|prior|the previous|earlier|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*)\b"
    r"(?!\W{0,12}(?:0\.00|none\b|nil\b))",
    _I,
)
_ESTIMATE = re.compile(
    r"\b(?:(?:good faith|cost|treatment|price|free|written|total|this|an?) estimate\b|estimate(?: ?(?:no|number|#|"
    r"date|of charges|valid|only))|"
    r"estimated (?:cost|charges?|total|fees?|price|insurance|patient|amount)|est\. (?:insurance|patient|total|cost)|"
    r"quot(?:e|ation)(?: ?(?:no|number|#|valid|date|[A-Z]{0,2}-?\d))?|quoted (?:total|price)|pro[- ]?forma|"
    r"pre-?determination|"
    r"pre-?treatment (?:plan|estimate)|proposed (?:treatment|services?)|not (?:yet )?(?:been )?(?:incurred|rendered|"
    r"performed)|"
    r"(?:this is )?not an? (?:invoice|receipt|final bill)|expected charges?|to be (?:rendered|performed|scheduled))",
    _I,
)
_HEADLINE = re.compile(r"^\W*(?:[\w-]+ ){0,4}(?:estimate|quotation|quote|proposal)\b.{0,20}$", _I)
_SLIP = re.compile(
    r"\b(?:(?:customer|merchant|cardholder) copy|(?:appr(?:oval)?|auth(?:orization)?) (?:code|no|#)\W{0,3}\w+|"
    r"entry (?:method|mode)|"
    r"terminal (?:id|#|no)|pay to the order of|cardholder|i agree to pay|batch ?#|venmo|zelle|cash ?app|"
    r"transaction (?:id|details)|"
    r"minimum payment due|credit card statement|checking|posted|debit card|account ending|routing number|"
    r"AID\W{0,3}A0\d+)\b",
    _I,
)


_SESSIONS = r"(?:sessions?|class(?:es)?|visits?|lessons?|units?|credits?|appointments?|treatments?|punches|hours)"
_NONE = r"(?:0|zero|none|nil)"
_SOME = r"(?:[1-9]\d?|all|both|one|two|three|four|five|six|eight|ten|twelve)"
_DONE = r"(?:used|redeemed|attended|taken|given|completed|held|begun|started|booked|scheduled|arranged)"
_LEFT = rf"(?:left|remain(?:ing|s)?|unused|outstanding|to go|to come|available|on (?:file|account)|to be {_DONE})"
_DEAL = r"(?:sessions?|classes|visits|lessons|package|punch ?card|class ?card|series|bundle|pass|credits)"
_WITHIN = r"(?:expires?|expiring|valid (?:for|through|until|thru|to)|good (?:for|through|until|thru)|use (?:by|within))"
_TO_COME = re.compile(
    "|".join(
        (
            rf"\b{_SESSIONS} {_LEFT}\s*[:=]?\s*{_SOME}\b",
            rf"\b(?:remaining|unused|left|balance of)\s*[:=]?\s*{_SOME} {_SESSIONS}\b",
            rf"\b{_SOME} (?:unused |more |further )?(?:prepaid )?{_SESSIONS} (?:are |is |still )*{_LEFT}\b",
            rf"\b{_DONE}\s*[:=]?\s*{_NONE}\b",
            rf"\b{_NONE} (?:of \d+ )?(?:{_SESSIONS} )?{_DONE}\b",
            rf"\b{_SESSIONS}[^.\n]{{0,25}}\b(?:not yet|yet to be|to be|still to be) {_DONE}\b",
            rf"\b(?:none|no {_SESSIONS}) (?:of (?:these|the|them)[^.\n]{{0,20}} )?ha(?:ve|s|d) (?:yet )?been {_DONE}\b",
            rf"(?<!make-up )(?<!makeup )(?<!missed )\b{_DEAL}\b[^.\n]{{0,30}}\b(?:{_WITHIN}|must be used|to be used)\b",
            rf"\b(?:first|1st|starting|upcoming|next) (?:booking|{_SESSIONS})[^.\n]{{0,20}}\b(?:is |are )?"
            r"(?:scheduled|booked|set for|starts?|begins?)\b",
            r"\bupcoming (?:bookings?|sessions|classes|visits|appointments)\b",
            rf"\b(?:still |yet )?to be {_DONE}\s*[:=]\s*{_SOME}\b(?!\s*[.,:/%]?\d)",
            rf"\b{_SESSIONS}[^.\n]{{0,25}}\b(?:will|shall|must) (?:all )?be {_DONE}\b",
            rf"\b(?:deposit|retainer|down ?payment|part[- ]payment|advance)\b[^.\n]{{0,24}}\b(?:for|towards?|on|"
            rf"to hold|to reserve)\b[^.\n]{{0,40}}\b(?:{_SESSIONS}|program|course|series|fitting|surgery|procedure)\b",
            r"\b(?:balance|remainder|rest)\b[^.\n]{0,20}\b(?:at|on|before|by)(?: the)?(?: your)? (?:first|1st|start|"
            r"beginning|next|fitting|day of)\b",
            r"\bredeem(?:able)? (?:by|before|within|until)\b",
            r"\b(?:voucher|gift (?:card|certificate)) for \d",
            r"\b(?:pre-?paid|(?:paid|payment) (?:in advance|up ?front)|paid ahead|advance payment|prepayment)\b"
            r"(?! (?:debit|card|visa))",
        )
    ),
    _I,
)
"""What is told only where something that was paid for has not been given. Of a plan's notice ("visits remaining: 12")
it says how many more the plan allows."""
_STILL = re.compile(
    rf"(?:^|[|,;•·(\t]|[ ]{{2}}|\bpackage[ :]*|\bcredits )[ ]*(?:now |still )?(?:left|remain(?:ing|s)|unused|available|"
    rf"balance)(?: on (?:package|pack|card|pass))?\s*[:=]?\s*{_SOME}\b(?!\s*[.,:/%-]?\d)"
    r"(?!\s*(?:days|months|points|pts)\b)|"
    rf"\b{_SESSIONS} (?:may|can|are to) be (?:booked|used|redeemed|scheduled|taken)\b",
    _I | re.MULTILINE,
)
_PACKED = re.compile(
    r"\b(?:package|(?:class|visit|session|punch|lesson)[- ](?:card|pass|pack|bundle)|\d+[- ]?(?:class |visit |session |"
    r"lesson )?(?:pack|pass)|(?:block|series|bundle|pack|set|book|course) of \d+|"
    r"\d+[- ](?:class|visit|session|lesson)s?|redeemed|credits)\b",
    _I,
)
"""Where so many are left of something, of what: a bill that sells sessions together."""
_PAID_AHEAD: frozenset[Kind] = frozenset(("receipt", "statement", "estimate", "card_slip"))


def bill_statements(text: AnnotatedText) -> Iterator[Extraction]:
    """prior_balance, estimate_statement, sessions_to_come, card_slip_statement; each with the words that say so."""
    kind = text.kind[0]
    if not is_billed(text):
        return
    yield from _prior_balances(text)
    yield from _estimates(text)
    for match in to_come(text):
        yield _flag(text, "sessions_to_come", match.start(), match.end(), 0.85)
    if kind == "card_slip":
        for match in _SLIP.finditer(text.text):
            yield _flag(text, "card_slip_statement", match.start(), match.end(), 0.85)


def to_come(text: AnnotatedText) -> tuple[re.Match[str], ...]:
    """Where a bill says that some of what is paid for is still to be given."""

    def find() -> Iterator[re.Match[str]]:
        if text.kind[0] in _PAID_AHEAD:
            yield from text.find(_TO_COME)
            yield from _STILL.finditer(text.text) if _PACKED.search(text.text) else ()

    return text.once("to come", lambda: tuple(find()))


def _prior_balances(text: AnnotatedText) -> Iterator[Extraction]:
    sheet = sheet_of(text)
    old = [f for f in sheet.figures if f.role == "previous_balance"]
    for figure in old:
        if figure.cents:
            start, end = min(figure.label[0], figure.amount.start), max(figure.label[1], figure.amount.end)
            yield _flag(text, "prior_balance", *((start, end) if end - start < 120 else figure.label), 0.92)
    for match in _ON_ACCOUNT.finditer(text.text):
        if not any(f.label[0] <= match.start() < f.label[1] or match.start() <= f.label[0] < match.end() for f in old):
            yield _flag(text, "prior_balance", match.start(), match.end(), 0.75)


def _estimates(text: AnnotatedText) -> Iterator[Extraction]:
    seen: set[int] = set()
    for cell in text.cells[:24]:
        match = _HEADLINE.match(cell.text)
        if match and len(cell.text.split()) <= 8:
            seen.add(text.line_index(cell.start))
            yield _flag(text, "estimate_statement", cell.start, cell.end, 0.92)
    for match in _ESTIMATE.finditer(text.text):
        line = text.line_index(match.start())
        if line not in seen:
            seen.add(line)
            yield _flag(
                text, "estimate_statement", match.start(), match.end(), 0.85 if text.kind[0] == "estimate" else 0.6
            )


def _flag(text: AnnotatedText, name: str, start: int, end: int, strength: float) -> Extraction:
    assertion = text.assertion_at(start, end)
    return text.extraction(name, True, start, end, found_by=_FOUND_BY, strength=strength, assertion=assertion)
