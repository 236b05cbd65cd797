"""What the facts of a bill say of each other: which cannot both be, and which are one.

"Diabetic" in "diabetic shoes" is no illness, a firm is no person, a claim's number is no member's, and one person is
one name, however often and in whatever letters it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from docscan.document import Evidence, Extraction
from docscan.extraction.bills.figures import sheet_of
from docscan.extraction.bills.items import items_of
from docscan.extraction.bills.merchant import reads_like_a_firm
from docscan.extraction.bills.sold import is_sold
from docscan.extraction.people.people import same_person
from docscan.extraction.text.names import letters_at

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_PEOPLE: Final = frozenset(
    ("patient_name", "participant_name", "provider_name", "trainer_name", "signer_name", "supervisor_name")
)
_MEANT = re.compile(r"\b(?:for|dx|diagnosis|due to|treat\w*|with|of|icd\S*)\W*(?:\w+ ){0,2}$", re.IGNORECASE)
_OFFICE = re.compile(
    r"\b(?:navigator|coordinator|liaison|scheduler|receptionist|manager|biller|representative|rep|clerk|cashier|"
    r"register|server|advisor|specialist at|contact)\W*$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"(?:status|coach|member|staff|name|self|same)", re.IGNORECASE)


def coherent(text: AnnotatedText, found: Iterable[Extraction]) -> Iterator[Extraction]:
    """The facts of a bill without those that the others rule out, each person under one name."""
    everything = [one for one in found if _stands(text, one)]
    merchants = [one for one in everything if one.name == "merchant_name"]
    firms = [e for one in merchants for e in one.evidence]
    words = [set(_words(str(one.value))) for one in merchants if reads_like_a_firm(str(one.value))]
    gone: list[Evidence] = []
    kept: list[Extraction] = []
    for one in everything:
        if one.name in _PEOPLE and not _is_somebody(text, one, firms, words):
            gone += one.evidence
        else:
            kept.append(one)
    kept = [one for one in kept if one.name != "provider_credential" or not _follows(one, gone)]
    kept = list(_apart(text, kept))
    yield from (one for one in kept if one.name not in _PEOPLE)
    for name in sorted(_PEOPLE):
        yield from _unified([one for one in kept if one.name == name])


def _apart(text: AnnotatedText, found: Sequence[Extraction]) -> Iterator[Extraction]:
    """Where somebody else pays, who was served is no participant: "MEMBER Orla Fry, ACCT OF Jan Fry"."""
    served = [str(one.value) for one in found if one.name == "patient_name" and one.value]
    payers = [str(one.value) for one in found if one.name == "participant_name" and one.value]
    other = any(not any(same_person(payer, patient) for patient in served) for payer in payers)
    for one in found:
        both = one.name == "participant_name" and any(same_person(str(one.value), name) for name in served)
        if both and (other or (text.kind[0] != "eob" and all(_is_member(text, e) for e in one.evidence))):
            continue
        yield one


def _is_member(text: AnnotatedText, evidence: Evidence) -> bool:
    """Who belongs to a club, which is no plan."""
    start = evidence.start or 0
    return bool(
        re.search(r"\b(?:member|guest|client)(?: name)?\W*$", text.text[max(0, start - 20) : start], re.IGNORECASE)
    )


_RECEIVED_OF = re.compile(r"\brec(?:eived|[’']?v?[’']?d)?\.? (?:of|from)\W*$", re.IGNORECASE)


def _stands(text: AnnotatedText, one: Extraction) -> bool:  # noqa: PLR0911 - one field after the other
    if one.name == "provider_npi" and isinstance(one.value, str):
        parted = any(re.search(r"\d\s+\d", e.text) for e in one.evidence)  # days of a form that stand side by side
        return sum(c.isdigit() for c in one.value) <= _NPI_DIGITS or not parted
    if one.name == "diagnosis" and (_NO_ILLNESS.fullmatch(str(one.value)) or _of_lenses(text, one)):
        return False
    if one.name == "diagnosis":
        return not one.evidence or not all(_describes_goods(text, e) for e in one.evidence)
    if one.name in ("provider_name", "provider_credential") and text.kind[0] == "card_slip":
        return not all(_on_a_priced_row(text, e) for e in one.evidence)  # a line of a bank's statement
    if one.name == "merchant_name":  # who paid, on a page of a receipt book
        before = (text.text[max(0, (e.start or 0) - 24) : e.start or 0] for e in one.evidence)
        return not one.evidence or not all(_RECEIVED_OF.search(words) for words in before)
    if one.name == "member_id":
        return not one.evidence or not all(_numbers_a_claim(text, e) for e in one.evidence)
    return True


_NPI_DIGITS: Final = 10
_NO_ILLNESS = re.compile(r"ICD\W?(?:10|9)?\W?(?:CM)?(?: ?(?:ind\w*|codes?|key|version)\W*\w{0,2})?", re.IGNORECASE)
"""Words of a form: "ICD Ind. 0"."""


def _of_lenses(text: AnnotatedText, one: Extraction) -> bool:
    """ "ADD" over a column of an optician's table: how much is added to a lens for reading."""
    lines = [text.lines[text.line_index(e.start)] for e in one.evidence if e.start is not None]
    return bool(lines) and all(_LENSES.search(text.text[line.start : line.end]) for line in lines)


_LENSES = re.compile(r"\b(?:SPH|CYL|AXIS|PRISM)\b", re.IGNORECASE)


def _is_somebody(text: AnnotatedText, one: Extraction, firms: Sequence[Evidence], words: Sequence[set[str]]) -> bool:  # noqa: PLR0911 - one sign after the other
    name = str(one.value)
    if one.name in ("provider_name", "trainer_name") and any(_has_letters(text, e) for e in one.evidence):
        return True  # who practises under their own name
    if any(set(_words(name)) <= merchant for merchant in words) or all(_within(e, firms) for e in one.evidence):
        return not one.evidence or one.name == "signer_name"
    if (
        one.name in ("patient_name", "provider_name")
        and one.evidence
        and all(_is_no_value(text, e) for e in one.evidence)
    ):
        return False
    if _NO_NAME.fullmatch(name) or (one.name == "patient_name" and reads_like_a_firm(name)):
        return False
    if one.evidence and all(is_sold(text, e.start or 0, e.end or 0) for e in one.evidence):
        return False
    if one.name == "provider_name":
        before = (text.text[max(0, (e.start or 0) - 40) : e.start or 0].rsplit("\n", 1)[-1] for e in one.evidence)
        return not all(_OFFICE.search(words_before) for words_before in before) or not one.evidence
    return True


def _is_no_value(text: AnnotatedText, evidence: Evidence) -> bool:
    """What stands behind "Patient type", or goes over several rows from one label to another."""
    start = evidence.start or 0
    before = text.text[max(0, start - 28) : start]
    return bool(_OF_KIND.search(before)) or ("\t" in evidence.text and "\n" in evidence.text)


_OF_KIND = re.compile(
    r"\b(?:patient|provider|visit|encounter|account|acct|fin) (?:type|class|status|category)\W*$", re.IGNORECASE
)


def _has_letters(text: AnnotatedText, evidence: Evidence) -> bool:
    """Whether the credential of somebody who treats or trains stands right behind a name."""
    end = evidence.end or 0
    line = text.lines[text.line_index(end - 1)] if end else None
    behind = text.flat[end : min(end + 2, line.end)] if line else ""
    letters = letters_at(text, end, min(end + 16, line.end)) if line and behind[:1] == "," else ()
    return bool(letters) and letters[0].start - end <= 2 and bool(letters[0].credential.tier)


def _unified(people: list[Extraction]) -> Iterator[Extraction]:
    """ "BELL, NORA", "Nora Bell" and "Nora K. Bell" are one; the fullest of the surest is what she is called."""
    while people:
        leader = max(people, key=lambda one: one.confidence or 0.0)
        same = [one for one in people if one is leader or same_person(str(one.value), str(leader.value))]
        value = max(
            (str(one.value) for one in same),
            key=lambda name: ("," not in name, len(name.split()), name == str(leader.value), not name.isupper()),
        )
        for one in same:
            yield replace(one, value=value)
        people = [one for one in people if one not in same]


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name.casefold())


def _on_a_priced_row(text: AnnotatedText, evidence: Evidence) -> bool:
    sheet = sheet_of(text)
    return any(
        row.start <= (evidence.start or 0) < row.end and amounts
        for row, amounts in zip(sheet.rows, sheet.amounts, strict=True)
    )


def _describes_goods(text: AnnotatedText, evidence: Evidence) -> bool:
    """In the description of a billed line, before the word that it describes."""
    start, end = evidence.start, evidence.end
    if start is None or end is None or not any(s <= start and end <= e for i in items_of(text) for s, e in i.spans):
        return False
    before, after = text.text[max(0, start - 24) : start], text.text[end : end + 12]
    return bool(re.match(r" [a-z]{3}", after, re.IGNORECASE)) and not _MEANT.search(before)


def _numbers_a_claim(text: AnnotatedText, evidence: Evidence) -> bool:
    before = text.text[max(0, (evidence.start or 0) - 24) : evidence.start or 0]
    return bool(re.search(r"\bclaim\W*(?:number|num|no|id)?\W*$", before, re.IGNORECASE))


def _within(evidence: Evidence, others: Iterable[Evidence]) -> bool:
    start, end = evidence.start, evidence.end
    return start is not None and end is not None and any(
        other.start is not None and other.end is not None and other.start <= start < end < other.end for other in others
    )  # fmt: skip


def _follows(credential: Extraction, gone: Sequence[Evidence]) -> bool:
    """The letters after a name that was none."""
    return bool(credential.evidence) and all(
        any(e.start is not None and g.end is not None and 0 <= e.start - g.end <= 3 for g in gone)
        for e in credential.evidence
    )
