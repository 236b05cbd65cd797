"""A folder of real documents becomes a table, though the run is killed in the middle."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from docscan.presenting.schemas import schema

SAMPLES = Path(__file__).parents[2] / "sample_docs"
BATCH = [sys.executable, "-m", "docscan", "batch"]


def rows(run: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (run / "results.jsonl").read_text().splitlines()]


def table(run: Path) -> list[dict[str, str]]:
    with (run / "results.csv").open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.slow
def test_a_folder_becomes_a_table(tmp_path: Path) -> None:
    folder, run = tmp_path / "scans", tmp_path / "run"
    (folder / "2026").mkdir(parents=True)
    shutil.copy(SAMPLES / "letter-diabetes-internist.pdf", folder / "2026" / "=letter one.pdf")
    shutil.copy(SAMPLES / "receipt-personal-trainer.pdf", folder / "receipt.pdf")
    (folder / "broken.pdf").write_bytes((SAMPLES / "lab-report.pdf").read_bytes()[:900])
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text("not a document")
    ended = subprocess.run(
        [*BATCH, str(folder), "--out", str(run), "--as-of", "2026-09-30", "--workers", "1"],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert ended.returncode == 5
    assert "Traceback" not in ended.stderr
    assert "3 documents" in ended.stdout
    assert "1  skipped (not a document)" in ended.stdout
    told = {row["file"]: row for row in table(run)}
    assert set(told) == {"2026/=letter one.pdf", "broken.pdf", "receipt.pdf"}
    letter = told["2026/=letter one.pdf"]
    assert letter["kind"] == "lmn"
    assert letter["diagnosis_code"] == "E11.9"
    assert float(letter["score_low"]) <= float(letter["score_high"])
    assert told["broken.pdf"]["error_code"] == "damaged"
    for row in rows(run):
        jsonschema.Draft202012Validator(schema("row")).validate(row)

    other = subprocess.run(
        [*BATCH, str(folder), "--out", str(run), "--as-of", "2026-10-01"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert other.returncode == 2
    assert "2026-09-30" in other.stderr


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_stopped_in_the_middle_and_run_again_every_file_has_exactly_one_row(
    tmp_path: Path, how: signal.Signals
) -> None:
    folder, run = tmp_path / "scans", tmp_path / "run"
    folder.mkdir()
    for path in sorted(SAMPLES.glob("*.pdf"))[:12]:
        shutil.copy(path, folder)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    command = [*BATCH, str(folder), "--out", str(run), "--as-of", "2026-09-30", "--workers", "2"]
    batch = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    results = run / "results.jsonl"
    deadline = time.monotonic() + 240
    while not results.exists() or results.read_bytes().count(b"\n") < 4:
        assert time.monotonic() < deadline
        assert batch.poll() is None
        time.sleep(0.05)
    batch.send_signal(how)
    _, said = batch.communicate(timeout=30)
    assert batch.returncode == (-how if how == signal.SIGKILL else 130)
    before = results.read_bytes()
    whole = before[: before.rfind(b"\n") + 1]
    had = whole.count(b"\n")
    assert 4 <= had < 13
    if how != signal.SIGKILL:
        assert f"{had} rows of 13 are kept" in said.decode()
    time.sleep(1)
    assert not working(folder), "no worker outlives the run"

    again = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert again.returncode == 5
    assert results.read_bytes().startswith(whole), "what had a row was not checked again"
    expected = dict.fromkeys((path.name for path in folder.iterdir()), 1)
    assert Counter(row["file"] for row in rows(run)) == expected
    assert Counter(row["file"] for row in table(run)) == expected


def working(folder: Path) -> list[str]:
    """Processes that still have something to do with the folder; none where /proc does not tell."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().decode(errors="replace")
            opened = [str(link.readlink()) for link in (process / "fd").iterdir()]
        except OSError:
            continue
        if any(str(folder) in one for one in (command, *opened)):
            found.append(command)
    return found
