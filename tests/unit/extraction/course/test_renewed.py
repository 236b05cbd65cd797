"""A renewal on the same paper counts from its own date."""

from __future__ import annotations

import pytest

from docscan.document import Document
from docscan.extraction.course.course import course
from docscan.extraction.text.annotated import AnnotatedText

_LETTER = (
    "HILL CLINIC\n\n{day}\n\nRe: Ana Roe\n\nTo whom it may concern:\n\n{said}\n\n"
    "Sincerely,\n\nWill Tran, DO\n{day}\n\n\n"
)


@pytest.mark.parametrize(
    ("said", "end"),
    [
        ("I would like her to continue massage therapy, weekly, for another six months.", "2024-01-07"),
        ("Please renew: massage therapy weekly for 12 months.", "2024-07-07"),
        ("I saw her for twelve weeks. Thank you.", None),
    ],
)
def test_a_renewal_counts_from_its_own_date(said: str, end: str | None) -> None:
    first = _LETTER.format(day="January 9, 2023", said="I recommend massage therapy once a week for six months.")
    text = AnnotatedText(Document.from_text(first + _LETTER.format(day="July 7, 2023", said=said)))
    found = [one.value for one in course(text) if one.name == "duration"]
    added = [{"start": "2023-07-07", "end": end}] if end else []
    assert [value for value in found if "start" in value] == added
    assert {"value": 6, "unit": "mo"} in found
