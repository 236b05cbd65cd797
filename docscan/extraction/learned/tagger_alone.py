"""What the tagger finds and the rules do not: names, the treatment, illnesses, the prescribed times.

The tagger shows places; what stands there is read as the rules read it. `proposing` decides what becomes of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from docscan.document import Extraction, Json
from docscan.extraction.bills.billing import is_billed
from docscan.extraction.course.placing import is_surely_another
from docscan.extraction.learned import tags, times
from docscan.extraction.text.names import last_first_at, person_at

if TYPE_CHECKING:
    from docscan.extraction.tagger import Tags
    from docscan.extraction.text.annotated import AnnotatedText

_OF_BILLS: Final = frozenset(("merchant_name",))
_OF_LETTERS: Final = frozenset(("practice_name", "signer_name"))
_FIRMS: Final = frozenset(("practice_name", "merchant_name"))
_IN_WORDS: Final = ("treatment", "diagnosis")
_SURE_OF_WORDS: Final = 0.8
_SHORTEST: Final = 3  # signs of a name or thing, at most, that are not worth telling
_DISBELIEVED: Final = -1.5
"""Log-odds that the tagger gives to a name that it would not believe."""
_LEAST: Final = -9.0  # log-odds below all that the tagger gives


class Alone(NamedTuple):
    """A value, and where the tagger sees it."""

    field: str
    value: Json
    start: int
    end: int


def found_alone(text: AnnotatedText, found: Sequence[Extraction]) -> Iterator[Alone]:
    """What the tagger would add to what was found; nothing where there is no tagger, or it failed."""
    told = tags.tags_of(text)
    if told is not None:
        yield from _names(text, told, found)
        yield from _words(text, told, found)
        yield from _times(text, found)


def _names(text: AnnotatedText, told: Tags, found: Sequence[Extraction]) -> Iterator[Alone]:
    """The surest of those whom the tagger takes for what a field asks for, where the field has no value, or none that
    the tagger would believe."""
    believed = [one for one in found if one.value is not None and tags.odds_of(text, one) > _DISBELIEVED]
    known = {one.name for one in believed}
    foreign = _OF_LETTERS if is_billed(text) else _OF_BILLS
    for field in tags.NAMES:
        if field in known or field in foreign:
            continue
        spans = [one for one in told.spans if one.label in tags.LABELS[field]]
        named = [(one, name) for one in spans if (name := _name_at(text, one.start, one.end, field))]
        if named:
            one, name = max(named, key=lambda pair: pair[0].sure)
            yield Alone(field, name, one.start, one.end)


def _name_at(text: AnnotatedText, start: int, end: int, field: str) -> str | None:
    printed = _printed(text, start, end)
    if field in _FIRMS:
        return printed if len(printed) > _SHORTEST else None
    person = last_first_at(text, start, end) or person_at(text, start, end)
    if person is not None:
        return person.name
    return printed if len(printed.split()) > 1 and not any(sign.isdigit() for sign in printed) else None


def _printed(text: AnnotatedText, start: int, end: int) -> str:
    return " ".join(text.text[start:end].split()).strip(" ,;:.-|")


def _words(text: AnnotatedText, told: Tags, found: Sequence[Extraction]) -> Iterator[Alone]:
    """The treatment, where the rules find none, and illnesses where they see nothing, in a letter's own words."""
    if is_billed(text):
        return
    known = {name: [one for one in found if one.name.startswith(name)] for name in _IN_WORDS}
    for span in told.spans:
        if span.label not in known or span.sure < _SURE_OF_WORDS:
            continue
        others = known[span.label]
        if span.label == "treatment" and any(one.value is not None and one.assertion == "stated" for one in others):
            continue
        printed = _printed(text, span.start, span.end)
        words = frozenset(printed.casefold().split())
        said = any(words <= frozenset(str(one.value).casefold().split()) for one in others)
        if len(printed) > _SHORTEST and not said and not _overlaps(span.start, span.end, others):
            yield Alone(span.label, printed, span.start, span.end)


def _times(text: AnnotatedText, found: Sequence[Extraction]) -> Iterator[Alone]:
    """The times that the tagger takes for prescribed ones, and rather than those that the rules took."""
    others = [one for one in found if one.name in times.ROLES]
    sure = {
        name: max((tags.odds_of(text, one) for one in others if one.name == name), default=_LEAST)
        for name in times.ROLES
    }
    for told in times.seen(text):
        time, odds = told.time, tags.odds_at(text, told.field, told.time.start, told.time.end)
        unlikely = odds <= max(0.0, sure[told.field]) or is_surely_another(text, time)
        if not unlikely and not _overlaps(time.start, time.end, others):
            yield Alone(told.field, time.value, time.start, time.end)


def _overlaps(start: int, end: int, others: Sequence[Extraction]) -> bool:
    places = ((place.start or 0, place.end or 0) for one in others for place in one.evidence)
    return any(start < last and first < end for first, last in places)
