"""Is the receipt's patient the letter's?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from docscan.checking import names
from docscan.checking.facts import Facts
from docscan.checking.names import Difference
from docscan.document import Extraction

Answer: TypeAlias = Literal["same", "open", "other", "unnamed"]

_EXPLAINED: dict[Difference, str] = {
    "initial": "is written with an initial",
    "short_form": "is a short form or another spelling",
    "slip": "differs by a letter that is easily misread or mistyped",
    "joined": "gives one of two joined family names",
    "family_name_dropped": "leaves out a family name",
    "one_name": "gives only one name",
}
"""Differences that are of no matter where nobody else of the packet could be meant."""

_NEEDS_MORE: dict[Difference, str] = {
    "letter": "differs by a letter of the first name",
    "middle": "has another middle name",
    "family_name": "has another family name",
}
"""Differences that need another fact that agrees, such as the date of birth."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a receipt's patient is to a letter's. `why`: a sentence, "" where the names are the same."""

    answer: Answer
    mine: Extraction | None
    theirs: Extraction | None
    why: str = ""


def held(letter: Facts, receipt: Facts, packet: Sequence[Facts]) -> Likeness:
    """Hold a receipt's patient against a letter's."""
    mine = _people(letter) or letter.stated("participant_name")
    theirs = _people(receipt)
    if not mine or not theirs:
        payer = next((e for e in receipt.stated("participant_name") if not theirs), None)
        if payer and mine:
            paid = [_pair(a, payer, letter, receipt, packet) for a in mine]
            best = min(paid, key=lambda one: _ORDER.index(one.answer))
            if best.answer == "same":
                return best
        return Likeness("unnamed", mine[0] if mine else None, payer)
    found = [_pair(a, b, letter, receipt, packet) for a in mine for b in theirs]
    best = min(found, key=lambda one: _ORDER.index(one.answer))
    strangers = [
        b
        for b in theirs
        if b is not best.theirs and all(names.compare(str(a.value), str(b.value)) == "different" for a in mine)
    ]
    if best.answer == "same" and strangers:
        why = f"The receipt names “{strangers[0].value}” as a patient too, whom this letter does not name."
        return Likeness("open", best.mine, strangers[0], why)
    return best


def one_family(one: str, other: str) -> bool:
    """Whether two names share a family name: who pays for a patient is often a parent or a spouse."""
    ours, theirs = ({*re.split(r"['’-]", name), name} for name in map(names.family_name, (one, other)))
    return bool(ours & theirs - {""})


def nobody_else(mine: str, packet: Iterable[Facts]) -> bool:
    """Whether every patient whom the packet names may be this one."""
    told = (str(e.value) for facts in packet for e in facts.stated("patient_name"))
    return all(names.compare(mine, name) != "different" for name in told)


def stands_for(letter: Facts, packet: Sequence[Facts]) -> tuple[Extraction, str] | None:
    """Who the patient of a letter without a name is, and what tells: whom another document names that gives the same
    date of birth; else the only one whom the packet names, where that document gives the letter's diagnosis code or
    names its provider."""
    named = [(facts, e) for facts in packet if facts is not letter for e in _people(facts)]
    born = _births(letter)
    for facts, name in named:
        if born & _births(facts):
            return name, "the date of birth"
    if len({tuple(sorted(names.parts(str(e.value)))) for _, e in named}) > 1:
        return None
    for field, said in (("diagnosis_code", "the diagnosis code"), ("signer_name", "the provider"),
                        ("provider_name", "the provider")):  # fmt: skip
        ours = {str(e.value).casefold() for e in letter.stated(field)}
        for facts, name in named:
            others = ("diagnosis_code",) if field == "diagnosis_code" else ("provider_name", "signer_name")
            if ours & {str(e.value).casefold() for e in facts.stated(*others)} and not (born and _births(facts)):
                return name, said
    return None


_ORDER: tuple[Answer, ...] = ("same", "open", "other", "unnamed")


def _people(facts: Facts) -> tuple[Extraction, ...]:
    """The patients whom a document names; "self" is the account holder."""
    told = facts.stated("patient_name")
    selves = [e for e in told if str(e.value).casefold() in ("self", "same", "subscriber", "insured")]
    others = tuple(e for e in told if e not in selves)
    return others or (facts.stated("participant_name") if selves else ())


def _pair(mine: Extraction, theirs: Extraction, letter: Facts, receipt: Facts, packet: Sequence[Facts]) -> Likeness:
    told = names.explain(str(mine.value), str(theirs.value))
    born = _births(letter), _births(receipt)
    if born[0] and born[1] and not born[0] & born[1] and told.likeness != "different":
        unsure = letter.illegible or receipt.illegible
        return Likeness("open" if unsure else "other", mine, theirs, "The dates of birth differ.")
    if told.difference == "none":
        return Likeness("same", mine, theirs)
    if told.difference in _EXPLAINED:
        return _explained(mine, theirs, told.difference, _agreeing(letter, receipt), packet)
    if told.difference in _NEEDS_MORE:
        return _backed((mine, theirs), told.difference, letter, receipt)
    holder = any(names.compare(str(e.value), str(theirs.value)) == "same" for e in letter.stated("participant_name"))
    why = "That is the account holder, not the patient." if holder or _is_holder(theirs, receipt) else ""
    return Likeness("other", mine, theirs, why)


def _explained(
    mine: Extraction, theirs: Extraction, difference: Difference, agreeing: str | None, packet: Sequence[Facts]
) -> Likeness:
    """Of a difference that means nothing, unless somebody else could be meant."""
    why = _sentence(mine, theirs, _EXPLAINED[difference], agreeing)
    if agreeing:
        return Likeness("same", mine, theirs, why)
    rival = _rival(mine, theirs, packet)
    if rival:
        return Likeness("open", mine, theirs, f"{why} It could also be {rival}.")
    alone = difference == "one_name" and _only_family_name(mine, theirs)
    return Likeness("open" if alone else "same", mine, theirs, why)


def _backed(pair: tuple[Extraction, Extraction], difference: Difference, letter: Facts, receipt: Facts) -> Likeness:
    """Of a difference that needs another fact to back it."""
    mine, theirs = pair
    agreeing = _agreeing(letter, receipt)
    why = _sentence(mine, theirs, _NEEDS_MORE[difference], agreeing)
    if agreeing:
        return Likeness("same", mine, theirs, why)
    if difference == "family_name":
        return Likeness("other", mine, theirs, "If the family name has changed, say so and send a proof of it.")
    return Likeness("open", mine, theirs, why)


def _sentence(mine: Extraction, theirs: Extraction, difference: str, agreeing: str | None) -> str:
    also = f"; {agreeing} is the same" if agreeing else ""
    return f"“{theirs.value}” on the receipt and “{mine.value}” in the letter: one {difference}{also}."


def _is_holder(theirs: Extraction, receipt: Facts) -> bool:
    holder = receipt.claim.participant_name
    return bool(holder) and names.compare(str(holder), str(theirs.value)) == "same"


def _only_family_name(mine: Extraction, theirs: Extraction) -> bool:
    short, long = sorted((names.parts(str(mine.value)), names.parts(str(theirs.value))), key=len)
    return short[:1] == long[-1:]


def _rival(mine: Extraction, theirs: Extraction, packet: Iterable[Facts]) -> str | None:
    """Somebody else of the packet whom the receipt may mean."""
    for facts in packet:
        for other in facts.stated("patient_name", "participant_name"):
            name = str(other.value)
            if name == str(theirs.value) or names.compare(name, str(mine.value)) != "different":
                continue
            if names.compare(name, str(theirs.value)) != "different":
                return name
    return None


def _births(facts: Facts) -> frozenset[str]:
    return frozenset(str(e.value) for e in facts.stated("date_of_birth"))


def _agreeing(letter: Facts, receipt: Facts) -> str | None:
    """Which other fact of the person the two documents share."""
    for field, said in (
        ("date_of_birth", "the date of birth"),
        ("patient_address", "the address"),
        ("member_id", "the member number"),
    ):
        ours = {_plain(e.value) for e in letter.stated(field)}
        if ours & {_plain(e.value) for e in receipt.stated(field)}:
            return said
    return None


def _plain(value: object) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in str(value).casefold()).split())
