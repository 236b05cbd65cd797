"""How does a comparison of administrators look on a page? What the template "comparison" shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docscan.presenting import wording
from docscan.presenting.side_by_side import SideBySide
from docscan.presenting.tones import VERDICT_TONE, tone_of

_SIGNS = {"met": "✓", "not_met": "✕", "uncertain": "?", "not_applicable": "–"}


def comparison_view(
    told: SideBySide, called: Sequence[str] = (), addresses: Mapping[str, str] | None = None
) -> Mapping[str, Any]:
    """A comparison as a page shows it. `called`: the names of a packet's documents. `addresses`: of each one's own
    report."""

    def about(document: int | None) -> str:
        if document is None:
            return "all documents together" if called else ""
        return called[document] if document < len(called) and len(called) > 1 else ""

    return {
        "columns": [
            {
                "title": column.title, "id": column.administrator, "verdict": wording.VERDICT[column.verdict],
                "tone": VERDICT_TONE[column.verdict], "score": column.score,
                "todo": wording.to_do(column.verdict, fix=column.mend, check=column.check),
                "address": (addresses or {}).get(column.administrator, ""),
            }
            for column in told.columns
        ],
        "rows": [
            {
                "rule": row.rule, "title": row.title, "about": about(row.document),
                "cells": [
                    None if cell is None else {
                        "sign": _SIGNS[cell.outcome], "tone": tone_of(cell), "said": wording.OUTCOME[cell.outcome],
                        "severity": wording.SEVERITY[cell.severity], "message": cell.message,
                    }
                    for cell in row.cells
                ],
            }
            for row in told.differing
        ],
        "alike": told.alike,
    }  # fmt: skip
