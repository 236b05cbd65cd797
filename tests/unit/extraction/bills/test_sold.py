"""What a till sold is nobody's name."""

from __future__ import annotations

import pytest

from docscan.document import Document
from docscan.extraction.extractors import extract

_HEAD = "GREEN FORK MARKET\n88 ELM ST\nDAYTON OH 45402\n06/02/2026 3:11 PM REG 4\n\n"
_TILL = """SWEET POTATO
  1.20 lb @ .99             1.19 F
GALA APPLES                 4.12 F
EARL GREY              F    4.99
SUBTOTAL                   10.30
TOTAL                      10.30
VISA ****2231              10.30
"""


@pytest.mark.parametrize(
    ("text", "patients"),
    [
        (_HEAD + _TILL, []),
        (_HEAD + "RX 7710023 LISINOPRIL 10MG   F  4.00\n   DOE,J     QTY 30\n" + _TILL, ["DOE,J"]),
        (_HEAD + "PATIENT: NORA BELL\n" + _TILL, ["NORA BELL"]),
        (
            "HILLTOP CHIRO\nVisit 3/3/2026\nBeth Lindqvist    adjustment   $55.00\n"
            "Cole Lindqvist    adjustment   $55.00\n"
            "Total  $110.00  paid visa",
            ["Beth Lindqvist", "Cole Lindqvist"],
        ),
    ],
)
def test_goods_are_nobody(text: str, patients: list[str]) -> None:
    found = extract(Document.from_text(text)).fields
    assert [one.value for one in found if one.name == "patient_name"] == patients
