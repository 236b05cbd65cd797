"""Measuring, summing up, writing the tables, turning receipts into truth files."""

from __future__ import annotations

import json
import os
from io import StringIO
from pathlib import Path

import pytest
from PIL import Image
from rich.console import Console

from tests.benchmark import __main__ as command
from tests.benchmark import measure, receipts, tables
from tests.benchmark.measure import Answer, Bare, Job
from tests.benchmark.score import Found
from tests.benchmark.truth import TrueField, Truth, read_folder
from tests.benchmark.workers import Hand, each


def truth(damage: str = "scan", **given: object) -> Truth:
    values = {"kind": "lmn", "as_of": None, "administrator": None, "text": "one two three four"} | given
    listed = (TrueField("diagnosis_code", "E11.9"), TrueField("patient_name", "Jane Roe"))
    return Truth(Path("x.pdf"), damage, fields=listed, absent=frozenset({"duration"}), complete=frozenset(),
                 outcomes={"LMN-05": "met"}, **values)  # type: ignore[arg-type]  # fmt: skip


RIGHT = Answer(
    kind="lmn", found=(Found("diagnosis_code", "E11.9"), Found("patient_name", "JANE ROE")),
    outcomes={"LMN-05": ["met"]}, text="one two three four", pages=2, seconds=1.0, peak=100,
)  # fmt: skip
WRONG = Answer(
    kind="other", found=(Found("diagnosis_code", "E11.8"), Found("duration", {"indefinite": True})),
    outcomes={"LMN-05": ["not_met"]}, text="one", pages=2, failed_pages=1, seconds=3.0, peak=300,
)  # fmt: skip
BARE = Bare(text="one two", pages=2, seconds=1.0)


def test_all_right_is_one_and_all_wrong_is_nought() -> None:
    right, _ = tables.sums([truth()], [(RIGHT, None)])
    assert (right.all_fields.f1, right.agreement, right.kind_accuracy) == (1, 1, 1)
    assert right.word_recalls == [1.0]
    wrong, _ = tables.sums([truth()], [(WRONG, None)])
    assert (wrong.all_fields.f1, wrong.agreement, wrong.kind_accuracy) == (0, 0, 0)
    assert (wrong.all_fields.wrong, wrong.all_fields.missed) == (2, 2)
    assert wrong.word_recalls == [0.25]


def test_a_document_that_failed_counts_as_all_missed() -> None:
    failed, _ = tables.sums([truth()], [(Answer(failure="Damaged"), None)])
    assert failed.all_fields.recall == 0
    assert (failed.kind_accuracy, failed.agreement) == (0, 0)
    assert failed.failures == {"Damaged": 1}


def test_damage_is_summed_apart_and_together() -> None:
    everything, by_damage = tables.sums([truth("fax"), truth("photo")], [(RIGHT, BARE), (WRONG, BARE)])
    assert [by_damage[d].all_fields.f1 for d in ("fax", "photo")] == [1, 0]
    assert everything.all_fields.recall == 0.5
    assert (everything.peak, everything.pages, everything.failed_pages) == (300, 4, 1)


def test_speed_is_relative_to_bare_ocr() -> None:
    everything, _ = tables.sums([truth(), truth()], [(RIGHT, BARE), (WRONG, BARE)])
    assert everything.relative_speed == 0.5  # 4 pages in 4 s against 4 pages in 2 s
    without, _ = tables.sums([truth()], [(RIGHT, None)])
    assert without.relative_speed is None


def test_the_tables_say_what_was_measured() -> None:
    summed = tables.sums([truth("fax"), truth("photo")], [(RIGHT, BARE), (WRONG, BARE)])
    page = tables.summary(*summed, bare_engine="an engine", fields=["diagnosis_code"]) + tables.details(*summed)
    assert "| diagnosis_code | 2 | 0.50 | 0.50 | 0.50 | 0 |" in page
    assert "| all | 2 | 0.50 | 0.50 | 0.50 | 0.50 | 0.50 | 0.62 | 0.50 | 0.50 |" in page
    assert "| LMN-05 | 2 | 0.50 | 1 × met → not_met |" in page
    assert "1 × lmn taken for other" in page
    shown = StringIO()
    tables.show(*summed, Console(file=shown, width=200), bare_engine=None)
    tables.show_mistakes([truth()], [(WRONG, None)], Console(file=shown, width=200))
    assert "diagnosis_code: true ['E11.9'], said ['E11.8']" in shown.getvalue()
    assert json.loads(json.dumps(tables.as_json(*summed)))["by_damage"]["fax"]["all_fields"]["f1"] == 1


def test_only_what_stands_between_the_marks_is_replaced(tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    begin, end = tables.marks("benchmark")
    page.write_text(f"above\n{begin}\nold\n{end}\nbelow\n")
    tables.write_between_marks(page, "benchmark", "new")
    tables.write_between_marks(page, "benchmark", "newer")
    assert page.read_text() == f"above\n{begin}\nnewer\n{end}\nbelow\n"
    with pytest.raises(ValueError, match=r"README\.md has no line <!-- receipts:start -->"):
        tables.write_between_marks(page, "receipts", "new")


def _die(job: Job) -> str:
    if job.path.name == "deadly":
        os._exit(9)
    return job.path.name


@pytest.mark.slow
def test_a_document_that_kills_its_process_costs_no_other() -> None:
    jobs = [Job(Path(name), None, None) for name in ("a", "b", "deadly", "c", "d")]
    done = each(jobs, lambda: Hand(_die, "died"), workers=2, tick=lambda: None)
    assert done == ["a", "b", "died", "c", "d"]


def test_bare_ocr_reads_every_frame_and_tells_its_failure(tmp_path: Path) -> None:
    frames = [Image.new("1", (200, 80), 1) for _ in range(2)]
    frames[0].save(tmp_path / "two.tif", save_all=True, append_images=frames[1:])
    assert measure._bare(Job(tmp_path / "two.tif", None, None)).pages == 2
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-")
    assert measure._bare(Job(tmp_path / "bad.pdf", None, None)).failure is not None


def test_receipts_become_truth_files(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "r1.jpg").write_bytes(b"x")
    row = {"image": "r1.jpg", "merchant_name": 'The "Shop"', "address": "", "date": "2018-03-10", "total": "1,057.80",
           "lines": ["THE SHOP", "10/03/2018"]}  # fmt: skip
    (tmp_path / "truth.jsonl").write_text(json.dumps(row) + "\n")
    assert receipts.convert(tmp_path, tmp_path / "out") == 1
    [known] = read_folder(tmp_path / "out")
    assert {f.name: f.value for f in known.fields} == {
        "merchant_name": 'The "Shop"', "service_date": "2018-03-10", "total": "1057.80",
    }  # fmt: skip
    assert (known.text, known.kind) == ("THE SHOP\n10/03/2018", "receipt")


def test_an_empty_folder_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([str(tmp_path)]) == 2
    assert "No truth files" in capsys.readouterr().err
