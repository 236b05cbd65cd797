"""Names that are none: what a till sold. "ALCOHOL PREP PADS  F  2.79" is nobody, though it is printed as names are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docscan.extraction.bills.foot import foot_of
from docscan.extraction.text.names import person_at

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_A_LIST: Final = 3  # lines from which what one of them names is one of many things


def is_sold(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether words fill the description of a priced line, among others that name nobody either.

    Of few lines each may be somebody's ("Ana Roe  60.00"), unless all are in capitals, as goods are on a till's.
    """
    lines = [line for line in foot_of(text).lines if line.person is None]
    own = next((line for line in lines if any(s <= start and end <= e for s, e in line.spans)), None)
    if own is None or not _told(own.description).startswith(_told(text.text[start:end])):
        return False
    if _told(own.description) != _told(text.text[start:end]) and not text.text[start:end].isupper():
        return False
    others = [line.description for line in lines if line is not own and _told(line.description)]
    names = sum(_reads_as_a_name(text, line.spans) for line in lines if line is not own)
    shouted = all(said.upper() == said for said in (*others, own.description))
    return bool(others) and 2 * names < len(others) and (shouted or len(others) + 1 >= _A_LIST)


def _reads_as_a_name(text: AnnotatedText, spans: tuple[tuple[int, int], ...]) -> bool:
    start, end = spans[0]
    person = person_at(text, start, end)
    return person is not None and not person.name.isupper()


def _told(words: str) -> str:
    return " ".join(re.findall(r"[^\W\d_]+", words.casefold()))
