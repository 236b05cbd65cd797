"""Which treatment and which illness the words of a link mean: "needling" is the acupuncture, "the pain" what causes it.

A sentence that says how a treatment helps seldom repeats both names. What it says in other words, or by a pronoun, is
what the letter prescribes; the complaint it speaks of is the illness that the sentence names as its cause, else the
one that the letter diagnoses, of several the first that a code stands for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from docscan.extraction.diagnoses.diagnoses import diagnoses
from docscan.extraction.text.spans import Span
from docscan.extraction.treatment import vocabulary
from docscan.extraction.treatment.scene import Scene, bare, is_named, is_sign

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_TAIL = re.compile(r"\s+(?:in|with|on|at|for|of|by)\s+|\s*[(,\[]", _I)


class _Diagnosed(NamedTuple):
    name: str
    start: int
    coded: bool


_SHORT = 5  # words that a name may have before it is told without where, how and by whom


def treatment_meant(scene: Scene, words: str, offset: int) -> str:
    """The name of what the letter prescribes where `words`, said at an offset, mean it in other words; else the words.

    Words that hold a telling word of the name ("biofeedback", "the boxing") name it themselves.
    """
    values = scene.named or [value for _, _, value in scene.places]
    own = _telling(words)
    if not values or (words not in values and any(own & _telling(value) for value in values)):
        return words
    meant = words if words in values else scene.treatment(offset)
    tail = _TAIL.search(meant, 4)
    return meant[: tail.start()] if tail and len(meant.split()) > _SHORT else meant


def _telling(words: str) -> set[str]:
    again = vocabulary.words("things", "again")
    said = re.findall(r"[a-z]{4,}", bare(words).lower())
    return {word[:6] for word in said if word not in again and word not in _FILLERS}


_FILLERS = frozenset("this that these those such sort kind doing above losing with from one-to-one supervised".split())


def illness_meant(scene: Scene, words: str, sentence: Span) -> str:
    """The illness by its name, where `words`, said in a sentence, are a complaint or a part of the body."""
    known = [one for one in _diagnosed(scene.text) if one.coded or not sentence.start <= one.start < sentence.end]
    plain = _stems(words)
    for one in known:
        if plain and plain <= _stems(one.name):
            return words if is_named(words) else one.name
    pointed = words not in " ".join(scene.text.flat[sentence.start : sentence.end].split())
    if not known or (is_named(words) and not pointed and words.lower() not in vocabulary.words("ends", "bad")):
        return words
    at = max(scene.text.flat.find(words, sentence.start, sentence.end), sentence.start)
    cause = _named_in(known, scene.text.flat[at : sentence.end])
    if cause is not None:
        return cause
    names = {one.name.lower() for one in known}
    if len(names) > 1 and not pointed and not _is_complaint(words):
        return words
    return next((one.name for one in known if one.coded), known[0].name)


def _diagnosed(text: AnnotatedText) -> list[_Diagnosed]:
    """The illnesses that the letter states of its patient, in order, those with a code of their own before others."""
    return text.once("illnesses told", lambda: _told(text))


def _told(text: AnnotatedText) -> list[_Diagnosed]:
    found: list[_Diagnosed] = []
    for one in diagnoses(text):
        if one.name != "diagnosis" or one.assertion != "stated" or not one.evidence or not one.value:
            continue
        start = one.evidence[0].start or 0
        codes = (one.resolved or {}).get("codes") or []
        line = text.lines[text.line_index(start)]
        beside = text.text[line.start : line.end + 40]
        found.append(_Diagnosed(str(one.value), start, any(code in beside for code in codes)))
    named = [one for one in found if is_named(one.name)] or found
    return sorted(named, key=lambda one: one.start)


def _named_in(known: list[_Diagnosed], printed: str) -> str | None:
    """The illness that one of its telling words names in a stretch of text."""
    usual = vocabulary.words("ends", "anatomy") | vocabulary.words("ends", "good") | vocabulary.words("ends", "bad")
    said = {word[:8] for word in re.findall(r"[a-z]{5,}", printed.lower()) if word not in usual}
    for one in known:
        if said & {word[:8] for word in re.findall(r"[a-z]{5,}", one.name.lower())} - _SHARED:
            return one.name
    return None


_SHARED = frozenset(
    word[:8]
    for word in "disease disorder syndrome other unspecified chronic severe right lower upper condition without".split()
)


def _stems(words: str) -> set[str]:
    return {word[:6] for word in re.findall(r"[a-z]{4,}", words.lower())} - {"with", "from", "that", "what"}


def _is_complaint(words: str) -> bool:
    """Whether words tell a sign or point back, not a part of the body, which may be that of any illness."""
    plain = words.lower().split()
    pointing = vocabulary.words("ends", "describing") | {"it", "this", "them", "these", "what"}
    return any(is_sign(word) or word in pointing for word in plain)
