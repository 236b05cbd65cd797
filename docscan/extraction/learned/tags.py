"""How likely the tagger takes a place for what a field says of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from docscan.extraction.bills.billing import is_billed
from docscan.extraction.text import language

if TYPE_CHECKING:
    from docscan.document import Extraction
    from docscan.extraction.tagger import Tags
    from docscan.extraction.text.annotated import AnnotatedText

LABELS: Final[Mapping[str, tuple[str, ...]]] = {
    "frequency": ("frequency", "count"),
    "duration": ("duration", "start_date", "end_date"),
    "session_length": ("session_length",),
    "treatment": ("treatment",),
    "diagnosis": ("diagnosis",),
    "item": ("item",),
    "patient_name": ("patient",),
    "participant_name": ("participant",),
    "provider_name": ("provider",),
    "signer_name": ("signer",),
    "practice_name": ("practice",),
    "merchant_name": ("merchant",),
}
"""By field the labels of the tagger that speak for it."""

NAMES: Final = tuple(name for name in LABELS if name.endswith("_name"))
_ONE_WORD_DO: Final = frozenset(("item",))
"""Fields whose place holds more than what the label names: a line with its figures."""
_NO_THINGS: Final = frozenset((
    "tip", "shipping", "late_fee", "sign_up_fee", "cancellation_fee", "warranty", "prior_balance",
))  # fmt: skip
"""Lines that the tagger does not learn as items: some bills print them among their lines, most below."""
_MOST = 0.995


def tags_of(text: AnnotatedText) -> Tags | None:
    """All that the tagger says; nothing where there is no model, None where it failed."""
    return text.once("tags", lambda: language.tagged(text.doc))


def chance(text: AnnotatedText, name: str, start: int, end: int) -> float | None:
    """How likely a place is of a field, 0..1; None where the tagger has nothing to say of the field."""
    told, found = tags_of(text), []
    for label in LABELS.get(name, ()):
        words = told.of(label, start, end) if told else ()
        if len(words):
            found.append(float(max(words) if name in _ONE_WORD_DO else sum(words) / len(words)))
    return max(found, default=None)


def odds_at(text: AnnotatedText, name: str, start: int, end: int) -> float:
    """The same as log-odds; 0 where the tagger has nothing to say."""
    sure = chance(text, name, start, end)
    sure = 0.5 if sure is None else min(_MOST, max(1 - _MOST, sure))
    return math.log(sure / (1 - sure))


def odds_of(text: AnnotatedText, one: Extraction) -> float:
    """The same of a value at the place that the tagger likes best; 0 where it has nothing to say."""
    fee = one.name == "item" and isinstance(one.value, Mapping) and one.value.get("class") in _NO_THINGS
    sells = one.name == "merchant_name" and not is_billed(text)  # who signs a letter and sells what it is for
    if one.assertion != "stated" or fee or sells:
        return 0.0
    places = [(e.start, e.end) for e in one.evidence if e.start is not None and e.end is not None]
    return max((odds_at(text, one.name, *place) for place in places), default=0.0)
