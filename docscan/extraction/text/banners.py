"""Where does a chart's banner name the patient? "ROE, ANA M   MRN 0088213   F/44" over a printed page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docscan.extraction.text.names import Person, last_first_at

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_CHARTED = re.compile(
    r"(?:mrn|acct|account|chart|dob|d\.o\.b\.?|id|pt|guar)\b.*\d.*|(?:male|female|[fm])(?: ?[/,] ?\d{1,3} ?y?\w*)?|"
    r"\d{1,3} ?y?(?:rs?|/o|o)?(?: ?[/,]? ?[fm])?",
    _I,
)
"""What a chart's banner tells of a patient beside the name."""
_LAST_FIRST = re.compile(r"[A-Z][A-Za-z'’-]+, ?[A-Z][A-Za-z'’-]+(?: [A-Z][A-Za-z'’-]*\.?)?")
_ROWS = 4


def bannered(text: AnnotatedText) -> Person | None:
    """The person whom a chart's banner names; None where no page begins with one."""
    for line in text.lines[:_ROWS]:
        cell, *others = line.cells
        told = [other.text for other in others if _CHARTED.fullmatch(other.text.strip())]
        if _LAST_FIRST.fullmatch(cell.text.strip()) is not None and any(c.isdigit() for c in "".join(told)):
            return last_first_at(text, cell.start, cell.end)
    return None
