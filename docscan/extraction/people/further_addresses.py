"""Where does the provider's address stand, where no street with its city and ZIP code was found at a page's edge?

In a column of the letterhead, under a signature or NPI, behind a label such as "Office", in a sentence of the letter
("my office is at ..."), without its state or ZIP code, or as a building instead of a street. Whose it is, its place
tells: what stands above the date, below who signs, or in the provider's part of a form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from docscan.extraction.paper.closings import is_prose
from docscan.extraction.paper.signature_blocks import signature_blocks
from docscan.extraction.people import persons
from docscan.extraction.people.addressees import in_address
from docscan.extraction.text.names import person_at
from docscan.extraction.text.spans import Span

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Cell

_I = re.IGNORECASE
_KIND = (
    r"(?:street|st|avenue|ave?|road|rd|drive|dr|boulevard|blvd|lane|ln|way|court|ct|place|pl|parkway|pkwy|highway|hwy|"
    r"square|sq|circle|cir|terrace|ter|trail|trl|plaza|plz|pike|loop|row|broadway|alley|crossing|xing|run|path|commons|"
    r"turnpike|tpke|expressway|expy|center|mall)"
)
_STREET = re.compile(
    rf"(?:(?<![\w#.$/-])\d{{1,6}}(?:-\d+)?[A-Z]?(?: ½)?,?\s+(?:[NSEW]{{1,2}}\.?\s+)?(?:\d+(?:st|nd|rd|th)\s+|"
    rf"[A-Z][\w.'’-]*\s+){{0,4}}?(?i:{_KIND})\b\.?(?!['’])(?:\s+(?:NE|NW|SE|SW|N|S|E|W|North|South|East|West)\b\.?)?|"
    rf"\d{{1,6}}\s+(?:Broadway|Main)\b|\bP\.?\s?O\.?\s+Box\s+\d+|"
    rf"\b(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)(?:\s+[A-Z][\w.'’-]*){{1,3}}?\s+(?i:{_KIND})\b\.?|"
    r"\d{1,6}\s+(?:(?:US|State|County|Rural)\s+)?(?:Route|Rte\.?|Highway|Hwy\.?|Rd\.?)\s+\d+[A-Z]?)"
)
_ROOM = re.compile(
    r"[\s,·|•*-]*(?:(?:suite|ste\.?|unit|room|rm\.?|bldg\.?|building|apt\.?|floor|fl\.?|#)\s?#?[\w-]+|"
    r"\d+(?:st|nd|rd|th)\s+fl(?:oor|\.)?|[A-Z]\d{0,3}\b|#\s?\d+)",
    _I,
)
_PART = re.compile(r"(?:\s*[,·|•*]\s*|\s+[-–—/]\s+|\s+in\s+|\s+|\s*\n\s*)")
_STATE = (
    r"(?:A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|"
    r"W[AVIY]|PR|Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|"
    r"Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|"
    r"Mississippi|Missouri|Montana|Nebraska|Nevada|New (?:Hampshire|Jersey|Mexico|York)|"
    r"(?:North|South) (?:Carolina|Dakota)|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|Tennessee|Texas|Utah|"
    r"Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming)"
)
_TOWN = r"[A-Z][A-Za-z.'’-]+(?: [A-Z][A-Za-z.'’-]+){0,3}?"
_CITY = re.compile(
    rf"(?P<town>{_TOWN})(?:,\s*|\s*[·|•*]\s*|\s+)(?P<state>{_STATE})\b\.?(?:,?\s+(?P<zip>\d{{5}}(?:-\d{{4}})?)\b)?"
)
_TOWN_ALONE = re.compile(rf"{_TOWN}(?=\s*(?:[,;.|·•]|$))")
_ZIP = re.compile(r"\d{5}(?:-\d{4})?\b")
_PLACE = re.compile(
    r"\b(?:corner|building|bldg|plaza|campus|cent(?:er|re)|pavilion|tower|hospital|mall|hall|unit|suite|floor|\d+)\b",
    _I,
)
_ANOTHERS = re.compile(
    r"\b(?:attn|attention|benefits?|administrat\w+|claims|insurance|fsa|hsa|hra|flexible|reimbursement|appeals?|"
    r"employer|vendor|seller|supplier|store|pharmacy|studio|gym)\b|\b(?:mail|return|send|submit|remit|fax) (?:it |this "
    r"|this form |claims |payment |completed )*(?:form )?to\b|^\s*(?:to|bill to|ship to|sold to|cc)\b\s*:?",
    _I | re.MULTILINE,
)
_PATIENTS = re.compile(
    r"\b(?:patient|participant|employee|member|account ?holder|subscriber|dob|d\.o\.b|birth|home|lives|resid\w+)\b", _I
)
_PROVIDERS = re.compile(
    r"\b(?:provider|physician|practi[ct]\w*|doctor|clinic|clinician|prescriber|npi|office|facility|licen[sc]e|lic)\b|"
    r",\s*(?:M\.?D|D\.?O|N\.?P|PA-C|P\.?A|D\.?C|DPT|PT|FNP(?:-\w+)?|APRN|DNP|DPM|LCSW|Ph\.?D|Psy\.?D|OTR/L|RDN?)\b",
    _I,
)
_LABELLED = re.compile(
    r"\W*(?:(?:office|clinic|practice|facility|provider|physician|mailing|street|business|our|my|main|satellite|"
    r"location|site|number|city|state|zip(?: code)?|and|address|st|of|the|line|[12]|where seen|postal)[\s,/&()'’s]*)+"
    r"(?:[:.…_-]+|$)\W*",
    _I,
)
"""What may stand before an address as its label: "Office:", "Street, city, state, ZIP ....", "Clinic address"."""
_MY_OFFICE = re.compile(
    r"\b(?:my|our|this|the|her|his|their|your) (?:[\w-]+ ){0,3}?(?:office|clinic|practice|hospital|department|"
    r"location|address|suite|door)s?\b|\b(?:reach|contact|write to|visit|find) (?:me|us)\b|\bI (?:practi[cs]e|work|see "
    r"patients)\b|\bseen? (?:here |by me )?at\b|\bwe are (?:located )?at\b",
    _I,
)
_ENDS_THE_HEAD = re.compile(
    r"\s*(?:re|ref|subject|subj|regarding|patient|dear|to whom|to|attn|attention|date|member|participant|employee|"
    r"name|claim)\b|\s*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|"
    r"nov|dec)[a-z]*\.? \d{1,2},? \d{4}|\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\s*$|"
    r"\s*\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+,? \d{4}",
    _I,
)
_HEAD_LINES = 14
_ROWS_OF_PART = 8
_FOOT_LINES = 12


class Address(NamedTuple):
    value: str
    place: Span


def further_addresses(text: AnnotatedText) -> Iterator[Address]:
    """The provider's addresses: at most two, such as name a city first."""
    found = [address for line in text.lines for cell in line.cells for address in _in_cell(text, cell)]
    whole = [one for one in found if _CITY.search(one.value)]
    yield from (whole or found)[:2]


def names_somebody(text: AnnotatedText, city: re.Match[str]) -> bool:
    """Whether what looks like a city and its state is a clinician with letters: "James Ott, MD"."""
    if city["state"] not in ("MD", "PA", "DC") or ("zip" in city.groupdict() and city["zip"]):
        return False
    person = person_at(text, city.start(), city.end())
    return person is not None and bool(person.letters)


def tells_of_provider(printed: str) -> bool:
    """Whether a line's words are of a provider: a label, a clinician's letters, an NPI."""
    return _PROVIDERS.search(printed) is not None


def _in_cell(text: AnnotatedText, cell: Cell) -> Iterator[Address]:
    for match in _STREET.finditer(text.text, cell.start, cell.end):
        address = _with_city(text, cell, match.start(), match.end())
        if _is_providers(text, cell, match.start(), has_city=_CITY.search(address.value) is not None):
            yield address
            return
    city = _CITY.search(text.text, cell.start, cell.end)
    if city and city["zip"] and _in_head_or_foot(text, cell) and not _is_anothers(text, cell, city.start()):
        start = cell.start
        over = text.above(cell.box, cell.page)
        if city.start() == start and over is not None and "\t" not in text.text[over.start : cell.start]:
            start = over.start
        lead = text.text[start : city.start()].strip(" ,\n")
        if lead and len(lead.split()) <= 10 and _PLACE.search(lead):
            yield Address(_one_line(text.text[start : city.end()]), Span(start, city.end()))


def _with_city(text: AnnotatedText, cell: Cell, start: int, end: int) -> Address:
    """A street with its room, and the city behind it, or below it in its column."""
    while room := _ROOM.match(text.text, end, cell.end):
        end = room.end()
    behind = _city_at(text, end, cell.end)
    if behind:
        return Address(_one_line(text.text[start:behind]), Span(start, behind))
    rest = text.text[end : cell.end].strip(" ,.;|·•")
    parts, last = [text.text[start:end]], end
    under: Cell | None = cell
    for _ in range(2 if not rest else 0):
        under = text.below(under.box, under.page, lines=2) if under else None
        if under is None:
            break
        if _ROOM.fullmatch(under.text):
            parts.append(under.text)
            last = under.end
            continue
        reached = _city_at(text, under.start, under.end)
        if reached:
            parts.append(text.text[under.start : reached])
            last = reached
        break
    joined = "\t" not in text.text[start:last]
    return Address(_one_line(", ".join(parts)), Span(start, last if joined else end))


def _city_at(text: AnnotatedText, start: int, end: int) -> int | None:
    """Where a city ends that stands here, behind what parts it from a street; a town without its state too."""
    parted = _PART.match(text.text, start, end)
    first = parted.end() if parted else start
    city = _CITY.match(text.text, first, end)
    if city and not names_somebody(text, city):
        return city.end()
    code = _ZIP.match(text.text, first, end)
    if code:
        return code.end()
    town = _TOWN_ALONE.match(text.text, first, end)
    if town is None or (parted is None and first != start) or re.match(r"(?:Ph|Tel|Fax|Phone|NPI)", town.group()):
        return None
    code = re.compile(r"[, ]+\d{5}(?:-\d{4})?\b").match(text.text, town.end(), end)
    return code.end() if code else town.end()


def _one_line(printed: str) -> str:
    return re.sub(r"\s*[,\n|•·*]+(?:\s*,)?\s*", ", ", printed).replace("\t", " ").strip(" ,")


# -- whose ------------------------------------------------------------------------------------------------------------


def _is_providers(text: AnnotatedText, cell: Cell, start: int, *, has_city: bool) -> bool:
    if _is_anothers(text, cell, start):
        return False
    lead = text.text[cell.start : start]
    sentence = text.sentence_at(start)
    if _is_in_prose(text, cell):
        said = text.flat[max(sentence.start, start - 120) : start]
        return _MY_OFFICE.search(said) is not None and not _PATIENTS.search(said.rpartition(",")[2])
    if _in_head_or_foot(text, cell) or _in_a_head_below(text, cell):
        return True
    labelled = _LABELLED.fullmatch(lead) or (not lead.strip() and _label_before(text, cell))
    return bool(labelled or (has_city and not lead.strip())) and _of_providers_part(text, cell)


def _is_in_prose(text: AnnotatedText, cell: Cell) -> bool:
    line = text.lines[text.line_index(cell.start)]
    return (
        is_prose(text.text[line.start : line.end])
        and re.search(r"\b(?:is|are|at|me|my|our|was)\b", cell.text) is not None
    )


def _label_before(text: AnnotatedText, cell: Cell) -> bool:
    """Whether a cell to the left, or the line above, is but a label: "Office" over the address."""
    index = text.line_index(cell.start)
    left = [one for one in text.lines[index].cells if one.end <= cell.start]
    before = left[-1] if left else text.above(cell.box, cell.page)
    return before is not None and _LABELLED.fullmatch(before.text) is not None


def _is_anothers(text: AnnotatedText, cell: Cell, start: int) -> bool:
    """Whether a plan's, an employer's, a seller's: by the line's own words and those just above it in its column."""
    if in_address(text, start) or is_under_patient(text, cell):
        return True
    words, over = text.text[cell.start : start], text.above(cell.box, cell.page)
    for _ in range(2):
        if over is None or re.search(r"\d{5}|\d{3}\W+\d{4}", over.text) or is_prose(over.text):
            break
        words = f"{over.text}\n{words}"
        over = text.above(over.box, over.page)
    return (
        _ANOTHERS.search(words) is not None
        or re.search(r"\bpatient\b(?! care)|\bre\s*:|\bdob\b", words, _I) is not None
    )


def is_under_patient(text: AnnotatedText, cell: Cell) -> bool:
    """Whether the line above a cell, or above that, is the patient's name: the letter is addressed to them."""
    over = text.above(cell.box, cell.page)
    higher = text.above(over.box, over.page) if over else None
    named = {mention.start for one in persons.patients(text) for mention in one.mentions}
    return any(one is not None and one.start in named for one in (over, higher))


def _in_head_or_foot(text: AnnotatedText, cell: Cell) -> bool:
    index = text.line_index(cell.start)
    return index < _head_ends(text) or any(first <= index <= first + _FOOT_LINES for first in _feet(text))


_FIRM = re.compile(
    r"\b(?:clinic|medic(?:al|ine)|health(?:care)?|wellness|associates|group|practice|physicians?|\w+(?:ology|iatry|iatrics|"
    r"pa?edics|practic)|family|ortho\w*|therapy|rehab\w*|hospital|cent(?:er|re)|institute|pllc|llc|llp|p\.?c)\b",
    _I,
)
_NEAR_HEAD, _NEAR_END = 2, 4  # lines from a firm's name to its address, and from that to the letter's date or addressee


def _in_a_head_below(text: AnnotatedText, cell: Cell) -> bool:
    """Whether an address stands in a letterhead further down, behind the cover of a fax or the mail that brings the
    letter: under the name of a firm that the paper names elsewhere too, and above a date or an addressee."""
    index = text.line_index(cell.start)
    over = [text.text[line.start : line.end] for line in text.lines[max(0, index - _NEAR_HEAD) : index]]
    below = [text.text[line.start : line.end] for line in text.lines[index + 1 : index + 1 + _NEAR_END]]
    if not any(map(_ENDS_THE_HEAD.match, below)):
        return False
    for name in over:
        words = " ".join(name.split()[:2])
        if not _FIRM.search(name) or is_prose(name) or len(words) < _SHORTEST:
            continue
        places = [m.start() for m in re.finditer(re.escape(words).replace(r"\ ", r"\s+"), text.text, _I)]
        lines = [text.lines[text.line_index(place)] for place in places]
        if len(places) > 1 and not any(_ANOTHERS.search(text.text[line.start : line.end]) for line in lines):
            return True
    return False


_SHORTEST = 6  # letters of a firm's name that is found elsewhere by more than chance


def _head_ends(text: AnnotatedText) -> int:
    """The first line that is of no letterhead: a date, a salutation, a label, a sentence."""
    return text.once("letterhead ends", lambda: _first_below_the_head(text))


def _first_below_the_head(text: AnnotatedText) -> int:
    for index, line in enumerate(text.lines[:_HEAD_LINES]):
        printed = text.text[line.start : line.end]
        if _ENDS_THE_HEAD.match(printed) or is_prose(printed) or line.page.number > 1:
            return index
    return min(_HEAD_LINES, len(text.lines))


def _feet(text: AnnotatedText) -> tuple[int, ...]:
    """The lines at which a provider signs with a name."""
    return text.once(
        "feet",
        lambda: tuple(
            text.line_index(block.person.start if block.person else block.opens)
            for block in signature_blocks(text)
            if block.of == "provider"
        ),
    )


def _of_providers_part(text: AnnotatedText, cell: Cell) -> bool:
    """Whether of the lines above the nearest that tells of somebody tells of the provider."""
    index = text.line_index(cell.start)
    for line in reversed(text.lines[max(0, index - _ROWS_OF_PART) : index + 1]):
        printed = (
            text.text[line.start : min(line.end, cell.start)]
            if line.start <= cell.start <= line.end
            else (text.text[line.start : line.end])
        )
        if _PROVIDERS.search(printed):
            return True
        if _PATIENTS.search(printed):
            return False
    return False
