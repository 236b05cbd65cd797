"""ICD-9-CM codes, in use before October 2015. Their table is not held here: shape and place must do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docscan.document import Extraction
from docscan.extraction.text.ticking import is_left_blank

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_CODE = re.compile(r"(?<![\w.$/-])(?P<code>\d{3}\.\d{1,2}|V\d{2}\.\d{1,2}|E\d{3}\.\d)(?![\w%]|\.\d)")
_ANCHOR = re.compile(
    r"\bicd[- ]?9(?:[- ]?cm)?\b|\b(?:dx|diagnos[ie]s|diagnosed|assessment|impression|problems?)(?:\s+codes?)?\b",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\s?(?:mg|lbs?|kg|cm|mm|ml|miles?|dollars|°|degrees|bpm|mmhg)\b", re.IGNORECASE)
_REACH = 80  # characters from the label or from the code before it in a list


def icd9_codes(text: AnnotatedText) -> Iterator[Extraction]:
    """diagnosis_code_icd9: behind a label, in brackets behind words, or in a list with such a code."""
    last = -_REACH
    for match in text.find(_CODE):
        start, end = match.span("code")
        before = text.text[max(0, start - _REACH) : start]
        bracketed = re.search(r"[a-z]\s?[(\[]$", before) is not None and text.text[end : end + 1] in set(")],;")
        if _UNIT.match(text.text[end : end + 9]) or is_left_blank(text, start, end):
            continue
        if _ANCHOR.search(before) or bracketed or start - last < _REACH:
            last = end
            yield text.extraction(
                "diagnosis_code_icd9", match["code"], start, end, found_by="diagnoses", strength=0.85,
                assertion=text.assertion_at(start, end),
            )  # fmt: skip
