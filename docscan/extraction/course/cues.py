"""Words that govern a time, as data: what prescribes, what reports, when to come back, what is done anyway, aims."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

from docscan.extraction.text.titles import COURTESY

_I = re.IGNORECASE
_DOING = (
    r"(?:do(?:ing)?|attend\w*|take|taking|try|get(?:ting)?|go(?:ing)?|join\w*|use|using|exercis\w+|work\w*|train\w*|swim\w*|"
    r"in (?:the|an?) (?:\w+ )?(?:pool|gym|water|class\w*|program\w*|group))\b"
)
"""What a doctor would like to see a patient do, rather than whom to see."""
Stance: TypeAlias = Literal["prescribes", "reports", "returns", "habits", "relation", "goals", "denies"]

_WORDS: Mapping[Stance, str] = {
    # Who advises is somebody else, or it is advised against: "guidelines recommend", "instead of", "not part of".
    "denies": (
        r"(?:do(?:es)? not|don't|doesn't|did not|no longer|never|not) (?:\w+ )?(?:recommend|prescrib|requir|need|"
        r"order|advis)\w*|"
        r"instead of|rather than|(?:caution|warn)(?:ed|ing|s)? (?:\w+ )?(?:against|from|about|not)\b|"
        r"(?:none|neither|nothing) of (?:it|this|that|these|them|which)|"
        r"(?:is|are|was|were) not (?:a )?part of|"
        r"(?:standards?|guidelines?|association|college|statements?) [^.;]{0,40}?(?:advise|recommend|suggest|report|"
        r"call for)s?|(?-i:[Tt]he [A-Z]{3,5}) (?:advises|recommends|suggests|calls for)\b|"
        r"(?:advise|recommend|suggest|call for)s? (?:that )?(?:adults|people|individuals|persons|everyone|"
        r"patients with|all patients)|"
        r"(?:usual|typical|standard|normal|average) (?:course|number|duration|length|regimen) (?:is|runs|of|for|lasts)|"
        r"not (?:until|before)|"
        r"(?:policy|insurance|insurer|medicare|medicaid|hmo|health plan) (?:\w+ )?(?:pays?|paid|allow(?:s|ed)?|"
        r"covers?|covered|limits?|"
        r"caps?|"
        r"provides?|grants?|offers?)\b|(?:the|your) plan (?:\w+ )?(?:pays?|allows?|limits?|caps?|grants?)\b|"
        r"\b(?:trial|study)\b[^.;\n]{0,60}?\b(?:shows?|showed|found|reported|demonstrated)\b|"
        r"(?:studies|study|research|evidence|literature|trials|data) (?:\w+ )?(?:shows?|suggests?|indicates?|"
        r"supports?|demonstrates?|finds?|found|showed|confirms?)|"
        r"(?:i|we) considered|was considered"
    ),
    # When the patient is seen, measured or reported on again: no part of the treatment.
    "returns": (
        r"(?:updated|new|annual|another|current|renewed|fresh|separate) (?:letter|prescription|lmn|form|referral|"
        r"certification)[^.;]{0,40}?\b(?:required|needed|necessary|requested|due|submitted)\b|"
        r"(?:needs?|requires?|takes?) (?:an? )?(?:new|fresh) (?:filter|batter|bulb|cartridge|cushion|hose|tubing|"
        r"mask|pad|liner|"
        r"electrode)\w*|"
        r"(?:needs?|requires?) (?:to be )?(?:replac|exchang|recharg|clean)\w+|wears? out|"
        r"(?:filters?|batter(?:y|ies)|bulbs?|cartridges?|cushions?|hos(?:e|es)|tubing)\b[^.;]{0,30}?"
        r"\b(?:replaced?|replacement|changed?|cleaned)\b|"
        r"follow(?:s|ed|ing)?[- ]?(?:up|ups)|f/u|return(?:s|ing)? (?:to|for|in|visit)|returns?\b|rtc|rto|re-?check\w*|"
        r"re-?evaluat\w+|re-?assess\w*|re-?measure\w*|reviewed?\b|see (?:me|us|you) |"
        rf"(?:will|shall|to) see (?:her|him|them|the patient)(?! {_DOING})|seen (?:again|back)|refills?|"
        r"repeat(?:ed|ing|s)? (?:labs?|imaging|mri|x-?rays?|scans?|tests?|blood|echo|ct|studies|exams?|evaluations?|"
        r"measure\w*)|"
        r"labs?\b|a1c|monitor\w*|re-?examin\w*|progress (?:notes?|reports?)|"
        r"report(?:s|ing)?(?=\s*$)|report(?:s|ing)? (?:to|back|will|monthly|weekly|every)|updates?\b|weigh-?ins?|"
        r"renew(?:s|ed|ing)? (?:(?:the|this|my|your) )?(?:orders?|prescriptions?|rx)\b|renew(?!able)\w*|"
        r"re-?(?:order|prescri|"
        r"issu|certif|authoriz|apply|submi|write)\w*|communicat\w+|"
        r"check-?ins?|submit\w*|(?:office|doctor|physician|clinic|specialist|provider|medical|dental)(?:['’]s)? "
        r"(?:visits?|appointments?)|"
        r"consult(?:ation)?s? with me|contact me|come back|recheck|"
        r"answer messages|(?:writ\w+|send\w*|sent) (?:me|us|my office|our office|in)\b|"
        rf"wants? to (?:see(?! (?:her|him|them|the patient) {_DOING})|review|hear|"
        r"check|look)\b|written reports?|telephon\w+|"
        r"phon(?:es?|ing)\b|"
        r"calls? (?:me|us|my|our|to|with|from)\b|bring (?:her|him) back|see (?:her|him|them) (?:back|again)"
    ),
    # What is ordered, required, planned or asked for, and what the course or its sessions are said to be.
    "prescribes": (
        r"(?:grateful|obliged|thankful|glad|appreciate(?: it)?) if (?:you|he|she|they|the \w+|m[rs]{1,2}\.? \w+) "
        r"(?:were|was|would|could|might|can|may)\b(?: (?:be )?(?:allow|permit|grant|approv|author|cover|agree)\w*)?|"
        r"recommend\w*|prescrib\w+|orders?\b|ordered|ordering|requir(?:e|es|ed|ing)\b|needs?\b|needed|necessary|"
        r"medically appropriate|advis(?:e|ed|ing)|request(?:s|ing|ed)?|authoriz\w+|approv(?:e|al|ing)|should\b|"
        r"ask(?:s|ing)? (?:for|that|you to)|cover(?:s|age)?\b|"
        r"please (?:approve|cover|allow|authorize|reimburse|continue|extend|let (?:him|her|them))|"
        r"^\W*(?:attend|participate|perform|complete|train|swim|exercise|join|do|go|use|see)\b|'d like|"
        rf"(?:put|placed) (?:him|her|them|the patient|{COURTESY}) (?:\w+ )?(?:on|in)\b|"
        r"regular use of (?:the|this|these|such|it)\b|"
        r"want (?:him|her|them|the patient|it|this|these|carried)|"
        rf"would like (?:him|her|them|it|this|that|these|to(?! see\b))|to see (?:her|him|them|the patient) {_DOING}|"
        r"will (?:benefit|need|require|participate|attend|receive|continue|undergo|engage|work|begin|complete|use|"
        r"take|be|start|include|consist|last|run|perform|do|meet|train|have|go|come|get|see a)|"
        r"would (?:benefit|be)|benefit from|must\b|shall\b|"
        r"(?:to|may|can|will) be (?:used|done|given|kept up|repeated|performed|completed|taken|worn|carried|"
        r"continued|provided|delivered|held)|"
        r"plan(?:ned)? (?:is|to|for|of)|treatment plan|(?:care|exercise|fitness) plan|plan:|"
        r"(?<!goal )(?<!goals )(?<!aim )(?<!objective )(?<!target )(?<!hope )is to\b|are to\b|"
        r"(?<!used )to (?:participate|attend|engage|receive|undergo|complete|begin|continue|use|be|perform|follow|run|"
        r"commence|start|carry|ride|train|last|go)\b|"
        r"(?:i|we) (?:would )?(?:anticipate|expect|foresee|estimate) (?:the |a |an |her |his |their )?(?:need|"
        r"treatment|course|"
        r"therapy|care|program|duration|use)\b|"
        rf"(?:i|we) (?:would )?(?:anticipate|expect|foresee) (?:him|her|them|the patient|{COURTESY}|this|it) "
        r"to (?:need|require|continue|attend|stay|remain|last|run|take)\b|plan of care|"
        r"(?:meets?|works?|trains?) (?:one-on-one )?with (?:her|"
        r"him|them|the patient|an?\b|the\b)|regimen|initiate|begin(?:ning)?|start(?:ing)?|"
        r"commenc\w+|continu(?:es?|ing|ation)\b|"
        r"(?:is|are|seems?|would be|appears?) (?:\w+ly )?(?:warranted|called for|in order|merited|justified|"
        r"reasonable(?! (?:to|that|for me|and customary)\b))|"
        r"enroll?\w*|suggest\w*|indicated|propose[ds]?|consist(?:s|ing) of|schedul(?:e|ed|ing)\b|rx\b|sig:|"
        r"i am asking|support(?:s|ing)? (?:the use|her|his|their|an?\b)|support(?:s|ing)?(?=\s*$)|in support of|"
        r"participat(?:e|ing|ion) in|goal is to (?:attend|participate|complete)|"
        r"(?:eval\w*|assess)\.?\s*(?:&|and|/)\s*treat\b|"
        r"(?:visits|appointments|classes|lessons|treatments|meetings) (?:are|run|last)(?= (?:about |each )?[\w-]+[ -]"
        r"(?:min|h(?:ou)?r)|(?: about| each)?\s*$)|"
        r"sessions? (?:of|are|will|lasting|for|at|runs?|lasts?|occup\w+|is)\b|"
        r"(?:each|every|the|a|one) (?:session|visit|class|appointment|treatment|lesson|ride)(?: \w+)? (?:of|is|will|"
        r"lasts?|runs?|occup\w+|takes?|to)\b|"
        r"(?:letter|prescription|recommendation|order|referral|lmn|necessity|it|this|which) (?:is|will be|"
        r"remains?|stands|"
        r"shall be) (?:valid|effective|good(?= (?:for|from|until|till|through|thru|to)\b|\s*$)|in effect|in force)|"
        r"(?:letter|prescription|recommendation|order|referral) (?:runs|ends|lapses|expires|lasts|stands|holds|goes)|"
        r"(?:letter|prescription|order) covers|treated with|treatment (?:is|will|should|with|of|consist\w*)|"
        r"therapy (?:is|will|should)|"
        r"the (?:course|whole|program(?:me)?|plan|regimen|series|membership|service|order|prescription|request|need|"
        r"schedule|frequency|item|remedy|dose) (?:is|runs?|lasts?|to|spans?|consists?|"
        r"covers?)|"
        r"this (?:runs|lasts|covers|is for|will run)|is for as long|twice[- ]weekly program"
    ),
    # What was: treatment tried, time passed, "was", "had", "since". A verb after "should" or "to" reports nothing.
    "reports": (
        r"(?:last|first|previously|originally|once|earlier) (?:ordered|prescribed|recommended|requested|wrote|"
        r"referred|asked)\b|"
        r"(?<!be )completed|concluded|finished|underwent|undergone|received|ran\b|(?<!have )(?<!has )asked that "
        r"(?!you)|"
        r"(?<!be )(?:(?<!, )attended|(?<=, )attended(?= (?:\d|an?\b|\w+ (?:weeks|months|sessions|classes|visits))))|"
        r"tried|trial of|failed|"
        r"failure of|participated|previous(?:ly)?|prior|past\b|"
        r"(?<!should )(?<!will )(?<!shall )(?<!must )(?<!to )(?<!can )(?<!may )(?<!sessions )(?<!visits )last\b(?! "
        r"(?:through|until|till|for|about|at least|an?\b|from|\d))|"
        r"you (?:have |had |already )*(?:approved|authorized|allowed|paid|covered|granted|denied)\b|ago\b|since\b|"
        r"histor(?:y|ical)|already|used to|"
        r"(?:he|she|they|we|i|patient|has|have|had|been|was|were) used\b(?! (?:at|up|by|in|for|with|any))|"
        r"following an?|despite|in spite of|recent(?:ly)?|so far\b|to date\b|"
        r"['’](?:d|s|ve) (?:\w+ly |already |only |both )?(?:been|had|gone|done|tried|taken|spent|finished|"
        r"completed|attended|worked|sat)\b(?! (?:\w+ing )?(?:recommended|prescribed|ordered|advised))|"
        r"has (?:been|had|lost|gained|done|gone|paid|seen|taken|made|held|kept|put|spent|come|worn)|"
        r"(?:has|have) (?:\w+ly )?(?!(?:recommend|prescrib|order|request|advis|requir|need|author|approv|propos|"
        r"schedul|suggest|indicat|enroll|plann|refer|agree|ask|plac|arrang))\w+ed\b|"
        r"have (?:been|had|known|treated|followed|seen)|had\b|was\b|were\b|did\b|diagnosed|onset|began|started|"
        r"ended|discontinued|stopped|halted|quit\b|status post|s/p|formerly|initially|came\b|went\b|gave\b|saw\b|"
        r"met\b|took\b|visited|(?:wore|woke|fell|rode|swam|wrote|drove|knew|bore|drank|ate|spoke|got|felt|slept)\b|"
        r"\b(?:he|she|they) (?:\w+ly )?(?!(?:need|recommend|prescrib|order|request|advis|requir|refer|schedul|suggest|"
        r"ask)\w*ed\b)\w{3,}ed\b|provided (?!that)|undertook|before (?:this|that)|bouts? of|lasted|helped|borrowed|"
        r"brought|after the(?= [a-z])"
    ),
    # What the patient does anyway, takes, or suffers every so often.
    "habits": (
        r"avoid\w*|refrain\w*|walks|exercises (?:at|on|by)|drinks|smok(?:es|ed|ing)\b(?![ -]cessation)|sleeps|"
        r"works\b|eats|plays|"
        r"goes to\b|jogs|bikes|cycles|swims|gardens|stretches|meditates|rides|consumes|reports that|"
        r"reports (?:s?he|they)|states|endorses|denies|"
        r"(?:is|are|lies|stays?) (?:awake|up (?=at |\d|all |half |\w+ times))|wakes?\b|awakens?\b|gets? up\b|"
        r"urinates?|voids?\b|vomits?|faints?\b|chokes?\b|wheezes?|coughs?\b|snores?|limps?\b|"
        r"(?:has|having) to (?:get up|stop|sit|lie|rest|leave|pull)|loses (?:her|his|their)|misses\b|"
        r"(?<=he )falls\b|(?<=patient )falls\b|takes\b(?! (?:her|him|them|the patient) (?:through|over)\b)|"
        r"taking|"
        r"limited to \w+ing\b|can(?:not)? (?:only )?(?:walk|stand|sit|drive|lift|climb)\b|"
        r"currently (?:limited|restricted|takes?|on|taking|walks|exercis\w+|attends)|able to|unable to|tolerates?|"
        r"works out|occurs?|"
        r"experiences|headaches|episodes?|flares?|attacks?|migraines|puts on|elevates|wears|"
        r"does (?!not\b|n['’]t|need|require|well\b|benefit)|on (?:her|his|their) own|own (?:routine|doing|time)|"
        r"(?:is|are|was) (?:entirely |purely )?(?:her|his|their) own (?:idea|choice|affair|business|decision|"
        r"initiative)|"
        r"sees (?:her|his|their)\b|(?:is|are) (?:only |usually )?offered\b|"
        r"(?:nurse|aide|caregiver|carer|helper|social worker|case manager) (?:visits|comes|calls|checks|stops)\b|"
        r"(?:at present|presently|these days|nowadays|at the moment),? (?:s?he|they|the patient|m[rs]{1,2}\.? \w+) "
        r"(?!needs?\b|requires?\b)|"
        r"pays? for (?:it|this|that|these|those|them) (?:her|him|them)sel(?:f|ves)|"
        r"at home (?:he|she|they)"
    ),
    # How long the writer knows the patient or practises, opening hours, guarantees.
    "relation": (
        r"under my care|patient of mine|my patient|known (?:him|her|this)|in practice|experience|spent|spend|"
        r"face-to-face|established|"
        r"(?:products?|garments?|devices?|materials?|workmanship|dispensed|units?|equipment|"
        r"manufactur\w+)\b[^.;]{0,80}?"
        r"\bwarrant\w*|warranty|office hours|hours of|clinic hours|guarantee"
    ),
    # What is aimed at and measured; "reduce to" is a taper, not an aim.
    "goals": (
        r"goals?\b|targets?\b|in order to|reduc(?:e|ing|tion)(?! to\b)|lower(?:ing)?(?! to\b)|"
        r"decreas(?:e|ing)(?! to\b)|lose\b|losing|achiev\w+|increas(?:e|ing)(?! to\b)|improv(?:e|ing|ements?)|"
        r"resum(?:e|es|ing)\b(?! (?:treatment|therapy|training|sessions|classes))|feel\b|objective|outcome|hop(?:e|"
        r"es|ed|ing) (?:for|to|that)|shooting for|stance|stand on|expect\w*"
    ),
}
CUES = re.compile(r"\b(?:" + "|".join(f"(?P<{stance}>{words})" for stance, words in _WORDS.items()) + ")", _I)
"""A word that governs, under the name of what it does."""
STRONG = re.compile(r"(?:recommend|prescrib|order|request|authoriz|approv|advis|rx\b|necessary|requir)", _I)
CLAUSE = re.compile(
    r";|\b(?:but|however|therefore|thus|so)\b|\s[-–—]\s|"
    r",\s+(?=(?:i|we|he|she|they|the patient|and (?:i|we|he|she|they|is|has|now|will|should|would|requires?|"
    r"needs?|what)|"
    r"which|who|it|my|his|her|mr|ms|mrs|what|after|until|because|since|although|though)\b)|"
    r"\band (?=(?:will )?(?:meets?|works?|trains?|coach(?:es)?|attends?|exercises?)\b)|"
    r"\band (?:i|we|he|she|they|the patient|now|currently|what) |\band (?=(?:requires?|needs?|would|should|will|"
    r"is|has) )",
    _I,
)
FIRST_PERSON = re.compile(
    r"\b(?:I|we)(?:['’](?:m|ve|re))?(?: am| are| have| hereby| strongly| therefore| also| now| so| thus|"
    r" further)* (?:recommend|prescrib|order|advis|request|ask)\w*|"
    r"\b(?:I|we) (?:anticipate|expect|foresee|estimate) (?:(?:the|a|her|his|their|that|ongoing) )*"
    r"(?:treatment|therapy|need|course|use|care)\b|\b(?:plan of (?:treatment|care)|treatment plan) is\b|"
    r"\bput (?:him|her|them|the patient) on\b|\bphysician now prescribes\b|"
    r"\b(?:is|are) (?:hereby )?(?:prescribed|ordered)\b",
    _I,
)
TREATMENT = re.compile(
    r"(?:\b\w*therap(?:y|ies|eutic)\b)|\b(?:training|trainer|sessions?|massages?|program(?:me)?s?|exercis\w*|gym|"
    r"fitness|"
    r"membership|"
    r"class(?:es)?|acupuncture|chiropractic|counsel\w*|treatments?|coaching|workouts?|pilates|yoga|swim\w*|aquatic\w*|"
    r"walking|strengthening|conditioning|rehab\w*|nutrition\w*|diet\w*|supplement\w*|sauna|visits?|lessons?|"
    r"weight loss|device|equipment|rides?|tutoring|attendance|balance|hydrotherapy|adjustments?|therapist|"
    r"physio\w*|physical|PT|OT|"
    r"needling|reflexology|tai chi|qi ?gong|feldenkrais|biofeedback|neurofeedback|hypnosis|traction|cupping|reiki|"
    r"light box|mattress|wedge|splints?|wear|bath|lamp|supplies|bike|worn)\b",
    _I,
)
SUPPLEMENT = re.compile(
    r"\b(?:vitamins?|supplement\w*|probiotics?|omega|fish oil|melatonin|magnesium|protein|collagen|iron|calcium|"
    r"glucosamine|chondroitin|co-?q\s?10|turmeric|curcumin|electrolytes?|zinc|creatine|fiber|psyllium|shakes?|herbal|"
    r"granules?|tinctures?|herbs?|decoctions?|elixir|homeopathic|lozenges|"
    r"folate|b-?12|biotin|multivitamin)\b",
    _I,
)
_PLEASE_LET = re.compile(
    r"\W*(?:please|kindly)\s+(?:let|allow|permit|authoriz\w+|approve|cover|reimburse|grant)\s+(?:him|her|them|his|"
    r"their|"
    r"m[rs]{1,2}\b|the patient|(?:an?|one|two|three|\d+)\b)",
    _I,
)


WHENEVER = re.compile(
    r"\b(?:when(?:ever)?|if|as|any time|at times when|on (?:the )?days (?:when|that)|should)\s+(?:the |her |his |"
    r"their |a |an )?"
    r"(?:[\w-]+\s+){1,3}?(?:returns?|recurs?|flares?(?: up)?|worsens?|comes? (?:back|on)|acts? up|strikes?|arises?|"
    r"(?:is|are|gets?) (?:bad|worse|severe)|demands?|dictates?|calls? for it|needs? (?:it|one|them)|wants? (?:it|one)|"
    r"requires? (?:it|one|them)|permits?|allows?|tolerates?|can manage|is able)\b",
    _I,
)
"""What calls for a session or lets it happen, rather than a word that governs."""


_IT_IS_NEEDED = re.compile(
    r"\W*(?:this|it|they|these|the [\w-]+(?: [\w-]+)?) (?:is|are|will be) (?:required|needed|necessary) for "
    r"(?:an?|at|about|approximately|up|the (?:next|rest)|\d|\w+ (?:\(\d+\) )?(?:weeks|months|years))\b",
    _I,
)


_PLEASE_TREAT = re.compile(r"\W*(?:please|kindly)\s+(?:(?:eval\w*|assess)\.?\s*(?:&|and|/)\s*)?treat\b", _I)


def prescribes_itself(printed: str) -> bool:
    """Whether the writer says "I recommend", or asks the plan to let the patient have it."""
    return any(
        (
            FIRST_PERSON.search(printed),
            _PLEASE_LET.match(printed),
            _IT_IS_NEEDED.match(printed),
            _PLEASE_TREAT.match(printed),
        )
    )


def stance_of(cue: re.Match[str]) -> Stance:
    """The kind of a cue."""
    return cue.lastgroup  # type: ignore[return-value]


def sentence_stance(printed: str) -> Stance | None:
    """What the sentence as a whole does: its first word that prescribes, or the first that reports."""
    found = [stance_of(cue) for cue in CUES.finditer(printed)]
    if "prescribes" in found and found[0] != "denies":
        first = found[0]
        strong = FIRST_PERSON.search(printed) is not None
        return "prescribes" if strong or first in {"prescribes", "goals"} else first
    return next((stance for stance in found if stance in {"reports", "returns", "habits", "denies"}), None)
