"""How does a letter end: which line takes leave, who is named alone below it, and where do its sentences stop?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docscan.extraction.paper import electronic
from docscan.extraction.text.names import Person, last_first_at, person_at, small_person_at

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Cell, Line

_I = re.IGNORECASE
_CLOSING = re.compile(
    r"\s*(?:(?:very |most )?(?:sincerely|respectfully|truly|cordially|faithfully|gratefully)(?: yours| submitted)?|"
    r"(?:always |ever )?yours(?: (?:truly|sincerely|faithfully|ever|in health|respectfully))?|"
    r"(?:with )?(?:best |kind |warm |warmest |kindest )*regards|best(?: wishes)?|thank you(?: (?:very much|again|"
    r"in advance|for [\w ,]{3,60}))?|thanks|in good health|signed)"
    r"\s*[,.:!]?\s*",
    _I,
)
_LEAVE = re.compile(r"[A-Z][^\d:;@]{3,80},")
_GREETS = re.compile(r"(?:my )?dear\b|to\b|hi\b|hello\b|attn|attention|greetings|re\b|from\b", _I)
_BEFORE_A_NAME = re.compile(
    r"(?:[Xx](?=[\s_]))?[\s_.–—~*-]*(?:\(?\d{1,2}[a-z]?[.)]\s+)?"
    r"(?:(?i:thanks|thank you|many thanks|sincerely|respectfully|regards|best|best regards|kind regards|yours truly|"
    r"yours|signed|sgd\.?)(?:[,:!.–—-]+\s*|\s+(?=(?-i:[A-Z]))))?\[?"
)
"""What may stand on the line before who closes a letter: "thanks, dana whitfield, dpt"."""


def closes_a_letter(printed: str) -> bool:
    """Whether a line is "Sincerely," or another of the words that close a letter."""
    return _CLOSING.fullmatch(printed) is not None


def parts_with(text: AnnotatedText, index: int) -> bool:
    """Whether a line takes leave in its own words: short, with a comma at its end, and a name alone in its cell "
    "below."""
    line = text.lines[index]
    printed = line.cells[0].text
    if len(line.cells) > 1 or not _LEAVE.fullmatch(printed) or _GREETS.match(printed) or len(printed.split()) > 12:
        return False
    for after in text.lines[index + 1 : index + 5]:
        cell = after.cells[0]
        if not is_near(line, after):
            return False
        if not re.search(r"[^\W\d_]{2}", cell.text):
            continue
        person, start = _opening(text, cell.start, cell.end), cell.start
        return person is not None and start <= person.start and _is_alone(text, person, cell) and " " in person.name
    return False


def _opening(text: AnnotatedText, start: int, end: int) -> Person | None:
    """Who is named where a signature would stand, behind "/s/", "X", an item's number or a line to write on."""
    slashes = electronic.slashes(text, start, end)
    lead = _BEFORE_A_NAME.match(text.text, slashes.end() if slashes else start, end)
    place = lead.end() if lead else start
    reversed_ = last_first_at(text, place, end)
    if reversed_ is not None and reversed_.letters:
        return reversed_
    return person_at(text, place, end) or small_person_at(text, place, end)


def _is_alone(text: AnnotatedText, person: Person, cell: Cell) -> bool:
    """Whether little but a name, its letters and a date stands in a cell."""
    ends = max([person.end, *(one.end for one in person.letters)])
    rest = text.text[ends : cell.end]
    return len(rest) < 45 and not re.search(r"[a-z]{3,}\s+[a-z]{3,}|[.!?]\s+[A-Z]|:", rest)


def name_at_the_end(text: AnnotatedText) -> Person | None:
    """Who a letter names alone below what it says, whatever closes it: "In health, / Ana Roe, ND".

    With letters of a profession or a doctor's title, or below the last sentence with a licence or NPI under the name;
    of several the last, but nobody of a list of names; else nobody.
    """
    prose = [i for i, line in enumerate(text.lines) if _PROSE.search(text.text[line.start : line.end])]
    first = prose[0] if prose else len(text.lines) // 2
    named: list[tuple[int, Person]] = []
    for index, line in enumerate(text.lines[first + 1 :], start=first + 1):
        for cell in line.cells:
            person = _opening(text, cell.start, cell.end)
            if (
                person is None
                or " " not in person.name
                or (is_organisation(cell.text) and not person.is_doctor)
                or not _is_alone(text, person, cell)
            ):
                continue
            below = text.lines[index : index + 3]
            letters = person.best is not None and person.best.credential.tier is not None
            identified = (
                bool(prose) and prose[-1] < index <= prose[-1] + 8 and len(cell.text.split()) <= 5
                and any(_IDENTIFIED.search(text.text[b.start : b.end]) for b in below)
            )  # fmt: skip
            if letters or person.is_doctor or identified:
                named.append((index, person))
    if not named:
        return None
    listed = [i for i, _ in named]
    if len(listed) > 2 and listed[-1] - listed[-3] == 2:
        return None
    return named[-1][1]


_PROSE = re.compile(r"(?:\b\w+\b[\s,;:]+){5,}\S*[.!?][\"”)]?\s*$|(?:\b[a-z]+\b[\s,;:]+){5,}")


def is_prose(printed: str) -> bool:
    """Whether a line is of a letter's sentences, not of an address, a list or a form."""
    enough = _SHORT_SENTENCE if printed.rstrip().endswith((".", "?", "!")) else _SENTENCE
    return len(printed) > enough and _PROSE.search(printed) is not None


_SHORT_SENTENCE, _SENTENCE = 30, 45  # letters from which a line of words is a sentence's, with and without its stop
_IDENTIFIED = re.compile(r"\bnpi\b|\blic(?:\.|ense|ence)?\b", _I)


def is_near(closing: Line, line: Line) -> bool:
    """Whether a line stands so close below a closing that it may belong to it, over a page's end too."""
    if line.page is closing.page:
        return line.box.top - closing.box.bottom < 0.25
    return line.page.number == closing.page.number + 1 and line.box.top < 0.25


def is_organisation(printed: str) -> bool:
    """Whether words are of a practice's name or address rather than of a person's."""
    return re.search(
        r"\b(?:clinic|center|associates|hospital|llc|pllc|inc|medical group|university|department|certified|medicine|"
        r"suite|street|avenue|phone|fax|license|npi|apothecary|pharmacy|drug ?store|shop|store|studio|desk|"
        r"company)\b", printed, _I,
    ) is not None  # fmt: skip
