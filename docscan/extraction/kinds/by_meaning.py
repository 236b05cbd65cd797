"""What kind of document do its lines speak for, where none of its words is known to the other voices?

Asked of short and plain papers: two lines of a trainer's note, four sentences of a small practice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from docscan.extraction.kinds.weighing import Point
from docscan.neural.meaning import Chances, of_lines, of_sentences

_MOST = 60  # lines or sentences
_SAID = 0.6
_HARDLY, _ASKED = 0.1, 0.5
_POINTS = 2.4
_BOUNDARY = re.compile(r"(?<=[.!?;])\s+|\n\s*\n|\n(?=[A-Z][\w /]{0,30}:)|\t|\f")
_CLINICIAN = re.compile(
    r"\bDr\.? [A-Z]|\b(?:M\.?D|D\.?O|N\.?P|P\.?A|DPT|LCSW|RDN?|D\.?C|Ph\.?D|RN|APRN|ARNP|PA-C|FNP)\b|"
    r"\b(?:physician|doctor)\b"
)
_TO_ANOTHER = re.compile(
    r"\bto:? (?:the |his |her |their |our |your )?(?:[\w.]+ )?(?:schools?|teachers?|coach\w*|employers?|jury|court|"
    r"camp|airlines?|landlord|principal|day ?care|gym|insurer|attorney)\b",
    re.IGNORECASE,
)
"""Whom a clinician writes to about other things than an expense."""
_LETTERS = re.compile(r"[^\W\d_]{2}")
_AMOUNT = re.compile(r"\d+[.,]\d\d\b|[$€£]\s?\d")


def points(text: str) -> Iterator[Point]:
    """Evidence for a receipt or a letter; nothing where nobody can say what lines mean."""
    rows = [row.replace("\t", "   ").strip() for row in text.splitlines() if row.strip()][:_MOST]
    lines = of_lines(rows)
    billed = [row for row, said in zip(rows, lines, strict=True) if _any(said, "service", "good", "dues", "prepaid")]
    charged = any(_any(said, "total", "payment", "tax") for said in lines)
    if billed and (charged or any(_AMOUNT.search(row) for row in billed)) and any(map(_has_figure, rows)):
        yield Point("receipt", _POINTS, None)
        return
    if not _CLINICIAN.search(text) or _TO_ANOTHER.search(text):
        return
    sentences = [part for part in (" ".join(s.split()) for s in _BOUNDARY.split(text)) if _LETTERS.search(part)]
    said = of_sentences(sentences[:_MOST])
    asks = _sum(said, "order", "necessity") + _sum(said, "general", "notnecessary", "goal") / 2
    tells = _sum(said, "diagnosis", "link", "risk", "past", "general")
    if asks > _HARDLY and asks + tells >= _ASKED:
        yield Point("lmn", _POINTS, None)


def _sum(said: Sequence[Chances], *labels: str) -> float:
    """How many sentences there are of these labels, as far as is known; a chance that is hardly one counts nothing."""
    return sum(max(one.get(label, 0.0) for label in labels) for one in said if _tells(one, labels))


def _tells(said: Chances, labels: Iterable[str]) -> bool:
    return any(said.get(label, 0.0) > _HARDLY for label in labels)


def _any(said: Chances, *labels: str) -> bool:
    return any(said.get(label, 0.0) >= _SAID for label in labels)


def _has_figure(row: str) -> bool:
    return any(sign.isdigit() for sign in row)
