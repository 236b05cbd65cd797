"""Memory goes back to the system where the C library can do that, and nothing breaks where it cannot."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

import pytest

from docscan.reading import memory

_PIECES, _SIZE = 4000, 20_000


def _held() -> int:
    """Bytes of this process in the machine's memory."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise AssertionError


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="the GNU C library alone trims"
)
def test_what_was_freed_between_what_is_in_use_goes_back_to_the_system() -> None:
    pieces = [b"x" * _SIZE for _ in range(_PIECES)]
    kept = pieces[::20]
    del pieces
    before = _held()
    memory.give_back()
    assert before - _held() > 0.5 * _PIECES * _SIZE
    assert all(len(piece) == _SIZE for piece in kept)


def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: object) -> object:
        return object()

    monkeypatch.setattr(ctypes, "CDLL", missing)
    memory._trim.cache_clear()
    try:
        memory.give_back()
        assert memory._trim() is None
    finally:
        memory._trim.cache_clear()
