"""Words that say that somebody signed electronically: "Electronically signed by", "/s/ Name", a service's stamp.

The words alone are not enough. That letters may be signed electronically is said on many pages that nobody signed, so a
statement counts where it says who or when, or where it stands alone in its cell, and nothing before it in its sentence
makes it a wish, a condition or a rule. Pages are read with mistakes, so words are compared, not matched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from docscan.extraction.text.month_names import MONTH_BEGUN
from docscan.extraction.text.names import Person, people_in, person_at

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Line

_DONE = ("signed", "authenticated", "verified", "approved", "attested", "finalized", "reviewed and signed")
_SAID = (
    *(f"{how} {done}" for how in ("electronically", "digitally") for done in _DONE),
    *(f"{done} {how}" for how in ("electronically", "digitally") for done in ("signed", "authenticated", "approved")),
    "electronic signature", "digital signature", "authenticated by", "docusigned by",
)  # fmt: skip
_ALIKE = 84.0  # of 100: so much alike are the words and what was read; a letter in six is misread on bad pages
_SHORT = re.compile(
    r"(?<!\w)e[-–—~. ]{0,2}(?:signed|signature|authenticated)\b(?! (?:on )?(?:pad|required))", re.IGNORECASE
)
_BY_SERVICE = re.compile(r"\bsigned(?:\s+(?:by|with|via|using|through))?\b", re.IGNORECASE)
_SERVICE = re.compile(
    r"\b(?:docusign(?:ed)?|adobe (?:acrobat )?sign|acrobat sign|hellosign|dropbox sign|signnow|pandadoc|onespan|"
    r"rightsignature|zoho sign|signwell|docuseal|sertifi|formstack sign|signeasy|e-?sign(?:ature)? (?:certificate|id)|"
    r"(?:signature|signer|signing|certificate|transaction|envelope|audit) ?(?:id|code|key|number|no\.?)\b)",
    re.IGNORECASE,
)
_HASH = re.compile(r"\b(?=[0-9A-Fa-f-]*\d)(?=[0-9A-Fa-f-]*[A-Fa-f])[0-9A-Fa-f]{4,}(?:-?[0-9A-Fa-f]{3,})+\b")
_CLOCK = re.compile(
    r"\b\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s?(?:[ap]\.?m\b|utc|gmt|[ecmp][sd]?t\b|z\b|[+-]\d\d)?", re.IGNORECASE
)
_DAY = re.compile(
    rf"\d{{1,4}}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?\d{{2,4}}|\b{MONTH_BEGUN}\s+\d",
    re.IGNORECASE,
)
_SLASHES = re.compile(
    r"(?:(?<=^)|(?<=[\s:(_|]))(?:/{1,2}\s?[eE]?[sS5$]\s?/{1,2}|[/|Il1!fij(]\s?[sS5$]\s?/|/\s?[sS5$]\s?[|Il1!)]|s/)"
)
_SLASHES_ALONE = re.compile(r"[|Il1!]\s?[sS5]\s?[|Il1!](?=\s)")  # at the place of a signature alone
# A record names who closed it and when, on a line of its own.
_RECORDED = re.compile(
    r"(?:reviewed and )?(?:verified|authenticated|finali[sz]ed|attested|approved|authored|signed off|completed)\s+by\b",
    re.IGNORECASE,
)
_WHEN = re.compile(r"\s*\((?=[^)]*\d{4})(?=[^)]*\d:\d\d)[^)]{8,40}\)\s*")  # behind a name, as Adobe's service prints it
_NOT_DONE = re.compile(
    r"\b(?:may|must|can|could|should|shall|will|would|if|unless|until|when|whether|please|not|cannot|or|to|be|no|never|"
    r"accepts?|accepted|requires?|required|needs?|needed|allowed|allows?|permitted|permits?|valid|without|except)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\s*s?\b\s*(?:is|are|was|were|will|may|must|can|cannot|should|not|below|here|above|required|accepted|or|pad|"
    r"of (?:the |your )?(?:provider|physician|practitioner|doctor|patient|participant|prescriber))\b|\s*_{2,}",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?;]\s|\n\n|\t|\f")
_WRAPS = 40  # letters of a line from which a sentence may go on in the next one
_REACH = 90  # letters after the words in which who and when are told
_NAME = re.compile(r"[A-Z][A-Za-z'’-]+,?\s+(?:[A-Z][.,]?\s+)?[A-Z][A-Za-z'’-]{2,}")


@dataclass(frozen=True, slots=True)
class Said:
    """A statement in the text, from `start` to `end`. `person`: whom it names, None where it names nobody.

    `ends`: where the part ends in which it may say who and when.
    """

    start: int
    end: int
    ends: int
    person: Person | None


_PATIENT = re.compile(
    r"\b(?:patient|participant|employee|member|client|subscriber|account holder|insured)(?:['’]s)?(?: (?:full )?name)?"
    r"(?= ?[:\t])",
    re.IGNORECASE,
)


_BY_ANOTHER = re.compile(
    r"[\s:]*(?:by )?(?:the |a )?(?:patient|participant|employee|member|client|parent|guardian|"
    r"account holder|subscriber)\b",
    re.IGNORECASE,
)


def by_another(text: AnnotatedText, said: Said) -> bool:
    """Whether a statement says that somebody else than a provider signed: "by the patient"."""
    return _BY_ANOTHER.match(text.text, said.end) is not None


def is_patient(text: AnnotatedText, person: Person) -> bool:
    """Whether a page names this person as the patient or the participant."""
    told = text.once("patients' names", lambda: frozenset(_patients(text)))
    return _plain(person.name) in told


def _patients(text: AnnotatedText) -> Iterator[str]:
    for item in text.labelled(_PATIENT):
        found = person_at(text, *item.value, tolerant=True) if item.value else None
        if found is not None and not found.letters:
            yield _plain(found.name)


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[^\W\d_]{2,}", name.lower()))


def said(text: AnnotatedText) -> tuple[Said, ...]:
    """Every statement that the document was signed electronically, in order."""
    return text.once("electronic signatures", lambda: tuple(_distinct(_all(text))))


def _distinct(found: Iterator[Said]) -> Iterator[Said]:
    ends = -1
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.start >= ends:
            yield one
            ends = one.end


def _all(text: AnnotatedText) -> Iterator[Said]:
    for index, line in enumerate(text.lines):
        after = text.lines[index + 1] if index + 1 < len(text.lines) else None
        end = after.end if after is not None and after.page is line.page else line.end
        for start, stop in _phrases(text.text[line.start : end], line.end - line.start):
            if (one := _stated(text, index, line.start + start, line.start + stop)) is not None:
                yield one
        for match in _SLASHES.finditer(text.text, line.start, line.end):
            person = _named(text, match.end(), line.end)
            if person is not None or _NAME.match(text.text[match.end() : line.end].lstrip()):
                yield Said(match.start(), match.end(), line.end, person)
        for one in (_stamped(text, index), _recorded(text, line), _dated(text, line)):
            if one is not None:
                yield one


def _phrases(printed: str, first: int) -> Iterator[tuple[int, int]]:
    """Where words stand that may say it, begun among the first so many letters. "Signature on file" does not: it says
    that somebody signed something else."""
    lower = printed.lower().replace("\n", " ")
    for phrase in _SAID:
        found = fuzz.partial_ratio_alignment(phrase, lower, score_cutoff=_ALIKE)
        if found is None or found.dest_start >= first:
            continue
        start, end = found.dest_start, found.dest_end
        while start > 0 and lower[start - 1].isalnum():
            start -= 1
        while end < len(lower) and lower[end].isalnum():
            end += 1
        if fuzz.ratio(phrase, lower[start:end].strip()) >= _ALIKE - 4:
            yield start, end
    yield from ((m.start(), m.end()) for m in _SHORT.finditer(printed) if m.start() < first)


def _stated(text: AnnotatedText, index: int, start: int, end: int) -> Said | None:
    line = text.lines[index]
    if _NOT_DONE.search(_sentence_before(text, index, start)) or _NOT_YET.match(text.text, end):
        return None
    ends = _end(text, index, end)
    told = text.text[end:ends]
    person = _named(text, end, ends)
    if person is None:
        person = _bracketed(text, line, start)
    if person is not None or _NAME.search(told) or _DAY.search(told) or _CLOCK.search(told):
        return Said(start, end, ends, person)
    cell = next((c for c in line.cells if c.start <= start < c.end), None)
    alone = (
        cell is not None
        and len(re.findall(r"\w{2,}", text.text[cell.start : start] + " " + text.text[end : cell.end])) <= 1
    )
    is_field = re.search(r"signature\s*:?\s*$", text.text[start:ends], re.IGNORECASE)
    if alone and not is_field and _beside_a_name(text, index):
        return Said(start, end, ends, None)
    return None


def _bracketed(text: AnnotatedText, line: Line, start: int) -> Person | None:
    """Who is named right before a statement in brackets: "Jane Roe, MD [e-signed 02/24/24]"."""
    lead = re.search(r"\s?[\[(]\s?$", text.text[line.start : start])
    if lead is None:
        return None
    for person in people_in(text, line.start, start):
        if max([person.end, *(one.end for one in person.letters)]) == line.start + lead.start():
            return person
    return None


def _sentence_before(text: AnnotatedText, index: int, offset: int) -> str:
    """What stands before a place of a line in its sentence, which may have begun in the line above."""
    line = text.lines[index]
    above = text.lines[index - 1] if index else line
    wraps = above.end - above.start >= _WRAPS and above.page is line.page
    return _SENTENCE.split(text.text[above.start if wraps else line.start : offset])[-1]


def _end(text: AnnotatedText, index: int, start: int) -> int:
    """Where the statement ends that says who and when: with its line, or with the next one where it has just begun."""
    line = text.lines[index]
    line = next((other for other in text.lines[index : index + 2] if other.start <= start <= other.end), line)
    stop = min(line.end, start + _REACH)
    if stop - start < 4 or not re.search(r"[A-Za-z]{3}|\d", re.sub(r"\bby\b|:", "", text.text[start:stop])):
        near = (other for other in text.lines[index : index + 3] if other.page is line.page)
        following = next((other for other in near if other.start > start), None)
        if following is not None:
            return min(following.end, following.start + _REACH)
    return stop


def _named(text: AnnotatedText, start: int, end: int) -> Person | None:
    opens = start
    while opens < end and not text.text[opens].isalpha():
        opens += 1
    if opens < end and (by := re.match(r"by\b[\s:]*", text.text[opens:end], re.IGNORECASE)):
        opens += by.end()
    return person_at(text, opens, end) or next(people_in(text, start, end), None)


def _beside_a_name(text: AnnotatedText, index: int) -> bool:
    near = text.lines[max(0, index - 2) : index + 3]
    return any(_named(text, line.start, line.end) is not None for line in near if line.page is text.lines[index].page)


def _stamped(text: AnnotatedText, index: int) -> Said | None:
    """ "Signed by Jane Roe" beside what only a signing service prints: its name, an identifier, the time of day."""
    line: Line = text.lines[index]
    match = _BY_SERVICE.search(text.text, line.start, line.end)
    if match is None:
        return None
    sentence = _sentence_before(text, index, match.start())
    if _NOT_DONE.search(sentence) or len(sentence.split()) > 5:
        return None
    near = [other for other in text.lines[max(0, index - 1) : index + 4] if other.page is line.page]
    printed = "\n".join(text.text[other.start : other.end] for other in near)
    own = text.text[line.start : near[-1].end]
    traces = bool(_SERVICE.search(printed)) + bool(_HASH.search(own)) + bool(_CLOCK.search(own) and _DAY.search(own))
    ends = _end(text, index, match.end())
    person = _named(text, match.end(), ends)
    if traces and (person is not None or _NAME.search(text.text[match.end() : ends]) or traces > 1):
        return Said(match.start(), match.end(), ends, person)
    return None


def _recorded(text: AnnotatedText, line: Line) -> Said | None:
    """ "Verified by Jane Roe, MD on 03/03/2026 10:22": who may treat, the day and the time, and nothing before it."""
    for cell in line.cells:
        match = _RECORDED.match(text.text, cell.start, cell.end)
        if match is None:
            continue
        person = _named(text, match.end(), line.end)
        told = text.text[match.end() : line.end]
        if person is not None and person.letters and _DAY.search(told) and _CLOCK.search(told):
            return Said(match.start(), match.end(), line.end, person)
    return None


def _dated(text: AnnotatedText, line: Line) -> Said | None:
    """ "Jane Roe (Mar 3, 2026 10:22 EST)": a name with day and time in brackets behind it, alone in its cell."""
    for cell in line.cells:
        person = person_at(text, cell.start, cell.end)
        when = _WHEN.fullmatch(text.text, person.end, cell.end) if person else None
        if person is not None and when is not None and _DAY.search(when.group()):
            return Said(cell.start, cell.end, cell.end, person)
    return None


def slashes(text: AnnotatedText, start: int, end: int) -> re.Match[str] | None:
    """ "/s/" at the beginning of a part of the text where somebody would sign, however it was read."""
    printed = text.text
    return _SLASHES.match(printed, start, end) or _SLASHES_ALONE.match(printed, start, end)
