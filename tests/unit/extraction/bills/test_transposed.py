"""Tables that lie on their side."""

from __future__ import annotations

import pytest

from docscan.document import Document
from docscan.extraction.bills.figures import sheet_of
from docscan.extraction.bills.transposed import transposed
from docscan.extraction.text.annotated import AnnotatedText

_DAYS = "Service date         04/17/2025                 04/24/2025\n"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (
            f"{_DAYS}Procedure            97110                      97110\nCharge               $90.00                "
            "     $85.00\nAllowed              $52.00                     $52.00\n",
            [("97110", 9000, "2025-04-17"), ("97110", 8500, "2025-04-24")],
        ),
        (
            "Visit         May 2, 2025     May 9, 2025     May 16, 2025\n"
            "DOS           05/02/2025      05/09/2025      05/16/2025\n"
            "Service       Massage         Massage         Cupping\n"
            "Fee           80.00           80.00           40.00\n"
            "You paid      80.00           80.00           40.00\n",
            [("Massage", 8000, "2025-05-02"), ("Massage", 8000, "2025-05-09"), ("Cupping", 4000, "2025-05-16")],
        ),
        ("Date            Due date\n04/17/2025      04/24/2025\nCharge          $90.00\n", []),
        (f"{_DAYS}Charge               $90.00                     $90.00\n", []),
    ],
)
def test_each_column_is_a_service(printed: str, expected: list[tuple[str, int, str]]) -> None:
    text = AnnotatedText(Document.from_text(f"RIVERBEND HEALTH\nClaim summary\n\n{printed}"))
    found = transposed(text, sheet_of(text))
    assert [(line.description, line.cents, line.day.iso if line.day else None) for line in found] == expected
