"""The provider's practice: what a letterhead, a label, a sender's line or the lines under a signature name.

What a line says of medicine, of a legal form, an address or a phone number below it, and its place decide together;
addresses, slogans, titles of documents, people and plan administrators are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from docscan.document import Extraction
from docscan.extraction.kinds.of_money import is_surely_bill
from docscan.extraction.paper import form_parts
from docscan.extraction.paper.closings import is_prose, name_at_the_end
from docscan.extraction.paper.covers import first_page
from docscan.extraction.paper.signature_blocks import signature_blocks
from docscan.extraction.people import persons
from docscan.extraction.people.labels import Role
from docscan.extraction.text.captions import is_printed_label
from docscan.extraction.text.names import Person, person_at
from docscan.extraction.text.titles import COURTESIES

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Line

_I = re.IGNORECASE
_FOUND_BY = "people"

_LABEL = re.compile(
    r"\b(?:(?:name of\s+)?(?:(?:medical |group |(?:provider|physician|doctor)(?:['’]?s)? )?"
    r"(?:practice|clinic|facility|office|organization|group)|hospital)"
    r"(?:\s*(?:/|\bor\b)\s*(?:practice|clinic|facility|office|hospital|organization))?(?:\s+name)?|"
    r"place of practice)(?=\s*[:_\t.…]|\s*$)",
    _I | re.MULTILINE,
)
_CARE = re.compile(
    r"\b(?:clinics?|medical|medicine|cent(?:er|re)s?|associates|health(?:care)?|hospitals?|group|practice|wellness|"
    r"physicians?|\w*(?:ology|iatry|iatrics?|opa?edics?|dontics|ometry|pathy|pathic|surgery|surgical|therapy|therapies|"
    r"nutrition|rehab\w*|dentistry|dental|acupuncture|massage|counsel(?:l)?ing|chiropractic|midwifery|dermatolog\w+|"
    r"endocrin\w+|arthritis|osteoporosis|allergy|asthma|immunology|vascular|cardiac|cardio\w*|pulmon\w*|psych\w+)|"
    r"ent|institute|university|hospice|urgent care|primary care|family care|virtual care|tele\w+|specialists|partners|"
    r"consultants|spine|spinal|heart|rhythm|foot|ankle|hand|knee|shoulder|elbow|joint|bone|eye|ear|nose|throat|skin|"
    r"sleep|lung|chest|kidney|pain|weight|sports?|movement|integrative|functional|naturopathic|women['’]s|men['’]s|"
    r"children['’]s|pediatrics?|community|outpatient|services?|department|infirmary|surgeons?|doctors|med|ob/?gyn|"
    r"oncology|cancer|radiance|birth|back|vision|hearing|speech|recovery|veterans|healing|holistic)\b",
    _I,
)
_FIRM = re.compile(
    r"[,\s](?:p\.?\s?l\.?\s?l\.?\s?c|l\.?l\.?c|l\.?l\.?p|inc|p\.?s\.?c|p\.?c|p\.?a|p\.?s|ltd|corp)\b\.?\s*$", _I
)
_NONE = re.compile(
    r"\btrained|\bfellow\b|\bboard\b|signed|signature|letter\b|necessity|medical (?:record|history|condition|"
    r"information|provider|expense|necessity|need|director|doctor)|\bform\b|(?<!out)(?<!in)patient\b|diagnos|statement|\bdate\b|"
    r"\bphone|\bfax\b|^\s*(?:to|re|dear|attn|via)\b|page \d|flexible spending|health (?:savings|reimbursement|"
    r"care provider)|healthcare (?:fsa|flex)|account|information|certif|dr\.|@|www\.|\.(?:com|org|net|example)\b|"
    r"benefits?\b|insurance|plan\b|treatment\b|\bvisits?\b|note\b|summary|administrat|claims|employer|prescription|"
    r"referral|portal|questionnaire|request|memorandum|memo\b|physician['’]?s? (?:name|sign\w*|statement|order)|our |"
    r"your |\bwe\b|\bis\b|\bare\b|\bby\b(?! the\b)|\bhours\b|record\b|order\b|template|confidential|section\b|founder|"
    r"lead physician|chief|consultant\b|staff physician|program\b|savings|reimbursement|instructions|department$|"
    r"necessary",
    _I,
)
_LEAD = re.compile(
    r"\s*\[?(?:(?:from|fax|fulfilled by|provided by|sent by|prepared by|practice|clinic|facility|office|provider|"
    r"letterhead)\s*:\s*\]?\s*)",
    _I,
)
_STREET = re.compile(
    r"[\s,·|*•–—/-]*(?:\(?\d{3}\)?[\s.-]+\d{3}[\s.-]+\d{4}|\b\d{1,6}[A-Z]?\s+(?:[NSEW]\.?\s+)?[A-Z0-9]|"
    r"\bP\.?\s?O\.?\s?Box|\b(?:suite|ste|bldg|floor|tel|ph|phone|fax|npi)\b)",
    _I,
)
_CONTACT = re.compile(
    r"\(?\d{3}\)?\s?[ ./-]\s?\d{3}\s?[ ./-]\s?\d{4}|\b[A-Z]{2}\.?\s+\d{5}\b|\b\d{5}(?:-\d{4})?\s*$|"
    r"\d+ [A-Z]\w+ (?:St|Ave|Rd|Blvd|Way|Pkwy|Dr|Ln|Street|Road|Avenue|Drive|Lane)\b",
    _I | re.MULTILINE,
)
_SPACED = re.compile(r"(?:\S[ ]){3,}\S")
_SLOGAN = re.compile(r"^[\"“'‘]|[\"”!?]$|\b(?:since|where|every|never|always|unhurried|by membership)\b", _I)
_MOST_LINES = 14
_ENOUGH = 2.0


class _Candidate(NamedTuple):
    printed: str
    start: int
    end: int
    score: float


def practices(text: AnnotatedText) -> Iterator[Extraction]:
    """practice_name: at most one. Bills name a merchant instead."""
    if is_surely_bill(text):
        return
    labelled = list(_labelled(text))
    if labelled:
        yield from labelled[:1]
        return
    unlabelled = (*_letterhead(text), *_signature(text), *_sender(text))
    if form_parts.is_form(text):
        unlabelled = tuple(one for one in (*_stamped(text), *unlabelled) if _is_of_who_fills_in(text, one))
    best = max(unlabelled, key=lambda one: (one.score, -one.start), default=None)
    if best is not None and best.score >= _ENOUGH:
        strength = 0.88 if best.score >= 3.0 else 0.75
        yield text.extraction(
            "practice_name", best.printed, best.start, best.end, found_by=_FOUND_BY, strength=strength
        )


_STAMP = re.compile(r"(?:office|practice|provider|clinic)(?:['’]s)?\s+stamp(?=\s*[:.…(]|\s*$)", _I | re.MULTILINE)
_LINES_OF_A_STAMP = 4


def _stamped(text: AnnotatedText) -> Iterator[_Candidate]:
    """What stands where a form wants the office's stamp."""
    for match in text.find(_STAMP):
        index = text.line_index(match.start())
        for line in text.lines[index + 1 : index + 1 + _LINES_OF_A_STAMP]:
            for cell in line.cells:
                start = cell.start + len(cell.text) - len(cell.text.lstrip(" |+-"))
                found = _candidate(text, start, cell.end, 2.0) if start < cell.end else None
                if found is not None:
                    yield found


def _is_of_who_fills_in(text: AnnotatedText, one: _Candidate) -> bool:
    """Whether a name on a form is not of who made the form, nor words that it prints."""
    cell = text.cell_at(one.start)
    if (cell is not None and is_printed_label(cell.text)) or _OF_A_PLAN.search(one.printed):
        return False
    asked = form_parts.labels_of(text, one.start)
    if any(not _STAMP.match(words) and not _LABEL.search(words) for words in asked):
        return False  # another label's answer
    return form_parts.owner_at(text, one.start) != "plan" or _TREATS.search(one.printed) is not None


_OF_A_PLAN = re.compile(
    r"\b(?:fsa|hsa|hra|flex\w*|pay\w*|solutions|benefits?|admin\w*|fund|trust)\b|\w+pay\b|[.…]{3}", _I
)
_TREATS = re.compile(
    r"\b(?:clinics?|hospitals?|physicians?|orthop\w+|\w*(?:ology|iatry|iatrics?|dontics|therapy|surgery|practic)|"
    r"dental|dentistry|acupuncture|family (?:medicine|practice|care)|internal medicine|primary care)\b",
    _I,
)
_DEPARTMENT = re.compile(
    r"(?:primary care|family (?:practice|medicine)|internal medicine|pediatrics|physical therapy|behavioral health)"
    r"(?:[\s,–-]*(?:clinic|team|unit|section|pod|module|suite)?\s*[\w]{0,3})?",
    _I,
)
"""A part of a practice, not its name: "Primary Care, Team 2"."""


def _labelled(text: AnnotatedText) -> Iterator[Extraction]:
    for item in text.labelled(_LABEL, opening=True):
        if item.value is not None and _DEPARTMENT.fullmatch(text[item.value]):
            continue
        if item.value is None or text.box_state(item.label.start) is not None:
            continue
        if not item.sign and not (form_parts.is_form(text) and item.place != "inline"):
            continue
        if form_parts.is_form(text) and form_parts.owner_at(text, item.label.start) not in ("provider", None):
            continue
        printed, start, end = _named(text, item.value.start, item.value.end)
        if len(re.findall(r"[A-Za-z]{2,}", printed)) > 1 and not re.search(r"[\[☐☑☒]|\d[-/]\w+[-/]\d", printed):
            yield text.extraction("practice_name", printed, start, end, found_by=_FOUND_BY, strength=0.92)


def _named(text: AnnotatedText, start: int, end: int) -> tuple[str, int, int]:
    """A line's name without what leads it and the address or phone number behind it."""
    lead = _LEAD.match(text.text, start, end)
    if lead:
        start = lead.end()
    street = _STREET.search(text.text, start, end)
    if street and street.start() > start:
        end = street.start()
    bullet = _PARTED.search(text.text, start, end)
    if bullet and not _SPACED.search(text.text[start:end]):
        end = bullet.start()
    printed = text.text[start:end]
    kept = re.sub(r"\s+[Il|\]\[]$", "", printed.rstrip()).strip(" |,;·•*–—-_:~=#<>[]\t")
    start += printed.index(kept) if kept else 0
    return kept, start, start + len(kept)


_PARTED = re.compile(
    r"\s+[·|•*]\s+|\s{3,}|,?\s+(?:[-–—]\s+)?\(?(?:inside|within|located|next to|part of|"
    r"a (?:member|division|service|part) of|"
    r"d/?b/?a)\b|"
    r",\s+(?!and\b|of\b)[a-z]+\s+[a-z]|\s+\([a-z][^()]*\)$"  # ", by membership only", "(owner)"
)  # "Lakeview Clinic - inside the Market Hall"


def _candidate(text: AnnotatedText, start: int, end: int, bonus: float) -> _Candidate | None:
    printed, start, end = _named(text, start, end)
    words = re.findall(r"[^\W\d_][^\s]*", printed)
    spaced = _SPACED.search(printed) is not None
    if not (2 <= len(words) <= 12 or spaced) or len(printed) > 90 or _NONE.search(printed) or _SLOGAN.search(printed):
        return None
    small = [
        w
        for w in words
        if w[0].islower() and w not in {"of", "and", "for", "the", "at", "on", "in", "de", "la", "y", "a", "n"}
    ]
    sentence = printed.endswith((".", ":")) and not _FIRM.search(printed)
    if sentence or re.search(r"\d", printed) or small or not printed[0].isupper():
        return None
    person = person_at(text, start, end)
    care = len({m.group().lower() for m in _CARE.finditer(printed)})
    firm = bool(care or _FIRM.search(printed))
    named = person is not None and (
        person.letters or person.title.lower().startswith(COURTESIES) or (not firm and _is_somebody(text, person))
    )
    if (
        (named and not _INCORPORATED.search(printed))
        or _SPECIALTY_ALONE.fullmatch(printed)
        or _WHAT_ONE_IS.match(printed)
    ):
        return None
    score = bonus + min(care, 2) * 1.0 + 1.0 * bool(_FIRM.search(printed)) + 0.5 * spaced
    below = text.text[end : end + 230]
    near = re.split(r"\n\n\n|\f", below)[0]
    if spaced:
        printed = re.sub(r"\s+", " ", re.sub(r"(?<=\S)[ ](?=\S(?:\s|$))", "", printed))
    return _Candidate(printed, start, end, score + 1.0 * bool(_CONTACT.search(near)))


_INCORPORATED = re.compile(
    r",? (?:m\.?d|d\.?o|d\.?d\.?s|d\.?m\.?d|d\.?c|d\.?p\.?m|o\.?d)\.?,? (?:p\.?a|p\.?c|p\.?l\.?l\.?c|l\.?l\.?c|s\.?c|"
    r"inc|ltd)\.?$",
    _I,
)
"""A practice of one, called after its owner: "Robert T. Roe, M.D., P.A."."""
_WHAT_ONE_IS = re.compile(r"(?:licensed|registered|board[- ]certified)\b", _I)


def _is_somebody(text: AnnotatedText, person: Person) -> bool:
    """Whether a line names a patient, a provider or who signs: at the head of a letter of their own."""
    return any(
        max(one.score(role) for role in _PEOPLE) >= persons.ENOUGH and persons.same_person(one.name, person.name)
        for one in persons.persons(text)
    )


_PEOPLE: tuple[Role, ...] = ("patient", "participant", "provider", "signer")
_SPECIALTY_ALONE = re.compile(
    r"(?:(?:medical|general|interventional|internal|family|sports|addiction|sleep|emergency|obesity|pain|physical|"
    r"geriatric|pediatric|adult|vascular|orthopa?edic|bariatric|lifestyle|functional|integrative|occupational)\s+)*"
    r"(?:\w*ology|\w*iatry|medicine|surgery|\w*iatrics|physical medicine (?:and|&) rehabilitation|orthopa?edics|"
    r"therapy|"
    r"chiropractic|practice|counseling)(?:,? (?:and|&) \w+)?",
    _I,
)


def _letterhead(text: AnnotatedText) -> Iterator[_Candidate]:
    index = -1
    for line in text.lines[: 2 * _MOST_LINES]:
        index += 1
        printed = text.text[line.start : line.end]
        if _RULE.fullmatch(printed) or _OF_SENDING.search(printed):  # what is sent begins below
            index = -1
            continue
        if line.page.number > first_page(text) or index >= _MOST_LINES:
            return
        if index and is_prose(printed) and len(line.cells) == 1:
            if _begins_again(text, line):
                continue
            return
        if _CLOCK.search(_PRINTED.sub("", text.text[line.start : line.end])):  # a fax machine's or a portal's line
            continue
        spaced = _SPACED.search(text.text, line.start, min(line.end, line.start + 16))
        if spaced and len(line.cells) > 1:
            found = _candidate(text, line.start, line.end, 1.6)
            if found is not None:
                yield found
                continue
        bonus = 1.2 if index == 0 else 0.9 if index < 4 else 0.4
        for cell in line.cells:
            named = False
            for start, end in _pieces(text, cell.start, cell.end):
                found = _candidate(text, start, end, bonus)
                if found is not None:
                    named = named or found.score - bonus > 1.5
                    yield found
            bonus -= _PART_OF_IT if named else 0.0  # right of a practice stands which part of it


_PART_OF_IT = 1.2
_RULE = re.compile(r"\W*[-=_~*]{4,}\W*|\W*-{2,}.{0,40}-{2,}\W*|>>+.{0,40}")
_OF_SENDING = re.compile(
    r"^\W*(?:from|to|cc|sent|subject|date|fw|fwd|re)\s*:.*(?:@|fw:|fwd:|\bRE: RE)|\bfax\b.*\b(?:pgs?|pages?)\b", _I
)
"""The head of a message and the line that a sender writes on a fax: above the letter that they bring."""


def _begins_again(text: AnnotatedText, line: Line) -> bool:
    """Whether a line between rules or below a message's few words opens the letter that they bring."""
    index = text.line_index(line.start)
    return any(_RULE.fullmatch(text.text[after.start : after.end]) for after in text.lines[index + 1 : index + 4])


_PRINTED = re.compile(r"\bprint(?:ed)?\b.*", _I)
_PARTS = re.compile(r"\s+[·|•]\s+")


def _pieces(text: AnnotatedText, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What signs part in one cell: "Jane Roe, MD · Lakeview Clinic", "MyPortal | Lakeview Clinic"; without the title of
    a paper beside a name: "Lakeview Clinic -- Lab requisition"."""
    for part in _PARTS.finditer(text.text, start, end):
        yield _without_title(text, start, part.start())
        start = part.end()
    yield _without_title(text, start, end)


def _without_title(text: AnnotatedText, start: int, end: int) -> tuple[int, int]:
    for part in _BESIDE_A_TITLE.finditer(text.text, start, end):
        if _TITLE_OF_A_PAPER.fullmatch(text.text, part.end(), end):
            return start, part.start()
        if _TITLE_OF_A_PAPER.fullmatch(text.text, start, part.start()):
            return part.end(), end
    return start, end


_BESIDE_A_TITLE = re.compile(r"\s*(?:\.{3,}|…)\s*|\s+(?:-{1,2}|[–—:]|/{1,2})\s+|:\s+|,\s+|\s?—\s?")
_TITLE_OF_A_PAPER = re.compile(
    r"\W*(?:[\w/'’&-]+\s+){0,4}?(?:requisition|form|orders?|requests?|summary|notes?|letter|reports?|referral|chart|"
    r"records?|statement|invoice|superbill|instructions|certificat(?:e|ion)|prescription|rx|plan of care|"
    r"(?:treatment|care) plan|(?:fax )?cover(?: (?:sheet|page))?|memo(?:randum)?|questionnaire|lmn|lomn|slip|"
    r"authorization|appeal|results?)(?:\s+(?:of|for|to|re)\s+[\w '’-]{2,40})?\W*",
    _I,
)


_TITLE = re.compile(
    r"\b(?:physicians?|surgeon|\w+(?:ologist|iatrist|therapist|trician)|therapist|nurse|practitioner|director|specialist|"
    r"chief|professor|fellow|provider|assistant|dietitian|counsel(?:l)?or|chair|trainer|coach)\s*$|"
    r"\b(?:department|division) of\b",
    _I,
)
"""The end of a line that says what somebody is."""


def _signature(text: AnnotatedText) -> Iterator[_Candidate]:
    last = name_at_the_end(text)
    below = text.lines[text.line_index(last.start) + 1 :][:4] if last is not None else ()
    lines = [(line.start, line.end) for line in below]
    for block in (None, *signature_blocks(text)):
        for start, end in lines if block is None else block.lines_after if block.of == "provider" else ():
            found = _candidate(text, start, end, 0.2 if _TITLE.search(text.text, start, end) else 1.0)
            if found is not None and not _SPECIALTIES.fullmatch(found.printed):
                yield found


_OF_SPECIALTIES = (
    r"medicine|surgery|surgeon|practice|care|health|diseases?|\w+(?:ology|iatry|iatrics|o?pa?edics?|pathy|therapy|surgery|"
    r"metry|dontics)|obstetrics|gynecolog(?:y|ic)|metabolism|diabetes|rehabilitation|management|medical|general|"
    r"interventional|internal|family|sports?|addiction|sleep|emergency|obesity|pain|physical|geriatric|pa?ediatric|adult|"
    r"vascular|orthopa?edic|bariatric|lifestyle|functional|integrative|occupational|hospice|palliative|critical|pulmonary|"
    r"preventive|community|child|adolescent|maternal|fetal|plastic|reconstructive|colorectal|thoracic|cardi\w+|trauma|oral|"
    r"maxillofacial|head|neck|ear|nose|throat|nuclear|clinical|reproductive|infectious|behavioral|developmental|allergy|"
    r"primary|spine|hand|foot|ankle|environmental|musculoskeletal|neuromuscular|weight|hyperbaric|wound"
)
_SPECIALTIES = re.compile(
    rf"(?:(?:department|division|section|dept\.?) of )?(?:{_OF_SPECIALTIES})(?:(?:,? (?:and|&) |, ?| ?/ ?|[ -])"
    rf"(?:{_OF_SPECIALTIES}))*",
    _I,
)
"""What somebody practises, in nothing but such words: under who signs it is no practice's name."""
_CLOCK = re.compile(r"\b\d{1,2}:\d\d\b")
_FROM = re.compile(r"(?m)^[ \t]*(?:from|provider|prescriber|ordering provider)[ \t]*:[ \t]*", _I)


def _sender(text: AnnotatedText) -> Iterator[_Candidate]:
    """ "FROM: Ana Roe, NP -- Three Rivers Acupuncture", and the head of a memo's own line with an address behind it."""
    for match in _FROM.finditer(text.text):
        line = text.lines[text.line_index(match.end())]
        person = person_at(text, match.end(), line.end)
        start = max([person.end, *(one.end for one in person.letters)]) if person and person.letters else match.end()
        gap = re.compile(r"[\s,–—-]*(?:\([^()\n]*\)[\s,–—-]*)?").match(text.text, start, line.end)
        found = _candidate(text, gap.end() if gap else start, line.end, 1.2)
        if found is not None:
            yield found
