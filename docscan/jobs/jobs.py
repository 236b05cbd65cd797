"""Sees to it that every document that was received is finished, whatever stops in between.

One thread hands over every unfinished row: at the start, when a document arrives, and now and then, so that what was
lost with a process, a machine or a scheduler is done again. The task's key is the document's id, so handing over twice
runs once.
"""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Future
from pathlib import Path
from typing import Any
from uuid import uuid4

from docscan.document import Json
from docscan.errors import CheckCrashed, DocscanError, MissingDependency
from docscan.jobs import tasks
from docscan.jobs.cluster import Cluster, connect, resources
from docscan.jobs.orders import STAGES, Answer, Lane, Order, Place
from docscan.settings import Settings
from docscan.store import Store

_log = logging.getLogger("docscan.jobs")


class Refused(Exception):
    """What a worker process answered: `error` has its code, message and remedy."""

    def __init__(self, error: dict[str, str]) -> None:
        super().__init__(error["code"])
        self.error = error


class Jobs:
    """The checks of one service. `stages` names the module that does the work (tests give another)."""

    def __init__(
        self, settings: Settings, store: Store, *, stages: str = STAGES, every: float = 15.0, patience: float = 20.0
    ) -> None:
        self._settings = settings
        self._store = store
        self._stages = stages
        self._every = every
        self._patience = patience
        self._owner = "shared" if settings.scheduler else uuid4().hex
        self._environment = _environment(settings)
        self._cluster: Cluster | None = None
        self._ready = threading.Event()
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._in_flight: dict[str, Any] = {}
        self._waiting: dict[str, Future[None]] = {}
        self._thread = threading.Thread(target=self._reconcile, name="docscan-jobs", daemon=True)

    def start(self) -> None:
        """Returns at once; the cluster starts behind it."""
        self._thread.start()

    def stop(self) -> None:
        """End all work. What was under way stays unfinished and is done after the next start."""
        self._stopping.set()
        self._wake.set()
        tasks.stop(self._owner)
        self._thread.join(timeout=CLOSING)
        with self._lock:
            waiting = list(self._waiting.values())
            self._waiting.clear()
        for future in waiting:
            future.cancel()

    @property
    def ready(self) -> bool:
        """Whether orders can be given."""
        return self._ready.is_set()

    def pids(self) -> tuple[int, ...]:
        """The worker processes of this service on this machine."""
        return tasks.processes(self._owner).pids()

    def arrived(self, document: str) -> Future[None]:
        """A document was added. The future is done when it is finished; it is cancelled when the service stops."""
        future = self.finished(document)
        self._wake.set()
        return future

    def finished(self, document: str) -> Future[None]:
        """Done when the document is finished or gone."""
        with self._lock:
            future = self._waiting.setdefault(document, Future())
        self._tell_if_finished(document)
        return future

    def take(self, path: Path) -> Json | None:
        """The facts of a file that can be checked; None where no worker had time to look. Raises `Refused`."""
        try:
            return self._quick({"do": "take", "path": str(path)})
        except TimeoutError:
            return None

    def picture(self, path: Path, page: int, to: Path, *, max_side: int) -> None:
        """Write a page's picture to a file. Raises `Refused`, and `MissingDependency` where no worker is there."""
        try:
            self._quick({"do": "picture", "path": str(path), "page": page, "max_side": max_side, "to": str(to)})
        except TimeoutError:
            raise MissingDependency(
                "No worker had time to draw the page.", "Try again in a moment, or start more workers."
            ) from None

    def _quick(self, order: Order) -> Json:
        if not self._ready.wait(self._patience) or self._cluster is None:
            raise TimeoutError
        future = self._submit(self._cluster, f"{order['do']}-{uuid4().hex}", "quick", order, self._patience)
        try:
            said: Answer = future.result(timeout=self._patience)
        except TimeoutError:
            raise
        except Exception as error:
            _log.warning("a worker was lost: %s", type(error).__name__)
            raise TimeoutError from None
        finally:
            future.release()
        if said["state"] == "refused":
            raise Refused(said["error"])
        if said["state"] != "done":
            raise TimeoutError
        return said.get("result")

    def _submit(self, cluster: Cluster, key: str, lane: Lane, order: Order, timeout: float) -> Any:
        return cluster.client.submit(
            tasks.run,
            Place(self._owner, lane, self._stages, self._environment),
            order,
            timeout,
            key=key,
            pure=False,
            priority=10 if lane == "quick" else 0,
            resources={lane: 1},
        )

    def _reconcile(self) -> None:
        """The thread: until the service stops, hand over what is unfinished."""
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                if self._cluster is None or not self._cluster.running:
                    self._connect()
                self._hand_over_all()
            except Exception as error:  # whatever it is, the documents are still there: try again
                _log.warning("documents could not be handed over: %s", type(error).__name__)
            self._wake.wait(self._every)
        if self._cluster is not None:
            self._cluster.close()

    def _connect(self) -> None:
        self._ready.clear()
        with self._lock:
            self._in_flight.clear()
        if self._cluster is not None:
            self._cluster.close()
        self._cluster = connect(self._settings)
        self._store.sweep()
        self._ready.set()

    def _hand_over_all(self) -> None:
        for document in self._store.unfinished():
            if self._stopping.is_set() or self._cluster is None:
                return
            with self._lock:
                under_way = document in self._in_flight
            if not under_way:
                self._hand_over(self._cluster, document)

    def _hand_over(self, cluster: Cluster, document: str) -> None:
        row = self._store.handed_over(document)
        if row is None:
            return
        order: Order = {
            "do": "check",
            "path": str(self._store.files.original(document)),
            "administrator": row.administrator,
            "as_of": row.as_of.isoformat(),
            "claim": row.claim,
        }
        future = self._submit(cluster, document, "check", order, self._settings.check_timeout)
        with self._lock:
            self._in_flight[document] = future
        future.add_done_callback(lambda done: self._done(document, done))

    def _done(self, document: str, future: Any) -> None:
        """Called by Dask, in a thread of its own, when a task ended in whatever way."""
        try:
            self._settle(document, future)
        except Exception as error:  # the row is as it was, so the check is done again
            _log.warning("document %s could not be finished: %s", document, type(error).__name__)
        finally:
            with self._lock:
                self._in_flight.pop(document, None)
            future.release()
            self._tell_if_finished(document)

    def _settle(self, document: str, future: Any) -> None:
        from distributed import KilledWorker

        if future.cancelled():
            return
        try:
            said: Answer = future.result(timeout=CLOSING)
        except KilledWorker:
            error = CheckCrashed(
                "Each machine that checked this document was lost while doing so.",
                "Print the document to a new PDF or scan it, and send that.",
            )
            said = {"state": "refused", "error": error.to_dict()}
        more = said.get("attempts", 1) - 1
        if said["state"] == "done":
            self._store.checked(document, said["result"], more_attempts=more)
        elif said["state"] == "refused":
            if said["error"]["code"] in ("internal", "crashed", "timed_out"):
                _log.warning("document %s: %s", document, said["error"]["message"])
            self._store.failed(document, said["error"], more_attempts=more)

    def _tell_if_finished(self, document: str) -> None:
        with self._lock:
            if document not in self._waiting:
                return
        try:
            if not self._store.get(document).finished:
                return
        except DocscanError:  # deleted: there is nothing to wait for
            pass
        with self._lock:
            future = self._waiting.pop(document, None)
        if future is not None and future.set_running_or_notify_cancel():
            future.set_result(None)

    def forget(self, document: str) -> None:
        """The document was deleted: nobody need wait for it, and what was found is thrown away when it comes."""
        with self._lock:
            future = self._in_flight.get(document)
        if future is not None:
            future.cancel()
        self._tell_if_finished(document)

    @property
    def lanes(self) -> dict[Lane, int]:
        """How many orders of each lane this machine does at a time."""
        return resources(self._settings)


CLOSING = 10.0
"""Seconds to close the cluster in."""

_FOR_WORKERS = {"max_bytes", "max_pages", "max_pixels", "engine", "page_timeout", "administrator", "rulebooks"}


def _environment(settings: Settings) -> dict[str, str]:
    """The settings as variables, so that worker processes have the limits of their service."""
    plain = settings.model_dump(mode="json", exclude_none=True, include=_FOR_WORKERS)
    return {f"DOCSCAN_{name.upper()}": str(value) for name, value in plain.items()}
