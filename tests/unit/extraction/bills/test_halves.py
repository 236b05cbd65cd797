"""Lists in two halves side by side."""

from __future__ import annotations

import pytest

from docscan.document import Document
from docscan.extraction.bills.lines import lines_of
from docscan.extraction.bills.rows import rows_of
from docscan.extraction.text.annotated import AnnotatedText


def _text(text: str) -> AnnotatedText:
    return AnnotatedText(Document.from_text(text.strip("\n")))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param(
            """
CPT     SERVICE        FEE       CPT     SERVICE          FEE
VISITS                           HANDS-ON WORK
99212   Short          40.00     97124   Massage
99213   Middle                   97140   Joint work       90.00
TOTAL FEES: 130.00
""",
            [("Short", "99212", "40.00"), ("Joint work", "97140", "90.00")],
            id="a fee slip",
        ),
        pytest.param(
            """
Descriptlon    Price      Description    Price
Towel hire     $2.00      Ball class     $14.00
                          Row class      $16.00
""",
            [("Towel hire", None, "2.00"), ("Ball class", None, "14.00"), ("Row class", None, "16.00")],
            id="a letter misread",
        ),
    ],
)
def test_each_half_is_read_alone(text: str, lines: list[tuple[str, str | None, str]]) -> None:
    read = [(line.description, line.code, f"{line.amount.value:.2f}") for line in lines_of(_text(text))]
    assert read == lines


@pytest.mark.parametrize(
    "text",
    ["Date   Service   Paid   Fee\n3/1   Row   $2.00   $3.00", "Name   Name\nA   B", "1   2   1   2\n3   4   5   6"],
)
def test_other_rows_stay_whole(text: str) -> None:
    assert len(rows_of(_text(text))) == 2
