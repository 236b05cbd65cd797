"""Where times stand (beside labels and boxes, in tables, in sentences) and how strongly they are of the course."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from docscan.document import Json
from docscan.extraction.course.cues import prescribes_itself
from docscan.extraction.course.governing import prescribed
from docscan.extraction.course.labels import UNWANTED, Context, about, asks_of_an_ailment, below_diagnosis, contexts
from docscan.extraction.course.other_times import ASKS_FOR_AN_END, is_explained, is_of_something_else
from docscan.extraction.course.prescribing import prescribed_rows
from docscan.extraction.course.times import Time, frequency_of, lasting
from docscan.extraction.course.timing import times
from docscan.extraction.course.tokens import tokens
from docscan.extraction.text.form_rows import is_question
from docscan.extraction.text.instructions import is_instruction
from docscan.extraction.text.month_names import WEEKDAY_BEGUN

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.check_boxes import CheckBox
    from docscan.extraction.text.spans import Span

_I = re.IGNORECASE
_FREQUENCY_LABEL = re.compile(
    r"\b(?:(?:recommended |treatment |prescribed |expected |requested |session |visit )*frequency(?: (?:of|and|&|"
    r"/)\s?[\w/ ]{3,30})?|freq|"
    r"how often[\w ]{0,40}|interval|how many (?:sessions|visits|times|treatments)(?! (?:per|a|each|/))[\w ]{0,20}|"
    r"(?:(?:total|number|no\.?|#) (?:of )?)(?:sessions|visits|treatments|appointments|classes)(?: requested|"
    r" ordered| authorized)?|"
    r"(?:sessions|visits|treatments|appointments|classes|lessons) (?:requested|ordered|authorized|needed|recommended|"
    r"prescribed|allowed|approved|permitted|certified|planned|in (?:all|total))|"
    r"(?:(?:number of |how many |no\.? of |#? ?of )?(?:times|visits|sessions) )?(?:per|a|each) (?:day|week|month|year)"
    r"(?:\s*(?:,|/|\bor\b)\s*(?:or )?(?:per )?(?:day|week|month|year))+|"
    r"(?P<per>(?:(?:how many )?(?:sessions|visits|times|days|treatments|classes)\s?(?:per|/|a|each)|"
    r"per)\s?(?P<unit>week|"
    r"wk|month|mo|day|year))|"
    r"(?:directions for |how )?(?:use|used|wear)(?=\s*[:.…]{1})|(?:dosage|dose)(?:\s?(?:and|/|&)\s?(?:frequency|"
    r"schedule|how (?:often|taken|used)))?|(?:how|when) (?:(?:is it|it is|to be|often) )?(?:taken|used|worn|"
    r"given)|how to (?:take|use|wear) it|"
    r"directions(?: for use)?|schedule|sig\b)",
    _I,
)
_DURATION_LABEL = re.compile(
    r"\b(?:(?:(?:recommended|expected|anticipated|estimated|total|treatment|therapy|proposed|requested|membership|"
    r"program|service|prescribed)\s+)*(?:duration|length|period|term|time ?frame|time ?period|"
    r"time span)(?:\s+(?:of|for)\s+(?!stay|each|session|visit)[\w ]{3,40}?)?"
    r"(?: ?\((?:in )?(?P<unit>months|weeks|days|years)\))?|(?:frequency|freq)\s?(?:and|/|&)\s?duration|"
    r"over what (?:period|time)[\w ]{0,20}|(?:for )?(?:how long|what period)[\w ,]{0,50}\??|dates? of treatment|"
    r"treatment dates?|"
    r"(?:weeks|months) of (?:treatment|therapy|care)|(?P<needs>weeks|months|days|years) (?:needed|requested|"
    r"required|ordered|"
    r"planned)|dur(?=\s*[.:])|(?:how many|(?:for )?this many|(?:number|no\.?|"
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
    r"\b(?:visits|sessions|(?P<clock>(?:minutes|mins?)(?: (?:each|apiece|every|per|a|for each)(?: (?!\d)\w+)?)?)|dose|"
    r"amount|days|how much|quantity|lon|stops?|ends?|"
    r"(?:(?:runs|goes|lasts|needed|good|valid|continues?) )?(?:through|until)|"
    r"how long|(?:(?:needed|required|use|wear) )?for|(?P<many>weeks|months))(?=\s*[:#?_.(=]|\s*$|\s*\t|\s+\d)",
    _I | re.MULTILINE,
)
"""Words that are a label only where they open a cell."""
_VALIDITY = re.compile(
    r"\b(?:letter|prescription|order|referral|recommendation|certification|authorization|lmn|"
    r"form)\b[^.;]{0,40}?\b(?:valid|effective|good|in effect|expires?|covers)\b|"
    r"\b(?:keep|leave|hold|have)\s+(?:the|this|her|his|their|my|our)\s+(?:\w+\s+)?(?:approval|authorization|letter|"
    r"file|claim|order|prescription)\s+(?:open|active|current|valid|on file|in (?:effect|force))\b",
    _I,
)
_DAY_BOXES = 3
"""So many check boxes of days of the week on a form are a schedule."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A time with its place in the document and how strongly it belongs to the course."""

    time: Time
    strength: float
    of_letter: bool = False


_QUESTION = re.compile(
    r"\W*(?:\d{1,2}[.)]\s*)?(?:how|what|over what|for (?:how|what)|which|when|at what|"
    r"will|is|are|does|do|has|have|can|would|should)\b[^?]*\?",
    _I,
)
_LONE_NUMBER = re.compile(r"\W*(?:A(?:ns(?:wer)?)?[:.]\s*)?(?P<number>\d{1,3})\W*")
_BRACKET = re.compile(r"\([^()]*\)")
_UNFINISHED = re.compile(
    r"\b(?:until|till|through|thru|for|over|per|every|each|max\.|min\.|approx\.|"
    r"(?:mon|tues?|wed|thur?s?|fri)\.)\s*\Z",
    _I,
)


def sentences(text: AnnotatedText) -> Iterator[Span]:
    """Sentences; one that cannot have ended where the layout broke it goes on to the end of the next."""
    told = 0
    for index, sentence in enumerate(text.sentences):
        if sentence.end <= told:
            continue
        goes_on = index + 1 < len(text.sentences) and _UNFINISHED.search(text.flat, sentence.start, sentence.end)
        told = text.sentences[index + 1].end if goes_on else sentence.end
        below = below_diagnosis(text, sentence._replace(end=told))
        if below is not None:
            yield sentence._replace(end=below - 1)
            sentence = sentence._replace(start=below)  # noqa: PLW2901
        yield sentence._replace(end=told)


def all_times(text: AnnotatedText, written: date | None) -> list[Time]:
    """Every time of every sentence, whatever it is of."""
    return [moved(t, sentence.start) for sentence in sentences(text) for t in _times_in(text, sentence, written)]


def _times_in(text: AnnotatedText, sentence: Span, written: date | None) -> list[Time]:
    printed = re.sub(r"[\n\t]", " ", text.flat[sentence.start : sentence.end])
    return text.once(f"times in {sentence.start}", lambda: times(printed, written=written))


_HOW_LONG = re.compile(r"\b(?:how (?:long|often)|duration|length|frequency)\b", _I)


def is_surely_another(text: AnnotatedText, time: Time) -> bool:
    """Whether a time is of an ailment, of a check, or tells how a form is filled in, whatever else speaks for it."""
    sentence = text.sentence_at(time.start)
    context = contexts(text).get(sentence.start)
    label = context.label if context is not None else ""
    ails = _HOW_LONG.search(label) is not None and asks_of_an_ailment(label)
    return ails or is_of_something_else(text.flat[sentence.start : sentence.end], moved(time, -sentence.start))


def in_sentence(text: AnnotatedText, sentence: Span, written: date | None) -> Iterator[Placed]:
    """The times of a sentence that are prescribed."""
    printed = re.sub(r"[\n\t]", " ", text.flat[sentence.start : sentence.end])
    found = _times_in(text, sentence, written)
    context = contexts(text).get(sentence.start, Context("", "", False))
    number = _LONE_NUMBER.fullmatch(printed) if context.about == "order" else None
    if number:
        alone = sentence._replace(start=sentence.start + number.start("number"))
        yield from _alone(text, alone, context, printed[number.start("number") :])
    if (
        not found
        or _is_a_counter(text, sentence)
        or _is_charged(text, sentence)
        or (is_instruction(_BRACKET.sub("", printed)) and not prescribes_itself(printed))
    ):
        return
    hints = [bracket.span() for bracket in _BRACKET.finditer(printed) if is_instruction(bracket.group())]
    found = [t for t in found if not any(start < t.end and t.start < end for start, end in hints)]
    of_letter = _VALIDITY.search(printed) is not None
    if (choice := _choice(text, sentence.start, found)) is not None and context.about == "order":
        yield choice
        return
    found = [_per_label(time, context.label) for time in found]
    asked = _QUESTION.match(printed)
    for time in found:
        if (asked and time.end <= asked.end()) or text.box_state(sentence.start + time.end - 1) is False:
            continue
        if "until_condition" in (time.value or {}) and _leaves_its_row(text, moved(time, sentence.start)):
            continue
        strength = prescribed(text, sentence, time, found, context)
        if strength and text.box_state(sentence.start + time.start) is not False:
            yield Placed(moved(time, sentence.start), strength * time.sure, of_letter)


def _leaves_its_row(text: AnnotatedText, time: Time) -> bool:
    """Whether "until" is the head of a column, below which the next row begins."""
    line = text.lines[text.line_index(time.start)]
    return time.end > line.end and len(line.cells) > 1


_CHARGE = re.compile(r"(?:^|\s)[$€£]\s?\d[\d,]*\.\d\d\s*$")


def _is_charged(text: AnnotatedText, sentence: Span) -> bool:
    """Whether a line closes with what it cost: a row of a bill or a log, not of a plan."""
    line = text.lines[text.line_index(sentence.start)]
    return _CHARGE.search(text.text[line.start : line.end]) is not None


_COUNTER = re.compile(r"\d{1,2}[a-z][.)]")


def _is_a_counter(text: AnnotatedText, sentence: Span) -> bool:
    """Whether "2h." stands before what it counts, at the head of its line."""
    if not _COUNTER.fullmatch(text.flat, sentence.start, sentence.end):
        return False
    line = text.lines[text.line_index(sentence.start)]
    return line.start == sentence.start and line.end > sentence.end


def _per_label(time: Time, label: str) -> Time:
    """ "Per week:  [x] 1-2 sessions": so many of the label's unit."""
    per = re.fullmatch(r"\W*(?:\w+ )?per (day|week|month)\W*", label, _I)
    if per is None or not isinstance(time.value, dict) or "count" not in time.value:
        return time
    unit = {"d": "d", "w": "wk", "m": "mo"}[per[1][0].lower()]
    return replace(time, value=frequency_of(time.value["count"], 1, unit, time.value.get("count_max")))


def labelled(text: AnnotatedText, written: date | None) -> Iterator[Placed]:
    """Times that stand in the place of a label's value, wherever the layout puts it."""
    seen: set[tuple[str, int, int]] = set()
    for pattern, kinds, opening in (
        (_LENGTH_LABEL, frozenset({"length"}), False),
        (_FREQUENCY_LABEL, frozenset({"frequency", "duration", "length", "phase"}), False),
        (_DURATION_LABEL, frozenset({"duration", "frequency", "phase"}), False),
        (_OPENING_LABEL, frozenset({"frequency", "duration", "phase"}), True),
    ):
        for found in text.labelled(pattern, bare=True, opening=opening):
            if found.place == "inline" and not found.sign and not text[found.label].isupper():
                continue  # prose
            label = pattern.search(text.flat, found.label.start)
            if (
                found.value is None
                or label is None
                or label.start() != found.label.start
                or not _is_of_course(text, found.label)
            ):
                continue
            asked = frozenset({"length"}) if label.groupdict().get("clock") else kinds
            for placed in _in_value(text, label, found.value, asked, written):
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
        r"\b(?:symptom|pain|onset|problem|illness|complaint|medication|dose|slept|run-?out|grace|filing|waiting|"
        r"enrollment|appeals?|coverage|benefit|policy|billing|pay)\w*\W*$",
        lead,
        _I,
    )


def _in_value(
    text: AnnotatedText, label: re.Match[str], value: Span, kinds: frozenset[str], written: date | None
) -> Iterator[Placed]:
    block = text.block_below(value, lines=4)
    printed = text[block]
    if is_instruction(printed) and len(printed) > 60:
        return
    found = [moved(t, block.start) for t in times(printed, written=written)]
    wanted = [t for t in found if t.kind in kinds]
    if not wanted:  # "3 | times per | week": a value split over cells
        line = text.lines[text.line_index(value.start)]
        asked = (cell.start for cell in line.cells if cell.start > value.start and is_question(cell.text))
        row = text[(value.start, next(asked, max(block.end, line.end)))]
        found = [moved(t, value.start) for t in times(re.sub(r"[\t\n|]", " ", row), written=written)]
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
        if label.groupdict().get("many") and re.search(r"\w", lead):
            continue  # "... x 3 / months": the end of what stands above
        if time.needs_label and "until" in (time.value or {}) and not ASKS_FOR_AN_END.search(label.group()):
            continue  # "start 9 March"
        told_how = hinted or is_explained(text.flat, time.start, time.end)
        ticked = text.box_state(time.start)
        if ticked is False or (not ticked and (told_how or is_instruction(text.text[label.end() : time.start]))):
            continue
        if _is_asked_below(text, block, time) or re.search(r"[.;]\s|\n\n", lead):
            continue  # another sentence of the same cell is judged as a sentence
        if label.groupdict().get("per") and isinstance(time.value, dict) and "count" in time.value:
            unit = {"d": "d", "w": "wk", "m": "mo", "y": "a"}[label["unit"][0].lower()]
            time = replace(time, value=frequency_of(time.value["count"], 1, unit, time.value.get("count_max")))  # noqa: PLW2901
        if time.before in {"by", "within", "after", "last", "past"} or re.match(
            r"\s*(?:ago|\(?completed)\b", text.text[time.end :], _I
        ):
            continue
        yield Placed(time, 0.98 if text.box_state(time.start) else 0.95)
    if not told:
        yield from _bare(text, label, kinds, block, printed)


def _is_asked_below(text: AnnotatedText, block: Span, time: Time) -> bool:
    """Whether a time only stands in the next question of a form."""
    sentence = text.sentence_at(time.start)
    question = _QUESTION.match(text.flat, sentence.start, sentence.end) if sentence.start > block.start else None
    return question is not None and time.end <= question.end()


_NEAR = 3
"""Characters; what begins later in a label's value does not replace a bare number at its head."""
_BETWEEN_BOXES = re.compile(r"[\s\[\]()_□☐oO|.]{1,8}")


def _choice(text: AnnotatedText, offset: int, found: Sequence[Time]) -> Placed | None:
    """ "3 mo  6 mo  12 mo" beside boxes of which nothing is known: one of them, but which?"""
    if len(found) < 2 or found[0].kind not in {"duration", "length"} or any(t.kind != found[0].kind for t in found):
        return None
    if any(not isinstance(t.value, dict) or not t.value.keys() & {"value", "indefinite"} for t in found):
        return None
    places = [(offset + t.start, offset + t.end) for t in found]
    apart = all(_BETWEEN_BOXES.fullmatch(text.text, one[1], other[0]) for one, other in pairwise(places))
    if not apart or any(text.box_state(start) is not None for start, _ in places):
        return None
    readings = tuple(t.value for t in found)
    return Placed(Time(found[0].kind, None, places[0][0], places[-1][1], 1.0, readings), 0.5)


def _alone(text: AnnotatedText, sentence: Span, context: Context, printed: str) -> Iterator[Placed]:
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
) -> Iterator[Placed]:
    """A number that the label makes a time: "Duration (months): 12", "Visits: 24", "Minutes: [ ] 30 [x] 45"."""
    groups = label.groupdict()
    line_end = text.lines[text.line_index(block.start)].end
    ticked = next(
        (b.label for b in text.check_boxes if b.ticked and b.label and block.start <= b.label.start < line_end), None
    )
    unit_ticked = _BARE_UNIT.fullmatch(text[ticked]) if ticked is not None and label.re is _DURATION_LABEL else None
    if unit_ticked is not None:
        numbers = list(_HOW_MANY.finditer(text.text, block.start, line_end))
        if len(numbers) == 1:
            of = {"d": "d", "w": "wk", "m": "mo", "y": "a"}[unit_ticked["unit"][0].lower()]
            yield Placed(Time("duration", lasting(int(numbers[0].group()), of, None), *numbers[0].span()), 0.9)
        return
    if ticked is not None:
        block, printed = ticked, text[ticked]
    match = re.match(
        r"\s*#?\s*(?:(?:up to|at most|max(?:imum)?\.?(?: of)?|no more than|not more "
        r"than)\s+)?(\w+(?:-\w+)?)(?:\s*(?:-|–|to)\s*(\d{1,3}))?\s*(?:x|times|sessions|visits|total)?\s*(?=$|"
        r"[\s,;.(])(?!\s*(?:of|out of|/)\s*\d)(?!\s*-?\s*(?:min|h(?:ou)?rs?\b|days?|w(?:ee)?ks?|mo|y(?:ea)?rs?))",
        printed,
        _I,
    )
    read = [t for t in tokens(match[1]) if t.kind == "number"] if match else []
    if match is None or len(read) != 1 or read[0].end != len(match[1]):
        return
    number, high = read[0].value, int(match[2]) if match[2] else None
    named = groups.get("unit") or groups.get("many") or groups.get("needs") or " "
    unit = {"d": "d", "w": "wk", "m": "mo", "y": "a"}.get(named[0].lower())
    start, end = block.start + match.start(1), block.start + match.end(2 if high else 1)
    if groups.get("per") and unit:
        yield Placed(Time("frequency", frequency_of(number, 1, unit, high), start, end), 0.95)
    elif unit:
        yield Placed(Time("duration", lasting(number, unit, high), start, end), 0.9)
    elif kinds == {"length"} and 5 <= number <= 240 and re.search(r"min|length|time|long", label.group(), _I):
        yield Placed(Time("length", lasting(number, "min", high), start, end), 0.85)
    elif re.match(r"(?:total|number|no\b|#|how many|sessions|visits|treatments)", label.group(), _I) and number > 1:
        count: dict[str, Json] = {"count": int(number)} if high is None else {"count": int(number), "count_max": high}
        yield Placed(Time("frequency", count, start, end), 0.9)


_BARE_UNIT = re.compile(r"\s*(?P<unit>days?|weeks?|wks?|months?|mos?|years?|yrs?)(?:\(s\))?\W*", _I)
_HOW_MANY = re.compile(r"(?<![^\W_])(?<![/.-])\d{1,3}(?![^\W_]|[/-]|\.\d)")
"""How many of a unit that is ticked apart from it: "[X] weeks  [ ] months   Number: 6"."""


def tabled(text: AnnotatedText, written: date | None) -> Iterator[Placed]:
    """Times in the row of a table of prescribed things."""
    for _, others in prescribed_rows(text):
        for cell in others:
            yield from (Placed(moved(time, cell.start), 0.9) for time in times(cell.text, written=written))


_WEEKDAY_BOX = re.compile(rf"\W*{WEEKDAY_BEGUN}\W*", _I)


def day_boxes(text: AnnotatedText) -> Iterator[Placed]:
    """ "[x] Mon [ ] Tue [x] Wed": so many days a week."""
    boxes = [b for b in text.check_boxes if b.label and _WEEKDAY_BOX.fullmatch(text[b.label].split("\n")[0])]
    ticked = [b.label for b in boxes if b.ticked and b.label]
    if len(boxes) < _DAY_BOXES or not ticked:
        return
    start, end = min(s.start for s in ticked), max(s.end for s in ticked)
    yield Placed(Time("frequency", frequency_of(len(ticked), 1, "wk"), start, end), 0.93)


_PER = re.compile(
    r"(?:^|[\s\])☐☒])(?:\d{1,2}\s*)?(?:x|×|times?|sessions?|visits?|days?)?\s*(?:per|a|each|every|/)\s*"
    r"(?P<unit>day|week|wk|month|mo)\b\.?\s*\Z",
    _I,
)
_JUST_A_NUMBER = re.compile(
    r"(?P<low>\d{1,2})(?:\s*[-–]\s*(?P<high>\d{1,2}))?\s*(?:x|×|times?|sessions?|visits?|days?)?", _I
)


def boxed_rates(text: AnnotatedText) -> Iterator[Placed]:
    """ "[ ] 1x  [x] 2x  [ ] 3x  per week": the number that is ticked, of the period that closes the row."""
    rows: dict[int, list[CheckBox]] = {}
    for box in text.check_boxes:
        if box.label and box.at:
            rows.setdefault(text.line_index(box.at.start), []).append(box)
    for index, row in rows.items():
        line = text.lines[index]
        ticked = [b.label for b in row if b.ticked and b.label]
        closing = _PER.search(text.flat[line.start : line.end])
        if len(row) < 2 or len(ticked) != 1 or closing is None:
            continue
        number = _JUST_A_NUMBER.fullmatch(text.flat[ticked[0].start : min(ticked[0].end, line.end)].strip())
        context = contexts(text).get(ticked[0].start, Context("", "", False))
        if number is None or context.about in UNWANTED:
            continue
        unit = {"d": "d", "w": "wk", "m": "mo"}[closing["unit"][0].lower()]
        value = frequency_of(int(number["low"]), 1, unit, int(number["high"]) if number["high"] else None)
        start = min(b.at.start for b in row if b.at)
        yield Placed(Time("frequency", value, start, line.end), 0.93)


def moved(time: Time, by: int) -> Time:
    return replace(time, start=time.start + by, end=time.end + by)
