"""Words by what they mean in a letter that prescribes something (`vocabulary.toml`), with their inflections."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple, TypeAlias

from docscan.extraction.text import relatives

Effect: TypeAlias = Literal["treat", "lessen", "prevent", "restore", "with_more"]
Form: TypeAlias = Literal["base", "s", "ing", "ed"]

_EFFECTS: tuple[Effect, ...] = ("treat", "lessen", "prevent", "restore", "with_more")
_VOWELS = frozenset("aeiou")


class Verb(NamedTuple):
    """A form of a verb that says what something does to an illness."""

    lemma: str
    effect: Effect
    form: Form


@cache
def _lists() -> dict[str, dict[str, str]]:
    tables: dict[str, Any] = tomllib.loads(files(__package__).joinpath("vocabulary.toml").read_text("utf-8"))
    return tables


@cache
def words(table: str, name: str) -> frozenset[str]:
    """The words of a list, with their plurals."""
    plain = _lists()[table][name].split()
    return frozenset(plain) | frozenset(_plural(word) for word in plain)


@cache
def people() -> frozenset[str]:
    """Words for persons and offices."""
    return words("people", "words") | relatives.words()


@cache
def verbs() -> dict[str, Verb]:
    """Every form of every verb that can act on an illness."""
    table = _lists()["verbs"]
    past = dict(pair.split("/") for pair in table["irregular"].split())
    doubled = frozenset(table["doubled"].split())
    found: dict[str, Verb] = {}
    for effect in _EFFECTS:
        for lemma in table[effect].split():
            stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma
            if lemma in doubled:
                stem += lemma[-1]
            ended = lemma[:-1] + "ied" if _ends_in_y(lemma) else stem + "ed"
            for printed, form in ((lemma + "ing", "ing"), (stem + "ing", "ing"), (ended, "ed")):
                if printed == lemma + "ing" and stem != lemma:
                    continue
                found.setdefault(printed, Verb(lemma, effect, "ing" if form == "ing" else "ed"))
            if lemma in past:
                found[past[lemma]] = Verb(lemma, effect, "ed")
            found[_plural(lemma)] = Verb(lemma, effect, "s")
            found[lemma] = Verb(lemma, effect, "base")
    return found


_DRUG = re.compile(
    r"^(?!(?:determine|medicine|examine|routine|machine|discipline|exercise|massage|spine|pine|done|none|abandone|"
    r"nine)s?$)"
    r"[a-z]*(?:triptan|oxetine|dopa|pril|sartan|statin|olol|azole|tidine|nidine|zepam|zolam|cillin|mycin|floxacin|"
    r"cycline|"
    r"gliptin|gliflozin|glutide|zepatide|formin|thiazide|semide|profen|coxib|[lmtz]u?mab|tinib|ciclovir|cyclovir|"
    r"tadine|"
    r"rizine|barbital|setron|lukast|terol|tropium|isone|olone|asone|onide|dronate|parin|xaban|grel|gabalin|pentin|"
    r"peridol|"
    r"[zt]iapine|apine|ridone|idone|piprazole|ipramine|triptyline|talopram|traline|pramine|bamol|zaprine|codone|"
    r"morphone|"
    r"fentanil|trexone|phenidate|amphetamine|razone|fibrate|zosin|dipine|amil|azem|roxicam|oxicam|tamol|aminophen|"
    r"salazine|caine|lactone|warfarin|digoxin|thyroxine|clizine|butynin|terodine|fenacin|begron|imab|zumab|ximab|"
    r"lamide|nomide|iramate|racetam|gepant|mustine|platin|taxel|rubicin|trexate|fenac|lofen|nidine|nabinol|epine|"
    r"zodone|buprop(?:r)?ion|quetiapine|"
    r"lithium|colchicine|allopurinol|lactulose|rifaximin|meclizine|varenicline|melatonin|prednisone|tramadol|"
    r"botox|calcitriol|"
    r"phosphate|sulfate|sodium|epinephrine)$"
)


@cache
def is_drug(word: str) -> bool:
    """Whether a word in lower case ends as names of drugs do (the stems of the international non-proprietary names)."""
    return len(word) > 5 and _DRUG.match(word) is not None


def _ends_in_y(word: str) -> bool:
    return len(word) > 2 and word[-1] == "y" and word[-2] not in _VOWELS


def _plural(word: str) -> str:
    if _ends_in_y(word):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")
