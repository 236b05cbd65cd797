"""The pages about documents that are judged together, and about administrators side by side. They need no script."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Response, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from docscan.presenting import wording
from docscan.presenting.html import comparison_body
from docscan.presenting.packet_html import packet_body
from docscan.presenting.side_by_side import side_by_side
from docscan.web import packets, pages, rules
from docscan.web.api import Here, Id, PacketId
from docscan.web.packets import Packet
from docscan.web.problems import Trouble
from docscan.web.service import Service

router = APIRouter()

Chosen = Annotated[list[str] | None, Form()]


@router.get("/packets/new")
def new(service: Here) -> HTMLResponse:
    """Choose several files at once."""
    return _upload_page(service)


@router.post("/packets/new")
async def upload(
    service: Here,
    file: Annotated[list[UploadFile] | None, File()] = None,
    administrator: Chosen = None,
    as_of: Annotated[str | None, Form()] = None,
) -> Response:
    """Take several files that belong to one claim."""
    streams = [one.file for one in file or () if one.filename or one.size]
    try:
        if not streams:
            raise Trouble("usage", "No file was chosen.", "Choose the letter and its receipts.")
        packet = await packets.receive(service, streams, administrators=administrator or [], as_of=as_of, claim=None)
    except Trouble as trouble:
        return await run_in_threadpool(_upload_page, service, trouble)
    return RedirectResponse(f"/packets/{packet.row.id}", 303)


@router.post("/packets")
def together(service: Here, documents: Chosen = None, administrator: Chosen = None) -> Response:
    """Judge the documents that were chosen in the list."""
    try:
        if not documents:
            raise Trouble("usage", "No document was chosen.", "Choose the letter and its receipts in the list.")
        packet = packets.gather(service, documents, administrators=administrator or [], as_of=None, claim=None)
    except Trouble as trouble:
        return pages.documents_page(service, trouble)
    return RedirectResponse(f"/packets/{packet.row.id}", 303)


@router.get("/packets/{packet}")
def one_packet(
    service: Here, packet: PacketId, administrator: Annotated[str | None, Query(max_length=200)] = None
) -> HTMLResponse:
    """A packet: its report, or that a document is still being checked, or which could not be."""
    found = packets.find(service, packet)
    if found.state != "checked":
        return _unjudged_page(service, found)
    first, *others = packets.reports(service, found, administrator)
    sources = packets.documents_of(found, first.reports)
    pictures = [
        {page.number: f"/v1/documents/{document}/pages/{page.number}.png" for page in report.document.pages}
        for document, report in zip(sources, first.reports, strict=True)
    ]
    body = packet_body(
        first,
        pictures,
        others=others,
        own_pages=[f"/documents/{document}" for document in sources],
        administrator_pages={name: f"/packets/{packet}?administrator={name}" for name in found.row.administrators},
        rule_pages=f"/rules/{{}}?administrator={first.administrator}",
    )
    return pages.render(
        "packet.html",
        title=f"{wording.VERDICT[first.verdict]}: packet of {wording.count(len(first.reports), 'document')}",
        id=packet,
        administrator=first.administrator,
        body=body,
    )


@router.get("/packets/{packet}/report.html")
def download_page(service: Here, packet: PacketId, administrator: str | None = None) -> HTMLResponse:
    """The report as a file to keep."""
    page = packets.as_page(service, packets.find(service, packet), administrator)
    return HTMLResponse(page, headers=pages.attachment("docscan-packet.html"))


@router.get("/packets/{packet}/report.json")
def download_json(service: Here, packet: PacketId, administrator: str | None = None) -> JSONResponse:
    """The report's JSON as a file to keep."""
    told = packets.report(service, packets.find(service, packet), administrator)
    return JSONResponse(told, headers=pages.attachment("docscan-packet.json"))


@router.post("/packets/{packet}/delete")
def delete(service: Here, packet: PacketId) -> RedirectResponse:
    """Forms know no DELETE."""
    service.store.packets.delete(packet)
    return RedirectResponse("/documents", 303)


@router.get("/documents/{document}/compare")
def compare(service: Here, document: Id, administrator: Annotated[list[str] | None, Query()] = None) -> HTMLResponse:
    """One document by the rules of several administrators, all of them if none is named."""
    told = service.judged(document, administrator or ())
    return pages.render(
        "compare.html",
        title=f"By whose rules: {wording.KIND[told[0].document.kind]}",
        id=document,
        kind=wording.KIND[told[0].document.kind],
        patients=wording.patients(told[0].documents()),
        as_of=told[0].as_of,
        administrators=rules.titles(),
        chosen=[one.administrator for one in told],
        body=comparison_body(side_by_side(told)),
    )


def _unjudged_page(service: Service, packet: Packet) -> HTMLResponse:
    titles = rules.titles()
    lines = [pages.line_of(row, service.checked(row), titles) for row in packet.documents]
    failed = {row.id: Trouble.of(row.error) for row in packet.failed if row.error is not None}
    return pages.render(
        "packet_waiting.html",
        title="Not judged" if packet.state == "failed" else "Being checked",
        id=packet.row.id,
        failed=failed,
        failure=packets.failure(packet) if failed else "",
        documents=lines,
        left=[row.id for row in packet.documents if row.id not in failed],
        administrators=packet.row.administrators,
        refresh=3,
    )


def _upload_page(service: Service, trouble: Trouble | None = None) -> HTMLResponse:
    return pages.render(
        "packet_upload.html",
        trouble.kind.status if trouble else 200,
        title="Check a letter with its receipts",
        trouble=trouble,
        administrators=rules.titles(),
        default=service.settings.administrator,
        accept=pages.TAKEN,
        max_bytes=service.settings.max_bytes,
        most=packets.MOST_DOCUMENTS,
    )
