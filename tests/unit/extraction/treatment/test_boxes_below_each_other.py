"""Questions on lines close below each other, each with drawn boxes for "Yes" and "No": each has its own answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from docscan.document import Box, Mark
from docscan.extraction.text.annotated import AnnotatedText
from docscan.extraction.treatment.statements import statements

PAGE = (
    "LETTER OF MEDICAL NECESSITY\n\n"
    "B8. Is the treatment medically necessary for the diagnosis?      Yes      No\n"
    "B9. Is the treatment for general health only?                    Yes      No\n"
)


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("second", [True, False])
def test_every_question_has_the_boxes_of_its_own_line(
    typed: Callable[..., AnnotatedText], first: bool, second: bool
) -> None:
    cells = [cell for cell in typed(PAGE).cells if cell.text in ("Yes", "No")]
    ticked = (first, not first, second, not second)
    marks = tuple(
        Mark("check_box", Box(c.box.left - 0.016, c.box.top, c.box.left - 0.006, c.box.bottom), state)
        for c, state in zip(cells, ("ticked" if one else "empty" for one in ticked), strict=True)
    )
    said = {e.name: e.assertion for e in statements(typed(PAGE, marks)) if e.value is True}
    assert said["necessity_statement"] == ("stated" if first else "negated")
    assert said["general_health_statement"] == ("stated" if second else "negated")
