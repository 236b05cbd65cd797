"""The reason beside an entry why it does not stand: "(dx withdrawn 2019 after normal spirometry)", "miskeyed 2016".

Under a heading of old problems such a reason still denies what others there merely end: it never was.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docscan.extraction.text.code_shape import CODE_SHAPE

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_WRONGLY = r"(?:in error|by mistake|by accident|mistakenly|erroneously|wrongly)"
_ENTERED = (
    r"(?:keyed|coded|charted|entered|listed|typed|picked|added|recorded|scanned|filed|billed|put|carried|pulled|"
    r"imported|selected|clicked)"
)
_DENIES = re.compile(
    r"(?:(?:mis-?(?:keyed|typed|coded|entered|filed|charted|read|labell?ed|click\w*|print\w*|heard)|mis-?diagnos\w+(?! "
    r"(?:as|for|until|with)\b)|typos?)\b|"
    r"(?:the |this |that )?(?:dx|diagnosis|label|code|entry|suspicion) (?:\w+ )?(?:withdrawn|retracted|rescinded|"
    r"revoked|overturned|refuted|disproved|disproven|reversed|never (?:met|confirmed|proven))\b|"
    r"(?:withdrawn|retracted|rescinded|overturned|refuted) (?:\w+ )?(?:after|by|when|because|as|following|in (?:19|20)"
    r"\d\d|(?:19|20)\d\d)\b|"
    r"(?:\w+ ){1,2}(?:normal|negative|clean)[,;]? (?:and |so )?(?:the )?(?:label|dx|diagnosis|code) (?:was )?"
    r"(?:dropped|removed|withdrawn|deleted)\b|"
    r"(?:pt|patient|she|he|member) (?:is |has |does )?(?:not|never)\b[^;)\n]{0,30}\b(?:remove|delete|disregard|"
    r"ignore)\b|"
    rf"{_ENTERED} (?:\w+ ){{0,3}}?(?:{_WRONGLY}|(?:from|under|to|into|onto|for|in|on) (?:the wrong|another|a different|"
    rf"someone else['’]s|an?other)\b)|{_WRONGLY}\b|"
    r"(?:the )?(?:wrong|an?other|different) (?:patient|pt|chart|person|member)(?:['’]?s)?\b|wrong (?:code|dx|diagnosis|"
    r"entry)\b|"
    r"(?:an? |our |their )?(?:clerical|keying|data[- ]entry|coding|entry|scribe['’]?s?|copy(?:ing)?|template|billing|"
    r"upload|import|transcription|typing|charting) (?:errors?|mistakes?|slips?|artifacts?)\b|"
    r"never (?:\w+ )?(?:had(?: it)?|confirmed|proven|met criteria|diagnosed|true|present)(?=\s*(?:[,.;:)\]]|$))|"
    r"(?:\w+ )?criteria (?:never|not) met\b)",
    _I,
)
_TO_IT = re.compile(
    rf"(?:[\s,–—-]*[(\[]?\s*{CODE_SHAPE}\s*[)\]]?)?(?P<gap>\s*(?:[(\[,;:]|\s[–—-]{{1,2}}\s|—|\t)\s*(?:(?:was|is|were|"
    rf"but|now|"
    r"as|since|later|then|it|old|prior|note|closed|removed|deleted|inactive|resolved|(?:19|20)\d\d)[\s,:;]+){0,4})"
)
_OWN_WORDS = re.compile(
    rf"\s*(?:[(\[–—:-]\s*)?(?:{CODE_SHAPE}[\s,:–—-]+)?[A-Za-z][\w\s'’/,.-]{{2,60}}?\s*(?=[;,(\[\t]|\s[–—-]{{1,2}}\s)"
)
"""The words that a code stands for, before the reason: "J44.9 (COPD; dx withdrawn 2019)"."""


def denied(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether the reason beside an entry says that it never was so."""
    line = text.lines[text.line_index(start)]
    last = line.end
    if "(" in text.flat[end:last] or "[" in text.flat[end:last]:
        last = min(len(text.flat), last + 80)  # brackets may wrap
    stop = re.search(r"\n|[.!?](?=\s|$)", text.flat[end:last])
    said = text.flat[end : end + stop.start()] if stop else text.flat[end:last]
    gap = _TO_IT.match(said)
    if gap is not None and _DENIES.match(said, gap.end()):
        return not _others(text, end, end + gap.end())
    if re.fullmatch(CODE_SHAPE, text.text[start:end]) is None:
        return False
    own = _OWN_WORDS.match(said)
    if own is None:
        return False
    gap = _TO_IT.match(said, own.end())
    return (
        gap is not None and _DENIES.match(said, gap.end()) is not None and not re.search(CODE_SHAPE, said[: gap.end()])
    )


def _others(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether another illness than its own code's is named between."""
    from docscan.extraction.text.illness_phrases import illness_phrases

    return any(start <= name.start < end for name in illness_phrases(text))
