"""What is seen on a page besides words, on drawn pictures whose words are known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest

from docscan.document import Box, Mark
from docscan.reading.geometry import Grey, Seen, scaling
from docscan.reading.marks import looking
from docscan.reading.recognition import quality

pytestmark = pytest.mark.slow  # pictures are drawn and looked at

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

    def line(self, left: int, right: int, y: int) -> None:
        cv2.line(self.picture, (left, y), (right, y), 0, 2)

    def looked(self, plain: Grey | None = None) -> looking.Looked:
        shown = self.picture if plain is None else plain
        return looking.look(shown, self.picture, scaling(1 / WIDE, 1 / TALL), self.words, letter=16.0)

    def seen(self, *kinds: str, plain: Grey | None = None) -> list[Mark]:
        return [mark for mark in self.looked(plain).marks if not kinds or mark.kind in kinds]

    def choices(self, draw: Callable[[int, int], object], labels: tuple[str, ...] = ("Yes", "No", "Other")) -> None:
        for row, label in enumerate(labels):
            draw(212, 1000 + 60 * row)
            self.type(label, 260, 1000 + 60 * row)


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


def test_a_line_that_a_pen_crossed_many_times_does_not_hide_the_signature_on_it() -> None:
    sheet = Sheet()
    for row in range(5):
        sheet.type(BODY, 150, 300 + 40 * row)
    sheet.type("Provider's Signature:", 150, 800)
    sheet.line(480, 1400, 824)
    sheet.scrawl(500, 770, 340, 80)
    (mark,) = sheet.seen("signature_ink")
    assert mark.box.right * WIDE < 920


def test_a_line_alone_is_no_signature() -> None:
    sheet = Sheet()
    sheet.letter(name="")
    sheet.type("Provider's Signature:", 150, 800)
    sheet.line(480, 1400, 824)
    sheet.type("Printed name:", 150, 900)
    assert sheet.seen("signature_ink", "ink", "handwriting") == []


def test_a_printed_word_that_a_line_of_a_fax_crossed_is_no_signature() -> None:
    sheet = Sheet()
    for row in range(5):
        sheet.type(BODY, 150, 300 + 40 * row)
    sheet.type("Signed: Mira Tollandsworth-Vandermeer, MD", 150, 800)
    crossed = next(n for n, word in enumerate(sheet.words) if word.text.startswith("Tollands"))
    word = sheet.words[crossed]
    x = round((word.left + word.right) / 2)
    sheet.picture[770:850, x : x + 4] = 0
    sheet.picture[812:815, round(word.left) : round(word.right)] = 0
    sheet.words[crossed] = replace(word, confidence=0.1)
    assert sheet.seen("signature_ink", "handwriting") == []


class Bill(Sheet):
    """A superbill that has no word for a signature: its head, its services, and a provider's name at its end."""

    def __init__(self, name: str = "Mira Tolland, DPT") -> None:
        super().__init__()
        self.type("Cedar Hollow Spine", 150, 200)
        self.type("Patient: Ana Roe", 150, 300)
        for row in range(6):
            self.type("97110 Therapeutic exercise 03/03/2026 $85.00", 150, 400 + 40 * row)
        self.type("Total", 150, 680)
        self.type("$510.00", 400, 680)
        self.type(name, 150, 800)

    def waves(self, left: int, top: int, width: int = 300, height: int = 70) -> None:
        """A name written quickly: it goes up and down often, and its strokes are not much longer than it is wide."""
        at = np.linspace(0, 1, 300)
        x = left + width * (at + 0.02 * np.sin(70 * at))
        y = top + height * (0.6 - (0.5 - 0.35 * at) * np.cos(44 * at))
        cv2.polylines(self.picture, [np.stack([x, y], 1).astype(np.int32)], False, 30, 4, cv2.LINE_AA)


@pytest.mark.parametrize(
    ("left", "top"), [(600, 770), (170, 850), (170, 730), (450, 900)], ids=["right", "below", "above", "at the foot"]
)
def test_ink_near_a_providers_name_is_a_signature_though_no_word_asks_for_one(left: int, top: int) -> None:
    bill = Bill()
    bill.waves(left, top)
    (mark,) = bill.seen("signature_ink")
    assert abs(mark.box.left * WIDE - left) < 40


def test_ink_at_the_end_of_a_row_of_fields_is_a_signature() -> None:
    bill = Bill()
    bill.type("03/09/2026", 700, 800)
    bill.waves(1150, 760)
    assert len(bill.seen("signature_ink")) == 1


@pytest.mark.parametrize(
    ("left", "top"), [(1000, 195), (900, 295), (900, 470)], ids=["letterhead", "patient", "services"]
)
def test_ink_elsewhere_on_a_bill_is_only_ink(left: int, top: int) -> None:
    bill = Bill()
    bill.waves(left, top)
    assert bill.seen("signature_ink") == []
    assert bill.seen("ink", "handwriting") != []


def test_ink_behind_another_label_is_what_the_label_says() -> None:
    bill = Bill()
    bill.type("Comments:", 150, 960)
    bill.waves(300, 940)
    assert bill.seen("signature_ink") == []


def test_what_goes_one_way_is_no_signature_near_a_name_either() -> None:
    bill = Bill()
    cv2.polylines(bill.picture, [np.array([[600, 830], [760, 800], [900, 812]], np.int32)], False, 30, 4)  # an arrow
    cv2.polylines(bill.picture, [np.array([[880, 790], [900, 812], [876, 828]], np.int32)], False, 30, 4)
    cv2.polylines(bill.picture, [np.array([[150, 836], [260, 839], [400, 835]], np.int32)], False, 30, 4)  # a line
    cv2.ellipse(bill.picture, (450, 692), (90, 34), 4, 0, 350, 30, 4)  # a ring around the total
    cv2.ellipse(bill.picture, (400, 900), (120, 34), 4, 0, 350, 30, 4)  # and one in the white at the foot
    assert bill.seen("signature_ink") == []


def test_a_note_in_small_letters_is_no_signature_near_a_name_either() -> None:
    bill = Bill()
    for n in range(9):
        cv2.ellipse(bill.picture, (620 + 34 * n + 20 * (n // 4), 815), (10, 12), 0, 20, 300, 30, 3)
        cv2.line(bill.picture, (632 + 34 * n + 20 * (n // 4), 800), (632 + 34 * n + 20 * (n // 4), 828), 30, 3)
    assert bill.seen("signature_ink") == []


def test_a_name_set_in_a_typeface_that_looks_written_is_no_ink() -> None:
    sheet = Sheet()
    sheet.letter(name="Mira Tolland, MD")
    sheet.scrawl(170, 640, 300, 50)
    assert len(sheet.seen("signature_ink")) == 1
    sheet.words += [Seen("Mira", 165, 630, 270, 700, 0.4, 9), Seen("Tolland", 285, 630, 490, 700, 0.5, 9)]
    looked = sheet.looked()
    assert [mark.kind for mark in looked.marks] == []
    assert [word.text for word in looked.words].count("Tolland") == 1


def test_a_label_of_which_a_pen_left_the_two_ends_is_still_one() -> None:
    sheet = Sheet()
    for row in range(5):
        sheet.type(BODY, 150, 300 + 40 * row)
    sheet.type("sig", 150, 800, confidence=0.7)
    sheet.type("re:", 250, 800, confidence=0.4)
    sheet.type("Date:", 700, 800)
    sheet.scrawl(185, 780, 400, 70)
    assert len(sheet.seen("signature_ink")) == 1


def test_a_pen_over_the_printed_name_is_a_signature() -> None:
    sheet = Sheet()
    sheet.letter()
    sheet.type("Orthopedics and sports", 150, 752)
    assert sheet.seen("signature_ink") == []
    sheet.scrawl(180, 700, 330, 85)
    assert len(sheet.seen("signature_ink")) == 1


def test_the_rim_of_a_stain_is_no_signature() -> None:
    sheet = Sheet()
    sheet.letter()
    cv2.ellipse(sheet.picture, (330, 640), (110, 95), 0, 20, 300, 60, 5, cv2.LINE_AA)
    assert sheet.seen("signature_ink") == []


def test_initials_are_a_signature() -> None:
    sheet = Sheet()
    sheet.letter()
    sheet.scrawl(190, 620, 56, 70)
    assert len(sheet.seen("signature_ink")) == 1


def test_print_that_nobody_read_is_no_signature() -> None:
    sheet = Sheet()
    sheet.letter()
    sheet.type("Department of Internal Medicine and Rehabilitation", 170, 630)
    del sheet.words[-6:]
    assert sheet.seen("signature_ink") == []


def test_ink_over_words_is_whole_where_their_print_is_not_in_the_picture() -> None:
    sheet = Sheet()
    sheet.letter()
    sheet.picture[:] = 255
    sheet.words = [replace(word, confidence=None) for word in sheet.words]
    sheet.scrawl(165, 718, 190, 26)
    way = scaling(1 / WIDE, 1 / TALL)
    for printed in (True, False):
        found = looking.look(sheet.picture, sheet.picture, way, sheet.words, letter=16.0, printed=printed).marks
        assert bool(found) is not printed


def test_a_scrawl_that_ocr_took_for_letters_is_still_ink() -> None:
    sheet = Sheet()
    sheet.letter()
    sheet.scrawl(170, 610)
    sheet.words.append(Seen("AZ", 165, 605, 300, 695, 0.2, 7))
    assert len(sheet.seen("signature_ink")) == 1


@pytest.mark.parametrize(("read", "signed"), [("Mmm", 1), ("WuwN", 1), ("Stevens", 0)])
def test_a_tall_word_of_nothing_but_ups_and_downs_is_a_scrawl_however_surely_read(read: str, signed: int) -> None:
    sheet = Sheet()
    sheet.letter()
    sheet.scrawl(170, 620, 150, 44)
    sheet.words.append(Seen(read, 165, 615, 330, 669, 0.9, 7))
    assert len(sheet.seen("signature_ink")) == signed


def test_a_scrawl_that_was_read_as_words_does_not_end_the_room_to_sign() -> None:
    sheet = Sheet()
    for row in range(5):
        sheet.type(BODY, 150, 300 + 40 * row)
    sheet.type("Provider signature", 150, 800)
    sheet.type("NPI 2392282531", 1100, 800)
    sheet.scrawl(440, 765, 400, 90)
    sheet.words += [Seen("Coom", 445, 770, 620, 850, 0.62, 9), Seen("all", 640, 772, 760, 850, 0.82, 9)]
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


def test_boxes_whose_sides_a_fax_lost_in_part_are_known_by_the_clear_ones() -> None:
    sheet = Sheet()
    sheet.letter()
    sheet.choices(sheet.box, ("Yes", "No", "Other", "Later"))
    sheet.picture[1060:1088:7, 205:245] = 255  # gaps in the upright sides of the second
    sheet.picture[1120:1124, 214:232] = 255  # and the upper side of the third
    sheet.cross(212, 1120)
    assert [(mark.text, mark.state) for mark in sorted(sheet.seen("check_box"), key=lambda mark: mark.box.top)] == [
        ("Yes", "empty"), ("No", "empty"), ("Other", "ticked"), ("Later", "empty"),
    ]  # fmt: skip


def test_circles_serve_as_boxes_where_a_form_draws_them_before_its_choices() -> None:
    sheet = Sheet()
    sheet.letter()
    sheet.choices(lambda x, y: cv2.circle(sheet.picture, (x + 13, y + 13), 15, 0, 2))
    cv2.circle(sheet.picture, (225, 1073), 7, 0, -1)
    assert {mark.text: mark.state for mark in sheet.seen("check_box")} == {
        "Yes": "empty", "No": "ticked", "Other": "empty",
    }  # fmt: skip


@pytest.mark.parametrize("hook", [8, 0])
def test_brackets_serve_as_boxes_and_mere_strokes_do_not(hook: int) -> None:
    def brackets(x: int, y: int) -> None:
        for side, way in ((x, 1), (x + 30, -1)):
            cv2.line(sheet.picture, (side, y - 4), (side, y + 28), 0, 3)
            for end in (y - 4, y + 28):
                cv2.line(sheet.picture, (side, end), (side + way * hook, end), 0, 3)

    sheet = Sheet()
    sheet.letter()
    sheet.choices(brackets)
    assert len(sheet.seen("check_box")) == (3 if hook else 0)


def test_short_blanks_before_choices_are_ticked_by_what_stands_on_them() -> None:
    sheet = Sheet()
    sheet.letter()
    sheet.choices(lambda x, y: sheet.line(x - 30, x + 30, y + 24))
    cv2.polylines(sheet.picture, [np.array([(195, 1065), (207, 1078), (228, 1050)], np.int32)], False, 40, 4)
    assert {mark.text: mark.state for mark in sheet.seen("check_box")} == {
        "Yes": "empty", "No": "ticked", "Other": "empty",
    }  # fmt: skip


def test_what_ocr_made_of_boxes_is_not_kept_as_words() -> None:
    sheet = Sheet()
    sheet.letter()
    sheet.choices(sheet.box)
    sheet.words += [Seen("LJ", 210, 998, 240, 1028, 0.5, 1), Seen("O", 211, 1059, 239, 1088, 0.95, 2)]
    kept = {word.text for word in sheet.looked().words}
    assert "LJ" not in kept and "O" not in kept
    assert {"Yes", "No", "Other", "Sincerely,"} <= kept


def test_a_box_read_as_the_first_letter_of_its_words_is_taken_off_them() -> None:
    sheet = Sheet()
    sheet.letter()
    sheet.choices(sheet.box)
    sheet.words = [word for word in sheet.words if word.text != "Other"]
    sheet.words.append(Seen("OOther", 212, 1120, 330, 1143, 0.7, 5))
    looked = sheet.looked()
    assert "Other" in {word.text for word in looked.words}
    assert len([mark for mark in looked.marks if mark.kind == "check_box"]) == 3


def test_letters_read_into_a_signature_go_and_print_that_it_crosses_stays() -> None:
    sheet = Sheet()
    sheet.letter()
    sheet.scrawl(170, 610, 320, 120)
    sheet.words.append(Seen("Uj%", 175, 620, 300, 700, 0.2, 7))
    sheet.words.append(Seen("Tolland,", 180, 700, 290, 723, 0.3, 8))
    kept = {word.text for word in sheet.looked().words}
    assert "Uj%" not in kept
    assert {"Tolland,", "Mira", "MD"} <= kept


def test_a_signature_is_seen_on_its_line_though_the_pen_made_the_label_illegible() -> None:
    sheet = Sheet()
    for row in range(5):
        sheet.type(BODY, 150, 300 + 40 * row)
    sheet.scrawl(200, 760, 420, 120)
    plain = sheet.picture.copy()
    sheet.line(150, 900, 850)
    assert [mark.kind for mark in sheet.seen(plain=plain)] == ["signature_ink"]
    sheet.type("Comments", 150, 860)  # what the line is for is told: no signature
    assert sheet.seen("signature_ink", plain=plain) == []


@pytest.mark.parametrize(("degrees", "seen"), [(9, True), (0, False)])
def test_text_in_a_frame_that_lies_askew_is_a_stamp_and_not_words(degrees: int, seen: bool) -> None:
    sheet = Sheet()
    sheet.letter()
    corners = cv2.boxPoints(((1100.0, 1200.0), (420.0, 170.0), float(degrees)))
    cv2.polylines(sheet.picture, [corners.astype(np.int32)], True, 0, 6, cv2.LINE_AA)
    sheet.type("RECEIVED", 1040, 1190)
    looked = sheet.looked()
    assert [mark.text for mark in looked.marks if mark.kind == "stamp"] == (["RECEIVED"] if seen else [])
    assert ("RECEIVED" in {word.text for word in looked.words}) is not seen


def test_words_in_front_of_their_boxes_are_found_where_the_form_does_so() -> None:
    sheet = Sheet()
    sheet.letter()
    for row, label in enumerate(["Chronic", "Acute", "Renewal"]):
        sheet.type(label, 200, 1000 + 60 * row)
        sheet.box(212 + 14 * len(label), 1000 + 60 * row)
    assert {mark.text for mark in sheet.seen("check_box")} == {"Chronic", "Acute", "Renewal"}


@pytest.mark.parametrize("gap", [2, 4, 8])
@pytest.mark.parametrize("slope", [0, 6])
def test_boxes_close_to_the_ruling_of_their_table_are_found_with_their_states(gap: int, slope: int) -> None:
    sheet = Sheet()
    sheet.letter()
    codes = ("M54.50", "E11.9", "F41.1", "Z96.651")
    for row in range(len(codes) + 1):
        cv2.line(sheet.picture, (200, 1000 + 40 * row), (1400, 1000 + slope + 40 * row), 0, 2)
    for x in (200, 700, 1400):
        cv2.line(sheet.picture, (x, 1000), (x, 1160), 0, 2)
    for row, code in enumerate(codes):
        sheet.box(200 + 2 + gap, 1000 + 2 + gap + 40 * row)
        sheet.type(code, 250, 1006 + 40 * row)
        sheet.type("Lower back", 720, 1006 + 40 * row)
    sheet.cross(200 + 2 + gap, 1040 + 2 + gap)
    assert [(mark.text, mark.state) for mark in sorted(sheet.seen("check_box"), key=lambda mark: mark.box.top)] == [
        ("M54.50", "empty"), ("E11.9", "ticked"), ("F41.1", "empty"), ("Z96.651", "empty"),
    ]  # fmt: skip


def test_the_square_cells_of_a_table_are_no_check_boxes() -> None:
    sheet = Sheet()
    sheet.letter()
    for n in range(9):
        sheet.line(200, 200 + 8 * 40, 1000 + 40 * n)
        cv2.line(sheet.picture, (200 + 40 * n, 1000), (200 + 40 * n, 1320), 0, 2)
    for row in range(8):
        sheet.type("Yes", 530, 1006 + 40 * row)
    assert sheet.seen("check_box") == []


def test_words_whose_place_takes_in_their_box_keep_their_letters_and_get_it() -> None:
    sheet = Sheet()
    sheet.letter()
    sheet.choices(sheet.box, ("Check", "97110", "Later"))
    sheet.words = [replace(w, left=200, confidence=0.99) if w.text in ("Check", "97110") else w for w in sheet.words]
    looked = sheet.looked()
    assert len([mark for mark in looked.marks if mark.kind == "check_box"]) == 3
    assert {"Check", "97110", "Later"} <= {word.text for word in looked.words}


def test_the_places_for_figures_in_a_row_are_no_check_boxes() -> None:
    sheet = Sheet()
    sheet.letter()
    for place in range(9):
        sheet.box(300 + 40 * place, 1000, 40)
    assert sheet.seen("check_box") == []


def test_a_page_without_words_tells_nothing() -> None:
    sheet = Sheet()
    assert looking.look(sheet.picture, sheet.picture, scaling(1 / WIDE, 1 / TALL), []).marks == ()


@pytest.mark.parametrize(("pieces", "told"), [(0, False), (2, False), (3, True), (9, True)])
def test_a_page_filled_by_hand_is_told_so_that_nothing_on_it_is_called_missing(pieces: int, told: bool) -> None:
    by_hand = [Mark("handwriting", Box(0.1, 0.1, 0.2, 0.12))] * pieces
    problem = quality.by_hand(2, [*by_hand, Mark("signature_ink", Box(0.1, 0.8, 0.3, 0.85))])
    assert (problem is not None and (problem.category, problem.page) == ("handwriting", 2)) == told
