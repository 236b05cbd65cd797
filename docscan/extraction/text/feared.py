"""Whether an illness is only feared, or to be kept from coming: nobody has it yet.

Before its name stands what one does about what might come ("guard against", "lower his chance of getting"); behind it,
that it shall not come ("does not set in", "from taking hold"). What is the patient's already ("keeps her asthma at
bay") is there.
"""

from __future__ import annotations

import re

_I = re.IGNORECASE
_HERS = re.compile(
    r"\b(?:her|his|their|my|the patient['’]s|[A-Z][\w-]+['’]s)(?! (?:ever|getting|having|developing|family|mother|"
    r"father))"
    r"(?: (?!(?:that|so|to|of|for|from|and|in|on|against|with|by|will|would|not|as|or|lest)\b)[\w-]+){0,4} ?$"
)
_ODDS = r"(?:risks?|chances?|odds|likelihood|probability|possibility|prospects?|threat|danger|hazard|peril)"
_KEPT_FROM = re.compile(
    rf"\b(?:guard(?:s|ed|ing)? against|(?:protect|shield|safeguard|insulat|immuni[sz])\w* (?:\w+ ){{0,3}}?(?:from|"
    rf"against)|"
    rf"(?:insurance|protection|defen[cs]e|precaution|safeguard|shield|bulwark|edge|head start) (?:against|on|over)|"
    rf"(?:escap|dodg|sidestep|evad|elud|forestall|postpon|delay|preempt|pre-empt)\w*|(?:steer|stay|stays|keep|"
    rf"remain)\w* "
    rf"(?:well )?(?:clear|free|ahead|away) (?:of|from)|(?:put|hold|ward|stav|fend|fight)(?:s|ing|ting|e|es)? off|"
    rf"spared?(?: (?:him|her|them|from))*|(?:keep|keeps|keeping) (?:him|her|them) from|{_ODDS} (?:of|for|that|from|"
    rf"posed by)|"
    rf"(?:fears?|dread|terror|worry|anxiety|apprehension) (?:of|about|over|that)(?= (?:[\w-]+ ){{0,4}}(?:get|gets|"
    rf"getting|"
    rf"develop|develops|developing|having|contracting|suffering|inherit\w*|fall\w* victim to|might|may|could|will|"
    rf"same)\b)|"
    rf"(?:get|gets|getting) ahead of|(?:does|do|will|would) not (?:want|wish|like) (?:\w+ )?(?:to )?(?:get|develop|"
    rf"have|"
    rf"end up with|suffer|face|go through)|never to (?:have|get|develop|suffer)|(?:next|first) (?:in line )?for)"
    rf"(?P<scope>(?: (?!(?:but|because|from|has|is|who|which|by)\b)[\w'’-]+){{0,9}}) ?$",
    _I,
)
_SHALL_NOT_COME = re.compile(
    r"(?P<who>[\w\s,'’()-]{0,60}?)(?:\b(?:does|do|did|will|would|should|may|shall|need|can|could)(?: not|n['’]t)(?: "
    r"ever| "
    r"one day)? (?:set in|arise|develop|appear|occur|emerge|come(?: (?:on|to|about|into|his|her))?|take hold|take root|"
    r"catch up|strike|follow|get (?:him|her|a hold|started)|befall|happen|overtake|start|begin|touch|reach)\b|"
    r"\b(?:never|not) (?:sets? in|aris\w+|develops?|appears?|comes?|takes? hold|catch\w* up|strikes?|gets? started|"
    r"befalls?)\b|"
    r"\bfrom (?:ever )?(?:setting in|arising|developing|appearing|occurring|emerging|coming (?:on|about|into)|taking "
    r"(?:hold|"
    r"root)|catching up|striking|(?:getting|gaining) (?:started|(?:a|any) (?:foot)?hold|a grip))\b|\bbefore (?:it|"
    r"they|that|this|any of (?:it|this)) (?:\w+ )?"
    r"(?:starts?|begins?|arrives?|sets? in|comes?|strikes?|appears?|develops?|takes? hold|happens?|can)\b|"
    r"\b(?:later|someday|some day|one day|down the (?:road|line)|in (?:later|old) (?:life|age|years)|in the future)\b"
    r"(?=\W*$))",
    _I,
)
_PROGRESSES = re.compile(
    r"\b(?:progress|worse|flare|return|come back|recur|again|spread|second|another|attack)\w*\b", _I
)
_EXPOSED = re.compile(
    r"[\s,]*(?:which|that|to which)\s+(?:\w+\s+){0,3}?(?:is|are|has been|exposes?|disposes?|predisposes?|inclines?)\s+"
    r"(?:so\s+|very\s+|quite\s+|all too\s+|most\s+)?(?:common|frequent|usual|often|widespread|prevalent|him|her|them)\b"
    r"(?! (?:in|on) (?:his|her) (?:left|right|back|knee|hip))",
    _I,
)
_LABEL = re.compile(
    r"\W*(?:(?:a |the |her |his |their |strong |great |only |some |worries about )*(?:fears?|dread|worry|concerns?|"
    r"anxiety|"
    r"apprehension)(?: (?:of|about|over|that|for|regarding)\b)|(?:wish|wants?|desire|hope)(?:es)? (?:\w+ )?to (?:avoid|"
    r"prevent|escape|ward)|(?:to )?(?:avoid(?:ance)?|prevent\w*|protect\w*|guard\w*)(?: (?:of|from|against))?\b)",
    _I,
)


def is_hers(before: str) -> bool:
    """Whether what follows is called the patient's own: "her long-standing ..."."""
    return _HERS.search(before) is not None


def is_feared(before: str, after: str) -> bool:
    """Whether it is only feared. `before` and `after`: the rest of its sentence."""
    if is_hers(before):
        return False
    if (found := _KEPT_FROM.search(before)) and not _PROGRESSES.search(found["scope"] + after[:24]):
        return True
    come = _SHALL_NOT_COME.match(after)
    if come and not re.search(r"\b(?:and|but|because|who|has|is|was)\b", come["who"], _I):
        return not re.search(r"\bthe $", before) and not re.search(
            r"\b(?:has|have|is|suffers?|with)\b", before[-30:], _I
        )
    return _EXPOSED.match(after) is not None and re.search(r"\b(?:against|that|so)\b", before, _I) is not None


def opens_with_fear(words: str) -> bool:
    """Whether words that stand where a diagnosis is asked for tell only what is feared: "Fear of dementia"."""
    return _LABEL.match(words) is not None
