"""What is the thing that a line shows?"""

from collections.abc import Callable

import pytest

from docscan.checking.facts import Facts
from docscan.checking.packets.things import everything_of, things
from docscan.document import Extraction

ORDINARY = ("food", "clothing")


@pytest.mark.parametrize(
    ("words", "seller", "entry", "ordinary"),
    [
        ("COMPR SOCK KNEE BLK", "Corner Drug", "medical-supplies", False),
        ("GF penne, case of 6", "Corner Market", "food-special", False),
        ("Multigrain bread", "Corner Market", "food-ordinary", True),
        ("Multigrain bread", "Gluten-Free Bakery LLC", "food-special", False),
        ("Cola 12 pk, soda", "Gluten-Free Bakery LLC", "food-ordinary", True),
        ("T-shirt", "Corner Gym", "everyday-goods", True),
        ("Massage 60 min", "Calm Hands", "massage", False),
    ],
)
def test_what_a_line_is_and_whether_it_is_an_ordinary_expense(
    words: str, seller: str, entry: str | None, ordinary: bool,
    facts: Callable[..., Facts], extraction: Callable[..., Extraction],
) -> None:  # fmt: skip
    bill = facts(extraction("merchant_name", seller), extraction("item", {"description": words}), kind="receipt")
    (thing,) = everything_of(bill)
    assert (thing.entry.id if thing.entry else None, thing.ordinary(ORDINARY)) == (entry, ordinary)


def test_each_line_of_a_packet_is_held_against_each_letter(
    facts: Callable[..., Facts], extraction: Callable[..., Extraction]
) -> None:
    letter = facts(extraction("treatment", "gluten-free food"))
    lines = ("GF flour 5 lb", "bread mix, rice pasta", "Shampoo", "Coffee")
    bill = facts(*(extraction("item", {"description": words}) for words in lines), kind="receipt")
    told = things([letter, bill])
    assert [told[1, n, None].named_by_any for n in range(4)] == [True, None, False, False]
    assert all(told[1, n, None].needs_letter() for n in range(4))
