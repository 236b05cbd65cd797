"""How is a rule told, before any document is judged by it? As a list, in full, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from docscan.document import Outcome
from docscan.presenting import wording

if TYPE_CHECKING:
    from docscan.checking.rulebook import Example, Rule, Ruleset

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
    grid.add_row("Applies to", ", ".join(wording.KIND[kind] for kind in rule.applies_to))
    grid.add_row("Under", ", ".join(wording.PURPOSE[purpose] for purpose in rule.purpose))
    if dated := _in_force(rule):
        grid.add_row("In force", dated)
    if rule.when_class or rule.unless_class:
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
    only = ", ".join(name.replace("_", " ") for name in rule.when_class)
    never = ", ".join(name.replace("_", " ") for name in rule.unless_class)
    return "; ".join(filter(None, (only, f"not for {never}" if never else "")))


def _examples(examples: Iterable[Example]) -> Iterable[Text]:
    for example in examples:
        yield Text.assemble((f"{wording.OUTCOME[example.outcome]}: ", "dim"), _shown(example))


def _shown(example: Example) -> str:
    if example.documents:
        return " + ".join(
            f"{wording.KIND[one.kind] if one.kind else 'document'}: {_shown(one)}" for one in example.documents
        )
    if example.text is not None:
        return f"“{wording.clean(example.text)}”"
    said = [
        f"{wording.field_label(str(one.get('name')))}: {wording.clean(str(one.get('raw') or one.get('value')))}"
        for one in example.fields
    ]
    return "; ".join(said) or "nothing was found"
