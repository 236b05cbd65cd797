import re

import pytest

from docscan.extraction.text.relatives import COMPANIONS, ELDERS, MINORS, RELATIVE, any_of, words


@pytest.mark.parametrize(
    "word",
    ["mother", "dads", "step-sister", "stepbrother", "great-grandmother", "grandparents", "half brother", "son",
     "mother-in-law", "ex-husband", "wives", "fiancée", "twin", "niece"],
)  # fmt: skip
def test_a_relative_is_known_in_each_degree_and_number(word: str) -> None:
    assert re.fullmatch(RELATIVE, word)


@pytest.mark.parametrize("word", ["reason", "person", "partner", "child", "soon", "motherly", "grandiose", "auntie"])
def test_other_words_are_no_relatives(word: str) -> None:
    assert not re.search(RELATIVE, word)


def test_sons_and_daughters_may_be_the_patient_and_are_no_elders() -> None:
    assert not re.search(ELDERS, "for your daughter or grandson")
    assert re.search(ELDERS, "her late grandfather")


def test_groups_can_be_put_together() -> None:
    other = any_of(MINORS, COMPANIONS)
    assert [m.group() for m in re.finditer(other, "the children, a neighbour and her mother")] == [
        "children",
        "neighbour",
    ]


def test_every_word_and_its_plural_is_listed() -> None:
    assert {"wives", "grandchildren", "coworkers", "father"} <= words()
