"""To whom is a letter addressed? To nobody whom it treats, and to nobody who signs it, unless more says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import TYPE_CHECKING

from docscan.extraction.text.names import person_at

if TYPE_CHECKING:
    from docscan.extraction.people.mentions import Mention
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Line

_I = re.IGNORECASE
_GREETING = re.compile(
    r"\s*(?:(?:my )?dear|to whom (?:it|this)|good (?:morning|day|afternoon)|greetings|attention)\b", _I
)
_ENDS_THE_ADDRESS = re.compile(r"\s*(?:re|ref|subject|subj|regarding|patient|concerning)\b\s*:", _I)
_OF_A_PLAN = re.compile(
    r"\b(?:plans?|insur(?:ance|er|ers)|benefits?|claims?|administrators?|appeals?|grievances?|human resources|hr|"
    r"reimbursements?|utili[sz]ation|reviewers?|coverage|fsa|hsa|hra|committee|case manage(?:r|ment)|payer|payor|"
    r"medical director|underwrit\w+|compensation|prior authori[sz]ations?|adjusters?|compliance|accounts?)\b",
    _I,
)
_MOST_LINES = 24  # lines of a page above which the address stands
_BELOW_A_NAME = 4  # lines of an address below the name


def addressed(text: AnnotatedText, found: Iterable[Mention]) -> frozenset[int]:
    """Where the names of those begin to whom the letter is written: in the block above the salutation, of a plan or by
    the name that the salutation repeats."""
    greeting = _greeting(text)
    if greeting is None:
        return frozenset()
    block = text.lines[:greeting]
    families = frozenset(_greeted(text, text.lines[greeting]))
    above = [m for m in found if m.label in (None, "name") and m.is_full and m.end <= text.lines[greeting].start]
    named = {m.start for m in above if m.person.name.split()[-1].casefold().strip(",.") in families}
    return frozenset(named | {m.start for m in above if _of_a_plan(text, m, block)})


def in_address(text: AnnotatedText, offset: int) -> bool:
    """Whether something stands in the lines of a plan's address, above the salutation."""
    greeting, index = _greeting(text), text.line_index(offset)
    if greeting is None or index >= greeting:
        return False
    first = index
    while (
        first
        and index - first < _BELOW_A_NAME
        and text.text[text.lines[first - 1].end : text.lines[first].start] == "\n"
    ):
        first -= 1
    return first > 0 and any(_OF_A_PLAN.search(text.text, line.start, line.end) for line in text.lines[first:index])


def _greeting(text: AnnotatedText) -> int | None:
    for index, line in enumerate(text.lines[:_MOST_LINES]):
        if _GREETING.match(text.text, line.start, line.end):
            return index
    return None


def _greeted(text: AnnotatedText, line: Line) -> Iterator[str]:
    """The family name of "Dear Dr. Teller," or "Dear Howard Teller:"."""
    opening = _GREETING.match(text.text, line.start, line.end)
    start = opening.end() if opening else line.start
    while start < line.end and text.text[start] == " ":
        start += 1
    person = person_at(text, start, line.end, tolerant=True)
    if person is not None:
        yield person.name.split()[-1].casefold()


def _of_a_plan(text: AnnotatedText, mention: Mention, block: tuple[Line, ...]) -> bool:
    """Whether a name opens its line, and the address below it is a plan's."""
    index = text.line_index(mention.start)
    if index >= len(block) or text.text[block[index].start : mention.start].strip(" .").count(" ") > 1:
        return False
    rest = takewhile(
        lambda line: not _ENDS_THE_ADDRESS.match(text.text, line.start, line.end),
        block[index + 1 : index + 1 + _BELOW_A_NAME],
    )
    lines = [text.text[mention.end : block[index].end], *(text.text[line.start : line.end] for line in rest)]
    return any(_OF_A_PLAN.search(printed) and len(printed.split()) <= 8 for printed in lines)
