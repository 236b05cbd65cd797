"""How does the command line speak? Results on stdout, all else on stderr, an error in one line with its remedy."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import typer

from docscan.errors import DocscanError, RulebookError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

INTERRUPTED = 130
_WIDEST = 110  # longer lines of prose are hard to read

_P = ParamSpec("_P")
_R = TypeVar("_R")


def out(*, widest: int = _WIDEST) -> Console:
    """The console for results, no wider than `widest` columns."""
    return _console(stderr=False, widest=widest)


def err() -> Console:
    """The console for progress and errors."""
    return _console(stderr=True, widest=_WIDEST)


def _console(*, stderr: bool, widest: int) -> Console:
    from rich.console import Console

    console = Console(stderr=stderr, highlight=False, emoji=False)
    console.width = min(console.width, widest)
    return console


def write(line: str) -> None:
    """One line of results for a program, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def tell(error: DocscanError, *, file: str | None = None) -> None:
    """An error on stderr: what is wrong, with which file, and what to do."""
    from rich.text import Text

    from docscan.presenting.wording import clean

    for one in (error, *(error.more if isinstance(error, RulebookError) else ())):
        told = Text.assemble(("Error: ", "bold red"))
        if file is not None:
            told.append(f"{clean(file)}: ")
        told.append(f"{clean(one.message)} {clean(one.remedy)}")
        err().print(told)


def shown(name: str) -> str:
    """A file's name as it can be printed: bytes that are not UTF-8 as \\xNN."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def guarded(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """A command whose errors are told in one line, with the exit status that belongs to them."""

    @functools.wraps(command)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return command(*args, **kwargs)
        except DocscanError as error:
            tell(error)
            raise typer.Exit(error.exit_status) from None
        except KeyboardInterrupt:
            err().print("Interrupted.")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            raise
        except OSError as error:  # of reading, each file's own errors are told before; this is about results
            about = f" ({shown(os.fsdecode(error.filename))})" if isinstance(error.filename, str | bytes) else ""
            tell(UsageError(f"The results cannot be written: {error.strerror or error}{about}.", "Name another place."))
            raise typer.Exit(UsageError.exit_status) from None

    return run


@contextmanager
def busy(doing: str) -> Iterator[None]:
    """Say on stderr what is being done, where a person is looking."""
    console = err()
    if not console.is_terminal:
        yield
        return
    from rich.text import Text

    with console.status(Text(doing)):
        yield
