"""Runs checks in processes of their own and sees to it that every document is finished.

    Jobs (in the service)  ── hands over every unfinished row ──►  Dask  ──►  tasks.run, a thread on some worker
                                                                                │ one order, one answer
                                                                                ▼
                                                               worker process (`python -m docscan.jobs.worker_process`)
                                                               that reads and judges one document at a time

The thread only watches: it ends a process that takes too long and starts another where one died, so that a document
that crashes its process harms no other, and it is known which one did. The rows alone are the truth: what Dask knows
can be lost and is made again from them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docscan.jobs.jobs import Jobs as Jobs
    from docscan.jobs.worker import work as work

__all__ = ["Jobs", "work"]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in __all__:
        raise AttributeError(f"module 'docscan.jobs' has no attribute {name!r}")
    return getattr(import_module("docscan.jobs.jobs" if name == "Jobs" else "docscan.jobs.worker"), name)
