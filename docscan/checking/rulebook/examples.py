"""The examples of a rule, from either way of writing them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from docscan.checking.rulebook.format import ClaimTable, ExampleTable, ExtractionTable
from docscan.checking.rulebook.refusing import error, nearest
from docscan.checking.rulebook.rules import Example
from docscan.document import Claim, DateRange, Json
from docscan.reference.fields import FIELDS


def examples_of(entries: Sequence[ExampleTable], file: str, where: str, *, packet: bool) -> tuple[Example, ...]:
    """The examples of a rule; `packet`: it is one about packets. Raises `RulebookError`."""
    return tuple(_example(e, file, f"{where}: example {n + 1}", packet=packet) for n, e in enumerate(entries))


def _example(entry: ExampleTable, file: str, where: str, *, packet: bool) -> Example:
    given = [bool(entry.documents), entry.text is not None, entry.fields is not None or bool(entry.extractions)]
    if sum(given) != 1 or bool(entry.documents) != packet:
        wanted = "`documents`" if packet else "either `text` or `fields` and `extractions`"
        raise error(file, where, f"needs {wanted}", "Write what the document says, in one of these ways.")
    claim = {name: getattr(entry.claim, name) for name in ClaimTable.model_fields}
    if entry.claim.plan_year:
        claim["plan_year"] = DateRange(entry.claim.plan_year.start, entry.claim.plan_year.end)
    return Example(
        outcome=entry.outcome,
        text=entry.text,
        fields=_extractions(entry.fields or {}, entry.extractions, file, where),
        kind=entry.kind,
        as_of=entry.as_of,
        claim=Claim(**claim),
        quality=entry.quality,
        documents=tuple(
            Example(
                outcome=entry.outcome,
                fields=_extractions(d.fields, d.extractions, file, where),
                kind=d.kind,
                as_of=entry.as_of,
                quality=d.quality,
            )
            for d in entry.documents
        ),
    )


def _extractions(
    short: Mapping[str, Any], full: Iterable[ExtractionTable], file: str, where: str
) -> tuple[Mapping[str, Json], ...]:
    """One form for both ways of writing: `letter_date = "2026-03-03"` (several values as a list), or extractions."""
    found: list[Mapping[str, Json]] = []
    for name, value in short.items():
        found += [{"name": name, "value": each} for each in (value if isinstance(value, list) else [value])]
    found += [each.model_dump(exclude_unset=True) for each in full]
    for each in found:
        if each["name"] not in FIELDS:
            remedy = nearest(str(each["name"]), FIELDS, "`docscan rules --fields` lists them.")
            raise error(file, where, f"`{each['name']}` is not a field", remedy)
    return tuple(_dates_as_text(each) for each in found)


def _dates_as_text(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _dates_as_text(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_dates_as_text(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
