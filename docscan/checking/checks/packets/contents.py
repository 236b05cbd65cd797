"""Does the packet hold what belongs into it, and do its codes and people go together?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from dateutil.relativedelta import relativedelta
from pydantic.dataclasses import dataclass

from docscan.checking import wording
from docscan.checking.checks.registry import STRICT, ItemClasses, Many, check
from docscan.checking.facts import Facts, Result, evidence_of
from docscan.checking.packets.documents import (
    attached,
    bills,
    letters,
    nothing_to_hold,
    receipts,
    records,
)
from docscan.checking.packets.services import services
from docscan.checking.packets.things import key, things
from docscan.document import Claim, Extraction
from docscan.reference import credentials, procedure_codes

# Its parts (PKT-08, PKT-10)

_PART = {
    "letter": "a letter of medical necessity",
    "receipt": "an itemized receipt",
    "record": "the trainer's own record",
    "diagnosis_code": "the ICD-10-CM code of the diagnosis",
    "procedure_code": "the procedure code of the service",
}


@dataclass(frozen=True, config=STRICT)
class Parts:
    """`needs`: what the packet must hold; `record_for`: classes of services that need the trainer's record."""

    needs: Many[Literal["letter", "receipt", "record", "diagnosis_code", "procedure_code"]]
    record_for: ItemClasses = ("training",)


@check("value", "missing", packet=True)
def packet_holds(packet: Sequence[Facts], parameters: Parts) -> Result:
    """The packet holds all that it needs. {value}: what it holds; {missing}: what it does not."""
    if not packet:
        return Result("not_applicable", why="There are no documents.")
    there = {
        "letter": bool(attached(packet)),
        "receipt": bool(bills(packet)),
        "record": bool(records(packet)) or not any(set(parameters.record_for) & f.classes for f in packet),
        "diagnosis_code": any(f.stated("diagnosis_code", "diagnosis_code_icd9") for f in packet),
        "procedure_code": any(f.stated("procedure_code") or _coded(f) for f in packet),
    }
    lacking = [part for part in parameters.needs if not there[part]]
    held = [part for part in parameters.needs if there[part]]
    variables = {"value": wording.listed(map(_PART.__getitem__, held), most=9),
                 "missing": wording.listed(map(_PART.__getitem__, lacking), most=9)}  # fmt: skip
    if not lacking:
        return Result("met", variables=variables)
    hidden = next((h for f in packet if (h := f.hidden("diagnosis_code", "procedure_code"))), None)
    if hidden or any(f.kind == "other" and f.illegible for f in packet):
        why = hidden.why if hidden else "A document of the packet could not be read."
        return Result("uncertain", variables=variables, why=why)
    return Result("not_met", variables=variables, absent=True)


def _coded(facts: Facts) -> bool:
    return any(isinstance(e.value, dict) and e.value.get("code") for e in facts.stated("item"))


@dataclass(frozen=True, config=STRICT)
class Attached:
    """`without_letter`: classes of lines for which no plan asks for a letter. `on_file`: for how long a letter does
    that the plan received before, as the claim says: a year, the plan year, or not at all."""

    without_letter: ItemClasses = ()
    on_file: Literal["no", "year", "plan_year"] = "no"


@check("value", packet=True)
def letter_attached(packet: Sequence[Facts], parameters: Attached) -> Result:
    """Where something is claimed that usually needs a letter, there is one. {value}: what needs it, or the letter."""
    if nothing := nothing_to_hold(packet, letter=False):
        return nothing
    told = attached(packet)
    needy = [
        s for s in services(packet)
        if not s.extra and not s.refund and s.description and s.kind not in (None, "unspecific", "other")
        and things(packet)[key(s)].needs_letter(parameters.without_letter)
    ]  # fmt: skip
    variables = {"value": wording.listed(f"“{wording.one_line(s.description or '')}”" for s in needy)}
    if told:
        return Result("met", told[0].facts.kind_evidence, variables)
    if not needy:
        return Result("not_applicable", why="The receipts show nothing that is known to need a letter.")
    evidence = evidence_of([e for s in needy[:5] for e in s.sources[:1]])
    kept = _kept(packet[0].claim, parameters.on_file, [s.day for s in needy if s.day])
    if kept is not None:
        return Result("met", evidence, variables, f"The plan has had the letter since {wording.day(kept)}.")
    if (nothing := nothing_to_hold(packet)) and nothing.outcome == "uncertain":
        return nothing
    return Result("not_met", evidence, variables, absent=True)


def _kept(claim: Claim, on_file: str, days: Sequence[date]) -> date | None:
    """The day on which the plan received the letter that it has on file, where that still does for these days."""
    came = min(filter(None, (claim.letter_received_on, claim.letter_approved_on)), default=None)
    if on_file == "no" or came is None:
        return None
    until = came + relativedelta(years=1)
    if on_file == "plan_year" and claim.plan_year:
        if came < claim.plan_year.start:
            return None
        until = claim.plan_year.end
    return came if all(day <= until for day in days) else None


# Its codes (PKT-15, PKT-18)


@check("value", "other", packet=True)
def codes_align_across(packet: Sequence[Facts]) -> Result:
    """Each procedure code of one document goes with a diagnosis code of another, as far as docscan's small map knows.

    {value}: the procedures; {other}: the diagnosis codes.
    """
    diagnoses = [e for f in packet for e in f.stated("diagnosis_code")]
    procedures = [(e, str(e.value)) for f in packet for e in f.stated("procedure_code")]
    procedures += [(s.sources[0], s.code) for s in services(packet) if s.code]
    opinions = [
        (code, e, {procedure_codes.fits(code, str(d.value)) for d in diagnoses}) for e, code in procedures
    ]  # fmt: skip
    known = [(code, e) for code, e, told in opinions if told - {None}]
    if not known:
        return Result("not_applicable", why="There is no procedure code and diagnosis code that docscan could compare.")
    odd = [(code, e) for code, e, told in opinions if told - {None} and True not in told]
    shown = odd or known
    variables = {
        "value": wording.listed(code for code, _ in shown),
        "other": wording.listed(str(d.value) for d in diagnoses),
    }
    return Result("not_met" if odd else "met", evidence_of([*(e for _, e in shown), *diagnoses]), variables)


@dataclass(frozen=True, config=STRICT)
class SkilledAcross:
    """`codes` of services that only licensed people give."""

    codes: Many[str]


@check("value", "other", packet=True)
def skilled_service_across(packet: Sequence[Facts], parameters: SkilledAcross) -> Result:
    """Behind these codes on a receipt stands a licensed person, there or as the supervisor whom another document names.

    {value}: the codes; {other}: who was found.
    """
    there = [(s.code, s.report, s.sources[0]) for s in services(packet) if s.code in parameters.codes]
    there += [
        (str(e.value), r.place, e) for r in receipts(packet)
        for e in r.facts.stated("procedure_code") if e.value in parameters.codes
    ]  # fmt: skip
    if not there:
        return Result("not_applicable", why="No receipt bears such a code.")
    holders = [e for place in dict.fromkeys(p for _, p, _ in there) for e in _holders(packet[place])]
    supervisors = [e for f in packet for e in f.stated("supervisor_name")]
    good = [
        e for e in holders if any(c.tier in ("T1", "T2", "T3") for c in credentials.split(str(e.value)))
    ] + supervisors
    variables = {
        "value": wording.listed(str(code) for code, _, _ in there),
        "other": wording.said(good or holders) or "no credential",
    }
    evidence = evidence_of([*(e for _, _, e in there), *(good or holders)])
    if good:
        return Result("met", evidence, variables)
    hidden = next((h for _, p, _ in there if (h := packet[p].hidden("provider_credential"))), None)
    return hidden or Result("not_met", evidence, variables)


def _holders(facts: Facts) -> tuple[Extraction, ...]:
    return facts.stated("provider_credential", "trainer_credential")


# Its trainer (PKT-16)


@dataclass(frozen=True, config=STRICT)
class TrainerShown:
    """`classes` of services that a trainer gives."""

    classes: ItemClasses = ("training",)


@check("value", "missing", packet=True)
def trainer_shown(packet: Sequence[Facts], parameters: TrainerShown) -> Result:
    """For training, the packet names the trainer's certificate, and shows each session.

    {value}: what it shows; {missing}: what it does not.
    """
    if nothing := nothing_to_hold(packet, letter=False):
        return nothing
    trained = [s for s in services(packet) if s.kind in parameters.classes and not s.refund]
    if not trained:
        return Result("not_applicable", why="Nothing on the receipts is training.")
    licensed = ("provider_credential",)
    certified = [e for r in receipts(packet) for e in r.facts.stated("trainer_credential", *licensed)]
    certified = certified or [e for letter in letters(packet) for e in letter.facts.stated("trainer_credential")]
    recorded = bool(records(packet))
    dated = all(s.days and s.sessions == len(s.days) for s in trained)
    lacking = [said for said, here in (("the trainer's certificate", bool(certified)),
                                       ("a record of each session", recorded or dated)) if not here]  # fmt: skip
    shown = wording.said(certified) or "each session by its day"
    variables = {"value": shown, "missing": wording.listed(lacking)}
    if not lacking:
        return Result("met", evidence_of(certified), variables)
    hidden = next((h for r in receipts(packet) if (h := r.facts.hidden("trainer_credential"))), None)
    return hidden or Result("not_met", evidence_of([e for s in trained[:5] for e in s.sources[:1]]), variables)
