"""A run over a folder: every file once, whatever is killed when."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docscan.batch import Progress, Summary, run_batch, shown_name
from docscan.errors import NotAFile, NotFound, UnknownName, UsageError
from tests.unit.batch import stand_ins

pytestmark = pytest.mark.slow  # processes

DAY = date(2026, 3, 3)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


def run(folder: Path, **options: Any) -> Summary:
    given: dict[str, Any] = {
        "as_of": DAY,
        "administrator": "generic-fsa",
        "workers": 2,
        "check": stand_ins.obey,
        "every_file": True,  # the stand-in's documents are text
    } | options
    return run_batch(folder, folder.parent / "run", **given)


def rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder.parent / "run" / "results.jsonl").read_text().splitlines()]


def attempts(folder: Path) -> Counter[str]:
    return Counter((folder.parent / "attempts").read_text().split())


def test_every_file_below_the_folder_has_a_row_and_the_second_run_checks_only_what_is_new(folder: Path) -> None:
    (folder / "a").write_text("fine")
    (folder / "b").write_text("encrypted")
    (folder / "sub").mkdir()
    (folder / "sub" / "c").write_text("fine")
    (folder / ".hidden").write_text("fine")
    (folder / "loop").symlink_to(folder / "loop")
    seen: list[Progress] = []
    summary = run(folder, on_progress=seen.append)
    assert sorted(row["file"] for row in rows(folder)) == ["a", "b", "loop", "sub/c"]
    assert (summary.total, summary.before, summary.hidden, summary.exit_status) == (4, 0, 1, 5)
    assert summary.verdicts == {"complete": 2}
    assert summary.errors["encrypted"] == 1
    assert (seen[0].done, seen[-1].done, seen[-1].total, seen[-1].failed) == (0, 4, 4, 2)

    (folder / "a").write_text("fine, but changed")
    (folder / "d").write_text("fine")
    again = run(folder)
    assert (again.total, again.before) == (5, 3)
    assert Counter(row["file"] for row in rows(folder)) == {"a": 1, "b": 1, "loop": 1, "sub/c": 1, "d": 1}
    counted = attempts(folder)
    assert (counted["a"], counted["b"], counted["c"], counted["d"]) == (2, 1, 1, 1)
    with again.table.open(newline="") as stream:
        assert [row["file"] for row in csv.DictReader(stream)] == ["a", "b", "d", "loop", "sub/c"]


def test_what_is_no_document_is_counted_and_gets_a_row_only_where_asked(folder: Path) -> None:
    for name, data in {
        "notes": b"fine",
        "table.xlsx": b"PK\x03\x04 cells",
        "named.PDF": b"fine, and no PDF: damaged on its way",
        "scan without a suffix": b"%PDF-1.4 fine",
        "drawing.gif": b"GIF89a" + bytes(20),
    }.items():
        (folder / name).write_bytes(data)
    (folder / "loop").symlink_to(folder / "loop")
    summary = run(folder, every_file=False)
    assert sorted(row["file"] for row in rows(folder)) == ["drawing.gif", "loop", "named.PDF", "scan without a suffix"]
    assert (summary.total, summary.skipped) == (4, 2)
    (folder / "loop").unlink()
    assert run(folder, every_file=True).skipped == 0
    assert {"notes", "table.xlsx"} <= {row["file"] for row in rows(folder)}


def test_a_folder_without_documents_does_not_fail_a_run(folder: Path) -> None:
    (folder / "notes.txt").write_text("encrypted")
    summary = run(folder, every_file=False)
    assert (summary.total, summary.skipped, summary.exit_status) == (0, 1, 0)


def test_the_results_may_lie_below_the_folder(folder: Path) -> None:
    (folder / "a").write_text("fine")
    for _ in range(2):
        summary = run_batch(
            folder, folder / "run", as_of=DAY, administrator="generic-fsa", workers=1, every_file=True,
            check=stand_ins.obey,
        )  # fmt: skip
        assert summary.total == 1


def test_an_empty_folder_gives_an_empty_table(folder: Path) -> None:
    summary = run(folder)
    assert (summary.total, summary.exit_status) == (0, 0)
    assert len(summary.table.read_text().splitlines()) == 1


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"folder": Path("nowhere")}, NotFound),
        ({"folder": Path(__file__)}, NotAFile),
        ({"administrator": "nobody"}, UnknownName),
    ],
)
def test_refuses_before_any_work(tmp_path: Path, change: dict[str, Any], error: type[Exception]) -> None:
    given: dict[str, Any] = {"folder": tmp_path, "administrator": "generic-fsa"} | change
    with pytest.raises(error):
        run_batch(given["folder"], tmp_path / "run", as_of=DAY, administrator=given["administrator"])


def test_the_results_cannot_lie_in_the_folder_itself(folder: Path) -> None:
    with pytest.raises(UsageError):
        run_batch(folder, folder, as_of=DAY, administrator="generic-fsa")


def test_a_name_that_is_not_utf_8_can_stand_in_json() -> None:
    assert shown_name(Path(os.fsdecode(b"a/caf\xe9.pdf"))) == "a/caf\\xe9.pdf"
    assert shown_name(Path("café.pdf")) == "café.pdf"


PROGRAM = """
from tests.unit.batch import stand_ins


from datetime import date
from pathlib import Path
from docscan.batch import run_batch
if __name__ == "__main__":
    run_batch(Path({folder!r}), Path({run!r}), as_of=date(2026, 3, 3), administrator="generic-fsa", workers=2,
              every_file=True, check=stand_ins.obey)
"""


@pytest.mark.slow
def test_killed_in_the_middle_and_run_again_every_file_has_one_row_and_none_is_checked_twice(folder: Path) -> None:
    names = [f"f{number:02}" for number in range(16)]
    for name in names:
        (folder / name).write_text("slow")
    script = folder.parent / "program.py"
    script.write_text(PROGRAM.format(folder=str(folder), run=str(folder.parent / "run")))
    results = folder.parent / "run" / "results.jsonl"
    program = subprocess.Popen([sys.executable, str(script)], start_new_session=True)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and (not results.exists() or results.read_bytes().count(b"\n") < 3):
        time.sleep(0.02)
    os.kill(program.pid, signal.SIGKILL)
    program.wait()
    had = {row["file"] for row in map(json.loads, results.read_bytes().splitlines(keepends=False)[:-1])}
    assert 2 <= len(had) < len(names), "it was killed in the middle"
    time.sleep(0.5)  # its workers end by themselves
    before = attempts(folder)

    subprocess.run([sys.executable, str(script)], check=True, timeout=120)
    assert Counter(row["file"] for row in rows(folder)) == dict.fromkeys(names, 1)
    assert not [name for name in had if attempts(folder)[name] != before[name]], "what had a row was not checked again"
    with (folder.parent / "run" / "results.csv").open(newline="") as stream:
        assert [row["file"] for row in csv.DictReader(stream)] == names
