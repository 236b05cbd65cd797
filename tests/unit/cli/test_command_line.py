"""The command line as a whole: quick to help, plain about errors, quiet where its reader leaves."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from docscan.cli import app, main

HEAVY = (
    "docscan.settings",
    "docscan.pipeline",
    "spacy",
    "cv2",
    "numpy",
    "fastapi",
    "dask",
    "jinja2",
    "PIL",
    "pypdfium2",
    "rich.console",
    "httpx",
)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    import os

    return subprocess.run(
        [sys.executable, "-m", "docscan", *arguments], capture_output=True, text=True, check=False, timeout=120,
        env=os.environ | environment,
    )  # fmt: skip


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["--version"], []])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys; from docscan.cli import main; main(sys.argv[1:]); "
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    assert ended.stderr.splitlines()[-1] == "[]"


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    overview = capsys.readouterr().out
    names = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
    names += [str(group.typer_instance.info.name) for group in app.registered_groups if group.typer_instance]
    assert {"check", "judge", "packet", "text", "batch", "rules", "serve", "demo", "schema", "doctor"} <= set(names)
    for name in names:
        assert name in overview
        assert main([name, "--help"]) == 0
        assert f"docscan {name}" in capsys.readouterr().out
    assert "..." not in overview.partition("Commands:")[2], "nothing is cut off"


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    from importlib.metadata import version

    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"docscan {version('docscan')}\n"


def test_an_unknown_setting_is_told_in_one_line() -> None:
    ended = run("check", "x.pdf", DOCSCAN_MAX_PAGE="3")
    assert ended.returncode == 2
    assert "Did you mean DOCSCAN_MAX_PAGES?" in " ".join(ended.stderr.split())
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


def test_nothing_is_said_where_the_reader_leaves() -> None:
    piped = f"{sys.executable} -m docscan schema | head -n 1"
    ended = subprocess.run(["sh", "-c", piped], capture_output=True, text=True, check=False, timeout=60)
    assert ended.stdout == "{\n"
    assert ended.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("command", ["schema", "rules"])
def test_a_full_disk_is_told_without_a_traceback(command: str) -> None:
    piped = f"{sys.executable} -m docscan {command} > /dev/full"
    ended = subprocess.run(["sh", "-c", piped], capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode in (1, 2)
    assert "Traceback" not in ended.stderr
    assert "Exception" not in ended.stderr


def test_results_that_nobody_wants_are_no_error() -> None:
    piped = f"{sys.executable} -m docscan schema >&-"
    ended = subprocess.run(["sh", "-c", piped], capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_folder_for_results_that_cannot_be_made_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    (tmp_path / "scans").mkdir()
    assert main(["batch", str(tmp_path / "scans"), "--out", str(tmp_path / "file" / "run")]) == 2
    assert main(["check", "--html", str(tmp_path / "file"), "x.pdf"]) == 2
    assert capsys.readouterr().err.count("The results cannot be written") == 2


@pytest.mark.parametrize("name", ["report", "packet", "changes", "judged", "error", "row"])
def test_schemas_can_be_printed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", name]) == 0
    assert json.loads(capsys.readouterr().out)["title"].startswith("docscan")


def test_a_schema_that_does_not_exist_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "letter"]) == 2


def test_rules_are_listed_and_told_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    assert "LMN-10" in capsys.readouterr().out
    assert main(["rules", "lmn-10"]) == 0
    told = capsys.readouterr().out
    for said in ("LMN-10", "Source", "https://", "What to do", "Examples", "Not met:"):
        assert said in told
    assert main(["rules", "LMN-10", "--json"]) == 0
    rule = json.loads(capsys.readouterr().out)
    assert rule["id"] == "LMN-10"
    assert {"title", "severity", "messages", "advice", "citation"} <= rule.keys()


def test_a_rule_or_administrator_that_does_not_exist_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "LMN-999"]) == 2
    assert main(["rules", "--administrator", "nobody"]) == 2
    assert capsys.readouterr().err.count("Error: ") == 2


def test_colour_is_left_out_where_asked(tmp_path: Path) -> None:
    ended = run("rules", "LMN-10", NO_COLOR="1", FORCE_COLOR="1", TTY_COMPATIBLE="1")
    assert "\x1b[3" not in ended.stdout
