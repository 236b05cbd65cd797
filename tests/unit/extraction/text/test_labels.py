"""Labels and the values that the layout gives them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from docscan.document import Box, Document, Mark, Page, SourceFile, Word
from docscan.extraction.text.annotated import AnnotatedText

Typed = Callable[..., AnnotatedText]


def values(text: AnnotatedText, label: str, **how: bool) -> list[tuple[str, str | None]]:
    pattern = re.compile(rf"\b(?:{label})\b", re.IGNORECASE)
    return [(item.place, text[item.value] if item.value else None) for item in text.labelled(pattern, **how)]


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("Patient Name: Ann Lee", [("inline", "Ann Lee")]),
        ("Patient Name: Ann Lee DOB: 1/2/1980", [("inline", "Ann Lee")]),
        ("Patient Name: ____Ann Lee____", [("inline", "Ann Lee")]),
        ("Patient Name (please print): Ann Lee", [("inline", "Ann Lee")]),
        ("3. Patient Name: Ann Lee", [("inline", "Ann Lee")]),
        ("Patient Name      Ann Lee", [("right", "Ann Lee")]),
        ("Patient Name:      Ann Lee", [("right", "Ann Lee")]),
        ("Patient Name\nAnn Lee", [("below", "Ann Lee")]),
        (
            "Patient Name      Date of Birth      Employer\nAnn Lee           1/2/1980           Acme",
            [("below", "Ann Lee")],
        ),
        ("Patient Name: ______________", [("nowhere", None)]),
        ("Patient Name:\nDate of Birth: 1/2/1980", [("nowhere", None)]),
        ("the patient name is not a label here", []),
    ],
)
def test_a_value_is_found_where_the_layout_puts_it(
    typed: Typed, printed: str, found: list[tuple[str, str | None]]
) -> None:
    assert values(typed(printed), "patient name") == found


def test_a_value_stands_over_the_line_above_its_label(typed: Typed) -> None:
    text = "Jane Roe, MD\n\nProvider Name"
    line = Mark("ruling", Box(0.05, 0.0705, 0.4, 0.0712))
    assert values(typed(text, (line,)), "provider name", above=True) == [("above", "Jane Roe, MD")]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (None, [("above", "Barnaby Marsh")]),
        (Box(0.04, 0.0705, 0.5, 0.13), [("below", "Jane Roe, MD")]),  # the label's cell: the line is its wall
        (Box(0.04, 0.02, 0.5, 0.13), [("above", "Barnaby Marsh")]),  # both stand in one box, and a line between them
    ],
)
def test_the_wall_of_a_label_s_cell_is_no_line_to_write_on(
    typed: Typed, cell: Box | None, found: list[tuple[str, str]]
) -> None:
    line = Mark("ruling", Box(0.05, 0.0705, 0.4, 0.0712))
    marks = (line, Mark("cell", cell)) if cell else (line,)
    assert values(typed("Barnaby Marsh\n\nProvider Name\nJane Roe, MD", marks), "provider name", above=True) == found


@pytest.mark.parametrize(("ruled", "found"), [(False, ("right", "10/29/2026")), (True, ("below", "05/02/2026"))])
def test_a_value_in_the_label_s_own_cell_goes_before_one_that_a_slope_brings_beside_it(
    ruled: bool, found: tuple[str, str]
) -> None:
    words = [("Start", 0.10, 0.300, 0), ("date", 0.16, 0.301, 0), ("05/02/2026", 0.10, 0.320, 1),
             ("End", 0.50, 0.285, 2), ("date", 0.54, 0.285, 2), ("10/29/2026", 0.50, 0.304, 3)]  # fmt: skip
    placed = tuple(Word(t, Box(x, y, x + 0.01 * len(t), y + 0.015), line) for t, x, y, line in words)
    boxes = (Box(0.09, 0.295, 0.48, 0.34), Box(0.48, 0.28, 0.9, 0.325))
    page = Page(1, 600, 800, placed, tuple(Mark("cell", box) for box in boxes) if ruled else ())
    text = AnnotatedText(Document(SourceFile("0" * 64, "image/png", 1, 1), (page,)))
    assert values(text, "start date") == [found]


def test_value_and_label_in_columns_read_one_after_the_other() -> None:
    """Reading order may give all labels first; the value is still the one to the right."""
    words = [
        ("Diagnosis:", 0.10, 0.30, 0),
        ("Duration:", 0.10, 0.34, 1),
        ("Hypertension", 0.50, 0.30, 2),
        ("12", 0.50, 0.34, 3),
        ("months", 0.54, 0.34, 3),
    ]
    placed = tuple(Word(t, Box(x, y, x + 0.012 * len(t), y + 0.015), line) for t, x, y, line in words)
    text = AnnotatedText(Document(SourceFile("0" * 64, "image/png", 1, 1), (Page(1, 600, 800, placed),)))
    assert values(text, "diagnosis") == [("right", "Hypertension")]
    assert values(text, "duration") == [("right", "12 months")]
