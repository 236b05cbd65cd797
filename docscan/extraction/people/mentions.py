"""Every mention of a person on the pages, found once: with the label it stands at and the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docscan.extraction.paper import form_parts
from docscan.extraction.people.cues import RELATIVES
from docscan.extraction.people.labels import LABEL, Role, is_of_both, is_weak, role_of
from docscan.extraction.people.split_names import SplitName, part_of_a_name, split_names
from docscan.extraction.text.banners import bannered
from docscan.extraction.text.names import (
    PARTICLES,
    Person,
    family_at,
    is_of_a_firm,
    last_first_at,
    people_in,
    person_at,
)
from docscan.extraction.text.spans import Span
from docscan.extraction.text.titles import TITLE

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.labels import Labelled
    from docscan.extraction.text.lines import Cell

_I = re.IGNORECASE
_LEAD, _AFTER = 130, 110  # letters around a name in which words can say who it is
_TITLED = re.compile(r"(?<![\w.])(?P<title>Mr|Mrs|Ms|Miss|Mx|Dr)\b\.?[ ]+(?=[A-ZÀ-Þ])")
_TITLE_BEFORE = re.compile(rf"(?:\b(?:{TITLE})[ ]*)+$", _I)
_UP_TO_GAP = re.compile(r"[\t\n\f]")
_UP_TO_BIRTH = re.compile(r"[\t\f]|\n\n|\n(?![\s•*-]*(?:d\.?\s?o\.?\s?b\b|date of birth|birth|born\b))", _I)
_SELF = re.compile(
    r"(?:self|same|same (?:as|person)\b.*|(?:the )?patient(?: (?:is|self))?|me|myself|employee|member|participant|"
    r"account ?holder|subscriber|n/?a|none|unknown|see (?:above|below|attached)|various|status|yes|no|"
    rf"{RELATIVES}|self[ -]?pay|dependent|other|cash customer.*|undisclosed.*)\W*",
    _I,
)
_NO_PLACE_OF_A_NAME = re.compile(r"[\s(]*\d|[\s]*[$£€\[☐☑☒]")


@dataclass(frozen=True)
class Mention:
    """A name in the text. `label`: the role that a label gives it, None where it stands at none; `sure` of that.

    `lead`, `after`: the words before it and its title, and behind it and its letters, in its sentence or cell.
    `both`: the label means the patient who is also the participant.
    """

    person: Person
    label: Role | None
    sure: float
    lead: str
    after: str
    words: str = ""
    both: bool = False

    @property
    def start(self) -> int:
        return self.person.start

    @property
    def end(self) -> int:
        return self.person.end

    @property
    def is_full(self) -> bool:
        """Whether given and family name are told."""
        return " " in self.person.name and not self.is_family

    @property
    def is_family(self) -> bool:
        """Whether it is a family name of several words behind a title: "Ms. de la Cruz"."""
        return bool(self.person.title) and self.person.name.split()[0].lower().rstrip(".") in PARTICLES


def mentions(text: AnnotatedText) -> tuple[Mention, ...]:
    """All of them, in order; where two overlap, the one that a label gives."""
    return text.once("people mentioned", lambda: tuple(_distinct(text)))


def same_as(text: AnnotatedText) -> tuple[tuple[Role, tuple[int, int]], ...]:
    """Labels that are answered with "self" or "same": the role, and where the answer stands."""
    return text.once(
        "people called the same",
        lambda: (
            tuple(
                (role, (item.value.start, item.value.end))
                for item, role in _labels(text)
                if item.value is not None and _means_the_same(text, item)
            )
            + tuple(("participant", match.span("self")) for match in text.find(_RELATED))
            + tuple((role, place) for place in _ticked_self(text) for role in ("patient", "participant"))
        ),
    )


_SAME_ONE = re.compile(
    r"(?:self|same|same (?:as|person)\b[^.\n\t]*|myself|me|(?:the )?(?:patient|employee|participant|member))\W*$", _I
)
_NO_OTHER = re.compile(r"(?:n\.?/?a\.?|none|not applicable|-+|same\b.*|self)\W*", _I)
_IF_ANOTHER = re.compile(r"\bif (?:not|different|other|someone else)|\bother than\b", _I)


def _means_the_same(text: AnnotatedText, item: Labelled) -> bool:
    """Whether an answer says that it is the other one: "same", or "N/A" where another was asked for, if any."""
    if item.value is None:
        return False
    if _SAME_ONE.match(text[item.value]):
        return True
    asked = text.text[item.label.start : item.value.start] + text[item.label]
    return _NO_OTHER.fullmatch(text[item.value]) is not None and _IF_ANOTHER.search(asked) is not None


_IS_SELF = re.compile(
    r"\W*(?:self|me|myself|(?:the |plan )?(?:employee|member|participant|subscriber|retiree|account ?holder|"
    r"card ?holder))"
    r"\W*",
    _I,
)
_ASKS_WHO = re.compile(
    r"\b(?:relation(?:ship)?|patient|who is (?:this|it)|for whom|(?:expense|claim|request|service|form|this) is for|"
    r"covered person|person treated|claim for)\b",
    _I,
)


def _ticked_self(text: AnnotatedText) -> Iterator[tuple[int, int]]:
    """Where a form asks who the patient is, and the box of who holds the account is ticked."""
    for box in text.check_boxes:
        if not box.ticked or box.label is None or not _IS_SELF.fullmatch(text[box.label]):
            continue
        line = text.lines[text.line_index(box.label.start)]
        if _ASKS_WHO.search(text.text, line.start, box.label.start):
            yield box.label.start, box.label.end


_RELATED = re.compile(
    r"\brelation(?:ship)?(?: of (?:the )?patient)? to (?:the |plan |account |primary )*"
    r"(?:participant|employee|member|subscriber|insured|holder|owner|account ?holder|policy ?holder)\W{0,4}"
    r"(?<!\[ )(?<!☐)(?P<self>self)[ ]*(?=$|\n|\t|[.;)])",
    _I,
)
"""A form's answer that patient and participant are one."""


def _distinct(text: AnnotatedText) -> Iterator[Mention]:
    labelled = sorted(_labelled(text), key=lambda m: (m.start, -m.sure))
    kept: list[Mention] = []
    for one in labelled:
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    over = bannered(text)
    if over is not None and not any(m.label == "patient" or m.start == over.start for m in kept):
        kept.append(_mention(text, over, "patient", 0.85))
    taken = sorted((m.start, m.end) for m in kept)
    for person in _printed(text):
        if not any(start < person.end and person.start < end for start, end in taken):
            taken.append((person.start, person.end))
            kept.append(_mention(text, person, None, 0.0))
    yield from sorted(kept, key=lambda m: m.start)


def _printed(text: AnnotatedText) -> Iterator[Person]:
    """Names as such, "Last, First" in cells of their own, and family names behind a title."""
    yield from _reversed_in_a_line(text)
    yield from people_in(text, 0, len(text.text))
    for cell in text.cells:
        found = last_first_at(text, cell.start, cell.end)
        if found is not None and re.match(
            r"\W*(?:$|\d|[A-Z]{2,4}\b|dob|b\.|page|pg|mrn)", text.text[found.end : cell.end], _I
        ):
            yield found
    for match in _TITLED.finditer(text.flat):
        person = family_at(text, match.end(), match["title"])
        if person is not None:
            yield person
    for match in text.find(_GREETED):
        person = family_at(text, match.start("name"), "")
        if person is not None and person.end == match.end("name"):
            yield person


_GREETED = re.compile(
    r"^[ ]*(?:dear|hi|hello|hey|good (?:morning|afternoon|evening|day))[ ]+"
    r"(?!(?:sir|madam|sirs|all|team|everyone|folks|friends?|there|colleagues?|reviewer|administrator|doctor|claims?|"
    r"benefits?|plan|members?|parents?|patients?|staff|whom|committee|insurer|payer|provider|examiner|again|hsa|fsa)\b)"
    r"(?P<name>(?-i:[A-ZÀ-Þ][a-zß-ÿ]+))[ ]*(?:[,:!–—-]|$)",
    _I | re.MULTILINE,
)
"""Somebody greeted by the given name alone: "Hi Hank,"."""


_REVERSED = re.compile(r"(?<![\w'’-])(?=(?:[A-ZÀ-Þ][\w'’-]+[ -])?[A-ZÀ-Þ][\w'’-]+,[ ]{0,2}[A-ZÀ-Þ])")
_PATIENT_BEFORE = re.compile(r"\b(?:pt|patient|client)\b[\s.:,#]*$", _I)
_BORN_BEHIND = re.compile(
    r"[\s.,;:(/|–—-]*(?:(?:\d{1,3}\s?(?:y/?o|yrs?)?[ ,/]?)?(?:(?-i:[MF])|male|female)\b[\s).,;:/|–—-]*(?:\d|"
    r"d\.?o\.?b|b\.|born|mrn|chart)|\d{1,3}[ -]?(?:y/?o|yrs?\b|years)|d\.?\s?o\.?\s?b\b|born\b|b\.\s?\d|\*\s?\d)",
    _I,
)
_LONGEST_REVERSED = 60


def _reversed_in_a_line(text: AnnotatedText) -> Iterator[Person]:
    """ "Vance, Marisol" amid other words, where these say that it is a patient: "Pt ..." before it, or sex and birth
    behind it."""
    for match in _REVERSED.finditer(text.flat):
        told = _PATIENT_BEFORE.search(text.flat, max(0, match.start() - 12), match.start())
        person = last_first_at(text, match.start(), min(len(text.flat), match.start() + _LONGEST_REVERSED))
        if person is not None and (told is not None or _BORN_BEHIND.match(text.flat, person.end)):
            yield person


def _labels(text: AnnotatedText) -> Iterator[tuple[Labelled, Role]]:
    """Labels of people, each with the role that it gives."""
    for above in (False, True):
        for item in text.labelled(LABEL, bare=True, above=above):
            words = text[item.label]
            role = role_of(words)
            if role is None or item.value is None or (item.place == "above") != above:
                continue
            if above and role not in ("provider", "signer", "name"):
                continue
            if is_weak(words) and not item.sign and item.place == "inline" and not _fills(text, item):
                continue
            titled = item.place == "below" and not item.sign and _TITLE_OF_THE_PAPER.fullmatch(words) is not None
            titled = titled or (item.place == "inline" and not item.sign and _in_a_title(text, item))
            if titled or text.box_state(item.label.start) is not None or part_of_a_name(words) is not None:
                continue
            role = _role_of_place(text, item.label.start) if role == "name" else role
            yield item, "signer" if role in ("patient", "participant") and _treats(text, item.value) else role


def _in_a_title(text: AnnotatedText, item: Labelled) -> bool:
    """Whether a label and what follows it are words of a heading: "REQUEST FOR EXPENSE APPROVAL"."""
    line = text.lines[text.line_index(item.label.start)]
    return len(line.cells) == 1 and text.text[line.start : line.end].isupper() and text.is_heading(line.start)


def _treats(text: AnnotatedText, value: Span) -> bool:
    """Whether a clinician's letters follow a name: at "Print name" under a patient's entries signs who treats."""
    person = person_at(text, *value)
    return person is not None and person.best is not None and person.best.credential.tier in ("T1", "T2", "T3")


def _fills(text: AnnotatedText, item: Labelled) -> bool:
    """ "Name  Rosamund Eberly", "RE ROE, Ana -- born 3/3/1966": whether a label opens its cell, and a name is all that
    follows it there."""
    cell = text.cell_at(item.label.start)
    if item.value is None or cell is None or cell.start < item.label.start - 2:
        return False
    if text[item.label].lower() == "name":
        person = person_at(text, *item.value)
        return person is not None and person.end >= item.value.end - 1
    if _HEADS_A_NAME.fullmatch(text[item.label]) is None:
        return False
    person = last_first_at(text, *item.value) or person_at(text, *item.value)
    if person is None or " " not in person.name or not _fill(text, person, item.value):
        return False
    return not (_ABOUT.fullmatch(text[item.label]) and (person.letters or person.is_doctor))


_HEADS_A_NAME = re.compile(r"(?:re|acct|account|subj|subject|concerning|regarding|about)\.?", _I)


_ROLE_OF_SECTION: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("provider", re.compile(r"provider|physician|practitioner|clinician|doctor|prescrib|certif|attest|licensed", _I)),
    ("patient", re.compile(r"patient|client", _I)),
    ("participant", re.compile(r"participant|employee|member|subscriber|account", _I)),
)
_SIGNS_AS_PATIENT = re.compile(r"(?:patient|participant|employee|member|account holder)(?:['’]s)?\s+signature", _I)


def _role_of_place(text: AnnotatedText, offset: int) -> Role:
    """Whose name a label "Name" asks for: the heading tells, or what is asked beside it, or who signs there."""
    if form_parts.is_form(text) and (owner := form_parts.owner_at(text, offset)) is not None:
        return "other" if owner == "plan" else owner
    line = text.line_index(offset)
    after = text.text[offset : text.lines[min(line + 2, len(text.lines) - 1)].end]
    before = text.text[text.lines[max(0, line - 3)].start : offset]
    if re.search(r"\b(?:d\.?o\.?b|birth\w*|born|mrn|age|sex|gender)\b", after, _I):
        return (
            "patient"
            if not re.search(
                r"participant|employee|"
                r"subscriber",
                text.section_at(offset),
                _I,
            )
            else "participant"
        )
    section = text.section_at(offset)
    for role, pattern in _ROLE_OF_SECTION:
        if pattern.search(section):
            return role
    if _SIGNS_AS_PATIENT.search(before + after):
        return "other"
    if re.search(r"\b(?:npi|licen[sc]e|credentials?|specialty|signature|signed)\b", before + after, _I):
        return "signer"
    return "name"


def _labelled(text: AnnotatedText) -> Iterator[Mention]:
    yield from (
        _mention(text, one.person, _role_of_parts(text, one), 1.0, words=one.words) for one in split_names(text)
    )
    yield from _hinted(text)
    for item, role in _labels(text):
        value = _answer(text, item)
        filled = value and _FILLED.match(text.text, *value)
        value = Span(*filled.span("in")) if filled else value
        if value is None:
            continue
        dash = _DASH.match(text.text, *value) if item.place == "inline" and not item.sign else None
        value = Span(dash.end(), value.end) if dash else value
        bare = item.place == "inline" and not item.sign and not dash
        person = person_at(text, *value, tolerant=not bare) or (_reversed_in(text, value) if bare else None)
        if person is not None and filled and (" " not in person.name or not _fill(text, person, value)):
            continue
        if person is not None and _ABOUT.fullmatch(text[item.label]) and not _fill(text, person, value):
            person = _within(text, value, role) or (person if " " in person.name else None)
        elif person is None or not could_be_a_name(text, person, bare=bare):
            person = None if bare else _within(text, value, role)
        elif " " not in person.name:
            person = _over_two_lines(text, person) or person
        if person is None or _is_label(text, person, item):
            continue
        if text[item.label].lower() == "for" and not (person.name.istitle() and _fill(text, person, value)):
            continue  # "For: more energy"
        sender = _SENDER.match(text[item.label]) is not None and not (person.letters or person.is_doctor)
        if sender or is_of_a_firm(text, person) or (role == "other" and _SPOKEN_OF.match(text.flat, person.end)):
            continue
        if " " not in person.name and not (item.sign and role in ("patient", "participant")):
            continue
        inside = person.start - value.start > _WITHIN
        if role == "patient" and inside and person.is_doctor:
            continue
        sure = (0.8 if bare or inside else 1.0) * (1.0 if " " in person.name else 0.7)
        if item.place == "above":
            sure *= 0.97
        yield _mention(text, person, role, sure, words=text[item.label])
        yield from (_mention(text, other, role, sure) for other in _after(text, person, item, value))


def _answer(text: AnnotatedText, item: Labelled) -> Span | None:
    """Where a name may begin at a label: without the word before it that says how its bearer is related."""
    value = item.value and _beside(text, item, item.value)
    related = _RELATED_AS.match(text.text, *value) if value else None
    return Span(related.end(), value.end) if related and value else value


_HINTED = re.compile(r"(?<=_)[ ]+(?P<in>[^_\n\t]+?)[ ]*_+[ ]*\((?P<hint>[^()\d]{3,40})\)")


def _hinted(text: AnnotatedText) -> Iterator[Mention]:
    """Names on a line to write on, behind which brackets say whose it asks for: "___Ana Roe___ (patient's name)"."""
    for match in _HINTED.finditer(text.text):
        role = role_of(match["hint"])
        person = person_at(text, *match.span("in"))
        if role is not None and role != "name" and person is not None:
            yield _mention(text, person, role, 1.0, words=match["hint"])


_RELATED_AS = re.compile(rf"(?:my |the |his |her )?(?:{RELATIVES})\s*[,:–—-]+\s*(?=[A-ZÀ-Þ])", _I)
"""Before a name, how its bearer is related: "Wife, Ana Roe"."""


def _role_of_parts(text: AnnotatedText, name: SplitName) -> Role:
    """Whose name stands in parts: the labels tell, the heading above them, or the part of the form."""
    told = re.sub(r"\b(?:first|given|last|family)\b", "", name.words, flags=_I)
    role = role_of(told) if told.strip().lower() not in ("name", "names") else None
    if role is not None and role != "name":
        return role
    role = _role_of_place(text, name.at)
    if form_parts.is_form(text) and role != "name":
        return role
    part = _part_of(text, name.at) or text.section_at(name.at)
    return "participant" if re.search("participant|employee|member", part, _I) else "patient"


_PART = re.compile(r"\b(?:patient|participant|employee|member|subscriber|dependent|claimant|account ?holder)\b", _I)


def _part_of(text: AnnotatedText, offset: int) -> str:
    """The short line just above a label that says of whom the part asks: "Section B - Patient"."""
    index = text.line_index(offset)
    above = [text.text[line.start : line.end] for line in text.lines[max(0, index - 2) : index]]
    return next((p for p in reversed(above) if len(p.split()) <= 6 and ":" not in p and _PART.search(p)), "")


_SEVERAL = re.compile(r"\b(?:patients|clients|children|dependents|members|participants|providers|trainers)$", _I)
_NEXT = re.compile(r"[ ]*(?:[/&;+,]|,? and\b)[ ]*")


def _after(text: AnnotatedText, person: Person, item: Labelled, value: Span) -> Iterator[Person]:
    """Whom a label for several names behind the first: "Patients: Ana Roe / Ben Roe"."""
    if _SEVERAL.search(text[item.label]) is None:
        return
    parted = _NEXT.match(text.flat, max([person.end, *(one.end for one in person.letters)]), value.end)
    other = person_at(text, parted.end(), value.end) if parted else None
    if other is not None:
        yield other
        yield from _after(text, other, item, value)


def _reversed_in(text: AnnotatedText, value: Span) -> Person | None:
    """Whose name fills a value as "Vance, Marisol"."""
    person = last_first_at(text, *value)
    return person if person is not None and _fill(text, person, value) else None


_FILLED = re.compile(r"\[\s*(?P<in>[^\[\]\n]+?)\s*\]")
"""A template's bracket with what was written into it."""
_DASH = re.compile(r"[–—-]+\s+")
"""What closes a label as ":" does: "Patient - Jane Roe"."""
_ABOUT = re.compile(r"(?:re|ref|regarding|concerning|subject|subj|in re|about)\W*", _I)


def _fill(text: AnnotatedText, person: Person, value: Span) -> bool:
    """Whether a name, with its letters and what is said of a birth or a number, is all of a label's value."""
    ends = max([person.end, *(letters.end for letters in person.letters)])
    return re.match(r"\s*(?:$|[(\[,;|/*–—-]|d\.?o\.?b|born|b\.)", text.text[ends : value.end], _I) is not None


def _over_two_lines(text: AnnotatedText, person: Person) -> Person | None:
    """A name that did not fit into its box: a given name alone in its cell, and the family name right below it."""
    cell = text.cell_at(person.start)
    if cell is None or cell.end > person.end or person.letters:
        return None
    below = text.below(cell.box, cell.page, lines=1.6)
    if below is None or abs(below.box.left - cell.box.left) > _ALIGNED or text.is_label(below) or ":" in below.text:
        return None
    row = text.lines[text.line_index(below.start)].cells
    if any(other.end <= below.start and text.is_label(other) for other in row):
        return None  # the next label's value
    rest = person_at(text, below.start, below.end, tolerant=True)
    if rest is None or not rest.name[0].isupper() or LABEL.fullmatch(below.text.strip(" :?")):
        return None
    return Person(f"{person.name} {rest.name}", person.start, rest.end, person.title, rest.letters)


_ALIGNED = 0.02  # of the page's width
_WITHIN = 12  # letters of a value before a name: more are no title, and the value is a phrase around it


_FOR = re.compile(r"\b(?:for|on behalf of|about)\s+(?:(?:my|our|the)\s+)?(?:patient,?\s+)?(?:\w{2,4}\.\s+)?$", _I)
_PART_OF_VALUE = re.compile(r"(?:[,;:/–—-]|\bfor|\bof)\s+(?=[A-ZÀ-Þ])")


def _within(text: AnnotatedText, value: Span, role: Role) -> Person | None:
    """Who is named in a value that does not begin with a name: "Re: Letter of necessity for Jane Roe"."""
    if _NO_PLACE_OF_A_NAME.match(text.text, *value):
        return None
    if role == "patient":
        value = text.block_below(value, lines=2)
    named = list(people_in(text, value.start, min(value.end, value.start + _LEAD)))
    person = next((one for one in named if _FOR.search(text.text[value.start : one.start])), next(iter(named), None))
    for match in _PART_OF_VALUE.finditer(text.flat, value.start, value.end):
        reversed_ = last_first_at(text, match.end(), value.end)
        if reversed_ is not None and (person is None or reversed_.start < person.end):
            return reversed_
    if person is None or (person.start > value.start + 2 and not _follows(text, person, value.start)):
        return None
    return person


_TITLE_OF_THE_PAPER = re.compile(r"referral|referred", _I)  # over whom it is for, not who refers
_SPOKEN_OF = re.compile(r"['’]s [a-z]")  # "To the plan: / Ana Roe's asthma ...": a sentence begins there
_SENDER = re.compile(r"from\b", _I)  # of a fax or a memo: who sends it need be no clinician, and no person


def _follows(text: AnnotatedText, person: Person, start: int) -> bool:
    """Whether a name inside a label's value is what the value is about: "Re: letter for Jane Roe", not "Re: Jane Roe
    Fund newsletter"."""
    lead, rest = text.text[start : person.start], text.text[person.end : person.end + 25]
    return _INTO_A_NAME.search(lead) is not None and _GOES_ON.match(rest) is None


_INTO_A_NAME = re.compile(
    r"(?:\bfor|\bof|\bre|regarding|concerning|\bon|patient|client|by|named|[,;:/(|–—-])\W*(?:\w{2,4}\.)?\s*$", _I
)
_GOES_ON = re.compile(r" (?!(?:is|was|who|has|needs|and|of|to|for|with|dob|born|on)\b|b\.)[a-z]")


def _beside(text: AnnotatedText, item: Labelled, value: Span) -> Span:
    """The name to the right of a label, where what stands below it is only the next row's label."""
    below = text.cell_at(value.start)
    if item.place != "below" or item.sign or below is None:
        return value
    if LABEL.fullmatch(below.text.strip(" :?")) is None and _is_person(text, below):
        return value
    box = text.box_of(*item.label)
    right = text.right_of(box, item.page) if box else None
    if right is None or person_at(text, right.start, right.end) is None:
        return value
    return Span(right.start, right.end)


def _is_person(text: AnnotatedText, cell: Cell) -> bool:
    person = person_at(text, cell.start, cell.end, tolerant=True)
    return person is not None and could_be_a_name(text, person, bare=True)


def _is_label(text: AnnotatedText, person: Person, item: Labelled) -> bool:
    """Whether the words are the next row's or column's label."""
    cell = text.cell_at(person.start)
    if cell is None or item.place == "inline":
        return False
    whole = LABEL.fullmatch(cell.text.strip(" :?"))
    return whole is not None or text.is_label(cell)


def could_be_a_name(text: AnnotatedText, person: Person, *, bare: bool) -> bool:
    """Whether what stands at a label reads as a name there, not as the beginning of prose or an answer."""
    rest = re.split(r"[\n\t]", text.text[person.end : person.end + 60])[0]
    if _SELF.fullmatch(person.name) or len(person.name) < 2 or re.match(r"[-@/]?\d|-[A-Z]", rest):
        return False
    if bare and re.match(r"\s+[a-z]", rest) and not person.letters:
        return False  # "Patient Has hypertension": prose
    words = re.findall(r"[^\W\d_]+", person.name)
    if person.name.islower():  # a form filled in without capitals
        return len(words) in (2, 3) and not re.match(r"\s*[a-z]+\s+[a-z]+|[^\S\n]*[\d(.]", rest)
    return all(word[0].isupper() or word in PARTICLES or len(word) == 1 for word in words)


_PROMPT = re.compile(r"\s*<<[^<>\n]{2,50}>>\s*")  # a template's, left standing before what it asks for


def _mention(text: AnnotatedText, person: Person, label: Role | None, sure: float, *, words: str = "") -> Mention:
    flat = text.flat
    lead = re.split(r"[\t\n\f]", flat[max(0, person.start - _LEAD) : person.start])[-1]
    lead = _PROMPT.sub(" ", lead)
    title = _TITLE_BEFORE.search(lead)
    if title:
        lead = lead[: title.start()]
    lead = re.sub(r"\s*_\s*$", " ", lead).rstrip("[")
    end = max([person.end, *(letters.end for letters in person.letters)])
    after = re.sub(r"^\s*_+(?=[ ,.;(])", "", flat[end : end + _AFTER])
    after = after[1:] if after[:1] == "]" else after
    after = re.sub(r"^([\s,(]*(?:born|dob|d\.o\.b\.?)[\s:]*)\[", r"\1", after, flags=_I)
    opens = not lead.strip() or label == "patient"
    behind = (_UP_TO_BIRTH if opens else _UP_TO_GAP).split(after)
    kept = behind[0]
    if opens and not kept.strip() and len(behind) > 1 and after[:1] == "\t":  # "Name <gap> DOB ..."
        kept = " " + re.split(r"[\n\f]", after)[0].strip().replace("\t", " ")
    return Mention(person, label, sure, lead, kept, words, is_of_both(words))
