"""The results table: one row a file, the same columns always, harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.document import Report
from docscan.presenting.table import COLUMNS, harmless, table_row, write_table


def row(report: Report | None, **error: str) -> dict[str, Any]:
    return {
        "schema": "docscan.row/1", "file": "a/letter.pdf", "sha256": "a" * 64, "seconds": 1.25,
        "report": report.to_dict() if report else None, "error": error or None,
    }  # fmt: skip


def test_a_report_gives_verdict_score_first_thing_to_mend_and_key_fields(report: Report) -> None:
    cells = table_row(row(report))
    assert cells["verdict"] == "incomplete"
    assert (cells["score_low"], cells["score_high"]) == ("55.0", "82.5")
    assert (cells["first_rule_to_mend"], cells["first_thing_to_mend"]) == (
        "LMN-10",
        "No duration of treatment was found.",
    )
    assert (cells["not_met"], cells["undecided"]) == ("2", "1")
    assert cells["patient_name"] == "Marisol T. Vance"
    assert cells["letter_date"] == "2026-03-03", "dates stay ISO: a spreadsheet reads them"
    assert cells["frequency"] == "3 times a week"
    assert cells["service_date"] == "March 4, 2026 or April 3, 2026"
    assert cells["problems"] == "page_unreadable"
    assert cells["error_code"] == ""


def test_an_error_gives_its_code_and_remedy_and_nothing_else() -> None:
    cells = table_row(row(None, code="encrypted", message="It needs a password.", remedy="Save it without."))
    assert {name for name, cell in cells.items() if cell} == {
        "file", "sha256", "seconds", "error_code", "error_message", "error_remedy"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+16145550142", "'+16145550142"),
        ("-cmd|calc", "'-cmd|calc"),
        ("  =1+1", "'=1+1"),
        ("\t=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("-12.50", "-12.50"),
        ("0.5", "0.5"),
        ("E11.9", "E11.9"),
        ("two\nlines", "two lines"),
        ("", ""),
    ],
)
def test_no_cell_can_become_a_formula(cell: str, safe: str) -> None:
    assert harmless(cell) == safe


@given(st.text())
def test_whatever_a_cell_holds_it_starts_no_formula_and_stays_on_its_line(cell: str) -> None:
    safe = harmless(cell)
    assert safe[:1] not in tuple("=+@\t\r\n") or safe == ""
    assert len(safe.splitlines()) <= 1


def test_the_file_reads_back_as_it_was_written(report: Report) -> None:
    out = io.StringIO(newline="")
    write_table([row(report), row(None, code="empty", message='He said "no", twice', remedy="x")], out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert [one["error_message"] for one in rows] == ["", 'He said "no", twice']
