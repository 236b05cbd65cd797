"""What is each document of a packet called, and each place in it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from docscan.document import Finding, PacketEvidence, PacketFinding, Report
from docscan.presenting import wording
from docscan.presenting.outline import files_of

_KIND: Final[Mapping[str, str]] = {"lmn": "letter", "receipt": "receipt", "other": "of another kind"}
"""Short words for the kinds that are most often named."""


@dataclass(frozen=True, slots=True)
class Titled:
    """A document of the packet as it is called: `short` in a sentence, `kind` in words, `file` as the caller named it
    ("" where nobody did), `before_page` where a page of the file is named."""

    number: int
    short: str
    kind: str
    file: str
    before_page: str


def titles(reports: Sequence[Report], names: Sequence[str] = ()) -> tuple[Titled, ...]:
    """How the documents are called: by their file where it is named, else by their number and kind.

    `names`: of each one's file; one of several documents of a file is called by its pages too.
    """
    files = files_of(reports)
    found = []
    for number, report in enumerate(reports, start=1):
        kind = wording.KIND[report.document.kind]
        file = wording.clean(names[number - 1]) if names else ""
        base = file.rsplit("/", 1)[-1]
        short = base or f"document {number} ({_KIND.get(report.document.kind) or _in_a_sentence(kind)})"
        if base and files.count(files[number - 1]) > 1:
            short = f"{base}, {wording.part(report)}"
        found.append(Titled(number, short, kind, file, base or short))
    return tuple(found)


def _in_a_sentence(kind: str) -> str:
    """ "Receipt or invoice" as it stands within a sentence; a name ("Letter of Medical Necessity") stays one."""
    return kind if any(word[:1].isupper() for word in kind.split()[1:]) else kind[:1].lower() + kind[1:]


def places_of(finding: Finding) -> tuple[PacketEvidence, ...]:
    """A finding's places in the packet; none where it is about a document alone."""
    return finding.evidence if isinstance(finding, PacketFinding) else ()


def places(evidence: Iterable[PacketEvidence], called: Sequence[Titled]) -> str:
    """ "letter.pdf, page 1; receipt.pdf, pages 1 and 2"."""
    pages: dict[int, list[int]] = {}
    for one in evidence:
        pages.setdefault(one.report, []).append(one.page)
    return "; ".join(
        f"{called[report].before_page}, {wording.pages(numbers)}" for report, numbers in sorted(pages.items())
    )
