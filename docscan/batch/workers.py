"""How are files checked so that none can harm the others? Each on a process that may die, hang or fill the memory."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, Final

from docscan.errors import (
    CheckCrashed,
    CheckTimedOut,
    Defect,
    DocscanError,
    MissingDependency,
    RulebookError,
    SettingsError,
    UsageError,
)

_TRIES: Final = 2  # a process may die for a reason of its own; one that dies twice dies of the file
_START_SECONDS: Final = 300.0
_STARTS: Final = 3  # in a row without one that got ready
_FILES_PER_PROCESS: Final = 200  # what libraries leak stays bounded
_NOT_ABOUT_THE_FILE: Final = (MissingDependency, RulebookError, SettingsError, UsageError)


@dataclass(frozen=True, slots=True)
class Task:
    """One file: the name that its row bears, where it is, and the hash of its bytes."""

    file: str
    path: str
    sha256: str | None
    tries: int = 0


Check = Callable[[Path, date, str], dict[str, Any]]
"""Path, day, administrator: the report's JSON."""


def check_file(path: Path, as_of: date, administrator: str) -> dict[str, Any]:
    """Check one file; what a worker does."""
    from docscan import pipeline

    return pipeline.check(path, as_of=as_of, administrator=administrator).to_dict()


def checked(
    tasks: Iterator[Task], *, as_of: date, administrator: str, workers: int, timeout: float, check: Check = check_file
) -> Iterator[dict[str, Any]]:
    """Check files on `workers` processes; yields one `docscan.row/1` a file, in the order in which they end.

    Takes no more tasks than it has processes, so that a folder of any size needs the same memory. What is wrong with
    the installation or the rules rather than with a file ends the run with its `DocscanError`. However the run ends,
    no process is left.
    """
    slots = [_Slot(as_of, administrator, check) for _ in range(workers)]
    again: deque[Task] = deque()
    failed_starts = 0
    try:
        while True:
            for slot in slots:
                if slot.task is None and (task := again.popleft() if again else next(tasks, None)) is not None:
                    slot.give(task, timeout)
            busy = [slot for slot in slots if slot.task is not None]
            if not busy:
                return
            pause = max(0.0, min(slot.deadline for slot in busy) - time.monotonic())
            wait([slot.connection for slot in busy], pause)
            for slot in busy:
                task, ended = slot.task, slot.ended()
                if task is None or ended is None:
                    continue
                failed_starts = failed_starts + 1 if isinstance(ended, _NeverReady) else 0
                if failed_starts >= _STARTS:
                    raise MissingDependency(
                        "The processes that check files do not start.",
                        "Run docscan doctor; see how much memory is free.",
                    )
                if isinstance(ended, _NeverReady):
                    again.append(task)
                elif isinstance(ended, _Died) and task.tries + 1 < _TRIES:
                    again.append(Task(task.file, task.path, task.sha256, task.tries + 1))
                else:
                    yield _row(task, ended, slot.seconds)
    finally:
        for slot in slots:
            slot.stop()


class _NeverReady:
    """The process ended before it could take a file."""


class _Died:
    """The process ended while it checked a file."""


class _TookTooLong:
    """The process was ended because of the time it took."""


_Ended = _NeverReady | _Died | _TookTooLong | dict[str, Any] | DocscanError


class _Slot:
    """A place for one process, which is started when there is work and replaced when it ends."""

    def __init__(self, as_of: date, administrator: str, check: Check) -> None:
        self._arguments = (as_of, administrator, check)
        self._process: SpawnProcess | None = None
        self._ready = False
        self._given = 0
        self._timeout = 0.0
        self._begun = 0.0
        self.connection: Connection[Any, Any]
        self.task: Task | None = None
        self.deadline = 0.0
        self.seconds = 0.0

    def give(self, task: Task, timeout: float) -> None:
        """Begin a task."""
        if self._process is not None and self._given >= _FILES_PER_PROCESS:
            self.stop()
        if self._process is None:
            self._start()
        self.task, self._timeout = task, timeout
        self._given += 1
        self._begin()

    def ended(self) -> _Ended | None:
        """How the task ended; None while it runs. Ends what has run for too long."""
        if self.connection.poll():
            try:
                told = self.connection.recv()
            except (EOFError, OSError):
                self.seconds = time.monotonic() - self._begun
                return self._finish(_Died() if self._ready else _NeverReady(), stop=True)
            if told == "ready":
                self._ready = True
                self._begin()
                return None
            self.seconds = time.monotonic() - self._begun
            if isinstance(told, _NOT_ABOUT_THE_FILE):
                raise told
            return self._finish(told)
        if time.monotonic() >= self.deadline:
            self.seconds = time.monotonic() - self._begun
            return self._finish(_TookTooLong() if self._ready else _NeverReady(), stop=True)
        return None

    def stop(self) -> None:
        """End the process and what it has started."""
        process, self._process, self._ready, self._given = self._process, None, False, 0
        if process is None:
            return
        if process.pid is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.join()
        process.close()
        self.connection.close()

    def _begin(self) -> None:
        """Hand the task over; a process that is not ready yet gets it when it is, and its time begins then."""
        self._begun = time.monotonic()
        self.deadline = self._begun + (self._timeout if self._ready else _START_SECONDS)
        if self._ready and self.task is not None:
            with suppress(BrokenPipeError):  # it died while idle: told by `ended`
                self.connection.send(self.task.path)

    def _finish(self, how: _Ended, *, stop: bool = False) -> _Ended:
        self.task = None
        if stop:
            self.stop()
        return how

    def _start(self) -> None:
        spawn = multiprocessing.get_context("spawn")
        self.connection, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_work, args=(theirs, *self._arguments), daemon=True)
        self._process.start()
        theirs.close()


def _row(task: Task, ended: _Ended, seconds: float) -> dict[str, Any]:
    report = ended if isinstance(ended, dict) else None
    error: DocscanError | None = None
    if isinstance(ended, DocscanError):
        error = ended
    elif isinstance(ended, _TookTooLong):
        error = CheckTimedOut("The check took too long and was ended.", "Allow more with --timeout, or split the file.")
    elif isinstance(ended, _Died):
        error = CheckCrashed(
            "The check ended its process twice.", "See whether memory ran out; check the file alone with docscan check."
        )
    return {
        "schema": "docscan.row/1",
        "file": task.file,
        "sha256": report["document"]["sha256"] if report else task.sha256,
        "seconds": round(seconds, 3),
        "report": report,
        "error": error.to_dict() if error else None,
    }


def _work(connection: Connection[Any, Any], as_of: date, administrator: str, check: Check) -> None:
    """A worker's life: get ready, check what it is given, end when nobody gives any more."""
    os.setsid()  # Ctrl-C reaches the parent alone; and what a worker starts can be ended with it
    os.environ |= {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
    with suppress(OSError):  # where memory runs out, the system ends a worker rather than the run
        Path("/proc/self/oom_score_adj").write_text("500", "ascii")
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if check is check_file:
        try:
            from docscan import pipeline  # noqa: F401 - what takes seconds to import is not the first file's time
        except ImportError as error:
            connection.send(MissingDependency(f"{error.name or 'A library'} cannot be loaded.", "Run docscan doctor."))
            return
    connection.send("ready")
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            path = connection.recv()
            told: dict[str, Any] | DocscanError
            try:
                told = check(Path(path), as_of, administrator)
            except DocscanError as error:
                told = error
            except MemoryError:
                os._exit(1)
            except Exception as error:  # one file must not stop the others
                told = Defect.of(error)
            connection.send(told)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os.killpg(0, signal.SIGKILL)
