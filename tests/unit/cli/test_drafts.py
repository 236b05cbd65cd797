"""docscan note and docscan request: drafts from documents or from stored reports."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from docscan import pipeline
from docscan.cli import main
from docscan.document import Report

LETTER = """Summit Medical
March 3, 2026

Letter of Medical Necessity
Patient: Marisol Vance
Diagnosis: type 2 diabetes (E11.9)
Personal training, 3 times a week, is medically necessary to treat her diabetes.

Jonathan P. Reyes, MD
"""
AS_OF = date(2026, 11, 21)


@pytest.fixture(scope="module")
def report() -> Report:
    return pipeline.check_text(LETTER, as_of=AS_OF)


@pytest.fixture
def stored(tmp_path: Path, report: Report) -> str:
    path = tmp_path / "letter.json"
    path.write_text(json.dumps(report.to_dict()))
    return str(path)


def test_a_note_from_a_stored_report_needs_no_reading(
    stored: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pipeline, "check", lambda *_, **__: pytest.fail("read again"))
    assert main(["note", stored]) == 0
    told = capsys.readouterr().out
    assert "A note for the doctor" in told
    assert "How long: from" in told


def test_the_format_follows_the_files_name_or_what_is_asked(stored: str, tmp_path: Path) -> None:
    for name, more, start in (
        ("note.pdf", [], b"%PDF-"), ("note.html", [], b"<!doctype html>"), ("note.txt", [], b"A note for the doctor"),
        ("note.out", ["--format", "pdf"], b"%PDF-"), ("note.dat", [], b"A note for the doctor"),
    ):  # fmt: skip
        assert main(["note", stored, "--out", str(tmp_path / name), *more]) == 0
        assert (tmp_path / name).read_bytes().startswith(start)


def test_a_stored_report_is_drafted_by_other_rules_and_days(stored: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["request", stored, "--administrator", "fsafeds", "--as-of", "2026-12-01"]) == 0
    told = capsys.readouterr().out
    assert "FSAFEDS" in told
    assert "January 15, 2027" in told


def test_a_document_is_read_and_a_letter_with_receipts_is_a_packet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], report: Report
) -> None:
    receipt = pipeline.check_text("RECEIPT\nClient: Marisol Vance\n02/02/2026 Personal training $85.00\nTotal $85.00")
    found = {b"letter": report, b"receipt": receipt}
    monkeypatch.setattr(pipeline, "check", lambda source, **_: found[Path(source).read_bytes()])
    monkeypatch.setattr("docscan.intake.take", lambda source: None)
    files = []
    for name in ("letter", "receipt"):
        (tmp_path / name).write_bytes(name.encode())
        files.append(str(tmp_path / name))
    assert main(["note", files[0]]) == 0
    assert "Dear Jonathan P. Reyes, MD," in capsys.readouterr().out
    assert main(["note", *files, "--as-of", "2026-11-21"]) == 0
    assert "before the letter of March 3, 2026" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["note", "STORED", "--format", "docx"], 2, "Choose one of html, pdf, text."),
        (["note", "STORED", "--administrator", "nobody"], 2, "nobody"),
        (["note", "STORED", "STORED"], 2, "stands alone"),
        (["note", "OTHER"], 2, "no report of docscan"),
        (["note", "missing.pdf"], 4, "no such file"),
        (["request", "STORED", "--administrator", "hsa-owner"], 2, "nobody asks the account holder"),
        (["note", "STORED", "--out", "/nowhere/note.pdf"], 2, "could not be written"),
    ],
)
def test_what_cannot_be_drafted_is_told_with_what_to_do(
    stored: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, said: str
) -> None:
    other = tmp_path / "other.json"
    other.write_text('{"schema": "something/1"}')
    named = {"STORED": stored, "OTHER": str(other)}
    assert main([named.get(one, one) for one in arguments]) == status
    captured = capsys.readouterr()
    assert said in " ".join(captured.err.split())
    assert captured.out == ""
