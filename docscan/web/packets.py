"""Documents that are judged together: from what was read of each, without reading again.

    waiting ──► checked     all its documents are checked, and it was judged
       └──────► failed      one of its documents could not be checked: a packet without it would say the wrong thing

A packet is judged when it is first asked for after its documents are finished; from then on its reports stay.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal, TypeAlias

from starlette.concurrency import run_in_threadpool

from docscan.checking import judge_packet
from docscan.document import PacketReport, Report
from docscan.errors import UnknownName
from docscan.presenting import wording
from docscan.presenting.outline import files_of
from docscan.store import StoredDocument, StoredPacket
from docscan.web import rules
from docscan.web.models import FieldError
from docscan.web.problems import Trouble
from docscan.web.service import Service, administrator_of, as_claim, claim_of, day_of, wrong

PacketState: TypeAlias = Literal["waiting", "checked", "failed"]

MOST_DOCUMENTS = 100
MOST_ADMINISTRATORS = 20


@dataclass(frozen=True, slots=True)
class Packet:
    """A packet, what became of it, and its documents in order."""

    row: StoredPacket
    state: PacketState
    documents: tuple[StoredDocument, ...]

    @property
    def failed(self) -> tuple[StoredDocument, ...]:
        """The documents that could not be checked."""
        return tuple(document for document in self.documents if document.error is not None)


def gather(
    service: Service,
    documents: Sequence[str],
    *,
    administrators: Sequence[str],
    as_of: str | None,
    claim: str | None,
) -> Packet:
    """Make a packet of documents that are there; judge it if they are all checked. Raises `Trouble`."""
    day, facts = day_of(as_of), claim_of(claim)
    names = _names(service, administrators)
    chosen = _documents(documents)
    try:
        row = service.store.packets.add(service.store.new_id(), chosen, administrators=names, as_of=day, claim=facts)
    except UnknownName:
        raise wrong("documents", "One of them is not there; it may have been deleted.") from None
    return _settled(service, row)


async def receive(
    service: Service,
    streams: Sequence[BinaryIO],
    *,
    administrators: Sequence[str],
    as_of: str | None,
    claim: str | None,
) -> Packet:
    """Store files, have them checked, and make a packet of them. Nothing stays of any if one cannot be taken.

    Raises `Trouble`.
    """
    day_of(as_of)
    claim_of(claim)
    names = await run_in_threadpool(_names, service, administrators)
    if not streams:
        raise wrong("file", "There is none.")
    if len(streams) > MOST_DOCUMENTS:
        raise wrong("file", f"There are more than {MOST_DOCUMENTS}.")
    taken: list[str] = []
    try:
        for number, stream in enumerate(streams, start=1):
            try:
                row = await service.receive(stream, administrator=names[0], as_of=as_of, claim=claim)
            except Trouble as trouble:
                if len(streams) > 1:
                    said = f"File {number} of {len(streams)}: {trouble.detail}"
                    trouble.fields = (*trouble.fields, FieldError(field="file", message=said))
                raise
            taken.append(row.id)
        return await run_in_threadpool(lambda: gather(service, taken, administrators=names, as_of=as_of, claim=claim))
    except BaseException:
        for document in taken:
            with suppress(UnknownName):  # deleted meanwhile
                await run_in_threadpool(service.delete, document)
        raise


async def wait(service: Service, packet: Packet, seconds: float) -> Packet:
    """The packet, after its documents were finished or the seconds have passed."""
    open_ = [asyncio.wrap_future(service.jobs.finished(one.id)) for one in packet.documents if not one.finished]
    if open_:
        await asyncio.wait(open_, timeout=seconds)
    return await run_in_threadpool(find, service, packet.row.id)


def find(service: Service, packet: str) -> Packet:
    """A packet, judged now if its documents are finished and it was not before. Raises `UnknownName`."""
    return _settled(service, service.store.packets.get(packet))


def latest(service: Service, limit: int) -> list[Packet]:
    """The packets made last, newest first."""
    found = []
    for row in service.store.packets.latest(limit)[0]:
        with suppress(UnknownName):  # deleted since its row was read
            found.append(_settled(service, row))
    return found


def report(service: Service, packet: Packet, administrator: str | None) -> Mapping[str, Any]:
    """The JSON of a packet's report, by its first administrator if none is named. Raises `Trouble` where there is none,
    or none yet."""
    if packet.state == "failed":
        raise Trouble("check_failed", failure(packet), "Make a packet of the others, or send what failed again.")
    if packet.state == "waiting":
        raise Trouble(
            "not_finished", "A document of the packet is still being checked.", "Ask again in a moment.",
            headers={"Retry-After": "2"},
        )  # fmt: skip
    name = administrator or packet.row.administrators[0]
    found: Mapping[str, Any] | None = service.store.packets.report(packet.row.id, name)
    if found is None:
        known = ", ".join(packet.row.administrators)
        raise Trouble.of(UnknownName("The packet was not judged by these rules.", f"It was judged by: {known}."))
    return found


def reports(service: Service, packet: Packet, first: str | None = None) -> list[PacketReport]:
    """The packet by each administrator, `first` before the others. Raises `Trouble` as for `report`."""
    names = packet.row.administrators
    if first is not None:
        names = (first, *(name for name in names if name != first))
    return [PacketReport.from_dict(report(service, packet, name)) for name in names]


def as_page(service: Service, packet: Packet, administrator: str | None) -> str:
    """A packet's report as one self-contained HTML file, with the other administrators beside it. Raises `Trouble`."""
    from docscan.presenting.packet_html import packet_html

    first, *others = reports(service, packet, administrator)
    sources = documents_of(packet, first.reports)
    pictures = [service.pictures(document, one) for document, one in zip(sources, first.reports, strict=True)]
    return packet_html(first, pictures, others=others)


def failure(packet: Packet) -> str:
    """Why a packet was not judged."""
    of = wording.count(len(packet.documents), "document")
    number = len(packet.failed)
    return f"{number} of {of} could not be checked, so that the packet was not judged."


def documents_of(packet: Packet, reports: Sequence[Report]) -> list[str]:
    """The id of the document that each of a packet's reports is of; one file may hold several."""
    return [packet.row.documents[file] for file in files_of(reports)]


def _documents(documents: Sequence[str]) -> tuple[str, ...]:
    if not documents:
        raise wrong("documents", "There is none.")
    if len(set(documents)) < len(documents):
        raise wrong("documents", "One of them is there twice.")
    if len(documents) > MOST_DOCUMENTS:
        raise wrong("documents", f"There are more than {MOST_DOCUMENTS}.")
    return tuple(documents)


def _names(service: Service, administrators: Sequence[str]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(filter(None, administrators))) or (service.settings.administrator,)
    if len(names) > MOST_ADMINISTRATORS:
        raise wrong("administrators", f"There are more than {MOST_ADMINISTRATORS}.")
    return tuple(administrator_of(name) for name in names)


def _settled(service: Service, row: StoredPacket) -> Packet:
    documents = tuple(map(service.store.get, row.documents))
    if row.judged_at is not None:
        return Packet(row, "checked", documents)
    if any(document.error is not None for document in documents):
        return Packet(row, "failed", documents)
    if not all(document.finished for document in documents):
        return Packet(row, "waiting", documents)
    stored = [Report.from_dict(service.store.report(document)) for document in row.documents]
    claim = as_claim(row.claim)
    told = {name: judge_packet(stored, rules.load(name), as_of=row.as_of, claim=claim) for name in row.administrators}
    service.store.packets.judged(row.id, {name: one.to_dict() for name, one in told.items()})
    return Packet(service.store.packets.get(row.id), "checked", documents)
