"""The sentence that says how the treatment acts on the illness: who acts, by which verb, on what.

What acts is a thing prescribed, words for it ("this training", "it"), or what opens the clause ("Warm water exercise").
What is acted on is an illness, words for it ("the condition named above"), or one of its symptoms. Of all such
sentences the one that names both ends best is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from docscan.document import Extraction
from docscan.extraction.course.prescribing import HEAD
from docscan.extraction.text.annotated import Span
from docscan.extraction.text.instructions import is_instruction
from docscan.extraction.text.lexicon import illnesses_in, items_in
from docscan.reference import conditions, item_classes

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "treatment_link"

# Verbs that say so themselves, and verbs that do where the illness stands beside them.
_TELLING = (
    r"treat(?:s|ing|ment)?|alleviat(?:e|es|ing|ion)|manag(?:e|es|ing|ement)|improv(?:e|es|ing|ement)|"
    r"reduc(?:e|es|ing|tion)|mitigat(?:e|es|ing|ion)|cur(?:e|es|ing)|control(?:s|ling)?|help(?:s|ing)?|"
    r"reliev(?:e|es|ing)|relief|address(?:es|ing)?|lower(?:s|ing)?|decreas(?:e|es|ing)|prevent(?:s|ing|ion)?|"
    r"slow(?:s|ing)?|stabiliz(?:e|es|ing)|strengthen(?:s|ing)?|ameliorat(?:e|es|ing)|rehabilitat(?:e|es|ing)|"
    r"restor(?:e|es|ing)|revers(?:e|es|ing)|benefit(?:s|ing)?|heal(?:s|ing)?|eas(?:e|es|ing)|correct(?:s|ing)?|"
    r"support(?:s|ing)?|lessen(?:s|ing)?|minimiz(?:e|es|ing)|enhanc(?:e|es|ing)|target(?:s|ing)?|"
    r"counteract(?:s|ing)?|aimed at|designed to|intended to|diagnos(?:e|ing)|affect(?:s|ing)?|due to|because of|"
    r"indicated for|necessary for|effective for|remed(?:y|ies|ying)|bring(?:s|ing)? down|calm(?:s|ing)?|"
    r"soothe?(?:s|ing)?|suppress(?:es|ing)?|combat(?:s|ing)?"
)
_ACTING = (
    r"remov(?:e|es|ing)|unload(?:s|ing)?|offload(?:s|ing)?|loosen(?:s|ing)?|protect(?:s|ing)?|maintain(?:s|ing)?|"
    r"rais(?:e|es|ing)|increas(?:e|es|ing)|widen(?:s|ing)?|open(?:s|ing)?|drain(?:s|ing)?|desensiti[sz]\w+|"
    r"regulat(?:e|es|ing)|normali[sz]\w+|decompress\w*|replac(?:e|es|ing)|mov(?:e|es|ing)|build(?:s|ing)?|"
    r"clear(?:s|ing)?|filter(?:s|ing)?|break(?:s|ing)?|limit(?:s|ing)?|keep(?:s|ing)?|allow(?:s|ing)?|compensat\w+"
)
_VERB = re.compile(rf"\b(?:(?P<telling>{_TELLING})|(?P<acting>{_ACTING}))\b", _I)
_FOR = re.compile(r"\bfor\b", _I)
_THE_TREATMENT = re.compile(
    r"\b(?:th(?:is|ese|e)\s+(?:\w+\s+){0,2}?(?:treatments?|therap(?:y|ies)|programs?|sessions?|services?|"
    r"intervention|regimen|exercises?|training|plan|products?|items?|equipment|device|expense|recommendations?|work|"
    r"classes|visits)|"
    r"regular exercise|supervised exercise|structured exercise)\b",
    _I,
)
_PRONOUN = re.compile(r"\s*(?:it|this|they|these|doing so|both)\b", _I)
_ABOVE = re.compile(r"\b(?:described|listed|stated|named|indicated|mentioned|noted) (?:above|below)|\babove\b", _I)
_THE_CONDITION = re.compile(
    r"\b(?:(?:his|her|their|this|the|these|patient'?s|said|above(?:[- ](?:mentioned|stated|named|referenced))?|"
    r"diagnosed|underlying|specific|medical)\s+)+(?:\w+\s+){0,2}?"
    r"(?:conditions?|disease|diagnos[ie]s|disorder|illness|injury|impairments?)\b",
    _I,
)
_SYMPTOM = re.compile(
    r"\b(?:[\w-]+ ){0,1}?(?:pain|stiffness|spasms?|swelling|fatigue|insomnia|anxiety|hyperarousal|inflammation|"
    r"blood (?:sugars?|glucose|pressure)|glucose|glycemic control|a1c|sugars?|cholesterol|attacks?|flares?|headaches?|"
    r"reflux|weakness|"
    r"instability|gait|balance|tremors?|numbness|tingling|wheezing|cough|clenching|incontinence|(?:o?edema)|mood|sleep|"
    r"dyspnea|shortness of breath|breathlessness|range of motion|mobility|symptoms?|weight|allergens?|triggers?)\b",
    _I,
)
_SUBJECT_ENDS = re.compile(
    rf"\s(?:(?:is|are|was|were|has|have|had|will|would|should|can|may|might|must|does|did|do|also|directly|\w+ly)\b|"
    rf"(?:{_TELLING}|{_ACTING})\b)",
    _I,
)
_CLAUSE = re.compile(
    r"[;:]\s|\.{3,}\s*|\b(?:that|because|since|so that|and|but|while)\s+(?=\w)|,\s+(?:and|so|but)\s+", _I
)
_NOMINAL = re.compile(r"(?:ion|ment|ing|relief|control|[a-z]ly)$", _I)  # "weight reduction" names, and does nothing
_NO_SUBJECT = re.compile(
    r"(?:i|we|he|she|you|who|which|that|there|my|mr|mrs|ms|miss|dr|the (?:patient|member|veteran|claim|plan|letter|"
    r"form|goal|measure|aim|target)|patient|please|to|if|in|for|as|due|no|not|letter|goals?|"
    r"diagnos\w+|treatment|reason|purpose)\b",
    _I,
)
_HISTORY = re.compile(
    r"\b(?:has|have|had|was|were|did)\s+(?:not\s+)?(?:been\s+)?(?:tried|failed|attempted|unsuccessful\w*|previously|"
    r"undergone|completed|taken|taking)\b|\b(?:without|failed to|did not|currently (?:taking|on))\b",
    _I,
)
_DETERMINER = re.compile(r"^(?:the|an?|such|his|her|their|both|in addition,?|also)\s+", _I)
_NEGATED = re.compile(r"\b(?:not|never|n't|no)\s+(?:\w+\s+){0,2}$", _I)


class _End(NamedTuple):
    """One end of a link: its words, and how well they name it (0..3)."""

    words: str
    named: float


def treatment_links(text: AnnotatedText, treatments: Sequence[Extraction]) -> Iterator[Extraction]:
    """The best treatment_link of the letter, if there is any; one that is denied only where none is stated."""
    found = list(_links(text, treatments))
    stated = [link for link in found if link[1].assertion == "stated"] or found
    if stated:
        yield max(stated, key=lambda link: link[0])[1]


def _links(text: AnnotatedText, treatments: Sequence[Extraction]) -> Iterator[tuple[float, Extraction]]:
    places = [(e.evidence[0].start or 0, e.evidence[0].end or 0, str(e.value)) for e in treatments
              if e.assertion == "stated"]  # fmt: skip
    whole = [value for value in dict.fromkeys(value for _, _, value in places) if item_classes.specific(value)]
    told = _illnesses_told(text)
    for sentence in text.sentences:
        printed = text.flat[sentence.start : sentence.end]
        if len(printed) < 15 or is_instruction(printed) or text.box_state(sentence.start) is False:
            continue
        here = [place for place in places if sentence.start <= place[0] < sentence.end]
        verbs = list(_VERB.finditer(printed))
        verbs += [m for m in _FOR.finditer(printed) if any(end <= sentence.start + m.start() for _, end, _ in here)]
        best: tuple[float, re.Match[str], _End, _End] | None = None
        for verb in verbs:
            ill = _acted_on(text, sentence, verb, told)
            thing = _acting(text, sentence, verb, here, whole)
            if ill is None or thing is None or _HISTORY.search(printed[: verb.start()]):
                continue
            weak = "acting" in verb.re.groupindex and verb["acting"]
            just_for = verb.re is _FOR
            if (weak or just_for) and ill.named < 3:
                continue
            if thing.named + ill.named < 3:
                continue
            score = (
                thing.named + ill.named - 0.4 * bool(weak) - 0.6 * just_for - 0.2 * bool(_NOMINAL.search(verb.group()))
            )
            if best is None or score > best[0]:
                best = (score, verb, thing, ill)
        if best is None:
            continue
        score, verb, thing, ill = best
        strength = 0.9 if thing.named >= 2 and ill.named >= 3 else 0.75 if score >= 3.5 else 0.65
        if ill.named <= 1.5 and thing.named <= 1 and _ABOVE.search(printed):
            strength = 0.5  # a form's own wording
        link = {"treatment": thing.words, "condition": ill.words, "verb": verb.group().lower()}
        yield score, text.extraction(
            "treatment_link", link, *sentence, found_by=_FOUND_BY, strength=strength,
            certainty=text.certainty(sentence.start + verb.start(), sentence.start + verb.end()),
            assertion="negated" if _NEGATED.search(printed[: verb.start()]) else "stated",
        )  # fmt: skip


def _acting(
    text: AnnotatedText,
    sentence: Span,
    verb: re.Match[str],
    here: Sequence[tuple[int, int, str]],
    whole: Sequence[str],
) -> _End | None:
    """What does it: a thing prescribed in the sentence, what opens the verb's clause, or words that point back."""
    printed = text.flat[sentence.start : sentence.end]
    before = [value for start, _, value in here if start < sentence.start + verb.start()]
    subject = _subject(text, sentence, verb)
    if before:
        return _End(before[-1], 3.0)
    pointing = _THE_TREATMENT.search(printed, 0, verb.start())
    if (pointing and subject is None) or (pointing and subject and _THE_TREATMENT.fullmatch("the " + subject)):
        words = whole[0] if len(whole) == 1 else " ".join(pointing.group().split())
        return _End(words, 2.0 if whole else 1.5)
    if subject is not None:
        return _End(subject, _naming(subject, whole))
    items = [text[span] for span in items_in(text) if sentence.start <= span.start < sentence.start + verb.start()]
    things = [item for item in items if item_classes.classify(item) != "drug"]
    if things:
        return _End(" ".join(things[-1].split()), 2.0)
    if whole and _PRONOUN.match(printed):
        return _End(whole[0], 2.0)
    after = [value for start, _, value in here if start >= sentence.start + verb.end()]
    return _End(after[0], 2.0) if after else None


def _subject(text: AnnotatedText, sentence: Span, verb: re.Match[str]) -> str | None:
    """The words that open the verb's clause, where they can be what acts: no person, no pronoun, no illness alone."""
    printed = text.flat[sentence.start : sentence.end]
    starts = [0, *(m.end() for m in _CLAUSE.finditer(printed, 0, verb.start()))]
    for start in reversed(starts):
        ends = next(
            (m for m in _SUBJECT_ENDS.finditer(printed, start, verb.end() + 1) if not _NOMINAL.search(m.group())), None
        )
        if ends is None:
            continue
        words = _DETERMINER.sub("", printed[start : ends.start()].strip(" ,\n"))
        count = len(words.split())
        if not 1 <= count <= 9 or _NO_SUBJECT.match(words) or re.match(r"(?:it|this|they|these)$", words, _I):
            continue
        if item_classes.classify(words) == "drug" or not re.search(r"[a-z]{4}", words):
            continue
        if any(text.flat[a:b].lower() == words.lower() for a, b in illnesses_in(text)):
            continue
        return " ".join(words.split())
    return None


def _naming(subject: str, whole: Sequence[str]) -> float:
    stems = {word[:6].lower() for value in whole for word in re.findall(r"[A-Za-z]{4,}", value)}
    if any(word[:6].lower() in stems for word in re.findall(r"[A-Za-z]{4,}", subject)):
        return 2.5
    if item_classes.classify(subject) not in {None, "unspecific"} or HEAD.search(subject):
        return 2.0
    return 0.5


def _acted_on(text: AnnotatedText, sentence: Span, verb: re.Match[str], told: dict[str, str]) -> _End | None:
    """What it acts on: an illness of the patient's, words that point to it, or a symptom."""
    printed = text.flat[sentence.start : sentence.end]
    at = sentence.start + verb.end()
    ills = [
        span
        for span in illnesses_in(text)
        if sentence.start <= span.start < sentence.end and text.assertion_at(*span) != "other_person"
    ]
    after = [span for span in ills if span.start >= at]
    mine = [span for span in after if text[span].lower() in told or _is_told(text[span], told)]
    if after:
        chosen = min(after, key=lambda span: (not _named(text[span]), span not in mine, span.start))
        named = 3.0 + 0.3 * (chosen in mine) if _named(text[chosen]) else 2.4
        return _End(" ".join(text[chosen].split()), named - 0.002 * (chosen.start - at))
    general = _THE_CONDITION.search(printed, verb.end())
    only = next(iter(told.values())) if len(told) == 1 else None
    if general:
        return _End(only or " ".join(general.group().split()), 2.0 if only else 1.5)
    if ills and verb.re is not _FOR:
        return _End(" ".join(text[ills[0]].split()), 2.4)
    symptom = _SYMPTOM.search(printed, verb.end(), min(len(printed), verb.end() + 90))
    if symptom:
        return _End(only or " ".join(symptom.group().split()), 1.6 if only else 1.2)
    return None


def _named(printed: str) -> bool:
    return conditions.classify(" ".join(printed.split())).specificity in {"named", "coded"}


def _is_told(printed: str, told: dict[str, str]) -> bool:
    names = conditions.classify(" ".join(printed.split())).names
    return bool(names) and names[0].lower() in told


def _illnesses_told(text: AnnotatedText) -> dict[str, str]:
    """The conditions that are stated of the patient: name in lower case to how it is printed first."""
    told: dict[str, str] = {}
    for span in illnesses_in(text):
        if text.assertion_at(*span) == "stated":
            printed = " ".join(text[span].split())
            names = conditions.classify(printed).names
            told.setdefault(names[0].lower() if names else printed.lower(), printed)
    return told
