"""Which kinds of document are about money, and whether a document is one of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docscan.document import Kind

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

BILLS: Final[frozenset[Kind]] = frozenset(("receipt", "superbill", "eob", "estimate", "statement", "card_slip"))
_SURE = 0.6
_I = re.IGNORECASE


def is_bill(text: AnnotatedText) -> bool:
    """Whether a document is most likely about money."""
    return text.kind[0] in BILLS


def is_surely_bill(text: AnnotatedText) -> bool:
    """Whether it is so likely that nothing of a letter is to be looked for."""
    return is_bill(text) and text.kind[1] >= _SURE


def is_account_list(text: str) -> bool:
    """Whether a text lists the entries of a bank's account or of a card, which proves payments and bills nothing."""
    marks = {match.lastgroup for match in _OF_ACCOUNT.finditer(text)}
    listed = bool(marks & {"account", "posted"}) and bool(marks & {"cycle", "activity"})
    return listed and not _OF_PRACTICE.search(text)


_OF_ACCOUNT = re.compile(
    r"(?P<account>\b(?:account|card|checking|savings)\b[^\n]{0,16}\b(?:ending(?: in)?|ends(?: in)?)\W{0,3}"
    r"[x*.…]*\d{4}\b|"
    r"\b(?:checking|savings|visa|master ?card|card)\b[^\n]{0,12}(?:\.{3}|…|[x*]{1,4}|-)\d{4}\b)|"
    r"(?P<activity>\b(?:account activity|recent (?:activity|transactions)|transaction history|posted transactions|"
    r"purchases and adjustments|payments and other credits|transaction description|deposits and credits|"
    r"withdrawals and debits|checking summary)\b)|"
    r"(?P<cycle>\b(?:statement closing|closing date|minimum payment|annual percentage|cash advances?|beginning balance|"
    r"ending balance|available (?:balance|credit)|credit limit|running balance)\b)|"
    r"(?P<posted>^\W*(?:posted|post(?:ing)? date|trans(?:action)?\.?(?: date)?|date posted)\b[^\n]*\b(?:description|"
    r"merchant)\b)",
    _I | re.MULTILINE,
)
"""What an account's list has; how it is closed or headed, and the account or its activity, are needed."""
_OF_PRACTICE = re.compile(
    r"\bpatient(?:['’]?s)? ?(?:accounts?|name|id|no|number|:|\t)|\binvoice\b|\bpostings?\b|"
    r"\bdate of service\b|\bbill to\b",
    _I,
)
"""What a practice's or a hospital's account has."""
