"""Whether a fact is stated, negated, hypothetical, historical, or about another person.

The idea is ConText's (Harkema et al., 2009): a cue opens a scope that runs through the clause until something ends it.
What the clause leaves open, the layout tells: a status in the same row of a table, the words that open a list, the
heading above (`standing`). The cues and the ends of scopes are our own, chosen for letters, forms and problem lists.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from docscan.document import Assertion
from docscan.extraction.text import announced, ended, endings, legends, reasons, standing
from docscan.extraction.text.aftermath import aftermath, next_named, turns
from docscan.extraction.text.bygone import is_bygone
from docscan.extraction.text.code_rows import row_of_codes
from docscan.extraction.text.code_shape import CODE_SHAPE
from docscan.extraction.text.feared import is_feared
from docscan.extraction.text.of_kin import is_of_kin
from docscan.extraction.text.relatives import COMPANIONS, FAMILY, MINORS, any_of
from docscan.extraction.text.sections import headings
from docscan.extraction.text.titles import COURTESY
from docscan.reference.illness_words import part

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.spans import Span

_I = re.IGNORECASE

_AT_HOME = ("nana", "nan", "granny", "grandma", "grandpa", "gramps", "grandad", "granddad", "auntie")
_KIN = any_of(*FAMILY, MINORS, COMPANIONS, _AT_HOME)
_WHOSE = (
    r"(?:her|his|their|my|the|a|an|one|whose|patient(?:['’]s)?|pt(?:['’]s)?|maternal|paternal|older|younger|late|"
    r"identical|two|both|several)"
)

_NO_NEGATION = re.compile(
    r"\b(?:not only|(?:no|without) (?:\w+ )?(?:recurrence|return|relapse)s? of|"
    r"no (?:doubt|later|more than|fewer than|less than|longer|change|"
    r"significant relief|relief|improvement|success|further|wonder|question(?! of (?!her|his|their))|stranger)|"
    r"not (?:yet )?(?:responded|"
    r"improved|"
    r"resolved|controlled|well[- ]controlled|adequately|fully|completely|tolerated?|limited to|certain|intractable|"
    r"in remission|elsewhere|otherwise|spec\w*|given|stated|known|noted|documented|mentioned|classified|explained|"
    r"understood|treated|operated|assigned|accounted|named|typed)|"
    r"(?:not|never|n['’]t|hardly|rarely|seldom)(?: (?:been|gone|lived|passed))*(?: a (?:single )?(?:day|week|month|"
    r"night))? "
    r"without|"
    r"(?:isn|wasn)['’]t (?:specified|given|known|stated|documented)|(?:that|which) (?:do|does|did|is|are|was|were|"
    r"has)(?:\s?n['’]t| not)|(?:negative|neg) for (?:improvement|change|relief)|"
    r"without (?:treatment|it|this|such|the|success|relief|mention|improvement|intervention|therapy)|(?:if|unless|"
    rf"were it|had it) (?:(?:she|he|they|it|the patient|{COURTESY} \w+) )?(?:(?:did|does|do|had|were|was)(?: |"
    rf"(?=n)))?(?:not|n['’]t)"
    r"(?: (?:have|been|for|suffer\w*))?|(?:had (?:she|he|they|it|the patient|i)|if (?:she|he|they|it|the patient) "
    r"had) no(?:t|ne)?(?: (?:had|been|of))?|cannot be overstated|not (?:just|merely|simply|because))\b",
    _I,
)

# What may stand between "not" and what is denied: "does not have", "is not a", "was never diagnosed with".
_DENIES_BY_VERB = (
    r"(?:\s+(?:in (?:her|his|their|my) (?:\w+ )?(?:life|career)|once|at any (?:time|point)|to (?:my|our|her|"
    r"his) knowledge,?|"
    r"ever|actually|currently|really|yet|seem to|appear to))*\s+(?:(?:(?:been|be|ever) )*(?:diagnos\w*|label\w*)"
    r"(?: (?:her|him|them|me|the patient|(?:mr|mrs|ms)\.? \w+))? (?:with|as having|as)\b|(?:been )?(?:told|found|known|"
    r"shown|said|thought) (?:to have|(?:that )?(?:she|he|they|the patient) (?:has|have|had))|have|has|had|having|"
    r"suffer\w*|show\w*|"
    r"reveal\w*|demonstrate\w*|suggest\w*|support\w*|indicate\w*|find|found|see|seen|meet\w*|carry|been|endorse\w*|"
    r"report\w*|develop\w*|experienc\w*|represent|complain\w*|diagnos\w*|consistent with|suggestive of|"
    r"break|broke\w*|"
    r"any|an?\b|due to|caused by|from|for|of)\b"
)
_NOT_EXCLUDED = re.compile(
    r"\b(?:cannot|can['’]t|could not|couldn['’]t|can not|not|unable to) (?:yet |be |been )*(?:exclude|rule out)|"
    r"\b(?:am|are|is|be|currently|still) ruling out",
    _I,
)
_SO_THAT_NOT = re.compile(
    r"\b(?:so that|in order that|aim|goal|hope|idea|point|purpose|intention|wish|object) [^.;]{0,50}?\b(?:never|not|"
    r"n['’]t)",
    _I,
)
"""What is to be kept from coming is not said to be absent."""
_BEFORE: tuple[tuple[Assertion, re.Pattern[str]], ...] = (
    (
        "other_person",
        re.compile(
            rf"\b{_WHOSE} {_KIN}(?:,? who ha[sd]|,? who suffers from|,? suffering from| with)(?= )|"
            r"\b(?:(?:family|maternal|paternal) (?:medical )?(?:history|hx|h/o)|(?:strong )?fh(?:x)?\b(?: of|\s?\+|"
            r"\s?:)?"
            rf"|runs in the family|(?<!with )(?<!by )(?<!from )(?<!to )(?<!for )(?<!and "
            rf")\b{_WHOSE}\s+(?:\w+\s+)?{_KIN}"
            rf"(?:['’]s)?|{_KIN}['’]s)\b|(?:^[\s•●▪◦*·\d.)\[–-]*|[.;:(\[]\s*|"
            rf"\t)(?:{_WHOSE}\s+)?{_KIN}\b(?=\s*(?:[,:;(–—-]|has|had|have|"
            rf"with|was|"
            rf"were|died|is|\w+ed\b))|(?:^\W*|[.;:,(–-]\s*){_KIN}\s+(?=$)",
            _I,
        ),
    ),
    (
        "negated",
        re.compile(
            r"\b(?:no ?one|nobody|no (?:test|doctor|physician|specialist|study|exam\w*|scan)|nothing|"
            r"none of \w+(?: \w+)?)\b"
            r"[^.;,]{0,40}?\b(?:shown|found|(?:speaks?|spoke|argues?|argued|spoken) for|prove[dn]?|confirm\w*|"
            r"establish\w*|suggest\w*|point\w*|demonstrat\w*|"
            r"diagnos\w*|"
            r"support\w*)(?: (?:that|to|an?|any|her|him|with|of|she|he|they|has|have|had|the patient)\b)*|"
            r"\b(?:(?P<plain>no(?![.\w]|\s?\d|t\b)|without|w/o|absence of|absent(?! (?:the|his|her|their|this|that|"
            r"these|those)\b)|negative (?:\w+ ){0,2}for|neg for|neg\.? for|"
            r"rul(?:ed|es|ing) out|free of|neither|nor|lacks?|unlikely(?: to be)?|exclude[sd]?|excluding|"
            r"(?:x-?rays?|films?|mri|ct|scans?|imaging|labs?|biops\w+|test(?:s|ing)?|stud(?:y|ies)|results?|exam\w*|"
            r"work-?up)\b[^.;]{0,40}\brule out|den(?:y|ies|ied|ying)|disproved|instead of|rather than|other than|"
            r"no evidence of|no signs? of)\b"
            rf"|(?:not|never|n['’]t|cannot)\b(?:{_DENIES_BY_VERB}|(?=\s+\S+\s*$)|(?=\s+\S+\s+\S+\s*$)|(?=\s*$)))"
            r"|n['’]t\b" + _DENIES_BY_VERB + r"|\b(?:is|was|are|were)n['’]t\b(?=(?:\s+\S+){0,2}\s*$)",
            _I,
        ),
    ),
    (
        "hypothetical",
        re.compile(
            r"(?:(?:^|[.;:(]\s*)should(?= (?!you\b|questions?\b)(?:[\w-]+ ){0,2}$)|fear(?:s|ed)(?! of)\b|"
            r"\b(?:if|should (?:she|he|they|the patient|symptoms)|(?:may|might|could) (?:be|have|develop|"
            r"indicate|lead|represent|(?:well |yet |still )?(?:turn out|prove) to be)|"
            r"\b(?:talk|mention|hint|rumou?r|whisper)s? (?:(?!of\b)\w+ ){0,5}of (?:an? |her having |his having )?|"
            r"perhaps|maybe|conceivably|possible|possibly|possibility of|probabl[ey]|presum(?:ed|ptive|ably)|"
            r"suspect(?:ed|s|ing)?|suspicion of|"
            r"suspicious for|likely(?! to)|concern(?:s|ed)? (?:for|about)|worr(?:y|ied|ies) about|"
            r"at (?:high(?:er)? |increased |elevated |greater )?risk (?:of|for)|"
            r"(?:risk|chance|odds|danger) (?:of|for)|risk factors? for|in case of|to prevent|prevent(?:s|ed|ing|"
            r"ion of)?|"
            r"to avoid|avoid(?:s|ing)?|(?:hold|ward|stav|head|fend)(?:e?s|ing|e)? off|lest|"
            r"keep(?:s|ing)? (?:her|him|them|me|it|\w+) (?:\w+ )?from (?:ever )?(?:getting|developing|having|"
            r"suffering|"
            r"turning into|becoming|progressing to|going on to)|"
            r"(?<![\w,] )should (?:\w+ ){1,4}?(?:be|come|prove|turn|show|reveal|develop|confirm|return|find|"
            r"become|arise|"
            r"occur|appear|point)\b(?: back)?(?: positive)?(?: for)?|(?:could|may|can) (?:\w+ )?(?:trigger|cause|"
            r"bring on|provoke|result in|end in|set off)|"
            r"could (?:be|develop|lead|progress)|"
            r"might|unless|(?:am|is|are|was|were|still|be|been) (?:\w+ )?(?:considering|toying with|wondering)|"
            r"wonder(?:s|ed|ing)? (?:about|if|whether)|question (?:whether|if|of whether)|(?:not sure|unsure|unclear|"
            r"uncertain|to see|remains to be seen|don['’]t know|do not know|"
            r"(?:cannot|can['’]t|could not|unable to|too (?:early|soon) to|hard to) (?:yet )?(?:say|tell|know|"
            r"decide)) "
            r"(?:\w+ )?(?:if|whether)|leaning toward\w*|"
            r"whether (?:it|this|that|these|those|she|he|they|the (?:\w+ )?\w+) (?:really |truly |also |actually |"
            r"now )?"
            r"(?:is|are|was|were|has|have|had|represents?|amounts? to|means?)|"
            r"(?:so that|in order that|aim|goal|hope|idea|point|purpose|intention|wish|object) [^.;]{0,50}?\b"
            r"(?:never|not|n['’]t)(?: \w+){0,4}?(?: an?)?(?=\s*$)|"
            r"(?:hate|dread|want|afraid|fear|wish|loath) [^.;]{0,30}?\b(?:go on to|turn into|become|end up (?:in|"
            r"with)|lead to|"
            r"progress to|develop)|"
            r"(?:not|n['’]t) be surprised (?:to (?:find|see|learn of)|(?:if|that) (?:it|this|she|he) \w+)|(?:left|if|"
            r"going) "
            r"(?:unchecked|untreated|alone|to itself)[^.;]{0,40}?\b(?:ends?|leads?|results?|turns?|progress\w*|"
            r"becomes?|means?)"
            r"(?: \w+)?(?: (?:in|to|into|with))?|"
            r"differential|ddx|versus|vs\.?|screen(?:ing|ed)? for|eval(?:uat(?:e|ed|ion))? for|work-?up (?:for|of)|"
            r"(?:be |being )?(?:tested|worked up|checked|assessed) for|question(?:able)?(?: of)?|query|"
            r"(?:cannot|can['’]t|could not|couldn['’]t|can not|not) (?:be )?(?:exclude|rule out|excluded|ruled out)|"
            r"rule out|rule-out|ruling out|r/o|e\.g\.|for example|such as|"
            r"(?:can|could|may|might|often|also) (?:lead|progress|contribute|give rise) to|prone to|"
            r"complications? (?:of [\w ]{3,30} )?(?:include|such as|like)|(?:leading|common|major|known) cause of|"
            r"delay(?:s|ing)?|forestall\w*|(?:identify|determine|find|establish|clarify) the (?:\w+ )?"
            r"(?:cause|source|etiology|origin|reason)(?: (?:of|for|behind) (?:the |this )?[\w ]{3,30}?)?(?= ?\(|:)|"
            r"progress(?:es|ing|ion)? (?:in)?to|predispos\w+)(?![\w-])|(?:^|\s)\?\s?(?=\w*\s*$))",
            _I,
        ),
    ),
    (
        "historical",
        re.compile(
            r"\b(?:(?:no|without) (?:\w+ )?(?:recurrence|return|relapse)s? of|(?:as an? (?:child|kid|boy|girl|teen\w*|"
            r"young \w+|student)|(?:many |some |several |\w+ )?years ago|long ago|in (?:the )?(?:(?:19|20)\d\ds?|"
            r"(?:her|his|their) (?:teens|twenties|thirties|youth|childhood))|once(?: upon a time)?),? (?:she|he|they|"
            r"the patient|pt) "
            r"(?:(?:was|were) (?:\w+ly )?(?:treated|seen|hospitalized|admitted|operated on) (?:for|with)|"
            r"suffered(?: from| through)?|went through|came down with|contracted|carried)|"
            r"past (?:medical |surgical |health )?history (?:is |was )?(?:notable|significant|remarkable|"
            r"positive|"
            r"includes?|including|of|for)(?: for)?|in (?:former|earlier|bygone) (?:years|days|times)"
            r"(?:,? (?:she|he|they|the patient) (?:was|were|had)(?: treated for| seen for)?)?|"
            r"(?:hyster|append|cholecyst|prostat|thyroid|mast|lump|colect|nephr|splen|oophor|tonsill)ectomy for|"
            r"history of|h/o|hx(?: of)?|prev\.|previous(?:ly)?|prior|formerly|former|no longer (?:has|have|had|"
            r"suffers?)|"
            r"resolved|status[- ]post|s/p|remote|(?<!year )(?<!years )(?<!yr )(?<!month )(?<!the )(?<!-)(?<!, "
            r")(?<!an )old(?=\s+\S+\s*$|\s*$)|"
            r"(?:she|he|they|who|patient|pt|has|having) beat|(?:overcame|conquered|came through|got over|got past|"
            r"pulled through|grew out of|shook off)|"
            r"treated (?:her |him |them |the patient |\w+ )?(?:last (?:year|spring|summer|fall|autumn|winter)|in "
            r"(?:19|20)\d\d|"
            r"(?:\w+ )?years ago) for|(?:during|in|with) (?:her|a|an) (?:first|second|third|last|earlier|previous|"
            r"prior) "
            r"pregnanc(?:y|ies)|"
            r"(?:successfully|definitively) treated (?:\w+ )?for|"
            r"childhood(?! (?:disintegrative|obesity|apraxia|autism|onset|"
            r"absence))|years? (?:ago|back)|long ago|in the past|once had|"
            r"as an? (?:child|kid|boy|girl|teen\w*|young \w+|toddler|baby|infant|student|youngster|school\w*)|"
            r"(?:full|complete|good) recovery from|recovered from|cured of|survived|outgr[eo]wn?|"
            r"had (?!been (?:diagnosed|treated|under|seen))|used to)(?![\w-])",
            _I,
        ),
    ),
)
_ENDS = re.compile(
    r"[;](?=\s)|[!?](?=\s|$)|\n\n|\t|\b(?:but|however|although|though|except|nevertheless|(?<!not )yet|which|because|"
    r"since|therefore|so that|is (?:being )?(?:treated|diagnosed)|presents? with|"
    r"(?:she|he|they|patient|pt|i|we) (?:has|have|is|are|was|does|do|now|currently|suffers?|will|needs?|requires?|"
    r"continues?|remains?|also|lives?|carr(?:y|ies)|walks?|takes?|uses?)|(?:and|,) (?:has|is|suffers|remains|"
    r"continues) (?!any)|"
    r"(?:now|currently) (?:has|with|presents)|has been diagnosed|diagnosed with|due to|secondary to|caused by)\b",
    _I,
)
_ENDS_OF_KIN = re.compile(
    r"[!?](?=\s|$)|\n\n|\b(?:but|however|patient|pt|she|he|they|we|i|report\w*|says?|states?|tells?|brought|brings?|"
    r"helps?|cares? for|looks? after|assists?|drives?|him|"
    r"accompanied|herself|himself|(?:her|his|my|their) own)\b|(?:\band|,) (?:(?:ever|since|then|now|also|currently|"
    r"today|"
    r"still|in turn),? ){0,3}(?:has|is|suffers|remains) ",
    _I,
)
_ENDS_OF_NO = re.compile(
    r"\b(?:if|unless|who|with(?! (?:any|joint))|from|by|during|despite|when|while|until|to (?:treat|manage|control|"
    r"help)|"
    r"(?<!evidence )(?<!signs )(?<!symptoms )(?<!concern )(?<!criteria )(?<!negative )(?<!neg )(?<!test "
    r")(?<!indication )(?<!grounds )(?<!basis )(?<!proof )(?<!support )(?<!case )"
    r"for)\b",
    _I,
)
_SCOPE: dict[Assertion, int] = {"negated": 14, "hypothetical": 14, "historical": 14, "other_person": 26}
"""Words that a cue reaches over; a relative governs the clause: "lost his father at 58 and a brother at 63 to ..."."""

# What is said of a diagnosis behind it, in the same clause.
_LINK = r"(?:\s*\([^()]{1,60}\)|\s*\[[^\]]{1,40}\])?"
_WAS = (
    r"[\s,()\[\]–—:-]*(?:(?:which|that|this|and|but|both|all|it|likewise|also|now|since|has|have|had|was|were|"
    r"is|are|been|"
    r"being|be|considered|queried|(?:looked|checked|searched|tested|screened|hunted) (?:into|for)|worked up|"
    r"investigated|sought|raised|long|fully|completely|as above|hx|history)[\s,–—-]+){0,7}"
)
_WHEN = r"(?:[\s,(]*(?:in |on )?(?:\d{1,2}[/-]){0,2}(?:19|20)\d\d\)?(?=[ ,]))?"
_BEHIND: tuple[tuple[Assertion, re.Pattern[str]], ...] = (
    (
        "hypothetical",
        re.compile(
            _LINK
            + _WAS
            + r"(?:\?|(?:(?:only |just |merely )?(?:a )?(?:possib\w+|suspect\w*|probable|likely|presumptive|"
            r"questionable|question(?:ed)?|provisional|unconfirmed|consideration)|as (?:an? |"
            r"one )?(?:\w+ )?(?:possib\w+|thing to be "
            r"considered|consideration|concern)|to be (?:ruled out|confirmed|"
            r"determined|"
            r"excluded)|not (?:yet )?(?:been )?(?:ruled out|excluded)|(?:cannot|can['’]t|could not) be (?:ruled out|"
            r"excluded)|versus|vs\.?|"
            r"risk|(?:\w+ ){0,3}pending)\b)",
            _I,
        ),
    ),
    (
        "negated",
        re.compile(
            _LINK
            + _WAS
            + r"(?:(?:test(?:s|ing)?|titers?|screen\w*|panel|cultures?|antibod\w+|work-?up|antigen|scan|factor|"
            r"swab|serolog\w+|studies|biopsy)[\s:–—-]+(?:x\s?\d\s|twice |repeatedly )?(?:was |were |is |are |"
            r"came back |returned )?)?(?:(?:\w+ ){0,3}"
            r"(?:ruled out|excluded|rejected|disproved|dismissed|refuted)|neg(?:ative)?\b(?! for)|denied\b(?!\s+\w)|"
            r"(?:not|never|isn['’]t|wasn['’]t|aren['’]t) (?:\w+ )?"
            r"(?:present|found|seen|identified|suspected|met|fulfilled|confirmed|supported|had|happened|detected|"
            r"noted on|"
            r"apparent|evident|appreciated)|absent|none\b(?! of\b| the\b| since\b| after\b| now\b| in (?:>|over|the "
            r"last|\d))|unlikely|unfounded|(?:but )?(?:the |full |"
            r"diagnostic )*criteria"
            r"(?: for \w+)? (?:were|was|are|is|have) not (?:been )?(?:met|fulfilled)|no such)",
            _I,
        ),
    ),
    (
        "historical",
        re.compile(
            _LINK + _WHEN + _WAS + r"(?:(?:(?!not |never |hardly |partly |barely )\w+ ){0,2}"
            r"(?:resolved|cleared(?: up)?|healed|cured|outgrown|inactive|burned out|"
            r"gone(?=\W*$|\s*[.,;:)]| now\b| since| by | for| after| away| with| as )|"
            r"no longer\b(?! (?:\w+ly )?(?:controlled|respon\w+|able|manag\w+|tolera\w+|stable|helped|covered|"
            r"mild))|(?:hx|history) only\b|until (?:early |late )?(?:19|20)\d\d|not current\b|"
            r"(?:from|in) (?:19|20)\d\d\s?(?:till?|until|to|through|[-–])\s?(?:(?:19|20)\d\d|\d\d)\b(?![-/]\d)|"
            r"(?:which|that|it|and)?,? ?(?:did not|didn['’]t|never) (?:return|recur|come back)\b|quiescent|"
            r"corrected\b(?! (?:with|by|on|for)\b)|settled|finished with|off the list|taken off|"
            r"(?<!controlled )(?<!managed )(?<!stable )(?<!treated )in the past\b|"
            r"years? (?:ago|back)\b|long ago\b|as an? (?:child|kid|boy|girl|teen\w*|toddler|baby|infant|student|"
            r"youngster|school\w*|young \w+|new\w+|recruit)\b|"
            r"in (?:childhood|high school|college|grade school|grammar school|kindergarten|boot camp|the (?:army|"
            r"navy|marines))\b|"
            r"at (?:age )?\d{1,2} (?:months|weeks)\b|since "
            r"childhood resolved|recovered|over and done|over with\b|behind (?:him|her|them)\b|(?:was|"
            r"were) (?!diagnos|seen|found|confirm|noted|"
            r"start|first)\w+ed (?:\w+ )?in (?:19|20)\d\d)|(?:dates? from |back )?in (?:the )?(?:19|20)\d\d(?:s|"
            r"['’]s)?\b(?=[^a-z]*$)|"
            r"treated (?:in )?(?:19|20)\d\d\b|(?:out|off|done|removed|excised|operated(?: on)?) (?:(?:in|of) )?"
            r"(?:O[USD]\b|both\b|bilat\w*|(?:on the )?(?:left|right)\b|last \w+|(?:19|20)\d\d|\w+ (?:years?|months?) "
            r"ago|in infancy|(?:early|late) )|(?<!is )(?<!are )out(?=\s*[,.;)]))",
            _I,
        ),
    ),
)
_IN_KIN = re.compile(
    rf"{_LINK}[\s,]*(?:in|on the side of|from|on|took|killed|claimed|struck(?: down)?|carried off|ended|ruined|"
    rf"plagues|plagued|afflicts|afflicted|affects|affected|runs in) (?:{_WHOSE}\s+)+(?:\w+\s+)?{_KIN}\b",
    _I,
)
_STOPS = re.compile(
    r";|\t|\n\n|\bbut\b(?! (?:was|has|is|were|the|full|criteria))|(?:,|\band) (?:she|he|they|it|the patient|i|we|"
    r"there|her|his)\b|"
    r"\b(?:who|because)\b|,? (?:and|with|or) (?!was|were|has|is|have|now|considered|excluded|ruled)(?=\w+ \w+)",
    _I,
)
_NEXT_CODE = re.compile(r"(?<![\w.])[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?(?!\w)")
_CODE = re.compile(rf"(?:{CODE_SHAPE}(?:[ ,;/&]+(?:and |or )?|$))+", _I)
_LONG_STANDING = re.compile(
    r"(?:history of|hx(?: of)?) (?:chronic|recurrent|persistent|severe|uncontrolled|poorly|long-?standing)|(?:long|"
    r"known|"
    r"\d+[- ]year|"
    r"significant|documented|extensive|chronic|longstanding|clinical)\s+(?:and \w+ )?(?:history|hx) of",
    _I,
)
# "Disease without angina (I25.10)": the code belongs to the whole name; "she is without angina" denies.
_OF_A_PERSON = re.compile(
    r"(?:^\W*(?:\d+\W+)?|[.;:(]\s*|\b(?:he|she|they|patient|pt|is|are|was|were|be|remains?|but|and|has|have|had|"
    r"shows?|there|with|"
    r"did|does|do|films?|imaging|exam))\s*$",
    _I,
)


# What is past while what it left is there.
_LASTS_ON = re.compile(
    r"\b(?:liv(?:es?|ing) with|(?:what )?(?:it|that|they|which) (?:has |have )?left\b(?! (?:her|him|them) (?:alone|"
    r"be|in peace))|left (?:her|him|them|behind|over)|still (?:has|have|troubl\w+|"
    r"bother\w*|causes?|hurts?|aches?|limits?|there|with (?:her|him|them))|to this day|never (?:fully |"
    r"really |quite )?"
    r"(?:healed|resolved|recovered|went away|cleared)|(?<!no )(?<!without )(?<!any )residual|residua|late effects?|"
    r"sequelae?|persists?|"
    r"(?:has|have) persisted|still (?:painful|sore|symptomatic|present|active|a problem|on|needs?|requires?|takes|"
    r"tender|"
    r"stiff|weak)|is back|flared? (?:up )?again|not (?:fully |yet )?resolved)\b",
    _I,
)


# "If her prediabetes turns into diabetes": what changes is there.
_IF_HERS = re.compile(
    r"\b(?:if|unless|should|when|until|before) (?:\w+['’]s|her|his|their|the|this|my)(?: [\w-]+){0,5}[ (\[]*$", _I
)
_FLARE = re.compile(
    r"\b(?:flare(?:-?\s?up)?s?|attacks?|worsening|exacerbations?|episodes?|recurrences?|bouts?|relapses?|outbreaks?|"
    r"spells?|progression|spread) of "
    r"(?:her|his|their|the)(?: [\w-]+){0,4}[ (\[]*$",
    _I,
)
_HERS_THEN = re.compile(
    r"(?:^|[.;:(]\s*)\W*(?:if|unless|should|when|until|without)\b[^;:,]*, (?:\w+['’]s|her|his|their|"
    r"my)(?: [\w-]+){0,4}[ (\[]*$",
    _I,
)
_CHANGES = re.compile(
    r"[\s)\]]*(?:\([^()]*\)\s*)?(?:should |were to |does |did |is |are |gets? |has |can |could |goes |"
    r"continues to )?(?:not )?"
    r"(?:turns?|becomes?|progress\w*|worsens?|worse|advances?|flares?|continues?|persists?|left|untreated|treated|"
    r"improves?|better|responds?|resolves?|unchecked|controlled|managed|stabili[sz]\w+|spreads?|leads?|interferes?|"
    r"limits?|prevents?|permits?|allows?)\b",
    _I,
)


def assertion(text: AnnotatedText, start: int, end: int) -> Assertion:
    """How a document asserts what stands from `start` to `end`; "stated" where nothing speaks against it."""
    sentence = text.sentence_at(start)
    island = row_of_codes(text, start)
    opening = max(sentence.start, island.start, _behind_heading(text, start))
    before = legends.blanked(text.text[opening:start]).replace("\n", " ")
    after = text.text[end : max(_end_of_after(text, sentence, start, end, island), end)].replace("\n", " ")
    of_code = _CODE.fullmatch(text.text, start, end) is not None
    ahead = _AheadOf(before, of_code, _own_name(text, start, end, len(before)) if of_code else None)
    kin = _reached("other_person", ahead)
    asked = standing.of_answer(text, start, end)
    if asked is not None:
        return asked
    behind = (
        ("negated" if reasons.denied(text, start, end) else None)
        or standing.of_entry(text, start, end)
        or legends.of_mark(text, start, end)
        or ("historical" if ended.is_over(text, start, end) or endings.is_ended(text, start, end) else None)
        or announced.closing(text, start, end)
        or _if_mistaken(before, after)
        or _behind(
            after, of_code=of_code, handed_down=_HANDED_DOWN.search(f"{before}{text.text[start:end]}") is not None
        )
        or (_of_its_words(text, start, end) if of_code else None)
        or (None if kin else aftermath(text, start, end))
        or (None if kin else _if_bygone(text, start, end, before, after))
    )
    if behind == "historical" and (_LASTS_ON.search(after) or _ends_in_name(text, start, end)):
        behind = None
    if behind == "historical" and _WAS_FOUND.search(before) and _FOUND_WHEN.match(after):
        behind = None
    if behind is not None and not (behind == "hypothetical" and _reached("negated", _AheadOf(before, False, None))):
        return behind
    if not of_code and _LIKE.search(before) and not _OWN_BRACKETS.match(after) and not _reached("negated", ahead):
        return "hypothetical"
    for kind, _ in _BEFORE:
        if kind == "hypothetical" and (
            _FLARE.search(before) or _HERS_THEN.search(before) or (_IF_HERS.search(before) and _CHANGES.match(after))
        ):
            continue
        if kind == "historical" and (_has_had_since(ahead, after) or _was_left(ahead, text.text[start:end])):
            continue
        if _reached(kind, ahead) and not (
            kind == "historical" and (_LASTS_ON.search(after) or (of_code and _ends_in_name(text, start, end)))
        ):
            # "r/o" is to be ruled out, but under "Ruled out" it has been
            under = standing.standing(text, start, end) if kind == "hypothetical" else None
            if kind == "negated" and _NOT_SINCE.match(after) and _HAD_NOT.search(before):
                return "historical"
            return "negated" if under == "negated" else kind
    said = None if of_code else _of_nobody(before, after)
    return said or standing.standing(text, start, end) or "stated"


def _of_nobody(before: str, after: str) -> Assertion | None:
    """Of an illness that the clause gives to the family, or that it only fears."""
    if is_of_kin(before, after):
        return "other_person"
    return "hypothetical" if is_feared(before, after) else None


_WAS_FOUND = re.compile(
    r"\b(?:(?:was|were|been|is|being|and|first|newly|then|later) diagnosed (?:with|as having)|(?:found|shown|known|"
    r"discovered) to have|diagnosis of|(?:developed|develops|tested positive for|confirmed|revealed|showed))"
    r"(?: (?:an?|the|his|her|their|early|mild|moderate|severe|new|chronic))* ?$",
    _I,
)
_FOUND_WHEN = re.compile(
    r"[\s,]*(?:\([^()]{1,20}\))?[\s,]*(?:(?:back )?in (?:\w+,? )?(?:19|20)\d\d|(?:\w+ ){1,3}years? ago)"
    r"(?=\s*(?:[.,;)]|$|and\b|by\b|at\b|after\b|when\b|on\b|through\b))(?![^.]*\b(?:resolved|gone|cured|cleared|no "
    r"longer|over)\b)",
    _I,
)
"""When it was found says nothing of its end."""


def _if_bygone(text: AnnotatedText, start: int, end: int, before: str, after: str) -> Assertion | None:
    own = after[: max(0, next_named(text, start, end) - end)]
    over = is_bygone(before, own, after) and not turns(after) and not _reached("negated", _AheadOf(before, False, None))
    return "historical" if over else None


_TAKEN_FOR = re.compile(
    r"\b(?:(?:took|take[sn]?|taking|mistook|mistaken|passed|read|treated|diagnosed|labell?ed|written (?:up|off)|"
    r"put down|"
    r"interpreted|regarded|coded|billed) (?:\w+ )?(?:for|as)|(?:called|thought|believed|assumed|presumed|supposed|"
    r"held)"
    r"(?: (?:to be|was|it was|this was|it))?)(?: (?:an?|the|her|his|some|simple|plain|early))* $",
    _I,
)
_WAS_OTHERWISE = re.compile(
    r"(?:[^.;]|;(?= (?:it|this|that)\b)){0,40}?\b(?:(?:turned|turns) out (?:to be|to have been|it was)|(?:proved|"
    r"proven) to (?:be|have been)|"
    r"(?:was|is) (?:really|actually|"
    r"in (?:fact|truth|reality)|instead)|has since been (?:shown|found) to be)\b(?! (?:just that|right|correct|true|"
    r"worse|so\b|exactly))",
    _I,
)


def _if_mistaken(before: str, own: str) -> Assertion | None:
    """What was first taken for it was something else, or it was crossed off with the name between: "ruled gout out"."""
    if _PUT.search(before) and _PUT_TO_REST.match("put the name" + own):
        return "negated"
    if _CROSSED.search(before) and _OFF.match(own):
        return "hypothetical" if _YET_TO.search(before) else "negated"
    return "negated" if _TAKEN_FOR.search(before) and _WAS_OTHERWISE.match(own) else None


_PUT_TO_REST = re.compile(
    r"\bputs? (?:the |her |his |any )?[^.;]{4,80}?(?: (?:idea|question|theory|notion|scare|label|worry|"
    r"suspicion))? (?:to (?:rest|bed)|"
    r"aside)\b",
    _I,
)
_PUT = re.compile(r"\bputs?(?: (?:the|her|his|any))? ?$", _I)
_CROSSED = re.compile(
    r"\b(?:cross|strike|scratch|rule|count|throw|crossed|struck|scratched|ruled|counted|thrown|ruling|crossing)"
    r"(?: (?:an?|the|any|her|his|that))?(?: [\w-]+)? ?$",
    _I,
)
_OFF = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:off|out)\b", _I)
_YET_TO = re.compile(r"\b(?:to|will|should|must|would|shall|still|yet|am|is|are) (?:\w+ )?(?:rule|ruling)\b[^.;]*$", _I)
"""Who has still to rule it out has not done so."""


def _behind_heading(text: AnnotatedText, start: int) -> int:
    """Where the line of the last heading ends: its words open no clause that goes on under it."""
    ends = text.once("ends of headings", lambda: [_line_end(text, offset) for offset, _ in headings(text)])
    index = bisect_right(ends, start) - 1
    return ends[index] if index >= 0 else 0


def _line_end(text: AnnotatedText, offset: int) -> int:
    return text.lines[text.line_index(offset)].end


_HAS_HAD = re.compile(r"\b(?:has|have|['’](?:s|ve)) (?:\w+ )?had\b[^.;]*$", _I)
_EVER_SINCE = re.compile(
    r"[^.;]{0,30}?\b(?:since(?!,? (?:then )?(?:resolved|gone|cleared|healed|cured|outgrown|closed|over))|"
    r"for (?:\w+ ){1,4}(?:years|months|decades|life)|(?:these|the (?:last|past)) (?:\w+ ){0,2}(?:years|months|decades)|"
    r"from (?:childhood|birth|a child|boyhood|girlhood)|(?:all|most of) (?:her|his|their) life)\b",
    _I,
)
"""Who "has had it since 2012" has it."""


def _was_left(ahead: _AheadOf, own: str) -> bool:
    """Whether it is what something of the past has left: "s/p laminectomy w/ persistent sciatica"."""
    cues = list(_pattern("historical").finditer(ahead.said))
    return bool(cues) and _LEFT_BY_IT.search(ahead.said[cues[-1].end() :] + " " + own) is not None


def _has_had_since(ahead: _AheadOf, after: str) -> bool:
    """Of a code, what is told since when may stand between its words and it: "had gout since he was thirty, M10.9"."""
    if not _HAS_HAD.search(ahead.said):
        return False
    own = ahead.said[ahead.name[1] :] if ahead.name is not None else ""
    return _EVER_SINCE.match(own + after) is not None


def _ends_in_name(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether what is over is a part of the code's own name: "diabetes with macular edema, resolved
    following treatment" is diabetes."""
    from docscan.reference import icd10cm

    code = _NEXT_CODE.search(text.text, start, min(len(text.text), end + _TO_CODE))
    if code is None:
        return False
    description = icd10cm.look_up(code.group(), date.today()).description
    return description is not None and ", resolved" in description.lower()


_TO_CODE = 120  # characters from a name to its code, a wrapped line and the column beside it included


_CODE_OF_ENTRY = re.compile(r"(?:^|[;\n])[^\w;\n]*(?:\d{1,2}[.)]\s*)?$")
_TO_ITS_WORDS = re.compile(r"[\s,:–—-]+(?:(?:an?|the)\s)?")


def _of_its_words(text: AnnotatedText, start: int, end: int) -> Assertion | None:
    """What is said behind the words of an entry that its code opens: "N40.1, enlarged prostate: history only"."""
    from docscan.extraction.text.illness_phrases import illness_phrases

    line = text.lines[text.line_index(start)]
    gap = _TO_ITS_WORDS.match(text.text, end, line.end)
    if gap is None or not _CODE_OF_ENTRY.search(text.text[line.start : start]):
        return None
    phrases = illness_phrases(text)
    index = bisect_left(phrases, gap.end(), key=lambda name: name.start)
    if index == len(phrases) or phrases[index].start != gap.end():
        return None
    name = phrases[index]
    after = text.flat[name.end : max(name.end, min(text.sentence_at(start).end, next_named(text, *name)))]
    said = standing.of_entry(text, *name, opens=True) or _behind(after, of_code=False) or aftermath(text, *name)
    return None if said == "historical" and _LASTS_ON.search(after) else said


_NOT_SINCE = re.compile(r"\s*(?:again |attacks? )?since\b", _I)
_HAD_NOT = re.compile(
    r"\b(?:(?:not|never|n['’]t) (?:had|suffered|experienced)\b(?: \w+){0,4}|(?:been|remained|stayed|is|are) (?:\w+ly "
    r")?free (?:of|from)|"
    r"no (?:further|more|new|other) (?:\w+ of )?)\s*$",
    _I,
)
"""Who "has not had it since 2016" had it until then."""


def _end_of_after(text: AnnotatedText, sentence: Span, start: int, end: int, island: Span) -> int:
    last = min(sentence.end, standing.next_head(text, end), island.end)
    own = _OWN_BRACKETS.match(text.text, end)
    following = min(last, next_named(text, start, end))
    return following if own and _NEXT_ONE.fullmatch(text.flat, min(own.end(), following), following) else last


_LIKE = re.compile(
    r"\b(?:(?:look|sound|smell|feel|act|behave|present|read)(?:s|ed|ing)? (?:\w+ (?:\w+ )?)?(?:more |most )?like|"
    r"smacks? of|"
    r"reminiscent of|in keeping with|(?:has|have) the (?:look|feel|makings|earmarks|hallmarks) of|points? (?:to|"
    r"toward|"
    r"towards)|(?:money|bet|guess|hunch|betting|vote) (?:is|would be)(?: on)?|resembles?|mimics?|consistent with|"
    r"suggestive of|suggests?|indicative of|compatible with|suspicious for)(?: (?:an?|the|early|"
    r"mild|"
    r"underlying|some|degree of|either))* $|(?:^|[.:;]\s)\W*consider $",
    _I,
)
"""What findings look like is not yet what the patient has, unless the writer gives it a code."""
_NEXT_ONE = re.compile(
    r"[\s:;,.–—-]*(?:(?:after|since|once|when|because|and|but|while|as|for) )?(?:(?:the|an?|her|his|other) )?", _I
)
_OWN_BRACKETS = re.compile(r"\s*[(\[]\s*[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?\s*[)\]]|\s*[)\]]")
"""Behind a code in brackets, the next name is another illness."""


@dataclass(frozen=True, slots=True)
class _AheadOf:
    """What stands before something in its sentence. `of_code`: whether that is a code; `name`: where in `said` the
    illness is named that it stands for, if one is."""

    said: str
    of_code: bool
    name: tuple[int, int] | None


def _own_name(text: AnnotatedText, start: int, end: int, length: int) -> tuple[int, int] | None:
    """Of the illnesses named before a code, its own: the fullest that says the same, else the last."""
    from docscan.extraction.text.illness_phrases import illness_phrases
    from docscan.reference import conditions

    first = start - length
    codes = [found.end() + first for found in _NEXT_CODE.finditer(text.text[first:start])]
    names = [name for name in illness_phrases(text) if max([first, *codes]) <= name.start and name.end <= start]
    if not names:
        return None
    code, today = text.text[start:end], date.today()
    alike = [name for name in names if conditions.agrees(text[name], code, today) is True]
    own = max(alike, key=lambda name: (name.end - name.start, name.start)) if alike else names[-1]
    return own.start - first, own.end - first


_HANDED_DOWN = re.compile(
    r"\b(?:inherit\w*|hereditary|(?:has|have|got|gets) (?:\w+ )?(?:her|his|their)|passed (?:down|on))\b", _I
)


def _behind(after: str, *, of_code: bool, handed_down: bool = False) -> Assertion | None:
    """What is said of it behind it, before the clause ends and the next diagnosis begins. `handed_down`: the patient
    has it from a relative."""
    own = re.match(r"\s*[(\[]?\s*(?:icd\W*(?:10)?\W*)?[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?\s*[)\]]?", after)
    if own and not of_code:
        after = after[own.end() :]
    if _IN_KIN.match(after) and not handed_down:
        return "other_person"
    whole = after
    following = _NEXT_CODE.search(after)
    if following:
        after = after[: following.start()]
    stop = _STOPS.search(after)
    if stop:
        after = after[: stop.start()]
    for kind, pattern in _BEHIND:
        found = pattern.match(after)
        if found:
            again = kind == "historical" and _AGAIN.match(whole[found.end() :])
            return None if again or turns(whole[found.end() :]) else kind
    return None


_AGAIN = re.compile(r"[^.;]{0,40}?\b(?:and|but|then) (?:again|still|now|once more|to this day)\b", _I)


@cache
def _pattern(kind: Assertion) -> re.Pattern[str]:
    return dict(_BEFORE)[kind]


def _reached(kind: Assertion, ahead: _AheadOf) -> bool:
    """Whether a cue of this kind stands before it, and its scope reaches it."""
    before = ahead.said
    innocent = [m.span() for m in _NO_NEGATION.finditer(before)] if kind in ("negated", "hypothetical") else []
    if kind == "negated":
        innocent += [m.span() for m in (*_NOT_EXCLUDED.finditer(before), *_SO_THAT_NOT.finditer(before))]
    if kind == "historical":
        innocent += [m.span() for m in _LONG_STANDING.finditer(before)]
    for cue in reversed(list(_pattern(kind).finditer(before))):
        if any(a <= cue.start() < b for a, b in innocent):
            continue
        if kind == "negated" and _PASSIVE.search(before[: cue.start()]) and _DISMISSED.match(cue.group()):
            continue  # "after lupus was ruled out, fibromyalgia was diagnosed"
        if kind == "hypothetical" and _ONE_OR_OTHER.match(before, cue.start()):
            continue
        if kind == "negated" and _of_the_entry_before(before, cue):
            continue  # "type 2 diabetes with no complications (E11.9) and I10"
        if ahead.of_code and kind == "negated" and not _denies_a_person(ahead, cue):
            continue
        scope = before[cue.end() :]
        if ahead.name is not None and cue.end() <= ahead.name[0]:
            # the name itself may go on: "... controlled by drugs (O24.415)"
            scope = before[cue.end() : ahead.name[0]] + before[slice(*ahead.name)].split()[0]
        if _over(kind, cue, scope) or len(scope.split()) > _SCOPE[kind] or _of_another_row(before, cue):
            continue
        if kind == "historical" and _OWN_PART.search(before[: cue.start()]) and _MAIN_PART.search(scope):
            continue
        if kind in ("negated", "hypothetical") and _is_hers(cue, before[cue.end() :]):
            continue
        return True
    return False


_ONE_OR_OTHER = re.compile(
    r"(?:vs\.?|versus) (?:\w+ ){1,3}(?:unspecified|unsp|not (?:specified|stated|known)|unknown|NOS)\b", _I
)
"""Which of two it is, a name itself may leave open: "occlusion vs stenosis unspecified (I63.542)"."""


_MEETS = re.compile(
    r"\b(?:review\w*|discuss\w*|explain\w*|seen|saw|met|spoke|spoken|talk\w*|visit\w*|accompanied|attend\w*|came|comes|"
    r"counsel\w*|teach\w*|taught|educat\w*|consult\w*|call\w*|phone\w*|shared?|agree\w*|demonstrat\w*|given|consent\w*|"
    r"obtained|provided|went over|gone over|in (?:the )?room|present|here|rounds|conference|meeting|copy|answered)\b"
    r"[^.;]{0,60}$",
    _I,
)
_WITH_WHOM = re.compile(
    rf"(?:\bw/\s?|\b(?:with|by|to|from|for|alongside)\s+)(?:[\w.'’]+(?:\s*[,&+/]\s*|"
    rf"\s+)){{0,4}}?(?:{_WHOSE}\s+)?{_KIN}\W*$",
    _I,
)


def _is_company(cue: re.Match[str], scope: str) -> bool:
    """ "Reviewed with patient and sister; heart failure explained": who only is there, has nothing."""
    met = cue.string[: cue.end()]
    if re.match(r"\W*(?:who|whose|with|both|has|had|have|having|(?<=\w)['’]s)\b", scope, _I):
        return False
    whom = _WITH_WHOM.search(met)
    return whom is not None and _MEETS.search(met[: whom.start()]) is not None


_PLAIN_NO = re.compile(r"\s*(?:no|not|without|w/o|absent|absence of|n['’]t)\b", _I)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|got|is|are)(?: \w+ly)?\s*$", _I)
_DISMISSED = re.compile(r"\W*(?:rul(?:ed|es|ing) out|excluded|disproved)", _I)
_CODE_OPENS = re.compile(r"(?:^|[;,\n])\s*[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?\s*[:–—-]*\s*$")


def _of_another_row(before: str, cue: re.Match[str]) -> bool:
    """ "Z80.3 Family history of breast cancer, Z12.31 Screening": what stands behind one code ends at the next."""
    return _CODE_OPENS.search(before[: cue.start()]) is not None and _NEXT_CODE.search(before, cue.end()) is not None


_OF_HERS = re.compile(
    r"\b(?:of|from|to|for|about|by|with|behind|in) (?:her|his|their|my|the patient['’]s|this patient['’]s)"
    r"(?! (?:having|getting|being|ever|developing))(?: [\w-]+){0,5}[ (\[]*$",
    _I,
)
_LEADS_TO_HERS = re.compile(r"(?:by|from|to|about|prevent\w*|avoid\w*|because of)$", _I)
_HERS = re.compile(r"\s*(?:her|his|their|my)(?! (?:having|getting|being|ever|developing))(?: [\w-]+){1,5}[ (\[]*$", _I)


def _is_hers(cue: re.Match[str], scope: str) -> bool:
    """ "Possible triggers of her migraine", "to prevent falls from his neuropathy": what is whose is there."""
    if _OF_HERS.search(scope):
        return True
    return _LEADS_TO_HERS.search(cue.group().strip()) is not None and _HERS.match(scope) is not None


def _denies_a_person(ahead: _AheadOf, cue: re.Match[str]) -> bool:
    if _PLAIN_NO.match(cue.group()) is None:
        return True
    if ahead.name is not None:
        first, last = ahead.name
        tells_apart = re.fullmatch(
            r"[\s,]*(?:but |and )?(?:with|for which|in which|where)?\s*", ahead.said[last : cue.start()], _I
        )
        if first < cue.start() and (last > cue.start() or tells_apart):
            return False  # "hypertension with no secondary cause found (I10)"
    return _OF_A_PERSON.search(ahead.said[: cue.start()]) is not None


def _of_the_entry_before(before: str, cue: re.Match[str]) -> bool:
    """Whether a "no" belongs to the illness before it, whose code has been given since."""
    if not _PLAIN_NO.match(cue.group()) or not _NEXT_CODE.search(before, cue.end()):
        return False
    return _tells_apart(before[: cue.start()])


def _tells_apart(before: str) -> bool:
    """Whether what follows these words belongs to the illness that they end with."""
    last = re.search(r"([A-Za-z-]{3,})[\s,]*(?:but |and )?(?:with|for which|in which|where)?\s*$", before, _I)
    return last is not None and part(last[1]) is not None


_WITH = re.compile(r"(?P<before>.*?)\bwith(?= )", _I)


def _within_a_name(found: re.Match[str]) -> str:
    """ "Does not have diabetes with a skin ulcer": behind the name of an illness, "with" tells it apart."""
    named = any(part(word) == "disease" for word in re.findall(r"[a-z-]{4,}", found["before"], _I))
    return found["before"] + ("and" if named else "with")


_ASIDE = re.compile(r"^\s*,\s*(?:who|whom|whose|like|not|herself|himself)\b[^,;.]*,|\([^()]*\)", _I)
"""What is said of a relative in passing: "her daughter, whom I also treat, has ..."."""


_OWN_PART = re.compile(
    r"(?:^|[.;]\s*)\W*(?:though|although|while|whereas|even though|after|since|once|when)\b[^,;.]*$", _I
)
_MAIN_PART = re.compile(r", (?:she|he|the|her|his|they)\b", _I)
"""A part of a sentence that its comma ends: "though she beat cancer in 2010, the ..."."""
_NEW_CLAUSE = re.compile(
    r"\bbefore (?:we|i|they|it|she|he)\b|\b(?:and|but) (?:tested |was )?positive for\b|"
    r", (?:her|his|the|their|my) (?:[\w-]+ ){1,4}(?:is|are|was|were|turned out|proved) ",
    _I,
)


_FOUND_SINCE = re.compile(r"\b(?:was|were|been|is) (?:\w+ )?(?:found|shown|discovered) to have\b", _I)


_LEFT_BY_IT = re.compile(
    r"(?:\bw/|\b(?:with|and|now|but|has|leaving)\b)\W*(?:(?:w/|with|now|a|an|the|some|mild|moderate|severe|\w+ly) ?\W*)"
    r"{0,3}(?:residual|persist\w+|ongoing|continu\w+|chronic|recurrent|recurring|lingering|worsening|remaining|current|"
    r"post-?\s?(?:op|operative|surgical|traumatic|stroke)\w*|subsequent|resulting|incomplete|unresolved)\b",
    _I,
)
"""What an operation or an event of the past has left."""
_BORN_THEN = re.compile(
    r"\b(?:since|after|before|with|until) (?:the (?:birth|delivery) of )?(?:her|his|their|the) (?:\w+ )?"
    r"(?:child|baby|son|daughter|boy|girl|twins|one)(?:ren)?$",
    _I,
)
_WAS_BORN = re.compile(r"\s*(?:,|\(|was born|were born|came\b|arrived\b)", _I)
"""A birth that tells a time: "since her first child, G43.709"."""


def _over(kind: Assertion, cue: re.Match[str], scope: str) -> bool:
    """Whether something ends a cue's scope."""
    if kind == "other_person":
        born = _BORN_THEN.search(cue.string[: cue.end()]) and _WAS_BORN.match(scope)
        return bool(born) or _is_company(cue, scope) or _ENDS_OF_KIN.search(_ASIDE.sub(" ", scope)) is not None
    if _ENDS.search(scope) or _NEW_CLAUSE.search(scope) or re.search(r"\w.*:\s|\bso\b", scope):
        return True
    word = cue.group().strip().lower()
    if kind == "negated":
        return _denies_no_more(word, scope)
    if kind == "historical" and (re.match(r"[^()\[\]]*[)\]]", scope) or _FOUND_SINCE.search(scope)):
        return True  # "shingles (resolved), lupus"; "he fell two years ago and was found to have osteoporosis"
    if kind == "historical" and word.startswith("had"):
        return re.search(r"\b(?:for|to|by|with)\b", scope) is not None and re.search(r"\bhas\b", scope) is not None
    return re.search(r"\b(?:if|unless)\b", scope) is not None


def _denies_no_more(word: str, scope: str) -> bool:
    if re.search(r"(?:,|\band)\s+(?:her|his|their|my)\s", scope, _I):
        return True  # "no falls, and her osteoporosis"
    plain = word.startswith(("no", "without", "w/o", "never", "cannot", "n't", "n’t", "lack"))
    return plain and _ENDS_OF_NO.search(_WITH.sub(_within_a_name, scope)) is not None
