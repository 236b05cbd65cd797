"""Treatments that are told as going on: what the patient began, and the writer wants kept up; the food that must take
the place of the ordinary kind.

"He began reformer Pilates on 3/11, tolerates it well, and I want this cont'd as treatment": no verb of order governs
the name. It stands where it is told what was begun, in the same sentence as the wish or in the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docscan.extraction.text.instructions import is_instruction
from docscan.extraction.text.lexicon import items_in
from docscan.extraction.text.spans import Span
from docscan.extraction.treatment.naming import kind_known, trimmed
from docscan.reference import item_classes

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_WISHES = (
    r"(?:want\w*|wish\w*|would like|['’]d like|ask\w*|recommend\w*|order\w*|prescrib\w*|support\w*|advis\w*|urg\w+|"
    r"request\w*|propos\w*|please|should|shall|must|will|ought to|(?:is|are) to|needs? to|has to)"
)
_GOES_ON = (
    r"(?:cont(?:inu(?:e[sd]?|ation|ing)|['’]?d|\.)?|"
    r"keep(?:s|ing)? (?:it |this |them |her |him )?(?:on|up|going|at|"
    r"doing)|"
    r"kept (?:up|going|on)|(?:stay|remain)(?:s|ing)? (?:on|with|in|at)|go(?:es)? on|carr(?:y|ied) on|"
    r"stick(?:s|ing)? (?:with|to)|see (?:it|this) through|extend(?:ed)?|prolong(?:ed)?)"
)
_CARRIED = re.compile(rf"\b{_WISHES}\b(?P<between>[^.;:]{{0,60}}?)\b{_GOES_ON}(?!\w)(?P<after>[^.;:]{{0,25}})", _I)
_BEGAN = re.compile(
    r"\b(?:began|begun|starte?d?|starting|commenced|doing|attend\w*|going to|goes to|gets?|getting|receiv\w+|using|"
    r"uses|wear\w*|been (?:on|in)|is (?:on|in)|enrolled in|put (?:him|her|them|\w+\.? \w+|pt|the patient) (?:on|in)|"
    r"joined|taking|having|tried)\b(?![^.;]*\b(?:plateau|without|fail\w+)\b[^.;]*$)[^.;]{0,45}$",
    _I,
)
_WAS_BEGUN = re.compile(
    r"[^.;]{0,25}?\b(?:was|were|has been|have been) (?:\w+ )?(?:begun|started|initiated|commenced)\b", _I
)
_DENIES = re.compile(r"\b(?:not|never|n['’]t|no|cannot|stop\w*|instead|if|unless)\b", _I)
_REST_OF_NAME = re.compile(
    r"(?:-\w+)*(?: (?:rehab\w*|therapy|exercises?|training|program(?:me)?|sessions?|class(?:es)?|lessons?|"
    r"treatments?))*"
)
_NOT_MEANT = frozenset(
    {"drug", "medical_visit", "medical_service", "prior_balance", "tip", "cosmetic", "unspecific", None}
)


def carried_on(text: AnnotatedText) -> Iterator[Span]:
    """The names of treatments that are to go on, and of foods that are to be eaten in place of others."""
    yield from _in_place_of_others(text)
    sentences = text.sentences
    for n, sentence in enumerate(sentences):
        printed = text.flat[sentence.start : sentence.end]
        if is_instruction(printed) or printed.endswith("?") or text.box_state(sentence.start) is False:
            continue
        for cue in _CARRIED.finditer(text.flat, sentence.start, sentence.end):
            if _DENIES.search(cue["between"]) or _DENIES.search(
                text.flat[max(sentence.start, cue.start() - 15) : cue.start()]
            ):
                continue
            begun = _begun(text, Span(sentence.start, cue.start()))
            if begun is None and n and sentence.start - sentences[n - 1].end < _NEXT:
                begun = _begun(text, sentences[n - 1])
            if begun is not None:
                yield begun


_NEXT = 3  # characters between sentences of one paragraph


def _begun(text: AnnotatedText, place: Span) -> Span | None:
    """The last thing that is told there as begun or being done."""
    for span in reversed(items_in(text)):
        if not place.start <= span.start < span.end <= place.end + 1:
            continue
        if item_classes.classify(text[span]) in _NOT_MEANT or not kind_known(text[span]):
            continue
        before = text.flat[place.start : span.start]
        if not (_BEGAN.search(before) or _WAS_BEGUN.match(text.flat, span.end, place.end)):
            continue
        rest = _REST_OF_NAME.match(text.flat, span.end)
        return Span(span.start, rest.end() if rest else span.end)
    return None


_EATS = re.compile(
    r"\b(?:(?:has|have|had|needs?|ought|is|are|obliged|forced) to|must|can(?: only)?|may only|should)\s+(?:only )?"
    r"(?:eat|live on|drink|cook with|buy|use|keep to|stick to)\s+(?:only )?(?P<thing>[^.;:()]{3,80}?)"
    r"(?=\s+(?:in (?:the )?place of|instead of|rather than|and (?:no|not)|not)\b)",
    _I,
)


def _in_place_of_others(text: AnnotatedText) -> Iterator[Span]:
    for found in text.find(_EATS):
        start, end = trimmed(text, *found.span("thing"))
        if item_classes.classify(text.flat[start:end]) == "food" and item_classes.specific(text.flat[start:end]):
            yield Span(start, end)
