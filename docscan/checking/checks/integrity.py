"""What should a person look at? Signs only: none of them says that anything is false."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, NamedTuple

from pydantic import Field
from pydantic.dataclasses import dataclass

from docscan.checking import fingerprint, names, wording
from docscan.checking.checks.letters import at_least, specificity
from docscan.checking.checks.presence import Pattern, found, nothing_to_judge
from docscan.checking.checks.registry import STRICT, FieldName, FieldNames, Many, check
from docscan.checking.facts import Facts, Result, as_date, evidence_of
from docscan.checking.packets.documents import NO_LETTER, NO_RECEIPT, letters, receipts
from docscan.document import Extraction, Kind
from docscan.reference.code_nature import code_nature
from docscan.reference.fields import FIELDS

# Dates


@dataclass(frozen=True, config=STRICT)
class TrueDates:
    """`pairs` of dates: the first may not come after the second. `written`: dates that lie in the past for whoever
    wrote them, so that none can come after the day of the check."""

    pairs: Many[FieldNames]
    written: FieldNames = ()


class _Odd(NamedTuple):
    said: str
    sources: tuple[Extraction, ...]


@check("value")
def dates_true(facts: Facts, parameters: TrueDates) -> Result:
    """The dates are in the calendar, on the weekday that is printed, not to come, and follow one another as they must.

    {value}: those that are not or do not.
    """
    odd = [*_in_no_calendar(facts), *_on_other_weekdays(facts), *_to_come(facts, parameters.written)]
    compared: list[Extraction] = []
    for before, after in parameters.pairs:
        earlier, later = facts.dates(before), facts.dates(after)
        if not earlier or not later:
            continue
        first, last = max(earlier, key=_day), max(later, key=_day)
        compared += [first[1], last[1]]
        if first[0] > last[0]:
            told = (
                f"{wording.name(before)} {wording.day(first[0])} is after {wording.name(after)} {wording.day(last[0])}"
            )
            odd.append(_Odd(told, (first[1], last[1])))
    if odd:
        variables = {"value": wording.listed((one.said for one in odd), join="and")}
        return Result("not_met", evidence_of(source for one in odd for source in one.sources), variables)
    if not compared and not any(facts.dates(name) for name in parameters.written):
        return Result("not_applicable", why="There is no date that could be compared.")
    return Result("met", evidence_of(compared))


def _day(dated: tuple[date, Extraction]) -> date:
    return dated[0]


_DATES = tuple(name for name, field in FIELDS.items() if field.shape == "date")


_FULL_DATE = re.compile(r"\d.*\d\d")
"""At least a day and a year: less may be half a date."""


def _in_no_calendar(facts: Facts) -> Iterator[_Odd]:
    if facts.scanned:
        return  # a digit that was misread makes such a date out of a good one
    for each in facts.mentioned(*_DATES):
        if each.assertion == "stated" and each.value is None and not each.readings and _FULL_DATE.search(each.raw):
            yield _Odd(f"{wording.quote(each)} is in no calendar", (each,))


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = re.compile(r"^(?P<day>mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b", re.IGNORECASE)


def _on_other_weekdays(facts: Facts) -> Iterator[_Odd]:
    for day, each in facts.dates(*_DATES):
        for place in each.evidence:
            printed = _WEEKDAY.match(place.text)
            if printed and not _WEEKDAYS[day.weekday()].lower().startswith(printed["day"].lower()):
                yield _Odd(
                    f"{wording.day(day)} was a {_WEEKDAYS[day.weekday()]}, not a {_full(printed['day'])}", (each,)
                )
                break


def _full(weekday: str) -> str:
    return next(name for name in _WEEKDAYS if name.lower().startswith(weekday.lower()))


def _to_come(facts: Facts, written: Iterable[str]) -> Iterator[_Odd]:
    for name in written:
        for day, source in facts.dates(name):
            if day > facts.as_of:
                said = f"{wording.name(name)} {wording.day(day)} is still to come on {wording.day(facts.as_of)}"
                yield _Odd(said, (source,))


@dataclass(frozen=True, config=STRICT)
class NotBackdated:
    """`days`: how long before its own date a letter may let treatment start. `flag`: words that date it back.
    `file_days`: how long after the letter's date its file may have been written by one of the `programs`, which people
    type letters with; scanners and patient portals make files of old letters at any time."""

    days: Annotated[int, Field(ge=0, le=366)]
    file_days: Annotated[int, Field(ge=0, le=3660)]
    programs: Pattern
    flag: FieldName | None = None


@check("value")
def not_backdated(facts: Facts, parameters: NotBackdated) -> Result:
    """The letter was written when it says, and counts from then on. {value}: what tells otherwise."""
    written = facts.dates("letter_date", "signature_date")
    odd = [_Odd(f"the letter says {wording.quote(e)}", (e,)) for e in found(facts, filter(None, (parameters.flag,)))]
    starts = facts.dates("start_date")
    for length in facts.stated("duration"):
        start = as_date(length.value.get("start")) if isinstance(length.value, Mapping) else None
        starts += [(start, length)] if start else []
    if written:
        day, source = max(written, key=_day)
        early = [(start, e) for start, e in starts if start < day - timedelta(days=parameters.days)]
        if early:
            start, e = min(early, key=_day)
            said = f"the letter of {wording.day(day)} lets treatment start on {wording.day(start)}"
            odd.append(_Odd(said, (source, e)))
        odd += _file_came_later(facts, day, source, parameters)
    if odd:
        variables = {"value": wording.listed(one.said for one in odd)}
        return Result("not_met", evidence_of(source for one in odd for source in one.sources), variables)
    if not written:
        return nothing_to_judge(facts, "letter_date", "signature_date")
    return Result("met", evidence_of([written[0][1]]))


def _file_came_later(facts: Facts, day: date, source: Extraction, parameters: NotBackdated) -> Iterator[_Odd]:
    programs = [e for e in facts.stated("file_program") if re.search(parameters.programs, str(e.value), re.IGNORECASE)]
    created = facts.dates("file_created")
    if programs and created and created[0][0] > day + timedelta(days=parameters.file_days):
        said = f"the letter is dated {wording.day(day)}, and its file was written on {wording.day(created[0][0])}"
        yield _Odd(said, (source,))


# What the letter is about


@dataclass(frozen=True, config=STRICT)
class FewSubjects:
    """`products`, `illnesses`: how many different ones a letter may name. Illnesses of one chapter of ICD-10-CM, and
    a product told in more or fewer words, count once."""

    products: Annotated[int, Field(ge=1)]
    illnesses: Annotated[int, Field(ge=1)]


@check("value", "count")
def few_subjects(facts: Facts, parameters: FewSubjects) -> Result:
    """The letter is not about very many products or unrelated illnesses. {count}: how many; {value}: which."""
    products = _different(facts.stated("treatment"))
    chapters: dict[str, Extraction] = {}
    for each in facts.stated("diagnosis", "diagnosis_code"):
        for chapter in _chapters(each):
            chapters.setdefault(chapter, each)
    for what, many, most in (
        ("products or treatments", products, parameters.products),
        ("unrelated illnesses", list(chapters.values()), parameters.illnesses),
    ):
        if len(many) > most:
            variables = {"value": wording.said(many), "count": f"{len(many)} {what}"}
            return Result("not_met", evidence_of(many), variables)
    return facts.hidden("treatment") or Result("met", evidence_of(products))


def _different(treatments: Iterable[Extraction]) -> list[Extraction]:
    kept: list[tuple[frozenset[str], Extraction]] = []
    for each in sorted(treatments, key=lambda e: -len(str(e.value))):
        words = frozenset(re.findall(r"\w+", str(each.value).casefold()))
        if not any(words <= other for other, _ in kept):
            kept.append((words, each))
    return [each for _, each in kept]


def _chapters(diagnosis: Extraction) -> set[str]:
    if diagnosis.name == "diagnosis_code":
        return {str(diagnosis.value)[:1]}
    codes = (diagnosis.resolved or {}).get("codes") or ()
    return {str(code)[:1] for code in codes[:1]}


# The file


@dataclass(frozen=True, config=STRICT)
class NotMadeBy:
    """`programs`: a regular expression, capitals or not, for programs that change what a page shows."""

    programs: Pattern


@check("value")
def not_made_by(facts: Facts, parameters: NotMadeBy) -> Result:
    """The file does not come from a program of a sort. {value}: the program."""
    there = facts.stated("file_program")
    if not there:
        return Result("not_applicable", why="The file does not say which program made it.")
    odd = [e for e in there if re.search(parameters.programs, str(e.value), re.IGNORECASE)]
    return Result("not_met" if odd else "met", evidence_of(odd or there), {"value": wording.said(odd or there)})


@dataclass(frozen=True, config=STRICT)
class Sensitive:
    """`fields`: numbers that others can misuse. `expected`: those that the `usual` kinds of documents must bear."""

    fields: FieldNames
    expected: FieldNames = ()
    usual: Many[Kind] = ()


@check("value")
def no_open_numbers(facts: Facts, parameters: Sensitive) -> Result:
    """No number can be seen that others could misuse. {value}: what sort of number; never the number itself."""
    fields = [
        name for name in parameters.fields if not (facts.kind in parameters.usual and name in parameters.expected)
    ]
    there = found(facts, fields)
    if there:
        variables = {"value": wording.listed(_OPEN_NUMBER.get(e.name, wording.name(e.name)) for e in there)}
        return Result("not_met", evidence_of(there), variables)
    return facts.unsure(*fields) or Result("met")


_OPEN_NUMBER = {
    "ssn_visible": "a full social security number",
    "account_number_visible": "a full account or card number",
    "provider_dea": "the provider's DEA number",
}


# Several documents


@check("value", "other", packet=True)
def letters_differ(packet: Sequence[Facts]) -> Result:
    """No two patients have the same letter. {value} and {other}: the two patients."""
    told = [letter.facts for letter in letters(packet)]
    if len(told) < 2:
        return Result("not_applicable", why=NO_LETTER if not told else "The packet holds only one letter.")
    marked = [(facts, fingerprint.of_fields(facts.fields)) for facts in told]
    for n, (one, mark) in enumerate(marked):
        for other, its_mark in marked[n + 1 :]:
            if mark and its_mark and fingerprint.alike(mark, its_mark) and (pair := _two_patients(one, other)):
                sentences = [*pair, *one.stated(*fingerprint.SENTENCES)[:3], *other.stated(*fingerprint.SENTENCES)[:3]]
                variables = {"value": str(pair[0].value), "other": str(pair[1].value)}
                return Result("not_met", evidence_of(sentences), variables)
    return Result("met")


def _two_patients(one: Facts, other: Facts) -> tuple[Extraction, Extraction] | None:
    first, second = one.stated("patient_name")[:1], other.stated("patient_name")[:1]
    if first and second and names.compare(str(first[0].value), str(second[0].value)) == "different":
        return first[0], second[0]
    return None


@dataclass(frozen=True, config=STRICT)
class SelfMade:
    """`signs`: how many signs of a home-made invoice it takes. `apps`: a regular expression for payments from person to
    person, `programs` for those that people type and draw with."""

    signs: Annotated[int, Field(ge=2, le=4)]
    apps: Pattern
    programs: Pattern


@check("value", "other", packet=True)
def invoice_of_a_business(packet: Sequence[Facts], parameters: SelfMade) -> Result:
    """No invoice that looks home-made rests on a vague letter. {value}: its signs; {other}: the diagnosis."""
    told, bills = letters(packet), receipts(packet)
    if not told or not bills:
        return Result("not_applicable", why=NO_LETTER if not told else NO_RECEIPT)
    vague = [e for letter in told for e in letter.facts.stated("diagnosis", "diagnosis_code") if _is_vague(e)]
    if any(not _is_vague(e) for letter in told for e in letter.facts.stated("diagnosis", "diagnosis_code")):
        return Result("met")
    for bill in bills:
        signs = list(_signs(bill.facts, parameters))
        if len(signs) >= parameters.signs:
            variables = {"value": wording.listed(said for said, _ in signs), "other": wording.said(vague) or "none"}
            sources = [e for _, e in signs if e is not None]
            return Result("not_met", evidence_of([*sources, *vague]), variables)
    return Result("met", evidence_of(vague))


def _is_vague(diagnosis: Extraction) -> bool:
    if diagnosis.name == "diagnosis_code":
        return code_nature(str(diagnosis.value)) not in ("disease", "unspecified", "prediabetes", "injury")
    told = specificity(diagnosis)
    return told is not None and not at_least(told, "named")


def _signs(facts: Facts, parameters: SelfMade) -> Iterator[tuple[str, Extraction | None]]:
    contact = ("merchant_address", "merchant_phone", "tax_id", "provider_address", "provider_phone")
    if not facts.stated(*contact) and not facts.hidden(*contact):
        yield "it bears no address and no telephone number", None
    for each in facts.stated("payment_method"):
        if re.search(parameters.apps, str(each.value), re.IGNORECASE):
            yield f"it was paid by {each.value}", each
            break
    for each in facts.stated("file_program"):
        if re.search(parameters.programs, str(each.value), re.IGNORECASE):
            yield f"it was made with {each.value}", each
            break
    if not facts.stated("invoice_number", "rx_number", "procedure_code", "tax") and not facts.illegible:
        yield "it bears no number", None
