"""What a label says of the person whose name stands at it: "Patient:", "Whose account?", "Person preparing form".

Labels are not listed: a label is any run of the words that labels are made of, and its role follows from its sense.
Of "X's Y" and "Y of X" Y counts, where Y is a person ("patient's physician"), else X ("patient's name").
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, TypeAlias

from docscan.extraction.text.relatives import RELATIVE

Role: TypeAlias = Literal["patient", "participant", "provider", "signer", "trainer", "supervisor", "name", "other"]
"""`name`: a name, of whom the label does not tell. `other`: somebody who is none of these."""

_I = re.IGNORECASE

_OTHER = (
    r"referr(?:ing|ed|al)|refer|pcp|primary care|previous|former|prior|past|outside|emergency|contact|next of kin|"
    r"assistants?|coordinator|scribed?|transcri(?:bed|ber|ptionist|ption)|typed|entered|prepar(?:ing|ed)|"
    r"complet(?:ing|ed)|filled(?: (?:out|in))?|filed|printed by|sent|front desk|reception(?:ist)?|biller|billing|coder|"
    r"(?:care )?navigator|"
    r"case manager|safety manager|manager|office|witness|interpreter|relation(?:ship)?|"
    rf"{RELATIVE}|cc|copy|copies|attn|attention|to|clerk|server|cashier|"
    r"pharmacy|school|reviewer|representative|rep|caregiver|user|operator"
)
_PARTICIPANT = (
    r"(?:who (?:holds|owns|carries|has|pays (?:into|from|for))|whose(?: is)?) (?:the |this |a |an )?(?:[\w-]+ ){0,3}"
    r"(?:account|plan|policy|coverage|insurance|fsa|hsa|hra)(?: (?:is (?:it|this|used)|holder|in whose name))?|"
    r"participants?|policy|employees?|subscribers?|members?|insured|policy[ ]?holders?|account[ ]?(?:holders?|"
    r"owners?|name)|"
    r"retirees?|acc(?:oun)?t[ ]?(?:holders?|owners?)|accountholders?|accounts?|acct|enrollees?|"
    r"card[ ]?(?:members?|holders?)|"
    r"responsible party|guarantors?|guardians?|fsa|hsa|hra|sub|tab|beneficiary of the plan|plan holder"
)
_PATIENT = (
    r"(?:person|individual|one) (?:with|having) (?:the |this )?(?:condition|illness|diagnosis|disease)|"
    r"covered (?:person|individual)|"
    r"patients?|pt|pts|clients?|claimants?|dependents?|child|recipients?|beneficiary|paciente|customer|"
    r"(?:person|individual|one|family member) (?:who (?:is )?|being )?(?:receiving|requiring|needing|getting|"
    r"to receive|"
    r"treated|in need of)(?: (?:the |this )?(?:care|treatment|services?|therapy))?|who(?:['’]?s| is) (?:it|"
    r"this) for|you are|"
    r"who (?:needs|receives|requires|gets|will (?:receive|get|use)|is receiving)(?: (?:the |this )?(?:care|treatment|"
    r"services?|"
    r"therapy|item|expense))?|"
    r"who is the patient|whom? (?:is|was) (?:the |this |it )?(?:\w+ )?for|whom|"
    r"regarding|concerning|re|in re|about|subject|subj|in reference to|on behalf of|"
    r"(?:expense|service|care|letter|request|treatment|order) (?:is )?(?:for|of)|who"
)
_TRAINER = (
    r"(?:personal |fitness |athletic |strength |certified |exercise |medical )*(?:trainers?|coach|instructors?|"
    r"teacher)|"
    r"exercise (?:physiologist|specialist)|medical exercise specialist|conducted by|"
    r"(?:performed|provided|given|led|taught|run|delivered|administered) by|"
    r"who (?:runs|leads|gives|teaches|provides)(?: (?:the|it|them))?(?: (?:rides|sessions|classes|visits|training|"
    r"service))?"
)
_SUPERVISOR = r"supervis(?:ing|ory|or|ed by)|collaborating|overseeing|overseen by"
_SIGNER = (
    r"(?:electronically |digitally )?(?:signed|authenticated|attested|verified|approved|authori[sz]ed)(?: by)?|signer|"
    r"signatory|co-?sign(?:ed|er|ature)?(?: by)?|reviewed(?: and (?:agreed|approved|signed))?(?: by)?|attestation"
)
_PROVIDER = (
    r"providers?|physicians?|doctors?|doc|dr|practitioners?|clinicians?|prescribers?|prescrib(?:ing|ed by)|"
    r"order(?:ing|ed by)|rendering|rendered by|attending|treating|resident|seen by|therapists?|chiropractors?|"
    r"consultants?|psychologists?|psychiatrists?|dentists?|acupuncturists?|dietiti?c?ians?|nurse practitioner|"
    r"specialist|"
    r"author(?:ed by)?|from|professional|certifying|medical provider|surgeon|optometrist|podiatrist|prov|"
    r"counsel(?:l)?or|"
    r"recommending|recommended by|requesting|requested by|certified by|submitted by|dictated by|midwife|hosted by|"
    r"staff|"
    r"clinical staff"
)
_FILLING = (
    r"names?|full|legal|printed|print|typed|type|please|first|last|of|the|this|a|an|and|or|for|is|it|being|by|date|"
    r"birth|"
    r"birthdate|birth[ ]?date|dob|age|title|credentials?|degree|licen[sc]ed|medical|health|health[ ]?care|primary|"
    r"your|my|"
    r"our|plan|holder|owner|record|whose|who|i\.e\.|care|person|individual|in|with|if|other|than|signature|"
    r"relationship|"
    r"healthcare|certif(?:y|ied)|state|on|seen|address|different|applicable|any|above|being|not|covering|covers|"
    r"him|her|them|covered|(?:fu[a-z1]{2}|[a-z]ull|[fl][a-z]r?st)(?= names?\b)"  # "full", "first", "last", misread
)
_HEADS = f"{_OTHER}|{_SUPERVISOR}|{_TRAINER}|{_SIGNER}|{_PARTICIPANT}|{_PATIENT}|{_PROVIDER}"
_WORD = rf"(?:{_HEADS}|{_FILLING})(?![a-zà-ÿ0-9-])"
LABEL = re.compile(
    rf"(?<![\w@'’.-])(?:{_WORD})(?:(?:['’]s?|s['’])?(?:[ ]?[/&-][ ]?|,?[ ])"
    rf"(?:{_WORD}|\((?:{_WORD})(?:[ /](?:{_WORD})){{0,3}}\))){{0,9}}(?:['’]s)?(?![\w'’@])\.?",
    _I,
)
"""Any run of the words that labels of persons are made of; `role_of` tells whether it is one."""

_WEAK = re.compile(
    r"(?:from|to|re|by|for|with|about|sub|tab|account|acct|fsa|hsa|hra|office|staff|user|contact|subject|subj|one|"
    r"in|on|policy|you are|"
    r"name|resident|author|customer|concerning|regarding|who|staff|requesting|ordering|treating|specialist|child|"
    r"customer|recommended by|tab|sub|dr|doctor|whom|seen)\.?",
    _I,
)
"""Words that are labels only where a sign closes them."""


def _heads(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’-])(?:{words})(?![\w-])", _I)


_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("other", _heads(_OTHER)),
    ("supervisor", _heads(_SUPERVISOR)),
    ("trainer", _heads(_TRAINER)),
    ("signer", _heads(_SIGNER)),
    ("participant", _heads(_PARTICIPANT)),
    ("patient", _heads(_PATIENT)),
    ("provider", _heads(_PROVIDER)),
)
_PERSONS = tuple((role, p) for role, p in _ROLES if role not in ("signer",))
_AND_MORE = re.compile(
    r",? ?(?:and|&|,) (?:(?:the |your |their )?(?:birth ?date|date of birth|dob|age|relation(?:ship)?(?: to [\w ]+)?|"
    r"birth date of (?=person)|title|credentials?|address))(?= of| to|$)|(?<=parent)(?: or |/)(?=guardian)",
    _I,
)
_NOT_A_NAME = re.compile(
    r"\b(?:signature|(?<!and )birth\s?date|(?<!and )date of birth|(?<!and )dob|date|credentials?$|degree|age|"
    r"address)\s*$|"
    r"\b(?:member|account|user|group|policy)\s*(?:id|no|number|#)",
    _I,
)
_BOTH = re.compile(
    rf"(?:{_PATIENT})(?:\s?/\s?| or | and )(?:{_PARTICIPANT})|(?:{_PARTICIPANT})(?:\s?/\s?| or | and )(?:{_PATIENT})",
    _I,
)


_IF_OTHER = re.compile(
    r"[\s,]*\b(?:if|when)\b.*|(?<=\w),? (?:other than|different from)\b.*|[\s,]* (?:covering|covers) .*", _I
)
"""Behind a label: of whom it does not ask. "Account holder, if not the patient", "Employee covering him"."""
_WRITTEN_FOR = re.compile(r"(?:prepared|completed) (?:for|on behalf of)(?: the patient)?", _I)
_WHOSE = re.compile(
    r"\b(?:responsible (?:party|person|adult)|guarantor|parent|guardian|payer|payor|provider|physician|doctor|"
    r"therapist) (?:for|of)$",
    _I,
)
"""Ends a label that goes on to name the patient: "responsible party for Ana Roe"."""
_WHO_IS_SENT = re.compile(r"(?:patient|client|person|child)s? (?:being |to be )?(?:referred|treated|seen)", _I)


@lru_cache(maxsize=2048)
def role_of(label: str) -> Role | None:
    """The role that a label gives; None where it is no label of a person's name."""
    plain = re.sub(r"\([^)]*\)", " ", label).strip(" .:#?\t\n").replace("’", "'")
    plain = _IF_OTHER.sub("", _AND_MORE.sub("", re.sub(r"\s+", " ", plain)))
    if not plain or _NOT_A_NAME.search(plain):
        return None
    treats = _WHO_TREATS.match(plain)
    if (
        treats
        or _WHOSE.search(plain)
        or plain.lower() == "for"
        or _WRITTEN_FOR.fullmatch(plain)
        or _WHO_IS_SENT.fullmatch(plain)
    ):
        return "provider" if treats else "patient"
    if _BOTH_PARTS.fullmatch(plain) or re.fullmatch(
                    r"(?:(?:full|legal|printed?|typed?|first|last|please|type|or|and|title|credentials?|your|&|"
                    r"/) ?)*names?"
                    r"(?: (?:and|&|or) (?:title|credentials?|date of birth|dob|age|degree))?", plain, _I):  # fmt: skip
        return "name"
    owner, _, owned = plain.rpartition("'s ")
    if _first(owner, _ROLES):
        named = _first(owned, _PERSONS)
        return named or _first(owner, _ROLES)
    if (of := re.match(r"(?P<what>.+?) of (?P<whom>.+)", plain)) and "name" in of["what"].lower():
        return _first(of["whom"], _ROLES)
    return _first(plain, _ROLES)


_WHO_TREATS = re.compile(r"who (?:is )?(?:treating|prescribing|ordering|requesting|certifying|recommending)\b", _I)
_BOTH_PARTS = re.compile(r"(?:last|family|first|given)(?: name)?\s?[,/&]\s?(?:first|given|last|family)(?: name)?", _I)
"""Of a name, where the label does not say so: "Last, First"."""


def _first(words: str, roles: tuple[tuple[Role, re.Pattern[str]], ...]) -> Role | None:
    return next((role for role, pattern in roles if pattern.search(words)), None)


def is_weak(label: str) -> bool:
    """Whether a label is also an ordinary word, so that it needs a sign or a gap of its own."""
    return _WEAK.fullmatch(label.strip()) is not None


def is_of_both(label: str) -> bool:
    """Whether a label means patient and participant in one: "Patient/Member name"."""
    return _BOTH.search(label) is not None
