"""Days that stand one below the other without prices: the visits that one line of a bill charges for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docscan.extraction.bills.date_words import role_of
from docscan.extraction.bills.days import bill_days
from docscan.extraction.bills.money import amounts_in
from docscan.extraction.bills.rows import Row, rows_of
from docscan.extraction.dates.dates import DateMention

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_KINDS = ("receipt", "superbill", "statement")
_OTHER_ENTRY = re.compile(
    r"\W*(?:payment|paid|pmt|received|credit|deposit|adjust\w*|copay|refund\w*|balance|fax|statement|cancel\w*|"
    r"no[- ]?show|missed|call\w*|sent|mailed|e-?mailed|due|closed)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\b(?:next|upcoming|future|scheduled|coming|reminders?|to come)\b", re.IGNORECASE)


def visits_below(text: AnnotatedText) -> frozenset[int]:
    """Where the days of such a column begin: of two rows or more, right below each other, that open with a day which
    nothing says to be another. The first of them may bear the price of all."""
    return text.once("visits below", lambda: frozenset(_visits_below(text)))


def _visits_below(text: AnnotatedText) -> list[int]:
    if text.kind[0] not in _KINDS:
        return []
    rows = rows_of(text)
    opening = {m.start: m for m in bill_days(text) if m.value}
    found: list[int] = []
    run: list[int] = []
    above: Row | None = None  # what stands over the run
    for before, row in zip((None, *rows), (*rows, None), strict=True):
        day = None if row is None else opening.get(row.start + _numbering(row))
        if row is not None and day is not None and _is_visit(text, row, day, first=not run):
            above = before if not run else above
            run.append(day.start)
            continue
        if len(run) > 1 and not (above is not None and _AHEAD.search(above.text)):
            found += run
        run = []
    return found


def _numbering(row: Row) -> int:
    """How many letters count the visits of a punch card: "3) ", "#2 "."""
    match = _NUMBERED.match(row.text)
    return match.end() if match else 0


_NUMBERED = re.compile(
    r"(?:#\s?\d{1,2}|(?:visit|session|class|punch|lesson)? ?#?\d{1,2}\s?[).:]|\[[x✓ ]\]|\d{1,2}\t|[x✓•*-](?=\s))\s*",
    re.IGNORECASE,
)


def _is_visit(text: AnnotatedText, row: Row, day: DateMention, *, first: bool) -> bool:
    priced = bool(amounts_in(row.text)) and (not first or _numbering(row) > 0)
    if _OTHER_ENTRY.match(row.text[day.end - row.start :]) or priced:
        return False
    return role_of(text, day) in (None, "plain", "service_date")
