"""The table of all sample documents in sample_docs/README.md, made from their truth files so that it cannot drift."""

from __future__ import annotations

import tomllib
from pathlib import Path

BEGIN, END = "<!-- table -->", "<!-- end of table -->"


def table(folder: Path) -> str:
    """A Markdown table with a row for each truth file in the folder."""
    rows = ["| file | kind | what it shows | damage | origin | licence |", "| --- | --- | --- | --- | --- | --- |"]
    for path in sorted(folder.glob("*.toml")):
        known = tomllib.loads(path.read_text())
        cells = [str(known[key]) for key in ("file", "kind", "story", "damage", "origin", "licence")]
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows)


def write(folder: Path) -> None:
    """Put the table between its two marks in the folder's README."""
    readme = folder / "README.md"
    before, _, rest = readme.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    readme.write_text(f"{before}{BEGIN}\n{table(folder)}\n{END}{after}")
