"""What a few words mean, as the network that ships tells it, and how its texts are cut."""

from __future__ import annotations

import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docscan.neural import meaning
from docscan.neural.wordpieces import Wordpieces, models

PIECES = ("[UNK]", "[CLS]", "[SEP]", "massage", "for", "##s")
CUT = Wordpieces(PIECES)


def likeliest(chances: meaning.Chances) -> str:
    return max(chances, key=chances.__getitem__)


def test_a_text_stands_between_its_opening_and_closing_and_a_second_behind_it() -> None:
    assert meaning.cut(CUT, "massages for") == ([1, 3, 5, 4, 2], [0] * 5)
    assert meaning.cut(CUT, "massage", "for") == ([1, 3, 2, 4, 2], [0, 0, 0, 1, 1])


@given(st.text(max_size=600), st.text(max_size=600))
def test_no_text_is_longer_than_the_network_can_see(first: str, second: str) -> None:
    numbers, kinds = meaning.cut(CUT, first, second)
    assert len(numbers) == len(kinds) <= meaning.LONGEST


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        (
            "Loosening the tissue around the shoulder takes pressure off the trapped nerve, so her arm aches less.",
            "link",
        ),
        ("Two courses of ibuprofen and a month of home stretching brought no relief.", "tried"),
        ("He has type 2 diabetes with neuropathy.", "diagnosis"),
        ("Her mother had osteoporosis and she would like to avoid it.", "risk"),
        ("This form must be completed by the treating provider.", "printed"),
    ],
)
def test_a_sentence_of_a_letter_does(sentence: str, label: str) -> None:
    assert likeliest(meaning.of_sentences([sentence])[0]) == label


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("3/4 training 60", "service"),
        ("Ergo chair, black   1   $389.00", "good"),
        ("10-pack of sessions, 7 left, good through 12/31", "prepaid"),
        ("paid cash", "payment"),
        ("Sales tax 8%   4.12", "tax"),
        ("Previous balance   45.00", "balance"),
        ("Client: Ana Roe", "person"),
    ],
)
def test_a_line_of_a_bill_does(line: str, label: str) -> None:
    assert likeliest(meaning.of_lines([line])[0]) == label


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=6))
def test_an_answer_is_the_same_whatever_else_is_asked(lines: list[str]) -> None:
    own = meaning.of_lines(["massage 60 min  95.00"])[0]
    known = meaning.meaning()
    assert known is not None
    known._known.clear()
    together = meaning.of_lines([*lines, "massage 60 min  95.00"])
    assert len(together) == len(lines) + 1
    assert together[-1] == own
    assert all(0 <= chance <= 1 for chances in together for chance in chances.values())


def test_without_its_file_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "meaning", lambda: None)
    assert meaning.of_lines(["paid cash"]) == [{}]
    assert meaning.version() == "none"


def test_it_is_small_and_the_file_names_where_it_comes_from() -> None:
    path = models() / meaning.FILE
    assert path.stat().st_size < 30_000_000
    told = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"]).get_modelmeta().custom_metadata_map
    assert "Apache License" in told["notice"]
    assert told["version"] == meaning.version()
