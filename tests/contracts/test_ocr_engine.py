"""What every OCR engine promises. An engine that is not installed here skips by name."""

import time
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from docscan.reading.geometry import Grey, Seen
from docscan.reading.recognition.engines import ENGINES, Engine, Layout, TimedOut
from docscan.reading.recognition.engines.guarded import Guarded

pytestmark = pytest.mark.slow  # engines read pictures

LINES = (
    "Dear Plan Administrator, this is about our patient",
    "who needs physical therapy twice a week until May",
    "because of chronic low back pain after a fall at work",
    "and has tried rest and medication without any relief",
)


def page(lines: tuple[str, ...] = LINES, size: int = 36) -> Grey:
    image = Image.new("L", (1500, 160 + 70 * len(lines)), 255)
    font = ImageFont.load_default(size)
    for row, line in enumerate(lines):
        ImageDraw.Draw(image).text((90, 80 + 70 * row), line, font=font, fill=0)
    return np.asarray(image)


@pytest.fixture(scope="module", params=[*ENGINES, "guarded"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    try:
        found = ENGINES["pytesseract" if request.param == "guarded" else request.param]()
    except ImportError:
        pytest.skip(f"{request.param} is not installed")
    if not found.available():
        pytest.skip(f"{request.param} finds no program or data")
    yield Guarded(found) if request.param == "guarded" else found


@pytest.fixture(scope="module")
def words(engine: Engine) -> tuple[Seen, ...]:
    return engine.read(page(), 60, "block")


def test_it_says_what_it_is(engine: Engine) -> None:
    assert engine.name in ENGINES
    assert any(character.isdigit() for character in engine.version())


@pytest.mark.parametrize("layout", ["page", "column"])
def test_it_reads_words_in_order(engine: Engine, layout: Layout) -> None:
    words = engine.read(page(), 60, layout)
    assert " ".join(word.text for word in words).split() == " ".join(LINES).split()


def test_its_boxes_lie_on_the_print(words: tuple[Seen, ...]) -> None:
    picture = page()
    for word in words:
        assert 0 <= word.left < word.right <= picture.shape[1]
        assert 0 <= word.top < word.bottom <= picture.shape[0]
        inside = picture[int(word.top) : int(word.bottom), int(word.left) : int(word.right)]
        assert inside.min() < 60, "nothing is printed there"
    left_out = picture.copy()
    for word in words:
        left_out[int(word.top) - 2 : int(word.bottom) + 3, int(word.left) - 2 : int(word.right) + 3] = 255
    assert left_out.min() == 255, "print lies outside all boxes"


def test_its_confidence_is_a_share(words: tuple[Seen, ...]) -> None:
    assert all(word.confidence is not None and 0 <= word.confidence <= 1 for word in words)


def test_words_of_a_line_share_a_strand_and_lines_do_not(words: tuple[Seen, ...]) -> None:
    strands = [word.strand for word in words]
    assert strands == sorted(strands)
    assert [strands.count(strand) for strand in dict.fromkeys(strands)] == [len(line.split()) for line in LINES]


@pytest.mark.parametrize("size", [(600, 800), (3, 3), (1, 500)])
def test_an_empty_picture_has_no_words(engine: Engine, size: tuple[int, int]) -> None:
    assert engine.read(np.full(size, 255, np.uint8), 60, "block") == ()
    assert engine.turned(np.full((600, 800), 255, np.uint8), 60) is None


def test_noise_raises_nothing(engine: Engine) -> None:
    noise = np.random.default_rng(7).integers(0, 256, (200, 300)).astype(np.uint8)
    assert isinstance(engine.read(noise, 60, "block"), tuple)


def test_it_gives_up_in_time(engine: Engine) -> None:
    many = np.vstack([page()] * 6)
    start = time.monotonic()
    with pytest.raises(TimedOut):
        engine.read(many, 0.05, "page")
    assert time.monotonic() - start < 5
    assert engine.read(page(LINES[:1]), 60, "block"), "it reads on afterwards"


@pytest.mark.parametrize("turned", [0, 90, 180])
def test_it_tells_which_way_is_up(engine: Engine, turned: int) -> None:
    tall = np.vstack([page()] * 3)
    found = engine.turned(np.ascontiguousarray(np.rot90(tall, turned // 90)), 60)
    assert found is not None
    assert found[0] == turned, "a picture turned counter-clockwise must be turned clockwise as far"
    assert found[1] > 1
