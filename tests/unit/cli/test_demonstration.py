"""The demo says what it does from the start, keeps the service busy, and suggests only what can be done here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from docscan.cli import demonstration

Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("platform", "environment", "opener"),
    [
        ("darwin", {}, "open "),
        ("linux", {"DISPLAY": ":0"}, "xdg-open "),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, "xdg-open "),
        ("linux", {}, ""),
    ],
)
def test_a_browser_is_suggested_only_where_there_is_a_screen(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], opener: str
) -> None:
    monkeypatch.setattr("docscan.cli.demonstration.sys.platform", platform)
    monkeypatch.setattr("docscan.cli.demonstration.shutil.which", lambda name: f"/usr/bin/{name}")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert demonstration._opener() == opener


class Service:
    """Takes what does not begin with "no"; a document is finished when it is asked for the second time."""

    def __init__(self) -> None:
        self.asked: dict[str, int] = {}
        self.waiting = self.most_waiting = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            if b"no " in request.content:
                return httpx.Response(422, json={"detail": "It cannot be taken."})
            place = f"/v1/documents/{len(self.asked)}"
            self.asked[place] = 0
            self.waiting += 1
            self.most_waiting = max(self.most_waiting, self.waiting)
            return httpx.Response(202, headers={"Location": place})
        self.asked[request.url.path] += 1
        finished = self.asked[request.url.path] == 2
        self.waiting -= finished
        return httpx.Response(200, json={"state": "checked" if finished else "received"})


def test_every_document_is_uploaded_told_and_finished_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr("docscan.cli.demonstration.time.sleep", lambda seconds: None)
    documents = [tmp_path / f"{number:02}.pdf" for number in range(25)]
    for number, path in enumerate(documents):
        path.write_bytes(b"no letter" if number == 7 else b"a letter")
    service = Service()
    with httpx.Client(base_url="http://127.0.0.1", transport=httpx.MockTransport(service)) as client:
        told: list[tuple[str, Any]] = list(demonstration._checked(client, documents))
    assert sorted(name for name, _ in told) == [path.name for path in documents]
    assert dict(told)["07.pdf"] == "It cannot be taken."
    assert 1 < service.most_waiting <= demonstration._AHEAD + 1
    said = capsys.readouterr().err
    for line in ("Uploaded 1 of 25", "Uploaded 25 of 25", "Checked 1 of 25", "Checked 25 of 25"):
        assert line in said
