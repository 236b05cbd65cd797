"""What a letter prescribes in its sentences: the phrase that a prescribing word governs.

Three things make a phrase a treatment: what governs it ("I am ordering", "is a candidate for", "is medically
necessary"), what it names (a thing of the lexicon, a word that treatments end in, or at least one thing among others),
and that the letter prescribes it here rather than reports, denies or declines it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from docscan.extraction.course.timing import times
from docscan.extraction.text.asking import asks_for_treatment
from docscan.extraction.text.form_rows import heads_columns
from docscan.extraction.text.instructions import is_instruction
from docscan.extraction.text.lexicon import illnesses_in, items_in
from docscan.extraction.text.lines import Cell
from docscan.extraction.text.month_names import WEEKDAY
from docscan.extraction.text.numerals import NUMBER_WORD
from docscan.extraction.text.spans import Span
from docscan.extraction.text.titles import COURTESY
from docscan.reference import item_classes

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE


class Prescribed(NamedTuple):
    """Where a thing is prescribed, and how surely it is one."""

    start: int
    end: int
    strength: float


_NAME = r"(?-i:[A-Z][\w'’-]+(?: [A-Z][\w'’.-]+){0,2})"
_WHO = (
    r"(?:him|her|them|he|she|they|(?:the|my|this|our|said)(?: above)?(?:[ -](?:named|mentioned|referenced))? "
    rf"(?:patient|client|veteran|member|child|son|daughter)|{COURTESY} {_NAME}|{_NAME})"
)
_DOES = (
    r"(?:participates?(?: in)?|engages?(?: in)?|enrolls?(?: in)?|be enrolled(?: in)?|continues?(?: with| on| in)?|"
    r"begins?|"
    r"starts?|attends?|receives?|undergo(?:es)?|obtains?|purchases?|buys?|uses?|utilizes?|takes? (?:up|part in)|takes?|"
    r"performs?|works? (?:out )?(?:with|on)|exercises? (?=with)|joins?|completes?|gets?|has (?:access to|use of)|has|"
    r"have (?:access to|the use of|use of)|have|do|does|wears?|sleeps? (?:on|in|with)|follows?|tries|try|practi[cs]es?|"
    r"be (?:given|provided(?: with)?|fitted with|treated with|placed on|seen for)|"
    rf"sees? {_NAME}(?:, [^,.]{{2,40}},)? for|goes? (?:to|for)|go (?:to|for))"
)
_ASKS = r"(?:ask(?:s|ed|ing)?|request(?:s|ed|ing)?|urge[ds]?|petition(?:ing)?|please(?: consider)?|kindly)"
_PAYS = r"(?:approv(?:e|ing)|cover(?:ing)?|reimburs(?:e|ing)|pay(?:ing)? for|authoriz(?:e|ing)|allow(?:ing)?)"
_STRONG = (
    r"recommend(?:s|ed|ing|ations?(?: (?:is|are|for|of))?)?|prescrib(?:e|es|ed|ing)|"
    r"(?<!in )(?<!\bthis )(?<!\bthe )(?<!\bmy )(?<!\ban )(?<!\bstanding )order(?:ed|"
    r"ing(?! (?:desk|physician|provider|practitioner|clinician|prescriber|dep|office|party|system|phone|line))\b)?|"
    r"advis(?:e|es|ed|ing)|authoriz(?:e|es|ed|ing)|suggest(?:s|ed|ing)?|propos(?:e|es|ed|ing)|"
    r"(?:prescription|order|referral)(?: is)? for|candidate for|benefits? (?:\w+ly )?from|necessity (?:of|for)|"
    rf"referr?(?:ed|ing)? {_WHO} (?:to|for)|(?:start|put|plac)(?:ed|ing)? {_WHO} on|enroll(?:ed|ing|ment)?"
    rf"(?: {_WHO})? in|"
    r"(?:coverage|reimbursement|approval|authorization|payment) (?:of|for)|"
    rf"\b{_ASKS}\b[^.;\n]{{0,40}}?\b{_PAYS}|"
    r"(?:funds|account|dollars|money|benefits?|[fh]sa|hra) (?:pay )?(?:for|towards?|to (?:purchase|pay for|cover|buy|"
    r"obtain))|"
    rf"(?:(?:would like|wants?|wish(?:es)?|need|have asked|asked|ask|instructed|encouraged?|urged?|directed|advised?) "
    rf"{_WHO} to|should|must|(?:is|are) to|needs? to|has to|ought to|"
    rf"necessary (?:that|for) {_WHO}(?: to)?|(?:for|allow|enable|permit) {_WHO} to) {_DOES}"
)
_WEAK = (
    r"requir(?:e|es|ed|ing)|needs?|request(?:s|ed|ing)?|in need of|need for|"
    r"treatment (?:plan )?(?:is|includes?|consists? of|will (?:include|consist of))|"
    r"plan(?: of care)?(?: for [\w. ]{2,30}?)? (?:is|includes?|consists? of)|"
    r"(?:participate|participation|engage) in|(?:is|being) treated (?:with|by)|"
    r"prescribed (?:treatment|program|therapy|service) is|support(?:s|ing)? (?:the use|coverage|her|his|their)(?: of)?|"
    r"use of|purchase of|access to"
)
CUE = re.compile(rf"\b(?:(?P<strong>{_STRONG})|(?P<weak>{_WEAK}))\b\s*[,:]?\s*", _I)
_LEAD = re.compile(
    rf"(?:(?:the )?following\s*:?\s*|that\s+(?:{_WHO}\s+)?|(?:for )?{_WHO}\s+(?:to\s+)|(?:for )?(?:him|her|"
    rf"them)\s+(?!to)|"
    rf"(?:for )?(?:the|my|this) patient\s+|"
    rf"(?:should |to |will |must |be )*{_DOES}\s+|(?:is |be |to )?(?:treated|placed) (?:with|on)\s+|"
    r"(?:in|an?|the|of|with|on|out|for|regular(?=\s+sessions)|his|her|their|our|your|its|this|these|enrollment in|"
    r"(?:the )?use of|using|(?:the )?"
    r"purchase of|purchasing|(?:home )?delivery of|the cost of|an? (?:set|pair|course|series|trial|program|supply) of|"
    r"(?:course|series|trial|set|pair)s? of|ongoing|immediate|weekly|daily|monthly|continued|continuing|"
    r"continuation of|"
    r"additional|to|and|both)\s+|"
    rf"(?:\d+|{NUMBER_WORD})(?:\s?\(\d+\))?\s*(?:x|-|–)?\s*(?:to\s*\d+\s*)?(?:-?(?:sessions?|visits?|weeks?|months?|"
    r"minutes?|hours?|times|pairs?|sets?)\b)?(?:\s+(?:per|a|each)\s+\w+)?(?:\s+of)?\s+|[•●▪*-]\s*)*",
    _I,
)
END = re.compile(
    r"\s*(?:[.;:()\n]\s|[.;:()]$|\n\n|\t|\s(?:to (?!the gym)(?:\w+)|in order|as (?:a|an|part|medically|treatment|"
    r"his|her|the|needed|well|outlined|described|prescribed|soon|tolerated)|because|due to|"
    r"secondary|given|since|which|that|who|so that|so |for (?!weight|strength|fitness)|from|until|through|beginning|"
    r"starting|at (?:a|an|the|least|your|\w+ (?:gym|fitness|clinic))|per |every |each |"
    r"is |are |was |were |has |have |will |would |should |can |may |must |on (?:a|an|the) |on \w+days?|"
    r"in (?:addition|conjunction|my|his|her|the|our|an effort)|over |during |under |by |he |she |they |i |"
    r"if |when |while |up to |minimum|approximately|about |not |rather |instead |despite |after |following |based )|"
    rf",\s*(?:\d|{WEEKDAY}s?\b|frequency|duration|and (?:i|he|she|this)|which|as|at|"
    r"for|to|with|given|two|three|once|twice|"
    r"including|such as|led by|supervised by|privately)|"
    r"\s+an?\s+(?:couple|few|handful)\s+of\s+(?:times|days|sessions|visits|hours|mornings|evenings)\b|"
    r"\s+(?:\d(?!\d*[- ]?(?:lux|watts?|inch|lb))|once|twice|thrice|"
    rf"{NUMBER_WORD}\s+(?:\(|times?|days|sessions|"
    r"visits|x|to|hours|months|weeks|mornings|evenings|afternoons))|\s*[–—]\s|\s-\s|,?\s+(?:bi-?weekly|weekly|daily|"
    r"monthly|"
    r"nightly|biw|tiw|qd|bid|prn|q\d)\b|\s+x\s?\d)",
    _I,
)
# A predicate that makes its subject a treatment. "Was prescribed" reports.
_PREDICATE = re.compile(
    r"\s(?:is|are|has been|have been|will be|would be|remains?|"
    r"as)\s+(?:being\s+)?(?:hereby\s+)?(?:\w+ly\s+)?(?:(?:both|all|"
    r"each)\s+)?"
    r"(?:considered |deemed |therefore |thus |also |an? )*"
    r"(?P<strong>(?:medically\s+)?(?:necessary|indicated|required|needed|appropriate|essential)|medical necessity|"
    r"recommended|prescribed|ordered|advised|authorized|requested|vital|crucial|beneficial|the treatment of choice)\b",
    _I,
)
_CLAUSE_WORD = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|should|can|may|must|does|did|do|suffers?|needs?|requires?|believes?|"
    r"certify|certifies|attest|feel|think|state|confirm|that|which|who|because|since|therefore|thus|hence|so|but|if|"
    r"when|while|although|opinion|judgment|whereas|hereby)\b|[;:]",
    _I,
)
_BREAK = re.compile(r"(?:,|\band\b)\s+", _I)
_DETERMINERS = re.compile(
    r"(?:(?:(?:the )?use of|purchase of|the cost of|the|an?|his|her|their|our|my|this|these|that|such|both|all|weekly|"
    r"daily|monthly|"
    r"bi-?weekly|and|or|in (?:my|our) (?:\w+ )*?(?:opinion|judgment),?)\s+)+",
    _I,
)
HEAD = re.compile(
    r"\b(?:therap(?:y|ies)|training|trainer|massages?|program(?:me)?s?|exc?ercis\w*|gym|fitness|memberships?|"
    r"class(?:es)?|acupuncture|counsel\w+|coaching|instruction|workouts?|"
    r"pilates|yoga|swim\w*|aquatic\w*|walking|strengthening|conditioning|rehabilitation|rehab|diet\w*|supplements?|"
    r"sauna|equipment|device|purifier|mattress|"
    r"bike|treadmill|chair|pillow|orthotics|brace|monitor|sessions|lessons|products?|vitamins?|app|subscription|"
    r"services?|treadmills?|prosthe(?:sis|ses)|splints?|bath|garments?|lamp|cycle)\b",
    _I,
)
NOT_A_THING = re.compile(
    r"^(?:it|this|that|these|those|they|he|she|i|we|you|me|there|here|the above|above|(?:the |this |such |his |her )?"
    r"(?:treatments?|therapy|letter|following|claim|request|patient|item|items|product|products|service|services)$|"
    r"same|to|and|letter|the following|coverage|reimbursement|the claim|"
    r"approval|your|signed|electronically|general health|cosmetic|further|additional|more|help|assistance|care|"
    r"medical care|attention|information|documentation|any questions|(?:the|your) (?:prompt|kind)|consideration|your|"
    r"prompt|who|which|what|no\b|not\b|none|be|been|being)\b"
    r"(?!\s+(?:exercise|training|massage|therapy))|@|\w\.(?:com|org|net|example|io|health)\b|"
    r"\b(?:below|above)$|\bif you\b|consideration|"
    r"question|(?<!non-)\bcontact\b|\bclaims?\b|\bplan administrator|signature|"
    r"\b(?:hsa|fsa|hra)\b.*\b(?:purchases?|expenses?|claims?|reimburse\w*|accounts?|spending)\b|\b(?:reimbursement|approval|"
    r"coverage) (?:of|for)\b",
    _I,
)
_ANY_TREATMENT = re.compile(  # "the program is necessary": which one is said elsewhere
    r"(?:(?:following|above|recommended|prescribed|requested|same|such|other|various|these|this|the)\s+)*"
    r"(?:programs?|treatments?|services?|interventions?|items?|products?|sessions?|therap(?:y|ies)|plans?|devices?|"
    r"classes|class|supplies|equipment|regimen|visits?|prescriptions?|orders?)(?:\s+(?:above|below|listed))?",
    _I,
)
# Objects of advising that are no treatment one could buy; the last word decides.
_NO_PURCHASE = re.compile(
    r"\b(?:approv\w+|coverage|reimburse\w*|consider\w*|claims?|requests?|evaluations?|assessments?|follow[- ]?ups?|"
    r"consultations?|referrals?|testing|tests?|imaging|labs?|bloodwork|mri|ct|x-?rays?|biops\w+|surger\w+|screenings?|"
    r"monitoring|"
    r"observation|information|documentation|records?|letters?|forms?|attention|assistance|help|support|care|caution|"
    r"changes?|modifications?|rest|time|days?|work|accommodations?|leave|return|discharge|admission|hospital\w*|"
    r"patients?|doctors?|physicians?|visits?|appointments?|signatures?|dates?|doses?|increase|decrease|reduction|"
    r"improvement|goals?|restrictions?|smoking|function|functioning|relief|control|pain|symptoms?|condition|disease|"
    r"weight|precautions?|options?|approach|measures?|questions?|office|needs?|limitations?|activit(?:y|ies)|"
    r"purposes?|reasons?|statements?|certification|expenses?|payments?|management|recovery|risk|dressing|bathing|"
    r"steps)$",
    _I,
)
_DECLINED = re.compile(
    r"\b(?:declin\w+|refus\w+|contraindicated|but (?:it|this|that|she|he|they) (?:did|failed|was|could|has|had)|"
    r"without (?:success|relief|benefit)|discontinued|considered but|against)\b",
    _I,
)
_REPORTING = re.compile(
    r"\b(?:previously|was|were|had been|had|already|initially|formerly|has tried|last year|prior|once|earlier)"
    r"\s+(?:\w+\s+)?$",
    _I,
)
_DENYING = re.compile(r"\b(?:not|never|n't|no longer|no|without)\s+(?:\w+\s+)?$", _I)


def prescribed_in(text: AnnotatedText, sentence: Span) -> Iterator[Prescribed]:
    """What a sentence prescribes, as object of a prescribing word or subject of a prescribing predicate."""
    printed = text.flat[sentence.start : sentence.end]
    if is_instruction(printed) or printed.endswith("?") or text.box_state(sentence.start) is False:
        return
    for cue in CUE.finditer(text.flat, sentence.start, sentence.end):
        if reported(text.flat[sentence.start : cue.start()], cue.group()):
            continue
        found = object_after(text, cue.end(), sentence.end)
        if found and text.flat[found[1] : found[1] + 1] == ":":
            continue  # a label or heading
        if found and not _DECLINED.search(text.flat, found[1], sentence.end):
            yield from _things(text, *found, strong=cue["strong"] is not None)
            yield from _beyond_its_course(text, found[1], sentence.end, strong=cue["strong"] is not None)
    for predicate in _PREDICATE.finditer(text.flat, sentence.start, sentence.end):
        if _DENYING.search(text.flat[sentence.start : predicate.start("strong")]):
            continue
        found = _subject(text, sentence.start, predicate.start())
        if found:
            yield from _things(text, *found, strong=True, least=0.8)


_COURSE_AND = re.compile(
    r"(?P<course>(?:[\s,(]*(?:\d[\d.,]*(?:\s?[x×])?|"
    + NUMBER_WORD
    + r"|once|twice|thrice|times?|per|an?|each|every|other"
    r"|x|/|(?:bi)?weekly|daily|monthly|nightly|weeks?|months?|days?|years?|wks?|mos?|for|mg|mcg|iu|g|ml|units?"
    r"|sessions?|visits?|minutes?|mins?|hours?|hrs?|long|by mouth|orally|to|or|-|–|up|the|next|first)\b\.?)+[\s,)]*)"
    r"(?:and|plus|as well as|along with|together with)\s+",
    _I,
)


_WITH = (
    r"(?:along with|together with|as well as|coupled with|combined with|in combination with|alongside|accompanied by|"
    r"and also|plus)"
)
_ALREADY_HAD = re.compile(
    rf"\s*{_WITH}\s+(?:his|her|their|any|all|other|prior|previous|current)\s+(?!own\b)", _I
)  # "along with her usual medication"
_TOGETHER = re.compile(
    rf"(?:(?!{_CLAUSE_WORD.pattern}|\b(?:to|not|no|without|never|tried|failed|(?:help|treat|reliev|improv|reduc)\w*)\b)[^.;:()\t\n]){{0,50}}?"
    rf"[,\s]\s?{_WITH}\s+(?!(?:his|her|their|the|any|all|usual|regular|current|existing|ongoing|other|"
    r"continu\w+|standard|prior|previous)\b)",
    _I,
)
"""From one thing over where or for whom it is to the next: "a purifier | for her bedroom, along with | coaching"."""


def _beyond_its_course(text: AnnotatedText, start: int, end: int, *, strong: bool) -> Iterator[Prescribed]:
    """ "personal training twice a week | and massage once a month": the next thing, behind how often the first is
    given. Only what the lexicon knows: much else may follow an "and"."""
    while goes_on := _COURSE_AND.match(text.flat, start, end) or _TOGETHER.match(text.flat, start, end):
        found = object_after(text, goes_on.end(), end)
        known = item_classes.classify(text.flat[found[0] : found[1]]) if found else None
        if found is None or known in {None, "unspecific", "other", "medical_visit"}:
            return
        yield from _things(text, *found, strong=strong)
        start = found[1]


def _things(text: AnnotatedText, start: int, end: int, *, strong: bool, least: float = 0.75) -> Iterator[Prescribed]:
    for first, last in listed(text, start, end):
        printed = text.flat[first:last]
        if only_a_condition(text, first, last):
            continue
        strength = _strength(printed, strong=strong, least=least)
        if strength:
            yield Prescribed(first, last, strength)


def _strength(printed: str, *, strong: bool, least: float) -> float | None:
    if len(printed) < 3 or NOT_A_THING.search(printed) or _ANY_TREATMENT.fullmatch(printed):
        return None
    known = item_classes.classify(printed)
    if known == "medical_service" and _NO_PURCHASE.search(printed):
        return None
    if known not in {None, "unspecific"}:
        return 0.9 if strong and least < 0.8 else least
    if HEAD.search(printed):
        return 0.75
    if strong and len(printed.split()) <= 9 and item_classes.specific(printed) and names_a_thing(printed):
        return 0.6
    return None


def names_a_thing(printed: str) -> bool:
    """Whether words that no lexicon knows may name something to be had: no clause, no "approval", no "follow-up"."""
    core = re.split(r"\s+(?:of|with|in|for|at|on|and)\s+", printed.strip(), maxsplit=1)[0]
    return not (
        _NO_PURCHASE.search(core)
        or _CLAUSE_WORD.search(printed)
        or re.search(rf"^{_DOES}\s", printed, _I)
        or _DOING.match(printed)
        or re.search(r"(?:ly|ologist|ever)$", core)
    )


_DOING = re.compile(  # an errand rather than a thing
    r"(?:keep|call|see|make|rule|avoid|stop|quit|discontinu|monitor|return|contact|consider|increas|decreas|limit|"
    r"reduc|"
    r"los[ei]|maintain|remain|stay|give|help|improv|treat|lead|find|speak|talk|watch|check|elevat|schedul|bring|leave|"
    r"live|work|drink|eat|by|me|us|obtain|refill|refrain|switch|review|discuss)(?:e|es|ed|ing|s)?\b",
    _I,
)


def object_after(text: AnnotatedText, start: int, end: int) -> tuple[int, int] | None:
    """What a prescribing word has for its object, without who receives it, how often and what for."""
    lead = _LEAD.match(text.flat, start, end)
    start = lead.end() if lead else start
    while start < end and text.flat[start] in " \n\t\"“”'":
        start += 1
    aside = re.sub(r"\([A-Za-z][A-Za-z -]{1,30}\)(?=\s+[a-z])", lambda m: "x" * len(m.group()), text.flat[start:end])
    stop = END.search(aside + " ", 3)
    if stop:
        end = start + stop.start()
    while end > start and text.flat[end - 1] in " \t\n,;:.-–(":
        end -= 1
    return (start, end) if 3 <= end - start < 140 else None


def _subject(text: AnnotatedText, start: int, end: int) -> tuple[int, int] | None:
    """The words before a predicate that are its subject: after the last clause word, determiners left out."""
    words = list(_CLAUSE_WORD.finditer(text.flat, start, end))
    if words:
        last = words[-1]
        start = last.end()
        if re.fullmatch(
            r"is|are|was|were|has|have|had|will|would|should|can|may|must|do(?:es)?|did|\w+s|suffer|need|"
            r"require|believe",
            last.group(),
            _I,
        ):
            begins = _BREAK.search(text.flat, start, end)
            if begins is None and not re.match(r"believe|feel|think", last.group(), _I):
                return None
            start = begins.end() if begins else start
    phrase = text.flat[start:end]
    opening = re.match(r"\s*(?:in|for|to|as|with|given|after|of)\b[^,]{0,80},\s+", phrase, _I)
    start += opening.end() if opening else 0
    while start < end and text.flat[start] in " \n\t,":
        start += 1
    lead = _DETERMINERS.match(text.flat, start, end)
    start = lead.end() if lead else start
    stop = END.search(text.flat[start:end])
    if stop and stop.start() > 3:
        end = start + stop.start()
    while end > start and text.flat[end - 1] in " \t\n,;:.-–(":
        end -= 1
    return (start, end) if end - start >= 4 and len(text.flat[start:end].split()) <= 12 else None


def reported(before: str, verb: str) -> bool:
    """ "was previously prescribed", "does not require": no prescribing of this letter's."""
    near = before[-45:]
    if _DENYING.search(near):
        return True
    return bool(_REPORTING.search(near)) and not verb.lower().startswith("recommend")


def listed(text: AnnotatedText, start: int, end: int) -> Iterator[tuple[int, int]]:
    """ "Air purifier, mattress covers and a humidifier": things each known by itself, or three and more of a kind."""
    tail = _TAIL.search(text.flat, start, end)
    end = tail.start() if tail else end
    pieces = [
        (start + m.start(), start + m.end())
        for m in re.finditer(rf"[^,&]+?(?=,|&|\sand\s|\s{_WITH}\s|$)(?:\s(?=and\s))?", text.flat[start:end])
        if m.group().strip()
    ]
    cleaned: list[tuple[int, int]] = []
    for first, last in pieces:
        if cleaned and _ALREADY_HAD.match(text.flat, first, last):
            end = cleaned[-1][1]
            break
        lead = re.match(rf"\s*(?:and\s+|or\s+|{_WITH}\s+|an?\s+)*", text.flat[first:last], _I)
        cleaned.append((first + (lead.end() if lead else 0), last))
    known = sum(item_classes.classify(text.flat[a:b]) not in {None, "unspecific"} for a, b in cleaned)
    timed = any(times(text.flat[a:b]) for a, b in cleaned)
    alike = all(
        len(text.flat[a:b].split()) <= 5 and item_classes.specific(text.flat[a:b]) and names_a_thing(text.flat[a:b])
        for a, b in cleaned
    )
    if len(cleaned) > 1 and not timed and (known == len(cleaned) or (len(cleaned) > 2 and known and alike)):
        yield from cleaned
    else:
        yield start, end


def only_a_condition(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether words name an illness and no thing."""
    items = any(start <= span.start < end for span in items_in(text))
    return (
        not items
        and any(start <= span.start < end for span in illnesses_in(text))
        and not HEAD.search(text.flat, start, end)
        and not _WORN_FOR_IT.search(text.flat[start:end])
    )


_WORN_FOR_IT = re.compile(r"\s(?:belts?|bands?|socks?|shoes?|sleeves?|wraps?|kits?|strips?|sensors?|pillows?)$", _I)
"""A thing that is called by the illness or state it is for: "maternity support belt"."""


_TAIL = re.compile(
    r",?\s+(?:to be \w+ed\b|to (?:treat|help|manage|alleviate|address|reduce|improve|support)\b|"
    rf"for (?:\d|(?:{NUMBER_WORD}|a|an|the) (?:\(?\d+\)? )?(?:next |period )?(?:days?|weeks?|months?|years?)))",
    _I,
)
_COLUMN = re.compile(
    r"(?:(?:recommended|prescribed|requested|ordered|medical)\s)*(?:products?|items?|treatments?|services?|"
    r"therap(?:y|ies)|equipment|interventions?|suppl(?:y|ies))"
    r"(?:\s(?:/\s?\w+|recommended|prescribed|requested|ordered|description|name))?:?",
    _I,
)
_BESIDE = re.compile(
    r"(?:how |treatment |expected )?(?:use|usage|frequency|often|duration|term|length|long|qty\.?|quantity|dos(?:e|"
    r"age)|"
    r"how many|each \w+|runs? (?:through|until)|through|until|lon|length of need|"
    r"sessions?|schedule|purpose|reason|period|diagnosis|icd-?10(?: code)?|start(?: date)?|notes?|times|instructions)"
    r"(?:\s(?:of use|of need|needed|/ ?\w+))?:?",
    _I,
)


def prescribed_rows(text: AnnotatedText) -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
    """Rows of a table of prescribed things (columns "Product | Use | Term"): the thing's cell and the others."""
    for index, head in enumerate(text.lines):
        if len(head.cells) < 2:
            continue
        column = next((c for c in head.cells if _COLUMN.fullmatch(c.text.strip())), None)
        if column is None and heads_columns(head):
            column = next((c for c in head.cells if asks_for_treatment(c.text.strip(" :"))), None)
        if column is None or not any(_BESIDE.fullmatch(c.text.strip()) for c in head.cells if c is not column):
            continue
        for row in text.lines[index + 1 : index + 10]:
            if len(row.cells) == 1 and _wraps(row.cells[0], column):
                continue
            if row.page is not head.page or len(row.cells) < 2:
                break
            thing = next((c for c in row.cells if abs(c.box.left - column.box.left) < 0.03), None)
            if thing is None or text.is_label(thing):
                break
            yield thing, tuple(c for c in row.cells if c is not thing)


def _wraps(cell: Cell, column: Cell) -> bool:
    """Whether the only cell of a line goes on with what stands above it in a column that is not the first."""
    return cell.page is column.page and cell.box.left > _FIRST_COLUMN and abs(cell.box.left - column.box.left) < _SAME


_FIRST_COLUMN, _SAME = 0.15, 0.03  # of the page's width
