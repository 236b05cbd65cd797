"""Check boxes and their words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from docscan.document import Box, Mark
from docscan.extraction.text.annotated import AnnotatedText

Typed = Callable[..., AnnotatedText]


def test_typed_check_boxes_and_their_words(typed: Typed) -> None:
    text = typed("[x] medically necessary   [ ] general health   ☒ 6 months ☐ 12 months")
    assert [(box.ticked, text[box.label]) for box in text.check_boxes if box.label] == [
        (True, "medically necessary"),
        (False, "general health"),
        (True, "6 months"),
        (False, "12 months"),
    ]


def test_drawn_check_boxes_have_the_words_to_their_right(typed: Typed) -> None:
    plain = typed("     massage          acupuncture")
    boxes = [cell.box for cell in plain.cells]
    marks = tuple(
        Mark("check_box", Box(box.left - 0.02, box.top, box.left - 0.008, box.bottom), state)
        for box, state in zip(boxes, ("ticked", "empty"), strict=True)
    )
    text = typed("     massage          acupuncture", marks)
    assert [(box.ticked, text[box.label]) for box in text.check_boxes if box.label] == [
        (True, "massage"),
        (False, "acupuncture"),
    ]
    assert text.box_state(text.text.index("acupuncture")) is False


@pytest.mark.parametrize(
    "named", ["ICD-10: E66.812", "ICD-10-CM E66.812", "Dx code: E66.812", "(E66.812)", "icd10 E66.812", "Code E66.812"]
)
def test_a_code_in_a_column_of_its_own_belongs_to_the_box_however_it_is_named(typed: Typed, named: str) -> None:
    other = named.replace("812", "811")
    text = typed(
        f"2. Condition (tick one)\n   [x] Obesity, class 1      {other}\n   [ ] Obesity, class 2      {named}\n"
    )
    assert text.box_state(text.text.index("E66.811")) is True
    assert text.box_state(text.text.index("E66.812")) is False
