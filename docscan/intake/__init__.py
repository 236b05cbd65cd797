"""What a file is: type by content, limits, encryption, page count. Reads no text.

`take` is the stage's only door.
"""

from __future__ import annotations

from pathlib import Path

from docscan.document import SourceFile


def take(source: str | Path | bytes) -> tuple[SourceFile, bytes]:
    """The facts of a file and its bytes. Raises an `InputError` that says why it cannot be taken."""
    raise NotImplementedError
