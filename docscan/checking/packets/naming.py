"""Does a letter name what a receipt shows?

Services are compared by what kind of service they are ("strength session" is training), things by which thing it is:
a letter for an air purifier is none for a humidifier.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from docscan.checking import wording
from docscan.checking.facts import class_of
from docscan.checking.packets.documents import Letter
from docscan.checking.packets.services import SESSIONS, Service
from docscan.neural.meaning import of_pairs
from docscan.reference import item_classes
from docscan.reference.goods import diets, has_a_special_form, things
from docscan.reference.short_forms import in_full
from docscan.reference.wording import tokens

GOODS = frozenset({
    "exercise_equipment", "drug", "supplement", "medical_supply", "air_treatment", "furniture", "food", "clothing",
    "cosmetic", "vision", "dental", "medical_service",
})  # fmt: skip
"""Classes of many different things: a letter for one of them is not a letter for another."""

_OPEN = frozenset({None, "unspecific", "other"})
_EXERCISE = frozenset({"training", "exercise_class"})
_LEADS = _EXERCISE | {"physical_therapy"}


def names(letter: Letter, service: Service) -> tuple[bool | None, str]:
    """Whether the letter names the service, and a sentence where it does not; None where that cannot be told."""
    wanted = letter.treatments
    if not wanted:
        hidden = letter.facts.hidden("treatment")
        return None, hidden.why if hidden else "The letter does not name a treatment."
    shown = f"“{wording.one_line(service.description)}”" if service.description else "The receipt"
    told = [is_it(str(e.value), class_of(e), service) for e in wanted]
    if None in told and True not in told and _is_none_of([str(e.value) for e in wanted], service):
        told = [False]
    if True in told or (None not in told and _in_its_words(letter, service)):
        return True, ""
    asked = wording.listed(f"“{wording.one_line(str(e.value))}”" for e in wanted)
    if service.record and service.item_class in _OPEN:
        return None, "The record does not say what was done."
    if service.kind not in _OPEN and not tells_what(letter):
        return False, f"The letter does not say which thing or service it means, only {asked}."
    if None not in told:
        return False, f"{shown} is not what the letter names: {asked}."
    silent = service.kind == "unspecific" or (service.kind in _OPEN and not service.description)
    why = "does not say what was done or sold." if silent else f"is what the letter names: {asked}."
    return None, f"{shown} {why}" if silent else f"It is not clear that {shown} {why}"


def _is_none_of(treatments: Sequence[str], service: Service) -> bool:
    """Whether a line that no word of ours knows is by its meaning nothing that the letter names: "Oat milk 64oz"."""
    if service.kind == "unspecific" or not service.description or any(diets(one) for one in treatments):
        return False
    asked = of_pairs([(one, service.description) for one in treatments])
    return all(chances.get("other", 0.0) >= _SURELY_ANOTHER for chances in asked)


_SURELY_ANOTHER = 0.95


def tells_what(letter: Letter) -> bool:
    """Whether it says, if in few words, which treatment or thing it means: "exercise" does, "wellness products" not."""
    told = [(str(e.value), class_of(e)) for e in letter.treatments]
    return not told or any(
        _OPEN_EXERCISE.search(words) or item_classes.specific(words) or _services(words, its) for words, its in told
    )


def is_it(treatment: str, treatment_class: str | None, service: Service) -> bool | None:
    """Whether one treatment is the service; None where the words do not tell."""
    sold, kind = _written_out(service.description or "", treatment), service.kind
    classes = _services(treatment, treatment_class)
    if _in_the_same_words(treatment, sold):
        return True
    if classes == {"food"} and (diet := diets(treatment)) and kind in _FOOD:
        theirs = diets(sold) or diets(service.sold_by)  # what a gluten-free bakery bakes
        silent = None if kind != "food" or has_a_special_form(sold) else False
        return bool(diet & theirs) if theirs else silent
    ours, theirs = things(treatment), things(sold)
    if ours and theirs:
        return bool(ours & theirs) or (None if kind in classes and kind not in GOODS else False)
    comparable = kind in _OPEN or not classes or kind in classes
    if comparable and (kind in _OPEN or kind in GOODS or not classes) and _core(treatment) & _core(sold):
        beside = _GOES_WITH.search(sold)
        return None if beside and beside[0].lower() not in treatment.lower() else True
    return _by_kind(treatment, sold, kind, classes)


def _by_kind(treatment: str, sold: str, kind: str | None, classes: frozenset[str]) -> bool | None:
    """Whether a line of a kind may be a treatment of these classes, where the words in common do not tell."""
    if kind not in _OPEN:
        same = True if kind not in GOODS or not _core(treatment) else None
        return same if kind in classes else False if classes else None
    if classes and classes <= SESSIONS and _MEASURED.search(sold):
        return False
    return True if kind != "other" and _in_short(sold, treatment, classes) else None


def _written_out(sold: str, treatment: str) -> str:
    """A till's line with its short forms in full, first those of the treatment's own words: "WRST SPLNT RT"."""
    asked = [t.printed for t in tokens(treatment) if t.plain.isalpha() and len(t.plain) > _LEAST_CLIPPED]

    def meant(match: re.Match[str]) -> str:
        short = match[0].lower()
        if len(short) < _LEAST_CLIPPED + bool(set(short) & _VOWELS):
            return match[0]  # "nut" is a word, "brc" is none
        return next((w for w in asked if _clips(short, w.lower()) or _squeezed(short, w.lower())), match[0])

    return in_full(re.sub(r"[A-Za-z]+", meant, sold))


def _squeezed(short: str, word: str) -> bool:
    """Whether a word is written so with some of its vowels left out: "lumbr", "cushn"."""
    rest = iter(word)
    consonants = [[c for c in one if c not in _VOWELS] for one in (short, word)]
    return short != word and consonants[0] == consonants[1] and all(letter in rest for letter in short)


_VOWELS = frozenset("aeiou")


def _in_the_same_words(treatment: str, sold: str) -> bool:
    """Whether a line says nothing but what the treatment says too, and enough to know it by."""
    said = {t.plain for t in tokens(sold) if t.plain.isalpha() and t.plain not in _BESIDE}
    return len(said) > 1 and bool(_core(sold)) and said <= {t.plain for t in tokens(treatment)}


_FOOD = _OPEN | {"food"}

_GOES_WITH = re.compile(
    r"\b(?:wash|cleaner|cleaning|detergent|wipes|carry(?:ing)? (?:bag|case)|storage (?:bag|case)|stand|holder|mount"
    r"|charger|cable|donning|applicator|repair|manual|guide|book|dvd)s?\b",
    re.IGNORECASE,
)
"""What is sold for a thing, or about it, and is not the thing: "sleeve wash"."""

_MEASURED = re.compile(
    r"\b\d+(?:\.\d+)?\s*-?\s*(?:fl\.?\s*)?(?:lbs?|oz|ozs|kg|gm?s?|ml|l|gal|qt|ct|count|pk|pks|tub|btl|bottles?"
    r"|jars?|cans?|bags?|box(?:es)?|tabs?|tablets?|caps?|capsules?|softgels?|rolls?|pairs?|pr|inch(?:es)?|in|ft|xl)\b",
    re.IGNORECASE,
)
"""A measure of goods: weight, volume, pieces, length. No service has one."""


# Lines in short


@lru_cache(maxsize=2048)
def _in_short(sold: str, treatment: str, classes: frozenset[str]) -> bool:
    """Whether a line says in short what the letter names: "pers. trng 45m" for personal training, "PT w/ Walt", "Mag
    Glyc", "Swedish 60".

    What a word is short for is looked for among the letter's words and those of its kind of service; where a word of
    the line is none of these, it may be anything ("Deep clean").
    """
    asked = [t.plain for t in tokens(treatment) if t.plain.isalpha()]
    printed = [w for w in re.findall(r"[A-Za-z]+", _WITH_WHOM.sub("", sold)) if w.lower() not in _BESIDE]
    own = frozenset().union(*map(_vocabulary, classes & SESSIONS))
    initials = {"".join(w[0] for w in asked[:n]) for n in (2, 3) if len(asked) >= n}
    if own and printed and all(w.isupper() and w.lower() in initials and len(w) > 1 for w in printed):
        return True
    full = [_in_full(w.lower(), [*asked, *sorted(own)]) for w in printed]
    words = [word for word in full if word is not None]
    if not words or len(words) < len(full):
        return False
    telling = any(_distinctive(word, c) for c in classes & SESSIONS for word in words)
    said = " ".join(words)
    return telling or item_classes.classify(said) in classes & SESSIONS or bool(_core(treatment) & _core(said))


def _in_full(word: str, known: Sequence[str]) -> str | None:
    """The known word that a printed one is, or is short for; itself where it says nothing; None for any other."""
    for one in (word, word.removesuffix("s")):
        if one in known or one in _COMMON:
            return one
    return next((full for full in known if _clips(word, full)), None)


_WITH_WHOM = re.compile(r"\b(?:w/|with|by)\s*.*$", re.IGNORECASE)
_BESIDE = frozenset(
    """
    min mins minute minutes m hr hrs hour hours h wk wks mo mg mcg iu ct oz lb pk ea qty of the and a per for tx rx f u
    fu ff appt appts sess svc initial first follow up return returning new eval dr no
    """.split()
)
"""What stands beside the words that say what it is."""
_LEAST_CLIPPED = 3


def _clips(short: str, word: str) -> bool:
    """Whether a word may be written short so: its beginning ("pers"), or its consonants ("trng")."""
    if len(short) < 2 or len(short) >= len(word) or short[0] != word[0]:
        return False
    if len(short) >= _LEAST_CLIPPED and word.startswith(short):
        return True
    rest = iter(word)
    return not set(short[1:]) & set("aeiou") and short[-1] == word[-1] and all(letter in rest for letter in short)


@cache
def _vocabulary(item_class: str) -> frozenset[str]:
    """The words of the phrases for a kind of service that say which it is."""
    return frozenset(
        t.plain for phrase in item_classes.phrases() if phrase.item_class == item_class
        for t in tokens(phrase.text)
        if len(t.plain) > _LEAST_CLIPPED and t.plain.isalpha() and t.plain not in _BESIDE
    )  # fmt: skip


@cache
def _kinds_of_words() -> Mapping[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    for phrase in item_classes.phrases():
        for token in tokens(phrase.text):
            kinds.setdefault(token.plain, set()).add(phrase.item_class)
    return {word: frozenset(found) for word, found in kinds.items()}


def _distinctive(word: str, item_class: str) -> bool:
    """Whether a word stands in phrases for this kind alone: "Swedish" is a massage."""
    long = len(word) > _LEAST_CLIPPED and word not in _COMMON
    return long and _kinds_of_words().get(word) == frozenset({item_class})


def _in_its_words(letter: Letter, service: Service) -> bool:
    """Whether the sentences with which the letter orders name the very thing, where it was not told among what it asks
    for: a second product behind an "and"."""
    if service.kind not in GOODS | _OPEN or not service.description:
        return False
    sold, theirs = _core(service.description), things(service.description)
    for source in letter.facts.stated("treatment_link", "necessity_statement", "treatment"):
        for place in source.evidence:
            text = _REFUSED.sub(" ", place.text)
            if theirs & things(text) or (not theirs and sold and sold <= _core(text)):
                return True
    return False


_REFUSED = re.compile(
    r"\b(?:not|no|nor|without|rather than|instead of|failed|tried|stopped|other than|besides|except)\b[^.;]*", re.I
)


@lru_cache(maxsize=1024)
def _services(treatment: str, treatment_class: str | None) -> frozenset[str]:
    """The kinds of services and things that a treatment stands for."""
    found = {treatment_class, item_classes.classify(treatment)}
    for mention in item_classes.mentions(treatment):
        if not _WHERE.search(treatment[: mention.start]):
            found.add(mention.item_class)
    led = _BY_A_TRAINER.search(treatment)
    if found & _LEADS and _OPEN_EXERCISE.search(treatment) and not led and "therapy" not in treatment.lower():
        found |= _EXERCISE  # "a structured exercise program": whoever leads it, alone or in a class
    return frozenset(c for c in found if c is not None and c not in _OPEN)


_WHERE = re.compile(
    r"\b(?:at|in|inside|near|by|from|through)\s+(?:an?\s+|the\s+|(?:his|her|their|your)\s+)?(?:\w+\s+)?$", re.I
)
_BY_A_TRAINER = re.compile(r"\b(?:train(?:er|ing|ers)|coach\w*|one[- ](?:on|to)[- ]one|1:1|private)\b", re.I)
_OPEN_EXERCISE = re.compile(r"\bexercis\w*|\bfitness\b|\bworkouts?\b|\bphysical activity\b", re.I)


@lru_cache(maxsize=2048)
def _core(text: str) -> frozenset[str]:
    """The words that say which thing is meant."""
    return frozenset(t.plain for t in tokens(text) if len(t.plain) > 3 and t.plain.isalpha() and t.plain not in _COMMON)


_COMMON = frozenset(
    """
    session visit week weekly month monthly daily year hour minute time program programme plan service treatment therapy
    care individual private group package home portable medical medically necessary prescribed recommended certified
    licensed supervised with from health unit pack count each equipment device system exercise training trainer fitness
    wellness personal physical use used per high low quality brand model size large small medium king queen twin full
    natural pure premium ultra extra strength tablet capsule softgel gummy bottle month supply oral dose product natural
    supplement supplementation vitamin mineral medication medicine prescription nutritional dietary drug furniture
    guided structured regular memory foam support water body free white black blue gray grey memory series machine power
    """.split()
)
