"""A machine that does orders for a scheduler (`settings().scheduler`) until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from typing import Any

from docscan.errors import SettingsError
from docscan.jobs.cluster import CONNECT_TIMEOUT, resources
from docscan.settings import Settings


def work(settings: Settings) -> None:
    """Do orders until SIGTERM or SIGINT. The service's data folder must be on the same path on this machine.

    Raises `SettingsError` where no scheduler is named or it cannot be reached.
    """
    if not settings.scheduler:
        raise SettingsError("No scheduler is named.", "Set DOCSCAN_SCHEDULER, for example to tcp://10.0.0.5:8786.")
    asyncio.run(_work(settings, settings.scheduler))


async def _work(settings: Settings, scheduler: str) -> None:
    import dask
    from distributed import Worker

    start: Callable[..., Any] = Worker
    from docscan.jobs import tasks

    lanes = resources(settings)
    with dask.config.set({"distributed.worker.http.routes": []}):
        worker = start(
            scheduler,
            nthreads=sum(lanes.values()),
            resources=lanes,
            memory_limit=0,
            dashboard_address="127.0.0.1:0",
        )
        try:
            await asyncio.wait_for(worker, CONNECT_TIMEOUT)
        except (OSError, TimeoutError):
            await worker.close()
            raise SettingsError(
                "The scheduler cannot be reached.", "Start it, or set DOCSCAN_SCHEDULER to its address."
            ) from None
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    ended = asyncio.ensure_future(worker.finished())
    await asyncio.wait([ended, asyncio.ensure_future(stop.wait())], return_when=asyncio.FIRST_COMPLETED)
    await asyncio.to_thread(tasks.stop, "shared")
    await worker.close()
