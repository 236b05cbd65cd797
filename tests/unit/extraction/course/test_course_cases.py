"""A table of ways to say how often and how long, each in a letter; and of times that are not the course."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from docscan.document import Document
from docscan.extraction.course.course import course
from docscan.extraction.extractors import merged
from docscan.extraction.text.annotated import AnnotatedText

CASES = tomllib.loads(Path(__file__).with_name("course_cases.toml").read_text())
LETTER = """Harbor Medical Clinic
12 Mill Road, Dover, DE 19901

March 2, 2026

To Whom It May Concern:

I am treating Jane Roe for chronic low back pain.

{}

Sincerely,

John Doe, MD"""
FIELDS = {"f": "frequency", "l": "session_length", "d": "duration"}


def written(value: dict[str, Any]) -> str:  # noqa: PLR0911 - one for each shape
    """A value in the table's short form."""
    value = {key: inner for key, inner in value.items() if inner is not None}
    if "phases" in value:
        return " then ".join(_phase(phase) for phase in value["phases"])
    if "count" in value:
        return f"count {value['count']}" + (f"-{value['count_max']}" if "count_max" in value else "")
    if "indefinite" in value:
        return "indefinite"
    if "start" in value:
        return f"{value['start']}..{value['end']}"
    if "until" in value or "until_condition" in value:
        return f"until {value.get('until') or value['until_condition']}"
    if "duration_unit" in value:
        amount = _range(value["duration"], value.get("duration_max"))
        return f"{amount}{value['duration_unit']}/{value['period_unit']}"
    needed = " prn" if value.get("as_needed") else ""
    if "frequency" in value:
        often = _range(value["frequency"], value.get("frequency_max"))
        period = _range(value["period"], value.get("period_max"))
        return f"{often}/{'' if period == '1' else period}{value['period_unit']}{needed}"
    if needed:
        return "prn"
    relative = f" {value['relative_to']}" if "relative_to" in value else ""
    return f"{_range(value['value'], value.get('value_max'))}{value['unit']}{relative}"


def _range(low: float, high: float | None) -> str:
    return f"{low}" if high is None else f"{low}-{high}"


def _phase(phase: dict[str, Any]) -> str:
    told = written(phase["frequency"])
    if not phase["duration"]:
        return told
    lasts = written(phase["duration"])
    return f"{told} {lasts}" if lasts.startswith("until") else f"{told} for {lasts}"


def told(printed: str) -> dict[str, list[str]]:
    found = merged(course(AnnotatedText(Document.from_text(LETTER.format(printed)))))
    return {
        short: sorted(written(e.value) if e.value else "open" for e in found if e.name == name)
        for short, name in FIELDS.items()
    }


@pytest.mark.parametrize("case", CASES["prescribed"], ids=lambda case: case["text"][:60])
def test_what_is_prescribed_is_told_and_nothing_else(case: dict[str, Any]) -> None:
    assert told(case["text"]) == {short: sorted(case.get(short, [])) for short in FIELDS}


@pytest.mark.parametrize("printed", CASES["nothing"], ids=lambda printed: printed[:60])
def test_what_is_not_prescribed_is_not_told(printed: str) -> None:
    assert told(printed) == {short: [] for short in FIELDS}


def test_the_table_is_large_and_has_no_case_twice() -> None:
    texts = [case["text"] for case in CASES["prescribed"]] + CASES["nothing"]
    assert len(texts) == len(set(texts)) >= 200
    assert len(CASES["nothing"]) >= 40
    assert all(re.search(r"\w", text) for text in texts)
