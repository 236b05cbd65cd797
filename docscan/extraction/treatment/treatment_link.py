"""The sentence that says how the treatment acts on the illness: what acts, by which verb, on what.

A clause ties the two where its verb says what is done to an illness ("relieves", "keeps ... from"), its subject is or
points to the treatment ("the sessions", "it", "stopping tobacco"), and its object is or points to the illness ("her
pain", "the joint", "it"); or where a purpose or reason does ("to treat", "for his sciatica", "because of"). The same
verb with a person, an illness, a past remedy or a paper for its subject ties nothing, nor does a past tense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from docscan.document import Extraction
from docscan.extraction.text.instructions import is_instruction
from docscan.extraction.text.spans import Span
from docscan.extraction.treatment import vocabulary
from docscan.extraction.treatment.acted_on import acted_on, reason_in, stands_alone
from docscan.extraction.treatment.acting import HISTORY, acting, named_by, thing_in
from docscan.extraction.treatment.clauses import PRONOUNS, Word, clause_start, use_of, without_helpers, words_of
from docscan.extraction.treatment.link_by_meaning import likeliest_link
from docscan.extraction.treatment.resolving import illness_meant, treatment_meant
from docscan.extraction.treatment.results import told_results
from docscan.extraction.treatment.scene import (
    End,
    Scene,
    bare,
    doing,
    is_person,
    is_sign,
    points,
    points_within,
    uses_it,
)

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "treatment_link"
_MOST = 4  # links of one letter
_ENOUGH = 3.1  # both ends together
_NOT = frozenset("not never no n't cannot hardly neither nor without fails failed".split())


class _Link(NamedTuple):
    thing: End
    verb: str
    ill: End
    negated: bool = False

    @property
    def score(self) -> float:
        return self.thing.sure + self.ill.sure - (0.5 if self.verb in _PLAIN_PREPOSITIONS else 0.0)


def treatment_links(text: AnnotatedText, treatments: Sequence[Extraction]) -> Iterator[Extraction]:
    """The best treatment_links of the letter, one a sentence; such as are denied only where none is stated."""
    scene = Scene(text, treatments)
    found = [(link, sentence) for sentence, why in _sentences(text) for link in _linked(scene, sentence, told_why=why)]
    found += [*_labelled_for(scene), *_headed_for(scene)]
    if not any(not link.negated for link, _ in found):
        found += _by_meaning(scene)
    stated = [one for one in found if not one[0].negated] or found
    told: set[tuple[str, str]] = set()
    for link, sentence in sorted(stated, key=lambda one: (-one[0].score, one[1])):
        thing = treatment_meant(scene, link.thing.words, sentence.end)
        ill = illness_meant(scene, link.ill.words, sentence)
        if (thing.lower(), ill.lower()) in told or len(told) == _MOST:
            continue
        told.add((thing.lower(), ill.lower()))
        yield text.extraction(
            "treatment_link",
            {"treatment": thing, "condition": ill, "verb": link.verb},
            *sentence,
            found_by=_FOUND_BY,
            assertion="negated" if link.negated else "stated",
            strength=0.9 if link.score >= 4.5 else 0.8 if link.score >= 3.5 else 0.65,
        )


def _by_meaning(scene: Scene) -> Iterator[tuple[_Link, Span]]:
    """What the reader of meaning takes for the link, where a thing is prescribed to a patient with an illness."""
    if scene.named and scene.told:
        told = likeliest_link(scene.text, (one for one in _sentences(scene.text) if not _of_a_drug(scene, one[0])))
        if told is not None:
            sentence, verb = told
            thing, ill = End(scene.treatment(sentence.start), 1.5), End(scene.illness(sentence.start), 1.5)
            yield _Link(thing, verb, ill), sentence


def _of_a_drug(scene: Scene, sentence: Span) -> bool:
    """Whether a sentence tells of a medicine beside what is prescribed, and not of that."""
    if scene.prescribes_drug or scene.own(*sentence):
        return False
    words = [word.plain for word in words_of(scene.text, *sentence)]
    return any(map(vocabulary.is_drug, words)) and not any(map(scene.like, words))


_EXPLAINS = re.compile(
    r"\b(?:why|how (?:[\w/]+ ){1,6}?(?:helps?|treats?|alleviat\w*|reliev\w*|mitigat\w*|cures?|prevents?|benefits?)|"
    r"how (?:it|this|that|the \w+|these) (?:help|work|act|treat)\w*|reason\w*|rationale|justification|"
    r"mechanism|indication|link|purpose|how (?:will|does|do|would|is|are|can)\b[^?]*\b(?:help|treat|act|alleviat\w*|"
    r"affect|relieve|benefit|improve|relate\w*|address|mitigate|work|manage)|medical necessity|relation\w*|"
    r"expected (?:effect|action)|effect|necessity)\b",
    _I,
)
_PROMPT = re.compile(
    r"[\W\d]*(?:please )?(?:(?:briefly |clearly )?(?:describe|explain|state|tell us|indicate|specify|give|detail) )?"
    r"(?:how|in what way|why) (?:the|this|these|it|your|will|would|does|do|is|are|can|recommended|treatment)\b"
    r"[^.;]{0,110}",
    _I,
)
"""What a form asks before an answer: "Describe how the treatment will alleviate the condition"."""
_HEADLINE = re.compile(r"[\W\d]*(?:[A-Za-z]\)|\(?[a-z]\))?[A-Z][^.;!]{1,60}$")
_OPENING = re.compile(r"[\W\d]*(?P<label>[A-Z][\w ,'’/()-]{1,90}?)\s*(?:\.{3,}|[:=?…]|--?\s|–)\s*(?=\S)")
_NO_IMPERATIVE = re.compile(r"(?<=\w )(?:keep|provide|include|state|complete|enter|list|describe)\b", _I)
_PRINTED_ONLY = re.compile(r"\b(?:this (?:form|message|fax|document|e-?mail)|confidential|privacy|hipaa)\b", _I)


def _sentences(text: AnnotatedText) -> Iterator[tuple[Span, bool]]:
    """Sentences that may tell of a link, and whether a heading, label or question asks there why or how."""
    told_why = False
    for sentence in text.sentences:
        printed = text.flat[sentence.start : sentence.end]
        if printed.endswith("?") or _PROMPT.fullmatch(printed):
            told_why = _EXPLAINS.search(printed) is not None
            continue
        count = len(printed.split())
        if count <= 8 and (printed.endswith(":") or _HEADLINE.match(printed) or count <= 2):
            told_why = _EXPLAINS.search(printed) is not None and not re.search(r"\d{3}", printed)
            if count <= 2:
                continue
        label = _OPENING.match(printed)
        here = told_why or (label is not None and _EXPLAINS.search(label["label"]) is not None)
        if label is not None and _PROMPT.fullmatch(label["label"]):
            sentence = Span(sentence.start + label.end(), sentence.end)  # noqa: PLW2901 - the answer alone
            printed = text.flat[sentence.start : sentence.end]
        if len(printed) < 12 or text.box_state(sentence.start) is False or _PRINTED_ONLY.search(printed):
            continue
        if here or not is_instruction(_NO_IMPERATIVE.sub("x", printed)):
            yield sentence, here


def _linked(scene: Scene, sentence: Span, *, told_why: bool) -> Iterator[_Link]:
    """The links of a sentence that name both ends; of one illness the surest."""
    words = words_of(scene.text, *sentence)
    found = [
        *_by_verb(scene, words, told_why=told_why),
        *_by_purpose(scene, words),
        *_by_predicate(scene, sentence),
        *_without_it(scene, sentence),
        *_gets_better(scene, words),
        *_by_goal(scene, words, sentence),
        *(_Link(*told) for told in told_results(scene, words, sentence)),
    ]
    fitting = [link for link in found if link.thing.sure + link.ill.sure >= _ENOUGH]
    if told_why and not fitting:
        fitting = list(_answering_why(scene, words))
    best: dict[str, _Link] = {}
    for link in sorted(fitting, key=lambda link: (not link.negated, link.score), reverse=True):
        best.setdefault(illness_meant(scene, link.ill.words, sentence).lower(), link)
    yield from best.values()


_GOAL = re.compile(
    r"\W*(?:(?:the|our|my|its) )?(?:[\w-]+ ){0,2}?(?:goals?|aims?|purpose|intent(?:ion)?|objectives?|point|"
    r"idea|hope|reason)\b"
    r"(?P<of> (?:of|for|with|behind|in) (?:this|these|the|such|her|his|it|[\w-]+ing)\b[^.;:]{0,40}?)?"
    r"(?: here| will be| being)? ?(?:is|are|:|=|–|-)? ?(?=(?:also |simply |mainly )?to )",
    _I,
)


def _by_goal(scene: Scene, words: Sequence[Word], sentence: Span) -> Iterator[_Link]:
    """ "The goal is to cut the number of headaches", told of a treatment or just behind it."""
    printed = scene.text.flat[sentence.start : sentence.end]
    told = _GOAL.match(printed)
    before = scene.text.sentence_at(max(0, len(scene.text.text[: sentence.start].rstrip()) - 1))
    if (
        told is None
        or re.match(r"\W*(?:her|his|their)\b", printed, _I)
        or not (told["of"] or scene.own(before.start, before.end))
    ):
        return
    for n, word in enumerate(words[:-1]):
        verb = words[n + 1]
        if word.plain == "to" and verb.plain in vocabulary.verbs() and verb.start >= sentence.start + told.end():
            ill = acted_on(scene, words, n + 1)
            if ill is not None:
                yield _Link(End(scene.treatment(sentence.start), 2.0), verb.plain, ill)


_FOR = re.compile(
    r"(?:for|to treat|used for|given for|needed for|because of|on account of|due to)(?:\s(?:the )?(?:treatment|"
    r"relief|care|"
    r"management) of)?\s*:?",
    _I,
)


def _labelled_for(scene: Scene) -> Iterator[tuple[_Link, Span]]:
    """ "Item: massage chair ... For: fibromyalgia": an order whose last words stand in an entry of their own."""
    text = scene.text
    for cell in text.cells:
        opening = re.match(r"[A-Za-z]+(?: [a-z]+){0,4}\s*:", cell.text)
        if opening is None or _FOR.fullmatch(opening.group()) is None:
            continue
        before = [(start, value) for start, end, value in scene.places if end <= cell.start]
        index = text.line_index(cell.start)
        after = Span(cell.start + opening.end(), text.lines[min(index + 1, len(text.lines) - 1)].end)
        ill = next((s for s in scene.told if after.start <= s.start < after.end), None)
        if (
            before
            and ill
            and index - text.line_index(before[-1][0]) <= _ORDER_LINES
            and not scene.text.box_state(cell.start)
        ):
            verb = " ".join(opening.group().lower().split()).rstrip(" :")
            named = End(scene.printed(*ill), 2.4)
            yield _Link(End(before[-1][1], 2.4), verb, named), Span(cell.start, ill.end)


_ORDER_LINES = 14  # an order is no longer than that


_SUPPORTS = re.compile(
    r"(?:diagnos[ie]s|dx|icd[- ]?(?:9|10)(?: codes?)?|conditions?|indications?|illness(?:es)?)\s+(?:\(?[\w -]*\)?\s)?"
    r"(?:supporting|that supports?|which supports?|justifying|that justif\w+|warranting|necessitating|requiring|"
    r"in support of|"
    r"underlying|for|behind)\s+(?:the|this|these|above|each)?\s*(?:above )?"
    r"(?P<what>orders?|items?|equipment|devices?|prescription|request\w*|supplies|services? ordered)\b",
    _I,
)
"""The heading of the diagnoses for which an order is written."""


def _headed_for(scene: Scene) -> Iterator[tuple[_Link, Span]]:
    """ "DIAGNOSES SUPPORTING THE ORDER": what an order names, and the first illness told under such a heading."""
    text = scene.text
    for cell in text.cells:
        match = _SUPPORTS.match(cell.text)
        if match is None or not scene.places or text.box_state(cell.start) is False:
            continue
        index = text.line_index(cell.start)
        end = text.lines[min(index + _ENTRY_LINES, len(text.lines) - 1)].end
        ill = next((span for span in scene.told if cell.start + match.end() <= span.start < end), None)
        if ill is not None:
            named = End(scene.printed(*ill), 2.4)
            yield _Link(End(scene.places[0][2], 2.4), "for", named), Span(cell.start, ill.end)


_ENTRY_LINES = 3


# -- by the answer to "why" --------------------------------------------------------------------------------------------

_NOT_NOW = frozenset(
    "was were had did been never not no cannot can't tried failed stopped already asked insurer plan".split()
)
_TAKES_OFF = re.compile(r"\btakes (?=(?:[\w-]+ ){1,4}(?:off|away|out|down)\b)")  # no drug
_COMES_BACK = re.compile(r"\b(?:not|n't) (?:come back|return|recur|get worse|worsen|flare)\b")


def _answering_why(scene: Scene, words: Sequence[Word]) -> Iterator[_Link]:
    """An answer that says what gets better, by whatever means: "less pull on the fascia, less pain".

    The question has named the treatment; the answer need only tell an effect, and on what ails.
    """
    joined = " ".join(w.plain for w in words)
    if HISTORY.search(_TAKES_OFF.sub("", joined)) or any(w.plain in _NOT_NOW for w in words[:12]):
        return
    verb = _COMES_BACK.search(joined)
    effect = (
        verb.group() if verb else next((told for n in range(len(words)) if (told := _effect(scene, words, n))), None)
    )
    ill = next(
        (found for n in range(len(words)) if (found := reason_in(scene, words[n : n + 6], just_for=False))), None
    )
    if effect and ill:
        yield _Link(End(scene.treatment(words[0].start), 1.7), effect, ill._replace(sure=min(ill.sure, 1.8)))


def _effect(scene: Scene, words: Sequence[Word], n: int) -> str | None:
    """The word at n, where it says that something is made better, or gets so, and no illness is what does it."""
    plain = words[n].plain
    if plain in _FEWER:
        return plain if any(is_sign(w.plain) or w.plain in scene.illness_words for w in words[n + 1 : n + 5]) else None
    if plain in _BETTER and n and is_sign(words[n - 1].plain):
        return plain
    use = use_of(words, n) if plain in vocabulary.verbs() else None
    if use not in {"finite", "infinitive", "gerund", "bare"} or acted_on(scene, words, n) is None:
        return None
    subject = without_helpers(words[clause_start(words, n) : n])
    return None if subject and scene.names_illness(subject) else plain


# -- by its verb ------------------------------------------------------------------------------------------------------


def _by_verb(scene: Scene, words: Sequence[Word], *, told_why: bool) -> Iterator[_Link]:
    forms = vocabulary.verbs()
    for n, word in enumerate(words):
        use = use_of(words, n) if word.plain in forms else None
        if use is None:
            continue
        negated = _is_denied(words, n)
        if use == "passive":
            link = _passive(scene, words, n, negated=negated)
        else:
            ill = acted_on(scene, words, n)
            thing = acting(scene, words, n, use, told_why=told_why) if ill else None
            link = _Link(thing, word.plain, ill, negated) if thing and ill else None
        if link is not None:
            yield link


def _is_denied(words: Sequence[Word], n: int) -> bool:
    """Whether "not" or the like stands close before a verb, in its own part of the sentence."""
    for word in reversed(words[max(0, n - 4) : n]):
        if word.plain in {",", "so", "and", "but", ";", "–", "—"}:
            return False
        if word.plain in _NOT or word.plain.endswith("n't"):
            return True
    return False


def _passive(scene: Scene, words: Sequence[Word], n: int, *, negated: bool) -> _Link | None:
    """ "Her pain is best relieved by massage", "is controlled with these sessions"; not "was relieved"."""
    if any(w.plain in {"was", "were", "been"} for w in words[max(0, n - 3) : n]):
        return None
    fronted = _fronted(scene, words, n)
    if fronted is not None:
        return fronted._replace(negated=negated)
    agent = next((k for k in range(n + 1, min(n + 4, len(words))) if words[k].plain in _AGENTS), None)
    subject = without_helpers(words[clause_start(words, n) : n])
    tail = words[agent + 1 : agent + 9] if agent is not None else ()
    if not tail or not subject:
        return None
    pronoun = subject[0].plain in {"this", "it", "which", "both"}
    thing = thing_in(scene, tail)
    if thing is None or not (pronoun or scene.names_illness(subject)):
        return None
    ills = scene.illnesses(subject)
    if ills:
        ill = End(scene.printed(*ills[0]), 2.6)
    elif subject[0].plain in PRONOUNS:
        ill = End(scene.illness(words[n].start), 2.0)
    else:
        ill = End(bare(scene.printed(subject[0].start, subject[-1].end)), 2.0)
    return _Link(thing, words[n].plain, ill, negated)


def _fronted(scene: Scene, words: Sequence[Word], n: int) -> _Link | None:
    """ "By this class the loss of bone is slowed": what does it stands first, what it is done to behind it."""
    plain = [w.plain for w in words[:n]]
    if len(plain) < _FEWEST or plain[0] not in {"by", "with", "through"} or plain[1] not in {"this", "these", "such"}:
        return None
    begins = next((k for k in range(2, min(n, 6)) if plain[k] in _OPENS_NOUN), None)
    if begins is None or not (begins == _ALONE or points(plain[1:begins]) or any(map(scene.like, plain[2:begins]))):
        return None
    subject = without_helpers(words[begins:n])
    pointed = scene.pointed(words[0].start)
    if not subject or pointed is None or not scene.names_illness(subject):
        return None
    ills = scene.illnesses(subject)
    told = scene.printed(*ills[0]) if ills else bare(scene.printed(subject[0].start, subject[-1].end))
    return _Link(End(pointed, 2.0), words[n].plain, End(told, 2.0))


_FEWEST = 5  # words of such a sentence before its verb
_ALONE = 2  # "with these" alone points back
_OPENS_NOUN = frozenset({"the", "her", "his", "their", "its"})
_AGENTS = frozenset({"by", "with", "through", "when", "if", "under"})


# -- by its purpose ---------------------------------------------------------------------------------------------------

_PLAIN_PREPOSITIONS = frozenset({"for", "due to", "because of", "given", "secondary to"})
_REASONS = sorted(
    tuple(reason.split())
    for reason in (
        "because of|due to|owing to|secondary to|on account of|given|against|for|in view of|as treatment for|"
        "as treatment of|because she has|because he has|since she has|since he has|for treatment of|"
        "for the treatment of|for management of|for the management of|in the treatment of|in the management of|"
        "for relief of|for the relief of|to treat|in light of|as a result of|2/2|d/t"
    ).split("|")
)[::-1]  # of two that begin alike the longer first
_CARED = re.compile(
    r"\b(?:treat(?:ed|ing|s)?|see(?:n|ing|s)?|follow(?:ed|ing|s)?|evaluat\w+|diagnos\w+|care|cared|under my care|"
    r"patient|been in|caring|managed|managing|presented|presents|came|visit|visits|admitted|known|hospitali\w+)\b"
    r"(?:\W+\w+){0,3}$",
    _I,
)
_NEEDED = re.compile(
    r"\b(?:necessary|needed|required|essential|indicated|prescribed|recommended|ordered|necessity|requires?|"
    r"needs?)\b",
    _I,
)
_NEW_CLAUSE = re.compile(
    r"[.!?](?=\s)|\b(?:i|we|she|he|they|patient) (?:have|has|am|is|are|was|were|had|see|saw|follow)\b|\bwho\b|"
    r"\bfor (?:the )?(?:next|past|last)\b(?=.*\bfor\b$)",
    _I,
)


def _reason(words: Sequence[Word], n: int) -> str | None:
    """The preposition of purpose or reason that begins at a word: the longest."""
    for reason in _REASONS:
        if reason[0] == words[n].plain and tuple(w.plain for w in words[n : n + len(reason)]) == reason:
            return " ".join(reason)
    return None


def _by_purpose(scene: Scene, words: Sequence[Word]) -> Iterator[_Link]:
    """ "Massage for her fibromyalgia", "needed because of his asthma", "due to the lymphedema she needs ..."."""
    if not words or HISTORY.search(" ".join(w.plain for w in words)):
        return
    mine = [place for place in scene.places if words[0].start <= place[0] < words[-1].end]
    for n in range(len(words)):
        reason = _reason(words, n)
        width = len(reason.split()) if reason else 0
        after = words[n + width : n + width + 11]
        ill = reason_in(scene, after, just_for=reason in {"for", "against"}) if reason and after else None
        if reason is None or ill is None:
            continue
        before = [w.plain for w in words[:n]]
        if reason == "for" and _CARED.search(" ".join(before[-5:])):
            continue
        thing = _for_which(scene, words, n, mine, reason=reason, end=after[0].end)
        if thing is not None:
            yield _Link(thing, reason, ill)


def _for_which(
    scene: Scene, words: Sequence[Word], n: int, mine: Sequence[tuple[int, int, str]], *, reason: str, end: int
) -> End | None:
    """The treatment that a reason is told of: the one before it, the one after it, or what the clause points to."""
    offset = words[n].start
    before = [place for place in mine if place[1] <= offset]
    behind = [place for place in mine if place[0] >= end]
    if before and not _broken(scene.text, before[-1][1], offset):
        return End(before[-1][2], 2.6)
    if behind and reason != "against" and (n < 2 or reason != "for"):
        return End(behind[0][2], 2.4)
    plain = [w.plain for w in words[:n]]
    joined = " ".join(plain)
    liked = any(scene.like(word) for word in plain) and not is_person(plain[-1:])
    if liked and not mine and _NEEDED.search(joined):
        return End(scene.treatment(offset), 2.2)
    if mine or not plain or not (points_within(joined) or uses_it(joined) or points(plain)):
        return None
    said = _NEEDED.search(joined) is not None or plain[-1] in {"is", "are", "only", "solely", "strictly"}
    return End(scene.treatment(offset), 2.0) if said else None


def _broken(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether what lies between is more than how, how often and where."""
    between = text.text[start:end]
    apart = any(sign in between for sign in ("\t", "\n\n", ";"))
    return apart or len(between.split()) > 24 or _NEW_CLAUSE.search(between) is not None


# -- by its predicate -------------------------------------------------------------------------------------------------

_TREATMENT_OF = re.compile(
    r"\b(?:is|are|as|remains?|constitutes?|provides?|offers?|gives?|brings?|affords?|has|have)\s+"
    r"(?:(?:an?|the|part of|her|his|their|our|also|truly|in fact|widely|direct(?:ly)?|[\w-]+(?:ly|ive|ed|al|ary|"
    r"ard|ine|"
    r"ent|est|ant|ful|rd|st|of))[\s,]+){0,6}?"
    r"(?P<verb>treatments?|therap(?:y|ies)|remed(?:y|ies)|interventions?|management|relief|help|mainstay|cornerstone|"
    r"option|medicine|first[- ]line|standard of care|gold standard|effects?|answer|antidote|benefits?|"
    r"treatment of choice|means|way|effective|indicated|beneficial|helpful|"
    r"therapeutic|useful|needed|required|necessary|essential|prescribed|appropriate|vital|crucial)\s+"
    r"(?:for|of|against|in|from|on|to (?:treat|control|manage|relieve|prevent))\s+"
    r"(?:the (?:treatment|management|relief|control|care|alleviation|mitigation) of\s+)?",
    _I,
)
_NEEDS = re.compile(
    r"\s(?:(?:will|would|should|can|may|also|typically|often|usually|generally|best|well|clearly)\s+)*"
    r"(?P<verb>requires?|needs?|calls? for|demands?|warrants?|necessitates?|benefits? (?:\w+ )?from|"
    r"responds? (?:\w+ )?to|improves? (?:\w+ )?(?:with|through|under|from)|eases? with|settles? with|depends on)\s+",
    _I,
)


def _by_predicate(scene: Scene, sentence: Span) -> Iterator[_Link]:
    """ "Massage is an effective treatment for gout", "her asthma requires a purifier"."""
    printed = scene.text.flat[sentence.start : sentence.end]
    for pattern in (_TREATMENT_OF, _NEEDS):
        for match in pattern.finditer(printed):
            if HISTORY.search(printed[: match.start()].lower()[-60:]):
                continue
            before = words_of(scene.text, sentence.start, sentence.start + match.start())
            after = words_of(scene.text, sentence.start + match.end(), sentence.end)[:12]
            opening = clause_start(before, len(before))
            subject = without_helpers(before[opening:])
            if not subject or not after:
                continue
            if pattern is _TREATMENT_OF:
                thing = named_by(scene, subject, before[opening - 1] if opening else None, "finite", told_why=False)
                alone = End(scene.illness(after[0].start), 1.8) if stands_alone(after) else None
                ill = reason_in(scene, after, just_for=False) or alone
            else:
                thing, ill = thing_in(scene, after), _suffering(scene, subject)
            if thing and ill:
                negated = re.search(r"\b(?:not|no|never)\b", printed[max(0, match.start() - 14) : match.end()], _I)
                yield _Link(thing, " ".join(match["verb"].lower().split()), ill, negated is not None)


def _suffering(scene: Scene, subject: Sequence[Word]) -> End | None:
    """The illness that is the subject: "her asthma requires ..."."""
    if is_person([w.plain for w in subject[:1]]) or not scene.names_illness(subject):
        return None
    return reason_in(scene, subject, just_for=False) or End(scene.illness(subject[0].start), 1.6)


_WITHOUT = re.compile(
    r"\b(?:without|w/o|absent|if (?:she|he|they|the patient) (?:does not|cannot|stops?|misses))\s+(?:it|this|"
    r"these|them|"
    r"(?:the|such|this|these|an?|her|his|their) (?:[\w-]+ ){0,2}?(?:treatment|therapy|program|programme|sessions?|"
    r"device|training|supplies|equipment|purifier|filter|garments?|exercise|service|item|support|supplement|base|wedge|"
    r"pillow|mattress|brace|insert|orthotic|stocking|coaching|counseling|class|lesson|membership|machine|light|box)s?|"
    r"(?:continued|continuing|regular|further|ongoing|weekly|supervised|such|"
    r"adequate) (?:[\w-]+ ){0,2}?(?:treatments?|"
    r"therapy|training|strengthening|exercises?|sessions|visits|support|compression|care|massage|filtration|"
    r"movement))\b",
    _I,
)
_WORSENS = re.compile(
    r"(?:worse\w*|progress\w*|deteriorat\w*|return\w*|recur\w*|flare\w*|reopen\w*|relaps\w*|stiffen\w*|declin\w*|"
    r"increas\w*|fails?|regress\w*|backwards?|persist\w*|swell\w*|suffer\w*|advance\w*|los(?:e|es|s)|attacks?|"
    r"pain|fall|slid(?:e|es)|slips?|lapses?|high|stiff\w*|swollen|weak\w*|shorter|inflam\w*)$"
)


def _without_it(scene: Scene, sentence: Span) -> Iterator[_Link]:
    """ "Without it the pain returns"."""
    without = _WITHOUT.search(scene.text.flat, sentence.start, sentence.end)
    if without is None:
        return
    before = words_of(scene.text, sentence.start, without.start())
    told = [w for w in (*words_of(scene.text, without.end(), sentence.end), *before) if w.plain != ","]
    worse = next((w for w in told if _WORSENS.match(w.plain)), None)
    pointed = scene.pointed(without.start())
    if worse and pointed:
        ill = reason_in(scene, told[:12], just_for=False) or End(scene.illness(sentence.start), 1.5)
        yield _Link(End(pointed, 2.0), worse.plain, ill)


_BETTER = frozenset(
    """fade fades settle settles ease eases lift lifts subside subsides lessen lessens abate abates resolve resolves
    stop stops shrink shrinks heal heals improve improves quiet quiets calm calms diminish diminishes relent
    relents vanish vanishes recede recedes drop drops fall falls clear clears loosen loosens soften softens""".split()
)
_BETTER_PHRASE = re.compile(
    r"(?:(?:will|should|can|may|would|is likely to|are likely to) )?(?:get(?:s)? better|go(?:es)? away|"
    r"give(?:s)? way|come(?:s)? down|"
    r"calm(?:s)? down|let(?:s)? up|(?:is|are|be|being) (?:held|kept) (?:in check|at bay|down|under control)|"
    r"(?:is|are|be) (?:better|less|fewer|lower|controlled|relieved|eased|reduced|lessened))\b"
)
_FEWER = frozenset({"less", "fewer", "reduced", "decreased", "diminished"})


def _gets_better(scene: Scene, words: Sequence[Word]) -> Iterator[_Link]:
    """ "The exercises teach the brain, and the dizziness fades", "the massage brings less pain".

    What is prescribed is named or pointed to before, in the present or the future.
    """
    joined = " ".join(w.plain for w in words)
    if HISTORY.search(joined) or any(w.plain in {"was", "were", "had", "did", "never", "no"} for w in words):
        return
    thing: End | None = None
    for n, word in enumerate(words):
        if thing is None:
            thing = _reference(scene, words, n)
            continue
        fewer = word.plain in _FEWER and any(is_sign(w.plain) for w in words[n + 1 : n + 4])
        better = is_sign(word.plain) and any(
            _better(words, k) for k in range(n + 1, min(n + 4, len(words))) if words[k - 1].plain not in {"and", ","}
        )
        if fewer or better:
            told = words[n + 1 : n + 5] if fewer else words[n : n + 1]
            ill = reason_in(scene, told, just_for=False)
            if ill is not None:
                yield _Link(thing, word.plain if fewer else "better", ill._replace(sure=min(ill.sure, 2.0)))


def _better(words: Sequence[Word], k: int) -> bool:
    rest = " ".join(w.plain for w in words[k : k + 5])
    after_modal = words[k].plain in {"will", "should", "can", "may", "would"} and k + 1 < len(words)
    return (
        words[k].plain in _BETTER
        or _BETTER_PHRASE.match(rest) is not None
        or (after_modal and words[k + 1].plain in _BETTER)
    )


def _reference(scene: Scene, words: Sequence[Word], n: int) -> End | None:
    """What is prescribed, where a word names it, or points to it as "these sessions"; not in the order itself."""
    word = words[n]
    if scene.own(word.start, word.end) or scene.like(word.plain):
        return End(scene.treatment(word.end), 2.0)
    if n and points([w.plain for w in words[n - 1 : n + 3]]):
        return End(scene.treatment(word.end), 1.8)
    return End(scene.treatment(word.end), 1.6) if n <= 2 and word.plain in doing() else None
