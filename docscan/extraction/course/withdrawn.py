"""What an earlier letter or order said that this one replaces: it is told only so as to be taken back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.spans import Span

_I = re.IGNORECASE
_PAPER = (
    r"(?:letters?|ones?|orders?|prescriptions?|referrals?|notes?|lmns?|forms?|versions?|scripts?|requests?|"
    r"certifications?|recommendations?|plans?)"
)
_EARLIER = r"(?:earlier|previous|prior|first|original|initial|old|former|last|incorrect|wrong|superseded)"
_REPLACED = re.compile(
    rf"\b(?:replac|supersed|correct|amend|disregard|cancel|rescind|void|withdr[ae]w|revok|revis|instead\s+of|"
    rf"in\s+place\s+of)\w*\s+"
    rf"(?:and\s+\w+\s+)?(?:the|my|our|any|all|that|this)\s+(?:[\w’']+\s+){{0,4}}?{_PAPER}\b(?=.*?\b(?:which|that|where|"
    rf"for|giving|listing|stating|asking|requesting|calling|saying|showing|with|at)\b)",
    _I | re.DOTALL,
)
"""Of "replaces the one of January 6, which gave the schedule as"."""
_SAID_BEFORE = re.compile(
    rf"\b(?:the|my|our|an?)\s+{_EARLIER}\s+(?:\w+\s+){{0,2}}?{_PAPER}\b[^.;]{{0,40}}?\s"
    r"(?:(?:had\s+|has\s+)?(?:mistakenly\s+|wrongly\s+|incorrectly\s+|erroneously\s+)?(?:gave|given|listed|stated|said|"
    r"asked|requested|showed|shown|read|called|specified|ordered|prescribed|recommended|indicated|wrote|written|named|"
    r"contained|put|mentioned|had)|was\s+(?:for|written))\b",
    _I,
)
_IN_ERROR = re.compile(
    r"\b(?:in\s+error|by\s+mistake|mistakenly|erroneously|incorrectly|wrongly)\b|\bshould\s+(?:have\s+)?(?:read|said|be(?:en)?)\b",
    _I,
)
_TAKEN_BACK = re.compile(
    r"\W*(?:(?:that|this|it|which|the\s+(?:schedule|frequency|duration|number|length)s?)\s+(?:was|were|is|are)\s+(?:an?\s+"
    r"|my\s+|our\s+|the\s+)?(?:\w+\s+){0,2}?(?:errors?|mistakes?|typos?|incorrect|wrong|withdrawn|cancell?ed|void|"
    r"superseded|no\s+longer\s+(?:valid|correct|in\s+effect))\b)",
    _I,
)
_NOW = re.compile(
    r"\b(?:now|instead|corrected\s+to|should\s+(?:have\s+)?(?:read|said|be(?:en)?)|rather|(?:is|are)\s+changed\s+to|"
    r"and\s+(?:i\s+)?(?:prescribe|order|recommend|request)s?)\b",
    _I,
)


def is_withdrawn(text: AnnotatedText, sentence: Span, before: str) -> bool:
    """Whether a time, with `before` as its sentence up to it, is an earlier letter's that this one takes back."""
    told = max((m.end() for m in (_REPLACED.search(before), _SAID_BEFORE.search(before)) if m), default=None)
    if told is not None:
        return _NOW.search(before, told) is None
    printed = text.flat[sentence.start : sentence.end]
    wrong = _IN_ERROR.search(printed)
    if wrong and re.search(rf"\b{_PAPER}\b", before[: wrong.start()], _I) and len(before) < wrong.start():
        return _NOW.search(before) is None
    following = text.flat[sentence.end : sentence.end + _NEAR]
    return _TAKEN_BACK.match(following) is not None and _NOW.search(before) is None


_NEAR = 80  # characters


_DEAD = r"discontinued|d/?c['’]?e?d|cancel(?:l?ed)|voided|superseded|expired|completed|inactive|replaced|on hold|ended"
_LIVE = r"active|current|new|open|in effect|signed|pending|ordered|renewed|reordered"
_STATUS = re.compile(
    rf"(?:^|\n)[ \t]*(?:[\[(*]+\s*(?:(?P<dead>{_DEAD})|(?:{_LIVE}))\b[^\])*\n]{{0,30}}[\])*]+|"
    rf"(?:order )?status\s*[:|]?\s*(?:(?P<dead2>{_DEAD})|(?:{_LIVE}))\b|"
    rf"(?-i:(?P<dead3>DISCONTINUED|CANCELL?ED|EXPIRED|SUPERSEDED|INACTIVE|D/C['’]?D)|(?:ACTIVE|CURRENT|NEW ORDER))"
    rf"(?=\s*(?:[:–-]|\s\d|\n|$|(?-i:ORDERS?)\b))|"
    rf"[^\n]{{2,60}}[\[(](?:(?P<dead4>{_DEAD})|(?:{_LIVE}))(?:\s[^\])\n]{{0,20}})?[\])]\s*(?=\n|$))",
    _I,
)
"""What a chart prints of an order: "[DISCONTINUED 05/14/2024]", "Status: Active"."""
_BLANK = re.compile(r"\n[ \t]*\n|\f")


def is_of_a_dead_order(text: AnnotatedText, at: int) -> bool:
    """Whether the order at a place is no longer in force."""
    statuses = text.once("orders' statuses", lambda: list(_STATUS.finditer(text.text)))
    if not statuses:
        return False
    blanks = [m.end() for m in _BLANK.finditer(text.text)]
    begin = max((one for one in blanks if one <= at), default=0)
    end = min((one for one in blanks if one > at), default=len(text.text))
    inside = [m for m in statuses if begin <= m.end() and m.start() < end]
    over = [m for m in inside if m.start() <= at]
    ruling = over[-1] if over else inside[0] if inside else None
    return ruling is not None and any(ruling.groupdict().values())
