"""What is known of each document, and the only ways in which that changes.

    received ──► checked      a report is there
        └──────► failed       an error is there, with what to do about it

A document that is finished never changes again; one that was deleted stays deleted, whatever arrives later for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal, TypeAlias
from uuid import uuid4

from sqlalchemy import Engine, create_engine, delete, event, literal, select, tuple_, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, undefer

from docscan.document import Json
from docscan.errors import SettingsError, UnknownName
from docscan.settings import Settings
from docscan.store.files import DocumentFiles, Received
from docscan.store.packets import Packets, remove_with
from docscan.store.tables import Base, DocumentRow

State: TypeAlias = Literal["received", "checked", "failed"]


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document's row without its report. `error`: code, message and remedy of a document that failed."""

    id: str
    state: State
    received_at: datetime
    finished_at: datetime | None
    attempts: int
    sha256: str
    size: int
    media_type: str | None
    page_count: int | None
    administrator: str
    as_of: date
    claim: Json
    kind: str | None
    verdict: str | None
    score: tuple[float, float] | None
    error: Mapping[str, str] | None

    @property
    def finished(self) -> bool:
        return self.state != "received"


class Store:
    """Rows and files of all documents, and the packets made of them. Safe to use from several threads and processes."""

    def __init__(self, engine: Engine, files: DocumentFiles) -> None:
        self._engine = engine
        self.files = files
        self.packets = Packets(engine)

    @staticmethod
    def new_id() -> str:
        """An id that cannot be guessed."""
        return uuid4().hex

    def add(
        self,
        document: str,
        received: Received,
        *,
        administrator: str,
        as_of: date,
        claim: Json = None,
        media_type: str | None = None,
        page_count: int | None = None,
    ) -> StoredDocument:
        """Remember a document whose file is stored. From here on it will be checked, whatever stops in between."""
        row = DocumentRow(
            id=document, state="received", received_at=datetime.now(UTC), attempts=0, sha256=received.sha256,
            size=received.size, media_type=media_type, page_count=page_count, administrator=administrator,
            as_of=as_of, claim=claim,
        )  # fmt: skip
        with Session(self._engine) as session, session.begin():
            session.add(row)
            session.flush()
            return _stored(row)

    def get(self, document: str) -> StoredDocument:
        """Raises `UnknownName` where there is no such document."""
        with Session(self._engine) as session:
            row = session.get(DocumentRow, document)
            if row is None:
                raise no_such_document()
            return _stored(row)

    def report(self, document: str) -> Json:
        """The report's JSON; None where there is none. Raises `UnknownName` where there is no such document."""
        with Session(self._engine) as session:
            row = session.get(DocumentRow, document, options=[undefer(DocumentRow.report)])
            if row is None:
                raise no_such_document()
            return row.report

    def latest(
        self, limit: int, *, before: tuple[datetime, str] | None = None
    ) -> tuple[Sequence[StoredDocument], tuple[datetime, str] | None]:
        """The documents received last, newest first, and where to go on (`before`), None at the end."""
        wanted = select(DocumentRow).order_by(DocumentRow.received_at.desc(), DocumentRow.id.desc()).limit(limit + 1)
        if before is not None:
            wanted = wanted.where(
                tuple_(DocumentRow.received_at, DocumentRow.id)
                < tuple_(literal(before[0], DocumentRow.received_at.type), literal(before[1]))
            )
        with Session(self._engine) as session:
            rows = [_stored(row) for row in session.scalars(wanted)]
        shown = rows[:limit]
        return shown, (shown[-1].received_at, shown[-1].id) if len(rows) > limit else None

    def unfinished(self, limit: int = 1000) -> tuple[str, ...]:
        """Ids of the documents that wait for their check, the oldest first."""
        wanted = (
            select(DocumentRow.id)
            .where(DocumentRow.state == "received")
            .order_by(DocumentRow.received_at, DocumentRow.id)
            .limit(limit)
        )
        with Session(self._engine) as session:
            return tuple(session.scalars(wanted))

    def handed_over(self, document: str) -> StoredDocument | None:
        """Count an attempt; None where the document no longer waits for one."""
        if not self._settle(document, {"attempts": DocumentRow.attempts + 1}):
            return None
        return self.get(document)

    def checked(self, document: str, report: Mapping[str, Json], *, more_attempts: int = 0) -> bool:
        """Keep the report. False where the document was finished already or is gone; nothing changes then."""
        score = report["score"]
        about = report["document"]
        return self._settle(
            document,
            {
                "state": "checked",
                "finished_at": datetime.now(UTC),
                "attempts": DocumentRow.attempts + more_attempts,
                "media_type": about["media_type"],
                "page_count": len(about["pages"]),
                "kind": about["kind"],
                "verdict": report["verdict"],
                "score_low": score and score["low"],
                "score_high": score and score["high"],
                "report": dict(report),
            },
        )

    def failed(self, document: str, error: Mapping[str, str], *, more_attempts: int = 0) -> bool:
        """Keep why there is no report. False as for `checked`."""
        return self._settle(
            document,
            {
                "state": "failed",
                "finished_at": datetime.now(UTC),
                "attempts": DocumentRow.attempts + more_attempts,
                "error_code": error["code"],
                "error_message": error["message"],
                "error_remedy": error["remedy"],
            },
        )

    def delete(self, document: str) -> None:
        """Remove the row, the files, and the packets that hold it, whose reports tell what it says.

        Raises `UnknownName` where there is no such document.
        """
        with Session(self._engine) as session, session.begin():
            gone = session.execute(delete(DocumentRow).where(DocumentRow.id == document).returning(DocumentRow.id))
            found = gone.first() is not None
            if found:
                remove_with(session, document)
        if not found:
            raise no_such_document()
        self.files.remove(document)

    def sweep(self, *, older_than: float = 3600.0) -> int:
        """Remove files that belong to no row: an upload or a removal that was cut short. Gives their number."""
        candidates = self.files.abandoned(older_than=older_than)
        orphans = set(candidates) - self._known(candidates)
        for document in orphans:
            self.files.remove(document)
        return len(orphans)

    def close(self) -> None:
        self._engine.dispose()

    def _known(self, documents: Iterable[str]) -> set[str]:
        known: set[str] = set()
        names = list(documents)
        with Session(self._engine) as session:
            for first in range(0, len(names), 500):
                some = names[first : first + 500]
                known.update(session.scalars(select(DocumentRow.id).where(DocumentRow.id.in_(some))))
        return known

    def _settle(self, document: str, values: dict[str, Any]) -> bool:
        """One statement, so that two who finish a document at once cannot both win."""
        change = (
            update(DocumentRow)
            .where(DocumentRow.id == document, DocumentRow.state == "received")
            .values(values)
            .returning(DocumentRow.id)
        )
        with Session(self._engine) as session, session.begin():
            return session.execute(change).first() is not None


def open_store(settings: Settings) -> Store:
    """The store that the settings name; made where it is new. Raises `SettingsError` where it cannot be opened."""
    folder = settings.data_dir.absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        documents = folder / "documents"
        documents.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"The data folder cannot be made: {error.strerror}.", "Set DOCSCAN_DATA_DIR to a folder you may write to."
        ) from None
    return Store(_engine(settings.database_url, folder), DocumentFiles(documents))


def no_such_document() -> UnknownName:
    return UnknownName("There is no such document.", "It may have been deleted; look at the list of documents.")


def _engine(url: str | None, folder: Path) -> Engine:
    try:
        if url is None:
            (folder / "docscan.db").touch(mode=0o600)  # what SQLite puts beside it gets the same mode
        engine = create_engine(make_url(url) if url else f"sqlite:///{folder / 'docscan.db'}", pool_pre_ping=True)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
        Base.metadata.create_all(engine)
    except (SQLAlchemyError, ImportError, OSError) as error:
        # The message of a driver may hold the URL with its password.
        raise SettingsError(
            f"The database cannot be opened ({type(error).__name__}).",
            "Set DOCSCAN_DATABASE_URL to a database that is there and install its driver, or unset it for SQLite.",
        ) from None
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    for pragma in (
        "journal_mode=WAL",  # readers never wait for a writer
        "synchronous=FULL",  # "received" is a promise that outlives a power cut
        "busy_timeout=10000",
        "secure_delete=ON",  # deleted means overwritten
    ):
        connection.execute(f"PRAGMA {pragma}")


def _stored(row: DocumentRow) -> StoredDocument:
    score = None if row.score_low is None or row.score_high is None else (row.score_low, row.score_high)
    error = None
    if row.error_code is not None:
        error = {"code": row.error_code, "message": row.error_message or "", "remedy": row.error_remedy or ""}
    state: State = "checked" if row.state == "checked" else "failed" if row.state == "failed" else "received"
    return StoredDocument(
        id=row.id, state=state, received_at=row.received_at, finished_at=row.finished_at, attempts=row.attempts,
        sha256=row.sha256, size=row.size, media_type=row.media_type, page_count=row.page_count,
        administrator=row.administrator, as_of=row.as_of, claim=row.claim, kind=row.kind, verdict=row.verdict,
        score=score, error=error,
    )  # fmt: skip
