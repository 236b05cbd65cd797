"""Plans in phases: "3x/wk for 4 weeks, then 2x/wk for 8"; "weeks 1-4: three visits"; "the first six weeks ...".

A phase is a rate and the part of the course in which it holds, in either order. Rates are phases of one plan where a
word says so ("then", "tapering to"), where the parts are named as parts ("weeks 5-8", "the next month"), or where
rate and time alternate with nothing but marks between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docscan.document import Json
from docscan.extraction.course.times import Time, lasting
from docscan.extraction.course.timing import times
from docscan.extraction.course.tokens import tokens

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_THEN = re.compile(
    r"\b(?:then|thereafter|after (?:that|which)|followed by|afterwards?|subsequently|drop(?:s|ping)? (?:down )?to|"
    r"taper(?:s|ing|ed)?(?: down)? to|decreas(?:e|es|ed|ing) to|reduc(?:e|es|ed|ing) to|step(?:s|ping)? down to|"
    r"increas(?:e|es|ing) to|progress(?:es|ing)? to|transition(?:s|ing)? to|mov(?:es|ing) todown to|later|"
    r"follow[- ]?on|second (?:phase|stage|part|stretch|step))\b",
    _I,
)
_MARKS = re.compile(
    r"[\s,;:.()&+→>=-]*(?:and\s*)?(?:then\s*)?(?:[-•*]\s*)?(?:(?:stage|phase|step|part|block)\s*\w+\s*[,:]?\s*)?",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"[\s,;:(|–—=-]*(?:(?:at|of|for|x|×|on|is|go|will be|be|attend|the|during|over|in|from|up to|that)\s+){0,3}", _I
)
_FARTHEST = 110
_IN_ALL = re.compile(
    r"\s*,?\s*\(?(?:in all|in total|total\b|altogether|all told|overall)|.*\btotal of\s*(?:about\s*)?\Z", _I
)
"""What lasts so long is the whole plan."""
_OPEN_FOR = re.compile(r"\s*(?:for|x|×)\s*(?P<n>\w+)(?=[ \t]*(?:[.,;)\n\t\f]|$))", _I)


@dataclass(frozen=True, slots=True)
class Plan:
    """Phases and the times that they are made of."""

    phases: list[Json]
    members: tuple[Time, ...]
    start: int
    end: int


@dataclass(slots=True)
class _Phase:
    rate: Time
    part: Time | None
    until: Time | None = None
    begun: dict[str, Json] | None = None
    turn: dict[str, Json] | None = None


def plans(text: AnnotatedText, found: Sequence[Time]) -> list[Plan]:
    """The plans in phases among times in the order of the text."""
    rates = [t for t in found if t.kind == "frequency" and isinstance(t.value, dict) and "period" in t.value]
    rates = [t for t in rates if t.what != "amount"]
    made: list[Plan] = []
    used = 0
    while used < len(rates):
        chain = _chain(text, found, rates[used:])
        if len(chain) > 1:
            made.append(_plan(chain))
            used += len(chain)
        else:
            used += 1
    return made


def _chain(text: AnnotatedText, found: Sequence[Time], rates: Sequence[Time]) -> list[_Phase]:
    """Phases from the first rate on, as far as each follows from the one before."""
    parts = [t for t in found if t.kind in {"phase", "duration"}]
    first = _before(text, parts, rates[0])
    leading = first is not None and (first.kind == "phase" or _no_part_after(text, parts, rates))
    chain: list[_Phase] = []
    for index, rate in enumerate(rates):
        following = rates[index + 1] if index + 1 < len(rates) else None
        if leading:
            part = _before(text, parts, rate)
            until = None
            if part is not None and chain and part.start < chain[-1].rate.start:
                part = None  # the phase before has it
        else:
            part, until = _after(text, parts, rate, following)
        phase = _Phase(rate, part, until)
        if chain and not _follows(text, chain[-1], phase, leading=leading):
            break
        phase.begun = chain[-1].turn if chain else None
        chain.append(phase)
    if len(chain) > 1 and chain[-1].part is None and not leading:
        chain[-1].part = _open_for(text, chain)
    if len(chain) > 1 and chain[-1].part is chain[-2].part is None and chain[0].part is None:
        return chain[:1]
    return chain


def _no_part_after(text: AnnotatedText, parts: Sequence[Time], rates: Sequence[Time]) -> bool:
    """Whether "4 weeks at 3x/wk, 8 weeks at 2x/wk" puts the time first: nothing follows the last of the rates."""
    return len(rates) > 1 and _after(text, parts, rates[0], rates[1])[0] in (None, _before(text, parts, rates[1]))


def _before(text: AnnotatedText, parts: Sequence[Time], rate: Time) -> Time | None:
    near = [p for p in parts if p.end <= rate.start]
    if not near:
        return None
    between = text.text[near[-1].end : rate.start]
    bound = _BOUND.fullmatch(between) is not None or (
        near[-1].kind == "phase" and "." not in between and len(between.split()) <= 4
    )
    return near[-1] if bound else None


def _after(
    text: AnnotatedText, parts: Sequence[Time], rate: Time, following: Time | None
) -> tuple[Time | None, Time | None]:
    limit = following.start if following else rate.end + _FARTHEST
    near = [p for p in parts if rate.end <= p.start < limit]
    if not near:
        return None, None
    between = text.text[rate.end : near[0].start]
    if len(between) > _FARTHEST or re.search(r"[.;]\s|\n\n", between) or _THEN.search(between):
        return None, None
    if re.search(r"\n[^\n]*:", between):
        return None, None  # another line with a label of its own
    if near[0].kind == "duration" and (_IN_ALL.search(between) or _IN_ALL.match(text.flat, near[0].end)):
        return None, None
    if near[0].kind == "duration" and isinstance(near[0].value, dict) and "value" not in near[0].value:
        return near[0], None
    if near[0].kind == "phase" and near[0].value is None:
        later = next((p for p in near[1:] if p.kind == "duration" and p.start - near[0].end < 12), None)
        return (later or near[0]), near[0]
    return near[0], None


def _follows(text: AnnotatedText, one: _Phase, other: _Phase, *, leading: bool) -> bool:
    """Whether the second phase follows on the first."""
    end = max(t.end for t in (one.rate, one.part) if t is not None)
    start = other.part.start if leading and other.part is not None else other.rate.start
    between = text.text[end : max(start, end)]
    if len(between) > _FARTHEST or "\f" in between:
        return False
    if not leading and (turn := _turn(text, end, start)) is not None:
        return _until_turn(one, turn)
    if _THEN.search(between) and one.part is None and not leading and (turn := _turn_behind(text, other.rate.end)):
        return _until_turn(one, turn)
    if _THEN.search(between) and not re.search(r"\.\s+[A-Z]\w+[^.]*\.", between):
        return True
    if other.until is not None and other.until.kind == "phase":
        return True
    if one.part is not None and _FROM_THEN_ON.match(text.flat, other.rate.end) and not re.search(r"[.;]\s", between):
        return True
    parts = [p.part for p in (one, other)]
    if all(p is not None and p.kind == "phase" for p in parts):
        return True
    if (
        one.part is not None
        and one.part.kind == "phase"
        and other.part is not None
        and (leading or "\n\n" not in between)
    ):
        return True
    timed = all(p is not None and isinstance(p.value, dict) and "value" in p.value for p in parts)
    return timed and _MARKS.fullmatch(between) is not None and one.rate.value != other.rate.value


def _turn(text: AnnotatedText, start: int, end: int) -> Time | None:
    """ "... After 6 weeks, decrease to": when the next phase starts, counted from the beginning."""
    told = [t for t in times(text.flat[start:end]) if t.kind in {"duration", "phase"}]
    if len(told) != 1 or told[0].before not in {"after", "at", "following"}:
        return None
    return told[0]


_FROM_THEN_ON = re.compile(
    r"\s*,?\s*(?:from (?:then|there) on(?:wards?)?|thereafter|afterwards?|after (?:that|this|which)|subsequently|"
    r"(?:for|over|during) the (?:remainder|rest|balance)|lasting:? the (?:remainder|rest))\b",
    _I,
)
_BEHIND = re.compile(r"\s*,?\s*(?:after|at|from)\s+(?:the\s+)?(?:first\s+)?[\w-]+\s+\w+", _I)


def _turn_behind(text: AnnotatedText, end: int) -> Time | None:
    """ "... then once a week after 8 weeks"."""
    match = _BEHIND.match(text.flat, end)
    return _turn(text, end, match.end()) if match else None


def _until_turn(one: _Phase, turn: Time) -> bool:
    """Let a phase last until the next one starts; whether that makes sense."""
    value = turn.value if isinstance(turn.value, dict) else {}
    begun = one.begun or {"value": 0, "unit": value.get("unit")}
    if "value" not in value or begun["unit"] != value["unit"] or value["value"] <= begun["value"]:
        return False
    if one.part is None:
        one.part = Time("duration", lasting(value["value"] - begun["value"], value["unit"]), one.rate.end, one.rate.end)
    one.turn = value
    return True


def _open_for(text: AnnotatedText, chain: Sequence[_Phase]) -> Time | None:
    """ "... then 1/wk for 8": of the unit that the phase before has."""
    known = chain[-2].part
    match = _OPEN_FOR.match(text.text, chain[-1].rate.end)
    if match is None or known is None or not isinstance(known.value, dict) or "unit" not in known.value:
        return None
    number = next((t for t in tokens(match["n"]) if t.kind == "number"), None)
    if number is None:
        return None
    return Time("duration", lasting(number.value, known.value["unit"]), match.start("n"), match.end("n"))


def _plan(chain: Sequence[_Phase]) -> Plan:
    members = [t for phase in chain for t in (phase.rate, phase.part, phase.until) if t is not None and t.end > t.start]
    phases = [{"frequency": p.rate.value, "duration": p.part.value if p.part else None} for p in chain]
    return Plan(phases, tuple(members), min(t.start for t in members), max(t.end for t in members))
