"""What a course is written for where no verb says so: "P: massage tx 2x/week, one year", "Gym membership" over "4x/wk".

A frequency, a duration or a length of sessions tells that the noun phrase before it is what is prescribed, unless the
place or the words tell that the course is past, a habit, a drug's or somebody else's. Under a heading of what is
ordered the phrase may name anything; elsewhere only a thing whose kind is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from docscan.extraction.course.labels import UNWANTED, about, contexts
from docscan.extraction.course.timing import times
from docscan.extraction.text import relatives
from docscan.extraction.text.asking import asks_for_treatment
from docscan.extraction.text.enumerators import ENUMERATOR
from docscan.extraction.text.instructions import is_instruction
from docscan.extraction.text.spans import Span
from docscan.extraction.treatment.naming import kind_known, names_treatment, narrowed, trimmed
from docscan.extraction.treatment.short_forms import class_of

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE


class Ordered(NamedTuple):
    """The name of a thing with a course. `planned`: it stands where the plan, the order or the request is written."""

    start: int
    end: int
    planned: bool


def ordered(text: AnnotatedText) -> Iterator[Ordered]:
    """The things that the document's courses are written for."""
    told = contexts(text)
    chart = _has_assessment(text)
    planning = False  # a chart's plan goes on until the next heading
    past = False  # as does what was had before
    for sentence in text.sentences:
        context = told.get(sentence.start)
        label, start = _opening(text, sentence)
        if label:
            planning = _is_plan(label, chart=chart)
            past = _OF_THE_PAST.match(label) is not None
        elif text.text[max(0, sentence.start - 2) : sentence.start] == "\n\n":
            planning = planning and _BULLET.match(text.flat, sentence.start) is not None
            past = past and _BULLET.match(text.flat, sentence.start) is not None
        answers = context.about if context else ""
        if label and answers == "other":
            yield from _on_lines_below(text, sentence)
        if answers == "other" and not label and _is_past_its_label(text, sentence, context.label if context else ""):
            answers = ""
        if past or (not planning and (answers in UNWANTED or _OF_HABITS.search(label))):
            continue
        planned = planning or answers == "order"
        printed = text.flat[start : sentence.end]
        if len(printed) < 3 or printed.endswith("?") or is_instruction(printed):
            continue
        if text.box_state(sentence.start) is False or _NOT_ORDERED.search(printed) or _OTHERS.search(printed):
            continue
        if text.assertion_at(start, min(start + 20, sentence.end)) in {"historical", "negated", "other_person"}:
            continue
        yield from _with_courses(text, Span(start, sentence.end), planned=planned)


def _opening(text: AnnotatedText, sentence: Span) -> tuple[str, int]:
    """The label that opens a sentence, "" for none, and where what it says begins."""
    part = _PART.match(text.flat, sentence.start, sentence.end)
    if part:
        return part["label"], part.end()
    found = _LABEL.match(text.flat, sentence.start, sentence.end)
    if found is None:
        return "", sentence.start
    if found["label"] and not asks_for_treatment(found["label"]) and (found["dash"] or kind_known(found["label"])):
        return "", found.start("label")  # "Reformer Pilates - 2/wk"
    return found["label"] or "", found.end()


def _on_lines_below(text: AnnotatedText, sentence: Span) -> Iterator[Ordered]:
    """What stands on lines of their own below a label that its line answers, where no full stop parts them."""
    if _NOT_ORDERED.search(text.flat, sentence.start, sentence.end):
        return
    for below in re.finditer(r"\n(?=[A-Z][a-z])", text.text[sentence.start : sentence.end]):
        start = sentence.start + below.end()
        end = text.text.find("\n", start, sentence.end)
        yield from _with_courses(text, Span(start, end if end > 0 else sentence.end), planned=False)


_PART = re.compile(r"\s*(?P<label>[SOAP])\s?(?:[:)]|\s[-–—])(?=\s)\s*")
_LABEL = re.compile(
    rf"[\s•●▪■◦·*>-]*(?:(?i:{ENUMERATOR}))?[ ]*"
    r"(?:(?P<label>[A-Z][^:?\n\t.;,\d]{0,40}?)(?:\s?:|\)|(?P<dash>\s[-–—]))(?=\s)\s*)?"
)


def _is_past_its_label(text: AnnotatedText, sentence: Span, label: str) -> bool:
    """Whether a line stands below the line that a label opens and answers: "Condition: migraine", then this."""
    line = text.lines[text.line_index(sentence.start)]
    if sentence.start > line.start + 3:
        return False
    above = text.text.rfind(label, 0, sentence.start) if label else -1
    if above < 0:
        return False
    opened = text.lines[text.line_index(above)]
    return opened.end < line.start and opened.end - above > len(label) + 4


_BULLET = re.compile(r"\s*(?:[•●▪■◦·*>-]|\(?\d{1,2}[.)])\s")
_OF_HABITS = re.compile(
    r"^(?:exercises?|activit\w+|diet|hobbies|sports?|sh|occupation|work|sleep|allergies|nkda|ros|pe|vs|vitals|hours|"
    r"open|phone|tel|fax|email|from|to|re|cc|provider|location|place|goals?)$",
    _I,
)
_OF_THE_PAST = re.compile(
    r"(?:(?:has |have )?(?:already |previously )?(?:had|tried|done|did|failed|used|been through)|prior|previous|"
    r"past|before|earlier|to date|so far|history|hx|pmh|psh)\b",
    _I,
)
_PLAN_LETTER = frozenset({"P", "A/P", "A&P", "Tx", "Rx", "Sig", "Disp"})


def _is_plan(label: str, *, chart: bool) -> bool:
    if label in _PLAN_LETTER:
        return label != "P" or chart
    return asks_for_treatment(label)


def _has_assessment(text: AnnotatedText) -> bool:
    """Whether the parts of a chart are labelled, so that "P:" is its plan."""
    return len({found.group("part") for found in text.find(_CHART)}) > 1


_CHART = re.compile(r"(?:^|\n)\s*(?P<part>S|O|A|P|Hx|HX|CC|HPI|Dx|DX|Tried|Goals?|Imp|PMH)\s?(?:[:)]|\s[-–])")
_NOT_ORDERED = re.compile(  # a course that has been, or that the patient follows anyhow
    r"\b(?:no (?:\w+ )?(?:help|relief|benefit|better|change|effect|gains?|improvement|success|luck|good)|"
    r"fail(?:ed|s|ure)|"
    r"stalled|partial(?:ly)?|plateau\w*|quit(?! (?:smok|coach|line))|"
    r"stopped|d/?c'?e?d|discontinued|completed|complete|finished|done|tried|"
    r"helped|"
    r"temporary|minimal\w*|min relief|worse|worsened|flared|lapsed|dropped|ended|attended|exhausted|did(?:n't)?|was|"
    r"were|had|lost|"
    r"regained|(?:in|since|from) (?:19|20)\d\d|(?:19|20)\d\d[-–](?:19|20)?\d\d|last (?:year|yr|spring|summer|fall|"
    r"winter|month|week)|ago|previous(?:ly)?|prior|past|formerly|used to|currently|current|already|walks|runs|goes|"
    r"does|takes|uses|swims|rides|plays|drinks|smokes|at home alone|on (?:his|her|their) own|declin\w+|refus\w+|denies|"
    r"not|never|without|instead of|rather than|avoid|stop|hold|if|consider|covered|denied|paid|billed|copay|"
    r"(?:f/?u|rtc|return|recheck|re-?eval\w*|reassess\w*|follow[- ]?up))\b|(?<!\w)['’]\d\d\b|\$\s?\d|"
    r"\b\d{1,2}(?::\d\d)?\s?[ap]\.?m\b",
    _I,
)
_OTHERS = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, relatives.words())))})\b", _I)
_JOINT = re.compile(r"\s*(?:;|\s\+\s|\s&\s|,?\sand\s|,?\splus\s|\.\s|,\s(?=[A-Za-z])|\sthen\s)\s*", _I)
_KINDS_NOT_BOUGHT = frozenset(
    {"drug", "medical_visit", "prior_balance", "tip", "food", "clothing", "cosmetic", "shipping", "tax", "late_fee",
     "cancellation_fee", "sign_up_fee"}
)  # fmt: skip


def _with_courses(text: AnnotatedText, body: Span, *, planned: bool) -> Iterator[Ordered]:
    """The phrases of a sentence that a course follows, each the head of its part."""
    start, named = body.start, False
    while start < body.end:
        found = _named(text, start, body.end, planned=planned)
        if found is not None:
            rest = text.flat[found.end : body.end]
            if _leads_to_time(rest) or (not named and _course_follows(text, body, found)):
                named = True
                yield Ordered(*found, planned)
        joint = _JOINT.search(text.flat, found.end if found else start, body.end)
        if joint is None or joint.end() <= start:
            return
        start = joint.end()


def _named(text: AnnotatedText, start: int, end: int, *, planned: bool) -> Span | None:
    begun = _BEGINS.match(text.flat, start, end)
    first, last = narrowed(text, begun.end() if begun else start, end)
    printed = text.flat[first:last]
    timed = next(iter(times(printed)), None)
    if timed is not None and timed.start > 3:  # "program wkly"
        first, last = trimmed(text, first, first + len(printed[: timed.start].rstrip(" ,;:(-–x")))
        printed = text.flat[first:last]
    if first - start > 25 or not names_treatment(text, first, last, asked=planned):
        return None
    kind = class_of(printed)
    if about(printed) == "order" and not kind_known(printed) and len(printed.split()) < 3:
        return None  # "Frequency 3 per week"
    if kind in _KINDS_NOT_BOUGHT or (
        kind in {"supplement", "medical_service"} and not planned and _HAS_DOSE.search(text.flat[start:end])
    ):
        return None
    return Span(first, last) if planned or kind_known(printed) else None


_BEGINS = re.compile(r"(?:start|begin|resume|add|trial(?: of)?|get|try|refer(?: to| for)?|ref(?: to| for)?)\s+", _I)
_HAS_DOSE = re.compile(r"\b\d+\s?(?:mg|mcg|iu|g|ml|units?|tabs?|caps?)\b", _I)
_VERB_BETWEEN = re.compile(
    r"\b(?:i|we|he|she|they|you|is|are|was|were|has|have|will|would|should|can|could|may|because|who|when)\b", _I
)


_DAY = r"(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b\.?"
_WEEKDAYS = re.compile(rf"\b(?:{_DAY}(?:\s*(?:[,/+&-]|and)*\s*{_DAY})*)", _I)


def _leads_to_time(rest: str) -> bool:
    """Whether words after a name lead to a time without saying anything else of it: "by LMT, 60 min, weekly"."""
    if re.match(rf"\W*(?:on |every )?{_WEEKDAYS.pattern}", rest, _I):
        return True
    first = next(iter(times(rest)), None)
    if first is None:
        return False
    between = rest[: first.start]
    return len(between.split()) <= 9 and not _VERB_BETWEEN.search(between) and "?" not in between


_SAYING_WHEN = frozenset(
    """x for ea each per session sessions visit visits of at min mins total then in over apiece about approx freq
    frequency length duration sig course time times every wks wk mo mos a the and or to up max min class classes
    treatments week weeks for until till thru through end plan yr year ongoing on""".split()
)


_WHERE_AND_WITH = re.compile(r",?\s(?:w/|(?:at|in|with|by|under|from|on|through|near|via|for)\b)[^.;\n]{2,90}\.?", _I)


def _course_follows(text: AnnotatedText, body: Span, name: Span) -> bool:
    """Whether a name is all that a sentence says, and the next one, or the line below, tells only times."""
    if body.end - name.end > 25 and not _WHERE_AND_WITH.fullmatch(text.flat, name.end, body.end):
        return False
    index = text.line_index(name.start)
    line = text.lines[index]
    following = text.sentence_at(min(len(text.flat) - 1, body.end + 1))
    places = [text.flat[following.start : following.end]] if following.start >= body.end else []
    if line.start >= name.start - 4 and name.end <= line.end <= name.end + 25 and index + 1 < len(text.lines):
        below = text.lines[index + 1]
        if below.page is line.page:
            places.append(re.sub(r"\s+", " ", text.text[below.start : below.end]))
    return any(_only_times(place) for place in places)


def _only_times(printed: str) -> bool:
    """Whether words tell a course and nothing else, behind a label that asks for one or behind none."""
    label = re.match(r"\s*(?P<label>[A-Za-z][A-Za-z /]{1,30}?)\s*[:.]{1,4}\s+", printed)
    if label and about(label["label"]) != "order" and label["label"].lower() not in _SAYING_WHEN:
        return False
    body = printed[label.end() :] if label else printed
    found = times(body)
    if not found and not _WEEKDAYS.match(body.lstrip()):
        return False
    rest = list(_WEEKDAYS.sub(lambda m: " " * len(m.group()), body))
    for time in found:
        rest[time.start : time.end] = " " * (time.end - time.start)
    left = [word for word in re.findall(r"[A-Za-z]+", "".join(rest)) if word.lower() not in _SAYING_WHEN]
    return len(left) <= 1
