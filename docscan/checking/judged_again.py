"""What became different when the same documents were judged again, rule by rule, and why?

What a rule says depends on the rules, the table of codes, the day of the check and the claim. Where several of these
differ, each is tried alone: judging costs milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import TypeAlias

from docscan.checking import wording
from docscan.checking.judging import judge
from docscan.checking.packets.judging import judge_packet
from docscan.checking.rulebook.rules import Rule, Ruleset
from docscan.document import Cause, Changes, Claim, Finding, Json, PacketReport, Report, RuleChange, Turn

Judgement: TypeAlias = Report | PacketReport
_Key: TypeAlias = tuple[int | None, str]
_NOT_ASKED = ("not_applicable", None)
_NO_CLAIM = Claim()


def changes_between(
    before: Judgement, after: Judgement, rules: tuple[Ruleset | None, Ruleset | None] = (None, None)
) -> Changes:
    """What differs between two judgements of the same documents. Pure.

    `rules`: those of today of the two administrators, where they are there; without them it is told that the
    administrators differ, but not in what.
    """
    first, second = _Judged.of(before, rules[0]), _Judged.of(after, rules[1])
    return Changes(
        by=tuple(_by(first, second)),
        came_out=tuple(_came_out(before, after)),
        rules=tuple(_rules(first, second)),
    )


@dataclass(frozen=True)
class _Judged:
    """A judgement with all that it was made by."""

    judgement: Judgement
    rules: Ruleset | None
    claim: Claim

    @staticmethod
    def of(judgement: Judgement, rules: Ruleset | None) -> _Judged:
        claim = judgement.claim if isinstance(judgement, Report) else _claim_of(judgement)
        return _Judged(judgement, rules, claim)

    @property
    def documents(self) -> tuple[Report, ...]:
        return _documents(self.judgement)

    def version(self, name: str, otherwise: str) -> str | None:
        """Of the last judging; a report that was judged only once may bear the name of its reading alone."""
        versions = self.documents[0].versions if self.documents else {}
        return versions.get(name, versions.get(otherwise))


def _claim_of(packet: PacketReport) -> Claim:
    return packet.reports[0].claim if packet.reports else _NO_CLAIM


def _documents(judgement: Judgement) -> tuple[Report, ...]:
    return judgement.documents() if isinstance(judgement, Report) else judgement.reports


# What they were judged by, and what came of it


def _by(before: _Judged, after: _Judged) -> Iterator[Turn]:
    first, second = before.judgement, after.judgement
    yield from _turn("administrator", first.administrator, second.administrator)
    yield from _turn("as_of", first.as_of.isoformat(), second.as_of.isoformat())
    told = [{name: _plain(value) for name, value in asdict(one.claim).items()} for one in (before, after)]
    for name in told[0]:
        yield from _turn(f"claim.{name}", told[0][name], told[1][name])
    books = [_books(one) for one in (before, after)]
    same = first.administrator == second.administrator
    for name in dict.fromkeys((*books[0], *books[1])):
        if same or (name in books[0] and name in books[1]):  # another administrator has other rulebooks
            yield from _turn(f"rulebooks.{name}", books[0].get(name), books[1].get(name))
    for name, otherwise in (("judging_icd10cm", "icd10cm"), ("judging", "docscan")):
        yield from _turn(f"versions.{name}", before.version(name, otherwise), after.version(name, otherwise))


def _came_out(before: Judgement, after: Judgement) -> Iterator[Turn]:
    yield from _turn("verdict", before.verdict, after.verdict)
    yield from _turn("score", before.score and asdict(before.score), after.score and asdict(after.score))
    if isinstance(before, PacketReport) and isinstance(after, PacketReport):
        days = [one.law_date.date.isoformat() if one.law_date else None for one in (before, after)]
        yield from _turn("law_date", *days)
    parts = list(zip(_documents(before), _documents(after), strict=False))
    alone = isinstance(before, Report) and len(parts) == 1
    for number, (first, second) in enumerate(parts):
        place = "" if alone else f"reports.{number}."
        yield from _turn(f"{place}law_date", first.law_date.date.isoformat(), second.law_date.date.isoformat())
        if not alone:
            yield from _turn(f"{place}verdict", first.verdict, second.verdict)
            yield from _turn(
                f"{place}score", first.score and asdict(first.score), second.score and asdict(second.score)
            )


def _turn(what: str, before: Json, after: Json) -> Iterator[Turn]:
    if before != after:
        yield Turn(what, before, after)


def _books(judged: _Judged) -> dict[str, str]:
    return {book.id: book.version for book in (judged.documents[0].rulebooks if judged.documents else ())}


def _plain(value: Json) -> Json:
    if isinstance(value, date):
        return value.isoformat()
    return {name: _plain(inner) for name, inner in value.items()} if isinstance(value, Mapping) else value


# Rule by rule


def _rules(before: _Judged, after: _Judged) -> Iterator[RuleChange]:
    first, second = _findings(before.judgement), _findings(after.judgement)
    changed = [key for key in dict.fromkeys((*first, *second)) if _differ(first.get(key), second.get(key))]
    tried = _tried(before, after) if changed else {}
    for key in changed:
        old, new = first.get(key), second.get(key)
        told = new or old
        if told is None:
            continue
        yield RuleChange(
            document=key[0],
            rule=key[1],
            title=told.title,
            before=old.outcome if old else None,
            after=new.outcome if new else None,
            severity_before=old.severity if old else None,
            severity_after=new.severity if new else None,
            message=told.message,
            causes=tuple(_causes(key, (old, new), before, after, tried)),
        )


def _findings(judgement: Judgement) -> dict[_Key, Finding]:
    found: dict[_Key, Finding] = {
        (number, finding.rule): finding
        for number, report in enumerate(_documents(judgement))
        for finding in report.findings
    }
    if isinstance(judgement, PacketReport):
        found |= {(None, finding.rule): finding for finding in judgement.findings}
    return found


def _differ(before: Finding | None, after: Finding | None) -> bool:
    """A rule that does not apply and one that is not asked are the same to whoever reads a report."""
    outcomes = [finding.outcome if finding else None for finding in (before, after)]
    if all(outcome in _NOT_ASKED for outcome in outcomes):
        return False
    return outcomes[0] != outcomes[1] or (before and before.severity) != (after and after.severity)


_Tried: TypeAlias = dict[str, dict[_Key, Finding]]


def _tried(before: _Judged, after: _Judged) -> _Tried:
    """The findings under everything as before, and with one thing alone as it is now."""
    if before.rules is None or after.rules is None:
        return {}
    old, new = before.judgement, after.judgement
    found = {"nothing": _again(before.judgement, before.rules, old.as_of, before.claim)}
    if old.administrator != new.administrator:
        found["administrator"] = _again(before.judgement, after.rules, old.as_of, before.claim)
    if old.as_of != new.as_of:
        found["day"] = _again(before.judgement, before.rules, new.as_of, before.claim)
    if before.claim != after.claim:
        found["claim"] = _again(before.judgement, before.rules, old.as_of, after.claim)
    return found


def _again(judgement: Judgement, rules: Ruleset, as_of: date, claim: Claim) -> dict[_Key, Finding]:
    if isinstance(judgement, Report):
        return _findings(judge(judgement, rules, as_of=as_of, claim=claim))
    return _findings(judge_packet(judgement.reports, rules, as_of=as_of, claim=claim))


def _causes(
    key: _Key, findings: tuple[Finding | None, Finding | None], before: _Judged, after: _Judged, tried: _Tried
) -> Iterator[Cause]:
    old, new = findings
    same = tried.get("nothing")
    if same is None or _differ(old, same.get(key)):  # what was stored was judged by other rules, codes or program
        yield from _newer(before, after, sure=same is not None)
    possible = [kind for kind in ("administrator", "day", "claim") if kind in _differing(before, after)]
    alone = [kind for kind in possible if same is not None and _differ(same.get(key), tried[kind].get(key))]
    for kind in alone or (possible if same is None or _differ(same.get(key), new) else ()):
        if kind == "administrator":
            yield Cause("administrator", _other_rules(key[1], before, after))
        elif kind == "day":
            day, once = after.judgement.as_of, before.judgement.as_of
            yield Cause("day", f"The day of the check is {wording.day(day)}; it was {wording.day(once)}.")
        else:
            yield Cause("claim", _other_claim(before.claim, after.claim))


def _differing(before: _Judged, after: _Judged) -> set[str]:
    first, second = before.judgement, after.judgement
    told = {
        "administrator": first.administrator != second.administrator,
        "day": first.as_of != second.as_of,
        "claim": before.claim != after.claim,
    }
    return {kind for kind, differs in told.items() if differs}


def _newer(before: _Judged, after: _Judged, *, sure: bool) -> Iterator[Cause]:
    """What is newer than when the report was stored. `sure`: that is why it comes out otherwise."""
    old, new = _books(before), _books(after)
    changed = [name for name in dict.fromkeys((*new, *old)) if new.get(name) != old.get(name)]
    newer = changed if before.judgement.administrator == after.judgement.administrator else []
    told = [_version(name, old.get(name), new.get(name)) for name in newer]
    if told:
        yield Cause("rules", f"Rules were changed: {wording.listed(told)}.")
    codes = [one.version("judging_icd10cm", "icd10cm") for one in (before, after)]
    if codes[0] != codes[1]:
        days = [_release(one) for one in codes]
        yield Cause("codes", f"The newest release of codes known is of {days[1]}; it was of {days[0]}.")
    programs = [one.version("judging", "docscan") for one in (before, after)]
    if programs[0] != programs[1] and not told and codes[0] == codes[1]:
        yield Cause("program", f"docscan {programs[1]} judged; it was docscan {programs[0]}.")
    elif sure and codes[0] == codes[1] and not told:
        yield Cause("rules", "Rules were changed without a new version.")


def _version(name: str, old: str | None, new: str | None) -> str:
    if old is None or new is None:
        return f"the rulebook {name} is {'new' if old is None else 'gone'}"
    return f"the rulebook {name} is of version {new}, and was of {old}"


def _release(text: str | None) -> str:
    try:
        return wording.day(date.fromisoformat(text or ""))
    except ValueError:
        return "an unknown day"


def _other_claim(before: Claim, after: Claim) -> str:
    names = [one.name for one in fields(Claim) if getattr(before, one.name) != getattr(after, one.name)]
    given = [name for name in names if getattr(after, name) is not None]
    gone = [name for name in names if name not in given]
    told = [f"The claim gives the {wording.listed(map(wording.name, given))}"] if given else []
    told += [f"The claim no longer gives the {wording.listed(map(wording.name, gone))}"] if gone else []
    return ". ".join(told) + "."


# How the rules of two administrators differ


def _other_rules(rule: str, before: _Judged, after: _Judged) -> str:
    first, second = before.rules, after.rules
    if first is None or second is None:
        return f"The rules are those of {after.judgement.administrator}; they were those of {_whose(before)}."
    old, new = _forms(first, rule), _forms(second, rule)
    if not old or not new:
        asks, not_ = (second, first) if new else (first, second)
        return f"{asks.title} asks this, and {not_.title} does not.{_source(rule, not_)}"
    told = list(dict.fromkeys(said for a, b in zip(old, new, strict=False) for said in _told(a, b)))
    if set(first.purpose) != set(second.purpose) and not told:
        return f"{second.title} judges for other purposes than {first.title}."
    return f"{second.title}: {'; '.join(told) or 'it depends on another rule'}.{_source(rule, second)}"


def _whose(judged: _Judged) -> str:
    return judged.rules.title if judged.rules else judged.judgement.administrator


def _forms(rules: Ruleset, rule: str) -> list[Rule]:
    return [one for one in rules.rules if one.id == rule]


def _told(old: Rule, new: Rule) -> Iterator[str]:
    """In what a rule differs, in words."""
    if old.severity != new.severity:
        yield f"the rule is “{wording.SEVERITY[new.severity]}”, and was “{wording.SEVERITY[old.severity]}”"
    if old.check != new.check:
        yield "another question is asked"
    elif old.parameters != new.parameters:
        for one in fields(old.parameters):
            was, is_ = getattr(old.parameters, one.name), getattr(new.parameters, one.name)
            if was != is_:
                yield f"{_PARAMETER.get(one.name) or one.name.replace('_', ' ')} is {_said(is_)}, and was {_said(was)}"
    if old.applies_to != new.applies_to:
        yield f"it is asked of {wording.listed(wording.KIND[kind] for kind in new.applies_to)}"
    if (old.when_class, old.asked_of_class, old.unless_class) != (new.when_class, new.asked_of_class, new.unless_class):
        yield "it is asked about other services and things"


_PARAMETER: Mapping[str, str] = {
    "compare": "the letter's place before the service",
    "day": "the letter's day that counts",
    "first_and_last": "“a first and a last day are needed”",
    "tiers": "who may sign",
}
"""Names of parameters of which a reader would not know what they mean."""


def _said(value: object) -> str:
    if value is None or value in ((), ""):
        return "not set"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return wording.listed(map(_said, value), most=12)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return wording.day(value) if isinstance(value, date) else str(value).replace("_", " ")


def _source(rule: str, rules: Ruleset) -> str:
    """Where the administrator says so."""
    cited = [change.citation for change in rules.changes if change.rule == rule]
    return f" Source: {cited[-1].title}, {cited[-1].locator}." if cited else ""
