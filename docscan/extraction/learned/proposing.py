"""What the readers of amounts, dates and times say beside the rules: which values they doubt, which they would add.

A value of theirs that the rules do not have stands beside those of the rules, found by "learned"; how likely each is,
`confidence` tells from both voices. Of a field that has one value the likeliest stays, and the others become its
readings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from docscan.document import Extraction, Json
from docscan.extraction.bills.billing import is_billed
from docscan.extraction.bills.money import said
from docscan.extraction.learned import amounts, days, times
from docscan.extraction.learned.tagger_alone import found_alone
from docscan.extraction.paper.fax_lines import in_a_header

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
_STRENGTH = 0.5
_MOST_ODDS = 6.0
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
    """What the readers or the tagger would say and the rules do not."""
    known = {(one.name, _key(value)) for one in found for value in (one.value, *one.readings)}
    shares = {place.start for one in found if one.name in _OF_A_SHARE for place in one.evidence}
    payments = [Decimal(str(one.value)) for one in found if one.name == "amount_paid" and one.value is not None]
    paid = said(sum(payments, Decimal(0))) if len(payments) > 1 else None  # the payments' sum is none of them
    for name, by_value in opinions(text).items():
        if name not in _ONLY_WEIGHED:
            ranked = sorted(by_value.values(), key=lambda one: -one.odds)
            for one in ranked[:1] if name in _ONE else ranked:
                if (name == "total" and one.start in shares) or (name == "amount_paid" and one.value == paid):
                    continue
                if one.odds >= PROPOSED and (name, _key(one.value)) not in known:
                    yield text.extraction(name, one.value, one.start, one.end, found_by=FOUND_BY, strength=_STRENGTH)
    for alone in found_alone(text, found):
        if alone.field not in times.ROLES or (alone.field, _key(alone.value)) not in known:
            yield text.extraction(*alone, found_by=FOUND_BY, strength=_STRENGTH)


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
