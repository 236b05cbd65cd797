"""Where orders are run: by a Dask cluster inside this process, or by one whose scheduler's address is given.

The cluster inside is threads that watch over worker processes; its messages never leave the process, and the two
ports that Dask opens whether or not it is asked to are on the loopback address and answer nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docscan.jobs.orders import Lane
from docscan.settings import Settings

_LOOPBACK = "127.0.0.1:0"
CONNECT_TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Cluster:
    """`client` is a `distributed.Client`; `own` the cluster that ends with it, None where it is somebody else's."""

    client: Any
    own: Any

    @property
    def running(self) -> bool:
        return bool(self.client.status == "running")

    def close(self) -> None:
        self.client.close(timeout=2)
        if self.own is not None:
            self.own.close(timeout=5)


def connect(settings: Settings) -> Cluster:
    """Start the cluster, or reach the scheduler. Raises OSError where it cannot be reached."""
    import dask
    from distributed import Client, LocalCluster

    client: Callable[..., Any] = Client
    local: Callable[..., Any] = LocalCluster

    quiet = {
        "distributed.scheduler.http.routes": [],
        "distributed.worker.http.routes": [],
        "temporary-directory": str(settings.data_dir.absolute()),
    }
    with dask.config.set(quiet):
        if settings.scheduler:
            return Cluster(client(settings.scheduler, timeout=CONNECT_TIMEOUT, set_as_default=False), None)
        lanes = resources(settings)
        own = local(
            n_workers=1,
            threads_per_worker=sum(lanes.values()),
            processes=False,
            resources=lanes,
            dashboard_address=_LOOPBACK,
            worker_dashboard_address=_LOOPBACK,
            memory_limit=0,
            silence_logs=40,
        )
        return Cluster(client(own, set_as_default=False), own)


def resources(settings: Settings) -> dict[Lane, int]:
    """How many orders of each lane this machine does at a time."""
    return {"check": settings.workers or _cores(), "quick": 1}


def _cores() -> int:
    """Those that this process may use, where the system tells."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1
