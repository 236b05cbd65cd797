"""Documents, reports and their state, kept in SQLite or PostgreSQL; the files themselves beside it.

The document's row is the truth: `received`, then `checked` or `failed`. Whatever else there is (a task in a queue, a
process at work) can be lost and made again from the rows.
"""

from __future__ import annotations

from docscan.store.documents import State, Store, StoredDocument, open_store
from docscan.store.files import DocumentFiles

__all__ = ["DocumentFiles", "State", "Store", "StoredDocument", "open_store"]
