"""ICD-9-CM codes, in use before October 2015. Their table is not held here: shape and place must do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docscan.document import Extraction
from docscan.extraction.text.illness_phrases import illness_phrases
from docscan.extraction.text.ticking import is_left_blank

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_CODE = re.compile(r"(?<![\w.$/-])(?P<code>\d{3}\.\d{1,2}|V\d{2}\.\d{1,2}|E\d{3}\.\d)(?![\w%]|\.\d)")
_ANCHOR = re.compile(
    r"\bicd[- ]?9(?:[- ]?cm)?\b|\b(?:dx|diagnos[ie]s|diagnosed|assessment|impression|problems?)(?:\s+codes?)?\b",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\s?(?:mg|lbs?|kg|cm|mm|ml|miles?|dollars|°|degrees|bpm|mmhg)\b", re.IGNORECASE)
_LISTED = 60  # characters of words between two codes of one list
_TOLD = re.compile(r"[.]\s|\n\n|\b(?:wt|weight|bp|copay|glucose|total|fee|paid|score|temp)\b", re.IGNORECASE)


def _in_list(between: str) -> bool:
    """Whether what stands between two codes parts the entries of one list."""
    return len(between) < _LISTED and not _TOLD.search(between)


_GAP = re.compile(r"[ \t]*[:–—=-]?[ \t]*(?=[^\W\d])")
_GAP_BEFORE = re.compile(r"(?<=[a-z])[ \t]*[:,–—=-]?[ \t]*$")
_GAP_WIDTH = 6
_REACH = 80  # characters from the label or from the code before it in a list


def icd9_codes(text: AnnotatedText) -> Iterator[Extraction]:
    """diagnosis_code_icd9: behind a label, in brackets, beside an illness, or in a list with such a code."""
    last = -1
    names = illness_phrases(text)
    begins, ends = {name.start for name in names}, {name.end for name in names}
    for match in text.find(_CODE):
        start, end = match.span("code")
        before = text.text[max(0, start - _REACH) : start]
        bracketed = re.search(r"[a-z]\s?[(\[]$", before) is not None and text.text[end : end + 1] in set(")],;")
        if _UNIT.match(text.text[end : end + 9]) or is_left_blank(text, start, end):
            continue
        behind = _GAP.match(text.text, end)
        ahead = _GAP_BEFORE.search(text.text, max(0, start - _GAP_WIDTH), start)
        named = (behind is not None and behind.end() in begins) or (ahead is not None and ahead.start() in ends)
        if _ANCHOR.search(before) or bracketed or named or (last >= 0 and _in_list(text.text[last:start])):
            last = end
            yield text.extraction(
                "diagnosis_code_icd9", match["code"], start, end, found_by="diagnoses", strength=0.85,
                assertion=text.assertion_at(start, end),
            )  # fmt: skip
