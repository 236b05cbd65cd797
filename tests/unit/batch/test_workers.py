"""Whatever a file does to the process that checks it, it gets one row and the others get theirs."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docscan.batch.workers import Task, checked
from docscan.errors import MissingDependency
from tests.unit.batch import stand_ins

pytestmark = pytest.mark.slow  # processes

DOES = {
    "fine": "fine",
    "encrypted": "encrypted",
    "defect": "defect",
    "die": "die",
    "die_once": "die_once",
    "hang": "hang",
    "last": "fine",
}


def run(folder: Path, texts: dict[str, str], *, timeout: float = 30.0) -> list[dict[str, Any]]:
    tasks = []
    for name, text in texts.items():
        (folder / name).write_text(text)
        tasks.append(Task(name, str(folder / name), "0" * 64))
    return list(
        checked(iter(tasks), as_of=date(2026, 3, 3), administrator="generic-fsa", workers=2, timeout=timeout,
                check=stand_ins.obey)
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("run") / "in"
    made.mkdir()
    return made


@pytest.fixture(scope="module")
def rows(folder: Path) -> dict[str, dict[str, Any]]:
    """Rows of files that do their worst."""
    found = run(folder, DOES, timeout=1.5)
    assert sorted(row["file"] for row in found) == sorted(DOES), "one row a file"
    return {row["file"]: row for row in found}


def attempts(folder: Path, name: str) -> int:
    return (folder.parent / "attempts").read_text().split().count(name)


@pytest.mark.parametrize(
    ("file", "code", "tries"),
    [
        ("fine", None, 1),
        ("encrypted", "encrypted", 1),
        ("defect", "internal", 1),
        ("die", "crashed", 2),
        ("die_once", None, 2),
        ("hang", "timed_out", 1),
        ("last", None, 1),
    ],
)
def test_every_file_gets_a_row_whatever_the_others_do(
    rows: dict[str, dict[str, Any]], folder: Path, file: str, code: str | None, tries: int
) -> None:
    row = rows[file]
    assert (row["error"] and row["error"]["code"]) == code
    assert (row["report"] is None) == (code is not None)
    assert attempts(folder, file) == tries


def test_a_time_out_tells_how_long_it_took(rows: dict[str, dict[str, Any]]) -> None:
    assert 1.5 <= rows["hang"]["seconds"] < 30


def test_a_defect_tells_nothing_of_the_document(rows: dict[str, dict[str, Any]]) -> None:
    assert "ZeroDivisionError" in rows["defect"]["error"]["message"]
    assert "secret" not in str(rows["defect"])


def test_what_is_wrong_with_the_installation_ends_the_run(folder: Path) -> None:
    with pytest.raises(MissingDependency):
        run(folder, {"a": "missing", "b": "missing"})


def test_no_more_tasks_are_taken_than_there_are_processes(folder: Path) -> None:
    taken = []

    def tasks() -> Any:
        for number in range(6):
            (folder / str(number)).write_text("fine")
            taken.append(number)
            yield Task(str(number), str(folder / str(number)), None)

    rows = checked(
        tasks(), as_of=date(2026, 3, 3), administrator="generic-fsa", workers=2, timeout=30, check=stand_ins.obey
    )
    next(rows)
    assert len(taken) <= 3
    rows.close()  # type: ignore[attr-defined]
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    if children.exists():
        alive = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in children.read_text().split()]
        assert not [one for one in alive if b"spawn_main" in one], "no process is left"
