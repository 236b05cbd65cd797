"""The prescribed course: how often, for how long, how long a session, from when to when.

`timing` reads every time that a document tells, `governing` says which of them are prescribed; here they become the
fields frequency, session_length and duration. The dates of the course are `dated`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from docscan.document import Assertion, Extraction, Json
from docscan.extraction.course.cues import prescribes_itself
from docscan.extraction.course.dated import dates_of_course, written_on
from docscan.extraction.course.governing import prescribed
from docscan.extraction.course.labels import Context, about, asks_of_an_ailment, contexts
from docscan.extraction.course.phases import plans
from docscan.extraction.course.prescribing import prescribed_rows
from docscan.extraction.course.times import Time, frequency_of, lasting
from docscan.extraction.course.timing import times
from docscan.extraction.course.tokens import tokens
from docscan.extraction.text.instructions import is_instruction

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText, Span

_I = re.IGNORECASE
_NAME = "course"
_BILLS = frozenset({"receipt", "superbill", "eob", "estimate", "card_slip", "statement"})

_FREQUENCY_LABEL = re.compile(
    r"\b(?:(?:recommended |treatment |prescribed |expected |requested |session |visit )*frequency(?: (?:of|and|&|"
    r"/)\s?[\w/ ]{3,30})?|freq|"
    r"how often[\w ]{0,40}|interval|how many (?:sessions|visits|times|treatments)(?! (?:per|a|each|/))[\w ]{0,20}|"
    r"(?:(?:total|number|no\.?|#) (?:of )?)(?:sessions|visits|treatments|appointments|classes)(?: requested|"
    r" ordered| authorized)?|"
    r"(?:sessions|visits|treatments) (?:requested|ordered|authorized|needed|recommended|prescribed)|"
    r"(?P<per>(?:(?:how many )?(?:sessions|visits|times|days|treatments|classes)\s?(?:per|/|a|each)|"
    r"per)\s?(?P<unit>week|"
    r"wk|month|mo|day|year))|"
    r"(?:directions for |how )?(?:use|used|wear)(?=\s*[:.…]{1})|dosage(?: (?:and|/|&) frequency)?|schedule|sig)",
    _I,
)
_DURATION_LABEL = re.compile(
    r"\b(?:(?:(?:recommended|expected|anticipated|estimated|total|treatment|therapy|proposed|requested|membership|"
    r"program|service|prescribed)\s+)*(?:duration|length|period|term|time ?frame|time ?period|"
    r"time span)(?:\s+(?:of|for)\s+(?!stay|each|session|visit)[\w ]{3,40}?)?"
    r"(?: ?\((?:in )?(?P<unit>months|weeks|days|years)\))?|(?:frequency|freq)\s?(?:and|/|&)\s?duration|"
    r"over what (?:period|time)[\w ]{0,20}|(?:for )?(?:how long|what period)[\w ,]{0,50}\??|dates? of treatment|"
    r"treatment dates?|"
    r"(?:weeks|months) of (?:treatment|therapy|care)|dur(?=\s*[.:])|(?:how many|(?:number|no\.?|"
    r"#) of) (?P<many>weeks|months|days|years)(?! (?:per|a|each))|(?:stop|end) date|when does it (?:stop|end)|"
    r"effective (?:dates?|period)|valid (?:from|for|through|until)|period covered|letter valid)(?=\s*[:#?_.(=]|"
    r"\s*$|\s*\t)",
    _I | re.MULTILINE,
)
_LENGTH_LABEL = re.compile(
    r"\b(?:(?:session|visit|treatment|class|appointment) (?:length|duration|time)|length of (?:each )?(?:session|visit|"
    r"class|appointment)s?|(?:minutes|time|min|mins)\s?(?:per|/|each|a)\s?(?:session|visit|treatment|class)|"
    r"duration of (?:each )?(?:session|visit|treatment)s?|how many minutes|how long (?:is )?(?:each|one|a|"
    r"per)(?: (?:session|visit|"
    r"time|class))?|"
    r"(?:each |every )(?:session|visit|class|treatment)|session)(?=\s*[:#?_.(=]|\s*$|\s*\t|\s*\d)",
    _I | re.MULTILINE,
)
_OPENING_LABEL = re.compile(
    r"\b(?:visits|sessions|dose|amount|days|how much|quantity|lon|stops?|ends?|"
    r"(?:(?:runs|goes|lasts|needed|good|valid|continues?) )?(?:through|until)|"
    r"how long|(?P<many>weeks|months))(?=\s*[:#?_.(=]|\s*$|\s*\t)",
    _I | re.MULTILINE,
)
"""Words that are a label only where they open a cell."""
_RELATIVE = re.compile(
    r"\s*(?:,\s*)?(?:[^.;:]{0,30}?\b(?:starting|beginning|commencing|measured|calculated|counted|running)\s+)?"
    r"(?:from|after|of|following|on|with|at)\s+(?:the\s+)?(?:(?:date|day)\s+(?:of|that)\s+)?"
    r"(?:(?:her|his|the|their|patient['’]?s|your)\s+)*(?:first|initial)\s+"
    r"(?:[\w-]+\s+){0,3}?(?:session|visit|appointment|treatment|class|workout|service|lesson)\b",
    _I,
)
_VALIDITY = re.compile(
    r"\b(?:letter|prescription|order|referral|recommendation|certification|authorization|lmn|"
    r"form)\b[^.;]{0,40}?\b(?:valid|effective|good|in effect|expires?|covers)\b",
    _I,
)
_DAY_BOXES = 3
"""So many check boxes of days of the week on a form are a schedule."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A time with its place in the document and how strongly it belongs to the course."""

    time: Time
    strength: float
    of_letter: bool = False


def course(text: AnnotatedText) -> Iterator[Extraction]:
    """frequency, duration and session_length of what is prescribed; start_date and end_date of the treatment."""
    kind, sure, _ = text.kind
    if kind in _BILLS and sure >= 0.6:
        return
    written = written_on(text)
    placed = list(_labelled(text, written))
    placed += _free(_tabled(text, written), placed)
    placed += _free(_day_boxes(text), placed)
    placed += _free((p for s in _sentences(text) for p in _in_sentence(text, s, written)), placed)
    found = [*_extractions(text, _decided(text, placed)), *dates_of_course(text)]
    yield from _consistent(found)


def _free(more: Iterator[_Placed], known: Sequence[_Placed]) -> list[_Placed]:
    """What no time overlaps that is known already."""
    spans = [(p.time.start, p.time.end) for p in known]
    return [p for p in more if not any(p.time.start < end and start < p.time.end for start, end in spans)]


def _decided(text: AnnotatedText, placed: Sequence[_Placed]) -> list[_Placed]:
    """Without the choices of a form of which none is known to be ticked: "4 wks | 8 wks | 6 mo" in one line."""
    rows: dict[tuple[int, str], list[_Placed]] = {}
    for one in placed:
        cell = text.cell_at(one.time.start)
        if one.time.kind not in {"duration", "length"} or cell is None or text.box_state(one.time.start) is not None:
            continue
        rest = text.text[cell.start : one.time.start] + text.text[one.time.end : cell.end]
        if "value" in (one.time.value or {}) and not re.search(r"\w{2}", rest):
            rows.setdefault((text.line_index(one.time.start), one.time.kind), []).append(one)
    open_ = {id(one) for row in rows.values() if len({repr(o.time.value) for o in row}) > 1 for one in row}
    return [one for one in placed if id(one) not in open_]


def _moved(time: Time, by: int) -> Time:
    return replace(time, start=time.start + by, end=time.end + by)


# -- where times stand ----------------------------------------------------------------------------------------------


_QUESTION = re.compile(r"\W*(?:\d{1,2}[.)]\s*)?(?:how|what|over what|for (?:how|what)|which|when|at what)\b[^?]*\?", _I)
_UNFINISHED = re.compile(r"\b(?:until|till|through|thru|for|over|per|every|each)\s*\Z", _I)


def _sentences(text: AnnotatedText) -> Iterator[Span]:
    """Sentences; one that cannot have ended where the layout broke it goes on to the end of the next."""
    for index, sentence in enumerate(text.sentences):
        if _UNFINISHED.search(text.flat, sentence.start, sentence.end) and index + 1 < len(text.sentences):
            yield sentence._replace(end=text.sentences[index + 1].end)
        else:
            yield sentence


def _in_sentence(text: AnnotatedText, sentence: Span, written: date | None) -> Iterator[_Placed]:
    printed = re.sub(r"[\n\t]", " ", text.flat[sentence.start : sentence.end])
    found = times(printed, written=written)
    context = contexts(text).get(sentence.start, Context("", "", False))
    if context.about == "order" and re.fullmatch(r"\W*\d{1,3}\W*", printed):
        yield from _alone(text, sentence, context, printed)
    if not found or (is_instruction(printed) and not prescribes_itself(printed)):
        return
    of_letter = _VALIDITY.search(printed) is not None
    if (choice := _choice(text, sentence.start, found)) is not None and context.about == "order":
        yield choice
        return
    found = [_per_label(time, context.label) for time in found]
    asked = _QUESTION.match(printed)
    for time in found:
        if (asked and time.end <= asked.end()) or text.box_state(sentence.start + time.end - 1) is False:
            continue
        strength = prescribed(text, sentence, time, found, context)
        if strength and text.box_state(sentence.start + time.start) is not False:
            yield _Placed(_moved(time, sentence.start), strength * time.sure, of_letter)


def _per_label(time: Time, label: str) -> Time:
    """ "Per week:  [x] 1-2 sessions": so many of the label's unit."""
    per = re.fullmatch(r"\W*(?:\w+ )?per (day|week|month)\W*", label, _I)
    if per is None or not isinstance(time.value, dict) or "count" not in time.value:
        return time
    unit = {"d": "d", "w": "wk", "m": "mo"}[per[1][0].lower()]
    return replace(time, value=frequency_of(time.value["count"], 1, unit, time.value.get("count_max")))


def _labelled(text: AnnotatedText, written: date | None) -> Iterator[_Placed]:
    """Times that stand in the place of a label's value, wherever the layout puts it."""
    seen: set[tuple[str, int, int]] = set()
    for pattern, kinds, opening in (
        (_LENGTH_LABEL, frozenset({"length"}), False),
        (_FREQUENCY_LABEL, frozenset({"frequency", "duration", "length", "phase"}), False),
        (_DURATION_LABEL, frozenset({"duration", "frequency", "phase"}), False),
        (_OPENING_LABEL, frozenset({"frequency", "duration", "phase"}), True),
    ):
        for found in text.labelled(pattern, opening=opening):
            label = pattern.search(text.flat, found.label.start)
            if (
                found.value is None
                or label is None
                or label.start() != found.label.start
                or not _is_of_course(text, found.label)
            ):
                continue
            for placed in _in_value(text, label, found.value, kinds, written):
                key = (placed.time.kind, placed.time.start, placed.time.end)
                if key not in seen:
                    seen.add(key)
                    yield placed


def _is_of_course(text: AnnotatedText, label: Span) -> bool:
    """A label under "Medications" or "Past history" is none of the course, nor is "Duration of symptoms"."""
    if asks_of_an_ailment(text.flat[label.start : label.start + 60].split(":")[0]):
        return False
    section = text.section_at(label.start)
    lead = text.text[text.lines[text.line_index(label.start)].start : label.start]
    return about(section) not in {"past", "habits", "medication"} and not re.search(
        r"\b(?:symptom|pain|onset|problem|illness|complaint|medication|dose|slept)\w*\W*$", lead, _I
    )


def _in_value(
    text: AnnotatedText, label: re.Match[str], value: Span, kinds: frozenset[str], written: date | None
) -> Iterator[_Placed]:
    block = text.block_below(value, lines=4)
    printed = text[block]
    if is_instruction(printed) and len(printed) > 60:
        return
    found = [_moved(t, block.start) for t in times(printed, written=written)]
    wanted = [t for t in found if t.kind in kinds]
    if not wanted:  # "3 | times per | week": a value split over cells
        row = text[(value.start, max(block.end, text.lines[text.line_index(value.start)].end))]
        found = [_moved(t, value.start) for t in times(re.sub(r"[\t\n|]", " ", row), written=written)]
        wanted = [t for t in found if t.kind in kinds and not text.text[value.start : t.start].strip()]
    if (choice := _choice(text, 0, wanted)) is not None:
        yield choice
        return
    told = False
    for time in wanted:
        told = told or time.start - block.start < _NEAR
        hinted = re.search(
            r"\([^)]*(?:=|max|not (?:to )?exceed|e\.g|up to)[^)]*$", text.text[label.start() : time.start], _I
        )
        lead = text.text[block.start : time.start]
        if text.box_state(time.start) is False or hinted or is_instruction(text.text[label.end() : time.start]):
            continue
        if re.search(r"[.;]\s|\n\n", lead):
            continue  # another sentence of the same cell is judged as a sentence
        if label.groupdict().get("per") and isinstance(time.value, dict) and "count" in time.value:
            unit = {"d": "d", "w": "wk", "m": "mo", "y": "a"}[label["unit"][0].lower()]
            time = replace(time, value=frequency_of(time.value["count"], 1, unit, time.value.get("count_max")))  # noqa: PLW2901
        if time.before in {"by", "within", "after", "last", "past"} or re.match(r"\s*ago\b", text.text[time.end :]):
            continue
        yield _Placed(time, 0.98 if text.box_state(time.start) else 0.95)
    if not told:
        yield from _bare(text, label, kinds, block, printed)


_NEAR = 3
"""Characters; what begins later in a label's value does not replace a bare number at its head."""
_BETWEEN_BOXES = re.compile(r"[\s\[\]()_□☐oO|.]{1,8}")


def _choice(text: AnnotatedText, offset: int, found: Sequence[Time]) -> _Placed | None:
    """ "3 mo  6 mo  12 mo" beside boxes of which nothing is known: one of them, but which?"""
    if len(found) < 2 or found[0].kind not in {"duration", "length"} or any(t.kind != found[0].kind for t in found):
        return None
    if any(not isinstance(t.value, dict) or "value" not in t.value for t in found):
        return None
    places = [(offset + t.start, offset + t.end) for t in found]
    apart = all(_BETWEEN_BOXES.fullmatch(text.text, one[1], other[0]) for one, other in pairwise(places))
    if not apart or any(text.box_state(start) is not None for start, _ in places):
        return None
    readings = tuple(t.value for t in found)
    return _Placed(Time(found[0].kind, None, places[0][0], places[-1][1], 1.0, readings), 0.5)


def _alone(text: AnnotatedText, sentence: Span, context: Context, printed: str) -> Iterator[_Placed]:
    """A number in a cell of its own, beside or under the label that makes it a time."""
    if text.box_state(sentence.start) is False:
        return
    for pattern, kinds in (
        (_LENGTH_LABEL, frozenset({"length"})),
        (_FREQUENCY_LABEL, frozenset({"frequency"})),
        (_DURATION_LABEL, frozenset({"duration"})),
    ):
        label = pattern.search(context.label)
        if label is not None:
            yield from _bare(text, label, kinds, sentence, printed)
            return


def _bare(
    text: AnnotatedText, label: re.Match[str], kinds: frozenset[str], block: Span, printed: str
) -> Iterator[_Placed]:
    """A number that the label makes a time: "Duration (months): 12", "Visits: 24", "Minutes: [ ] 30 [x] 45"."""
    groups = label.groupdict()
    line_end = text.lines[text.line_index(block.start)].end
    ticked = next(
        (b.label for b in text.check_boxes if b.ticked and b.label and block.start <= b.label.start < line_end), None
    )
    if ticked is not None:
        block, printed = ticked, text[ticked]
    match = re.match(
        r"\s*#?\s*(\w+(?:-\w+)?)(?:\s*(?:-|–|to)\s*(\d{1,3}))?\s*(?:x|times|sessions|visits|total)?\s*(?=$|"
        r"[\s,;.(])(?!\s*-?\s*(?:min|h(?:ou)?rs?\b|days?|w(?:ee)?ks?|mo|y(?:ea)?rs?))",
        printed,
        _I,
    )
    read = [t for t in tokens(match[1]) if t.kind == "number"] if match else []
    if match is None or len(read) != 1 or read[0].end != len(match[1]):
        return
    number, high = read[0].value, int(match[2]) if match[2] else None
    named = groups.get("unit") or groups.get("many") or " "
    unit = {"d": "d", "w": "wk", "m": "mo", "y": "a"}.get(named[0].lower())
    start, end = block.start + match.start(1), block.start + match.end(2 if high else 1)
    if groups.get("per") and unit:
        yield _Placed(Time("frequency", frequency_of(number, 1, unit, high), start, end), 0.95)
    elif unit:
        yield _Placed(Time("duration", lasting(number, unit, high), start, end), 0.9)
    elif kinds == {"length"} and 5 <= number <= 240 and re.search(r"min|length|time|long", label.group(), _I):
        yield _Placed(Time("length", lasting(number, "min", high), start, end), 0.85)
    elif re.match(r"(?:total|number|no\b|#|how many|sessions|visits|treatments)", label.group(), _I) and number > 1:
        count: dict[str, Json] = {"count": int(number)} if high is None else {"count": int(number), "count_max": high}
        yield _Placed(Time("frequency", count, start, end), 0.9)


def _tabled(text: AnnotatedText, written: date | None) -> Iterator[_Placed]:
    """Times in the row of a table of prescribed things."""
    for _, others in prescribed_rows(text):
        for cell in others:
            yield from (_Placed(_moved(time, cell.start), 0.9) for time in times(cell.text, written=written))


_WEEKDAY_BOX = re.compile(r"\W*(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\W*", _I)


def _day_boxes(text: AnnotatedText) -> Iterator[_Placed]:
    """ "[x] Mon [ ] Tue [x] Wed": so many days a week."""
    boxes = [b for b in text.check_boxes if b.label and _WEEKDAY_BOX.fullmatch(text[b.label].split("\n")[0])]
    ticked = [b.label for b in boxes if b.ticked and b.label]
    if len(boxes) < _DAY_BOXES or not ticked:
        return
    start, end = min(s.start for s in ticked), max(s.end for s in ticked)
    yield _Placed(Time("frequency", frequency_of(len(ticked), 1, "wk"), start, end), 0.93)


# -- from times to extractions ---------------------------------------------------------------------------------------


def _extractions(text: AnnotatedText, placed: list[_Placed]) -> Iterator[Extraction]:
    placed = sorted(placed, key=lambda p: (p.time.start, p.time.end))
    strengths = {id(p.time): p.strength for p in placed}
    taken: set[int] = set()
    for plan in plans(text, [p.time for p in placed]):
        taken |= {id(t) for t in plan.members}
        strength = min((strengths.get(id(t), 0.8) for t in plan.members), default=0.8)
        yield text.extraction(
            "frequency", {"phases": plan.phases}, plan.start, plan.end, found_by=_NAME, strength=strength
        )
    rest = [p for p in placed if id(p.time) not in taken and p.time.kind != "phase"]
    yield from _single(text, rest)


def _single(text: AnnotatedText, placed: list[_Placed]) -> Iterator[Extraction]:
    frequencies = [p for p in placed if p.time.kind == "frequency"]
    plain_duration = any(p.time.kind == "duration" and not p.of_letter for p in placed)
    for index, item in enumerate(placed):
        time = item.time
        value, end, start = time.value, time.end, time.start
        if time.kind == "frequency":
            if value == {"as_needed": True} and any(_beside(text, f.time, time) for f in frequencies if f is not item):
                continue
            if time.what == "amount" and any(_says_days(item, f) for f in frequencies):
                continue
            needed = next(
                (f.time for f in frequencies if f.time.value == {"as_needed": True} and _beside(text, time, f.time)),
                None,
            )
            if needed is not None and isinstance(value, dict):
                value, start, end = {**value, "as_needed": True}, min(start, needed.start), max(end, needed.end)
        elif time.kind == "duration":
            if item.of_letter and plain_duration:
                continue
            if _repeats(text, placed, index):
                continue
            relative = _RELATIVE.match(text.flat, end) if isinstance(value, dict) and "value" in value else None
            if relative:
                value, end = {**value, "relative_to": "first_session"}, relative.end()
        name = "session_length" if time.kind == "length" else time.kind
        yield text.extraction(
            name, value, start, end, found_by=_NAME, strength=item.strength,
            assertion=_assertion(text, time), readings=time.readings,
        )  # fmt: skip


def _assertion(text: AnnotatedText, time: Time) -> Assertion:
    """Only "not indefinitely" is worth telling as denied."""
    if not (isinstance(time.value, dict) and "indefinite" in time.value):
        return "stated"
    before = text.flat[max(0, time.start - 40) : time.start]
    return "negated" if re.search(r"\b(?:not|n['’]t|never|no longer)\s+(?:\w+\s+){0,2}$", before, _I) else "stated"


def _beside(text: AnnotatedText, one: Time, other: Time) -> bool:
    if one.start == other.start or not isinstance(one.value, dict) or "phases" in one.value:
        return False
    first, last = sorted((one, other), key=lambda t: t.start)
    between = text.flat[first.end : last.start]
    return len(between.split()) <= 4 and not re.search(r"[.;\n\t]", between.strip())


def _says_days(item: _Placed, other: _Placed) -> bool:
    """ "30 minutes a day, 5 days a week" is five times a week."""
    return (
        other is not item
        and min(abs(other.time.start - item.time.end), abs(item.time.start - other.time.end)) < 25
        and "period" in (other.time.value or {})
    )


def _repeats(text: AnnotatedText, placed: list[_Placed], index: int) -> bool:
    """ "For 12 weeks (3 months)": the bracket says the same again."""
    time = placed[index].time
    return (
        index > 0
        and placed[index - 1].time.kind == "duration"
        and re.fullmatch(r"\s*(?:\(|[,–—-]\s|or\s|i\.e\.,?\s|=)\s*", text.text[placed[index - 1].time.end : time.start])
        is not None
    )


# -- what belongs together -------------------------------------------------------------------------------------------

_IN_SMALLEST: Mapping[str, tuple[str, float]] = {
    "min": ("min", 1), "h": ("min", 60), "d": ("d", 1), "wk": ("d", 7), "mo": ("mo", 1), "a": ("mo", 12),
}  # fmt: skip


def _measure(value: Json) -> Json:
    """The same for "12 months" and "one year"."""
    if isinstance(value, dict) and value.get("unit") in _IN_SMALLEST and "value" in value:
        unit, factor = _IN_SMALLEST[value["unit"]]
        high = value.get("value_max")
        rest = {k: v for k, v in value.items() if k not in {"value", "value_max", "unit"}}
        return {**rest, "value": value["value"] * factor, "value_max": high * factor if high else None, "unit": unit}
    return value


def _consistent(found: list[Extraction]) -> Iterator[Extraction]:
    """One value for what is said twice in other units; the end of an interval is not its own duration beside it."""
    first: dict[tuple[str, str], Json] = {}
    intervals = [e.value for e in found if e.name == "duration" and isinstance(e.value, dict) and "end" in e.value]
    for one in found:
        if one.name in {"duration", "session_length"} and isinstance(one.value, dict):
            if "until" in one.value and any(i["end"] == one.value["until"] for i in intervals):
                continue
            key = (one.name, repr(sorted(_measure(one.value).items(), key=str)))
            yield replace(one, value=first.setdefault(key, one.value))
        else:
            yield one
