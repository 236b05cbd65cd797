"""Does a typed name stand for a signature, or is the line to sign on empty?

A name that a letter closes with is print: who wrote it. It is a signature where the same name is set twice, once as it
is signed and once as print below ("Jane Roe / ________ / Jane Roe, MD", "Jane / Jane Roe, MD"), where it stands over a
line to sign on that a caption explains, and where words beside it say that it was signed ("(signed)", "Signed 3/3/26").
A line to sign on with nothing over it was left empty, whoever is printed below it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from docscan.extraction.paper import electronic
from docscan.extraction.paper.closings import closes_a_letter, is_organisation, is_prose
from docscan.extraction.text.month_names import MONTH_BEGUN
from docscan.extraction.text.names import Person, is_of_no_name, person_at
from docscan.extraction.text.spans import Span
from docscan.reference import credentials

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Line

_I = re.IGNORECASE
_LINE = re.compile(r"(?:[Xx][\s:]*)?(?:[_.…]{4,}|[-–—‐]{4,}|(?:[_.] ){4,}[_.]?|(?:[-–—] ){4,}[-–—]?)[xX]?")
"""A line to sign on, made of letters: as long as a name."""
_DAY = (
    rf"(?:\d{{1,4}}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?\d{{2,4}}|\d{{1,2}}[-\s.]{{1,2}}{MONTH_BEGUN}[-\s.,]{{1,2}}\d{{2,4}}|"
    rf"{MONTH_BEGUN}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|(?:the |this )?\d{{1,2}}(?:st|nd|rd|th)?(?: day)? of "
    rf"{MONTH_BEGUN},?\s?\d{{0,4}})"
)
_SIGNED_ON = re.compile(
    rf"[\[(*<-]*\s?(?:e-?)?(?:signed|sgd\.?)(?: (?:and|&) dated| by hand| in ink)?(?: on| this)?\s?[:,]?\s*{_DAY}"
    r"(?:,?\s*(?:at |@ ?)?\d{1,2}[:.]?\d\d\s?(?:[ap]\.?m?\.?|h(?:rs)?)?)?\s?[\])*>.-]*",
    _I,
)
_SIGNED_ON_BEHIND = re.compile(rf"(?<=[,|;\s–—-])\s?{_SIGNED_ON.pattern}$", _I)
_SAID_SIGNED = re.compile(
    r"[\[(<{*]\s?(?:hand|wet|ink|manually|personally|duly|original)?[- ]?(?:signed|sgd\.?|"
    r"(?:handwritten|hand-written|wet|ink|original|illegible|scrawled|cursive|digital|electronic|facsimile|manual) "
    r"signature|signature[:,]? (?:illegible|in ink|by hand|in blue ink|affixed|handwritten|scrawl\w*|appears|present))"
    r"(?: (?:by hand|in (?:blue |black )?ink|electronically|digitally|manually|personally|original))?\s?[\])>}*.]",
    _I,
)
_SIGNS = re.compile(r"(?:e-?|co-?|counter)?(?:signed(?: by)?|sgd\.?|signature)(?: of [\w' ]{4,30})?\s?[:,.\s]\s*", _I)
_SIGNED_BY = re.compile(r"(?:signed|sgd\.?)(?: by)?[:,]?\s+(?!on\b|this\b|and\b)", _I)
_CAPTION = re.compile(
    r"\(?\s?(?:(?:provider|physician|practitioner|doctor|prescriber|clinician|attending|treating|authorized|medical|"
    r"licensed|health ?care)(?:'s|’s)? ?(?:/ ?)?)*(?:signature|signed)\b(?! on file)",
    _I,
)
_AFTER_PRINT = re.compile(r"\s*(?:$|[,;|(/–—-]|\d|NPI\b|lic|\()", _I)
_TO_THE_DAY = 5  # lines from a name to the words that say when it was signed
_NEAR = 150  # letters from a label to the line to sign on below it
_LONGEST = 7  # words of a line that is a signature


class _Name(NamedTuple):
    """Words that may be a signature: full names, given names, initials with a name; without titles and letters.

    `titled`: "Dr." stood before them, so that the family name may stand alone.
    """

    words: tuple[str, ...]
    titled: bool
    start: int
    end: int


def signing_name(text: AnnotatedText) -> Span | None:
    """Where a name stands for a provider's signature; the last such place, None where there is none."""
    return text.once("name that signs", lambda: _signing_name(text))


def _signing_name(text: AnnotatedText) -> Span | None:
    lines = text.lines
    told = next((i for i, line in enumerate(lines) if _says(text.text[line.start : line.end])), len(lines))
    for index in range(len(lines) - 1, told, -1):
        found = _set_twice(text, index) or _said_signed(text, index)
        if found is not None:
            return found
    return None


def _says(printed: str) -> bool:
    """Whether a line is of a letter's sentences or closes them, not of the head of a page."""
    return is_prose(printed) or closes_a_letter(printed) or re.search(r"\w+ \w+ [a-z]{4,}\.$", printed) is not None


def is_line_to_sign_on(printed: str) -> bool:
    return _LINE.fullmatch(printed.strip()) is not None


def empty_line(text: AnnotatedText, start: int, end: int) -> Span | None:
    """A line to sign on between two places, with nobody's name over it."""
    lines = [line for line in text.lines if start <= line.start < end]
    for before, line in zip([None, *lines], lines, strict=False):
        cell = line.cells[0]
        if is_line_to_sign_on(cell.text):
            over = None if before is None else _name_in(text, before)
            return None if over is not None else Span(cell.start, cell.end)
    return None


_LED = re.compile(r"\W{0,6}[A-Z][\w ,'’/()&-]{2,40}?\s?(?:\.{3,}|…+)\s?[^\s.]")
_ROWS_LED = 2  # other rows near by, from which on dots lead from labels to values


def _leads(text: AnnotatedText, label: Span) -> bool:
    """Whether dots lead from a label to its value, as in the rows around it, and are no line to write on."""
    index = text.line_index(label.start)
    near = [*text.lines[max(0, index - 3) : index], *text.lines[index + 1 : index + 5]]
    return sum(_LED.match(text.text, row.start, row.end) is not None for row in near) >= _ROWS_LED


def left_empty(text: AnnotatedText, label: Span, name_start: int) -> bool:
    """Whether a label's line to sign on stands before a name, which is printed behind it: "Signed ....... J. Roe"; or
    below the label, where the name stands above that: it answers what was asked there."""
    if name_start < label.start:
        return empty_line(text, label.end, label.end + _NEAR) is not None
    between = text.text[label.end : name_start]
    behind = re.split(r"\s{2,}|\n|\t|\bdate", text.text[name_start : name_start + 60], flags=_I)[0]
    if "_" not in between and _leads(text, label):
        return False
    return re.search(r"[_.…]{6,}|(?:_ ){4,}", between) is not None and re.search(r"_{3,}|\.{5,}", behind) is None


def _set_twice(text: AnnotatedText, index: int) -> Span | None:
    """A name in a line of its own, and the same name printed below, or a caption, under a line to sign on."""
    line = text.lines[index]
    signed = _name_in(text, line)
    if signed is None or (index and is_line_to_sign_on(text.lines[index - 1].cells[0].text)):
        return None
    ruled = False
    for below in text.lines[index + 1 : index + 6]:
        printed = below.cells[0].text
        if below.page is not line.page:
            return None
        if is_line_to_sign_on(printed):
            ruled = True
            continue
        captioned = ruled and _CAPTION.match(printed) and not re.search(r"[:_]\s*\S", printed)
        again = _printed_name(text, below)
        same = again is not None and _same(signed, again) and not electronic.is_patient(text, again)
        return Span(signed.start, signed.end) if captioned or same else None
    return None


def _said_signed(text: AnnotatedText, index: int) -> Span | None:
    """Words that stand alone beside a name and say that it was signed, or on which day."""
    line = text.lines[index]
    if _SIGNED_BY.match(text.text, line.start, line.end) and re.search(_DAY, text.text[line.start : line.end], _I):
        signed = _name_in(text, line)
        if signed is not None and len(signed.words) > 1:
            return Span(line.start, line.end)
    near = _near_a_name(text, index, 2)
    for cell in line.cells:
        said = _SAID_SIGNED.search(cell.text)
        rest = (cell.text[: said.start()] + cell.text[said.end() :]).strip() if said else ""
        if said and len(rest.split()) < _LONGEST and (near or (rest and _named_there(text, line))):
            return Span(cell.start, cell.end)
    printed = " ".join(cell.text for cell in line.cells)
    following = text.lines[index + 1].cells[0].text if index + 1 < len(text.lines) else ""
    dated = _SIGNED_ON.fullmatch(printed) or (len(printed) < 12 and _SIGNED_ON.fullmatch(f"{printed} {following}"))
    if dated and (near or _near_a_name(text, index, _TO_THE_DAY)):
        return Span(line.start, line.end)
    behind = _SIGNED_ON_BEHIND.search(printed)
    ruled = index > 0 and is_line_to_sign_on(text.lines[index - 1].cells[0].text)
    return Span(line.start, line.end) if behind and not ruled and _named_there(text, line) else None


def _named_there(text: AnnotatedText, line: Line) -> bool:
    """Whether a full name opens a line, or stands behind "(signed)"."""
    printed = text.text[line.start : line.end]
    said = _SAID_SIGNED.match(printed)
    start = line.start + (said.end() if said else 0)
    start += len(text.text[start : line.end]) - len(text.text[start : line.end].lstrip())
    person = person_at(text, start, line.end)
    return person is not None and " " in person.name


def _near_a_name(text: AnnotatedText, index: int, most: int) -> bool:
    """Whether a name is printed in a line of its own close above, and no empty line to sign on over it."""
    page = text.lines[index].page
    for above in range(index - 1, max(-1, index - 1 - most), -1):
        line = text.lines[above]
        if line.page is not page or is_line_to_sign_on(line.cells[0].text):
            return False
        if _printed_name(text, line) is not None:
            over = text.lines[above - 1].cells[0].text if above else ""
            return not is_line_to_sign_on(over)
        if is_prose(text.text[line.start : line.end]):
            break
    below = text.lines[index + 1] if index + 1 < len(text.lines) else None
    return most < _TO_THE_DAY and below is not None and below.page is page and _printed_name(text, below) is not None


def _printed_name(text: AnnotatedText, line: Line) -> Person | None:
    """A full name that opens a line, with little but letters, a title or a number behind it."""
    cell = line.cells[0]
    start = cell.start + (1 if cell.text[:1] in "[(" else 0)
    person = person_at(text, start, cell.end)
    if person is None or " " not in person.name or (is_organisation(cell.text) and not person.letters):
        return None
    ends = max([person.end, *(one.end for one in person.letters)])
    return person if _AFTER_PRINT.match(text.text[ends : cell.end].lstrip(".)]")) else None


def _name_in(text: AnnotatedText, line: Line) -> _Name | None:
    """What may be a signature in a line of its own: a name, its letters and a day, and nothing else."""
    cells = list(line.cells)
    lead = _SIGNS.fullmatch(cells[0].text + " ")
    cell = cells[1] if lead and len(cells) > 1 else cells[0]
    opening = _SIGNS.match(cell.text)
    start = cell.start + (opening.end() if opening else 0)
    printed = re.sub(rf"\s*(?:date[d:]*\s*)?{_DAY}.*$", "", text.text[start : cell.end], flags=_I).strip(" _~*\"“”'")
    if not printed or len(printed.split()) > _LONGEST or is_organisation(printed) or ":" in printed:
        return None
    words = [word for part in printed.split(",")[:1] for word in part.split()]
    while words and _is_no_name(words[-1]):
        words.pop()
    titled = re.match(r"(?:dr|mr|mrs|ms|prof|doctor)\b", words[0], _I) is not None if words else False
    words = words[titled:]
    plain = [re.sub(r"[^\w'’-]", "", word) for word in words]
    if not plain or all(is_of_no_name(word) for word in plain) or closes_a_letter(text.text[start : cell.end]):
        return None
    if not all(word[:1].isupper() for word in plain if word not in {"de", "la", "van", "der", "von"}):
        return None
    return _Name(tuple(word.lower() for word in plain if word), titled, start, cell.end)


def _is_no_name(word: str) -> bool:
    """Letters of a profession behind a name."""
    return len(word) > 1 and not word.istitle() and credentials.look_up(word.strip(".,")) is not None


def _same(signed: _Name, printed: Person) -> bool:
    """Whether a signature is of the name that is printed: its words are the name's or begin them, from the given name
    to the family name, or it is one of the two alone."""
    words = [re.sub(r"[^\w'’-]", "", word).lower() for word in printed.name.split()]
    words = [word for word in words if word not in {"jr", "sr", "ii", "iii", "iv"}]
    mine = [word for word in signed.words if word not in {"jr", "sr", "ii", "iii", "iv"}]
    if len(mine) == 1:
        return mine == words[-1:] or (mine == words[:1] and not signed.titled)
    if not mine or mine[-1] != words[-1]:
        return False
    for word in mine:
        at = next((k for k, other in enumerate(words) if other == word or (len(word) == 1 and other[:1] == word)), None)
        if at is None:
            return False
        words = words[at + 1 :]
    return True
