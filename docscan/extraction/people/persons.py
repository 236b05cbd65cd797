"""Who is who: mentions of one person joined, and each person's roles weighed over all of them.

A role is believed by all that speaks for it together (label, place, words around the name, letters behind it), less
what speaks against it: who signs is seldom the patient, somebody's mother is not she, an assistant is no clinician.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from docscan.extraction.kinds.of_money import is_bill
from docscan.extraction.paper.closings import name_at_the_end
from docscan.extraction.paper.signature_blocks import signature_blocks
from docscan.extraction.people.addressees import addressed
from docscan.extraction.people.cues import cues
from docscan.extraction.people.labels import Role
from docscan.extraction.people.mentions import Mention, mentions, same_as
from docscan.extraction.text.lexicon import illnesses_in
from docscan.extraction.text.messages import of_another_message
from docscan.extraction.text.month_names import MONTH_BEGUN
from docscan.extraction.text.names import Person, person_at
from docscan.extraction.text.titles import COURTESIES
from docscan.neural.meaning import of_lines

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
ENOUGH = 0.55
"""From which score on a person is said to have a role."""
_IN_SPITE = 0.9  # what is told of a patient outweighs that they are also somebody's mother
_TITLED = 0.25  # who is called "Mr. Roe" on a letter that names nobody else so is its patient
_LABELLED = {"patient": 0.97, "participant": 0.95, "provider": 0.95, "signer": 0.9, "trainer": 0.93, "supervisor": 0.93,
             "other": 0.9}  # fmt: skip
_ADDRESSED = 0.85  # how surely somebody is neither patient nor provider to whom the letter is addressed
_CLINICIANS = ("T1", "T2", "T3")
_FEW_LETTERS = 5  # from so many letters of a name on, one may be misread


@dataclass(frozen=True)
class Told:
    """One mention that speaks for a role."""

    mention: Mention
    role: Role
    weight: float


@dataclass(frozen=True)
class Known:
    """A person of the document: all mentions, in order, and what each says of the person's roles."""

    mentions: tuple[Mention, ...]
    told: tuple[Told, ...]

    def score(self, role: Role) -> float:
        """0..1: how far all that is told speaks for a role."""
        against = 1.0
        for one in self.told:
            if one.role == role:
                against *= 1.0 - one.weight
        return 1.0 - against

    def labelled(self, role: Role) -> float:
        """How surely a label gives the role; 0 where none does."""
        return max((one.mention.sure for one in self.told if one.role == role == one.mention.label), default=0.0)

    @property
    def is_clinician(self) -> bool:
        return any(
            m.person.is_doctor or any(one.credential.tier in _CLINICIANS for one in m.person.letters)
            for m in self.mentions
        )

    @property
    def is_prescriber(self) -> bool:
        return any(
            m.person.is_doctor or any(one.credential.tier in ("T1", "T2") for one in m.person.letters)
            for m in self.mentions
        )

    @property
    def is_trainer(self) -> bool:
        """Certified for training, and nothing more."""
        return not self.is_clinician and any(one.credential.trainer for m in self.mentions for one in m.person.letters)

    @property
    def is_full(self) -> bool:
        return any(m.is_full for m in self.mentions)

    @property
    def name(self) -> str:
        """The surest mention's name, of equal ones the fullest; as "given family" where it is so printed anywhere."""

        def rank(mention: Mention) -> tuple[float, bool, int, int]:
            return (mention.sure, "," not in mention.person.name, len(mention.person.name.split()), -mention.start)

        def is_full(name: str) -> tuple[bool, int]:
            return ("," not in name, len(name.split()))

        names = [m.person.name for m in self.mentions if m.is_full] or [m.person.name for m in self.mentions]
        led = max((m for m in self.mentions if m.person.name in names), key=rank).person.name
        fullest = max(names, key=lambda name: (is_full(name), len(name)))
        written_out = [name for name in names if not _has_initial(name)]
        if _has_initial(led) and written_out:  # "T. Roe" and "Roe, Thomas"
            return max(written_out, key=lambda name: (is_full(name), len(name)))
        better = "," in led and "," not in fullest
        longer = len(fullest.split()) > len(led.split())
        return fullest if better or (longer and ("," in led) >= ("," in fullest)) else led


def _has_initial(name: str) -> bool:
    """Whether the given name is but an initial, or the family name."""
    return _SHORTENED.match(name) is not None


_SHORTENED = re.compile(r"[A-Z]\.? (?!.*,)|[^,]+ [A-Z]\.?$|[^,]+, ?[A-Z]\.?(?: [A-Z]\.?)?$")


def persons(text: AnnotatedText) -> tuple[Known, ...]:
    """Everybody who is named, in the order of their first mention."""
    return text.once("persons", lambda: tuple(_persons(text)))


_NICKNAME = re.compile(r"[ ][\"“‘(](?P<nick>[^\W\d_]+)[\"”’)][ ]")


@lru_cache(maxsize=8192)
def same_person(one: str, other: str) -> bool:
    """Whether two printed names can be one person's: same family name, given names or initials that agree.

    A letter misread, a nickname that begins like the name, and a second family name more or less do not part them.
    """
    (given, family), (given_too, family_too) = _parts(_NICKNAME.sub(" ", one)), _parts(_NICKNAME.sub(" ", other))
    if not _same_family(family, family_too):
        return _family_shortened(one, other)
    called = {match["nick"].lower() for name in (one, other) for match in _NICKNAME.finditer(name)}
    if called & {*given[:1], *given_too[:1]}:
        return True
    return all(_same_given(a, b) for a, b in zip(given, given_too, strict=False))


def _family_shortened(one: str, other: str) -> bool:
    """Whether a family name is but its initial: "Orla N." and "Orla Naidoo"."""
    (given, family), (given_too, family_too) = _parts(one), _parts(other)
    short, long = sorted((family, family_too), key=len)
    told = bool(given) and given[:1] == given_too[:1] and len(given[0]) > 1
    return told and len(short) == 1 < len(long) and long.startswith(short)


def _same_family(one: str, other: str) -> bool:
    if _alike(one, other):
        return True
    parts, parts_too = set(one.split("-")), set(other.split("-"))
    return len(parts) != len(parts_too) and bool(parts & parts_too)


def _same_given(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return (long.startswith(short) and len(short) != 2) or _alike(one, other)


def _alike(one: str, other: str) -> bool:
    return one == other or (
        min(len(one), len(other)) >= _FEW_LETTERS
        and one[0] == other[0]
        and Levenshtein.distance(one, other, score_cutoff=1) <= 1
        and {one[-1], other[-1]} != {"a", "o"}
        and one[:-1] != other
        and other[:-1] != one
    )


@lru_cache(maxsize=4096)
def _parts(printed: str) -> tuple[list[str], str]:
    name = re.sub(r",?\s+(?:jr|sr|ii|iii|iv)\b\.?", "", printed.lower())
    family, comma, rest = name.partition(",")
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", f"{rest} {family}" if comma else name)
    words = [
        w.replace("’", "'")
        for w in words
        if w not in {"de", "la", "van", "der", "den", "von", "del", "bin", "al", "st"}
    ]
    return words[:-1], words[-1] if words else ""


def _persons(text: AnnotatedText) -> Iterator[Known]:
    found = [mention for mention in mentions(text) if not of_another_message(text, mention.start)]
    signed = list(_signed(text, found))
    found += [one.mention for one in signed if not any(one.mention is m for m in found)]
    groups: list[list[Mention]] = []
    same = any(role in ("patient", "participant") for role, _ in same_as(text))
    for mention in sorted(found, key=lambda m: (not m.is_full, m.start)):
        if not mention.is_full:
            fitting = [g for g in groups if any(_fits(mention, m) for m in g)]
            if len(fitting) == 1:
                fitting[0].append(mention)
            elif not fitting:
                groups.append([mention])
            continue
        group = next((g for g in groups if any(_joins(mention, m, same=same) for m in g)), None)
        if group is None:
            groups.append([mention])
        else:
            group.append(mention)
    written_to = addressed(text, found)
    for group in sorted(groups, key=lambda g: min(m.start for m in g)):
        group.sort(key=lambda m: m.start)
        told = [one for mention in group if mention.start not in written_to for one in _told(mention)]
        told += [Told(mention, "other", _ADDRESSED) for mention in group if mention.start in written_to]
        told += [one for one in signed if any(one.mention is m for m in group) and one.mention.start not in written_to]
        yield Known(tuple(group), tuple(told))


def _joins(one: Mention, other: Mention, *, same: bool) -> bool:
    """One person's, unless labels say that they are two. `same`: the form says that patient and participant are one."""
    if not same_person(one.person.name, other.person.name):
        return False
    if one.person.name == other.person.name or {one.label, other.label} != {"patient", "participant"}:
        return True
    if _family_shortened(one.person.name, other.person.name):
        return True
    return same and _has_initial(one.person.name) != _has_initial(other.person.name)


def _fits(lone: Mention, other: Mention) -> bool:
    """A family name behind a title, or a given name at a label, fits a full name."""
    if not other.is_full:
        return lone.person.name.lower() == other.person.name.lower()
    given, family = _parts(other.person.name)
    name = lone.person.name.lower()
    doctor = lone.person.title.lower().startswith("dr")
    if doctor and not other.person.letters and not other.person.is_doctor and other.label not in ("provider", "signer"):
        return False
    title = lone.person.title.lower().strip(". ")
    if title in COURTESIES and other.person.is_doctor:
        return False
    called = lone.label is not None or _DEAR.search(lone.lead) is not None
    return _alike(name, family) or family.startswith(name + "-") or (called and name in given[:1])


def _told(mention: Mention) -> Iterator[Told]:
    person = mention.person
    told = list(cues(mention.lead, mention.after))
    account = (
        mention.label == "patient" and _ABOUT.fullmatch(mention.words) and any(c.role == "participant" for c in told)
    )
    if mention.label in ("patient", "participant") and (same := _SAME.match(mention.after)) is not None:
        yield Told(mention, "participant" if same["patient"] is None else "patient", 0.85 * mention.sure)
    if mention.label is not None and mention.label != "name" and not account:
        role: Role = "provider" if _is_care_coach(mention) or _is_therapist(mention) else mention.label
        yield Told(mention, role, _LABELLED[role] * mention.sure)
        if mention.both:
            yield Told(mention, "participant", 0.85 * mention.sure)
        if mention.label == "signer":
            yield Told(mention, "provider", 0.6 * mention.sure)
    tiers = {one.credential.tier for one in person.letters}
    doctor = person.is_doctor or bool(tiers & {"T1", "T2"})
    if person.title.lower().startswith("coach"):
        yield Told(mention, "trainer", 0.88)
    for cue in told:
        if doctor and cue.role in ("patient", "participant", "trainer"):
            continue
        if cue.role == "patient" and mention.label is not None and _is_therapist(mention):
            continue
        if cue.role == "supervisor" and not doctor and "T3" not in tiers:
            continue
        yield Told(mention, cue.role, cue.weight * (1.0 if mention.is_full else 0.6))
    if doctor or "T3" in tiers:
        yield Told(mention, "provider", 0.3)
    yield from _training(mention, tiers, doctor=doctor)
    if not mention.is_full and not doctor and person.title:
        yield Told(mention, "patient", 0.15)
    if mention.label is None and person.title and mention.is_full and not doctor:
        yield Told(mention, "patient", 0.3)


def _training(mention: Mention, tiers: Collection[str | None], *, doctor: bool) -> Iterator[Told]:
    if "T1" not in tiers and mention.person.letters and _GIVEN_BY.search(mention.lead):
        yield Told(mention, "trainer", _GIVES)
    if any(one.credential.trainer for one in mention.person.letters) and not (doctor or "T3" in tiers):
        yield Told(mention, "trainer", 0.85)


_GIVES = 0.7
_GIVEN_BY = re.compile(
    r"(?<!was )(?<!were )(?<!been )(?<!had )\b(?:given|provided|performed|delivered|administered|rendered|taught|"
    r"led) by\s*$",
    _I,
)
"""Before who will give what is prescribed, whatever their profession."""
_CARE = re.compile(r"(?:care|health|recovery|wellness) coach\W*", _I)
"""What apps call who treats, where it is a clinician, and who trains, where it is not."""


def _is_care_coach(mention: Mention) -> bool:
    treats = mention.person.is_doctor or any(one.credential.tier in _CLINICIANS for one in mention.person.letters)
    return mention.label == "trainer" and treats and _CARE.match(mention.words) is not None


_THERAPIST = re.compile(r"p\.?t\.?\W*", _I)


def _is_therapist(mention: Mention) -> bool:
    """ "PT: Ana Roe, PT, DPT" names the physical therapist, not a patient."""
    treats = any(one.credential.tier in _CLINICIANS for one in mention.person.letters)
    return mention.label == "patient" and treats and _THERAPIST.fullmatch(mention.words) is not None


_SAME = re.compile(
    r"[\s,(–—-]*(?:the )?(?:same(?: person)? as|also|and also|who is also|is also)\s+(?:the )?"
    r"(?:(?P<patient>patient|claimant|dependent)|participant|employee|member|subscriber|account ?holder|policy ?holder|"
    r"insured)\b",
    _I,
)
"""Behind a name at a label: that it is the other's too."""
_ABOUT = re.compile(r"(?:re|regarding|concerning|subject|subj|in re|about)\W*", _I)


def _signed(text: AnnotatedText, found: Iterable[Mention]) -> Iterator[Told]:
    """Whom the place of a signature names."""
    known = list(found)
    blocks = [
        block for block in signature_blocks(text)
        if block.of == "provider" and block.person is not None and not _OWNS.match(text.flat, block.person.end)
    ]  # fmt: skip
    for block in blocks:
        if block.person is not None:
            yield from (Told(_at(known, one), "signer", 0.8) for one in _beside(text, block.person))
            mention = _at(known, block.person)
            yield Told(mention, "signer", block.strength)
            of_staff = _SIGNS_FOR.match(text.flat, mention.end) is not None and not mention.person.letters
            # on bills without letters it is a shop's
            if not of_staff and (not is_bill(text) or mention.person.letters or mention.person.is_doctor):
                yield Told(mention, "provider", 0.92 * block.strength)
    if text.kind[0] == "superbill":  # box 31 of a claim form: the signature of who rendered the services
        yield from (Told(m, "signer", 0.8) for m in known if _BOX_31.fullmatch(m.lead) and m.person.best is not None)
    if not blocks and (dated := _dated_at_the_end(text, known)) is not None:
        yield Told(dated, "signer", 0.75)
    last = name_at_the_end(text)
    done = _who_completed(known) if not blocks else None
    if done is not None and (last is None or same_person(last.name, done.person.name)):
        yield Told(done, "signer", 0.75)
    if last is not None and is_bill(text) and not _DATED.search(text.text[last.end : _line_end(text, last)]):
        return  # who served is named last on many a receipt
    if last is not None and not any(block.person and block.person.start == last.start for block in blocks):
        if blocks and not last.letters:
            return
        mention = _at(known, last)
        if mention.label in (None, "signer", "name"):
            yield Told(mention, "signer", 0.75)
            yield Told(mention, "provider", 0.75)


_SIGNS_FOR = re.compile(
    r"[\s,(–—-]*(?:(?:\w+ ){0,2}(?:manager|assistant|coordinator|secretary|receptionist|administrator|scribe|"
    r"biller|staff)"
    r"\b[\s,)–—-]*(?:for|on behalf of|o/?b/?o)?|(?:for|on behalf of|o/?b/?o|per|by proxy for) (?:dr|doctor|the)\b)",
    _I,
)
"""Behind who signs: that they do so for the provider."""
_OWNS = re.compile(r"['’]s?\s+[a-z]")  # "under Ana Roe's plan": nobody signs so
_DATED = re.compile(rf"\d{{1,4}}[ /.-]\w{{1,9}}[ /.,-]{{1,2}}\d{{1,4}}|\b{MONTH_BEGUN}\s+\d{{1,2}}\W+\d{{2,4}}", _I)
_BOX_31 = re.compile(r"\s*31[.)]?\s+")
LAST_LINES = 5  # lines at a form's end in which a name beside a date is a signature


def _line_end(text: AnnotatedText, person: Person) -> int:
    return text.lines[text.line_index(person.start)].end


def _beside(text: AnnotatedText, person: Person) -> Iterator[Person]:
    """Who else is named, with letters, in cells right of the one who signs: two sign side by side."""
    for cell in text.lines[text.line_index(person.start)].cells:
        other = person_at(text, cell.start, cell.end) if cell.start > person.end else None
        if other is not None and other.best is not None and other.best.credential.tier:
            yield other


def _dated_at_the_end(text: AnnotatedText, known: list[Mention]) -> Mention | None:
    """ "Physician: Jane Roe, MD    Date: 3/3/2026" as a form's last entry is where the physician signs."""
    end = text.lines[-LAST_LINES:][0].start if text.lines else 0
    return next((m for m in known if m.label == "provider" and m.start >= end and m.is_full and _dated(text, m)), None)


_COMPLETED = re.compile(r"\b(?:complet(?:ed|ing)|filled (?:out|in))\b", _I)

_COMPLETED_BY = re.compile(rf"{_COMPLETED.pattern} by\s*$", _I)


def _who_completed(known: list[Mention]) -> Mention | None:
    """ "Completed by: Jane Roe, DO": whoever may sign and has filled in a form that nobody else signs."""
    return next(
        (m for m in known if m.is_full and (_COMPLETED.search(m.words) or _COMPLETED_BY.search(m.lead))
         and any(one.credential.tier in ("T1", "T2") for one in m.person.letters)), None
    )  # fmt: skip


def _dated(text: AnnotatedText, mention: Mention) -> bool:
    line = text.lines[text.line_index(mention.start)]
    last = max([mention.end, *(one.end for one in mention.person.letters)])
    if re.match(r"\W*date(?: signed)?\W*\d", text.text[last : line.end], _I) is not None:
        return True
    for below in text.lines[text.line_index(line.start) + 1 :]:
        entry = ENTRY.match(text.text, below.start, below.end)
        if entry is None or entry["date"]:
            return entry is not None
    return False


ENTRY = re.compile(
    r"\W*(?:(?:(?:office|practice|state|provider)[ ])?(?:licen[sc]e|lic|npi|phone|tel|fax|credentials?|title|specialty|"
    r"dea|address|practice|clinic)\b[^:\n]{0,14}:|(?P<date>date(?: signed)?\s*:\W*\w*\d))",
    _I,
)
"""A line of what a form asks of the provider who signs at its foot."""


def _at(known: list[Mention], person: Person) -> Mention:
    for mention in known:
        if mention.start < person.end and person.start < mention.end:
            return mention
    one = Mention(person, None, 0.0, "", "")
    known.append(one)
    return one


def patients(text: AnnotatedText) -> tuple[Known, ...]:
    """Who is treated; more than one only where labels name several."""
    return tuple(one for one in _patients(text) if _is_somebody(text, one))


def _is_somebody(text: AnnotatedText, one: Known) -> bool:
    """Whether what stands on a bill where a name might is one by its meaning: "Booking Complete" is none."""
    if (
        text.kind[0] in _BY_CLINICIANS
        or not one.is_full
        or any(m.person.letters or m.person.title for m in one.mentions)
    ):
        return True
    told = of_lines([one.name, one.name.title()])
    surest = max((chances.get("person", 1.0) for chances in told), default=1.0)
    return surest >= _UNLIKELY or any(max(chances.values()) < _ELSE for chances in told)


_UNLIKELY = 0.15  # of 1,317 names of people in open documents one in a hundred seems less likely to be one
_ELSE = 0.5
_BY_CLINICIANS = frozenset(("lmn", "prescription", "referral", "recommendation"))


def _patients(text: AnnotatedText) -> tuple[Known, ...]:
    everybody = persons(text)
    labelled = [one for one in everybody if one.labelled("patient") > 0.6 and not one.is_trainer]
    if labelled:
        best = max(one.labelled("patient") for one in labelled)
        sure = [one for one in labelled if one.labelled("patient") >= min(best, 0.95)]
        return tuple(sure)
    fitting = [(one.score("patient"), one) for one in everybody if _may_be_patient(one)]
    titled = [pair for pair in fitting if pair[0] >= _TITLED]
    fitting = [pair for pair in fitting if pair[0] >= ENOUGH or (not pair[1].is_full and pair[0] >= 0.2)]
    full = [pair for pair in fitting if pair[1].is_full] or (titled if len(titled) == 1 else fitting)
    if full:
        return (max(full, key=lambda pair: pair[0])[1],)
    return tuple(_else_patient(text, everybody))


def _else_patient(text: AnnotatedText, everybody: tuple[Known, ...]) -> Iterator[Known]:
    """Who else must be the patient: the only one at a mere "Name", who writes of an illness of their own, or to whom
    is written what "you have"."""
    if is_bill(text):
        return
    if writes_for_self(text):
        signing = [b.person.start for b in signature_blocks(text) if b.person is not None]
        yield from [one for one in everybody if any(m.start in signing for m in one.mentions)][:1]
        return
    named = [
        one for one in everybody
        if one.is_full and not one.is_clinician and one.score("signer") < ENOUGH and one.score("provider") < ENOUGH
        and any(m.label == "name" for m in one.mentions)
    ]  # fmt: skip
    if not named and _TO_YOU.search(text.flat):
        named = [
            one for one in everybody
            if not one.is_clinician and one.score("signer") < ENOUGH
            and any(_DEAR.search(m.lead) for m in one.mentions)
        ]  # fmt: skip
    if not named:
        named = [
            one for one in everybody
            if one.is_full and not one.told and any(_heads_the_patients_lines(text, m) for m in one.mentions)
        ]  # fmt: skip
    if (
        not named
        and len(text.lines) <= _SHORT_PAPER
        and (illnesses_in(text) or next(text.find(_CODE), None) is not None)
    ):
        named = [one for one in everybody if one.is_full and _is_written_about(text, one)]
        named = [one for one in named if not one.name.isupper()] or named if len(named) > 1 else named
    yield from named if len(named) == 1 else ()


_CODE = re.compile(r"\b[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}\b")


def _is_written_about(text: AnnotatedText, one: Known) -> bool:
    """Whether somebody of no other role opens a line of a paper about an illness, or is written to and written about:
    "Lou Carr - M06.9", "Rex Boone cannot tolerate ..."."""
    if one.is_clinician or one.is_trainer or max(one.score(role) for role in ("signer", "provider", "trainer")) > 0.5:
        return False
    if one.score("participant") >= ENOUGH or "," in one.name or _NOBODY.search(one.name):
        return False
    if any(_SENT_TO.fullmatch(m.words) for m in one.mentions):
        return one.score("patient") >= ENOUGH or _TO_YOU.search(text.flat) is not None
    return one.score("other") < ENOUGH and any(
        m.label is None and m.start == text.lines[text.line_index(m.start)].start and _IS_TOLD_OF.match(m.after)
        for m in one.mentions
    )  # fmt: skip


_SHORT_PAPER = 14  # lines
_NOBODY = re.compile(
    r"(?:ology|iatry|iatrics|therapy|pa?edics|medicine|surgery|program|clinic|care|health|wellness|midwifery|"
    r"chiropractic|acupuncture|dental|massage|counseling|group|partners|specialists|hospital|message|note)s?\b",
    _I,
)
"""Of a practice's name or a heading, in no person's."""
_IS_TOLD_OF = re.compile(r"\s*[:–—(/|-]|\s+\d|['’]s [a-z]|,?\s+[a-z]|[,;]\s+[A-Z]\d\d|[,;]\s+\d")
_LINES_OF_A_PATIENT = re.compile(
    r"\W*(?:d\.?o\.?b\b|born\b|birth|age\b|sex\b|mrn\b|chart\b|collected\b|drawn\b|specimen\b|seen\b|dos\b|"
    r"date of (?:birth|service|visit)|admitted\b|\d{1,3} ?(?:y/?o|yrs?|years)\b)",
    _I,
)


def _heads_the_patients_lines(text: AnnotatedText, mention: Mention) -> bool:
    """Whether a name fills its line, and the next says when its bearer was born, was seen or gave a specimen."""
    index = text.line_index(mention.start)
    line = text.lines[index]
    below = text.lines[index + 1] if index + 1 < len(text.lines) else None
    alone = not text.text[line.start : mention.start].strip() and not text.text[mention.end : line.end].strip()
    return alone and below is not None and _LINES_OF_A_PATIENT.match(text.text, below.start, below.end) is not None


_TO_YOU = re.compile(
    r"\b(?:you (?:have|suffer|are (?:now )?(?:being )?treated|were (?:seen|diagnosed))|"
    r"(?:saw|examined|evaluated|treat|treating|see) you|"
    r"your (?:own |chronic |severe |ongoing )?(?:diagnos[ie]s|condition|symptoms|pain|illness|hsa|fsa|hra|visit|"
    r"appointment|treatment|flex|scan|labs?|results|asthma|migraines?|back|knees?|\w+(?:itis|osis|emia|pathy|algia)))\b",
    _I,
)
_DEAR = re.compile(r"\b(?:dear|hi|hello|hey|good (?:morning|afternoon|evening|day))\s*$", _I)


def _may_be_patient(one: Known) -> bool:
    if one.is_clinician or one.is_trainer or one.score("signer") > 0.5 or one.score("trainer") > one.score("patient"):
        return False
    if one.score("other") >= ENOUGH and one.score("patient") < _IN_SPITE:
        return False
    return one.score("participant") <= one.score("patient")


def participants(text: AnnotatedText) -> tuple[Known, ...]:
    """Who holds the account."""
    return tuple(one for one in _participants(text) if _is_somebody(text, one))


def _participants(text: AnnotatedText) -> tuple[Known, ...]:
    found = tuple(
        one for one in persons(text)
        if one.score("participant") >= ENOUGH and (one.labelled("participant") or not one.is_prescriber)
    )  # fmt: skip
    if not found and text.kind[0] == "eob":  # a plan writes to who is insured
        found = tuple(one for one in persons(text) if one.is_full and any(_DEAR.search(m.lead) for m in one.mentions))
        return found if len(found) == 1 else ()
    if not found and (told := told_to_pay(text)) is not None:
        return (told,)
    if is_bill(text) and len(found) > 1:  # a club's member is whom it serves, where another has the account
        found = tuple(one for one in found if not any(_MEMBER.fullmatch(m.words) for m in one.mentions))
    return found


_YOU_PAY = re.compile(
    r"\byou(?: are|['’]re| were| have been)(?: (?:listed|named|registered|shown|set up|on file|down|recorded|"
    r"still|also))* (?:as )?(?:the (?:one|person|party|parent|adult|guardian|family member) (?:who (?:is )?)?"
    r"(?:paying|pays|"
    r"responsible|financially)|(?:the )?(?:\w+ )?(?:guarantor|payer|payor|subscriber|policy ?holder|account ?holder|"
    r"account owner|responsible party))",
    _I,
)


def told_to_pay(text: AnnotatedText) -> Known | None:
    """The one to whom a paper is sent that says "you are listed as the person paying"."""
    if _YOU_PAY.search(text.flat) is None:
        return None
    sent = [
        one for one in persons(text)
        if one.is_full and not one.is_clinician
        and any(_DEAR.search(m.lead) or _SENT_TO.fullmatch(m.words) for m in one.mentions)
    ]  # fmt: skip
    return sent[0] if len(sent) == 1 else None


_SENT_TO = re.compile(r"(?:to|sent to|bill(?:ed)? to|attn|attention)\W*", _I)
_MEMBER = re.compile(r"(?:member|participant)(?:['’]?s)?(?: name)?\W*", _I)


def writes_for_self(text: AnnotatedText) -> bool:
    """Whether a letter is the patient's own: it is they who sign it, and nobody signs for a provider."""
    signing = [block.person for block in signature_blocks(text) if block.label is None and block.person is not None]
    own = _OF_MINE.search(text.flat) is not None
    return bool(signing) and all(
        not person.letters and not person.is_doctor
        and (own or any(one.labelled("patient") and same_person(one.name, person.name) for one in persons(text)))
        for person in signing
    )  # fmt: skip


_OF_MINE = re.compile(
    r"\bmy (?:own )?(?:doctor|physician|provider|oncologist|\w+ologist|surgeon|therapist|claim|policy|employer|"
    r"(?:health )?(?:insurance|plan)|(?:fsa|hsa|hra)\b|diagnosis|illness|condition|symptoms)\b",
    _I,
)


def signers(text: AnnotatedText) -> tuple[Known, ...]:
    """Who signs for the provider."""
    if writes_for_self(text):
        return ()
    signing = [one for one in persons(text) if one.score("signer") >= ENOUGH]
    found = tuple(one for one in signing if _may_sign(one))
    if not found and is_bill(text):  # a contract, a card slip: whom it serves signs it
        return tuple(one for one in signing if one.labelled("signer") > _SAID_TO_SIGN)
    return found


_SAID_TO_SIGN = 0.8


def _may_sign(one: Known) -> bool:
    return one.is_clinician or not (one.labelled("patient") or one.labelled("participant"))


def providers(text: AnnotatedText) -> tuple[Known, ...]:
    """Who prescribes or treats: who is so called or signs, else the first named with letters that let them treat."""
    everybody = [one for one in persons(text) if not one.is_trainer]
    if writes_for_self(text):
        everybody = [one for one in everybody if one.is_clinician or one.labelled("provider")]
    sure = [
        one for one in everybody
        if one.score("provider") >= ENOUGH and one.score("provider") > _not_provider(text, one) and _may_sign(one)
    ]  # fmt: skip
    if sure:
        return tuple(sure)
    trained = {id(one) for one in trainers(text)} | {id(one) for one in supervisors(text)}
    likely = [
        one for one in everybody
        if one.is_clinician and one.is_full and id(one) not in trained
        and (_not_provider(text, one) < ENOUGH or any(_PREPARED.match(m.words) for m in one.mentions))
        and any(one_.person.letters for one_ in one.mentions)
    ]  # fmt: skip
    return tuple(likely[:1])


_PREPARED = re.compile(r"(?:prepar|complet|filled|typed|entered)\w*", _I)
"""Words for any writer: of a form where no other clinician is named it is the provider who has filled it in."""


def _not_provider(text: AnnotatedText, one: Known) -> float:
    trainer = 0.0 if one.is_prescriber or _bills_care(text, one) else one.score("trainer")
    return max(one.score("other") if one.score("signer") < 0.5 else 0.0, trainer if one.score("signer") < 0.5 else 0.0)


def trainers(text: AnnotatedText) -> tuple[Known, ...]:
    """Who gives the sessions."""
    return tuple(
        one for one in persons(text)
        if one.score("trainer") >= ENOUGH and not _bills_care(text, one)
        and (one.labelled("trainer") > 0.6 or not one.is_prescriber or _gives_for_another(text, one))
        and (one.score("signer") < 0.7 or one.labelled("trainer") > 0.6) and not one.labelled("patient")
    )  # fmt: skip


def _gives_for_another(text: AnnotatedText, one: Known) -> bool:
    """Whether somebody gives what another signs for: "chiropractic care, given by Ana Roe, DC"."""
    given = any(told.role == "trainer" and told.weight == _GIVES for told in one.told)
    return given and any(other.score("signer") >= ENOUGH for other in persons(text) if other is not one)


def _bills_care(text: AnnotatedText, one: Known) -> bool:
    """Whether a bill names somebody who treats: "three visits with Jane Roe, PT" are care, not training."""
    return is_bill(text) and one.is_clinician and not one.labelled("trainer")


def supervisors(text: AnnotatedText) -> tuple[Known, ...]:
    """Who supervises a trainer or a programme."""
    return tuple(one for one in persons(text) if one.score("supervisor") >= ENOUGH)
