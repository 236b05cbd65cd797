"""Supervised programmes that a letter names, and whether exercise goes on from formal therapy or matches it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docscan.document import Extraction
from docscan.extraction.kinds.of_money import is_surely_bill
from docscan.extraction.text.instructions import is_instruction
from docscan.extraction.text.spans import Span

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "programs"

_PHASE = r"(?:,?\s*\(?phase (?:ii|iii|iv|[1-4])\b\)?)"
_KIND = (
    r"(?:cardiac|pulmonary|vestibular|stroke|balance|falls?[- ]prevention|lymphedema|oncology|cancer|diabetes|"
    r"bariatric|"
    r"clinical|therapeutic|weight[- ](?:loss|management|reduction)|pelvic[- ]floor|pain|neuro\w*|spine|arthritis|"
    r"osteoporosis|"
    r"parkinson'?s|smoking[- ]cessation|tobacco[- ]cessation|nutrition|aquatic)"
)
_WATCHED = (
    r"(?:supervised|staffed|monitored|(?:medically|physician|clinician|nurse|doctor|hospital)[- ](?:supervised|"
    r"guided|directed|"
    r"monitored|led|run|based)|structured medical)"
)
_PROGRAM = re.compile(
    rf"\b(?:(?:phase (?:ii|iii|iv|[1-4])\s+)?(?:\([a-z]+\) )?(?:cardiac|"
    rf"pulmonary) rehab(?:ilitation)?(?: program(?:me)?)?{_PHASE}?|"
    r"(?:phase [1-4] )?(?:medically|physician)[- ](?:supervised|guided) (?:exercise|weight[- ]loss|"
    r"weight management|fitness)"
    r"(?: (?:program(?:me)?|clinic|therapy))?|supervised exercise (?:therapy|program(?:me)?)|exercise is medicine|"
    r"medical fitness (?:cent(?:er|re)|program(?:me)?|facility)|(?:national )?diabetes prevention program|"
    r"medical exercise (?:program|training)|supervised weight[- ]loss (?:program|clinic)|bariatric (?:exercise|"
    r"fitness) program|"
    r"oncology (?:rehab\w*|exercise program)|diabetes self-management (?:education|program)[\w ]{0,20}|"
    rf"{_KIND} (?:[\w-]+ )?(?:exercise |training |rehab\w* )?program(?:me)?|"
    rf"{_WATCHED} (?:[\w-]+ ){{0,4}}?(?:program(?:me)?s?|clinic))\b",
    _I,
)
_TITLE = r"(?-i:[A-Z0-9][\w'’&.-]*(?:[ -](?:[A-Z0-9&][\w'’.-]*|on|in|of|for|the|and|to|with)){0,5})"
_CALLED = re.compile(
    rf"[\"“](?P<quoted>{_TITLE})[\"”]|\b(?:with|at|in|through|to|attends?|joins?|continue\w*|goes to|via) (?:the |"
    rf"a |an )?"
    rf"(?:[\w-]+ ){{0,3}}?(?P<plain>(?-i:[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)+))(?=,? (?:an? )?(?:supervised|staffed|"
    rf"monitored|hour|group))|"
    rf"\b{_WATCHED} (?:[\w-]+ ){{0,2}}?(?:program(?:me)?|group|class|course|scheme)(?:,)? (?:called|named|known as|"
    rf"titled) "
    rf"[\"“‘]?(?P<called>(?-i:[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){{0,4}}))",
    _I,
)
_GROUP = re.compile(
    rf"\b{_WATCHED}\b|\b(?:program(?:me)?|group|class|rehab\w*|led by|run by|taught by|nurse|therapist)\b", _I
)


def programs(text: AnnotatedText) -> Iterator[Extraction]:
    """program: supervised or clinical ones, by kind or by the name they bear; and continuation_of_care."""
    if is_surely_bill(text):
        return
    for match in text.find(_PROGRAM):
        if _told(text, match.start()):
            yield _made(text, *match.span())
    for match in text.find(_CALLED):
        sentence = text.sentence_at(match.start())
        around = text.flat[max(sentence.start, match.start() - 70) : min(sentence.end, match.end() + 60)]
        supervised = re.search(
            rf"\b{_WATCHED}\b|\b(?:led|run) by (?:an? |the )?[\w ]*?(?:nurse|therapist|physi\w+)", around, _I
        )
        if supervised and _GROUP.search(around) and _told(text, match.start()):
            yield _made(text, *match.span(next(name for name in ("quoted", "plain", "called") if match[name])))
    yield from _continuing(text)


def _told(text: AnnotatedText, offset: int) -> bool:
    sentence = text.sentence_at(offset)
    printed = text.flat[sentence.start : sentence.end]
    return not is_instruction(printed) and text.box_state(offset) is not False and not printed.endswith("?")


def _made(text: AnnotatedText, start: int, end: int) -> Extraction:
    asserted = text.assertion_at(start, end)
    return text.extraction(
        "program", " ".join(text.flat[start:end].split()), start, end, found_by=_FOUND_BY, strength=0.85,
        assertion=asserted if asserted in {"negated", "historical"} else "stated",
    )  # fmt: skip


# -- going on from therapy --------------------------------------------------------------------------------------------

_THERAPY = (
    r"(?:(?:physical|occupational|formal|skilled|outpatient|supervised|hospital|knee|hip|back|home|cardiac|"
    r"in-person)\s+)*"
    r"(?:physical therap(?:y|ist)|physiotherap(?:y|ist)|physio|p\.?t\.?|o\.?t\.?|occupational therapy|"
    r"rehab(?:ilitation)?|"
    r"therap(?:y|ist)|(?<=formal )(?:sessions|visits)|course)\b(?! (?:pool|cent))"
)
_HAS_THERAPY = re.compile(rf"\b{_THERAPY}", _I)
_ENDED = re.compile(
    r"\b(?:complet\w+|finish\w*|conclu\w+|end(?:s|ed|ing)?|over|discharg\w+|graduat\w+|clos(?:e|ed|es|ing)|"
    r"ran out|run out|benefits? (?:are|were|is) (?:gone|used)|"
    r"exhaust\w+|w(?:i|ou)nds? down|done with|released|expired|used up|no longer covered|maxed out|after|"
    r"following|beyond|stopped|"
    r"since|once|when)\b",
    _I,
)
_GOES_ON = re.compile(
    r"\b(?:continu\w+(?! (?:to (?:have|experience|suffer|be|report|complain|feel|struggle)|pain|symptoms|"
    r"problems))|ke(?:eps?|pt|"
    r"eping) (?:on|up|doing|going|at)|(?:she|he|they)?'?ll keep|still (?:does|goes|attends|swims|walks|exercises|"
    r"follows|keeps|"
    r"works)|go(?:es|ing)? on|carr(?:y|ies|ied|ying) on|maintain\w*|transition\w*|mov(?:e|es|ed|ing) on to|"
    r"step(?:s|ped)? down to|"
    r"graduat\w+ (?:in)?to|on (?:his|her|their) own|home (?:program|exercises)|pick(?:s|ed)? up where|next step|"
    r"self-directed|build(?:s|ing)? on)\b",
    _I,
)
_DISCHARGED = r"^\W*(?:after|upon|following|once) (?:[\w'’]+ ){0,3}?discharge\w*(?: (?:him|her|them|the patient))?"
_EXERCISES = (
    r"[^.\n]{0,60}\b(?:gym|exercis\w+|training|class(?:es)?|swim\w*|fitness|workouts?|walking (?:group|program))\b"
)
_MATCHES = re.compile(
    rf"\b(?:continuation|extension|maintenance phase|follow-?on) (?:of|to|for|from) (?:[\w'’]+ ){{0,4}}?{_THERAPY}|"
    rf"\b(?:comparable|equivalent|similar|equal|akin|tantamount|identical|parallel) (?:\w+ )?(?:to|"
    rf"with) (?:[\w'’]+ ){{0,6}}?(?:{_THERAPY}|"
    r"therapeutic (?:exercises?|activit(?:y|ies)|procedures?)|skilled (?:exercise|care)|9711[026]|97530)|"
    rf"\b(?:the same|same) (?:[\w-]+ ){{1,4}}?(?:as|that|used|taught|done) (?:[\w'’]+ ){{0,5}}?{_THERAPY}|"
    rf"\b(?:continu\w+|maintain\w*|preserv\w+|hold on to|keep|build on|sustain\w*) (?:the |her |his |"
    rf"their )?(?:[\w-]+ ){{0,2}}?(?:progress|gains?|"
    rf"improvements?|exercises|results?|work)[^.\n]{{0,40}}?\b{_THERAPY}|"
    rf"\bin (?:place|lieu) of (?:further |more )?{_THERAPY}|\btak\w+ (?:over|"
    rf"up) where (?:[\w'’]+ ){{0,3}}?{_THERAPY}|"
    rf"(?:not|n't|n’t|never) (?:[\w'’]+ ){{0,5}}?(?:quit|stop|end|lapse|cease) (?:\w+ )?(?:because|when|as|once) "
    rf"(?:[\w'’]+ ){{0,3}}?{_THERAPY}|"
    rf"{_DISCHARGED}\W+(?:[\w'’]+ ){{0,3}}?(?:keeps?|continues?|goes on|carries on)\b(?={_EXERCISES})",
    _I,
)


def _continuing(text: AnnotatedText) -> Iterator[Extraction]:
    sentences = text.sentences
    for index, sentence in enumerate(sentences):
        printed = text.flat[sentence.start : sentence.end]
        if printed.endswith("?") or is_instruction(printed) or len(printed) < 12:
            continue
        end = sentence.end if _goes_on(printed) else None
        if end is None and index + 1 < len(sentences):
            following = sentences[index + 1]
            after = text.flat[following.start : following.end]
            near = "\n\n" not in text.text[sentence.end : following.start]
            discharged = re.match(rf"{_DISCHARGED}\W*$", printed, _I) and re.match(_EXERCISES, after, _I)
            if near and (discharged or _ended(printed)) and _GOES_ON.search(after) and not after.endswith("?"):
                end = following.end
        if end is not None:
            told = " ".join(text.flat[sentence.start : end].split())
            yield text.extraction(
                "continuation_of_care", told, *Span(sentence.start, end), found_by=_FOUND_BY, strength=0.85
            )


def _ended(printed: str) -> re.Match[str] | None:
    """Where a sentence tells that formal therapy ended: the end of it."""
    therapy = _HAS_THERAPY.search(printed)
    if therapy is None:
        return None
    return next(
        (
            m
            for m in _ENDED.finditer(printed)
            if abs(m.start() - therapy.start()) < 70 or therapy.end() > m.start() - 70
        ),
        None,
    )


def _goes_on(printed: str) -> bool:
    if _MATCHES.search(printed):
        return True
    return _ended(printed) is not None and _GOES_ON.search(printed) is not None
