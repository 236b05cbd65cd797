"""What do the IRS texts say of an item or a treatment? As a list, in full, as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from docscan.document import Purpose
from docscan.presenting import wording
from docscan.reference import publication_502
from docscan.reference.publication_502 import Counts, Entry, LetterNeed

COUNTS: Final[Mapping[Counts, str]] = {
    "always": "listed as medical care",
    "conditional": "listed as medical care on a condition",
    "partial": "a part of the price is listed as medical care",
    "never": "listed as no medical care",
}
_IN_A_COLUMN: Final[Mapping[Counts, str]] = {
    "always": "counts", "conditional": "on a condition", "partial": "a part", "never": "does not count",
}  # fmt: skip
_STYLE: Final[Mapping[Counts, str]] = {"always": "green", "conditional": "yellow", "partial": "yellow", "never": "red"}
LETTER: Final[Mapping[LetterNeed, str]] = {
    "usual": "plans usually ask for one",
    "sometimes": "some plans ask for one",
    "none": "plans usually ask for none",
    "refused": "none would make a difference",
}
_CAPITAL: Final = {
    "portable": "lasts, and can be taken along",
    "improvement": "a lasting improvement of the home",
}


def items_table(entries: Iterable[Entry], purpose: Purpose, on: date) -> RenderableType:
    """Every entry in a line: what it is, how it counts by the lists, whether a letter is usual."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Item", overflow="fold")
    table.add_column("By the lists", no_wrap=True)
    table.add_column("Letter", no_wrap=True)
    table.add_column("Name", no_wrap=True, style="dim")
    for one in entries:
        counts = Text(_IN_A_COLUMN[one.counts], style=_STYLE[one.counts])
        table.add_row(Text(one.title), counts, Text(one.letter), one.id)
    head = Text.assemble(("What the IRS texts say of items", "bold"), (f"  {_under(purpose, on)}", "dim"))
    return Group(head, Text(), table)


def item_in_full(entry: Entry, purpose: Purpose, on: date) -> RenderableType:
    """All that there is to say of an entry."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row("By the lists", Text(COUNTS[entry.counts], style=_STYLE[entry.counts]))
    if entry.condition:
        grid.add_row("Condition", Text(entry.condition))
    if entry.limit:
        grid.add_row("Limit", Text(entry.limit))
    grid.add_row("Letter", LETTER[entry.letter])
    if entry.prescription:
        grid.add_row("Prescription", "needed")
    if entry.capital:
        grid.add_row("Lasting thing", _CAPITAL[entry.capital])
    if entry.limited_purpose or purpose == "limited_purpose_fsa":
        care = f"{entry.limited_purpose} care" if entry.limited_purpose else "neither dental nor vision care"
        grid.add_row("Limited purpose", care)
    source = Text(", ".join((entry.citation.title, entry.citation.locator)))
    source.append(f" ({wording.CITATION_KIND[entry.citation.kind]})", style="dim")
    if entry.citation.url:
        source.append(f"\n{entry.citation.url}")
    if not entry.verified:
        source.append("\nThe wording could not be confirmed against the source.", style="yellow")
    grid.add_row("Source", source)
    if entry.note:
        grid.add_row("Note", Text(entry.note))
    head = Text.assemble((entry.title, "bold"), (f"  {entry.id}, {_under(purpose, on)}", "dim"))
    return Group(head, Text(), grid)


def _under(purpose: Purpose, on: date) -> str:
    return f"{wording.PURPOSE[purpose]}, on {wording.day(on)}"


def item_json(entry: Entry) -> dict[str, Any]:
    """The entry for programs: as `Entry` has it, null or "" where there is nothing."""
    return asdict(entry)


def looked_up(words: str, purpose: Purpose, on: date) -> Entry | None:
    """The entry that the words name, or whose name they are."""
    named = next((one for one in publication_502.entries(purpose=purpose, on=on) if one.id == words.strip()), None)
    return named or publication_502.find(words, purpose=purpose, on=on)


def found_json(words: str | None, purpose: Purpose, on: date) -> dict[str, Any]:
    """The entry for the words, or every entry where there are none, as JSON."""
    if words is None:
        found: tuple[Entry, ...] = publication_502.entries(purpose=purpose, on=on)
    else:
        entry = looked_up(words, purpose, on)
        found = (entry,) if entry else ()
    return {
        "words": words,
        "purpose": purpose,
        "on": on.isoformat(),
        "items": [item_json(one) for one in found],
        "reason": none_said(words) if words is not None and not found else None,
    }


def none_said(words: str) -> str:
    """Why there is no entry for the words."""
    said = wording.clean(words)
    if publication_502.stands_for_two(words):
        return f"“{said}” may be physical therapy or personal training. Say which."
    return f"docscan knows no entry of Publication 502 for “{said}”."
