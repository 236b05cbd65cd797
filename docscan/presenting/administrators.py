"""What is an administrator called, and how do its rules differ from the usual ones?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from docscan import checking
from docscan.errors import DocscanError, UnknownName
from docscan.presenting import wording
from docscan.presenting.rule_table import USUAL
from docscan.presenting.rules import Source, said_plainly, source_of

if TYPE_CHECKING:
    from docscan.checking import Rule, Ruleset
    from docscan.checking.rulebook.rules import Change


def called(administrator: str) -> str:
    """Its title ("Most FSA and HRA administrators"); its id where its rulebook is not here (any more)."""
    try:
        return checking.load(administrator).title
    except DocscanError:
        return administrator


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One difference. `reason`: what the plan says, in short. `counts`: how much the rule counts there, where that
    differs, or that it is not asked. `settings`: what of the check is set otherwise. `decides` is False where it only
    says the same in other words."""

    rule: str
    title: str
    reason: str
    counts: str
    settings: tuple[str, ...]
    decides: bool
    source: Source

    @property
    def says(self) -> tuple[str, ...]:
        """All of it, in sentences."""
        return tuple(filter(None, (self.reason, self.counts, *self.settings)))


@dataclass(frozen=True, slots=True)
class Administrator:
    """`checked`: the day on which its rules were last held against its own words. `differs`: how many rules decide
    otherwise under it. `rules`: how many it asks."""

    id: str
    title: str
    checked: date
    purpose: tuple[str, ...]
    purpose_said: str
    rules: int
    differs: int
    changes: tuple[ToldChange, ...]


def administrator(name: str) -> Administrator:
    """Raises `UnknownName`."""
    rules = checking.load(name)
    usual = checking.load(USUAL) if name != USUAL else rules
    return Administrator(
        id=rules.administrator,
        title=rules.title,
        checked=rules.checked,
        purpose=rules.purpose,
        purpose_said=", ".join(wording.PURPOSE[purpose] for purpose in rules.purpose),
        rules=sum(bool(set(rule.purpose) & set(rules.purpose)) for rule in rules.rules),
        differs=len({change.rule for change in rules.changes if change.decides}),
        changes=tuple(_told(change, rules, usual) for change in rules.changes),
    )


def administrators() -> tuple[Administrator, ...]:
    """All that there are, the usual rules first."""
    found = map(administrator, checking.administrators())
    return tuple(sorted(found, key=lambda one: (one.id != USUAL, one.title.casefold())))


def administrator_json(one: Administrator) -> dict[str, Any]:
    """For programs; without the single changes."""
    return {
        "id": one.id,
        "title": one.title,
        "checked": one.checked.isoformat(),
        "purpose": list(one.purpose),
        "rules": one.rules,
        "differs": one.differs,
    }


def _told(change: Change, rules: Ruleset, usual: Ruleset) -> ToldChange:
    before, after = _find(usual, change.rule), _find(rules, change.rule)
    known = after or before
    source = source_of(change.citation, change.retrieved)
    reason = f"{source.locator[:1].upper()}{source.locator[1:]}."
    return ToldChange(
        rule=change.rule,
        title=known.title if known else "",
        reason=reason,
        counts=_counts(change, before, after),
        settings=tuple(_settings(change, before, after)) if after else (),
        decides=change.decides,
        source=replace(source, locator=""),
    )


def _find(rules: Ruleset, id_: str) -> Rule | None:
    try:
        return rules.rule(id_)
    except UnknownName:
        return None


_CLASSES = {
    "when_class": "only about", "asked_of_class": "only about", "unless_class": "not about", "applies_to": "asked of",
}  # fmt: skip


def _counts(change: Change, before: Rule | None, after: Rule | None) -> str:
    if change.off or after is None:
        return "It is not asked."
    if not change.decides:
        return "It asks the same, in the plan's own words."
    if "severity" not in change.keys:
        return ""
    usual = f", not {wording.SEVERITY[before.severity]}" if before and before.severity != after.severity else ""
    return f"It counts as {wording.SEVERITY[after.severity]}{usual}."


def _settings(change: Change, before: Rule | None, after: Rule) -> Iterator[str]:
    """What of the check the change sets, each time beside what is usual."""
    names = {field.name for field in fields(after.parameters)}
    for key in change.keys:
        if key in names:
            value = getattr(after.parameters, key)
            old = getattr(before.parameters, key, value) if before else value
        elif key in _CLASSES:
            value, old = getattr(after, key), getattr(before, key) if before else getattr(after, key)
        else:
            continue
        label = _CLASSES.get(key, key.replace("_", " "))
        if old != value:
            yield f"{label[:1].upper()}{label[1:]}: {said_plainly(value)} instead of {said_plainly(old)}."
