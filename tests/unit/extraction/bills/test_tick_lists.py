"""Fee slips that list all that an office does in columns, with a box for each."""

from __future__ import annotations

import pytest

from docscan.document import Document
from docscan.extraction import extract
from docscan.extraction.bills.rows import rows_of
from docscan.extraction.text.annotated import AnnotatedText

HEAD = "SUPERBILL\nPINE STREET CHIROPRACTIC\nPatient: Owen Lark   Visit date: 6/3/2026   NPI 1473829152\n\n"
CASES = [
    (
        "two columns with headings between",
        """EXAMS                          ADJUSTMENTS
[ ] 99203   New      $120      [ ] 98940   1-2 reg      $48
[ ] 99213   Est      $85       [X] 98941   3-4 reg      $62
MODALITIES                     [ ] 98942   5 reg        $75
[X] 97010   Hot pack  $15      REHAB
[ ] 97035   Ultrasound $22     [X] 97110   Exercise     $44

TOTAL $121      CASH $121""",
        ["3-4 reg 62.00 98941", "Hot pack 15.00 97010", "Exercise 44.00 97110"],
    ),
    (
        "three columns with squares",
        """☐ 99202 New      80.00      ☒ 97810 Initial 15   70.00      ☐ 97026 Infrared   20.00
☐ 99203 New ext  110.00     ☒ 97811 Addl 15      35.00      ☒ 97016 Cupping    25.00
☐ 99213 Est      75.00      ☐ 97813 With stim    80.00      ☐ 97140 Tui na     45.00

TOTAL CHARGES: $130.00""",
        ["Initial 15 70.00 97810", "Addl 15 35.00 97811", "Cupping 25.00 97016"],
    ),
]


@pytest.mark.parametrize(("text", "items"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_is_ticked_was_done(text: str, items: list[str]) -> None:
    found = [e.value for e in extract(Document.from_text(HEAD + text)).named("item")]
    assert [f"{item['description']} {item['amount']} {item['code']}" for item in found] == items


def test_ways_to_pay_stay_on_their_row() -> None:
    text = "Paid  $93.00   [ ] cash   [X] card\nPaid  $20.00   [X] cash   [ ] card\n[ ] a  [ ] b"
    assert len(rows_of(AnnotatedText(Document.from_text(text)))) == 3
