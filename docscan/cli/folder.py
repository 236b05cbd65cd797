"""What does the command batch do?"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import FrameType

from docscan.batch import Progress, Summary, run_batch
from docscan.cli.console import INTERRUPTED, err, out, shown
from docscan.presenting import wording


def check_folder(
    folder: Path,
    run: Path,
    *,
    as_of: date | None,
    administrator: str | None,
    workers: int,
    timeout: float,
    every_file: bool,
) -> int:
    """Check every document below a folder, with a progress bar on stderr and a summary on stdout."""
    show = _Show()
    try:
        with _ended_by_signal(), show.bar:
            summary = run_batch(
                folder,
                run,
                as_of=as_of,
                administrator=administrator,
                workers=workers,
                timeout=timeout,
                every_file=every_file,
                on_progress=show,
            )
    except KeyboardInterrupt:
        kept = _rows_in(run / "results.jsonl")
        said = f"{wording.count(kept, 'row')} of {show.total:,} {'is' if kept == 1 else 'are'} kept"
        err().print(f"Stopped. {said}; the same command goes on from here.", soft_wrap=True)
        return INTERRUPTED
    _tell(summary)
    return summary.exit_status


class _Show:
    """A progress bar with the time left; where nobody looks, a line now and then."""

    def __init__(self) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self.console = err()
        self.bar = Progress(
            TextColumn("Checking"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TextColumn("{task.fields[failed]}"),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=self.console,
            disable=not self.console.is_terminal,
        )
        self.task = self.bar.add_task("", total=None, failed="")
        self.told = -1
        self.total = 0

    def __call__(self, progress: Progress) -> None:
        self.total = progress.total
        failed = f"{progress.failed} failed" if progress.failed else ""
        self.bar.update(self.task, completed=progress.done, total=progress.total, failed=failed)
        if not self.console.is_terminal and progress.total:
            tenth = 10 * progress.done // progress.total
            if tenth > self.told:
                self.told = tenth
                self.console.print(f"{progress.done} of {progress.total} checked{', ' + failed if failed else ''}")


def _rows_in(results: Path) -> int:
    """Counted on the disk: the stop may have come between the keeping of a row and the telling of it."""
    try:
        with results.open("rb") as stream:
            return sum(line.endswith(b"\n") for line in stream)
    except FileNotFoundError:
        return 0


@contextmanager
def _ended_by_signal() -> Iterator[None]:
    """Let `kill` end a run as tidily as Ctrl-C does."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _tell(summary: Summary) -> None:
    from rich.table import Table
    from rich.text import Text

    console = out()
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(justify="right")
    table.add_column()
    for verdict in ("complete", "needs_review", "incomplete", "ineligible", "unreadable"):
        if number := summary.verdicts.get(verdict):
            table.add_row(f"{number:,}", wording.VERDICT[verdict])
    for code, number in sorted(summary.errors.items()):
        table.add_row(f"{number:,}", Text(f"not checked: {code.replace('_', ' ')}", style="red"))
    if summary.skipped:
        table.add_row(f"{summary.skipped:,}", Text("skipped (not a document)", style="dim"))
    console.print(table)
    said = wording.count(summary.total, "document")
    if summary.before:
        said += f", {summary.before:,} of them checked before"
    if summary.hidden:
        said += f"; {wording.count(summary.hidden, 'hidden file')} left out"
    console.print(f"{said}.")
    for name in summary.closed_folders:
        err().print(f"A folder could not be looked into: {shown(name)}", style="red", markup=False)
    console.print(f"Table: {shown(str(summary.table))}", markup=False, soft_wrap=True)
    console.print(f"Reports: {shown(str(summary.table.with_suffix('.jsonl')))}", markup=False, soft_wrap=True)
