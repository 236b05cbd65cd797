"""What holds for every request and response: limits, who may ask, safe headers, and no error that says too much."""

from __future__ import annotations

import asyncio
import logging
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from docscan.errors import Defect
from docscan.settings import Settings
from docscan.web.problems import Trouble

_log = logging.getLogger("docscan.web")

ROOM_FOR_THE_FORM = 64_000
"""Bytes that a request may hold beside its file."""

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_LINGER_SECONDS = 20.0
_LINGER_TIMES = 4  # of the limit


class BodyTooLarge(HTTPException):
    """Raised out of reading a body; an HTTPException, because FastAPI lets only these pass there."""

    def __init__(self) -> None:
        super().__init__(413)


class Guard:
    """Stands before the application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._most = settings.max_bytes + ROOM_FOR_THE_FORM
        self._own_hosts = _LOOPBACK | {settings.host} if settings.host in _LOOPBACK else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def answer(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            refusal = self._refusal(scope)
            if refusal is not None:
                await refusal.response()(scope, receive, answer)
            else:
                await self._app(scope, _limited(scope, receive, self._most), answer)
        except Exception as error:
            _log.error("a request failed: %s", Defect.of(error))
            if started:
                raise HTTPException(500) from None  # all that is left is to break off
            await defect().response()(scope, receive, answer)

    def _refusal(self, scope: Scope) -> Trouble | None:
        """Pages of other sites must neither send a person's browser here nor, by a name that they point at this
        machine, read what is here."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self._own_hosts is not None and urlsplit(f"//{host}").hostname not in self._own_hosts:
            return Trouble("forbidden", "This service answers only to its own name.", "Use http://127.0.0.1 instead.")
        if scope["method"] not in _SAFE:
            origin = headers.get("origin", "null")
            other_site = headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
            if other_site or (origin != "null" and urlsplit(origin).netloc != host):
                return Trouble("forbidden", "The request comes from another site.", "Send it from docscan's own page.")
        return None


def defect() -> Trouble:
    return Trouble(
        "internal", "Something went wrong inside docscan.", "Try again; the service's log tells where it happened."
    )


def _limited(scope: Scope, receive: Receive, most: int) -> Receive:
    """`receive`, that raises `BodyTooLarge` instead of giving more than `most` bytes."""
    headers = Headers(scope=scope)
    length = headers.get("content-length", "")
    told = int(length) if length.isascii() and length.isdigit() else 0
    polite = headers.get("expect", "").lower() == "100-continue"  # it sends nothing before it is asked to
    got = 0

    async def limited() -> Message:
        nonlocal got
        if told > most and polite:
            raise BodyTooLarge
        message = await receive()
        if message["type"] == "http.request":
            got += len(message.get("body", b""))
            if got > most or told > most:
                if message.get("more_body", False):
                    await _let_finish(receive, most)
                raise BodyTooLarge
        return message

    return limited


async def _let_finish(receive: Receive, most: int) -> None:
    """Throw away what still arrives, for a while: a client that is cut off while it sends never reads the answer."""
    left = most * _LINGER_TIMES
    try:
        async with asyncio.timeout(_LINGER_SECONDS):
            while left > 0:
                message = await receive()
                if message["type"] != "http.request" or not message.get("more_body", False):
                    return
                left -= len(message.get("body", b""))
    except TimeoutError:
        return
