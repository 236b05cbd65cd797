"""What a few words that stand for themselves say of the diagnoses that they belong to.

A heading, the words that open a list ("Long gone:"), a label beside an entry, a question that is answered ("Anything
crossed off?"): writers put the same few senses into many words. Each sense
is a small vocabulary of its own; running text is not looked at here.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from docscan.document import Assertion
from docscan.extraction.text.relatives import RELATIVE

Verdict: TypeAlias = Assertion | Literal["past"]
"""past: a list of what the patient had or has ("Past medical history"), which ends nothing by itself."""

_I = re.IGNORECASE

_SENSES: tuple[tuple[Verdict, re.Pattern[str]], ...] = (
    (
        "hypothetical",
        re.compile(
            r"\b(?:(?:to|can(?:no|['’])t|could not|couldn['’]t|not(?: yet)?(?: been)?|yet to be|still to be) "
            r"(?:be )?(?:rule[d]? out|exclude[d]?|confirmed|prove[nd]|settled|decided|established|nailed down|"
            r"sorted(?: out)?|certain|sure|clear|definite|tested|worked up|determined)|unproven|unsettled|undecided|"
            r"unsure|uncertain|unconfirmed|unclear|unverified|may ?be(?! called)|perhaps|(?:may|might|could) (?:also |"
            r"well |still )?(?:be|have)|look\w* into (?:it|this|that|these|them)|"
            r"(?:still|only|being|now) (?:being )?(?:consider\w*|wonder\w*|look\w* (?:at|into)|chas\w+|test\w*|"
            r"work\w* (?:on|up)|question\w*|suspect\w*|a question|a guess|open)|open questions?|question marks?|"
            r"in question|on the fence|jury|under (?:watch|suspicion|review|consideration|evaluation|study|"
            r"investigation|work-?up)|suspicions?|wondering about|watch(?:ing)? (?:list|for)|await\w*|tb[cd]|"
            r"working theory|guess\w*|hunch|differential|ddx|suspect(?:s|ed)?|possib\w+|probable|"
            r"rule[- ]?outs?|r/o(?!['’]?d)|risk factors?|risks|at risk|queries|queried|query|"
            r"pending \w+\s*$|pending (?:tests?|results?|confirmation|work-?up|diagnos[ie]s)|provisional|"
            r"tentative\w*|presum\w+|likely(?! never))\b",
            _I,
        ),
    ),
    (
        "other_person",
        re.compile(
            rf"\b(?:fam(?:ily|\.)?\s*(?:medical |health )?(?:history|hx|tree|side|only|members?)|fhx?\b|family\s*$|"
            rf"in the family|family['’]s|relatives?\b|kin(?:folk|sfolk)?\b|bloodline|blood relations?|hereditary line|"
            rf"(?:her|his|their|the)? ?{RELATIVE}\s*$|{RELATIVE}['’]?s?['’]? (?:side|only|problem|illness|diagnosis|"
            rf"code|chart)|{RELATIVE}['’]s|"
            r"not (?:the )?(?:patient|pt|hers|his|our patient)(?:['’]s)?\b|(?:some|any)(?:body|one) else)"
            rf"|^(?:family|social) (?:medical )?(?:history|hx)|^{RELATIVE}\s*(?:[(,&/]|and\b)",
            _I,
        ),
    ),
    (
        "negated",
        re.compile(
            r"\b(?:rul(?:ed|ing)[- ]?out|r/o['’]d|excluded|(?:thrown|tossed|written|voted|taken(?! out (?:in "
            r")?(?:19|20)\d\d)|crossed|"
            r"struck|scratched|weeded|sorted|checked and) (?:out|off)(?! the list of active)|dismissed|discarded|"
            r"discounted|rejected|refuted|disproved|disproven|debunked|overturned|negatives?|denies|absent|not there|"
            r"(?:says?|said|answer(?:s|ed)?|repl(?:ies|ied)|respond(?:s|ed)|report(?:s|ed)?) "
            r"(?:\w+ )?no(?:ne)?(?=\W*$)|"
            r"(?:all|each) (?:answered |said )?no(?=\W*$)|answered in the negative|"
            r"not (?:actually |really )?(?:present|found|seen|"
            r"confirmed|borne out|supported|diagnosed|the case|had|hers|a problem)|never (?:had|found|confirmed|"
            r"present|diagnosed|proven?|a problem|there)|(?:does|did)(?: not|n['’]t) have(?=\s*$)|"
            r"(?:did|do|does|could|can|would)(?: not|n['’]t)(?: \w+)? (?:find|see|show|confirm|pan out|hold up)|"
            r"no (?:sign|evidence|trace|signs)(?: of)?|(?:looked|searched|checked|tested|hunted) for (?:and|but) "
            r"(?:not|never)|in error|by mistake|mistaken(?:ly)?|erroneous(?:ly)?|wrong(?:ly)? (?:entered|coded|"
            r"listed|chart|entry|code|entries|codes|patient|label|diagnos[ie]s)|misdiagnos[ie]s|entry errors?|"
            r"retracted|withdrawn|deleted|disregard|ignore|strike|please remove|considered,? (?:and|but|then|"
            r"though) \w+)\b",
            _I,
        ),
    ),
    (
        "historical",
        re.compile(
            r"\b(?:resolved|closed|inactive|historical|"
            r"no longer(?! (?:\w+ly )?(?:controlled|respon\w+|able|manag\w+|tolera\w+|stable|helped|covered|mild))|"
            r"(?:past|prior|previous|old|former|earlier) "
            r"(?:surgical|surgeries|operations?|dx|problems?|illness(?:es)?|diagnos[ie]s|conditions?|complaints?|"
            r"troubles?|injur(?:y|ies)|issues?|ailments?|codes?|episodes?|things?|stuff|news)|surgical "
            r"(?:history|hx)|psh|(?:long|now|all|since) (?:gone|past|over|healed|finished|done)|"
            r"over (?:and|&) done(?: with)?|done (?:and dusted|with)|finished(?: with)?|ancient history|bygones?|"
            r"behind (?:her|him|them|us)|put (?:to bed|behind)|used to (?:have|be)|years (?:ago|back|gone by)|"
            r"long ago|long since|healed(?: up)?|cured|cleared(?: up)?|dormant|burn(?:ed|t) out|gone\s*$|"
            r"once (?:had|upon)|outgrown|retired|no more\s*$|had (?:before|once|earlier)|as an? (?:child|kid|"
            r"youngster|teen\w*)|in (?:childhood|(?:his|her) youth)|formerly|previously|"
            r"past,? not\b.*|not (?:now |currently |presently |any ?more )?(?:an? )?(?:current(?:ly)?|active|ongoing|"
            r"under treatment|being treated|treated now|present now|followed)\b|"
            r"not (?:now|currently|presently|any ?more) "
            r"(?:an? )?(?:problems?|issues?|concerns?|treated|there|present)|discontinued|archived?|already treated|"
            r"(?:used|valid|active|treated|on file|in use) (?:from )?(?:19|20)\d\d ?(?:[-–]|to) ?(?:19|20)\d\d|"
            r"^(?:surgeries|operations)$|past,? \w+\s*$|old\s*$|past\s*$|past\s*[,;/&(]|remote (?:history|hx))\b",
            _I,
        ),
    ),
    (
        "past",
        re.compile(
            r"\b(?:past|prior|previous|medical|health|personal)\b.*\b(?:history|hx)\b|\bpmhx?\b|^(?:history|hx)$", _I
        ),
    ),
)
_CURRENT = re.compile(r"\b(?:active|still|current|present|unresolved|ongoing|live|open)\b", _I)
_ELSEWHERE = re.compile(r"\bnot (?:worked up|tested|evaluated|studied|settled) (?:here|today|this|by us|at this)\b", _I)
"""What somebody else looked at, or nobody did this time, is there all the same."""
_DOUBTED = re.compile(r"\bnot (?:yet )?(?:been )?(?:ruled out|excluded|resolved|healed|cured|cleared)\b", _I)
_WHOLE_LIFE = re.compile(r"\b(?:past|present)\b\W*(?:and|&|or|/|\+)\W*\b(?:past|present)\b", _I)
_OF_MONEY = re.compile(
    r"\b(?:claims?|lines?|charges?|services?|payments?|paid|coverage|covered|invoices?|amounts?|balances?|benefits?|"
    r"fees?|received|reached|message|fax)\b",
    _I,
)
"""A bill's own excluded lines, rejected claims and past balances are nobody's illness."""


_COMPANY = re.compile(rf"(?:\bw/|\b(?:with|to)\b)\s*(?:[\w.'’]+[ ,&+/]+){{0,4}}?{RELATIVE}\W*$", _I)
"""With whom something was talked over: "Reviewed with daughter"."""


def verdict(words: str) -> Verdict | None:
    """What the words say of what they head, open, label or explain; None where they say nothing of that kind."""
    if (
        _WHOLE_LIFE.search(words)
        or _ELSEWHERE.search(words)
        or (_OF_MONEY.search(words) and not re.search(r"\bnot\b", words, _I))
    ):
        return None
    for says, pattern in _SENSES:
        if pattern.search(words):
            if says in ("historical", "past") and _denies_the_past(words):
                return None
            if says == "other_person" and _COMPANY.search(words):
                return None
            return says
    return None


def _denies_the_past(words: str) -> bool:
    if _DOUBTED.search(words):
        return True
    return bool(_CURRENT.search(words)) and not re.search(r"\b(?:no longer|not|no)\b", words, _I)
