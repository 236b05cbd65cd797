"""An engine that keeps its time: the call is left behind where the engine does not come back by itself."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from docscan.reading.geometry import Grey, Seen
from docscan.reading.recognition.engines import Engine, Layout, TimedOut

_GRACE = 5.0  # seconds beyond its time that an engine has to come back by itself


@dataclass
class _Call:
    work: Callable[[], Any]
    done: threading.Event = field(default_factory=threading.Event)
    answer: Any = None
    error: BaseException | None = None


class Guarded:
    """Another engine, called on a thread of its own, so that one that hangs costs one page and not the document.

    A thread that does not come back is abandoned with what it holds; the next call gets a new one. What is not
    promised: an engine that crashes the process takes it along; whoever runs the process sees to that.
    """

    def __init__(self, engine: Engine, grace: float = _GRACE) -> None:
        self.name = engine.name
        self._engine = engine
        self._grace = grace
        self._calls: queue.SimpleQueue[_Call] | None = None
        self._thread: threading.Thread | None = None

    def version(self) -> str:
        return self._engine.version()

    def available(self) -> bool:
        return self._engine.available()

    def read(self, picture: Grey, timeout: float, layout: Layout = "page") -> tuple[Seen, ...]:
        words: tuple[Seen, ...] = self._in_time(lambda: self._engine.read(picture, timeout, layout), timeout)
        return words

    def turned(self, picture: Grey, timeout: float) -> tuple[int, float] | None:
        found: tuple[int, float] | None = self._in_time(lambda: self._engine.turned(picture, timeout), timeout)
        return found

    def _in_time(self, work: Callable[[], Any], timeout: float) -> Any:
        call = _Call(work)
        self._waiting().put(call)
        if not call.done.wait(timeout + self._grace):
            self._thread = None
            raise TimedOut
        if call.error is not None:
            raise call.error
        return call.answer

    def _waiting(self) -> queue.SimpleQueue[_Call]:
        if self._calls is None or self._thread is None or not self._thread.is_alive():  # a fork has no threads
            self._calls = queue.SimpleQueue()
            self._thread = threading.Thread(
                target=_work, args=(self._calls,), name=f"reading by {self.name}", daemon=True
            )
            self._thread.start()
        return self._calls


def _work(calls: queue.SimpleQueue[_Call]) -> None:
    while True:
        call = calls.get()
        try:
            call.answer = call.work()
        except BaseException as error:
            call.error = error
        call.done.set()
