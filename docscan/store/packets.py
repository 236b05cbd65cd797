"""Which documents are judged together, and what was said of them.

A packet's report holds what its documents say. So a packet goes with the first of its documents that is deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Engine, delete, literal, select, tuple_, update
from sqlalchemy.orm import Session, undefer

from docscan.document import Json
from docscan.errors import UnknownName
from docscan.store.tables import DocumentRow, PacketDocumentRow, PacketReportRow, PacketRow


@dataclass(frozen=True, slots=True)
class PacketResult:
    """What one administrator's rules say of a packet, without the report."""

    verdict: str
    score: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class StoredPacket:
    """A packet's row without its reports. `results` by administrator; empty until it was judged."""

    id: str
    created_at: datetime
    judged_at: datetime | None
    administrators: tuple[str, ...]
    as_of: date
    claim: Json
    documents: tuple[str, ...]
    results: Mapping[str, PacketResult]


class Packets:
    """Rows of all packets. Safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(
        self, packet: str, documents: Sequence[str], *, administrators: Sequence[str], as_of: date, claim: Json = None
    ) -> StoredPacket:
        """Remember that these documents belong together. Raises `UnknownName` where one of them is not there."""
        row = PacketRow(
            id=packet, created_at=datetime.now(UTC), administrators=list(administrators), as_of=as_of, claim=claim
        )
        with Session(self._engine) as session, session.begin():
            session.add(row)
            session.add_all(
                PacketDocumentRow(packet=packet, position=number, document=document)
                for number, document in enumerate(documents)
            )
            session.flush()  # from here on, nobody else writes to an SQLite file; PostgreSQL is asked to hold the rows
            held = select(DocumentRow.id).where(DocumentRow.id.in_(documents)).with_for_update(read=True)
            if set(session.scalars(held)) != set(documents):
                raise UnknownName("There is no such document.", "Look at the list of documents.")
            return _stored(row, documents, ())

    def get(self, packet: str) -> StoredPacket:
        """Raises `UnknownName` where there is no such packet."""
        with Session(self._engine) as session:
            row = session.get(PacketRow, packet)
            if row is None:
                raise no_such_packet()
            return self._whole(session, [row])[0]

    def latest(
        self, limit: int, *, before: tuple[datetime, str] | None = None
    ) -> tuple[Sequence[StoredPacket], tuple[datetime, str] | None]:
        """The packets made last, newest first, and where to go on (`before`), None at the end."""
        wanted = select(PacketRow).order_by(PacketRow.created_at.desc(), PacketRow.id.desc()).limit(limit + 1)
        if before is not None:
            wanted = wanted.where(
                tuple_(PacketRow.created_at, PacketRow.id)
                < tuple_(literal(before[0], PacketRow.created_at.type), literal(before[1]))
            )
        with Session(self._engine) as session:
            rows = self._whole(session, list(session.scalars(wanted)))
        shown = rows[:limit]
        return shown, (shown[-1].created_at, shown[-1].id) if len(rows) > limit else None

    def judged(self, packet: str, reports: Mapping[str, Mapping[str, Json]]) -> bool:
        """Keep the reports, by administrator. False where the packet was judged already or is gone; nothing changes
        then."""
        change = (
            update(PacketRow)
            .where(PacketRow.id == packet, PacketRow.judged_at.is_(None))
            .values(judged_at=datetime.now(UTC))
            .returning(PacketRow.id)
        )
        with Session(self._engine) as session, session.begin():
            if session.execute(change).first() is None:
                return False
            for administrator, report in reports.items():
                score = report["score"]
                session.add(
                    PacketReportRow(
                        packet=packet, administrator=administrator, verdict=report["verdict"],
                        score_low=score and score["low"], score_high=score and score["high"], report=dict(report),
                    )
                )  # fmt: skip
            return True

    def report(self, packet: str, administrator: str) -> Json:
        """The JSON of one report; None where there is none. Raises `UnknownName` where there is no such packet."""
        with Session(self._engine) as session:
            found = session.get(PacketReportRow, (packet, administrator), options=[undefer(PacketReportRow.report)])
            if found is None and session.get(PacketRow, packet) is None:
                raise no_such_packet()
            return found.report if found else None

    def delete(self, packet: str) -> None:
        """Remove a packet with its reports; its documents stay. Raises `UnknownName` where there is no such packet."""
        with Session(self._engine) as session, session.begin():
            if not _remove(session, [packet]):
                raise no_such_packet()

    def _whole(self, session: Session, rows: Sequence[PacketRow]) -> list[StoredPacket]:
        ids = [row.id for row in rows]
        links = session.scalars(
            select(PacketDocumentRow).where(PacketDocumentRow.packet.in_(ids)).order_by(PacketDocumentRow.position)
        ).all()
        reports = session.scalars(select(PacketReportRow).where(PacketReportRow.packet.in_(ids))).all()
        return [
            _stored(
                row,
                [link.document for link in links if link.packet == row.id],
                [report for report in reports if report.packet == row.id],
            )
            for row in rows
        ]


def remove_with(session: Session, document: str) -> None:
    """Remove the packets that hold a document, in the transaction that has just removed it."""
    holding = select(PacketDocumentRow.packet).where(PacketDocumentRow.document == document).distinct()
    _remove(session, list(session.scalars(holding)))


def no_such_packet() -> UnknownName:
    return UnknownName("There is no such packet.", "It may have gone with one of its documents; make it again.")


def _remove(session: Session, packets: Sequence[str]) -> bool:
    """The packet's own row first: whoever would keep a report for it then waits, and finds it gone."""
    gone = session.execute(delete(PacketRow).where(PacketRow.id.in_(packets)).returning(PacketRow.id)).all()
    session.execute(delete(PacketDocumentRow).where(PacketDocumentRow.packet.in_(packets)))
    session.execute(delete(PacketReportRow).where(PacketReportRow.packet.in_(packets)))
    return bool(gone)


def _stored(row: PacketRow, documents: Sequence[str], reports: Iterable[PacketReportRow]) -> StoredPacket:
    results = {}
    for one in reports:
        score = None if one.score_low is None or one.score_high is None else (one.score_low, one.score_high)
        results[one.administrator] = PacketResult(one.verdict, score)
    return StoredPacket(
        id=row.id, created_at=row.created_at, judged_at=row.judged_at, administrators=tuple(row.administrators),
        as_of=row.as_of, claim=row.claim, documents=tuple(documents),
        results={name: results[name] for name in row.administrators if name in results},
    )  # fmt: skip
