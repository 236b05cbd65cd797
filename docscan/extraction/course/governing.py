"""Whether a time belongs to what is prescribed: what governs it where it stands.

A letter tells many times: how long the pain has lasted, what was tried, when to come back, how tablets are taken, what
the patient does anyway. What decides, from near to far: the words right around the time ("by 12 weeks", "6 months
ago"); the last word of its clause that prescribes or reports; the label, the question or the heading that it answers;
the sentence before, where its subject is carried on ("I am ordering a program. He comes for it twice a month").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from docscan.extraction.course.cues import (
    CLAUSE,
    CUES,
    FIRST_PERSON,
    STRONG,
    SUPPLEMENT,
    TREATMENT,
    WHENEVER,
    stance_of,
)
from docscan.extraction.course.labels import UNWANTED, Context, about, contexts
from docscan.extraction.course.other_times import (
    SOMEBODY_ELSE_DOES,
    is_a_drugs,
    is_a_part_of,
    is_another_time,
    is_of_doses,
)
from docscan.extraction.course.times import Time
from docscan.extraction.course.timing import times
from docscan.extraction.course.withdrawn import is_withdrawn
from docscan.extraction.text.lexicon import illnesses_in, items_in

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.spans import Span

_I = re.IGNORECASE
_LASTS = frozenset("duration term length for x over during : , - ( runs run lasts last spans span of is".split()) | {
    "up to"
}
_SYMPTOM = re.compile(
    r"(?:pain|symptoms?|disease|disorder|condition|diabetes|hypertension|obesity|fatigue|stiffness|depression|anxiety|"
    r"\w+(?:pathy|itis|algia|osis|plegia|paresis|esthesia|edema|emia|rrhea)|injury|surgery|fracture|spasms?|headaches?|weakness|problems?|complaints?|arthritis|suffer(?:s|ing|ed)?|"
    r"present(?:ed|ing)?|ongoing|persisting|open|ulcer|cough|bronchitis|swelling|"
    r"numbness)\s*(?:\([^)]*\)\s*)?(?:for|x|×|of|lasting|over)?\s*"
    r"(?:at least |about |more than |over |the |[>≥<~] ?)*$",
    _I,
)
_OF_A_LETTER = re.compile(r"\b(?:letter|prescription|order|referral|certification|lmn)\b", _I)
_SURELY = 0.6
"""So sure must it be that a document is no letter for its instructions to count as a visit's, not a course's."""
_OPENS_WITH_LABEL = re.compile(
    r"\W*(?:\d+[.)]\s*)?(?:(?:treatment|session|total|expected|anticipated|estimated|recommended|requested|"
    r"proposed|planned|projected)\s+)*(?:length|duration|frequency|freq|term|period|"
    r"schedule|course|use|dose|visits|sessions)\b",
    _I,
)
"""A label that nothing closes: "Length of treatment  12 months"."""


def prescribed(
    text: AnnotatedText, sentence: Span, time: Time, others: Sequence[Time], context: Context
) -> float | None:
    """How strongly a time of a sentence belongs to the course; None where it does not.

    `others`: all times of the sentence; offsets are within it.
    """
    printed = text.flat[sentence.start : sentence.end]
    before, after = _plain(printed, time, others)
    first_person = FIRST_PERSON.search(before) is not None
    if is_another_time(printed, time, context) or SOMEBODY_ELSE_DOES.search(before) or _BY_WHEN.match(printed):
        return None
    unwanted = context.about in UNWANTED
    weak = context.about == "other" and (context.carried or STRONG.search(before))
    if unwanted and not first_person and not weak:
        return None
    ticked = text.box_state(sentence.start + time.start)
    if ticked and len(re.findall(r"[A-Za-z]+", printed)) <= 8:
        return 0.85
    near = [m.end() for m in CLAUSE.finditer(before)]
    clause = before[near[-1] :] if near else before
    inner = printed[time.start : time.end]
    if (
        time.kind == "frequency"
        and time.what != "hours"
        and any(stance_of(cue) in {"returns", "relation"} for cue in CUES.finditer(inner))
    ):
        return None  # "a progress report every 4 weeks"
    if (
        is_a_drugs(printed, clause, time, context)
        or is_a_part_of(printed, time, others)
        or is_withdrawn(text, sentence, before)
    ):
        return None
    if (caption := _CAPTION.search(before)) is not None and about(caption["asks"]):
        return 0.88 if about(caption["asks"]) == "order" else None
    body = printed[len(context.label) :] if printed.lower().startswith(context.label.lower()[:12]) else printed
    words = TREATMENT.search(body) or SUPPLEMENT.search(body) or _OF_A_LETTER.search(body)
    if not words and not any(sentence.start <= item.start < sentence.end for item in items_in(text)):
        of_letter = text.kind[0] != "other" or text.kind[1] < _SURELY
        answers = context.carried or context.about == "order"
        if not of_letter and (is_of_doses(time) or time.kind == "length" or not first_person):
            return None
        if is_of_doses(time) and not answers and not first_person and not STRONG.search(printed):
            return None
    idle = (_is_a_noun, _is_what_for, _is_of_who_gives, _is_a_trial_meant, _is_what_was_done)
    cues = [cue for cue in CUES.finditer(clause) if not any(says_nothing(clause, cue) for says_nothing in idle)]
    strength = _by_cues(clause, cues, (before, after), time)
    if strength is not None:
        return strength or None
    if time.kind != "frequency" and _SYMPTOM.search(clause):
        return None
    rest = _by_rest(printed, time, others, (before, after), context)
    if rest is None and _is_under_a_thing(text, sentence, others, context):
        return 0.9
    if rest is None and _is_telegraphic(text, sentence, others, context):
        return 0.75 if time.kind != "duration" or any(o.kind == "frequency" for o in others) else WEAK
    return rest


_ADVERB = re.compile(r"(?!(?:dai|week|month|night|hour|year|bi-?week|ear|friend|elder|home)ly\b)[a-z]+ly|otherwise", _I)
"""Before a verb: "currently plays"."""
_DOERS = frozenset("he she they patient who and also now still often usually already client".split())


def _is_a_noun(clause: str, cue: re.Match[str]) -> bool:
    """ "Neck stretches", "two rides": what is done, where nobody before it does it."""
    if stance_of(cue) != "habits" or not re.fullmatch(
        r"(?:stretch|ride|walk|exercis|swim|cycle|play|work|jog)\w*(?: (?:at|on|by))?", cue.group(), _I
    ):
        return False
    before = clause[: cue.start()].split()
    if not before or before[-1][0].isupper() or _ADVERB.fullmatch(before[-1]):
        return False
    return before[-1].lower().strip(",") not in _DOERS


_SEES = re.compile(r"(?:will|shall|to) see (?:her|him|them|the patient)", _I)
_GIVES = re.compile(
    r"\b(?:therapist|trainer|coach|physiologist|instructor|dietitian|dietician|nutritionist|counsel\w+|acupuncturist|"
    r"chiropractor|practitioner|specialist|teacher|tutor|psychologist|masseuse|masseur|hygienist|"
    r"(?-i:LMT|LMP|CMT|BCTMB|RDN?|LDN|CDCES|CDE|CPT|CSCS|CES|[A-Z]{3,4}-(?:CEP|CPT|EP|CES|HWC|ES)|RCEP|CEP|DPT|PT|"
    r"OTR|COTA|PTA|LAc|RYT|CYT|ATC|LCSW|LMFT|LPC|CNS))\b(?![^.;]*\b(?:I|we)\b)[^.;]*$",
    _I,
)


def _is_of_who_gives(clause: str, cue: re.Match[str]) -> bool:
    """ "A physiologist will see him": whoever gives the sessions, rather than the writer at the next visit."""
    return _SEES.match(cue.group()) is not None and _GIVES.search(clause[: cue.start()]) is not None


_TRIAL_OF = re.compile(
    r"\W*(?:(?:i|we) \w+ (?:that )?)?(?:an?|the|this|my|our|another|such an?)\s+(?:[\w-]+\s+){0,3}$", _I
)


def _is_a_trial_meant(clause: str, cue: re.Match[str]) -> bool:
    """ "I recommend a trial of", "A trial of twelve weeks is reasonable": one that is to come, told of nothing past."""
    if cue.group().lower() != "trial of":
        return False
    before = clause[: cue.start()]
    stances = {stance_of(c) for c in CUES.finditer(before)}
    return "reports" not in stances and ("prescribes" in stances or _TRIAL_OF.match(before) is not None)


_OBJECT = re.compile(
    r"(?:plan (?:for|of)(?: care)?|plan of care|(?:treatment|care|exercise|fitness) plan|regimen|"
    r"sessions? (?:of|for|at|lasting))",
    _I,
)


def _is_what_was_done(clause: str, cue: re.Match[str]) -> bool:
    """ "He did a point-counting plan for": a noun that is the object of what is reported."""
    if not _OBJECT.fullmatch(cue.group()):
        return False
    told = list(CUES.finditer(clause, 0, cue.start()))
    return (
        bool(told)
        and stance_of(told[-1]) == "reports"
        and not re.search(r",|\b(?:and|plus)\b", clause[told[-1].end() : cue.start()])
    )


_AILS = re.compile(r"(?:headaches|episodes?|flares?|attacks?|migraines|wakes?|falls|coughs?)", _I)
_WHAT_FOR = re.compile(
    r"\b(?:for|against|(?:relief|control|prevention|management|treatment|reduction) of|treat|relieve|ease|calm|"
    r"prevent|control|"
    r"manage|avert|help(?:s|ing)?(?: with)?)\s+(?:(?!\d)[\w’'-]+\s+){0,3}$",
    _I,
)


def _is_what_for(clause: str, cue: re.Match[str]) -> bool:
    """ "Massage for her headaches": the ailment that a treatment is for, rather than one that is told of."""
    return _AILS.fullmatch(cue.group()) is not None and _WHAT_FOR.search(clause[: cue.start()]) is not None


_SUBORDINATE = re.compile(
    r"^\W*(?:even though|although|though|while|whereas|despite|in spite of|instead of|in place of|besides|apart from|"
    r"on top of|in addition to|unlike|after(?! (?:that|this|which)\b)"
    r"(?!(?:\s+(?!(?:he|she|they|we|i|who|which|that)\b)[\w-]+){1,5}\s+(?:he|she|they|we|i)\s)|following|"
    r"having)\b[^,;]*,",
    _I,
)
"""What is conceded or went before, before the comma that leads to what the sentence says."""


def _plain(printed: str, time: Time, others: Sequence[Time]) -> tuple[str, str]:
    """What stands before and after a time, without other times ("the last four weeks" reports nothing) and asides."""
    letters = list(printed)
    for other in others:
        letters[other.start : other.end] = " " * (other.end - other.start)
    before, after = "".join(letters[: time.start]), "".join(letters[time.end :])
    before = WHENEVER.sub(lambda clause: " " * len(clause.group()), before)
    before = _SUBORDINATE.sub(lambda clause: " " * len(clause.group()), before)
    return _ASIDE.sub(lambda aside: " " * len(aside.group()), before), after


_CAPTION = re.compile(r"[<\[{]+(?P<asks>[^<>\[\]{}]*[A-Za-z]{3}[^<>\[\]{}]*)[>\]}]+[^<>\[\]{}]*$")
"""The last caption that a template left before what was filled in: "<<HOW OFTEN>> twice a week"."""
_BY_WHEN = re.compile(
    r"\W*(?:by|at)\s+(?:(?:the\s+)?(?:end|close|conclusion)\s+of\s+)?(?:that time|then|(?:(?:the|these|those|this)\s+)?"
    r"(?:[\w-]+\s+){0,3}?(?:weeks?|months?|years?|course|program(?:me)?|treatment|visit)\b)(?:\s+\d+)?,?\s+(?:i|we|"
    r"he|she|they|"
    r"the|his|her|my|mr|ms|mrs)\b",
    _I,
)
"""A sentence that says what shall have been reached by when."""
_ASIDE = re.compile(r"\([^()]*\)")
_WAS = re.compile(r"\b(?:was|were|had been|been)\s+(?:\w+ly\s+)?$", _I)
_LONG_AGO = re.compile(
    r"\b(?:former|previous\w*|prior|last (?:year|spring|summer|fall|winter|month)|in (?:19|20)\d\d|ago|stopped|"
    r"failed|helped|without)\b",
    _I,
)


_STARTS_ANEW = re.compile(
    r"\s*(?:the|her|his|this|these|my|an?)\s+[^,;]{2,40}?\b(?:is|are|will|should|must|may|can|shall)\b", _I
)
"""A clause with a subject and a verb of its own, which nothing before it governs."""


def _by_cues(clause: str, cues: list[re.Match[str]], around: tuple[str, str], time: Time) -> float | None:
    """By the last word of the clause, or of an earlier one, that governs; 0 where it speaks against, None: nothing."""
    before, after = around
    if cues:
        governing = stance_of(cues[-1])
        if governing == "prescribes":
            if _WAS.search(clause[: cues[-1].start()]) and _LONG_AGO.search(clause + after):
                return 0.0
            if (
                len(cues) > 1
                and stance_of(cues[-2]) in {"returns", "habits", "denies"}
                and not STRONG.match(cues[-1].group())
            ):
                return 0.0
            return 0.0 if _denied(clause, cues[-1]) else 0.92
        if governing == "goals" and any(
            stance_of(c) == "prescribes" and (time.kind == "frequency" or STRONG.match(c.group()))
            for c in CUES.finditer(before)
        ):
            return 0.75 if time.kind == "frequency" else 0.6
        return 0.0
    apart = before[: len(before) - len(clause)].rstrip().endswith(";")
    behind = next(CUES.finditer(re.split(r"[;:]", after)[0]), None) if apart else None
    if behind is not None and stance_of(behind) == "prescribes":
        return None  # "...; therapy, one session a week, is ordered"
    earlier = [] if _STARTS_ANEW.match(clause) else list(CUES.finditer(before[: len(before) - len(clause)]))
    if not earlier:
        return None
    stances = [stance_of(c) for c in earlier]
    if stances[-1] == "prescribes" or ("prescribes" in stances and stances[-1] == "goals"):
        return 0.85
    if "prescribes" in stances and FIRST_PERSON.search(before):
        return 0.75 if stances[-1] == "relation" else 0.0
    return 0.0


def _by_rest(
    printed: str, time: Time, others: Sequence[Time], around: tuple[str, str], context: Context
) -> float | None:
    """ "Sessions of one hour are necessary"; answers, entries of a plan; what the sentence before carries on."""
    before, after = around
    clause_end = _CLAUSE_BEHIND.search(after)
    rest_of_clause = after[: clause_end.start() if clause_end else None]
    asides = [aside.span() for aside in _ASIDE.finditer(rest_of_clause)]
    told = (
        cue for cue in CUES.finditer(rest_of_clause)
        if stance_of(cue) == "prescribes" or not any(start < cue.start() < end for start, end in asides)
    )  # fmt: skip
    behind = next(told, None)
    if behind is not None and FIRST_PERSON.search(rest_of_clause) and not _denied(after, behind):
        return 0.85
    if behind is not None:
        stance = stance_of(behind)
        if stance == "prescribes":
            return None if _denied(after, behind) else 0.85
        if stance in {"reports", "returns", "relation", "denies"}:
            return None
        if stance == "habits" and not context.about:
            return None
    conditional = isinstance(time.value, dict) and "until_condition" in time.value
    if conditional and context.about != "order" and not TREATMENT.search(printed) and len(others) < 2:
        return None
    if context.about == "order":
        return 0.88
    if isinstance(time.value, dict) and "until" in time.value and _OF_A_LETTER.search(before[-25:]):
        return 0.82
    if context.carried:
        return 0.82
    names = TREATMENT.search(printed) is not None
    if len(before.split()) <= 5 and _OPENS_WITH_LABEL.match(before) and about(before) == "order":
        return 0.8
    bare_word = time.needs_label and "indefinite" in (time.value or {})  # "Acute / Chronic: chronic"
    if not bare_word and _is_whole_value(printed, others, context):
        return 0.75
    if names and (time.kind != "duration" or time.before in _LASTS or not _is_span(time)) and not time.needs_label:
        return 0.7
    return None


_CLAUSE_BEHIND = re.compile(
    rf"{CLAUSE.pattern}|,\s+(?:with|followed|renew\w*)\b|,?\s+then\s+(?=re-?\w+|see\b|call\b|follow|come\b)|"
    rf"\b(?:whose|which|(?<!after )that|who|whom|"
    rf"where)\b",
    _I,
)
_OF_NO_COURSE = re.compile(
    r"\b(?:age|experience|since|smok\w*|works?|job|shift|supply|gestation\w*|pregnan\w*|walks?|wait\w*|notice|"
    r"return\w*|known|"
    r"visit(?:ed)?|seen|date|dob|born|page|printed|valid|next|last|sleep|alcohol|drinks?|surgery|operated|injury|"
    r"hardware|"
    r"previous|stay|admi\w+|contract|rent|warranty|phone|fax|re|subject|chart)\b|^\W*$",
    _I,
)


def _is_whole_value(printed: str, others: Sequence[Time], context: Context) -> bool:
    """Whether times are all that stands beside a label of any words: "Sitting   30 min", "Run for: 8 weeks"."""
    label = context.label
    if context.about or not label or len(label.split()) > 5 or _OF_NO_COURSE.search(label) or label.isupper():
        return False
    body = printed[len(label) :] if printed.lower().lstrip(" -•*").startswith(label.lower()) else printed
    rest = list(printed)
    for other in others:
        rest[other.start : other.end] = " " * (other.end - other.start)
    left = re.findall(r"[A-Za-z]+", "".join(rest))
    return len(left) - (len(label.split()) if body != printed else 0) <= 1


WEAK = 0.55
"""So sure is a length of time beside a thing that no word list knows."""
_CONNECTS = frozenset("for x over during per and at of each a an then with in total to on the by".split())
_NO_THING = re.compile(
    r"\b(?:i|he|she|they|we|it|you|who|which|that|is|are|was|were|has|have|had|be|been|will|would|can|could|may|"
    r"might|do|does|did|not|no|never|none|open|hours?|closed|mon|monday|daily\s+(?:life|living)|smokers?|drinkers?|"
    r"non-?smokers?|widow\w*|married|divorced|retired|teacher|nurse|driver|worker|employee|employed|patient|since|"
    r"fee|cost|price|charge|rate|score|level|scale|pain|symptoms?|history|hx|status|member|allerg\w+|weight|height|"
    r"bmi|pulse|resp\w*|temp\w*|lives?|living|sleep|occupation|income|dependents?|infant|baby|child|boy|girl|man|woman|male|"
    r"female|age|aged|anniversary|reply|response|page|fax|suite|visit|seen|deadline|appeal|notice|processing)\b|[$€£@]|"
    r"\d{3}",
    _I,
)


def _is_telegraphic(text: AnnotatedText, sentence: Span, others: Sequence[Time], context: Context) -> bool:
    """Whether a line is a thing and its course and nothing else: "Knee scooter, six weeks"."""
    if context.about not in {"", "order"} or not others or (text.kind[0] == "other" and text.kind[1] >= _SURELY):
        return False
    printed = text.flat[sentence.start : sentence.end]
    if any(isinstance(o.value, dict) and "count" in o.value and o.start == 0 for o in others):
        return False
    first, last = min(o.start for o in others), max(o.end for o in others)
    head = re.sub(r"^[\W\d]+|\([^()]*\)|[\s,:;–—-]+$", "", printed[:first])
    words = re.findall(r"[A-Za-z][\w'’-]*", head)
    if not 1 <= len(words) <= _HEAD_WORDS or _NO_THING.search(head) or CUES.search(head) or _SYMPTOM.search(head + " "):
        return False
    if not re.search(r"[,:;–—-]\s*(?:for\s+|x\s*)?$", printed[:first]):
        return False
    ends = sentence.start + len(printed[:first].rstrip(" ,:;–—-"))
    if any(sentence.start <= s.start < ends <= s.end + 1 for s in illnesses_in(text)):
        return False
    rest = list(printed[first:last])
    for other in others:
        rest[other.start - first : other.end - first] = " " * (other.end - other.start)
    between = [w for w in re.findall(r"[A-Za-z]+", "".join(rest)) if w.lower() not in _CONNECTS]
    behind = re.findall(r"[A-Za-z]+", printed[last:])
    return len(between) <= _BETWEEN and len(behind) <= _BETWEEN and CUES.search("".join(rest) + printed[last:]) is None


_HEAD_WORDS = 8
_BETWEEN = 2
_LINES_BELOW = 4


def _is_under_a_thing(text: AnnotatedText, sentence: Span, others: Sequence[Time], context: Context) -> bool:
    """Whether a sentence is nothing but times and stands right under a line that names a treatment, as on a pad, or
    behind words that do."""
    if context.about not in {"", "order"} or not others:
        return False
    index = text.line_index(sentence.start)
    if not _is_all_times(text.flat[sentence.start : sentence.end], others):
        return False
    if text.lines[index].start != sentence.start:
        return _is_behind_a_thing(text, sentence)
    for at in range(index - 1, max(-1, index - 1 - _LINES_BELOW), -1):
        line, below = text.lines[at], text.lines[at + 1]
        if line.page is not below.page or "\n\n" in text.text[line.end : below.start] or len(line.cells) > 1:
            return False
        printed = text.flat[line.start : line.end]
        known = times(printed)
        if known and _is_all_times(printed, known):
            continue
        named = TREATMENT.search(printed) or any(line.start <= item.start < line.end for item in items_in(text))
        spoken = [stance_of(cue) for cue in CUES.finditer(printed)]
        return bool(named) and (not spoken or set(spoken) == {"prescribes"}) and not _NO_THING.search(printed)
    return False


def _is_all_times(printed: str, known: Sequence[Time]) -> bool:
    rest = list(printed)
    for time in known:
        rest[time.start : time.end] = " " * (time.end - time.start)
    return all(word.lower() in _CONNECTS for word in re.findall(r"[A-Za-z]+", "".join(rest)))


def _is_span(time: Time) -> bool:
    return isinstance(time.value, dict) and "value" in time.value


def _denied(before: str, cue: re.Match[str]) -> bool:
    return (
        re.search(r"\b(?:not|n't|never|no longer|does not|no|without)\s+(?:\w+\s+)?$", before[: cue.start()], _I)
        is not None
    )


def _is_behind_a_thing(text: AnnotatedText, sentence: Span) -> bool:
    """ "Massage therapy to the neck. Twice a week": whether the sentence before is a treatment's name and no more."""
    named, below = text.sentence_at(max(0, sentence.start - 2)), sentence
    while named.start < below.start and "\n\n" not in text.text[named.end : below.start]:
        printed = text.flat[named.start : named.end]
        known = times(printed)
        if known and _is_all_times(printed, known):
            named, below = text.sentence_at(max(0, named.start - 2)), named
            continue
        told = contexts(text).get(named.start, Context("", "", False))
        over = text.sentence_at(max(0, named.start - 2))
        headed = text.flat[over.start : over.end] if over.start < named.start else ""
        past = len(headed.split()) <= _HEADING_WORDS and about(headed) in UNWANTED
        if past or known or told.about not in {"", "order"} or len(printed.split()) > _HEAD_WORDS:
            return False
        ails = any(named.start <= s.start < named.end for s in illnesses_in(text))
        return TREATMENT.search(printed) is not None and CUES.search(printed) is None and not ails
    return False


_HEADING_WORDS = 3


def speaks_of_course(text: AnnotatedText, sentence: Span, before: str) -> bool:
    """Whether a date in a sentence may be of the course; `before`: the sentence up to it."""
    context = contexts(text).get(sentence.start, Context("", "", False))
    last: str | None = None
    for cue in CUES.finditer(before):
        stance = stance_of(cue)
        last = stance if stance not in {"habits", "goals"} else last
        if (
            stance == "reports"
            and re.match(r"(?:began|started|was|were|did|last|came)$", cue.group(), _I)
            and last == "reports"
        ):
            last = "began" if re.match(r"began|started|was", cue.group(), _I) else last
    if last == "began":
        return context.carried or any(stance_of(c) == "prescribes" for c in CUES.finditer(before))
    if last is not None:
        return last == "prescribes"
    if context.about in {"past", "habits", "medication", "goal"}:
        return False
    return bool(TREATMENT.search(text[sentence]) or context.about == "order" or context.carried)
