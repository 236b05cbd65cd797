"""Whether a code is expected at a place: behind a label, in a code box or column, behind words that it stands for."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from docscan.extraction.text.labels import Labelled
from docscan.reference import conditions, icd10cm

if TYPE_CHECKING:
    from docscan.extraction.diagnoses.code_spots import Spot
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Cell

_I = re.IGNORECASE

_LABEL = (
    r"(?:icd[\s-]{0,2}(?:9|10)?(?:[\s-]?cm)?(?:[\s-]*(?:diagnos[ie]s|dx|diag\.?))?(?:\s*codes?(?:\(s\))?)?"
    r"|(?:diagnos[ei]s|diagnostic|dx|diag\.?)(?:\(es\))?(?:\s*\(?icd[\s-]?10(?:[\s-]?cm)?\)?)?"
    r"(?:\s*codes?(?:\(s\))?|\s*(?:no\.?|number|\#))?"
    r"|(?:dx|diag|diagnos[ie]s)\s?\d{0,2}(?:\s(?:ref|ptr|pointer|on file|for \w+ \w+|\w+))?|codes?(?:\(s\))?|"
    r"coded(?:\s(?:as|to|under))?|a/p|assessment|impression)"
)
_BEHIND_LABEL = re.compile(
    rf"\b{_LABEL}(?:(?:\s[a-z]+){{1,3}}\s?:\s*|"
    rf"\s*(?:\([^()\n]{{0,40}}\))?\s*\d{{0,2}}[.)]?\s*[:#=.,–—-]*\s*)[(\[]?\s*$",
    _I,
)
_BOX = re.compile(
    r"\b(?:icd[\s-]?10(?:[\s-]?cm)?(?:\s*(?:diagnosis\s*)?codes?(?:\(s\))?)?|(?:diagnos[ei]s|dx|diag\.?)\s*"
    r"codes?(?:\(s\))?)(?=\s*[:#_\t\n(]|\s*$)",
    _I | re.MULTILINE,
)
_HEAD = re.compile(
    r"\W*(?:icd\b.*|(?:diagnos[ei]s|dx|diag)\b.*|(?:dx |diagnosis )?codes?\W*|10-?cm codes?|problems?\W*)", _I
)
_PROCEDURES = re.compile(r"\b(?:cpt|hcpcs|proc(?:edure)?s?|service|svc|product|item|revenue|modifier)\b", _I)
_ALIGNED = 0.015  # of the page's width
_BILLED = r"(?<![\w.$])(?:\d{5}|[A-Z]\d{4}|\d{4}[FT])(?:-?[A-Z0-9]{2})?(?![\w.])"


def behind_a_label(text: AnnotatedText, start: int) -> bool:
    """Right after "ICD-10", "Dx", "Diagnosis code 2:", or in the box of such a label."""
    if _BEHIND_LABEL.search(text.text, max(0, start - 60), start):
        return True
    return any(box.value and box.value.start <= start < box.value.end for box in _code_boxes(text))


def _code_boxes(text: AnnotatedText) -> list[Labelled]:
    return text.once("diagnosis code boxes", lambda: list(text.labelled(_BOX)))


def column_head(text: AnnotatedText, cell: Cell) -> Cell | None:
    """The nearest cell over this one, on the same page, that begins where it does and holds no figure."""
    heads = [
        other
        for other in text.cells
        if other.page is cell.page
        and other.box.top < cell.box.top
        and abs(other.box.left - cell.box.left) < _ALIGNED
        and not any(sign.isdigit() for sign in re.sub(r"(?i)icd-?10", "", other.text))
    ]
    return max(heads, key=lambda other: other.box.top, default=None)


def in_code_column(text: AnnotatedText, spot: Spot, sure: list[Spot]) -> bool:
    """In a column of codes: at its cell's beginning, under the head of one or in line with codes that are sure."""
    cell = text.cell_at(spot.start)
    if cell is None or re.search(r"\w", text.text[cell.start : spot.start]):
        return False
    box = text.box_of(spot.start, spot.end)
    if box is None:
        return False
    for other in sure:
        its_cell, its_box = text.cell_at(other.start), text.box_of(other.start, other.end)
        if (
            its_cell is not None
            and its_box is not None
            and its_cell.page is cell.page
            and abs(its_box.left - box.left) < _ALIGNED
            and abs(its_box.top - box.top) < 14 * box.height
        ):
            return True
    head = column_head(text, cell)
    return head is not None and _HEAD.fullmatch(head.text.strip()) is not None and cell.start != head.start


def among_procedures(text: AnnotatedText, start: int, end: int) -> bool:
    """Beside a billed service's code in a list, or under a head or behind a label of such codes."""
    line = text.lines[text.line_index(start)]
    before, after = text.text[max(line.start, start - 40) : start], text.text[end : min(line.end, end + 14)]
    neighbours = (re.search(rf"({_BILLED})\s*[,;/&+]\s*$", before), re.match(rf"\s*[,;/&+]\s*({_BILLED})", after))
    if any(near is not None and not is_known(near[1]) for near in neighbours):
        return True
    if _PROCEDURES.search(before[-24:]) and not re.search(r"\b(?:icd|dx|diag)", before[-24:], _I):
        return True
    cell = text.cell_at(start)
    if cell is not None and cell.start == start and _in_service_column(text, cell):
        return True
    head = column_head(text, cell) if cell is not None and cell.start == start else None
    return head is not None and _PROCEDURES.search(head.text) is not None and not _HEAD.fullmatch(head.text.strip())


def _in_service_column(text: AnnotatedText, cell: Cell) -> bool:
    """Whether service codes that are no diagnosis codes stand in line with a cell."""
    return any(
        other.page is cell.page
        and abs(other.box.left - cell.box.left) < _ALIGNED
        and abs(other.box.top - cell.box.top) < 12 * cell.box.height
        and (billed := re.match(_BILLED, other.text)) is not None
        and not is_known(billed.group())
        for other in text.cells
    )


def words_beside(text: AnnotatedText, start: int, end: int) -> tuple[str, str]:
    """What is printed right before and right behind a code, up to the next code, and where either goes on to the next
    line, that too."""
    line = text.lines[text.line_index(start)]
    first, last = max(line.start, start - 90), min(line.end, end + 90)
    before, after = text.text[first:start], text.text[end:last]
    before = re.split(r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?(?!\w)|\d{3}\.\d+|;|\[[ xX]?\]|\.\s(?=[A-Z])", before)[-1]
    after = re.split(r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?(?!\w)|;|\[[ xX]?\]|\.\s|\t(?=\S{1,12}$)", after)[0]
    if len(_OF_CODE.sub("", before).strip(" ([\t:")) < 4:
        index = text.line_index(start) - 1
        above = text.lines[index] if index >= 0 else None
        if above is not None and text.text[above.end : line.start] == "\n":
            before = above.cells[-1].text[-90:]
    return before.strip(" \t([{:,–—-"), after.strip(" \t)]}:,–—-")


_OF_CODE = re.compile(r"\b(?:icd[\s-]{0,2}(?:9|10)?(?:-?cm)?|dx|codes?)\s*:?\s*$", _I)


def agreed(text: AnnotatedText, start: int, end: int, code: str, on: date) -> bool | None:
    """Whether the words beside a place say what a code stands for; None where they tell nothing about it."""
    said = [conditions.agrees(words, code, on) for words in words_beside(text, start, end) if len(words) > 2]
    return True if True in said else False if False in said else None


def bracketed(text: AnnotatedText, start: int, end: int) -> bool:
    """Alone in brackets, behind words."""
    before, after = text.text[max(0, start - 14) : start], text.text[end : end + 3]
    return bool(re.search(r"\w[ \n]?[(\[{][ ]?(?:icd\W*(?:10)?\W*|dx\W*|code\W*)?$", before, _I)) and bool(
        re.match(r"\s?[)\]},;/]", after)
    )


def behind_a_condition(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether words that name an illness stand right before or behind a code."""
    return any(
        len(words) > 3 and conditions.classify(words).specificity in {"named", "vague"}
        for words in words_beside(text, start, end)
    )


def is_known(code: str) -> bool:
    """Whether a code or header of any release."""
    return bool(icd10cm.history(code))
