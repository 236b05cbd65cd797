"""What a client asks for in its headers: how long to wait (RFC 7240) and in which form (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST_WAIT = 300.0
"""Seconds; a client that would wait longer asks again."""

_WAIT = re.compile(r'\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:;.*)?', re.I)


def wait_of(prefer: Sequence[str]) -> int | None:
    """The seconds that a client would wait, by its `Prefer` headers; None where it does not say, or not so that it can
    be understood. The first `wait` counts."""
    for preference in ",".join(prefer).split(","):
        if found := _WAIT.fullmatch(preference):
            return int(found[1])
    return None


def preferred(accept: str | None, offered: Sequence[str]) -> str | None:
    """The media type that a client wants most; None where it wants none of them. The first offered wins a draw."""
    if not accept or not accept.strip():
        return offered[0]
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    best = max(offered, key=lambda media_type: _quality(media_type, ranges))
    return best if _quality(best, ranges) > 0 else None


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                quality = min(1.0, max(0.0, float(parameter[2:])))
            except ValueError:
                quality = 0.0
    return name, quality


def _quality(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """By the most specific range that fits."""
    by_name = dict(reversed(ranges))
    for name in (media_type, f"{media_type.split('/', maxsplit=1)[0]}/*", "*/*"):
        if name in by_name:
            return by_name[name]
    return 0.0
