"""What do the commands note and request do?"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeAlias

from docscan import intake, pipeline
from docscan.checking import load
from docscan.cli.claim import read_claim
from docscan.cli.console import busy, err, shown
from docscan.document import PacketReport, Report
from docscan.errors import UsageError
from docscan.presenting.note import note
from docscan.presenting.paper import FORMATS, SUFFIX, Paper, rendered
from docscan.presenting.request import request
from docscan.settings import settings

Draft: TypeAlias = Literal["note", "request"]
_DRAFTS: dict[Draft, Callable[[Report | PacketReport], Paper]] = {"note": note, "request": request}
_STDIN = "-"
_LONGEST_JSON = 64 * 1024 * 1024


def draft(
    what: Draft,
    files: Sequence[str],
    *,
    form: str | None,
    output: Path | None,
    as_of: date | None,
    administrator: str | None,
    claim: Path | None,
) -> int:
    """Write a draft about documents, or about a stored report without reading again, to a file or to stdout."""
    chosen = _format(form, output)
    load(administrator or settings().administrator)
    report = _judged(files, as_of, administrator, claim)
    told = rendered(_DRAFTS[what](report), chosen)
    if output is not None:
        try:
            output.write_bytes(told)
        except OSError as error:
            raise UsageError(f"The file could not be written: {error.strerror}.", "Name another with --out.") from None
        err().print(f"Written: {shown(str(output))}", markup=False, soft_wrap=True)
    elif chosen == "pdf" and sys.stdout.isatty():
        raise UsageError("A PDF is nothing for a terminal.", "Name a file with --out.")
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(told)
        sys.stdout.buffer.flush()
    return 0


def _format(form: str | None, output: Path | None) -> str:
    """As asked for, else as the file is called, else text."""
    if form is not None:
        if form not in FORMATS:
            raise UsageError(f"There is no format {form[:20]!r}.", f"Choose one of {', '.join(FORMATS)}.")
        return form
    suffix = output.suffix.lower().removeprefix(".") if output else ""
    return next((name for name in FORMATS if SUFFIX[name] == suffix), "text")


def _judged(
    files: Sequence[str], as_of: date | None, administrator: str | None, claim: Path | None
) -> Report | PacketReport:
    facts = read_claim(claim)
    sources = [_source(file) for file in files]
    stored = [_stored(source) for source in sources]
    if any(stored):
        first = stored[0]
        if first is None or len(files) > 1:
            raise UsageError("A stored report stands alone.", "Name one report, or documents only.")
        again = administrator or as_of or facts
        return pipeline.judge(first, administrator=administrator, as_of=as_of, claim=facts) if again else first
    for source in sources:
        intake.take(source)
    reports = []
    for number, source in enumerate(sources, start=1):
        with busy(f"Reading file {number} of {len(sources)}"):
            reports.append(pipeline.check(source, as_of=as_of, administrator=administrator, claim=facts))
    if len(reports) == 1:
        return reports[0]
    return pipeline.judge_packet(reports, administrator=administrator, as_of=as_of or date.today(), claim=facts)


def _source(file: str) -> pipeline.Source:
    return sys.stdin.buffer.read(settings().max_bytes + 1) if file == _STDIN else Path(file)


def _stored(source: pipeline.Source) -> Report | PacketReport | None:
    """The report that a file holds; None where it is a document."""
    try:
        if isinstance(source, Path) and (not source.is_file() or source.stat().st_size > _LONGEST_JSON):
            return None
        data = source.read_bytes() if isinstance(source, Path) else bytes(source) if isinstance(source, bytes) else b""
    except OSError:
        return None
    if data.lstrip()[:1] != b"{":
        return None
    try:
        record: Any = json.loads(data)
        kinds: dict[str, type[Report] | type[PacketReport]] = {one.SCHEMA: one for one in (Report, PacketReport)}
        return kinds[record["schema"]].from_dict(record)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise UsageError("There is no report of docscan.", "Name one that docscan check --json wrote.") from None
