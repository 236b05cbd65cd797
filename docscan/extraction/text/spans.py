"""Where something stands: offsets into a document's text."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of the document's text; the end is excluded."""

    start: int
    end: int
