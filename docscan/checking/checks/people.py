"""Who is who: nobody may vouch for himself."""

from __future__ import annotations

from pydantic.dataclasses import dataclass

from docscan.checking import names, wording
from docscan.checking.checks.registry import STRICT, FieldNames, check
from docscan.checking.facts import Facts, Result, evidence_of
from docscan.document import Extraction


@dataclass(frozen=True, config=STRICT)
class Apart:
    """`who` may be none of `others`."""

    who: FieldNames
    others: FieldNames


_ROLE = {
    "patient_name": "patient",
    "participant_name": "account holder",
    "trainer_name": "trainer",
    "merchant_name": "seller",
}


@check("value", "other")
def different_people(facts: Facts, parameters: Apart) -> Result:
    """Who vouches for something is not who profits. {value}: who; {other}: who that is."""
    vouching = [e for e in facts.stated(*parameters.who) if isinstance(e.value, str)]
    others: list[tuple[str, str, Extraction | None]] = [
        (str(e.value), _ROLE.get(e.name, wording.name(e.name)), e)
        for e in facts.stated(*parameters.others)
        if isinstance(e.value, str)
    ]
    if facts.claim.participant_name and "participant_name" in parameters.others:
        others.append((facts.claim.participant_name, "account holder", None))
    if not vouching or not others:
        names_wanted = [*parameters.who] if not vouching else [*parameters.others]
        return facts.hidden(*names_wanted) or Result("not_applicable", why="There are no two names to compare.")
    doubt: Result | None = None
    for one in vouching:
        for other, role, source in others:
            evidence = evidence_of(filter(None, (one, source)))
            variables = {"value": str(one.value), "other": f"the {role}, {other}"}
            likeness = names.compare(str(one.value), other)
            if likeness == "same":
                return Result("not_met", evidence, variables)
            if likeness == "possible" and len(names.parts(str(one.value))) > 1:
                why = f"“{one.value}” may be the same person as “{other}”, the {role}."
                doubt = doubt or Result("uncertain", evidence, variables, why)
            elif _same_household(facts, one, other):
                why = f"“{one.value}” and “{other}” share a family name and an address."
                doubt = doubt or Result("uncertain", evidence, variables, why)
    shown: list[Extraction] = vouching[:2]
    return doubt or Result("met", evidence_of(shown), {"value": wording.said(shown), "other": ""})


def _same_household(facts: Facts, one: Extraction, other: str) -> bool:
    def plain(address: object) -> str:
        return " ".join(str(address).casefold().replace(",", " ").replace(".", " ").split())

    theirs = {plain(e.value) for e in facts.stated("patient_address")}
    mine = {plain(e.value) for e in facts.stated("provider_address", "merchant_address")}
    family = names.family_name(str(one.value))
    return bool(family) and family == names.family_name(other) and bool(theirs & mine)
