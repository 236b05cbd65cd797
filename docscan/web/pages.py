"""The pages for people. All of them work without script; the script adds progress, drag and drop, and lighting up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from typing import Annotated, Any, Final

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool

from docscan.document import Report
from docscan.errors import UnknownName
from docscan.presenting import wording
from docscan.presenting.html import SCRIPT, STYLE, report_body, verdict_of
from docscan.presenting.note import has_note
from docscan.presenting.tones import VERDICT_TONE
from docscan.store import StoredDocument
from docscan.web import docs, rules
from docscan.web.api import Here, Id, service_of
from docscan.web.headers import preferred
from docscan.web.packets import Packet, latest
from docscan.web.problems import KINDS, Trouble
from docscan.web.service import Service

router = APIRouter()

_NOT_PAGES: Final = ("/v1/", "/healthz", "/openapi.json", "/static/", "/assets/")
TAKEN: Final = ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.webp,.heic,.heif,application/pdf,image/*"
_A_LIST: Final = 30
_FEW: Final = 10
_PLACE: Final = re.compile(r"\{(\w+)\}")


@router.get("/")
def start(request: Request) -> HTMLResponse:
    """Choose a file, and whose rules it is to meet."""
    return _upload_page(service_of(request))


@router.post("/documents")
async def upload(
    service: Here,
    file: Annotated[UploadFile | None, File()] = None,
    photo: Annotated[UploadFile | None, File()] = None,
    administrator: Annotated[str | None, Form()] = None,
    as_of: Annotated[str | None, Form()] = None,
) -> Response:
    """The form's way in, for browsers without script."""
    chosen = next((one for one in (file, photo) if one is not None and (one.filename or one.size)), None)
    try:
        if chosen is None:
            raise Trouble("usage", "No file was chosen.", "Choose a file or take a photo first.")
        row = await service.receive(chosen.file, administrator=administrator, as_of=as_of, claim=None)
    except Trouble as trouble:
        return await run_in_threadpool(_upload_page, service, trouble)
    return RedirectResponse(f"/documents/{row.id}", 303)


@router.get("/documents")
def documents(service: Here) -> HTMLResponse:
    """The packets made last, and the documents received last, some of which can be judged together."""
    return documents_page(service)


def documents_page(service: Service, trouble: Trouble | None = None) -> HTMLResponse:
    """The list; above it why documents could not be judged together, where somebody tried."""
    rows, more = service.store.latest(_A_LIST)
    titles = rules.titles()
    lines = [line_of(row, service.checked(row), titles) for row in rows]
    patients = {line["id"]: line["patients"] for line in lines}
    return render(
        "documents.html",
        trouble.kind.status if trouble else 200,
        title="Recent documents",
        documents=lines,
        packets=[packet_line(one, patients, titles) for one in latest(service, _FEW)],
        older=bool(more),
        administrators=titles,
        default=service.settings.administrator,
        trouble=trouble,
    )


def packet_line(packet: Packet, patients: Mapping[str, str], titles: Mapping[str, str]) -> dict[str, Any]:
    """A packet in the list. `patients`: by document, as far as they are known."""
    row = packet.row
    result = row.results.get(row.administrators[0])
    tone, word = ("plain", "Not judged") if packet.state == "failed" else ("wait", "Waiting")
    if result is not None:
        verdict: Any = result.verdict
        tone, word = VERDICT_TONE[verdict], wording.VERDICT[verdict]
    named = dict.fromkeys(filter(None, (patients.get(document, "") for document in row.documents)))
    return {
        "id": row.id, "created": row.created_at, "tone": tone, "word": word, "patients": ", ".join(named),
        "name": f"Packet of {wording.count(len(row.documents), 'document')}",
        "administrators": ", ".join(titles.get(name, name) for name in row.administrators),
    }  # fmt: skip


@router.get("/documents/{document}")
def document(service: Here, document: Id) -> HTMLResponse:
    """A document: its report, or that it is being checked, or why it could not be."""
    row = service.store.get(document)
    if row.error is not None:
        trouble = Trouble.of(row.error, document=document)
        return render("failed.html", title=trouble.kind.title, trouble=trouble, id=document)
    if not row.finished:
        return render("pending.html", title="Being checked", id=document, refresh=3)
    report = Report.from_dict(service.store.report(document))
    pictures = {page.number: f"/v1/documents/{document}/pages/{page.number}.png" for page in report.document.pages}
    rule_pages = f"/rules/{{}}?administrator={report.administrator}"
    return render(
        "report.html",
        title=f"{wording.VERDICT[report.verdict]}: {wording.KIND[report.document.kind]}",
        id=document,
        administrator=report.administrator,
        several=bool(report.parts),
        body=report_body(report, pictures, received=row.received_at, rule_pages=rule_pages),
        note=has_note(report),
    )


@router.get("/documents/{document}/report.html")
def download_page(service: Here, document: Id) -> HTMLResponse:
    """The report as a file to keep."""
    return HTMLResponse(service.report_html(document), headers=attachment("docscan-report.html"))


@router.get("/documents/{document}/report.json")
def download_json(service: Here, document: Id) -> JSONResponse:
    """The report's JSON as a file to keep."""
    return JSONResponse(service.report(document), headers=attachment("docscan-report.json"))


@router.post("/documents/{document}/delete")
def delete(service: Here, document: Id) -> RedirectResponse:
    """Forms know no DELETE."""
    service.delete(document)
    return RedirectResponse("/documents", 303)


@router.get("/docs")
def docs_page(request: Request) -> HTMLResponse:
    """The API's description for people."""
    described = request.app.openapi()
    return render(
        "docs.html",
        title="The upload API",
        operations=list(docs.operations(described, str(request.base_url).rstrip("/"))),
        shapes=list(docs.shapes(described)),
    )


@router.get("/rules")
def rule_list(differ: bool = False) -> HTMLResponse:
    """Every rule under every administrator; `differ`: only those in which administrators differ."""
    table = rules.severity_table()
    families = [(family, [row for row in rows if row.differs or not differ]) for family, rows in table.families()]
    return render(
        "rules.html",
        title="Rules",
        table=table,
        families=[(family, rows) for family, rows in families if rows],
        differ=differ,
        severities=wording.SEVERITY,
    )


@router.get("/rules/{rule}")
def one_rule(service: Here, rule: str, administrator: str | None = None) -> HTMLResponse:
    """A rule in full, as an administrator has it."""
    told, whose, asked = rules.page_of(rule, administrator or service.settings.administrator)
    before, after = rules.neighbours(told.id)
    return render(
        "rule.html",
        title=f"{told.id}: {told.title}",
        rule=told,
        whose=rules.titles()[whose],
        administrator=whose,
        asked=asked,
        before=before,
        after=after,
    )


@router.get("/administrators")
def administrator_list() -> HTMLResponse:
    """Whose rules there are."""
    return render("administrators.html", title="Administrators", administrators=rules.administrators())


@router.get("/administrators/{administrator}")
def one_administrator(administrator: str) -> HTMLResponse:
    """How an administrator's rules differ from the usual ones."""
    told = rules.administrator(administrator)
    return render("administrator.html", title=told.title, told=told)


@router.get("/problems")
def problem_list() -> HTMLResponse:
    """Every type of problem that the API tells of."""
    return render("problems.html", title="Problems", problems=list(KINDS.values()))


@router.get("/problems/{code}")
def problem(code: str) -> HTMLResponse:
    """One type of problem."""
    if code not in KINDS:
        raise Trouble.of(UnknownName("There is no such type of problem.", "See the list at /problems."))
    return render("problems.html", title=KINDS[code].title, problems=[KINDS[code]])


@router.get("/assets/report.css")
def report_style() -> PlainTextResponse:
    return PlainTextResponse(STYLE, media_type="text/css", headers={"Cache-Control": "max-age=86400"})


@router.get("/assets/report.js")
def report_script() -> PlainTextResponse:
    return PlainTextResponse(SCRIPT, media_type="text/javascript", headers={"Cache-Control": "max-age=86400"})


def is_page(request: Request) -> bool:
    """Whether a person looks at the answer, so that errors are pages too."""
    path = request.url.path
    if any(path == start.rstrip("/") or path.startswith(start) for start in _NOT_PAGES):
        return False
    return preferred(request.headers.get("accept"), ("application/problem+json", "text/html")) == "text/html"


def trouble_page(request: Request, trouble: Trouble) -> HTMLResponse:
    """An error for a person; one of an upload stands above the form, to try again."""
    if request.method == "POST" and request.url.path == "/documents":
        return _upload_page(service_of(request), trouble)
    return render("trouble.html", trouble.kind.status, trouble.headers, title=trouble.kind.title, trouble=trouble)


def _upload_page(service: Service, trouble: Trouble | None = None) -> HTMLResponse:
    return render(
        "upload.html",
        trouble.kind.status if trouble else 200,
        title="Check a letter or a receipt",
        trouble=trouble,
        administrators=rules.titles(),
        default=service.settings.administrator,
        accept=TAKEN,
        max_bytes=service.settings.max_bytes,
        max_pages=service.settings.max_pages,
    )


def render(name: str, status: int = 200, headers: Mapping[str, str] | None = None, **said: Any) -> HTMLResponse:
    return HTMLResponse(
        _templates().get_template(name).render({"here": name, **said}), status, headers=dict(headers or {})
    )


def line_of(row: StoredDocument, report: Report | None, titles: Mapping[str, str]) -> dict[str, Any]:
    """A document in the list: enough to tell it from the others, which may have come in the same minute."""
    line: dict[str, Any] = {
        "id": row.id,
        "received": row.received_at,
        "administrator": titles.get(row.administrator, row.administrator),
        "pages": wording.count(row.page_count, "page") if row.page_count else "",
        "patients": wording.patients(report.documents()) if report else "",
        "todo": "",
    }
    if row.error is not None:
        kind = KINDS.get(row.error["code"], KINDS["internal"])
        return line | {"name": kind.title, "word": "Not checked", "tone": "plain"}
    if row.verdict is None or row.kind is None:
        return line | {"name": "Being checked", "word": "Waiting", "tone": "wait"}
    tone, todo = verdict_of(report) if report else ("plain", "")
    return line | {
        "name": dict(wording.KIND).get(row.kind, row.kind),  # type: ignore[call-overload]
        "word": dict(wording.VERDICT).get(row.verdict, row.verdict),  # type: ignore[call-overload]
        "tone": tone,
        "todo": todo,
    }


def _code(text: str) -> Markup:
    """Text in which what stands between backticks is code."""
    parts = text.split("`")
    return Markup("").join(Markup("<code>{}</code>").format(part) if at % 2 else part for at, part in enumerate(parts))


def _filled(text: str) -> Markup:
    """A rule's words, in which what a report fills in from the document is marked: "{value}"."""
    parts = _PLACE.split(text)
    marked = [
        Markup("<var>{}</var>").format(part.replace("_", " ")) if at % 2 else part for at, part in enumerate(parts)
    ]
    return Markup("").join(marked)


def attachment(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _ago(moment: datetime) -> str:
    """How long ago, roughly."""
    seconds = max(0, round((datetime.now(UTC) - moment).total_seconds()))
    for length, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= length:
            return f"{wording.count(seconds // length, unit)} ago"
    return "just now"


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("docscan.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(advisory=wording.ADVISORY, version=version("docscan"))
    made.filters.update(ago=_ago, moment=wording.moment, day=wording.day, code=_code, filled=_filled)
    return made
