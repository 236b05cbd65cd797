"""Boxes of one page tell each other where they are and what is in them, on drawn pages whose boxes are known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from docscan.reading.geometry import Grey, Seen
from docscan.reading.marks import check_boxes, siblings
from docscan.reading.marks.check_boxes import Square

SIDE, LEFT, STEP = 26, 100, 50
HEIGHT = 12.0  # of a small letter


class Form:
    """Boxes one below the other, each with a word behind it that is drawn as bars."""

    def __init__(self, rows: int = 6, *, line: int = 2) -> None:
        self.picture: Grey = np.full((700, 700), 255, np.uint8)
        self.line = line
        self.tops = [100 + STEP * row for row in range(rows)]
        self.words: list[Seen] = []
        for top in self.tops:
            self.box(LEFT, top)
            self.word("Answer", LEFT + SIDE + 10, top)

    def box(self, left: int, top: int) -> None:
        cv2.rectangle(self.picture, (left, top), (left + SIDE - 1, top + SIDE - 1), 0, -1)
        self.picture[top + self.line : top + SIDE - self.line, left + self.line : left + SIDE - self.line] = 255

    def word(self, text: str, left: int, top: int, confidence: float = 0.95) -> None:
        for n in range(len(text)):
            self.picture[top + 6 : top + 20, left + 10 * n : left + 10 * n + 4] = 0
        self.words.append(Seen(text, left, top + 4, left + 10 * len(text), top + 22, confidence, top))

    def cross(self, top: int, shade: int = 0) -> None:
        cv2.line(self.picture, (LEFT + 6, top + 6), (LEFT + SIDE - 7, top + SIDE - 7), shade, 3)
        cv2.line(self.picture, (LEFT + SIDE - 7, top + 6), (LEFT + 6, top + SIDE - 7), shade, 3)

    def known(self, *rows: int) -> list[Square]:
        return [Square(LEFT, self.tops[n], LEFT + SIDE, self.tops[n] + SIDE, "empty") for n in rows]

    def completed(self, *rows: int) -> dict[int, str]:
        """States by the boxes' tops, to five pixels, of which those in these rows are known beforehand."""
        ink: Grey = np.where(self.picture < 190, 255, 0).astype(np.uint8)
        page = siblings.Pictures(self.picture, ink, check_boxes.unruled(ink, HEIGHT))
        found = siblings.completed(page, self.known(*rows), self.words)
        assert all(abs(box.left - LEFT) < 5 for box in found)
        return {5 * round(box.top / 5): box.state for box in found}


def test_known_boxes_tell_where_the_others_are() -> None:
    assert Form().completed(0, 3) == {
        100: "empty",
        150: "empty",
        200: "empty",
        250: "empty",
        300: "empty",
        350: "empty",
    }


def test_one_box_alone_tells_nothing_of_others() -> None:
    assert Form().completed(0) == {100: "empty"}


def test_a_box_whose_side_a_copy_lost_in_part_is_found_in_line_with_others() -> None:
    form = Form(4)
    form.picture[150 + SIDE - 3 : 150 + SIDE + 1, LEFT + 8 : LEFT + 20] = 255
    assert form.completed(0, 2, 3)[150] == "empty"


def test_a_box_that_shares_a_side_with_a_tables_line_is_found() -> None:
    form = Form(4)
    form.picture[150 - 1 : 150 + 1, 20:600] = 0
    assert form.completed(0, 2, 3)[150] == "empty"


@pytest.mark.parametrize("line", [1, 2, 4, 6])
def test_marks_are_told_from_outlines_however_thick(line: int) -> None:
    form = Form(4, line=line)
    form.cross(150)
    assert form.completed(0, 1, 2, 3) == {100: "empty", 150: "ticked", 200: "empty", 250: "empty"}


def test_an_outline_that_slopes_by_a_few_pixels_is_no_mark() -> None:
    form = Form(4)
    form.picture[150 : 150 + 2, LEFT : LEFT + SIDE // 2] = 255
    form.picture[152:154, LEFT : LEFT + SIDE // 2] = 0
    form.picture[150 + SIDE - 2 : 150 + SIDE, LEFT + SIDE // 2 : LEFT + SIDE] = 255
    form.picture[150 + SIDE - 4 : 150 + SIDE - 2, LEFT + SIDE // 2 : LEFT + SIDE] = 0
    assert form.completed(0, 1, 2, 3)[150] == "empty"


def test_a_shadow_is_part_of_the_outline() -> None:
    form = Form(5)
    for top in form.tops:
        form.picture[top + SIDE : top + SIDE + 4, LEFT + 4 : LEFT + SIDE + 4] = 80
        form.picture[top + 4 : top + SIDE + 4, LEFT + SIDE : LEFT + SIDE + 4] = 80
    form.cross(200)
    assert form.completed(0, 1, 2, 3, 4) == {100: "empty", 150: "empty", 200: "ticked", 250: "empty", 300: "empty"}


def test_boxes_blackened_all_over_do_not_hide_what_an_empty_one_looks_like() -> None:
    form = Form(6)
    for top in form.tops[:4]:
        form.picture[top : top + SIDE, LEFT : LEFT + SIDE] = 0
    assert list(form.completed(0, 1, 2, 3, 4, 5).values()).count("empty") == 2


def test_a_stamps_faint_strokes_through_an_empty_box_are_no_mark() -> None:
    form = Form(6)
    for top in form.tops[:3]:
        form.cross(top)
    cv2.ellipse(form.picture, (LEFT - 30, 313), (46, 60), 0, 0, 360, 130, 4)
    assert form.completed(0, 1, 2, 3, 5) == {
        100: "ticked", 150: "ticked", 200: "ticked", 250: "empty", 300: "empty", 350: "empty",
    }  # fmt: skip


def test_a_faint_mark_that_keeps_to_its_box_is_a_mark() -> None:
    form = Form(6)
    for top in form.tops[:3]:
        form.cross(top)
    form.cross(300, shade=140)
    assert form.completed(0, 1, 2, 3, 5)[300] == "ticked"


def test_a_large_letter_at_the_beginning_of_a_word_is_no_box() -> None:
    form = Form(3)
    form.box(LEFT, 400)
    form.words.append(Seen("Benefits", LEFT, 400, LEFT + 160, 400 + SIDE, 0.98, 9))
    for n in range(1, 8):
        cv2.rectangle(form.picture, (LEFT + 4 + 20 * n, 404), (LEFT + 16 + 20 * n, 400 + SIDE), 0, 3)
    assert 400 not in form.completed(0, 1)


def test_a_filled_box_that_was_read_as_letters_is_a_box() -> None:
    form = Form(4)
    form.picture[156 : 150 + SIDE - 6, LEFT + 6 : LEFT + SIDE - 6] = 0
    form.words.append(Seen("fm]", LEFT, 150, LEFT + SIDE, 150 + SIDE, 0.65, 9))
    assert form.completed(0, 2, 3)[150] == "ticked"


def test_the_end_of_a_black_heading_is_no_box() -> None:
    form = Form(3)
    form.picture[400 : 400 + SIDE, LEFT:600] = 0
    form.words.append(Seen("Heading", LEFT + 40, 404, LEFT + 140, 400 + SIDE - 4, 0.98, 9))
    assert 400 not in form.completed(0, 1)


def test_cells_of_a_table_are_no_boxes() -> None:
    form = Form(3)
    for n in range(9):
        form.picture[400:480, LEFT + n * SIDE : LEFT + n * SIDE + 2] = 0
    for n in range(4):
        form.picture[400 + n * SIDE : 402 + n * SIDE, LEFT : LEFT + 8 * SIDE] = 0
    assert set(form.completed(0, 1)) == {100, 150, 200}


def test_brackets_are_left_as_they_are() -> None:
    picture: Grey = np.full((400, 400), 255, np.uint8)
    boxes = [Square(100, top, 130, top + 24, "ticked") for top in (100, 150, 200)]
    for box in boxes:
        for x in (100, 128):
            picture[int(box.top) : int(box.bottom), x : x + 2] = 0
    ink: Grey = cv2.bitwise_not(picture)  # type: ignore[assignment]
    assert siblings.completed(siblings.Pictures(picture, ink, ink), boxes, []) == boxes


def test_a_box_at_the_edge_of_the_picture_is_judged_all_the_same() -> None:
    form = Form(3)
    form.box(LEFT, 0)
    form.box(LEFT, 700 - SIDE)
    form.tops = [0, 700 - SIDE, 100]
    assert form.completed(0, 1, 2) == {0: "empty", 675: "empty", 100: "empty", 150: "empty", 200: "empty"}


@pytest.mark.parametrize(("corners", "boxes"), [(True, 1), (False, 0)])
def test_a_letter_d_that_was_read_as_such_is_a_box_only_with_all_its_corners(corners: bool, boxes: int) -> None:
    picture: Grey = np.full((300, 500), 255, np.uint8)
    cv2.rectangle(picture, (200, 100), (217, 117), 0, 2)
    if not corners:
        for y in (99, 115):
            picture[y : y + 4, 216:220] = 255
    words = [Seen("vitamin", 100, 99, 180, 119, 0.97, 1), Seen("D", 199, 98, 219, 119, 0.93, 1)]
    ink: Grey = cv2.bitwise_not(picture)  # type: ignore[assignment]
    assert len(check_boxes.squares(ink, ink, words, HEIGHT)) == boxes
