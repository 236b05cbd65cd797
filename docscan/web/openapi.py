"""The API's description: what FastAPI knows of it, and what it cannot know: reports, problems, response headers."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from docscan.presenting.paper import MEDIA_TYPE as MEDIA_TYPES
from docscan.presenting.schemas import schema
from docscan.web.models import DocumentState, FieldError, Problem, example_of
from docscan.web.problems import KINDS, MEDIA_TYPE

_REF: Final = "#/components/schemas/"
_ABOUT: Final = """Upload a Letter of Medical Necessity or a receipt; get a report with the rules that it meets and
those that it does not, each with its source and with where on the page the evidence stands. docscan advises: it neither
approves an expense nor says that it can be deducted.

Every error is a problem (RFC 9457). Its `code` is one of these; `type` is the address of a page that explains it.

| code | status | meaning |
| --- | --- | --- |
"""

_INPUT: Final = ("empty", "encrypted", "damaged", "no_pages", "timed_out", "crashed", "usage")
_EVERYWHERE: Final = ("forbidden", "internal")
_PROBLEMS: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("post", "/v1/documents"): (*_INPUT, "bad_request", "too_large", "unsupported", "missing_dependency"),
    ("get", "/v1/documents"): ("usage",),
    ("get", "/v1/documents/{document}"): ("unknown_name", "usage"),
    ("delete", "/v1/documents/{document}"): ("unknown_name", "usage"),
    ("get", "/v1/documents/{document}/report"): (
        *_INPUT, "unknown_name", "not_acceptable", "not_finished", "too_large", "unsupported", "missing_dependency",
    ),
    ("post", "/v1/documents/{document}/judge"): (
        *_INPUT, "bad_request", "unknown_name", "not_finished", "too_large", "unsupported", "missing_dependency",
    ),
    **{
        ("get", f"/v1/documents/{{document}}/{draft}"): (
            *_INPUT, "unknown_name", "not_finished", "too_large", "unsupported", "missing_dependency",
        )
        for draft in ("note", "request")
    },
    ("get", "/v1/documents/{document}/pages/{number}.png"): (
        *_INPUT, "unknown_name", "too_large", "unsupported", "missing_dependency",
    ),
    ("get", "/v1/documents/{document}/comparison"): (
        *_INPUT, "unknown_name", "not_finished", "too_large", "unsupported", "missing_dependency",
    ),
    ("post", "/v1/packets"): ("usage", "bad_request", "too_large", "unknown_name"),
    ("post", "/v1/packets/upload"): (*_INPUT, "bad_request", "too_large", "unsupported", "missing_dependency"),
    ("get", "/v1/packets"): ("usage",),
    ("get", "/v1/packets/{packet}"): ("unknown_name", "usage"),
    ("delete", "/v1/packets/{packet}"): ("unknown_name", "usage"),
    ("get", "/v1/packets/{packet}/report"): ("unknown_name", "usage", "not_acceptable", "not_finished", "check_failed"),
    ("get", "/v1/packets/{packet}/note"): ("unknown_name", "usage", "not_finished", "check_failed"),
    ("get", "/v1/packets/{packet}/request"): ("unknown_name", "usage", "not_finished", "check_failed"),
    ("get", "/v1/packets/{packet}/comparison"): ("unknown_name", "usage", "not_finished", "check_failed"),
    ("get", "/v1/rules"): ("unknown_name", "usage"),
    ("get", "/v1/rules/table"): (),
    ("get", "/v1/rules/{rule}"): ("unknown_name", "usage"),
    ("get", "/v1/items"): ("usage",),
    ("get", "/v1/administrators"): (),
    ("get", "/v1/administrators/{administrator}"): ("unknown_name", "usage"),
    ("get", "/healthz"): (),
}  # fmt: skip


def describe(app: FastAPI) -> None:
    """Make `app.openapi()` give the whole description."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _description(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # as FastAPI documents it


def _description(app: FastAPI) -> dict[str, Any]:
    rows = "".join(f"| `{kind.code}` | {kind.status} | {kind.title} |\n" for kind in KINDS.values())
    told = get_openapi(title="docscan", version=version("docscan"), description=_ABOUT + rows, routes=app.routes)
    schemas = told["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    _, problems = models_json_schema(
        [(Problem, "serialization"), (FieldError, "serialization")], ref_template=_REF + "{model}"
    )
    schemas.update(problems["$defs"])
    schemas.update(_described("report", "Report"))
    schemas.update(_described("changes", "Changes"))
    schemas.update(_described("packet", "PacketReport"))
    schemas["DocumentState"]["example"] = example_of(DocumentState)  # FastAPI leaves out what is null
    for (method, path), codes in _PROBLEMS.items():
        _add_problems(told["paths"][path][method]["responses"], (*codes, *_EVERYWHERE))
    _describe_upload(told["paths"]["/v1/documents"]["post"])
    _describe_report(told["paths"]["/v1/documents/{document}/report"]["get"]["responses"]["200"])
    _describe_judged(told["paths"]["/v1/documents/{document}/judge"]["post"]["responses"]["200"])
    _describe_packets(told["paths"])
    for draft, what in (("note", "The note, on one page."), ("request", "The draft of a request.")):
        for path in (f"/v1/documents/{{document}}/{draft}", f"/v1/packets/{{packet}}/{draft}"):
            content = {kind: {"schema": _file(kind)} for kind in MEDIA_TYPES.values()}
            told["paths"][path]["get"]["responses"]["200"].update(description=what, content=content)
    picture = told["paths"]["/v1/documents/{document}/pages/{number}.png"]["get"]["responses"]["200"]
    picture.update(description="The page.", content={"image/png": {"schema": {"type": "string", "format": "binary"}}})
    return told


def _file(kind: str) -> dict[str, str]:
    return {"type": "string"} | ({"format": "binary"} if kind == "application/pdf" else {})


def _described(name: str, called: str) -> dict[str, Any]:
    """A schema and its parts as components of this description."""

    def moved(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: _moved_reference(inner, called) if key == "$ref" else moved(inner)
                for key, inner in value.items()
                if key not in ("$id", "$schema", "$defs")
            }
        return [moved(inner) for inner in value] if isinstance(value, list) else value

    whole = schema(name)
    parts = {f"{called}.{part}": moved(inner) for part, inner in whole.get("$defs", {}).items() if "$id" not in inner}
    return {called: moved(whole)} | parts


def _moved_reference(reference: str, called: str) -> str:
    """ "#/$defs/turn" in the changes is "#/components/schemas/Changes.turn"; another schema begins with its name."""
    before, _, inside = reference.partition("#")
    whole = before.removeprefix("urn:docscan:").partition(":")[0].capitalize() if before else called
    return f"{_REF}{whole}" + inside.replace("/$defs/", ".")


def _add_problems(responses: dict[str, Any], codes: tuple[str, ...]) -> None:
    by_status: dict[int, list[str]] = {}
    for code in dict.fromkeys(codes):
        by_status.setdefault(KINDS[code].status, []).append(code)
    responses.pop("422", None)
    for status, together in sorted(by_status.items()):
        said = "; ".join(f"`{code}`: {KINDS[code].title}" for code in together)
        content = {MEDIA_TYPE: {"schema": {"$ref": f"{_REF}Problem"}, "example": _example(together[0])}}
        responses[str(status)] = {"description": f"{said}.", "content": content}


def _example(code: str) -> dict[str, Any]:
    kind = KINDS[code]
    return {
        "type": kind.type,
        "title": kind.title,
        "status": kind.status,
        "detail": kind.means,
        "remedy": "What to do about it.",
        "code": code,
    }


def _describe_upload(operation: dict[str, Any]) -> None:
    location = {"Location": {"description": "The document's address.", "schema": {"type": "string"}}}
    waited = {"Preference-Applied": {"description": "`wait=N`, as asked.", "schema": {"type": "string"}}}
    responses = operation["responses"]
    responses["202"].update(description="Taken; it is being checked.", headers=location)
    responses["202"]["content"]["application/json"]["example"] = example_of(DocumentState) | {
        "state": "received", "finished_at": None, "kind": None, "verdict": None, "score": None,
    }  # fmt: skip
    responses["201"] = {"headers": location | waited}
    _describe_report(responses["201"])
    responses["201"]["description"] = "Taken and checked within the time that `Prefer: wait=N` gave: the report."


def _describe_judged(response: dict[str, Any]) -> None:
    response["description"] = "The report as it is judged now, and what changed."
    properties = {
        "schema": {"const": "docscan.judged/1", "description": "The name and version of this format."},
        "report": {"$ref": f"{_REF}Report"},
        "changes": {"$ref": f"{_REF}Changes"},
    }
    described = {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
    }  # fmt: skip
    response["content"] = {"application/json": {"schema": described}}


def _describe_report(response: dict[str, Any]) -> None:
    response["description"] = "The report, as JSON or as a self-contained HTML page, by `Accept`."
    response["content"] = {
        "application/json": {"schema": {"$ref": f"{_REF}Report"}},
        "text/html": {"schema": {"type": "string"}},
    }


def _describe_packets(paths: dict[str, Any]) -> None:
    location = {"Location": {"description": "The packet's address.", "schema": {"type": "string"}}}
    for path in ("/v1/packets", "/v1/packets/upload"):
        responses = paths[path]["post"]["responses"]
        content = responses["201"]["content"]
        responses["201"].update(description="Judged: its reports are there.", headers=location)
        said = "Taken; a document is still being checked, or could not be: see `state`."
        responses["202"] = {"description": said, "headers": location, "content": content}
    report = paths["/v1/packets/{packet}/report"]["get"]["responses"]["200"]
    _describe_report(report)
    report["content"]["application/json"]["schema"]["$ref"] = f"{_REF}PacketReport"
