"""Which words are labels of letters and forms, so that they are never another label's value?"""

from __future__ import annotations

import re

KNOWN_LABEL = re.compile(
    r"(?:(?:patient|participant|employee|subscriber|member|insured|client|guardian|account\s?holder|provider|"
    r"physician|"
    r"doctor|practitioner|clinician|prescriber|practice|clinic|facility|employer|company|trainer|dependent|spouse|"
    r"responsible party|guarantor|treating|attending|referring|ordering|rendering|supervising|licensed|health\s?care|"
    r"medical|provider'?s|physician'?s|doctor'?s|patient'?s|participant'?s|employee'?s|practitioner'?s|printed?|"
    r"legal|"
    r"full|first|last|middle|street|mailing|office|home|work|cell|daytime|e-?mail|billing|primary|secondary|of|the|"
    r"or|"
    r"and|/|&)\s*)*"
    r"(?:names?|dob|d\.o\.b\.?|date of birth|birth\s?date|birthday|age|sex|gender|address|city|state|zip(?: code)?|"
    r"phone|telephone|tel|fax|mobile|e-?mail|ssn|social security(?: number| no\.?)?|last (?:4|four)[\w ]*|id|"
    r"(?:member|user|employee|account|group|policy|claim|chart|patient|license|licence|npi|dea|tax|medical record)"
    r"\s?(?:name|id|number|no\.?|#)|username|mrn|npi|dea|license|licence|credentials?|title|specialty|"
    r"relationship(?: to [\w ]+)?|"
    r"(?:recommended |length of |frequency of |duration of |start of |expected |proposed )?(?:treatment|therapy|"
    r"services?|"
    r"products?)(?:(?:,| or| and|/)\s?(?:treatments?|services?|products?|items?|equipment|medical condition))*"
    r"(?: recommended| prescribed| start date| end date| name| description)?|number of (?:sessions|visits)|"
    r"session length|"
    r"diagnos[ie]s|dx|icd(?:-?\s?10)?(?:-cm)?(?: codes?)?|condition|medical condition|treatment|frequency|duration|"
    r"date|date of (?:service|letter|visit|signature)|date signed|today'?s date|start date|end date|signature|signed|"
    r"employer|practice|patient|provider|physician|participant|employee|re|from|to|subject|cc|signature of [\w ]+|"
    r"responsible (?:party|person)|guarantor|(?:account|policy)\s?holder|"
    r"(?:join(?:ed)?|enrol\w*|member) (?:date|since))"
    r"\s*(?:\([^)]*\))?\s*[:#]?",
    re.IGNORECASE,
)
"""A heading or label, alone in its cell."""
NEXT_LABEL = re.compile(
    r"(?:(?<=[\s,;|/(])|(?<=_))(?:"
    r"(?:patient|participant|provider|physician|member|employee|practice|clinic|office|license|licence|date|start|"
    r"end)"
    r"(?:'s|’s)?\s?(?:name|id|dob|phone|fax|address|number|no\.?|signature|date|of birth|signed|of service)"
    r"|d\.?o\.?b\.?|date of birth|birth\s?date|age|sex|gender|mrn|ssn|npi|dea|phone|telephone|tel|fax|e-?mail|"
    r"address|city|state|zip|dx|icd-?10(?:-cm)?(?: codes?)?|diagnosis|duration|frequency|date|signature|licen[sc]e|"
    r"lic|employer|relationship|specialty|credentials?|title|(?:member|account|group|policy|claim|chart|user)\s?"
    r"(?:id|no\.?|number|name)|cc|re|patient|treatment"
    r")\s?(?:\([^)]*\))?\.?\s?(?::|#:?|_{3,}|_[ ])",
    re.IGNORECASE,
)
"""A label, closed, behind another label's value: "John Smith DOB: 1/2/1970"."""
