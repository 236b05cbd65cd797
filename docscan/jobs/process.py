"""Worker processes as seen from the thread that watches over one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal, TypeAlias

from docscan.jobs.orders import Answer, Lane, Order, Place

_ORDERS_A_PROCESS = 200  # then a new one: whatever a library leaks stays small
_LOOK_EVERY = 0.3  # seconds between two looks whether the file is still there


class WorkerProcess:
    """One process that does one order at a time. `environment` is added to this process's own."""

    def __init__(self, stages: str, environment: Mapping[str, str]) -> None:
        self._ended_because: Literal["timed_out", "stopped"] | None = None
        self.orders = 0
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "docscan.jobs.worker_process", stages],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # libraries may print what a document says
            env={**os.environ, **environment, "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"},
            start_new_session=True,  # to end it together with an OCR program that it runs
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def worn(self) -> bool:
        return self.orders >= _ORDERS_A_PROCESS

    def ask(self, order: Order, *, timeout: float) -> Answer:
        """Its answer. A process that did not answer in time, or at all, is gone afterwards.

        Where the file is removed meanwhile, nobody wants the answer any more: the process is ended (`stopped`).
        """
        self.orders += 1
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError("started without pipes")
        answered = threading.Event()
        path = Path(order["path"])
        threading.Thread(
            target=self._watch, args=(answered, timeout, path if path.exists() else None), daemon=True
        ).start()
        try:
            with suppress(BrokenPipeError):
                stdin.write(json.dumps(order).encode() + b"\n")
                stdin.flush()
            line = stdout.readline()
        except ValueError:  # closed under our hands by `end`
            line = b""
        finally:
            answered.set()
        if line.endswith(b"\n"):
            said: Answer = json.loads(line)
            return said
        self.end()
        if self._ended_because:
            return {"state": self._ended_because}
        status = self._process.returncode
        return {"state": "died", "how": f"signal {-status}" if status and status < 0 else f"exit status {status}"}

    def end(self) -> None:
        """End it and whatever it started, now."""
        if self._process.returncode is None:  # not waited for yet, so the number is still its own
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.kill()
            self._process.wait()

    def close(self) -> None:
        """End it and give its pipes back. Only when nobody is asking."""
        self.end()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _watch(self, answered: threading.Event, timeout: float, path: Path | None) -> None:
        """Until it has answered: end it where it takes too long, or where the file goes that was there."""
        deadline = time.monotonic() + timeout
        while (left := deadline - time.monotonic()) > 0:
            if answered.wait(min(left, _LOOK_EVERY)):
                return
            if path is not None and not path.exists():
                self._ended_because = "stopped"
                self.end()
                return
        self._ended_because = "timed_out"
        self.end()


_Kind: TypeAlias = tuple[Lane, str, tuple[tuple[str, str], ...]]


class Processes:
    """The worker processes of one machine: kept while idle, taken for an order, replaced when they die."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: dict[_Kind, list[WorkerProcess]] = {}
        self._busy: set[WorkerProcess] = set()
        self._stopped = False

    def ask(self, place: Place, order: Order, *, timeout: float) -> Answer:
        """Have an idle process do it, or a new one."""
        kind = (place.lane, place.stages, tuple(sorted(place.environment.items())))
        with self._lock:
            if self._stopped:
                return {"state": "stopped"}
            idle = self._idle.setdefault(kind, [])
            process = idle.pop() if idle else WorkerProcess(place.stages, place.environment)
            self._busy.add(process)
        said = process.ask(order, timeout=timeout)
        gone = said["state"] in ("died", "timed_out", "stopped")
        if not self._put_back(process, kind, keep=not (gone or process.worn)) and gone:
            return {"state": "stopped"}
        return said

    def _put_back(self, process: WorkerProcess, kind: _Kind, *, keep: bool) -> bool:
        """False where everything was stopped meanwhile."""
        with self._lock:
            self._busy.discard(process)
            going_on = not self._stopped
            if keep and going_on:
                self._idle[kind].append(process)
        if not (keep and going_on):
            process.close()
        return going_on

    def pids(self) -> tuple[int, ...]:
        """The processes there are, busy ones first."""
        with self._lock:
            return tuple(p.pid for p in (*self._busy, *(p for idle in self._idle.values() for p in idle)))

    def stop(self) -> None:
        """End all of them; orders under way are answered with `stopped`, and so is every later one."""
        with self._lock:
            self._stopped = True
            idle = [process for kept in self._idle.values() for process in kept]
            self._idle.clear()
            busy = list(self._busy)
        for process in busy:
            process.end()  # whoever is asking it closes it
        for process in idle:
            process.close()
