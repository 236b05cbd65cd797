"""Who is named on the documents of one claim?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from pydantic.dataclasses import dataclass
from rapidfuzz import fuzz

from docscan.checking import names, wording
from docscan.checking.checks.registry import STRICT, ItemClasses, check
from docscan.checking.facts import Facts, Result, evidence_of
from docscan.checking.packets import patients
from docscan.checking.packets.documents import (
    RECORDS,
    Letter,
    bills,
    for_a_person,
    letters,
    nothing_to_hold,
    receipts,
)
from docscan.checking.packets.matching import Match, matched
from docscan.checking.packets.services import SESSIONS, services
from docscan.document import Evidence, Extraction


@dataclass(frozen=True, config=STRICT)
class Goods:
    """`goods`: classes of lines for which a shop asks nobody's name; a receipt of them need not name one, unless it
    shows a service too."""

    goods: ItemClasses = ()


@check("value", "other", packet=True)
def same_patient(packet: Sequence[Facts], parameters: Goods) -> Result:
    """Each receipt is for the patient of a letter. {value}: the letter's; {other}: the one that differs."""
    told = letters(packet)
    if nothing := nothing_to_hold(packet):
        return nothing
    known = [one for letter in told if (one := _whom(letter, packet)) is not None]
    if not known:
        hidden = told[0].facts.hidden("patient_name")
        return hidden or Result("not_applicable", why="No letter names a patient.")
    named = [one.facts for one in known]
    doubts: list[Result] = []
    agreed: list[patients.Likeness] = []
    silent = True  # whether the receipts in doubt name nobody at all: the rule about receipts asks for the name
    for receipt in receipts(packet):
        facts = receipt.facts
        held = [patients.held(letter, facts, packet) for letter in named]
        best = min(held, key=lambda one: _ORDER[one.answer])
        if best.answer == "same":
            agreed.append(best)
        elif best.answer == "unnamed":
            if not (facts.classes & set(parameters.goods)) or facts.classes & _SERVICES:
                fitting = _fits(receipt.place, best, packet)
                if fitting is None:
                    doubts.append(_unnamed(facts, best))
                    silent = silent and best.theirs is None and not facts.hidden("patient_name")
                else:
                    agreed.append(fitting)
        elif best.answer == "open":
            doubts.append(Result("uncertain", _places([best]), _named(best), best.why))
            silent = False
        else:
            return for_a_person(Result("not_met", _places([best]), _named(best), best.why), told)
    if doubts and not (silent and any(one.theirs for one in agreed)):
        return doubts[0]
    people = [facts.stated("patient_name", "participant_name")[0] for facts in named]
    shown = wording.listed(dict.fromkeys(str(e.value) for e in people))
    whys = [*(one.by for one in known), *(one.why for one in agreed), "Another receipt names nobody." if doubts else ""]
    why = " ".join(dict.fromkeys(filter(None, whys)))
    return Result("met", _places(agreed) or evidence_of(people), {"value": shown, "other": ""}, why)


class _Whom(NamedTuple):
    """A letter that names its patient, or is taken to. `by`: a sentence on why it is."""

    facts: Facts
    by: str = ""


def _whom(letter: Letter, packet: Sequence[Facts]) -> _Whom | None:
    facts = letter.facts
    if any(str(e.value).strip() for e in facts.stated("patient_name", "participant_name")):
        return _Whom(facts)
    if facts.hidden("patient_name"):
        return None
    found = patients.stands_for(facts, packet)
    if found is None:
        return None
    name, by = found
    return _Whom(
        replace(facts, fields=(*facts.fields, replace(name, name="patient_name"))),
        f"A letter does not name the patient, but {by} is the same.",
    )


def _fits(place: int, best: patients.Likeness, packet: Sequence[Facts]) -> patients.Likeness | None:
    """Whether a receipt that names no patient is the letter's all the same: it shows what the letter names, in time,
    nobody else is a patient of the packet, and who paid is of the family."""
    if best.mine is None or packet[place].hidden("patient_name"):
        return None
    mine = str(best.mine.value)
    if best.theirs is not None and not patients.one_family(mine, str(best.theirs.value)):
        return None
    enough = (True, None) if packet[place].kind in RECORDS else (True,)  # a record seldom says what it is a record of
    theirs = [m for m in matched(packet) if m.service.report == place]
    fitting = [m for m in theirs if any(o.named.holds in enough and _in_time(o) for o in m.matches)]
    nothing = not theirs and packet[place].kind not in RECORDS  # a record may only repeat what a bill shows
    if nothing or len(fitting) < len(theirs) or not patients.nobody_else(mine, packet):
        return None
    said = f"“{best.theirs.value}”, who paid," if best.theirs else "nobody"
    why = f"A receipt names {said}{' and no patient' if best.theirs else ''}; what it shows, and when, fits the letter."
    return patients.Likeness("same", best.mine, best.theirs, why)


def _in_time(one: Match) -> bool:
    return False not in (one.timely.holds, one.before.holds)


_SERVICES = SESSIONS | {"medical_visit", "medical_service", "membership_dues", "dental"}
_ORDER = {"same": 0, "open": 1, "unnamed": 2, "other": 3}


def _named(one: patients.Likeness) -> dict[str, str]:
    return {"value": str(one.mine.value) if one.mine else "", "other": str(one.theirs.value) if one.theirs else ""}


def _places(found: Sequence[patients.Likeness]) -> tuple[Evidence, ...]:
    return evidence_of([e for one in found for e in (one.mine, one.theirs) if e is not None])


def _unnamed(facts: Facts, best: patients.Likeness) -> Result:
    missing = facts.hidden("patient_name")
    payer = best.theirs
    why = f"A receipt names “{payer.value}” as the payer, and no patient." if payer else (
        "A receipt does not name the patient."
    )  # fmt: skip
    return Result("uncertain", _places([best]), _named(best), missing.why if missing else why)


@dataclass(frozen=True, config=STRICT)
class Sold:
    """`care`: classes of lines that a provider who writes letters bills as a matter of course."""

    care: ItemClasses = ("medical_visit", "medical_service")


@check("value", "other", packet=True)
def issuer_apart_from_signer(packet: Sequence[Facts], parameters: Sold) -> Result:
    """Who sells is not who signed the letter. {value}: the seller; {other}: the signer."""
    if nothing := nothing_to_hold(packet):
        return nothing
    signers = [e for x in letters(packet) for e in x.facts.stated("signer_name", "provider_name", "practice_name")]
    care = {s.report for s in services(packet) if not s.extra and s.kind in parameters.care}
    other = {s.report for s in services(packet) if not s.extra and s.kind not in parameters.care}
    sellers = [
        e for r in bills(packet)
        if r.facts.kind != "eob" and (r.place in other or r.place not in care)
        for e in r.facts.stated("merchant_name", "practice_name", "provider_name")
    ]  # fmt: skip
    if not signers or not sellers:
        return Result("not_applicable", why="There are no two names to compare.")
    same = [(seller, signer) for seller in sellers for signer in signers if _one_business(seller, signer)]
    seller, signer = same[0] if same else (sellers[0], signers[0])
    variables = {"value": str(seller.value), "other": str(signer.value)}
    return Result("not_met" if same else "met", evidence_of([seller, signer]), variables)


def _one_business(seller: Extraction, signer: Extraction) -> bool:
    a, b = str(seller.value), str(signer.value)
    if signer.name == "practice_name" or seller.name == "practice_name":
        return fuzz.ratio(a.casefold(), b.casefold()) >= _SAME_NAME
    return names.compare(a, b) == "same" or (len(names.parts(b)) > 1 and b.casefold() in a.casefold())


_SAME_NAME = 90
