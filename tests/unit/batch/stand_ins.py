"""Checks that obey their file: they report, refuse, raise, hang or kill their process, as its text asks."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from datetime import date
from pathlib import Path
from typing import Any

from docscan.document import Claim, DocumentSummary, LawDate, PageSummary, Part, Report, Score
from docscan.errors import Encrypted, MissingDependency


def report(data: bytes, as_of: date, administrator: str) -> Report:
    page = PageSummary(1, 612.0, 792.0, "text_layer", None, 0, 1.0, None)
    return Report(
        document=DocumentSummary(
            hashlib.sha256(data).hexdigest(), "text/plain", "lmn", 0.9, (), (page,), Part((1,))
        ),
        administrator=administrator, as_of=as_of, law_date=LawDate(as_of, "as asked"), claim=Claim(), rulebooks=(),
        fields=(), findings=(), score=Score(100.0, 100.0), verdict="complete",
    )  # fmt: skip


def obey(path: Path, as_of: date, administrator: str) -> dict[str, Any]:
    """Do what the first word of the file says. Every attempt leaves a line beside the file's folder."""
    beside = next(folder for folder in path.parents if folder.name == "in").parent
    with (beside / "attempts").open("a") as attempts:
        attempts.write(path.name + "\n")
    data = path.read_bytes()
    match data.split()[0].decode() if data.split() else "":
        case "encrypted":
            raise Encrypted("It needs a password.", "Save it without one.")
        case "defect":
            raise ZeroDivisionError("secret words of the document")
        case "missing":
            raise MissingDependency("Tesseract is not installed.", "Install it.")
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "die_once" if (beside / "attempts").read_text().count(path.name) == 1:
            os.kill(os.getpid(), signal.SIGSEGV)
        case "hang":
            time.sleep(3600)
        case "slow":
            time.sleep(0.15)
    return report(data, as_of, administrator).to_dict()
