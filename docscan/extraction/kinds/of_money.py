"""Which kinds of document are about money, and whether a document is one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docscan.document import Kind

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

BILLS: Final[frozenset[Kind]] = frozenset(("receipt", "superbill", "eob", "estimate", "statement", "card_slip"))
_SURE = 0.6


def is_bill(text: AnnotatedText) -> bool:
    """Whether a document is most likely about money."""
    return text.kind[0] in BILLS


def is_surely_bill(text: AnnotatedText) -> bool:
    """Whether it is so likely that nothing of a letter is to be looked for."""
    return is_bill(text) and text.kind[1] >= _SURE
