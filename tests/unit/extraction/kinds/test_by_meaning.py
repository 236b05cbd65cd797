"""Short and plain papers, of which no other voice knows what they are."""

from __future__ import annotations

import pytest

from docscan.extraction.kinds import by_meaning


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Ana Roe\n3/4 training 60\n3/6 training 60\ntotal 120 pd venmo\nKai Brandt", ["receipt"]),
        ("Massage by Lin\nFeb 3, 2025\nFor: J. Doe\n1 hr deep tissue - $95\nThank you!", ["receipt"]),
        ("My patient, Jo Poe, suffers from anxiety. I recommend yoga once a week.\nAmy Fox, PhD", ["lmn"]),
        ("Opening hours: Monday to Friday 9 to 5.\nPlease park behind the house.", []),
    ],
)
def test_lines_and_sentences_speak_for_a_kind(text: str, kinds: list[str]) -> None:
    assert [point.kind for point in by_meaning.points(text)] == kinds
