"""What is the least that would make a document complete, and who can do it?

Several rules may ask for one thing: a letter without a diagnosis fails four of them, and one line in it answers all.
Each rule that keeps a document from being complete is taken as groups of subjects ("diagnosis", "duration"), one of
each group being enough; the smallest set of subjects that answers every rule is what to change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Final, Literal, TypeAlias, get_args

from docscan import checking
from docscan.checking import Rule, Ruleset
from docscan.checking.checks import items
from docscan.checking.checks.presence import found
from docscan.checking.facts import LETTERS, Facts
from docscan.checking.judging import UNDECIDED
from docscan.checking.packets.things import things_of
from docscan.document import Finding, Kind, PacketReport, Report
from docscan.errors import DocscanError
from docscan.presenting import wording
from docscan.presenting.outline import unread_pages

Who: TypeAlias = Literal["copy", "provider", "seller", "patient", "reviewer"]
"""Who can do it: whoever can copy the page again; the provider who wrote the letter; whoever sent the bill; the patient
or account holder; the person who reviews."""

Group: TypeAlias = tuple[str, ...]
"""Subjects, one of which is enough."""

WHO: Final[Mapping[Who, str]] = {
    "copy": "Send a clearer copy",
    "provider": "Ask the provider",
    "seller": "Ask whoever sent the bill",
    "patient": "For the patient or account holder",
    "reviewer": "For the person who reviews",
}
_ORDER: Final[tuple[Who, ...]] = get_args(Who)
_CLEARER = "Send a clearer copy"
_GRAVE = ("fatal", "required")
_RANK = {"fatal": 0, "required": 1, "recommended": 2, "info": 3}
ANOTHER_DOCUMENT: Final = ("kind", "new_letter")
"""Subjects that no correction answers, only another document; what else is asked for must stand in that one."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to do. `subjects`: what it is about; `say`: the sentence that asks for it; `findings`: the rules that
    it answers, the gravest first; `document`: which of the report's documents, from 0; None: all of them together."""

    who: Who
    subjects: Group
    say: str
    findings: tuple[Finding, ...]
    document: int | None = 0

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(finding.rule for finding in self.findings))


def changes(report: Report | PacketReport) -> tuple[Change, ...]:
    """The smallest set of changes with which nothing keeps the report from being complete, by who can make them.

    Empty where it is complete. A rule that waits for a page is answered by a clearer copy of it: whether it is met is
    known only then.
    """
    told, rules = _told_by(report.administrator), rules_of(report.administrator)
    singles = report.reports if isinstance(report, PacketReport) else report.documents()
    made = [change for number, single in enumerate(singles) for change in _of_document(single, rules, number, told)]
    if isinstance(report, PacketReport):
        made = _with_packet(report.findings, rules, made)
    return tuple(sorted(made, key=lambda change: _ORDER.index(change.who)))


def by_who(made: Iterable[Change]) -> dict[Who, tuple[Change, ...]]:
    """The changes by who can make them, in the order in which to go about them."""
    found = tuple(made)
    grouped = {who: tuple(change for change in found if change.who == who) for who in _ORDER}
    return {who: those for who, those in grouped.items() if those}


def rules_of(administrator: str) -> Mapping[str, Rule]:
    """The administrator's rules by id; none where its rulebook is not here any more."""
    told = _told_by(administrator)
    return {rule.id: rule for rule in told.rules} if told else {}


def _told_by(administrator: str) -> Ruleset | None:
    try:
        return checking.load(administrator)
    except DocscanError:  # its rulebook is not here any more: each rule then asks for something of its own
        return None


def keeps_from_complete(finding: Finding, rule: Rule | None) -> bool:
    """Whether the verdict would be better without this finding."""
    if finding.severity in _GRAVE:
        return finding.outcome in ("not_met", "uncertain")
    return finding.outcome == "not_met" and rule is not None and rule.about == "integrity"


def _of_document(report: Report, rules: Mapping[str, Rule], number: int, told: Ruleset | None) -> list[Change]:
    if report.verdict == "complete":
        return []
    facts = Facts.of(report, as_of=report.as_of, claim=report.claim)
    keeping = [f for f in _with_what_another_needs(report, told) if keeps_from_complete(f, rules.get(f.rule))]
    keeping.sort(key=lambda finding: _RANK[finding.severity])
    for_copy = [f for f in keeping if _waits(f)]
    to_look = [f for f in keeping if f not in for_copy and _is_for_a_person(f, rules.get(f.rule))]
    to_change = [f for f in keeping if f not in for_copy and f not in to_look]
    asked = {f.rule: subjects_of(rules.get(f.rule), f, facts) for f in (*to_change, *to_look)}
    made = _asked(to_change, asked, lambda subject: _who(facts, subject), number)
    chosen = {subject for change in made for subject in change.subjects}
    open_ = [f for f in to_look if not all(set(group) & chosen for group in asked[f.rule])]
    made += [_look(those, number, subject) for subject, those in _by_subject(open_, asked).items()]
    if for_copy or report.verdict == "unreadable":
        pages = wording.pages(facts.lost or facts.illegible) or "the page"
        say = f"{_CLEARER} or scan of {pages}, or the original file."
        made.insert(0, Change("copy", ("page",), say, tuple(for_copy), number))
    if not made or facts.kind == "other":
        made.append(Change("reviewer", ("kind",), _NO_KIND, (), number))
    return made


def _with_what_another_needs(report: Report, told: Ruleset | None) -> tuple[Finding, ...]:
    """The findings; where another kind of document is needed, with what the same facts would lack on that one."""
    wrong = {f.rule: f for f in report.findings if f.outcome == "not_met" and f.severity in _GRAVE}
    kinds = [rule for rule in told.rules if rule.id in wrong and _CHECKED.get(rule.check) == "kind"] if told else []
    if not told or not kinds:
        return report.findings
    wanted: Kind = next((k for rule in kinds for k in getattr(rule.parameters, "kinds", ())), "receipt")
    instead = replace(report, document=replace(report.document, kind=wanted, kind_confidence=1.0))
    supposed = checking.judge(instead, told, as_of=report.as_of, claim=report.claim).findings
    return (*(wrong[rule.id] for rule in kinds), *(f for f in supposed if f.rule not in {r.id for r in kinds}))


_NO_KIND = "A person should say what kind of document this is; these rules are for letters and receipts."


def _waits(finding: Finding) -> bool:
    """Whether only a clearer copy would tell."""
    return (finding.advice or "").startswith(_CLEARER) or bool(unread_pages(finding))


def _is_for_a_person(finding: Finding, rule: Rule | None) -> bool:
    doubtful = finding.outcome == "uncertain"
    return doubtful or (finding.severity not in _GRAVE and rule is not None and rule.about == "integrity")


def _asked(
    findings: Sequence[Finding], asked: Mapping[str, Sequence[Group]], who: Callable[[str], Who], number: int
) -> list[Change]:
    """The changes that answer these findings; those said in the same words are one."""
    subjects = smallest(group for finding in findings for group in asked[finding.rule])
    made: dict[tuple[Who, str], Change] = {}
    for subject in subjects:
        answered = [f for f in findings if any(subject in group for group in asked[f.rule])]
        said = min(answered, key=lambda f: (len(asked[f.rule]), _RANK[f.severity]))
        key = (who(subject), said.advice or said.message)
        known = made.get(key, Change(*key[:1], (), key[1], (), number))
        both = dict.fromkeys((*known.findings, *answered))
        made[key] = replace(known, subjects=(*known.subjects, subject), findings=tuple(both))
    return sorted(made.values(), key=lambda change: change.subjects[0] not in ANOTHER_DOCUMENT)


def smallest(groups: Iterable[Group]) -> tuple[str, ...]:
    """The fewest subjects of which each group holds at least one; of several such sets, the first in the groups'
    order."""
    asked = list(dict.fromkeys(groups))
    needed = list(dict.fromkeys(group[0] for group in asked if len(group) == 1))
    left = [group for group in asked if not set(group) & set(needed)]
    candidates = list(dict.fromkeys(subject for group in left for subject in group))
    for size in range(len(candidates) + 1):
        for more in combinations(candidates, size):
            if all(set(group) & set(more) for group in left):
                return (*needed, *more)
    return tuple(needed)


def _by_subject(findings: Iterable[Finding], asked: Mapping[str, Sequence[Group]]) -> dict[str, list[Finding]]:
    by_subject: dict[str, list[Finding]] = {}
    for finding in findings:
        by_subject.setdefault(asked[finding.rule][0][0], []).append(finding)
    return by_subject


def _look(findings: Sequence[Finding], number: int | None, subject: str) -> Change:
    first = findings[0]
    say = first.message.removeprefix(f"{UNDECIDED} ")
    if first.outcome != "uncertain":
        say = f"{say} {first.advice or ''}".strip()
    return Change("reviewer", (subject,), say, tuple(findings), number)


def _with_packet(findings: Sequence[Finding], rules: Mapping[str, Rule], made: list[Change]) -> list[Change]:
    """The changes, with what only the documents together lack. What a change of one document answers already (a name, a
    day that was merely not found) is not asked for twice."""
    for finding in findings:
        rule = rules.get(finding.rule)
        if not keeps_from_complete(finding, rule):
            continue
        subject = _OF_PACKETS.get(rule.check if rule else "", finding.rule)
        place = next((n for n, change in enumerate(made) if subject in change.subjects), None)
        waits = any(change.who == "copy" for change in made) and _waits(finding)
        if place is not None and (finding.outcome == "uncertain" or not finding.evidence):
            made[place] = replace(made[place], findings=(*made[place].findings, finding))
        elif finding.outcome == "uncertain" and not waits:
            made.append(_look([finding], None, subject))
        elif not waits:
            made.append(Change("patient", (subject,), finding.advice or finding.message, (finding,), None))
    return made


_OF_PACKETS: Mapping[str, str] = {
    "same_patient": "patient_name",
    "service_in_letters_time": "duration",
    "letter_before_service": "letter_date",
}


# What a rule is about


def _who(facts: Facts, subject: str) -> Who:
    if subject in _PATIENTS:
        return "patient"
    return "provider" if facts.kind in LETTERS else "seller"


_PATIENTS: Final = frozenset({"claim", "participant_name", "employer_name", "member_id", "page_of", "ssn_visible"})
"""Subjects that the patient or account holder can see to: what is claimed, and what stands on a claim form as well."""

_SAME: Final[Mapping[str, str]] = {
    "end_date": "duration", "start_date": "duration", "service_period": "service_date", "signer_name": "provider_name",
    "signature_date": "letter_date", "practice_name": "merchant_name", "diagnosis_code_icd9": "diagnosis_code",
    "item.service_date": "service_date", "item.description": "item", "item.amount": "amount",
}  # fmt: skip
"""Fields of which one stands for the other."""

_CHECKED: Final[Mapping[str, str]] = {
    "kind": "kind", "not_balance_only": "kind", "specific_treatment": "treatment", "duration_stated": "duration",
    "duration_within": "duration", "duration_ends": "duration", "not_expired": "new_letter", "signed": "signature",
    "dated": "letter_date", "qualified": "provider_credential", "different_people": "provider_name",
    "specific_diagnosis": "diagnosis", "codes_valid": "diagnosis_code", "not_only_codes": "diagnosis_code",
    "codes_avoid": "diagnosis_code", "items_described": "item", "lines_avoid": "claim", "no_refund": "claim",
    "service_days": "claim", "range_detailed": "service_date", "adds_up": "total", "pages_complete": "page_of",
    "never_listed": "claim", "only_of_classes": "claim", "person_covered": "claim", "prescription_shown": "rx_number",
}  # fmt: skip
"""What a check is about, whatever its parameters are."""


def subjects_of(rule: Rule | None, finding: Finding, facts: Facts) -> tuple[Group, ...]:
    """What would answer a rule that is not met: one subject of each group. A rule whose check is not known here asks
    for something of its own."""
    if rule is None:
        return ((finding.rule,),)
    own = _OF_CHECK.get(rule.check)
    groups = own(rule.parameters, facts) if own else (((_CHECKED.get(rule.check, finding.rule)),),)
    return tuple(dict.fromkeys(groups)) or ((finding.rule,),)


def _named(paths: Iterable[str]) -> Group:
    return tuple(dict.fromkeys(_SAME.get(path, path) for path in paths))


def _of_present(parameters: Any, facts: Facts) -> tuple[Group, ...]:
    return tuple(_named(group) for group in parameters.groups if not found(facts, group))


def _of_absent(parameters: Any, facts: Facts) -> tuple[Group, ...]:
    return tuple((f"no {field}",) for field in parameters.fields if found(facts, (field,)))


def _of_weak_purpose(parameters: Any, _: Facts) -> tuple[Group, ...]:
    return ((*_named(parameters.unless), *(("diagnosis",) if parameters.least else ())),)


def _of_disease(parameters: Any, facts: Facts) -> tuple[Group, ...]:
    told = items.illness(facts, parameters)
    link = [] if told.linked or not getattr(parameters, "linked", True) else [items.LINKS]
    return (*([] if told.named else [("diagnosis",)]), *link) or (items.LINKS,)


def _of_medical_care(parameters: Any, facts: Facts) -> tuple[Group, ...]:
    there = things_of(facts)
    if facts.kind not in LETTERS or (there and all(thing.never for thing in there)):
        return (("claim",),)
    return _of_disease(items.TreatsDisease(least=parameters.least), facts)


def _of_food(parameters: Any, facts: Facts) -> tuple[Group, ...]:
    told = items.illness(facts, items.TreatsDisease(least=parameters.least))
    lacks = [("diagnosis",)] * (not told.named) + [items.LINKS] * (not told.linked)
    return (*lacks, *([] if found(facts, (parameters.flag,)) else [(parameters.flag,)]))


def _of_kind(parameters: Any, facts: Facts) -> tuple[Group, ...]:
    right = facts.kind in parameters.kinds if parameters.kinds else facts.kind not in parameters.not_kinds
    return ((*_named(parameters.unless), "diagnosis"),) if right and parameters.merely else (("kind",),)


_OF_CHECK: Final[Mapping[str, Callable[[Any, Facts], tuple[Group, ...]]]] = {
    "kind": _of_kind,
    "present": _of_present,
    "absent": _of_absent,
    "not_merely": _of_weak_purpose,
    "code_agrees": lambda *_: (("diagnosis_code", "diagnosis"),),
    "matches": lambda parameters, _: (_named((parameters.field,)),),
    "one_of": lambda parameters, _: (_named((parameters.field,)),),
    "check_digit": lambda parameters, _: (_named((parameters.field,)),),
    "no_sample_number": lambda *_: (("provider_npi",),),
    "lines_need": lambda parameters, _: (_named(parameters.any_of),),
    "service_dated": lambda parameters, _: (_named(parameters.any_of),),
    "share_shown": lambda parameters, _: (_named(parameters.share),),
    "treats_disease": _of_disease,
    "lasting_things": _of_disease,
    "fits_definition": _of_medical_care,
    "special_food": _of_food,
}
"""What a check is about by its parameters."""
