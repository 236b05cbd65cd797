"""`docscan check`: results on stdout in order, everything else on stderr, one exit status for the worst."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docscan.cli import main
from docscan.document import Claim, DateRange

Write = Callable[..., list[str]]
Calls = list[dict[str, object]]
Captured = pytest.CaptureFixture[str]


def lines(capsys: Captured) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("texts", "status"),
    [
        (["complete"], 0),
        (["complete", "complete"], 0),
        (["complete", "needs_review"], 1),
        (["incomplete"], 1),
        (["unreadable"], 1),
        (["defect", "complete"], 1),
        (["encrypted", "complete"], 4),
        (["incomplete", "encrypted", "defect"], 4),
    ],
)
def test_the_exit_status_is_that_of_the_worst_file(
    calls: Calls, write: Write, texts: list[str], status: int, capsys: Captured
) -> None:
    files = write(**{f"f{number}": text for number, text in enumerate(texts)})
    assert main(["check", *files]) == status
    assert main(["check", "--json", *files]) == status


def test_json_is_one_report_or_error_a_line_in_the_order_of_files_and_administrators(
    calls: Calls, write: Write, capsys: Captured
) -> None:
    files = write(b="complete", a="encrypted", c="incomplete")
    main(["check", "--json", "-a", "other", "-a", "generic-fsa", *files])
    told = lines(capsys)
    assert [(one["schema"], one.get("administrator")) for one in told] == [
        ("docscan.report/1", "other"),
        ("docscan.report/1", "generic-fsa"),
        ("docscan.error/1", None),
        ("docscan.report/1", "other"),
        ("docscan.report/1", "generic-fsa"),
    ]
    assert told[2]["file"] == files[1]
    assert told[2]["error"] == {
        "code": "encrypted", "message": "It needs a password.", "remedy": "Save it without one."
    }  # fmt: skip


def test_a_file_is_read_once_for_several_administrators(calls: Calls, write: Write, capsys: Captured) -> None:
    main(["check", "-a", "other", "-a", "generic-fsa", "-a", "other", *write(a="complete")])
    assert len(calls) == 1


def test_a_wrong_administrator_is_told_before_anything_is_read(calls: Calls, write: Write, capsys: Captured) -> None:
    assert main(["check", "-a", "other", "-a", "othr", *write(a="complete")]) == 2
    assert "Known are generic-fsa, other." in " ".join(capsys.readouterr().err.split())
    assert calls == []


def test_the_day_and_the_claim_are_handed_on(calls: Calls, write: Write, tmp_path: Path, capsys: Captured) -> None:
    claim = tmp_path / "claim.json"
    claim.write_text('{"purpose": "hsa", "plan_year": {"start": "2026-01-01", "end": "2026-12-31"}, "amount": "12.50"}')
    main(["check", "--as-of", "2026-03-31", "--claim", str(claim), *write(a="complete")])
    assert calls[0]["as_of"] == date(2026, 3, 31)
    assert calls[0]["claim"] == Claim(
        purpose="hsa", plan_year=DateRange(date(2026, 1, 1), date(2026, 12, 31)), amount="12.50"
    )


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ('{"purpos": "hsa"}', "Did you mean purpose?"),
        ('{"purpose": "fun"}', "purpose"),
        ('{"amount": 12.5}', "amount"),
        ('{"hsa_opened_on": "yesterday"}', "hsa_opened_on"),
        ("[]", "not a JSON object"),
        ("{", "not a JSON object"),
    ],
)
def test_a_claim_that_makes_no_sense_is_refused(
    calls: Calls, write: Write, tmp_path: Path, claim: str, said: str, capsys: Captured
) -> None:
    (tmp_path / "claim.json").write_text(claim)
    assert main(["check", "--claim", str(tmp_path / "claim.json"), *write(a="complete")]) == 2
    assert said in " ".join(capsys.readouterr().err.split())
    assert calls == []


@pytest.mark.parametrize("arguments", [["--as-of", "31.3.2026"], ["--as-of", "2026-02-30"], ["--colour"], []])
def test_a_call_that_makes_no_sense_is_refused(
    calls: Calls, write: Write, arguments: list[str], capsys: Captured
) -> None:
    files = write(a="complete") if arguments else []
    assert main(["check", *arguments, *files]) == 2
    assert calls == []


@pytest.mark.parametrize("day", ["tomorrow", "31.3.2026", "2026-02-30"])
def test_a_day_of_the_wrong_form_is_answered_with_the_right_one(
    calls: Calls, write: Write, day: str, capsys: Captured
) -> None:
    assert main(["check", "--as-of", day, *write(a="complete")]) == 2
    assert "write the day as 2026-03-31" in capsys.readouterr().err


def test_a_defect_is_told_with_its_place_and_without_the_document(calls: Calls, write: Write, capsys: Captured) -> None:
    main(["check", "--json", *write(a="defect")])
    told = capsys.readouterr()
    assert json.loads(told.out)["error"]["code"] == "internal"
    assert "ZeroDivisionError" in told.err
    assert "secret" not in told.out + told.err
    assert "Traceback" not in told.err


def test_interrupted_is_130(calls: Calls, write: Write, capsys: Captured) -> None:
    assert main(["check", *write(a="complete", b="interrupt", c="complete")]) == 130
    assert len(calls) == 2


def test_standard_input_is_a_file(calls: Calls, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"complete")))
    assert main(["check", "-"]) == 0
    assert calls[0]["data"] == b"complete"
    assert "standard input" in capsys.readouterr().out


@pytest.mark.parametrize(
    "name", [b"a letter.pdf", b"-rf.pdf", b"--json", b"caf\xc3\xa9.pdf", b"caf\xe9.pdf", b"[red].pdf"]
)
def test_any_name_is_a_name(calls: Calls, tmp_path: Path, name: bytes, capsys: Captured) -> None:
    file = os.fsdecode(name)
    try:
        (tmp_path / file).write_text("complete")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    os.chdir(tmp_path)
    assert main(["check", "--html", "reports", "--json", "--", file]) == 0
    assert main(["check", "--", file]) == 0
    shown = name.decode("utf-8", "backslashreplace")
    assert shown in capsys.readouterr().out
    assert len(list((tmp_path / "reports").iterdir())) == 1


def test_html_reports_of_equal_names_do_not_overwrite_each_other(
    calls: Calls, tmp_path: Path, capsys: Captured
) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "letter.pdf").write_text("complete")
    files = [str(tmp_path / folder / "letter.pdf") for folder in ("a", "b")]
    main(["check", "-a", "other", "-a", "generic-fsa", "--html", str(tmp_path / "out"), *files])
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "letter.pdf-generic-fsa-2.html",
        "letter.pdf-generic-fsa.html",
        "letter.pdf-other-2.html",
        "letter.pdf-other.html",
    ]
    assert "data:image/png" in (tmp_path / "out" / "letter.pdf-other.html").read_text()


def test_a_page_that_cannot_be_drawn_does_not_cost_the_report(
    calls: Calls, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def broken(source: object, number: int) -> bytes:
        raise RuntimeError("no picture")

    monkeypatch.setattr("docscan.pipeline.page_picture", broken)
    assert main(["check", "--html", str(tmp_path / "out"), *write(a="complete")]) == 0
    assert (tmp_path / "out" / "a.html").exists()
    assert "could not be drawn" in capsys.readouterr().err


def test_text_is_shown_without_what_steers_a_terminal(calls: Calls, write: Write, capsys: Captured) -> None:
    assert main(["text", *write(a="x")]) == 0
    out = capsys.readouterr().out
    assert "Dear Sir," in out
    assert "\x1b" not in out


def test_boxes_are_a_table_for_programs(calls: Calls, write: Write, capsys: Captured) -> None:
    assert main(["text", "--boxes", *write(a="x")]) == 0
    head, first, *_ = capsys.readouterr().out.splitlines()
    assert head.split("\t") == ["page", "line", "left", "top", "right", "bottom", "confidence", "text"]
    cells = first.split("\t")
    assert (cells[0], cells[1], cells[6], cells[7]) == ("1", "0", "", "Dear")
    assert 0 < float(cells[2]) < float(cells[4]) < 1


def test_several_administrators_are_shown_in_one_table(calls: Calls, write: Write, capsys: Captured) -> None:
    files = write(letter="complete")
    assert main(["check", *files, "-a", "generic-fsa", "-a", "other"]) == 0
    told = capsys.readouterr().out
    assert "by the rules of 2 administrators" in told
    assert "They agree on every rule" in told
    assert len(calls) == 1
