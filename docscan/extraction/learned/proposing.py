"""What the readers of amounts, dates and times say beside the rules: which values they doubt, which they would add.

A value of theirs that the rules do not have stands beside those of the rules, found by "learned"; how likely each is,
`confidence` tells from both voices. Of a field that has one value the likeliest stays, and the others become its
readings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from docscan.document import Extraction, Json
from docscan.extraction.bills.billing import is_billed
from docscan.extraction.bills.money import said
from docscan.extraction.course.placing import is_surely_another
from docscan.extraction.learned import amounts, days, tags, times
from docscan.extraction.paper.fax_lines import in_a_header
from docscan.extraction.text.names import last_first_at, person_at

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

FOUND_BY: Final = "learned"
PROPOSED: Final = -1.0
"""Log-odds from which on a value is looked at."""
_ONE: Final = frozenset((
    "total", "subtotal", "tax", "tip", "shipping", "balance_due", "letter_date", "signature_date", "start_date",
    "end_date", "statement_date", "due_date",
))  # fmt: skip
"""Fields of which nearly every document has one value."""
_ONLY_WEIGHED: Final = frozenset(("item", "date_of_birth", "service_date", *times.ROLES))
"""Fields that need more than one place, or of which every second proposal would be wrong; a birth, which no letter need
tell: another day taken for it would speak against that day's own role; and the day of a service, on which fatal rules
rest."""
_OF_A_SHARE: Final = frozenset(("patient_responsibility", "insurance_paid"))
"""What is labelled so is a part of a bill, and no total, however final it looks."""
_FIRMS: Final = frozenset(("practice_name", "merchant_name"))
_OF_BILLS: Final = frozenset(("merchant_name",))
_OF_LETTERS: Final = frozenset(("practice_name", "signer_name"))
_IN_WORDS: Final = ("treatment", "diagnosis")
_SURE_OF_WORDS = 0.8
_SHORTEST = 3  # signs of a name or thing
_STRENGTH = 0.5
_MOST_ODDS = 6.0
TAGGED: Final = 0.0
"""Log-odds that the tagger must give a time that the rules do not take for the prescribed one."""
STANDS: Final = 0.6
"""A proposal that is less likely right than this is no value of its own."""
READING: Final = 0.2
"""What is less likely than this is not worth a reading."""


class Opinion(NamedTuple):
    """What the readers say for a value: the most, as log-odds, and the place that says so."""

    value: Json
    odds: float
    start: int
    end: int


def opinions(text: AnnotatedText) -> Mapping[str, Mapping[str, Opinion]]:
    """By field and value (as JSON)."""
    return text.once("learned opinions", lambda: _strongest(_heard(text)))


def _heard(text: AnnotatedText) -> Iterator[tuple[str, Opinion]]:
    for amount, by_role in amounts.weighed(text) if is_billed(text) else ():
        for role, odds in by_role.items():
            yield role, Opinion(said(amount.cents), odds, amount.amount.start, amount.amount.end)
    for day, by_role in days.weighed(text):
        if day.mention.iso:
            sent = in_a_header(text, day.mention.start)
            for role, odds in by_role.items():
                if sent and role != "fax_date":
                    continue
                yield role, Opinion(day.mention.iso, odds, day.mention.start, day.mention.end)
    for told, odds in times.weighed(text):
        yield told.field, Opinion(told.time.value, odds, told.time.start, told.time.end)


def _tagged(text: AnnotatedText) -> Iterator[tuple[str, Opinion]]:
    """The times that the tagger takes for prescribed ones."""
    for told in times.seen(text):
        odds = tags.odds_at(text, told.field, told.time.start, told.time.end)
        if odds > TAGGED and not is_surely_another(text, told.time):
            yield told.field, Opinion(told.time.value, odds, told.time.start, told.time.end)


def _named(text: AnnotatedText, field: str) -> Opinion | None:
    """The surest of those whom the tagger takes for what a field asks for."""
    told = tags.tags_of(text)
    by_name: dict[str, Opinion] = {}
    for one in told.spans if told else ():
        if one.label in tags.LABELS[field]:
            name = _name_at(text, one.start, one.end, of_a_person=field not in _FIRMS)
            if name and (name not in by_name or by_name[name].odds < one.sure):
                by_name[name] = Opinion(name, one.sure, one.start, one.end)
    return max(by_name.values(), key=lambda one: one.odds, default=None)


def _name_at(text: AnnotatedText, start: int, end: int, *, of_a_person: bool) -> str | None:
    printed = " ".join(text.text[start:end].split()).strip(" ,;:.-|")
    if not of_a_person:
        return printed if len(printed) > _SHORTEST else None
    person = last_first_at(text, start, end) or person_at(text, start, end)
    if person is not None:
        return person.name
    return printed if len(printed.split()) > 1 and not any(sign.isdigit() for sign in printed) else None


def _worded(text: AnnotatedText, found: Sequence[Extraction]) -> Iterator[tuple[str, Opinion]]:
    """The treatment, where the rules find none, and illnesses where they see nothing, in a letter's own words."""
    told = tags.tags_of(text)
    if told is None or is_billed(text):
        return
    known = {name: [one for one in found if one.name.startswith(name)] for name in _IN_WORDS}
    for span in told.spans:
        if span.label not in known or span.sure < _SURE_OF_WORDS:
            continue
        others = known[span.label]
        if span.label == "treatment" and any(one.value is not None and one.assertion == "stated" for one in others):
            continue
        places = [(place.start or 0, place.end or 0) for one in others for place in one.evidence]
        said = " ".join(text.text[span.start : span.end].split()).strip(" ,;:.-|")
        words = frozenset(said.casefold().split())
        if (
            len(said) > _SHORTEST
            and not any(span.start < end and start < span.end for start, end in places)
            and not any(words <= frozenset(str(one.value).casefold().split()) for one in others)
        ):
            yield span.label, Opinion(said, span.sure, span.start, span.end)


def _strongest(heard: Iterable[tuple[str, Opinion]]) -> Mapping[str, Mapping[str, Opinion]]:
    found: dict[str, dict[str, Opinion]] = {}
    for name, one in heard:
        by_value = found.setdefault(name, {})
        known = by_value.get(_key(one.value))
        if known is None or one.odds > known.odds:
            by_value[_key(one.value)] = one
    return found


def _key(value: Json) -> str:
    if isinstance(value, Mapping):
        value = {key: inner for key, inner in value.items() if inner is not None}
    return json.dumps(value, sort_keys=True)


def odds_of(text: AnnotatedText, one: Extraction) -> float:
    """How much the readers say for a value, as log-odds from -6 to 6; 0 where they say nothing of it."""
    if one.assertion != "stated" or one.value is None:
        return 0.0
    name, value = ("item", one.value.get("amount")) if one.name == "item" else (one.name, one.value)
    opinion = opinions(text).get(name, {}).get(_key(value))
    return max(-_MOST_ODDS, min(_MOST_ODDS, opinion.odds)) if opinion else 0.0


def proposals(text: AnnotatedText, found: Sequence[Extraction]) -> Iterator[Extraction]:
    """What the readers would say and the rules do not."""
    known = {(one.name, _key(value)) for one in found for value in (one.value, *one.readings)}
    shares = {place.start for one in found if one.name in _OF_A_SHARE for place in one.evidence}
    for name, by_value in opinions(text).items():
        if name not in _ONLY_WEIGHED:
            ranked = sorted(by_value.values(), key=lambda one: -one.odds)
            for one in ranked[:1] if name in _ONE else ranked:
                if name == "total" and one.start in shares:
                    continue
                if one.odds >= PROPOSED and (name, _key(one.value)) not in known:
                    yield text.extraction(name, one.value, one.start, one.end, found_by=FOUND_BY, strength=_STRENGTH)
    for name in tags.NAMES:
        opinion = None if any(one.name == name and one.value is not None for one in found) else _named(text, name)
        if opinion and (name in _OF_BILLS) <= is_billed(text) and (name in _OF_LETTERS) <= (not is_billed(text)):
            yield text.extraction(
                name, opinion.value, opinion.start, opinion.end, found_by=FOUND_BY, strength=_STRENGTH
            )
    for name, one in _worded(text, found):
        yield text.extraction(name, one.value, one.start, one.end, found_by=FOUND_BY, strength=_STRENGTH)
    sure = {name: max((tags.odds_of(text, o) for o in found if o.name == name), default=-9.0) for name in times.ROLES}
    places = [(place.start or 0, place.end or 0) for one in found if one.name in times.ROLES for place in one.evidence]
    for name, one in _tagged(text):
        if (
            one.odds > sure[name]
            and (name, _key(one.value)) not in known
            and not any(one.start < end and start < one.end for start, end in places)
        ):
            yield text.extraction(name, one.value, one.start, one.end, found_by=FOUND_BY, strength=_STRENGTH)


def chosen(found: Iterable[Extraction]) -> tuple[Extraction, ...]:
    """Of several values of a field that has one, the likeliest; a proposal stays only where it is likely."""
    kept = list(found)
    for name in _ONE:
        rivals = [one for one in kept if one.name == name and one.assertion == "stated" and one.value is not None]
        if any(map(is_proposed, rivals)):
            kept = [one for one in kept if one not in rivals]
            kept += _settled(sorted(rivals, key=lambda one: -(one.confidence or 0.0)))
    kept = [one for one in kept if one.name in _ONE or not is_proposed(one) or _sure(one) >= STANDS]
    days = [one for one in kept if one.name.endswith("_date") and one.evidence]
    return tuple(one for one in kept if not (is_proposed(one) and any(_is_rather(other, one) for other in days)))


def _is_rather(other: Extraction, one: Extraction) -> bool:
    """Whether a proposed day is by the rules, and more surely, one of another role at its place."""
    place = one.evidence[0]
    return (
        one.name.endswith("_date")
        and other.name != one.name
        and not is_proposed(other)
        and _sure(other) > _sure(one)
        and any((e.page, e.start) == (place.page, place.start) for e in other.evidence)
    )


def _settled(rivals: Sequence[Extraction]) -> Iterator[Extraction]:
    """The likeliest of rivals, with those worth it as its readings."""
    best, *others = rivals
    readings = [one.value for one in others if _sure(one) >= READING]
    if not is_proposed(best) or _sure(best) >= STANDS:
        yield replace(best, readings=(best.value, *readings) if readings else best.readings)
        yield from (one for one in others if not is_proposed(one) and not is_proposed(best))
    elif _sure(best) >= READING:
        yield replace(best, value=None, readings=(best.value, *readings), resolved=None)


def _sure(one: Extraction) -> float:
    return one.confidence or 0.0


def is_proposed(one: Extraction) -> bool:
    """Whether only the readers say so."""
    return bool(one.evidence) and all(evidence.found_by == FOUND_BY for evidence in one.evidence)
