"""Service lines of claim forms."""

from __future__ import annotations

import pytest

from docscan.document import Document
from docscan.extraction.bills.claim_rows import claim_rows
from docscan.extraction.bills.lines import lines_of
from docscan.extraction.bills.rows import rows_of
from docscan.extraction.text.annotated import AnnotatedText


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("24.1 01 19 2023 POS 11 97110 GP 120 00 2", ("97110", "120.00", 2)),
        ("1   01 19 2023  01 19 2023   11      97140 GP 59   AB      65 00   1    1588667638", ("97140", "65.00", 1)),
        ("02 03 25 02 03 25 11 99213 25 A,B 140.00 1", None),
        ("02 03 25 02 03 25 11 99213 25 AB 140.00 1", ("99213", "140.00", 1)),
        ("03/17/2026 11 J7613 1,2 $3 20 4 NPI 1107540183", ("J7613", "3.20", 4)),
        ("03 17 2026   11   A6530-RT   45 50   2", ("A6530", "45.50", 2)),
        ("28. Total charge 352 60 29. Amount paid 40 00", None),
        ("Oct 30 2023   2 x 45.00   90.00", None),
    ],
)
def test_a_service_line_is_read_by_the_forms_order(row: str, expected: tuple[str, str, int] | None) -> None:
    found = list(claim_rows(rows_of(AnnotatedText(Document.from_text(row)))))
    assert [(one.code, str(one.amount.value), one.units) for one in found] == ([expected] if expected else [])


def test_a_service_line_is_a_line_of_the_bill_with_its_day() -> None:
    form = "24. A. DATE(S) OF SERVICE   D. CPT/HCPCS   F. CHARGES   G. UNITS\n01 19 2023 11 97110 GP A 120 00 2"
    (line,) = lines_of(AnnotatedText(Document.from_text(form)))
    assert (line.code, str(line.amount.value), line.quantity) == ("97110", "120.00", 2)
    assert line.day is not None
    assert line.day.iso == "2023-01-19"
