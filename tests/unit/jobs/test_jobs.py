"""Every document that was received is finished, whatever stops in between."""

import io
import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import psutil
import pytest

from docscan.errors import MissingDependency, SettingsError
from docscan.jobs import Jobs, work
from docscan.jobs.jobs import Refused
from docscan.settings import Settings
from docscan.store import Store, open_store

pytestmark = pytest.mark.slow  # processes


@pytest.fixture
def store(own_settings: Settings) -> Iterator[Store]:
    opened = open_store(own_settings)
    yield opened
    opened.close()


@contextmanager
def running(settings: Settings, store: Store, stages: str) -> Iterator[Jobs]:
    jobs = Jobs(settings, store, stages=stages, every=0.5, patience=10)
    jobs.start()
    try:
        yield jobs
    finally:
        jobs.stop()


def _add(store: Store, first_line: str = "a letter") -> str:
    document = store.new_id()
    received = store.files.receive(document, io.BytesIO(first_line.encode()), limit=1000)
    store.add(document, received, administrator="generic-fsa", as_of=date(2026, 11, 21))
    return document


def _until(true: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def test_documents_are_checked_and_who_waits_is_told(own_settings: Settings, store: Store, stand_in: str) -> None:
    with running(own_settings, store, stand_in) as jobs:
        documents = [_add(store) for _ in range(3)]
        for future in [jobs.arrived(document) for document in documents]:
            future.result(20)
        for document in documents:
            row = store.get(document)
            assert (row.state, row.verdict, row.attempts) == ("checked", "incomplete", 1)
            assert store.report(document)["administrator"] == "generic-fsa"


def test_waiting_for_a_finished_or_deleted_document_ends_at_once(
    own_settings: Settings, store: Store, stand_in: str
) -> None:
    with running(own_settings, store, stand_in) as jobs:
        document = _add(store)
        jobs.arrived(document).result(20)
        jobs.finished(document).result(0.5)
        store.delete(document)
        jobs.finished(document).result(0.5)


def test_what_was_received_before_the_start_is_checked_after_it(
    own_settings: Settings, store: Store, stand_in: str
) -> None:
    document = _add(store)
    with running(own_settings, store, stand_in) as jobs:
        jobs.finished(document).result(20)
    assert store.get(document).state == "checked"


def test_what_nobody_announced_is_found_by_the_next_look(own_settings: Settings, store: Store, stand_in: str) -> None:
    with running(own_settings, store, stand_in) as jobs:
        _until(lambda: jobs.ready)
        document = _add(store)
        _until(lambda: store.get(document).finished)


def test_a_stop_in_the_middle_leaves_the_document_for_the_next_start(
    own_settings: Settings, store: Store, stand_in: str
) -> None:
    with running(own_settings, store, stand_in) as jobs:
        document = _add(store, "hang")
        waiting = jobs.arrived(document)
        _until(lambda: len(jobs.pids()) > 0)
        pids = jobs.pids()
    assert not any(psutil.pid_exists(pid) for pid in pids)
    with pytest.raises(CancelledError):
        waiting.result(0)
    assert store.get(document).state == "received"
    store.files.original(document).write_text("a letter, this time")
    with running(own_settings, store, stand_in) as jobs:
        jobs.finished(document).result(20)
    row = store.get(document)
    assert (row.state, row.attempts) == ("checked", 2)


@pytest.mark.parametrize(
    ("first_line", "code", "attempts"), [("refuse", "encrypted", 1), ("die", "crashed", 3), ("break", "internal", 1)]
)
def test_a_document_that_cannot_be_checked_fails_with_its_reason(
    own_settings: Settings,
    store: Store,
    stand_in: str,
    caplog: pytest.LogCaptureFixture,
    first_line: str,
    code: str,
    attempts: int,
) -> None:
    with caplog.at_level(logging.INFO), running(own_settings, store, stand_in) as jobs:
        document = _add(store, first_line)
        jobs.arrived(document).result(20)
    row = store.get(document)
    assert row.error is not None
    assert (row.state, row.error["code"], row.attempts) == ("failed", code, attempts)
    assert row.error["remedy"]
    assert "Marisol" not in caplog.text + str(row.error)


def test_a_check_that_hangs_is_ended_and_the_next_one_goes_on(
    own_settings: Settings, store: Store, stand_in: str
) -> None:
    with running(own_settings.model_copy(update={"check_timeout": 1.0}), store, stand_in) as jobs:
        hanging, letter = _add(store, "hang"), _add(store)
        jobs.arrived(letter).result(20)
        jobs.finished(hanging).result(20)
    error = store.get(hanging).error
    assert error is not None
    assert error["code"] == "timed_out"
    assert store.get(letter).state == "checked"


def test_a_document_deleted_during_its_check_stays_deleted(own_settings: Settings, store: Store, stand_in: str) -> None:
    with running(own_settings, store, stand_in) as jobs:
        document = _add(store, "slow 1")
        waiting = jobs.arrived(document)
        _until(lambda: len(jobs.pids()) > 0)
        store.delete(document)
        jobs.forget(document)
        waiting.result(1)
        letter = _add(store)
        jobs.arrived(letter).result(20)
    assert [row.id for row in store.latest(10)[0]] == [letter]
    assert not store.files.of(document).exists()


def test_an_upload_is_looked_at_and_a_page_drawn_while_a_long_check_runs(
    own_settings: Settings, store: Store, stand_in: str, tmp_path: Path
) -> None:
    with running(own_settings, store, stand_in) as jobs:
        busy = _add(store, "slow 4")
        jobs.arrived(busy)
        letter = _add(store)
        path = store.files.original(letter)
        assert jobs.take(path) == {"media_type": "text/plain", "page_count": 2}
        jobs.picture(path, 1, tmp_path / "page.png", max_side=400)
        assert (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")
        assert not store.get(busy).finished
        with pytest.raises(Refused) as refused:
            jobs.picture(path, 9, tmp_path / "none.png", max_side=400)
        assert refused.value.error["code"] == "unknown_name"
        path.write_text("refuse at once")
        with pytest.raises(Refused) as refused:
            jobs.take(path)
        assert refused.value.error["code"] == "encrypted"


def test_nothing_listens_beyond_this_machine(own_settings: Settings, store: Store, stand_in: str) -> None:
    with running(own_settings, store, stand_in) as jobs:
        _until(lambda: jobs.ready)
        listening = [c.laddr.ip for c in psutil.Process().net_connections("inet") if c.status == psutil.CONN_LISTEN]
    assert set(listening) <= {"127.0.0.1", "::1"}


def test_without_any_worker_an_upload_is_not_held_up_and_a_picture_says_so(
    own_settings: Settings, store: Store, stand_in: str, tmp_path: Path
) -> None:
    nobody = own_settings.model_copy(update={"scheduler": "tcp://127.0.0.1:9"})
    jobs = Jobs(nobody, store, stages=stand_in, every=0.2, patience=0.3)
    document = _add(store)
    assert jobs.take(store.files.original(document)) is None
    with pytest.raises(MissingDependency):
        jobs.picture(store.files.original(document), 1, tmp_path / "page.png", max_side=400)
    assert store.get(document).state == "received"


@pytest.mark.slow
def test_a_scheduler_on_the_network_does_the_same(own_settings: Settings, store: Store, stand_in: str) -> None:
    from distributed import LocalCluster

    lanes = {"check": 1, "quick": 1}
    with LocalCluster(n_workers=1, threads_per_worker=2, processes=False, protocol="tcp", host="127.0.0.1",
                      resources=lanes, dashboard_address=None) as cluster:  # type: ignore[no-untyped-call]  # fmt: skip
        elsewhere = own_settings.model_copy(update={"scheduler": cluster.scheduler_address})
        with running(elsewhere, store, stand_in) as jobs:
            document = _add(store)
            jobs.arrived(document).result(20)
    assert store.get(document).state == "checked"


@pytest.mark.parametrize("scheduler", [None, pytest.param("tcp://127.0.0.1:9", marks=pytest.mark.slow)])
def test_a_worker_without_a_scheduler_says_what_to_set(own_settings: Settings, scheduler: str | None) -> None:
    said: list[str] = []

    def try_to_work() -> None:  # in a thread of its own, for an event loop of its own
        try:
            work(own_settings.model_copy(update={"scheduler": scheduler}))
        except SettingsError as error:
            said.append(error.message + error.remedy)

    trying = threading.Thread(target=try_to_work)
    trying.start()
    trying.join(30)
    assert "DOCSCAN_SCHEDULER" in said[0]
