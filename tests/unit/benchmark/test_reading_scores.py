"""What is counted of reading: exact words, key tokens, check boxes, and how honest estimates are."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.document import Box, Document, Mark, Page, SourceFile, Word
from tests.benchmark.reading import chances
from tests.benchmark.reading.boxes_ticked import check_boxes
from tests.benchmark.reading.chances import Part
from tests.benchmark.reading.exactness import KeyRead, keys, plain, plain_key, words
from tests.benchmark.reading.manifest import CheckBox, Key

LETTERS = st.lists(st.sampled_from(["knee", "Knee", "M54.50", "pain,", "(pain)", "--", "$5.00"]), max_size=12)


@pytest.mark.parametrize(
    ("printed", "read", "same"),
    [
        ("pain,", "pain", True),
        ("(E11.9)", "E11.9", True),
        ("patient’s", "patient's", True),
        ("ﬁnding", "finding", True),
        ("2–3", "2-3", True),
        ("Knee", "knee", False),
        ("E11.9", "E119", False),
        ("$5.00", "5.00", False),
        ("O'Neil", "ONeil", False),
    ],
)
def test_words_are_the_same_where_every_character_is(printed: str, read: str, same: bool) -> None:
    assert (plain(printed) == plain(read)) is same
    assert words([printed], [read]).both == int(same)


def test_currency_signs_at_the_ends_of_a_key_token_do_not_matter() -> None:
    assert plain_key("($1,250.00)") == plain_key("1,250.00") == "1,250.00"


def test_of_equal_words_as_many_are_right_as_are_true() -> None:
    found = words(["the", "knee", "the"], ["the", "the", "the", "knew"])
    assert (found.true, found.read, found.both) == (3, 4, 2)
    assert found.right.count(True) == 2
    assert found.right[3] is False


def test_words_in_another_order_are_right_too() -> None:
    assert words("a b c d".split(), "c d a b".split()).right == (True, True, True, True)


def test_what_a_machine_printed_on_the_page_counts_neither_way() -> None:
    found = words(["the", "knee"], ["FROM:", "the", "FROM:", "kne"], added=["FROM:", "the"])
    assert found.right == (None, True, None, False)
    assert (found.true, found.read, found.both) == (2, 2, 1)


def test_what_has_neither_letter_nor_figure_counts_neither_way() -> None:
    found = words(["-", "a", "<"], ["a", "—", "|x", "|"])
    assert (found.true, found.read, found.both, found.right) == (1, 2, 1, (True, None, False, None))


@given(LETTERS, LETTERS)
def test_right_words_are_the_common_part_of_both_counts(true: list[str], read: list[str]) -> None:
    found = words(true, read)
    common = Counter(filter(None, map(plain, true))) & Counter(filter(None, map(plain, read)))
    assert found.both == common.total() == found.right.count(True)


def outcomes(wanted: list[Key], true: str, read: str) -> list[tuple[str, str | None]]:
    return [(k.outcome, k.instead) for k in keys(wanted, true.split(), read.split())]


CODE, AMOUNT, DATE, NPI = (
    Key("code", "E11.9"), Key("amount", "$125.00"), Key("date", "03/14/2026"), Key("npi", "1234567893"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("key", "read", "expected"),
    [
        (CODE, "E11.9,", ("right", None)),
        (CODE, "F11.9", ("wrong", "F11.9")),
        (CODE, "E119", ("missing", None)),  # mangled, but no other code
        (CODE, "511.9", ("missing", None)),  # no code in its shape
        (CODE, "Z99.1", ("missing", None)),  # another code, but nothing like it
        (AMOUNT, "125.00", ("right", None)),
        (AMOUNT, "$25.00", ("wrong", "25.00")),
        (AMOUNT, "$126.00", ("wrong", "126.00")),
        (AMOUNT, "$l25.00", ("missing", None)),
        (DATE, "03/11/2026", ("wrong", "03/11/2026")),
        (DATE, "03/14/20", ("wrong", "03/14/20")),
        (DATE, "03142026", ("missing", None)),
        (NPI, "1234567398", ("wrong", "1234567398")),
        (NPI, "123456789", ("missing", None)),
        (Key("amount", "1,250.00"), "1250.00", ("missing", None)),  # mangled: the same figures
        (Key("procedure", "AB-12"), "AB-17", ("wrong", "AB-17")),
        (Key("date", "March 3, 2026"), "on March 3, 2026.", ("right", None)),
        (Key("date", "March 3, 2026"), "on March 8, 2026.", ("missing", None)),
    ],
)
def test_another_token_of_its_kind_is_worse_than_a_gap(key: Key, read: str, expected: tuple[str, str | None]) -> None:
    assert outcomes([key], f"with {key.text} today", f"with {read} today") == [expected]


def test_a_true_token_elsewhere_on_the_page_is_nothing_read_instead() -> None:
    wanted = [CODE, Key("code", "E11.8")]
    assert outcomes(wanted, "Dx E11.9 E11.8", "Dx E11.8") == [("missing", None), ("right", None)]
    assert outcomes(wanted, "Dx E11.9 E11.8", "Dx E11.8 E11.8") == [("wrong", "E11.8"), ("right", None)]


def test_a_token_elsewhere_that_is_not_among_the_true_words_is_nothing_read_instead() -> None:
    page = "Jane Roe was seen by me on 03/14/2026 and is well"
    header = "03/16/2026 18:34 FROM: RECORDS P. 001/001 "
    assert outcomes([DATE], page, header + page.replace("14", "l4")) == [("missing", None)]
    assert outcomes([DATE], page, header + page.replace("14", "17")) == [("wrong", "03/17/2026")]


def test_a_token_that_is_printed_twice_must_be_read_twice() -> None:
    assert outcomes([CODE, CODE], "E11.9 E11.9", "E11.9") == [("right", None), ("missing", None)]


def test_one_misread_token_stands_for_one_true_token() -> None:
    found = keys([CODE, CODE], "Dx E11.9 E11.9".split(), "Dx E11.8".split())
    assert found == (KeyRead(CODE, "wrong", "E11.8"), KeyRead(CODE, "missing"))


# --- check boxes -------------------------------------------------------------------------------------------------


def form(*rows: tuple[str, str | None], rotation: int = 0) -> Document:
    """A page with a line for each row: a check box of this state (None: no box), and its label right of it."""
    read, marks = [], []
    for n, (label, state) in enumerate(rows):
        top = 0.1 + 0.05 * n
        if state:
            marks.append(Mark("check_box", Box(0.10, top, 0.115, top + 0.015), state))
        for i, text in enumerate(label.split()):
            read.append(Word(text, Box(0.13 + 0.1 * i, top, 0.22 + 0.1 * i, top + 0.015), n))
    return Document(SourceFile("", "", 0, 1), (Page(1, 1000, 1000, tuple(read), tuple(marks), rotation=rotation),))


def test_a_check_box_is_found_by_its_label() -> None:
    page = form(("Initial request", "ticked"), ("Renewal", "empty"), ("Other", None), ("Line of a letter", "empty"))
    wanted = [CheckBox("Initial request", "ticked"), CheckBox("Renewal", "ticked"), CheckBox("Other", "empty"),
              CheckBox("Appeal", "empty")]  # fmt: skip
    found = check_boxes(wanted, page)
    assert found.states == ("right", "wrong", "no box found", "label not read")
    assert found.extra == 1


def test_labels_that_stand_twice_are_taken_in_reading_order() -> None:
    page = form(("Yes", "empty"), ("No", "ticked"), ("Yes", "ticked"), ("No", "empty"))
    wanted = [CheckBox("Yes", "empty"), CheckBox("No", "ticked"), CheckBox("Yes", "ticked"), CheckBox("No", "ticked")]
    assert check_boxes(wanted, page).states == ("right", "right", "right", "wrong")


def test_a_label_with_a_letter_misread_is_still_found() -> None:
    assert check_boxes([CheckBox("Initial request", "empty")], form(("lnitial request", "empty"))).states == ("right",)


def test_a_label_goes_to_the_words_most_like_it() -> None:
    page = form(("98940", "empty"), ("98941", "ticked"), ("110", "ticked"))
    wanted = [CheckBox("98941", "ticked"), CheckBox("98942", "empty"), CheckBox("I10", "ticked")]
    assert check_boxes(wanted, page).states == ("right", "right", "right")  # 98942 was misread as 98940


def test_a_box_that_was_read_as_part_of_its_label_counts() -> None:
    page = form(("Check", "empty")).pages[0]
    swallowed = Word("Check", Box(0.1, 0.1, 0.22, 0.115), 0)
    document = Document(SourceFile("", "", 0, 1), (Page(1, 1000, 1000, (swallowed,), page.marks),))
    assert check_boxes([CheckBox("Check", "empty")], document).states == ("right",)


def test_of_the_same_words_in_two_places_those_behind_a_box_are_the_label() -> None:
    page = form(("Participant", "ticked")).pages[0]
    heading = Word("Participant", Box(0.13, 0.02, 0.22, 0.035), 0)
    document = Document(SourceFile("", "", 0, 1), (Page(1, 1000, 1000, (heading, *page.words), page.marks),))
    assert check_boxes([CheckBox("Participant", "ticked")], document).states == ("right",)


def test_distances_on_a_standard_fax_are_as_a_person_sees_them() -> None:
    label = Word("Check", Box(0.125, 0.1, 0.185, 0.1075), 0)
    words = tuple(Word("Words", Box(0.1, top, 0.16, top + 0.0075), 0) for top in (0.2, 0.3, 0.4))
    box = Mark("check_box", Box(0.08, 0.1, 0.1, 0.1075), "empty")
    document = Document(SourceFile("", "", 0, 1), (Page(1, 1728, 1100, (label, *words), (box,)),))
    assert check_boxes([CheckBox("Check", "empty")], document).states == ("right",)


# --- chances -----------------------------------------------------------------------------------------------------


def test_auroc_of_hand_made_numbers() -> None:
    assert chances.auroc([0.9, 0.8, 0.2, 0.1], [True, True, False, False]) == 1.0
    assert chances.auroc([0.1, 0.2, 0.8, 0.9], [True, True, False, False]) == 0.0
    assert chances.auroc([0.5, 0.5, 0.5], [True, False, False]) == 0.5
    assert chances.auroc([0.9, 0.4, 0.6, 0.1], [True, True, False, False]) == 0.75  # three of four pairs
    assert chances.auroc([0.9, 0.4], [True, True]) is None


def test_aurocs_interval_holds_it_and_needs_documents() -> None:
    scores, positive = [0.9, 0.4, 0.6, 0.1] * 10, [True, True, False, False] * 10
    interval = chances.auroc_by_document([str(n) for n in range(40)], scores, positive)
    assert interval is not None
    assert interval.low < 0.75 < interval.high
    assert chances.auroc_by_document(["one"] * 40, scores, positive) is None


def test_calibration_of_hand_made_numbers() -> None:
    honest = chances.calibration([0.5] * 10 + [1.0] * 10, [0.0, 1.0] * 5 + [1.0] * 10, bins=2)
    assert honest is not None
    assert honest.error == pytest.approx(0)
    boasting = chances.calibration([0.9] * 10 + [1.0] * 10, [0.0, 1.0] * 5 + [1.0] * 10, bins=2)
    assert boasting is not None
    assert boasting.error == pytest.approx(0.2)  # half of the cases are .4 off
    assert [b.count for b in boasting.bins] == [10, 10]
    assert [b.true for b in boasting.bins] == [0.5, 1.0]


def test_few_cases_have_few_bins_and_none_have_none() -> None:
    few = chances.calibration([0.1, 0.9, 0.5], [0, 1, 1])
    assert few is not None
    assert len(few.bins) == 1
    assert chances.calibration([], []) is None


def test_wilson_of_a_textbook_case() -> None:
    interval = chances.wilson(8, 10)
    assert interval is not None
    assert interval == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert chances.wilson(0, 0) is None


def test_an_interval_by_document_is_wider_than_one_by_word() -> None:
    bad = [Part(f"bad{n}", 0, 10) for n in range(5)]
    good = [Part(f"good{n}", 10, 10) for n in range(15)]
    interval = chances.by_document(bad + good)
    assert interval is not None
    assert interval.low < 0.65
    assert interval.high > 0.85
    assert chances.share(bad + good) == 0.75
    one = [Part("same", part.right, part.of) for part in bad + good]
    assert chances.by_document(one) is None
