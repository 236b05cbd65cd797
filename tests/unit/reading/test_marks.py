"""What is seen on a page besides words, on drawn pictures whose words are known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from docscan.document import Box, Mark
from docscan.reading import marks, quality
from docscan.reading.geometry import Grey, Seen, scaling

WIDE, TALL = 1700, 2200  # a letter page at 200 dpi; small letters 16 pixels tall
BODY = "We ask that the plan consider these sessions as care for the disease named above"


class Sheet:
    """A page under the pen: print is given as words, as OCR would give it, and drawn as bars of letters."""

    def __init__(self) -> None:
        self.picture: Grey = np.full((TALL, WIDE), 255, np.uint8)
        self.words: list[Seen] = []

    def type(self, text: str, left: int, top: int, *, confidence: float = 0.95) -> None:
        for number, word in enumerate(text.split()):
            right = left + 14 * len(word)
            for x in range(left, right - 8, 14):
                cv2.rectangle(self.picture, (x, top + 6), (x + 8, top + 22), 0, 2)
            self.words.append(Seen(word, left, top, right, top + 23, confidence, 100 * top + number // 99))
            left = right + 12

    def letter(self, closing: str = "Sincerely,", name: str = "Mira Tolland, MD") -> None:
        for row in range(5):
            self.type(BODY, 150, 300 + 40 * row)
        self.type(closing, 150, 560)
        self.type(name, 150, 720)

    def scrawl(self, left: int, top: int, width: int = 320, height: int = 80) -> None:
        at = np.linspace(0, 1, 200)
        x = left + width * (at + 0.06 * np.sin(40 * at))
        y = top + height * (0.5 + 0.5 * np.sin(31 * at) * (1 - 0.6 * at))
        cv2.polylines(self.picture, [np.stack([x, y], 1).astype(np.int32)], False, 30, 4, cv2.LINE_AA)

    def box(self, left: int, top: int, side: int = 26) -> None:
        cv2.rectangle(self.picture, (left, top), (left + side, top + side), 0, 2)

    def cross(self, left: int, top: int, side: int = 26) -> None:
        cv2.line(self.picture, (left, top), (left + side, top + side), 0, 3)
        cv2.line(self.picture, (left + side, top), (left, top + side), 0, 3)

    def seen(self, *kinds: str) -> list[Mark]:
        found = marks.marks(self.picture, self.picture, scaling(1 / WIDE, 1 / TALL), self.words, letter=16.0)
        return [mark for mark in found if not kinds or mark.kind in kinds]


def test_ink_between_closing_and_name_is_a_signature() -> None:
    sheet = Sheet()
    sheet.letter()
    sheet.scrawl(170, 610)
    (mark,) = sheet.seen("signature_ink")
    assert abs(mark.box.left * WIDE - 170) < 40
    assert 590 < mark.box.top * TALL < mark.box.bottom * TALL < 715


def test_a_letter_that_nobody_signed_has_no_signature() -> None:
    sheet = Sheet()
    sheet.letter()
    assert sheet.seen() == []


@pytest.mark.parametrize("closing", ["Respectfully,", "Wlth kind regards,", "Yours in good health,", "Sincerelv,"])
def test_a_closing_may_be_worded_or_misread_in_many_ways(closing: str) -> None:
    sheet = Sheet()
    sheet.letter(closing, "M. T.")
    sheet.scrawl(170, 610)
    assert len(sheet.seen("signature_ink")) == 1


def test_ink_right_of_a_label_is_a_signature_and_ink_at_the_date_is_not() -> None:
    sheet = Sheet()
    for row in range(5):
        sheet.type(BODY, 150, 300 + 40 * row)
    sheet.type("Provider's Signature:", 150, 800)
    sheet.type("Date:", 1000, 800)
    sheet.scrawl(1120, 780, 200, 40)
    assert sheet.seen("signature_ink") == []
    sheet.scrawl(480, 760, 300, 70)
    (mark,) = sheet.seen("signature_ink")
    assert mark.box.right * WIDE < 1000


def test_a_scrawl_that_ocr_took_for_letters_is_still_ink() -> None:
    sheet = Sheet()
    sheet.letter()
    sheet.scrawl(170, 610)
    sheet.words.append(Seen("AZ", 165, 605, 300, 695, 0.2, 7))
    assert len(sheet.seen("signature_ink")) == 1


def test_ink_far_from_any_place_to_sign_is_no_signature() -> None:
    sheet = Sheet()
    sheet.letter()
    sheet.scrawl(900, 1500)
    assert [mark.kind for mark in sheet.seen()] == ["ink"]


def test_an_x_is_no_signature() -> None:
    sheet = Sheet()
    sheet.letter()
    sheet.cross(200, 640, 40)
    assert sheet.seen("signature_ink") == []


def test_a_solid_logo_and_a_shadow_at_the_edge_are_no_ink() -> None:
    sheet = Sheet()
    sheet.letter()
    cv2.circle(sheet.picture, (300, 640), 45, 0, -1)
    sheet.picture[:, :12] = 40
    assert sheet.seen() == []


def test_boxes_are_told_ticked_from_empty_each_with_its_words() -> None:
    sheet = Sheet()
    sheet.letter()
    for number, (label, ticked) in enumerate([("Yes", True), ("No", False), ("Other reason", True)]):
        left = 200 + 400 * number
        sheet.box(left, 1000)
        if ticked:
            sheet.cross(left, 1000)
        sheet.type(label, left + 42, 1000)
    found = {mark.text: mark.state for mark in sheet.seen("check_box")}
    assert found == {"Yes": "ticked", "No": "empty", "Other reason": "ticked"}


def test_words_in_front_of_their_boxes_are_found_where_the_form_does_so() -> None:
    sheet = Sheet()
    sheet.letter()
    for row, label in enumerate(["Chronic", "Acute", "Renewal"]):
        sheet.type(label, 200, 1000 + 60 * row)
        sheet.box(212 + 14 * len(label), 1000 + 60 * row)
    assert {mark.text for mark in sheet.seen("check_box")} == {"Chronic", "Acute", "Renewal"}


def test_the_places_for_figures_in_a_row_are_no_check_boxes() -> None:
    sheet = Sheet()
    sheet.letter()
    for place in range(9):
        sheet.box(300 + 40 * place, 1000, 40)
    assert sheet.seen("check_box") == []


def test_a_page_without_words_tells_nothing() -> None:
    sheet = Sheet()
    assert marks.marks(sheet.picture, sheet.picture, scaling(1 / WIDE, 1 / TALL), []) == ()


@pytest.mark.parametrize(("pieces", "told"), [(0, False), (2, False), (3, True), (9, True)])
def test_a_page_filled_by_hand_is_told_so_that_nothing_on_it_is_called_missing(pieces: int, told: bool) -> None:
    by_hand = [Mark("handwriting", Box(0.1, 0.1, 0.2, 0.12))] * pieces
    problem = quality.by_hand(2, [*by_hand, Mark("signature_ink", Box(0.1, 0.8, 0.3, 0.85))])
    assert (problem is not None and (problem.category, problem.page) == ("handwriting", 2)) == told
