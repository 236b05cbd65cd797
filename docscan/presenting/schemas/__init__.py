"""What is the exact form of docscan's JSON? JSON Schemas (draft 2020-12) of everything that a program may read."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any, Final

from docscan.errors import UnknownName

NAMES: Final = ("report", "packet", "changes", "judged", "error", "row")
_BUILT_ON: Final = {
    "packet": ("report",),
    "changes": ("report",),
    "judged": ("report", "packet", "changes"),
    "row": ("report", "error"),
}


def schema(name: str) -> dict[str, Any]:
    """The schema `name`, one of `NAMES`, complete: schemas that it refers to stand inside it under `$defs`."""
    if name not in NAMES:
        raise UnknownName(f"There is no schema of that name: {name}.", f"Known are: {', '.join(NAMES)}.")
    whole = _read(name)
    if name in _BUILT_ON:
        whole = whole | {"$defs": whole.get("$defs", {}) | {inner: _read(inner) for inner in _BUILT_ON[name]}}
    return whole


@cache
def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(files(__package__).joinpath(f"{name}.schema.json").read_text("utf-8"))
    return read
