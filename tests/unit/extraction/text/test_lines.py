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
