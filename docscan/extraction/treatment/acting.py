"""Which treatment acts: the subject of a verb, or what serves a purpose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docscan.extraction.treatment import vocabulary
from docscan.extraction.treatment.clauses import (
    ADVERBS,
    BE,
    DETERMINERS,
    MARKS,
    MODALS,
    PRONOUNS,
    Use,
    Word,
    clause_start,
    looks_finite,
    sentence_part,
    without_helpers,
)
from docscan.extraction.treatment.scene import (
    End,
    Scene,
    bare,
    core,
    doing,
    is_person,
    points,
    points_within,
    uses_it,
)

_I = re.IGNORECASE


def acting(scene: Scene, words: Sequence[Word], n: int, use: Use, *, told_why: bool) -> End | None:
    """The treatment that does what a verb says; None where a person, an illness or another remedy does it.

    `told_why`: the sentence answers a question for the reason, so that a subject may be left out.
    """
    if use in {"infinitive", "gerund"}:
        return _serving(scene, words, n, told_why=told_why)
    opening = clause_start(words, n)
    subject = without_helpers(words[opening:n])
    if [w.plain for w in subject] in (["we"], ["i"], ["how", "we"], ["how", "i"]):  # "lifting is how we slow it"
        how = next((k for k in range(n - 1, 1, -1) if words[k].plain == "how"), None)
        if how is not None and words[how - 1].plain in {"is", "are"}:
            opening = sentence_part(words, n)
            subject = without_helpers(words[opening : how - 1])
    if subject:
        before = words[opening - 1] if opening else None
        return named_by(scene, subject, before, use, told_why=told_why)
    if opening > sentence_part(words, n):
        found = _shared(scene, words, opening, told_why=told_why)
        return found and found._replace(sure=found.sure - 0.1)
    return _left_out(scene, words[n].start, told_why=told_why)


def _left_out(scene: Scene, offset: int, *, told_why: bool) -> End | None:
    """ "Relieves swelling.": a sentence without a subject."""
    pointed = scene.pointed(offset)
    return None if pointed is None else End(pointed, 1.6 if told_why else 1.2)


def _shared(scene: Scene, words: Sequence[Word], opening: int, *, told_why: bool) -> End | None:
    """ "... and keeps the knee from ...": the subject of the clause that "and" goes on from."""
    start = sentence_part(words, opening)
    before = words[start - 1] if start else None
    for n in range(start, opening):
        if words[n].plain in MODALS | BE or (n > start and looks_finite(words, n)):
            subject = without_helpers(words[start:n])
            if not subject:
                return _left_out(scene, words[start].start, told_why=told_why)
            return named_by(scene, subject, before, "finite", told_why=told_why)
    first = without_helpers(words[start : min(opening - 1, start + 3)])  # "A firm surface frees the nerve and ..."
    return named_by(scene, first, before, "finite", told_why=told_why) if first else None


def named_by(scene: Scene, subject: Sequence[Word], before: Word | None, use: Use, *, told_why: bool) -> End | None:
    """The treatment that a subject names or points to; `before`: the word before the subject."""
    plain = [w.plain for w in subject]
    if plain[-1] in {"which", "that", "who"} and len(plain) > 1:
        subject, plain = subject[:-1], plain[:-1]
    if plain == ["which"] and before is not None and scene.names_illness([before]):
        return None
    if plain[-1] in {"it", "this", "they"} and len(plain) > 2:  # "In making reading cheaper it relieves"
        subject, plain = subject[-1:], plain[-1:]
    if all(word in PRONOUNS or word in ADVERBS for word in plain) or plain in (["doing", "so"], ["doing", "this"]):
        pointed = scene.pointed(subject[0].start)
        return None if pointed is None or use == "perfect" else End(pointed, 2.0)
    if plain[0] in {"no", "nobody", "none", "nothing"}:  # "no one is treating it"
        return None
    if is_person(plain) or core(plain) & vocabulary.words("people", "papers"):
        return None
    sure = _known(scene, subject, plain)
    return sure if sure is not None else _unknown(scene, subject, plain, use, told_why=told_why)


def _known(scene: Scene, subject: Sequence[Word], plain: Sequence[str]) -> End | None:
    """A subject that is what is prescribed, or speaks of it by one of its words or as "the sessions"."""
    start, end = subject[0].start, subject[-1].end
    printed = scene.printed(start, end)
    own = scene.own(start, end)
    if own:
        return End(own, 3.0)
    if _another_remedy(scene, subject, plain):
        return None
    if scene.like(printed):
        return End(bare(printed), 2.8)
    if points(plain):
        return End((scene.pointed(start) if scene.places else None) or printed, 2.5)
    return None


def _another_remedy(scene: Scene, subject: Sequence[Word], plain: Sequence[str]) -> bool:
    if scene.prescribes_drug:
        return False
    start, end = subject[0].start, subject[-1].end
    if any(start <= span.start < end for span in scene.others) and not core(plain) & doing():
        return True
    if any(vocabulary.is_drug(word) for word in plain):
        return True
    return bool(core(plain) & vocabulary.words("people", "remedies")) and not scene.like(scene.printed(start, end))


def _unknown(scene: Scene, subject: Sequence[Word], plain: Sequence[str], use: Use, *, told_why: bool) -> End | None:
    """A subject in other words: what treatments do ("steady pedaling", "stopping tobacco") more surely than others."""
    start, end = subject[0].start, subject[-1].end
    does = bool(core(plain) & doing()) or plain[0].endswith("ing")
    if use == "perfect" or _another_remedy(scene, subject, plain) or (not does and scene.names_illness(subject)):
        return None
    printed = bare(scene.printed(start, end))
    if does:
        return End(printed, 2.2)
    if set(plain) & vocabulary.words("ends", "anatomy"):  # "Stronger thighs", not "the knee"
        first = next((word for word in plain if word not in DETERMINERS), "")
        compared = first.endswith("er") or first in {"more", "less", "better"}
        return End(scene.pointed(start) or printed, 1.6) if compared else None
    return End(printed, 1.9 if told_why else 1.5)


def thing_in(scene: Scene, words: Sequence[Word]) -> End | None:
    """The treatment that the words after "by", "requires" or "responds to" name or point to."""
    start = words[0].start
    own = scene.own(start, words[-1].end)
    if own:
        return End(own, 3.0)
    plain = [w.plain for w in words]
    if plain[0] in {"it", "this", "these", "them"} or points(plain):
        return End(scene.treatment(start), 2.2)
    for near, sure in (
        ([w for w in words[:5] if scene.like(w.plain)], 2.6),
        ([w for w in words[:4] if w.plain in doing() and not vocabulary.is_drug(w.plain)], 1.9),
    ):
        if near:
            return End(bare(scene.printed(start, near[-1].end)), sure)
    return None


_WISH = re.compile(
    r"\b(?:want|wants|wish|wishes|hope|hopes|hoping|tries|tried|trying|try|able|unable|failed|fails|struggl\w+|"
    r"attempt\w*|goal|goals|aim is|target|asked (?:me|us)|continue|continues|plan to|we|expects?)\b(?:\W+\w+){0,3}\W*"
    r"(?:to|of|is)?$",
    _I,
)
HISTORY = re.compile(
    r"\b(?:(?:was|were|had been|has been|have been) (?:\w+ly )?(?:given|put|placed|prescribed|tried|started|taking|"
    r"treated|used)|previously|has tried|have tried|had tried|tried|failed|attempted|unsuccessful\w*|"
    r"(?:is|was) (?:currently )?(?:taking|on)|takes|took|underwent|(?<!is )(?<!are )(?<!be )used to|"
    r"last (?:year|spring|winter|fall|summer))\b",
    _I,
)
"""What was done before, or is taken for something else."""
_EXPECTS = re.compile(r"\b(?:expect|anticipate|intend|mean|want|trust|count on)\s+(?:[\w'-]+\s+){1,4}to$", _I)
_SERVES = re.compile(
    r"\b(?:necessary|needed|required|essential|indicated|prescribed|recommended|ordered|order|designed|intended|"
    r"meant|"
    r"aim(?:s|ed)?|serves?|works?|used|helps?|allows?|enables?|effective|helpful|useful|beneficial|critical|vital|"
    r"crucial|appropriate|shown|proven|known|expected|important|needs?|requires?|prescribe|recommend|prescribing|"
    r"recommending|ordering)\b",
    _I,
)


def _serving(scene: Scene, words: Sequence[Word], n: int, *, told_why: bool) -> End | None:
    """The treatment that serves a purpose: "to relieve ...", "by reducing ...", "aimed at easing ..."."""
    start, offset = sentence_part(words, n), words[n].start
    before = words[start:n]
    plain = [w.plain for w in before]
    joined = " ".join(plain)
    expected = _EXPECTS.search(joined) and _expected(scene, before, offset)
    if expected:
        return expected
    if _WISH.search(joined) or HISTORY.search(joined):
        return None
    mine = [value for a, _, value in scene.places if words[start].start <= a < offset]
    if mine:
        return End(mine[-1], 2.7)
    if points_within(joined):
        return End(scene.treatment(offset), 2.3)
    if core([word for word in plain if word not in MARKS]) <= {"to", "in", "order", "so", "as", "by"}:
        pointed = scene.pointed(offset)  # an answer: "To relieve ..."
        return End(pointed, 1.7 if told_why else 1.0) if pointed else None
    return _serving_unnamed(scene, before, joined)


def _expected(scene: Scene, before: Sequence[Word], offset: int) -> End | None:
    """What good is expected of: "we expect the counseling to bring ...", "I expect it to loosen ..."."""
    named = [w for w in before[-4:] if w.plain in doing() or scene.like(w.plain)]
    if named:
        return End(bare(scene.printed(named[0].start, named[-1].end)), 2.2)
    pointed = scene.pointed(offset) if any(w.plain in {"it", "this", "these", "them"} for w in before[-2:-1]) else None
    return End(pointed, 2.0) if pointed else None


def _serving_unnamed(scene: Scene, before: Sequence[Word], joined: str) -> End | None:
    plain = [w.plain for w in before]
    if uses_it(joined):
        return End(scene.treatment(before[-1].end), 2.0)
    if is_person(plain[:1]) or is_person(plain[:2]) or set(plain[:3]) & vocabulary.words("people", "papers"):
        return None
    serves = _SERVES.search(joined) is not None
    if any(scene.like(word) for word in plain) or (serves and set(plain) & doing()):
        return End(bare(scene.printed(before[0].start, before[-1].end)), 2.2)
    return End(scene.treatment(before[-1].end), 1.7) if serves else None
