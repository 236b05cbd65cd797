"""What the probabilities promise: never out of bounds, and more evidence never counts against a word."""

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docscan.reading.recognition import belief
from docscan.reading.recognition.belief import Case, Said

shares = st.floats(0, 1)
words = st.text(max_size=20)


@settings(deadline=None)  # the dictionary is loaded once
@given(first=words, first_sure=shares, second=words, second_sure=shares, page=shares)
@pytest.mark.parametrize("case", get_args(Case))
def test_whatever_was_said_has_a_probability(
    case: Case, first: str, first_sure: float, second: str, second_sure: float, page: float
) -> None:
    assert 0 < belief.likely(case, Said(first, first_sure, second, second_sure, page)) < 1


@pytest.mark.parametrize("word", ["therapy", "E11.9", "03/14/2026"])
def test_a_surer_reader_is_believed_more(word: str) -> None:
    chances = [belief.likely("unasked", Said(word, sure, "", 0, 0.9)) for sure in (0.2, 0.5, 0.8, 0.95)]
    assert chances == sorted(chances)


@pytest.mark.parametrize(
    ("printed", "misread"), [("TOTAL", "T0TAL"), ("advice", "advlce"), ("hypertension", "hypertensicn")]
)
def test_what_is_no_word_is_believed_less(printed: str, misread: str) -> None:
    one, other = (belief.likely("unasked", Said(word, 0.9, "", 0, 0.9)) for word in (printed, misread))
    assert one > other


@pytest.mark.parametrize(
    ("sound", "not_sound"),
    [("E11.9", "E99.999"), ("08/01/2026", "68/01/2026"), ("2026-02-03", "2026-13-03"), ("1234567893", "1234567898")],
)
def test_codes_and_days_that_exist_are_believed_more(sound: str, not_sound: str) -> None:
    one, other = (belief.likely("differ_first", Said(word, 0.9, "x", 0.9, 0.9)) for word in (sound, not_sound))
    assert one > other


def test_agreement_is_worth_more_than_one_reader() -> None:
    said = Said("E11.9", 0.9, "E11.9", 0.99, 0.9)
    assert belief.likely("agree", said) > belief.likely("unasked", said)


def test_a_page_of_sure_words_is_read_better_than_one_of_doubtful_ones() -> None:
    sure, doubtful = ([(word, chance) for word in ("Letter", "of", "2026")] for chance in (0.99, 0.6))
    assert belief.share_right(sure, 1.0) > belief.share_right(doubtful, 1.0)
    assert belief.share_right([], 1.0) == 0


def test_every_coefficient_is_there() -> None:
    weights = belief._weights()
    assert set(weights) == {*get_args(Case), "page"}
    for case in get_args(Case):
        assert list(weights[case]) == ["constant", *belief.FEATURES[case]]
    assert list(weights["page"]) == ["constant", *belief.PAGE_FEATURES]
