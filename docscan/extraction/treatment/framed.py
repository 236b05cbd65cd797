"""Products and drugs that no list knows: a proper name that fills the places in which letters speak of what they ask.

"Letter of Medical Necessity for Veltora 10 mg", "treatment with Veltora", "Veltora is medically necessary": one such
place may be filled by anything, two by the same name are no chance. Names of people, plans and illnesses are none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from docscan.extraction.text.lexicon import illnesses_in
from docscan.extraction.text.names import is_of_no_name, people_in
from docscan.extraction.text.spans import Span

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_FEWEST: Final = 2
_NAME = (
    r"(?P<name>(?!(?:Mr|Mrs|Ms|Miss|Dr|Prof)\b)[A-Z][A-Za-z0-9'’-]{2,}(?:[®™])?"
    r"(?:[ ](?:[A-Z][A-Za-z0-9'’-]*|\([a-z]{4,}\))[®™]?){0,3}(?:[ ]\d+(?:\.\d+)?[ ]?(?:mg|mcg|ml|units?))?)"
)
_SAID_BEFORE = re.compile(
    r"\b(?i:necessity (?:for|of)|(?:treat\w*|therapy|managed|infus\w+|inject\w+) (?:with|using)|coverage (?:of|for)|"
    r"cover(?:ing)?|(?:start|begin|place|put|keep|stay|continu)\w*(?: (?:the|my|this|her|him|them|patient)){0,3} on|"
    r"(?:initiat|continu|prescrib|approv|authori[sz]|request|order)\w*|use of|trial of|dose of|need(?:s)? for|"
    r"benefit(?:s|ed)? from|payment for|access to|candidate for)(?: (?:the|a|an|use of|her|his|their))*[ ]" + _NAME
)
_SAID_BEHIND = re.compile(
    _NAME + r"(?:[ ]\([^)\n]{2,40}\))?[ ](?:is|was|remains|will be|has been)[ ](?:\w+[ ]){0,2}?"
    r"(?:necessary|indicated|prescribed|needed|required|appropriate|essential|approved)\b"
)
_NONE = re.compile(
    r"(?:Medicare|Medicaid|FSA|HSA|HRA|IRS|FDA|NPI|DOB|MRN|ICD\S*|CPT\S*|HCPCS|Plan|Blue\b.*|Aetna|Cigna|Humana|"
    r"United\b.*|This|That|These|Those|The|Such|Both|Each|Which|What|Coverage|Treatment|Therapy|Prior|Publication)\b"
)


def named_by_frames(text: AnnotatedText) -> Iterator[Span]:
    """The first place of each name that fills two and more of these places."""
    people = {word.casefold() for p in people_in(text, 0, len(text.flat)) for word in p.name.split()}
    places: dict[str, list[Span]] = defaultdict(list)
    for pattern in (_SAID_BEFORE, _SAID_BEHIND):
        for match in pattern.finditer(text.flat):
            place = Span(*match.span("name"))
            first = text.flat[place.start : place.end].split()[0].strip("®™").casefold()
            if _NONE.match(match["name"]) or first in people or is_of_no_name(first):
                continue
            if not any(span.start < place.end and place.start < span.end for span in illnesses_in(text)):
                places[first].append(place)
    for found in places.values():
        if len({place.start for place in found}) >= _FEWEST:
            yield min(found, key=lambda place: place.start)
