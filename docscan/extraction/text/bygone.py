"""Whether a sentence tells of an illness as of something that is over, in whatever words.

Three senses say so, each from small vocabularies that go together: how it ended ("has run its course"), what has not
been since ("not a single attack in ten years", "off all treatment since 2014"), and that it was an event of another
time ("a brush with it in 2011", "two winters ago she caught ..."). When it was found or began ends nothing.
"""

from __future__ import annotations

import re

_I = re.IGNORECASE
_YEAR = r"(?:19|20)\d\d"
_COUNT = r"(?:\w+[ -]){0,3}?\w+"
_YEARS = r"(?:years?|yrs?|decades?|winters|summers|springs)"
_AGE = (
    r"(?:teens|adolescence|youth|childhood|infancy|boyhood|girlhood|(?:early |mid-?\s?|late )?(?:twenties|thirties|"
    r"forties|"
    r"fifties|sixties|20s|30s|40s|50s|60s)|(?:high[- ]school|school|college|university|army|navy|student) (?:years|"
    r"days))"
)
_ANOTHER_TIME = (
    rf"(?:(?:back )?in {_YEAR}|{_COUNT} (?:\w+ )?{_YEARS} (?:ago|back|since)|long ago|in (?:her|his|their|my) {_AGE}|"
    r"(?:as|when) (?:(?:she|he|they) (?:was|were) )?(?:an? )?(?:\w+ )?(?:child|kid|boy|girl|teen\w*|student|toddler|"
    r"baby|"
    r"infant|recruit|young \w+|little|small|pregnant)|when (?:she|he|they) (?:was|were) \w+(?: years old)?|(?:during|"
    r"with|after) "
    r"(?:her|the|a|an) (?:\w+ )?(?:pregnancy|delivery|childbirth)|before (?:the|her|his) (?:\w+ )?(?:marriage|"
    r"wedding|"
    r"retirement|children))"
)

# -- how it ended ----------------------------------------------------------------------------------------------------
_ENDED = (
    r"(?:(?:run|ran) (?:its|their) course|lifted|faded(?: away| out)?|remitted|petered out|blown over|blew over|"
    r"dried up|(?:come|came|drawn|drew) to an end|vanished|melted away|ended|"
    r"(?:went|gone) (?:for good|away|into (?:full |complete |lasting |deep )?remission)|"
    r"(?:left|let) (?:her|him|them) (?:alone|in peace|be)|"
    r"(?:was|were|been|is) (?:\w+ )?(?:put right|fixed|cured|done with|dealt with|laid to rest|over with|licked|"
    r"beaten|eradicated|stamped out))"
)
_HAS_ENDED = re.compile(
    rf"(?:^\W*(?:\([^()]*\)\W*)?|\b(?:has|have|had|it|they|that|which|and|since|then|soon|finally|eventually|long|"
    rf"all|"
    rf"now|completely|fully|entirely|was|were|is|are|promptly|quickly|simply|\w+ly)\s+){_ENDED}"
    r"(?=\s*(?:[.,;:)–—]|$|(?:and|with|after|in|by|since|on|over|for|so|once|when|as|before|completely|fully|"
    r"entirely|"
    r"without|long|years?|now|when|at|ages|\w+ly|two|three|several|many|some|a)\b))",
    _I,
)
_RID_OF = re.compile(
    r"\b(?:through with|rid of|done with|shot of|got the better of|had (?:her|his|their) (?:last|"
    r"final) (?:\w+ )?(?:bout|"
    r"attack|episode|spell|round) of|put (?:an end|a stop) to|parted (?:ways|company) with|shaken|shaken off|shed|"
    r"licked|"
    r"last (?:needed|required|took|used|had|received|saw (?:\w+ )?(?:for|about)|sought|wanted)(?: \w+){0,3} for)"
    r"(?: (?:her|his|their|the|an?|all|any|that|childhood|old|last))* $",
    _I,
)
_OFF_THE_LIST = re.compile(
    r"\W*(?:off|from) (?:his|her|their|the|my|our) (?:\w+ )?(?:list|chart|record|problems?|roster|problem list)\b", _I
)
_TOOK = re.compile(
    r"\b(?:took|taken|take|dropped|drop|cleared|retired|moved) (?:the |her |his |an? |that )?(?:\w+ )?$", _I
)

# -- what has not been since -----------------------------------------------------------------------------------------
_SPAN = (
    rf"(?:since(?! (?:last|this) (?:week|month|visit)| (?:yesterday|monday|tuesday|then she|then he))|"
    rf"(?:for|in|over|during|these) {_COUNT} (?:\w+ )?{_YEARS}\b|(?:for|in) (?:years|decades|ages)\b|to this day|"
    r"ever again|again\b(?!st)|thereafter|afterwards?|after that|after(?=\W*$|\s*[.,;])|ever since)"
)
_THINGS = (
    r"(?:attacks?|episodes?|flares?|flare-?ups?|bouts?|spells?|recurrences?|relapses?|returns?|symptoms?|troubles?|"
    r"problems?|issues?|signs?|traces?|complaints?|outbreaks?|events?|sx|bother|evidence|disease|another|repeats?|"
    r"tumou?rs?|growth|medicines?|medications?|meds|treatments?|inhalers?|drugs?|pills|shots|therapy|care|thing|such|"
    r"it|"
    r"seizures?|stones?|pain|rash|wheez\w*|bleed\w*|clots?|headaches?|ulcers?|breaks?|fits?|reactions?|hives|panic)"
)
_FREE = (
    rf"(?:(?:no|not an?|not one|not another|never an?|never another|without an?|without|zero|free (?:of|from)|"
    rf"clear of|"
    rf"(?:has|have|had)(?:n['’]t| not| never) (?:had|needed|seen|suffered|experienced|required|taken|used|shown)|"
    rf"(?:need\w*|ha[sd]|have|shows?|showed|requires?|required|takes?|took|found|seen) (?:had |needed |seen )?(?:no|"
    rf"none of)) "
    rf"(?:\w+ ){{0,3}}?{_THINGS}|"
    r"not (?:an?|one|once|a (?:single )?(?:one|peep|hint|trace|sign|twinge|sound))|nothing(?: like (?:it|that)|"
    r" of the (?:kind|sort)| \w+)?|none(?: \w+)?|"
    r"never|"
    r"(?:\w+-free|free of (?:it|them|that|pain|symptoms?|disease|\w+)|clear|symptom[- ]free|asymptomatic|"
    r"eu(?:thyroid|glycemic)|normotensive|quiet|"
    r"silent|"
    r"in (?:full |complete |lasting |sustained |continuous |deep )*remission|disease[- ]free|cancer[- ]free|negative|"
    r"sober|abstinent|(?:a )?(?:sustained|lasting|durable|complete) (?:response|cure|remission)|"
    r"(?:fine|well|normal|healthy|okay|good)(?! (?:controlled|managed|enough))|"
    r"off (?:(?:all|any|her|his|the|every|their) )?(?:medicat\w+|medicines?|meds|treatments?|inhalers?|insulin|"
    r"therapy|"
    r"pills|drugs?|tablets|steroids|antidepressants?|it|them|that)))"
)
_FREE_SINCE = re.compile(
    rf"\b{_FREE}(?:\s+(?:ever|at all|whatever|whatsoever|of any kind|of it|either)\b)*,?\s+{_SPAN}", _I
)
_NO_GOOD = re.compile(
    r"\b(?:no|not|nothing|none|never|without)\b[^.;,]{0,30}\b(?:relief|improve\w*|help\w*|success|benefit|progress|"
    r"change\w*|"
    r"work\w*|sle[ep]\w*|let-?up|respite|break from|rest|been (?:the same|free|without|well|right|normal|pain)|free|"
    r"control\w*|better|pain-free|symptom-free|good|well)\b|\b(?:never|not) (?:been )?(?:free|clear|well|without)\b",
    _I,
)
"""What did no good has not ended it; and who was never free of it has it."""

# -- an event of another time ----------------------------------------------------------------------------------------
_WENT_THROUGH = (
    r"(?:got|caught|contracted|came down with|went through|fought|battled|weathered|survived|overcame|beat|had|came "
    r"through|pulled through|struggled with|dealt with|was (?:\w+ly )?(?:treated|hospitali[sz]ed|operated(?: on)?|"
    r"admitted|medicated|in hospital)"
    r"(?: \w+)? (?:for|with)|were treated for|took (?:\w+ )?for|underwent (?:\w+ ){1,3}for|received (?:\w+ ){1,3}for)"
)
_EVENT_BEFORE = re.compile(
    rf"(?:^|[.;,(–—]\s*|\b(?:and|but|while|that) )(?:only |just |some |about |around )?{_ANOTHER_TIME},? (?:she|he|"
    rf"they|the patient|i|pt|"
    rf"(?:mr|mrs|ms|dr)\.? [\w'’-]+|[A-Z][a-z]+) (?:also |once |briefly )?{_WENT_THROUGH}(?: (?:an?|the|some|her|his|"
    rf"bout|case|"
    rf"round|spell|episode|touch|of|bad|severe|mild|nasty|first|brief|long|short))* $",
    _I,
)
_BOUT = re.compile(
    r"\b(?:an?|one|two|her|his|the|single|isolated|brief|short|first|old) (?:\w+ )?(?:brush(?:es)?|bouts?|scares?|"
    r"run-?ins?|"
    r"episodes?|spells?|cases?|rounds?|touch|encounters?|tussles?|battles?) (?:of|with|against)(?: (?:an?|the|"
    r"what was))* $",
    _I,
)
_TROUBLED_THEN = re.compile(
    rf"[\s,]*(?:that |which )?(?:gave (?:her|him|them) (?:\w+ ){{0,3}}(?:grief|trouble|bother|misery|problems?)|"
    rf"(?:troubled|plagued|bothered|"
    rf"dogged|afflicted|tormented|marred|cost|kept|laid) (?:her|him|them)(?: \w+){{0,3}}?|belong(?:s|ed) |"
    rf"dates? (?:back )?)\s*,?(?:only |mostly |mainly )?"
    rf"{_ANOTHER_TIME}",
    _I,
)
_WHEN_IT_WAS = re.compile(rf"[^.;]{{0,24}}\b{_ANOTHER_TIME}", _I)
_STILL_THERE = re.compile(
    r"\b(?:still|ongoing|persist\w*|continu\w*|to date|recur\w*|relaps\w*|return(?:s|ed)|came back|"
    r"is back|"
    r"flar(?:es|ing)|worse\w*|remains (?!free|clear|in|off|well)|never (?:left|really|fully|quite|gone|went|"
    r"been the same)|chronic|daily|now (?:has|needs|takes|requires))\b",
    _I,
)


_NEVER_AGAIN = re.compile(
    r"\b(?:never|not|n['’]t)(?: \w+)? (?:came back|come back|returned?|recur(?:red)?|repeat(?:ed)?|reappear(?:ed)?|"
    r"show(?:ed|n)? (?:its face|itself|up) again|been (?:seen|heard from|back|a problem) ?(?:again|since)?|"
    r"happened again|"
    r"flared (?:again|since))(?! (?:until|till|to|for|her|his)\b)",
    _I,
)
_BUT_STAYS = re.compile(
    r"[^.;]*\b(?:but|though|yet|while)\b[^.;]*\b(?:remains?|persists?|still|lingers?|stays?|left)\b", _I
)
_CURED = re.compile(
    rf"\b(?:finish(?:ed)?|completed|got|took|had|received) [^.;]{{0,40}}?\b(?:pills|antibiotics?|chemo\w*|radiation|"
    rf"interferon|"
    rf"antivirals?|isoniazid|treatment)\b(?: (?:in|back in) {_YEAR}|[^.;]{{0,12}}\byears ago)|\b(?:d/c['’]?d|"
    rf"discharged|"
    r"released|signed off|dismissed) (?:from|by) (?:the |her |his |our )?(?:\w+ology|ortho\w*|onc|hematology|"
    r"follow-?\s?up|"
    r"surgeon|(?:\w+ )?specialist|(?:\w+ )?clinic)\b|\bend of (?:that |the )?(?:story|matter|chapter)\b",
    _I,
)
_TAKEN_OUT_FOR = re.compile(
    r"\b(?:had|has had|lost|gave up|after) (?:her|his|their|the|an?) (?:\w+ ){1,3}?(?:(?:out|removed|taken out|"
    r"excised|cut out) )?"
    r"(?:for|to|over|because of)(?: (?:her|his|the|an?|bad|old))* $",
    _I,
)
_OUT_FOR = re.compile(r"\b(?:out|removed|excised|lost|gave up)\b", _I)


_TAKEN_CARE_OF = re.compile(
    r"(?<!will )(?<!would )(?<!should )(?<!may )(?<!to )(?<!might )\b(?:took care of|corrected|cured|fixed|ended|"
    r"cleared(?: up)?|"
    r"settled|put (?:an end|paid) to|dealt with|resolved|eradicated|solved|healed|wiped out) (?:it|that|this|them|"
    r"both|matters|the "
    rf"(?:problem|matter|trouble|thing))\b|\b(?:eradicated|ablated|excised|resected|drained|lanced|"
    rf"cured) (?:in )?{_YEAR}\b|"
    r"\b(?:was|were) (?:all |soon |long |quickly )?over(?= by\b| in\b|\s*[.,;)]|\W*$)|\b(?:is|are) (?:all|long|now|"
    r"well) over\b|"
    r"\btreated and (?:done|gone|cured|closed|over)\b",
    _I,
)
_NO_FURTHER = re.compile(
    r"\bno (?:further|more|recurrent|repeat|second) (?:attacks?|episodes?|flares?|bouts?|spells?|events?|symptoms?|"
    r"trouble|seizures?|"
    r"stones?|clots?|bleeds?|ulcers?|breaks?|fractures?|infections?)(?=\s*[.,;)]|\W*$)",
    _I,
)
_NOTHING_DID = re.compile(
    r"\b(?:no|not|never|nothing|none|neither|hardly|cannot|yet to)\b[^.;,]{0,45}$|n['’]t\b[^.;,]{0,25}$", _I
)
"""What did not cure it: "no diet has cured it"."""
_WHAT_IT_WAS = re.compile(r"\bwhat (?:she|he|they|the patient) (?:had|got|caught|fought)\b[^.;,]* was (?:an? )?$", _I)


def is_bygone(before: str, own: str, whole: str) -> bool:
    """Whether it is told as over. `before`: its sentence up to its name; `own`: what follows, until another illness is
    named; `whole`: what follows, to the end of what is said of it."""
    never = _NEVER_AGAIN.search(own)
    if never:
        return _BUT_STAYS.match(whole, never.end()) is None
    if _STILL_THERE.search(own):
        return False
    return _has_ended(before, own, whole) or _is_free(own, whole) or _was_then(before, own)


def _has_ended(before: str, own: str, whole: str) -> bool:
    ended = _HAS_ENDED.search(own)
    if ended and not _NOT_SO.search(own[: ended.start()] + ended.group().rsplit(" ", 1)[0]):
        return True
    rid = _RID_OF.search(before) or (_TOOK.search(before) and _OFF_THE_LIST.match(own))
    cared = _TAKEN_CARE_OF.search(own)
    if cared and _NOTHING_DID.search(own[: cared.start()]):
        cared = None
    if _CURED.search(own) or cared or _NO_FURTHER.search(whole):
        return True
    return bool(rid and not _NOT_SO.search(before[-40:]))


def _is_free(own: str, whole: str) -> bool:
    free = _FREE_SINCE.search(whole)
    if free is None or _NOT_SO.search(whole[: free.start()]) or _ONLY_OF.search(own):
        return False
    return _NO_GOOD.search(whole[max(0, free.start() - 12) : free.end()]) is None


def _was_then(before: str, own: str) -> bool:
    taken = _TAKEN_OUT_FOR.search(before)
    if _EVENT_BEFORE.search(before) or _TROUBLED_THEN.match(own) or (taken and _OUT_FOR.search(taken.group())):
        return True
    return bool(_WHAT_IT_WAS.search(before) or (_BOUT.search(before) and _WHEN_IT_WAS.match(own)))


_NOT_SO = re.compile(
    r"\b(?:not|never|n['’]t|until|once|when|if|should|before|hardly|nearly|partly|partially|mostly|will|would|may|"
    r"might|can|could|to|"
    r"incompletely|only|almost|without)\W+(?:\w+\W+){0,2}$",
    _I,
)
_ONLY_OF = re.compile(
    r"\b(?:with|on|thanks to|because of|while (?:taking|on)) (?:the |her |his |this |daily |\w+ )?(?:treatment|"
    r"medication|therapy|\w+ mg)\b",
    _I,
)
"""Free of it on treatment only."""
