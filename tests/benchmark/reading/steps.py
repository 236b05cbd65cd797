"""Which steps of reading take how much CPU time, watched from outside.

While watched, every public function of docscan's reading, and every public method of its engines, is replaced by one
that notes the process' CPU time around the call. A step's time is its own: that of the steps which it calls is theirs.
Engine calls are named by engine, layout and the function that asked for them.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType, FunctionType, ModuleType
from typing import Any, NamedTuple

from docscan import reading

_TOO_SMALL = frozenset(("docscan.reading.geometry",))
"""Modules whose functions are called for every word: noting the time would take longer than they do."""

_READING = f"{reading.__name__}."
_ENGINES = f"{_READING}recognition.engines."
_NO_WORK = frozenset(("version", "available"))


class Spent(NamedTuple):
    """How often a step was called, and its own CPU seconds."""

    calls: int
    seconds: float

    def __add__(self, other: object) -> Spent:
        return Spent(self.calls + other.calls, self.seconds + other.seconds) if isinstance(other, Spent) else self


def group(step: str) -> str:
    """The family that a step belongs to: "engine tesserocr", or its part of reading: "pictures", "marks", ..."""
    return " ".join(step.split()[:2]) if step.startswith("engine ") else step.partition(".")[0]


@dataclass
class _Call:
    step: str
    start: float
    inner: float = 0.0


@dataclass
class Clock:
    """What was spent while watched. One call at a time runs in a process: an engine's thread is waited for."""

    spent: dict[str, Spent] = field(default_factory=dict)
    _open: list[_Call] = field(default_factory=list)

    def around(self, step: str, work: Callable[..., Any], *given: Any, **named: Any) -> Any:
        call = _Call(step, time.process_time())
        self._open.append(call)
        try:
            return work(*given, **named)
        finally:
            self._close(call)

    def step_within(self, name: str) -> str | None:
        """The step that runs now, where it has this name: an engine within its guard is one step with it."""
        running = self._open[-1].step if self._open else ""
        return running if running.partition(", for ")[0] == name else None

    def _close(self, call: _Call) -> None:
        took = time.process_time() - call.start
        if call not in self._open:  # an engine that was given up came back after all
            return
        del self._open[self._open.index(call) :]
        before = self.spent.get(call.step, Spent(0, 0.0))
        within_itself = bool(self._open) and self._open[-1].step == call.step  # a guard around an engine, say
        self.spent[call.step] = before + Spent(0 if within_itself else 1, took - call.inner)
        if self._open:
            self._open[-1].inner += took


@contextmanager
def watched() -> Iterator[Clock]:
    """Note what is spent on each step until the end of the block."""
    clock = Clock()
    modules = _modules()
    undo: list[tuple[Any, str, Any]] = []
    try:
        for module in modules:
            for name, thing in list(vars(module).items()):
                if isinstance(thing, FunctionType) and thing.__module__ == module.__name__ and not name.startswith("_"):
                    _replace(thing, _noted(clock, f"{_within(module.__name__)}.{name}", thing), undo)
                elif module.__name__.startswith(_ENGINES) and _is_engine(thing, module):
                    for method, work in list(vars(thing).items()):
                        if isinstance(work, FunctionType) and not method.startswith("_") and method not in _NO_WORK:
                            undo.append((thing, method, work))
                            setattr(thing, method, _engine_call(clock, method, work))
        yield clock
    finally:
        for owner, name, thing in reversed(undo):
            setattr(owner, name, thing)


def _modules() -> list[ModuleType]:
    """The modules of reading that can be loaded here, all but those of which each call is too small to note."""
    found = []
    for info in pkgutil.walk_packages(reading.__path__, f"{reading.__name__}."):
        try:
            module = importlib.import_module(info.name)
        except ImportError:  # an engine that is not installed
            continue
        if info.name not in _TOO_SMALL:
            found.append(module)
    return found


def _within(module: str) -> str:
    """The module's name from reading on: "pictures.repair"."""
    return module.removeprefix(_READING)


def _replace(thing: FunctionType, noted: Callable[..., Any], undo: list[tuple[Any, str, Any]]) -> None:
    """In its own module and wherever else in docscan it was imported by name."""
    for module in [m for name, m in sys.modules.items() if name == "docscan" or name.startswith("docscan.")]:
        for name, there in list(vars(module).items()):
            if there is thing:
                undo.append((module, name, thing))
                setattr(module, name, noted)


def _noted(clock: Clock, step: str, work: FunctionType) -> Callable[..., Any]:
    return _timed(clock, work, lambda *_, **__: step)


def _timed(clock: Clock, work: FunctionType, step_of: Callable[..., str]) -> Callable[..., Any]:
    """The same function, noted; of a generator, each item is."""
    if inspect.isgeneratorfunction(work):

        @functools.wraps(work)
        def items(*given: Any, **named: Any) -> Iterator[Any]:
            step, made, end = step_of(*given, **named), work(*given, **named), object()
            while (item := clock.around(step, next, made, end)) is not end:
                yield item

        return items

    @functools.wraps(work)
    def noted(*given: Any, **named: Any) -> Any:
        return clock.around(step_of(*given, **named), work, *given, **named)

    return noted


def _is_engine(thing: Any, module: ModuleType) -> bool:
    """Whether it is a class of this module that reads, not the contract of such classes."""
    if not inspect.isclass(thing) or thing.__module__ != module.__name__ or getattr(thing, "_is_protocol", False):
        return False
    return callable(vars(thing).get("read"))


def _engine_call(clock: Clock, method: str, work: FunctionType) -> Callable[..., Any]:
    def step(self: Any, *given: Any, **named: Any) -> str:
        told = method
        if method == "read":
            told = next((value for value in (*given, *named.values()) if isinstance(value, str)), "page")
        name = f"engine {getattr(self, 'name', type(self).__name__)} {told}"
        return clock.step_within(name) or f"{name}, for {_who_asks(sys._getframe(2))}"

    return _timed(clock, work, step)


def _who_asks(frame: FrameType | None) -> str:
    """The nearest function of reading that is no engine's."""
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if module.startswith(_READING) and not module.startswith(_ENGINES):
            return f"{_within(module)}.{frame.f_code.co_name}"
        frame = frame.f_back
    return "its own thread"
