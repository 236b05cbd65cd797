"""What a rule can ask of a document. Each check is a pure function of the facts and its parameters."""

from __future__ import annotations

from docscan.checking.checks import codes, integrity, items, letters, packets, people, presence, receipts
from docscan.checking.checks.registry import CHECKS, Check

__all__ = ["CHECKS", "Check", "codes", "integrity", "items", "letters", "packets", "people", "presence", "receipts"]
