"""The tables. One row a document, one a packet; everything that a restart must not forget is in them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import JSON, BigInteger, Date, DateTime, Dialect, Index, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from docscan.document import Json


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, always with its zone: SQLite forgets zones, so what it gives back is UTC again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    pass


class DocumentRow(Base):
    """A document as received, and what became of it. A file name that a user gave is nowhere in it."""

    __tablename__ = "documents"
    __table_args__ = (Index("documents_by_arrival", "received_at", "id"), Index("documents_by_state", "state"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)

    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str | None] = mapped_column(String(100))
    page_count: Mapped[int | None]

    administrator: Mapped[str] = mapped_column(String(200))
    as_of: Mapped[date] = mapped_column(Date)
    claim: Mapped[Json] = mapped_column(JSON(none_as_null=True), nullable=True)

    kind: Mapped[str | None] = mapped_column(String(40))
    verdict: Mapped[str | None] = mapped_column(String(20))
    score_low: Mapped[float | None]
    score_high: Mapped[float | None]
    report: Mapped[Json] = mapped_column(JSON(none_as_null=True), nullable=True, deferred=True)

    error_code: Mapped[str | None] = mapped_column(String(40))
    error_message: Mapped[str | None] = mapped_column(Text)
    error_remedy: Mapped[str | None] = mapped_column(Text)


class PacketRow(Base):
    """Documents that are judged together. `judged_at` is null until all of them are checked and they were."""

    __tablename__ = "packets"
    __table_args__ = (Index("packets_by_age", "created_at", "id"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    judged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    administrators: Mapped[Json] = mapped_column(JSON)
    as_of: Mapped[date] = mapped_column(Date)
    claim: Mapped[Json] = mapped_column(JSON(none_as_null=True), nullable=True)


class PacketDocumentRow(Base):
    """Which documents a packet holds, in the order given."""

    __tablename__ = "packet_documents"
    __table_args__ = (Index("packets_of_document", "document"),)

    packet: Mapped[str] = mapped_column(String(32), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(String(32))


class PacketReportRow(Base):
    """A packet's report by one administrator's rules."""

    __tablename__ = "packet_reports"

    packet: Mapped[str] = mapped_column(String(32), primary_key=True)
    administrator: Mapped[str] = mapped_column(String(200), primary_key=True)
    verdict: Mapped[str] = mapped_column(String(20))
    score_low: Mapped[float | None]
    score_high: Mapped[float | None]
    report: Mapped[Json] = mapped_column(JSON, deferred=True)
