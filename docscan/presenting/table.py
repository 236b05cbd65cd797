"""What does a batch's results table say of a file? One row of plain cells a file, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, TextIO

from docscan.document import Json, Report
from docscan.presenting import wording
from docscan.presenting.outline import first_to_mend, outline

KEY_FIELDS: Final = (
    "patient_name", "provider_name", "provider_credential", "provider_npi", "letter_date", "diagnosis",
    "diagnosis_code", "treatment", "frequency", "duration", "merchant_name", "service_date", "item", "total",
    "amount_paid",
)  # fmt: skip

COLUMNS: Final = (
    "file", "sha256", "media_type", "pages", "kind", "kind_confidence", "verdict", "score_low", "score_high",
    "first_rule_to_mend", "first_thing_to_mend", "not_met", "undecided", "problems",
    *KEY_FIELDS,
    "administrator", "as_of", "seconds", "error_code", "error_message", "error_remedy",
)  # fmt: skip
"""The columns, in order. Public: added to at the end of a group, never renamed."""

_A_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def table_row(row: Mapping[str, Json]) -> dict[str, str]:
    """The cells of one `docscan.row/1`; columns that do not apply are empty."""
    cells: dict[str, Any] = {
        "file": row["file"],
        "sha256": row["sha256"],
        "seconds": row["seconds"],
        **{f"error_{key}": said for key, said in (row["error"] or {}).items()},
    }
    if row["report"] is not None:
        cells |= _of_report(Report.from_dict(row["report"]))
    return {column: "" if cells.get(column) is None else str(cells[column]) for column in COLUMNS}


def write_table(rows: Iterable[Mapping[str, Json]], out: TextIO) -> None:
    """Write rows as CSV (RFC 4180, comma). `out` is opened with newline=""."""
    table = csv.DictWriter(out, COLUMNS)
    table.writeheader()
    for row in rows:
        table.writerow({column: harmless(cell) for column, cell in table_row(row).items()})


def harmless(cell: str) -> str:
    """A cell on one line that no spreadsheet takes for a formula: what could be one gets an apostrophe before it."""
    cell = " ".join(cell.split()) if cell.strip() else ""
    return f"'{cell}" if cell.startswith(_A_FORMULA_STARTS) and not _NUMBER.fullmatch(cell) else cell


def _of_report(report: Report) -> dict[str, Any]:
    singles = report.documents()
    told = outline(finding for single in singles for finding in single.findings)
    worst = first_to_mend(report)
    fields = [field for single in singles for field in single.fields if field.assertion == "stated"]
    return {
        "media_type": report.document.media_type,
        "pages": len(report.document.pages),
        "kind": report.document.kind,
        "kind_confidence": round(report.document.kind_confidence, 3),
        "verdict": report.verdict,
        "score_low": report.score.low if report.score else None,
        "score_high": report.score.high if report.score else None,
        "first_rule_to_mend": worst.rule if worst else None,
        "first_thing_to_mend": wording.clean(worst.message) if worst else None,
        "not_met": len(told.mend) + len(told.improve),
        "undecided": len(told.undecided),
        "problems": "; ".join(dict.fromkeys(problem.category for single in singles for problem in single.problems)),
        **{
            name: "; ".join(
                dict.fromkeys(
                    str(field.value) if isinstance(field.value, str) else wording.value(field)
                    for field in fields
                    if field.name == name
                )
            )
            for name in KEY_FIELDS
        },
        "administrator": report.administrator,
        "as_of": report.as_of.isoformat(),
    }
