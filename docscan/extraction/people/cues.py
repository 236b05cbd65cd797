"""What the words around a name say of whom it names: "my patient X", "X (born ...)", "the account is X's".

Each cue is worth something; none decides alone. A weight is how often a careful reader would be right who saw only
that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from docscan.extraction.people.labels import Role
from docscan.extraction.text.relatives import COMPANIONS, FAMILY, MINORS, any_of

_I = re.IGNORECASE


class Cue(NamedTuple):
    """`weight`: how surely these words alone give the role, 0..1."""

    role: Role
    weight: float


RELATIVES = any_of(*FAMILY, MINORS, COMPANIONS)
_DATE = (
    r"(?:\d{1,4}\s?[-/.]\s?(?:\d{1,2}|[a-z]{3,9})\.?\s?[-/.]\s?\d{2,4}|[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|"
    r"\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9}\.?,? \d{4})"
)
_SEX = r"(?:(?-i:[MF])|male|female)\b"
_SEEING = (
    r"(?:treat(?:ing|ed)?|follow(?:ing|ed)?|see(?:n|ing)?|saw|examin(?:ed|ing|e)|evaluat(?:ed|ing|e)|assess(?:ed|ing)?|"
    r"manag(?:e|ed|ing)|(?:take|took|taken|taking)? ?car(?:e|ed|ing) (?:of|for)|look(?:ed|ing)? after|"
    r"attend(?:ed|ing)?(?: to)?|known?|met|"
    r"work(?:ed|ing)? with|(?:certify|certifying|attest|confirm|state|verify|declare|believe|affirm)(?: here(?:by|"
    r"with))? that|"
    r"recommend(?: that)?|ask(?:ing)? that|prescrib(?:e|ed|ing)|referring|refer|request(?:ing)?(?: that)?|"
    r"(?:pleasure|privilege|honou?r|opportunity) (?:of|to) \w+(?: for| after| to)?)"
)
_LETTER = (
    r"(?:writ(?:ing|e|ten)|wrote|letters?|statement|request(?:ing)?|recommendation|prescription|orders?|necessity|need|"
    r"support|note|coverage|claims?|documentation|reimbursement|certification|memo|answers?|evaluation|behalf|"
    r"summary|confirming|report)"
)
_ACCOUNT = (
    r"(?:accounts?|acct|acc['’]t|fsa|hsa|hra|polic(?:y|ies)|coverage|benefits? card|"
    r"flex(?:ible)?(?: spending)?(?: account)?)"
)
_GLUE = (
    rf"(?:[\s,:.…\"“(—–-]|\b(?:is|are|was|were|stands?|held|holder|owner|in|the|his|her|their|her|name[ds]?|of|"
    rf"under|by|"
    rf"belong(?:s|ing)?|to|that|which|I|am|told|sorry|being|it|opened|through|via|{RELATIVES}|['’]s|s|for this|plan|"
    rf"job|and)\b|['’]s\b)*"
)
_SESSIONS = (
    r"(?:sessions?|class(?:es)?|visits?|training|coaching|lessons?|program(?:me)?|rides?|workouts?|course|instruction|"
    r"exercises?|appointments?|massages?|swimming|yoga|pilates|conditioning|counsel(?:l)?ing|acupuncture|hypnosis|"
    r"hypnotherapy|reflexology|tai chi|biofeedback)"
)
_TRAINER = (
    r"(?:trainer|instructor|coach|conditioning specialist|"
    r"exc?ercise (?:physiologist|specialist|professional|therapist|teacher|leader|woman|man|lady|person)|"
    r"fitness (?:professional|specialist))"
)
_GIVING = r"(?:coach|train|lead|led|teach|taught|run|instruct|guid|deliver|conduct|giv|provid|administer|supervis)\w*"

_LEADS: tuple[tuple[Role, float, str], ...] = (
    ("patient", 0.92, r"\b(?:my|our|the|this|above|named|a)\s+(?:[\w-]+\s+){0,3}?(?:patient|"
     r"client)(?:\s+of (?:mine|ours))?"
     r"(?:,|\s+(?:named|called|is|was)|:)?(?:\s+(?:is|was))?"),
    ("patient", 0.9, r"\b(?:regarding|concerning|in regards? to|in (?:reference|relation) to|with (?:regard|"
     r"respect|reference) to|"
     r"on behalf of|in (?:support|favou?r) of|for the benefit of|in the (?:case|matter) of|re)\s*:?\s*(?:my|our|"
     r"the)?\s*(?:patient,?)?"),
    ("patient", 0.85, rf"\b{_LETTER}\b[^.;:\n\t]{{0,40}}\b(?:for|about)(?:\s+(?:my|"
     rf"our)\s+(?:[\w-]+\s+){{0,2}}patient,?)?"),
    ("patient", 0.7, rf"\b(?:I|we|office|clinic|service|practice|team|us)\b[^.;:\n\t]{{0,60}}?\b{_SEEING}"),
    ("patient", 0.45, r"\b(?:necessary|needed|essential|indicated|appropriate|benefit(?:s|ed|ing)?|helps?|"
     r"helped|allows?|enables?|"
     r"prescribed|ordered|recommended|requested)\s*(?:for|to)?"),
    ("patient", 0.75, r"\b(?:patient|client|pt)\b[,:]?"),
    ("patient", 0.7, r"\b(?:first|second|third|fourth|next|last|other|claims?|one|"
     r"services?)\b[^.;:\n\t]{0,20}?\b(?:is|was|are|were)\s+"
     r"(?:also\s+)?for"),
    ("participant", 0.85, rf"\b{_ACCOUNT}\b{_GLUE}"),
    ("participant", 0.85, rf"\b(?:plan|insurance|coverage|benefits?|insured|covered|enrolled|account|fsa|hsa|hra)\b"
     rf"[^.;:\n\t]{{0,40}}\b(?:through|via|under|(?:carried|held|owned|paid|sponsored) by|in the name of)\s+"
     rf"(?:the\s+)?(?:(?:employment|job|employer|work|plan|policy|coverage|account|name)\s+of\s+)?"
     rf"(?:(?:her|his|their|the|an?|my|patient['’]s)\s+)?(?:\w+\s+)?{RELATIVES},?"),
    ("participant", 0.8, r"\bthe (?:(?:health|benefits?|medical|flex|fsa|hsa|hra) )?plan of"),
    ("participant", 0.8, r"\b(?:account ?holder|account owner|subscriber|policy ?holder|plan (?:member|"
     r"participant)|employee),?"),
    ("patient", 0.85, r"\b(?:about|for|regarding|concerning|on behalf of|patient is|client is)\s+"
     r"(?:(?:the )?(?:care|treatment|therapy|needs?|expenses?) of\s+)?"
     r"(?:her|his|their|the|my)\s+"
     rf"(?:\w+\s+)?{RELATIVES},?"),
    ("patient", 0.8, r"\bthis (?:is to|letter|note|certificate|form|serves to)\s+(?:certif(?:y|ies)|confirms?|attests?|"
     r"verif(?:y|ies)|states?) that"),
    ("patient", 0.9, r"\b(?:responsible (?:party|person|adult)|guarantor|guardian|payer|payor|power of attorney|"
     r"(?:parent|mother|father)(?: (?:and|or|/) (?:legal )?guardian)?)\s+(?:for|of)\s+(?:the )?(?:patient,?)?"),
    ("other", 0.8, rf"\b{RELATIVES}(?:,|\s+(?:is|named|called|also))?"),
    ("other", 0.9, r"\b(?:referral|loyalty|discount|rewards?)[\w/ ]{0,20}:\s*"),
    ("other", 0.6, r"\b(?:assistant|receptionist|coordinator|secretary|scribe|front desk|navigator|"
     r"social worker|manager|"
     r"nurse|attn|attention|dear|hi|hello|cc|user|care of|c/o|referred by|former(?:ly)?|previous|prior|retired|"
     r"late|"
     r"typed|dictated to|transcribed)\b[\w ]{0,12}[,.:]?(?: by)?"),
    ("supervisor", 0.88, r"\b(?:supervised|overseen|monitored)\s+by"),
    ("supervisor", 0.88, r"\bunder\s+(?:the\s+)?(?:direct\s+|clinical\s+|medical\s+)*(?:supervision|direction|"
     r"oversight)\s+of"),
    ("supervisor", 0.8, r"\b(?:supervis(?:ing|ory)|collaborating)\s+(?:physician|provider|clinician|"
     r"therapist),?(?: is)?"),
    ("trainer", 0.88, rf"\b{_TRAINER},?(?:\s+(?:is|will be|named))?"),
    ("trainer", 0.8, rf"\b{_SESSIONS}\b[^.;:\n\t]{{0,40}}\b(?:with|w/|by)(?:\s+(?:our|a|the|her|"
     rf"his)\s+[\w -]{{3,40}},)?"),
    ("trainer", 0.8, rf"\b{_SESSIONS}\b[^.;:\n\t]{{0,40}}\b(?:will|shall|(?:is|are) to)\s+(?:give|teach|lead|run|guide|"
     r"coach|conduct|provide|do)(?:\s+(?:her|him|them|it|these))?(?:\s+(?:our|the|a))?"),
    ("trainer", 0.7, r"\b(?:led|given|taught|run|coached|trained|instructed|guided|delivered|conducted)\s+by"
     r"(?:\s+(?:our|a|the|her|his)\s+[\w -]{3,40},)?"),
    ("provider", 0.85, r"\b(?:I,|my name is|I am|this is)(?:\s+dr\.?)?"),
    ("provider", 0.45, r"\b(?:prescribed|ordered|recommended|treated|seen|evaluated|examined|"
     r"under the care of)\s+by"),
    ("provider", 0.45, r"\bunder the (?:medical )?care of"),
)  # fmt: skip
_AFTERS: tuple[tuple[Role, float, str], ...] = (
    ("patient", 0.93, r"\s*,?\s*[(\[|/–—-]*\s*(?:is\s+)?(?:d\.?\s?o\.?\s?b\b\.?|date of birth|birth\s?date|"
     r"birthday|born\b|"
     r"b\.?\s?(?=\d)|b\.?d\.?[\s:]*(?=\d)|birth:)"),
    ("patient", 0.85, rf"\s*,?\s*[(\[]\s*{_DATE}\s*[)\]]"),
    ("patient", 0.9, rf"\s*[,.;]?\s*[(\[]?\s*\*\s?{_DATE}"),
    ("patient", 0.9, rf"[\s,;.:(/|–—-]+(?:\d{{1,3}}\s?(?:y/?o|yrs?)?[ ,/]?)?{_SEX}[\s),;.:/|–—-]*"
     rf"(?:{_DATE}|d\.?o\.?b|b\.|born\b|mrn\b|chart\b|\d{{1,3}}\b)"),
    ("patient", 0.9, rf"[\s,;:(/|–—-]*{_DATE}[\s,;/|–—(-]{{1,4}}{_SEX}(?![\w.])"),
    ("patient", 0.85, r"(?:\s*\([^)]{0,40}\))?,\s+(?:who|whose|whom|insured|covered|enrolled|(?:a )?dependent|"
     r"a beneficiary)\b[^.;]{3,90},\s+(?:has (?:been|had)|is (?:an?|my|our|under)|needs|requires|suffers|was seen|"
     r"lives with)\b"),
    ("patient", 0.92, r"(?:\s*\([^)]{0,40}\))?,?\s+(?:is|was|has been|who is|who has been)\s+(?:an?\s+|my\s+|"
     r"our\s+|the\s+)*"
     r"(?:\d{1,3}[- ]|patient|(?:long[- ]?(?:time|standing)|established|returning|current|new|pleasant|"
     r"delightful)\s|"
     r"under (?:my|our)|being (?:treated|seen|followed)|(?:followed|seen|treated|known)\b|in (?:my|our) care)"),
    ("patient", 0.9, r"\s*,?\s*\(?(?:aged?:?\s+\d{1,3}\b|(?:an?\s+)?\d{1,3}[- ]?"
     r"(?:y(?:ears?|rs?|/?o)\b|y\.\s?o|[MF]\b))"),
    ("patient", 0.9, r"(?:\s*\([^)]{0,40}\))?\s*,?\s*(?:whom (?:I|we)\b|who (?:has|is|was|suffers|presented|"
     r"came|had|comes|lives|stopped|visited|saw|"
     r"continues|will|would|needs|requires)\b)"),
    ("patient", 0.7, r",?\s+who (?:gets|receives|is (?:covered|insured|enrolled|carried))\b[^.;\n]{0,40}\b"
     r"(?:through|under|by|"
     r"on)\b"),
    ("patient", 0.6, r"(?:\s*\([^)]{0,40}\))?(?:\s+of (?:this|our|the) \w+)?,?\s+(?:has|suffers?|requires|needs|"
                     r"presents|presented|"
     r"would benefit|will benefit|"
     r"carries|continues|lives with|struggles|"
     r"(?:came|stopped|dropped|walked|was) (?:to|in|by|back|over)\b|attends?|returns?|complains?|"
     r"denies|takes|underwent|"
     r"developed|sustained|had|experiences?|undergoes|remains|uses|"
     r"was (?:diagnosed|brought|found|admitted|referred|seen|injured|evaluated|examined)|"
     r"is (?:recovering|convalescing|unable|being|diagnosed|suffering|limited|medically))\b"),
    ("patient", 0.55, r"['’]s?\s+(?:[\w-]+\s+){0,2}(?:condition|diagnos[ie]s|treatment|symptoms?|pain|care|"
     r"health|chart|illness|"
     r"disease|physician|doctor|therapist|case|need|medical|recovery|disorder|request|file)\b"),
    ("patient", 0.6, r"['’]s\s+(?:[\w-]+\s+){1,4}(?:requires?|necessitates?|warrants?|limits?|prevents?|makes?|"
     r"remains?|"
     r"has (?:worsened|progressed|not|been)|is (?:worse\w*|severe|moderate|poorly|not|uncontrolled)|calls? for|"
     r"responds?|"
     r"improves?|interferes?)\b"),
    ("patient", 0.85, rf"[ ]*[\s,(|/–—-]*{_DATE}\W{{0,4}}\d{{1,3}}\s?-?(?:y/?o\s?|yrs?\s)?[MFmf]\b"),
    ("patient", 0.85, r"\s*[,(]\s*(?:one of|a|an|my|our) (?:my |our )?(?:[\w-]+ ){0,2}(?:patient|client)s?\b"),
    ("patient", 0.6, rf",\s*{_DATE}(?:[.;,]\s+\w|\s*\()"),
    ("patient", 0.56, rf"['’]s?\s+(?:\w+\s+)?{RELATIVES}\b"),
    ("provider", 0.6, r"\s*[,(–—-]+\s*(?:licensed |registered |certified |clinical )*(?:massage(?: therap(?:y|"
     r"ist))?|acupunctur(?:e|ist)|"
     r"chiropract(?:ic|or)|physical therap(?:y|ist)|psycholog(?:y|ist)|counsel(?:l)?(?:ing|or)|dietiti?c?ian|"
     r"naturopath)\s*(?:[),.;]|$)"),
    ("patient", 0.75, r"['’]s?\s+(?:[\w-]+\s+){0,2}(?:\w+(?:iatrist|ologist|trician)|internist|chiropractor|podiatrist|"
     r"primary care|pcp|dietitian|acupuncturist|counsel(?:l)?or)\b"),
    ("patient", 0.7, r"\s*[,(]\s*(?:the |my |our )?(?:patient|mrn|chart|med rec)\b"),
    ("participant", 0.9, r"\s*[,(]\s*(?:the |who is the |also the )?(?:(?:fsa|hsa|hra|plan)?\s?(?:account|"
     r"policy|plan) ?(?:holder|owner)|"
     r"subscriber|policy ?holder|plan participant|account ?holder|employee|guarantor|responsible party)\b"
     r"(?!:?\s+(?-i:[A-Z]))"),
    ("participant", 0.88, rf"(?:\s*\([^)]{{0,40}}\))?,?\s*(?:who\s+)?(?:is|holds?|owns?|has|carries|"
     rf"pays)\b[^.;\n]{{0,25}}\b{_ACCOUNT}\b"
     r"(?!\s+of)(?:\s*holder)?"),
    ("participant", 0.88, r"(?:\s*\([^)]{0,40}\))?,?\s*(?:who\s+)?(?:carries|holds?|owns?|provides|pays for|"
     r"subscribes to)\s+"
     r"(?:(?:the|our|their|her|his|this|a|family|health|medical|dental)\s+){0,3}(?:insurance|coverage|plan|policy)\b"),
    ("participant", 0.85, rf"['’]s?\s+(?:[\w-]+\s+){{0,3}}{_ACCOUNT}\b"),
    ("participant", 0.88, r"(?:\s*\([^)]{0,40}\))?,?\s*(?:who\s+)?(?:is|was)\s+(?:the|our)\s+(?:primary\s+|plan\s+|"
     r"main\s+)?"
     r"(?:(?:account|policy|plan|card) ?-?(?:holder|owner)|subscriber|insured|employee|participant)\b"),
    ("participant", 0.6, r"['’]s?\s+(?:plan|employer|employment|job)\b"),
    ("other", 0.7, rf"\s*[,(]\s*(?:(?:her|his|their|the(?: patient['’]s)?|my|our|patient['’]s|"
     rf"pt['’]?s?)\s+)?(?:[\w-]+\s+)?{RELATIVES}\b"),
    ("other", 0.8, r"\s*[,(–—-]+\s*(?:(?:our|my|the)\s+)?(?:[\w-]+\s+){0,2}(?:coordinator|scribe|assistant|"
     r"receptionist|secretary|"
     r"transcri\w+|medical records|front desk|biller|office|manager|navigator|reviewer|user|records|safety)\b"),
    ("trainer", 0.75, r"(?:,\s*[^,.;\n]{2,30})?[\s,]+(?:who )?(?:will|can|would|"
     r"is (?:able|willing|ready|going|set|due) to|"
     r"is to|(?:has |have )?(?:agreed|offered|undertaken) to|agrees to|plans to)\s+"
     r"(?:see|treat|work with|meet(?: with)?|train|coach|take|teach)\s+(?:her|him|them|the (?:patient|client)|"
     r"(?:mr|mrs|ms|miss|mx)\b\.?)(?! (?:call|question|message|email))"),
    ("trainer", 0.8, rf"(?:,\s*[^,.;\n]{{2,30}},)?[\s,]+(?:(?:is|are|will be|"
     rf"has been)\s+(?:the one\s+)?)?(?:who\s+)?(?:will\s+)?{_GIVING}\s+"
     r"(?:her|him|them|the|these|those|this|it|each|all)\b"),
    ("trainer", 0.8, rf"\s*[,(]\s*(?:an?|the|our|his|her|my)\s+(?:[\w/-]+\s+){{0,4}}{_TRAINER}\b"),
    ("trainer", 0.7, rf"\s+is\s+(?:an?|the|our|his|her|my)\s+(?:[\w/-]+\s+){{0,4}}{_TRAINER}\b"),
    ("provider", 0.6, r"\s*[,(]\s*(?:am|do hereby|hereby|certify)\b"),
    ("provider", 0.6, r"\s*[,(]\s*(?:the |her |his |their |my )?(?:treating|attending|prescribing|"
     r"ordering) (?:physician|provider|"
     r"doctor|practitioner|clinician)\b"),
)  # fmt: skip
_BEFORE = tuple((role, weight, re.compile(rf"(?:{words})\s*$", _I)) for role, weight, words in _LEADS)
_BEHIND = tuple((role, weight, re.compile(rf"(?:{words})", _I)) for role, weight, words in _AFTERS)


_I_OF = re.compile(r"\bI,?\s*$")
_JOINS = re.compile(
    r"[\s,]*(?:(?:do |would )?(?:hereby|like to|want to|wish to|the undersigned),?\s+)*(?:join|enrol|sign up|register|"
    r"agree|consent|understand|acknowledge|authori[sz]e (?:the |my |payment|release|you)|"
    r"have (?:read|received|joined|paid)|"
    r"will pay|owe|promise to pay|purchase|assign)",
    _I,
)
"""What a member, a client or a patient declares of themselves: "I, Ana Roe, agree to the terms"."""
_IN_A_CLAUSE = re.compile(
    r",\s+(?:(?:who|whose|whom|which)\b|(?:insured|covered|enrolled|accompanied|sponsored|carried|brought|supported)\s+"
    r"(?:through|by|under|via|with|on|in)\b)[^,.;:]*(?:,\s*)?$",
    _I,
)
_GOES_ON_ABOUT_ANOTHER = re.compile(
    r"\s*,\s+(?!(?:who|whom|whose|born|d\.?o\.?b|aged?|an?|the|my|our|his|her|their)\b|\d)", _I
)
"""Behind a name inside a clause: the sentence's own verb, which tells of whom the clause is about."""


def cues(lead: str, after: str) -> Iterator[Cue]:
    """What stands before a name and its title, and behind it and its letters, each cut where its cell ends."""
    joins = _I_OF.search(lead) is not None and _JOINS.match(after) is not None
    if joins:
        yield Cue("patient", 0.9)
    if _GOES_ON_ABOUT_ANOTHER.match(after) and _IN_A_CLAUSE.search(lead):
        after = ""
    for role, weight, pattern in _BEFORE:
        if pattern.search(lead) and not (joins and role == "provider"):
            yield Cue(role, weight)
    for role, weight, pattern in _BEHIND:
        if pattern.match(after):
            yield Cue(role, weight)
