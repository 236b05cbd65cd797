"""What a rule is, with all that a person may want to know of it; and the rules of one administrator together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from docscan.checking.rulebook.refusing import nearest
from docscan.checking.score import About
from docscan.document import Citation, Claim, Json, Kind, Outcome, Purpose, RulebookVersion, Severity
from docscan.errors import UnknownName

NO_CLAIM = Claim()
EXAMPLE_DAY = date(2026, 11, 21)
"""The day on which an example is checked, where it names none."""


@dataclass(frozen=True, slots=True)
class Example:
    """A case that a rule decides so. Either `text`, which is understood first, or `fields`, as a report has them; a
    rule about packets has `documents`, one of these for each."""

    outcome: Outcome
    text: str | None = None
    fields: tuple[Mapping[str, Json], ...] = ()
    kind: Kind | None = None
    as_of: date = EXAMPLE_DAY
    claim: Claim = NO_CLAIM
    quality: float | None = None
    documents: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """A rule's words. `messages` by outcome, with places in braces that the check fills; `advice` from the most exact,
    with such places too, to one that needs none."""

    title: str
    messages: Mapping[str, str]
    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, with all that a person may want to know of it.

    `advice`: what to do, where nothing of the document is known; `exact_advice`: more exact forms of it, the most exact
    first, each with places in braces that the check fills. `parameters` of the check. `written`: the words before the
    parameters were filled in, so that a changed parameter changes them. `first`: it says what the document is, which
    comes before what it lacks. `changed_by`: the administrator whose rulebook changed it. Both effective dates are
    included; None is unlimited. `place`: the file and the line where it stands, or where it was changed last.
    """

    id: str
    title: str
    rulebook: str
    about: About
    purpose: tuple[Purpose, ...]
    applies_to: tuple[Kind, ...]
    check: str
    parameters: Any
    severity: Severity
    weight: float
    messages: Mapping[str, str]
    advice: str
    citation: Citation
    retrieved: date
    examples: tuple[Example, ...]
    written: Texts
    exact_advice: tuple[str, ...] = ()
    first: bool = False
    effective_from: date | None = None
    effective_until: date | None = None
    when_class: tuple[str, ...] = ()
    asked_of_class: tuple[str, ...] = ()
    unless_class: tuple[str, ...] = ()
    changed_by: str | None = None
    changed: tuple[str, ...] = ()
    place: str = ""

    def in_force_on(self, day: date) -> bool:
        return (self.effective_from or date.min) <= day <= (self.effective_until or date.max)


@dataclass(frozen=True, slots=True)
class Change:
    """How an administrator's rulebook differs in one rule, and by what source. `keys`: what it sets; `off`: the rule is
    not asked at all."""

    rule: str
    by: str
    keys: tuple[str, ...]
    off: bool
    citation: Citation
    retrieved: date

    @property
    def decides(self) -> bool:
        """Whether it can change what a document comes out as; otherwise it only says the same in other words."""
        return self.off or not {"title", "message", "advice", "first"}.issuperset(self.keys)


@dataclass(frozen=True)
class Ruleset:
    """One administrator's rules, merged from the rulebooks it builds on, in their order. `changes`: of all the
    administrators' rulebooks it is made of, in the order in which they were applied."""

    administrator: str
    title: str
    purpose: tuple[Purpose, ...]
    checked: date
    rules: tuple[Rule, ...]
    rulebooks: tuple[RulebookVersion, ...]
    changes: tuple[Change, ...] = ()

    def rule(self, id: str) -> Rule:
        """The rule of that id; of several dated ones the newest. Raises `UnknownName`."""
        found = [rule for rule in self.rules if rule.id == id.upper()]
        if not found:
            known = {rule.id for rule in self.rules}
            raise UnknownName(
                f"{self.title} has no rule {id}.", nearest(id.upper(), known, "docscan rules lists them.")
            )
        return max(found, key=lambda rule: rule.effective_from or date.min)
