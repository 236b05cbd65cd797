"""Two readers of one line: whose word is whose, and what stands there."""

from dataclasses import replace

import numpy as np
import pytest

from docscan.reading.geometry import Seen
from docscan.reading.recognition import fusion
from docscan.reading.recognition.engines.rapid import Letter

SIZE = 20.0  # pixels to a letter


def first(*words: tuple[str, float, float]) -> list[Seen]:
    """Words (text, start in letters, confidence) as the first reader saw them."""
    return [Seen(text, at * SIZE, 0, (at + len(text)) * SIZE, 30, sure, 0) for text, at, sure in words]


def second(text: str, sure: float = 0.99, at: float = 0) -> list[Letter]:
    """Letters as the second reader saw them, a letter a place; spaces are places without one."""
    letters, spaced = [], True
    for n, sign in enumerate(text):
        if sign == " ":
            spaced = True
            continue
        x = (at + n) * SIZE
        letters.append(Letter(sign, x + SIZE / 2, x + 2, x + SIZE - 2, sure, spaced, 0.6 if spaced else 0.05))
        spaced = False
    return letters


def pairs(words: list[Seen], letters: list[Letter]) -> list[tuple[str, str]]:
    return [(pair.first, pair.second) for pair in fusion.paired(words, letters)]


@pytest.mark.parametrize(
    ("words", "letters", "expected"),
    [
        ([("Pain", 0, 0.9), ("knee", 5, 0.9)], "Pain knee", [("Pain", "Pain"), ("knee", "knee")]),
        ([("110", 0, 0.9), ("or", 4, 0.9)], "I10 or", [("110", "I10"), ("or", "or")]),
        ([("34.", 0, 0.9), ("46", 3, 0.9)], "34.46", [("34.46", "34.46")]),  # one word, taken apart
        ([("Pain", 0, 0.9)], "Pain knee", [("Pain", "Pain"), ("", "knee")]),
        ([("Pain", 0, 0.9), ("§", 5, 0.3)], "Pain", [("Pain", "Pain"), ("§", "")]),
        ([], "", []),
    ],
)
def test_each_letter_finds_its_word(
    words: list[tuple[str, float, float]], letters: str, expected: list[tuple[str, str]]
) -> None:
    assert pairs(first(*words), second(letters)) == expected


def test_a_space_that_the_second_reader_swallowed_stays() -> None:
    letters = second("March 3,2026")
    words = first(("March", 0, 0.95), ("3,", 6, 0.95), ("2026", 8.4, 0.95))
    assert pairs(words, letters) == [("March", "March"), ("3,", "3,"), ("2026", "2026")]


def settled(words: list[Seen], letters: list[Letter], page: float = 0.9) -> list[Seen]:
    return [word for pair in fusion.paired(words, letters) for word in fusion.settled(pair, page)]


def test_two_that_agree_are_surer_than_one() -> None:
    words = first(("E11.9", 0, 0.9))
    (both,) = settled(words, second("E11.9"))
    assert both.text == "E11.9"
    assert (both.confidence or 0) > (fusion.unasked(words[0], 0.9).confidence or 0)


def test_who_disagree_are_less_sure_than_who_agree() -> None:
    (one,) = settled(first(("diabetes", 0, 0.4)), second("diabetes"))
    (other,) = settled(first(("diabctes", 0, 0.4)), second("diabetes"))
    assert other.text == "diabetes"
    assert (other.confidence or 0) < (one.confidence or 0)


def test_what_only_an_unsure_first_reader_saw_is_no_word() -> None:
    assert [word.text for word in settled(first(("Pain", 0, 0.95), ("~;", 6, 0.3)), second("Pain"))] == ["Pain"]


def test_a_typesetters_quotes_are_no_disagreement() -> None:
    (word,) = settled(first(("Rosalind’s", 0, 0.95)), second("Rosalind's"))
    assert word.text == "Rosalind’s"


def test_what_the_second_reader_parts_has_its_places() -> None:
    words = settled(first(("NP1.1002507527", 0, 0.1)), second("NPI 1002507527"))
    assert [word.text for word in words] == ["NPI", "1002507527"]
    assert words[0].right < words[1].left


def test_a_check_box_before_a_word_is_not_of_the_word() -> None:
    (word,) = settled(first(("OConsult", 0, 0.2)), second("Consult", at=1))
    assert word.text == "Consult"
    assert word.left > 0.9 * SIZE


def test_a_place_that_reaches_far_beyond_its_letters_is_made_smaller() -> None:
    (word,) = first(("CASHIER", 4, 0.9))
    (found,) = settled([replace(word, left=0.0)], second("CASHIER", at=4))
    assert (found.left, found.right) == (4 * SIZE + 2, word.right)


def test_a_line_is_cut_out_as_it_slopes() -> None:
    words = [Seen("word", x, 100 + 0.05 * x, x + 80, 130 + 0.05 * x, 0.9, 0) for x in range(0, 1000, 100)]
    quad = fusion.quad_of(words)
    assert quad[1, 1] - quad[0, 1] == pytest.approx(0.05 * (quad[1, 0] - quad[0, 0]), rel=0.05)
    assert quad[3, 1] - quad[0, 1] < 60, "no higher than a line"


def test_a_bent_line_is_cut_out_in_pieces() -> None:
    bent = [Seen("word", x, 100 + 60 * np.sin(x / 400), x + 80, 130 + 60 * np.sin(x / 400), 0.9, 0)
            for x in range(0, 1600, 100)]  # fmt: skip
    straight = [Seen("word", x, 100, x + 80, 130, 0.9, 0) for x in range(0, 1600, 100)]
    assert len(fusion.pieces(bent)) > 1
    assert [word for piece in fusion.pieces(bent) for word in piece] == bent
    assert fusion.pieces(straight) == [straight]


def test_shapes_side_by_side_make_a_piece_of_a_line() -> None:
    shapes = np.array([[x, 50.0, 14, 20] for x in range(100, 200, 18)] + [[600.0, 400, 14, 20]])
    (quad,) = fusion.rows(shapes)
    assert quad[:, 0].min() < 100
    assert quad[:, 0].max() > 190
    assert quad[:, 1].max() < 100


@pytest.mark.parametrize(("read", "expected"), [("I", ["I"]), ("l", ["I"]), ("1", ["1"]), ("", []), ("m", [])])
def test_a_bar_is_a_letter_where_the_second_reader_sees_a_stem(read: str, expected: list[str]) -> None:
    found = settled(first(("|", 0, 0.9)), second(read, sure=0.8))
    assert [word.text for word in found if word.confidence and word.confidence > 0.5] == expected


def checked(text: str, by_itself: str, sure: float = 0.99, before: float = 0.7) -> list[str]:
    (word,) = first((text, 0, before))
    return [found.text for found in fusion.checked(word, second(by_itself, sure), page=0.9)]


@pytest.mark.parametrize(
    ("text", "by_itself", "expected"),
    [
        ("43.909", "G43.909", ["G43.909"]),  # a letter that was lost among other words
        ("296.651", "Z96.651", ["Z96.651"]),
        ("(401.9),", "(401.9).", ["(401.9),"]),
        ("110", "10", ["110"]),  # thin strokes at the start are lost by themselves
        ("E11.9", "", ["E11.9"]),
        ("03/14/2026", "68/14/2026", ["03/14/2026"]),
    ],
)
def test_a_word_looked_at_by_itself(text: str, by_itself: str, expected: list[str]) -> None:
    assert checked(text, by_itself) == expected


def test_a_word_by_itself_is_cut_out_without_its_neighbours() -> None:
    before, word, after = first(("Dx", 0, 0.9), ("E11.9", 2.2, 0.9), ("type", 8, 0.9))
    quad = fusion.quad_by_itself(word, before, after)
    assert before.right < quad[0, 0] < word.left
    assert word.right < quad[1, 0] < after.left
