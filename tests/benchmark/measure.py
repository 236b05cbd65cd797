"""Read and judge every document of a benchmark, and read its pages by bare OCR too, in processes of their own.

Bare OCR is what a first try would do: every page as a picture (a PDF's at 200 dpi), as it is, into Tesseract, with the
engine that docscan uses here (tesserocr where it is installed, else the command by way of pytesseract).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import docscan
from docscan import reading
from docscan.document import Document, Report, SourceFile
from tests.benchmark.score import Found
from tests.benchmark.truth import Truth
from tests.benchmark.workers import Hand, cpu, each, failure, peak

DPI = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What docscan said of a document. `failure`: the error's kind where it said nothing."""

    kind: str | None = None
    found: tuple[Found, ...] = ()
    outcomes: dict[str, list[str]] = field(default_factory=dict)
    text: str = ""
    pages: int = 0
    failed_pages: int = 0
    seconds: float = 0.0
    peak: int = 0
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Bare:
    """What bare OCR read."""

    text: str = ""
    pages: int = 0
    seconds: float = 0.0
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    path: Path
    as_of: date | None
    administrator: str | None


def run(truths: list[Truth], *, workers: int, bare: bool, tick: Callable[[], None]) -> list[tuple[Answer, Bare | None]]:
    """docscan's answer for each document, and bare OCR's where asked for. `tick` is called after each of either."""
    jobs = [Job(t.path, t.as_of, t.administrator) for t in truths]
    dead, bare_dead = Answer(failure="the process died"), Bare(failure="the process died")
    answers = each(jobs, lambda: Hand(_answer, dead, _warm_up), workers=workers, tick=tick)
    if not bare:
        return [(answer, None) for answer in answers]
    plain = each(jobs, lambda: Hand(_bare, bare_dead), workers=workers, tick=tick)
    return list(zip(answers, plain, strict=True))


def _warm_up() -> None:
    """Load what a worker loads once, so that the first document does not pay for it, and keep what is read.

    A document's text is kept as it passes from reading to extraction, so that nothing is read twice.
    """
    really_read = reading.read

    def read_and_keep(file: SourceFile, data: bytes) -> Document:
        document = really_read(file, data)
        _kept.append(document)
        return document

    reading.read = read_and_keep
    docscan.check_text("Letter of Medical Necessity\n\nDiagnosis: E11.9\n\nJane Roe, MD")


_kept: list[Document] = []


def _answer(job: Job) -> Answer:
    _kept.clear()
    start = cpu()
    try:
        report = docscan.check(job.path, as_of=job.as_of, administrator=job.administrator)
        seconds = cpu() - start
    except Exception as error:
        return Answer(failure=failure(error), seconds=cpu() - start, peak=peak())
    outcomes: dict[str, list[str]] = {}
    for part in (report, *report.parts):
        for finding in part.findings:
            outcomes.setdefault(finding.rule, []).append(finding.outcome)
    pages = report.document.pages
    return Answer(
        kind=report.document.kind,
        found=tuple(_found(report)),
        outcomes=outcomes,
        text="\f".join(document.text for document in _kept),
        pages=len(pages),
        failed_pages=sum(page.problem is not None for page in pages),
        seconds=seconds,
        peak=peak(),
    )


def _found(report: Report) -> Iterator[Found]:
    for part in (report, *report.parts):
        for e in part.fields:
            yield Found(e.name, e.value, e.assertion, e.readings)


def _bare(job: Job) -> Bare:
    start, texts = cpu(), []
    try:
        for picture in pictures(job.path):
            texts.append(_ocr(picture))
    except Exception as error:
        return Bare(failure=failure(error), seconds=cpu() - start)
    return Bare("\f".join(texts), len(texts), cpu() - start)


def pictures(path: Path) -> Iterator[Any]:
    import pi_heif
    import pypdfium2
    from PIL import Image, ImageSequence

    data = path.read_bytes()
    if data[:5] == b"%PDF-":
        for page in pypdfium2.PdfDocument(data):
            yield page.render(scale=DPI / 72).to_pil()
        return
    pi_heif.register_heif_opener()
    for frame in ImageSequence.Iterator(Image.open(io.BytesIO(data))):
        yield frame.convert("RGB")


def _ocr(picture: Any) -> str:
    try:
        import tesserocr
    except ImportError:
        import pytesseract

        return str(pytesseract.image_to_string(picture))
    from docscan.reading.recognition.engines import tesseract

    tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)
    folder = tesseract.data_folder("eng")
    return str(tesserocr.image_to_text(picture, **({"path": str(folder)} if folder else {})))


def engine() -> str:
    """The engine of bare OCR."""
    try:
        import tesserocr
    except ImportError:
        return "pytesseract"
    return f"tesserocr {tesserocr.__version__}"
