"""A page that was uploaded on its side or its head says the same, and its evidence lies where it was uploaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.document import Box, Document, Extraction, Mark
from docscan.extraction import extract
from docscan.extraction.text import turning

FORM = """
Patient name              Date of birth            Member ID
Barnaby Marsh             06/05/1989               HF5043018

Provider name             NPI                      Telephone
Ingrith Brandvold, MD     1234567893               (919) 555-0157

Diagnosis                 Start date               End date
Cervicalgia               05/02/2026               10/29/2026
"""
TURNS: dict[int, Callable[[Box], Box]] = {
    0: lambda b: b,
    90: lambda b: Box.of(b.top, 1 - b.right, b.bottom, 1 - b.left),
    180: lambda b: Box.of(1 - b.right, 1 - b.bottom, 1 - b.left, 1 - b.top),
    270: lambda b: Box.of(1 - b.bottom, b.left, 1 - b.top, b.right),
}


def form(rotation: int) -> Document:
    """Turning it by `rotation` sets it upright; a wall runs under its second line."""
    turn = TURNS[rotation]
    upright = Document.from_text(FORM.strip("\n"))
    page = upright.pages[0]
    wall = Mark("ruling", turn(Box.of(0.02, 0.075, 0.9, 0.0755)))
    words = tuple(replace(word, box=turn(word.box)) for word in page.words)
    wide, tall = (page.height, page.width) if rotation % 180 else (page.width, page.height)
    turned = replace(page, words=words, marks=(wall,), width=wide, height=tall, rotation=rotation)
    return replace(upright, pages=(turned,))


def facts(found: tuple[Extraction, ...]) -> list[tuple[str, object]]:
    return [(one.name, one.value) for one in found]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_says_the_same(rotation: int) -> None:
    upright, turned = extract(form(0)), extract(form(rotation))
    assert ("patient_name", "Barnaby Marsh") in facts(upright.fields)
    assert ("end_date", "2026-10-29") in facts(upright.fields)
    assert facts(turned.fields) == facts(upright.fields)
    assert turned.kind == upright.kind
    for one, other in zip(upright.fields, turned.fields, strict=True):
        for here, there in zip(one.evidence, other.evidence, strict=True):
            assert (here.start, here.end, here.text) == (there.start, there.end, there.text)
            for box, moved in zip(here.boxes, there.boxes, strict=True):
                assert moved == pytest.approx(TURNS[rotation](box), abs=2e-5)


def test_an_upright_document_is_left_alone() -> None:
    document = form(0)
    assert turning.upright(document) is document


edges = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted)


@given(edges, edges, st.sampled_from([90, 180, 270]))
def test_places_come_back_to_where_they_were(across: list[float], down: list[float], rotation: int) -> None:
    box = Box.of(across[0], down[0], across[1], down[1])
    document = form(rotation)
    page = replace(document.pages[0], words=(replace(document.pages[0].words[0], box=box),))
    upright = turning.upright(replace(document, pages=(page,))).pages[0]
    back = replace(page, rotation=-rotation % 360)
    assert upright.rotation == 0
    assert Box.of(*back.upright(upright.words[0].box)) == pytest.approx(box, abs=1e-9)
