"""What became of a diagnosis, told behind it: "... but we looked for it twice and found nothing".

The rest of its sentence tells it, or one of the next two sentences of the paragraph that speak of it as "that", "it" or
"that label"; only up to where the next illness or code is named, for what follows is told of that one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from docscan.document import Assertion
from docscan.extraction.text.code_shape import CODE_SHAPE
from docscan.extraction.text.relatives import RELATIVE

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_IT = (
    r"(?:it|which|they|these|those|both|all|(?:that|this|the)(?: (?:one|label|diagnosis|entry|code|problem|"
    r"idea|worry|"
    r"thing|line|item|matter|notion|question|possibility|chapter|episode|suspicion|condition|theory|concern|last|"
    r"flare|"
    r"attack|bout|spell|illness|disease|injury|process|complaint|trouble|disorder|infection|lesion))*)"
)
_BE = r"(?:is|was|are|were|has been|have been|had been|proved|turned out|came back|has|have|remains?|remained)"
_WHOSE = r"(?:her|his|their|my|our|the|an?|the patient['’]s|pt['’]s)"

# Of these, each names what it speaks of ("it"), or can be said of nothing but a diagnosis.
_TOLD: tuple[tuple[Assertion, re.Pattern[str]], ...] = (
    (
        "other_person",
        re.compile(
            rf"\b(?:{_IT} (?:is|was|are|were|belongs? to|concerns?|came from|refers to) (?:actually |really |about )?"
            rf"|(?:belongs?|belonging) to |meant for )(?:{_WHOSE}\s+)(?:\w+\s+)?{RELATIVE}(?:['’]s?)?(?=\W|$)|"
            rf"\bnot (?:hers|his|theirs|the patient['’]s|pt['’]s)(?=\s*(?:[.,;:)–—-]|$))|"
            rf"(?:^|[,;:(–—-])\s*(?:{_WHOSE}\s+)(?:\w+\s+)?{RELATIVE}['’]s?\s*(?:[.,;)]|$)|"
            r"\b(?:an)?other patient['’]s\b|\b(?:is|are|was|were|turned out to be|proved to be) (?:someone|"
            r"somebody) else['’]s\b|"
            r"\bbelongs? (?:in|to|on|with) (?:another|an?other|a different|someone else['’]?s?|the wrong)\b",
            _I,
        ),
    ),
    (
        "hypothetical",
        re.compile(
            rf"\b(?:{_IT} {_BE} (?:\w+ ){{0,3}}?(?:not (?:yet |at all )?(?:been )?(?:decided|settled|"
            rf"certain|sure|proven|"
            r"proved|established|clear yet)|not yet (?:been )?\w+ed|undecided|unproven|unconfirmed|"
            r"uncertain|pending|under "
            r"review|an? (?:\w+ )?(?:guess|question|theory|hunch|maybe|possibility|suspicion|thought)|open(?=\W*$)|"
            r"up in the air)|(?:only|just|merely|still) an? (?:\w+ )?(?:question|guess|suspicion|possibility|thought|"
            r"hunch|theory|maybe)|(?:nobody|no one|none of us|no test|no one here) (?:has |have |"
            r"could )(?:yet |ever |so "
            r"far )?(?:confirm\w*|prove[nd]?|settled?|established?|shown?|said so)|remains to be (?:seen|"
            r"shown|proven|"
            r"confirmed)|(?:won['’]t|will not|would not|cannot|can['’]t) (?:swear|commit|hang)|"
            r"(?:not to|(?:do|would|should)(?: not|n['’]t)|never) (?:code|read|take|treat|list|count|report|record|"
            r"regard|bill|"
            r"enter|process|consider|accept) (?:it|this|that|them) (?:as|for|down)\b|"
            r"nothing (?:\w+ )?to (?:establish|"
            r"confirm|prove|settle) (?:it|this|that|them)|"
            r"not (?:to be )?(?:taken|process\w*|treat\w*) (?:it )?as (?:established|proven|fact|certain|settled)|"
            r"(?:undecided|torn|on the fence|of two minds) (?:between|about|on) (?:it|that|this)|"
            r"(?:too (?:early|soon) to (?:say|tell|know|call)|time will tell|jury is (?:still )?out)|"
            r"(?:imaging|tests?|testing|labs?|bloodwork|mri|ct|scan|echo|biopsy|x-?rays?|sleep study|study|results?|"
            r"consult\w*|\w+ologist|specialist|\w+ology|work-?up|exam\w*) (?:will|are to|is to|should|must|"
            r"has yet to|have yet "
            r"to) (?:\w+ )?(?:decide|determine|tell|settle|show|say|confirm|clarify|sort|look)|"
            r"not (?:yet )?(?:established|proven|proved|settled|confirmed)(?=\s*(?:[.,;:)–—]|$))|"
            r"(?:i|we) (?:have|had) (?:not|n['’]t|yet to) (?:yet )?(?:settled?|decided?|confirm(?:ed)?|prove[nd]?|"
            r"establish(?:ed)?|"
            r"pinn?(?:ed)? down|nail(?:ed)? down|work(?:ed)? (?:out|up)) (?:on )?(?:it|this|that|them)\b|"
            r"would(?: not|n['’]t) (?:yet )?(?:hang|put|use|pin|give|call|commit)|"
            r"before (?:we|i|anyone) (?:call|name|label|commit|say|diagnos)\w*|"
            r"(?:has|have|had) not (?:yet )?been (?:confirmed|proven|established|settled))\b",
            _I,
        ),
    ),
    (
        "negated",
        re.compile(
            r"\b(?:(?:excluded|refuted|disproved|dismissed|eliminated|rejected|overturned|ruled out|discounted|"
            r"disproven) "
            r"(?:it|this|that|them|both)\b|(?:find|found|see|saw|is|was) (?:no|little|"
            r"nothing) (?:\w+ )?(?:support|evidence|"
            r"signs?|trace|basis|grounds|reason)(?: for| of| to believe| to support)? (?:it|this|that|them|either)\b|"
            r"(?:nothing|no one|nobody|no test|no study|none of \w+)\b[^.;]{0,50}\b(?:supports?|confirms?|"
            r"confirmed|backs?|"
            r"bears?|points to|suggests?) (?:it|this|that|them)\b|(?:took|takes|taken|crossed|crosses|struck|"
            r"strikes) "
            r"(?:it|that|this|them) (?:off|out)\b|(?:remov|delet|strik)(?:e|es|ed|ing) (?:it|that|this|"
            r"them) from (?:the|"
            r"her|his|their|my|our) (?:\w+ )?(?:chart|list|record)|"
            r"(?:said|say|says|think|thought|found|ruled|concluded|judged|decided|shown|showed|proved|"
            r"proven) otherwise\b|"
            r"(?:answered|settled|closed) (?:in the negative|with a no)|the answer (?:is|was) no\b|"
            r"(?:disagree|do(?: not|n['’]t) (?:agree|concur)) with (?:it|this|that|the|those)\b|(?:do(?: not|n['’]t)|"
            r"cannot|can['’]t) (?:share|accept|endorse|support|stand behind) (?:it|this|that)\b|"
            r"(?:i|we|she|he) (?:reject|dispute)s? (?:it|this|that)\b|\b(?:i|we) (?:disagree|do(?: not|"
            r"n['’]t) agree)\b|"
            r"(?:idea|notion|question|suspicion|theory|possibility|label|concern|worry) (?:was|is|has been|"
            r"have been) "
            r"(?:\w+ )?(?:dropped|abandoned|discarded|given up|(?:put|laid) to rest|set aside|withdrawn|shelved)\b|"
            r"(?:neither|none) (?:one |of (?:it|them|these|those|the two|this) |diagnosis |code |condition )?"
            r"(?:was|were|is|are|has been|have been|could be|proved|turned out|has ever been) "
            r"(?:\w+ ){0,2}?(?:confirmed|found|present|borne|shown|demonstrated|established|real|there|true|seen|"
            r"proven|"
            r"so|the case|used|billed|ordered))\b|"
            rf"\b(?:rul(?:ed|ing) (?:it|this|that|them|both) out|{_IT} (?:was|were|has|have|is|are) (?:\w+ ){{0,6}}"
            r"(?:ruled out|excluded|disproved|dismissed|thrown out|crossed off|struck off|withdrawn|refuted)|"
            rf"{_IT} (?:is|was|has|were|are|turned out|proved)(?: not|n['’]t)(?: to be)?(?: been)?"
            r"(?: (?:what \w+ has|there|real|present|found|"
            r"confirmed|borne out|the case|so|it|that))?(?=\s*(?:[.,;:)–—-]|$))|"
            rf"{_IT} {_BE} (?:to be )?(?:\w+ ){{0,2}}?(?:false (?:alarm|lead|positive)|red herring|"
            r"mistakes?|mix-?up|typo|clerical error|slip of the pen|dead end|misprint|misread\w*|misdiagnos\w+|wrong|"
            r"unfounded|errors?|nothing of the (?:kind|sort))|"
            r"(?:does|do|did)(?: not|n['’]t) (?:actually |in fact )?have (?:it|this|that|them|either|any of (?:it|"
            r"them|those|these))|(?:has |have )?never had (?:it|that|this|them|any of)\b(?! (?:before|until|prior|"
            r"so|as)\b)|"
            r"(?:disregard|ignor\w+|strik\w+|struck|delet\w+|remov\w+|cross(?:ed)? out|dropp?(?:ed)?|let|put) (?:it|"
            r"that|this|them)(?: (?:code|line|entry|one|label))?(?: (?:go|down|aside|to rest|from (?:the|her|his|my|"
            r"our)\b)|(?=\s*(?:[.,;)]|$)))|"
            r"(?:disregard|ignore|strike|delete) (?:that|this|the) (?:code|line|entry|one|label|diagnosis)|"
            r"(?:entered|listed|coded|recorded|added|typed|printed|keyed|picked|chosen|carried (?:over|forward)|"
            r"written)(?: \w+){0,3}? (?:in error|by mistake|by accident|mistakenly|erroneously|wrongly)|"
            r"(?:mistakenly|erroneously|wrongly) (?:entered|listed|coded|recorded|added|typed|printed|keyed|picked)|"
            r"(?:looked|searched|tested|screened|hunted|checked) for (?:it|that|this|them)\b[^.;]{0,50}?"
            r"\b(?:never|nothing|none|in vain|no(?! doubt| question)|"
            r"(?:not|\w+n['’]t) (?:find|found|see|seen|show\w*|there|present|detect\w*))|"
            r"no (?:signs?|trace|evidence|hint) of (?:it|that|this|them)(?= (?:was|were|has|on|in|at|anywhere|either|"
            r"since|now)\b|\s*(?:[.,;)]|$))|"
            r"(?:(?:^|[;,.]|\b(?:and|but))\s*(?:there (?:is|was|were|are|proved to be)|(?:we|i|they) (?:found|saw|"
            r"see|"
            r"find|could find|can find))|\b(?:and|but) (?:found|saw|see)) "
            r"none\b(?! of\b)|none (?:was|were|is|could be) (?:found|seen|there|present)|(?:^|[.]\s)none (?:found|"
            r"seen|"
            r"present|there)(?=\W*$)|"
            r"(?:cannot|can['’]t|do not|don['’]t|could not|unable to|hard to) (?:agree|attest|certify|affirm|concur|"
            r"concede|"
            r"vouch) (?:that )?(?:she|he|they|it|this|these|the \w+)(?: \w+)? (?:meets?|fits?|fulfil\w*|satisf\w+|"
            r"has|have|"
            r"qualif\w+|is|are)|"
            r"no such (?:thing|injury|event|illness|condition|diagnosis|disease))\b",
            _I,
        ),
    ),
    (
        "historical",
        re.compile(
            rf"\b(?:{_IT} closed\b|{_IT} (?:is|was|has|have|are|were) (?:\w+ ){{0,4}}?(?:resolved|cleared|"
            rf"gone(?= *(?:[.,;)]|$| now| "
            r"for| since| by))|healed|over(?=\W*$|[.,;]| and| with)|cured|outgrown|behind (?:her|him|them)|closed)|"
            r"(?:we|i|she|he|they) no longer (?:follow|treat|see|track|list|code|take \w+ for)\w* (?:it|this|that|"
            r"them)\b|"
            rf"{_IT} (?:has |have )?(?:since |long since )?(?:cleared|resolved|healed|settled|went away|burn(?:ed|"
            rf"t) (?:itself )?out|faded(?: away)?|"
            r"subsided|passed|died down|(?:was|were|is) (?:considered|regarded as|counted as|held to be|"
            r"thought) (?:resolved|"
            r"healed|cured|over|closed))|"
            r"belongs? to (?:her|his|their|the) (?:distant |early |own )?(?:adolescence|childhood|youth|teens|"
            r"twenties|thirties|forties|past|school \w+|college \w+|boyhood|girlhood|infancy)|"
            r"(?:never|not) (?:come|came|been) back|(?:never|not) (?:returned|recurred)|"
            r"(?:did not|didn['’]t|never) (?:return|recur|come back)\b|"
            r"(?:was|were|got|been) closed (?:out |many |some |several |a few |in |long |\d)|"
            r"(?:has|have|had) (?:not|never) (?:troubled|bothered|been an issue|been a problem))\b",
            _I,
        ),
    ),
)
# What a test showed: said of the diagnosis only right behind it.
_SHOWN: tuple[tuple[Assertion, re.Pattern[str]], ...] = (
    (
        "negated",
        re.compile(
            r"\b(?:(?:it|that|this|which|and) (?:was|were|came back|is) (?:\w+ )?(?:negative|normal|clear)|"
            r"(?:with|gave|returned|yielded) an? (?:negative|normal|clean|clear) (?:results?|findings?|reports?|"
            r"study)|"
            r"came back (?:negative|clean|clear|normal)|(?:work-?up|test(?:s|ing)?|films?|imaging|scan|biopsy|"
            r"screen(?:ing)?|log|consult|panel|study|studies|labs?) (?:was |were |is |came back )?(?:\w+ )?"
            r"(?:negative|clean|normal|clear))\b|, ruled out\b",
            _I,
        ),
    ),
)
# What its own sentence says of it, whatever stands between.
_LED_BY = r"(?:(?:was|were|has been|have been|is|are|been|be|being|and|then|later|but|since|also)\s+|[,:(–—-]\s*)"
_FATE = (
    r"(?:^\W*(?:\([^()]*\)\W*|\[[^\]]*\]\W*)?|\b(?:has|have|had|was|were|is|are|and|since|that|which|then|long|fully|"
    r"completely|entirely|it|they|all|both|now|this)\s+)"
)
"""What stands before a verb whose subject is the diagnosis."""
_AGES_AGO = (
    r"(?:(?:many |some |several |\w+ )?years? (?:ago|back|since)|long ago|decades ago|(?:back )?in (?:19|20)\d\d|"
    r"(?:as|when) (?:s?he was )?an? (?:child|kid|boy|girl|teen\w*|student|young \w+)|(?:in|during) (?:her|his|their) "
    r"(?:youth|teens|\w+ties|childhood))"
)
_SAID: tuple[tuple[Assertion, re.Pattern[str]], ...] = (
    (
        "other_person",
        re.compile(
            rf"\b(?:is|was|are|were|belongs? to|belonged to|concerns?|refers? to) (?:actually |really |in fact |"
            rf"in truth )?"
            rf"(?:{_WHOSE}\s+)(?:\w+\s+)?{RELATIVE}['’]s?(?! (?:\w+ )?(?:idea|worr\w+|concerns?|fears?|reason|words?|"
            r"wish|hope|request|name|opinion)\b)",
            _I,
        ),
    ),
    (
        "hypothetical",
        re.compile(
            r"\b(?:remains?|stays?|is|are|was|were|as) (?:still |only |just |but |merely |at (?:best|most) )?(?:an? |"
            r"one |the )?"
            r"(?:\w+ )?(?:possibility|suspicion|question mark|consideration|contender|candidate|hypothesis|"
            r"conjecture)\b"
            r"(?! (?:that )?(?:was|were|has been|which was|since) )|"
            r"\b(?:is|are|be) (?:only |just |but )?a matter of time\b|\bon the (?:horizon|cards)\b|"
            r"\baround the corner\b",
            _I,
        ),
    ),
    (
        "negated",
        re.compile(
            r"\b(?:is|was|were|being|been|proved|proved to be|turned out(?: to be)?) (?:(?!in |by |due |"
            r"from )\w+ ){0,3}?"
            r"(?:typos?|mistake|misprint|mix-?up|(?:clerical|copying|coding|data|entry|our|their|"
            r"(?!else)\w+['’]s) (?:\w+ )?"
            r"(?:errors?|slip)|slip of|false (?:alarm|positive|lead)|red herring|misdiagnosis|carry-?over|"
            r"artifact of)\b|^\W*(?:is|are) (?:now |thus |therefore |clearly |definitely )?out(?=\s*(?:[.,;:)]|$))|"
            r"\b(?:came|come|comes) up empty(?:-handed)?\b|\bdrew (?:a )?blanks?\b|\bturned up (?:nothing|empty|"
            r"blank)\b|"
            r"\bled nowhere\b|"
            r"\b(?:does|do|did)(?: not|n['’]t) (?:actually |really |in fact |now )?(?:apply|hold(?: up)?|pertain|"
            r"stand(?: up)?|"
            r"check out|pan out|fit|exist|describe (?:her|him|them))(?=\s*(?:[.,;:)–—]|$|(?:here|to (?:her|him|this|"
            r"them)|any|in|on|and)\b))|"
            rf"{_LED_BY}(?:\w+ly\s+)?(?:(?:ruled|thrown|tossed) out|crossed off|dismissed|disproved|refuted|"
            r"excluded(?!\s+(?:an?|any|the|other|from)\b)|(?:found|proved|proven|shown|judged|"
            r"felt)\s+(?:to be )?(?:not\s+"
            r"to be\s+present|not\s+(?:present|there|to exist)|absent|unfounded)|not\s+(?:found|present|"
            r"confirmed|borne "
            r"out|seen|detected)(?=\s*(?:[.,;:)–—]|$|on\b|by\b|at\b|in\b)))",
            _I,
        ),
    ),
    (
        "historical",
        re.compile(
            r"\b(?:is|are|was|appears?|stands?|sits?|stays?|remains?|listed|shown|kept|carried) (?:only |"
            r"still )?(?:on|in|"
            r"among) (?:the|her|his|an?|their) (?:old|former|past|earlier|previous|closed|inactive|resolved) "
            r"(?:problems?|diagnos[ei]s|problem list|diagnosis list|illnesses)\b|"
            r"\b(?:healed|cleared(?: up)?|resolved|knit(?:ted)?|mended|subsided|disappeared|vanished|burn(?:ed|"
            r"t) (?:itself )?"
            rf"out)(?:,? (?:by itself|completely|fully|entirely|well|cleanly))?,? {_AGES_AGO}|"
            r"\bwent (?:quiet|silent|dormant)\b|\bdischarged from (?:follow-?\s?up|oncology|the clinic)\b|"
            r"\bis considered (?:resolved|healed|cured|over|closed|inactive)\b|"
            r"(?:^|[,;])\s*cleared (?:up )?(?:completely|fully|entirely)\b|"
            rf"{_FATE}(?:ended|went away|gone away|cleared(?: up)?|resolved|healed|knit(?:ted)?|mended|subsided|"
            rf"abated|"
            r"disappeared|vanished|stayed away|burn(?:ed|t) (?:it)?self out)(?=\s*(?:[.,;:)–—]|$|(?:and|with|"
            r"after|in|by|"
            r"since|on|over|for|so|once|completely|fully|entirely|without|long|years?|now)\b))|"
            r"\b(?:is|are|was|were|being) (?:now |all |long )?(?:ancient history|history|a thing of the past|an? "
            r"closed chapter|"
            r"in the past|off the (?:table|list)|"
            r"water under)\b|"
            r"\b(?:without|no|never any) (?:\w+ ){0,2}(?:recurrences?|relapses?|return)\b(?! of\b)|"
            r"\b(?:was|were|been) (?:on|in|listed|active|present|carried)\b[^.;]{0,30}? (?:from|until|between) "
            r"(?:19|20)\d\d|"
            r"^[\s,]*(?:[:(–—-]\s*(?:\w+ ){0,3}?\w{4,}ectomy|(?:[:(–—-]\s*(?:\w+ ){0,2}?)?(?:taken out|excised|"
            r"removed|"
            r"cut out|resected|TURP))\b,? (?:in |back in )?(?:(?:19|20)\d\d|['’]\d\d)(?=\s*(?:[.,;)]|$))|"
            r"\b(?:has|have|had)(?: not|n['’]t) been (?:active|present|an issue|a problem|symptomatic)\b(?= (?:since|"
            r"for|in)\b)|"
            rf"{_FATE}(?:ended|closed) (?:in |on )?(?:\d{{1,2}}/){{1,2}}(?:19|20)\d\d|"
            r"\bno longer (?:reported|billed|listed|coded|followed|tracked|carried|in use|on (?:the|her|his) (?:\w+ "
            r")?list|"
            r"active|treated|present|an? (?:problem|concern|issue)|relevant|bothers?|troubles?|"
            r"there|needs?|requires?|applies)\b|"
            r"\b(?:was|were|been|got|had) (?:\w+ly )?(?:treated|repaired|removed|fixed|operated on|cured|managed|"
            r"fused|"
            rf"dealt with|taken (?:out|care of)|cut out|stented|excised) (?:\w+ ){{0,3}}?{_AGES_AGO}",
            _I,
        ),
    ),
)
_STILL = re.compile(
    r"\b(?:not|never|n['’]t|until|once|when|if|should|before|hardly|nearly|partly|partially|mostly|will|would|may|"
    r"incompletely|only)\W+(?:\w+\W+){0,2}$",
    _I,
)
"""What before such a verb says that it has not come to that."""
_NOT_SINCE = re.compile(r"(?:has|have|had)(?: not| never|n['’]t) ", _I)
"""What has not been there since is over, for all its "not"."""
_OWN_CODE = re.compile(rf"[\s,:–—-]*[(\[]?\s*{CODE_SHAPE}\s*[)\]]?")
_NEXT_CODE = re.compile(r"(?<![\w.])[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?(?!\w)")
_ITS_OWN = re.compile(r"(?:that|this|it)\b", _I)
_SUPPOSED = re.compile(
    r"\b(?:(?:assum|suppos|claim|argu|thought|insist|believ|suspect\w* that|as if)\w*(?: that)?|if|unless|whether|"
    r"in case|until|lest)\s*$",
    _I,
)
"""What somebody else held, or what may come, is not what the writer says."""
_REPORTED = re.compile(r"\b(?:told|said|says|claim\w*|insist\w*|suggest\w*|argu\w*|blam\w*|wrote|view|opinion)\b", _I)
_DISAGREES = re.compile(
    r"(?:disagree|agree|concur) with (?:it|this|that)\b(?! (?:diagnosis|label|code|entry))|\bdisagree$", _I
)
"""Whoever tells what others said, and disagrees with it, disagrees with them."""
_TURNED = re.compile(
    r"(?:\b(?:but|and|then|later|before|until|though|yet|although|however|when|since|again|by)\b|[,;])[^.;]{0,40}?\b"
    r"(?:(?:came|come|comes|coming|is|are) back|return(?:s|ed)|recur(?:s|red|ring)|relaps\w+|confirm(?:s|ed)|"
    r"proved|proven|diagnosed|established|(?:meets?|fulfil\w*|satisf\w+) (?:all |the |every )|flared|"
    r"reappeared|persist\w*|without (?:any )?(?:lasting|relief|benefit|success))\b",
    _I,
)
_NOT_TURNED = re.compile(r"\b(?:not|never|n['’]t|no|nothing|neither|without|if|unless|be|may|might)\b", _I)


def turns(said: str) -> bool:
    """Whether a sentence takes back what it said first: "resolved in 2022 and then came back", "ruled out in 2018 but
    diagnosed in 2021"."""
    return any(
        not _NOT_TURNED.search(
            re.sub(r"\bwithout (?:any )?(?:lasting|relief|benefit|success)$", "", found.group(), flags=_I)
        )
        for found in _TURNED.finditer(said)
    )


_FURTHER = 2  # sentences behind its own
_OWN = 12  # characters from a code to the words that it stands for
_NEW_SUBJECT = re.compile(
    r"\b(?:but|and|while|whereas|so)\s+(?:she|he|they|the patient|pt)\s+(?:has|have|is|suffers)\b", _I
)


_OTHERS_DOUBT = re.compile(
    r"[:;.,]\s+(?!(?:it|this|that|which|they|these|those|both|all|the diagnosis|the label)\b)(?:an? |"
    r"the )?[a-z]+(?: \w+)? "
    r"(?:was|were) (?:\w+ )?(?:feared|suspected|considered|queried|raised|looked for|sought)\b",
    _I,
)
"""Something else that was doubted: what follows is told of that."""
_OWN_SUBJECT = re.compile(r"\s*(?:\b(?:her|his|their|my|the|that|this|an?|she has|he has)\s+)*$", _I)


def aftermath(text: AnnotatedText, start: int, end: int) -> Assertion | None:
    """What the words behind a diagnosis say became of it; None where they say nothing."""
    limit = next_named(text, start, end)
    sentence = text.sentence_at(start)
    own = text.flat[end : max(end, min(sentence.end, limit))].replace("\n", " ")
    own += _CUT if limit < sentence.end else ""
    following = following_sentences(text, sentence.end, limit)
    right_behind = own + " " + following[0] if following and _ITS_OWN.match(following[0]) else own
    other = _OTHERS_DOUBT.search(own)
    if other:
        own, following = own[: other.start()] + _CUT, []
    new = _NEW_SUBJECT.search(own)
    own_clause = own[: new.start()] if new else own
    ahead = _OWN_SUBJECT.sub("", text.flat[sentence.start : start]) + " " if own else ""
    if _NORMAL_SINCE.search(own + " " + " ".join(following)) and not _UNDER_TREATMENT.search(own + " ".join(following)):
        return "historical"
    for behind, senses in ((own_clause, _SAID), (right_behind, _SHOWN), (own, _TOLD), (" ".join(following), _TOLD)):
        for kind, pattern in senses:
            found = pattern.search(behind)
            still = kind == "historical" and found and _STILL.search(_before_verb(behind, found))
            if found and (not still or _NOT_SINCE.match(found.group())):
                others = _DISAGREES.search(found.group()) and _REPORTED.search(behind[: found.start()])
                held = _SUPPOSED.search(ahead + behind[: found.start()])
                taken_back = kind != "other_person" and turns(_sentence_on(behind, found.end()))
                return None if others or held or taken_back else kind
    return None


_NORMAL_SINCE = re.compile(
    r"\b(?:has|have|had)\s+(?:been|stayed|remained|run|read|tested|come back|measured)\s+(?:\w+\s+){0,2}?(?:normal|"
    r"(?:with)?in\s+(?:the\s+)?(?:normal|healthy|usual)\s+(?:range|limits)|unremarkable)\b[^.;]{0,50}?\b"
    r"(?:ever )?since(?: then)?(?=\s*(?:[.,;)]|$|and\b))",
    _I,
)
"""What was measured and is no more: "his sugars have been in the normal range at every check since"."""
_UNDER_TREATMENT = re.compile(
    r"\b(?:start\w*|began|begun|taking|takes|treated with|therapy|medic\w+|dose|mg|tablets?|pills?|diet|controlled|"
    r"insulin|statin|inhaler|\w+(?:pril|sartan|olol|formin|statin|xetine|pine))\b",
    _I,
)
_CUT = " and what is named next"
"""Where the words that are looked at end before their sentence does: no pattern takes that for the sentence's end."""


def _sentence_on(said: str, end: int) -> str:
    return re.split(r"[.!?](?=\s|$)", said[end:])[0]


def _before_verb(said: str, found: re.Match[str]) -> str:
    """What stands before the last word of a finding: "has not " of "has not resolved"."""
    return said[: found.start()] + re.sub(r"\S+\s*$", "", found.group())


def following_sentences(text: AnnotatedText, end: int, limit: int) -> list[str]:
    """The next sentences of the paragraph, as far as no other illness is named."""
    found: list[str] = []
    for _ in range(_FURTHER):
        place = _next_word(text.text, end)
        if place >= min(limit, len(text.text)) or re.search(r"\n\s*\n|\t", text.text[end:place]):
            break
        sentence = text.sentence_at(place)
        if sentence.end <= place:
            break
        cut = _CUT if limit < sentence.end else ""
        found.append(text.flat[place : min(sentence.end, limit)].replace("\n", " ") + cut)
        end = sentence.end
    return found


def _next_word(printed: str, offset: int) -> int:
    while offset < len(printed) and printed[offset].isspace():
        offset += 1
    return offset


def _own_reach(printed: str, end: int) -> int:
    """How far behind a code its own words may begin: not beyond the end of its sentence."""
    stop = re.search(r"[.;!?]\s|\n\n", printed[end : end + _OWN])
    return stop.start() if stop else _OWN


def next_named(text: AnnotatedText, start: int, end: int) -> int:
    """Where the next illness or code is named: not the words that a code itself stands for."""
    from docscan.extraction.text.illness_phrases import illness_phrases
    from docscan.extraction.text.lexicon import illnesses_in

    own = _OWN_CODE.match(text.text, end)
    code = _NEXT_CODE.search(text.text, own.end() if own else end)
    starts = text.once(
        "starts of illnesses",
        lambda: sorted(
            {n.start for n in (*illnesses_in(text), *illness_phrases(text)) if not _NO_ILLNESS.fullmatch(text.flat, *n)}
        ),
    )
    is_code = _OWN_CODE.fullmatch(text.text, start, end) is not None
    closed = re.match(r"[)\]]", text.text[end : end + 1]) and _IN_BRACKETS.search(text.flat, max(0, start - 60), start)
    words = _OWN_WORDS.match(text.flat, end) if is_code and not closed else None
    reach = 0 if closed else _own_reach(text.text, end)
    index = bisect_right(starts, max(end + reach - 1, words.end() if words else 0))
    following = starts[index] if index < len(starts) else len(text.text)
    near = code is not None and code.start() < min(following, text.sentence_at(end - 1).end)
    if code and near and own is None and not words and text.text[code.start() - 1] in "([":
        # "psoriasis as a student (L40.4)": in brackets, further on in its own sentence, its own code still
        code = _NEXT_CODE.search(text.text, code.end())
    return min(following, code.start() if code else len(text.text))


_NO_ILLNESS = re.compile(
    r"(?:\w+ )?(?:pregnanc(?:y|ies)|deliver(?:y|ies)|birth|(?:first|second|third|last) trimester)(?: of .*)?", _I
)
"""A time of life, not the next illness."""
_IN_BRACKETS = re.compile(r"[A-Za-z]{3}[^()\[\]]{0,20}[(\[][^()\[\]]*$")
"""Whose own words stand before it: "hypertension (I10)"."""
_OWN_WORDS = re.compile(r"[\s,:(–—-]*(?:(?!\band\b)[^,;.:()\n]){0,60}")
