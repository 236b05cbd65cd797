"""Whole pages come in the order in which a person reads them, line by line."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pytest

import docscan
from docscan import Document, pdfium
from docscan.reading.geometry import Rect, Seen
from docscan.reading.layout.lines import arrange
from docscan.reading.layout.spacing import mended
from docscan.reading.pdf import mixed
from docscan.reading.pdf import rulings as pdf_rulings
from docscan.reading.pdf.text_layer import text_layer
from tests.unit.reading import layouts, more_layouts
from tests.unit.reading.layouts import Sheet

each_layout = pytest.mark.parametrize(
    "layout", [*layouts.LAYOUTS, *more_layouts.LAYOUTS], ids=lambda layout: layout.__name__
)


def lines_of(document: Document) -> list[str]:
    return [" ".join(line.split()) for line in document.text.replace("\f", "\n").split("\n") if line.strip()]


@each_layout
def test_a_page_is_read_line_by_line(layout: Callable[[Sheet], list[str]]) -> None:
    sheet = layouts.sheet(layout)
    assert lines_of(docscan.read(sheet.pdf())) == sheet.expected


def seen_on(sheet: Sheet) -> tuple[list[Seen], list[Rect]]:
    with pdfium.opened(sheet.pdf()) as pdf:
        page = pdf[0]
        layer = text_layer(page)
        words = [word.seen for word in layer.words]
        return words, pdf_rulings.ruled(layer.objects, words, mixed.frame(layouts.WIDTH, layouts.HEIGHT, 0))


@each_layout
def test_a_slope_or_bend_of_the_sheet_does_no_harm(layout: Callable[[Sheet], list[str]]) -> None:
    sheet = layouts.sheet(layout)
    words, cells = seen_on(sheet)
    for slope in (-0.006, 0.006):
        bent = []
        for number, word in enumerate(words):
            bow = 300 * slope * math.sin(math.pi * word.left / layouts.WIDTH)
            down = slope * word.left + bow + 0.2 * math.sin(7 * number)
            bent.append(replace(word, top=word.top + down, bottom=word.bottom + down))
        assert told(bent, cells) == sheet.expected


def told(words: list[Seen], cells: list[Rect]) -> list[str]:
    lines: dict[int, list[str]] = {}
    for word, line in arrange(mended(words), cells).words:
        lines.setdefault(line, []).append(word.text)
    return [" ".join(line) for line in lines.values()]


@pytest.mark.parametrize(
    ("layout", "kinds"),
    [
        (layouts.table_with_wrapped_cells, ["table"]),
        (layouts.code_grid_ruled, ["table"]),
        (layouts.boxes_with_labels_above, ["form"]),
        (layouts.rail_left, ["text", "text"]),
        (layouts.bill_with_far_amounts, []),
    ],
    ids=lambda given: getattr(given, "__name__", None),
)
def test_regions_say_what_is_read_on_its_own(layout: Callable[[Sheet], list[str]], kinds: list[str]) -> None:
    document = docscan.read(layouts.sheet(layout).pdf())
    assert [region.kind for region in document.pages[0].regions] == kinds


def test_columns_of_a_row_are_parted_by_wide_gaps() -> None:
    text = docscan.read(layouts.sheet(layouts.code_grid).pdf()).text
    assert "97110 Therapeutic exercise\t99202 New patient, 15 min\t98940 Adjustment, 1-2 areas\n" in text


def test_a_wrapped_cell_is_one_stretch_of_its_row() -> None:
    text = docscan.read(layouts.sheet(layouts.table_with_wrapped_cells).pdf()).text
    assert "01/13/2026\tTherapeutic exercise with neuromuscular training\t97112\t$210.00" in text


def test_boxes_around_values_alone_leave_their_labels_beside_them() -> None:
    sheet = Sheet()
    for n, (label, value) in enumerate(
        [("Patient name", "Jane Roe"), ("Diagnosis", "M54.50"), ("Duration", "6 months")]
    ):
        sheet.rect(150, 80 + 20 * n, 400, 100 + 20 * n)
        sheet.expected.append(sheet.row(94 + 20 * n, (50, label), (156, value)).replace("| ", ""))
    assert lines_of(docscan.read(sheet.pdf())) == sheet.expected


BOXES = (("Patient name", "Jane Roe", "Date of birth", "04/12/1970", "Member ID", "HF 2041"),
         ("Provider", "A. Stannard, MD", "NPI", "1234567893", "Telephone", "614 555 0142"),
         ("Diagnosis", "Low back pain", "Code", "M54.50", "Start date", "03/01/2026"))  # fmt: skip


@pytest.mark.parametrize("open_at", ["top", "bottom", "top and bottom"])
@pytest.mark.parametrize("heading", ["", "1. Person and provider"])
def test_a_row_of_a_form_that_a_line_is_missing_from_is_read_as_its_other_rows(open_at: str, heading: str) -> None:
    sheet, xs = Sheet(), (50.0, 260.0, 400.0, 540.0)
    first, last = 100.0, 100.0 + 34 * len(BOXES)
    if heading:
        sheet.put(50, 84, heading)
    for number, row in enumerate(BOXES):
        for x, label, value in zip(xs, row[::2], row[1::2], strict=False):
            sheet.put(x + 4, first + 12 + 34 * number, [label, value], leading=14)
    rules = [y for y in (first, first + 34, first + 68, last)
             if not (y == first and "top" in open_at) and not (y == last and "bottom" in open_at)]  # fmt: skip
    sheet.rules += [(xs[0], y, xs[-1], y) for y in rules] + [(x, rules[0], x, rules[-1]) for x in xs]
    sheet.put(50, 400, "Signed by the provider")
    assert lines_of(docscan.read(sheet.pdf())) == [
        *([heading] if heading else []), *(text for row in BOXES for text in row), "Signed by the provider"
    ]  # fmt: skip


def test_the_bars_of_headings_part_a_form() -> None:
    sheet, xs = Sheet(), (50.0, 260.0, 400.0, 540.0)
    expected = []
    for section, title in enumerate(["1. Person and provider", "2. Condition and term"]):
        top = 100.0 + 100 * section
        sheet.rect(50, top - 20, 540, top)
        sheet.put(54, top - 6, title)
        sheet.grid(xs, (top, top + 40, top + 80))
        expected.append(title)
        for number, row in enumerate(BOXES[section : section + 2]):
            for x, label, value in zip(xs, row[::2], row[1::2], strict=False):
                sheet.put(x + 4, top + 14 + 40 * number, [label, value], leading=14)
            expected += row
    document = docscan.read(sheet.pdf())
    assert lines_of(document) == expected
    assert [region.kind for region in document.pages[0].regions] == ["form", "form"]
    assert "provider\n\nPatient name\nJane Roe" in document.text


@pytest.mark.parametrize(
    "above",
    [
        (("Trellis Spending Accounts", ""), ("Letter of Medical Necessity Request", "")),
        (("Trellis Accounts", "Form HF-603"),),
        (("Please print. Both sides of this page are needed; a form", ""), ("that is incomplete delays payment.", "")),
    ],
)
def test_lines_above_a_form_are_no_row_of_it(above: tuple[tuple[str, str], ...]) -> None:
    sheet, xs = Sheet(), (50.0, 260.0, 400.0, 540.0)
    expected = []
    for number, line in enumerate(above):
        placed = [(x, text) for x, text in zip((54.0, 420.0), line, strict=True) if text]
        expected.append(sheet.row(82 - 14 * (len(above) - 1 - number), *placed).replace("| ", ""))
    for number, row in enumerate(BOXES[:2]):
        for x, label, value in zip(xs, row[::2], row[1::2], strict=False):
            sheet.put(x + 4, 112 + 34 * number, [label, value], leading=14)
    sheet.grid(xs, (100, 134, 168))
    assert lines_of(docscan.read(sheet.pdf())) == [*expected, *(text for row in BOXES[:2] for text in row)]


def test_a_speck_beside_a_form_does_not_undo_its_boxes() -> None:
    sheet = layouts.sheet(layouts.boxes_with_labels_above)
    for y in (90.0, 120.0, 150.0, 180.0):
        sheet.put(40, y, "I", size=7)
    found = lines_of(docscan.read(sheet.pdf()))
    assert [line for line in found if line != "I"] == sheet.expected


def test_words_outside_every_cell_of_a_grid_stay_in_it() -> None:
    cells = [(0.0, 0.0, 100.0, 20.0), (120.0, 0.0, 200.0, 20.0), (0.0, 20.0, 100.0, 40.0), (120.0, 20.0, 200.0, 40.0),
             (100.0, 20.0, 120.0, 40.0)]  # fmt: skip
    words = [
        Seen(text, x, y, x + 6 * len(text), y + 9, None, n)
        for n, (text, x, y) in enumerate(
            [("Visit", 4, 5), ("3", 108, 5), ("90.00", 130, 5), ("Massage", 4, 25), ("1", 108, 25), ("80.00", 130, 25)]
        )
    ]
    assert told(words, cells) == ["Visit 3 90.00", "Massage 1 80.00"]
