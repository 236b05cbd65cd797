"""What is asked of a worker process and what it answers: one line of JSON each.

order    {"do": "take", "path"}                                         is this a file that can be checked?
         {"do": "check", "path", "administrator", "as_of", "claim"}     its report
         {"do": "picture", "path", "page", "max_side", "to"}            write a page's picture to the file `to`
answer   {"state": "done", "result": ...}
         {"state": "refused", "error": {"code", "message", "remedy"}}   an error that docscan raises on purpose
         {"state": "broke", "where": "ValueError at dates.py:120"}      any other; never the message, which may
                                                                        hold what the document says
from the thread that watches
         {"state": "died", "how": "signal 11"}, {"state": "timed_out"}, {"state": "stopped"}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NotRequired, TypeAlias, TypedDict

from docscan.document import Json

STAGES = "docscan.pipeline"
"""The module whose `check`, `page_picture` and `intake.take` do the work."""

Lane: TypeAlias = Literal["check", "quick"]
"""`quick` has a process of its own, so that an upload is looked at and a page shown while checks take minutes."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which worker processes are to do an order.

    `owner`: whose they are; each service that runs its own cluster is one. `stages`: the module that does the work.
    `environment`: settings, as variables.
    """

    owner: str
    lane: Lane
    stages: str
    environment: Mapping[str, str]


class Order(TypedDict):
    """The values are plain JSON; paths are absolute, on a disk that the worker sees."""

    do: Literal["take", "check", "picture"]
    path: str
    administrator: NotRequired[str]
    as_of: NotRequired[str]
    claim: NotRequired[Json]
    page: NotRequired[int]
    max_side: NotRequired[int]
    to: NotRequired[str]


class Answer(TypedDict):
    state: Literal["done", "refused", "died", "timed_out", "stopped"]
    result: NotRequired[Json]
    error: NotRequired[dict[str, str]]
    how: NotRequired[str]
    attempts: NotRequired[int]
