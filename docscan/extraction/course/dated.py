"""From when to when: the dates of the prescribed course."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from docscan.document import Extraction, Json
from docscan.extraction.course.cues import TREATMENT
from docscan.extraction.course.governing import speaks_of_course
from docscan.extraction.course.labels import Context, contexts
from docscan.extraction.course.timing import times
from docscan.extraction.dates.dates import DateMention, dates_in
from docscan.extraction.dates.roles import roles
from docscan.extraction.text.instructions import is_instruction

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.spans import Span

_I = re.IGNORECASE
_NAME = "course"
_SESSION = r"(?:session|sesion|visit|appointment|treatment|class|ride|lesson|service|meeting|fitting)"
_RANGE_JOIN = re.compile(
    r"\s*(?:,\s*)?(?:(?:-|–|—|to|through|thru|until|till|(?:and\s+)?(?:ending|ends?|finish(?:ing|es|ed)?|"
    r"stop(?:ping|s)?|"
    r"clos(?:ing|es)|conclud(?:ing|es)|wrapping up|complet(?:ing|ed|es?)|to be (?:finished|completed|over|done)|"
    r"running (?:to|through)|continu(?:ing|es?) (?:to|through|until)|"
    r"(?:and\s+)?the (?:last|final)(?:\s+(?:one|visit|session|class|lesson))?(?:\s+(?:being|is|will be|"
    r"falling))?)(?: on| by| at| with|,? (?:and )?(?:no|not) later than)?|"
    r"(?P<and>and))\s*:?)\s*",
    _I,
)
_RANGE_OPENS = re.compile(
    r"(?:\b(?:opens?|opening|from|between|"
    r"period(?: of)?|dates?|effective|begin(?:ning|s)?|start(?:ing|s)?|commenc(?:ing|es)|"
    r"valid|duration|"
    r"run(?:ning|s)?|treatment|therapy|sessions?|program(?:me)?|covers?|covering|term)(?: (?:of|from|on|dates?|is|"
    r"are|will be))*\s*"
    r"[:(]?\s*)$",
    _I,
)
_UNTIL = re.compile(
    r"\b(?:until|till|through|thru|ending(?: on)?|ends?(?: on)?|finish(?:es|ing)?(?: (?:on|by))?|expir(?:es|ing|"
    r"ation)(?: date| on)?:?|"
    r"end date[:.]?|up to(?: and including)?|(?:no|not) later than|(?:not|never) (?:beyond|past|after)|"
    r"(?:void|invalid|(?:not|no longer) (?:valid|in force)) (?:after|beyond|past)|runs "
    r"out(?: on)?|lapses(?: on)?|"
    r"(?:ends?|ending|stops?|expires?|lapses|finish(?:es)?) (?:at|with|by)(?: the (?:end|close) of)?|before|"
    r"(?:to|must|should|shall|will) be (?:all )?(?:completed|finished|done|taken|over|ended|"
    r"concluded) (?:by|before)|"
    r"(?:until|till|through) (?:her|his|the|their) (?:[\w-]+ ){1,3}(?:on|of|in))\s*$",
    _I,
)
_END_ALONE = re.compile(
    r"[\W_]*(?:(?:the|this|his|her|their|my)\s+(?:order|prescription|authori[sz]ation|course|plan|referral)\s+)?"
    r"(?:stop|end|finish|conclude|lapse|expire|cease)(?:s|ping)?(?: (?:all|it|them|treatment|therapy))?(?: date)?"
    r"(?: (?:on|by|at|after|with))?\s*:?\s*"
    r"|[\W_]*(?:the\s+)?(?:last|final)\s+(?:day|session|visit|one|treatment|class|lesson)s?"
    r"(?: (?:is|to be|will be|should be|falls))?(?: (?:on|by|no later than))?\s*:?\s*",
    _I,
)
"""A sentence that up to its date says nothing but when to stop."""
_FROM = re.compile(
    rf"\b(?:start(?:ing|s|ed)?(?: date)?(?: of treatment)?|begin(?:ning|s)?|began|commenc(?:ing|es?|ed)|"
    rf"commencement(?: was)?|effective(?: date)?|"
    rf"as of|from|start of (?:treatment|care|therapy)|kick-?off|opens?|"
    rf"(?:the|its|her|his|their) first(?: (?:of (?:them|these|which)|one))?|first {_SESSION}|"
    rf"treatment date)(?: on| from| date|"
    rf" of| is| will be| was)*\s*:?\s*$",
    _I,
)
_ASKS_WHEN = (
    r"(?:when|on (?:what|which) (?:date|day)) (?:does|do|will|should|is|are|would|can|may)"
    r"(?: (?!pain|symptom|complaint|condition|illness|disease|disorder|problem|injur|onset)\w+){1,4}?(?: to)?"
)
_VALUE_AHEAD = (
    r"(?=(?:\s*\((?i:[mdy/ .-]{6,12}|date|on|approx[^()]*|(?:not|no) (?:more|longer|later) than[^()]{0,20}|"
    r"max[^()]{0,20}|if known|optional)\))?(?:\s*[:#_.]|\s*$|\s*\t|\s+\d))"
)
"""Where a label's value may begin, behind the hint how a date is to be written: "Begins (MM/DD/YYYY)"."""
_START_LABEL = re.compile(
    rf"\b(?:(?:treatment |therapy |program |requested |expected |to\s?)*(?:start(?:s|ing)?|begin(?:s|ning)?|"
    rf"effective|commence(?:s|ment)?|kick-?off|"
    rf"onset of treatment)(?: (?:date|on))?(?: of (?:treatment|therapy|care|service))?|date (?:treatment|therapy|"
    rf"service) "
    rf"(?:starts?|begins?|began)|treatment (?:starts?|begins?|start)|start of (?:treatment|care|therapy)|"
    rf"first {_SESSION}|{_ASKS_WHEN} (?:start|begin|commence|first {_SESSION})\w*\??|"
    rf"(?:start|begin)(?:ning|ing)? when|"
    rf"effective (?:from|date)|date from|first (?:date|day)(?: of (?:use|treatment|therapy|service|care|need))?|"
    rf"(?:use|wear|visits|sessions|need|services?) (?:starts?|begins?)(?: on)?){_VALUE_AHEAD}",
    _I | re.MULTILINE,
)
_END_LABEL = re.compile(
    r"\b(?:(?:treatment |therapy |program |expected |to\s?)*(?:end(?:s|ing)?|stop(?:s)?|finish(?:es)?|completion|"
    r"expiration|termination|(?:last|final) (?:session|class|treatment|ride|lesson))(?: (?:date|on))?"
    r"(?: of (?:treatment|therapy|care))?|date (?:treatment|therapy|service) ends?|treatment (?:ends?|end)|"
    rf"expires?(?: on)?|{_ASKS_WHEN} (?:end|stop|finish|conclude|expire)\??|"
    r"last (?:date|day)(?: of (?:use|treatment|therapy|service|care|need))?|"
    r"(?:use|wear|visits|sessions|need|services?) (?:ends?|stops?)(?: on)?|"
    r"valid (?:through|until|thru)|(?:date )?(?:to|through|thru|until|till)(?: when| what date)?)"
    rf"{_VALUE_AHEAD}",
    _I | re.MULTILINE,
)
_NOT_A_COURSE = re.compile(
    r"\b(?:hospitali[sz]ed|admitted|admission|received|attended|completed|underwent|out of work|off work|seen|treated|"
    r"coverage|policy|billing|statement|printed|licen[cs]es?\b(?! to)|office|closed|vacation|fmla)\b",
    _I,
)


def written_on(text: AnnotatedText) -> date | None:
    """When the letter was written, as far as its dates tell."""
    found = {role.name: role.mention.value for role in reversed(roles(text)) if role.mention.value}
    return next((found[name] for name in ("letter_date", "signature_date", "visit_date") if name in found), None)


def dates_of_course(text: AnnotatedText) -> Iterator[Extraction]:
    """start_date and end_date, and the duration that an interval or an end gives."""
    dates = dates_in(text)
    starts, ends = _by_label(text, _START_LABEL, dates), _by_label(text, _END_LABEL, dates)
    starts += _pairs(text, dates)
    starts = [m for m in starts if not _of_a_policy(text, m)]
    sent = {role.mention.start for role in roles(text) if role.name in ("letter_date", "fax_date", "print_date")}
    ends = [m for m in ends if m.start not in sent]  # "To: ..." of a message's head, above its date
    used: set[int] = set()
    for first, second in pairwise(dates):
        between = text.flat[first.end : second.start]
        joined = _RANGE_JOIN.fullmatch(between)
        if joined and joined["and"] and not re.search(r"\bbetween\s*$", text.flat[: first.start][-12:], _I):
            continue  # "visits 3/1/2026 and 3/8/2026"
        if joined and first.start not in used and _is_range(text, first):
            used |= {first.start, second.start}
            yield from _interval(text, first, second, 0.93)
    for mention in dates:
        if mention.start in used or text.box_state(mention.start) is False:
            continue
        sentence = text.sentence_at(mention.start)
        before = text.flat[sentence.start : mention.start]
        of_course = not is_instruction(text[sentence]) and speaks_of_course(text, sentence, before)
        if mention in ends or (of_course and _UNTIL.search(before)) or _stops(text, sentence, before):
            strength = 0.95 if mention in ends else 0.88
            started = _started(text, mention, starts, dates)
            if started is None or mention.value is None:
                value = {"until": mention.iso} if mention.value else None
                readings = [{"until": day.isoformat()} for day in mention.readings]
                yield _at(text, "duration", value, mention, strength=strength, readings=readings)
            else:
                yield from _interval(text, started, mention, strength, both=False)
            yield _date(text, "end_date", mention, strength)
        elif mention in starts or (
            of_course
            and (_FROM.search(before) or _begins_on(text, mention, before))
            and not re.search(r"\b(?:seen|dated|record)\b", before, _I)
        ):
            yield _date(text, "start_date", mention, 0.95 if mention in starts else 0.85)


def _stops(text: AnnotatedText, sentence: Span, before: str) -> bool:
    """ "... Wk 9-12: 1/wk. Stop August 27, 2021.": said right behind an order or a plan."""
    if not sentence.start or _END_ALONE.fullmatch(before) is None:
        return False
    known = text.sentence_at(max(0, sentence.start - 2))
    context = contexts(text).get(known.start, Context("", "", False))
    if context.about in {"past", "habits", "medication", "goal"}:
        return False
    paragraph = text.text.rfind("\n\n", 0, sentence.start) + 1
    often = any(t.kind == "frequency" for t in times(text[known])) and TREATMENT.search(text.flat, paragraph, known.end)
    return bool(often) or speaks_of_course(text, known, text[known])


_TO_BEGIN = re.compile(
    r"\b(?:is|are|to|will|should|shall|may|can|must) (?:be )?(?:start|begin|commence|enter|join)(?:ning|"
    r"ing)?\b[^.;:,()]{3,60}\bon\s*$",
    _I,
)


def _begins_on(text: AnnotatedText, mention: DateMention, before: str) -> bool:
    """ "He is to begin the program we discussed on 24 August": on a day that is still to come."""
    written = written_on(text)
    to_come = mention.value is not None and written is not None and mention.value > written
    return to_come and _TO_BEGIN.search(before) is not None


_EFFECTIVE = re.compile(r"\beffective\b", _I)
_INSURED = re.compile(
    r"\b(?:insur(?:ance|ed|er)|polic(?:y|ies)|subscriber|payer|payor|group (?:no|number|#|id)|member (?:id|no|number)|"
    r"plan (?:name|type|id)|coverage)\b",
    _I,
)
_NEAR = 2  # lines around a date in which it is told that an insurance is spoken of


def _of_a_policy(text: AnnotatedText, mention: DateMention) -> bool:
    """Whether "Effective date" stands among an insurance's entries: then it is the policy's, not the treatment's."""
    index = text.line_index(mention.start)
    first, last = text.lines[max(0, index - _NEAR)], text.lines[min(index + _NEAR, len(text.lines) - 1)]
    own = text.text[text.lines[max(0, index - 1)].start : mention.start]
    return _EFFECTIVE.search(own) is not None and _INSURED.search(text.text, first.start, last.end) is not None


def _started(
    text: AnnotatedText, end: DateMention, starts: Sequence[DateMention], dates: Sequence[DateMention]
) -> DateMention | None:
    """The start that belongs to an end: labelled, or told in the same sentence."""
    sentence = text.sentence_at(end.start)
    known = [s for s in starts if s.start < end.start and s.value]
    known += [
        d for d in dates
        if d.value and sentence.start <= d.start < end.start and _FROM.search(text.flat[sentence.start : d.start])
    ]  # fmt: skip
    return next((d for d in known if end.value and d.value and d.value < end.value), None)


def _date(text: AnnotatedText, name: str, mention: DateMention, strength: float) -> Extraction:
    return _at(
        text, name, mention.iso, mention, strength=strength, readings=[day.isoformat() for day in mention.readings]
    )


def _at(
    text: AnnotatedText, name: str, value: Json, mention: DateMention, *, strength: float, readings: Sequence[Json]
) -> Extraction:
    return text.extraction(
        name, value, mention.start, mention.end, found_by=_NAME, strength=strength, readings=readings
    )


def _interval(
    text: AnnotatedText, first: DateMention, second: DateMention, strength: float, *, both: bool = True
) -> Iterator[Extraction]:
    value = {"start": first.iso, "end": second.iso} if first.value and second.value else None
    readings: list[Json] = []
    if value is None and first.readings and second.readings:  # both are read in the same order
        readings = [
            {"start": a.isoformat(), "end": b.isoformat()} for a, b in zip(first.readings, second.readings, strict=True)
        ]
    if both:
        yield text.extraction(
            "duration", value, first.start, second.end, found_by=_NAME, strength=strength, readings=readings
        )
        yield _date(text, "start_date", first, strength)
        yield _date(text, "end_date", second, strength)
        return
    one = _at(text, "duration", value, first, strength=strength, readings=readings)
    other = _at(text, "duration", value, second, strength=strength, readings=readings)
    yield replace(one, evidence=one.evidence + other.evidence)


def _by_label(text: AnnotatedText, label: re.Pattern[str], dates: Sequence[DateMention]) -> list[DateMention]:
    """The dates that a label names."""
    found = []
    for item in text.labelled(label, bare=True):
        if item.value is not None:
            found += [m for m in dates if item.value.start <= m.start < item.value.start + 4]
    for mention in dates:  # to the right of its label, in a list without lines or colons
        sentence = text.sentence_at(mention.start)
        told = contexts(text).get(sentence.start)
        if (
            told
            and mention not in found
            and mention.start - sentence.start < 4
            and label.fullmatch(told.label.strip(": "))
        ):
            found.append(mention)
    return found


_FROM_LABEL = re.compile(r"\bfrom(?=\s*[:#_]|\s*$|\s*\t|\s+\d)", _I | re.MULTILINE)
_TO_LABEL = re.compile(r"\b(?:to|through|thru|until)(?=\s*[:#_]|\s*$|\s*\t|\s+\d)", _I | re.MULTILINE)


def _pairs(text: AnnotatedText, dates: Sequence[DateMention]) -> list[DateMention]:
    """Dates labelled "From" with one labelled "To" soon after: alone, "From" is who wrote a memo."""
    ends = _by_label(text, _TO_LABEL, dates)
    return [d for d in _by_label(text, _FROM_LABEL, dates) if any(0 < e.start - d.end < 80 for e in ends)]


def _is_range(text: AnnotatedText, first: DateMention) -> bool:
    sentence = text.sentence_at(first.start)
    before = text.flat[sentence.start : first.start]
    context = contexts(text).get(sentence.start, Context("", "", False))
    if _NOT_A_COURSE.search(before) or context.about in {"past", "habits", "medication"}:
        return False
    if context.about == "order" or _RANGE_OPENS.search(before):
        return True
    cell = text.cell_at(first.start)
    labels = text.text[max(0, (cell.start if cell else first.start) - 60) : first.start]
    return bool(
        re.search(r"\b(?:duration|period|term|dates? of treatment|valid|effective)\b", labels, _I)
    ) or speaks_of_course(text, sentence, before)
