"""A document's truth file: read as written by hand beside the HTML, completed with the words, and written as TOML."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeAlias

Toml: TypeAlias = Any
"""A value that TOML can hold."""

SCHEMA = "docscan.truth/1"
_HEAD = ("kind", "as_of", "administrator", "damage")


def truth(written: Mapping[str, Toml], *, file: str, text: str) -> str:
    """The truth file's TOML. `written` has kind, as_of, damage, story, fields and, where any, absent and outcomes."""
    lines = [f'schema = "{SCHEMA}"', f"file = {_value(file)}"]
    head = {"administrator": "generic-fsa", **{key: written[key] for key in _HEAD if key in written}}
    lines += [f"{key} = {_value(head[key])}" for key in _HEAD]
    lines += ['origin = "generated"', 'licence = "CC0-1.0"', f"story = {_value(written['story'])}"]
    lines.append(f"absent = {_value(written.get('absent', []))}")
    if "pair" in written:
        lines.append(f"pair = {_value(written['pair'])}")
    lines.append(f"text = '''\n{text}\n'''")
    for field in written["fields"]:
        lines += ["", "[[fields]]", *(f"{key} = {_value(value)}" for key, value in field.items())]
    lines += [
        "",
        "[outcomes]",
        *(f"{rule} = {_value(outcome)}" for rule, outcome in written.get("outcomes", {}).items()),
    ]
    return "\n".join(lines) + "\n"


def _value(value: Toml) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_value(inner) for inner in value) + "]"
    return str(value)
