"""What every store promises, on each database that can be reached.

SQLite always; PostgreSQL where TEST_POSTGRESQL_URL names an empty database, for example
postgresql+pg8000://user@localhost/docscan_test.
"""

import io
import os
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from docscan.errors import SettingsError, TooLarge, UnknownName
from docscan.settings import Settings
from docscan.store import Store, StoredDocument, StoredPacket, open_store
from docscan.store.tables import Base

POSTGRESQL = os.environ.get("TEST_POSTGRESQL_URL")

REPORT: dict[str, Any] = {
    "schema": "docscan.report/1",
    "document": {"media_type": "application/pdf", "kind": "lmn", "pages": [{"number": 1}, {"number": 2}]},
    "score": {"low": 61.5, "high": 80.25},
    "verdict": "incomplete",
    "fields": [{"value": "Ünïcode \u0000 – 0.1", "confidence": 0.1}],
}
ERROR = {"code": "crashed", "message": "It ended its process.", "remedy": "Send it as a scan."}


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    url = None
    if request.param == "postgresql":
        if not POSTGRESQL:
            pytest.skip("TEST_POSTGRESQL_URL names no database")
        url = POSTGRESQL
        engine = create_engine(url)
        Base.metadata.drop_all(engine)
        engine.dispose()
    opened = open_store(Settings(data_dir=tmp_path / "data", database_url=url))
    yield opened
    opened.close()


def _add(store: Store, content: bytes = b"%PDF-1.7 a letter", **more: Any) -> StoredDocument:
    document = store.new_id()
    received = store.files.receive(document, io.BytesIO(content), limit=1000)
    facts: dict[str, Any] = {"administrator": "generic-fsa", "as_of": date(2026, 11, 21)} | more
    return store.add(document, received, **facts)


def test_a_document_comes_back_as_it_was_added(store: Store) -> None:
    before = datetime.now(UTC)
    added = _add(store, claim={"purpose": "fsa"}, media_type="application/pdf", page_count=2)

    found = store.get(added.id)

    assert found == added
    assert found.state == "received"
    assert not found.finished
    assert found.attempts == 0
    assert found.as_of == date(2026, 11, 21)
    assert found.claim == {"purpose": "fsa"}
    assert found.size == len(b"%PDF-1.7 a letter")
    assert before <= found.received_at <= datetime.now(UTC)
    assert store.report(added.id) is None


def test_the_file_is_stored_under_the_id_and_readable_by_its_owner_alone(store: Store) -> None:
    added = _add(store, b"the bytes")
    path = store.files.original(added.id)
    assert path.read_bytes() == b"the bytes"
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_the_database_is_readable_by_its_owner_alone_even_in_a_folder_that_is_not(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    store = open_store(Settings(data_dir=tmp_path))
    try:
        _add(store)
        for path in tmp_path.glob("docscan.db*"):
            assert path.stat().st_mode & 0o077 == 0, path.name
    finally:
        store.close()


def test_the_hash_is_that_of_the_bytes_received(store: Store) -> None:
    assert _add(store, b"abc").sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_the_same_bytes_twice_are_two_documents(store: Store) -> None:
    first, second = _add(store), _add(store)
    assert first.id != second.id
    assert first.sha256 == second.sha256


def test_a_file_beyond_the_limit_leaves_nothing_behind(store: Store) -> None:
    document = store.new_id()
    with pytest.raises(TooLarge):
        store.files.receive(document, io.BytesIO(b"x" * 1001), limit=1000)
    assert list(store.files.folder.iterdir()) == []


def test_a_stream_that_breaks_leaves_nothing_behind(store: Store) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        store.files.receive(store.new_id(), Broken(), limit=1000)
    assert list(store.files.folder.iterdir()) == []


@pytest.mark.parametrize("name", ["", "..", "../../etc", "A" * 32, "0" * 31, "0" * 33, "0" * 31 + "/"])
def test_what_is_no_id_never_becomes_a_path(store: Store, name: str) -> None:
    with pytest.raises(ValueError, match="not a document id"):
        store.files.of(name)


def test_a_report_is_kept_to_the_letter_and_summed_up_in_the_row(store: Store) -> None:
    document = _add(store).id
    store.handed_over(document)

    assert store.checked(document, REPORT)

    found = store.get(document)
    assert (found.state, found.kind, found.verdict, found.score) == ("checked", "lmn", "incomplete", (61.5, 80.25))
    assert (found.media_type, found.page_count, found.attempts) == ("application/pdf", 2, 1)
    assert found.finished
    assert found.finished_at is not None
    assert found.finished_at >= found.received_at
    assert store.report(document) == REPORT


def test_a_report_without_a_score_is_kept(store: Store) -> None:
    document = _add(store).id
    assert store.checked(document, REPORT | {"score": None})
    assert store.get(document).score is None


def test_a_failure_is_kept_with_what_to_do(store: Store) -> None:
    document = _add(store).id
    store.handed_over(document)
    assert store.failed(document, ERROR, more_attempts=2)
    found = store.get(document)
    assert (found.state, found.error, found.attempts) == ("failed", ERROR, 3)
    assert store.report(document) is None


def test_what_is_finished_never_changes_again(store: Store) -> None:
    document = _add(store).id
    assert store.failed(document, ERROR)
    before = store.get(document)
    assert not store.checked(document, REPORT)
    assert not store.failed(document, ERROR | {"code": "other"})
    assert store.handed_over(document) is None
    assert store.get(document) == before


def test_what_was_deleted_stays_deleted_whatever_arrives_for_it(store: Store) -> None:
    document = _add(store).id
    store.handed_over(document)
    store.delete(document)

    assert not store.checked(document, REPORT)
    assert not store.failed(document, ERROR)
    assert store.handed_over(document) is None
    assert not store.files.of(document).exists()
    for ask in (store.get, store.report, store.delete):
        with pytest.raises(UnknownName):
            ask(document)


def test_unfinished_documents_are_named_oldest_first(store: Store) -> None:
    documents = [_add(store).id for _ in range(4)]
    store.checked(documents[1], REPORT)
    store.delete(documents[2])
    assert store.unfinished() == (documents[0], documents[3])
    assert store.unfinished(limit=1) == (documents[0],)


def test_paging_shows_every_document_once_newest_first_whatever_is_added_or_deleted_meanwhile(store: Store) -> None:
    documents = [_add(store).id for _ in range(7)]
    seen: list[str] = []
    rows, more = store.latest(3)
    seen += [row.id for row in rows]
    store.delete(documents[4])
    _add(store)
    while more:
        rows, more = store.latest(3, before=more)
        seen += [row.id for row in rows]
    assert seen == documents[::-1]


def test_two_who_finish_a_document_at_once_cannot_both_win(store: Store) -> None:
    document = _add(store).id
    won: list[bool] = []
    gate = threading.Barrier(8)

    def finish(number: int) -> None:
        gate.wait()
        won.append(store.checked(document, REPORT) if number % 2 else store.failed(document, ERROR))

    threads = [threading.Thread(target=finish, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 7 + [True]


def test_the_sweep_removes_files_without_a_row_and_nothing_else(store: Store) -> None:
    kept = _add(store).id
    orphan = store.new_id()
    store.files.receive(orphan, io.BytesIO(b"cut short"), limit=1000)
    assert store.sweep(older_than=3600) == 0
    assert store.sweep(older_than=-1) == 1
    assert not store.files.of(orphan).exists()
    assert store.files.original(kept).exists()


def test_what_is_stored_outlives_the_store(store: Store, tmp_path: Path) -> None:
    document = _add(store).id
    store.checked(document, REPORT)
    url = POSTGRESQL if "postgresql" in str(store._engine.url) else None
    store.close()
    again = open_store(Settings(data_dir=tmp_path / "data", database_url=url))
    try:
        assert again.report(document) == REPORT
    finally:
        again.close()


PACKET: dict[str, Any] = {
    "schema": "docscan.packet/1", "score": {"low": 10, "high": 20.5}, "verdict": "incomplete", "findings": ["Ünïcode"],
}  # fmt: skip
BOTH = ("generic-fsa", "fsafeds")


def _packet(store: Store, *documents: str, administrators: tuple[str, ...] = BOTH) -> str:
    packet = store.new_id()
    store.packets.add(packet, documents, administrators=administrators, as_of=date(2026, 11, 21), claim={"a": 1})
    return packet


def test_a_packet_comes_back_as_it_was_added(store: Store) -> None:
    documents = [_add(store).id for _ in range(3)][::-1]
    packet = store.new_id()
    added = store.packets.add(
        packet, documents, administrators=BOTH, as_of=date(2026, 11, 21), claim={"purpose": "fsa"}
    )
    assert store.packets.get(packet) == added
    assert added.documents == tuple(documents), "in the order given"
    assert (added.administrators, added.claim, added.judged_at, added.results) == (BOTH, {"purpose": "fsa"}, None, {})
    assert store.packets.report(packet, "fsafeds") is None


def test_a_packets_reports_are_kept_to_the_letter_and_once(store: Store) -> None:
    packet = _packet(store, _add(store).id)
    assert store.packets.judged(packet, {"generic-fsa": PACKET, "fsafeds": PACKET | {"score": None}})
    found = store.packets.get(packet)
    assert found.judged_at is not None
    assert list(found.results) == list(BOTH)
    assert (found.results["generic-fsa"].verdict, found.results["generic-fsa"].score) == ("incomplete", (10.0, 20.5))
    assert found.results["fsafeds"].score is None
    assert store.packets.report(packet, "generic-fsa") == PACKET
    assert store.packets.report(packet, "navia") is None
    assert not store.packets.judged(packet, {"generic-fsa": PACKET | {"verdict": "complete"}})
    assert store.packets.report(packet, "generic-fsa") == PACKET


def test_a_packet_of_a_document_that_is_not_there_is_not_made(store: Store) -> None:
    packet = store.new_id()
    with pytest.raises(UnknownName):
        store.packets.add(packet, [_add(store).id, "0" * 32], administrators=BOTH, as_of=date(2026, 11, 21))
    with pytest.raises(UnknownName):
        store.packets.get(packet)


def test_a_packet_goes_with_the_first_of_its_documents(store: Store) -> None:
    """Its report tells what each of them says."""
    first, second, third = (_add(store).id for _ in range(3))
    gone, also, kept = _packet(store, first, second), _packet(store, second), _packet(store, first, third)
    store.packets.judged(gone, {"generic-fsa": PACKET})
    store.delete(second)
    for packet in (gone, also):
        for ask in (store.packets.get, store.packets.delete, lambda name: store.packets.report(name, "generic-fsa")):
            with pytest.raises(UnknownName):
                ask(packet)
        assert not store.packets.judged(packet, {"fsafeds": PACKET}), "what arrives for it later changes nothing"
    assert store.packets.get(kept).documents == (first, third)
    with store._engine.connect() as connection:
        tables = Base.metadata.tables
        assert {row.packet for row in connection.execute(tables["packet_documents"].select())} == {kept}
        assert connection.execute(tables["packet_reports"].select()).all() == []


def test_the_documents_of_a_deleted_packet_stay(store: Store) -> None:
    document = _add(store).id
    packet = _packet(store, document)
    store.packets.judged(packet, {"generic-fsa": PACKET})
    store.packets.delete(packet)
    with pytest.raises(UnknownName):
        store.packets.get(packet)
    assert store.get(document).id == document


def test_packets_are_listed_newest_first_each_once(store: Store) -> None:
    document = _add(store).id
    packets = [_packet(store, document) for _ in range(5)]
    store.packets.judged(packets[0], {"generic-fsa": PACKET})
    seen: list[StoredPacket] = []
    rows, more = store.packets.latest(2)
    seen += rows
    while more:
        rows, more = store.packets.latest(2, before=more)
        seen += rows
    assert [row.id for row in seen] == packets[::-1]
    assert seen[-1].results["generic-fsa"].verdict == "incomplete"
    assert all(row.documents == (document,) for row in seen)


def test_whoever_deletes_a_document_while_packets_are_made_of_it_leaves_none(store: Store) -> None:
    document = _add(store).id
    gate = threading.Barrier(9)

    def make() -> None:
        gate.wait()
        for _ in range(3):
            try:
                store.packets.judged(_packet(store, document), {"generic-fsa": PACKET})
            except UnknownName:
                return

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    gate.wait()
    store.delete(document)
    for thread in threads:
        thread.join()
    assert store.packets.latest(50)[0] == []
    with store._engine.connect() as connection:
        for name in ("packet_documents", "packet_reports"):
            assert connection.execute(Base.metadata.tables[name].select()).all() == []


@pytest.mark.parametrize(
    "url",
    ["no url at all", "nosuchdatabase://x", "sqlite:////nowhere/at/all.db", "postgresql+nosuchdriver://u:hush@h/d"],
)
def test_a_database_that_cannot_be_opened_is_told_without_its_password(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        open_store(Settings(data_dir=tmp_path, database_url=url))
    assert "DOCSCAN_DATABASE_URL" in caught.value.remedy
    assert "hush" not in caught.value.message + caught.value.remedy


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SettingsError, match="data folder"):
        open_store(Settings(data_dir=tmp_path / "file" / "data"))
