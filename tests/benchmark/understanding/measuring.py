"""What docscan understands of each document: from its true text, or from pictures of it; and what that cost.

Extraction alone is timed: of a text a few times over, because it takes milliseconds; reading is timed beside it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from docscan.document import Document, Extractions
from tests.benchmark.workers import Hand, cpu, each, failure


@dataclass(frozen=True, slots=True)
class Job:
    """A text as it would be printed, or the file of a picture of it."""

    text: str | None
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """What was found; CPU seconds of reading (0 of a text) and of extraction; `failure`: why there is nothing."""

    said: Extractions | None = None
    reading: float = 0.0
    extraction: float = 0.0
    failure: str | None = None


def measure(jobs: Sequence[Job], *, workers: int, tick: Callable[[], None]) -> list[Understood]:
    """What was understood of each, in order."""
    dead = Understood(failure="the process died")
    return each(jobs, lambda: Hand(_understood, dead, _warm_up), workers=workers, tick=tick)


def _warm_up() -> None:
    """Load what a worker loads once, so that the first document does not pay for it."""
    import docscan
    from tests.benchmark.reading.measuring import warm_up

    docscan.check_text("Letter of Medical Necessity\n\nDiagnosis: type 2 diabetes (E11.9)\n\nJane Roe, MD")
    warm_up()


def _understood(job: Job) -> Understood:
    from docscan import extraction, pipeline

    reading = 0.0
    try:
        if job.path is not None:
            start = cpu()
            document = pipeline.read(job.path)
            reading = cpu() - start
        else:
            document = Document.from_text(job.text or "")
        start = time.process_time()
        said = extraction.extract(document)
        return Understood(said, reading, time.process_time() - start)
    except Exception as error:
        return Understood(reading=reading, failure=failure(error))
