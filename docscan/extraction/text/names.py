"""Names of people as printed, and the letters after them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from docscan.reference import credentials

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_LETTER = "a-zà-öø-ÿ"
_CAPITAL = "A-ZÀ-ÖØ-Þ"
_WORD = (
    rf"(?:(?:[OD]['’]|Mc|Mac|La|Le|De|Di|Van|Von|"
    rf"St\.[ ])?[{_CAPITAL}][{_LETTER}]+(?:['’-][{_CAPITAL}]?[{_LETTER}]+)*|"
    rf"[{_CAPITAL}](?:['’][{_CAPITAL}]|[{_CAPITAL}])[{_CAPITAL}'’-]*|[{_CAPITAL}]\.?(?![{_LETTER}]))"
)
_PARTICLE = r"(?:de la|de los|del|de|van der|van den|van|von|bin|ibn|al|el|da|dos|das|di|la|le|ter|ten|y)"
_SUFFIX = r"(?:,?[ ](?:Jr|Sr|II|III|IV)\b\.?)"
NAME = rf"{_WORD}(?:[ ](?:{_PARTICLE}[ ])?{_WORD}){{1,4}}{_SUFFIX}?"
"""A pattern for two to five words that may be a person's name, without titles."""
TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Prof|Professor|Sr|Sra)\b\.?"
_TITLES = re.compile(rf"(?:(?:{TITLE}|the patient,?|patient:?)[ ]*)+", re.IGNORECASE)
_LAST_FIRST = re.compile(rf"{_WORD}(?:[ -]{_WORD})?,[ ]{{1,2}}{_WORD}(?:[ ]{_WORD}){{0,2}}")
_NAMES = re.compile(rf"(?<![\w.])(?P<title>{TITLE}[ ]+)?(?P<name>{NAME})")

# Words that begin with a capital on letters and forms and are in nobody's name.
_NO_NAMES = frozenset(
    """name names date dates signature signed patient provider physician doctor practitioner clinic medical center
    centre letter necessity health healthcare employer employee self same none see above print please to whom it
    may concern dear re regarding subject sincerely respectfully regards yours truly thank thanks phone fax tel
    email address city state zip street suite avenue road drive blvd boulevard floor unit department dept office
    hospital associates group practice family medicine internal orthopedic orthopedics cardiology wellness care
    therapy physical rehabilitation university institute inc llc pllc pc plan benefits administrator account
    flexible spending savings fsa hsa hra npi dea license number id dob mrn diagnosis diagnoses condition
    treatment duration frequency icd code codes type diabetes mellitus hypertension obesity chronic pain low
    back knee the this that these those an and or of for with from by on at in is was are be has have her his
    their our my we she he they you your january february march april june july august september october
    november december monday tuesday wednesday thursday friday saturday sunday page fitness gym studio training
    personal trainer certified board licensed professional services service company corporation north south east
    west box po p.o attn attention cc enclosure history plan assessment recommendation recommendations reason
    visit encounter report statement medication medications allergies vitals subjective objective member
    subscriber participant insurance insured group policy claim form section part i.e electronic electronically
    reviewed approved print printed usa united states america county primary secondary relationship spouse child
    dependent other yes no n/a na unknown if no not all any new prescription order rx sig as note dx upon based
    because due when while since after before both continue start recommend exercise weight loss nutrition
    massage membership
    """.split()
)


@dataclass(frozen=True, slots=True)
class Letters:
    """A credential beside a name: its value as fields write it, and its place."""

    value: str
    start: int
    end: int
    credential: credentials.Credential


@dataclass(frozen=True, slots=True)
class Person:
    """A name in the text. `title`: what stood before it ("Dr."), "" for nothing."""

    name: str
    start: int
    end: int
    title: str
    letters: tuple[Letters, ...]

    @property
    def best(self) -> Letters | None:
        """The letters that say most about what their holder may sign."""
        chosen = credentials.highest(tuple(one.credential for one in self.letters))
        return next((one for one in self.letters if one.credential == chosen), None) if chosen else None

    @property
    def is_doctor(self) -> bool:
        return self.title.lower().startswith(("dr", "doctor"))


def people_in(text: AnnotatedText, start: int, end: int) -> Iterator[Person]:
    """People whose full name (two words and more) stands in a part of the text."""
    place = start
    while place < end:
        match = _NAMES.search(text.flat, place, end)
        if match is None:
            return
        person = person_at(text, match.start("name"), end, title=match["title"] or "")
        if person is None:
            place = match.start("name") + 1
            while place < end and text.flat[place] not in " \n\t\f":
                place += 1
        else:
            yield person
            place = max(person.end, *(letters.end for letters in person.letters), match.start("name") + 1)


def person_at(text: AnnotatedText, start: int, end: int, *, title: str = "", tolerant: bool = False) -> Person | None:
    """The person whose name opens a part of the text; None where none does.

    `tolerant`: the place is that of a name (a labelled box), so that lower case, one word or "Doe, John" counts too.
    """
    printed = text.flat[start:end]
    opened = _TITLES.match(printed)
    if opened:
        title, start = title or opened.group(), start + opened.end()
        printed = text.flat[start:end]
    name = _last_first(printed) if tolerant else None
    if name is None:
        match = re.match(NAME, printed)
        name = _trimmed(match.group()) if match else None
    if name is None and tolerant:
        match = re.match(r"[^\W\d_][^\W\d_.'’-]*(?:[ ][^\W\d_][^\W\d_'’-]*\.?){0,4}", printed)
        name = _trimmed(match.group(), fewest=1) if match else None
    if name is None:
        return None
    stop = start + len(name)
    if re.search(r"\b(?:Jr|Sr)$", name) and text.flat[stop : stop + 1] == ".":
        name, stop = name + ".", stop + 1
    return Person(name, start, stop, title.strip(), tuple(_letters(text, stop, end)))


def _last_first(printed: str) -> str | None:
    match = _LAST_FIRST.match(printed)
    if match is None:
        return None
    before, after = match.group().split(",", 1)
    if credentials.look_up(after) or credentials.look_up(after.split()[0]):
        return None
    given = _trimmed(after.strip(), fewest=1)
    if given is None or _trimmed(before, fewest=1) != before:
        return None
    return match.group()[: match.group().index(given, len(before)) + len(given)]


@lru_cache(maxsize=4096)
def _trimmed(printed: str, *, fewest: int = 2) -> str | None:
    """The name without the words after it that belong to no name; None where too little is left."""
    words = printed.split(" ")
    kept: list[str] = []
    for index, word in enumerate(words):
        plain = word.lower().rstrip(".,")
        letters = credentials.look_up(word)
        known = letters is not None and (word.replace(".", "").isupper() or "." in word[:-1] or not letters.doubtful)
        if plain in _NO_NAMES or (index >= fewest and known) or (known and len(plain) > 2 and index >= 1):
            break
        kept.append(word)
    while kept and (kept[-1].lower() in {"de", "van", "von", "la", "y"} or (len(kept) > fewest and kept[-1] == "I")):
        kept.pop()
    if len(kept) < fewest or all(len(word.rstrip(".")) < 2 for word in kept):
        return None
    if fewest > 1 and len(kept[-1].rstrip(".")) < 2:
        kept.pop()
        if len(kept) < fewest:
            return None
    return " ".join(kept).rstrip(",")


def _letters(text: AnnotatedText, start: int, end: int) -> Iterator[Letters]:
    """The credentials that follow a name, as long as one follows another."""
    place = start
    while True:
        gap = re.compile(r"[ ]?(?:[,/–-][ ]?|\(|[ ])\s?").match(text.flat, place, end)
        if gap is None:
            return
        found = None
        for size in (4, 3, 2, 1):  # "PA - C", "Physician Assistant", "M. D."
            match = re.compile(rf"[A-Za-z][\w.®™/-]*(?:[ ][\w.®™/-]+){{{size - 1}}}").match(text.flat, gap.end(), end)
            if match is None:
                continue
            printed = match.group().rstrip(".,")
            credential = credentials.look_up(printed)
            if credential and (not credential.doubtful or printed.replace(".", "").replace(" ", "")[:2].isupper()):
                value = credentials.normalise(printed) or credential.code.upper()
                stop = match.start() + len(printed)
                if "." in printed and text.flat[stop : stop + 1] == ".":
                    stop += 1
                found = Letters(value, match.start(), stop, credential)
                break
        if found is None:
            return
        yield found
        place = found.end + (text.flat[found.end : found.end + 1] == ".")
        if text.flat[place : place + 1] == ")":
            place += 1


def letters_at(text: AnnotatedText, start: int, end: int) -> tuple[Letters, ...]:
    """Credentials that open a part of the text ("MD, FACC" in a box of their own)."""
    found = []
    for match in re.compile(r"[A-Za-z][A-Za-z.®™-]*(?:[ ][A-Za-z.®™-]+){0,2}|[A-Za-z.®™-]+").finditer(
        text.flat, start, end
    ):
        for piece in dict.fromkeys((match.group(), match.group().split(" ")[0])):
            credential = credentials.look_up(piece)
            if credential is not None:
                at = match.start()
                value = credentials.normalise(piece) or credential.code.upper()
                found.append(Letters(value, at, at + len(piece.rstrip(",. ")), credential))
                break
    return tuple(found)
