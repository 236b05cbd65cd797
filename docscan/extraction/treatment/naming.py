"""Whether words name a thing that one can prescribe, and where its name begins and ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docscan.extraction.course.prescribing import (
    CUE,
    END,
    HEAD,
    NOT_A_THING,
    names_a_thing,
    object_after,
    only_a_condition,
)
from docscan.extraction.course.timing import times
from docscan.extraction.text.lexicon import items_in
from docscan.extraction.text.numerals import NUMBER_WORD
from docscan.extraction.treatment import vocabulary
from docscan.extraction.treatment.short_forms import class_of
from docscan.reference import item_classes

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_LEAD = re.compile(
    r"(?:[\s•●▪◦*·–=-]|\(?\d{1,2}[.)]\s|\(?[a-z][.)]\s|\[[xX✓]\]|\([xX]\)|[☑☒✓✔])*"
    r"(?:(?:(?:i|we) (?:recommend|prescribe|order)\w*|is|are|being|as|of|in|on|use of|of the|enrollment in|for|"
    r"(?:the )?"
    r"purchase of|participation in|sessions of|a (?:course|series|trial|set|pair) of)\s+)*"
    r"(?:(?:an?|the|his|her|their|ongoing|continued|one(?=\s[a-z])|regular(?=\s+sessions))\s+)*",
    _I,
)
_STOP = re.compile(
    r",\s+(?:the|with|w/|to|which|that|where|given|held|led|done|because|starting|beginning|begun|supplied|"
    r"sitting|as|in|"
    r"at|on|for|from|not|no|plus)\b|\s+(?:w/|given by|held|led by|taught by|run by|so that|and only|to begin|"
    r"to start|within|until|lasting|prescribed|provided|performed|privately)\b|:\s|\s+=\s|\s[|]\s|\.\.|_{2,}|"
    r"\s+(?:w/|with|by|"
    r"from)\s+(?-i:(?:Dr\.? |Ms\.? |Mr\.? )?[A-Z][a-z'’]+ (?:[A-Z]\. ?)?[A-Z][a-z])|"
    rf"\s+(?:wkly|mthly|mo'?ly|dly|qwk|qmo)\b|"
    rf",\s+q\.?\s?(?:\d|d|day|wk|week|mo|month|other|oth|am|pm|hs)\b|"
    rf",\s+{NUMBER_WORD}\b|,\s+\w{{3,}}ed\b|,?\s+(?:qty|quantity|#)\b",
    _I,
)
_DANGLES = re.compile(  # what is left of "led by", "kept at", "designed for" once what follows is cut off
    r"\s+(?:(?!bed|feed|seed|weed|shed|sled|med)\w{2,}ed|led|run|taught|given|held|worn|kept|done|made|drawn(?: up)?|"
    r"set up|to|at|of|for|"
    r"with|w/|"
    r"in|on|and|or|by|from|plus|as|that|which|the|an?)$",
    _I,
)
_NEVER_FIRST = re.compile(
    r"(?:through|until|from|at|about|after|past|beyond|void|valid|invalid|lapses?|expire[sd]?|to|not|no|none|my|our|you|your|any|anything|something|what|which|who|"
    r"whom|how|"
    r"why|when|if|that|those|without|under|before|please|same|he|she|they|we|i|it|there|all|only|just|also|each|"
    r"every|"
    r"nothing|nobody|everything|whatever|once|twice|thrice|sign\w*|see|seen|call\w*|visit notes|long[- ]term|"
    r"short[- ]term|lifetime|indefinite\w*|"
    r"monthly|dx|hx|icd|r/o|recheck|re-?eval\w*|reassess\w*|rtc|f/?u|worn|used|taken|given|"
    r"(?-i:[Pp]t|[Pp]atient|[Cc]lient|[Mm]ember) (?!sessions|visits|services|lessons|class|exercis)\w+(?:s|ed)$|"
    r"then|thereafter|afterwards?|\d+:?\d? (?:with|w/)|"
    r"weekly|daily|n/?a|yes|maybe|unknown|further|more|less|such|other|another|some)\b",
    _I,
)
_CLAUSE = re.compile(
    r"(?<![-/])\b(?:i|we|he|she|they|you|me|him|them|us|my|our|your|is|are|was|were|has|have|had|will|would|should|can|"
    r"could|may|"
    r"might|must|does|did|do|because|lest|whom|who|than)\b",
    _I,
)
_ENDED = re.compile(
    r"(?:(?!\b(?:now that|once|when|since|because|after|until|as)\b)[^.;]){0,40}?\b(?:was|were|is|are|has been|"
    r"have been|been|came|come|ran|run|now)\s+(?:\w+ly )?(?:finish\w*|"
    r"complet\w+|ended|over|out|conclu\w+|discontinued|stopped|exhausted|to (?:an|its) (?:end|close)|billed|tried|"
    r"declined|failed|unsuccessful|ineffective|reviewed|already)\b",
    _I,
)
_ABSTRACT = frozenset(
    """
    complaint complaints woman man person interval term terms participation attendance habit habits year month
    week day expense expenses cost costs fee part portion share amount period length time times date end start
    beginning member members gift relation reason purpose signature completion action effect benefit benefits idea
    thing things way order orders prescription letter copy question questions truth fact status enclosure
    attachment slip copy form honoured honored approved nothing something issue matter case cases situation
    process trial whole rest remainder duration frequency diagnosis diagnoses examiner reviewer notice need needs
    """.split()
)


def narrowed(text: AnnotatedText, start: int, end: int) -> tuple[int, int]:
    """Without bullets, determiners, and what says how, when, by whom and what for."""
    lead = _LEAD.match(text.flat[start:end])
    start += lead.end() if lead else 0
    opened = CUE.match(text.flat, start, end) or CUE.search(text.flat, start, min(end, start + 70))
    if opened:
        inner = object_after(text, opened.end(), end)
        if inner and (kind_known(text.flat[inner[0] : inner[1]]) or HEAD.search(text.flat[inner[0] : inner[1]])):
            start, end = inner
            lead = _LEAD.match(text.flat[start:end])
            start += lead.end() if lead else 0
    for stop in (END, _STOP):
        cut = stop.search(_ASIDE.sub(lambda m: "x" * len(m.group()), text.flat[start:end]) + " ")
        if cut and cut.start() > 3:
            end = min(end, start + cut.start())
    remark = re.search(r"\s*\([^()]*\)?$", text.flat[start:end])
    if remark and (times(remark.group()) or not remark.group().rstrip().endswith(")")):
        end = start + remark.start()
    by = re.search(r"\s+(?:with|w/|by|from)\s+(?-i:[A-Z][a-z]+(?: [A-Z])?)\.?$", text.flat[start:end])
    end = start + by.start() if by else end
    return trimmed(text, *_with_its_means(text, start, end))


_ASIDE = re.compile(r"(?<=\w )\([A-Za-z][A-Za-z -]{1,30}\)(?=\s+[a-z])")  # "sit-stand (standing) desk"


def trimmed(text: AnnotatedText, start: int, end: int) -> tuple[int, int]:
    """Without marks at both ends and words that hang over at the end."""
    while True:
        while end > start and text.flat[end - 1] in " \t\n,;:.-–—(\"“”'‘’[":
            end -= 1
        while start < end and text.flat[start] in "\"“”'‘’[ ":
            start += 1
        for opening, closing in ("[]", "()"):
            if text.flat[end - 1 : end] == closing and opening not in text.flat[start:end]:
                end -= 1
        dangling = _DANGLES.search(text.flat[start:end])
        if dangling is None and text.flat[end - 1 : end] not in " \t\n,;:.-–—(\"“”'‘’[":
            return start, end
        if end <= start:
            return start, start
        end = start + dangling.start() if dangling else end


_BELONGING = re.compile(r"\b(?:memberships?|mbrshp|enrol?lment|subscription|passe?s?)$", _I)  # to what, tells what
_MEANS = re.compile(r"\s+(?:on|in|with|using|at|of|via|through|from)\s+(?:an?|the|his|her|their)?\s*(?=\w)", _I)
_MEANS_BREAK = re.compile(r"[.;:,()\t]|\n\n|\b(?:and|or|for|to|that|which|because|our|my|your)\b", _I)


def _with_its_means(text: AnnotatedText, start: int, end: int) -> tuple[int, int]:
    """ "One coached session | on a rowing machine": words that say no kind take in the thing that they are done "
    "with."""
    printed = text.flat[start:end].rstrip(" ,.")
    means = _MEANS.match(text.flat, start + len(printed))
    if (
        means is None
        or (kind_known(printed) and not _BELONGING.search(printed))
        or not _last_words(printed) & vocabulary.words("things", "again")
    ):
        return start, end
    broken = _MEANS_BREAK.search(text.flat, means.end())
    limit = min(means.end() + 45, broken.start() if broken else len(text.flat))
    thing = next((s for s in items_in(text) if means.end() <= s.start and s.end <= limit and kind_known(text[s])), None)
    return (start, end) if thing is None else (start, thing.end)


def kind_known(printed: str) -> bool:
    """Whether the lexicon knows what the words name."""
    return class_of(printed) not in {None, "unspecific"}


_ORDERS = re.compile(
    r"\b(?:prescrib\w+|order\w*|recommend\w*|candidate|access|asking|ask|cover|request\w*|authoriz\w+)\b"
    r"(?:[\s:]+[\w'’.-]+){0,5}[\s:]*$",
    _I,
)


def names_treatment(text: AnnotatedText, start: int, end: int, *, asked: bool) -> bool:
    """Whether words name a treatment. `asked`: they stand where a label asks for one, so that an unknown name counts.

    "A program" counts too: which one is asked elsewhere. A clause, a time, a person, an illness alone do not.
    """
    printed = " ".join(text.flat[start:end].split())
    words = printed.split()
    if not 3 <= len(printed) <= 160 or not re.search(r"[A-Za-z]{3}", printed) or len(words) > 22:
        return False
    elsewhere = _BOXES.search(printed) or _AS_PLANNED.fullmatch(printed) or MERE_KIND.fullmatch(printed)
    if (
        elsewhere
        or NOT_A_THING.search(printed)
        or _NEVER_FIRST.match(printed)
        or printed.endswith((":", "?"))
        or _acts(words)
    ):
        return False
    if (
        _ONLY_POINTS.fullmatch(printed)
        or _BEARS_TITLE.search(printed)
        or only_a_condition(text, start, end)
        or _ENDED.match(text.flat, end)
    ):
        return False
    known = kind_known(printed)
    clause = _CLAUSE.search(printed)
    if (clause and (clause.start() < 25 or not known)) or _never_one(printed, known=known):
        return False
    last = _last_words(printed)
    headed = (
        HEAD.search(printed) is not None
        or _IN_THERAPY.search(printed) is not None
        or bool(last & vocabulary.words("things", "again"))
    )
    if known or (headed and not last & _ABSTRACT and len(words) <= 14):
        return asked or class_of(printed) != "medical_visit"
    return _may_be_unknown_thing(text, start, end, asked=asked)


_IN_THERAPY = re.compile(r"\b(?!chemo|pharmaco|immuno)[a-z]{3,}therap(?:y|ies)$", _I)  # "phototherapy"


def _never_one(printed: str, *, known: bool) -> bool:
    """Whether words only look like a thing to be had: a test, or what is left of "her request is founded"."""
    if known:
        return class_of(printed) == "medical_service" and _NO_THERAPY.search(printed) is not None
    return re.fullmatch(rf"instead|\w+ed|(?:to )?{_DONE_BY_ORDERS}", printed, _I) is not None


_DONE_BY_ORDERS = (
    r"(?:holds?|stands?|remains?|runs?|appl(?:y|ies)|covers?|lasts?|expires?|lapses?|continues?|ends?|takes? effect|"
    r"begins?|starts?|includes?|spread(?: out)?|split|calls?|reads?|says?|goes|follows?|concerns?)"
)
"""What an order does, which is not what is ordered: "the order holds until May"."""


_BOXES = re.compile(r"[☐☑☒□❏]|\[\s?[xX]?\s?\]|\(\s{1,2}\)")
_AS_PLANNED = re.compile(
    r"(?:as )?per (?:\w+ ){0,3}(?:plan|schedule|protocol|instructions?|orders?|directions?|program)(?: of care)?", _I
)
"""How often, told by pointing elsewhere: "per training plan"."""
MERE_KIND = re.compile(r"(?:(?:services?|products?|drugs?|items?|devices?|medications?)(?:,| or|/| and)? ?)+", _I)
"""What an expense is, of a list to tick: which one is told beside it."""
_NO_THERAPY = re.compile(
    r"^(?:recheck|repeat|check|schedule|obtain)\b|\b(?:labs?|lab ?work|blood ?work|blood tests?|x-?rays?|mri|"
    r"ct(?: scan)?|dexa|imaging|ultrasound|ekg|ecg|biopsy|screening|mammogram|colonoscopy|vaccin\w+|flu shot)s?$",
    _I,
)
_ANY = r"(?:treatment|program|therapy|service|item|plan|product|device|procedure|supply|equipment)s?"
_ONLY_POINTS = re.compile(
    rf"(?:the |this |said )?(?:{_ANY} (?:\w+ed|above|below)|"
    rf"{_ANY}(?:(?:,| or| and|/|, or) ?{_ANY})+(?: (?:\w+ed|above|below))*)|"
    rf"(?:the )?(?:foregoing|aforesaid|aforementioned)(?: {_ANY})?",
    _I,
)
_BEARS_TITLE = re.compile(
    r"^(?:(?:[A-Z][\w.'’-]*|de|del|della|di|du|dos|da|la|las|los|van|von|der|den|al|el|bin|y) ){0,5}[A-Z][\w'’-]*, ?"
    r"[A-Z]{2,}(?:[-/][A-Z]+)*$|"
    r", ?(?:MD|DO|NP|PA|PA-C|DC|DPM|DDS|PT|DPT|ND|PhD|RD|LMT)\b|"
    r"^(?:[A-Z][\w.'’-]*\s+){1,3}(?:MD|DO|NP|PA|PA-C|DC|DPM|DDS|DMD|DPT|ND|PhD|PsyD|RN|FNP|APRN)\b"
)


def _may_be_unknown_thing(text: AnnotatedText, start: int, end: int, *, asked: bool) -> bool:
    """Whether words that no lexicon knows name a thing: short, no clause, no person, no time, and asked for."""
    printed = " ".join(text.flat[start:end].split())
    words, last, sentence = printed.split(), _last_words(printed), text.sentence_at(start)
    if last & (_ABSTRACT | vocabulary.words("people", "papers") | vocabulary.people()):
        return False
    if len(words) > 1 and all(re.match(r"[A-Z][a-z'’]+$|[A-Z]\.?$", word) for word in words):
        return False  # a person or a place
    if not names_a_thing(printed) or times(printed) or re.search(r"\d{3}|_|@", printed):
        return False
    if not asked:
        ordered = _ORDERS.search(text.flat[sentence.start : start]) is not None
        return ordered and len(words) <= 5 and item_classes.specific(printed)
    opens = text.flat[end : end + 1] in {",", ":"} and sentence.end - end > 3  # "Background, for the file."
    heading = len(words) == 1 and (printed.isupper() or opens)
    clause = _CLAUSE.search(text.flat, start, min(sentence.end, end + 40)) is not None
    return not heading and not clause and len(words) <= 8 and item_classes.specific(printed)


def _acts(words: list[str]) -> bool:
    """Whether the words go on to say what the thing does: "splint unloads both joints"."""
    found = (vocabulary.verbs().get(word.lower()) for word in words[1:-1] if word.lower() not in _ALSO_NOUNS)
    return any(verb is not None and verb.form == "s" and verb.effect != "with_more" for verb in found)


_ALSO_NOUNS = frozenset("helps supports rests aids moves drives pumps filters braces trains controls cushions".split())


def _last_words(printed: str) -> set[str]:
    """The last word of the name itself, before "of", "with" or a comma."""
    core = re.split(r"\s+(?:of|with|in|for|at|on)\s+|,", printed.lower(), maxsplit=1)[0].split()
    return set(core[-1:])
