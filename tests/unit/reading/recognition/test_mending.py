"""What the shape of the print, or of the token, tells."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from docscan.reading.geometry import Grey, Seen
from docscan.reading.recognition import mending

BLANK: Grey = np.full((60, 600), 255, np.uint8)


def printed(text: str, font: str = "DejaVuSans.ttf", *, box: bool = False) -> tuple[Grey, Seen]:
    """A word on a picture, and where a reader saw it; with a check box that the reader took for a part of it."""
    image = Image.new("L", (600, 80), 255)
    draw = ImageDraw.Draw(image)
    try:
        drawn = ImageFont.truetype(font, 36)
    except OSError:
        pytest.skip(f"{font} is not installed")
    left, top, right, bottom = draw.textbbox((80, 20), text, font=drawn)
    draw.text((80, 20), text, font=drawn, fill=0)
    if box:
        draw.rectangle((30, top - 2, 30 + bottom - top + 4, bottom + 2), outline=0, width=3)
    return np.asarray(image), Seen(text, 28 if box else left, top, right, bottom, 0.9, 0)


def texts(words: list[Seen]) -> list[str]:
    return [word.text for word in words]


@pytest.mark.parametrize("font", ["DejaVuSans.ttf", "DejaVuSerif.ttf", "LiberationSans-Regular.ttf",
                                  "LiberationSerif-Regular.ttf", "LiberationMono-Regular.ttf"])  # fmt: skip
@pytest.mark.parametrize(
    ("shown", "read"),
    [("I10", "110"), ("I25.10", "125.10"), ("(I50.9)", "(150.9)"), ("110", "I10"), ("I10", "10"), ("110", "110")],
)
def test_a_letter_i_is_told_from_a_figure_1(shown: str, read: str, font: str) -> None:
    wide_foot = "Mono" in font and shown == "110"  # such a 1 is not told: what was read stays
    picture, seen = printed(shown, font)
    word = Seen(read, seen.left, seen.top, seen.right, seen.bottom, 0.9, 0)
    assert texts(mending.mended([word], picture)) == [read if wide_foot else shown]


@pytest.mark.parametrize("shown", ["E11.9", "F11.9"])
def test_a_letter_with_arms_is_no_i(shown: str) -> None:
    picture, seen = printed(shown)
    word = Seen("111.9", seen.left, seen.top, seen.right, seen.bottom, 0.9, 0)
    assert texts(mending.mended([word], picture)) == ["111.9"]


def test_a_check_box_before_a_code_is_no_sign_of_it() -> None:
    picture, seen = printed("I10", box=True)
    word = Seen("110", seen.left, seen.top, seen.right, seen.bottom, 0.9, 0)
    assert texts(mending.mended([word], picture)) == ["I10"]


@pytest.mark.parametrize(
    "number", ["150.00", "110.00", "$110", "125.50", "10", "1100", "$80.00", "-$60.00", "(45", "(30)"]
)
def test_amounts_stay_amounts(number: str) -> None:
    picture, seen = printed(number)
    assert texts(mending.mended([seen], picture)) == [number]


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (["E55,9"], ["E55.9"]),
        (["(K90,0)."], ["(K90.0)."]),
        (["Alc"], ["A1c"]),
        (["HbAlc,"], ["HbA1c,"]),
        (["phase", "Ill"], ["phase", "III"]),
        (["Ill", "health"], ["Ill", "health"]),
        (["type", "Il"], ["type", "II"]),
        (["12,2026"], ["12,", "2026"]),
        (["April9,2027"], ["April", "9,", "2027"]),
        (["07/"], ["07/"]),
        (["[Sale]2026-03-02"], ["[Sale]", "2026-03-02"]),
        (["24/07/202614:21:51"], ["24/07/2026", "14:21:51"]),
        (["(605)555-0185"], ["(605)555-0185"]),
        (["1,200"], ["1,200"]),
        (["E11.9", "Type", "2"], ["E11.9", "Type", "2"]),
        (["24,99", "1.00", "2.00", "3.00"], ["24.99", "1.00", "2.00", "3.00"]),
        (["24,99", "3,50", "4,00", "1.00"], ["24,99", "3,50", "4,00", "1.00"]),  # a European receipt
        (["1,299.00", "2.00", "3.00", "4.00"], ["1,299.00", "2.00", "3.00", "4.00"]),
    ],
)
def test_tokens_of_one_possible_reading(read: list[str], expected: list[str]) -> None:
    words = [Seen(text, 10, 10, 90, 40, 0.9, 0) for text in read]
    assert texts(mending.mended(words, BLANK)) == expected


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("(E66.81", "1).", "(E66.811)."),
        ("Z", "96.651", "Z96.651"),
        ("M25.", "562", "M25.562"),
        ("E11", ".9,", "E11.9,"),
    ],
)
def test_a_code_that_was_read_in_two_is_one(before: str, after: str, whole: str) -> None:
    parts = [Seen(before, 10, 10, 90, 40, 0.9, 0), Seen(after, 97, 10, 150, 40, 0.8, 0)]
    assert texts(mending.mended(parts, BLANK)) == [whole]


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        ("E66.81", "1", 130),  # a column away
        ("E66.9", "1", 97),  # nothing longer exists
        ("E11.9", "2", 97),
        ("I10", "2", 97),  # no point
        ("visit", "1", 97),
        ("B", "12", 97),
    ],
)
def test_what_makes_no_code_stays_two(before: str, after: str, left: float) -> None:
    parts = [Seen(before, 10, 10, 90, 40, 0.9, 0), Seen(after, left, 10, left + 50, 40, 0.8, 0)]
    assert texts(mending.mended(parts, BLANK)) == [before, after]


@pytest.mark.parametrize(
    ("point", "expected"), [((94, 36), ["(M48.062)"]), ((94, 20), ["(M48", "062)"]), (None, ["(M48", "062)"])]
)
def test_a_point_that_no_reader_saw_parts_no_code(point: tuple[int, int] | None, expected: list[str]) -> None:
    picture = BLANK.copy()
    if point:
        picture[point[1] - 2 : point[1] + 2, point[0] - 2 : point[0] + 2] = 120
    parts = [Seen("(M48", 10, 10, 88, 40, 0.9, 0), Seen("062)", 101, 10, 170, 40, 0.8, 0)]
    assert texts(mending.mended(parts, picture)) == expected


def test_two_words_with_white_between_are_two() -> None:
    picture, seen = printed("We will")
    glued = Seen("Wewill", seen.left, seen.top, seen.right, seen.bottom, 0.9, 0)
    one, other = mending.mended([glued], picture)
    assert (one.text, other.text) == ("We", "will")
    assert one.right == other.left


def test_a_name_without_white_stays_one() -> None:
    picture, seen = printed("Crabtree")
    assert texts(mending.mended([seen], picture)) == ["Crabtree"]


@pytest.mark.parametrize(("before", "after"), [("07/", "14/2026"), ("$485", ".00"), ("1,250", ".00,")])
def test_a_value_that_was_read_in_two_is_one(before: str, after: str) -> None:
    parts = [Seen(before, 10, 10, 50, 40, 0.9, 0), Seen(after, 58, 10, 150, 40, 0.8, 0)]
    (value,) = mending.mended(parts, BLANK)
    assert (value.text, value.left, value.right, value.confidence) == (before + after, 10, 150, 0.8)


@pytest.mark.parametrize(
    ("before", "after", "left", "strand"),
    [
        ("07/", "14/2026", 90, 0),
        ("07/", "14/2026", 58, 1),
        ("7", "14/2026", 58, 0),
        ("2", "3/4", 58, 0),
        ("No", ".50", 58, 0),
        ("485", ".5", 58, 0),
    ],
)
def test_figures_that_make_no_value_or_stand_apart_stay_two(before: str, after: str, left: float, strand: int) -> None:
    parts = [Seen(before, 10, 10, 50, 40, 0.9, 0), Seen(after, left, 10, left + 80, 40, 0.8, strand)]
    assert texts(mending.mended(parts, BLANK)) == [before, after]
