"""Who is who: patient, participant, provider, signer, trainer, supervisor, employer.

A name has the role that its label, its place on the letter or the words beside it give. The same name may hold several:
who signs a letter is its provider unless the letter names another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from docscan.document import Extraction
from docscan.extraction.paper.signature import SignatureBlock, name_at_the_end, signature_blocks
from docscan.extraction.text.annotated import Span
from docscan.extraction.text.names import NAME, TITLE, Letters, Person, letters_at, people_in, person_at

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "people"
_FORM_OF_NAME = (
    r"(?:\s*\((?:print(?:ed)?|please print|type or print|first,? (?:middle,? )?last|"
    r"last,? first[\w, ]*|full|if [\w ]+)\))?"
)

_PATIENT = re.compile(
    rf"\b(?:(?:patient|client|claimant|dependent|child)(?:'s|’s)?\s+(?:full\s+|legal\s+|printed\s+)*name|"
    rf"patient\s*/\s*client(?: name)?|"
    rf"(?:person|individual|family member) (?:receiving|requiring|needing|being treated)[\w ]{{0,20}}|"
    rf"name\s+of\s+(?:the\s+)?(?:patient|person\s+(?:receiving|requiring|needing|for whom)[\w ]*|individual[\w ]*|"
    rf"dependent|child|client)|"
    rf"patient|pt\.? name|pt(?=\s*:)|client(?=\s*:)){_FORM_OF_NAME}(?=\s*[:#_\t\n(]|\s*$|\s+[A-Z])",
    _I | re.MULTILINE,
)
_ABOUT = re.compile(r"(?m)(?:^|(?<=[\t\n\f]))(?:re|regarding|in re|subject|ref|in reference to)\s*:", _I)
_PARTICIPANT = re.compile(
    rf"\b(?:name\s+of\s+(?:plan\s+)?(?:participant|employee|account\s?holder|member|subscriber)|"
    rf"(?:plan\s+)?(?:participant|employee|"
    rf"account\s?(?:holder|owner)|member|subscriber|insured|policy\s?holder|accountholder)(?:\s*/\s*(?:participant|"
    rf"employee|member|"
    rf"account holder))?(?:'s|’s)?(?:\s+(?:full\s+|legal\s+)?name)?){_FORM_OF_NAME}(?=\s*[:_\t\n(]|\s*$|"
    rf"\s+[A-Z][a-z])",
    _I | re.MULTILINE,
)
_EMPLOYER = re.compile(
    r"\b(?:(?:name\s+of\s+)?(?:employer|company|plan sponsor|employer\s*/\s*(?:group|company))(?:'s|"
    r"’s)?(?:\s+name)?|group name)(?=\s*[:_\t\n(]|\s*$)",
    _I | re.MULTILINE,
)
_PROVIDER = re.compile(
    rf"\b(?:(?:printed\s+|full\s+)?name\s+(?:and\s+(?:title|credentials)\s+)?of\s+(?:the\s+)?(?:(?:licensed|"
    rf"medical|treating|attending|health\s?-?care|"
    rf"prescribing|certifying)\s+)*(?:provider|physician|practitioner|professional|doctor|clinician|prescriber)|"
    rf"(?:(?:licensed|medical|treating|attending|health\s?-?care|prescribing|certifying|ordering|rendering|"
    rf"recommending|requesting)\s+)*"
    rf"(?:provider|physician|practitioner|doctor|clinician|prescriber|physician\s*/\s*provider|"
    rf"provider\s*/\s*physician|doctor\s*/\s*provider|dr)"
    rf"(?:'s|’s)?(?:\s+(?:printed\s+|full\s+)?name)?|"
    rf"provider\s*/\s*practitioner name){_FORM_OF_NAME}(?=\s*[:_\t\n(]|\s*$|\s+(?:Dr\b|[A-Z][a-z]+\s[A-Z]))",
    _I | re.MULTILINE,
)
_NOT_THE_PROVIDER = re.compile(
    r"(?:referring|primary care|pcp|cc|consulting|other|previous|former|family|specialist|supervising|"
    r"collaborating|insurance|"
    r"referred (?:to|by)|copy to)\W*$",
    _I,
)
_PRINTED = re.compile(
    rf"\b(?:print(?:ed)?(?:\s*/\s*typed?)?\s+name|name\s*\((?:print(?:ed)?|please print|type or print)\)|"
    rf"name printed|typed(?: or printed)? name|"
    rf"name\s+(?:and|&)\s+(?:title|credentials)|name,?\s+credentials|please print name|"
    rf"print name)(?:\s+of\s+(?:the\s+)?[\w/ ]{{3,40}}?)?{_FORM_OF_NAME}(?=\s*[:_\t\n(]|\s*$)",
    _I | re.MULTILINE,
)
_BARE_NAME = re.compile(r"\b(?:full\s+|legal\s+)?name(?=\s*[:_\t\n]|\s*$)", _I | re.MULTILINE)
_FIRST = re.compile(r"\b(?:patient\s+|participant\s+)?first\s+name\b(?=\s*[:_\t\n]|\s*$)", _I | re.MULTILINE)
_LAST = re.compile(r"\b(?:patient\s+|participant\s+)?last\s+name\b(?=\s*[:_\t\n]|\s*$)", _I | re.MULTILINE)
_TRAINER = re.compile(
    r"\b(?:(?:name of\s+)?(?:(?:certified|personal|fitness|strength|exercise)\s+)*(?:trainer|instructor|coach|"
    r"exercise physiologist|"
    r"exercise specialist)(?:'s|’s)?(?:\s+name)?)(?=\s*[:_\t]|\s*$)",
    _I | re.MULTILINE,
)
_SUPERVISOR = re.compile(
    r"\b(?:supervis(?:ing|ory)\s+(?:physician|provider|clinician|therapist|practitioner|pt)(?:'s|’s)?(?:\s+name)?|"
    r"supervisor(?:'s name)?|"
    r"collaborating physician)(?=\s*[:_\t]|\s*$)",
    _I | re.MULTILINE,
)
_CREDENTIAL_LABEL = re.compile(
    r"\b(?:(?:(?:provider|physician|practitioner|professional)(?:'s|’s)?\s+)?(?:credentials?|degree|designation|"
    r"professional title|title|"
    r"license type|type of license)(?:\s*/\s*(?:title|credentials?|specialty|license))?)(?=\s*[:_\t(]|\s*$)",
    _I | re.MULTILINE,
)
_SPECIALTY_LABEL = re.compile(
    r"\b(?:(?:medical|provider|area of|practice)?\s*specialt(?:y|ies)|qualifications?|(?:type|"
    r"area) of practice)(?=\s*[:_\t(]|\s*$)",
    _I | re.MULTILINE,
)
_SELF = re.compile(r"(?:self|same(?: as (?:above|participant|employee|member))?|same as account holder)\b\.?", _I)

_TITLED = re.compile(rf"(?<![\w.])(?P<title>Mr|Mrs|Ms|Miss|Mx)\b\.?[ ]+(?P<name>{NAME}|[A-Z][a-zà-ÿ'’-]+)")
_PROSE_PATIENT = (
    (re.compile(
        rf"\b(?:my|our|this|the|above|"
        rf"a)\s+(?:[\w-]+\s+){{0,2}}?patient,?\s+(?:of "
        rf"mine,?\s+)?(?:named\s+)?(?:{TITLE}\s+)?(?P<name>{NAME})"), 0.92),
    (re.compile(
        rf"(?P<name>{NAME})(?:\s*\([^)]{{0,40}}\))?,?\s+(?:is|was|has been)\s+(?:an?\s+)?(?:\d{{1,3}}[- ]y|patient|"
        rf"my patient|under (?:my|our) (?:care|"
                rf"treatment)|being treated|an? established)"), 0.92),
    (re.compile(rf"(?P<name>{NAME})\s*,?\s*\(?\s*(?i:dob|d\.o\.b\.|date of birth|born|b\.\s?\d)"), 0.93),
    (re.compile(
        rf"\b(?:on behalf of|treating|evaluated|examined|have seen|medical necessity (?:letter )?for|"
        rf"recommendation for|certify that|"
                rf"confirm that|state that|verify that|writing (?:this letter )?(?:for|about|regarding|concerning)|"
                rf"support of|letter for|care of|"
                rf"request for|behalf of my patient)\s+(?:my patient,?\s+|"
                rf"the patient,?\s+)?(?:{TITLE}\s+)?(?P<name>{NAME})"), 0.85),
    (re.compile(
        rf"(?P<name>{NAME}),?\s+(?:has|suffers|requires|needs|presents|would benefit|will benefit|carries|"
        rf"continues)\b"), 0.75),
)  # fmt: skip
_RELATIVE = re.compile(
    r"\b(?:mother|father|wife|husband|spouse|sister|brother|daughter|son|parent|guardian|caregiver|aunt|uncle|"
    r"assistant|nurse|"
    r"receptionist|coordinator|dr|doctor|cc|attn|attention|by|from)\W{0,3}(?:(?:mr|mrs|ms|miss)\.?\s*)?$",
    _I,
)
_SUPERVISED = re.compile(
    rf"\b(?:supervised|overseen|monitored)\s+by\s+(?:{TITLE}\s+)?(?P<name>{NAME})|"
    rf"\bunder\s+(?:the\s+)?(?:direct\s+|clinical\s+|medical\s+)*(?:supervision|direction|"
    rf"oversight)\s+of\s+(?:{TITLE}\s+)?(?P<other>{NAME})"
)
_TRAINED_BY = re.compile(
    rf"\b(?:trainer|instructor|coach|exercise physiologist|exercise specialist|Trainer|Instructor|"
    rf"Coach),?\s+(?:is\s+)?(?:{TITLE}\s+)?(?P<name>{NAME})"
)
_ORGANISATION = re.compile(
    r"\b(?:clinics?|medical|cent(?:er|re)|associates|health(?:care)?|hospital|group|practice|wellness|physicians?|"
    r"orthop(?:a)?edics?|p\.?l\.?l\.?c|l\.?l\.?c|"
    r"inc|p\.?c|p\.?a|chiropractic|therapy|rehab\w*|institute|university|cardiology|pediatrics|primary care|"
    r"internal medicine|family (?:medicine|practice|"
    r"care|health)|telehealth|endocrinology|dermatology|neurology|rheumatology|urgent care|sports medicine|"
    r"acupuncture|specialists|partners|"
    r"psychiatry|counseling|spine|pain management|integrative|naturopathic|women's health|community)\b",
    _I,
)
_NOT_A_PRACTICE = re.compile(
    r"\btrained|\bfellow|\bboard\b|signed|letter|necessity|medical (?:record|history|condition|information|provider|"
    r"expense|necessity)|form\b|patient|"
    r"diagnos|statement|date|phone|fax|"
    r"^\s*(?:to|re|dear|from|attn)\b|page \d|department$|flexible spending|health (?:savings|reimbursement|"
    r"care provider)|healthcare (?:fsa|flex)|account|"
    r"information|certif|i |dr\.|physician(?:'s)? (?:name|sign|statement|order)|@|www\.|benefits|insurance|"
    r"therapy (?:order|prescription|plan)|"
    r"plan of care|treatment|visit|note\b|summary|administrator|claims|employer|prescription|referral|portal",
    _I,
)
_PRACTICE_LABEL = re.compile(
    r"\b(?:(?:name of\s+)?(?:practice|clinic|facility|office|organization|group practice|medical group|"
    r"practice\s*/\s*(?:facility|clinic)|facility\s*/\s*practice|"
    r"clinic\s*/\s*practice|hospital)(?:\s+name)?)(?=\s*[:_\t]|\s*$)",
    _I | re.MULTILINE,
)
_SPECIALTIES = re.compile(
    r"\b(?:family (?:medicine|practice)|internal medicine|primary care|general practice|cardiology|"
    r"endocrinology(?:,? diabetes(?:,? (?:and|&) metabolism)?)?|"
    r"orthop(?:a)?edic(?:s| surgery| medicine)?|sports medicine|physical medicine (?:and|&) rehabilitation|"
    r"physiatry|rheumatology|neurology|neurosurgery|"
    r"psychiatry|psychology|pain (?:management|medicine)|obstetrics(?: (?:and|&) gynecology)?|ob/?gyn|gynecology|"
    r"pediatrics|geriatrics|geriatric medicine|"
    r"dermatology|pulmonology|pulmonary medicine|gastroenterology|nephrology|urology|oncology|hematology|"
    r"allergy (?:and|&) immunology|bariatric (?:medicine|"
    r"surgery)|obesity medicine|lifestyle medicine|integrative medicine|functional medicine|preventive medicine|"
    r"occupational medicine|emergency medicine|"
    r"cardiologist|endocrinologist|physiatrist|rheumatologist|neurologist|psychiatrist|internist|family physician|"
    r"orthop(?:a)?edic surgeon|pulmonologist|gastroenterologist|dermatologist|pediatrician|geriatrician|allergist|"
    r"obstetrician|gynecologist|podiatrist|chiropractic physician|naturopathic (?:doctor|physician)|psychologist|"
    r"chiropractic(?: medicine)?|naturopathic medicine|podiatry|physical therapy|occupational therapy|"
    r"podiatric medicine|osteopathic medicine|sleep medicine|"
    r"vascular surgery|general surgery|interventional cardiology|optometry|ophthalmology|otolaryngology)\b",
    _I,
)
_ROLE_OF_SECTION = (
    ("provider", re.compile(r"provider|physician|practitioner|clinician|doctor|prescrib|certif|attest|licensed", _I)),
    ("patient", re.compile(r"patient|client", _I)),
    ("participant", re.compile(r"participant|employee|member|subscriber|account", _I)),
)


def people(text: AnnotatedText) -> Iterator[Extraction]:
    """Every person's name with its role, the provider's credential and specialty, the practice and the employer."""
    participants = [*_labelled(text, "participant_name", _PARTICIPANT), *_bare_names(text, "participant")]
    yield from _unified(participants)
    yield from _unified(list(_patients(text, participants)))
    yield from _unified(list(_providers(text)))
    yield from _unified(list(_trainers(text)))
    yield from _unified(list(_supervisors(text)))
    yield from _organisations(text)
    yield from _specialties(text)


def _unified(found: list[Extraction]) -> Iterator[Extraction]:
    """Mentions of one person under one value: "Jane Q. Roe", "ROE, JANE" and "Jane Roe" are the same.

    The value is the surest mention's, of equal ones the fullest; every mention keeps its own evidence.
    """
    people = [e for e in found if e.name.endswith("_name")]
    yield from (e for e in found if not e.name.endswith("_name"))
    while people:
        leader = max(people, key=lambda e: (e.confidence or 0, "," not in str(e.value), len(str(e.value))))
        same = [e for e in people if e.name == leader.name and same_person(str(e.value), str(leader.value))]
        fullest = max(same, key=lambda e: ("," not in str(e.value), len(str(e.value).split()), e.confidence or 0))
        value = fullest.value if len(str(fullest.value).split()) > len(str(leader.value).split()) else leader.value
        if "," in str(value) and "," not in str(fullest.value):
            value = fullest.value
        for mention in same:
            yield replace(mention, value=value, confidence=leader.confidence)
        people = [e for e in people if e not in same]


def same_person(one: str, other: str) -> bool:
    """Whether two printed names can be one person's: same family name, given names or initials that agree."""
    (given, family), (given_too, family_too) = _parts(one), _parts(other)
    if family != family_too:
        return False
    return all(a == b or (a[0] == b[0] and 1 in (len(a), len(b))) for a, b in zip(given, given_too, strict=False))


def _parts(printed: str) -> tuple[list[str], str]:
    name = re.sub(r",?\s+(?:jr|sr|ii|iii|iv)\.?$", "", printed.lower())
    family, comma, rest = name.partition(",")
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", f"{rest} {family}" if comma else name)
    return words[:-1], words[-1] if words else ""


def _made(text: AnnotatedText, name: str, person: Person, strength: float) -> Extraction:
    return text.extraction(name, person.name, person.start, person.end, found_by=_FOUND_BY, strength=strength)


def _labelled(text: AnnotatedText, name: str, label: re.Pattern[str], strength: float = 0.95) -> Iterator[Extraction]:
    for _, person, sure in _people_at(text, label):
        yield _made(text, name, person, strength * sure)


def _people_at(
    text: AnnotatedText, label: re.Pattern[str], *, above: bool = False
) -> Iterator[tuple[Span, Person, float]]:
    """Labels and the people whose names stand in their places."""
    for item in text.labelled(label, bare=True, above=above):
        if item.value is None or text.box_state(item.label.start) is not None:
            continue
        sure = 1.0 if item.sign or item.place != "inline" else 0.8
        bare = not item.sign and item.place == "inline"
        person = person_at(text, item.value.start, item.value.end, tolerant=not bare)
        if person and _could_be_a_name(text, person, bare=bare):
            yield item.label, person, sure * (1.0 if " " in person.name else 0.7)


def _could_be_a_name(text: AnnotatedText, person: Person, *, bare: bool) -> bool:
    rest = text.text[person.end :].split("\n", 1)[0].split("\t", 1)[0]
    if bare and re.match(r"\s+[a-z]", rest) and not person.letters:
        return False  # "Patient Has hypertension": prose
    if not person.name[0].isupper() and re.match(r"\s*[a-z]+\s+[a-z]+", rest):
        return False
    return len(person.name) > 1 and not _SELF.fullmatch(person.name)


# -- patient --------------------------------------------------------------------------------------------------------


def _patients(text: AnnotatedText, participants: list[Extraction]) -> Iterator[Extraction]:
    found = list(_labelled(text, "patient_name", _PATIENT))
    found += _about(text)
    found += _bare_names(text, "patient")
    found += _split_names(text)
    known = " ".join(str(e.value).lower() for e in found)
    prose = list(_in_prose(text))
    found += [e for e in prose if not known or _shares_a_word(str(e.value), known)]
    for item in text.labelled(_PATIENT):
        if item.value and _SELF.match(text.text, item.value.start, item.value.end) and participants:
            one = text.extraction(
                "patient_name",
                participants[0].value,
                item.value.start,
                item.value.end,
                found_by=_FOUND_BY,
                strength=0.85,
            )
            found.append(replace(one, evidence=one.evidence + participants[0].evidence))
    yield from found
    if not found:
        yield from _titled_only(text)


def _shares_a_word(name: str, known: str) -> bool:
    return any(word in known for word in re.findall(r"\w{2,}", name.lower()))


def _about(text: AnnotatedText) -> Iterator[Extraction]:
    """ "Re: Jane Doe, DOB ..." and "Subject: Letter of medical necessity for Jane Doe"."""
    for item in text.labelled(_ABOUT):
        if item.value is None:
            continue
        block = text.block_below(item.value, lines=3)
        first = next(people_in(text, block.start, block.end), None)
        opening = person_at(text, item.value.start, item.value.end, tolerant=True)
        if opening and len(opening.name.split()) > 1 and _all_name(opening.name):
            yield _made(text, "patient_name", opening, 0.93)
        elif first:
            lead = text.text[block.start : first.start]
            if (
                not re.search(r"\b(?:dr|provider|physician|by|employer|plan|from)\b\W*$", lead, _I)
                and not first.is_doctor
            ):
                yield _made(text, "patient_name", first, 0.85)


def _all_name(name: str) -> bool:
    return all(word[0].isupper() for word in re.findall(r"[^\W\d_]{3,}", name))


def _bare_names(text: AnnotatedText, role: str) -> Iterator[Extraction]:
    for label, person, sure in _people_at(text, _BARE_NAME):
        if _role_of_place(text, label.start) == role:
            yield _made(text, f"{role}_name", person, 0.85 * sure)


def _role_of_place(text: AnnotatedText, offset: int) -> str:
    section = text.section_at(offset)
    for role, pattern in _ROLE_OF_SECTION:
        if pattern.search(section):
            return role
    line = text.line_index(offset)
    near = text.text[offset : text.lines[min(line + 2, len(text.lines) - 1)].end]
    return "patient" if re.search(r"\b(?:dob|birth|mrn|age|sex|gender)\b", near, _I) else ""


def _split_names(text: AnnotatedText) -> Iterator[Extraction]:
    firsts, lasts = list(text.labelled(_FIRST)), list(text.labelled(_LAST))
    for first, last in zip(firsts, lasts, strict=False):
        if first.value is None or last.value is None or first.page is not last.page:
            continue
        one, other = (person_at(text, *item.value, tolerant=True) for item in (first, last) if item.value)
        if one is None or other is None:
            continue
        role = (
            "participant"
            if re.search("participant|employee|member", text.section_at(first.label.start), _I)
            else "patient"
        )
        made = text.extraction(
            f"{role}_name", f"{one.name} {other.name}", one.start, one.end, found_by=_FOUND_BY, strength=0.9
        )
        yield replace(made, evidence=made.evidence + text.document.evidence(other.start, other.end, found_by=_FOUND_BY))


def _in_prose(text: AnnotatedText) -> Iterator[Extraction]:
    seen: set[int] = set()
    for pattern, strength in _PROSE_PATIENT:
        for match in text.find(pattern):
            start = match.start("name")
            before = text.text[max(0, start - 30) : start]
            person = person_at(text, start, match.end("name"), title="")
            if person is None or start in seen or _RELATIVE.search(before) or re.search(r"\bDr\.?\s*$", before):
                continue
            after = person_at(text, start, min(len(text.text), match.end("name") + 30))
            if after and after.best and not after.best.credential.trainer and after.best.credential.tier:
                continue  # "Jane Roe, MD, has ..."
            seen.add(start)
            yield _made(text, "patient_name", person, strength)
    for match in text.find(_TITLED):
        start = match.start("name")
        if (
            start in seen
            or " " not in match["name"]
            or _RELATIVE.search(text.text[max(0, match.start() - 25) : match.start()])
        ):
            continue
        person = person_at(text, start, match.end("name"))
        if person:
            seen.add(start)
            yield _made(text, "patient_name", person, 0.75)


def _titled_only(text: AnnotatedText) -> Iterator[Extraction]:
    """A letter that says only "Ms. Vance"."""
    found = [m for m in text.find(_TITLED) if not _RELATIVE.search(text.text[max(0, m.start() - 25) : m.start()])]
    names = Counter(m["name"].split(" ")[0] for m in found)
    for match in found:
        surname = match["name"].split(" ")[0]
        person = person_at(text, match.start("name"), match.end("name"), tolerant=True)
        if person and names.most_common(1)[0][0] == surname and " " not in person.name:
            yield _made(text, "patient_name", person, 0.5)


# -- provider and signer --------------------------------------------------------------------------------------------


def _providers(text: AnnotatedText) -> Iterator[Extraction]:
    found: list[tuple[Person, float]] = []
    for label, person, sure in _people_at(text, _PROVIDER, above=True):
        lead = text.text[max(0, label.start - 30) : label.start].split("\n")[-1]
        if not _NOT_THE_PROVIDER.search(lead):
            found.append((person, 0.95 * sure))
    blocks = signature_blocks(text)
    for label, person, sure in _people_at(text, _PRINTED, above=True):
        if _role_of_place(text, label.start) not in {"patient", "participant"} and not _signs_as_patient(
            text, label.start
        ):
            found.append((person, 0.9 * sure))
            yield _made(text, "signer_name", person, 0.85 * sure)
    signs = [block for block in blocks if block.of == "provider"]
    for block in signs:
        if block.person is not None:
            yield _made(text, "signer_name", block.person, block.strength)
            found.append((block.person, 0.95 * block.strength))
    if not any(block.person for block in signs) and (last := name_at_the_end(text)):
        yield _made(text, "signer_name", last, 0.75)
        if not found:
            found += [(last, 0.75), *((p, 0.72) for p in _with_letters(text) if same_person(p.name, last.name))]
    if not found:
        found = [(person, 0.7) for person in _with_letters(text)][:1]
    bare = [(person, 0.88 * sure) for label, person, sure in _people_at(text, _BARE_NAME, above=True)
            if _role_of_place(text, label.start) == "provider"]  # fmt: skip
    found += bare
    names = {person.name for person, _ in found}
    if signs and len(names) == 1 and not any(block.person for block in signs) and found[0][1] > 0.8:
        yield _made(text, "signer_name", found[0][0], 0.6)  # a form with one provider and one place for them to sign
    for person, strength in found:
        yield _made(text, "provider_name", person, strength)
        if person.best:
            yield _credential(text, person.best, strength)
    yield from _labelled_credentials(text, blocks)


def _signs_as_patient(text: AnnotatedText, offset: int) -> bool:
    line = text.line_index(offset)
    near = text.text[text.lines[max(0, line - 3)].start : text.lines[min(line + 1, len(text.lines) - 1)].end]
    return (
        re.search(
            r"(?:patient|participant|employee|member|account holder)(?:'s|"
            r"’s)?\s+signature",
            near,
            _I,
        )
        is not None
    )


def _credential(text: AnnotatedText, letters: Letters, strength: float) -> Extraction:
    return text.extraction(
        "provider_credential", letters.value, letters.start, letters.end, found_by=_FOUND_BY, strength=strength,
        resolved={"tier": letters.credential.tier, "meaning": letters.credential.meaning},
    )  # fmt: skip


def _with_letters(text: AnnotatedText) -> Iterator[Person]:
    """People named with letters that let them treat, outside of what points to somebody else."""
    for line in text.lines:
        for person in people_in(text, line.start, line.end):
            lead = text.text[line.start : person.start]
            best = person.best
            if best and best.credential.tier in {"T1", "T2", "T3"} and not _NOT_THE_PROVIDER.search(lead):
                yield person


def _labelled_credentials(text: AnnotatedText, blocks: tuple[SignatureBlock, ...]) -> Iterator[Extraction]:
    for item in text.labelled(_CREDENTIAL_LABEL):
        if item.value and _role_of_place(text, item.label.start) not in {"patient", "participant"}:
            found = letters_at(text, item.value.start, min(item.value.end, item.value.start + 60))
            ranked = [one for tier in ("T1", "T2", "T3", "T0") for one in found if one.credential.tier == tier]
            if ranked:
                yield _credential(text, ranked[0], 0.93)
    for block in blocks:
        if block.of == "provider" and block.person and not block.person.best:
            for start, end in block.lines_after:
                letters = letters_at(text, start, end)[:1]
                if letters and letters[0].credential.tier and text.text[start : letters[0].start].strip() == "":
                    yield _credential(text, letters[0], 0.85)
                    break


# -- others ---------------------------------------------------------------------------------------------------------


def _trainers(text: AnnotatedText) -> Iterator[Extraction]:
    yield from _labelled(text, "trainer_name", _TRAINER, 0.93)
    for match in text.find(_TRAINED_BY):
        person = person_at(text, match.start("name"), match.end("name"))
        if person:
            yield _made(text, "trainer_name", person, 0.85)
    for line in text.lines:
        for person in people_in(text, line.start, line.end):
            certified = all(one.credential.trainer or one.credential.tier is None for one in person.letters)
            if certified and any(one.credential.trainer for one in person.letters):
                yield _made(text, "trainer_name", person, 0.85)


def _supervisors(text: AnnotatedText) -> Iterator[Extraction]:
    yield from _labelled(text, "supervisor_name", _SUPERVISOR, 0.93)
    for match in text.find(_SUPERVISED):
        group = "name" if match["name"] else "other"
        person = person_at(text, match.start(group), match.end(group))
        if person:
            yield _made(text, "supervisor_name", person, 0.88)


def _organisations(text: AnnotatedText) -> Iterator[Extraction]:
    for name, label, strength in (("employer_name", _EMPLOYER, 0.93), ("practice_name", _PRACTICE_LABEL, 0.92)):
        for item in text.labelled(label):
            if item.value is None or text.box_state(item.label.start) is not None:
                continue
            printed = text[item.value]
            if (
                re.search(r"[A-Za-z]{2}", printed)
                and len(printed) < 80
                and not re.match(r"(?:n/?a|none|self)\b", printed, _I)
            ):
                yield text.extraction(name, printed, *item.value, found_by=_FOUND_BY, strength=strength)
    yield from _letterhead_practice(text)


def _letterhead_practice(text: AnnotatedText) -> Iterator[Extraction]:
    """The line of a letterhead or signature block that names a practice."""
    if text.kind[0] in {"receipt", "superbill", "eob", "estimate", "card_slip", "statement"} and text.kind[1] >= 0.6:
        return
    places = [(cell.start, cell.end) for line in text.lines[:6] if line.page.number == 1 for cell in line.cells]
    places = [(start, end) for start, end in places if (box := text.box_of(start, end)) and box.top < 0.3]
    blocks = [
        (start, end) for block in signature_blocks(text) if block.of == "provider" for start, end in block.lines_after
    ]
    for spans, strength in ((places, 0.85), (blocks, 0.8)):
        for start, end in spans:
            printed = text.text[start:end].strip(" |,")
            words = printed.split()
            if not 2 <= len(words) <= 9 or not _ORGANISATION.search(printed) or _NOT_A_PRACTICE.search(printed):
                continue
            if printed.endswith((".", ":")) and not re.search(r"(?:inc|llc|p\.?c|p\.?a)\.$", printed, _I):
                continue
            person = person_at(text, start, end)
            if (person and person.letters) or re.search(r"\d{3}", printed) or not words[0][0].isupper():
                continue
            if _SPECIALTIES.fullmatch(printed):
                continue
            first = start + text.text[start:end].index(words[0])
            yield text.extraction(
                "practice_name", printed, first, first + len(printed), found_by=_FOUND_BY, strength=strength
            )
            return
    yield from _headline(text)


def _headline(text: AnnotatedText) -> Iterator[Extraction]:
    """A name printed larger than the body at the very top, with an address or a phone number under it."""
    heights = sorted(line.box.height for line in text.lines if line.page.number == 1)
    for line in text.lines[:2]:
        printed = text.text[line.start : line.end].strip()
        words = printed.split()
        if not heights or line.box.top > 0.15 or len(line.cells) > 1 or not 2 <= len(words) <= 7:
            return
        contact = re.search(r"\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|\b[A-Z]{2} \d{5}\b", text.text[line.end : line.end + 220])
        large = line.box.height > 1.25 * heights[len(heights) // 2]
        title = (
            _NOT_A_PRACTICE.search(printed) or re.search(r"[:,;?\d]", printed) or person_at(text, line.start, line.end)
        )
        if (
            contact
            and large
            and not title
            and all(w[0].isupper() or w in {"of", "and", "&", "for", "the"} for w in words)
        ):
            yield text.extraction("practice_name", printed, line.start, line.end, found_by=_FOUND_BY, strength=0.6)
            return


def _specialties(text: AnnotatedText) -> Iterator[Extraction]:
    for item in text.labelled(_SPECIALTY_LABEL):
        if item.value and len(text[item.value]) < 80 and re.search(r"[A-Za-z]{3}", text[item.value]):
            yield text.extraction("specialty", text[item.value], *item.value, found_by=_FOUND_BY, strength=0.93)
    spans = [span for block in signature_blocks(text) if block.of == "provider" for span in block.lines_after]
    spans += [(line.start, line.end) for line in text.lines[:5] if line.page.number == 1]
    for start, end in spans:
        match = _SPECIALTIES.search(text.text, start, end)
        lead = text.text[start : match.start()].rstrip() if match else ""
        alone = not lead or lead.endswith((",", "|", "•", "-", "in", "of", "certified", "Certified", ";", "·"))
        if match and alone and not re.search(r"necessity|patient|diagnos|recommend", text.text[start:end], _I):
            yield text.extraction("specialty", match.group(), *match.span(), found_by=_FOUND_BY, strength=0.85)
    for match in text.find(
        re.compile(
            r"\bboard[- ]certified (?:in |by [\w ]+ in )(?P<in>[A-Za-z &,]{5,60}?)(?=[.;\n)]|\s+and (?:I|have))", _I
        )
    ):
        start, end = match.span("in")
        yield text.extraction("specialty", match["in"], start, end, found_by=_FOUND_BY, strength=0.85)
