"""A pipeline that answers at once: what the command line does with a report does not depend on how it came to be."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from docscan import checking, intake, pipeline
from docscan.document import Claim, Document, DocumentSummary, LawDate, PageSummary, Part, Report, Score, Verdict
from docscan.errors import Encrypted, UnknownName

Check = Callable[..., Report]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """Stand-ins for the pipeline: a file's text is its verdict, or what goes wrong with it. Lists what was read."""
    made: list[dict[str, object]] = []

    def check(source: str | Path | bytes, *, as_of: date | None, administrator: str, claim: Claim | None) -> Report:
        data = source if isinstance(source, bytes) else Path(source).read_bytes()
        made.append({"data": data, "as_of": as_of, "administrator": administrator, "claim": claim})
        word = data.decode()
        if word == "encrypted":
            raise Encrypted("It needs a password.", "Save it without one.")
        if word == "defect":
            raise ZeroDivisionError("secret words")
        if word == "interrupt":
            raise KeyboardInterrupt
        return report(data, word, as_of or date(2026, 11, 21), administrator)  # type: ignore[arg-type]

    def judge(report: Report, *, administrator: str) -> Report:
        return replace(report, administrator=administrator)

    def load(name: str) -> checking.Ruleset:
        if name not in ("generic-fsa", "other"):
            raise UnknownName(f"There is no administrator {name}.", "Known are generic-fsa, other.")
        return None  # type: ignore[return-value]

    monkeypatch.setattr(pipeline, "check", check)
    monkeypatch.setattr(pipeline, "judge", judge)
    monkeypatch.setattr(pipeline, "page_picture", lambda source, number: b"\x89PNG")
    monkeypatch.setattr(pipeline, "read", lambda source: Document.from_text("Dear Sir,\n\x1b[31mRe: x"))
    monkeypatch.setattr(intake, "take", lambda source: None)
    monkeypatch.setattr("docscan.cli.files.load", load)
    return made


def report(data: bytes, verdict: Verdict, as_of: date, administrator: str) -> Report:
    page = PageSummary(1, 612.0, 792.0, "text_layer", None, 0, 1.0, None)
    return Report(
        document=DocumentSummary(hashlib.sha256(data).hexdigest(), "text/plain", "lmn", 0.9, (), (page,), Part((1,))),
        administrator=administrator, as_of=as_of, law_date=LawDate(as_of, "as asked"), claim=Claim(), rulebooks=(),
        fields=(), findings=(), score=Score(100.0, 100.0), verdict=verdict,
    )  # fmt: skip


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., list[str]]:
    """Write files that the stand-ins understand; their names."""

    def made(**texts: str) -> list[str]:
        for name, text in texts.items():
            (tmp_path / name).write_text(text)
        return [str(tmp_path / name) for name in texts]

    return made
