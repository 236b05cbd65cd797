"""Puts the service together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from importlib.resources import files

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from docscan.errors import DocscanError
from docscan.jobs import Jobs
from docscan.settings import Settings
from docscan.store import open_store
from docscan.web import api, guard, openapi, packet_pages, pages, problems
from docscan.web.problems import Trouble
from docscan.web.service import Service


def create_app(settings: Settings, *, stages: str) -> FastAPI:
    """The service. It opens its store and starts its workers when it is run."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        store = open_store(settings)
        jobs = Jobs(settings, store, stages=stages)
        app.state.service = Service(settings, store, jobs)
        jobs.start()
        try:
            yield
        finally:
            jobs.stop()
            store.close()

    app = FastAPI(title="docscan", version=version("docscan"), lifespan=life, docs_url=None, redoc_url=None)
    app.add_middleware(guard.Guard, settings=settings)
    for kind in (Trouble, DocscanError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, _explain)
    app.mount("/static", _Static(directory=str(files("docscan.web") / "static")), name="static")
    app.include_router(api.router)
    app.include_router(pages.router, include_in_schema=False)
    app.include_router(packet_pages.router, include_in_schema=False)
    openapi.describe(app)
    return app


class _Static(StaticFiles):
    """Files of the program, not of a person: a browser may keep them, their addresses change with the version."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "max-age=86400"
        return response


def _explain(request: Request, error: Exception) -> Response:
    trouble = _trouble(error)
    return pages.trouble_page(request, trouble) if pages.is_page(request) else trouble.response()


def _trouble(error: Exception) -> Trouble:
    if isinstance(error, Trouble):
        return error
    if isinstance(error, guard.BodyTooLarge):
        return Trouble(
            "too_large", "The upload is larger than what is taken.",
            "Upload only the pages that belong to this letter or receipt, or scan them at 300 dpi.",
        )  # fmt: skip
    if isinstance(error, DocscanError):
        return Trouble.of(error)
    if isinstance(error, RequestValidationError):
        return problems.of_validation(error.errors())
    if isinstance(error, HTTPException):
        return problems.of_status(error.status_code, error.headers)
    raise error
