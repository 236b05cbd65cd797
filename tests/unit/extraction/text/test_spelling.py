"""A misread label is recognised; a word that is good English is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.extraction.text.spelling import respell, spelt

KNOWN = frozenset({"total", "subtotal", "balance", "prescription", "required", "receipt", "estimate"})


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("T0TAL", "total"),
        ("TOTAL:", "total:"),
        ("SUBT0TAL", "subtotal"),
        ("prescriptlon", "prescription"),
        ("Ba1ance", "balance"),
        ("receipf", "receipt"),
        ("requires", "requires"),
        ("estimated", "estimated"),
        ("2025", "2025"),
        ("50.00", "50.00"),
        ("B12", "b12"),
        ("quote", "quote"),
    ],
)
def test_words(printed: str, meant: str) -> None:
    assert spelt(printed, KNOWN) == meant


@given(st.text(max_size=200))
def test_every_place_leads_back_into_the_text(text: str) -> None:
    respelt = respell(text, KNOWN)
    for start in range(len(respelt.text)):
        first, last = respelt.span(start, start + 1)
        assert 0 <= first <= last <= len(text)


def test_a_mended_word_leads_back_to_what_is_printed() -> None:
    text = "x  SUBT0TA1:\t9.00"
    respelt = respell(text, KNOWN)
    start = respelt.text.index("subtotal")
    first, last = respelt.span(start, start + 8)
    assert text[first:last].startswith("SUBT0TA1")
