"""Tables that stand side by side are read one after the other; a table with many columns is read across."""

from __future__ import annotations

import pytest

import docscan
from docscan.reading.layout import beside
from tests.unit.reading.layouts import Sheet

TESTS = (("Evaluation", "Fee"), ("97161 low", "140.00"), ("97162 moderate", "160.00"), ("97163 high", "185.00"))
WORK = (
    ("Procedure", "Units", "Fee"), ("97110 exercise", "2", "90.00"), ("97112 balance", "", ""),
    ("97116 gait", "1", "42.00"), ("97140 manual", "", ""),
)  # fmt: skip
LEFT = (("Service", "Fee"), ("Massage", "80.00"), ("Acupuncture", "95.00"), ("Cupping", "30.00"))
RIGHT = (("Service", "Fee"), ("Yoga class", "20.00"), ("Pilates", "25.00"), ("Swimming", "15.00"))


def put(sheet: Sheet, table: tuple[tuple[str, ...], ...], xs: tuple[float, ...], *, top: float = 100) -> list[str]:
    for number, row in enumerate(table):
        sheet.row(top + 24 * number, *((x + 6, text) for x, text in zip(xs, row, strict=False) if text))
    return [" ".join(text for text in row if text) for row in table]


def walls(sheet: Sheet, xs: tuple[float, ...], rows: int, *, top: float = 100) -> None:
    sheet.grid(xs, [top - 16 + 24 * number for number in range(rows + 1)])


def read(sheet: Sheet) -> list[str]:
    return [" ".join(line.split()) for line in docscan.read(sheet.pdf()).text.split("\n") if line.strip()]


@pytest.mark.parametrize(("one", "other"), [(TESTS, WORK), (LEFT, RIGHT), (LEFT, RIGHT[:3])])
@pytest.mark.parametrize("ruled", [True, False])
def test_one_table_is_read_after_the_other(
    one: tuple[tuple[str, ...], ...], other: tuple[tuple[str, ...], ...], ruled: bool
) -> None:
    sheet = Sheet()
    left, right = (50.0, 180.0, 260.0), (260.0, 390.0, 460.0, 540.0)[: len(other[0]) + 1]
    expected = put(sheet, one, left) + put(sheet, other, right)
    if ruled:
        walls(sheet, (*left[:-1], *right), max(len(one), len(other)))
    sheet.put(50, 60, "Riverbend Physical Therapy")
    sheet.put(50, 300, "Total charges 132.00")
    assert read(sheet) == ["Riverbend Physical Therapy", *expected, "Total charges 132.00"]


@pytest.mark.parametrize("gap", [12.0, 40.0])
def test_tables_with_walls_of_their_own_are_not_mixed(gap: float) -> None:
    sheet = Sheet()
    left, right = (50.0, 180.0, 250.0), (250.0 + gap, 370.0 + gap, 420.0 + gap, 500.0 + gap)
    expected = put(sheet, TESTS, left) + put(sheet, WORK, right, top=104)
    walls(sheet, left, len(TESTS))
    walls(sheet, right, len(WORK), top=104)
    assert read(sheet) == expected


@pytest.mark.parametrize(
    "headings",
    [
        ("Date", "Service", "Charge", "Insurance", "Balance"),
        ("Code", "Fee", "Adjustment", "Fee"),
        ("Item", "Unit price", "Tax", "Total price"),
        ("Date", "Charge", "Paid", "Date"),
        ("Mon", "Mon", "Tue", "Tue"),
    ],
)
@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_with_many_columns_is_read_across(headings: tuple[str, ...], ruled: bool) -> None:
    rows = (
        headings, ("97110", "120.00", "20.00", "100.00", "5.00")[: len(headings)],
        ("97112", "80.00", "10.00", "70.00", "0.00")[: len(headings)],
        ("97140", "60.00", "10.00", "50.00", "0.00")[: len(headings)],
    )  # fmt: skip
    sheet = Sheet()
    xs = tuple(50.0 + 95 * number for number in range(len(headings) + 1))
    expected = put(sheet, rows, xs)
    if ruled:
        walls(sheet, xs, len(rows))
    assert read(sheet) == expected


@pytest.mark.parametrize(
    ("headings", "at"),
    [
        (["Code", "Fee", "CODE", "Fee"], 2),
        (["Code", "Service", "Fee", "Code", "Service", "Fee:"], 3),
        (["Test", "Fee", "Therapy", "Units", "Fee"], 2),
        (["Date", "Fee"], 0),
        (["1", "2", "1", "2"], 0),
        ([], 0),
    ],
)
def test_headings_that_repeat_tell_where_a_table_begins(headings: list[str], at: int) -> None:
    assert beside.parted_at(headings) == at
