"""The JSON Schemas say what the types say, accept real reports and refuse broken ones."""

from __future__ import annotations

import copy
import dataclasses
import json
import typing
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import jsonschema
import pytest

from docscan import document, errors
from docscan.document import Changes, Coverage, PacketEvidence, PacketFinding, PacketReport, Report, Score
from docscan.presenting.schemas import NAMES, schema


def errors_of(name: str, value: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(
        schema(name), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    return [error.message for error in validator.iter_errors(value)]


def objects(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for inner in node.values():
            yield from objects(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from objects(inner)


@pytest.mark.parametrize("name", NAMES)
def test_is_a_valid_schema_in_which_every_property_is_explained(name: str) -> None:
    whole = schema(name)
    jsonschema.Draft202012Validator.check_schema(whole)
    for node in objects(whole):
        for key, inner in (node.get("properties") or {}).items():
            assert "description" in inner or "$ref" in inner, key


def test_a_name_without_schema_is_refused() -> None:
    with pytest.raises(errors.UnknownName):
        schema("letter")


TYPES = {
    "evidence": document.Evidence,
    "problem": document.Problem,
    "page": document.PageSummary,
    "part": document.Part,
    "document": document.DocumentSummary,
    "field": document.Extraction,
    "citation": document.Citation,
    "finding": document.Finding,
    "law_date": document.LawDate,
    "claim": document.Claim,
}


@pytest.mark.parametrize("name", TYPES)
def test_names_exactly_the_fields_of_the_type(name: str) -> None:
    described = schema("report")["$defs"][name]
    expected = {field.name for field in dataclasses.fields(TYPES[name])}
    assert set(described["properties"]) == set(described["required"]) == expected
    assert described["additionalProperties"] is False


@pytest.mark.parametrize(
    ("path", "cls"),
    [
        (("findings",), document.PacketFinding),
        (("findings", "evidence"), document.PacketEvidence),
        (("coverage",), document.Coverage),
    ],
)
def test_a_packets_parts_name_exactly_the_fields_of_their_types(path: tuple[str, ...], cls: type) -> None:
    described = schema("packet")
    for name in path:
        described = described["properties"][name]["items"]
    expected = {field.name for field in dataclasses.fields(cls)}
    assert set(described["properties"]) == set(described["required"]) == expected


@pytest.mark.parametrize(("name", "cls"), [("report", Report), ("packet", PacketReport), ("changes", Changes)])
def test_the_whole_names_exactly_the_fields_of_the_type(name: str, cls: type) -> None:
    assert set(schema(name)["properties"]) == {"schema"} | {field.name for field in dataclasses.fields(cls)}


def test_changes_name_exactly_the_fields_of_their_types() -> None:
    described = schema("changes")
    rule = described["properties"]["rules"]["items"]
    told = {
        document.Turn: described["$defs"]["turn"],
        document.RuleChange: rule,
        document.Cause: rule["properties"]["causes"]["items"],
    }
    for cls, one in told.items():
        assert set(one["properties"]) == set(one["required"]) == {field.name for field in dataclasses.fields(cls)}
    kinds = told[document.Cause]["properties"]["kind"]["enum"]
    assert tuple(kinds) == typing.get_args(typing.get_type_hints(document.Cause)["kind"])


@pytest.mark.parametrize(
    ("where", "literal"),
    [
        (("document", "properties", "kind"), document.Kind),
        (("field", "properties", "assertion"), document.Assertion),
        (("finding", "properties", "outcome"), document.Outcome),
        (("finding", "properties", "severity"), document.Severity),
        (("verdict",), document.Verdict),
        (("page", "properties", "source"), document.PageSource),
        (("problem", "properties", "category"), document.ProblemCategory),
    ],
)
def test_lists_every_value_that_the_type_allows(where: tuple[str, ...], literal: Any) -> None:
    node = schema("report")["$defs"]
    for key in where:
        node = node[key]
    assert node["enum"] == list(typing.get_args(literal))


def test_a_report_is_valid_also_after_its_way_through_json(report: Report) -> None:
    assert errors_of("report", json.loads(json.dumps(report.to_dict()))) == []


def test_a_report_of_several_documents_is_valid(report: Report) -> None:
    several = dataclasses.replace(
        report, document=dataclasses.replace(report.document, kind="packet"), parts=(report, report)
    )
    assert errors_of("report", several.to_dict()) == []


def _set(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        node: Any = data
        *way, last = [int(step) if step.isdigit() else step for step in path.split("/")]
        for step in way:
            node = node[step]
        node[last] = value

    return change


BROKEN = {
    "another schema": _set("schema", "docscan.report/2"),
    "an unknown key": _set("remark", "fine"),
    "an unknown key inside": _set("fields/0/colour", "red"),
    "a missing key": lambda data: data.pop("score"),
    "a missing key inside": lambda data: data["findings"][0]["citation"].pop("verified"),
    "a kind of its own": _set("document/kind", "letter"),
    "a verdict that approves": _set("verdict", "approved"),
    "a score above 100": _set("score/high", 120),
    "a box beyond the page": _set("fields/0/evidence/0/boxes/0/2", 1.2),
    "a box of three edges": _set("fields/0/evidence/0/boxes/0", [0, 0, 1]),
    "a day that does not exist": _set("as_of", "2026-02-30"),
    "a confidence in percent": _set("fields/1/confidence", 93),
    "page nought": _set("fields/0/evidence/0/page", 0),
    "a hash that is none": _set("document/sha256", "a" * 63),
    "a problem without remedy": lambda data: data["problems"][0].pop("remedy"),
    "a part that is no report": _set("parts", [{}]),
}


@pytest.mark.parametrize("breakage", BROKEN)
def test_refuses(breakage: str, report: Report) -> None:
    data = copy.deepcopy(json.loads(json.dumps(report.to_dict())))
    BROKEN[breakage](data)
    assert errors_of("report", data) != []


def test_a_packet_is_valid_and_its_reports_are_looked_into(report: Report) -> None:
    packet = PacketReport(
        reports=(report,),
        administrator="generic-fsa",
        as_of=date(2026, 3, 20),
        findings=(
            PacketFinding.of(report.findings[1], [PacketEvidence.of(e, 0) for e in report.findings[1].evidence]),
        ),
        coverage=(Coverage(date(2026, 3, 9), 0, None, None, "No letter was found."),),
        money={
            "currency": "USD", "supported": "0.00", "conditional": "125.00", "unsupported": "0.00", "unclear": "0.00",
            "lines": [{
                "report": 0, "description": "Massage", "amount": "125.00", "service_date": "2026-03-09",
                "entry": "massage", "standing": "conditional", "letter": None, "reason": "It usually needs a letter.",
            }],
            "excess_cost": [], "deduction": None,
        },
        score=Score(1.0, 2.0),
        verdict="needs_review",
    )  # fmt: skip
    data = json.loads(json.dumps(packet.to_dict()))
    assert errors_of("packet", data) == []
    assert PacketReport.from_dict(data) == packet
    data["reports"][0]["verdict"] = "approved"
    assert errors_of("packet", data) != []


def test_every_error_is_valid() -> None:
    told = errors.Encrypted("Needs a password.", "Save it without.").to_dict()
    data = {"schema": "docscan.error/1", "file": "a.pdf", "error": told}
    assert errors_of("error", data) == []
    del told["remedy"]
    assert errors_of("error", data) != []
