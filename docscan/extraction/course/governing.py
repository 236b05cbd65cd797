"""Whether a time belongs to what is prescribed: what governs it where it stands.

A letter tells many times: how long the pain has lasted, what was tried, when to come back, how tablets are taken, what
the patient does anyway. What decides, from near to far: the words right around the time ("by 12 weeks", "6 months
ago"); the last word of its clause that prescribes or reports; the label, the question or the heading that it answers;
the sentence before, where its subject is carried on ("I am ordering a program. He comes for it twice a month").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from docscan.extraction.course.timing import Time
from docscan.extraction.course.tokens import SESSIONS

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText, Span

_I = re.IGNORECASE

Stance: TypeAlias = Literal["prescribes", "reports", "returns", "habits", "relation", "goals", "denies"]

_CUES = re.compile(
    r"\b(?:"
    r"(?P<denies>(?:do(?:es)? not|don't|doesn't|did not|no longer|never|not) (?:\w+ )?(?:recommend|prescrib|"
    r"requir|need|order|advis)\w*|"
    r"instead of|rather than|(?:none|neither|nothing) of (?:it|this|that|these|them|which)|(?:is|are|was|"
    r"were) not (?:a )?part of|"
    r"(?:standards?|guidelines?|association|college|statements?) [^.;]{0,40}?(?:advise|recommend|suggest|report|"
    r"call for)s?|"
    r"(?:advise|recommend|suggest|call for)s? (?:that )?(?:adults|people|individuals|persons|everyone|"
    r"patients with|all patients)|"
    r"not (?:until|before)|"
    r"(?:studies|study|research|evidence|literature|trials|data) (?:\w+ )?(?:shows?|suggests?|indicates?|supports?|"
    r"demonstrates?|finds?|found|showed|confirms?)|"
    r"(?:i|we) considered|was considered)|"
    r"(?P<returns>follow(?:s|ed|ing)?[- ]?(?:up|ups)|f/u|return(?:s|ing)? (?:to|for|in|visit)|returns?\b|rtc|"
    r"re-?check\w*|re-?evaluat\w+|"
    r"re-?assess\w*|re-?measure\w*|reviewed?\b|see (?:me|us|you) |(?:will|shall|to) see (?:her|him|them|"
    r"the patient)|seen (?:again|back)|refills?|repeat(?:ed|ing|s)? (?:labs?|imaging|mri|x-?rays?|scans?|tests?|"
    r"blood|echo|ct|studies|exams?|evaluations?|measure\w*)|labs?\b|a1c|"
    r"monitor\w*|re-?examin\w*|progress (?:notes?|reports?)|report(?:s|ing)? (?:to|back|will|monthly|weekly|every)|"
    r"updates?\b|weigh-?ins?|renew\w*|communicat\w+|check-?ins?|submit\w*|office visits?|"
    r"consult(?:ation)?s? with me|contact me|come back|recheck|answer messages|bring (?:her|him) back|see (?:her|"
    r"him|them) (?:back|again))|"
    r"(?P<prescribes>recommend\w*|prescrib\w+|orders?\b|ordered|ordering|requir(?:e|es|ed|ing)\b|needs?\b|needed|"
    r"necessary|medically appropriate|advis(?:e|ed|ing)|request(?:s|ing|ed)?|authoriz\w+|approv(?:e|al|ing)|should\b|"
    r"ask(?:s|ing)? (?:for|that|you to)|cover(?:s|age)?\b|please (?:approve|cover|allow|authorize|reimburse|"
    r"continue|extend|let (?:him|her|them))|^\W*(?:attend|participate|perform|complete|"
    r"train|swim|exercise|join|do|go|use|see)\b|'d like|put (?:him|her|them|the patient|mr\.?|mrs\.?|"
    r"ms\.?) (?:\w+ )?on|"
    r"want (?:him|her|them|the patient|it|this|these|carried)|would like (?:him|her|them|it|this|that|these|to)|"
    r"will (?:benefit|need|require|participate|attend|receive|continue|undergo|engage|work|begin|complete|use|take|be|"
    r"start|include|consist|last|run|perform|do|meet|train|have|go|come|get|see a)|would (?:benefit|be)|"
    r"benefit from|must\b|shall\b|"
    r"(?:to|may|can|will) be (?:used|done|given|kept up|repeated|performed|completed|taken|worn|carried|continued|"
    r"provided|delivered|held)|"
    r"plan(?:ned)? (?:is|to|for|of)|treatment plan|(?:care|exercise|fitness) plan|plan:|is to\b|are to\b|"
    r"to (?:participate|attend|engage|receive|undergo|complete|begin|continue|use|be|perform|follow|run|commence|"
    r"start|carry|ride|train|last|go)\b|"
    r"plan of care|regimen|initiate|begin(?:ning)?|start(?:ing)?|commenc\w+|continu(?:es?|ing|ation)\b|enroll?\w*|"
    r"suggest\w*|indicated|propose[ds]?|consist(?:s|ing) of|schedul(?:e|ed|ing)\b|rx\b|sig:|i am asking|"
    r"support(?:s|ing)? (?:the use|her|his|their|an?\b)|"
    r"support(?:s|ing)?(?=\s*$)|"
    r"in support of|participat(?:e|ing|ion) in|"
    r"goal is to (?:attend|participate|complete)|sessions? (?:of|are|will|lasting|for|at|runs?|lasts?|occup\w+|is)\b|"
    r"(?:each|every|the|a|one) (?:session|visit|class|appointment|treatment|lesson|ride)(?: \w+)? (?:of|is|will|"
    r"lasts?|runs?|occup\w+|takes?|to)\b|"
    r"(?:letter|prescription|recommendation|order|referral|lmn|necessity) (?:is|will be|remains?|shall be) (?:valid|"
    r"effective|good|in effect)|(?:letter|prescription|order) covers|treated with|"
    r"treatment (?:is|will|should|with|of|consist\w*)|therapy (?:is|will|should)|the (?:course|whole|"
    r"program(?:me)?|plan|regimen|series|membership) (?:is|runs?|lasts?|to|spans?|consists?|covers?)|"
    r"this (?:runs|lasts|covers|is for|will run)|is for as long|twice[- ]weekly program)|"
    r"(?P<reports>(?<!be )completed|concluded|finished|underwent|undergone|received|attended|tried|trial of|failed|"
    r"failure of|participated|"
    r"previous(?:ly)?|prior|past\b|(?<!should )(?<!will )(?<!shall )(?<!must )(?<!to )(?<!can )(?<!may )"
    r"(?<!sessions )(?<!visits )last\b(?! (?:through|until|till|for|about|at least|an?\b|from|\d))|ago\b|since\b|"
    r"histor(?:y|ical)|already|used to|"
    r"(?:he|she|they|we|i|patient|has|have|had|been|was|were) used\b"
    r"(?! (?:at|up|by|in|for|with|any))|following an?|despite|in spite of|"
    r"recent(?:ly)?|has (?:been|had|lost|gained|done|gone)|have (?:been|had|known|treated|followed|seen)|had\b|"
    r"was\b|were\b|did\b|"
    r"diagnosed|onset|began|started|ended|discontinued|stopped|halted|quit\b|status post|s/p|formerly|initially|"
    r"came\b|went\b|gave\b|saw\b|met\b|took\b|visited|provided (?!that)|undertook|"
    r"before (?:this|that)|bout|lasted|helped|borrowed|brought|after the)|"
    r"(?P<habits>avoid\w*|refrain\w*|walks|exercises (?:at|on|by)|drinks|smok(?:es|ed|ing)|sleeps|works\b|eats|"
    r"plays|goes to\b|jogs|bikes|"
    r"cycles|swims|gardens|stretches|meditates|rides|"
    r"consumes|reports that|reports (?:s?he|they)|states|endorses|denies|takes\b|taking|"
    r"currently (?:takes?|on|taking|walks|exercis\w+|attends)|able to|unable to|tolerates?|works out|occurs?|"
    r"experiences|headaches|episodes?|flares?|attacks?|migraines|puts on|elevates|wears|does (?:her|his|their|"
    r"plenty)|on (?:her|his|their) own|"
    r"own (?:routine|doing|time)|at home (?:he|she|they))|"
    r"(?P<relation>under my care|patient of mine|my patient|known (?:him|her|this)|in practice|experience|spent|spend|"
    r"face-to-face|established|warranty|office hours|hours of|clinic hours|guarantee)|"
    r"(?P<goals>goals?\b|targets?\b|in order to|reduc(?:e|ing|tion)(?! to\b)|lower(?:ing)?(?! to\b)|decreas(?:e|"
    r"ing)(?! to\b)|lose\b|losing|"
    r"achiev\w+|"
    r"increas(?:e|ing)(?! to\b)|improv(?:e|ing|ements?)|feel\b|objective|outcome|hop(?:e|es|ed|ing) (?:for|to|that)|"
    r"shooting for|stance|stand on|expect\w*)"
    r")",
    _I,
)
"""Words that govern a time: what is prescribed, what is reported, when to come back, what is done anyway, aims."""
_STRONG = re.compile(r"(?:recommend|prescrib|order|request|authoriz|approv|advis|rx\b|necessary|requir)", _I)
_CLAUSE = re.compile(
    r";|\b(?:but|however|therefore|thus|so)\b|\s[–—]\s|"
    r",\s+(?=(?:i|we|he|she|they|the patient|and (?:i|we|he|she|they|is|has|now|will|should|would|requires?|"
    r"needs?|what)|"
    r"which|who|it|my|his|her|mr|ms|mrs|what|after|until|because|since|although|though)\b)|"
    r"\band (?:i|we|he|she|they|the patient|now|currently|requires?|needs?|would|should|will|is|has|what) ",
    _I,
)
_AGO = re.compile(
    r"^(?:\s*(?:ago|prior|earlier|later|before|old|post\b|history|hence|now\b|out\b|after\b|back\b|off\b|since|"
    r"from (?:now|today)|of (?:age|experience|conservative|symptoms?|(?:[\w-]+ )?pain|failed|history|progressive|"
    r"worsening|persistent|"
    r"care with|practice)|duration of (?:symptoms|pain))\b|[\s-]*(?:follow|check|re-?check|warranty|experience|"
    r"anniversary|"
    r"approval|guarantee|contract|lease|trial|waiting|supply|hx\b|postpartum|post-?op|h/o|stretch\b|mark\b|visit\b))",
    _I,
)
_LASTS = frozenset("for x over during : , ( runs run lasts last spans span of is".split()) | {"up to"}
_POINT = frozenset(
    "by at after since within in every past previous prior preceding than before about aged age another later recent"
    " nearly going until till through allow last take takes taking".split()
)
_SYMPTOM = re.compile(
    r"(?:pain|symptoms?|disease|disorder|condition|diabetes|hypertension|obesity|fatigue|stiffness|depression|anxiety|"
    r"injury|surgery|fracture|spasms?|headaches?|weakness|problems?|complaints?|arthritis|suffer(?:s|ing|ed)?|"
    r"present(?:ed|ing)?|ongoing|persisting|open|ulcer|cough|bronchitis|swelling|"
    r"numbness)\s*(?:\([^)]*\)\s*)?(?:for|x|×|of|lasting|over)?\s*"
    r"(?:at least |about |more than |over |the )*$",
    _I,
)
_DOSE = re.compile(
    r"\b[\d.,]+\s?(?:mg|milligrams?|mcg|µg|ml|iu|units?(?! of (?!insulin))|grams?|g|tab(?:let)?s?|cap(?:sule)?s?|"
    r"puffs?|drops?|"
    r"sprays?|pills?|"
    r"scoops?|patch(?:es)?|lozenges?)\b|\b(?:one|two|three|half an?|an?|\d) (?:tab(?:let)?s?|cap(?:sule)?s?|"
    r"puffs?|drops?|sprays?|pills?|patch(?:es)?|lozenges?|aspirin|cigarettes?|pads?|packs?|drinks?)\b",
    _I,
)
_DRUG = re.compile(
    r"\b(?!april\b|cholesterol\b)\w*(?:formin|statin|pril|sartan|olol|azole|idine|mycin|cillin|cycline|oxacin|"
    r"triptan|dronate|prazole|"
    r"profen|oxicam|"
    r"coxib|gliptin|flozin|glutide|parin|xaban|azepam|zolam|setron|oxetine|traline|talopram|zepine|gabalin|pentin|"
    r"codone|morphone|phylline|terol|asone|olone|onide|thiazide|semide|lactone|dipine|barbital|rifaximin|bupropion|"
    r"varenicline|baclofen|insulin|levothyroxine|warfarin|aspirin|tylenol|acetaminophen|naproxen|ibuprofen|nsaids?|"
    r"prednisone|methotrexate|oxybutynin|melatonin|trazodone|lactulose|meclizine|cetirizine|levodopa|metoprolol|"
    r"medications?|antibiotics?|inhaler|doxycycline|calcitriol|steroids?|ferrous)\b|\b(?:ointment|"
    r"cream|lotion|gel|"
    r"solution|injections?|sulfate|excedrin|zyrtec|zofran|zantac|advil|aleve|motrin|claritin|tums)\b",
    _I,
)
_SUPPLEMENT = re.compile(
    r"\b(?:vitamins?|supplement\w*|probiotics?|omega|fish oil|melatonin|magnesium|protein|collagen|iron|calcium|"
    r"glucosamine|chondroitin|co-?q\s?10|turmeric|curcumin|electrolytes?|zinc|creatine|fiber|psyllium|shakes?|herbal|"
    r"folate|b-?12|biotin|multivitamin)\b",
    _I,
)
_TREATMENT = re.compile(
    r"(?:\b\w*therap(?:y|ies|eutic)\b)|\b(?:training|trainer|sessions?|massages?|program(?:me)?s?|exercis\w*|gym|fitness|"
    r"membership|"
    r"class(?:es)?|acupuncture|chiropractic|counsel\w*|treatments?|coaching|workouts?|pilates|yoga|swim\w*|aquatic\w*|"
    r"walking|strengthening|conditioning|rehab\w*|nutrition\w*|diet\w*|supplement\w*|sauna|visits?|lessons?|"
    r"weight loss|device|equipment|rides?|tutoring|attendance|balance|hydrotherapy|adjustments?|therapist|"
    r"physio\w*|physical|PT|OT|"
    r"mattress|splints?|wear|bath|lamp|supplies|bike|worn)\b",
    _I,
)
_ENDS = re.compile(r"\s*(?:[.,;)\n]|$)")
_USES = re.compile(r"\b(?:use|wear|continue|need|take|attend|treat\w*|follow)\b[\w\s-]{0,40}$", _I)
_OF_A_LETTER = re.compile(r"\b(?:letter|prescription|order|referral|certification|lmn)\b", _I)
_ASKS_FOR_AN_END = re.compile(
    r"\b(?:through|until|till|ends?|ending|stops?|expir\w+|duration|how long|period|term|length|time ?frame|"
    r"course|finish\w*)\b",
    _I,
)
_SURELY = 0.6
"""So sure must it be that a document is no letter for its instructions to count as a visit's, not a course's."""
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
_FIRST_PERSON = re.compile(
    r"\b(?:I|we)(?:['’](?:m|ve|re))?(?: am| are| have| hereby| strongly| therefore| also| now|"
    r" further)* (?:recommend|prescrib|order|advis|request|ask)\w*|"
    r"\bput (?:him|her|them|the patient) on\b|\bphysician now prescribes\b|\bis (?:hereby )?prescribed\b",
    _I,
)
# What a label, a question or a heading asks for.
_ABOUT: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(words, _I))
    for name, words in (
        ("past", r"\b(?:tried|prior|previous(?:ly)?|past|history|hx|background|attempted|to date|timeline|so far|"
                 r"backstory|"
                 r"already (?:done|used|tried)|measures taken|what came before|interval history|hpi|"
                 r"present illness|pmhx?)\b"),
        ("habits", r"\b(?:habits?|own routine|current(?:ly)? (?:exercise|activit\w+|routine|treatment|therapy|"
                   r"regimen)|already does|lifestyle|social|activities of|daily life|routine|"
                   r"not prescribed)\b"),
        ("medication", r"\b(?:medications?|meds|medicines|drugs|allergies|pharmacy|refills?)\b"),
        ("goal", r"\b(?:goals?|success|judge[ds]?|targets?|outcomes?|expect\w*|results?|measures?|hoped?|aims?|"
                 r"objectives?|by when|"
                 r"progress)\b"),
        ("other", r"^\W*family\W*$|^\W*(?:(?:average|worst|usual|current|typical|night) )?"
                  r"(?:pain|aches?|headaches?|spasms?|swelling|fatigue|sleep|mood|nausea)"
                  r"(?: (?:scores?|levels?|scale|now|today|frequency))?\W*$|"
                  r"\b(?:hours?(?! each)|hrs|family (?:hx|history|medical)|fhx?|exam\w*|labs?|"
                  r"vitals?|reasoning|rationale|why|subjective|review of|follow[- ]?up|"
                  r"return|work status|note on billing|how (?:does|will|do) (?:this|the|it)|how it helps|"
                  r"symptoms?|complaint|onset|cardiac screen|"
                  r"related findings|health maintenance|data|problems?|diagnos[ie]s|conditions?|assessment|"
                  r"impression|incur|billing|remarks|costs?|prices?|fees?|charges?|payment)\b"),
        ("order", r"\b(?:plan|treatments?|recommend\w*|prescri\w+|prescription|rx|order(?:s|ed|ing)?|frequency|freq|"
                  r"sig|durations?|course|therapy|regimen|service|program|how (?:often|long|much|many)|schedule|"
                  r"amount|dose|interval|"
                  r"needed|days|time|length|term|period|visits?|sessions?|quantity|requested?|lon|need|asking|"
                  r"used?|begin\w*|start\w*|stop|end\w*)\b|"
                  r"^\W*(?:through|until|stops?|per (?:week|month|day|session|visit))\W*$"),
    )
)  # fmt: skip
_LABEL = re.compile(
    r"[\s=_~-]*(?:[•●▪*-]\s*|\(?(?:\d{1,2}|[A-Z])[.)]\s+|"
    r"[A-H]\s+[-–]\s+)?(?P<label>[A-Za-z][^:?\n\t]{0,60}?)\s*(?:[:?]|"
    r"\.{3,}\s*:?|\s[-–]\s(?=[A-Z0-9]))(?=\s|$)",
)
_UNWANTED = frozenset({"past", "habits", "medication", "goal", "other"})
_ENTRY = re.compile(r"\s*(?:[•●▪*–-]\s|\([a-z]\)|[a-z]\)|\(?[ivx]+\))")
_NUMBERED = re.compile(r"\s*(?:\(?\d{1,2}[.)]|[A-H][.)])\s")
_RUN_IN = re.compile(r"\s*(?:\(?(?:\d{1,2}|[A-H])[.)]\s+)(?P<label>[A-Z][^.:?\n]{2,40})[.]\s*$")
_OPENS_WITH_LABEL = re.compile(
    r"\W*(?:\d+[.)]\s*)?(?:(?:treatment|session|total|expected)\s+)?(?:length|duration|frequency|freq|term|period|"
    r"schedule|course|use|dose|visits|sessions)\b",
    _I,
)
"""A label that nothing closes: "Length of treatment  12 months"."""
_PART = re.compile(r"\s*(?:(?:weeks?|wks?|months?|mos?|days?)\s?\d|(?:first|next|last|then)\b)", _I)
"""A part of the course at the head of a row, which is no label."""
_SOAP = re.compile(r"\s*(?P<label>[SOAP])\s[-–:]\s")
_SOAP_MEANS = {"S": "other", "O": "other", "A": "other", "P": "order"}


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence answers. `about`: past, habits, medication, goal, other, order or "" where nothing tells.

    `label`: the words that tell it. `carried`: the sentence before it in its paragraph prescribes.
    """

    about: str
    label: str
    carried: bool


_OF_AN_AILMENT = re.compile(
    r"\b(?:of|for)\s+(?:the\s+|his\s+|her\s+|each\s+|current\s+|present\s+)*(?:\w+\s+)?"
    r"(?:symptom|pain|onset|problem|illness|complaint|disease|condition|disorder|disabilit|incapacit|urinat|void|bowel|"
    r"stool|seizure|headache|migraine|attack|episode|flare|spasm|fall|dizz|vomit|nausea|relapse|hospital|admission|stay|"
    r"employment|pregnan|labor|absence|leave|follow|refill|lab|monitoring|relationship|residence|surgery|injury)",
    _I,
)


def asks_of_an_ailment(label: str) -> bool:
    """Whether a label asks how often or how long something ails: "Frequency of urination", "Duration of symptoms"."""
    return _OF_AN_AILMENT.search(label) is not None


def about(label: str) -> str:
    """What the words of a label, question or heading ask for."""
    if asks_of_an_ailment(label):
        return next((name for name, words in _ABOUT if name in _UNWANTED and words.search(label)), "other")
    return next((name for name, words in _ABOUT if words.search(label)), "")


def contexts(text: AnnotatedText) -> dict[int, Context]:
    """By the start of a sentence: what it answers."""
    return text.once("course contexts", lambda: dict(_contexts(text)))


def _contexts(text: AnnotatedText) -> Iterator[tuple[int, Context]]:
    label, meaning, carried, standing, answered, leads = "", "", False, False, False, False
    previous_end = 0
    for sentence in text.sentences:
        gap = text.text[previous_end : sentence.start]
        printed = text.flat[sentence.start : sentence.end]
        apart = "\n\n" in gap or "\f" in gap
        if apart and not standing:
            label, meaning, carried = "", "", False
        elif apart:
            carried = False
        own = _own_label(text, sentence, printed)
        entry = _ENTRY.match(printed) is not None
        numbered = _NUMBERED.match(printed) is not None
        if apart and answered and not entry and not numbered:
            label, meaning, standing = "", "", False
        if own is not None:
            name, asks = own
            alone = len(printed.strip()) <= len(name) + 8 or printed.rstrip().endswith("?")
            listed = standing and (entry or numbered) and not (numbered and leads)
            if listed and (asks == "" or (meaning in _UNWANTED and asks == "order")):
                alone = False  # an entry of the list that the label opened
            else:
                label, meaning, standing, leads = name, asks, alone, numbered
                carried = carried and asks in {"", "order"} and not apart
            answered = not alone
        else:
            if numbered and leads:
                label, meaning, standing, leads = "", "", False, False
            answered = True
        section = text.section_at(sentence.start)
        told = meaning or _section_about(section)
        yield sentence.start, Context(told, label or section, carried)
        stance = sentence_stance(printed)
        if stance is not None:
            carried = stance == "prescribes"
        previous_end = sentence.end


def _titles(text: AnnotatedText, sentence: Span, printed: str) -> bool:
    """Whether a few words on a line of their own say what the lines below tell: "Tried already"."""
    line = text.lines[text.line_index(sentence.start)]
    alone = line.start == sentence.start and line.end == sentence.end and len(line.cells) == 1
    return alone and re.fullmatch(r"[A-Z][A-Za-z ]{2,40}", printed) is not None and about(printed) in _UNWANTED


def _section_about(section: str) -> str:
    """What a heading asks for; one of many words leads a list in rather than heads what follows ("Outcome measures to
    be charted:")."""
    told = about(section)
    return "" if told == "goal" and len(section.split()) > 2 else told


def _own_label(text: AnnotatedText, sentence: Span, printed: str) -> tuple[str, str] | None:
    """The label that opens a sentence, or stands to its left; with what it asks for."""
    soap = _SOAP.match(printed)
    if soap:
        return soap["label"], _SOAP_MEANS[soap["label"]]
    opened = _RUN_IN.match(printed) or _LABEL.match(printed)
    if opened and opened["label"] in {"A", "Answer"}:
        return None  # the question before tells
    if opened and opened["label"] in {"Q", "Question"}:
        return printed, about(printed)
    if opened and len(opened["label"].split()) <= 12:
        return opened["label"], about(opened["label"])
    if _titles(text, sentence, printed):
        return printed.strip(), about(printed)
    cell = text.cell_at(sentence.start)
    if cell is None or sentence.start - cell.start > 3:
        return None
    line = text.lines[text.line_index(sentence.start)]
    left = [c for c in line.cells if c.end <= sentence.start]
    if left and len(left[0].text.split()) <= 8 and not _PART.match(left[0].text):
        names = [c.text for c in left if about(c.text)]
        name = names[-1] if names else left[0].text
        return name, about(name)
    return None


def sentence_stance(printed: str) -> Stance | None:
    """What the sentence as a whole does: its first word that prescribes, or the first that reports."""
    found = [_stance(cue) for cue in _CUES.finditer(printed)]
    if "prescribes" in found and found[0] != "denies":
        first = found[0]
        strong = _FIRST_PERSON.search(printed) is not None
        return "prescribes" if strong or first in {"prescribes", "goals"} else first
    return next((stance for stance in found if stance in {"reports", "returns", "habits", "denies"}), None)


def _stance(cue: re.Match[str]) -> Stance:
    """The kind of a cue."""
    return cue.lastgroup  # type: ignore[return-value]


def prescribed(
    text: AnnotatedText, sentence: Span, time: Time, others: Sequence[Time], context: Context
) -> float | None:
    """How strongly a time of a sentence belongs to the course; None where it does not.

    `others`: all times of the sentence; offsets are within it.
    """
    printed = text.flat[sentence.start : sentence.end]
    before, after = _plain(printed, time, others)
    first_person = _FIRST_PERSON.search(before) is not None
    if _is_another_time(printed, time, context) or _RELATIVE_DOES.search(before):
        return None
    unwanted = context.about in _UNWANTED
    weak = context.about == "other" and (context.carried or _STRONG.search(before))
    if unwanted and not first_person and not weak:
        return None
    ticked = text.box_state(sentence.start + time.start)
    if ticked and len(re.findall(r"[A-Za-z]+", printed)) <= 8:
        return 0.85
    near = [m.end() for m in _CLAUSE.finditer(before)]
    clause = before[near[-1] :] if near else before
    inner = printed[time.start : time.end]
    if time.kind == "frequency" and any(_stance(cue) in {"returns", "relation"} for cue in _CUES.finditer(inner)):
        return None  # "a progress report every 4 weeks"
    if _is_a_drugs(printed, clause, time, context):
        return None
    body = printed[len(context.label) :] if printed.lower().startswith(context.label.lower()[:12]) else printed
    if not (_TREATMENT.search(body) or _SUPPLEMENT.search(body) or _OF_A_LETTER.search(body)):
        of_letter = text.kind[0] != "other" or text.kind[1] < _SURELY
        answers = context.carried or context.about == "order"
        if not of_letter and (_is_of_doses(time) or time.kind == "length" or not first_person):
            return None
        if _is_of_doses(time) and not answers:
            return None
    cues = [cue for cue in _CUES.finditer(clause) if not _is_a_noun(clause, cue)]
    strength = _by_cues(clause, cues, (before, after), time)
    if strength is not None:
        return strength or None
    if time.kind != "frequency" and _SYMPTOM.search(clause):
        return None
    return _by_rest(printed, time, others, (before, after), context)


_DOERS = frozenset("he she they patient who and also now still often usually already client".split())


def _is_a_noun(clause: str, cue: re.Match[str]) -> bool:
    """ "Neck stretches", "two rides": what is done, where nobody before it does it."""
    if _stance(cue) != "habits" or not re.fullmatch(
        r"(?:stretch|ride|walk|exercis|swim|cycle|play|work|jog)\w*", cue.group(), _I
    ):
        return False
    before = clause[: cue.start()].split()
    return bool(before) and before[-1].lower().strip(",") not in _DOERS and not before[-1][0].isupper()


_RELATIVE_DOES = re.compile(
    r"\b(?:his|her|their|my|the patient['’]s|a|mr\.? \w+['’]s|ms\.? \w+['’]s)\s+"
    r"(?:(?:late|own|older|younger|twin|elder)\s+)?"
    r"(?:mother|father|brother|sister|wife|husband|spouse|partner|son|daughter|aunt|uncle|cousin|grand(?:mother|father)|"
    r"parents?|friend|neighbou?r|coworker|colleague)\s+(?:\w+ly\s+|also\s+|once\s+)?"
    r"(?:ha[sd]|was|is|needed|needs|takes|took|underwent|received|gets|got|goes|attends|attended|requires|required|uses|"
    r"used|does|did|sees|saw|swims|recommends|recommended)\b(?!\s+(?:him|her|them)\b)",
    _I,
)
"""Somebody else is who it is about."""
_SUBORDINATE = re.compile(
    r"^\W*(?:even though|although|though|while|whereas|despite|in spite of|instead of|in place of|besides|apart from|"
    r"on top of|in addition to|unlike|after|following|having)\b[^,;]*,",
    _I,
)
"""What is conceded or went before, before the comma that leads to what the sentence says."""


def _plain(printed: str, time: Time, others: Sequence[Time]) -> tuple[str, str]:
    """What stands before and after a time, without other times ("the last four weeks" reports nothing) and asides."""
    letters = list(printed)
    for other in others:
        letters[other.start : other.end] = " " * (other.end - other.start)
    before, after = "".join(letters[: time.start]), "".join(letters[time.end :])
    before = _SUBORDINATE.sub(lambda clause: " " * len(clause.group()), before)
    return _ASIDE.sub(lambda aside: " " * len(aside.group()), before), after


_ASIDE = re.compile(r"\([^()]*\)")


_WAS = re.compile(r"\b(?:was|were|had been|been)\s+(?:\w+ly\s+)?$", _I)
_LONG_AGO = re.compile(
    r"\b(?:former|previous\w*|prior|last (?:year|spring|summer|fall|winter|month)|in (?:19|20)\d\d|ago|stopped|"
    r"failed|helped|without)\b",
    _I,
)


def _by_cues(clause: str, cues: list[re.Match[str]], around: tuple[str, str], time: Time) -> float | None:
    """By the last word of the clause, or of an earlier one, that governs; 0 where it speaks against, None: nothing."""
    before, after = around
    if cues:
        governing = _stance(cues[-1])
        if governing == "prescribes":
            if _WAS.search(clause[: cues[-1].start()]) and _LONG_AGO.search(clause + after):
                return 0.0
            if (
                len(cues) > 1
                and _stance(cues[-2]) in {"returns", "habits", "denies"}
                and not _STRONG.match(cues[-1].group())
            ):
                return 0.0
            return 0.0 if _denied(clause, cues[-1]) else 0.92
        if governing == "goals" and any(
            _stance(c) == "prescribes" and (time.kind == "frequency" or _STRONG.match(c.group()))
            for c in _CUES.finditer(before)
        ):
            return 0.75 if time.kind == "frequency" else 0.6
        return 0.0
    earlier = list(_CUES.finditer(before[: len(before) - len(clause)]))
    if not earlier:
        return None
    stances = [_stance(c) for c in earlier]
    if stances[-1] == "prescribes" or ("prescribes" in stances and stances[-1] == "goals"):
        return 0.85
    if "prescribes" in stances and _FIRST_PERSON.search(before):
        return 0.75 if stances[-1] == "relation" else 0.0
    return 0.0


def _by_rest(
    printed: str, time: Time, others: Sequence[Time], around: tuple[str, str], context: Context
) -> float | None:
    """ "Sessions of one hour are necessary"; answers, entries of a plan; what the sentence before carries on."""
    before, after = around
    clause_end = _CLAUSE.search(after)
    behind = next(_CUES.finditer(after[: clause_end.start() if clause_end else None]), None)
    if behind is not None:
        stance = _stance(behind)
        if stance == "prescribes":
            return None if _denied(after, behind) else 0.85
        if stance in {"reports", "returns", "relation", "denies"}:
            return None
        if stance == "habits" and not context.about:
            return None
    conditional = isinstance(time.value, dict) and "until_condition" in time.value
    if conditional and context.about != "order" and not _TREATMENT.search(printed) and len(others) < 2:
        return None
    if context.about == "order":
        return 0.88
    if context.carried:
        return 0.82
    names = _TREATMENT.search(printed) is not None
    if len(before.split()) <= 5 and _OPENS_WITH_LABEL.match(before) and about(before) == "order":
        return 0.8
    if _is_whole_value(printed, others, context):
        return 0.75
    if names and (time.kind != "duration" or time.before in _LASTS or not _is_span(time)) and not time.needs_label:
        return 0.7
    return None


_OF_NO_COURSE = re.compile(
    r"\b(?:age|experience|since|smok\w*|works?|job|shift|supply|gestation\w*|pregnan\w*|walks?|wait\w*|notice|"
    r"return\w*|known|"
    r"visit(?:ed)?|seen|date|dob|born|page|printed|valid|next|last|sleep|alcohol|drinks?|surgery|operated|injury|"
    r"hardware|"
    r"previous|stay|admi\w+|contract|rent|warranty|phone|fax|re|subject|chart)\b|^\W*$",
    _I,
)


def _is_whole_value(printed: str, others: Sequence[Time], context: Context) -> bool:
    """Whether times are all that stands beside a label of any words: "Sitting   30 min", "Run for: 8 weeks"."""
    label = context.label
    if context.about or not label or len(label.split()) > 5 or _OF_NO_COURSE.search(label) or label.isupper():
        return False
    body = printed[len(label) :] if printed.lower().lstrip(" -•*").startswith(label.lower()) else printed
    rest = list(printed)
    for other in others:
        rest[other.start : other.end] = " " * (other.end - other.start)
    left = re.findall(r"[A-Za-z]+", "".join(rest))
    return len(left) - (len(label.split()) if body != printed else 0) <= 1


def _is_another_time(printed: str, time: Time, context: Context) -> bool:
    """An age, a point of time, a goal's measure."""
    before, after = printed[: time.start], printed[time.end :]
    value = time.value if isinstance(time.value, dict) else {}
    if time.kind in {"duration", "phase"} and "value" in value:
        if re.search(r"\b(?:part|most|much|some|portion|rest) of\s*$", before, _I):
            return True
        if time.before == "within" and _DONE_WITHIN.search(before):
            return False
        if time.before in _POINT and not re.search(r"\b(?:over|during|for)\s+(?:the\s+)?(?:\w+\s+)?$", before, _I):
            return True
        follows = _AFTERWARDS.match(after) and time.before in {"for", "over", "during"}
        if (_AGO.match(after) and not follows) or re.search(
            r"[$€£]\s?$|\bpast\s+$|\blast\s+$|\bprevious\s+$", before, _I
        ):
            return True
        if re.search(r"\b(?:past|last|previous|prior|these)\b[^,;]{0,20}$", before, _I):
            return True
        if re.match(r"an?\s", printed[time.start : time.end], _I) and not _WHOLE.search(before):
            return True
        if re.search(r"\b(?:business|working)\s+days?$", printed[time.start : time.end], _I):
            return True
    if time.kind == "frequency" and time.before in {"after", "since", "despite", "of those"}:
        return True
    if (
        time.kind == "length"
        and (time.before in {"from", "to"} or printed[time.start :].lower().startswith("from "))
        and re.search(r"\b(?:ris|toleran|walk|stand|sit)\w*", before, _I)
    ):
        return True
    if time.kind == "length" and time.before in {"take", "takes"} and not _TREATMENT.search(before):
        return True
    if time.kind == "length" and (
        _MEASURED.search(before)
        or re.match(r"\s*(?:away|before|after|late|early|total|ago|walk\b|drive\b|later)", after, _I)
    ):
        return True
    if re.search(r"\([^)]*=[^)]*$", before):
        return True  # what a form prints for whoever fills it in
    if time.kind == "frequency" and _describes(printed, time):
        return True
    if time.kind == "duration" and re.search(r"\b(?:phase|stage)\b[^,;]{0,30}$", before, _I):
        return True
    if time.needs_label and "until" in value and not _ASKS_FOR_AN_END.search(context.label):
        return True
    if time.needs_label and "indefinite" in value and _ENDS.match(after) and _USES.search(before):
        return False
    answers = context.about == "order" and len(before.split()) - len(context.label.split()) <= 3
    return bool(time.needs_label and not answers and len(printed.split()) > 4)


_DONE_WITHIN = re.compile(
    r"\b(?:sessions|visits|treatments|appointments|classes|lessons)\b[^.;]{0,40}?"
    r"(?:(?:to|must|should|will|can|may) be (?:completed|used|taken|given|done|finished|attended|held|delivered)\s+)?"
    r"within\s+(?:the\s+next\s+|a\s+period\s+of\s+|the\s+)?$",
    _I,
)
"""So many sessions within so long: the span of the course."""
_AFTERWARDS = re.compile(r"\s*(?:after(?: that)?|afterwards?|later|from then on)\s*(?:[.,;)]|$)", _I)
"""Of "twice a week for a month and once a week for the two months after"."""
_ADJECTIVE = re.compile(r"(?:daily|nightly|weekly|monthly|yearly|quarterly|annual|bi-?weekly)", _I)
_GOES_ON = re.compile(
    r"\s+(?:for|x|until|till|through|over|with|at|on|and|or|in|to|by|as|of|from|is|are|was|will|should|may|can|"
    r"under|using|"
    r"after|before|following|afterwards?|thereafter|again|if|once|"
    r"at|he|she|they|it|because|starting|beginning|then|during|but|while|lasting|per|each|when|if|w/|basis)\b",
    _I,
)


def _describes(printed: str, time: Time) -> bool:
    """ "The nightly dash": an adjective of something that is no treatment."""
    if not _ADJECTIVE.fullmatch(printed, time.start, time.end):
        return False
    following = re.match(r"\s+[A-Za-z\d][^,.;:\n]{0,60}", printed[time.end :])
    return (
        following is not None
        and not _GOES_ON.match(printed[time.end :])
        and not _TREATMENT.search(following.group())
        and not SESSIONS.intersection(following.group().lower().split())
    )


def _is_a_drugs(printed: str, clause: str, time: Time, context: Context) -> bool:
    """How tablets are taken; vitamins and the like may be what is prescribed."""
    prescribes = _STRONG.search(printed) is not None or context.carried or context.about == "order"
    supplement = _SUPPLEMENT.search(printed) or re.search(r"recommended|supplement|product", context.label, _I)
    if supplement and not _DRUG.search(clause) and prescribes:
        return False
    if _DOSE.search(clause[-60:]) or _DRUG.search(clause[-70:]):
        return True
    if re.search(r"\bdos(?:e|es|age|ing)\b", clause, _I) and not _TREATMENT.search(clause):
        return True
    doses = _is_of_doses(time)
    taken = re.search(r"\b(?:takes?|taking|tablets?|dose|pills?|mg)\b", printed, _I) or _SUPPLEMENT.search(clause)
    return bool(doses and taken and not _TREATMENT.search(clause))


def _is_span(time: Time) -> bool:
    return isinstance(time.value, dict) and "value" in time.value


def _is_of_doses(time: Time) -> bool:
    """How medicine is taken as often as how a treatment is given: so often a day, or as needed."""
    value = time.value if isinstance(time.value, dict) else {}
    return value == {"as_needed": True} or value.get("period_unit") == "d"


def _denied(before: str, cue: re.Match[str]) -> bool:
    return (
        re.search(r"\b(?:not|n't|never|no longer|does not|no|without)\s+(?:\w+\s+)?$", before[: cue.start()], _I)
        is not None
    )


_PLEASE_LET = re.compile(
    r"\W*(?:please|kindly)\s+(?:let|allow|permit|authoriz\w+|approve|cover|reimburse|grant)\s+(?:him|her|them|his|their|"
    r"m[rs]{1,2}\b|the patient|(?:an?|one|two|three|\d+)\b)",
    _I,
)


def prescribes_itself(printed: str) -> bool:
    """Whether the writer says "I recommend", or asks the plan to let the patient have it."""
    return _FIRST_PERSON.search(printed) is not None or _PLEASE_LET.match(printed) is not None


def speaks_of_course(text: AnnotatedText, sentence: Span, before: str) -> bool:
    """Whether a date in a sentence may be of the course; `before`: the sentence up to it."""
    context = contexts(text).get(sentence.start, Context("", "", False))
    last: str | None = None
    for cue in _CUES.finditer(before):
        stance = _stance(cue)
        last = stance if stance not in {"habits", "goals"} else last
        if (
            stance == "reports"
            and re.match(r"(?:began|started|was|were|did|last|came)$", cue.group(), _I)
            and last == "reports"
        ):
            last = "began" if re.match(r"began|started|was", cue.group(), _I) else last
    if last == "began":
        return context.carried or any(_stance(c) == "prescribes" for c in _CUES.finditer(before))
    if last is not None:
        return last == "prescribes"
    if context.about in {"past", "habits", "medication", "goal"}:
        return False
    return bool(_TREATMENT.search(text[sentence]) or context.about == "order" or context.carried)
