"""What does docscan do with the sample documents? The whole service at work once, from upload to report."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx

from docscan.cli.console import err, out, shown
from docscan.document import Report
from docscan.errors import Defect, NotFound
from docscan.presenting import wording
from docscan.presenting.html import index_html
from docscan.presenting.terminal import summary_table

_TAKEN: Final = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".heic", ".heif"})
_START_SECONDS: Final = 120.0
_CHECK_SECONDS: Final = 900.0  # without any document being finished
_STOP_SECONDS: Final = 30.0
_AHEAD: Final = 8  # documents that wait at the service while others are still uploaded


def show(folder: Path, reports: Path) -> int:
    """Check the documents in `folder` through the service; write an HTML report for each into `reports`.

    The day on which a sample is checked, and by whose rules, stand in the file with its truth, where it has one.
    0 where every document was checked, else 1.
    """
    documents = sorted(path for path in folder.glob("*") if path.suffix.lower() in _TAKEN) if folder.is_dir() else []
    if not documents:
        raise NotFound(
            f"There are no documents in {shown(str(folder))}.",
            "Name a folder of documents, or run this where sample_docs is.",
        )
    reports.mkdir(parents=True, exist_ok=True)
    told: dict[str, Report | str] = {}
    err().print(f"Starting the service for {wording.count(len(documents), 'document')} …")
    with tempfile.TemporaryDirectory(prefix="docscan-demo-") as data, _service(Path(data)) as client:
        for name, state in _checked(client, documents):
            if isinstance(state, str):
                told[name] = state
                continue
            told[name] = _report(client, state) if state["state"] == "checked" else str(state["error"]["message"])
            if state["state"] == "checked":
                page = client.get(state["links"]["report"], headers={"Accept": "text/html"}).raise_for_status()
                (reports / f"{name}.html").write_text(page.text, "utf-8")
    rows = sorted(told.items())
    (reports / "index.html").write_text(index_html(rows), "utf-8")
    console = out(widest=160)
    console.print(summary_table(rows, width=console.width))
    _say_what_next(documents[0], reports)
    return 0 if all(isinstance(one, Report) for one in told.values()) else 1


def _asked(document: Path) -> Mapping[str, str]:
    """As on which day, and by whose rules, a sample is to be checked: what its truth file says."""
    truth = document.with_suffix(".toml")
    if not truth.is_file():
        return {}
    said = tomllib.loads(truth.read_text("utf-8"))
    return {name: str(said[name]) for name in ("as_of", "administrator") if name in said}


@contextmanager
def _service(data: Path) -> Iterator[httpx.Client]:
    """The service on a free port with its embedded defaults; stopped when this ends, however it ends."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DOCSCAN_DATABASE")}
    environment |= {"DOCSCAN_DATA_DIR": str(data), "DOCSCAN_HOST": "127.0.0.1", "DOCSCAN_PORT": "0"}
    log = data / "service.log"
    with log.open("wb") as output:
        service = subprocess.Popen(
            [sys.executable, "-m", "docscan", "serve"], env=environment, stdout=output, stderr=output
        )
    try:
        with httpx.Client(base_url=_address(service, data / "service.json", log), timeout=60.0) as client:
            yield client
    finally:
        service.terminate()
        try:
            service.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            service.kill()
            service.wait()


def _address(service: subprocess.Popen[bytes], told: Path, log: Path) -> str:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and service.poll() is None:
        try:
            address = str(json.loads(told.read_text("utf-8"))["url"])
            if httpx.get(f"{address}/healthz", timeout=5.0).is_success:
                return address
        except (OSError, ValueError, httpx.TransportError):
            pass
        time.sleep(0.2)
    err().print(log.read_text("utf-8", "replace"), markup=False)
    raise Defect("The service did not start.", "Its output stands above; docscan doctor tells what is missing.")


def _checked(client: httpx.Client, documents: Sequence[Path]) -> Iterator[tuple[str, dict[str, Any] | str]]:
    """Upload the documents; each one's state once it is final, as they end, or why it was not taken.

    Uploading goes on while documents are checked, so that every core has work from the first second.
    """
    steps = _Steps(len(documents))
    left: dict[str, str] = {}
    to_send = list(reversed(documents))
    patience = time.monotonic() + _CHECK_SECONDS
    with steps.bar:
        while to_send or left:
            if to_send:
                path = to_send.pop()
                answer = client.post("/v1/documents", files={"file": (path.name, path.read_bytes())}, data=_asked(path))
                if answer.status_code == httpx.codes.ACCEPTED:
                    left[path.name] = answer.headers["Location"]
                else:
                    steps.finished()
                    yield path.name, str(answer.json()["detail"])
                steps.uploaded()
                if to_send and len(left) < _AHEAD:
                    continue
            for name, address in list(left.items())[:_AHEAD]:  # they are checked in the order of their arrival
                state = client.get(address).raise_for_status().json()
                if state["state"] != "received":
                    del left[name]
                    patience = time.monotonic() + _CHECK_SECONDS
                    yield name, state
                    steps.finished()
            if time.monotonic() > patience:
                raise Defect("The service stopped finishing documents.", "Run docscan doctor.")
            if not to_send:
                time.sleep(0.3)


class _Steps:
    """What is being done, from the first document on: a bar where somebody looks, else a line now and then."""

    def __init__(self, total: int) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        self.console = err()
        self.bar = Progress(
            TextColumn("{task.description}"), BarColumn(bar_width=None), MofNCompleteColumn(), TimeElapsedColumn(),
            console=self.console, disable=not self.console.is_terminal,
        )  # fmt: skip
        self.total = total
        self.sending = self.bar.add_task("Uploaded", total=total)
        self.checking = self.bar.add_task("Checked", total=total)
        self.sent = self.done = 0

    def uploaded(self) -> None:
        self.sent += 1
        self.bar.advance(self.sending)
        self._line("Uploaded", self.sent)

    def finished(self) -> None:
        self.done += 1
        self.bar.advance(self.checking)
        self._line("Checked", self.done)

    def _line(self, what: str, number: int) -> None:
        if not self.console.is_terminal and (number in (1, self.total) or number % max(1, self.total // 10) == 0):
            self.console.print(f"{what} {number} of {self.total}")


def _report(client: httpx.Client, state: Mapping[str, Any]) -> Report:
    answer = client.get(state["links"]["report"], headers={"Accept": "application/json"})
    return Report.from_dict(answer.raise_for_status().json())


def _say_what_next(document: Path, reports: Path) -> None:
    console = out()
    console.print()
    docscan = _how_to_call_docscan()
    day = f" --as-of {said}" if (said := _asked(document).get("as_of")) else ""
    opener = _opener()
    shows = "shows in a browser:" if opener else "a page to open in a browser:"
    for command, purpose in (
        (f"{opener}{reports / 'index.html'}", f"{shows} the reports, with the evidence marked on the pages"),
        (f"{docscan} check {document}{day}", "one document, in the terminal"),
        (f"{docscan} serve", "the service, for your own documents: http://127.0.0.1:8080"),
        (f"{docscan} --help", "everything else"),
    ):
        console.print(f"  {command}", style="bold", markup=False, soft_wrap=True)
        console.print(f"      {purpose}", style="dim", markup=False)


def _opener() -> str:
    """What opens a page in a browser here, with a space behind it; "" where there is no screen to show one."""
    if sys.platform == "darwin":
        return "open "
    screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return "xdg-open " if screen and shutil.which("xdg-open") else ""


def _how_to_call_docscan() -> str:
    """What a person has to type here: the plain name only where the shell would find this program by it."""
    program = Path(sys.argv[0]).absolute()
    found = shutil.which("docscan")
    if program.name != "docscan" or (found and Path(found).samefile(program)):
        return "docscan"
    return str(program.relative_to(Path.cwd())) if program.is_relative_to(Path.cwd()) else str(program)
