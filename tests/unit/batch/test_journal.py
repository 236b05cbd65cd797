"""A run's journal survives kills: rows that are whole stay, a torn one goes, and nothing is mixed."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.batch.journal import Journal
from docscan.errors import UsageError
from tests.unit.batch import stand_ins

ASKED = {"folder": "/scans", "as_of": "2026-03-03", "administrator": "generic-fsa", "max_pages": "50"}
REPORT = stand_ins.report(b"a", date(2026, 3, 3), "generic-fsa").to_dict()


def row(file: str, sha256: str | None = "a" * 64, *, code: str | None = None) -> dict[str, Any]:
    error = {"code": code, "message": "It failed.", "remedy": "Mend it."} if code else None
    return {
        "schema": "docscan.row/1", "file": file, "sha256": sha256, "seconds": 0.1,
        "report": None if error else REPORT, "error": error,
    }  # fmt: skip


def keep(run: Path, *rows: dict[str, Any]) -> None:
    with Journal.open(run, ASKED) as journal:
        for one in rows:
            journal.append(one)


def test_rows_are_there_when_the_journal_is_opened_again(tmp_path: Path) -> None:
    keep(tmp_path / "run", row("b.pdf"), row("a.pdf", code="damaged"))
    with Journal.open(tmp_path / "run", ASKED) as journal:
        assert journal.has("a.pdf", "a" * 64)
        assert journal.failed("a.pdf")
        assert journal.has("b.pdf", "a" * 64)
        assert not journal.has("b.pdf", "b" * 64), "a file that changed has no row"
        assert not journal.has("c.pdf", "a" * 64)
        assert [one["file"] for one in journal.rows()] == ["a.pdf", "b.pdf"]


WHOLE = b"".join(json.dumps(row(name)).encode() + b"\n" for name in ("a.pdf", "b.pdf", "c.pdf"))


@given(kept=st.integers(0, len(WHOLE)))
def test_whatever_byte_a_kill_tears_the_journal_at_each_whole_row_is_kept_once(
    kept: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    run = tmp_path_factory.mktemp("torn")
    keep(run)
    (run / "results.jsonl").write_bytes(WHOLE[:kept])
    with Journal.open(run, ASKED) as journal:
        expected = ["a.pdf", "b.pdf", "c.pdf"][: WHOLE[:kept].count(b"\n")]
        assert [one["file"] for one in journal.rows()] == expected
        journal.append(row("d.pdf"))
    lines = (run / "results.jsonl").read_text().splitlines()
    assert [json.loads(line)["file"] for line in lines] == [*expected, "d.pdf"]


def test_a_line_that_cannot_be_read_is_left_out_and_its_file_has_no_row(tmp_path: Path) -> None:
    keep(tmp_path, row("a.pdf"), row("b.pdf"), row("c.pdf"))
    first, _, last = (tmp_path / "results.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "results.jsonl").write_bytes(first + b"\0\0{garbage\n" + last)
    with Journal.open(tmp_path, ASKED) as journal:
        assert not journal.has("b.pdf", "a" * 64)
    assert (tmp_path / "results.jsonl").read_bytes() == first + last


def test_a_newer_row_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    with Journal.open(tmp_path, ASKED) as journal:
        journal.append(row("a.pdf", code="damaged"))
        journal.append(row("b.pdf"))
        journal.append(row("a.pdf", "b" * 64))
        journal.write_table()
        journal.append(row("c.pdf"))
    rows = [json.loads(line) for line in (tmp_path / "results.jsonl").read_text().splitlines()]
    assert [(one["file"], one["sha256"][0]) for one in rows] == [("b.pdf", "a"), ("a.pdf", "b"), ("c.pdf", "a")]


def test_the_table_has_one_row_a_file_in_the_order_of_the_names(tmp_path: Path) -> None:
    with Journal.open(tmp_path, ASKED) as journal:
        for one in (row("b.pdf"), row("=cmd|' /C calc'!A0.pdf"), row("a.pdf", code="damaged")):
            journal.append(one)
        table = journal.write_table()
    with table.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [one["file"] for one in rows] == ["'=cmd|' /C calc'!A0.pdf", "a.pdf", "b.pdf"]
    assert rows[1]["error_code"] == "damaged"
    assert rows[1]["verdict"] == ""
    assert (rows[2]["verdict"], rows[2]["score_low"], rows[2]["error_code"]) == ("complete", "100.0", "")
    assert not list(tmp_path.glob("*.new"))


@pytest.mark.parametrize(
    ("name", "now"),
    [("folder", "/other"), ("as_of", "2026-03-04"), ("administrator", "wageworks"), ("max_pages", "10")],
)
def test_going_on_with_something_else_is_refused(tmp_path: Path, name: str, now: str) -> None:
    keep(tmp_path, row("a.pdf"))
    with pytest.raises(UsageError, match=name), Journal.open(tmp_path, ASKED | {name: now}):
        pass


def test_what_is_not_given_is_taken_from_the_earlier_run(tmp_path: Path) -> None:
    keep(tmp_path, row("a.pdf"))
    with Journal.open(tmp_path, ASKED | {"as_of": None, "administrator": None}) as journal:
        assert journal.asked["as_of"] == "2026-03-03"


def test_a_new_run_takes_today_and_the_administrator_of_the_settings(tmp_path: Path) -> None:
    with Journal.open(tmp_path, ASKED | {"as_of": None, "administrator": None}) as journal:
        assert journal.asked["as_of"] == date.today().isoformat()
        assert journal.asked["administrator"] == "generic-fsa"


def test_two_cannot_work_in_one_folder(tmp_path: Path) -> None:
    with (
        Journal.open(tmp_path, ASKED),
        pytest.raises(UsageError, match="Another docscan"),
        Journal.open(tmp_path, ASKED),
    ):
        pass


@pytest.mark.parametrize("name", ["run.json", "results.jsonl", "results.csv"])
def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(UsageError, match=name), Journal.open(tmp_path, ASKED):
        pass
    assert (tmp_path / name).read_text() == "mine"
