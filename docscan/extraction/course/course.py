"""The prescribed course: how often, for how long, how long a session, from when to when.

A letter tells many times: how long the pain has lasted, what therapy was tried, when to come back, how tablets are
taken. A time belongs to the course where a label says so, or where what governs it in its sentence prescribes rather
than reports.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from docscan.document import Assertion, Extraction, Json
from docscan.extraction.course.prescribing import prescribed_rows
from docscan.extraction.course.timing import INDEFINITE_IN_A_DURATION_BOX, Time, times
from docscan.extraction.dates.dates import DateMention, dates_in
from docscan.extraction.text.instructions import is_instruction

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText, Span

_I = re.IGNORECASE
_NAME = "course"

_FREQUENCY_LABEL = re.compile(
    r"\b(?:(?:recommended |treatment |prescribed |expected )?frequency(?: (?:of|and|&|/)\s?[\w/ ]{3,30})?|freq|"
    r"how often|"
    r"(?:number|no\.?|#) of (?:sessions|visits|treatments)|(?P<per>(?:how many )?(?:sessions|visits|times|days|"
    r"treatments)\s?(?:per|/|a|each)\s?"
    r"(?P<unit>week|month|day|year))|(?:directions for |how )?(?:use|used|wear)(?=\s*[:.…]{1})|dosage(?: (?:and|/|"
    r"&) frequency)?|schedule)",
    _I,
)
_DURATION_LABEL = re.compile(
    r"\b(?:(?:(?:recommended|expected|anticipated|estimated|total|treatment|therapy|proposed|"
    r"requested)\s+)*(?:duration|"
    r"length|period|term|time ?frame|time ?period)(?:\s+(?:of|for)\s+(?!stay)[\w ]{3,40}?)?(?: ?\((?P<unit>months|"
    r"weeks|days|years)\))?|"
    r"(?:frequency|freq)\s?(?:and|/|&)\s?duration|over what (?:period|time)[\w ]{0,20}|how long[\w ,]{0,50}\??|"
    r"dates? of treatment|treatment dates?|"
    r"effective (?:dates?|period)|valid (?:from|for|through|until)|period covered|letter valid)(?=\s*[:#?_.(=]|"
    r"\s*$|\s*\t)",
    _I | re.MULTILINE,
)
_LENGTH_LABEL = re.compile(
    r"\b(?:(?:session|visit|treatment|class|appointment) (?:length|duration|time)|length of (?:each )?(?:session|"
    r"visit|class|"
    r"appointment)s?|(?:minutes|time) per (?:session|visit)|duration of (?:each )?session)\b",
    _I,
)

_CUES = re.compile(
    r"\b(?:(?P<prescribes>recommend\w*|prescrib\w+|orders?\b|ordered|ordering|requir(?:e|es|ed|ing)\b|needs?\b|"
    r"needed|"
    r"necessary|medically appropriate|advis(?:e|ed|ing)|request(?:ing|ed)?|authoriz\w+|approv(?:e|al)|should\b|"
    r"will (?:benefit|"
    r"need|require|participate|attend|receive|continue|undergo|engage|work|begin|complete|use|take|be|start|"
    r"include|consist|"
    r"last|run|perform|do|meet|train|see a)|would benefit|benefit from|must\b|shall\b|plan(?:ned)? (?:is|to|for|"
    r"of)|treatment plan|"
    r"(?:care|exercise|fitness) plan|"
    r"plan:|is to\b|to (?:participate|attend|engage|receive|undergo|complete|begin|continue|use|take|be|perform|"
    r"follow)\b|plan "
    r"of care|regimen|initiate|begin(?:ning)?|start(?:ing)?|commenc\w+|continu(?:e|ing|ation)\b|enroll?\w*|"
    r"suggest\w*|indicated|"
    r"propose[ds]?|consist(?:s|ing) of|schedul\w+|rx:|sig:|i am asking|support(?:s|ing)? (?:the use|her|his|their|a)|"
    r"participat(?:e|ing|ion) in|goal is to (?:attend|participate|complete)|sessions? (?:of|are|will|lasting|for|at)|"
    r"(?:letter|prescription|recommendation|order|referral|lmn|necessity) (?:is|will be|remains?|"
    r"shall be) (?:valid|effective|good|in effect)|"
    r"(?:letter|prescription|order) covers|treated with|treatment (?:is|will|should|with|of|consist\w*)|"
    r"therapy (?:is|will|should))|"
    r"(?P<reports>completed|finished|underwent|undergone|received|attended|tried|trial of|failed|failure of|"
    r"participated|"
    r"previous(?:ly)?|"
    r"prior|past\b|last\b|ago\b|since\b|histor(?:y|ical)|already|used to|following an?|despite|in spite of|"
    r"recent(?:ly)?|has (?:been|had|"
    r"lost|gained|done)|have (?:been|had|known|treated|followed|seen)|had\b|was\b|were\b|did\b|diagnosed|onset|"
    r"began|started|"
    r"ended|discontinued|stopped|status post|s/p|formerly|initially)|"
    r"(?P<returns>follow[- ]?ups?|f/u|return(?:s|ing)? (?:to|for|in|visit)|rtc|re-?check\w*|re-?evaluat\w+|"
    r"re-?assess\w*|reviewed?|see "
    r"(?:me|us|you|her|him) |seen (?:again|back|every)|refill\w*|repeat\w*|labs?\b|a1c|monitor\w*|re-?examin\w*|"
    r"progress "
    r"(?:notes?|reports?)|report(?:s|ing)? (?:to|back|will|monthly|weekly|every)|updates?\b|weigh-?ins?|renew\w*|"
    r"check(?:ed|s)?\b|"
    r"communicat\w+|check-?ins?|submit\w*|office visits?|consult(?:ation)?s? with me|contact me)|"
    r"(?P<habits>avoid\w*|refrain\w*|walks|exercises|drinks|smok(?:es|ed|ing)|sleeps|works\b|eats|plays|goes\b|"
    r"jogs|runs\b|bikes|"
    r"consumes|reports that|"
    r"reports (?:s?he|they)|states|endorses|denies|takes\b|taking|currently (?:takes?|on|taking|walks|exercis\w+|"
    r"attends)|"
    r"able to|unable to|tolerates?|works out|occurs?|experiences|headaches|episodes?|flares?|attacks?|migraines)|"
    r"(?P<relation>under my care|patient of mine|my patient|known (?:him|her|this)|in practice|experience|spent|"
    r"spend|face-to-face|established|warranty|office hours|hours of)|"
    r"(?P<goals>goals?\b|in order to|reduc(?:e|ing|tion)|lower(?:ing)?|decreas(?:e|ing)|lose\b|losing|achiev\w+|"
    r"increas(?:e|ing)|improv(?:e|ing)|target\w*|objective))",
    _I,
)
_CLAUSE = re.compile(
    r";|\b(?:but|however|therefore|thus|so)\b|,\s+(?=(?:i|we|he|she|they|the patient|and (?:i|we|he|she|they|is|"
    r"has|now|"
    r"will|should|would|requires?|needs?)|which|who|it|my|his|her|mr|ms|mrs|[a-z]+ing)\b)|\band (?:i|we|he|she|"
    r"they|the patient|"
    r"now|currently|requires?|needs?|would|should|will|is|has) ",
    _I,
)
_NOT_BEFORE = re.compile(
    r"(?:\b(?:past|last|previous|prior|preceding|(?:with)?in(?: the)?(?: next| coming| following)?|every|by|at|"
    r"after|since|about|"
    r"roughly|nearly|another|"
    r"aged?|than|first seen|later|recent|over (?:the )?(?:past|last|previous))\s*(?:the |approximately |about |"
    r"approx\.? )?|[$€£])$",
    _I,
)
_NOT_AFTER = re.compile(
    r"^(?:\s*(?:(?:a|per|each|/)\s?(?:day|week|month|year)|off\b|after\b|ago|prior|earlier|later|before|old|post\b|"
    r"history|from now|from today|of (?:age|experience|"
    r"conservative|symptoms?|"
    r"(?:[\w-]+ )?pain|failed|history|progressive|worsening|persistent)|since|duration of (?:symptoms|pain))|"
    r"[\s-]*(?:follow|check|"
    r"re-?check|warranty|experience|anniversary|supply|hx\b|postpartum|post-?op))",
    _I,
)
_SYMPTOM = re.compile(
    r"(?:pain|symptoms?|disease|disorder|condition|diabetes|hypertension|obesity|fatigue|stiffness|depression|"
    r"anxiety|injury|"
    r"surgery|fracture|spasms?|headaches?|weakness|problems?|complaints?|arthritis|suffer(?:s|ing|ed)?|"
    r"present(?:ed|ing)?|"
    r"ongoing|persisting|lasting)\s*(?:\([^)]*\)\s*)?(?:for|x|×|of|lasting|over)?\s*(?:at least |about |more than |"
    r"over |the )*$",
    _I,
)
_DOSE = re.compile(
    r"\b[\d.,]+\s?(?:mg|mcg|µg|ml|iu|units?|grams?|g|tab(?:let)?s?|cap(?:sule)?s?|puffs?|drops?|sprays?|pills?|"
    r"scoops?)\b",
    _I,
)
_SUPPLEMENT = re.compile(
    r"\b(?:vitamins?|supplement\w*|probiotics?|omega|fish oil|melatonin|magnesium|protein|collagen|iron|calcium|"
    r"glucosamine|"
    r"chondroitin|co-?q\s?10|turmeric|curcumin|electrolytes?|zinc|creatine|fiber|psyllium|shakes?|herbal|folate|"
    r"b-?12|biotin|"
    r"multivitamin)\b",
    _I,
)
_TREATMENT = re.compile(
    r"\b(?:therap(?:y|ies)|training|trainer|sessions?|massages?|program(?:me)?s?|exercis\w*|gym|fitness|membership|"
    r"class(?:es)?|"
    r"acupuncture|chiropractic|counsel\w*|treatments?|coaching|workouts?|pilates|yoga|swim\w*|aquatic\w*|walking|"
    r"strengthening|"
    r"conditioning|rehab\w*|nutrition\w*|diet\w*|supplement\w*|sauna|visits?|lessons?|weight loss|device|"
    r"equipment)\b",
    _I,
)
_WHOLE = re.compile(
    r"(?:^|\b(?:for|of|over|during|least|is|to|lasting|x|continue|spans?|about|approximately|minimum|than|be|"
    r"for up to)\s+|[:(,]\s*)$",
    _I,
)
_FIRST_PERSON = re.compile(r"\b(?:I|we) (?:\w+ )?(?:recommend|prescrib|order|advis|request)\w*", _I)
_HEADING = re.compile(
    r"\b(?:plan|treatment|recommend\w*|prescription|rx|order(?:s|ed)?|frequency|duration|course|therapy|regimen|"
    r"service|program)\b",
    _I,
)
_OTHER_HEADING = re.compile(
    r"\b(?:history|medications?|hpi|present illness|subjective|allerg\w+|vital|exam\w*|results?|review of)\b", _I
)
_MEASURED = re.compile(
    r"(?:able to|tolerat\w+|without (?:pain|stopping|rest)|walk(?:ing)? (?:for )?|stand(?:ing)? (?:for )?|"
    r"sit(?:ting)? (?:for )?)[\w ]{0,12}$",
    _I,
)
_THEN = re.compile(
    r"^[\s,;.()]*(?:and\s+)?(?:then|followed by|decreas\w+ to|taper\w*(?: (?:down )?to)?|reduc\w+ to|increas\w+ to|"
    r"progress\w* to|"
    r"transition\w* to|thereafter|subsequently|after (?:that|which)|next)\b",
    _I,
)
_RELATIVE = re.compile(
    r"\s*(?:,\s*)?(?:(?:starting|beginning|commencing|measured|calculated|counted)\s+)?(?:from|after|of|following|"
    r"on|with|at)\s+(?:the\s+)?"
    r"(?:date\s+(?:of|that)\s+)?(?:(?:her|his|the|their|patient'?s|your)\s+)*(?:first|"
    r"initial)\s+(?:[\w-]+\s+){0,3}?(?:session|visit|"
    r"appointment|treatment|class|workout|service|lesson)\b",
    _I,
)
_RANGE_JOIN = re.compile(
    r"\s*(?:,\s*)?(?:-|–|—|to|through|thru|until|till|ending(?: on)?|and ending(?: on)?|and)\s*", _I
)
_RANGE_OPENS = re.compile(
    r"(?:\b(?:from|between|period(?: of)?|dates?|effective|begin(?:ning|s)?|start(?:ing|s)?|commencing|valid|"
    r"duration|run(?:ning|s)?|"
    r"treatment|therapy|sessions?|program|covers?|covering)(?: (?:of|from|on|dates?|is|are|will be))*\s*[:(]?\s*)$",
    _I,
)
_UNTIL = re.compile(
    r"\b(?:until|till|through|thru|ending(?: on)?|ends?(?: on)?|expir(?:es|ing|ation)(?: date| on)?:?|end date:?|"
    r"up to(?: and including)?)\s*$",
    _I,
)
_FROM = re.compile(
    r"\b(?:start(?:ing|s)?(?: date)?(?: of treatment)?|begin(?:ning|s)?|commenc(?:ing|es?)|effective(?: date)?|"
    r"as of|from|start of (?:treatment|care|therapy)|"
    r"treatment date)(?: on| from| date| of)*\s*:?\s*$",
    _I,
)
_START_LABEL = re.compile(
    r"\b(?:(?:treatment |therapy |program |requested |expected )?(?:start|begin(?:ning)?|effective|commencement|"
    r"onset of treatment)(?:ing)? "
    r"(?:date|on)(?: of (?:treatment|therapy|care|service))?|date (?:treatment|therapy) (?:starts?|begins?|began)|"
    r"treatment (?:starts?|begins?|start)|"
    r"start of (?:treatment|care|therapy)|effective (?:from|date)|(?:date )?from)(?=\s*[:#_]|\s*$|\s*\t|\s+\d)",
    _I | re.MULTILINE,
)
_END_LABEL = re.compile(
    r"\b(?:(?:treatment |therapy |program |expected )?(?:end(?:ing)?|stop|completion|expiration|"
    r"termination) (?:date|on)(?: of (?:treatment|therapy|care))?|"
    r"date (?:treatment|therapy) ends?|treatment (?:ends?|end)|expires?(?: on)?|valid (?:through|until|thru)|"
    r"(?:date )?(?:to|through|thru))(?=\s*[:#_]|\s*$|\s*\t|\s+\d)",
    _I | re.MULTILINE,
)
_YEAR_NAMED = re.compile(
    r"\b(?:(?:for|through(?:out)?|during|the (?:rest|remainder|end) of)\s+(?:the\s+)?)(?P<what>(?:calendar|plan|"
    r"benefit) year)(?:\s+(?P<year>20\d\d))?",
    _I,
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_UNTIL_MONTH = re.compile(
    r"\b(?:until|till|through|thru)\s+(?:the\s+)?(?:end\s+of\s+)?(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|"
    r"apr(?:il)?|may|june?|"
    r"july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?),?\s+(?P<year>20\d\d)\b",
    _I,
)
_RECEIPTS = frozenset({"receipt", "superbill", "eob", "estimate", "card_slip", "statement"})


@dataclass(frozen=True, slots=True)
class _Placed:
    """A time with its place in the document and how strongly it belongs to the course."""

    time: Time
    strength: float


def course(text: AnnotatedText) -> Iterator[Extraction]:
    """frequency, duration and session_length of what is prescribed; start_date and end_date of the treatment."""
    kind, sure, _ = text.kind
    if kind in _RECEIPTS and sure >= 0.6:
        return
    labelled = list(_labelled(text))
    known = [(p.time.start, p.time.end) for p in labelled]
    labelled += [p for p in _tabled(text) if not _overlaps(p.time, known)]
    taken = [(p.time.start, p.time.end) for p in labelled]
    placed = list(labelled)
    for sentence in text.sentences:
        placed += [p for p in _in_sentence(text, sentence) if not _overlaps(p.time, taken)]
    yield from _extractions(text, placed)
    yield from _dated(text)


def _overlaps(time: Time, taken: Sequence[tuple[int, int]]) -> bool:
    return any(time.start < end and start < time.end for start, end in taken)


def _moved(time: Time, by: int) -> Time:
    return replace(time, start=time.start + by, end=time.end + by)


def _skipped(text: AnnotatedText, offset: int) -> bool:
    return text.box_state(offset) is False


# -- labels ---------------------------------------------------------------------------------------------------------


def _labelled(text: AnnotatedText) -> Iterator[_Placed]:
    seen: set[tuple[str, int, int]] = set()
    for label, kinds in (
        (_LENGTH_LABEL, {"length"}),
        (_FREQUENCY_LABEL, {"frequency", "duration", "length"}),
        (_DURATION_LABEL, {"duration", "frequency"}),
    ):
        for match in text.find(label):
            for found in text.labelled(re.compile(re.escape(match.group()), _I)):
                if found.label.start != match.start():
                    continue
                for placed in _in_value(text, match, found.value, kinds):
                    key = (placed.time.kind, placed.time.start, placed.time.end)
                    if key not in seen:
                        seen.add(key)
                        yield placed


def _tabled(text: AnnotatedText) -> Iterator[_Placed]:
    """Times in the row of a table of prescribed things."""
    for _, others in prescribed_rows(text):
        for cell in others:
            yield from (_Placed(_moved(time, cell.start), 0.9) for time in times(cell.text))


def _in_value(text: AnnotatedText, label: re.Match[str], value: Span | None, kinds: set[str]) -> Iterator[_Placed]:
    if value is None:
        return
    block = text.block_below(value, lines=4)
    printed = text[block]
    if is_instruction(printed) and len(printed) > 60:
        return
    found = [_moved(t, block.start) for t in times(printed)]
    for time in found:
        in_brackets = re.search(
            r"\([^)]*(?:max|not (?:to )?exceed|e\.g|up to)[^)]*$", text.text[label.start() : time.start], _I
        )
        if _skipped(text, time.start) or in_brackets or is_instruction(text.text[label.end() : time.start]):
            continue
        if time.kind in kinds or (time.kind == "length" and "frequency" in kinds):
            ticked = text.box_state(time.start)
            yield _Placed(time, 0.98 if ticked else 0.95)
    if any(t.kind in kinds for t in found):
        return
    groups = label.groupdict()
    bare = re.match(r"\s*(\d{1,3})(?:\s*(?:-|–|to)\s*(\d{1,3}))?\s*(x|times|sessions)?\s*(?=$|[\s,;])", printed, _I)
    unit = {"d": "d", "w": "wk", "m": "mo", "y": "a"}.get((groups.get("unit") or " ")[0].lower())
    if "duration" in kinds and bare and unit and not groups.get("per"):
        yield _Placed(
            Time("duration", {"value": int(bare[1]), "unit": unit}, block.start, block.start + bare.end(1)), 0.9
        )
    elif bare and kinds == {"length"} and 5 <= int(bare[1]) <= 240:
        length = {"value": int(bare[1]), "unit": "min"}
        yield _Placed(Time("length", length, block.start, block.start + bare.end(1)), 0.85)
    elif bare and groups.get("per") and unit:
        often: dict[str, Json] = {
            "frequency": int(bare[1]), "frequency_max": int(bare[2]) if bare[2] else None,
            "period": 1, "period_unit": unit,
        }  # fmt: skip
        yield _Placed(Time("frequency", often, block.start, block.start + bare.end(2 if bare[2] else 1)), 0.95)
    elif bare and re.match(r"(?:number|no|#)", label.group(), _I):
        yield _Placed(Time("frequency", {"count": int(bare[1])}, block.start, block.start + bare.end(1)), 0.9)
    elif "duration" in kinds and "length" not in kinds:
        word = INDEFINITE_IN_A_DURATION_BOX.search(printed)
        if (
            word
            and not _skipped(text, block.start + word.start())
            and word.group().lower() not in {"unknown", "n/a", "na"}
        ):
            start, end = block.start + word.start(), block.start + word.end()
            yield _Placed(Time("duration", {"indefinite": True}, start, end), 0.9)


# -- sentences ------------------------------------------------------------------------------------------------------


def _in_sentence(text: AnnotatedText, sentence: Span) -> Iterator[_Placed]:
    printed = text[sentence]
    found = times(printed)
    if not found or is_instruction(printed):
        return
    for time in found:
        strength = _prescribed(text, sentence, printed, time)
        if strength and not _skipped(text, sentence.start + time.start):
            yield _Placed(_moved(time, sentence.start), strength * time.sure)


def _prescribed(text: AnnotatedText, sentence: Span, printed: str, time: Time) -> float | None:
    """How strongly a time in a sentence belongs to the course; None where it does not."""
    before, after = printed[: time.start].replace("\n", " "), printed[time.end :].replace("\n", " ")
    if _is_another_time(text, sentence, printed, time):
        return None
    if text.box_state(sentence.start + time.start) and len(re.findall(r"[A-Za-z]+", printed)) <= 6:
        return 0.85  # a ticked box: "[x] 6 months"
    clause_start = max((m.end() for m in _CLAUSE.finditer(before)), default=0)
    if _DOSE.search(before[clause_start:][-60:]) and not _SUPPLEMENT.search(printed):
        return None
    cues = [cue for cue in _CUES.finditer(before) if cue["prescribes"] or cue.start() >= clause_start]
    if cues:
        return _by_governing(before, cues, time)
    if time.kind != "frequency" and _SYMPTOM.search(before[clause_start:]):
        return None
    return _by_what_follows(text, sentence, printed, time, after)


def _is_another_time(text: AnnotatedText, sentence: Span, printed: str, time: Time) -> bool:
    """An age, a point of time, a goal's measure, how tablets are taken."""
    before, after = printed[: time.start].replace("\n", " "), printed[time.end :].replace("\n", " ")
    value = time.value if isinstance(time.value, dict) else {}
    if time.kind == "duration" and "value" in value and (_NOT_BEFORE.search(before) or _NOT_AFTER.match(after)):
        return True
    if time.kind == "length" and _MEASURED.search(before):
        return True
    if re.match(r"an?\s+(?:week|month|year)$", printed[time.start : time.end], _I) and not _WHOLE.search(before):
        return True  # "two drinks a week"
    doses = value == {"as_needed": True} or time.kind == "length" or value.get("period_unit") == "d"
    if doses and not (_TREATMENT.search(printed) or _SUPPLEMENT.search(printed)):
        return True
    return bool(_OTHER_HEADING.search(text.section_at(sentence.start)) and not _FIRST_PERSON.search(before))


def _by_governing(before: str, cues: list[re.Match[str]], time: Time) -> float | None:
    """What the nearest word before the time that prescribes or reports makes of it."""
    governing = cues[-1]
    if governing["prescribes"]:
        return None if _negated(before, governing) else 0.92
    if governing["goals"] and any(cue["prescribes"] for cue in cues):
        return 0.75 if time.kind == "frequency" else 0.6
    return None


def _by_what_follows(text: AnnotatedText, sentence: Span, printed: str, time: Time, after: str) -> float | None:
    """ "Sessions of one hour are necessary"; entries of a plan; fragments such as "massage 2x/mo"."""
    clause_end = _CLAUSE.search(after)
    behind = next(_CUES.finditer(after[: clause_end.start() if clause_end else None]), None)
    if behind is not None and behind["prescribes"]:
        return 0.85
    if behind is not None and (behind["reports"] or behind["returns"] or behind["relation"]):
        return None
    if _HEADING.search(text.section_at(sentence.start)):
        return 0.8
    if _TREATMENT.search(printed) and not (behind and behind["habits"]):
        return 0.7
    rest = re.sub(r"[\W\d_]+", " ", printed[: time.start] + printed[time.end :])
    near = text.text[max(0, sentence.start - 200) : sentence.start]
    return 0.6 if len(rest.split()) <= 4 and _TREATMENT.search(near) else None


def _negated(before: str, cue: re.Match[str]) -> bool:
    return (
        re.search(
            r"\b(?:not|n't|never|no longer|does not|"
            r"no)\s+(?:\w+\s+)?$",
            before[: cue.start()],
            _I,
        )
        is not None
    )


# -- from times to extractions ---------------------------------------------------------------------------------------


def _extractions(text: AnnotatedText, placed: list[_Placed]) -> Iterator[Extraction]:
    placed = sorted(placed, key=lambda p: p.time.start)
    placed, phases = _phases(text, placed)
    yield from phases
    frequencies = [p for p in placed if p.time.kind == "frequency"]
    for index, item in enumerate(placed):
        time = item.time
        value, end = time.value, time.end
        if time.kind == "frequency":
            if value == {"as_needed": True} and any(_beside(text, f.time, time) for f in frequencies if f is not item):
                continue
            if _day_of_amount(text, item, frequencies):
                continue
            needed = next(
                (f.time for f in frequencies if f.time.value == {"as_needed": True} and _beside(text, time, f.time)),
                None,
            )
            if needed is not None and isinstance(value, dict):
                value, end = {**value, "as_needed": True}, max(end, needed.end)
        elif time.kind == "duration" and isinstance(value, dict) and "value" in value:
            relative = _RELATIVE.match(text.text, end)
            if relative:
                value, end = {**value, "relative_to": "first_session"}, relative.end()
        name = "session_length" if time.kind == "length" else time.kind
        if name == "duration" and _repeats(text, placed, index):
            continue
        yield text.extraction(
            name,
            value,
            time.start,
            end,
            found_by=_NAME,
            strength=item.strength,
            assertion=_assertion(text, time),
            readings=time.readings,
        )


def _assertion(text: AnnotatedText, time: Time) -> Assertion:
    asserted = text.assertion_at(time.start, time.end)
    return (
        asserted if asserted == "negated" and isinstance(time.value, dict) and "indefinite" in time.value else "stated"
    )


def _beside(text: AnnotatedText, one: Time, other: Time) -> bool:
    first, last = sorted((one, other), key=lambda t: t.start)
    between = text.text[first.end : last.start]
    return first.start != last.start and len(between.split()) <= 4 and not re.search(r"[.;\n]", between.strip())


def _day_of_amount(text: AnnotatedText, item: _Placed, frequencies: list[_Placed]) -> bool:
    """ "30 minutes a day, 5 days a week" is five times a week."""
    printed = text.text[item.time.start : item.time.end]
    if not re.search(r"\b(?:min|hour|hr)", printed, _I):
        return False
    return any(
        f is not item and 0 <= f.time.start - item.time.end < 25 and "period" in (f.time.value or {})
        for f in frequencies
    )


def _repeats(text: AnnotatedText, placed: list[_Placed], index: int) -> bool:
    """ "24 sessions a month for 12 weeks (3 months)": the bracket says the same again."""
    time = placed[index].time
    return (
        index > 0
        and placed[index - 1].time.kind == "duration"
        and text.text[placed[index - 1].time.end : time.start].strip() == "("
    )


def _phases(text: AnnotatedText, placed: list[_Placed]) -> tuple[list[_Placed], list[Extraction]]:
    """Take out what is one taper: "3x/wk x 4 wks, then 2x/wk x 8 wks"."""
    pairs: list[tuple[_Placed, _Placed | None]] = []
    index = 0
    while index < len(placed):
        item = placed[index]
        if item.time.kind == "frequency" and isinstance(item.time.value, dict) and "period" in item.time.value:
            later = next((p for p in placed[index + 1 : index + 3] if p.time.kind == "duration"), None)
            between = text.text[item.time.end : later.time.start] if later else ""
            follows = later is not None and len(between.split()) <= 10 and not re.search(r"[.;]\s|\n\n", between)
            if later is not None and follows:
                follows = all(p.time.kind != "frequency" for p in placed[index + 1 : placed.index(later)])
            pairs.append((item, later if follows else None))
        index += 1
    for first, chain in _chains(text, pairs):
        phases = [
            {"frequency": f.time.value, "duration": d.time.value if d else None}
            for f, d in pairs[first : first + chain]
        ]
        members = [p for f, d in pairs[first : first + chain] for p in (f, d) if p is not None]
        start, end = members[0].time.start, members[-1].time.end
        strength = min(m.strength for m in members)
        whole = [text.extraction("frequency", {"phases": phases}, start, end, found_by=_NAME, strength=strength)]
        total = _total([p["duration"] for p in phases])
        if total is not None:
            whole.append(text.extraction("duration", total, start, end, found_by=_NAME, strength=0.9 * strength))
        return [p for p in placed if p not in members], whole
    return placed, []


def _chains(text: AnnotatedText, pairs: list[tuple[_Placed, _Placed | None]]) -> Iterator[tuple[int, int]]:
    for first in range(len(pairs)):
        length = 1
        while first + length < len(pairs):
            f, d = pairs[first + length - 1]
            end = (d or f).time.end
            between = text.text[end : pairs[first + length][0].time.start]
            if d is None or not _THEN.match(between) or len(between) > 60:
                break
            length += 1
        if length > 1:
            yield first, length


_DAYS = {"d": 1, "wk": 7, "mo": 30, "a": 365}


def _total(durations: list[Json]) -> Json:
    """The phases' durations as one; None where one of them is open."""
    if any(not isinstance(d, dict) or "value" not in d for d in durations):
        return None
    units = {d["unit"] for d in durations}
    if len(units) == 1:
        return {"value": sum(d["value"] for d in durations), "unit": units.pop()}
    return {"value": round(sum(d["value"] * _DAYS[d["unit"]] for d in durations)), "unit": "d"}


# -- dates ----------------------------------------------------------------------------------------------------------


def _dated(text: AnnotatedText) -> Iterator[Extraction]:
    dates = dates_in(text)
    starts, ends = _date_labels(text, _START_LABEL, dates), _date_labels(text, _END_LABEL, dates)
    used: set[int] = set()
    for first, second in pairwise(dates):
        between = text.text[first.end : second.start]
        if _RANGE_JOIN.fullmatch(between) and first.start not in used and _is_course_range(text, first):
            used |= {first.start, second.start}
            yield from _interval(text, first, second, 0.93)
    for mention in dates:
        if mention.start in used or _skipped(text, mention.start):
            continue
        sentence = text.sentence_at(mention.start)
        before = text.text[sentence.start : mention.start].replace("\n", " ")
        prescribing = not is_instruction(text[sentence]) and _speaks_of_course(text, sentence, before)
        if mention in ends or (_UNTIL.search(before) and prescribing):
            strength = 0.95 if mention in ends else 0.88
            readings = [{"until": day.isoformat()} for day in mention.readings]
            started = (
                next((s for s in starts if s.start < mention.start and s.value), None) if mention in ends else None
            )
            if started is None or mention.value is None:
                value = {"until": mention.iso} if mention.value else None
                yield _at(text, "duration", value, mention, strength=strength, readings=readings)
            else:
                yield from _interval(text, started, mention, strength, both=False)
            yield _at(
                text,
                "end_date",
                mention.iso,
                mention,
                strength=strength,
                readings=[d.isoformat() for d in mention.readings],
            )
        elif mention in starts or (
            _FROM.search(before) and prescribing and not re.search(r"\b(?:seen|dated|record)\b", before, _I)
        ):
            strength = 0.95 if mention in starts else 0.85
            yield _at(
                text,
                "start_date",
                mention.iso,
                mention,
                strength=strength,
                readings=[d.isoformat() for d in mention.readings],
            )
    for match in text.find(_UNTIL_MONTH):
        sentence = text.sentence_at(match.start())
        lead = text.flat[sentence.start : match.start()]
        if not is_instruction(text[sentence]) and _speaks_of_course(text, sentence, lead):
            month, year = _MONTHS.index(match["month"][:3].lower()) + 1, int(match["year"])
            last = date(year, month, monthrange(year, month)[1]).isoformat()
            yield text.extraction("duration", {"until": last}, *match.span(), found_by=_NAME, strength=0.8)
            yield text.extraction("end_date", last, *match.span(), found_by=_NAME, strength=0.75)
    for match in text.find(_YEAR_NAMED):
        sentence = text.sentence_at(match.start())
        if is_instruction(text[sentence]) or not _speaks_of_course(
            text, sentence, text.text[sentence.start : match.start()]
        ):
            continue
        named_year = match["year"]
        calendar = match["what"].lower().startswith("calendar") and named_year
        named = (
            {"start": f"{named_year}-01-01", "end": f"{named_year}-12-31"}
            if calendar
            else {"until_condition": match["what"].lower() + (f" {named_year}" if named_year else "")}
        )
        yield text.extraction("duration", named, match.start("what"), match.end(), found_by=_NAME, strength=0.75)


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
        yield _at(
            text, "start_date", first.iso, first, strength=strength, readings=[d.isoformat() for d in first.readings]
        )
        yield _at(
            text, "end_date", second.iso, second, strength=strength, readings=[d.isoformat() for d in second.readings]
        )
        return
    one = _at(text, "duration", value, first, strength=strength, readings=readings)
    other = _at(text, "duration", value, second, strength=strength, readings=readings)
    yield replace(one, evidence=one.evidence + other.evidence)


def _date_labels(text: AnnotatedText, label: re.Pattern[str], dates: Sequence[DateMention]) -> list[DateMention]:
    """The dates that a label names; the mentions themselves."""
    found = []
    for item in text.labelled(label, bare=True):
        if item.value is None:
            continue
        found += [m for m in dates if item.value.start <= m.start < item.value.start + 4]
    return found


def _is_course_range(text: AnnotatedText, first: DateMention) -> bool:
    sentence = text.sentence_at(first.start)
    before = text.text[sentence.start : first.start].replace("\n", " ")
    if re.search(
        r"\b(?:hospitali[sz]ed|admitted|admission|received|attended|completed|underwent|out of work|off work|seen|"
        r"treated)\b",
        before,
        _I,
    ):
        return False
    cell = text.cell_at(first.start)
    labels = text.text[max(0, (cell.start if cell else first.start) - 60) : first.start]
    return bool(
        _RANGE_OPENS.search(before) or _DURATION_LABEL.search(labels) or _speaks_of_course(text, sentence, before)
    )


def _speaks_of_course(text: AnnotatedText, sentence: Span, before: str) -> bool:
    last = None
    for cue in _CUES.finditer(before):
        last = cue if cue["prescribes"] or cue["reports"] or cue["returns"] or cue["relation"] else last
    if last is not None:
        return bool(last["prescribes"])
    section = text.section_at(sentence.start)
    return bool((_TREATMENT.search(text[sentence]) or _HEADING.search(section)) and not _OTHER_HEADING.search(section))
