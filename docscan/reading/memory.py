"""Memory that a page's pictures and models took goes back to the system.

The GNU C library keeps what was freed in pieces between what is still in use: after a few pages of different sizes a
process holds half as much again as it needs, and the next large page comes on top.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Return what is free. Takes some milliseconds; does nothing where the C library cannot."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    try:
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):  # another C library: macOS, musl, Windows
        return None
    return found
