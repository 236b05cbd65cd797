"""Runs the service until it is told to stop."""

from __future__ import annotations

import json
import os
import signal
import socket
from contextlib import suppress
from pathlib import Path
from types import FrameType

import uvicorn

from docscan.errors import SettingsError
from docscan.settings import Settings
from docscan.store import open_store
from docscan.web.app import create_app

GRACE = 5
"""Seconds that requests under way have to finish when the service is told to stop."""


def serve(settings: Settings, *, stages: str) -> None:
    """See `docscan.web.serve`."""
    open_store(settings).close()  # a wrong setting is told before anything starts
    listening = _listen(settings.host, settings.port)
    app = create_app(settings, stages=stages)
    address = _address(settings.host, listening.getsockname()[1])
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE,
            lifespan="on",
        )
    )
    # uvicorn hands a signal on once it has stopped; by then there is nothing left to do
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _nothing)
    note = settings.data_dir.absolute() / "service.json"
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(note, json.dumps({"url": address, "pid": os.getpid()}))
        print(f"docscan listens on {address}", flush=True)  # noqa: T201 - what the command is asked for
        server.run(sockets=[listening])
    finally:
        listening.close()
        with suppress(OSError):
            note.unlink()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        raise SettingsError(
            f"The service cannot listen on {host}:{port}: {error.strerror or 'no such address'}.",
            "Set DOCSCAN_PORT to another port, or to 0 for a free one; DOCSCAN_HOST to an address of this machine.",
        ) from None
    return listening


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"


def _write(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    part.write_text(text, "utf-8")
    part.replace(path)


def _nothing(_number: int, _frame: FrameType | None) -> None:
    return None
