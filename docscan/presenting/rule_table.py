"""How much does each rule count under whose rules? One table of all rules by administrator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from docscan import checking
from docscan.document import Severity
from docscan.presenting import wording

if TYPE_CHECKING:
    from docscan.checking import Rule, Ruleset

USUAL: Final = "generic-fsa"
"""Whose rules stand first, as the others are told by how they differ from them."""

FAMILY: Final = {
    "LMN": "Letters",
    "PRV": "Providers",
    "COD": "Codes",
    "RCT": "Receipts and bills",
    "PKT": "Letters and receipts together",
    "IRS": "Tax law",
    "INT": "Signs that a person should look",
    "CMP": "Handling",
}
"""What the letters of a rule's id stand for."""

LETTER: Final = {"fatal": "M", "required": "N", "recommended": "H", "info": "g", "off": "–"}
"""A severity in one letter; the legend says which."""


@dataclass(frozen=True, slots=True)
class Cell:
    """`severity` None: not asked, as the rule is off or not for such accounts. `changed`: the administrator's own
    rulebook makes it decide otherwise than the rulebooks it builds on."""

    administrator: str
    title: str
    severity: Severity | None
    off: bool
    changed: bool

    @property
    def word(self) -> str:
        """ "must have", "off", or "not asked"."""
        return "off" if self.off else wording.SEVERITY[self.severity] if self.severity else "not asked"

    @property
    def key(self) -> str:
        """The severity, "off", or ""."""
        return "off" if self.off else self.severity or ""


@dataclass(frozen=True, slots=True)
class Row:
    """A rule; one cell for each administrator, in the order of the table's columns."""

    rule: str
    title: str
    cells: tuple[Cell, ...]

    @property
    def differs(self) -> bool:
        """Whether any administrator changed it."""
        return any(cell.changed for cell in self.cells)

    @property
    def family(self) -> str:
        letters = self.rule.partition("-")[0]
        return FAMILY.get(letters, letters)

    def by_administrator(self) -> dict[str, str | None]:
        """For programs: the severity, "off", or null where the rule is not asked."""
        return {cell.administrator: cell.key or None for cell in self.cells}


@dataclass(frozen=True, slots=True)
class SeverityTable:
    administrators: tuple[tuple[str, str], ...]
    """Ids and titles, the usual rules first."""
    rows: tuple[Row, ...]

    def row(self, rule: str) -> Row | None:
        return next((row for row in self.rows if row.rule == rule), None)

    def families(self) -> list[tuple[str, list[Row]]]:
        """The rows by what they are about, in the table's order."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.family, []).append(row)
        return list(found.items())


def severity_table(rulesets: Iterable[Ruleset] | None = None) -> SeverityTable:
    """Of these administrators, or of all that there are."""
    given = rulesets if rulesets is not None else map(checking.load, checking.administrators())
    ordered = sorted(given, key=lambda rules: (rules.administrator != USUAL, rules.title.casefold()))
    titles: dict[str, str] = {}
    for rules in ordered:
        for rule in rules.rules:
            titles.setdefault(rule.id, rule.title)
    by_id = [{rule.id: rule for rule in rules.rules} for rules in ordered]
    rows = tuple(
        Row(id_, title, tuple(_cell(id_, rules, here.get(id_)) for rules, here in zip(ordered, by_id, strict=True)))
        for id_, title in sorted(titles.items(), key=lambda one: _place(one[0]))
    )
    return SeverityTable(tuple((rules.administrator, rules.title) for rules in ordered), rows)


def _place(rule: str) -> tuple[int, str]:
    letters = rule.partition("-")[0]
    return (list(FAMILY).index(letters) if letters in FAMILY else len(FAMILY), rule)


def _cell(id_: str, rules: Ruleset, rule: Rule | None) -> Cell:
    changes = [change for change in rules.changes if change.rule == id_ and change.decides]
    asked = rule is not None and bool(set(rule.purpose) & set(rules.purpose))
    return Cell(
        administrator=rules.administrator,
        title=rules.title,
        severity=rule.severity if rule is not None and asked else None,
        off=rule is None and any(change.off for change in changes),
        changed=bool(changes) and (asked or rule is None),
    )


LEGEND: Final = (
    "A star marks what the plan's own rulebook decides otherwise. An empty place: the rule is not for such accounts."
)


def table_for_terminal(table: SeverityTable) -> RenderableType:
    """A letter for each severity, columns by number, the numbers explained above."""
    heads = Table.grid(padding=(0, 2, 0, 0))
    for number, (administrator, title) in enumerate(table.administrators, start=1):
        heads.add_row(str(number), title, Text(administrator, style="dim"))
    grid = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", expand=True)
    grid.add_column("", width=7)
    for number in range(1, len(table.administrators) + 1):
        grid.add_column(str(number), width=2)
    grid.add_column("", ratio=1, no_wrap=True, overflow="ellipsis")
    for row in table.rows:
        grid.add_row(Text(row.rule, style="bold"), *map(_in_short, row.cells), Text(row.title))
    letters = [f"{LETTER[severity]} {wording.SEVERITY[severity]}" for severity in wording.SEVERITY]
    return Group(heads, Text(), Text(f"{', '.join(letters)}, {LETTER['off']} off. {LEGEND}", style="dim"), Text(), grid)


_STYLE: Final = {"fatal": "red", "required": "yellow", "recommended": "default", "info": "dim", "off": "dim"}


def _in_short(cell: Cell) -> Text:
    if not cell.key:
        return Text("")
    return Text(LETTER[cell.key] + ("*" if cell.changed else ""), style=_STYLE[cell.key])


def table_json(table: SeverityTable) -> list[dict[str, Any]]:
    """A row for each rule, for programs."""
    return [
        {
            "rule": row.rule,
            "title": row.title,
            "by_administrator": row.by_administrator(),
            "changed_by": [cell.administrator for cell in row.cells if cell.changed],
        }
        for row in table.rows
    ]


def by_word(cells: Sequence[Cell]) -> list[tuple[str, list[Cell]]]:
    """The administrators by what the rule is to them, the gravest first: ("must have", [...])."""
    found: dict[str, list[Cell]] = {}
    for word in (*wording.SEVERITY.values(), "off", "not asked"):
        if here := [cell for cell in cells if cell.word == word]:
            found[word] = here
    return list(found.items())
