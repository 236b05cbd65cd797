"""What is said of an illness in general, of people who have it, or by the literature: nobody's own illness."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_PEOPLE = (
    r"(?:people|persons|patients|individuals|adults|children|adolescents|those|women|men|athletes|survivors|sufferers|"
    r"populations?|seniors|americans|anyone|someone|everyone)"
)
_OF_PEOPLE = re.compile(rf"\b{_PEOPLE} (?:\w+ ){{0,2}}?(?:with|who|living|suffering|affected|over|aged)\b[^.;]*$", _I)
_IN_PEOPLE = re.compile(rf"\s*(?:\w+ )?(?:in|among) (?:\w+ )?{_PEOPLE}\b(?! (?:such as|like) (?:her|him|mine))", _I)
_OF_DISEASE = re.compile(
    r"\b(?:(?:can|may|might|could|will often) (?:\w+ )?(?:cause|lead|result|trigger|progress|contribute|increase|"
    r"worsen|"
    r"help|improve|reduce|prevent)|(?:leading|common|major|known|frequent|main|important) (?:cause|risk factor|"
    r"predictor|"
    r"complication)s?|complications? (?:of [\w ]{3,40} )?(?:include|are)|(?:are|is) (?:prone|at (?:\w+ )?risk|"
    r"predisposed|associated|linked|known to|shown to)|(?:has|have) been (?:shown|proven|found|demonstrated|linked|"
    r"associated)|(?:studies|research|literature|evidence|trials?|guidelines?|meta-analys[ie]s|reviews?) (?:\w+ )?"
    r"(?:shows?|shown|suggests?|demonstrates?|demonstrated|supports?|finds?|found|recommends?|indicates?|confirms?)|"
    r"affects? (?:\w+ ){0,3}(?:million|percent|%|people|adults)|increases? the risk)\b",
    _I,
)
_OF_THE_PATIENT = re.compile(
    r"\b(?:she|he|her|his|him|hers|my|the patient|this patient|our patient|pt|mr|mrs|ms|miss|client|member|veteran|"
    r"claimant|the child|this child|year[- ]old|diagnosed|yo|y/o)\b",
    _I,
)
_REFERENCE = re.compile(
    r"\bet al\b|\b(?:19|20)\d\d;\s?\d+|\bdoi\b|\b(?:N Engl J|Lancet|JAMA|BMJ|Cochrane|J [A-Z][a-z]+ ?[A-Z]?|"
    r"Arch [A-Z])|"
    r"\b\d{1,3}\(\d{1,2}\):\s?\d|[Rr]andomi[sz]ed|[Ss]ystematic review|[Mm]eta-analysis"
)


def is_general(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether a name that stands in a sentence is told of an illness as such, and not of the patient."""
    line = text.lines[text.line_index(start)]
    if _REFERENCE.search(text.text, line.start, line.end) and not _OF_THE_PATIENT.search(
        text.text, line.start, line.end
    ):
        return True
    sentence = text.sentence_at(start)
    if re.search(r"[A-Z]\d[0-9A-Z]\.\d", text[sentence]):
        return False  # what has a code is somebody's
    printed = text.flat[sentence.start : sentence.end]
    if _OF_THE_PATIENT.search(printed):
        return _OF_PEOPLE.search(text.flat, max(sentence.start, start - 30), start) is not None and not re.search(
            r"\b(?:she|he|her|his|patient)\b", text.flat[max(sentence.start, start - 30) : start], _I
        )
    return bool(
        _OF_PEOPLE.search(text.flat, sentence.start, start)
        or _IN_PEOPLE.match(text.flat, end, sentence.end)
        or re.search(rf"\bin {_PEOPLE}\b", text.flat[start:end], _I)
        or _OF_DISEASE.search(printed)
    )
