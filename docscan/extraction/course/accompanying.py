"""Times of what goes along with a course: tests and checks, what the patient does at home, other rows of a table.

"Massage twice a week for 8 weeks. X-ray every 12 months. Ice three times a day": a time is of the thing named nearest
before it. A test is never the course. What is done or worn at home may well be one, so it gives way only where
something else is told to be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from docscan.extraction.course.cues import FIRST_PERSON, STRONG, TREATMENT
from docscan.extraction.course.labels import Context, contexts
from docscan.extraction.course.other_times import AILMENT, DRUG
from docscan.extraction.course.placing import Placed
from docscan.extraction.course.withdrawn import is_of_a_dead_order
from docscan.extraction.text.lexicon import items_in

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_TEST = re.compile(
    r"\b(?:x-?rays?|radiographs?|mri|ct|scans?|mammograms?|mammography|ultrasounds?|dexa|colonoscop\w+|endoscop\w+|"
    r"psa|a1c|labs?|ferritin|(?:vitamin )?[bd](?:-?12)? levels?|lipids?|"
    r"blood (?:work|counts?|tests?|pressures?|sugars?)|bp|"
    r"(?:bp|glucose|sugar|weight|pressure)\s(?:checks?|logs?|readings?)|ekg|ecg|echo(?:cardiogram)?s?|urodynamics|"
    r"urinalys[ie]s|spirometry|audiograms?|cultures?|biops(?:y|ies)|cystoscop\w+|"
    r"(?:eye|dental|foot|skin|clearance|pelvic|neuro\w*) exams?|"
    r"weighs?\b(?: (?:in|him|her|them)(?:sel(?:f|ves))?)?|"
    r"(?:md|doctor|physician|oncology|clinic|office|cardiology|neurology|surgeon|specialist|urology)(?:['’]s)? "
    r"visits?|(?:neuropsych\w*|lab|blood|pulmonary function|stress) test\w*|"
    r"chemo(?:therapy)?|billing|billed|charged|practices|shifts?)\b"
    r"(?!\s+(?:units?|devices?|monitors?|machines?|cuffs?|scales?|kits?|therap\w*|treatments?)\b)",
    _I,
)
"""What is measured, looked at, billed or done by others: no course of the treatment."""
_AT_HOME = re.compile(
    r"\b(?:kegels?|(?:\w+ )?raises|pendulum\w*|(?:bladder )?drills?|home (?:[a-z]+ )?(?:exercis\w+|stretch\w*|"
    r"walks?|practi[cs]e|drills?)|hep|"
    r"own exercis\w+|(?:exercis\w+|stretch\w*|dilators?|walk\w*) (?:at|in the|around the) (?:home|house)|"
    r"(?:neck|calf|hamstring|own|daily|hip|back|leg|shoulder) stretches|ice(?: packs?)?|icing|"
    r"heat(?:ing)?(?: pads?| packs?)?|elevat\w+|(?:night )?splints?|boot|sling|(?:\w+ )?brace|crutches|cast|collar|"
    r"(?:mouth|night) guard|tap(?:e|ing)|bandag\w+|"
    r"(?:sleeves?|garments?|stockings?)(?= (?:\w+ )?(?:replaced|changed|renewed))|"
    r"pessary|pads?|inhalers?|epsom|foam roll\w*|planks?|squats|bridges|lunges|puffs?)\b",
    _I,
)
_AILS = re.compile(rf"^\W*{AILMENT}\s*(?::|\.{{2,}}|\s{{2}}|$)", _I)
"""A label that says what ails: "Leaks: 4-5/day x 2 yrs"."""
_FORBIDS = re.compile(r"\W*(?:no|avoid|refrain from)\s+(?!more\b|less\b|fewer\b|longer\b|later\b)[a-z]", _I)
"""What somebody must not do for so long: "No contact play for 4 weeks"."""
_SUPPLY = frozenset(
    "pair pairs cans boxes box packs pack pk bottles tubes pads electrodes filters cartridges cases".split()
)
_LED = re.compile(r"[^.;\n]{0,24}")
_BREAK = re.compile(r"[.;]\s|\n\s*\n")
_PERSON = re.compile(
    r"\W*(?:child|patient|pt|client|member|student|athlete|participant|son|daughter|name|mother|father)\b\.?"
    r"(?: name)?\s*"
    r"(?:[:.]|\s{2})",
    _I,
)
_LIMIT = re.compile(
    r"\b(?:plan|benefits?|visits?|annual|policy|coverage|insurance|therapy)\s+(?:limits?|max(?:imum)?|caps?|allowance)\b|"
    r"\b(?:ppo|hmo|epo|hdhp|copay|co-pay|deductible|co-?insurance)\b|"
    r"^\W*(?:insurance|insurer|coverage|benefits?|payer|carrier|health plan)\b[^:.\n]{0,20}(?::|\.{2,}|\s{2})|"
    r"\b(?:per|each|every|/)\s?(?:benefit|plan|policy) (?:year|yr)\b",
    _I | re.MULTILINE,
)
"""What a health plan pays, not what is prescribed."""
_ASKED = 0.9
"""So sure is what answers a label that asks for it."""


def of_the_course(text: AnnotatedText, placed: Sequence[Placed]) -> list[Placed]:
    """Without the times of tests, of a plan's limits and of a patient's age; and of what goes along with a course."""
    kept = [p for p in placed if not (_is_an_age(text, p) or _is_a_limit(text, p) or _is_a_supply(p))]
    alive = [p for p in kept if not is_of_a_dead_order(text, p.time.start)]
    kept = alive if any(p.time.kind in {"frequency", "duration"} for p in alive) else kept
    told = {id(p): _names(text, p, kept) for p in kept}
    kept = [p for p in kept if told[id(p)] != "test"]
    course = [p for p in kept if not told[id(p)] and p.time.kind in {"frequency", "duration"}]
    open_ones = {"frequency", "duration"} - {p.time.kind for p in course} if course else {p.time.kind for p in kept}
    kept = [p for p in kept if told[id(p)] != "home" or p.time.kind in open_ones]
    asked = {p.time.kind for p in course if p.strength >= _ASKED and _label(text, p).about == "order"}
    return [p for p in kept if p.time.kind not in asked or p.strength >= _ASKED or not _is_another_row(text, p)]


def _label(text: AnnotatedText, one: Placed) -> Context:
    return contexts(text).get(text.sentence_at(one.time.start).start, Context("", "", False))


def _names(text: AnnotatedText, one: Placed, others: Sequence[Placed]) -> str:
    """ "test" or "home" where such a thing is named nearest before a time, else ""."""
    if isinstance(one.time.value, dict) and "until_condition" in one.time.value:
        return ""
    if one.time.kind == "frequency" and _TEST.search(text.flat, one.time.start, one.time.end):
        return "test"
    sentence = text.sentence_at(one.time.start)
    letters = list(text.flat[sentence.start : one.time.start])
    for other in others:  # "until her next MRI" names no test
        first, last = (max(0, at - sentence.start) for at in (other.time.start, other.time.end))
        if last <= len(letters):
            letters[first:last] = " " * (last - first)
    before = "".join(letters)
    broken = [m.end() for m in _BREAK.finditer(before)]
    before = before[broken[-1] :] if broken else before
    if _FORBIDS.match(before):
        return "home"
    context = _label(text, one)
    line = text.lines[text.line_index(one.time.start)]
    if not broken and context.about != "order" and context.label in text.flat[line.start : sentence.start]:
        before = f"{context.label}  {before}"
    if not re.search(r"[^\W\d]", before):
        if context.about == "order":
            return ""  # "How often?  Once a week (box pick-up with weigh-in)"
        behind = _LED.match(text.flat, one.time.end)
        before = behind.group() if behind else ""
    last = max((m.end() for words in (TREATMENT, STRONG) for m in words.finditer(before)), default=-1)
    ends = [
        (max((m.end() for m in words.finditer(before)), default=-1), name)
        for name, words in (("home", DRUG), ("home", _AT_HOME), ("test", _TEST), ("test", _AILS))
    ]
    end, name = max(ends)
    return name if end >= max(last, 0) else ""


def _is_an_age(text: AnnotatedText, one: Placed) -> bool:
    """ "Child: Pia Lindgren   9 years   Mother: Eva"."""
    value = one.time.value if isinstance(one.time.value, dict) else {}
    if one.time.kind != "duration" or value.get("unit") not in {"a", "mo"} or "value" not in value:
        return False
    line = text.lines[text.line_index(one.time.start)]
    before = text.text[line.start : one.time.start]
    return _PERSON.match(before) is not None and TREATMENT.search(before) is None


def _is_a_limit(text: AnnotatedText, one: Placed) -> bool:
    """ "Insurance: 30 visits per calendar year"."""
    value = one.time.value if isinstance(one.time.value, dict) else {}
    if one.time.kind != "frequency" or not ("count" in value or value.get("period_unit") == "a"):
        return False
    line = text.lines[text.line_index(one.time.start)]
    printed = text.text[line.start : line.end]
    return bool(_LIMIT.search(printed)) and not (STRONG.search(printed) or FIRST_PERSON.search(printed))


def _is_a_supply(one: Placed) -> bool:
    """ "3 pairs every 6 months": what is handed out, not how often it is used."""
    value = one.time.value if isinstance(one.time.value, dict) else {}
    return one.time.what in _SUPPLY and value.get("period_unit") in {"mo", "a"} and value.get("frequency", 1) > 1


def _is_another_row(text: AnnotatedText, one: Placed) -> bool:
    """Whether a time stands beside a label that neither asks for it nor names a treatment: "Tamoxifen | 5 years"."""
    context = _label(text, one)
    line = text.lines[text.line_index(one.time.start)]
    printed = text.flat[line.start : line.end].lstrip(" -•*|\t")
    if context.about or not context.label or not printed.startswith(context.label):
        return False
    named = TREATMENT.search(printed) or STRONG.search(printed)
    return not named and not any(line.start <= item.start < line.end for item in items_in(text))
