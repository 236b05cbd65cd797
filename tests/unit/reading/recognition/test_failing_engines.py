"""An engine that crashes, hangs or talks nonsense costs a page, never the document."""

import io
import threading
import time
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw

from docscan import intake, reading
from docscan.document import Document
from docscan.errors import MissingDependency
from docscan.reading.geometry import Grey, Seen
from docscan.reading.recognition import engines
from docscan.reading.recognition.engines import Engine, Layout, TimedOut
from docscan.reading.recognition.engines.guarded import Guarded
from docscan.settings import Settings


class Fake:
    """An engine that does as it is told."""

    name = "fake"

    def __init__(self, answer: Callable[[Grey], tuple[Seen, ...]]) -> None:
        self._answer = answer

    def version(self) -> str:
        return "0"

    def available(self) -> bool:
        return True

    def read(self, picture: Grey, timeout: float, layout: Layout = "page") -> tuple[Seen, ...]:
        return self._answer(picture)

    def turned(self, picture: Grey, timeout: float) -> tuple[int, float] | None:
        return None


def two_pages() -> bytes:
    pages = []
    for number in (1, 2):
        page = Image.new("L", (800, 1000), 255)
        draw = ImageDraw.Draw(page)
        for row in range(12):
            draw.text((80, 80 + 40 * row), f"Line {row} of page {number} of a letter", fill=0, font_size=24)
        pages.append(page)
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    return out.getvalue()


@pytest.fixture
def read_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[Engine], Document]:
    monkeypatch.setattr("docscan.reading.pages.settings", lambda: Settings(effort=0))  # nobody helps it out

    def read(engine: Engine) -> Document:
        monkeypatch.setattr(engines, "chosen", lambda: engine)
        return reading.read(*intake.take(two_pages()))

    return read


def test_an_engine_that_crashes_fails_its_pages(read_by: Callable[[Engine], Document]) -> None:
    def crash(_: Grey) -> tuple[Seen, ...]:
        raise RuntimeError("Patient Jane Roe broke the engine")

    document = read_by(Fake(crash))
    assert [page.number for page in document.pages] == [1, 2]
    for page in document.pages:
        assert page.problem is not None
        assert page.problem.category == "page_failed"
        assert page.words == ()
        assert (page.width, page.height) == (800, 1000)
        assert "Jane" not in page.problem.message + page.problem.remedy, "an error's text may be the document's"


def test_an_engine_that_crashes_once_fails_one_page(read_by: Callable[[Engine], Document]) -> None:
    calls: list[int] = []

    def crash_first(_: Grey) -> tuple[Seen, ...]:
        calls.append(1)
        if len(calls) == 1:
            raise MemoryError
        return (Seen("Hello", 10, 10, 90, 40, 0.9, 0),)

    first, second = read_by(Fake(crash_first)).pages
    assert first.problem is not None and first.problem.category == "page_failed"
    assert [word.text for word in second.words] == ["Hello"]


def test_an_engine_that_hangs_is_left_behind(
    read_by: Callable[[Engine], Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docscan.reading.pages.settings", lambda: Settings(page_timeout=0.2, effort=0))
    released = threading.Event()

    def hang(_: Grey) -> tuple[Seen, ...]:
        released.wait(60)
        return ()

    start = time.monotonic()
    document = read_by(Guarded(Fake(hang), grace=0.1))
    released.set()
    assert time.monotonic() - start < 10
    for page in document.pages:
        assert page.problem is not None
        assert page.problem.category == "page_failed"
        assert "too long" in page.problem.message


def test_a_guarded_engine_works_on_after_one_call_hung() -> None:
    released = threading.Event()
    calls: list[int] = []

    def hang_once(_: Grey) -> tuple[Seen, ...]:
        calls.append(1)
        if len(calls) == 1:
            released.wait(60)
        return (Seen("again", 0, 0, 9, 9, 0.9, 0),)

    engine = Guarded(Fake(hang_once), grace=0.05)
    blank = np.zeros((9, 9), np.uint8)
    with pytest.raises(TimedOut):
        engine.read(blank, 0.05)
    assert engine.read(blank, 5)[0].text == "again"
    released.set()


@pytest.mark.parametrize(
    "words",
    [
        (),
        tuple(Seen("~" * 40, -50.0 * n, 5000, 90000, 4000, 0.01, n) for n in range(30)),
        tuple(Seen("\0\ufffd", 10, 10, 10, 10, 0.5, 0) for _ in range(5)),
        tuple(Seen("word", 1e9, 1e9, 2e9, 2e9, 1.0, n) for n in range(3)),
    ],
)
def test_nonsense_makes_no_page_fail(words: tuple[Seen, ...], read_by: Callable[[Engine], Document]) -> None:
    document = read_by(Fake(lambda _: words))
    for page in document.pages:
        assert page.problem is not None, "nothing of what is printed was read"
        assert all(0 <= edge <= 1 for word in page.words for edge in word.box)
    assert document.text.count("\f") == 1


def test_a_digital_page_needs_no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    from reportlab.pdfgen import canvas

    def none() -> Engine:
        raise MissingDependency("No OCR engine was found.", "Install one.")

    monkeypatch.setattr(engines, "chosen", none)
    out = io.BytesIO()
    sheet = canvas.Canvas(out)
    for row in range(10):
        sheet.drawString(72, 700 - 14 * row, "This letter was never on paper and can be read as it is.")
    sheet.save()
    assert "never on paper" in reading.read(*intake.take(out.getvalue())).text
    with pytest.raises(MissingDependency):
        reading.read(*intake.take(two_pages()))


def test_no_engine_at_all_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Engine:
        raise ImportError

    monkeypatch.setattr(engines, "ENGINES", {"tesserocr": missing, "pytesseract": missing})
    engines._chosen.cache_clear()
    with pytest.raises(MissingDependency) as caught:
        engines.chosen()
    engines._chosen.cache_clear()
    assert "apt-get install tesseract-ocr" in caught.value.remedy
    assert "brew install tesseract" in caught.value.remedy
