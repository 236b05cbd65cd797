"""What Dask runs: an order is done by a worker process of this machine, again where the process died."""

from __future__ import annotations

import atexit
import threading

from docscan.errors import CheckCrashed, CheckTimedOut
from docscan.jobs.orders import Answer, Order, Place
from docscan.jobs.process import Processes

ATTEMPTS = 3
"""How often a document may end its process before it is given up."""

_lock = threading.Lock()
_kept: dict[str, Processes] = {}


def processes(owner: str) -> Processes:
    """The processes that `owner` keeps on this machine; each service that runs its own cluster is an owner."""
    with _lock:
        if owner not in _kept:
            _kept[owner] = Processes()
            atexit.register(_kept[owner].stop)
        return _kept[owner]


def stop(owner: str) -> None:
    """End the owner's processes for good."""
    with _lock:
        kept = _kept.pop(owner, None)
    if kept is not None:
        atexit.unregister(kept.stop)
        kept.stop()


def run(place: Place, order: Order, timeout: float) -> Answer:
    """The answer to an order: `done`, `stopped`, or `refused` with the error of whatever went wrong."""
    mine = processes(place.owner)
    attempt = 0
    while True:
        attempt += 1
        said = mine.ask(place, order, timeout=timeout)
        if said["state"] != "died" or attempt == ATTEMPTS:
            return _told(said, timeout) | {"attempts": attempt}


def _told(said: Answer, timeout: float) -> Answer:
    match said["state"]:
        case "timed_out":
            error: CheckCrashed | CheckTimedOut = CheckTimedOut(
                f"The check took more than {timeout:g} seconds and was ended.",
                "Send fewer pages at a time, or scan them at 300 dpi in grey.",
            )
        case "died":
            error = CheckCrashed(
                f"Checking this document ended the program that did it ({said.get('how', 'unknown')}), "
                f"{ATTEMPTS} times in a row.",
                "Print the document to a new PDF or scan it, and send that.",
            )
        case _:
            return said
    return {"state": "refused", "error": error.to_dict()}
