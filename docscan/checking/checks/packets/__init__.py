"""Do a letter and its receipts belong together?"""

from __future__ import annotations

from docscan.checking.checks.packets import claims, contents, covering, persons

__all__ = ["claims", "contents", "covering", "persons"]
