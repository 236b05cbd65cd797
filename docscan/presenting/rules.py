"""How is a rule told, before any document is judged by it? As a list, in full, as JSON; and what are rules made of?"""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from docscan.checking.checks.presence import Pattern
from docscan.checking.checks.registry import FieldName, ItemClass
from docscan.document import Extraction, Outcome
from docscan.presenting import wording
from docscan.reference import in_words
from docscan.reference.fields import FIELDS

if TYPE_CHECKING:
    from docscan.checking import Example, Ran, Rule, Ruleset
    from docscan.checking.checks import Check

_OUTCOMES: tuple[Outcome, ...] = ("met", "not_met", "uncertain", "not_applicable")


def rules_table(rules: Ruleset) -> RenderableType:
    """Every rule in a line: its id, how much depends on it, what it asks."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for rule in rules.rules:
        dated = _in_force(rule)
        asked = Text(rule.title)
        if dated:
            asked.append(f"  ({dated})", style="dim")
        style = {"fatal": "red", "required": "yellow"}.get(rule.severity, "dim")
        table.add_row(rule.id, Text(wording.SEVERITY[rule.severity], style=style), asked)
    books = ", ".join(f"{book.id} {book.version}" for book in rules.rulebooks)
    head = Text.assemble((rules.title, "bold"), (f"  {rules.administrator}, last checked {rules.checked}", "dim"))
    return Group(head, Text(books, style="dim"), Text(), table)


def rule_in_full(rule: Rule) -> RenderableType:
    """All that there is to say of a rule."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    weighs = f"{wording.SEVERITY[rule.severity]}, weight {rule.weight:g}"
    grid.add_row("Severity", weighs)
    grid.add_row("Check", Text(", ".join([rule.check, *_parameters_said(rule)])))
    grid.add_row("Applies to", ", ".join(wording.KIND[kind] for kind in rule.applies_to))
    grid.add_row("Under", ", ".join(wording.PURPOSE[purpose] for purpose in rule.purpose))
    if dated := _in_force(rule):
        grid.add_row("In force", dated)
    if rule.when_class or rule.asked_of_class or rule.unless_class:
        grid.add_row("Only for", _classes(rule))
    grid.add_row("Rulebook", rule.rulebook)
    if rule.changed_by:
        grid.add_row("Changed by", Text(rule.changed_by))
    source = Text(", ".join(filter(None, (rule.citation.title, rule.citation.locator))))
    source.append(f" ({wording.CITATION_KIND[rule.citation.kind]}, looked up {rule.retrieved})", style="dim")
    if rule.citation.url:
        source.append(f"\n{rule.citation.url}")
    if not rule.citation.verified:
        source.append("\nThe wording could not be confirmed against the source.", style="yellow")
    grid.add_row("Source", source)
    lines: list[RenderableType] = [Text.assemble((rule.id, "bold"), "  ", (rule.title, "bold")), Text(), grid, Text()]
    lines.append(Text("What it says", style="bold"))
    for outcome in _OUTCOMES:
        if outcome in rule.messages:
            said = Text.assemble((f"{wording.OUTCOME[outcome]}: ", "dim"), rule.messages[outcome])
            lines.append(Padding(said, (0, 0, 0, 2)))
    lines += [Text(), Text("What to do", style="bold"), Padding(Text(rule.advice), (0, 0, 0, 2))]
    lines += [Text(), Text("Examples", style="bold")]
    lines += [Padding(line, (0, 0, 0, 2)) for line in _examples(rule.examples)]
    return Group(*lines)


def rule_json(rule: Rule) -> dict[str, Any]:
    """The rule for programs; dates as ISO text, null where there is nothing."""
    return {
        "id": rule.id,
        "title": rule.title,
        "rulebook": rule.rulebook,
        "severity": rule.severity,
        "weight": rule.weight,
        "check": rule.check,
        "parameters": _plain(_parameters(rule)),
        "purpose": list(rule.purpose),
        "applies_to": list(rule.applies_to),
        "effective_from": rule.effective_from.isoformat() if rule.effective_from else None,
        "effective_until": rule.effective_until.isoformat() if rule.effective_until else None,
        "messages": dict(rule.messages),
        "advice": rule.advice,
        "citation": {
            "title": rule.citation.title,
            "locator": rule.citation.locator,
            "url": rule.citation.url,
            "kind": rule.citation.kind,
            "verified": rule.citation.verified,
            "retrieved": rule.retrieved.isoformat(),
        },
        "changed_by": rule.changed_by,
    }


def _in_force(rule: Rule) -> str:
    if rule.effective_from and rule.effective_until:
        return f"{wording.day(rule.effective_from)} to {wording.day(rule.effective_until)}"
    if rule.effective_from:
        return f"since {wording.day(rule.effective_from)}"
    return f"until {wording.day(rule.effective_until)}" if rule.effective_until else ""


def _classes(rule: Rule) -> str:
    only = ", ".join(name.replace("_", " ") for name in (*rule.when_class, *rule.asked_of_class))
    never = ", ".join(name.replace("_", " ") for name in rule.unless_class)
    return "; ".join(filter(None, (only, f"not for {never}" if never else "")))


def _examples(examples: Iterable[Example]) -> Iterable[Text]:
    for example in examples:
        yield Text.assemble((f"{wording.OUTCOME[example.outcome]}: ", "dim"), _shown(example))


def failed_example(ran: Ran) -> RenderableType:
    """An example that came out otherwise than its rule's author says."""
    head = Text.assemble(
        (f"{ran.rule.place}: rule {ran.rule.id}: example {ran.number}: ", "bold red"),
        f"expected {ran.example.outcome}, came out {ran.outcome}",
    )
    said = wording.clean(ran.message)
    if ran.example.text is not None:
        head.append(f"; read: {', '.join(map(_read, ran.read)) or 'nothing'}")
    return Group(head, Padding(Text(_shown(ran.example), style="dim"), (0, 0, 0, 2)), Padding(Text(said), (0, 0, 0, 2)))


def example_json(ran: Ran) -> dict[str, Any]:
    """What became of an example, for programs. `line`: where its rule, or the change of it, begins."""
    file, _, line = ran.rule.place.partition(", line ")
    return {
        "file": file,
        "line": int(line) if line else None,
        "rule": ran.rule.id,
        "example": ran.number,
        "expected": ran.example.outcome,
        "outcome": ran.outcome,
        "message": ran.message,
    }


def _read(extraction: Extraction) -> str:
    otherwise = "" if extraction.assertion == "stated" else f" ({extraction.assertion})"
    said = in_words.value(extraction.name, extraction.value) or wording.clean(extraction.raw)
    return f"{extraction.name}={said}{otherwise}"


def checks_table(checks: Mapping[str, Check]) -> RenderableType:
    """What a rule can ask: each check, in a line what it means, what it needs to know, what its messages can show."""
    told: list[RenderableType] = []
    for name, check in sorted(checks.items()):
        meaning = _paragraphs(check.meaning)
        told.append(Text.assemble((name, "bold"), "  ", _first_line(meaning), " (packets)" if check.packet else ""))
        for one in check_json(check)["parameters"]:
            left_out = "" if one["needed"] else ", may be left out"
            told.append(Padding(Text.assemble(one["name"], (f"  {one['kind']}{left_out}", "dim")), (0, 0, 0, 4)))
        explained = _paragraphs(inspect.cleandoc(check.parameters.__doc__ or "")) if fields(check.parameters) else ""
        if explained and not explained.startswith(f"{check.parameters.__name__}("):
            told.append(Padding(Text(explained, style="dim"), (0, 0, 0, 4)))
        if check.variables:
            shown = ", ".join(f"{{{variable}}}" for variable in sorted(check.variables))
            told.append(Padding(Text(f"messages can show {shown}", style="dim"), (0, 0, 0, 4)))
    return Group(*told)


def check_json(check: Check) -> dict[str, Any]:
    """A check for programs."""
    kinds = typing.get_type_hints(check.parameters, include_extras=True)
    return {
        "name": check.name,
        "meaning": _first_line(_paragraphs(check.meaning)),
        "packet": check.packet,
        "parameters": [
            {
                "name": field.name,
                "kind": _kind(kinds[field.name]),
                "needed": field.default is MISSING and field.default_factory is MISSING,
            }
            for field in fields(check.parameters)
        ],
        "variables": sorted(check.variables),
    }


def fields_table() -> RenderableType:
    """What a rule can ask about: each field, the shape of its value, what it means."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for field in FIELDS.values():
        table.add_row(field.name, field.shape, Text(field.meaning))
    return table


_FIRST_SENTENCE = re.compile(r".*?[.](?=\s|$)", re.DOTALL)
_KINDS = {FieldName: "a field", ItemClass: "a class of items", Pattern: "a regular expression"}
_TYPES = {int: "a number", float: "a number", bool: "true or false", str: "text", date: "a date"}


def _paragraphs(doc: str) -> str:
    return " ".join(doc.split())


def _first_line(meaning: str) -> str:
    """The first sentence; what the message can show is told apart."""
    found = _FIRST_SENTENCE.match(meaning.partition("{")[0] if "{" in meaning else meaning)
    return found[0] if found else meaning


def _kind(hint: Any) -> str:
    """What may be written for a parameter."""
    if hint in _KINDS:
        return _KINDS[hint]
    if hint in _TYPES:
        return _TYPES[hint]
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return _kind(inner[0])
    if origin is tuple:
        return f"a list: {_kind(inner[0])}"
    if origin is typing.Literal:
        return " or ".join(map(str, inner))
    return " or ".join(_kind(one) for one in inner if one is not type(None)) or "text"


def _parameters(rule: Rule) -> dict[str, Any]:
    """The check's parameters that say something: those left out or empty do not."""
    given = {field.name: getattr(rule.parameters, field.name) for field in fields(rule.parameters)}
    return {name: value for name, value in given.items() if value not in (None, (), "", False)}


def _parameters_said(rule: Rule) -> list[str]:
    return [f"{name} {_said(value)}" for name, value in _parameters(rule).items()]


def _said(value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(_said, value)) if any(isinstance(one, tuple) for one in value) else " + ".join(
            map(_said, value)
        )  # fmt: skip
    if isinstance(value, bool):
        return "yes" if value else "no"
    return wording.day(value) if isinstance(value, date) else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _shown(example: Example) -> str:
    if example.documents:
        return " + ".join(
            f"{wording.KIND[one.kind] if one.kind else 'document'}: {_shown(one)}" for one in example.documents
        )
    if example.text is not None:
        return f"“{wording.clean(example.text)}”"
    return "; ".join(map(_given, example.fields)) or "nothing was found"


def _given(one: Mapping[str, Any]) -> str:
    """A field of an example in plain words."""
    name = str(one.get("name"))
    readings = " or ".join(in_words.value(name, reading) for reading in one.get("readings", ()))
    shown = wording.clean(str(one.get("raw") or "")) or in_words.value(name, one.get("value"))
    said = f"{wording.field_label(name)}: {shown}"
    notes = [wording.ASSERTION[one.get("assertion", "stated")], f"may be {readings}" if readings else ""]
    noted = ", ".join(filter(None, notes))
    return f"{said} ({noted})" if noted else said
