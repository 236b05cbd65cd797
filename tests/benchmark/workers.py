"""Processes that do one job at a time, as the service's workers do, and what a job costs in them.

Time is the CPU time of the process and of what it starts, so that other work on the machine does not matter much.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import resource
import sys
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import docscan

J = TypeVar("J")
R = TypeVar("R")
J_contra = TypeVar("J_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)


class Doer(Protocol[J_contra, R_co]):
    """Does jobs one after another; `close` ends what it holds."""

    def __call__(self, job: J_contra, /) -> R_co: ...

    def close(self) -> None: ...


class Hand(Generic[J, R]):
    """One process that does `work`. A job that kills it answers `died`, and the next job gets a new process.

    `start` runs once in each new process. `work`, `start` and what passes between must be picklable.
    """

    def __init__(self, work: Callable[[J], R], died: R, start: Callable[[], None] | None = None) -> None:
        self._work, self._died, self._start = work, died, start
        self._pool: ProcessPoolExecutor | None = None

    def __call__(self, job: J, /) -> R:
        if self._pool is None:
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, mp_context=spawn, initializer=self._start)
        try:
            return self._pool.submit(self._work, job).result()
        except BrokenProcessPool:
            self.close()
            return self._died

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None


def each(jobs: Sequence[J], doer: Callable[[], Doer[J, R]], *, workers: int, tick: Callable[[], None]) -> list[R]:
    """What became of each job, in order, with as many doers at once; `tick` is called after each job."""
    os.environ["OMP_THREAD_LIMIT"] = "1"  # the processes inherit it
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for number in range(len(jobs)):
        waiting.put(number)

    def share() -> dict[int, R]:
        mine, done = doer(), dict[int, R]()
        try:
            while True:
                try:
                    number = waiting.get_nowait()
                except queue.Empty:
                    return done
                done[number] = mine(jobs[number])
                tick()
        finally:
            mine.close()

    count = max(1, min(workers, len(jobs)))
    with ThreadPoolExecutor(count) as threads:
        shares = [future.result() for future in [threads.submit(share) for _ in range(count)]]
    everything = {number: answer for one in shares for number, answer in one.items()}
    return [everything[number] for number in range(len(jobs))]


def cpu() -> float:
    """CPU seconds that this process and the programs that it started have taken."""
    own, started = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + started.ru_utime + started.ru_stime


def peak() -> int:
    """Most memory that this process ever held at once, in bytes, with the largest program that it started."""
    unit = 1 if sys.platform == "darwin" else 1024
    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would count the process that this one was forked from
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 + started
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit + started


def failure(error: Exception) -> str:
    """A refusal by its kind; what nobody foresaw with the place where it happened, so that it can be mended."""
    if isinstance(error, docscan.DocscanError) or error.__traceback__ is None:
        return type(error).__name__
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}: {error}"
