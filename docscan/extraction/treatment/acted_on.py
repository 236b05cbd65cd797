"""Which illness a verb acts on, and whether what it does there is good."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docscan.extraction.text.spans import Span
from docscan.extraction.treatment import vocabulary
from docscan.extraction.treatment.clauses import DETERMINERS, ENDS_OBJECT, HIM, MARKS, Word
from docscan.extraction.treatment.scene import End, Scene, is_named, is_sign

_OWN_WORDS = frozenset(
    "patient's chronic severe ongoing documented medical underlying diagnosed above named said".split()
)
_KEEPING = frozenset("preserve maintain protect guard spare hold keep stabilize stabilise".split())
_RAISING = frozenset("increase raise boost build promote drive".split())
_BETTER_LOW = frozenset("pressure sugar glucose a1c cholesterol ldl triglyceride weight bmi acid".split())
_AFTER_PRONOUN = frozenset(
    "and or by in from too down up at to directly off further before on better back for while with over of until"
    " getting as where".split()
)
_NOT_PART_OF_NAME = frozenset("from of to on in and for with off back down more any further away".split())
_WELL_KEPT = frozenset(
    "from bay check back off down steady stable line place under where open clear moving supple away quiet low up at in"
    " out going falling working flowing closed dry even".split()
)
_MORE = re.compile(
    r"(?:bring|give|provide|offer|afford) (?:[\w-]+ ){0,4}?(?:relief|down|under|in line|control|comfort|ease|"
    r"support)\b|(?:bring|get|take) (?:[\w-]+ ){1,4}?(?:(?:back )?(?:to|into|within) (?:the |her |his |a )?(?:\w+ )?)"
    r"(?:goal|target|normal|range|bounds)\b|"
    r"take (?:the |some |much |her |his )?(?:[\w-]+ ){0,3}?(?:off|away|out of|down)\b|"
    r"break (?:up|down|(?:the|this|that|a|her|his) (?:[\w-]+ )?(?:cycle|chain|spiral|pattern|loop|circle))|"
    r"(?:let|allow|enable|permit|make) (?:the |her |his |their |a )?(?:[\w-]+ ){1,3}?(?:to )?(?:move|heal|rest|"
    r"close|bend|drain|recover|relax|"
    r"straighten|mend|loosen|settle|knit|breathe|work|easier|easy|bearable|milder|rarer|better)\b|make up for|"
    r"(?:ward|fend|stave) off|turn (?:back|around)|set (?:back|right)|"
    r"put (?:[\w-]+ ){1,4}?(?:right|at rest|to rest|on hold)",
)


def acted_on(scene: Scene, words: Sequence[Word], n: int) -> End | None:
    """The illness, its sign or its place that a verb has for its object; None where what the verb does is no help."""
    verb = vocabulary.verbs()[words[n].plain]
    after = _object(words, n)
    if not after or _only_helps(verb, after) or not _is_done_to_illness(verb, after):
        return None
    if any(w.plain in {"future", "developing", "new"} for w in after[:3]):
        return None  # what nobody has yet
    if after[0].plain in {"it", "them"} and verb.effect != "restore":
        return End(scene.illness(after[0].start), 2.0)
    ills = scene.illnesses(after)
    signs = [k for k, w in enumerate(after) if is_sign(w.plain) or w.plain in scene.illness_words]
    if _harms(verb, after, ills, signs):
        return None
    return _named(scene, after, ills, signs) or _described(scene, after, verb) or _place(scene, after, verb)


def _object(words: Sequence[Word], n: int) -> list[Word]:
    after: list[Word] = []
    if n + 1 < len(words) and words[n + 1].plain == ",":
        return after  # "heart and lungs clear, A1c 5.4"
    for word in words[n + 1 : n + 16]:
        if (word.plain in MARKS and word.plain != "(") or word.plain in ENDS_OBJECT:
            break
        after.append(word)
    return after


def _only_helps(verb: vocabulary.Verb, after: Sequence[Word]) -> bool:
    """ "Helps reduce": the other verb tells."""
    if verb.lemma not in {"help", "assist", "aid"}:
        return False
    following = next((w.plain for w in after if w.plain not in {"to", *HIM, *DETERMINERS}), "")
    other = vocabulary.verbs().get(following)
    return other is not None and other.form in {"base", "ing"}


def _is_done_to_illness(verb: vocabulary.Verb, after: Sequence[Word]) -> bool:
    """Not "keeps her from work", "holds meetings", "takes time": who or what is kept, and from what."""
    first, kept = after[0].plain, any(w.plain in _WELL_KEPT for w in after)
    if verb.effect == "prevent" and first in {"him", "me", "us", "you", "patients", "people"}:
        return False
    if verb.effect == "prevent" and first == "her":
        second = after[1].plain if len(after) > 1 else ""
        if second in {"", "from", "off", "awake", "in", "on", "up", "going"}:
            return False
    if verb.lemma in {"keep", "hold"} or (verb.lemma == "stop" and first in {"it", "them"}):
        return kept
    if verb.effect == "with_more":
        return _MORE.match(f"{verb.lemma} " + " ".join(w.plain for w in after)) is not None
    return True


def _harms(verb: vocabulary.Verb, after: Sequence[Word], ills: Sequence[Span], signs: Sequence[int]) -> bool:
    """ "Limits her mobility", "increases her pain"."""
    if verb.lemma in _RAISING and (
        (signs and signs[0] <= 2) or any(w.plain.rstrip("s") in _BETTER_LOW for w in after[:4])
    ):
        return True
    if verb.effect not in {"lessen", "prevent"} or verb.lemma in _KEEPING:
        return False
    good = vocabulary.words("ends", "good")
    joint = next(
        (k for k, w in enumerate(after) if w.plain in {"and", ",", "or", "from", "of", "for", "by", "through"}),
        len(after),
    )
    head = next((w.plain for w in after[:joint] if w.plain in good or is_sign(w.plain)), "")
    early = after[2 if len(after) > 2 else -1].end
    return head in good and not is_sign(head) and not (ills and ills[0].start < early)


def _named(scene: Scene, after: Sequence[Word], ills: Sequence[Span], signs: Sequence[int]) -> End | None:
    """An illness by name, else a complaint."""
    if ills:
        named = [s for s in ills if is_named(scene.printed(*s))]
        chosen = (named or list(ills))[0]
        far = sum(w.start < chosen.start for w in after)
        if far <= 9 and (named or not signs or after[signs[0]].start >= chosen.start):
            return End(scene.printed(*chosen), (3.0 if named else 2.5) - 0.03 * far)
    if signs and signs[0] <= 8:
        return End(_phrase(scene, after, signs[0]), 2.2 - 0.04 * signs[0])
    return None


def _described(scene: Scene, after: Sequence[Word], verb: vocabulary.Verb) -> End | None:
    """ "Her condition", "it", "the one and the other"."""
    describing = vocabulary.words("ends", "describing")
    for k, word in enumerate(after[:7]):
        if word.plain in describing and any(w.plain in DETERMINERS | _OWN_WORDS for w in after[:k]):
            return End(scene.illness(word.start), 2.4 - 0.04 * k)
    lead = next((w.plain for w in after if w.plain not in DETERMINERS), "")
    if stands_alone(after) or lead in {"one", "other", "others"}:
        if verb.effect == "restore" and verb.lemma not in {"improve", "correct", "help"}:
            return None
        return End(scene.illness(after[0].start), 1.9)
    return None


def _place(scene: Scene, after: Sequence[Word], verb: vocabulary.Verb) -> End | None:
    """A part of the body, or what is measured of it."""
    if verb.lemma in {"help", "address", "target"}:
        return _ailing(scene, after)
    places = vocabulary.words("ends", "measured") | vocabulary.words("ends", "anatomy")
    for k, word in enumerate(after[:7]):
        if any(part in places for part in (word.plain, *word.plain.split("-"))):
            return End(_phrase(scene, after, k), 1.7 - 0.04 * k)
    return None


def _ailing(scene: Scene, after: Sequence[Word]) -> End | None:
    """ "Help with his back" of somebody with back pain: the part of the body that the illness is told of."""
    if after[0].plain != "with":
        return None
    anatomy = vocabulary.words("ends", "anatomy")
    part = next((w.plain for w in after[1:4] if w.plain in anatomy), "").removesuffix("s")
    told = [scene.printed(*span) for span in scene.told] if part else []
    ill = next((name for name in told if re.search(rf"\b{part}", name, re.IGNORECASE)), None)
    return End(ill, 1.8) if ill else None


def stands_alone(after: Sequence[Word]) -> bool:
    """Whether words open with a pronoun that stands for a noun, not before one: "it", "this too", not "this person"."""
    if after[0].plain not in {"it", "this", "that", "these", "those", "both", "them", "which"}:
        return False
    return len(after) == 1 or not after[1].plain.isalpha() or after[1].plain in _AFTER_PRONOUN


def reason_in(scene: Scene, after: Sequence[Word], *, just_for: bool) -> End | None:
    """The illness that the words after "because of", "for", "to treat" tell. `just_for`: after a mere "for"."""
    for span in scene.illnesses(after):
        far = sum(w.start < span.start for w in after)
        if far <= 7 and not any(w.plain in ENDS_OBJECT | MARKS for w in after[:far]):
            return End(scene.printed(*span), (3.0 if is_named(scene.printed(*span)) else 2.4) - 0.03 * far)
    describing = vocabulary.words("ends", "describing")
    for k, word in enumerate(after[:5]):
        if word.plain in MARKS | ENDS_OBJECT:
            break
        if word.plain in describing and k and after[k - 1].plain in DETERMINERS | _OWN_WORDS:
            return End(scene.illness(word.start), 2.2)
        if is_sign(word.plain) and word.plain not in {"stress", "strain", "load", "fluid"}:
            whose = (k > 0 and after[0].plain in DETERMINERS | _OWN_WORDS) or not just_for
            return End(_phrase(scene, after, k), 1.9 if whose else 1.6)
    return None


def _phrase(scene: Scene, after: Sequence[Word], head: int) -> str:
    """The words of a noun with what stands before it, without determiners."""
    first = head
    while first > 0 and head - first < 4:
        plain = after[first - 1].plain
        if not plain.isalpha() or plain in DETERMINERS | HIM | _NOT_PART_OF_NAME:
            break
        first -= 1
    return scene.printed(after[first].start, after[head].end)
