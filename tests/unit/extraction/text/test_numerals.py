import re

import pytest

from docscan.extraction.text.numerals import BELOW_TWENTY, NUMBER_WORD, number_of


@pytest.mark.parametrize(
    ("printed", "number"),
    [("one", 1), ("seven", 7), ("sixteen", 16), ("sixty", 60), ("twenty-four", 24), ("ninety nine", 99), ("12", 12)],
)
def test_a_number_is_what_it_says(printed: str, number: int) -> None:
    assert number_of(printed) == number
    assert printed.isdigit() or re.fullmatch(NUMBER_WORD, printed)


@pytest.mark.parametrize("printed", ["", "dozen", "one-ish", "twice"])
def test_other_words_are_refused(printed: str) -> None:
    with pytest.raises(ValueError, match=printed):
        number_of(printed)


def test_years_of_age_are_not_below_twenty() -> None:
    assert not re.fullmatch(BELOW_TWENTY, "forty")
    assert re.fullmatch(BELOW_TWENTY, "eighteen")
