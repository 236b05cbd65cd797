"""How is the API's description told on a page? From the OpenAPI document alone, so that both say the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

_REF: Final = "#/components/schemas/"
_EXAMPLES: Final = {
    "document": "0f6c2b1a9d3e4c5b8a7f60514233e1d2", "number": "1", "rule": "LMN-10", "file": "@letter.pdf",
    "as_of": "2026-11-21", "administrator": "generic-fsa", "prefer": "wait=60",
    "packet": "3f8e1c7a5b9d4e2f8a6c0d1b2e3f4a5b",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Input:
    """Something that a request may hold. `place`: path, query, header, form or json."""

    name: str
    place: str
    kind: str
    required: bool
    means: str


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    means: str
    forms: tuple[tuple[str, str], ...]
    """Media types, each with the name of its schema or ""."""


@dataclass(frozen=True, slots=True)
class Operation:
    id: str
    method: str
    path: str
    title: str
    means: str
    inputs: tuple[Input, ...]
    answers: tuple[Answer, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A JSON object: its properties with their kind and meaning."""

    name: str
    means: str
    properties: tuple[tuple[str, str, str], ...]


def operations(described: Mapping[str, Any], address: str) -> Iterator[Operation]:
    """Everything that can be asked of the service at `address`, in the order of the description."""
    for path, methods in described["paths"].items():
        for method, one in methods.items():
            inputs = (*_parameters(one), *_form(one, described))
            yield Operation(
                id=one["operationId"],
                method=method.upper(),
                path=path,
                title=one["summary"],
                means=one["description"],
                inputs=inputs,
                answers=tuple(_answer(status, said) for status, said in sorted(one["responses"].items())),
                example=_curl(method, path, inputs, address, _json_example(one, described)),
            )


def shapes(described: Mapping[str, Any]) -> Iterator[Shape]:
    """The JSON objects that the answers hold."""
    for name, schema in sorted(described["components"]["schemas"].items()):
        if schema.get("properties") and not name.startswith("Body_"):
            properties = tuple(
                (key, _kind(inner), inner.get("description", "")) for key, inner in schema["properties"].items()
            )
            yield Shape(name, schema.get("description", ""), properties)


def _parameters(operation: Mapping[str, Any]) -> Iterator[Input]:
    for one in operation.get("parameters", ()):
        yield Input(
            one["name"], one["in"], _kind(one["schema"]), one.get("required", False), one.get("description", "")
        )


def _form(operation: Mapping[str, Any], described: Mapping[str, Any]) -> Iterator[Input]:
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        place = "json" if media_type == "application/json" else "form"
        schema = content["schema"]
        if "$ref" in schema:
            schema = described["components"]["schemas"][schema["$ref"].removeprefix(_REF)]
        for name, inner in schema["properties"].items():
            kind = _kind(inner)
            if name == "file":
                kind = "list of files" if inner.get("type") == "array" else "file"
            yield Input(name, place, kind, name in schema.get("required", ()), inner.get("description", ""))


def _answer(status: str, said: Mapping[str, Any]) -> Answer:
    forms = tuple(
        (media_type, content.get("schema", {}).get("$ref", "").removeprefix(_REF))
        for media_type, content in said.get("content", {}).items()
    )
    return Answer(status, said["description"], forms)


def _kind(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(_REF)
    if "anyOf" in schema or "oneOf" in schema:
        several = schema.get("anyOf") or schema["oneOf"]
        return " or ".join(dict.fromkeys(_kind(one) for one in several))
    if named := schema.get("enum") or ([schema["const"]] if "const" in schema else []):
        return ", ".join(map(str, named))
    kind = schema.get("type", "anything")
    if isinstance(kind, list):
        return " or ".join(kind)
    if kind == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return f"{kind} ({schema['format']})" if "format" in schema else str(kind)


def _json_example(operation: Mapping[str, Any], described: Mapping[str, Any]) -> str:
    """The example of a JSON body; "" where the request has none."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    name = str(content.get("schema", {}).get("$ref", "")).removeprefix(_REF)
    return json.dumps(described["components"]["schemas"][name]["example"]) if name else ""


def _curl(method: str, path: str, inputs: tuple[Input, ...], address: str, body: str) -> str:
    """A call that can be typed as it stands, with ids that stand for real ones."""
    words = ["curl"]
    if method not in ("get", "post"):
        words += ["-X", method.upper()]
    for one in inputs:
        value = _EXAMPLES.get(one.name)
        if one.place == "path" and value:
            path = path.replace(f"{{{one.name}}}", value)
        elif one.name == "file" and one.kind != "file":
            words += ["-F", "file=@letter.pdf", "-F", "file=@receipt.pdf"]
        elif one.place == "form" and value:
            words += ["-F", f"{one.name}={value}"]
        elif one.place == "header" and value:
            words += ["-H", f"'{one.name.title()}: {value}'"]
    if body:
        words += ["-H", "'Content-Type: application/json'", "-d", f"'{body}'"]
    if path.endswith(".png"):
        words += ["-o", "page.png"]
    return " ".join((*words, f"{address}{path}"))
