"""What a whole clause says of the list that it announces, or that it closes.

"The records say these were checked and excluded, so we did not use them: A, B." "The A (Z96.652) and the B (J84.83)
are listed as past history." Such a clause has a word for what it lists, or stands right behind the list, and a verb
that tells what became of it: running text, in which the small vocabularies of headings would find too much.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from docscan.document import Assertion
from docscan.extraction.text.code_shape import CODE_SHAPE
from docscan.extraction.text.relatives import RELATIVE

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_ONLY = r"(?:only|just|merely|solely|now|all|both|each|since|later|already|also|then|long|therefore|actually|\w+ly)"
_LISTED = (
    r"(?:listed|carried|kept|shown|recorded|charted|documented|described|regarded|noted|given|reported|marked|filed|"
    r"entered|coded|flagged|held|classed|counted|treated|considered|appear\w*|stand|mentioned|known|found|on file|"
    r"in (?:the|her|his|your|their) (?:chart|records?|file|notes?)|there)"
)
_WHERE = r"(?: (?:in|on|by) (?:the|her|his|your|their|our) (?:\w+ )?(?:chart|records?|file|notes?|list|history))?"
_AS = r"(?:as|under|in|among|with|to be|for)"
_PAST = (
    r"(?:past|old|prior|former|previous|earlier|resolved|inactive|closed|historical|healed|bygone|finished|no longer "
    r"(?:active|present|current|treated))"
)
# What the verb behind "are", "were", "have been" says; the first that fits.
_FATES: tuple[tuple[Assertion, str], ...] = (
    (
        "other_person",
        rf"(?:{_LISTED} {_AS} |about |of |for |from |belong(?:s|ing)? to |concern(?:s|ing)? |refer(?:s|ring)? to )?"
        rf"(?:{_ONLY} )*(?:(?:the|her|his|their|a|an|other) )?(?:relatives?|family members?|family(?:['’]s)?"
        rf"(?: (?:history|hx|only|matters|illness\w*|problems|conditions))?|kin(?:folk)?|fhx?|{RELATIVE}(?:['’]s?)?"
        r"|someone else['’]?s?|other people['’]?s?)\b(?! (?:doctor|physician|medicine|practice|practitioner|stress|"
        r"relationship))",
    ),
    (
        "hypothetical",
        rf"(?:{_LISTED}{_WHERE} {_AS} )?(?:{_ONLY} )*(?:being )?(?:suspected|possibilit\w+|possible|queries|queried|"
        r"suspicions|rule[- ]outs|unconfirmed|provisional|under (?:investigation|evaluation|suspicion)|not yet "
        r"(?:been )?(?:confirmed|proven|settled|established|ruled out|excluded|certain)|still (?:being )?(?:looked "
        r"into|"
        r"worked up|investigated|tested|in question|open)|to be (?:ruled out|confirmed|excluded)|awaiting)\b",
    ),
    (
        "negated",
        rf"(?:{_LISTED}{_WHERE} {_AS} )?(?:{_ONLY} )*(?:(?:\w+ed|looked (?:into|for|at)|sought) (?:and|but|then)(?: "
        rf"(?:then|later|were|was|have been|all|both))* )?(?:{_ONLY} )*(?:ruled out|excluded|dismissed|disproved|"
        r"disproven|refuted|rejected|discarded|discounted|thrown out|crossed off|absent|negative(?! for)|errors?\b|"
        r"mistakes?\b|in error|misdiagnos\w+|wrong (?:codes|entries|diagnoses)|not (?:\w+ly )?(?:found|confirmed|"
        r"present|supported|made|borne out|hers\b|his\b|theirs|there\b|met|diagnosed|established as|proven|seen)|"
        r"never (?:\w+ly )?(?:found|confirmed|present|made|proven|diagnosed|established|there)|(?:removed|deleted|"
        r"struck|withdrawn|dropped)(?= (?:as|because|for|in error|when|since)\b[^:]{0,40}\b(?:wrong|error|mistake|not|"
        r"never|no|unsupported|normal|negative)\b)|(?:entered|charted|keyed|coded|listed|billed|sent) (?:in error|by "
        r"mistake|wrongly|mistakenly))",
    ),
    (
        "historical",
        rf"(?:(?:{_ONLY} )*{_LISTED}{_WHERE} (?:{_ONLY} )*{_AS} )?(?:{_ONLY} )*(?:being )?(?:(?:an?|the|her|his|their|"
        rf"any|some) )?(?:{_PAST}(?: (?:and|or|,) \w+)?(?: (?:medical |surgical )?(?:history|hx|problems?|illness\w*|"
        r"diagnos[ei]s|conditions?|issues?|entries|entry|episodes?|matters?|complaints?|injur(?:y|ies)|codes?|events?|"
        r"operations?|surger(?:y|ies)))?(?=\W*$|[,.;:)]|\s(?:and|or|so|only|but|which|from|in|by|on|that|since|here|"
        r"now|with)\b)|(?:history|hx)(?: only)?(?=\W*$|[,.;:)])|over(?: and done)?(?: with)?(?=\W*$|[,.;:)])|behind "
        r"(?:her|him|them)|no longer (?:being )?(?:treated|active|followed|present|an? (?:problem|issue|concern)|"
        r"problems|issues|current|reported|relevant|there|seen|in (?:use|play)|carried|listed|billed)|in the past|"
        r"things of the past|not (?:currently )?(?:active|current)\b|cured|cleared(?: up)?(?=\W*$|[,.;:)])|"
        r"gone(?=\W*$|[,.;:)]))",
    ),
)
_BE = (
    r"(?:(?:are|were|have been|had been|have|remain|appear|belong|concern|refer|stand|'re|’re)(?: (?:all|both|each))?"
    r"|(?:is|was|has been) (?:each|all|both))"
)
_BELONGING = re.compile(
    rf"(?:belong to|concern|refer to) (?:{_ONLY} )*(?:(?:the|her|his|their|a|an) )?(?:relatives?|family\w*|{RELATIVE})",
    _I,
)
_BEHIND: tuple[tuple[Assertion, re.Pattern[str]], ...] = (
    ("other_person", _BELONGING),
    *((kind, re.compile(rf"{_BE} (?:{words})", _I)) for kind, words in _FATES),
)

# -- before the list ------------------------------------------------------------------------------------------------

_THEM = re.compile(
    r"\b(?:these|those|the following|following|ones|others|some|several|two|three|four|five|what|codes?|diagnos[ei]s|"
    r"conditions?|entries|items?|problems?|illness(?:es)?|labels?|complaints|they|them|neither|none|all)\b",
    _I,
)
"""Words for what a clause lists."""
_CLAUSE = re.compile(
    r"(?:^|[.;!?]\s+|\n|\t)[\s•●▪*·–—-]*(?:\(?\d{1,2}[.)]\s*)?(?P<clause>[A-Z][^.:;!?\t\f]{11,240}):(?=\s)"
    r"(?P<rest>(?:[^.!?:\f]|[.!?](?!\s+[A-Z][a-z]+ [a-z]|\s+The\b)|:(?!\s))*)$"
)
_ANY_FATE = tuple(
    (
        kind,
        re.compile(
            rf"\b(?:are|were|been|be|being|is|was|remain|appear|as|that|which|and|but|to|have|it|all|both|list(?:s|"
            rf"ed)?|"
            rf"holds?|shows?|about|concern|{_ONLY}) (?:{words})",
            _I,
        ),
    )
    for kind, words in _FATES
)
_ALSO: tuple[tuple[Assertion, re.Pattern[str]], ...] = (
    (
        "negated",
        re.compile(
            r"\b(?:neither|none of (?:these|those|them|the following)) (?:\w+ )?(?:applies|apply|is|are|was|were|"
            r"fits?|has|have)\b(?! (?:new|enough|adequately|well|cured|better|fully|resolved|controlled))|"
            r"\b(?:records?|notes?|charts?|findings|tests?|imaging|documentation)\b[^,;]{0,30}\b(?:do|does|did)(?: not|"
            r"n['’]t) (?:support|bear|confirm|show) (?:them|these|those|it)\b|"
            r"\b(?:we|i) (?:removed|deleted|struck|excluded|ruled out|rejected|dropped) (?:because|after|since|as)\b|"
            r"\b(?:does|do|did)(?: not|n['’]t) have (?:any of )?(?:these|those|the following)\b",
            _I,
        ),
    ),
)
_NOT_SO = re.compile(r"\b(?:not|never|n['’]t|if|unless|until|whether|cannot) (?:\w+ )?$", _I)
_THERE_ALL_THE_SAME = re.compile(
    r"\b(?:but|yet|though|although|however)\b[^:]{0,40}\b(?:active|current|still|there|confirmed|real|today|back)\b|"
    r"\b(?:are|were|is|been) (?:all |both |now )?(?:confirmed|active|current|present)\b",
    _I,
)
_OF_MONEY = re.compile(
    r"\b(?:services?|charges?|claims? (?:lines?|were)|lines?|payments?|benefits?|coverage|procedures?|treatments?|"
    r"medic\w+s|drugs?|products?|expenses?|fees?|exercises?|activities|foods?|therap(?:y|ies)|options?|tests? (?:are|"
    r"were)|measures?|remedies)\b",
    _I,
)
"""Lists of something else: what was paid, tried or taken."""


def opening(before: str) -> Assertion | None:
    """What the clause that ends with a colon before an entry of its list says; None where there is no such clause."""
    found = _CLAUSE.search(before)
    return says(found["clause"]) if found else None


def says(clause: str) -> Assertion | None:
    """What a clause says of what it lists or announces."""
    clause = " ".join(clause.split())
    if not _THEM.search(clause) or _OF_MONEY.search(clause) or _THERE_ALL_THE_SAME.search(clause):
        return None
    for kind, pattern in (*_ALSO, *_ANY_FATE):
        found = pattern.search(clause)
        if found and not _NOT_SO.search(clause[: found.start()]):
            return kind
    return None


# -- behind the list ------------------------------------------------------------------------------------------------

_BRACKETS = re.compile(r"\([^()]{0,60}\)|\[[^\[\]]{0,60}\]")
_CODE = re.compile(rf"(?<![\w.]){CODE_SHAPE}(?!\w)")
_NAME = "\u00a7"
_MORE = re.compile(
    rf"(?P<rest>[\s,/&+({_NAME})\[\]-]*+(?:(?!(?:is|are|was|were|has|have|had|be|been|but|which|who|because|although|"
    rf"while|so|if|that|when|requires?|needs?|causes?|makes?|limits?|remains?|appears?|belongs?|concerns?|refers?|"
    rf"stands?|"
    rf"does|do|did|will|would|for|to)\b)[\w'’]++[\s,/&+()\[\]{_NAME}-]++){{0,14}}+)(?={_BE}\b|belong|concern|refer)",
    _I,
)
_VERB = re.compile(r"\b(?:are|were|have|had|remain|appear|belong|concern|refer|stand|each|all|both)\b|['’]re\b", _I)
_STARTS = re.compile(
    rf"(?:^|[.;:!?]\s|\b(?:that|because|since|although|while|whereas|but|and)\s|,\s)\W*(?:(?:the|her|his|their|an?|old|"
    rf"both|codes?|diagnos[ei]s|for|of|that)\s+)*(?:[\w'’]+[ ,-]+){{0,3}}[{_NAME}\s,/&+()\[\]-]*$",
    _I,
)
_GOVERNED = re.compile(
    r"\b(?:has|have|had|with|for|treats?|treating|treated|diagnosed|is|are|was|were|suffers?|shows?|includ\w+|manages?|"
    r"needs?|because of|due to|of)\s+(?:(?:both|her|his|their|the|an?|severe|chronic|mild|\w+ly)\s+)*$",
    _I,
)


def closing(text: AnnotatedText, start: int, end: int) -> Assertion | None:
    """What the verb behind the list that an entry stands in says of all of it; None where the list goes into no such
    clause or is one name alone."""
    sentence = text.sentence_at(start)
    if not _VERB.search(text.flat, end, min(sentence.end, end + 400)):
        return None
    behind = _masked(text, end, min(sentence.end, end + 400))
    more = _MORE.match(behind)
    if more is None:
        return None
    several = _NAME in more["rest"] or re.search(r",|\band\b|&|\bboth\b", more["rest"])
    ahead = _masked(text, max(sentence.start, start - 300), start)
    if not several and not re.search(rf"{_NAME}[^.;:]*(?:,|\band\b|&|\bor\b)[^.;:]*$", ahead):
        return None
    first = ahead.find(_NAME)
    lead = ahead[:first] if first >= 0 else ahead
    if _GOVERNED.search(lead) or not _STARTS.search(ahead):
        return None
    verb = behind[more.end() :]
    return next((kind for kind, pattern in _BEHIND if pattern.match(verb)), None)


_OF_WORDS = re.compile(r"(?:family|past|prior|old|history|personal)\b", _I)
"""What a verdict may be worded with, though it is found as an illness: "family history"."""


def _masked(text: AnnotatedText, start: int, end: int) -> str:
    """The words between two offsets with a sign in place of every illness and code."""
    from docscan.extraction.text.illness_phrases import illness_phrases

    names = illness_phrases(text)
    index = bisect_left(names, start, key=lambda name: name.start)
    parts, place = [], start
    while index < len(names) and names[index].end <= end:
        if names[index].start >= place and not _OF_WORDS.match(text.flat, names[index].start):
            parts += [text.flat[place : names[index].start], _NAME]
            place = names[index].end
        index += 1
    parts.append(text.flat[place:end])
    said = "".join(parts).replace("\n", " ")
    said = _RUN.sub(r"\1", said)
    return _CODE.sub(_NAME, _BRACKETS.sub(lambda found: _NAME if _inner(found.group()) else "", said))


_RUN = re.compile(r"([^\w.])\1+|_+")
"""Rules and blanks, of which one sign says as much."""


def _inner(bracketed: str) -> bool:
    return _NAME in bracketed or _CODE.search(bracketed) is not None
