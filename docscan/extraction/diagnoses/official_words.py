"""The official description of a code, where it is printed beside it: whole, however it is wrapped or shortened."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from docscan.document import Extraction
from docscan.reference import icd10cm

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_WORD: Final = re.compile(r"w/o|w/|[a-z0-9]+(?:\.\d+)?", re.IGNORECASE)
_GAP: Final = re.compile(r"[ \n,;()\[\]/'’.-]{0,4}")
_LEAD: Final = re.compile(r"\s*[)\]]?[ \t]*[:–—|=-]{0,2}[ \t]*[(\[]?")
_FEWEST = 2  # words; of a description of one word, that one
_SHORTENED: Final = {
    "w/o": "without", "w": "with", "w/": "with", "unsp": "unspecified", "unspec": "unspecified", "oth": "other",
    "dis": "disease", "disord": "disorder", "lt": "left", "rt": "right", "bilat": "bilateral", "chr": "chronic",
    "nos": "unspecified", "mod": "moderate", "sev": "severe", "recur": "recurrent", "dep": "depressive",
}  # fmt: skip


def official_words(text: AnnotatedText, end: int, last: int, code: Extraction) -> tuple[int, int] | None:
    """Where the first words of a code's official description stand right behind the code, up to the last that is of
    it; `last` is where the next code begins. Part of a line that goes on otherwise is no description."""
    told = code.resolved or {}
    if code.value is None or "valid_on" not in told:
        return None
    description = icd10cm.look_up(str(code.value), date.fromisoformat(str(told["valid_on"]))).description
    lead = _LEAD.match(text.text, end, last)
    official = [m.group().lower() for m in _WORD.finditer(description or "")]
    if not official or lead is None:
        return None
    begins = at = lead.end()
    count = 0
    for word in official:
        printed = _WORD.match(text.text, at, last)
        if printed is None or _SHORTENED.get(printed.group().lower(), printed.group().lower()) != word:
            break
        count, ends = count + 1, printed.end()
        gap = _GAP.match(text.text, ends, last)
        at = gap.end() if gap else ends
    if count < min(_FEWEST, len(official)):
        return None
    closing = text.text[ends : ends + 1] if count == len(official) else ""
    open_bracket = text.text[begins:ends].count("(") > text.text[begins:ends].count(")")
    if closing in ")]" and closing and open_bracket:
        ends += 1
    return (begins, ends) if count == len(official) or _ends_here(text, ends, last) else None


def _ends_here(text: AnnotatedText, ends: int, last: int) -> bool:
    """Whether nothing more of the line belongs to the words: it ends, or a sign closes them."""
    return re.match(r"[ \n]*$|\n\s*[A-Z\d•*(-]|\s*(?:[\t;|.]|\s[–—-]\s| {3})", text.text[ends:last]) is not None
