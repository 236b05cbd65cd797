"""Words come in the order in which a person reads them; a label keeps its value."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.reading.geometry import Seen
from docscan.reading.layout.lines import Arranged, arrange


def typed(text: str, *, pitch: float = 6.0, leading: float = 13.0) -> list[Seen]:
    """Words of a text of fixed pitch; three spaces and more part two strands, as two cells are seen apart."""
    words = []
    strand = 0
    for row, line in enumerate(text.split("\n")):
        at = 0
        for piece in line.split("   "):
            for word in piece.split():
                at = line.index(word, at)
                left, top = pitch * at, leading * row
                words.append(Seen(word, left, top, left + pitch * len(word), top + 9.0, None, strand))
                at += len(word)
            strand += 1
    return words


def as_lines(arranged: Arranged) -> list[str]:
    count = 1 + max(line for _, line in arranged.words)
    return [" ".join(word.text for word, line in arranged.words if line == number) for number in range(count)]


ROWS = """Patient:              Jane Roe
Date of birth:        03/04/1970
Diagnosis:            M54.50
Frequency:            twice a week
Duration:             12 months"""

TABLE = """Date          Description                 Amount
01/02/2026    Therapeutic massage, one hour     90.00
01/09/2026    Manual therapy of the lower back  85.00
01/16/2026    Evaluation of low complexity      60.00
Total                                          235.00"""

COLUMNS = "\n".join(
    f"{left:<44}{right}"
    for left, right in [
        ("The patient has been treated here since", "This treatment is medically necessary and"),
        ("March for low back pain, and has had no", "is not for general health or to improve"),
        ("relief from rest, ice or medication. It", "how the patient looks. It will reduce the"),
        ("keeps her from her work and from sleeping", "pain and will let her return to work, and"),
        ("through the night, four times in a week.", "it is expected to take about six months."),
    ]
)


@pytest.mark.parametrize("text", [ROWS, TABLE], ids=["labels", "table"])
def test_rows_are_read_across(text: str) -> None:
    assert as_lines(arrange(typed(text))) == [" ".join(line.split()) for line in text.split("\n")]


def test_columns_of_prose_are_read_one_after_the_other() -> None:
    arranged = arrange(typed(COLUMNS))
    rows = COLUMNS.split("\n")
    assert as_lines(arranged) == [row[:44].strip() for row in rows] + [row[44:].strip() for row in rows]
    assert [(p.first_line, p.last_line) for p in arranged.parts] == [(0, 4), (5, 9)]


def test_a_heading_over_columns_comes_first() -> None:
    arranged = arrange(typed("A heading that runs over both of the columns below it, as headings do\n\n" + COLUMNS))
    assert as_lines(arranged)[0].startswith("A heading")
    assert as_lines(arranged)[1].startswith("The patient has been")
    assert len(as_lines(arranged)) == 11


@pytest.mark.parametrize("slope", [-0.02, 0.008, 0.02])
def test_sloping_lines_stay_lines(slope: float) -> None:
    tilted = [
        replace(word, top=word.top + slope * word.left, bottom=word.bottom + slope * word.left) for word in typed(TABLE)
    ]
    assert as_lines(arrange(tilted)) == [" ".join(line.split()) for line in TABLE.split("\n")]


def test_words_of_a_line_are_as_tall_as_its_print() -> None:
    size = 10.0
    words = [
        Seen("The", 0, 2.6, 20, 10, None, 0),  # a capital: cap height, on the base line
        Seen("arc", 25, 5, 45, 10, None, 0),  # x-height only
        Seen("goes", 50, 5, 80, 12.4, None, 0),  # x-height and a descender
    ]
    tops_and_bottoms = {(round(word.top, 1), round(word.bottom, 1)) for word, _ in arrange(words).words}
    assert (
        len({top for top, _ in tops_and_bottoms}) == 1
        or max(t for t, _ in tops_and_bottoms) - min(t for t, _ in tops_and_bottoms) < 0.1 * size
    )
    for word, seen in zip((w for w, _ in arrange(words).words), words, strict=True):
        assert word.top <= seen.top and word.bottom >= seen.bottom, "a box never loses ink"


@pytest.mark.parametrize("step", [0.0, 1.0])
def test_words_printed_over_each_other_are_all_kept(step: float) -> None:
    """As a damaged file or a confused reader delivers them."""
    words = [Seen(f"word{n}", 5.0 * (n % 3), step * n, 5.0 * (n % 3) + 4, step * n + 3, None, n % 7) for n in range(40)]
    cells = [(0.0, 0.0, 10.0, 10.0), (2.0, 2.0, 8.0, 8.0), (5.0, 0.0, 15.0, 10.0), (0.0, 0.0, 15.0, 20.0)]
    assert sorted(word.text for word, _ in arrange(words, cells).words) == sorted(word.text for word in words)


def test_nothing_makes_no_lines() -> None:
    assert arrange([]).words == ()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "Word", "12.50", "|", "gy", "."]),
            st.floats(0, 600),
            st.floats(0, 800),
            st.floats(0.5, 90),
            st.floats(0.5, 40),
            st.integers(0, 12),
        ),
        max_size=40,
    )
)
def test_no_word_is_lost_doubled_or_shrunk(places: list[tuple[str, float, float, float, float, int]]) -> None:
    words = [
        Seen(f"{text}{n}", left, top, left + width, top + height, None, strand)
        for n, (text, left, top, width, height, strand) in enumerate(places)
    ]
    arranged = arrange(words)
    assert sorted(word.text for word, _ in arranged.words) == sorted(word.text for word in words)
    numbers = [line for _, line in arranged.words]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(len(set(numbers))))
    before = {word.text: word for word in words}
    for word, _ in arranged.words:
        old = before[word.text]
        assert (word.left, word.right) == (old.left, old.right)
        assert word.top <= old.top and word.bottom >= old.bottom
        assert not math.isnan(word.top)
