"""What has this run done so far? One row a file, each forced to disk before the next file is counted as done."""

from __future__ import annotations

import fcntl
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

from docscan.errors import UsageError
from docscan.presenting.table import write_table
from docscan.settings import settings

SCHEMA: Final = "docscan.run/1"
_DEFAULTS: Final[Mapping[str, Callable[[], str]]] = {
    "as_of": lambda: date.today().isoformat(),
    "administrator": lambda: settings().administrator,
}


class _Known(NamedTuple):
    """What is kept in memory of a row."""

    sha256: str | None
    verdict: str | None
    error: str | None

    @staticmethod
    def of(row: Mapping[str, Any]) -> _Known:
        report, error = row["report"], row["error"]
        return _Known(row["sha256"], report["verdict"] if report else None, error["code"] if error else None)


class Journal:
    """The rows of a run. Held by one process at a time; use `Journal.open`."""

    def __init__(self, run: Path, asked: Mapping[str, Any]) -> None:
        self.run = run
        self.asked = asked
        self._path = run / "results.jsonl"
        self._known: dict[str, _Known] = {}
        self._superseded = False
        self._recover()
        self._out = self._path.open("ab")

    @classmethod
    @contextmanager
    def open(cls, run: Path, asked: Mapping[str, Any]) -> Iterator[Journal]:
        """The journal in the folder `run`, made where there is none.

        `asked` is compared with what the run was begun with; None stands for "as then". Raises `UsageError` where
        they differ, where another process is at work in the folder, or where it holds something else.
        """
        run.mkdir(parents=True, exist_ok=True)
        with (run / ".lock").open("ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise UsageError("Another docscan is at work in this folder.", "Wait for it to end.") from None
            journal = cls(run, _agreed(run, asked))
            try:
                yield journal
            finally:
                journal._out.close()

    def has(self, file: str, sha256: str | None) -> bool:
        """Whether the file has a row for these bytes."""
        return file in self._known and self._known[file].sha256 == sha256

    def failed(self, file: str) -> bool:
        """Whether the file's row holds an error."""
        return self._known[file].error is not None

    def verdicts(self) -> Counter[str]:
        """How many files have each verdict."""
        return Counter(one.verdict for one in self._known.values() if one.verdict)

    def errors(self) -> Counter[str]:
        """How many files failed, by the error's code."""
        return Counter(one.error for one in self._known.values() if one.error)

    def append(self, row: Mapping[str, Any]) -> None:
        """Keep a row for good: it is on the disk when this returns."""
        self._superseded |= row["file"] in self._known
        self._out.write(json.dumps(row, separators=(",", ":")).encode("ascii") + b"\n")
        self._out.flush()
        os.fsync(self._out.fileno())
        self._known[row["file"]] = _Known.of(row)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Every row, in the order of the file names."""
        places: dict[str, int] = {}
        with self._path.open("rb") as stream:
            for offset, row in _read(stream):
                places[row["file"]] = offset
            for file in sorted(places):
                stream.seek(places[file])
                yield json.loads(stream.readline())

    def write_table(self) -> Path:
        """Write `results.csv` from the rows, whole or not at all, and tidy away rows that newer ones replaced."""
        if self._superseded:
            self._out.close()
            self._keep_last()
            self._out = self._path.open("ab")
        table = self.run / "results.csv"
        with _replacing(table) as out, os.fdopen(os.dup(out.fileno()), "w", encoding="utf-8", newline="") as text:
            write_table(self.rows(), text)
        return table

    def _recover(self) -> None:
        """Take in the rows of an earlier run; a line that a kill tore is cut off."""
        if not self._path.exists():
            self._path.touch()
            _sync_folder(self.run)
        whole = 0
        broken = False
        with self._path.open("rb+") as stream:
            for offset, row in _read(stream):
                broken |= offset != whole or row["file"] in self._known
                self._known[row["file"]] = _Known.of(row)
                whole = stream.tell()
            if not broken:
                stream.truncate(whole)
        if broken:
            self._keep_last()

    def _keep_last(self) -> None:
        """Rewrite the rows: the last one of each file, in their order, without what cannot be read."""
        last: dict[str, int] = {}
        with self._path.open("rb") as stream, _replacing(self._path) as out:
            for offset, row in _read(stream):
                last[row["file"]] = offset
            for offset in sorted(last.values()):
                stream.seek(offset)
                out.write(stream.readline())
        self._superseded = False


def _agreed(run: Path, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What the run was begun with; written down where it begins now."""
    path = run / "run.json"
    if path.exists():
        try:
            then = json.loads(path.read_text("utf-8"))
        except ValueError:
            then = {}
        if not isinstance(then, dict) or then.get("schema") != SCHEMA:
            raise UsageError("The results folder holds a run.json that docscan did not write.", "Name another --out.")
        for name, now in asked.items():
            if now is not None and then.get(name) != now:
                raise UsageError(
                    f"This run was begun with {name} {then.get(name)!r}; it cannot go on with {now!r}.",
                    "Go on as it was begun, or name another --out for a new run.",
                )
        return then
    for name in ("results.jsonl", "results.csv"):
        if (run / name).exists():
            raise UsageError(f"The results folder holds a {name} of something else.", "Name another --out.")
    begun = {
        "schema": SCHEMA,
        **{name: _DEFAULTS[name]() if value is None else value for name, value in asked.items()},
    }
    with _replacing(path) as out:
        out.write(json.dumps(begun, indent=2).encode("ascii") + b"\n")
    return begun


def _read(stream: IO[bytes]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows that are whole, each with where it begins."""
    stream.seek(0)
    while line := stream.readline():
        begin = stream.tell() - len(line)
        with suppress(ValueError):
            row = json.loads(line) if line.endswith(b"\n") else None
            if isinstance(row, dict) and {"file", "sha256", "report", "error"} <= row.keys():
                yield begin, row


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    """A new file that takes the place of `path` once it is whole and on the disk."""
    draft = path.with_name(path.name + ".new")
    with draft.open("wb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
