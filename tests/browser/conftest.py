"""A running service with stages that stand in for the real ones, and a real Chromium to look at it with."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
RUN = """
import sys
from docscan.settings import read_settings
from docscan.web import serve
serve(read_settings(), stages=sys.argv[1])
"""


@pytest.fixture(scope="session")
def service(stand_in: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running service."""
    with _running(stand_in, tmp_path_factory.mktemp("service")) as address:
        yield address


@pytest.fixture(scope="session")
def real_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service that really reads and judges."""
    with _running("docscan.pipeline", tmp_path_factory.mktemp("real")) as address:
        yield address


@contextmanager
def _running(stages: str, folder: Path) -> Iterator[str]:
    environment = os.environ | {
        "DOCSCAN_PORT": "0", "DOCSCAN_WORKERS": "1", "DOCSCAN_DATA_DIR": str(folder / "data"),
        "DOCSCAN_MAX_BYTES": "2000000",
    }  # fmt: skip
    command = [sys.executable, "-c", RUN, stages]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip().rsplit(" ", 1)[1]
        process.terminate()


@pytest.fixture(
    scope="module"
)  # no longer: Playwright keeps an event loop running, which other tests need for themselves
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Browser, service: str) -> Iterator[Callable[..., Page]]:
    """Opens pages of the service; `width` in CSS pixels. Whatever the browser complains of fails the test."""
    contexts = []
    complaints: list[str] = []

    def opened(*, width: int = 1280, height: int = 900, **more: Any) -> Page:
        more.setdefault("base_url", service)
        context = browser.new_context(viewport=ViewportSize(width=width, height=height), **more)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
        page.set_default_timeout(15_000)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def letter(tmp_path: Path) -> Callable[[str], Path]:
    """A file that begins with the given line; see the stand-in for what lines do."""

    def of(first_line: str = "a letter") -> Path:
        path = tmp_path / "letter from Dr Okafor.txt"
        path.write_text(first_line)
        return path

    return of


@pytest.fixture(scope="session")
def checked(service: str) -> str:
    """The path of the page of a document that was checked."""
    answer = httpx.post(
        f"{service}/v1/documents", files={"file": b"a letter"}, headers={"Prefer": "wait=60"}, timeout=70
    )
    assert answer.status_code == 201
    return answer.headers["location"].removeprefix("/v1")
