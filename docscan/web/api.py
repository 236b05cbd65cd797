"""The upload API, version 1."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence, Set
from datetime import date, datetime
from importlib.metadata import version
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, Header, Path, Query, Request, Response, UploadFile
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse
from starlette.concurrency import run_in_threadpool

from docscan import pipeline
from docscan.document import PacketReport, Purpose, Report
from docscan.errors import DocscanError
from docscan.presenting.items import found_json
from docscan.presenting.note import note
from docscan.presenting.paper import FORMATS, MEDIA_TYPE, SUFFIX, Format, Paper, rendered
from docscan.presenting.request import request
from docscan.presenting.side_by_side import side_by_side
from docscan.store import StoredDocument
from docscan.web import headers, packets, rules
from docscan.web.models import (
    Administrator,
    AdministratorInFull,
    AdministratorList,
    Comparison,
    ComparisonCell,
    ComparisonColumn,
    ComparisonRow,
    DocumentList,
    DocumentState,
    Error,
    FieldError,
    Health,
    ItemList,
    Links,
    PacketLinks,
    PacketList,
    PacketRequest,
    PacketResult,
    PacketState,
    Rule,
    RuleList,
    RuleTable,
    ScoreRange,
)
from docscan.web.packets import Packet
from docscan.web.problems import Trouble
from docscan.web.service import Service

router = APIRouter()

_REPORT_POLICY: Final = "frame-ancestors 'none'; sandbox allow-scripts allow-popups allow-modals"  # the rest is in it

_DRAFT_POLICY: Final = "frame-ancestors 'none'; sandbox allow-popups allow-modals"  # the rest is in it

JSON: Final = "application/json"
HTML: Final = "text/html"


def service_of(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


Here = Annotated[Service, Depends(service_of)]
_Form = Annotated[str, Query(alias="format", description="text, html or pdf.")]
Id = Annotated[str, Path(description="The document's id.")]
PacketId = Annotated[str, Path(description="The packet's id.", max_length=100)]


async def one_file_and_known_fields(request: Request) -> None:
    """A misspelt field must not silently be none; of two files, none may silently be lost."""
    await _known_fields(request, once={"file", "administrator", "as_of", "claim"})


async def known_fields(request: Request) -> None:
    """A misspelt field must not silently be none."""
    await _known_fields(request, once={"administrator", "as_of", "claim"})


async def known_fields_of_packets(request: Request) -> None:
    """As for one file; of files and administrators there may be several."""
    await _known_fields(request, once={"as_of", "claim"}, several={"file", "administrator"})


async def _known_fields(request: Request, *, once: Set[str], several: Set[str] = frozenset()) -> None:
    form = await request.form()
    if unknown := sorted(set(form) - once - several):
        wrong = [FieldError(field=name[:100], message="It is not known.") for name in unknown]
        raise Trouble("usage", "The form has unknown fields.", "Send only those that the API names.", fields=wrong)
    for name in once & set(form):
        if len(form.getlist(name)) > 1:
            raise Trouble(
                "usage", f"There is more than one {name}.", "Send one file a request.",
                fields=[FieldError(field=name, message="It is there more than once.")],
            )  # fmt: skip


@router.post(
    "/v1/documents",
    status_code=202,
    response_model=DocumentState,
    dependencies=[Depends(one_file_and_known_fields)],
    summary="Upload a document",
    operation_id="upload",
)
async def upload(  # noqa: PLR0917 - FastAPI fills them by name
    service: Here,
    file: Annotated[UploadFile, File(description="A PDF, JPEG, PNG, TIFF, WebP or HEIC.")],
    administrator: Annotated[str | None, Form(description="Whose rules apply; see /v1/administrators.")] = None,
    as_of: Annotated[str | None, Form(description="Check as on this day, YYYY-MM-DD; today if not given.")] = None,
    claim: Annotated[str | None, Form(description="Facts that only the claimant knows: a JSON object.")] = None,
    prefer: Annotated[
        list[str] | None, Header(description="`wait=N`: wait up to N seconds for the report (RFC 7240).")
    ] = None,
    accept: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Response:
    """Take a file and check it. The answer comes at once, with the address at which to ask for the report; with
    `Prefer: wait=N` it comes with the report, if that is finished within N seconds."""
    seconds = headers.wait_of(prefer or [])
    form = report_form(accept) if seconds is not None else JSON
    row = await service.receive(file.file, administrator=administrator, as_of=as_of, claim=claim)
    location = {"Location": f"/v1/documents/{row.id}"}
    if seconds is not None:
        row = await service.wait(row.id, min(seconds, headers.LONGEST_WAIT))
        if row.error is not None:
            trouble = Trouble.of(row.error, document=row.id)
            trouble.headers.update(location)
            raise trouble
        if row.finished:
            applied = location | {"Preference-Applied": f"wait={seconds}"}
            return await run_in_threadpool(_report, service, row.id, form, 201, applied)
    return JSONResponse(state_of(row).model_dump(mode="json"), 202, headers=location)


@router.get("/v1/documents", response_model=DocumentList, summary="List documents", operation_id="list_documents")
def documents(
    service: Here,
    response: Response,
    limit: Annotated[int, Query(ge=1, le=200, description="How many at most.")] = 50,
    before: Annotated[
        str | None, Query(description="Where to go on: only as part of the address in `next`.", max_length=100)
    ] = None,
) -> DocumentList:
    """The documents, those received last first."""
    rows, more = service.store.latest(limit, before=_cursor(before))
    following = f"/v1/documents?limit={limit}&before={cursor_of(more)}" if more else None
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return DocumentList(documents=[state_of(row) for row in rows], next=following)


@router.get(
    "/v1/documents/{document}", response_model=DocumentState, summary="Ask for the state", operation_id="document"
)
def document_state(service: Here, document: Id) -> DocumentState:
    """What is known of a document, and where its report is."""
    return state_of(service.store.get(document))


@router.delete("/v1/documents/{document}", status_code=204, summary="Delete a document", operation_id="delete_document")
def delete_document(service: Here, document: Id) -> None:
    """Remove the file, its pictures and its report, also while it is being checked."""
    service.delete(document)


@router.get("/v1/documents/{document}/report", response_model=None, summary="Get the report", operation_id="report")
def document_report(
    service: Here, document: Id, accept: Annotated[str | None, Header(include_in_schema=False)] = None
) -> Response:
    """The report, as JSON or, where the client prefers it, as one self-contained HTML page."""
    return _report(service, document, report_form(accept), 200, {})


@router.post(
    "/v1/documents/{document}/judge",
    response_model=None,
    dependencies=[Depends(known_fields)],
    summary="Judge it again",
    operation_id="judge",
)
def judge_again(
    service: Here,
    document: Id,
    administrator: Annotated[str | None, Form(description="Whose rules apply; as before if not given.")] = None,
    as_of: Annotated[str | None, Form(description="Judge as on this day, YYYY-MM-DD; as before if not given.")] = None,
    claim: Annotated[
        str | None, Form(description="Other facts of the claim: a JSON object; as before if none.")
    ] = None,
) -> Response:
    """What the document says, judged by other rules, on another day or with another claim, and what that changes rule
    by rule. Nothing is read again, and the stored report stays as it is."""
    return JSONResponse(service.judged_again(document, administrator=administrator, as_of=as_of, claim=claim))


@router.get(
    "/v1/documents/{document}/note", response_model=None, summary="Draft a note for the doctor", operation_id="note"
)
def document_note(
    service: Here,
    document: Id,
    form: _Form = "html",
    administrator: Annotated[str | None, Query(description="By whose rules; as in the report if not given.")] = None,
) -> Response:
    """One page: what exactly the provider should add to the letter or correct, with blanks."""
    return _drafted(note, _judged_by(service, document, administrator), form)


@router.get(
    "/v1/documents/{document}/request",
    response_model=None,
    summary="Draft a request for information",
    operation_id="request_information",
)
def document_request(
    service: Here,
    document: Id,
    form: _Form = "html",
    administrator: Annotated[str | None, Query(description="By whose rules; as in the report if not given.")] = None,
) -> Response:
    """A draft for an administrator to check, complete and send. It is not a decision."""
    return _drafted(request, _judged_by(service, document, administrator), form)


@router.get(
    "/v1/documents/{document}/pages/{number}.png",
    response_class=FileResponse,
    summary="See a page",
    operation_id="page_picture",
)
def page_picture(service: Here, document: Id, number: Annotated[int, Path(description="From 1.")]) -> FileResponse:
    """A page as a person sees it, as PNG."""
    return FileResponse(service.picture(document, number), media_type="image/png")


@router.post(
    "/v1/packets", status_code=201, response_model=PacketState, summary="Judge documents together",
    operation_id="make_packet",
)  # fmt: skip
def make_packet(service: Here, wanted: PacketRequest) -> JSONResponse:
    """Judge documents that were uploaded, and belong to one claim, together: the letter with its receipts. Nothing is
    read again. With several administrators, each gives a report of its own. The answer is 201 where all documents are
    checked, 202 where one is not finished yet: the packet is judged when it is."""
    claim = None if wanted.claim is None else json.dumps(wanted.claim)
    packet = packets.gather(
        service, wanted.documents, administrators=wanted.administrators, as_of=wanted.as_of, claim=claim
    )
    return _made(packet)


@router.post(
    "/v1/packets/upload",
    status_code=201,
    response_model=PacketState,
    dependencies=[Depends(known_fields_of_packets)],
    summary="Upload a packet",
    operation_id="upload_packet",
)
async def upload_packet(  # noqa: PLR0917 - FastAPI fills them by name
    service: Here,
    file: Annotated[list[UploadFile], File(description="The packet's files; together no larger than one may be.")],
    administrator: Annotated[
        list[str] | None, Form(description="Whose rules apply; can be given several times. See /v1/administrators.")
    ] = None,
    as_of: Annotated[str | None, Form(description="Check as on this day, YYYY-MM-DD; today if not given.")] = None,
    claim: Annotated[str | None, Form(description="Facts that only the claimant knows: a JSON object.")] = None,
    prefer: Annotated[
        list[str] | None, Header(description="`wait=N`: wait up to N seconds for the packet (RFC 7240).")
    ] = None,
) -> JSONResponse:
    """Take several files that belong to one claim, check each, then judge them together. If one cannot be taken, none
    is. The answer comes at once; with `Prefer: wait=N` when the packet is judged, or after N seconds."""
    seconds = headers.wait_of(prefer or [])
    streams = [one.file for one in file]
    packet = await packets.receive(service, streams, administrators=administrator or [], as_of=as_of, claim=claim)
    if seconds is not None:
        packet = await packets.wait(service, packet, min(seconds, headers.LONGEST_WAIT))
    return _made(packet)


@router.get("/v1/packets", response_model=PacketList, summary="List packets", operation_id="list_packets")
def packet_list(
    service: Here, limit: Annotated[int, Query(ge=1, le=200, description="How many at most.")] = 50
) -> PacketList:
    """The packets, those made last first."""
    return PacketList(packets=[packet_state_of(one) for one in packets.latest(service, limit)])


@router.get("/v1/packets/{packet}", response_model=PacketState, summary="Ask for a packet", operation_id="packet")
def packet_state(service: Here, packet: PacketId) -> PacketState:
    """What is known of a packet, and where its reports are. It is judged now, if its documents are finished and it was
    not before; from then on its reports stay as they are."""
    return packet_state_of(packets.find(service, packet))


@router.delete("/v1/packets/{packet}", status_code=204, summary="Delete a packet", operation_id="delete_packet")
def delete_packet(service: Here, packet: PacketId) -> None:
    """Remove a packet with its reports. Its documents stay; a packet also goes when one of them is deleted."""
    service.store.packets.delete(packet)


@router.get(
    "/v1/packets/{packet}/report", response_model=None, summary="Get a packet's report", operation_id="packet_report"
)
def packet_report(
    service: Here,
    packet: PacketId,
    administrator: Annotated[str | None, Query(description="By whose rules; the packet's first if not given.")] = None,
    accept: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Response:
    """The report, as JSON or, where the client prefers it, as one self-contained HTML page."""
    told, found = {"Vary": "Accept"}, packets.find(service, packet)
    if report_form(accept) == HTML:
        page = packets.as_page(service, found, administrator)
        return HTMLResponse(page, headers=told | {"Content-Security-Policy": _REPORT_POLICY})
    return JSONResponse(packets.report(service, found, administrator), headers=told)


@router.get(
    "/v1/packets/{packet}/note", response_model=None, summary="Draft a note about a packet's letter",
    operation_id="packet_note",
)  # fmt: skip
def packet_note(
    service: Here,
    packet: PacketId,
    form: _Form = "html",
    administrator: Annotated[str | None, Query(description="By whose rules; the packet's first if not given.")] = None,
) -> Response:
    """One page for the provider: what to add to the letter or correct, also as its receipts show it."""
    told = packets.report(service, packets.find(service, packet), administrator)
    return _drafted(note, PacketReport.from_dict(told), form)


@router.get(
    "/v1/packets/{packet}/request", response_model=None, summary="Draft a request about a packet",
    operation_id="packet_request",
)  # fmt: skip
def packet_request(
    service: Here,
    packet: PacketId,
    form: _Form = "html",
    administrator: Annotated[str | None, Query(description="By whose rules; the packet's first if not given.")] = None,
) -> Response:
    """A draft for an administrator to check, complete and send, about all the documents. It is not a decision."""
    told = packets.report(service, packets.find(service, packet), administrator)
    return _drafted(request, PacketReport.from_dict(told), form)


@router.get(
    "/v1/packets/{packet}/comparison", response_model=Comparison, summary="Compare administrators",
    operation_id="packet_comparison",
)  # fmt: skip
def packet_comparison(service: Here, packet: PacketId) -> Comparison:
    """The packet's administrators side by side: the rules that make a difference."""
    told = packets.reports(service, packets.find(service, packet))
    return comparison_of(told)


@router.get(
    "/v1/documents/{document}/comparison", response_model=Comparison, summary="Compare administrators over a document",
    operation_id="comparison",
)  # fmt: skip
def document_comparison(
    service: Here,
    document: Id,
    administrator: Annotated[
        list[str] | None, Query(description="Whose rules; can be given several times. All of them if not given.")
    ] = None,
) -> Comparison:
    """One document by several administrators' rules, judged now from what was read: the rules that make a
    difference."""
    return comparison_of(service.judged(document, administrator or ()))


@router.get("/v1/rules", response_model=RuleList, summary="List the rules", operation_id="list_rules")
def rule_list(
    service: Here,
    administrator: Annotated[str | None, Query(description="Whose rules; see /v1/administrators.")] = None,
) -> RuleList:
    """Every rule that an administrator applies, with its source."""
    told = rules.load(administrator or service.settings.administrator)
    return RuleList(administrator=told.administrator, rules=[Rule(**one) for one in rules.as_json(told)])


@router.get("/v1/rules/table", response_model=RuleTable, summary="Compare administrators", operation_id="rule_table")
def rule_table() -> RuleTable:
    """How much each rule counts under each administrator."""
    return RuleTable.model_validate({"rows": rules.table_as_json()})


@router.get("/v1/rules/{rule}", response_model=Rule, summary="Explain a rule", operation_id="rule")
def one_rule(
    service: Here,
    rule: Annotated[str, Path(description="The rule's id, for example LMN-10.", max_length=40)],
    administrator: Annotated[str | None, Query(description="Whose rule; see /v1/administrators.")] = None,
) -> Rule:
    """One rule, as an administrator applies it."""
    told = rules.load(administrator or service.settings.administrator)
    return Rule(**rules.as_json(told, rule)[0])


@router.get("/v1/items", response_model=ItemList, summary="Look up an item", operation_id="items")
def item_list(
    words: Annotated[
        str | None, Query(description="As a receipt or a letter has them; all items if not given.", max_length=300)
    ] = None,
    purpose: Annotated[Purpose, Query(description="What the expense is claimed under.")] = "fsa",
    on: Annotated[date | None, Query(description="By the law of this day, YYYY-MM-DD; today if not given.")] = None,
) -> ItemList:
    """What the IRS texts say of an item or a treatment: its entry in Publication 502, with conditions and source."""
    asked = (words or "").strip() or None
    return ItemList.model_validate(found_json(asked, purpose, on or date.today()))


@router.get(
    "/v1/administrators", response_model=AdministratorList, summary="List administrators", operation_id="administrators"
)
def administrator_list(service: Here) -> AdministratorList:
    """Whose rules there are."""
    default = service.settings.administrator
    return AdministratorList(
        administrators=[
            Administrator(**rules.administrator_json(one), default=one.id == default) for one in rules.administrators()
        ]
    )


@router.get(
    "/v1/administrators/{administrator}",
    response_model=AdministratorInFull,
    summary="Explain an administrator",
    operation_id="administrator",
)
def one_administrator(
    service: Here, administrator: Annotated[str, Path(description="Its id.", max_length=100)]
) -> AdministratorInFull:
    """How an administrator's rules differ from the usual ones, each difference with its source."""
    default = service.settings.administrator
    return AdministratorInFull(**rules.administrator_in_full(administrator), default=administrator == default)


@router.get("/healthz", response_model=Health, summary="Is the service well?", operation_id="health")
def health(service: Here) -> Health:
    """Answers once the store can be read."""
    service.store.unfinished(1)
    return Health(status="ok" if service.jobs.ready else "starting", version=version("docscan"))


def state_of(row: StoredDocument) -> DocumentState:
    address = f"/v1/documents/{row.id}"
    return DocumentState(
        id=row.id, state=row.state, received_at=row.received_at, finished_at=row.finished_at, attempts=row.attempts,
        sha256=row.sha256, size=row.size, media_type=row.media_type, page_count=row.page_count,
        administrator=row.administrator, as_of=row.as_of, kind=row.kind, verdict=row.verdict,
        score=ScoreRange(low=row.score[0], high=row.score[1]) if row.score else None,
        error=Error(**row.error) if row.error else None,
        links=Links(
            self=address, report=f"{address}/report", page=f"/documents/{row.id}",
            pictures=[f"{address}/pages/{number}.png" for number in range(1, (row.page_count or 0) + 1)],
        ),
    )  # fmt: skip


def packet_state_of(packet: Packet) -> PacketState:
    """A packet as the API tells of it."""
    row, address = packet.row, f"/v1/packets/{packet.row.id}"
    return PacketState(
        id=row.id, state=packet.state, created_at=row.created_at, judged_at=row.judged_at,
        administrators=list(row.administrators), as_of=row.as_of, documents=list(map(state_of, packet.documents)),
        results=[
            PacketResult(
                administrator=name, verdict=result.verdict,
                score=ScoreRange(low=result.score[0], high=result.score[1]) if result.score else None,
                report=f"{address}/report?administrator={quote(name)}",
            )
            for name, result in row.results.items()
        ],
        links=PacketLinks(
            self=address, report=f"{address}/report", comparison=f"{address}/comparison", page=f"/packets/{row.id}"
        ),
    )  # fmt: skip


def comparison_of(reports: Sequence[Report | PacketReport]) -> Comparison:
    """Reports side by side, as the API tells of them."""
    told = side_by_side(reports)
    return Comparison(
        columns=[
            ComparisonColumn(
                administrator=column.administrator, title=column.title, verdict=column.verdict,
                score=ScoreRange(low=report.score.low, high=report.score.high) if report.score else None,
            )
            for column, report in zip(told.columns, reports, strict=True)
        ],
        rows=[
            ComparisonRow(
                rule=row.rule, title=row.title, document=row.document,
                cells=[
                    ComparisonCell(outcome=cell.outcome, severity=cell.severity, message=cell.message) if cell else None
                    for cell in row.cells
                ],
            )
            for row in told.differing
        ],
        alike=told.alike,
    )  # fmt: skip


def _made(packet: Packet) -> JSONResponse:
    """201 with what was judged; 202 where there is still something to wait for, or to mend."""
    said = packet_state_of(packet).model_dump(mode="json")
    status = 201 if packet.state == "checked" else 202
    return JSONResponse(said, status, headers={"Location": f"/v1/packets/{packet.row.id}"})


def report_form(accept: str | None) -> str:
    """JSON or HTML, as the client prefers. Raises `Trouble`."""
    form = headers.preferred(accept, (JSON, HTML))
    if form is None:
        raise Trouble("not_acceptable", "A report is JSON or HTML.", f"Send Accept: {JSON}, or {HTML}.")
    return form


def _report(service: Service, document: str, form: str, status: int, more: Mapping[str, str]) -> Response:
    told = {"Vary": "Accept", **more}
    if form == HTML:
        page = service.report_html(document)
        return HTMLResponse(page, status, headers=told | {"Content-Security-Policy": _REPORT_POLICY})
    return JSONResponse(service.report(document), status, headers=told)


def _drafted(make: Callable[[Report | PacketReport], Paper], report: Report | PacketReport, form: str) -> Response:
    """A draft about a report. A page is one of our own and holds no script."""
    try:
        told = rendered(make(report), form)
    except DocscanError as error:
        raise Trouble.of(error) from None
    chosen: Format = next(one for one in FORMATS if one == form)
    media_type = MEDIA_TYPE[chosen] if chosen == "pdf" else f"{MEDIA_TYPE[chosen]}; charset=utf-8"
    said = {"Content-Disposition": f'inline; filename="docscan-{make.__name__}.{SUFFIX[chosen]}"'}
    if chosen == "html":
        said["Content-Security-Policy"] = _DRAFT_POLICY
    return Response(told, media_type=media_type, headers=said)


def _judged_by(service: Service, document: str, administrator: str | None) -> Report:
    """A document's report, by other rules where they are named. Nothing is read again, and nothing is stored."""
    report = Report.from_dict(service.report(document))
    if administrator is None or administrator == report.administrator:
        return report
    try:
        return pipeline.judge(report, administrator=administrator)
    except DocscanError as error:
        raise Trouble.of(error, document=document) from None


def cursor_of(place: tuple[datetime, str]) -> str:
    """A place in the list as text that an address can hold."""
    return f"{place[0]:%Y%m%dT%H%M%S.%f}-{place[1]}"


def _cursor(text: str | None) -> tuple[datetime, str] | None:
    if text is None:
        return None
    moment, _, document = text.partition("-")
    try:
        return datetime.strptime(f"{moment}+0000", "%Y%m%dT%H%M%S.%f%z"), document
    except ValueError:
        raise Trouble(
            "usage", "Not right: before.", "Use the address that the list gave as `next`.",
            fields=[FieldError(field="before", message="It is no place in the list.")],
        ) from None  # fmt: skip
