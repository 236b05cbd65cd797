"""Whether a letter says in its own words that the treatment is needed: what it judges, of what, and on what ground.

A word of need ("necessary", "essential", "no substitute") counts where it is said of the treatment, by name or as "it"
or "the sessions", or on medical grounds; not of a signature, a payment or an errand, and not where it is denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docscan.extraction.text.lexicon import items_in
from docscan.extraction.text.spans import Span
from docscan.extraction.treatment import vocabulary

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_NEEDED = (
    r"(?:necessary|essential|indispensable|imperative|required|indicated|vital|crucial|irreplaceable|"
    r"not (?:an option|optional|elective|a luxury)|no luxury|a (?:medical )?(?:must|necessity|requirement|need))"
)
_HOW = r"(?:(?:\w+ly|both|therefore|quite|now|thus|indeed|here|clearly)\s+){0,2}"
_SUBJECT = r"(?P<thing>(?:[\w'’/-]+\s+){1,8}?)"
_MEDICALLY = re.compile(
    r"\b(?:(?:reasonable|appropriate|proper) and (?:medically )?(?:necessary|needed|required)|"
    r"(?:medically|clinically|therapeutically)(?: and \w+ly)?\s+(?:\w+ and )?(?:necessary|indicated|"
    r"required|needed|"
    r"essential|imperative|indispensable)|medical (?:must|requirement|necessity) (?:for|of|in)|a medical (?:must|need|"
    r"requirement|necessity)|(?:needs?|requires?|must have|must use|should have|prescribed|ordered|necessary|required)"
    r"\b[^.;]{0,60}\b(?:for medical (?:reasons|purposes)|on (?:purely |strictly )?medical grounds)|"
    r"(?:for medical reasons|on medical grounds)[^.;]{0,40}\b(?:needs?|requires?|must)|"
    r"(?:needs?|needed|requires?|required|must have|(?:has|have) to have)\b(?:(?!\bnot\b)[^.;]){0,60}?\bmedically"
    r"(?=\s*(?:[.,;)–—]|$|and not\b|not\b|rather\b|for (?:his|her|the|their)\b))|"
    r"(?:medically(?: speaking)?|from (?:the|a) (?:purely )?medical (?:side|standpoint|point of view|perspective|"
    r"viewpoint)|as a medical matter),? (?:[\w'’.]+ ){1,4}?(?:needs?|requires?|must (?:have|use|do|get)|"
    r"(?:can(?:no|['’])t|can not) (?:do|manage|go|live) without|(?:is|are) (?:needed|necessary|required)))"
    r"(?=\W|$)",
    _I,
)
_NOTHING_ELSE = re.compile(
    r"\b(?:nothing (?:else|less|short of (?:it|this))(?: \w+)? (?:will|would|can|could) (?:do|serve|help|work|suffice)|"
    r"no (?:lesser|other|milder|cheaper|simpler) (?:measures?|treatments?|therap(?:y|ies)|remed(?:y|ies)|means|thing|"
    r"interventions?|devices?|options?) (?:will|would|can|could) (?:\w+ )?(?:do|serve|help|work|suffice|treat|reach|"
    r"replace))\b",
    _I,
)
_OF_IT = re.compile(
    rf"\b(?:(?:there is|has|have|having|is|with) no (?:\w+ )?(?:substitute|alternative|replacement|"
    rf"stand-in) (?:for|to)\s+"
    rf"(?P<for>[^.;,]{{2,60}})|"
    rf"(?:cannot|can't|can’t|can not) (?:do|manage|get by|get along|live|go|function|cope) without\s+"
    rf"(?P<without>[^.;,]{{2,60}})|"
    rf"(?:i|we|undersigned)\s+(?:\w+ly\s+|do\s+|would\s+)?(?:consider|find|deem|hold|judge|regard|call|think|"
    rf"believe)\s+"
    rf"(?P<judged>(?:[\w'’/-]+\s+){{1,7}}?)(?:to be\s+|as\s+|is\s+|are\s+)?{_HOW}{_NEEDED}\b|"
    rf"(?:it is|it's|it’s) {_HOW}(?:imperative|essential|vital|crucial|necessary) (?:that|for) (?:[\w.'’]+ ){{1,3}}?"
    rf"(?:to )?(?:have|has|get|gets|receives?|uses?|attends?|wears?|continues?|begins?|starts?|undergo\w*) "
    rf"(?P<that>[^.;]{{2,70}}))",
    _I,
)
_IS_NEEDED = re.compile(
    rf"(?:^|[.;:,]\s+|\b(?:because|that|and|as|since|so|opinion|judgment),?\s+){_SUBJECT}(?:is|are|'s|’s|"
    rf"remains?)(?:, [^,.;]{{2,40}},)?\s+{_HOW}"
    rf"(?P<need>{_NEEDED})\b(?P<after>(?:[ ,]+[\w'’-]+){{0,7}})",
    _I,
)
_PART = (
    r"(?:part|component|element|ingredient|portion|aspect|piece|constituent|pillar)s? (?:of|in) "
    r"(?:(?:his|her|their|the|this|my|our|a|any|overall|total|whole|full|current|\w+['’]s|patient|medical|clinical|"
    r"treatment|[\w-]+al) )*(?:treatments?|care|therapy|management|regimen|rehabilitation|recovery|treatment plan|"
    r"plan)\b"
)
_HARD_TO_SPARE = (
    r"(?:necessary|needed|essential|required|integral|indispensable|vital|crucial|critical|inseparable|non-?negotiable)"
)
_IS_PART = re.compile(
    rf"(?:^|[.;:,]\s+|\b(?:because|that|and|as|since|so|opinion|judgment),?\s+){_SUBJECT}(?:"
    rf"(?:is|are|constitutes?|forms?|represents?|remains?|makes? up|comprises?)\s+{_HOW}(?:(?:an?|the)\s+)?"
    rf"(?:absolutely |truly |\w+ and )?{_HARD_TO_SPARE}(?: and [\w-]+)? (?:as (?:an? )?(?:\w+ )?)?{_PART}|"
    r"(?:can(?:not|['’]t| not)|could not|may not|must not|should not) (?:\w+ly )?be (?:dispensed with|omitted|left out|"
    r"done without|for(?:e)?gone|spared|dropped|skipped|replaced by|substituted|given up))\b",
    _I,
)  # "constitutes a required component of her medical treatment", "cannot be dispensed with"
_ALONE = re.compile(
    r"(?:^|[.;]\s+)(?:(?:medically|clinically|really|truly|absolutely|definitely)\s+)?"
    r"(?:necessary|needed|essential|indispensable|a must)\s*(?:[.;!]|$)",
    _I,
)  # clipped
_NEEDED_THING = re.compile(r"(?:^|[.;]\s+)(?:necessary|needed|essential|required)\s*:\s*(?P<thing>[^.;:]{3,60})", _I)
_ERRAND = re.compile(
    r"\b(?:to (?:bring|call|come|submit|file|sign|attach|send|know|note|mention|add|say|see you|pay|fast|"
    r"be paid)|for (?:your|"
    r"the|a|our|all)?\s*(?:processing|reimbursement|records?|files?|claims?|approval|review|visits|payment|coverage|"
    r"account|reviewer|appointments?)|by (?:your|the) (?:plan|administrator|insurer)|before|if|(?:that|when) you)\b",
    _I,
)
_DENIED = re.compile(r"\b(?:not|never|n't|n’t|no|nor|neither|hardly|if|whether|unless)\b", _I)
_POINTS = re.compile(
    r"(?:it|this|these|they|them|both|that|those)(?=\s*(?:$|(?:in|for|at|to|and|if|as)\b))|(?:the|this|these|her|his|"
    r"their|such|said|our|that|those)\s+"
    r"(?:[\w-]+\s+){0,2}?(?P<head>[\w-]+)",
    _I,
)


def said_necessary(text: AnnotatedText, sentence: Span) -> re.Match[str] | None:
    """Where a sentence says it; the match counts in the sentence."""
    printed = text.flat[sentence.start : sentence.end]
    if alone := _ALONE.search(printed):
        return alone
    thing = _NEEDED_THING.search(printed)
    if thing and any(
        sentence.start + thing.start("thing") <= span.start < sentence.start + thing.end("thing")
        for span in items_in(text)
    ):
        return thing
    for pattern in (_MEDICALLY, _NOTHING_ELSE):
        for match in pattern.finditer(printed):
            if not (_denied(printed[: match.start()]) or _ERRAND.match(printed[match.end() :].lstrip())):
                return match
    for match in (*_OF_IT.finditer(printed), *_IS_NEEDED.finditer(printed), *_IS_PART.finditer(printed)):
        if _denied(printed[: match.start()]) or _ERRAND.search(_after(match)):
            continue
        name = next(group for group, told in match.groupdict().items() if told and group not in {"need", "after"})
        if name != "that" and re.search(r"\b(?:not|no|never)\b", match[name], _I):
            continue
        start, end = (sentence.start + n for n in match.span(name))
        if _is_treatment(text, start, end):
            return match
    return None


def denies_need(printed: str, start: int, *, negated: bool) -> bool:
    """Whether the clause that speaks of need at a place of a sentence denies it: "I cannot certify that it is", "none
    of these is"; not where another clause has the "not", or where it only strengthens ("without reservation").
    `negated`: what the grammar of negation says; it holds unless the "not" that it sees is another clause's."""
    before = _NO_DENIAL.sub(lambda found: "-" * len(found.group()), printed[:start])
    clause = _CLAUSE.split(before)[-1]
    elsewhere = before != printed[:start] or _NEGATES.search(before) is not None
    if negated and (_NEGATES.search(clause) or not elsewhere):
        return True
    return bool(
        _NEAR_BEFORE.search(clause) or _JUDGES_NOT.search(clause) or _OF_NONE.match(clause) or _UNSURE.search(clause)
    )


_NO_DENIAL = re.compile(
    r"\bwithout (?:any |the (?:least|slightest) |a |further )?(?:reservations?|hesitations?|questions?|"
    r"(?:shadow of a )?"
    r"doubts?|qualifications?|exceptions?|equivocation|ado|fail)\b|"
    r"\b(?:there (?:is|can be) |beyond |have |with )?(?:no|little) (?:\w+ )?(?:doubt|question|hesitation|"
    r"reservations?)\b|"
    r"\b(?:no ?one|nobody|none of us)[^.;,]{0,20}\b(?:doubts?|disputes?|questions?|den(?:y|ies)|disagrees?|"
    r"contests?)\b|"
    r"\b(?:not|never|n['’]t|cannot) (?:\w+ ){0,2}?(?:hesitate|doubt|disput\w+|question|deny|be (?:doubted|denied|"
    r"overstated|overemphasized|disputed|questioned))\b|"
    r"\bnot (?:only|just|merely|simply|solely)\b|\bnot (?:an? )?(?:luxury|option\w*|elective|convenience)\b"
    r"(?=[^.;]{0,12}\b(?:but|it|rather|and)\b)|\bnothing less than\b",
    _I,
)
_CLAUSE = re.compile(
    r"(?:^|(?<=[.;]\s))\W*(?:because|since|as|although|even though|though|while|when|given that)\b[^,;.]*,\s|"
    r"[.!?;:–—]\s|\b(?:but|so(?! far\b| much\b)|therefore|thus|hence|whereas|which is why|because|since|as a result|"
    r"consequently)\b|"
    r",\s+(?:(?:and|which)\s+)?(?=(?:the|this|these|those|it|they|she|he|i|we|such|her|his|my|our|your)\b)|"
    r"\band\s+(?:(?:for whom|for which|to whom)\s+)?(?=(?:the|this|these|those|it|they|she|he|i|we|such|"
    r"for whom|for which|is|are)\b)|,\s+and\s+(?=[\w-]+ (?:[\w-]+ )?(?:(?:is|are)\b|$))",
    _I,
)
_NEAR_BEFORE = re.compile(
    r"\b(?:not|never|no|nor|neither|none|without|hardly|scarcely|lacks?|lacking|cannot|\w*n['’]t|instead of|"
    r"rather than|"
    r"question\w*|disput\w+|den(?:y|ies|ied)|unlikely)\W+(?:[\w'’-]+\W+){0,3}?$",
    _I,
)
_JUDGES_NOT = re.compile(
    r"\b(?:not|never|nor|neither|cannot|\w*n['’]t|unable to|nobody|no ?one|so far as to|hesitates? to|refus\w+ to|"
    r"declin\w+ to|"
    r"fails? to|reluctant to|hardly|impossible to)\W+"
    r"(?:[\w'’,-]+\W+){0,4}?(?:certif\w+|attest\w*|sa(?:y|id|ys)|stat(?:e|ed)|consider\w*|find|found|deem\w*|think|"
    r"believe\w*|call\w*|regard\w*|judge\w*|agree\w*|conclude\w*|feel|felt|establish\w*|determin\w*|document\w*|"
    r"confirm\w*|view\w*|rate[ds]?|suggest\w*|mean\w*|show\w*|prove\w*|support\w*|declare\w*)\b",
    _I,
)
_NEGATES = re.compile(r"\b(?:not|never|nor?|neither|none|without|cannot|\w*n['’]t)\b", _I)
_UNSURE = re.compile(
    r"\b(?:un(?:clear|sure|certain|decided|known)|(?:not|never|n['’]t|hardly|far from) (?:[\w'’]+ ){0,4}?"
    r"(?:clear|certain|sure|known|established|convinced|persuaded|evident|tell|see|know)|doubtful|"
    r"questionable|remains to be seen|open question)\b[^.;]{0,40}\b(?:whether|if|that|how)\b",
    _I,
)
"""What leaves open whether it is so: "it is not clear to me whether"."""
_OF_NONE = re.compile(r"\W*(?:(?:and|that)\s+)?(?:none|neither|nothing|no|not (?:one|all|every))\b", _I)


def ticked_necessary(text: AnnotatedText) -> Iterator[Span]:
    """Ticked boxes "Required", "Medically necessary" that stand beside one for the opposite ("Optional")."""
    for box in text.check_boxes:
        if box.ticked and box.label and _TICKED.fullmatch(text[box.label].strip()):
            line = text.line_index(box.label.start)
            beside = [b for b in text.check_boxes if b.label and abs(text.line_index(b.label.start) - line) <= 2]
            if any(b.label and not b.ticked and _OPPOSITE.search(text[b.label]) for b in beside):
                yield box.label


def asks_necessity(question: str) -> bool:
    """Whether a form's question asks if the treatment is needed: "Necessary?", "Is this essential to the patient?"."""
    return _QUESTION.match(question) is not None


_QUESTION = re.compile(
    r"\W*(?:\d{1,2}[.)]\s*)?(?:(?:is|are) (?:it|this|these|they|(?:the|this|these|such) [\w ]{3,40}?)\s+)?"
    r"(?:considered |deemed |an? )?"
    r"(?:med(?:ical(?:ly)?|\.)? |clinical(?:ly)? |truly |really )?(?:necess(?:ary|ity)|needed|required|"
    r"essential|indicated)(?: (?:for|to|as (?:an? )?(?:\w+ )?part of) [\w' ]{3,40})?\s*\?$",
    _I,
)
_TICKED = re.compile(r"(?:medically |clinically )?(?:necessary|required|essential|needed|indicated)\W*", _I)
_OPPOSITE = re.compile(
    r"\b(?:optional|elective|convenience|not (?:\w+ )?(?:necessary|required|needed|indicated)|unnecessary|"
    r"helpful|beneficial|desirable|unable to say)\b",
    _I,
)


def _after(match: re.Match[str]) -> str:
    found = match.groupdict().get("after")
    return match.string[match.end() : match.end() + 40] if found is None else found


def _denied(before: str) -> bool:
    return _DENIED.search(before[-30:]) is not None


def _is_treatment(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether words name a thing that one can prescribe, or point to the treatment."""
    if any(start <= span.start < end for span in items_in(text)):
        return True
    pointing = _POINTS.match(text.flat, start, end)
    if pointing is None:
        return False
    again = vocabulary.words("things", "again") | vocabulary.words("things", "doing")
    told = text.flat[start:end].lower().split()
    if told[0] in {"her", "his", "their"} and told[1] == "work":
        return False
    return pointing["head"] is None or any(word.strip(",") in again for word in told[1:5])
