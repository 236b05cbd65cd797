"""What a document does, whatever its words: who says what to whom, and for what.

A letter of medical necessity is an act: a clinician, who signs, tells one who pays that a patient with a condition is
prescribed something, how long, and why it helps. Each of these is found by itself, by its grammar or its place on the
page; which kinds they speak for stands at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from docscan.extraction.kinds.weighing import Place, Point, place_of, points_of
from docscan.extraction.text.numerals import BELOW_TWENTY
from docscan.extraction.text.titles import COURTESY
from docscan.reference import conditions

CREDENTIAL: Final = (
    r"(?:m\.?d|d\.?o|m\.?b\.?b\.?s|n\.?p|np-c|[a-z]{3}np(?:-[a-z]{1,2})?|fnp-?(?:bc|c)?|a?prn|aprn|crnp|cnm|cns|pa-?c|"
    r"p\.?a|"
    r"d\.?c|n\.?d|d\.?p\.?m|psy\.?d|ph\.?d|lcsw|lmft|lpc|dds|dmd|o\.?d|l\.?ac|r\.?d|rdn|p\.?t|dpt|otr(?:/l)?|ccc-slp)"
)
_SIGNED_BY = re.compile(rf"^[^\n\t]{{3,45}},? {CREDENTIAL}\b\.?(?:[ ,;(/\t][^\n]{{0,60}})?$", re.MULTILINE)
_CLOSES = re.compile(
    r"^\s*(?:(?:very |most )?(?:sincerely|respectfully|cordially|warmly|truly|faithfully)\b|(?:kind|best|warm|with)\b"
    r"[^\n]{0,20}\b(?:regards|wishes)\b|regards\b|best\b,|yours\b|thanks?\b[^\n]{0,30},?$)|/s/|(?:electronically|"
    r"digitally|e-?)\s?signed|\bsigned (?:by|on|\d)|^\s*_{8,}",
    re.MULTILINE,
)
_NUMBERED = re.compile(r"\bnpi\b|\blicen[cs]e\b|\blic\b\.?|\bdea\b")

_THING = rf"(?:him|her|them|this patient|my patient|the patient|{COURTESY} [a-z'-]+|[a-z'-]+)"
_WILL = (
    r"prescrib\w*|order\w*|recommend\w*|request\w*|advis\w*|propos\w*|suggest\w*|direct\w*|ask(?:ing|ed)?|want|"
    r"certif\w*|"
    r"writ(?:e|ing)|would like|need|attest\w*|refer\w*|support\w*|appeal\w*"
)
_PRESCRIBES = re.compile(
    r"\b(?:i|we)(?:'m|'ve|'d|'re| am| are| have| do| would| shall| will| must)?"
    rf"(?:,? (?:\w+ly|also|now|thus|here|hereby|then|too|in turn|again|therefore|hence|still))*,? (?:{_WILL})\b"
    rf"|\b(?:i|we)(?:'ve| have)? (?:put|started|placed|enrolled|set) {_THING} (?:on|in|up)\b"
    rf"|\b(?:what|all) (?:i|we|you)(?:'m|'re| am| are)? (?:{_WILL}|after)\b"
    r"|\b(?:is|are|was|being|be|been|hereby) (?:\w+ly )?(?:prescrib|order|recommend|request)ed\b"
    r"|\b(?:my|our|this|the|following) (?:prescription|order|recommendation|request|plan) (?:is|for|calls)\b"
    r"|\b(?:should|must|ought to|needs? to|has to|is to) (?:have|use|attend|receive|begin|start|continue|join|take)\b"
    r"|\b(?:would|will) (?:\w+ly )?benefit from\b|\b(?:he|she|they|patient|pt|[a-z]{3,})[,.;]? (?:needs|requires)\b|"
    r"(?:^|[.;\n] ?)(?:needs\b|(?:necessary|needed)\s?:)|\bmedically necessary\b"
    r"|\b(?:is|are|as|be|deemed|considered) (?:\w+ )?(?:medical(?:ly)?|clinically) (?:necess\w+|required|indicated)\b"
)
_HEADS_AN_ORDER = re.compile(
    r"(?:^|\t|\n)[ •*-]*(?:[0-9a-z]{1,2}[.)] |section \w+:? )?(?:rx|needs?|requested|service asked for|describe|"
    r"what (?:do|did|are|have|would) you (?:prescrib|order|recommend|request|advis)\w*|"
    r"what (?:did|does|has) (?:the |your )?(?:doctor|provider|physician|clinician) (?:order|prescribe|recommend)\w*|"
    r"order(?:s|ed|ing)?|"
    r"prescriptions?|prescrib(?:ed|ing)|treatment|"
    r"p(?=\s?[:)])|tx|recs?|a/p|"
    r"plan(?: of care)?|recommendations?|(?:what|whats|what's) (?:(?:is|are|i'?m|we'?re|i am|you|i)\W?){0,2} ?"
    r"(?:prescrib\w+|order\w*|recommend\w*|needed|requested|asked for)|(?:item|product|service|treatment|therapy|"
    r"equipment|"
    r"device|program|intervention|expense)s?(?: ?(?:/|or|and) ?\w+)?(?: being)? (?:requested|ordered|prescribed|"
    r"recommended|needed|"
    r"required)|(?:prescribed|recommended|requested|ordered) (?:item|product|service|treatment|therapy|equipment|"
    r"device|"
    r"program|intervention)s?|request|"
    r"(?:item|product|expense) (?:/|or|and) (?:service|treatment|item|product))\b\s?(?:\([^)\n]*\))?\s*(?:[:.?]|\t|\n|"
    r"-)"
)
_PAYER = re.compile(
    r"\b(?:benefits?|claims?|coverage|reimburse\w*|reviewers?|examiner|administrators?|subscriber|participant|"
    r"(?:account|acct)\.?(?: ?holder| of\b| is\b| in the name)|holds the account|[fh]sa|hra|flex\w*|spending|insurer|"
    r"insurance|plan (?:year|administrator|review\w*|doc\w*)|the plan|your (?:plan|reviewer)|"
    r"plan (?:won't|will not|does|doesn't|requires?|pays?|needs?|wants?)|health account|substantiation|employee|"
    r"claimant|expenses?|"
    r"member(?: name| id)?:|fund(?:s|ed)?\b(?! ?rais)|"
    r"(?:bear|cover|meet|pay(?: for)?|toward) (?:its|the|this|her|his|their) (?:cost|expense)|appeals?|denial|"
    r"(?:you|plan|fund|them) to (?:pay|cover|approve|reimburse)|documentation for|"
    r"you denied|"
    r"request for (?:additional |more )?information)\b"
)
_ADDRESSED = re.compile(
    r"(?:^|\n|\t|\s{2})(?:dear|attn\.?|attention|to(?: the| our| whom| whoever)?|memo(?:randum)?|for|re|subj(?:ect)?|"
    r"hello|hi)\b"
    r"[^\n]{0,60}",
    re.MULTILINE,
)
_TO_ANYONE = re.compile(r"\bto (?:whom|whoever)\b[^\n]{0,20}\b(?:concern|handle|read|review)\w*|\bto whom\b")
_PATIENT = re.compile(
    r"(?:\b(?:born|dob|d\.o\.b\.?|date of birth|birth ?date|birthday)\b|\bb\.)[^\n]{0,14}\d"
    r"|\b[a-z'-]{2,},? \(\*?\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d\)"
    r"|(?<![\w*])\*\s?\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d\b"
    r"|(?:^|\t|\n)\s*(?:re|subj(?:ect)?|regarding|concerning|patient(?:'s)?(?: name)?|pt|client)\b\s?[.:]"
    r"|\b(?:my|our|this) patient\b|\b(?:patient of (?:mine|ours)|under my care|in my care)\b"
)
_CONDITION = re.compile(
    r"\bdiagnos(?:is|es|ed)\b|\bdx\b|\bicd\b|(?<![a-z0-9$#-])[a-tv-z]\d[0-9a-z]\.?[0-9a-z]{1,4}\b(?![\d-])|"
    r"\bsuffer\w*\b"
    r"|\b(?:are you|you are|being) treat(?:ing|ed)\b|\bmedical condition|\bcondition(?:s|\(s\))?\b[^\n]{0,12}\btreat"
)
_HELPS = (
    r"treat|reliev|eas|lessen|alleviat|mitigat|slow|prevent|calm|reduc|lower|control|improv|restor|manag|heal|cur|"
    r"offload|loosen|relax|steady|stabili[sz]|strengthen|decreas|protect|correct|quiet|settl|counter|spar|unload|hold|"
    r"diminish|abat|rebuild|build|support|ward"
)
_REASON = re.compile(
    r"\b(?:it|this|that|these|they|which|will|would|should|can|could|to|and|directly|helps?|help|by)"
    rf"(?: (?:also|directly|better|help|helps|then|both|further|\w+ly))* (?:{_HELPS})(?:s|es|e|ing|ies|y)?\b"
    r"|\b(?:relieves|eases|treats|lessens|alleviates|mitigates|slows|prevents|calms|lowers|reduces|restores|"
    r"improves)\b"
    r"|\b(?:keeps?|kept|stops?|prevents?|holds?|leaves?) (?:it|this|that|[a-z]+|(?:the|his|her|"
    r"their) \w+) (?:from|off|where|back|stable|free|out of)\b"
    r"|\bfor (?:the )?(?:relief|treatment|management|control|prevention|alleviation|reduction|rehabilitation) of\b"
    r"|\btakes? (?:the |some )?(?:load|pressure|strain|weight|stress) off\b"
    r"|(?:^|[\n\t])[ •*-]*(?:\d[.)] )?(?:why|(?:medical )?(?:rationale|reason|justification)|purpose|"
    r"reasoning)\b[^\n:]{0,40}[:\t?]"
    r"|\bwithout (?:it|this|them|that|which)\b"
)
_DECLARES = re.compile(
    r"\b(?:is|are|be|remains?|as|deemed|considered) (?:it )?(?:an? |of |\w+ly )?medical(?:ly)? (?:necess\w+|"
    r"required|indicated)"
    r"|(?:^|[.;\n] ?)med(?:ically|\.)? (?:necessary|nec\b|necess\b)"
    r"|(?:^|[.;\n] ?)(?:necessary|needed)\s?(?::|[.;]|$)|\bcertif\w+ that\b"
)
_DENIES_WELLNESS = re.compile(
    r"\b(?:not|isn't|never|neither|none|nothing|denied|calling)\b[^.\n]{0,40}\b(?:general|overall|wellness|cosmetic|"
    r"appearance|comfort|fitness|"
    r"recreation\w*|convenience|looks|spa)\b|\bfor (?:general|overall) [^.\n?]{0,40}\?\s*(?:a: ?)?no\b"
)
_COURSE = re.compile(
    rf"\b(?:\d+|{BELOW_TWENTY}|once|twice|thrice|every|each)\W{{0,2}}(?:x|times?|sessions?|visits?|days?|"
    r"other)?"
    r"\s?(?:/|per|an?|each|every)?\s?(?:week|wk|month|mo|day|year|yr)(?:s|ly)?\b"
    r"|\b(?:weekly|monthly|biweekly|twice-weekly|daily|ongoing|indefinite\w*|lifelong|lifetime|long term|plan year|"
    r"until)\b"
    rf"|\b(?:for|over|x|through|of)\b[^\n.]{{0,25}}?\b(?:\d+|a|{BELOW_TWENTY})\s?(?:-\w+\s)?(?:weeks?|wks?|"
    r"months?|mos?|years?|yrs?|days?)\b"
)
_HEDGES = re.compile(
    r"\bgood for (?:everybody|everyone|anyone)\b|\b(?:might|could) (?:also )?(?:want|like|consider|help|enjoy|"
    r"benefit)\b"
    r"|\bmay (?:also )?(?:find|want|wish|consider|like|enjoy)\b|\b(?:everyone|everybody|people|anyone) (?:of |at )?"
    r"(?:his|her|their|your)? ?age\b|\boptional\b|\bmaybe\b|\bworth a try\b|\ba few (?:ideas|tips)\b|"
    r"\bsuggestions\b|\bfor your information\b"
)
_COLLEAGUE = re.compile(
    r"\b(?:grateful|appreciate|obliged|glad)\b[^.]{0,12}\bif you (?:would|could|can) (?:see|assess|evaluate|review)"
    r"|\bthanks?(?: you)? (?:so much )?for (?:seeing|accepting|agreeing|evaluating|having|taking|your (?:help|opinion|"
    r"evaluation))"
    r"|\bsecond opinion\b|\b(?:please|kindly|could you|would you) (?:see|evaluate|assess|eval)\b|"
    r"\breason for referral\b"
)

_TO_COLLEAGUE = re.compile(
    r"(?:^|\n)[ \t]*(?:dear|attn:?|to:?) (?:dr\b|doctor\b|colleague\b|(?:[a-z.'-]+ ){1,3}(?:md|do|pt)\b)[^\n]*"
)
_REPLIES = re.compile(
    r"\bthanks?(?: you)?\b[^.]{0,20}\bfor (?:the |your |this )?(?:kind )?(?:referring|referral|sending|asking me to|"
    r"allowing me)"
)
_NOTE_LABEL = re.compile(
    r"(?:^|\n|\t)[ *#-]*(?:\d[.)] ?)?(?P<label>cc|chief complaint|hpi|history(?: of present illness)?|ros|"
    r"review of systems|"
    r"pe|(?:physical )?exam(?:ination)?|vitals?(?: signs)?|pmh|past medical history|fh|family history|sh|"
    r"social history|meds|"
    r"medications|allergies|s|o|a|p|a/p|assessment(?: (?:and|&|/) plan)?|plan|subjective|objective|impression|labs|"
    r"rtc|"
    r"results|hospital course|interval history|disposition|follow[- ]?up|dos|date of service|mrn)\b\s?(?:[:.]|\n|\t|-)"
)
_ASKS_FOR_PAPERS = re.compile(
    r"\b(?:we|our office|the plan)\b[^.]{0,30}\b(?:need|require|must have|are missing|ask|did not receive|"
    r"have not received|"
    r"received your|reviewed your|cannot|could not|are unable)\b[^.]{0,90}\b(?:letter|statement|documentation|"
    r"receipts?|form|note|"
    r"information|request|claim)\b|\b(?:from|ask|have) your (?:provider|doctor|physician|practitioner|pharmacy)\b"
)

_OWN_ILLNESS = re.compile(
    r"\b(?:i (?:\w+ )?(?:suffer|was diagnosed|live with)|my (?:own )?(?:doctor|physician|pcp|dr|insurance|fsa|hsa|"
    r"hra|flex\w*|"
    r"spending|account|claim|husband|wife|back|knees?|neck|hips?|shoulders?|pain|arthritis|diabetes|blood pressure|"
    r"migraines?|asthma|symptoms|massages?|gym|membership|trainer|receipts?))\b"
)
"""Somebody writes of an illness, a doctor or an account of his own."""
_TO_MANY = re.compile(
    r"\bdear (?:valued |our )?(?:patients?|members?|customers?|friends?|neighbou?rs?|guests?|parents?)\b"
)
"""A letter to nobody in particular."""

_FOR_THE_PAYER = re.compile(
    r"\b(?:this|my|the following|enclosed) (?:is (?:a |my |the )?)?(?:letter|note|memo|statement|summary|report|form|"
    r"request)"
    rf"\b[^.]{{0,40}}(?={_PAYER.pattern})"
)


@dataclass(frozen=True, slots=True)
class LetterActs:
    """What was found of a clinician's letter; None where it was not. Places are spans of the text as given.

    `signs`: a clinician closes it. `prescribes`: somebody orders or asks for something. `reason`: why it helps.
    `payer`: one who pays is addressed or spoken of, 0 (no) to 2. `hedges`: it is put as mere advice. `refers`: another
    clinician is asked to see the patient. `to_colleague`: it is addressed to one. `replies`: it answers a referral.
    `note_labels`: how many different headings of a visit note there are. `reads_pictures`: technique, findings and
    impression of an examination. `asks_for_papers`: one who pays asks the reader for papers. `for_the_payer`: it says
    that it is written for one who pays. `declares`: it says that something is medically necessary. `of_oneself`: it
    tells of an illness, a doctor or an account of the writer's own, who is no clinician. `to_many`: it is addressed to
    patients or customers at large.
    """

    signs: Place | None
    prescribes: Place | None
    heads_an_order: Place | None
    reason: Place | None
    reasons: int
    payer: float
    patient: Place | None
    condition: Place | None
    course: Place | None
    denies_wellness: Place | None
    hedges: Place | None
    refers: Place | None
    to_colleague: Place | None
    replies: Place | None
    note_labels: int
    reads_pictures: Place | None
    asks_for_papers: Place | None
    for_the_payer: Place | None
    declares: Place | None
    of_oneself: Place | None
    to_many: Place | None


def letter_acts(text: str) -> LetterActs:
    """Look for the acts of a letter in a text of lower case."""
    lines, text = text, re.sub(r"(?<!\n)\n(?!\n)", " ", text)  # sentences run on over lines
    condition = place_of(_CONDITION, text)
    if condition is None:
        named = next((m for m in conditions.mentions(text) if m.kind == "named"), None)
        condition = (named.start, named.end) if named else None
    of_oneself = None if _clinician_closes(lines) else place_of(_OWN_ILLNESS, text)
    return LetterActs(
        signs=None if of_oneself else _signs(lines),
        prescribes=place_of(_PRESCRIBES, text),
        heads_an_order=place_of(_HEADS_AN_ORDER, lines),
        reason=place_of(_REASON, lines) or place_of(_REASON, text),
        reasons=len({found.group() for found in _REASON.finditer(text)}),
        payer=_payer(lines),
        patient=place_of(_PATIENT, lines),
        condition=condition,
        course=place_of(_COURSE, text),
        denies_wellness=place_of(_DENIES_WELLNESS, text),
        hedges=place_of(_HEDGES, text),
        refers=place_of(_COLLEAGUE, text),
        to_colleague=_to_colleague(lines),
        replies=place_of(_REPLIES, text),
        note_labels=len({found["label"] for found in _NOTE_LABEL.finditer(lines)}),
        reads_pictures=_reads_pictures(lines),
        asks_for_papers=place_of(_ASKS_FOR_PAPERS, text),
        declares=place_of(_DECLARES, text),
        of_oneself=of_oneself,
        to_many=place_of(_TO_MANY, text),
        for_the_payer=place_of(_FOR_THE_PAYER, text),
    )


_OF_A_READING = re.compile(
    r"(?:^|\n|\t)[ ]*(?P<label>findings|impression|technique|comparison|indication|exam(?:ination)?|procedure|"
    r"interpretation|"
    r"clinical history|specimen|gross(?: description)?|microscopic(?: description)?|(?:final )?diagnosis)\b\s?(?:[:]|"
    r"\n)"
)


def _reads_pictures(text: str) -> Place | None:
    found = {match["label"]: match.span() for match in _OF_A_READING.finditer(text)}
    told = found.keys() & {"findings", "technique", "comparison", "interpretation", "microscopic", "gross", "specimen"}
    return found[min(told)] if told and len(found) > 2 else None


def _clinician_closes(text: str) -> bool:
    """Whether behind the last closing a clinician's credential or number stands, or nothing is closed."""
    closings = list(_CLOSES.finditer(text, len(text) * 2 // 5))
    tail = text[closings[-1].start() :] if closings else text
    return re.search(rf", ?{CREDENTIAL}\b|^dr\.? ", tail, re.MULTILINE) is not None or bool(_NUMBERED.search(tail))


def _to_colleague(text: str) -> Place | None:
    found = _TO_COLLEAGUE.search(text)
    return found.span() if found and not _PAYER.search(found.group()) and "plan" not in found.group() else None


def _signs(text: str) -> Place | None:
    """A clinician's name with a credential below the middle, or a closing and such a name or an identifying number."""
    middle = len(text) * 2 // 5
    below = _SIGNED_BY.search(text, middle)
    closes = _CLOSES.search(text, middle)
    if below:
        return below.span()
    if closes and (_SIGNED_BY.search(text) or _NUMBERED.search(text) or re.search(rf", {CREDENTIAL}\b", text)):
        return closes.span()
    numbered = _NUMBERED.search(text, middle)
    return numbered.span() if numbered and re.search(rf"[a-z]{{3}}[,:]? {CREDENTIAL}\b", text) else None


def _payer(text: str) -> float:
    if any(_PAYER.search(found.group()) for found in _ADDRESSED.finditer(text)):
        return 2.0
    spoken_of = min(1.5, 0.75 * len({found.group() for found in _PAYER.finditer(text)}))
    return max(spoken_of, 1.0 if _TO_ANYONE.search(text) else 0.0)


def pleads(acts: LetterActs) -> bool:
    """A clinician who signs argues with one who pays: what he says of denials, visits and examinations is not his own
    denial or visit note."""
    urges = acts.prescribes or (acts.reason and acts.patient)
    return bool(acts.signs and (acts.payer >= 1 or acts.declares) and acts.condition and urges)


_OPENS = re.compile(r"\bdear\b|\bhello\b|to whom (?:it|this|they)(?: may| might)? concerns?|(?:^|\n)\s*(?:re|to)\s*:")
_ENDS = re.compile(
    r"sincerely|respectfully|(?:kind|best|warm|with) (?:regards|wishes)|(?:^|\n)\s*(?:regards|best|yours)\b|"
    r"yours (?:truly|faithfully)|electronically signed|(?:^|\n)\s*(?:signed|signature)\b"
)
_CLINICIAN = re.compile(
    rf"\b{CREDENTIAL}\b\.?(?:\s|,|$|\))|\bdr\.? [a-z]|\bnpi\b|physician|licen[cs]ed? (?:practitioner|provider|health)"
)


def letter_points(text: str, acts: LetterActs, *, money: bool) -> Iterator[Point]:
    """What the acts of a letter say of its kind. `money`: whether the document has any amount."""
    opens, ends, clinician = (pattern.search(text) for pattern in (_OPENS, _ENDS, _CLINICIAN))
    payer = 0.0 if acts.to_colleague else acts.payer
    orders = acts.prescribes or acts.heads_an_order
    form = acts.heads_an_order and acts.payer and acts.condition and acts.course
    letter = bool(opens or ends or acts.signs or form)
    said = orders or acts.reason or acts.denies_wellness
    told = sum(map(bool, (orders, acts.reason, payer, acts.denies_wellness, acts.course)))
    acting = letter and said and (orders or (acts.signs and told > 1)) and (acts.signs or clinician)
    medical = acting and bool(acts.condition or (acts.reason and payer))
    signed = medical and bool(acts.signs)
    note = acts.note_labels > 2 and not acts.reads_pictures
    laconic = not orders and acts.signs and acts.condition and acts.course and not money and not note
    laconic = laconic and not (acts.to_colleague or acts.reads_pictures or acts.asks_for_papers)
    brief = all(
        (acts.prescribes, acts.reason or acts.declares, acts.course, acts.condition, acts.patient, clinician)
    ) and not any((letter, money, acts.note_labels, acts.hedges, acts.replies, acts.to_colleague))
    unasked = acts.asks_for_papers and not acts.signs
    lay = acts.of_oneself and not (acts.heads_an_order or money)
    for_colleague = acts.to_colleague and not (acts.for_the_payer or acts.declares or acts.denies_wellness)
    yield from points_of(
        (medical, "lmn", 1.8, said),
        (signed, "lmn", 0.8 * payer + 0.5 * bool(acts.patient), acts.signs),
        (signed and acts.for_the_payer, "lmn", 2.0, acts.for_the_payer),
        (signed and acts.reason, "lmn", 1.0 + 0.3 * min(3, acts.reasons), acts.reason),
        (signed and not (acts.reason or payer or acts.declares or (opens and (ends or acts.signs))), "lmn", -1.5, None),
        (
            signed and not (acts.reason or payer or acts.declares or (opens and (ends or acts.signs))),
            "prescription",
            2.0,
            said,
        ),
        (laconic and payer >= 1, "lmn", 2.0, acts.course),  # a diagnosis, a course and who signs: verbs are saved
        (laconic and payer < 1, "prescription", 1.0, acts.course),
        (
            brief,
            "lmn",
            3.0,
            acts.reason or acts.declares,
        ),  # all that a letter does, on the letterhead of who prescribes, unsigned
        (signed and acts.declares, "lmn", 1.5, acts.declares),
        (medical and form and not acts.signs, "lmn", 1.5, acts.heads_an_order),
        (medical and acts.course, "lmn", 0.8, acts.course),
        (medical and acts.denies_wellness, "lmn", 1.0, acts.denies_wellness),
        (acting and not medical, "recommendation", 2.5, said),
        (acting and not medical, "lmn", -1.5, None),
        (acting and acts.hedges, "lmn", -2.0, None),
        (letter and acts.hedges, "recommendation", 1.5, acts.hedges),
        (acts.refers and payer < 2, "lmn", -1.5, None),
        (acts.refers and payer < 2, "referral", 2.0 if acts.to_colleague else 1.0, acts.refers),
        (acts.to_colleague, "lmn", -1.5, None),
        (acts.to_colleague, "referral", 0.8, acts.to_colleague),
        (clinician and acts.condition and acts.course and not letter and not money, "prescription", 1.0, acts.course),
        (acts.replies, "other", 2.5, acts.replies),
        (acts.replies, "referral", -2.5, None),
        (acts.hedges and clinician and not letter, "recommendation", 2.0, acts.hedges),
        (unasked, "other", 3.0, acts.asks_for_papers),
        (lay, "other", 3.0, acts.of_oneself),
        (lay, "lmn", -4.0, None),
        (for_colleague and acts.replies, "lmn", -3.0, None),
        (acts.to_many and not acts.patient, "other", 3.0, acts.to_many),
        (acts.to_many and not acts.patient, "lmn", -4.0, None),
        *((unasked, kind, -3.0, None) for kind in ("lmn", "receipt", "statement")),
        (acts.reads_pictures, "lab_report", 3.0, acts.reads_pictures),
        (note, "other", min(4.0, 0.8 * (acts.note_labels - 1)) * (0.4 if payer >= 1 else 1.0), None),
        *(
            (opens and ends, kind, -1.0, None)
            for kind in ("receipt", "card_slip", "statement", "prescription", "lab_report")
        ),
    )
