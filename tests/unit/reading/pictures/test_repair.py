"""A repaired picture can be read, and every place on it is known on the page as uploaded."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from docscan.document import Box, Word
from docscan.reading import geometry
from docscan.reading.geometry import Grey
from docscan.reading.pictures import repair
from docscan.reading.recognition import quality

pytestmark = pytest.mark.slow  # pictures are bent and put right

TEXT = (
    "The patient has been treated here since March for low",
    "back pain. Rest, ice and medication gave her no relief,",
    "and she is kept from her work by pain on most days. It",
    "is my opinion that physical therapy, two hours a week,",
    "is medically necessary, and that she will be helped by",
    "it. The plan is to begin at once and go on until July.",
)


def page(*, size: int = 30, rows: int = 3, height: int = 1400) -> Grey:
    image = Image.new("L", (1000, height), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(size)
    for row, line in enumerate(TEXT * rows):
        draw.text((70, 90 + 2.1 * size * row), line, font=font, fill=0)
    return np.asarray(image)


def turned_by(grey: Grey, degrees: float) -> Grey:
    """Turned counter-clockwise."""
    return np.asarray(
        Image.fromarray(grey).rotate(degrees, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    )


@pytest.mark.parametrize("degrees", [0, 0.7, -3.2, 9, 90, 93, 180, 184, 270])
def test_lines_are_made_level_and_upright(degrees: float) -> None:
    sheet = repair.levelled(repair.sheet_of(turned_by(page(), degrees)))
    level = repair._slope(repair.print_on(sheet.grey))
    assert abs(level.degrees) <= 0.15
    assert level.up > 1.1
    assert sheet.turned == round(degrees / 90) * 90 % 360


@pytest.mark.parametrize("degrees", [0, 5, 90, 180, 270, 274])
def test_places_are_known_on_the_page_as_uploaded(degrees: float) -> None:
    upright = page()
    upright = np.array(upright)
    upright[1300:1320, 600:660] = 0  # a bar, the only one
    uploaded = turned_by(upright, degrees)
    sheet = repair.levelled(repair.sheet_of(uploaded))
    _, _, found, _ = cv2.connectedComponentsWithStats(repair.ink(sheet.grey))
    left, top, width, height, _ = max(found[1:].tolist(), key=lambda row: row[4])
    box = geometry.box(sheet.to_page, left, top, left + width, top + height)
    rows, columns = uploaded.shape
    inside = uploaded[
        int(box.top * rows) : int(box.bottom * rows) + 1, int(box.left * columns) : int(box.right * columns) + 1
    ]
    assert (inside < 128).sum() == pytest.approx(20 * 60, rel=0.1)


@pytest.mark.parametrize("size", [10, 14, 30, 60])
def test_print_is_brought_to_one_size(size: int) -> None:
    rows = 1 if size == 60 else 3
    grey = page(size=size, rows=rows)
    sheet = repair.levelled(repair.sheet_of(grey))
    assert 17 <= repair.print_on(sheet.grey).letter()[1] <= 31


def test_a_shadow_is_taken_away() -> None:
    grey = page()
    shade = np.where(np.arange(1000) < 450, 0.4, 1.0)
    flat = repair.evened(repair.sheet_of((grey * shade).astype(np.uint8))).grey
    assert np.percentile(flat[:, :400], 50) > 235
    assert repair.print_on(flat).count == pytest.approx(repair.print_on(grey).count, rel=0.1)


def test_faint_print_is_made_dark() -> None:
    faint = (255 - (255 - page().astype(float)) * 0.25).astype(np.uint8)
    assert faint.min() > 180
    assert repair.evened(repair.sheet_of(faint)).grey.min() < 90


def test_light_print_on_a_dark_screen_becomes_dark_print() -> None:
    screen = (20 + (255 - page().astype(float)) * 0.8).astype(np.uint8)
    flat = repair.evened(repair.sheet_of(screen)).grey
    assert np.median(flat) > 235
    assert repair.print_on(flat).count == pytest.approx(repair.print_on(page()).count, rel=0.1)


def test_a_dark_photo_keeps_its_dark_print_dark() -> None:
    dark = (page().astype(float) * 0.3).astype(np.uint8)
    flat = repair.evened(repair.sheet_of(dark)).grey
    assert np.median(flat) > 235
    assert repair.print_on(flat).count == pytest.approx(repair.print_on(page()).count, rel=0.1)


def test_what_lies_around_the_paper_is_made_white() -> None:
    grey = np.array(page())
    grey[:70] = 5
    flat = repair.evened(repair.sheet_of(grey)).grey
    assert flat[:60].min() > 200


def test_a_sheet_on_a_table_is_cut_out() -> None:
    grey = np.full((1800, 1500), 70, np.uint8)
    grey[200:1600, 250:1250] = page()
    sheet = repair.cropped(repair.sheet_of(grey))
    assert sheet.grey.shape == pytest.approx((1400, 1000), abs=20)
    assert geometry.box(sheet.to_page, 0, 0, *sheet.grey.shape[::-1]) == pytest.approx(
        (250 / 1500, 200 / 1800, 1250 / 1500, 1600 / 1800), abs=0.01
    )


def test_a_frame_on_paper_is_no_sheet() -> None:
    grey = np.array(page())
    grey[60:1340, 40:44] = grey[60:1340, 956:960] = 0
    grey[60:64, 40:960] = grey[1336:1340, 40:960] = 0
    sheet = repair.sheet_of(grey)
    assert repair.cropped(sheet) is sheet


def test_ruling_lines_go_and_print_stays() -> None:
    plain = page(rows=2)
    ruled = np.array(plain)
    for row in range(13):
        ruled[80 + 63 * row : 83 + 63 * row, 50:960] = 0
    for column in (50, 500, 957):
        ruled[80:840, column : column + 3] = 0
    height = repair.print_on(plain).letter()[1]
    clean = repair.without(ruled, repair.rulings(ruled, height))
    drawn = (ruled < 128) & (plain >= 128)
    assert (clean[drawn] < 128).mean() < 0.05, "lines are left"
    kept = plain < 128
    kept[:, 495:510] = False  # print under the middle line is lost with it
    assert (clean[kept] < 128).mean() > 0.97, "print is lost"


def test_a_page_without_lines_is_left_alone() -> None:
    grey = page()
    assert repair.without(grey, repair.rulings(grey, repair.print_on(grey).letter()[1])) is grey


def test_specks_go_and_dots_of_letters_stay() -> None:
    plain = page(rows=1)
    height = repair.print_on(plain).letter()[1]
    specked = np.array(plain)
    rng = np.random.default_rng(3)
    for y, x in zip(rng.integers(600, 1390, 300), rng.integers(5, 990, 300), strict=True):
        specked[y : y + 2, x : x + 2] = 0
    clean = repair.despeckled(specked, height)
    assert (clean[600:] < 128).sum() < 0.05 * (specked[600:] < 128).sum()
    assert (clean[:560] == plain[:560]).mean() > 0.999


def test_dots_of_a_fax_are_made_square() -> None:
    squashed = np.asarray(Image.fromarray(page()).resize((1000, 673)))
    assert repair.sheet_of(squashed, (204, 98)).grey.shape == (pytest.approx(1400, abs=4), 1000)
    two_tone = np.where(squashed < 128, 0, 255).astype(np.uint8)
    unsaid = repair.levelled(repair.sheet_of(two_tone))
    assert unsaid.grey.shape[0] / unsaid.grey.shape[1] == pytest.approx(1.4, rel=0.08)


# -- the judge -----------------------------------------------------------------------------------------------------


def test_what_was_not_read_counts_against_a_reading() -> None:
    seen = repair.print_on(page())

    def read(right: float) -> list[geometry.Seen]:
        return [geometry.Seen("x", 0, 85 + 63 * row, right, 125 + 63 * row, 0.95, row) for row in range(18)]

    whole, part = quality.judged(seen, read(1000)), quality.judged(seen, read(450))
    assert whole.coverage > 0.99
    assert whole.legible == pytest.approx(0.95, abs=0.01)
    assert 0.35 < part.coverage < 0.65
    assert part.legible == pytest.approx(0.95 * part.coverage)


def test_blank_is_told_from_faint() -> None:
    rng = np.random.default_rng(1)
    grain = np.clip(rng.normal(230, 7, (1400, 1000)), 0, 255).astype(np.uint8)
    shaded = (grain * np.linspace(1, 0.6, 1000)).astype(np.uint8)
    faint = (grain - (255 - page().astype(float)) * 0.2).clip(0, 255).astype(np.uint8)
    assert quality.blank(np.full((800, 600), 255, np.uint8))
    assert quality.blank(np.zeros((1, 1), np.uint8))
    assert quality.blank(grain)
    assert quality.blank(shaded)
    assert not quality.blank(faint)
    assert not quality.blank(page(rows=1))


@pytest.mark.parametrize(
    ("legible", "letter", "damage", "says"),
    [
        (0.5, 6.0, 1.0, "6 pixels"),
        (0.5, 20.0, 0.35, "faint"),
        (0.5, 20.0, 1.0, "broken"),
        (0.95, 6.0, 1.0, None),
    ],
)
def test_a_badly_read_page_says_why(legible: float, letter: float, damage: float, says: str | None) -> None:
    grey = (255 - (255 - page().astype(float)) * damage).astype(np.uint8)
    problem = quality.doubted(3, legible, grey, page(), letter)
    if says is None:
        assert problem is None
    else:
        assert problem is not None
        assert (problem.category, problem.page) == ("low_quality", 3)
        assert says in problem.message
        assert problem.remedy


@pytest.mark.parametrize(
    ("words", "cut"),
    [
        ([("treat", 0.96, 0.999), ("thera", 0.95, 0.9985), ("mont", 0.97, 1.0)], True),
        ([("treat", 0.96, 0.999), ("thera", 0.95, 0.9985)], False),  # by chance
        ([("q", 0.99, 1.0), ("I", 0.99, 1.0), ("4", 0.99, 1.0)], False),  # the sheet's dark edge
        ([("treat", 0.9, 0.99), ("thera", 0.9, 0.98), ("mont", 0.91, 0.985)], False),  # a narrow margin
        ([("ent", 0.0, 0.03), ("apy", 0.002, 0.03), ("hs", 0.001, 0.02)], True),
    ],
)
def test_lines_that_run_into_the_edge_are_cut_off(words: list[tuple[str, float, float]], cut: bool) -> None:
    placed = [
        Word(text, Box(left, 0.1 * n, right, 0.1 * n + 0.02), n, 0.9) for n, (text, left, right) in enumerate(words, 1)
    ]
    problem = quality.cut_off(2, placed)
    assert (problem is not None) == cut
    if problem is not None:
        assert (problem.category, problem.page) == ("cut_off", 2)


def test_the_feet_of_letters_are_no_ruling_line() -> None:
    """Letters whose feet touch ("E11") make a line; a ruling line has no stroke after stroke standing on it."""
    sheet = np.full((200, 600), 255, np.uint8)
    for left in range(60, 160, 24):  # stems on a common foot
        sheet[60:100, left : left + 5] = 0
    sheet[96:100, 56:165] = 0
    sheet[150:153, 40:560] = 0  # a ruling line
    found = repair.rulings(sheet, 20).across
    assert not found[90:104].any()
    assert found[148:156].any()


def word_with_slab_serifs(*, thick: int, gap: int) -> Grey:
    """A word as a typewriter prints it, letters 24 pixels tall: thick bars on three heights, which nearly meet."""
    sheet = np.full((120, 400), 255, np.uint8)
    middle = 40 + (24 - thick) // 2
    for left in range(40, 240, 20 + gap):
        for top in (40, middle, 64 - thick):
            sheet[top : top + thick, left : left + 20] = 0
        sheet[40:middle, left : left + 5] = 0
        sheet[middle:64, left + 15 : left + 20] = 0
    return sheet


@pytest.mark.parametrize("thick", [3, 4, 6, 7])
@pytest.mark.parametrize("gap", [4, 7, 9])
def test_a_word_of_slab_serifs_is_no_ruling_line(thick: int, gap: int) -> None:
    sheet = word_with_slab_serifs(thick=thick, gap=gap)
    assert repair.without(sheet, repair.rulings(sheet, 24)) is sheet


@pytest.mark.parametrize(("dash", "gap"), [(12, 8), (30, 12), (60, 10), (340, 0)])
def test_a_dashed_line_is_a_ruling_line_also_under_a_word(dash: int, gap: int) -> None:
    sheet = word_with_slab_serifs(thick=4, gap=6)
    for left in range(20, 360, dash + gap):
        sheet[84:87, left : min(360, left + dash)] = 0
    found = repair.rulings(sheet, 24).across
    assert not found[30:70].any()
    assert (found[84:87, 24:350] > 0).mean() > 0.9


# --- patterns on the paper -----------------------------------------------------------------------------------------


def waves(shape: tuple[int, int]) -> Grey:
    y, x = np.mgrid[: shape[0], : shape[1]]
    pattern = np.full(shape, 242, np.uint8)
    pattern[np.sin((y + 14 * np.sin(x / 37)) * 2 * np.pi / 9) > 0.55] = 200
    return pattern


def notepad(shape: tuple[int, int]) -> Grey:
    pattern = np.full(shape, 250, np.uint8)
    for top in range(30, shape[0], 44):
        cv2.line(pattern, (0, top), (shape[1], top + 3), 190, 2)
    return pattern


@pytest.mark.parametrize("pattern", [waves, notepad])
def test_a_pattern_all_over_the_paper_becomes_white_and_print_stays(pattern: Callable[[tuple[int, int]], Grey]) -> None:
    clean = page()
    found = repair.evened(repair.sheet_of(np.minimum(clean, pattern(clean.shape)))).grey
    paper = cv2.erode(clean, np.ones((7, 7), np.uint8)) == 255
    assert np.percentile(found[paper], 2) > 225
    assert found[clean == 0].max() < 60


@pytest.mark.parametrize("contrast", [0.25, 0.6, 1.0])
def test_faint_print_is_no_pattern(contrast: float) -> None:
    faint = (255 - (255.0 - page()) * contrast).astype(np.uint8)
    assert np.median(repair.evened(repair.sheet_of(faint)).grey[page() == 0]) < 70
