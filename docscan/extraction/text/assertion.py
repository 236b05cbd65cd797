"""Whether a fact is stated, negated, hypothetical, historical, or about another person.

The idea is ConText's (Harkema et al., 2009): a cue opens a scope that runs through the sentence until something ends
it. The cues and the ends of scopes here are our own, chosen for letters and forms.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docscan.document import Assertion

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_NOT_A_NEGATION = re.compile(
    r"\b(?:not only|no (?:doubt|later|more than|fewer than|less than|longer than|change|significant relief|relief|"
    r"improvement|success)|not (?:yet )?(?:responded|improved|resolved|controlled|well[- ]controlled|adequately|"
    r"tolerated?|limited to|certain)|no longer (?:responds?|able)|without (?:treatment|it|this|such|the|success|"
    r"relief|"
    r"improvement|intervention|therapy)|(?:if|unless|were it|had it) (?:(?:she|he|they|it|the patient|(?:mr|mrs|"
    r"ms)\.? \w+) )?"
    r"(?:(?:did|does|do|had|were|was) )?not(?: (?:have|been|for|suffer\w*))?|cannot be (?:overstated)|rule out any|"
    r"not (?:just|merely|simply))\b",
    re.IGNORECASE,
)
_CUE_WORDS: tuple[tuple[Assertion, str], ...] = (
    (
        "other_person",
        r"\b(?:family (?:history|hx|h/o)|(?:strong )?fh(?:x)? (?:of|\+)|fhx?:|(?:maternal|paternal)\b|(?:her|his|"
        r"their|patient'?s|the) (?:mother|father|sister|brother|grand\w+|aunt|uncle|parents?|sibling|cousin|"
        r"spouse|husband|wife)(?:'s|’s)?\b|(?:mother|father|sister|brother|sibling|parent|grandmother|grandfather)s?"
        r" (?:has|had|have|with|was|were|died|is)\b|runs in the family)",
    ),
    (
        "negated",
        r"\b(?:no(?!\.|\s?\d)|not|n't|denie[sd]|denying|without|absence of|negative for|neg for|rule[sd]? out|r/o|"
        r"free of|never|neither|nor|lacks?|ruling out|unlikely|excluded?|declines?|"
        r"other than|rather than|instead of|isn'?t|doesn'?t|don'?t|cannot|nothing)\b",
    ),
    (
        "hypothetical",
        r"\b(?:if|should (?:she|he|they|the patient|symptoms)|may (?:develop|have|indicate|lead)|possible|possibly|"
        r"probable|suspect(?:ed|s)?|concern(?:s)? for|at (?:high |increased |elevated )?risk (?:of|for)|"
        r"risk (?:of|for|factors? for)|in case of|to prevent|prevent(?:ing|ion of)?|to avoid|avoid(?:ing)?|"
        r"could (?:develop|lead|progress)|might|unless|differential|versus|vs\.?|"
        r"screen(?:ing|ed)? for|evaluat(?:e|ion) for|question of|query|e\.g\.|for example|such as|"
        r"progress(?:es|ing|ion)? (?:in)?to|predispos\w+)(?![\w-])",
    ),
    (
        "historical",
        r"\b(?:history of|h/o|hx of|past (?:medical )?history|pmh(?:x)?|previous(?:ly)?|prior|formerly|former|"
        r"resolved|in remission|status[- ]post|s/p|remote|childhood|years? ago|in the past|"
        r"had (?!been (?:diagnosed|treated|under|seen))|used to)(?![\w-])",
    ),
)
_CUES = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _CUE_WORDS)
_SCOPE_ENDS = re.compile(
    r"[;:](?=\s)|[!?](?=\s|$)|\n\n|\t|\b(?:but|if|unless|however|although|though|except|nevertheless|yet|which|because|since|"
    r"therefore|so that|who (?:has|have|suffers?|is|was)|is (?:being )?(?:treated|diagnosed)|presents? with|"
    r"(?:she|he|they|patient|i) (?:has|have|is|was|does|now|currently|suffers?|will|needs?|requires?)|"
    r"(?:now|currently) (?:has|with|presents)|has been diagnosed|diagnosed with|due to|secondary to|caused by)\b",
    re.IGNORECASE,
)
_SCOPE_WORDS = 12
_AFTER = re.compile(
    r"^(?:\s*\([^()]{1,40}\))?[\s,()]*(?:(?:has|have|had|was|were|is|are|been|being|now|since)\s+){0,3}(?:"
    r"(?P<negated>(?:considered (?:and|but) (?:\w+ ){0,3})?(?:ruled out|excluded|rejected)|negative|not (?:present|"
    r"found|seen|"
    r"identified|suspected|met|fulfilled|confirmed|supported)|absent|unlikely|(?:but )?(?:the |full |"
    r"diagnostic )*criteria"
    r" (?:for \w+ )?(?:were|was|are|is|have) not (?:been )?(?:met|fulfilled))|"
    r"(?P<hypothetical>is suspected|suspected|possible|to be (?:ruled out|confirmed|determined)|cannot be ruled out|"
    r"versus|vs\.?|risk\b)|"
    r"(?P<historical>resolved|in (?:full |complete )?remission|(?:in|since) childhood|in the past|years? ago))",
    re.IGNORECASE,
)
_DURATION_OF_ILLNESS = re.compile(
    r"history of (?:chronic|recurrent|persistent|severe|uncontrolled|poorly|long-?standing)|(?:long|known|\d+[- ]year|"
    r"significant|documented|extensive|chronic|longstanding|clinical)\s+(?:and \w+ )?(?:history|hx) of",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?")
# "Disease without angina (I25.10)": the code belongs to the whole name; "she is without angina" denies.
_ABOUT_A_PERSON = re.compile(
    r"(?:^|\b(?:he|she|they|patient|is|are|was|were|be|remains?|but|and|"
    r",))\s*$",
    re.IGNORECASE,
)
_SECTIONS: tuple[tuple[Assertion, re.Pattern[str]], ...] = (
    ("other_person", re.compile(r"^(?:family|social) (?:medical )?(?:history|hx)|^fhx?$", re.IGNORECASE)),
    ("historical", re.compile(r"^(?:past|prior|previous) |^pmhx?$|^(?:surgical) history", re.IGNORECASE)),
)


def assertion(text: AnnotatedText, start: int, end: int) -> Assertion:
    """How a document asserts what stands from `start` to `end`; "stated" where nothing speaks against it."""
    sentence = text.sentence_at(start)
    before = text.text[sentence.start : start].replace("\n", " ")
    after = text.text[end : max(sentence.end, end)].replace("\n", " ")
    verdicts: dict[Assertion, int] = {}
    for kind, pattern in _CUES:
        near = _nearest_cue(pattern, before, kind, of_code=_CODE.fullmatch(text.text, start, end) is not None)
        if near is not None:
            verdicts[kind] = near
    behind = _AFTER.match(after)
    if behind and behind.lastgroup:
        kind_behind: Assertion = (
            "negated" if behind["negated"] else "hypothetical" if behind["hypothetical"] else "historical"
        )
        return kind_behind
    for kind in ("other_person", "negated", "hypothetical", "historical"):
        if kind in verdicts:
            return kind
    section = text.section_at(start)
    for kind, pattern in _SECTIONS:
        if pattern.search(section):
            return kind
    return "stated"


def _nearest_cue(pattern: re.Pattern[str], before: str, kind: str, *, of_code: bool) -> int | None:
    """How many characters before the end the nearest cue stands whose scope reaches it; None where there is none."""
    innocent = [m.span() for m in _NOT_A_NEGATION.finditer(before)] if kind in {"negated", "hypothetical"} else []
    if kind == "historical":
        innocent += [m.span() for m in _DURATION_OF_ILLNESS.finditer(before)]
    for cue in reversed(list(pattern.finditer(before))):
        if any(a <= cue.start() < b for a, b in innocent):
            continue
        if of_code and cue.group().lower() == "without" and not _ABOUT_A_PERSON.search(before[: cue.start()]):
            continue
        scope = before[cue.end() :]
        if _SCOPE_ENDS.search(scope):
            continue
        if len(scope.split()) > _SCOPE_WORDS:
            continue
        return len(scope)
    return None
