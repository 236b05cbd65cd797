"""Which sentences are the form's own: how to fill it in, what a plan asks for, terms, examples, notices?

They are told from the writer's by what they speak of (forms, claims, plans, warranties) and whom they address ("your
provider must ..."), never by their layout alone: what is filled in behind a prompt is the writer's, however
form-like, and so is what a sentence says of "my patient" or "I".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docscan.extraction.text.hints import hints
from docscan.extraction.text.spans import Span

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_PAPER = (
    r"(?:(?:this|the|these|all|each|every|an?|any|new|updated|current|another|completed|signed|separate|annual|"
    r"retroactive|incomplete)\s+)*"
    r"(?:(?:lmn|letter of medical necessity|medical necessity|claim|request|reimbursement|authorization|"
    r"certification|renewal|supporting)\s+)*(?:forms?|lmns?|"
    r"(?<!this )(?<!my )letters?(?: of medical necessity)?(?: forms?)?|"
    r"claims?|documentation|requests?(?= (?:must|will|are|received))|expenses?|receipts?|submissions?|"
    r"(?:(?<=new )|(?<=updated )|(?<=separate )|(?<=another )|(?<=annual )|(?<=completed ))statements?|"
    r"certifications?|authorizations?|approvals?|prescriptions?(?= must))"
)
_WILL = (
    r"(?:must|shall|should|cannot|can not|can be|may (?:not )?be|may (?:require|need)|will (?:not )?(?:be|expire)|"
    r"is (?:not )?(?:only )?(?:required|valid|needed|good|effective|subject|used|intended|designed)|"
    r"(?:is|are) limited to|are (?:not )?(?:only )?(?:required|valid|needed|good|subject|eligible|effective|"
    r"used)|expires?|lasts?|"
    r"does not|do not|needs? to|has to|have to|is submitted|remains? (?:valid|in effect))"
)
_HELPER = (
    r"(?:doctor|physician|provider|practitioner|clinician|professional|prescriber|dentist|chiropractor|therapist)s?"
)
_OF_FORMS = tuple(
    re.compile(pattern, _I)
    for pattern in (
        rf"(?:^|[.;:]\s+|\b(?:if|when|that|until|unless|because|and|note|"
        rf",)\s+){_PAPER}(?:[\w ,()/-]{{0,60}}?)\s{_WILL}\b",
        rf"\b(?:your|the patient's|a licensed|the licensed|your licensed|the treating|treating|"
        rf"licensed)\s(?:[\w/-]+\s){{0,5}}?{_HELPER}"
        rf"\s(?:[\w,-]+\s){{0,3}}?(?:must|should|needs? to|has to|have to|may|can|will|certif\w+|completes?|signs?)\b",
        rf"\bthe (?:\w+ )?{_HELPER} (?:must|should|needs? to|has to) (?:list|state|indicate|describe|complete|"
        rf"sign|specify|"
        r"include|provide|name|certify|document)\b",
        r"\b(?:is|are|be) (?:only |not |generally |usually )?(?:reimbursable|eligible|allowable|tax[- ]deductible)\b",
        r"\b(?:visits|sessions|treatments|services|units|quantities|days|supplies) (?:beyond|"
        r"over(?! (?:the|a|an|about|some|roughly|approximately|another)\b| (?:[\w-]+ ){1,3}?(?:days?|weeks?|wks?|"
        r"months?|mos?|years?|yrs?)\b)|in excess of|above|"
        r"exceeding|(?:are|is) limited)\b",
        r"\b(?:acute|chronic|most|many|some) (?:conditions|patients|plans|cases|services) (?:usually|generally|"
        r"typically|"
        r"often|may|are|require|resolve)\b",
        r"\byou(?:r)? (?:may|must|can|will|should|need|have)? ?(?:be |to )?(?:asked|submit|provide|receive|request|use|"
        r"obtain|keep|attach|include|file|pay|complete|sign|send|reimbursed?|resubmit|renew)\b",
        r"\byour (?:\w+ ){0,3}?(?:claims?|accounts?|expenses?|(?<!prevention )(?<!treatment )(?<!care )(?<!exercise )"
        r"(?<!wellness )(?<!nutrition )(?<!therapy )(?<!recovery )plan|employer|fsa|hsa|hra|hcfsa|"
        r"benefits?|reimbursement|eligibility|card|participant|coverage|spouse|dependents?|patient'?s?|request|signature|privacy|records?)\b",
        r"\b(?:irs|internal revenue|publication 502|section 213|irc)\b",
        r"\b(?:fsa|hsa|hra|hcfsa|flexible spending|health savings|spending account)s?\b[^.]{0,80}\b(?:eligible|rules?|"
        r"require[sd]?|reimburse\w*|allows?|covers?|expenses?)\b",
        r"\b(?:health )?plan(?:'s|s)? (?:rules?|documents?|sponsor|administrator|polic\w+|covers?|does|"
        r"requires?|limits?|allows?|provisions?)\b",
        r"\b(?:terms|answers|words|statements|phrases|diagnos[ie]s|descriptions?|treatments?) (?:such as|like|"
        r"described as)\b[^.]{0,6}[\"“‘']",
        r"\b(?:for example|e\.\s?g\.|examples? (?:of|include|are|:)|sample (?:diagnos|letter|wording|text|language))",
        r"\b(?:an?|the|this|one-word) (?:\w+ )?(?:diagnosis|terms?|answers?|descriptions?|statement|word|reason|entry) "
        r"(?:such as|like|of) [^.;]{1,60}? (?:is|are|would be|will be) (?:not |too |never |usually |often |always )*"
        r"(?:specific|vague|general|sufficient|acceptable|enough|adequate|accepted|rejected|denied|returned)\b",
        r"\b(?:a|the) (?:\w+ )?(?:diagnosis|treatment) of [\"“‘'][^\"”’']*[\"”’'] is\b",
        r"\b(?:warrant(?:y|ies|ed|s)\b|guarante(?:e|ed|es) (?:for|against|to)|money[- ]back|restocking|"
        r"returns? (?:are|is|must|policy|will|within)|non-?refundable|refunds? (?:are|will|within)|free (?:shipping|"
        r"returns)|allow \d+)",
        r"\b(?:hipaa|paperwork reduction|privacy (?:act|notice|practices|policy|rule)|protected health information|"
        r"per response|burden|omb (?:no|control)|confidential(?:ity)? (?:notice|information|and)|"
        r"intended (?:only )?(?:solely )?for the (?:use|addressee|individual)|fraud\w*|penalt(?:y|ies)|perjury)\b",
        r"\bi (?:understand|acknowledge|authorize|agree|consent)\b",
        r"\bi (?:declare|attest)\b[^.]{0,80}\b(?:expenses?|claims?|reimburs\w+|accounts?|"
        r"information (?:provided|given|on|in|above)|true(?:,| and)|accurate|to the best of my)\b",
        r"\b(?:please )?(?:complete|submit|fill (?:in|out)|attach|return|fax|mail|retain|keep) (?:all |both |"
        r"each |this |the |"
        r"these |a |your |it )+(?:\w+ ){0,4}?(?:forms?|sections?|cop(?:y|ies)|documents?|letter|pages?|information|"
        r"fields?|receipts?|questions?)\b",
        r"\b(?:section|part|box|page|field|item|question)s? (?:\d{1,2}|(?-i:[A-H]))\b[^.]{0,30}\b(?:must|should|"
        r"to be|is|are)\b",
        r"\b(?:to be completed by|for (?:completion|use) by|for office use|be as specific as|answer (?:all|each|every|"
        r"fully)|several questions|print (?:clearly|legibly)|use (?:black|blue) ink|can be customized|fillable|"
        r"this (?:template|sample)|the (?:template|sample)|following guidelines|not (?:specific|enough) "
        r"(?:information|enough)|may not be sufficient|is not (?:specific|sufficient|acceptable|enough)|"
        r"is not a guarantee|coverage (?:begins|ends|is)|balances (?:do|does|will|may)|roll over|"
        r"does not guarantee|cosmetic (?:procedures|purposes) are)\b",
        r"\b(?:not (?:be )?(?:reimbursed|reimbursable|eligible|covered)|(?:eligible|ineligible) (?:expenses?|items?|"
        r"services?)|(?:expenses?|items?|services?|products?) (?:that |which )?(?:are|is|may be) (?:only )?(?:not )?"
        r"(?:eligible|ineligible|reimbursable|considered))\b",
        r"\b(?:payers?|insurers?|insurance companies|health plans|administrators?) (?:may|must|can|will|often|usually|"
        r"generally|require)\b",
    )
)
_WRITERS = re.compile(
    r"\b(?:I (?!understand\b|acknowledge\b|authorize\b|agree\b|consent\b|declare\b|attest\b)|I['’](?:m|ve|d|"
    r"ll) |my patient|"
    r"this patient|our patient|we (?:recommend|prescribe|have|are|ask|request)|s?he (?:is|has|was|will|needs|"
    r"requires|should|can|"
    r"must|reports|suffers)|(?:his|her) (?:condition|pain|diagnosis|symptoms|treatment|treating|doctor|physician|back|"
    r"knee|therapy)|(?:Mr|Mrs|Ms|Miss|Master)\.? [A-Z]|the patient(?:['’]s (?!(?:doctor|physician|provider))|"
    r" (?:is|has|was|"
    r"presents|reports|needs|requires|suffers)))"
)
_EXAMPLE_LABEL = re.compile(
    r"(?:examples?|e\.\s?g\.|note|important|notice|instructions?|reminder|tip|guidelines?|warning)", _I
)
_CLOSED = re.compile(r"(?P<label>[^\n:?]{1,120})(?:[:?]|_{3,})(?=\s|$|_)")
_SECTION = re.compile(
    r"(?:(?:form|general|claim|completion|filing|submission|important) (?:instructions?|information|notices?)|"
    r"instructions? (?:for|to) (?:complet|the |provider|physician|participant|employee|submitt)[\w ]*|"
    r"how to (?:complete|submit|use|file|fill)[\w ,/]*|(?:important )?notice|notice of privacy[\w ]*|"
    r"privacy (?:notice|statement|act)[\w ]*|(?:plan |program )?(?:guidelines?|rules)|"
    r"terms(?: (?:and|&) conditions)?|eligibility (?:rules|requirements)|documentation requirements|"
    r"requirements|frequently asked questions|faqs?|examples?(?: of)?[\w ]*|disclaimer|warranty[\w ]*|return policy|"
    r"refund policy|(?:common |usual |frequent )*reasons? (?:for|of) (?:a )?(?:denials?|delays?|returns?|rejections?)|"
    r"why (?:\w+ ){1,3}(?:are|is|get) (?:denied|returned|rejected|delayed)|what (?:must|should)[\w ]*|"
    r"when is an?[\w ]*|about this form|helpful (?:tips|hints)|tips|"
    r"(?:participant|employee|patient|member) (?:certification|authorization|acknowledg\w+))",
    _I,
)
_PROSE = 6  # words that a sentence has


def is_guidance(text: AnnotatedText, start: int) -> bool:
    """Whether what stands at an offset belongs to a sentence that the form itself says."""
    spans = _guidance(text)
    return any(span.start <= start < span.end for span in spans)


def _guidance(text: AnnotatedText) -> tuple[Span, ...]:
    return text.once("guidance", lambda: tuple(_found(text)))


def _found(text: AnnotatedText) -> list[Span]:
    found: list[Span] = []
    last: Span | None = None
    for sentence in text.sentences:
        told = _told_by_form(text, sentence, last)
        if told is not None:
            found.append(told)
        last = told if told is not None and told.end == sentence.end else None
    return [*found, *hints(text)]


def _told_by_form(text: AnnotatedText, sentence: Span, last: Span | None) -> Span | None:
    """The part of a sentence that the form says: all of it, or what stands before the answer to its prompt."""
    printed = text.flat[sentence.start : sentence.end]
    for start, stop in hints(text):  # "Treatment (e.g., massage):" makes nothing of the answer behind it
        if sentence.start <= start and stop <= sentence.end:
            inside = slice(start - sentence.start, stop - sentence.start)
            printed = printed[: inside.start] + " " * (stop - start) + printed[inside.stop :]
    end = _answered_at(printed)
    said = printed[:end]
    if _WRITERS.search(said):
        return None
    section = text.section_at(sentence.start)
    own = any(cue.search(said) for cue in _OF_FORMS)
    if not own and len(said.split()) >= _PROSE and end == len(printed):
        headed = _SECTION.fullmatch(section.strip()) is not None
        goes_on = (
            last is not None
            and text.text[last.end : sentence.start].strip("\n ") == ""
            and (
                re.match(
                    r"(?:[Tt]h(?:is|ese|ey)|[Ii]t|[Ss]uch|[Oo]therwise|[Aa]lso|[Aa]dditionally|[Hh]owever)\b", said
                )
                is not None
                and "\n\n" not in text.text[last.end : sentence.start]
            )
        )
        own = headed or goes_on
    return Span(sentence.start, sentence.start + end) if own else None


def _answered_at(printed: str) -> int:
    """Where an answer begins: behind the last prompt that is closed, where that is no mere "Example:"."""
    for match in _CLOSED.finditer(printed):
        label = match["label"].strip()
        if (
            not _EXAMPLE_LABEL.search(label[-24:])
            and not re.match(r"(?:examples?|samples?)\b", label, _I)
            and re.search(r"\S", printed[match.end() :])
        ):
            return match.end()
    return len(printed)
