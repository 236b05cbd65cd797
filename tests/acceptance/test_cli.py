"""The command line on real input: letters, scans, faxes, photos and receipts of sample_docs."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import docscan
from docscan.cli import main
from docscan.document import Report
from docscan.presenting.schemas import schema

pytestmark = pytest.mark.slow  # whole documents

SAMPLES = Path(__file__).parents[2] / "sample_docs"
QUICK = ["letter-diabetes-internist.pdf", "receipt-personal-trainer.pdf"]
SLOW = [
    "fax-chiropractor.tif",
    "photo-massage-np.jpg",
    "letter-taper-rotate-flag.pdf",
    "rotated-cardiology.pdf",
    "copy-expired-two-pages.tif",
    "letter-invalid-code.heic",
    "scan-two-receipts-taped.jpg",
    "form-acroform.pdf",
    "superbill-code-grid.pdf",
    "letter-no-diagnosis.webp",
]
DOCUMENTS = [*QUICK, *(pytest.param(name, marks=pytest.mark.slow) for name in SLOW)]
Captured = pytest.CaptureFixture[str]


def check(capsys: Captured, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    status = main(["check", "--json", "--as-of", "2026-09-30", *arguments])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_report_is_valid_and_its_evidence_is_on_the_page(name: str, capsys: Captured) -> None:
    status, (data,) = check(capsys, str(SAMPLES / name))
    jsonschema.Draft202012Validator(schema("report")).validate(data)
    assert status == (0 if data["verdict"] == "complete" else 1)
    report = Report.from_dict(data)
    assert report.to_dict() == data, "the round trip is exact"
    document = docscan.read(SAMPLES / name)
    each = (report, *report.parts)
    evidence = [one for part in each for field in part.fields for one in field.evidence]
    evidence += [one for part in each for finding in part.findings for one in finding.evidence]
    assert evidence
    for one in evidence:
        assert 1 <= one.page <= len(document.pages)
        assert one.boxes
        if one.start is None or one.end is None:
            continue
        assert document.text[one.start : one.end] == one.text
        for placed in document.words_between(one.start, one.end):
            across = (placed.word.box.left + placed.word.box.right) / 2
            down = (placed.word.box.top + placed.word.box.bottom) / 2
            covered = [
                box
                for box in one.boxes
                if box.left - 0.01 <= across <= box.right + 0.01 and box.top - 0.01 <= down <= box.bottom + 0.01
            ]
            assert covered, f"{one.found_by}: the boxes miss a word"


def test_several_files_and_administrators_come_in_order(capsys: Captured) -> None:
    names = docscan_administrators()[:2]
    wanted = [argument for name in names for argument in ("--administrator", name)]
    _, told = check(capsys, *wanted, *(str(SAMPLES / name) for name in QUICK), str(SAMPLES / "README.md"))
    expected = [("docscan.report/1", name) for _ in QUICK for name in names] + [("docscan.error/1", None)]
    assert [(one["schema"], one.get("administrator")) for one in told] == expected
    jsonschema.Draft202012Validator(schema("error")).validate(told[-1])


def docscan_administrators() -> tuple[str, ...]:
    from docscan.checking import administrators

    return administrators()


def test_people_are_told_verdict_and_rules(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    status = main(["check", "--fields", "--as-of", "2026-09-30", str(SAMPLES / QUICK[0])])
    told = capsys.readouterr()
    assert status in (0, 1)
    for said in ("Letter of Medical Necessity", "of 100", "rules met", "E11.9"):
        assert said in told.out
    assert max(map(len, told.out.splitlines())) <= 80
    assert told.err == ""


def test_the_html_report_needs_nothing_else(tmp_path: Path, capsys: Captured) -> None:
    main(["check", "--html", str(tmp_path), "--as-of", "2026-09-30", str(SAMPLES / QUICK[0])])
    html = (tmp_path / f"{QUICK[0]}.html").read_text("utf-8")
    assert "data:image/png;base64," in html
    loaded = re.findall(r"""<(?:img|script|link|iframe|object|image)\b[^>]*\b(?:src|href)="(?!data:)[^"]*""", html)
    assert loaded == []
    assert "E11.9" in html


def test_text_shows_the_words_of_every_page(capsys: Captured) -> None:
    assert main(["text", str(SAMPLES / QUICK[0])]) == 0
    assert "Resistance and interval exercise" in capsys.readouterr().out


@pytest.mark.slow
def test_files_of_one_claim_are_told_together(capsys: Captured, tmp_path: Path) -> None:
    files = [str(SAMPLES / name) for name in ("pair-letter-too-late.pdf", "pair-receipt-too-early.png")]
    status = main(["packet", "--json", "--as-of", "2026-09-30", *files])
    data = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(schema("packet")).validate(data)
    assert len(data["reports"]) == 2
    assert status == (0 if data["verdict"] == "complete" else 1)
    two = ["-a", "generic-fsa", "-a", "healthequity", "--html", str(tmp_path)]
    assert main(["packet", "--as-of", "2026-09-30", *two, *files]) == 1
    assert "Packet of 2 documents" in capsys.readouterr().out
    for name in ("generic-fsa", "healthequity"):
        html = (tmp_path / f"packet-{name}.html").read_text("utf-8")
        assert "By whose rules" in html
        assert html.count("data:image/png;base64,") >= 2


def test_a_packet_names_the_file_that_cannot_be_taken(capsys: Captured) -> None:
    files = [str(SAMPLES / QUICK[0]), str(SAMPLES / "README.md")]
    assert main(["packet", *files]) == 4
    assert "README.md" in capsys.readouterr().err


@pytest.mark.slow
def test_the_demo_shows_every_document_and_leaves_a_report_of_each(tmp_path: Path, capsys: Captured) -> None:
    folder, reports = tmp_path / "samples", tmp_path / "reports"
    folder.mkdir()
    for name in QUICK:
        shutil.copy(SAMPLES / name, folder)
        shutil.copy((SAMPLES / name).with_suffix(".toml"), folder)
    assert main(["demo", str(folder), "--out", str(reports)]) == 0
    told = capsys.readouterr().out
    assert "docscan serve" in told
    index = (reports / "index.html").read_text("utf-8")
    for name in QUICK:
        assert f'href="{name}.html"' in index
        assert "data:image/" in (reports / f"{name}.html").read_text("utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4")
    assert main(["demo", str(folder), "--out", str(reports)]) == 1
    assert "not checked" in capsys.readouterr().out


def test_the_demo_says_so_where_there_are_no_documents(tmp_path: Path, capsys: Captured) -> None:
    assert main(["demo", str(tmp_path)]) == 4
    assert "There are no documents" in capsys.readouterr().err
