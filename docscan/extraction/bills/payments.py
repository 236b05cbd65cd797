"""How a bill was paid, and its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from docscan.document import Extraction
from docscan.extraction.bills.billing import is_billed
from docscan.extraction.bills.money import amounts_in
from docscan.extraction.bills.rows import Row, rows_of
from docscan.extraction.bills.rx_numbers import rx_numbers

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "payments"

_NUMBER = re.compile(
    r"\b(?<!type of )(?:(?:tax |sales |cash |official )?(?:sale|invoice|inv|rece[il1]pt|rcpt|bill|order|superbill|"
    r"ticket|"
    r"tkt|slip|recibo|eob|"
    r"statement(?= ?(?:no|number|num|nbr|#|id))|"
    r"doc(?:ument)?|trans(?:action)?|sales|booking|quote|quotation|estimate|rechnung|facture|factura)"
    r"\s?(?:nr|no|number|num|nbr|#|id|ref)?\.?)\s*[:#;.]*\s*(?P<number>#?[A-Z0-9][\w/-]*\d[\w/-]*)",
    _I,
)
_BRACKETED = re.compile(
    r"\b(?:receipt|invoice|order|bill)\b[^\n\t()]{0,60}\((?:no\.?\s?|#\s?|no\.?\s?#)(?P<number>[A-Z0-9][\w/-]*\d[\w/-]*)\)",
    _I,
)
_NUMBERED: Final = re.compile(r"\b(?:nr|no|number|num|nbr|#|id|ref)\b|#|[:;]", _I)

_BRANDS: Final[tuple[tuple[str, str], ...]] = (
    ("Visa", r"\bvisa\b"),
    ("Mastercard", r"\bmaster ?card\b|\bmc\b"),
    ("Amex", r"\bamex\b"),
    ("American Express", r"\bamerican express\b"),
    ("Discover", r"\bdiscover\b"),
    ("HSA card", r"\bhsa (?:debit )?card\b|\bhealth savings (?:account )?card\b"),
    ("FSA card", r"\bfsa (?:debit )?card\b|\bflex(?:ible)? spending card\b|\bbenefits card\b"),
    ("Checking", r"\bchecking\b(?= ?(?:account)? ?(?:ending|[*xX•#.]{2,}))"),
    ("debit card", r"\bdebit(?: card)?\b|\bec-?karte\b|\bgirocard\b|\beftpos\b|\bmaestro\b"),
    ("credit card", r"\bcredit card\b"),
    (
        "tap",
        r"(?<=\btender: )tap\b|^\W*tap\b(?=\s+\$?\d[\d,]*\.\d\d\W*$)|"
        r"(?<=\bby )tap\b|\btap (?:to|and|&) pay\b|\bcontactless\b",
    ),
    ("Apple Pay", r"\bapple pay\b"),
    ("Google Pay", r"\bgoogle pay\b"),
    ("PayPal", r"\bpaypal\b"),
    ("Venmo", r"\bvenmo\b"),
    ("Zelle", r"\bzelle\b"),
    ("Cash App", r"\bcash ?app\b"),
    ("card on file", r"\bcard (?:we have )?on file\b|\bcard you (?:saved|stored|keep)\b|\b(?:saved|stored) card\b"),
    (
        "card",
        r"\bchip (?:read|card)\b|^\W*card\b(?=\s+[-–]?\$?\d[\d,]*\.\d\d\W*$)|"
        r"\bcard\b(?= ?(?:end(?:ing|s)|no\b|#|[*xX•.]{2,}|[xX]\d{4}\b))|"
        r"\b(?:by|with|w/|to|via|on|paid) ?(?:\w+ )?card\b|\btarjeta\b",
    ),
    ("check", r"\bche(?:ck|que)\b(?! ?-?(?:ins?|outs?|ups?)\b)|\bck\b(?= ?(?:#|no\b|\d))"),
    ("bank transfer", r"\b(?:bank|wire) transfer\b|\bach\b|\bdirect debit\b"),
    ("wallet", r"\b(?-i:[A-Z]\w+) (?:e-?)?wallet\b"),
    ("gift card", r"\bgift card\b"),
    ("cash", r"\bcash\b(?! ?(?:back|ier|refund))|\btunai\b|\bbargeld\b|\besp[eè]ces?\b|\bbar\b(?= bezahlt)"),
)
_PAID_WITH = re.compile(
    r"\b(?:paid|payment|put|tap|thru|through|tender(?:ed)?|charged|billed|received|method|card|sale|by|with|via|from|bezahlt|ending|"
    r"account|type|debit|"
    r"change|appr|approved|auth\w*|entry|chip)\b|#|[*xX•.]{2,}\s?\d{4}",
    _I,
)
_LAST_FOUR = re.compile(
    r"(?:end(?:ing|s)(?: in)?|(?:que )?termina(?:da|ndo)?(?: en)?|"
    r"last (?:4|four)?(?: ?digits)?|^|[*xX•#.]{2,}|\b[xX](?=\d{4}\b)|\*|-|–|no\.?|"
    r"#)\s*:?\s*[*xX•. -]*(?P<four>\d{4})\b",
    _I,
)
_FOUR_BESIDE = re.compile(r"\s(?P<four>(?!19|20)\d{4})(?![\d/.,-])")
_NOT_A_PAYMENT = re.compile(
    r"\b(?:we accept|accepted|no cash|not (?:accept|refund)|refunds?|policy|exchange|welcome|only|or)\b", _I
)


def payments(text: AnnotatedText) -> Iterator[Extraction]:
    """payment_method: "Visa ending 4242", "cash", "check 1182"."""
    if not is_billed(text):
        return
    seen: set[str] = set()
    rows = rows_of(text)
    for method, begin, end in _ticked(text):
        seen.add(method.lower())
        yield text.extraction("payment_method", method, begin, end, found_by=_FOUND_BY, strength=0.9)
    for method, begin, end in _labelled(text):
        if _method(f"paid by {method}", begin) is None:
            seen.add(method.lower())
            yield text.extraction("payment_method", method, begin, end, found_by=_FOUND_BY, strength=0.75)
    boxes = {box.label.start for box in text.check_boxes if box.label}
    for row, following in zip_longest(rows, rows[1:]):
        if sum(row.start <= start < row.end for start in boxes) > 1:
            continue  # a list to choose from
        for printed, start in _clauses(row):
            found = _method(printed, start)
            if found is not None and following is not None:
                found = _with_digits_below(found, following)
            if found is None or found[0].lower() in seen:
                continue
            method, begin, end, strength = found
            seen.add(method.lower())
            yield text.extraction("payment_method", method, begin, end, found_by=_FOUND_BY, strength=strength)


_METHOD_LABEL = re.compile(
    r"(?:^|(?<=[\t\n]))[ ]*(?:payment (?:method|type|source)|method of payment|paid (?:with|using|from|via)|funded by|"
    r"funding source|tender type|pay(?:ment)? (?:from|via))[ ]*[:\t][ \t]*"
    r"(?P<method>[A-Za-z][\w&' -]{2,30})(?=$|[\n\t,;(])",
    _I | re.MULTILINE,
)


def _labelled(text: AnnotatedText) -> Iterator[tuple[str, int, int]]:
    """What stands behind "Funded by:" where it is none of the known ways."""
    for match in _METHOD_LABEL.finditer(text.text):
        yield match["method"].strip(), *match.span("method")


def _ticked(text: AnnotatedText) -> Iterator[tuple[str, int, int]]:
    """The ticked ones of "[x] cash [ ] check [ ] card"."""
    for box in text.check_boxes:
        if not box.ticked or not box.label:
            continue
        printed = text.text[box.label.start : box.label.end]
        for name, pattern in (*_BRANDS, ("card", r"\bcard\b")):
            match = re.match(rf"\W*(?:{pattern})", printed, _I)
            if match is not None and len(printed.split()) < 5:
                yield name, box.label.start, box.label.start + match.end()
                break


def _clauses(row: Row) -> Iterator[tuple[str, int]]:
    """A row, or the parts of a sentence that tells of two payments: "$300 on the card and check no. 1126 for $150"."""
    places = [0]
    if len(amounts_in(row.text)) > 1 and len(row.cells) == 1:
        places += [match.end() for match in re.finditer(r"\b(?:and|plus|then)\b|[;,] ", row.text)]
    for begin, end in zip_longest(places, places[1:], fillvalue=len(row.text)):
        yield row.text[begin:end], row.start + begin


def _with_digits_below(found: tuple[str, int, int, float], row: Row) -> tuple[str, int, int, float]:
    """A till prints a card's last digits on the next line."""
    masked = re.match(r"\W*[*xX•#.]{4,}\s*(\d{4})\b", row.text)
    method, start, end, strength = found
    if masked is None or "ending" in method or method in ("cash", "check"):
        return found
    return f"{method} ending {masked.group(1)}", start, end, strength


def _method(printed: str, offset: int) -> tuple[str, int, int, float] | None:
    brands = [(name, match) for name, pattern in _BRANDS if (match := re.search(pattern, printed, _I))]
    if not brands:
        return None
    refused = _NOT_A_PAYMENT.search(printed)
    if refused and not (refused.group().lower() == "refund" and re.search(r"\bending\b|[*xX]{2,}\s?\d{4}\b", printed)):
        return None
    brands.sort(key=lambda pair: (pair[0] in ("debit card", "credit card", "card", "cash"), pair[1].start()))
    plain = {name for name, _ in brands} - {"debit card", "credit card", "HSA card", "FSA card", "card"}
    if len(plain) > 1 and not _LAST_FOUR.search(printed):
        return None  # a list of what is taken
    name, match = brands[0]
    name = match.group() if name == "wallet" else name
    amounts = amounts_in(printed)
    last_four = _LAST_FOUR.search(printed, match.end()) or _FOUR_BESIDE.match(printed, match.end())
    if not amounts and not _PAID_WITH.search(printed.replace(match.group(), " ")) and len(printed.split()) > 3:
        return None
    end = match.end()
    if name == "check":
        number = re.match(r"\s*(?:no\.?|number|#|:|\s)*#?(\d{2,6})\b", printed[match.end() :], _I)
        if number:
            name, end = f"check {number.group(1)}", match.end() + number.end()
        elif not amounts and not re.search(r"\b(?:paid|payment|by|with|method)\b", printed, _I):
            return None
    elif last_four and name not in ("cash", "Venmo", "Zelle", "Cash App"):
        masked = re.search(r"[xX]{2}", printed[match.end() : last_four.end()])  # letters that a form's blanks have too
        name, end = f"{name} ending {last_four['four']}", match.end() if masked else last_four.end()
    account = re.search(r"\b(HSA|FSA)\b(?! ?/)", printed)
    if account and not name.startswith(("HSA", "FSA")):
        name = f"{account.group(1)} {name}"
    strength = 0.9 if amounts or last_four or _PAID_WITH.search(printed) else 0.7
    return name, offset + match.start(), offset + end, strength


def bill_numbers(text: AnnotatedText) -> Iterator[Extraction]:
    """rx_number and invoice_number."""
    if not is_billed(text):
        return
    yield from rx_numbers(text)
    found: set[str] = {match["number"] for match in _ACCOUNT.finditer(text.text)}  # known for another's number
    others = len(found)
    for match in _BRACKETED.finditer(text.text):
        found.add(match["number"])
        yield text.extraction(
            "invoice_number", match["number"], *match.span("number"), found_by=_FOUND_BY, strength=0.8
        )
    for match in _NUMBER.finditer(text.text):
        label = text.text[match.start() : match.start("number")]
        number = match["number"].lstrip("#")
        digits = sum(c.isdigit() for c in number)
        printed = bool(re.match(r"[A-Z]{1,4}-?\d|\d\d-\d{3}|0\d{3}|\d{3,}-[A-Z0-9]", number))
        opens, ends = _alone_in_cell(text, match)
        apart = digits >= 3 and ("\t" in label or printed or (opens and ends and digits >= 4))
        if "\n" in label or not (apart or _NUMBERED.search(label) or "#" in match["number"]) or number in found:
            continue
        if re.fullmatch(r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|20\d\d-\d\d-\d\d", number) or re.match(
            r"\s*[.,]\d\d\b", text.text[match.end() : match.end() + 3]
        ):
            continue
        found.add(number)
        start = match.start("number") + (1 if match["number"].startswith("#") else 0)
        yield text.extraction("invoice_number", number, start, match.end("number"), found_by=_FOUND_BY, strength=0.85)
        if len(found) == others + 2:
            return
    if len(found) == others and text.kind[0] != "eob":
        for number, start, end in _below_label(text):
            found.add(number)
            yield text.extraction("invoice_number", number, start, end, found_by=_FOUND_BY, strength=0.85)
    if len(found) == others and text.kind[0] != "eob" and not _CHEQUE.search(text.text):
        yield from _unnamed_number(text)


_OVER_NUMBER = re.compile(
    r"\W*(?:invoice|receipt|order|sale|bill|document|doc|ticket|booking|confirmation) ?"
    r"(?:no|nr|number|num|nbr|#|id|ref(?:erence)?)[.:]?\W*",
    _I,
)
_BARE_NUMBER = re.compile(r"#?(?P<number>(?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{3,22})")


def _below_label(text: AnnotatedText) -> Iterator[tuple[str, int, int]]:
    """The number in the cell under "ORDER ID", the first of them."""
    for cell in text.cells:
        box = text.box_of(cell.start, cell.end) if _OVER_NUMBER.fullmatch(cell.text) else None
        under = text.below(box, cell.page) if box is not None else None
        match = _BARE_NUMBER.fullmatch(under.text.strip()) if under is not None else None
        if match is not None and under is not None:
            start = under.start + under.text.index(match["number"])
            yield match["number"], start, start + len(match["number"])
            return


_ACCOUNT = re.compile(
    r"\b(?:account|acct|member(?:ship)?|patient|client|customer|policy|group|claim)\b ?"
    r"(?:no|number|num|id|#)?\.?\s*[:#]?[ \t]*(?P<number>[A-Z0-9][\w/-]*\d[\w/-]*)",
    _I,
)
_CHEQUE = re.compile(r"\bpay to the\b|\border of\b", _I)
_NO = re.compile(r"(?:No|Nr|Nº|N°|#)\.?[:#]?\s?(?P<number>[A-Z]{0,4}-?\d[\w/-]{2,12})(?=\W*$|\s{2,}|\t)", _I)


def _unnamed_number(text: AnnotatedText) -> Iterator[Extraction]:
    """ "No. 3381" in a cell of its own above the lines of a bill, whose number nothing else tells."""
    for row in rows_of(text)[:16]:
        if amounts_in(row.text):
            return
        for cell in row.cells:
            match = _NO.match(cell.text)
            if match is not None:
                start, end = cell.start + match.start("number"), cell.start + match.end("number")
                yield text.extraction("invoice_number", match["number"], start, end, found_by=_FOUND_BY, strength=0.75)
                return


def _alone_in_cell(text: AnnotatedText, match: re.Match[str]) -> tuple[bool, bool]:
    """ "SUPERBILL 5519": whether a number's label opens its cell and the number ends it."""
    cell = text.cell_at(match.start())
    return (cell is not None and cell.start == match.start(), cell is not None and cell.end == match.end())
