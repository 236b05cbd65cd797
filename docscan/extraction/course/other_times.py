"""Times that are no course whatever governs them: an age, a point of time, a goal's measure, a medicine's doses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docscan.extraction.course.cues import STRONG, SUPPLEMENT, TREATMENT
from docscan.extraction.course.labels import Context
from docscan.extraction.course.quantities import DOES
from docscan.extraction.course.times import Time
from docscan.extraction.course.vocabulary import SESSIONS
from docscan.extraction.text.relatives import COMPANIONS, FAMILY, any_of

_I = re.IGNORECASE
_AGO = re.compile(
    r"^(?:\s*(?:ago|prior|earlier|later|before|old|post\b|history|hence|now\b|out\b|after\b|back\b|off\b|since|"
    r"from (?:now|today)|of (?:age|experience|conservative|symptoms?|(?:[\w-]+ )?pain|failed|history|progressive|"
    r"worsening|persistent|"
    r"care with|practice)|duration of (?:symptoms|pain))\b|[\s-]*(?:follow|check|re-?check|warranty|experience|"
    r"anniversary|(?:(?:median|overall|mean|event-free|progression-free|disease-free)[\s-]+)*(?:survival|remission)|"
    r"approval|guarantee|contract|lease|waiting|supply|hx\b|packages\b|money[- ]?back|notice\b|wty\b|rental(?! of\b)|"
    r"rent-to-own|postpartum|post-?op|h/o|stretch\b|mark\b|visit\b))",
    _I,
)
_POINT = frozenset(
    "by at after since within in every past previous prior preceding than before about aged age another later recent"
    " nearly going until till through allow last take takes taking".split()
)
_MEASURED = re.compile(
    r"\b(?:able to|tolerat\w+|without (?:pain|stopping|rest)|walk(?:ing)?(?: for)?|stand(?:ing)?(?: for)?|"
    r"sit(?:ting)?(?: for)?|roughly|lives|drive)\b[\w ]{0,12}$",
    _I,
)
_WHOLE = re.compile(
    r"(?:^|\b(?:for|of|over|during|least|is|to|lasting|x|continue|spans?|about|approximately|minimum|than|be|up to|one|"
    r"next|full|entire|runs?|lasts?)\s+|[:(,;.]\s*)$",
    _I,
)
_DOSE = re.compile(
    r"\b[\d.,]+\s?(?:mg|milligrams?|mcg|µg|ml|iu|units?(?= (?:of )?(?:insulin|daily|once|twice|nightly|subcut|"
    r"s[cq]\b|before|at bedtime|in the))|grams?|g|tab(?:let)?s?|cap(?:sule)?s?|"
    r"puffs?|drops?|"
    r"sprays?|pills?|"
    r"scoops?|patch(?:es)?|lozenges?)\b|\b(?:one|two|three|half an?|an?|\d) (?:tab(?:let)?s?|cap(?:sule)?s?|"
    r"puffs?|drops?|sprays?|pills?|patch(?:es)?|lozenges?|aspirin|cigarettes?|pads?|packs?|drinks?)\b",
    _I,
)
DRUG = re.compile(
    r"\b(?!april\b|cholesterol\b)\w*(?:formin|statin|pril|sartan|olol|azole|idine|mycin|cillin|cycline|oxacin|"
    r"triptan|dronate|prazole|"
    r"profen|oxicam|"
    r"coxib|gliptin|flozin|glutide|parin|xaban|azepam|zolam|setron|oxetine|traline|talopram|zepine|gabalin|pentin|"
    r"zaprine|codone|morphone|oxifen|phylline|terol|asone|olone|onide|thiazide|semide|lactone|dipine|barbital|rifaximin|bupropion|"
    r"varenicline|baclofen|insulin|levothyroxine|warfarin|aspirin|tylenol|acetaminophen|naproxen|ibuprofen|nsaids?|"
    r"dialysis|chemo(?:therapy)?|infusions?|transfusions?|allergy shots|apheresis|"
    r"prednisone|methotrexate|oxybutynin|melatonin|trazodone|lactulose|meclizine|cetirizine|levodopa|metoprolol|"
    r"medications?|antibiotics?|inhaler|doxycycline|calcitriol|steroids?|ferrous|\w*glycerine?|isosorbide|"
    r"amiodarone|digoxin|thyroxine|carbidopa)\b|\b(?:ointment|"
    r"cream|lotion|gel|"
    r"solution|injections?|sulfate|excedrin|zyrtec|zofran|zantac|advil|aleve|motrin|claritin|tums)\b",
    _I,
)
_ENDS = re.compile(r"\s*(?:[.,;)\n]|$)")
_USES = re.compile(r"\b(?:use|wear|continue|need|take|attend|treat\w*|follow)\b[\w\s-]{0,40}$", _I)
ASKS_FOR_AN_END = re.compile(
    r"\b(?:through|until|till|ends?|ending|stops?|expir\w+|duration|how long|period|term|length|time ?frame|"
    r"course|finish\w*)\b",
    _I,
)
_CAPTION = re.compile(
    r"[<\[{(]\s*[^<>\[\]{}()]*\b(?:how long|duration|length|term|period|until)\b[^<>\[\]{}()]*[>\]})]+\W*$", _I
)
"""A caption that a template left before what was filled in: "<<HOW LONG>> long term"."""
SOMEBODY_ELSE_DOES = re.compile(
    r"\b(?:his|her|their|my|the patient['’]s|a|mr\.? \w+['’]s|ms\.? \w+['’]s)\s+"
    r"(?:(?:late|own|older|younger|twin|elder)\s+)?"
    rf"{any_of(*FAMILY, COMPANIONS)}\s+(?:\w+ly\s+|also\s+|once\s+)?"
    r"(?:ha[sd]|was|is|needed|needs|takes|took|underwent|received|gets|got|goes|attends|attended|requires|required|"
    r"uses|"
    r"used|does|did|sees|saw|swims|recommends|recommended)\b(?!\s+(?:him|her|them)\b)",
    _I,
)
"""Somebody else is who it is about."""
_AFTERWARDS = re.compile(r"\s*(?:after(?: that)?|afterwards?|later|from then on)\s*(?:[.,;)]|$)", _I)
"""Of "twice a week for a month and once a week for the two months after"."""
_COUNTED_FROM = re.compile(r"\s*(?:counted |measured |starting )?from (?:now|today|this date)\b", _I)
"""Of "for two years from today's date"."""
_DONE_WITHIN = re.compile(
    r"\b(?:sessions|visits|treatments|appointments|classes|lessons)\b[^.;]{0,40}?"
    r"(?:(?:to|must|should|will|can|may) be (?:completed|used|taken|given|done|finished|attended|held|delivered)\s+)?"
    r"(?:within\s+(?:the\s+next\s+|a\s+period\s+of\s+|the\s+)?|in\s+the\s+(?=$|next\s+$))$",
    _I,
)
"""So many sessions within so long: the span of the course."""
_TREATMENT_TAKES = re.compile(
    r"\b(?:(?:this|the|her|his|their|a) (?:whole |full |entire )?(?:treatment|course|program(?:me)?|series|plan)|"
    r"\w+ therapy)(?: (?:to|will|should|would|is expected to))? (?:takes?|taking) "
    r"(?:about |around |roughly |some |approximately |up to |at least )?$",
    _I,
)
"""How long the course takes, not after what time something shows."""
_ADJECTIVE = re.compile(r"(?:daily|everyday|nightly|weekly|monthly|yearly|quarterly|annual|bi-?weekly)", _I)
_GOES_ON = re.compile(
    r"\s+(?:for|x|untill?|till|through|over|with|at|on|and|or|in|to|by|as|of|from|is|are|was|will|should|may|can|"
    r"under|using|"
    r"after|before|following|afterwards?|thereafter|again|if|once|"
    r"at|he|she|they|it|because|starting|beginning|then|during|but|while|lasting|per|each|when|if|w/|basis|intervals?|schedule|cadence|rhythm)\b",
    _I,
)


_POINT_IN_COURSE = re.compile(
    r"\b(?:by|at|before|near|toward|towards|after|within)\s+(?:about\s+)?(?:the\s+)?(?:very\s+)?(?:end|close|"
    r"conclusion|start|"
    r"beginning|middle|midpoint|mark|completion|half)\s+of\s+(?:(?:the|these|those|this|her|his|our|first)\s+)*$",
    _I,
)
"""By when something shall be reached, not how long anything lasts."""


_THAT_SEASON = re.compile(
    r"\s*,?\s*(?:all |during |in |for |of )*(?:that|last|the previous|the same)\s+(?:spring|summer|fall|autumn|"
    r"winter|year|"
    r"season|semester|month)\b|\s*,?\s*\(?in\s+(?:19|20)\d\d\b",
    _I,
)
"""When it was, behind a time of the past."""


_SERVES_SO_LONG = re.compile(r"\b(?:useful|service|battery|shelf|expected|product)[ -]life\w*\b[^.;]{0,30}$", _I)
_QUOTED = re.compile(
    r"\b(?:described as|such as|terms?(?: like)?|words?(?: like)?|phrases?(?: like)?|for example,?|e\.g\.,?)\s+"
    r"[\"“][^\"”]*$",
    _I,
)
"""What somebody may say or may not say."""
_UNPAID = re.compile(
    r"\b(?:not|never|n['’]t|cannot|no)\b[^.;]{0,40}\b(?:paid|processed|reimbursed|approved|considered|released|accepted|"
    r"reviewed|payments?|reimbursements?)\b[^.;]{0,20}$",
    _I,
)


_LAST_LONG = re.compile(rf"(?<=\s)last(?=\s)(?:{'|'.join(rf'(?<={word}.last)' for word in sorted(DOES))})", _I)
"""The verb, for which any other may stand."""


_FAR = 80  # characters
_A_NAME = 30  # characters of what a time is of: "a year of weekly massage"


_EXPLAINED = re.compile(
    r"=|\bif (?:left )?blank|\bassumed\b|\bdefault|e\.g|\bfor example|"
    r"(?:not (?:more|longer|over|to exceed)|max(?:imum)?\b|up to|no (?:more|longer) than|"
    r"less than)(?=[^()]*\)\s*(?:[:?_\t]|\d{1,2}[/-]))",
    _I,
)
"""In the brackets of a label: what may be filled in, or holds where nothing is."""
_RECURS = re.compile(
    r"(?:^|[\n\t;,.(]|\s[*•-])\s*(?:(?:then|and|please)\s+)?(?:labs?|scopes?|replac(?:e|ed|ement)|renew\w*|weights?|x-?rays?|xr|"
    r"re-?check(?:ed|s)?|reviews?|reviewed|re-?assess(?:ed)?|re-?evaluat(?:e|ed)|vet checks?|"
    r"(?:filters?|cushions?|masks?|tubing|pads?|batter(?:y|ies))(?: chang(?:e|ed|es))?)\s*(?:is|are)?\s*[:#-]?\s*\Z",
    _I,
)
"""Right before a rate that is of a check or of a part that wears out."""
_FOR_NOTHING = re.compile(
    r"[^.;]{0,30}?\b(?:without|with (?:no|little|minimal|limited|partial|poor|"
    r"only))\s+(?:[a-z]+\s+){0,2}?(?:effect|benefit|relief|"
    r"success|improvement|response|help|result)\b|\s*\([^()]*\bnot (?:a )?part of\b|"
    r"\s+(?:did (?:nothing|not help)|didn[’']t help|failed|helped (?:little|nothing|not at all)|"
    r"was of no (?:help|use))\b",
    _I,
)
"""Behind what was tried."""
_BY_THE_BOOK = re.compile(r"[^.;]{0,20}?\b(?:in|by|per) (?:the )?(?:literature|guidelines?|textbooks?)\b", _I)
_UPRIGHT = re.compile(
    r"\b(?:sit\w*|stand\w*|work\w*|driv\w*|desk|computer|screens?|sle(?:ep|pt)\w*|shifts?|awake|on (?:her|his|"
    r"their) feet)\b[^.;]{0,40}\Z",
    _I,
)
"""What somebody does for so many hours of the day."""
_HEALS = re.compile(
    r"\b(?:(?:recovery|healing)\b[^.;,]{0,20}\b(?:takes?|lasts?|of|is)|replac(?:ed?|ing) (?:after|at|in|within))\s+\Z",
    _I,
)
"""How long something takes to heal, or is worn before there is another."""
_OF = re.compile(r"\s+(?:of|on)\s+(?:an?\s+)?")
_ORDERS = re.compile(rf"{TREATMENT.pattern}|\b(?:use|sig|ord|orders?|rx|tx|start|cont(?:inue)?)\b", _I)
_OF_AN_ILLNESS = re.compile(r"\W*(?:dx|hx|pmhx?|h/o|s/p)\b(?!\s*[:/])", _I)


def is_explained(printed: str, start: int, end: int) -> bool:
    """Whether a time stands in brackets that tell how a form is to be filled in: "(1-99 months; 99 = lifetime)"."""
    opened = printed.rfind("(", max(0, start - _FAR), start)
    closed = printed.find(")", end, end + _FAR)
    if opened < 0 or closed < 0 or ")" in printed[opened:start] or "(" in printed[end:closed]:
        return False
    return _EXPLAINED.search(printed, opened, closed + 6) is not None


def is_of_something_else(printed: str, time: Time) -> bool:
    """Of a check, a part that wears out, what was tried in vain, what the patient does all day."""
    before, after = printed[: time.start], printed[time.end :]
    if is_explained(printed, time.start, time.end) or _FOR_NOTHING.match(after) or _BY_THE_BOOK.match(after):
        return True
    if _HEALS.search(before) or ((of := _OF.match(after)) and DRUG.match(after, of.end())):
        return True
    if time.kind in {"duration", "frequency"} and _OF_AN_ILLNESS.match(printed) and not _ORDERS.search(before):
        return True
    if time.kind != "frequency":
        return False
    return bool((time.what == "hours" and _UPRIGHT.search(before)) or _RECURS.search(before))


def is_another_time(printed: str, time: Time, context: Context) -> bool:
    """An age, a point of time, a goal's measure."""
    before, after = _LAST_LONG.sub("endure", printed[: time.start]), printed[time.end :]
    value = time.value if isinstance(time.value, dict) else {}
    if time.kind in {"duration", "phase"} and "value" in value:
        if re.search(r"\b(?:part|most|much|some|portion|rest) of\s*$", before, _I):
            return True
        if _POINT_IN_COURSE.search(before):
            return True
        whole = time.before == "in" and re.match(r"(?:next|coming|following)\b", printed[time.start :], _I)
        if (time.before == "within" or whole) and _DONE_WITHIN.search(before):
            return False
        if time.before in {"take", "takes", "taking"} and _TREATMENT_TAKES.search(before):
            return False
        if time.before in _POINT and not re.search(r"\b(?:over|during|for)\s+(?:the\s+)?(?:\w+\s+)?$", before, _I):
            return True
        follows = (_AFTERWARDS.match(after) or _COUNTED_FROM.match(after)) and time.before in {"for", "over", "during"}
        if (_AGO.match(after) and not follows) or re.search(
            r"[$€£]\s?$|\bpast\s+$|\blast\s+$|\bprevious\s+$", before, _I
        ):
            return True
        if re.search(r"\b(?:past|last|previous|prior|these)\b[^,;]{0,20}$", before, _I):
            return True
        of_it = re.match(r"\s+of\s+(?:[\w-]+\s+){0,3}?(?=\w)", after)
        of_treatment = of_it is not None and TREATMENT.search(after[: of_it.end() + _A_NAME]) is not None
        if re.match(r"an?\s", printed[time.start : time.end], _I) and not (_WHOLE.search(before) or of_treatment):
            return True
        if time.before == "on" and value["unit"] == "d":
            return True  # "alone on two further days"
        if re.search(r"\b(?:business|working)\s+days?$", printed[time.start : time.end], _I):
            return True
    if is_of_something_else(printed, time):
        return True
    if _THAT_SEASON.match(after) or _SERVES_SO_LONG.search(before) or _QUOTED.search(before):
        return True
    if "until_condition" in value and _UNPAID.search(before):
        return True
    if "indefinite" in value and re.search(r"\bdates?(?:\(s\))? of service\b", before, _I):
        return True
    if time.kind == "frequency" and "count" in value and time.before in {"every", "each"}:
        return True
    if time.kind == "frequency" and time.before in {"after", "since", "despite", "of those"}:
        return True
    if (
        time.kind == "length"
        and (time.before in {"from", "to"} or printed[time.start :].lower().startswith("from "))
        and re.search(r"\b(?:ris|toleran|walk|stand|sit)\w*", before, _I)
    ):
        return True
    if time.kind == "length" and time.before in {"take", "takes"} and not TREATMENT.search(before):
        return True
    if time.kind == "length" and (
        _MEASURED.search(before)
        or re.match(
            r"\s*(?:each way|one[- ]way|round[- ]trip|of (?:sitting|standing|walking|driving|lying|rest)\b|away|"
            r"before|after|late|early|total|"
            r"ago|walk\b|drive\b|later)",
            after,
            _I,
        )
    ):
        return True
    if re.search(r"\([^)]*=[^)]*$", before):
        return True  # what a form prints for whoever fills it in
    if time.kind == "frequency" and (_describes(printed, time) or _counts_an_ailment(printed, time)):
        return True
    if time.kind == "frequency" and _OF_THE_OFFICE.search(before[-_NEAR:]):
        return True
    if time.kind == "duration" and re.search(r"\b(?:phase|stage)\b[^,;]{0,30}$", before, _I):
        return True
    if time.needs_label and "until" in value and not ASKS_FOR_AN_END.search(context.label):
        return True
    if time.needs_label and "indefinite" in value and _ENDS.match(after) and _USES.search(before):
        return False
    if time.needs_label and "indefinite" in value and _CAPTION.search(before):
        return False
    answers = context.about == "order" and len(before.split()) - len(context.label.split()) <= 3
    return bool(time.needs_label and not answers and len(printed.split()) > 4)


AILMENT = (
    r"(?:(?:migraine|head|stomach|tooth|ear|back)?-?(?:aches?|pains?)|migraines?|flare(?:-?up)?s?|attacks?|episodes?|spells?|"
    r"bouts?|seizures?|fits|falls|outbreaks?|awakenings?|wakings?|arousals?|relapses?|exacerbations?|crises|crisis|"
    r"spasms?|cramps?|hives|filters?|batter(?:y|ies)|bulbs?|cartridges?|nosebleeds?|accidents|leaks|stools?|"
    r"bowel movements?|voids|apneas?|events?|"
    r"(?:alcoholic )?beverages?|glasses|servings|ounces|panics?|nightmares?|binges?|drinks?|cigarettes?|packs?|"
    r"rescue inhalers?|absences?|sick days?|days? missed|"
    r"missed days?|"
    r"hospitali[sz]ations?|admissions?|er visits?|emergency (?:room )?visits?|infections?|uti?s|colds)"
)
_COUNTED_AILMENT = re.compile(
    rf"(?:\b(?:\d+|once|twice|one|two|three|four|five|six|seven|eight|nine|ten|an?|every|each|per|than|most)\s+|^)"
    rf"(?:(?!(?:for|of|against|session|visit|class)\w*\b)[\w-]+\s+){{0,2}}{AILMENT}\b",
    _I,
)
_AILS_SO_OFTEN = re.compile(
    rf"\b{AILMENT}(?:,?\s+(?:(?:now|still|that|which|occur\w*|come|comes|coming|strike|happen\w*|are|is|was|were|at|"
    r"about|from|to|up|down|about|around|nearly|roughly|on average|below|under|"
    r"over|above|beyond|(?:more|fewer|less|rarer|oftener) than|by|hit|hits|striking|arrive|wake (?:her|him)|"
    r"return|returns|recur|of|only|as often as|some)\s+)*)?\s*[:,(]?\s*$",
    _I,
)
_GIVEN_FOR = re.compile(
    r"\b(?:for|against|relief of|treat|prevent|ease|relieve|control|help|manage)\s+(?:[\w’'-]+\s+){0,3}$", _I
)


_NEAR = 90  # characters


def _counts_an_ailment(printed: str, time: Time) -> bool:
    """ "No more than 1 flare a month", "headaches three times a week": so often something ails or is used up."""
    inner = printed[time.start : time.end]
    if _COUNTED_AILMENT.search(inner) and not (TREATMENT.search(inner) and "visit" not in inner):
        return True
    before = printed[max(0, time.start - _NEAR) : time.start]
    told = _AILS_SO_OFTEN.search(before)
    return told is not None and not _GIVEN_FOR.search(before[: told.start()])


_OF_THE_OFFICE = re.compile(
    r"\b(?:(?:I|we)(?:['’](?:m|re|ll be)| am| are| will be)? (?:usually |generally |only |also |always |mostly )*"
    r"(?:in|out|off|away|here|on call|available|reachable|operate|operating|teach\w*|round)\b|"
    r"(?:call|reach|phone|page|ring|catch|find) (?:me|us|(?:the|my|our) (?:office|desk|clinic|nurse|assistant))\b|"
    r"(?:office|clinic|front desk|desk|staff|nurse|lines?|phones?|switchboard)(?:['’]s)? "
    r"(?:hours|opens?|closes|answers?|(?:is|are) (?:open|closed|staffed|answered|here|in|there|reachable|available))\b|"
    r"(?:are|is) (?:open|closed)\b|clinic days?\b|(?:opening|business) hours\b|in (?:the )?OR\b|in surgery\b)"
    r"[^.;]{0,30}$",
    re.IGNORECASE,
)
"""When the writer can be reached, operates or is open."""


def _describes(printed: str, time: Time) -> bool:
    """ "The nightly dash": an adjective of something that is no treatment."""
    if not _ADJECTIVE.fullmatch(printed, time.start, time.end):
        return False
    following = re.match(r"\s+[A-Za-z\d][^,.;:\n]{0,60}", printed[time.end :])
    return (
        following is not None
        and not _GOES_ON.match(printed[time.end :])
        and not TREATMENT.search(following.group())
        and not SESSIONS.intersection(following.group().lower().split())
    )


_TO_TAKE = re.compile(
    r"\b(?:is|are|has|have|ought|needs?) to (?:\w+ )?(?:take|use|have|receive|get)\b|"
    r"\b(?:should|must|shall|will) (?:\w+ )?(?:take|use|have|receive|get)\b",
    re.IGNORECASE,
)
"""What somebody shall take is prescribed; what somebody takes is not."""
_BIDS = re.compile(
    r"\W*(?:please )?(?:continue|take|use|start|begin|give|resume|add)\b(?! (?:of|date)\b)", re.IGNORECASE
)


def is_a_drugs(printed: str, clause: str, time: Time, context: Context) -> bool:
    """How tablets are taken; vitamins and the like may be what is prescribed."""
    to_take = STRONG.search(printed) or _TO_TAKE.search(clause) or _BIDS.match(printed)
    prescribes = to_take is not None or context.carried or context.about == "order"
    supplement = SUPPLEMENT.search(printed) or re.search(r"recommended|supplement|product", context.label, _I)
    if supplement and not DRUG.search(clause) and prescribes:
        return False
    if _DOSE.search(clause[-60:]) or DRUG.search(clause[-70:]):
        return True
    of_sessions = time.what in SESSIONS or re.search(r"\b(?:min|h(?:ou)?r)", printed[time.start : time.end], _I)
    if re.search(r"\bdos(?:e|es|age|ing)\b", clause, _I) and not TREATMENT.search(clause) and not of_sessions:
        return True
    doses = is_of_doses(time)
    taken = re.search(r"\b(?:takes?|taking|tablets?|dose|pills?|mg)\b", printed, _I) or SUPPLEMENT.search(clause)
    return bool(doses and taken and not TREATMENT.search(clause))


def is_of_doses(time: Time) -> bool:
    """How medicine is taken as often as how a treatment is given: so often a day, or as needed."""
    value = time.value if isinstance(time.value, dict) else {}
    return value == {"as_needed": True} or value.get("period_unit") == "d"


_OF_A_SESSION = re.compile(
    r"\s*[)-]?\s*(?:(?:each|apiece|are|is|being|of|for|on|gentle|light|slow|active|static|dynamic|seated|guided|brief|the|"
    r"an?)\s+){0,3}(?:warm|cool|stretch|rest\b|resting|breaks?\b|relaxation|savasana|breathing|set-?up|changing|recovery\b|"
    r"meditation|foam|intake|paperwork|chart|review\b|home\b)",
    _I,
)
_PART_BEFORE = re.compile(
    r"\b(?:includ\w+|incl\.?|of which|warm[- ]?ups?|cool[- ]?downs?|stretch\w*|rest|breaks?)\W*"
    r"(?:(?:of|for|lasting|about|an?|the)\s+){0,2}\Z",
    _I,
)


def is_a_part_of(printed: str, time: Time, others: Sequence[Time]) -> bool:
    """ "35 min per session (includes 5 min warm-up)": a part of the longer session told beside it."""
    value = time.value if isinstance(time.value, dict) else {}
    if time.kind != "length" or value.get("unit") != "min":
        return False
    longer = (
        isinstance(o.value, dict) and (o.value.get("unit") == "h" or o.value.get("value", 0) > value["value"])
        for o in others
        if o.kind == "length"
    )
    part = _OF_A_SESSION.match(printed, time.end) or _PART_BEFORE.search(printed, 0, time.start)
    return part is not None and any(longer)
