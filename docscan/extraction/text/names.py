"""Names of people as printed, and the letters after them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from docscan.extraction.text.titles import TITLE
from docscan.reference import credentials

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_LATIN = tuple(map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))))
_LETTER = "a-z" + "".join(sign for sign in _LATIN if sign.islower())
_CAPITAL = "A-Z" + "".join(sign for sign in _LATIN if sign.isupper())
_WORD = (
    rf"(?:(?:[ODNL]['’]|"
    rf"St\.[ ])?[{_CAPITAL}][{_LETTER}]+(?:[{_CAPITAL}][{_LETTER}]+)?(?:['’-][{_CAPITAL}]?[{_LETTER}]+)*|"
    rf"(?:Mc|Mac|ST\.[ ]|St\.[ ])?[{_CAPITAL}](?:['’][{_CAPITAL}]|[{_CAPITAL}])[{_CAPITAL}'’-]*(?<!-)|"
    rf"(?:[{_CAPITAL}]\.){{2,3}}(?=[ ])|(?:Wm|Chas|Geo|Jos|Robt)\.|[{_CAPITAL}]\.?(?![{_LETTER}]))"
)
_PARTICLE = (
    r"(?:de la|de los|de las|del|de|van der|van den|van de|van|von der|von|der|den|bin|ibn|bint|binti|abu|al|el|da|dos|"
    r"das|di|du|des|la|le|ter|ten|zu|zur|y|e|af|av)"
)
PARTICLES = frozenset(
    "de la los las del van der den von bin ibn bint binti abu al el da dos das di du des le ter ten zu zur y e af av st"
    " mc mac o d".split()
)
"""Words of names that are not capitalised."""
_SUFFIX = r"(?:,?[ ](?:Jr|Sr|JR|SR|II|III|IV)\b\.?)"
_NICKNAME = rf"(?:[ ](?:[\"“‘(][{_CAPITAL}][{_LETTER}]+[\"”’)]))"
NAME = rf"{_WORD}{_NICKNAME}?(?:[ ](?:(?:{_PARTICLE}[ ])?(?:al-|el-)?{_WORD})){{1,4}}{_SUFFIX}?"
"""A pattern for two to five words that may be a person's name, without titles."""
_TITLES = re.compile(rf"(?:(?:{TITLE}|the patient,?|patient:?)[ ]*)+", re.IGNORECASE)
_LAST_FIRST = re.compile(
    rf"(?:{_PARTICLE}[ ])?{_WORD}(?:[ -](?:{_PARTICLE}[ ])?{_WORD}){{0,2}}(?:[ ](?:Jr|Sr|JR|SR|II|III|"
    rf"IV)\b\.?)?,[ ]{{0,2}}"
    rf"{_WORD}(?:[ ]{_WORD}){{0,2}}(?!\.?\w)"
)
_NAMES = re.compile(rf"(?<![\w.])(?P<title>{TITLE}[ ]+)?(?P<name>{NAME})")

# Words that begin with a capital on letters and forms and are in nobody's name.
_NO_NAMES = frozenset(
    """name names date dates signature signed patient provider physician doctor practitioner clinic medical center
    centre letter necessity health healthcare employer employee self same none see above print please to whom it
    concern concerning d.o.b b.d born ref subj via per
    dear re regarding subject sincerely respectfully regards yours truly thank thanks phone fax tel
    email address city state zip street suite avenue road drive blvd boulevard floor unit department dept office
    hospital associates group practice family medicine internal orthopedic orthopedics cardiology wellness care
    therapy physical rehabilitation university institute inc llc pllc pc plan benefits administrator account
    flexible spending savings fsa hsa hra npi dea license number id dob mrn diagnosis diagnoses condition
    treatment duration frequency icd code codes type diabetes mellitus hypertension obesity chronic pain low
    back knee the this that these those an and or of for with from by on at in is was are be has have her his
    their our my we she he they you your january february march july september october november december monday
    tuesday wednesday thursday friday saturday sunday fitness gym studio training personal trainer certified
    board licensed professional services service company corporation south east box po p.o attn attention cc
    enclosure history assessment recommendation recommendations reason visit encounter report statement
    medication medications allergies vitals subjective objective member subscriber participant insurance insured
    policy claim form section part i.e electronic electronically reviewed approved printed usa united states
    america county primary secondary relationship spouse child dependent other yes no n/a na unknown if not all
    any new prescription order rx sig as note dx upon based because due when while since after before both
    continue start recommend exercise weight loss nutrition massage membership only once use used today whose
    who what where which how why does had ever told us rate terms apply quote ruled out possible considered
    necessary medically receipt invoice total subtotal tax tip refund discount charge charges amount paid
    payment balance card check copay coinsurance billed written job doc items item dues session sessions package
    qty each description every month monthly weekly daily week weeks months years year hour hours minutes half
    quarter prior former previous parkway pkwy way ct pl plaza square terrace trail highway hwy route bldg
    building apt ste rm hampshire mexico rhode island high cholesterol blood pressure heart disease disorder
    syndrome dependence injury summary progress review survey answers request requested approval pending status
    final draft template document copy original confidential notice privacy patient's provider's doctor's
    occupational speech spine vascular surgical collective counseling dental dentistry eye foot ankle urgent
    orthopaedics pediatric senior adult virtual private happy questions question notes kind warm warmest sincere
    now then here there later also however meanwhile recently currently previously yesterday tonight finally again
    already perhaps unfortunately although despite during within without through registered
    chiropractic physio rehab pilates yoga acupuncture optometry bodywork administrators surgery physicians solutions
    clinical trial trials safety prescribing brochure enclosures enclosed attachments campus retiree custodial
    nexus appeal aba esa product products order orders guideline guidelines reference references
    division accounts accounting committee desk team claims processing hospitals imaging laboratory laboratories labs
    diagnostics radiology pharmacy bodywork supply market foods troop foreign lmn lomn cmn hcfsa lpfsa dcfsa
    prescribing subscriptions membership agreement correspondence tricare medicaid medicare
    benefit plans acct outpt
    location ordered ordering facility program staff author reviewer role entered priority specialty dispense refills
    received message prescriber supplier authorized effective expires requested supplement
    many hi hello insurer carrier payer payor guarantor spouse's member's dictated transcribed typed
    """.split()
)
_FIELD_OF_MEDICINE = re.compile(r"\w{2}(?:ology|iatry|iatrics|opathy|dontics|otherapy|oscopy|ectomy|surgery)$")
"""Of a specialty or a procedure: "OP Psychiatry" is nobody."""
_ALSO_NAMES = frozenset(
    "april may june august march page west north south east lane place court bill best price cash virginia carolina "
    "dakota jersey york day long case hand".split()
)
"""Words that begin with a capital elsewhere too: never a name by themselves."""


_ALSO_SURNAMES = frozenset(
    "low high back heart foot street weeks sessions rate half child kind blood drive square".split()
)
"""Words that belong to no name, but that people are called by."""


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
        stop = min(end, match.end("name") + _LONGEST_LETTERS)
        street = re.search(r"\d[\w-]*[ ](?:[NSEW]\.?[ ])?$", text.flat[max(0, match.start() - 12) : match.start()])
        person = None
        if not street:
            person = person_at(text, match.start("name"), stop, title=match["title"] or "")
        if person and not person.title and not person.letters and _is_ordinary(person.name):
            person = None
        if person and not person.title and is_of_a_firm(text, person):
            person = None
        if person is None:
            place = match.start("name") + 1
            while place < end and text.flat[place] not in " \n\t\f":
                place += 1
        else:
            yield person
            place = max(person.end, *(letters.end for letters in person.letters), match.start("name") + 1)


_IN_A_FIRM = re.compile(
    rf"(?:[ ][{_CAPITAL}&][\w&’'.-]*){{0,2}}[ ](?i:clinics?|cent(?:er|re)|hospitals?|llc|pllc|inc|associates|institute|"
    r"university|foundation|pharmacy|laborator(?:y|ies)|imaging|campus|division|department|committee|fund|"
    r"(?:medical|health|wellness|dental) (?:group|center|centre|services))\b(?![ ]?[:#]|[ ](?i:director|manager|"
    r"coordinator|nurse|administrator|supervisor)\b)"
)
"""Right behind a name: that it is part of a firm's or a place's."""


def is_of_a_firm(text: AnnotatedText, person: Person) -> bool:
    """Whether what reads as a name is the beginning of a firm's: "Prairie Guard Troop Medical Clinic"."""
    return _IN_A_FIRM.match(text.flat, person.end) is not None


def is_of_no_name(word: str) -> bool:
    """Whether a word that may begin with a capital is known to be in nobody's name."""
    return word.casefold() in _NO_NAMES


def _is_ordinary(name: str) -> bool:
    return all(word.lower() in _ALSO_NAMES for word in name.split())


_FAMILY = re.compile(rf"(?:{_PARTICLE}[ ])?(?:[VDL][a-z]{{1,2}}[ ](?:der[ ]|den[ ]|la[ ])?)?{_WORD}")


def family_at(text: AnnotatedText, start: int, title: str) -> Person | None:
    """The person of whom a title and a family name are printed: "Ms. D'Angelo"."""
    match = _FAMILY.match(text.flat, start)
    name = _trimmed(match.group(), fewest=1) if match else None
    if name is None or len(name) < 2 or _is_ordinary(name):
        return None
    return Person(name, start, start + len(name), title, ())


_LONGEST_LETTERS = 90  # letters behind a name that its credentials may take


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
        name = (
            _trimmed(match.group(), also=tolerant and _NOTHING_MORE.match(printed, match.end()) is not None)
            if (match)
            else None
        )
    if name is None and tolerant:
        match = re.match(r"[^\W\d_]+(?:['’-][^\W\d_]+)*(?:[ ][^\W\d_]+(?:['’-][^\W\d_]+)*\.?){0,4}", printed)
        name = _trimmed(match.group(), fewest=1) if match else None
    if name is None:
        return None
    stop = start + len(name)
    if name.isupper() and text.flat[stop : stop + 1].isdigit():
        return None  # "VT PTL412351"
    if re.search(r"\b(?:Jr|Sr|JR|SR)$", name) and text.flat[stop : stop + 1] == ".":
        name, stop = name + ".", stop + 1
    return Person(name, start, stop, title.strip(), tuple(_letters(text, stop, end)))


_NOTHING_MORE = re.compile(r"[ ]?(?:$|[,(\t\n;/|–—]|[ ]{2}|- )")


def last_first_at(text: AnnotatedText, start: int, end: int) -> Person | None:
    """The person whose name opens a part of the text as "Vance, Marisol T." or "VANCE, MARISOL"."""
    name = _last_first(text.flat[start:end])
    if name is None or (re.match(NAME, name) and " " in name.partition(",")[0] and not name.isupper()):
        return None
    return Person(name, start, start + len(name), "", tuple(_letters(text, start + len(name), end)))


_OF_A_FIRM = re.compile(
    r",[ ]+(?:[\w'’&-]+[ ]){0,3}?(?:[A-Z]\w+['’]s\b|(?:clinic|health|medical|center|centre|hospital|associates|group|"
    r"practice|wellness|institute|university|department|medicine|therapy)\b)",
    re.IGNORECASE,
)
"""Behind a name and a comma: where somebody works, not the given name."""


_SEX = re.compile("[FM]")


def _last_first(printed: str) -> str | None:
    match = _LAST_FIRST.match(printed)
    if match is None:
        return None
    before, after = match.group().split(",", 1)
    if credentials.look_up(after) or credentials.look_up(after.split()[0]):
        return None
    initials = re.match(rf"[{_CAPITAL}]\.?(?:[ ][{_CAPITAL}]\.?)?(?!\w)", after.strip())
    given = initials.group() if initials else _trimmed(after.strip(), fewest=1)
    if initials and _SEX.fullmatch(initials.group()) and " " in before:
        return None  # "Agnieszka K. Cavanaugh, F"
    known = _trimmed(before, fewest=1) == before or before.lower() in _ALSO_SURNAMES
    if given is None or not known or _OF_A_FIRM.match(printed, match.start() + len(before)):
        return None
    return match.group()[: match.group().index(given, len(before)) + len(given)]


@lru_cache(maxsize=4096)
def _trimmed(printed: str, *, fewest: int = 2, also: bool = False) -> str | None:
    """The name without the words after it that belong to no name; None where too little is left.

    `also`: it fills the place of a name, so that its last word may be a surname that is an ordinary word too.
    """
    words = printed.split(" ")
    kept: list[str] = []
    for index, word in enumerate(words):
        plain = word.lower().rstrip(".,")
        letters = credentials.look_up(word)
        known = letters is not None and (word.replace(".", "").isupper() or "." in word[:-1] or not letters.doubtful)
        surname = also and plain in _ALSO_SURNAMES and index == len(words) - 1 and index > 0
        if (
            ((plain in _NO_NAMES or _FIELD_OF_MEDICINE.search(plain)) and not surname)
            or (index >= fewest and known)
            or (known and len(plain) > 2 and index >= 1)
        ):
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
    return re.sub(r"(?<=\w{2})['’]s$", "", " ".join(kept).rstrip(","))


_SPELT_OUT = 8  # letters from which a credential of several words is spelt out


def _letters(text: AnnotatedText, start: int, end: int) -> Iterator[Letters]:
    """The credentials that follow a name, as long as one follows another."""
    place, incorporated = start, False
    shouted = text.flat[max(0, start - 8) : start].isupper()
    small = text.flat[max(0, start - 5) : start].islower()
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
            spelt = " " in printed and len(printed) > _SPELT_OUT
            if shouted and printed == "CO" and "," not in gap.group():
                continue  # "IRON LARK STRENGTH CO."
            capital = printed.replace(".", "").replace(" ", "")[:2].isupper()
            if credential and (
                not credential.doubtful or spelt or capital or (small and _ends_there(text, match.end()))
            ):
                value = credentials.normalise(printed) or credential.code.upper()
                stop = match.start() + len(printed)
                if "." in printed and text.flat[stop : stop + 1] == ".":
                    stop += 1
                found = Letters(value, match.start(), stop, credential)
                break
        if found is None or (incorporated and found.value == "PA"):
            return
        incorporated = incorporated or found.credential.code in _INCORPORATE
        yield found
        place = found.end + (text.flat[found.end : found.end + 1] == ".")
        if text.flat[place : place + 1] == ")":
            place += 1


_INCORPORATE = frozenset(("MD", "DO", "DDS", "DMD", "DC", "DPM", "OD"))
"""Whose practice may be a professional association: "R. Roe, M.D., P.A." is no physician assistant."""
_AT_AN_END = re.compile(r"[.,;)]*\s*(?:$|[\t\n\f\d(|/,–—-])")


def _ends_there(text: AnnotatedText, place: int) -> bool:
    """Whether nothing goes on behind letters in small type ("una beck, np"): "do" and "pa" are words too."""
    return _AT_AN_END.match(text.text, place) is not None


_SMALL = re.compile(
    r"(?P<name>[^\W\d_A-Z]{2,}(?:['’-][^\W\d_]+)*(?: [a-z]\.?)?(?: [^\W\d_A-Z]{2,}(?:['’-][^\W\d_]+)*){1,2}?)"
    r"(?=,? (?P<letters>[a-z][a-z.-]{0,7}[a-z.]|[A-Z][A-Za-z.-]{0,7})(?:[,; ]|\t|\n|\(|$))"
)


def small_person_at(text: AnnotatedText, start: int, end: int) -> Person | None:
    """Who signs in small letters, with those of a profession behind: "dana whitfield, dpt", "gil ross md"."""
    match = _SMALL.match(text.flat, start, end)
    if match is None or not match["name"].islower() or any(is_of_no_name(word) for word in match["name"].split()):
        return None
    letters = tuple(_letters(text, match.end("name"), end))
    told = [one for one in letters if one.credential.tier is not None]
    return Person(match["name"], *match.span("name"), "", letters) if told else None


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
