"""Lines that are headed by words which nothing closes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from docscan.extraction.text.annotated import AnnotatedText
from docscan.extraction.text.line_heads import line_heads

HEADED = [
    ("Dx knee pain\nTried ibuprofen\nPlan Pilates", ["Dx", "Tried", "Plan"]),
    ("DX knee pain\nTRIED ibuprofen\nPLAN Pilates", ["DX", "TRIED", "PLAN"]),
    (
        "PATIENT Kim Roe\nTRIED ALREADY Gait training\nORDERED NOW Swim class",
        ["PATIENT", "TRIED ALREADY", "ORDERED NOW"],
    ),
]
PROSE = [
    "Now she walks a little\nand her knee, which hurt in\nMay, is better than before.",
    "The MRI shows a tear, and\nCOPD makes stairs hard; the\nplan is to swim.",
    "TMJ disorder\nP) massage weekly\nT. Vogel, MD\nNPI 1553281936",
]  # fmt: skip


@pytest.mark.parametrize(("block", "expected"), HEADED)
def test_most_lines_of_a_block_are_headed(typed: Callable[..., AnnotatedText], block: str, expected: list[str]) -> None:
    assert list(line_heads(typed(f"Elm Clinic\n\n{block}\n\nEnd")).values()) == expected


@pytest.mark.parametrize("block", PROSE)
def test_prose_has_no_heads(typed: Callable[..., AnnotatedText], block: str) -> None:
    assert not line_heads(typed(block))
