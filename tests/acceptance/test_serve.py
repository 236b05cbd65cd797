"""`serve` runs on a free port, says where, and stops cleanly with everything that it started."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from docscan.errors import SettingsError
from docscan.settings import Settings
from docscan.web import serve

pytestmark = pytest.mark.slow  # a service with its workers

RUN = """
import sys
from docscan.settings import read_settings
from docscan.web import serve
serve(read_settings(), stages=sys.argv[1])
"""


@pytest.fixture
def start(stand_in: str, tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts a service, each time on the same data."""
    environment = os.environ | {"DOCSCAN_PORT": "0", "DOCSCAN_WORKERS": "1", "DOCSCAN_DATA_DIR": str(tmp_path / "data")}
    started: list[subprocess.Popen[str]] = []

    def begin() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, stand_in],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def service(start: Callable[[], subprocess.Popen[str]]) -> subprocess.Popen[str]:
    return start()


def _address(service: subprocess.Popen[str]) -> str:
    assert service.stdout is not None
    line = service.stdout.readline().strip()
    assert line.startswith("docscan listens on http://127.0.0.1:"), line
    return line.rsplit(" ", 1)[1]


def _until_up(address: str) -> None:
    for _ in range(200):
        try:
            assert httpx.get(f"{address}/healthz").status_code == 200
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("not up in time")


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)])
def test_a_signal_stops_the_service_with_its_workers_in_the_middle_of_a_check(
    service: subprocess.Popen[str], tmp_path: Path, number: signal.Signals
) -> None:
    address = _address(service)
    _until_up(address)
    assert json.loads((tmp_path / "data" / "service.json").read_text()) == {"url": address, "pid": service.pid}
    answer = httpx.post(f"{address}/v1/documents", files={"file": b"hang"}, timeout=30)
    assert answer.status_code == 202
    children: list[psutil.Process] = []
    for _ in range(200):
        children = psutil.Process(service.pid).children(recursive=True)
        if len(children) > 1:  # one has looked at the file, one hangs
            break
        time.sleep(0.05)
    assert len(children) > 1

    service.send_signal(number)

    assert service.wait(20) == 0
    assert service.stderr is not None
    assert service.stderr.read() == ""
    assert not any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children)
    assert not (tmp_path / "data" / "service.json").exists()


@pytest.mark.slow
def test_workers_end_with_a_service_that_is_killed(service: subprocess.Popen[str]) -> None:
    address = _address(service)
    _until_up(address)
    httpx.post(f"{address}/v1/documents", files={"file": b"hang"}, timeout=30)
    time.sleep(0.5)
    children = psutil.Process(service.pid).children(recursive=True)
    assert children
    service.kill()
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []


@pytest.mark.slow
def test_what_a_killed_service_left_undone_is_done_after_the_next_start(
    start: Callable[[], subprocess.Popen[str]],
) -> None:
    killed = start()
    address = _address(killed)
    _until_up(address)
    answer = httpx.post(f"{address}/v1/documents", files={"file": b"slow 2"}, timeout=30)
    place = answer.headers["location"]
    assert answer.status_code == 202
    time.sleep(0.5)
    killed.kill()
    killed.wait()

    address = _address(start())
    _until_up(address)
    for _ in range(400):
        state = httpx.get(f"{address}{place}").json()
        if state["state"] != "received":
            break
        time.sleep(0.05)
    assert (state["state"], state["verdict"]) == ("checked", "incomplete")
    assert state["attempts"] == 2


def test_a_port_that_is_taken_is_told(own_settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SettingsError, match="cannot listen"):
            serve(own_settings.model_copy(update={"port": taken.getsockname()[1]}))


def test_an_address_that_is_none_is_told(own_settings: Settings) -> None:
    with pytest.raises(SettingsError, match="cannot listen"):
        serve(own_settings.model_copy(update={"host": "no.such.host.invalid"}))
