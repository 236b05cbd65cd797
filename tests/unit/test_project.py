"""What holds for the project as a whole: its layers, its image, its lock, its public names."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = {".py", ".toml", ".md", ".lock", ".html", ".css", ".js", ".cfg", ".json", ""}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_the_public_names_are_few_and_sorted_and_exist() -> None:
    import docscan

    assert docscan.__all__ == sorted(docscan.__all__)
    assert all(getattr(docscan, name) for name in docscan.__all__)


@pytest.mark.parametrize("statement", ["import docscan", "import docscan.cli"])
def test_importing_docscan_is_instant(statement: str) -> None:
    heavy = "{'spacy', 'fastapi', 'cv2', 'numpy', 'dask', 'distributed', 'sqlalchemy', 'pypdfium2', 'PIL'}"
    code = f"import sys; {statement}; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_breach_of_the_layers_is_caught(tmp_path: Path) -> None:
    copy = tmp_path / "docscan"
    subprocess.run(["cp", "-r", ROOT / "docscan", copy], check=True)
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    lint = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    environment = {"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin"}

    sound = subprocess.run(lint, check=False, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert sound.returncode == 0, sound.stdout
    with (copy / "reading" / "__init__.py").open("a") as module:
        module.write("\nfrom docscan import checking as checking\n")
    breach = subprocess.run(lint, check=False, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert breach.returncode != 0
    assert "docscan.reading is not allowed to import docscan.checking" in " ".join(breach.stdout.split())


def test_the_image_is_set_up_like_any_machine() -> None:
    """No Docker engine is needed to see that the Dockerfile cannot drift from `make setup`."""
    steps = (ROOT / "Dockerfile").read_text()
    installs = re.findall(r"(?:apt-get install|pip install|make setup)[^\n&\\]*", steps)
    assert [" ".join(step.split()) for step in installs] == [
        "apt-get install -y -qq --no-install-recommends make",
        "make setup LOCK=requirements.lock",
    ]
    assert "docscan.cli:main" in (ROOT / "pyproject.toml").read_text()
    assert "/healthz" in steps
    assert re.search(r"^USER docscan$", steps, re.M)
    left_out = {line.rstrip("/") for line in (ROOT / ".dockerignore").read_text().split()}
    assert not left_out & {"docscan", "models", "README.md", "LICENSE", "pyproject.toml", "Makefile", ".ci"}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_the_lock_holds_every_dependency_with_hashes_and_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    pinned = set(re.findall(r"^([a-z0-9-]+)(?:\[[^]]*\])?==", text, re.M))
    assert text.count("--hash=sha256:") >= len(pinned)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["speed"]]
    wanted += project["dependency-groups"]["build"]
    if lock == "requirements-dev.lock":
        wanted += project["dependency-groups"]["dev"]
    assert {re.split(r"[><=\[ ;]", name)[0].lower() for name in wanted} <= pinned


def test_nothing_else_lies_at_the_top() -> None:
    top = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in top if not name.startswith(".")} <= {
        "docscan", "models", "sample_docs", "tests", "Dockerfile", "pyproject.toml", "README.md",
        "LICENSE", "CHANGELOG.md", "Makefile", "requirements.lock", "requirements-dev.lock",
    }  # fmt: skip
