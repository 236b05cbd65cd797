"""What is it that a line shows, what does tax law say of it, what does it need, and does a letter name it?

Answered here once for each line of a receipt and each treatment of a letter; the rules about lines, the coverage
calendar and the money read it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, TypeAlias

from docscan.checking import wording
from docscan.checking.facts import Facts, class_of, once_a_packet
from docscan.checking.packets import naming
from docscan.checking.packets.documents import letters
from docscan.checking.packets.services import EXTRAS, Service, shown, sold_by
from docscan.document import Extraction, Purpose
from docscan.reference import publication_502
from docscan.reference.goods import has_a_special_form
from docscan.reference.publication_502 import Entry

_OPEN = frozenset({None, "unspecific", "other"})

Key: TypeAlias = tuple[int, int, date | None]
"""A line on one of its days: its document, its line, its first day."""


def key(service: Service) -> Key:
    return service.report, service.line, service.day


class Answer(NamedTuple):
    """`holds` None: it cannot be told. `reason`: a sentence, "" where there is nothing to add."""

    holds: bool | None
    reason: str = ""


@dataclass(frozen=True)
class Thing:
    """A line or a treatment. `entry`: what tax law says of it; None where it has no entry, or the words do not tell
    which. `item_class`: the entry's, else its own; of what never counts its own, as such entries hold goods of many
    classes. `named`: what each letter, by its place, says of it."""

    source: Extraction
    words: str
    item_class: str | None
    entry: Entry | None
    named: Mapping[int, Answer]

    @property
    def said(self) -> str:
        return wording.value(self.source.name, self.source.value)

    @property
    def extra(self) -> bool:
        """Whether it only comes with a thing: a tip, a fee, what is taken off."""
        return self.item_class in EXTRAS or self.item_class == "discount"

    @property
    def never(self) -> bool:
        """Whether the lists say that it never counts, whatever a letter says; what a plan of treatment can save is not
        meant."""
        entry = self.entry
        return entry is not None and entry.counts == "never" and entry.item_class != "exercise_class"

    @property
    def always(self) -> bool:
        return self.entry is not None and self.entry.counts == "always"

    @property
    def named_by_any(self) -> bool | None:
        """Whether some letter names it; None where that cannot be told."""
        told = {answer.holds for answer in self.named.values()}
        return True if True in told else None if None in told else False

    def ordinary(self, classes: Collection[str]) -> bool:
        """Whether it is an ordinary expense of these classes: one that no entry takes for medical care."""
        return self.item_class in classes and (self.entry is None or self.entry.counts == "never")

    def needs_letter(self, without: Collection[str | None] = ()) -> bool:
        """Whether plans usually ask for a letter for it; what is not known is taken to need one, but for the classes
        `without`."""
        return self.entry.letter != "none" if self.entry else self.item_class not in without


_NOBODY: Mapping[int, Answer] = {}


def things_of(facts: Facts) -> list[Thing]:
    """What a document by itself treats with or sells, without tips, fees and shipping."""
    return [thing for thing in everything_of(facts) if not thing.extra]


def everything_of(facts: Facts) -> list[Thing]:
    """Every treatment and every line of a document, what only comes with a thing too."""
    named = [(e, str(e.value)) for e in facts.stated("treatment") if isinstance(e.value, str)]
    lines = [e for e in facts.stated("item") if isinstance(e.value, Mapping)]
    named += [(e, str(e.value.get("description") or "")) for e in lines]
    return [_thing(e, words, class_of(e), entry_of(words, class_of(e), facts)) for e, words in named]


def _thing(
    source: Extraction,
    words: str,
    item_class: str | None,
    entry: Entry | None,
    named: Mapping[int, Answer] = _NOBODY,
) -> Thing:
    told = entry is not None and (item_class in _OPEN or entry.counts != "never")
    return Thing(source, words, entry.item_class if entry and told else item_class, entry, named)


def entry_of(
    words: str,
    item_class: str | None,
    facts: Facts,
    *,
    day: date | None = None,
    purpose: Purpose | None = None,
    orders: str = "",
) -> Entry | None:
    """The entry of Publication 502 for words of a document that were read as of a class; None where there is none, or
    they do not tell which. `orders`: what the letters ask for."""
    own = item_class if item_class not in _OPEN else None
    purpose, day, around = purpose or facts.claim.purpose or "fsa", day or facts.law_date.date, _around(facts)
    told = (publication_502.find(words, own, purpose=purpose, on=day, context=c) for c in (around, orders))
    found = next(filter(None, told), None)
    ordinary = found is None or (found.food and found.counts == "never" and has_a_special_form(words))
    if item_class in _OPEN | {"food"} and words and ordinary:
        kitchen = publication_502.find(around, purpose=purpose, on=day)
        if kitchen and kitchen.food and kitchen.excess:  # what a gluten-free bakery bakes is no ordinary bread
            return kitchen
    return found


def _around(facts: Facts) -> str:
    return " / ".join([sold_by(facts), *(str(e.value) for e in facts.stated("specialty"))])


@once_a_packet
def things(packet: Sequence[Facts], purpose: Purpose | None = None) -> Mapping[Key, Thing]:
    """What every line of the packet's receipts and records is, held against every letter."""
    told = letters(packet)
    orders = " ".join(str(e.value) for letter in told for e in letter.treatments)
    found: dict[Key, Thing] = {}
    for service in shown(packet):
        if service.item_class in EXTRAS:
            continue
        words = " ".join(filter(None, (service.code, service.description)))
        entry = entry_of(words, service.kind, packet[service.report], day=service.day, purpose=purpose, orders=orders)
        line = replace(service, clue=entry.item_class) if entry and service.kind in _OPEN else service
        named = {letter.place: Answer(*naming.names(letter, line)) for letter in told}
        found[key(service)] = _thing(service.sources[0], service.description or "", service.kind, entry, named)
    return found
