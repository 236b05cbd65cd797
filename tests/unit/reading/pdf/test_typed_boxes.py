"""Boxes that are typed are boxes; bullets and remarks in brackets are none."""

from __future__ import annotations

import pytest

from docscan.reading.geometry import Seen
from docscan.reading.pdf.typed_boxes import boxes


def line(text: str) -> list[Seen]:
    """Words as if typed at fixed pitch."""
    words, left = [], 0.0
    for text_part in text.split(" "):
        if text_part:
            words.append(Seen(text_part, left, 0, left + 6 * len(text_part), 10, None, 0))
        left += 6 * (len(text_part) + 1)
    return words


@pytest.mark.parametrize(
    ("text", "states", "rest"),
    [
        ("☐ New ☒ Renewal", "empty ticked", "New Renewal"),
        ("☐New ☑Renewal", "empty ticked", "New Renewal"),
        ("□ New ■ Renewal", "empty ticked", "New Renewal"),
        ("[ ] New [X] Renewal", "empty ticked", "New Renewal"),
        ("[ X ] New [] Renewal", "ticked empty", "New Renewal"),
        ("( ) Yes (x) No", "empty ticked", "Yes No"),
        ("[x] I agree", "ticked", "I agree"),
        ("■ New ■ Renewal", "", "■ New ■ Renewal"),
        ("✓ Physical therapy", "", "✓ Physical therapy"),
        ("see note (x) below", "", "see note (x) below"),
        ("the [first] visit (new)", "", "the [first] visit (new)"),
        ("[ see below ]", "", "[ see below ]"),
        ("Yes No", "", "Yes No"),
    ],
)
def test_typed_boxes_are_told_with_their_state(text: str, states: str, rest: str) -> None:
    found, words = boxes(line(text))

    assert [box.state for box in found] == states.split()
    assert [word.text for word in words] == rest.split()
