"""Which rows of a fee slip that lists all that an office does are not what was done: those whose box is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docscan.extraction.bills.figures import Sheet

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_LEAST: Final = 2  # priced rows with an empty box: fewer are no list


def not_ticked(text: AnnotatedText, sheet: Sheet) -> frozenset[int]:
    """The priced rows that open with an empty box, where others open with a ticked one."""
    opening: dict[int, bool] = {}
    for box in text.check_boxes:
        place = box.at or box.label
        if place is None:
            continue
        for index, row in enumerate(sheet.rows):
            if row.start <= place.start < row.end and sheet.amounts[index]:
                before = text.text[row.start : place.start]
                if not any(c.isalnum() for c in before):
                    opening.setdefault(index, box.ticked)
                break
    empty = frozenset(index for index, ticked in opening.items() if not ticked)
    return empty if len(empty) >= _LEAST and len(empty) < len(opening) else frozenset()
