"""A worker process does one order at a time and harms nobody when it ends badly."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from docscan.jobs import tasks
from docscan.jobs.orders import Order, Place
from docscan.jobs.process import Processes, WorkerProcess

pytestmark = pytest.mark.slow  # processes that hang and are ended


@pytest.fixture
def place(stand_in: str, tmp_path: Path) -> Iterator[Place]:
    owner = str(tmp_path)
    yield Place(owner, "check", stand_in, {"DOCSCAN_MAX_PAGES": "7"})
    tasks.stop(owner)


@pytest.fixture
def order(tmp_path: Path) -> Callable[[str], Order]:
    def of(first_line: str) -> Order:
        path = tmp_path / "original"
        path.write_text(first_line)
        return {
            "do": "check", "path": str(path), "administrator": "generic-fsa", "as_of": "2026-11-21",
            "claim": {"purpose": "fsa", "plan_year": {"start": "2026-01-01", "end": "2026-12-31"}},
        }  # fmt: skip

    return of


def test_a_report_comes_back_with_the_claim_that_was_given(place: Place, order: Callable[[str], Order]) -> None:
    said = tasks.run(place, order("a letter"), 30)
    assert said["state"] == "done"
    assert said["attempts"] == 1
    assert said["result"]["schema"] == "docscan.report/1"
    assert said["result"]["as_of"] == "2026-11-21"
    assert said["result"]["claim"]["plan_year"] == {"start": "2026-01-01", "end": "2026-12-31"}


def test_one_process_serves_many_orders(place: Place, order: Callable[[str], Order]) -> None:
    tasks.run(place, order("a letter"), 30)
    first = tasks.processes(place.owner).pids()
    tasks.run(place, order("another"), 30)
    assert tasks.processes(place.owner).pids() == first
    assert len(first) == 1


def test_an_error_raised_on_purpose_comes_back_with_its_remedy(place: Place, order: Callable[[str], Order]) -> None:
    said = tasks.run(place, order("refuse"), 30)
    assert said["state"] == "refused"
    assert said["error"]["code"] == "encrypted"
    assert "without a password" in said["error"]["remedy"]


def test_a_defect_tells_where_it_is_and_never_what_the_document_says(
    place: Place, order: Callable[[str], Order]
) -> None:
    said = tasks.run(place, order("break"), 30)
    assert said["error"]["code"] == "internal"
    assert "ValueError at jobs/worker_process.py" in said["error"]["message"]
    assert "Marisol" not in str(said)


def test_a_process_that_dies_once_costs_one_attempt(place: Place, order: Callable[[str], Order]) -> None:
    said = tasks.run(place, order("die once"), 30)
    assert said["state"] == "done"
    assert said["attempts"] == 2


def test_a_document_that_keeps_killing_its_process_is_given_up_with_that_reason(
    place: Place, order: Callable[[str], Order]
) -> None:
    said = tasks.run(place, order("die"), 30)
    assert said["error"]["code"] == "crashed"
    assert "signal 11" in said["error"]["message"]
    assert said["attempts"] == tasks.ATTEMPTS
    assert tasks.run(place, order("a letter"), 30)["state"] == "done", "the next document is not harmed"


def test_a_check_that_hangs_is_ended(place: Place, order: Callable[[str], Order]) -> None:
    began = time.monotonic()
    said = tasks.run(place, order("hang"), 1.5)
    assert said["error"]["code"] == "timed_out"
    assert time.monotonic() - began < 10
    assert tasks.processes(place.owner).pids() == ()


def test_the_process_has_the_limits_of_its_service_and_one_thread(place: Place, order: Callable[[str], Order]) -> None:
    assert tasks.run(place, order("limit"), 30)["error"]["message"] == "The limit is 7 pages."
    assert tasks.run(place, order("threads"), 30)["error"]["message"] == "OMP_THREAD_LIMIT=1."


def test_stopping_ends_a_check_under_way_at_once(place: Place, order: Callable[[str], Order]) -> None:
    answers: list[str] = []
    asking = threading.Thread(target=lambda: answers.append(tasks.run(place, order("hang"), 60)["state"]))
    asking.start()
    kept = tasks.processes(place.owner)
    while not kept.pids():
        time.sleep(0.02)
    pids = kept.pids()
    tasks.stop(place.owner)
    asking.join(10)
    assert answers == ["stopped"]
    assert not any(psutil.pid_exists(pid) for pid in pids)
    assert kept.ask(place, order("a letter"), timeout=5)["state"] == "stopped"


def test_a_process_whose_service_is_gone_ends_in_the_middle_of_a_check(
    stand_in: str, order: Callable[[str], Order]
) -> None:
    process = WorkerProcess(stand_in, {})
    asking = threading.Thread(target=process.ask, args=(order("hang"),), kwargs={"timeout": 60})
    asking.start()
    time.sleep(0.5)
    assert process._process.stdin is not None
    process._process.stdin.close()  # what the kernel does when the service is killed
    asking.join(10)
    assert not asking.is_alive()
    assert not psutil.pid_exists(process.pid)
    process.close()


def test_a_module_that_cannot_be_loaded_is_a_defect_not_a_hang(order: Callable[[str], Order]) -> None:
    processes = Processes()
    try:
        said = processes.ask(Place("", "check", "no_such_module", {}), order("a letter"), timeout=30)
    finally:
        processes.stop()
    assert said["error"]["code"] == "internal"
    assert "ModuleNotFoundError" in said["error"]["message"]
