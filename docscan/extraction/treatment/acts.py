"""Treatments told by an act rather than by an order: "I am sending her for ...", "he is to wear ...", "Enrol in ...".

Three acts name a treatment: somebody brings the patient to it, the patient is to have, wear or use it, or the writer
says that nothing takes its place. What they govern is the treatment, in whatever words; an errand, a place or a person
that they may govern as well is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docscan.extraction.course.prescribing import HEAD, object_after, reported
from docscan.extraction.text.instructions import is_instruction
from docscan.extraction.text.month_names import MONTH, WEEKDAY
from docscan.extraction.text.relatives import COMPANIONS, ELDERS, FAMILY, any_of
from docscan.extraction.text.spans import Span
from docscan.extraction.text.titles import COURTESY
from docscan.extraction.treatment.naming import kind_known, names_treatment, narrowed
from docscan.reference import item_classes

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_WHO = (
    r"(?:him|her|them|(?:the|my|this|our) (?:patient|client|woman|man|boy|girl|child|lady|gentleman)|"
    rf"{COURTESY} (?-i:[A-Z])[\w'’-]+|(?-i:[A-Z][a-z'’-]+(?: [A-Z][a-z'’-]+)?))"
)
_TO_HAVE = (
    r"to (?:have|get|receive|undergo|do|use|wear|attend|join|begin|start|take up|take part in|enter|try|go to|go for|"
    r"sleep (?:on|in|with)|sit on|stand at|walk with|work with|be (?:fitted|seen|treated|set up) (?:with|for|by))"
)
_BRINGING = (
    r"(?:send|gett|hav|start|putt|plac|enroll|enrol|book|sign|sett|fitt|mov|refer|direct|transition|schedul)(?:r)?ing"
)
_BROUGHT = r"(?:put|started|placed|enrolled|booked|signed|set|fitted|moved|scheduled|asked|told|instructed)"
_BY_WAY_OF = (  # "to a hand therapist for", "in with the dietitian for"
    r"(?:to|in with|with)\s+(?:(?!for\b)[\w.'’-]+[ ,]+){1,6}?for\s+"
)
_LINK = rf"(?:{_BY_WAY_OF}|(?:up\s+)?(?:to|for|on|in|into|with|do|doing|use|using|wear|wearing)\s+|{_TO_HAVE}\s+)"
_WISH = r"(?:would|'d|’d|do|i'll|we'll)\s+(?:\w+\s+){0,2}?(?:like|prefer|want|let|have)"
_UNDERTAKE = (
    r"(?:undertake|use|wear|attend|begin|start|receive|have|do|obtain|take up|take part in|enroll? in|join|"
    r"continue(?: with)?|sleep on|undergo|get|acquire|go to|work with)"
)
_GOVERNS = re.compile(
    rf"\b(?:(?:am|are|'m|’m|'re|’re|will be)\s+(?:\w+\s+)?{_BRINGING}\s+{_WHO}\s+{_LINK}|"
    rf"(?:have|'ve|’ve)\s+(?:\w+\s+)?{_BROUGHT}\s+{_WHO}\s+{_LINK}|"
    rf"(?:have|has|got)\s+{_WHO}\s+{_BROUGHT}\s+{_LINK}|"
    rf"(?:has|'s|’s|have|'ve|’ve|is|are)\s+(?:now\s+)?be(?:en|ing)\s+{_BROUGHT}\s+(?:up\s+)?(?:with|on|for|in|into)\s+|"
    rf"(?:{_WISH}|want|wants|need|please (?:have|let|get))\s+{_WHO}\s+(?:{_TO_HAVE}|have|get|do|use|wear|attend|"
    rf"(?:fitted|set up|seen|treated) (?:with|for|by)|in|into|on)\s+|"
    rf"(?:is|are|ought) {_TO_HAVE}\s+|"
    rf"(?:directed|instructed|asked|arranged|requested|specified|determined|decided|direct|instruct|ask|request) that "
    rf"(?:{_WHO}|he|she|they) (?:should |shall )?{_UNDERTAKE}\s+|"
    rf"(?:is|are|has been|have been) (?:hereby )?(?:directed|instructed|asked|advised|told|ordered|urged|encouraged)"
    rf"(?: by (?:me|us|(?:my|our|this|the) (?:office|clinic|practice|team)|Dr\.? [\w'’-]+),?)? to {_UNDERTAKE}\s+|"
    rf"(?:was|were) (?:directed|instructed|asked|advised|told|ordered|urged|encouraged) by (?:me|us|(?:my|our|this) "
    rf"(?:office|clinic|practice|team)) to {_UNDERTAKE}\s+|"
    rf"\b(?:i|we) (?:have |['’]ve )?(?:\w+ly )?(?:told|directed|instructed|advised|counsell?ed|encouraged|"
    rf"urged) {_WHO} "
    rf"to (?:{_UNDERTAKE}|buy|purchase|pick up|order)\s+|"
    rf"(?:would|will|should|could|stands to) (?:do (?:\w+ )?(?:well|best|better) (?:with|on|in)|"
    rf"be (?:\w+ )?served by|profit from|"
    rf"gain (?:\w+ )?from|be (?:much )?helped by|be better off (?:with|on|in))\s+|"
    rf"(?:will|'ll|’ll) be (?:going (?:to|for)|doing|using|wearing|attending|seen for|having|getting|starting)\s+|"
    rf"what (?:will|would|should|is going to|is) (?:\w+ )?(?:help|serve|work for|do|suit|asked for|called for|wanted) ?"
    rf"(?:{_WHO} )?(?:most |best )?is\s+|"
    rf"the (?:answer|remedy|right (?:thing|tool|treatment)|solution|treatment of choice) (?:for|to|in) "
    rf"(?:[\w'’-]+ ){{1,5}}?is\s+|"
    rf"(?:care|condition|case|illness|disease|disorder|injury|situation|diagnosis) calls for\s+|"
    rf"(?:treatment|therapy|regimen|remedy|order) (?:shall|will|is to) be\s+|"
    rf"no (?:\w+ )?(?:substitute|alternative|replacement|stand-in) (?:for|to)\s+|"
    rf"(?:cannot|can't|can’t|can not|could not|couldn't) (?:do|manage|get by|get along|be|live|go|function|cope) "
    rf"without\s+)",
    _I,
)
_ORDERED = re.compile(  # an order in the imperative opens a sentence or a line
    r"(?:(?<=^)|(?<=[.:;\n•*-]))[ \t]*(?:please\s+)?(?P<verb>enroll? (?:\w+ )?in|start|begin|initiate|trial(?: of)?|fit"
    r"(?: \w+)? with|dispense(?! as\b)|issue|supply(?: with)?|furnish(?: with)?|get (?:\w+ )?(?:into|on|started on)|"
    r"continue(?: with)?|renew(?:al of)?|resume|extend|"
    r"arrange(?: for)?)\s*:?\s+(?:\d+ (?:pairs?|sets?|units?|boxes) of )?",
    _I,
)
_GIVES_THINGS = re.compile(r"dispense|issue|supply|furnish|fit", _I)
_BESIDE_WHOM = re.compile(r"\s+(?:with|at|by) (?:our|my|an?|the|your|his|her) ", _I)
_CONTINUES = re.compile(r"continue", _I)
_FOUND_SO = re.compile(
    r"\b(?:i|we|undersigned)\s+(?:\w+ly\s+|do\s+|would\s+)?(?:consider|find|deem|hold|judge|regard|call|think|"
    r"believe)\s+"
    r"(?P<thing>(?:[\w'’/-]+\s+){1,7}?)(?:to be\s+|as\s+)?(?:\w+ly\s+)?"
    r"(?:necessary|indicated|essential|indispensable|imperative|vital|needed|required)\b",
    _I,
)
_NO_TREATMENT = re.compile(
    rf"(?:\b(?:{MONTH}|{WEEKDAY}s?|{any_of(*FAMILY, COMPANIONS)})|"
    r"\b(?:(?<!standing )(?<!stand )(?<!treadmill )desk|office|opinion|list|room|hospital|clinic|er|ed|school|work|"
    r"home|bed|leave|time|patience|rest|sleep|"
    r"pain|"
    r"care|caution|test|tests|testing|scan|x-?rays?|mri|ct|labs?|evaluation|assessment|consult\w*|appointment|visit|"
    r"follow-?up|surgery|admission|family|help|water|food|coffee|"
    r"phone|front|left|right|side|hands?|limits?|balance|breath|falls?|falling|fear|morning|week|month|track|record|"
    r"effort|attention|stopping|cloth(?:es|ing)|shirts?|shorts|sneakers|"
    r"signature|copy|questions?|hydration|fluids?|mri|biopsy|letter|form|it|me|us|"
    r"you|him|her|them|this|that|these|those|regimen|medications?|walking|standing|sitting|relief|comfort|sight|air))$",
    _I,
)
_NOT_PRESCRIBED = frozenset({"medical_visit", "cosmetic", "tip", "food"})
_ELSEWHERE = re.compile(rf"\b(?:last|ago|yesterday|{ELDERS}|roommate|if|unless)\b", _I)


def acted_for(text: AnnotatedText) -> Iterator[tuple[Span, float]]:
    """Where an act names a treatment, and how surely it is one."""
    for sentence in text.sentences:
        printed = text.flat[sentence.start : sentence.end]
        if is_instruction(printed) or printed.endswith("?") or text.box_state(sentence.start) is False:
            continue
        for cue in _GOVERNS.finditer(text.flat, sentence.start, sentence.end):
            before = text.flat[sentence.start : cue.start()]
            denied = reported(before, "") or re.search(r"\b(?:not|never)\s+(?!without)", cue.group(), _I)
            if not (denied or _ELSEWHERE.search(before)):
                yield from _thing_after(text, cue.end(), sentence.end, unknown=True)
        for cue in _FOUND_SO.finditer(text.flat, sentence.start, sentence.end):
            first, last = narrowed(text, *cue.span("thing"))
            if not re.search(r"\b(?:not|n't|never)\b", cue.group(), _I) and _is_one(text, first, last, unknown=True):
                yield Span(first, last), 0.8
        yield from _told_passively(text, sentence)
    for cue in text.find(_ORDERED):
        sentence = text.sentence_at(cue.start("verb"))
        if not is_instruction(text.flat[cue.start("verb") : sentence.end]):
            unknown = _GIVES_THINGS.match(cue["verb"]) is not None
            for span, strength in _thing_after(text, cue.end(), sentence.end, unknown=unknown):
                if not (_CONTINUES.match(cue["verb"]) and item_classes.classify(text[span]) == "drug"):
                    yield span, strength  # medicines that go on as before are not what the letter is for


_THING = r"(?:^|[.;:,]\s+|\bthat\s+)(?P<thing>(?:[\w'’/-]+\s+){1,8}?)"
_NOT_SPARED = re.compile(
    _THING
    + r"(?:can(?:not|['’]t| not)|may not|must not) (?:\w+ly )?be (?:dispensed with|left out|omitted|done without|"
    r"for(?:e)?gone|skipped|spared)\b",
    _I,
)
_ORDERED_TODAY = re.compile(
    _THING
    + r"(?:was|were) (?:\w+ly )?(?:prescribed|ordered|recommended|dispensed) (?:today|by me\b|by us\b|(?:at|during) "
    r"(?:today['’]s|this) (?:visit|appointment|exam\w*))",
    _I,
)
_WAS_PRESCRIBED = re.compile(
    r"(?:^|[.;,:]\s+|\b(?:and|that|which)\s+)(?:he|she|they|(?:the|my|this|our) (?:patient|client|child|member)|"
    rf"{COURTESY} (?-i:[A-Z])[\w'’-]+|(?-i:[A-Z][a-z'’-]+(?: [A-Z][a-z'’-]+)?)) (?:has|have) (?:\w+ly |also |"
    rf"now )?been "
    r"(?:prescribed|recommended)\s+",
    _I,
)
_DID_NOT_HELP = re.compile(
    r"\b(?:without|but|fail\w*|no (?:relief|benefit|effect|help|improvement)|stopped|discontinued|in the past|"
    r"previously|before|for years|since|in (?:19|20)\d\d|last (?:year|month|spring|summer|fall|winter))\b",
    _I,
)


def _told_passively(text: AnnotatedText, sentence: Span) -> Iterator[tuple[Span, float]]:
    """What a passive names: "Pilates cannot be dispensed with", "orthotics were prescribed today", "he has been
    prescribed reading tutoring"; no medicine that the patient already takes, and none that did not help."""
    printed = text.flat[sentence.start : sentence.end]
    for pattern in (_NOT_SPARED, _ORDERED_TODAY):
        for cue in pattern.finditer(printed):
            first, last = narrowed(text, *(sentence.start + n for n in cue.span("thing")))
            if _is_one(text, first, last, unknown=False):
                yield Span(first, last), 0.8
    for cue in _WAS_PRESCRIBED.finditer(printed):
        if not _DID_NOT_HELP.search(printed, cue.end()):
            for span, strength in _thing_after(text, sentence.start + cue.end(), sentence.end, unknown=True):
                if item_classes.classify(text[span]) != "drug":
                    yield span, strength


_AND_ANOTHER = re.compile(r",?\s+and\s+(?=(?:an?|one|two|\d+)\s)", _I)
_IN_OTHER_WORDS = re.compile(r",?\s+\(?(?:i\.\s?e\.|that is(?: to say)?,?\s|namely\b|viz\.|a\.?k\.?a\b)", _I)
"""Where the same thing is named again: "cholecalciferol, i.e. vitamin D3"."""


def _thing_after(text: AnnotatedText, start: int, end: int, *, unknown: bool) -> Iterator[tuple[Span, float]]:
    opening = re.match(r"(?:an?|the|his|her|their|our|my|your|its|one)\s+", text.flat[start:end], _I)
    apart = _IN_OTHER_WORDS.search(text.flat, start, end)
    end = apart.start() if apart else end
    found = object_after(text, start + (opening.end() if opening else 0), end)
    if found is None:
        return
    by = _BESIDE_WHOM.search(text.flat, found[0] + 3, found[1])
    end = by.start() if by else found[1]
    joint = _AND_ANOTHER.search(text.flat, found[0], end)
    parts = [(found[0], joint.start()), (joint.end(), end)] if joint else []
    whole = [narrowed(text, *part) for part in parts] or [narrowed(text, found[0], end)]
    if not all(_is_one(text, *part, unknown=unknown) for part in whole):
        whole = [narrowed(text, found[0], end)]
    for first, last in whole:
        if _is_one(text, first, last, unknown=unknown):
            yield Span(first, last), 0.85 if kind_known(text.flat[first:last]) else 0.65


def _is_one(text: AnnotatedText, start: int, end: int, *, unknown: bool) -> bool:
    printed = text.flat[start:end]
    if end - start < 3 or item_classes.classify(printed) in _NOT_PRESCRIBED:
        return False
    if _NO_TREATMENT.search(re.split(r"\s+(?:of|with|in|for|at|on)\s+|,", printed, maxsplit=1)[0].rstrip()):
        return False
    asked = unknown and not HEAD.search(printed) and len(printed.split()) <= 6
    return names_treatment(text, start, end, asked=asked)
