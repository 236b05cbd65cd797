"""Whether a letter puts general health, fitness or looks forward as a purpose or benefit, or denies it.

A notion ("overall wellness", "staying fit", "a better complexion") counts where it stands in what the writer says. It
does not where it is part of a name ("Lakeside Wellness Center", "fitness trainer"), a slogan on the letterhead, what a
form prints for everybody, a finding ("in good general health"), or beside an empty box.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from docscan.document import Assertion
from docscan.extraction.text.lexicon import illnesses_in
from docscan.extraction.text.spans import Span

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE

_NOTION = re.compile(
    r"\b(?:(?:general(?:ized)?|gen['’]?l|gen\.|overall|good|optimal|optimum|better|total|whole[- ]body|"
    r"everyday|best|all-?round|ordinary|long-?term) (?:(?:physical|mental|personal|bodily|state of) )?"
    r"(?:health(?!\s?-?care)(?:(?:,? (?:and|&|or)|,|/) ?(?:well-?being|wellness|fitness))?|well-?being|wellness|"
    r"fitness|conditioning|constitution|"
    r"vigou?r|vitality|shape|physique)|good for (?:the |your |her |his |one's )?(?:whole (?:body|person|system)|"
    r"body(?: and)?|soul|anyone|anybody|everyone|everybody|all of us|"
    r"her general|what ails)|well-?being|wellness|(?:physical|personal|plain|pure|sheer) fitness|fitness|(?:stay|"
    r"keep|get|be|become|remain|feel|look|look and feel|grow|being|"
    r"staying|keeping|getting|becoming|remaining|feeling|looking)(?:ing|s)? (?:\w+ )?(?:fit(?! (?:for|in|on|the|"
    r"into))|fitter|healthier|healthy|in (?:better |good )?shape|young(?:er)?|youthful|trim|"
    r"toned|slim(?:mer)?|great|(?:his|her|their|your) best)|(?:health(?:y|ier)|active|wellness) (?:lifestyle|"
    r"living|way of life|habits)|lead(?:s|ing)? a healthy|"
    r"cosmetic(?:ally)?(?= (?:purposes?|reasons?|purchase|use|benefits?|only|effect|treatments?|procedures?|"
    r"improvement|enhancement|or|and|expense|item|in nature)|[.,;:)?]|$)|"
    r"(?:physical |personal |her |his |their |outward |improved? |better |nicer |youthful |and |or |for |of |of |"
    r"by )appearance(?! (?:of|in|at|before))|aesthetic(?:s|ally)?|"
    r"(?:for|or|and|her|his|of|with|about|better|good) looks\b(?= *(?:[.,;)]|$|or|and))|look (?:better|younger)|"
    r"looks? (?:younger|(?:her|his|their) best)|"
    r"(?:dress|pants?|jeans|waist|clothing) size|(?:flat(?:ter)?|trim(?:mer)?|toned) (?:tummy|belly|stomach|abs|"
    r"midsection)|six-pack|"
    r"bikini|beach[- ]ready|muscle (?:tone|definition)|body (?:composition|image|goals)|bulk(?:ing)? up|"
    r"slim(?:ming)? down|skin tone|"
    r"(?:feel|feeling) (?:fabulous|amazing|terrific|fantastic|wonderful|on top of the world)|"
    r"(?:great|good|beneficial|healthy|recommended|wise) for (?:(?:all|any|every|most) (?:adults?|people|person|"
    r"patients?|ages?|of us)|"
    r"everyone|everybody|anyone|any(?:one|body)(?:'s|’s) health|(?:your|one(?:'s|’s)|the) health|"
    r"people (?:in general|of all ages))|"
    r"healthy (?:ag(?:e)?ing|thing|choice|habits?|routine|body|glow)|longer,? (?:and )?(?:happier|healthier|"
    r"better)|live(?:s)? longer|"
    r"(?:body|mind),? (?:(?:and|&) )?(?:mind|body)(?:,? (?:and|&) (?:soul|spirit))?|fit body|"
    r"general (?:improvement|strengthening) of (?:the )?(?:physical )?(?:condition|constitution|body)|"
    r"healthier all|fitness levels?|complexion|(?:trim(?:mer)?|slim(?:mer)?|smaller|narrower) (?:waist(?:line)?|"
    r"figure|physique)|"
    r"(?:better|beach|toned) (?:figure|body|physique)|tone(?:s|d)? (?:up|the body)|anti-?aging|longevity|vitality|"
    r"vigou?r|youthful\w*|rejuvenat\w+|"
    r"(?:athletic|sports|peak|optimi[sz]\w+|gym) performance|(?:for|of|and|or|pure|mere|personal|as|is|than|"
    r"not) (?:recreation(?:al)?|enjoyment|pleasure|relaxation|pampering|leisure)|"
    r"for (?:fun|amusement)\b|(?:as|for|is|not|than) an? (?:outing|treat|hobby|pastime|lark|day out|vacation|"
    r"holiday|spa (?:day|visit))|"
    r"recreational (?:purposes?|reasons?|use|activity)|for comfort\b|relaxation|"
    r"stress (?:relief|reduction|management)|reliev\w+ (?:everyday |daily |general )?stress|unwind\w*|"
    r"de-?stress\w*|self-?care|merely beneficial|optimi[sz]\w+ (?:health|wellness)|"
    r"health and (?:wellness|well-?being|fitness|vigou?r|happiness)|(?:feel|feeling) (?:good|great|"
    r"better) (?:about (?:him|her|them)sel(?:f|ves)|overall|and look))\b",
    _I,
)
_MERE_FUN = re.compile(r"\b(?:fun|amusement|outing|treat|hobby|pastime|lark|day out|vacation|holiday|spa \w+)$", _I)
"""What a letter says that the treatment is not; nobody prescribes it as one."""
_BETTER_OFF = re.compile(
    r"\b(?:(?:keep|stay|remain|feel|look|be|become|grow|maintain)(?:s|ing)? (?:(?:him|her|them|my patient|the patient|"
    r"himself|herself|as|more|\w+ly) ){0,3}(?:active|strong|stronger|vigorous|energetic|limber|spry|supple|nimble|"
    r"independent|trim|trimmer|lean|better|well|sharp|in (?:top|good|fine|great) (?:form|shape|fettle|spirits|trim))|"
    r"(?:a|the|any) (?:trimmer|leaner|slimmer)|(?:be|get|become|grow) (?:trimmer|leaner|slimmer|stronger)|"
    r"(?:(?:more|extra|new|added|better|greater|improved|her|his|their|of|in|boosts?|lifts?|raises?|restores?|and|,) )+"
    r"(?:energy|pep|zest|stamina|spirits?|vim|get-up-and-go|self-esteem|confidence|posture|outlook|immunity|resilience|"
    r"mood|joie de vivre|quality of life|peace of mind)|(?:enjoy(?:s|ing)?|enjoyment of|zest for) life|"
    r"(?:a |the )?world of good|do (?:him|her|them|anyone|everyone) good|(?:long|full|active|happy|healthy|good) "
    r"(?:and \w+ )?li(?:fe|ves)|(?:feel|feeling)(?:s)? (?:\w+ )?(?:good|great|better|(?:his|her|their) best)|"
    r"(?:few|some|extra|those|the|couple of|\w+teen|ten|five|twenty|\d+) (?:extra |last )?pounds|(?:clear|refresh|"
    r"relax)"
    r"(?:s|es|ing)? (?:his|her|the|their) (?:head|mind)|everybody should|everyone should|(?:all|most|any) (?:of "
    r")?(?:my|our) "
    r"patients|(?:the )?best medicine|invigorat\w+|recharg\w+|lift(?:s|ing)? (?:his|her|their) (?:mood|spirits)|"
    r"(?:mobile|active|independent|strong) (?:and \w+ )?(?:for years|into|as (?:he|she|they))|move more|get moving|"
    r"(?:his|her|their) (?:golden|later) years)\b",
    _I,
)
"""What anybody would gladly have. It is a purpose where a letter knows of no illness; beside one it is what the
treatment of that brings."""
_NAME_AFTER = re.compile(
    r"['’]?s?[ -](?:&\w* )?(?:cent(?:er|re)s?|clinics?|clubs?|groups?|institutes?|associates|llc|inc|pllc|"
    r"departments?|dept|coach\w*|accounts?|compan(?:y|ies)|plans?(?! to)|visits?|exams?|"
    r"check\w*|screenings?|directors?|spas?|suites?|apps?|class(?:es)?|trainers?|instructors?|equipment|trackers?|"
    r"professionals?|memberships?|tests?|assessments?|"
    r"specialists?|facilit(?:y|ies)|studios?|services?|programs?|programmes?|courses?|therapy|techniques?|team|"
    r"portal|partners?|collective|network|physician|medicine|provider|"
    r"staff|products?|industry|incentives?|benefits? (?:plan|account|card)|vendor|solutions|journey|tip|"
    r"evaluation|certificate|certified|score|index|questionnaire|surgery|surgeon|dentistry)\b",
    _I,
)
_RULE = re.compile(
    r"\b(?:irs|internal revenue|section 213|publication 502|plan (?:document|rules?|administrator)s?|(?:not |"
    r"in)?eligible|ineligible|reimburs\w+|excluded?|does not (?:cover|qualify)|"
    r"(?:are|is) not (?:covered|considered|deductible)|expenses? (?:that|which|for)|dual[- ]purpose|"
    r"false statements?|must (?:be|not)|the undersigned|merely beneficial)\b",
    _I,
)
_SPEAKS = re.compile(r"\b(?:this|it|she|he|I|my|none of (?:this|these))\b", _I)  # of this patient, not of all claims
_DENIES = re.compile(
    r"\b(?:not(?! (?:only|just|merely|simply|solely))|never|nor|neither|none|no|without|\w+n['’]t|rather than|"
    r"instead of|other than|as opposed to|beyond|more than|apart from|unrelated to|"
    r"nothing to do(?: with)?|isn['’]t|isn’t|far from|without regard to|excludes?|not (?:merely|simply|just|"
    r"solely)(?! .*\bbut (?:also|as well)))\b",
    _I,
)
_TURNS = re.compile(
    r"\b(?:but|however|although|though|it is also|is also|in addition|besides|as well as|will also|would also|"
    r"additionally)\b|[;!?]\s|\.\s",
    _I,
)
_SALUTES = re.compile(
    r"\s*(?:dear\b|to whom|to (?:our|the) (?:friends|benefits|reviewer|claims)|re\b|re:|subject|subj|patient|pt\b|"
    r"attn|date\b|regarding|concerning|participant|member|hello|greetings|name\b|employee|"
    r"(?:statement|letter) of medical|diagnosis|dx\b)",
    _I,
)
_CLOSES = re.compile(
    r"\s*(?:sincerely|(?:kind(?:est)?|best|warm(?:est)?|with (?:best|kind|warm)) regards|regards|respectfully|"
    r"yours (?:truly|sincerely|very|faithfully)|very truly|warmly|cordially|with (?:gratitude|thanks)|"
    r"your obedient|best wishes|/s/|electronically signed|end of (?:document|dictation))\b",
    _I,
)
_STRESSED = re.compile(r"^(?:anxi|stress|ptsd|post-?trauma|panic|depress|adjustment|burnout)", _I)


def notion(text: AnnotatedText, sentence: Span) -> tuple[re.Match[str], Assertion] | None:
    """The first general-health notion of a sentence and whether it is put forward or denied; None where it has none."""
    printed = text.flat[sentence.start : sentence.end]
    first, last = _body(text)
    ticked = text.box_state(sentence.start) is True
    if not ticked and (not first <= sentence.start < last or _quotes_another(text, sentence)):
        return None
    patterns = (_NOTION,) if _knows_an_illness(text) else (_NOTION, _BETTER_OFF)
    for match in chain.from_iterable(pattern.finditer(printed) for pattern in patterns):
        offset = sentence.start + match.start()
        if text.box_state(offset) is False or _is_name(text, sentence, match) or _is_finding(printed, match):
            continue
        if _is_word(printed, match) or _is_habit(printed, match):
            continue
        if _of_an_illness(text, match.group()) or _is_taught(printed, match):
            continue
        denied = _denied(printed, match) or (_goes_on(text, sentence) and not _TURNS.search(printed[: match.start()]))
        if _MERE_FUN.search(match.group()) and not denied:
            continue
        if _RULE.search(printed) and not (denied and _SPEAKS.search(printed)):
            continue
        other = text.assertion_at(offset, offset + len(match.group())) == "other_person"
        return match, "negated" if denied else "other_person" if other else "stated"
    return None


_QUOTED = re.compile(
    r"\b(?:notice|denial|denied|refus\w+|rejection|determination|quote|insurer|plan|reviewer|administrator)\b[^\n]*[:,]\s*$",
    _I,
)


def _quotes_another(text: AnnotatedText, sentence: Span) -> bool:
    """Whether a sentence opens with a quotation mark behind words of a refusal: the plan's words, not the writer's."""
    opened = text.flat[sentence.start] in '"“«'
    return opened and _QUOTED.search(text.flat, max(0, sentence.start - 120), sentence.start) is not None


def _knows_an_illness(text: AnnotatedText) -> bool:
    """Whether the text names an illness that somebody is said to have, or to have had, or gives a code."""
    return text.once(
        "knows an illness",
        lambda: (
            any(text.assertion_at(*span) in ("stated", "historical") for span in illnesses_in(text))
            or _DOTTED_CODE.search(text.flat) is not None
        ),
    )


_DOTTED_CODE = re.compile(r"\b[A-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}\b")


def asks_for_notion(question: str) -> bool:
    """Whether a form's question asks if the purpose is general health."""
    return _NOTION.search(question) is not None


def _body(text: AnnotatedText) -> tuple[int, int]:
    """Where a letter's own words begin and end: what stands above the address or below the close is the paper's."""
    return text.once("letter body", lambda: _bounds(text))


def _bounds(text: AnnotatedText) -> tuple[int, int]:
    first, last = 0, len(text.text) + 1
    for index, line in enumerate(text.lines):
        printed = text.text[line.start : line.end]
        if (
            not first
            and index <= 14
            and (_SALUTES.match(printed) or (printed.rstrip().endswith((",", ":")) and index > 3))
        ):
            first = line.start
        if index >= 3 and line.start > first and _CLOSES.match(printed) and len(printed.split()) <= 12:
            last = line.start
    if last < len(text.text) * 0.35:
        last = len(text.text) + 1
    postscript = re.compile(r"^\s*p\.?\s?s\.?\b", _I | re.MULTILINE).search(text.text, min(last, len(text.text)))
    return first, len(text.text) + 1 if postscript else last


def _is_name(text: AnnotatedText, sentence: Span, match: re.Match[str]) -> bool:
    """ "Lakeside Wellness", "a fitness trainer": part of a name or of another thing's name."""
    printed = text.flat[sentence.start : sentence.end]
    after = printed[match.end() :]
    words = match.group()
    if _NAME_AFTER.match(after):
        return True
    if printed.isupper() or text.box_state(sentence.start + match.start()) is not None:
        return False
    if (
        words[0].isupper()
        and match.start() > 0
        and not printed[: match.start()].rstrip().endswith((":", ".", "•", "-", "!", "“", '"'))
    ):
        return True
    letters = [w for w in printed.split() if w[0].isalpha()]
    return all(w[0].isupper() or w in {"and", "&", "of", "for", "the", "by"} for w in letters) and len(letters) > 1


def _is_finding(printed: str, match: re.Match[str]) -> bool:
    """ "She is otherwise in good health", "her general health is fair": how the patient is, not what for."""
    before, after, words = printed[: match.start()], printed[match.end() :], match.group().lower()
    if re.match(r"(?:good|general|overall|better) (?:\w+ )?(?:health|shape|conditioning|fitness)", words):
        if re.search(
            r"\b(?:in|enjoys?|otherwise)\s+(?:\w+ly |otherwise |very |good |excellent |fair |poor )*$", before, _I
        ):
            return True
        if re.match(
            r"\s+(?:is|was|has been|remains|status|history|appears|deteriorat\w+|declin\w+|"
            r"suffers?)\b(?! (?:improv|better|a reason|reason|the reason|what))",
            after,
            _I,
        ):
            return not re.search(r"\breason|purpose\b", after, _I)
    if words == "fitness" and (
        re.search(r"\b(?:cardio\w*|aerobic|muscular|cardiorespiratory)\s+$", before, _I)
        or re.match(r"\s+(?:is|was|has been)\b", after, _I)
    ):
        return True
    if words.startswith("fitness") and re.match(r"\s+(?:for|to) (?:work|duty|drive|surgery|travel)", after, _I):
        return True
    return (
        words.endswith("looks") and re.match(r"\s+(?:well|good|tired|pale|like|at|for|forward)", after, _I) is not None
    )


def _goes_on(text: AnnotatedText, sentence: Span) -> bool:
    """Whether a line goes on with what a denial above it began: "not for health,", "for looks or as a gift"."""
    if not re.match(r"[a-z]", text.flat[sentence.start : sentence.end]):
        return False
    place = next((n for n, s in enumerate(text.sentences) if s.start == sentence.start), 0)
    above = text.sentences[place - 1] if place else None
    return (
        above is not None
        and text.flat[above.end - 1] == ","
        and sentence.start - above.end < 14
        and _DENIES.search(text.flat, above.start, above.end) is not None
    )


def _is_word(printed: str, match: re.Match[str]) -> bool:
    """ "'Wellness' is not a diagnosis": a word that a form speaks of, no purpose that the writer has."""
    opened = printed[: match.start()].endswith(('"', "“", "'", "‘"))
    closed = re.match(r"[.,]?[\"”'’]", printed[match.end() :]) is not None
    return opened and closed and _OF_WORDS.search(printed, match.end()) is not None


_OF_WORDS = re.compile(
    r"\b(?:is|are)(?: not|n't|n’t)?(?: (?:an?|the|by itself|considered|enough|accepted|sufficient|acceptable|specific|"
    r"too|as|valid|medical))*\s+(?:diagnos[ie]s|conditions?|illness(?:es)?|diseases?|answers?|reasons?|treatments?|"
    r"vague|general|enough|sufficient|accepted|acceptable|terms?)\b",
    _I,
)


def _is_habit(printed: str, match: re.Match[str]) -> bool:
    """ "Current self-care: pool walking": what the patient does by herself, told as such."""
    label = re.match(r"\s*:", printed[match.end() :]) is not None and match.start() < 30
    hers = re.search(r"\b(?:current|present|usual|existing)\s+$", printed[: match.start()], _I)
    return match.group().lower().startswith(("self-care", "selfcare")) and (label or hers is not None)


def _is_taught(printed: str, match: re.Match[str]) -> bool:
    """ "Monitored exercise, diet counselling and stress management": in a list with another part of a programme of
    rehabilitation (42 CFR 410.49 has them among what cardiac rehabilitation must offer)."""
    return match.group().lower() == "stress management" and _ALSO_TAUGHT.search(printed) is not None


_ALSO_TAUGHT = re.compile(
    r"\b(?:risk[- ]factors?|(?:smoking|tobacco)(?: |-)cessation|(?:diet\w*|nutrition\w*|smoking|lipids?|medication|"
    r"patient|heart|cardiac|lung|breathing|energy[- ]conservation)[- ](?:teaching|education|counsel\w*|class\w*|"
    r"modif\w*|reconciliation|techniques?)|(?:education|counsell?ing|teaching) (?:on|in|about) \w+|"
    r"(?:cardiac|pulmonary|lung|heart)[- ]rehab\w*|(?:monitored|supervised|telemetry)[- ](?:\w+ )?exercise)\b",
    _I,
)


def _of_an_illness(text: AnnotatedText, words: str) -> bool:
    """Stress and rest are no luxury where stress is the illness."""
    if not re.search(r"stress|relaxation|unwind", words, _I):
        return False
    return any(_STRESSED.match(text.text[s.start : s.end]) for s in illnesses_in(text))


def _denied(printed: str, match: re.Match[str]) -> bool:
    before = printed[: match.start()]
    cut = 0
    for turn in _TURNS.finditer(before):
        cut = turn.end()
    scope = before[cut:] + (match.group().split()[0] if re.match(r"(?:not|than|or|and)\b", match.group(), _I) else "")
    if re.search(r"\bnot (?:only|just|merely|simply|solely)\b", scope, _I):
        return (
            not re.search(r"\bbut\b", printed, _I)
            or re.search(r"\bbut (?:to treat|because|for the|is|as treatment|a)\b", printed, _I) is not None
        )
    for denial in _DENIES.finditer(scope):
        rest = scope[denial.end() :]
        if len(rest.split()) <= 16 and not re.search(r"\b(?:because|since|so that|which will|while)\b", rest, _I):
            return True
    return (
        re.match(r"[\w ,]{0,40}\b(?:is|are|was|were) (?:not|never|no)\b(?! (?:only|just))", printed[match.end() :], _I)
        is not None
    )
