"""Whether other treatments were tried before: a remedy, and that it was tried or fell short.

A remedy is a drug, a therapy or a thing of the lexicon. Told of it in the past: "tried", "failed", "stopped because",
"wore off", "no relief"; or it stands under a label, a heading or a question that asks what was tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from docscan.document import Extraction
from docscan.extraction.kinds.of_money import is_surely_bill
from docscan.extraction.text.instructions import is_instruction
from docscan.extraction.text.lexicon import items_in
from docscan.extraction.text.spans import Span
from docscan.extraction.treatment import vocabulary

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "alternatives"

_REMEDY = re.compile(
    r"\b(?:physical therapy|p\.?t\.?|physio\w*|therap(?:y|ies)|medications?|medicines?|drugs?|meds|pills?|"
    r"tablets?|treatments?|"
    r"diets?|dieting|exercises?|exercising|injections?|shots|nsaids?|analgesics?|steroids?|antidepressants?|"
    r"ssris?|antihistamines?|"
    r"inhalers?|sprays?|creams?|surger(?:y|ies)|massage|acupuncture|chiropractic|stretch\w*|brac(?:es?|ing)|"
    r"splints?|casts?|"
    r"collars?|wraps|patch(?:es)?|lozenges|gum|rest|ice|heat|counsel\w+|lifestyle (?:changes?|modifications?)|"
    r"weight loss|walking|"
    r"otc|over-the-counter|options|measures|management|programs?|programmes?|class(?:es)?|interventions?|remedies|"
    r"modalities|supplements?|(?:kinesio)?taping|needling|paraffin|cupping|"
    r"vitamins?|relaxers?|opioids?|conservative care|calorie\w*|self-directed|infusions?|transfusions?|quit line|"
    r"hotline|orthotics|"
    r"insoles|pillows?|traction|tens|stockings|compression|filters?|humidifiers?|stimulation|biofeedback|"
    r"meditation|yoga|"
    r"gym|apps?|\w*class|videos?|handouts?|home bike|treadmill|iron|antibiotics?|ointments?|drops|lenses|devices?|"
    r"appliances?|"
    r"nightguard|guards?|melatonin|diar(?:y|ies)|(?:meal|diet|food|eating|calorie) plans?|"
    r"\d+(?:\.\d+)?\s?(?:mg|mcg|units?)|boots?|walkers?|crutch(?:es)?|"
    r"other things|alternatives|approaches|avoidance|bedding|vacuuming|anything else|everything|"
    r"nothing else)\b",
    _I,
)
_TRIED = re.compile(
    r"\b(?:(?:has|have|had|having|he's|she's|they've|we|i|was|were)\s+(?:\w+\s+){0,3}?(?:tried|failed|attempted|"
    r"exhausted|trialed|trialled|been through|"
    r"gone through|experimented)|did (?:\w+ )?try|tried|failed|attempted|exhausted|trialed|trialled|(?:a |an |"
    r"failed |prior |"
    r"previous |adequate |\w+-week )*trials? of|failure of|"
    r"attempts? (?:at|with|to)|went through|been through|gone through|ran through|worked (?:his|her|"
    r"their) way through|"
    r"(?:other|alternative|prior|previous|earlier|less (?:costly|expensive|invasive)) (?:\w+ )?(?:treatments?|"
    r"options|therap(?:y|ies)|alternatives|"
    r"interventions|measures|approaches|modalities|efforts)|alternatives? (?:\w+ ){0,3}?(?:tried|considered|"
    r"include\w*|ruled out|were|"
    r"have been|explored)|before (?:this|that|coming|turning|we|i|she|he)\b[^.]{0,60}?\b(?:used|took|had|tried|"
    r"went|did|walked|wore|attended)|"
    r"what (?:came|we did|went) before|"
    r"so far (?:used|tried)|nothing else (?:\w+ ){0,3}?(?:has|have|had)? ?(?:done|worked|helped)|"
    r"first[- ]line \w+)\b",
    _I,
)
_FELL_SHORT = re.compile(
    r"\b(?:fail\w*|insufficient\w*|inadequate\w*|ineffective\w*|unsuccessful\w*|unhelpful|useless|futile|"
    r"refractory|unresponsive|"
    r"intoleran\w+|intolerable|contraindicated|side[- ]effects?|discontinued|abandoned|halted|plateau\w*|regained|"
    r"relapsed|"
    r"(?:neither|none|nothing)(?: of (?:these|them|it|this|which))? (?:held|helped|worked|lasted|did|made)|"
    r"got (?:\w+ )?nowhere|"
    r"stopped(?! (?:by|in|at|over)\b)|quit|gave (?:it |them )?up|given up|dropped|stalled|sedated|wore off|"
    r"wears off|ran out|run out|"
    r"exhausted|"
    r"(?:did|has|have|had|was|were|is|are|do|does|could|would|can)(?:n't|n’t| not|"
    r" never)(?: \w+){0,3}? (?:help\w*|work\w*|enough|effective|sufficient|successful|"
    r"control\w*|reliev\w+|resolv\w+|improv\w+|provid\w+|achiev\w+|produc\w+|adequate\w*|respond\w*|tolerat\w+|"
    r"last\w*|hold|held|touch\w*|budge\w*|"
    r"suit\w*|agree\w*|ease\w*|make\w*|made|do|done|bring|brought|give|given|change\w*|suffice\w*)|"
    r"nothing (?:has |had )?(?:changed|helped|worked|came of it)|"
    r"(?:no|little|minimal|partial|only|poor|limited|temporary|short-lived|brief|incomplete|some|modest|"
    r"insufficient|inadequate|scant) (?:\w+ ){0,2}?(?:response|"
    r"relief|improvement|results?|success|benefit|effect|control|help|gain|difference|good|avail)|"
    r"(?:did|changed|achieved|gained) (?:nothing|little)|little (?:came|gain|help|good)|"
    r"(?:came|comes|amounted) to (?:nothing|little)|(?:came|crept|comes) back|no lasting \w+|"
    r"only (?:in part|"
    r"partly|partially|briefly|temporarily|"
    r"for (?:hours|days|a (?:short|few|day|week)))|not enough|too (?:weak|harsh|costly|drowsy|crowded|sedating)|"
    r"without (?:\w+ )?(?:success|relief|"
    r"improvement|benefit|lasting|effect|gain|avail|resolution|adequate|sufficient|significant|meaningful)|"
    r"(?:a|an|complete|total|utter) (?:\w+ )?(?:bust|wash|flop|dud|waste|dead end|disappointment|failure)|fizzled|"
    r"(?:got|went|led|getting) nowhere|in vain|of no (?:\w+ )?(?:use|avail|help|benefit)|"
    r"to the detriment of|at the (?:cost|expense) of|did more harm|"
    r"(?:neither|none|nothing) (?:of (?:it|them|these|those|this|that|the \w+) )?(?:was|were|has|have|had|did|helped|"
    r"held|worked|lasted|gave|brought|proved|made|took|stuck)|"
    r"(?:improvement|relief|benefit|gains?|effect|response|results?)\b[^.;]{0,25}?\b(?:slight|brief|small|short|"
    r"fleeting|partial|modest|minimal|temporary|poor|scant|negligible|marginal)|"
    r"to no avail|alone (?:\w+ ){0,3}?(?:not|insufficient|inadequate)|"
    r"upset (?:the|her|his|their) stomach|stomach (?:objected|upset)|(?:made|left|kept|had|has|put) (?:her|him|"
    r"them) (?:\w+ )?(?:sleepy|foggy|groggy|drowsy|dizzy|sick|nauseated|"
    r"sore|worse|sedated|in (?:spasm|pain))|flared?(?: \w+){0,2}? up|worse(?:ned)?|no gain|for dry mouth|"
    r"a little daylight|left (?:the|her|his) [\w ]{3,30} (?:where|as)|"
    r"still (?:has|have|had|\d|veers|hurts?|in pain)|off the table|because of (?:the |her |his )?(?:side|stomach|"
    r"heartburn|nausea|headaches?|dizziness|rash|cost)|"
    r"copay|nightmares|helped (?:only|some|a little|briefly|for|at first|her \w+ but)|good until|"
    r"(?<=[,:;-] )nothing|(?<=so )nothing|(?<=: )no(?=[.;,]|$)|(?<=- )no(?=[.;,]|$)|"
    r"relief (?:for|lasted|was)[^.;]{0,30}?(?:days|hours|partial|brief|week))\b|\bdid not (?:be|help|work)|"
    r"-\s?no\b(?=\s*[.;]|\s*$)",
    _I,
)
_DESPITE = re.compile(
    r"\b(?:despite|in spite of|unresponsive to|refractory to|resistant to|notwithstanding|not (?:fully |"
    r"adequately |well |sufficiently )*(?:controlled|relieved|managed|"
    r"helped) (?:by|with|on)|persists? (?:on|with|after)|did not respond to|intoleran(?:t|ce) (?:of|to)|"
    r"on maxim\w+(?: tolerated)?|cannot (?:take|tolerate)|could not (?:take|tolerate))\s",
    _I,
)
_ASKS = re.compile(
    r"\b(?:(?:prior|previous|past|other|alternative|earlier|failed) (?:\w+ )?(?:treatments?|therap(?:y|ies)|"
    r"measures?|medications?|efforts|interventions?|"
    r"attempts?|management|remedies|options)|tried(?: already| before| so far| and failed)?|(?:treatments?|"
    r"therapies|measures|medications) (?:\w+ )?(?:used|tried|to date|so far|"
    r"attempted)|(?:been|was|were) (?:tried|attempted)|alternatives?(?: (?:tried|considered|attempted))?|"
    r"what (?:came|we did|has been (?:done|attempted))|"
    r"(?:has|have) been (?:tried|attempted|done)|what (?:else )?(?:did|have|has|had) (?:we|you|i|she|he|they|"
    r"the patient|been) (?:\w+ )?(?:do|done|try|tried|use|used|attempt\w*)|"
    r"(?:tried|used|attempted|done) (?:first|before|already|previously)|"
    r"(?:already|previously) (?:tried|used|attempted|done)|"
    r"(?:what|which|any|have|has)\b[\w ,/]{0,40}\b(?:been )?(?:tried|attempted))\b",
    _I,
)
_NOTHING = re.compile(
    r"\W*(?:none\b|n/?a\b|no(?: other)?\b(?! (?:relief|help))|not applicable|nothing(?: tried)?\W*$|unknown|see )", _I
)
_NOT_TRIED = re.compile(
    r"\b(?:not (?:yet )?(?:been )?|never (?:been )?|nothing (?:else )?(?:has |was )?(?:been )?|"
    r"no (?:other )?(?:\w+ )?(?:treatments?|therapies|alternatives) (?:has|have|had|were|was) (?:been )?)(?:tried|"
    r"attempted|used)",
    _I,
)
_PREDICATES = re.compile(r"\b(?:was|were|has|have|had|did|is|are|failed|helped|gave|worked)\b(?!.*\?)", _I)
_ALONE = re.compile(
    r"\b(?:alone|by (?:itself|themselves)|on (?:its|their) own) (?:\w+ )?(?:did|has|have|was|were|is|are|does|"
    r"do)(?:n't| not)\b",
    _I,
)
_PROPOSED = re.compile(
    r"\b(?:agreed? (?:to|on)|propos\w+|recommend\w*|request\w*|suggest\w*|prescrib\w+|order\w*|"
    r"would like) (?:to )?(?:an? |the )?(?:\w+ )?trial\b",
    _I,
)
_OF_HABIT = re.compile(
    r"\b(?:tobacco|cigarettes|smoking|alcohol|drinking|working|his job|her job|school|driving)\b", _I
)


def alternatives(text: AnnotatedText) -> Iterator[Extraction]:
    """alternatives_tried, with the sentence as evidence; negated where it says that nothing was tried."""
    if is_surely_bill(text):
        return
    yield from _beside_their_label(text)
    asked = False
    spoken_of = 0  # for so many sentences more, other treatments are what is spoken of
    for sentence in text.sentences:
        printed = text.flat[sentence.start : sentence.end]
        spoken_of -= 1
        label = _LABEL.match(printed)
        if _is_heading(printed, label):
            asked = _asks(printed)
            continue
        labelled = label is not None and not asked and _ASKS.search(label["label"]) is not None
        told = printed[label.end() :] if label and labelled else printed
        here = (asked or labelled) and not _NOTHING.match(told)
        unsaid = text.box_state(sentence.start) is False or (is_instruction(printed) and not asked)
        if unsaid or len(printed.split()) < 2 or (not here and (asked or labelled)):
            continue
        if _NOT_TRIED.search(printed):
            yield _made(text, sentence, negated=True)
        elif here and (_names_remedy(text, sentence) or _FELL_SHORT.search(told)):
            yield _made(text, sentence)
        elif _tells(text, sentence):
            spoken_of = 3
            yield _made(text, sentence)
        elif spoken_of > 0 and _FELL_SHORT.search(printed) and _of_the_past(printed):
            yield _made(text, sentence)


def _beside_their_label(text: AnnotatedText) -> Iterator[Extraction]:
    """ "TRIED BEFORE    Gabapentin 300 mg": a remedy in the cell beside one that asks what was tried."""
    for line in text.lines:
        for label, answer in pairwise(line.cells):
            words = len(label.text.split())
            asked = words <= _LABEL_WORDS or (words <= _QUESTION_WORDS and label.text.rstrip().endswith("?"))
            asks = asked and _ASKS.search(label.text) is not None
            if not asks or _NOT_ASKED.search(label.text) or _NOTHING.match(answer.text):
                continue
            if text.box_state(answer.start) is not False and _names_remedy(text, Span(answer.start, answer.end)):
                yield _made(text, Span(answer.start, answer.end))


_LABEL_WORDS, _QUESTION_WORDS = 4, 12
_NOT_ASKED = re.compile(r"\b(?:response|result|outcome|not|never|untried)\b", _I)
_LABEL = re.compile(r"[\W\d]*(?P<label>[A-Za-z][\w '’/]{2,40}?)\s*(?:\([^)]*\)\s*)?(?:[:?.]|\.{3,})(?=\s|$)")


def _is_heading(printed: str, label: re.Match[str] | None) -> bool:
    """A question, a label alone, a title: no entry of a list, and nothing behind the label."""
    words = len(printed.split())
    if words > 14 or (label and printed[label.end() :].strip()) or printed.lstrip().startswith(("-", "•", "–", "*")):
        return False
    if printed.endswith((":", "?")):
        return True
    titled = words <= 7 and not printed.endswith(".") and re.match(r"[\W\d]*[A-Z]", printed) is not None
    return titled or (words <= 6 and _ASKS.search(printed) is not None and not _PREDICATES.search(printed))


def _asks(heading: str) -> bool:
    """Whether a heading asks what was tried."""
    plain = re.sub(r"\([^)]*\)", "", heading)
    return _ASKS.search(plain) is not None and not re.search(r"\b(?:response|if|goal)\b", plain, _I)


def _tells(text: AnnotatedText, sentence: Span) -> bool:
    """Whether a sentence tells by itself that a remedy was tried or fell short."""
    printed = text.flat[sentence.start : sentence.end]
    if _ALONE.search(printed) or _took(printed):
        return True
    if not _names_remedy(text, sentence):
        return False
    tried = _TRIED.search(printed) is not None and not _PROPOSED.search(printed)
    return tried or _DESPITE.search(printed) is not None or (_fell_short(text, sentence) and _of_the_past(printed))


def _fell_short(text: AnnotatedText, sentence: Span) -> bool:
    """Whether a remedy stands near words for how little it did."""
    printed = text.flat[sentence.start : sentence.end]
    for match in _FELL_SHORT.finditer(printed):
        near = Span(sentence.start + max(0, match.start() - 110), sentence.start + min(len(printed), match.end() + 60))
        if _names_remedy(text, near):
            return True
    return False


_COURSE_OF_OLD = re.compile(
    r"(?P<drug>[A-Za-z]{6,})\b[^.;]{0,30}?(?:\bx|×|\bfor)\s*[\w-]+\s*(?:days?|wks?|weeks?|mos?|months?|years?|yrs?)\b"
    r"[^.;]{0,15}?\b(?:last (?:year|spring|summer|fall|winter|autumn|month)|in (?:19|20)\d\d|ended|stopped|done|"
    r"d/?c['’]?d)\b",
    _I,
)


def _took(printed: str) -> bool:
    """ "Cilostazol 100 mg BID x 4 months last year": a drug's course that is over, told in clipped words."""
    return any(vocabulary.is_drug(match["drug"].lower()) for match in _COURSE_OF_OLD.finditer(printed))


_PAST = re.compile(
    r"\b(?:was|were|had|did|didn't|didn’t|been|has|have|got|turned out|proved|"
    r"took|used|gave|went|came|made|left|stopped|quit|helped|"
    r"\w{3,}ed|wore|ran|upset|"
    r"brought|kept|only in part|controls|last (?:year|spring|summer|fall|winter|autumn|month)|off the table|x \d+|"
    r"\d+ (?:weeks|months|mos|wks|days|visits))\b",
    _I,
)


def _of_the_past(printed: str) -> bool:
    return _PAST.search(printed) is not None and not (
        _OF_HABIT.search(printed) and re.search(r"\b(?:quit|stopped)\b", printed, _I)
    )


def _names_remedy(text: AnnotatedText, sentence: Span) -> bool:
    printed = text.flat[sentence.start : sentence.end]
    if _REMEDY.search(printed) or any(sentence.start <= s.start < sentence.end for s in items_in(text)):
        return True
    return any(vocabulary.is_drug(word.lower()) for word in re.findall(r"[A-Za-z]{6,}", printed))


def _made(text: AnnotatedText, sentence: Span, *, negated: bool = False) -> Extraction:
    return text.extraction(
        "alternatives_tried",
        True,
        *sentence,
        found_by=_FOUND_BY,
        strength=0.85,
        assertion="negated" if negated else "stated",
    )
