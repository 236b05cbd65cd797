"""Where the files of a document are: the original as received and the pictures of its pages.

Every name is made from the document's id; a name that a user gave a file is never used. Only the owner may read them.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from docscan.errors import TooLarge

_ID = re.compile(r"[0-9a-f]{32}")
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Received:
    """What is known of a file by having stored it."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class DocumentFiles:
    """The files in one folder, one folder a document."""

    folder: Path

    def of(self, document: str) -> Path:
        """The folder of one document. Raises ValueError where `document` is no id."""
        if not _ID.fullmatch(document):
            raise ValueError("not a document id")
        return self.folder / document

    def original(self, document: str) -> Path:
        return self.of(document) / "original"

    def picture(self, document: str, page: int) -> Path:
        """Where the picture of a page is kept once it was made."""
        return self.of(document) / f"page-{page}.png"

    def receive(self, document: str, stream: BinaryIO, *, limit: int) -> Received:
        """Store what the stream holds, all of it or nothing. Raises `TooLarge` beyond `limit` bytes."""
        home = self.of(document)
        home.mkdir(mode=0o700, parents=True)
        part = home / "original.part"
        digest, size = hashlib.sha256(), 0
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                while piece := stream.read(_PIECE):
                    size += len(piece)
                    if size > limit:
                        raise too_large(limit)
                    digest.update(piece)
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.original(document))
            _sync(home)
            _sync(self.folder)
        except BaseException:
            self.remove(document)
            raise
        return Received(digest.hexdigest(), size)

    def remove(self, document: str) -> None:
        """Remove every file of the document; it is fine where there is none."""
        shutil.rmtree(self.of(document), ignore_errors=True)

    def abandoned(self, *, older_than: float) -> tuple[str, ...]:
        """Ids of folders that nobody touched for so many seconds; whoever knows the rows decides which are orphans."""
        if not self.folder.is_dir():
            return ()
        before = time.time() - older_than
        return tuple(p.name for p in self.folder.iterdir() if _ID.fullmatch(p.name) and p.stat().st_mtime < before)


def too_large(limit: int) -> TooLarge:
    """The refusal of a file of more than `limit` bytes."""
    return TooLarge(
        f"The file is larger than {limit / 1_000_000:g} MB, the most that is taken.",
        "Upload only the pages that belong to this letter or receipt, or scan them at 300 dpi.",
    )


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
