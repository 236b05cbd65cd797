"""A folder in, a results table out. Can be killed at any moment and run again: every file then has exactly one row.

The run folder holds `run.json` (what the run was asked to do), `results.jsonl` (one `docscan.row/1` a file, in the
order in which they ended; appended and forced to disk row by row) and `results.csv` (the same as a table, in the order
of the file names; written whole or not at all). A row belongs to a path below the folder and the hash of its bytes:
a file that changed is checked again and its old row goes.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path

from docscan.batch.journal import Journal
from docscan.batch.workers import Check, Task, check_file, checked
from docscan.errors import NotAFile, NotFound, UsageError
from docscan.intake import media_type
from docscan.settings import settings

DEFAULT_TIMEOUT = 900.0  # seconds: fifty scanned pages on a busy machine
_FIRST_BYTES = 8192
_NAMED_LIKE_DOCUMENTS = frozenset({
    ".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".heic", ".heif",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. `total` counts every file of the folder, those that had a row before included."""

    done: int
    total: int
    failed: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run has come to, counted over all rows. `skipped`: files without a row, as they are no documents."""

    total: int
    before: int
    verdicts: Mapping[str, int]
    errors: Mapping[str, int]
    hidden: int
    skipped: int
    closed_folders: tuple[str, ...]
    table: Path

    @property
    def failed(self) -> int:
        return sum(self.errors.values())

    @property
    def exit_status(self) -> int:
        """5 where a file or folder could not be checked, 1 where a document is less than complete, else 0."""
        if self.failed or self.closed_folders:
            return 5
        return 0 if set(self.verdicts) <= {"complete"} else 1


def run_batch(
    folder: Path,
    run: Path,
    *,
    as_of: date | None = None,
    administrator: str | None = None,
    workers: int = 0,
    timeout: float = DEFAULT_TIMEOUT,
    every_file: bool = False,
    check: Check = check_file,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> Summary:
    """Check every document below `folder` and keep the results in `run`; go on where an earlier run stopped.

    What is by its content neither a PDF nor a picture is counted and left out, unless its name claims that it is one:
    then it is a damaged document, and that is told. With `every_file` there is a row for all of them.

    A file that cannot be taken, takes longer than `timeout` seconds or ends its process gets a row that says so, and
    the run goes on. Going on with another folder, day, administrator, settings or version of docscan is refused
    (`UsageError`); what is not given is taken from the earlier run. Names that begin with a dot are left out.
    """
    from docscan import checking  # not above: the processes that only check files import this package too

    if not folder.exists():
        raise NotFound("There is no such folder.", "Check its name.")
    if not folder.is_dir():
        raise NotAFile("The batch command takes a folder, not a file.", "Use docscan check for single files.")
    if run.resolve() == folder.resolve():
        raise UsageError("The results cannot be written into the folder that is checked.", "Name another --out.")
    with Journal.open(run, _asked(folder, as_of, administrator)) as journal:
        day, rules = date.fromisoformat(journal.asked["as_of"]), str(journal.asked["administrator"])
        checking.load(rules)  # a wrong name is told before a worker is started
        found = _look(folder, leave_out=run.resolve(), every_file=every_file)
        done = failed = 0
        before = 0

        def tasks() -> Iterator[Task]:
            nonlocal done, failed, before
            for name in found.names:
                path = folder / name
                shown, sha256 = shown_name(name), _sha256(path)
                if journal.has(shown, sha256):
                    done += 1
                    before += 1
                    failed += journal.failed(shown)
                    on_progress(Progress(done, len(found.names), failed))
                else:
                    yield Task(shown, str(path), sha256)

        on_progress(Progress(0, len(found.names), 0))
        try:
            for row in checked(
                tasks(),
                as_of=day,
                administrator=rules,
                workers=workers or settings().workers or os.cpu_count() or 1,
                timeout=timeout,
                check=check,
            ):
                journal.append(row)
                done += 1
                failed += row["error"] is not None
                on_progress(Progress(done, len(found.names), failed))
        finally:
            table = journal.write_table()
        return Summary(
            len(found.names), before, journal.verdicts(), journal.errors(), found.hidden, found.skipped,
            tuple(found.closed), table,
        )  # fmt: skip


def shown_name(path: Path) -> str:
    """A path as the rows name it: forward slashes; bytes that are not UTF-8 as \\xNN, so that JSON can hold them."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


@dataclass
class _Found:
    names: list[Path] = field(default_factory=list)
    hidden: int = 0
    skipped: int = 0
    closed: list[str] = field(default_factory=list)


def _look(folder: Path, *, leave_out: Path, every_file: bool) -> _Found:
    """The files below `folder`, sorted. Links to files count as files; links to folders are not followed."""
    found = _Found()

    def closed(error: OSError) -> None:
        if error.filename is not None:
            found.closed.append(shown_name(Path(error.filename).relative_to(folder)))

    for here, folders, names in os.walk(folder, onerror=closed):
        folders[:] = [one for one in folders if not one.startswith(".") and Path(here, one).resolve() != leave_out]
        seen = [one for one in names if not one.startswith(".")]
        found.hidden += len(names) - len(seen)
        wanted = [one for one in seen if every_file or _may_be_a_document(Path(here, one))]
        found.skipped += len(seen) - len(wanted)
        found.names.extend(Path(here, one).relative_to(folder) for one in wanted)
    found.names.sort(key=shown_name)
    return found


def _may_be_a_document(path: Path) -> bool:
    """Whether the file is a PDF or a picture by its first bytes, or by its name; also where it cannot be opened."""
    if path.suffix.lower() in _NAMED_LIKE_DOCUMENTS:
        return True
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return True
        with path.open("rb") as stream:
            kind = media_type.media_type(stream.read(_FIRST_BYTES))
    except OSError:
        return True
    return kind == media_type.PDF or (kind or "").startswith("image/")


def _asked(folder: Path, as_of: date | None, administrator: str | None) -> dict[str, object]:
    """What decides the results of a run; None where the caller leaves it to an earlier run or the default."""
    now = settings()
    return {
        "folder": shown_name(folder.resolve()),
        "as_of": as_of.isoformat() if as_of else None,
        "administrator": administrator,
        "docscan": version("docscan"),
        **{
            name: str(value) if (value := getattr(now, name)) is not None else ""
            for name in ("max_bytes", "max_pages", "max_pixels", "engine", "page_timeout", "rulebooks")
        },
    }


def _sha256(path: Path) -> str | None:
    """None where the file cannot be read or is no plain file: reading a pipe would wait for ever."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None
