"""What does the command judge do?"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from docscan import pipeline
from docscan.checking import load
from docscan.cli.claim import read_claim
from docscan.cli.console import busy, out, shown, tell, write
from docscan.document import Claim, PacketReport, Report
from docscan.errors import CheckFailed, Defect, DocscanError, NotFound, UsageError
from docscan.presenting.judged_again import changes_panel, judged_json
from docscan.presenting.outline import files_of
from docscan.presenting.packet_terminal import packet_panel
from docscan.presenting.terminal import report_panel

_Judgement: TypeAlias = Report | PacketReport
_STDIN = "-"
_LESS_THAN_COMPLETE = 1


@dataclass(frozen=True, slots=True)
class _Stored:
    """A report as it was stored, or what stands in its place. `name`: what it is called."""

    name: str
    report: _Judgement | DocscanError


def judge_again(
    files: Sequence[str],
    *,
    administrators: Sequence[str],
    as_of: date | None,
    claim: Path | None,
    as_json: bool,
    details: bool,
) -> int:
    """Judge each report by each administrator; what is no report is told and the rest go on."""
    facts = read_claim(claim)
    for administrator in administrators:
        load(administrator)  # a wrong name is told before anything is judged
    names: list[str | None] = [*dict.fromkeys(administrators)] or [None]
    status = 0
    for stored in (one for file in files for one in _reports(file)):
        try:
            for name in names:
                after = _show(stored, name, as_of, facts, as_json=as_json, details=details)
                status = max(status, 0 if after.verdict == "complete" else _LESS_THAN_COMPLETE)
        except (CheckFailed, UsageError, NotFound) as error:
            status = max(status, error.exit_status)
            if as_json:
                write(json.dumps({"schema": "docscan.error/1", "file": stored.name, "error": error.to_dict()}))
            tell(error, file=stored.name)
    return status


def _show(
    stored: _Stored, administrator: str | None, as_of: date | None, claim: Claim | None, *, as_json: bool, details: bool
) -> _Judgement:
    before = stored.report
    if isinstance(before, DocscanError):
        raise before
    try:
        after = pipeline.judge(before, administrator=administrator, as_of=as_of, claim=claim)
        changes = pipeline.changes_between(before, after)
    except DocscanError:
        raise
    except Exception as error:  # one report must not stop the others
        raise Defect.of(error) from error
    if as_json:
        write(json.dumps(judged_json(after, changes)))
        return after
    if details:
        out().print(_panel(after, stored.name))
    out().print(changes_panel(changes, after, name=stored.name))
    return after


def _panel(judgement: _Judgement, name: str) -> Any:
    if isinstance(judgement, Report):
        return report_panel(judgement, name=name)
    files = files_of(judgement.reports)
    return packet_panel(judgement, [f"file {number + 1} of {name}" for number in files])


# Where reports come from


def _reports(file: str) -> Iterator[_Stored]:
    """The reports of a file: one, or one a line."""
    name = "standard input" if file == _STDIN else shown(file)
    try:
        with nullcontext(sys.stdin) if file == _STDIN else Path(file).open(encoding="utf-8") as lines:
            first = next(lines, "")
            record = _record(first)
            if record is None:  # one report, written on many lines
                with busy(f"Reading {name}"):
                    yield _stored(name, _record(first + lines.read()))
                return
            rest = [line for line in lines if line.strip()]
    except FileNotFoundError:
        yield _Stored(name, NotFound("There is no such file.", "Check its name."))
        return
    except (OSError, UnicodeDecodeError):
        yield _Stored(name, _no_report())
        return
    yield _stored(f"{name}, line 1" if rest else name, record)
    for number, line in enumerate(rest, start=2):
        yield _stored(f"{name}, line {number}", _record(line))


def _record(text: str) -> Any:
    """What the text holds; None where it is not JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _stored(name: str, record: Any) -> _Stored:
    if not isinstance(record, dict):
        return _Stored(name, _no_report())
    if record.get("schema") == "docscan.row/1":
        name = str(record.get("file") or name)
    elif record.get("schema") != "docscan.judged/1":
        return _Stored(name, _read(record))
    inner = record.get("report")
    return _Stored(name, _read(inner) if isinstance(inner, dict) else _never_checked())


def _read(record: dict[str, Any]) -> _Judgement | DocscanError:
    kinds: dict[str, type[Report] | type[PacketReport]] = {one.SCHEMA: one for one in (Report, PacketReport)}
    schema = record.get("schema")
    if schema == "docscan.error/1":
        return _never_checked()
    if not isinstance(schema, str) or schema not in kinds:
        return _no_report()
    try:
        return kinds[schema].from_dict(record)
    except (ValueError, TypeError, KeyError, AttributeError):
        return UsageError("This report is damaged: it does not have the form it says.", "Check the document again.")


def _no_report() -> UsageError:
    return UsageError("There is no report of docscan.", "Name what docscan check --json, packet --json or batch wrote.")


def _never_checked() -> UsageError:
    return UsageError("There is an error in place of a report.", "Check the document again.")
