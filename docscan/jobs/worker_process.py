"""The process that reads and judges documents: an order a line on its standard input, an answer a line on its output.

`python -m docscan.jobs.worker_process MODULE`, where MODULE is `docscan.pipeline` or stands in for it. It ends as soon
as its input closes, also in the middle of a check, and takes its children with it: whoever started it is gone.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from docscan.document import Claim
from docscan.errors import Defect, DocscanError
from docscan.jobs.orders import Answer, Order


def answer(stages: Any, order: Order) -> Answer:
    """Do what is asked. Every exception becomes an answer."""
    try:
        return {"state": "done", "result": _do(stages, order)}
    except DocscanError as error:
        return {"state": "refused", "error": error.to_dict()}
    except Exception as error:
        return defect(error)


def defect(error: Exception) -> Answer:
    """Where it happened, never its message: that may quote the document."""
    return {"state": "refused", "error": Defect.of(error).to_dict()}


def _do(stages: Any, order: Order) -> Any:
    path = Path(order["path"])
    match order["do"]:
        case "take":
            file, _ = stages.intake.take(path)
            return {"media_type": file.media_type, "page_count": file.page_count}
        case "check":
            report = stages.check(
                path,
                as_of=date.fromisoformat(order["as_of"]),
                administrator=order["administrator"],
                claim=_claim(order.get("claim")),
            )
            return report.to_dict()
        case "picture":
            _write_whole(Path(order["to"]), stages.page_picture(path, order["page"], max_side=order["max_side"]))
            return None


def _claim(data: Any) -> Claim:
    from pydantic import TypeAdapter

    return Claim() if data is None else TypeAdapter(Claim).validate_python(data)


def _write_whole(path: Path, data: bytes) -> None:
    """The folder is never made: where it is gone, the document was deleted."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
    part.replace(path)


def main() -> None:
    answers = _own_output()
    orders: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, orders), daemon=True).start()
    stages: Any = None
    while True:
        order: Order = json.loads(orders.get())
        if stages is None:
            try:
                stages = import_module(sys.argv[1])
            except Exception as error:
                _say(answers, defect(error))
                continue
        _say(answers, answer(stages, order))


def _say(answers: BinaryIO, said: Answer) -> None:
    answers.write(json.dumps(said).encode() + b"\n")
    answers.flush()


def _own_output() -> BinaryIO:
    """Keep standard output for answers alone: what a library prints goes where errors go."""
    kept = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return kept


def _listen(stdin: BinaryIO, orders: queue.SimpleQueue[bytes]) -> None:
    for line in stdin:
        orders.put(line)
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    main()
