"""Which rows describe what is priced: above its amounts, beside them, or going on below?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from docscan.document import Page
from docscan.extraction.bills.figures import STRONG, Sheet
from docscan.extraction.bills.labels import meaning_of
from docscan.extraction.bills.rows import Row
from docscan.extraction.bills.tables import Header
from docscan.extraction.bills.variants import is_button, is_variant
from docscan.extraction.dates.dates import DateMention
from docscan.extraction.text.month_names import MONTH_BEGUN
from docscan.reference import credentials, item_classes

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_GIVEN_BY = re.compile(
    r"[\s,(–-]+(?:(?:w/|with |by )\s?(?P<title>Dr\.? |Coach |Mr\.? |Ms\.? )?|"
    r"(?P<role>(?i:coach|trainer|instructor|therapist|provider|clinician|rendered by):? (?=[A-Z][a-z])))"
    r"(?P<name>(?:[A-Z][\w'’.-]*,?\s?){1,5})\)?$"
)
_LABELLED = re.compile(r"(?!\s*\d+ of:)\s*[\w /#.]{2,25}:\s")
NOT_DESCRIPTION = re.compile(
    r"\b(?:gst (?:id|no|reg)|reg(?:istration)? no|invoice (?:no|date|#)|receipt (?:no|#)|cashier|www\.|http|thank you|"
    r"approval|auth(?:orization)? code|terminal|merchant id|member id|account (?:no|number|#)|"
    r"ref(?:erence)? (?:no|#))\b|"
    r"\b(?:tel|phone|fax|date|time|table)\b(?=[\s.(]*(?:[:#]|\d))|"
    r"^\W*(?:\w+ ){0,2}(?:tel|phone|fax|date|time|table)\W*$",
    re.IGNORECASE,
)


_THANKS = re.compile(
    r"(?<=[\w)])[\s,;:.!()–—-]+(?:many )?(?:thank you|thanks|thx|merci|gracias|danke)(?: (?:so|very) much| a lot)?"
    r"[\s!.)]*$",
    re.IGNORECASE,
)


def without_thanks(words: str) -> str:
    """What is left of "for the grooms, thank you!"; words that say nothing but thanks are kept."""
    return _THANKS.sub("", words)


class Above(NamedTuple):
    """Rows without amounts that may describe what stands below them."""

    text: str
    start: int
    end: int
    page: Page
    left: float  # where the first of them begins


def words_over(text: AnnotatedText, sheet: Sheet, index: int) -> Above | None:
    """The words over a row's first cell, right above and starting where it starts, if nothing is priced there."""
    if (
        not index
        or sheet.amounts[index - 1]
        or any(h.first < index <= h.last + 1 for h in sheet.headers)
        or sheet.rows[index - 1].page is not sheet.rows[index].page
    ):
        return None
    row, upper = sheet.rows[index], sheet.rows[index - 1]
    if row.box.top - upper.box.top > 2.2 * max(row.height, upper.height):
        return None
    for cell in upper.cells:
        if (
            abs(cell.box.left - row.cells[0].box.left) < 0.01
            and letters(cell.text) >= 3
            and cell.text[-1] not in ":.!?"
        ):
            return Above(text.text[cell.start : upper.end], cell.start, upper.end, upper.page, cell.box.left)
    return None


def joined(sheet: Sheet, begun: int | None, last: int) -> Above:
    """Rows from `begun` to `last` as one; the last alone where none begins."""
    rows = sheet.rows[last if begun is None else begun : last + 1]
    return Above(" ".join(row.text for row in rows), rows[0].start, rows[-1].end, rows[-1].page, rows[0].box.left)


def is_set_in(sheet: Sheet, above: int, index: int) -> bool:
    """The next row of a description: right below and set in from it."""
    upper, row = sheet.rows[above], sheet.rows[index]
    return (
        index == above + 1
        and upper.page is row.page
        and row.box.left > upper.box.left + 0.01
        and row.box.top - upper.box.top < 2.2 * max(row.height, upper.height)
        and len(row.cells) == len(upper.cells) == 1
    )


def cleaned(description: str) -> str:
    """A description without what a sheet's edge, leaders and counts leave at its ends."""
    description = _LABEL_BEFORE.sub("", description)
    text = re.sub(r"^(?:of:|[A-Z](?=\s+[A-Z]{3})|(?:[I|l!¦]\s+)+)", "", " ".join(description.split()))  # a sheet's edge
    text = re.sub(r"\s*\(\s*\)", "", text)  # of which a count was taken out
    text = re.sub(
        r"\s*\(\$?\d[\d.,]*(?: [a-z]+){0,2} (?:allowance|benefit|max(?:imum)?|limit)\)", "", text, flags=re.IGNORECASE
    )
    text = re.sub(r"^\d{1,2}[.)]\s+(?=[-–—(]|[A-Za-z])", "", text)  # numbers lines
    text = re.sub(r"(?:\s[-–—·|:,]){2,}(?=\s|$)", " -", re.sub(r"\s+(?=[,;])", "", text))
    text = re.sub(r"^[\s\-–—•*·:.,;|#@=]+|[\s\-–—•*·:;|@=.,_$]+$", "", text)
    text = re.sub(r"\s+(?:FSA|HSA)(?:/(?:FSA|HSA))?\s?[*†#+]*$", "", text)  # a till's mark
    text = re.sub(r"(?<=[A-Za-z)])\s+\d{9,14}$", "", text)  # a till's number of the goods
    text = re.sub(r"^(?:svc|service|dos)\.? (?:date|dt)\s+|[\s,:–-]+total charges?$", "", text, flags=re.IGNORECASE)
    return re.sub(r"\.{3,}|_{2,}|\s(?:RM|USD|EUR|at|of|for|each|@|x)$", "", text).strip()


_LABEL_BEFORE = re.compile(
    r"^\s*(?:(?:what|service|item|description|treatment|program(?:me)?|class|purpose|procedure)[ ]?:?[ ]?\t+|"
    r"(?:pa?i?d|rec'?d)(?: on)? \d{1,2}/\d{1,2}(?:/\d{2,4})?\s*[-–—:]\s+)",
    re.IGNORECASE,
)
"""A label in a cell of its own, or the day on which it was paid, before what was sold."""


def without_person(description: str) -> str:
    """A description without the name of whoever gave the service, where it ends with one: "w/ K. Lund DPT"."""
    match = _GIVEN_BY.search(description)
    if match is None or letters(description[: match.start()]) < 3:
        return description
    last = re.split(r"[\s,]+", match["name"].strip(" ,."))[-1]
    named = (
        credentials.look_up(last) is not None
        or bool(match["role"] or re.search(r"\b[A-Z]\. ?[A-Z][a-z]", match["name"]))
        or bool(match["title"] and re.search(r"[a-z]", match["name"]))
    )
    return cleaned(description[: match.start()]) if named else description


def letters(text: str) -> int:
    """How many letters it has."""
    return sum(c.isalpha() for c in text)


def may_describe(row: Row) -> bool:
    """Whether a row has words that may be what a price is for."""
    return (
        letters(row.text) >= 3
        and not NOT_DESCRIPTION.search(row.text)
        and not _LABELLED.match(row.text)
        and not _for_somebody(row.text)
    )


def tells_of_goods(words: str) -> bool:
    """Whether they only tell more of what the line above names: its make, its size, who sells it, what it is used on;
    or are a button beside it."""
    plain = " ".join(words.split())
    more = _MORE_OF_GOODS.fullmatch(plain) or is_variant(plain) or is_button(plain)
    return bool(more) and letters(words) < _MORE


_MORE: Final = 40  # letters of what a shop tells besides an item's name
_MORE_OF_GOODS = re.compile(
    r"\W*(?:(?:condition|colou?r|size|style|sold by|seller|ships? from|variant|options?|finish|flavou?r|scent|"
    r"fit|side|material|length|width|sku|item (?:no|number|#)|model|upc|asin)\s*:\s*\S[^\n]*|"
    r"(?:upc|sku|plu|ean|dpci|gtin|barcode|item|style|model|stock|part|art(?:icle)?)(?: ?(?:no\.?|number|#))?"
    r"[ :#-]{1,3}(?=[\w-]*\d)[\w-]{4,}|"
    r"(?:reg(?:ular)?|was|orig(?:inal)?|list|msrp|compare at|our price|sale|now)\.?(?: price)?|"
    r"(?:renews|auto-?renews|renewal date)\b[^\n]{0,24}\d[^\n]{0,12}|"
    r"(?-i:[A-Z])[\w-]+['’]s (?:i?phone|i?pad|tablet|mac(?:book)?|computer|laptop|watch|device|tv))\W*",
    re.IGNORECASE,
)


def _for_somebody(words: str) -> bool:
    """Whether they only say for whom it was: "for Carl Unger"."""
    return bool(_FOR_SOMEBODY.fullmatch(words)) and item_classes.classify(words) is None


_FOR_SOMEBODY = re.compile(r"\W*(?i:for|to|with|by)\s+[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,3}(?:, [A-Z]{2,5})*\W*")


def is_stock_number(words: str) -> bool:
    """ "HC03-7 - 15", "9066468": figures, or figures and letters run together, and no word."""
    parts = [part for part in words.split() if any(c.isalnum() for c in part)]
    return bool(parts) and all(any(c.isdigit() for c in part) and not re.search(r"[a-z]{3}", part) for part in parts)


def is_only_days(row: Row, days: Sequence[DateMention]) -> bool:
    """Whether a row says nothing but dates."""
    words = re.sub(rf"\b(?i:{MONTH_BEGUN}) \d{{1,2}}\b|\bto\b|\bthrough\b", "", row.text)
    for day in days:
        if row.start <= day.start < row.end:
            words = words.replace(row.text[day.start - row.start : day.end - row.start], "")
    return letters(words) < 3


def opens_next(sheet: Sheet, index: int, header: Header) -> bool:
    """Amounts may stand beside a description's last line; its first is then nearer to them than to what is above."""
    if index + 1 >= len(sheet.rows) or not sheet.amounts[index + 1] or any(f.row == index + 1 for f in sheet.figures):
        return False
    before, row, after = sheet.rows[index - 1 : index + 2]
    if after.page is not row.page or not describes_only(row, header):
        return False
    down = after.box.top - row.box.top
    up = row.box.top - before.box.top if before.page is row.page else 1.0
    return 0 < down < 1.6 * max(row.height, after.height) and down < 0.85 * up


def describes_only(row: Row, header: Header) -> bool:
    """A row with words in the column of descriptions and nothing else."""
    if len(row.cells) > 1 or letters(row.text) < 3 or NOT_DESCRIPTION.search(row.text):
        return False
    meaning = meaning_of(row.text)
    if meaning is not None and meaning.sure >= STRONG and not meaning.composed:
        return False  # the label of an amount below
    left = [c for c in header.columns if c.holds == "description" and c.left - 0.02 <= row.box.left]
    column = left[-1] if left else None
    if column is None or ":" in row.text:
        return False
    right = min((c.left for c in header.columns if c.left > column.left), default=1.0)
    return row.box.left < right and row.box.right < right + 0.02
