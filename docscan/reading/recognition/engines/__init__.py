"""OCR engines: a picture in, words out. To add one, write a class that keeps `Engine` and name it in `ENGINES`.

The contract suite in tests/contracts/test_ocr_engine.py says what an engine must keep.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from docscan.errors import MissingDependency
from docscan.reading.geometry import Grey, Seen
from docscan.settings import settings

if TYPE_CHECKING:
    from docscan.reading.recognition.engines.rapid import Rapidocr

Layout: TypeAlias = Literal["page", "block", "column", "sparse", "line"]
"""What the engine should take the picture for: a page to be divided, one even block, one column of text of many
sizes, scattered words, one line."""


class TimedOut(Exception):
    """The engine did not finish in time."""


class Engine(Protocol):
    """Reads print. One engine object serves one thread at a time."""

    name: str

    def version(self) -> str:
        """The version of the program that reads, for the report."""

    def available(self) -> bool:
        """Whether the program and its English data are here. Never raises."""

    def read(self, picture: Grey, timeout: float, layout: Layout = "page") -> tuple[Seen, ...]:
        """The words on an upright picture, in pixels, confidence 0..1; none on an empty one.

        Raises `TimedOut` after about `timeout` seconds.
        """

    def turned(self, picture: Grey, timeout: float) -> tuple[int, float] | None:
        """By how many degrees clockwise (0, 90, 180, 270) the picture must be turned to be upright, and how sure that
        is (Tesseract's scale: above about 2 is trustworthy). None where it cannot tell. Raises `TimedOut`."""


def _in_process() -> Engine:
    from docscan.reading.recognition.engines.in_process import Tesserocr

    return Tesserocr()


def _by_command() -> Engine:
    from docscan.reading.recognition.engines.by_command import Pytesseract

    return Pytesseract()


def _by_lines() -> Engine:
    from docscan.reading.recognition.engines.rapid import Rapidocr

    return Rapidocr()


ENGINES: dict[str, Callable[[], Engine]] = {
    "tesserocr": _in_process,
    "pytesseract": _by_command,
    "rapidocr": _by_lines,
}
"""All engines by name, the fastest first."""


def chosen() -> Engine:
    """The engine that `settings().engine` names, or the fastest that works here. Raises `MissingDependency`."""
    return _chosen(settings().engine)


@cache
def second() -> Rapidocr:
    """The reader that is asked where the first may have gone wrong."""
    from docscan.reading.recognition.engines.rapid import Rapidocr

    return Rapidocr()


@cache
def _chosen(name: str) -> Engine:
    from docscan.reading.recognition.engines.guarded import Guarded

    for engine in [ENGINES[name]] if name != "auto" else ENGINES.values():
        try:
            found = engine()
        except ImportError:
            continue
        if found.available():
            return Guarded(found)
    raise MissingDependency(
        "No OCR engine with its English data was found; scans and photos cannot be read without one.",
        "Install Tesseract. Debian, Ubuntu: sudo apt-get install tesseract-ocr tesseract-ocr-eng tesseract-ocr-osd. "
        "macOS: brew install tesseract. `docscan doctor` then shows what was found.",
    )
