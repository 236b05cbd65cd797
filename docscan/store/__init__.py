"""Documents, packets, reports and their state, kept in SQLite or PostgreSQL; the files themselves beside it.

The document's row is the truth: `received`, then `checked` or `failed`. Whatever else there is (a task in a queue, a
process at work) can be lost and made again from the rows.
"""

from __future__ import annotations

from docscan.store.documents import State, Store, StoredDocument, open_store
from docscan.store.files import DocumentFiles
from docscan.store.packets import PacketResult, Packets, StoredPacket

__all__ = [
    "DocumentFiles", "PacketResult", "Packets", "State", "Store", "StoredDocument", "StoredPacket", "open_store",
]  # fmt: skip
