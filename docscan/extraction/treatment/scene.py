"""What a letter has told before a sentence: what it prescribes and which illnesses, so that "it" says which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from docscan.document import Extraction
from docscan.extraction.text.lexicon import illnesses_in, items_in
from docscan.extraction.text.spans import Span
from docscan.extraction.treatment import vocabulary
from docscan.extraction.treatment.clauses import ADVERBS, DETERMINERS, Word
from docscan.reference import conditions, item_classes

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE


class End(NamedTuple):
    """One end of a link: its words, and how surely it is one (0 to 3)."""

    words: str
    sure: float


class Scene:
    """The treatments and illnesses of a letter, and what points to them."""

    def __init__(self, text: AnnotatedText, treatments: Sequence[Extraction]) -> None:
        self.text = text
        places = [(e.evidence[0], str(e.value)) for e in treatments if e.assertion == "stated" and e.evidence]
        self.places = sorted((at.start or 0, at.end or 0, value) for at, value in places)
        self.named = [value for _, _, value in self.places if item_classes.specific(value)]
        self.classes = {item_classes.classify(value) for _, _, value in self.places}
        self.stems = {
            word[:6]
            for _, _, value in self.places
            for word in re.findall(r"[a-z]{3,}", value.lower())
            if word not in vocabulary.words("ends", "anatomy") and word not in _SAYING_LITTLE
        }

    # -- the treatment ----------------------------------------------------------------------------------------------

    @cached_property
    def others(self) -> list[Span]:
        """Drugs and other things named that are not what is prescribed."""
        return [
            span
            for span in items_in(self.text)
            if not any(start < span.end and span.start < end for start, end, _ in self.places)
            and item_classes.classify(self.text[span]) in _TAKEN_BESIDE - self.classes
            and not self.like(self.text[span])
        ]

    @property
    def prescribes_drug(self) -> bool:
        return bool(self.classes & {"drug", "supplement"})

    def like(self, words: str) -> bool:
        """Whether words share a telling one with what is prescribed."""
        return any(word[:6] in self.stems for word in re.findall(r"[a-z]{3,}", words.lower()))

    def own(self, start: int, end: int) -> str | None:
        """What is prescribed by the words between two offsets."""
        return next((value for a, b, value in self.places if start <= a < end or a <= start < b), None)

    def treatment(self, offset: int) -> str:
        """What "it" means at an offset: the thing named last before it, else the first one, else nothing better."""
        before = [value for _, end, value in self.places if end <= offset and item_classes.specific(value)]
        fitting = before or self.named or [value for _, _, value in self.places]
        return fitting[-1] if before else fitting[0] if fitting else "the treatment"

    def pointed(self, offset: int) -> str | None:
        """What a pronoun points to; None where a drug stands nearer before it than what is prescribed."""
        before = self.text.sentence_at(max(0, self.text.sentence_at(offset).start - 2))
        if self.prescribes_drug or "\n\n" in self.text.text[before.end : offset]:
            return self.treatment(offset)
        for word in reversed(list(re.finditer(r"[A-Za-z]{4,}", self.text.flat[before.start : offset]))):
            plain, at = word.group().lower(), before.start + word.start()
            if any(start <= at < end for start, end, _ in self.places) or plain[:6] in self.stems:
                break
            if vocabulary.is_drug(plain) or item_classes.classify(plain) == "drug":
                return None
        return self.treatment(offset)

    # -- the illness ------------------------------------------------------------------------------------------------

    @cached_property
    def told(self) -> list[Span]:
        """The illnesses that are stated of the patient, in order."""
        return [span for span in illnesses_in(self.text) if self.text.assertion_at(*span) == "stated"]

    @cached_property
    def illness_words(self) -> frozenset[str]:
        """Words that speak of a told illness without its whole name: "fibrillation", "the neuropathy"."""
        printed = " ".join(self.printed(*span) for span in self.told).lower()
        usual = vocabulary.words("ends", "anatomy") | vocabulary.words("ends", "good") | _SAYING_LITTLE
        return frozenset(word for word in re.findall(r"[a-z]{6,}", printed) if word not in usual)

    def illness(self, offset: int) -> str:
        """What "the condition" means at an offset: the first one told of the patient before it, by name if any is."""
        told = [span for span in self.told if not self.printed(*span).isupper()] or self.told  # not of a letterhead
        before = [span for span in told if span.end <= offset] or told
        named = [span for span in before if is_named(self.printed(*span))] or before
        return self.printed(*named[0]) if named else "the condition"

    def illnesses(self, words: Sequence[Word]) -> list[Span]:
        """The illnesses that some words name, but for a relative's."""
        start, end = words[0].start, words[-1].end
        found = [span for span in illnesses_in(self.text) if start <= span.start < end]
        return [span for span in found if self.text.assertion_at(*span) != "other_person"]

    def names_illness(self, words: Sequence[Word]) -> bool:
        """Whether words name an illness, a sign of one, or say "condition"."""
        start, end = words[0].start, words[-1].end
        ends = vocabulary.words("ends", "bad") | vocabulary.words("ends", "describing")
        return any(start <= span.start < end for span in illnesses_in(self.text)) or any(
            word.plain in ends or is_sign(word.plain) for word in words
        )

    def printed(self, start: int, end: int) -> str:
        return " ".join(self.text[start, end].split())


_TAKEN_BESIDE = frozenset(
    {"drug", "supplement", "medical_service", "medical_supply", "medical_visit", "cosmetic", "clothing"}
)  # other therapies that act in the present are the treatment in other words
_SAYING_LITTLE = frozenset(
    """the and for per her his one two use low new non therapy treatment program programme session sessions service
    services with home licensed certified therapist trainer medical medically supervised one-on-one from three
    this that plan care visit visits clinical chronic specialist licensed registered weekly physician person
    private""".split()
)
_SIGN = re.compile(
    r"(?:itis|algia|alg(?:ic)?|osis|emia|aemia|pathy|plegia|paresis|trophy|edema|oedema|penia|uria|rrhea|rrhoea|oma|"
    r"dynia|kinesis|megaly|sclerosis|spasms?)$"
)


def is_sign(word: str) -> bool:
    """Whether a word is built like the name of a sign or an illness, or is one of the words for complaints."""
    bad = vocabulary.words("ends", "bad")
    return word in bad or _SIGN.search(word) is not None or word.rpartition("-")[2] in bad


def is_named(printed: str) -> bool:
    """Whether words name an illness rather than a complaint."""
    return conditions.classify(printed).specificity in {"named", "coded"}


def bare(printed: str) -> str:
    """Without determiners."""
    return re.sub(r"^(?:(?:the|an?|this|these|his|her|their|such|both|in addition,?|also)\s+)+", "", printed, flags=_I)


def core(plain: Sequence[str]) -> set[str]:
    """The words that say something."""
    return {word for word in plain if word not in DETERMINERS and word not in ADVERBS and word.isalpha()}


def doing() -> frozenset[str]:
    """Words for what treatments are and do."""
    return vocabulary.words("things", "doing") | vocabulary.words("things", "again")


_DONE_HOW = frozenset(
    "regular steady daily weekly supervised guided paced slow gentle mindful consistent continued repeated home"
    " coached faithful disciplined ongoing deliberate".split()
)
_PERSON_FIRST = frozenset("i we he she you who mr mrs ms miss mx dr nobody someone anyone everyone people".split())


def is_person(plain: Sequence[str]) -> bool:
    """Whether the words name a person or an office: the first noun of the subject does, not one that describes it."""
    if plain and plain[0] in _PERSON_FIRST:
        return True
    people = vocabulary.people()
    for n, word in enumerate(plain[:5]):
        if word in {"with", "by", "of", "under", "from", "for", "at", "on", "in", "she", "he"}:
            return False
        if n and (plain[n - 1] in doing() or (word == "practice" and plain[n - 1] in _DONE_HOW)):
            continue  # "breathing practice", "daily practice"
        if word in people and not word.endswith("'s") and (len(plain) == 1 or plain[-1] == word or n <= 1):
            return not (plain[n + 1 : n + 2] and plain[n + 1] in doing())
    return False


_POINTING = re.compile(
    r"\b(?:this|these|the|such|that|said)\s+(?:[\w-]+\s+){0,2}?(?:treatments?|therap(?:y|ies)|programs?|programmes?|"
    r"sessions?|services?|items?|devices?|equipment|suppl(?:y|ies)|products?|machine|appliance|unit|interventions?|"
    r"regimen|training|exercises?|work|workouts?|plan|class(?:es)?|visits|lessons|course|support|membership|"
    r"garments?|"
    r"modality|approach|purchase|expense)\b",
    _I,
)
_USES_IT = re.compile(
    r"\b(?:use|uses|using|prescrib\w+|recommend\w*|order\w*|chose|suggest\w*|want|wants|needs?|requires?|advise)\s+"
    r"(?:it|this|these|them)\b",
    _I,
)
_OPENS_WITH_PRONOUN = re.compile(r"\W*(?:it|this|these|they|both)\b", _I)


def points(plain: Sequence[str]) -> bool:
    """ "The sessions", "this equipment", "her weekly visits"."""
    again = vocabulary.words("things", "again")
    return bool(plain) and plain[0] in DETERMINERS and any(word in again for word in plain[1:5])


def points_within(joined: str) -> bool:
    """Whether words somewhere point to the treatment: "these sessions", or "it" at their beginning."""
    return _POINTING.search(joined) is not None or _OPENS_WITH_PRONOUN.match(joined) is not None


def uses_it(joined: str) -> bool:
    """ "We use it", "she needs this"."""
    return _USES_IT.search(joined) is not None
