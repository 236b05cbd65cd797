"""The source of a rule: written out beside it, or named where a file lists its sources."""

from __future__ import annotations

from typing import Any

from docscan.checking.rulebook.format import CitationTable, RulebookFile
from docscan.checking.rulebook.refusing import error, nearest
from docscan.document import Citation


def with_citation(raw: dict[str, Any], book: RulebookFile, file: str, where: str) -> dict[str, Any]:
    """A table with its citation written out: it may be the name of one under [citations], with a locator of its own
    after a colon. Raises `RulebookError`."""
    cited = raw.get("citation")
    if not isinstance(cited, str):
        return raw
    name, _, locator = (part.strip() for part in cited.partition(":"))
    if name not in book.citations:
        remedy = nearest(name, book.citations, f"Write it under [citations.{name or 'NAME'}], or as a table.")
        raise error(file, f"{where}: citation", f"`{name}` is not under [citations]", remedy)
    found = book.citations[name]
    return {**raw, "citation": {**found, "locator": locator} if locator and isinstance(found, dict) else found}


def citation_of(entry: CitationTable) -> Citation:
    return Citation(entry.title, entry.locator, entry.url, entry.kind, entry.verified)
