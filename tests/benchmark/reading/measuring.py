"""Read each picture by docscan and by the bare engine beside it, in processes of their own, and see what it cost.

A picture is read by docscan in one process and, right after, by the bare engine in another: the machine is as busy for
both, and neither adds to the other's memory. Bare is the least that reading can cost:

* a picture: tesserocr with its page layout on the picture as it is (a scanned PDF's page at 200 dpi), loaded once a
  process, text alone;
* a digital PDF: every character's text and box through pypdfium2, put together into words at white space. Such a page
  takes milliseconds, so that both are repeated, `_LONG_ENOUGH` seconds each.

What the signature's words and marks mean is asked of docscan's extraction in the second process.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import docscan
from docscan.document import Document, Json
from tests.benchmark.measure import DPI, pictures
from tests.benchmark.reading import steps
from tests.benchmark.reading.manifest import Picture
from tests.benchmark.reading.steps import Spent
from tests.benchmark.workers import Hand, cpu, each, failure, peak

T = TypeVar("T")

_LONG_ENOUGH = 0.5  # CPU seconds of repetitions of what takes milliseconds
_MOST_REPETITIONS = 100


@dataclass(frozen=True, slots=True)
class Job:
    path: Path
    digital: bool = False
    signature: bool = False
    bare: bool = True


@dataclass(frozen=True, slots=True)
class Read:
    """What docscan read. `seconds` of CPU, `steps` among them by name, `peak` bytes of the process so far.
    `failure`: the error's kind where there is no document."""

    document: Document | None = None
    seconds: float = 0.0
    steps: Mapping[str, Spent] = field(default_factory=dict)
    peak: int = 0
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """What the bare engine read, and what docscan's extraction says of the signature (None: nothing)."""

    words: tuple[str, ...] = ()
    seconds: float = 0.0
    signature: Json = None
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    read: Read
    beside: Beside


class _Pair:
    """A process that reads by docscan and one for what is compared with it."""

    def __init__(self) -> None:
        self._reader = Hand(read_one, Read(failure="the process died"), warm_up)
        self._other = Hand(look_beside, Beside(failure="the process died"))

    def __call__(self, job: Job, /) -> Measured:
        read = self._reader(job)
        return Measured(read, self._other((job, read.document)))

    def close(self) -> None:
        self._reader.close()
        self._other.close()


def job_of(picture: Picture) -> Job:
    """What is to be measured of a picture of the corpus."""
    digital = picture.group == "digital" and picture.path.suffix == ".pdf"
    return Job(picture.path, digital, picture.signature is not None)


def measure(jobs: Sequence[Job], *, workers: int, tick: Callable[[], None]) -> list[Measured]:
    """Everything measured of each file, in order."""
    return each(jobs, _Pair, workers=workers, tick=tick)


def warm_up() -> None:
    """Load what a worker loads once, the engines of every escalation included, so that no page pays for it."""
    import cv2
    import numpy as np

    page = np.full((700, 900), 235, np.uint8)
    for row in range(6):
        for times, blur in ((1.2, 1), (0.8, 3)):
            text = "Diagnosis M54.50 low back pain 03/14/2026"
            cv2.putText(page, text, (20, int(60 + 100 * row + 40 * blur / 3)), 0, times, 90, 2)
    page = cv2.GaussianBlur(page[::-1, ::-1].copy(), (0, 0), 2.5).astype(np.uint8)  # on its head and hard to read
    packed, data = cv2.imencode(".png", page)
    if packed:
        docscan.read(data.tobytes())


def read_one(job: Job) -> Read:
    """docscan's reading of a file, from its bytes to its pages."""
    data = job.path.read_bytes()
    try:
        if job.digital:
            document, seconds = _repeated(lambda: docscan.read(data))
            with steps.watched() as clock:
                docscan.read(data)
        else:
            with steps.watched() as clock:
                start = cpu()
                document = docscan.read(data)
                seconds = cpu() - start
    except Exception as error:
        return Read(failure=failure(error), peak=peak())
    return Read(document, seconds, clock.spent, peak())


def _repeated(work: Callable[[], T]) -> tuple[T, float]:
    """What it gives, and the mean CPU time of many repetitions after the first."""
    result = work()
    start, count = time.process_time(), 0
    while count < _MOST_REPETITIONS and time.process_time() - start < _LONG_ENOUGH:
        work()
        count += 1
    return result, (time.process_time() - start) / max(1, count)


def look_beside(given: tuple[Job, Document | None]) -> Beside:
    """The bare engine on the same file, and the meaning of what docscan read."""
    job, document = given
    words: tuple[str, ...] = ()
    seconds = 0.0
    try:
        if job.bare and job.digital:
            data = job.path.read_bytes()
            found, seconds = _repeated(lambda: list(bare_pdf_words(data)))
            words = tuple(text for text, _ in found)
        elif job.bare:
            _bare_engine()
            start = cpu()
            words = tuple(bare_ocr(job.path).split())
            seconds = cpu() - start
        signature = signature_of(document) if job.signature and document is not None else None
    except Exception as error:
        return Beside(words, seconds, failure=failure(error))
    return Beside(words, seconds, signature)


def bare_ocr(path: Path) -> str:
    """Every page of a file through Tesseract, nothing repaired."""
    texts = []
    for picture in pictures(path):
        engine = _bare_engine()
        engine.SetImage(picture)
        texts.append(engine.GetUTF8Text())
    return "\f".join(texts)


@cache
def _bare_engine() -> Any:
    import tesserocr

    from docscan.reading.recognition.engines import tesseract

    tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)
    return tesserocr.PyTessBaseAPI(path=f"{tesseract.data_folder('eng')}/", lang="eng", psm=tesserocr.PSM.AUTO)


def bare_pdf_words(data: bytes) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """A PDF's words with their boxes (left, bottom, right, top in points), split where PDFium gives white space."""
    import pypdfium2
    from pypdfium2 import raw

    pdf = pypdfium2.PdfDocument(io.BytesIO(data))
    for page in pdf:
        textpage = page.get_textpage()
        letters: list[str] = []
        boxes: list[tuple[float, float, float, float]] = []
        for index in range(textpage.count_chars()):
            letter = chr(raw.FPDFText_GetUnicode(textpage, index))
            if letter.isspace():
                if letters:
                    yield "".join(letters), _around(boxes)
                letters, boxes = [], []
            else:
                letters.append(letter)
                boxes.append(textpage.get_charbox(index))
        if letters:
            yield "".join(letters), _around(boxes)
        textpage.close()
        page.close()
    pdf.close()


def _around(boxes: list[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def signature_of(document: Document) -> Json:
    """The value of docscan's field `signature`; "open" where it leaves that to a person, None where it says nothing."""
    from docscan import extraction

    found = extraction.extract(document).named("signature")
    if not found:
        return None
    return found[0].value if found[0].value is not None else "open"


def bare_name() -> str:
    import tesserocr

    return f"tesserocr {tesserocr.__version__} ({DPI} dpi)"
