"""What OCR made of a word is mended; an English word of its own is none of another."""

from __future__ import annotations

import pytest

from docscan.reference import conditions, item_classes
from docscan.reference.wording import Lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon[str]:
    return Lexicon([("massage therapy", "massage"), ("dental exam", "dental"), ("cancer", "cancer")])


@pytest.mark.parametrize("word", ["message", "denial", "cancel"])
def test_an_english_word_stays_what_it_is(lexicon: Lexicon[str], word: str) -> None:
    assert lexicon.mend(word) == word


@pytest.mark.parametrize(("slip", "word"), [("massaqe", "massage"), ("dentai", "dental"), ("cance1", "cancer")])
def test_a_slip_is_mended(lexicon: Lexicon[str], slip: str, word: str) -> None:
    assert lexicon.mend(slip) == word


def test_a_denial_is_nothing_of_a_dentist_and_a_message_no_massage() -> None:
    assert item_classes.classify("Overturn the denial of prior authorization") is None
    assert item_classes.classify("leave a message") is None
    assert conditions.mentions("please cancel the visit") == ()
