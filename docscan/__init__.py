"""docscan checks Letters of Medical Necessity and receipts for HSA, FSA and HRA claims, offline.

    import docscan

    report = docscan.check("letter.pdf")
    for finding in report.findings:
        print(finding.outcome, finding.title, finding.citation.title)

It advises. It never says that something is deductible or approved.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docscan.document import Box as Box
    from docscan.document import Changes as Changes
    from docscan.document import Citation as Citation
    from docscan.document import Claim as Claim
    from docscan.document import Document as Document
    from docscan.document import Evidence as Evidence
    from docscan.document import Extraction as Extraction
    from docscan.document import Finding as Finding
    from docscan.document import PacketReport as PacketReport
    from docscan.document import Page as Page
    from docscan.document import Problem as Problem
    from docscan.document import Report as Report
    from docscan.document import Word as Word
    from docscan.errors import DocscanError as DocscanError
    from docscan.pipeline import changes_between as changes_between
    from docscan.pipeline import check as check
    from docscan.pipeline import check_packet as check_packet
    from docscan.pipeline import check_text as check_text
    from docscan.pipeline import judge as judge
    from docscan.pipeline import page_picture as page_picture
    from docscan.pipeline import read as read

_HOME = {
    **dict.fromkeys(
        ("changes_between", "check", "check_packet", "check_text", "judge", "page_picture", "read"), "docscan.pipeline"
    ),
    **dict.fromkeys(
        ("Box", "Changes", "Citation", "Claim", "Document", "Evidence", "Extraction", "Finding", "PacketReport", "Page",
         "Problem", "Report", "Word"), "docscan.document"
    ),
    "DocscanError": "docscan.errors",
}  # fmt: skip

__all__ = sorted(_HOME)  # noqa: PLE0605 - lazy: importing docscan must load neither spaCy nor OpenCV


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'docscan' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(_HOME)
