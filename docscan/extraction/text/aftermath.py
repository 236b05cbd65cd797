"""What became of a diagnosis, told behind it: "... but we looked for it twice and found nothing".

The rest of its sentence tells it, or one of the next two sentences of the paragraph that speak of it as "that", "it" or
"that label"; only up to where the next illness or code is named, for what follows is told of that one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from docscan.document import Assertion
from docscan.extraction.text.relatives import RELATIVE

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_IT = (
    r"(?:it|which|they|these|those|both|all|(?:that|this|the)(?: (?:one|label|diagnosis|entry|code|problem|"
    r"idea|worry|"
    r"thing|line|item|matter|notion|question|possibility|chapter|episode|suspicion|condition|theory|concern|last))*)"
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
            r"\b(?:an)?other patient['’]s\b",
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
            r"not (?:to be )?(?:taken|process\w*|treat\w*) (?:it )?as (?:established|proven|fact|certain|settled)|"
            r"(?:has|have|had) not (?:yet )?been (?:confirmed|proven|established|settled))\b",
            _I,
        ),
    ),
    (
        "negated",
        re.compile(
            rf"\b(?:rul(?:ed|ing) (?:it|this|that|them|both) out|{_IT} (?:was|were|has|have|is|are) (?:\w+ ){{0,6}}"
            r"(?:ruled out|excluded|disproved|dismissed|thrown out|crossed off|struck off|withdrawn|refuted)|"
            rf"{_IT} (?:is|was|has|were|are|turned out|proved)(?: not|n['’]t)(?: to be)?(?: been)?"
            r"(?: (?:what \w+ has|there|real|present|found|"
            r"confirmed|borne out|the case|so|it|that))?(?=\s*(?:[.,;:)–—-]|$))|"
            rf"{_IT} {_BE} (?:to be )?(?:\w+ ){{0,2}}?(?:false (?:alarm|lead|positive)|red herring|"
            r"mistakes?|mix-?up|typo|clerical error|slip of the pen|dead end|misprint|misread\w*|misdiagnos\w+|wrong|"
            r"unfounded|errors?|nothing of the (?:kind|sort))|"
            r"(?:does|do|did)(?: not|n['’]t) (?:actually |in fact )?have (?:it|this|that|them|either|any of (?:it|"
            r"them|those|these))|(?:has |have )?never had (?:it|that|this|them|any of)|"
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
            r"no such (?:thing|injury|event|illness|condition))\b",
            _I,
        ),
    ),
    (
        "historical",
        re.compile(
            rf"\b(?:{_IT} (?:is|was|has|have|are|were) (?:\w+ ){{0,4}}?(?:resolved|cleared|"
            rf"gone(?= *(?:[.,;)]|$| now| "
            r"for| since| by))|healed|over(?=\W*$|[.,;]| and| with)|cured|outgrown|behind (?:her|him|them)|closed)|"
            rf"{_IT} (?:has |have )?(?:since |long since )?(?:cleared|resolved|healed|settled|went away)|"
            r"belongs? to (?:her|his|their|the) (?:distant |early |own )?(?:adolescence|childhood|youth|teens|"
            r"twenties|thirties|forties|past|school \w+|college \w+|boyhood|girlhood|infancy)|"
            r"(?:never|not) (?:come|came|been) back|(?:never|not) (?:returned|recurred)|"
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
            r"came back (?:negative|clean|clear|normal)|(?:work-?up|test(?:s|ing)?|films?|imaging|scan|biopsy|"
            r"screen(?:ing)?|log|consult|panel|study|studies|labs?) (?:was |were |is |came back )?(?:\w+ )?"
            r"(?:negative|clean|normal|clear))\b|, ruled out\b",
            _I,
        ),
    ),
)
# What its own sentence says of it, whatever stands between.
_LED_BY = r"(?:(?:was|were|has been|have been|is|are|been|be|being|and|then|later|but|since|also)\s+|[,:(–—-]\s*)"
_SAID: tuple[tuple[Assertion, re.Pattern[str]], ...] = (
    (
        "negated",
        re.compile(
            rf"{_LED_BY}(?:\w+ly\s+)?(?:(?:ruled|thrown|tossed) out|crossed off|dismissed|disproved|refuted|"
            r"excluded(?!\s+(?:an?|any|the|other|from)\b)|(?:found|proved|proven|shown|judged|"
            r"felt)\s+(?:to be )?(?:not\s+"
            r"to be\s+present|not\s+(?:present|there|to exist)|absent|unfounded)|not\s+(?:found|present|"
            r"confirmed|borne "
            r"out|seen|detected)(?=\s*(?:[.,;:)–—]|$|on\b|by\b|at\b|in\b)))",
            _I,
        ),
    ),
)
_OWN_CODE = re.compile(r"\s*[(\[]?\s*[A-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?\s*[)\]]?")
_NEXT_CODE = re.compile(r"(?<![\w.])[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?(?!\w)")
_ITS_OWN = re.compile(r"(?:that|this|it)\b", _I)
_SUPPOSED = re.compile(
    r"\b(?:assum|suppos|claim|argu|thought|insist|believ|suspect\w* that|as if)\w*(?: that)?\s*$", _I
)
"""What somebody else held is not what the writer says."""
_FURTHER = 2  # sentences behind its own
_OWN = 12  # characters from a code to the words that it stands for
_NEW_SUBJECT = re.compile(
    r"\b(?:but|and|while|whereas|so)\s+(?:she|he|they|the patient|pt)\s+(?:has|have|is|suffers)\b", _I
)


def aftermath(text: AnnotatedText, start: int, end: int) -> Assertion | None:
    """What the words behind a diagnosis say became of it; None where they say nothing."""
    limit = _next_named(text, start, end)
    sentence = text.sentence_at(start)
    own = text.flat[end : max(end, min(sentence.end, limit))].replace("\n", " ")
    following = _following(text, sentence.end, limit)
    right_behind = own + " " + following[0] if following and _ITS_OWN.match(following[0]) else own
    new = _NEW_SUBJECT.search(own)
    own_clause = own[: new.start()] if new else own
    for behind, senses in ((own_clause, _SAID), (right_behind, _SHOWN), (own, _TOLD), (" ".join(following), _TOLD)):
        for kind, pattern in senses:
            found = pattern.search(behind)
            if found:
                return None if _SUPPOSED.search(behind[: found.start()]) else kind
    return None


def _following(text: AnnotatedText, end: int, limit: int) -> list[str]:
    """The next sentences of the paragraph, as far as no other illness is named."""
    found: list[str] = []
    for _ in range(_FURTHER):
        place = _next_word(text.text, end)
        if place >= min(limit, len(text.text)) or re.search(r"\n\s*\n|\t", text.text[end:place]):
            break
        sentence = text.sentence_at(place)
        if sentence.end <= place:
            break
        found.append(text.flat[place : min(sentence.end, limit)].replace("\n", " "))
        end = sentence.end
    return found


def _next_word(printed: str, offset: int) -> int:
    while offset < len(printed) and printed[offset].isspace():
        offset += 1
    return offset


def _next_named(text: AnnotatedText, start: int, end: int) -> int:
    """Where the next illness or code is named: not the words that a code itself stands for."""
    from docscan.extraction.text.lexicon import illnesses_in

    own = _OWN_CODE.match(text.text, end)
    code = _NEXT_CODE.search(text.text, own.end() if own else end)
    named = illnesses_in(text)
    starts = text.once("starts of illnesses", lambda: [name.start for name in named])
    words = _OWN_WORDS.match(text.flat, end) if _OWN_CODE.fullmatch(text.text, start, end) else None
    index = bisect_right(starts, max(end + _OWN - 1, words.end() if words else 0))
    following = starts[index] if index < len(starts) else len(text.text)
    return min(following, code.start() if code else len(text.text))


_OWN_WORDS = re.compile(r"[\s,:(–—-]*(?:(?!\band\b)[^,;.:()\n]){0,60}")
