"""Columns are known by their headings, wherever these stand, on pages upright or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.document import Box, Document
from docscan.extraction.bills.figures import sheet_of
from docscan.extraction.bills.items import items_of
from docscan.extraction.bills.rows import rows_of
from docscan.extraction.bills.tables import headers_of
from docscan.extraction.text.annotated import AnnotatedText


def _text(text: str) -> AnnotatedText:
    return AnnotatedText(Document.from_text(text.strip("\n")))


def _columns(text: str) -> list[list[str]]:
    annotated = _text(text)
    return [[column.holds for column in header.columns] for header in headers_of(annotated, rows_of(annotated))]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Description    Qty    Rate    Amount", ["description", "quantity", "unit_price", "amount"]),
        ("Description Qty Rate Amount", ["description", "quantity", "unit_price", "amount"]),
        ("Item    Price", ["description", "amount"]),
        ("Date   Service   Fee", ["date", "description", "amount"]),
        ("DOS   CPT   Dx   Units   Charge   Paid", ["date", "code", "diagnosis", "quantity", "amount", "paid"]),
        ("Servlce   Am0unt", ["description", "amount"]),
        (
            "Date(s) of    Type of     Total      Your        Plan       Your total\n"
            "service       service     charges    discount    payment    cost",
            ["date", "description", "amount", "discount", "insurance", "patient"],
        ),
        (
            "Date of   Service   Billed   Plan       Allowed   Deduct-   Coin-     Plan   You may   See\n"
            "service                       discount             ible      surance   paid   owe       note",
            ["date", "description", "amount", "discount", "aside", "aside", "aside", "insurance", "patient", "aside"],
        ),
        ("EYEWEAR\nCode   Diag   Description   Fee   Ins   Patient",
         ["code", "diagnosis", "description", "amount", "insurance", "person"]),
        ("Procedure   Submitted charge   Allowed amount   Plan pays   Patient responsibility",
         ["description", "amount", "aside", "insurance", "patient"]),
    ],
)  # fmt: skip
def test_headings(text: str, columns: list[str]) -> None:
    assert _columns(text) == [columns]


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for your payment",
        "Total amount due today",
        "Current   30 days   60 days   90 days",
        "GST @ 6%    3.27",
        "Price subject to change without notice and service",
        "Please keep this receipt for your records",
    ],
)
def test_prose_and_amounts_are_no_headings(text: str) -> None:
    assert _columns(text) == []


BILL = """
Corner Studio LLC
Date         Service                Qty    Amount
03/02/2026   Massage, 60 minutes     1      $95.00
03/09/2026   Massage, 30 minutes     1      $55.00
Total                                      $150.00
"""


def _sideways(document: Document, rotation: int) -> Document:
    """The same pages as if they had been uploaded turned, so that turning them by `rotation` sets them upright."""
    turns: dict[int, Callable[[Box], Box]] = {
        90: lambda b: Box.of(b.top, 1 - b.right, b.bottom, 1 - b.left),
        180: lambda b: Box.of(1 - b.right, 1 - b.bottom, 1 - b.left, 1 - b.top),
        270: lambda b: Box.of(1 - b.bottom, b.left, 1 - b.top, b.right),
    }
    turn = turns[rotation]
    pages = []
    for page in document.pages:
        wide, tall = (page.height, page.width) if rotation % 180 else (page.width, page.height)
        words = tuple(replace(word, box=turn(word.box)) for word in page.words)
        pages.append(replace(page, words=words, width=wide, height=tall, rotation=rotation))
    return replace(document, pages=tuple(pages))


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_bill_that_was_uploaded_turned_reads_the_same(rotation: int) -> None:
    upright = Document.from_text(BILL.strip("\n"))
    turned = AnnotatedText(_sideways(upright, rotation))
    expected = [(i.description, i.cents, i.quantity) for i in items_of(AnnotatedText(upright))]
    assert expected == [("Massage, 60 minutes", 9500, 1), ("Massage, 30 minutes", 5500, 1)]
    assert [(i.description, i.cents, i.quantity) for i in items_of(turned)] == expected
    assert [(f.role, f.cents) for f in sheet_of(turned).figures] == [("total", 15000)]


@given(st.text(max_size=200))
def test_any_text_has_rows_that_quote_it(text: str) -> None:
    annotated = AnnotatedText(Document.from_text(text))
    for row in rows_of(annotated):
        assert annotated.text[row.start : row.end] == row.text
        for cell in row.cells:
            assert annotated.text[cell.start : cell.end] == cell.text
    headers_of(annotated, rows_of(annotated))


def test_a_heading_that_its_column_contradicts_is_told_by_what_stands_below() -> None:
    (columns,) = _columns(
        "Service date   Benefit   Procedure   You were charged   We reimburse\n"
        "08/29/2026     Eye exam   92014   $95.00   $45.00\n08/29/2026     Frame   V2020   $179.00   $70.00"
    )
    assert columns[:4] == ["date", "description", "code", "amount"]


def test_a_column_of_yes_and_no_takes_no_amount() -> None:
    found = items_of(_text(
        "Service provided      Service      Amount      Approved   Amount     Maximum you\n"
        "                      approved?    charged     amount     we paid    may be billed\n"
        "Emergency ride        Yes          $780.00     $452.18    $361.74    $90.44\n"
        "Ground miles          Yes          $162.00     $78.30     $62.64     $15.66\n"
        "Total                              $942.00     $530.48    $424.38    $106.10"
    ))  # fmt: skip
    assert [item.cents for item in found] == [78000, 16200]
