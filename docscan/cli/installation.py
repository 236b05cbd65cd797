"""What does the command doctor do?"""

from __future__ import annotations

from docscan.cli.console import busy, out
from docscan.doctor import diagnosis
from docscan.errors import MissingDependency

_SIGN = {"ok": ("✓", "green"), "optional": ("–", "yellow"), "missing": ("✗", "bold red")}


def examine() -> int:
    """Show what is installed and what is missing; 3 where something needed is missing."""
    from rich.table import Table
    from rich.text import Text

    with busy("Looking at what is installed"):
        found = diagnosis()
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for one in found:
        sign, style = _SIGN[one.state]
        table.add_row(Text(sign, style=style), one.name, Text(one.told, style="" if one.state == "ok" else style))
    console = out()
    console.print(table)
    remedies = [one for one in found if one.remedy and one.state != "ok"]
    for one in remedies:
        console.print()
        console.print(Text(f"{one.name.strip()}:", style="bold"))
        console.print(Text(f"  {one.remedy}"), soft_wrap=True)  # one line, to be copied
    missing = any(one.state == "missing" for one in found)
    console.print()
    console.print("Something that docscan needs is missing." if missing else "Everything that docscan needs is here.")
    return MissingDependency.exit_status if missing else 0
