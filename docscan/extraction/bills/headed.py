"""Lines that say when and where alone, under words that say what was done; and what stands below a summed bill.

"For breathing coaching, 40 minutes each:" over "Sept 16  studio  $60" and "Oct 7  Zoom  $60".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from docscan.extraction.bills.descriptions import NOT_DESCRIPTION, cleaned, letters
from docscan.extraction.bills.lines import PricedLine
from docscan.extraction.text.month_names import MONTH_BEGUN
from docscan.reference import item_classes

if TYPE_CHECKING:
    from docscan.extraction.bills.figures import Sheet

_I = re.IGNORECASE
_WHERE_ALONE = re.compile(
    r"\W*(?:(?:at|via|by|on|in|over|the|her|his|your|my|our|w/|with|a|an|one|single|regular|usual|same|private|group|"
    r"studio|zoom|online|virtual(?:ly)?|person|in-person|home|house|office|clinic|park|gym|pool|phone|telephone|video|"
    r"call|telehealth|tele|remote(?:ly)?|skype|face ?time|google|meet|teams|facility|garage|porch|deck|field|track|"
    r"court|beach|outdoors?|indoors?|outside|inside|community|rec|cent(?:er|re)|main|upstairs|downstairs|room|floor|"
    r"place|location|site|onsite|on-site|branch|east|west|north|south|downtown|am|pm|morning|afternoon|evening|noon|"
    r"sessions?|visits?|class(?:es)?|lessons?|appointments?|appts?|meetings?|min(?:ute)?s?|hours?|hrs?|long|each|full|"
    r"half|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|"
    rf"{MONTH_BEGUN}|\d{{1,4}}|#\d+|[a-d])\b\W*)+",
    _I,
)
_OPENING = re.compile(
    r"^\W*(?:(?:charges? |fees? |payment |billed |invoice )?for|re|services?(?: rendered)?)\b[\s:]*", _I
)
_REACH: Final = 3  # rows above the first line in which the words may stand


def told_above(sheet: Sheet, items: Sequence[PricedLine]) -> list[PricedLine]:
    """The items, those that name no more than a place, a day or a visit with the words over them that say of what."""
    found = list(items)
    if not found or not all(_says_where(item) for item in found):
        return found
    first = min(item.row for item in found)
    for row in reversed(sheet.rows[max(0, first - _REACH) : first]):
        words = cleaned(_OPENING.sub("", row.text).rstrip(" :.-–—"))
        if letters(words) < 4 or row.page is not sheet.rows[first].page:
            continue
        if sheet.amounts[sheet.rows.index(row)] or NOT_DESCRIPTION.search(row.text):
            return found
        if _names_a_service(words) and (len(row.cells) == 1 or row.text.rstrip().endswith(":")):
            return [replace(i, description=f"{words} - {i.description}" if i.description else words) for i in found]
    return found


def _says_where(item: PricedLine) -> bool:
    return _WHERE_ALONE.fullmatch(item.description or "session") is not None and item.cents > 0


def _names_a_service(words: str) -> bool:
    return item_classes.classify(words) not in (None, "unspecific")


def without_what_follows(sheet: Sheet, items: Sequence[PricedLine]) -> list[PricedLine]:
    """The items without what is priced below a sum of those before it and is in no sum: an office tells what else it
    has ("New: Sunday group, drop in $12")."""
    found = list(items)
    printed = [(index, amount.cents) for index, row in enumerate(sheet.amounts) for amount in row]
    while len(found) > 1 and not found[-1].own_marks and found[-1].code is None and found[-1].cents > 0:
        last, rest = found[-1], found[:-1]
        whole = sum(item.cents for item in rest)
        summed = any(rest[-1].row < row < last.row and cents == whole for row, cents in printed)
        if (
            not summed
            or any(cents == whole + last.cents for _, cents in printed)
            or not _IS_TOLD.search(last.description)
        ):
            break
        found = rest
    return found


_IS_TOLD = re.compile(
    r"\b(?:new|now|ask|join|drop[- ]?in|try|only|starting|next|coming|save|offer\w*|special|gift|packages?|bring|refer|"
    r"earn|free|buy|sign up|upcoming|available|book|from|summer|winter|spring|fall|holiday|call|visit us)\b",
    _I,
)
