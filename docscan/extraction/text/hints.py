"""What a form prints in brackets beside a question to show how it is to be answered: nobody's answer.

"Diagnosis (e.g., hypertension):", "How long? (not to exceed 12 months)", "Give the frequency (for instance, weekly)".
Such a bracket shows an example or sets a limit, and stands in a label, behind a question, or in a sentence that tells
what to write. What somebody adds in brackets to a value ("stockings (max. 20 mmHg)") is no hint.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docscan.extraction.text.asking import asks_for_treatment
from docscan.extraction.text.known_labels import KNOWN_LABEL
from docscan.extraction.text.spans import Span

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_BRACKET = re.compile(r"[(\[](?P<inner>[^()\[\]\n]{2,100}(?:\([^()\n]{0,40}\)[^()\n]{0,40})?)[)\]]")
_EXAMPLE = re.compile(
    r"\W*(?:e\.?\s?g\b|ex\b\W|for (?:example|instance)\b|(?:an )?examples?\b|such as\b|like\b|as in\b)", _I
)
_LIMIT = re.compile(
    r"\b(?:(?:not|never) (?:to|be|more|longer|over|beyond|greater)|(?:may|can|must|should|do) ?not (?:exceed|"
    r"be)|cannot|"
    r"no (?:more|longer|greater) than|exceed\w*|max(?:imum|\b)|min(?:imum)?\b|at (?:most|least|longest)|up to|limit\w*|"
    r"less than|under|within|longest|allowed|\d{1,2}\s?(?:to|-|–)\s?\d{1,2}(?:\s?(?:days?|weeks?|months?|"
    r"years?))?\s*$)",
    _I,
)
_ASKS = re.compile(
    r"\b(?:diagnos\w+|conditions?|illness(?:es)?|disease|problem|icd\W?(?:10)?|codes?|how (?:long|often|many|much)|"
    r"duration|lengths?|period|term|frequency|times?|months?|weeks?|years?|dates?|dos(?:e|age)|directions?|schedule|"
    r"needed|required|supplement|strength|medication|product)\b",
    _I,
)
_TELLS_TO = re.compile(
    r"\W*(?:instructions?\W+|note\W+|tip\W+|\(?\w{1,2}[.)]\s+)*(?:please\s+)?(?:give|state|name|list|write|describe|enter|"
    r"indicate|specify|include|provide|use|tell|put|print|show|(?:an?|the) (?:specific|exact|precise|full|clear)|"
    r"do not|avoid)\b",
    _I,
)
_BEHIND = re.compile(r"\s*(?:[:?]|_{2,}|\.{3,}|…|$)")
_WORDS = 16  # of a question


def in_hint(text: AnnotatedText, offset: int) -> bool:
    """Whether an offset stands in a bracket that only shows how a form is to be answered."""
    return any(span.start <= offset < span.end for span in hints(text))


def hints(text: AnnotatedText) -> tuple[Span, ...]:
    """The brackets of the document that show an example or set a limit for an answer."""
    return text.once("hints", lambda: tuple(Span(*m.span()) for m in text.find(_BRACKET) if _is_hint(text, m)))


def _is_hint(text: AnnotatedText, bracket: re.Match[str]) -> bool:  # noqa: PLR0911 - one place after another
    shows = _EXAMPLE.match(bracket["inner"]) is not None
    if not shows and not _LIMIT.search(bracket["inner"]):
        return False
    cell = text.cell_at(bracket.start())
    if cell is None:
        return False
    sentence = text.sentence_at(bracket.start())
    if shows and _TELLS_TO.match(text.flat, sentence.start, bracket.start()):
        return True
    before = text.text[cell.start : bracket.start()].strip()
    if before.endswith("?"):
        return True
    opening = re.split(r"[.;]\s|[:?]\s+", before)[-1]
    if not opening or len(opening.split()) > _WORDS or re.search(r"\d{2}", re.sub(r"(?i)icd\W*10", "", opening)):
        return False
    closed = _BEHIND.match(text.text, bracket.end(), cell.end)
    if closed is None:
        return False
    asks = _ASKS.search(opening) is not None or asks_for_treatment(opening)
    return asks and (bool(closed.group().strip()) or _is_a_label(opening, shows=shows))


def _is_a_label(words: str, *, shows: bool) -> bool:
    """Whether words that nothing closes are a label, and no value with a remark."""
    bare = re.sub(r"^\W*(?:\w{1,2}[.)]\s+)?", "", words)
    return shows or KNOWN_LABEL.fullmatch(bare) is not None or len(bare.split()) <= _SHORT


_SHORT = 8  # words of a label
