"""How long the letter itself may be used, where it says so: "may not be used for services after September 30, 2025".

That is not the time of the treatment: a letter for twelve months of training may say that it counts for six. A rule of
a plan about letters in general, and a time within which something must be sent in, are none of this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from docscan.document import Json
from docscan.extraction.course.placing import all_times
from docscan.extraction.dates.dates import dates_in

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_LETTER = (
    r"(?:letter(?: of (?:medical )?(?:necessity|need))?|note|lmn|certification|certificate|recommendation|"
    r"authori[sz]ation|approval|statement|document)"
)
_THIS = rf"(?:(?:this|the|my|our|above)\s+(?:[\w-]+\s+){{0,2}}?{_LETTER}|(?:^|(?<=\n))\W*{_LETTER})"
_HOLDS = (
    r"(?:valid|good|effective|in effect|in force|usable|current|active|covers?|applies|apply|supports?|stands?|counts?|"
    r"(?:may|can) be used|use[sd]? (?:is )?(?:limited|restricted) to|runs?|remains?|lasts?)"
)
_ENDS = r"(?:expires?|lapses?|ends?|runs? out|stops? (?:counting|applying)|(?:is|becomes) (?:void|invalid))"
_AFTER = r"(?:after|past|beyond|later than|following)"
_NOT = r"(?:\b(?:not|never|cannot|no longer)|n['’]t)"
_SERVICES = r"(?:services?|purchases?|expenses?|care|items?|anything|sessions?|visits?|dates? of service)"
_TIME = (
    r"(?P<time>)(?=\W{0,3}(?:about |the )?(?:\d|(?-i:[A-Z][a-z]{2,8}\.? \d)|one|two|three|four|six|nine|ten|twelve|"
    r"eighteen|ninety|thirty|an? (?:full |half )?(?:year|month|week)))"
)
_SAYS: tuple[re.Pattern[str], ...] = (
    re.compile(rf"{_THIS}\b[^.;]{{0,40}}?\b{_HOLDS}\b[^.;]{{0,60}}?\b(?:until|till|through|thru|to|before|for|only|"
               rf"on or before|up to|by)\s*:?\s*(?:the\s+)?{_TIME}", _I),
    re.compile(rf"{_THIS}\b[^.;]{{0,30}}?\b{_ENDS}\b\s*(?:on|at|by|in|after|:)?\s*{_TIME}", _I),
    re.compile(rf"{_THIS}\b[^.;]{{0,30}}?\bmust be (?:renewed|updated|replaced|rewritten)\b[^.;]{{0,16}}?"
               rf"\b(?:by|before|on|after|every|in)\s+{_TIME}", _I),
    re.compile(rf"{_THIS}\b[^.;]{{0,30}}?{_NOT}\b[^.;]{{0,70}}?\b{_AFTER}\s+{_TIME}", _I),
    re.compile(rf"{_NOT}\s+(?:be\s+)?(?:use|honou?r|accept|rely on|apply)\s+{_THIS}\b[^.;]{{0,30}}?"
               rf"\b{_AFTER}\s+{_TIME}", _I),
    re.compile(rf"{_NOT}\s+(?:valid|good|effective|in force)\b[^.;]{{0,30}}?\b{_AFTER}\s+{_TIME}", _I),
    re.compile(rf"\b(?:void|invalid|no longer valid)\s+{_AFTER}\s+{_TIME}", _I),
    re.compile(rf"{_SERVICES}\b[^.;]{{0,24}}?\b{_AFTER}\s+{_TIME}(?=[^.;]{{3,40}}\b(?:needs?|requires?|must have|"
               r"calls? for)\b[^.;]{0,12}\bnew (?:letter|note|lmn))", _I),
    re.compile(rf"\bnew (?:letter|note|lmn)\b[^.;]{{0,30}}?\b(?:needed|required|necessary)\b[^.;]{{0,30}}?\b{_AFTER}\s+"
               rf"{_TIME}", _I),
    re.compile(rf"\b{_AFTER}\s+{_TIME}(?=[^.;]{{3,24}},?\s+{_THIS}\b[^.;]{{0,20}}\b(?:not|no longer|n['’]t|void|"
               r"expired?s?|must be renewed))", _I),
    re.compile(rf"{_SERVICES}\b[^.;]{{0,24}}?\bmore than\s+{_TIME}(?=[^.;]{{3,20}}\b{_AFTER}\b[^.;]{{0,24}}"
               rf"\b{_LETTER}\b[^.;]{{0,40}}\b(?:not|need|require))", _I),
    re.compile(r"(?:^|(?<=\n)|(?<=\t)|(?<=[.;] )|(?<=[ ]{2}))\W*valid\b(?:\s+(?:only|from|as|of|the|date|issue|here))*"
               rf"\s+(?:for|until|through|thru)\s*:?\s*{_TIME}", _I),
)  # fmt: skip
"""Each up to where the time begins."""
_OTHERWISE = re.compile(
    r"\b(?:submit\w*|submission|sent in|send|receiv\w+|process\w*|business days|offer|coupon|price|quote|reply|respond|"
    r"appeal|link|password|prescri(?:be|ption) refills?)\b",
    _I,
)
_FAR, _LEAD = 6, 12  # letters between the words and their time ("about"), and such as a length has before its number


class Validity(NamedTuple):
    """`value`: in the shape of a duration."""

    value: Json
    start: int
    end: int


def validity(text: AnnotatedText, written: date | None) -> Iterator[Validity]:
    """What the letter says of its own time; each place once."""
    dates, lengths = dates_in(text), [t for t in all_times(text, written) if t.kind == "duration"]
    seen: set[int] = set()
    for sentence in text.sentences:
        printed = text.flat[sentence.start : sentence.end]
        if _OTHERWISE.search(printed):
            continue
        for pattern in _SAYS:
            found = pattern.search(printed)
            if found is None:
                continue
            at = sentence.start + found.start("time")
            day = next((d for d in dates if at <= d.start <= at + _FAR and d.value), None)
            if day is not None and day.iso is not None and day.start not in seen:
                seen.add(day.start)
                yield Validity({"until": day.iso}, day.start, day.end)
                break
            length = next((t for t in lengths if -_LEAD <= t.start - at <= _FAR), None)
            value = length.value if length is not None else None
            if length is not None and isinstance(value, dict) and "value" in value and length.start not in seen:
                seen.add(length.start)
                yield Validity(value, length.start, length.end)
                break
