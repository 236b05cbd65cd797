"""The HTTP doors: the upload API and the pages. The only package that imports FastAPI.

`create_app(settings)` is the service as an ASGI application; `serve(settings)` runs it until it is told to stop.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docscan.jobs.orders import STAGES
from docscan.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["create_app", "serve"]


def create_app(settings: Settings, *, stages: str = STAGES) -> FastAPI:
    """The service. It opens its store and starts its workers when it is run. `stages`: who does the work of a check."""
    from docscan.web.app import create_app as put_together

    return put_together(settings, stages=stages)


def serve(settings: Settings, *, stages: str = STAGES) -> None:
    """Serve until SIGINT or SIGTERM, then stop, workers included. Says on standard output where it listens.

    Port 0 takes a free port. `service.json` in the data folder tells the address to programs while it runs.
    Raises `SettingsError` where the address is taken.
    """
    from docscan.web.server import serve as run

    run(settings, stages=stages)
