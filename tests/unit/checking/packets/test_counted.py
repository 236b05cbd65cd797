"""Which lines are of what the letter orders so and so often?"""

from collections.abc import Callable

import pytest

from docscan.checking.checks.packets.claims import sessions_within_order
from docscan.checking.facts import Facts
from docscan.document import Extraction

ONCE = {"frequency": 1, "period": 1, "period_unit": "wk"}


@pytest.mark.parametrize(
    ("treatment", "often", "sold", "outcome"),
    [
        ("gluten-free food", "one purchase each week", ["GF bread", "GF pasta"], "met"),  # of one day
        ("gluten-free food", "one purchase each week", ["GF bread", "", "GF pasta"], "not_met"),
        ("gluten-free food", "eaten at each meal, shown weekly", ["GF bread", "", "GF pasta"], "not_applicable"),
        ("cranial prosthesis", "a fitting a week", ["Wig fitting session", "", "Wig fitting"], "not_met"),
        ("personal training", "once a week", ["1:1 training", "", "Protein shake"], "met"),
        ("personal training", "once a week", ["VITAMIN D3", "", "BEESWAX CANDLE"], "not_applicable"),
        ("vitamin D3", "one dose a week", ["Oral vit. D3, observed", "", "Oral vit. D3, observed"], "not_met"),
    ],
)  # fmt: skip
def test_purchases_count_where_purchases_are_ordered_and_sessions_where_sessions_are(
    treatment: str, often: str, sold: list[str], outcome: str,
    facts: Callable[..., Facts], extraction: Callable[..., Extraction],
) -> None:  # fmt: skip
    """An empty line begins the next day."""
    day, lines = 7, []
    for words in sold:
        day += not words
        lines += [extraction("item", {"description": words, "service_date": f"2026-04-{day:02d}"}, raw=words)] * bool(
            words
        )
    letter = facts(
        extraction("treatment", treatment), extraction("letter_date", "2026-04-01"),
        extraction("duration", {"value": 3, "unit": "mo"}), extraction("frequency", ONCE, raw=often),
    )  # fmt: skip
    assert sessions_within_order([letter, facts(*lines, kind="receipt")]).outcome == outcome
