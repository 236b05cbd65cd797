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
    r"increas(?:e|es|ing) to|progress(?:es|ing)? to|transition(?:s|ing)? to|mov(?:e|es|ing) (?:down )?to|later|"
    r"follow[- ]?on|finally|lastly|at last|(?:come|go|cut|bring it) down to|eas(?:e|es|ing) (?:off |down )?to|"
    r"end(?:s|ing)? (?:with|at|on|in)|second (?:phase|stage|part|stretch|step))\b",
    _I,
)
_MARKS = re.compile(
    r"[\s,;:.()&+→>=-]*(?:and\s*)?(?:then\s*)?(?:[-•*]\s*)?(?:(?:stage|phase|step|part|block)\s*\w+\s*[,:(]*\s*)?",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"[\s,;:()|–—=-]*(?:(?:at|of|for|x|×|on|is|go|will be|be|attend|the|during|over|in|from|up to|that)\s+){0,3}", _I
)
_FARTHEST = 110
_PARTS = frozenset({"phase", "duration"})
_POINTS = frozenset({"after", "at", "following", "from", "since", "ago", "by", "within"})
"""Before a time, these make it a point, no part."""
_IN_ALL = re.compile(
    r"\s*,?\s*\(?(?:in all|in total|total\b|altogether|all told|overall)|.*\btotal of\s*(?:about\s*)?\Z|"
    r".*\b(?:the (?:whole|entire|full|overall|complete|total)(?: (?!of\b|remaining\b)\w+){0,2}? (?:should|is|to|"
    r"will|must|shall|can|"
    r"runs?|lasts?|takes?|spans?|covers?|being|not|comes?|lasting|running|spanning)|(?:it|they|these|"
    r"this) all)\b[^.;]*\Z",
    _I | re.DOTALL,
)
"""What lasts so long is the whole plan."""
_OPEN_FOR = re.compile(
    r"\s*(?:(?:for|x|×|over|during)\s*)(?:(?:a|an|another|the|about|yet)\s+)*(?:(?:next|final|further|last|other|following|"
    r"remaining)\s+)?(?P<n>\w+)(?:\s+more)?(?=[ \t]*(?:[.,;)\n\t\f]|$|(?:and|then)\b))",
    _I,
)
_THROUGH = re.compile(r"\s*,?\s*(?:through|thru|until|to)\s+(?:the\s+end\s+of\s+)?(?:week|month)\s*(?P<n>\w+)", _I)
_IN_THE_NEXT = re.compile(
    r"\s*(?:in|during|for|over|through) (?P<which>the (?:second|third|fourth|fifth|sixth|last|next|final))"
    r"(?=\s*(?:[.,;]|$|and\b))",
    _I,
)


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


def plans(text: AnnotatedText, found: Sequence[Time], everything: Sequence[Time] = ()) -> list[Plan]:
    """The plans in phases among times in the order of the text.

    `everything`: all times of the document; a part of a course may be told by one that prescribes nothing by itself.
    """
    more = [t for t in everything if not any(t.start < known.end and known.start < t.end for known in found)]
    found = sorted((*found, *(t for t in more if t.kind in _PARTS and t.before not in _POINTS)), key=_place)
    rates = [t for t in found if _is_rate(t)]
    others = [t for t in more if _is_rate(t)]
    made: list[Plan] = []
    used = 0
    while used < len(rates):
        chain = _chain(text, found, rates[used:])
        after = [t for t in others if t.start > chain[-1].rate.end and _are_close(text, chain[-1].rate, t)]
        longer = _chain(text, found, sorted((*rates[used:], *after), key=_place)) if after else []
        if len(longer) > len(chain) and {id(p.rate) for p in chain} <= {id(p.rate) for p in longer}:
            made.append(_plan(longer))
            used += sum(any(p.rate is t for t in rates) for p in longer)
        elif len(chain) > 1:
            made.append(_plan(chain))
            used += len(chain)
        else:
            used += 1
    return made


def _is_rate(time: Time) -> bool:
    rate = time.kind == "frequency" and isinstance(time.value, dict) and "frequency" in time.value
    return rate and time.what != "amount"


def _are_close(text: AnnotatedText, one: Time, other: Time) -> bool:
    """Whether a rate that prescribes nothing by itself may go on with the plan of another: in the same sentence."""
    return text.sentence_at(one.start) == text.sentence_at(other.start)


def _place(time: Time) -> tuple[int, int]:
    return time.start, time.end


def _chain(text: AnnotatedText, found: Sequence[Time], rates: Sequence[Time]) -> list[_Phase]:
    """Phases from the first rate on, as far as each follows from the one before."""
    parts = [t for t in found if t.kind in _PARTS]
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
            if part is None:
                part, until = _after(text, parts, rate, following)
        else:
            part, until = _after(text, parts, rate, following)
        if part is None and chain:
            part = _elliptic(text, chain, rate)
        phase = _Phase(rate, part, until)
        if chain and not _follows(text, chain[-1], phase, leading=leading):
            break
        phase.begun = chain[-1].turn if chain else None
        chain.append(phase)
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
        return (None if _is_a_line(text, near[0]) else near[0]), None
    if near[0].kind == "phase" and near[0].value is None:
        later = next((p for p in near[1:] if p.kind == "duration" and p.start - near[0].end < 12), None)
        return (later or near[0]), near[0]
    return near[0], None


def _is_a_line(text: AnnotatedText, time: Time) -> bool:
    """Whether an end fills a line of its own, below the plan: it is the end of it all."""
    line = text.lines[text.line_index(time.start)]
    return line.start == time.start and not text.text[time.end : line.end].strip(" .;")


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
    if not timed or one.rate.value == other.rate.value:
        return False
    return _MARKS.fullmatch(between) is not None or _are_rows_of_one(text, one.rate, other.rate)


_STAGE = re.compile(
    r"\b(?:initial|first|second|third|middle|last|final|start|induction|maintenance|consolidation|taper\w*|"
    r"follow[- ]?up|"
    r"(?:phase|stage|part|step|block|month|period)\s*\w{1,3})\b",
    _I,
)


def _are_rows_of_one(text: AnnotatedText, one: Time, other: Time) -> bool:
    """Whether two rates stand under each other in rows that are headed by stages of one treatment."""
    first, second = text.line_index(one.start), text.line_index(other.start)
    rows = [text.lines[index] for index in (first, second)]
    if not 0 < second - first <= _ROWS_APART or any(len(row.cells) < _COLUMNS for row in rows):
        return False
    heads = [row.cells[0].text for row in rows]
    return any(map(_STAGE.search, heads))


_ROWS_APART, _COLUMNS = 2, 2


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


def _elliptic(text: AnnotatedText, chain: Sequence[_Phase], rate: Time) -> Time | None:
    """The part of a rate that is told by a number or an ordinal alone: "... then 1/wk for 8", "and one in the third".

    It is of the unit that the phase before has.
    """
    known = chain[-1].part
    if known is None or not isinstance(known.value, dict) or "unit" not in known.value:
        return None
    same = _IN_THE_NEXT.match(text.flat, rate.end) if known.kind == "phase" else None
    if same is not None:
        return Time("phase", {**known.value, "value": 1}, same.start("which"), same.end("which"))
    last = _THROUGH.match(text.flat, rate.end)
    match = last or _OPEN_FOR.match(text.flat, rate.end)
    number = next((t for t in tokens(match["n"]) if t.kind == "number"), None) if match else None
    if match is None or number is None:
        return None
    count = number.value
    if last:
        parts = [p.part.value for p in chain if p.part and isinstance(p.part.value, dict)]
        if len(parts) < len(chain) or any(p.get("unit") != known.value["unit"] for p in parts):
            return None
        count -= sum(p["value"] for p in parts)
    return (
        Time("duration", lasting(count, known.value["unit"]), match.start("n"), match.end("n")) if count > 0 else None
    )


def _plan(chain: Sequence[_Phase]) -> Plan:
    members = [t for phase in chain for t in (phase.rate, phase.part, phase.until) if t is not None and t.end > t.start]
    phases = [{"frequency": p.rate.value, "duration": p.part.value if p.part else None} for p in chain]
    return Plan(phases, tuple(members), min(t.start for t in members), max(t.end for t in members))
