"""What holds for every request, whatever it asks for."""

import asyncio
import logging
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from docscan.settings import Settings
from docscan.web.guard import ROOM_FOR_THE_FORM, BodyTooLarge, Guard

MOST = 1000 + ROOM_FOR_THE_FORM


async def _reads_all(scope: Scope, receive: Receive, send: Send) -> None:
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"ok"})


async def _breaks(scope: Scope, receive: Receive, send: Send) -> None:
    raise ValueError("Marisol T. Vance has diabetes")


def _ask(
    app: Any = _reads_all,
    *,
    pieces: list[bytes] | None = None,
    method: str = "POST",
    listening: str = "127.0.0.1",
    headers: dict[str, str] | None = None,
    **named: str,
) -> tuple[list[Message], int]:
    """What is sent back, and how many pieces of the body were taken."""
    guard = Guard(app, Settings(max_bytes=1000, host=listening))
    told = {"host": "127.0.0.1:8080"} | (headers or {}) | {n.replace("_", "-"): value for n, value in named.items()}
    scope: Scope = {
        "type": "http", "method": method, "path": "/",
        "headers": [(name.encode(), value.encode()) for name, value in told.items()],
    }  # fmt: skip
    waiting = list(pieces or [b""])
    sent: list[Message] = []

    async def receive() -> Message:
        piece = waiting.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(waiting)}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(guard(scope, receive, send))
    return sent, len(pieces or [b""]) - len(waiting)


def _headers(sent: list[Message]) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def test_every_answer_bears_the_headers_that_keep_a_browser_from_harm() -> None:
    sent, _ = _ask()
    headers = _headers(sent)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert not any(name.startswith("access-control") for name in headers)


def test_a_body_within_the_limit_arrives_whole() -> None:
    sent, taken = _ask(pieces=[b"x" * 500] * (MOST // 500))
    assert sent[0]["status"] == 200
    assert taken == MOST // 500


def test_a_body_is_cut_off_at_the_limit_whatever_length_it_claims() -> None:
    with pytest.raises(BodyTooLarge):
        _swallow(pieces=[b"x" * 1000] * 200, content_length="17")


def test_a_body_that_says_it_is_too_long_is_not_taken_from_a_client_that_asks_first() -> None:
    caught, taken = _swallow_counting(pieces=[b"x"] * 10, content_length=str(MOST + 1), expect="100-continue")
    assert isinstance(caught, BodyTooLarge)
    assert taken == 0


def test_what_still_arrives_is_thrown_away_up_to_a_bound_so_that_the_client_reads_the_answer() -> None:
    caught, taken = _swallow_counting(pieces=[b"x" * MOST] * 100)
    assert isinstance(caught, BodyTooLarge)
    assert taken < 10


def _swallow(**asked: Any) -> None:
    caught, _ = _swallow_counting(**asked)
    if caught:
        raise caught


def _swallow_counting(**asked: Any) -> tuple[Exception | None, int]:
    """What reading the body raised inside the application, where FastAPI would see it."""
    caught: list[Exception] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await _reads_all(scope, receive, send)
        except BodyTooLarge as error:
            caught.append(error)

    _, taken = _ask(app, **asked)
    return (caught[0] if caught else None), taken


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:9", "localhost", "[::1]:8080"])
def test_the_service_answers_to_its_own_names(host: str) -> None:
    sent, _ = _ask(host=host)
    assert sent[0]["status"] == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8080", "", "169.254.169.254"])
def test_a_name_that_somebody_points_at_this_machine_is_refused(host: str) -> None:
    sent, _ = _ask(host=host)
    assert sent[0]["status"] == 403
    assert _headers(sent)["content-type"] == "application/problem+json"


def test_on_the_network_any_name_will_do() -> None:
    sent, _ = _ask(host="docscan.example", listening="0.0.0.0")  # noqa: S104
    assert sent[0]["status"] == 200


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("POST", {}, 200),
        ("POST", {"sec-fetch-site": "same-origin"}, 200),
        ("POST", {"sec-fetch-site": "none"}, 200),
        ("POST", {"sec-fetch-site": "cross-site"}, 403),
        ("POST", {"sec-fetch-site": "same-site"}, 403),
        ("DELETE", {"sec-fetch-site": "cross-site"}, 403),
        ("GET", {"sec-fetch-site": "cross-site"}, 200),
        ("POST", {"origin": "http://127.0.0.1:8080"}, 200),
        ("POST", {"origin": "null"}, 200),
        ("POST", {"origin": "http://127.0.0.1:9999"}, 403),
        ("POST", {"origin": "https://evil.example"}, 403),
    ],
)
def test_other_sites_must_not_send_a_browser_here(method: str, headers: dict[str, str], status: int) -> None:
    sent, _ = _ask(method=method, headers=headers)
    assert sent[0]["status"] == status


def test_a_defect_becomes_a_problem_and_neither_answer_nor_log_repeats_what_it_says(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO):
        sent, _ = _ask(_breaks)
    assert sent[0]["status"] == 500
    assert b'"code":"internal"' in sent[1]["body"]
    assert "ValueError at web/guard.py" in caplog.text
    assert "Marisol" not in caplog.text + str(sent)
