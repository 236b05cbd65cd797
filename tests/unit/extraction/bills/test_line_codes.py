"""Procedure codes among the words of a priced line."""

from __future__ import annotations

import pytest

from docscan.document import Document
from docscan.extraction.bills.line_codes import written_code
from docscan.extraction.text.annotated import AnnotatedText


def _rest(words: str, before: str) -> tuple[str, str] | None:
    text = AnnotatedText(Document.from_text(f"{before}\n{words}"))
    start = text.text.index(words.split(maxsplit=1)[0])
    found = written_code(text, start, len(text.text))
    return (found.code, text.text[start : found.cover[0]] + text.text[found.cover[1] :]) if found else None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Video visit, long (99215-95)", ("99215", "Video visit, long ")),
        ("Panel (99452)", ("99452", "Panel ")),
        ("Tape (97124 rub-down)", ("97124", "Tape (97124 rub-down)")),
        ("PRIVATE, 97110", ("97110", "PRIVATE, ")),
        ("Advice:97802", ("97802", "Advice:")),
        ("97140 hands-on", ("97140", " hands-on")),
        ("Gait - CPT 97116 - 2 units", ("97116", "Gait -  - 2 units")),
        ("Traction 97012-GP", ("97012", "Traction ")),
        ("97110-GP-59 drills", ("97110", " drills")),
        ("Hose [A6530]", ("A6530", "Hose ")),
    ],
)
def test_a_code_and_all_that_belongs_to_it(words: str, expected: tuple[str, str]) -> None:
    assert _rest(words, "Patient: Ann Lee") == expected


@pytest.mark.parametrize(
    "words",
    [
        "Bandage (lot 48213)",
        "Mail to Boise, ID 97110",
        "Order 97140",
        "Rx 97802 filled",
        "Pain (M5450)",
        "Mat 55120",
        "Bolster $97110",
    ],
)
def test_other_numbers_are_no_codes(words: str) -> None:
    assert _rest(words, "Patient: Ann Lee") is None


def test_a_shops_article_number_is_no_code() -> None:
    assert _rest("Bolster (99452)", "Pillow Barn") is None
    assert _rest("Hose [A6530]", "Pillow Barn") is None
