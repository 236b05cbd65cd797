"""How is a rule told, before any document is judged by it? As a list, in full, as JSON; and what are rules made of?"""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from docscan.checking.checks import CHECKS
from docscan.checking.checks.presence import Pattern
from docscan.checking.checks.registry import FieldName, ItemClass
from docscan.document import Citation, Extraction, Outcome
from docscan.presenting import wording
from docscan.presenting.rule_table import Cell, Row, SeverityTable, by_word
from docscan.reference import in_words
from docscan.reference.fields import FIELDS

if TYPE_CHECKING:
    from docscan.checking import Example, Ran, Rule, Ruleset
    from docscan.checking.checks import Check

_OUTCOMES: tuple[Outcome, ...] = ("met", "not_met", "uncertain", "not_applicable")


def rules_table(rules: Ruleset) -> RenderableType:
    """Every rule in a line: its id, how much depends on it, what it asks, and whether the administrator changed it."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    differs = {change.rule for change in rules.changes if change.decides}
    for rule in rules.rules:
        dated = _in_force(rule)
        asked = Text(rule.title)
        if dated:
            asked.append(f"  ({dated})", style="dim")
        if rule.id in differs:
            asked.append("  (changed)", style="dim")
        style = {"fatal": "red", "required": "yellow"}.get(rule.severity, "dim")
        table.add_row(rule.id, Text(wording.SEVERITY[rule.severity], style=style), asked)
    books = ", ".join(f"{book.id} {book.version}" for book in rules.rulebooks)
    head = Text.assemble((rules.title, "bold"), (f"  {rules.administrator}, last checked {rules.checked}", "dim"))
    off = sorted(change.rule for change in rules.changes if change.off)
    unasked = [Text(), Text(f"Not asked here: {', '.join(off)}.", style="dim")] if off else []
    return Group(head, Text(books, style="dim"), Text(), table, *unasked)


@dataclass(frozen=True, slots=True)
class Told:
    """All that there is to say of a rule, in words; the terminal and the web page show the same.

    `purpose`: for which accounts. `facts`: what it is in short, as name and words. `says`: what a report says, by
    outcome in words; places in braces are filled from the document. `advice`: the most exact first. `examples`: outcome
    in words and the case.
    """

    id: str
    title: str
    severity: str
    purpose: str
    facts: tuple[tuple[str, str], ...]
    decides: tuple[tuple[str, str], ...]
    source: Source
    says: tuple[tuple[str, str], ...]
    advice: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]
    row: Row | None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule or a change of it comes from. `url` is None where there is none that can be followed."""

    title: str
    locator: str
    kind: str
    looked_up: str
    url: str | None
    verified: bool


def told(rule: Rule, table: SeverityTable | None = None) -> Told:
    """The rule in words; with the `table`, how much it counts under every administrator."""
    purpose = ", ".join(wording.PURPOSE[each] for each in rule.purpose)
    facts = [
        ("Asked of", ", ".join(wording.KIND[kind] for kind in rule.applies_to)),
        ("For", purpose),
    ]
    if dated := _in_force(rule):
        facts.append(("In force", dated))
    facts += _classes(rule)
    check = CHECKS[rule.check]
    decides = [("Check", f"{rule.check}: {_first_line(_paragraphs(check.meaning))}"), *_parameters_said(rule)]
    return Told(
        id=rule.id,
        title=rule.title,
        severity=wording.SEVERITY[rule.severity],
        purpose=purpose,
        facts=tuple(facts),
        decides=(*decides, ("Weight in the score", f"{rule.weight:g}"), ("Rulebook", _rulebook(rule))),
        source=source_of(rule.citation, rule.retrieved),
        says=tuple((wording.OUTCOME[o], rule.messages[o]) for o in _OUTCOMES if o in rule.messages),
        advice=(*rule.exact_advice, rule.advice),
        examples=tuple((wording.OUTCOME[e.outcome], _shown(e)) for e in rule.examples),
        row=table.row(rule.id) if table else None,
    )


def source_of(citation: Citation, looked_up: date) -> Source:
    """A citation in words."""
    url = citation.url if citation.url and citation.url.startswith(("http://", "https://")) else None
    kind = wording.CITATION_KIND[citation.kind]
    return Source(citation.title, citation.locator, kind, wording.day(looked_up), url, citation.verified)


def _rulebook(rule: Rule) -> str:
    if not rule.changed_by:
        return rule.rulebook
    changed = ", ".join(key.replace("_", " ") for key in rule.changed)
    return f"{rule.rulebook}, changed by {rule.changed_by}: {changed}"


def rule_in_full(rule: Rule, table: SeverityTable | None = None) -> RenderableType:
    """All that there is to say of a rule."""
    one = told(rule, table)
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row("Severity", one.severity)
    for name, said in (*one.facts, *one.decides):
        grid.add_row(name, Text(said))
    source = Text(", ".join(filter(None, (one.source.title, one.source.locator))))
    source.append(f" ({one.source.kind}, looked up {one.source.looked_up})", style="dim")
    if one.source.url:
        source.append(f"\n{one.source.url}")
    if not one.source.verified:
        source.append(f"\n{NOT_CONFIRMED}", style="yellow")
    grid.add_row("Source", source)
    lines: list[RenderableType] = [Text.assemble((one.id, "bold"), "  ", (one.title, "bold")), Text(), grid]
    lines += _section(
        "What a report says", [Text.assemble((f"{outcome}: ", "dim"), said) for outcome, said in one.says]
    )
    lines += _section("What to do", map(Text, one.advice))
    lines += _section("Examples", [Text.assemble((f"{outcome}: ", "dim"), said) for outcome, said in one.examples])
    if one.row:
        names = [(word, ", ".join(_starred(cell) for cell in cells)) for word, cells in by_word(one.row.cells)]
        lines += _section("Under whose rules", [Text.assemble((f"{word}: ", "dim"), said) for word, said in names])
    return Group(*lines)


NOT_CONFIRMED: Final = "The wording could not be confirmed against the source."


def _starred(cell: Cell) -> str:
    return cell.title + ("*" if cell.changed else "")


def _section(title: str, lines: Iterable[Text]) -> list[RenderableType]:
    return [Text(), Text(title, style="bold"), *(Padding(line, (0, 0, 0, 2)) for line in lines)]


def rule_json(rule: Rule, table: SeverityTable | None = None) -> dict[str, Any]:
    """The rule for programs; dates as ISO text, null where there is nothing. `by_administrator`: as in the `table`."""
    row = table.row(rule.id) if table else None
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
        "exact_advice": list(rule.exact_advice),
        "only_for": {
            name: list(getattr(rule, name))
            for name in ("when_class", "asked_of_class", "unless_class")
            if getattr(rule, name)
        },
        "examples": [{"outcome": example.outcome, "shown": _shown(example)} for example in rule.examples],
        "citation": {
            "title": rule.citation.title,
            "locator": rule.citation.locator,
            "url": rule.citation.url,
            "kind": rule.citation.kind,
            "verified": rule.citation.verified,
            "retrieved": rule.retrieved.isoformat(),
        },
        "changed_by": rule.changed_by,
        "changed": list(rule.changed),
        "by_administrator": row.by_administrator() if row else {},
    }


def _in_force(rule: Rule) -> str:
    if rule.effective_from and rule.effective_until:
        return f"{wording.day(rule.effective_from)} to {wording.day(rule.effective_until)}"
    if rule.effective_from:
        return f"since {wording.day(rule.effective_from)}"
    return f"until {wording.day(rule.effective_until)}" if rule.effective_until else ""


def _classes(rule: Rule) -> Iterable[tuple[str, str]]:
    """What the treatment or product must be for the rule to be asked."""
    only = ", ".join(name.replace("_", " ") for name in (*rule.when_class, *rule.asked_of_class))
    never = ", ".join(name.replace("_", " ") for name in rule.unless_class)
    if only:
        yield "Only about", only
    if never:
        yield "Not about", never


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


def _parameters_said(rule: Rule) -> list[tuple[str, str]]:
    return [(name, _said(value)) for name, value in _parameters(rule).items()]


def said_plainly(value: Any) -> str:
    """A parameter in words a person can read: "nothing" where it is empty."""
    if isinstance(value, tuple) and not any(isinstance(one, tuple) for one in value):
        return ", ".join(str(one).replace("_", " ") for one in value) or "nothing"
    return "nothing" if value in (None, "") else _said(value)


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
