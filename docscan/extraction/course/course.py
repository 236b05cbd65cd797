"""The prescribed course: how often, for how long, how long a session, from when to when.

`timing` reads every time that a document tells, `governing` says which of them are prescribed; here they become the
fields frequency, session_length and duration. The dates of the course are `dated`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import inf
from typing import TYPE_CHECKING

from docscan.document import Assertion, Extraction, Json
from docscan.extraction.course.accompanying import of_the_course
from docscan.extraction.course.cues import WHENEVER
from docscan.extraction.course.dated import dates_of_course, written_on
from docscan.extraction.course.governing import WEAK
from docscan.extraction.course.numbered import numbered
from docscan.extraction.course.phases import plans
from docscan.extraction.course.placing import (
    Placed,
    all_times,
    boxed_rates,
    day_boxes,
    in_sentence,
    labelled,
    sentences,
    tabled,
)
from docscan.extraction.course.renewed import renewed
from docscan.extraction.course.times import Time
from docscan.extraction.course.validity import validity
from docscan.extraction.kinds.of_money import is_surely_bill
from docscan.extraction.text.hints import in_hint

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_NAME = "course"
_BESIDE = 40  # characters

_RELATIVE = re.compile(
    r"\s*(?:,\s*)?(?:[^.;:]{0,30}?\b(?:starting|beginning|commencing|measured|calculated|counted|running)\s+)?"
    r"(?:from|after|of|following|on|with|at)\s+(?:the\s+)?(?:(?:date|day)\s+(?:of|that)\s+)?"
    r"(?:(?:her|his|the|their|patient['’]?s|your)\s+)*(?:first|initial)\s+"
    r"(?:[\w-]+\s+){0,3}?(?:session|visit|appointment|treatment|class|workout|service|lesson)\b",
    _I,
)


_CARE_PLAN = re.compile(r"^\W*(?:treatment|care)\s+plan\b|\bplan\s+of\s+care\b", _I | re.MULTILINE)
"""What makes an estimate a plan too: what is prescribed, with what a visit costs."""


def course(text: AnnotatedText) -> Iterator[Extraction]:
    """frequency, duration and session_length of what is prescribed; start_date and end_date of the treatment;
    letter_validity."""
    if is_surely_bill(text) and not (text.kind[0] == "estimate" and _CARE_PLAN.search(text.text)):
        return
    written = written_on(text)
    placed = list(boxed_rates(text))
    placed += _free(labelled(text, written), placed)
    placed += _free(tabled(text, written), placed)
    placed += _free(day_boxes(text), placed)
    placed += _free(numbered(text), placed)
    placed += _free((p for s in sentences(text) for p in in_sentence(text, s, written)), placed)
    placed = of_the_course(text, [p for p in placed if not in_hint(text, p.time.start)])
    if any(p.time.kind == "duration" and p.strength > WEAK for p in placed):
        placed = [p for p in placed if p.time.kind != "duration" or p.strength > WEAK]
    found = [*_extractions(text, _decided(text, placed), all_times(text, written)), *dates_of_course(text)]
    yield from _consistent(list(_without_expiry(text, found)))
    lengths = [p.time for p in placed if p.time.kind == "duration"]
    for more in renewed(text, lengths, [t for t in all_times(text, written) if t.kind == "duration"]):
        yield text.extraction("duration", more.value, more.start, more.end, found_by=_NAME, strength=0.85)
    told = any(one.name == "duration" for one in found)
    for said in validity(text, written):
        for name in ("letter_validity",) if told else ("letter_validity", "duration"):
            yield text.extraction(name, said.value, said.start, said.end, found_by=_NAME, strength=0.88)


_EXPIRES = re.compile(
    r"(?:^|[\n\t]|\s{2}|\d\s)\W*(?:(?:order|rx|prescription|referral|auth(?:ori[sz]ation)?)\s+)?(?:expir(?:es?|y|ation)|exp)\b"
    r"\.?(?:\s+(?:date|on))?\s*[:.]?\s*\Z",
    _I,
)
"""The label of the day to which an order may be used."""


def _without_expiry(text: AnnotatedText, found: Sequence[Extraction]) -> Iterator[Extraction]:
    """Without the day on which an order expires, where it says itself how long the treatment lasts."""
    lasts = any(e.name == "duration" and isinstance(e.value, dict) and "value" in e.value for e in found)
    for one in found:
        at = one.evidence[0].start if one.evidence else None
        dated = one.name in {"duration", "end_date"} and not (isinstance(one.value, dict) and "value" in one.value)
        if lasts and dated and at is not None and _EXPIRES.search(text.text[max(0, at - _BESIDE) : at]):
            continue
        yield one


def _free(more: Iterator[Placed], known: Sequence[Placed]) -> list[Placed]:
    """What no time overlaps that is known already."""
    spans = [(p.time.start, p.time.end) for p in known]
    return [p for p in more if not any(p.time.start < end and start < p.time.end for start, end in spans)]


def _decided(text: AnnotatedText, placed: Sequence[Placed]) -> list[Placed]:
    """Without the choices of a form of which none is known to be ticked: "4 wks | 8 wks | 6 mo" in one line."""
    rows: dict[tuple[int, str], list[Placed]] = {}
    for one in placed:
        cell = text.cell_at(one.time.start)
        if one.time.kind not in {"duration", "length"} or cell is None or text.box_state(one.time.start) is not None:
            continue
        rest = text.text[cell.start : one.time.start] + text.text[one.time.end : cell.end]
        if (one.time.value or {}).keys() & {"value", "indefinite"} and not re.search(r"\w{2}", rest):
            rows.setdefault((text.line_index(one.time.start), one.time.kind), []).append(one)
    open_ = {id(one) for row in rows.values() if len({repr(o.time.value) for o in row}) > 1 for one in row}
    return list(_alternatives(text, [one for one in placed if id(one) not in open_]))


_CHOOSE = re.compile(r"\b(?:circle|check|select|choose|mark|tick|pick|underline)\s+(?:only\s+)?(?:one|which)\b", _I)
_EITHER = re.compile(r"\s*/\s*|,?\s+(?:or|and/or)\s+")


def _alternatives(text: AnnotatedText, placed: Sequence[Placed]) -> Iterator[Placed]:
    """Of "until outgrown/lifetime" and "3 months / 1 year (circle one)" nobody knows which is meant."""
    group: list[Placed] = []
    for one in [*sorted(placed, key=lambda p: (p.time.start, p.time.end)), None]:
        last = group[-1].time if group else None
        if one is not None and last is not None and one.time.kind == last.kind:
            line = text.lines[text.line_index(last.start)]
            asked = _CHOOSE.search(text.flat, line.start, line.end) is not None and one.time.start < line.end
            sorts = {_sort_of_end(one.time), _sort_of_end(last)}
            joint = _EITHER.fullmatch(text.flat, last.end, one.time.start)
            ends = joint and last.kind == "duration" and len(sorts) > 1 and ("/" in joint[0] or "indefinite" in sorts)
            undecided = text.box_state(last.start) is None and text.box_state(one.time.start) is None
            if (asked or ends) and undecided:
                group.append(one)
                continue
        if len(group) > 1:
            readings = tuple(p.time.value for p in group if p.time.value is not None)
            time = replace(group[0].time, value=None, readings=readings, end=group[-1].time.end)
            yield replace(group[0], time=time)
        else:
            yield from group
        group = [one] if one is not None else []


def _sort_of_end(time: Time) -> str:
    """Whether a course lasts so long, to a day, until something happens, or for ever."""
    return next((key for key in ("indefinite", "until_condition", "until", "value") if key in (time.value or {})), "")


# -- from times to extractions ---------------------------------------------------------------------------------------


def _extractions(text: AnnotatedText, placed: list[Placed], everything: Sequence[Time]) -> Iterator[Extraction]:
    placed = _together(text, sorted(placed, key=lambda p: (p.time.start, p.time.end)))
    strengths = {id(p.time): p.strength for p in placed}
    taken: set[int] = set()
    for plan in plans(text, [p.time for p in placed], everything):
        taken |= {id(t) for t in plan.members}
        strength = min((strengths.get(id(t), 0.8) for t in plan.members), default=0.8)
        yield text.extraction(
            "frequency", {"phases": plan.phases}, plan.start, plan.end, found_by=_NAME, strength=strength
        )
    rest = [p for p in placed if id(p.time) not in taken and p.time.kind != "phase"]
    yield from _single(text, rest)


_AS_A_PLAN = 0.85
"""So sure is a number of sessions with their rate right beside it."""
_WOULD_BE_BEST = re.compile(
    r"\s*(?:(?:would|will|might|may) be|is)\s+(?:even |far |the )?(?:ideal|better|best|preferable|preferred|optimal|"
    r"perfect)\b",
    _I,
)


def _together(text: AnnotatedText, placed: Sequence[Placed]) -> list[Placed]:
    """What one time says of the one before it: "36 sessions / 3 weekly"; "twice weekly. Three would be ideal"."""
    kept: list[Placed] = []
    for one in placed:
        before = kept[-1].time if kept else None
        if before is None or before.kind != "frequency" or one.time.kind != "frequency":
            kept.append(one)
            continue
        said, time = before.value or {}, one.time
        counts = "count" in said and not re.search(r"\w", text.flat[before.end : time.start])
        if counts and (time.readings or "frequency" in (time.value or {})):
            told = time.value or time.readings[0]
            kept[-1] = replace(kept[-1], strength=max(kept[-1].strength, _AS_A_PLAN))
            kept.append(
                replace(one, time=replace(time, value=told, readings=()), strength=max(one.strength, _AS_A_PLAN))
            )
        elif time.value and _WOULD_BE_BEST.match(text.flat, time.end) and time.start - before.end < _FAR:
            same = said.get("period") == time.value.get("period") and said.get("period_unit") == time.value.get(
                "period_unit"
            )
            if not (same and "frequency" in said and time.value["frequency"] > said["frequency"]):
                kept.append(one)
                continue
            both = {**said, "frequency_max": time.value["frequency"]}
            kept[-1] = replace(kept[-1], time=replace(before, value=both, end=time.end))
        else:
            kept.append(one)
    return kept


def _single(text: AnnotatedText, placed: list[Placed]) -> Iterator[Extraction]:
    frequencies = [p for p in placed if p.time.kind == "frequency"]
    plain_duration = any(p.time.kind == "duration" and not p.of_letter for p in placed)
    for index, item in enumerate(placed):
        time = item.time
        value, end, start = time.value, time.end, time.start
        if time.kind == "frequency":
            if value == {"as_needed": True} and any(_beside(text, f.time, time) for f in frequencies if f is not item):
                continue
            if _is_counted_in(text, time, frequencies):
                continue
            if time.what == "amount" and any(_says_days(item, f) for f in frequencies):
                continue
            if time.what != "hours" and any(_goes_with(text, f.time, time) for f in frequencies):
                continue
            needed = next(
                (f.time for f in frequencies if f.time.value == {"as_needed": True} and _beside(text, time, f.time)),
                None,
            )
            if needed is None and time.at_most and isinstance(value, dict) and _on_demand(text, time):
                value = {**value, "as_needed": True}
            if needed is not None and isinstance(value, dict):
                value, start, end = {**value, "as_needed": True}, min(start, needed.start), max(end, needed.end)
        elif time.kind == "duration":
            if item.of_letter and plain_duration:
                continue
            if _repeats(text, placed, index) or _is_spread_within(text, item, placed):
                continue
            relative = _RELATIVE.match(text.flat, end) if isinstance(value, dict) and "value" in value else None
            if relative:
                value, end = {**value, "relative_to": "first_session"}, relative.end()
        elif any(_goes_with(text, f.time, time) for f in frequencies):
            continue
        name = "session_length" if time.kind == "length" else time.kind
        yield text.extraction(
            name, value, start, end, found_by=_NAME, strength=item.strength,
            assertion=_assertion(text, time), readings=time.readings,
        )  # fmt: skip


def _is_counted_in(text: AnnotatedText, time: Time, frequencies: Sequence[Placed]) -> bool:
    """ "Two sessions, Tuesdays and Fridays": so many as the rate beside it says already."""
    count = time.value.get("count") if isinstance(time.value, dict) else None
    return count is not None and any(
        isinstance(f.time.value, dict)
        and f.time.value.get("frequency") == count
        and text.sentence_at(f.time.start) == text.sentence_at(time.start)
        and min(abs(f.time.start - time.end), abs(time.start - f.time.end)) < _BESIDE
        for f in frequencies
    )


_WITH = re.compile(r"\b(?:with|plus|including|includes?|along|together|and|alongside|besides|as well as)\b", _I)


def _goes_with(text: AnnotatedText, hours: Time, time: Time) -> bool:
    """ "25 hours a week, with parent training one hour weekly": what comes with the treatment is not its rate."""
    if hours.what != "hours" or time.start < hours.end or time.what not in {"amount", "hours", ""} or time is hours:
        return False
    between = text.flat[hours.end : time.start]
    sentence = text.sentence_at(hours.start)
    return time.start < sentence.end and len(between) < _FAR and _WITH.search(between) is not None


_FAR = 90  # characters


def _on_demand(text: AnnotatedText, time: Time) -> bool:
    """ "Whenever the spasm returns, but no more than": a limit beside what calls for a session."""
    sentence = text.sentence_at(time.start)
    return WHENEVER.search(text.flat, sentence.start, sentence.end) is not None


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


def _says_days(item: Placed, other: Placed) -> bool:
    """ "30 minutes a day, 5 days a week" is five times a week."""
    return (
        other is not item
        and min(abs(other.time.start - item.time.end), abs(item.time.start - other.time.end)) < 25
        and "frequency" in (other.time.value or {})
    )


def _repeats(text: AnnotatedText, placed: list[Placed], index: int) -> bool:
    """ "For 12 weeks (3 months)": the bracket says the same again."""
    time = placed[index].time
    return (
        index > 0
        and placed[index - 1].time.kind == "duration"
        and re.fullmatch(r"\s*(?:\(|[,–—-]\s|or\s|i\.e\.,?\s|=)\s*", text.text[placed[index - 1].time.end : time.start])
        is not None
    )


_SPREAD = re.compile(
    r"\b(?:spread|spaced|distributed|divided|parted|staggered|scheduled|given|held|taken|used)(?:\s+(?:out|evenly|roughly|about))*"
    r"\s+(?:over|across|through(?:out)?|in|within|among)\s+(?:(?:about|the|some|a period of|next|first|up to)\s+)*$",
    _I,
)


def _is_spread_within(text: AnnotatedText, item: Placed, placed: Sequence[Placed]) -> bool:
    """ "Ten sessions spread over ten weeks, within an authorization of twelve": the longer time is the course's."""
    if not _SPREAD.search(text.flat[max(0, item.time.start - 50) : item.time.start]):
        return False
    own = _days(item.time.value)
    return any(p.time.kind == "duration" and not p.of_letter and _days(p.time.value) > own > 0 for p in placed)


def _days(value: Json) -> float:
    """How many days a length of time is, about; 0 for an end that is none of these."""
    if isinstance(value, dict) and value.get("indefinite"):
        return inf
    if not isinstance(value, dict) or "value" not in value or value.get("unit") not in _DAYS:
        return 0.0
    return float(value["value"] * _DAYS[value["unit"]])


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


_DAYS: Mapping[str, float] = {"d": 1, "wk": 7, "mo": 30.44, "a": 365.25}
_ABOUT = 7  # days by which an interval and its length in round months may differ


def _is_as_long(value: Mapping[str, Json], interval: Mapping[str, Json]) -> bool:
    """Whether a length only says again how long an interval is: "4/1/2026 - 3/31/2027 (12 months)"."""
    if value.get("unit") not in _DAYS or "value" not in value or value.get("value_max") or "start" not in interval:
        return False
    days = (date.fromisoformat(interval["end"]) - date.fromisoformat(interval["start"])).days
    return bool(abs(value["value"] * _DAYS[value["unit"]] - days) <= _ABOUT)


def _consistent(found: list[Extraction]) -> Iterator[Extraction]:
    """One value for what is said twice in other units; the end of an interval is not its own duration beside it."""
    first: dict[tuple[str, str], Json] = {}
    intervals = [e.value for e in found if e.name == "duration" and isinstance(e.value, dict) and "end" in e.value]
    for one in found:
        if one.name in {"duration", "session_length"} and isinstance(one.value, dict):
            if "until" in one.value and any(i["end"] == one.value["until"] for i in intervals):
                continue
            if any(_is_as_long(one.value, i) for i in intervals):
                continue
            key = (one.name, repr(sorted(_measure(one.value).items(), key=str)))
            yield replace(one, value=first.setdefault(key, one.value))
        else:
            yield one
