"""What a letter says about itself and its purpose: necessity, general health, prevention, disclaimers, history.

The evidence is the sentence. What a form prints beside an empty box is not said; instructions are not said either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from docscan.document import Assertion, Box, Extraction
from docscan.extraction.kinds.of_money import is_surely_bill
from docscan.extraction.text.instructions import is_instruction
from docscan.extraction.text.lexicon import illnesses_in
from docscan.extraction.text.spans import Span
from docscan.extraction.text.spelling import respell
from docscan.extraction.treatment.disclaimers import disowns, rests_on_answers
from docscan.extraction.treatment.general_health import asks_for_notion, notion
from docscan.extraction.treatment.necessity import asks_necessity, denies_need, said_necessary, ticked_necessary

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "statements"


class _Statement(NamedTuple):
    name: str
    words: re.Pattern[str]
    strength: float
    innocent: re.Pattern[str] | None = None  # wording around it that makes it something else


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", _I)


_STATEMENTS = (
    _Statement(
        "necessity_statement",
        _words(
            r"(?:is|are|be|as|was|deemed|considered|being|a)\s+(?:\w+\s+){0,2}?medically (?:necessary|needed|"
            r"required|indicated)|medically necessary|medical necessity|medical need|"
            r"(?:is|are) (?:\w+ly )?(?:necessary|essential|required|needed|indicated|vital|crucial) (?:to|for|"
            r"in) (?:\w+ ){0,3}?(?:treat\w*|alleviat\w+|manag\w+|cur\w+|mitigat\w+|care|"
            r"recover\w*|rehabilitat\w+|control\w*|improv\w+)|necessary for (?:the )?(?:treatment|management|"
            r"alleviation|mitigation|cure|prevention)|necessary to (?:treat|alleviate|mitigate|cure|manage|prevent)|"
            r"required (?:for|to) (?:the )?treat\w*|necessary medical (?:care|treatment|expense)"
        ),
        0.92,
        _words(r"letters? of medical necessity(?! (?:to|that|because|and i certify))|medical necessity (?:form|"
               r"letter|statement form|documentation|request|review|criteria)|(?:lmn)|"
               r"certificate of medical necessity|statement of medical necessity|proof of medical necessity"),
    ),
    _Statement(
        "prevention_statement",
        _words(
            r"prevent(?:s|ion|ing|ative|ive)?(?= (?:of|further|future|the|a|an|disease|progress\w*|recurr\w*|"
            r"complications?|re-?injur\w*|falls?|injur\w*|onset|development|diabetes|heart|stroke|worsening|"
            r"additional|and|or|measure|purposes?|care|health|"
            r"deteriorat\w*|another|surger\w*|his|her|their))|prevent|prevention|(?:reduce|reducing|lower|lowering|"
            r"decrease|decreasing|minimi[sz]e|minimi[sz]ing) (?:\w+ )?(?:the |his |her |their )?(?:\w+ )?risk|"
            r"risk reduction|"
            r"(?:reduc|lower|decreas|minimi[sz]|lessen|cut|diminish|trim|shorten|improv|help)\w* (?:\w+ )?(?:the |"
            r"his |her |"
            r"their |that |any )?(?:own |future |later |personal |long-term )*(?:chances?|odds|likelihood|probability|"
            r"prospects?)(?= (?:of|that|for))|guard(?:s|ed|ing)? against|(?:shield|insurance|"
            r"bulwark|safeguard|protect\w*)(?: (?:him|her|them))? (?:against|from)|(?:put|hold|ward|stav|fend|"
            r"head)(?:s|ing|ting|e|es)? "
            r"(?:it |this |that |them )?off|(?:keep|stay|remain|leave) (?:it |things |him |her |them |matters "
            r")?(?:that way|so\b|"
            r"well\b|free of|clear of|ahead of)|(?:get|gets|getting|stay|staying) ahead of|(?:the )?same (?:fate|way|"
            r"road|path|"
            r"outcome|end|thing (?:to )?happen\w*)|(?:spared|escaped) (?:it |this |so far|until now|to date)|less "
            r"likely|"
            r"(?:does|do|shall|should|will|may|need) not (?:\w+ )?(?:set in|arise|develop|take hold|catch up|strike)|"
            r"from (?:ever )?(?:setting in|arising|developing|taking hold|coming on|getting started)|before it "
            r"(?:\w+ )?(?:starts?|"
            r"begins?|arrives?|sets? in|comes?|strikes?)|might be next|be the next"
            r"|prophyla\w+|preventive|preventative"
        ),
        0.85,
        _words(r"prevent(?:s|ed|ing)? (?:him|her|them|the patient|me|patient) from|prevention and|"
               r"centers? for disease control and prevention|preventive (?:medicine|cardiology)"),
    ),
    _Statement(
        "self_report_disclaimer",
        _words(
            r"self[- ]report(?:ed|ing|s)?|(?:based|rel(?:y|ies|ied|ying)|rests?|resting|relying|drawn|taken|"
            r"depends?|prepared|generated|founded|issued|written) "
            r"(?:\w+ ){0,3}?(?:on|upon|from) (?:[\w-]+ ){0,6}?(?:questionnaires?|surveys?|intake (?:form|"
            r"responses?|answers)|"
            r"assessment form|quiz|answers|responses)|(?:health|intake|online|medical|telehealth|digital|"
            r"web-?based|patient|customer|member) "
            r"(?:\w+ )?(?:surveys?|questionnaires?|quiz)(?= (?:answers|responses|results|data|completed|filled|"
            r"submitted|you))|(?:your|her|his|their|the|patient'?s?) (?:survey|questionnaire|intake|quiz) "
            r"(?:answers|responses|results)|(?:questionnaire|survey|intake form|quiz) (?:that |which )?(?:the |"
            r"you |she |he |they )?(?:\w+ ){0,2}?(?:filled|completed|submitted|answered|took)|"
            r"(?:filled|completed|submitted|answered|fill\w*|took) (?:in |out )?(?:an?|the|our|your|"
            r"this) (?:\w+ ){0,3}?(?:questionnaire|survey|intake form|quiz)|asynchronous(?:ly)?|"
            r"based (?:solely |only |entirely |primarily )?(?:up)?on (?:the )?(?:information|answers|responses|"
            r"history|statements|data) (?:that )?(?:you|the patient|patient|the (?:individual|customer|member|"
            r"client|user|applicant))(?: has| have)? (?:provided|gave|submitted|reported|entered|supplied)|"
            r"based (?:solely |only |entirely )?(?:up)?on (?:the )?(?:information|answers|responses|"
            r"data)(?: \w+)? (?:provided|submitted|supplied|reported|given|entered) by (?:you|the (?:patient|"
            r"individual|customer|member|client|user|applicant)|patient)|"
            r"(?:information|answers) (?:was|were|has been|have been) (?:provided|submitted|"
            r"reported) by the (?:patient|individual|customer|member|client|user) (?:online|through|via|without)|"
            r"(?:from|via) (?:your|the|an?|her|his|our) (?:[\w-]+ ){0,2}?(?:quiz|questionnaire|survey)|"
            r"(?:based|rel(?:y|ies|ied|ying)|rests?|resting|drawn|draws|depends?|founded|built) (?:\w+ ){0,4}?(?:on|"
            r"upon|from) "
            r"(?:only |just |solely |largely )?what (?:you|the (?:patient|member|client|"
            r"user)) (?:\w+ ){0,2}?(?:enter|told|tell|"
            r"report|wrote|write|said|say|typed|fill|answer|stat|shar|provid|put|gave)\w*|"
            r"not (?:been )?(?:independently )?verified|has not been (?:examined|verified)|without (?:a |"
            r"an )?(?:physical |in-person )?exam(?:ination)?"
        ),
        0.88,
        _words(r"(?:pain|disability|depression|phq-?9|gad-?7|oswestry|functional|womac|koos|"
               r"health-related) (?:\w+ )?questionnaire|questionnaire (?:score|scores)|survey of"),
    ),
    _Statement(
        "practice_disclaimer",
        _words(
            r"does not (?:constitute|create|establish|provide|replace|substitute|"
            r"represent)(?: for)?(?: \w+){0,3} (?:practice of medicine|medical advice|doctor-patient|"
            r"physician-patient|provider-patient|patient relationship|medical care|primary care|relationship|"
            r"a diagnosis|treatment)|"
            r"not (?:intended )?(?:to be |as )?(?:a )?(?:replacement|substitute) for|no (?:duty of care|"
            r"doctor-patient|physician-patient|provider-patient|guarantee|warranty)|not (?:constitute|"
            r"intended as) (?:medical|professional|legal|tax)|"
            r"general (?:health |wellness )?guidance|(?:offered|meant|intended|given|provided|written|shared|"
            r"issued)(?: only| merely|"
            r" solely| purely| simply)? (?:as|for|by way of) (?:general |educational |informational )?(?:guidance|"
            r"information|"
            r"education|orientation)(?! to the plan)\b|"
            r"(?:for )?(?:informational|educational) purposes only|"
            r"not the practice of medicine|practice of medicine|assumes? no (?:liability|responsibility)|"
            r"disclaims? (?:any|all)|not a (?:prescription|medical record)|"
            r"consult (?:your|with your|a|with a) (?:own )?(?:physician|doctor|primary care)|not responsible for|"
            r"should not be (?:construed|relied upon|considered)"
        ),
        0.88,
        _words(
            r"confidential\w*|unauthorized|intended recipient|hipaa|privileged|(?:no|not an?) (?:guarantee|warranty|"
            r"promise) (?:of|that|for|to) (?:[\w'’]+ ){0,5}?(?:coverage|pay\w*|paid|reimburs\w*|approv\w*|eligib\w*|"
            r"benefits?|claims?|covered)"
        ),
    ),
    _Statement(
        "not_already_member",
        _words(
            r"(?:(?:is|was|were|has|have|had|am)\s+)?(?:not|n't|never)\s+(?:\w+\s+){0,4}?(?:a\s+)?(?:member|"
            r"belong\w*|joined|enrolled|membership)(?:\s+(?:of|at|to|in)\b)?|no (?:prior|previous|existing|"
            r"current) (?:gym |fitness |health club )?membership|"
            r"not (?:already|currently|previously) (?:\w+ ){0,3}(?:member|membership|enrolled)|"
            r"would not (?:have |otherwise |be |have been )*(?:join|enroll)\w*"
        ),
        0.85,
        _words(r"(?:family|staff|team|board|care team) members?|member services"),
    ),
    _Statement(
        "medical_history",
        _words(
            r"(?:past )?medical history|(?:has|with) an? (?:\w+[ -]){0,4}history of|history of present illness|hpi|"
            r"under my (?:medical )?care|(?:my|an established) patient (?:since|for)|patient of (?:mine|"
            r"this practice|our practice)|(?:have|has) (?:been )?(?:treat|follow|car|see)\w* (?:\w+ ){0,5}(?:since|"
            r"for (?:the (?:past|last) )?(?:\d|\w+ years))|"
            r"(?:was|were) (?:first |initially |originally )?diagnosed (?:with|in|on|by)|diagnosed (?:in|on|at age|"
            r"since) |first (?:seen|presented|evaluated)|since (?:19|20)\d\d|onset (?:in|of|was)|"
            r"seen (?:\w+ ){0,4}(?:in (?:my|our) (?:office|clinic|practice)|by me)|examined (?:by me|on|in my)|"
            r"status[- ]post|(?:suffered|underwent|had) (?:\w+ ){0,5}(?:surgery|replacement|heart attack|stroke|"
            r"accident|injury|fracture|infarction) (?:in|on|\d)"
        ),
        0.82,
        _words(r"family (?:medical )?history"),
    ),
    _Statement(
        "see_attached",
        _words(r"(?:please )?(?:see|refer to|per|as per) (?:the )?(?:attached|attachments?|enclosed|enclosures?|"
               r"following pages?|next pages?|page (?:2|two)|reverse|back|additional pages?|letter(?: attached)?|"
               r"notes? attached|chart notes?)(?: \w+){0,3}|see (?:below|above)|(?:on|in) (?:the )?(?:attached|"
               r"following|next) (?:pages?|letter|sheet|document)"),
        0.85,
    ),
)  # fmt: skip
_CERTIFIES = re.compile(
    r"\b(?:I (?:hereby |further |also )?(?:certify|attest|confirm|declare|state|believe)|my (?:\w+ )?(?:opinion|"
    r"judgment))\b",
    _I,
)
_EITHER = re.compile(
    r"\bnot (?:be(?:ing)? )?(?:\w+ )*?(?:merely|solely|simply|just|used|for|intended|prescribed|recommended|"
    r"primarily|of a|to)\b|\b(?:rather than|instead of|and not|other than|nor|neither|without regard to)\b",
    _I,
)


def _answered_shortly(text: AnnotatedText, sentence: Span) -> Extraction | None:
    """What a question without its sign and its answer behind it say of general health or of need."""
    asked = _ASKED_SHORTLY.fullmatch(text.text, sentence.start, sentence.end)
    if asked is None:
        return None
    question, said = _mended(asked["asked"]), asked["answer"].lower() == "yes"
    of_health = asks_for_notion(question)
    if not of_health and not asks_necessity(question + "?"):
        return None
    return text.extraction(
        "general_health_statement" if of_health else "necessity_statement", True, *sentence, found_by=_FOUND_BY,
        strength=0.85, assertion="stated" if said else "negated",
        resolved=_with_disease(text, sentence) if of_health else None,
    )  # fmt: skip


def _stated(text: AnnotatedText, sentence: Span, printed: str) -> Iterator[Extraction]:
    """The statements of a sentence that asks nothing."""
    instruction = is_instruction(printed)
    for statement in _STATEMENTS:
        match = _said(statement, printed)
        if match and not _CHECKS.get(statement.name, _always)(text, sentence, match):
            match = None
        own = said_necessary(text, sentence) if match is None and statement.name == "necessity_statement" else None
        match = match or own
        if match is None:
            continue
        clause = printed[printed.rfind("; ", 0, match.start()) + 1 : match.end()]
        said_first = statement.name == "necessity_statement" and not is_instruction(clause)
        exempt = (
            said_first or statement.name == "practice_disclaimer" or _CERTIFIES.search(printed)
            or (statement.name == "self_report_disclaimer" and rests_on_answers(printed))
        )  # fmt: skip
        if instruction and not exempt:
            continue
        start, end = sentence.start + match.start(), sentence.start + match.end()
        if text.box_state(start) is False:
            continue
        ticked = text.box_state(start) is True
        yield text.extraction(
            statement.name, True, *sentence, found_by=_FOUND_BY,
            strength=min(0.95, statement.strength + (0.05 if ticked else 0)), certainty=text.certainty(start, end),
            assertion="stated" if own else _asserted(text, statement, sentence, match),
            resolved=_resolved(text, statement, sentence),
        )  # fmt: skip


def statements(text: AnnotatedText) -> Iterator[Extraction]:
    """The flags of the group "statements" and medical_history."""
    if is_surely_bill(text):
        return
    lettered = [Span(*match.span()) for match in text.find(_LETTERED)]
    yield from _answered_by_letter(text)
    for sentence in text.sentences:
        printed = text.flat[sentence.start : sentence.end]
        by_letter = any(sentence.start < one.end and one.start < sentence.end for one in lettered)
        if len(printed) < 6 or text.box_state(sentence.start) is False or by_letter:
            continue
        if printed.endswith("?") or _has_choices(text, sentence):
            yield from _answered(text, sentence)
            continue
        if (shortly := _answered_shortly(text, sentence)) is not None:
            yield shortly
            continue
        instruction = is_instruction(printed)
        health = notion(text, sentence)
        if health and (not instruction or _CERTIFIES.search(printed) or text.box_state(sentence.start)):
            yield _general_health(text, sentence, *health)
        yield from _stated(text, sentence, printed)

    for ticked_label in ticked_necessary(text):
        yield text.extraction("necessity_statement", True, *ticked_label, found_by=_FOUND_BY, strength=0.85)


def _general_health(text: AnnotatedText, sentence: Span, match: re.Match[str], said: Assertion) -> Extraction:
    start, end = sentence.start + match.start(), sentence.start + match.end()
    return text.extraction(
        "general_health_statement", True, *sentence, found_by=_FOUND_BY, assertion=said,
        certainty=text.certainty(start, end),
        strength=0.9 if text.box_state(start) else 0.85, resolved=_with_disease(text, sentence),
    )  # fmt: skip


_ASKED = {
    "prevention_statement": True,
    "necessity_statement": True,
    "not_already_member": False,
}
"""Statements that a form asks for, and the answer that makes them true."""
_MEMBERSHIP = _words(r"(?:a )?(?:\w+ )?members?(?:hip)?|belong\w*|already (?:enrolled|attending)")
_ANSWER = re.compile(
    r"[\s.…:_-]*(?:(?-i:A(?:ns(?:wer)?)?[.:)]|[•*▪]|-)\s*)?"
    r"(?:(?P<denies>no\b(?!\s+(?:later|more|longer|doubt|question))|not at all\b|never\b|"
    r"(?:it|this|they|these) (?:is|are|does|do)(?: not\b|n['’]t\b))|"
    r"(?P<agrees>(?:yes|indeed|absolutely|definitely|certainly|of course|very much(?: so)?|without (?:a )?doubt|"
    r"no (?:doubt|question))\b|(?:it|this|they|these) (?:\w+ly )?(?:is|are|does|do)(?: \w+ly)?(?=\s*(?:[.,;!]|$))))",
    _I,
)


_ASKED_SHORTLY = re.compile(
    r"(?P<asked>[^\n]{3,80}?)\s*(?:\.{2,}|…|:|\t|_{2,})[\s.:_\t]*(?P<answer>yes|no|none)\W*", _I
)
"""A label and its answer in one word: "General health ..... no"."""
_WORD_OR_BOX = re.compile(
    r"(?P<chosen>[(\[]\s?(?:yes|no)\s?[)\]])|(?P<word>\b(?:yes|no)\b)|(?P<ticked>[\[(]\s?[xX✓✔]\s?[\])]|[☑☒✓✔]|"
    r"_+[xX✓✔]_*|"
    r"_*[xX✓✔]_+)|(?P<empty>[\[(]\s*[\])]|[☐□❏]|_{2,})|(?P<other>\w+)",
    _I,
)


def _by_layout(printed: str) -> bool | None:
    """The answer behind a question where "Yes" and "No" stand with a box behind each, or with one in brackets."""
    found = [(m.lastgroup, m.group().strip("[]() ").lower()) for m in _WORD_OR_BOX.finditer(printed)]
    kinds = tuple(kind for kind, _ in found)
    if set(kinds) == {"chosen", "word"} and len(kinds) == 2 and {said for _, said in found} == {"yes", "no"}:
        return next(said == "yes" for kind, said in found if kind == "chosen")
    if kinds in (("word", "ticked", "word", "empty"), ("word", "empty", "word", "ticked")):
        place = kinds.index("ticked") - 1
        return found[place][1] == "yes" if found[0][1] != found[2][1] else None
    return None


def _answered(text: AnnotatedText, question: Span) -> Iterator[Extraction]:
    """What a question of a form and the answer beside it say together; nothing where it is left open."""
    answer = _answer(text, question)
    if answer is None:
        return
    printed = _mended(text.flat[question.start : question.end])
    if asks_for_notion(printed):
        yield text.extraction(
            "general_health_statement", True, *question, found_by=_FOUND_BY, strength=0.85,
            assertion="stated" if answer else "negated", resolved=_with_disease(text, question),
        )  # fmt: skip
    for statement in _STATEMENTS:
        if statement.name not in _ASKED:
            continue
        asked = _MEMBERSHIP.search(printed) if statement.name == "not_already_member" else _said(statement, printed)
        asks = statement.name == "necessity_statement" and asks_necessity(printed.rstrip(" :.?") + "?")
        if asked is None and not asks:
            continue
        said: Assertion = "stated" if answer is _ASKED[statement.name] else "negated"
        yield text.extraction(
            statement.name, True, *question, found_by=_FOUND_BY, strength=statement.strength, assertion=said,
            resolved=_resolved(text, statement, question),
        )  # fmt: skip


_LETTERED = re.compile(
    r"(?P<asked>[A-Za-z](?:(?![ ]{3})[^\n\t?:☐☑☒\[\]]){4,80}?)[ \t?:,.…-]*"
    r"(?:\(?\b[yY](?:es|ES)?\s?(?:/|or|\|)\s?[nN](?:o|O)?\b\)?)[ \t?:.…_-]*"
    r"(?P<answer>\b(?:[yY]es|YES|[yY]|[nN]o|NO|[nN])\b(?=[ ]*(?:\n|$|[ ]{2}|\t|[.;,])))?"
)
"""A question whose choices are printed behind it, and the one that was written: "Medically necessary?  Y/N     Y"."""


def _answered_by_letter(text: AnnotatedText) -> Iterator[Extraction]:
    """What such questions and the letters written beside them say; nothing of those that are left open."""
    for match in text.find(_LETTERED):
        if match["answer"] is None:
            continue
        place, asked, agrees = Span(*match.span()), match["asked"].strip(), match["answer"][0] in "yY"
        if asks_for_notion(asked):
            yield text.extraction(
                "general_health_statement", True, *place, found_by=_FOUND_BY, strength=0.85,
                assertion="stated" if agrees else "negated", resolved=_with_disease(text, place),
            )  # fmt: skip
        for statement in _STATEMENTS:
            if statement.name == "necessity_statement" and (_said(statement, asked) or asks_necessity(asked + "?")):
                yield text.extraction(
                    statement.name, True, *place, found_by=_FOUND_BY, strength=statement.strength,
                    assertion="stated" if agrees else "negated", resolved=_resolved(text, statement, place),
                )  # fmt: skip


def _answer(text: AnnotatedText, question: Span) -> bool | None:
    """The answer beside a question: the ticked one of its boxes "Yes" and "No", or the word itself."""
    line = text.lines[text.line_index(question.end - 1)]
    shown = _by_layout(text.text[question.end : line.end])
    if shown is not None:
        return shown
    until = text.box_of(*question)
    beside = [
        box
        for box in text.check_boxes
        if box.label is not None
        and box.page is line.page
        and _YES_OR_NO.match(text[box.label])
        and until is not None
        and _answers(box.box, until)
    ]
    # Where each of several questions has its boxes, those of the next line are the next one's.
    beside = [box for box in beside if box.label and line.start <= box.label.start < line.end] or beside
    if beside:
        ticked = {text[box.label][0].lower() == "n" for box in beside if box.ticked and box.label}
        return None if len(ticked) != 1 else ticked == {False}
    index = text.line_index(question.end - 1)  # beside the question, or on the line below
    below = text.lines[index + 1] if index + 1 < len(text.lines) else line
    word = _ANSWER.match(text.flat, question.end, below.end if below.page is line.page else line.end)
    return None if word is None else word["agrees"] is not None


_YES_OR_NO = re.compile(r"(?:(?:s[ií]\s*/\s*)?yes|s[ií]|no)\b", _I)
_MOST_ASKED = 14  # words of a label that boxes answer


def _has_choices(text: AnnotatedText, sentence: Span) -> bool:
    """Whether boxes "Yes" and "No" stand behind a label that closes with no question mark: "Needed [x] Yes [ ] No"."""
    line = text.lines[text.line_index(sentence.end - 1)]
    if len(text.flat[sentence.start : sentence.end].split()) > _MOST_ASKED:
        return False
    labels = {
        text[box.label].strip()[0].lower() == "n"
        for box in text.check_boxes
        if box.label and sentence.end <= box.label.start < line.end and _YES_OR_NO.match(text[box.label])
    }
    return len(labels) > 1 or _by_layout(text.text[sentence.end : line.end]) is not None


def _mended(question: str) -> str:
    """A form's question without what a scan has misread in its words: "Medical1y necessary"."""
    return respell(question, _ASKED_WORDS).text if not question.isupper() else question


_ASKED_WORDS = frozenset(
    {"medically", "necessary", "medical", "necessity", "general", "health", "cosmetic", "wellness"}
)


def _answers(box: Box, question: Box) -> bool:
    """Whether a box stands beside a question, or on the line right below it."""
    middle, tall = (box.top + box.bottom) / 2, question.height
    beside = box.left > question.left and question.top - 0.5 * tall <= middle <= question.bottom + 0.5 * tall
    return beside or (
        box.left > question.left - 0.05 and question.bottom < middle <= question.bottom + 1.6 * min(tall, 0.02)
    )


def _said(statement: _Statement, printed: str) -> re.Match[str] | None:
    innocent = [m.span() for m in statement.innocent.finditer(printed)] if statement.innocent else []
    for match in statement.words.finditer(printed):
        if not any(a < match.end() and match.start() < b for a, b in innocent):
            return match
    told = _TOLD_OF_ITSELF.get(statement.name)
    return told(printed) if told else None


_TOLD_OF_ITSELF: dict[str, Callable[[str], re.Match[str] | None]] = {
    "practice_disclaimer": disowns,
    "self_report_disclaimer": rests_on_answers,
}
"""What a paper says of itself in words that the table above has not."""


def _resolved(text: AnnotatedText, statement: _Statement, sentence: Span) -> dict[str, bool] | None:
    return _with_disease(text, sentence) if statement.name == "prevention_statement" else None


def _with_disease(text: AnnotatedText, sentence: Span) -> dict[str, bool]:
    ill = any(sentence.start <= span.start < sentence.end for span in illnesses_in(text))
    return {"with_disease": ill}


def _asserted(text: AnnotatedText, statement: _Statement, sentence: Span, match: re.Match[str]) -> Assertion:
    before = text.flat[sentence.start : sentence.start + match.start()]
    if statement.name in {
        "not_already_member",
        "practice_disclaimer",
        "medical_history",
        "see_attached",
    }:
        return "stated"
    if statement.name == "prevention_statement" and _EITHER.search(before[-110:]):
        return "negated"
    asserted = text.assertion_at(sentence.start + match.start(), sentence.start + match.end())
    inside = re.search(r"\b(?:not|never|n't)\b", match.group(), _I)
    if statement.name == "necessity_statement":
        negated = inside is not None or denies_need(
            text.flat[sentence.start : sentence.end], match.start(), negated=asserted == "negated"
        )
        return (
            "negated"
            if negated
            else "hypothetical"
            if asserted == "hypothetical" and re.search(r"\bif\b", before, _I)
            else "stated"
        )
    if statement.name == "self_report_disclaimer":
        return "negated" if asserted == "negated" else "stated"
    return "negated" if asserted == "negated" else "other_person" if asserted == "other_person" else "stated"


# -- what else must hold ----------------------------------------------------------------------------------------------


def _always(text: AnnotatedText, sentence: Span, match: re.Match[str]) -> bool:
    del text, sentence, match
    return True


_HEADING = re.compile(
    r"\W*(?:justification|statement|letter|certificat(?:e|ion)|documentation|attestation|explanation|proof) (?:of|for) "
    r"(?:medical )?(?:necessity|need)\b(?!.*\b(?:is|are|was|has|have|needs?|requires?)\b)",
    _I,
)


def _a_sentence(text: AnnotatedText, sentence: Span, match: re.Match[str]) -> bool:
    """A title or a heading ("Statement of medical necessity") says nothing."""
    printed = text.flat[sentence.start : sentence.end]
    if text.box_state(sentence.start) is True:
        return True
    if printed.isupper() and len(printed.split()) < 9:
        return False
    if len(printed.split()) < 5:
        return (
            printed.endswith((".", "!"))
            or re.match(
                r"(?:I|we) (?:hereby )?(?:certify|"
                r"attest)\b",
                printed,
                _I,
            )
            is not None
        )
    if re.match(r"\s*(?:re|subject)\s*:", printed, _I):
        return False
    if _HEADING.match(printed):
        return False
    return (
        bool(
            re.search(
                r"\b(?:is|are|was|be|been|deem\w*|consider\w*|certif\w+|attest\w*|establish\w*|support\w*|due to|"
                r"because|necessary|needed|required|document\w*)\b",
                printed,
                _I,
            )
        )
        or not match.group().istitle()
    )


def _not_a_name(text: AnnotatedText, sentence: Span, match: re.Match[str]) -> bool:
    """ "Lakeside Wellness" is a name; "for wellness" is a purpose."""
    words = match.group()
    at = sentence.start + match.start()
    if (
        words[0].isupper()
        and not text.flat[sentence.start : sentence.end].isupper()
        and match.start() > 0
        and text.box_state(at) is None
    ):
        return False
    return not all(
        word[0].isupper() or word in {"and", "&", "of"}
        for word in text.flat[sentence.start : sentence.end].split()
        if word[0].isalpha()
    )


def _as_an_answer(text: AnnotatedText, sentence: Span, match: re.Match[str]) -> bool:
    """Only where it stands in place of an answer; "please see attached labs" adds to one."""
    words = text.flat[sentence.start : sentence.end].split()
    label = re.match(r"\s*[A-Z][\w /()'-]{2,50}[:#]\s*", text.flat[sentence.start : sentence.end])
    rest = text.flat[sentence.start : sentence.end][label.end() :].split() if label else words
    if match.group().lower() in {"see below", "see above"} and len(rest) > 3:
        return False
    return (
        len(rest) <= 7
        and (label is not None or len(words) <= 7)
        and not re.search(
            r"\b(?:lab|record|result|image|note|mri|report)s?\b", text.flat[sentence.start : sentence.end], _I
        )
    )


_CHECKS: dict[str, Callable[[AnnotatedText, Span, re.Match[str]], bool]] = {
    "necessity_statement": _a_sentence,
    "prevention_statement": _not_a_name,
    "see_attached": _as_an_answer,
}
