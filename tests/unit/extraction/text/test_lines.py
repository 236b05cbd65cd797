"""Cells by gaps and rulings."""

from __future__ import annotations

from collections.abc import Callable

from docscan.document import Box, Mark
from docscan.extraction.text.annotated import AnnotatedText

Typed = Callable[..., AnnotatedText]


def test_a_wide_gap_parts_cells(typed: Typed) -> None:
    assert [cell.text for cell in typed("Patient: Ann Lee      DOB: 1/2/1980").cells] == [
        "Patient: Ann Lee",
        "DOB: 1/2/1980",
    ]


def test_a_vertical_ruling_parts_cells_however_narrow_the_gap(typed: Typed) -> None:
    plain = typed("Ann Lee")
    gap = (plain.cells[0].words[0].word.box.right + plain.cells[0].words[1].word.box.left) / 2
    ruled = typed("Ann Lee", (Mark("ruling", Box(gap - 0.001, 0.0, gap + 0.001, 0.5)),))
    assert [cell.text for cell in ruled.cells] == ["Ann", "Lee"]


def test_a_typed_frame_parts_cells_and_is_none_itself(typed: Typed) -> None:
    framed = typed("+--------+-----+\n| Client | DOB |\n+--------+-----+\n| Ann Lee | 1/2/1980 |\n+--------+-----+")
    assert [[cell.text for cell in line.cells] for line in framed.lines] == [["Client", "DOB"], ["Ann Lee", "1/2/1980"]]
    assert [cell.text for cell in typed("Oak Clinic | 9 Elm St").cells] == ["Oak Clinic | 9 Elm St"]


def test_a_column_of_colons_closes_the_labels_before_it(typed: Typed) -> None:
    cells = typed("Client        : Ann Lee\nTime: 9 : 30").cells
    assert [" ".join(cell.text.split()) for cell in cells] == ["Client :", "Ann Lee", "Time: 9 : 30"]
