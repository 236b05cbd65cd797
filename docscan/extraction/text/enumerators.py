"""What numbers the questions, entries and sections of a form or a list: "2f.", "(a)", "IV)", "Section 3 -", "Q4:"."""

from __future__ import annotations

ENUMERATOR = (
    r"(?:(?:section|part|step|item|box|question)\s+\#?|q\s?)?"
    r"[(\[]?(?:\d{1,2}(?:\.\d{1,2}|[a-z])?|[a-z]\d?|[ivx]{1,4})(?:[.)\]:]|\s?[-–—](?=\s))"
)
"""A pattern for one of them (ignoring case)."""
