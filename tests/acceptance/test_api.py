"""The upload API, from outside: every answer here is also held against the API's own description."""

import html
import json
import logging
import re
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from docscan.settings import Settings
from docscan.web import create_app

pytestmark = pytest.mark.slow  # a service with its workers

PROBLEM = "application/problem+json"
SMALL = 200_000
NOBODY = "0" * 32


class Client(TestClient):
    """Refuses an answer that the API's description does not know."""

    def request(self, *args: Any, **kwargs: Any) -> Response:
        response: Response = super().request(*args, **kwargs)
        path = response.request.url.path
        if path.startswith("/v1") or path == "/healthz":
            _conforms(response, self.app.openapi())  # type: ignore[attr-defined]
        return response


def _conforms(response: Response, description: dict[str, Any]) -> None:
    method = response.request.method.lower()
    path = _template(response.request.url.path, description)
    if path is None or method not in description["paths"][path]:
        assert response.status_code in (404, 405, 403, 413)
        schema: Any = {"$ref": "#/components/schemas/Problem"}
        kind = PROBLEM
    else:
        known = description["paths"][path][method]["responses"]
        assert str(response.status_code) in known, f"{method} {path} does not tell of {response.status_code}"
        if response.status_code == 204:
            assert response.content == b""
            return
        kind = response.headers["content-type"].partition(";")[0]
        content = known[str(response.status_code)]["content"]
        assert kind in content, f"{method} {path} {response.status_code} does not tell of {kind}"
        schema = content[kind]["schema"]
    if kind.endswith("json"):
        whole = {**schema, "components": description["components"]}
        jsonschema.Draft202012Validator(whole, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER).validate(
            response.json()
        )
    if kind == PROBLEM:
        assert response.json()["status"] == response.status_code
        assert response.json()["type"] == f"/problems/{response.json()['code']}"


def _template(path: str, description: dict[str, Any]) -> str | None:
    parts = path.removesuffix(".png").split("/")
    for known in description["paths"]:
        wanted = known.removesuffix(".png").split("/")
        if len(wanted) == len(parts) and all(w.startswith("{") or w == p for w, p in zip(wanted, parts, strict=True)):
            return str(known)
    return None


@pytest.fixture(scope="module")
def app(stand_in: str, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    folder = tmp_path_factory.mktemp("service")
    settings = Settings(data_dir=folder / "data", workers=2, max_bytes=SMALL, check_timeout=30)
    return create_app(settings, stages=stand_in)


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[Client]:
    with Client(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as opened:
        yield opened


def _upload(client: Client, content: bytes = b"a letter", wait: int | None = 20, **form: str) -> Response:
    headers = {} if wait is None else {"Prefer": f"wait={wait}"}
    response: Response = client.post(
        "/v1/documents", files={"file": ("Marisol Vance.pdf", content)}, data=form, headers=headers
    )
    return response


def _finished(client: Client, address: str) -> dict[str, Any]:
    for _ in range(400):
        state: dict[str, Any] = client.get(address).json()
        if state["state"] != "received":
            return state
        time.sleep(0.05)
    raise AssertionError("not finished in time")


def _stored(app: FastAPI) -> set[str]:
    return {path.name for path in app.state.service.store.files.folder.iterdir()}


def _is_problem(response: Response, status: int, code: str) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    told: dict[str, Any] = response.json()
    assert told["code"] == code
    assert told["title"]
    assert told["detail"]
    assert told["remedy"]
    assert "Traceback" not in response.text
    return told


# Uploading


def test_an_upload_is_answered_at_once_with_the_address_of_its_report(client: Client) -> None:
    response = _upload(client, wait=None)
    assert response.status_code == 202
    state = response.json()
    assert state["state"] == "received"
    assert response.headers["location"] == state["links"]["self"] == f"/v1/documents/{state['id']}"

    state = _finished(client, response.headers["location"])

    assert (state["state"], state["kind"], state["verdict"]) == ("checked", "lmn", "incomplete")
    assert state["score"] == {"low": 61.5, "high": 80.0}
    report = client.get(state["links"]["report"])
    assert report.status_code == 200
    assert report.json()["schema"] == "docscan.report/1"
    assert report.headers["vary"] == "Accept"


def test_a_client_that_would_wait_gets_the_report_itself(client: Client) -> None:
    response = _upload(client, wait=20, administrator="generic-fsa", as_of="2026-02-28")
    assert response.status_code == 201
    assert response.headers["preference-applied"] == "wait=20"
    assert response.json()["as_of"] == "2026-02-28"
    assert client.get(response.headers["location"] + "/report").json() == response.json()


def test_a_client_that_would_not_wait_long_enough_gets_the_state(client: Client) -> None:
    response = _upload(client, b"slow 3", wait=1)
    assert response.status_code == 202
    assert "preference-applied" not in response.headers
    assert response.json()["state"] == "received"
    report = client.get(response.json()["links"]["report"])
    _is_problem(report, 409, "not_finished")
    assert int(report.headers["retry-after"]) > 0
    client.delete(response.headers["location"])


def test_a_wait_that_cannot_be_understood_is_no_wait(client: Client) -> None:
    response = client.post("/v1/documents", files={"file": b"a letter"}, headers={"Prefer": "wait=forever"})
    assert response.status_code == 202


def test_waiting_for_a_document_that_fails_gives_its_problem_and_its_address(client: Client) -> None:
    response = _upload(client, b"refuse")
    told = _is_problem(response, 422, "encrypted")
    assert told["document"] == response.headers["location"]
    state = client.get(response.headers["location"]).json()
    assert state["state"] == "failed"
    assert state["error"]["code"] == "encrypted"
    _is_problem(client.get(state["links"]["report"]), 422, "encrypted")


def test_the_report_as_a_page_for_a_client_that_waits_and_prefers_html(client: Client) -> None:
    response = client.post(
        "/v1/documents", files={"file": b"a letter"}, headers={"Prefer": "wait=20", "Accept": "text/html"}
    )
    assert response.status_code == 201
    assert response.text.startswith("<!doctype html>")
    assert "data:image/png;base64," in response.text


def test_the_same_file_twice_is_two_documents(client: Client) -> None:
    first, second = (_upload(client, wait=None).json() for _ in range(2))
    assert first["id"] != second["id"]
    assert first["sha256"] == second["sha256"]


def test_facts_of_the_claim_reach_the_check(client: Client) -> None:
    claim = {"purpose": "fsa", "plan_year": {"start": "2026-01-01", "end": "2026-12-31"}, "amount": "1250.00"}
    told = _upload(client, claim=json.dumps(claim)).json()["claim"]
    assert {name: told[name] for name in claim} == claim


def test_without_a_day_the_check_is_of_today(client: Client) -> None:
    assert _upload(client, wait=None).json()["as_of"] == date.today().isoformat()
    assert _upload(client, wait=None, as_of="").json()["as_of"] == date.today().isoformat()


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 422, "empty"),
        (b"PK\x03\x04 an archive", 415, "unsupported"),
        (b"refuse at once", 422, "encrypted"),
        (b"x" * (SMALL + 1), 413, "too_large"),
    ],
)
def test_a_file_that_cannot_be_taken_is_told_at_once_and_not_stored(
    app: FastAPI, client: Client, content: bytes, status: int, code: str
) -> None:
    stored, known = _stored(app), client.get("/v1/documents").json()["documents"][0]["id"]
    _is_problem(_upload(client, content, wait=None), status, code)
    assert _stored(app) == stored
    assert client.get("/v1/documents").json()["documents"][0]["id"] == known


def test_a_file_of_just_the_limit_is_taken(client: Client) -> None:
    assert _upload(client, b"x" * SMALL, wait=None).status_code == 202


def test_a_huge_upload_is_cut_off_at_the_limit_without_being_stored(app: FastAPI, client: Client) -> None:
    stored = _stored(app)
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        for _ in range(100):
            sent += SMALL
            yield b"x" * SMALL

    response = client.post(
        "/v1/documents", content=endless(), headers={"Content-Type": "multipart/form-data; boundary=x"}
    )
    _is_problem(response, 413, "too_large")
    assert _stored(app) == stored


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"as_of": "21.11.2026"}, "as_of"),
        ({"as_of": "2026-02-30"}, "as_of"),
        ({"as_of": "2026-W47-6"}, "as_of"),
        ({"as_of": "1700000000"}, "as_of"),
        ({"as_of": "２０２６-11-21"}, "as_of"),
        ({"administrator": "nobody-at-all"}, "administrator"),
        ({"administrator": "../../etc/passwd"}, "administrator"),
        ({"claim": "{"}, "claim"),
        ({"claim": "[]"}, "claim"),
        ({"claim": '{"purpose": "fun"}'}, "claim"),
        ({"claim": '{"incme": "1"}'}, "claim"),
        ({"claim": '{"plan_year": {"start": "2026-13-01", "end": "2026-12-31"}}'}, "claim"),
        ({"claim": "[" * 100_000}, "claim"),
        ({"administator": "generic-fsa"}, "administator"),
    ],
)
def test_a_field_of_the_wrong_form_is_named(app: FastAPI, client: Client, form: dict[str, str], field: str) -> None:
    stored = _stored(app)
    told = _is_problem(_upload(client, b"a letter", None, **form), 422, "usage")
    assert [error["field"] for error in told["errors"]] == [field]
    assert _stored(app) == stored


def test_an_upload_without_a_file_says_so(client: Client) -> None:
    told = _is_problem(client.post("/v1/documents", data={"as_of": "2026-11-21"}), 422, "usage")
    assert [error["field"] for error in told["errors"]] == ["file"]


def test_a_file_field_that_is_text_says_so(client: Client) -> None:
    told = _is_problem(client.post("/v1/documents", files={"other": b"x"}, data={"file": "a letter"}), 422, "usage")
    assert told["errors"]


def test_of_two_files_none_is_silently_lost(client: Client) -> None:
    told = _is_problem(client.post("/v1/documents", files=[("file", b"one"), ("file", b"two")]), 422, "usage")
    assert [error["field"] for error in told["errors"]] == ["file"]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"file": "x"}'),
        ("application/pdf", b"%PDF-1.7"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"not multipart at all"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\ncut',
        ),
        ("application/x-www-form-urlencoded", b"file=x"),
        ("text/plain", b""),
    ],
)
def test_what_is_not_a_multipart_form_is_refused(client: Client, content_type: str, body: bytes) -> None:
    response = client.post("/v1/documents", content=body, headers={"Content-Type": content_type})
    assert response.status_code in (400, 422)
    _is_problem(response, response.status_code, response.json()["code"])


# Asking


def test_documents_are_listed_page_by_page_newest_first(client: Client) -> None:
    new = [_upload(client, wait=None).json()["id"] for _ in range(5)][::-1]
    first = client.get("/v1/documents", params={"limit": 3})
    assert [one["id"] for one in first.json()["documents"]] == new[:3]
    assert first.headers["link"] == f'<{first.json()["next"]}>; rel="next"'
    second = client.get(first.json()["next"])
    assert [one["id"] for one in second.json()["documents"]][:2] == new[3:]
    seen, following = 0, "/v1/documents?limit=2"
    while following:
        page = client.get(following).json()
        seen, following = seen + len(page["documents"]), page["next"]
    assert seen == len(client.get("/v1/documents?limit=200").json()["documents"])


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "before=x", "before=20261121T000000.0"])
def test_a_place_in_the_list_that_is_none_is_refused(client: Client, query: str) -> None:
    response = client.get(f"/v1/documents?{query}")
    assert response.status_code == 200 if query == "before=20261121T000000.0" else 422


def test_pages_are_pictures(client: Client) -> None:
    address = _upload(client).headers["location"]
    state = client.get(address).json()
    assert len(state["links"]["pictures"]) == state["page_count"] == 2
    for link in state["links"]["pictures"] * 2:  # the second time from the disk
        picture = client.get(link)
        assert picture.headers["content-type"] == "image/png"
        assert picture.content.startswith(b"\x89PNG")
        assert picture.headers["cache-control"] == "no-store"
    for number in ("0", "3", "-1", "99999999999999999999"):
        _is_problem(client.get(f"{address}/pages/{number}.png"), 404, "unknown_name")
    _is_problem(client.get(f"{address}/pages/one.png"), 422, "usage")


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/json", "application/json"),
        ("*/*", "application/json"),
        ("text/html,*/*;q=0.8", "text/html; charset=utf-8"),
    ],
)
def test_a_report_comes_in_the_form_that_is_preferred(client: Client, accept: str, kind: str) -> None:
    address = _upload(client).headers["location"]
    response = client.get(f"{address}/report", headers={"Accept": accept})
    assert response.headers["content-type"] == kind
    assert "sandbox" in response.headers["content-security-policy"] or kind == "application/json"


def test_a_report_in_no_form_that_there_is(client: Client) -> None:
    address = _upload(client).headers["location"]
    _is_problem(client.get(f"{address}/report", headers={"Accept": "application/pdf"}), 406, "not_acceptable")


@pytest.mark.parametrize("what", ["note", "request"])
@pytest.mark.parametrize(
    ("form", "kind", "start"),
    [("html", "text/html; charset=utf-8", b"<!doctype html>"), ("pdf", "application/pdf", b"%PDF-"),
     ("text", "text/plain; charset=utf-8", b"")],
)  # fmt: skip
def test_a_draft_comes_in_the_format_asked_for(client: Client, what: str, form: str, kind: str, start: bytes) -> None:
    address = _upload(client).headers["location"]
    response = client.get(f"{address}/{what}", params={"format": form})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == kind
    assert response.content.startswith(start)
    assert f"docscan-{what}" in response.headers["content-disposition"]
    assert form != "html" or "sandbox" in response.headers["content-security-policy"]


def test_a_draft_by_other_rules_or_in_no_format_that_there_is(client: Client) -> None:
    address = _upload(client).headers["location"]
    assert b"FSAFEDS" in client.get(f"{address}/request", params={"administrator": "fsafeds"}).content
    _is_problem(client.get(f"{address}/note", params={"format": "docx"}), 422, "usage")
    _is_problem(client.get(f"{address}/note", params={"administrator": "nobody"}), 404, "unknown_name")
    _is_problem(client.get(f"{address}/request", params={"administrator": "hsa-owner"}), 422, "usage")
    _is_problem(client.get(f"/v1/documents/{NOBODY}/note"), 404, "unknown_name")


@pytest.mark.parametrize("document", [NOBODY, "x", "..", "%2e%2e%2fetc", "A" * 3000, "0" * 31 + "%00"])
def test_a_document_that_is_not_there(client: Client, document: str) -> None:
    for response in (
        client.get(f"/v1/documents/{document}"),
        client.get(f"/v1/documents/{document}/report"),
        client.get(f"/v1/documents/{document}/pages/1.png"),
        client.delete(f"/v1/documents/{document}"),
    ):
        assert response.status_code in (404, 405, 307) or response.request.url.path in ("/v1/", "/v1/documents")


# Deleting


def test_deleting_removes_everything(app: FastAPI, client: Client) -> None:
    address = _upload(client).headers["location"]
    client.get(f"{address}/pages/1.png")
    assert client.delete(address).status_code == 204
    for response in (client.get(address), client.get(f"{address}/report"), client.get(f"{address}/pages/1.png")):
        _is_problem(response, 404, "unknown_name")
    _is_problem(client.delete(address), 404, "unknown_name")
    assert address.rsplit("/", 1)[1] not in _stored(app)


def test_deleting_during_the_check_leaves_nothing_when_it_ends(app: FastAPI, client: Client) -> None:
    response = _upload(client, b"slow 1", wait=None)
    address = response.headers["location"]
    time.sleep(0.3)
    assert client.delete(address).status_code == 204
    after = _upload(client, b"slow 1.5")
    assert after.status_code == 201
    _is_problem(client.get(address), 404, "unknown_name")
    assert response.json()["id"] not in _stored(app)


def test_deleting_ends_the_check_soon(app: FastAPI, client: Client) -> None:
    addresses = [_upload(client, b"hang", wait=None).headers["location"] for _ in range(2)]  # all that work at a time
    time.sleep(0.5)
    for address in addresses:
        assert client.delete(address).status_code == 204
    assert _upload(client, b"a letter", wait=20).status_code == 201, "hanging checks would have kept it for 30 seconds"


# Rules and the rest


def test_items_are_looked_up(client: Client) -> None:
    told = client.get("/v1/items", params={"words": "HEPA purifier", "on": "2026-01-02"}).json()
    assert [one["id"] for one in told["items"]] == ["air-cleaner"]
    assert (told["purpose"], told["on"], told["reason"]) == ("fsa", "2026-01-02", None)
    unknown = client.get("/v1/items", params={"words": "PT"}).json()
    assert unknown["items"] == [] and "physical therapy" in unknown["reason"]
    assert len(client.get("/v1/items").json()["items"]) > 50
    _is_problem(client.get("/v1/items", params={"purpose": "hospital"}), 422, "usage")
    _is_problem(client.get("/v1/items", params={"on": "tomorrow"}), 422, "usage")


def test_rules_and_administrators_are_told(client: Client) -> None:
    administrators = client.get("/v1/administrators").json()["administrators"]
    assert [one["id"] for one in administrators if one["default"]] == ["generic-fsa"]
    rules = client.get("/v1/rules").json()
    assert rules["administrator"] == "generic-fsa"
    assert len(rules["rules"]) > 10
    first = rules["rules"][0]
    assert client.get(f"/v1/rules/{first['id']}").json() == first
    _is_problem(client.get("/v1/rules/XXX-99"), 404, "unknown_name")
    _is_problem(client.get("/v1/rules", params={"administrator": "nobody"}), 404, "unknown_name")


def test_administrators_are_listed_with_how_they_differ_and_who_says_so(client: Client) -> None:
    listed = {one["id"]: one for one in client.get("/v1/administrators").json()["administrators"]}
    assert listed["take-command-hra"]["purpose"] == ["hra"]
    assert listed["take-command-hra"]["checked"] == "2026-11-21"
    assert listed["generic-fsa"]["differs"] == 0
    told = client.get("/v1/administrators/take-command-hra").json()
    assert {name: told[name] for name in listed["take-command-hra"]} == listed["take-command-hra"]
    deciding = {change["rule"]: change for change in told["changes"] if change["decides"]}
    assert len(deciding) == told["differs"] > 5
    assert deciding["LMN-12"]["says"] == ["No lifetime letters.", "It counts as must have, not needed."]
    assert deciding["LMN-12"]["citation"]["url"].startswith("https://")
    _is_problem(client.get("/v1/administrators/nobody"), 404, "unknown_name")


def test_rules_are_set_side_by_side(client: Client) -> None:
    rows = {row["rule"]: row for row in client.get("/v1/rules/table").json()["rows"]}
    assert rows["LMN-12"]["by_administrator"]["take-command-hra"] == "fatal"
    assert "take-command-hra" in rows["LMN-12"]["changed_by"]
    rule = client.get("/v1/rules/LMN-12", params={"administrator": "take-command-hra"}).json()
    assert rule["by_administrator"] == rows["LMN-12"]["by_administrator"]
    assert (rule["severity"], rule["changed"]) == ("fatal", ["severity"])


def test_the_page_of_a_rule_says_what_the_api_says(client: Client) -> None:
    for id_ in ("LMN-12", "RCT-27", "PKT-04", "IRS-04"):
        rule = client.get(f"/v1/rules/{id_}").json()
        page = html.unescape(re.sub(r"<[^>]+>", "", client.get(f"/rules/{id_}").text))
        for said in (rule["title"], rule["citation"]["title"], *(example["shown"] for example in rule["examples"])):
            assert said in page
        for words in (*rule["messages"].values(), rule["advice"], *rule["exact_advice"]):
            assert re.sub(r"\{(\w+)\}", lambda found: found[1].replace("_", " "), words) in page
        assert ("exact wording not confirmed" in page) is not rule["citation"]["verified"]


def test_every_rule_and_every_administrator_has_a_page(client: Client) -> None:
    table = client.get("/rules").text
    ids = set(re.findall(r'href="/rules/([A-Z]+-\d+)"', table))
    assert ids == {row["rule"] for row in client.get("/v1/rules/table").json()["rows"]}
    for id_ in sorted(ids)[::7]:
        assert client.get(f"/rules/{id_}").status_code == 200
    for one in client.get("/v1/administrators").json()["administrators"]:
        assert f'href="/administrators/{one["id"]}"' in table
        assert client.get(f"/administrators/{one['id']}").status_code == 200
    assert client.get("/rules/RCT-11", params={"administrator": "hsa-owner"}).status_code == 200, "off, but told"
    for nobody in ("/rules/XXX-99", "/administrators/nobody", "/rules/LMN-01?administrator=nobody"):
        assert client.get(nobody).status_code == 404


def test_the_service_is_well(client: Client) -> None:
    assert client.get("/healthz").json()["status"] in ("ok", "starting")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v1", 404, "no_such_page"),
        ("GET", "/v1/nothing", 404, "no_such_page"),
        ("PUT", "/v1/documents", 405, "method_not_allowed"),
        ("POST", "/healthz", 405, "method_not_allowed"),
        ("GET", "/static/../app.py", 404, "no_such_page"),
    ],
)
def test_even_plain_errors_are_problems(client: Client, method: str, path: str, status: int, code: str) -> None:
    response = client.request(method, path)
    _is_problem(response, status, code)
    assert status != 405 or response.headers["allow"]


def test_every_problem_has_a_page_that_explains_it(client: Client) -> None:
    for type_ in ("/problems/encrypted", "/problems/usage", "/problems"):
        page = client.get(type_, headers={"Accept": "text/html"})
        assert page.status_code == 200
    assert client.get("/problems/nonsense", headers={"Accept": "text/html"}).status_code == 404


def test_other_sites_get_nothing(client: Client) -> None:
    response = client.options(
        "/v1/documents", headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    )
    assert not any(name.startswith("access-control") for name in response.headers)
    _is_problem(client.get("/v1/documents", headers={"Host": "evil.example"}), 403, "forbidden")


def test_a_report_is_judged_again_without_reading_and_tells_what_changed(client: Client) -> None:
    address = _upload(client).headers["location"]
    stored = client.get(f"{address}/report").json()
    response = client.post(f"{address}/judge", data={"administrator": "healthequity", "as_of": "2028-01-31"})
    assert response.status_code == 200
    told = response.json()
    assert told["report"]["administrator"] == "healthequity"
    assert told["report"]["fields"] == stored["fields"]
    by = {turn["what"]: (turn["before"], turn["after"]) for turn in told["changes"]["by"]}
    assert by["administrator"] == (stored["administrator"], "healthequity")
    assert by["as_of"] == (stored["as_of"], "2028-01-31")
    assert told["changes"]["rules"]
    assert all(rule["causes"] for rule in told["changes"]["rules"])
    assert client.get(f"{address}/report").json() == stored, "what is stored stays as it is"


def test_a_report_is_judged_again_as_it_was_where_nothing_else_is_asked(client: Client) -> None:
    address = _upload(client).headers["location"]
    stored = client.get(f"{address}/report").json()
    told = client.post(f"{address}/judge", data={"claim": '{"purpose": "fsa"}'}).json()
    assert (told["report"]["as_of"], told["report"]["administrator"]) == (stored["as_of"], stored["administrator"])
    assert told["report"]["claim"]["purpose"] == "fsa"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"administrator": "nobody"}, "administrator"),
        ({"as_of": "tomorrow"}, "as_of"),
        ({"claim": "[]"}, "claim"),
        ({"claim": '{"plan": 1}'}, "claim"),
        ({"day": "2026-11-21"}, "day"),
        ({"as_of": ["2026-11-21", "2026-11-22"]}, "as_of"),
    ],
)
def test_judging_again_refuses_what_it_does_not_understand(client: Client, form: dict[str, Any], field: str) -> None:
    address = _upload(client).headers["location"]
    told = _is_problem(client.post(f"{address}/judge", data=form), 422, "usage")
    assert [one["field"] for one in told["errors"]] == [field]


def test_only_a_document_with_a_report_can_be_judged_again(client: Client) -> None:
    _is_problem(client.post(f"/v1/documents/{NOBODY}/judge"), 404, "unknown_name")
    slow = _upload(client, b"slow 5", wait=None).headers["location"]
    _is_problem(client.post(f"{slow}/judge"), 409, "not_finished")
    client.delete(slow)


def test_the_description_is_sound(client: Client) -> None:
    description = client.get("/openapi.json").json()
    assert description["openapi"].startswith("3.1")
    text = json.dumps(description)
    for reference in set(_references(description)):
        found: Any = description
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
    assert "HTTPValidationError" not in text
    for schema in description["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
        if "example" in schema:
            jsonschema.Draft202012Validator({**schema, "components": description["components"]}).validate(
                schema["example"]
            )
    for path in description["paths"].values():
        for operation in path.values():
            assert operation["summary"]
            assert operation["description"]


def test_the_description_is_a_page_for_people_too(client: Client) -> None:
    page = client.get("/docs")
    assert page.status_code == 200
    described = client.get("/openapi.json").json()
    text = html.unescape(page.text)
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}" in text
            assert operation["summary"] in text
            for status in operation["responses"]:
                assert f"<code>{status}</code>" in text
    assert "curl -H 'Prefer: wait=60' -F file=@letter.pdf" in text
    assert "http://127.0.0.1/v1/documents" in text
    links = set(re.findall(r'href="#([^"]+)"', page.text)) - {"main"}
    assert links <= set(re.findall(r'id="([^"]+)"', page.text)), "every link inside leads somewhere"
    assert "style=" not in page.text
    assert page.text.count("<script") == 1, "no script but the site's own"


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "$ref":
                yield inner
            else:
                yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def test_neither_a_file_name_nor_content_reaches_the_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="docscan"):
        for content in (b"a letter", b"break", b"die", b"refuse", b"PK"):
            _upload(client, content)
    assert "Marisol" not in caplog.text
    assert "Vance" not in caplog.text


def test_a_document_that_breaks_the_check_is_a_failure_with_a_reason(client: Client) -> None:
    told = _is_problem(_upload(client, b"die"), 422, "crashed")
    assert "signal" in told["detail"]
    told = _is_problem(_upload(client, b"break"), 500, "internal")
    assert "Marisol" not in json.dumps(told)
    assert "ValueError" in told["detail"]


# Pages without script


def test_recent_documents_can_be_told_apart(client: Client) -> None:
    first, second = (_upload(client).headers["location"].removeprefix("/v1") for _ in range(2))
    page = client.get("/documents")
    assert page.headers["cache-control"] == "no-store"
    rows = {address: row for row in page.text.split("<li") for address in (first, second) if f'"{address}"' in row}
    for row in rows.values():
        assert "Marisol T. Vance: Letter of Medical Necessity" in row
        assert "Incomplete" in row
        assert "2 pages" in row
        assert "Most FSA and HRA administrators" in row
    moments = {re.findall(r'<time datetime="([^"]+)">[^<]+:\d\d:\d\d [AP]M</time>', row)[0] for row in rows.values()}
    assert len(moments) == 2
    report = client.get(first).text
    assert "Patient as read: <b>Marisol T. Vance</b>" in report
    assert re.search(r"Received <time [^>]+>[^<]+:\d\d:\d\d [AP]M", report)


def test_a_browser_without_script_is_led_to_the_report(client: Client) -> None:
    response = client.post(
        "/documents", files={"file": ("a.pdf", b"slow 1"), "photo": ("", b"")}, follow_redirects=False
    )
    assert response.status_code == 303
    address = response.headers["location"]
    waiting = client.get(address)
    assert '<meta http-equiv="refresh"' in waiting.text
    _finished(client, f"/v1{address}")
    page = client.get(address)
    assert "Incomplete" in page.text
    assert "Marisol T. Vance" in page.text
    assert f"/v1{address}/pages/1.png" in page.text
    assert "style=" not in page.text.partition("<body")[2], "the security policy forbids style in elements"
    for name, kind in (("report.json", "application/json"), ("report.html", "text/html; charset=utf-8")):
        kept = client.get(f"{address}/{name}")
        assert kept.headers["content-type"] == kind
        assert kept.headers["content-disposition"].startswith("attachment")
    assert client.post(f"{address}/delete").url.path == "/documents"
    assert client.get(address, headers={"Accept": "text/html"}).status_code == 404


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [(b"refuse at once", 422, "needs a password"), (b"", 422, "empty"), (b"x" * (SMALL * 2), 413, "too large")],
)
def test_an_error_stands_above_the_form_in_plain_words(client: Client, content: bytes, status: int, said: str) -> None:
    response = client.post("/documents", files={"file": ("a.pdf", content)}, headers={"Accept": "text/html"})
    assert response.status_code == status
    assert said in response.text
    assert 'role="alert"' in response.text
    assert "<form" in response.text


def test_the_form_without_a_file_says_so(client: Client) -> None:
    response = client.post("/documents", files={"file": ("", b"")}, headers={"Accept": "text/html"})
    assert response.status_code == 422
    assert "No file was chosen" in response.text


# The real stages


@pytest.mark.slow
def test_a_real_letter_goes_the_whole_way(tmp_path: Path) -> None:
    samples = Path(__file__).parents[2] / "sample_docs"
    letter = min((path for path in samples.glob("*.pdf")), key=lambda path: path.stat().st_size, default=None)
    if letter is None:
        pytest.skip("sample_docs holds no PDF")
    with Client(create_app(Settings(data_dir=tmp_path, workers=1)), base_url="http://127.0.0.1") as client:
        response = _upload(client, letter.read_bytes(), wait=120, as_of="2026-11-21")
        assert response.status_code == 201, response.text
        report = response.json()
        assert report["findings"]
        assert report["document"]["pages"]
        address = response.headers["location"]
        assert client.get(f"{address}/pages/1.png").content.startswith(b"\x89PNG")
        assert "<h1>" in client.get(f"/documents/{address.rsplit('/', 1)[1]}").text
        _is_problem(_upload(client, b"%PDF-1.7 cut", wait=60), 422, "damaged")
        _is_problem(_upload(client, b"hello", wait=60), 415, "unsupported")


# Packets


def _ready(client: Client, *contents: bytes) -> list[str]:
    """Ids of documents that were uploaded and checked."""
    answers = [_upload(client, content) for content in contents or (b"a letter", b"a receipt")]
    return [answer.headers["Location"].rsplit("/", 1)[1] for answer in answers]


def _packet_of(client: Client, documents: list[str], **more: Any) -> Response:
    answer: Response = client.post("/v1/packets", json={"documents": documents, **more})
    return answer


def test_documents_that_were_checked_are_judged_together_at_once_and_their_report_kept(client: Client) -> None:
    documents = _ready(client)
    made = _packet_of(client, documents, as_of="2026-09-30", claim={"purpose": "fsa"})
    assert made.status_code == 201
    state = made.json()
    assert (state["state"], state["as_of"], state["administrators"]) == ("checked", "2026-09-30", ["generic-fsa"])
    assert [one["id"] for one in state["documents"]] == documents
    assert made.headers["Location"] == state["links"]["self"]
    assert client.get(state["links"]["self"]).json() == state
    report = client.get(state["links"]["report"]).json()
    assert report["schema"] == "docscan.packet/1"
    assert len(report["reports"]) == 2
    assert (report["verdict"], report["score"]) == (state["results"][0]["verdict"], state["results"][0]["score"])
    assert report["as_of"] == "2026-09-30"
    assert report["reports"][0]["claim"]["purpose"] == "fsa"
    assert client.get(state["results"][0]["report"]).json() == report
    assert client.get("/v1/packets").json()["packets"][0] == state


def test_several_administrators_judge_a_packet_side_by_side(client: Client) -> None:
    state = _packet_of(client, _ready(client), administrators=["generic-fsa", "fsafeds"]).json()
    assert [one["administrator"] for one in state["results"]] == ["generic-fsa", "fsafeds"]
    for result in state["results"]:
        assert client.get(result["report"]).json()["administrator"] == result["administrator"]
    told = client.get(state["links"]["comparison"]).json()
    assert [column["administrator"] for column in told["columns"]] == ["generic-fsa", "fsafeds"]
    assert all(len(row["cells"]) == 2 for row in told["rows"])
    assert told["alike"] > 0
    other = client.get(f"{state['links']['report']}?administrator=healthequity")
    assert "It was judged by" in _is_problem(other, 404, "unknown_name")["remedy"]


def test_one_document_is_compared_by_all_administrators_or_those_named(client: Client) -> None:
    (document,) = _ready(client, b"a letter")
    address = f"/v1/documents/{document}/comparison"
    known = client.get("/v1/administrators").json()["administrators"]
    assert len(client.get(address).json()["columns"]) == len(known)
    told = client.get(address, params={"administrator": ["fsafeds", "generic-fsa"]}).json()
    assert [column["administrator"] for column in told["columns"]] == ["fsafeds", "generic-fsa"]
    _is_problem(client.get(address, params={"administrator": "nobody"}), 422, "usage")
    _is_problem(client.get(f"/v1/documents/{NOBODY}/comparison"), 404, "unknown_name")


def test_a_draft_about_a_packet_comes_in_the_format_asked_for(client: Client) -> None:
    address = _packet_of(client, _ready(client)).json()["links"]["self"]
    for form, kind in (("html", "text/html"), ("pdf", "application/pdf"), ("text", "text/plain")):
        response = client.get(f"{address}/request", params={"format": form})
        assert response.status_code == 200, response.text
        assert response.headers["content-type"].startswith(kind)
    for what in ("note", "request"):
        _is_problem(client.get(f"{address}/{what}", params={"administrator": "nobody"}), 404, "unknown_name")
    _is_problem(client.get(f"{address}/request", params={"format": "docx"}), 422, "usage")
    nothing = _is_problem(client.get(f"{address}/note"), 422, "usage")  # nothing that its provider could change
    assert "provider" in nothing["detail"]


def test_a_packets_report_is_a_page_where_the_client_prefers_one(client: Client) -> None:
    state = _packet_of(client, _ready(client)).json()
    page = client.get(state["links"]["report"], headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "Packet of 2 documents" in page.text
    assert page.text.count("data:image/png;base64,") >= 2
    _is_problem(client.get(state["links"]["report"], headers={"Accept": "image/png"}), 406, "not_acceptable")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"documents": []}, "documents"),
        ({"documents": [NOBODY]}, "documents"),
        ({"documents": "all"}, "documents"),
        ({}, "documents"),
        ({"documents": [NOBODY], "administrators": ["nobody"]}, "administrator"),
        ({"documents": [NOBODY], "as_of": "today"}, "as_of"),
        ({"documents": [NOBODY], "claim": {"income_": "1"}}, "claim"),
        ({"documents": [NOBODY], "documnts": []}, "documnts"),
        ({"documents": [NOBODY] * 2}, "documents"),
    ],
)
def test_a_packet_that_is_not_right_is_refused_by_its_field(client: Client, body: Any, field: str) -> None:
    problem = _is_problem(client.post("/v1/packets", json=body), 422, "usage")
    assert field in [error["field"] for error in problem["errors"]]


def test_a_packet_waits_for_its_documents_and_is_judged_when_it_is_asked_for(client: Client) -> None:
    slow = _upload(client, b"slow 2", wait=None).json()["id"]
    made = _packet_of(client, [*_ready(client, b"a letter"), slow])
    assert made.status_code == 202
    state = made.json()
    assert (state["state"], state["results"]) == ("waiting", [])
    early = client.get(state["links"]["report"])
    if early.status_code != 200:  # on a slow machine the document may be finished by now
        _is_problem(early, 409, "not_finished")
        assert early.headers["Retry-After"]
    deadline = time.monotonic() + 30
    while client.get(state["links"]["self"]).json()["state"] == "waiting" and time.monotonic() < deadline:
        time.sleep(0.2)
    assert client.get(state["links"]["self"]).json()["state"] == "checked"


def test_a_document_that_failed_stays_visible_and_its_packet_says_so(client: Client) -> None:
    good, bad = _ready(client, b"a letter")[0], _upload(client, b"refuse", wait=None).json()["id"]
    client.get(f"/v1/documents/{bad}")
    state = _packet_of(client, [good, bad]).json()
    deadline = time.monotonic() + 30
    while state["state"] == "waiting" and time.monotonic() < deadline:
        time.sleep(0.2)
        state = client.get(state["links"]["self"]).json()
    assert state["state"] == "failed"
    assert state["documents"][1]["error"]["code"] == "encrypted"
    refused = client.get(state["links"]["report"])
    assert refused.json()["code"] == "check_failed"
    assert "1 of 2 documents could not be checked" in refused.json()["detail"]


def _upload_packet(client: Client, *contents: bytes, wait: int | None = 30, **form: Any) -> Response:
    headers = {} if wait is None else {"Prefer": f"wait={wait}"}
    files = [("file", (f"{number}.pdf", content)) for number, content in enumerate(contents)]
    answer: Response = client.post("/v1/packets/upload", files=files, data=form, headers=headers)
    return answer


def test_files_are_uploaded_checked_and_judged_together_in_one_request(client: Client) -> None:
    made = _upload_packet(
        client, b"a letter", b"a receipt", administrator=["generic-fsa", "fsafeds"], as_of="2026-09-30"
    )
    assert made.status_code == 201
    state = made.json()
    assert (state["state"], len(state["documents"])) == ("checked", 2)
    assert {one["as_of"] for one in state["documents"]} == {"2026-09-30"}
    assert [one["administrator"] for one in state["results"]] == ["generic-fsa", "fsafeds"]
    assert _upload_packet(client, b"slow 1", b"a letter", wait=None).status_code == 202


def test_if_one_file_of_a_packet_cannot_be_taken_none_is(client: Client) -> None:
    before = client.get("/v1/documents?limit=1").json()["documents"][0]["id"]
    problem = _is_problem(_upload_packet(client, b"a letter", b"refuse at once"), 422, "encrypted")
    assert problem["errors"][0]["field"] == "file"
    assert problem["errors"][0]["message"].startswith("File 2 of 2:")
    assert client.get("/v1/documents?limit=1").json()["documents"][0]["id"] == before
    _is_problem(client.post("/v1/packets/upload", data={"as_of": "2026-09-30"}), 422, "usage")
    _is_problem(_upload_packet(client, b"a", administrator="nobody"), 422, "usage")
    _is_problem(_upload_packet(client, b"a", folder="x"), 422, "usage")


def test_a_packet_goes_with_its_document_and_its_documents_outlive_it(client: Client) -> None:
    first, second = _ready(client)
    one, two = (_packet_of(client, [first, second]).json()["links"]["self"] for _ in range(2))
    assert client.delete(one).status_code == 204
    _is_problem(client.get(one), 404, "unknown_name")
    _is_problem(client.delete(one), 404, "unknown_name")
    assert client.get(f"/v1/documents/{first}").status_code == 200
    assert client.delete(f"/v1/documents/{first}").status_code == 204
    for address in (two, f"{two}/report", f"{two}/comparison"):
        _is_problem(client.get(address), 404, "unknown_name")
    assert client.get(f"/v1/documents/{second}").status_code == 200
