"""Illnesses as people name them: how specific a name is, which ICD-10-CM codes it stands for, whether a code agrees.

Data: `conditions.csv` (name; other names; the codes it may carry, as prefixes; kind). What it does not hold is looked
for in the official descriptions. Kinds: `named` (an illness), `vague` (a finding, a symptom or a risk: "back pain",
"high BMI"), `goal` (no illness at all: "get fit"). Other names in parentheses are abbreviations of several things.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

from docscan.reference import code_nature, icd10cm, illness_words
from docscan.reference.likeness import likeness
from docscan.reference.wording import Lexicon, Match, Token, tokens

Specificity: TypeAlias = Literal["goal", "vague", "named", "coded"]
_Kind: TypeAlias = Literal["named", "vague", "goal"]


@dataclass(frozen=True, slots=True)
class Condition:
    """What a diagnosis in words amounts to.

    `specificity`: None where docscan does not know the words; coded where the text itself holds a code. `codes`: the
    ICD-10-CM codes (with dot) printed in the text, else the prefixes that the name may carry, nearest first. `names`:
    our names of what was recognised.
    """

    specificity: Specificity | None
    codes: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    codes: tuple[str, ...]
    kind: _Kind


_ENGLISH = frozenset({"add", "pad", "pots", "mash", "rad", "fai", "eds", "pid", "apd", "lis", "aids", "gas", "hot"})


@cache
def _lexicon() -> Lexicon[_Entry]:
    return Lexicon(_phrases(), words_of_english=_ENGLISH)


@cache
def _entries() -> tuple[tuple[_Entry, tuple[str, ...]], ...]:
    text = files(__package__).joinpath("conditions.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        (
            _Entry(row["name"], tuple(row["codes"].split()), row["kind"]),  # type: ignore[arg-type]
            (row["name"], *(also.strip() for also in row["also"].split("|") if also.strip())),
        )
        for row in rows
    )


def _phrases() -> Iterator[tuple[str, _Entry]]:
    return ((phrase, entry) for entry, phrases in _entries() for phrase in phrases)


def names() -> tuple[str, ...]:
    """Every name in the lexicon, other names included, but abbreviations of several things: for building matchers."""
    return tuple(phrase for phrase, _ in _phrases() if "(" not in phrase)


@lru_cache(maxsize=1024)
def classify(text: str) -> Condition:
    """How specific the words of a diagnosis are, and the codes they may carry."""
    words = tokens(text)
    found = _named(words)
    kinds = {kind for _, kind in found}
    printed = _printed_codes(text)
    called = tuple(dict.fromkeys(match.entry.name for match, _ in found))
    codes = printed or tuple(dict.fromkeys(code for match, _ in found for code in match.entry.codes))
    if printed:
        return Condition("coded", codes, called)
    ranked: tuple[_Kind, ...] = ("named", "vague", "goal")
    for kind in ranked:
        if kind in kinds and (kind == "named" or not _sounds_like_an_illness(words, found)):
            return Condition(kind, codes, called)
    return _described(text, words, called)


def vocabulary() -> frozenset[str]:
    """The words of all names, as `wording.tokens` writes them."""
    return _lexicon().vocabulary


class Mention(NamedTuple):
    """Where a text names an illness, in the text's characters; `kind` is what the name alone amounts to."""

    start: int
    end: int
    name: str
    kind: Literal["named", "vague", "goal"]
    codes: tuple[str, ...]


def mentions(text: str) -> tuple[Mention, ...]:
    """Every place at which a text names something of the lexicon, in order: for long texts, where `classify` is for the
    words of one diagnosis. Whether it is denied, or another person's, is not looked at."""
    words = tokens(text)
    return tuple(
        Mention(words[m.indices[0]].start, words[m.indices[-1]].end, m.entry.name, kind, m.entry.codes)
        for m, kind in _named(words)
    )


_DOWNGRADE = frozenset({"prevent", "prevention", "preventing", "avoid", "avoiding", "risk", "family", "screening"})
_REACH = 4  # words before a name within which one of these changes what it says


def _named(words: tuple[Token, ...]) -> list[tuple[Match[_Entry], _Kind]]:
    found: list[tuple[Match[_Entry], _Kind]] = []
    for match in _lexicon().matches(words):
        first = match.indices[0]
        before = [w for w in words[max(0, first - _REACH) : first] if words[first].place - w.place <= _REACH]
        soft = match.entry.kind == "named" and any(w.plain in _DOWNGRADE for w in before)
        found.append((match, "vague" if soft else match.entry.kind))
    return found


def _printed_codes(text: str) -> tuple[str, ...]:
    found = []
    for match in re.finditer(r"(?<![\w.\-])[A-Z][0-9A][0-9A-Z](?:\.[0-9A-Z]{1,4})?(?![\w\-])", text):
        spans = icd10cm.history(match[0])
        if spans and ("." in match[0] or any(span.status == "billable" for span in spans)):
            found.append(match[0])
    return tuple(dict.fromkeys(found))


_ILLNESS = re.compile(
    r"[a-z]{3,}(?:itis|osis|oses|opathy|emia|oma|plegia|paresis|trophy|ectasia|algia|iasis)|disease|syndrome|disorder"
    r"|dysfunction|deficiency|failure|fracture|cancer|tumor|lesion|palsy|infection"
)


def _sounds_like_an_illness(words: tuple[Token, ...], found: list[tuple[Match[_Entry], _Kind]]) -> bool:
    used = {index for match, _ in found for index in match.indices}
    return any(_ILLNESS.fullmatch(w.plain) for index, w in enumerate(words) if index not in used)


_CLOSE = 0.75  # share of the words that both must have, each word counted by how rare it is
_EMPTY = frozenset(
    "unspecified other specified mellitus initial subsequent sequela encounter left right bilateral".split()
)


_NAME = 12  # words of the longest name that is looked for in the descriptions


def _described(text: str, words: tuple[Token, ...], called: tuple[str, ...]) -> Condition:
    """What the official descriptions make of words that the lexicon does not hold."""
    ours = {w.plain for w in words if not w.plain.isdigit()}
    parts = {illness_words.part(word) for word in ours}
    known = bool(parts & {"disease", "general"}) and len(words) <= _NAME
    for code, description in icd10cm.search_description(text, icd10cm.newest_release(), most=3) if known else ():
        theirs = {w.plain for w in tokens(description)}
        if code[0] not in "VWXY" and min(_share(ours, theirs), _share(theirs, ours)) >= _CLOSE:
            weak = code[0] == "R" or code_nature.code_nature(code) in ("not_a_disease", "status", "weak")
            return Condition("vague" if weak else "named", (code,), called)
    if "disease" in parts or any(_ILLNESS.fullmatch(word) for word in ours):
        return Condition("named", (), called)
    if "general" in parts and "describes" in parts:
        return Condition("vague", (), called)
    return Condition(None, (), called)


def _share(words: set[str], among: set[str]) -> float:
    weights = {word: icd10cm.rarity(word) for word in words - _EMPTY}
    return sum(w for word, w in weights.items() if word in among) / (sum(weights.values()) or 1.0)


_LASTING = tuple(
    """
    B20 B18 D50 D51 D57 D66 D67 D68 D80 D81 D82 D83 D84 D86 E03 E05 E06.3 E08 E09 E10 E11 E13 E20 E21 E22 E23 E24 E25
    E26 E27 E28 E66 E70 E71 E72 E74 E75 E76 E78 E83 E84 E85 E88 F01 F02 F03 F17 F20 F25 F31 F33 F34 F40 F41 F42 F60
    F70 F71 F72 F79 F80 F81 F84 F90 F95 G10 G11 G12 G20 G21 G23 G24 G25 G30 G31 G35 G40 G43 G47 G50 G60 G61 G62 G70
    G71 G80 G81 G82 G89 G90 H35 H40 H90 H91 I10 I11 I12 I13 I15 I20 I25 I27 I34 I35 I42 I48 I50 I69 I70 I73 I83 I87
    I89 J30 J41 J42 J43 J44 J45 J47 J84 K21 K50 K51 K58 K70 K74 K76 K86 K90 L20 L40 L93 M05 M06 M08 M10 M15 M16 M17
    M18 M19 M1A M30 M31 M32 M33 M34 M35 M40 M41 M43 M45 M47 M48 M50 M51 M53 M54 M79.7 M81 N18 N40 N80 Q R73.03
    """.split()
)


def lasts(text: str) -> bool:
    """Whether words or a code name an illness that seldom ends: on a list of what a patient had, it is there still."""
    codes = _printed_codes(text) or classify(text).codes[:1]
    return any(code.startswith(_LASTING) for code in codes)


def agrees(text: str, code: str, on: date) -> bool | None:
    """Whether a diagnosis in words and a code say the same; None where that cannot be decided.

    A text with several diagnoses agrees with a code that fits one of them. Sides, types, classes, stages and regions
    that contradict each other make it False, however alike the rest is.
    """
    status = icd10cm.look_up(code, on)
    if status.description is None or not text.strip():
        return None
    return _agrees(text, status.code, status.description)


@lru_cache(maxsize=4096)
def _agrees(text: str, code: str, description: str) -> bool | None:
    words = tokens(text)
    if _contradict(words, tokens(description), text):
        return False
    matches = [match.entry for match, _ in _named(words)]
    covering = [e for e in matches if any(_same_family(prefix, code) for prefix in e.codes)]
    if any(e.kind == "named" for e in covering) or _alike(text, description):
        return True
    alike = likeness(text, description)
    told = alike.covered >= _HOLDS and alike.told >= _TELLS
    if told or (alike.told >= _TELLS_ALL and alike.covered > _TOUCHES):
        return True
    if covering:  # a vague name does not contradict, but says too little to agree
        return True if any(_nearest(e, code) for e in covering) else None
    if any(e.kind == "named" and e.codes for e in matches):
        return False if alike.told < _TOUCHES or _in_lexicon(code) else None
    parts = {illness_words.part(word.plain) for word in words}
    strange = "disease" in parts and alike.known >= _TELLS and max(alike.told, alike.covered) < _TOUCHES
    return False if strange else None


_HOLDS = 0.45  # share of a description's words that its diagnosis must hold
_TELLS = 0.5  # share of a diagnosis' words that its description must hold
_TELLS_ALL = 0.75
_TOUCHES = 0.2


def _same_family(prefix: str, code: str) -> bool:
    return code.startswith(prefix) or prefix.startswith(code)


def _nearest(entry: _Entry, code: str) -> bool:
    return bool(entry.codes) and _same_family(entry.codes[0], code)


@cache
def _all_prefixes() -> tuple[str, ...]:
    return tuple(code for entry, _ in _entries() if entry.kind == "named" for code in entry.codes)


def _in_lexicon(code: str) -> bool:
    return any(code.startswith(prefix) for prefix in _all_prefixes())


_ALIKE = 84


def _alike(text: str, description: str) -> bool:
    from rapidfuzz import fuzz

    ours = [w.plain for w in tokens(text)]
    theirs = [w.plain for w in tokens(description) if w.plain not in ("unspecified", "other", "specified")]
    if len(set(ours) & set(theirs)) < min(2, len(set(theirs))):
        return False
    return fuzz.token_set_ratio(" ".join(ours), " ".join(theirs)) >= _ALIKE


_REGIONS = (
    frozenset("lumbar lumbosacral lumbago sciatica sacral sacroiliac low lower".split()),
    frozenset("cervical neck cervicalgia cervicobrachial".split()),
    frozenset("thoracic".split()),
    frozenset("knee patella patellar patellofemoral meniscus meniscal cruciate acl".split()),
    frozenset("hip femoral trochanteric".split()),
    frozenset("shoulder rotator subacromial glenohumeral".split()),
    frozenset("ankle foot feet heel plantar achilles toe calcaneal hallux metatarsal".split()),
    frozenset("elbow epicondylitis".split()),
    frozenset("wrist hand finger thumb carpal carpometacarpal radial".split()),
    frozenset("eye ocular retina corneal".split()),
    frozenset("ear otitis hearing tinnitus".split()),
    frozenset("jaw temporomandibular tmj".split()),
    frozenset("breast".split()),
    frozenset("prostate".split()),
    frozenset("lung pulmonary".split()),
    frozenset("kidney renal".split()),
)
_OPPOSITES = (
    (frozenset({"left", "lt"}), frozenset({"right", "rt"})),
    (frozenset({"acute"}), frozenset({"chronic"})),
    (frozenset({"mild"}), frozenset({"severe"})),
    (frozenset({"mild"}), frozenset({"moderate"})),
    (frozenset({"moderate"}), frozenset({"severe"})),
    (frozenset({"primary"}), frozenset({"secondary"})),
    (frozenset({"gestational"}), frozenset({"type"})),
)


def _contradict(ours: tuple[Token, ...], theirs: tuple[Token, ...], text: str) -> bool:
    mine, other = {w.plain for w in ours}, {w.plain for w in theirs}
    if re.search(r"(?<![\w.])L(?![\w.]*\d)\.?(?=\s)", text) and "left" not in mine:
        mine.add("left")
    if re.search(r"(?<![\w.])R(?![\w.]*\d)\.?(?=\s)", text) and "right" not in mine:
        mine.add("right")
    for one, another in _OPPOSITES:
        for a, b in ((one, another), (another, one)):
            if mine & a and not mine & b and other & b and not other & a:
                return True
    if _counts_differ(ours, theirs):
        return True
    my_regions, their_regions = _regions(mine, "back" in mine), _regions(other, "back" in other)
    return bool(my_regions and their_regions and not my_regions & their_regions)


def _regions(words: set[str], back: bool) -> set[int]:
    """The numbers of the regions named. "low" is one of the back only."""
    return {n for n, region in enumerate(_REGIONS) if (words - (set() if back else {"low", "lower"})) & region}


def _counts_differ(ours: tuple[Token, ...], theirs: tuple[Token, ...]) -> bool:
    mine, other = _counted(ours), _counted(theirs)
    return any(mine[what].isdisjoint(other[what]) for what in mine.keys() & other.keys())


_KINDS = {name: ("type", number) for number, names in (("1", "t1dm t1d dm1 iddm"), ("2", "t2dm t2d dm2 niddm"))
          for name in names.split()}  # fmt: skip


def _counted(words: tuple[Token, ...]) -> dict[str, set[str]]:
    """What is numbered: {"type": {"2"}}, {"stage": {"3"}}; 3a and 3b count as 3."""
    found: dict[str, set[str]] = {}
    for before, after in pairwise(words):
        if before.plain in ("type", "class", "stage") and (number := re.match(r"(\d)[ab]?$", after.plain)):
            found.setdefault(before.plain, set()).add(number[1])
    for word in words:
        if word.plain in _KINDS:
            what, number_of = _KINDS[word.plain]
            found.setdefault(what, set()).add(number_of)
    return found
