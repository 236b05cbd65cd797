"""An administrator's file laid over the rules it builds on: which of them it takes, and how it changes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from docscan.checking.checks import CHECKS
from docscan.checking.rulebook.book import places_of, refuse_overlaps, rules_of
from docscan.checking.rulebook.citations import citation_of, with_citation
from docscan.checking.rulebook.examples import examples_of
from docscan.checking.rulebook.format import AdministratorFile, ChangeTable, CitationTable
from docscan.checking.rulebook.refusing import Wrong, error, nearest, validated
from docscan.checking.rulebook.rules import Change, Rule, Texts
from docscan.checking.rulebook.texts import checked, filled
from docscan.checking.score import WEIGHT

_CLASSES = frozenset({"when_class", "asked_of_class", "unless_class"})


@dataclass(frozen=True)
class Overlaid:
    """The rules that came of it, and each change in the order of the file."""

    rules: tuple[Rule, ...]
    changes: tuple[Change, ...]


def overlaid(below: Iterable[Rule], head: AdministratorFile, file: str, text: str) -> Overlaid:
    """The rules below an administrator's file as it has them, and its own. Raises `RulebookError`, which tells all that
    is wrong."""
    rules, changes, wrong = list(below), list[Change](), Wrong()
    with wrong.apart():
        rules = _only(rules, head, file)
    with wrong.apart():
        rules += rules_of(head, file, text)
        refuse_overlaps(rules, file)
    for id_, cited in head.cited.items():
        with wrong.apart():
            rules = _cited(rules, id_, cited, head, file)
    places = places_of(file, text, "change", len(head.change))
    with wrong.apart():
        _refuse_twice(head.change, places)
    for number, (raw, place) in enumerate(zip(head.change, places, strict=True)):
        with wrong.apart():
            rules, change = _changed(rules, raw, head, place, f"change {number + 1}")
            changes.append(change)
    wrong.refuse()
    return Overlaid(tuple(rules), tuple(changes))


def _only(rules: list[Rule], head: AdministratorFile, file: str) -> list[Rule]:
    """The rules that an administrator takes of those it builds on, where it takes only some."""
    for id_ in head.only:
        _known(rules, id_, file, "only")
    return [rule for rule in rules if rule.id in head.only] if head.only else rules


def _cited(rules: list[Rule], id_: str, cited: Any, head: AdministratorFile, file: str) -> list[Rule]:
    """The rules, one of them with the administrator's own source instead of the rulebook's."""
    where = f"cited: {id_}"
    _known(rules, id_, file, where)
    raw = with_citation({"citation": cited}, head, file, where)["citation"]
    if not isinstance(raw, dict):
        raise error(file, where, "is not a citation", "Name one under [citations], or write a table.")
    found = validated(CitationTable, raw, file, where)
    return [
        replace(rule, citation=citation_of(found), retrieved=found.retrieved) if rule.id == id_ else rule
        for rule in rules
    ]


def _known(rules: Iterable[Rule], id_: str, file: str, where: str) -> None:
    known = {rule.id for rule in rules}
    if id_ not in known:
        remedy = nearest(id_, known, "`docscan rules` lists those it builds on.")
        raise error(file, where, f"`{id_}` is not a rule", remedy)


def _refuse_twice(changes: Sequence[Any], places: Sequence[str]) -> None:
    seen = set()
    for raw, place in zip(changes, places, strict=True):
        rule = raw.get("rule") if isinstance(raw, dict) else None
        if isinstance(rule, str) and rule in seen:
            raise error(place, f"change of {rule}", "is the second one of this rule", "Put both into one [[change]].")
        seen.add(rule if isinstance(rule, str) else None)


def _changed(rules: list[Rule], raw: Any, head: AdministratorFile, file: str, where: str) -> tuple[list[Rule], Change]:
    """The rules with one change of an administrator applied to the rule it names: how it decides, to the form that was
    in force when the administrator was looked at; its severity and its words to every dated form."""
    if not isinstance(raw, dict):
        raise error(file, where, "is not a table", "Write [[change]].")
    if not isinstance(raw.get("rule"), str):
        problem = "is not a text" if "rule" in raw else "is missing"
        raise error(file, f"{where}: rule", problem, 'Name which rule it changes, such as rule = "LMN-11".')
    where = f"change of {raw['rule']}"
    changed = [rule for rule in rules if rule.id == raw.get("rule")]
    if not changed:
        _known(rules, str(raw["rule"]), file, f"{where}: rule")
    names = CHECKS[changed[0].check].parameter_names
    given = {key: value for key, value in raw.items() if key in names}
    own = {key: value for key, value in raw.items() if key not in names}
    entry = validated(ChangeTable, with_citation(own, head, file, where), file, where, also=names)
    keys = tuple(key for key in raw if key not in ("rule", "citation", "example", "off"))
    change = Change(entry.rule, head.id, keys, entry.off, citation_of(entry.citation), entry.citation.retrieved)
    if entry.off and keys:
        raise error(file, f"{where}: off", "switches the rule off and changes it too", "Do one of both.")
    if entry.off:
        return [rule for rule in rules if rule.id != entry.rule], change
    if not keys:
        raise error(file, where, "changes nothing", "Write what differs, or name its source under [cited].")
    # What a plan asks today says nothing of how it decided under the law of other years.
    today = [rule for rule in changed if rule.in_force_on(head.checked)] or changed
    weighs = entry.model_copy(update=dict.fromkeys(_CLASSES) | {"example": ()})
    told = {"by": head.id, "file": file, "where": where}
    return [
        _change(rule, entry, given=given, keys=keys, **told)
        if rule in today
        else _change(rule, weighs, given={}, keys=tuple(key for key in keys if key not in {*given, *_CLASSES}), **told)
        if rule in changed
        else rule
        for rule in rules
    ], change


def _change(
    rule: Rule, entry: ChangeTable, *, given: dict[str, Any], keys: tuple[str, ...], by: str, file: str, where: str
) -> Rule:
    check = CHECKS[rule.check]
    examples = examples_of(entry.example, file, where, packet=check.packet)
    if (given or not _CLASSES.isdisjoint(keys)) and not {"met", "not_met"} <= {e.outcome for e in examples}:
        remedy = 'Add example = [{ outcome = "met", ... }, { outcome = "not_met", ... }].'
        raise error(
            file, f"{where}: example", "needs one met and one not_met, as the rule decides otherwise now", remedy
        )
    before = {name: getattr(rule.parameters, name) for name in check.parameter_names}
    parameters = validated(check.parameters, {**before, **given}, file, where) if given else rule.parameters
    written = Texts(
        title=entry.title or rule.written.title,
        messages=entry.message.model_dump(exclude_none=True) if entry.message else rule.written.messages,
        advice=entry.advice or rule.written.advice,
    )
    told = filled(checked(written, check, parameters, file, where), parameters)
    severity = entry.severity or rule.severity
    weight = entry.weight if entry.weight is not None else WEIGHT[severity] if entry.severity else rule.weight
    return replace(
        rule,
        parameters=parameters,
        severity=severity,
        weight=weight,
        title=told.title,
        applies_to=entry.applies_to or rule.applies_to,
        messages=told.messages,
        advice=told.advice[-1],
        exact_advice=told.advice[:-1],
        written=written,
        citation=citation_of(entry.citation),
        retrieved=entry.citation.retrieved,
        examples=examples or rule.examples,
        first=rule.first if entry.first is None else entry.first,
        when_class=rule.when_class if entry.when_class is None else entry.when_class,
        asked_of_class=rule.asked_of_class if entry.asked_of_class is None else entry.asked_of_class,
        unless_class=rule.unless_class if entry.unless_class is None else entry.unless_class,
        changed_by=by,
        changed=tuple(dict.fromkeys((*rule.changed, *keys))),
        place=file,
    )
