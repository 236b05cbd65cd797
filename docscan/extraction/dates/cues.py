"""What the words before or behind a date say that it is the date of.

Of several cues the nearest to the date counts: "the MRI of" is none of ours although she "was seen" before it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from docscan.extraction.text.titles import COURTESY

_I = re.IGNORECASE
NONE = "none"
"""A date of something else: an operation, a test, an illness' beginning, a visit to come."""


class Cue(NamedTuple):
    """`name`: the field, or `NONE`, or "course"; `strength`: how surely; `distance`: letters from cue to date."""

    name: str
    strength: float
    distance: int


_CUES: tuple[tuple[str, float, str], ...] = (
    ("date_of_birth", 0.97, r"d\.?\s?o\.?\s?b\b\.?|dates? of births?|birth\s?(?:date|day)|birthday|birth|"
                            r"born(?: on)?|b\.\s?d\.?|b\.(?=[\s\W]*$)|bdate|geb\.?|n[ée]e? le|nacid[oa]"),
    ("print_date", 0.9, r"prt|ptd|(?:re-?)?print(?:ed|out)?(?: (?:date|on))?|date printed|run date|report run|"
     r"downloaded|"
                        r"exported|"
                        r"screenshot(?:ted)?|retrieved|"
     r"generated"),
    ("fax_date", 0.85, r"fax(?:ed)? (?:rec['’]?d|received|sent|date)|rec(?:eive|['’])d by fax|date faxed|"
                       r"faxed(?: on)?|(?:via|by) fax(?: on)?"),
    ("signature_date", 0.93, r"(?:date )?(?:e-?|electronically |digitally )?signed(?: and dated)?|"
                             r"signature(?: date)?|sign date|signing|attested|"
     r"authenticated|verified|signed off|sign[- ]?off|approved|reviewed|reviewed and agreed|executed|witnessed|"
     r"(?:given )?under my hand(?: (?:and seal|this))?|witness my hand"),
    ("visit_date", 0.9, r"visits?|exam(?:s|inations?|ined|ine)?|app(?:oin)?t(?:ment)?s?|"
                        r"encounters?|evaluations?|evaluated|"
                        r"eval|consultations?|consult(?:ed)?|"
     r"(?:last|first|you) see|seen|saw|(?:pleasure|privilege|honou?r|opportunity|chance) (?:of|to) \w+(?: \w+)?|"
     r"sat (?:down )?with(?: me| us)?|"
     r"assess(?:ed|ments?)|physicals?(?! therap)|check-?ups?|checked|f2f|"
     r"face[- ]to[- ]face|dos|dates? of service|"
     r"office check|"
     r"presented|came (?:in|to)|clinic visit|met with|in (?:the )?(?:clinic|office)|been in|intake|last in|"
     r"telehealth|video visit|date seen|lcv|lov|l\.o\.v\.?|(?:was|were|been|came) (?:last |back |in )?here|"
     r"looked at|attended|(?:came|stopped|dropped) (?:by|in)|sat down with|"
     r"(?:laid|set) eyes on|re-?(?:checked|examined|assessed|visited|seen|evaluated)|"
     r"welcom(?:ed|ing)|to welcome|(?:turned|showed) up|walked in(?:to)?|house call|home visit|"
     r"(?:returned|back|sat|was) (?:to|in|at|with) (?:(?:the|my|our) )?(?:(?:exam|treatment|consulting) )?"
     r"(?:clinic|office|practice|rooms?|us|me)|(?:last|latest|recent) look|"
     r"(?:was|were|been|came) in(?= on\b)|(?:talked|met|visited) (?:by|over|via) (?:video|phone|telehealth)|"
     r"(?:we|I|and I) (?:last |first )?met|met (?:her|him|them)|last met|"
     rf"reviewed (?:by (?:me|us)|her|him|them|(?:this|the|my) (?:patient|lady|gentleman|man|woman|child)|"
     rf"{COURTESY} [\w’'-]+)|"
     r"(?:last|recent|latest) (?:[\w-]+ )?call|spoke|looked at last|last looked at"),
    ("letter_date", 0.93, r"letter|(?:I|we) wrote (?:this|it)|"
                          r"form date|date of form|"
                          r"date of (?:this )?(?:letter|ltr|prescription|order|report|recommendation|"
                          r"certification|statement|request|note)|"
     r"date (?:written|issued|prepared|completed|ordered)|today['’]?s date|issued|written|prepared|dictated|composed|"
     r"order(?:ed)?(?: date)?|prescribed|rx date|document (?:created|date)|created|completed|memo date|dated|"
     r"certification|authored|(?:date )?submitted(?: on)?|submission date|date of (?:this )?form"),
    ("course", 0.0, r"start(?:s|ed|ing)?|begin(?:s|ning)?|beg[au]n|commenc\w+|effective|kick-?off|launch|initiat\w+|"
                    r"end(?:s|ed|ing)?|stop(?:s|ping)?|"
     r"through|thru|conclud\w+|until|till|valid|expir\w+|finish\w*|complet(?:ion|e by)|first (?:session|ride|visit|"
     r"class|"
     r"treatment)|"
     r"last (?:session|class)|resum\w+|continu\w+|renew\w+|no later than|between"),
    (NONE, 0.0, r"onset|diagnos(?:ed|is)|injur(?:y|ed)|accident|surger(?:y|ies)|surgical|operat(?:ion|ed)|procedure|"
                r"mri|ct|x-?rays?|films?|"
     r"radiographs?|imaging|scans?|ultrasound|echo\w*|dexa|dxa|labs?|a1c|hba1c|tsh|drawn|collect(?:ed|ion)|"
     r"specimen|resulted|"
     r"results?|reported|biopsy|"
     r"biopsies|since|transfus\w+|admi(?:tted|ssion|t)|discharged?|hospital(?:ized|ised|ization)?|removed|performed|"
     r"implant\w*|"
     r"transplant\w*|fell|fall|stroke|episode|attack|infection|bypass|fusion|catheter\w*|angiogram|endoscopy|"
     r"colonoscopy|"
     r"study|test(?:ed|s|ing)?|screening|prescription (?:was )?(?:filled|given)|tried|took|taken|vaccin\w*|hired|"
     r"record of|"
     r"next|return(?:s|ing)?|rtc|recheck|follow[- ]?up|upcoming|schedul\w+|future|will (?:be|see|return|re-?\w+)|"
     r"to be (?:seen|re\w+)|"
     r"re-?evaluat\w+ (?:is|by|on)|due|deadline|respond|filed|viewed|delivered|opened|sent|revised|rev|form|exhibit|"
     r"ordered from|"
     r"delivery|shipped|wreck|gastrectomy|\w+ectomy|\w+plasty|\w+otomy|denied|denial|dose|policy|married|retired|"
     r"moved|received|scanned|entered|processed|posted|transcribed|typed|edited|amended|updated|modified|"
     r"accident|loss|disability|birth of|retirement|deductible|check|"
     r"licen[sc]e|recertified|board certified|hire|enrol\w+|member since|plan year"),
)  # fmt: skip
_WORDS = tuple(
    (name, strength, re.compile(rf"(?<![\w’'-])(?:{words})(?![\w’'-])", _I)) for name, strength, words in _CUES
)

_TO_COME = re.compile(
    r"\b(?:next|will|to be(?! back\b)|return(?:s|ing)?|future|upcoming|scheduled|"
    r"see (?:him|her|them|you) (?:again|back|next)|"
    r"re-?(?:check|visit)|follow-?up|rtc)\b(?!.*\b(?:saw|was|were|had|last)\b)",
    _I,
)
_SEEN_AFTER = re.compile(
    r"(?:\s*[,(–—-])?\s*(?:at|in|when|during|the)?\s*(?:(?:I|we|she|he|they|the patient|"
    rf"{COURTESY} [\w’'-]+|dr\.? [\w’'-]+)\s+)"
    r"(?:\w+ )?(?:saw|examined|evaluated|met|assessed|was (?:last )?(?:seen|examined|evaluated)|came in|presented|"
    r"visited|consulted)\b|"
    r"\s*(?:office |clinic |initial |follow-?up |new patient |telehealth |video )*(?:visit|evaluation|examination|"
    r"exam|encounter|"
    r"appointment|consultation|assessment)\b|\s*[,(]\s*(?:walked in|in (?:my|our|the) (?:office|clinic)|f2f|"
    r"face[- ]to[- ]face|by video)\b",
    _I,
)
_ENDED_IN_A_VISIT = re.compile(
    r"[\s,(–—-]*(?:for the \w+ time|(?:the |his |her )?last time|most recently)?[\s,]*(?:he|she|they|the patient|"
    rf"{COURTESY} [\w’'-]+)\s+(?:was here|came(?=\s*[.,;]|\s*$|\s+(?:in|here|back|by|again|to (?:me|us|my|our|see)|"
    r"to the (?:office|clinic|practice))\b))|"
    r"\s*(?:is|was) (?:the (?:day|date) )?(?:when |that )?(?:I|we|he|she|they) (?:last |first )?(?:saw|examined|met|"
    r"came|visited|was (?:last )?(?:seen|here))\b|"
    r"[\s,]*when (?:I|we|he|she|they)\b[^.;]{0,30}\b(?:(?:my|our|the) (?:office|clinic|practice)|"
    r"came in|was here|(?:sat|stood) (?:with|before|across from) (?:me|us))\b|"
    r"\s*(?:is|was) (?:his|her|their|the|my|our) (?:(?!next|upcoming|following)\w+ ){0,3}?(?:visit|exam(?:ination)?|"
    r"appointment|encounter|consultation|check-?up)\b",
    _I,
)
_AT_A_VISIT = re.compile(
    r"\s*(?:at|during|in the course of|on the day of|as part of)\s+"
    r"(?:(?:the|this|that|his|her|their|my|our|an?|last|same|same-day|today['’]s|patient['’]s)\s+)*"
    r"(?:(?:office|clinic|sick|well|annual|wellness|follow-?up|initial|video|telehealth)\s+)*"
    r"(?:visits?|appointment|encounter|exam(?:ination)?|consult(?:ation)?|check-?up)\b",
    _I,
)
"""What was done at a visit tells the visit's day: "ordered 3 March 2026 at visit"."""
_BOUND = re.compile(r"[;\t\n\f|]|(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bSt)(?<!\b[A-Z])[.!?]\s+(?=[A-Z])")


def before(lead: str) -> Cue | None:
    """The nearest cue before a date, in its clause; `lead` ends where the date begins."""
    clause = _BOUND.split(lead)[-1]
    if _TO_COME.search(clause):
        return Cue(NONE, 0.0, 0)
    nearest: tuple[int, int, Cue] | None = None
    for name, strength, pattern in _WORDS:
        for match in pattern.finditer(clause):
            found = (match.end(), match.end() - match.start(), Cue(name, strength, len(clause) - match.end()))
            if nearest is None or found[:2] > nearest[:2]:
                nearest = found
    if nearest is None:
        return None
    cue = nearest[2]
    if cue.name in ("letter_date", "signature_date") and _OF_SOMETHING_ELSE.search(clause):
        return Cue(NONE, 0.0, cue.distance)
    return cue


_PAPER = (
    r"(?:letters?|requests?|correspondence|e-?mails?|messages?|notes?|reports?|claims?|fax|forms?|"
    r"inquiry|notices?|decision)"
)
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:mri|ct|x-?ray|films?|scan|report|study|labs?|results?|denial|policy|invoice|quote|"
    r"receipt)\b[^,]{0,30}\bdated?\b|"
    r"\b(?:auth(?:ori[sz]ation)?|claim|request|plan|coverage|appeal|application|denial)\b[^,]{0,30}\b(?:"
    r"approved|reviewed|"
    r"verified|submitted|written|issued|dated|prepared|completed)\b|"
    rf"\b(?:your|their|previous|prior|earlier|last|denial|enclosed|attached|original|first)\s+"
    rf"(?:[\w-]+ ){{0,3}}{_PAPER}\b",
    _I,
)
"""Another paper than this one: what came in, what is answered, what is enclosed."""


def again(clause: str, lead: str) -> bool:
    """Whether a date is a later one of visits told before: "seen since 3 May 2024, most recently on ..."."""
    seen = next(pattern for name, _, pattern in _WORDS if name == "visit_date")
    told = _BOUND.split(clause)[-1]
    return _AGAIN.search(lead) is not None and (seen.search(told) or _SEES.search(told)) is not None


_SEES = re.compile(
    r"\b(?:I|we|office|clinic|practice|team)\b[^.;]{0,24}?\b(?:sees?|checks?|follows?|examines?|evaluates?|assess(?:es)?|"
    r"treats?|monitors?|manages?|looks? after|cares? for|(?:have|has) (?:followed|treated|cared for|looked after))\b",
    _I,
)


_AGAIN = re.compile(
    r"^[\s,]*(?:and )?(?:most recently|last|latest|again|lastly|then)(?: (?:again|seen))?(?: on|"
    r" was)?\s*$|"
    r"[,(–—-]\s*(?:and )?(?:most recently|lastly|the last time|last|latest)(?: seen)?(?: on|:)?\s*$",
    _I,
)


def behind(rest: str) -> bool:
    """Whether the words behind a date say that the patient was seen on it: "On March 3, 2026 I examined her"."""
    return _SEEN_AFTER.match(rest) is not None or _ENDED_IN_A_VISIT.match(rest) is not None


def done_at_a_visit(lead: str, rest: str) -> bool:
    """Whether what happened on a day happened at a visit, and not at one to come."""
    return _AT_A_VISIT.match(rest) is not None and _TO_COME.search(_BOUND.split(lead)[-1]) is None


def before_that(between: str) -> bool:
    """Whether only words for an earlier time part a date from the one told before it: "Visit 3/3/2026, prev. ..."."""
    return _BEFORE_THAT.fullmatch(between) is not None


_BEFORE_THAT = re.compile(r"[\s,;(/|–—-]*(?:prev(?:ious(?:ly)?)?|prior|last|before that|earlier)\.?[\s:]*", _I)
