"""One file of rules. Every rule is checked, and all that is wrong with the file is told at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from docscan.checking import wording
from docscan.checking.checks import CHECKS
from docscan.checking.rulebook.citations import citation_of, with_citation
from docscan.checking.rulebook.examples import examples_of
from docscan.checking.rulebook.format import RulebookFile, RuleTable
from docscan.checking.rulebook.refusing import Wrong, error, nearest, table, validated
from docscan.checking.rulebook.rules import Rule, Texts
from docscan.checking.rulebook.texts import checked, filled
from docscan.checking.score import WEIGHT

_FEWEST_EXAMPLES = 2  # of each outcome


@dataclass(frozen=True)
class Rulebook:
    """One file of rules."""

    id: str
    version: str
    rules: tuple[Rule, ...]


def read_rulebook(name: str, text: str) -> Rulebook:
    """The rules of one file. `name` is what errors call it. Raises `RulebookError`, which tells all that is wrong."""
    head = validated(RulebookFile, table(name, text), name, "")
    rules = rules_of(head, name, text)
    if not rules:
        raise error(name, "", "has no [[rule]]", "Add one.")
    return Rulebook(head.id, head.version, rules)


def rules_of(book: RulebookFile, file: str, text: str) -> tuple[Rule, ...]:
    """Each [[rule]] of a file. Raises `RulebookError`, which tells all that is wrong."""
    places = places_of(file, text, "rule", len(book.rule))
    rules, wrong = [], Wrong()
    for number, raw in enumerate(book.rule):
        with wrong.apart():
            rules.append(_rule(raw, book, places[number], number))
    with wrong.apart():
        refuse_overlaps(rules, file)
    wrong.refuse()
    return tuple(rules)


def places_of(file: str, text: str, table: str, count: int) -> list[str]:
    """What errors call each [[table]] of a file: by its line, unless one stands in a string too."""
    lines = [text.count("\n", 0, found.start()) + 1 for found in re.finditer(rf"^\[\[{table}\]\]", text, re.MULTILINE)]
    return [f"{file}, line {line}" for line in lines] if len(lines) == count else [file] * count


def _rule(raw: Any, book: RulebookFile, file: str, number: int) -> Rule:
    where = (
        f"rule {raw['id']}" if isinstance(raw, dict) and isinstance(raw.get("id"), str) else f"rule number {number + 1}"
    )
    if not isinstance(raw, dict):
        raise error(file, where, "is not a table", "Write [[rule]].")
    asked = raw.get("check")
    check = CHECKS.get(asked) if isinstance(asked, str) else None
    if check is None:
        problem = f"`{asked}` is not a check" if "check" in raw else "is missing"
        remedy = "`docscan rules --checks` lists what a rule can ask."
        raise error(file, f"{where}: check", problem, nearest(str(asked), CHECKS, remedy) if asked else remedy)
    own = {"purpose": list(book.purpose), **{k: v for k, v in raw.items() if k not in check.parameter_names}}
    given = {key: value for key, value in raw.items() if key in check.parameter_names}
    wrong = Wrong()
    with wrong.apart():
        entry = validated(RuleTable, with_citation(own, book, file, where), file, where, also=check.parameter_names)
    with wrong.apart():
        parameters = validated(check.parameters, given, file, where)
    wrong.refuse()
    messages = entry.message.model_dump(exclude_none=True)
    written = checked(Texts(entry.title, messages, entry.advice), check, parameters, file, where)
    shown = filled(written, parameters)
    if entry.effective_from and entry.effective_until and entry.effective_from > entry.effective_until:
        raise error(
            file,
            f"{where}: effective_until",
            "is before effective_from",
            "Write the first day of the rule, then the last.",
        )
    if check.packet != (entry.applies_to == ("packet",)):
        told = (
            ("looks at a whole packet", 'Write applies_to = ["packet"].')
            if check.packet
            else ("looks at one document, not at a packet", "Name the kinds of documents, or take a check of packets.")
        )
        raise error(file, f"{where}: applies_to", f"`{entry.check}` {told[0]}", told[1])
    examples = examples_of(entry.example, file, where, packet=check.packet)
    for outcome in ("met", "not_met"):
        if sum(e.outcome == outcome for e in examples) < _FEWEST_EXAMPLES:
            remedy = f'Add two real cases: {{ outcome = "{outcome}", text = "..." }}.'
            raise error(file, f"{where}: example", f"has fewer than two with outcome {outcome}", remedy)
    return Rule(
        id=entry.id,
        title=shown.title,
        rulebook=book.id,
        about=book.about,
        purpose=entry.purpose,
        applies_to=entry.applies_to,
        check=entry.check,
        parameters=parameters,
        severity=entry.severity,
        weight=WEIGHT[entry.severity] if entry.weight is None else entry.weight,
        messages=shown.messages,
        advice=shown.advice[-1],
        citation=citation_of(entry.citation),
        retrieved=entry.citation.retrieved,
        examples=examples,
        written=written,
        exact_advice=shown.advice[:-1],
        first=entry.first,
        effective_from=entry.effective_from,
        effective_until=entry.effective_until,
        when_class=entry.when_class,
        asked_of_class=entry.asked_of_class,
        unless_class=entry.unless_class,
        place=file,
    )


def refuse_overlaps(rules: Iterable[Rule], file: str) -> None:
    """Raise `RulebookError` where two rules of one id are in force on the same day."""
    by_id: dict[str, list[Rule]] = {}
    for rule in rules:
        by_id.setdefault(rule.id, []).append(rule)
    for id_, same in by_id.items():
        ordered = sorted(same, key=lambda r: r.effective_from or date.min)
        for earlier, later in pairwise(ordered):
            if (earlier.effective_until or date.max) >= (later.effective_from or date.min):
                undated = not any(r.effective_from or r.effective_until for r in same)
                where = f"rule {id_}: {'id' if undated else 'effective_from'}"
                books = sorted({r.rulebook for r in same})
                problem = (
                    f"is the id of {len(same)} rules (of {wording.listed(books)})"
                    if undated
                    else "two rules of this id are in force on the same day"
                )
                family = id_.rpartition("-")[0]
                free = max(int(r.rpartition("-")[2]) for r in by_id if r.startswith(f"{family}-")) + 1
                remedy = (
                    f"Choose another id, for example {family}-{free:02}, or change that rule by [[change]]."
                    if undated
                    else "Give each its own time with effective_from and effective_until."
                )
                place = next((r.place for r in reversed(same) if r.place.split(",")[0] == file), file)
                raise error(place, where, problem, remedy)
