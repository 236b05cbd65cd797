"""docscan judge: stored reports under other rules or on another day, without the documents."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from docscan import pipeline
from docscan.cli import main
from docscan.document import PacketReport, Report
from docscan.presenting.schemas import schema

LETTER = """Summit Medical
March 3, 2026

Letter of Medical Necessity
Patient: Marisol Vance
Diagnosis: type 2 diabetes (E11.9)
Personal training, 3 times a week, is medically necessary to treat her diabetes.

Jonathan P. Reyes, MD
"""


@pytest.fixture(scope="module")
def stored() -> Report:
    return pipeline.check_text(LETTER, as_of=date(2026, 11, 21))


@pytest.fixture
def written(tmp_path: Path, stored: Report, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", "200")
    path = tmp_path / "letter.json"
    path.write_text(json.dumps(stored.to_dict(), indent=2))
    return str(path)


def told(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.replace("│", " ").split())


def test_what_changes_under_another_administrator_is_told_with_why(
    written: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["judge", written, "--administrator", "healthequity"]) == 1
    said = told(capsys)
    assert "Rules: Most FSA and HRA administrators (generic-fsa) → HealthEquity (healthequity)" in said
    assert "LMN-10 The letter says how long the treatment lasts" in said
    assert "✗ not met (must have) → ✗ not met (helpful)" in said
    assert "Why: HealthEquity: the rule is “helpful”, and was “must have”." in said


def test_what_changes_on_another_day_is_told(written: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["judge", written, "--as-of", "2027-12-01"]) == 1
    said = told(capsys)
    assert "Day of the check: November 21, 2026 → December 1, 2027" in said
    assert "LMN-28" in said
    assert "LMN-10" not in said


def test_nothing_is_told_to_be_nothing(written: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["judge", written]) == 1
    assert "Nothing came out otherwise." in told(capsys)
    assert main(["judge", written, "--details"]) == 1
    assert "To fix" in told(capsys)


def test_for_programs_each_is_a_line_with_the_report_and_its_changes(
    written: str, stored: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["judge", written, "--json", "-a", "healthequity", "-a", "irs-core"]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["report"]["administrator"] for line in lines] == ["healthequity", "irs-core"]
    for line in lines:
        jsonschema.validate(line, schema("judged"))
        jsonschema.validate(line["changes"], schema("changes"))
        report = Report.from_dict(line["report"])
        assert report == pipeline.judge(stored, administrator=report.administrator)
        assert line["changes"] == pipeline.changes_between(stored, report).to_dict()


def test_reports_of_several_lines_and_forms_are_judged_one_after_the_other(
    tmp_path: Path, stored: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    report = stored.to_dict()
    packet = pipeline.judge_packet([stored], administrator="generic-fsa", as_of=stored.as_of).to_dict()
    error = {"code": "encrypted", "message": "It needs a password.", "remedy": "Save it without one."}
    row: dict[str, Any] = {"schema": "docscan.row/1", "sha256": None, "seconds": 1.0}
    lines: list[Any] = [
        report,
        packet,
        {"schema": "docscan.judged/1", "report": report, "changes": {}},
        row | {"file": "in/letter.pdf", "report": report, "error": None},
        row | {"file": "in/locked.pdf", "report": None, "error": error},
        {"schema": "docscan.error/1", "file": "locked.pdf", "error": error},
        {"schema": "docscan.report/9"},
        {**report, "document": None},
        [1, 2],
    ]
    path = tmp_path / "all.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert main(["judge", str(path), "--json"]) == 2
    caught = capsys.readouterr()
    out = [json.loads(line) for line in caught.out.splitlines()]
    assert [one["schema"] for one in out] == ["docscan.judged/1"] * 4 + ["docscan.error/1"] * 5
    assert PacketReport.from_dict(out[1]["report"]).to_dict() == packet
    assert out[4]["file"] == "in/locked.pdf"
    assert out[7]["error"]["message"] == "This report is damaged: it does not have the form it says."
    assert "".join(f"{path}, line 9: There is no report of docscan.".split()) in "".join(caught.err.split())


def test_a_report_can_come_by_standard_input(
    stored: Report, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(stored.to_dict())))
    assert main(["judge", "-", "--json"]) == 1
    assert Report.from_dict(json.loads(capsys.readouterr().out)["report"]) == stored


@pytest.mark.parametrize("made", [None, b"", b"\xff\xfe\x00", b"a letter", b"{}"])
def test_what_is_no_report_is_told(tmp_path: Path, made: bytes | None, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "letter.json"
    if made is not None:
        path.write_bytes(made)
    assert main(["judge", str(path)]) == (4 if made is None else 2)
    said = " ".join(capsys.readouterr().err.split())
    assert ("There is no such file" if made is None else "There is no report of docscan") in said


def test_an_administrator_that_is_not_there_is_told_first(written: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["judge", written, "-a", "healthequty"]) == 2
    assert "Did you mean healthequity?" in " ".join(capsys.readouterr().err.split())
    assert capsys.readouterr().out == ""


def test_a_claim_is_taken_from_its_file(written: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    claim = tmp_path / "claim.json"
    claim.write_text('{"purpose": "hsa"}')
    assert main(["judge", written, "--claim", str(claim)]) == 1
    assert "Claim, purpose: none → hsa" in told(capsys)
