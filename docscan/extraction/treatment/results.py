"""What a treatment did or does for an illness, told by its results or by other verbs than those of healing.

Three tellings: what is measured changes with the treatment ("on the raised base 10 events an hour; when it was out of
service, 34"), good depends on it ("so the benefit depends upon elevation"), and the treatment is the subject of some
verb whose object is the illness, its sign or its place ("morning light resets the clock that her illness has
shifted"). Of a person, another remedy or what did not help nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docscan.extraction.text.spans import Span
from docscan.extraction.treatment import vocabulary
from docscan.extraction.treatment.acted_on import reason_in
from docscan.extraction.treatment.acting import named_by
from docscan.extraction.treatment.clauses import BE, HAVE, MODALS, Word, clause_start, without_helpers
from docscan.extraction.treatment.scene import End, Scene, is_person, is_sign, points

_I = re.IGNORECASE
_PART = r"(?:half|thirds?|quarters?|\d+ ?(?:%|percent|points?))"
_CHANGES = re.compile(
    r"\b(?:fell|falls|dropped|drops|went from|came down|comes down|rose|rises|climb(?:ed|s)|improved|improves|cut|cuts|"
    r"halved|halves|reduced|lowered|was back|were back|back (?:at|to|up)|return(?:ed|s)|again|"
    rf"from [\d./%]+ to [\d./%]+|(?:by|about|roughly|nearly|almost) (?:a |one |two |three )?{_PART}|"
    r"sleeps? (?:through|better)|better|worse|fewer|less|more|calmer|normal)\b|"
    r"\b(?:ahi|odi|nadir|spo2|a1c|fev1|peak flow) (?:of |is |was )?\d",
    _I,
)
_WITH_OR_WITHOUT = frozenset(
    "with without on off under after since during while when whenever once days nights".split()
)
_NO_HELP = re.compile(
    r"\b(?:no|not|n['’]t|never|nothing|hardly|neither|nor|failed|fails|unchanged|tried|previously|ineffective|"
    r"gave it up|in vain|little (?:change|effect|relief))\b",
    _I,
)
_DEPENDS = re.compile(
    r"\b(?:benefits?|relief|improvement|control|gains?|effect|progress|recovery|comfort|sleep|breathing)\s+(?:\w+ly\s+)?"
    r"(?:depends?|rests?|hinges?|relies|rely|comes?|flows?|follows?|stems?|turns?)\s+(?:up)?(?:on|from)\b",
    _I,
)
_NO_ACT = frozenset(
    """is has was does costs runs comes lasts begins starts ends meets needs requires means includes contains says shows
    appears seems remains stays goes gets uses wants likes asks follows belongs carries sees holds gives lives works
    weeks months days years hours minutes sessions visits times pounds points treats consists covers weighs measures
    concerns names lists states describes explains reflects rests depends relates refers applies fits suits sells
    aggravates worsens causes triggers provokes irritates inflames increases raises exacerbates complicates hurts
    harms limits threatens risks loses takes makes brings keeps cleans plays enjoys thinks feels finds hopes plans
    knows tells writes prescribes recommends orders advises agrees confirms notes reports complains suffers denies
    always perhaps besides towards whereas this its his hers ours theirs as us thus yes plus""".split()
)
_FAR = 9  # words from such a verb to what it acts on


def told_results(scene: Scene, words: Sequence[Word], sentence: Span) -> Iterator[tuple[End, str, End]]:
    """What a sentence tells of results: the treatment, the word that tells it, the illness."""
    if not words:
        return
    yield from _changes(scene, words, sentence)
    yield from _by_any_verb(scene, words)


def _changes(scene: Scene, words: Sequence[Word], sentence: Span) -> Iterator[tuple[End, str, End]]:
    printed = scene.text.flat[sentence.start : sentence.end]
    depends = _DEPENDS.search(printed)
    changed = depends or _CHANGES.search(printed)
    if changed is None or _NO_HELP.search(printed) or _another(scene, words):
        return
    thing = _thing(scene, words)
    if thing is None:
        return
    when = (
        words[0].plain.endswith("ing") or any(w.plain in _WITH_OR_WITHOUT for w in words) or _opens_with(scene, words)
    )
    ill = _measured(scene, words) or (End(scene.illness(sentence.start), 1.6) if depends else None)
    if ill is not None and (depends or when):
        yield thing, " ".join(changed.group().split()).lower().strip(": "), ill


def _another(scene: Scene, words: Sequence[Word]) -> bool:
    """Whether some other remedy, or a drug, is told of."""
    start, end = words[0].start, words[-1].end
    other = any(start <= span.start < end for span in scene.others) or any(vocabulary.is_drug(w.plain) for w in words)
    return other and not scene.prescribes_drug


def _thing(scene: Scene, words: Sequence[Word]) -> End | None:
    """The treatment where a sentence names it or points to it: "with it", "on the base", "these sessions"."""
    for n, word in enumerate(words):
        if scene.own(word.start, word.end) or scene.like(word.plain):
            return End(scene.treatment(word.end), 2.0)
        if points([w.plain for w in words[n : n + 4]]):
            return End(scene.treatment(word.end), 1.8)
        pronoun = (
            word.plain in {"it", "them"} and n > 0 and words[n - 1].plain in {"with", "without", "on", "off", "uses"}
        )
        if pronoun and scene.pointed(word.start):
            return End(scene.treatment(word.start), 1.8)
        opens = n == 0 or words[n - 1].plain == ","
        if opens and word.plain.endswith("ing") and len(word.plain) > 5 and n + 1 < len(words):
            doing = words[n + 1].plain in {"the", "her", "his", "their"}  # "raising the head cut events by half"
            if doing:
                return End(scene.treatment(word.start), 1.6)
    return None


def _opens_with(scene: Scene, words: Sequence[Word]) -> bool:
    """Whether what is prescribed opens a sentence, as its subject."""
    return any(scene.own(w.start, w.end) or scene.like(w.plain) for w in words[:3]) and not is_person(
        [w.plain for w in words[:1]]
    )


def _measured(scene: Scene, words: Sequence[Word]) -> End | None:
    """What is ill or measured of the patient in a sentence."""
    named = next(
        (found for n in range(len(words)) if (found := reason_in(scene, words[n : n + 3], just_for=False))), None
    )
    if named is not None:
        return named._replace(sure=min(named.sure, 2.0))
    known = vocabulary.words("ends", "measured") | vocabulary.words("ends", "anatomy") | _COUNTED
    word = next((w for w in words if w.plain in known or w.plain in scene.illness_words), None)
    return None if word is None else End(scene.printed(word.start, word.end), 1.6)


_COUNTED = frozenset(
    """ahi odi spo2 saturation desaturation desaturations oximeter events apneas hypopneas fev1 readings level levels
    score phq-9 gad-7 odi esr crp tsh egfr t-score density nadir fasting glucose circumference girth range flexion
    extension grip strength walk steps awakenings attacks episodes flares""".split()
)


def _by_any_verb(scene: Scene, words: Sequence[Word]) -> Iterator[tuple[End, str, End]]:
    """ "Morning light resets the clock that her illness has shifted": any verb in the present but some."""
    forms = vocabulary.verbs()
    for n, word in enumerate(words[1:], start=1):
        plain = word.plain
        if not _may_be_verb(plain) or plain in forms or n + 1 >= len(words) or scene.names_illness([word]):
            continue
        following = words[n + 1].plain
        if following in MODALS | BE | HAVE | {"and", "or", "of", ",", ".", ";", ":"} or not following[:1].isalpha():
            continue
        subject = without_helpers(words[clause_start(words, n) : n])
        if not subject or len(subject) > 6 or _NO_HELP.search(" ".join(w.plain for w in words[:n])):
            continue
        thing = named_by(scene, subject, None, "finite", told_why=False)
        ill = reason_in(scene, words[n + 1 : n + 1 + _FAR], just_for=False)
        sign = any(is_sign(w.plain) or w.plain in scene.illness_words for w in words[n + 1 : n + 1 + _FAR])
        if thing is not None and thing.sure >= 2.0 and ill is not None and (sign or ill.sure >= 2.2):
            yield thing, plain, ill._replace(sure=min(ill.sure, 2.0))


def _may_be_verb(plain: str) -> bool:
    return (
        plain.endswith("s") and len(plain) > 4 and plain.isalpha() and not plain.endswith(("ss", "us", "is", "ous"))
        and plain not in _NO_ACT and not is_sign(plain)
    )  # fmt: skip
