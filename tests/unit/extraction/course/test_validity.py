"""How long a letter says that it may be used."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from docscan.document import Document
from docscan.extraction.course.validity import validity
from docscan.extraction.text.annotated import AnnotatedText

_UNTIL = {"until": "2025-09-30"}


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("This letter may not be used for services after September 30, 2025.", [_UNTIL]),
        ("Not valid for services after 9/30/2025.", [_UNTIL]),
        ("Letter expires 09/30/2025.", [_UNTIL]),
        ("Services after September 30, 2025 need a new letter.", [_UNTIL]),
        ("This letter applies to purchases made on or before September 30, 2025.", [_UNTIL]),
        ("This letter covers eligible purchases for 6 months from the date of issue.", [{"value": 6, "unit": "mo"}]),
        ("This letter stops counting six months after its date.", [{"value": 6, "unit": "mo"}]),
        ("Submit this letter, valid or not, within 30 days.", []),
        ("I recommend training for 6 months, until September 30, 2025.", []),
        ("She has not used her inhaler after 9/30/2025.", []),
    ],
)
def test_a_letter_tells_of_its_own_time(printed: str, expected: list[Any]) -> None:
    text = AnnotatedText(Document.from_text(f"March 31, 2025\n\n{printed}\n\nJane Hill, MD"))
    assert [found.value for found in validity(text, date(2025, 3, 31))] == expected
