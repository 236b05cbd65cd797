"""What a bill does: it prices what was given, asks for what is owed, tells what a plan pays or a thing would cost.

Each act is found by itself; which kinds it speaks for stands at the end.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from docscan.document import Kind
from docscan.extraction.kinds.weighing import Place, Point, place_of, points_of, spaced
from docscan.extraction.text.month_names import MONTH_BEGUN, WEEKDAY_BEGUN

_AMOUNT = (
    r"(?:(?<![\w.,/-])(?:rm|us\$|usd|eur|gbp|[$€£])?\s?-?\d{1,3}(?:[,. ]?\d{3})*[.,]\d{2}(?![\d%/]|[.,]\d|"
    r"\s?(?:m?[cm]?gs?|m?l|mm?|cm|kg|lbs?|iu|units?|mph|mmol|[nmp]g/|[a-z]{1,4}/d?(?:l|ml))\b)"
    r"|(?<!\w)(?:rm|us\$|usd|eur|gbp|[$€£])\s?\d[\d,]{0,6}(?![\d%/]|[.,]\d))"
)
_ITEM_LINE = re.compile(rf"^(?P<said>.*[a-z]{{3}}.*?)\s(?P<sum>{_AMOUNT})\W{{0,3}}[a-z]{{0,2}}\W*$", re.MULTILINE)


@cache
def _not_an_item() -> re.Pattern[str]:
    said = tomllib.loads(files(__package__).joinpath("kind_cues.toml").read_text("utf-8"))["not_an_item"]
    return re.compile(spaced("|".join(said)), re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Priced:
    """How many amounts there are, and the lines that price something which is no sum, payment or balance."""

    amounts: int
    lines: list[re.Match[str]]


def priced(text: str) -> Priced:
    """Look for the amounts and priced lines of a text in lower case."""
    not_item = _not_an_item()
    lines = [
        m for m in _ITEM_LINE.finditer(text) if not not_item.search(m["said"]) and not _OF_INVOICE.fullmatch(m["said"])
    ]
    lines = [m for m in lines if _cents(m["sum"]) or not _FEE.search(m["said"])]
    amounts = len(re.findall(_AMOUNT, text))
    if amounts < _FEW:
        whole = _whole(text)
        amounts += len(whole)
        lines += [m for m in whole if m["said"].strip() and not not_item.search(m["said"])]
    return Priced(amounts, lines)


_FEE = re.compile(r"\bfees?\b")
"""What a payment's page charged for itself, though it be nothing."""
_OF_INVOICE = re.compile(
    r"\W*(?:open |unpaid |your |our )?(?:invoice|inv|bill|statement|stmt|receipt)\b[\s#:.no-]*[a-z]{0,4}-?\d[\d-]*\W*"
    r"(?:(?:open|unpaid|due|overdue|past due|outstanding|of|dated|\d[\d/.-]*)\W*)*"
)
"""A line of a reminder, which names no more than the invoice that is open."""
_FEW = 3  # amounts; below that, prices may have been written without cents
_WHOLE_LINE = re.compile(
    r"^(?P<said>[^\n]*?)(?:[ ]{2,}|[._]{3,}[ ]*|\t[ ]*|^[ ]*)(?P<sum>[-–]?\d{1,5})[ ]*$", re.MULTILINE
)


def _whole(text: str) -> list[re.Match[str]]:
    """Lines that end in a bare number, where one of these is what those above it come to: prices without cents."""
    found = list(_WHOLE_LINE.finditer(text))
    cents = [int(re.sub(r"\D", "", match["sum"])) for match in found]
    sums = [n for n in range(2, len(cents)) if cents[n] and cents[n] == sum(cents[:n])]
    worded = sum(bool(re.search(r"[a-z]{3}", match["said"])) for match in found)
    return found if sums and worded > 1 else []


def _sum_up(lines: list[re.Match[str]], text: str) -> bool:
    """Whether the prices of two lines or more add up to an amount that stands below."""
    cents = [_cents(line["sum"]) for line in lines]
    below = {_cents(found.group()) for found in re.finditer(_AMOUNT, text[lines[-1].end() :])} if lines else set()
    every = [(found.start(), _cents(found.group())) for found in re.finditer(_AMOUNT, text)]
    for n in range(2, len(cents) + 1):  # "Today's charges 214.00": no word tells a sum from a line
        reached = sum(cents[:n])
        if reached and any(amount == reached and place >= lines[n - 1].end() for place, amount in every):
            return True
    return len(cents) > 1 and any(sum(cents[first:]) in below for first in range(len(cents) - 1))


def _cents(amount: str) -> int:
    """An amount without its signs, in hundredths where it has any: enough to compare amounts of one document."""
    return int(re.sub(r"\D", "", amount) or 0) * (1 if re.search(r"[.,]\d\d$", amount.strip()) else 100)


_HEAD = 14  # lines; a document says there what it is
_RECEIPT = re.compile(
    r"(?<!not a )(?<!n't a )\b(?:e-?)?(?:receipts?|invoices?d?|recibo|purchases?|bill for|your bill|cash memo|"
    r"statement|ledger)\b"
)
_SUPERBILL = re.compile(
    r"\bsuper\s*bill\b|\bencounter form\b|\bfee (?:ticket|slip|sheet)\b|\binsurance claim\b|\bclaim form\b|"
    r"\b(?:statement|receipt|invoice|bill) for (?:insurance|reimbursement)\b|\bcharge (?:ticket|slip)\b|\bwalk-?out\b"
)
_PRICED_CODE = re.compile(
    r"(?<![\d.,$#-])(?:\d{5}|[a-hj-v]\d{4})(?:-[a-z0-9]{2})?(?=\s)(?=[^\n]*\d[.,]\d{2}\b)", re.MULTILINE
)
_TO_TICK = re.compile(
    r"(?:\[ {0,2}[x✓]? {0,2}\]|\( {0,2}[x✓]? {0,2}\)|[☐☑☒□■]) {0,4}"
    r"(?:\d{5}|[a-hj-v]\d{4})(?=\s)(?=[^\n]*?\d[.,]\d{2}\b)"
)
"""A service of a preprinted slip: its box, its code and, further on, its price."""
_DIAGNOSIS = re.compile(r"\bdiagnos[ie]s\b|\bdx\b|\bicd\b|(?<![a-z0-9$#-])[a-tv-z]\d[0-9a-z]\.[0-9a-z]{1,4}\b")
_LISTED = re.compile(r"(?<![a-z0-9$#-])[a-tv-z]\d[0-9a-z]\.[0-9a-z]{1,4}\b")
_NOT_YET = re.compile(
    r"\b(?:nothing|none|no (?:item|service|work|charge)s?)\b[^.\n]{0,25}\b(?:has|have|had|was|is)(?: yet| been)* "
    r"(?:been )?(?:done|supplied|delivered|provided|rendered|performed|shipped|charged|dispensed|started|fitted)"
    r"|\b(?:not|n't)(?: yet)?(?: been)? (?:yet )?(?:been )?(?:rendered|performed|supplied|delivered|incurred|"
    r"shipped)\b"
    r"|\b(?:if|when|once|should|until) you (?:accept|agree|decide|go ahead|proceed|approve|give)|\bgo[- ]ahead\b"
    r"|\bnothing (?:to pay|is owed|is due) until\b"
    r"|\b(?:to be collected|due|payable|will be (?:charged|collected|due)) (?:at|on|upon) (?:the |your )?(?:visit|"
    r"delivery|"
    r"arrival|completion|pick ?-?up)"
    r"|\b(?:fees?|prices?|costs?|charges?|figures?|amounts?)\b[^.\n]{0,20}\b(?:may|might|could|can) (?:change|vary|"
    r"differ|move)"
    r"|\bnot (?:the |a )?final (?:bill|charges?|cost|price)|\bwould (?:run|cost|come to|total)\b"
    r"|\b(?:proposed|planned|anticipated) (?:care|treatment|services?|procedures?|fees?|costs?|work)\b"
    r"|\b(?:plan|ins(?:urance)?|you|pt|patient|our) est\b\.?|\best(?:imated|\.) (?:total|cost|fee|price|plan|ins|"
    r"patient|charges?|amount)"
    r"|\bexpected (?:insurance|charges?|costs?|total|payment)|\byou would (?:pay|owe)\b"
    r"|\b(?:price|offer|quote|estimate|rates?|fees?)\b[^.\n]{0,25}\b(?:good|valid|firm|held|honou?red|expires?|"
    r"(?:holds?|stands?) (?:for|until|through))\b"
    r"|\b(?:good|valid|firm|held|honou?red)(?: for)? \d+ days"
)
_WITHOUT_DETAIL = re.compile(
    r"\bno (?:service|itemi[sz]ed|charge|line)s? (?:detail|breakdown|items?)|\b(?:call|ask|write|"
    r"contact)\b[^.]{0,30}\bfor "
    r"(?:an |your )?itemi[sz]ed\b|\b(?:summary|balance) only\b|\b(?:details?|itemi[sz]\w+)\b[^.\n]{0,30}\b(?:on|"
    r"in) (?:the |your )?"
    r"(?:original|previous|earlier|prior)\b"
)
_DENIED: Final[dict[str, tuple[Kind, ...]]] = {
    "receipt": ("receipt",),
    "invoice": ("receipt", "superbill"),
    "bill": ("receipt", "superbill", "statement"),
    "claim": ("eob",),
    "prescription": ("prescription",),
    "statement": ("statement",),
    "superbill": ("superbill",),
    "estimate": ("estimate",),
    "quote": ("estimate",),
    "referral": ("referral",),
}
_DENIES = re.compile(
    rf"(?<!which )\b(?:(?:is|are|as) (?:not|no)|isn't|isnt|aren't|not valid as|not to be used as|not intended as|"
    rf"(?<!which is )(?<!which are )not)(?: an?|"
    rf" your)? "
    rf"(?P<kind>{'|'.join(_DENIED)})\b"
)


_ACKNOWLEDGES = re.compile(
    r"\b(?:you|he|she|they|has|have|client|patient|[a-z]+) (?:has |have )?paid (?:me |us |our office |the sum of |"
    r"a total of |in full )*"
    r"\$?\d[\d,]*\.\d\d\b[^.$]{0,30}\bfor\b|\b(?:received|payment of|receipt of|"
    r"sum of)\b[^.]{0,40}\$\d[\d,]*(?:\.\d\d)?\b[^.$]{0,60}"
    r"\b(?:for|towards?) (?!your records|deposit)"
    r"|\b(?:got|received|have) (?:your |the )?\$?\d{2,4}\b(?! ?(?:min|lbs?|hrs?|%))[^.\n$]{0,24}\bfor\b[^.\n]{0,40}"
    r"\b(?:sessions?|training|lessons?|class(?:es)?|massages?|visits?|treatments?|workouts?|appointments?)\b"
)
_SETTLED = re.compile(
    r"\b(?:all |fully )?paid (?:up|in full)\b|\bwe(?:'re| are) (?:all )?(?:square|even|settled)\b|\ball settled\b|"
    r"\bnothing (?:more |else |further )?is (?:due|owed)\b|\bbalance is (?:now )?(?:zero\b|\$?0(?:\.00)?(?!\d))"
)
"""What somebody writes who has been paid, in a message of a few words."""
_OF_BANK = re.compile(
    r"\b(?:checking|savings|account|acct|visa|master ?card|amex|discover|debit|credit|card)\b[^\n]{0,16}?"
    r"(?:[.x*•]{2,}|ending(?: in)?|#)\s*\d{4}\b"
)
_BANK_WORDS = re.compile(
    r"\btransactions?\b|\b(?:recent|account|card) activity\b|\bposted\b|\bpos (?:purch\w*|debit)\b"
)
_BANK_LINE = re.compile(
    rf"^[ \t]*(?:\d{{1,2}}[/.-]\d{{1,2}}(?:[/.-]\d{{2,4}})?|[a-z]{{3,9}} \d{{1,2}}(?:, \d{{4}})?)[ \t]+"
    rf"[^\n]*[a-z]{{3}}[^\n]*?\s{_AMOUNT}\W*$",
    re.MULTILINE,
)
_BOOK = re.compile(
    r"^\W*rec(?:eived|eipt|'?v?'?d|\.)?,? (?:from|of)\b[^\n]{2,}\n(?:[^\n]*\n){0,4}?"
    r"[^\S\n]*for\b[:_ \t]+[a-z0-9][a-z0-9 ]",
    re.MULTILINE,
)
"""A page of a receipt book: "Received from ... the sum of ... for ..."."""
_DONE = (
    r"(?:had|took|did|bought|ordered|attended|completed|picked up|rented|gave you|sold you|provided|performed|shipped|"
    r"saw (?:you|him|her|them)|came back|treated|ran|"
    r"sent you|fitted|filled|dispensed|supplied|delivered|there (?:was|were)|received|booked|came (?:in )?for)"
)
_SOLD = re.compile(
    rf"\b(?:you|we|i|he|she|they|there)\b[^.!?$\n]{{0,20}}\b(?:{_DONE})\b(?:[^.!?$]|(?<=\bdr)\.|\.(?=\d)){{3,160}}?"
    r"(?:\b(?:at|for|costs?|was|came to|comes to|were|is)|[,(-])\s{0,2}(?:only |just )?\$\s?\d",
)
"""A sentence that tells what was done or sold and its price."""
_CAME_TO = re.compile(
    r"\b(?:comes?|came|adds?|added|amounts?|amounted) (?:up )?to\b|\b(?:together|altogether|in all|all told|in total)\b"
    r"|\btotal(?:s|ed|led|ing|ling)?\b|\byou (?:have |had )?paid\b|\bpaid (?:in full|by|with|it)\b"
)
_LABELLED_WORK = re.compile(
    r"^\W*(?:procedures?|services?|treatments?|(?:cpt|hcpcs|procedure|service|billing)(?:/hcpcs)? codes?|cpt|"
    r"(?:type|description) of (?:service|treatment|visit)|"
    r"(?:service|treatment|procedure) (?:provided|rendered|performed|given)|"
    r"session|visit type|item)\b[^\n:\t]{0,20}(?::|\t|\s-\s)\s*\S*[a-z0-9]{3}",
    re.MULTILINE,
)
_LABELLED_SUM = re.compile(
    rf"^\W*(?:total(?: charges?| fees?| amount| cost| due| billed| price)?|charges?|fees?|cost|price|"
    rf"amount(?: charged| billed)?)"
    rf"\W{{0,4}}\s*{_AMOUNT}\W*$",
    re.MULTILINE,
)
_LABELLED_CODE = re.compile(
    r"^\W*(?:procedures?|services?|treatments?|cpt|hcpcs)\b[^\n]*?\b(?:\d{5}|[a-v]\d{4})\b", re.MULTILINE
)
_TERMINAL = re.compile(
    r"\bapproved\b|\bapproval\b|\bauth(?:orization)?\b|\bterminal\b|\bmerchant (?:id|copy)\b|\bentry mode\b|\baid\b"
)
_ADJUDICATION: Final = (
    re.compile(r"\b(?:billed|submitted|(?:amount |total )?charged?|charges)\b"),
    re.compile(
        r"\b(?:allowed|approved|accepted|eligible|negotiated|(?:our|member|plan|network|contract(?:ed)?) (?:rate|"
        r"discount|price))\b"
    ),
    re.compile(r"\b(?:(?:plan|we|ins\w*|medicare|benefits?) (?:paid|pays?)|covered|paid)\b"),
    re.compile(r"\b(?:deductible|ded|co-?ins\w*|you (?:may )?owe|your share|responsib\w+|may be billed|pt)\b"),
)
_ASKS = re.compile(
    r"\bpay(?:ment)? (?:options|coupon|methods|plans?)\b|\b(?:please )?(?:pay|remit) (?:this amount|by|within|to)\b|"
    r"\bdue date\b|\b(?:payment|amount) (?:is )?due\b|\bmail (?:your )?(?:payment|check)"
)
_NOT_A_BILL = re.compile(r"\bnot a bill\b(?! (?:to|for)\b)")
_OF_PLAN = re.compile(
    r"\bexplanation of (?:[a-z]+ )?(?:benefits|payments?)\b|"
    r"\b(?:not|n't) an? (?:bill|invoice)\b(?! (?:to|for)\b)|\bdo not pay (?:from )?this\b|"
    r"\bbenefits? (?:statement|summary)\b"
)
_PLAN_HEADING = re.compile(
    r"^(?=[^\n]*\b(?:charged?s?|billed|submitted|fees?|retail)\b)"
    r"(?=[^\n]*\b(?!you\b|patient\b|member\b)[\w.]+ (?:pays|paid|payment|reimburses?d?)\b)"
    r"(?=[^\n]*\b(?:(?:you|patient|member|subscriber)(?:'s)? (?:may )?(?:pays?|owes?)|(?:your|patient|member) (?:share|"
    r"cost|responsibility|portion)|not (?:covered|paid|reimbursed))\b)[^\n]*(?:\t|[ ]{2})[^\n]*$",
    re.MULTILINE,
)
"""Headings of what was charged, what a plan pays of it and what is left to the patient."""
_BY_INSTALMENTS = re.compile(
    r"\b(?:number of (?:monthly )?|monthly |first |last |final )(?:payments?|instal?lments?)\b"
)
_PLANNED = re.compile(r"\bpayment (?:plan|arrangement|agreement|schedule)\b")
_EST_SHARE = re.compile(
    r"(?:plan|ins(?:urance)?|you|your|pt|patient|our) est\b\.?|est(?:imated|\.)? (?:plan|ins\w*|patient|pt|pat)\b"
)
_DONE_TODAY = re.compile(
    r"\b(?:today['’]?s (?:charges|payments?)|(?:charges|payments?) (?:for )?today|walk-?out|payment ?[-–]+ ?thank you|"
    r"proof of delivery|delivery ticket|(?:collected|paid) (?:at|on) delivery)\b"
)
"""What was charged on the day or delivered: that only the insurer's part is guessed makes it no estimate."""
_DISPENSED = re.compile(r"\b(?:date )?filled\b|\bfill date\b|\bdispensed\b|\bndc\b|\brx ?(?:#|no|num\w*)? ?:?\d{5,}")
_PAID = re.compile(r"\bpaid (?:today|by|with|via|in full|on)\b|\bpayment (?:received|today)\b|\byou paid\b")
_COSTS = re.compile(
    r"\b(?:you pay|your cost|co-?pay|pt pays?|patient pays?|price|total|due|retail|ins)\b[^\n]{0,12}\d\.\d\d"
)
_EXERCISE: Final = (
    r"(?:squats?|deadlifts?|(?:leg |bench |chest |shoulder |overhead )?press(?:es)?|carr(?:y|ies)|planks?|lunges?|"
    r"rows?|rower|"
    r"rowing|bike|treadmill|elliptical|stretch\w*|step-?ups?|curls?|push-?ups?|sit-?to-?stands?|kettlebell|bands?|"
    r"sets?|reps?|"
    r"warm-?up|cool-?down|balance drills?|intervals|walk(?:ing)?|core|mobility|rpe|upper body|lower body)"
)
_LOG_ROW = re.compile(
    rf"^[ \t]*(?:{WEEKDAY_BEGUN}|\d{{1,2}}[/.-]\d{{1,2}}(?:[/.-]\d{{2,4}})?|\d{{4}}-\d\d-\d\d|"
    rf"[a-z]{{3,9}} \d{{1,2}}"
    rf"|(?:session|day|wk|week|visit) ?#?\d+)\b(?![^\n]*\d\.\d\d\b)[^\n]*\b{_EXERCISE}\b",
    re.MULTILINE,
)


_KEPT_ROW = re.compile(
    rf"^[ \t]*(?:#?\d{{1,3}}[.)]?[ \t]+)?(?:{WEEKDAY_BEGUN}\W+)?(?:\d{{1,2}}[/.-]\d{{1,2}}(?:[/.-]\d{{2,4}})?|"
    rf"\d{{4}}-\d\d-\d\d|[a-z]{{3,9}}\.? \d{{1,2}}|\d{{1,2}} [a-z]{{3,9}})\b(?![^\n]*\d\.\d\d\b)[^\n]*"
    r"(?:\b\d{2,3} ?(?:min(?:ute)?s?|m)\b|\d[:.]\d\d ?[ap]?m? ?(?:-|–|to) ?\d{1,2}[:.]\d\d|"
    r"\bin \d{1,2}:\d\d\b[^\n]*\bout \d{1,2}:\d\d)",
    re.MULTILINE,
)
"""A line of a record that somebody keeps: a day and how long it was, without money."""
_SENT = re.compile(
    r"^[^\w\n]*(?:payment|money|transfer|amount|funds?)(?: (?:was|has been|is))? (?:sent|complete[d]?|successful|"
    r"delivered|transferred|confirmed)\b|^[^\w\n]*(?:your )?(?:payment|transfer) (?:went through|was successful)"
    r"|^[^\n]{0,24}\byour payment (?:was|has been) (?:received|posted|processed|accepted|submitted)\b"
    r"|\A\W*payment (?:received|confirmation|confirmed|accepted|posted)\W*$"
    r"|^[^\w\n]*(?:sent|paid|you (?:paid|sent)|you(?:'|’)ve (?:paid|sent)) (?:to|\$)|\byou(?:'|’)ve (?:paid|sent)\b"
    r"|\b(?:pay|send) again\b|\breport an incorrect merchant\b|\bshare receipt\b|^[^\w\n]*wallet\s*$"
    r"|\b(?:funded|funding)(?: by| source| from)?(?=\s*[:\t]|\s*$|[ ]+(?:bank|check|debit|visa|card|sav|balance))"
    r"|^[^\w\n]*(?:amount (?:sent|transferred)|sent to|paid to|sent from|money sent)\b"
    r"|^[^\w\n]*cash out\s*$|^[^\w\n]*completed\W+\w+ \d[^\n]*\d:\d\d"
    r"|\btransaction details\b|^[^\w\n]*transaction\s*$|\bposted\s*$|^[^\w\n]*paid from\b|\[ ?(?:dispute|split) ?\]",
    re.MULTILINE,
)
"""An app or a bank says that money went from one to another."""
_SENT_LABEL = re.compile(
    r"^[^\w\n$]*(?P<label>to|from|recipient|sender|payee|paid to|sent to|sent from|sent on|sent by|delivered to|status|"
    r"funded by|funding source|funding|source|paid with|paid from|from account|to account|account|card|"
    r"transaction id|transaction type|type of transaction|type|confirmation|reference|ref|note|memo|message|"
    r"what for|for|when|date|fees?|category|method|identifier|id|payment method|delivery|initiated|transaction details|"
    r"payment details)"
    r"(?: ?(?:number|no\.?|#|code|id))?(?=\s*:|\t|[ ]{2,}|\n|(?<=[\n ]to) [a-z][^\n]{2,30}$)",
    re.MULTILINE,
)
_SENT_ON = re.compile(
    rf"^[^\w\n]*(?:sent|paid|received|completed|delivered)(?: on)?:? (?:{WEEKDAY_BEGUN},? )?"
    rf"(?:{MONTH_BEGUN} |\d{{1,2}}/)"
    r"[^\n]*\d:\d\d",
    re.MULTILINE | re.IGNORECASE,
)
"""To the minute, as a telephone's clock says it."""
_FREE = re.compile(r"^[^\w\n]*fees?(?=\s)[^\n\w]*[$€£]?\s?0[.,]00\W*$", re.MULTILINE)
_OF_ACCOUNT: Final = frozenset(
    "status|funded by|funding source|funding|source|paid with|paid from|from account|to account|account|card|"
    "transaction id|transaction type|type of transaction|confirmation|delivery|sender|recipient|payee|sent to|"
    "sent from|paid to|delivered to|to|from".split("|")
)


_IN_WORDS = re.compile(r"\b(?:and )?(?:\d\d|no|xx)/100\b|\bdollars\b")
_CHEQUE = re.compile(r"\bpay to\b|\border of\b|\brouting\b|\bcheck (?:image|copy)\b|\bmemo\b")


_BALANCE = re.compile(r"\b(?:opening|closing|previous|prior|new|beginning|ending|account) balance\b")
_TREATED = re.compile(r"^[^\w\n]*(?:patient|client|guarantor|pt|resp(?:onsible)? party)\b", re.MULTILINE)


_OLD = re.compile(
    r"\b(?:opening|previous|prev|prior|beginning|last|old|former|past|starting)\b[^\n]{0,20}\b(?:bal(?:ance)?|statement|"
    r"stmt|amount|due)\b|\bbal(?:ance)?\.? (?:fwd|forward|brought|b/f|before|last|from|owing from|due from)\b|"
    r"\bbrought forward\b|\bb/f\b|\bcarried (?:over )?from\b|\byou owed\b|\bowed (?:before|from)\b|"
    r"\b(?:outstanding|owing|due) from\b"
)
_NEW = re.compile(
    r"\b(?:closing|new|current|ending|remaining|present|account|unpaid|outstanding|total)\b[^\n]{0,16}\b(?:bal(?:ance)?|"
    r"amount|due|owing)\b|^\W*bal(?:ance)?\b|\b(?:amount|amt|total)\b[^\n]{0,10}\b(?:due|owing|owed|outstanding)\b|"
    r"\bcarr(?:y|ied) (?:to|forward|over)\b|\byou (?:still )?owe\b|\b(?:still|now) (?:due|owing|owed)\b|"
    r"^\W*(?:please )?(?:pay|remit)\b|\bleft to pay\b|^\W*due\b"
)
_MOVE = re.compile(
    r"\b(?:payments?|pmts?|pymts?|paid|rec(?:eived|'?d|eipts)|rcvd|less|credits?|adj\w*|charges?|fees?|finance|interest|"
    r"late|write-?offs?|insurance|transfers?)\b"
)
_AGEING = re.compile(
    r"(?:\bcurrent\b|\b0 ?(?:[-–]|to) ?30\b)[^\n]{0,60}\b(?:30|31|60|90)\b|\b3[01] ?(?:[-–]|to) ?60\b|"
    r"\bover (?:60|90|120)\b(?: days)?|\b(?:90|120) ?\+|\bag(?:e)?ing\b"
)
"""How long a debt has stood open: "Current  30 days  60 days  90 days"."""
_CALLED_AN_ACCOUNT = re.compile(
    r"\b(?:account|patient|billing|monthly|house)[^\n]{0,14} (?:statement|stmt)\b|^\W*statement\W*$|"
    r"\b(?:statement|stmt)\b[^\n]{0,8} (?:of account|date|period|dt)\b|"
    r"\b(?:opening|previous|prior|beginning|starting) balance\b|\bbal(?:ance)?\.? (?:brought )?(?:forward|fwd)\b",
    re.MULTILINE,
)


def _aged(text: str) -> Place | None:
    """Where a statement of an account tells for how long what is owed has stood open; an invoice may tell it too."""
    return place_of(_AGEING, text) if _CALLED_AN_ACCOUNT.search(text) else None


_SUMMED_LINE = re.compile(rf"^(?P<said>[^\n]*?)\s*(?P<sum>{_AMOUNT})\W{{0,3}}$", re.MULTILINE)
_MOST_MOVES = 6


def _rolls_forward(text: str) -> Place | None:
    """Where an account goes from an old balance to a new one by payments and charges that it does not itemise."""
    lines = [(m["said"], _cents(m["sum"]), m.span()) for m in _SUMMED_LINE.finditer(text)]
    for first, (said, old, place) in enumerate(lines):
        if not _OLD.search(said):
            continue
        reached = {old}
        for said_, cents, (_, end) in lines[first + 1 : first + 2 + _MOST_MOVES]:
            if _NEW.search(said_) and cents in reached:
                return place[0], end
            if not _MOVE.search(said_):
                break
            reached |= {sum_ + sign * cents for sum_ in reached for sign in (1, -1)}
    return None


def _reminds(text: str) -> Place | None:
    """Where nothing is priced but invoices that are still open."""
    lines = list(_ITEM_LINE.finditer(text))
    there = [m for m in lines if _OF_INVOICE.fullmatch(m["said"])]
    return there[0].span() if there and not priced(text).lines else None


_ON_BALANCE = re.compile(
    r"\b(?:applied|payments?|paid|pmt)\b[^\n]{0,20}\b(?:to|towards?|on|against)\b[^\n]{0,16}\bbal(?:ance)?\b|"
    r"\b(?:your|the) account (?:now )?(?:shows?|has|carries|reflects)\b[^.\n]{0,20}\b(?:balance|amount|open|due)\b|"
    r"\bopen (?:amount|balance) of\b|\bbalance (?:reminder|notice)\b"
)
"""Words about what is owed, whatever it was for."""
_SESSIONS_SOLD = re.compile(
    r"\b\d{1,2}[- ](?:sessions?|visits?|class(?:es)?|lessons?|pack)\b|\s[x×] ?\d{1,2}\W*$|\bpackage\b"
)
_SERVED_ON = re.compile(
    r"^[^\w\n]*(?:visit|session|appointment|service|treatment|dos|d\.o\.s\.|(?:visit|session|service|treatment|sale|"
    r"purchase) date|dates? of (?:service|visit|session|treatment|sale|purchase))s?\b[^\n\d]{0,12}\d",
    re.MULTILINE,
)
"""A label that dates a visit or a sale, which no proof of payment has."""


def _sends(text: str) -> Place | None:
    """Where a screen says that money was sent: in so many words, with who sent it to whom or out of which account, and
    with one sum of money and no other."""
    said = _SENT.search(text) or _SENT_ON.search(text)
    if len({_cents(found.group()) for found in re.finditer(_AMOUNT, text)} - {0}) != 1:
        return None
    labels = {found["label"] for found in _SENT_LABEL.finditer(text)}
    if said is not None:
        return said.span() if len(labels) > 1 and labels & _OF_ACCOUNT else None
    free = _FREE.search(text)  # no office tells its customer what it cost to send the money
    return free.span() if free is not None and len(labels) > 2 and labels & _OF_ACCOUNT else None


@dataclass(frozen=True, slots=True)
class BillActs:
    """What was found of a bill.

    `codes`: a procedure's code on a priced line. `not_yet`: what is priced has not been given. `without_detail`: it
    says that services are not itemised here. `denied`: what it says that it is not. `acknowledges`: a sentence that a
    sum was paid for something. `adjudicates`: charges beside what a plan allows and what is left. `dispensed`: a drug
    was filled, and costs something. `paid`: a payment is told. `log_rows`: dated lines of exercise without money.
    `book`: a page of a receipt book. `sold`: sentences that tell a price of what was done or sold, where others tell
    what they come to. `labelled`: what was done and what it came to, each behind a label on a line of its own.
    `asks`: it asks to be paid by a day or in a way of its own, which an insurer's notice does not. `sends`: an app's
    or a bank's word that money went from one to another. `kept_rows`: dated lines of how long something lasted, without
    money. `in_words`: a sum is written in words, on something that is no cheque.
    `on_account`: balances of somebody who was treated or trained. `rolls_forward`: an old balance that payments and
    charges in sum turn into a new one. `on_balance`: words about what is owed alone. `served_on`: labels that date a
    visit or a sale. `of_bank`: a bank's list of what went from an account. `settled`: a word that all was paid.
    `of_plan`: a plan's table of what was charged, what it pays and what is left, on no bill. `by_instalments`: a
    balance is paid off by a plan. `to_tick`: a list of all that an office does, each with a box, a code and a price.
    """

    codes: Place | None
    diagnosis: Place | None
    listed_diagnoses: int
    calls_itself_receipt: Place | None
    calls_itself_superbill: Place | None
    not_yet: tuple[Place, ...]
    without_detail: Place | None
    denied: tuple[tuple[Kind, Place], ...]
    acknowledges: Place | None
    adjudicates: Place | None
    dispensed: Place | None
    paid: Place | None
    log_rows: tuple[Place, ...]
    asks: Place | None = None
    book: Place | None = None
    sold: tuple[Place, ...] = ()
    labelled: Place | None = None
    labelled_code: Place | None = None
    sends: Place | None = None
    kept_rows: tuple[Place, ...] = ()
    in_words: bool = False
    on_account: Place | None = None
    rolls_forward: Place | None = None
    on_balance: Place | None = None
    aged: Place | None = None
    served_on: tuple[Place, ...] = ()
    of_bank: Place | None = None
    settled: Place | None = None
    of_plan: Place | None = None
    by_instalments: Place | None = None
    to_tick: Place | None = None


def _of_bank(text: str) -> Place | None:
    """Where an account or a card under its last digits lists what went from it, and nothing else is priced."""
    head = _OF_BANK.search(text)
    if head is None or not _BANK_WORDS.search(text) or re.search(r"\b(?:sub)?total\b|\binvoice\b|\breceipt\b", text):
        return None
    lines = len(_BANK_LINE.findall(text))
    return head.span() if lines and lines == len(re.findall(_AMOUNT, text)) else None


def _adjudicates(text: str) -> Place | None:
    found = [pattern.search(text) for pattern in _ADJUDICATION]
    return found[1].span() if found[1] and all(found) else None


def bill_acts(text: str) -> BillActs:
    """Look for the acts of a bill in a text of lower case."""
    lines = list(re.finditer(r"[^\n]+", text))[:_HEAD]
    end = lines[-1].end() if lines else 0
    different = {found.group(): found.span() for found in _NOT_YET.finditer(text)}
    if _DONE_TODAY.search(text):
        different = {said: place for said, place in different.items() if not _EST_SHARE.match(said)}
    asks = None if _NOT_A_BILL.search(text) else place_of(_ASKS, text)
    running = re.sub(r"(?<!\n)\n(?!\n)", " ", text)
    told = tuple(found.span() for found in _SOLD.finditer(running)) if _CAME_TO.search(running) else ()
    labelled = place_of(_LABELLED_WORK, text) if _LABELLED_SUM.search(text) and not _TERMINAL.search(text) else None
    return BillActs(
        asks=asks,
        book=place_of(_BOOK, text) if not _TERMINAL.search(text) else None,
        sold=told,
        labelled=labelled,
        labelled_code=place_of(_LABELLED_CODE, text) if labelled else None,
        codes=place_of(_PRICED_CODE, text),
        diagnosis=place_of(_DIAGNOSIS, text),
        listed_diagnoses=len({found.group() for found in _LISTED.finditer(text)}),
        calls_itself_receipt=place_of(_RECEIPT, text[:end]),
        calls_itself_superbill=place_of(_SUPERBILL, text),
        not_yet=tuple(different.values()),
        without_detail=place_of(_WITHOUT_DETAIL, text),
        denied=tuple((kind, found.span()) for found in _DENIES.finditer(text) for kind in _DENIED[found["kind"]]),
        acknowledges=place_of(_ACKNOWLEDGES, running),
        adjudicates=_adjudicates(text),
        dispensed=place_of(_DISPENSED, text) if _COSTS.search(text) else None,
        paid=place_of(_PAID, text),
        log_rows=tuple(found.span() for found in _LOG_ROW.finditer(text)),
        sends=_sends(text),
        on_account=place_of(_BALANCE, text) if _TREATED.search(text) and not _sends(text) else None,
        rolls_forward=_rolls_forward(text) or _reminds(text),
        on_balance=place_of(_ON_BALANCE, text),
        aged=_aged(text),
        of_bank=_of_bank(text),
        settled=place_of(_SETTLED, text),
        served_on=tuple(found.span() for found in _SERVED_ON.finditer(text)),
        in_words=bool(_IN_WORDS.search(text)) and not _CHEQUE.search(text),
        kept_rows=tuple(found.span() for found in _KEPT_ROW.finditer(text)),
        of_plan=place_of(_PLAN_HEADING, text) if _OF_PLAN.search(text) else None,
        by_instalments=place_of(_PLANNED, text) if len(_BY_INSTALMENTS.findall(text)) > 1 else None,
        to_tick=place_of(_TO_TICK, text) if len(_TO_TICK.findall(text)) > _FEW else None,
    )


def bill_points(text: str, acts: BillActs, priced: Priced) -> Iterator[Point]:
    """What the acts of a bill say of its kind."""
    money, lines = priced.amounts, priced.lines
    if acts.rolls_forward:  # what moves an account is not what was sold
        first, last = acts.rolls_forward
        lines = [line for line in lines if not first <= line.start() < last]
    summed = _sum_up(lines, text)
    coded = acts.codes and money
    by_name = coded and acts.diagnosis and acts.calls_itself_receipt and not acts.calls_itself_superbill
    for_a_plan = coded and acts.diagnosis and not by_name
    many = len(lines)
    charged = many > 1 and all(_CHARGED.fullmatch(line["said"].strip()) for line in lines)
    told = money > 1 and len(acts.sold) > (0 if money > 2 else 1) and not acts.not_yet and not acts.adjudicates
    labelled = money and acts.labelled and not many > 2 and not acts.not_yet and not acts.adjudicates
    for_claim = acts.labelled_code and acts.diagnosis
    yield from points_of(
        *((not money, kind, points, None) for kind, points in _WITHOUT_MONEY.items()),
        (money > 1, "receipt", min(1.5, 0.3 * money), None),
        (lines, "receipt", min(2.5, 0.8 + 0.5 * many), lines[0].span() if lines else None),
        (lines, "card_slip", -min(3.0, 1.0 + 0.6 * many), None),
        (lines, "statement", -min(3.5, 1.2 + 0.8 * many), None),
        (money and not lines, "statement", 1.0, None),
        (money and not lines, "card_slip", 1.0, None),
        (money and not lines, "receipt", -1.0, None),
        (summed and not charged, "receipt", 1.5, lines[-1].span() if lines else None),
        (charged, "card_slip", 6.0, lines[0].span() if lines else None),
        (charged, "receipt", -3.0, None),
        (summed and acts.paid, "other", -1.5, None),
        (summed and acts.paid, "estimate", -2.5, None),
        (summed and many > 1, "trainer_documentation", -4.0, None),
        (acts.acknowledges, "receipt", 2.5, acts.acknowledges),
        (acts.acknowledges and acts.settled, "receipt", 2.5, acts.settled),
        (acts.of_bank, "card_slip", 4.5, acts.of_bank),
        (acts.of_bank, "receipt", -4.0, None),
        (acts.acknowledges and acts.in_words, "card_slip", -5.0, None),
        (acts.book and money, "receipt", 4.0, acts.book),
        (acts.book and money, "card_slip", -5.0, None),
        (told, "receipt", 4.0, acts.sold[0] if acts.sold else None),
        (told, "card_slip", -4.5, None),
        (told, "referral", -4.0, None),
        (told, "statement", -2.0, None),
        (told and money > _FEW, "referral", -4.0, None),  # an account, whatever else it tells
        (told and money > _FEW and not lines, "superbill", -3.0, None),
        (labelled and not for_claim, "receipt", 3.0, acts.labelled),
        (labelled, "card_slip", -3.0, None),
        (labelled, "statement", -1.0, None),
        (labelled and for_claim, "superbill", 3.5, acts.labelled_code),
        (acts.dispensed and money, "receipt", 2.5, acts.dispensed),
        (acts.dispensed and money, "prescription", -2.5, None),
        (coded, "superbill", 1.5, acts.codes),
        (by_name, "receipt", 1.0, acts.calls_itself_receipt),
        (acts.to_tick, "superbill", 2.5, acts.to_tick),
        (acts.to_tick, "receipt", -2.0, None),
        (for_a_plan, "superbill", 3.5, acts.diagnosis),
        (for_a_plan, "receipt", -2.5, None),
        (for_a_plan and summed, "other", -3.5, None),  # a claim form that was filled in
        (for_a_plan and summed, "referral", -3.0, None),
        (acts.adjudicates and money > 2, "eob", 3.0, acts.adjudicates),
        (acts.asks and money > 2, "eob", -4.5, None),
        (acts.of_plan and money > 2, "eob", 5.0, acts.of_plan),
        (acts.of_plan and money > 2, "receipt", -4.0, None),
        (acts.by_instalments and money, "statement", 3.5, acts.by_instalments),
        (acts.by_instalments and money, "receipt", -2.5, None),
        (acts.by_instalments and money, "card_slip", -3.0, None),
        (acts.not_yet, "receipt", -2.5, None),
        (acts.not_yet, "superbill", -2.5, None),
        *((True, "estimate", p, place) for place, p in zip(acts.not_yet, (2.0, 1.2, 0.8, 0.8), strict=False)),
        (acts.without_detail, "statement", 3.0, acts.without_detail),
        (acts.without_detail, "receipt", -2.5, None),
        *((True, kind, -4.0, place) for kind, place in acts.denied),
        (
            len(acts.log_rows) > 1,
            "trainer_documentation",
            min(3.0, 1.0 * len(acts.log_rows)),
            (acts.log_rows or (None,))[0],
        ),
        (
            len(acts.kept_rows) > 2,
            "trainer_documentation",
            min(3.5, 0.7 * len(acts.kept_rows)),
            (acts.kept_rows or (None,))[0],
        ),
        (money and not lines and acts.on_account, "statement", 2.0, acts.on_account),
        (money and not lines and acts.on_account, "card_slip", -4.0, None),
        (money and acts.rolls_forward, "statement", 4.5, acts.rolls_forward),
        (money and acts.rolls_forward, "receipt", -2.0, None),
        (money and acts.rolls_forward, "card_slip", -3.5, None),
        (money and acts.on_balance and not summed, "statement", 2.0, acts.on_balance),
        (money and acts.aged, "statement", 6.0, acts.aged),
        (money and acts.aged, "receipt", -4.0, None),
        (any(_SESSIONS_SOLD.search(line["said"]) for line in lines), "receipt", 0.8, None),
        (money and acts.served_on, "receipt", 1.0, (acts.served_on or (None,))[0]),
        (money > 1 and len(acts.served_on) > 1, "card_slip", -2.0, None),
        (acts.sends, "card_slip", 5.0, acts.sends),
        (acts.sends, "receipt", -3.0, None),
        (not money and acts.listed_diagnoses >= 8, "other", 2.0, None),
    )


_CHARGED = re.compile(
    r"(?=.*[x*•#]{2,} ?\d{4}\b)(?:[\s|]*(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m)?|"
    r"visa|mc|mastercard|amex|disc(?:over)?|debit|credit|card|[x*•#]{2,} ?\d{4}|chip|tap|swiped?|insert|contactless|"
    r"manual|keyed|emv|sale|approved|auth|appr|(?=\w*\d)\w{5,8})(?=[\s|]|$))+"
)
"""A line of a card terminal's list: when which card was charged, and nothing of what for."""
_WITHOUT_MONEY: Final[dict[Kind, float]] = {
    "card_slip": -2.5, "receipt": -2.5, "superbill": -1.5, "statement": -2.0, "eob": -1.0, "estimate": -1.5,
}  # fmt: skip
