"""Does a letter say of an illness that it is not the reason for what it asks?

"It is not the reason for what follows", "which has nothing to do with this request", "I mention it only for
completeness": the patient may have it, but the letter does not rest on it. What is said must be said of the illness, in
its own clause or as "it" in the next sentences, before another illness is named.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docscan.extraction.text.aftermath import following_sentences, next_named

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_NOT = r"(?:\s+not|n['’]t)"
_THIS = r"(?:this|the|my|our|these|what(?:ever)?|why|any of (?:this|these)|today['’]s|here\b|the present|it)"
_IT = (
    r"(?:\b(?:it|that|this|which|they|these|those|both|neither|(?:that|this|the) (?:diagnosis|label|entry|code|"
    r"finding|illness|condition|problem|one|item|line|note))\s+(?:\w+ly\s+|also\s+|however\s+)?|"
    r"(?:\band|\bbut|[,;(–—-])\s*(?:it\s+)?)"
)
_OPENS = r"^[\s,]*(?:\([^()]*\)\s*|\[[^\]]*\]\s*)?(?:(?:from|of|since|in) [\w ]{2,20} )?"
_WHAT = (
    r"(?:reasons?|subject|basis|purpose|cause|grounds?|object|topic|focus|indication|target|motive|occasion|point|"
    r"concern|business|matter)"
)
_IS_NOT = (
    rf"(?:is|are|was|were){_NOT}\s+(?:at all\s+|in any way\s+)?"
    rf"(?:(?:the|a|any|my|our|part of the|part of my|among the|one of the)\s+(?!only|sole|main|primary|chief)"
    rf"(?:\w+\s+)?{_WHAT}\b(?:\s+(?:for|of|behind|in)\s+{_THIS}|\s+(?:I|we)\b|\s+here\b|\s*[.,;)]|\s*$)|"
    rf"(?:why|what)\s+(?:I|we|this|the|she|he|my|our)\b|"
    rf"(?:being\s+)?(?:treated|addressed|targeted)\s+(?:here|by (?:this|the)|with (?:this|the)|in this)|"
    rf"(?:at issue|relevant|in question|involved|concerned)(?:\s+(?:here|to {_THIS}|in {_THIS}))?)"
)
_NO_PART = (
    rf"(?:(?:has|have|had)\s+(?:nothing|little)\s+to do with\s+{_THIS}|"
    rf"(?:has|have)\s+no\s+(?:bearing|influence|part|place|role)\s+(?:on|in)\s+{_THIS}|"
    rf"plays?\s+no\s+(?:part|role)(?:\s+(?:in|for)\s+{_THIS}|\s+here|\s*[.,;])|"
    rf"(?:does|do|did){_NOT}\s+(?:come into|enter into|bear on|figure in|prompt|drive|motivate|explain|concern)\s+"
    rf"{_THIS}|(?:is|are)\s+(?:entirely\s+|wholly\s+|quite\s+)?(?:unrelated|irrelevant|immaterial|incidental|"
    rf"beside the point|not related)(?:\s+to\s+{_THIS}|\s+here|\s*[.,;)]|\s*$))"
)
_ONLY_TOLD = re.compile(
    r"\b(?:mention|mentioned|note|noted|list|listed|include|included|add|record|recorded)\s+(?:it|that|this|them)?\s*"
    r"(?:here\s+)?(?:only|just|merely|solely|purely)\s+(?:for (?:completeness|the record|the sake of)|so that|"
    r"in passing|because)|\bonly for (?:completeness|the record)\b",
    _I,
)
_OF_ITSELF = re.compile(rf"{_OPENS}(?:{_IS_NOT}|{_NO_PART})", _I)
_OF_IT = re.compile(rf"{_IT}(?:{_IS_NOT}|{_NO_PART})", _I)
_NOT_FOR = re.compile(
    rf"\b(?:is|are|was|were)?{_NOT}?\s*(?:not|nor)\s+(?:asking|writing|prescribing|recommending|ordering)\b[^.;]{{0,30}}"
    r"\bfor (?:it|that|this)\b(?=\s*(?:[.,;]|$))",
    _I,
)


def is_not_the_reason(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether the words behind an illness say that the letter does not rest on it."""
    limit = next_named(text, start, end)
    sentence = text.sentence_at(start)
    own = text.flat[end : max(end, min(sentence.end, limit))].replace("\n", " ")
    if _OF_ITSELF.search(own) or _OF_IT.search(own) or _ONLY_TOLD.search(own) or _NOT_FOR.search(own):
        return True
    following = " ".join(following_sentences(text, sentence.end, limit))
    return any(pattern.search(following) for pattern in (_OF_IT, _ONLY_TOLD, _NOT_FOR))
