"""What a date of a letter is the date of.

In this order: the words before it in its clause, its label, the words behind it, and where it stands: in a fax
machine's line, behind the patient's name, at the signature, above the letter's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from docscan.document import Extraction
from docscan.extraction.dates import cues
from docscan.extraction.dates.columns import heading_of, is_of_events
from docscan.extraction.dates.dates import DateMention, dates_in, parse_date
from docscan.extraction.kinds.of_money import is_bill, is_surely_bill
from docscan.extraction.paper import form_parts
from docscan.extraction.paper.closings import closes_a_letter, is_prose, name_at_the_end
from docscan.extraction.paper.covers import first_page
from docscan.extraction.paper.fax_lines import counts_pages_or_names_the_sender
from docscan.extraction.paper.signature_blocks import signature_blocks
from docscan.extraction.people import persons
from docscan.extraction.text import captions
from docscan.extraction.text.messages import letter_message, of_another_message
from docscan.extraction.text.month_names import WEEKDAY
from docscan.extraction.text.relatives import PARENTS, SPOUSES, any_of

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Cell, Line

_I = re.IGNORECASE
_FOUND_BY = "dates"
_OF_LETTERS = {"letter_date", "signature_date", "visit_date", "date_of_birth", "fax_date", "print_date"}


class Role(NamedTuple):
    """A date, the field that it belongs to, and how surely."""

    name: str
    mention: DateMention
    strength: float


_DATE_LABEL = re.compile(r"\bdate\b(?:\s*\((?:mm|dd|yy|required|mo)[^)]*\))?\W*$", _I)
_FAX_LINE = re.compile(
    r"\bfax\b|\bfrom\s?:|\bto\s?:|\btx\b|\brx\b|\bp(?:age|g|\.)?\s?\.?\s?\d+(?:\s?(?:/|of)\s?\d+)?\b|"
    r"(?<![\d/])0\d\d?/0\d\d?(?![\d/])|->|>>",
    _I,
)
_CLOCK = re.compile(r"\b\d{1,2}:\d\d(?::\d\d)?\s?(?:am|pm)?\b", _I)
_GOES_ON = re.compile(
    r"\s*(?:\([^)]{0,40}\))?\s*(?:,|and|&|;|/|\+)?\s*(?:and |again |also |then )*(?:on |dated )?\(?", _I
)  # between two dates of one kind: "DOS 5/21/24 (99215), 6/4/24"
_TODAY = re.compile(
    r"\b(?:saw|seen|examined|evaluated|assessed|met with|visit(?:ed)?|presents?|presented|came in|comes in|"
    r"in (?:the |my |our )?"
    r"(?:office|clinic))\b[^.;\n]{0,60}?\b(?P<after>today)\b(?!['’]s date)|"
    r"\b(?P<before>today)\b(?:['’]s)?,?\s+(?:I\s+|we\s+|she\s+|he\s+|the patient\s+)?(?:was\s+|were\s+)?"
    r"(?:saw|seen|examined|evaluated|visit|exam(?:ination)?|appointment|encounter|evaluation)\b",
    _I,
)


def letter_dates(text: AnnotatedText) -> Iterator[Extraction]:
    """letter_date, signature_date, visit_date, date_of_birth, fax_date, print_date."""
    wanted = _OF_LETTERS
    if is_surely_bill(text):
        wanted = _OF_LETTERS - {"letter_date", "visit_date"}
    found = [role for role in roles(text) if role.name in wanted]
    if "letter_date" in wanted:
        found += _day_of_signing(text, found)
    for role in found:
        mention = role.mention
        yield text.extraction(
            role.name, mention.iso, mention.start, mention.end, found_by=_FOUND_BY, strength=role.strength,
            readings=[day.isoformat() for day in mention.readings],
        )  # fmt: skip
    if "visit_date" in wanted:
        yield from _today(text, found)


def _day_of_signing(text: AnnotatedText, found: list[Role]) -> Iterator[Role]:
    """A letter that bears no other date is of the day on which it was signed."""
    signed = [role for role in found if role.name == "signature_date" and role.mention.value is not None]
    if not signed and _WRITTEN_AT_A_VISIT.search(text.text):
        signed = [role for role in found if role.name == "visit_date" and role.mention.value is not None][:1]
    if not any(role.name == "letter_date" for role in found) and len({role.mention.iso for role in signed}) == 1:
        yield signed[0]._replace(name="letter_date", strength=0.8)


_WRITTEN_AT_A_VISIT = re.compile(r"\b(?:encounter|visit|contact|note|document) type[ \t]*[:\t][ \t]*letter\b", _I)
"""A record's entry that is a letter: the date of service is the day on which it was written."""


def _today(text: AnnotatedText, found: list[Role]) -> Iterator[Extraction]:
    """ "Examined today" is a visit on the letter's date."""
    days = {role.mention.iso for role in found if role.name == "letter_date"}
    days = days or {role.mention.iso for role in found if role.name == "signature_date"}
    (day,) = days if len(days) == 1 else (None,)
    if day is None:
        return
    for match in text.find(_TODAY):
        span = match.span("after" if match["after"] else "before")
        if text.assertion_at(*span) == "stated":
            yield text.extraction("visit_date", day, *span, found_by=_FOUND_BY, strength=0.8)


def roles(text: AnnotatedText) -> tuple[Role, ...]:
    """Every date of the document whose role is known."""
    return text.once("date roles", lambda: tuple(_roles(text)))


def _roles(text: AnnotatedText) -> Iterator[Role]:
    mentions = dates_in(text)
    found: list[Role] = []
    previous: tuple[DateMention, Role | None] | None = None
    for mention in mentions:
        other = of_another_message(text, mention.start)
        role = Role(cues.NONE, mention, 0.0) if other else _role(text, mention)
        if role is None and previous is not None and _continued(text, *previous, mention):
            role = previous[1] and previous[1]._replace(mention=mention)
        if role is not None:
            found.append(role)
        previous = (mention, role)
    found = [_born_before(role, mentions) for role in _of_the_patient(text, found)]
    found = list(_no_day_of_birth(_written_before_signed(text, found)))
    found += _without_year(text, mentions, found)
    yield from _one_letter_date(_not_to_come(text, found))
    if not any(role.name in {"letter_date", "signature_date"} for role in found):
        known = {role.mention.start for role in found}
        alone = [m for m in mentions if m.start not in known and _stands_alone(text, m)]
        if alone:  # a letter dated at its foot, or in a corner
            yield Role("letter_date", alone[0], 0.6)


def _written_before_signed(text: AnnotatedText, found: list[Role]) -> Iterator[Role]:
    """Where a signature bears its own day, the other day beside it, "Date completed", is the letter's."""
    stamped = {role.mention.value for role in found if role.name == "signature_date" and not _is_of_writing(text, role)}
    written = stamped and not any(role.name == "letter_date" for role in found)
    for role in found:
        other = role.name == "signature_date" and role.mention.value not in stamped
        yield role._replace(name="letter_date") if written and other and _is_of_writing(text, role) else role


_OF_WRITING = re.compile(
    r"\b(?:date (?:completed|prepared|written|issued|filled|of (?:this )?(?:letter|form|statement|request|order))|"
    r"(?:letter|form|today['’]s) date|(?:completed|prepared|written|issued)(?: on)?)\W*$",
    _I,
)


def _is_of_writing(text: AnnotatedText, role: Role) -> bool:
    return _OF_WRITING.search(_label_of(text, role.mention)) is not None


def _no_day_of_birth(found: Iterable[Role]) -> Iterator[Role]:
    """Without other roles of the day of birth: it stands again at the head of the pages that follow."""
    found = list(found)
    born = {role.mention.value for role in found if role.name == "date_of_birth"} - {None}
    yield from (role for role in found if role.name == "date_of_birth" or role.mention.value not in born)


_OF_ANOTHER = re.compile(
    rf"\b(?P<never>{any_of(PARENTS, SPOUSES)}|guardian|provider|physician|doctor|emergency contact)|"
    r"\b(?P<perhaps>employee|subscriber|insured|member|participant|account ?holder|policy ?holder|guarantor)",
    _I,
)


def _of_the_patient(text: AnnotatedText, found: list[Role]) -> list[Role]:
    """Without the dates of birth of others: a spouse's, and the employee's where the patient's is told too."""
    births = {
        id(role): _OF_ANOTHER.search(_label_of(text, role.mention)) for role in found if role.name == "date_of_birth"
    }
    others = [whose for whose in births.values() if whose is not None]
    patients = len(births) > len(others)
    kept = [
        role for role in found
        if (whose := births.get(id(role))) is None or not (whose["never"] or patients)
    ]  # fmt: skip
    return _in_the_patients_part(text, kept) if form_parts.is_form(text) else kept


def _in_the_patients_part(text: AnnotatedText, found: list[Role]) -> list[Role]:
    """Without days of birth in the employee's part of a form, where the patient's part has one."""
    owners = {id(role): form_parts.owner_at(text, role.mention.start) for role in found if role.name == "date_of_birth"}
    if "patient" not in owners.values():
        return found
    return [role for role in found if owners.get(id(role)) != "participant"]


def _label_of(text: AnnotatedText, mention: DateMention) -> str:
    """The few words right before a date that say whose it is."""
    cell = text.cell_at(mention.start)
    start = cell.start if cell else mention.start
    lead = text.text[max(start, mention.start - _LABEL) : mention.start]
    if lead.strip() or cell is None:
        return re.split(r"[;,.)]\s", lead)[-1] if not re.search(r"[a-z]{3} (?:is|was|has)\b", lead) else ""
    if heading := heading_of(text, cell):
        return heading
    left = [c for c in text.lines[text.line_index(start)].cells if c.end <= start]
    return left[-1].text if left and len(left[-1].text) < _LABEL else ""


_LABEL = 34  # letters that a label with its owner takes


_WAS_SEEN = re.compile(
    r"\b(?:(?:was|were|been) (?:last |first )?(?:seen|examined|evaluated|assessed)|I (?:last |first |personally )?"
    r"(?:saw|examined|evaluated|assessed)|(?:she|he|they) (?:presented|came))\b[^.;\n]{0,50}$",
    _I,
)
_TO_BE = re.compile(r"\b(?:will|to|shall|should|may|can|must|if|when|until|once|before|plan(?:s|ned)?)\b", _I)


def _not_to_come(text: AnnotatedText, found: list[Role]) -> list[Role]:
    """Without visits after the day on which the paper was written, as those are planned, but for visits that are told
    as over: they show that one of the days is wrong."""
    for names in ({"letter_date", "signature_date"}, {"print_date", "fax_date"}):
        days = [role.mention.value for role in found if role.name in names and role.mention.value]
        if days:
            last = max(days)
            return [
                r for r in found
                if r.name != "visit_date" or not r.mention.value or r.mention.value <= last or _is_over(text, r.mention)
            ]  # fmt: skip
    return found


def _is_over(text: AnnotatedText, visit: DateMention) -> bool:
    before = text.flat[max(0, visit.start - 90) : visit.start]
    match = _WAS_SEEN.search(before)
    return match is not None and not _TO_BE.search(before[max(0, match.start() - 25) :])


_YEARLESS = re.compile(
    r"(?<![\w/-])(?:(?P<m1>(?-i:[JFMASOND])[a-z]{2,8})\.? (?P<d1>[0-3]?\d)(?:st|nd|rd|th)?|"
    r"(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? (?P<m2>(?-i:[JFMASOND])[a-z]{2,8}))\b(?!\s?[-/:%]|[.,]? ?'?\d)",
    _I,
)


def _without_year(text: AnnotatedText, mentions: tuple[DateMention, ...], found: list[Role]) -> Iterator[Role]:
    """Visits told without their year ("seen on Mar 29"): the last such day before the letter's date."""
    days = {role.mention.value for role in _one_letter_date(found) if role.name == "letter_date"}
    days = days or {role.mention.value for role in found if role.name == "signature_date"}
    (written,) = days if len(days) == 1 else (None,)
    if written is None:
        return
    for match in text.find(_YEARLESS):
        if any(m.start < match.end() and match.start() < m.end for m in mentions):
            continue
        printed = f"{match['m1'] or match['m2']} {match['d1'] or match['d2']}, "
        near = (parse_date(printed + str(year)) for year in (written.year, written.year - 1))
        day = next((day for day in near if day is not None and day <= written), None)
        if day is None:
            continue
        role = _role(text, DateMention(*match.span(), day, (), explicit=True, short_year=True))
        if role is not None and role.name == "visit_date":
            yield role._replace(strength=_WITHOUT_YEAR)


_WITHOUT_YEAR = 0.85


def _continued(text: AnnotatedText, before: DateMention, role: Role | None, after: DateMention) -> bool:
    """Whether a date is told in one breath with the one before it, and so of the same kind."""
    if role is not None and role.name == "visit_date" and cues.before_that(text.text[before.end : after.start]):
        return True
    return _enumerated(text, before, after)


def _enumerated(text: AnnotatedText, before: DateMention, after: DateMention) -> bool:
    between = text.flat[before.end : after.start]
    return bool(re.search(r"[,;&/+]|\band\b", between)) and _GOES_ON.fullmatch(between) is not None


def _one_letter_date(found: Iterable[Role]) -> Iterator[Role]:
    """A letter has one date: of several the surest, of equals the first; another at the signature is the "
    "signature's."""
    found = list(found)
    letters = [role for role in found if role.name == "letter_date"]
    best = max(letters, key=lambda role: (role.strength, -role.mention.start), default=None)
    for role in found:
        if best is None or role.name != "letter_date" or _same_day(role.mention, best.mention):
            yield role


def _same_day(one: DateMention, other: DateMention) -> bool:
    return one.start == other.start or (one.value is not None and one.value == other.value)


def _born_before(role: Role, mentions: tuple[DateMention, ...]) -> Role:
    """ "1/7/49" as a date of birth is not in a year after all others."""
    day = role.mention.value
    if role.name != "date_of_birth" or day is None or not role.mention.short_year or day.year < 2000:
        return role
    others = [m.value for m in mentions if m.value and m.value != day]
    if day > max(others, default=date(2029, 12, 31)):
        return role._replace(mention=replace(role.mention, value=_century_earlier(day)))
    return role


def _century_earlier(day: date) -> date | None:
    try:
        return day.replace(year=day.year - 100)
    except ValueError:  # 29 February 2000
        return None


def _role(text: AnnotatedText, mention: DateMention) -> Role | None:
    line = text.lines[text.line_index(mention.start)]
    lead = re.split(r"[\t\n\f]", text.flat[max(0, mention.start - 110) : mention.start])[-1]
    answered = _ANSWER.search(lead)  # "Q: Seen last?  A: 3/3/2026"
    if answered:
        lead = lead[: answered.start()]
    cell = text.cell_at(mention.start)
    opens = _opens(cell, mention)
    cue = _called(text, mention) or (cues.before(_since_last_date(lead)) if lead.strip() else None)
    if (cue is None or cue.name == cues.NONE) and cues.again(lead, _since_last_date(lead)):
        return Role("visit_date", mention, 0.85)
    labelled = _DATE_LABEL.search(lead)
    bare_date = labelled is not None and (cue is None or cue.distance > len(labelled.group()) + 2)
    sent = _of_sending(text, mention, line, cue)
    if sent is not None:
        return sent
    if cue is None or bare_date:
        cue = _labelled(text, mention) if opens and not bare_date else None
    rest = text.flat[mention.end : mention.end + 70]
    if (cue is None or cue.name in (cues.NONE, "letter_date")) and cues.done_at_a_visit(lead, rest):
        return Role("visit_date", mention, 0.85)
    if cue is not None:
        return _by_cue(text, mention, line, cue)
    if cues.behind(rest):
        return Role("visit_date", mention, 0.85)
    dated = bare_date or (opens and _label_says_date(text, mention))
    return _unsaid(text, mention, line, dated=dated, event=opens and cell is not None and is_of_events(text, cell))


def _unsaid(text: AnnotatedText, mention: DateMention, line: Line, *, dated: bool, event: bool) -> Role | None:
    """The role of a date of which no words tell. `event`: it stands in a table of what was done or is to come."""
    behind = not dated and _behind_the_patient(text, mention)
    if behind and (not is_bill(text) or _long_before_others(text, mention)) and not _heads_a_page(text, mention, line):
        return Role("date_of_birth", mention, 0.88)
    if _signed_by_another(text, line):
        event = True
    return Role(cues.NONE, mention, 0.0) if event else _by_place(text, mention, line, dated=dated)


_OF_A_PAGE = re.compile(r"\b(?:page|pg|p)\.?\s?\d|\bcont(?:inued|['’]?d|\.)", _I)


def _heads_a_page(text: AnnotatedText, mention: DateMention, line: Line) -> bool:
    """Whether a name with a date is what a letter prints over its further pages: beside the page's number, or its own
    day, which stands elsewhere too, where the day of birth is labelled."""
    if _OF_A_PAGE.search(text.text, line.start, line.end):
        return True
    again = any(m.value == mention.value and m.start != mention.start for m in dates_in(text) if mention.value)
    return again and any(
        m.value != mention.value and _BORN.search(text.flat[max(0, m.start - _TO_BORN) : m.start])
        for m in dates_in(text)
    )


_BORN = re.compile(r"\b(?:d\.?o\.?b\.?|date of birth|birth ?date|born(?: on)?)[\s:.(]*$", _I)
_TO_BORN = 20
_CALLED = re.compile(r"[ ]?\((?P<what>[^()\d]{3,40})\)")


def _called(text: AnnotatedText, mention: DateMention) -> cues.Cue | None:
    """What brackets behind a date call it: "released 3/3/2026 (date of sign-off)"."""
    called = _CALLED.match(text.flat, mention.end)
    cue = cues.before(called["what"]) if called is not None and len(called["what"].split()) < 6 else None
    return cue if cue is not None and cue.name in _OF_LETTERS and not cue.distance else None


_COVER = re.compile(r"(?=.*\b(?:to|from)\s*:).*\bp(?:a?ge?s?|gs?)\s*:\s*\d", _I)
"""A fax cover's line: who sends to whom how many pages."""
_DATE_ALONE = re.compile(
    r"(?:^|\t)\W*(?:today'?s |fax |sent |date |and )*(?:date|sent|when)?(?:/time| & time)?\W*$", _I
)
"""All that a cover says before the day on which it was sent."""


def _of_sending(text: AnnotatedText, mention: DateMention, line: Line, cue: cues.Cue | None) -> Role | None:
    """The date of a fax machine's line, of a fax cover, or of a message's head."""
    if _is_fax_line(text, line) and (cue is None or cue.name in (cues.NONE, "letter_date", "fax_date")):
        return Role("fax_date", mention, 0.85)
    if (
        cue is None
        and _BROWSER.match(text.text, line.start, line.end)
        and (line.box.top < 0.09 or line.box.bottom > 0.9 or _ends_page(text, line))
    ):
        return Role("print_date", mention, 0.85)
    if _COVER.search(text.text, line.start, line.end):
        return Role("fax_date", mention, 0.8)
    if line.page.number < first_page(text) and _DATE_ALONE.search(text.text[line.start : mention.start]):
        return Role("fax_date", mention, 0.8)
    if _SENT.match(text.text, line.start, mention.start) and _in_mail_head(text, line):
        name = "fax_date" if _is_forwarded(text, line) else "letter_date"  # the letter in it bears its own day
        return Role(name, mention, 0.9 if name == "letter_date" and letter_message(text) is None else 0.7)
    return None


def _ends_page(text: AnnotatedText, line: Line) -> bool:
    index = text.line_index(line.start)
    return index + 1 == len(text.lines) or text.lines[index + 1].page is not line.page


_BROWSER = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?(?=\s*(?:\t|$))", _I)
"""The line that a browser prints above a page: when, and what was printed."""
_SENT = re.compile(r"[>\s*]*(?:sent|date|received)(?: on)?\s*:\s*", _I)
_MAIL_HEAD = re.compile(r"[>\s*]*(?:from|to|subject|cc)\s*:", _I)
_FORWARDED = re.compile(r"[>\s*]*subject\s*:\s*fwd?\s*:", _I)


def _in_mail_head(text: AnnotatedText, line: Line) -> bool:
    """Whether a line stands beside "From:", "To:" or "Subject:" in the head of a message."""
    near = _near(text, line)
    return sum(_MAIL_HEAD.match(text.text, other.start, other.end) is not None for other in near) >= 2


def _is_forwarded(text: AnnotatedText, line: Line) -> bool:
    return any(_FORWARDED.match(text.text, other.start, other.end) for other in _near(text, line))


def _near(text: AnnotatedText, line: Line) -> Sequence[Line]:
    index = text.line_index(line.start)
    return text.lines[max(0, index - 3) : index + 4]


_ITEM = re.compile(r"\s*(?:\(?\d{1,2}[a-z]?[.)]|[a-z][.)]|[•*▪-])\s+", _I)
_ANSWER = re.compile(r"(?:^|(?<=\s))(?:A|Ans|Answer|Reply)\s?[:.)][ ]*$", _I)
_SHORT_ANSWER = 9  # letters of "Answer: " before a date that opens its cell


def _opens(cell: Cell | None, mention: DateMention) -> bool:
    """Whether a date is the first thing in its cell, but for "A:"."""
    if cell is None or cell.start >= mention.start - 2:
        return True
    lead = cell.text[: mention.start - cell.start]
    return len(lead) <= _SHORT_ANSWER and _ANSWER.fullmatch(lead) is not None


def _since_last_date(lead: str) -> str:
    """The words since the date before this one: what is said of that is not said of this."""
    parts = re.split(r"\d[-/.]\d{1,2}[-/.]\d{2,4}|\b(?:19|20)\d\d\b", lead)
    return parts[-1]


def _by_cue(text: AnnotatedText, mention: DateMention, line: Line, cue: cues.Cue) -> Role | None:
    if cue.name in (cues.NONE, "course"):
        return Role(cue.name, mention, 0.0)
    if cue.name == "visit_date" and cue.distance > 60:
        return None
    told = cue.name == "letter_date" and not _before_body(text, line) and is_prose(text.text[line.start : line.end])
    if told:  # a sentence may tell of another letter: one that stands where letters bear their date is surer
        return Role(cue.name, mention, _IN_PROSE)
    dated = cue.name == "letter_date" and cue.distance < 12
    if cue.name in ("letter_date", "signature_date") and _signed_by_another(text, line):
        return Role(cues.NONE, mention, 0.0)
    signed = _signed_in(text, line) or _dates_a_signature(text, line)
    if dated and (signed or (not _before_body(text, line) and _at_signature(text, mention, line))):
        return Role("signature_date", mention, 0.9)
    return Role(cue.name, mention, cue.strength if cue.distance < 25 else cue.strength - 0.08)


_IN_PROSE = 0.8


def _signed_in(text: AnnotatedText, line: Line) -> bool:
    """Whether somebody signs in a line, at a label: "Signed: Jane Roe    Dated: 3/3/2026"."""
    return any(block.label and line.start <= block.label[0] < line.end for block in signature_blocks(text))


def _dates_a_signature(text: AnnotatedText, line: Line) -> bool:
    """Whether a form's line follows right upon the one in which somebody signs."""
    index = text.line_index(line.start)
    if not index or not form_parts.is_form(text) or len(text.text[line.start : line.end]) > _LONG:
        return False
    above = text.lines[index - 1]
    return text.text[above.end : line.start] == "\n" and any(
        block.label is not None and block.person is not None and above.start <= block.label[0] < above.end
        for block in signature_blocks(text)
    )


def _labelled(text: AnnotatedText, mention: DateMention) -> cues.Cue | None:
    """What the label above a date or to its left says, or the question that it answers."""
    for words in _labels_of_box(text, mention):
        cue = cues.before(words.strip(" :?.") + " ")
        if cue is not None:
            return cue
    return None


def _labels_of_box(text: AnnotatedText, mention: DateMention) -> Iterator[str]:
    cell = text.cell_at(mention.start)
    if cell is None or not _opens(cell, mention):
        return
    if (caption := captions.caption_under(text, cell)) is not None:
        yield caption.text
        return
    if heading := heading_of(text, cell):
        yield heading
        return
    index = text.line_index(mention.start)
    line = text.lines[index]
    left = [c for c in line.cells if c.end <= cell.start]
    if left and form_parts.is_form(text):
        yield from form_parts.labels_of(text, mention.start)
    if left and (text.is_label(left[-1]) or len(left[-1].text.split()) <= 4 or left[-1].text.endswith("?")):
        yield left[-1].text
    before = text.lines[index - 1] if index else None
    question = text.text[before.start : before.end] if before is not None and before.page is line.page else ""
    if question.rstrip(" _").endswith("?") and not left:
        yield question
        return
    above = text.above(cell.box, cell.page)
    asked = _ITEM.sub("", above.text) if above is not None else ""
    if 0 < len(asked.split()) <= 7 and not re.search(r"[\d,\"“”!.]", asked) and not left:
        yield asked
    under = text.below(cell.box, cell.page, lines=1.6)
    if under is not None and re.fullmatch(r"\s*(?:date signed|signature date|date of birth|dob)\W*", under.text, _I):
        yield under.text


def _label_says_date(text: AnnotatedText, mention: DateMention) -> bool:
    if any(re.search(r"\bdate\b\W*$", label, _I) for label in _labels_of_box(text, mention)):
        return True
    cell = text.cell_at(mention.start)
    under = text.below(cell.box, cell.page, lines=1.6) if cell else None
    return under is not None and re.fullmatch(r"\s*date\W*", under.text, _I) is not None


def _behind_the_patient(text: AnnotatedText, mention: DateMention) -> bool:
    """Whether nothing but a sign stands between the patient's name and a date: "Nnamdi Mbeki, 25 March 1950"."""
    ends = text.once("where patients' names end", lambda: frozenset(
        m.end for one in persons.patients(text) or persons.participants(text) for m in one.mentions
    ))  # fmt: skip
    lead = text.text[max(0, mention.start - _GAP) : mention.start]
    return any(mention.start - len(lead) + gap.start() in ends for gap in _UP_TO_BIRTH.finditer(lead))


_GAP = 26  # letters that a sign, a sex and an age take between a name and a day of birth
_UP_TO_BIRTH = re.compile(
    r"(?=(?:[ \t]?\n)?[ \t,;(/|–—-]*(?:b\.?|\*)?[ ]?\Z|"
    r"[ \t.,;:(/|–—-]+(?:\(?(?:\d{1,3}\s?(?:y/?o|yrs?)?[ ,]?)?(?:[MFX]|male|female|man|woman)\b[ \t.,;:)/|–—-]+|"
    r"(?=\*))(?:b\.?|\*)?[ ]?\Z)",
    _I,
)


def _long_before_others(text: AnnotatedText, mention: DateMention) -> bool:
    """Whether a date is years before another of the document: on bills the day of a service stands at a name too."""
    days = [other.value for other in dates_in(text) if other.value]
    return mention.value is not None and max(days).year - mention.value.year > _YEARS_OF_A_BILL


_YEARS_OF_A_BILL = 2


def _signed_by_another(text: AnnotatedText, line: Line) -> bool:
    """Whether it is the employee or the patient who signs in a line, and the provider signs elsewhere."""
    blocks = [block for block in signature_blocks(text) if block.label is not None]
    here = [block.of for block in blocks if block.label and line.start <= block.label[0] < line.end]
    return "other" in here and "provider" not in here and any(block.of == "provider" for block in blocks)


def _by_place(text: AnnotatedText, mention: DateMention, line: Line, *, dated: bool) -> Role | None:
    if _signed_in(text, line) or (dated and _below_a_signer(text, line) and not _before_body(text, line)):
        return Role("signature_date", mention, 0.9)
    if any(block.electronic and block.opens <= mention.start < block.ends for block in signature_blocks(text)):
        return Role("signature_date", mention, 0.88)
    in_head = dated and _before_body(text, line)  # "Author: A. Reyes, MD   Date: ..."
    signing = _at_signature(text, mention, line) or (dated and not in_head and _behind_a_signer(text, mention))
    alone = _stands_alone(text, mention)
    if (
        signing
        and (dated or not _before_body(text, line) or _on_a_rule(text, line))
        and (dated or alone or _behind_a_signer(text, mention))
    ):
        return Role("signature_date", mention, 0.93 if dated else 0.75)
    if dated:
        return Role("letter_date", mention, 0.92)
    if alone and _before_body(text, line):
        return Role("letter_date", mention, 0.9)
    return None


def _behind_a_signer(text: AnnotatedText, mention: DateMention) -> bool:
    """ "H. Jaramillo, MD   03/29/2026": a date in the line of who signs."""
    line = text.lines[text.line_index(mention.start)]
    return any(
        line.start <= m.start < mention.start for one in persons.signers(text) for m in one.mentions
    ) and len(text.text[line.start : line.end]) < 90  # fmt: skip


def _below_a_signer(text: AnnotatedText, line: Line) -> bool:
    """Whether a form's last entries are who signs, a licence or a number, and this date."""
    index = text.line_index(line.start)
    first = next((n for n in range(index, 0, -1) if not persons.ENTRY.match(text.text, text.lines[n].start)), index)
    entries = text.lines[max(first, index - persons.LAST_LINES) : index]
    return any(
        above.start <= m.start < above.end for above in entries for one in persons.signers(text) for m in one.mentions
    ) and all(
        len(text.text[below.start : below.end]) < _LONG for below in text.lines[index + 1 :]
    )  # fmt: skip


_LONG = 100  # letters from which a line below a form's last entries is not of its foot


def _stands_alone(text: AnnotatedText, mention: DateMention) -> bool:
    cell = text.cell_at(mention.start)
    if cell is None or _BOUNDS.fullmatch(text.text[text.lines[text.line_index(cell.start)].start : cell.start].strip()):
        return False
    rest = text.text[cell.start : mention.start] + text.text[mention.end : cell.end]
    rest = _CLOCK.sub("", rest)
    return not _BESIDE_A_DATE.sub("", rest)


_BOUNDS = re.compile(
    r"\W*(?:\w{1,3}[.)]\s*)?(?:(?:first|last|begin\w*|start\w*|end\w*|stop\w*|until|through|from|expir\w+|valid|effective)\b"
    r"[\w ]{0,24}|to)\W*",
    _I,
)
"""A cell that asks when something begins or ends; what stands beside it is no letter's day."""
_BESIDE_A_DATE = re.compile(
    rf"[\W_]|\b(?:date|day|on|the|this|early|late|morning|(?:after)?noon|evening|night|mid-?day)\b|\b{WEEKDAY}\b|"
    r"^(?:[A-Z][a-z.’'-]+ ?){1,3},(?: [A-Z][A-Za-z]+){0,2}",  # the town from which a letter comes
    _I,
)


def _before_body(text: AnnotatedText, line: Line) -> bool:
    """Whether a line stands where letters bear their date: on its first page, before the salutation or high up."""
    if line.page.number > first_page(text):
        return False
    first = text.once("first line of the letter's text", lambda: _first_of_body(text))
    return line.start < first if first is not None else line.box.top < 0.45


def _first_of_body(text: AnnotatedText) -> int | None:
    for line in text.lines:
        printed = text.text[line.start : line.end]
        told = any(is_prose(cell.text) for cell in line.cells)  # two cells of a head make no sentence
        told = told and not _is_slogan(text, line)
        if _GREETING.match(printed) or (told and not _is_of_sending(printed)):
            return line.start
    return None


def _is_slogan(text: AnnotatedText, line: Line) -> bool:
    """Whether a line of words has no stop, and nothing goes on from it: "Home testing since 1996"."""
    return (
        not re.search(r"[.,;:!?-]\W*$", text.text[line.start : line.end])
        and re.match(r"\s*?\n\s*?\n", text.text[line.end : line.end + 40]) is not None
    )


_OF_SENDING = re.compile(
    r"\b(?:fax\w*|facsimile|p(?:a?ges?|gs?|\.)\b|illegible|e-?mail\w*|forward\w*|past(?:ed|ing)|attach\w+|sample|template|"
    r"replace|print(?:ed|able)? (?:this|from))\b",
    _I,
)
_SHORT_NOTE = 140  # letters that somebody writes above what they send


def _is_of_sending(printed: str) -> bool:
    """Whether a line speaks of the sending: it stands above the letterhead of what is sent."""
    return len(printed) < _SHORT_NOTE and _OF_SENDING.search(printed) is not None


_GREETING = re.compile(
    r"\s*(?:(?:my )?dear\b|to whom it may concern|attention\b|to (?:the|our|all|my)\b[^.:]{2,60}[:,]\s*$)", _I
)


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
    if _below_the_last_name(text, line) or _on_a_rule(text, line):
        return True
    for index in range(text.line_index(mention.start), -1, -1):
        printed = text.text[text.lines[index].start : text.lines[index].end]
        if closes_a_letter(printed):
            return True
        if len(printed) > 100:
            break
    return False


_RULE = re.compile(r"\s*(?:[Xx]\s?)?_{8,}")


def _on_a_rule(text: AnnotatedText, line: Line) -> bool:
    """Whether a line to sign on precedes the date, and the next line names who signs there."""
    index = text.line_index(line.start)
    below = text.lines[index + 1] if index + 1 < len(text.lines) else None
    return (
        below is not None and _RULE.match(text.text, line.start, line.end) is not None
        and any(below.start <= m.start < below.end for one in persons.persons(text) for m in one.mentions)
    )  # fmt: skip


_SIGNED_LINES = 6  # lines from who signs to what still belongs to the signature


def _below_the_last_name(text: AnnotatedText, line: Line) -> bool:
    last = text.once("name at the end", lambda: name_at_the_end(text))
    if last is None:
        return False
    first = text.lines[text.line_index(last.start)]
    lines = pairwise(text.lines[text.line_index(last.start) : text.line_index(line.start) + 1])
    near = 0 <= text.line_index(line.start) - text.line_index(last.start) <= _SIGNED_LINES
    return near and line.page is first.page and all(len(text.text[a.start : a.end]) < 100 for a, _ in lines)


def _is_fax_line(text: AnnotatedText, line: Line) -> bool:
    printed = text.text[line.start : line.end]
    edge = line.box.top < 0.09 or line.box.bottom > 0.94
    clock = _CLOCK.search(printed) is not None
    told = _FAX_LINE.search(printed) is not None and (clock or "fax" in printed.lower())
    return edge and (told or (clock and counts_pages_or_names_the_sender(printed)))
