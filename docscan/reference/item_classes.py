"""What an item of a receipt or a treatment of a letter is, by the words for it (`item_classes.csv`).

The classes are `docscan.reference.fields.ITEM_CLASSES`. The longest phrase wins ("protein bar" over "bar"), a fee over
what it is a fee for ("no-show fee - massage"), and a thing over a word that says nothing ("massage package").
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from docscan.reference import conditions
from docscan.reference.short_forms import in_full
from docscan.reference.wording import Lexicon, Match, Token, tokens

_FEES = ("cancellation_fee", "late_fee", "sign_up_fee", "tip", "shipping", "warranty", "prior_balance")
_ENGLISH = frozenset({"tens", "tab", "rx"})


class ItemPhrase(NamedTuple):
    """Words for an item, and the class they name."""

    text: str
    item_class: str


@cache
def phrases() -> tuple[ItemPhrase, ...]:
    """Every phrase of the lexicon: for building matchers."""
    text = files(__package__).joinpath("item_classes.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(ItemPhrase(phrase.strip(), row["class"]) for row in rows for phrase in row["words"].split("|"))


@cache
def _lexicon() -> Lexicon[str]:
    return Lexicon(((in_full(text), known) for text, known in phrases()), words_of_english=_ENGLISH)


@lru_cache(maxsize=2048)
def classify(text: str) -> str | None:
    """The class of what the words name; "unspecific" where they say nothing of it; None where they are not known."""
    words = tokens(in_full(text))
    found = _lexicon().matches(words)
    fees = [m for m in found if m.entry in _FEES and not _only_tip_of_a_word(m, text)]
    if fees:
        return fees[0].entry
    things = [m for m in found if m.entry != "unspecific" and m.entry not in _FEES]
    if things:
        return max(things, key=lambda m: (len(m.indices), -m.indices[0])).entry
    if found and all(m.entry in _FEES or _names_no_kind(m, words) for m in found) and _said_besides(words, found):
        return None  # "paraffin therapy": which one is said, though in words that are not known
    if found or not re.search(r"[A-Za-z]{3}", text) or all(_only_bills(word) for word in words):
        return "unspecific"
    return None


def _only_bills(word: Token) -> bool:
    """A word that shops print for anything: "Dept 04", "Web order", "Spring series"."""
    return word.plain in _ANYTHING or word.plain in _GENERIC or not word.plain.isalpha() or len(word.plain) < 3


_ANYTHING = frozenset(
    """
    dept department plu sku gen merch order web online store purchase goods tier level series block units ring open
    drop vip unlimited custom various misc discussed attached invoice see rate hourly labor billing booking book prepaid
    appt sess srvc svc sessn spring summer fall autumn winter january february march april may june july august
    september october november december jan feb mar apr jun jul aug sep sept oct nov dec the for and your our
    house account acct standard full base regular flat grocery hba beauty
    taxable nontaxable entry manual keyed amount client member customer
    kit set bundle combo collection ultimate deluxe premium essential essentials complete total comfort relief recovery
    signature starter bonus value plus
    """.split()
)
_OPEN_NOUNS = frozenset("therapy treatment exercise care program session lesson equipment supply".split())


def _names_no_kind(match: Match[str], words: tuple[Token, ...]) -> bool:
    return all(words[n].plain in _OPEN_NOUNS for n in match.indices)


def _said_besides(words: tuple[Token, ...], found: list[Match[str]]) -> bool:
    used = {n for match in found for n in match.indices}
    return any(_says_something(word) for n, word in enumerate(words) if n not in used)


class Mention(NamedTuple):
    """Where a text names an item or treatment, in the text's characters."""

    start: int
    end: int
    item_class: str


def mentions(text: str) -> tuple[Mention, ...]:
    """Every place at which a text names something of the lexicon, "unspecific" words too, in order."""
    words = tokens(text)
    found = _lexicon().matches(words)
    return tuple(Mention(words[m.indices[0]].start, words[m.indices[-1]].end, m.entry) for m in found)


def _only_tip_of_a_word(match: Match[str], text: str) -> bool:
    """ "tip" and "delivery" mean a fee only as the line itself ("Tip"), not within a longer name."""
    return match.entry in ("tip", "shipping") and len(match.indices) == 1 and len(tokens(text)) > 3


_GENERIC = frozenset(
    """
    medically necessary prescribed recommended regular daily weekly monthly supervised guided general
    appropriate various related continued ongoing physician approved new additional individual session
    sessions visit program plan service treatment month week day hour minute min hr per time times x each
    qty total package pack healthy better physical medical home private group one structured formal supervised
    onsite online virtual remote coached arranged
    special own good specific certain particular overall same wellness fitness health lifestyle professional
    licensed certified qualified daily comprehensive customized individualized personalized tailored targeted
    anticipated current outpatient weekly directed independent simple gentle light moderate activity consistent
    """.split()
)


def specific(text: str) -> bool:
    """Whether the words say which treatment or thing is meant: "exercise", "wellness products" do not."""
    words = tokens(text)
    kind = classify(text)
    if kind == "unspecific":
        return _says_for_what_part(text)
    if kind is not None:
        return kind != "prior_balance"
    return any(_says_something(word) for word in words)


_HEADS = (
    r"(?:therap(?:y|ies)|training|exercises?|rehab(?:ilitation)?|program(?:me)?s?|class(?:es)?|treatments?|sessions?)"
)
_BEFORE_HEAD = re.compile(rf"(?P<said>(?:[\w-]+[ /]+){{1,4}}){_HEADS}\b", re.IGNORECASE)


_MANNER = re.compile(
    r"\b(?:hands|one|in|on|face|drop)[- ](?:on|to|person|site|in)(?:[- ](?:one|face))?\b", re.IGNORECASE
)


def _says_for_what_part(text: str) -> bool:
    """Whether the words before "therapy" or "exercise" say which: "vestibular exercise program", "balance training"."""
    match = _BEFORE_HEAD.match(_MANNER.sub(" ", text).strip())
    if match is None:
        return False
    said = [word.plain for word in tokens(match["said"])]
    return any(len(word) > 3 and word.isalpha() and word not in _GENERIC | _VAGUE | _OPEN_NOUNS for word in said)


def _says_something(word: Token) -> bool:
    plain = word.plain
    known = plain in _GENERIC or plain in _VAGUE or plain in conditions.vocabulary()
    return len(plain) > 3 and plain.isalpha() and not known


_VAGUE = frozenset(
    """
    attached above below letter following page reference refer directed needed indicated recommended this that these
    which will help improve improving manage managing treat treating support condition disease illness diagnosis symptom
    patient she them health doctor physician provider plus other some
    """.split()
)
