"""Where a document names conditions, and where it names things and services that one can buy.

The names come from `docscan.reference`; spaCy's PhraseMatcher finds them whatever their case. Abbreviations count in
capitals only.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from spacy.matcher import PhraseMatcher

from docscan.extraction.text.language import language
from docscan.extraction.text.spans import Span
from docscan.reference import conditions, item_classes

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_SHORT = 6  # letters of an abbreviation


def conditions_in(text: AnnotatedText) -> tuple[Span, ...]:
    """Names of conditions, of overlapping ones the longest, in order."""
    return text.once("conditions", lambda: _found(text, _conditions()))


def illnesses_in(text: AnnotatedText) -> tuple[Span, ...]:
    """As `conditions_in`, without goals ("weight loss", "get fit") that a letter may name in a diagnosis' place."""
    return text.once(
        "illnesses",
        lambda: tuple(
            s for s in conditions_in(text) if conditions.classify(text[s]).specificity in {"named", "vague", "coded"}
        ),
    )


def items_in(text: AnnotatedText) -> tuple[Span, ...]:
    """Names of things and services, of overlapping ones the longest, in order."""
    return text.once("items", lambda: _found(text, _items()))


def _found(text: AnnotatedText, matcher: PhraseMatcher) -> tuple[Span, ...]:
    doc = text.once("flat tokens", lambda: language().make_doc(text.flat))  # a name may wrap
    spans = []
    for key, first, last in matcher(doc):
        span = doc[first:last]
        if doc.vocab.strings[key] == "capitals" and not any(word.isupper() for word in span.text.split()):
            continue
        if "\n\n" not in span.text and "\t" not in span.text:
            spans.append(Span(span.start_char, span.end_char))
    kept: list[Span] = []
    for span_ in sorted(set(spans), key=lambda s: (s.start - s.end, s.start)):
        if not any(span_.start < other.end and other.start < span_.end for other in kept):
            kept.append(span_)
    return tuple(sorted(kept))


@cache
def _conditions() -> PhraseMatcher:
    return _matcher(name for name in conditions.names() if len(name) > 1)


@cache
def _items() -> PhraseMatcher:
    unspecific = {
        "unspecific",
        "tip",
        "late_fee",
        "shipping",
        "prior_balance",
        "warranty",
        "sign_up_fee",
        "cancellation_fee",
    }
    return _matcher(phrase.text for phrase in item_classes.phrases() if phrase.item_class not in unspecific)


def _matcher(names: Iterable[str]) -> PhraseMatcher:
    nlp = language()
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    words, capitals = set(), set()
    for name in names:
        bare = name.partition("(")[0].strip()
        if not bare:
            continue
        if bare.isupper() and len(bare) <= _SHORT:
            capitals.add(bare)
            continue
        words.add(bare)
        if bare[-1].isalpha() and bare[-1] not in "sS":
            words.add(bare + "s")
    matcher.add("words", [nlp.make_doc(name) for name in sorted(words)])
    matcher.add("capitals", [nlp.make_doc(name) for name in sorted(capitals)])
    return matcher
