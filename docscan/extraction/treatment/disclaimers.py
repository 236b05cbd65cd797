"""What a letter says that it is not, and that it rests on the patient's own answers.

A paper disowns by what it denies of itself: to stand in for a doctor's advice, an examination or care, to bind doctor
and patient, to promise an outcome; or by calling itself guidance. A treatment that "does not replace surgery", a plan's
form that "does not guarantee reimbursement", "the guidance of a trainer" disown nothing.
"""

from __future__ import annotations

import re

_I = re.IGNORECASE
_KINDS = (
    r"(?:letters?|messages?|notes?|documents?|statements?|e-?mails?|forms?|summar(?:y|ies)|reports?|certificates?|"
    r"recommendations?|opinions?|"
    r"pages?|sheets?|writings?|memos?|information|review|service|answers?|replies|reply)"
)
_PAPER = (
    rf"(?:(?:this|the|my|our|any|an?|such|these|above)\s+(?:[\w-]+\s+){{0,2}}?{_KINDS}|nothing(?: (?:in|on|of|about)\b|"
    r" (?:here\w*|above|written|said|stated))|(?:^|(?<=[.;,:] )|(?<=and )|(?<=but )|(?<=that ))"
    r"(?:it|this)(?= (?:is|does|will|may|can|cannot|should|must|in no|only|merely|too|"
    r"provides?|offers?|gives?|makes?)\b|"
    r"n['’]t| (?:is|does)n)|"
    r"the (?:foregoing|above)|what (?:is|I|we) \w+ (?:here|above))"
)
_DENIAL = r"(?:not|n['’]t|never|nothing|no|nor|neither|in no way|without|cannot)"
_OF_CARE = (
    r"(?:advice|visits?|exam\w*|check-?ups?|appointments?|care|judg\w+|consult\w*|physicians?|doctors?|clinicians?|"
    r"providers?|evaluations?|assessments?|medicine|diagnos[ie]s|treatment (?:by|from|plan)|second opinions?)"
)
_STANDS_IN = (
    r"(?:replac\w+|substitut\w+|supplant\w*|supersed\w+|tak\w+ the place of|stand\w* in for|fill\w* in for|"
    r"in (?:the )?(?:place|lieu|stead) of|instead of|(?:be |serve |act |used )?as (?:an? )?(?:substitute|replacement|"
    r"stand-in) for)"
)
_TAKEN_FOR = (
    r"(?:read|taken|tak\w+|construed|understood|regard\w*|treat\w*|seen|interpreted|relied|consider\w*|viewed|used|"
    r"mistaken)"
)
_WHAT_IT_IS_NOT = (
    r"(?:promise|guarantee|warrant\w*|assurance|commitment|medical advice|advice|medical order|examination|"
    r"doctor['’]s (?:orders?|advice)|practice of medicine|professional (?:advice|service))"
)
_DISOWNS = (
    re.compile(rf"{_PAPER}\b[^.;]{{0,80}}?\b{_STANDS_IN}\b[^.;]{{0,60}}?\b{_OF_CARE}\b", _I),
    re.compile(
        rf"{_DENIAL}\s+(?:\w+\s+){{0,4}}?(?:be\s+)?{_TAKEN_FOR}\s+(?:up)?(?:as|for|to be|on as)\s+(?:\w+\s+){{0,6}}?"
        rf"{_WHAT_IT_IS_NOT}\b(?! of (?:coverage|payment|reimbursement|approval))",
        _I,
    ),
    re.compile(
        rf"{_PAPER}\b[^.;]{{0,50}}?(?:\b(?:is|are|was)\s*(?:not|n['’]t|in no way)|(?<=is)n['’]t|\bis no)\s+"
        rf"(?:meant |intended )?(?:to be |as |for )?(?:an? |any )?(?:\w+ )?{_WHAT_IT_IS_NOT}\b"
        rf"(?! of (?:coverage|payment|reimbursement|approval))",
        _I,
    ),
    re.compile(
        r"\b(?:no|not|n['’]t|never)\b[^.;]{0,50}?\b(?:(?:doctor|physician|provider|clinician|therapist|patient|"
        r"client)(?:\s?[-–/]\s?| and | to )(?:patient|client|doctor|provider)|treating|treatment|clinical|"
        r"(?:ongoing )?care|professional)\s+(?:relationship|bond)\b",
        _I,
    ),
    re.compile(
        rf"{_PAPER}\b[^.;]{{0,50}}?\b(?:does not|doesn['’]t|do not|don['’]t|cannot|can['’]t)\s+(?:make|render|turn)\s+"
        r"(?:me|us|\w+)\s+(?:into\s+)?(?:your|the patient['’]s|her|his|a treating)\s+(?:\w+ )?(?:doctor|physician|"
        r"provider|clinician|clinic)\b",
        _I,
    ),
    re.compile(
        r"\b(?:make|makes|give|gives|offer|offers|carries|comes with)\s+no\s+(?:\w+\s+){0,3}?(?:promise|guarantee|"
        r"warranty|representation|assurance)s?\b(?:\s+(?:\w+\s+){0,2}?(?:outcomes?|results?|effect\w*|benefit|success|"
        r"cure))?|\b(?:outcomes?|results?)\s+(?:is|are|can|cannot|could)\s?(?:not|n['’]t)?\s+(?:be\s+)?"
        r"(?:promised|guaranteed|warranted)\b",
        _I,
    ),
)  # fmt: skip
_GUIDANCE = r"(?:guidance|orientation|an opinion|a suggestion|general information|advisory)"
_GUIDES = (
    re.compile(
        rf"{_PAPER}\b[^.;]{{0,60}}?\b(?:is|are|as|offers?|gives?|provides?|contains?|for|by way of)\s+"
        rf"(?:(?:meant|intended|offered|given|merely|only|simply|solely|purely|just|general|as|health|some|for|"
        rf"clinical)\s+){{0,4}}{_GUIDANCE}\b(?! (?:of|from|by|in|on|session\w*|for (?:her|him|his|the patient))\b)",
        _I,
    ),
    re.compile(
        rf"\b(?:treat|take|read|regard|consider|use|understand|accept)\s+(?:it|this|that|them|the above|"
        rf"(?:this|the|my) (?:\w+ )?{_KINDS})\s+(?:please\s+)?(?:only |merely |simply |just |purely )?(?:as|for)\s+"
        rf"(?:(?:general|merely|only|mere|my|an|a)\s+){{0,2}}(?:guidance|orientation|opinion|information|suggestion)\b",
        _I,
    ),
)
_GUIDES_ONLY = re.compile(
    r"\b(?:(?:as|for|general|merely|just) )*"
    r"(?:guidance|advisory|informational|orientation|opinion) only\b(?! (?:from|by|if))|"
    r"\bonly (?:guidance|advisory|an opinion|orientation)\b(?! (?:of|from|by|in|on|session\w*|for)\b)",
    _I,
)
"""Clipped, of the paper itself: "Guidance only."."""
_OF_PAYMENT = re.compile(
    r"\b(?:guarantees?|warranty|promises?|assurance|commitment) (?:of|that|for|to) (?:[\w'’]+ ){0,5}?(?:coverage|"
    r"pay\w*|paid|reimburs\w*|approv\w*|eligib\w*|benefits?|claims?|covered)\b(?! or (?:outcome|result|cure))",
    _I,
)
_LEGAL = re.compile(r"\b(?:confidential\w*|unauthorized|intended recipient|addressee|privileged)\b", _I)


def disowns(printed: str) -> re.Match[str] | None:
    """Where a sentence says that the paper is no medicine, or but guidance."""
    if _LEGAL.search(printed):
        return None
    paid = _OF_PAYMENT.search(printed)
    for n, pattern in enumerate(_DISOWNS):
        match = pattern.search(printed)
        if match and paid and match.start() < paid.end() and paid.start() < match.end():
            continue  # a plan's notice
        if match and (n or re.search(rf"\b{_DENIAL}\b|n['’]t\b", match.group(), _I)):
            return match
    return next((match for pattern in (*_GUIDES, _GUIDES_ONLY) if (match := pattern.search(printed))), None)


_ANSWERS = (
    r"(?:(?:[\w-]+ )?(?:questionnaires?|surveys?|quiz(?:zes)?)|(?:intake|screening|history|symptom|health|check-?in|"
    r"self-assessment|online|web|digital|paper) (?:\w+ )?(?:forms?|sheets?|packets?|answers|checklists?|logs?|tools?)|"
    r"checklists?|symptom (?:diary|scores?)|(?:replies|answers|responses) to (?:our|the|an?|my) (?:\w+ ){0,2}?"
    r"(?:forms?|questions|prompts|app))"
)
_WHO = (
    r"(?:the (?:patient|client|member|customer)|she|he|they|you|(?:her|him|them|your)sel(?:f|ves)|"
    r"(?:mr|mrs|ms|miss|mx)\.? (?-i:[A-Z])[\w'’-]+|(?-i:[A-Z][a-z'’-]+(?: [A-Z][a-z'’-]+)?))"
)
_FILLED = (
    r"(?:filled|completed?|answered|returned|submitted|sent|wrote|written|typed|entered|ticked|checked|did|took|provided|"
    r"turned|handed|gave|supplied|made)"
)
_RESTS = (
    r"(?:rel(?:y|ies|ied|ying)|based|rests?|resting|drawn|draws?|taken|took|comes?|came|coming|depends?|built|derived|"
    r"copied|written|made|prepared|leans?|goes|went|worked)"
)
_SELF_REPORT = (
    re.compile(
        rf"\b{_ANSWERS}\s+(?:\w+\s+)?(?:(?:that|which)\s+)?(?:{_WHO}\s+(?:(?:had|has|have|also|just)\s+)?{_FILLED}\b|"
        rf"{_FILLED}\s+(?:\w+\s+)?by\s+{_WHO})",
        _I,
    ),
    re.compile(
        rf"\b{_RESTS}\b[^.;]{{0,40}}?\b(?:on|upon|from|by|off)\s+(?:[\w'’-]+\s+){{0,4}}?(?:{_ANSWERS}|"
        rf"(?:what|information|details|facts|answers|statements|reports?|symptoms) (?:that )?{_WHO} "
        rf"(?:\w+ )?(?:{_FILLED}|told|tells|reported|reports|said|says|describes?d?|listed|states?d?)\b|"
        rf"(?:the patient|client|member|user)['’]s own (?:words|account|report|answers|description|statements?))",
        _I,
    ),
    re.compile(
        rf"\b(?:as per|per|according to|source:?|via|history by|hx by|by)\s+(?:(?:the|an?|her|his|their|own|online|"
        rf"completed|patient(?:['’]s)?|pt['’]?s?|client(?:['’]s)?|member(?:['’]s)?)\s+){{0,3}}{_ANSWERS}",
        _I,
    ),
    re.compile(rf"\b(?:as|in) {_ANSWERS}\b[^.;]{{0,30}}\b(?:says|states?|tells?|reports?)\b", _I),
)  # fmt: skip
_ONLINE = (
    r"(?:(?:online|web|digital|virtual|internet|health|symptom|intake|asynchronous|member|wellness)[- ]+){1,3}"
    r"(?:questionnaires?|surveys?|quiz(?:zes)?|intake(?: forms?)?|forms?|(?:self-)?assessments?|check-?in)"
)
_LED_BY_ANSWERS: tuple[re.Pattern[str], ...] = (
    re.compile(
        rf"\b(?:prepared|issued|written|made|created|provided|produced|generated|follows|signed|completed|recommended)\b"
        rf"[^.;\n]{{0,16}}?\b(?:following|follows|after|upon|through|using|from|by way of|by)\s+(?:[\w'’]+\s+){{0,5}}?"
        rf"(?:{_ONLINE}|quiz|questionnaire|survey)\b(?! (?:score|study))|\bfollows (?:an?|the|your) {_ONLINE}",
        _I,
    ),
    re.compile(
        r"\b(?:type|method|format|source(?: of information)?|visit|encounter|consult)\b\s*[:\t ]\s*(?:[\w-]+\s+)?"
        rf"(?:{_ONLINE}|questionnaire|survey)\b",
        _I,
    ),
    re.compile(
        r"^\W*(?:(?:your|the|member|patient|health|intake|symptom|online|our)\s+){0,4}(?:questionnaire|survey|quiz)\s+"
        r"(?:summary|answers?|responses?|results?|replies)\W*$|^\W*(?:summary of|answers (?:from|to))\s+"
        r"(?:(?:your|the|our|health|intake|online)\s+){0,3}(?:questionnaire|survey|quiz)(?: answers)?\W*$",
        _I,
    ),
    re.compile(
        rf"\b(?:completed|took|filled (?:in|out)|answered|reviewed)\s+(?:an?|the|our|your|her|his)\s+(?:{_ONLINE}|quiz)"
        r"\b(?: (?:results|answers))?[^.\n]{0,20}(?:;|,|and|\bon\b)[^.\n]{0,24}(?:clinician|provider|reviewed|\d)",
        _I,
    ),
)
"""What a service that writes letters from surveys prints of itself: "Prepared following an online questionnaire", the
kind of its visit, a heading over the answers."""
_AS_ENTERED = re.compile(
    r"\b(?:as|were|was|are|is) (?:all )?(?:entered|reported|typed|stated|submitted|supplied|told) by (?:the )?"
    r"(?:patient|member|client|customer|user|her|him|them)\b[^.;]{0,20}\b(?:app|form|site|website|portal|online|chat|"
    r"questionnaire|kiosk|tablet)\b",
    _I,
)
_A_SCORE = re.compile(
    r"\b(?:pain|disability|depression|phq-?\d?|gad-?\d?|oswestry|womac|koos|functional|sleepiness|epworth)\s+(?:\w+ )?"
    r"(?:questionnaires?|surveys?|scores?|index)|\b(?:questionnaire|survey)s? (?:score|total)s?|\bdiary\b",
    _I,
)


_BESIDE = 20  # characters


def rests_on_answers(printed: str) -> re.Match[str] | None:
    """Where a sentence says that the paper rests on what the patient filled in; a test's score is no such thing."""
    match = next(
        (m for pattern in (*_SELF_REPORT, _AS_ENTERED, *_LED_BY_ANSWERS) if (m := pattern.search(printed))), None
    )
    if match is None or _A_SCORE.search(printed, max(0, match.start() - _BESIDE), match.end()):
        return None
    return match
