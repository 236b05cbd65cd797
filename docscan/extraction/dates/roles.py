"""What a date of a letter is the date of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from docscan.document import Extraction
from docscan.extraction.dates.dates import DateMention, dates_in
from docscan.extraction.paper.signature import closes_a_letter, signature_blocks

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText, Line

_I = re.IGNORECASE
_FOUND_BY = "dates"


class Role(NamedTuple):
    """A date, the field that it belongs to, and how surely."""

    name: str
    mention: DateMention
    strength: float


_BEFORE: tuple[tuple[str, re.Pattern[str], float], ...] = tuple(
    (name, re.compile(rf"(?:{words})\W*$", _I), strength)
    for name, words, strength in (
        ("date_of_birth", r"\b(?:d\.?\s?o\.?\s?b\.?|date of birth|birth\s?date|birthday|born(?: on)?|"
        r"b\.d)(?:\s*\([^)]*\))?", 0.97),
        ("print_date", r"\b(?:printed|print date|date printed|generated|report date|run date|created|"
        r"downloaded|exported)(?: on| at| by [\w ,.]{2,30} on)?", 0.9),
        ("signature_date", r"\b(?:date signed|signed(?: and dated)?(?: on| this)?|date of signature|"
        r"signature date|signed date|sign date|signed by [\w .,'-]{3,50}(?: on| at|,)?|"
                           r"authenticated(?: by [\w .,'-]{3,50})?(?: on)?|dated(?: this)?(?: the)?)", 0.93),
        ("visit_date", r"\b(?:(?:last |most recent |initial |date of (?:last )?|office )?(?:visit|"
        r"exam(?:ination)?|appointment|encounter|evaluation|consultation)(?: date)?(?: on| of| was| dated)?|"
                       r"(?:was |were |been )?(?:last |first |most recently )?(?:seen|evaluated|examined|"
                       r"assessed)(?: (?:by me|in (?:my|our) (?:office|clinic|practice)|here|today))?,?(?: on)?|"
                       r"date of service|dos|saw (?:him|her|them|"
                       r"(?:mr|ms|mrs|the patient)[\w. ]{0,30})(?: in (?:my|our) (?:office|clinic))?(?: on)?|"
                       r"date seen)", 0.9),
        ("letter_date", r"\b(?:letter date|date of (?:this )?(?:letter|prescription|order|report|"
        r"recommendation)|today'?s date|date written|date issued|issued(?: on)?|date prepared|written(?: on)?|"
        r"date completed)", 0.95),
        ("service_date", r"\b(?:dates? of service|service dates?|dos|date of purchase|purchased? (?:on|date))", 0.9),
        ("due_date", r"\b(?:due(?: date| by| on)?|expires?|expiration(?: date)?)", 0.0),
        ("onset", r"\b(?:date of onset|onset(?: date)?|date of (?:diagnosis|injury|surgery)|diagnosed(?: on|"
        r" in)?|since|surgery (?:on|date)|injured on|resulted(?: on)?|collected(?: on)?|(?:a1c|lab\w*|mri|"
        r"x-?ray|dexa)[\w ,%.]{0,25}(?:on|from|dated)?|hired|"
                  r"next (?:visit|appointment)|follow[- ]?up(?: on| date)?|record of)", 0.0),
        ("course", r"\b(?:start(?:ing|s)?(?: date)?|begin(?:ning|s)?|effective(?: date)?|end(?:ing|"
        r"s)?(?: date)?|through|thru|until|from|to|between|valid|commencing|completion date|stop date)(?: on|"
        r" of treatment| of therapy)*", 0.0),
    )
)  # fmt: skip
_VISITED = re.compile(
    r"\b(?:saw|seen|examin(?:ed|ation)|evaluat(?:ed|ion)|assess(?:ed|ment)|visit(?:ed)?|appointment|encounter|"
    r"consult(?:ed|ation)?|"
    r"check-?up|physical|presented)\b(?![^;]*\b(?:since|diagnosed|surgery|injur\w+|onset|result\w*|born|"
    r"dob)\b)[^;]{0,60}"
    r"\b(?:on|of|dated|at|from)\s+(?:\w+day,?\s+)?$|\b(?:visit|exam|encounter|seen)\W{1,3}$",
    _I,
)
_TO_COME = re.compile(
    r"\b(?:next|will be|to be|return|future|upcoming|scheduled|re-?evaluat\w+|re-?assess\w+|follow-?up)\b", _I
)
_DATE_LABEL = re.compile(r"\bdate\b(?:\s*\((?:mm|required|mo)[^)]*\))?\W*$", _I)
_FAX_LINE = re.compile(
    r"\bfax\b|\bfrom\s?:|\bto\s?:|\btx\b|\brx\b|\bp(?:age|g|\.)?\s?\.?\s?\d+(?:\s?(?:/|of)\s?\d+)?\b", _I
)
_CLOCK = re.compile(r"\b\d{1,2}:\d\d(?::\d\d)?\s?(?:am|pm)?\b", _I)


def letter_dates(text: AnnotatedText) -> Iterator[Extraction]:
    """letter_date, signature_date, visit_date, date_of_birth, fax_date, print_date."""
    wanted = {"letter_date", "signature_date", "visit_date", "date_of_birth", "fax_date", "print_date"}
    kind, sure, _ = text.kind
    if kind in {"receipt", "superbill", "eob", "estimate", "card_slip", "statement"} and sure >= 0.6:
        wanted = {"date_of_birth", "fax_date", "print_date"}
    for role in roles(text):
        if role.name in wanted:
            mention = role.mention
            yield text.extraction(
                role.name, mention.iso, mention.start, mention.end, found_by=_FOUND_BY, strength=role.strength,
                readings=[day.isoformat() for day in mention.readings],
            )  # fmt: skip


def roles(text: AnnotatedText) -> tuple[Role, ...]:
    """Every date of the document whose role is known."""
    return text.once("date roles", lambda: tuple(_roles(text)))


def _roles(text: AnnotatedText) -> Iterator[Role]:
    mentions = dates_in(text)
    found = [role for mention in mentions for role in _role(text, mention)]
    yield from found
    if not any(role.name in {"letter_date", "signature_date"} for role in found):
        known = {role.mention.start for role in found}
        alone = [m for m in mentions if m.start not in known and _stands_alone(text, m)]
        if alone:  # a letter dated at its foot, or in a corner
            yield Role("letter_date", alone[0], 0.6)


def _role(text: AnnotatedText, mention: DateMention) -> Iterator[Role]:
    line = text.lines[text.line_index(mention.start)]
    cell = text.cell_at(mention.start)
    before = text.text[max(line.start, mention.start - 90) : mention.start]
    for name, pattern, strength in _BEFORE:
        if pattern.search(before):
            if name == "visit_date" and _at_signature(text, mention, line):
                continue
            yield Role(name, mention, strength)
            return
    sentence = text.sentence_at(mention.start)
    lead = text.flat[max(sentence.start, mention.start - 90) : mention.start]
    if _VISITED.search(lead) and not _TO_COME.search(lead) and not _at_signature(text, mention, line):
        yield Role("visit_date", mention, 0.85)
        return
    labelled = _column_label(text, mention)
    if labelled is not None:
        yield labelled
        return
    if _is_fax_line(text, line):
        yield Role("fax_date", mention, 0.85)
        return
    dated = _DATE_LABEL.search(before) is not None
    if not dated and cell is not None and cell.start >= mention.start - 12:
        dated = _label_above_or_left(text, mention)
    signing = _at_signature(text, mention, line)
    if dated or _stands_alone(text, mention):
        if signing and (dated or not _before_body(text, line)):
            yield Role("signature_date", mention, 0.93 if dated else 0.75)
        elif dated:
            yield Role("letter_date", mention, 0.92)
        elif _before_body(text, line):
            yield Role("letter_date", mention, 0.9)


def _column_label(text: AnnotatedText, mention: DateMention) -> Role | None:
    """A date in a box of its own takes its role from the label above it or to its left."""
    for cell_text in _labels_of_box(text, mention):
        for name, pattern, strength in _BEFORE:
            if pattern.search(cell_text):
                return Role(name, mention, strength - 0.03 if strength else 0.0)
    return None


def _labels_of_box(text: AnnotatedText, mention: DateMention) -> Iterator[str]:
    cell = text.cell_at(mention.start)
    if cell is None or cell.start < mention.start - 2:
        return
    line = text.lines[text.line_index(mention.start)]
    left = [c for c in line.cells if c.end <= cell.start]
    if left and text.is_label(left[-1]):
        yield left[-1].text
    above = text.above(cell.box, cell.page)
    if above is not None and len(above.text.split()) <= 7 and not re.search(r"\d", above.text):
        yield above.text
    under = text.below(cell.box, cell.page, lines=1.6)
    if under is not None and re.match(r"\s*(?:date signed|signature date|date of birth|dob)\b", under.text, _I):
        yield under.text


def _label_above_or_left(text: AnnotatedText, mention: DateMention) -> bool:
    if any(re.search(r"\bdate\b\W*$", label, _I) for label in _labels_of_box(text, mention)):
        return True
    cell = text.cell_at(mention.start)
    under = text.below(cell.box, cell.page, lines=1.6) if cell else None
    return under is not None and re.fullmatch(r"\s*date\W*", under.text, _I) is not None


def _stands_alone(text: AnnotatedText, mention: DateMention) -> bool:
    cell = text.cell_at(mention.start)
    if cell is None:
        return False
    rest = text.text[cell.start : mention.start] + text.text[mention.end : cell.end]
    return not re.sub(
        r"[\W_]|\bdate\b|\bday\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|^[A-Z][a-z]+, [A-Z]{2}",
        "",
        rest,
        flags=_I,
    )


def _before_body(text: AnnotatedText, line: Line) -> bool:
    """Whether a line stands where letters bear their date: on the first page, before the salutation or high up."""
    if line.page.number != 1:
        return False
    for other in text.lines:
        if re.match(r"\s*(?:dear\b|to whom it may concern|attention\b)", text.text[other.start : other.end], _I):
            return line.start <= other.start
    return line.box.top < 0.45


def _at_signature(text: AnnotatedText, mention: DateMention, line: Line) -> bool:
    for block in signature_blocks(text):
        label = text.box_of(*block.label) if block.label else None
        here = text.document.page_of(block.opens)
        if label is not None and here is line.page and -0.045 <= line.box.top - label.top <= 0.07:
            return True
        if (
            block.label is None
            and block.opens <= mention.start <= max([block.ends, *(end for _, end in block.lines_after)]) + 2
        ):
            return True
    for index in range(text.line_index(mention.start), -1, -1):
        printed = text.text[text.lines[index].start : text.lines[index].end]
        if closes_a_letter(printed):
            return True
        if len(printed) > 100:
            break
    return False


def _is_fax_line(text: AnnotatedText, line: Line) -> bool:
    printed = text.text[line.start : line.end]
    edge = line.box.top < 0.09 or line.box.bottom > 0.94
    return edge and bool(_FAX_LINE.search(printed)) and (bool(_CLOCK.search(printed)) or "fax" in printed.lower())
